// The form of an entry; entry-calls.mlir calls some.
// RUN: norm-opt %s --norm-emit-entry --split-input-file --verify-diagnostics | FileCheck %s

// CHECK-LABEL: func private @twice_kernel(
// CHECK-SAME: %{{.*}}: memref<?xf32, strided<[?], offset: ?>>, %{{.*}}: memref<?xi8>, %{{.*}}: !llvm.ptr)
// CHECK-SAME: attributes {llvm.linkage = #llvm.linkage<internal>}
// CHECK-LABEL: llvm.func @twice_workspace_size(
// CHECK-SAME: %{{.*}}: !llvm.ptr, %{{.*}}: i32) -> i64
// CHECK: call @twice_workspace_bytes(
// CHECK-LABEL: llvm.func @twice(
// CHECK-SAME: %[[CTX:.*]]: !llvm.ptr, %{{.*}}: !llvm.ptr, %{{.*}}: i32) -> i32
// CHECK: llvm.mlir.constant(15 : i32)
// CHECK: %[[TABLE:.*]] = llvm.mlir.addressof @twice_arguments
// CHECK: llvm.call @normc_check_sizes(%{{.*}}, %{{.*}}, %{{.*}}, %[[TABLE]])
// CHECK: llvm.call @normc_check_memory(%{{.*}}, %{{.*}}, %[[TABLE]], %{{.*}})
// CHECK: %[[BYTES:.*]] = func.call @twice_workspace_bytes(
// CHECK: llvm.alloca %[[BYTES]] x i8 {alignment = 64 : i64}
// CHECK: call @twice_kernel(%{{.*}}, %{{.*}}, %[[CTX]])
// CHECK: llvm.return %{{.*}} : i32
// f32 is code 2, 32 bits, one lane; then rank, bytes, an output, a size that is known at run time, and any stride.
// CHECK: llvm.mlir.global internal constant @twice_arguments(dense<[73730, 1, 4, -1, -1, -9223372036854775808]> : tensor<6xi64>)
// CHECK: llvm.func internal @normc_check_sizes(
// CHECK: llvm.func internal @normc_check_memory(
func.func private @twice_workspace_bytes(%x: memref<?xf32, strided<[?], offset: ?>>) -> i64 {
  %c = arith.constant 128 : i64
  return %c : i64
}
func.func @twice(%x: memref<?xf32, strided<[?], offset: ?>> {norm.layout = "any", norm.name = "x",
                   norm.output, norm.role = "output", norm.shape = ["c"]},
                 %workspace: memref<?xi8> {norm.workspace}, %context: !llvm.ptr {norm.context})
    attributes {norm.kernel, norm.workspace_bytes = @twice_workspace_bytes} {
  return
}

// -----

// expected-error @below {{the entry of kernel 'x' needs the name 'x_workspace_size'}}
func.func @x(%x: memref<4xf32> {norm.layout = "contiguous", norm.name = "x", norm.output,
                                norm.role = "output", norm.shape = ["4"]}) attributes {norm.kernel} {
  return
}
// expected-note @below {{which is taken here}}
func.func private @x_workspace_size()

// -----

// expected-error @below {{kernel expects argument 0 to have norm.name, norm.role, norm.layout and norm.shape; run norm-bind-arguments}}
func.func @unbound(%x: memref<4xf32>) attributes {norm.kernel} {
  return
}
