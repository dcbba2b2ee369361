// Every named operation's orders are those that norm-generalize chooses for its norm.generic without them.
//
// RUN: norm-opt %s --norm-generalize -o %t.mlir
// RUN: sed -E 's/ by (shifted|two_pass)//; s/ order = <[^>]*>//; s/ acc <[^>]*>/ acc/g' %t.mlir > %t.open.mlir
// RUN: grep -c 'acc :' %t.open.mlir
// RUN: not grep -E 'order =|acc <|two_pass|shifted' %t.open.mlir
// RUN: norm-opt %t.open.mlir --norm-generalize | diff %t.mlir -
//
// RUN: norm-opt %s --norm-generalize=isa=nvptx -o %t.mlir
// RUN: sed -E 's/ by (shifted|two_pass)//; s/ order = <[^>]*>//; s/ acc <[^>]*>/ acc/g' %t.mlir > %t.open.mlir
// RUN: grep -c 'acc :' %t.open.mlir
// RUN: not grep -E 'order =|acc <|two_pass|shifted' %t.open.mlir
// RUN: norm-opt %t.open.mlir --norm-generalize=isa=nvptx | diff %t.mlir -

func.func @layer_norm_row(%x: tensor<?x64xf32>, %w: tensor<64xf32>) -> tensor<?x64xf32> {
  %y = norm.layer_norm %x scale(%w : tensor<64xf32>) bias(%w : tensor<64xf32>) axes = [1] eps = 1.0e-5
      outs(%x : tensor<?x64xf32>) : tensor<?x64xf32>
  return %y : tensor<?x64xf32>
}

func.func @layer_norm_row_backward(%x: tensor<?x64xf32>, %w: tensor<64xf32>) -> tensor<?x64xf32> {
  %g:3 = norm.layer_norm_backward %x, %x scale(%w : tensor<64xf32>) axes = [1] eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x64xf32>, tensor<64xf32>, tensor<64xf32>) : tensor<?x64xf32>, tensor<?x64xf32>
  return %g#0 : tensor<?x64xf32>
}

func.func @rms_norm_row(%x: tensor<?x64xf32>, %w: tensor<64xf32>) -> tensor<?x64xf32> {
  %y = norm.rms_norm %x scale(%w : tensor<64xf32>) axes = [1] eps = 1.0e-5
      outs(%x : tensor<?x64xf32>) : tensor<?x64xf32>
  return %y : tensor<?x64xf32>
}

func.func @rms_norm_row_backward(%x: tensor<?x64xf32>, %w: tensor<64xf32>) -> tensor<?x64xf32> {
  %g:2 = norm.rms_norm_backward %x, %x scale(%w : tensor<64xf32>) axes = [1] eps = 1.0e-5 gradients = [input, scale]
      outs(%x, %w : tensor<?x64xf32>, tensor<64xf32>) : tensor<?x64xf32>, tensor<?x64xf32>
  return %g#0 : tensor<?x64xf32>
}

func.func @layer_norm_axes(%x: tensor<?x4x64xbf16>, %w: tensor<4x64xf32>) -> tensor<?x4x64xbf16> {
  %y = norm.layer_norm %x scale(%w : tensor<4x64xf32>) bias(%w : tensor<4x64xf32>) axes = [1, 2] eps = 1.0e-5
      outs(%x : tensor<?x4x64xbf16>) : tensor<?x4x64xbf16>
  return %y : tensor<?x4x64xbf16>
}

func.func @layer_norm_axes_backward(%x: tensor<?x4x64xbf16>, %w: tensor<4x64xf32>) -> tensor<?x4x64xbf16> {
  %g:3 = norm.layer_norm_backward %x, %x scale(%w : tensor<4x64xf32>) axes = [1, 2] eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x4x64xbf16>, tensor<4x64xf32>, tensor<4x64xf32>) : tensor<?x4x64xbf16>, tensor<?x4x64xbf16>
  return %g#0 : tensor<?x4x64xbf16>
}

func.func @rms_norm_axes(%x: tensor<?x4x64xbf16>, %w: tensor<4x64xf32>) -> tensor<?x4x64xbf16> {
  %y = norm.rms_norm %x scale(%w : tensor<4x64xf32>) axes = [1, 2] eps = 1.0e-5
      outs(%x : tensor<?x4x64xbf16>) : tensor<?x4x64xbf16>
  return %y : tensor<?x4x64xbf16>
}

