// RUN: norm-opt %s --norm-collapse --canonicalize --split-input-file | FileCheck %s

// Packed: no choice is left.
// CHECK-LABEL: func @packed
// CHECK-SAME: (%[[X:.*]]: memref<8x3x7x7xf32>, %[[W:.*]]: memref<3xf32>, %[[Y:.*]]: memref<8x3x7x7xf32>)
// CHECK-DAG: %[[CX:.*]] = memref.reinterpret_cast %[[X]] to offset: [0], sizes: [8, 3, 49], strides: [147, 49, 1]
// CHECK-DAG: %[[CY:.*]] = memref.reinterpret_cast %[[Y]] to offset: [0], sizes: [8, 3, 49], strides: [147, 49, 1]
// CHECK-NOT: scf.if
// CHECK: norm.generic iter(n = 8, c = 3, hw = 49) reduce [n, hw]
// CHECK-NEXT: ins(%[[CX]](n, c, hw) : memref<8x3x49xf32, strided<[147, 49, 1]>>, %[[W]](c) : memref<3xf32>)
// CHECK-NEXT: outs(%[[CY]](n, c, hw) : memref<8x3x49xf32, strided<[147, 49, 1]>>)
// CHECK: ^bb0(%{{.*}}: !norm.field<f32, [n, hw]>, %{{.*}}: f32):
// CHECK: norm.reduce sum({{.*}}) over [n, hw] order = <lanes = 16, run = 1, runs = 1> : f32
// CHECK: norm.map ({{.*}}) -> !norm.field<f32, [n, hw]>
func.func @packed(%x: memref<8x3x7x7xf32>, %g: memref<3xf32>, %y: memref<8x3x7x7xf32>) {
  norm.generic iter(n = 8, c = 3, h = 7, w = 7) reduce [n, h, w]
      ins(%x(n, c, h, w) : memref<8x3x7x7xf32>, %g(c) : memref<3xf32>)
      outs(%y(n, c, h, w) : memref<8x3x7x7xf32>) {
  ^bb0(%xf: !norm.field<f32, [n, h, w]>, %gf: f32):
    %s = norm.reduce sum (%xf : !norm.field<f32, [n, h, w]>) over [n, h, w] order = <lanes = 16, run = 2, runs = 1> : f32
    %n = norm.count [n, h, w] : f32
    %m = arith.divf %s, %n : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [n, h, w]>) -> !norm.field<f32, [n, h, w]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %gf : f32
      norm.yield %1 : f32
    }
    norm.yield %yf : !norm.field<f32, [n, h, w]>
  }
  return
}

// -----

// Strides that are known at run time choose.
// CHECK-LABEL: func @strided
// CHECK: %[[B:.*]], %[[O:.*]], %[[S:.*]]:3, %[[T:.*]]:3 = memref.extract_strided_metadata
// CHECK: arith.cmpi eq, %[[T]]#1, %[[S]]#2
// CHECK: scf.if
// CHECK: norm.generic iter(n = %{{.*}}, hw = %{{.*}}) reduce [hw]
// CHECK: } else {
// CHECK: norm.generic iter(n = %{{.*}}, h = %{{.*}}, w = %{{.*}}) reduce [h, w]
func.func @strided(%x: memref<?x?x?xf32, strided<[?, ?, 1], offset: ?>>, %y: memref<?xf32>, %n: index, %h: index, %w: index) {
  norm.generic iter(n = %n, h = %h, w = %w) reduce [h, w]
      ins(%x(n, h, w) : memref<?x?x?xf32, strided<[?, ?, 1], offset: ?>>) outs(%y(n) : memref<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [h, w]>):
    %s = norm.reduce sum (%xf : !norm.field<f32, [h, w]>) over [h, w] order = <lanes = 16> : f32
    norm.yield %s : f32
  }
  return
}

// -----

// Dimensions that something tells apart stay: an operand with one of them, a sum over one, an index.
// CHECK-LABEL: func @apart
// CHECK: norm.generic iter(n = 8, h = 7, w = 7) reduce [h, w]
// CHECK: norm.generic iter(n = 8, h = 7, w = 7) reduce [h, w]
// CHECK: norm.generic iter(n = 8, h = 7, w = 7) reduce [h, w]
func.func @apart(%x: memref<8x7x7xf32>, %r: memref<7xf32>, %y: memref<8x7x7xf32>, %z: memref<8x7xf32>) {
  norm.generic iter(n = 8, h = 7, w = 7) reduce [h, w]
      ins(%x(n, h, w) : memref<8x7x7xf32>, %r(h) : memref<7xf32>) outs(%y(n, h, w) : memref<8x7x7xf32>) {
  ^bb0(%xf: !norm.field<f32, [h, w]>, %rf: !norm.field<f32, [h]>):
    %yf = norm.map (%a = %xf : !norm.field<f32, [h, w]>, %b = %rf : !norm.field<f32, [h]>) -> !norm.field<f32, [h, w]> {
      %0 = arith.addf %a, %b : f32
      norm.yield %0 : f32
    }
    norm.yield %yf : !norm.field<f32, [h, w]>
  }
  norm.generic iter(n = 8, h = 7, w = 7) reduce [h, w]
      ins(%x(n, h, w) : memref<8x7x7xf32>) outs(%z(n, h) : memref<8x7xf32>) {
  ^bb0(%xf: !norm.field<f32, [h, w]>):
    %s = norm.reduce sum (%xf : !norm.field<f32, [h, w]>) over [w] order = <lanes = 1> : !norm.field<f32, [h]>
    norm.yield %s : !norm.field<f32, [h]>
  }
  norm.generic iter(n = 8, h = 7, w = 7) reduce [h, w] ins() outs(%y(n, h, w) : memref<8x7x7xf32>) {
    %yf = norm.map () -> !norm.field<f32, [h, w]> {
      %i = norm.index h
      %0 = arith.index_cast %i : index to i32
      %1 = arith.sitofp %0 : i32 to f32
      norm.yield %1 : f32
    }
    norm.yield %yf : !norm.field<f32, [h, w]>
  }
  return
}

// -----

// Group dimensions too, where nothing is reduced.
// CHECK-LABEL: func @groups
// CHECK: norm.generic iter(n = 8, c = 3, hw = 49) reduce []
func.func @groups(%x: memref<8x3x7x7xf32>, %g: memref<3xf32>, %y: memref<8x3x7x7xf32>) {
  norm.generic iter(n = 8, c = 3, h = 7, w = 7) reduce []
      ins(%x(n, c, h, w) : memref<8x3x7x7xf32>, %g(c) : memref<3xf32>)
      outs(%y(n, c, h, w) : memref<8x3x7x7xf32>) {
  ^bb0(%a: f32, %b: f32):
    %0 = arith.mulf %a, %b : f32
    norm.yield %0 : f32
  }
  return
}
