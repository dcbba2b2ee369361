// RUN: norm-opt %s --norm-generalize --canonicalize --norm-partial=dims=c | FileCheck %s

// What is known of a rank's part is not known of the whole: a count stays one behind --canonicalize.

// CHECK-LABEL: func.func @rms_merge(
// CHECK-SAME: %{{.*}}: tensor<?xi64> {norm.name = "counts", norm.role = "counts"})
// CHECK-SAME: tensor<i64> {norm.name = "count", norm.role = "count"})
// CHECK-LABEL: func.func @rms_apply(
// CHECK-SAME: tensor<i64> {norm.name = "count", norm.role = "count"})
// CHECK: ^bb0(%{{.*}}, %[[COUNT:.*]]: i64, %[[SUM:.*]]: f32):
// CHECK: %[[N:.*]] = arith.sitofp %[[COUNT]] : i64 to f32
// CHECK: arith.divf %[[SUM]], %[[N]]
func.func @rms(%x: tensor<8x64xf32> {norm.name = "x"}) -> (tensor<8x64xf32> {norm.name = "y"}) {
  %init = tensor.empty() : tensor<8x64xf32>
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-6 outs(%init : tensor<8x64xf32>) : tensor<8x64xf32>
  return %y : tensor<8x64xf32>
}

// The momentum of running statistics may be one in the number of a rank's elements: what a count has divided is a mean.
// CHECK-LABEL: func.func @running_apply(
// CHECK: arith.mulf %{{.*}}, %{{.*}} : f32
func.func @running(%x: tensor<10x64xf32>, %old: tensor<64xf32>) -> tensor<64xf32> attributes {norm.partial = ["n"]} {
  %init = tensor.empty() : tensor<64xf32>
  %y = norm.generic iter(c = 64, n = 10) reduce [n] ins(%x(n, c) : tensor<10x64xf32>, %old(c) : tensor<64xf32>) outs(%init(c) : tensor<64xf32>) {
  ^bb0(%xf: !norm.field<f32, [n]>, %o: f32):
    %momentum = arith.constant 1.0e-1 : f32
    %sum = norm.reduce sum (%xf : !norm.field<f32, [n]>) over [n] order = <lanes = 1> : f32
    %n = norm.count [n] : f32
    %mean = arith.divf %sum, %n : f32
    %some = arith.mulf %mean, %momentum : f32
    %new = arith.addf %some, %o : f32
    norm.yield %new : f32
  }
  return %y : tensor<64xf32>
}
