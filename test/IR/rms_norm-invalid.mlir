// RUN: norm-opt %s --split-input-file --verify-diagnostics

func.func @c1(%x: tensor<8x4x64xf32>) {
  // expected-error @below {{expects axes to be the last dimensions of a rank-3 input, but got [2, 1]}}
  %y = norm.rms_norm %x axes = [2, 1] eps = 1.0e-5 outs(%x : tensor<8x4x64xf32>) : tensor<8x4x64xf32>
  return
}

// -----

// expected-note @below {{scale is defined here}}
func.func @c2(%x: tensor<8x4x64xf32>, %w: tensor<64xf32>) {
  // expected-error @below {{expects scale of shape [4, 64], but got 'tensor<64xf32>'}}
  %y = norm.rms_norm %x scale(%w : tensor<64xf32>) axes = [1, 2] eps = 1.0e-5 outs(%x : tensor<8x4x64xf32>) : tensor<8x4x64xf32>
  return
}

// -----

func.func @c3(%x: tensor<8x64xf32>) {
  // expected-error @below {{expects residual_sum to stand with residual, but got no residual}}
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-5 residual_sum = rounded outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>
  return
}

// -----

func.func @c4_count(%x: tensor<8x64xf32>, %m: tensor<8xf32>) {
  // expected-error @below {{expects 1 outs, or 2 with statistics, but got 3}}
  %y:3 = norm.rms_norm %x axes = [1] eps = 1.0e-5 outs(%x, %m, %m : tensor<8x64xf32>, tensor<8xf32>, tensor<8xf32>) : tensor<8x64xf32>
  return
}

// -----

// expected-note @below {{out 1 is defined here}}
func.func @c4_groups(%x: tensor<8x64xf32>, %m: tensor<8xf32>) {
  // expected-error @below {{expects out 1 of shape [8, 4], but got 'tensor<8xf32>'}}
  %y:2 = norm.rms_norm %x axes = [1] eps = 1.0e-5 groups = 4 outs(%x, %m : tensor<8x64xf32>, tensor<8xf32>) : tensor<8x64xf32>
  return
}

// -----

// expected-note @below {{out 1 is defined here}}
func.func @c5(%x: tensor<8x64xf64>, %r: tensor<8xf32>) {
  // expected-error @below {{expects out 1 of element type 'f64', the type that it is computed in, but got 'tensor<8xf32>'}}
  %y:2 = norm.rms_norm %x axes = [1] eps = 1.0e-5 outs(%x, %r : tensor<8x64xf64>, tensor<8xf32>) : tensor<8x64xf64>
  return
}

// -----

func.func @c6(%x: tensor<8x64xf32>) {
  // expected-error-re @below {{expects eps to be finite and not negative, but got {{nan|NAN}}}}
  %y = norm.rms_norm %x axes = [1] eps = 0x7FF8000000000000 outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>
  return
}

// -----

func.func @c7(%x: tensor<8x64xf32>) {
  // expected-error @below {{expects weight_offset to stand with scale, which it is added to}}
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-5 weight_offset = 1.0 outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>
  return
}

// -----

// expected-note @below {{gate is defined here}}
func.func @c8_shape(%x: tensor<8x64xf32>, %z: tensor<64xf32>) {
  // expected-error @below {{expects gate of shape [8, 64], but got 'tensor<64xf32>'}}
  %y = norm.rms_norm %x gate(%z : tensor<64xf32>) axes = [1] eps = 1.0e-5 outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>
  return
}

// -----

func.func @c8_alone(%x: tensor<8x64xf32>) {
  // expected-error @below {{expects gating to stand with gate, but got no gate}}
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-5 gating = before outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>
  return
}

// -----

func.func @c9_least(%x: tensor<8x64xf32>) {
  // expected-error @below {{expects groups to be at least 1, but got 0}}
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-5 groups = 0 outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>
  return
}

// -----

func.func @c9_axis(%x: tensor<8x4x64xf32>) {
  // expected-error @below {{expects one axis where a row has groups, but got 2}}
  %y = norm.rms_norm %x axes = [1, 2] eps = 1.0e-5 groups = 4 outs(%x : tensor<8x4x64xf32>) : tensor<8x4x64xf32>
  return
}

// -----

func.func @c9_divides(%x: tensor<8x64xf32>) {
  // expected-error @below {{expects groups to divide the row, but 5 does not divide 64}}
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-5 groups = 5 outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>
  return
}
