// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --mlir-print-op-generic | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt | FileCheck %s
// RUN: norm-opt %s --canonicalize | FileCheck %s --check-prefix=CANON

// CHECK-LABEL: func @training
// CHECK: %{{.*}}:5 = norm.batch_norm %{{.*}} scale(%{{.*}} : tensor<64xf32>) bias(%{{.*}} : tensor<64xf32>)
// CHECK-SAME: layout = channels_first eps = 1.000000e-03
// CHECK-SAME: running(%{{.*}}, %{{.*}} : tensor<64xf32>, tensor<64xf32>) momentum = {{0.98.*}} of running variance = biased
// CHECK-SAME: saved = variance rsqrt = approx outs(
// Batch statistics that nobody reads are not written.
// CANON-LABEL: func @training
// CANON: %[[Y:.*]]:3 = norm.batch_norm
// CANON: return %[[Y]]#0, %[[Y]]#1, %[[Y]]#2
func.func @training(%x: tensor<?x64x?x?xf16>, %w: tensor<64xf32>, %rm: tensor<64xf32>,
                    %rv: tensor<64xf32>)
    -> (tensor<?x64x?x?xf16>, tensor<64xf32>, tensor<64xf32>) {
  %y, %m, %v, %nm, %nv = norm.batch_norm %x scale(%w : tensor<64xf32>) bias(%w : tensor<64xf32>)
      layout = channels_first eps = 1.0e-3
      running(%rm, %rv : tensor<64xf32>, tensor<64xf32>) momentum = 0.99 of running variance = biased
      rsqrt = approx saved = variance
      outs(%x, %w, %w, %rm, %rv : tensor<?x64x?x?xf16>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>)
      : tensor<?x64x?x?xf16>
  return %y, %nm, %nv : tensor<?x64x?x?xf16>, tensor<64xf32>, tensor<64xf32>
}

// CHECK-LABEL: func @run_time_scalars
// CHECK: eps (%{{.*}} : tensor<f32>) running({{.*}}) momentum (%{{.*}} : tensor<f32>) of batch variance = unbiased
// CANON-LABEL: func @run_time_scalars
// CANON: eps = 5.000000e-01 running({{.*}}) momentum = 2.500000e-01 of batch variance = unbiased
func.func @run_time_scalars(%x: tensor<8x64xf32>, %rm: tensor<64xf32>)
    -> (tensor<8x64xf32>, tensor<64xf32>, tensor<64xf32>) {
  %eps = arith.constant dense<0.5> : tensor<f32>
  %momentum = arith.constant dense<0.25> : tensor<f32>
  %y, %nm, %nv = norm.batch_norm %x layout = channels_last eps(%eps : tensor<f32>)
      running(%rm, %rm : tensor<64xf32>, tensor<64xf32>) momentum(%momentum : tensor<f32>) of batch
      variance = unbiased outs(%x, %rm, %rm : tensor<8x64xf32>, tensor<64xf32>, tensor<64xf32>)
      : tensor<8x64xf32>
  return %y, %nm, %nv : tensor<8x64xf32>, tensor<64xf32>, tensor<64xf32>
}
