// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt --canonicalize | FileCheck %s

// Batch norm: training with running statistics in both layouts (only the accesses differ), inference
// (nothing is reduced), and the backward pass.

// CHECK-LABEL: func @bn_nchw
// CHECK: norm.generic iter(n = %{{.*}}, c = %{{.*}}, h = %{{.*}}, w = %{{.*}}) reduce [n, h, w]
// CHECK: min_count = 2
func.func @bn_nchw(%x: tensor<?x?x?x?xf32>, %gamma: tensor<?xf32>, %beta: tensor<?xf32>,
    %rm: tensor<?xf32>, %rv: tensor<?xf32>)
    -> (tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>) {
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
  %y:5 = norm.generic iter(n = %n, c = %c, h = %h, w = %w) reduce [n, h, w]
      ins(%x(n, c, h, w) : tensor<?x?x?x?xf32>, %gamma(c) : tensor<?xf32>, %beta(c) : tensor<?xf32>,
          %rm(c) : tensor<?xf32>, %rv(c) : tensor<?xf32>)
      outs(%y0(n, c, h, w) : tensor<?x?x?x?xf32>, %s0(c) : tensor<?xf32>, %s0(c) : tensor<?xf32>,
           %s0(c) : tensor<?xf32>, %s0(c) : tensor<?xf32>) min_count = 2 {
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
    // new = (1 - 0.1) * old + 0.1 * batch, with the unbiased variance (PyTorch).
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
    norm.yield %yf, %m, %var, %nm, %nv : !norm.field<f32, [n, h, w]>, f32, f32, f32, f32
  }
  return %y#0, %y#1, %y#2, %y#3, %y#4
      : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>
}

// CHECK-LABEL: func @bn_nhwc
// CHECK: norm.generic iter(n = %{{.*}}, c = %{{.*}}, h = %{{.*}}, w = %{{.*}}) reduce [n, h, w]
// CHECK: min_count = 2
func.func @bn_nhwc(%x: tensor<?x?x?x?xf32>, %gamma: tensor<?xf32>, %beta: tensor<?xf32>,
    %rm: tensor<?xf32>, %rv: tensor<?xf32>)
    -> (tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %n = tensor.dim %x, %c0 : tensor<?x?x?x?xf32>
  %h = tensor.dim %x, %c1 : tensor<?x?x?x?xf32>
  %w = tensor.dim %x, %c2 : tensor<?x?x?x?xf32>
  %c = tensor.dim %x, %c3 : tensor<?x?x?x?xf32>
  %y0 = tensor.empty(%n, %h, %w, %c) : tensor<?x?x?x?xf32>
  %s0 = tensor.empty(%c) : tensor<?xf32>
  %y:5 = norm.generic iter(n = %n, c = %c, h = %h, w = %w) reduce [n, h, w]
      ins(%x(n, h, w, c) : tensor<?x?x?x?xf32>, %gamma(c) : tensor<?xf32>, %beta(c) : tensor<?xf32>,
          %rm(c) : tensor<?xf32>, %rv(c) : tensor<?xf32>)
      outs(%y0(n, h, w, c) : tensor<?x?x?x?xf32>, %s0(c) : tensor<?xf32>, %s0(c) : tensor<?xf32>,
           %s0(c) : tensor<?xf32>, %s0(c) : tensor<?xf32>) min_count = 2 {
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
    // new = (1 - 0.1) * old + 0.1 * batch, with the unbiased variance (PyTorch).
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
    norm.yield %yf, %m, %var, %nm, %nv : !norm.field<f32, [n, h, w]>, f32, f32, f32, f32
  }
  return %y#0, %y#1, %y#2, %y#3, %y#4
      : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>
}

