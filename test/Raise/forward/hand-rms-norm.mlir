// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// RMS normalization in the ways one writes it by hand: one thing is varied at a time.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map5 = affine_map<(d0, d1) -> ()>
#map6 = affine_map<(d0, d1) -> (d0)>
#map7 = affine_map<(d0) -> (d0)>
#map8 = affine_map<(d0, d1) -> (d1)>
#map9 = affine_map<(d0, d1, d2) -> (d0)>
#map10 = affine_map<(d0, d1, d2) -> (d1, d2)>
#map11 = affine_map<(d0, d1) -> (d0, 0)>

// Sum of squares in one reduction, all else in one body: divided by N, epsilon, rsqrt.
// CHECK-LABEL: func.func @rms_sum_over_n(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_sum_over_n(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %5 = arith.mulf %in, %in : f32
    %6 = arith.addf %out, %5 : f32
    linalg.yield %6 : f32
  } -> tensor<2x16xf32>
  %3 = tensor.empty() : tensor<2x16x64xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %2, %arg1 : tensor<2x16x64xf32>, tensor<2x16xf32>, tensor<64xf32>) outs(%3 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %5 = arith.divf %in_2, %cst_0 : f32
    %6 = arith.addf %5, %cst_1 : f32
    %7 = math.rsqrt %6 : f32
    %8 = arith.mulf %in, %7 : f32
    %9 = arith.mulf %8, %in_3 : f32
    linalg.yield %9 : f32
  } -> tensor<2x16x64xf32>
  return %4 : tensor<2x16x64xf32>
}

// The mean is a sum times 1/N.
// CHECK-LABEL: func.func @rms_sum_times_reciprocal(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_sum_times_reciprocal(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.562500e-02 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16xf32>
  %3 = tensor.empty() : tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<2x16xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %cst_0 : f32
    %8 = arith.addf %7, %cst_1 : f32
    %9 = math.rsqrt %8 : f32
    linalg.yield %9 : f32
  } -> tensor<2x16xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<2x16x64xf32>, tensor<2x16xf32>, tensor<64xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %7 = arith.mulf %in, %in_2 : f32
    %8 = arith.mulf %7, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16x64xf32>
  return %6 : tensor<2x16x64xf32>
}

// 1/N is multiplied in before the sum (N a power of two, so nothing is rounded differently).
// CHECK-LABEL: func.func @rms_reciprocal_inside_sum(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_reciprocal_inside_sum(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.562500e-02 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.mulf %7, %cst_0 : f32
    %9 = arith.addf %out, %8 : f32
    linalg.yield %9 : f32
  } -> tensor<2x16xf32>
  %3 = tensor.empty() : tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<2x16xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.addf %in, %cst_1 : f32
    %8 = math.rsqrt %7 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<2x16x64xf32>, tensor<2x16xf32>, tensor<64xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %7 = arith.mulf %in, %in_2 : f32
    %8 = arith.mulf %7, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16x64xf32>
  return %6 : tensor<2x16x64xf32>
}

// x / sqrt(mean + eps).
// CHECK-LABEL: func.func @rms_x_over_sqrt(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_x_over_sqrt(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16xf32>
  %3 = tensor.empty() : tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<2x16xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    %8 = arith.addf %7, %cst_1 : f32
    %9 = math.sqrt %8 : f32
    linalg.yield %9 : f32
  } -> tensor<2x16xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<2x16x64xf32>, tensor<2x16xf32>, tensor<64xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %7 = arith.divf %in, %in_2 : f32
    %8 = arith.mulf %7, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16x64xf32>
  return %6 : tensor<2x16x64xf32>
}

// x * (1 / sqrt(mean + eps)).
// CHECK-LABEL: func.func @rms_x_times_one_over_sqrt(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_x_times_one_over_sqrt(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %cst_2 = arith.constant 1.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16xf32>
  %3 = tensor.empty() : tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<2x16xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    %8 = arith.addf %7, %cst_1 : f32
    %9 = math.sqrt %8 : f32
    %10 = arith.divf %cst_2, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<2x16xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<2x16x64xf32>, tensor<2x16xf32>, tensor<64xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %out: f32):
    %7 = arith.mulf %in, %in_3 : f32
    %8 = arith.mulf %7, %in_4 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16x64xf32>
  return %6 : tensor<2x16x64xf32>
}

