// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// What torch.export and torch-mlir make of group and instance normalizations.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d1, 0, 0)>
#map4 = affine_map<(d0, d1, d2) -> (d1, 0)>
#map5 = affine_map<(d0, d1) -> (d0, d1)>
#map6 = affine_map<(d0, d1) -> (d1)>
#map7 = affine_map<(d0) -> (d0)>

// F.group_norm.
// CHECK-LABEL: func.func @torch_group_norm(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @torch_group_norm(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
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
  ^bb0(%in: f64, %in_8: f64, %out: f64):
    %23 = arith.subf %in, %in_8 : f64
    linalg.yield %23 : f64
  } -> tensor<4x8x784xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<4x8x784xf64>, tensor<4x8x784xf64>) outs(%4 : tensor<4x8x784xf64>) {
  ^bb0(%in: f64, %in_8: f64, %out: f64):
    %23 = arith.mulf %in, %in_8 : f64
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
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %23 = arith.subf %in, %in_8 : f32
    linalg.yield %23 : f32
  } -> tensor<4x8x784xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<4x8x784xf32>, tensor<4x8x1xf32>) outs(%17 : tensor<4x8x784xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %23 = arith.mulf %in, %in_8 : f32
    linalg.yield %23 : f32
  } -> tensor<4x8x784xf32>
  %collapsed_4 = tensor.collapse_shape %19 [[0], [1, 2]] : tensor<4x8x784xf32> into tensor<4x6272xf32>
  %expanded_5 = tensor.expand_shape %collapsed_4 [[0], [1, 2, 3]] output_shape [4, 32, 14, 14] : tensor<4x6272xf32> into tensor<4x32x14x14xf32>
  %expanded_6 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %20 = tensor.empty() : tensor<4x32x14x14xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_5, %expanded_6 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %23 = arith.mulf %in, %in_8 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_7 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %expanded_7 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %23 = arith.addf %in, %in_8 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x14x14xf32>
  return %22 : tensor<4x32x14x14xf32>
}

// F.group_norm without weight and bias.
// CHECK-LABEL: func.func @torch_group_norm_no_affine(
// CHECK: norm.group_norm %{{[^ ]+}} groups = 8 layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @torch_group_norm_no_affine(%arg0: tensor<4x32x14x14xf32>) -> tensor<4x32x14x14xf32> {
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
    %20 = arith.addf %in, %out : f32
    linalg.yield %20 : f32
  } -> tensor<4x8x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<4x8x1xf32>) outs(%0 : tensor<4x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.divf %in, %cst_2 : f32
    linalg.yield %20 : f32
  } -> tensor<4x8x1xf32>
  %4 = tensor.empty() : tensor<4x8x784xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<4x8x784xf32>) outs(%4 : tensor<4x8x784xf64>) {
  ^bb0(%in: f32, %out: f64):
    %20 = arith.extf %in : f32 to f64
    linalg.yield %20 : f64
  } -> tensor<4x8x784xf64>
  %6 = tensor.empty() : tensor<4x8x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<4x8x1xf64>) -> tensor<4x8x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%5 : tensor<4x8x784xf64>) outs(%7 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.addf %in, %out : f64
    linalg.yield %20 : f64
  } -> tensor<4x8x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<4x8x1xf64>) outs(%6 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.divf %in, %cst_3 : f64
    linalg.yield %20 : f64
  } -> tensor<4x8x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<4x8x784xf64>, tensor<4x8x1xf64>) outs(%4 : tensor<4x8x784xf64>) {
  ^bb0(%in: f64, %in_6: f64, %out: f64):
    %20 = arith.subf %in, %in_6 : f64
    linalg.yield %20 : f64
  } -> tensor<4x8x784xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<4x8x784xf64>, tensor<4x8x784xf64>) outs(%4 : tensor<4x8x784xf64>) {
  ^bb0(%in: f64, %in_6: f64, %out: f64):
    %20 = arith.mulf %in, %in_6 : f64
    linalg.yield %20 : f64
  } -> tensor<4x8x784xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%11 : tensor<4x8x784xf64>) outs(%7 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.addf %in, %out : f64
    linalg.yield %20 : f64
  } -> tensor<4x8x1xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<4x8x1xf64>) outs(%6 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.divf %in, %cst_3 : f64
    linalg.yield %20 : f64
  } -> tensor<4x8x1xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<4x8x1xf64>) outs(%0 : tensor<4x8x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %20 = arith.truncf %in : f64 to f32
    linalg.yield %20 : f32
  } -> tensor<4x8x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<4x8x1xf32>) outs(%0 : tensor<4x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.truncf %cst_1 : f64 to f32
    %21 = arith.addf %in, %20 : f32
    linalg.yield %21 : f32
  } -> tensor<4x8x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<4x8x1xf32>) outs(%0 : tensor<4x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = math.rsqrt %in : f32
    linalg.yield %20 : f32
  } -> tensor<4x8x1xf32>
  %17 = tensor.empty() : tensor<4x8x784xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %3 : tensor<4x8x784xf32>, tensor<4x8x1xf32>) outs(%17 : tensor<4x8x784xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %20 = arith.subf %in, %in_6 : f32
    linalg.yield %20 : f32
  } -> tensor<4x8x784xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<4x8x784xf32>, tensor<4x8x1xf32>) outs(%17 : tensor<4x8x784xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %20 = arith.mulf %in, %in_6 : f32
    linalg.yield %20 : f32
  } -> tensor<4x8x784xf32>
  %collapsed_4 = tensor.collapse_shape %19 [[0], [1, 2]] : tensor<4x8x784xf32> into tensor<4x6272xf32>
  %expanded_5 = tensor.expand_shape %collapsed_4 [[0], [1, 2, 3]] output_shape [4, 32, 14, 14] : tensor<4x6272xf32> into tensor<4x32x14x14xf32>
  return %expanded_5 : tensor<4x32x14x14xf32>
}

