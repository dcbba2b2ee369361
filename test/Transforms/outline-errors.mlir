// RUN: norm-opt %s --norm-outline=mode=host --split-input-file --verify-diagnostics

// What no host function can do, and where.

func.func @loop(%x: tensor<8x64xf32>, %n: tensor<i32>) -> tensor<8x64xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  // expected-error @below {{cannot be a part of a host function: a normalization is inside of its control flow; --outline=calls leaves it to the caller}}
  %y = scf.for %i = %c0 to %c8 step %c1 iter_args(%a = %x) -> tensor<8x64xf32> {
    %e = tensor.empty() : tensor<8x64xf32>
    // expected-note @below {{here}}
    %n1 = norm.generic iter(r = 8, c = 64) reduce [c] ins(%a(r, c) : tensor<8x64xf32>) outs(%e(r, c) : tensor<8x64xf32>) {
    ^bb0(%xf: !norm.field<f32, [c]>):
      norm.yield %xf : !norm.field<f32, [c]>
    }
    scf.yield %n1 : tensor<8x64xf32>
  }
  return %y : tensor<8x64xf32>
}

// -----

func.func @size(%x: tensor<8x64xf32>, %n: tensor<1xi64>) -> tensor<?x64xf32> {
  %c0 = arith.constant 0 : index
  %number = tensor.extract %n[%c0] : tensor<1xi64>
  %rows = arith.index_cast %number : i64 to index
  // expected-error @below {{cannot be a part of a host function: the size of dimension 0 of its result is not known before it has run; --outline=calls leaves it to the caller}}
  %some = tensor.extract_slice %x[0, 0] [%rows, 64] [1, 1] : tensor<8x64xf32> to tensor<?x64xf32>
  %size = tensor.dim %some, %c0 : tensor<?x64xf32>
  %p = tensor.empty(%size) : tensor<?x64xf32>
  %y = norm.generic iter(r = %size, c = 64) reduce [c] ins(%some(r, c) : tensor<?x64xf32>) outs(%p(r, c) : tensor<?x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  return %y : tensor<?x64xf32>
}

// -----

func.func @index(%x: tensor<8x64xf32>, %n: tensor<1xi64>) -> tensor<?x64xf32> {
  %c0 = arith.constant 0 : index
  // expected-error @below {{cannot be a part of a host function: its result is no ranked tensor, and others need it}}
  %number = tensor.extract %n[%c0] : tensor<1xi64>
  %rows = arith.index_cast %number : i64 to index
  %p = tensor.empty(%rows) : tensor<?x64xf32>
  %y = norm.generic iter(r = %rows, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%p(r, c) : tensor<?x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  return %y : tensor<?x64xf32>
}

// -----

// expected-error @below {{cannot be a part of a host function: argument 1 of 'number' is no ranked tensor}}
func.func @number(%x: tensor<8x64xf32>, %n: index) -> tensor<8x64xf32> {
  %e = tensor.empty() : tensor<8x64xf32>
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%e(r, c) : tensor<8x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  %z = linalg.exp ins(%y : tensor<8x64xf32>) outs(%e : tensor<8x64xf32>) -> tensor<8x64xf32>
  return %z : tensor<8x64xf32>
}

// -----

// expected-error @below {{cannot be a part of a host function: 'inner' has normalizations, and is private: no caller in C sees it; --outline=calls leaves it to the caller}}
func.func private @inner(%x: tensor<8x64xf32>) -> tensor<8x64xf32> {
  %e = tensor.empty() : tensor<8x64xf32>
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%e(r, c) : tensor<8x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  return %y : tensor<8x64xf32>
}
func.func @outer(%x: tensor<8x64xf32>) -> tensor<8x64xf32> {
  %y = call @inner(%x) : (tensor<8x64xf32>) -> tensor<8x64xf32>
  return %y : tensor<8x64xf32>
}

// -----

// expected-error @below {{cannot be a part of a host function: result 1 of 'rows' is no ranked tensor; --outline=calls leaves it to the caller}}
func.func @rows(%x: tensor<?x64xf32>) -> (tensor<?x64xf32>, index) {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x64xf32>
  %e = tensor.empty(%n) : tensor<?x64xf32>
  %y = norm.generic iter(r = %n, c = 64) reduce [c] ins(%x(r, c) : tensor<?x64xf32>) outs(%e(r, c) : tensor<?x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  return %y, %n : tensor<?x64xf32>, index
}

// -----

// expected-error @below {{cannot be a part of a host function: argument 1 of 'packed' is tensor<64xi4>, whose elements C has no type for; --outline=calls leaves it to the caller}}
func.func @packed(%x: tensor<8x64xf32>, %w: tensor<64xi4>) -> tensor<8x64xf32> {
  %e = tensor.empty() : tensor<8x64xf32>
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%e(r, c) : tensor<8x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  return %y : tensor<8x64xf32>
}

// -----

// What one rest leaves to another goes through C too.
func.func @between(%x: tensor<8x64xf32>) -> (tensor<8x64xf32>, tensor<8x64xf32>) {
  %e = tensor.empty() : tensor<8x64xf32>
  %ce = tensor.empty() : tensor<8x64xcomplex<f32>>
  // expected-error @below {{cannot be a part of a host function: its result is tensor<8x64xcomplex<f32>>, whose elements C has no type for, and others need it; --outline=calls leaves it to the caller}}
  %c = linalg.map ins(%x : tensor<8x64xf32>) outs(%ce : tensor<8x64xcomplex<f32>>) (%a: f32, %o: complex<f32>) {
    %v = complex.create %a, %a : complex<f32>
    linalg.yield %v : complex<f32>
  }
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%e(r, c) : tensor<8x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  %z = linalg.map ins(%c : tensor<8x64xcomplex<f32>>) outs(%e : tensor<8x64xf32>) (%a: complex<f32>, %o: f32) {
    %v = complex.re %a : complex<f32>
    linalg.yield %v : f32
  }
  return %y, %z : tensor<8x64xf32>, tensor<8x64xf32>
}

// -----

// Operations that work with nothing of the function.
ml_program.global private mutable @seed(dense<0> : tensor<i64>) : tensor<i64>
func.func @state(%x: tensor<8x64xf32>) -> tensor<8x64xf32> {
  // expected-error @below {{cannot be a part of a host function: it is given no tensor and makes none that others need; --outline=calls leaves it to the caller}}
  %s = ml_program.global_load @seed : tensor<i64>
  ml_program.global_store @seed = %s : tensor<i64>
  %e = tensor.empty() : tensor<8x64xf32>
  %y = norm.generic iter(r = 8, c = 64) reduce [c]
      ins(%x(r, c) : tensor<8x64xf32>) outs(%e(r, c) : tensor<8x64xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return %y : tensor<8x64xf32>
}
