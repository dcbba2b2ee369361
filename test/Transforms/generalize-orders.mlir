// The orders that a program leaves to the target, of a CPU and of a GPU. Those of all named operations are in
// generalize-named-orders.mlir.
//
// RUN: norm-opt %s --norm-generalize | FileCheck %s --check-prefixes=CHECK,CPU
// RUN: norm-opt %s --norm-generalize=isa=nvptx | FileCheck %s --check-prefixes=CHECK,GPU

// The elements are those of %x, which has more dimensions than %w: of 16 bits, neighbours in a row. An accumulated result
// is summed over groups.
// CHECK-LABEL: func @row
// CPU: acc <lanes = 1, segment = 64, blocks = 64> : tensor<64xf32>
// GPU: acc <lanes = 1, segment = 4, blocks = 512> : tensor<64xf32>
// CPU: moments({{.*}}) over [c] by shifted order = <lanes = 64, segment = 4096, blocks = 64>
// GPU: moments({{.*}}) over [c] by two_pass order = <lanes = 256, segment = 1024, blocks = 64, unit = 8>
func.func @row(%w: tensor<64xf32>, %x: tensor<?x64xbf16>, %rows: index, %m0: tensor<?xf32>, %s0: tensor<64xf32>)
    -> (tensor<?xf32>, tensor<64xf32>) {
  %y:2 = norm.generic iter(r = %rows, c = 64) reduce [c]
      ins(%w(c) : tensor<64xf32>, %x(r, c) : tensor<?x64xbf16>)
      outs(%m0(r) : tensor<?xf32>, %s0(c) acc : tensor<64xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<bf16, [c]>):
    %p = norm.map (%c = %a : !norm.field<f32, [c]>, %d = %b : !norm.field<bf16, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.extf %d : bf16 to f32
      %1 = arith.mulf %c, %0 : f32
      norm.yield %1 : f32
    }
    %n, %mean, %m2 = norm.reduce moments (%p : !norm.field<f32, [c]>) over [c] : f32, f32, f32
    norm.yield %mean, %p : f32, !norm.field<f32, [c]>
  }
  return %y#0, %y#1 : tensor<?xf32>, tensor<64xf32>
}

// What is given stays.
// CHECK-LABEL: func @given
// CHECK: acc <lanes = 1, segment = 8> : tensor<64xf32>
// CHECK: moments({{.*}}) over [c] by two_pass order = <lanes = 16>
func.func @given(%x: tensor<8x64xf32>, %m0: tensor<8xf32>, %s0: tensor<64xf32>) -> (tensor<8xf32>, tensor<64xf32>) {
  %y:2 = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>)
      outs(%m0(r) : tensor<8xf32>, %s0(c) acc <lanes = 1, segment = 8> : tensor<64xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    %n, %mean, %m2 = norm.reduce moments (%a : !norm.field<f32, [c]>) over [c] by two_pass order = <lanes = 16>
        : f32, f32, f32
    norm.yield %mean, %a : f32, !norm.field<f32, [c]>
  }
  return %y#0, %y#1 : tensor<8xf32>, tensor<64xf32>
}

// An algorithm alone: its order is the target's.
// CHECK-LABEL: func @algorithm
// CPU: moments({{.*}}) over [c] by two_pass order = <lanes = 64, segment = 1024, blocks = 64>
// GPU: moments({{.*}}) over [c] by two_pass order = <lanes = 128, segment = 1024, blocks = 64, unit = 4>
// CPU: moments({{.*}}) over [c] by shifted order = <lanes = 64, segment = 1024, blocks = 64>
// GPU: moments({{.*}}) over [c] by shifted order = <lanes = 128, segment = 1024, blocks = 64, unit = 4>
func.func @algorithm(%x: tensor<8x64xf32>, %m0: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
  %y:2 = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>)
      outs(%m0(r) : tensor<8xf32>, %m0(r) : tensor<8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    %n, %mean, %m2 = norm.reduce moments (%a : !norm.field<f32, [c]>) over [c] by two_pass : f32, f32, f32
    %n1, %mean1, %m21 = norm.reduce moments (%a : !norm.field<f32, [c]>) over [c] by shifted : f32, f32, f32
    norm.yield %mean, %mean1 : f32, f32
  }
  return %y#0, %y#1 : tensor<8xf32>, tensor<8xf32>
}

