// RUN: norm-opt %s --norm-raise | FileCheck %s
// RUN: norm-opt %s --norm-raise --remarks-filter=norm-raise 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK

// Code with means, squares and roots that normalizes nothing of the kind.

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d0)>
#map2 = affine_map<(d0, d1) -> ()>
#map3 = affine_map<() -> ()>
#map4 = affine_map<(d0) -> (d0)>
#map5 = affine_map<(d0, d1) -> (d1)>
#map6 = affine_map<(d0) -> ()>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1)>

// Softmax.
// CHECK-LABEL: func.func @softmax(
// CHECK-NOT: norm.
func.func @softmax(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant -3.000000e+38 : f32
  %cst_0 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.maximumf %out, %in : f32
    linalg.yield %10 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16x64xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %2 : tensor<16x64xf32>, tensor<16xf32>) outs(%3 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %10 = arith.subf %in, %in_1 : f32
    %11 = math.exp %10 : f32
    linalg.yield %11 : f32
  } -> tensor<16x64xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst_0 : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%4 : tensor<16x64xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.addf %out, %in : f32
    linalg.yield %10 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16x64xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%4, %7 : tensor<16x64xf32>, tensor<16xf32>) outs(%8 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %10 = arith.divf %in, %in_1 : f32
    linalg.yield %10 : f32
  } -> tensor<16x64xf32>
  return %9 : tensor<16x64xf32>
}

// Squares over their sum.
// CHECK-LABEL: func.func @softmax_of_squares(
// CHECK-NOT: norm.
func.func @softmax_of_squares(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    linalg.yield %7 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.addf %out, %in : f32
    linalg.yield %7 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%1, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %7 = arith.addf %in_1, %cst_0 : f32
    %8 = arith.divf %in, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<16x64xf32>
  return %6 : tensor<16x64xf32>
}

// Gradient clipping: x * min(1, 1 / (norm + eps)).
// CHECK-LABEL: func.func @clip_by_global_norm(
// CHECK-NOT: norm.
func.func @clip_by_global_norm(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %cst_1 = arith.constant 1.000000e+00 : f32
  %0 = tensor.empty() : tensor<f32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<f32>) -> tensor<f32>
  %2 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<f32>
  %3 = tensor.empty() : tensor<f32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = []} ins(%2 : tensor<f32>) outs(%3 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = math.sqrt %in : f32
    linalg.yield %7 : f32
  } -> tensor<f32>
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<f32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %7 = arith.addf %in_2, %cst_0 : f32
    %8 = arith.divf %cst_1, %7 : f32
    %9 = arith.minimumf %8, %cst_1 : f32
    %10 = arith.mulf %in, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<16x64xf32>
  return %6 : tensor<16x64xf32>
}

// p - lr * m / (sqrt(v) + eps).
// CHECK-LABEL: func.func @adam_update(
// CHECK-NOT: norm.
func.func @adam_update(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 1.000000e-03 : f32
  %cst_0 = arith.constant 9.99999993E-9 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg1, %arg2 : tensor<16x64xf32>, tensor<16x64xf32>, tensor<16x64xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %2 = arith.mulf %cst, %in_1 : f32
    %3 = math.sqrt %in_2 : f32
    %4 = arith.addf %3, %cst_0 : f32
    %5 = arith.divf %2, %4 : f32
    %6 = arith.subf %in, %5 : f32
    linalg.yield %6 : f32
  } -> tensor<16x64xf32>
  return %1 : tensor<16x64xf32>
}

// g * rsqrt(moving mean of squares + eps): no reduction.
// CHECK-LABEL: func.func @rmsprop_update(
// CHECK-NOT: norm.
func.func @rmsprop_update(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>) -> (tensor<16x64xf32>, tensor<16x64xf32>) {
  %cst = arith.constant 0.899999976 : f32
  %cst_0 = arith.constant 1.000000e-01 : f32
  %cst_1 = arith.constant 9.99999993E-9 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg0 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %4 = arith.mulf %in, %cst : f32
    %5 = arith.mulf %in_2, %in_2 : f32
    %6 = arith.mulf %cst_0, %5 : f32
    %7 = arith.addf %4, %6 : f32
    linalg.yield %7 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %4 = arith.addf %in_2, %cst_1 : f32
    %5 = math.rsqrt %4 : f32
    %6 = arith.mulf %in, %5 : f32
    linalg.yield %6 : f32
  } -> tensor<16x64xf32>
  return %3, %1 : tensor<16x64xf32>, tensor<16x64xf32>
}

