// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --mlir-print-op-generic | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt | FileCheck %s
// RUN: norm-opt %s --canonicalize | FileCheck %s --check-prefix=CANON

// CHECK-LABEL: func @plain
// CHECK: norm.layer_norm %{{.*}} axes = [1] eps = 1.000000e-05 outs(%{{.*}} : tensor<8x64xf32>) : tensor<8x64xf32>
func.func @plain(%x: tensor<8x64xf32>, %y0: tensor<8x64xf32>) -> tensor<8x64xf32> {
  %y = norm.layer_norm %x axes = [1] eps = 1.0e-5 outs(%y0 : tensor<8x64xf32>) : tensor<8x64xf32>
  return %y : tensor<8x64xf32>
}

// CHECK-LABEL: func @everything
// CHECK: %{{.*}}:4 = norm.layer_norm %{{.*}} residual(%{{.*}} : tensor<?x4x64xf32>) scale(%{{.*}} : tensor<4x64xf32>)
// CHECK-SAME: bias(%{{.*}} : tensor<4x?xf16>) axes = [1, 2] eps (%{{.*}} : tensor<f64>) rounding = normalized
// CHECK-SAME: weight_offset = 1.000000e+00 saved = variance residual_sum = rounded keep_sum rsqrt = approx
// CHECK-SAME: outs(%{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} : tensor<?x4x64xbf16>, tensor<?x4x64xf32>, tensor<?xf32>, tensor<?xf32>) : tensor<?x4x64xbf16>
func.func @everything(%x: tensor<?x4x64xbf16>, %res: tensor<?x4x64xf32>, %w: tensor<4x64xf32>,
                      %b: tensor<4x?xf16>, %eps: tensor<f64>, %y0: tensor<?x4x64xbf16>,
                      %s0: tensor<?x4x64xf32>, %m0: tensor<?xf32>, %v0: tensor<?xf32>)
    -> (tensor<?x4x64xbf16>, tensor<?x4x64xf32>, tensor<?xf32>, tensor<?xf32>) {
  %y, %s, %m, %v = norm.layer_norm %x bias(%b : tensor<4x?xf16>) scale(%w : tensor<4x64xf32>)
      residual(%res : tensor<?x4x64xf32>) axes = [1, 2] eps(%eps : tensor<f64>)
      rsqrt = approx keep_sum rounding = normalized saved = variance weight_offset = 1.0
      residual_sum = rounded
      outs(%y0, %s0, %m0, %v0 : tensor<?x4x64xbf16>, tensor<?x4x64xf32>, tensor<?xf32>, tensor<?xf32>)
      : tensor<?x4x64xbf16>
  return %y, %s, %m, %v
      : tensor<?x4x64xbf16>, tensor<?x4x64xf32>, tensor<?xf32>, tensor<?xf32>
}

// A constant eps becomes an attribute, a scale of exactly 1 and a bias of -0.0 go.
// CANON-LABEL: func @constants
// CANON: norm.layer_norm %{{.*}} axes = [1] eps = 9.99{{[0-9]*}}E-6 outs
// CHECK-LABEL: func @constants
func.func @constants(%x: tensor<8x64xf32>, %y0: tensor<8x64xf32>) -> tensor<8x64xf32> {
  %eps = arith.constant dense<1.0e-5> : tensor<f32>
  %w = arith.constant dense<0.0> : tensor<64xf32>
  %b = arith.constant dense<-0.0> : tensor<64xf16>
  %y = norm.layer_norm %x scale(%w : tensor<64xf32>) bias(%b : tensor<64xf16>) axes = [1]
      eps(%eps : tensor<f32>) weight_offset = 1.0 outs(%y0 : tensor<8x64xf32>) : tensor<8x64xf32>
  return %y : tensor<8x64xf32>
}

// 0.0 added to -0.0 is 0.0: this bias stays.
// CANON-LABEL: func @zero_bias
// CANON: norm.layer_norm %{{.*}} bias(
func.func @zero_bias(%x: tensor<8x64xf32>, %y0: tensor<8x64xf32>) -> tensor<8x64xf32> {
  %b = arith.constant dense<0.0> : tensor<64xf32>
  %y = norm.layer_norm %x bias(%b : tensor<64xf32>) axes = [1] eps = 1.0e-5
      outs(%y0 : tensor<8x64xf32>) : tensor<8x64xf32>
  return %y : tensor<8x64xf32>
}

// CANON-LABEL: func @unused
// CANON: %[[Y:.*]] = norm.layer_norm %{{.*}} residual(%{{.*}}) axes = [1] eps = 1.000000e-05 outs(%{{.*}} : tensor<8x64xf32>)
// CANON: return %[[Y]]
func.func @unused(%x: tensor<8x64xf32>, %y0: tensor<8x64xf32>, %m0: tensor<8xf32>) -> tensor<8x64xf32> {
  %y, %s, %m, %r = norm.layer_norm %x residual(%x : tensor<8x64xf32>) axes = [1] eps = 1.0e-5 keep_sum
      outs(%y0, %y0, %m0, %m0 : tensor<8x64xf32>, tensor<8x64xf32>, tensor<8xf32>, tensor<8xf32>)
      : tensor<8x64xf32>
  return %y : tensor<8x64xf32>
}

// A cast that only forgets sizes is looked through, and the shape of a result is that of its init.
// CANON-LABEL: func @cast
// CANON-SAME: %[[X:[a-z0-9]+]]: tensor<8x64xf32>
// CANON: norm.layer_norm %[[X]] axes = [1] eps = 1.000000e-05 outs(%{{.*}} : tensor<8x64xf32>) : tensor<8x64xf32>
func.func @cast(%x: tensor<8x64xf32>, %y0: tensor<8x64xf32>) -> tensor<?x64xf32> {
  %xd = tensor.cast %x : tensor<8x64xf32> to tensor<?x64xf32>
  %yd = tensor.cast %y0 : tensor<8x64xf32> to tensor<?x64xf32>
  %y = norm.layer_norm %xd axes = [1] eps = 1.0e-5 outs(%yd : tensor<?x64xf32>) : tensor<?x64xf32>
  return %y : tensor<?x64xf32>
}
