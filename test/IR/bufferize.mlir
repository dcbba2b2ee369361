// RUN: norm-opt %s --one-shot-bufferize="bufferize-function-boundaries function-boundary-type-conversion=identity-layout-map" --split-input-file | FileCheck %s

// A plain init is only written: its old content is not copied, though the tensor is read again later.
// CHECK-LABEL: func @plain_init_is_not_read
// CHECK: %[[NEW:.*]] = memref.alloc() {{.*}} : memref<4x16xf32>
// CHECK-NOT: memref.copy
// CHECK: norm.generic
// CHECK: outs(%[[NEW]](r, c) : memref<4x16xf32>)
// CHECK: return %[[NEW]]
func.func @plain_init_is_not_read(%x: tensor<4x16xf32>, %y0: tensor<4x16xf32> {bufferization.writable = false})
    -> tensor<4x16xf32> {
  %y = norm.generic iter(r = 4, c = 16) reduce [c]
      ins(%x(r, c) : tensor<4x16xf32>) outs(%y0(r, c) : tensor<4x16xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return %y : tensor<4x16xf32>
}

// -----

// An acc init is read: what must not be overwritten is copied first.
// CHECK-LABEL: func @acc_init_is_read
// CHECK-SAME: %[[X:.*]]: memref<4x16xf32>, %[[S:.*]]: memref<16xf32>
// CHECK: %[[NEW:.*]] = memref.alloc() {{.*}} : memref<16xf32>
// CHECK: memref.copy %[[S]], %[[NEW]]
// CHECK: outs(%[[NEW]](c) acc <lanes = 1> : memref<16xf32>)
func.func @acc_init_is_read(%x: tensor<4x16xf32>, %s0: tensor<16xf32> {bufferization.writable = false})
    -> tensor<16xf32> {
  %s = norm.generic iter(r = 4, c = 16) reduce [c]
      ins(%x(r, c) : tensor<4x16xf32>) outs(%s0(c) acc <lanes = 1> : tensor<16xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return %s : tensor<16xf32>
}

// -----

// The same value in ins and outs, with the same access: in place, without a copy.
// CHECK-LABEL: func @in_place
// CHECK-SAME: %[[X:.*]]: memref<4x16xf32>
// CHECK-NOT: alloc
// CHECK-NOT: copy
// CHECK: ins(%[[X]](r, c) : memref<4x16xf32>)
// CHECK-NEXT: outs(%[[X]](r, c) : memref<4x16xf32>)
func.func @in_place(%x: tensor<4x16xf32>) -> tensor<4x16xf32> {
  %y = norm.generic iter(r = 4, c = 16) reduce [c]
      ins(%x(r, c) : tensor<4x16xf32>) outs(%x(r, c) : tensor<4x16xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return %y : tensor<4x16xf32>
}

// -----

// One init for two results: they need two buffers.
// CHECK-LABEL: func @one_init_twice
// CHECK-SAME: %[[X:.*]]: memref<4x16xf32>, %[[S:.*]]: memref<4xf32>
// CHECK: %[[NEW:.*]] = memref.alloc() {{.*}} : memref<4xf32>
// CHECK: norm.generic
// CHECK: outs(%[[A:.*]](r) : memref<4xf32>, %[[B:.*]](r) : memref<4xf32>)
// CHECK: return %[[A]], %[[B]]
func.func @one_init_twice(%x: tensor<4x16xf32>, %s0: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %s:2 = norm.generic iter(r = 4, c = 16) reduce [c]
      ins(%x(r, c) : tensor<4x16xf32>) outs(%s0(r) : tensor<4xf32>, %s0(r) : tensor<4xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    %0 = norm.reduce sum (%a : !norm.field<f32, [c]>) over [c] order = <lanes = 1> : f32
    %1 = norm.reduce max (%a : !norm.field<f32, [c]>) over [c] order = <lanes = 1> : f32
    norm.yield %0, %1 : f32, f32
  }
  return %s#0, %s#1 : tensor<4xf32>, tensor<4xf32>
}
