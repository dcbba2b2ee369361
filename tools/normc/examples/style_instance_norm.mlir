// Style transfer: InstanceNorm over the picture, per sample and channel, epsilon 1e-5, any size; and its
// backward.

func.func @style_instance_norm(%x: tensor<?x?x?x?xf32> {norm.name = "x"}, %scale: tensor<?xf32> {norm.name = "scale"},
    %bias: tensor<?xf32> {norm.name = "bias"})
    -> (tensor<?x?x?x?xf32> {norm.name = "y"}, tensor<?x?xf32> {norm.name = "mean"}, tensor<?x?xf32> {norm.name = "rstd"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %n = tensor.dim %x, %c0 : tensor<?x?x?x?xf32>
  %c = tensor.dim %x, %c1 : tensor<?x?x?x?xf32>
  %h = tensor.dim %x, %c2 : tensor<?x?x?x?xf32>
  %w = tensor.dim %x, %c3 : tensor<?x?x?x?xf32>
  %y0 = tensor.empty(%n, %c, %h, %w) : tensor<?x?x?x?xf32>
  %s0 = tensor.empty(%n, %c) : tensor<?x?xf32>
  %y, %mean, %rstd = norm.instance_norm %x scale(%scale : tensor<?xf32>) bias(%bias : tensor<?xf32>)
      layout = channels_first eps = 1.0e-5 outs(%y0, %s0, %s0 : tensor<?x?x?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>)
      : tensor<?x?x?x?xf32>
  return %y, %mean, %rstd : tensor<?x?x?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>
}

func.func @style_instance_norm_backward(%x: tensor<?x?x?x?xf32> {norm.name = "x"}, %dy: tensor<?x?x?x?xf32> {norm.name = "dy"},
    %scale: tensor<?xf32> {norm.name = "scale"}, %mean: tensor<?x?xf32> {norm.name = "mean"}, %rstd: tensor<?x?xf32> {norm.name = "rstd"})
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
  %dx, %dscale, %dbias = norm.instance_norm_backward %dy, %x stats(%mean, %rstd : tensor<?x?xf32>, tensor<?x?xf32>)
      scale(%scale : tensor<?xf32>) layout = channels_first gradients = [input, scale, bias]
      outs(%dx0, %p0, %p0 : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>)
      : tensor<?x?x?x?xf32>, tensor<?x?x?x?xf32>
  return %dx, %dscale, %dbias : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>
}
