// Llama-3: RMSNorm of 4096 features in bf16, epsilon 1e-5, rounded twice as the preset `hf_llama`:
// to bf16 after the division, and after the scale.

func.func @llama3_rms_norm(%x: tensor<?x4096xbf16>, %scale: tensor<4096xbf16>) -> (tensor<?x4096xbf16>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x4096xbf16>
  %y0 = tensor.empty(%rows) : tensor<?x4096xbf16>
  %r0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %rstd = norm.rms_norm %x scale(%scale : tensor<4096xbf16>) axes = [1] eps = 1.0e-5 rounding = normalized
      outs(%y0, %r0 : tensor<?x4096xbf16>, tensor<?xf32>) : tensor<?x4096xbf16>
  return %y, %rstd : tensor<?x4096xbf16>, tensor<?xf32>
}

// Its backward, from the saved 1 / rms.
func.func @llama3_rms_norm_backward(%x: tensor<?x4096xbf16> {norm.name = "x"}, %dy: tensor<?x4096xbf16> {norm.name = "dy"},
    %scale: tensor<4096xbf16> {norm.name = "scale"}, %rstd: tensor<?xf32> {norm.name = "rstd"})
    -> (tensor<?x4096xbf16> {norm.name = "dx"}, tensor<4096xf32> {norm.name = "dscale"}) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x4096xbf16>
  %dx0 = tensor.empty(%rows) : tensor<?x4096xbf16>
  %p0 = tensor.empty() : tensor<4096xf32>
  %dx, %dscale = norm.rms_norm_backward %dy, %x stats(%rstd : tensor<?xf32>)
      scale(%scale : tensor<4096xbf16>) axes = [1] gradients = [input, scale]
      outs(%dx0, %p0 : tensor<?x4096xbf16>, tensor<4096xf32>)
      : tensor<?x4096xbf16>, tensor<?x4096xbf16>
  return %dx, %dscale : tensor<?x4096xbf16>, tensor<4096xf32>
}
