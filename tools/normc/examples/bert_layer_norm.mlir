// BERT-base: LayerNorm of 768 features after the residual add, epsilon 1e-12, forward with saved
// statistics, and its backward. The sum is not rounded: everything is f32.

func.func @bert_layer_norm(%x: tensor<?x768xf32> {norm.name = "x"}, %residual: tensor<?x768xf32> {norm.name = "residual"},
    %scale: tensor<768xf32> {norm.name = "scale"}, %bias: tensor<768xf32> {norm.name = "bias"})
    -> (tensor<?x768xf32> {norm.name = "y"}, tensor<?x768xf32> {norm.name = "sum"},
        tensor<?xf32> {norm.name = "mean"}, tensor<?xf32> {norm.name = "rstd"}) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x768xf32>
  %y0 = tensor.empty(%rows) : tensor<?x768xf32>
  %s0 = tensor.empty(%rows) : tensor<?x768xf32>
  %m0 = tensor.empty(%rows) : tensor<?xf32>
  %r0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %sum, %mean, %rstd = norm.layer_norm %x residual(%residual : tensor<?x768xf32>)
      scale(%scale : tensor<768xf32>) bias(%bias : tensor<768xf32>) axes = [1] eps = 1.0e-12 keep_sum
      outs(%y0, %s0, %m0, %r0 : tensor<?x768xf32>, tensor<?x768xf32>, tensor<?xf32>, tensor<?xf32>)
      : tensor<?x768xf32>
  return %y, %sum, %mean, %rstd : tensor<?x768xf32>, tensor<?x768xf32>, tensor<?xf32>, tensor<?xf32>
}

// x is the sum that the forward kept: dx is the gradient of both addends.
func.func @bert_layer_norm_backward(%x: tensor<?x768xf32> {norm.name = "x"},
    %dy: tensor<?x768xf32> {norm.name = "dy"},
    %scale: tensor<768xf32> {norm.name = "scale"},
    %mean: tensor<?xf32> {norm.name = "mean"},
    %rstd: tensor<?xf32> {norm.name = "rstd"})
    -> (tensor<?x768xf32> {norm.name = "dx"}, tensor<768xf32> {norm.name = "dscale"}, tensor<768xf32> {norm.name = "dbias"}) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x768xf32>
  %dx0 = tensor.empty(%rows) : tensor<?x768xf32>
  %p0 = tensor.empty() : tensor<768xf32>
  %dx, %dscale, %dbias = norm.layer_norm_backward %dy, %x stats(%mean, %rstd : tensor<?xf32>, tensor<?xf32>)
      scale(%scale : tensor<768xf32>) axes = [1] gradients = [input, scale, bias]
      outs(%dx0, %p0, %p0 : tensor<?x768xf32>, tensor<768xf32>, tensor<768xf32>)
      : tensor<?x768xf32>, tensor<?x768xf32>
  return %dx, %dscale, %dbias : tensor<?x768xf32>, tensor<768xf32>, tensor<768xf32>
}
