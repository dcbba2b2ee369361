// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt --canonicalize | FileCheck %s

// RMS norm with quantized results: a scale for every row, and a scale for every block of 32.

// y = round(yhat / scale), scale = max |yhat| / 127 over the row.
// CHECK-LABEL: func @row_int8
// CHECK: norm.reduce max
func.func @row_int8(%x: tensor<?x?xbf16>, %w: tensor<?xbf16>) -> (tensor<?x?xi8>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xbf16>
  %cols = tensor.dim %x, %c1 : tensor<?x?xbf16>
  %q0 = tensor.empty(%rows, %cols) : tensor<?x?xi8>
  %s0 = tensor.empty(%rows) : tensor<?xf32>
  %q, %s = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%x(r, c) : tensor<?x?xbf16>, %w(c) : tensor<?xbf16>)
      outs(%q0(r, c) : tensor<?x?xi8>, %s0(r) : tensor<?xf32>) {
  ^bb0(%xb: !norm.field<bf16, [c]>, %wb: !norm.field<bf16, [c]>):
    %sq = norm.map (%a = %xb : !norm.field<bf16, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.extf %a : bf16 to f32
      %1 = arith.mulf %0, %0 : f32
      norm.yield %1 : f32
    }
    %sum = norm.reduce sum (%sq : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %n = norm.count [c] : f32
    %ms = arith.divf %sum, %n : f32
    %eps = arith.constant 1.0e-6 : f32
    %v = arith.addf %ms, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yhat, %abs = norm.map (%a = %xb : !norm.field<bf16, [c]>, %b = %wb : !norm.field<bf16, [c]>)
        -> !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %0 = arith.extf %a : bf16 to f32
      %1 = arith.extf %b : bf16 to f32
      %2 = arith.mulf %0, %r : f32
      %3 = arith.mulf %2, %1 : f32
      %4 = math.absf %3 : f32
      norm.yield %3, %4 : f32, f32
    }
    %max = norm.reduce max (%abs : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %c127 = arith.constant 127.0 : f32
    %scale = arith.divf %max, %c127 : f32
    %zero = arith.constant 0.0 : f32
    %qf = norm.map (%a = %yhat : !norm.field<f32, [c]>) -> !norm.field<i8, [c]> {
      %0 = arith.divf %a, %scale : f32
      %isZero = arith.cmpf oeq, %scale, %zero : f32
      %1 = arith.select %isZero, %zero, %0 : f32
      %2 = math.roundeven %1 : f32
      %3 = arith.fptosi %2 : f32 to i8
      norm.yield %3 : i8
    }
    norm.yield %qf, %scale : !norm.field<i8, [c]>, f32
  }
  return %q, %s : tensor<?x?xi8>, tensor<?xf32>
}

// The statistics are the row's, the scale is a field over the blocks, and itself a result.
// CHECK-LABEL: func @block_scaled
// CHECK: iter(r = %{{.*}}, b = %{{.*}}, e = 32) reduce [b, e]
// CHECK: norm.reduce max({{.*}}) over [e] order = <lanes = 8> : !norm.field<f32, [b]>
func.func @block_scaled(%x: tensor<?x?xf32>, %w: tensor<?xf32>)
    -> (tensor<?x?xi8>, tensor<?x?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c32 = arith.constant 32 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf32>
  %blocks = arith.divui %cols, %c32 : index
  %q0 = tensor.empty(%rows, %cols) : tensor<?x?xi8>
  %s0 = tensor.empty(%rows, %blocks) : tensor<?x?xf32>
  %q, %s = norm.generic iter(r = %rows, b = %blocks, e = 32) reduce [b, e]
      ins(%x(r, [b e]) : tensor<?x?xf32>, %w([b e]) : tensor<?xf32>)
      outs(%q0(r, [b e]) : tensor<?x?xi8>, %s0(r, b) : tensor<?x?xf32>) {
  ^bb0(%xf: !norm.field<f32, [b, e]>, %wf: !norm.field<f32, [b, e]>):
    %sq = norm.map (%a = %xf : !norm.field<f32, [b, e]>) -> !norm.field<f32, [b, e]> {
      %0 = arith.mulf %a, %a : f32
      norm.yield %0 : f32
    }
    %sum = norm.reduce sum (%sq : !norm.field<f32, [b, e]>) over [b, e] order = <lanes = 16> : f32
    %n = norm.count [b, e] : f32
    %ms = arith.divf %sum, %n : f32
    %eps = arith.constant 1.0e-6 : f32
    %v = arith.addf %ms, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yhat, %abs = norm.map (%a = %xf : !norm.field<f32, [b, e]>, %g = %wf : !norm.field<f32, [b, e]>)
        -> !norm.field<f32, [b, e]>, !norm.field<f32, [b, e]> {
      %0 = arith.mulf %a, %r : f32
      %1 = arith.mulf %0, %g : f32
      %2 = math.absf %1 : f32
      norm.yield %1, %2 : f32, f32
    }
    %max = norm.reduce max (%abs : !norm.field<f32, [b, e]>) over [e] order = <lanes = 8>
        : !norm.field<f32, [b]>
    %scale = norm.map (%m = %max : !norm.field<f32, [b]>) -> !norm.field<f32, [b]> {
      %c127 = arith.constant 127.0 : f32
      %0 = arith.divf %m, %c127 : f32
      norm.yield %0 : f32
    }
    %qf = norm.map (%a = %yhat : !norm.field<f32, [b, e]>, %sc = %scale : !norm.field<f32, [b]>)
        -> !norm.field<i8, [b, e]> {
      %zero = arith.constant 0.0 : f32
      %0 = arith.divf %a, %sc : f32
      %isZero = arith.cmpf oeq, %sc, %zero : f32
      %1 = arith.select %isZero, %zero, %0 : f32
      %2 = math.roundeven %1 : f32
      %3 = arith.fptosi %2 : f32 to i8
      norm.yield %3 : i8
    }
    norm.yield %qf, %scale : !norm.field<i8, [b, e]>, !norm.field<f32, [b]>
  }
  return %q, %s : tensor<?x?xi8>, tensor<?x?xf32>
}
