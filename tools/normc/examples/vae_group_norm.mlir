// The decoder of a diffusion model's VAE: GroupNorm with 32 groups of 512 channels at 64 x 64, epsilon 1e-6,
// scale and bias per channel, and its backward.

func.func @vae_group_norm(%x: tensor<?x512x64x64xf32> {norm.name = "x"}, %scale: tensor<512xf32> {norm.name = "scale"},
    %bias: tensor<512xf32> {norm.name = "bias"})
    -> (tensor<?x512x64x64xf32> {norm.name = "y"}, tensor<?x32xf32> {norm.name = "mean"}, tensor<?x32xf32> {norm.name = "rstd"}) {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x512x64x64xf32>
  %y0 = tensor.empty(%n) : tensor<?x512x64x64xf32>
  %s0 = tensor.empty(%n) : tensor<?x32xf32>
  %s1 = tensor.empty(%n) : tensor<?x32xf32>
  %y, %mean, %rstd = norm.generic iter(n = %n, g = 32, c = 16, h = 64, w = 64) reduce [c, h, w]
      ins(%x(n, [g c], h, w) : tensor<?x512x64x64xf32>, %scale([g c]) : tensor<512xf32>, %bias([g c]) : tensor<512xf32>)
      outs(%y0(n, [g c], h, w) : tensor<?x512x64x64xf32>, %s0(n, g) : tensor<?x32xf32>, %s1(n, g) : tensor<?x32xf32>) {
  ^bb0(%xf: !norm.field<f32, [c, h, w]>, %gf: !norm.field<f32, [c]>, %bf: !norm.field<f32, [c]>):
    %cnt, %m, %m2 = norm.reduce moments (%xf : !norm.field<f32, [c, h, w]>) over [c, h, w]
        by two_pass order = <lanes = 16> : f32, f32, f32
    %var = arith.divf %m2, %cnt : f32
    %eps = arith.constant 1.0e-6 : f32
    %v = arith.addf %var, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [c, h, w]>, %ga = %gf : !norm.field<f32, [c]>, %be = %bf : !norm.field<f32, [c]>) -> !norm.field<f32, [c, h, w]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %1, %ga : f32
      %3 = arith.addf %2, %be : f32
      norm.yield %3 : f32
    }
    norm.yield %yf, %m, %r : !norm.field<f32, [c, h, w]>, f32, f32
  }
  return %y, %mean, %rstd : tensor<?x512x64x64xf32>, tensor<?x32xf32>, tensor<?x32xf32>
}

// The sums over a channel give the gradients of scale and bias, and, weighted by the scale, the group's sums.
func.func @vae_group_norm_backward(%x: tensor<?x512x64x64xf32> {norm.name = "x"}, %dy: tensor<?x512x64x64xf32> {norm.name = "dy"},
    %scale: tensor<512xf32> {norm.name = "scale"}, %mean: tensor<?x32xf32> {norm.name = "mean"}, %rstd: tensor<?x32xf32> {norm.name = "rstd"})
    -> (tensor<?x512x64x64xf32> {norm.name = "dx"}, tensor<512xf32> {norm.name = "dscale"}, tensor<512xf32> {norm.name = "dbias"}) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %n = tensor.dim %x, %c0 : tensor<?x512x64x64xf32>
  %dx0 = tensor.empty(%n) : tensor<?x512x64x64xf32>
  %p0 = tensor.empty() : tensor<512xf32>
  %dp0 = linalg.fill ins(%zero : f32) outs(%p0 : tensor<512xf32>) -> tensor<512xf32>
  %dx, %dg, %db = norm.generic iter(n = %n, g = 32, c = 16, h = 64, w = 64) reduce [c, h, w]
      ins(%x(n, [g c], h, w) : tensor<?x512x64x64xf32>, %dy(n, [g c], h, w) : tensor<?x512x64x64xf32>,
          %scale([g c]) : tensor<512xf32>, %mean(n, g) : tensor<?x32xf32>, %rstd(n, g) : tensor<?x32xf32>)
      outs(%dx0(n, [g c], h, w) : tensor<?x512x64x64xf32>, %dp0([g c]) acc <lanes = 1> : tensor<512xf32>,
           %dp0([g c]) acc <lanes = 1> : tensor<512xf32>) {
  ^bb0(%xf: !norm.field<f32, [c, h, w]>, %df: !norm.field<f32, [c, h, w]>, %gf: !norm.field<f32, [c]>, %m: f32, %r: f32):
    %xhat, %dxh = norm.map (%a = %xf : !norm.field<f32, [c, h, w]>, %d = %df : !norm.field<f32, [c, h, w]>) -> !norm.field<f32, [c, h, w]>, !norm.field<f32, [c, h, w]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %d, %1 : f32
      norm.yield %1, %2 : f32, f32
    }
    %sd = norm.reduce sum (%df : !norm.field<f32, [c, h, w]>) over [h, w] order = <lanes = 16> : !norm.field<f32, [c]>
    %sdx = norm.reduce sum (%dxh : !norm.field<f32, [c, h, w]>) over [h, w] order = <lanes = 16> : !norm.field<f32, [c]>
    %wd, %wdx = norm.map (%s = %sd : !norm.field<f32, [c]>, %t = %sdx : !norm.field<f32, [c]>, %ga = %gf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %0 = arith.mulf %s, %ga : f32
      %1 = arith.mulf %t, %ga : f32
      norm.yield %0, %1 : f32, f32
    }
    %sg = norm.reduce sum (%wd : !norm.field<f32, [c]>) over [c] order = <lanes = 1> : f32
    %sgx = norm.reduce sum (%wdx : !norm.field<f32, [c]>) over [c] order = <lanes = 1> : f32
    %cnt = norm.count [c, h, w] : f32
    %mg = arith.divf %sg, %cnt : f32
    %mgx = arith.divf %sgx, %cnt : f32
    %dxf = norm.map (%xh = %xhat : !norm.field<f32, [c, h, w]>, %d = %df : !norm.field<f32, [c, h, w]>, %ga = %gf : !norm.field<f32, [c]>) -> !norm.field<f32, [c, h, w]> {
      %0 = arith.mulf %d, %ga : f32
      %1 = arith.subf %0, %mg : f32
      %2 = arith.mulf %xh, %mgx : f32
      %3 = arith.subf %1, %2 : f32
      %4 = arith.mulf %3, %r : f32
      norm.yield %4 : f32
    }
    norm.yield %dxf, %sdx, %sd : !norm.field<f32, [c, h, w]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %dx, %dg, %db : tensor<?x512x64x64xf32>, tensor<512xf32>, tensor<512xf32>
}
