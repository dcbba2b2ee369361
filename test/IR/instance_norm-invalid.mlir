// RUN: norm-opt %s --split-input-file --verify-diagnostics

func.func @c1_rank(%x: tensor<64xf32>) {
  // expected-error @below {{expects an input of rank 2 to 5}}
  %y = norm.instance_norm %x layout = channels_first eps = 1.0e-5 outs(%x : tensor<64xf32>) : tensor<64xf32>
  return
}

// -----

func.func @c1_space(%x: tensor<8x64x0xf32>) {
  // expected-error @below {{but a dimension of space of 'tensor<8x64x0xf32>' has size 0}}
  %y = norm.instance_norm %x layout = channels_first eps = 1.0e-5 outs(%x : tensor<8x64x0xf32>) : tensor<8x64x0xf32>
  return
}

// -----

// expected-note @below {{bias is defined here}}
func.func @c2(%x: tensor<8x64x7xf32>, %b: tensor<8xf32>) {
  // expected-error @below {{expects bias of shape [64], but got 'tensor<8xf32>'}}
  %y = norm.instance_norm %x bias(%b : tensor<8xf32>) layout = channels_first eps = 1.0e-5 outs(%x : tensor<8x64x7xf32>) : tensor<8x64x7xf32>
  return
}

// -----

func.func @c3_count(%x: tensor<8x64x7xf32>, %p: tensor<64xf32>) {
  // expected-error @below {{expects 1 outs, or 3 with statistics, but got 2}}
  %y:2 = norm.instance_norm %x layout = channels_first eps = 1.0e-5 outs(%x, %p : tensor<8x64x7xf32>, tensor<64xf32>) : tensor<8x64x7xf32>
  return
}

// -----

// expected-note @below {{out 1 is defined here}}
func.func @c3_shape(%x: tensor<8x64x7xf32>, %p: tensor<64xf32>) {
  // expected-error @below {{expects out 1 of shape [8, 64], but got 'tensor<64xf32>'}}
  %y:3 = norm.instance_norm %x layout = channels_first eps = 1.0e-5 outs(%x, %p, %p : tensor<8x64x7xf32>, tensor<64xf32>, tensor<64xf32>) : tensor<8x64x7xf32>
  return
}

// -----

// expected-note @below {{out 0 is defined here}}
func.func @c4(%x: tensor<8x64x7xf32>, %y0: tensor<8x64x7xbf16>) {
  // expected-error @below {{expects out 0 of element type 'f32', that of the input, but got 'tensor<8x64x7xbf16>'}}
  %y = norm.instance_norm %x layout = channels_first eps = 1.0e-5 outs(%y0 : tensor<8x64x7xbf16>) : tensor<8x64x7xf32>
  return
}

// -----

func.func @c5(%x: tensor<8x64x7xf32>) {
  // expected-error @below {{expects eps to be finite and not negative, but got -1.000000e+00}}
  %y = norm.instance_norm %x layout = channels_first eps = -1.0 outs(%x : tensor<8x64x7xf32>) : tensor<8x64x7xf32>
  return
}
