// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// torch's gradients of batch, group and instance normalizations, decomposed and imported.

#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d1)>
#map2 = affine_map<(d0, d1, d2, d3) -> (0, d1, 0, 0)>
#map3 = affine_map<(d0) -> (d0)>

// aten.native_batch_norm_backward in training with saved mean and rstd.
// CHECK-LABEL: func.func @torch_batch_norm_backward(
// CHECK: norm.batch_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) layout = channels_first gradients = [input, scale, bias] outs(
func.func @torch_batch_norm_backward(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<4x32x14x14xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> (tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.0012755102040816326 : f64
  %expanded = tensor.expand_shape %arg3 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<32xf32>) -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.addf %in, %out : f32
    linalg.yield %17 : f32
  } -> tensor<32xf32>
  %3 = tensor.empty() : tensor<4x32x14x14xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %expanded : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %17 = arith.subf %in, %in_4 : f32
    linalg.yield %17 : f32
  } -> tensor<4x32x14x14xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %4 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %17 = arith.mulf %in, %in_4 : f32
    linalg.yield %17 : f32
  } -> tensor<4x32x14x14xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%5 : tensor<4x32x14x14xf32>) outs(%1 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.addf %in, %out : f32
    linalg.yield %17 : f32
  } -> tensor<32xf32>
  %7 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%2 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.truncf %cst_0 : f64 to f32
    %18 = arith.mulf %in, %17 : f32
    linalg.yield %18 : f32
  } -> tensor<32xf32>
  %expanded_1 = tensor.expand_shape %7 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%6 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.truncf %cst_0 : f64 to f32
    %18 = arith.mulf %in, %17 : f32
    linalg.yield %18 : f32
  } -> tensor<32xf32>
  %9 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel"]} ins(%arg4, %arg4 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %17 = arith.mulf %in, %in_4 : f32
    linalg.yield %17 : f32
  } -> tensor<32xf32>
  %10 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel"]} ins(%8, %9 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %17 = arith.mulf %in, %in_4 : f32
    linalg.yield %17 : f32
  } -> tensor<32xf32>
  %expanded_2 = tensor.expand_shape %10 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %11 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel"]} ins(%arg4, %arg2 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %17 = arith.mulf %in, %in_4 : f32
    linalg.yield %17 : f32
  } -> tensor<32xf32>
  %expanded_3 = tensor.expand_shape %11 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4, %expanded_2 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %17 = arith.mulf %in, %in_4 : f32
    linalg.yield %17 : f32
  } -> tensor<4x32x14x14xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %12 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %17 = arith.subf %in, %in_4 : f32
    linalg.yield %17 : f32
  } -> tensor<4x32x14x14xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13, %expanded_1 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %17 = arith.subf %in, %in_4 : f32
    linalg.yield %17 : f32
  } -> tensor<4x32x14x14xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14, %expanded_3 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %17 = arith.mulf %in, %in_4 : f32
    linalg.yield %17 : f32
  } -> tensor<4x32x14x14xf32>
  %16 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel"]} ins(%6, %arg4 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %17 = arith.mulf %in, %in_4 : f32
    linalg.yield %17 : f32
  } -> tensor<32xf32>
  return %15, %16, %2 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>
}

// The gradient of the input alone.
// CHECK-LABEL: func.func @torch_batch_norm_backward_input(
// CHECK: norm.batch_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) layout = channels_first gradients = [input] outs(
func.func @torch_batch_norm_backward_input(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<4x32x14x14xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.0012755102040816326 : f64
  %expanded = tensor.expand_shape %arg3 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<32xf32>) -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %in, %out : f32
    linalg.yield %16 : f32
  } -> tensor<32xf32>
  %3 = tensor.empty() : tensor<4x32x14x14xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %expanded : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %16 = arith.subf %in, %in_4 : f32
    linalg.yield %16 : f32
  } -> tensor<4x32x14x14xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %4 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %16 = arith.mulf %in, %in_4 : f32
    linalg.yield %16 : f32
  } -> tensor<4x32x14x14xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%5 : tensor<4x32x14x14xf32>) outs(%1 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %in, %out : f32
    linalg.yield %16 : f32
  } -> tensor<32xf32>
  %7 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%2 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.truncf %cst_0 : f64 to f32
    %17 = arith.mulf %in, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<32xf32>
  %expanded_1 = tensor.expand_shape %7 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%6 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.truncf %cst_0 : f64 to f32
    %17 = arith.mulf %in, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<32xf32>
  %9 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel"]} ins(%arg4, %arg4 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %16 = arith.mulf %in, %in_4 : f32
    linalg.yield %16 : f32
  } -> tensor<32xf32>
  %10 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel"]} ins(%8, %9 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %16 = arith.mulf %in, %in_4 : f32
    linalg.yield %16 : f32
  } -> tensor<32xf32>
  %expanded_2 = tensor.expand_shape %10 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %11 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel"]} ins(%arg4, %arg2 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %16 = arith.mulf %in, %in_4 : f32
    linalg.yield %16 : f32
  } -> tensor<32xf32>
  %expanded_3 = tensor.expand_shape %11 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4, %expanded_2 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %16 = arith.mulf %in, %in_4 : f32
    linalg.yield %16 : f32
  } -> tensor<4x32x14x14xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %12 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %16 = arith.subf %in, %in_4 : f32
    linalg.yield %16 : f32
  } -> tensor<4x32x14x14xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13, %expanded_1 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %16 = arith.subf %in, %in_4 : f32
    linalg.yield %16 : f32
  } -> tensor<4x32x14x14xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14, %expanded_3 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %16 = arith.mulf %in, %in_4 : f32
    linalg.yield %16 : f32
  } -> tensor<4x32x14x14xf32>
  return %15 : tensor<4x32x14x14xf32>
}

