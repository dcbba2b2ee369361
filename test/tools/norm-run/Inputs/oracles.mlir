// What the kernels of kernels.c compute, for --check.
func.func @rms(%x: tensor<?x?xf32>, %w: tensor<?xf32>) -> (tensor<?x?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf32>
  %y0 = tensor.empty(%rows, %cols) : tensor<?x?xf32>
  %r0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %rstd = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%x(r, c) : tensor<?x?xf32>, %w(c) : tensor<?xf32>)
      outs(%y0(r, c) : tensor<?x?xf32>, %r0(r) : tensor<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %wf: !norm.field<f32, [c]>):
    %q = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %a : f32
      norm.yield %0 : f32
    }
    %s = norm.reduce sum (%q : !norm.field<f32, [c]>) over [c] order = <lanes = 1> : f32
    %n = norm.count [c] : f32
    %ms = arith.divf %s, %n : f32
    %eps = arith.constant 1.0e-5 : f32
    %v = arith.addf %ms, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [c]>, %g = %wf : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %r : f32
      %1 = arith.mulf %0, %g : f32
      norm.yield %1 : f32
    }
    norm.yield %yf, %r : !norm.field<f32, [c]>, f32
  }
  return %y, %rstd : tensor<?x?xf32>, tensor<?xf32>
}

func.func @rms64(%x: tensor<?x?xf64>) -> tensor<?x?xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf64>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf64>
  %y0 = tensor.empty(%rows, %cols) : tensor<?x?xf64>
  %y = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%x(r, c) : tensor<?x?xf64>) outs(%y0(r, c) : tensor<?x?xf64>) {
  ^bb0(%xf: !norm.field<f64, [c]>):
    %q = norm.map (%a = %xf : !norm.field<f64, [c]>) -> !norm.field<f64, [c]> {
      %0 = arith.mulf %a, %a : f64
      norm.yield %0 : f64
    }
    %s = norm.reduce sum (%q : !norm.field<f64, [c]>) over [c] order = <lanes = 1> : f64
    %n = norm.count [c] : f64
    %ms = arith.divf %s, %n : f64
    %eps = arith.constant 1.0e-5 : f64
    %v = arith.addf %ms, %eps : f64
    %r = norm.rsqrt exact %v : f64
    %yf = norm.map (%a = %xf : !norm.field<f64, [c]>) -> !norm.field<f64, [c]> {
      %0 = arith.mulf %a, %r : f64
      norm.yield %0 : f64
    }
    norm.yield %yf : !norm.field<f64, [c]>
  }
  return %y : tensor<?x?xf64>
}

func.func @add_one(%x: tensor<?xbf16>) -> tensor<?xbf16> {
  %c0 = arith.constant 0 : index
  %size = tensor.dim %x, %c0 : tensor<?xbf16>
  %y0 = tensor.empty(%size) : tensor<?xbf16>
  %y = norm.generic iter(n = %size) reduce [n]
      ins(%x(n) : tensor<?xbf16>) outs(%y0(n) : tensor<?xbf16>) {
  ^bb0(%xf: !norm.field<bf16, [n]>):
    %yf = norm.map (%a = %xf : !norm.field<bf16, [n]>) -> !norm.field<bf16, [n]> {
      %0 = arith.extf %a : bf16 to f32
      %one = arith.constant 1.0 : f32
      %1 = arith.addf %0, %one : f32
      %2 = arith.truncf %1 : f32 to bf16
      norm.yield %2 : bf16
    }
    norm.yield %yf : !norm.field<bf16, [n]>
  }
  return %y : tensor<?xbf16>
}