func.func @rms_norm_axes_backward(%x: tensor<?x4x64xbf16>, %w: tensor<4x64xf32>) -> tensor<?x4x64xbf16> {
  %g:2 = norm.rms_norm_backward %x, %x scale(%w : tensor<4x64xf32>) axes = [1, 2] eps = 1.0e-5 gradients = [input, scale]
      outs(%x, %w : tensor<?x4x64xbf16>, tensor<4x64xf32>) : tensor<?x4x64xbf16>, tensor<?x4x64xbf16>
  return %g#0 : tensor<?x4x64xbf16>
}

func.func @layer_norm_rows(%x: tensor<2x?x64xf64>, %w: tensor<64xf64>) -> tensor<2x?x64xf64> {
  %y = norm.layer_norm %x scale(%w : tensor<64xf64>) bias(%w : tensor<64xf64>) axes = [2] eps = 1.0e-5
      outs(%x : tensor<2x?x64xf64>) : tensor<2x?x64xf64>
  return %y : tensor<2x?x64xf64>
}

func.func @layer_norm_rows_backward(%x: tensor<2x?x64xf64>, %w: tensor<64xf64>) -> tensor<2x?x64xf64> {
  %g:3 = norm.layer_norm_backward %x, %x scale(%w : tensor<64xf64>) axes = [2] eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<2x?x64xf64>, tensor<64xf64>, tensor<64xf64>) : tensor<2x?x64xf64>, tensor<2x?x64xf64>
  return %g#0 : tensor<2x?x64xf64>
}

func.func @rms_norm_rows(%x: tensor<2x?x64xf64>, %w: tensor<64xf64>) -> tensor<2x?x64xf64> {
  %y = norm.rms_norm %x scale(%w : tensor<64xf64>) axes = [2] eps = 1.0e-5
      outs(%x : tensor<2x?x64xf64>) : tensor<2x?x64xf64>
  return %y : tensor<2x?x64xf64>
}

func.func @rms_norm_rows_backward(%x: tensor<2x?x64xf64>, %w: tensor<64xf64>) -> tensor<2x?x64xf64> {
  %g:2 = norm.rms_norm_backward %x, %x scale(%w : tensor<64xf64>) axes = [2] eps = 1.0e-5 gradients = [input, scale]
      outs(%x, %w : tensor<2x?x64xf64>, tensor<64xf64>) : tensor<2x?x64xf64>, tensor<2x?x64xf64>
  return %g#0 : tensor<2x?x64xf64>
}

func.func @rms_norm_groups(%x: tensor<?x64xf16>, %w: tensor<64xf16>) -> tensor<?x64xf16> {
  %y = norm.rms_norm %x scale(%w : tensor<64xf16>) axes = [1] eps = 1.0e-5 groups = 4
      outs(%x : tensor<?x64xf16>) : tensor<?x64xf16>
  return %y : tensor<?x64xf16>
}

func.func @batch_norm_first_f32(%x: tensor<?x64x?x8xf32>, %w: tensor<64xf32>) -> tensor<?x64x?x8xf32> {
  %y = norm.batch_norm %x scale(%w : tensor<64xf32>) bias(%w : tensor<64xf32>) layout = channels_first eps = 1.0e-5
      outs(%x : tensor<?x64x?x8xf32>) : tensor<?x64x?x8xf32>
  return %y : tensor<?x64x?x8xf32>
}

func.func @batch_norm_first_f32_backward(%x: tensor<?x64x?x8xf32>, %w: tensor<64xf32>) -> tensor<?x64x?x8xf32> {
  %g:3 = norm.batch_norm_backward %x, %x scale(%w : tensor<64xf32>) layout = channels_first eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x64x?x8xf32>, tensor<64xf32>, tensor<64xf32>) : tensor<?x64x?x8xf32>, tensor<?x64x?x8xf32>
  return %g#0 : tensor<?x64x?x8xf32>
}

