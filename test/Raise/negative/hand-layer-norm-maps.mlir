// RUN: norm-opt %s --norm-raise | FileCheck %s
// RUN: norm-opt %s --norm-raise --remarks-filter=norm-raise 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK

// What is nearly a layer normalization: other axes, other elements, other types.

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d1)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1) -> (d0)>
#map4 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map5 = affine_map<(d0, d1, d2) -> (d0)>
#map6 = affine_map<(d0, d1, d2) -> (d0, d1)>

// A square matrix: means of columns, then mean squares of rows. An RMS normalization of x - mean
// is inside, and may be found.
// CHECK-LABEL: func.func @layer_mean_of_columns(
// CHECK-NOT: norm.layer_norm
// REMARK: Reason="what is subtracted from the mean of squares is not the square of the mean over the same elements"
func.func @layer_mean_of_columns(%arg0: tensor<64x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<64x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<64xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<64xf32>) -> tensor<64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel"]} ins(%arg0 : tensor<64x64xf32>) outs(%1 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<64xf32>
  %3 = tensor.empty() : tensor<64xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<64xf32>) outs(%3 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<64xf32>
  %5 = tensor.empty() : tensor<64xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<64xf32>) -> tensor<64xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map3], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<64x64xf32>, tensor<64xf32>) outs(%6 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<64xf32>
  %8 = tensor.empty() : tensor<64xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<64xf32>) outs(%8 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<64xf32>
  %10 = tensor.empty() : tensor<64x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<64x64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>) outs(%10 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<64x64xf32>
  return %11 : tensor<64x64xf32>
}

// A square matrix: the mean of row i is subtracted from column i.
// CHECK-LABEL: func.func @layer_mean_applied_to_columns(
// CHECK-NOT: norm.
// REMARK: Reason="what is subtracted before the multiplication is not the mean, or the result is no multiple of what is normalized"
func.func @layer_mean_applied_to_columns(%arg0: tensor<64x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<64x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<64xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<64xf32>) -> tensor<64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map3], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<64x64xf32>) outs(%1 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<64xf32>
  %3 = tensor.empty() : tensor<64xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<64xf32>) outs(%3 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<64xf32>
  %5 = tensor.empty() : tensor<64xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<64xf32>) -> tensor<64xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map3, #map3], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<64x64xf32>, tensor<64xf32>) outs(%6 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<64xf32>
  %8 = tensor.empty() : tensor<64xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<64xf32>) outs(%8 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<64xf32>
  %10 = tensor.empty() : tensor<64x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<64x64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>) outs(%10 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<64x64xf32>
  return %11 : tensor<64x64xf32>
}

// A square matrix: rstd of row i multiplies column i.
// CHECK-LABEL: func.func @layer_rstd_applied_to_columns(
// CHECK-NOT: norm.
// REMARK: Reason="what is multiplied with the root is not what the statistics are of"
func.func @layer_rstd_applied_to_columns(%arg0: tensor<64x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<64x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<64xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<64xf32>) -> tensor<64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map3], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<64x64xf32>) outs(%1 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<64xf32>
  %3 = tensor.empty() : tensor<64xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<64xf32>) outs(%3 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<64xf32>
  %5 = tensor.empty() : tensor<64xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<64xf32>) -> tensor<64xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map3, #map3], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<64x64xf32>, tensor<64xf32>) outs(%6 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<64xf32>
  %8 = tensor.empty() : tensor<64xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<64xf32>) outs(%8 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<64xf32>
  %10 = tensor.empty() : tensor<64x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map3, #map1, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<64x64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>) outs(%10 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<64x64xf32>
  return %11 : tensor<64x64xf32>
}

// A square matrix: in the variance the means are those of other rows.
// CHECK-LABEL: func.func @layer_variance_with_columns_mean(
// CHECK-NOT: norm.
// REMARK: Reason="what is subtracted from the mean of squares is not the square of the mean over the same elements"
func.func @layer_variance_with_columns_mean(%arg0: tensor<64x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<64x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<64xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<64xf32>) -> tensor<64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map3], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<64x64xf32>) outs(%1 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<64xf32>
  %3 = tensor.empty() : tensor<64xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<64xf32>) outs(%3 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<64xf32>
  %5 = tensor.empty() : tensor<64xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<64xf32>) -> tensor<64xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map3], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<64x64xf32>, tensor<64xf32>) outs(%6 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<64xf32>
  %8 = tensor.empty() : tensor<64xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<64xf32>) outs(%8 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<64xf32>
  %10 = tensor.empty() : tensor<64x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map3, #map3, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<64x64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>, tensor<64xf32>) outs(%10 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<64x64xf32>
  return %11 : tensor<64x64xf32>
}

