// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// What torch.export and torch-mlir make of group and instance normalizations.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d1, 0, 0)>
#map4 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map5 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, 0, 0, 0)>
#map6 = affine_map<(d0, d1, d2, d3) -> (0, d1, 0, 0)>
#map7 = affine_map<(d0, d1) -> (d0, d1)>
#map8 = affine_map<(d0, d1) -> (d0, 0)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, 0)>
#map10 = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, d3)>
#map11 = affine_map<(d0, d1, d2, d3) -> (0, d1, d2, d3)>
#map12 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
#map13 = affine_map<(d0, d1, d2, d3) -> (d0, d1)>
#map14 = affine_map<(d0, d1, d2, d3) -> (d1)>

// aten.native_group_norm: mean and rstd are results.
// CHECK-LABEL: func.func @torch_group_norm_native(
// CHECK: :3 = norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
func.func @torch_group_norm_native(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> (tensor<4x32x14x14xf32>, tensor<4x8xf32>, tensor<4x8xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 7.840000e+02 : f32
  %cst_3 = arith.constant 7.840000e+02 : f64
  %collapsed = tensor.collapse_shape %arg0 [[0], [1, 2, 3]] : tensor<4x32x14x14xf32> into tensor<4x6272xf32>
  %expanded = tensor.expand_shape %collapsed [[0], [1, 2]] output_shape [4, 8, 784] : tensor<4x6272xf32> into tensor<4x8x784xf32>
  %0 = tensor.empty() : tensor<4x8x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x8x1xf32>) -> tensor<4x8x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded : tensor<4x8x784xf32>) outs(%1 : tensor<4x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.addf %in, %out : f32
    linalg.yield %23 : f32
  } -> tensor<4x8x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<4x8x1xf32>) outs(%0 : tensor<4x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.divf %in, %cst_2 : f32
    linalg.yield %23 : f32
  } -> tensor<4x8x1xf32>
  %4 = tensor.empty() : tensor<4x8x784xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<4x8x784xf32>) outs(%4 : tensor<4x8x784xf64>) {
  ^bb0(%in: f32, %out: f64):
    %23 = arith.extf %in : f32 to f64
    linalg.yield %23 : f64
  } -> tensor<4x8x784xf64>
  %6 = tensor.empty() : tensor<4x8x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<4x8x1xf64>) -> tensor<4x8x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%5 : tensor<4x8x784xf64>) outs(%7 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.addf %in, %out : f64
    linalg.yield %23 : f64
  } -> tensor<4x8x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<4x8x1xf64>) outs(%6 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.divf %in, %cst_3 : f64
    linalg.yield %23 : f64
  } -> tensor<4x8x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<4x8x784xf64>, tensor<4x8x1xf64>) outs(%4 : tensor<4x8x784xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %23 = arith.subf %in, %in_10 : f64
    linalg.yield %23 : f64
  } -> tensor<4x8x784xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<4x8x784xf64>, tensor<4x8x784xf64>) outs(%4 : tensor<4x8x784xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %23 = arith.mulf %in, %in_10 : f64
    linalg.yield %23 : f64
  } -> tensor<4x8x784xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%11 : tensor<4x8x784xf64>) outs(%7 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.addf %in, %out : f64
    linalg.yield %23 : f64
  } -> tensor<4x8x1xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<4x8x1xf64>) outs(%6 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.divf %in, %cst_3 : f64
    linalg.yield %23 : f64
  } -> tensor<4x8x1xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<4x8x1xf64>) outs(%0 : tensor<4x8x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %23 = arith.truncf %in : f64 to f32
    linalg.yield %23 : f32
  } -> tensor<4x8x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<4x8x1xf32>) outs(%0 : tensor<4x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.truncf %cst_1 : f64 to f32
    %24 = arith.addf %in, %23 : f32
    linalg.yield %24 : f32
  } -> tensor<4x8x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<4x8x1xf32>) outs(%0 : tensor<4x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = math.rsqrt %in : f32
    linalg.yield %23 : f32
  } -> tensor<4x8x1xf32>
  %17 = tensor.empty() : tensor<4x8x784xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %3 : tensor<4x8x784xf32>, tensor<4x8x1xf32>) outs(%17 : tensor<4x8x784xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %23 = arith.subf %in, %in_10 : f32
    linalg.yield %23 : f32
  } -> tensor<4x8x784xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<4x8x784xf32>, tensor<4x8x1xf32>) outs(%17 : tensor<4x8x784xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %23 = arith.mulf %in, %in_10 : f32
    linalg.yield %23 : f32
  } -> tensor<4x8x784xf32>
  %collapsed_4 = tensor.collapse_shape %19 [[0], [1, 2]] : tensor<4x8x784xf32> into tensor<4x6272xf32>
  %expanded_5 = tensor.expand_shape %collapsed_4 [[0], [1, 2, 3]] output_shape [4, 32, 14, 14] : tensor<4x6272xf32> into tensor<4x32x14x14xf32>
  %expanded_6 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %20 = tensor.empty() : tensor<4x32x14x14xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_5, %expanded_6 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %23 = arith.mulf %in, %in_10 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_7 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %expanded_7 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %23 = arith.addf %in, %in_10 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x14x14xf32>
  %collapsed_8 = tensor.collapse_shape %3 [[0], [1, 2]] : tensor<4x8x1xf32> into tensor<4x8xf32>
  %collapsed_9 = tensor.collapse_shape %16 [[0], [1, 2]] : tensor<4x8x1xf32> into tensor<4x8xf32>
  return %22, %collapsed_8, %collapsed_9 : tensor<4x32x14x14xf32>, tensor<4x8xf32>, tensor<4x8xf32>
}

