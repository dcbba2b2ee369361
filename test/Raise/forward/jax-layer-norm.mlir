// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// What JAX, StableHLO and its conversion to linalg make of layer normalizations.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map3 = affine_map<(d0, d1, d2) -> (d2)>
#map4 = affine_map<() -> ()>
#map5 = affine_map<(d0, d1, d2) -> ()>
#map6 = affine_map<(d0, d1) -> (d0, d1)>
#map7 = affine_map<(d0, d1, d2) -> (0, 0, d2)>
#map8 = affine_map<(d0, d1, d2) -> (d0)>
#map9 = affine_map<(d0, d1, d2) -> (d0, 0, 0)>

// mean, mean of squared differences, rsqrt.
// CHECK-LABEL: func.func @jax_layer_norm(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_layer_norm(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_1 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %32 = arith.addf %out, %in : f32
    linalg.yield %32 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %2 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %32 = arith.divf %in, %cst_0 : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %6 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %32 = arith.subf %in, %in_3 : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x64xf32>) outs(%9 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %32 = arith.mulf %in, %in : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x64xf32>
  %11 = tensor.empty() : tensor<2x16xf32>
  %12 = linalg.fill ins(%cst_1 : f32) outs(%11 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%10 : tensor<2x16x64xf32>) outs(%12 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %32 = arith.addf %out, %in : f32
    linalg.yield %32 : f32
  } -> tensor<2x16xf32>
  %expanded_2 = tensor.expand_shape %13 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %14 = tensor.empty() : tensor<2x16x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_2 : tensor<2x16x1xf32>) outs(%14 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %32 = arith.divf %in, %cst_0 : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x1xf32>
  %16 = tensor.empty() : tensor<2x16x1xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x16x1xf32>) outs(%16 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %32 = arith.addf %in, %cst : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x1xf32>
  %18 = tensor.empty() : tensor<2x16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<2x16x1xf32>) outs(%18 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %32 = math.rsqrt %in : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x1xf32>
  %20 = tensor.empty() : tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19 : tensor<2x16x1xf32>) outs(%20 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %22 = tensor.empty() : tensor<2x16x64xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %21 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%22 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %32 = arith.mulf %in, %in_3 : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x64xf32>
  %24 = tensor.empty() : tensor<2x16x64xf32>
  %25 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<64xf32>) outs(%24 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %26 = tensor.empty() : tensor<2x16x64xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23, %25 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%26 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %32 = arith.mulf %in, %in_3 : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x64xf32>
  %28 = tensor.empty() : tensor<2x16x64xf32>
  %29 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2 : tensor<64xf32>) outs(%28 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %30 = tensor.empty() : tensor<2x16x64xf32>
  %31 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27, %29 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%30 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %32 = arith.addf %in, %in_3 : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x64xf32>
  return %31 : tensor<2x16x64xf32>
}

