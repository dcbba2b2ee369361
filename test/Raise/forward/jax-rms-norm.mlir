// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// What JAX, StableHLO and its conversion to linalg make of RMS normalizations.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map3 = affine_map<(d0, d1, d2) -> (d2)>
#map4 = affine_map<(d0) -> (d0)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map7 = affine_map<(d0, d1) -> (d1)>
#map8 = affine_map<(d0, d1) -> (d0, d1)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map10 = affine_map<(d0, d1, d2, d3) -> (d3)>

// mean of squares, rsqrt.
// CHECK-LABEL: func.func @jax_rms_norm(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_rms_norm(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.mulf %in, %in : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16xf32>
  %3 = linalg.fill ins(%cst_1 : f32) outs(%2 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.addf %out, %in : f32
    linalg.yield %19 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %4 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.divf %in, %cst_0 : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x1xf32>
  %7 = tensor.empty() : tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.addf %in, %cst : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = math.rsqrt %in : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x1xf32>
  %11 = tensor.empty() : tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf32>) outs(%11 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %13 = tensor.empty() : tensor<2x16x64xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %12 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%13 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %19 = arith.mulf %in, %in_2 : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x64xf32>
  %15 = tensor.empty() : tensor<2x16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<64xf32>) outs(%15 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %17 = tensor.empty() : tensor<2x16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14, %16 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %19 = arith.mulf %in, %in_2 : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x64xf32>
  return %18 : tensor<2x16x64xf32>
}

// bf16, rounded before the weight.
// CHECK-LABEL: func.func @jax_rms_norm_bf16(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} rounding = normalized outs(
// CHECK-NOT: linalg.generic
func.func @jax_rms_norm_bf16(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64xbf16>) -> tensor<2x16x64xbf16> {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %23 = arith.extf %in : bf16 to f32
    linalg.yield %23 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.mulf %in, %in : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x64xf32>
  %4 = tensor.empty() : tensor<2x16xf32>
  %5 = linalg.fill ins(%cst_1 : f32) outs(%4 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%3 : tensor<2x16x64xf32>) outs(%5 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.addf %out, %in : f32
    linalg.yield %23 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %6 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %7 = tensor.empty() : tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.divf %in, %cst_0 : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.addf %in, %cst : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x1xf32>
  %11 = tensor.empty() : tensor<2x16x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf32>) outs(%11 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = math.rsqrt %in : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x1xf32>
  %13 = tensor.empty() : tensor<2x16x64xf32>
  %14 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x1xf32>) outs(%13 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %15 = tensor.empty() : tensor<2x16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %14 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%15 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %23 = arith.mulf %in, %in_2 : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x64xf32>
  %17 = tensor.empty() : tensor<2x16x64xbf16>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<2x16x64xf32>) outs(%17 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %23 = arith.truncf %in : f32 to bf16
    linalg.yield %23 : bf16
  } -> tensor<2x16x64xbf16>
  %19 = tensor.empty() : tensor<2x16x64xbf16>
  %20 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<64xbf16>) outs(%19 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    linalg.yield %in : bf16
  } -> tensor<2x16x64xbf16>
  %21 = tensor.empty() : tensor<2x16x64xbf16>
  %22 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %20 : tensor<2x16x64xbf16>, tensor<2x16x64xbf16>) outs(%21 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %out: bf16):
    %23 = arith.mulf %in, %in_2 : bf16
    linalg.yield %23 : bf16
  } -> tensor<2x16x64xbf16>
  return %22 : tensor<2x16x64xbf16>
}

