// RUN: norm-opt %s --norm-expand-math --split-input-file --verify-diagnostics

func.func @power(%x: f32, %p: f32) -> f32 {
  // expected-error @below {{'math.powf' op expects a constant exponent to be expanded without a library}}
  %y = math.powf %x, %p : f32
  return %y : f32
}

// -----

func.func @power_value(%x: vector<4xf32>) -> vector<4xf32> {
  %p = arith.constant dense<1.5> : vector<4xf32>
  // expected-error @below {{expects an exponent of 0.5, -0.5 or a whole number from -32 to 32 to be expanded without a library, but got 1.5}}
  %y = math.powf %x, %p : vector<4xf32>
  return %y : vector<4xf32>
}

// -----

func.func @power_of_integer(%x: f32, %p: i32) -> f32 {
  // expected-error @below {{'math.fpowi' op expects a constant exponent to be expanded without a library}}
  %y = math.fpowi %x, %p : f32, i32
  return %y : f32
}

// -----

func.func @power_too_large(%x: f32) -> f32 {
  %p = arith.constant -33 : i64
  // expected-error @below {{expects a whole exponent from -32 to 32 to be expanded without a library, but got -33}}
  %y = math.fpowi %x, %p : f32, i64
  return %y : f32
}

// -----

func.func @sine(%x: f64) -> f64 {
  // expected-error @below {{'math.sin' op has no expansion without a library}}
  %y = math.sin %x : f64
  return %y : f64
}

// -----

func.func @remainder(%x: bf16) -> bf16 {
  // expected-error @below {{'arith.remf' op has no expansion without a library}}
  %y = arith.remf %x, %x : bf16
  return %y : bf16
}

// -----

func.func @rounding_mode(%x: f32) -> f16 {
  // expected-error @below {{expects to round to nearest even, but got toward_zero}}
  %y = arith.truncf %x toward_zero : f32 to f16
  return %y : f16
}

// -----

func.func @long_vector(%x: vector<2xf80>) -> vector<2xf80> {
  // expected-error @below {{expects a scalar where the type is f80, but got 'vector<2xf80>'}}
  %y = math.exp %x : vector<2xf80>
  return %y : vector<2xf80>
}

// -----

func.func @other_float(%x: vector<4xf32>) -> vector<4xf8E4M3FNUZ> {
  // expected-error @below {{'arith.truncf' op expects f8E4M3FN, f8E5M2, f16, bf16, f32, f64 or f80, but got 'f8E4M3FNUZ'}}
  %y = arith.truncf %x : vector<4xf32> to vector<4xf8E4M3FNUZ>
  return %y : vector<4xf8E4M3FNUZ>
}
