// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --mlir-print-op-generic | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt | FileCheck %s
// RUN: norm-opt %s --canonicalize | FileCheck %s --check-prefix=CANON

// CHECK-LABEL: func @saved
// CHECK: %{{.*}}:3 = norm.layer_norm_backward %{{.*}}, %{{.*}} stats(%{{.*}}, %{{.*}} : tensor<?xf32>, tensor<?xf32>)
// CHECK-SAME: scale(%{{.*}} : tensor<64xf16>) dsum(%{{.*}} : tensor<?x64xf16>) axes = [1] weight_offset = 1.000000e+00
// CHECK-SAME: gradients = [input, scale, bias] outs(%{{.*}}) : tensor<?x64xf16>, tensor<?x64xf16>
// A gradient that nobody reads is not computed.
// CANON-LABEL: func @saved
// CANON: %{{.*}}:2 = norm.layer_norm_backward {{.*}} gradients = [input, bias]
func.func @saved(%dy: tensor<?x64xf16>, %x: tensor<?x64xf16>, %s: tensor<?xf32>, %w: tensor<64xf16>,
                 %p: tensor<64xf32>) -> (tensor<?x64xf16>, tensor<64xf32>) {
  %dx, %dw, %db = norm.layer_norm_backward %dy, %x stats(%s, %s : tensor<?xf32>, tensor<?xf32>)
      scale(%w : tensor<64xf16>) dsum(%x : tensor<?x64xf16>) axes = [1] weight_offset = 1.0
      gradients = [input, scale, bias]
      outs(%dy, %p, %p : tensor<?x64xf16>, tensor<64xf32>, tensor<64xf32>)
      : tensor<?x64xf16>, tensor<?x64xf16>
  return %dx, %db : tensor<?x64xf16>, tensor<64xf32>
}

// CHECK-LABEL: func @again
// CHECK: norm.layer_norm_backward %{{.*}}, %{{.*}} axes = [1] eps = 1.000000e-05 gradients = [scale] outs
// CHECK: norm.layer_norm_backward %{{.*}}, %{{.*}} stats({{.*}}) axes = [1] eps (%{{.*}} : tensor<f32>) saved = variance gradients = [input] outs
func.func @again(%dy: tensor<8x64xf32>, %x: tensor<8x64xf32>, %p: tensor<64xf32>, %s: tensor<8xf32>,
                 %eps: tensor<f32>) -> (tensor<64xf32>, tensor<8x64xf32>) {
  %dw = norm.layer_norm_backward %dy, %x axes = [1] eps = 1.0e-5 gradients = [scale]
      outs(%p : tensor<64xf32>) : tensor<8x64xf32>, tensor<8x64xf32>
  %dx = norm.layer_norm_backward %dy, %x stats(%s, %s : tensor<8xf32>, tensor<8xf32>) axes = [1]
      eps(%eps : tensor<f32>) saved = variance gradients = [input]
      outs(%dy : tensor<8x64xf32>) : tensor<8x64xf32>, tensor<8x64xf32>
  return %dw, %dx : tensor<64xf32>, tensor<8x64xf32>
}
