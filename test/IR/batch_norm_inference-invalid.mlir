// RUN: norm-opt %s --split-input-file --verify-diagnostics

func.func @c1(%x: tensor<64xf32>, %p: tensor<64xf32>) {
  // expected-error @below {{expects an input of rank 2 to 5}}
  %y = norm.batch_norm_inference %x stats(%p, %p : tensor<64xf32>, tensor<64xf32>) layout = channels_first eps = 1.0e-5 outs(%x : tensor<64xf32>) : tensor<64xf32>
  return
}

// -----

// expected-note @below {{a statistic is defined here}}
func.func @c2_stats(%x: tensor<8x64x7xf32>, %p: tensor<8xf32>) {
  // expected-error @below {{expects a statistic of shape [64], but got 'tensor<8xf32>'}}
  %y = norm.batch_norm_inference %x stats(%p, %p : tensor<8xf32>, tensor<8xf32>) layout = channels_first eps = 1.0e-5 outs(%x : tensor<8x64x7xf32>) : tensor<8x64x7xf32>
  return
}

// -----

// expected-note @below {{a statistic is defined here}}
func.func @c2_type(%x: tensor<8x64x7xf32>, %p: tensor<64xf64>) {
  // expected-error @below {{expects a statistic of element type 'f32', the type that it is computed in, but got 'tensor<64xf64>'}}
  %y = norm.batch_norm_inference %x stats(%p, %p : tensor<64xf64>, tensor<64xf64>) layout = channels_first eps = 1.0e-5 outs(%x : tensor<8x64x7xf32>) : tensor<8x64x7xf32>
  return
}

// -----

func.func @c3(%x: tensor<8x64x7xf32>, %p: tensor<64xf32>) {
  // expected-error @below {{expects 1 out, but got 2}}
  %y:2 = norm.batch_norm_inference %x stats(%p, %p : tensor<64xf32>, tensor<64xf32>) layout = channels_first eps = 1.0e-5 outs(%x, %p : tensor<8x64x7xf32>, tensor<64xf32>) : tensor<8x64x7xf32>
  return
}

// -----

func.func @c4(%x: tensor<8x64x7xf32>, %p: tensor<64xf32>) {
  // expected-error @below {{expects eps to be finite and not negative, but got -1.000000e+00}}
  %y = norm.batch_norm_inference %x stats(%p, %p : tensor<64xf32>, tensor<64xf32>) layout = channels_first eps = -1.0 outs(%x : tensor<8x64x7xf32>) : tensor<8x64x7xf32>
  return
}