// reshape to groups, mean and var over three axes, reshape back.
// CHECK-LABEL: func.func @torch_group_norm_by_hand(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @torch_group_norm_by_hand(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 7.840000e+02 : f32
  %cst_3 = arith.constant 7.840000e+02 : f64
  %expanded = tensor.expand_shape %arg0 [[0], [1, 2], [3], [4]] output_shape [4, 8, 4, 14, 14] : tensor<4x32x14x14xf32> into tensor<4x8x4x14x14xf32>
  %0 = tensor.empty() : tensor<4x8x1x1x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x8x1x1x1xf32>) -> tensor<4x8x1x1x1xf32>
  %2 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%expanded : tensor<4x8x4x14x14xf32>) outs(%1 : tensor<4x8x1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.addf %in, %out : f32
    linalg.yield %23 : f32
  } -> tensor<4x8x1x1x1xf32>
  %3 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<4x8x1x1x1xf32>) outs(%0 : tensor<4x8x1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.divf %in, %cst_2 : f32
    linalg.yield %23 : f32
  } -> tensor<4x8x1x1x1xf32>
  %4 = tensor.empty() : tensor<4x8x4x14x14xf64>
  %5 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<4x8x4x14x14xf32>) outs(%4 : tensor<4x8x4x14x14xf64>) {
  ^bb0(%in: f32, %out: f64):
    %23 = arith.extf %in : f32 to f64
    linalg.yield %23 : f64
  } -> tensor<4x8x4x14x14xf64>
  %6 = tensor.empty() : tensor<4x8x1x1x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<4x8x1x1x1xf64>) -> tensor<4x8x1x1x1xf64>
  %8 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%5 : tensor<4x8x4x14x14xf64>) outs(%7 : tensor<4x8x1x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.addf %in, %out : f64
    linalg.yield %23 : f64
  } -> tensor<4x8x1x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<4x8x1x1x1xf64>) outs(%6 : tensor<4x8x1x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.divf %in, %cst_3 : f64
    linalg.yield %23 : f64
  } -> tensor<4x8x1x1x1xf64>
  %10 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<4x8x4x14x14xf64>, tensor<4x8x1x1x1xf64>) outs(%4 : tensor<4x8x4x14x14xf64>) {
  ^bb0(%in: f64, %in_6: f64, %out: f64):
    %23 = arith.subf %in, %in_6 : f64
    linalg.yield %23 : f64
  } -> tensor<4x8x4x14x14xf64>
  %11 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<4x8x4x14x14xf64>, tensor<4x8x4x14x14xf64>) outs(%4 : tensor<4x8x4x14x14xf64>) {
  ^bb0(%in: f64, %in_6: f64, %out: f64):
    %23 = arith.mulf %in, %in_6 : f64
    linalg.yield %23 : f64
  } -> tensor<4x8x4x14x14xf64>
  %12 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%11 : tensor<4x8x4x14x14xf64>) outs(%7 : tensor<4x8x1x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.addf %in, %out : f64
    linalg.yield %23 : f64
  } -> tensor<4x8x1x1x1xf64>
  %13 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%12 : tensor<4x8x1x1x1xf64>) outs(%6 : tensor<4x8x1x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.divf %in, %cst_3 : f64
    linalg.yield %23 : f64
  } -> tensor<4x8x1x1x1xf64>
  %14 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<4x8x1x1x1xf64>) outs(%0 : tensor<4x8x1x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %23 = arith.truncf %in : f64 to f32
    linalg.yield %23 : f32
  } -> tensor<4x8x1x1x1xf32>
  %15 = tensor.empty() : tensor<4x8x4x14x14xf32>
  %16 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %3 : tensor<4x8x4x14x14xf32>, tensor<4x8x1x1x1xf32>) outs(%15 : tensor<4x8x4x14x14xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %23 = arith.subf %in, %in_6 : f32
    linalg.yield %23 : f32
  } -> tensor<4x8x4x14x14xf32>
  %17 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<4x8x1x1x1xf32>) outs(%0 : tensor<4x8x1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.truncf %cst_1 : f64 to f32
    %24 = arith.addf %in, %23 : f32
    linalg.yield %24 : f32
  } -> tensor<4x8x1x1x1xf32>
  %18 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<4x8x1x1x1xf32>) outs(%0 : tensor<4x8x1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = math.rsqrt %in : f32
    linalg.yield %23 : f32
  } -> tensor<4x8x1x1x1xf32>
  %19 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%16, %18 : tensor<4x8x4x14x14xf32>, tensor<4x8x1x1x1xf32>) outs(%15 : tensor<4x8x4x14x14xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %23 = arith.mulf %in, %in_6 : f32
    linalg.yield %23 : f32
  } -> tensor<4x8x4x14x14xf32>
  %collapsed = tensor.collapse_shape %19 [[0], [1, 2], [3], [4]] : tensor<4x8x4x14x14xf32> into tensor<4x32x14x14xf32>
  %expanded_4 = tensor.expand_shape %arg1 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %20 = tensor.empty() : tensor<4x32x14x14xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map6, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed, %expanded_4 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %23 = arith.mulf %in, %in_6 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_5 = tensor.expand_shape %arg2 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map2, #map6, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %expanded_5 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %23 = arith.addf %in, %in_6 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x14x14xf32>
  return %22 : tensor<4x32x14x14xf32>
}

