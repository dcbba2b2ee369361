// RUN: norm-opt %s --norm-outline-gpu --split-input-file | FileCheck %s
// RUN: norm-opt %s --norm-outline-gpu=dependent --split-input-file | FileCheck %s --check-prefix=DEPENDENT

// A thread for each index. What is only read is marked so, and comes as a pointer, its offset and
// the stride that is not known.
// CHECK-LABEL: gpu.module @norm_kernels
// CHECK: gpu.func @copy_0(%[[X:.*]]: memref<f32> {llvm.noalias, llvm.readonly}, %[[OFFSET:.*]]: index, %[[STRIDE:.*]]: index, %[[Y:.*]]: memref<f32> {llvm.noalias}, %[[N:.*]]: index) kernel attributes {nvvm.minctasm = 1 : i32, nvvm.reqntid = array<i32: 128, 1, 1>}
// CHECK: memref.reinterpret_cast %[[X]] to offset: [%[[OFFSET]]], sizes: [%{{.*}}], strides: [%[[STRIDE]]]
// CHECK: %[[EXISTS:.*]] = arith.cmpi ult, %[[I:.*]], %[[N]]
// CHECK: scf.if %[[EXISTS]]
// CHECK: memref.load %{{.*}}[%[[I]]]
// CHECK: memref.store
// CHECK: gpu.return
// CHECK-LABEL: func.func @copy
func.func @copy(%x: memref<?xf32, strided<[?], offset: ?>> {norm.layout = "any", norm.name = "x", norm.role = "input", norm.shape = ["n"]},
                %y: memref<?xf32> {norm.layout = "rows", norm.name = "y", norm.output, norm.role = "output", norm.shape = ["n"]}) attributes {norm.kernel} {
  %c0 = arith.constant 0 : index
  %n = memref.dim %y, %c0 : memref<?xf32>
  // CHECK: %[[COUNT:.*]] = memref.dim
  // CHECK: %[[BLOCKS:.*]] = arith.ceildivui %[[COUNT]]
  // CHECK: %[[ALONG:.*]] = arith.minui %[[BLOCKS]]
  // CHECK: gpu.launch_func @norm_kernels::@copy_0 blocks in (%[[ALONG]], %{{.*}}, %{{.*}}) threads in (%{{c128.*}},
  scf.forall (%i) in (%n) {
    %v = memref.load %x[%i] : memref<?xf32, strided<[?], offset: ?>>
    memref.store %v, %y[%i] : memref<?xf32>
  }
  return
}

// -----

// In place: two pointers to the same buffer, so neither is told apart.
// CHECK: gpu.func @scale_0(%{{.*}}: memref<f32>, %{{.*}}: memref<f32>) kernel
func.func @scale(%x: memref<8xf32> {norm.layout = "rows", norm.name = "x", norm.role = "input", norm.shape = ["8"]},
                 %y: memref<8xf32> {norm.inplace = 0 : i64, norm.layout = "rows", norm.name = "y", norm.output, norm.role = "output", norm.shape = ["8"]}) attributes {norm.kernel} {
  scf.forall (%i) in (8) {
    %v = memref.load %x[%i] : memref<8xf32>
    %s = arith.addf %v, %v : f32
    memref.store %s, %y[%i] : memref<8xf32>
  }
  return
}

// -----

// A block of 64 threads for each index, with shared memory of its own and scratch of each thread.
// CHECK: gpu.func @blocks_0({{.*}}) workgroup(%[[SHARED:.*]] : memref<2xf32, #gpu.address_space<workgroup>>) kernel attributes {nvvm.minctasm = 1 : i32, nvvm.reqntid = array<i32: 64, 1, 1>}
// CHECK-NEXT: memref.alloca() : memref<4xf32>
// CHECK: memref.store %{{.*}}, %[[SHARED]]
func.func @blocks(%y: memref<8xf32> {norm.layout = "rows", norm.name = "y", norm.output, norm.role = "output", norm.shape = ["8"]}) attributes {norm.kernel} {
  scf.forall (%i) in (8) {
    %c0 = arith.constant 0 : index
    %one = arith.constant 1.0 : f32
    %shared = memref.alloca() : memref<2xf32, #gpu.address_space<workgroup>>
    %own = memref.alloca() : memref<4xf32>
    memref.store %one, %shared[%c0] : memref<2xf32, #gpu.address_space<workgroup>>
    memref.store %one, %own[%c0] : memref<4xf32>
    %v = memref.load %own[%c0] : memref<4xf32>
    memref.store %v, %y[%i] : memref<8xf32>
  } {mapping = [#gpu.block<x>], norm.threads = 64 : i64}
  return
}

// -----

// A kernel that certainly follows another waits for its end by itself, and the other lets it begin. Of two branches either
// may have been the one before; what stands in one of them follows nothing if nothing stands before both.
// DEPENDENT: gpu.func @chain_0
// DEPENDENT-NEXT: nvvm.griddepcontrol launch_dependents
// DEPENDENT: gpu.func @chain_1
// DEPENDENT-NEXT: nvvm.griddepcontrol launch_dependents
// DEPENDENT: gpu.func @chain_2
// DEPENDENT-NEXT: nvvm.griddepcontrol wait
// DEPENDENT-NOT: nvvm.griddepcontrol
// DEPENDENT: gpu.launch_func @norm_kernels::@chain_0
// DEPENDENT-NOT: norm.dependent
// DEPENDENT: gpu.launch_func @norm_kernels::@chain_1
// DEPENDENT-NOT: norm.dependent
// DEPENDENT: gpu.launch_func @norm_kernels::@chain_2
// DEPENDENT-SAME: {norm.dependent}
func.func @chain(%y: memref<?xf32> {norm.layout = "rows", norm.name = "y", norm.output, norm.role = "output", norm.shape = ["n"]},
                 %z: memref<?xf32> {norm.layout = "rows", norm.name = "z", norm.output, norm.role = "output", norm.shape = ["n"]}) attributes {norm.kernel} {
  %c0 = arith.constant 0 : index
  %c8 = arith.constant 8 : index
  %zero = arith.constant 0.0 : f32
  %one = arith.constant 1.0 : f32
  %n = memref.dim %y, %c0 : memref<?xf32>
  %short = arith.cmpi ult, %n, %c8 : index
  scf.if %short {
    scf.forall (%i) in (%n) {
      memref.store %zero, %y[%i] : memref<?xf32>
    }
  } else {
    scf.forall (%i) in (%n) {
      memref.store %one, %y[%i] : memref<?xf32>
    }
  }
  scf.forall (%i) in (%n) {
    %v = memref.load %y[%i] : memref<?xf32>
    memref.store %v, %z[%i] : memref<?xf32>
  }
  return
}