// One group: channels and space of a sample.
// CHECK-LABEL: func.func @torch_group_norm_one_group(
// CHECK: norm.{{(group_norm|layer_norm)}} {{.*}}eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}}
func.func @torch_group_norm_one_group(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 6.272000e+03 : f32
  %cst_3 = arith.constant 6.272000e+03 : f64
  %collapsed = tensor.collapse_shape %arg0 [[0], [1, 2, 3]] : tensor<4x32x14x14xf32> into tensor<4x6272xf32>
  %expanded = tensor.expand_shape %collapsed [[0], [1, 2]] output_shape [4, 1, 6272] : tensor<4x6272xf32> into tensor<4x1x6272xf32>
  %0 = tensor.empty() : tensor<4x1x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x1x1xf32>) -> tensor<4x1x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded : tensor<4x1x6272xf32>) outs(%1 : tensor<4x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.addf %in, %out : f32
    linalg.yield %23 : f32
  } -> tensor<4x1x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<4x1x1xf32>) outs(%0 : tensor<4x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.divf %in, %cst_2 : f32
    linalg.yield %23 : f32
  } -> tensor<4x1x1xf32>
  %4 = tensor.empty() : tensor<4x1x6272xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<4x1x6272xf32>) outs(%4 : tensor<4x1x6272xf64>) {
  ^bb0(%in: f32, %out: f64):
    %23 = arith.extf %in : f32 to f64
    linalg.yield %23 : f64
  } -> tensor<4x1x6272xf64>
  %6 = tensor.empty() : tensor<4x1x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<4x1x1xf64>) -> tensor<4x1x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%5 : tensor<4x1x6272xf64>) outs(%7 : tensor<4x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.addf %in, %out : f64
    linalg.yield %23 : f64
  } -> tensor<4x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<4x1x1xf64>) outs(%6 : tensor<4x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.divf %in, %cst_3 : f64
    linalg.yield %23 : f64
  } -> tensor<4x1x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<4x1x6272xf64>, tensor<4x1x1xf64>) outs(%4 : tensor<4x1x6272xf64>) {
  ^bb0(%in: f64, %in_8: f64, %out: f64):
    %23 = arith.subf %in, %in_8 : f64
    linalg.yield %23 : f64
  } -> tensor<4x1x6272xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<4x1x6272xf64>, tensor<4x1x6272xf64>) outs(%4 : tensor<4x1x6272xf64>) {
  ^bb0(%in: f64, %in_8: f64, %out: f64):
    %23 = arith.mulf %in, %in_8 : f64
    linalg.yield %23 : f64
  } -> tensor<4x1x6272xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%11 : tensor<4x1x6272xf64>) outs(%7 : tensor<4x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.addf %in, %out : f64
    linalg.yield %23 : f64
  } -> tensor<4x1x1xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<4x1x1xf64>) outs(%6 : tensor<4x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.divf %in, %cst_3 : f64
    linalg.yield %23 : f64
  } -> tensor<4x1x1xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<4x1x1xf64>) outs(%0 : tensor<4x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %23 = arith.truncf %in : f64 to f32
    linalg.yield %23 : f32
  } -> tensor<4x1x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<4x1x1xf32>) outs(%0 : tensor<4x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.truncf %cst_1 : f64 to f32
    %24 = arith.addf %in, %23 : f32
    linalg.yield %24 : f32
  } -> tensor<4x1x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<4x1x1xf32>) outs(%0 : tensor<4x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = math.rsqrt %in : f32
    linalg.yield %23 : f32
  } -> tensor<4x1x1xf32>
  %17 = tensor.empty() : tensor<4x1x6272xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %3 : tensor<4x1x6272xf32>, tensor<4x1x1xf32>) outs(%17 : tensor<4x1x6272xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %23 = arith.subf %in, %in_8 : f32
    linalg.yield %23 : f32
  } -> tensor<4x1x6272xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<4x1x6272xf32>, tensor<4x1x1xf32>) outs(%17 : tensor<4x1x6272xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %23 = arith.mulf %in, %in_8 : f32
    linalg.yield %23 : f32
  } -> tensor<4x1x6272xf32>
  %collapsed_4 = tensor.collapse_shape %19 [[0], [1, 2]] : tensor<4x1x6272xf32> into tensor<4x6272xf32>
  %expanded_5 = tensor.expand_shape %collapsed_4 [[0], [1, 2, 3]] output_shape [4, 32, 14, 14] : tensor<4x6272xf32> into tensor<4x32x14x14xf32>
  %expanded_6 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %20 = tensor.empty() : tensor<4x32x14x14xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_5, %expanded_6 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %23 = arith.mulf %in, %in_8 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_7 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %expanded_7 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %23 = arith.addf %in, %in_8 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x14x14xf32>
  return %22 : tensor<4x32x14x14xf32>
}

