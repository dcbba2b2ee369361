// RUN: norm-opt %s --norm-raise | FileCheck %s
// RUN: norm-opt %s --norm-raise --remarks-filter=norm-raise 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK

// What is nearly a batch or instance normalization.

#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d1)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d1, d3)>
#map4 = affine_map<(d0, d1) -> (d0, d1)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d2)>

// The sums are over batch and space, the count is that of space.
// CHECK-LABEL: func.func @batch_count_without_batch(
// CHECK-NOT: norm.
// REMARK: Reason="the sum of squares of 784 elements is divided by {{[0-9.]+}}"
func.func @batch_count_without_batch(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.960000e+02 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<32xf32>) -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  %3 = tensor.empty() : tensor<32xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  %5 = tensor.empty() : tensor<32xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<32xf32>) -> tensor<32xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0, %4 : tensor<4x32x14x14xf32>, tensor<32xf32>) outs(%6 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<32xf32>
  %8 = tensor.empty() : tensor<32xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<32xf32>) outs(%8 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  %10 = tensor.empty() : tensor<4x32x14x14xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%10 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<4x32x14x14xf32>
  return %11 : tensor<4x32x14x14xf32>
}

// The unbiased variance normalizes (it belongs to the running variance only).
// CHECK-LABEL: func.func @batch_unbiased_in_result(
// CHECK-NOT: norm.
// REMARK: Reason="the variance is divided by N - 1, where normalizations divide by N"
func.func @batch_unbiased_in_result(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 7.840000e+02 : f32
  %cst_1 = arith.constant 7.830000e+02 : f32
  %cst_2 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<32xf32>) -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  %3 = tensor.empty() : tensor<32xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  %5 = tensor.empty() : tensor<32xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<32xf32>) -> tensor<32xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0, %4 : tensor<4x32x14x14xf32>, tensor<32xf32>) outs(%6 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %12 = arith.subf %in, %in_3 : f32
    %13 = arith.subf %in, %in_3 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<32xf32>
  %8 = tensor.empty() : tensor<32xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<32xf32>) outs(%8 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_1 : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  %10 = tensor.empty() : tensor<4x32x14x14xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%10 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %in_5: f32, %in_6: f32, %out: f32):
    %12 = arith.subf %in, %in_3 : f32
    %13 = arith.addf %in_4, %cst_2 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_5 : f32
    %17 = arith.addf %16, %in_6 : f32
    linalg.yield %17 : f32
  } -> tensor<4x32x14x14xf32>
  return %11 : tensor<4x32x14x14xf32>
}

// The mean is over batch and space, the mean of squares over space. An RMS normalization of x -
// mean is inside, and may be found.
// CHECK-LABEL: func.func @batch_mean_instance_variance(
// CHECK-NOT: norm.{{(batch|instance|group|layer)_norm}}
// REMARK: Reason="what is subtracted from the mean of squares is not the square of the mean over the same elements"
func.func @batch_mean_instance_variance(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 7.840000e+02 : f32
  %cst_1 = arith.constant 1.960000e+02 : f32
  %cst_2 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<32xf32>) -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  %3 = tensor.empty() : tensor<32xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  %5 = tensor.empty() : tensor<4x32xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map5], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%arg0, %4 : tensor<4x32x14x14xf32>, tensor<32xf32>) outs(%6 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %12 = arith.subf %in, %in_3 : f32
    %13 = arith.subf %in, %in_3 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<4x32xf32>
  %8 = tensor.empty() : tensor<4x32xf32>
  %9 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%7 : tensor<4x32xf32>) outs(%8 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_1 : f32
    linalg.yield %12 : f32
  } -> tensor<4x32xf32>
  %10 = tensor.empty() : tensor<4x32x14x14xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map5, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<4x32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%10 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %in_5: f32, %in_6: f32, %out: f32):
    %12 = arith.subf %in, %in_3 : f32
    %13 = arith.addf %in_4, %cst_2 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_5 : f32
    %17 = arith.addf %16, %in_6 : f32
    linalg.yield %17 : f32
  } -> tensor<4x32x14x14xf32>
  return %11 : tensor<4x32x14x14xf32>
}

