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
  %s1 = tensor.empty(%n, %c) : tensor<?x?xf32>
  %y, %mean, %rstd = norm.generic iter(n = %n, c = %c, h = %h, w = %w) reduce [h, w]
      ins(%x(n, c, h, w) : tensor<?x?x?x?xf32>, %scale(c) : tensor<?xf32>, %bias(c) : tensor<?xf32>)
      outs(%y0(n, c, h, w) : tensor<?x?x?x?xf32>, %s0(n, c) : tensor<?x?xf32>, %s1(n, c) : tensor<?x?xf32>) {
  ^bb0(%xf: !norm.field<f32, [h, w]>, %g: f32, %b: f32):
    %cnt, %m, %m2 = norm.reduce moments (%xf : !norm.field<f32, [h, w]>) over [h, w]
        by two_pass order = <lanes = 16> : f32, f32, f32
    %var = arith.divf %m2, %cnt : f32
    %eps = arith.constant 1.0e-5 : f32
    %v = arith.addf %var, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [h, w]>) -> !norm.field<f32, [h, w]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %1, %g : f32
      %3 = arith.addf %2, %b : f32
      norm.yield %3 : f32
    }
    norm.yield %yf, %m, %r : !norm.field<f32, [h, w]>, f32, f32
  }
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
  %zero = arith.constant 0.0 : f32
  %dx0 = tensor.empty(%n, %c, %h, %w) : tensor<?x?x?x?xf32>
  %p0 = tensor.empty(%c) : tensor<?xf32>
  %dp0 = linalg.fill ins(%zero : f32) outs(%p0 : tensor<?xf32>) -> tensor<?xf32>
  %dx, %dg, %db = norm.generic iter(n = %n, c = %c, h = %h, w = %w) reduce [h, w]
      ins(%x(n, c, h, w) : tensor<?x?x?x?xf32>, %dy(n, c, h, w) : tensor<?x?x?x?xf32>, %scale(c) : tensor<?xf32>,
          %mean(n, c) : tensor<?x?xf32>, %rstd(n, c) : tensor<?x?xf32>)
      outs(%dx0(n, c, h, w) : tensor<?x?x?x?xf32>, %dp0(c) acc <lanes = 1> : tensor<?xf32>,
           %dp0(c) acc <lanes = 1> : tensor<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [h, w]>, %d: !norm.field<f32, [h, w]>, %g: f32, %m: f32, %r: f32):
    %xhat, %dxh = norm.map (%a = %xf : !norm.field<f32, [h, w]>, %b = %d : !norm.field<f32, [h, w]>) -> !norm.field<f32, [h, w]>, !norm.field<f32, [h, w]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %b, %1 : f32
      norm.yield %1, %2 : f32, f32
    }
    %sd = norm.reduce sum (%d : !norm.field<f32, [h, w]>) over [h, w] order = <lanes = 16> : f32
    %sdx = norm.reduce sum (%dxh : !norm.field<f32, [h, w]>) over [h, w] order = <lanes = 16> : f32
    %cnt = norm.count [h, w] : f32
    %md = arith.divf %sd, %cnt : f32
    %mdx = arith.divf %sdx, %cnt : f32
    %gr = arith.mulf %g, %r : f32
    %dxf = norm.map (%xh = %xhat : !norm.field<f32, [h, w]>, %b = %d : !norm.field<f32, [h, w]>) -> !norm.field<f32, [h, w]> {
      %0 = arith.subf %b, %md : f32
      %1 = arith.mulf %xh, %mdx : f32
      %2 = arith.subf %0, %1 : f32
      %3 = arith.mulf %2, %gr : f32
      norm.yield %3 : f32
    }
    norm.yield %dxf, %sdx, %sd : !norm.field<f32, [h, w]>, f32, f32
  }
  return %dx, %dg, %db : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>
}
