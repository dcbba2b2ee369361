// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// What JAX, StableHLO and its conversion to linalg make of layer normalizations.

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d0)>
#map2 = affine_map<() -> ()>
#map3 = affine_map<(d0, d1) -> ()>
#map4 = affine_map<(d0, d1) -> (d0, 0)>
#map5 = affine_map<(d0) -> (d0)>
#map6 = affine_map<(d0) -> ()>
#map7 = affine_map<(d0, d1) -> (d1)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map10 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map11 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map12 = affine_map<(d0, d1, d2) -> (d2)>
#map13 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map14 = affine_map<(d0, d1, d2) -> (0, 0, d2)>

// jax.nn.standardize.
// CHECK-LABEL: func.func @jax_layer_norm_standardize(
// CHECK: norm.layer_norm %{{[^ ]+}} axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_layer_norm_standardize(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst_1 : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.addf %out, %in : f32
    linalg.yield %34 : f32
  } -> tensor<16xf32>
  %expanded = tensor.expand_shape %2 [[0, 1]] output_shape [16, 1] : tensor<16xf32> into tensor<16x1xf32>
  %3 = tensor.empty() : tensor<16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%expanded : tensor<16x1xf32>) outs(%3 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.divf %in, %cst_0 : f32
    linalg.yield %34 : f32
  } -> tensor<16x1xf32>
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.mulf %in, %in : f32
    linalg.yield %34 : f32
  } -> tensor<16x64xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.fill ins(%cst_1 : f32) outs(%7 : tensor<16xf32>) -> tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%6 : tensor<16x64xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.addf %out, %in : f32
    linalg.yield %34 : f32
  } -> tensor<16xf32>
  %expanded_2 = tensor.expand_shape %9 [[0, 1]] output_shape [16, 1] : tensor<16xf32> into tensor<16x1xf32>
  %10 = tensor.empty() : tensor<16x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%expanded_2 : tensor<16x1xf32>) outs(%10 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.divf %in, %cst_0 : f32
    linalg.yield %34 : f32
  } -> tensor<16x1xf32>
  %12 = tensor.empty() : tensor<16x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%4 : tensor<16x1xf32>) outs(%12 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.mulf %in, %in : f32
    linalg.yield %34 : f32
  } -> tensor<16x1xf32>
  %14 = tensor.empty() : tensor<16x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%11, %13 : tensor<16x1xf32>, tensor<16x1xf32>) outs(%14 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %34 = arith.subf %in, %in_3 : f32
    linalg.yield %34 : f32
  } -> tensor<16x1xf32>
  %16 = tensor.empty() : tensor<f32>
  %17 = linalg.generic {indexing_maps = [#map2], iterator_types = []} outs(%16 : tensor<f32>) {
  ^bb0(%out: f32):
    linalg.yield %cst_1 : f32
  } -> tensor<f32>
  %18 = tensor.empty() : tensor<16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel"]} ins(%17 : tensor<f32>) outs(%18 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<16x1xf32>
  %20 = tensor.empty() : tensor<16x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%19, %15 : tensor<16x1xf32>, tensor<16x1xf32>) outs(%20 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %34 = arith.maximumf %in, %in_3 : f32
    linalg.yield %34 : f32
  } -> tensor<16x1xf32>
  %22 = tensor.empty() : tensor<16x64xf32>
  %23 = linalg.generic {indexing_maps = [#map4, #map], iterator_types = ["parallel", "parallel"]} ins(%4 : tensor<16x1xf32>) outs(%22 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<16x64xf32>
  %24 = tensor.empty() : tensor<16x64xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %23 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%24 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %34 = arith.subf %in, %in_3 : f32
    linalg.yield %34 : f32
  } -> tensor<16x64xf32>
  %26 = tensor.empty() : tensor<16x1xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%21 : tensor<16x1xf32>) outs(%26 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.addf %in, %cst : f32
    linalg.yield %34 : f32
  } -> tensor<16x1xf32>
  %28 = tensor.empty() : tensor<16x1xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%27 : tensor<16x1xf32>) outs(%28 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = math.rsqrt %in : f32
    linalg.yield %34 : f32
  } -> tensor<16x1xf32>
  %30 = tensor.empty() : tensor<16x64xf32>
  %31 = linalg.generic {indexing_maps = [#map4, #map], iterator_types = ["parallel", "parallel"]} ins(%29 : tensor<16x1xf32>) outs(%30 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<16x64xf32>
  %32 = tensor.empty() : tensor<16x64xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%25, %31 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%32 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %34 = arith.mulf %in, %in_3 : f32
    linalg.yield %34 : f32
  } -> tensor<16x64xf32>
  return %33 : tensor<16x64xf32>
}