// The square is powf 2, the root powf -0.5, the weight comes first.
// CHECK-LABEL: func.func @rms_pow_minus_half(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_pow_minus_half(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 2.000000e+00 : f32
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 9.99999997E-7 : f32
  %cst_3 = arith.constant -5.000000e-01 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = math.powf %in, %cst_0 : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16xf32>
  %3 = tensor.empty() : tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<2x16xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_1 : f32
    %8 = arith.addf %7, %cst_2 : f32
    %9 = math.powf %8, %cst_3 : f32
    linalg.yield %9 : f32
  } -> tensor<2x16xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<2x16x64xf32>, tensor<2x16xf32>, tensor<64xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %in_5: f32, %out: f32):
    %7 = arith.mulf %in, %in_4 : f32
    %8 = arith.mulf %in_5, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16x64xf32>
  return %6 : tensor<2x16x64xf32>
}

// The square is fpowi 2 in an op of its own; sums keep the dimension.
// CHECK-LABEL: func.func @rms_fpowi_square(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_fpowi_square(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %c2_i32 = arith.constant 2 : i32
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = math.fpowi %in, %c2_i32 : f32, i32
    linalg.yield %9 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x1xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map4], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.addf %out, %in : f32
    linalg.yield %9 : f32
  } -> tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.divf %in, %cst_0 : f32
    %10 = arith.addf %9, %cst_1 : f32
    %11 = math.rsqrt %10 : f32
    linalg.yield %11 : f32
  } -> tensor<2x16x1xf32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map4, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %6, %arg1 : tensor<2x16x64xf32>, tensor<2x16x1xf32>, tensor<64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %9 = arith.mulf %in, %in_2 : f32
    %10 = arith.mulf %9, %in_3 : f32
    linalg.yield %10 : f32
  } -> tensor<2x16x64xf32>
  return %8 : tensor<2x16x64xf32>
}

// x * (rstd * w).
// CHECK-LABEL: func.func @rms_weight_into_rstd(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_weight_into_rstd(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %5 = arith.mulf %in, %in : f32
    %6 = arith.addf %out, %5 : f32
    linalg.yield %6 : f32
  } -> tensor<2x16xf32>
  %3 = tensor.empty() : tensor<2x16x64xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %2, %arg1 : tensor<2x16x64xf32>, tensor<2x16xf32>, tensor<64xf32>) outs(%3 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %5 = arith.divf %in_2, %cst_0 : f32
    %6 = arith.addf %5, %cst_1 : f32
    %7 = math.rsqrt %6 : f32
    %8 = arith.mulf %7, %in_3 : f32
    %9 = arith.mulf %in, %8 : f32
    linalg.yield %9 : f32
  } -> tensor<2x16x64xf32>
  return %4 : tensor<2x16x64xf32>
}

// Epsilon is a scalar argument of the function.
// CHECK-LABEL: func.func @rms_scalar_eps(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps ({{[^)]*}}) outs(
// CHECK-NOT: linalg.generic
func.func @rms_scalar_eps(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: f32) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16xf32>
  %3 = tensor.empty() : tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<2x16xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    %8 = arith.addf %7, %arg2 : f32
    %9 = math.rsqrt %8 : f32
    linalg.yield %9 : f32
  } -> tensor<2x16xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<2x16x64xf32>, tensor<2x16xf32>, tensor<64xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %7 = arith.mulf %in, %in_1 : f32
    %8 = arith.mulf %7, %in_2 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16x64xf32>
  return %6 : tensor<2x16x64xf32>
}

// Epsilon is a tensor of rank 0.
// CHECK-LABEL: func.func @rms_rank0_eps(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps ({{[^)]*}}) outs(
// CHECK-NOT: linalg.generic
func.func @rms_rank0_eps(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<f32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16xf32>
  %3 = tensor.empty() : tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map5, #map3], iterator_types = ["parallel", "parallel"]} ins(%2, %arg2 : tensor<2x16xf32>, tensor<f32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    %8 = arith.addf %7, %in_1 : f32
    %9 = math.rsqrt %8 : f32
    linalg.yield %9 : f32
  } -> tensor<2x16xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<2x16x64xf32>, tensor<2x16xf32>, tensor<64xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %7 = arith.mulf %in, %in_1 : f32
    %8 = arith.mulf %7, %in_2 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16x64xf32>
  return %6 : tensor<2x16x64xf32>
}

