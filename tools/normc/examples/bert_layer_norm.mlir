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
  %zero = arith.constant 0.0 : f32
  %p0 = tensor.empty() : tensor<768xf32>
  %g0 = linalg.fill ins(%zero : f32) outs(%p0 : tensor<768xf32>) -> tensor<768xf32>
  %dx, %dg, %db = norm.generic iter(r = %rows, c = 768) reduce [c]
      ins(%x(r, c) : tensor<?x768xf32>,
          %dy(r, c) : tensor<?x768xf32>,
          %scale(c) : tensor<768xf32>,
          %mean(r) : tensor<?xf32>,
          %rstd(r) : tensor<?xf32>)
      outs(%dx0(r, c) : tensor<?x768xf32>,
           %g0(c) acc <lanes = 1, segment = 64, blocks = 64> : tensor<768xf32>,
           %g0(c) acc <lanes = 1, segment = 64, blocks = 64> : tensor<768xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %dyf: !norm.field<f32, [c]>, %scalef: !norm.field<f32, [c]>, %meanf: f32, %rstdf: f32):
    %xhat, %d1, %g, %gx, %dgf = norm.map (%a = %xf : !norm.field<f32, [c]>, %d = %dyf : !norm.field<f32, [c]>, %w = %scalef : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %0 = arith.subf %a, %meanf : f32
      %xh = arith.mulf %0, %rstdf : f32
      %1 = arith.mulf %d, %w : f32
      %2 = arith.mulf %1, %xh : f32
      %3 = arith.mulf %d, %xh : f32
      norm.yield %xh, %d, %1, %2, %3 : f32, f32, f32, f32, f32
    }
    %sg = norm.reduce sum (%g : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %sgx = norm.reduce sum (%gx : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %n = norm.count [c] : f32
    %mg = arith.divf %sg, %n : f32
    %mgx = arith.divf %sgx, %n : f32
    %dxf = norm.map (%h = %xhat : !norm.field<f32, [c]>, %gg = %g : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.subf %gg, %mg : f32
      %1 = arith.mulf %h, %mgx : f32
      %2 = arith.subf %0, %1 : f32
      %3 = arith.mulf %2, %rstdf : f32
      norm.yield %3 : f32
    }
    norm.yield %dxf, %dgf, %d1 : !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %dx, %dg, %db : tensor<?x768xf32>, tensor<768xf32>, tensor<768xf32>
}