// Adafactor: means of squares of rows and columns, multiplied.
// CHECK-LABEL: func.func @adafactor_update(
// CHECK-NOT: norm.
// REMARK: Reason="the result is no multiple of what is normalized"
func.func @adafactor_update(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e-30 : f32
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 1.600000e+01 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.mulf %in, %in : f32
    %18 = arith.addf %17, %cst_0 : f32
    %19 = arith.addf %out, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.divf %in, %cst_1 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<64xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<64xf32>) -> tensor<64xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map5], iterator_types = ["reduction", "parallel"]} ins(%arg0 : tensor<16x64xf32>) outs(%6 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.mulf %in, %in : f32
    %18 = arith.addf %17, %cst_0 : f32
    %19 = arith.addf %out, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<64xf32>
  %8 = tensor.empty() : tensor<64xf32>
  %9 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel"]} ins(%7 : tensor<64xf32>) outs(%8 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.divf %in, %cst_2 : f32
    linalg.yield %17 : f32
  } -> tensor<64xf32>
  %10 = tensor.empty() : tensor<f32>
  %11 = linalg.fill ins(%cst : f32) outs(%10 : tensor<f32>) -> tensor<f32>
  %12 = linalg.generic {indexing_maps = [#map4, #map6], iterator_types = ["reduction"]} ins(%4 : tensor<16xf32>) outs(%11 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.addf %out, %in : f32
    linalg.yield %17 : f32
  } -> tensor<f32>
  %13 = tensor.empty() : tensor<f32>
  %14 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = []} ins(%12 : tensor<f32>) outs(%13 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.divf %in, %cst_2 : f32
    linalg.yield %17 : f32
  } -> tensor<f32>
  %15 = tensor.empty() : tensor<16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map1, #map5, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %14 : tensor<16x64xf32>, tensor<16xf32>, tensor<64xf32>, tensor<f32>) outs(%15 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %17 = arith.divf %in_3, %in_5 : f32
    %18 = math.rsqrt %17 : f32
    %19 = arith.mulf %in, %18 : f32
    %20 = math.rsqrt %in_4 : f32
    %21 = arith.mulf %19, %20 : f32
    linalg.yield %21 : f32
  } -> tensor<16x64xf32>
  return %16 : tensor<16x64xf32>
}

// A loss.
// CHECK-LABEL: func.func @mean_squared_error(
// CHECK-NOT: norm.
func.func @mean_squared_error(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>) -> tensor<f32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.024000e+03 : f32
  %0 = tensor.empty() : tensor<f32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<f32>) -> tensor<f32>
  %2 = linalg.generic {indexing_maps = [#map, #map, #map2], iterator_types = ["reduction", "reduction"]} ins(%arg0, %arg1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%1 : tensor<f32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %5 = arith.subf %in, %in_1 : f32
    %6 = arith.subf %in, %in_1 : f32
    %7 = arith.mulf %5, %6 : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<f32>
  %3 = tensor.empty() : tensor<f32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = []} ins(%2 : tensor<f32>) outs(%3 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %5 = arith.divf %in, %cst_0 : f32
    linalg.yield %5 : f32
  } -> tensor<f32>
  return %4 : tensor<f32>
}

// x over the root mean square of x - y.
// CHECK-LABEL: func.func @rmse_weighting(
// CHECK-NOT: norm.
// REMARK: Reason="what is subtracted from the mean of squares is not the square of the mean over the same elements"
func.func @rmse_weighting(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %arg1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %7 = arith.subf %in, %in_2 : f32
    %8 = arith.subf %in, %in_2 : f32
    %9 = arith.mulf %7, %8 : f32
    %10 = arith.addf %out, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    %8 = arith.addf %7, %cst_1 : f32
    %9 = math.rsqrt %8 : f32
    linalg.yield %9 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %7 = arith.mulf %in, %in_2 : f32
    linalg.yield %7 : f32
  } -> tensor<16x64xf32>
  return %6 : tensor<16x64xf32>
}