// Gemma's (1 + scale) with an f32 scale.
// CHECK-LABEL: func.func @jax_rms_norm_one_plus_scale(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} weight_offset = 1.0{{.*}} outs(
func.func @jax_rms_norm_one_plus_scale(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64xf32>) -> tensor<2x16x64xbf16> {
  %cst = arith.constant 1.000000e+00 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %25 = arith.extf %in : bf16 to f32
    linalg.yield %25 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.mulf %in, %in : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x64xf32>
  %4 = tensor.empty() : tensor<2x16xf32>
  %5 = linalg.fill ins(%cst_2 : f32) outs(%4 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%3 : tensor<2x16x64xf32>) outs(%5 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.addf %out, %in : f32
    linalg.yield %25 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %6 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %7 = tensor.empty() : tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.divf %in, %cst_1 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.addf %in, %cst_0 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x1xf32>
  %11 = tensor.empty() : tensor<2x16x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf32>) outs(%11 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = math.rsqrt %in : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x1xf32>
  %13 = tensor.empty() : tensor<2x16x64xf32>
  %14 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x1xf32>) outs(%13 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %15 = tensor.empty() : tensor<2x16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %14 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%15 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %25 = arith.mulf %in, %in_3 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x64xf32>
  %17 = tensor.empty() : tensor<64xf32>
  %18 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel"]} ins(%arg1 : tensor<64xf32>) outs(%17 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.addf %in, %cst : f32
    linalg.yield %25 : f32
  } -> tensor<64xf32>
  %19 = tensor.empty() : tensor<2x16x64xf32>
  %20 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18 : tensor<64xf32>) outs(%19 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %21 = tensor.empty() : tensor<2x16x64xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16, %20 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%21 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %25 = arith.mulf %in, %in_3 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x64xf32>
  %23 = tensor.empty() : tensor<2x16x64xbf16>
  %24 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22 : tensor<2x16x64xf32>) outs(%23 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %25 = arith.truncf %in : f32 to bf16
    linalg.yield %25 : bf16
  } -> tensor<2x16x64xbf16>
  return %24 : tensor<2x16x64xbf16>
}

// T5X: the f32 scale is rounded to bf16 before the product. The scale is an op of its own.
// CHECK-LABEL: func.func @jax_rms_norm_t5x(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} rounding = normalized outs(
func.func @jax_rms_norm_t5x(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64xf32>) -> tensor<2x16x64xbf16> {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %25 = arith.extf %in : bf16 to f32
    linalg.yield %25 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.mulf %in, %in : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x64xf32>
  %4 = tensor.empty() : tensor<2x16xf32>
  %5 = linalg.fill ins(%cst_1 : f32) outs(%4 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%3 : tensor<2x16x64xf32>) outs(%5 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.addf %out, %in : f32
    linalg.yield %25 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %6 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %7 = tensor.empty() : tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.divf %in, %cst_0 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.addf %in, %cst : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x1xf32>
  %11 = tensor.empty() : tensor<2x16x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf32>) outs(%11 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = math.rsqrt %in : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x1xf32>
  %13 = tensor.empty() : tensor<2x16x64xf32>
  %14 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x1xf32>) outs(%13 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %15 = tensor.empty() : tensor<2x16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %14 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%15 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %25 = arith.mulf %in, %in_2 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x64xf32>
  %17 = tensor.empty() : tensor<2x16x64xbf16>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<2x16x64xf32>) outs(%17 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %25 = arith.truncf %in : f32 to bf16
    linalg.yield %25 : bf16
  } -> tensor<2x16x64xbf16>
  %19 = tensor.empty() : tensor<64xbf16>
  %20 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel"]} ins(%arg1 : tensor<64xf32>) outs(%19 : tensor<64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %25 = arith.truncf %in : f32 to bf16
    linalg.yield %25 : bf16
  } -> tensor<64xbf16>
  %21 = tensor.empty() : tensor<2x16x64xbf16>
  %22 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<64xbf16>) outs(%21 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    linalg.yield %in : bf16
  } -> tensor<2x16x64xbf16>
  %23 = tensor.empty() : tensor<2x16x64xbf16>
  %24 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %22 : tensor<2x16x64xbf16>, tensor<2x16x64xbf16>) outs(%23 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %out: bf16):
    %25 = arith.mulf %in, %in_2 : bf16
    linalg.yield %25 : bf16
  } -> tensor<2x16x64xbf16>
  return %24 : tensor<2x16x64xbf16>
}