// Dynamic batch and space: sizes and the count are computed with selects for an inferred
// dimension, the reshape is tensor.reshape.
// CHECK-LABEL: func.func @torch_group_norm_dynamic(
// CHECK: norm.{{(group_norm|layer_norm)}} {{.*}}eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}}
func.func @torch_group_norm_dynamic(%arg0: tensor<?x32x?x?xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<?x32x?x?xf32> {
  %c1_i64 = arith.constant 1 : i64
  %c0_i64 = arith.constant 0 : i64
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c8_i64 = arith.constant 8 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %c32_i64 = arith.constant 32 : i64
  %cst_1 = arith.constant 9.9999999999999995E-7 : f64
  %dim = tensor.dim %arg0, %c0 : tensor<?x32x?x?xf32>
  %0 = arith.index_cast %dim : index to i64
  %1 = arith.cmpi slt, %0, %c0_i64 : i64
  %2 = arith.select %1, %c1_i64, %0 : i64
  %3 = arith.extui %1 : i1 to i64
  %4 = arith.muli %2, %c8_i64 : i64
  %5 = arith.addi %3, %c1_i64 : i64
  %6 = arith.cmpi sle, %5, %c1_i64 : i64
  cf.assert %6, "must have at most one inferred (negative) dimension"
  %7 = arith.muli %0, %c32_i64 : i64
  %dim_2 = tensor.dim %arg0, %c2 : tensor<?x32x?x?xf32>
  %8 = arith.index_cast %dim_2 : index to i64
  %9 = arith.muli %7, %8 : i64
  %dim_3 = tensor.dim %arg0, %c3 : tensor<?x32x?x?xf32>
  %10 = arith.index_cast %dim_3 : index to i64
  %11 = arith.muli %9, %10 : i64
  %12 = arith.divsi %11, %4 : i64
  %13 = arith.select %1, %12, %0 : i64
  %from_elements = tensor.from_elements %13, %c8_i64, %12 : tensor<3xi64>
  %reshape = tensor.reshape %arg0(%from_elements) : (tensor<?x32x?x?xf32>, tensor<3xi64>) -> tensor<?x8x?xf32>
  %14 = arith.index_cast %13 : i64 to index
  %15 = tensor.empty(%14) : tensor<?x8x1xf32>
  %16 = linalg.fill ins(%cst : f32) outs(%15 : tensor<?x8x1xf32>) -> tensor<?x8x1xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%reshape : tensor<?x8x?xf32>) outs(%16 : tensor<?x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %59 = arith.addf %in, %out : f32
    linalg.yield %59 : f32
  } -> tensor<?x8x1xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<?x8x1xf32>) outs(%15 : tensor<?x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %59 = arith.sitofp %12 : i64 to f32
    %60 = arith.divf %in, %59 : f32
    linalg.yield %60 : f32
  } -> tensor<?x8x1xf32>
  %19 = arith.index_cast %12 : i64 to index
  %20 = tensor.empty(%14, %19) : tensor<?x8x?xf64>
  %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%reshape : tensor<?x8x?xf32>) outs(%20 : tensor<?x8x?xf64>) {
  ^bb0(%in: f32, %out: f64):
    %59 = arith.extf %in : f32 to f64
    linalg.yield %59 : f64
  } -> tensor<?x8x?xf64>
  %22 = tensor.empty(%14) : tensor<?x8x1xf64>
  %23 = linalg.fill ins(%cst_0 : f64) outs(%22 : tensor<?x8x1xf64>) -> tensor<?x8x1xf64>
  %24 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%21 : tensor<?x8x?xf64>) outs(%23 : tensor<?x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %59 = arith.addf %in, %out : f64
    linalg.yield %59 : f64
  } -> tensor<?x8x1xf64>
  %25 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%24 : tensor<?x8x1xf64>) outs(%22 : tensor<?x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %59 = arith.sitofp %12 : i64 to f64
    %60 = arith.divf %in, %59 : f64
    linalg.yield %60 : f64
  } -> tensor<?x8x1xf64>
  %26 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %25 : tensor<?x8x?xf64>, tensor<?x8x1xf64>) outs(%20 : tensor<?x8x?xf64>) {
  ^bb0(%in: f64, %in_7: f64, %out: f64):
    %59 = arith.subf %in, %in_7 : f64
    linalg.yield %59 : f64
  } -> tensor<?x8x?xf64>
  %27 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26, %26 : tensor<?x8x?xf64>, tensor<?x8x?xf64>) outs(%20 : tensor<?x8x?xf64>) {
  ^bb0(%in: f64, %in_7: f64, %out: f64):
    %59 = arith.mulf %in, %in_7 : f64
    linalg.yield %59 : f64
  } -> tensor<?x8x?xf64>
  %28 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%27 : tensor<?x8x?xf64>) outs(%23 : tensor<?x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %59 = arith.addf %in, %out : f64
    linalg.yield %59 : f64
  } -> tensor<?x8x1xf64>
  %29 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%28 : tensor<?x8x1xf64>) outs(%22 : tensor<?x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %59 = arith.sitofp %12 : i64 to f64
    %60 = arith.divf %in, %59 : f64
    linalg.yield %60 : f64
  } -> tensor<?x8x1xf64>
  %30 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<?x8x1xf64>) outs(%15 : tensor<?x8x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %59 = arith.truncf %in : f64 to f32
    linalg.yield %59 : f32
  } -> tensor<?x8x1xf32>
  %31 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%30 : tensor<?x8x1xf32>) outs(%15 : tensor<?x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %59 = arith.truncf %cst_1 : f64 to f32
    %60 = arith.addf %in, %59 : f32
    linalg.yield %60 : f32
  } -> tensor<?x8x1xf32>
  %32 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%31 : tensor<?x8x1xf32>) outs(%15 : tensor<?x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %59 = math.rsqrt %in : f32
    linalg.yield %59 : f32
  } -> tensor<?x8x1xf32>
  %33 = tensor.empty(%14, %19) : tensor<?x8x?xf32>
  %34 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%reshape, %18 : tensor<?x8x?xf32>, tensor<?x8x1xf32>) outs(%33 : tensor<?x8x?xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %59 = arith.subf %in, %in_7 : f32
    linalg.yield %59 : f32
  } -> tensor<?x8x?xf32>
  %35 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%34, %32 : tensor<?x8x?xf32>, tensor<?x8x1xf32>) outs(%33 : tensor<?x8x?xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %59 = arith.mulf %in, %in_7 : f32
    linalg.yield %59 : f32
  } -> tensor<?x8x?xf32>
  %36 = arith.muli %2, %c32_i64 : i64
  %37 = arith.muli %36, %8 : i64
  %38 = arith.cmpi slt, %8, %c0_i64 : i64
  %39 = arith.select %38, %36, %37 : i64
  %40 = arith.select %38, %5, %3 : i64
  %41 = arith.muli %39, %10 : i64
  %42 = arith.addi %40, %c1_i64 : i64
  %43 = arith.cmpi slt, %10, %c0_i64 : i64
  %44 = arith.select %43, %39, %41 : i64
  %45 = arith.select %43, %42, %40 : i64
  %46 = arith.cmpi sle, %45, %c1_i64 : i64
  cf.assert %46, "must have at most one inferred (negative) dimension"
  %47 = arith.muli %13, %c8_i64 : i64
  %48 = arith.muli %47, %12 : i64
  %49 = arith.divsi %48, %44 : i64
  %50 = arith.select %1, %49, %0 : i64
  %51 = arith.select %38, %49, %8 : i64
  %52 = arith.select %43, %49, %10 : i64
  %from_elements_4 = tensor.from_elements %50, %c32_i64, %51, %52 : tensor<4xi64>
  %reshape_5 = tensor.reshape %35(%from_elements_4) : (tensor<?x8x?xf32>, tensor<4xi64>) -> tensor<?x32x?x?xf32>
  %expanded = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %53 = arith.index_cast %50 : i64 to index
  %54 = arith.index_cast %51 : i64 to index
  %55 = arith.index_cast %52 : i64 to index
  %56 = tensor.empty(%53, %54, %55) : tensor<?x32x?x?xf32>
  %57 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%reshape_5, %expanded : tensor<?x32x?x?xf32>, tensor<32x1x1xf32>) outs(%56 : tensor<?x32x?x?xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %59 = arith.mulf %in, %in_7 : f32
    linalg.yield %59 : f32
  } -> tensor<?x32x?x?xf32>
  %expanded_6 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %58 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%57, %expanded_6 : tensor<?x32x?x?xf32>, tensor<32x1x1xf32>) outs(%56 : tensor<?x32x?x?xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %59 = arith.addf %in, %in_7 : f32
    linalg.yield %59 : f32
  } -> tensor<?x32x?x?xf32>
  return %58 : tensor<?x32x?x?xf32>
}

