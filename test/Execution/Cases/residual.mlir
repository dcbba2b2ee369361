// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt --canonicalize | FileCheck %s

// RMS norm of x + residual, with the sum as a second result. Rounded: the statistics are those of
// the bf16 sum, and the weight is a second rounding (Hugging Face). Unrounded: the f32 sum goes on.

// CHECK-LABEL: func @add_rms_rounded
func.func @add_rms_rounded(%x: tensor<?x?xbf16>, %res: tensor<?x?xbf16>, %w: tensor<?xbf16>)
    -> (tensor<?x?xbf16>, tensor<?x?xbf16>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xbf16>
  %cols = tensor.dim %x, %c1 : tensor<?x?xbf16>
  %y0 = tensor.empty(%rows, %cols) : tensor<?x?xbf16>
  %h0 = tensor.empty(%rows, %cols) : tensor<?x?xbf16>
  %r0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %h, %rs = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%x(r, c) : tensor<?x?xbf16>, %res(r, c) : tensor<?x?xbf16>, %w(c) : tensor<?xbf16>)
      outs(%y0(r, c) : tensor<?x?xbf16>, %h0(r, c) : tensor<?x?xbf16>, %r0(r) : tensor<?xf32>) {
  ^bb0(%xb: !norm.field<bf16, [c]>, %rb: !norm.field<bf16, [c]>, %wb: !norm.field<bf16, [c]>):
    %hb, %hf = norm.map (%a = %xb : !norm.field<bf16, [c]>, %b = %rb : !norm.field<bf16, [c]>)
        -> !norm.field<bf16, [c]>, !norm.field<f32, [c]> {
      %0 = arith.extf %a : bf16 to f32
      %1 = arith.extf %b : bf16 to f32
      %2 = arith.addf %0, %1 : f32
      %3 = arith.truncf %2 : f32 to bf16
      %4 = arith.extf %3 : bf16 to f32
      norm.yield %3, %4 : bf16, f32
    }
    %q = norm.map (%a = %hf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %a : f32
      norm.yield %0 : f32
    }
    %s = norm.reduce sum (%q : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %n = norm.count [c] : f32
    %ms = arith.divf %s, %n : f32
    %eps = arith.constant 1.0e-6 : f32
    %v = arith.addf %ms, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %hf : !norm.field<f32, [c]>, %b = %wb : !norm.field<bf16, [c]>)
        -> !norm.field<bf16, [c]> {
      %0 = arith.mulf %a, %r : f32
      %1 = arith.truncf %0 : f32 to bf16
      %2 = arith.mulf %1, %b : bf16
      norm.yield %2 : bf16
    }
    norm.yield %yf, %hb, %r : !norm.field<bf16, [c]>, !norm.field<bf16, [c]>, f32
  }
  return %y, %h, %rs : tensor<?x?xbf16>, tensor<?x?xbf16>, tensor<?xf32>
}

// CHECK-LABEL: func @add_rms_unrounded
func.func @add_rms_unrounded(%x: tensor<?x?xbf16>, %res: tensor<?x?xbf16>, %w: tensor<?xbf16>)
    -> (tensor<?x?xbf16>, tensor<?x?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xbf16>
  %cols = tensor.dim %x, %c1 : tensor<?x?xbf16>
  %y0 = tensor.empty(%rows, %cols) : tensor<?x?xbf16>
  %h0 = tensor.empty(%rows, %cols) : tensor<?x?xf32>
  %r0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %h, %rs = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%x(r, c) : tensor<?x?xbf16>, %res(r, c) : tensor<?x?xbf16>, %w(c) : tensor<?xbf16>)
      outs(%y0(r, c) : tensor<?x?xbf16>, %h0(r, c) : tensor<?x?xf32>, %r0(r) : tensor<?xf32>) {
  ^bb0(%xb: !norm.field<bf16, [c]>, %rb: !norm.field<bf16, [c]>, %wb: !norm.field<bf16, [c]>):
    %hf = norm.map (%a = %xb : !norm.field<bf16, [c]>, %b = %rb : !norm.field<bf16, [c]>)
        -> !norm.field<f32, [c]> {
      %0 = arith.extf %a : bf16 to f32
      %1 = arith.extf %b : bf16 to f32
      %2 = arith.addf %0, %1 : f32
      norm.yield %2 : f32
    }
    %q = norm.map (%a = %hf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %a : f32
      norm.yield %0 : f32
    }
    %s = norm.reduce sum (%q : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %n = norm.count [c] : f32
    %ms = arith.divf %s, %n : f32
    %eps = arith.constant 1.0e-6 : f32
    %v = arith.addf %ms, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %hf : !norm.field<f32, [c]>, %b = %wb : !norm.field<bf16, [c]>)
        -> !norm.field<bf16, [c]> {
      %0 = arith.mulf %a, %r : f32
      %1 = arith.extf %b : bf16 to f32
      %2 = arith.mulf %0, %1 : f32
      %3 = arith.truncf %2 : f32 to bf16
      norm.yield %3 : bf16
    }
    norm.yield %yf, %hf, %r : !norm.field<bf16, [c]>, !norm.field<f32, [c]>, f32
  }
  return %y, %h, %rs : tensor<?x?xbf16>, tensor<?x?xf32>, tensor<?xf32>
}
