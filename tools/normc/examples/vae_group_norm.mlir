// The decoder of a diffusion model's VAE: GroupNorm with 32 groups of 512 channels at 64 x 64, epsilon 1e-6,
// scale and bias per channel, and its backward.

func.func @vae_group_norm(%x: tensor<?x512x64x64xf32> {norm.name = "x"}, %scale: tensor<512xf32> {norm.name = "scale"},
    %bias: tensor<512xf32> {norm.name = "bias"})
    -> (tensor<?x512x64x64xf32> {norm.name = "y"}, tensor<?x32xf32> {norm.name = "mean"}, tensor<?x32xf32> {norm.name = "rstd"}) {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x512x64x64xf32>
  %y0 = tensor.empty(%n) : tensor<?x512x64x64xf32>
  %s0 = tensor.empty(%n) : tensor<?x32xf32>
  %y, %mean, %rstd = norm.group_norm %x scale(%scale : tensor<512xf32>) bias(%bias : tensor<512xf32>)
      groups = 32 layout = channels_first eps = 1.0e-6
      outs(%y0, %s0, %s0 : tensor<?x512x64x64xf32>, tensor<?x32xf32>, tensor<?x32xf32>) : tensor<?x512x64x64xf32>
  return %y, %mean, %rstd : tensor<?x512x64x64xf32>, tensor<?x32xf32>, tensor<?x32xf32>
}

// Its backward, from the saved statistics.
func.func @vae_group_norm_backward(%x: tensor<?x512x64x64xf32> {norm.name = "x"}, %dy: tensor<?x512x64x64xf32> {norm.name = "dy"},
    %scale: tensor<512xf32> {norm.name = "scale"}, %mean: tensor<?x32xf32> {norm.name = "mean"}, %rstd: tensor<?x32xf32> {norm.name = "rstd"})
    -> (tensor<?x512x64x64xf32> {norm.name = "dx"}, tensor<512xf32> {norm.name = "dscale"}, tensor<512xf32> {norm.name = "dbias"}) {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x512x64x64xf32>
  %dx0 = tensor.empty(%n) : tensor<?x512x64x64xf32>
  %p0 = tensor.empty() : tensor<512xf32>
  %dx, %dscale, %dbias = norm.group_norm_backward %dy, %x stats(%mean, %rstd : tensor<?x32xf32>, tensor<?x32xf32>)
      scale(%scale : tensor<512xf32>) groups = 32 layout = channels_first gradients = [input, scale, bias]
      outs(%dx0, %p0, %p0 : tensor<?x512x64x64xf32>, tensor<512xf32>, tensor<512xf32>)
      : tensor<?x512x64x64xf32>, tensor<?x512x64x64xf32>
  return %dx, %dscale, %dbias : tensor<?x512x64x64xf32>, tensor<512xf32>, tensor<512xf32>
}
