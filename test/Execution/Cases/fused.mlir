// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt --canonicalize | FileCheck %s

// Forward programs with their neighbours, whose gradients derive-backward.py makes and compares with differences. Orders are
// the target's.

// Residual and bias, layer norm, GELU by tanh; the sum is a result too.
// CHECK-LABEL: func @gelu_tanh
func.func @gelu_tanh(%x: tensor<?x?xf32> {norm.name = "x"}, %res: tensor<?x?xf32> {norm.name = "res"},
    %b0: tensor<?xf32> {norm.name = "b0"}, %w: tensor<?xf32> {norm.name = "w"}, %b: tensor<?xf32> {norm.name = "b"})
    -> (tensor<?x?xf32> {norm.name = "y"}, tensor<?x?xf32> {norm.name = "sum"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf32>
  %y0 = tensor.empty(%rows, %cols) : tensor<?x?xf32>
  %y, %sum = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%x(r, c) : tensor<?x?xf32>, %res(r, c) : tensor<?x?xf32>, %b0(c) : tensor<?xf32>, %w(c) : tensor<?xf32>,
          %b(c) : tensor<?xf32>)
      outs(%y0(r, c) : tensor<?x?xf32>, %y0(r, c) : tensor<?x?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %rf: !norm.field<f32, [c]>, %b0f: !norm.field<f32, [c]>, %wf: !norm.field<f32, [c]>,
       %bf: !norm.field<f32, [c]>):
    %s = norm.map (%a = %xf : !norm.field<f32, [c]>, %e = %rf : !norm.field<f32, [c]>, %d = %b0f : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]> {
      %0 = arith.addf %a, %d : f32
      %1 = arith.addf %0, %e : f32
      norm.yield %1 : f32
    }
    %n, %m, %m2 = norm.reduce moments (%s : !norm.field<f32, [c]>) over [c] : f32, f32, f32
    %var = arith.divf %m2, %n : f32
    %eps = arith.constant 0.1 : f32
    %v = arith.addf %var, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %s : !norm.field<f32, [c]>, %g = %wf : !norm.field<f32, [c]>, %e = %bf : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %u = math.fma %1, %g, %e : f32
      %k = arith.constant 0.7978845608028654 : f32
      %k3 = arith.constant 0.044715 : f32
      %half = arith.constant 0.5 : f32
      %one = arith.constant 1.0 : f32
      %u2 = arith.mulf %u, %u : f32
      %u3 = arith.mulf %u2, %u : f32
      %2 = arith.mulf %u3, %k3 : f32
      %3 = arith.addf %u, %2 : f32
      %4 = arith.mulf %k, %3 : f32
      %5 = math.tanh %4 : f32
      %6 = arith.addf %one, %5 : f32
      %7 = arith.mulf %half, %u : f32
      %8 = arith.mulf %7, %6 : f32
      norm.yield %8 : f32
    }
    norm.yield %yf, %s : !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %y, %sum : tensor<?x?xf32>, tensor<?x?xf32>
}

// Layer norm, GELU by erf, times a number of each row.
// CHECK-LABEL: func @gelu_erf
func.func @gelu_erf(%x: tensor<?x?xf32> {norm.name = "x"}, %w: tensor<?xf32> {norm.name = "w"}, %b: tensor<?xf32> {norm.name = "b"},
    %p: tensor<?xf32> {norm.name = "p"}) -> (tensor<?x?xf32> {norm.name = "y"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf32>
  %y0 = tensor.empty(%rows, %cols) : tensor<?x?xf32>
  %y = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%x(r, c) : tensor<?x?xf32>, %w(c) : tensor<?xf32>, %b(c) : tensor<?xf32>, %p(r) : tensor<?xf32>)
      outs(%y0(r, c) : tensor<?x?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %wf: !norm.field<f32, [c]>, %bf: !norm.field<f32, [c]>, %pr: f32):
    %n, %m, %m2 = norm.reduce moments (%xf : !norm.field<f32, [c]>) over [c] : f32, f32, f32
    %var = arith.divf %m2, %n : f32
    %eps = arith.constant 0.1 : f32
    %v = arith.addf %var, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [c]>, %g = %wf : !norm.field<f32, [c]>, %e = %bf : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %1, %g : f32
      %u = arith.addf %2, %e : f32
      %k = arith.constant 0.7071067811865476 : f32
      %half = arith.constant 0.5 : f32
      %one = arith.constant 1.0 : f32
      %3 = arith.mulf %u, %k : f32
      %4 = math.erf %3 : f32
      %5 = arith.addf %one, %4 : f32
      %6 = arith.mulf %half, %5 : f32
      %7 = arith.mulf %u, %6 : f32
      %8 = arith.mulf %7, %pr : f32
      norm.yield %8 : f32
    }
    norm.yield %yf : !norm.field<f32, [c]>
  }
  return %y : tensor<?x?xf32>
}