func.func @batch_norm_inference_first_f32(%x: tensor<?x64x?x8xf32>, %w: tensor<64xf32>) -> tensor<?x64x?x8xf32> {
  %y = norm.batch_norm_inference %x stats(%w, %w : tensor<64xf32>, tensor<64xf32>) scale(%w : tensor<64xf32>) bias(%w : tensor<64xf32>) layout = channels_first eps = 1.0e-5
      outs(%x : tensor<?x64x?x8xf32>) : tensor<?x64x?x8xf32>
  return %y : tensor<?x64x?x8xf32>
}

func.func @batch_norm_inference_first_f32_backward(%x: tensor<?x64x?x8xf32>, %w: tensor<64xf32>) -> tensor<?x64x?x8xf32> {
  %g:3 = norm.batch_norm_inference_backward %x, %x stats(%w, %w : tensor<64xf32>, tensor<64xf32>) scale(%w : tensor<64xf32>) layout = channels_first eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x64x?x8xf32>, tensor<64xf32>, tensor<64xf32>) : tensor<?x64x?x8xf32>, tensor<?x64x?x8xf32>
  return %g#0 : tensor<?x64x?x8xf32>
}

func.func @instance_norm_first_f32(%x: tensor<?x64x?x8xf32>, %w: tensor<64xf32>) -> tensor<?x64x?x8xf32> {
  %y = norm.instance_norm %x scale(%w : tensor<64xf32>) bias(%w : tensor<64xf32>) layout = channels_first eps = 1.0e-5
      outs(%x : tensor<?x64x?x8xf32>) : tensor<?x64x?x8xf32>
  return %y : tensor<?x64x?x8xf32>
}

func.func @instance_norm_first_f32_backward(%x: tensor<?x64x?x8xf32>, %w: tensor<64xf32>) -> tensor<?x64x?x8xf32> {
  %g:3 = norm.instance_norm_backward %x, %x scale(%w : tensor<64xf32>) layout = channels_first eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x64x?x8xf32>, tensor<64xf32>, tensor<64xf32>) : tensor<?x64x?x8xf32>, tensor<?x64x?x8xf32>
  return %g#0 : tensor<?x64x?x8xf32>
}

func.func @group_norm_first_f32(%x: tensor<?x64x?x8xf32>, %w: tensor<64xf32>) -> tensor<?x64x?x8xf32> {
  %y = norm.group_norm %x scale(%w : tensor<64xf32>) bias(%w : tensor<64xf32>) groups = 8 layout = channels_first eps = 1.0e-5
      outs(%x : tensor<?x64x?x8xf32>) : tensor<?x64x?x8xf32>
  return %y : tensor<?x64x?x8xf32>
}

func.func @group_norm_first_f32_backward(%x: tensor<?x64x?x8xf32>, %w: tensor<64xf32>) -> tensor<?x64x?x8xf32> {
  %g:3 = norm.group_norm_backward %x, %x scale(%w : tensor<64xf32>) groups = 8 layout = channels_first eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x64x?x8xf32>, tensor<64xf32>, tensor<64xf32>) : tensor<?x64x?x8xf32>, tensor<?x64x?x8xf32>
  return %g#0 : tensor<?x64x?x8xf32>
}

func.func @batch_norm_first_bf16(%x: tensor<?x64x16xbf16>, %w: tensor<64xf32>) -> tensor<?x64x16xbf16> {
  %y = norm.batch_norm %x scale(%w : tensor<64xf32>) bias(%w : tensor<64xf32>) layout = channels_first eps = 1.0e-5
      outs(%x : tensor<?x64x16xbf16>) : tensor<?x64x16xbf16>
  return %y : tensor<?x64x16xbf16>
}

func.func @batch_norm_first_bf16_backward(%x: tensor<?x64x16xbf16>, %w: tensor<64xf32>) -> tensor<?x64x16xbf16> {
  %g:3 = norm.batch_norm_backward %x, %x scale(%w : tensor<64xf32>) layout = channels_first eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x64x16xbf16>, tensor<64xf32>, tensor<64xf32>) : tensor<?x64x16xbf16>, tensor<?x64x16xbf16>
  return %g#0 : tensor<?x64x16xbf16>
}

func.func @batch_norm_inference_first_bf16(%x: tensor<?x64x16xbf16>, %w: tensor<64xf32>) -> tensor<?x64x16xbf16> {
  %y = norm.batch_norm_inference %x stats(%w, %w : tensor<64xf32>, tensor<64xf32>) scale(%w : tensor<64xf32>) bias(%w : tensor<64xf32>) layout = channels_first eps = 1.0e-5
      outs(%x : tensor<?x64x16xbf16>) : tensor<?x64x16xbf16>
  return %y : tensor<?x64x16xbf16>
}

