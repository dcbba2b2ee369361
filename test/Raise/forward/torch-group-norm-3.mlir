// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// What torch.export and torch-mlir make of group and instance normalizations.

#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (0, d1, 0, 0)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, 0)>
#map3 = affine_map<(d0, d1) -> (d1)>
#map4 = affine_map<(d0, d1) -> (d0, d1)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d1, 0, 0)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, d3)>

// F.instance_norm without weight and bias: a batch norm of 1x(NC)xHxW.
// CHECK-LABEL: func.func @torch_instance_norm_no_affine(
// CHECK: norm.{{(instance_norm|batch_norm)}} %{{[^ ]+}} layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}}
func.func @torch_instance_norm_no_affine(%arg0: tensor<4x32x14x14xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 1.960000e+02 : f64
  %cst_3 = arith.constant 1.960000e+02 : f32
  %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<4x32x14x14xf32> into tensor<128x14x14xf32>
  %expanded = tensor.expand_shape %collapsed [[0, 1], [2], [3]] output_shape [1, 128, 14, 14] : tensor<128x14x14xf32> into tensor<1x128x14x14xf32>
  %0 = tensor.empty() : tensor<1x128x14x14xf64>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x128x14x14xf32>) outs(%0 : tensor<1x128x14x14xf64>) {
  ^bb0(%in: f32, %out: f64):
    %20 = arith.extf %in : f32 to f64
    linalg.yield %20 : f64
  } -> tensor<1x128x14x14xf64>
  %2 = tensor.empty() : tensor<1x128x1x1xf64>
  %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<1x128x1x1xf64>) -> tensor<1x128x1x1xf64>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%1 : tensor<1x128x14x14xf64>) outs(%3 : tensor<1x128x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.addf %in, %out : f64
    linalg.yield %20 : f64
  } -> tensor<1x128x1x1xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4 : tensor<1x128x1x1xf64>) outs(%2 : tensor<1x128x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.divf %in, %cst_2 : f64
    linalg.yield %20 : f64
  } -> tensor<1x128x1x1xf64>
  %6 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1, %5 : tensor<1x128x14x14xf64>, tensor<1x128x1x1xf64>) outs(%0 : tensor<1x128x14x14xf64>) {
  ^bb0(%in: f64, %in_6: f64, %out: f64):
    %20 = arith.subf %in, %in_6 : f64
    linalg.yield %20 : f64
  } -> tensor<1x128x14x14xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %6 : tensor<1x128x14x14xf64>, tensor<1x128x14x14xf64>) outs(%0 : tensor<1x128x14x14xf64>) {
  ^bb0(%in: f64, %in_6: f64, %out: f64):
    %20 = arith.mulf %in, %in_6 : f64
    linalg.yield %20 : f64
  } -> tensor<1x128x14x14xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%7 : tensor<1x128x14x14xf64>) outs(%3 : tensor<1x128x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.addf %in, %out : f64
    linalg.yield %20 : f64
  } -> tensor<1x128x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<1x128x1x1xf64>) outs(%2 : tensor<1x128x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.divf %in, %cst_2 : f64
    linalg.yield %20 : f64
  } -> tensor<1x128x1x1xf64>
  %10 = tensor.empty() : tensor<1x128x1x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<1x128x1x1xf64>) outs(%10 : tensor<1x128x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %20 = arith.truncf %in : f64 to f32
    linalg.yield %20 : f32
  } -> tensor<1x128x1x1xf32>
  %12 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<1x128x1x1xf32>) -> tensor<1x128x1x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%expanded : tensor<1x128x14x14xf32>) outs(%12 : tensor<1x128x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.addf %in, %out : f32
    linalg.yield %20 : f32
  } -> tensor<1x128x1x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<1x128x1x1xf32>) outs(%10 : tensor<1x128x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.divf %in, %cst_3 : f32
    linalg.yield %20 : f32
  } -> tensor<1x128x1x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11 : tensor<1x128x1x1xf32>) outs(%10 : tensor<1x128x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.truncf %cst_1 : f64 to f32
    %21 = arith.addf %in, %20 : f32
    linalg.yield %21 : f32
  } -> tensor<1x128x1x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<1x128x1x1xf32>) outs(%10 : tensor<1x128x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = math.rsqrt %in : f32
    linalg.yield %20 : f32
  } -> tensor<1x128x1x1xf32>
  %17 = tensor.empty() : tensor<1x128x14x14xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %14 : tensor<1x128x14x14xf32>, tensor<1x128x1x1xf32>) outs(%17 : tensor<1x128x14x14xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %20 = arith.subf %in, %in_6 : f32
    linalg.yield %20 : f32
  } -> tensor<1x128x14x14xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<1x128x14x14xf32>, tensor<1x128x1x1xf32>) outs(%17 : tensor<1x128x14x14xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %20 = arith.mulf %in, %in_6 : f32
    linalg.yield %20 : f32
  } -> tensor<1x128x14x14xf32>
  %collapsed_4 = tensor.collapse_shape %19 [[0, 1], [2], [3]] : tensor<1x128x14x14xf32> into tensor<128x14x14xf32>
  %expanded_5 = tensor.expand_shape %collapsed_4 [[0, 1], [2], [3]] output_shape [4, 32, 14, 14] : tensor<128x14x14xf32> into tensor<4x32x14x14xf32>
  return %expanded_5 : tensor<4x32x14x14xf32>
}

