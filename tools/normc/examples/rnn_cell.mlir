// A layer-normalized RNN cell with 512 hidden units: tanh(layer_norm(W_hh h + W_xh x)). The two matrix
// products are the inputs `hidden` and `input`; add, norm and activation are one kernel.

func.func @rnn_cell(%hidden: tensor<?x512xf32> {norm.name = "hidden"},
    %input: tensor<?x512xf32> {norm.name = "input"},
    %scale: tensor<512xf32> {norm.name = "scale"},
    %bias: tensor<512xf32> {norm.name = "bias"})
    -> (tensor<?x512xf32> {norm.name = "y"}, tensor<?x512xf32> {norm.name = "sum"}, tensor<?xf32> {norm.name = "mean"}, tensor<?xf32> {norm.name = "rstd"}) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %hidden, %c0 : tensor<?x512xf32>
  %y0 = tensor.empty(%rows) : tensor<?x512xf32>
  %s0 = tensor.empty(%rows) : tensor<?x512xf32>
  %m0 = tensor.empty(%rows) : tensor<?xf32>
  %r0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %sum, %mean, %rstd = norm.generic iter(r = %rows, c = 512) reduce [c]
      ins(%hidden(r, c) : tensor<?x512xf32>,
          %input(r, c) : tensor<?x512xf32>,
          %scale(c) : tensor<512xf32>,
          %bias(c) : tensor<512xf32>)
      outs(%y0(r, c) : tensor<?x512xf32>, %s0(r, c) : tensor<?x512xf32>,
           %m0(r) : tensor<?xf32>, %r0(r) : tensor<?xf32>) {
  ^bb0(%hiddenf: !norm.field<f32, [c]>, %inputf: !norm.field<f32, [c]>, %scalef: !norm.field<f32, [c]>, %biasf: !norm.field<f32, [c]>):
    %xs = norm.map (%hiddene = %hiddenf : !norm.field<f32, [c]>, %inpute = %inputf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.addf %hiddene, %inpute : f32
      norm.yield %0 : f32
    }
    %n, %m, %m2 = norm.reduce moments (%xs : !norm.field<f32, [c]>) over [c] : f32, f32, f32
    %var = arith.divf %m2, %n : f32
    %eps = arith.constant 1.0e-5 : f32
    %v = arith.addf %var, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %xs : !norm.field<f32, [c]>, %w = %scalef : !norm.field<f32, [c]>, %b = %biasf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %1, %w : f32
      %u = arith.addf %2, %b : f32
      %4 = math.tanh %u : f32
      norm.yield %4 : f32
    }
    norm.yield %yf, %xs, %m, %r : !norm.field<f32, [c]>, !norm.field<f32, [c]>, f32, f32
  }
  return %y, %sum, %mean, %rstd : tensor<?x512xf32>, tensor<?x512xf32>, tensor<?xf32>, tensor<?xf32>
}

// x is the sum that the forward kept; dx is the gradient of both products.
func.func @rnn_cell_backward(%x: tensor<?x512xf32> {norm.name = "x"},
    %dy: tensor<?x512xf32> {norm.name = "dy"},
    %scale: tensor<512xf32> {norm.name = "scale"},
    %bias: tensor<512xf32> {norm.name = "bias"},
    %mean: tensor<?xf32> {norm.name = "mean"},
    %rstd: tensor<?xf32> {norm.name = "rstd"})
    -> (tensor<?x512xf32> {norm.name = "dx"}, tensor<512xf32> {norm.name = "dscale"}, tensor<512xf32> {norm.name = "dbias"}) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x512xf32>
  %dx0 = tensor.empty(%rows) : tensor<?x512xf32>
  %zero = arith.constant 0.0 : f32
  %p0 = tensor.empty() : tensor<512xf32>
  %g0 = linalg.fill ins(%zero : f32) outs(%p0 : tensor<512xf32>) -> tensor<512xf32>
  %dx, %dg, %db = norm.generic iter(r = %rows, c = 512) reduce [c]
      ins(%x(r, c) : tensor<?x512xf32>,
          %dy(r, c) : tensor<?x512xf32>,
          %scale(c) : tensor<512xf32>,
          %bias(c) : tensor<512xf32>,
          %mean(r) : tensor<?xf32>,
          %rstd(r) : tensor<?xf32>)
      outs(%dx0(r, c) : tensor<?x512xf32>,
           %g0(c) acc : tensor<512xf32>,
           %g0(c) acc : tensor<512xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %dyf: !norm.field<f32, [c]>, %scalef: !norm.field<f32, [c]>, %biasf: !norm.field<f32, [c]>, %meanf: f32, %rstdf: f32):
    %xhat, %d1, %g, %gx, %dgf = norm.map (%a = %xf : !norm.field<f32, [c]>, %d = %dyf : !norm.field<f32, [c]>, %w = %scalef : !norm.field<f32, [c]>, %b = %biasf : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %0 = arith.subf %a, %meanf : f32
      %xh = arith.mulf %0, %rstdf : f32
      %s1 = arith.mulf %xh, %w : f32
      %u = arith.addf %s1, %b : f32
      %th = math.tanh %u : f32
      %tt = arith.mulf %th, %th : f32
      %one = arith.constant 1.0 : f32
      %slope = arith.subf %one, %tt : f32
      %da = arith.mulf %d, %slope : f32
      %1 = arith.mulf %da, %w : f32
      %2 = arith.mulf %1, %xh : f32
      %3 = arith.mulf %da, %xh : f32
      norm.yield %xh, %da, %1, %2, %3 : f32, f32, f32, f32, f32
    }
    %sg = norm.reduce sum (%g : !norm.field<f32, [c]>) over [c] : f32
    %sgx = norm.reduce sum (%gx : !norm.field<f32, [c]>) over [c] : f32
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
  return %dx, %dg, %db : tensor<?x512xf32>, tensor<512xf32>, tensor<512xf32>
}