func.func @batch_norm_inference_first_bf16_backward(%x: tensor<?x64x16xbf16>, %w: tensor<64xf32>) -> tensor<?x64x16xbf16> {
  %g:3 = norm.batch_norm_inference_backward %x, %x stats(%w, %w : tensor<64xf32>, tensor<64xf32>) scale(%w : tensor<64xf32>) layout = channels_first eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x64x16xbf16>, tensor<64xf32>, tensor<64xf32>) : tensor<?x64x16xbf16>, tensor<?x64x16xbf16>
  return %g#0 : tensor<?x64x16xbf16>
}

func.func @instance_norm_first_bf16(%x: tensor<?x64x16xbf16>, %w: tensor<64xf32>) -> tensor<?x64x16xbf16> {
  %y = norm.instance_norm %x scale(%w : tensor<64xf32>) bias(%w : tensor<64xf32>) layout = channels_first eps = 1.0e-5
      outs(%x : tensor<?x64x16xbf16>) : tensor<?x64x16xbf16>
  return %y : tensor<?x64x16xbf16>
}

func.func @instance_norm_first_bf16_backward(%x: tensor<?x64x16xbf16>, %w: tensor<64xf32>) -> tensor<?x64x16xbf16> {
  %g:3 = norm.instance_norm_backward %x, %x scale(%w : tensor<64xf32>) layout = channels_first eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x64x16xbf16>, tensor<64xf32>, tensor<64xf32>) : tensor<?x64x16xbf16>, tensor<?x64x16xbf16>
  return %g#0 : tensor<?x64x16xbf16>
}

func.func @group_norm_first_bf16(%x: tensor<?x64x16xbf16>, %w: tensor<64xf32>) -> tensor<?x64x16xbf16> {
  %y = norm.group_norm %x scale(%w : tensor<64xf32>) bias(%w : tensor<64xf32>) groups = 8 layout = channels_first eps = 1.0e-5
      outs(%x : tensor<?x64x16xbf16>) : tensor<?x64x16xbf16>
  return %y : tensor<?x64x16xbf16>
}

func.func @group_norm_first_bf16_backward(%x: tensor<?x64x16xbf16>, %w: tensor<64xf32>) -> tensor<?x64x16xbf16> {
  %g:3 = norm.group_norm_backward %x, %x scale(%w : tensor<64xf32>) groups = 8 layout = channels_first eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x64x16xbf16>, tensor<64xf32>, tensor<64xf32>) : tensor<?x64x16xbf16>, tensor<?x64x16xbf16>
  return %g#0 : tensor<?x64x16xbf16>
}

func.func @batch_norm_first_f64(%x: tensor<?x64xf64>, %w: tensor<64xf64>) -> tensor<?x64xf64> {
  %y = norm.batch_norm %x scale(%w : tensor<64xf64>) bias(%w : tensor<64xf64>) layout = channels_first eps = 1.0e-5
      outs(%x : tensor<?x64xf64>) : tensor<?x64xf64>
  return %y : tensor<?x64xf64>
}

func.func @batch_norm_first_f64_backward(%x: tensor<?x64xf64>, %w: tensor<64xf64>) -> tensor<?x64xf64> {
  %g:3 = norm.batch_norm_backward %x, %x scale(%w : tensor<64xf64>) layout = channels_first eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x64xf64>, tensor<64xf64>, tensor<64xf64>) : tensor<?x64xf64>, tensor<?x64xf64>
  return %g#0 : tensor<?x64xf64>
}

func.func @batch_norm_inference_first_f64(%x: tensor<?x64xf64>, %w: tensor<64xf64>) -> tensor<?x64xf64> {
  %y = norm.batch_norm_inference %x stats(%w, %w : tensor<64xf64>, tensor<64xf64>) scale(%w : tensor<64xf64>) bias(%w : tensor<64xf64>) layout = channels_first eps = 1.0e-5
      outs(%x : tensor<?x64xf64>) : tensor<?x64xf64>
  return %y : tensor<?x64xf64>
}