// Rank 3.
// CHECK-LABEL: func.func @torch_group_norm_rank_3(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @torch_group_norm_rank_3(%arg0: tensor<4x32x100xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x100xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 4.000000e+02 : f32
  %cst_3 = arith.constant 4.000000e+02 : f64
  %collapsed = tensor.collapse_shape %arg0 [[0], [1, 2]] : tensor<4x32x100xf32> into tensor<4x3200xf32>
  %expanded = tensor.expand_shape %collapsed [[0], [1, 2]] output_shape [4, 8, 400] : tensor<4x3200xf32> into tensor<4x8x400xf32>
  %0 = tensor.empty() : tensor<4x8x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x8x1xf32>) -> tensor<4x8x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded : tensor<4x8x400xf32>) outs(%1 : tensor<4x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.addf %in, %out : f32
    linalg.yield %23 : f32
  } -> tensor<4x8x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<4x8x1xf32>) outs(%0 : tensor<4x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.divf %in, %cst_2 : f32
    linalg.yield %23 : f32
  } -> tensor<4x8x1xf32>
  %4 = tensor.empty() : tensor<4x8x400xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<4x8x400xf32>) outs(%4 : tensor<4x8x400xf64>) {
  ^bb0(%in: f32, %out: f64):
    %23 = arith.extf %in : f32 to f64
    linalg.yield %23 : f64
  } -> tensor<4x8x400xf64>
  %6 = tensor.empty() : tensor<4x8x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<4x8x1xf64>) -> tensor<4x8x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%5 : tensor<4x8x400xf64>) outs(%7 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.addf %in, %out : f64
    linalg.yield %23 : f64
  } -> tensor<4x8x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<4x8x1xf64>) outs(%6 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.divf %in, %cst_3 : f64
    linalg.yield %23 : f64
  } -> tensor<4x8x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<4x8x400xf64>, tensor<4x8x1xf64>) outs(%4 : tensor<4x8x400xf64>) {
  ^bb0(%in: f64, %in_8: f64, %out: f64):
    %23 = arith.subf %in, %in_8 : f64
    linalg.yield %23 : f64
  } -> tensor<4x8x400xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<4x8x400xf64>, tensor<4x8x400xf64>) outs(%4 : tensor<4x8x400xf64>) {
  ^bb0(%in: f64, %in_8: f64, %out: f64):
    %23 = arith.mulf %in, %in_8 : f64
    linalg.yield %23 : f64
  } -> tensor<4x8x400xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%11 : tensor<4x8x400xf64>) outs(%7 : tensor<4x8x1xf64>) {
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
  %17 = tensor.empty() : tensor<4x8x400xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %3 : tensor<4x8x400xf32>, tensor<4x8x1xf32>) outs(%17 : tensor<4x8x400xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %23 = arith.subf %in, %in_8 : f32
    linalg.yield %23 : f32
  } -> tensor<4x8x400xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<4x8x400xf32>, tensor<4x8x1xf32>) outs(%17 : tensor<4x8x400xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %23 = arith.mulf %in, %in_8 : f32
    linalg.yield %23 : f32
  } -> tensor<4x8x400xf32>
  %collapsed_4 = tensor.collapse_shape %19 [[0], [1, 2]] : tensor<4x8x400xf32> into tensor<4x3200xf32>
  %expanded_5 = tensor.expand_shape %collapsed_4 [[0], [1, 2]] output_shape [4, 32, 100] : tensor<4x3200xf32> into tensor<4x32x100xf32>
  %expanded_6 = tensor.expand_shape %arg1 [[0, 1]] output_shape [32, 1] : tensor<32xf32> into tensor<32x1xf32>
  %20 = tensor.empty() : tensor<4x32x100xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_5, %expanded_6 : tensor<4x32x100xf32>, tensor<32x1xf32>) outs(%20 : tensor<4x32x100xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %23 = arith.mulf %in, %in_8 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x100xf32>
  %expanded_7 = tensor.expand_shape %arg2 [[0, 1]] output_shape [32, 1] : tensor<32xf32> into tensor<32x1xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %expanded_7 : tensor<4x32x100xf32>, tensor<32x1xf32>) outs(%20 : tensor<4x32x100xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %23 = arith.addf %in, %in_8 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x100xf32>
  return %22 : tensor<4x32x100xf32>
}

