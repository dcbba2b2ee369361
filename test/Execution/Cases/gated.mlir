// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt --canonicalize | FileCheck %s

// Gated RMS norm (Mamba 2) with four groups inside the row: norm(x) * w * silu(z), and
// norm(x * silu(z)) * w.

// CHECK-LABEL: func @gate_after
// CHECK: iter(r = %{{.*}}, g = 4, e = %{{.*}}) reduce [e]
func.func @gate_after(%x: tensor<?x?xf32>, %z: tensor<?x?xf32>, %w: tensor<?xf32>)
    -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf32>
  %e = arith.divui %cols, %c4 : index
  %y0 = tensor.empty(%rows, %cols) : tensor<?x?xf32>
  %y = norm.generic iter(r = %rows, g = 4, e = %e) reduce [e]
      ins(%x(r, [g e]) : tensor<?x?xf32>, %z(r, [g e]) : tensor<?x?xf32>,
          %w([g e]) : tensor<?xf32>)
      outs(%y0(r, [g e]) : tensor<?x?xf32>) {
  ^bb0(%xf: !norm.field<f32, [e]>, %zf: !norm.field<f32, [e]>, %wf: !norm.field<f32, [e]>):
    %silu = norm.map (%a = %zf : !norm.field<f32, [e]>) -> !norm.field<f32, [e]> {
      %one = arith.constant 1.0 : f32
      %0 = arith.negf %a : f32
      %1 = math.exp %0 : f32
      %2 = arith.addf %1, %one : f32
      %3 = arith.divf %a, %2 : f32
      norm.yield %3 : f32
    }
    %sq = norm.map (%a = %xf : !norm.field<f32, [e]>) -> !norm.field<f32, [e]> {
      %0 = arith.mulf %a, %a : f32
      norm.yield %0 : f32
    }
    %sum = norm.reduce sum (%sq : !norm.field<f32, [e]>) over [e] order = <lanes = 16> : f32
    %n = norm.count [e] : f32
    %ms = arith.divf %sum, %n : f32
    %eps = arith.constant 1.0e-5 : f32
    %v = arith.addf %ms, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [e]>, %g = %wf : !norm.field<f32, [e]>,
                    %s = %silu : !norm.field<f32, [e]>) -> !norm.field<f32, [e]> {
      %0 = arith.mulf %a, %r : f32
      %1 = arith.mulf %0, %g : f32
      %2 = arith.mulf %1, %s : f32
      norm.yield %2 : f32
    }
    norm.yield %yf : !norm.field<f32, [e]>
  }
  return %y : tensor<?x?xf32>
}

// CHECK-LABEL: func @gate_before
// CHECK: iter(r = %{{.*}}, g = 4, e = %{{.*}}) reduce [e]
func.func @gate_before(%x: tensor<?x?xf32>, %z: tensor<?x?xf32>, %w: tensor<?xf32>)
    -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf32>
  %e = arith.divui %cols, %c4 : index
  %y0 = tensor.empty(%rows, %cols) : tensor<?x?xf32>
  %y = norm.generic iter(r = %rows, g = 4, e = %e) reduce [e]
      ins(%x(r, [g e]) : tensor<?x?xf32>, %z(r, [g e]) : tensor<?x?xf32>,
          %w([g e]) : tensor<?xf32>)
      outs(%y0(r, [g e]) : tensor<?x?xf32>) {
  ^bb0(%xf: !norm.field<f32, [e]>, %zf: !norm.field<f32, [e]>, %wf: !norm.field<f32, [e]>):
    %silu = norm.map (%a = %zf : !norm.field<f32, [e]>) -> !norm.field<f32, [e]> {
      %one = arith.constant 1.0 : f32
      %0 = arith.negf %a : f32
      %1 = math.exp %0 : f32
      %2 = arith.addf %1, %one : f32
      %3 = arith.divf %a, %2 : f32
      norm.yield %3 : f32
    }
    %xg = norm.map (%a = %xf : !norm.field<f32, [e]>, %b = %silu : !norm.field<f32, [e]>)
        -> !norm.field<f32, [e]> {
      %0 = arith.mulf %a, %b : f32
      norm.yield %0 : f32
    }
    %sq = norm.map (%a = %xg : !norm.field<f32, [e]>) -> !norm.field<f32, [e]> {
      %0 = arith.mulf %a, %a : f32
      norm.yield %0 : f32
    }
    %sum = norm.reduce sum (%sq : !norm.field<f32, [e]>) over [e] order = <lanes = 16> : f32
    %n = norm.count [e] : f32
    %ms = arith.divf %sum, %n : f32
    %eps = arith.constant 1.0e-5 : f32
    %v = arith.addf %ms, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %xg : !norm.field<f32, [e]>, %g = %wf : !norm.field<f32, [e]>)
        -> !norm.field<f32, [e]> {
      %0 = arith.mulf %a, %r : f32
      %1 = arith.mulf %0, %g : f32
      norm.yield %1 : f32
    }
    norm.yield %yf : !norm.field<f32, [e]>
  }
  return %y : tensor<?x?xf32>
}
