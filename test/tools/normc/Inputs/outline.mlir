// A layer with a product between its normalizations, which are the same program; a normalization alone; and none.
func.func @layer(%x: tensor<?x64xf32>, %w: tensor<64xf32>, %m: tensor<64x64xf32>) -> tensor<?x64xf32> {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %rows = tensor.dim %x, %c0 : tensor<?x64xf32>
  %e = tensor.empty(%rows) : tensor<?x64xf32>
  %n0 = norm.rms_norm %x scale(%w : tensor<64xf32>) axes = [1] eps = 1.0e-5 outs(%e : tensor<?x64xf32>) : tensor<?x64xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<?x64xf32>) -> tensor<?x64xf32>
  %p = linalg.matmul ins(%n0, %m : tensor<?x64xf32>, tensor<64x64xf32>) outs(%f : tensor<?x64xf32>) -> tensor<?x64xf32>
  %n1 = norm.rms_norm %p scale(%w : tensor<64xf32>) axes = [1] eps = 1.0e-5 outs(%e : tensor<?x64xf32>) : tensor<?x64xf32>
  return %n1 : tensor<?x64xf32>
}
func.func @alone(%x: tensor<8x32xf32>) -> tensor<8x32xf32> {
  %e = tensor.empty() : tensor<8x32xf32>
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-5 outs(%e : tensor<8x32xf32>) : tensor<8x32xf32>
  return %y : tensor<8x32xf32>
}
func.func @other(%x: tensor<8xf32>) -> tensor<8xf32> {
  %e = tensor.empty() : tensor<8xf32>
  %y = linalg.exp ins(%x : tensor<8xf32>) outs(%e : tensor<8xf32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}