// Rank 2: no space.
// CHECK-LABEL: func.func @torch_group_norm_rank_2(
// CHECK: norm.group_norm {{.*}}groups = 8 {{.*}}eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}}
func.func @torch_group_norm_rank_2(%arg0: tensor<16x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<16x32xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 4.000000e+00 : f32
  %cst_3 = arith.constant 4.000000e+00 : f64
  %expanded = tensor.expand_shape %arg0 [[0], [1, 2]] output_shape [16, 8, 4] : tensor<16x32xf32> into tensor<16x8x4xf32>
  %0 = tensor.empty() : tensor<16x8x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16x8x1xf32>) -> tensor<16x8x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded : tensor<16x8x4xf32>) outs(%1 : tensor<16x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.addf %in, %out : f32
    linalg.yield %23 : f32
  } -> tensor<16x8x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<16x8x1xf32>) outs(%0 : tensor<16x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.divf %in, %cst_2 : f32
    linalg.yield %23 : f32
  } -> tensor<16x8x1xf32>
  %4 = tensor.empty() : tensor<16x8x4xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<16x8x4xf32>) outs(%4 : tensor<16x8x4xf64>) {
  ^bb0(%in: f32, %out: f64):
    %23 = arith.extf %in : f32 to f64
    linalg.yield %23 : f64
  } -> tensor<16x8x4xf64>
  %6 = tensor.empty() : tensor<16x8x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<16x8x1xf64>) -> tensor<16x8x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%5 : tensor<16x8x4xf64>) outs(%7 : tensor<16x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.addf %in, %out : f64
    linalg.yield %23 : f64
  } -> tensor<16x8x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<16x8x1xf64>) outs(%6 : tensor<16x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.divf %in, %cst_3 : f64
    linalg.yield %23 : f64
  } -> tensor<16x8x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<16x8x4xf64>, tensor<16x8x1xf64>) outs(%4 : tensor<16x8x4xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %23 = arith.subf %in, %in_4 : f64
    linalg.yield %23 : f64
  } -> tensor<16x8x4xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<16x8x4xf64>, tensor<16x8x4xf64>) outs(%4 : tensor<16x8x4xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %23 = arith.mulf %in, %in_4 : f64
    linalg.yield %23 : f64
  } -> tensor<16x8x4xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%11 : tensor<16x8x4xf64>) outs(%7 : tensor<16x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.addf %in, %out : f64
    linalg.yield %23 : f64
  } -> tensor<16x8x1xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<16x8x1xf64>) outs(%6 : tensor<16x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.divf %in, %cst_3 : f64
    linalg.yield %23 : f64
  } -> tensor<16x8x1xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<16x8x1xf64>) outs(%0 : tensor<16x8x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %23 = arith.truncf %in : f64 to f32
    linalg.yield %23 : f32
  } -> tensor<16x8x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<16x8x1xf32>) outs(%0 : tensor<16x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.truncf %cst_1 : f64 to f32
    %24 = arith.addf %in, %23 : f32
    linalg.yield %24 : f32
  } -> tensor<16x8x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<16x8x1xf32>) outs(%0 : tensor<16x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = math.rsqrt %in : f32
    linalg.yield %23 : f32
  } -> tensor<16x8x1xf32>
  %17 = tensor.empty() : tensor<16x8x4xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %3 : tensor<16x8x4xf32>, tensor<16x8x1xf32>) outs(%17 : tensor<16x8x4xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %23 = arith.subf %in, %in_4 : f32
    linalg.yield %23 : f32
  } -> tensor<16x8x4xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<16x8x4xf32>, tensor<16x8x1xf32>) outs(%17 : tensor<16x8x4xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %23 = arith.mulf %in, %in_4 : f32
    linalg.yield %23 : f32
  } -> tensor<16x8x4xf32>
  %collapsed = tensor.collapse_shape %19 [[0], [1, 2]] : tensor<16x8x4xf32> into tensor<16x32xf32>
  %20 = tensor.empty() : tensor<16x32xf32>
  %21 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel"]} ins(%collapsed, %arg1 : tensor<16x32xf32>, tensor<32xf32>) outs(%20 : tensor<16x32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %23 = arith.mulf %in, %in_4 : f32
    linalg.yield %23 : f32
  } -> tensor<16x32xf32>
  %22 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel"]} ins(%21, %arg2 : tensor<16x32xf32>, tensor<32xf32>) outs(%20 : tensor<16x32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %23 = arith.addf %in, %in_4 : f32
    linalg.yield %23 : f32
  } -> tensor<16x32xf32>
  return %22 : tensor<16x32xf32>
}

