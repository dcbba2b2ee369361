// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// What jax.vjp and jax.grad make of normalizations.

#map = affine_map<(d0, d1, d2, d3) -> (d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d1, d2, d3, d0)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0)>
#map5 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d2, d3, d1, d4)>
#map6 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1)>
#map7 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d3)>
#map8 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map9 = affine_map<(d0, d1, d2, d3, d4) -> (d0, 0, 0, d3, 0)>
#map10 = affine_map<(d0, d1, d2, d3) -> (d0, d2, d3, d1)>
#map11 = affine_map<(d0, d1, d2, d3) -> (d0, d1)>
#map12 = affine_map<(d0, d1, d2, d3) -> (d0, d3)>
#map13 = affine_map<(d0, d1, d2, d3) -> (d0, 0, 0, d3)>
#map14 = affine_map<() -> ()>
#map15 = affine_map<(d0, d1, d2, d3) -> ()>

// With running statistics.
// CHECK-LABEL: func.func @jax_batch_norm_inference_vjp(
// CHECK: norm.batch_norm_inference_backward {{.*}}layout = channels_last {{.*}}gradients = [input, scale, bias] outs(
func.func @jax_batch_norm_inference_vjp(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<4x14x14x32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> (tensor<4x14x14x32xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<4x14x14x32xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg3 : tensor<32xf32>) outs(%0 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %2 = tensor.empty() : tensor<4x14x14x32xf32>
  %3 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %1 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%2 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %30 = arith.subf %in, %in_2 : f32
    linalg.yield %30 : f32
  } -> tensor<4x14x14x32xf32>
  %4 = tensor.empty() : tensor<32xf32>
  %5 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg4 : tensor<32xf32>) outs(%4 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = arith.addf %in, %cst_0 : f32
    linalg.yield %30 : f32
  } -> tensor<32xf32>
  %6 = tensor.empty() : tensor<32xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%5 : tensor<32xf32>) outs(%6 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = math.rsqrt %in : f32
    linalg.yield %30 : f32
  } -> tensor<32xf32>
  %8 = tensor.empty() : tensor<32xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%7, %arg2 : tensor<32xf32>, tensor<32xf32>) outs(%8 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %30 = arith.mulf %in, %in_2 : f32
    linalg.yield %30 : f32
  } -> tensor<32xf32>
  %10 = tensor.empty() : tensor<32xf32>
  %11 = linalg.fill ins(%cst : f32) outs(%10 : tensor<32xf32>) -> tensor<32xf32>
  %12 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%arg0 : tensor<4x14x14x32xf32>) outs(%11 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = arith.addf %out, %in : f32
    linalg.yield %30 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %12 [[0, 1, 2, 3]] output_shape [1, 1, 1, 32] : tensor<32xf32> into tensor<1x1x1x32xf32>
  %13 = tensor.empty() : tensor<32xf32>
  %14 = linalg.fill ins(%cst : f32) outs(%13 : tensor<32xf32>) -> tensor<32xf32>
  %15 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%expanded : tensor<1x1x1x32xf32>) outs(%14 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = arith.addf %out, %in : f32
    linalg.yield %30 : f32
  } -> tensor<32xf32>
  %16 = tensor.empty() : tensor<4x14x14x32xf32>
  %17 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%3, %arg0 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%16 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %30 = arith.mulf %in, %in_2 : f32
    linalg.yield %30 : f32
  } -> tensor<4x14x14x32xf32>
  %18 = tensor.empty() : tensor<32xf32>
  %19 = linalg.fill ins(%cst : f32) outs(%18 : tensor<32xf32>) -> tensor<32xf32>
  %20 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%17 : tensor<4x14x14x32xf32>) outs(%19 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = arith.addf %out, %in : f32
    linalg.yield %30 : f32
  } -> tensor<32xf32>
  %expanded_1 = tensor.expand_shape %20 [[0, 1, 2, 3]] output_shape [1, 1, 1, 32] : tensor<32xf32> into tensor<1x1x1x32xf32>
  %21 = tensor.empty() : tensor<4x14x14x32xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<32xf32>) outs(%21 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %23 = tensor.empty() : tensor<4x14x14x32xf32>
  %24 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %22 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%23 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %30 = arith.mulf %in, %in_2 : f32
    linalg.yield %30 : f32
  } -> tensor<4x14x14x32xf32>
  %25 = tensor.empty() : tensor<32xf32>
  %26 = linalg.fill ins(%cst : f32) outs(%25 : tensor<32xf32>) -> tensor<32xf32>
  %27 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%expanded_1 : tensor<1x1x1x32xf32>) outs(%26 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = arith.addf %out, %in : f32
    linalg.yield %30 : f32
  } -> tensor<32xf32>
  %28 = tensor.empty() : tensor<32xf32>
  %29 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%7, %27 : tensor<32xf32>, tensor<32xf32>) outs(%28 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %30 = arith.mulf %in, %in_2 : f32
    linalg.yield %30 : f32
  } -> tensor<32xf32>
  return %24, %29, %15 : tensor<4x14x14x32xf32>, tensor<32xf32>, tensor<32xf32>
}

