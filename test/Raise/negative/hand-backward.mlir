// RUN: norm-opt %s --norm-raise | FileCheck %s
// RUN: norm-opt %s --norm-raise --remarks-filter=norm-raise 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK

// What is nearly the gradient of a normalization.

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d0)>
#map2 = affine_map<(d0, d1) -> (d1)>
#map3 = affine_map<(d0) -> (d0)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d1)>

// + x^ * mean(g * x^).
// CHECK-LABEL: func.func @layer_backward_plus(
// CHECK-NOT: norm.
// Why: sign of a term
func.func @layer_backward_plus(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>, %arg3: tensor<16xf32>, %arg4: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %16 = arith.subf %in, %in_1 : f32
    %17 = arith.mulf %16, %in_2 : f32
    linalg.yield %17 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg4 : tensor<16x64xf32>, tensor<64xf32>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %16 = arith.mulf %in, %in_1 : f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<16xf32>) -> tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3 : tensor<16x64xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%6 : tensor<16xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<16xf32>) -> tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3, %1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %16 = arith.mulf %in, %in_1 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%11 : tensor<16xf32>) outs(%12 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %14 = tensor.empty() : tensor<16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%3, %8, %1, %13, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%14 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %16 = arith.subf %in, %in_1 : f32
    %17 = arith.mulf %in_2, %in_3 : f32
    %18 = arith.addf %16, %17 : f32
    %19 = arith.mulf %18, %in_4 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  return %15 : tensor<16x64xf32>
}

// The mean of dy is subtracted where that of dy * w belongs.
// CHECK-LABEL: func.func @layer_backward_mean_of_dy(
// CHECK-NOT: norm.
// Why: mean of another tensor
func.func @layer_backward_mean_of_dy(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>, %arg3: tensor<16xf32>, %arg4: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %16 = arith.subf %in, %in_1 : f32
    %17 = arith.mulf %16, %in_2 : f32
    linalg.yield %17 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg4 : tensor<16x64xf32>, tensor<64xf32>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %16 = arith.mulf %in, %in_1 : f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<16xf32>) -> tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%6 : tensor<16xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<16xf32>) -> tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3, %1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %16 = arith.mulf %in, %in_1 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%11 : tensor<16xf32>) outs(%12 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %14 = tensor.empty() : tensor<16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%3, %8, %1, %13, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%14 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %16 = arith.subf %in, %in_1 : f32
    %17 = arith.mulf %in_2, %in_3 : f32
    %18 = arith.subf %16, %17 : f32
    %19 = arith.mulf %18, %in_4 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  return %15 : tensor<16x64xf32>
}

// One of the means is divided by N - 1 (the gradient of an unbiased variance).
// CHECK-LABEL: func.func @layer_backward_wrong_count(
// CHECK-NOT: norm.
// Why: divided by 63, the row has 64
func.func @layer_backward_wrong_count(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>, %arg3: tensor<16xf32>, %arg4: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 6.300000e+01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %16 = arith.subf %in, %in_2 : f32
    %17 = arith.mulf %16, %in_3 : f32
    linalg.yield %17 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg4 : tensor<16x64xf32>, tensor<64xf32>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %16 = arith.mulf %in, %in_2 : f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<16xf32>) -> tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3 : tensor<16x64xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%6 : tensor<16xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<16xf32>) -> tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3, %1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %16 = arith.mulf %in, %in_2 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%11 : tensor<16xf32>) outs(%12 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_1 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %14 = tensor.empty() : tensor<16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%3, %8, %1, %13, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%14 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %16 = arith.subf %in, %in_2 : f32
    %17 = arith.mulf %in_3, %in_4 : f32
    %18 = arith.subf %16, %17 : f32
    %19 = arith.mulf %18, %in_5 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  return %15 : tensor<16x64xf32>
}

// mean(g * x) instead of mean(g * x^).
// CHECK-LABEL: func.func @layer_backward_x_for_normalized(
// CHECK-NOT: norm.
// Why: sum of products with another tensor
func.func @layer_backward_x_for_normalized(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>, %arg3: tensor<16xf32>, %arg4: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %16 = arith.subf %in, %in_1 : f32
    %17 = arith.mulf %16, %in_2 : f32
    linalg.yield %17 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg4 : tensor<16x64xf32>, tensor<64xf32>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %16 = arith.mulf %in, %in_1 : f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<16xf32>) -> tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3 : tensor<16x64xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%6 : tensor<16xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<16xf32>) -> tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3, %arg1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %16 = arith.mulf %in, %in_1 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%11 : tensor<16xf32>) outs(%12 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %14 = tensor.empty() : tensor<16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%3, %8, %1, %13, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%14 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %16 = arith.subf %in, %in_1 : f32
    %17 = arith.mulf %in_2, %in_3 : f32
    %18 = arith.subf %16, %17 : f32
    %19 = arith.mulf %18, %in_4 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  return %15 : tensor<16x64xf32>
}