// x.mean and x.var.
// CHECK-LABEL: func.func @jax_layer_norm_var(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_layer_norm_var(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %cst_0 = arith.constant 0x7FC00000 : f32
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_2 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %42 = arith.addf %out, %in : f32
    linalg.yield %42 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %2 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %42 = arith.divf %in, %cst_1 : f32
    linalg.yield %42 : f32
  } -> tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %6 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %42 = arith.subf %in, %in_4 : f32
    linalg.yield %42 : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x64xf32>) outs(%9 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %42 = arith.mulf %in, %in : f32
    linalg.yield %42 : f32
  } -> tensor<2x16x64xf32>
  %11 = tensor.empty() : tensor<f32>
  %12 = linalg.generic {indexing_maps = [#map4], iterator_types = []} outs(%11 : tensor<f32>) {
  ^bb0(%out: f32):
    linalg.yield %cst_2 : f32
  } -> tensor<f32>
  %13 = tensor.empty() : tensor<f32>
  %14 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = []} ins(%12 : tensor<f32>) outs(%13 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %42 = arith.subf %cst_1, %in : f32
    linalg.yield %42 : f32
  } -> tensor<f32>
  %15 = tensor.empty() : tensor<2x16xf32>
  %16 = linalg.fill ins(%cst_2 : f32) outs(%15 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%10 : tensor<2x16x64xf32>) outs(%16 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %42 = arith.addf %out, %in : f32
    linalg.yield %42 : f32
  } -> tensor<2x16xf32>
  %expanded_3 = tensor.expand_shape %17 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %18 = tensor.empty() : tensor<2x16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<f32>) outs(%18 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x1xf32>
  %20 = tensor.empty() : tensor<2x16x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_3, %19 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%20 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %42 = arith.divf %in, %in_4 : f32
    linalg.yield %42 : f32
  } -> tensor<2x16x1xf32>
  %22 = tensor.empty() : tensor<i1>
  %23 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = []} ins(%14 : tensor<f32>) outs(%22 : tensor<i1>) {
  ^bb0(%in: f32, %out: i1):
    %42 = arith.cmpf ogt, %in, %cst_2 : f32
    linalg.yield %42 : i1
  } -> tensor<i1>
  %24 = tensor.empty() : tensor<2x16x1xf32>
  %extracted = tensor.extract %23[] : tensor<i1>
  %25 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21 : tensor<2x16x1xf32>) outs(%24 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %42 = arith.select %extracted, %in, %cst_0 : f32
    linalg.yield %42 : f32
  } -> tensor<2x16x1xf32>
  %26 = tensor.empty() : tensor<2x16x1xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25 : tensor<2x16x1xf32>) outs(%26 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %42 = arith.addf %in, %cst : f32
    linalg.yield %42 : f32
  } -> tensor<2x16x1xf32>
  %28 = tensor.empty() : tensor<2x16x1xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27 : tensor<2x16x1xf32>) outs(%28 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %42 = math.sqrt %in : f32
    linalg.yield %42 : f32
  } -> tensor<2x16x1xf32>
  %30 = tensor.empty() : tensor<2x16x64xf32>
  %31 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<2x16x1xf32>) outs(%30 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %32 = tensor.empty() : tensor<2x16x64xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %31 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%32 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %42 = arith.divf %in, %in_4 : f32
    linalg.yield %42 : f32
  } -> tensor<2x16x64xf32>
  %34 = tensor.empty() : tensor<2x16x64xf32>
  %35 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<64xf32>) outs(%34 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %36 = tensor.empty() : tensor<2x16x64xf32>
  %37 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33, %35 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%36 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %42 = arith.mulf %in, %in_4 : f32
    linalg.yield %42 : f32
  } -> tensor<2x16x64xf32>
  %38 = tensor.empty() : tensor<2x16x64xf32>
  %39 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2 : tensor<64xf32>) outs(%38 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %40 = tensor.empty() : tensor<2x16x64xf32>
  %41 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%37, %39 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%40 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %42 = arith.addf %in, %in_4 : f32
    linalg.yield %42 : f32
  } -> tensor<2x16x64xf32>
  return %41 : tensor<2x16x64xf32>
}