// Samples and groups in one dimension.
// CHECK-LABEL: func.func @torch_group_norm_flat(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @torch_group_norm_flat(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 7.840000e+02 : f32
  %cst_3 = arith.constant 7.840000e+02 : f64
  %collapsed = tensor.collapse_shape %arg0 [[0, 1, 2, 3]] : tensor<4x32x14x14xf32> into tensor<25088xf32>
  %expanded = tensor.expand_shape %collapsed [[0, 1]] output_shape [32, 784] : tensor<25088xf32> into tensor<32x784xf32>
  %0 = tensor.empty() : tensor<32x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<32x1xf32>) -> tensor<32x1xf32>
  %2 = linalg.generic {indexing_maps = [#map7, #map8], iterator_types = ["parallel", "reduction"]} ins(%expanded : tensor<32x784xf32>) outs(%1 : tensor<32x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.addf %in, %out : f32
    linalg.yield %23 : f32
  } -> tensor<32x1xf32>
  %3 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<32x1xf32>) outs(%0 : tensor<32x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.divf %in, %cst_2 : f32
    linalg.yield %23 : f32
  } -> tensor<32x1xf32>
  %4 = tensor.empty() : tensor<32x784xf64>
  %5 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel"]} ins(%expanded : tensor<32x784xf32>) outs(%4 : tensor<32x784xf64>) {
  ^bb0(%in: f32, %out: f64):
    %23 = arith.extf %in : f32 to f64
    linalg.yield %23 : f64
  } -> tensor<32x784xf64>
  %6 = tensor.empty() : tensor<32x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<32x1xf64>) -> tensor<32x1xf64>
  %8 = linalg.generic {indexing_maps = [#map7, #map8], iterator_types = ["parallel", "reduction"]} ins(%5 : tensor<32x784xf64>) outs(%7 : tensor<32x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.addf %in, %out : f64
    linalg.yield %23 : f64
  } -> tensor<32x1xf64>
  %9 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel"]} ins(%8 : tensor<32x1xf64>) outs(%6 : tensor<32x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.divf %in, %cst_3 : f64
    linalg.yield %23 : f64
  } -> tensor<32x1xf64>
  %10 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel"]} ins(%5, %9 : tensor<32x784xf64>, tensor<32x1xf64>) outs(%4 : tensor<32x784xf64>) {
  ^bb0(%in: f64, %in_8: f64, %out: f64):
    %23 = arith.subf %in, %in_8 : f64
    linalg.yield %23 : f64
  } -> tensor<32x784xf64>
  %11 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel"]} ins(%10, %10 : tensor<32x784xf64>, tensor<32x784xf64>) outs(%4 : tensor<32x784xf64>) {
  ^bb0(%in: f64, %in_8: f64, %out: f64):
    %23 = arith.mulf %in, %in_8 : f64
    linalg.yield %23 : f64
  } -> tensor<32x784xf64>
  %12 = linalg.generic {indexing_maps = [#map7, #map8], iterator_types = ["parallel", "reduction"]} ins(%11 : tensor<32x784xf64>) outs(%7 : tensor<32x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.addf %in, %out : f64
    linalg.yield %23 : f64
  } -> tensor<32x1xf64>
  %13 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel"]} ins(%12 : tensor<32x1xf64>) outs(%6 : tensor<32x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.divf %in, %cst_3 : f64
    linalg.yield %23 : f64
  } -> tensor<32x1xf64>
  %14 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel"]} ins(%13 : tensor<32x1xf64>) outs(%0 : tensor<32x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %23 = arith.truncf %in : f64 to f32
    linalg.yield %23 : f32
  } -> tensor<32x1xf32>
  %15 = tensor.empty() : tensor<32x784xf32>
  %16 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel"]} ins(%expanded, %3 : tensor<32x784xf32>, tensor<32x1xf32>) outs(%15 : tensor<32x784xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %23 = arith.subf %in, %in_8 : f32
    linalg.yield %23 : f32
  } -> tensor<32x784xf32>
  %17 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel"]} ins(%14 : tensor<32x1xf32>) outs(%0 : tensor<32x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.truncf %cst_1 : f64 to f32
    %24 = arith.addf %in, %23 : f32
    linalg.yield %24 : f32
  } -> tensor<32x1xf32>
  %18 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel"]} ins(%17 : tensor<32x1xf32>) outs(%0 : tensor<32x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = math.sqrt %in : f32
    linalg.yield %23 : f32
  } -> tensor<32x1xf32>
  %19 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel"]} ins(%16, %18 : tensor<32x784xf32>, tensor<32x1xf32>) outs(%15 : tensor<32x784xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %23 = arith.divf %in, %in_8 : f32
    linalg.yield %23 : f32
  } -> tensor<32x784xf32>
  %collapsed_4 = tensor.collapse_shape %19 [[0, 1]] : tensor<32x784xf32> into tensor<25088xf32>
  %expanded_5 = tensor.expand_shape %collapsed_4 [[0, 1, 2, 3]] output_shape [4, 32, 14, 14] : tensor<25088xf32> into tensor<4x32x14x14xf32>
  %expanded_6 = tensor.expand_shape %arg1 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %20 = tensor.empty() : tensor<4x32x14x14xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map6, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_5, %expanded_6 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %23 = arith.mulf %in, %in_8 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_7 = tensor.expand_shape %arg2 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map2, #map6, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %expanded_7 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %23 = arith.addf %in, %in_8 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x14x14xf32>
  return %22 : tensor<4x32x14x14xf32>
}