// Sums over the same dimensions have one order, whatever their elements' types, so that threads make them together.
// CHECK-LABEL: func @together
// CPU-COUNT-2: norm.reduce sum({{.*}}) over [c] order = <lanes = 64, segment = 4096, blocks = 64>
// GPU-COUNT-2: norm.reduce sum({{.*}}) over [c] order = <lanes = 512, segment = 1024, blocks = 64, unit = 16>
func.func @together(%x: tensor<8x64xi8>, %z: tensor<8x64xf32>, %s0: tensor<8xi8>, %s1: tensor<8xf32>) -> (tensor<8xi8>, tensor<8xf32>) {
  %y:2 = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xi8>, %z(r, c) : tensor<8x64xf32>)
      outs(%s0(r) : tensor<8xi8>, %s1(r) : tensor<8xf32>) {
  ^bb0(%a: !norm.field<i8, [c]>, %b: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%b : !norm.field<f32, [c]>) over [c] : f32
    %bits = norm.reduce sum (%a : !norm.field<i8, [c]>) over [c] : i8
    norm.yield %bits, %sum : i8, f32
  }
  return %y#0, %y#1 : tensor<8xi8>, tensor<8xf32>
}

// Every sample's positions are one piece; between them are those of other channels.
// CHECK-LABEL: func @pieces
// CPU: over [n, h] order = <lanes = 64, run = 1, segment = 1024, runs = 64, blocks = 64>
// GPU: over [n, h] order = <lanes = 128, segment = 1024, blocks = 64, unit = 4>
func.func @pieces(%x: tensor<2x8x64xf32>, %y0: tensor<8xf32>) -> tensor<8xf32> {
  %y = norm.generic iter(n = 2, c = 8, h = 64) reduce [n, h]
      ins(%x(n, c, h) : tensor<2x8x64xf32>) outs(%y0(c) : tensor<8xf32>) {
  ^bb0(%a: !norm.field<f32, [n, h]>):
    %sum = norm.reduce sum (%a : !norm.field<f32, [n, h]>) over [n, h] : f32
    norm.yield %sum : f32
  }
  return %y : tensor<8xf32>
}

// Every position's channels are one piece, a part of a dimension.
// CHECK-LABEL: func @alternating
// CPU: over [h, c] by shifted order = <lanes = 64, run = 1, segment = 1024, runs = 256, blocks = 64>
// GPU: over [h, c] by shifted order = <lanes = 128, segment = 1024, blocks = 64, unit = 4>
func.func @alternating(%x: tensor<2x64x32xf32>, %y0: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %y = norm.generic iter(n = 2, g = 4, h = 64, c = 8) reduce [h, c]
      ins(%x(n, h, [g c]) : tensor<2x64x32xf32>) outs(%y0(n, g) : tensor<2x4xf32>) {
  ^bb0(%a: !norm.field<f32, [h, c]>):
    %n, %mean, %m2 = norm.reduce moments (%a : !norm.field<f32, [h, c]>) over [h, c] : f32, f32, f32
    norm.yield %mean : f32
  }
  return %y : tensor<2x4xf32>
}

// Neighbours are other groups', or not neighbours in the order of iteration.
// CHECK-LABEL: func @columns
// CPU: sum({{.*}}) over [h] order = <lanes = 1, segment = 256, blocks = 64, shift = 16>
// GPU: sum({{.*}}) over [h] order = <lanes = 32, segment = 512, blocks = 64, shift = 16>
func.func @columns(%x: tensor<64x8xf32>, %y0: tensor<8xf32>) -> tensor<8xf32> {
  %y = norm.generic iter(c = 8, h = 64) reduce [h]
      ins(%x(h, c) : tensor<64x8xf32>) outs(%y0(c) : tensor<8xf32>) {
  ^bb0(%a: !norm.field<f32, [h]>):
    %sum = norm.reduce sum (%a : !norm.field<f32, [h]>) over [h] : f32
    norm.yield %sum : f32
  }
  return %y : tensor<8xf32>
}

