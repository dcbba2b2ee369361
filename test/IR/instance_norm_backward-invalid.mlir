// RUN: norm-opt %s --split-input-file --verify-diagnostics

func.func @c1_rank(%x: tensor<64xf32>, %dy: tensor<64xf32>) {
  // expected-error @below {{expects an input of rank 2 to 5}}
  %y = norm.instance_norm_backward %dy, %x layout = channels_first eps = 1.0e-5 gradients = [input] outs(%x : tensor<64xf32>) : tensor<64xf32>, tensor<64xf32>
  return
}

// -----

func.func @c1_space(%x: tensor<8x64x0xf32>, %dy: tensor<8x64x0xf32>) {
  // expected-error @below {{but a dimension of space of 'tensor<8x64x0xf32>' has size 0}}
  %y = norm.instance_norm_backward %dy, %x layout = channels_first eps = 1.0e-5 gradients = [input] outs(%x : tensor<8x64x0xf32>) : tensor<8x64x0xf32>, tensor<8x64x0xf32>
  return
}

// -----

// expected-note @below {{dy is defined here}}
func.func @c2_dy(%x: tensor<8x64x7xf32>, %dy: tensor<8x64xf32>) {
  // expected-error @below {{expects dy of shape [8, 64, 7], but got 'tensor<8x64xf32>'}}
  %y = norm.instance_norm_backward %dy, %x layout = channels_first eps = 1.0e-5 gradients = [input] outs(%x : tensor<8x64x7xf32>) : tensor<8x64xf32>, tensor<8x64x7xf32>
  return
}

// -----

// expected-note @below {{scale is defined here}}
func.func @c2_scale(%x: tensor<8x64x7xf32>, %dy: tensor<8x64x7xf32>, %w: tensor<8xf32>) {
  // expected-error @below {{expects scale of shape [64], but got 'tensor<8xf32>'}}
  %y = norm.instance_norm_backward %dy, %x scale(%w : tensor<8xf32>) layout = channels_first eps = 1.0e-5 gradients = [input] outs(%x : tensor<8x64x7xf32>) : tensor<8x64x7xf32>, tensor<8x64x7xf32>
  return
}

// -----

// expected-note @below {{a statistic is defined here}}
func.func @c3(%x: tensor<8x64x7xf32>, %dy: tensor<8x64x7xf32>, %s: tensor<7xf32>) {
  // expected-error @below {{expects a statistic of shape [8, 64], but got 'tensor<7xf32>'}}
  %y = norm.instance_norm_backward %dy, %x stats(%s, %s : tensor<7xf32>, tensor<7xf32>) layout = channels_first gradients = [input] outs(%x : tensor<8x64x7xf32>) : tensor<8x64x7xf32>, tensor<8x64x7xf32>
  return
}

// -----

func.func @c5_none(%x: tensor<8x64x7xf32>, %dy: tensor<8x64x7xf32>) {
  // expected-error @below {{expects at least one of input, scale and bias in gradients}}
  %y = norm.instance_norm_backward %dy, %x layout = channels_first eps = 1.0e-5 gradients = [] outs(%x : tensor<8x64x7xf32>) : tensor<8x64x7xf32>, tensor<8x64x7xf32>
  return
}

// -----

func.func @c5_count(%x: tensor<8x64x7xf32>, %dy: tensor<8x64x7xf32>) {
  // expected-error @below {{expects one out for each of the 2 gradients, but got 1}}
  %y = norm.instance_norm_backward %dy, %x layout = channels_first eps = 1.0e-5 gradients = [input, bias] outs(%x : tensor<8x64x7xf32>) : tensor<8x64x7xf32>, tensor<8x64x7xf32>
  return
}

// -----

// expected-note @below {{dbias is defined here}}
func.func @c6(%x: tensor<8x64x7xf32>, %dy: tensor<8x64x7xf32>, %d: tensor<64xf16>) {
  // expected-error @below {{expects dbias of element type 'f32', the type that it is computed in, but got 'tensor<64xf16>'}}
  %y = norm.instance_norm_backward %dy, %x layout = channels_first eps = 1.0e-5 gradients = [bias] outs(%d : tensor<64xf16>) : tensor<8x64x7xf32>, tensor<8x64x7xf32>
  return
}

// -----

func.func @c4_missing(%x: tensor<8x64x7xf32>, %dy: tensor<8x64x7xf32>) {
  // expected-error @below {{expects eps either as an attribute or as an operand, but got neither}}
  %y = norm.instance_norm_backward %dy, %x layout = channels_first gradients = [input] outs(%x : tensor<8x64x7xf32>) : tensor<8x64x7xf32>, tensor<8x64x7xf32>
  return
}

// -----

func.func @c4_useless(%x: tensor<8x64x7xf32>, %dy: tensor<8x64x7xf32>, %s: tensor<8x64xf32>) {
  // expected-error @below {{expects no eps where the statistics hold one over the root already}}
  %y = norm.instance_norm_backward %dy, %x stats(%s, %s : tensor<8x64xf32>, tensor<8x64xf32>) layout = channels_first eps = 1.0e-5 gradients = [input] outs(%x : tensor<8x64x7xf32>) : tensor<8x64x7xf32>, tensor<8x64x7xf32>
  return
}
