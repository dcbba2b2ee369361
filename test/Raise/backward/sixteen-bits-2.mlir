// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Gradients of 16-bit tensors.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map3 = affine_map<(d0, d1, d2) -> (d1, d2, d0)>
#map4 = affine_map<(d0, d1, d2) -> (d0)>
#map5 = affine_map<(d0, d1, d2) -> (d2)>
#map6 = affine_map<(d0) -> (d0)>

// Layer norm of bf16 with f32 parameters.
// CHECK-LABEL: func.func @jax_layer_norm_bf16_vjp(
// CHECK: norm.layer_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input, scale, bias] outs(
func.func @jax_layer_norm_bf16_vjp(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<2x16x64xbf16>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xbf16>, tensor<64xf32>, tensor<64xf32>) {
  %cst = arith.constant -5.000000e-01 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %cst_1 = arith.constant 2.000000e+00 : f32
  %cst_2 = arith.constant 6.400000e+01 : f32
  %cst_3 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %95 = arith.extf %in : bf16 to f32
    linalg.yield %95 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16xf32>
  %3 = linalg.fill ins(%cst_3 : f32) outs(%2 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.addf %out, %in : f32
    linalg.yield %95 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %4 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.divf %in, %cst_2 : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x1xf32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %8 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%9 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %95 = arith.subf %in, %in_10 : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x64xf32>
  %11 = tensor.empty() : tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x64xf32>) outs(%11 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.mulf %in, %in : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x64xf32>
  %13 = tensor.empty() : tensor<2x16x64xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x64xf32>) outs(%13 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.mulf %in, %cst_1 : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x64xf32>
  %15 = tensor.empty() : tensor<2x16xf32>
  %16 = linalg.fill ins(%cst_3 : f32) outs(%15 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%12 : tensor<2x16x64xf32>) outs(%16 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.addf %out, %in : f32
    linalg.yield %95 : f32
  } -> tensor<2x16xf32>
  %expanded_4 = tensor.expand_shape %17 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %18 = tensor.empty() : tensor<2x16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_4 : tensor<2x16x1xf32>) outs(%18 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.divf %in, %cst_2 : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x1xf32>
  %20 = tensor.empty() : tensor<2x16x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19 : tensor<2x16x1xf32>) outs(%20 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.addf %in, %cst_0 : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x1xf32>
  %22 = tensor.empty() : tensor<2x16x1xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21 : tensor<2x16x1xf32>) outs(%22 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = math.rsqrt %in : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x1xf32>
  %24 = tensor.empty() : tensor<2x16x1xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23, %21 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%24 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %95 = arith.divf %in, %in_10 : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x1xf32>
  %26 = tensor.empty() : tensor<2x16x1xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25 : tensor<2x16x1xf32>) outs(%26 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.mulf %in, %cst : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x1xf32>
  %28 = tensor.empty() : tensor<2x16x64xf32>
  %29 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23 : tensor<2x16x1xf32>) outs(%28 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %30 = tensor.empty() : tensor<2x16x64xf32>
  %31 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %29 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%30 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %95 = arith.mulf %in, %in_10 : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x64xf32>
  %32 = tensor.empty() : tensor<2x16x64xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%32 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %95 = arith.extf %in : bf16 to f32
    linalg.yield %95 : f32
  } -> tensor<2x16x64xf32>
  %34 = tensor.empty() : tensor<64xf32>
  %35 = linalg.fill ins(%cst_3 : f32) outs(%34 : tensor<64xf32>) -> tensor<64xf32>
  %36 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%33 : tensor<2x16x64xf32>) outs(%35 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.addf %out, %in : f32
    linalg.yield %95 : f32
  } -> tensor<64xf32>
  %expanded_5 = tensor.expand_shape %36 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %37 = tensor.empty() : tensor<64xf32>
  %38 = linalg.fill ins(%cst_3 : f32) outs(%37 : tensor<64xf32>) -> tensor<64xf32>
  %39 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%expanded_5 : tensor<1x1x64xf32>) outs(%38 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.addf %out, %in : f32
    linalg.yield %95 : f32
  } -> tensor<64xf32>
  %40 = tensor.empty() : tensor<2x16x64xf32>
  %41 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%31, %33 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%40 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %95 = arith.mulf %in, %in_10 : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x64xf32>
  %42 = tensor.empty() : tensor<64xf32>
  %43 = linalg.fill ins(%cst_3 : f32) outs(%42 : tensor<64xf32>) -> tensor<64xf32>
  %44 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%41 : tensor<2x16x64xf32>) outs(%43 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.addf %out, %in : f32
    linalg.yield %95 : f32
  } -> tensor<64xf32>
  %expanded_6 = tensor.expand_shape %44 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %45 = tensor.empty() : tensor<2x16x64xf32>
  %46 = linalg.generic {indexing_maps = [#map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2 : tensor<64xf32>) outs(%45 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %47 = tensor.empty() : tensor<2x16x64xf32>
  %48 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33, %46 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%47 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %95 = arith.mulf %in, %in_10 : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x64xf32>
  %49 = tensor.empty() : tensor<64xf32>
  %50 = linalg.fill ins(%cst_3 : f32) outs(%49 : tensor<64xf32>) -> tensor<64xf32>
  %51 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%expanded_6 : tensor<1x1x64xf32>) outs(%50 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.addf %out, %in : f32
    linalg.yield %95 : f32
  } -> tensor<64xf32>
  %52 = tensor.empty() : tensor<2x16x64xf32>
  %53 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %48 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%52 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %95 = arith.mulf %in, %in_10 : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x64xf32>
  %54 = tensor.empty() : tensor<2x16xf32>
  %55 = linalg.fill ins(%cst_3 : f32) outs(%54 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %56 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%53 : tensor<2x16x64xf32>) outs(%55 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.addf %out, %in : f32
    linalg.yield %95 : f32
  } -> tensor<2x16xf32>
  %expanded_7 = tensor.expand_shape %56 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %57 = tensor.empty() : tensor<2x16x64xf32>
  %58 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%48, %29 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%57 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %95 = arith.mulf %in, %in_10 : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x64xf32>
  %59 = tensor.empty() : tensor<2x16x1xf32>
  %60 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_7, %27 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%59 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %95 = arith.mulf %in, %in_10 : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x1xf32>
  %61 = tensor.empty() : tensor<2x16x64xf32>
  %62 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%58 : tensor<2x16x64xf32>) outs(%61 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.negf %in : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x64xf32>
  %63 = tensor.empty() : tensor<2x16xf32>
  %64 = linalg.fill ins(%cst_3 : f32) outs(%63 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %65 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%62 : tensor<2x16x64xf32>) outs(%64 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.addf %out, %in : f32
    linalg.yield %95 : f32
  } -> tensor<2x16xf32>
  %expanded_8 = tensor.expand_shape %65 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %66 = tensor.empty() : tensor<2x16x1xf32>
  %67 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%60 : tensor<2x16x1xf32>) outs(%66 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.divf %in, %cst_2 : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x1xf32>
  %68 = tensor.empty() : tensor<2x16xf32>
  %69 = linalg.fill ins(%cst_3 : f32) outs(%68 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %70 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%67 : tensor<2x16x1xf32>) outs(%69 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.addf %out, %in : f32
    linalg.yield %95 : f32
  } -> tensor<2x16xf32>
  %71 = tensor.empty() : tensor<2x16x64xf32>
  %72 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%70 : tensor<2x16xf32>) outs(%71 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %73 = tensor.empty() : tensor<2x16x64xf32>
  %74 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%72, %14 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%73 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %95 = arith.mulf %in, %in_10 : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x64xf32>
  %75 = tensor.empty() : tensor<2x16x64xf32>
  %76 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%74 : tensor<2x16x64xf32>) outs(%75 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.negf %in : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x64xf32>
  %77 = tensor.empty() : tensor<2x16xf32>
  %78 = linalg.fill ins(%cst_3 : f32) outs(%77 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %79 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%76 : tensor<2x16x64xf32>) outs(%78 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.addf %out, %in : f32
    linalg.yield %95 : f32
  } -> tensor<2x16xf32>
  %expanded_9 = tensor.expand_shape %79 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %80 = tensor.empty() : tensor<2x16x64xf32>
  %81 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%58, %74 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%80 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %95 = arith.addf %in, %in_10 : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x64xf32>
  %82 = tensor.empty() : tensor<2x16x1xf32>
  %83 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_8, %expanded_9 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%82 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %95 = arith.addf %in, %in_10 : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x1xf32>
  %84 = tensor.empty() : tensor<2x16x1xf32>
  %85 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%83 : tensor<2x16x1xf32>) outs(%84 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.divf %in, %cst_2 : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x1xf32>
  %86 = tensor.empty() : tensor<2x16xf32>
  %87 = linalg.fill ins(%cst_3 : f32) outs(%86 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %88 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%85 : tensor<2x16x1xf32>) outs(%87 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %95 = arith.addf %out, %in : f32
    linalg.yield %95 : f32
  } -> tensor<2x16xf32>
  %89 = tensor.empty() : tensor<2x16x64xf32>
  %90 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%88 : tensor<2x16xf32>) outs(%89 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %91 = tensor.empty() : tensor<2x16x64xf32>
  %92 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%81, %90 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%91 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %95 = arith.addf %in, %in_10 : f32
    linalg.yield %95 : f32
  } -> tensor<2x16x64xf32>
  %93 = tensor.empty() : tensor<2x16x64xbf16>
  %94 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%92 : tensor<2x16x64xf32>) outs(%93 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %95 = arith.truncf %in : f32 to bf16
    linalg.yield %95 : bf16
  } -> tensor<2x16x64xbf16>
  return %94, %51, %39 : tensor<2x16x64xbf16>, tensor<64xf32>, tensor<64xf32>
}

