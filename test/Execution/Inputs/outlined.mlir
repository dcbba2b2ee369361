// Functions that normalize among other things, for outline.py.

func.func @decoder(%x: tensor<?x64xf32>, %w: tensor<64xf32>, %up: tensor<64x96xf32>, %down: tensor<96x64xf32>)
    -> (tensor<?x64xf32>, tensor<?x64xf32>) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %rows = tensor.dim %x, %c0 : tensor<?x64xf32>
  %narrow = tensor.empty(%rows) : tensor<?x64xf32>
  %wide = tensor.empty(%rows) : tensor<?x96xf32>
  %n0 = norm.rms_norm %x scale(%w : tensor<64xf32>) axes = [1] eps = 1.0e-5 outs(%narrow : tensor<?x64xf32>) : tensor<?x64xf32>
  %f0 = linalg.fill ins(%zero : f32) outs(%wide : tensor<?x96xf32>) -> tensor<?x96xf32>
  %m0 = linalg.matmul ins(%n0, %up : tensor<?x64xf32>, tensor<64x96xf32>) outs(%f0 : tensor<?x96xf32>) -> tensor<?x96xf32>
  %e0 = linalg.exp ins(%m0 : tensor<?x96xf32>) outs(%wide : tensor<?x96xf32>) -> tensor<?x96xf32>
  %f1 = linalg.fill ins(%zero : f32) outs(%narrow : tensor<?x64xf32>) -> tensor<?x64xf32>
  %m1 = linalg.matmul ins(%e0, %down : tensor<?x96xf32>, tensor<96x64xf32>) outs(%f1 : tensor<?x64xf32>) -> tensor<?x64xf32>
  %r0 = linalg.add ins(%m1, %x : tensor<?x64xf32>, tensor<?x64xf32>) outs(%narrow : tensor<?x64xf32>) -> tensor<?x64xf32>
  %n1 = norm.rms_norm %r0 scale(%w : tensor<64xf32>) axes = [1] eps = 1.0e-5 outs(%narrow : tensor<?x64xf32>) : tensor<?x64xf32>
  %m2 = linalg.matmul ins(%n1, %up : tensor<?x64xf32>, tensor<64x96xf32>) outs(%f0 : tensor<?x96xf32>) -> tensor<?x96xf32>
  %m3 = linalg.matmul ins(%m2, %down : tensor<?x96xf32>, tensor<96x64xf32>) outs(%f1 : tensor<?x64xf32>) -> tensor<?x64xf32>
  return %m3, %r0 : tensor<?x64xf32>, tensor<?x64xf32>
}

func.func @block(%x: tensor<2x8x6x6xf32>, %k0: tensor<4x8x3x3xf32>, %mean: tensor<4xf32>, %var: tensor<4xf32>, %s: tensor<4xf32>,
                 %b: tensor<4xf32>, %k1: tensor<3x4x3x3xf32>) -> tensor<2x3x2x2xf32> {
  %zero = arith.constant 0.0 : f32
  %e0 = tensor.empty() : tensor<2x4x4x4xf32>
  %e1 = tensor.empty() : tensor<2x3x2x2xf32>
  %f0 = linalg.fill ins(%zero : f32) outs(%e0 : tensor<2x4x4x4xf32>) -> tensor<2x4x4x4xf32>
  %c0 = linalg.conv_2d_nchw_fchw ins(%x, %k0 : tensor<2x8x6x6xf32>, tensor<4x8x3x3xf32>) outs(%f0 : tensor<2x4x4x4xf32>) -> tensor<2x4x4x4xf32>
  %squares = tensor.empty() : tensor<4xf32>
  %positive = linalg.mul ins(%var, %var : tensor<4xf32>, tensor<4xf32>) outs(%squares : tensor<4xf32>) -> tensor<4xf32>
  %n = norm.batch_norm_inference %c0 stats(%mean, %positive : tensor<4xf32>, tensor<4xf32>)
      scale(%s : tensor<4xf32>) bias(%b : tensor<4xf32>) layout = channels_first eps = 1.0e-5
      outs(%e0 : tensor<2x4x4x4xf32>) : tensor<2x4x4x4xf32>
  %r = linalg.max ins(%n, %f0 : tensor<2x4x4x4xf32>, tensor<2x4x4x4xf32>) outs(%e0 : tensor<2x4x4x4xf32>) -> tensor<2x4x4x4xf32>
  %f1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<2x3x2x2xf32>) -> tensor<2x3x2x2xf32>
  %c1 = linalg.conv_2d_nchw_fchw ins(%r, %k1 : tensor<2x4x4x4xf32>, tensor<3x4x3x3xf32>) outs(%f1 : tensor<2x3x2x2xf32>) -> tensor<2x3x2x2xf32>
  return %c1 : tensor<2x3x2x2xf32>
}

// Sizes go through views and a dimension that only the projection has.
func.func @tokens(%x: tensor<?x?x32xf32>, %p: tensor<32x?xf32>) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %batch = tensor.dim %x, %c0 : tensor<?x?x32xf32>
  %length = tensor.dim %x, %c1 : tensor<?x?x32xf32>
  %width = tensor.dim %p, %c1 : tensor<32x?xf32>
  %e0 = tensor.empty(%batch, %length) : tensor<?x?x32xf32>
  %n0 = norm.rms_norm %x axes = [2] eps = 1.0e-5 outs(%e0 : tensor<?x?x32xf32>) : tensor<?x?x32xf32>
  %rows = tensor.collapse_shape %n0 [[0, 1], [2]] : tensor<?x?x32xf32> into tensor<?x32xf32>
  %count = arith.muli %batch, %length : index
  %e1 = tensor.empty(%count, %width) : tensor<?x?xf32>
  %f1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<?x?xf32>) -> tensor<?x?xf32>
  %m = linalg.matmul ins(%rows, %p : tensor<?x32xf32>, tensor<32x?xf32>) outs(%f1 : tensor<?x?xf32>) -> tensor<?x?xf32>
  %n1 = norm.rms_norm %m axes = [1] eps = 1.0e-5 outs(%e1 : tensor<?x?xf32>) : tensor<?x?xf32>
  return %n1 : tensor<?x?xf32>
}