// QK-norm with Gemma's weight, then rotary embedding; cos and sin lack the half k.
// CHECK-LABEL: func @rope
func.func @rope(%x: tensor<?x?x?xf32> {norm.name = "x"}, %w: tensor<?xf32> {norm.name = "w"}, %cos: tensor<?x?xf32> {norm.name = "cos"},
    %sin: tensor<?x?xf32> {norm.name = "sin"}) -> (tensor<?x?x?xf32> {norm.name = "y"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %t = tensor.dim %x, %c0 : tensor<?x?x?xf32>
  %h = tensor.dim %x, %c1 : tensor<?x?x?xf32>
  %d = tensor.dim %x, %c2 : tensor<?x?x?xf32>
  %j = arith.divui %d, %c2 : index
  %y0 = tensor.empty(%t, %h, %d) : tensor<?x?x?xf32>
  %y = norm.generic iter(t = %t, h = %h, k = 2, j = %j) reduce [k, j]
      ins(%x(t, h, [k j]) : tensor<?x?x?xf32>, %w([k j]) : tensor<?xf32>, %cos(t, j) : tensor<?x?xf32>, %sin(t, j) : tensor<?x?xf32>)
      outs(%y0(t, h, [k j]) : tensor<?x?x?xf32>) {
  ^bb0(%xf: !norm.field<f32, [k, j]>, %wf: !norm.field<f32, [k, j]>, %cf: !norm.field<f32, [j]>, %sf: !norm.field<f32, [j]>):
    %total = norm.reduce dot (%xf, %xf : !norm.field<f32, [k, j]>, !norm.field<f32, [k, j]>) over [k, j] : f32
    %n = norm.count [k, j] : f32
    %ms = arith.divf %total, %n : f32
    %eps = arith.constant 0.1 : f32
    %v = arith.addf %ms, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %q = norm.map (%a = %xf : !norm.field<f32, [k, j]>, %b = %wf : !norm.field<f32, [k, j]>) -> !norm.field<f32, [k, j]> {
      %one = arith.constant 1.0 : f32
      %0 = arith.mulf %a, %r : f32
      %1 = arith.addf %one, %b : f32
      %2 = arith.mulf %0, %1 : f32
      norm.yield %2 : f32
    }
    %other = norm.flip %q along k : !norm.field<f32, [k, j]>
    %yf = norm.map (%a = %q : !norm.field<f32, [k, j]>, %o = %other : !norm.field<f32, [k, j]>, %co = %cf : !norm.field<f32, [j]>,
                    %si = %sf : !norm.field<f32, [j]>) -> !norm.field<f32, [k, j]> {
      %k = norm.index k
      %zero = arith.constant 0 : index
      %first = arith.cmpi eq, %k, %zero : index
      %minus = arith.negf %si : f32
      %s = arith.select %first, %minus, %si : f32
      %0 = arith.mulf %a, %co : f32
      %1 = arith.mulf %o, %s : f32
      %2 = arith.addf %0, %1 : f32
      norm.yield %2 : f32
    }
    norm.yield %yf : !norm.field<f32, [k, j]>
  }
  return %y : tensor<?x?x?xf32>
}

// Two scales on one normalized value, whose mean square is a sum of squares; the root is divided by.
// CHECK-LABEL: func @two_scales
func.func @two_scales(%x: tensor<?x?xf32> {norm.name = "x"}, %w1: tensor<?xf32> {norm.name = "w1"}, %w2: tensor<?xf32> {norm.name = "w2"})
    -> (tensor<?x?xf32> {norm.name = "y1"}, tensor<?x?xf32> {norm.name = "y2"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf32>
  %y0 = tensor.empty(%rows, %cols) : tensor<?x?xf32>
  %y:2 = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%x(r, c) : tensor<?x?xf32>, %w1(c) : tensor<?xf32>, %w2(c) : tensor<?xf32>)
      outs(%y0(r, c) : tensor<?x?xf32>, %y0(r, c) : tensor<?x?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %w1f: !norm.field<f32, [c]>, %w2f: !norm.field<f32, [c]>):
    %sq = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %a : f32
      norm.yield %0 : f32
    }
    %total = norm.reduce sum (%sq : !norm.field<f32, [c]>) over [c] : f32
    %n = norm.count [c] : f32
    %ms = arith.divf %total, %n : f32
    %eps = arith.constant 0.1 : f32
    %v = arith.addf %ms, %eps : f32
    %root = math.sqrt %v : f32
    %yf:2 = norm.map (%a = %xf : !norm.field<f32, [c]>, %g = %w1f : !norm.field<f32, [c]>, %h = %w2f : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %0 = arith.divf %a, %root : f32
      %1 = arith.mulf %0, %g : f32
      %2 = arith.mulf %0, %h : f32
      norm.yield %1, %2 : f32, f32
    }
    norm.yield %yf#0, %yf#1 : !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %y#0, %y#1 : tensor<?x?xf32>, tensor<?x?xf32>
}