// (x - mean) twice and rstd once: the square of rstd is missing.
// CHECK-LABEL: func.func @layer_backward_one_rstd_short(
// CHECK-NOT: norm.
// Why: power of rstd
func.func @layer_backward_one_rstd_short(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>, %arg3: tensor<16xf32>, %arg4: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg4 : tensor<16x64xf32>, tensor<64xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %16 = arith.mulf %in, %in_1 : f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %16 = arith.subf %in, %in_1 : f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<16xf32>) -> tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%6 : tensor<16xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<16xf32>) -> tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1, %3 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %16 = arith.mulf %in, %in_1 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%11 : tensor<16xf32>) outs(%12 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %14 = tensor.empty() : tensor<16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%1, %8, %3, %13, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%14 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %16 = arith.subf %in, %in_1 : f32
    %17 = arith.mulf %in_2, %in_3 : f32
    %18 = arith.mulf %17, %in_4 : f32
    %19 = arith.subf %16, %18 : f32
    %20 = arith.mulf %19, %in_4 : f32
    linalg.yield %20 : f32
  } -> tensor<16x64xf32>
  return %15 : tensor<16x64xf32>
}

// dy * w * rstd of rows: statistics taken as constants.
// CHECK-LABEL: func.func @layer_backward_statistics_detached(
// CHECK-NOT: norm.
func.func @layer_backward_statistics_detached(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>, %arg3: tensor<16xf32>, %arg4: tensor<64xf32>) -> tensor<16x64xf32> {
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %out: f32):
    %6 = arith.subf %in, %in_0 : f32
    %7 = arith.mulf %6, %in_1 : f32
    linalg.yield %7 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg4 : tensor<16x64xf32>, tensor<64xf32>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %6 = arith.mulf %in, %in_0 : f32
    linalg.yield %6 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16x64xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%3, %arg3 : tensor<16x64xf32>, tensor<16xf32>) outs(%4 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %6 = arith.mulf %in, %in_0 : f32
    linalg.yield %6 : f32
  } -> tensor<16x64xf32>
  return %5 : tensor<16x64xf32>
}

// x^ is centered, and the mean of g is not subtracted: neither layer nor RMS normalization. The
// gradient of an RMS normalization of x - mean may be found.
// CHECK-LABEL: func.func @layer_backward_no_mean_term(
// CHECK-NOT: norm.layer_norm_backward
// Why: mean of g is not subtracted
func.func @layer_backward_no_mean_term(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>, %arg3: tensor<16xf32>, %arg4: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %11 = arith.subf %in, %in_1 : f32
    %12 = arith.mulf %11, %in_2 : f32
    linalg.yield %12 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg4 : tensor<16x64xf32>, tensor<64xf32>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %11 = arith.mulf %in, %in_1 : f32
    linalg.yield %11 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<16xf32>) -> tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3, %1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %11 = arith.mulf %in, %in_1 : f32
    %12 = arith.addf %out, %11 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%6 : tensor<16xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.divf %in, %cst_0 : f32
    linalg.yield %11 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%3, %1, %8, %arg3 : tensor<16x64xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%9 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %out: f32):
    %11 = arith.mulf %in_1, %in_2 : f32
    %12 = arith.subf %in, %11 : f32
    %13 = arith.mulf %12, %in_3 : f32
    linalg.yield %13 : f32
  } -> tensor<16x64xf32>
  return %10 : tensor<16x64xf32>
}

