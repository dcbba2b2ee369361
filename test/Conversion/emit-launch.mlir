// RUN: norm-opt %s --norm-emit-launch --split-input-file --verify-diagnostics | FileCheck %s

// Two launches: the second only where the first went well, and the code of the one that failed is
// returned. What they pass is on the stack.
// CHECK: llvm.mlir.global external constant @normc_gpu_module()
// CHECK-NOT: gpu.module
// CHECK-LABEL: func.func @twice
// CHECK-SAME: %[[Y:[a-z0-9]+]]: memref<f32>, %[[N:[a-z0-9]+]]: index, %[[CONTEXT:[a-z0-9]+]]: !llvm.ptr {norm.context}) -> i32
module attributes {gpu.container_module} {
  gpu.module @norm_kernels {
    gpu.func @first(%y: memref<f32>) kernel {
      gpu.return
    }
    gpu.func @second(%y: memref<f32>, %n: index) kernel {
      gpu.return
    }
  }
  func.func @twice(%y: memref<f32>, %n: index) attributes {norm.kernel} {
    %c1 = arith.constant 1 : index
    %c64 = arith.constant 64 : index
    // CHECK: %[[STATUS:.*]] = llvm.alloca
    // CHECK: llvm.store %{{.*}}, %[[STATUS]] : i32
    // CHECK: %[[BEFORE:.*]] = llvm.load %[[STATUS]]
    // CHECK: %[[GOOD:.*]] = llvm.icmp "eq" %[[BEFORE]]
    // CHECK: scf.if %[[GOOD]]
    // CHECK: memref.extract_aligned_pointer_as_index %[[Y]]
    // CHECK: llvm.mlir.addressof @normc_gpu_module
    // CHECK: llvm.mlir.addressof @first_name
    // CHECK: %[[FIRST:.*]] = llvm.call %{{.*}} : !llvm.ptr, (!llvm.ptr, !llvm.ptr) -> i32
    // CHECK: llvm.store %[[FIRST]], %[[STATUS]]
    gpu.launch_func @norm_kernels::@first blocks in (%n, %c1, %c1) threads in (%c64, %c1, %c1) args(%y : memref<f32>)
    // CHECK: llvm.load %[[STATUS]]
    // CHECK: scf.if
    // CHECK: arith.index_cast %[[N]] : index to i64
    // CHECK: llvm.mlir.addressof @second_name
    // CHECK: llvm.call
    gpu.launch_func @norm_kernels::@second blocks in (%c1, %c1, %c1) threads in (%c64, %c1, %c1) args(%y : memref<f32>, %n : index)
    // CHECK: %[[RESULT:.*]] = llvm.load %[[STATUS]]
    // CHECK: return %[[RESULT]] : i32
    return
  }
}

// -----

// A call of the caller's function, on a CPU: what stands behind it is done if it went well. The tensor has the kernel's
// own strides; the context is the kernel's, with what is left of the workspace.
// CHECK: llvm.func @rest(!llvm.ptr, !llvm.ptr, i32) -> i32 attributes {norm.rest}
// CHECK-LABEL: func.func @call(
// CHECK-SAME: %[[X:[a-z0-9]+]]: memref<?x4xf32, strided<[?, 1], offset: ?>>, %[[Y:[a-z0-9]+]]: memref<4xf16>,
// CHECK-SAME: %[[WORKSPACE:[a-z0-9]+]]: memref<?xi8> {norm.workspace}, %[[CONTEXT:[a-z0-9]+]]: !llvm.ptr {norm.context}) -> i32
func.func @call(%x: memref<?x4xf32, strided<[?, 1], offset: ?>>, %y: memref<4xf16>, %workspace: memref<?xi8> {norm.workspace})
    attributes {norm.kernel} {
  %zero = arith.constant 0.0 : f16
  %c0 = arith.constant 0 : index
  // CHECK: %[[STATUS:.*]] = llvm.alloca
  // CHECK: scf.if
  // CHECK: %{{.*}}, %[[OFFSET:.*]], %[[SIZES:.*]]:2, %[[STRIDES:.*]]:2 = memref.extract_strided_metadata %[[X]]
  // CHECK: arith.index_cast %[[SIZES]]#0
  // CHECK: arith.index_cast %[[STRIDES]]#0
  // CHECK: memref.extract_strided_metadata %[[Y]]
  // CHECK: %[[OWN:.*]] = scf.if {{.*}} -> (!llvm.ptr)
  // CHECK: "llvm.intr.memcpy"(%[[COPY:.*]], %[[CONTEXT]],
  // CHECK: memref.dim %[[WORKSPACE]]
  // CHECK: scf.yield %[[COPY]]
  // CHECK: %[[CODE:.*]] = llvm.call @rest(%[[OWN]],
  // CHECK: llvm.store %[[CODE]], %[[STATUS]]
  norm.call @rest ins(%x : memref<?x4xf32, strided<[?, 1], offset: ?>>) outs(%y : memref<4xf16>)
  // CHECK: %[[GOOD:.*]] = llvm.icmp "eq"
  // CHECK: scf.if %[[GOOD]] {
  // CHECK: memref.store %{{.*}}, %[[Y]]
  // CHECK: }
  memref.store %zero, %y[%c0] : memref<4xf16>
  // CHECK: %[[RESULT:.*]] = llvm.load %[[STATUS]]
  // CHECK: return %[[RESULT]]
  return
}

// -----

// expected-note @below {{here}}
func.func private @own()
func.func @calls_own(%y: memref<4xf16>) attributes {norm.kernel} {
  // expected-error @below {{expects the caller to have 'own', but the module has it}}
  norm.call @own outs(%y : memref<4xf16>)
  return
}

// -----

func.func @calls_inside(%y: memref<4xf16>, %which: i1) attributes {norm.kernel} {
  scf.if %which {
    // expected-error @below {{expects to be on buffers, at the top of a kernel}}
    norm.call @rest outs(%y : memref<4xf16>)
  }
  return
}

// -----

func.func @calls_index(%y: memref<4xindex>) attributes {norm.kernel} {
  // expected-error @below {{expects tensors whose elements C has a type for, but got 'memref<4xindex>'}}
  norm.call @rest outs(%y : memref<4xindex>)
  return
}
