// RUN: norm-opt %s --norm-raise | FileCheck %s
// RUN: norm-opt %s --norm-raise --remarks-filter=norm-raise 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK

// What is nearly an RMS normalization: other elements, other counts, other types.

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d0)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1) -> (d1)>
#map4 = affine_map<(d0, d1) -> (d1, d0)>
#map5 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map6 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map7 = affine_map<(d0, d1, d2) -> (d1, d0)>
#map8 = affine_map<(d0, d1) -> (0)>
#map9 = affine_map<(d0, d1, d2) -> (d0, d1 + d2)>
#map10 = affine_map<(d0, d1, d2) -> (d2)>

// A square matrix: the statistic of row i is applied to column i.
// CHECK-LABEL: func.func @rms_rows_for_columns(
// CHECK-NOT: norm.
// REMARK: Reason="what is multiplied with the root is not what the statistics are of"
func.func @rms_rows_for_columns(%arg0: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<64xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<64xf32>) -> tensor<64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<64x64xf32>) outs(%1 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<64xf32>
  %3 = tensor.empty() : tensor<64xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<64xf32>) outs(%3 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    %8 = arith.addf %7, %cst_1 : f32
    %9 = math.rsqrt %8 : f32
    linalg.yield %9 : f32
  } -> tensor<64xf32>
  %5 = tensor.empty() : tensor<64x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4 : tensor<64x64xf32>, tensor<64xf32>) outs(%5 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %7 = arith.mulf %in, %in_2 : f32
    linalg.yield %7 : f32
  } -> tensor<64x64xf32>
  return %6 : tensor<64x64xf32>
}

// x[i, j] * x[j, i] is summed: the same tensor by two maps, which is no square.
// CHECK-LABEL: func.func @rms_square_with_transposed(
// CHECK-NOT: norm.
// Why: product of x by different maps
func.func @rms_square_with_transposed(%arg0: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<64xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<64xf32>) -> tensor<64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map4, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %arg0 : tensor<64x64xf32>, tensor<64x64xf32>) outs(%1 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %7 = arith.mulf %in, %in_2 : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<64xf32>
  %3 = tensor.empty() : tensor<64xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<64xf32>) outs(%3 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    %8 = arith.addf %7, %cst_1 : f32
    %9 = math.rsqrt %8 : f32
    linalg.yield %9 : f32
  } -> tensor<64xf32>
  %5 = tensor.empty() : tensor<64x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4 : tensor<64x64xf32>, tensor<64xf32>) outs(%5 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %7 = arith.mulf %in, %in_2 : f32
    linalg.yield %7 : f32
  } -> tensor<64x64xf32>
  return %6 : tensor<64x64xf32>
}

// The statistic of row i is applied to column i, here because x is read transposed.
// CHECK-LABEL: func.func @rms_of_transposed_use(
// CHECK-NOT: norm.
// REMARK: Reason="what is multiplied with the root is not what the statistics are of"
func.func @rms_of_transposed_use(%arg0: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<64xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<64xf32>) -> tensor<64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<64x64xf32>) outs(%1 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<64xf32>
  %3 = tensor.empty() : tensor<64xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<64xf32>) outs(%3 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    %8 = arith.addf %7, %cst_1 : f32
    %9 = math.rsqrt %8 : f32
    linalg.yield %9 : f32
  } -> tensor<64xf32>
  %5 = tensor.empty() : tensor<64x64xf32>
  %6 = linalg.generic {indexing_maps = [#map4, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4 : tensor<64x64xf32>, tensor<64xf32>) outs(%5 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %7 = arith.mulf %in, %in_2 : f32
    linalg.yield %7 : f32
  } -> tensor<64x64xf32>
  return %6 : tensor<64x64xf32>
}