// A square matrix: the mean of g is that of columns.
// CHECK-LABEL: func.func @layer_backward_columns(
// CHECK-NOT: norm.
// Why: mean over another axis than the sum of products
func.func @layer_backward_columns(%arg0: tensor<64x64xf32>, %arg1: tensor<64x64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<64xf32>) -> tensor<64x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<64x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<64x64xf32>, tensor<64xf32>, tensor<64xf32>) outs(%0 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %14 = arith.subf %in, %in_1 : f32
    %15 = arith.mulf %14, %in_2 : f32
    linalg.yield %15 : f32
  } -> tensor<64x64xf32>
  %2 = tensor.empty() : tensor<64xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<64xf32>) -> tensor<64xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "parallel"]} ins(%arg0 : tensor<64x64xf32>) outs(%3 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<64xf32>
  %5 = tensor.empty() : tensor<64xf32>
  %6 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%4 : tensor<64xf32>) outs(%5 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<64xf32>
  %7 = tensor.empty() : tensor<64xf32>
  %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<64xf32>) -> tensor<64xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %1 : tensor<64x64xf32>, tensor<64x64xf32>) outs(%8 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %14 = arith.mulf %in, %in_1 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<64xf32>
  %10 = tensor.empty() : tensor<64xf32>
  %11 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%9 : tensor<64xf32>) outs(%10 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<64xf32>
  %12 = tensor.empty() : tensor<64x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map2, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %6, %1, %11, %arg3 : tensor<64x64xf32>, tensor<64xf32>, tensor<64x64xf32>, tensor<64xf32>, tensor<64xf32>) outs(%12 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %14 = arith.subf %in, %in_1 : f32
    %15 = arith.mulf %in_2, %in_3 : f32
    %16 = arith.subf %14, %15 : f32
    %17 = arith.mulf %16, %in_4 : f32
    linalg.yield %17 : f32
  } -> tensor<64x64xf32>
  return %13 : tensor<64x64xf32>
}

// x^ is computed by one rstd, and multiplied by another.
// CHECK-LABEL: func.func @layer_backward_two_rstds(
// CHECK-NOT: norm.
// Why: two different rstd
func.func @layer_backward_two_rstds(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>, %arg3: tensor<16xf32>, %arg4: tensor<64xf32>, %arg5: tensor<16xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %16 = arith.subf %in, %in_1 : f32
    %17 = arith.mulf %16, %in_2 : f32
    linalg.yield %17 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg4 : tensor<16x64xf32>, tensor<64xf32>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %16 = arith.mulf %in, %in_1 : f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<16xf32>) -> tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3 : tensor<16x64xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%6 : tensor<16xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<16xf32>) -> tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3, %1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %16 = arith.mulf %in, %in_1 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%11 : tensor<16xf32>) outs(%12 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %14 = tensor.empty() : tensor<16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%3, %8, %1, %13, %arg5 : tensor<16x64xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%14 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %16 = arith.subf %in, %in_1 : f32
    %17 = arith.mulf %in_2, %in_3 : f32
    %18 = arith.subf %16, %17 : f32
    %19 = arith.mulf %18, %in_4 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  return %15 : tensor<16x64xf32>
}

// A factor of two is left over from the square.
// CHECK-LABEL: func.func @rms_backward_twice(
// CHECK-NOT: norm.
// Why: factor of a term
func.func @rms_backward_twice(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 2.000000e+00 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %9 = arith.mulf %in, %in_2 : f32
    linalg.yield %9 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %9 = arith.mulf %in, %in_2 : f32
    %10 = arith.addf %out, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%4 : tensor<16xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.divf %in, %cst_0 : f32
    linalg.yield %9 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %1, %6, %arg2 : tensor<16x64xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%7 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %9 = arith.mulf %cst_1, %in_2 : f32
    %10 = arith.mulf %9, %in_3 : f32
    %11 = arith.subf %in, %10 : f32
    %12 = arith.mulf %in_4, %11 : f32
    linalg.yield %12 : f32
  } -> tensor<16x64xf32>
  return %8 : tensor<16x64xf32>
}

// The gradient of L2 normalization: sums, not means.
// CHECK-LABEL: func.func @l2_normalize_backward(
// CHECK-NOT: norm.
// REMARK: Reason="the sum of squares of 64 elements is divided by {{[0-9.]+}}"
func.func @l2_normalize_backward(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg1 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.mulf %in, %in : f32
    %13 = arith.addf %out, %12 : f32
    linalg.yield %13 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = math.rsqrt %in : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %12 = arith.mulf %in, %in_0 : f32
    linalg.yield %12 : f32
  } -> tensor<16x64xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<16xf32>) -> tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %6 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %12 = arith.mulf %in, %in_0 : f32
    %13 = arith.addf %out, %12 : f32
    linalg.yield %13 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %6, %9, %4 : tensor<16x64xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%10 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %in_2: f32, %out: f32):
    %12 = arith.mulf %in_0, %in_1 : f32
    %13 = arith.subf %in, %12 : f32
    %14 = arith.mulf %in_2, %13 : f32
    linalg.yield %14 : f32
  } -> tensor<16x64xf32>
  return %11 : tensor<16x64xf32>
}