// f16, the gradient of the input.
// CHECK-LABEL: func.func @torch_layer_norm_backward_f16(
// CHECK: norm.layer_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) axes = [2] gradients = [input] outs(
func.func @torch_layer_norm_backward_f16(%arg0: tensor<2x16x64xf16>, %arg1: tensor<2x16x64xf16>, %arg2: tensor<2x16x1xf32>, %arg3: tensor<2x16x1xf32>, %arg4: tensor<64xf16>, %arg5: tensor<64xf16>) -> tensor<2x16x64xf16> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f16, %out: f32):
    %21 = arith.extf %in : f16 to f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f16, %out: f32):
    %21 = arith.extf %in : f16 to f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %3 = tensor.empty() : tensor<64xf32>
  %4 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%arg4 : tensor<64xf16>) outs(%3 : tensor<64xf32>) {
  ^bb0(%in: f16, %out: f32):
    %21 = arith.extf %in : f16 to f32
    linalg.yield %21 : f32
  } -> tensor<64xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2, %arg2 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %21 = arith.subf %in, %in_1 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %arg3 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %21 = arith.mulf %in, %in_1 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %4 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %21 = arith.mulf %in, %in_1 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %21 = arith.mulf %in, %cst_0 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%7 : tensor<2x16x64xf32>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %21 = arith.addf %in, %out : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7, %6 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %21 = arith.mulf %in, %in_1 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%12 : tensor<2x16x64xf32>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %21 = arith.addf %in, %out : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %13 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %21 = arith.mulf %in, %in_1 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %11 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %21 = arith.subf %in, %in_1 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15, %14 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %21 = arith.subf %in, %in_1 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg3 : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %21 = arith.divf %in, %cst_0 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x1xf32>
  %18 = linalg.generic {indexing_maps = [#map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17, %16 : tensor<2x16x1xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %21 = arith.mulf %in, %in_1 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %19 = tensor.empty() : tensor<2x16x64xf16>
  %20 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18 : tensor<2x16x64xf32>) outs(%19 : tensor<2x16x64xf16>) {
  ^bb0(%in: f32, %out: f16):
    %21 = arith.truncf %in : f32 to f16
    linalg.yield %21 : f16
  } -> tensor<2x16x64xf16>
  return %20 : tensor<2x16x64xf16>
}