// Flax's: E[x^2] - E[x]^2 clamped by maximum(0, .), rstd * scale first.
// CHECK-LABEL: func.func @jax_layer_norm_fast_variance(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_layer_norm_fast_variance(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_1 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.addf %out, %in : f32
    linalg.yield %38 : f32
  } -> tensor<2x16xf32>
  %3 = tensor.empty() : tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<2x16xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.divf %in, %cst_0 : f32
    linalg.yield %38 : f32
  } -> tensor<2x16xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.mulf %in, %in : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x64xf32>
  %7 = tensor.empty() : tensor<2x16xf32>
  %8 = linalg.fill ins(%cst_1 : f32) outs(%7 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%6 : tensor<2x16x64xf32>) outs(%8 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.addf %out, %in : f32
    linalg.yield %38 : f32
  } -> tensor<2x16xf32>
  %10 = tensor.empty() : tensor<2x16xf32>
  %11 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%9 : tensor<2x16xf32>) outs(%10 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.divf %in, %cst_0 : f32
    linalg.yield %38 : f32
  } -> tensor<2x16xf32>
  %12 = tensor.empty() : tensor<2x16xf32>
  %13 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%4 : tensor<2x16xf32>) outs(%12 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.mulf %in, %in : f32
    linalg.yield %38 : f32
  } -> tensor<2x16xf32>
  %14 = tensor.empty() : tensor<2x16xf32>
  %15 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%11, %13 : tensor<2x16xf32>, tensor<2x16xf32>) outs(%14 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %38 = arith.subf %in, %in_4 : f32
    linalg.yield %38 : f32
  } -> tensor<2x16xf32>
  %16 = tensor.empty() : tensor<2x16xf32>
  %17 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%15 : tensor<2x16xf32>) outs(%16 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.maximumf %in, %cst_1 : f32
    linalg.yield %38 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %17 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %18 = tensor.empty() : tensor<2x16x64xf32>
  %19 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16xf32>) outs(%18 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %20 = tensor.empty() : tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %19 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%20 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %38 = arith.subf %in, %in_4 : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x64xf32>
  %22 = tensor.empty() : tensor<2x16x1xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%22 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.addf %in, %cst : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x1xf32>
  %24 = tensor.empty() : tensor<2x16x1xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23 : tensor<2x16x1xf32>) outs(%24 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = math.rsqrt %in : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x1xf32>
  %expanded_2 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %26 = tensor.empty() : tensor<2x16x64xf32>
  %27 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25 : tensor<2x16x1xf32>) outs(%26 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %28 = tensor.empty() : tensor<2x16x64xf32>
  %29 = linalg.generic {indexing_maps = [#map7, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_2 : tensor<1x1x64xf32>) outs(%28 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %30 = tensor.empty() : tensor<2x16x64xf32>
  %31 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27, %29 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%30 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %38 = arith.mulf %in, %in_4 : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x64xf32>
  %32 = tensor.empty() : tensor<2x16x64xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %31 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%32 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %38 = arith.mulf %in, %in_4 : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x64xf32>
  %expanded_3 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %34 = tensor.empty() : tensor<2x16x64xf32>
  %35 = linalg.generic {indexing_maps = [#map7, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_3 : tensor<1x1x64xf32>) outs(%34 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %36 = tensor.empty() : tensor<2x16x64xf32>
  %37 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33, %35 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%36 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %38 = arith.addf %in, %in_4 : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x64xf32>
  return %37 : tensor<2x16x64xf32>
}

// The same of bf16 with f32 weights: bf16 is promoted.
// CHECK-LABEL: func.func @jax_layer_norm_fast_variance_bf16(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs({{.*}} : tensor<2x16x64xbf16>
// CHECK-NOT: linalg.generic
func.func @jax_layer_norm_fast_variance_bf16(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xbf16> {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %42 = arith.extf %in : bf16 to f32
    linalg.yield %42 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16xf32>
  %3 = linalg.fill ins(%cst_1 : f32) outs(%2 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %42 = arith.addf %out, %in : f32
    linalg.yield %42 : f32
  } -> tensor<2x16xf32>
  %5 = tensor.empty() : tensor<2x16xf32>
  %6 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%4 : tensor<2x16xf32>) outs(%5 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %42 = arith.divf %in, %cst_0 : f32
    linalg.yield %42 : f32
  } -> tensor<2x16xf32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %42 = arith.mulf %in, %in : f32
    linalg.yield %42 : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16xf32>
  %10 = linalg.fill ins(%cst_1 : f32) outs(%9 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%8 : tensor<2x16x64xf32>) outs(%10 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %42 = arith.addf %out, %in : f32
    linalg.yield %42 : f32
  } -> tensor<2x16xf32>
  %12 = tensor.empty() : tensor<2x16xf32>
  %13 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%11 : tensor<2x16xf32>) outs(%12 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %42 = arith.divf %in, %cst_0 : f32
    linalg.yield %42 : f32
  } -> tensor<2x16xf32>
  %14 = tensor.empty() : tensor<2x16xf32>
  %15 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%6 : tensor<2x16xf32>) outs(%14 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %42 = arith.mulf %in, %in : f32
    linalg.yield %42 : f32
  } -> tensor<2x16xf32>
  %16 = tensor.empty() : tensor<2x16xf32>
  %17 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%13, %15 : tensor<2x16xf32>, tensor<2x16xf32>) outs(%16 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %42 = arith.subf %in, %in_4 : f32
    linalg.yield %42 : f32
  } -> tensor<2x16xf32>
  %18 = tensor.empty() : tensor<2x16xf32>
  %19 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%17 : tensor<2x16xf32>) outs(%18 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %42 = arith.maximumf %in, %cst_1 : f32
    linalg.yield %42 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %19 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %20 = tensor.empty() : tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16xf32>) outs(%20 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %22 = tensor.empty() : tensor<2x16x64xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %21 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%22 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %42 = arith.subf %in, %in_4 : f32
    linalg.yield %42 : f32
  } -> tensor<2x16x64xf32>
  %24 = tensor.empty() : tensor<2x16x1xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%24 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %42 = arith.addf %in, %cst : f32
    linalg.yield %42 : f32
  } -> tensor<2x16x1xf32>
  %26 = tensor.empty() : tensor<2x16x1xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25 : tensor<2x16x1xf32>) outs(%26 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %42 = math.rsqrt %in : f32
    linalg.yield %42 : f32
  } -> tensor<2x16x1xf32>
  %expanded_2 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %28 = tensor.empty() : tensor<2x16x64xf32>
  %29 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27 : tensor<2x16x1xf32>) outs(%28 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %30 = tensor.empty() : tensor<2x16x64xf32>
  %31 = linalg.generic {indexing_maps = [#map7, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_2 : tensor<1x1x64xf32>) outs(%30 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %32 = tensor.empty() : tensor<2x16x64xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29, %31 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%32 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %42 = arith.mulf %in, %in_4 : f32
    linalg.yield %42 : f32
  } -> tensor<2x16x64xf32>
  %34 = tensor.empty() : tensor<2x16x64xf32>
  %35 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23, %33 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%34 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %42 = arith.mulf %in, %in_4 : f32
    linalg.yield %42 : f32
  } -> tensor<2x16x64xf32>
  %expanded_3 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %36 = tensor.empty() : tensor<2x16x64xf32>
  %37 = linalg.generic {indexing_maps = [#map7, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_3 : tensor<1x1x64xf32>) outs(%36 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %38 = tensor.empty() : tensor<2x16x64xf32>
  %39 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%35, %37 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%38 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %42 = arith.addf %in, %in_4 : f32
    linalg.yield %42 : f32
  } -> tensor<2x16x64xf32>
  %40 = tensor.empty() : tensor<2x16x64xbf16>
  %41 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%39 : tensor<2x16x64xf32>) outs(%40 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %42 = arith.truncf %in : f32 to bf16
    linalg.yield %42 : bf16
  } -> tensor<2x16x64xbf16>
  return %41 : tensor<2x16x64xbf16>
}

