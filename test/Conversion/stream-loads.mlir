// RUN: norm-opt %s --norm-stream-loads --split-input-file | FileCheck %s

// What is only read goes the read-only way; an offset and strides are part of the address.
// CHECK-LABEL: gpu.func @rows
// CHECK: %[[POINTER:.*]] = llvm.inttoptr %{{.*}} : i64 to !llvm.ptr<1>
// CHECK: %[[WORDS:.*]] = llvm.inline_asm has_side_effects {{.*}}ld.global.nc.L1::no_allocate.v4.b32 {$0, $1, $2, $3}, [place]{{.*}}"=r,=r,=r,=r,l" %[[POINTER]]
// CHECK-COUNT-4: llvm.extractvalue %[[WORDS]]
// CHECK: vector.bitcast %{{.*}} : vector<4xi32> to vector<8xbf16>
// What is also written is loaded as what may change.
// CHECK: llvm.inline_asm has_side_effects {{.*}}ld.global.L1::no_allocate.v4.b32{{.*}}"=r,=r,=r,=r,l,~{memory}"
// CHECK-NOT: vector.load
gpu.module @kernels {
  gpu.func @rows(%x: memref<bf16> {llvm.noalias, llvm.readonly}, %y: memref<64xf32>, %offset: index, %i: index) kernel {
    %row = memref.reinterpret_cast %x to offset: [%offset], sizes: [64], strides: [1] : memref<bf16> to memref<64xbf16, strided<[1], offset: ?>>
    %0 = vector.load %row[%i] {alignment = 16 : i64, nontemporal = true} : memref<64xbf16, strided<[1], offset: ?>>, vector<8xbf16>
    %1 = vector.load %y[%i] {alignment = 16 : i64, nontemporal = true} : memref<64xf32>, vector<4xf32>
    vector.store %1, %y[%i] : memref<64xf32>, vector<4xf32>
    %2 = arith.extf %0 : vector<8xbf16> to vector<8xf32>
    vector.store %2, %y[%i] : memref<64xf32>, vector<8xf32>
    gpu.return
  }
}

// -----

// 32 bytes at once.
// CHECK-LABEL: gpu.func @wide
// CHECK: llvm.inline_asm has_side_effects {{.*}}cvta.to.global.u64 place, $8;{{.*}}ld.global.nc.L1::no_allocate.v8.b32 {$0, $1, $2, $3, $4, $5, $6, $7}, [place]{{.*}}"=r,=r,=r,=r,=r,=r,=r,=r,l"
// CHECK: vector.bitcast %{{.*}} : vector<8xi32> to vector<16xbf16>
gpu.module @kernels {
  gpu.func @wide(%x: memref<64xbf16> {llvm.noalias, llvm.readonly}, %y: memref<64xbf16>, %i: index) kernel {
    %0 = vector.load %x[%i] {alignment = 32 : i64, nontemporal = true} : memref<64xbf16>, vector<16xbf16>
    vector.store %0, %y[%i] : memref<64xbf16>, vector<16xbf16>
    gpu.return
  }
}

// -----

// Other loads are left: those that shall stay in a cache, are shorter, or may lie anywhere, and the host's.
// CHECK-LABEL: gpu.func @others
// CHECK-COUNT-3: vector.load
// CHECK-LABEL: func.func @host
// CHECK: vector.load
gpu.module @kernels {
  gpu.func @others(%x: memref<64xf32> {llvm.noalias, llvm.readonly}, %y: memref<64xf32>, %i: index) kernel {
    %0 = vector.load %x[%i] {alignment = 16 : i64} : memref<64xf32>, vector<4xf32>
    %1 = vector.load %x[%i] {alignment = 8 : i64, nontemporal = true} : memref<64xf32>, vector<2xf32>
    %2 = vector.load %x[%i] {nontemporal = true} : memref<64xf32>, vector<4xf32>
    vector.store %0, %y[%i] : memref<64xf32>, vector<4xf32>
    vector.store %1, %y[%i] : memref<64xf32>, vector<2xf32>
    vector.store %2, %y[%i] : memref<64xf32>, vector<4xf32>
    gpu.return
  }
}
func.func @host(%x: memref<64xf32>, %i: index) -> vector<4xf32> {
  %0 = vector.load %x[%i] {alignment = 16 : i64, nontemporal = true} : memref<64xf32>, vector<4xf32>
  return %0 : vector<4xf32>
}
