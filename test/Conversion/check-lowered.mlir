// RUN: norm-opt %s --norm-check-lowered --split-input-file --verify-diagnostics

llvm.func @memcpy(!llvm.ptr, !llvm.ptr, i64) -> !llvm.ptr
llvm.mlir.global internal constant @table(1 : i32) : i32
llvm.func @fine(%p: !llvm.ptr, %q: !llvm.ptr, %n: i64) {
  %0 = llvm.call @memcpy(%p, %q, %n) : (!llvm.ptr, !llvm.ptr, i64) -> !llvm.ptr
  llvm.return
}

// -----

// expected-error @below {{expected no external function but memcpy, memmove and memset, but found 'malloc'}}
llvm.func @malloc(i64) -> !llvm.ptr

// -----

// expected-error @below {{expected only operations of the LLVM dialect, but found 'func.func'}}
func.func @left(%x: f32) -> f32 {
  return %x : f32
}

// -----

llvm.func @generic(%p: !llvm.struct<(ptr, ptr, i64, array<1 x i64>, array<1 x i64>)>) {
  // expected-error @below {{expected only operations of the LLVM dialect, but found 'builtin.unrealized_conversion_cast'}}
  %x = builtin.unrealized_conversion_cast %p
    : !llvm.struct<(ptr, ptr, i64, array<1 x i64>, array<1 x i64>)> to memref<4xf32>
  // expected-error @below {{expected only operations of the LLVM dialect, but found 'norm.generic'}}
  norm.generic iter(c = 4) reduce [] ins(%x(c) : memref<4xf32>) outs(%x(c) : memref<4xf32>) {
  ^bb0(%f: f32):
    norm.yield %f : f32
  }
  llvm.return
}

// -----

llvm.func @libm(%x: f32) -> f32 {
  // expected-error @below {{'llvm.intr.exp' would become a call of libm}}
  %0 = llvm.intr.exp(%x) : (f32) -> f32
  // expected-error @below {{'llvm.frem' would become a call of libm}}
  %1 = llvm.frem %0, %x : f32
  llvm.return %1 : f32
}

// -----

// expected-error @below {{expected no external variable, but found 'errno'}}
llvm.mlir.global external @errno() : i32