// x . y / sqrt(|x|^2 |y|^2 + eps).
// CHECK-LABEL: func.func @cosine_similarity(
// CHECK-NOT: norm.
func.func @cosine_similarity(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>) -> tensor<16xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.99999993E-9 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %arg1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %11 = arith.mulf %in, %in_1 : f32
    %12 = arith.addf %out, %11 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<16xf32>) -> tensor<16xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%4 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.mulf %in, %in : f32
    %12 = arith.addf %out, %11 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %6 = tensor.empty() : tensor<16xf32>
  %7 = linalg.fill ins(%cst : f32) outs(%6 : tensor<16xf32>) -> tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg1 : tensor<16x64xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.mulf %in, %in : f32
    %12 = arith.addf %out, %11 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16xf32>
  %10 = linalg.generic {indexing_maps = [#map4, #map4, #map4, #map4], iterator_types = ["parallel"]} ins(%2, %5, %8 : tensor<16xf32>, tensor<16xf32>, tensor<16xf32>) outs(%9 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %11 = arith.mulf %in_1, %in_2 : f32
    %12 = arith.addf %11, %cst_0 : f32
    %13 = math.rsqrt %12 : f32
    %14 = arith.mulf %in, %13 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  return %10 : tensor<16xf32>
}

// q / sqrt(64).
// CHECK-LABEL: func.func @attention_scale(
// CHECK-NOT: norm.
func.func @attention_scale(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 1.250000e-01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %2 = arith.mulf %in, %cst : f32
    linalg.yield %2 : f32
  } -> tensor<16x64xf32>
  return %1 : tensor<16x64xf32>
}

// A mean over space, a sigmoid, and a product.
// CHECK-LABEL: func.func @squeeze_and_excite(
// CHECK-NOT: norm.
func.func @squeeze_and_excite(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.960000e+02 : f32
  %cst_1 = arith.constant 1.000000e+00 : f32
  %0 = tensor.empty() : tensor<4x32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %2 = linalg.generic {indexing_maps = [#map7, #map8], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.addf %out, %in : f32
    linalg.yield %9 : f32
  } -> tensor<4x32xf32>
  %3 = tensor.empty() : tensor<4x32xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<4x32xf32>) outs(%3 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.divf %in, %cst_0 : f32
    linalg.yield %9 : f32
  } -> tensor<4x32xf32>
  %5 = tensor.empty() : tensor<4x32xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map5, #map], iterator_types = ["parallel", "parallel"]} ins(%4, %arg1 : tensor<4x32xf32>, tensor<32xf32>) outs(%5 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %9 = arith.mulf %in, %in_2 : f32
    %10 = arith.negf %9 : f32
    %11 = math.exp %10 : f32
    %12 = arith.addf %cst_1, %11 : f32
    %13 = arith.divf %cst_1, %12 : f32
    linalg.yield %13 : f32
  } -> tensor<4x32xf32>
  %7 = tensor.empty() : tensor<4x32x14x14xf32>
  %8 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %6 : tensor<4x32x14x14xf32>, tensor<4x32xf32>) outs(%7 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %9 = arith.mulf %in, %in_2 : f32
    linalg.yield %9 : f32
  } -> tensor<4x32x14x14xf32>
  return %8 : tensor<4x32x14x14xf32>
}

// The mean over space is subtracted (DINO, PoolFormer).
// CHECK-LABEL: func.func @average_pool_and_subtract(
// CHECK-NOT: norm.
func.func @average_pool_and_subtract(%arg0: tensor<4x32x14x14xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.960000e+02 : f32
  %0 = tensor.empty() : tensor<4x32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %2 = linalg.generic {indexing_maps = [#map7, #map8], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.addf %out, %in : f32
    linalg.yield %7 : f32
  } -> tensor<4x32xf32>
  %3 = tensor.empty() : tensor<4x32xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<4x32xf32>) outs(%3 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    linalg.yield %7 : f32
  } -> tensor<4x32xf32>
  %5 = tensor.empty() : tensor<4x32x14x14xf32>
  %6 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %4 : tensor<4x32x14x14xf32>, tensor<4x32xf32>) outs(%5 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %7 = arith.subf %in, %in_1 : f32
    linalg.yield %7 : f32
  } -> tensor<4x32x14x14xf32>
  return %6 : tensor<4x32x14x14xf32>
}

// (x - mean) / std with given statistics and no root.
// CHECK-LABEL: func.func @standard_scaler(
// CHECK-NOT: norm.
func.func @standard_scaler(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map5, #map5, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg1, %arg2 : tensor<16x64xf32>, tensor<64xf32>, tensor<64xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %out: f32):
    %2 = arith.subf %in, %in_0 : f32
    %3 = arith.divf %2, %in_1 : f32
    linalg.yield %3 : f32
  } -> tensor<16x64xf32>
  return %1 : tensor<16x64xf32>
}

