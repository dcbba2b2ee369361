// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt --canonicalize | FileCheck %s

// Adaptive layer norm (diffusion transformers): y = ln(x) * (1 + scale) + shift with a scale and a shift
// for every sample, shared by its tokens; and the backward pass, which sums their gradients over the tokens.

// CHECK-LABEL: func @adaln
// CHECK: ins(%{{.*}}(b, t, c) : {{.*}}, %{{.*}}(b, c) : {{.*}}, %{{.*}}(b, c) : tensor<?x?xf32>)
func.func @adaln(%x: tensor<?x?x?xf32>, %scale: tensor<?x?xf32>, %shift: tensor<?x?xf32>)
    -> tensor<?x?x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %b = tensor.dim %x, %c0 : tensor<?x?x?xf32>
  %t = tensor.dim %x, %c1 : tensor<?x?x?xf32>
  %c = tensor.dim %x, %c2 : tensor<?x?x?xf32>
  %y0 = tensor.empty(%b, %t, %c) : tensor<?x?x?xf32>
  %y = norm.generic iter(b = %b, t = %t, c = %c) reduce [c]
      ins(%x(b, t, c) : tensor<?x?x?xf32>, %scale(b, c) : tensor<?x?xf32>,
          %shift(b, c) : tensor<?x?xf32>)
      outs(%y0(b, t, c) : tensor<?x?x?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %sc: !norm.field<f32, [c]>, %sh: !norm.field<f32, [c]>):
    %n, %m, %m2 = norm.reduce moments (%xf : !norm.field<f32, [c]>) over [c] by two_pass
        order = <lanes = 16> : f32, f32, f32
    %var = arith.divf %m2, %n : f32
    %eps = arith.constant 1.0e-6 : f32
    %v = arith.addf %var, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [c]>, %s = %sc : !norm.field<f32, [c]>,
                    %h = %sh : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %one = arith.constant 1.0 : f32
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.addf %s, %one : f32
      %3 = arith.mulf %1, %2 : f32
      %4 = arith.addf %3, %h : f32
      norm.yield %4 : f32
    }
    norm.yield %yf : !norm.field<f32, [c]>
  }
  return %y : tensor<?x?x?xf32>
}

// CHECK-LABEL: func @adaln_backward
// CHECK: %{{.*}}(b, c) acc <lanes = 1, segment = 2>
func.func @adaln_backward(%x: tensor<?x?x?xf32>, %dy: tensor<?x?x?xf32>, %scale: tensor<?x?xf32>)
    -> (tensor<?x?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %zero = arith.constant 0.0 : f32
  %b = tensor.dim %x, %c0 : tensor<?x?x?xf32>
  %t = tensor.dim %x, %c1 : tensor<?x?x?xf32>
  %c = tensor.dim %x, %c2 : tensor<?x?x?xf32>
  %dx0 = tensor.empty(%b, %t, %c) : tensor<?x?x?xf32>
  %p0 = tensor.empty(%b, %c) : tensor<?x?xf32>
  %dp0 = linalg.fill ins(%zero : f32) outs(%p0 : tensor<?x?xf32>) -> tensor<?x?xf32>
  %dx, %ds, %dh = norm.generic iter(b = %b, t = %t, c = %c) reduce [c]
      ins(%x(b, t, c) : tensor<?x?x?xf32>, %dy(b, t, c) : tensor<?x?x?xf32>,
          %scale(b, c) : tensor<?x?xf32>)
      outs(%dx0(b, t, c) : tensor<?x?x?xf32>,
           %dp0(b, c) acc <lanes = 1, segment = 2> : tensor<?x?xf32>,
           %dp0(b, c) acc <lanes = 1, segment = 2> : tensor<?x?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %df: !norm.field<f32, [c]>, %sc: !norm.field<f32, [c]>):
    // The statistics are computed again instead of being saved.
    %n, %m, %m2 = norm.reduce moments (%xf : !norm.field<f32, [c]>) over [c] by two_pass
        order = <lanes = 16> : f32, f32, f32
    %var = arith.divf %m2, %n : f32
    %eps = arith.constant 1.0e-6 : f32
    %v = arith.addf %var, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %xhat, %g, %gx, %dsf = norm.map (%a = %xf : !norm.field<f32, [c]>,
        %d = %df : !norm.field<f32, [c]>, %s = %sc : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %one = arith.constant 1.0 : f32
      %0 = arith.subf %a, %m : f32
      %xh = arith.mulf %0, %r : f32
      %1 = arith.addf %s, %one : f32
      %2 = arith.mulf %d, %1 : f32
      %3 = arith.mulf %2, %xh : f32
      %4 = arith.mulf %d, %xh : f32
      norm.yield %xh, %2, %3, %4 : f32, f32, f32, f32
    }
    %sg = norm.reduce sum (%g : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %sgx = norm.reduce sum (%gx : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %mg = arith.divf %sg, %n : f32
    %mgx = arith.divf %sgx, %n : f32
    %dxf = norm.map (%xh = %xhat : !norm.field<f32, [c]>, %gg = %g : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]> {
      %0 = arith.subf %gg, %mg : f32
      %1 = arith.mulf %xh, %mgx : f32
      %2 = arith.subf %0, %1 : f32
      %3 = arith.mulf %2, %r : f32
      norm.yield %3 : f32
    }
    norm.yield %dxf, %dsf, %df : !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %dx, %ds, %dh : tensor<?x?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>
}