// x ** 2 and a division by sqrt.
// CHECK-LABEL: func.func @jax_rms_norm_sqrt(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_rms_norm_sqrt(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.mulf %in, %in : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16xf32>
  %3 = linalg.fill ins(%cst_1 : f32) outs(%2 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.addf %out, %in : f32
    linalg.yield %19 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %4 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.divf %in, %cst_0 : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x1xf32>
  %7 = tensor.empty() : tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.addf %in, %cst : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = math.sqrt %in : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x1xf32>
  %11 = tensor.empty() : tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf32>) outs(%11 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %13 = tensor.empty() : tensor<2x16x64xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %12 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%13 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %19 = arith.divf %in, %in_2 : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x64xf32>
  %15 = tensor.empty() : tensor<2x16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<64xf32>) outs(%15 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %17 = tensor.empty() : tensor<2x16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14, %16 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %19 = arith.mulf %in, %in_2 : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x64xf32>
  return %18 : tensor<2x16x64xf32>
}

// w * x first, times reciprocal(sqrt).
// CHECK-LABEL: func.func @jax_rms_norm_reciprocal(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_rms_norm_reciprocal(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 1.000000e+00 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %arg0 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %21 = arith.mulf %in, %in_3 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %4 = tensor.empty() : tensor<2x16x64xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %21 = arith.mulf %in, %in : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %6 = tensor.empty() : tensor<2x16xf32>
  %7 = linalg.fill ins(%cst_2 : f32) outs(%6 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%5 : tensor<2x16x64xf32>) outs(%7 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %21 = arith.addf %out, %in : f32
    linalg.yield %21 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %8 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %21 = arith.divf %in, %cst_1 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x1xf32>
  %11 = tensor.empty() : tensor<2x16x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf32>) outs(%11 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %21 = arith.addf %in, %cst_0 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x1xf32>
  %13 = tensor.empty() : tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x1xf32>) outs(%13 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %21 = math.sqrt %in : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x1xf32>
  %15 = tensor.empty() : tensor<2x16x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x16x1xf32>) outs(%15 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %21 = arith.divf %cst, %in : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x1xf32>
  %17 = tensor.empty() : tensor<2x16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<2x16x1xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %19 = tensor.empty() : tensor<2x16x64xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3, %18 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%19 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %21 = arith.mulf %in, %in_3 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  return %20 : tensor<2x16x64xf32>
}

