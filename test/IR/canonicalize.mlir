// RUN: norm-opt %s --canonicalize --split-input-file | FileCheck %s

// A constant extent becomes static, inside the group and outside.
// CHECK-LABEL: func @constant_extents
// CHECK: norm.generic iter(r = 4 from 8, c = 16) reduce [c]
func.func @constant_extents(%x: tensor<4x16xf32>) -> tensor<4x16xf32> {
  %c4 = arith.constant 4 : index
  %c8 = arith.constant 8 : index
  %c16 = arith.constant 16 : index
  %y = norm.generic iter(r = %c4 from %c8, c = %c16) reduce [c]
      ins(%x(r, c) : tensor<4x16xf32>) outs(%x(r, c) : tensor<4x16xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return %y : tensor<4x16xf32>
}

// -----

// The size of a static tensor is a constant.
// CHECK-LABEL: func @static_size
// CHECK: norm.generic iter(r = 4, c = 16) reduce [c]
func.func @static_size(%x: tensor<4x16xf32>) -> tensor<4x16xf32> {
  %c0 = arith.constant 0 : index
  %r = tensor.dim %x, %c0 : tensor<4x16xf32>
  %y = norm.generic iter(r = %r, c = 16) reduce [c]
      ins(%x(r, c) : tensor<4x16xf32>) outs(%x(r, c) : tensor<4x16xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return %y : tensor<4x16xf32>
}

// -----

// An empty group stays an error of the run, not of the compiler.
// CHECK-LABEL: func @extent_zero
// CHECK: norm.generic iter(r = 4, c = %{{.*}}) reduce [c]
func.func @extent_zero(%x: tensor<4x?xf32>) -> tensor<4x?xf32> {
  %c0 = arith.constant 0 : index
  %y = norm.generic iter(r = 4, c = %c0) reduce [c]
      ins(%x(r, c) : tensor<4x?xf32>) outs(%x(r, c) : tensor<4x?xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return %y : tensor<4x?xf32>
}

// -----

// An input that is not read goes, and one that is given twice is given once; not so with another access.
// CHECK-LABEL: func @inputs
// CHECK-SAME: (%[[X:.*]]: tensor<8x8xf32>, %[[W:.*]]: tensor<8xf32>)
// CHECK: ins(%[[X]](r, c) : tensor<8x8xf32>, %[[X]](c, r) : tensor<8x8xf32>)
// CHECK: ^bb0(%[[A:.*]]: !norm.field<f32, [c]>, %[[B:.*]]: !norm.field<f32, [c]>):
// CHECK: norm.map (%{{.*}} = %[[A]] : {{.*}}, %{{.*}} = %[[A]] : {{.*}}, %{{.*}} = %[[B]] :
func.func @inputs(%x: tensor<8x8xf32>, %w: tensor<8xf32>) -> tensor<8x8xf32> {
  %0 = tensor.empty() : tensor<8x8xf32>
  %y = norm.generic iter(r = 8, c = 8) reduce [c]
      ins(%x(r, c) : tensor<8x8xf32>, %w(c) : tensor<8xf32>, %x(r, c) : tensor<8x8xf32>,
          %x(c, r) : tensor<8x8xf32>)
      outs(%0(r, c) : tensor<8x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<f32, [c]>, %c: !norm.field<f32, [c]>,
       %d: !norm.field<f32, [c]>):
    %s = norm.map (%e = %a : !norm.field<f32, [c]>, %f = %c : !norm.field<f32, [c]>,
                   %g = %d : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %1 = arith.addf %e, %f : f32
      %2 = arith.addf %1, %g : f32
      norm.yield %2 : f32
    }
    norm.yield %s : !norm.field<f32, [c]>
  }
  return %y : tensor<8x8xf32>
}

// -----

// A cast that only forgets a size is looked through.
// CHECK-LABEL: func @cast
// CHECK: ins(%{{.*}}(r, c) : tensor<4x16xf32>)
func.func @cast(%x: tensor<4x16xf32>, %y0: tensor<?x16xf32>, %r: index) -> tensor<?x16xf32> {
  %d = tensor.cast %x : tensor<4x16xf32> to tensor<?x16xf32>
  %y = norm.generic iter(r = %r, c = 16) reduce [c]
      ins(%d(r, c) : tensor<?x16xf32>) outs(%y0(r, c) : tensor<?x16xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return %y : tensor<?x16xf32>
}

// -----

// Results of a map that nobody reads go, and then what only they read.
// CHECK-LABEL: func @map
// CHECK: norm.map (%[[E:.*]] = %{{.*}} : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
// CHECK-NEXT: %[[N:.*]] = arith.negf %[[E]] : f32
// CHECK-NEXT: norm.yield %[[N]] : f32
func.func @map(%x: tensor<4x16xf32>, %w: tensor<16xf32>) -> tensor<4x16xf32> {
  %y = norm.generic iter(r = 4, c = 16) reduce [c]
      ins(%x(r, c) : tensor<4x16xf32>, %w(c) : tensor<16xf32>) outs(%x(r, c) : tensor<4x16xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<f32, [c]>):
    %s, %t = norm.map (%e = %a : !norm.field<f32, [c]>, %f = %b : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %0 = arith.negf %e : f32
      %1 = arith.addf %e, %f : f32
      norm.yield %0, %1 : f32, f32
    }
    norm.yield %s : !norm.field<f32, [c]>
  }
  return %y : tensor<4x16xf32>
}

// -----

// A result of a map that is an input as it came is that input; one that is broadcast is not.
// CHECK-LABEL: func @forward
// CHECK: ^bb0(%[[A:.*]]: !norm.field<f32, [c]>, %[[S:.*]]: f32):
// CHECK-NEXT: %[[M:.*]] = norm.map () -> !norm.field<f32, [c]> {
// CHECK-NEXT: norm.yield %[[S]] : f32
// CHECK: norm.yield %[[A]], %[[M]]
func.func @forward(%x: tensor<4x16xf32>, %s: tensor<4xf32>) -> (tensor<4x16xf32>, tensor<4x16xf32>) {
  %y, %z = norm.generic iter(r = 4, c = 16) reduce [c]
      ins(%x(r, c) : tensor<4x16xf32>, %s(r) : tensor<4xf32>)
      outs(%x(r, c) : tensor<4x16xf32>, %x(r, c) : tensor<4x16xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: f32):
    %s0, %t = norm.map (%e = %a : !norm.field<f32, [c]>) -> !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      norm.yield %e, %b : f32, f32
    }
    norm.yield %s0, %t : !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %y, %z : tensor<4x16xf32>, tensor<4x16xf32>
}

// -----

// The number of elements is known where all extents are, but on tensors groups may yet be divided among ranks.
// CHECK-LABEL: func @count
// CHECK-DAG: arith.constant 4.800000e+01 : f32
// CHECK: norm.count [r] : f32
func.func @count(%x: memref<?x3x16xf32>, %z: memref<f32>, %n: index) {
  norm.generic iter(r = %n, h = 3, c = 16) reduce [r, h, c] ins(%x(r, h, c) : memref<?x3x16xf32>)
      outs(%z() : memref<f32>) {
  ^bb0(%a: !norm.field<f32, [r, h, c]>):
    %m = norm.reduce sum (%a : !norm.field<f32, [r, h, c]>) over [r, h, c] order = <lanes = 1> : f32
    %known = norm.count [h, c] : f32
    %unknown = norm.count [r] : f32
    %0 = arith.divf %m, %known : f32
    %1 = arith.divf %0, %unknown : f32
    norm.yield %1 : f32
  }
  return
}
// CHECK-LABEL: func @count_of_tensor
// CHECK: norm.count [c] : f32
func.func @count_of_tensor(%x: tensor<16xf32>) -> tensor<f32> {
  %init = tensor.empty() : tensor<f32>
  %z = norm.generic iter(c = 16) reduce [c] ins(%x(c) : tensor<16xf32>) outs(%init() : tensor<f32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    %m = norm.reduce sum (%a : !norm.field<f32, [c]>) over [c] order = <lanes = 1> : f32
    %n = norm.count [c] : f32
    %0 = arith.divf %m, %n : f32
    norm.yield %0 : f32
  }
  return %z : tensor<f32>
}

// -----

// A generic on tensors without a reader goes; one on memrefs writes, and stays.
// CHECK-LABEL: func @dead
// CHECK-NOT: tensor<16xf32>)
// CHECK: norm.generic
// CHECK: memref<16xf32>
// CHECK-NOT: norm.generic
func.func @dead(%x: tensor<16xf32>, %m: memref<16xf32>) {
  %y = norm.generic iter(c = 16) reduce [c]
      ins(%x(c) : tensor<16xf32>) outs(%x(c) : tensor<16xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  norm.generic iter(c = 16) reduce [c]
      ins(%m(c) : memref<16xf32>) outs(%m(c) : memref<16xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return
}