// VAE's mean + noise * exp(logvar / 2).
// CHECK-LABEL: func.func @reparameterization(
// CHECK-NOT: norm.
func.func @reparameterization(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 5.000000e-01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg1, %arg2 : tensor<16x64xf32>, tensor<16x64xf32>, tensor<16x64xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %out: f32):
    %2 = arith.mulf %in_0, %cst : f32
    %3 = math.exp %2 : f32
    %4 = arith.mulf %in_1, %3 : f32
    %5 = arith.addf %in, %4 : f32
    linalg.yield %5 : f32
  } -> tensor<16x64xf32>
  return %1 : tensor<16x64xf32>
}

// GELU.
// CHECK-LABEL: func.func @gelu_tanh_cube(
// CHECK-NOT: norm.
func.func @gelu_tanh_cube(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 5.000000e-01 : f32
  %cst_0 = arith.constant 4.471500e-02 : f32
  %cst_1 = arith.constant 0.797884583 : f32
  %cst_2 = arith.constant 1.000000e+00 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %2 = arith.mulf %cst, %in : f32
    %3 = arith.mulf %in, %in : f32
    %4 = arith.mulf %3, %in : f32
    %5 = arith.mulf %cst_0, %4 : f32
    %6 = arith.addf %in, %5 : f32
    %7 = arith.mulf %cst_1, %6 : f32
    %8 = math.tanh %7 : f32
    %9 = arith.addf %cst_2, %8 : f32
    %10 = arith.mulf %2, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<16x64xf32>
  return %1 : tensor<16x64xf32>
}

// Distances of rows.
// CHECK-LABEL: func.func @euclidean_distance(
// CHECK-NOT: norm.
func.func @euclidean_distance(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>) -> tensor<16xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %arg1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %5 = arith.subf %in, %in_1 : f32
    %6 = arith.subf %in, %in_1 : f32
    %7 = arith.mulf %5, %6 : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %5 = arith.addf %in, %cst_0 : f32
    %6 = math.sqrt %5 : f32
    linalg.yield %6 : f32
  } -> tensor<16xf32>
  return %4 : tensor<16xf32>
}

// Weight normalization: g * v / |v|.
// CHECK-LABEL: func.func @weight_norm(
// CHECK-NOT: norm.
// REMARK: Reason="the sum of squares of 288 elements is divided by {{[0-9.]+}}"
func.func @weight_norm(%arg0: tensor<64x288xf32>, %arg1: tensor<64xf32>) -> tensor<64x288xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<64xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<64xf32>) -> tensor<64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<64x288xf32>) outs(%1 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<64xf32>
  %3 = tensor.empty() : tensor<64xf32>
  %4 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel"]} ins(%2 : tensor<64xf32>) outs(%3 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = math.sqrt %in : f32
    linalg.yield %7 : f32
  } -> tensor<64xf32>
  %5 = tensor.empty() : tensor<64x288xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<64x288xf32>, tensor<64xf32>, tensor<64xf32>) outs(%5 : tensor<64x288xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %out: f32):
    %7 = arith.divf %in_1, %in_0 : f32
    %8 = arith.mulf %in, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<64x288xf32>
  return %6 : tensor<64x288xf32>
}

// StyleGAN2's demodulation: rsqrt(sum of squares + eps).
// CHECK-LABEL: func.func @modulated_weight(
// CHECK-NOT: norm.
// REMARK: Reason="the sum of squares of 288 elements is divided by {{[0-9.]+}}"
func.func @modulated_weight(%arg0: tensor<64x288xf32>, %arg1: tensor<288xf32>) -> tensor<64x288xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.99999993E-9 : f32
  %0 = tensor.empty() : tensor<64x288xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map5, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg1 : tensor<64x288xf32>, tensor<288xf32>) outs(%0 : tensor<64x288xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %9 = arith.mulf %in, %in_1 : f32
    linalg.yield %9 : f32
  } -> tensor<64x288xf32>
  %2 = tensor.empty() : tensor<64xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<64xf32>) -> tensor<64xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<64x288xf32>) outs(%3 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.mulf %in, %in : f32
    %10 = arith.addf %out, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<64xf32>
  %5 = tensor.empty() : tensor<64xf32>
  %6 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel"]} ins(%4 : tensor<64xf32>) outs(%5 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.addf %in, %cst_0 : f32
    %10 = math.rsqrt %9 : f32
    linalg.yield %10 : f32
  } -> tensor<64xf32>
  %7 = tensor.empty() : tensor<64x288xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%1, %6 : tensor<64x288xf32>, tensor<64xf32>) outs(%7 : tensor<64x288xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %9 = arith.mulf %in, %in_1 : f32
    linalg.yield %9 : f32
  } -> tensor<64x288xf32>
  return %8 : tensor<64x288xf32>
}