// Group norm by reshape.
// CHECK-LABEL: func.func @jax_group_norm_vjp(
// CHECK: norm.group_norm_backward {{.*}}groups = 8 layout = channels_last {{.*}}gradients = [input, scale, bias] outs(
func.func @jax_group_norm_vjp(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<4x14x14x32xf32>, %arg2: tensor<32xf32>) -> (tensor<4x14x14x32xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant -5.000000e-01 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %cst_1 = arith.constant 2.000000e+00 : f32
  %cst_2 = arith.constant 7.840000e+02 : f32
  %cst_3 = arith.constant 0.000000e+00 : f32
  %expanded = tensor.expand_shape %arg1 [[0], [1], [2], [3, 4]] output_shape [4, 14, 14, 8, 4] : tensor<4x14x14x32xf32> into tensor<4x14x14x8x4xf32>
  %0 = tensor.empty() : tensor<4x8xf32>
  %1 = linalg.fill ins(%cst_3 : f32) outs(%0 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%expanded : tensor<4x14x14x8x4xf32>) outs(%1 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.addf %out, %in : f32
    linalg.yield %93 : f32
  } -> tensor<4x8xf32>
  %3 = tensor.empty() : tensor<4x1x1x8x1xf32>
  %4 = linalg.generic {indexing_maps = [#map7, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<4x8xf32>) outs(%3 : tensor<4x1x1x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x1x1x8x1xf32>
  %5 = tensor.empty() : tensor<4x1x1x8x1xf32>
  %6 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%4 : tensor<4x1x1x8x1xf32>) outs(%5 : tensor<4x1x1x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.divf %in, %cst_2 : f32
    linalg.yield %93 : f32
  } -> tensor<4x1x1x8x1xf32>
  %7 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %8 = linalg.generic {indexing_maps = [#map9, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%6 : tensor<4x1x1x8x1xf32>) outs(%7 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x8x4xf32>
  %9 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %10 = linalg.generic {indexing_maps = [#map8, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %8 : tensor<4x14x14x8x4xf32>, tensor<4x14x14x8x4xf32>) outs(%9 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %93 = arith.subf %in, %in_11 : f32
    linalg.yield %93 : f32
  } -> tensor<4x14x14x8x4xf32>
  %11 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %12 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<4x14x14x8x4xf32>) outs(%11 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.mulf %in, %in : f32
    linalg.yield %93 : f32
  } -> tensor<4x14x14x8x4xf32>
  %13 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %14 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<4x14x14x8x4xf32>) outs(%13 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.mulf %in, %cst_1 : f32
    linalg.yield %93 : f32
  } -> tensor<4x14x14x8x4xf32>
  %15 = tensor.empty() : tensor<4x8xf32>
  %16 = linalg.fill ins(%cst_3 : f32) outs(%15 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %17 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%12 : tensor<4x14x14x8x4xf32>) outs(%16 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.addf %out, %in : f32
    linalg.yield %93 : f32
  } -> tensor<4x8xf32>
  %18 = tensor.empty() : tensor<4x1x1x8x1xf32>
  %19 = linalg.generic {indexing_maps = [#map7, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<4x8xf32>) outs(%18 : tensor<4x1x1x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x1x1x8x1xf32>
  %20 = tensor.empty() : tensor<4x1x1x8x1xf32>
  %21 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%19 : tensor<4x1x1x8x1xf32>) outs(%20 : tensor<4x1x1x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.divf %in, %cst_2 : f32
    linalg.yield %93 : f32
  } -> tensor<4x1x1x8x1xf32>
  %22 = tensor.empty() : tensor<4x1x1x8x1xf32>
  %23 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%21 : tensor<4x1x1x8x1xf32>) outs(%22 : tensor<4x1x1x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.addf %in, %cst_0 : f32
    linalg.yield %93 : f32
  } -> tensor<4x1x1x8x1xf32>
  %24 = tensor.empty() : tensor<4x1x1x8x1xf32>
  %25 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%23 : tensor<4x1x1x8x1xf32>) outs(%24 : tensor<4x1x1x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = math.rsqrt %in : f32
    linalg.yield %93 : f32
  } -> tensor<4x1x1x8x1xf32>
  %26 = tensor.empty() : tensor<4x1x1x8x1xf32>
  %27 = linalg.generic {indexing_maps = [#map8, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%25, %23 : tensor<4x1x1x8x1xf32>, tensor<4x1x1x8x1xf32>) outs(%26 : tensor<4x1x1x8x1xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %93 = arith.divf %in, %in_11 : f32
    linalg.yield %93 : f32
  } -> tensor<4x1x1x8x1xf32>
  %28 = tensor.empty() : tensor<4x1x1x8x1xf32>
  %29 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%27 : tensor<4x1x1x8x1xf32>) outs(%28 : tensor<4x1x1x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.mulf %in, %cst : f32
    linalg.yield %93 : f32
  } -> tensor<4x1x1x8x1xf32>
  %30 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %31 = linalg.generic {indexing_maps = [#map9, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%25 : tensor<4x1x1x8x1xf32>) outs(%30 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x8x4xf32>
  %32 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %33 = linalg.generic {indexing_maps = [#map8, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%10, %31 : tensor<4x14x14x8x4xf32>, tensor<4x14x14x8x4xf32>) outs(%32 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %93 = arith.mulf %in, %in_11 : f32
    linalg.yield %93 : f32
  } -> tensor<4x14x14x8x4xf32>
  %collapsed = tensor.collapse_shape %33 [[0], [1], [2], [3, 4]] : tensor<4x14x14x8x4xf32> into tensor<4x14x14x32xf32>
  %34 = tensor.empty() : tensor<32xf32>
  %35 = linalg.fill ins(%cst_3 : f32) outs(%34 : tensor<32xf32>) -> tensor<32xf32>
  %36 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%arg0 : tensor<4x14x14x32xf32>) outs(%35 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.addf %out, %in : f32
    linalg.yield %93 : f32
  } -> tensor<32xf32>
  %expanded_4 = tensor.expand_shape %36 [[0, 1, 2, 3]] output_shape [1, 1, 1, 32] : tensor<32xf32> into tensor<1x1x1x32xf32>
  %37 = tensor.empty() : tensor<32xf32>
  %38 = linalg.fill ins(%cst_3 : f32) outs(%37 : tensor<32xf32>) -> tensor<32xf32>
  %39 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%expanded_4 : tensor<1x1x1x32xf32>) outs(%38 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.addf %out, %in : f32
    linalg.yield %93 : f32
  } -> tensor<32xf32>
  %40 = tensor.empty() : tensor<4x14x14x32xf32>
  %41 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed, %arg0 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%40 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %93 = arith.mulf %in, %in_11 : f32
    linalg.yield %93 : f32
  } -> tensor<4x14x14x32xf32>
  %42 = tensor.empty() : tensor<32xf32>
  %43 = linalg.fill ins(%cst_3 : f32) outs(%42 : tensor<32xf32>) -> tensor<32xf32>
  %44 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%41 : tensor<4x14x14x32xf32>) outs(%43 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.addf %out, %in : f32
    linalg.yield %93 : f32
  } -> tensor<32xf32>
  %expanded_5 = tensor.expand_shape %44 [[0, 1, 2, 3]] output_shape [1, 1, 1, 32] : tensor<32xf32> into tensor<1x1x1x32xf32>
  %45 = tensor.empty() : tensor<4x14x14x32xf32>
  %46 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2 : tensor<32xf32>) outs(%45 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %47 = tensor.empty() : tensor<4x14x14x32xf32>
  %48 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %46 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%47 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %93 = arith.mulf %in, %in_11 : f32
    linalg.yield %93 : f32
  } -> tensor<4x14x14x32xf32>
  %49 = tensor.empty() : tensor<32xf32>
  %50 = linalg.fill ins(%cst_3 : f32) outs(%49 : tensor<32xf32>) -> tensor<32xf32>
  %51 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%expanded_5 : tensor<1x1x1x32xf32>) outs(%50 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.addf %out, %in : f32
    linalg.yield %93 : f32
  } -> tensor<32xf32>
  %expanded_6 = tensor.expand_shape %48 [[0], [1], [2], [3, 4]] output_shape [4, 14, 14, 8, 4] : tensor<4x14x14x32xf32> into tensor<4x14x14x8x4xf32>
  %52 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %53 = linalg.generic {indexing_maps = [#map8, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%10, %expanded_6 : tensor<4x14x14x8x4xf32>, tensor<4x14x14x8x4xf32>) outs(%52 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %93 = arith.mulf %in, %in_11 : f32
    linalg.yield %93 : f32
  } -> tensor<4x14x14x8x4xf32>
  %54 = tensor.empty() : tensor<4x8xf32>
  %55 = linalg.fill ins(%cst_3 : f32) outs(%54 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %56 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%53 : tensor<4x14x14x8x4xf32>) outs(%55 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.addf %out, %in : f32
    linalg.yield %93 : f32
  } -> tensor<4x8xf32>
  %expanded_7 = tensor.expand_shape %56 [[0], [1, 2, 3, 4]] output_shape [4, 1, 1, 8, 1] : tensor<4x8xf32> into tensor<4x1x1x8x1xf32>
  %57 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %58 = linalg.generic {indexing_maps = [#map8, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded_6, %31 : tensor<4x14x14x8x4xf32>, tensor<4x14x14x8x4xf32>) outs(%57 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %93 = arith.mulf %in, %in_11 : f32
    linalg.yield %93 : f32
  } -> tensor<4x14x14x8x4xf32>
  %59 = tensor.empty() : tensor<4x1x1x8x1xf32>
  %60 = linalg.generic {indexing_maps = [#map8, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded_7, %29 : tensor<4x1x1x8x1xf32>, tensor<4x1x1x8x1xf32>) outs(%59 : tensor<4x1x1x8x1xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %93 = arith.mulf %in, %in_11 : f32
    linalg.yield %93 : f32
  } -> tensor<4x1x1x8x1xf32>
  %61 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %62 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%58 : tensor<4x14x14x8x4xf32>) outs(%61 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.negf %in : f32
    linalg.yield %93 : f32
  } -> tensor<4x14x14x8x4xf32>
  %63 = tensor.empty() : tensor<4x8xf32>
  %64 = linalg.fill ins(%cst_3 : f32) outs(%63 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %65 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%62 : tensor<4x14x14x8x4xf32>) outs(%64 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.addf %out, %in : f32
    linalg.yield %93 : f32
  } -> tensor<4x8xf32>
  %expanded_8 = tensor.expand_shape %65 [[0], [1, 2, 3, 4]] output_shape [4, 1, 1, 8, 1] : tensor<4x8xf32> into tensor<4x1x1x8x1xf32>
  %66 = tensor.empty() : tensor<4x1x1x8x1xf32>
  %67 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%60 : tensor<4x1x1x8x1xf32>) outs(%66 : tensor<4x1x1x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.divf %in, %cst_2 : f32
    linalg.yield %93 : f32
  } -> tensor<4x1x1x8x1xf32>
  %68 = tensor.empty() : tensor<4x8xf32>
  %69 = linalg.fill ins(%cst_3 : f32) outs(%68 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %70 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%67 : tensor<4x1x1x8x1xf32>) outs(%69 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.addf %out, %in : f32
    linalg.yield %93 : f32
  } -> tensor<4x8xf32>
  %71 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %72 = linalg.generic {indexing_maps = [#map7, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%70 : tensor<4x8xf32>) outs(%71 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x8x4xf32>
  %73 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %74 = linalg.generic {indexing_maps = [#map8, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%72, %14 : tensor<4x14x14x8x4xf32>, tensor<4x14x14x8x4xf32>) outs(%73 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %93 = arith.mulf %in, %in_11 : f32
    linalg.yield %93 : f32
  } -> tensor<4x14x14x8x4xf32>
  %75 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %76 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%74 : tensor<4x14x14x8x4xf32>) outs(%75 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.negf %in : f32
    linalg.yield %93 : f32
  } -> tensor<4x14x14x8x4xf32>
  %77 = tensor.empty() : tensor<4x8xf32>
  %78 = linalg.fill ins(%cst_3 : f32) outs(%77 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %79 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%76 : tensor<4x14x14x8x4xf32>) outs(%78 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.addf %out, %in : f32
    linalg.yield %93 : f32
  } -> tensor<4x8xf32>
  %expanded_9 = tensor.expand_shape %79 [[0], [1, 2, 3, 4]] output_shape [4, 1, 1, 8, 1] : tensor<4x8xf32> into tensor<4x1x1x8x1xf32>
  %80 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %81 = linalg.generic {indexing_maps = [#map8, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%58, %74 : tensor<4x14x14x8x4xf32>, tensor<4x14x14x8x4xf32>) outs(%80 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %93 = arith.addf %in, %in_11 : f32
    linalg.yield %93 : f32
  } -> tensor<4x14x14x8x4xf32>
  %82 = tensor.empty() : tensor<4x1x1x8x1xf32>
  %83 = linalg.generic {indexing_maps = [#map8, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded_8, %expanded_9 : tensor<4x1x1x8x1xf32>, tensor<4x1x1x8x1xf32>) outs(%82 : tensor<4x1x1x8x1xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %93 = arith.addf %in, %in_11 : f32
    linalg.yield %93 : f32
  } -> tensor<4x1x1x8x1xf32>
  %84 = tensor.empty() : tensor<4x1x1x8x1xf32>
  %85 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%83 : tensor<4x1x1x8x1xf32>) outs(%84 : tensor<4x1x1x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.divf %in, %cst_2 : f32
    linalg.yield %93 : f32
  } -> tensor<4x1x1x8x1xf32>
  %86 = tensor.empty() : tensor<4x8xf32>
  %87 = linalg.fill ins(%cst_3 : f32) outs(%86 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %88 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%85 : tensor<4x1x1x8x1xf32>) outs(%87 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %93 = arith.addf %out, %in : f32
    linalg.yield %93 : f32
  } -> tensor<4x8xf32>
  %89 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %90 = linalg.generic {indexing_maps = [#map7, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%88 : tensor<4x8xf32>) outs(%89 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x8x4xf32>
  %91 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %92 = linalg.generic {indexing_maps = [#map8, #map8, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%81, %90 : tensor<4x14x14x8x4xf32>, tensor<4x14x14x8x4xf32>) outs(%91 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %93 = arith.addf %in, %in_11 : f32
    linalg.yield %93 : f32
  } -> tensor<4x14x14x8x4xf32>
  %collapsed_10 = tensor.collapse_shape %92 [[0], [1], [2], [3, 4]] : tensor<4x14x14x8x4xf32> into tensor<4x14x14x32xf32>
  return %collapsed_10, %51, %39 : tensor<4x14x14x32xf32>, tensor<32xf32>, tensor<32xf32>
}

// Instance norm.
// CHECK-LABEL: func.func @jax_instance_norm_vjp(
// CHECK: norm.instance_norm_backward {{.*}}layout = channels_last {{.*}}gradients = [input, scale, bias] outs(
func.func @jax_instance_norm_vjp(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<4x14x14x32xf32>, %arg2: tensor<32xf32>) -> (tensor<4x14x14x32xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant -5.000000e-01 : f32
  %cst_0 = arith.constant 9.99999974E-6 : f32
  %cst_1 = arith.constant 0x7FC00000 : f32
  %cst_2 = arith.constant 2.000000e+00 : f32
  %cst_3 = arith.constant 1.960000e+02 : f32
  %cst_4 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<4x32xf32>
  %1 = linalg.fill ins(%cst_4 : f32) outs(%0 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %2 = linalg.generic {indexing_maps = [#map10, #map11], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%arg1 : tensor<4x14x14x32xf32>) outs(%1 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.addf %out, %in : f32
    linalg.yield %112 : f32
  } -> tensor<4x32xf32>
  %3 = tensor.empty() : tensor<4x1x1x32xf32>
  %4 = linalg.generic {indexing_maps = [#map12, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<4x32xf32>) outs(%3 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x1x1x32xf32>
  %5 = tensor.empty() : tensor<4x1x1x32xf32>
  %6 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4 : tensor<4x1x1x32xf32>) outs(%5 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.divf %in, %cst_3 : f32
    linalg.yield %112 : f32
  } -> tensor<4x1x1x32xf32>
  %7 = tensor.empty() : tensor<4x14x14x32xf32>
  %8 = linalg.generic {indexing_maps = [#map13, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6 : tensor<4x1x1x32xf32>) outs(%7 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %9 = tensor.empty() : tensor<4x14x14x32xf32>
  %10 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %8 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%9 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %112 = arith.subf %in, %in_10 : f32
    linalg.yield %112 : f32
  } -> tensor<4x14x14x32xf32>
  %11 = tensor.empty() : tensor<4x14x14x32xf32>
  %12 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<4x14x14x32xf32>) outs(%11 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.mulf %in, %in : f32
    linalg.yield %112 : f32
  } -> tensor<4x14x14x32xf32>
  %13 = tensor.empty() : tensor<4x14x14x32xf32>
  %14 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<4x14x14x32xf32>) outs(%13 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.mulf %in, %cst_2 : f32
    linalg.yield %112 : f32
  } -> tensor<4x14x14x32xf32>
  %15 = tensor.empty() : tensor<f32>
  %16 = linalg.generic {indexing_maps = [#map14], iterator_types = []} outs(%15 : tensor<f32>) {
  ^bb0(%out: f32):
    linalg.yield %cst_4 : f32
  } -> tensor<f32>
  %17 = tensor.empty() : tensor<f32>
  %18 = linalg.generic {indexing_maps = [#map14, #map14], iterator_types = []} ins(%16 : tensor<f32>) outs(%17 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.subf %cst_3, %in : f32
    linalg.yield %112 : f32
  } -> tensor<f32>
  %19 = tensor.empty() : tensor<4x32xf32>
  %20 = linalg.fill ins(%cst_4 : f32) outs(%19 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %21 = linalg.generic {indexing_maps = [#map10, #map11], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%12 : tensor<4x14x14x32xf32>) outs(%20 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.addf %out, %in : f32
    linalg.yield %112 : f32
  } -> tensor<4x32xf32>
  %22 = tensor.empty() : tensor<4x1x1x32xf32>
  %23 = linalg.generic {indexing_maps = [#map12, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21 : tensor<4x32xf32>) outs(%22 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x1x1x32xf32>
  %24 = tensor.empty() : tensor<4x1x1x32xf32>
  %25 = linalg.generic {indexing_maps = [#map15, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18 : tensor<f32>) outs(%24 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x1x1x32xf32>
  %26 = tensor.empty() : tensor<4x1x1x32xf32>
  %27 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23, %25 : tensor<4x1x1x32xf32>, tensor<4x1x1x32xf32>) outs(%26 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %112 = arith.divf %in, %in_10 : f32
    linalg.yield %112 : f32
  } -> tensor<4x1x1x32xf32>
  %28 = tensor.empty() : tensor<i1>
  %29 = linalg.generic {indexing_maps = [#map14, #map14], iterator_types = []} ins(%18 : tensor<f32>) outs(%28 : tensor<i1>) {
  ^bb0(%in: f32, %out: i1):
    %112 = arith.cmpf ogt, %in, %cst_4 : f32
    linalg.yield %112 : i1
  } -> tensor<i1>
  %30 = tensor.empty() : tensor<4x1x1x32xf32>
  %extracted = tensor.extract %29[] : tensor<i1>
  %31 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27 : tensor<4x1x1x32xf32>) outs(%30 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.select %extracted, %in, %cst_1 : f32
    linalg.yield %112 : f32
  } -> tensor<4x1x1x32xf32>
  %32 = tensor.empty() : tensor<4x1x1x32xf32>
  %33 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31 : tensor<4x1x1x32xf32>) outs(%32 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.addf %in, %cst_0 : f32
    linalg.yield %112 : f32
  } -> tensor<4x1x1x32xf32>
  %34 = tensor.empty() : tensor<4x1x1x32xf32>
  %35 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%33 : tensor<4x1x1x32xf32>) outs(%34 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = math.rsqrt %in : f32
    linalg.yield %112 : f32
  } -> tensor<4x1x1x32xf32>
  %36 = tensor.empty() : tensor<4x1x1x32xf32>
  %37 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%35, %33 : tensor<4x1x1x32xf32>, tensor<4x1x1x32xf32>) outs(%36 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %112 = arith.divf %in, %in_10 : f32
    linalg.yield %112 : f32
  } -> tensor<4x1x1x32xf32>
  %38 = tensor.empty() : tensor<4x1x1x32xf32>
  %39 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%37 : tensor<4x1x1x32xf32>) outs(%38 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.mulf %in, %cst : f32
    linalg.yield %112 : f32
  } -> tensor<4x1x1x32xf32>
  %40 = tensor.empty() : tensor<4x14x14x32xf32>
  %41 = linalg.generic {indexing_maps = [#map13, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%35 : tensor<4x1x1x32xf32>) outs(%40 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %42 = tensor.empty() : tensor<4x14x14x32xf32>
  %43 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10, %41 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%42 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %112 = arith.mulf %in, %in_10 : f32
    linalg.yield %112 : f32
  } -> tensor<4x14x14x32xf32>
  %44 = tensor.empty() : tensor<32xf32>
  %45 = linalg.fill ins(%cst_4 : f32) outs(%44 : tensor<32xf32>) -> tensor<32xf32>
  %46 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%arg0 : tensor<4x14x14x32xf32>) outs(%45 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.addf %out, %in : f32
    linalg.yield %112 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %46 [[0, 1, 2, 3]] output_shape [1, 1, 1, 32] : tensor<32xf32> into tensor<1x1x1x32xf32>
  %47 = tensor.empty() : tensor<32xf32>
  %48 = linalg.fill ins(%cst_4 : f32) outs(%47 : tensor<32xf32>) -> tensor<32xf32>
  %49 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%expanded : tensor<1x1x1x32xf32>) outs(%48 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.addf %out, %in : f32
    linalg.yield %112 : f32
  } -> tensor<32xf32>
  %50 = tensor.empty() : tensor<4x14x14x32xf32>
  %51 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%43, %arg0 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%50 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %112 = arith.mulf %in, %in_10 : f32
    linalg.yield %112 : f32
  } -> tensor<4x14x14x32xf32>
  %52 = tensor.empty() : tensor<32xf32>
  %53 = linalg.fill ins(%cst_4 : f32) outs(%52 : tensor<32xf32>) -> tensor<32xf32>
  %54 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%51 : tensor<4x14x14x32xf32>) outs(%53 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.addf %out, %in : f32
    linalg.yield %112 : f32
  } -> tensor<32xf32>
  %expanded_5 = tensor.expand_shape %54 [[0, 1, 2, 3]] output_shape [1, 1, 1, 32] : tensor<32xf32> into tensor<1x1x1x32xf32>
  %55 = tensor.empty() : tensor<4x14x14x32xf32>
  %56 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2 : tensor<32xf32>) outs(%55 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %57 = tensor.empty() : tensor<4x14x14x32xf32>
  %58 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %56 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%57 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %112 = arith.mulf %in, %in_10 : f32
    linalg.yield %112 : f32
  } -> tensor<4x14x14x32xf32>
  %59 = tensor.empty() : tensor<32xf32>
  %60 = linalg.fill ins(%cst_4 : f32) outs(%59 : tensor<32xf32>) -> tensor<32xf32>
  %61 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%expanded_5 : tensor<1x1x1x32xf32>) outs(%60 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.addf %out, %in : f32
    linalg.yield %112 : f32
  } -> tensor<32xf32>
  %62 = tensor.empty() : tensor<4x14x14x32xf32>
  %63 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10, %58 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%62 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %112 = arith.mulf %in, %in_10 : f32
    linalg.yield %112 : f32
  } -> tensor<4x14x14x32xf32>
  %64 = tensor.empty() : tensor<4x32xf32>
  %65 = linalg.fill ins(%cst_4 : f32) outs(%64 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %66 = linalg.generic {indexing_maps = [#map10, #map11], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%63 : tensor<4x14x14x32xf32>) outs(%65 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.addf %out, %in : f32
    linalg.yield %112 : f32
  } -> tensor<4x32xf32>
  %expanded_6 = tensor.expand_shape %66 [[0], [1, 2, 3]] output_shape [4, 1, 1, 32] : tensor<4x32xf32> into tensor<4x1x1x32xf32>
  %67 = tensor.empty() : tensor<4x14x14x32xf32>
  %68 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%58, %41 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%67 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %112 = arith.mulf %in, %in_10 : f32
    linalg.yield %112 : f32
  } -> tensor<4x14x14x32xf32>
  %69 = tensor.empty() : tensor<4x1x1x32xf32>
  %70 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_6, %39 : tensor<4x1x1x32xf32>, tensor<4x1x1x32xf32>) outs(%69 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %112 = arith.mulf %in, %in_10 : f32
    linalg.yield %112 : f32
  } -> tensor<4x1x1x32xf32>
  %71 = tensor.empty() : tensor<4x1x1x32xf32>
  %extracted_7 = tensor.extract %29[] : tensor<i1>
  %72 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%70 : tensor<4x1x1x32xf32>) outs(%71 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.select %extracted_7, %in, %cst_4 : f32
    linalg.yield %112 : f32
  } -> tensor<4x1x1x32xf32>
  %73 = tensor.empty() : tensor<4x1x1x32xf32>
  %74 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%72, %25 : tensor<4x1x1x32xf32>, tensor<4x1x1x32xf32>) outs(%73 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %112 = arith.divf %in, %in_10 : f32
    linalg.yield %112 : f32
  } -> tensor<4x1x1x32xf32>
  %75 = tensor.empty() : tensor<4x32xf32>
  %76 = linalg.fill ins(%cst_4 : f32) outs(%75 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %77 = linalg.generic {indexing_maps = [#map10, #map11], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%74 : tensor<4x1x1x32xf32>) outs(%76 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.addf %out, %in : f32
    linalg.yield %112 : f32
  } -> tensor<4x32xf32>
  %78 = tensor.empty() : tensor<4x14x14x32xf32>
  %79 = linalg.generic {indexing_maps = [#map12, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%77 : tensor<4x32xf32>) outs(%78 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %80 = tensor.empty() : tensor<4x14x14x32xf32>
  %81 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%79, %14 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%80 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %112 = arith.mulf %in, %in_10 : f32
    linalg.yield %112 : f32
  } -> tensor<4x14x14x32xf32>
  %82 = tensor.empty() : tensor<4x14x14x32xf32>
  %83 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%81 : tensor<4x14x14x32xf32>) outs(%82 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.negf %in : f32
    linalg.yield %112 : f32
  } -> tensor<4x14x14x32xf32>
  %84 = tensor.empty() : tensor<4x32xf32>
  %85 = linalg.fill ins(%cst_4 : f32) outs(%84 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %86 = linalg.generic {indexing_maps = [#map10, #map11], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%83 : tensor<4x14x14x32xf32>) outs(%85 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.addf %out, %in : f32
    linalg.yield %112 : f32
  } -> tensor<4x32xf32>
  %expanded_8 = tensor.expand_shape %86 [[0], [1, 2, 3]] output_shape [4, 1, 1, 32] : tensor<4x32xf32> into tensor<4x1x1x32xf32>
  %87 = tensor.empty() : tensor<4x1x1x32xf32>
  %88 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_8 : tensor<4x1x1x32xf32>) outs(%87 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.divf %in, %cst_3 : f32
    linalg.yield %112 : f32
  } -> tensor<4x1x1x32xf32>
  %89 = tensor.empty() : tensor<4x32xf32>
  %90 = linalg.fill ins(%cst_4 : f32) outs(%89 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %91 = linalg.generic {indexing_maps = [#map10, #map11], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%88 : tensor<4x1x1x32xf32>) outs(%90 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.addf %out, %in : f32
    linalg.yield %112 : f32
  } -> tensor<4x32xf32>
  %92 = tensor.empty() : tensor<4x14x14x32xf32>
  %93 = linalg.generic {indexing_maps = [#map12, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%91 : tensor<4x32xf32>) outs(%92 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %94 = tensor.empty() : tensor<4x14x14x32xf32>
  %95 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%81, %93 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%94 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %112 = arith.addf %in, %in_10 : f32
    linalg.yield %112 : f32
  } -> tensor<4x14x14x32xf32>
  %96 = tensor.empty() : tensor<4x14x14x32xf32>
  %97 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%68 : tensor<4x14x14x32xf32>) outs(%96 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.negf %in : f32
    linalg.yield %112 : f32
  } -> tensor<4x14x14x32xf32>
  %98 = tensor.empty() : tensor<4x32xf32>
  %99 = linalg.fill ins(%cst_4 : f32) outs(%98 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %100 = linalg.generic {indexing_maps = [#map10, #map11], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%97 : tensor<4x14x14x32xf32>) outs(%99 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.addf %out, %in : f32
    linalg.yield %112 : f32
  } -> tensor<4x32xf32>
  %expanded_9 = tensor.expand_shape %100 [[0], [1, 2, 3]] output_shape [4, 1, 1, 32] : tensor<4x32xf32> into tensor<4x1x1x32xf32>
  %101 = tensor.empty() : tensor<4x14x14x32xf32>
  %102 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%95, %68 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%101 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %112 = arith.addf %in, %in_10 : f32
    linalg.yield %112 : f32
  } -> tensor<4x14x14x32xf32>
  %103 = tensor.empty() : tensor<4x1x1x32xf32>
  %104 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_9 : tensor<4x1x1x32xf32>) outs(%103 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.divf %in, %cst_3 : f32
    linalg.yield %112 : f32
  } -> tensor<4x1x1x32xf32>
  %105 = tensor.empty() : tensor<4x32xf32>
  %106 = linalg.fill ins(%cst_4 : f32) outs(%105 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %107 = linalg.generic {indexing_maps = [#map10, #map11], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%104 : tensor<4x1x1x32xf32>) outs(%106 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %112 = arith.addf %out, %in : f32
    linalg.yield %112 : f32
  } -> tensor<4x32xf32>
  %108 = tensor.empty() : tensor<4x14x14x32xf32>
  %109 = linalg.generic {indexing_maps = [#map12, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%107 : tensor<4x32xf32>) outs(%108 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %110 = tensor.empty() : tensor<4x14x14x32xf32>
  %111 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%102, %109 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%110 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %112 = arith.addf %in, %in_10 : f32
    linalg.yield %112 : f32
  } -> tensor<4x14x14x32xf32>
  return %111, %61, %49 : tensor<4x14x14x32xf32>, tensor<32xf32>, tensor<32xf32>
}
