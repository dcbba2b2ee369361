// RUN: norm-opt %s --norm-raise | FileCheck %s
// RUN: norm-opt %s --norm-raise --remarks-filter=norm-raise 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK

// What is nearly a group normalization, and other ways to normalize channels.

#map = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map1 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d2)>
#map2 = affine_map<(d0, d1) -> (d0, d1)>
#map3 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1)>
#map4 = affine_map<(d0, d1, d2, d3, d4) -> (d1, d0)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d3)>
#map7 = affine_map<(d0, d1) -> (d0)>
#map8 = affine_map<(d0) -> (d0)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0)>
#map10 = affine_map<(d0, d1, d2, d3) -> (d3)>
#map11 = affine_map<(d0, d1, d2, d3) -> (d1, d2, d3)>
#map12 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map13 = affine_map<(d0, d1, d2) -> ()>
#map14 = affine_map<() -> ()>
#map15 = affine_map<(d0, d1) -> (d1)>
#map16 = affine_map<(d0) -> ()>
#map17 = affine_map<(d0, d1) -> ()>
#map18 = affine_map<(d0, d1, d2, d3) -> (d1)>
#map19 = affine_map<(d0, d1, d2, d3) -> (d0, d1)>

// The count is that of one channel, not of a group.
// CHECK-LABEL: func.func @group_count_of_channels(
// CHECK-NOT: norm.
// REMARK: Reason="the sum of squares of 784 elements is divided by {{[0-9.]+}}"
func.func @group_count_of_channels(%arg0: tensor<4x32x14x14xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.960000e+02 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %expanded = tensor.expand_shape %arg0 [[0], [1, 2], [3], [4]] output_shape [4, 8, 4, 14, 14] : tensor<4x32x14x14xf32> into tensor<4x8x4x14x14xf32>
  %0 = tensor.empty() : tensor<4x8xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map3], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%expanded : tensor<4x8x4x14x14xf32>) outs(%1 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<4x8xf32>
  %3 = tensor.empty() : tensor<4x8xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<4x8xf32>) outs(%3 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<4x8xf32>
  %5 = tensor.empty() : tensor<4x8xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map3, #map3], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%expanded, %4 : tensor<4x8x4x14x14xf32>, tensor<4x8xf32>) outs(%6 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<4x8xf32>
  %8 = tensor.empty() : tensor<4x8xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%7 : tensor<4x8xf32>) outs(%8 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<4x8xf32>
  %10 = tensor.empty() : tensor<4x8x4x14x14xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map3, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %4, %9 : tensor<4x8x4x14x14xf32>, tensor<4x8xf32>, tensor<4x8xf32>) outs(%10 : tensor<4x8x4x14x14xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<4x8x4x14x14xf32>
  %collapsed = tensor.collapse_shape %11 [[0], [1, 2], [3], [4]] : tensor<4x8x4x14x14xf32> into tensor<4x32x14x14xf32>
  return %collapsed : tensor<4x32x14x14xf32>
}

// Four samples of four groups: the variance of sample i, group j normalizes sample j, group i.
// CHECK-LABEL: func.func @group_statistics_of_neighbour(
// CHECK-NOT: norm.
// REMARK: Reason="what is multiplied with the root is not what the statistics are of"
func.func @group_statistics_of_neighbour(%arg0: tensor<4x8x14x14xf32>) -> tensor<4x8x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 3.920000e+02 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %expanded = tensor.expand_shape %arg0 [[0], [1, 2], [3], [4]] output_shape [4, 4, 2, 14, 14] : tensor<4x8x14x14xf32> into tensor<4x4x2x14x14xf32>
  %0 = tensor.empty() : tensor<4x4xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x4xf32>) -> tensor<4x4xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map3], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%expanded : tensor<4x4x2x14x14xf32>) outs(%1 : tensor<4x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<4x4xf32>
  %3 = tensor.empty() : tensor<4x4xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<4x4xf32>) outs(%3 : tensor<4x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<4x4xf32>
  %5 = tensor.empty() : tensor<4x4xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<4x4xf32>) -> tensor<4x4xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map3, #map3], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%expanded, %4 : tensor<4x4x2x14x14xf32>, tensor<4x4xf32>) outs(%6 : tensor<4x4xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<4x4xf32>
  %8 = tensor.empty() : tensor<4x4xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%7 : tensor<4x4xf32>) outs(%8 : tensor<4x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<4x4xf32>
  %10 = tensor.empty() : tensor<4x4x2x14x14xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map3, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %4, %9 : tensor<4x4x2x14x14xf32>, tensor<4x4xf32>, tensor<4x4xf32>) outs(%10 : tensor<4x4x2x14x14xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<4x4x2x14x14xf32>
  %collapsed = tensor.collapse_shape %11 [[0], [1, 2], [3], [4]] : tensor<4x4x2x14x14xf32> into tensor<4x8x14x14xf32>
  return %collapsed : tensor<4x8x14x14xf32>
}

