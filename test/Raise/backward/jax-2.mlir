// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// What jax.vjp and jax.grad make of normalizations.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map5 = affine_map<(d0, d1, d2, d3, d4) -> (d3, d4, d0, d1, d2)>
#map6 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2)>
#map7 = affine_map<(d0, d1, d2) -> (d2)>
#map8 = affine_map<(d0, d1, d2) -> (d1, d2, d0)>
#map9 = affine_map<(d0, d1, d2) -> (d0)>

// Without a scale.
// CHECK-LABEL: func.func @jax_rms_norm_no_scale_vjp(
// CHECK: norm.rms_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input] outs(
func.func @jax_rms_norm_no_scale_vjp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant -5.000000e-01 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 0.000000e+00 : f32
  %cst_3 = arith.constant 2.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.mulf %in, %in : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.mulf %in, %cst_3 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %4 = tensor.empty() : tensor<2x16xf32>
  %5 = linalg.fill ins(%cst_2 : f32) outs(%4 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%5 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.addf %out, %in : f32
    linalg.yield %39 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %6 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %7 = tensor.empty() : tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.divf %in, %cst_1 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.addf %in, %cst_0 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x1xf32>
  %11 = tensor.empty() : tensor<2x16x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf32>) outs(%11 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = math.rsqrt %in : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x1xf32>
  %13 = tensor.empty() : tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12, %10 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%13 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %39 = arith.divf %in, %in_5 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x1xf32>
  %15 = tensor.empty() : tensor<2x16x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x16x1xf32>) outs(%15 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.mulf %in, %cst : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x1xf32>
  %17 = tensor.empty() : tensor<2x16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %arg0 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %39 = arith.mulf %in, %in_5 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %19 = tensor.empty() : tensor<2x16xf32>
  %20 = linalg.fill ins(%cst_2 : f32) outs(%19 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%18 : tensor<2x16x64xf32>) outs(%20 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.addf %out, %in : f32
    linalg.yield %39 : f32
  } -> tensor<2x16xf32>
  %expanded_4 = tensor.expand_shape %21 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %22 = tensor.empty() : tensor<2x16x64xf32>
  %23 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x1xf32>) outs(%22 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %24 = tensor.empty() : tensor<2x16x64xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %23 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%24 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %39 = arith.mulf %in, %in_5 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %26 = tensor.empty() : tensor<2x16x1xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_4, %16 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%26 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %39 = arith.mulf %in, %in_5 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x1xf32>
  %28 = tensor.empty() : tensor<2x16x1xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27 : tensor<2x16x1xf32>) outs(%28 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.divf %in, %cst_1 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x1xf32>
  %30 = tensor.empty() : tensor<2x16xf32>
  %31 = linalg.fill ins(%cst_2 : f32) outs(%30 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %32 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%29 : tensor<2x16x1xf32>) outs(%31 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.addf %out, %in : f32
    linalg.yield %39 : f32
  } -> tensor<2x16xf32>
  %33 = tensor.empty() : tensor<2x16x64xf32>
  %34 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%32 : tensor<2x16xf32>) outs(%33 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %35 = tensor.empty() : tensor<2x16x64xf32>
  %36 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%34, %3 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%35 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %39 = arith.mulf %in, %in_5 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %37 = tensor.empty() : tensor<2x16x64xf32>
  %38 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25, %36 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%37 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %39 = arith.addf %in, %in_5 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  return %38 : tensor<2x16x64xf32>
}