// Epsilon is extracted from a tensor of rank 0.
// CHECK-LABEL: func.func @rms_extracted_eps(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps ({{[^)]*}}) outs(
// CHECK-NOT: linalg.generic
func.func @rms_extracted_eps(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<f32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %extracted = tensor.extract %arg2[] : tensor<f32>
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16xf32>
  %3 = tensor.empty() : tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<2x16xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    %8 = arith.addf %7, %extracted : f32
    %9 = math.rsqrt %8 : f32
    linalg.yield %9 : f32
  } -> tensor<2x16xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<2x16x64xf32>, tensor<2x16xf32>, tensor<64xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %7 = arith.mulf %in, %in_1 : f32
    %8 = arith.mulf %7, %in_2 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16x64xf32>
  return %6 : tensor<2x16x64xf32>
}

// Named linalg ops with splats for N and epsilon, broadcasts by op.
// CHECK-LABEL: func.func @rms_named_ops_splats(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.reduce
func.func @rms_named_ops_splats(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.square ins(%arg0 : tensor<16x64xf32>) outs(%0 : tensor<16x64xf32>) -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %reduced = linalg.reduce ins(%1 : tensor<16x64xf32>) outs(%3 : tensor<16xf32>) dimensions = [1]
    (%in: f32, %init: f32) {
      %16 = arith.addf %in, %init : f32
      linalg.yield %16 : f32
    }
  %cst_0 = arith.constant dense<6.400000e+01> : tensor<16xf32>
  %cst_1 = arith.constant dense<9.99999997E-7> : tensor<16xf32>
  %4 = tensor.empty() : tensor<16xf32>
  %5 = linalg.div ins(%reduced, %cst_0 : tensor<16xf32>, tensor<16xf32>) outs(%4 : tensor<16xf32>) -> tensor<16xf32>
  %6 = tensor.empty() : tensor<16xf32>
  %7 = linalg.add ins(%5, %cst_1 : tensor<16xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.rsqrt ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16x64xf32>
  %broadcasted = linalg.broadcast ins(%9 : tensor<16xf32>) outs(%10 : tensor<16x64xf32>) dimensions = [1]
  %11 = tensor.empty() : tensor<16x64xf32>
  %12 = linalg.mul ins(%arg0, %broadcasted : tensor<16x64xf32>, tensor<16x64xf32>) outs(%11 : tensor<16x64xf32>) -> tensor<16x64xf32>
  %13 = tensor.empty() : tensor<16x64xf32>
  %broadcasted_2 = linalg.broadcast ins(%arg1 : tensor<64xf32>) outs(%13 : tensor<16x64xf32>) dimensions = [0]
  %14 = tensor.empty() : tensor<16x64xf32>
  %15 = linalg.mul ins(%12, %broadcasted_2 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%14 : tensor<16x64xf32>) -> tensor<16x64xf32>
  return %15 : tensor<16x64xf32>
}

// Dynamic sizes: N is tensor.dim, through i64 to f32.
// CHECK-LABEL: func.func @rms_dynamic_count(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_dynamic_count(%arg0: tensor<?x?xf32>, %arg1: tensor<?xf32>) -> tensor<?x?xf32> {
  %c1 = arith.constant 1 : index
  %c0 = arith.constant 0 : index
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %dim = tensor.dim %arg0, %c1 : tensor<?x?xf32>
  %dim_1 = tensor.dim %arg0, %c0 : tensor<?x?xf32>
  %0 = tensor.empty(%dim_1) : tensor<?xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<?xf32>) -> tensor<?xf32>
  %2 = linalg.generic {indexing_maps = [#map3, #map6], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<?x?xf32>) outs(%1 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.mulf %in, %in : f32
    %10 = arith.addf %out, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<?xf32>
  %3 = arith.index_cast %dim : index to i64
  %4 = arith.sitofp %3 : i64 to f32
  %dim_2 = tensor.dim %2, %c0 : tensor<?xf32>
  %5 = tensor.empty(%dim_2) : tensor<?xf32>
  %6 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%2 : tensor<?xf32>) outs(%5 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.divf %in, %4 : f32
    %10 = arith.addf %9, %cst_0 : f32
    %11 = math.rsqrt %10 : f32
    linalg.yield %11 : f32
  } -> tensor<?xf32>
  %dim_3 = tensor.dim %arg0, %c0 : tensor<?x?xf32>
  %dim_4 = tensor.dim %arg0, %c1 : tensor<?x?xf32>
  %7 = tensor.empty(%dim_3, %dim_4) : tensor<?x?xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map6, #map8, #map3], iterator_types = ["parallel", "parallel"]} ins(%arg0, %6, %arg1 : tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>) outs(%7 : tensor<?x?xf32>) {
  ^bb0(%in: f32, %in_5: f32, %in_6: f32, %out: f32):
    %9 = arith.mulf %in, %in_5 : f32
    %10 = arith.mulf %9, %in_6 : f32
    linalg.yield %10 : f32
  } -> tensor<?x?xf32>
  return %8 : tensor<?x?xf32>
}