// ConvNeXt V2's global response normalization: L2 norms of channels over their mean.
// CHECK-LABEL: func.func @global_response_norm(
// CHECK-NOT: norm.
func.func @global_response_norm(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x14x14x32xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 3.200000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<4x32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %2 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "reduction", "reduction", "parallel"]} ins(%arg0 : tensor<4x14x14x32xf32>) outs(%1 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.mulf %in, %in : f32
    %13 = arith.addf %out, %12 : f32
    linalg.yield %13 : f32
  } -> tensor<4x32xf32>
  %3 = tensor.empty() : tensor<4x32xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<4x32xf32>) outs(%3 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = math.sqrt %in : f32
    linalg.yield %12 : f32
  } -> tensor<4x32xf32>
  %5 = tensor.empty() : tensor<4xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<4xf32>) -> tensor<4xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map7], iterator_types = ["parallel", "reduction"]} ins(%4 : tensor<4x32xf32>) outs(%6 : tensor<4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<4xf32>
  %8 = tensor.empty() : tensor<4xf32>
  %9 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%7 : tensor<4xf32>) outs(%8 : tensor<4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<4xf32>
  %10 = tensor.empty() : tensor<4x14x14x32xf32>
  %11 = linalg.generic {indexing_maps = [#map5, #map6, #map9, #map10, #map10, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<4x14x14x32xf32>, tensor<4x32xf32>, tensor<4xf32>, tensor<32xf32>, tensor<32xf32>) outs(%10 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.addf %in_3, %cst_1 : f32
    %13 = arith.divf %in_2, %12 : f32
    %14 = arith.mulf %in, %13 : f32
    %15 = arith.mulf %in_4, %14 : f32
    %16 = arith.addf %15, %in_5 : f32
    %17 = arith.addf %16, %in : f32
    linalg.yield %17 : f32
  } -> tensor<4x14x14x32xf32>
  return %11 : tensor<4x14x14x32xf32>
}

// Scaled weight standardization (NFNets): rsqrt(max(N * variance, eps)).
// CHECK-LABEL: func.func @weight_standardization_scaled(
// CHECK-NOT: norm.
// Why: variance is multiplied and clamped
func.func @weight_standardization_scaled(%arg0: tensor<64x288xf32>, %arg1: tensor<64xf32>) -> tensor<64x288xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 2.880000e+02 : f32
  %cst_1 = arith.constant 9.99999974E-5 : f32
  %0 = tensor.empty() : tensor<64xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<64xf32>) -> tensor<64xf32>
  %2 = linalg.generic {indexing_maps = [#map2, #map7], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<64x288xf32>) outs(%1 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<64xf32>
  %3 = tensor.empty() : tensor<64xf32>
  %4 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%2 : tensor<64xf32>) outs(%3 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<64xf32>
  %5 = tensor.empty() : tensor<64xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<64xf32>) -> tensor<64xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map7, #map7], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<64x288xf32>, tensor<64xf32>) outs(%6 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<64xf32>
  %8 = tensor.empty() : tensor<64xf32>
  %9 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%7 : tensor<64xf32>) outs(%8 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<64xf32>
  %10 = tensor.empty() : tensor<64x288xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map7, #map7, #map7, #map2], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1 : tensor<64x288xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>) outs(%10 : tensor<64x288xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.mulf %in_3, %cst_0 : f32
    %14 = arith.maximumf %13, %cst_1 : f32
    %15 = math.rsqrt %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.mulf %12, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<64x288xf32>
  return %11 : tensor<64x288xf32>
}

