// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// What JAX, StableHLO and its conversion to linalg make of batch, group and instance
// normalizations.

#map = affine_map<(d0, d1, d2, d3) -> (d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1, d2, d3) -> (0, d1, 0, 0)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d1, d2, d3, d0)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0)>
#map6 = affine_map<(d0, d1, d2, d3) -> (0, 0, 0, d3)>
#map7 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d2, d3, d1, d4)>
#map8 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1)>
#map9 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d3)>
#map10 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map11 = affine_map<(d0, d1, d2, d3, d4) -> (d0, 0, 0, d3, 0)>

// Running statistics, channels last.
// CHECK-LABEL: func.func @jax_batch_norm_inference(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_last eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_batch_norm_inference(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x14x14x32xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<4x14x14x32xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg3 : tensor<32xf32>) outs(%0 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %2 = tensor.empty() : tensor<4x14x14x32xf32>
  %3 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %1 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%2 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %18 = arith.subf %in, %in_0 : f32
    linalg.yield %18 : f32
  } -> tensor<4x14x14x32xf32>
  %4 = tensor.empty() : tensor<32xf32>
  %5 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg4 : tensor<32xf32>) outs(%4 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.addf %in, %cst : f32
    linalg.yield %18 : f32
  } -> tensor<32xf32>
  %6 = tensor.empty() : tensor<32xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%5 : tensor<32xf32>) outs(%6 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = math.rsqrt %in : f32
    linalg.yield %18 : f32
  } -> tensor<32xf32>
  %8 = tensor.empty() : tensor<32xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%7, %arg1 : tensor<32xf32>, tensor<32xf32>) outs(%8 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %18 = arith.mulf %in, %in_0 : f32
    linalg.yield %18 : f32
  } -> tensor<32xf32>
  %10 = tensor.empty() : tensor<4x14x14x32xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<32xf32>) outs(%10 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %12 = tensor.empty() : tensor<4x14x14x32xf32>
  %13 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%3, %11 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%12 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %18 = arith.mulf %in, %in_0 : f32
    linalg.yield %18 : f32
  } -> tensor<4x14x14x32xf32>
  %14 = tensor.empty() : tensor<4x14x14x32xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2 : tensor<32xf32>) outs(%14 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %16 = tensor.empty() : tensor<4x14x14x32xf32>
  %17 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13, %15 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%16 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %18 = arith.addf %in, %in_0 : f32
    linalg.yield %18 : f32
  } -> tensor<4x14x14x32xf32>
  return %17 : tensor<4x14x14x32xf32>
}

