func.func private @dense(%n: tensor<4x64xf32>, %w: tensor<64x64xf32>) -> tensor<4x64xf32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4x64xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<4x64xf32>) -> tensor<4x64xf32>
  %q = linalg.matmul ins(%n, %w : tensor<4x64xf32>, tensor<64x64xf32>) outs(%f : tensor<4x64xf32>) -> tensor<4x64xf32>
  return %q : tensor<4x64xf32>
}
func.func @attend(%x: tensor<4x64xf32>, %w: tensor<64x64xf32>) -> tensor<4x64xf32> {
  %e = tensor.empty() : tensor<4x64xf32>
  %n = norm.rms_norm %x axes = [1] eps = 1.0e-5 outs(%e : tensor<4x64xf32>) : tensor<4x64xf32>
  %q = call @dense(%n, %w) : (tensor<4x64xf32>, tensor<64x64xf32>) -> tensor<4x64xf32>
  %s = linalg.softmax dimension(1) ins(%q : tensor<4x64xf32>) outs(%e : tensor<4x64xf32>) -> tensor<4x64xf32>
  %m = norm.rms_norm %s axes = [1] eps = 1.0e-5 outs(%e : tensor<4x64xf32>) : tensor<4x64xf32>
  return %m : tensor<4x64xf32>
}
