// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// What jax.vjp and jax.grad make of normalizations.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map3 = affine_map<(d0, d1, d2) -> (d1, d2, d0)>
#map4 = affine_map<(d0, d1, d2) -> (d0)>
#map5 = affine_map<(d0, d1, d2) -> (d2)>
#map6 = affine_map<() -> ()>
#map7 = affine_map<(d0, d1, d2) -> ()>
#map8 = affine_map<(d0, d1) -> (d0, d1)>

// Mean of squared differences.
// CHECK-LABEL: func.func @jax_layer_norm_vjp(
// CHECK: norm.layer_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input, scale, bias] outs(
func.func @jax_layer_norm_vjp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xf32>, tensor<64xf32>, tensor<64xf32>) {
  %cst = arith.constant -5.000000e-01 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %cst_1 = arith.constant 2.000000e+00 : f32
  %cst_2 = arith.constant 6.400000e+01 : f32
  %cst_3 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_3 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.addf %out, %in : f32
    linalg.yield %89 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %2 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.divf %in, %cst_2 : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %6 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %89 = arith.subf %in, %in_10 : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x64xf32>) outs(%9 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.mulf %in, %in : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x64xf32>
  %11 = tensor.empty() : tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x64xf32>) outs(%11 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.mulf %in, %cst_1 : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x64xf32>
  %13 = tensor.empty() : tensor<2x16xf32>
  %14 = linalg.fill ins(%cst_3 : f32) outs(%13 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%10 : tensor<2x16x64xf32>) outs(%14 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.addf %out, %in : f32
    linalg.yield %89 : f32
  } -> tensor<2x16xf32>
  %expanded_4 = tensor.expand_shape %15 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %16 = tensor.empty() : tensor<2x16x1xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_4 : tensor<2x16x1xf32>) outs(%16 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.divf %in, %cst_2 : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x1xf32>
  %18 = tensor.empty() : tensor<2x16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<2x16x1xf32>) outs(%18 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.addf %in, %cst_0 : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x1xf32>
  %20 = tensor.empty() : tensor<2x16x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19 : tensor<2x16x1xf32>) outs(%20 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = math.rsqrt %in : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x1xf32>
  %22 = tensor.empty() : tensor<2x16x1xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %19 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%22 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %89 = arith.divf %in, %in_10 : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x1xf32>
  %24 = tensor.empty() : tensor<2x16x1xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23 : tensor<2x16x1xf32>) outs(%24 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.mulf %in, %cst : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x1xf32>
  %26 = tensor.empty() : tensor<2x16x64xf32>
  %27 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21 : tensor<2x16x1xf32>) outs(%26 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %28 = tensor.empty() : tensor<2x16x64xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %27 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%28 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %89 = arith.mulf %in, %in_10 : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x64xf32>
  %30 = tensor.empty() : tensor<64xf32>
  %31 = linalg.fill ins(%cst_3 : f32) outs(%30 : tensor<64xf32>) -> tensor<64xf32>
  %32 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%31 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.addf %out, %in : f32
    linalg.yield %89 : f32
  } -> tensor<64xf32>
  %expanded_5 = tensor.expand_shape %32 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %33 = tensor.empty() : tensor<64xf32>
  %34 = linalg.fill ins(%cst_3 : f32) outs(%33 : tensor<64xf32>) -> tensor<64xf32>
  %35 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%expanded_5 : tensor<1x1x64xf32>) outs(%34 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.addf %out, %in : f32
    linalg.yield %89 : f32
  } -> tensor<64xf32>
  %36 = tensor.empty() : tensor<2x16x64xf32>
  %37 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29, %arg0 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%36 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %89 = arith.mulf %in, %in_10 : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x64xf32>
  %38 = tensor.empty() : tensor<64xf32>
  %39 = linalg.fill ins(%cst_3 : f32) outs(%38 : tensor<64xf32>) -> tensor<64xf32>
  %40 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%37 : tensor<2x16x64xf32>) outs(%39 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.addf %out, %in : f32
    linalg.yield %89 : f32
  } -> tensor<64xf32>
  %expanded_6 = tensor.expand_shape %40 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %41 = tensor.empty() : tensor<2x16x64xf32>
  %42 = linalg.generic {indexing_maps = [#map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2 : tensor<64xf32>) outs(%41 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %43 = tensor.empty() : tensor<2x16x64xf32>
  %44 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %42 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%43 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %89 = arith.mulf %in, %in_10 : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x64xf32>
  %45 = tensor.empty() : tensor<64xf32>
  %46 = linalg.fill ins(%cst_3 : f32) outs(%45 : tensor<64xf32>) -> tensor<64xf32>
  %47 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%expanded_6 : tensor<1x1x64xf32>) outs(%46 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.addf %out, %in : f32
    linalg.yield %89 : f32
  } -> tensor<64xf32>
  %48 = tensor.empty() : tensor<2x16x64xf32>
  %49 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %44 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%48 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %89 = arith.mulf %in, %in_10 : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x64xf32>
  %50 = tensor.empty() : tensor<2x16xf32>
  %51 = linalg.fill ins(%cst_3 : f32) outs(%50 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %52 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%49 : tensor<2x16x64xf32>) outs(%51 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.addf %out, %in : f32
    linalg.yield %89 : f32
  } -> tensor<2x16xf32>
  %expanded_7 = tensor.expand_shape %52 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %53 = tensor.empty() : tensor<2x16x64xf32>
  %54 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%44, %27 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%53 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %89 = arith.mulf %in, %in_10 : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x64xf32>
  %55 = tensor.empty() : tensor<2x16x1xf32>
  %56 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_7, %25 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%55 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %89 = arith.mulf %in, %in_10 : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x1xf32>
  %57 = tensor.empty() : tensor<2x16x64xf32>
  %58 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%54 : tensor<2x16x64xf32>) outs(%57 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.negf %in : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x64xf32>
  %59 = tensor.empty() : tensor<2x16xf32>
  %60 = linalg.fill ins(%cst_3 : f32) outs(%59 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %61 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%58 : tensor<2x16x64xf32>) outs(%60 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.addf %out, %in : f32
    linalg.yield %89 : f32
  } -> tensor<2x16xf32>
  %expanded_8 = tensor.expand_shape %61 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %62 = tensor.empty() : tensor<2x16x1xf32>
  %63 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%56 : tensor<2x16x1xf32>) outs(%62 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.divf %in, %cst_2 : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x1xf32>
  %64 = tensor.empty() : tensor<2x16xf32>
  %65 = linalg.fill ins(%cst_3 : f32) outs(%64 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %66 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%63 : tensor<2x16x1xf32>) outs(%65 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.addf %out, %in : f32
    linalg.yield %89 : f32
  } -> tensor<2x16xf32>
  %67 = tensor.empty() : tensor<2x16x64xf32>
  %68 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%66 : tensor<2x16xf32>) outs(%67 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %69 = tensor.empty() : tensor<2x16x64xf32>
  %70 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%68, %12 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%69 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %89 = arith.mulf %in, %in_10 : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x64xf32>
  %71 = tensor.empty() : tensor<2x16x64xf32>
  %72 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%70 : tensor<2x16x64xf32>) outs(%71 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.negf %in : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x64xf32>
  %73 = tensor.empty() : tensor<2x16xf32>
  %74 = linalg.fill ins(%cst_3 : f32) outs(%73 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %75 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%72 : tensor<2x16x64xf32>) outs(%74 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.addf %out, %in : f32
    linalg.yield %89 : f32
  } -> tensor<2x16xf32>
  %expanded_9 = tensor.expand_shape %75 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %76 = tensor.empty() : tensor<2x16x64xf32>
  %77 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%54, %70 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%76 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %89 = arith.addf %in, %in_10 : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x64xf32>
  %78 = tensor.empty() : tensor<2x16x1xf32>
  %79 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_8, %expanded_9 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%78 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %89 = arith.addf %in, %in_10 : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x1xf32>
  %80 = tensor.empty() : tensor<2x16x1xf32>
  %81 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%79 : tensor<2x16x1xf32>) outs(%80 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.divf %in, %cst_2 : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x1xf32>
  %82 = tensor.empty() : tensor<2x16xf32>
  %83 = linalg.fill ins(%cst_3 : f32) outs(%82 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %84 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%81 : tensor<2x16x1xf32>) outs(%83 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %89 = arith.addf %out, %in : f32
    linalg.yield %89 : f32
  } -> tensor<2x16xf32>
  %85 = tensor.empty() : tensor<2x16x64xf32>
  %86 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%84 : tensor<2x16xf32>) outs(%85 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %87 = tensor.empty() : tensor<2x16x64xf32>
  %88 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%77, %86 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%87 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %89 = arith.addf %in, %in_10 : f32
    linalg.yield %89 : f32
  } -> tensor<2x16x64xf32>
  return %88, %47, %35 : tensor<2x16x64xf32>, tensor<64xf32>, tensor<64xf32>
}

