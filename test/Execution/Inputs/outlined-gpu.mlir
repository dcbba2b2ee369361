// A layer whose rest outline-gpu.c has. Its result is a kernel's: the interpreter asks that of it.
func.func @layer(%x: tensor<?x64xf32>, %w: tensor<64xf32>, %m: tensor<64x64xf32>) -> tensor<?x64xf32> {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %rows = tensor.dim %x, %c0 : tensor<?x64xf32>
  %e = tensor.empty(%rows) : tensor<?x64xf32>
  %n0 = norm.rms_norm %x scale(%w : tensor<64xf32>) axes = [1] eps = 1.0e-5 outs(%e : tensor<?x64xf32>) : tensor<?x64xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<?x64xf32>) -> tensor<?x64xf32>
  %m0 = linalg.matmul ins(%n0, %m : tensor<?x64xf32>, tensor<64x64xf32>) outs(%f : tensor<?x64xf32>) -> tensor<?x64xf32>
  %r = linalg.add ins(%m0, %x : tensor<?x64xf32>, tensor<?x64xf32>) outs(%e : tensor<?x64xf32>) -> tensor<?x64xf32>
  %n1 = norm.rms_norm %r scale(%w : tensor<64xf32>) axes = [1] eps = 1.0e-5 outs(%e : tensor<?x64xf32>) : tensor<?x64xf32>
  %m1 = linalg.matmul ins(%n1, %m : tensor<?x64xf32>, tensor<64x64xf32>) outs(%f : tensor<?x64xf32>) -> tensor<?x64xf32>
  %n2 = norm.rms_norm %m1 axes = [1] eps = 1.0e-5 outs(%e : tensor<?x64xf32>) : tensor<?x64xf32>
  return %n2 : tensor<?x64xf32>
}