// A row at a time, by vmap.
// CHECK-LABEL: func.func @jax_layer_norm_vmap(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_layer_norm_vmap(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %cst_0 = arith.constant 0x7FC00000 : f32
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst_2 : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %48 = arith.addf %out, %in : f32
    linalg.yield %48 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %48 = arith.divf %in, %cst_1 : f32
    linalg.yield %48 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel"]} ins(%4 : tensor<16xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<16x64xf32>
  %7 = tensor.empty() : tensor<16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %6 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%7 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %48 = arith.subf %in, %in_3 : f32
    linalg.yield %48 : f32
  } -> tensor<16x64xf32>
  %expanded = tensor.expand_shape %2 [[0, 1]] output_shape [16, 1] : tensor<16xf32> into tensor<16x1xf32>
  %9 = tensor.empty() : tensor<16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%expanded : tensor<16x1xf32>) outs(%9 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %48 = arith.divf %in, %cst_1 : f32
    linalg.yield %48 : f32
  } -> tensor<16x1xf32>
  %11 = tensor.empty() : tensor<16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map4, #map], iterator_types = ["parallel", "parallel"]} ins(%10 : tensor<16x1xf32>) outs(%11 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<16x64xf32>
  %13 = tensor.empty() : tensor<16x64xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %12 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%13 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %48 = arith.subf %in, %in_3 : f32
    linalg.yield %48 : f32
  } -> tensor<16x64xf32>
  %15 = tensor.empty() : tensor<16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%14 : tensor<16x64xf32>) outs(%15 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %48 = arith.mulf %in, %in : f32
    linalg.yield %48 : f32
  } -> tensor<16x64xf32>
  %17 = tensor.empty() : tensor<f32>
  %18 = linalg.generic {indexing_maps = [#map2], iterator_types = []} outs(%17 : tensor<f32>) {
  ^bb0(%out: f32):
    linalg.yield %cst_2 : f32
  } -> tensor<f32>
  %19 = tensor.empty() : tensor<f32>
  %20 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = []} ins(%18 : tensor<f32>) outs(%19 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %48 = arith.subf %cst_1, %in : f32
    linalg.yield %48 : f32
  } -> tensor<f32>
  %21 = tensor.empty() : tensor<16xf32>
  %22 = linalg.fill ins(%cst_2 : f32) outs(%21 : tensor<16xf32>) -> tensor<16xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%16 : tensor<16x64xf32>) outs(%22 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %48 = arith.addf %out, %in : f32
    linalg.yield %48 : f32
  } -> tensor<16xf32>
  %24 = tensor.empty() : tensor<16xf32>
  %25 = linalg.generic {indexing_maps = [#map6, #map5], iterator_types = ["parallel"]} ins(%20 : tensor<f32>) outs(%24 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<16xf32>
  %26 = tensor.empty() : tensor<16xf32>
  %27 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel"]} ins(%23, %25 : tensor<16xf32>, tensor<16xf32>) outs(%26 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %48 = arith.divf %in, %in_3 : f32
    linalg.yield %48 : f32
  } -> tensor<16xf32>
  %28 = tensor.empty() : tensor<i1>
  %29 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = []} ins(%20 : tensor<f32>) outs(%28 : tensor<i1>) {
  ^bb0(%in: f32, %out: i1):
    %48 = arith.cmpf ogt, %in, %cst_2 : f32
    linalg.yield %48 : i1
  } -> tensor<i1>
  %30 = tensor.empty() : tensor<16xf32>
  %extracted = tensor.extract %29[] : tensor<i1>
  %31 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%27 : tensor<16xf32>) outs(%30 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %48 = arith.select %extracted, %in, %cst_0 : f32
    linalg.yield %48 : f32
  } -> tensor<16xf32>
  %32 = tensor.empty() : tensor<16xf32>
  %33 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%31 : tensor<16xf32>) outs(%32 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %48 = arith.addf %in, %cst : f32
    linalg.yield %48 : f32
  } -> tensor<16xf32>
  %34 = tensor.empty() : tensor<16xf32>
  %35 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%33 : tensor<16xf32>) outs(%34 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %48 = math.sqrt %in : f32
    linalg.yield %48 : f32
  } -> tensor<16xf32>
  %36 = tensor.empty() : tensor<16x64xf32>
  %37 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel"]} ins(%35 : tensor<16xf32>) outs(%36 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<16x64xf32>
  %38 = tensor.empty() : tensor<16x64xf32>
  %39 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%8, %37 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%38 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %48 = arith.divf %in, %in_3 : f32
    linalg.yield %48 : f32
  } -> tensor<16x64xf32>
  %40 = tensor.empty() : tensor<16x64xf32>
  %41 = linalg.generic {indexing_maps = [#map7, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1 : tensor<64xf32>) outs(%40 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<16x64xf32>
  %42 = tensor.empty() : tensor<16x64xf32>
  %43 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%39, %41 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%42 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %48 = arith.mulf %in, %in_3 : f32
    linalg.yield %48 : f32
  } -> tensor<16x64xf32>
  %44 = tensor.empty() : tensor<16x64xf32>
  %45 = linalg.generic {indexing_maps = [#map7, #map], iterator_types = ["parallel", "parallel"]} ins(%arg2 : tensor<64xf32>) outs(%44 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<16x64xf32>
  %46 = tensor.empty() : tensor<16x64xf32>
  %47 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%43, %45 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%46 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %48 = arith.addf %in, %in_3 : f32
    linalg.yield %48 : f32
  } -> tensor<16x64xf32>
  return %47 : tensor<16x64xf32>
}

// The first one after fusion of elementwise ops.
// CHECK-LABEL: func.func @jax_layer_norm_fused(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_layer_norm_fused(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %expanded = tensor.expand_shape %0 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %1 = linalg.fill ins(%cst_1 : f32) outs(%expanded : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %expanded_2 = tensor.expand_shape %arg0 [[0], [1, 2], [3]] output_shape [2, 16, 1, 64] : tensor<2x16x64xf32> into tensor<2x16x1x64xf32>
  %2 = linalg.generic {indexing_maps = [#map8, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%expanded_2 : tensor<2x16x1x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.addf %out, %in : f32
    linalg.yield %7 : f32
  } -> tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x64xf32>
  %4 = linalg.generic {indexing_maps = [#map10, #map11, #map10], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %2 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%3 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %7 = arith.divf %in_4, %cst_0 : f32
    %8 = arith.subf %in, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16x64xf32>
  %expanded_3 = tensor.expand_shape %4 [[0], [1, 2], [3]] output_shape [2, 16, 1, 64] : tensor<2x16x64xf32> into tensor<2x16x1x64xf32>
  %5 = linalg.generic {indexing_maps = [#map8, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%expanded_3 : tensor<2x16x1x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map10, #map11, #map12, #map12, #map10], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4, %5, %arg1, %arg2 : tensor<2x16x64xf32>, tensor<2x16x1xf32>, tensor<64xf32>, tensor<64xf32>) outs(%3 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %in_5: f32, %in_6: f32, %out: f32):
    %7 = arith.divf %in_4, %cst_0 : f32
    %8 = arith.addf %7, %cst : f32
    %9 = math.rsqrt %8 : f32
    %10 = arith.mulf %in, %9 : f32
    %11 = arith.mulf %10, %in_5 : f32
    %12 = arith.addf %11, %in_6 : f32
    linalg.yield %12 : f32
  } -> tensor<2x16x64xf32>
  return %6 : tensor<2x16x64xf32>
}

// Flax's after fusion of elementwise ops.
// CHECK-LABEL: func.func @jax_layer_norm_fast_variance_fused(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_layer_norm_fast_variance_fused(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_1 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map10, #map13], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = arith.addf %out, %in : f32
    linalg.yield %8 : f32
  } -> tensor<2x16xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<2x16xf32>) outs(%0 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = arith.divf %in, %cst_0 : f32
    linalg.yield %8 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %0 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %4 = linalg.fill ins(%cst_1 : f32) outs(%expanded : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %expanded_2 = tensor.expand_shape %arg0 [[0], [1, 2], [3]] output_shape [2, 16, 1, 64] : tensor<2x16x64xf32> into tensor<2x16x1x64xf32>
  %5 = linalg.generic {indexing_maps = [#map8, #map9], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%expanded_2 : tensor<2x16x1x64xf32>) outs(%4 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = arith.mulf %in, %in : f32
    %9 = arith.addf %out, %8 : f32
    linalg.yield %9 : f32
  } -> tensor<2x16x1xf32>
  %expanded_3 = tensor.expand_shape %3 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %expanded_4 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %expanded_5 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %6 = tensor.empty() : tensor<2x16x64xf32>
  %7 = linalg.generic {indexing_maps = [#map10, #map13, #map11, #map11, #map14, #map14, #map10], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %3, %5, %expanded_3, %expanded_4, %expanded_5 : tensor<2x16x64xf32>, tensor<2x16xf32>, tensor<2x16x1xf32>, tensor<2x16x1xf32>, tensor<1x1x64xf32>, tensor<1x1x64xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %in_7: f32, %in_8: f32, %in_9: f32, %in_10: f32, %out: f32):
    %8 = arith.mulf %in_8, %in_8 : f32
    %9 = arith.divf %in_7, %cst_0 : f32
    %10 = arith.subf %9, %8 : f32
    %11 = arith.maximumf %10, %cst_1 : f32
    %12 = arith.addf %11, %cst : f32
    %13 = math.rsqrt %12 : f32
    %14 = arith.mulf %13, %in_9 : f32
    %15 = arith.subf %in, %in_6 : f32
    %16 = arith.mulf %15, %14 : f32
    %17 = arith.addf %16, %in_10 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  return %7 : tensor<2x16x64xf32>
}

// Sums times 1/64.
// CHECK-LABEL: func.func @jax_layer_norm_einsum(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @jax_layer_norm_einsum(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %cst_0 = arith.constant 1.562500e-02 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_1 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map10, #map13], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %32 = arith.addf %out, %in : f32
    linalg.yield %32 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %2 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %32 = arith.mulf %in, %cst_0 : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map11, #map10], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map10, #map10, #map10], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %6 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %32 = arith.subf %in, %in_3 : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x64xf32>) outs(%9 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %32 = arith.mulf %in, %in : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x64xf32>
  %11 = tensor.empty() : tensor<2x16xf32>
  %12 = linalg.fill ins(%cst_1 : f32) outs(%11 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %13 = linalg.generic {indexing_maps = [#map10, #map13], iterator_types = ["parallel", "parallel", "reduction"]} ins(%10 : tensor<2x16x64xf32>) outs(%12 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %32 = arith.addf %out, %in : f32
    linalg.yield %32 : f32
  } -> tensor<2x16xf32>
  %expanded_2 = tensor.expand_shape %13 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %14 = tensor.empty() : tensor<2x16x1xf32>
  %15 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_2 : tensor<2x16x1xf32>) outs(%14 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %32 = arith.mulf %in, %cst_0 : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x1xf32>
  %16 = tensor.empty() : tensor<2x16x1xf32>
  %17 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x16x1xf32>) outs(%16 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %32 = arith.addf %in, %cst : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x1xf32>
  %18 = tensor.empty() : tensor<2x16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<2x16x1xf32>) outs(%18 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %32 = math.rsqrt %in : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x1xf32>
  %20 = tensor.empty() : tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map11, #map10], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19 : tensor<2x16x1xf32>) outs(%20 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %22 = tensor.empty() : tensor<2x16x64xf32>
  %23 = linalg.generic {indexing_maps = [#map10, #map10, #map10], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %21 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%22 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %32 = arith.mulf %in, %in_3 : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x64xf32>
  %24 = tensor.empty() : tensor<2x16x64xf32>
  %25 = linalg.generic {indexing_maps = [#map12, #map10], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<64xf32>) outs(%24 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %26 = tensor.empty() : tensor<2x16x64xf32>
  %27 = linalg.generic {indexing_maps = [#map10, #map10, #map10], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23, %25 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%26 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %32 = arith.mulf %in, %in_3 : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x64xf32>
  %28 = tensor.empty() : tensor<2x16x64xf32>
  %29 = linalg.generic {indexing_maps = [#map12, #map10], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2 : tensor<64xf32>) outs(%28 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %30 = tensor.empty() : tensor<2x16x64xf32>
  %31 = linalg.generic {indexing_maps = [#map10, #map10, #map10], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27, %29 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%30 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %32 = arith.addf %in, %in_3 : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x64xf32>
  return %31 : tensor<2x16x64xf32>
}
