// RUN: norm-opt %s --split-input-file --verify-diagnostics

func.func @c1_last(%x: tensor<8x64xf32>) {
  // expected-error @below {{expects axes to be the last dimensions of a rank-2 input, but got [0]}}
  %y = norm.layer_norm %x axes = [0] eps = 1.0e-5 outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>
  return
}

// -----

func.func @c1_empty(%x: tensor<8x0xf32>) {
  // expected-error @below {{expects at least one element in a row, but axis 1 of 'tensor<8x0xf32>' has size 0}}
  %y = norm.layer_norm %x axes = [1] eps = 1.0e-5 outs(%x : tensor<8x0xf32>) : tensor<8x0xf32>
  return
}

// -----

// expected-note @below {{scale is defined here}}
func.func @c2_scale(%x: tensor<8x64xf32>, %w: tensor<32xf32>) {
  // expected-error @below {{expects scale of shape [64], but got 'tensor<32xf32>'}}
  %y = norm.layer_norm %x scale(%w : tensor<32xf32>) axes = [1] eps = 1.0e-5 outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>
  return
}

// -----

// expected-note @below {{bias is defined here}}
func.func @c2_bias(%x: tensor<8x?xf32>, %b: tensor<8x?xf32>) {
  // expected-error @below {{expects bias of shape [?], but got 'tensor<8x?xf32>'}}
  %y = norm.layer_norm %x bias(%b : tensor<8x?xf32>) axes = [1] eps = 1.0e-5 outs(%x : tensor<8x?xf32>) : tensor<8x?xf32>
  return
}

// -----

// expected-note @below {{residual is defined here}}
func.func @c3_shape(%x: tensor<8x64xf32>, %r: tensor<9x64xf32>) {
  // expected-error @below {{expects residual of shape [8, 64], but got 'tensor<9x64xf32>'}}
  %y = norm.layer_norm %x residual(%r : tensor<9x64xf32>) axes = [1] eps = 1.0e-5 outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>
  return
}

// -----

func.func @c3_keep_sum(%x: tensor<8x64xf32>) {
  // expected-error @below {{expects keep_sum to stand with residual, but got no residual}}
  %y:2 = norm.layer_norm %x axes = [1] eps = 1.0e-5 keep_sum outs(%x, %x : tensor<8x64xf32>, tensor<8x64xf32>) : tensor<8x64xf32>
  return
}

// -----

func.func @c3_residual_sum(%x: tensor<8x64xf32>) {
  // expected-error @below {{expects residual_sum to stand with residual, but got no residual}}
  %y = norm.layer_norm %x axes = [1] eps = 1.0e-5 residual_sum = rounded outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>
  return
}

// -----

func.func @c4_count(%x: tensor<8x64xf32>, %m: tensor<8xf32>) {
  // expected-error @below {{expects 1 outs, or 3 with statistics, but got 2}}
  %y:2 = norm.layer_norm %x axes = [1] eps = 1.0e-5 outs(%x, %m : tensor<8x64xf32>, tensor<8xf32>) : tensor<8x64xf32>
  return
}

// -----

// expected-note @below {{out 1 is defined here}}
func.func @c4_shape(%x: tensor<8x64xf32>, %m: tensor<64xf32>) {
  // expected-error @below {{expects out 1 of shape [8], but got 'tensor<64xf32>'}}
  %y:3 = norm.layer_norm %x axes = [1] eps = 1.0e-5 outs(%x, %m, %m : tensor<8x64xf32>, tensor<64xf32>, tensor<64xf32>) : tensor<8x64xf32>
  return
}

// -----

// expected-note @below {{out 0 is defined here}}
func.func @c5_result(%x: tensor<8x64xbf16>, %y0: tensor<8x64xf32>) {
  // expected-error @below {{expects out 0 of element type 'bf16', that of the input, but got 'tensor<8x64xf32>'}}
  %y = norm.layer_norm %x axes = [1] eps = 1.0e-5 outs(%y0 : tensor<8x64xf32>) : tensor<8x64xbf16>
  return
}

// -----

// expected-note @below {{out 1 is defined here}}
func.func @c5_statistic(%x: tensor<8x64xbf16>, %m: tensor<8xbf16>) {
  // expected-error @below {{expects out 1 of element type 'f32', the type that it is computed in, but got 'tensor<8xbf16>'}}
  %y:3 = norm.layer_norm %x axes = [1] eps = 1.0e-5 outs(%x, %m, %m : tensor<8x64xbf16>, tensor<8xbf16>, tensor<8xbf16>) : tensor<8x64xbf16>
  return
}

// -----

func.func @c6_negative(%x: tensor<8x64xf32>) {
  // expected-error @below {{expects eps to be finite and not negative, but got -1.000000e+00}}
  %y = norm.layer_norm %x axes = [1] eps = -1.0 outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>
  return
}

// -----

func.func @c6_missing(%x: tensor<8x64xf32>) {
  // expected-error @below {{expects eps either as an attribute or as an operand, but got neither}}
  %y = "norm.layer_norm"(%x, %x) <{axes = array<i64: 1>, operandSegmentSizes = array<i32: 1, 0, 0, 0, 0, 1>}> : (tensor<8x64xf32>, tensor<8x64xf32>) -> tensor<8x64xf32>
  return
}

// -----

func.func @c7_alone(%x: tensor<8x64xf32>) {
  // expected-error @below {{expects weight_offset to stand with scale, which it is added to}}
  %y = norm.layer_norm %x axes = [1] eps = 1.0e-5 weight_offset = 1.0 outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>
  return
}

// -----

func.func @c7_finite(%x: tensor<8x64xf32>, %w: tensor<64xf32>) {
  // expected-error-re @below {{expects a finite weight_offset, but got {{inf|INF}}}}
  %y = norm.layer_norm %x scale(%w : tensor<64xf32>) axes = [1] eps = 1.0e-5 weight_offset = 0x7FF0000000000000 outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>
  return
}

// -----

func.func @element_type(%x: tensor<8x64xi32>) {
  // expected-error @below {{operand #0 must be ranked tensor of f8E4M3FN type or f8E5M2 type or bfloat16 type or 16-bit float or 32-bit float or 64-bit float values, but got 'tensor<8x64xi32>'}}
  %y = norm.layer_norm %x axes = [1] eps = 1.0e-5 outs(%x : tensor<8x64xi32>) : tensor<8x64xi32>
  return
}