// F.instance_norm as a batch norm of 1x(NC)xHxW, weight and bias repeated for the samples. The
// affine part may stay.
// CHECK-LABEL: func.func @torch_instance_norm_repeated_weight(
// CHECK: norm.{{(instance_norm|batch_norm)}} {{.*}}layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}}
func.func @torch_instance_norm_repeated_weight(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 1.960000e+02 : f64
  %cst_3 = arith.constant 1.960000e+02 : f32
  %0 = tensor.empty() : tensor<4x32xf32>
  %1 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel"]} ins(%arg1 : tensor<32xf32>) outs(%0 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x32xf32>
  %collapsed = tensor.collapse_shape %1 [[0, 1]] : tensor<4x32xf32> into tensor<128xf32>
  %2 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel"]} ins(%arg2 : tensor<32xf32>) outs(%0 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x32xf32>
  %collapsed_4 = tensor.collapse_shape %2 [[0, 1]] : tensor<4x32xf32> into tensor<128xf32>
  %collapsed_5 = tensor.collapse_shape %arg0 [[0, 1], [2], [3]] : tensor<4x32x14x14xf32> into tensor<128x14x14xf32>
  %expanded = tensor.expand_shape %collapsed_5 [[0, 1], [2], [3]] output_shape [1, 128, 14, 14] : tensor<128x14x14xf32> into tensor<1x128x14x14xf32>
  %3 = tensor.empty() : tensor<1x128x14x14xf64>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x128x14x14xf32>) outs(%3 : tensor<1x128x14x14xf64>) {
  ^bb0(%in: f32, %out: f64):
    %25 = arith.extf %in : f32 to f64
    linalg.yield %25 : f64
  } -> tensor<1x128x14x14xf64>
  %5 = tensor.empty() : tensor<1x128x1x1xf64>
  %6 = linalg.fill ins(%cst : f64) outs(%5 : tensor<1x128x1x1xf64>) -> tensor<1x128x1x1xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%4 : tensor<1x128x14x14xf64>) outs(%6 : tensor<1x128x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.addf %in, %out : f64
    linalg.yield %25 : f64
  } -> tensor<1x128x1x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7 : tensor<1x128x1x1xf64>) outs(%5 : tensor<1x128x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.divf %in, %cst_2 : f64
    linalg.yield %25 : f64
  } -> tensor<1x128x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4, %8 : tensor<1x128x14x14xf64>, tensor<1x128x1x1xf64>) outs(%3 : tensor<1x128x14x14xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %25 = arith.subf %in, %in_10 : f64
    linalg.yield %25 : f64
  } -> tensor<1x128x14x14xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9, %9 : tensor<1x128x14x14xf64>, tensor<1x128x14x14xf64>) outs(%3 : tensor<1x128x14x14xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %25 = arith.mulf %in, %in_10 : f64
    linalg.yield %25 : f64
  } -> tensor<1x128x14x14xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%10 : tensor<1x128x14x14xf64>) outs(%6 : tensor<1x128x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.addf %in, %out : f64
    linalg.yield %25 : f64
  } -> tensor<1x128x1x1xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11 : tensor<1x128x1x1xf64>) outs(%5 : tensor<1x128x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.divf %in, %cst_2 : f64
    linalg.yield %25 : f64
  } -> tensor<1x128x1x1xf64>
  %13 = tensor.empty() : tensor<1x128x1x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12 : tensor<1x128x1x1xf64>) outs(%13 : tensor<1x128x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %25 = arith.truncf %in : f64 to f32
    linalg.yield %25 : f32
  } -> tensor<1x128x1x1xf32>
  %15 = linalg.fill ins(%cst_0 : f32) outs(%13 : tensor<1x128x1x1xf32>) -> tensor<1x128x1x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%expanded : tensor<1x128x14x14xf32>) outs(%15 : tensor<1x128x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.addf %in, %out : f32
    linalg.yield %25 : f32
  } -> tensor<1x128x1x1xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16 : tensor<1x128x1x1xf32>) outs(%13 : tensor<1x128x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.divf %in, %cst_3 : f32
    linalg.yield %25 : f32
  } -> tensor<1x128x1x1xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<1x128x1x1xf32>) outs(%13 : tensor<1x128x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.truncf %cst_1 : f64 to f32
    %26 = arith.addf %in, %25 : f32
    linalg.yield %26 : f32
  } -> tensor<1x128x1x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18 : tensor<1x128x1x1xf32>) outs(%13 : tensor<1x128x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = math.rsqrt %in : f32
    linalg.yield %25 : f32
  } -> tensor<1x128x1x1xf32>
  %20 = tensor.empty() : tensor<1x128x14x14xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %17 : tensor<1x128x14x14xf32>, tensor<1x128x1x1xf32>) outs(%20 : tensor<1x128x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %25 = arith.subf %in, %in_10 : f32
    linalg.yield %25 : f32
  } -> tensor<1x128x14x14xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %19 : tensor<1x128x14x14xf32>, tensor<1x128x1x1xf32>) outs(%20 : tensor<1x128x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %25 = arith.mulf %in, %in_10 : f32
    linalg.yield %25 : f32
  } -> tensor<1x128x14x14xf32>
  %expanded_6 = tensor.expand_shape %collapsed [[0, 1, 2]] output_shape [128, 1, 1] : tensor<128xf32> into tensor<128x1x1xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map5, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %expanded_6 : tensor<1x128x14x14xf32>, tensor<128x1x1xf32>) outs(%20 : tensor<1x128x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %25 = arith.mulf %in, %in_10 : f32
    linalg.yield %25 : f32
  } -> tensor<1x128x14x14xf32>
  %expanded_7 = tensor.expand_shape %collapsed_4 [[0, 1, 2]] output_shape [128, 1, 1] : tensor<128xf32> into tensor<128x1x1xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map5, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23, %expanded_7 : tensor<1x128x14x14xf32>, tensor<128x1x1xf32>) outs(%20 : tensor<1x128x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %25 = arith.addf %in, %in_10 : f32
    linalg.yield %25 : f32
  } -> tensor<1x128x14x14xf32>
  %collapsed_8 = tensor.collapse_shape %24 [[0, 1], [2], [3]] : tensor<1x128x14x14xf32> into tensor<128x14x14xf32>
  %expanded_9 = tensor.expand_shape %collapsed_8 [[0, 1], [2], [3]] output_shape [4, 32, 14, 14] : tensor<128x14x14xf32> into tensor<4x32x14x14xf32>
  return %expanded_9 : tensor<4x32x14x14xf32>
}

