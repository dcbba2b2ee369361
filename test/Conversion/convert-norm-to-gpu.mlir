// RUN: norm-opt %s --convert-norm-to-gpu --split-input-file | FileCheck %s

// Sixteen threads for a row, eight rows in a block: a thread loads four neighbours at once, folds
// them, and asks the other fifteen.
// CHECK-LABEL: func.func @short_rows
func.func @short_rows(%x: memref<8x64xf32>, %y: memref<8xf32>) {
  // CHECK: scf.forall
  // CHECK: %[[TID:.*]] = gpu.thread_id x upper_bound 128
  // CHECK: %[[TEAM:.*]] = arith.divui %[[TID]]
  // CHECK: %[[THREAD:.*]] = arith.remui %[[TID]]
  // CHECK: %[[X:.*]] = vector.load %{{.*}} {alignment = 16 : i64, nontemporal = true} : memref<8x64xf32>, vector<4xf32>
  // CHECK: %[[E0:.*]] = vector.extract %[[X]][0]
  // CHECK: %[[E1:.*]] = vector.extract %[[X]][1]
  // CHECK: %[[E2:.*]] = vector.extract %[[X]][2]
  // CHECK: %[[E3:.*]] = vector.extract %[[X]][3]
  // CHECK: %[[A:.*]] = arith.addf %[[E0]], %[[E2]]
  // CHECK: %[[B:.*]] = arith.addf %[[E1]], %[[E3]]
  // CHECK: %[[C:.*]] = arith.addf %[[A]], %[[B]]
  // CHECK: gpu.shuffle xor %[[C]], %{{c8.*}}, %{{c32.*}}
  // CHECK: gpu.shuffle xor %{{.*}}, %{{c4.*}}, %{{c32.*}}
  // CHECK: gpu.shuffle xor %{{.*}}, %{{c2.*}}, %{{c32.*}}
  // CHECK: gpu.shuffle xor %{{.*}}, %{{c1.*}}, %{{c32.*}}
  // CHECK-NOT: gpu.barrier
  // CHECK: arith.cmpi eq, %[[THREAD]]
  // CHECK: memref.store
  // CHECK: mapping = [#gpu.block<x>], norm.schedule = #norm.gpu_schedule<{{.*}}>, norm.threads = 128
  norm.generic iter(r = 8, c = 64) reduce [c]
      ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 16, groups = 8, units = 1, most = 64>]} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c]
      order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

// Of two lengths, and of whatever addresses: three versions. Warps hand each other their sums in
// shared memory.
// CHECK-LABEL: func.func @versions
func.func @versions(%x: memref<?x?xf32, strided<[?, 1], offset: ?>>, %y: memref<?xf32>, %r: index, %c: index) {
  // CHECK: %[[ADDRESS:.*]] = memref.extract_aligned_pointer_as_index %arg0
  // CHECK: %[[ALIGNED:.*]] = arith.cmpi eq
  // CHECK: scf.if %[[ALIGNED]]
  // CHECK: %[[SHORT:.*]] = arith.cmpi ule, %arg3, %{{c4096.*}}
  // CHECK: scf.if %[[SHORT]]
  // CHECK: memref.alloca() : memref<1x4xf32, #gpu.address_space<workgroup>>
  // CHECK-COUNT-8: scf.if %{{.*}} -> (vector<4xf32>)
  // CHECK: gpu.barrier
  // CHECK: norm.threads = 128
  // CHECK: memref.alloca() : memref<1x64xf32, #gpu.address_space<workgroup>>
  // CHECK: scf.for
  // CHECK: gpu.barrier
  // CHECK: norm.threads = 512
  // CHECK: } else {
  // CHECK-NOT: vector.load
  // CHECK: norm.threads = 256
  norm.generic iter(r = %r, c = %c) reduce [c]
      ins(%x(r, c) : memref<?x?xf32, strided<[?, 1], offset: ?>>) outs(%y(r) : memref<?xf32>)
      attributes {norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 128, units = 8, most = 4096>,
                                   #norm.gpu_schedule<along = "c", width = 4, threads = 512>]} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c]
      order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

// Columns: the partials of segments, then what they come to.
// CHECK-LABEL: func.func @columns
func.func @columns(%x: memref<?x64xf32>, %y: memref<64xf32>, %rows: index) {
  // CHECK: %[[PARTIALS:.*]] = memref.alloc(%{{.*}}) : memref<?x?x64xf32>
  // CHECK: scf.if
  // CHECK: scf.forall
  // CHECK: gpu.thread_id x upper_bound 256
  // CHECK: scf.for
  // CHECK-COUNT-4: scf.if %{{.*}} -> (vector<4xf32>)
  // CHECK-COUNT-5: gpu.barrier
  // CHECK: vector.store %{{.*}}, %[[PARTIALS]]
  // CHECK: norm.threads = 256
  // CHECK: scf.forall
  // CHECK: memref.load %[[PARTIALS]]
  // CHECK: gpu.barrier
  // CHECK: memref.store %{{.*}}, %arg1
  norm.generic iter(c = 64, n = %rows) reduce [n]
      ins(%x(n, c) : memref<?x64xf32>) outs(%y(c) : memref<64xf32>)
      attributes {norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 256>]} {
  ^bb0(%xf: !norm.field<f32, [n]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [n]>) over [n]
      order = <lanes = 32, segment = 512, blocks = 64, shift = 16> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

// Sums over rows: a team walks down the rows of a block with the sums in registers, then the
// partial sums are folded.
// CHECK-LABEL: func.func @sums
func.func @sums(%x: memref<?x64xf32>, %y: memref<64xf32>, %rows: index) {
  // CHECK: %[[PARTIALS:.*]] = memref.alloc(%{{.*}}) : memref<?x64xf32>
  // CHECK: scf.forall
  // CHECK: %[[SUMS:.*]] = scf.for {{.*}} -> (vector<4xf32>)
  // CHECK: gpu.shuffle
  // CHECK: arith.addf %{{.*}} : vector<4xf32>
  // CHECK: vector.store %[[SUMS]], %[[PARTIALS]]
  // CHECK: scf.forall
  // CHECK: memref.load %[[PARTIALS]]
  norm.generic iter(r = %rows, c = 64) reduce [c]
      ins(%x(r, c) : memref<?x64xf32>) outs(%y(c) acc <lanes = 1, segment = 4, blocks = 512> : memref<64xf32>)
      attributes {norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 16, groups = 8, units = 1, most = 64>]} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c]
      order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    %scaled = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.subf %a, %sum : f32
      norm.yield %0 : f32
    }
    norm.yield %scaled : !norm.field<f32, [c]>
  }
  return
}