// The first two dimensions of the statistic are exchanged.
// CHECK-LABEL: func.func @rms_batch_axis_kept_wrong(
// CHECK-NOT: norm.
// REMARK: Reason="what is multiplied with the root is not what the statistics are of"
func.func @rms_batch_axis_kept_wrong(%arg0: tensor<16x16x64xf32>) -> tensor<16x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16x16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16x16xf32>) -> tensor<16x16xf32>
  %2 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<16x16x64xf32>) outs(%1 : tensor<16x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<16x16xf32>
  %3 = tensor.empty() : tensor<16x16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<16x16xf32>) outs(%3 : tensor<16x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    %8 = arith.addf %7, %cst_1 : f32
    %9 = math.rsqrt %8 : f32
    linalg.yield %9 : f32
  } -> tensor<16x16xf32>
  %5 = tensor.empty() : tensor<16x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map5, #map7, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4 : tensor<16x16x64xf32>, tensor<16x16xf32>) outs(%5 : tensor<16x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %7 = arith.mulf %in, %in_2 : f32
    linalg.yield %7 : f32
  } -> tensor<16x16x64xf32>
  return %6 : tensor<16x16x64xf32>
}

// All rows are divided by the statistic of the first.
// CHECK-LABEL: func.func @rms_statistic_of_first_row(
// CHECK-NOT: norm.
// Why: statistic of other rows
func.func @rms_statistic_of_first_row(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<16xf32>
  %extracted_slice = tensor.extract_slice %2[0] [1] [1] : tensor<16xf32> to tensor<1xf32>
  %3 = tensor.empty() : tensor<1xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%extracted_slice : tensor<1xf32>) outs(%3 : tensor<1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    %8 = arith.addf %7, %cst_1 : f32
    %9 = math.rsqrt %8 : f32
    linalg.yield %9 : f32
  } -> tensor<1xf32>
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map8, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<1xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %7 = arith.mulf %in, %in_2 : f32
    linalg.yield %7 : f32
  } -> tensor<16x64xf32>
  return %6 : tensor<16x64xf32>
}

// The mean of squares of the first half of a row, applied to all of it (partial RMS
// normalization).
// CHECK-LABEL: func.func @rms_over_half_a_row(
// CHECK-NOT: norm.
// REMARK: Reason="what is multiplied with the root is not what the statistics are of"
func.func @rms_over_half_a_row(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 3.200000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %extracted_slice = tensor.extract_slice %arg0[0, 0] [16, 32] [1, 1] : tensor<16x64xf32> to tensor<16x32xf32>
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%extracted_slice : tensor<16x32xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
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

// Masked: squares where the mask is one, divided by the number of ones.
// CHECK-LABEL: func.func @rms_masked(
// CHECK-NOT: norm.
// Why: mean over a mask
func.func @rms_masked(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %arg1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %10 = arith.mulf %in, %in : f32
    %11 = arith.mulf %10, %in_1 : f32
    %12 = arith.addf %out, %11 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<16xf32>) -> tensor<16xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg1 : tensor<16x64xf32>) outs(%4 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.addf %out, %in : f32
    linalg.yield %10 : f32
  } -> tensor<16xf32>
  %6 = tensor.empty() : tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%2, %5 : tensor<16xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %10 = arith.divf %in, %in_1 : f32
    %11 = arith.addf %10, %cst_0 : f32
    %12 = math.rsqrt %11 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16x64xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %7 : tensor<16x64xf32>, tensor<16xf32>) outs(%8 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %10 = arith.mulf %in, %in_1 : f32
    linalg.yield %10 : f32
  } -> tensor<16x64xf32>
  return %9 : tensor<16x64xf32>
}