// mean and var over (2, 3).
// CHECK-LABEL: func.func @torch_instance_norm_by_hand(
// CHECK: norm.instance_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @torch_instance_norm_by_hand(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 1.960000e+02 : f32
  %cst_3 = arith.constant 1.960000e+02 : f64
  %0 = tensor.empty() : tensor<4x32x1x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x32x1x1xf32>) -> tensor<4x32x1x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %in, %out : f32
    linalg.yield %22 : f32
  } -> tensor<4x32x1x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_2 : f32
    linalg.yield %22 : f32
  } -> tensor<4x32x1x1xf32>
  %4 = tensor.empty() : tensor<4x32x14x14xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f32, %out: f64):
    %22 = arith.extf %in : f32 to f64
    linalg.yield %22 : f64
  } -> tensor<4x32x14x14xf64>
  %6 = tensor.empty() : tensor<4x32x1x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<4x32x1x1xf64>) -> tensor<4x32x1x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%5 : tensor<4x32x14x14xf64>) outs(%7 : tensor<4x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.addf %in, %out : f64
    linalg.yield %22 : f64
  } -> tensor<4x32x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<4x32x1x1xf64>) outs(%6 : tensor<4x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.divf %in, %cst_3 : f64
    linalg.yield %22 : f64
  } -> tensor<4x32x1x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<4x32x14x14xf64>, tensor<4x32x1x1xf64>) outs(%4 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %22 = arith.subf %in, %in_5 : f64
    linalg.yield %22 : f64
  } -> tensor<4x32x14x14xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<4x32x14x14xf64>, tensor<4x32x14x14xf64>) outs(%4 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %22 = arith.mulf %in, %in_5 : f64
    linalg.yield %22 : f64
  } -> tensor<4x32x14x14xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%11 : tensor<4x32x14x14xf64>) outs(%7 : tensor<4x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.addf %in, %out : f64
    linalg.yield %22 : f64
  } -> tensor<4x32x1x1xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12 : tensor<4x32x1x1xf64>) outs(%6 : tensor<4x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.divf %in, %cst_3 : f64
    linalg.yield %22 : f64
  } -> tensor<4x32x1x1xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<4x32x1x1xf64>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %22 = arith.truncf %in : f64 to f32
    linalg.yield %22 : f32
  } -> tensor<4x32x1x1xf32>
  %15 = tensor.empty() : tensor<4x32x14x14xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %3 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%15 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.subf %in, %in_5 : f32
    linalg.yield %22 : f32
  } -> tensor<4x32x14x14xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.truncf %cst_1 : f64 to f32
    %23 = arith.addf %in, %22 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x1x1xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = math.sqrt %in : f32
    linalg.yield %22 : f32
  } -> tensor<4x32x1x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %18 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%15 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.divf %in, %in_5 : f32
    linalg.yield %22 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded = tensor.expand_shape %arg1 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %expanded : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%15 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.mulf %in, %in_5 : f32
    linalg.yield %22 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_4 = tensor.expand_shape %arg2 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %expanded_4 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%15 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.addf %in, %in_5 : f32
    linalg.yield %22 : f32
  } -> tensor<4x32x14x14xf32>
  return %21 : tensor<4x32x14x14xf32>
}

