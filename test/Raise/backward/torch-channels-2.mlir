// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// torch's gradients of batch, group and instance normalizations, decomposed and imported.

#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0, d1) -> (0, d1)>
#map5 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map6 = affine_map<(d0, d1, d2) -> (0, d1, d2)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, 0)>
#map9 = affine_map<(d0, d1, d2) -> (d1, d2)>
#map10 = affine_map<(d0, d1) -> (d1)>
#map11 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map12 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, 0, 0, 0)>
#map13 = affine_map<(d0, d1, d2, d3) -> (0, d1, 0, 0)>
#map14 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1)>
#map15 = affine_map<(d0, d1, d2, d3) -> (d0, d1)>

// aten.native_group_norm_backward: sums over space first, then the groups; dx = dy * a + x * b +
// c.
// CHECK-LABEL: func.func @torch_group_norm_backward(
// CHECK: norm.group_norm_backward {{.*}}groups = 8 layout = channels_first {{.*}}gradients = [input, scale, bias] outs(
func.func @torch_group_norm_backward(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<4x32x14x14xf32>, %arg2: tensor<4x8xf32>, %arg3: tensor<4x8xf32>, %arg4: tensor<32xf32>) -> (tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.0012755102040816326 : f64
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg1 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_18: f32, %out: f32):
    %40 = arith.mulf %in, %in_18 : f32
    linalg.yield %40 : f32
  } -> tensor<4x32x14x14xf32>
  %collapsed = tensor.collapse_shape %1 [[0], [1], [2, 3]] : tensor<4x32x14x14xf32> into tensor<4x32x196xf32>
  %2 = tensor.empty() : tensor<4x32xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %4 = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%collapsed : tensor<4x32x196xf32>) outs(%3 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.addf %in, %out : f32
    linalg.yield %40 : f32
  } -> tensor<4x32xf32>
  %collapsed_1 = tensor.collapse_shape %arg0 [[0], [1], [2, 3]] : tensor<4x32x14x14xf32> into tensor<4x32x196xf32>
  %5 = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%collapsed_1 : tensor<4x32x196xf32>) outs(%3 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.addf %in, %out : f32
    linalg.yield %40 : f32
  } -> tensor<4x32xf32>
  %expanded = tensor.expand_shape %arg4 [[0, 1]] output_shape [1, 32] : tensor<32xf32> into tensor<1x32xf32>
  %6 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel"]} ins(%4, %expanded : tensor<4x32xf32>, tensor<1x32xf32>) outs(%2 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %in_18: f32, %out: f32):
    %40 = arith.mulf %in, %in_18 : f32
    linalg.yield %40 : f32
  } -> tensor<4x32xf32>
  %expanded_2 = tensor.expand_shape %6 [[0], [1, 2]] output_shape [4, 8, 4] : tensor<4x32xf32> into tensor<4x8x4xf32>
  %7 = tensor.empty() : tensor<4x8xf32>
  %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %9 = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded_2 : tensor<4x8x4xf32>) outs(%8 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.addf %in, %out : f32
    linalg.yield %40 : f32
  } -> tensor<4x8xf32>
  %10 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel"]} ins(%5, %expanded : tensor<4x32xf32>, tensor<1x32xf32>) outs(%2 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %in_18: f32, %out: f32):
    %40 = arith.mulf %in, %in_18 : f32
    linalg.yield %40 : f32
  } -> tensor<4x32xf32>
  %expanded_3 = tensor.expand_shape %10 [[0], [1, 2]] output_shape [4, 8, 4] : tensor<4x32xf32> into tensor<4x8x4xf32>
  %11 = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded_3 : tensor<4x8x4xf32>) outs(%8 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.addf %in, %out : f32
    linalg.yield %40 : f32
  } -> tensor<4x8xf32>
  %expanded_4 = tensor.expand_shape %arg3 [[0], [1, 2]] output_shape [4, 8, 1] : tensor<4x8xf32> into tensor<4x8x1xf32>
  %expanded_5 = tensor.expand_shape %arg4 [[0, 1, 2]] output_shape [1, 8, 4] : tensor<32xf32> into tensor<1x8x4xf32>
  %12 = tensor.empty() : tensor<4x8x4xf32>
  %13 = linalg.generic {indexing_maps = [#map5, #map6, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_4, %expanded_5 : tensor<4x8x1xf32>, tensor<1x8x4xf32>) outs(%12 : tensor<4x8x4xf32>) {
  ^bb0(%in: f32, %in_18: f32, %out: f32):
    %40 = arith.mulf %in, %in_18 : f32
    linalg.yield %40 : f32
  } -> tensor<4x8x4xf32>
  %14 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%9 : tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.negf %in : f32
    linalg.yield %40 : f32
  } -> tensor<4x8xf32>
  %15 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%11, %arg2 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_18: f32, %out: f32):
    %40 = arith.mulf %in, %in_18 : f32
    linalg.yield %40 : f32
  } -> tensor<4x8xf32>
  %16 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%14, %15 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_18: f32, %out: f32):
    %40 = arith.addf %in, %in_18 : f32
    linalg.yield %40 : f32
  } -> tensor<4x8xf32>
  %17 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%16, %arg3 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_18: f32, %out: f32):
    %40 = arith.mulf %in, %in_18 : f32
    linalg.yield %40 : f32
  } -> tensor<4x8xf32>
  %18 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%17, %arg3 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_18: f32, %out: f32):
    %40 = arith.mulf %in, %in_18 : f32
    linalg.yield %40 : f32
  } -> tensor<4x8xf32>
  %19 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%18, %arg3 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_18: f32, %out: f32):
    %40 = arith.mulf %in, %in_18 : f32
    linalg.yield %40 : f32
  } -> tensor<4x8xf32>
  %20 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%19 : tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.truncf %cst_0 : f64 to f32
    %41 = arith.mulf %in, %40 : f32
    linalg.yield %41 : f32
  } -> tensor<4x8xf32>
  %21 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%20 : tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.negf %in : f32
    linalg.yield %40 : f32
  } -> tensor<4x8xf32>
  %22 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%21, %arg2 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_18: f32, %out: f32):
    %40 = arith.mulf %in, %in_18 : f32
    linalg.yield %40 : f32
  } -> tensor<4x8xf32>
  %23 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%11, %arg3 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_18: f32, %out: f32):
    %40 = arith.mulf %in, %in_18 : f32
    linalg.yield %40 : f32
  } -> tensor<4x8xf32>
  %24 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%23 : tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.truncf %cst_0 : f64 to f32
    %41 = arith.mulf %in, %40 : f32
    linalg.yield %41 : f32
  } -> tensor<4x8xf32>
  %25 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%22, %24 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_18: f32, %out: f32):
    %40 = arith.subf %in, %in_18 : f32
    linalg.yield %40 : f32
  } -> tensor<4x8xf32>
  %expanded_6 = tensor.expand_shape %13 [[0], [1], [2, 3]] output_shape [4, 8, 4, 1] : tensor<4x8x4xf32> into tensor<4x8x4x1xf32>
  %expanded_7 = tensor.expand_shape %20 [[0], [1, 2, 3]] output_shape [4, 8, 1, 1] : tensor<4x8xf32> into tensor<4x8x1x1xf32>
  %expanded_8 = tensor.expand_shape %25 [[0], [1, 2, 3]] output_shape [4, 8, 1, 1] : tensor<4x8xf32> into tensor<4x8x1x1xf32>
  %expanded_9 = tensor.expand_shape %collapsed_1 [[0], [1, 2], [3]] output_shape [4, 8, 4, 196] : tensor<4x32x196xf32> into tensor<4x8x4x196xf32>
  %26 = tensor.empty() : tensor<4x8x4x196xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map7, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_9, %expanded_6 : tensor<4x8x4x196xf32>, tensor<4x8x4x1xf32>) outs(%26 : tensor<4x8x4x196xf32>) {
  ^bb0(%in: f32, %in_18: f32, %out: f32):
    %40 = arith.mulf %in, %in_18 : f32
    linalg.yield %40 : f32
  } -> tensor<4x8x4x196xf32>
  %collapsed_10 = tensor.collapse_shape %arg1 [[0], [1], [2, 3]] : tensor<4x32x14x14xf32> into tensor<4x32x196xf32>
  %expanded_11 = tensor.expand_shape %collapsed_10 [[0], [1, 2], [3]] output_shape [4, 8, 4, 196] : tensor<4x32x196xf32> into tensor<4x8x4x196xf32>
  %28 = linalg.generic {indexing_maps = [#map, #map8, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_11, %expanded_7 : tensor<4x8x4x196xf32>, tensor<4x8x1x1xf32>) outs(%26 : tensor<4x8x4x196xf32>) {
  ^bb0(%in: f32, %in_18: f32, %out: f32):
    %40 = arith.mulf %in, %in_18 : f32
    linalg.yield %40 : f32
  } -> tensor<4x8x4x196xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %28 : tensor<4x8x4x196xf32>, tensor<4x8x4x196xf32>) outs(%26 : tensor<4x8x4x196xf32>) {
  ^bb0(%in: f32, %in_18: f32, %out: f32):
    %40 = arith.addf %in, %in_18 : f32
    linalg.yield %40 : f32
  } -> tensor<4x8x4x196xf32>
  %30 = linalg.generic {indexing_maps = [#map, #map8, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29, %expanded_8 : tensor<4x8x4x196xf32>, tensor<4x8x1x1xf32>) outs(%26 : tensor<4x8x4x196xf32>) {
  ^bb0(%in: f32, %in_18: f32, %out: f32):
    %40 = arith.addf %in, %in_18 : f32
    linalg.yield %40 : f32
  } -> tensor<4x8x4x196xf32>
  %collapsed_12 = tensor.collapse_shape %30 [[0], [1, 2], [3]] : tensor<4x8x4x196xf32> into tensor<4x32x196xf32>
  %expanded_13 = tensor.expand_shape %collapsed_12 [[0], [1], [2, 3]] output_shape [4, 32, 14, 14] : tensor<4x32x196xf32> into tensor<4x32x14x14xf32>
  %expanded_14 = tensor.expand_shape %4 [[0], [1, 2]] output_shape [4, 8, 4] : tensor<4x32xf32> into tensor<4x8x4xf32>
  %expanded_15 = tensor.expand_shape %5 [[0], [1, 2]] output_shape [4, 8, 4] : tensor<4x32xf32> into tensor<4x8x4xf32>
  %expanded_16 = tensor.expand_shape %arg2 [[0], [1, 2]] output_shape [4, 8, 1] : tensor<4x8xf32> into tensor<4x8x1xf32>
  %31 = linalg.generic {indexing_maps = [#map1, #map5, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_15, %expanded_16 : tensor<4x8x4xf32>, tensor<4x8x1xf32>) outs(%12 : tensor<4x8x4xf32>) {
  ^bb0(%in: f32, %in_18: f32, %out: f32):
    %40 = arith.mulf %in, %in_18 : f32
    linalg.yield %40 : f32
  } -> tensor<4x8x4xf32>
  %32 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_14, %31 : tensor<4x8x4xf32>, tensor<4x8x4xf32>) outs(%12 : tensor<4x8x4xf32>) {
  ^bb0(%in: f32, %in_18: f32, %out: f32):
    %40 = arith.subf %in, %in_18 : f32
    linalg.yield %40 : f32
  } -> tensor<4x8x4xf32>
  %33 = linalg.generic {indexing_maps = [#map1, #map5, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%32, %expanded_4 : tensor<4x8x4xf32>, tensor<4x8x1xf32>) outs(%12 : tensor<4x8x4xf32>) {
  ^bb0(%in: f32, %in_18: f32, %out: f32):
    %40 = arith.mulf %in, %in_18 : f32
    linalg.yield %40 : f32
  } -> tensor<4x8x4xf32>
  %34 = tensor.empty() : tensor<8x4xf32>
  %35 = linalg.fill ins(%cst : f32) outs(%34 : tensor<8x4xf32>) -> tensor<8x4xf32>
  %36 = linalg.generic {indexing_maps = [#map1, #map9], iterator_types = ["reduction", "parallel", "parallel"]} ins(%33 : tensor<4x8x4xf32>) outs(%35 : tensor<8x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.addf %in, %out : f32
    linalg.yield %40 : f32
  } -> tensor<8x4xf32>
  %collapsed_17 = tensor.collapse_shape %36 [[0, 1]] : tensor<8x4xf32> into tensor<32xf32>
  %37 = tensor.empty() : tensor<32xf32>
  %38 = linalg.fill ins(%cst : f32) outs(%37 : tensor<32xf32>) -> tensor<32xf32>
  %39 = linalg.generic {indexing_maps = [#map3, #map10], iterator_types = ["reduction", "parallel"]} ins(%5 : tensor<4x32xf32>) outs(%38 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.addf %in, %out : f32
    linalg.yield %40 : f32
  } -> tensor<32xf32>
  return %expanded_13, %collapsed_17, %39 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>
}

// The gradient of the input alone.
// CHECK-LABEL: func.func @torch_group_norm_backward_input(
// CHECK: norm.group_norm_backward {{.*}}groups = 8 layout = channels_first {{.*}}gradients = [input] outs(
func.func @torch_group_norm_backward_input(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<4x32x14x14xf32>, %arg2: tensor<4x8xf32>, %arg3: tensor<4x8xf32>, %arg4: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.0012755102040816326 : f64
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg1 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %31 = arith.mulf %in, %in_14 : f32
    linalg.yield %31 : f32
  } -> tensor<4x32x14x14xf32>
  %collapsed = tensor.collapse_shape %1 [[0], [1], [2, 3]] : tensor<4x32x14x14xf32> into tensor<4x32x196xf32>
  %2 = tensor.empty() : tensor<4x32xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %4 = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%collapsed : tensor<4x32x196xf32>) outs(%3 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.addf %in, %out : f32
    linalg.yield %31 : f32
  } -> tensor<4x32xf32>
  %collapsed_1 = tensor.collapse_shape %arg0 [[0], [1], [2, 3]] : tensor<4x32x14x14xf32> into tensor<4x32x196xf32>
  %5 = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%collapsed_1 : tensor<4x32x196xf32>) outs(%3 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.addf %in, %out : f32
    linalg.yield %31 : f32
  } -> tensor<4x32xf32>
  %expanded = tensor.expand_shape %arg4 [[0, 1]] output_shape [1, 32] : tensor<32xf32> into tensor<1x32xf32>
  %6 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel"]} ins(%4, %expanded : tensor<4x32xf32>, tensor<1x32xf32>) outs(%2 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %31 = arith.mulf %in, %in_14 : f32
    linalg.yield %31 : f32
  } -> tensor<4x32xf32>
  %expanded_2 = tensor.expand_shape %6 [[0], [1, 2]] output_shape [4, 8, 4] : tensor<4x32xf32> into tensor<4x8x4xf32>
  %7 = tensor.empty() : tensor<4x8xf32>
  %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %9 = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded_2 : tensor<4x8x4xf32>) outs(%8 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.addf %in, %out : f32
    linalg.yield %31 : f32
  } -> tensor<4x8xf32>
  %10 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel"]} ins(%5, %expanded : tensor<4x32xf32>, tensor<1x32xf32>) outs(%2 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %31 = arith.mulf %in, %in_14 : f32
    linalg.yield %31 : f32
  } -> tensor<4x32xf32>
  %expanded_3 = tensor.expand_shape %10 [[0], [1, 2]] output_shape [4, 8, 4] : tensor<4x32xf32> into tensor<4x8x4xf32>
  %11 = linalg.generic {indexing_maps = [#map1, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded_3 : tensor<4x8x4xf32>) outs(%8 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.addf %in, %out : f32
    linalg.yield %31 : f32
  } -> tensor<4x8xf32>
  %expanded_4 = tensor.expand_shape %arg3 [[0], [1, 2]] output_shape [4, 8, 1] : tensor<4x8xf32> into tensor<4x8x1xf32>
  %expanded_5 = tensor.expand_shape %arg4 [[0, 1, 2]] output_shape [1, 8, 4] : tensor<32xf32> into tensor<1x8x4xf32>
  %12 = tensor.empty() : tensor<4x8x4xf32>
  %13 = linalg.generic {indexing_maps = [#map5, #map6, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_4, %expanded_5 : tensor<4x8x1xf32>, tensor<1x8x4xf32>) outs(%12 : tensor<4x8x4xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %31 = arith.mulf %in, %in_14 : f32
    linalg.yield %31 : f32
  } -> tensor<4x8x4xf32>
  %14 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%9 : tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.negf %in : f32
    linalg.yield %31 : f32
  } -> tensor<4x8xf32>
  %15 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%11, %arg2 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %31 = arith.mulf %in, %in_14 : f32
    linalg.yield %31 : f32
  } -> tensor<4x8xf32>
  %16 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%14, %15 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %31 = arith.addf %in, %in_14 : f32
    linalg.yield %31 : f32
  } -> tensor<4x8xf32>
  %17 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%16, %arg3 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %31 = arith.mulf %in, %in_14 : f32
    linalg.yield %31 : f32
  } -> tensor<4x8xf32>
  %18 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%17, %arg3 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %31 = arith.mulf %in, %in_14 : f32
    linalg.yield %31 : f32
  } -> tensor<4x8xf32>
  %19 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%18, %arg3 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %31 = arith.mulf %in, %in_14 : f32
    linalg.yield %31 : f32
  } -> tensor<4x8xf32>
  %20 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%19 : tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.truncf %cst_0 : f64 to f32
    %32 = arith.mulf %in, %31 : f32
    linalg.yield %32 : f32
  } -> tensor<4x8xf32>
  %21 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%20 : tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.negf %in : f32
    linalg.yield %31 : f32
  } -> tensor<4x8xf32>
  %22 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%21, %arg2 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %31 = arith.mulf %in, %in_14 : f32
    linalg.yield %31 : f32
  } -> tensor<4x8xf32>
  %23 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%11, %arg3 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %31 = arith.mulf %in, %in_14 : f32
    linalg.yield %31 : f32
  } -> tensor<4x8xf32>
  %24 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%23 : tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.truncf %cst_0 : f64 to f32
    %32 = arith.mulf %in, %31 : f32
    linalg.yield %32 : f32
  } -> tensor<4x8xf32>
  %25 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%22, %24 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %31 = arith.subf %in, %in_14 : f32
    linalg.yield %31 : f32
  } -> tensor<4x8xf32>
  %expanded_6 = tensor.expand_shape %13 [[0], [1], [2, 3]] output_shape [4, 8, 4, 1] : tensor<4x8x4xf32> into tensor<4x8x4x1xf32>
  %expanded_7 = tensor.expand_shape %20 [[0], [1, 2, 3]] output_shape [4, 8, 1, 1] : tensor<4x8xf32> into tensor<4x8x1x1xf32>
  %expanded_8 = tensor.expand_shape %25 [[0], [1, 2, 3]] output_shape [4, 8, 1, 1] : tensor<4x8xf32> into tensor<4x8x1x1xf32>
  %expanded_9 = tensor.expand_shape %collapsed_1 [[0], [1, 2], [3]] output_shape [4, 8, 4, 196] : tensor<4x32x196xf32> into tensor<4x8x4x196xf32>
  %26 = tensor.empty() : tensor<4x8x4x196xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map7, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_9, %expanded_6 : tensor<4x8x4x196xf32>, tensor<4x8x4x1xf32>) outs(%26 : tensor<4x8x4x196xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %31 = arith.mulf %in, %in_14 : f32
    linalg.yield %31 : f32
  } -> tensor<4x8x4x196xf32>
  %collapsed_10 = tensor.collapse_shape %arg1 [[0], [1], [2, 3]] : tensor<4x32x14x14xf32> into tensor<4x32x196xf32>
  %expanded_11 = tensor.expand_shape %collapsed_10 [[0], [1, 2], [3]] output_shape [4, 8, 4, 196] : tensor<4x32x196xf32> into tensor<4x8x4x196xf32>
  %28 = linalg.generic {indexing_maps = [#map, #map8, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_11, %expanded_7 : tensor<4x8x4x196xf32>, tensor<4x8x1x1xf32>) outs(%26 : tensor<4x8x4x196xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %31 = arith.mulf %in, %in_14 : f32
    linalg.yield %31 : f32
  } -> tensor<4x8x4x196xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %28 : tensor<4x8x4x196xf32>, tensor<4x8x4x196xf32>) outs(%26 : tensor<4x8x4x196xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %31 = arith.addf %in, %in_14 : f32
    linalg.yield %31 : f32
  } -> tensor<4x8x4x196xf32>
  %30 = linalg.generic {indexing_maps = [#map, #map8, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29, %expanded_8 : tensor<4x8x4x196xf32>, tensor<4x8x1x1xf32>) outs(%26 : tensor<4x8x4x196xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %31 = arith.addf %in, %in_14 : f32
    linalg.yield %31 : f32
  } -> tensor<4x8x4x196xf32>
  %collapsed_12 = tensor.collapse_shape %30 [[0], [1, 2], [3]] : tensor<4x8x4x196xf32> into tensor<4x32x196xf32>
  %expanded_13 = tensor.expand_shape %collapsed_12 [[0], [1], [2, 3]] output_shape [4, 32, 14, 14] : tensor<4x32x196xf32> into tensor<4x32x14x14xf32>
  return %expanded_13 : tensor<4x32x14x14xf32>
}