// StyleGAN's minibatch standard deviation: a mean of standard deviations.
// CHECK-LABEL: func.func @minibatch_stddev(
// CHECK-NOT: norm.
func.func @minibatch_stddev(%arg0: tensor<4x32x14x14xf32>) -> tensor<f32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 4.000000e+00 : f32
  %cst_1 = arith.constant 9.99999993E-9 : f32
  %cst_2 = arith.constant 6.272000e+03 : f32
  %0 = tensor.empty() : tensor<32x14x14xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<32x14x14xf32>) -> tensor<32x14x14xf32>
  %2 = linalg.generic {indexing_maps = [#map5, #map11], iterator_types = ["reduction", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.addf %out, %in : f32
    linalg.yield %17 : f32
  } -> tensor<32x14x14xf32>
  %3 = tensor.empty() : tensor<32x14x14xf32>
  %4 = linalg.generic {indexing_maps = [#map12, #map12], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<32x14x14xf32>) outs(%3 : tensor<32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.divf %in, %cst_0 : f32
    linalg.yield %17 : f32
  } -> tensor<32x14x14xf32>
  %5 = tensor.empty() : tensor<32x14x14xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<32x14x14xf32>) -> tensor<32x14x14xf32>
  %7 = linalg.generic {indexing_maps = [#map5, #map11, #map11], iterator_types = ["reduction", "parallel", "parallel", "parallel"]} ins(%arg0, %4 : tensor<4x32x14x14xf32>, tensor<32x14x14xf32>) outs(%6 : tensor<32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %17 = arith.subf %in, %in_3 : f32
    %18 = arith.subf %in, %in_3 : f32
    %19 = arith.mulf %17, %18 : f32
    %20 = arith.addf %out, %19 : f32
    linalg.yield %20 : f32
  } -> tensor<32x14x14xf32>
  %8 = tensor.empty() : tensor<32x14x14xf32>
  %9 = linalg.generic {indexing_maps = [#map12, #map12], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<32x14x14xf32>) outs(%8 : tensor<32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.divf %in, %cst_0 : f32
    linalg.yield %17 : f32
  } -> tensor<32x14x14xf32>
  %10 = tensor.empty() : tensor<32x14x14xf32>
  %11 = linalg.generic {indexing_maps = [#map12, #map12], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<32x14x14xf32>) outs(%10 : tensor<32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.addf %in, %cst_1 : f32
    %18 = math.sqrt %17 : f32
    linalg.yield %18 : f32
  } -> tensor<32x14x14xf32>
  %12 = tensor.empty() : tensor<f32>
  %13 = linalg.fill ins(%cst : f32) outs(%12 : tensor<f32>) -> tensor<f32>
  %14 = linalg.generic {indexing_maps = [#map12, #map13], iterator_types = ["reduction", "reduction", "reduction"]} ins(%11 : tensor<32x14x14xf32>) outs(%13 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.addf %out, %in : f32
    linalg.yield %17 : f32
  } -> tensor<f32>
  %15 = tensor.empty() : tensor<f32>
  %16 = linalg.generic {indexing_maps = [#map14, #map14], iterator_types = []} ins(%14 : tensor<f32>) outs(%15 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.divf %in, %cst_2 : f32
    linalg.yield %17 : f32
  } -> tensor<f32>
  return %16 : tensor<f32>
}

// A weight over its largest singular value.
// CHECK-LABEL: func.func @spectral_norm(
// CHECK-NOT: norm.
func.func @spectral_norm(%arg0: tensor<64x288xf32>, %arg1: tensor<64xf32>, %arg2: tensor<288xf32>) -> tensor<64x288xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<64xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<64xf32>) -> tensor<64xf32>
  %2 = linalg.generic {indexing_maps = [#map2, #map15, #map7], iterator_types = ["parallel", "reduction"]} ins(%arg0, %arg2 : tensor<64x288xf32>, tensor<288xf32>) outs(%1 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %8 = arith.mulf %in, %in_0 : f32
    %9 = arith.addf %out, %8 : f32
    linalg.yield %9 : f32
  } -> tensor<64xf32>
  %3 = tensor.empty() : tensor<f32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<f32>) -> tensor<f32>
  %5 = linalg.generic {indexing_maps = [#map8, #map8, #map16], iterator_types = ["reduction"]} ins(%2, %arg1 : tensor<64xf32>, tensor<64xf32>) outs(%4 : tensor<f32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %8 = arith.mulf %in, %in_0 : f32
    %9 = arith.addf %out, %8 : f32
    linalg.yield %9 : f32
  } -> tensor<f32>
  %6 = tensor.empty() : tensor<64x288xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map17, #map2], iterator_types = ["parallel", "parallel"]} ins(%arg0, %5 : tensor<64x288xf32>, tensor<f32>) outs(%6 : tensor<64x288xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %8 = arith.divf %in, %in_0 : f32
    linalg.yield %8 : f32
  } -> tensor<64x288xf32>
  return %7 : tensor<64x288xf32>
}

// Batch renormalization: corrected by the running statistics. The batch norm inside may be found,
// without scale and bias; its own w and b must not be taken.
// CHECK-LABEL: func.func @batch_renorm(
// CHECK-NOT: norm.batch_norm {{.*}}scale(
func.func @batch_renorm(%arg0: tensor<16x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<16x32xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.600000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<32xf32>) -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map2, #map15], iterator_types = ["reduction", "parallel"]} ins(%arg0 : tensor<16x32xf32>) outs(%1 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<32xf32>
  %3 = tensor.empty() : tensor<32xf32>
  %4 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%2 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<32xf32>
  %5 = tensor.empty() : tensor<32xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<32xf32>) -> tensor<32xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map15, #map15], iterator_types = ["reduction", "parallel"]} ins(%arg0, %4 : tensor<16x32xf32>, tensor<32xf32>) outs(%6 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.subf %in, %in_2 : f32
    %16 = arith.mulf %14, %15 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<32xf32>
  %8 = tensor.empty() : tensor<32xf32>
  %9 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%7 : tensor<32xf32>) outs(%8 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<32xf32>
  %10 = tensor.empty() : tensor<32xf32>
  %11 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%9 : tensor<32xf32>) outs(%10 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %in, %cst_1 : f32
    %15 = math.sqrt %14 : f32
    linalg.yield %15 : f32
  } -> tensor<32xf32>
  %12 = tensor.empty() : tensor<16x32xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map15, #map15, #map15, #map15, #map15, #map15, #map2], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %11, %arg1, %arg2, %arg3, %arg4 : tensor<16x32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%12 : tensor<16x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %in_6: f32, %in_7: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.divf %14, %in_3 : f32
    %16 = arith.divf %in_3, %in_5 : f32
    %17 = arith.mulf %15, %16 : f32
    %18 = arith.subf %in_2, %in_4 : f32
    %19 = arith.divf %18, %in_5 : f32
    %20 = arith.addf %17, %19 : f32
    %21 = arith.mulf %20, %in_6 : f32
    %22 = arith.addf %21, %in_7 : f32
    linalg.yield %22 : f32
  } -> tensor<16x32xf32>
  return %13 : tensor<16x32xf32>
}