// Scale and shift of every sample (AdaIN): the normalization without them, and they stay.
// CHECK-LABEL: func.func @torch_adaptive_instance_norm(
// CHECK: norm.{{(instance_norm|layer_norm)}} %{{[^ ]+}} {{(axes|layout)}}
// CHECK: linalg.generic
func.func @torch_adaptive_instance_norm(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<4x32xf32>, %arg2: tensor<4x32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 1.960000e+02 : f32
  %cst_3 = arith.constant 1.960000e+02 : f64
  %cst_4 = arith.constant 1.000000e+00 : f32
  %0 = tensor.empty() : tensor<4x32x1x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x32x1x1xf32>) -> tensor<4x32x1x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.addf %in, %out : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x1x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.divf %in, %cst_2 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x1x1xf32>
  %4 = tensor.empty() : tensor<4x32x14x14xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f32, %out: f64):
    %23 = arith.extf %in : f32 to f64
    linalg.yield %23 : f64
  } -> tensor<4x32x14x14xf64>
  %6 = tensor.empty() : tensor<4x32x1x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<4x32x1x1xf64>) -> tensor<4x32x1x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%5 : tensor<4x32x14x14xf64>) outs(%7 : tensor<4x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.addf %in, %out : f64
    linalg.yield %23 : f64
  } -> tensor<4x32x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<4x32x1x1xf64>) outs(%6 : tensor<4x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.divf %in, %cst_3 : f64
    linalg.yield %23 : f64
  } -> tensor<4x32x1x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<4x32x14x14xf64>, tensor<4x32x1x1xf64>) outs(%4 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_6: f64, %out: f64):
    %23 = arith.subf %in, %in_6 : f64
    linalg.yield %23 : f64
  } -> tensor<4x32x14x14xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<4x32x14x14xf64>, tensor<4x32x14x14xf64>) outs(%4 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_6: f64, %out: f64):
    %23 = arith.mulf %in, %in_6 : f64
    linalg.yield %23 : f64
  } -> tensor<4x32x14x14xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%11 : tensor<4x32x14x14xf64>) outs(%7 : tensor<4x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.addf %in, %out : f64
    linalg.yield %23 : f64
  } -> tensor<4x32x1x1xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12 : tensor<4x32x1x1xf64>) outs(%6 : tensor<4x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.divf %in, %cst_3 : f64
    linalg.yield %23 : f64
  } -> tensor<4x32x1x1xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<4x32x1x1xf64>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %23 = arith.truncf %in : f64 to f32
    linalg.yield %23 : f32
  } -> tensor<4x32x1x1xf32>
  %15 = tensor.empty() : tensor<4x32x14x14xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %3 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%15 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %23 = arith.subf %in, %in_6 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x14x14xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.truncf %cst_1 : f64 to f32
    %24 = arith.addf %in, %23 : f32
    linalg.yield %24 : f32
  } -> tensor<4x32x1x1xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = math.sqrt %in : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x1x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %18 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%15 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %23 = arith.divf %in, %in_6 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded = tensor.expand_shape %arg1 [[0], [1, 2, 3]] output_shape [4, 32, 1, 1] : tensor<4x32xf32> into tensor<4x32x1x1xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.addf %in, %cst_4 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x1x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %20 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%15 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %23 = arith.mulf %in, %in_6 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_5 = tensor.expand_shape %arg2 [[0], [1, 2, 3]] output_shape [4, 32, 1, 1] : tensor<4x32xf32> into tensor<4x32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %expanded_5 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%15 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %23 = arith.addf %in, %in_6 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x14x14xf32>
  return %22 : tensor<4x32x14x14xf32>
}

