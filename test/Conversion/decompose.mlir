// RUN: norm-opt %s --norm-decompose --canonicalize --cse --split-input-file --verify-diagnostics | FileCheck %s

// Sixteen lanes over 100 elements: seven steps, the last of four lanes; folded by halves.
// CHECK-LABEL: func @sum
// CHECK: scf.forall (%[[ROW:.*]]) in (%{{.*}}) {
// CHECK:   %[[LANES:.*]] = memref.alloca() : memref<16xf32>
// CHECK:   scf.for %[[STEP:.*]] = %c0 to %c7
// CHECK:     %[[DONE:.*]] = arith.muli %[[STEP]], %c16
// CHECK:     %[[LEFT:.*]] = arith.subi %c100, %[[DONE]]
// CHECK:     %[[ACTIVE:.*]] = arith.minui %[[LEFT]], %c16
// CHECK:     scf.for %[[LANE:.*]] = %c0 to %[[ACTIVE]]
// CHECK:       %[[C:.*]] = arith.addi %[[DONE]], %[[LANE]]
// CHECK:       memref.load %{{.*}}[%[[ROW]], %[[C]]]
// CHECK:       arith.addf
// CHECK:   scf.for %{{.*}} = %c0 to %c8
// CHECK:   scf.for %{{.*}} = %c0 to %c4
// CHECK:   scf.for %{{.*}} = %c0 to %c2
// CHECK:   memref.store %{{.*}}, %{{.*}}[%[[ROW]]]
func.func @sum(%x: memref<?x100xf32>, %y: memref<?xf32>, %rows: index) {
  norm.generic iter(r = %rows, c = 100) reduce [c]
      ins(%x(r, c) : memref<?x100xf32>) outs(%y(r) : memref<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %s = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %s : f32
  }
  return
}

// -----

// Blocks of at least 64 rows, at most 64 blocks; each block's partial starts from zero, and partials are
// folded from the left before the init is added.
// CHECK-LABEL: func @acc
// CHECK: %[[PARTIALS:.*]] = memref.alloc(%[[BLOCKS:.*]]) : memref<?x8xf32>
// CHECK: scf.forall (%[[BLOCK:.*]]) in (%[[BLOCKS]])
// CHECK:   scf.for
// CHECK:     memref.store %cst, %[[PARTIALS]][%[[BLOCK]], %{{.*}}]
// CHECK:   scf.for
// CHECK:     scf.for
// CHECK:       memref.load %[[PARTIALS]][%[[BLOCK]], %{{.*}}]
// CHECK:       arith.addf
// CHECK:       memref.store %{{.*}}, %[[PARTIALS]][%[[BLOCK]], %{{.*}}]
// CHECK: scf.forall (%[[E:.*]]) in (8)
// CHECK:   %[[INIT:.*]] = memref.load %arg1[%[[E]]]
// CHECK:   %[[SUM:.*]] = scf.for {{.*}} iter_args(%{{.*}} = %cst)
// CHECK:   arith.addf %[[INIT]], %[[SUM]]
// CHECK: memref.dealloc %[[PARTIALS]]
func.func @acc(%x: memref<?x8xf32>, %y: memref<8xf32>, %rows: index) {
  norm.generic iter(r = %rows, c = 8) reduce [c]
      ins(%x(r, c) : memref<?x8xf32>)
      outs(%y(c) acc <lanes = 1, segment = 64, blocks = 64> : memref<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  return
}

// -----

// Both halves are read before either is written.
// CHECK-LABEL: func @flip
// CHECK: scf.for %[[J:.*]] = %c0 to %c4
// CHECK:   %[[SECOND:.*]] = memref.load
// CHECK:   %[[FIRST:.*]] = memref.load
// CHECK:   memref.store %[[SECOND]]
// CHECK:   memref.store %[[FIRST]]
func.func @flip(%x: memref<?x8xf32>, %rows: index) {
  norm.generic iter(r = %rows, k = 2, j = 4) reduce [k, j]
      ins(%x(r, [k j]) : memref<?x8xf32>) outs(%x(r, [k j]) : memref<?x8xf32>) {
  ^bb0(%xf: !norm.field<f32, [k, j]>):
    %y = norm.flip %xf along k : !norm.field<f32, [k, j]>
    norm.yield %y : !norm.field<f32, [k, j]>
  }
  return
}

// -----

func.func @tensors(%x: tensor<4x8xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{expects memrefs, but has tensors: run one-shot-bufferize before norm-decompose}}
  %0 = norm.generic iter(r = 4, c = 8) reduce [c]
      ins(%x(r, c) : tensor<4x8xf32>) outs(%y(r) : tensor<4xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %s = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 1> : f32
    norm.yield %s : f32
  }
  return %0 : tensor<4xf32>
}

// -----

// A copy is loops too: as an operation it would become a call.
// CHECK-LABEL: func @copy
// CHECK-NOT: memref.copy
// CHECK: scf.for
// CHECK: memref.store
func.func @copy(%x: memref<?x4xf32, strided<[?, 1], offset: ?>>,
                %y: memref<?x4xf32, strided<[?, 1], offset: ?>>) {
  memref.copy %x, %y : memref<?x4xf32, strided<[?, 1], offset: ?>> to memref<?x4xf32, strided<[?, 1], offset: ?>>
  return
}