// y * (dy - sum(dy * y)).
// CHECK-LABEL: func.func @softmax_backward(
// CHECK-NOT: norm.
func.func @softmax_backward(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %arg1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %5 = arith.mulf %in, %in_0 : f32
    %6 = arith.addf %out, %5 : f32
    linalg.yield %6 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16x64xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg1, %2 : tensor<16x64xf32>, tensor<16x64xf32>, tensor<16xf32>) outs(%3 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %out: f32):
    %5 = arith.subf %in, %in_1 : f32
    %6 = arith.mulf %5, %in_0 : f32
    linalg.yield %6 : f32
  } -> tensor<16x64xf32>
  return %4 : tensor<16x64xf32>
}

// dy - exp(y) * sum(dy).
// CHECK-LABEL: func.func @log_softmax_backward(
// CHECK-NOT: norm.
func.func @log_softmax_backward(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %5 = arith.addf %out, %in : f32
    linalg.yield %5 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16x64xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg1, %2 : tensor<16x64xf32>, tensor<16x64xf32>, tensor<16xf32>) outs(%3 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %out: f32):
    %5 = math.exp %in_0 : f32
    %6 = arith.mulf %5, %in_1 : f32
    %7 = arith.subf %in, %6 : f32
    linalg.yield %7 : f32
  } -> tensor<16x64xf32>
  return %4 : tensor<16x64xf32>
}

// sum(dy * x) and sum(dy): the gradients of scale and shift alone, with x that nobody normalized.
// CHECK-LABEL: func.func @linear_backward_sums(
// CHECK-NOT: norm.
func.func @linear_backward_sums(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>) -> (tensor<64xf32>, tensor<64xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<64xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<64xf32>) -> tensor<64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map, #map2], iterator_types = ["reduction", "parallel"]} ins(%arg0, %arg1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%1 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %6 = arith.mulf %in, %in_0 : f32
    %7 = arith.addf %out, %6 : f32
    linalg.yield %7 : f32
  } -> tensor<64xf32>
  %3 = tensor.empty() : tensor<64xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<64xf32>) -> tensor<64xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "parallel"]} ins(%arg0 : tensor<16x64xf32>) outs(%4 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %6 = arith.addf %out, %in : f32
    linalg.yield %6 : f32
  } -> tensor<64xf32>
  return %2, %5 : tensor<64xf32>, tensor<64xf32>
}

// The count is that of space, without the batch. The sums are the gradients of scale and bias, and
// may be found.
// CHECK-LABEL: func.func @batch_backward_partial_count(
// CHECK-NOT: norm.batch_norm_backward {{.*}}gradients = [input
// Why: divided by 196, the channel has 784
func.func @batch_backward_partial_count(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<4x32x14x14xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.960000e+02 : f32
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map4, #map5, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %10 = arith.subf %in, %in_1 : f32
    %11 = arith.mulf %10, %in_2 : f32
    linalg.yield %11 : f32
  } -> tensor<4x32x14x14xf32>
  %2 = tensor.empty() : tensor<32xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<32xf32>) -> tensor<32xf32>
  %4 = linalg.generic {indexing_maps = [#map4, #map4, #map5], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0, %1 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %10 = arith.mulf %in, %in_1 : f32
    %11 = arith.addf %out, %10 : f32
    linalg.yield %11 : f32
  } -> tensor<32xf32>
  %5 = tensor.empty() : tensor<32xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<32xf32>) -> tensor<32xf32>
  %7 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%6 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.addf %out, %in : f32
    linalg.yield %10 : f32
  } -> tensor<32xf32>
  %8 = tensor.empty() : tensor<4x32x14x14xf32>
  %9 = linalg.generic {indexing_maps = [#map4, #map4, #map5, #map5, #map5, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %1, %4, %7, %arg3, %arg4 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%8 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %10 = arith.mulf %in_5, %in_4 : f32
    %11 = arith.mulf %in_1, %in_2 : f32
    %12 = arith.addf %in_3, %11 : f32
    %13 = arith.divf %12, %cst_0 : f32
    %14 = arith.subf %in, %13 : f32
    %15 = arith.mulf %10, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<4x32x14x14xf32>
  return %9 : tensor<4x32x14x14xf32>
}