// The mean is over two axes, the mean of squares over one. An RMS normalization of x - mean is
// inside, and may be found.
// CHECK-LABEL: func.func @layer_mean_of_two_axes_variance_of_one(
// CHECK-NOT: norm.layer_norm
// REMARK: Reason="what is subtracted from the mean of squares is not the square of the mean over the same elements"
func.func @layer_mean_of_two_axes_variance_of_one(%arg0: tensor<8x4x32xf32>) -> tensor<8x4x32xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.280000e+02 : f32
  %cst_1 = arith.constant 3.200000e+01 : f32
  %cst_2 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<8xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<8xf32>) -> tensor<8xf32>
  %2 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "reduction", "reduction"]} ins(%arg0 : tensor<8x4x32xf32>) outs(%1 : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<8xf32>
  %3 = tensor.empty() : tensor<8xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<8xf32>) outs(%3 : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<8xf32>
  %5 = tensor.empty() : tensor<8x4xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<8x4xf32>) -> tensor<8x4xf32>
  %7 = linalg.generic {indexing_maps = [#map4, #map5, #map6], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0, %4 : tensor<8x4x32xf32>, tensor<8xf32>) outs(%6 : tensor<8x4xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %12 = arith.subf %in, %in_3 : f32
    %13 = arith.subf %in, %in_3 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<8x4xf32>
  %8 = tensor.empty() : tensor<8x4xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%7 : tensor<8x4xf32>) outs(%8 : tensor<8x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_1 : f32
    linalg.yield %12 : f32
  } -> tensor<8x4xf32>
  %10 = tensor.empty() : tensor<8x4x32xf32>
  %11 = linalg.generic {indexing_maps = [#map4, #map5, #map6, #map4], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4, %9 : tensor<8x4x32xf32>, tensor<8xf32>, tensor<8x4xf32>) outs(%10 : tensor<8x4x32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %out: f32):
    %12 = arith.subf %in, %in_3 : f32
    %13 = arith.addf %in_4, %cst_2 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<8x4x32xf32>
  return %11 : tensor<8x4x32xf32>
}

// The mean is divided by the number of rows. An RMS normalization of x - mean is inside, and may
// be found.
// CHECK-LABEL: func.func @layer_mean_count_wrong(
// CHECK-NOT: norm.layer_norm
// REMARK: Reason="what is subtracted from the mean of squares is not the square of the mean over the same elements"
func.func @layer_mean_count_wrong(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.600000e+01 : f32
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map3], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map3, #map3], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %12 = arith.subf %in, %in_3 : f32
    %13 = arith.subf %in, %in_3 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_1 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map3, #map3, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%10 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %in_5: f32, %in_6: f32, %out: f32):
    %12 = arith.subf %in, %in_3 : f32
    %13 = arith.addf %in_4, %cst_2 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_5 : f32
    %17 = arith.addf %16, %in_6 : f32
    linalg.yield %17 : f32
  } -> tensor<16x64xf32>
  return %11 : tensor<16x64xf32>
}

// Statistics of the first half of a row.
// CHECK-LABEL: func.func @layer_mean_of_half(
// CHECK-NOT: norm.
// REMARK: Reason="what is multiplied with the root is not what the statistics are of"
func.func @layer_mean_of_half(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 3.200000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %extracted_slice = tensor.extract_slice %arg0[0, 0] [16, 32] [1, 1] : tensor<16x64xf32> to tensor<16x32xf32>
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map3], iterator_types = ["parallel", "reduction"]} ins(%extracted_slice : tensor<16x32xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map3, #map3], iterator_types = ["parallel", "reduction"]} ins(%extracted_slice, %4 : tensor<16x32xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map3, #map3, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%10 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<16x64xf32>
  return %11 : tensor<16x64xf32>
}

// A row padded to 96 with zeros, whose count is 64; the squares of the padding are not zero any
// more.
// CHECK-LABEL: func.func @layer_half_of_padded_row(
// CHECK-NOT: norm.
// REMARK: Reason="the sum of squares of 96 elements is divided by {{[0-9.]+}}"
func.func @layer_half_of_padded_row(%arg0: tensor<16x96xf32>, %arg1: tensor<96xf32>, %arg2: tensor<96xf32>) -> tensor<16x96xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map3], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x96xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map3, #map3], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<16x96xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16x96xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map3, #map3, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<16x96xf32>, tensor<16xf32>, tensor<16xf32>, tensor<96xf32>, tensor<96xf32>) outs(%10 : tensor<16x96xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<16x96xf32>
  return %11 : tensor<16x96xf32>
}

