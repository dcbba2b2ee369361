// The stock mlir-opt, with our dialect and our passes loaded into it.
// RUN: mlir-opt --load-dialect-plugin=%build/lib/NormPlugin.so \
// RUN:   --load-pass-plugin=%build/lib/NormPlugin.so \
// RUN:   --pass-pipeline="builtin.module(norm-widen,canonicalize)" %s | FileCheck %s
// Without it, the stock mlir-opt knows nothing of norm.
// RUN: not mlir-opt %s 2>&1 | FileCheck %s --check-prefix=WITHOUT
// WITHOUT: norm

// CHECK-LABEL: func.func @row_sums
// CHECK-SAME: memref<8x64xf64>
// CHECK: norm.reduce sum
func.func @row_sums(%x: memref<8x64xf32>, %y: memref<8xf32>) {
  norm.generic iter(r = 8, c = 64) reduce [c]
      ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}