// Divided by the largest magnitude of a channel.
// CHECK-LABEL: func.func @channel_max_norm(
// CHECK-NOT: norm.
func.func @channel_max_norm(%arg0: tensor<4x32x14x14xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<32xf32>) -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map5, #map18], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %5 = math.absf %in : f32
    %6 = arith.maximumf %out, %5 : f32
    linalg.yield %6 : f32
  } -> tensor<32xf32>
  %3 = tensor.empty() : tensor<4x32x14x14xf32>
  %4 = linalg.generic {indexing_maps = [#map5, #map18, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %2 : tensor<4x32x14x14xf32>, tensor<32xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %5 = arith.addf %in_1, %cst_0 : f32
    %6 = arith.divf %in, %5 : f32
    linalg.yield %6 : f32
  } -> tensor<4x32x14x14xf32>
  return %4 : tensor<4x32x14x14xf32>
}

// Switchable normalization: mixtures of instance and batch statistics.
// CHECK-LABEL: func.func @switchable_norm(
// CHECK-NOT: norm.
// REMARK: Reason="the sum of squares of 784 elements is divided by {{[0-9.]+}}"
func.func @switchable_norm(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<2xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.960000e+02 : f32
  %cst_1 = arith.constant 7.840000e+02 : f32
  %cst_2 = arith.constant 3.000000e-01 : f32
  %cst_3 = arith.constant 0.699999988 : f32
  %cst_4 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<4x32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %2 = linalg.generic {indexing_maps = [#map5, #map19], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %out, %in : f32
    linalg.yield %22 : f32
  } -> tensor<4x32xf32>
  %3 = tensor.empty() : tensor<4x32xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<4x32xf32>) outs(%3 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_0 : f32
    linalg.yield %22 : f32
  } -> tensor<4x32xf32>
  %5 = tensor.empty() : tensor<4x32xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %7 = linalg.generic {indexing_maps = [#map5, #map19, #map19], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%arg0, %4 : tensor<4x32x14x14xf32>, tensor<4x32xf32>) outs(%6 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.subf %in, %in_5 : f32
    %23 = arith.subf %in, %in_5 : f32
    %24 = arith.mulf %22, %23 : f32
    %25 = arith.addf %out, %24 : f32
    linalg.yield %25 : f32
  } -> tensor<4x32xf32>
  %8 = tensor.empty() : tensor<4x32xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%7 : tensor<4x32xf32>) outs(%8 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_0 : f32
    linalg.yield %22 : f32
  } -> tensor<4x32xf32>
  %10 = tensor.empty() : tensor<32xf32>
  %11 = linalg.fill ins(%cst : f32) outs(%10 : tensor<32xf32>) -> tensor<32xf32>
  %12 = linalg.generic {indexing_maps = [#map5, #map18], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%11 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %out, %in : f32
    linalg.yield %22 : f32
  } -> tensor<32xf32>
  %13 = tensor.empty() : tensor<32xf32>
  %14 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%12 : tensor<32xf32>) outs(%13 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_1 : f32
    linalg.yield %22 : f32
  } -> tensor<32xf32>
  %15 = tensor.empty() : tensor<32xf32>
  %16 = linalg.fill ins(%cst : f32) outs(%15 : tensor<32xf32>) -> tensor<32xf32>
  %17 = linalg.generic {indexing_maps = [#map5, #map18, #map18], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0, %14 : tensor<4x32x14x14xf32>, tensor<32xf32>) outs(%16 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.subf %in, %in_5 : f32
    %23 = arith.subf %in, %in_5 : f32
    %24 = arith.mulf %22, %23 : f32
    %25 = arith.addf %out, %24 : f32
    linalg.yield %25 : f32
  } -> tensor<32xf32>
  %18 = tensor.empty() : tensor<32xf32>
  %19 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel"]} ins(%17 : tensor<32xf32>) outs(%18 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_1 : f32
    linalg.yield %22 : f32
  } -> tensor<32xf32>
  %20 = tensor.empty() : tensor<4x32x14x14xf32>
  %21 = linalg.generic {indexing_maps = [#map5, #map19, #map18, #map19, #map18, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %4, %14, %9, %19 : tensor<4x32x14x14xf32>, tensor<4x32xf32>, tensor<32xf32>, tensor<4x32xf32>, tensor<32xf32>) outs(%20 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %in_6: f32, %in_7: f32, %in_8: f32, %out: f32):
    %22 = arith.mulf %in_5, %cst_2 : f32
    %23 = arith.mulf %in_6, %cst_3 : f32
    %24 = arith.addf %22, %23 : f32
    %25 = arith.subf %in, %24 : f32
    %26 = arith.mulf %in_7, %cst_2 : f32
    %27 = arith.mulf %in_8, %cst_3 : f32
    %28 = arith.addf %26, %27 : f32
    %29 = arith.addf %28, %cst_4 : f32
    %30 = math.rsqrt %29 : f32
    %31 = arith.mulf %25, %30 : f32
    linalg.yield %31 : f32
  } -> tensor<4x32x14x14xf32>
  return %21 : tensor<4x32x14x14xf32>
}
