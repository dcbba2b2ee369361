// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --mlir-print-op-generic | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt | FileCheck %s
// RUN: norm-opt %s --canonicalize | FileCheck %s --check-prefix=CANON

// CHECK-LABEL: func @frozen
// CHECK: %{{.*}}:2 = norm.batch_norm_inference_backward %{{.*}}, %{{.*}} stats(%{{.*}}, %{{.*}} : tensor<64xf32>, tensor<64xf32>)
// CHECK-SAME: scale(%{{.*}} : tensor<64xf32>) layout = channels_last eps = 1.000000e-03 gradients = [input, bias] outs
// CANON-LABEL: func @frozen
// CANON: gradients = [input]
func.func @frozen(%dy: tensor<0x14x64xf32>, %w: tensor<64xf32>) -> tensor<0x14x64xf32> {
  %dx, %db = norm.batch_norm_inference_backward %dy, %dy stats(%w, %w : tensor<64xf32>, tensor<64xf32>)
      scale(%w : tensor<64xf32>) layout = channels_last eps = 1.0e-3 gradients = [input, bias]
      outs(%dy, %w : tensor<0x14x64xf32>, tensor<64xf32>) : tensor<0x14x64xf32>, tensor<0x14x64xf32>
  return %dx : tensor<0x14x64xf32>
}