// CHECK-LABEL: func @bn_inference
// CHECK: reduce []
func.func @bn_inference(%x: tensor<?x?x?x?xbf16>, %gamma: tensor<?xf32>, %beta: tensor<?xf32>,
    %rm: tensor<?xf32>, %rv: tensor<?xf32>) -> tensor<?x?x?x?xbf16> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %n = tensor.dim %x, %c0 : tensor<?x?x?x?xbf16>
  %c = tensor.dim %x, %c1 : tensor<?x?x?x?xbf16>
  %h = tensor.dim %x, %c2 : tensor<?x?x?x?xbf16>
  %w = tensor.dim %x, %c3 : tensor<?x?x?x?xbf16>
  %y0 = tensor.empty(%n, %c, %h, %w) : tensor<?x?x?x?xbf16>
  %y = norm.generic iter(n = %n, c = %c, h = %h, w = %w) reduce []
      ins(%x(n, c, h, w) : tensor<?x?x?x?xbf16>, %gamma(c) : tensor<?xf32>,
          %beta(c) : tensor<?xf32>, %rm(c) : tensor<?xf32>, %rv(c) : tensor<?xf32>)
      outs(%y0(n, c, h, w) : tensor<?x?x?x?xbf16>) {
  ^bb0(%xb: bf16, %g: f32, %b: f32, %m: f32, %var: f32):
    %eps = arith.constant 1.0e-5 : f32
    %v = arith.addf %var, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %e = arith.extf %xb : bf16 to f32
    %0 = arith.subf %e, %m : f32
    %1 = arith.mulf %0, %r : f32
    %2 = arith.mulf %1, %g : f32
    %3 = arith.addf %2, %b : f32
    %4 = arith.truncf %3 : f32 to bf16
    norm.yield %4 : bf16
  }
  return %y : tensor<?x?x?x?xbf16>
}

// A channel is a group, so dgamma and dbeta are plain results: nothing is left to accumulate.
// CHECK-LABEL: func @bn_backward
// CHECK-NOT: acc
func.func @bn_backward(%x: tensor<?x?x?xf32>, %dy: tensor<?x?x?xf32>, %gamma: tensor<?xf32>,
    %mean: tensor<?xf32>, %var: tensor<?xf32>)
    -> (tensor<?x?x?xf32>, tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %n = tensor.dim %x, %c0 : tensor<?x?x?xf32>
  %c = tensor.dim %x, %c1 : tensor<?x?x?xf32>
  %l = tensor.dim %x, %c2 : tensor<?x?x?xf32>
  %dx0 = tensor.empty(%n, %c, %l) : tensor<?x?x?xf32>
  %p0 = tensor.empty(%c) : tensor<?xf32>
  %dx, %dg, %db = norm.generic iter(n = %n, c = %c, l = %l) reduce [n, l]
      ins(%x(n, c, l) : tensor<?x?x?xf32>, %dy(n, c, l) : tensor<?x?x?xf32>,
          %gamma(c) : tensor<?xf32>, %mean(c) : tensor<?xf32>, %var(c) : tensor<?xf32>)
      outs(%dx0(n, c, l) : tensor<?x?x?xf32>, %p0(c) : tensor<?xf32>, %p0(c) : tensor<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [n, l]>, %d: !norm.field<f32, [n, l]>, %g: f32, %m: f32, %va: f32):
    %eps = arith.constant 1.0e-5 : f32
    %v = arith.addf %va, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %xhat, %dxh = norm.map (%a = %xf : !norm.field<f32, [n, l]>, %b = %d : !norm.field<f32, [n, l]>)
        -> !norm.field<f32, [n, l]>, !norm.field<f32, [n, l]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %b, %1 : f32
      norm.yield %1, %2 : f32, f32
    }
    %sd = norm.reduce sum (%d : !norm.field<f32, [n, l]>) over [n, l]
        order = <lanes = 16, run = 1> : f32
    %sdx = norm.reduce sum (%dxh : !norm.field<f32, [n, l]>) over [n, l]
        order = <lanes = 16, run = 1> : f32
    %cnt = norm.count [n, l] : f32
    %md = arith.divf %sd, %cnt : f32
    %mdx = arith.divf %sdx, %cnt : f32
    %gr = arith.mulf %g, %r : f32
    %dxf = norm.map (%xh = %xhat : !norm.field<f32, [n, l]>, %b = %d : !norm.field<f32, [n, l]>)
        -> !norm.field<f32, [n, l]> {
      %0 = arith.subf %b, %md : f32
      %1 = arith.mulf %xh, %mdx : f32
      %2 = arith.subf %0, %1 : f32
      %3 = arith.mulf %2, %gr : f32
      norm.yield %3 : f32
    }
    norm.yield %dxf, %sdx, %sd : !norm.field<f32, [n, l]>, f32, f32
  }
  return %dx, %dg, %db : tensor<?x?x?xf32>, tensor<?xf32>, tensor<?xf32>
}
