// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Fragments of a diffusion UNet.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d1, 0, 0)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, 0)>
#map5 = affine_map<(d0, d1, d2) -> (d2)>
#map6 = affine_map<(d0) -> (d0)>

// Group norm, silu, convolution.
// CHECK-LABEL: func.func @unet_resnet_in(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: math.exp
// CHECK: linalg.conv_2d
func.func @unet_resnet_in(%arg0: tensor<2x32x8x8xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32x32x3x3xf32>) -> tensor<2x32x8x8xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e+00 : f32
  %cst_2 = arith.constant 1.000000e-05 : f64
  %cst_3 = arith.constant 2.560000e+02 : f32
  %cst_4 = arith.constant 2.560000e+02 : f64
  %collapsed = tensor.collapse_shape %arg0 [[0], [1, 2, 3]] : tensor<2x32x8x8xf32> into tensor<2x2048xf32>
  %expanded = tensor.expand_shape %collapsed [[0], [1, 2]] output_shape [2, 8, 256] : tensor<2x2048xf32> into tensor<2x8x256xf32>
  %0 = tensor.empty() : tensor<2x8x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x8x1xf32>) -> tensor<2x8x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded : tensor<2x8x256xf32>) outs(%1 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.addf %in, %out : f32
    linalg.yield %27 : f32
  } -> tensor<2x8x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.divf %in, %cst_3 : f32
    linalg.yield %27 : f32
  } -> tensor<2x8x1xf32>
  %4 = tensor.empty() : tensor<2x8x256xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x8x256xf32>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f32, %out: f64):
    %27 = arith.extf %in : f32 to f64
    linalg.yield %27 : f64
  } -> tensor<2x8x256xf64>
  %6 = tensor.empty() : tensor<2x8x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<2x8x1xf64>) -> tensor<2x8x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%5 : tensor<2x8x256xf64>) outs(%7 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %27 = arith.addf %in, %out : f64
    linalg.yield %27 : f64
  } -> tensor<2x8x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x8x1xf64>) outs(%6 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %27 = arith.divf %in, %cst_4 : f64
    linalg.yield %27 : f64
  } -> tensor<2x8x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<2x8x256xf64>, tensor<2x8x1xf64>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_9: f64, %out: f64):
    %27 = arith.subf %in, %in_9 : f64
    linalg.yield %27 : f64
  } -> tensor<2x8x256xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<2x8x256xf64>, tensor<2x8x256xf64>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_9: f64, %out: f64):
    %27 = arith.mulf %in, %in_9 : f64
    linalg.yield %27 : f64
  } -> tensor<2x8x256xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%11 : tensor<2x8x256xf64>) outs(%7 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %27 = arith.addf %in, %out : f64
    linalg.yield %27 : f64
  } -> tensor<2x8x1xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x8x1xf64>) outs(%6 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %27 = arith.divf %in, %cst_4 : f64
    linalg.yield %27 : f64
  } -> tensor<2x8x1xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x8x1xf64>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %27 = arith.truncf %in : f64 to f32
    linalg.yield %27 : f32
  } -> tensor<2x8x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.truncf %cst_2 : f64 to f32
    %28 = arith.addf %in, %27 : f32
    linalg.yield %28 : f32
  } -> tensor<2x8x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = math.rsqrt %in : f32
    linalg.yield %27 : f32
  } -> tensor<2x8x1xf32>
  %17 = tensor.empty() : tensor<2x8x256xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %3 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%17 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %27 = arith.subf %in, %in_9 : f32
    linalg.yield %27 : f32
  } -> tensor<2x8x256xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%17 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %27 = arith.mulf %in, %in_9 : f32
    linalg.yield %27 : f32
  } -> tensor<2x8x256xf32>
  %collapsed_5 = tensor.collapse_shape %19 [[0], [1, 2]] : tensor<2x8x256xf32> into tensor<2x2048xf32>
  %expanded_6 = tensor.expand_shape %collapsed_5 [[0], [1, 2, 3]] output_shape [2, 32, 8, 8] : tensor<2x2048xf32> into tensor<2x32x8x8xf32>
  %expanded_7 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %20 = tensor.empty() : tensor<2x32x8x8xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_6, %expanded_7 : tensor<2x32x8x8xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %27 = arith.mulf %in, %in_9 : f32
    linalg.yield %27 : f32
  } -> tensor<2x32x8x8xf32>
  %expanded_8 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %expanded_8 : tensor<2x32x8x8xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %27 = arith.addf %in, %in_9 : f32
    linalg.yield %27 : f32
  } -> tensor<2x32x8x8xf32>
  %23 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<2x32x8x8xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.negf %in : f32
    %28 = math.exp %27 : f32
    %29 = arith.addf %28, %cst_1 : f32
    %30 = arith.divf %cst_1, %29 : f32
    linalg.yield %30 : f32
  } -> tensor<2x32x8x8xf32>
  %24 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %23 : tensor<2x32x8x8xf32>, tensor<2x32x8x8xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %27 = arith.mulf %in, %in_9 : f32
    linalg.yield %27 : f32
  } -> tensor<2x32x8x8xf32>
  %padded = tensor.pad %24 low[0, 0, 1, 1] high[0, 0, 1, 1] {
  ^bb0(%arg4: index, %arg5: index, %arg6: index, %arg7: index):
    tensor.yield %cst : f32
  } : tensor<2x32x8x8xf32> to tensor<2x32x10x10xf32>
  %25 = linalg.fill ins(%cst : f32) outs(%20 : tensor<2x32x8x8xf32>) -> tensor<2x32x8x8xf32>
  %26 = linalg.conv_2d_nchw_fchw {dilations = dense<1> : vector<2xi64>, strides = dense<1> : vector<2xi64>} ins(%padded, %arg3 : tensor<2x32x10x10xf32>, tensor<32x32x3x3xf32>) outs(%25 : tensor<2x32x8x8xf32>) -> tensor<2x32x8x8xf32>
  return %26 : tensor<2x32x8x8xf32>
}

