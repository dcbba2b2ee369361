// A feed-forward block: layer_norm(gelu(x + b)) with 3072 features, the exact gelu with erf; one kernel.

func.func @feed_forward(%x: tensor<?x3072xf32> {norm.name = "x"},
    %b: tensor<3072xf32> {norm.name = "b"},
    %scale: tensor<3072xf32> {norm.name = "scale"},
    %bias: tensor<3072xf32> {norm.name = "bias"})
    -> (tensor<?x3072xf32> {norm.name = "y"}, tensor<?x3072xf32> {norm.name = "sum"}, tensor<?xf32> {norm.name = "mean"}, tensor<?xf32> {norm.name = "rstd"}) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x3072xf32>
  %y0 = tensor.empty(%rows) : tensor<?x3072xf32>
  %s0 = tensor.empty(%rows) : tensor<?x3072xf32>
  %m0 = tensor.empty(%rows) : tensor<?xf32>
  %r0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %sum, %mean, %rstd = norm.generic iter(r = %rows, c = 3072) reduce [c]
      ins(%x(r, c) : tensor<?x3072xf32>,
          %b(c) : tensor<3072xf32>,
          %scale(c) : tensor<3072xf32>,
          %bias(c) : tensor<3072xf32>)
      outs(%y0(r, c) : tensor<?x3072xf32>, %s0(r, c) : tensor<?x3072xf32>,
           %m0(r) : tensor<?xf32>, %r0(r) : tensor<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %bf: !norm.field<f32, [c]>, %scalef: !norm.field<f32, [c]>, %biasf: !norm.field<f32, [c]>):
    %xs = norm.map (%xe = %xf : !norm.field<f32, [c]>, %be = %bf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %s = arith.addf %xe, %be : f32
      %half = arith.constant 0.5 : f32
      %one = arith.constant 1.0 : f32
      %rsqrt2 = arith.constant 0.70710678118654752 : f32
      %0 = arith.mulf %s, %rsqrt2 : f32
      %1 = math.erf %0 : f32
      %2 = arith.addf %1, %one : f32
      %3 = arith.mulf %s, %half : f32
      %4 = arith.mulf %3, %2 : f32
      norm.yield %4 : f32
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
      norm.yield %u : f32
    }
    norm.yield %yf, %xs, %m, %r : !norm.field<f32, [c]>, !norm.field<f32, [c]>, f32, f32
  }
  return %y, %sum, %mean, %rstd : tensor<?x3072xf32>, tensor<?x3072xf32>, tensor<?xf32>, tensor<?xf32>
}

// Its backward. gelu's slope at s = x + b is (1 + erf(s / sqrt 2)) / 2 + s exp(-s * s / 2) / sqrt(2 pi).
func.func @feed_forward_backward(%x: tensor<?x3072xf32> {norm.name = "x"}, %b: tensor<3072xf32> {norm.name = "b"},
    %dy: tensor<?x3072xf32> {norm.name = "dy"}, %scale: tensor<3072xf32> {norm.name = "scale"},
    %mean: tensor<?xf32> {norm.name = "mean"}, %rstd: tensor<?xf32> {norm.name = "rstd"})
    -> (tensor<?x3072xf32> {norm.name = "dx"}, tensor<3072xf32> {norm.name = "db"}, tensor<3072xf32> {norm.name = "dscale"}, tensor<3072xf32> {norm.name = "dbias"}) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x3072xf32>
  %dx0 = tensor.empty(%rows) : tensor<?x3072xf32>
  %zero = arith.constant 0.0 : f32
  %p0 = tensor.empty() : tensor<3072xf32>
  %g0 = linalg.fill ins(%zero : f32) outs(%p0 : tensor<3072xf32>) -> tensor<3072xf32>
  %dx, %db, %dscale, %dbias = norm.generic iter(r = %rows, c = 3072) reduce [c]
      ins(%x(r, c) : tensor<?x3072xf32>, %b(c) : tensor<3072xf32>, %dy(r, c) : tensor<?x3072xf32>,
          %scale(c) : tensor<3072xf32>, %mean(r) : tensor<?xf32>, %rstd(r) : tensor<?xf32>)
      outs(%dx0(r, c) : tensor<?x3072xf32>,
           %g0(c) acc : tensor<3072xf32>,
           %g0(c) acc : tensor<3072xf32>,
           %g0(c) acc : tensor<3072xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %bf: !norm.field<f32, [c]>, %dyf: !norm.field<f32, [c]>, %wf: !norm.field<f32, [c]>, %m: f32, %r: f32):
    %xhat, %slope, %g, %gx, %dgf = norm.map (%xe = %xf : !norm.field<f32, [c]>, %be = %bf : !norm.field<f32, [c]>,
        %d = %dyf : !norm.field<f32, [c]>, %w = %wf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %s = arith.addf %xe, %be : f32
      %half = arith.constant 0.5 : f32
      %one = arith.constant 1.0 : f32
      %rsqrt2 = arith.constant 0.70710678118654752 : f32
      %rsqrt2pi = arith.constant 0.39894228040143268 : f32
      %0 = arith.mulf %s, %rsqrt2 : f32
      %1 = math.erf %0 : f32
      %2 = arith.addf %1, %one : f32
      %3 = arith.mulf %s, %half : f32
      %gelu = arith.mulf %3, %2 : f32
      %4 = arith.mulf %2, %half : f32
      %5 = arith.mulf %3, %s : f32
      %6 = arith.negf %5 : f32
      %7 = math.exp %6 : f32
      %8 = arith.mulf %7, %rsqrt2pi : f32
      %9 = arith.mulf %8, %s : f32
      %slope1 = arith.addf %4, %9 : f32
      %10 = arith.subf %gelu, %m : f32
      %xh = arith.mulf %10, %r : f32
      %11 = arith.mulf %d, %w : f32
      %12 = arith.mulf %11, %xh : f32
      %13 = arith.mulf %d, %xh : f32
      norm.yield %xh, %slope1, %11, %12, %13 : f32, f32, f32, f32, f32
    }
    %sg = norm.reduce sum (%g : !norm.field<f32, [c]>) over [c] : f32
    %sgx = norm.reduce sum (%gx : !norm.field<f32, [c]>) over [c] : f32
    %n = norm.count [c] : f32
    %mg = arith.divf %sg, %n : f32
    %mgx = arith.divf %sgx, %n : f32
    %dxf = norm.map (%h = %xhat : !norm.field<f32, [c]>, %gg = %g : !norm.field<f32, [c]>, %sl = %slope : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.subf %gg, %mg : f32
      %1 = arith.mulf %h, %mgx : f32
      %2 = arith.subf %0, %1 : f32
      %3 = arith.mulf %2, %r : f32
      %4 = arith.mulf %3, %sl : f32
      norm.yield %4 : f32
    }
    norm.yield %dxf, %dxf, %dgf, %dyf : !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %dx, %db, %dscale, %dbias : tensor<?x3072xf32>, tensor<3072xf32>, tensor<3072xf32>, tensor<3072xf32>
}