// The mean is over space, the mean of squares over batch and space.
// CHECK-LABEL: func.func @instance_mean_batch_variance(
// CHECK-NOT: norm.
// REMARK: Reason="what is subtracted from the mean of squares is not the square of the mean over the same elements"
func.func @instance_mean_batch_variance(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.960000e+02 : f32
  %cst_1 = arith.constant 7.840000e+02 : f32
  %cst_2 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<4x32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map5], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<4x32xf32>
  %3 = tensor.empty() : tensor<4x32xf32>
  %4 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<4x32xf32>) outs(%3 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<4x32xf32>
  %5 = tensor.empty() : tensor<32xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<32xf32>) -> tensor<32xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map5, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0, %4 : tensor<4x32x14x14xf32>, tensor<4x32xf32>) outs(%6 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %12 = arith.subf %in, %in_3 : f32
    %13 = arith.subf %in, %in_3 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<32xf32>
  %8 = tensor.empty() : tensor<32xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<32xf32>) outs(%8 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_1 : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  %10 = tensor.empty() : tensor<4x32x14x14xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map5, #map1, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<4x32x14x14xf32>, tensor<4x32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%10 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %in_5: f32, %in_6: f32, %out: f32):
    %12 = arith.subf %in, %in_3 : f32
    %13 = arith.addf %in_4, %cst_2 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_5 : f32
    %17 = arith.addf %16, %in_6 : f32
    linalg.yield %17 : f32
  } -> tensor<4x32x14x14xf32>
  return %11 : tensor<4x32x14x14xf32>
}

// All dimensions have size 14: the mean goes along the height, the variance along channels.
// CHECK-LABEL: func.func @inference_mean_of_height(
// CHECK-NOT: norm.
// Why: statistics along different dimensions
func.func @inference_mean_of_height(%arg0: tensor<8x14x14x14xf32>, %arg1: tensor<14xf32>, %arg2: tensor<14xf32>, %arg3: tensor<14xf32>, %arg4: tensor<14xf32>) -> tensor<8x14x14x14xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<8x14x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map6, #map1, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg1, %arg2, %arg3, %arg4 : tensor<8x14x14x14xf32>, tensor<14xf32>, tensor<14xf32>, tensor<14xf32>, tensor<14xf32>) outs(%0 : tensor<8x14x14x14xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %in_2: f32, %in_3: f32, %out: f32):
    %2 = arith.subf %in, %in_0 : f32
    %3 = arith.addf %in_1, %cst : f32
    %4 = math.rsqrt %3 : f32
    %5 = arith.mulf %2, %4 : f32
    %6 = arith.mulf %5, %in_2 : f32
    %7 = arith.addf %6, %in_3 : f32
    linalg.yield %7 : f32
  } -> tensor<8x14x14x14xf32>
  return %1 : tensor<8x14x14x14xf32>
}

// (x - mean) / (variance + eps): the root is missing.
// CHECK-LABEL: func.func @inference_without_root(
// CHECK-NOT: norm.
func.func @inference_without_root(%arg0: tensor<8x14x14x14xf32>, %arg1: tensor<14xf32>, %arg2: tensor<14xf32>) -> tensor<8x14x14x14xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<8x14x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg1, %arg2 : tensor<8x14x14x14xf32>, tensor<14xf32>, tensor<14xf32>) outs(%0 : tensor<8x14x14x14xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %out: f32):
    %2 = arith.subf %in, %in_0 : f32
    %3 = arith.addf %in_1, %cst : f32
    %4 = arith.divf %2, %3 : f32
    linalg.yield %4 : f32
  } -> tensor<8x14x14x14xf32>
  return %1 : tensor<8x14x14x14xf32>
}

// Epsilon is added to the running standard deviation.
// CHECK-LABEL: func.func @inference_eps_outside(
// CHECK-NOT: norm.
// Why: epsilon outside the root
func.func @inference_eps_outside(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg3, %arg4, %arg1, %arg2 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %in_2: f32, %in_3: f32, %out: f32):
    %2 = arith.subf %in, %in_0 : f32
    %3 = math.sqrt %in_1 : f32
    %4 = arith.addf %3, %cst : f32
    %5 = arith.divf %2, %4 : f32
    %6 = arith.mulf %5, %in_2 : f32
    %7 = arith.addf %6, %in_3 : f32
    linalg.yield %7 : f32
  } -> tensor<4x32x14x14xf32>
  return %1 : tensor<4x32x14x14xf32>
}

// Every channel has an epsilon of its own.
// CHECK-LABEL: func.func @inference_eps_per_channel(
// CHECK-NOT: norm.
// Why: epsilon differs per channel
func.func @inference_eps_per_channel(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>, %arg5: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map1, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg3, %arg4, %arg5, %arg1, %arg2 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %2 = arith.subf %in, %in_0 : f32
    %3 = arith.addf %in_1, %in_2 : f32
    %4 = math.rsqrt %3 : f32
    %5 = arith.mulf %2, %4 : f32
    %6 = arith.mulf %5, %in_3 : f32
    %7 = arith.addf %6, %in_4 : f32
    linalg.yield %7 : f32
  } -> tensor<4x32x14x14xf32>
  return %1 : tensor<4x32x14x14xf32>
}