// The time embedding is added, group norm, silu.
// CHECK-LABEL: func.func @unet_time_embedding(
// CHECK: arith.addf
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: math.exp
func.func @unet_time_embedding(%arg0: tensor<2x32x8x8xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<2x32xf32>) -> tensor<2x32x8x8xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e+00 : f32
  %cst_2 = arith.constant 1.000000e-05 : f64
  %cst_3 = arith.constant 2.560000e+02 : f32
  %cst_4 = arith.constant 2.560000e+02 : f64
  %expanded = tensor.expand_shape %arg3 [[0], [1, 2, 3]] output_shape [2, 32, 1, 1] : tensor<2x32xf32> into tensor<2x32x1x1xf32>
  %0 = tensor.empty() : tensor<2x32x8x8xf32>
  %1 = linalg.generic {indexing_maps = [#map2, #map4, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded : tensor<2x32x8x8xf32>, tensor<2x32x1x1xf32>) outs(%0 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %26 = arith.addf %in, %in_10 : f32
    linalg.yield %26 : f32
  } -> tensor<2x32x8x8xf32>
  %collapsed = tensor.collapse_shape %1 [[0], [1, 2, 3]] : tensor<2x32x8x8xf32> into tensor<2x2048xf32>
  %expanded_5 = tensor.expand_shape %collapsed [[0], [1, 2]] output_shape [2, 8, 256] : tensor<2x2048xf32> into tensor<2x8x256xf32>
  %2 = tensor.empty() : tensor<2x8x1xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<2x8x1xf32>) -> tensor<2x8x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded_5 : tensor<2x8x256xf32>) outs(%3 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.addf %in, %out : f32
    linalg.yield %26 : f32
  } -> tensor<2x8x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x8x1xf32>) outs(%2 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.divf %in, %cst_3 : f32
    linalg.yield %26 : f32
  } -> tensor<2x8x1xf32>
  %6 = tensor.empty() : tensor<2x8x256xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_5 : tensor<2x8x256xf32>) outs(%6 : tensor<2x8x256xf64>) {
  ^bb0(%in: f32, %out: f64):
    %26 = arith.extf %in : f32 to f64
    linalg.yield %26 : f64
  } -> tensor<2x8x256xf64>
  %8 = tensor.empty() : tensor<2x8x1xf64>
  %9 = linalg.fill ins(%cst_0 : f64) outs(%8 : tensor<2x8x1xf64>) -> tensor<2x8x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%7 : tensor<2x8x256xf64>) outs(%9 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %26 = arith.addf %in, %out : f64
    linalg.yield %26 : f64
  } -> tensor<2x8x1xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x8x1xf64>) outs(%8 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %26 = arith.divf %in, %cst_4 : f64
    linalg.yield %26 : f64
  } -> tensor<2x8x1xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7, %11 : tensor<2x8x256xf64>, tensor<2x8x1xf64>) outs(%6 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %26 = arith.subf %in, %in_10 : f64
    linalg.yield %26 : f64
  } -> tensor<2x8x256xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12, %12 : tensor<2x8x256xf64>, tensor<2x8x256xf64>) outs(%6 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %26 = arith.mulf %in, %in_10 : f64
    linalg.yield %26 : f64
  } -> tensor<2x8x256xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%13 : tensor<2x8x256xf64>) outs(%9 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %26 = arith.addf %in, %out : f64
    linalg.yield %26 : f64
  } -> tensor<2x8x1xf64>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x8x1xf64>) outs(%8 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %26 = arith.divf %in, %cst_4 : f64
    linalg.yield %26 : f64
  } -> tensor<2x8x1xf64>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x8x1xf64>) outs(%2 : tensor<2x8x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %26 = arith.truncf %in : f64 to f32
    linalg.yield %26 : f32
  } -> tensor<2x8x1xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<2x8x1xf32>) outs(%2 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.truncf %cst_2 : f64 to f32
    %27 = arith.addf %in, %26 : f32
    linalg.yield %27 : f32
  } -> tensor<2x8x1xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<2x8x1xf32>) outs(%2 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = math.rsqrt %in : f32
    linalg.yield %26 : f32
  } -> tensor<2x8x1xf32>
  %19 = tensor.empty() : tensor<2x8x256xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_5, %5 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%19 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %26 = arith.subf %in, %in_10 : f32
    linalg.yield %26 : f32
  } -> tensor<2x8x256xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %18 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%19 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %26 = arith.mulf %in, %in_10 : f32
    linalg.yield %26 : f32
  } -> tensor<2x8x256xf32>
  %collapsed_6 = tensor.collapse_shape %21 [[0], [1, 2]] : tensor<2x8x256xf32> into tensor<2x2048xf32>
  %expanded_7 = tensor.expand_shape %collapsed_6 [[0], [1, 2, 3]] output_shape [2, 32, 8, 8] : tensor<2x2048xf32> into tensor<2x32x8x8xf32>
  %expanded_8 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_7, %expanded_8 : tensor<2x32x8x8xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %26 = arith.mulf %in, %in_10 : f32
    linalg.yield %26 : f32
  } -> tensor<2x32x8x8xf32>
  %expanded_9 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %23 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %expanded_9 : tensor<2x32x8x8xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %26 = arith.addf %in, %in_10 : f32
    linalg.yield %26 : f32
  } -> tensor<2x32x8x8xf32>
  %24 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23 : tensor<2x32x8x8xf32>) outs(%0 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.negf %in : f32
    %27 = math.exp %26 : f32
    %28 = arith.addf %27, %cst_1 : f32
    %29 = arith.divf %cst_1, %28 : f32
    linalg.yield %29 : f32
  } -> tensor<2x32x8x8xf32>
  %25 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23, %24 : tensor<2x32x8x8xf32>, tensor<2x32x8x8xf32>) outs(%0 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %26 = arith.mulf %in, %in_10 : f32
    linalg.yield %26 : f32
  } -> tensor<2x32x8x8xf32>
  return %25 : tensor<2x32x8x8xf32>
}