// On x.float(), cast back.
// CHECK-LABEL: func.func @torch_group_norm_bf16(
// CHECK: norm.group_norm {{.*}}groups = 8 layout = channels_first
func.func @torch_group_norm_bf16(%arg0: tensor<4x32x14x14xbf16>, %arg1: tensor<32xbf16>, %arg2: tensor<32xbf16>) -> tensor<4x32x14x14xbf16> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 7.840000e+02 : f32
  %cst_3 = arith.constant 7.840000e+02 : f64
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<4x32x14x14xbf16>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %29 = arith.extf %in : bf16 to f32
    linalg.yield %29 : f32
  } -> tensor<4x32x14x14xf32>
  %2 = tensor.empty() : tensor<32xf32>
  %3 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%arg1 : tensor<32xbf16>) outs(%2 : tensor<32xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %29 = arith.extf %in : bf16 to f32
    linalg.yield %29 : f32
  } -> tensor<32xf32>
  %4 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%arg2 : tensor<32xbf16>) outs(%2 : tensor<32xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %29 = arith.extf %in : bf16 to f32
    linalg.yield %29 : f32
  } -> tensor<32xf32>
  %collapsed = tensor.collapse_shape %1 [[0], [1, 2, 3]] : tensor<4x32x14x14xf32> into tensor<4x6272xf32>
  %expanded = tensor.expand_shape %collapsed [[0], [1, 2]] output_shape [4, 8, 784] : tensor<4x6272xf32> into tensor<4x8x784xf32>
  %5 = tensor.empty() : tensor<4x8x1xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<4x8x1xf32>) -> tensor<4x8x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded : tensor<4x8x784xf32>) outs(%6 : tensor<4x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %29 = arith.addf %in, %out : f32
    linalg.yield %29 : f32
  } -> tensor<4x8x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<4x8x1xf32>) outs(%5 : tensor<4x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %29 = arith.divf %in, %cst_2 : f32
    linalg.yield %29 : f32
  } -> tensor<4x8x1xf32>
  %9 = tensor.empty() : tensor<4x8x784xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<4x8x784xf32>) outs(%9 : tensor<4x8x784xf64>) {
  ^bb0(%in: f32, %out: f64):
    %29 = arith.extf %in : f32 to f64
    linalg.yield %29 : f64
  } -> tensor<4x8x784xf64>
  %11 = tensor.empty() : tensor<4x8x1xf64>
  %12 = linalg.fill ins(%cst_0 : f64) outs(%11 : tensor<4x8x1xf64>) -> tensor<4x8x1xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%10 : tensor<4x8x784xf64>) outs(%12 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %29 = arith.addf %in, %out : f64
    linalg.yield %29 : f64
  } -> tensor<4x8x1xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<4x8x1xf64>) outs(%11 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %29 = arith.divf %in, %cst_3 : f64
    linalg.yield %29 : f64
  } -> tensor<4x8x1xf64>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %14 : tensor<4x8x784xf64>, tensor<4x8x1xf64>) outs(%9 : tensor<4x8x784xf64>) {
  ^bb0(%in: f64, %in_8: f64, %out: f64):
    %29 = arith.subf %in, %in_8 : f64
    linalg.yield %29 : f64
  } -> tensor<4x8x784xf64>
  %16 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15, %15 : tensor<4x8x784xf64>, tensor<4x8x784xf64>) outs(%9 : tensor<4x8x784xf64>) {
  ^bb0(%in: f64, %in_8: f64, %out: f64):
    %29 = arith.mulf %in, %in_8 : f64
    linalg.yield %29 : f64
  } -> tensor<4x8x784xf64>
  %17 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%16 : tensor<4x8x784xf64>) outs(%12 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %29 = arith.addf %in, %out : f64
    linalg.yield %29 : f64
  } -> tensor<4x8x1xf64>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<4x8x1xf64>) outs(%11 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %29 = arith.divf %in, %cst_3 : f64
    linalg.yield %29 : f64
  } -> tensor<4x8x1xf64>
  %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18 : tensor<4x8x1xf64>) outs(%5 : tensor<4x8x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %29 = arith.truncf %in : f64 to f32
    linalg.yield %29 : f32
  } -> tensor<4x8x1xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19 : tensor<4x8x1xf32>) outs(%5 : tensor<4x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %29 = arith.truncf %cst_1 : f64 to f32
    %30 = arith.addf %in, %29 : f32
    linalg.yield %30 : f32
  } -> tensor<4x8x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<4x8x1xf32>) outs(%5 : tensor<4x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %29 = math.rsqrt %in : f32
    linalg.yield %29 : f32
  } -> tensor<4x8x1xf32>
  %22 = tensor.empty() : tensor<4x8x784xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %8 : tensor<4x8x784xf32>, tensor<4x8x1xf32>) outs(%22 : tensor<4x8x784xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %29 = arith.subf %in, %in_8 : f32
    linalg.yield %29 : f32
  } -> tensor<4x8x784xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23, %21 : tensor<4x8x784xf32>, tensor<4x8x1xf32>) outs(%22 : tensor<4x8x784xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %29 = arith.mulf %in, %in_8 : f32
    linalg.yield %29 : f32
  } -> tensor<4x8x784xf32>
  %collapsed_4 = tensor.collapse_shape %24 [[0], [1, 2]] : tensor<4x8x784xf32> into tensor<4x6272xf32>
  %expanded_5 = tensor.expand_shape %collapsed_4 [[0], [1, 2, 3]] output_shape [4, 32, 14, 14] : tensor<4x6272xf32> into tensor<4x32x14x14xf32>
  %expanded_6 = tensor.expand_shape %3 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %25 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_5, %expanded_6 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %29 = arith.mulf %in, %in_8 : f32
    linalg.yield %29 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_7 = tensor.expand_shape %4 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %26 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25, %expanded_7 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %29 = arith.addf %in, %in_8 : f32
    linalg.yield %29 : f32
  } -> tensor<4x32x14x14xf32>
  %27 = tensor.empty() : tensor<4x32x14x14xbf16>
  %28 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26 : tensor<4x32x14x14xf32>) outs(%27 : tensor<4x32x14x14xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %29 = arith.truncf %in : f32 to bf16
    linalg.yield %29 : bf16
  } -> tensor<4x32x14x14xbf16>
  return %28 : tensor<4x32x14x14xbf16>
}
