// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --mlir-print-op-generic | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt | FileCheck %s
// RUN: norm-opt %s --canonicalize | FileCheck %s --check-prefix=CANON

// CHECK-LABEL: func @saved
// CHECK: %{{.*}}:3 = norm.instance_norm_backward %{{.*}}, %{{.*}} stats(%{{.*}}, %{{.*}} : tensor<?x64xf32>, tensor<?x64xf32>)
// CHECK-SAME: scale(%{{.*}} : tensor<64xbf16>) layout = channels_first gradients = [input, scale, bias] outs
// CANON-LABEL: func @saved
// CANON: norm.instance_norm_backward {{.*}} gradients = [bias]
func.func @saved(%dy: tensor<?x64x?xbf16>, %x: tensor<?x64x?xbf16>, %s: tensor<?x64xf32>,
                 %w: tensor<64xbf16>, %p: tensor<64xf32>) -> tensor<64xf32> {
  %dx, %dw, %db = norm.instance_norm_backward %dy, %x stats(%s, %s : tensor<?x64xf32>, tensor<?x64xf32>)
      scale(%w : tensor<64xbf16>) layout = channels_first gradients = [input, scale, bias]
      outs(%dy, %p, %p : tensor<?x64x?xbf16>, tensor<64xf32>, tensor<64xf32>)
      : tensor<?x64x?xbf16>, tensor<?x64x?xbf16>
  return %db : tensor<64xf32>
}

// CHECK-LABEL: func @again
// CHECK: norm.instance_norm_backward %{{.*}}, %{{.*}} layout = channels_last eps = 1.000000e-05 gradients = [input] outs
func.func @again(%dy: tensor<4x5x64xf32>, %x: tensor<4x5x64xf32>) -> tensor<4x5x64xf32> {
  %dx = norm.instance_norm_backward %dy, %x layout = channels_last eps = 1.0e-5 gradients = [input]
      outs(%dy : tensor<4x5x64xf32>) : tensor<4x5x64xf32>, tensor<4x5x64xf32>
  return %dx : tensor<4x5x64xf32>
}