// F.layer_norm over space is an instance norm.
// CHECK-LABEL: func.func @torch_instance_norm_reshape(
// CHECK: norm.{{(instance_norm|layer_norm)}} %{{[^ ]+}} {{(axes|layout)}}
func.func @torch_instance_norm_reshape(%arg0: tensor<4x32x14x14xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 1.960000e+02 : f64
  %cst_3 = arith.constant 1.960000e+02 : f32
  %0 = tensor.empty() : tensor<4x32x14x14xf64>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%0 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f32, %out: f64):
    %20 = arith.extf %in : f32 to f64
    linalg.yield %20 : f64
  } -> tensor<4x32x14x14xf64>
  %2 = tensor.empty() : tensor<4x32x1x1xf64>
  %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<4x32x1x1xf64>) -> tensor<4x32x1x1xf64>
  %4 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%1 : tensor<4x32x14x14xf64>) outs(%3 : tensor<4x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.addf %in, %out : f64
    linalg.yield %20 : f64
  } -> tensor<4x32x1x1xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4 : tensor<4x32x1x1xf64>) outs(%2 : tensor<4x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.divf %in, %cst_2 : f64
    linalg.yield %20 : f64
  } -> tensor<4x32x1x1xf64>
  %6 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1, %5 : tensor<4x32x14x14xf64>, tensor<4x32x1x1xf64>) outs(%0 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %20 = arith.subf %in, %in_4 : f64
    linalg.yield %20 : f64
  } -> tensor<4x32x14x14xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %6 : tensor<4x32x14x14xf64>, tensor<4x32x14x14xf64>) outs(%0 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %20 = arith.mulf %in, %in_4 : f64
    linalg.yield %20 : f64
  } -> tensor<4x32x14x14xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%7 : tensor<4x32x14x14xf64>) outs(%3 : tensor<4x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.addf %in, %out : f64
    linalg.yield %20 : f64
  } -> tensor<4x32x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<4x32x1x1xf64>) outs(%2 : tensor<4x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.divf %in, %cst_2 : f64
    linalg.yield %20 : f64
  } -> tensor<4x32x1x1xf64>
  %10 = tensor.empty() : tensor<4x32x1x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<4x32x1x1xf64>) outs(%10 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %20 = arith.truncf %in : f64 to f32
    linalg.yield %20 : f32
  } -> tensor<4x32x1x1xf32>
  %12 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<4x32x1x1xf32>) -> tensor<4x32x1x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%12 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.addf %in, %out : f32
    linalg.yield %20 : f32
  } -> tensor<4x32x1x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<4x32x1x1xf32>) outs(%10 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.divf %in, %cst_3 : f32
    linalg.yield %20 : f32
  } -> tensor<4x32x1x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11 : tensor<4x32x1x1xf32>) outs(%10 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.truncf %cst_1 : f64 to f32
    %21 = arith.addf %in, %20 : f32
    linalg.yield %21 : f32
  } -> tensor<4x32x1x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<4x32x1x1xf32>) outs(%10 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = math.rsqrt %in : f32
    linalg.yield %20 : f32
  } -> tensor<4x32x1x1xf32>
  %17 = tensor.empty() : tensor<4x32x14x14xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %14 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %20 = arith.subf %in, %in_4 : f32
    linalg.yield %20 : f32
  } -> tensor<4x32x14x14xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %20 = arith.mulf %in, %in_4 : f32
    linalg.yield %20 : f32
  } -> tensor<4x32x14x14xf32>
  return %19 : tensor<4x32x14x14xf32>
}