// The first one after fusion of elementwise ops.
// CHECK-LABEL: func.func @jax_rms_norm_fused_vjp(
// CHECK: norm.rms_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input, scale] outs(
func.func @jax_rms_norm_fused_vjp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xf32>, tensor<64xf32>) {
  %cst = arith.constant -5.000000e-01 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 0.000000e+00 : f32
  %cst_3 = arith.constant 2.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %expanded = tensor.expand_shape %0 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %1 = linalg.fill ins(%cst_2 : f32) outs(%expanded : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %expanded_4 = tensor.expand_shape %arg1 [[0], [1, 2], [3]] output_shape [2, 16, 1, 64] : tensor<2x16x64xf32> into tensor<2x16x1x64xf32>
  %2 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%expanded_4 : tensor<2x16x1x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.mulf %in, %in : f32
    %19 = arith.addf %out, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.divf %in, %cst_1 : f32
    %19 = arith.addf %18, %cst_0 : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = math.rsqrt %in : f32
    linalg.yield %18 : f32
  } -> tensor<2x16x1xf32>
  %6 = tensor.empty() : tensor<2x16x64xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x1xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %8 = tensor.empty() : tensor<64xf32>
  %expanded_5 = tensor.expand_shape %8 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %9 = linalg.fill ins(%cst_2 : f32) outs(%expanded_5 : tensor<1x1x64xf32>) -> tensor<1x1x64xf32>
  %expanded_6 = tensor.expand_shape %arg1 [[0], [1], [2, 3, 4]] output_shape [2, 16, 1, 1, 64] : tensor<2x16x64xf32> into tensor<2x16x1x1x64xf32>
  %expanded_7 = tensor.expand_shape %7 [[0], [1], [2, 3, 4]] output_shape [2, 16, 1, 1, 64] : tensor<2x16x64xf32> into tensor<2x16x1x1x64xf32>
  %expanded_8 = tensor.expand_shape %arg0 [[0], [1], [2, 3, 4]] output_shape [2, 16, 1, 1, 64] : tensor<2x16x64xf32> into tensor<2x16x1x1x64xf32>
  %10 = linalg.generic {indexing_maps = [#map5, #map5, #map5, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%expanded_6, %expanded_7, %expanded_8 : tensor<2x16x1x1x64xf32>, tensor<2x16x1x1x64xf32>, tensor<2x16x1x1x64xf32>) outs(%9 : tensor<1x1x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %in_11: f32, %out: f32):
    %18 = arith.mulf %in, %in_10 : f32
    %19 = arith.mulf %18, %in_11 : f32
    %20 = arith.addf %out, %19 : f32
    linalg.yield %20 : f32
  } -> tensor<1x1x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map7, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg2 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %18 = arith.mulf %in, %in_10 : f32
    linalg.yield %18 : f32
  } -> tensor<2x16x64xf32>
  %12 = linalg.fill ins(%cst_2 : f32) outs(%8 : tensor<64xf32>) -> tensor<64xf32>
  %13 = linalg.generic {indexing_maps = [#map8, #map9], iterator_types = ["parallel", "reduction", "reduction"]} ins(%10 : tensor<1x1x64xf32>) outs(%12 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.addf %out, %in : f32
    linalg.yield %18 : f32
  } -> tensor<64xf32>
  %expanded_9 = tensor.expand_shape %11 [[0], [1, 2], [3]] output_shape [2, 16, 1, 64] : tensor<2x16x64xf32> into tensor<2x16x1x64xf32>
  %14 = linalg.generic {indexing_maps = [#map3, #map3, #map4], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%expanded_4, %expanded_9 : tensor<2x16x1x64xf32>, tensor<2x16x1x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %18 = arith.mulf %in, %in_10 : f32
    %19 = arith.addf %out, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x1xf32>
  %15 = linalg.fill ins(%cst_2 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map, #map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%14, %5, %4 : tensor<2x16x1xf32>, tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%15 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %in_10: f32, %in_11: f32, %out: f32):
    %18 = arith.divf %in_10, %in_11 : f32
    %19 = arith.mulf %18, %cst : f32
    %20 = arith.mulf %in, %19 : f32
    %21 = arith.divf %20, %cst_1 : f32
    %22 = arith.addf %out, %21 : f32
    linalg.yield %22 : f32
  } -> tensor<2x16xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map, #map1, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11, %7, %16, %arg1 : tensor<2x16x64xf32>, tensor<2x16x64xf32>, tensor<2x16xf32>, tensor<2x16x64xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %in_11: f32, %in_12: f32, %out: f32):
    %18 = arith.mulf %in_12, %cst_3 : f32
    %19 = arith.mulf %in_11, %18 : f32
    %20 = arith.mulf %in, %in_10 : f32
    %21 = arith.addf %20, %19 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  return %17, %13 : tensor<2x16x64xf32>, tensor<64xf32>
}

// jax.grad of a loss: forward and backward in one function.
// CHECK-LABEL: func.func @jax_rms_norm_grad_of_loss(
// CHECK: norm.rms_norm %
// CHECK: norm.rms_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input, scale] outs(
func.func @jax_rms_norm_grad_of_loss(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<2x16x64xf32>) -> (tensor<2x16x64xf32>, tensor<64xf32>) {
  %cst = arith.constant -5.000000e-01 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 0.000000e+00 : f32
  %cst_3 = arith.constant 2.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %59 = arith.mulf %in, %in : f32
    linalg.yield %59 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %59 = arith.mulf %in, %cst_3 : f32
    linalg.yield %59 : f32
  } -> tensor<2x16x64xf32>
  %4 = tensor.empty() : tensor<2x16xf32>
  %5 = linalg.fill ins(%cst_2 : f32) outs(%4 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%5 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %59 = arith.addf %out, %in : f32
    linalg.yield %59 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %6 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %7 = tensor.empty() : tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %59 = arith.divf %in, %cst_1 : f32
    linalg.yield %59 : f32
  } -> tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %59 = arith.addf %in, %cst_0 : f32
    linalg.yield %59 : f32
  } -> tensor<2x16x1xf32>
  %11 = tensor.empty() : tensor<2x16x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf32>) outs(%11 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %59 = math.rsqrt %in : f32
    linalg.yield %59 : f32
  } -> tensor<2x16x1xf32>
  %13 = tensor.empty() : tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12, %10 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%13 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %59 = arith.divf %in, %in_6 : f32
    linalg.yield %59 : f32
  } -> tensor<2x16x1xf32>
  %15 = tensor.empty() : tensor<2x16x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x16x1xf32>) outs(%15 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %59 = arith.mulf %in, %cst : f32
    linalg.yield %59 : f32
  } -> tensor<2x16x1xf32>
  %17 = tensor.empty() : tensor<2x16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x1xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %19 = tensor.empty() : tensor<2x16x64xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %18 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%19 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %59 = arith.mulf %in, %in_6 : f32
    linalg.yield %59 : f32
  } -> tensor<2x16x64xf32>
  %21 = tensor.empty() : tensor<2x16x64xf32>
  %22 = linalg.generic {indexing_maps = [#map7, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<64xf32>) outs(%21 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %23 = tensor.empty() : tensor<2x16x64xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %22 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%23 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %59 = arith.mulf %in, %in_6 : f32
    linalg.yield %59 : f32
  } -> tensor<2x16x64xf32>
  %25 = tensor.empty() : tensor<2x16x64xf32>
  %26 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%24, %arg2 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%25 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %59 = arith.subf %in, %in_6 : f32
    linalg.yield %59 : f32
  } -> tensor<2x16x64xf32>
  %27 = tensor.empty() : tensor<2x16x64xf32>
  %28 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26 : tensor<2x16x64xf32>) outs(%27 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %59 = arith.mulf %in, %cst_3 : f32
    linalg.yield %59 : f32
  } -> tensor<2x16x64xf32>
  %29 = tensor.empty() : tensor<2x16x64xf32>
  %30 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %28 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%29 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %59 = arith.mulf %in, %in_6 : f32
    linalg.yield %59 : f32
  } -> tensor<2x16x64xf32>
  %31 = tensor.empty() : tensor<64xf32>
  %32 = linalg.fill ins(%cst_2 : f32) outs(%31 : tensor<64xf32>) -> tensor<64xf32>
  %33 = linalg.generic {indexing_maps = [#map8, #map9], iterator_types = ["parallel", "reduction", "reduction"]} ins(%30 : tensor<2x16x64xf32>) outs(%32 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %59 = arith.addf %out, %in : f32
    linalg.yield %59 : f32
  } -> tensor<64xf32>
  %expanded_4 = tensor.expand_shape %33 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %34 = tensor.empty() : tensor<2x16x64xf32>
  %35 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%28, %22 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%34 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %59 = arith.mulf %in, %in_6 : f32
    linalg.yield %59 : f32
  } -> tensor<2x16x64xf32>
  %36 = tensor.empty() : tensor<64xf32>
  %37 = linalg.fill ins(%cst_2 : f32) outs(%36 : tensor<64xf32>) -> tensor<64xf32>
  %38 = linalg.generic {indexing_maps = [#map8, #map9], iterator_types = ["parallel", "reduction", "reduction"]} ins(%expanded_4 : tensor<1x1x64xf32>) outs(%37 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %59 = arith.addf %out, %in : f32
    linalg.yield %59 : f32
  } -> tensor<64xf32>
  %39 = tensor.empty() : tensor<2x16x64xf32>
  %40 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %35 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%39 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %59 = arith.mulf %in, %in_6 : f32
    linalg.yield %59 : f32
  } -> tensor<2x16x64xf32>
  %41 = tensor.empty() : tensor<2x16xf32>
  %42 = linalg.fill ins(%cst_2 : f32) outs(%41 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %43 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%40 : tensor<2x16x64xf32>) outs(%42 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %59 = arith.addf %out, %in : f32
    linalg.yield %59 : f32
  } -> tensor<2x16xf32>
  %expanded_5 = tensor.expand_shape %43 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %44 = tensor.empty() : tensor<2x16x64xf32>
  %45 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%35, %18 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%44 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %59 = arith.mulf %in, %in_6 : f32
    linalg.yield %59 : f32
  } -> tensor<2x16x64xf32>
  %46 = tensor.empty() : tensor<2x16x1xf32>
  %47 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_5, %16 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%46 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %59 = arith.mulf %in, %in_6 : f32
    linalg.yield %59 : f32
  } -> tensor<2x16x1xf32>
  %48 = tensor.empty() : tensor<2x16x1xf32>
  %49 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%47 : tensor<2x16x1xf32>) outs(%48 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %59 = arith.divf %in, %cst_1 : f32
    linalg.yield %59 : f32
  } -> tensor<2x16x1xf32>
  %50 = tensor.empty() : tensor<2x16xf32>
  %51 = linalg.fill ins(%cst_2 : f32) outs(%50 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %52 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%49 : tensor<2x16x1xf32>) outs(%51 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %59 = arith.addf %out, %in : f32
    linalg.yield %59 : f32
  } -> tensor<2x16xf32>
  %53 = tensor.empty() : tensor<2x16x64xf32>
  %54 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%52 : tensor<2x16xf32>) outs(%53 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %55 = tensor.empty() : tensor<2x16x64xf32>
  %56 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%54, %3 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%55 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %59 = arith.mulf %in, %in_6 : f32
    linalg.yield %59 : f32
  } -> tensor<2x16x64xf32>
  %57 = tensor.empty() : tensor<2x16x64xf32>
  %58 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%45, %56 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%57 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %59 = arith.addf %in, %in_6 : f32
    linalg.yield %59 : f32
  } -> tensor<2x16x64xf32>
  return %58, %38 : tensor<2x16x64xf32>, tensor<64xf32>
}
