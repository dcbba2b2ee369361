// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --mlir-print-op-generic | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt | FileCheck %s
// RUN: norm-opt %s --canonicalize | FileCheck %s --check-prefix=CANON

// CHECK-LABEL: func @rms
// CHECK: %{{.*}}:2 = norm.rms_norm_backward %{{.*}}, %{{.*}} stats(%{{.*}} : tensor<8x4xf32>) scale(%{{.*}} : tensor<64xf32>)
// CHECK-SAME: axes = [1] groups = 4 gradients = [input, scale] outs
// CANON-LABEL: func @rms
// CANON: norm.rms_norm_backward
func.func @rms(%dy: tensor<8x64xf32>, %x: tensor<8x64xf32>, %s: tensor<8x4xf32>, %w: tensor<64xf32>)
    -> (tensor<8x64xf32>, tensor<64xf32>) {
  %dx, %dw = norm.rms_norm_backward %dy, %x stats(%s : tensor<8x4xf32>) scale(%w : tensor<64xf32>)
      axes = [1] groups = 4 gradients = [input, scale]
      outs(%dy, %w : tensor<8x64xf32>, tensor<64xf32>) : tensor<8x64xf32>, tensor<8x64xf32>
  return %dx, %dw : tensor<8x64xf32>, tensor<64xf32>
}