func.func @batch_norm_inference_first_f64_backward(%x: tensor<?x64xf64>, %w: tensor<64xf64>) -> tensor<?x64xf64> {
  %g:3 = norm.batch_norm_inference_backward %x, %x stats(%w, %w : tensor<64xf64>, tensor<64xf64>) scale(%w : tensor<64xf64>) layout = channels_first eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x64xf64>, tensor<64xf64>, tensor<64xf64>) : tensor<?x64xf64>, tensor<?x64xf64>
  return %g#0 : tensor<?x64xf64>
}

func.func @group_norm_first_f64(%x: tensor<?x64xf64>, %w: tensor<64xf64>) -> tensor<?x64xf64> {
  %y = norm.group_norm %x scale(%w : tensor<64xf64>) bias(%w : tensor<64xf64>) groups = 8 layout = channels_first eps = 1.0e-5
      outs(%x : tensor<?x64xf64>) : tensor<?x64xf64>
  return %y : tensor<?x64xf64>
}

func.func @group_norm_first_f64_backward(%x: tensor<?x64xf64>, %w: tensor<64xf64>) -> tensor<?x64xf64> {
  %g:3 = norm.group_norm_backward %x, %x scale(%w : tensor<64xf64>) groups = 8 layout = channels_first eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x64xf64>, tensor<64xf64>, tensor<64xf64>) : tensor<?x64xf64>, tensor<?x64xf64>
  return %g#0 : tensor<?x64xf64>
}

func.func @batch_norm_last_f32(%x: tensor<?x?x8x64xf32>, %w: tensor<64xf32>) -> tensor<?x?x8x64xf32> {
  %y = norm.batch_norm %x scale(%w : tensor<64xf32>) bias(%w : tensor<64xf32>) layout = channels_last eps = 1.0e-5
      outs(%x : tensor<?x?x8x64xf32>) : tensor<?x?x8x64xf32>
  return %y : tensor<?x?x8x64xf32>
}

func.func @batch_norm_last_f32_backward(%x: tensor<?x?x8x64xf32>, %w: tensor<64xf32>) -> tensor<?x?x8x64xf32> {
  %g:3 = norm.batch_norm_backward %x, %x scale(%w : tensor<64xf32>) layout = channels_last eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x?x8x64xf32>, tensor<64xf32>, tensor<64xf32>) : tensor<?x?x8x64xf32>, tensor<?x?x8x64xf32>
  return %g#0 : tensor<?x?x8x64xf32>
}

func.func @batch_norm_inference_last_f32(%x: tensor<?x?x8x64xf32>, %w: tensor<64xf32>) -> tensor<?x?x8x64xf32> {
  %y = norm.batch_norm_inference %x stats(%w, %w : tensor<64xf32>, tensor<64xf32>) scale(%w : tensor<64xf32>) bias(%w : tensor<64xf32>) layout = channels_last eps = 1.0e-5
      outs(%x : tensor<?x?x8x64xf32>) : tensor<?x?x8x64xf32>
  return %y : tensor<?x?x8x64xf32>
}

func.func @batch_norm_inference_last_f32_backward(%x: tensor<?x?x8x64xf32>, %w: tensor<64xf32>) -> tensor<?x?x8x64xf32> {
  %g:3 = norm.batch_norm_inference_backward %x, %x stats(%w, %w : tensor<64xf32>, tensor<64xf32>) scale(%w : tensor<64xf32>) layout = channels_last eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x?x8x64xf32>, tensor<64xf32>, tensor<64xf32>) : tensor<?x?x8x64xf32>, tensor<?x?x8x64xf32>
  return %g#0 : tensor<?x?x8x64xf32>
}

func.func @instance_norm_last_f32(%x: tensor<?x?x8x64xf32>, %w: tensor<64xf32>) -> tensor<?x?x8x64xf32> {
  %y = norm.instance_norm %x scale(%w : tensor<64xf32>) bias(%w : tensor<64xf32>) layout = channels_last eps = 1.0e-5
      outs(%x : tensor<?x?x8x64xf32>) : tensor<?x?x8x64xf32>
  return %y : tensor<?x?x8x64xf32>
}