// -----

// A cluster of two blocks for a row: each folds what it keeps, and sends its partials to both, whose barriers count the
// bytes. What is kept in 16 bits is widened again for the results.
// CHECK-LABEL: func.func @cluster
func.func @cluster(%x: memref<8x4096xbf16>, %y: memref<8x4096xbf16>) {
  // CHECK: scf.forall (%[[NUMBER:.*]]) in
  // CHECK: %[[BARRIER:.*]] = memref.alloca() : memref<1xi64, #gpu.address_space<workgroup>>
  // CHECK: %[[SLOTS:.*]] = memref.alloca() : memref<1x4xf32, #gpu.address_space<workgroup>>
  // CHECK: %[[RANK:.*]] = arith.remui %[[NUMBER]]
  // CHECK: nvvm.mbarrier.init
  // CHECK: nvvm.fence.mbarrier.init
  // CHECK: nvvm.cluster.arrive {aligned}
  // CHECK: vector.load
  // CHECK: nvvm.cluster.wait {aligned}
  // CHECK: nvvm.mbarrier.arrive.expect_tx
  // CHECK: gpu.shuffle
  // CHECK: llvm.inline_asm {{.*}}st.async.shared::cluster.mbarrier::complete_tx::bytes.b32
  // CHECK: nvvm.mbarrier.try_wait.parity
  // CHECK-NOT: gpu.barrier
  // CHECK-COUNT-4: memref.load %[[SLOTS]]
  // CHECK: llvm.inline_asm {{.*}}"=r,0"
  // CHECK: arith.extf {{.*}} : vector<8xbf16> to vector<8xf32>
  // CHECK: vector.store
  // CHECK: norm.cluster = 2
  // CHECK-SAME: norm.threads = 64
  norm.generic iter(r = 8, c = 4096) reduce [c]
      ins(%x(r, c) : memref<8x4096xbf16>) outs(%y(r, c) : memref<8x4096xbf16>)
      attributes {norm.schedule = [#norm.gpu_schedule<along = "c", width = 8, threads = 64, units = 4, most = 4096, cluster = 2>]} {
  ^bb0(%xf: !norm.field<bf16, [c]>):
    %wide = norm.map (%a = %xf : !norm.field<bf16, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.extf %a : bf16 to f32
      norm.yield %0 : f32
    }
    %sum = norm.reduce sum (%wide : !norm.field<f32, [c]>) over [c]
      order = <lanes = 256, segment = 1024, blocks = 64, unit = 8> : f32
    %scaled = norm.map (%a = %wide : !norm.field<f32, [c]>) -> !norm.field<bf16, [c]> {
      %0 = arith.mulf %a, %sum : f32
      %1 = arith.truncf %0 : f32 to bf16
      norm.yield %1 : bf16
    }
    norm.yield %scaled : !norm.field<bf16, [c]>
  }
  return
}

// -----

// Rows one after the other: the next is on its way to shared memory while one is computed.
// CHECK-LABEL: func.func @ahead
func.func @ahead(%x: memref<?x128xf32>, %y: memref<128xf32>, %rows: index) {
  // CHECK: %[[NEXT:.*]] = memref.alloca() {alignment = 16 : i64} : memref<1x32x4xf32, #gpu.address_space<workgroup>>
  // CHECK: nvvm.cp.async.shared.global
  // CHECK: nvvm.cp.async.commit.group
  // CHECK: scf.for
  // CHECK: nvvm.cp.async.wait.group 0
  // CHECK: vector.load %[[NEXT]]
  // CHECK: nvvm.cp.async.shared.global
  // CHECK: nvvm.cp.async.commit.group
  // CHECK: gpu.shuffle
  norm.generic iter(r = %rows, c = 128) reduce [c]
      ins(%x(r, c) : memref<?x128xf32>) outs(%y(c) acc <lanes = 1, segment = 4, blocks = 512> : memref<128xf32>)
      attributes {norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 32, units = 1, most = 128, ahead = true>]} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c]
      order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    %scaled = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.subf %a, %sum : f32
      norm.yield %0 : f32
    }
    norm.yield %scaled : !norm.field<f32, [c]>
  }
  return
}
