// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Batch, instance and group normalization in the ways one writes them by hand.

#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d1)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d3)>
#map4 = affine_map<(d0, d1) -> (d0, d1)>
#map5 = affine_map<(d0, d1) -> (d1)>

// Batch norm in training, channels first.
// CHECK-LABEL: func.func @batch_channels_first(
// CHECK: norm.batch_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @batch_channels_first(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 7.840000e+02 : f32
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

// Channels last.
// CHECK-LABEL: func.func @batch_channels_last(
// CHECK: norm.batch_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_last eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @batch_channels_last(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x14x14x32xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 7.840000e+02 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<32xf32>) -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map3], iterator_types = ["reduction", "reduction", "reduction", "parallel"]} ins(%arg0 : tensor<4x14x14x32xf32>) outs(%1 : tensor<32xf32>) {
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
  %7 = linalg.generic {indexing_maps = [#map, #map3, #map3], iterator_types = ["reduction", "reduction", "reduction", "parallel"]} ins(%arg0, %4 : tensor<4x14x14x32xf32>, tensor<32xf32>) outs(%6 : tensor<32xf32>) {
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
  %10 = tensor.empty() : tensor<4x14x14x32xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map3, #map3, #map3, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<4x14x14x32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%10 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<4x14x14x32xf32>
  return %11 : tensor<4x14x14x32xf32>
}

// Rank 2: both layouts are the same.
// CHECK-LABEL: func.func @batch_rank_2(
// CHECK: norm.batch_norm {{.*}}eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}}
// CHECK-NOT: linalg.generic
func.func @batch_rank_2(%arg0: tensor<16x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<16x32xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.600000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<32xf32>) -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["reduction", "parallel"]} ins(%arg0 : tensor<16x32xf32>) outs(%1 : tensor<32xf32>) {
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
  %7 = linalg.generic {indexing_maps = [#map4, #map5, #map5], iterator_types = ["reduction", "parallel"]} ins(%arg0, %4 : tensor<16x32xf32>, tensor<32xf32>) outs(%6 : tensor<32xf32>) {
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
  %10 = tensor.empty() : tensor<16x32xf32>
  %11 = linalg.generic {indexing_maps = [#map4, #map5, #map5, #map5, #map5, #map4], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<16x32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%10 : tensor<16x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<16x32xf32>
  return %11 : tensor<16x32xf32>
}

// Mean and rstd are results.
// CHECK-LABEL: func.func @batch_statistics_returned(
// CHECK: :3 = norm.batch_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @batch_statistics_returned(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> (tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 7.840000e+02 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<32xf32>) -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<32xf32>
  %3 = tensor.empty() : tensor<32xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<32xf32>
  %5 = tensor.empty() : tensor<32xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<32xf32>) -> tensor<32xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0, %4 : tensor<4x32x14x14xf32>, tensor<32xf32>) outs(%6 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.subf %in, %in_2 : f32
    %16 = arith.mulf %14, %15 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<32xf32>
  %8 = tensor.empty() : tensor<32xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<32xf32>) outs(%8 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<32xf32>
  %10 = tensor.empty() : tensor<32xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%9 : tensor<32xf32>) outs(%10 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %in, %cst_1 : f32
    %15 = math.rsqrt %14 : f32
    linalg.yield %15 : f32
  } -> tensor<32xf32>
  %12 = tensor.empty() : tensor<4x32x14x14xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %4, %11, %arg1, %arg2 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%12 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.mulf %14, %in_3 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<4x32x14x14xf32>
  return %13, %4, %11 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>
}

// Running statistics, unbiased by N / (N - 1); they may be taken into the op or stay.
// CHECK-LABEL: func.func @batch_running(
// CHECK: norm.batch_norm %{{[^ ]+}} scale({{.*}}layout = channels_first
func.func @batch_running(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> (tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 7.840000e+02 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %cst_2 = arith.constant 0.899999976 : f32
  %cst_3 = arith.constant 1.000000e-01 : f32
  %cst_4 = arith.constant 1.00127709 : f32
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<32xf32>) -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<32xf32>
  %3 = tensor.empty() : tensor<32xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<32xf32>
  %5 = tensor.empty() : tensor<32xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<32xf32>) -> tensor<32xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0, %4 : tensor<4x32x14x14xf32>, tensor<32xf32>) outs(%6 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %16 = arith.subf %in, %in_5 : f32
    %17 = arith.subf %in, %in_5 : f32
    %18 = arith.mulf %16, %17 : f32
    %19 = arith.addf %out, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<32xf32>
  %8 = tensor.empty() : tensor<32xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<32xf32>) outs(%8 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<32xf32>
  %10 = tensor.empty() : tensor<4x32x14x14xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%10 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %in_6: f32, %in_7: f32, %in_8: f32, %out: f32):
    %16 = arith.subf %in, %in_5 : f32
    %17 = arith.addf %in_6, %cst_1 : f32
    %18 = math.rsqrt %17 : f32
    %19 = arith.mulf %16, %18 : f32
    %20 = arith.mulf %19, %in_7 : f32
    %21 = arith.addf %20, %in_8 : f32
    linalg.yield %21 : f32
  } -> tensor<4x32x14x14xf32>
  %12 = tensor.empty() : tensor<32xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%arg3, %4 : tensor<32xf32>, tensor<32xf32>) outs(%12 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %16 = arith.mulf %in, %cst_2 : f32
    %17 = arith.mulf %in_5, %cst_3 : f32
    %18 = arith.addf %16, %17 : f32
    linalg.yield %18 : f32
  } -> tensor<32xf32>
  %14 = tensor.empty() : tensor<32xf32>
  %15 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%arg4, %9 : tensor<32xf32>, tensor<32xf32>) outs(%14 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %16 = arith.mulf %in, %cst_2 : f32
    %17 = arith.mulf %in_5, %cst_4 : f32
    %18 = arith.mulf %17, %cst_3 : f32
    %19 = arith.addf %16, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<32xf32>
  return %11, %13, %15 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>
}

