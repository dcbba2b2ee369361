// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --mlir-print-op-generic | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt | FileCheck %s
// RUN: norm-opt %s --canonicalize | FileCheck %s --check-prefix=CANON

// CHECK-LABEL: func @llama
// CHECK: norm.rms_norm %{{.*}} scale(%{{.*}} : tensor<64xf16>) axes = [1] eps = {{.*}} rounding = normalized outs(%{{.*}}, %{{.*}} : tensor<?x64xf16>, tensor<?xf32>) : tensor<?x64xf16>
func.func @llama(%x: tensor<?x64xf16>, %w: tensor<64xf16>, %y0: tensor<?x64xf16>,
                 %r0: tensor<?xf32>) -> (tensor<?x64xf16>, tensor<?xf32>) {
  %y, %r = norm.rms_norm %x scale(%w : tensor<64xf16>) axes = [1] eps = 1.0e-5 rounding = normalized
      outs(%y0, %r0 : tensor<?x64xf16>, tensor<?xf32>) : tensor<?x64xf16>
  return %y, %r : tensor<?x64xf16>, tensor<?xf32>
}

// CHECK-LABEL: func @everything
// CHECK: %{{.*}}:3 = norm.rms_norm %{{.*}} residual(%{{.*}} : tensor<?x64xf32>) scale(%{{.*}} : tensor<64xf32>)
// CHECK-SAME: gate(%{{.*}} : tensor<?x64xbf16>) axes = [1] eps (%{{.*}} : tensor<f32>) rounding = normalized
// CHECK-SAME: weight_offset = 1.000000e+00 residual_sum = rounded keep_sum gating = before groups = 4 rsqrt = approx
// CHECK-SAME: outs(%{{.*}}, %{{.*}}, %{{.*}} : tensor<?x64xbf16>, tensor<?x64xf32>, tensor<?x4xf32>) : tensor<?x64xbf16>
// CANON-LABEL: func @everything
// CANON: %{{.*}}:2 = norm.rms_norm {{.*}} keep_sum
func.func @everything(%x: tensor<?x64xbf16>, %res: tensor<?x64xf32>, %w: tensor<64xf32>,
                      %z: tensor<?x64xbf16>, %eps: tensor<f32>, %y0: tensor<?x64xbf16>,
                      %s0: tensor<?x64xf32>, %r0: tensor<?x4xf32>)
    -> (tensor<?x64xbf16>, tensor<?x64xf32>) {
  %y, %s, %r = norm.rms_norm %x residual(%res : tensor<?x64xf32>) scale(%w : tensor<64xf32>)
      gate(%z : tensor<?x64xbf16>) axes = [1] eps(%eps : tensor<f32>) rounding = normalized
      weight_offset = 1.0 residual_sum = rounded keep_sum gating = before groups = 4 rsqrt = approx
      outs(%y0, %s0, %r0 : tensor<?x64xbf16>, tensor<?x64xf32>, tensor<?x4xf32>)
      : tensor<?x64xbf16>
  return %y, %s : tensor<?x64xbf16>, tensor<?x64xf32>
}

// CANON-LABEL: func @unit_scale
// CANON: norm.rms_norm %{{[a-z0-9]+}} axes
func.func @unit_scale(%x: tensor<8x64xf32>, %y0: tensor<8x64xf32>) -> tensor<8x64xf32> {
  %w = arith.constant dense<1.0> : tensor<64xbf16>
  %y = norm.rms_norm %x scale(%w : tensor<64xbf16>) axes = [1] eps = 1.0e-5
      outs(%y0 : tensor<8x64xf32>) : tensor<8x64xf32>
  return %y : tensor<8x64xf32>
}
