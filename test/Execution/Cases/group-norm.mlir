// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt --canonicalize | FileCheck %s

// Group norm with scale and bias per channel, forward and backward, in both layouts: the channels are
// split into [g c] by the access, without a reshape.

// CHECK-LABEL: func @gn_nchw
// CHECK: iter(n = %{{.*}}, g = 4, c = %{{.*}}, h = %{{.*}}, w = %{{.*}}) reduce [c, h, w]
// CHECK-NEXT: ins(%{{.*}}(n, [g c], h, w) : {{.*}}, %{{.*}}([g c]) : tensor<?xf32>
func.func @gn_nchw(%x: tensor<?x?x?x?xf32>, %gamma: tensor<?xf32>, %beta: tensor<?xf32>)
    -> (tensor<?x?x?x?xf32>, tensor<?x4xf32>, tensor<?x4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c4 = arith.constant 4 : index
  %n = tensor.dim %x, %c0 : tensor<?x?x?x?xf32>
  %ch = tensor.dim %x, %c1 : tensor<?x?x?x?xf32>
  %h = tensor.dim %x, %c2 : tensor<?x?x?x?xf32>
  %w = tensor.dim %x, %c3 : tensor<?x?x?x?xf32>
  %c = arith.divui %ch, %c4 : index
  %y0 = tensor.empty(%n, %ch, %h, %w) : tensor<?x?x?x?xf32>
  %s0 = tensor.empty(%n) : tensor<?x4xf32>
  %y, %mean, %rstd = norm.generic iter(n = %n, g = 4, c = %c, h = %h, w = %w) reduce [c, h, w]
      ins(%x(n, [g c], h, w) : tensor<?x?x?x?xf32>, %gamma([g c]) : tensor<?xf32>,
          %beta([g c]) : tensor<?xf32>)
      outs(%y0(n, [g c], h, w) : tensor<?x?x?x?xf32>, %s0(n, g) : tensor<?x4xf32>,
           %s0(n, g) : tensor<?x4xf32>) {
  ^bb0(%xf: !norm.field<f32, [c, h, w]>, %gf: !norm.field<f32, [c]>, %bf: !norm.field<f32, [c]>):
    %cnt, %m, %m2 = norm.reduce moments (%xf : !norm.field<f32, [c, h, w]>) over [c, h, w]
        by two_pass order = <lanes = 16, run = 2> : f32, f32, f32
    %var = arith.divf %m2, %cnt : f32
    %eps = arith.constant 1.0e-6 : f32
    %v = arith.addf %var, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [c, h, w]>, %ga = %gf : !norm.field<f32, [c]>,
                    %be = %bf : !norm.field<f32, [c]>) -> !norm.field<f32, [c, h, w]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %1, %ga : f32
      %3 = arith.addf %2, %be : f32
      norm.yield %3 : f32
    }
    norm.yield %yf, %m, %r : !norm.field<f32, [c, h, w]>, f32, f32
  }
  return %y, %mean, %rstd : tensor<?x?x?x?xf32>, tensor<?x4xf32>, tensor<?x4xf32>
}

