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