// Running statistics as a + (m - a) * momentum, biased.
// CHECK-LABEL: func.func @batch_running_difference(
// CHECK: norm.batch_norm %{{[^ ]+}} scale({{.*}}layout = channels_first
func.func @batch_running_difference(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> (tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 7.840000e+02 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %cst_2 = arith.constant 1.000000e-01 : f32
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<32xf32>) -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<32xf32>
  %3 = tensor.empty() : tensor<32xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<32xf32>
  %5 = tensor.empty() : tensor<32xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<32xf32>) -> tensor<32xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0, %4 : tensor<4x32x14x14xf32>, tensor<32xf32>) outs(%6 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %16 = arith.subf %in, %in_3 : f32
    %17 = arith.subf %in, %in_3 : f32
    %18 = arith.mulf %16, %17 : f32
    %19 = arith.addf %out, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<32xf32>
  %8 = tensor.empty() : tensor<32xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<32xf32>) outs(%8 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<32xf32>
  %10 = tensor.empty() : tensor<4x32x14x14xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%10 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %in_5: f32, %in_6: f32, %out: f32):
    %16 = arith.subf %in, %in_3 : f32
    %17 = arith.addf %in_4, %cst_1 : f32
    %18 = math.rsqrt %17 : f32
    %19 = arith.mulf %16, %18 : f32
    %20 = arith.mulf %19, %in_5 : f32
    %21 = arith.addf %20, %in_6 : f32
    linalg.yield %21 : f32
  } -> tensor<4x32x14x14xf32>
  %12 = tensor.empty() : tensor<32xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%arg3, %4 : tensor<32xf32>, tensor<32xf32>) outs(%12 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %16 = arith.subf %in_3, %in : f32
    %17 = arith.mulf %16, %cst_2 : f32
    %18 = arith.addf %in, %17 : f32
    linalg.yield %18 : f32
  } -> tensor<32xf32>
  %14 = tensor.empty() : tensor<32xf32>
  %15 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%arg4, %9 : tensor<32xf32>, tensor<32xf32>) outs(%14 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %16 = arith.subf %in_3, %in : f32
    %17 = arith.mulf %16, %cst_2 : f32
    %18 = arith.addf %in, %17 : f32
    linalg.yield %18 : f32
  } -> tensor<32xf32>
  return %11, %13, %15 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>
}

// Dynamic batch and space, whose product is the count.
// CHECK-LABEL: func.func @batch_dynamic(
// CHECK: norm.batch_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @batch_dynamic(%arg0: tensor<?x32x?x?xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<?x32x?x?xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.99999974E-6 : f32
  %dim = tensor.dim %arg0, %c0 : tensor<?x32x?x?xf32>
  %dim_1 = tensor.dim %arg0, %c2 : tensor<?x32x?x?xf32>
  %dim_2 = tensor.dim %arg0, %c3 : tensor<?x32x?x?xf32>
  %0 = arith.muli %dim, %dim_1 : index
  %1 = arith.muli %0, %dim_2 : index
  %2 = arith.index_cast %1 : index to i64
  %3 = arith.sitofp %2 : i64 to f32
  %4 = tensor.empty() : tensor<32xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<32xf32>) -> tensor<32xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<?x32x?x?xf32>) outs(%5 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<32xf32>
  %7 = tensor.empty() : tensor<32xf32>
  %8 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%6 : tensor<32xf32>) outs(%7 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %3 : f32
    linalg.yield %16 : f32
  } -> tensor<32xf32>
  %9 = tensor.empty() : tensor<32xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<32xf32>) -> tensor<32xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0, %8 : tensor<?x32x?x?xf32>, tensor<32xf32>) outs(%10 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %16 = arith.subf %in, %in_6 : f32
    %17 = arith.subf %in, %in_6 : f32
    %18 = arith.mulf %16, %17 : f32
    %19 = arith.addf %out, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<32xf32>
  %12 = tensor.empty() : tensor<32xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%11 : tensor<32xf32>) outs(%12 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %3 : f32
    linalg.yield %16 : f32
  } -> tensor<32xf32>
  %dim_3 = tensor.dim %arg0, %c0 : tensor<?x32x?x?xf32>
  %dim_4 = tensor.dim %arg0, %c2 : tensor<?x32x?x?xf32>
  %dim_5 = tensor.dim %arg0, %c3 : tensor<?x32x?x?xf32>
  %14 = tensor.empty(%dim_3, %dim_4, %dim_5) : tensor<?x32x?x?xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %8, %13, %arg1, %arg2 : tensor<?x32x?x?xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%14 : tensor<?x32x?x?xf32>) {
  ^bb0(%in: f32, %in_6: f32, %in_7: f32, %in_8: f32, %in_9: f32, %out: f32):
    %16 = arith.subf %in, %in_6 : f32
    %17 = arith.addf %in_7, %cst_0 : f32
    %18 = math.rsqrt %17 : f32
    %19 = arith.mulf %16, %18 : f32
    %20 = arith.mulf %19, %in_8 : f32
    %21 = arith.addf %20, %in_9 : f32
    linalg.yield %21 : f32
  } -> tensor<?x32x?x?xf32>
  return %15 : tensor<?x32x?x?xf32>
}

