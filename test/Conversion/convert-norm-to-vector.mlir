// RUN: norm-opt %s --convert-norm-to-vector='vector-bits=256 mask-bits=8' --canonicalize --cse --split-input-file \
// RUN:   --remark-format=emitRemark --remarks-filter='.*' --remark-policy=all 2>%t | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK --input-file=%t
// RUN: norm-opt %s --convert-norm-to-vector='vector-bits=256' --canonicalize --cse --split-input-file \
// RUN: | FileCheck %s --check-prefix=NOMASK

// Lanes of the sum are lanes of vectors, the last ones masked; then the lanes are folded in halves.
// CHECK-LABEL: func @row_sums
// REMARK: chunks of 8 along 'c'
// CHECK: scf.forall
// CHECK: %[[SUMS:.*]]:2 = scf.for %{{.*}} = %c0 to %c96 step %c16 iter_args(%[[S:.*]] = %{{.*}}, %[[T:.*]] = %{{.*}}) -> (vector<8xf32>, vector<8xf32>) {
// CHECK: %[[A:.*]] = vector.load %{{.*}} : memref<8x100xf32>, vector<8xf32>
// CHECK: %[[U:.*]] = arith.addf %[[S]], %[[A]] : vector<8xf32>
// CHECK: %[[B:.*]] = vector.load %{{.*}} : memref<8x100xf32>, vector<8xf32>
// CHECK: %[[V:.*]] = arith.addf %[[T]], %[[B]] : vector<8xf32>
// CHECK: scf.yield %[[U]], %[[V]]
// CHECK: %[[M:.*]] = vector.constant_mask [4] : vector<8xi1>
// CHECK: %[[R:.*]] = vector.maskedload {{.*}}, %[[M]],
// CHECK: %[[P:.*]] = arith.addf %[[SUMS]]#0, %[[R]] : vector<8xf32>
// CHECK: %[[L:.*]] = arith.select %[[M]], %[[P]], %[[SUMS]]#0
// CHECK: %[[F:.*]] = arith.addf %[[L]], %[[SUMS]]#1 : vector<8xf32>
// CHECK: vector.extract_strided_slice %[[F]] {offsets = [0], sizes = [4]
// CHECK: arith.addf {{.*}} : vector<4xf32>
// CHECK: arith.addf {{.*}} : vector<2xf32>
// CHECK: arith.addf {{.*}} : vector<1xf32>
// CHECK: memref.store
// Without masks the last elements are added to their lanes in memory.
// NOMASK-LABEL: func @row_sums
// NOMASK: memref.alloca() : memref<16xf32>
// NOMASK: vector.store {{.*}} : memref<16xf32>, vector<8xf32>
// NOMASK: scf.for %[[LANE:.*]] = %c0 to %c4 step %c1 {
// NOMASK: arith.addf {{.*}} : f32
// NOMASK: vector.load {{.*}} : memref<16xf32>, vector<8xf32>
func.func @row_sums(%x: memref<8x100xf32>, %y: memref<8xf32>) {
  norm.generic iter(r = 8, c = 100) reduce [c]
      ins(%x(r, c) : memref<8x100xf32>) outs(%y(r) : memref<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

// A map: a loop over whole chunks, and a masked one where the size is not known.
// CHECK-LABEL: func @scale
// REMARK: chunks of 8 along 'c'
// CHECK: scf.for
// CHECK: %[[X:.*]] = vector.load {{.*}} vector<8xbf16>
// CHECK: %[[W:.*]] = vector.load {{.*}} vector<8xf32>
// CHECK: arith.extf %[[X]] : vector<8xbf16> to vector<8xf32>
// CHECK: vector.store
// CHECK: scf.if
// CHECK: vector.create_mask
// CHECK: vector.maskedstore
// NOMASK-LABEL: func @scale
// NOMASK: vector.store
// NOMASK: scf.if
// NOMASK: scf.for
// NOMASK: memref.store
func.func @scale(%x: memref<?x?xbf16, strided<[?, 1]>>, %w: memref<?xf32>, %y: memref<?x?xf32, strided<[?, 1]>>,
                 %rows: index, %columns: index) {
  norm.generic iter(r = %rows, c = %columns) reduce [c]
      ins(%x(r, c) : memref<?x?xbf16, strided<[?, 1]>>, %w(c) : memref<?xf32>)
      outs(%y(r, c) : memref<?x?xf32, strided<[?, 1]>>) {
  ^bb0(%xf: !norm.field<bf16, [c]>, %wf: !norm.field<f32, [c]>):
    %yf = norm.map (%a = %xf : !norm.field<bf16, [c]>, %g = %wf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.extf %a : bf16 to f32
      %1 = arith.mulf %0, %g : f32
      norm.yield %1 : f32
    }
    norm.yield %yf : !norm.field<f32, [c]>
  }
  return
}

// -----

// Channels that come last: every lane is a channel, sums run along the rows.
// CHECK-LABEL: func @channels_last
// REMARK: chunks of 32 along 'c'
// CHECK: scf.forall (%{{.*}}) in (2)
// CHECK: scf.for %{{.*}} = %c0 to %c10 step %c1 iter_args({{.*}}) -> (vector<32xf32>)
// CHECK: vector.store %{{.*}} : memref<64xf32>, vector<32xf32>
func.func @channels_last(%x: memref<10x64xf32>, %y: memref<64xf32>) {
  norm.generic iter(c = 64, n = 10) reduce [n] ins(%x(n, c) : memref<10x64xf32>) outs(%y(c) : memref<64xf32>) {
  ^bb0(%xf: !norm.field<f32, [n]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [n]>) over [n] order = <lanes = 1> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

// Elements that may lie anywhere are not loaded as a vector.
// CHECK-LABEL: func @strided
// REMARK: Reason="elements of operand 0 are not known to be neighbours", Remark="left as loops over elements"
// CHECK: norm.generic
func.func @strided(%x: memref<8x64xf32, strided<[?, ?]>>, %y: memref<8xf32>) {
  norm.generic iter(r = 8, c = 64) reduce [c]
      ins(%x(r, c) : memref<8x64xf32, strided<[?, ?]>>) outs(%y(r) : memref<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}