// Masked mean and variance.
// CHECK-LABEL: func.func @layer_masked(
// CHECK-NOT: norm.
// Why: mean over a mask
func.func @layer_masked(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map3], iterator_types = ["parallel", "reduction"]} ins(%arg3 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = arith.addf %out, %in : f32
    linalg.yield %15 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<16xf32>) -> tensor<16xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map, #map3], iterator_types = ["parallel", "reduction"]} ins(%arg0, %arg3 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%4 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %15 = arith.mulf %in, %in_1 : f32
    %16 = arith.addf %out, %15 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %6 = tensor.empty() : tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%5, %2 : tensor<16xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %15 = arith.divf %in, %in_1 : f32
    linalg.yield %15 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.fill ins(%cst : f32) outs(%8 : tensor<16xf32>) -> tensor<16xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map, #map3, #map3], iterator_types = ["parallel", "reduction"]} ins(%arg0, %arg3, %7 : tensor<16x64xf32>, tensor<16x64xf32>, tensor<16xf32>) outs(%9 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %15 = arith.subf %in, %in_2 : f32
    %16 = arith.subf %in, %in_2 : f32
    %17 = arith.mulf %15, %16 : f32
    %18 = arith.mulf %in_1, %17 : f32
    %19 = arith.addf %out, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %11 = tensor.empty() : tensor<16xf32>
  %12 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%10, %2 : tensor<16xf32>, tensor<16xf32>) outs(%11 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %15 = arith.divf %in, %in_1 : f32
    linalg.yield %15 : f32
  } -> tensor<16xf32>
  %13 = tensor.empty() : tensor<16x64xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map3, #map3, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %7, %12, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%13 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %15 = arith.subf %in, %in_1 : f32
    %16 = arith.addf %in_2, %cst_0 : f32
    %17 = math.rsqrt %16 : f32
    %18 = arith.mulf %15, %17 : f32
    %19 = arith.mulf %18, %in_3 : f32
    %20 = arith.addf %19, %in_4 : f32
    linalg.yield %20 : f32
  } -> tensor<16x64xf32>
  return %14 : tensor<16x64xf32>
}

// Mean and variance weighted by probabilities (attentive statistics).
// CHECK-LABEL: func.func @layer_weighted_mean(
// CHECK-NOT: norm.
func.func @layer_weighted_mean(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map, #map3], iterator_types = ["parallel", "reduction"]} ins(%arg0, %arg3 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %8 = arith.mulf %in, %in_1 : f32
    %9 = arith.addf %out, %8 : f32
    linalg.yield %9 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<16xf32>) -> tensor<16xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map, #map3, #map3], iterator_types = ["parallel", "reduction"]} ins(%arg0, %arg3, %2 : tensor<16x64xf32>, tensor<16x64xf32>, tensor<16xf32>) outs(%4 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %8 = arith.subf %in, %in_2 : f32
    %9 = arith.subf %in, %in_2 : f32
    %10 = arith.mulf %8, %9 : f32
    %11 = arith.mulf %in_1, %10 : f32
    %12 = arith.addf %out, %11 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %6 = tensor.empty() : tensor<16x64xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map3, #map3, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %2, %5, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%6 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %8 = arith.subf %in, %in_1 : f32
    %9 = arith.addf %in_2, %cst_0 : f32
    %10 = math.rsqrt %9 : f32
    %11 = arith.mulf %8, %10 : f32
    %12 = arith.mulf %11, %in_3 : f32
    %13 = arith.addf %12, %in_4 : f32
    linalg.yield %13 : f32
  } -> tensor<16x64xf32>
  return %7 : tensor<16x64xf32>
}

// What is subtracted is a moving average.
// CHECK-LABEL: func.func @layer_blended_mean(
// CHECK-NOT: norm.
// REMARK: Reason="what is subtracted before the multiplication is not the mean, or the result is no multiple of what is normalized"
func.func @layer_blended_mean(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<16xf32>) -> (tensor<16x64xf32>, tensor<16xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 0.899999976 : f32
  %cst_2 = arith.constant 1.000000e-01 : f32
  %cst_3 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map3], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%4, %arg3 : tensor<16xf32>, tensor<16xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %14 = arith.mulf %in_4, %cst_1 : f32
    %15 = arith.mulf %in, %cst_2 : f32
    %16 = arith.addf %14, %15 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<16xf32>) -> tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map3, #map3], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %14 = arith.subf %in, %in_4 : f32
    %15 = arith.subf %in, %in_4 : f32
    %16 = arith.mulf %14, %15 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%9 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map3, #map3, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %6, %11, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%12 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %in_5: f32, %in_6: f32, %in_7: f32, %out: f32):
    %14 = arith.subf %in, %in_4 : f32
    %15 = arith.addf %in_5, %cst_3 : f32
    %16 = math.rsqrt %15 : f32
    %17 = arith.mulf %14, %16 : f32
    %18 = arith.mulf %17, %in_6 : f32
    %19 = arith.addf %18, %in_7 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  return %13, %6 : tensor<16x64xf32>, tensor<16xf32>
}