// Softmax, and the greatest element and the logarithm of the sum, which have gradients too because they say so.
// CHECK-LABEL: func @softmax
func.func @softmax(%x: tensor<?x?xf32> {norm.name = "x"})
    -> (tensor<?x?xf32> {norm.name = "y"}, tensor<?xf32> {norm.name = "most", norm.gradient = true}, tensor<?xf32> {norm.name = "log", norm.gradient = true}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf32>
  %y0 = tensor.empty(%rows, %cols) : tensor<?x?xf32>
  %s0 = tensor.empty(%rows) : tensor<?xf32>
  %y:3 = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%x(r, c) : tensor<?x?xf32>)
      outs(%y0(r, c) : tensor<?x?xf32>, %s0(r) : tensor<?xf32>, %s0(r) : tensor<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %most = norm.reduce max (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %ef = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.subf %a, %most : f32
      %1 = math.exp %0 : f32
      norm.yield %1 : f32
    }
    %total = norm.reduce sum (%ef : !norm.field<f32, [c]>) over [c] : f32
    %log = math.log %total : f32
    %yf = norm.map (%e = %ef : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.divf %e, %total : f32
      norm.yield %0 : f32
    }
    norm.yield %yf, %most, %log : !norm.field<f32, [c]>, f32, f32
  }
  return %y#0, %y#1, %y#2 : tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>
}