// With running statistics.
// CHECK-LABEL: func.func @torch_batch_norm_inference_backward(
// CHECK: norm.batch_norm_inference_backward {{.*}}layout = channels_first {{.*}}gradients = [input, scale, bias] outs(
func.func @torch_batch_norm_inference_backward(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<4x32x14x14xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> (tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e-05 : f64
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg4 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.truncf %cst_0 : f64 to f32
    %13 = arith.addf %in, %12 : f32
    linalg.yield %13 : f32
  } -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%1 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = math.rsqrt %in : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %arg3 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%0 : tensor<32xf32>) -> tensor<32xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %in, %out : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  %5 = tensor.empty() : tensor<4x32x14x14xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %expanded : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%5 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    linalg.yield %12 : f32
  } -> tensor<4x32x14x14xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %6 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%5 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.mulf %in, %in_2 : f32
    linalg.yield %12 : f32
  } -> tensor<4x32x14x14xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%7 : tensor<4x32x14x14xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %in, %out : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  %9 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel"]} ins(%2, %arg2 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.mulf %in, %in_2 : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  %expanded_1 = tensor.expand_shape %9 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded_1 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%5 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.mulf %in, %in_2 : f32
    linalg.yield %12 : f32
  } -> tensor<4x32x14x14xf32>
  %11 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel"]} ins(%8, %2 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.mulf %in, %in_2 : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  return %10, %11, %4 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>
}