// The sums over a channel serve three: dgamma and dbeta, and, weighted by gamma, the group's sums.
// CHECK-LABEL: func @gn_nchw_backward
// CHECK: outs(%{{.*}}(n, [g c], h, w) : {{.*}}, %{{.*}}([g c]) acc <lanes = 1> : tensor<?xf32>
func.func @gn_nchw_backward(%x: tensor<?x?x?x?xf32>, %dy: tensor<?x?x?x?xf32>,
    %gamma: tensor<?xf32>, %mean: tensor<?x4xf32>, %rstd: tensor<?x4xf32>)
    -> (tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c4 = arith.constant 4 : index
  %zero = arith.constant 0.0 : f32
  %n = tensor.dim %x, %c0 : tensor<?x?x?x?xf32>
  %ch = tensor.dim %x, %c1 : tensor<?x?x?x?xf32>
  %h = tensor.dim %x, %c2 : tensor<?x?x?x?xf32>
  %w = tensor.dim %x, %c3 : tensor<?x?x?x?xf32>
  %c = arith.divui %ch, %c4 : index
  %dx0 = tensor.empty(%n, %ch, %h, %w) : tensor<?x?x?x?xf32>
  %p0 = tensor.empty(%ch) : tensor<?xf32>
  %dp0 = linalg.fill ins(%zero : f32) outs(%p0 : tensor<?xf32>) -> tensor<?xf32>
  %dx, %dg, %db = norm.generic iter(n = %n, g = 4, c = %c, h = %h, w = %w) reduce [c, h, w]
      ins(%x(n, [g c], h, w) : tensor<?x?x?x?xf32>, %dy(n, [g c], h, w) : tensor<?x?x?x?xf32>,
          %gamma([g c]) : tensor<?xf32>, %mean(n, g) : tensor<?x4xf32>,
          %rstd(n, g) : tensor<?x4xf32>)
      outs(%dx0(n, [g c], h, w) : tensor<?x?x?x?xf32>, %dp0([g c]) acc <lanes = 1> : tensor<?xf32>,
           %dp0([g c]) acc <lanes = 1> : tensor<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c, h, w]>, %df: !norm.field<f32, [c, h, w]>,
       %gf: !norm.field<f32, [c]>, %m: f32, %r: f32):
    %xhat, %dxh = norm.map (%a = %xf : !norm.field<f32, [c, h, w]>,
                            %d = %df : !norm.field<f32, [c, h, w]>)
        -> !norm.field<f32, [c, h, w]>, !norm.field<f32, [c, h, w]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %d, %1 : f32
      norm.yield %1, %2 : f32, f32
    }
    %sd = norm.reduce sum (%df : !norm.field<f32, [c, h, w]>) over [h, w]
        order = <lanes = 16> : !norm.field<f32, [c]>
    %sdx = norm.reduce sum (%dxh : !norm.field<f32, [c, h, w]>) over [h, w]
        order = <lanes = 16> : !norm.field<f32, [c]>
    %wd, %wdx = norm.map (%s = %sd : !norm.field<f32, [c]>, %t = %sdx : !norm.field<f32, [c]>,
                          %ga = %gf : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %0 = arith.mulf %s, %ga : f32
      %1 = arith.mulf %t, %ga : f32
      norm.yield %0, %1 : f32, f32
    }
    %sg = norm.reduce sum (%wd : !norm.field<f32, [c]>) over [c] order = <lanes = 1> : f32
    %sgx = norm.reduce sum (%wdx : !norm.field<f32, [c]>) over [c] order = <lanes = 1> : f32
    %cnt = norm.count [c, h, w] : f32
    %mg = arith.divf %sg, %cnt : f32
    %mgx = arith.divf %sgx, %cnt : f32
    %dxf = norm.map (%xh = %xhat : !norm.field<f32, [c, h, w]>,
                     %d = %df : !norm.field<f32, [c, h, w]>, %ga = %gf : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c, h, w]> {
      %0 = arith.mulf %d, %ga : f32
      %1 = arith.subf %0, %mg : f32
      %2 = arith.mulf %xh, %mgx : f32
      %3 = arith.subf %1, %2 : f32
      %4 = arith.mulf %3, %r : f32
      norm.yield %4 : f32
    }
    norm.yield %dxf, %sdx, %sd
        : !norm.field<f32, [c, h, w]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %dx, %dg, %db : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>
}

// CHECK-LABEL: func @gn_nhwc
// CHECK: iter(n = %{{.*}}, g = 4, c = %{{.*}}, h = %{{.*}}, w = %{{.*}}) reduce [c, h, w]
// CHECK-NEXT: ins(%{{.*}}(n, h, w, [g c]) : {{.*}}, %{{.*}}([g c]) : tensor<?xf32>
func.func @gn_nhwc(%x: tensor<?x?x?x?xf32>, %gamma: tensor<?xf32>, %beta: tensor<?xf32>)
    -> (tensor<?x?x?x?xf32>, tensor<?x4xf32>, tensor<?x4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c4 = arith.constant 4 : index
  %n = tensor.dim %x, %c0 : tensor<?x?x?x?xf32>
  %ch = tensor.dim %x, %c3 : tensor<?x?x?x?xf32>
  %h = tensor.dim %x, %c1 : tensor<?x?x?x?xf32>
  %w = tensor.dim %x, %c2 : tensor<?x?x?x?xf32>
  %c = arith.divui %ch, %c4 : index
  %y0 = tensor.empty(%n, %h, %w, %ch) : tensor<?x?x?x?xf32>
  %s0 = tensor.empty(%n) : tensor<?x4xf32>
  %y, %mean, %rstd = norm.generic iter(n = %n, g = 4, c = %c, h = %h, w = %w) reduce [c, h, w]
      ins(%x(n, h, w, [g c]) : tensor<?x?x?x?xf32>, %gamma([g c]) : tensor<?xf32>,
          %beta([g c]) : tensor<?xf32>)
      outs(%y0(n, h, w, [g c]) : tensor<?x?x?x?xf32>, %s0(n, g) : tensor<?x4xf32>,
           %s0(n, g) : tensor<?x4xf32>) {
  ^bb0(%xf: !norm.field<f32, [c, h, w]>, %gf: !norm.field<f32, [c]>, %bf: !norm.field<f32, [c]>):
    %cnt, %m, %m2 = norm.reduce moments (%xf : !norm.field<f32, [c, h, w]>) over [c, h, w]
        by two_pass order = <lanes = 16, run = 2> : f32, f32, f32
    %var = arith.divf %m2, %cnt : f32
    %eps = arith.constant 1.0e-6 : f32
    %v = arith.addf %var, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [c, h, w]>, %ga = %gf : !norm.field<f32, [c]>,
                    %be = %bf : !norm.field<f32, [c]>) -> !norm.field<f32, [c, h, w]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %1, %ga : f32
      %3 = arith.addf %2, %be : f32
      norm.yield %3 : f32
    }
    norm.yield %yf, %m, %r : !norm.field<f32, [c, h, w]>, f32, f32
  }
  return %y, %mean, %rstd : tensor<?x?x?x?xf32>, tensor<?x4xf32>, tensor<?x4xf32>
}

