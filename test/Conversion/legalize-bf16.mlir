// RUN: norm-opt %s --norm-legalize-bf16 | FileCheck %s
//
// Masked loads, and the splat of a scale.
// RUN: normc --op=rms_norm --shape=?x? --dtype=bf16 --target=skylake-avx512 -o %t.o
// RUN: normc --op=group_norm --groups=2 --shape=?x?x? --dtype=bf16 --target=x86-64-v3 -o %t.o

// CHECK-LABEL: llvm.func @load
// CHECK: %[[Z:.*]] = llvm.bitcast %{{.*}} : vector<8xbf16> to vector<8xi16>
// CHECK: %[[B:.*]] = llvm.intr.masked.load %{{.*}}, %{{.*}}, %[[Z]] {alignment = 2 : i32} : {{.*}} -> vector<8xi16>
// CHECK: %[[X:.*]] = llvm.bitcast %[[B]] : vector<8xi16> to vector<8xbf16>
// CHECK: llvm.return %[[X]]
llvm.func @load(%p: !llvm.ptr, %m: vector<8xi1>, %zero: vector<8xbf16>) -> vector<8xbf16> {
  %x = llvm.intr.masked.load %p, %m, %zero {alignment = 2 : i32}
      : (!llvm.ptr, vector<8xi1>, vector<8xbf16>) -> vector<8xbf16>
  llvm.return %x : vector<8xbf16>
}

// CHECK-LABEL: llvm.func @store
// CHECK: %[[B:.*]] = llvm.bitcast %{{.*}} : vector<8xbf16> to vector<8xi16>
// CHECK: llvm.intr.masked.store %[[B]], {{.*}} : vector<8xi16>
llvm.func @store(%p: !llvm.ptr, %m: vector<8xi1>, %x: vector<8xbf16>) {
  llvm.intr.masked.store %x, %p, %m {alignment = 2 : i32} : vector<8xbf16>, vector<8xi1> into !llvm.ptr
  llvm.return
}

// CHECK-LABEL: llvm.func @scalar
// CHECK: %[[B:.*]] = llvm.load %{{.*}} : !llvm.ptr -> i16
// CHECK: %[[X:.*]] = llvm.bitcast %[[B]] : i16 to bf16
// CHECK: %[[C:.*]] = llvm.bitcast %[[X]] : bf16 to i16
// CHECK: llvm.store %[[C]], %{{.*}} : i16, !llvm.ptr
llvm.func @scalar(%p: !llvm.ptr, %q: !llvm.ptr) {
  %x = llvm.load %p : !llvm.ptr -> bf16
  llvm.store %x, %q : bf16, !llvm.ptr
  llvm.return
}

// Other types stay as they are.
// CHECK-LABEL: llvm.func @half
// CHECK-NOT: llvm.bitcast
// CHECK: llvm.intr.masked.store %{{.*}} : vector<8xf16>
llvm.func @half(%p: !llvm.ptr, %m: vector<8xi1>, %x: vector<8xf16>) {
  llvm.intr.masked.store %x, %p, %m {alignment = 2 : i32} : vector<8xf16>, vector<8xi1> into !llvm.ptr
  llvm.return
}