// Only the first 48 elements are summed, by linalg.index.
// CHECK-LABEL: func.func @rms_masked_by_index(
// CHECK-NOT: norm.
// Why: mean over a mask
func.func @rms_masked_by_index(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %c48 = arith.constant 48 : index
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = linalg.index 1 : index
    %8 = arith.cmpi ult, %7, %c48 : index
    %9 = arith.mulf %in, %in : f32
    %10 = arith.select %8, %9, %cst : f32
    %11 = arith.addf %out, %10 : f32
    linalg.yield %11 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
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

// The sum is added to a partial sum that comes from elsewhere.
// CHECK-LABEL: func.func @rms_sum_starts_at_argument(
// CHECK-NOT: norm.
// REMARK: Reason="epsilon differs from group to group"
func.func @rms_sum_starts_at_argument(%arg0: tensor<16x64xf32>, %arg1: tensor<16xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 6.400000e+01 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %0 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%arg1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %5 = arith.mulf %in, %in : f32
    %6 = arith.addf %out, %5 : f32
    linalg.yield %6 : f32
  } -> tensor<16xf32>
  %1 = tensor.empty() : tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%0 : tensor<16xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %5 = arith.divf %in, %cst : f32
    %6 = arith.addf %5, %cst_0 : f32
    %7 = math.rsqrt %6 : f32
    linalg.yield %7 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16x64xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %2 : tensor<16x64xf32>, tensor<16xf32>) outs(%3 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %5 = arith.mulf %in, %in_1 : f32
    linalg.yield %5 : f32
  } -> tensor<16x64xf32>
  return %4 : tensor<16x64xf32>
}

// The statistic is that of relu(x), the result that of x.
// CHECK-LABEL: func.func @rms_of_clipped_x(
// CHECK-NOT: norm.
// Why: mean of squares of another tensor
func.func @rms_of_clipped_x(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.maximumf %in, %cst : f32
    %8 = arith.maximumf %in, %cst : f32
    %9 = arith.mulf %7, %8 : f32
    %10 = arith.addf %out, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
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

// Dynamic sizes: the count is that of dimension 0.
// CHECK-LABEL: func.func @rms_dynamic_wrong_dim(
// CHECK-NOT: norm.
// REMARK: Reason="the sum of squares is not divided by how many were summed"
func.func @rms_dynamic_wrong_dim(%arg0: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %c1 = arith.constant 1 : index
  %dim = tensor.dim %arg0, %c0 : tensor<?x?xf32>
  %0 = arith.index_cast %dim : index to i64
  %1 = arith.sitofp %0 : i64 to f32
  %dim_1 = tensor.dim %arg0, %c0 : tensor<?x?xf32>
  %2 = tensor.empty(%dim_1) : tensor<?xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<?xf32>) -> tensor<?xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<?x?xf32>) outs(%3 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.mulf %in, %in : f32
    %10 = arith.addf %out, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<?xf32>
  %dim_2 = tensor.dim %4, %c0 : tensor<?xf32>
  %5 = tensor.empty(%dim_2) : tensor<?xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%4 : tensor<?xf32>) outs(%5 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.divf %in, %1 : f32
    %10 = arith.addf %9, %cst_0 : f32
    %11 = math.rsqrt %10 : f32
    linalg.yield %11 : f32
  } -> tensor<?xf32>
  %dim_3 = tensor.dim %arg0, %c0 : tensor<?x?xf32>
  %dim_4 = tensor.dim %arg0, %c1 : tensor<?x?xf32>
  %7 = tensor.empty(%dim_3, %dim_4) : tensor<?x?xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %6 : tensor<?x?xf32>, tensor<?xf32>) outs(%7 : tensor<?x?xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %9 = arith.mulf %in, %in_5 : f32
    linalg.yield %9 : f32
  } -> tensor<?x?xf32>
  return %8 : tensor<?x?xf32>
}

