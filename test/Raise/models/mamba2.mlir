// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Fragments of Mamba2 (gated RMS normalization).

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>

// Residual in f32, norm; the stream is returned.
// CHECK-LABEL: func.func @mamba2_block_norm(
// CHECK: norm.rms_norm {{.*}}axes = [2]
func.func @mamba2_block_norm(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xf32>, tensor<2x16x64xf32>) {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e-05 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg1 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %11 = arith.addf %in, %in_2 : f32
    linalg.yield %11 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %11 : f32
  } -> tensor<2x16x64xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.addf %in, %out : f32
    linalg.yield %11 : f32
  } -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.divf %in, %cst_1 : f32
    linalg.yield %11 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.truncf %cst_0 : f64 to f32
    %12 = arith.addf %in, %11 : f32
    linalg.yield %12 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = math.rsqrt %in : f32
    linalg.yield %11 : f32
  } -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %8 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %11 = arith.mulf %in, %in_2 : f32
    linalg.yield %11 : f32
  } -> tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9, %arg2 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %11 = arith.mulf %in, %in_2 : f32
    linalg.yield %11 : f32
  } -> tensor<2x16x64xf32>
  return %10, %1 : tensor<2x16x64xf32>, tensor<2x16x64xf32>
}

// x * silu(z), then the norm. It may become gate(...) gating = before.
// CHECK-LABEL: func.func @mamba2_gated_norm(
// CHECK: norm.rms_norm {{.*}}axes = [2] {{.*}}eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}}
func.func @mamba2_gated_norm(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 1.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.negf %in : f32
    %14 = math.exp %13 : f32
    %15 = arith.addf %14, %cst : f32
    %16 = arith.divf %cst, %15 : f32
    linalg.yield %16 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %1 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %13 = arith.mulf %in, %in_3 : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %2 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %13 = arith.mulf %in, %in_3 : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x64xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %13 : f32
  } -> tensor<2x16x64xf32>
  %5 = tensor.empty() : tensor<2x16x1xf32>
  %6 = linalg.fill ins(%cst_0 : f32) outs(%5 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%4 : tensor<2x16x64xf32>) outs(%6 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.addf %in, %out : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.divf %in, %cst_2 : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.truncf %cst_1 : f64 to f32
    %14 = arith.addf %in, %13 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = math.rsqrt %in : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3, %10 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %13 = arith.mulf %in, %in_3 : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2, %11 : tensor<64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %13 = arith.mulf %in, %in_3 : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x64xf32>
  return %12 : tensor<2x16x64xf32>
}

// The same of bf16: the product is f32, the norm is rounded before the weight.
// CHECK-LABEL: func.func @mamba2_gated_norm_bf16(
// CHECK: norm.rms_norm {{.*}}axes = [2] {{.*}}eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}}
func.func @mamba2_gated_norm_bf16(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<2x16x64xbf16>, %arg2: tensor<64xbf16>) -> tensor<2x16x64xbf16> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 1.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %17 = arith.extf %in : bf16 to f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %17 = arith.extf %in : bf16 to f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.negf %in : f32
    %18 = math.exp %17 : f32
    %19 = arith.addf %18, %cst : f32
    %20 = arith.divf %cst, %19 : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x64xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2, %3 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %17 = arith.mulf %in, %in_3 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %4 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %17 = arith.mulf %in, %in_3 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %7 = tensor.empty() : tensor<2x16x1xf32>
  %8 = linalg.fill ins(%cst_0 : f32) outs(%7 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%6 : tensor<2x16x64xf32>) outs(%8 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.addf %in, %out : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.divf %in, %cst_2 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.truncf %cst_1 : f64 to f32
    %18 = arith.addf %in, %17 : f32
    linalg.yield %18 : f32
  } -> tensor<2x16x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = math.rsqrt %in : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %12 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %17 = arith.mulf %in, %in_3 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %14 = tensor.empty() : tensor<2x16x64xbf16>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x16x64xf32>) outs(%14 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %17 = arith.truncf %in : f32 to bf16
    linalg.yield %17 : bf16
  } -> tensor<2x16x64xbf16>
  %16 = linalg.generic {indexing_maps = [#map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2, %15 : tensor<64xbf16>, tensor<2x16x64xbf16>) outs(%14 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_3: bf16, %out: bf16):
    %17 = arith.mulf %in, %in_3 : bf16
    linalg.yield %17 : bf16
  } -> tensor<2x16x64xbf16>
  return %16 : tensor<2x16x64xbf16>
}

