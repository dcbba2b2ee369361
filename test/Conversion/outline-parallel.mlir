// RUN: norm-opt %s --norm-outline-parallel --canonicalize --split-input-file --verify-diagnostics | FileCheck %s
// RUN: norm-opt %s --norm-outline-parallel='parallel-bytes=4096' --canonicalize --cse --split-input-file --verify-diagnostics | FileCheck %s --check-prefix=BYTES

// CHECK-LABEL: func private @fill_phase0(
// CHECK-SAME: %[[BEGIN:.*]]: index, %[[END:.*]]: index,
// CHECK: memref.alloca() : memref<2xf32>
// CHECK: scf.for %[[I:.*]] = %[[BEGIN]] to %[[END]] step
// CHECK: arith.remui %[[I]]
// CHECK: arith.divui %[[I]]
// CHECK: memref.store
// CHECK-LABEL: llvm.func internal @fill_phase0_thunk(
// CHECK-SAME: %[[DATA:.*]]: !llvm.ptr, %{{.*}}: i64, %{{.*}}: i64)
// CHECK: llvm.getelementptr %[[DATA]][0, 0]
// CHECK: call @fill_phase0(
// CHECK-LABEL: func @fill(
// CHECK-SAME: %[[X:.*]]: memref<?x?xf32>, %[[CTX:.*]]: !llvm.ptr {norm.context}) attributes {norm.kernel}
// CHECK: %[[THUNK:.*]] = llvm.mlir.addressof @fill_phase0_thunk
// CHECK: %[[LOADED:.*]]:2 = scf.if
// CHECK: llvm.getelementptr %[[CTX]][24]
// CHECK: llvm.getelementptr %[[CTX]][32]
// CHECK: %[[TOTAL:.*]] = arith.muli
// CHECK: arith.cmpi sgt, %[[TOTAL]], %{{.*}} : index
// CHECK: scf.if
// CHECK: llvm.store
// CHECK: llvm.call %[[LOADED]]#1(%[[LOADED]]#0, %{{.*}}, %[[THUNK]], %{{.*}}) : !llvm.ptr, (!llvm.ptr, i64, !llvm.ptr, !llvm.ptr) -> ()
// CHECK: } else {
// CHECK: call @fill_phase0(%{{.*}}, %[[TOTAL]],
func.func @fill(%x: memref<?x?xf32>) attributes {norm.kernel} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %one = arith.constant 1.0 : f32
  %n = memref.dim %x, %c0 : memref<?x?xf32>
  %m = memref.dim %x, %c1 : memref<?x?xf32>
  scf.forall (%i, %j) in (%n, %m) {
    %a = memref.alloca() : memref<2xf32>
    memref.store %one, %a[%c1] : memref<2xf32>
    %v = memref.load %a[%c1] : memref<2xf32>
    memref.store %v, %x[%i, %j] : memref<?x?xf32>
  }
  return
}

// BYTES-LABEL: func @fill(
// BYTES-SAME: %[[X:.*]]: memref<?x?xf32>, %
// BYTES-DAG: %[[C4:.*]] = arith.constant 4 : index
// BYTES-DAG: %[[LEAST:.*]] = arith.constant 4096 : index
// BYTES: %[[ROW:.*]] = arith.muli %{{.*}}, %[[C4]]
// BYTES: %[[SIZE:.*]] = arith.muli %[[ROW]], %
// BYTES: %[[ENOUGH:.*]] = arith.cmpi uge, %[[SIZE]], %[[LEAST]]
// BYTES: arith.andi %{{.*}}, %[[ENOUGH]]

// One fence behind a range's loop, not in each iteration.
// CHECK-LABEL: func private @past_phase0(
// CHECK: scf.for
// CHECK-NOT: sfence
// CHECK: vector.store {{.*}}nontemporal
// CHECK-NOT: sfence
// CHECK: memref.store
// CHECK-NEXT: }
// CHECK-NEXT: }
// CHECK-NEXT: llvm.call_intrinsic "llvm.x86.sse.sfence"
// CHECK-NEXT: return
func.func @past(%x: memref<8x16xf32>, %streams: i1, %v: vector<16xf32>, %s: f32) attributes {norm.kernel} {
  %c0 = arith.constant 0 : index
  scf.forall (%i) in (8) {
    scf.if %streams {
      vector.store %v, %x[%i, %c0] {nontemporal = true} : memref<8x16xf32>, vector<16xf32>
      llvm.call_intrinsic "llvm.x86.sse.sfence"() : () -> ()
    } else {
      memref.store %s, %x[%i, %c0] : memref<8x16xf32>
    }
  }
  return
}

// A function that is no kernel stays.
// CHECK-LABEL: func @other(
// CHECK: scf.forall
func.func @other(%x: memref<4xf32>, %v: f32) {
  scf.forall (%i) in (4) {
    memref.store %v, %x[%i] : memref<4xf32>
  }
  return
}

// -----

func.func @dynamic(%x: memref<?xf32>, %n: index, %v: f32) attributes {norm.kernel} {
  %c0 = arith.constant 0 : index
  scf.forall (%i) in (4) {
    // expected-error @below {{scratch on the stack has to have a static size, but is 'memref<?xf32>'}}
    %a = memref.alloca(%n) : memref<?xf32>
    memref.store %v, %a[%c0] : memref<?xf32>
  }
  return
}

// -----

func.func @tensors(%x: tensor<4xf32>) attributes {norm.kernel} {
  // expected-error @below {{a parallel loop of a kernel has to work on memrefs, but this has results}}
  %r = scf.forall (%i) in (4) shared_outs(%o = %x) -> tensor<4xf32> {
    scf.forall.in_parallel {
    }
  }
  return
}
