// RUN: norm-opt %s --norm-raise | FileCheck %s
// RUN: norm-opt %s --norm-raise --remarks-filter=norm-raise 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK

// What is nearly a normalization, after fusion of elementwise ops or folding of unit dimensions.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0, d1) -> (d0, 0)>
#map5 = affine_map<(d0, d1) -> (d1)>
#map6 = affine_map<(d0, d1) -> (d0)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, 0)>

// Unbiased standard deviation plus epsilon, fused.
// CHECK-LABEL: func.func @fused_std_norm(
// CHECK-NOT: norm.
// REMARK: Reason="the variance is divided by N - 1, where normalizations divide by N"
func.func @fused_std_norm(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 6.300000e+01 : f64
  %cst_2 = arith.constant 9.9999999999999995E-7 : f64
  %cst_3 = arith.constant 6.400000e+01 : f32
  %cst_4 = arith.constant 6.400000e+01 : f64
  %0 = tensor.empty() : tensor<2x16x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.addf %in, %out : f32
    linalg.yield %11 : f32
  } -> tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x64xf32>
  %4 = tensor.empty() : tensor<2x16x64xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %11 = arith.extf %in : f32 to f64
    linalg.yield %11 : f64
  } -> tensor<2x16x64xf64>
  %6 = tensor.empty() : tensor<2x16x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<2x16x1xf64>) -> tensor<2x16x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%5 : tensor<2x16x64xf64>) outs(%7 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %11 = arith.addf %in, %out : f64
    linalg.yield %11 : f64
  } -> tensor<2x16x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%5, %8 : tensor<2x16x64xf64>, tensor<2x16x1xf64>) outs(%7 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %11 = arith.divf %in_5, %cst_4 : f64
    %12 = arith.subf %in, %11 : f64
    %13 = arith.mulf %12, %12 : f64
    %14 = arith.addf %13, %out : f64
    linalg.yield %14 : f64
  } -> tensor<2x16x1xf64>
  %10 = linalg.generic {indexing_maps = [#map2, #map, #map1, #map1, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %arg0, %2, %9, %arg2 : tensor<64xf32>, tensor<2x16x64xf32>, tensor<2x16x1xf32>, tensor<2x16x1xf64>, tensor<64xf32>) outs(%3 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %in_6: f32, %in_7: f64, %in_8: f32, %out: f32):
    %11 = arith.divf %in_7, %cst_1 : f64
    %12 = arith.truncf %11 : f64 to f32
    %13 = math.sqrt %12 : f32
    %14 = arith.truncf %cst_2 : f64 to f32
    %15 = arith.addf %13, %14 : f32
    %16 = arith.divf %in_6, %cst_3 : f32
    %17 = arith.subf %in_5, %16 : f32
    %18 = arith.mulf %in, %17 : f32
    %19 = arith.divf %18, %15 : f32
    %20 = arith.addf %19, %in_8 : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x64xf32>
  return %10 : tensor<2x16x64xf32>
}

// rstd rounded to bf16, fused.
// CHECK-LABEL: func.func @fused_rms_rstd_cast(
// CHECK-NOT: norm.
// REMARK: Reason="what is multiplied with the root is not what the statistics are of"
func.func @fused_rms_rstd_cast(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64xbf16>) -> tensor<2x16x64xbf16> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.9999999999999995E-7 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %5 = arith.extf %in : bf16 to f32
    %6 = math.fpowi %5, %c2_i64 : f32, i64
    %7 = arith.addf %6, %out : f32
    linalg.yield %7 : f32
  } -> tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x64xbf16>
  %4 = linalg.generic {indexing_maps = [#map2, #map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %arg0, %2 : tensor<64xbf16>, tensor<2x16x64xbf16>, tensor<2x16x1xf32>) outs(%3 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %in_3: f32, %out: bf16):
    %5 = arith.divf %in_3, %cst_1 : f32
    %6 = arith.truncf %cst_0 : f64 to f32
    %7 = arith.addf %5, %6 : f32
    %8 = math.rsqrt %7 : f32
    %9 = arith.truncf %8 : f32 to bf16
    %10 = arith.mulf %in_2, %9 : bf16
    %11 = arith.mulf %in, %10 : bf16
    linalg.yield %11 : bf16
  } -> tensor<2x16x64xbf16>
  return %4 : tensor<2x16x64xbf16>
}

// L2 normalization, fused.
// CHECK-LABEL: func.func @fused_l2_norm(
// CHECK-NOT: norm.
// REMARK: Reason="the sum of squares of 64 elements is divided by {{[0-9.]+}}"
func.func @fused_l2_norm(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.9999999999999995E-7 : f64
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = tensor.empty() : tensor<16x1xf32>
  %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<16x1xf32>) -> tensor<16x1xf32>
  %3 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%2 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %5 = math.fpowi %in, %c2_i64 : f32, i64
    %6 = arith.addf %5, %out : f32
    linalg.yield %6 : f32
  } -> tensor<16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel"]} ins(%arg0, %3 : tensor<16x64xf32>, tensor<16x1xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %5 = arith.truncf %cst_0 : f64 to f32
    %6 = arith.addf %in_1, %5 : f32
    %7 = math.rsqrt %6 : f32
    %8 = arith.mulf %in, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<16x64xf32>
  return %4 : tensor<16x64xf32>
}

