// RUN: norm-opt %s --norm-legalize-bf16="bf16-pairs vector-bits=512" | FileCheck %s
// RUN: norm-opt %s --norm-legalize-bf16="vector-bits=256" | FileCheck %s --check-prefix=HALF

// CHECK-LABEL: llvm.func @pair
// CHECK: %[[LOW:.*]] = llvm.shufflevector %{{.*}} [0, 1, 2,
// CHECK: %[[HIGH:.*]] = llvm.shufflevector %{{.*}} [16, 17, 18,
// CHECK: llvm.call_intrinsic "llvm.x86.avx512bf16.cvtne2ps2bf16.512"(%[[HIGH]], %[[LOW]])
llvm.func @pair(%x: vector<32xf32>) -> vector<32xbf16> {
  %y = llvm.fptrunc %x : vector<32xf32> to vector<32xbf16>
  llvm.return %y : vector<32xbf16>
}

// CHECK-LABEL: llvm.func @single
// CHECK: llvm.fptrunc
llvm.func @single(%x: vector<16xf32>) -> vector<16xbf16> {
  %y = llvm.fptrunc %x : vector<16xf32> to vector<16xbf16>
  llvm.return %y : vector<16xbf16>
}

// CHECK-LABEL: llvm.func @past_the_cache
// CHECK: %[[WORDS:.*]] = llvm.inline_asm "", "=v,0"
// CHECK: llvm.store %[[WORDS]], %{{.*}} {alignment = 64 : i64, nontemporal} : vector<16xi32>, !llvm.ptr
// HALF-LABEL: llvm.func @past_the_cache
// HALF-COUNT-2: llvm.inline_asm "", "=v,0" %{{.*}} : (vector<8xi32>) -> vector<8xi32>
// HALF: llvm.store %{{.*}} {alignment = 64 : i64, nontemporal} : vector<16xi32>, !llvm.ptr
llvm.func @past_the_cache(%p: !llvm.ptr, %x: vector<32xbf16>) {
  llvm.store %x, %p {alignment = 64 : i64, nontemporal} : vector<32xbf16>, !llvm.ptr
  llvm.return
}
