// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt --canonicalize | FileCheck %s

// Statistics of parts, merged: partial statistics are values like any other.

// The two halves of a row, inside one program.
// CHECK-LABEL: func @halves
// CHECK: norm.reduce merge_moments(%{{.*}}, %{{.*}}, %{{.*}} :
func.func @halves(%x: tensor<?x?xf32>) -> (tensor<?xf32>, tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf32>
  %half = arith.divui %cols, %c2 : index
  %s0 = tensor.empty(%rows) : tensor<?xf32>
  %s:3 = norm.generic iter(r = %rows, k = 2, j = %half) reduce [k, j]
      ins(%x(r, [k j]) : tensor<?x?xf32>)
      outs(%s0(r) : tensor<?xf32>, %s0(r) : tensor<?xf32>, %s0(r) : tensor<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [k, j]>):
    %n, %m, %m2 = norm.reduce moments (%xf : !norm.field<f32, [k, j]>) over [j] by two_pass
        order = <lanes = 16> : !norm.field<f32, [k]>, !norm.field<f32, [k]>, !norm.field<f32, [k]>
    %an, %am, %am2 = norm.reduce merge_moments (%n, %m, %m2 : !norm.field<f32, [k]>,
        !norm.field<f32, [k]>, !norm.field<f32, [k]>) over [k] order = <lanes = 1> : f32, f32, f32
    norm.yield %an, %am, %am2 : f32, f32, f32
  }
  return %s#0, %s#1, %s#2 : tensor<?xf32>, tensor<?xf32>, tensor<?xf32>
}

// Partial statistics that somebody else computed (ranks of different size, some of them empty), applied.
// CHECK-LABEL: func @ranks
// CHECK: merge_moments
func.func @ranks(%x: tensor<?x?xf32>, %counts: tensor<?x?xf32>, %means: tensor<?x?xf32>,
    %m2s: tensor<?x?xf32>) -> (tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf32>
  %parts = tensor.dim %counts, %c1 : tensor<?x?xf32>
  %y0 = tensor.empty(%rows, %cols) : tensor<?x?xf32>
  %s0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %mean, %rstd = norm.generic iter(r = %rows, p = %parts, c = %cols) reduce [p, c]
      ins(%x(r, c) : tensor<?x?xf32>, %counts(r, p) : tensor<?x?xf32>,
          %means(r, p) : tensor<?x?xf32>, %m2s(r, p) : tensor<?x?xf32>)
      outs(%y0(r, c) : tensor<?x?xf32>, %s0(r) : tensor<?xf32>, %s0(r) : tensor<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %nf: !norm.field<f32, [p]>, %mf: !norm.field<f32, [p]>,
       %m2f: !norm.field<f32, [p]>):
    %n, %m, %m2 = norm.reduce merge_moments (%nf, %mf, %m2f : !norm.field<f32, [p]>,
        !norm.field<f32, [p]>, !norm.field<f32, [p]>) over [p] order = <lanes = 1> : f32, f32, f32
    %var = arith.divf %m2, %n : f32
    %eps = arith.constant 1.0e-5 : f32
    %v = arith.addf %var, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      norm.yield %1 : f32
    }
    norm.yield %yf, %m, %r : !norm.field<f32, [c]>, f32, f32
  }
  return %y, %mean, %rstd : tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>
}
