// RUN: norm-opt %s --norm-legalize-nvvm --split-input-file --verify-diagnostics

func.func @from_f64(%x: f64) -> f8E5M2 {
  // expected-error @below {{'arith.truncf' op expects 8 bits from f16, bf16 or f32, scalars or vectors of one dimension, but got 'f64' and 'f8E5M2'}}
  %y = arith.truncf %x : f64 to f8E5M2
  return %y : f8E5M2
}

// -----

func.func @two_dimensions(%x: vector<2x4xf8E4M3FN>) -> vector<2x4xf32> {
  // expected-error @below {{expects 8 bits from f16, bf16 or f32, scalars or vectors of one dimension, but got 'vector<2x4xf8E4M3FN>' and 'vector<2x4xf32>'}}
  %y = arith.extf %x : vector<2x4xf8E4M3FN> to vector<2x4xf32>
  return %y : vector<2x4xf32>
}