// Two groups of a row.
// CHECK-LABEL: func.func @mamba2_grouped_norm(
// CHECK: norm.rms_norm {{.*}}axes = [2] {{.*}}groups = 2
func.func @mamba2_grouped_norm(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 1.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 3.200000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.negf %in : f32
    %15 = math.exp %14 : f32
    %16 = arith.addf %15, %cst : f32
    %17 = arith.divf %cst, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %1 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %14 = arith.mulf %in, %in_3 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %2 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %14 = arith.mulf %in, %in_3 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %expanded = tensor.expand_shape %3 [[0], [1], [2, 3]] output_shape [2, 16, 2, 32] : tensor<2x16x64xf32> into tensor<2x16x2x32xf32>
  %4 = tensor.empty() : tensor<2x16x2x32xf32>
  %5 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x2x32xf32>) outs(%4 : tensor<2x16x2x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %14 : f32
  } -> tensor<2x16x2x32xf32>
  %6 = tensor.empty() : tensor<2x16x2x1xf32>
  %7 = linalg.fill ins(%cst_0 : f32) outs(%6 : tensor<2x16x2x1xf32>) -> tensor<2x16x2x1xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%5 : tensor<2x16x2x32xf32>) outs(%7 : tensor<2x16x2x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %in, %out : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x2x1xf32>
  %9 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x2x1xf32>) outs(%6 : tensor<2x16x2x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_2 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x2x1xf32>
  %10 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x2x1xf32>) outs(%6 : tensor<2x16x2x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.truncf %cst_1 : f64 to f32
    %15 = arith.addf %in, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x2x1xf32>
  %11 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x2x1xf32>) outs(%6 : tensor<2x16x2x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = math.rsqrt %in : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x2x1xf32>
  %12 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %11 : tensor<2x16x2x32xf32>, tensor<2x16x2x1xf32>) outs(%4 : tensor<2x16x2x32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %14 = arith.mulf %in, %in_3 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x2x32xf32>
  %collapsed = tensor.collapse_shape %12 [[0], [1], [2, 3]] : tensor<2x16x2x32xf32> into tensor<2x16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed, %arg2 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %14 = arith.mulf %in, %in_3 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  return %13 : tensor<2x16x64xf32>
}

// The norm, times silu(z).
// CHECK-LABEL: func.func @mamba2_norm_before_gate(
// CHECK: norm.rms_norm {{.*}}axes = [2] {{.*}}eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}}
func.func @mamba2_norm_before_gate(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %13 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x1xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.addf %in, %out : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.divf %in, %cst_2 : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.truncf %cst_1 : f64 to f32
    %14 = arith.addf %in, %13 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = math.rsqrt %in : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %7 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %13 = arith.mulf %in, %in_3 : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x64xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %arg2 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %13 = arith.mulf %in, %in_3 : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.negf %in : f32
    %14 = math.exp %13 : f32
    %15 = arith.addf %14, %cst_0 : f32
    %16 = arith.divf %cst_0, %15 : f32
    linalg.yield %16 : f32
  } -> tensor<2x16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %10 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %13 = arith.mulf %in, %in_3 : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9, %11 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %13 = arith.mulf %in, %in_3 : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x64xf32>
  return %12 : tensor<2x16x64xf32>
}

// Gated norm and output projection.
// CHECK-LABEL: func.func @mamba2_out_projection(
// CHECK: norm.rms_norm {{.*}}axes = [2]
// CHECK: matmul
func.func @mamba2_out_projection(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<32x64xf32>) -> tensor<2x16x32xf32> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 1.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.negf %in : f32
    %18 = math.exp %17 : f32
    %19 = arith.addf %18, %cst : f32
    %20 = arith.divf %cst, %19 : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %1 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %17 = arith.mulf %in, %in_3 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %2 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %17 = arith.mulf %in, %in_3 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %5 = tensor.empty() : tensor<2x16x1xf32>
  %6 = linalg.fill ins(%cst_0 : f32) outs(%5 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%4 : tensor<2x16x64xf32>) outs(%6 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.addf %in, %out : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.divf %in, %cst_2 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.truncf %cst_1 : f64 to f32
    %18 = arith.addf %in, %17 : f32
    linalg.yield %18 : f32
  } -> tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = math.rsqrt %in : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3, %10 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %17 = arith.mulf %in, %in_3 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2, %11 : tensor<64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %17 = arith.mulf %in, %in_3 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %13 = tensor.empty() : tensor<64x32xf32>
  %transposed = linalg.transpose ins(%arg3 : tensor<32x64xf32>) outs(%13 : tensor<64x32xf32>) permutation = [1, 0]
  %collapsed = tensor.collapse_shape %12 [[0, 1], [2]] : tensor<2x16x64xf32> into tensor<32x64xf32>
  %14 = tensor.empty() : tensor<32x32xf32>
  %15 = linalg.fill ins(%cst_0 : f32) outs(%14 : tensor<32x32xf32>) -> tensor<32x32xf32>
  %16 = linalg.matmul ins(%collapsed, %transposed : tensor<32x64xf32>, tensor<64x32xf32>) outs(%15 : tensor<32x32xf32>) -> tensor<32x32xf32>
  %expanded = tensor.expand_shape %16 [[0, 1], [2]] output_shape [2, 16, 32] : tensor<32x32xf32> into tensor<2x16x32xf32>
  return %expanded : tensor<2x16x32xf32>
}
