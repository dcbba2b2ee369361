// Gemma-2B: RMSNorm of 2048 features in bf16, the scale is 1 + weight with the 1 added in f32, rounded
// once: the preset `gemma`.

func.func @gemma_rms_norm(%x: tensor<?x2048xbf16>, %scale: tensor<2048xbf16>) -> (tensor<?x2048xbf16>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x2048xbf16>
  %y0 = tensor.empty(%rows) : tensor<?x2048xbf16>
  %r0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %rstd = norm.rms_norm %x scale(%scale : tensor<2048xbf16>) axes = [1] eps = 1.0e-6 weight_offset = 1.0
      outs(%y0, %r0 : tensor<?x2048xbf16>, tensor<?xf32>) : tensor<?x2048xbf16>
  return %y, %rstd : tensor<?x2048xbf16>, tensor<?xf32>
}

// Its backward, from the saved 1 / rms. The offset has no gradient of its own.
func.func @gemma_rms_norm_backward(%x: tensor<?x2048xbf16> {norm.name = "x"}, %dy: tensor<?x2048xbf16> {norm.name = "dy"},
    %scale: tensor<2048xbf16> {norm.name = "scale"}, %rstd: tensor<?xf32> {norm.name = "rstd"})
    -> (tensor<?x2048xbf16> {norm.name = "dx"}, tensor<2048xf32> {norm.name = "dscale"}) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x2048xbf16>
  %dx0 = tensor.empty(%rows) : tensor<?x2048xbf16>
  %p0 = tensor.empty() : tensor<2048xf32>
  %dx, %dscale = norm.rms_norm_backward %dy, %x stats(%rstd : tensor<?xf32>)
      scale(%scale : tensor<2048xbf16>) axes = [1] weight_offset = 1.0 gradients = [input, scale]
      outs(%dx0, %p0 : tensor<?x2048xbf16>, tensor<2048xf32>)
      : tensor<?x2048xbf16>, tensor<?x2048xbf16>
  return %dx, %dscale : tensor<?x2048xbf16>, tensor<2048xf32>
}
