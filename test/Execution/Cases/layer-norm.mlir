// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt --canonicalize | FileCheck %s

// Layer norm that saves its statistics.

// CHECK-LABEL: func @ln
// CHECK: norm.reduce moments
func.func @ln(%x: tensor<?x?xf32>, %gamma: tensor<?xf32>, %beta: tensor<?xf32>)
    -> (tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf32>
  %y0 = tensor.empty(%rows, %cols) : tensor<?x?xf32>
  %s0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %mean, %rstd = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%x(r, c) : tensor<?x?xf32>, %gamma(c) : tensor<?xf32>, %beta(c) : tensor<?xf32>)
      outs(%y0(r, c) : tensor<?x?xf32>, %s0(r) : tensor<?xf32>, %s0(r) : tensor<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %g: !norm.field<f32, [c]>, %b: !norm.field<f32, [c]>):
    %n, %m, %m2 = norm.reduce moments (%xf : !norm.field<f32, [c]>) over [c] by two_pass
        order = <lanes = 16> : f32, f32, f32
    %var = arith.divf %m2, %n : f32
    %eps = arith.constant 1.0e-5 : f32
    %v = arith.addf %var, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [c]>, %ga = %g : !norm.field<f32, [c]>,
                    %be = %b : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %1, %ga : f32
      %3 = arith.addf %2, %be : f32
      norm.yield %3 : f32
    }
    norm.yield %yf, %m, %r : !norm.field<f32, [c]>, f32, f32
  }
  return %y, %mean, %rstd : tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>
}

// bf16 activations, f32 parameters, a static row that no vector divides, moments by segment.
// CHECK-LABEL: func @ln_bf16
// CHECK: by shifted
func.func @ln_bf16(%x: tensor<?x1000xbf16>, %gamma: tensor<1000xf32>, %beta: tensor<1000xf32>)
    -> (tensor<?x1000xbf16>, tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x1000xbf16>
  %y0 = tensor.empty(%rows) : tensor<?x1000xbf16>
  %s0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %mean, %rstd = norm.generic iter(r = %rows, c = 1000) reduce [c]
      ins(%x(r, c) : tensor<?x1000xbf16>, %gamma(c) : tensor<1000xf32>, %beta(c) : tensor<1000xf32>)
      outs(%y0(r, c) : tensor<?x1000xbf16>, %s0(r) : tensor<?xf32>, %s0(r) : tensor<?xf32>) {
  ^bb0(%xb: !norm.field<bf16, [c]>, %g: !norm.field<f32, [c]>, %b: !norm.field<f32, [c]>):
    %n, %m, %m2 = norm.reduce moments (%xb : !norm.field<bf16, [c]>) over [c] by shifted
        order = <lanes = 16, segment = 256, blocks = 2> : f32, f32, f32
    %var = arith.divf %m2, %n : f32
    %eps = arith.constant 1.0e-5 : f32
    %v = arith.addf %var, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %xb : !norm.field<bf16, [c]>, %ga = %g : !norm.field<f32, [c]>,
                    %be = %b : !norm.field<f32, [c]>) -> !norm.field<bf16, [c]> {
      %e = arith.extf %a : bf16 to f32
      %0 = arith.subf %e, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %1, %ga : f32
      %3 = arith.addf %2, %be : f32
      %4 = arith.truncf %3 : f32 to bf16
      norm.yield %4 : bf16
    }
    norm.yield %yf, %m, %r : !norm.field<bf16, [c]>, f32, f32
  }
  return %y, %mean, %rstd : tensor<?x1000xbf16>, tensor<?xf32>, tensor<?xf32>
}