// Dynamic sizes: the count is that of another tensor, which nothing says is equal.
// CHECK-LABEL: func.func @rms_dynamic_other_tensor(
// CHECK-NOT: norm.
// REMARK: Reason="the sum of squares is not divided by how many were summed"
func.func @rms_dynamic_other_tensor(%arg0: tensor<?x?xf32>, %arg1: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %c1 = arith.constant 1 : index
  %c0 = arith.constant 0 : index
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %dim = tensor.dim %arg1, %c1 : tensor<?x?xf32>
  %0 = arith.index_cast %dim : index to i64
  %1 = arith.sitofp %0 : i64 to f32
  %dim_1 = tensor.dim %arg0, %c0 : tensor<?x?xf32>
  %2 = tensor.empty(%dim_1) : tensor<?xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<?xf32>) -> tensor<?xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<?x?xf32>) outs(%3 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.mulf %in, %in : f32
    %10 = arith.addf %out, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<?xf32>
  %dim_2 = tensor.dim %4, %c0 : tensor<?xf32>
  %5 = tensor.empty(%dim_2) : tensor<?xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%4 : tensor<?xf32>) outs(%5 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.divf %in, %1 : f32
    %10 = arith.addf %9, %cst_0 : f32
    %11 = math.rsqrt %10 : f32
    linalg.yield %11 : f32
  } -> tensor<?xf32>
  %dim_3 = tensor.dim %arg0, %c0 : tensor<?x?xf32>
  %dim_4 = tensor.dim %arg0, %c1 : tensor<?x?xf32>
  %7 = tensor.empty(%dim_3, %dim_4) : tensor<?x?xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %6 : tensor<?x?xf32>, tensor<?xf32>) outs(%7 : tensor<?x?xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %9 = arith.mulf %in, %in_5 : f32
    linalg.yield %9 : f32
  } -> tensor<?x?xf32>
  return %8 : tensor<?x?xf32>
}

// The row is dynamic and the count is a constant.
// CHECK-LABEL: func.func @rms_dynamic_constant_count(
// CHECK-NOT: norm.
// REMARK: Reason="the sum of squares is not divided by how many were summed"
func.func @rms_dynamic_constant_count(%arg0: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %c1 = arith.constant 1 : index
  %dim = tensor.dim %arg0, %c0 : tensor<?x?xf32>
  %0 = tensor.empty(%dim) : tensor<?xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<?xf32>) -> tensor<?xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<?x?xf32>) outs(%1 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<?xf32>
  %dim_2 = tensor.dim %2, %c0 : tensor<?xf32>
  %3 = tensor.empty(%dim_2) : tensor<?xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<?xf32>) outs(%3 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    %8 = arith.addf %7, %cst_1 : f32
    %9 = math.rsqrt %8 : f32
    linalg.yield %9 : f32
  } -> tensor<?xf32>
  %dim_3 = tensor.dim %arg0, %c0 : tensor<?x?xf32>
  %dim_4 = tensor.dim %arg0, %c1 : tensor<?x?xf32>
  %5 = tensor.empty(%dim_3, %dim_4) : tensor<?x?xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4 : tensor<?x?xf32>, tensor<?xf32>) outs(%5 : tensor<?x?xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %7 = arith.mulf %in, %in_5 : f32
    linalg.yield %7 : f32
  } -> tensor<?x?xf32>
  return %6 : tensor<?x?xf32>
}

// Everything in bf16 arithmetic, the sum as well.
// CHECK-LABEL: func.func @rms_bf16_arithmetic(
// CHECK-NOT: norm.
// REMARK: Reason="what is under the root is rounded to a narrower type, and normalizations do not"
func.func @rms_bf16_arithmetic(%arg0: tensor<16x64xbf16>, %arg1: tensor<64xbf16>) -> tensor<16x64xbf16> {
  %cst = arith.constant 0.000000e+00 : bf16
  %cst_0 = arith.constant 6.400000e+01 : bf16
  %cst_1 = arith.constant 9.983770e-07 : bf16
  %0 = tensor.empty() : tensor<16xbf16>
  %1 = linalg.fill ins(%cst : bf16) outs(%0 : tensor<16xbf16>) -> tensor<16xbf16>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xbf16>) outs(%1 : tensor<16xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %7 = arith.mulf %in, %in : bf16
    %8 = arith.addf %out, %7 : bf16
    linalg.yield %8 : bf16
  } -> tensor<16xbf16>
  %3 = tensor.empty() : tensor<16xbf16>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xbf16>) outs(%3 : tensor<16xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %7 = arith.divf %in, %cst_0 : bf16
    %8 = arith.addf %7, %cst_1 : bf16
    %9 = math.rsqrt %8 : bf16
    linalg.yield %9 : bf16
  } -> tensor<16xbf16>
  %5 = tensor.empty() : tensor<16x64xbf16>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<16x64xbf16>, tensor<16xbf16>, tensor<64xbf16>) outs(%5 : tensor<16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %in_3: bf16, %out: bf16):
    %7 = arith.mulf %in, %in_2 : bf16
    %8 = arith.mulf %7, %in_3 : bf16
    linalg.yield %8 : bf16
  } -> tensor<16x64xbf16>
  return %6 : tensor<16x64xbf16>
}