// Running statistics, channels first, by reshapes.
// CHECK-LABEL: func.func @jax_batch_norm_inference_nchw(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_batch_norm_inference_nchw(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %expanded = tensor.expand_shape %arg3 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x32x1x1xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x32x14x14xf32>
  %2 = tensor.empty() : tensor<4x32x14x14xf32>
  %3 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %1 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%2 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %20 = arith.subf %in, %in_3 : f32
    linalg.yield %20 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_0 = tensor.expand_shape %arg4 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %4 = tensor.empty() : tensor<1x32x1x1xf32>
  %5 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_0 : tensor<1x32x1x1xf32>) outs(%4 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.addf %in, %cst : f32
    linalg.yield %20 : f32
  } -> tensor<1x32x1x1xf32>
  %6 = tensor.empty() : tensor<1x32x1x1xf32>
  %7 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5 : tensor<1x32x1x1xf32>) outs(%6 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = math.sqrt %in : f32
    linalg.yield %20 : f32
  } -> tensor<1x32x1x1xf32>
  %8 = tensor.empty() : tensor<4x32x14x14xf32>
  %9 = linalg.generic {indexing_maps = [#map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7 : tensor<1x32x1x1xf32>) outs(%8 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x32x14x14xf32>
  %10 = tensor.empty() : tensor<4x32x14x14xf32>
  %11 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%3, %9 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%10 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %20 = arith.divf %in, %in_3 : f32
    linalg.yield %20 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_1 = tensor.expand_shape %arg1 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %12 = tensor.empty() : tensor<4x32x14x14xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_1 : tensor<1x32x1x1xf32>) outs(%12 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x32x14x14xf32>
  %14 = tensor.empty() : tensor<4x32x14x14xf32>
  %15 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11, %13 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%14 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %20 = arith.mulf %in, %in_3 : f32
    linalg.yield %20 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_2 = tensor.expand_shape %arg2 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %16 = tensor.empty() : tensor<4x32x14x14xf32>
  %17 = linalg.generic {indexing_maps = [#map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_2 : tensor<1x32x1x1xf32>) outs(%16 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x32x14x14xf32>
  %18 = tensor.empty() : tensor<4x32x14x14xf32>
  %19 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15, %17 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%18 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %20 = arith.addf %in, %in_3 : f32
    linalg.yield %20 : f32
  } -> tensor<4x32x14x14xf32>
  return %19 : tensor<4x32x14x14xf32>
}

// Flax's, in training: fast variance.
// CHECK-LABEL: func.func @jax_batch_norm_training(
// CHECK: norm.batch_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_last eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_batch_norm_training(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x14x14x32xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %cst_0 = arith.constant 7.840000e+02 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.fill ins(%cst_1 : f32) outs(%0 : tensor<32xf32>) -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%arg0 : tensor<4x14x14x32xf32>) outs(%1 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %36 = arith.addf %out, %in : f32
    linalg.yield %36 : f32
  } -> tensor<32xf32>
  %3 = tensor.empty() : tensor<32xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %36 = arith.divf %in, %cst_0 : f32
    linalg.yield %36 : f32
  } -> tensor<32xf32>
  %5 = tensor.empty() : tensor<4x14x14x32xf32>
  %6 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<4x14x14x32xf32>) outs(%5 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %36 = arith.mulf %in, %in : f32
    linalg.yield %36 : f32
  } -> tensor<4x14x14x32xf32>
  %7 = tensor.empty() : tensor<32xf32>
  %8 = linalg.fill ins(%cst_1 : f32) outs(%7 : tensor<32xf32>) -> tensor<32xf32>
  %9 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%6 : tensor<4x14x14x32xf32>) outs(%8 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %36 = arith.addf %out, %in : f32
    linalg.yield %36 : f32
  } -> tensor<32xf32>
  %10 = tensor.empty() : tensor<32xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%9 : tensor<32xf32>) outs(%10 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %36 = arith.divf %in, %cst_0 : f32
    linalg.yield %36 : f32
  } -> tensor<32xf32>
  %12 = tensor.empty() : tensor<32xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%4 : tensor<32xf32>) outs(%12 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %36 = arith.mulf %in, %in : f32
    linalg.yield %36 : f32
  } -> tensor<32xf32>
  %14 = tensor.empty() : tensor<32xf32>
  %15 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%11, %13 : tensor<32xf32>, tensor<32xf32>) outs(%14 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %36 = arith.subf %in, %in_4 : f32
    linalg.yield %36 : f32
  } -> tensor<32xf32>
  %16 = tensor.empty() : tensor<32xf32>
  %17 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%15 : tensor<32xf32>) outs(%16 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %36 = arith.maximumf %in, %cst_1 : f32
    linalg.yield %36 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %4 [[0, 1, 2, 3]] output_shape [1, 1, 1, 32] : tensor<32xf32> into tensor<1x1x1x32xf32>
  %18 = tensor.empty() : tensor<4x14x14x32xf32>
  %19 = linalg.generic {indexing_maps = [#map6, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<1x1x1x32xf32>) outs(%18 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %20 = tensor.empty() : tensor<4x14x14x32xf32>
  %21 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %19 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%20 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %36 = arith.subf %in, %in_4 : f32
    linalg.yield %36 : f32
  } -> tensor<4x14x14x32xf32>
  %22 = tensor.empty() : tensor<32xf32>
  %23 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%17 : tensor<32xf32>) outs(%22 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %36 = arith.addf %in, %cst : f32
    linalg.yield %36 : f32
  } -> tensor<32xf32>
  %24 = tensor.empty() : tensor<32xf32>
  %25 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%23 : tensor<32xf32>) outs(%24 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %36 = math.rsqrt %in : f32
    linalg.yield %36 : f32
  } -> tensor<32xf32>
  %26 = tensor.empty() : tensor<32xf32>
  %27 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%25, %arg1 : tensor<32xf32>, tensor<32xf32>) outs(%26 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %36 = arith.mulf %in, %in_4 : f32
    linalg.yield %36 : f32
  } -> tensor<32xf32>
  %expanded_2 = tensor.expand_shape %27 [[0, 1, 2, 3]] output_shape [1, 1, 1, 32] : tensor<32xf32> into tensor<1x1x1x32xf32>
  %28 = tensor.empty() : tensor<4x14x14x32xf32>
  %29 = linalg.generic {indexing_maps = [#map6, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_2 : tensor<1x1x1x32xf32>) outs(%28 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %30 = tensor.empty() : tensor<4x14x14x32xf32>
  %31 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %29 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%30 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %36 = arith.mulf %in, %in_4 : f32
    linalg.yield %36 : f32
  } -> tensor<4x14x14x32xf32>
  %expanded_3 = tensor.expand_shape %arg2 [[0, 1, 2, 3]] output_shape [1, 1, 1, 32] : tensor<32xf32> into tensor<1x1x1x32xf32>
  %32 = tensor.empty() : tensor<4x14x14x32xf32>
  %33 = linalg.generic {indexing_maps = [#map6, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_3 : tensor<1x1x1x32xf32>) outs(%32 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %34 = tensor.empty() : tensor<4x14x14x32xf32>
  %35 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31, %33 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%34 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %36 = arith.addf %in, %in_4 : f32
    linalg.yield %36 : f32
  } -> tensor<4x14x14x32xf32>
  return %35 : tensor<4x14x14x32xf32>
}

// With running statistics: momentum = 0.99 of running, biased.
// CHECK-LABEL: func.func @jax_batch_norm_training_running(
// CHECK: norm.batch_norm %{{[^ ]+}} scale({{.*}}layout = channels_last
func.func @jax_batch_norm_training_running(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> (tensor<4x14x14x32xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant 0.00999999977 : f32
  %cst_0 = arith.constant 9.900000e-01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %cst_2 = arith.constant 7.840000e+02 : f32
  %cst_3 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.fill ins(%cst_3 : f32) outs(%0 : tensor<32xf32>) -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%arg0 : tensor<4x14x14x32xf32>) outs(%1 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.addf %out, %in : f32
    linalg.yield %46 : f32
  } -> tensor<32xf32>
  %3 = tensor.empty() : tensor<32xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.divf %in, %cst_2 : f32
    linalg.yield %46 : f32
  } -> tensor<32xf32>
  %5 = tensor.empty() : tensor<4x14x14x32xf32>
  %6 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<4x14x14x32xf32>) outs(%5 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.mulf %in, %in : f32
    linalg.yield %46 : f32
  } -> tensor<4x14x14x32xf32>
  %7 = tensor.empty() : tensor<32xf32>
  %8 = linalg.fill ins(%cst_3 : f32) outs(%7 : tensor<32xf32>) -> tensor<32xf32>
  %9 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%6 : tensor<4x14x14x32xf32>) outs(%8 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.addf %out, %in : f32
    linalg.yield %46 : f32
  } -> tensor<32xf32>
  %10 = tensor.empty() : tensor<32xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%9 : tensor<32xf32>) outs(%10 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.divf %in, %cst_2 : f32
    linalg.yield %46 : f32
  } -> tensor<32xf32>
  %12 = tensor.empty() : tensor<32xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%4 : tensor<32xf32>) outs(%12 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.mulf %in, %in : f32
    linalg.yield %46 : f32
  } -> tensor<32xf32>
  %14 = tensor.empty() : tensor<32xf32>
  %15 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%11, %13 : tensor<32xf32>, tensor<32xf32>) outs(%14 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %46 = arith.subf %in, %in_4 : f32
    linalg.yield %46 : f32
  } -> tensor<32xf32>
  %16 = tensor.empty() : tensor<4x14x14x32xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4 : tensor<32xf32>) outs(%16 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %18 = tensor.empty() : tensor<4x14x14x32xf32>
  %19 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %17 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%18 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %46 = arith.subf %in, %in_4 : f32
    linalg.yield %46 : f32
  } -> tensor<4x14x14x32xf32>
  %20 = tensor.empty() : tensor<32xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%15 : tensor<32xf32>) outs(%20 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.addf %in, %cst_1 : f32
    linalg.yield %46 : f32
  } -> tensor<32xf32>
  %22 = tensor.empty() : tensor<32xf32>
  %23 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%21 : tensor<32xf32>) outs(%22 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = math.rsqrt %in : f32
    linalg.yield %46 : f32
  } -> tensor<32xf32>
  %24 = tensor.empty() : tensor<32xf32>
  %25 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%23, %arg1 : tensor<32xf32>, tensor<32xf32>) outs(%24 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %46 = arith.mulf %in, %in_4 : f32
    linalg.yield %46 : f32
  } -> tensor<32xf32>
  %26 = tensor.empty() : tensor<4x14x14x32xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25 : tensor<32xf32>) outs(%26 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %28 = tensor.empty() : tensor<4x14x14x32xf32>
  %29 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %27 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%28 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %46 = arith.mulf %in, %in_4 : f32
    linalg.yield %46 : f32
  } -> tensor<4x14x14x32xf32>
  %30 = tensor.empty() : tensor<4x14x14x32xf32>
  %31 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2 : tensor<32xf32>) outs(%30 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %32 = tensor.empty() : tensor<4x14x14x32xf32>
  %33 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29, %31 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%32 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %46 = arith.addf %in, %in_4 : f32
    linalg.yield %46 : f32
  } -> tensor<4x14x14x32xf32>
  %34 = tensor.empty() : tensor<32xf32>
  %35 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg3 : tensor<32xf32>) outs(%34 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.mulf %in, %cst_0 : f32
    linalg.yield %46 : f32
  } -> tensor<32xf32>
  %36 = tensor.empty() : tensor<32xf32>
  %37 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%4 : tensor<32xf32>) outs(%36 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.mulf %in, %cst : f32
    linalg.yield %46 : f32
  } -> tensor<32xf32>
  %38 = tensor.empty() : tensor<32xf32>
  %39 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%35, %37 : tensor<32xf32>, tensor<32xf32>) outs(%38 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %46 = arith.addf %in, %in_4 : f32
    linalg.yield %46 : f32
  } -> tensor<32xf32>
  %40 = tensor.empty() : tensor<32xf32>
  %41 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg4 : tensor<32xf32>) outs(%40 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.mulf %in, %cst_0 : f32
    linalg.yield %46 : f32
  } -> tensor<32xf32>
  %42 = tensor.empty() : tensor<32xf32>
  %43 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%15 : tensor<32xf32>) outs(%42 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.mulf %in, %cst : f32
    linalg.yield %46 : f32
  } -> tensor<32xf32>
  %44 = tensor.empty() : tensor<32xf32>
  %45 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%41, %43 : tensor<32xf32>, tensor<32xf32>) outs(%44 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %46 = arith.addf %in, %in_4 : f32
    linalg.yield %46 : f32
  } -> tensor<32xf32>
  return %33, %39, %45 : tensor<4x14x14x32xf32>, tensor<32xf32>, tensor<32xf32>
}

