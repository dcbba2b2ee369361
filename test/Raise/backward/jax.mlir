// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// What jax.vjp and jax.grad make of normalizations.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map3 = affine_map<(d0, d1, d2) -> (d1, d2, d0)>
#map4 = affine_map<(d0, d1, d2) -> (d0)>
#map5 = affine_map<(d0, d1, d2) -> (d2)>
#map6 = affine_map<(d0, d1) -> (d0, d1)>
#map7 = affine_map<(d0) -> (d0)>

// rsqrt of the mean of squares.
// CHECK-LABEL: func.func @jax_rms_norm_vjp(
// CHECK: norm.rms_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input, scale] outs(
func.func @jax_rms_norm_vjp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xf32>, tensor<64xf32>) {
  %cst = arith.constant -5.000000e-01 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 0.000000e+00 : f32
  %cst_3 = arith.constant 2.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %53 = arith.mulf %in, %in : f32
    linalg.yield %53 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %53 = arith.mulf %in, %cst_3 : f32
    linalg.yield %53 : f32
  } -> tensor<2x16x64xf32>
  %4 = tensor.empty() : tensor<2x16xf32>
  %5 = linalg.fill ins(%cst_2 : f32) outs(%4 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%5 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %53 = arith.addf %out, %in : f32
    linalg.yield %53 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %6 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %7 = tensor.empty() : tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %53 = arith.divf %in, %cst_1 : f32
    linalg.yield %53 : f32
  } -> tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %53 = arith.addf %in, %cst_0 : f32
    linalg.yield %53 : f32
  } -> tensor<2x16x1xf32>
  %11 = tensor.empty() : tensor<2x16x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf32>) outs(%11 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %53 = math.rsqrt %in : f32
    linalg.yield %53 : f32
  } -> tensor<2x16x1xf32>
  %13 = tensor.empty() : tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12, %10 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%13 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %53 = arith.divf %in, %in_6 : f32
    linalg.yield %53 : f32
  } -> tensor<2x16x1xf32>
  %15 = tensor.empty() : tensor<2x16x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x16x1xf32>) outs(%15 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %53 = arith.mulf %in, %cst : f32
    linalg.yield %53 : f32
  } -> tensor<2x16x1xf32>
  %17 = tensor.empty() : tensor<2x16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x1xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %19 = tensor.empty() : tensor<2x16x64xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %18 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%19 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %53 = arith.mulf %in, %in_6 : f32
    linalg.yield %53 : f32
  } -> tensor<2x16x64xf32>
  %21 = tensor.empty() : tensor<2x16x64xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %arg0 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%21 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %53 = arith.mulf %in, %in_6 : f32
    linalg.yield %53 : f32
  } -> tensor<2x16x64xf32>
  %23 = tensor.empty() : tensor<64xf32>
  %24 = linalg.fill ins(%cst_2 : f32) outs(%23 : tensor<64xf32>) -> tensor<64xf32>
  %25 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%22 : tensor<2x16x64xf32>) outs(%24 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %53 = arith.addf %out, %in : f32
    linalg.yield %53 : f32
  } -> tensor<64xf32>
  %expanded_4 = tensor.expand_shape %25 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %26 = tensor.empty() : tensor<2x16x64xf32>
  %27 = linalg.generic {indexing_maps = [#map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2 : tensor<64xf32>) outs(%26 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %28 = tensor.empty() : tensor<2x16x64xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %27 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%28 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %53 = arith.mulf %in, %in_6 : f32
    linalg.yield %53 : f32
  } -> tensor<2x16x64xf32>
  %30 = tensor.empty() : tensor<64xf32>
  %31 = linalg.fill ins(%cst_2 : f32) outs(%30 : tensor<64xf32>) -> tensor<64xf32>
  %32 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%expanded_4 : tensor<1x1x64xf32>) outs(%31 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %53 = arith.addf %out, %in : f32
    linalg.yield %53 : f32
  } -> tensor<64xf32>
  %33 = tensor.empty() : tensor<2x16x64xf32>
  %34 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %29 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%33 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %53 = arith.mulf %in, %in_6 : f32
    linalg.yield %53 : f32
  } -> tensor<2x16x64xf32>
  %35 = tensor.empty() : tensor<2x16xf32>
  %36 = linalg.fill ins(%cst_2 : f32) outs(%35 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %37 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%34 : tensor<2x16x64xf32>) outs(%36 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %53 = arith.addf %out, %in : f32
    linalg.yield %53 : f32
  } -> tensor<2x16xf32>
  %expanded_5 = tensor.expand_shape %37 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %38 = tensor.empty() : tensor<2x16x64xf32>
  %39 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29, %18 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%38 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %53 = arith.mulf %in, %in_6 : f32
    linalg.yield %53 : f32
  } -> tensor<2x16x64xf32>
  %40 = tensor.empty() : tensor<2x16x1xf32>
  %41 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_5, %16 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%40 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %53 = arith.mulf %in, %in_6 : f32
    linalg.yield %53 : f32
  } -> tensor<2x16x1xf32>
  %42 = tensor.empty() : tensor<2x16x1xf32>
  %43 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%41 : tensor<2x16x1xf32>) outs(%42 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %53 = arith.divf %in, %cst_1 : f32
    linalg.yield %53 : f32
  } -> tensor<2x16x1xf32>
  %44 = tensor.empty() : tensor<2x16xf32>
  %45 = linalg.fill ins(%cst_2 : f32) outs(%44 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %46 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%43 : tensor<2x16x1xf32>) outs(%45 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %53 = arith.addf %out, %in : f32
    linalg.yield %53 : f32
  } -> tensor<2x16xf32>
  %47 = tensor.empty() : tensor<2x16x64xf32>
  %48 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%46 : tensor<2x16xf32>) outs(%47 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %49 = tensor.empty() : tensor<2x16x64xf32>
  %50 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%48, %3 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%49 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %53 = arith.mulf %in, %in_6 : f32
    linalg.yield %53 : f32
  } -> tensor<2x16x64xf32>
  %51 = tensor.empty() : tensor<2x16x64xf32>
  %52 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%39, %50 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%51 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %53 = arith.addf %in, %in_6 : f32
    linalg.yield %53 : f32
  } -> tensor<2x16x64xf32>
  return %52, %32 : tensor<2x16x64xf32>, tensor<64xf32>
}