// The squares are rounded to bf16, the sum is f32.
// CHECK-LABEL: func.func @rms_bf16_squares(
// CHECK-NOT: norm.
// REMARK: Reason="what is under the root is rounded to a narrower type, and normalizations do not"
func.func @rms_bf16_squares(%arg0: tensor<16x64xbf16>) -> tensor<16x64xbf16> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16x64xbf16>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xbf16>) outs(%0 : tensor<16x64xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %9 = arith.mulf %in, %in : bf16
    linalg.yield %9 : bf16
  } -> tensor<16x64xbf16>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xbf16>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %9 = arith.extf %in : bf16 to f32
    %10 = arith.addf %out, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%4 : tensor<16xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.divf %in, %cst_0 : f32
    %10 = arith.addf %9, %cst_1 : f32
    %11 = math.rsqrt %10 : f32
    linalg.yield %11 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16x64xbf16>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %6 : tensor<16x64xbf16>, tensor<16xf32>) outs(%7 : tensor<16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: f32, %out: bf16):
    %9 = arith.extf %in : bf16 to f32
    %10 = arith.mulf %9, %in_2 : f32
    %11 = arith.truncf %10 : f32 to bf16
    linalg.yield %11 : bf16
  } -> tensor<16x64xbf16>
  return %8 : tensor<16x64xbf16>
}

// f32 statistics; rstd is rounded to bf16 and multiplied with x in bf16.
// CHECK-LABEL: func.func @rms_bf16_rstd(
// CHECK-NOT: norm.
// REMARK: Reason="what is normalized is computed with roundings in between"
func.func @rms_bf16_rstd(%arg0: tensor<16x64xbf16>, %arg1: tensor<64xbf16>) -> tensor<16x64xbf16> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xbf16>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %9 = arith.extf %in : bf16 to f32
    linalg.yield %9 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.mulf %in, %in : f32
    %10 = arith.addf %out, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xbf16>
  %6 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%4 : tensor<16xf32>) outs(%5 : tensor<16xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %9 = arith.divf %in, %cst_0 : f32
    %10 = arith.addf %9, %cst_1 : f32
    %11 = math.rsqrt %10 : f32
    %12 = arith.truncf %11 : f32 to bf16
    linalg.yield %12 : bf16
  } -> tensor<16xbf16>
  %7 = tensor.empty() : tensor<16x64xbf16>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %6, %arg1 : tensor<16x64xbf16>, tensor<16xbf16>, tensor<64xbf16>) outs(%7 : tensor<16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %in_3: bf16, %out: bf16):
    %9 = arith.mulf %in, %in_2 : bf16
    %10 = arith.mulf %9, %in_3 : bf16
    linalg.yield %10 : bf16
  } -> tensor<16x64xbf16>
  return %8 : tensor<16x64xbf16>
}