// Without a bias.
// CHECK-LABEL: func.func @jax_layer_norm_no_bias(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_layer_norm_no_bias(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %cst_0 = arith.constant 0x7FC00000 : f32
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_2 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.addf %out, %in : f32
    linalg.yield %38 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %2 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.divf %in, %cst_1 : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %6 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %38 = arith.subf %in, %in_4 : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x64xf32>) outs(%9 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.mulf %in, %in : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x64xf32>
  %11 = tensor.empty() : tensor<f32>
  %12 = linalg.generic {indexing_maps = [#map4], iterator_types = []} outs(%11 : tensor<f32>) {
  ^bb0(%out: f32):
    linalg.yield %cst_2 : f32
  } -> tensor<f32>
  %13 = tensor.empty() : tensor<f32>
  %14 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = []} ins(%12 : tensor<f32>) outs(%13 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.subf %cst_1, %in : f32
    linalg.yield %38 : f32
  } -> tensor<f32>
  %15 = tensor.empty() : tensor<2x16xf32>
  %16 = linalg.fill ins(%cst_2 : f32) outs(%15 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%10 : tensor<2x16x64xf32>) outs(%16 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.addf %out, %in : f32
    linalg.yield %38 : f32
  } -> tensor<2x16xf32>
  %expanded_3 = tensor.expand_shape %17 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %18 = tensor.empty() : tensor<2x16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<f32>) outs(%18 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x1xf32>
  %20 = tensor.empty() : tensor<2x16x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_3, %19 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%20 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %38 = arith.divf %in, %in_4 : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x1xf32>
  %22 = tensor.empty() : tensor<i1>
  %23 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = []} ins(%14 : tensor<f32>) outs(%22 : tensor<i1>) {
  ^bb0(%in: f32, %out: i1):
    %38 = arith.cmpf ogt, %in, %cst_2 : f32
    linalg.yield %38 : i1
  } -> tensor<i1>
  %24 = tensor.empty() : tensor<2x16x1xf32>
  %extracted = tensor.extract %23[] : tensor<i1>
  %25 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21 : tensor<2x16x1xf32>) outs(%24 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.select %extracted, %in, %cst_0 : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x1xf32>
  %26 = tensor.empty() : tensor<2x16x1xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25 : tensor<2x16x1xf32>) outs(%26 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.addf %in, %cst : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x1xf32>
  %28 = tensor.empty() : tensor<2x16x1xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27 : tensor<2x16x1xf32>) outs(%28 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = math.rsqrt %in : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x1xf32>
  %30 = tensor.empty() : tensor<2x16x64xf32>
  %31 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<2x16x1xf32>) outs(%30 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %32 = tensor.empty() : tensor<2x16x64xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %31 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%32 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %38 = arith.mulf %in, %in_4 : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x64xf32>
  %34 = tensor.empty() : tensor<2x16x64xf32>
  %35 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<64xf32>) outs(%34 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %36 = tensor.empty() : tensor<2x16x64xf32>
  %37 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33, %35 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%36 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %38 = arith.mulf %in, %in_4 : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x64xf32>
  return %37 : tensor<2x16x64xf32>
}

