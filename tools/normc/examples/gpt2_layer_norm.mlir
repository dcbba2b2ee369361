// GPT-2: LayerNorm of 768 (small), 1024 (medium) and 1600 (XL) features, epsilon 1e-5, and backward.

func.func @gpt2_layer_norm_768(%x: tensor<?x768xf32>, %scale: tensor<768xf32>, %bias: tensor<768xf32>) -> (tensor<?x768xf32>, tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x768xf32>
  %y0 = tensor.empty(%rows) : tensor<?x768xf32>
  %m0 = tensor.empty(%rows) : tensor<?xf32>
  %r0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %mean, %rstd = norm.layer_norm %x scale(%scale : tensor<768xf32>) bias(%bias : tensor<768xf32>)
      axes = [1] eps = 1.0e-5 outs(%y0, %m0, %r0 : tensor<?x768xf32>, tensor<?xf32>, tensor<?xf32>) : tensor<?x768xf32>
  return %y, %mean, %rstd : tensor<?x768xf32>, tensor<?xf32>, tensor<?xf32>
}

// Backward with 768 features, from the saved statistics.
func.func @gpt2_layer_norm_768_backward(%x: tensor<?x768xf32> {norm.name = "x"},
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

func.func @gpt2_layer_norm_1024(%x: tensor<?x1024xf32>, %scale: tensor<1024xf32>, %bias: tensor<1024xf32>) -> (tensor<?x1024xf32>, tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x1024xf32>
  %y0 = tensor.empty(%rows) : tensor<?x1024xf32>
  %m0 = tensor.empty(%rows) : tensor<?xf32>
  %r0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %mean, %rstd = norm.layer_norm %x scale(%scale : tensor<1024xf32>) bias(%bias : tensor<1024xf32>)
      axes = [1] eps = 1.0e-5 outs(%y0, %m0, %r0 : tensor<?x1024xf32>, tensor<?xf32>, tensor<?xf32>) : tensor<?x1024xf32>
  return %y, %mean, %rstd : tensor<?x1024xf32>, tensor<?xf32>, tensor<?xf32>
}

// Backward with 1024 features, from the saved statistics.
func.func @gpt2_layer_norm_1024_backward(%x: tensor<?x1024xf32> {norm.name = "x"},
    %dy: tensor<?x1024xf32> {norm.name = "dy"},
    %scale: tensor<1024xf32> {norm.name = "scale"},
    %mean: tensor<?xf32> {norm.name = "mean"},
    %rstd: tensor<?xf32> {norm.name = "rstd"})
    -> (tensor<?x1024xf32> {norm.name = "dx"}, tensor<1024xf32> {norm.name = "dscale"}, tensor<1024xf32> {norm.name = "dbias"}) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x1024xf32>
  %dx0 = tensor.empty(%rows) : tensor<?x1024xf32>
  %p0 = tensor.empty() : tensor<1024xf32>
  %dx, %dscale, %dbias = norm.layer_norm_backward %dy, %x stats(%mean, %rstd : tensor<?xf32>, tensor<?xf32>)
      scale(%scale : tensor<1024xf32>) axes = [1] gradients = [input, scale, bias]
      outs(%dx0, %p0, %p0 : tensor<?x1024xf32>, tensor<1024xf32>, tensor<1024xf32>)
      : tensor<?x1024xf32>, tensor<?x1024xf32>
  return %dx, %dscale, %dbias : tensor<?x1024xf32>, tensor<1024xf32>, tensor<1024xf32>
}

func.func @gpt2_layer_norm_1600(%x: tensor<?x1600xf32>, %scale: tensor<1600xf32>, %bias: tensor<1600xf32>) -> (tensor<?x1600xf32>, tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x1600xf32>
  %y0 = tensor.empty(%rows) : tensor<?x1600xf32>
  %m0 = tensor.empty(%rows) : tensor<?xf32>
  %r0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %mean, %rstd = norm.layer_norm %x scale(%scale : tensor<1600xf32>) bias(%bias : tensor<1600xf32>)
      axes = [1] eps = 1.0e-5 outs(%y0, %m0, %r0 : tensor<?x1600xf32>, tensor<?xf32>, tensor<?xf32>) : tensor<?x1600xf32>
  return %y, %mean, %rstd : tensor<?x1600xf32>, tensor<?xf32>, tensor<?xf32>
}

// Backward with 1600 features, from the saved statistics.
func.func @gpt2_layer_norm_1600_backward(%x: tensor<?x1600xf32> {norm.name = "x"},
    %dy: tensor<?x1600xf32> {norm.name = "dy"},
    %scale: tensor<1600xf32> {norm.name = "scale"},
    %mean: tensor<?xf32> {norm.name = "mean"},
    %rstd: tensor<?xf32> {norm.name = "rstd"})
    -> (tensor<?x1600xf32> {norm.name = "dx"}, tensor<1600xf32> {norm.name = "dscale"}, tensor<1600xf32> {norm.name = "dbias"}) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x1600xf32>
  %dx0 = tensor.empty(%rows) : tensor<?x1600xf32>
  %p0 = tensor.empty() : tensor<1600xf32>
  %dx, %dscale, %dbias = norm.layer_norm_backward %dy, %x stats(%mean, %rstd : tensor<?xf32>, tensor<?xf32>)
      scale(%scale : tensor<1600xf32>) axes = [1] gradients = [input, scale, bias]
      outs(%dx0, %p0, %p0 : tensor<?x1600xf32>, tensor<1600xf32>, tensor<1600xf32>)
      : tensor<?x1600xf32>, tensor<?x1600xf32>
  return %dx, %dscale, %dbias : tensor<?x1600xf32>, tensor<1600xf32>, tensor<1600xf32>
}
