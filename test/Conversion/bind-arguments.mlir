// RUN: norm-opt %s --norm-bind-arguments | FileCheck %s
// RUN: norm-opt %s --norm-bind-arguments --eliminate-empty-tensors --one-shot-bufferize --canonicalize | FileCheck %s --check-prefix=BUFFER

// One iteration dimension, one symbol; a group must not be empty; y may be in x's buffer.
// CHECK-LABEL: func @rms(
// CHECK-SAME: %[[X:.*]]: memref<?x?xbf16, strided<[?, 1], offset: ?>> {norm.layout = "rows", norm.name = "x", norm.role = "input", norm.shape = ["r", "c"]}
// CHECK-SAME: %[[W:.*]]: memref<?xf32, strided<[1], offset: ?>> {norm.layout = "rows", norm.name = "arg1", norm.role = "scale", norm.shape = ["c"]}
// CHECK-SAME: %[[Y:.*]]: memref<?x?xbf16, strided<[?, 1], offset: ?>> {norm.inplace = 0 : i64, norm.layout = "rows", norm.name = "y", norm.output, norm.role = "output", norm.shape = ["r", "c"]}
// CHECK-SAME: %[[R:.*]]: memref<?xf32, strided<[?], offset: ?>> {norm.layout = "any", norm.name = "result1", norm.output, norm.role = "output", norm.shape = ["r"]}
// CHECK-SAME: attributes {norm.kernel, norm.requires = {{\[}}{{\[}}["c"], 1]]}
// CHECK: %[[XT:.*]] = bufferization.to_tensor %[[X]] restrict
// CHECK: %[[E:.*]] = tensor.empty({{.*}}) : tensor<?x?xbf16>
// CHECK: norm.generic
// CHECK: ins(%[[XT]](r, c)
// CHECK: outs(%[[E]](r, c)
// CHECK: bufferization.materialize_in_destination %{{.*}} in restrict writable %[[Y]]
// CHECK: bufferization.materialize_in_destination %{{.*}} in restrict writable %[[R]]
// CHECK: return{{$}}
// BUFFER-LABEL: func @rms(
// BUFFER-NOT: memref.alloc
// BUFFER-NOT: memref.copy
// BUFFER: return
func.func @rms(%x: tensor<?x?xbf16> {norm.name = "x"}, %w: tensor<?xf32> {norm.role = "scale"})
    -> (tensor<?x?xbf16> {norm.name = "y"}, tensor<?xf32> {norm.layout = "any"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xbf16>
  %cols = tensor.dim %x, %c1 : tensor<?x?xbf16>
  %r0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %rs = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%x(r, c) : tensor<?x?xbf16>, %w(c) : tensor<?xf32>)
      outs(%x(r, c) : tensor<?x?xbf16>, %r0(r) : tensor<?xf32>) {
  ^bb0(%xb: !norm.field<bf16, [c]>, %wf: !norm.field<f32, [c]>):
    %n = norm.count [c] : f32
    norm.yield %xb, %n : !norm.field<bf16, [c]>, f32
  }
  return %y, %rs : tensor<?x?xbf16>, tensor<?xf32>
}

