// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// What JAX, StableHLO and its conversion to linalg make of batch, group and instance
// normalizations.

#map = affine_map<(d0, d1, d2, d3, d4) -> (d0, d2, d3, d1, d4)>
#map1 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1)>
#map2 = affine_map<(d0, d1) -> (d0, d1)>
#map3 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map4 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map5 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d3)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, 0, 0, d3)>
#map10 = affine_map<(d0, d1, d2, d3) -> (d0, d2, d3, d1)>
#map11 = affine_map<(d0, d1, d2, d3) -> (d0, d1)>
#map12 = affine_map<() -> ()>
#map13 = affine_map<(d0, d1, d2, d3) -> ()>
#map14 = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, 0)>
#map15 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d3)>
#map16 = affine_map<(d0, d1, d2, d3, d4) -> (d3, d4)>

// Flax's: statistics of groups are repeated to channels.
// CHECK-LABEL: func.func @jax_group_norm_repeat(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_last eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
func.func @jax_group_norm_repeat(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x14x14x32xf32> {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 7.840000e+02 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %expanded = tensor.expand_shape %arg0 [[0], [1], [2], [3, 4]] output_shape [4, 14, 14, 8, 4] : tensor<4x14x14x32xf32> into tensor<4x14x14x8x4xf32>
  %0 = tensor.empty() : tensor<4x8xf32>
  %1 = linalg.fill ins(%cst_1 : f32) outs(%0 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%expanded : tensor<4x14x14x8x4xf32>) outs(%1 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %44 = arith.addf %out, %in : f32
    linalg.yield %44 : f32
  } -> tensor<4x8xf32>
  %3 = tensor.empty() : tensor<4x8xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<4x8xf32>) outs(%3 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %44 = arith.divf %in, %cst_0 : f32
    linalg.yield %44 : f32
  } -> tensor<4x8xf32>
  %5 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %6 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<4x14x14x8x4xf32>) outs(%5 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %44 = arith.mulf %in, %in : f32
    linalg.yield %44 : f32
  } -> tensor<4x14x14x8x4xf32>
  %7 = tensor.empty() : tensor<4x8xf32>
  %8 = linalg.fill ins(%cst_1 : f32) outs(%7 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%6 : tensor<4x14x14x8x4xf32>) outs(%8 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %44 = arith.addf %out, %in : f32
    linalg.yield %44 : f32
  } -> tensor<4x8xf32>
  %10 = tensor.empty() : tensor<4x8xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%9 : tensor<4x8xf32>) outs(%10 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %44 = arith.divf %in, %cst_0 : f32
    linalg.yield %44 : f32
  } -> tensor<4x8xf32>
  %12 = tensor.empty() : tensor<4x8xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%4 : tensor<4x8xf32>) outs(%12 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %44 = arith.mulf %in, %in : f32
    linalg.yield %44 : f32
  } -> tensor<4x8xf32>
  %14 = tensor.empty() : tensor<4x8xf32>
  %15 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%11, %13 : tensor<4x8xf32>, tensor<4x8xf32>) outs(%14 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %44 = arith.subf %in, %in_3 : f32
    linalg.yield %44 : f32
  } -> tensor<4x8xf32>
  %16 = tensor.empty() : tensor<4x8xf32>
  %17 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%15 : tensor<4x8xf32>) outs(%16 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %44 = arith.maximumf %in, %cst_1 : f32
    linalg.yield %44 : f32
  } -> tensor<4x8xf32>
  %18 = tensor.empty() : tensor<4x8x4xf32>
  %19 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<4x8xf32>) outs(%18 : tensor<4x8x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x8x4xf32>
  %collapsed = tensor.collapse_shape %19 [[0], [1, 2]] : tensor<4x8x4xf32> into tensor<4x32xf32>
  %20 = tensor.empty() : tensor<4x8x4xf32>
  %21 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<4x8xf32>) outs(%20 : tensor<4x8x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x8x4xf32>
  %collapsed_2 = tensor.collapse_shape %21 [[0], [1, 2]] : tensor<4x8x4xf32> into tensor<4x32xf32>
  %22 = tensor.empty() : tensor<4x1x1x32xf32>
  %23 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed_2 : tensor<4x32xf32>) outs(%22 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x1x1x32xf32>
  %24 = tensor.empty() : tensor<4x14x14x32xf32>
  %25 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed : tensor<4x32xf32>) outs(%24 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %26 = tensor.empty() : tensor<4x14x14x32xf32>
  %27 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %25 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%26 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %44 = arith.subf %in, %in_3 : f32
    linalg.yield %44 : f32
  } -> tensor<4x14x14x32xf32>
  %28 = tensor.empty() : tensor<4x1x1x32xf32>
  %29 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23 : tensor<4x1x1x32xf32>) outs(%28 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %44 = arith.addf %in, %cst : f32
    linalg.yield %44 : f32
  } -> tensor<4x1x1x32xf32>
  %30 = tensor.empty() : tensor<4x1x1x32xf32>
  %31 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29 : tensor<4x1x1x32xf32>) outs(%30 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %44 = math.rsqrt %in : f32
    linalg.yield %44 : f32
  } -> tensor<4x1x1x32xf32>
  %32 = tensor.empty() : tensor<4x1x1x32xf32>
  %33 = linalg.generic {indexing_maps = [#map8, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1 : tensor<32xf32>) outs(%32 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x1x1x32xf32>
  %34 = tensor.empty() : tensor<4x1x1x32xf32>
  %35 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31, %33 : tensor<4x1x1x32xf32>, tensor<4x1x1x32xf32>) outs(%34 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %44 = arith.mulf %in, %in_3 : f32
    linalg.yield %44 : f32
  } -> tensor<4x1x1x32xf32>
  %36 = tensor.empty() : tensor<4x14x14x32xf32>
  %37 = linalg.generic {indexing_maps = [#map9, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%35 : tensor<4x1x1x32xf32>) outs(%36 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %38 = tensor.empty() : tensor<4x14x14x32xf32>
  %39 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %37 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%38 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %44 = arith.mulf %in, %in_3 : f32
    linalg.yield %44 : f32
  } -> tensor<4x14x14x32xf32>
  %40 = tensor.empty() : tensor<4x14x14x32xf32>
  %41 = linalg.generic {indexing_maps = [#map8, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2 : tensor<32xf32>) outs(%40 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %42 = tensor.empty() : tensor<4x14x14x32xf32>
  %43 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%39, %41 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%42 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %44 = arith.addf %in, %in_3 : f32
    linalg.yield %44 : f32
  } -> tensor<4x14x14x32xf32>
  return %43 : tensor<4x14x14x32xf32>
}

// Channels last.
// CHECK-LABEL: func.func @jax_instance_norm(
// CHECK: norm.instance_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_last eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_instance_norm(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x14x14x32xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %cst_0 = arith.constant 0x7FC00000 : f32
  %cst_1 = arith.constant 1.960000e+02 : f32
  %cst_2 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<4x32xf32>
  %1 = linalg.fill ins(%cst_2 : f32) outs(%0 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %2 = linalg.generic {indexing_maps = [#map10, #map11], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x14x14x32xf32>) outs(%1 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.addf %out, %in : f32
    linalg.yield %46 : f32
  } -> tensor<4x32xf32>
  %3 = tensor.empty() : tensor<4x1x1x32xf32>
  %4 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<4x32xf32>) outs(%3 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x1x1x32xf32>
  %5 = tensor.empty() : tensor<4x1x1x32xf32>
  %6 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4 : tensor<4x1x1x32xf32>) outs(%5 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.divf %in, %cst_1 : f32
    linalg.yield %46 : f32
  } -> tensor<4x1x1x32xf32>
  %7 = tensor.empty() : tensor<4x14x14x32xf32>
  %8 = linalg.generic {indexing_maps = [#map9, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6 : tensor<4x1x1x32xf32>) outs(%7 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %9 = tensor.empty() : tensor<4x14x14x32xf32>
  %10 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %8 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%9 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %46 = arith.subf %in, %in_3 : f32
    linalg.yield %46 : f32
  } -> tensor<4x14x14x32xf32>
  %11 = tensor.empty() : tensor<4x14x14x32xf32>
  %12 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<4x14x14x32xf32>) outs(%11 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.mulf %in, %in : f32
    linalg.yield %46 : f32
  } -> tensor<4x14x14x32xf32>
  %13 = tensor.empty() : tensor<f32>
  %14 = linalg.generic {indexing_maps = [#map12], iterator_types = []} outs(%13 : tensor<f32>) {
  ^bb0(%out: f32):
    linalg.yield %cst_2 : f32
  } -> tensor<f32>
  %15 = tensor.empty() : tensor<f32>
  %16 = linalg.generic {indexing_maps = [#map12, #map12], iterator_types = []} ins(%14 : tensor<f32>) outs(%15 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.subf %cst_1, %in : f32
    linalg.yield %46 : f32
  } -> tensor<f32>
  %17 = tensor.empty() : tensor<4x32xf32>
  %18 = linalg.fill ins(%cst_2 : f32) outs(%17 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %19 = linalg.generic {indexing_maps = [#map10, #map11], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%12 : tensor<4x14x14x32xf32>) outs(%18 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.addf %out, %in : f32
    linalg.yield %46 : f32
  } -> tensor<4x32xf32>
  %20 = tensor.empty() : tensor<4x1x1x32xf32>
  %21 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19 : tensor<4x32xf32>) outs(%20 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x1x1x32xf32>
  %22 = tensor.empty() : tensor<4x1x1x32xf32>
  %23 = linalg.generic {indexing_maps = [#map13, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16 : tensor<f32>) outs(%22 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x1x1x32xf32>
  %24 = tensor.empty() : tensor<4x1x1x32xf32>
  %25 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %23 : tensor<4x1x1x32xf32>, tensor<4x1x1x32xf32>) outs(%24 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %46 = arith.divf %in, %in_3 : f32
    linalg.yield %46 : f32
  } -> tensor<4x1x1x32xf32>
  %26 = tensor.empty() : tensor<i1>
  %27 = linalg.generic {indexing_maps = [#map12, #map12], iterator_types = []} ins(%16 : tensor<f32>) outs(%26 : tensor<i1>) {
  ^bb0(%in: f32, %out: i1):
    %46 = arith.cmpf ogt, %in, %cst_2 : f32
    linalg.yield %46 : i1
  } -> tensor<i1>
  %28 = tensor.empty() : tensor<4x1x1x32xf32>
  %extracted = tensor.extract %27[] : tensor<i1>
  %29 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25 : tensor<4x1x1x32xf32>) outs(%28 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.select %extracted, %in, %cst_0 : f32
    linalg.yield %46 : f32
  } -> tensor<4x1x1x32xf32>
  %30 = tensor.empty() : tensor<4x1x1x32xf32>
  %31 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29 : tensor<4x1x1x32xf32>) outs(%30 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = arith.addf %in, %cst : f32
    linalg.yield %46 : f32
  } -> tensor<4x1x1x32xf32>
  %32 = tensor.empty() : tensor<4x1x1x32xf32>
  %33 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31 : tensor<4x1x1x32xf32>) outs(%32 : tensor<4x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %46 = math.rsqrt %in : f32
    linalg.yield %46 : f32
  } -> tensor<4x1x1x32xf32>
  %34 = tensor.empty() : tensor<4x14x14x32xf32>
  %35 = linalg.generic {indexing_maps = [#map9, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%33 : tensor<4x1x1x32xf32>) outs(%34 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %36 = tensor.empty() : tensor<4x14x14x32xf32>
  %37 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10, %35 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%36 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %46 = arith.mulf %in, %in_3 : f32
    linalg.yield %46 : f32
  } -> tensor<4x14x14x32xf32>
  %38 = tensor.empty() : tensor<4x14x14x32xf32>
  %39 = linalg.generic {indexing_maps = [#map8, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1 : tensor<32xf32>) outs(%38 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %40 = tensor.empty() : tensor<4x14x14x32xf32>
  %41 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%37, %39 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%40 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %46 = arith.mulf %in, %in_3 : f32
    linalg.yield %46 : f32
  } -> tensor<4x14x14x32xf32>
  %42 = tensor.empty() : tensor<4x14x14x32xf32>
  %43 = linalg.generic {indexing_maps = [#map8, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2 : tensor<32xf32>) outs(%42 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %44 = tensor.empty() : tensor<4x14x14x32xf32>
  %45 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%41, %43 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%44 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %46 = arith.addf %in, %in_3 : f32
    linalg.yield %46 : f32
  } -> tensor<4x14x14x32xf32>
  return %45 : tensor<4x14x14x32xf32>
}

// Channels first, without scale and bias: the same as a layer norm of the last two.
// CHECK-LABEL: func.func @jax_instance_norm_nchw(
// CHECK: norm.{{(instance_norm|layer_norm)}} %{{[^ ]+}} {{(axes|layout)}}
// CHECK-NOT: linalg.generic
func.func @jax_instance_norm_nchw(%arg0: tensor<4x32x14x14xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %cst_0 = arith.constant 0x7FC00000 : f32
  %cst_1 = arith.constant 1.960000e+02 : f32
  %cst_2 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<4x32xf32>
  %1 = linalg.fill ins(%cst_2 : f32) outs(%0 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %2 = linalg.generic {indexing_maps = [#map7, #map11], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.addf %out, %in : f32
    linalg.yield %34 : f32
  } -> tensor<4x32xf32>
  %expanded = tensor.expand_shape %2 [[0], [1, 2, 3]] output_shape [4, 32, 1, 1] : tensor<4x32xf32> into tensor<4x32x1x1xf32>
  %3 = tensor.empty() : tensor<4x32x1x1xf32>
  %4 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<4x32x1x1xf32>) outs(%3 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.divf %in, %cst_1 : f32
    linalg.yield %34 : f32
  } -> tensor<4x32x1x1xf32>
  %5 = tensor.empty() : tensor<4x32x14x14xf32>
  %6 = linalg.generic {indexing_maps = [#map14, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4 : tensor<4x32x1x1xf32>) outs(%5 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x32x14x14xf32>
  %7 = tensor.empty() : tensor<4x32x14x14xf32>
  %8 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %6 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%7 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %34 = arith.subf %in, %in_4 : f32
    linalg.yield %34 : f32
  } -> tensor<4x32x14x14xf32>
  %9 = tensor.empty() : tensor<4x32x14x14xf32>
  %10 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<4x32x14x14xf32>) outs(%9 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.mulf %in, %in : f32
    linalg.yield %34 : f32
  } -> tensor<4x32x14x14xf32>
  %11 = tensor.empty() : tensor<f32>
  %12 = linalg.generic {indexing_maps = [#map12], iterator_types = []} outs(%11 : tensor<f32>) {
  ^bb0(%out: f32):
    linalg.yield %cst_2 : f32
  } -> tensor<f32>
  %13 = tensor.empty() : tensor<f32>
  %14 = linalg.generic {indexing_maps = [#map12, #map12], iterator_types = []} ins(%12 : tensor<f32>) outs(%13 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.subf %cst_1, %in : f32
    linalg.yield %34 : f32
  } -> tensor<f32>
  %15 = tensor.empty() : tensor<4x32xf32>
  %16 = linalg.fill ins(%cst_2 : f32) outs(%15 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %17 = linalg.generic {indexing_maps = [#map7, #map11], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%10 : tensor<4x32x14x14xf32>) outs(%16 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.addf %out, %in : f32
    linalg.yield %34 : f32
  } -> tensor<4x32xf32>
  %expanded_3 = tensor.expand_shape %17 [[0], [1, 2, 3]] output_shape [4, 32, 1, 1] : tensor<4x32xf32> into tensor<4x32x1x1xf32>
  %18 = tensor.empty() : tensor<4x32x1x1xf32>
  %19 = linalg.generic {indexing_maps = [#map13, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<f32>) outs(%18 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x32x1x1xf32>
  %20 = tensor.empty() : tensor<4x32x1x1xf32>
  %21 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_3, %19 : tensor<4x32x1x1xf32>, tensor<4x32x1x1xf32>) outs(%20 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %34 = arith.divf %in, %in_4 : f32
    linalg.yield %34 : f32
  } -> tensor<4x32x1x1xf32>
  %22 = tensor.empty() : tensor<i1>
  %23 = linalg.generic {indexing_maps = [#map12, #map12], iterator_types = []} ins(%14 : tensor<f32>) outs(%22 : tensor<i1>) {
  ^bb0(%in: f32, %out: i1):
    %34 = arith.cmpf ogt, %in, %cst_2 : f32
    linalg.yield %34 : i1
  } -> tensor<i1>
  %24 = tensor.empty() : tensor<4x32x1x1xf32>
  %extracted = tensor.extract %23[] : tensor<i1>
  %25 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21 : tensor<4x32x1x1xf32>) outs(%24 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.select %extracted, %in, %cst_0 : f32
    linalg.yield %34 : f32
  } -> tensor<4x32x1x1xf32>
  %26 = tensor.empty() : tensor<4x32x1x1xf32>
  %27 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25 : tensor<4x32x1x1xf32>) outs(%26 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.addf %in, %cst : f32
    linalg.yield %34 : f32
  } -> tensor<4x32x1x1xf32>
  %28 = tensor.empty() : tensor<4x32x1x1xf32>
  %29 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27 : tensor<4x32x1x1xf32>) outs(%28 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = math.rsqrt %in : f32
    linalg.yield %34 : f32
  } -> tensor<4x32x1x1xf32>
  %30 = tensor.empty() : tensor<4x32x14x14xf32>
  %31 = linalg.generic {indexing_maps = [#map14, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29 : tensor<4x32x1x1xf32>) outs(%30 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x32x14x14xf32>
  %32 = tensor.empty() : tensor<4x32x14x14xf32>
  %33 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8, %31 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%32 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %34 = arith.mulf %in, %in_4 : f32
    linalg.yield %34 : f32
  } -> tensor<4x32x14x14xf32>
  return %33 : tensor<4x32x14x14xf32>
}

// Running statistics after fusion: the root is taken in the body of the result.
// CHECK-LABEL: func.func @jax_batch_norm_inference_fused(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_last eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_batch_norm_inference_fused(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x14x14x32xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<4x14x14x32xf32>
  %1 = linalg.generic {indexing_maps = [#map7, #map8, #map8, #map8, #map8, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg3, %arg4, %arg1, %arg2 : tensor<4x14x14x32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %in_2: f32, %in_3: f32, %out: f32):
    %2 = arith.addf %in_1, %cst : f32
    %3 = math.rsqrt %2 : f32
    %4 = arith.mulf %3, %in_2 : f32
    %5 = arith.subf %in, %in_0 : f32
    %6 = arith.mulf %5, %4 : f32
    %7 = arith.addf %6, %in_3 : f32
    linalg.yield %7 : f32
  } -> tensor<4x14x14x32xf32>
  return %1 : tensor<4x14x14x32xf32>
}

// Group norm after fusion of elementwise ops.
// CHECK-LABEL: func.func @jax_group_norm_fused(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_last eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_group_norm_fused(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x14x14x32xf32> {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 7.840000e+02 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %expanded = tensor.expand_shape %arg0 [[0], [1], [2], [3, 4]] output_shape [4, 14, 14, 8, 4] : tensor<4x14x14x32xf32> into tensor<4x14x14x8x4xf32>
  %0 = tensor.empty() : tensor<4x8xf32>
  %1 = linalg.fill ins(%cst_1 : f32) outs(%0 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%expanded : tensor<4x14x14x8x4xf32>) outs(%1 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.addf %out, %in : f32
    linalg.yield %7 : f32
  } -> tensor<4x8xf32>
  %3 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map15, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %2 : tensor<4x14x14x8x4xf32>, tensor<4x8xf32>) outs(%3 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %7 = arith.divf %in_4, %cst_0 : f32
    %8 = arith.subf %in, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<4x14x14x8x4xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%4 : tensor<4x14x14x8x4xf32>) outs(%1 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<4x8xf32>
  %expanded_2 = tensor.expand_shape %arg1 [[0, 1]] output_shape [8, 4] : tensor<32xf32> into tensor<8x4xf32>
  %expanded_3 = tensor.expand_shape %arg2 [[0, 1]] output_shape [8, 4] : tensor<32xf32> into tensor<8x4xf32>
  %6 = linalg.generic {indexing_maps = [#map3, #map15, #map16, #map16, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%4, %5, %expanded_2, %expanded_3 : tensor<4x14x14x8x4xf32>, tensor<4x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>) outs(%3 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %in_4: f32, %in_5: f32, %in_6: f32, %out: f32):
    %7 = arith.divf %in_4, %cst_0 : f32
    %8 = arith.addf %7, %cst : f32
    %9 = math.rsqrt %8 : f32
    %10 = arith.mulf %in, %9 : f32
    %11 = arith.mulf %10, %in_5 : f32
    %12 = arith.addf %11, %in_6 : f32
    linalg.yield %12 : f32
  } -> tensor<4x14x14x8x4xf32>
  %collapsed = tensor.collapse_shape %6 [[0], [1], [2], [3, 4]] : tensor<4x14x14x8x4xf32> into tensor<4x14x14x32xf32>
  return %collapsed : tensor<4x14x14x32xf32>
}