// torch's newer decomposition: a scale and a shift of every sample and channel, x * scale + shift.
// CHECK-LABEL: func.func @torch_group_norm_scale_shift(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @torch_group_norm_scale_shift(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 7.840000e+02 : f64
  %cst_3 = arith.constant 7.840000e+02 : f32
  %collapsed = tensor.collapse_shape %arg0 [[0], [1], [2, 3]] : tensor<4x32x14x14xf32> into tensor<4x32x196xf32>
  %expanded = tensor.expand_shape %collapsed [[0], [1, 2], [3]] output_shape [4, 8, 4, 196] : tensor<4x32x196xf32> into tensor<4x8x4x196xf32>
  %0 = tensor.empty() : tensor<4x8x4x196xf64>
  %1 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<4x8x4x196xf32>) outs(%0 : tensor<4x8x4x196xf64>) {
  ^bb0(%in: f32, %out: f64):
    %25 = arith.extf %in : f32 to f64
    linalg.yield %25 : f64
  } -> tensor<4x8x4x196xf64>
  %2 = tensor.empty() : tensor<4x8x1x1xf64>
  %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<4x8x1x1xf64>) -> tensor<4x8x1x1xf64>
  %4 = linalg.generic {indexing_maps = [#map2, #map9], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%1 : tensor<4x8x4x196xf64>) outs(%3 : tensor<4x8x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.addf %in, %out : f64
    linalg.yield %25 : f64
  } -> tensor<4x8x1x1xf64>
  %5 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4 : tensor<4x8x1x1xf64>) outs(%2 : tensor<4x8x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.divf %in, %cst_2 : f64
    linalg.yield %25 : f64
  } -> tensor<4x8x1x1xf64>
  %6 = linalg.generic {indexing_maps = [#map2, #map9, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1, %5 : tensor<4x8x4x196xf64>, tensor<4x8x1x1xf64>) outs(%0 : tensor<4x8x4x196xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %25 = arith.subf %in, %in_10 : f64
    linalg.yield %25 : f64
  } -> tensor<4x8x4x196xf64>
  %7 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %6 : tensor<4x8x4x196xf64>, tensor<4x8x4x196xf64>) outs(%0 : tensor<4x8x4x196xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %25 = arith.mulf %in, %in_10 : f64
    linalg.yield %25 : f64
  } -> tensor<4x8x4x196xf64>
  %8 = linalg.generic {indexing_maps = [#map2, #map9], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%7 : tensor<4x8x4x196xf64>) outs(%3 : tensor<4x8x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.addf %in, %out : f64
    linalg.yield %25 : f64
  } -> tensor<4x8x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<4x8x1x1xf64>) outs(%2 : tensor<4x8x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.divf %in, %cst_2 : f64
    linalg.yield %25 : f64
  } -> tensor<4x8x1x1xf64>
  %10 = tensor.empty() : tensor<4x8x1x1xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<4x8x1x1xf64>) outs(%10 : tensor<4x8x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %25 = arith.truncf %in : f64 to f32
    linalg.yield %25 : f32
  } -> tensor<4x8x1x1xf32>
  %12 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<4x8x1x1xf32>) -> tensor<4x8x1x1xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map9], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%expanded : tensor<4x8x4x196xf32>) outs(%12 : tensor<4x8x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.addf %in, %out : f32
    linalg.yield %25 : f32
  } -> tensor<4x8x1x1xf32>
  %14 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<4x8x1x1xf32>) outs(%10 : tensor<4x8x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.divf %in, %cst_3 : f32
    linalg.yield %25 : f32
  } -> tensor<4x8x1x1xf32>
  %15 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11 : tensor<4x8x1x1xf32>) outs(%10 : tensor<4x8x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.truncf %cst_1 : f64 to f32
    %26 = arith.addf %in, %25 : f32
    linalg.yield %26 : f32
  } -> tensor<4x8x1x1xf32>
  %16 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<4x8x1x1xf32>) outs(%10 : tensor<4x8x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = math.rsqrt %in : f32
    linalg.yield %25 : f32
  } -> tensor<4x8x1x1xf32>
  %expanded_4 = tensor.expand_shape %arg1 [[0, 1, 2, 3]] output_shape [1, 8, 4, 1] : tensor<32xf32> into tensor<1x8x4x1xf32>
  %17 = tensor.empty() : tensor<4x8x4x1xf32>
  %18 = linalg.generic {indexing_maps = [#map10, #map11, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %expanded_4 : tensor<4x8x1x1xf32>, tensor<1x8x4x1xf32>) outs(%17 : tensor<4x8x4x1xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %25 = arith.mulf %in, %in_10 : f32
    linalg.yield %25 : f32
  } -> tensor<4x8x4x1xf32>
  %19 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<4x8x1x1xf32>) outs(%10 : tensor<4x8x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.negf %in : f32
    linalg.yield %25 : f32
  } -> tensor<4x8x1x1xf32>
  %20 = linalg.generic {indexing_maps = [#map10, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %18 : tensor<4x8x1x1xf32>, tensor<4x8x4x1xf32>) outs(%17 : tensor<4x8x4x1xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %25 = arith.mulf %in, %in_10 : f32
    linalg.yield %25 : f32
  } -> tensor<4x8x4x1xf32>
  %expanded_5 = tensor.expand_shape %arg2 [[0, 1, 2, 3]] output_shape [1, 8, 4, 1] : tensor<32xf32> into tensor<1x8x4x1xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map11, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %expanded_5 : tensor<4x8x4x1xf32>, tensor<1x8x4x1xf32>) outs(%17 : tensor<4x8x4x1xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %25 = arith.addf %in, %in_10 : f32
    linalg.yield %25 : f32
  } -> tensor<4x8x4x1xf32>
  %collapsed_6 = tensor.collapse_shape %18 [[0], [1, 2], [3]] : tensor<4x8x4x1xf32> into tensor<4x32x1xf32>
  %expanded_7 = tensor.expand_shape %collapsed_6 [[0], [1], [2, 3]] output_shape [4, 32, 1, 1] : tensor<4x32x1xf32> into tensor<4x32x1x1xf32>
  %22 = tensor.empty() : tensor<4x32x14x14xf32>
  %23 = linalg.generic {indexing_maps = [#map2, #map9, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded_7 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%22 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %25 = arith.mulf %in, %in_10 : f32
    linalg.yield %25 : f32
  } -> tensor<4x32x14x14xf32>
  %collapsed_8 = tensor.collapse_shape %21 [[0], [1, 2], [3]] : tensor<4x8x4x1xf32> into tensor<4x32x1xf32>
  %expanded_9 = tensor.expand_shape %collapsed_8 [[0], [1], [2, 3]] output_shape [4, 32, 1, 1] : tensor<4x32x1xf32> into tensor<4x32x1x1xf32>
  %24 = linalg.generic {indexing_maps = [#map2, #map9, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23, %expanded_9 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%22 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %25 = arith.addf %in, %in_10 : f32
    linalg.yield %25 : f32
  } -> tensor<4x32x14x14xf32>
  return %24 : tensor<4x32x14x14xf32>
}

// Mean and scale are repeated to samples and channels first.
// CHECK-LABEL: func.func @torch_group_norm_mean_per_channel(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
func.func @torch_group_norm_mean_per_channel(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 7.840000e+02 : f64
  %cst_3 = arith.constant 7.840000e+02 : f32
  %collapsed = tensor.collapse_shape %arg0 [[0], [1], [2, 3]] : tensor<4x32x14x14xf32> into tensor<4x32x196xf32>
  %expanded = tensor.expand_shape %collapsed [[0], [1, 2], [3]] output_shape [4, 8, 4, 196] : tensor<4x32x196xf32> into tensor<4x8x4x196xf32>
  %0 = tensor.empty() : tensor<4x8x4x196xf64>
  %1 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<4x8x4x196xf32>) outs(%0 : tensor<4x8x4x196xf64>) {
  ^bb0(%in: f32, %out: f64):
    %24 = arith.extf %in : f32 to f64
    linalg.yield %24 : f64
  } -> tensor<4x8x4x196xf64>
  %2 = tensor.empty() : tensor<4x8x1x1xf64>
  %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<4x8x1x1xf64>) -> tensor<4x8x1x1xf64>
  %4 = linalg.generic {indexing_maps = [#map2, #map9], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%1 : tensor<4x8x4x196xf64>) outs(%3 : tensor<4x8x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %24 = arith.addf %in, %out : f64
    linalg.yield %24 : f64
  } -> tensor<4x8x1x1xf64>
  %5 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4 : tensor<4x8x1x1xf64>) outs(%2 : tensor<4x8x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %24 = arith.divf %in, %cst_2 : f64
    linalg.yield %24 : f64
  } -> tensor<4x8x1x1xf64>
  %6 = linalg.generic {indexing_maps = [#map2, #map9, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1, %5 : tensor<4x8x4x196xf64>, tensor<4x8x1x1xf64>) outs(%0 : tensor<4x8x4x196xf64>) {
  ^bb0(%in: f64, %in_11: f64, %out: f64):
    %24 = arith.subf %in, %in_11 : f64
    linalg.yield %24 : f64
  } -> tensor<4x8x4x196xf64>
  %7 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %6 : tensor<4x8x4x196xf64>, tensor<4x8x4x196xf64>) outs(%0 : tensor<4x8x4x196xf64>) {
  ^bb0(%in: f64, %in_11: f64, %out: f64):
    %24 = arith.mulf %in, %in_11 : f64
    linalg.yield %24 : f64
  } -> tensor<4x8x4x196xf64>
  %8 = linalg.generic {indexing_maps = [#map2, #map9], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%7 : tensor<4x8x4x196xf64>) outs(%3 : tensor<4x8x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %24 = arith.addf %in, %out : f64
    linalg.yield %24 : f64
  } -> tensor<4x8x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<4x8x1x1xf64>) outs(%2 : tensor<4x8x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %24 = arith.divf %in, %cst_2 : f64
    linalg.yield %24 : f64
  } -> tensor<4x8x1x1xf64>
  %10 = tensor.empty() : tensor<4x8x1x1xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<4x8x1x1xf64>) outs(%10 : tensor<4x8x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %24 = arith.truncf %in : f64 to f32
    linalg.yield %24 : f32
  } -> tensor<4x8x1x1xf32>
  %12 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<4x8x1x1xf32>) -> tensor<4x8x1x1xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map9], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%expanded : tensor<4x8x4x196xf32>) outs(%12 : tensor<4x8x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.addf %in, %out : f32
    linalg.yield %24 : f32
  } -> tensor<4x8x1x1xf32>
  %14 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<4x8x1x1xf32>) outs(%10 : tensor<4x8x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.divf %in, %cst_3 : f32
    linalg.yield %24 : f32
  } -> tensor<4x8x1x1xf32>
  %15 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11 : tensor<4x8x1x1xf32>) outs(%10 : tensor<4x8x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.truncf %cst_1 : f64 to f32
    %25 = arith.addf %in, %24 : f32
    linalg.yield %25 : f32
  } -> tensor<4x8x1x1xf32>
  %16 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<4x8x1x1xf32>) outs(%10 : tensor<4x8x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = math.rsqrt %in : f32
    linalg.yield %24 : f32
  } -> tensor<4x8x1x1xf32>
  %expanded_4 = tensor.expand_shape %arg1 [[0, 1, 2, 3]] output_shape [1, 8, 4, 1] : tensor<32xf32> into tensor<1x8x4x1xf32>
  %17 = tensor.empty() : tensor<4x8x4x1xf32>
  %18 = linalg.generic {indexing_maps = [#map10, #map11, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %expanded_4 : tensor<4x8x1x1xf32>, tensor<1x8x4x1xf32>) outs(%17 : tensor<4x8x4x1xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %24 = arith.mulf %in, %in_11 : f32
    linalg.yield %24 : f32
  } -> tensor<4x8x4x1xf32>
  %collapsed_5 = tensor.collapse_shape %18 [[0], [1, 2], [3]] : tensor<4x8x4x1xf32> into tensor<4x32x1xf32>
  %expanded_6 = tensor.expand_shape %collapsed_5 [[0], [1], [2, 3]] output_shape [4, 32, 1, 1] : tensor<4x32x1xf32> into tensor<4x32x1x1xf32>
  %collapsed_7 = tensor.collapse_shape %14 [[0], [1, 2], [3]] : tensor<4x8x1x1xf32> into tensor<4x8x1xf32>
  %19 = linalg.generic {indexing_maps = [#map12, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_7 : tensor<4x8x1xf32>) outs(%17 : tensor<4x8x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x8x4x1xf32>
  %collapsed_8 = tensor.collapse_shape %19 [[0], [1, 2], [3]] : tensor<4x8x4x1xf32> into tensor<4x32x1xf32>
  %expanded_9 = tensor.expand_shape %collapsed_8 [[0], [1], [2, 3]] output_shape [4, 32, 1, 1] : tensor<4x32x1xf32> into tensor<4x32x1x1xf32>
  %20 = tensor.empty() : tensor<4x32x14x14xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map9, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded_9 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %24 = arith.subf %in, %in_11 : f32
    linalg.yield %24 : f32
  } -> tensor<4x32x14x14xf32>
  %22 = linalg.generic {indexing_maps = [#map2, #map9, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %expanded_6 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %24 = arith.mulf %in, %in_11 : f32
    linalg.yield %24 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_10 = tensor.expand_shape %arg2 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %23 = linalg.generic {indexing_maps = [#map2, #map6, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %expanded_10 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %24 = arith.addf %in, %in_11 : f32
    linalg.yield %24 : f32
  } -> tensor<4x32x14x14xf32>
  return %23 : tensor<4x32x14x14xf32>
}

// silu after it.
// CHECK-LABEL: func.func @torch_group_norm_silu(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: math.exp
func.func @torch_group_norm_silu(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e+00 : f32
  %cst_2 = arith.constant 1.000000e-05 : f64
  %cst_3 = arith.constant 7.840000e+02 : f32
  %cst_4 = arith.constant 7.840000e+02 : f64
  %collapsed = tensor.collapse_shape %arg0 [[0], [1, 2, 3]] : tensor<4x32x14x14xf32> into tensor<4x6272xf32>
  %expanded = tensor.expand_shape %collapsed [[0], [1, 2]] output_shape [4, 8, 784] : tensor<4x6272xf32> into tensor<4x8x784xf32>
  %0 = tensor.empty() : tensor<4x8x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x8x1xf32>) -> tensor<4x8x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded : tensor<4x8x784xf32>) outs(%1 : tensor<4x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.addf %in, %out : f32
    linalg.yield %25 : f32
  } -> tensor<4x8x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<4x8x1xf32>) outs(%0 : tensor<4x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.divf %in, %cst_3 : f32
    linalg.yield %25 : f32
  } -> tensor<4x8x1xf32>
  %4 = tensor.empty() : tensor<4x8x784xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<4x8x784xf32>) outs(%4 : tensor<4x8x784xf64>) {
  ^bb0(%in: f32, %out: f64):
    %25 = arith.extf %in : f32 to f64
    linalg.yield %25 : f64
  } -> tensor<4x8x784xf64>
  %6 = tensor.empty() : tensor<4x8x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<4x8x1xf64>) -> tensor<4x8x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%5 : tensor<4x8x784xf64>) outs(%7 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.addf %in, %out : f64
    linalg.yield %25 : f64
  } -> tensor<4x8x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<4x8x1xf64>) outs(%6 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.divf %in, %cst_4 : f64
    linalg.yield %25 : f64
  } -> tensor<4x8x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<4x8x784xf64>, tensor<4x8x1xf64>) outs(%4 : tensor<4x8x784xf64>) {
  ^bb0(%in: f64, %in_9: f64, %out: f64):
    %25 = arith.subf %in, %in_9 : f64
    linalg.yield %25 : f64
  } -> tensor<4x8x784xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<4x8x784xf64>, tensor<4x8x784xf64>) outs(%4 : tensor<4x8x784xf64>) {
  ^bb0(%in: f64, %in_9: f64, %out: f64):
    %25 = arith.mulf %in, %in_9 : f64
    linalg.yield %25 : f64
  } -> tensor<4x8x784xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%11 : tensor<4x8x784xf64>) outs(%7 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.addf %in, %out : f64
    linalg.yield %25 : f64
  } -> tensor<4x8x1xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<4x8x1xf64>) outs(%6 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.divf %in, %cst_4 : f64
    linalg.yield %25 : f64
  } -> tensor<4x8x1xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<4x8x1xf64>) outs(%0 : tensor<4x8x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %25 = arith.truncf %in : f64 to f32
    linalg.yield %25 : f32
  } -> tensor<4x8x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<4x8x1xf32>) outs(%0 : tensor<4x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.truncf %cst_2 : f64 to f32
    %26 = arith.addf %in, %25 : f32
    linalg.yield %26 : f32
  } -> tensor<4x8x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<4x8x1xf32>) outs(%0 : tensor<4x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = math.rsqrt %in : f32
    linalg.yield %25 : f32
  } -> tensor<4x8x1xf32>
  %17 = tensor.empty() : tensor<4x8x784xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %3 : tensor<4x8x784xf32>, tensor<4x8x1xf32>) outs(%17 : tensor<4x8x784xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %25 = arith.subf %in, %in_9 : f32
    linalg.yield %25 : f32
  } -> tensor<4x8x784xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<4x8x784xf32>, tensor<4x8x1xf32>) outs(%17 : tensor<4x8x784xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %25 = arith.mulf %in, %in_9 : f32
    linalg.yield %25 : f32
  } -> tensor<4x8x784xf32>
  %collapsed_5 = tensor.collapse_shape %19 [[0], [1, 2]] : tensor<4x8x784xf32> into tensor<4x6272xf32>
  %expanded_6 = tensor.expand_shape %collapsed_5 [[0], [1, 2, 3]] output_shape [4, 32, 14, 14] : tensor<4x6272xf32> into tensor<4x32x14x14xf32>
  %expanded_7 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %20 = tensor.empty() : tensor<4x32x14x14xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_6, %expanded_7 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %25 = arith.mulf %in, %in_9 : f32
    linalg.yield %25 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_8 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %expanded_8 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %25 = arith.addf %in, %in_9 : f32
    linalg.yield %25 : f32
  } -> tensor<4x32x14x14xf32>
  %23 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<4x32x14x14xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.negf %in : f32
    %26 = math.exp %25 : f32
    %27 = arith.addf %26, %cst_1 : f32
    %28 = arith.divf %cst_1, %27 : f32
    linalg.yield %28 : f32
  } -> tensor<4x32x14x14xf32>
  %24 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %23 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %25 = arith.mulf %in, %in_9 : f32
    linalg.yield %25 : f32
  } -> tensor<4x32x14x14xf32>
  return %24 : tensor<4x32x14x14xf32>
}

