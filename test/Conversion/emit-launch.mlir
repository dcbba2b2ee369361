// RUN: norm-opt %s --norm-emit-launch | FileCheck %s

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