// A split dimension is a product; a static group needs nothing, an unbiased variance two elements.
// CHECK-LABEL: func @group(
// CHECK-SAME: norm.shape = ["n", "32*c", "h"]}
// CHECK-SAME: norm.shape = ["32*c"]}
// CHECK-SAME: norm.layout = "contiguous", {{.*}}norm.shape = ["n", "32"]}
// CHECK-SAME: norm.requires = {{\[}}{{\[}}["c", "h"], 2]]
func.func @group(%x: tensor<?x?x?xf32>, %w: tensor<?xf32>)
    -> (tensor<?x32xf32> {norm.layout = "contiguous"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c32 = arith.constant 32 : index
  %n = tensor.dim %x, %c0 : tensor<?x?x?xf32>
  %ch = tensor.dim %x, %c1 : tensor<?x?x?xf32>
  %h = tensor.dim %x, %c2 : tensor<?x?x?xf32>
  %c = arith.divui %ch, %c32 : index
  %m0 = tensor.empty(%n) : tensor<?x32xf32>
  %m = norm.generic iter(n = %n, g = 32, c = %c, h = %h) reduce [c, h]
      ins(%x(n, [g c], h) : tensor<?x?x?xf32>, %w([g c]) : tensor<?xf32>)
      outs(%m0(n, g) : tensor<?x32xf32>) min_count = 2 {
  ^bb0(%xf: !norm.field<f32, [c, h]>, %wf: !norm.field<f32, [c]>):
    %k = norm.count [c, h] : f32
    norm.yield %k : f32
  }
  return %m : tensor<?x32xf32>
}

// The names of dimensions that are not equal differ. x is read after the operation that would
// overwrite it, so nothing is in place; what an acc result starts from is copied.
// CHECK-LABEL: func @two(
// CHECK-SAME: norm.shape = ["r", "64"]
// CHECK-SAME: norm.shape = ["r1", "64"]
// CHECK-SAME: norm.shape = ["64"]
// CHECK-NOT: norm.inplace
// CHECK: norm.shape = ["r", "64"]
// CHECK-SAME: norm.shape = ["r1", "64"]
// CHECK: linalg.copy
func.func @two(%x: tensor<?x64xf32>, %z: tensor<?x64xf32>, %d: tensor<64xf32>)
    -> (tensor<?x64xf32>, tensor<?x64xf32>, tensor<64xf32>, tensor<?x64xf32>) {
  %c0 = arith.constant 0 : index
  %xr = tensor.dim %x, %c0 : tensor<?x64xf32>
  %zr = tensor.dim %z, %c0 : tensor<?x64xf32>
  %y = norm.generic iter(r = %xr, c = 64) reduce [c]
      ins(%x(r, c) : tensor<?x64xf32>) outs(%x(r, c) : tensor<?x64xf32>) {
  ^bb0(%f: !norm.field<f32, [c]>):
    norm.yield %f : !norm.field<f32, [c]>
  }
  %v, %e = norm.generic iter(r = %zr, c = 64) reduce [c]
      ins(%z(r, c) : tensor<?x64xf32>)
      outs(%z(r, c) : tensor<?x64xf32>, %d(c) acc <lanes = 1, segment = 8, blocks = 8> : tensor<64xf32>) {
  ^bb0(%f: !norm.field<f32, [c]>):
    norm.yield %f, %f : !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %y, %v, %e, %x : tensor<?x64xf32>, tensor<?x64xf32>, tensor<64xf32>, tensor<?x64xf32>
}

// Sizes of views of results follow from the arguments', and what a view says of an argument is checked.
// CHECK-LABEL: func @views(
// CHECK-SAME: norm.shape = ["a0_0", "a0_1", "16"]
// CHECK-SAME: norm.shape = ["a0_0*a0_1", "16"]
// CHECK-SAME: norm.name = "heads", {{.*}}norm.shape = ["a0_0", "a0_1", "2", "8"]
// CHECK-SAME: norm.name = "flat", {{.*}}norm.shape = ["a0_0*a0_1", "16"]
// CHECK-SAME: norm.name = "first", {{.*}}norm.shape = ["a0_0", "16"]
func.func @views(%x: tensor<?x?x16xf32> {norm.name = "a0"}, %b: tensor<?x16xf32>)
    -> (tensor<?x?x2x8xf32> {norm.name = "heads"}, tensor<?x16xf32> {norm.name = "flat"},
        tensor<?x16xf32> {norm.name = "first"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?x?x16xf32>
  %t = tensor.dim %x, %c1 : tensor<?x?x16xf32>
  %e = tensor.empty(%n, %t) : tensor<?x?x16xf32>
  %y = linalg.abs ins(%x : tensor<?x?x16xf32>) outs(%e : tensor<?x?x16xf32>) -> tensor<?x?x16xf32>
  %heads = tensor.expand_shape %y [[0], [1], [2, 3]] output_shape [%n, %t, 2, 8]
      : tensor<?x?x16xf32> into tensor<?x?x2x8xf32>
  %flat = tensor.collapse_shape %y [[0, 1], [2]] : tensor<?x?x16xf32> into tensor<?x16xf32>
  %first = tensor.extract_slice %y[0, 0, 0] [%n, 1, 16] [1, 1, 1] : tensor<?x?x16xf32> to tensor<?x16xf32>
  %z = tensor.expand_shape %b [[0, 1], [2]] output_shape [%n, %t, 16] : tensor<?x16xf32> into tensor<?x?x16xf32>
  return %heads, %flat, %first : tensor<?x?x2x8xf32>, tensor<?x16xf32>, tensor<?x16xf32>
}

// Half of the rows: as many as there are of two.
// CHECK-LABEL: func @pairs(
// CHECK-SAME: norm.shape = ["2*x_0", "16"]
// CHECK-SAME: norm.shape = ["x_0", "2", "16"]
func.func @pairs(%x: tensor<?x16xf32> {norm.name = "x"}) -> tensor<?x2x16xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %n = tensor.dim %x, %c0 : tensor<?x16xf32>
  %half = arith.divui %n, %c2 : index
  %e = tensor.empty(%n) : tensor<?x16xf32>
  %y = linalg.abs ins(%x : tensor<?x16xf32>) outs(%e : tensor<?x16xf32>) -> tensor<?x16xf32>
  %z = tensor.expand_shape %y [[0, 1], [2]] output_shape [%half, 2, 16] : tensor<?x16xf32> into tensor<?x2x16xf32>
  return %z : tensor<?x2x16xf32>
}

// A view of x that is taken before reads it afterwards.
// CHECK-LABEL: func @view(
// CHECK-NOT: norm.inplace
// CHECK: return
func.func @view(%x: tensor<8x64xf32>) -> (tensor<8x64xf32>, tensor<4x64xf32>) {
  %half = tensor.extract_slice %x[4, 0] [4, 64] [1, 1] : tensor<8x64xf32> to tensor<4x64xf32>
  %y = norm.generic iter(r = 8, c = 64) reduce [c]
      ins(%x(r, c) : tensor<8x64xf32>) outs(%x(r, c) : tensor<8x64xf32>) {
  ^bb0(%f: !norm.field<f32, [c]>):
    norm.yield %f : !norm.field<f32, [c]>
  }
  return %y, %half : tensor<8x64xf32>, tensor<4x64xf32>
}

// A function on memrefs gets the attributes only.
// CHECK-LABEL: func @by_hand(
// CHECK-SAME: %{{.*}}: memref<?x4xf32> {norm.layout = "contiguous", norm.name = "arg0", norm.role = "input", norm.shape = ["m", "4"]},
// CHECK-SAME: %{{.*}}: memref<?x4xf32, strided<[?, ?], offset: ?>> {norm.layout = "any", norm.name = "result0", norm.output, norm.role = "output", norm.shape = ["result0_0", "4"]})
// CHECK-SAME: attributes {norm.kernel}
func.func @by_hand(%x: memref<?x4xf32> {norm.shape = ["m", "4"]},
                   %y: memref<?x4xf32, strided<[?, ?], offset: ?>> {norm.output}) {
  return
}

// CHECK-LABEL: func private @helper(%{{.*}}: tensor<f32>) -> tensor<f32>
func.func private @helper(%x: tensor<f32>) -> tensor<f32> {
  return %x : tensor<f32>
}


// Two results never share a buffer, though CSE has made one destination of two.
// BUFFER-LABEL: func @shared
// BUFFER-NOT: memref.copy
// BUFFER: return
func.func @shared(%x: tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>) {
  %e = tensor.empty() : tensor<4x8xf32>
  %y, %z = norm.generic iter(r = 4, c = 8) reduce [c]
      ins(%x(r, c) : tensor<4x8xf32>) outs(%e(r, c) : tensor<4x8xf32>, %e(r, c) : tensor<4x8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    norm.yield %xf, %xf : !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %y, %z : tensor<4x8xf32>, tensor<4x8xf32>
}

// What linalg computes is computed in the output.
// BUFFER-LABEL: func @chain
// BUFFER-NOT: memref.alloc
// BUFFER-NOT: memref.copy
// BUFFER: return
func.func @chain(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>) {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4x8xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<4x8xf32>) -> tensor<4x8xf32>
  %y = linalg.matmul ins(%x, %w : tensor<4x8xf32>, tensor<8x8xf32>) outs(%f : tensor<4x8xf32>) -> tensor<4x8xf32>
  %z = linalg.matmul ins(%x, %w : tensor<4x8xf32>, tensor<8x8xf32>) outs(%f : tensor<4x8xf32>) -> tensor<4x8xf32>
  return %y, %z : tensor<4x8xf32>, tensor<4x8xf32>
}

// A sum that goes on from another result: that result stays what it was.
// BUFFER-LABEL: func @continued
// BUFFER: norm.generic
// BUFFER: outs(%[[FIRST:[^(]*]](c) acc
// BUFFER: memref.copy %[[FIRST]], %[[SECOND:.*]] : memref
// BUFFER: norm.generic
// BUFFER: outs(%[[SECOND]](c) acc
func.func @continued(%x: tensor<4x8xf32>, %s0: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
  %s = norm.generic iter(r = 4, c = 8) reduce [c] ins(%x(r, c) : tensor<4x8xf32>) outs(%s0(c) acc <lanes = 1> : tensor<8xf32>) {
  ^bb0(%f: !norm.field<f32, [c]>):
    norm.yield %f : !norm.field<f32, [c]>
  }
  %t = norm.generic iter(r = 4, c = 8) reduce [c] ins(%x(r, c) : tensor<4x8xf32>) outs(%s(c) acc <lanes = 1> : tensor<8xf32>) {
  ^bb0(%f: !norm.field<f32, [c]>):
    norm.yield %f : !norm.field<f32, [c]>
  }
  return %t, %s : tensor<8xf32>, tensor<8xf32>
}