// power 2.0 and ** -0.5.
// CHECK-LABEL: func.func @jax_rms_norm_power(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
func.func @jax_rms_norm_power(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant -5.000000e-01 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 0.000000e+00 : f32
  %cst_3 = arith.constant 2.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = math.powf %in, %cst_3 : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16xf32>
  %3 = linalg.fill ins(%cst_2 : f32) outs(%2 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.addf %out, %in : f32
    linalg.yield %19 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %4 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.divf %in, %cst_1 : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x1xf32>
  %7 = tensor.empty() : tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.addf %in, %cst_0 : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = math.powf %in, %cst : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x1xf32>
  %11 = tensor.empty() : tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf32>) outs(%11 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %13 = tensor.empty() : tensor<2x16x64xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %12 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%13 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %19 = arith.mulf %in, %in_4 : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x64xf32>
  %15 = tensor.empty() : tensor<2x16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<64xf32>) outs(%15 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %17 = tensor.empty() : tensor<2x16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14, %16 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %19 = arith.mulf %in, %in_4 : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x64xf32>
  return %18 : tensor<2x16x64xf32>
}

// bf16 after fusion of elementwise ops.
// CHECK-LABEL: func.func @jax_rms_norm_fused(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} rounding = normalized outs(
// CHECK-NOT: linalg.generic
func.func @jax_rms_norm_fused(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64xbf16>) -> tensor<2x16x64xbf16> {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %7 = arith.extf %in : bf16 to f32
    linalg.yield %7 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16xf32>
  %expanded = tensor.expand_shape %2 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %3 = linalg.fill ins(%cst_1 : f32) outs(%expanded : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %expanded_2 = tensor.expand_shape %1 [[0], [1, 2], [3]] output_shape [2, 16, 1, 64] : tensor<2x16x64xf32> into tensor<2x16x1x64xf32>
  %4 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%expanded_2 : tensor<2x16x1x64xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x64xbf16>
  %6 = linalg.generic {indexing_maps = [#map, #map2, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %4, %arg1 : tensor<2x16x64xf32>, tensor<2x16x1xf32>, tensor<64xbf16>) outs(%5 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: bf16, %out: bf16):
    %7 = arith.divf %in_3, %cst_0 : f32
    %8 = arith.addf %7, %cst : f32
    %9 = math.rsqrt %8 : f32
    %10 = arith.mulf %in, %9 : f32
    %11 = arith.truncf %10 : f32 to bf16
    %12 = arith.mulf %11, %in_4 : bf16
    linalg.yield %12 : bf16
  } -> tensor<2x16x64xbf16>
  return %6 : tensor<2x16x64xbf16>
}

// Four groups of a row (Mamba2).
// CHECK-LABEL: func.func @jax_rms_norm_groups(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} groups = 4 outs(
// CHECK-NOT: linalg.generic
func.func @jax_rms_norm_groups(%arg0: tensor<16x256xf32>, %arg1: tensor<256xf32>) -> tensor<16x256xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %expanded = tensor.expand_shape %arg0 [[0], [1, 2]] output_shape [16, 4, 64] : tensor<16x256xf32> into tensor<16x4x64xf32>
  %0 = tensor.empty() : tensor<16x4x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<16x4x64xf32>) outs(%0 : tensor<16x4x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.mulf %in, %in : f32
    linalg.yield %19 : f32
  } -> tensor<16x4x64xf32>
  %2 = tensor.empty() : tensor<16x4xf32>
  %3 = linalg.fill ins(%cst_1 : f32) outs(%2 : tensor<16x4xf32>) -> tensor<16x4xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<16x4x64xf32>) outs(%3 : tensor<16x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.addf %out, %in : f32
    linalg.yield %19 : f32
  } -> tensor<16x4xf32>
  %expanded_2 = tensor.expand_shape %4 [[0], [1, 2]] output_shape [16, 4, 1] : tensor<16x4xf32> into tensor<16x4x1xf32>
  %5 = tensor.empty() : tensor<16x4x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_2 : tensor<16x4x1xf32>) outs(%5 : tensor<16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.divf %in, %cst_0 : f32
    linalg.yield %19 : f32
  } -> tensor<16x4x1xf32>
  %7 = tensor.empty() : tensor<16x4x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<16x4x1xf32>) outs(%7 : tensor<16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.addf %in, %cst : f32
    linalg.yield %19 : f32
  } -> tensor<16x4x1xf32>
  %9 = tensor.empty() : tensor<16x4x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<16x4x1xf32>) outs(%9 : tensor<16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = math.rsqrt %in : f32
    linalg.yield %19 : f32
  } -> tensor<16x4x1xf32>
  %11 = tensor.empty() : tensor<16x4x64xf32>
  %12 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<16x4x1xf32>) outs(%11 : tensor<16x4x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<16x4x64xf32>
  %13 = tensor.empty() : tensor<16x4x64xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %12 : tensor<16x4x64xf32>, tensor<16x4x64xf32>) outs(%13 : tensor<16x4x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %19 = arith.mulf %in, %in_3 : f32
    linalg.yield %19 : f32
  } -> tensor<16x4x64xf32>
  %collapsed = tensor.collapse_shape %14 [[0], [1, 2]] : tensor<16x4x64xf32> into tensor<16x256xf32>
  %15 = tensor.empty() : tensor<16x256xf32>
  %16 = linalg.generic {indexing_maps = [#map7, #map8], iterator_types = ["parallel", "parallel"]} ins(%arg1 : tensor<256xf32>) outs(%15 : tensor<16x256xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<16x256xf32>
  %17 = tensor.empty() : tensor<16x256xf32>
  %18 = linalg.generic {indexing_maps = [#map8, #map8, #map8], iterator_types = ["parallel", "parallel"]} ins(%collapsed, %16 : tensor<16x256xf32>, tensor<16x256xf32>) outs(%17 : tensor<16x256xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %19 = arith.mulf %in, %in_3 : f32
    linalg.yield %19 : f32
  } -> tensor<16x256xf32>
  return %18 : tensor<16x256xf32>
}

// Per head.
// CHECK-LABEL: func.func @jax_rms_norm_heads(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [3] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} rounding = normalized outs(
// CHECK-NOT: linalg.generic
func.func @jax_rms_norm_heads(%arg0: tensor<2x16x8x32xbf16>, %arg1: tensor<32xbf16>) -> tensor<2x16x8x32xbf16> {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 3.200000e+01 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x8x32xf32>
  %1 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x8x32xbf16>) outs(%0 : tensor<2x16x8x32xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %23 = arith.extf %in : bf16 to f32
    linalg.yield %23 : f32
  } -> tensor<2x16x8x32xf32>
  %2 = tensor.empty() : tensor<2x16x8x32xf32>
  %3 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x8x32xf32>) outs(%2 : tensor<2x16x8x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.mulf %in, %in : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x8x32xf32>
  %4 = tensor.empty() : tensor<2x16x8xf32>
  %5 = linalg.fill ins(%cst_1 : f32) outs(%4 : tensor<2x16x8xf32>) -> tensor<2x16x8xf32>
  %6 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%3 : tensor<2x16x8x32xf32>) outs(%5 : tensor<2x16x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.addf %out, %in : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x8xf32>
  %expanded = tensor.expand_shape %6 [[0], [1], [2, 3]] output_shape [2, 16, 8, 1] : tensor<2x16x8xf32> into tensor<2x16x8x1xf32>
  %7 = tensor.empty() : tensor<2x16x8x1xf32>
  %8 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x8x1xf32>) outs(%7 : tensor<2x16x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.divf %in, %cst_0 : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x8x1xf32>
  %9 = tensor.empty() : tensor<2x16x8x1xf32>
  %10 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x8x1xf32>) outs(%9 : tensor<2x16x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.addf %in, %cst : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x8x1xf32>
  %11 = tensor.empty() : tensor<2x16x8x1xf32>
  %12 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x8x1xf32>) outs(%11 : tensor<2x16x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = math.rsqrt %in : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x8x1xf32>
  %13 = tensor.empty() : tensor<2x16x8x32xf32>
  %14 = linalg.generic {indexing_maps = [#map9, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x8x1xf32>) outs(%13 : tensor<2x16x8x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x8x32xf32>
  %15 = tensor.empty() : tensor<2x16x8x32xf32>
  %16 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1, %14 : tensor<2x16x8x32xf32>, tensor<2x16x8x32xf32>) outs(%15 : tensor<2x16x8x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %23 = arith.mulf %in, %in_2 : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x8x32xf32>
  %17 = tensor.empty() : tensor<2x16x8x32xbf16>
  %18 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16 : tensor<2x16x8x32xf32>) outs(%17 : tensor<2x16x8x32xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %23 = arith.truncf %in : f32 to bf16
    linalg.yield %23 : bf16
  } -> tensor<2x16x8x32xbf16>
  %19 = tensor.empty() : tensor<2x16x8x32xbf16>
  %20 = linalg.generic {indexing_maps = [#map10, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1 : tensor<32xbf16>) outs(%19 : tensor<2x16x8x32xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    linalg.yield %in : bf16
  } -> tensor<2x16x8x32xbf16>
  %21 = tensor.empty() : tensor<2x16x8x32xbf16>
  %22 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %20 : tensor<2x16x8x32xbf16>, tensor<2x16x8x32xbf16>) outs(%21 : tensor<2x16x8x32xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %out: bf16):
    %23 = arith.mulf %in, %in_2 : bf16
    linalg.yield %23 : bf16
  } -> tensor<2x16x8x32xbf16>
  return %22 : tensor<2x16x8x32xbf16>
}