// Dynamic sizes: 1 / N computed once outside; no weight.
// CHECK-LABEL: func.func @rms_dynamic_reciprocal(
// CHECK: norm.rms_norm %{{[^ ]+}} axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_dynamic_reciprocal(%arg0: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %c1 = arith.constant 1 : index
  %c0 = arith.constant 0 : index
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e+00 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %dim = tensor.dim %arg0, %c1 : tensor<?x?xf32>
  %dim_2 = tensor.dim %arg0, %c0 : tensor<?x?xf32>
  %0 = tensor.empty(%dim_2) : tensor<?xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<?xf32>) -> tensor<?xf32>
  %2 = linalg.generic {indexing_maps = [#map3, #map6], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<?x?xf32>) outs(%1 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.mulf %in, %in : f32
    %11 = arith.addf %out, %10 : f32
    linalg.yield %11 : f32
  } -> tensor<?xf32>
  %3 = arith.index_cast %dim : index to i32
  %4 = arith.uitofp %3 : i32 to f32
  %5 = arith.divf %cst_0, %4 : f32
  %dim_3 = tensor.dim %2, %c0 : tensor<?xf32>
  %6 = tensor.empty(%dim_3) : tensor<?xf32>
  %7 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%2 : tensor<?xf32>) outs(%6 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.mulf %in, %5 : f32
    %11 = arith.addf %10, %cst_1 : f32
    %12 = math.rsqrt %11 : f32
    linalg.yield %12 : f32
  } -> tensor<?xf32>
  %dim_4 = tensor.dim %arg0, %c0 : tensor<?x?xf32>
  %dim_5 = tensor.dim %arg0, %c1 : tensor<?x?xf32>
  %8 = tensor.empty(%dim_4, %dim_5) : tensor<?x?xf32>
  %9 = linalg.generic {indexing_maps = [#map3, #map6, #map3], iterator_types = ["parallel", "parallel"]} ins(%arg0, %7 : tensor<?x?xf32>, tensor<?xf32>) outs(%8 : tensor<?x?xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %10 = arith.mulf %in, %in_6 : f32
    linalg.yield %10 : f32
  } -> tensor<?x?xf32>
  return %9 : tensor<?x?xf32>
}

// bf16 widened in both bodies; rounded after the weight.
// CHECK-LABEL: func.func @rms_bf16_casts_after_weight(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_bf16_casts_after_weight(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64xbf16>) -> tensor<2x16x64xbf16> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %7 = arith.extf %in : bf16 to f32
    %8 = arith.extf %in : bf16 to f32
    %9 = arith.mulf %7, %8 : f32
    %10 = arith.addf %out, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<2x16xf32>
  %3 = tensor.empty() : tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<2x16xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    %8 = arith.addf %7, %cst_1 : f32
    %9 = math.rsqrt %8 : f32
    linalg.yield %9 : f32
  } -> tensor<2x16xf32>
  %5 = tensor.empty() : tensor<2x16x64xbf16>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<2x16x64xbf16>, tensor<2x16xf32>, tensor<64xbf16>) outs(%5 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: f32, %in_3: bf16, %out: bf16):
    %7 = arith.extf %in : bf16 to f32
    %8 = arith.mulf %7, %in_2 : f32
    %9 = arith.extf %in_3 : bf16 to f32
    %10 = arith.mulf %8, %9 : f32
    %11 = arith.truncf %10 : f32 to bf16
    linalg.yield %11 : bf16
  } -> tensor<2x16x64xbf16>
  return %6 : tensor<2x16x64xbf16>
}

