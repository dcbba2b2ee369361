// RUN: norm-opt %s --transform-interpreter --canonicalize --split-input-file --verify-diagnostics | FileCheck %s

// A group dimension is tiled; the tile knows its place, so the position that norm.index gives is the whole's.
// CHECK-LABEL: func @rows
// CHECK: scf.for %[[I:[^ ]*]] = %c0 to %c8 step %c2 iter_args(%[[Y:[^ ]*]] = %
// CHECK: %[[X:.*]] = tensor.extract_slice %{{.*}}[%[[I]], 0] [2, 16] [1, 1]
// CHECK: %[[O:.*]] = tensor.extract_slice %[[Y]][%[[I]], 0] [2, 16] [1, 1]
// CHECK: norm.generic iter(r = 2 from %[[I]], c = 16) reduce [c]
// CHECK-NEXT: ins(%[[X]](r, c) : tensor<2x16xf32>, %{{.*}}(c) : tensor<16xf32>)
// CHECK-NEXT: outs(%[[O]](r, c) : tensor<2x16xf32>)
// CHECK: tensor.insert_slice
func.func @rows(%x: tensor<8x16xf32>, %w: tensor<16xf32>, %y0: tensor<8x16xf32>) -> tensor<8x16xf32> {
  %y = norm.generic iter(r = 8, c = 16) reduce [c]
      ins(%x(r, c) : tensor<8x16xf32>, %w(c) : tensor<16xf32>) outs(%y0(r, c) : tensor<8x16xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>, %b: !norm.field<f32, [c]>):
    %row = norm.index r
    %i = arith.index_cast %row : index to i32
    %f = arith.sitofp %i : i32 to f32
    %s = norm.map (%e = %a : !norm.field<f32, [c]>, %g = %b : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]> {
      %0 = arith.mulf %e, %g : f32
      %1 = arith.addf %0, %f : f32
      norm.yield %1 : f32
    }
    norm.yield %s : !norm.field<f32, [c]>
  }
  return %y : tensor<8x16xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %0 = transform.structured.match ops{["norm.generic"]} in %root : (!transform.any_op) -> !transform.any_op
    %1, %2 = transform.structured.tile_using_for %0 tile_sizes [2, 0]
        : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// Rows in parallel: fine for plain results.
// CHECK-LABEL: func @forall
// CHECK: scf.forall (%[[I:.*]]) in (4) shared_outs
// CHECK: norm.generic iter(r = 2 from %{{.*}}, c = 16)
func.func @forall(%x: tensor<8x16xf32>, %y0: tensor<8x16xf32>) -> tensor<8x16xf32> {
  %y = norm.generic iter(r = 8, c = 16) reduce [c]
      ins(%x(r, c) : tensor<8x16xf32>) outs(%y0(r, c) : tensor<8x16xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return %y : tensor<8x16xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %0 = transform.structured.match ops{["norm.generic"]} in %root : (!transform.any_op) -> !transform.any_op
    %1, %2 = transform.structured.tile_using_forall %0 num_threads [4]
        : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// A split dimension, one outer index at a time: the slice of the channels is contiguous.
// CHECK-LABEL: func @split
// CHECK: scf.for %[[G:[^ ]*]] =
// CHECK: tensor.extract_slice %{{.*}}[0, %{{.*}}] [4, 8] [1, 1]
// CHECK: norm.generic iter(n = 4, g = 1 from %[[G]], c = 8) reduce [c]
// CHECK-NEXT: ins(%{{.*}}(n, [g c]) : tensor<4x8xf32>)
func.func @split(%x: tensor<4x32xf32>, %y0: tensor<4x32xf32>) -> tensor<4x32xf32> {
  %y = norm.generic iter(n = 4, g = 4, c = 8) reduce [c]
      ins(%x(n, [g c]) : tensor<4x32xf32>) outs(%y0(n, [g c]) : tensor<4x32xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return %y : tensor<4x32xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %0 = transform.structured.match ops{["norm.generic"]} in %root : (!transform.any_op) -> !transform.any_op
    %1, %2 = transform.structured.tile_using_for %0 tile_sizes [0, 1, 0]
        : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// Not a part of a group: whoever splits a reduction has to implement its order.
func.func @in_group(%x: tensor<8x16xf32>, %y0: tensor<8x16xf32>) -> tensor<8x16xf32> {
  // expected-error @below {{'norm.generic' op expects tiles of whole groups, but "c" is inside the group and tiled}}
  // expected-error-re @below {{fail{{.*}} to tile operation}}
  // expected-error @below {{failed to generate tiling loops}}
  %y = norm.generic iter(r = 8, c = 16) reduce [c]
      ins(%x(r, c) : tensor<8x16xf32>) outs(%y0(r, c) : tensor<8x16xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return %y : tensor<8x16xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %0 = transform.structured.match ops{["norm.generic"]} in %root : (!transform.any_op) -> !transform.any_op
    %1, %2 = transform.structured.tile_using_for %0 tile_sizes [0, 4]
        : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// Tiles of both parts of a split dimension are not contiguous.
func.func @split_both(%x: tensor<32xf32>, %y0: tensor<32xf32>) -> tensor<32xf32> {
  // expected-error @below {{'norm.generic' op expects a tile of a split dimension to be one outer index or all inner ones, for operand 0}}
  // expected-error-re @below {{fail{{.*}} to tile operation}}
  // expected-error @below {{failed to generate tiling loops}}
  %y = norm.generic iter(g = 4, e = 8) reduce []
      ins(%x([g e]) : tensor<32xf32>) outs(%y0([g e]) : tensor<32xf32>) {
  ^bb0(%a: f32):
    norm.yield %a : f32
  }
  return %y : tensor<32xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %0 = transform.structured.match ops{["norm.generic"]} in %root : (!transform.any_op) -> !transform.any_op
    %1, %2, %3 = transform.structured.tile_using_for %0 tile_sizes [2, 4]
        : (!transform.any_op) -> (!transform.any_op, !transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// Rows that an acc result sums over are a reduction: not for parallel tiles.
func.func @acc(%x: tensor<8x16xf32>, %s0: tensor<16xf32>) -> tensor<16xf32> {
  // expected-warning @below {{tiling is not thread safe at axis #0}}
  %s = norm.generic iter(r = 8, c = 16) reduce [c]
      ins(%x(r, c) : tensor<8x16xf32>) outs(%s0(c) acc <lanes = 1> : tensor<16xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return %s : tensor<16xf32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %0 = transform.structured.match ops{["norm.generic"]} in %root : (!transform.any_op) -> !transform.any_op
    %1, %2 = transform.structured.tile_using_forall %0 num_threads [4]
        : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}