// F.instance_norm.
// CHECK-LABEL: func.func @torch_instance_norm(
// CHECK: norm.instance_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
func.func @torch_instance_norm(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e-05 : f64
  %cst_1 = arith.constant 1.960000e+02 : f32
  %0 = tensor.empty() : tensor<4x32x1x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x32x1x1xf32>) -> tensor<4x32x1x1xf32>
  %2 = linalg.generic {indexing_maps = [#map2, #map9], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.addf %in, %out : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x1x1xf32>
  %3 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.divf %in, %cst_1 : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x1x1xf32>
  %4 = tensor.empty() : tensor<4x32x14x14xf32>
  %collapsed = tensor.collapse_shape %3 [[0], [1, 2, 3]] : tensor<4x32x1x1xf32> into tensor<4x32xf32>
  %5 = linalg.generic {indexing_maps = [#map13, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed : tensor<4x32xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x32x14x14xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %5 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %18 = arith.subf %in, %in_3 : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x14x14xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %6 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %18 = arith.mulf %in, %in_3 : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x14x14xf32>
  %8 = linalg.generic {indexing_maps = [#map2, #map9], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%7 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.addf %in, %out : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x1x1xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.divf %in, %cst_1 : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x1x1xf32>
  %10 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.truncf %cst_0 : f64 to f32
    %19 = arith.addf %in, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<4x32x1x1xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = math.rsqrt %in : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x1x1xf32>
  %collapsed_2 = tensor.collapse_shape %11 [[0], [1, 2, 3]] : tensor<4x32x1x1xf32> into tensor<4x32xf32>
  %12 = linalg.generic {indexing_maps = [#map13, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_2 : tensor<4x32xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x32x14x14xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %12 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %18 = arith.mulf %in, %in_3 : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x14x14xf32>
  %14 = linalg.generic {indexing_maps = [#map14, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1 : tensor<32xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x32x14x14xf32>
  %15 = linalg.generic {indexing_maps = [#map14, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2 : tensor<32xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x32x14x14xf32>
  %16 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13, %14 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %18 = arith.mulf %in, %in_3 : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x14x14xf32>
  %17 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %15 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %18 = arith.addf %in, %in_3 : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x14x14xf32>
  return %17 : tensor<4x32x14x14xf32>
}