func.func @instance_norm_last_f32_backward(%x: tensor<?x?x8x64xf32>, %w: tensor<64xf32>) -> tensor<?x?x8x64xf32> {
  %g:3 = norm.instance_norm_backward %x, %x scale(%w : tensor<64xf32>) layout = channels_last eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x?x8x64xf32>, tensor<64xf32>, tensor<64xf32>) : tensor<?x?x8x64xf32>, tensor<?x?x8x64xf32>
  return %g#0 : tensor<?x?x8x64xf32>
}

func.func @group_norm_last_f32(%x: tensor<?x?x8x64xf32>, %w: tensor<64xf32>) -> tensor<?x?x8x64xf32> {
  %y = norm.group_norm %x scale(%w : tensor<64xf32>) bias(%w : tensor<64xf32>) groups = 8 layout = channels_last eps = 1.0e-5
      outs(%x : tensor<?x?x8x64xf32>) : tensor<?x?x8x64xf32>
  return %y : tensor<?x?x8x64xf32>
}

func.func @group_norm_last_f32_backward(%x: tensor<?x?x8x64xf32>, %w: tensor<64xf32>) -> tensor<?x?x8x64xf32> {
  %g:3 = norm.group_norm_backward %x, %x scale(%w : tensor<64xf32>) groups = 8 layout = channels_last eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x?x8x64xf32>, tensor<64xf32>, tensor<64xf32>) : tensor<?x?x8x64xf32>, tensor<?x?x8x64xf32>
  return %g#0 : tensor<?x?x8x64xf32>
}

func.func @batch_norm_last_bf16(%x: tensor<?x16x64xbf16>, %w: tensor<64xf32>) -> tensor<?x16x64xbf16> {
  %y = norm.batch_norm %x scale(%w : tensor<64xf32>) bias(%w : tensor<64xf32>) layout = channels_last eps = 1.0e-5
      outs(%x : tensor<?x16x64xbf16>) : tensor<?x16x64xbf16>
  return %y : tensor<?x16x64xbf16>
}

func.func @batch_norm_last_bf16_backward(%x: tensor<?x16x64xbf16>, %w: tensor<64xf32>) -> tensor<?x16x64xbf16> {
  %g:3 = norm.batch_norm_backward %x, %x scale(%w : tensor<64xf32>) layout = channels_last eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x16x64xbf16>, tensor<64xf32>, tensor<64xf32>) : tensor<?x16x64xbf16>, tensor<?x16x64xbf16>
  return %g#0 : tensor<?x16x64xbf16>
}

func.func @batch_norm_inference_last_bf16(%x: tensor<?x16x64xbf16>, %w: tensor<64xf32>) -> tensor<?x16x64xbf16> {
  %y = norm.batch_norm_inference %x stats(%w, %w : tensor<64xf32>, tensor<64xf32>) scale(%w : tensor<64xf32>) bias(%w : tensor<64xf32>) layout = channels_last eps = 1.0e-5
      outs(%x : tensor<?x16x64xbf16>) : tensor<?x16x64xbf16>
  return %y : tensor<?x16x64xbf16>
}

func.func @batch_norm_inference_last_bf16_backward(%x: tensor<?x16x64xbf16>, %w: tensor<64xf32>) -> tensor<?x16x64xbf16> {
  %g:3 = norm.batch_norm_inference_backward %x, %x stats(%w, %w : tensor<64xf32>, tensor<64xf32>) scale(%w : tensor<64xf32>) layout = channels_last eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x16x64xbf16>, tensor<64xf32>, tensor<64xf32>) : tensor<?x16x64xbf16>, tensor<?x16x64xbf16>
  return %g#0 : tensor<?x16x64xbf16>
}

func.func @instance_norm_last_bf16(%x: tensor<?x16x64xbf16>, %w: tensor<64xf32>) -> tensor<?x16x64xbf16> {
  %y = norm.instance_norm %x scale(%w : tensor<64xf32>) bias(%w : tensor<64xf32>) layout = channels_last eps = 1.0e-5
      outs(%x : tensor<?x16x64xbf16>) : tensor<?x16x64xbf16>
  return %y : tensor<?x16x64xbf16>
}

