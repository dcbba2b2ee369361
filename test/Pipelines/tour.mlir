// One kernel after every phase. Read it from top to bottom: each block is the same
// program a few passes later. lib/README.md tells the same story in words.

// 1. What a user writes.
func.func @rms(%x: tensor<?x64xbf16>, %w: tensor<64xf32>) -> tensor<?x64xbf16> {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x64xbf16>
  %init = tensor.empty(%rows) : tensor<?x64xbf16>
  %y = norm.rms_norm %x scale(%w : tensor<64xf32>) axes = [1] eps = 1.0e-5
      outs(%init : tensor<?x64xbf16>) : tensor<?x64xbf16>
  return %y : tensor<?x64xbf16>
}

// 2. One norm.generic: the program of a group, with its rounding and the order of its sum.
// RUN: norm-opt %s --norm-generalize --canonicalize --cse | FileCheck %s --check-prefix=GENERIC
// GENERIC: norm.generic iter({{.*}} = 64) reduce
// GENERIC: arith.extf %{{.*}} : bf16 to f32
// GENERIC: norm.reduce {{ ?}}dot({{.*}}) over [{{.*}}] order = <lanes = 64, segment = 4096, blocks = 64> : f32
// GENERIC: norm.rsqrt {{ ?}}exact
// GENERIC: arith.truncf %{{.*}} : f32 to bf16
// GENERIC: norm.yield

// 3. A kernel: the caller's buffers, inputs then results, and all that C has to know of them.
// RUN: norm-opt %s --norm-generalize --canonicalize --cse --norm-bind-arguments | FileCheck %s --check-prefix=BOUND
// BOUND: func.func @rms(%{{.*}}: memref<?x64xbf16, strided<[?, 1], offset: ?>> {{{.*}}norm.role = "input"
// BOUND-SAME: memref<64xf32, {{.*}}norm.role = "scale"
// BOUND-SAME: memref<?x64xbf16, {{.*}}norm.output
// BOUND: bufferization.materialize_in_destination

// 4. On buffers, without a copy.
// RUN: norm-opt %s --norm-generalize --canonicalize --cse --norm-bind-arguments --eliminate-empty-tensors \
// RUN:   --one-shot-bufferize --canonicalize | FileCheck %s --check-prefix=BUFFERS
// BUFFERS-NOT: memref.alloc
// BUFFERS-NOT: memref.copy
// BUFFERS: outs(%arg2({{.*}}) : memref<?x64xbf16
// BUFFERS-NOT: memref.copy
// BUFFERS: return

// 5. How it is computed, as an attribute: chunks of 8, four rows together, 128 of them a task for a thread; the next four are
// summed while these are stored.
// RUN: norm-opt %s --norm-generalize --canonicalize --cse --norm-bind-arguments --eliminate-empty-tensors \
// RUN:   --one-shot-bufferize --canonicalize --norm-collapse --norm-schedule=vector-bits=256 \
// RUN: | FileCheck %s --check-prefix=SCHEDULE
// SCHEDULE: norm.schedule = #norm.schedule<along = "{{.*}}", width = 8, rows = 4, task = 128, pipelined = true, straight = true, streamRows = 4>

// 6. Vectors; the outermost loop is parallel. The 64 lanes of each row's sum are eight vectors, which are then folded; the
// four rows' scalars are one vector.
// RUN: norm-opt %s --norm-generalize --canonicalize --cse --norm-bind-arguments --eliminate-empty-tensors \
// RUN:   --one-shot-bufferize --canonicalize --norm-collapse --norm-schedule=vector-bits=256 --convert-norm-to-vector \
// RUN:   --canonicalize --cse | FileCheck %s --check-prefix=VECTORS
// VECTORS: scf.forall (%[[TASK:.*]]) in
// VECTORS-COUNT-32: vector.load %{{.*}} : memref<?x64xbf16, {{.*}}>, vector<8xbf16>
// VECTORS: vector.shuffle %{{.*}}, %{{.*}} [0, 1, 2, 3, 8, 9, 10, 11] : vector<8xf32>, vector<8xf32>
// VECTORS: scf.for %[[ROW:.*]] = %{{.*}} to %{{.*}} step %c4 iter_args(%[[SUMS:.*]] = %{{.*}}) -> (vector<4xf32>) {
// VECTORS: math.sqrt %{{.*}} : vector<4xf32>
// VECTORS: %[[NEXT:.*]] = arith.addi %[[ROW]], %c4
// VECTORS: vector.load %{{.*}}[%[[NEXT]], %{{.*}}] : memref<?x64xbf16, {{.*}}>, vector<8xbf16>
// VECTORS: vector.store %{{.*}}[%[[ROW]], %{{.*}}] : memref<?x64xbf16, {{.*}}>, vector<8xbf16>
// VECTORS-NOT: norm.generic

// 7. Or plain loops, the reference.
// RUN: norm-opt %s --norm-generalize --canonicalize --cse --norm-bind-arguments --eliminate-empty-tensors \
// RUN:   --one-shot-bufferize --canonicalize --norm-decompose --canonicalize --cse | FileCheck %s --check-prefix=LOOPS
// LOOPS: scf.forall (%[[ROW:.*]]) in
// LOOPS: memref.alloca() : memref<64xf32>
// LOOPS: math.sqrt
// LOOPS: scf.for
// LOOPS: memref.store %{{.*}}, %arg2[%[[ROW]]
// LOOPS-NOT: norm.generic

// 8. The LLVM dialect: the C entry, which checks its arguments, and nothing that is not defined.
// RUN: norm-opt %s --norm-cpu-pipeline | FileCheck %s --check-prefix=LLVM
// LLVM-DAG: llvm.func @rms(%{{.*}}: !llvm.ptr, %{{.*}}: !llvm.ptr, %{{.*}}: i32) -> i32
// LLVM-DAG: llvm.func @rms_workspace_size(
// LLVM-NOT: func.func

// 9. An object for a CPU, and the two symbols that it shows.
// RUN: normc %s --target=x86-64-v3 --emit=obj -o %t.o
// RUN: llvm-nm --defined-only --extern-only %t.o | FileCheck %s --check-prefix=SYMBOLS
// SYMBOLS: T rms
// SYMBOLS-NEXT: T rms_workspace_size
// SYMBOLS-NOT: {{ T }}
