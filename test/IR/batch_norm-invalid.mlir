// RUN: norm-opt %s --split-input-file --verify-diagnostics

func.func @c1_rank(%x: tensor<64xf32>) {
  // expected-error @below {{expects an input of rank 2 to 5 (batch, channels, no to three dimensions of space), but got 'tensor<64xf32>'}}
  %y = norm.batch_norm %x layout = channels_first eps = 1.0e-5 outs(%x : tensor<64xf32>) : tensor<64xf32>
  return
}

// -----

func.func @c1_batch(%x: tensor<0x64xf32>) {
  // expected-error @below {{expects at least one element in what is normalized together, but the batch of 'tensor<0x64xf32>' has size 0}}
  %y = norm.batch_norm %x layout = channels_first eps = 1.0e-5 outs(%x : tensor<0x64xf32>) : tensor<0x64xf32>
  return
}

// -----

func.func @c1_space(%x: tensor<8x64x0xf32>) {
  // expected-error @below {{but a dimension of space of 'tensor<8x64x0xf32>' has size 0}}
  %y = norm.batch_norm %x layout = channels_first eps = 1.0e-5 outs(%x : tensor<8x64x0xf32>) : tensor<8x64x0xf32>
  return
}

// -----

// expected-note @below {{scale is defined here}}
func.func @c2_scale(%x: tensor<8x64x7xf32>, %w: tensor<7xf32>) {
  // expected-error @below {{expects scale of shape [64], but got 'tensor<7xf32>'}}
  %y = norm.batch_norm %x scale(%w : tensor<7xf32>) layout = channels_first eps = 1.0e-5 outs(%x : tensor<8x64x7xf32>) : tensor<8x64x7xf32>
  return
}

// -----

// expected-note @below {{the running mean is defined here}}
func.func @c2_running(%x: tensor<8x64x7xf32>, %p: tensor<64xf16>) {
  // expected-error @below {{expects the running mean of element type 'f32', the type that it is computed in, but got 'tensor<64xf16>'}}
  %y:3 = norm.batch_norm %x layout = channels_first eps = 1.0e-5 running(%p, %p : tensor<64xf16>, tensor<64xf16>) momentum = 0.1 of batch variance = biased outs(%x, %p, %p : tensor<8x64x7xf32>, tensor<64xf16>, tensor<64xf16>) : tensor<8x64x7xf32>
  return
}

// -----

func.func @c3_range(%x: tensor<8x64x7xf32>, %p: tensor<64xf32>) {
  // expected-error @below {{expects momentum from 0 to 1.000000e+00, but got 1.500000e+00}}
  %y:3 = norm.batch_norm %x layout = channels_first eps = 1.0e-5 running(%p, %p : tensor<64xf32>, tensor<64xf32>) momentum = 1.5 of batch variance = biased outs(%x, %p, %p : tensor<8x64x7xf32>, tensor<64xf32>, tensor<64xf32>) : tensor<8x64x7xf32>
  return
}

// -----

func.func @c3_alone(%x: tensor<8x64x7xf32>) {
  // expected-error @below {{expects momentum to stand with running, but got no running statistics}}
  %y = "norm.batch_norm"(%x, %x) <{eps = 1.0e-5 : f64, momentum = 0.1 : f64, layout = #norm<layout channels_first>, operandSegmentSizes = array<i32: 1, 0, 0, 0, 0, 0, 0, 1>}> : (tensor<8x64x7xf32>, tensor<8x64x7xf32>) -> tensor<8x64x7xf32>
  return
}

// -----

func.func @c3_of(%x: tensor<8x64x7xf32>, %p: tensor<64xf32>) {
  // expected-error @below {{expects batch or running, but got 'old'}}
  %y:3 = norm.batch_norm %x layout = channels_first eps = 1.0e-5 running(%p, %p : tensor<64xf32>, tensor<64xf32>) momentum = 0.1 of old variance = biased outs(%x, %p, %p : tensor<8x64x7xf32>, tensor<64xf32>, tensor<64xf32>) : tensor<8x64x7xf32>
  return
}

// -----

func.func @c4_count(%x: tensor<8x64x7xf32>, %p: tensor<64xf32>) {
  // expected-error @below {{expects 3 outs, or 5 with statistics, but got 1}}
  %y = norm.batch_norm %x layout = channels_first eps = 1.0e-5 running(%p, %p : tensor<64xf32>, tensor<64xf32>) momentum = 0.1 of batch variance = biased outs(%x : tensor<8x64x7xf32>) : tensor<8x64x7xf32>
  return
}

// -----

// expected-note @below {{out 1 is defined here}}
func.func @c4_shape(%x: tensor<8x64x7xf32>, %m: tensor<8x64xf32>) {
  // expected-error @below {{expects out 1 of shape [64], but got 'tensor<8x64xf32>'}}
  %y:3 = norm.batch_norm %x layout = channels_first eps = 1.0e-5 outs(%x, %m, %m : tensor<8x64x7xf32>, tensor<8x64xf32>, tensor<8x64xf32>) : tensor<8x64x7xf32>
  return
}

// -----

// expected-note @below {{out 0 is defined here}}
func.func @c5(%x: tensor<8x64x7xf32>, %y0: tensor<8x64x7xf16>) {
  // expected-error @below {{expects out 0 of element type 'f32', that of the input, but got 'tensor<8x64x7xf16>'}}
  %y = norm.batch_norm %x layout = channels_first eps = 1.0e-5 outs(%y0 : tensor<8x64x7xf16>) : tensor<8x64x7xf32>
  return
}

// -----

func.func @c6(%x: tensor<8x64x7xf32>) {
  // expected-error @below {{expects eps to be finite and not negative, but got -1.000000e+00}}
  %y = norm.batch_norm %x layout = channels_first eps = -1.0 outs(%x : tensor<8x64x7xf32>) : tensor<8x64x7xf32>
  return
}

// -----

func.func @c7(%x: tensor<1x64xf32>, %p: tensor<64xf32>) {
  // expected-error @below {{expects at least two elements in a channel for an unbiased running variance, but 'tensor<1x64xf32>' has one}}
  %y:3 = norm.batch_norm %x layout = channels_first eps = 1.0e-5 running(%p, %p : tensor<64xf32>, tensor<64xf32>) momentum = 0.1 of batch variance = unbiased outs(%x, %p, %p : tensor<1x64xf32>, tensor<64xf32>, tensor<64xf32>) : tensor<1x64xf32>
  return
}
