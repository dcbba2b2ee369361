// ResNet-50's BatchNorm, epsilon 1e-5, momentum 0.1. Every size is known at run time, so these six kernels serve
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
  %s1 = tensor.empty(%c) : tensor<?xf32>
  %s2 = tensor.empty(%c) : tensor<?xf32>
  %s3 = tensor.empty(%c) : tensor<?xf32>
  %y:5 = norm.generic iter(n = %n, c = %c, h = %h, w = %w) reduce [n, h, w]
      ins(%x(n, c, h, w) : tensor<?x?x?x?xf32>, %scale(c) : tensor<?xf32>, %bias(c) : tensor<?xf32>,
          %running_mean(c) : tensor<?xf32>, %running_var(c) : tensor<?xf32>)
      outs(%y0(n, c, h, w) : tensor<?x?x?x?xf32>, %s0(c) : tensor<?xf32>, %s1(c) : tensor<?xf32>,
           %s2(c) : tensor<?xf32>, %s3(c) : tensor<?xf32>) min_count = 2 {
  ^bb0(%xf: !norm.field<f32, [n, h, w]>, %g: f32, %b: f32, %om: f32, %ov: f32):
    %cnt, %m, %m2 = norm.reduce moments (%xf : !norm.field<f32, [n, h, w]>) over [n, h, w]
        by shifted order = <lanes = 16, run = 2, segment = 64, runs = 2, blocks = 8> : f32, f32, f32
    %var = arith.divf %m2, %cnt : f32
    %eps = arith.constant 1.0e-5 : f32
    %v = arith.addf %var, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [n, h, w]>) -> !norm.field<f32, [n, h, w]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %1, %g : f32
      %3 = arith.addf %2, %b : f32
      norm.yield %3 : f32
    }
    %momentum = arith.constant 0.1 : f32
    %one = arith.constant 1.0 : f32
    %keep = arith.subf %one, %momentum : f32
    %less = arith.subf %cnt, %one : f32
    %unbiased = arith.divf %m2, %less : f32
    %4 = arith.mulf %keep, %om : f32
    %5 = arith.mulf %momentum, %m : f32
    %nm = arith.addf %4, %5 : f32
    %6 = arith.mulf %keep, %ov : f32
    %7 = arith.mulf %momentum, %unbiased : f32
    %nv = arith.addf %6, %7 : f32
    norm.yield %yf, %m, %r, %nm, %nv : !norm.field<f32, [n, h, w]>, f32, f32, f32, f32
  }
  return %y#0, %y#1, %y#2, %y#3, %y#4 : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>
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
  %y = norm.generic iter(n = %n, c = %c, h = %h, w = %w) reduce []
      ins(%x(n, c, h, w) : tensor<?x?x?x?xf32>, %scale(c) : tensor<?xf32>, %bias(c) : tensor<?xf32>,
          %mean(c) : tensor<?xf32>, %var(c) : tensor<?xf32>)
      outs(%y0(n, c, h, w) : tensor<?x?x?x?xf32>) {
  ^bb0(%a: f32, %g: f32, %b: f32, %m: f32, %va: f32):
    %eps = arith.constant 1.0e-5 : f32
    %v = arith.addf %va, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %0 = arith.subf %a, %m : f32
    %1 = arith.mulf %0, %r : f32
    %2 = arith.mulf %1, %g : f32
    %3 = arith.addf %2, %b : f32
    norm.yield %3 : f32
  }
  return %y : tensor<?x?x?x?xf32>
}

