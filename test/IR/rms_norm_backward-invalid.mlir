// RUN: norm-opt %s --split-input-file --verify-diagnostics

func.func @c1(%x: tensor<8x64xf32>, %dy: tensor<8x64xf32>) {
  // expected-error @below {{expects axes to be the last dimensions of a rank-2 input, but got [0]}}
  %y = norm.rms_norm_backward %dy, %x axes = [0] eps = 1.0e-5 gradients = [input] outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>, tensor<8x64xf32>
  return
}

// -----

// expected-note @below {{dy is defined here}}
func.func @c2_dy(%x: tensor<8x64xf32>, %dy: tensor<8x32xf32>) {
  // expected-error @below {{expects dy of shape [8, 64], but got 'tensor<8x32xf32>'}}
  %y = norm.rms_norm_backward %dy, %x axes = [1] eps = 1.0e-5 gradients = [input] outs(%x : tensor<8x64xf32>) : tensor<8x32xf32>, tensor<8x64xf32>
  return
}

// -----

// expected-note @below {{dy is defined here}}
func.func @c2_type(%x: tensor<8x64xf32>, %dy: tensor<8x64xf16>) {
  // expected-error @below {{expects dy of element type 'f32', that of the input, but got 'tensor<8x64xf16>'}}
  %y = norm.rms_norm_backward %dy, %x axes = [1] eps = 1.0e-5 gradients = [input] outs(%x : tensor<8x64xf32>) : tensor<8x64xf16>, tensor<8x64xf32>
  return
}

// -----

// expected-note @below {{scale is defined here}}
func.func @c2_scale(%x: tensor<8x64xf32>, %dy: tensor<8x64xf32>, %w: tensor<8xf32>) {
  // expected-error @below {{expects scale of shape [64], but got 'tensor<8xf32>'}}
  %y = norm.rms_norm_backward %dy, %x scale(%w : tensor<8xf32>) axes = [1] eps = 1.0e-5 gradients = [input] outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>, tensor<8x64xf32>
  return
}

// -----

// expected-note @below {{a statistic is defined here}}
func.func @c3(%x: tensor<8x64xf32>, %dy: tensor<8x64xf32>, %s: tensor<64xf32>) {
  // expected-error @below {{expects a statistic of shape [8], but got 'tensor<64xf32>'}}
  %y = norm.rms_norm_backward %dy, %x stats(%s : tensor<64xf32>) axes = [1] gradients = [input] outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>, tensor<8x64xf32>
  return
}

// -----

func.func @c4_missing(%x: tensor<8x64xf32>, %dy: tensor<8x64xf32>) {
  // expected-error @below {{expects eps either as an attribute or as an operand, but got neither}}
  %y = norm.rms_norm_backward %dy, %x axes = [1] gradients = [input] outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>, tensor<8x64xf32>
  return
}

// -----

func.func @c4_useless(%x: tensor<8x64xf32>, %dy: tensor<8x64xf32>, %s: tensor<8xf32>) {
  // expected-error @below {{expects no eps where the statistics hold one over the root already}}
  %y = norm.rms_norm_backward %dy, %x stats(%s : tensor<8xf32>) axes = [1] eps = 1.0e-5 gradients = [input] outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>, tensor<8x64xf32>
  return
}

// -----

func.func @c5_none(%x: tensor<8x64xf32>, %dy: tensor<8x64xf32>) {
  // expected-error @below {{expects at least one of input, scale and bias in gradients}}
  %y = norm.rms_norm_backward %dy, %x axes = [1] eps = 1.0e-5 gradients = [] outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>, tensor<8x64xf32>
  return
}

// -----

func.func @c5_order(%x: tensor<8x64xf32>, %dy: tensor<8x64xf32>) {
  // expected-error @below {{expects input, scale and bias in this order, each at most once}}
  %y = norm.rms_norm_backward %dy, %x axes = [1] eps = 1.0e-5 gradients = [scale, input] outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>, tensor<8x64xf32>
  return
}

// -----

