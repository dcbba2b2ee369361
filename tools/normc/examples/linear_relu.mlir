// The output of a linear layer (batch 4, 20 features), normalized, then ReLU.

func.func @linear_relu(%x: tensor<4x20xf32> {norm.name = "x"},
    %scale: tensor<20xf32> {norm.name = "scale"},
    %bias: tensor<20xf32> {norm.name = "bias"})
    -> (tensor<4x20xf32> {norm.name = "y"}, tensor<4xf32> {norm.name = "mean"}, tensor<4xf32> {norm.name = "rstd"}) {
  %y0 = tensor.empty() : tensor<4x20xf32>
  %m0 = tensor.empty() : tensor<4xf32>
  %r0 = tensor.empty() : tensor<4xf32>
  %y, %mean, %rstd = norm.generic iter(r = 4, c = 20) reduce [c]
      ins(%x(r, c) : tensor<4x20xf32>,
          %scale(c) : tensor<20xf32>,
          %bias(c) : tensor<20xf32>)
      outs(%y0(r, c) : tensor<4x20xf32>,
           %m0(r) : tensor<4xf32>, %r0(r) : tensor<4xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %scalef: !norm.field<f32, [c]>, %biasf: !norm.field<f32, [c]>):
    %n, %m, %m2 = norm.reduce moments (%xf : !norm.field<f32, [c]>) over [c] : f32, f32, f32
    %var = arith.divf %m2, %n : f32
    %eps = arith.constant 1.0e-5 : f32
    %v = arith.addf %var, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [c]>, %w = %scalef : !norm.field<f32, [c]>, %b = %biasf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %1, %w : f32
      %u = arith.addf %2, %b : f32
      %zero = arith.constant 0.0 : f32
      %4 = arith.maximumf %u, %zero : f32
      norm.yield %4 : f32
    }
    norm.yield %yf, %m, %r : !norm.field<f32, [c]>, f32, f32
  }
  return %y, %mean, %rstd : tensor<4x20xf32>, tensor<4xf32>, tensor<4xf32>
}

// The gradient passes where the normalized value is positive.
func.func @linear_relu_backward(%x: tensor<4x20xf32> {norm.name = "x"},
    %dy: tensor<4x20xf32> {norm.name = "dy"},
    %scale: tensor<20xf32> {norm.name = "scale"},
    %bias: tensor<20xf32> {norm.name = "bias"},
    %mean: tensor<4xf32> {norm.name = "mean"},
    %rstd: tensor<4xf32> {norm.name = "rstd"})
    -> (tensor<4x20xf32> {norm.name = "dx"}, tensor<20xf32> {norm.name = "dscale"}, tensor<20xf32> {norm.name = "dbias"}) {
  %dx0 = tensor.empty() : tensor<4x20xf32>
  %zero = arith.constant 0.0 : f32
  %p0 = tensor.empty() : tensor<20xf32>
  %g0 = linalg.fill ins(%zero : f32) outs(%p0 : tensor<20xf32>) -> tensor<20xf32>
  %dx, %dg, %db = norm.generic iter(r = 4, c = 20) reduce [c]
      ins(%x(r, c) : tensor<4x20xf32>,
          %dy(r, c) : tensor<4x20xf32>,
          %scale(c) : tensor<20xf32>,
          %bias(c) : tensor<20xf32>,
          %mean(r) : tensor<4xf32>,
          %rstd(r) : tensor<4xf32>)
      outs(%dx0(r, c) : tensor<4x20xf32>,
           %g0(c) acc : tensor<20xf32>,
           %g0(c) acc : tensor<20xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %dyf: !norm.field<f32, [c]>, %scalef: !norm.field<f32, [c]>, %biasf: !norm.field<f32, [c]>, %meanf: f32, %rstdf: f32):
    %xhat, %d1, %g, %gx, %dgf = norm.map (%a = %xf : !norm.field<f32, [c]>, %d = %dyf : !norm.field<f32, [c]>, %w = %scalef : !norm.field<f32, [c]>, %b = %biasf : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %0 = arith.subf %a, %meanf : f32
      %xh = arith.mulf %0, %rstdf : f32
      %s1 = arith.mulf %xh, %w : f32
      %u = arith.addf %s1, %b : f32
      %zero1 = arith.constant 0.0 : f32
      %on = arith.cmpf ogt, %u, %zero1 : f32
      %da = arith.select %on, %d, %zero1 : f32
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
  return %dx, %dg, %db : tensor<4x20xf32>, tensor<20xf32>, tensor<20xf32>
}
