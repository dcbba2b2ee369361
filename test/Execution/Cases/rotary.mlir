// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt --canonicalize | FileCheck %s

// QK-norm: RMS norm of every head, then rotary embedding: halves (x1, x2) become
// (x1 cos - x2 sin, x2 cos + x1 sin). The halves are k of [k j], exchanged by norm.flip.

// CHECK-LABEL: func @qk_rope
// CHECK: norm.flip %{{.*}} along k : !norm.field<f32, [k, j]>
func.func @qk_rope(%x: tensor<?x?x?xbf16>, %w: tensor<?xbf16>, %cos: tensor<?x?xf32>,
    %sin: tensor<?x?xf32>) -> tensor<?x?x?xbf16> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %t = tensor.dim %x, %c0 : tensor<?x?x?xbf16>
  %h = tensor.dim %x, %c1 : tensor<?x?x?xbf16>
  %j = tensor.dim %cos, %c1 : tensor<?x?xf32>
  %c2 = arith.constant 2 : index
  %d = tensor.dim %x, %c2 : tensor<?x?x?xbf16>
  %y0 = tensor.empty(%t, %h, %d) : tensor<?x?x?xbf16>
  %y = norm.generic iter(t = %t, h = %h, k = 2, j = %j) reduce [k, j]
      ins(%x(t, h, [k j]) : tensor<?x?x?xbf16>, %w([k j]) : tensor<?xbf16>,
          %cos(t, j) : tensor<?x?xf32>, %sin(t, j) : tensor<?x?xf32>)
      outs(%y0(t, h, [k j]) : tensor<?x?x?xbf16>) {
  ^bb0(%xb: !norm.field<bf16, [k, j]>, %wb: !norm.field<bf16, [k, j]>, %cf: !norm.field<f32, [j]>,
       %sf: !norm.field<f32, [j]>):
    %sq = norm.map (%a = %xb : !norm.field<bf16, [k, j]>) -> !norm.field<f32, [k, j]> {
      %0 = arith.extf %a : bf16 to f32
      %1 = arith.mulf %0, %0 : f32
      norm.yield %1 : f32
    }
    %sum = norm.reduce sum (%sq : !norm.field<f32, [k, j]>) over [k, j] order = <lanes = 16> : f32
    %n = norm.count [k, j] : f32
    %ms = arith.divf %sum, %n : f32
    %eps = arith.constant 1.0e-6 : f32
    %v = arith.addf %ms, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %q = norm.map (%a = %xb : !norm.field<bf16, [k, j]>, %b = %wb : !norm.field<bf16, [k, j]>)
        -> !norm.field<f32, [k, j]> {
      %0 = arith.extf %a : bf16 to f32
      %1 = arith.extf %b : bf16 to f32
      %2 = arith.mulf %0, %r : f32
      %3 = arith.mulf %2, %1 : f32
      norm.yield %3 : f32
    }
    %other = norm.flip %q along k : !norm.field<f32, [k, j]>
    %yf = norm.map (%a = %q : !norm.field<f32, [k, j]>, %o = %other : !norm.field<f32, [k, j]>,
                    %co = %cf : !norm.field<f32, [j]>, %si = %sf : !norm.field<f32, [j]>)
        -> !norm.field<bf16, [k, j]> {
      %k = norm.index k
      %zero = arith.constant 0 : index
      %first = arith.cmpi eq, %k, %zero : index
      %minus = arith.negf %si : f32
      %s = arith.select %first, %minus, %si : f32
      %0 = arith.mulf %a, %co : f32
      %1 = arith.mulf %o, %s : f32
      %2 = arith.addf %0, %1 : f32
      %3 = arith.truncf %2 : f32 to bf16
      norm.yield %3 : bf16
    }
    norm.yield %yf : !norm.field<bf16, [k, j]>
  }
  return %y : tensor<?x?x?xbf16>
}