// Every function that has a derivative, and selections.
// CHECK-LABEL: func @functions
func.func @functions(%x: tensor<?x?xf32> {norm.name = "x"}, %z: tensor<?x?xf32> {norm.name = "z"})
    -> (tensor<?x?xf32> {norm.name = "y"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf32>
  %y0 = tensor.empty(%rows, %cols) : tensor<?x?xf32>
  %y = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%x(r, c) : tensor<?x?xf32>, %z(r, c) : tensor<?x?xf32>) outs(%y0(r, c) : tensor<?x?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %zf: !norm.field<f32, [c]>):
    %yf = norm.map (%a = %xf : !norm.field<f32, [c]>, %b = %zf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %zero = arith.constant 0.0 : f32
      %two = arith.constant 2.0 : f32
      %three = arith.constant 3.0 : f32
      %half = arith.constant 0.5 : f32
      %mhalf = arith.constant -0.5 : f32
      %abs = math.absf %a : f32
      %p = arith.addf %abs, %two : f32
      %e2 = math.exp2 %a : f32
      %em = math.expm1 %b : f32
      %l = math.log %p : f32
      %l1 = math.log1p %p : f32
      %sq = math.sqrt %p : f32
      %rs = math.rsqrt %p : f32
      %p2 = math.powf %b, %two : f32
      %p3 = math.powf %a, %three : f32
      %ph = math.powf %p, %half : f32
      %pm = math.powf %p, %mhalf : f32
      %mx = arith.maximumf %a, %b : f32
      %mn = arith.minimumf %a, %half : f32
      %on = arith.cmpf ogt, %b, %zero : f32
      %se = arith.select %on, %e2, %em : f32
      %fl = math.floor %a : f32
      %0 = arith.mulf %e2, %em : f32
      %1 = arith.divf %l, %l1 : f32
      %2 = arith.mulf %sq, %b : f32
      %3 = arith.mulf %rs, %a : f32
      %4 = arith.mulf %p2, %p3 : f32
      %5 = arith.divf %pm, %ph : f32
      %6 = arith.mulf %mx, %mn : f32
      %7 = arith.mulf %se, %fl : f32
      %s0 = arith.addf %0, %1 : f32
      %s1 = arith.subf %2, %3 : f32
      %s2 = arith.addf %4, %5 : f32
      %s3 = arith.addf %6, %7 : f32
      %t0 = arith.addf %s0, %s1 : f32
      %t1 = arith.addf %s2, %s3 : f32
      %t2 = arith.mulf %t0, %t1 : f32
      norm.yield %t2 : f32
    }
    norm.yield %yf : !norm.field<f32, [c]>
  }
  return %y : tensor<?x?xf32>
}

// Sums over groups: of each column, beside the normalized value.
// CHECK-LABEL: func @column_sums
func.func @column_sums(%x: tensor<?x?xf32> {norm.name = "x"}) -> (tensor<?x?xf32> {norm.name = "y"}, tensor<?xf32> {norm.name = "columns"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf32>
  %y0 = tensor.empty(%rows, %cols) : tensor<?x?xf32>
  %zero = arith.constant 0.0 : f32
  %s0 = tensor.empty(%cols) : tensor<?xf32>
  %s1 = linalg.fill ins(%zero : f32) outs(%s0 : tensor<?xf32>) -> tensor<?xf32>
  %y:2 = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%x(r, c) : tensor<?x?xf32>) outs(%y0(r, c) : tensor<?x?xf32>, %s1(c) acc : tensor<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %n, %m, %m2 = norm.reduce moments (%xf : !norm.field<f32, [c]>) over [c] : f32, f32, f32
    %v = arith.divf %m2, %n : f32
    %r = norm.rsqrt exact %v : f32
    %yf, %sf = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %1, %1 : f32
      %3 = arith.mulf %2, %1 : f32
      norm.yield %1, %3 : f32, f32
    }
    norm.yield %yf, %sf : !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %y#0, %y#1 : tensor<?x?xf32>, tensor<?xf32>
}

// The same tensor twice, times a number whose gradient is asked for.
// CHECK-LABEL: func @scaled
func.func @scaled(%x: tensor<?x?xf32> {norm.name = "x"}, %s: tensor<f32> {norm.name = "s", norm.gradient = true})
    -> (tensor<?x?xf32> {norm.name = "y"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf32>
  %y0 = tensor.empty(%rows, %cols) : tensor<?x?xf32>
  %y = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%x(r, c) : tensor<?x?xf32>, %x(r, c) : tensor<?x?xf32>, %s() : tensor<f32>) outs(%y0(r, c) : tensor<?x?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %xg: !norm.field<f32, [c]>, %sf: f32):
    %total = norm.reduce dot (%xf, %xg : !norm.field<f32, [c]>, !norm.field<f32, [c]>) over [c] : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.divf %a, %total : f32
      %1 = arith.mulf %0, %sf : f32
      norm.yield %1 : f32
    }
    norm.yield %yf : !norm.field<f32, [c]>
  }
  return %y : tensor<?x?xf32>
}