// Means of means, one axis after the other.
// CHECK-LABEL: func.func @torch_instance_norm_mean_of_means(
// CHECK: norm.{{(instance_norm|layer_norm)}} %{{[^ ]+}} {{(axes|layout)}}
func.func @torch_instance_norm_mean_of_means(%arg0: tensor<4x32x14x14xf32>) -> tensor<4x32x14x14xf32> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e-05 : f64
  %cst_1 = arith.constant 1.400000e+01 : f32
  %0 = tensor.empty() : tensor<4x32x14x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x32x14x1xf32>) -> tensor<4x32x14x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32x14x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.addf %in, %out : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x14x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<4x32x14x1xf32>) outs(%0 : tensor<4x32x14x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.divf %in, %cst_1 : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x14x1xf32>
  %4 = tensor.empty() : tensor<4x32x1x1xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<4x32x1x1xf32>) -> tensor<4x32x1x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map7], iterator_types = ["parallel", "parallel", "reduction", "parallel"]} ins(%3 : tensor<4x32x14x1xf32>) outs(%5 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.addf %in, %out : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x1x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6 : tensor<4x32x1x1xf32>) outs(%4 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.divf %in, %cst_1 : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x1x1xf32>
  %8 = tensor.empty() : tensor<4x32x14x14xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %7 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%8 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %18 = arith.subf %in, %in_2 : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x14x14xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<4x32x14x14xf32>) outs(%8 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %18 : f32
  } -> tensor<4x32x14x14xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%10 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32x14x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.addf %in, %out : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x14x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11 : tensor<4x32x14x1xf32>) outs(%0 : tensor<4x32x14x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.divf %in, %cst_1 : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x14x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map7], iterator_types = ["parallel", "parallel", "reduction", "parallel"]} ins(%12 : tensor<4x32x14x1xf32>) outs(%5 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.addf %in, %out : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x1x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<4x32x1x1xf32>) outs(%4 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.divf %in, %cst_1 : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x1x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<4x32x1x1xf32>) outs(%4 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.truncf %cst_0 : f64 to f32
    %19 = arith.addf %in, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<4x32x1x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<4x32x1x1xf32>) outs(%4 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = math.sqrt %in : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x1x1xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9, %16 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%8 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %18 = arith.divf %in, %in_2 : f32
    linalg.yield %18 : f32
  } -> tensor<4x32x14x14xf32>
  return %17 : tensor<4x32x14x14xf32>
}