// By autograd: statistics from x.
// CHECK-LABEL: func.func @torch_batch_norm_vjp(
// CHECK: norm.batch_norm_backward {{.*}}layout = channels_first {{.*}}gradients = [input, scale, bias] outs(
func.func @torch_batch_norm_vjp(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<4x32x14x14xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>) -> (tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 0.0012755102040816326 : f64
  %cst_2 = arith.constant 1.000000e-05 : f64
  %cst_3 = arith.constant 7.840000e+02 : f64
  %cst_4 = arith.constant 7.840000e+02 : f32
  %0 = tensor.empty() : tensor<4x32x14x14xf64>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1 : tensor<4x32x14x14xf32>) outs(%0 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f32, %out: f64):
    %34 = arith.extf %in : f32 to f64
    linalg.yield %34 : f64
  } -> tensor<4x32x14x14xf64>
  %2 = tensor.empty() : tensor<1x32x1x1xf64>
  %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<1x32x1x1xf64>) -> tensor<1x32x1x1xf64>
  %4 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%1 : tensor<4x32x14x14xf64>) outs(%3 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %34 = arith.addf %in, %out : f64
    linalg.yield %34 : f64
  } -> tensor<1x32x1x1xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4 : tensor<1x32x1x1xf64>) outs(%2 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %34 = arith.divf %in, %cst_3 : f64
    linalg.yield %34 : f64
  } -> tensor<1x32x1x1xf64>
  %6 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1, %5 : tensor<4x32x14x14xf64>, tensor<1x32x1x1xf64>) outs(%0 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_7: f64, %out: f64):
    %34 = arith.subf %in, %in_7 : f64
    linalg.yield %34 : f64
  } -> tensor<4x32x14x14xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %6 : tensor<4x32x14x14xf64>, tensor<4x32x14x14xf64>) outs(%0 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_7: f64, %out: f64):
    %34 = arith.mulf %in, %in_7 : f64
    linalg.yield %34 : f64
  } -> tensor<4x32x14x14xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%7 : tensor<4x32x14x14xf64>) outs(%3 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %34 = arith.addf %in, %out : f64
    linalg.yield %34 : f64
  } -> tensor<1x32x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<1x32x1x1xf64>) outs(%2 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %34 = arith.divf %in, %cst_3 : f64
    linalg.yield %34 : f64
  } -> tensor<1x32x1x1xf64>
  %10 = tensor.empty() : tensor<1x32x1x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<1x32x1x1xf64>) outs(%10 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %34 = arith.truncf %in : f64 to f32
    linalg.yield %34 : f32
  } -> tensor<1x32x1x1xf32>
  %12 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<1x32x1x1xf32>) -> tensor<1x32x1x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg1 : tensor<4x32x14x14xf32>) outs(%12 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.addf %in, %out : f32
    linalg.yield %34 : f32
  } -> tensor<1x32x1x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<1x32x1x1xf32>) outs(%10 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.divf %in, %cst_4 : f32
    linalg.yield %34 : f32
  } -> tensor<1x32x1x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11 : tensor<1x32x1x1xf32>) outs(%10 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.truncf %cst_2 : f64 to f32
    %35 = arith.addf %in, %34 : f32
    linalg.yield %35 : f32
  } -> tensor<1x32x1x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<1x32x1x1xf32>) outs(%10 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = math.rsqrt %in : f32
    linalg.yield %34 : f32
  } -> tensor<1x32x1x1xf32>
  %collapsed = tensor.collapse_shape %16 [[0, 1, 2, 3]] : tensor<1x32x1x1xf32> into tensor<32xf32>
  %17 = tensor.empty() : tensor<32xf32>
  %18 = linalg.fill ins(%cst_0 : f32) outs(%17 : tensor<32xf32>) -> tensor<32xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%18 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.addf %in, %out : f32
    linalg.yield %34 : f32
  } -> tensor<32xf32>
  %20 = tensor.empty() : tensor<4x32x14x14xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %14 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %34 = arith.subf %in, %in_7 : f32
    linalg.yield %34 : f32
  } -> tensor<4x32x14x14xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %21 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %34 = arith.mulf %in, %in_7 : f32
    linalg.yield %34 : f32
  } -> tensor<4x32x14x14xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%22 : tensor<4x32x14x14xf32>) outs(%18 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.addf %in, %out : f32
    linalg.yield %34 : f32
  } -> tensor<32xf32>
  %24 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%19 : tensor<32xf32>) outs(%17 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.truncf %cst_1 : f64 to f32
    %35 = arith.mulf %in, %34 : f32
    linalg.yield %35 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %24 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %25 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%23 : tensor<32xf32>) outs(%17 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.truncf %cst_1 : f64 to f32
    %35 = arith.mulf %in, %34 : f32
    linalg.yield %35 : f32
  } -> tensor<32xf32>
  %26 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel"]} ins(%collapsed, %collapsed : tensor<32xf32>, tensor<32xf32>) outs(%17 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %34 = arith.mulf %in, %in_7 : f32
    linalg.yield %34 : f32
  } -> tensor<32xf32>
  %27 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel"]} ins(%25, %26 : tensor<32xf32>, tensor<32xf32>) outs(%17 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %34 = arith.mulf %in, %in_7 : f32
    linalg.yield %34 : f32
  } -> tensor<32xf32>
  %expanded_5 = tensor.expand_shape %27 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %28 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel"]} ins(%collapsed, %arg2 : tensor<32xf32>, tensor<32xf32>) outs(%17 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %34 = arith.mulf %in, %in_7 : f32
    linalg.yield %34 : f32
  } -> tensor<32xf32>
  %expanded_6 = tensor.expand_shape %28 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %expanded_5 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %34 = arith.mulf %in, %in_7 : f32
    linalg.yield %34 : f32
  } -> tensor<4x32x14x14xf32>
  %30 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %29 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %34 = arith.subf %in, %in_7 : f32
    linalg.yield %34 : f32
  } -> tensor<4x32x14x14xf32>
  %31 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%30, %expanded : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %34 = arith.subf %in, %in_7 : f32
    linalg.yield %34 : f32
  } -> tensor<4x32x14x14xf32>
  %32 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31, %expanded_6 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %34 = arith.mulf %in, %in_7 : f32
    linalg.yield %34 : f32
  } -> tensor<4x32x14x14xf32>
  %33 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel"]} ins(%23, %collapsed : tensor<32xf32>, tensor<32xf32>) outs(%17 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %34 = arith.mulf %in, %in_7 : f32
    linalg.yield %34 : f32
  } -> tensor<32xf32>
  return %32, %33, %19 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>
}
