// The reducer keeps what makes the script fail, here a norm.generic with a maximum, and drops the rest.
// RUN: norm-reduce %s --reduction-tree='traversal-mode=0 test=%S/Inputs/has-maximum.sh' | FileCheck %s
// CHECK-NOT: @sum
// CHECK: norm.reduce{{ +}}max
// CHECK-NOT: @sum
func.func @sum(%x: memref<8x64xf32>, %y: memref<8xf32>) {
  norm.generic iter(r = 8, c = 64) reduce [c]
      ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %0 = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %0 : f32
  }
  return
}
func.func @maximum(%x: memref<8x64xf32>, %y: memref<8xf32>) {
  norm.generic iter(r = 8, c = 64) reduce [c]
      ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %0 = norm.reduce max (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %0 : f32
  }
  return
}