// By autograd through a group norm of reshapes.
// CHECK-LABEL: func.func @torch_group_norm_by_hand_vjp(
// CHECK: norm.group_norm_backward {{.*}}groups = 8 layout = channels_first {{.*}}gradients = [input, scale, bias] outs(
func.func @torch_group_norm_by_hand_vjp(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<4x32x14x14xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>) -> (tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) {
  %c3_i64 = arith.constant 3 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 0.0025510204081632651 : f64
  %cst_2 = arith.constant 1.000000e-05 : f64
  %cst_3 = arith.constant 7.840000e+02 : f32
  %cst_4 = arith.constant 7.840000e+02 : f64
  %cst_5 = arith.constant -5.000000e-01 : f32
  %expanded = tensor.expand_shape %arg1 [[0], [1, 2], [3], [4]] output_shape [4, 8, 4, 14, 14] : tensor<4x32x14x14xf32> into tensor<4x8x4x14x14xf32>
  %0 = tensor.empty() : tensor<4x8x1x1x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x8x1x1x1xf32>) -> tensor<4x8x1x1x1xf32>
  %2 = linalg.generic {indexing_maps = [#map11, #map12], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%expanded : tensor<4x8x4x14x14xf32>) outs(%1 : tensor<4x8x1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %41 = arith.addf %in, %out : f32
    linalg.yield %41 : f32
  } -> tensor<4x8x1x1x1xf32>
  %3 = linalg.generic {indexing_maps = [#map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<4x8x1x1x1xf32>) outs(%0 : tensor<4x8x1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %41 = arith.divf %in, %cst_3 : f32
    linalg.yield %41 : f32
  } -> tensor<4x8x1x1x1xf32>
  %4 = tensor.empty() : tensor<4x8x4x14x14xf64>
  %5 = linalg.generic {indexing_maps = [#map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<4x8x4x14x14xf32>) outs(%4 : tensor<4x8x4x14x14xf64>) {
  ^bb0(%in: f32, %out: f64):
    %41 = arith.extf %in : f32 to f64
    linalg.yield %41 : f64
  } -> tensor<4x8x4x14x14xf64>
  %6 = tensor.empty() : tensor<4x8x1x1x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<4x8x1x1x1xf64>) -> tensor<4x8x1x1x1xf64>
  %8 = linalg.generic {indexing_maps = [#map11, #map12], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%5 : tensor<4x8x4x14x14xf64>) outs(%7 : tensor<4x8x1x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %41 = arith.addf %in, %out : f64
    linalg.yield %41 : f64
  } -> tensor<4x8x1x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<4x8x1x1x1xf64>) outs(%6 : tensor<4x8x1x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %41 = arith.divf %in, %cst_4 : f64
    linalg.yield %41 : f64
  } -> tensor<4x8x1x1x1xf64>
  %10 = linalg.generic {indexing_maps = [#map11, #map12, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<4x8x4x14x14xf64>, tensor<4x8x1x1x1xf64>) outs(%4 : tensor<4x8x4x14x14xf64>) {
  ^bb0(%in: f64, %in_12: f64, %out: f64):
    %41 = arith.subf %in, %in_12 : f64
    linalg.yield %41 : f64
  } -> tensor<4x8x4x14x14xf64>
  %11 = linalg.generic {indexing_maps = [#map11, #map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<4x8x4x14x14xf64>, tensor<4x8x4x14x14xf64>) outs(%4 : tensor<4x8x4x14x14xf64>) {
  ^bb0(%in: f64, %in_12: f64, %out: f64):
    %41 = arith.mulf %in, %in_12 : f64
    linalg.yield %41 : f64
  } -> tensor<4x8x4x14x14xf64>
  %12 = linalg.generic {indexing_maps = [#map11, #map12], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%11 : tensor<4x8x4x14x14xf64>) outs(%7 : tensor<4x8x1x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %41 = arith.addf %in, %out : f64
    linalg.yield %41 : f64
  } -> tensor<4x8x1x1x1xf64>
  %13 = linalg.generic {indexing_maps = [#map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%12 : tensor<4x8x1x1x1xf64>) outs(%6 : tensor<4x8x1x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %41 = arith.divf %in, %cst_4 : f64
    linalg.yield %41 : f64
  } -> tensor<4x8x1x1x1xf64>
  %14 = linalg.generic {indexing_maps = [#map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<4x8x1x1x1xf64>) outs(%0 : tensor<4x8x1x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %41 = arith.truncf %in : f64 to f32
    linalg.yield %41 : f32
  } -> tensor<4x8x1x1x1xf32>
  %15 = tensor.empty() : tensor<4x8x4x14x14xf32>
  %16 = linalg.generic {indexing_maps = [#map11, #map12, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %3 : tensor<4x8x4x14x14xf32>, tensor<4x8x1x1x1xf32>) outs(%15 : tensor<4x8x4x14x14xf32>) {
  ^bb0(%in: f32, %in_12: f32, %out: f32):
    %41 = arith.subf %in, %in_12 : f32
    linalg.yield %41 : f32
  } -> tensor<4x8x4x14x14xf32>
  %17 = linalg.generic {indexing_maps = [#map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<4x8x1x1x1xf32>) outs(%0 : tensor<4x8x1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %41 = arith.truncf %cst_2 : f64 to f32
    %42 = arith.addf %in, %41 : f32
    linalg.yield %42 : f32
  } -> tensor<4x8x1x1x1xf32>
  %18 = linalg.generic {indexing_maps = [#map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<4x8x1x1x1xf32>) outs(%0 : tensor<4x8x1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %41 = math.rsqrt %in : f32
    linalg.yield %41 : f32
  } -> tensor<4x8x1x1x1xf32>
  %19 = linalg.generic {indexing_maps = [#map11, #map12, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%16, %18 : tensor<4x8x4x14x14xf32>, tensor<4x8x1x1x1xf32>) outs(%15 : tensor<4x8x4x14x14xf32>) {
  ^bb0(%in: f32, %in_12: f32, %out: f32):
    %41 = arith.mulf %in, %in_12 : f32
    linalg.yield %41 : f32
  } -> tensor<4x8x4x14x14xf32>
  %collapsed = tensor.collapse_shape %19 [[0], [1, 2], [3], [4]] : tensor<4x8x4x14x14xf32> into tensor<4x32x14x14xf32>
  %expanded_6 = tensor.expand_shape %arg2 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %20 = tensor.empty() : tensor<1x32x1x1xf32>
  %21 = linalg.fill ins(%cst : f32) outs(%20 : tensor<1x32x1x1xf32>) -> tensor<1x32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map13], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%21 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %41 = arith.addf %in, %out : f32
    linalg.yield %41 : f32
  } -> tensor<1x32x1x1xf32>
  %collapsed_7 = tensor.collapse_shape %22 [[0, 1, 2, 3]] : tensor<1x32x1x1xf32> into tensor<32xf32>
  %23 = tensor.empty() : tensor<4x32x14x14xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %collapsed : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%23 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_12: f32, %out: f32):
    %41 = arith.mulf %in, %in_12 : f32
    linalg.yield %41 : f32
  } -> tensor<4x32x14x14xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map13, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded_6 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%23 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_12: f32, %out: f32):
    %41 = arith.mulf %in, %in_12 : f32
    linalg.yield %41 : f32
  } -> tensor<4x32x14x14xf32>
  %26 = linalg.generic {indexing_maps = [#map, #map13], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%24 : tensor<4x32x14x14xf32>) outs(%21 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %41 = arith.addf %in, %out : f32
    linalg.yield %41 : f32
  } -> tensor<1x32x1x1xf32>
  %collapsed_8 = tensor.collapse_shape %26 [[0, 1, 2, 3]] : tensor<1x32x1x1xf32> into tensor<32xf32>
  %expanded_9 = tensor.expand_shape %25 [[0], [1, 2], [3], [4]] output_shape [4, 8, 4, 14, 14] : tensor<4x32x14x14xf32> into tensor<4x8x4x14x14xf32>
  %27 = linalg.generic {indexing_maps = [#map11, #map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded_9, %16 : tensor<4x8x4x14x14xf32>, tensor<4x8x4x14x14xf32>) outs(%15 : tensor<4x8x4x14x14xf32>) {
  ^bb0(%in: f32, %in_12: f32, %out: f32):
    %41 = arith.mulf %in, %in_12 : f32
    linalg.yield %41 : f32
  } -> tensor<4x8x4x14x14xf32>
  %28 = linalg.generic {indexing_maps = [#map11, #map12, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded_9, %18 : tensor<4x8x4x14x14xf32>, tensor<4x8x1x1x1xf32>) outs(%15 : tensor<4x8x4x14x14xf32>) {
  ^bb0(%in: f32, %in_12: f32, %out: f32):
    %41 = arith.mulf %in, %in_12 : f32
    linalg.yield %41 : f32
  } -> tensor<4x8x4x14x14xf32>
  %29 = linalg.generic {indexing_maps = [#map11, #map12], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%27 : tensor<4x8x4x14x14xf32>) outs(%1 : tensor<4x8x1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %41 = arith.addf %in, %out : f32
    linalg.yield %41 : f32
  } -> tensor<4x8x1x1x1xf32>
  %30 = linalg.generic {indexing_maps = [#map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%18 : tensor<4x8x1x1x1xf32>) outs(%0 : tensor<4x8x1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %41 = math.fpowi %in, %c3_i64 : f32, i64
    linalg.yield %41 : f32
  } -> tensor<4x8x1x1x1xf32>
  %31 = linalg.generic {indexing_maps = [#map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%29 : tensor<4x8x1x1x1xf32>) outs(%0 : tensor<4x8x1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %41 = arith.mulf %in, %cst_5 : f32
    linalg.yield %41 : f32
  } -> tensor<4x8x1x1x1xf32>
  %32 = linalg.generic {indexing_maps = [#map11, #map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%31, %30 : tensor<4x8x1x1x1xf32>, tensor<4x8x1x1x1xf32>) outs(%0 : tensor<4x8x1x1x1xf32>) {
  ^bb0(%in: f32, %in_12: f32, %out: f32):
    %41 = arith.mulf %in, %in_12 : f32
    linalg.yield %41 : f32
  } -> tensor<4x8x1x1x1xf32>
  %33 = linalg.generic {indexing_maps = [#map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%28 : tensor<4x8x4x14x14xf32>) outs(%15 : tensor<4x8x4x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %41 = arith.negf %in : f32
    linalg.yield %41 : f32
  } -> tensor<4x8x4x14x14xf32>
  %34 = linalg.generic {indexing_maps = [#map11, #map12], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%33 : tensor<4x8x4x14x14xf32>) outs(%1 : tensor<4x8x1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %41 = arith.addf %in, %out : f32
    linalg.yield %41 : f32
  } -> tensor<4x8x1x1x1xf32>
  %35 = linalg.generic {indexing_maps = [#map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%32 : tensor<4x8x1x1x1xf32>) outs(%0 : tensor<4x8x1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %41 = arith.truncf %cst_1 : f64 to f32
    %42 = arith.mulf %in, %41 : f32
    linalg.yield %42 : f32
  } -> tensor<4x8x1x1x1xf32>
  %36 = linalg.generic {indexing_maps = [#map12, #map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%35, %16 : tensor<4x8x1x1x1xf32>, tensor<4x8x4x14x14xf32>) outs(%15 : tensor<4x8x4x14x14xf32>) {
  ^bb0(%in: f32, %in_12: f32, %out: f32):
    %41 = arith.mulf %in, %in_12 : f32
    linalg.yield %41 : f32
  } -> tensor<4x8x4x14x14xf32>
  %37 = linalg.generic {indexing_maps = [#map11, #map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%28, %36 : tensor<4x8x4x14x14xf32>, tensor<4x8x4x14x14xf32>) outs(%15 : tensor<4x8x4x14x14xf32>) {
  ^bb0(%in: f32, %in_12: f32, %out: f32):
    %41 = arith.addf %in, %in_12 : f32
    linalg.yield %41 : f32
  } -> tensor<4x8x4x14x14xf32>
  %collapsed_10 = tensor.collapse_shape %34 [[0], [1, 2, 3, 4]] : tensor<4x8x1x1x1xf32> into tensor<4x8xf32>
  %38 = linalg.generic {indexing_maps = [#map14, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_10 : tensor<4x8xf32>) outs(%15 : tensor<4x8x4x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x8x4x14x14xf32>
  %39 = linalg.generic {indexing_maps = [#map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%38 : tensor<4x8x4x14x14xf32>) outs(%15 : tensor<4x8x4x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %41 = arith.divf %in, %cst_3 : f32
    linalg.yield %41 : f32
  } -> tensor<4x8x4x14x14xf32>
  %40 = linalg.generic {indexing_maps = [#map11, #map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%37, %39 : tensor<4x8x4x14x14xf32>, tensor<4x8x4x14x14xf32>) outs(%15 : tensor<4x8x4x14x14xf32>) {
  ^bb0(%in: f32, %in_12: f32, %out: f32):
    %41 = arith.addf %in, %in_12 : f32
    linalg.yield %41 : f32
  } -> tensor<4x8x4x14x14xf32>
  %collapsed_11 = tensor.collapse_shape %40 [[0], [1, 2], [3], [4]] : tensor<4x8x4x14x14xf32> into tensor<4x32x14x14xf32>
  return %collapsed_11, %collapsed_8, %collapsed_7 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>
}

// By autograd through an instance norm by hand.
// CHECK-LABEL: func.func @torch_instance_norm_vjp(
// CHECK: norm.instance_norm_backward {{.*}}layout = channels_first {{.*}}gradients = [input, scale, bias] outs(
func.func @torch_instance_norm_vjp(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<4x32x14x14xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>) -> (tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) {
  %c1_i64 = arith.constant 1 : i64
  %c2_i64 = arith.constant 2 : i64
  %c3_i64 = arith.constant 3 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e-05 : f64
  %cst_1 = arith.constant 1.960000e+02 : f32
  %cst_2 = arith.constant -5.000000e-01 : f32
  %cst_3 = arith.constant 2.000000e+00 : f32
  %0 = tensor.empty() : tensor<4x32x1x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x32x1x1xf32>) -> tensor<4x32x1x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map8], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%arg1 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.addf %in, %out : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x1x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.divf %in, %cst_1 : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x1x1xf32>
  %4 = tensor.empty() : tensor<4x32x14x14xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map8, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %3 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %38 = arith.subf %in, %in_7 : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x14x14xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5 : tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %38 : f32
  } -> tensor<4x32x14x14xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map8], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%6 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.addf %in, %out : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x1x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.divf %in, %cst_1 : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x1x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.truncf %cst_0 : f64 to f32
    %39 = arith.addf %in, %38 : f32
    linalg.yield %39 : f32
  } -> tensor<4x32x1x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = math.rsqrt %in : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x1x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map8, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %10 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %38 = arith.mulf %in, %in_7 : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded = tensor.expand_shape %arg2 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %12 = tensor.empty() : tensor<1x32x1x1xf32>
  %13 = linalg.fill ins(%cst : f32) outs(%12 : tensor<1x32x1x1xf32>) -> tensor<1x32x1x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map13], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%13 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.addf %in, %out : f32
    linalg.yield %38 : f32
  } -> tensor<1x32x1x1xf32>
  %collapsed = tensor.collapse_shape %14 [[0, 1, 2, 3]] : tensor<1x32x1x1xf32> into tensor<32xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %11 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %38 = arith.mulf %in, %in_7 : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x14x14xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map13, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %38 = arith.mulf %in, %in_7 : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x14x14xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map13], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%15 : tensor<4x32x14x14xf32>) outs(%13 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.addf %in, %out : f32
    linalg.yield %38 : f32
  } -> tensor<1x32x1x1xf32>
  %collapsed_4 = tensor.collapse_shape %17 [[0, 1, 2, 3]] : tensor<1x32x1x1xf32> into tensor<32xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %5 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %38 = arith.mulf %in, %in_7 : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x14x14xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map8, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %10 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %38 = arith.mulf %in, %in_7 : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x14x14xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map8], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%18 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.addf %in, %out : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x1x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = math.fpowi %in, %c3_i64 : f32, i64
    linalg.yield %38 : f32
  } -> tensor<4x32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.mulf %in, %cst_2 : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x1x1xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %21 : tensor<4x32x1x1xf32>, tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %38 = arith.mulf %in, %in_7 : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x1x1xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19 : tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.negf %in : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x14x14xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map8], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%24 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.addf %in, %out : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x1x1xf32>
  %collapsed_5 = tensor.collapse_shape %23 [[0], [1, 2, 3]] : tensor<4x32x1x1xf32> into tensor<4x32xf32>
  %26 = linalg.generic {indexing_maps = [#map15, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_5 : tensor<4x32xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x32x14x14xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26 : tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.divf %in, %cst_1 : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x14x14xf32>
  %28 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5 : tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = math.fpowi %in, %c1_i64 : f32, i64
    linalg.yield %38 : f32
  } -> tensor<4x32x14x14xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%28 : tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.mulf %in, %cst_3 : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x14x14xf32>
  %30 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %29 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %38 = arith.mulf %in, %in_7 : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x14x14xf32>
  %31 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%30 : tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.negf %in : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x14x14xf32>
  %32 = linalg.generic {indexing_maps = [#map, #map8], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%31 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.addf %in, %out : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x1x1xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %30 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %38 = arith.addf %in, %in_7 : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x14x14xf32>
  %34 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25, %32 : tensor<4x32x1x1xf32>, tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %38 = arith.addf %in, %in_7 : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x1x1xf32>
  %collapsed_6 = tensor.collapse_shape %34 [[0], [1, 2, 3]] : tensor<4x32x1x1xf32> into tensor<4x32xf32>
  %35 = linalg.generic {indexing_maps = [#map15, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_6 : tensor<4x32xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x32x14x14xf32>
  %36 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%35 : tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.divf %in, %cst_1 : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x14x14xf32>
  %37 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%33, %36 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %38 = arith.addf %in, %in_7 : f32
    linalg.yield %38 : f32
  } -> tensor<4x32x14x14xf32>
  return %37, %collapsed_4, %collapsed : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>
}