// CHECK-LABEL: func @transposed
// CPU: over [h, w] order = <lanes = 1, segment = 256, blocks = 64, shift = 16>
// GPU: over [h, w] order = <lanes = 32, segment = 512, blocks = 64, shift = 16>
func.func @transposed(%x: tensor<8x16x64xf32>, %y0: tensor<8xf32>) -> tensor<8xf32> {
  %y = norm.generic iter(n = 8, h = 64, w = 16) reduce [h, w]
      ins(%x(n, w, h) : tensor<8x16x64xf32>) outs(%y0(n) : tensor<8xf32>) {
  ^bb0(%a: !norm.field<f32, [h, w]>):
    %sum = norm.reduce sum (%a : !norm.field<f32, [h, w]>) over [h, w] : f32
    norm.yield %sum : f32
  }
  return %y : tensor<8xf32>
}

// What another sum left has 32 bits and lies together, more of it than of the weights.
// CHECK-LABEL: func @partial
// CPU: over [h] order = <lanes = 1, segment = 256, blocks = 64, shift = 16> : !norm.field<f32, [c]>
// GPU: over [h] order = <lanes = 32, segment = 512, blocks = 64, shift = 16> : !norm.field<f32, [c]>
// CPU: over [c] order = <lanes = 64, segment = 4096, blocks = 64> : f32
// GPU: over [c] order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
func.func @partial(%x: tensor<8x64x32xf16>, %w: tensor<32xf16>, %y0: tensor<8xf32>) -> tensor<8xf32> {
  %y = norm.generic iter(n = 8, h = 64, c = 32) reduce [h, c]
      ins(%x(n, h, c) : tensor<8x64x32xf16>, %w(c) : tensor<32xf16>) outs(%y0(n) : tensor<8xf32>) {
  ^bb0(%a: !norm.field<f16, [h, c]>, %b: !norm.field<f16, [c]>):
    %channels = norm.reduce sum (%a : !norm.field<f16, [h, c]>) over [h] : !norm.field<f32, [c]>
    %weighted = norm.map (%c = %b : !norm.field<f16, [c]>, %d = %channels : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.extf %c : f16 to f32
      %1 = arith.mulf %0, %d : f32
      norm.yield %1 : f32
    }
    %sum = norm.reduce sum (%weighted : !norm.field<f32, [c]>) over [c] : f32
    norm.yield %sum : f32
  }
  return %y : tensor<8xf32>
}

// Halves that are exchanged are the same elements; positions are nobody's.
// CHECK-LABEL: func @flip
// CPU: max({{.*}}) over [k, j] order = <lanes = 64, segment = 4096, blocks = 64>
// GPU: max({{.*}}) over [k, j] order = <lanes = 256, segment = 1024, blocks = 64, unit = 8>
// CPU: sum({{.*}}) over [j] order = <lanes = 64, segment = 4096, blocks = 64>
// GPU: sum({{.*}}) over [j] order = <lanes = 128, segment = 1024, blocks = 64, unit = 4>
func.func @flip(%x: tensor<8x64xf16>, %y0: tensor<8xf16>, %z0: tensor<8xi32>) -> (tensor<8xf16>, tensor<8xi32>) {
  %y:2 = norm.generic iter(t = 8, k = 2, j = 32) reduce [k, j]
      ins(%x(t, [k j]) : tensor<8x64xf16>) outs(%y0(t) : tensor<8xf16>, %z0(t) : tensor<8xi32>) {
  ^bb0(%a: !norm.field<f16, [k, j]>):
    %other = norm.flip %a along k : !norm.field<f16, [k, j]>
    %max = norm.reduce max (%other : !norm.field<f16, [k, j]>) over [k, j] : f16
    %positions = norm.map () -> !norm.field<i32, [j]> {
      %j = norm.index j
      %0 = arith.index_cast %j : index to i32
      norm.yield %0 : i32
    }
    %sum = norm.reduce sum (%positions : !norm.field<i32, [j]>) over [j] : i32
    norm.yield %max, %sum : f16, i32
  }
  return %y#0, %y#1 : tensor<8xf16>, tensor<8xi32>
}