// Rounded to f16 after the division, and again by the product with the weight.
// CHECK-LABEL: func.func @rms_f16_casts_before_weight(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} rounding = normalized outs(
// CHECK-NOT: linalg.generic
func.func @rms_f16_casts_before_weight(%arg0: tensor<2x16x64xf16>, %arg1: tensor<64xf16>) -> tensor<2x16x64xf16> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f16, %out: f32):
    %11 = arith.extf %in : f16 to f32
    linalg.yield %11 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.mulf %in, %in : f32
    %12 = arith.addf %out, %11 : f32
    linalg.yield %12 : f32
  } -> tensor<2x16xf32>
  %5 = tensor.empty() : tensor<2x16xf32>
  %6 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%4 : tensor<2x16xf32>) outs(%5 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.divf %in, %cst_0 : f32
    %12 = arith.addf %11, %cst_1 : f32
    %13 = math.rsqrt %12 : f32
    linalg.yield %13 : f32
  } -> tensor<2x16xf32>
  %7 = tensor.empty() : tensor<2x16x64xf16>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %6 : tensor<2x16x64xf32>, tensor<2x16xf32>) outs(%7 : tensor<2x16x64xf16>) {
  ^bb0(%in: f32, %in_2: f32, %out: f16):
    %11 = arith.mulf %in, %in_2 : f32
    %12 = arith.truncf %11 : f32 to f16
    linalg.yield %12 : f16
  } -> tensor<2x16x64xf16>
  %9 = tensor.empty() : tensor<2x16x64xf16>
  %10 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %arg1 : tensor<2x16x64xf16>, tensor<64xf16>) outs(%9 : tensor<2x16x64xf16>) {
  ^bb0(%in: f16, %in_2: f16, %out: f16):
    %11 = arith.mulf %in_2, %in : f16
    linalg.yield %11 : f16
  } -> tensor<2x16x64xf16>
  return %10 : tensor<2x16x64xf16>
}

// (1 + w) in f32, rounded at the end.
// CHECK-LABEL: func.func @rms_weight_plus_one(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} weight_offset = 1.0{{.*}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_weight_plus_one(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64xbf16>) -> tensor<2x16x64xbf16> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %cst_2 = arith.constant 1.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %9 = arith.extf %in : bf16 to f32
    linalg.yield %9 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.mulf %in, %in : f32
    %10 = arith.addf %out, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<2x16xf32>
  %5 = tensor.empty() : tensor<2x16xf32>
  %6 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%4 : tensor<2x16xf32>) outs(%5 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.divf %in, %cst_0 : f32
    %10 = arith.addf %9, %cst_1 : f32
    %11 = math.rsqrt %10 : f32
    linalg.yield %11 : f32
  } -> tensor<2x16xf32>
  %7 = tensor.empty() : tensor<2x16x64xbf16>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %6, %arg1 : tensor<2x16x64xf32>, tensor<2x16xf32>, tensor<64xbf16>) outs(%7 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: bf16, %out: bf16):
    %9 = arith.mulf %in, %in_3 : f32
    %10 = arith.extf %in_4 : bf16 to f32
    %11 = arith.addf %cst_2, %10 : f32
    %12 = arith.mulf %9, %11 : f32
    %13 = arith.truncf %12 : f32 to bf16
    linalg.yield %13 : bf16
  } -> tensor<2x16x64xbf16>
  return %8 : tensor<2x16x64xbf16>
}

// Over the last two dimensions, with a weight of both.
// CHECK-LABEL: func.func @rms_two_axes(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1, 2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_two_axes(%arg0: tensor<8x4x32xf32>, %arg1: tensor<4x32xf32>) -> tensor<8x4x32xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.280000e+02 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<8xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<8xf32>) -> tensor<8xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map9], iterator_types = ["parallel", "reduction", "reduction"]} ins(%arg0 : tensor<8x4x32xf32>) outs(%1 : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<8xf32>
  %3 = tensor.empty() : tensor<8xf32>
  %4 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%2 : tensor<8xf32>) outs(%3 : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    %8 = arith.addf %7, %cst_1 : f32
    %9 = math.rsqrt %8 : f32
    linalg.yield %9 : f32
  } -> tensor<8xf32>
  %5 = tensor.empty() : tensor<8x4x32xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map9, #map10, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<8x4x32xf32>, tensor<8xf32>, tensor<4x32xf32>) outs(%5 : tensor<8x4x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %7 = arith.mulf %in, %in_2 : f32
    %8 = arith.mulf %7, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<8x4x32xf32>
  return %6 : tensor<8x4x32xf32>
}