// x.mean and x.var, division by sqrt.
// CHECK-LABEL: func.func @jax_layer_norm_var_vjp(
// CHECK: norm.layer_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input, scale, bias] outs(
func.func @jax_layer_norm_var_vjp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xf32>, tensor<64xf32>, tensor<64xf32>) {
  %cst = arith.constant 1.000000e+00 : f32
  %cst_0 = arith.constant 5.000000e-01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %cst_2 = arith.constant 0x7FC00000 : f32
  %cst_3 = arith.constant 2.000000e+00 : f32
  %cst_4 = arith.constant 6.400000e+01 : f32
  %cst_5 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_5 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %2 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.divf %in, %cst_4 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %6 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %116 = arith.subf %in, %in_13 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x64xf32>) outs(%9 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.mulf %in, %in : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x64xf32>
  %11 = tensor.empty() : tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x64xf32>) outs(%11 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.mulf %in, %cst_3 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x64xf32>
  %13 = tensor.empty() : tensor<f32>
  %14 = linalg.generic {indexing_maps = [#map6], iterator_types = []} outs(%13 : tensor<f32>) {
  ^bb0(%out: f32):
    linalg.yield %cst_5 : f32
  } -> tensor<f32>
  %15 = tensor.empty() : tensor<f32>
  %16 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = []} ins(%14 : tensor<f32>) outs(%15 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.subf %cst_4, %in : f32
    linalg.yield %116 : f32
  } -> tensor<f32>
  %17 = tensor.empty() : tensor<2x16xf32>
  %18 = linalg.fill ins(%cst_5 : f32) outs(%17 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%10 : tensor<2x16x64xf32>) outs(%18 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<2x16xf32>
  %expanded_6 = tensor.expand_shape %19 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %20 = tensor.empty() : tensor<2x16x1xf32>
  %21 = linalg.generic {indexing_maps = [#map7, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<f32>) outs(%20 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x1xf32>
  %22 = tensor.empty() : tensor<2x16x1xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_6, %21 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%22 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %116 = arith.divf %in, %in_13 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x1xf32>
  %24 = tensor.empty() : tensor<i1>
  %25 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = []} ins(%16 : tensor<f32>) outs(%24 : tensor<i1>) {
  ^bb0(%in: f32, %out: i1):
    %116 = arith.cmpf ogt, %in, %cst_5 : f32
    linalg.yield %116 : i1
  } -> tensor<i1>
  %26 = tensor.empty() : tensor<2x16x1xf32>
  %extracted = tensor.extract %25[] : tensor<i1>
  %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23 : tensor<2x16x1xf32>) outs(%26 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.select %extracted, %in, %cst_2 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x1xf32>
  %28 = tensor.empty() : tensor<2x16x1xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27 : tensor<2x16x1xf32>) outs(%28 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %in, %cst_1 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x1xf32>
  %30 = tensor.empty() : tensor<2x16x1xf32>
  %31 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<2x16x1xf32>) outs(%30 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = math.sqrt %in : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x1xf32>
  %32 = tensor.empty() : tensor<2x16x1xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%31 : tensor<2x16x1xf32>) outs(%32 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.divf %cst_0, %in : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x1xf32>
  %34 = tensor.empty() : tensor<2x16x64xf32>
  %35 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%31 : tensor<2x16x1xf32>) outs(%34 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %36 = tensor.empty() : tensor<2x16x64xf32>
  %37 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %35 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%36 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %116 = arith.divf %in, %in_13 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x64xf32>
  %38 = tensor.empty() : tensor<2x16x1xf32>
  %39 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%31 : tensor<2x16x1xf32>) outs(%38 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.mulf %in, %in : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x1xf32>
  %40 = tensor.empty() : tensor<2x16x1xf32>
  %41 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%39 : tensor<2x16x1xf32>) outs(%40 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.divf %cst, %in : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x1xf32>
  %42 = tensor.empty() : tensor<64xf32>
  %43 = linalg.fill ins(%cst_5 : f32) outs(%42 : tensor<64xf32>) -> tensor<64xf32>
  %44 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%43 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<64xf32>
  %expanded_7 = tensor.expand_shape %44 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %45 = tensor.empty() : tensor<64xf32>
  %46 = linalg.fill ins(%cst_5 : f32) outs(%45 : tensor<64xf32>) -> tensor<64xf32>
  %47 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%expanded_7 : tensor<1x1x64xf32>) outs(%46 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<64xf32>
  %48 = tensor.empty() : tensor<2x16x64xf32>
  %49 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%37, %arg0 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%48 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %116 = arith.mulf %in, %in_13 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x64xf32>
  %50 = tensor.empty() : tensor<64xf32>
  %51 = linalg.fill ins(%cst_5 : f32) outs(%50 : tensor<64xf32>) -> tensor<64xf32>
  %52 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%49 : tensor<2x16x64xf32>) outs(%51 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<64xf32>
  %expanded_8 = tensor.expand_shape %52 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %53 = tensor.empty() : tensor<2x16x64xf32>
  %54 = linalg.generic {indexing_maps = [#map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2 : tensor<64xf32>) outs(%53 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %55 = tensor.empty() : tensor<2x16x64xf32>
  %56 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %54 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%55 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %116 = arith.mulf %in, %in_13 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x64xf32>
  %57 = tensor.empty() : tensor<64xf32>
  %58 = linalg.fill ins(%cst_5 : f32) outs(%57 : tensor<64xf32>) -> tensor<64xf32>
  %59 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%expanded_8 : tensor<1x1x64xf32>) outs(%58 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<64xf32>
  %60 = tensor.empty() : tensor<2x16x64xf32>
  %61 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%41 : tensor<2x16x1xf32>) outs(%60 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %62 = tensor.empty() : tensor<2x16x64xf32>
  %63 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%56, %61 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%62 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %116 = arith.mulf %in, %in_13 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x64xf32>
  %64 = tensor.empty() : tensor<2x16x64xf32>
  %65 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%63, %8 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%64 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %116 = arith.mulf %in, %in_13 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x64xf32>
  %66 = tensor.empty() : tensor<2x16xf32>
  %67 = linalg.fill ins(%cst_5 : f32) outs(%66 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %68 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%65 : tensor<2x16x64xf32>) outs(%67 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<2x16xf32>
  %69 = tensor.empty() : tensor<2x16xf32>
  %70 = linalg.generic {indexing_maps = [#map8, #map8], iterator_types = ["parallel", "parallel"]} ins(%68 : tensor<2x16xf32>) outs(%69 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.negf %in : f32
    linalg.yield %116 : f32
  } -> tensor<2x16xf32>
  %expanded_9 = tensor.expand_shape %70 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %71 = tensor.empty() : tensor<2x16x64xf32>
  %72 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%56, %35 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%71 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %116 = arith.divf %in, %in_13 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x64xf32>
  %73 = tensor.empty() : tensor<2x16x1xf32>
  %74 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_9, %33 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%73 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %116 = arith.mulf %in, %in_13 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x1xf32>
  %75 = tensor.empty() : tensor<2x16x1xf32>
  %extracted_10 = tensor.extract %25[] : tensor<i1>
  %76 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%74 : tensor<2x16x1xf32>) outs(%75 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.select %extracted_10, %in, %cst_5 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x1xf32>
  %77 = tensor.empty() : tensor<2x16x1xf32>
  %78 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%76, %21 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%77 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %116 = arith.divf %in, %in_13 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x1xf32>
  %79 = tensor.empty() : tensor<2x16xf32>
  %80 = linalg.fill ins(%cst_5 : f32) outs(%79 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %81 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%78 : tensor<2x16x1xf32>) outs(%80 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<2x16xf32>
  %82 = tensor.empty() : tensor<2x16x64xf32>
  %83 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%81 : tensor<2x16xf32>) outs(%82 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %84 = tensor.empty() : tensor<2x16x64xf32>
  %85 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%83, %12 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%84 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %116 = arith.mulf %in, %in_13 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x64xf32>
  %86 = tensor.empty() : tensor<2x16x64xf32>
  %87 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%85 : tensor<2x16x64xf32>) outs(%86 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.negf %in : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x64xf32>
  %88 = tensor.empty() : tensor<2x16xf32>
  %89 = linalg.fill ins(%cst_5 : f32) outs(%88 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %90 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%87 : tensor<2x16x64xf32>) outs(%89 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<2x16xf32>
  %expanded_11 = tensor.expand_shape %90 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %91 = tensor.empty() : tensor<2x16x1xf32>
  %92 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_11 : tensor<2x16x1xf32>) outs(%91 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.divf %in, %cst_4 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x1xf32>
  %93 = tensor.empty() : tensor<2x16xf32>
  %94 = linalg.fill ins(%cst_5 : f32) outs(%93 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %95 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%92 : tensor<2x16x1xf32>) outs(%94 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<2x16xf32>
  %96 = tensor.empty() : tensor<2x16x64xf32>
  %97 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%95 : tensor<2x16xf32>) outs(%96 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %98 = tensor.empty() : tensor<2x16x64xf32>
  %99 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%85, %97 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%98 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %116 = arith.addf %in, %in_13 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x64xf32>
  %100 = tensor.empty() : tensor<2x16x64xf32>
  %101 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%72 : tensor<2x16x64xf32>) outs(%100 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.negf %in : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x64xf32>
  %102 = tensor.empty() : tensor<2x16xf32>
  %103 = linalg.fill ins(%cst_5 : f32) outs(%102 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %104 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%101 : tensor<2x16x64xf32>) outs(%103 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<2x16xf32>
  %expanded_12 = tensor.expand_shape %104 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %105 = tensor.empty() : tensor<2x16x64xf32>
  %106 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%99, %72 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%105 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %116 = arith.addf %in, %in_13 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x64xf32>
  %107 = tensor.empty() : tensor<2x16x1xf32>
  %108 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_12 : tensor<2x16x1xf32>) outs(%107 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.divf %in, %cst_4 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x1xf32>
  %109 = tensor.empty() : tensor<2x16xf32>
  %110 = linalg.fill ins(%cst_5 : f32) outs(%109 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %111 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%108 : tensor<2x16x1xf32>) outs(%110 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<2x16xf32>
  %112 = tensor.empty() : tensor<2x16x64xf32>
  %113 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%111 : tensor<2x16xf32>) outs(%112 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %114 = tensor.empty() : tensor<2x16x64xf32>
  %115 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%106, %113 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%114 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %116 = arith.addf %in, %in_13 : f32
    linalg.yield %116 : f32
  } -> tensor<2x16x64xf32>
  return %115, %59, %47 : tensor<2x16x64xf32>, tensor<64xf32>, tensor<64xf32>
}

// E[x^2] - E[x]^2, rstd * scale first.
// CHECK-LABEL: func.func @jax_layer_norm_fast_variance_vjp(
// CHECK: norm.layer_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input, scale, bias] outs(
func.func @jax_layer_norm_fast_variance_vjp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xf32>, tensor<64xf32>, tensor<64xf32>) {
  %cst = arith.constant -5.000000e-01 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %cst_1 = arith.constant 2.000000e+00 : f32
  %cst_2 = arith.constant 6.400000e+01 : f32
  %cst_3 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_3 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.addf %out, %in : f32
    linalg.yield %94 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %2 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.divf %in, %cst_2 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.mulf %in, %in : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x64xf32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.mulf %in, %cst_1 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16xf32>
  %10 = linalg.fill ins(%cst_3 : f32) outs(%9 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%6 : tensor<2x16x64xf32>) outs(%10 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.addf %out, %in : f32
    linalg.yield %94 : f32
  } -> tensor<2x16xf32>
  %expanded_4 = tensor.expand_shape %11 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %12 = tensor.empty() : tensor<2x16x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_4 : tensor<2x16x1xf32>) outs(%12 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.divf %in, %cst_2 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x1xf32>
  %14 = tensor.empty() : tensor<2x16x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%14 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.mulf %in, %in : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x1xf32>
  %16 = tensor.empty() : tensor<2x16x1xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%16 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.mulf %in, %cst_1 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x1xf32>
  %18 = tensor.empty() : tensor<2x16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13, %15 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%18 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %94 = arith.subf %in, %in_9 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x1xf32>
  %20 = tensor.empty() : tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%20 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %22 = tensor.empty() : tensor<2x16x64xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %21 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%22 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %94 = arith.subf %in, %in_9 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x64xf32>
  %24 = tensor.empty() : tensor<2x16x1xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19 : tensor<2x16x1xf32>) outs(%24 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.addf %in, %cst_0 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x1xf32>
  %26 = tensor.empty() : tensor<2x16x1xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25 : tensor<2x16x1xf32>) outs(%26 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = math.rsqrt %in : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x1xf32>
  %28 = tensor.empty() : tensor<2x16x1xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27, %25 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%28 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %94 = arith.divf %in, %in_9 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x1xf32>
  %30 = tensor.empty() : tensor<2x16x1xf32>
  %31 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<2x16x1xf32>) outs(%30 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.mulf %in, %cst : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x1xf32>
  %32 = tensor.empty() : tensor<2x16x64xf32>
  %33 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27 : tensor<2x16x1xf32>) outs(%32 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %34 = tensor.empty() : tensor<2x16x64xf32>
  %35 = linalg.generic {indexing_maps = [#map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2 : tensor<64xf32>) outs(%34 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %36 = tensor.empty() : tensor<2x16x64xf32>
  %37 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33, %35 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%36 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %94 = arith.mulf %in, %in_9 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x64xf32>
  %38 = tensor.empty() : tensor<64xf32>
  %39 = linalg.fill ins(%cst_3 : f32) outs(%38 : tensor<64xf32>) -> tensor<64xf32>
  %40 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%39 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.addf %out, %in : f32
    linalg.yield %94 : f32
  } -> tensor<64xf32>
  %expanded_5 = tensor.expand_shape %40 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %41 = tensor.empty() : tensor<64xf32>
  %42 = linalg.fill ins(%cst_3 : f32) outs(%41 : tensor<64xf32>) -> tensor<64xf32>
  %43 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%expanded_5 : tensor<1x1x64xf32>) outs(%42 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.addf %out, %in : f32
    linalg.yield %94 : f32
  } -> tensor<64xf32>
  %44 = tensor.empty() : tensor<2x16x64xf32>
  %45 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23, %arg0 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%44 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %94 = arith.mulf %in, %in_9 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x64xf32>
  %46 = tensor.empty() : tensor<2x16x64xf32>
  %47 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %37 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%46 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %94 = arith.mulf %in, %in_9 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x64xf32>
  %48 = tensor.empty() : tensor<2x16x64xf32>
  %49 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33, %45 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%48 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %94 = arith.mulf %in, %in_9 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x64xf32>
  %50 = tensor.empty() : tensor<64xf32>
  %51 = linalg.fill ins(%cst_3 : f32) outs(%50 : tensor<64xf32>) -> tensor<64xf32>
  %52 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%49 : tensor<2x16x64xf32>) outs(%51 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.addf %out, %in : f32
    linalg.yield %94 : f32
  } -> tensor<64xf32>
  %expanded_6 = tensor.expand_shape %52 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %53 = tensor.empty() : tensor<2x16x64xf32>
  %54 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%45, %35 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%53 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %94 = arith.mulf %in, %in_9 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x64xf32>
  %55 = tensor.empty() : tensor<2x16xf32>
  %56 = linalg.fill ins(%cst_3 : f32) outs(%55 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %57 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%54 : tensor<2x16x64xf32>) outs(%56 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.addf %out, %in : f32
    linalg.yield %94 : f32
  } -> tensor<2x16xf32>
  %expanded_7 = tensor.expand_shape %57 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %58 = tensor.empty() : tensor<64xf32>
  %59 = linalg.fill ins(%cst_3 : f32) outs(%58 : tensor<64xf32>) -> tensor<64xf32>
  %60 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%expanded_6 : tensor<1x1x64xf32>) outs(%59 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.addf %out, %in : f32
    linalg.yield %94 : f32
  } -> tensor<64xf32>
  %61 = tensor.empty() : tensor<2x16x1xf32>
  %62 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_7, %31 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%61 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %94 = arith.mulf %in, %in_9 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x1xf32>
  %63 = tensor.empty() : tensor<2x16x64xf32>
  %64 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%47 : tensor<2x16x64xf32>) outs(%63 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.negf %in : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x64xf32>
  %65 = tensor.empty() : tensor<2x16xf32>
  %66 = linalg.fill ins(%cst_3 : f32) outs(%65 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %67 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%64 : tensor<2x16x64xf32>) outs(%66 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.addf %out, %in : f32
    linalg.yield %94 : f32
  } -> tensor<2x16xf32>
  %expanded_8 = tensor.expand_shape %67 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %68 = tensor.empty() : tensor<2x16x1xf32>
  %69 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%62 : tensor<2x16x1xf32>) outs(%68 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.negf %in : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x1xf32>
  %70 = tensor.empty() : tensor<2x16x1xf32>
  %71 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%69, %17 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%70 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %94 = arith.mulf %in, %in_9 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x1xf32>
  %72 = tensor.empty() : tensor<2x16x1xf32>
  %73 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_8, %71 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%72 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %94 = arith.addf %in, %in_9 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x1xf32>
  %74 = tensor.empty() : tensor<2x16x1xf32>
  %75 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%62 : tensor<2x16x1xf32>) outs(%74 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.divf %in, %cst_2 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x1xf32>
  %76 = tensor.empty() : tensor<2x16xf32>
  %77 = linalg.fill ins(%cst_3 : f32) outs(%76 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %78 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%75 : tensor<2x16x1xf32>) outs(%77 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.addf %out, %in : f32
    linalg.yield %94 : f32
  } -> tensor<2x16xf32>
  %79 = tensor.empty() : tensor<2x16x64xf32>
  %80 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%78 : tensor<2x16xf32>) outs(%79 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %81 = tensor.empty() : tensor<2x16x64xf32>
  %82 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%80, %8 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%81 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %94 = arith.mulf %in, %in_9 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x64xf32>
  %83 = tensor.empty() : tensor<2x16x64xf32>
  %84 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%47, %82 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%83 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %94 = arith.addf %in, %in_9 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x64xf32>
  %85 = tensor.empty() : tensor<2x16x1xf32>
  %86 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%73 : tensor<2x16x1xf32>) outs(%85 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.divf %in, %cst_2 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x1xf32>
  %87 = tensor.empty() : tensor<2x16xf32>
  %88 = linalg.fill ins(%cst_3 : f32) outs(%87 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %89 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%86 : tensor<2x16x1xf32>) outs(%88 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %94 = arith.addf %out, %in : f32
    linalg.yield %94 : f32
  } -> tensor<2x16xf32>
  %90 = tensor.empty() : tensor<2x16x64xf32>
  %91 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%89 : tensor<2x16xf32>) outs(%90 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %92 = tensor.empty() : tensor<2x16x64xf32>
  %93 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%84, %91 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%92 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %94 = arith.addf %in, %in_9 : f32
    linalg.yield %94 : f32
  } -> tensor<2x16x64xf32>
  return %93, %60, %43 : tensor<2x16x64xf32>, tensor<64xf32>, tensor<64xf32>
}