// The sums over a channel serve three: dgamma and dbeta, and, weighted by gamma, the group's sums.
// CHECK-LABEL: func @gn_nhwc_backward
// CHECK: outs(%{{.*}}(n, h, w, [g c]) : {{.*}}, %{{.*}}([g c]) acc <lanes = 1> : tensor<?xf32>
func.func @gn_nhwc_backward(%x: tensor<?x?x?x?xf32>, %dy: tensor<?x?x?x?xf32>,
    %gamma: tensor<?xf32>, %mean: tensor<?x4xf32>, %rstd: tensor<?x4xf32>)
    -> (tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c4 = arith.constant 4 : index
  %zero = arith.constant 0.0 : f32
  %n = tensor.dim %x, %c0 : tensor<?x?x?x?xf32>
  %ch = tensor.dim %x, %c3 : tensor<?x?x?x?xf32>
  %h = tensor.dim %x, %c1 : tensor<?x?x?x?xf32>
  %w = tensor.dim %x, %c2 : tensor<?x?x?x?xf32>
  %c = arith.divui %ch, %c4 : index
  %dx0 = tensor.empty(%n, %h, %w, %ch) : tensor<?x?x?x?xf32>
  %p0 = tensor.empty(%ch) : tensor<?xf32>
  %dp0 = linalg.fill ins(%zero : f32) outs(%p0 : tensor<?xf32>) -> tensor<?xf32>
  %dx, %dg, %db = norm.generic iter(n = %n, g = 4, c = %c, h = %h, w = %w) reduce [c, h, w]
      ins(%x(n, h, w, [g c]) : tensor<?x?x?x?xf32>, %dy(n, h, w, [g c]) : tensor<?x?x?x?xf32>,
          %gamma([g c]) : tensor<?xf32>, %mean(n, g) : tensor<?x4xf32>,
          %rstd(n, g) : tensor<?x4xf32>)
      outs(%dx0(n, h, w, [g c]) : tensor<?x?x?x?xf32>, %dp0([g c]) acc <lanes = 1> : tensor<?xf32>,
           %dp0([g c]) acc <lanes = 1> : tensor<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c, h, w]>, %df: !norm.field<f32, [c, h, w]>,
       %gf: !norm.field<f32, [c]>, %m: f32, %r: f32):
    %xhat, %dxh = norm.map (%a = %xf : !norm.field<f32, [c, h, w]>,
                            %d = %df : !norm.field<f32, [c, h, w]>)
        -> !norm.field<f32, [c, h, w]>, !norm.field<f32, [c, h, w]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %d, %1 : f32
      norm.yield %1, %2 : f32, f32
    }
    %sd = norm.reduce sum (%df : !norm.field<f32, [c, h, w]>) over [h, w]
        order = <lanes = 16> : !norm.field<f32, [c]>
    %sdx = norm.reduce sum (%dxh : !norm.field<f32, [c, h, w]>) over [h, w]
        order = <lanes = 16> : !norm.field<f32, [c]>
    %wd, %wdx = norm.map (%s = %sd : !norm.field<f32, [c]>, %t = %sdx : !norm.field<f32, [c]>,
                          %ga = %gf : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %0 = arith.mulf %s, %ga : f32
      %1 = arith.mulf %t, %ga : f32
      norm.yield %0, %1 : f32, f32
    }
    %sg = norm.reduce sum (%wd : !norm.field<f32, [c]>) over [c] order = <lanes = 1> : f32
    %sgx = norm.reduce sum (%wdx : !norm.field<f32, [c]>) over [c] order = <lanes = 1> : f32
    %cnt = norm.count [c, h, w] : f32
    %mg = arith.divf %sg, %cnt : f32
    %mgx = arith.divf %sgx, %cnt : f32
    %dxf = norm.map (%xh = %xhat : !norm.field<f32, [c, h, w]>,
                     %d = %df : !norm.field<f32, [c, h, w]>, %ga = %gf : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c, h, w]> {
      %0 = arith.mulf %d, %ga : f32
      %1 = arith.subf %0, %mg : f32
      %2 = arith.mulf %xh, %mgx : f32
      %3 = arith.subf %1, %2 : f32
      %4 = arith.mulf %3, %r : f32
      norm.yield %4 : f32
    }
    norm.yield %dxf, %sdx, %sd
        : !norm.field<f32, [c, h, w]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %dx, %dg, %db : tensor<?x?x?x?xf32>, tensor<?xf32>, tensor<?xf32>
}