// Backward of training in NCHW. A channel is a group, so the gradients of scale and bias are plain
// results.
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
  %p1 = tensor.empty(%c) : tensor<?xf32>
  %dx, %dg, %db = norm.generic iter(n = %n, c = %c, h = %h, w = %w) reduce [n, h, w]
      ins(%x(n, c, h, w) : tensor<?x?x?x?xf32>, %dy(n, c, h, w) : tensor<?x?x?x?xf32>, %scale(c) : tensor<?xf32>,
          %mean(c) : tensor<?xf32>, %rstd(c) : tensor<?xf32>)
      outs(%dx0(n, c, h, w) : tensor<?x?x?x?xf32>, %p0(c) : tensor<?xf32>, %p1(c) : tensor<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [n, h, w]>, %d: !norm.field<f32, [n, h, w]>, %g: f32, %m: f32, %r: f32):
    %xhat, %dxh = norm.map (%a = %xf : !norm.field<f32, [n, h, w]>, %b = %d : !norm.field<f32, [n, h, w]>)
        -> !norm.field<f32, [n, h, w]>, !norm.field<f32, [n, h, w]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %b, %1 : f32
      norm.yield %1, %2 : f32, f32
    }
    %sd = norm.reduce sum (%d : !norm.field<f32, [n, h, w]>) over [n, h, w] order = <lanes = 16, run = 1> : f32
    %sdx = norm.reduce sum (%dxh : !norm.field<f32, [n, h, w]>) over [n, h, w] order = <lanes = 16, run = 1> : f32
    %cnt = norm.count [n, h, w] : f32
    %md = arith.divf %sd, %cnt : f32
    %mdx = arith.divf %sdx, %cnt : f32
    %gr = arith.mulf %g, %r : f32
    %dxf = norm.map (%xh = %xhat : !norm.field<f32, [n, h, w]>, %b = %d : !norm.field<f32, [n, h, w]>) -> !norm.field<f32, [n, h, w]> {
      %0 = arith.subf %b, %md : f32
      %1 = arith.mulf %xh, %mdx : f32
      %2 = arith.subf %0, %1 : f32
      %3 = arith.mulf %2, %gr : f32
      norm.yield %3 : f32
    }
    norm.yield %dxf, %sdx, %sd : !norm.field<f32, [n, h, w]>, f32, f32
  }
  return %dx, %dg, %db : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>
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
  %s1 = tensor.empty(%c) : tensor<?xf32>
  %s2 = tensor.empty(%c) : tensor<?xf32>
  %s3 = tensor.empty(%c) : tensor<?xf32>
  %y:5 = norm.generic iter(n = %n, c = %c, h = %h, w = %w) reduce [n, h, w]
      ins(%x(n, h, w, c) : tensor<?x?x?x?xf32>, %scale(c) : tensor<?xf32>, %bias(c) : tensor<?xf32>,
          %running_mean(c) : tensor<?xf32>, %running_var(c) : tensor<?xf32>)
      outs(%y0(n, h, w, c) : tensor<?x?x?x?xf32>, %s0(c) : tensor<?xf32>, %s1(c) : tensor<?xf32>,
           %s2(c) : tensor<?xf32>, %s3(c) : tensor<?xf32>) min_count = 2 {
  ^bb0(%xf: !norm.field<f32, [n, h, w]>, %g: f32, %b: f32, %om: f32, %ov: f32):
    %cnt, %m, %m2 = norm.reduce moments (%xf : !norm.field<f32, [n, h, w]>) over [n, h, w]
        by shifted order = <lanes = 1, segment = 32, blocks = 16> : f32, f32, f32
    %var = arith.divf %m2, %cnt : f32
    %eps = arith.constant 1.0e-5 : f32
    %v = arith.addf %var, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [n, h, w]>) -> !norm.field<f32, [n, h, w]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %1, %g : f32
      %3 = arith.addf %2, %b : f32
      norm.yield %3 : f32
    }
    %momentum = arith.constant 0.1 : f32
    %one = arith.constant 1.0 : f32
    %keep = arith.subf %one, %momentum : f32
    %less = arith.subf %cnt, %one : f32
    %unbiased = arith.divf %m2, %less : f32
    %4 = arith.mulf %keep, %om : f32
    %5 = arith.mulf %momentum, %m : f32
    %nm = arith.addf %4, %5 : f32
    %6 = arith.mulf %keep, %ov : f32
    %7 = arith.mulf %momentum, %unbiased : f32
    %nv = arith.addf %6, %7 : f32
    norm.yield %yf, %m, %r, %nm, %nv : !norm.field<f32, [n, h, w]>, f32, f32, f32, f32
  }
  return %y#0, %y#1, %y#2, %y#3, %y#4 : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>
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
  %y = norm.generic iter(n = %n, c = %c, h = %h, w = %w) reduce []
      ins(%x(n, h, w, c) : tensor<?x?x?x?xf32>, %scale(c) : tensor<?xf32>, %bias(c) : tensor<?xf32>,
          %mean(c) : tensor<?xf32>, %var(c) : tensor<?xf32>)
      outs(%y0(n, h, w, c) : tensor<?x?x?x?xf32>) {
  ^bb0(%a: f32, %g: f32, %b: f32, %m: f32, %va: f32):
    %eps = arith.constant 1.0e-5 : f32
    %v = arith.addf %va, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %0 = arith.subf %a, %m : f32
    %1 = arith.mulf %0, %r : f32
    %2 = arith.mulf %1, %g : f32
    %3 = arith.addf %2, %b : f32
    norm.yield %3 : f32
  }
  return %y : tensor<?x?x?x?xf32>
}

// Backward of training in NHWC. A channel is a group, so the gradients of scale and bias are plain
// results.
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
  %p1 = tensor.empty(%c) : tensor<?xf32>
  %dx, %dg, %db = norm.generic iter(n = %n, c = %c, h = %h, w = %w) reduce [n, h, w]
      ins(%x(n, h, w, c) : tensor<?x?x?x?xf32>, %dy(n, h, w, c) : tensor<?x?x?x?xf32>, %scale(c) : tensor<?xf32>,
          %mean(c) : tensor<?xf32>, %rstd(c) : tensor<?xf32>)
      outs(%dx0(n, h, w, c) : tensor<?x?x?x?xf32>, %p0(c) : tensor<?xf32>, %p1(c) : tensor<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [n, h, w]>, %d: !norm.field<f32, [n, h, w]>, %g: f32, %m: f32, %r: f32):
    %xhat, %dxh = norm.map (%a = %xf : !norm.field<f32, [n, h, w]>, %b = %d : !norm.field<f32, [n, h, w]>)
        -> !norm.field<f32, [n, h, w]>, !norm.field<f32, [n, h, w]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %b, %1 : f32
      norm.yield %1, %2 : f32, f32
    }
    %sd = norm.reduce sum (%d : !norm.field<f32, [n, h, w]>) over [n, h, w] order = <lanes = 1, segment = 32, blocks = 16> : f32
    %sdx = norm.reduce sum (%dxh : !norm.field<f32, [n, h, w]>) over [n, h, w] order = <lanes = 1, segment = 32, blocks = 16> : f32
    %cnt = norm.count [n, h, w] : f32
    %md = arith.divf %sd, %cnt : f32
    %mdx = arith.divf %sdx, %cnt : f32
    %gr = arith.mulf %g, %r : f32
    %dxf = norm.map (%xh = %xhat : !norm.field<f32, [n, h, w]>, %b = %d : !norm.field<f32, [n, h, w]>) -> !norm.field<f32, [n, h, w]> {
      %0 = arith.subf %b, %md : f32
      %1 = arith.mulf %xh, %mdx : f32
      %2 = arith.subf %0, %1 : f32
      %3 = arith.mulf %2, %gr : f32
      norm.yield %3 : f32
    }
    norm.yield %dxf, %sdx, %sd : !norm.field<f32, [n, h, w]>, f32, f32
  }
  return %dx, %dg, %db : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>
}