// Four groups of a row, by expand_shape; the weight is over the whole row, after the collapse.
// CHECK-LABEL: func.func @rms_rank1_groups(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} groups = 4 outs(
// CHECK-NOT: linalg.generic
func.func @rms_rank1_groups(%arg0: tensor<16x256xf32>, %arg1: tensor<256xf32>) -> tensor<16x256xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %expanded = tensor.expand_shape %arg0 [[0], [1, 2]] output_shape [16, 4, 64] : tensor<16x256xf32> into tensor<16x4x64xf32>
  %0 = tensor.empty() : tensor<16x4xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16x4xf32>) -> tensor<16x4xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded : tensor<16x4x64xf32>) outs(%1 : tensor<16x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.mulf %in, %in : f32
    %10 = arith.addf %out, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<16x4xf32>
  %3 = tensor.empty() : tensor<16x4xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<16x4xf32>) outs(%3 : tensor<16x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.divf %in, %cst_0 : f32
    %10 = arith.addf %9, %cst_1 : f32
    %11 = math.rsqrt %10 : f32
    linalg.yield %11 : f32
  } -> tensor<16x4xf32>
  %5 = tensor.empty() : tensor<16x4x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %4 : tensor<16x4x64xf32>, tensor<16x4xf32>) outs(%5 : tensor<16x4x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %9 = arith.mulf %in, %in_2 : f32
    linalg.yield %9 : f32
  } -> tensor<16x4x64xf32>
  %collapsed = tensor.collapse_shape %6 [[0], [1, 2]] : tensor<16x4x64xf32> into tensor<16x256xf32>
  %7 = tensor.empty() : tensor<16x256xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map8, #map3], iterator_types = ["parallel", "parallel"]} ins(%collapsed, %arg1 : tensor<16x256xf32>, tensor<256xf32>) outs(%7 : tensor<16x256xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %9 = arith.mulf %in, %in_2 : f32
    linalg.yield %9 : f32
  } -> tensor<16x256xf32>
  return %8 : tensor<16x256xf32>
}

// The function also returns rstd, for the backward pass.
// CHECK-LABEL: func.func @rms_returns_rstd(
// CHECK: :2 = norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_returns_rstd(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>) -> (tensor<16x64xf32>, tensor<16xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map3, #map6], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    %8 = arith.addf %7, %cst_1 : f32
    %9 = math.rsqrt %8 : f32
    linalg.yield %9 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map3, #map6, #map8, #map3], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<16x64xf32>, tensor<16xf32>, tensor<64xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %7 = arith.mulf %in, %in_2 : f32
    %8 = arith.mulf %7, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<16x64xf32>
  return %6, %4 : tensor<16x64xf32>, tensor<16xf32>
}

// All in f64.
// CHECK-LABEL: func.func @rms_f64(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_f64(%arg0: tensor<16x64xf64>, %arg1: tensor<64xf64>) -> tensor<16x64xf64> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 6.400000e+01 : f64
  %cst_1 = arith.constant 9.9999999999999995E-7 : f64
  %0 = tensor.empty() : tensor<16xf64>
  %1 = linalg.fill ins(%cst : f64) outs(%0 : tensor<16xf64>) -> tensor<16xf64>
  %2 = linalg.generic {indexing_maps = [#map3, #map6], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf64>) outs(%1 : tensor<16xf64>) {
  ^bb0(%in: f64, %out: f64):
    %7 = arith.mulf %in, %in : f64
    %8 = arith.addf %out, %7 : f64
    linalg.yield %8 : f64
  } -> tensor<16xf64>
  %3 = tensor.empty() : tensor<16xf64>
  %4 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%2 : tensor<16xf64>) outs(%3 : tensor<16xf64>) {
  ^bb0(%in: f64, %out: f64):
    %7 = arith.divf %in, %cst_0 : f64
    %8 = arith.addf %7, %cst_1 : f64
    %9 = math.rsqrt %8 : f64
    linalg.yield %9 : f64
  } -> tensor<16xf64>
  %5 = tensor.empty() : tensor<16x64xf64>
  %6 = linalg.generic {indexing_maps = [#map3, #map6, #map8, #map3], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<16x64xf64>, tensor<16xf64>, tensor<64xf64>) outs(%5 : tensor<16x64xf64>) {
  ^bb0(%in: f64, %in_2: f64, %in_3: f64, %out: f64):
    %7 = arith.mulf %in, %in_2 : f64
    %8 = arith.mulf %7, %in_3 : f64
    linalg.yield %8 : f64
  } -> tensor<16x64xf64>
  return %6 : tensor<16x64xf64>
}