// Given statistics, all in one body, the root as well.
// CHECK-LABEL: func.func @inference_one_body(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @inference_one_body(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg3, %arg4, %arg1, %arg2 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
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

// Channels last, 1 / sqrt.
// CHECK-LABEL: func.func @inference_channels_last(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_last eps = {{(1\.000000e-03|0\.00100[0-9]*)}} outs(
// CHECK-NOT: linalg.generic
func.func @inference_channels_last(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x14x14x32xf32> {
  %cst = arith.constant 1.000000e-03 : f32
  %cst_0 = arith.constant 1.000000e+00 : f32
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg4 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %4 = arith.addf %in, %cst : f32
    %5 = math.sqrt %4 : f32
    %6 = arith.divf %cst_0, %5 : f32
    linalg.yield %6 : f32
  } -> tensor<32xf32>
  %2 = tensor.empty() : tensor<4x14x14x32xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map3, #map3, #map3, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg3, %1, %arg1, %arg2 : tensor<4x14x14x32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%2 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %4 = arith.subf %in, %in_1 : f32
    %5 = arith.mulf %in_2, %in_3 : f32
    %6 = arith.mulf %4, %5 : f32
    %7 = arith.addf %6, %in_4 : f32
    linalg.yield %7 : f32
  } -> tensor<4x14x14x32xf32>
  return %3 : tensor<4x14x14x32xf32>
}

// x * s + t with s = w / sqrt(v + eps), t = b - m * s, by math.fma.
// CHECK-LABEL: func.func @inference_scale_shift(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @inference_scale_shift(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%arg4, %arg1 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %6 = arith.addf %in, %cst : f32
    %7 = math.sqrt %6 : f32
    %8 = arith.divf %in_0, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<32xf32>
  %2 = tensor.empty() : tensor<32xf32>
  %3 = linalg.generic {indexing_maps = [#map2, #map2, #map2, #map2], iterator_types = ["parallel"]} ins(%arg3, %1, %arg2 : tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%2 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %out: f32):
    %6 = arith.mulf %in, %in_0 : f32
    %7 = arith.subf %in_1, %6 : f32
    linalg.yield %7 : f32
  } -> tensor<32xf32>
  %4 = tensor.empty() : tensor<4x32x14x14xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %1, %3 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %out: f32):
    %6 = math.fma %in, %in_0, %in_1 : f32
    linalg.yield %6 : f32
  } -> tensor<4x32x14x14xf32>
  return %5 : tensor<4x32x14x14xf32>
}

// f16 with f32 parameters.
// CHECK-LABEL: func.func @inference_f16(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @inference_f16(%arg0: tensor<4x32x14x14xf16>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x32x14x14xf16> {
  %cst = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<4x32x14x14xf16>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg3, %arg4, %arg1, %arg2 : tensor<4x32x14x14xf16>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<4x32x14x14xf16>) {
  ^bb0(%in: f16, %in_0: f32, %in_1: f32, %in_2: f32, %in_3: f32, %out: f16):
    %2 = arith.extf %in : f16 to f32
    %3 = arith.subf %2, %in_0 : f32
    %4 = arith.addf %in_1, %cst : f32
    %5 = math.rsqrt %4 : f32
    %6 = arith.mulf %3, %5 : f32
    %7 = arith.mulf %6, %in_2 : f32
    %8 = arith.addf %7, %in_3 : f32
    %9 = arith.truncf %8 : f32 to f16
    linalg.yield %9 : f16
  } -> tensor<4x32x14x14xf16>
  return %1 : tensor<4x32x14x14xf16>
}
