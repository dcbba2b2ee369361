// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --mlir-print-op-generic | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt | FileCheck %s
// RUN: norm-opt %s --canonicalize | FileCheck %s --check-prefix=CANON

// CHECK-LABEL: func @inference
// CHECK: norm.batch_norm_inference %{{.*}} stats(%{{.*}}, %{{.*}} : tensor<64xf32>, tensor<64xf32>)
// CHECK-SAME: scale(%{{.*}} : tensor<64xf16>) layout = channels_last eps = 1.000000e-03 rsqrt = approx outs(
// CANON-LABEL: func @inference
// CANON: norm.batch_norm_inference
func.func @inference(%x: tensor<8x56x56x64xf16>, %m: tensor<64xf32>, %w: tensor<64xf16>)
    -> tensor<8x56x56x64xf16> {
  %y = norm.batch_norm_inference %x stats(%m, %m : tensor<64xf32>, tensor<64xf32>)
      scale(%w : tensor<64xf16>) layout = channels_last eps = 1.0e-3 rsqrt = approx
      outs(%x : tensor<8x56x56x64xf16>) : tensor<8x56x56x64xf16>
  return %y : tensor<8x56x56x64xf16>
}
