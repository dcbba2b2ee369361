// RUN: norm-opt %s --convert-norm-to-vector --canonicalize --cse --split-input-file | FileCheck %s

// Lanes of the sum are lanes of vectors, the last ones masked; then the lanes are folded in halves.
// CHECK-LABEL: func @row_sums
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
// CHECK: vector.shuffle %[[F]], %[[F]] [0, 1, 2, 3]
// CHECK: arith.addf {{.*}} : vector<4xf32>
// CHECK: arith.addf {{.*}} : vector<2xf32>
// CHECK: arith.addf {{.*}} : vector<1xf32>
// CHECK: memref.store
func.func @row_sums(%x: memref<8x100xf32>, %y: memref<8xf32>) {
  norm.generic iter(r = 8, c = 100) reduce [c]
      ins(%x(r, c) : memref<8x100xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 8, masked = true>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

// A map: a loop over whole chunks, and a masked one where the size is not known.
// CHECK-LABEL: func @scale
// CHECK: scf.for
// CHECK: %[[X:.*]] = vector.load {{.*}} vector<8xbf16>
// CHECK: %[[W:.*]] = vector.load {{.*}} vector<8xf32>
// CHECK: arith.extf %[[X]] : vector<8xbf16> to vector<8xf32>
// CHECK: vector.store
// CHECK: scf.if
// CHECK: vector.create_mask
// CHECK: vector.maskedstore
func.func @scale(%x: memref<?x?xbf16, strided<[?, 1]>>, %w: memref<?xf32>, %y: memref<?x?xf32, strided<[?, 1]>>,
                 %rows: index, %columns: index) {
  norm.generic iter(r = %rows, c = %columns) reduce [c]
      ins(%x(r, c) : memref<?x?xbf16, strided<[?, 1]>>, %w(c) : memref<?xf32>)
      outs(%y(r, c) : memref<?x?xf32, strided<[?, 1]>>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 8, masked = true>} {
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
// CHECK: scf.forall (%{{.*}}) in (2)
// CHECK: scf.for %{{.*}} = %c0 to %c10 step %c1 iter_args({{.*}}) -> (vector<32xf32>)
// CHECK: vector.store %{{.*}} : memref<64xf32>, vector<32xf32>
func.func @channels_last(%x: memref<10x64xf32>, %y: memref<64xf32>) {
  norm.generic iter(c = 64, n = 10) reduce [n] ins(%x(n, c) : memref<10x64xf32>)
      outs(%y(c) : memref<64xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 32>} {
  ^bb0(%xf: !norm.field<f32, [n]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [n]>) over [n] order = <lanes = 1> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

// Without masks the last elements are added to their lanes in memory.
// CHECK-LABEL: func @single_elements
// CHECK: memref.alloca() : memref<16xf32>
// CHECK: vector.store {{.*}} : memref<16xf32>, vector<8xf32>
// CHECK: scf.for %[[LANE:.*]] = %c0 to %c4 step %c1 {
// CHECK: arith.addf {{.*}} : f32
// CHECK: vector.load {{.*}} : memref<16xf32>, vector<8xf32>
func.func @single_elements(%x: memref<8x100xf32>, %y: memref<8xf32>) {
  norm.generic iter(r = 8, c = 100) reduce [c]
      ins(%x(r, c) : memref<8x100xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 8>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

// Four rows share a loop; their sums are folded side by side, and what follows is computed for all of them at once. Rows
// that do not follow each other, and those that are left, go one by one.
// CHECK-LABEL: func @rows_together
// CHECK: scf.forall (%{{.*}}) in (2)
// CHECK: %[[PACKED:.*]] = arith.cmpi eq, %{{.*}}, %c32
// CHECK: %[[END:.*]] = arith.select %[[PACKED]]
// CHECK: scf.for %{{.*}} = %{{.*}} to %[[END]] step %c4 {
// CHECK: scf.for {{.*}} -> (vector<4xf32>, vector<4xf32>, vector<4xf32>, vector<4xf32>, vector<4xf32>, vector<4xf32>, vector<4xf32>, vector<4xf32>)
// CHECK: vector.shuffle %{{.*}}, %{{.*}} [0, 1, 4, 5] : vector<4xf32>, vector<4xf32>
// CHECK: %[[SUMS:.*]] = arith.addf %{{.*}} : vector<4xf32>
// CHECK: arith.divf %{{.*}} : vector<4xf32>
// CHECK: scf.for %{{.*}} = %[[END]] to
// CHECK: arith.divf %{{.*}} : f32
func.func @rows_together(%x: memref<30x32xf32, strided<[?, 1]>>, %y: memref<30xf32>) {
  norm.generic iter(r = 30, c = 32) reduce [c]
      ins(%x(r, c) : memref<30x32xf32, strided<[?, 1]>>) outs(%y(r) : memref<30xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 4, rows = 4, task = 16>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 8> : f32
    %n = norm.count [c] : f32
    %mean = arith.divf %sum, %n : f32
    norm.yield %mean : f32
  }
  return
}

// -----

// Two sums over the same elements share a loop.
// CHECK-LABEL: func @two_sums
// CHECK: scf.for {{.*}} -> (vector<8xf32>, vector<8xf32>)
// CHECK-NOT: scf.for
// CHECK: memref.store
func.func @two_sums(%x: memref<8x64xf32>, %s: memref<8xf32>, %m: memref<8xf32>) {
  norm.generic iter(r = 8, c = 64) reduce [c]
      ins(%x(r, c) : memref<8x64xf32>) outs(%s(r) : memref<8xf32>, %m(r) : memref<8xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 8>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 8> : f32
    %max = norm.reduce max (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 8> : f32
    norm.yield %sum, %max : f32, f32
  }
  return
}

// -----

// bf16 that is only summed is taken apart by evens and odds, and put in order before the lanes are folded.
// CHECK-LABEL: func @interleaved
// CHECK: %[[X:.*]] = vector.load {{.*}} vector<32xbf16>
// CHECK: %[[W:.*]] = vector.bitcast %[[X]] : vector<32xbf16> to vector<16xi32>
// CHECK: arith.shli %[[W]]
// CHECK: arith.andi %[[W]]
// CHECK: vector.shuffle {{.*}} [0, 16, 1, 17, 2, 18,
func.func @interleaved(%x: memref<8x64xbf16>, %y: memref<8xf32>) {
  norm.generic iter(r = 8, c = 64) reduce [c]
      ins(%x(r, c) : memref<8x64xbf16>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 32, interleaved = true>} {
  ^bb0(%xf: !norm.field<bf16, [c]>):
    %wide = norm.map (%a = %xf : !norm.field<bf16, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.extf %a : bf16 to f32
      norm.yield %0 : f32
    }
    %sum = norm.reduce sum (%wide : !norm.field<f32, [c]>) over [c] order = <lanes = 32> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

// What has no schedule is left.
// CHECK-LABEL: func @strided
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

// -----

// An accumulating result that leaves nothing out: one row, and no rows to take together.
// CHECK-LABEL: func @nothing_left_out
// CHECK: vector.store
// CHECK: scf.forall
// CHECK: memref.store
func.func @nothing_left_out(%x: memref<8x64xf32>, %y: memref<8x64xf32>) {
  norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : memref<8x64xf32>)
      outs(%y(r, c) acc <lanes = 1, segment = 64, blocks = 64> : memref<8x64xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 8, rows = 2, task = 4>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  return
}

// -----

// Results from `stream` bytes on are stored past the cache where rows begin on whole lines, one row after the
// other; then the stores are put in order. Otherwise two rows go together.
// CHECK-LABEL: func @stream
// CHECK: %[[ODD:.*]] = arith.andi %{{.*}}, %c63
// CHECK: arith.cmpi eq, %[[ODD]], %c0
// CHECK: scf.forall
// CHECK: scf.if
// CHECK-NOT: memref.prefetch
// CHECK: vector.store {{.*}}alignment = 64 : i64, nontemporal = true
// CHECK: llvm.call_intrinsic "llvm.x86.sse.sfence"
// CHECK: } else {
// CHECK-NOT: nontemporal = true
// CHECK: return
func.func @stream(%x: memref<?x64xf32, strided<[?, 1]>>, %y: memref<?x64xf32, strided<[?, 1]>>, %rows: index) {
  norm.generic iter(r = %rows, c = 64) reduce [c] ins(%x(r, c) : memref<?x64xf32, strided<[?, 1]>>)
      outs(%y(r, c) : memref<?x64xf32, strided<[?, 1]>>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 16, rows = 2, task = 4, stream = 1000000>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %sum : f32
      norm.yield %0 : f32
    }
    norm.yield %yf : !norm.field<f32, [c]>
  }
  return
}

// -----

// Short rows stay together and are asked for early.
// CHECK-LABEL: func @stream_short
// CHECK: %[[ODD:.*]] = arith.andi %{{.*}}, %c63
// CHECK: arith.cmpi eq, %[[ODD]], %c0
// CHECK: scf.forall
// CHECK: scf.if
// CHECK: memref.prefetch %{{.*}}, read, locality<3>, data
// CHECK: vector.store {{.*}}alignment = 64 : i64, nontemporal = true
// CHECK: llvm.call_intrinsic "llvm.x86.sse.sfence"
// CHECK: } else {
// CHECK-NOT: nontemporal = true
// CHECK-NOT: memref.prefetch
// CHECK: return
func.func @stream_short(%x: memref<?x64xf32, strided<[?, 1]>>, %y: memref<?x64xf32, strided<[?, 1]>>, %rows: index) {
  norm.generic iter(r = %rows, c = 64) reduce [c] ins(%x(r, c) : memref<?x64xf32, strided<[?, 1]>>)
      outs(%y(r, c) : memref<?x64xf32, strided<[?, 1]>>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 16, rows = 2, task = 4, straight = true, stream = 1000000, streamRows = 2>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %sum : f32
      norm.yield %0 : f32
    }
    norm.yield %yf : !norm.field<f32, [c]>
  }
  return
}

// -----

// The loop that stores two rows sums the next two, if there are any.
// CHECK-LABEL: func @pipelined
// CHECK: scf.forall
// CHECK: scf.if
// CHECK: scf.for %[[ROW:.*]] = %{{.*}} to %[[END:.*]] step %c2 iter_args(%{{.*}} = %{{.*}}) -> (vector<2xf32>)
// CHECK: %[[NEXT:.*]] = arith.addi %[[ROW]], %c2
// CHECK: %[[MORE:.*]] = arith.cmpi ult, %[[NEXT]], %[[END]]
// CHECK: scf.if %[[MORE]] -> (vector<2xf32>)
// CHECK: scf.for
// CHECK: vector.load %{{.*}}[%[[NEXT]], %{{.*}}]
// CHECK: arith.addf
// CHECK: vector.store %{{.*}}, %{{.*}}[%[[ROW]], %{{.*}}]
// CHECK: else
// CHECK-NOT: arith.addf
// CHECK: vector.store %{{.*}}, %{{.*}}[%[[ROW]], %{{.*}}]
func.func @pipelined(%x: memref<?x640xf32, strided<[?, 1]>>, %y: memref<?x640xf32, strided<[?, 1]>>, %rows: index) {
  norm.generic iter(r = %rows, c = 640) reduce [c] ins(%x(r, c) : memref<?x640xf32, strided<[?, 1]>>)
      outs(%y(r, c) : memref<?x640xf32, strided<[?, 1]>>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 16, rows = 2, task = 4, pipelined = true>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %sum : f32
      norm.yield %0 : f32
    }
    norm.yield %yf : !norm.field<f32, [c]>
  }
  return
}

// -----

// Of few long groups, threads share each: two blocks of a sum, then pieces of the result; else a group is a task.
// CHECK-LABEL: func @split
// CHECK: %[[FEW:.*]] = arith.cmpi ult, %{{.*}}, %c4{{.*}} : index
// CHECK: scf.if %[[FEW]] {
// CHECK: scf.for
// CHECK: scf.forall (%[[BLOCK:.*]]) in (2) {
// CHECK: memref.store %{{.*}}, %[[PARTIAL:.*]][%[[BLOCK]]] : memref<2xf32>
// CHECK: %[[SUM:.*]] = scf.for {{.*}} -> (f32) {
// CHECK: memref.load %[[PARTIAL]]
// CHECK: arith.addf
// CHECK: scf.forall
// CHECK: vector.store
// CHECK: } else {
// CHECK: scf.forall
// CHECK-NOT: scf.forall
// CHECK: return
func.func @split(%x: memref<?x65536xf32, strided<[?, 1]>>, %y: memref<?x65536xf32, strided<[?, 1]>>, %rows: index) {
  norm.generic iter(r = %rows, c = 65536) reduce [c] ins(%x(r, c) : memref<?x65536xf32, strided<[?, 1]>>)
      outs(%y(r, c) : memref<?x65536xf32, strided<[?, 1]>>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 16, split = 4>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16, segment = 4096, blocks = 2> : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %sum : f32
      norm.yield %0 : f32
    }
    norm.yield %yf : !norm.field<f32, [c]>
  }
  return
}

// -----

// Written out, a lane takes its first element, and the segment's partial is added to 0: a sum of negative zeros is +0. Without
// segments there is no such addition, and lanes begin from 0.
// CHECK-LABEL: func @first_elements
// CHECK: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f32
// CHECK: %[[A:.*]] = vector.load
// CHECK: %[[B:.*]] = vector.load
// CHECK: arith.addf %[[A]], %[[B]] : vector<8xf32>
// CHECK: %[[SUM:.*]] = vector.extract
// CHECK: arith.addf %[[SUM]], %[[ZERO]] : f32
// CHECK-LABEL: func @no_segments
// CHECK: %[[C:.*]] = vector.load
// CHECK: arith.addf %[[C]], %cst{{.*}} : vector<8xf32>
func.func @first_elements(%x: memref<8x16xf32>, %y: memref<8xf32>) {
  norm.generic iter(r = 8, c = 16) reduce [c] ins(%x(r, c) : memref<8x16xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 8, straight = true>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 8, segment = 64> : f32
    norm.yield %sum : f32
  }
  return
}
func.func @no_segments(%x: memref<8x16xf32>, %y: memref<8xf32>) {
  norm.generic iter(r = 8, c = 16) reduce [c] ins(%x(r, c) : memref<8x16xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 8, straight = true>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 8> : f32
    norm.yield %sum : f32
  }
  return
}

// A function that two loops read is computed once: the first leaves it in memory.
// CHECK-LABEL: func @kept
// CHECK: memref.alloca() {{.*}} : memref<1x128xf32>
// CHECK: math.exp
// CHECK: vector.store
// CHECK-NOT: math.exp
// CHECK: return
func.func @kept(%x: memref<8x100xf32>, %y: memref<8x100xf32>) {
  norm.generic iter(r = 8, c = 100) reduce [c] ins(%x(r, c) : memref<8x100xf32>) outs(%y(r, c) : memref<8x100xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 128, masked = true>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %e = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = math.exp %a : f32
      norm.yield %0 : f32
    }
    %sum = norm.reduce sum (%e : !norm.field<f32, [c]>) over [c] order = <lanes = 128> : f32
    %yf = norm.map (%a = %e : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %sum : f32
      norm.yield %0 : f32
    }
    norm.yield %yf : !norm.field<f32, [c]>
  }
  return
}

// Groups side by side: a vector has two groups of four, and each lane what is known of its group.
// CHECK-LABEL: func @side_by_side
// CHECK: vector.load {{.*}} : memref<2x6x8xf32>, vector<8xf32>
// CHECK: vector.shuffle %{{.*}} [2, 3, 0, 1, 6, 7, 4, 5]
// CHECK: vector.shuffle %{{.*}} [1, 2, 3, 0, 5, 6, 7, 4]
// CHECK: vector.shuffle %{{.*}} [0, 0, 0, 0, 4, 4, 4, 4]
// CHECK: vector.shuffle %{{.*}} [0, 4]
// CHECK: vector.store {{.*}} : memref<2x2xf32>, vector<2xf32>
func.func @side_by_side(%x: memref<2x6x8xf32>, %y: memref<2x2xf32>) {
  norm.generic iter(n = 2, g = 2, w = 6, c = 4) reduce [w, c]
      ins(%x(n, w, [g c]) : memref<2x6x8xf32>) outs(%y(n, g) : memref<2x2xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 8, groups = 2>} {
  ^bb0(%xf: !norm.field<f32, [w, c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [w, c]>) over [w, c] order = <lanes = 4, run = 1> : f32
    norm.yield %sum : f32
  }
  return
}

// A block of channels: rows outside, chunks inside, sums in memory.
// CHECK-LABEL: func @block
// CHECK: memref.alloca() {{.*}} : memref<16xf32>
// CHECK: scf.for
// CHECK: vector.load {{.*}} : memref<10x32xf32>, vector<8xf32>
func.func @block(%x: memref<10x32xf32>, %y: memref<32xf32>) {
  norm.generic iter(c = 32, n = 10) reduce [n] ins(%x(n, c) : memref<10x32xf32>) outs(%y(c) : memref<32xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 8, block = 2>} {
  ^bb0(%xf: !norm.field<f32, [n]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [n]>) over [n] order = <lanes = 1> : f32
    norm.yield %sum : f32
  }
  return
}

// Runs of 2 x 7 elements are vectors where they are packed ...
// CHECK-LABEL: func @packed_run
// CHECK: memref.extract_strided_metadata
// CHECK: scf.if
// CHECK: vector.maskedload {{.*}} vector<16xf32>
func.func @packed_run(%x: memref<3x2x7xf32, strided<[?, ?, 1]>>, %y: memref<3xf32>) {
  norm.generic iter(n = 3, c = 2, w = 7) reduce [c, w]
      ins(%x(n, c, w) : memref<3x2x7xf32, strided<[?, ?, 1]>>) outs(%y(n) : memref<3xf32>)
      attributes {norm.schedule = #norm.schedule<along = "w", width = 16, masked = true>} {
  ^bb0(%xf: !norm.field<f32, [c, w]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c, w]>) over [c, w] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}

// ... but not where the program looks at which of two an element is.
// CHECK-LABEL: func @flipped_run
// CHECK-NOT: extract_strided_metadata
// CHECK-NOT: maskedload
// CHECK: return
func.func @flipped_run(%x: memref<3x2x7xf32, strided<[?, ?, 1]>>, %y: memref<3xf32>) {
  norm.generic iter(n = 3, c = 2, w = 7) reduce [c, w]
      ins(%x(n, c, w) : memref<3x2x7xf32, strided<[?, ?, 1]>>) outs(%y(n) : memref<3xf32>)
      attributes {norm.schedule = #norm.schedule<along = "w", width = 16, masked = true>} {
  ^bb0(%xf: !norm.field<f32, [c, w]>):
    %other = norm.flip %xf along c : !norm.field<f32, [c, w]>
    %p = norm.map (%a = %xf : !norm.field<f32, [c, w]>, %b = %other : !norm.field<f32, [c, w]>) -> !norm.field<f32, [c, w]> {
      %0 = arith.subf %a, %b : f32
      norm.yield %0 : f32
    }
    %sum = norm.reduce sum (%p : !norm.field<f32, [c, w]>) over [c, w] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

// Ten elements of each of 32 groups follow each other: sums by element, 160 of 320 at once, and then by group.
// CHECK-LABEL: func @mixed
// CHECK: scf.forall
// CHECK: scf.for %{{.*}} step %c16
// CHECK: vector.load %{{.*}} : memref<5x7x320xf32>, vector<16xf32>
// CHECK: vector.constant_mask [10] : vector<16xi1>
// CHECK: memref.store %{{.*}} : memref<5x32xf32>
// CHECK-NOT: scf.forall
// CHECK: return
func.func @mixed(%x: memref<5x7x320xf32>, %y: memref<5x32xf32>) {
  norm.generic iter(n = 5, p = 7, g = 32, c = 10) reduce [p, c]
      ins(%x(n, p, [g c]) : memref<5x7x320xf32>) outs(%y(n, g) : memref<5x32xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 16, mixed = true>} {
  ^bb0(%xf: !norm.field<f32, [p, c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [p, c]>) over [p, c] order = <lanes = 64, run = 1, runs = 256> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

// Whether groups of any size have no more elements than a sum has lanes is seen when the kernel runs.
// CHECK-LABEL: func @mixed_any
// CHECK: arith.cmpi ult, %{{.*}}, %c64
// CHECK: scf.if
// CHECK: scf.forall
// CHECK: else
// CHECK: scf.forall
func.func @mixed_any(%x: memref<?x?x?xf32>, %y: memref<?x?xf32>, %n: index, %p: index, %g: index, %c: index) {
  norm.generic iter(n = %n, p = %p, g = %g, c = %c) reduce [p, c]
      ins(%x(n, p, [g c]) : memref<?x?x?xf32>) outs(%y(n, g) : memref<?x?xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 16, masked = true, mixed = true>} {
  ^bb0(%xf: !norm.field<f32, [p, c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [p, c]>) over [p, c] order = <lanes = 64, run = 1, runs = 256> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

// Two rows in blocks of 64 columns, one row after the other in each, with what is left behind the last block.
// CHECK-LABEL: func @columns
// CHECK: scf.for %[[ROW:.*]] = %{{.*}} to %{{.*}} step %c2 {
// CHECK: scf.for %[[FROM:.*]] = %c0 to %c200 step %c64 {
// CHECK: %[[TO:.*]] = arith.minui %{{.*}}, %c200
// CHECK: scf.for %{{.*}} = %[[FROM]] to %{{.*}} step %c16 {
// CHECK: vector.store %{{.*}}[%[[ROW]], %{{.*}}]
// CHECK: vector.maskedstore %{{.*}}[%[[ROW]], %{{.*}}]
// CHECK: scf.for %{{.*}} = %[[FROM]] to %{{.*}} step %c16 {
func.func @columns(%x: memref<?x200xf32, strided<[?, 1]>>, %y: memref<?x200xf32, strided<[?, 1]>>, %rows: index) {
  norm.generic iter(r = %rows, c = 200) reduce [c] ins(%x(r, c) : memref<?x200xf32, strided<[?, 1]>>)
      outs(%y(r, c) : memref<?x200xf32, strided<[?, 1]>>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 16, masked = true, rows = 2, task = 4, columns = 64>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %sum : f32
      norm.yield %0 : f32
    }
    norm.yield %yf : !norm.field<f32, [c]>
  }
  return
}

// -----

// A field with a division that two loops read is kept, in whole steps of 64 ...
// CHECK-LABEL: func @kept
// CHECK: memref.alloca() {alignment = 64 : i64} : memref<1x256xf32>
func.func @kept(%x: memref<8x200xf32>, %y: memref<8x200xf32>) {
  norm.generic iter(r = 8, c = 200) reduce [c] ins(%x(r, c) : memref<8x200xf32>) outs(%y(r, c) : memref<8x200xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 16, masked = true>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %inverse = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %one = arith.constant 1.0 : f32
      %0 = arith.divf %one, %a : f32
      norm.yield %0 : f32
    }
    %sum = norm.reduce sum (%inverse : !norm.field<f32, [c]>) over [c] order = <lanes = 64, segment = 128> : f32
    %yf = norm.map (%a = %inverse : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %sum : f32
      norm.yield %0 : f32
    }
    norm.yield %yf : !norm.field<f32, [c]>
  }
  return
}

// -----

// ... but not where steps go on behind a segment's end.
// CHECK-LABEL: func @kept_segments
// CHECK-NOT: memref.alloca
// CHECK: return
func.func @kept_segments(%x: memref<8x200xf32>, %y: memref<8x200xf32>) {
  norm.generic iter(r = 8, c = 200) reduce [c] ins(%x(r, c) : memref<8x200xf32>) outs(%y(r, c) : memref<8x200xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 16, masked = true>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %inverse = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %one = arith.constant 1.0 : f32
      %0 = arith.divf %one, %a : f32
      norm.yield %0 : f32
    }
    %sum = norm.reduce sum (%inverse : !norm.field<f32, [c]>) over [c] order = <lanes = 64, segment = 100> : f32
    %yf = norm.map (%a = %inverse : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %sum : f32
      norm.yield %0 : f32
    }
    norm.yield %yf : !norm.field<f32, [c]>
  }
  return
}

// -----

// The last group's lanes are written in whole vectors, behind the block's 1024.
// CHECK-LABEL: func @mixed_wide
// CHECK: memref.alloca() {alignment = 64 : i64} : memref<1152xf32>
func.func @mixed_wide(%x: memref<5x7x640xf32>, %y: memref<5x32xf32>) {
  norm.generic iter(n = 5, p = 7, g = 32, c = 20) reduce [p, c]
      ins(%x(n, p, [g c]) : memref<5x7x640xf32>) outs(%y(n, g) : memref<5x32xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 128, mixed = true>} {
  ^bb0(%xf: !norm.field<f32, [p, c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [p, c]>) over [p, c] order = <lanes = 64, run = 1, runs = 256> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

// Products are added to an accumulating result without being rounded.
// CHECK-LABEL: func @products
// CHECK: math.fma
func.func @products(%x: memref<?x64xf32>, %z: memref<?x64xf32>, %y: memref<64xf32>, %rows: index) {
  norm.generic iter(r = %rows, c = 64) reduce [c]
      ins(%x(r, c) : memref<?x64xf32>, %z(r, c) : memref<?x64xf32>)
      outs(%y(c) acc <lanes = 1, segment = 64, blocks = 64> : memref<64xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 16>} {
  ^bb0(%xf: !norm.field<f32, [c]>, %zf: !norm.field<f32, [c]>):
    %product = norm.map (%a = %xf : !norm.field<f32, [c]>, %b = %zf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %b : f32
      norm.yield %0 : f32
    }
    norm.yield %product : !norm.field<f32, [c]>
  }
  return
}

// -----

// Channels of bf16 are summed as they lie in words ...
// CHECK-LABEL: func @channels_of_words
// CHECK: arith.shli
func.func @channels_of_words(%x: memref<512x256xbf16>, %y: memref<256xf32>) {
  norm.generic iter(c = 256, n = 512) reduce [n] ins(%x(n, c) : memref<512x256xbf16>) outs(%y(c) : memref<256xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 64, masked = true, interleaved = true, block = 4>} {
  ^bb0(%xf: !norm.field<bf16, [n]>):
    %wide = norm.map (%a = %xf : !norm.field<bf16, [n]>) -> !norm.field<f32, [n]> {
      %0 = arith.extf %a : bf16 to f32
      norm.yield %0 : f32
    }
    %sum = norm.reduce sum (%wide : !norm.field<f32, [n]>) over [n] order = <lanes = 1, segment = 256> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

// ... but not where a channel's number is looked at, which is in order.
// CHECK-LABEL: func @channels_by_number
// CHECK-NOT: arith.shli
// CHECK: return
func.func @channels_by_number(%x: memref<512x256xbf16>, %y: memref<256xf32>) {
  norm.generic iter(c = 256, n = 512) reduce [n] ins(%x(n, c) : memref<512x256xbf16>) outs(%y(c) : memref<256xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 64, masked = true, interleaved = true, block = 4>} {
  ^bb0(%xf: !norm.field<bf16, [n]>):
    %c = norm.index c
    %number = arith.index_cast %c : index to i32
    %weight = arith.sitofp %number : i32 to f32
    %weighted = norm.map (%a = %xf : !norm.field<bf16, [n]>) -> !norm.field<f32, [n]> {
      %0 = arith.extf %a : bf16 to f32
      %1 = arith.mulf %0, %weight : f32
      norm.yield %1 : f32
    }
    %sum = norm.reduce sum (%weighted : !norm.field<f32, [n]>) over [n] order = <lanes = 1, segment = 256> : f32
    norm.yield %sum : f32
  }
  return
}