// Channels last, by reshape to groups.
// CHECK-LABEL: func.func @jax_group_norm(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_last eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_group_norm(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x14x14x32xf32> {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 7.840000e+02 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %expanded = tensor.expand_shape %arg0 [[0], [1], [2], [3, 4]] output_shape [4, 14, 14, 8, 4] : tensor<4x14x14x32xf32> into tensor<4x14x14x8x4xf32>
  %0 = tensor.empty() : tensor<4x8xf32>
  %1 = linalg.fill ins(%cst_1 : f32) outs(%0 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = linalg.generic {indexing_maps = [#map7, #map8], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%expanded : tensor<4x14x14x8x4xf32>) outs(%1 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %36 = arith.addf %out, %in : f32
    linalg.yield %36 : f32
  } -> tensor<4x8xf32>
  %3 = tensor.empty() : tensor<4x1x1x8x1xf32>
  %4 = linalg.generic {indexing_maps = [#map9, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<4x8xf32>) outs(%3 : tensor<4x1x1x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x1x1x8x1xf32>
  %5 = tensor.empty() : tensor<4x1x1x8x1xf32>
  %6 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%4 : tensor<4x1x1x8x1xf32>) outs(%5 : tensor<4x1x1x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %36 = arith.divf %in, %cst_0 : f32
    linalg.yield %36 : f32
  } -> tensor<4x1x1x8x1xf32>
  %7 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %8 = linalg.generic {indexing_maps = [#map11, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%6 : tensor<4x1x1x8x1xf32>) outs(%7 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x8x4xf32>
  %9 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %10 = linalg.generic {indexing_maps = [#map10, #map10, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %8 : tensor<4x14x14x8x4xf32>, tensor<4x14x14x8x4xf32>) outs(%9 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %36 = arith.subf %in, %in_2 : f32
    linalg.yield %36 : f32
  } -> tensor<4x14x14x8x4xf32>
  %11 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %12 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<4x14x14x8x4xf32>) outs(%11 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %36 = arith.mulf %in, %in : f32
    linalg.yield %36 : f32
  } -> tensor<4x14x14x8x4xf32>
  %13 = tensor.empty() : tensor<4x8xf32>
  %14 = linalg.fill ins(%cst_1 : f32) outs(%13 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %15 = linalg.generic {indexing_maps = [#map7, #map8], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%12 : tensor<4x14x14x8x4xf32>) outs(%14 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %36 = arith.addf %out, %in : f32
    linalg.yield %36 : f32
  } -> tensor<4x8xf32>
  %16 = tensor.empty() : tensor<4x1x1x8x1xf32>
  %17 = linalg.generic {indexing_maps = [#map9, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<4x8xf32>) outs(%16 : tensor<4x1x1x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x1x1x8x1xf32>
  %18 = tensor.empty() : tensor<4x1x1x8x1xf32>
  %19 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<4x1x1x8x1xf32>) outs(%18 : tensor<4x1x1x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %36 = arith.divf %in, %cst_0 : f32
    linalg.yield %36 : f32
  } -> tensor<4x1x1x8x1xf32>
  %20 = tensor.empty() : tensor<4x1x1x8x1xf32>
  %21 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%19 : tensor<4x1x1x8x1xf32>) outs(%20 : tensor<4x1x1x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %36 = arith.addf %in, %cst : f32
    linalg.yield %36 : f32
  } -> tensor<4x1x1x8x1xf32>
  %22 = tensor.empty() : tensor<4x1x1x8x1xf32>
  %23 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%21 : tensor<4x1x1x8x1xf32>) outs(%22 : tensor<4x1x1x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %36 = math.rsqrt %in : f32
    linalg.yield %36 : f32
  } -> tensor<4x1x1x8x1xf32>
  %24 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %25 = linalg.generic {indexing_maps = [#map11, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%23 : tensor<4x1x1x8x1xf32>) outs(%24 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x8x4xf32>
  %26 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %27 = linalg.generic {indexing_maps = [#map10, #map10, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%10, %25 : tensor<4x14x14x8x4xf32>, tensor<4x14x14x8x4xf32>) outs(%26 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %36 = arith.mulf %in, %in_2 : f32
    linalg.yield %36 : f32
  } -> tensor<4x14x14x8x4xf32>
  %collapsed = tensor.collapse_shape %27 [[0], [1], [2], [3, 4]] : tensor<4x14x14x8x4xf32> into tensor<4x14x14x32xf32>
  %28 = tensor.empty() : tensor<4x14x14x32xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1 : tensor<32xf32>) outs(%28 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %30 = tensor.empty() : tensor<4x14x14x32xf32>
  %31 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed, %29 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%30 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %36 = arith.mulf %in, %in_2 : f32
    linalg.yield %36 : f32
  } -> tensor<4x14x14x32xf32>
  %32 = tensor.empty() : tensor<4x14x14x32xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2 : tensor<32xf32>) outs(%32 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %34 = tensor.empty() : tensor<4x14x14x32xf32>
  %35 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31, %33 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%34 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %36 = arith.addf %in, %in_2 : f32
    linalg.yield %36 : f32
  } -> tensor<4x14x14x32xf32>
  return %35 : tensor<4x14x14x32xf32>
}