// 1/N is not exact in f32 (N = 1000) and still a mean.
// CHECK-LABEL: func.func @rms_odd_count(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_odd_count(%arg0: tensor<16x1000xf32>, %arg1: tensor<1000xf32>) -> tensor<16x1000xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e-03 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map3, #map6], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x1000xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %cst_0 : f32
    %8 = arith.addf %7, %cst_1 : f32
    %9 = math.rsqrt %8 : f32
    linalg.yield %9 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16x1000xf32>
  %6 = linalg.generic {indexing_maps = [#map3, #map6, #map8, #map3], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<16x1000xf32>, tensor<16xf32>, tensor<1000xf32>) outs(%5 : tensor<16x1000xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %7 = arith.mulf %in, %in_2 : f32
    %8 = arith.mulf %7, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<16x1000xf32>
  return %6 : tensor<16x1000xf32>
}

// No epsilon at all: it is zero.
// CHECK-LABEL: func.func @rms_eps_zero(
// CHECK: norm.rms_norm {{.*}}axes = [1] eps = 0.0{{.*}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_eps_zero(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map3, #map6], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    %8 = math.rsqrt %7 : f32
    linalg.yield %8 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map3, #map6, #map3], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %7 = arith.mulf %in, %in_1 : f32
    linalg.yield %7 : f32
  } -> tensor<16x64xf32>
  return %6 : tensor<16x64xf32>
}

// linalg.mul of x with itself, keep-dim sum, collapse and broadcast back.
// CHECK-LABEL: func.func @rms_multiply_with_itself_across_ops(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.mul
func.func @rms_multiply_with_itself_across_ops(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.mul ins(%arg0, %arg0 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%0 : tensor<16x64xf32>) -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16x1xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16x1xf32>) -> tensor<16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map11], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf32>) outs(%3 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.addf %out, %in : f32
    linalg.yield %17 : f32
  } -> tensor<16x1xf32>
  %5 = tensor.empty() : tensor<16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%4 : tensor<16x1xf32>) outs(%5 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.divf %in, %cst_0 : f32
    linalg.yield %17 : f32
  } -> tensor<16x1xf32>
  %7 = tensor.empty() : tensor<16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%6 : tensor<16x1xf32>) outs(%7 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.addf %in, %cst_1 : f32
    linalg.yield %17 : f32
  } -> tensor<16x1xf32>
  %9 = tensor.empty() : tensor<16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%8 : tensor<16x1xf32>) outs(%9 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = math.rsqrt %in : f32
    linalg.yield %17 : f32
  } -> tensor<16x1xf32>
  %collapsed = tensor.collapse_shape %10 [[0, 1]] : tensor<16x1xf32> into tensor<16xf32>
  %11 = tensor.empty() : tensor<16x64xf32>
  %broadcasted = linalg.broadcast ins(%collapsed : tensor<16xf32>) outs(%11 : tensor<16x64xf32>) dimensions = [1]
  %12 = tensor.empty() : tensor<16x64xf32>
  %13 = linalg.mul ins(%broadcasted, %arg0 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%12 : tensor<16x64xf32>) -> tensor<16x64xf32>
  %14 = tensor.empty() : tensor<16x64xf32>
  %broadcasted_2 = linalg.broadcast ins(%arg1 : tensor<64xf32>) outs(%14 : tensor<16x64xf32>) dimensions = [0]
  %15 = tensor.empty() : tensor<16x64xf32>
  %16 = linalg.mul ins(%13, %broadcasted_2 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%15 : tensor<16x64xf32>) -> tensor<16x64xf32>
  return %16 : tensor<16x64xf32>
}