// x ** 2 and a division by sqrt.
// CHECK-LABEL: func.func @jax_rms_norm_sqrt_vjp(
// CHECK: norm.rms_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input, scale] outs(
func.func @jax_rms_norm_sqrt_vjp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xf32>, tensor<64xf32>) {
  %cst = arith.constant 1.000000e+00 : f32
  %cst_0 = arith.constant 5.000000e-01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %cst_2 = arith.constant 6.400000e+01 : f32
  %cst_3 = arith.constant 0.000000e+00 : f32
  %cst_4 = arith.constant 2.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.mulf %in, %in : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.mulf %in, %cst_4 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %4 = tensor.empty() : tensor<2x16xf32>
  %5 = linalg.fill ins(%cst_3 : f32) outs(%4 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%5 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.addf %out, %in : f32
    linalg.yield %61 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %6 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %7 = tensor.empty() : tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.divf %in, %cst_2 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.addf %in, %cst_1 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %11 = tensor.empty() : tensor<2x16x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf32>) outs(%11 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = math.sqrt %in : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %13 = tensor.empty() : tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x1xf32>) outs(%13 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.divf %cst_0, %in : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %15 = tensor.empty() : tensor<2x16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x1xf32>) outs(%15 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %17 = tensor.empty() : tensor<2x16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %16 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.divf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %19 = tensor.empty() : tensor<2x16x1xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x1xf32>) outs(%19 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.mulf %in, %in : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %21 = tensor.empty() : tensor<2x16x1xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<2x16x1xf32>) outs(%21 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.divf %cst, %in : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %23 = tensor.empty() : tensor<2x16x64xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %arg0 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%23 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.mulf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %25 = tensor.empty() : tensor<64xf32>
  %26 = linalg.fill ins(%cst_3 : f32) outs(%25 : tensor<64xf32>) -> tensor<64xf32>
  %27 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%24 : tensor<2x16x64xf32>) outs(%26 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.addf %out, %in : f32
    linalg.yield %61 : f32
  } -> tensor<64xf32>
  %expanded_5 = tensor.expand_shape %27 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %28 = tensor.empty() : tensor<2x16x64xf32>
  %29 = linalg.generic {indexing_maps = [#map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2 : tensor<64xf32>) outs(%28 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %30 = tensor.empty() : tensor<2x16x64xf32>
  %31 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %29 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%30 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.mulf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %32 = tensor.empty() : tensor<64xf32>
  %33 = linalg.fill ins(%cst_3 : f32) outs(%32 : tensor<64xf32>) -> tensor<64xf32>
  %34 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%expanded_5 : tensor<1x1x64xf32>) outs(%33 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.addf %out, %in : f32
    linalg.yield %61 : f32
  } -> tensor<64xf32>
  %35 = tensor.empty() : tensor<2x16x64xf32>
  %36 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22 : tensor<2x16x1xf32>) outs(%35 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %37 = tensor.empty() : tensor<2x16x64xf32>
  %38 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%31, %36 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%37 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.mulf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %39 = tensor.empty() : tensor<2x16x64xf32>
  %40 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%38, %arg1 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%39 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.mulf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %41 = tensor.empty() : tensor<2x16xf32>
  %42 = linalg.fill ins(%cst_3 : f32) outs(%41 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %43 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%40 : tensor<2x16x64xf32>) outs(%42 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.addf %out, %in : f32
    linalg.yield %61 : f32
  } -> tensor<2x16xf32>
  %44 = tensor.empty() : tensor<2x16xf32>
  %45 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%43 : tensor<2x16xf32>) outs(%44 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.negf %in : f32
    linalg.yield %61 : f32
  } -> tensor<2x16xf32>
  %expanded_6 = tensor.expand_shape %45 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %46 = tensor.empty() : tensor<2x16x64xf32>
  %47 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%31, %16 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%46 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.divf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %48 = tensor.empty() : tensor<2x16x1xf32>
  %49 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_6, %14 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%48 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.mulf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %50 = tensor.empty() : tensor<2x16x1xf32>
  %51 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%49 : tensor<2x16x1xf32>) outs(%50 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.divf %in, %cst_2 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %52 = tensor.empty() : tensor<2x16xf32>
  %53 = linalg.fill ins(%cst_3 : f32) outs(%52 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %54 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%51 : tensor<2x16x1xf32>) outs(%53 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.addf %out, %in : f32
    linalg.yield %61 : f32
  } -> tensor<2x16xf32>
  %55 = tensor.empty() : tensor<2x16x64xf32>
  %56 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%54 : tensor<2x16xf32>) outs(%55 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %57 = tensor.empty() : tensor<2x16x64xf32>
  %58 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%56, %3 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%57 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.mulf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %59 = tensor.empty() : tensor<2x16x64xf32>
  %60 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%47, %58 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%59 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.addf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  return %60, %34 : tensor<2x16x64xf32>, tensor<64xf32>
}