// The mean of squares passes through f16, where it overflows early.
// CHECK-LABEL: func.func @rms_f16_mean(
// CHECK-NOT: norm.
// REMARK: Reason="what is under the root is rounded to a narrower type, and normalizations do not"
func.func @rms_f16_mean(%arg0: tensor<16x64xf16>) -> tensor<16x64xf16> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xf16>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f16, %out: f32):
    %11 = arith.extf %in : f16 to f32
    linalg.yield %11 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.mulf %in, %in : f32
    %12 = arith.addf %out, %11 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf16>
  %6 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%4 : tensor<16xf32>) outs(%5 : tensor<16xf16>) {
  ^bb0(%in: f32, %out: f16):
    %11 = arith.divf %in, %cst_0 : f32
    %12 = arith.truncf %11 : f32 to f16
    linalg.yield %12 : f16
  } -> tensor<16xf16>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%6 : tensor<16xf16>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f16, %out: f32):
    %11 = arith.extf %in : f16 to f32
    %12 = arith.addf %11, %cst_1 : f32
    %13 = math.rsqrt %12 : f32
    linalg.yield %13 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16x64xf16>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%1, %8 : tensor<16x64xf32>, tensor<16xf32>) outs(%9 : tensor<16x64xf16>) {
  ^bb0(%in: f32, %in_2: f32, %out: f16):
    %11 = arith.mulf %in, %in_2 : f32
    %12 = arith.truncf %11 : f32 to f16
    linalg.yield %12 : f16
  } -> tensor<16x64xf16>
  return %10 : tensor<16x64xf16>
}

// The statistic is that of x rounded to bf16, the result that of x.
// CHECK-LABEL: func.func @rms_of_rounded_x(
// CHECK-NOT: norm.
// REMARK: Reason="what is multiplied with the root is not what the statistics are of"
func.func @rms_of_rounded_x(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.truncf %in : f32 to bf16
    %10 = arith.extf %9 : bf16 to f32
    linalg.yield %10 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.mulf %in, %in : f32
    %10 = arith.addf %out, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%4 : tensor<16xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.divf %in, %cst_0 : f32
    %10 = arith.addf %9, %cst_1 : f32
    %11 = math.rsqrt %10 : f32
    linalg.yield %11 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %6 : tensor<16x64xf32>, tensor<16xf32>) outs(%7 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %9 = arith.mulf %in, %in_2 : f32
    linalg.yield %9 : f32
  } -> tensor<16x64xf32>
  return %8 : tensor<16x64xf32>
}

// Windows of four neighbours (local response normalization).
// CHECK-LABEL: func.func @rms_windows(
// CHECK-NOT: norm.
func.func @rms_windows(%arg0: tensor<16x64xf32>) -> tensor<16x61xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 4.000000e+00 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16x61xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16x61xf32>) -> tensor<16x61xf32>
  %2 = tensor.empty() : tensor<4xf32>
  %3 = linalg.generic {indexing_maps = [#map9, #map10, #map6], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0, %2 : tensor<16x64xf32>, tensor<4xf32>) outs(%1 : tensor<16x61xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %8 = arith.mulf %in, %in : f32
    %9 = arith.addf %out, %8 : f32
    linalg.yield %9 : f32
  } -> tensor<16x61xf32>
  %4 = tensor.empty() : tensor<16x61xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%3 : tensor<16x61xf32>) outs(%4 : tensor<16x61xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = arith.divf %in, %cst_0 : f32
    %9 = arith.addf %8, %cst_1 : f32
    %10 = math.rsqrt %9 : f32
    linalg.yield %10 : f32
  } -> tensor<16x61xf32>
  %extracted_slice = tensor.extract_slice %arg0[0, 0] [16, 61] [1, 1] : tensor<16x64xf32> to tensor<16x61xf32>
  %6 = tensor.empty() : tensor<16x61xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%extracted_slice, %5 : tensor<16x61xf32>, tensor<16x61xf32>) outs(%6 : tensor<16x61xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %8 = arith.mulf %in, %in_2 : f32
    linalg.yield %8 : f32
  } -> tensor<16x61xf32>
  return %7 : tensor<16x61xf32>
}