func.func @instance_norm_last_bf16_backward(%x: tensor<?x16x64xbf16>, %w: tensor<64xf32>) -> tensor<?x16x64xbf16> {
  %g:3 = norm.instance_norm_backward %x, %x scale(%w : tensor<64xf32>) layout = channels_last eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x16x64xbf16>, tensor<64xf32>, tensor<64xf32>) : tensor<?x16x64xbf16>, tensor<?x16x64xbf16>
  return %g#0 : tensor<?x16x64xbf16>
}

func.func @group_norm_last_bf16(%x: tensor<?x16x64xbf16>, %w: tensor<64xf32>) -> tensor<?x16x64xbf16> {
  %y = norm.group_norm %x scale(%w : tensor<64xf32>) bias(%w : tensor<64xf32>) groups = 8 layout = channels_last eps = 1.0e-5
      outs(%x : tensor<?x16x64xbf16>) : tensor<?x16x64xbf16>
  return %y : tensor<?x16x64xbf16>
}

func.func @group_norm_last_bf16_backward(%x: tensor<?x16x64xbf16>, %w: tensor<64xf32>) -> tensor<?x16x64xbf16> {
  %g:3 = norm.group_norm_backward %x, %x scale(%w : tensor<64xf32>) groups = 8 layout = channels_last eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x16x64xbf16>, tensor<64xf32>, tensor<64xf32>) : tensor<?x16x64xbf16>, tensor<?x16x64xbf16>
  return %g#0 : tensor<?x16x64xbf16>
}

func.func @batch_norm_last_f64(%x: tensor<?x64xf64>, %w: tensor<64xf64>) -> tensor<?x64xf64> {
  %y = norm.batch_norm %x scale(%w : tensor<64xf64>) bias(%w : tensor<64xf64>) layout = channels_last eps = 1.0e-5
      outs(%x : tensor<?x64xf64>) : tensor<?x64xf64>
  return %y : tensor<?x64xf64>
}

func.func @batch_norm_last_f64_backward(%x: tensor<?x64xf64>, %w: tensor<64xf64>) -> tensor<?x64xf64> {
  %g:3 = norm.batch_norm_backward %x, %x scale(%w : tensor<64xf64>) layout = channels_last eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x64xf64>, tensor<64xf64>, tensor<64xf64>) : tensor<?x64xf64>, tensor<?x64xf64>
  return %g#0 : tensor<?x64xf64>
}

func.func @batch_norm_inference_last_f64(%x: tensor<?x64xf64>, %w: tensor<64xf64>) -> tensor<?x64xf64> {
  %y = norm.batch_norm_inference %x stats(%w, %w : tensor<64xf64>, tensor<64xf64>) scale(%w : tensor<64xf64>) bias(%w : tensor<64xf64>) layout = channels_last eps = 1.0e-5
      outs(%x : tensor<?x64xf64>) : tensor<?x64xf64>
  return %y : tensor<?x64xf64>
}

func.func @batch_norm_inference_last_f64_backward(%x: tensor<?x64xf64>, %w: tensor<64xf64>) -> tensor<?x64xf64> {
  %g:3 = norm.batch_norm_inference_backward %x, %x stats(%w, %w : tensor<64xf64>, tensor<64xf64>) scale(%w : tensor<64xf64>) layout = channels_last eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x64xf64>, tensor<64xf64>, tensor<64xf64>) : tensor<?x64xf64>, tensor<?x64xf64>
  return %g#0 : tensor<?x64xf64>
}

func.func @group_norm_last_f64(%x: tensor<?x64xf64>, %w: tensor<64xf64>) -> tensor<?x64xf64> {
  %y = norm.group_norm %x scale(%w : tensor<64xf64>) bias(%w : tensor<64xf64>) groups = 8 layout = channels_last eps = 1.0e-5
      outs(%x : tensor<?x64xf64>) : tensor<?x64xf64>
  return %y : tensor<?x64xf64>
}

func.func @group_norm_last_f64_backward(%x: tensor<?x64xf64>, %w: tensor<64xf64>) -> tensor<?x64xf64> {
  %g:3 = norm.group_norm_backward %x, %x scale(%w : tensor<64xf64>) groups = 8 layout = channels_last eps = 1.0e-5 gradients = [input, scale, bias]
      outs(%x, %w, %w : tensor<?x64xf64>, tensor<64xf64>, tensor<64xf64>) : tensor<?x64xf64>, tensor<?x64xf64>
  return %g#0 : tensor<?x64xf64>
}