// Mean of x, variance of y, fused.
// CHECK-LABEL: func.func @fused_variance_of_another(
// CHECK-NOT: norm.
// REMARK: Reason="what is multiplied with the root is not what the statistics are of"
func.func @fused_variance_of_another(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 6.400000e+01 : f32
  %cst_3 = arith.constant 6.400000e+01 : f64
  %0 = tensor.empty() : tensor<16x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16x1xf32>) -> tensor<16x1xf32>
  %2 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.addf %in, %out : f32
    linalg.yield %11 : f32
  } -> tensor<16x1xf32>
  %3 = tensor.empty() : tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16x64xf64>
  %5 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%arg1 : tensor<16x64xf32>) outs(%4 : tensor<16x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %11 = arith.extf %in : f32 to f64
    linalg.yield %11 : f64
  } -> tensor<16x64xf64>
  %6 = tensor.empty() : tensor<16x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<16x1xf64>) -> tensor<16x1xf64>
  %8 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction"]} ins(%5 : tensor<16x64xf64>) outs(%7 : tensor<16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %11 = arith.addf %in, %out : f64
    linalg.yield %11 : f64
  } -> tensor<16x1xf64>
  %9 = linalg.generic {indexing_maps = [#map3, #map4, #map4], iterator_types = ["parallel", "reduction"]} ins(%5, %8 : tensor<16x64xf64>, tensor<16x1xf64>) outs(%7 : tensor<16x1xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %11 = arith.divf %in_4, %cst_3 : f64
    %12 = arith.subf %in, %11 : f64
    %13 = arith.mulf %12, %12 : f64
    %14 = arith.addf %13, %out : f64
    linalg.yield %14 : f64
  } -> tensor<16x1xf64>
  %10 = linalg.generic {indexing_maps = [#map3, #map4, #map4, #map3], iterator_types = ["parallel", "parallel"]} ins(%arg0, %2, %9 : tensor<16x64xf32>, tensor<16x1xf32>, tensor<16x1xf64>) outs(%3 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %in_5: f64, %out: f32):
    %11 = arith.divf %in_5, %cst_3 : f64
    %12 = arith.truncf %11 : f64 to f32
    %13 = arith.truncf %cst_1 : f64 to f32
    %14 = arith.addf %12, %13 : f32
    %15 = math.rsqrt %14 : f32
    %16 = arith.divf %in_4, %cst_2 : f32
    %17 = arith.subf %in, %16 : f32
    %18 = arith.mulf %17, %15 : f32
    linalg.yield %18 : f32
  } -> tensor<16x64xf32>
  return %10 : tensor<16x64xf32>
}

// Means of columns, variances of rows, fused.
// CHECK-LABEL: func.func @fused_layer_norm_square_axes(
// CHECK-NOT: norm.
// REMARK: Reason="what is subtracted before the multiplication is not the mean, or the result is no multiple of what is normalized"
func.func @fused_layer_norm_square_axes(%arg0: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 6.400000e+01 : f32
  %cst_3 = arith.constant 6.400000e+01 : f64
  %0 = tensor.empty() : tensor<64xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<64xf32>) -> tensor<64xf32>
  %2 = linalg.generic {indexing_maps = [#map3, #map5], iterator_types = ["reduction", "parallel"]} ins(%arg0 : tensor<64x64xf32>) outs(%1 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.addf %in, %out : f32
    linalg.yield %11 : f32
  } -> tensor<64xf32>
  %3 = tensor.empty() : tensor<64x64xf32>
  %4 = tensor.empty() : tensor<64x64xf64>
  %5 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<64x64xf32>) outs(%4 : tensor<64x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %11 = arith.extf %in : f32 to f64
    linalg.yield %11 : f64
  } -> tensor<64x64xf64>
  %6 = tensor.empty() : tensor<64x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<64x1xf64>) -> tensor<64x1xf64>
  %8 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction"]} ins(%5 : tensor<64x64xf64>) outs(%7 : tensor<64x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %11 = arith.addf %in, %out : f64
    linalg.yield %11 : f64
  } -> tensor<64x1xf64>
  %9 = linalg.generic {indexing_maps = [#map3, #map4, #map4], iterator_types = ["parallel", "reduction"]} ins(%5, %8 : tensor<64x64xf64>, tensor<64x1xf64>) outs(%7 : tensor<64x1xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %11 = arith.divf %in_4, %cst_3 : f64
    %12 = arith.subf %in, %11 : f64
    %13 = arith.mulf %12, %12 : f64
    %14 = arith.addf %13, %out : f64
    linalg.yield %14 : f64
  } -> tensor<64x1xf64>
  %10 = linalg.generic {indexing_maps = [#map3, #map5, #map4, #map3], iterator_types = ["parallel", "parallel"]} ins(%arg0, %2, %9 : tensor<64x64xf32>, tensor<64xf32>, tensor<64x1xf64>) outs(%3 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %in_5: f64, %out: f32):
    %11 = arith.divf %in_5, %cst_3 : f64
    %12 = arith.truncf %11 : f64 to f32
    %13 = arith.truncf %cst_1 : f64 to f32
    %14 = arith.addf %12, %13 : f32
    %15 = math.rsqrt %14 : f32
    %16 = arith.divf %in_4, %cst_2 : f32
    %17 = arith.subf %in, %16 : f32
    %18 = arith.mulf %17, %15 : f32
    linalg.yield %18 : f32
  } -> tensor<64x64xf32>
  return %10 : tensor<64x64xf32>
}

// Softmax of a batch of one, folded.
// CHECK-LABEL: func.func @folded_softmax(
// CHECK-NOT: norm.
func.func @folded_softmax(%arg0: tensor<1x16x64xf32>) -> tensor<1x16x64xf32> {
  %c0_i64 = arith.constant 0 : i64
  %cst = arith.constant 0xFF800000 : f32
  %cst_0 = arith.constant 0.000000e+00 : f32
  %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<1x16x64xf32> into tensor<16x64xf32>
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = tensor.empty() : tensor<16xi64>
  %3 = linalg.fill ins(%c0_i64 : i64) outs(%2 : tensor<16xi64>) -> tensor<16xi64>
  %4:2 = linalg.generic {indexing_maps = [#map3, #map6, #map6], iterator_types = ["parallel", "reduction"]} ins(%collapsed : tensor<16x64xf32>) outs(%1, %3 : tensor<16xf32>, tensor<16xi64>) {
  ^bb0(%in: f32, %out: f32, %out_1: i64):
    %11 = linalg.index 1 : index
    %12 = arith.index_cast %11 : index to i64
    %13 = arith.maximumf %in, %out : f32
    %14 = arith.cmpf ogt, %in, %out : f32
    %15 = arith.select %14, %12, %out_1 : i64
    linalg.yield %13, %15 : f32, i64
  } -> (tensor<16xf32>, tensor<16xi64>)
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map3, #map6, #map3], iterator_types = ["parallel", "parallel"]} ins(%collapsed, %4#0 : tensor<16x64xf32>, tensor<16xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %11 = arith.subf %in, %in_1 : f32
    linalg.yield %11 : f32
  } -> tensor<16x64xf32>
  %7 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%6 : tensor<16x64xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = math.exp %in : f32
    linalg.yield %11 : f32
  } -> tensor<16x64xf32>
  %8 = linalg.fill ins(%cst_0 : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map3, #map6], iterator_types = ["parallel", "reduction"]} ins(%7 : tensor<16x64xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.addf %in, %out : f32
    linalg.yield %11 : f32
  } -> tensor<16xf32>
  %10 = linalg.generic {indexing_maps = [#map3, #map6, #map3], iterator_types = ["parallel", "parallel"]} ins(%7, %9 : tensor<16x64xf32>, tensor<16xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %11 = arith.divf %in, %in_1 : f32
    linalg.yield %11 : f32
  } -> tensor<16x64xf32>
  %expanded = tensor.expand_shape %10 [[0, 1], [2]] output_shape [1, 16, 64] : tensor<16x64xf32> into tensor<1x16x64xf32>
  return %expanded : tensor<1x16x64xf32>
}

// Given statistics of every sample, fused.
// CHECK-LABEL: func.func @fused_batch_norm_per_sample(
// CHECK-NOT: norm.
// Why: statistics are not one for each channel
func.func @fused_batch_norm_per_sample(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<4x32xf32>, %arg2: tensor<4x32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 1.000000e-05 : f64
  %expanded = tensor.expand_shape %arg1 [[0], [1, 2, 3]] output_shape [4, 32, 1, 1] : tensor<4x32xf32> into tensor<4x32x1x1xf32>
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %expanded_0 = tensor.expand_shape %arg2 [[0], [1, 2, 3]] output_shape [4, 32, 1, 1] : tensor<4x32xf32> into tensor<4x32x1x1xf32>
  %1 = linalg.generic {indexing_maps = [#map7, #map8, #map8, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded, %expanded_0 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>, tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %2 = arith.truncf %cst : f64 to f32
    %3 = arith.addf %in_2, %2 : f32
    %4 = math.rsqrt %3 : f32
    %5 = arith.subf %in, %in_1 : f32
    %6 = arith.mulf %5, %4 : f32
    linalg.yield %6 : f32
  } -> tensor<4x32x14x14xf32>
  return %1 : tensor<4x32x14x14xf32>
}