// Over two trailing axes.
// CHECK-LABEL: func.func @jax_layer_norm_two_axes(
// CHECK: norm.layer_norm %{{[^ ]+}} axes = [1, 2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_layer_norm_two_axes(%arg0: tensor<8x4x32xf32>) -> tensor<8x4x32xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %cst_0 = arith.constant 0x7FC00000 : f32
  %cst_1 = arith.constant 1.280000e+02 : f32
  %cst_2 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<8xf32>
  %1 = linalg.fill ins(%cst_2 : f32) outs(%0 : tensor<8xf32>) -> tensor<8xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map8], iterator_types = ["parallel", "reduction", "reduction"]} ins(%arg0 : tensor<8x4x32xf32>) outs(%1 : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.addf %out, %in : f32
    linalg.yield %34 : f32
  } -> tensor<8xf32>
  %expanded = tensor.expand_shape %2 [[0, 1, 2]] output_shape [8, 1, 1] : tensor<8xf32> into tensor<8x1x1xf32>
  %3 = tensor.empty() : tensor<8x1x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<8x1x1xf32>) outs(%3 : tensor<8x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.divf %in, %cst_1 : f32
    linalg.yield %34 : f32
  } -> tensor<8x1x1xf32>
  %5 = tensor.empty() : tensor<8x4x32xf32>
  %6 = linalg.generic {indexing_maps = [#map9, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<8x1x1xf32>) outs(%5 : tensor<8x4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<8x4x32xf32>
  %7 = tensor.empty() : tensor<8x4x32xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %6 : tensor<8x4x32xf32>, tensor<8x4x32xf32>) outs(%7 : tensor<8x4x32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %34 = arith.subf %in, %in_4 : f32
    linalg.yield %34 : f32
  } -> tensor<8x4x32xf32>
  %9 = tensor.empty() : tensor<8x4x32xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<8x4x32xf32>) outs(%9 : tensor<8x4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.mulf %in, %in : f32
    linalg.yield %34 : f32
  } -> tensor<8x4x32xf32>
  %11 = tensor.empty() : tensor<f32>
  %12 = linalg.generic {indexing_maps = [#map4], iterator_types = []} outs(%11 : tensor<f32>) {
  ^bb0(%out: f32):
    linalg.yield %cst_2 : f32
  } -> tensor<f32>
  %13 = tensor.empty() : tensor<f32>
  %14 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = []} ins(%12 : tensor<f32>) outs(%13 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.subf %cst_1, %in : f32
    linalg.yield %34 : f32
  } -> tensor<f32>
  %15 = tensor.empty() : tensor<8xf32>
  %16 = linalg.fill ins(%cst_2 : f32) outs(%15 : tensor<8xf32>) -> tensor<8xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map8], iterator_types = ["parallel", "reduction", "reduction"]} ins(%10 : tensor<8x4x32xf32>) outs(%16 : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.addf %out, %in : f32
    linalg.yield %34 : f32
  } -> tensor<8xf32>
  %expanded_3 = tensor.expand_shape %17 [[0, 1, 2]] output_shape [8, 1, 1] : tensor<8xf32> into tensor<8x1x1xf32>
  %18 = tensor.empty() : tensor<8x1x1xf32>
  %19 = linalg.generic {indexing_maps = [#map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<f32>) outs(%18 : tensor<8x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<8x1x1xf32>
  %20 = tensor.empty() : tensor<8x1x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_3, %19 : tensor<8x1x1xf32>, tensor<8x1x1xf32>) outs(%20 : tensor<8x1x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %34 = arith.divf %in, %in_4 : f32
    linalg.yield %34 : f32
  } -> tensor<8x1x1xf32>
  %22 = tensor.empty() : tensor<i1>
  %23 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = []} ins(%14 : tensor<f32>) outs(%22 : tensor<i1>) {
  ^bb0(%in: f32, %out: i1):
    %34 = arith.cmpf ogt, %in, %cst_2 : f32
    linalg.yield %34 : i1
  } -> tensor<i1>
  %24 = tensor.empty() : tensor<8x1x1xf32>
  %extracted = tensor.extract %23[] : tensor<i1>
  %25 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21 : tensor<8x1x1xf32>) outs(%24 : tensor<8x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.select %extracted, %in, %cst_0 : f32
    linalg.yield %34 : f32
  } -> tensor<8x1x1xf32>
  %26 = tensor.empty() : tensor<8x1x1xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25 : tensor<8x1x1xf32>) outs(%26 : tensor<8x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.addf %in, %cst : f32
    linalg.yield %34 : f32
  } -> tensor<8x1x1xf32>
  %28 = tensor.empty() : tensor<8x1x1xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27 : tensor<8x1x1xf32>) outs(%28 : tensor<8x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = math.rsqrt %in : f32
    linalg.yield %34 : f32
  } -> tensor<8x1x1xf32>
  %30 = tensor.empty() : tensor<8x4x32xf32>
  %31 = linalg.generic {indexing_maps = [#map9, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<8x1x1xf32>) outs(%30 : tensor<8x4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<8x4x32xf32>
  %32 = tensor.empty() : tensor<8x4x32xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %31 : tensor<8x4x32xf32>, tensor<8x4x32xf32>) outs(%32 : tensor<8x4x32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %34 = arith.mulf %in, %in_4 : f32
    linalg.yield %34 : f32
  } -> tensor<8x4x32xf32>
  return %33 : tensor<8x4x32xf32>
}
