// ResNet-50's BatchNorm, epsilon 1e-5, momentum 0.1. Every size is known at run time, so these eight kernels serve
// every layer of the network; its distinct shapes (channels, height and width) are
//   64 112   64 56   256 56   128 56   128 28   512 28   256 28   256 14   1024 14   512 14   512 7   2048 7
// and the test runs each of them.

// Training in NCHW: batch statistics (mean and 1 / standard deviation) for the backward pass, and the
// running ones, new = 0.9 * old + 0.1 * batch, with the unbiased variance (torch).
func.func @batch_norm_training_nchw(%x: tensor<?x?x?x?xf32> {norm.name = "x"}, %scale: tensor<?xf32> {norm.name = "scale"},
    %bias: tensor<?xf32> {norm.name = "bias"}, %running_mean: tensor<?xf32> {norm.name = "running_mean"},
    %running_var: tensor<?xf32> {norm.name = "running_var", norm.role = "variance"})
    -> (tensor<?x?x?x?xf32> {norm.name = "y"}, tensor<?xf32> {norm.name = "mean"}, tensor<?xf32> {norm.name = "rstd"},
        tensor<?xf32> {norm.name = "new_mean"}, tensor<?xf32> {norm.name = "new_var"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %n = tensor.dim %x, %c0 : tensor<?x?x?x?xf32>
  %c = tensor.dim %x, %c1 : tensor<?x?x?x?xf32>
  %h = tensor.dim %x, %c2 : tensor<?x?x?x?xf32>
  %w = tensor.dim %x, %c3 : tensor<?x?x?x?xf32>
  %y0 = tensor.empty(%n, %c, %h, %w) : tensor<?x?x?x?xf32>
  %s0 = tensor.empty(%c) : tensor<?xf32>
  %y, %mean, %rstd, %new_mean, %new_var = norm.batch_norm %x scale(%scale : tensor<?xf32>) bias(%bias : tensor<?xf32>)
      layout = channels_first eps = 1.0e-5
      running(%running_mean, %running_var : tensor<?xf32>, tensor<?xf32>) momentum = 0.1 of batch variance = unbiased
      outs(%y0, %s0, %s0, %s0, %s0 : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>)
      : tensor<?x?x?x?xf32>
  return %y, %mean, %rstd, %new_mean, %new_var
      : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>
}

// Inference in NCHW: the running statistics; nothing is reduced.
func.func @batch_norm_inference_nchw(%x: tensor<?x?x?x?xf32> {norm.name = "x"}, %scale: tensor<?xf32> {norm.name = "scale"},
    %bias: tensor<?xf32> {norm.name = "bias"}, %mean: tensor<?xf32> {norm.name = "mean"},
    %var: tensor<?xf32> {norm.name = "var", norm.role = "variance"}) -> (tensor<?x?x?x?xf32> {norm.name = "y"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %n = tensor.dim %x, %c0 : tensor<?x?x?x?xf32>
  %c = tensor.dim %x, %c1 : tensor<?x?x?x?xf32>
  %h = tensor.dim %x, %c2 : tensor<?x?x?x?xf32>
  %w = tensor.dim %x, %c3 : tensor<?x?x?x?xf32>
  %y0 = tensor.empty(%n, %c, %h, %w) : tensor<?x?x?x?xf32>
  %y = norm.batch_norm_inference %x stats(%mean, %var : tensor<?xf32>, tensor<?xf32>)
      scale(%scale : tensor<?xf32>) bias(%bias : tensor<?xf32>) layout = channels_first eps = 1.0e-5
      outs(%y0 : tensor<?x?x?x?xf32>) : tensor<?x?x?x?xf32>
  return %y : tensor<?x?x?x?xf32>
}

// Backward of training in NCHW, from the saved statistics.
func.func @batch_norm_backward_nchw(%x: tensor<?x?x?x?xf32> {norm.name = "x"}, %dy: tensor<?x?x?x?xf32> {norm.name = "dy"},
    %scale: tensor<?xf32> {norm.name = "scale"}, %mean: tensor<?xf32> {norm.name = "mean"},
    %rstd: tensor<?xf32> {norm.name = "rstd"})
    -> (tensor<?x?x?x?xf32> {norm.name = "dx"}, tensor<?xf32> {norm.name = "dscale"}, tensor<?xf32> {norm.name = "dbias"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %n = tensor.dim %x, %c0 : tensor<?x?x?x?xf32>
  %c = tensor.dim %x, %c1 : tensor<?x?x?x?xf32>
  %h = tensor.dim %x, %c2 : tensor<?x?x?x?xf32>
  %w = tensor.dim %x, %c3 : tensor<?x?x?x?xf32>
  %dx0 = tensor.empty(%n, %c, %h, %w) : tensor<?x?x?x?xf32>
  %p0 = tensor.empty(%c) : tensor<?xf32>
  %dx, %dscale, %dbias = norm.batch_norm_backward %dy, %x stats(%mean, %rstd : tensor<?xf32>, tensor<?xf32>)
      scale(%scale : tensor<?xf32>) layout = channels_first gradients = [input, scale, bias]
      outs(%dx0, %p0, %p0 : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>)
      : tensor<?x?x?x?xf32>, tensor<?x?x?x?xf32>
  return %dx, %dscale, %dbias : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>
}

// Backward of inference in NCHW, as in fine-tuning with frozen statistics: they are constants.
func.func @batch_norm_inference_backward_nchw(%x: tensor<?x?x?x?xf32> {norm.name = "x"}, %dy: tensor<?x?x?x?xf32> {norm.name = "dy"},
    %scale: tensor<?xf32> {norm.name = "scale"}, %mean: tensor<?xf32> {norm.name = "mean"},
    %var: tensor<?xf32> {norm.name = "var", norm.role = "variance"})
    -> (tensor<?x?x?x?xf32> {norm.name = "dx"}, tensor<?xf32> {norm.name = "dscale"}, tensor<?xf32> {norm.name = "dbias"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %n = tensor.dim %x, %c0 : tensor<?x?x?x?xf32>
  %c = tensor.dim %x, %c1 : tensor<?x?x?x?xf32>
  %h = tensor.dim %x, %c2 : tensor<?x?x?x?xf32>
  %w = tensor.dim %x, %c3 : tensor<?x?x?x?xf32>
  %dx0 = tensor.empty(%n, %c, %h, %w) : tensor<?x?x?x?xf32>
  %p0 = tensor.empty(%c) : tensor<?xf32>
  %dx, %dscale, %dbias = norm.batch_norm_inference_backward %dy, %x stats(%mean, %var : tensor<?xf32>, tensor<?xf32>)
      scale(%scale : tensor<?xf32>) layout = channels_first eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%dx0, %p0, %p0 : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>)
      : tensor<?x?x?x?xf32>, tensor<?x?x?x?xf32>
  return %dx, %dscale, %dbias : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>
}

// Training in NHWC: batch statistics (mean and 1 / standard deviation) for the backward pass, and the
// running ones, new = 0.9 * old + 0.1 * batch, with the unbiased variance (torch).
func.func @batch_norm_training_nhwc(%x: tensor<?x?x?x?xf32> {norm.name = "x"}, %scale: tensor<?xf32> {norm.name = "scale"},
    %bias: tensor<?xf32> {norm.name = "bias"}, %running_mean: tensor<?xf32> {norm.name = "running_mean"},
    %running_var: tensor<?xf32> {norm.name = "running_var", norm.role = "variance"})
    -> (tensor<?x?x?x?xf32> {norm.name = "y"}, tensor<?xf32> {norm.name = "mean"}, tensor<?xf32> {norm.name = "rstd"},
        tensor<?xf32> {norm.name = "new_mean"}, tensor<?xf32> {norm.name = "new_var"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %n = tensor.dim %x, %c0 : tensor<?x?x?x?xf32>
  %c = tensor.dim %x, %c3 : tensor<?x?x?x?xf32>
  %h = tensor.dim %x, %c1 : tensor<?x?x?x?xf32>
  %w = tensor.dim %x, %c2 : tensor<?x?x?x?xf32>
  %y0 = tensor.empty(%n, %h, %w, %c) : tensor<?x?x?x?xf32>
  %s0 = tensor.empty(%c) : tensor<?xf32>
  %y, %mean, %rstd, %new_mean, %new_var = norm.batch_norm %x scale(%scale : tensor<?xf32>) bias(%bias : tensor<?xf32>)
      layout = channels_last eps = 1.0e-5
      running(%running_mean, %running_var : tensor<?xf32>, tensor<?xf32>) momentum = 0.1 of batch variance = unbiased
      outs(%y0, %s0, %s0, %s0, %s0 : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>)
      : tensor<?x?x?x?xf32>
  return %y, %mean, %rstd, %new_mean, %new_var
      : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>
}

// Inference in NHWC: the running statistics; nothing is reduced.
func.func @batch_norm_inference_nhwc(%x: tensor<?x?x?x?xf32> {norm.name = "x"}, %scale: tensor<?xf32> {norm.name = "scale"},
    %bias: tensor<?xf32> {norm.name = "bias"}, %mean: tensor<?xf32> {norm.name = "mean"},
    %var: tensor<?xf32> {norm.name = "var", norm.role = "variance"}) -> (tensor<?x?x?x?xf32> {norm.name = "y"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %n = tensor.dim %x, %c0 : tensor<?x?x?x?xf32>
  %c = tensor.dim %x, %c3 : tensor<?x?x?x?xf32>
  %h = tensor.dim %x, %c1 : tensor<?x?x?x?xf32>
  %w = tensor.dim %x, %c2 : tensor<?x?x?x?xf32>
  %y0 = tensor.empty(%n, %h, %w, %c) : tensor<?x?x?x?xf32>
  %y = norm.batch_norm_inference %x stats(%mean, %var : tensor<?xf32>, tensor<?xf32>)
      scale(%scale : tensor<?xf32>) bias(%bias : tensor<?xf32>) layout = channels_last eps = 1.0e-5
      outs(%y0 : tensor<?x?x?x?xf32>) : tensor<?x?x?x?xf32>
  return %y : tensor<?x?x?x?xf32>
}

// Backward of training in NHWC, from the saved statistics.
func.func @batch_norm_backward_nhwc(%x: tensor<?x?x?x?xf32> {norm.name = "x"}, %dy: tensor<?x?x?x?xf32> {norm.name = "dy"},
    %scale: tensor<?xf32> {norm.name = "scale"}, %mean: tensor<?xf32> {norm.name = "mean"},
    %rstd: tensor<?xf32> {norm.name = "rstd"})
    -> (tensor<?x?x?x?xf32> {norm.name = "dx"}, tensor<?xf32> {norm.name = "dscale"}, tensor<?xf32> {norm.name = "dbias"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %n = tensor.dim %x, %c0 : tensor<?x?x?x?xf32>
  %c = tensor.dim %x, %c3 : tensor<?x?x?x?xf32>
  %h = tensor.dim %x, %c1 : tensor<?x?x?x?xf32>
  %w = tensor.dim %x, %c2 : tensor<?x?x?x?xf32>
  %dx0 = tensor.empty(%n, %h, %w, %c) : tensor<?x?x?x?xf32>
  %p0 = tensor.empty(%c) : tensor<?xf32>
  %dx, %dscale, %dbias = norm.batch_norm_backward %dy, %x stats(%mean, %rstd : tensor<?xf32>, tensor<?xf32>)
      scale(%scale : tensor<?xf32>) layout = channels_last gradients = [input, scale, bias]
      outs(%dx0, %p0, %p0 : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>)
      : tensor<?x?x?x?xf32>, tensor<?x?x?x?xf32>
  return %dx, %dscale, %dbias : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>
}

// Backward of inference in NHWC, as in fine-tuning with frozen statistics: they are constants.
func.func @batch_norm_inference_backward_nhwc(%x: tensor<?x?x?x?xf32> {norm.name = "x"}, %dy: tensor<?x?x?x?xf32> {norm.name = "dy"},
    %scale: tensor<?xf32> {norm.name = "scale"}, %mean: tensor<?xf32> {norm.name = "mean"},
    %var: tensor<?xf32> {norm.name = "var", norm.role = "variance"})
    -> (tensor<?x?x?x?xf32> {norm.name = "dx"}, tensor<?xf32> {norm.name = "dscale"}, tensor<?xf32> {norm.name = "dbias"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %n = tensor.dim %x, %c0 : tensor<?x?x?x?xf32>
  %c = tensor.dim %x, %c3 : tensor<?x?x?x?xf32>
  %h = tensor.dim %x, %c1 : tensor<?x?x?x?xf32>
  %w = tensor.dim %x, %c2 : tensor<?x?x?x?xf32>
  %dx0 = tensor.empty(%n, %h, %w, %c) : tensor<?x?x?x?xf32>
  %p0 = tensor.empty(%c) : tensor<?xf32>
  %dx, %dscale, %dbias = norm.batch_norm_inference_backward %dy, %x stats(%mean, %var : tensor<?xf32>, tensor<?xf32>)
      scale(%scale : tensor<?xf32>) layout = channels_last eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%dx0, %p0, %p0 : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>)
      : tensor<?x?x?x?xf32>, tensor<?x?x?x?xf32>
  return %dx, %dscale, %dbias : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>
}