// Scale and shift of every sample after the norm: they stay.
// CHECK-LABEL: func.func @unet_time_scale_shift(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: arith.addf
func.func @unet_time_scale_shift(%arg0: tensor<2x32x8x8xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<2x64xf32>) -> tensor<2x32x8x8xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 2.560000e+02 : f32
  %cst_3 = arith.constant 2.560000e+02 : f64
  %cst_4 = arith.constant 1.000000e+00 : f32
  %expanded = tensor.expand_shape %arg3 [[0], [1, 2, 3]] output_shape [2, 64, 1, 1] : tensor<2x64xf32> into tensor<2x64x1x1xf32>
  %extracted_slice = tensor.extract_slice %expanded[0, 0, 0, 0] [2, 32, 1, 1] [1, 1, 1, 1] : tensor<2x64x1x1xf32> to tensor<2x32x1x1xf32>
  %extracted_slice_5 = tensor.extract_slice %expanded[0, 32, 0, 0] [2, 32, 1, 1] [1, 1, 1, 1] : tensor<2x64x1x1xf32> to tensor<2x32x1x1xf32>
  %collapsed = tensor.collapse_shape %arg0 [[0], [1, 2, 3]] : tensor<2x32x8x8xf32> into tensor<2x2048xf32>
  %expanded_6 = tensor.expand_shape %collapsed [[0], [1, 2]] output_shape [2, 8, 256] : tensor<2x2048xf32> into tensor<2x8x256xf32>
  %0 = tensor.empty() : tensor<2x8x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x8x1xf32>) -> tensor<2x8x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded_6 : tensor<2x8x256xf32>) outs(%1 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.addf %in, %out : f32
    linalg.yield %27 : f32
  } -> tensor<2x8x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.divf %in, %cst_2 : f32
    linalg.yield %27 : f32
  } -> tensor<2x8x1xf32>
  %4 = tensor.empty() : tensor<2x8x256xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_6 : tensor<2x8x256xf32>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f32, %out: f64):
    %27 = arith.extf %in : f32 to f64
    linalg.yield %27 : f64
  } -> tensor<2x8x256xf64>
  %6 = tensor.empty() : tensor<2x8x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<2x8x1xf64>) -> tensor<2x8x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%5 : tensor<2x8x256xf64>) outs(%7 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %27 = arith.addf %in, %out : f64
    linalg.yield %27 : f64
  } -> tensor<2x8x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x8x1xf64>) outs(%6 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %27 = arith.divf %in, %cst_3 : f64
    linalg.yield %27 : f64
  } -> tensor<2x8x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<2x8x256xf64>, tensor<2x8x1xf64>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_11: f64, %out: f64):
    %27 = arith.subf %in, %in_11 : f64
    linalg.yield %27 : f64
  } -> tensor<2x8x256xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<2x8x256xf64>, tensor<2x8x256xf64>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_11: f64, %out: f64):
    %27 = arith.mulf %in, %in_11 : f64
    linalg.yield %27 : f64
  } -> tensor<2x8x256xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%11 : tensor<2x8x256xf64>) outs(%7 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %27 = arith.addf %in, %out : f64
    linalg.yield %27 : f64
  } -> tensor<2x8x1xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x8x1xf64>) outs(%6 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %27 = arith.divf %in, %cst_3 : f64
    linalg.yield %27 : f64
  } -> tensor<2x8x1xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x8x1xf64>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %27 = arith.truncf %in : f64 to f32
    linalg.yield %27 : f32
  } -> tensor<2x8x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.truncf %cst_1 : f64 to f32
    %28 = arith.addf %in, %27 : f32
    linalg.yield %28 : f32
  } -> tensor<2x8x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = math.rsqrt %in : f32
    linalg.yield %27 : f32
  } -> tensor<2x8x1xf32>
  %17 = tensor.empty() : tensor<2x8x256xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_6, %3 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%17 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %27 = arith.subf %in, %in_11 : f32
    linalg.yield %27 : f32
  } -> tensor<2x8x256xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%17 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %27 = arith.mulf %in, %in_11 : f32
    linalg.yield %27 : f32
  } -> tensor<2x8x256xf32>
  %collapsed_7 = tensor.collapse_shape %19 [[0], [1, 2]] : tensor<2x8x256xf32> into tensor<2x2048xf32>
  %expanded_8 = tensor.expand_shape %collapsed_7 [[0], [1, 2, 3]] output_shape [2, 32, 8, 8] : tensor<2x2048xf32> into tensor<2x32x8x8xf32>
  %expanded_9 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %20 = tensor.empty() : tensor<2x32x8x8xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_8, %expanded_9 : tensor<2x32x8x8xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %27 = arith.mulf %in, %in_11 : f32
    linalg.yield %27 : f32
  } -> tensor<2x32x8x8xf32>
  %expanded_10 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %expanded_10 : tensor<2x32x8x8xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %27 = arith.addf %in, %in_11 : f32
    linalg.yield %27 : f32
  } -> tensor<2x32x8x8xf32>
  %23 = tensor.empty() : tensor<2x32x1x1xf32>
  %24 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%extracted_slice : tensor<2x32x1x1xf32>) outs(%23 : tensor<2x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.addf %in, %cst_4 : f32
    linalg.yield %27 : f32
  } -> tensor<2x32x1x1xf32>
  %25 = linalg.generic {indexing_maps = [#map2, #map4, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %24 : tensor<2x32x8x8xf32>, tensor<2x32x1x1xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %27 = arith.mulf %in, %in_11 : f32
    linalg.yield %27 : f32
  } -> tensor<2x32x8x8xf32>
  %26 = linalg.generic {indexing_maps = [#map2, #map4, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25, %extracted_slice_5 : tensor<2x32x8x8xf32>, tensor<2x32x1x1xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %27 = arith.addf %in, %in_11 : f32
    linalg.yield %27 : f32
  } -> tensor<2x32x8x8xf32>
  return %26 : tensor<2x32x8x8xf32>
}

// Group norm, space to tokens, layer norm.
// CHECK-LABEL: func.func @unet_transformer_in(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
func.func @unet_transformer_in(%arg0: tensor<2x32x8x8xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<2x64x32xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 9.9999999999999995E-7 : f64
  %cst_3 = arith.constant 2.560000e+02 : f32
  %cst_4 = arith.constant 2.560000e+02 : f64
  %cst_5 = arith.constant 3.200000e+01 : f64
  %cst_6 = arith.constant 3.200000e+01 : f32
  %collapsed = tensor.collapse_shape %arg0 [[0], [1, 2, 3]] : tensor<2x32x8x8xf32> into tensor<2x2048xf32>
  %expanded = tensor.expand_shape %collapsed [[0], [1, 2]] output_shape [2, 8, 256] : tensor<2x2048xf32> into tensor<2x8x256xf32>
  %0 = tensor.empty() : tensor<2x8x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x8x1xf32>) -> tensor<2x8x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded : tensor<2x8x256xf32>) outs(%1 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.addf %in, %out : f32
    linalg.yield %46 : f32
  } -> tensor<2x8x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.divf %in, %cst_3 : f32
    linalg.yield %46 : f32
  } -> tensor<2x8x1xf32>
  %4 = tensor.empty() : tensor<2x8x256xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x8x256xf32>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f32, %out: f64):
    %46 = arith.extf %in : f32 to f64
    linalg.yield %46 : f64
  } -> tensor<2x8x256xf64>
  %6 = tensor.empty() : tensor<2x8x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<2x8x1xf64>) -> tensor<2x8x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%5 : tensor<2x8x256xf64>) outs(%7 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %46 = arith.addf %in, %out : f64
    linalg.yield %46 : f64
  } -> tensor<2x8x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x8x1xf64>) outs(%6 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %46 = arith.divf %in, %cst_4 : f64
    linalg.yield %46 : f64
  } -> tensor<2x8x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<2x8x256xf64>, tensor<2x8x1xf64>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_12: f64, %out: f64):
    %46 = arith.subf %in, %in_12 : f64
    linalg.yield %46 : f64
  } -> tensor<2x8x256xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<2x8x256xf64>, tensor<2x8x256xf64>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_12: f64, %out: f64):
    %46 = arith.mulf %in, %in_12 : f64
    linalg.yield %46 : f64
  } -> tensor<2x8x256xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%11 : tensor<2x8x256xf64>) outs(%7 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %46 = arith.addf %in, %out : f64
    linalg.yield %46 : f64
  } -> tensor<2x8x1xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x8x1xf64>) outs(%6 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %46 = arith.divf %in, %cst_4 : f64
    linalg.yield %46 : f64
  } -> tensor<2x8x1xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x8x1xf64>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %46 = arith.truncf %in : f64 to f32
    linalg.yield %46 : f32
  } -> tensor<2x8x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.truncf %cst_2 : f64 to f32
    %47 = arith.addf %in, %46 : f32
    linalg.yield %47 : f32
  } -> tensor<2x8x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = math.rsqrt %in : f32
    linalg.yield %46 : f32
  } -> tensor<2x8x1xf32>
  %17 = tensor.empty() : tensor<2x8x256xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %3 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%17 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_12: f32, %out: f32):
    %46 = arith.subf %in, %in_12 : f32
    linalg.yield %46 : f32
  } -> tensor<2x8x256xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%17 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_12: f32, %out: f32):
    %46 = arith.mulf %in, %in_12 : f32
    linalg.yield %46 : f32
  } -> tensor<2x8x256xf32>
  %collapsed_7 = tensor.collapse_shape %19 [[0], [1, 2]] : tensor<2x8x256xf32> into tensor<2x2048xf32>
  %expanded_8 = tensor.expand_shape %collapsed_7 [[0], [1, 2, 3]] output_shape [2, 32, 8, 8] : tensor<2x2048xf32> into tensor<2x32x8x8xf32>
  %expanded_9 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %20 = tensor.empty() : tensor<2x32x8x8xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_8, %expanded_9 : tensor<2x32x8x8xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_12: f32, %out: f32):
    %46 = arith.mulf %in, %in_12 : f32
    linalg.yield %46 : f32
  } -> tensor<2x32x8x8xf32>
  %expanded_10 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %expanded_10 : tensor<2x32x8x8xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_12: f32, %out: f32):
    %46 = arith.addf %in, %in_12 : f32
    linalg.yield %46 : f32
  } -> tensor<2x32x8x8xf32>
  %23 = tensor.empty() : tensor<2x8x8x32xf32>
  %transposed = linalg.transpose ins(%22 : tensor<2x32x8x8xf32>) outs(%23 : tensor<2x8x8x32xf32>) permutation = [0, 2, 3, 1]
  %collapsed_11 = tensor.collapse_shape %transposed [[0], [1, 2], [3]] : tensor<2x8x8x32xf32> into tensor<2x64x32xf32>
  %24 = tensor.empty() : tensor<2x64x32xf64>
  %25 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_11 : tensor<2x64x32xf32>) outs(%24 : tensor<2x64x32xf64>) {
  ^bb0(%in: f32, %out: f64):
    %46 = arith.extf %in : f32 to f64
    linalg.yield %46 : f64
  } -> tensor<2x64x32xf64>
  %26 = tensor.empty() : tensor<2x64x1xf64>
  %27 = linalg.fill ins(%cst_0 : f64) outs(%26 : tensor<2x64x1xf64>) -> tensor<2x64x1xf64>
  %28 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%25 : tensor<2x64x32xf64>) outs(%27 : tensor<2x64x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %46 = arith.addf %in, %out : f64
    linalg.yield %46 : f64
  } -> tensor<2x64x1xf64>
  %29 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%28 : tensor<2x64x1xf64>) outs(%26 : tensor<2x64x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %46 = arith.divf %in, %cst_5 : f64
    linalg.yield %46 : f64
  } -> tensor<2x64x1xf64>
  %30 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25, %29 : tensor<2x64x32xf64>, tensor<2x64x1xf64>) outs(%24 : tensor<2x64x32xf64>) {
  ^bb0(%in: f64, %in_12: f64, %out: f64):
    %46 = arith.subf %in, %in_12 : f64
    linalg.yield %46 : f64
  } -> tensor<2x64x32xf64>
  %31 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%30, %30 : tensor<2x64x32xf64>, tensor<2x64x32xf64>) outs(%24 : tensor<2x64x32xf64>) {
  ^bb0(%in: f64, %in_12: f64, %out: f64):
    %46 = arith.mulf %in, %in_12 : f64
    linalg.yield %46 : f64
  } -> tensor<2x64x32xf64>
  %32 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%31 : tensor<2x64x32xf64>) outs(%27 : tensor<2x64x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %46 = arith.addf %in, %out : f64
    linalg.yield %46 : f64
  } -> tensor<2x64x1xf64>
  %33 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%32 : tensor<2x64x1xf64>) outs(%26 : tensor<2x64x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %46 = arith.divf %in, %cst_5 : f64
    linalg.yield %46 : f64
  } -> tensor<2x64x1xf64>
  %34 = tensor.empty() : tensor<2x64x1xf32>
  %35 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33 : tensor<2x64x1xf64>) outs(%34 : tensor<2x64x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %46 = arith.truncf %in : f64 to f32
    linalg.yield %46 : f32
  } -> tensor<2x64x1xf32>
  %36 = linalg.fill ins(%cst : f32) outs(%34 : tensor<2x64x1xf32>) -> tensor<2x64x1xf32>
  %37 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%collapsed_11 : tensor<2x64x32xf32>) outs(%36 : tensor<2x64x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.addf %in, %out : f32
    linalg.yield %46 : f32
  } -> tensor<2x64x1xf32>
  %38 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%37 : tensor<2x64x1xf32>) outs(%34 : tensor<2x64x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.divf %in, %cst_6 : f32
    linalg.yield %46 : f32
  } -> tensor<2x64x1xf32>
  %39 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%35 : tensor<2x64x1xf32>) outs(%34 : tensor<2x64x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.truncf %cst_1 : f64 to f32
    %47 = arith.addf %in, %46 : f32
    linalg.yield %47 : f32
  } -> tensor<2x64x1xf32>
  %40 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%39 : tensor<2x64x1xf32>) outs(%34 : tensor<2x64x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = math.rsqrt %in : f32
    linalg.yield %46 : f32
  } -> tensor<2x64x1xf32>
  %41 = tensor.empty() : tensor<2x64x32xf32>
  %42 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_11, %38 : tensor<2x64x32xf32>, tensor<2x64x1xf32>) outs(%41 : tensor<2x64x32xf32>) {
  ^bb0(%in: f32, %in_12: f32, %out: f32):
    %46 = arith.subf %in, %in_12 : f32
    linalg.yield %46 : f32
  } -> tensor<2x64x32xf32>
  %43 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%42, %40 : tensor<2x64x32xf32>, tensor<2x64x1xf32>) outs(%41 : tensor<2x64x32xf32>) {
  ^bb0(%in: f32, %in_12: f32, %out: f32):
    %46 = arith.mulf %in, %in_12 : f32
    linalg.yield %46 : f32
  } -> tensor<2x64x32xf32>
  %44 = linalg.generic {indexing_maps = [#map, #map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%43, %arg3 : tensor<2x64x32xf32>, tensor<32xf32>) outs(%41 : tensor<2x64x32xf32>) {
  ^bb0(%in: f32, %in_12: f32, %out: f32):
    %46 = arith.mulf %in, %in_12 : f32
    linalg.yield %46 : f32
  } -> tensor<2x64x32xf32>
  %45 = linalg.generic {indexing_maps = [#map, #map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%44, %arg4 : tensor<2x64x32xf32>, tensor<32xf32>) outs(%41 : tensor<2x64x32xf32>) {
  ^bb0(%in: f32, %in_12: f32, %out: f32):
    %46 = arith.addf %in, %in_12 : f32
    linalg.yield %46 : f32
  } -> tensor<2x64x32xf32>
  return %45 : tensor<2x64x32xf32>
}

// GroupNorm32: computed in f32 and rounded to f16.
// CHECK-LABEL: func.func @unet_out(
// CHECK: norm.group_norm {{.*}}groups = 8 layout = channels_first
func.func @unet_out(%arg0: tensor<2x32x8x8xf16>, %arg1: tensor<32xf16>, %arg2: tensor<32xf16>, %arg3: tensor<4x32x3x3xf16>) -> tensor<2x4x8x8xf16> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e+00 : f32
  %cst_2 = arith.constant 0.000000e+00 : f16
  %cst_3 = arith.constant 1.000000e-05 : f64
  %cst_4 = arith.constant 2.560000e+02 : f32
  %cst_5 = arith.constant 2.560000e+02 : f64
  %0 = tensor.empty() : tensor<2x32x8x8xf32>
  %1 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x32x8x8xf16>) outs(%0 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f16, %out: f32):
    %38 = arith.extf %in : f16 to f32
    linalg.yield %38 : f32
  } -> tensor<2x32x8x8xf32>
  %2 = tensor.empty() : tensor<32xf32>
  %3 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%arg1 : tensor<32xf16>) outs(%2 : tensor<32xf32>) {
  ^bb0(%in: f16, %out: f32):
    %38 = arith.extf %in : f16 to f32
    linalg.yield %38 : f32
  } -> tensor<32xf32>
  %4 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%arg2 : tensor<32xf16>) outs(%2 : tensor<32xf32>) {
  ^bb0(%in: f16, %out: f32):
    %38 = arith.extf %in : f16 to f32
    linalg.yield %38 : f32
  } -> tensor<32xf32>
  %collapsed = tensor.collapse_shape %1 [[0], [1, 2, 3]] : tensor<2x32x8x8xf32> into tensor<2x2048xf32>
  %expanded = tensor.expand_shape %collapsed [[0], [1, 2]] output_shape [2, 8, 256] : tensor<2x2048xf32> into tensor<2x8x256xf32>
  %5 = tensor.empty() : tensor<2x8x1xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<2x8x1xf32>) -> tensor<2x8x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded : tensor<2x8x256xf32>) outs(%6 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.addf %in, %out : f32
    linalg.yield %38 : f32
  } -> tensor<2x8x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x8x1xf32>) outs(%5 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.divf %in, %cst_4 : f32
    linalg.yield %38 : f32
  } -> tensor<2x8x1xf32>
  %9 = tensor.empty() : tensor<2x8x256xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x8x256xf32>) outs(%9 : tensor<2x8x256xf64>) {
  ^bb0(%in: f32, %out: f64):
    %38 = arith.extf %in : f32 to f64
    linalg.yield %38 : f64
  } -> tensor<2x8x256xf64>
  %11 = tensor.empty() : tensor<2x8x1xf64>
  %12 = linalg.fill ins(%cst_0 : f64) outs(%11 : tensor<2x8x1xf64>) -> tensor<2x8x1xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%10 : tensor<2x8x256xf64>) outs(%12 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %38 = arith.addf %in, %out : f64
    linalg.yield %38 : f64
  } -> tensor<2x8x1xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x8x1xf64>) outs(%11 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %38 = arith.divf %in, %cst_5 : f64
    linalg.yield %38 : f64
  } -> tensor<2x8x1xf64>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %14 : tensor<2x8x256xf64>, tensor<2x8x1xf64>) outs(%9 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %38 = arith.subf %in, %in_10 : f64
    linalg.yield %38 : f64
  } -> tensor<2x8x256xf64>
  %16 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15, %15 : tensor<2x8x256xf64>, tensor<2x8x256xf64>) outs(%9 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %38 = arith.mulf %in, %in_10 : f64
    linalg.yield %38 : f64
  } -> tensor<2x8x256xf64>
  %17 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%16 : tensor<2x8x256xf64>) outs(%12 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %38 = arith.addf %in, %out : f64
    linalg.yield %38 : f64
  } -> tensor<2x8x1xf64>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<2x8x1xf64>) outs(%11 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %38 = arith.divf %in, %cst_5 : f64
    linalg.yield %38 : f64
  } -> tensor<2x8x1xf64>
  %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18 : tensor<2x8x1xf64>) outs(%5 : tensor<2x8x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %38 = arith.truncf %in : f64 to f32
    linalg.yield %38 : f32
  } -> tensor<2x8x1xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19 : tensor<2x8x1xf32>) outs(%5 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.truncf %cst_3 : f64 to f32
    %39 = arith.addf %in, %38 : f32
    linalg.yield %39 : f32
  } -> tensor<2x8x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<2x8x1xf32>) outs(%5 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = math.rsqrt %in : f32
    linalg.yield %38 : f32
  } -> tensor<2x8x1xf32>
  %22 = tensor.empty() : tensor<2x8x256xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %8 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%22 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %38 = arith.subf %in, %in_10 : f32
    linalg.yield %38 : f32
  } -> tensor<2x8x256xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23, %21 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%22 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %38 = arith.mulf %in, %in_10 : f32
    linalg.yield %38 : f32
  } -> tensor<2x8x256xf32>
  %collapsed_6 = tensor.collapse_shape %24 [[0], [1, 2]] : tensor<2x8x256xf32> into tensor<2x2048xf32>
  %expanded_7 = tensor.expand_shape %collapsed_6 [[0], [1, 2, 3]] output_shape [2, 32, 8, 8] : tensor<2x2048xf32> into tensor<2x32x8x8xf32>
  %expanded_8 = tensor.expand_shape %3 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %25 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_7, %expanded_8 : tensor<2x32x8x8xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %38 = arith.mulf %in, %in_10 : f32
    linalg.yield %38 : f32
  } -> tensor<2x32x8x8xf32>
  %expanded_9 = tensor.expand_shape %4 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %26 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25, %expanded_9 : tensor<2x32x8x8xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %38 = arith.addf %in, %in_10 : f32
    linalg.yield %38 : f32
  } -> tensor<2x32x8x8xf32>
  %27 = tensor.empty() : tensor<2x32x8x8xf16>
  %28 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26 : tensor<2x32x8x8xf32>) outs(%27 : tensor<2x32x8x8xf16>) {
  ^bb0(%in: f32, %out: f16):
    %38 = arith.truncf %in : f32 to f16
    linalg.yield %38 : f16
  } -> tensor<2x32x8x8xf16>
  %29 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%28 : tensor<2x32x8x8xf16>) outs(%0 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f16, %out: f32):
    %38 = arith.extf %in : f16 to f32
    linalg.yield %38 : f32
  } -> tensor<2x32x8x8xf32>
  %30 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29 : tensor<2x32x8x8xf32>) outs(%0 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.negf %in : f32
    %39 = math.exp %38 : f32
    %40 = arith.addf %39, %cst_1 : f32
    %41 = arith.divf %cst_1, %40 : f32
    linalg.yield %41 : f32
  } -> tensor<2x32x8x8xf32>
  %31 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29, %30 : tensor<2x32x8x8xf32>, tensor<2x32x8x8xf32>) outs(%0 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %38 = arith.mulf %in, %in_10 : f32
    linalg.yield %38 : f32
  } -> tensor<2x32x8x8xf32>
  %32 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31 : tensor<2x32x8x8xf32>) outs(%27 : tensor<2x32x8x8xf16>) {
  ^bb0(%in: f32, %out: f16):
    %38 = arith.truncf %in : f32 to f16
    linalg.yield %38 : f16
  } -> tensor<2x32x8x8xf16>
  %padded = tensor.pad %32 low[0, 0, 1, 1] high[0, 0, 1, 1] {
  ^bb0(%arg4: index, %arg5: index, %arg6: index, %arg7: index):
    tensor.yield %cst_2 : f16
  } : tensor<2x32x8x8xf16> to tensor<2x32x10x10xf16>
  %33 = tensor.empty() : tensor<2x4x8x8xf32>
  %34 = linalg.fill ins(%cst : f32) outs(%33 : tensor<2x4x8x8xf32>) -> tensor<2x4x8x8xf32>
  %35 = linalg.conv_2d_nchw_fchw {dilations = dense<1> : vector<2xi64>, strides = dense<1> : vector<2xi64>} ins(%padded, %arg3 : tensor<2x32x10x10xf16>, tensor<4x32x3x3xf16>) outs(%34 : tensor<2x4x8x8xf32>) -> tensor<2x4x8x8xf32>
  %36 = tensor.empty() : tensor<2x4x8x8xf16>
  %37 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%35 : tensor<2x4x8x8xf32>) outs(%36 : tensor<2x4x8x8xf16>) {
  ^bb0(%in: f32, %out: f16):
    %38 = arith.truncf %in : f32 to f16
    linalg.yield %38 : f16
  } -> tensor<2x4x8x8xf16>
  return %37 : tensor<2x4x8x8xf16>
}