// With (1 + scale).
// CHECK-LABEL: func.func @jax_rms_norm_one_plus_scale_vjp(
// CHECK: norm.rms_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input, scale] outs(
func.func @jax_rms_norm_one_plus_scale_vjp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xf32>, tensor<64xf32>) {
  %cst = arith.constant 1.000000e+00 : f32
  %cst_0 = arith.constant -5.000000e-01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %cst_2 = arith.constant 6.400000e+01 : f32
  %cst_3 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %57 = arith.mulf %in, %in : f32
    linalg.yield %57 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16xf32>
  %3 = linalg.fill ins(%cst_3 : f32) outs(%2 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %57 = arith.addf %out, %in : f32
    linalg.yield %57 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %4 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %57 = arith.divf %in, %cst_2 : f32
    linalg.yield %57 : f32
  } -> tensor<2x16x1xf32>
  %7 = tensor.empty() : tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %57 = arith.addf %in, %cst_1 : f32
    linalg.yield %57 : f32
  } -> tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %57 = math.rsqrt %in : f32
    linalg.yield %57 : f32
  } -> tensor<2x16x1xf32>
  %11 = tensor.empty() : tensor<2x16x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %8 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%11 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %57 = arith.divf %in, %in_6 : f32
    linalg.yield %57 : f32
  } -> tensor<2x16x1xf32>
  %13 = tensor.empty() : tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x1xf32>) outs(%13 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %57 = arith.mulf %in, %cst_0 : f32
    linalg.yield %57 : f32
  } -> tensor<2x16x1xf32>
  %15 = tensor.empty() : tensor<2x16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf32>) outs(%15 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %17 = tensor.empty() : tensor<2x16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %16 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %57 = arith.mulf %in, %in_6 : f32
    linalg.yield %57 : f32
  } -> tensor<2x16x64xf32>
  %19 = tensor.empty() : tensor<64xf32>
  %20 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%arg2 : tensor<64xf32>) outs(%19 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %57 = arith.addf %in, %cst : f32
    linalg.yield %57 : f32
  } -> tensor<64xf32>
  %21 = tensor.empty() : tensor<2x16x64xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %arg0 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%21 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %57 = arith.mulf %in, %in_6 : f32
    linalg.yield %57 : f32
  } -> tensor<2x16x64xf32>
  %23 = tensor.empty() : tensor<64xf32>
  %24 = linalg.fill ins(%cst_3 : f32) outs(%23 : tensor<64xf32>) -> tensor<64xf32>
  %25 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%22 : tensor<2x16x64xf32>) outs(%24 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %57 = arith.addf %out, %in : f32
    linalg.yield %57 : f32
  } -> tensor<64xf32>
  %expanded_4 = tensor.expand_shape %25 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %26 = tensor.empty() : tensor<2x16x64xf32>
  %27 = linalg.generic {indexing_maps = [#map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<64xf32>) outs(%26 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %28 = tensor.empty() : tensor<2x16x64xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %27 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%28 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %57 = arith.mulf %in, %in_6 : f32
    linalg.yield %57 : f32
  } -> tensor<2x16x64xf32>
  %30 = tensor.empty() : tensor<64xf32>
  %31 = linalg.fill ins(%cst_3 : f32) outs(%30 : tensor<64xf32>) -> tensor<64xf32>
  %32 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%expanded_4 : tensor<1x1x64xf32>) outs(%31 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %57 = arith.addf %out, %in : f32
    linalg.yield %57 : f32
  } -> tensor<64xf32>
  %33 = tensor.empty() : tensor<2x16x64xf32>
  %34 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %29 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%33 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %57 = arith.mulf %in, %in_6 : f32
    linalg.yield %57 : f32
  } -> tensor<2x16x64xf32>
  %35 = tensor.empty() : tensor<2x16xf32>
  %36 = linalg.fill ins(%cst_3 : f32) outs(%35 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %37 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%34 : tensor<2x16x64xf32>) outs(%36 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %57 = arith.addf %out, %in : f32
    linalg.yield %57 : f32
  } -> tensor<2x16xf32>
  %expanded_5 = tensor.expand_shape %37 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %38 = tensor.empty() : tensor<2x16x64xf32>
  %39 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29, %16 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%38 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %57 = arith.mulf %in, %in_6 : f32
    linalg.yield %57 : f32
  } -> tensor<2x16x64xf32>
  %40 = tensor.empty() : tensor<2x16x1xf32>
  %41 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_5, %14 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%40 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %57 = arith.mulf %in, %in_6 : f32
    linalg.yield %57 : f32
  } -> tensor<2x16x1xf32>
  %42 = tensor.empty() : tensor<2x16x1xf32>
  %43 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%41 : tensor<2x16x1xf32>) outs(%42 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %57 = arith.divf %in, %cst_2 : f32
    linalg.yield %57 : f32
  } -> tensor<2x16x1xf32>
  %44 = tensor.empty() : tensor<2x16xf32>
  %45 = linalg.fill ins(%cst_3 : f32) outs(%44 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %46 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%43 : tensor<2x16x1xf32>) outs(%45 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %57 = arith.addf %out, %in : f32
    linalg.yield %57 : f32
  } -> tensor<2x16xf32>
  %47 = tensor.empty() : tensor<2x16x64xf32>
  %48 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%46 : tensor<2x16xf32>) outs(%47 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %49 = tensor.empty() : tensor<2x16x64xf32>
  %50 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %48 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%49 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %57 = arith.mulf %in, %in_6 : f32
    linalg.yield %57 : f32
  } -> tensor<2x16x64xf32>
  %51 = tensor.empty() : tensor<2x16x64xf32>
  %52 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%39, %50 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%51 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %57 = arith.addf %in, %in_6 : f32
    linalg.yield %57 : f32
  } -> tensor<2x16x64xf32>
  %53 = tensor.empty() : tensor<2x16x64xf32>
  %54 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%48, %arg1 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%53 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %57 = arith.mulf %in, %in_6 : f32
    linalg.yield %57 : f32
  } -> tensor<2x16x64xf32>
  %55 = tensor.empty() : tensor<2x16x64xf32>
  %56 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%52, %54 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%55 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %57 = arith.addf %in, %in_6 : f32
    linalg.yield %57 : f32
  } -> tensor<2x16x64xf32>
  return %56, %32 : tensor<2x16x64xf32>, tensor<64xf32>
}