// Scaled by the running variance, nothing is subtracted.
// CHECK-LABEL: func.func @inference_no_mean(
// CHECK-NOT: norm.
func.func @inference_no_mean(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg3, %arg1, %arg2 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %in_2: f32, %out: f32):
    %2 = arith.addf %in_0, %cst : f32
    %3 = math.rsqrt %2 : f32
    %4 = arith.mulf %in, %3 : f32
    %5 = arith.mulf %4, %in_1 : f32
    %6 = arith.addf %5, %in_2 : f32
    linalg.yield %6 : f32
  } -> tensor<4x32x14x14xf32>
  return %1 : tensor<4x32x14x14xf32>
}

// Given statistics of every sample and channel: no batch norm.
// CHECK-LABEL: func.func @inference_statistics_per_sample(
// CHECK-NOT: norm.
// Why: statistics are not one for each channel
func.func @inference_statistics_per_sample(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<4x32xf32>, %arg4: tensor<4x32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map5, #map5, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg3, %arg4, %arg1, %arg2 : tensor<4x32x14x14xf32>, tensor<4x32xf32>, tensor<4x32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %in_2: f32, %in_3: f32, %out: f32):
    %2 = arith.subf %in, %in_0 : f32
    %3 = arith.addf %in_1, %cst : f32
    %4 = math.rsqrt %3 : f32
    %5 = arith.mulf %2, %4 : f32
    %6 = arith.mulf %5, %in_2 : f32
    %7 = arith.addf %6, %in_3 : f32
    linalg.yield %7 : f32
  } -> tensor<4x32x14x14xf32>
  return %1 : tensor<4x32x14x14xf32>
}

// Scale and shift of channels: a batch norm that was folded already.
// CHECK-LABEL: func.func @affine_only(
// CHECK-NOT: norm.
func.func @affine_only(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg1, %arg2 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %out: f32):
    %2 = arith.mulf %in, %in_0 : f32
    %3 = arith.addf %2, %in_1 : f32
    linalg.yield %3 : f32
  } -> tensor<4x32x14x14xf32>
  return %1 : tensor<4x32x14x14xf32>
}

// Epsilon is subtracted from the running variance.
// CHECK-LABEL: func.func @inference_eps_negative(
// CHECK-NOT: norm.
// Why: epsilon is negative
func.func @inference_eps_negative(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg3, %arg4, %arg1, %arg2 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %in_2: f32, %in_3: f32, %out: f32):
    %2 = arith.subf %in, %in_0 : f32
    %3 = arith.subf %in_1, %cst : f32
    %4 = math.rsqrt %3 : f32
    %5 = arith.mulf %2, %4 : f32
    %6 = arith.mulf %5, %in_2 : f32
    %7 = arith.addf %6, %in_3 : f32
    linalg.yield %7 : f32
  } -> tensor<4x32x14x14xf32>
  return %1 : tensor<4x32x14x14xf32>
}

// x * (rstd * w) + (b - mean * rstd): the weight is missing in the shift.
// CHECK-LABEL: func.func @inference_shift_without_scale(
// CHECK-NOT: norm.
// Why: shift is not that of the scale
func.func @inference_shift_without_scale(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%arg4, %arg1 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %6 = arith.addf %in, %cst : f32
    %7 = math.rsqrt %6 : f32
    %8 = arith.mulf %7, %in_0 : f32
    linalg.yield %8 : f32
  } -> tensor<32xf32>
  %2 = tensor.empty() : tensor<32xf32>
  %3 = linalg.generic {indexing_maps = [#map2, #map2, #map2, #map2], iterator_types = ["parallel"]} ins(%arg3, %arg2, %arg4 : tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%2 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %out: f32):
    %6 = arith.addf %in_1, %cst : f32
    %7 = math.rsqrt %6 : f32
    %8 = arith.mulf %in, %7 : f32
    %9 = arith.subf %in_0, %8 : f32
    linalg.yield %9 : f32
  } -> tensor<32xf32>
  %4 = tensor.empty() : tensor<4x32x14x14xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %1, %3 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %out: f32):
    %6 = arith.mulf %in, %in_0 : f32
    %7 = arith.addf %6, %in_1 : f32
    linalg.yield %7 : f32
  } -> tensor<4x32x14x14xf32>
  return %5 : tensor<4x32x14x14xf32>
}