func.func @c5_name(%x: tensor<8x64xf32>, %dy: tensor<8x64xf32>) {
  // expected-error @below {{expects input, scale or bias, but got 'weight'}}
  %y = norm.rms_norm_backward %dy, %x axes = [1] eps = 1.0e-5 gradients = [weight] outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>, tensor<8x64xf32>
  return
}

// -----

func.func @c5_count(%x: tensor<8x64xf32>, %dy: tensor<8x64xf32>) {
  // expected-error @below {{expects one out for each of the 2 gradients, but got 1}}
  %y = norm.rms_norm_backward %dy, %x axes = [1] eps = 1.0e-5 gradients = [input, scale] outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>, tensor<8x64xf32>
  return
}

// -----

// expected-note @below {{dx is defined here}}
func.func @c5_dx(%x: tensor<8x64xf32>, %dy: tensor<8x64xf32>, %d: tensor<8x64xf16>) {
  // expected-error @below {{expects dx of element type 'f32', that of the input, but got 'tensor<8x64xf16>'}}
  %y = norm.rms_norm_backward %dy, %x axes = [1] eps = 1.0e-5 gradients = [input] outs(%d : tensor<8x64xf16>) : tensor<8x64xf32>, tensor<8x64xf32>
  return
}

// -----

// expected-note @below {{dscale is defined here}}
func.func @c6_shape(%x: tensor<8x64xf32>, %dy: tensor<8x64xf32>, %d: tensor<8xf32>) {
  // expected-error @below {{expects dscale of shape [64], but got 'tensor<8xf32>'}}
  %y = norm.rms_norm_backward %dy, %x axes = [1] eps = 1.0e-5 gradients = [scale] outs(%d : tensor<8xf32>) : tensor<8x64xf32>, tensor<8x64xf32>
  return
}

// -----

// expected-note @below {{dscale is defined here}}
func.func @c6_type(%x: tensor<8x64xbf16>, %dy: tensor<8x64xbf16>, %d: tensor<64xbf16>) {
  // expected-error @below {{expects dscale of element type 'f32', the type that it is computed in, but got 'tensor<64xbf16>'}}
  %y = norm.rms_norm_backward %dy, %x axes = [1] eps = 1.0e-5 gradients = [scale] outs(%d : tensor<64xbf16>) : tensor<8x64xbf16>, tensor<8x64xbf16>
  return
}

// -----

func.func @c7(%x: tensor<8x64xf32>, %dy: tensor<8x64xf32>, %d: tensor<64xf32>) {
  // expected-error @below {{expects dsum to stand with the gradient of input}}
  %y = norm.rms_norm_backward %dy, %x dsum(%x : tensor<8x64xf32>) axes = [1] eps = 1.0e-5 gradients = [scale] outs(%d : tensor<64xf32>) : tensor<8x64xf32>, tensor<8x64xf32>
  return
}

// -----

func.func @c8(%x: tensor<8x64xf32>, %dy: tensor<8x64xf32>) {
  // expected-error @below {{expects weight_offset to stand with scale, which it is added to}}
  %y = norm.rms_norm_backward %dy, %x axes = [1] eps = 1.0e-5 weight_offset = 1.0 gradients = [input] outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>, tensor<8x64xf32>
  return
}

// -----

func.func @c5_bias(%x: tensor<8x64xf32>, %dy: tensor<8x64xf32>, %d: tensor<64xf32>) {
  // expected-error @below {{expects gradients of input and scale, but got bias, which rms_norm has not}}
  %y = norm.rms_norm_backward %dy, %x axes = [1] eps = 1.0e-5 gradients = [bias] outs(%d : tensor<64xf32>) : tensor<8x64xf32>, tensor<8x64xf32>
  return
}

// -----

func.func @c9(%x: tensor<8x64xf32>, %dy: tensor<8x64xf32>) {
  // expected-error @below {{expects groups to divide the row, but 5 does not divide 64}}
  %y = norm.rms_norm_backward %dy, %x axes = [1] eps = 1.0e-5 groups = 5 gradients = [input] outs(%x : tensor<8x64xf32>) : tensor<8x64xf32>, tensor<8x64xf32>
  return
}
