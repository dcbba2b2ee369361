// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// What jax.vjp and jax.grad make of normalizations.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map3 = affine_map<() -> ()>
#map4 = affine_map<(d0, d1, d2) -> ()>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map7 = affine_map<(d0, d1, d2, d3, d4) -> (d3, d4, d0, d1, d2)>
#map8 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2)>
#map9 = affine_map<(d0, d1, d2) -> (d1, d2, d0)>
#map10 = affine_map<(d0, d1, d2) -> (d0)>
#map11 = affine_map<(d0, d1, d2) -> (d2)>
#map12 = affine_map<(d0, d1, d2, d3) -> (d1, d2, d3, d0)>
#map13 = affine_map<(d0, d1, d2, d3) -> (d0)>
#map14 = affine_map<(d0) -> (d0)>
#map15 = affine_map<(d0, d1, d2, d3) -> (d3)>
#map16 = affine_map<(d0, d1, d2, d3) -> (0, 0, 0, d3)>
#map17 = affine_map<(d0) -> ()>

// Without scale and bias.
// CHECK-LABEL: func.func @jax_layer_norm_no_affine_vjp(
// CHECK: norm.layer_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input] outs(
func.func @jax_layer_norm_no_affine_vjp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant -5.000000e-01 : f32
  %cst_0 = arith.constant 9.99999974E-6 : f32
  %cst_1 = arith.constant 0x7FC00000 : f32
  %cst_2 = arith.constant 2.000000e+00 : f32
  %cst_3 = arith.constant 6.400000e+01 : f32
  %cst_4 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_4 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.addf %out, %in : f32
    linalg.yield %88 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %2 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.divf %in, %cst_3 : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %6 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %88 = arith.subf %in, %in_10 : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x64xf32>) outs(%9 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.mulf %in, %in : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x64xf32>
  %11 = tensor.empty() : tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x64xf32>) outs(%11 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.mulf %in, %cst_2 : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x64xf32>
  %13 = tensor.empty() : tensor<f32>
  %14 = linalg.generic {indexing_maps = [#map3], iterator_types = []} outs(%13 : tensor<f32>) {
  ^bb0(%out: f32):
    linalg.yield %cst_4 : f32
  } -> tensor<f32>
  %15 = tensor.empty() : tensor<f32>
  %16 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = []} ins(%14 : tensor<f32>) outs(%15 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.subf %cst_3, %in : f32
    linalg.yield %88 : f32
  } -> tensor<f32>
  %17 = tensor.empty() : tensor<2x16xf32>
  %18 = linalg.fill ins(%cst_4 : f32) outs(%17 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%10 : tensor<2x16x64xf32>) outs(%18 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.addf %out, %in : f32
    linalg.yield %88 : f32
  } -> tensor<2x16xf32>
  %expanded_5 = tensor.expand_shape %19 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %20 = tensor.empty() : tensor<2x16x1xf32>
  %21 = linalg.generic {indexing_maps = [#map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<f32>) outs(%20 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x1xf32>
  %22 = tensor.empty() : tensor<2x16x1xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_5, %21 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%22 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %88 = arith.divf %in, %in_10 : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x1xf32>
  %24 = tensor.empty() : tensor<i1>
  %25 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = []} ins(%16 : tensor<f32>) outs(%24 : tensor<i1>) {
  ^bb0(%in: f32, %out: i1):
    %88 = arith.cmpf ogt, %in, %cst_4 : f32
    linalg.yield %88 : i1
  } -> tensor<i1>
  %26 = tensor.empty() : tensor<2x16x1xf32>
  %extracted = tensor.extract %25[] : tensor<i1>
  %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23 : tensor<2x16x1xf32>) outs(%26 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.select %extracted, %in, %cst_1 : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x1xf32>
  %28 = tensor.empty() : tensor<2x16x1xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27 : tensor<2x16x1xf32>) outs(%28 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.addf %in, %cst_0 : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x1xf32>
  %30 = tensor.empty() : tensor<2x16x1xf32>
  %31 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<2x16x1xf32>) outs(%30 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = math.rsqrt %in : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x1xf32>
  %32 = tensor.empty() : tensor<2x16x1xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%31, %29 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%32 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %88 = arith.divf %in, %in_10 : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x1xf32>
  %34 = tensor.empty() : tensor<2x16x1xf32>
  %35 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33 : tensor<2x16x1xf32>) outs(%34 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.mulf %in, %cst : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x1xf32>
  %36 = tensor.empty() : tensor<2x16x64xf32>
  %37 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %arg0 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%36 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %88 = arith.mulf %in, %in_10 : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x64xf32>
  %38 = tensor.empty() : tensor<2x16xf32>
  %39 = linalg.fill ins(%cst_4 : f32) outs(%38 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %40 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%37 : tensor<2x16x64xf32>) outs(%39 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.addf %out, %in : f32
    linalg.yield %88 : f32
  } -> tensor<2x16xf32>
  %expanded_6 = tensor.expand_shape %40 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %41 = tensor.empty() : tensor<2x16x64xf32>
  %42 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%31 : tensor<2x16x1xf32>) outs(%41 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %43 = tensor.empty() : tensor<2x16x64xf32>
  %44 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %42 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%43 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %88 = arith.mulf %in, %in_10 : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x64xf32>
  %45 = tensor.empty() : tensor<2x16x1xf32>
  %46 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_6, %35 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%45 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %88 = arith.mulf %in, %in_10 : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x1xf32>
  %47 = tensor.empty() : tensor<2x16x1xf32>
  %extracted_7 = tensor.extract %25[] : tensor<i1>
  %48 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%46 : tensor<2x16x1xf32>) outs(%47 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.select %extracted_7, %in, %cst_4 : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x1xf32>
  %49 = tensor.empty() : tensor<2x16x1xf32>
  %50 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%48, %21 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%49 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %88 = arith.divf %in, %in_10 : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x1xf32>
  %51 = tensor.empty() : tensor<2x16xf32>
  %52 = linalg.fill ins(%cst_4 : f32) outs(%51 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %53 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%50 : tensor<2x16x1xf32>) outs(%52 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.addf %out, %in : f32
    linalg.yield %88 : f32
  } -> tensor<2x16xf32>
  %54 = tensor.empty() : tensor<2x16x64xf32>
  %55 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%53 : tensor<2x16xf32>) outs(%54 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %56 = tensor.empty() : tensor<2x16x64xf32>
  %57 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%55, %12 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%56 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %88 = arith.mulf %in, %in_10 : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x64xf32>
  %58 = tensor.empty() : tensor<2x16x64xf32>
  %59 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%57 : tensor<2x16x64xf32>) outs(%58 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.negf %in : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x64xf32>
  %60 = tensor.empty() : tensor<2x16xf32>
  %61 = linalg.fill ins(%cst_4 : f32) outs(%60 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %62 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%59 : tensor<2x16x64xf32>) outs(%61 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.addf %out, %in : f32
    linalg.yield %88 : f32
  } -> tensor<2x16xf32>
  %expanded_8 = tensor.expand_shape %62 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %63 = tensor.empty() : tensor<2x16x1xf32>
  %64 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_8 : tensor<2x16x1xf32>) outs(%63 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.divf %in, %cst_3 : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x1xf32>
  %65 = tensor.empty() : tensor<2x16xf32>
  %66 = linalg.fill ins(%cst_4 : f32) outs(%65 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %67 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%64 : tensor<2x16x1xf32>) outs(%66 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.addf %out, %in : f32
    linalg.yield %88 : f32
  } -> tensor<2x16xf32>
  %68 = tensor.empty() : tensor<2x16x64xf32>
  %69 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%67 : tensor<2x16xf32>) outs(%68 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %70 = tensor.empty() : tensor<2x16x64xf32>
  %71 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%57, %69 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%70 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %88 = arith.addf %in, %in_10 : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x64xf32>
  %72 = tensor.empty() : tensor<2x16x64xf32>
  %73 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%44 : tensor<2x16x64xf32>) outs(%72 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.negf %in : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x64xf32>
  %74 = tensor.empty() : tensor<2x16xf32>
  %75 = linalg.fill ins(%cst_4 : f32) outs(%74 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %76 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%73 : tensor<2x16x64xf32>) outs(%75 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.addf %out, %in : f32
    linalg.yield %88 : f32
  } -> tensor<2x16xf32>
  %expanded_9 = tensor.expand_shape %76 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %77 = tensor.empty() : tensor<2x16x64xf32>
  %78 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%71, %44 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%77 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %88 = arith.addf %in, %in_10 : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x64xf32>
  %79 = tensor.empty() : tensor<2x16x1xf32>
  %80 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_9 : tensor<2x16x1xf32>) outs(%79 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.divf %in, %cst_3 : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x1xf32>
  %81 = tensor.empty() : tensor<2x16xf32>
  %82 = linalg.fill ins(%cst_4 : f32) outs(%81 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %83 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%80 : tensor<2x16x1xf32>) outs(%82 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %88 = arith.addf %out, %in : f32
    linalg.yield %88 : f32
  } -> tensor<2x16xf32>
  %84 = tensor.empty() : tensor<2x16x64xf32>
  %85 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%83 : tensor<2x16xf32>) outs(%84 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %86 = tensor.empty() : tensor<2x16x64xf32>
  %87 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%78, %85 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%86 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %88 = arith.addf %in, %in_10 : f32
    linalg.yield %88 : f32
  } -> tensor<2x16x64xf32>
  return %87 : tensor<2x16x64xf32>
}

// The first one after fusion of elementwise ops.
// CHECK-LABEL: func.func @jax_layer_norm_fused_vjp(
// CHECK: norm.layer_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input, scale, bias] outs(
func.func @jax_layer_norm_fused_vjp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xf32>, tensor<64xf32>, tensor<64xf32>) {
  %cst = arith.constant -5.000000e-01 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %cst_1 = arith.constant 2.000000e+00 : f32
  %cst_2 = arith.constant 6.400000e+01 : f32
  %cst_3 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %expanded = tensor.expand_shape %0 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %1 = linalg.fill ins(%cst_3 : f32) outs(%expanded : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %expanded_4 = tensor.expand_shape %arg1 [[0], [1, 2], [3]] output_shape [2, 16, 1, 64] : tensor<2x16x64xf32> into tensor<2x16x1x64xf32>
  %2 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%expanded_4 : tensor<2x16x1x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.addf %out, %in : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x64xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %2 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%3 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %27 = arith.divf %in_13, %cst_2 : f32
    %28 = arith.subf %in, %27 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %expanded_5 = tensor.expand_shape %4 [[0], [1, 2], [3]] output_shape [2, 16, 1, 64] : tensor<2x16x64xf32> into tensor<2x16x1x64xf32>
  %5 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%expanded_5 : tensor<2x16x1x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.mulf %in, %in : f32
    %28 = arith.addf %out, %27 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x1xf32>
  %6 = tensor.empty() : tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x1xf32>) outs(%6 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.divf %in, %cst_2 : f32
    %28 = arith.addf %27, %cst_0 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%6 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = math.rsqrt %in : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %10 = tensor.empty() : tensor<64xf32>
  %expanded_6 = tensor.expand_shape %10 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %11 = linalg.fill ins(%cst_3 : f32) outs(%expanded_6 : tensor<1x1x64xf32>) -> tensor<1x1x64xf32>
  %expanded_7 = tensor.expand_shape %arg0 [[0], [1], [2, 3, 4]] output_shape [2, 16, 1, 1, 64] : tensor<2x16x64xf32> into tensor<2x16x1x1x64xf32>
  %12 = linalg.generic {indexing_maps = [#map7, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%expanded_7 : tensor<2x16x1x1x64xf32>) outs(%11 : tensor<1x1x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.addf %out, %in : f32
    linalg.yield %27 : f32
  } -> tensor<1x1x64xf32>
  %13 = linalg.fill ins(%cst_3 : f32) outs(%10 : tensor<64xf32>) -> tensor<64xf32>
  %14 = linalg.generic {indexing_maps = [#map9, #map10], iterator_types = ["parallel", "reduction", "reduction"]} ins(%12 : tensor<1x1x64xf32>) outs(%13 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.addf %out, %in : f32
    linalg.yield %27 : f32
  } -> tensor<64xf32>
  %expanded_8 = tensor.expand_shape %4 [[0], [1], [2, 3, 4]] output_shape [2, 16, 1, 1, 64] : tensor<2x16x64xf32> into tensor<2x16x1x1x64xf32>
  %expanded_9 = tensor.expand_shape %9 [[0], [1], [2, 3, 4]] output_shape [2, 16, 1, 1, 64] : tensor<2x16x64xf32> into tensor<2x16x1x1x64xf32>
  %15 = linalg.generic {indexing_maps = [#map7, #map7, #map7, #map8], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%expanded_8, %expanded_9, %expanded_7 : tensor<2x16x1x1x64xf32>, tensor<2x16x1x1x64xf32>, tensor<2x16x1x1x64xf32>) outs(%11 : tensor<1x1x64xf32>) {
  ^bb0(%in: f32, %in_13: f32, %in_14: f32, %out: f32):
    %27 = arith.mulf %in, %in_13 : f32
    %28 = arith.mulf %27, %in_14 : f32
    %29 = arith.addf %out, %28 : f32
    linalg.yield %29 : f32
  } -> tensor<1x1x64xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map11, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg2 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%3 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %27 = arith.mulf %in, %in_13 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %17 = linalg.generic {indexing_maps = [#map9, #map10], iterator_types = ["parallel", "reduction", "reduction"]} ins(%15 : tensor<1x1x64xf32>) outs(%13 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.addf %out, %in : f32
    linalg.yield %27 : f32
  } -> tensor<64xf32>
  %expanded_10 = tensor.expand_shape %16 [[0], [1, 2], [3]] output_shape [2, 16, 1, 64] : tensor<2x16x64xf32> into tensor<2x16x1x64xf32>
  %18 = linalg.generic {indexing_maps = [#map5, #map5, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%expanded_5, %expanded_10 : tensor<2x16x1x64xf32>, tensor<2x16x1x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %27 = arith.mulf %in, %in_13 : f32
    %28 = arith.addf %out, %27 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16, %9 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%3 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %27 = arith.mulf %in, %in_13 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %expanded_11 = tensor.expand_shape %19 [[0], [1, 2], [3]] output_shape [2, 16, 1, 64] : tensor<2x16x64xf32> into tensor<2x16x1x64xf32>
  %20 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%expanded_11 : tensor<2x16x1x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.negf %in : f32
    %28 = arith.addf %out, %27 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x1xf32>
  %21 = linalg.fill ins(%cst_3 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map, #map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%18, %8, %7 : tensor<2x16x1xf32>, tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%21 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %in_13: f32, %in_14: f32, %out: f32):
    %27 = arith.divf %in_13, %in_14 : f32
    %28 = arith.mulf %27, %cst : f32
    %29 = arith.mulf %in, %28 : f32
    %30 = arith.divf %29, %cst_2 : f32
    %31 = arith.addf %out, %30 : f32
    linalg.yield %31 : f32
  } -> tensor<2x16xf32>
  %23 = linalg.generic {indexing_maps = [#map1, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22, %4 : tensor<2x16xf32>, tensor<2x16x64xf32>) outs(%3 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %27 = arith.mulf %in_13, %cst_1 : f32
    %28 = arith.mulf %in, %27 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %expanded_12 = tensor.expand_shape %23 [[0], [1, 2], [3]] output_shape [2, 16, 1, 64] : tensor<2x16x64xf32> into tensor<2x16x1x64xf32>
  %24 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%expanded_12 : tensor<2x16x1x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.negf %in : f32
    %28 = arith.addf %out, %27 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x1xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%20, %24 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%21 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %27 = arith.addf %in, %in_13 : f32
    %28 = arith.divf %27, %cst_2 : f32
    %29 = arith.addf %out, %28 : f32
    linalg.yield %29 : f32
  } -> tensor<2x16xf32>
  %26 = linalg.generic {indexing_maps = [#map, #map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %23, %25 : tensor<2x16x64xf32>, tensor<2x16x64xf32>, tensor<2x16xf32>) outs(%3 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_13: f32, %in_14: f32, %out: f32):
    %27 = arith.addf %in, %in_13 : f32
    %28 = arith.addf %27, %in_14 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  return %26, %17, %14 : tensor<2x16x64xf32>, tensor<64xf32>, tensor<64xf32>
}

// Batch norm in training, channels last.
// CHECK-LABEL: func.func @jax_batch_norm_vjp(
// CHECK: norm.batch_norm_backward {{.*}}layout = channels_last {{.*}}gradients = [input, scale, bias] outs(
func.func @jax_batch_norm_vjp(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<4x14x14x32xf32>, %arg2: tensor<32xf32>) -> (tensor<4x14x14x32xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant -5.000000e-01 : f32
  %cst_0 = arith.constant 9.99999974E-6 : f32
  %cst_1 = arith.constant 0x7FC00000 : f32
  %cst_2 = arith.constant 2.000000e+00 : f32
  %cst_3 = arith.constant 7.840000e+02 : f32
  %cst_4 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.fill ins(%cst_4 : f32) outs(%0 : tensor<32xf32>) -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map12, #map13], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%arg1 : tensor<4x14x14x32xf32>) outs(%1 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %3 = tensor.empty() : tensor<32xf32>
  %4 = linalg.generic {indexing_maps = [#map14, #map14], iterator_types = ["parallel"]} ins(%2 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.divf %in, %cst_3 : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %5 = tensor.empty() : tensor<4x14x14x32xf32>
  %6 = linalg.generic {indexing_maps = [#map15, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4 : tensor<32xf32>) outs(%5 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %7 = tensor.empty() : tensor<4x14x14x32xf32>
  %8 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %6 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%7 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %116 = arith.subf %in, %in_10 : f32
    linalg.yield %116 : f32
  } -> tensor<4x14x14x32xf32>
  %9 = tensor.empty() : tensor<1x1x1x32xf32>
  %10 = linalg.generic {indexing_maps = [#map15, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<32xf32>) outs(%9 : tensor<1x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<1x1x1x32xf32>
  %11 = tensor.empty() : tensor<1x1x1x32xf32>
  %12 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<1x1x1x32xf32>) outs(%11 : tensor<1x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.divf %in, %cst_3 : f32
    linalg.yield %116 : f32
  } -> tensor<1x1x1x32xf32>
  %13 = tensor.empty() : tensor<4x14x14x32xf32>
  %14 = linalg.generic {indexing_maps = [#map16, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12 : tensor<1x1x1x32xf32>) outs(%13 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %15 = tensor.empty() : tensor<4x14x14x32xf32>
  %16 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %14 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%15 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %116 = arith.subf %in, %in_10 : f32
    linalg.yield %116 : f32
  } -> tensor<4x14x14x32xf32>
  %17 = tensor.empty() : tensor<4x14x14x32xf32>
  %18 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16 : tensor<4x14x14x32xf32>) outs(%17 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.mulf %in, %in : f32
    linalg.yield %116 : f32
  } -> tensor<4x14x14x32xf32>
  %19 = tensor.empty() : tensor<4x14x14x32xf32>
  %20 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16 : tensor<4x14x14x32xf32>) outs(%19 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.mulf %in, %cst_2 : f32
    linalg.yield %116 : f32
  } -> tensor<4x14x14x32xf32>
  %21 = tensor.empty() : tensor<f32>
  %22 = linalg.generic {indexing_maps = [#map3], iterator_types = []} outs(%21 : tensor<f32>) {
  ^bb0(%out: f32):
    linalg.yield %cst_4 : f32
  } -> tensor<f32>
  %23 = tensor.empty() : tensor<f32>
  %24 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = []} ins(%22 : tensor<f32>) outs(%23 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.subf %cst_3, %in : f32
    linalg.yield %116 : f32
  } -> tensor<f32>
  %25 = tensor.empty() : tensor<32xf32>
  %26 = linalg.fill ins(%cst_4 : f32) outs(%25 : tensor<32xf32>) -> tensor<32xf32>
  %27 = linalg.generic {indexing_maps = [#map12, #map13], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%18 : tensor<4x14x14x32xf32>) outs(%26 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %28 = tensor.empty() : tensor<32xf32>
  %29 = linalg.generic {indexing_maps = [#map17, #map14], iterator_types = ["parallel"]} ins(%24 : tensor<f32>) outs(%28 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<32xf32>
  %30 = tensor.empty() : tensor<32xf32>
  %31 = linalg.generic {indexing_maps = [#map14, #map14, #map14], iterator_types = ["parallel"]} ins(%27, %29 : tensor<32xf32>, tensor<32xf32>) outs(%30 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %116 = arith.divf %in, %in_10 : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %32 = tensor.empty() : tensor<i1>
  %33 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = []} ins(%24 : tensor<f32>) outs(%32 : tensor<i1>) {
  ^bb0(%in: f32, %out: i1):
    %116 = arith.cmpf ogt, %in, %cst_4 : f32
    linalg.yield %116 : i1
  } -> tensor<i1>
  %34 = tensor.empty() : tensor<32xf32>
  %extracted = tensor.extract %33[] : tensor<i1>
  %35 = linalg.generic {indexing_maps = [#map14, #map14], iterator_types = ["parallel"]} ins(%31 : tensor<32xf32>) outs(%34 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.select %extracted, %in, %cst_1 : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %36 = tensor.empty() : tensor<32xf32>
  %37 = linalg.generic {indexing_maps = [#map14, #map14], iterator_types = ["parallel"]} ins(%35 : tensor<32xf32>) outs(%36 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %in, %cst_0 : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %38 = tensor.empty() : tensor<32xf32>
  %39 = linalg.generic {indexing_maps = [#map14, #map14], iterator_types = ["parallel"]} ins(%37 : tensor<32xf32>) outs(%38 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = math.rsqrt %in : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %40 = tensor.empty() : tensor<32xf32>
  %41 = linalg.generic {indexing_maps = [#map14, #map14, #map14], iterator_types = ["parallel"]} ins(%39, %37 : tensor<32xf32>, tensor<32xf32>) outs(%40 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %116 = arith.divf %in, %in_10 : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %42 = tensor.empty() : tensor<32xf32>
  %43 = linalg.generic {indexing_maps = [#map14, #map14], iterator_types = ["parallel"]} ins(%41 : tensor<32xf32>) outs(%42 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.mulf %in, %cst : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %44 = tensor.empty() : tensor<4x14x14x32xf32>
  %45 = linalg.generic {indexing_maps = [#map15, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%39 : tensor<32xf32>) outs(%44 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %46 = tensor.empty() : tensor<4x14x14x32xf32>
  %47 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8, %45 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%46 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %116 = arith.mulf %in, %in_10 : f32
    linalg.yield %116 : f32
  } -> tensor<4x14x14x32xf32>
  %48 = tensor.empty() : tensor<32xf32>
  %49 = linalg.fill ins(%cst_4 : f32) outs(%48 : tensor<32xf32>) -> tensor<32xf32>
  %50 = linalg.generic {indexing_maps = [#map12, #map13], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%arg0 : tensor<4x14x14x32xf32>) outs(%49 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %50 [[0, 1, 2, 3]] output_shape [1, 1, 1, 32] : tensor<32xf32> into tensor<1x1x1x32xf32>
  %51 = tensor.empty() : tensor<32xf32>
  %52 = linalg.fill ins(%cst_4 : f32) outs(%51 : tensor<32xf32>) -> tensor<32xf32>
  %53 = linalg.generic {indexing_maps = [#map12, #map13], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%expanded : tensor<1x1x1x32xf32>) outs(%52 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %54 = tensor.empty() : tensor<4x14x14x32xf32>
  %55 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%47, %arg0 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%54 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %116 = arith.mulf %in, %in_10 : f32
    linalg.yield %116 : f32
  } -> tensor<4x14x14x32xf32>
  %56 = tensor.empty() : tensor<32xf32>
  %57 = linalg.fill ins(%cst_4 : f32) outs(%56 : tensor<32xf32>) -> tensor<32xf32>
  %58 = linalg.generic {indexing_maps = [#map12, #map13], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%55 : tensor<4x14x14x32xf32>) outs(%57 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %expanded_5 = tensor.expand_shape %58 [[0, 1, 2, 3]] output_shape [1, 1, 1, 32] : tensor<32xf32> into tensor<1x1x1x32xf32>
  %59 = tensor.empty() : tensor<4x14x14x32xf32>
  %60 = linalg.generic {indexing_maps = [#map15, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2 : tensor<32xf32>) outs(%59 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %61 = tensor.empty() : tensor<4x14x14x32xf32>
  %62 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %60 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%61 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %116 = arith.mulf %in, %in_10 : f32
    linalg.yield %116 : f32
  } -> tensor<4x14x14x32xf32>
  %63 = tensor.empty() : tensor<32xf32>
  %64 = linalg.fill ins(%cst_4 : f32) outs(%63 : tensor<32xf32>) -> tensor<32xf32>
  %65 = linalg.generic {indexing_maps = [#map12, #map13], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%expanded_5 : tensor<1x1x1x32xf32>) outs(%64 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %66 = tensor.empty() : tensor<4x14x14x32xf32>
  %67 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8, %62 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%66 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %116 = arith.mulf %in, %in_10 : f32
    linalg.yield %116 : f32
  } -> tensor<4x14x14x32xf32>
  %68 = tensor.empty() : tensor<32xf32>
  %69 = linalg.fill ins(%cst_4 : f32) outs(%68 : tensor<32xf32>) -> tensor<32xf32>
  %70 = linalg.generic {indexing_maps = [#map12, #map13], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%67 : tensor<4x14x14x32xf32>) outs(%69 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %expanded_6 = tensor.expand_shape %70 [[0, 1, 2, 3]] output_shape [1, 1, 1, 32] : tensor<32xf32> into tensor<1x1x1x32xf32>
  %71 = tensor.empty() : tensor<4x14x14x32xf32>
  %72 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%62, %45 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%71 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %116 = arith.mulf %in, %in_10 : f32
    linalg.yield %116 : f32
  } -> tensor<4x14x14x32xf32>
  %73 = tensor.empty() : tensor<32xf32>
  %74 = linalg.fill ins(%cst_4 : f32) outs(%73 : tensor<32xf32>) -> tensor<32xf32>
  %75 = linalg.generic {indexing_maps = [#map12, #map13], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%expanded_6 : tensor<1x1x1x32xf32>) outs(%74 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %76 = tensor.empty() : tensor<32xf32>
  %77 = linalg.generic {indexing_maps = [#map14, #map14, #map14], iterator_types = ["parallel"]} ins(%75, %43 : tensor<32xf32>, tensor<32xf32>) outs(%76 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %116 = arith.mulf %in, %in_10 : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %78 = tensor.empty() : tensor<32xf32>
  %extracted_7 = tensor.extract %33[] : tensor<i1>
  %79 = linalg.generic {indexing_maps = [#map14, #map14], iterator_types = ["parallel"]} ins(%77 : tensor<32xf32>) outs(%78 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.select %extracted_7, %in, %cst_4 : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %80 = tensor.empty() : tensor<32xf32>
  %81 = linalg.generic {indexing_maps = [#map14, #map14, #map14], iterator_types = ["parallel"]} ins(%79, %29 : tensor<32xf32>, tensor<32xf32>) outs(%80 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %116 = arith.divf %in, %in_10 : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %82 = tensor.empty() : tensor<4x14x14x32xf32>
  %83 = linalg.generic {indexing_maps = [#map15, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%81 : tensor<32xf32>) outs(%82 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %84 = tensor.empty() : tensor<4x14x14x32xf32>
  %85 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%83, %20 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%84 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %116 = arith.mulf %in, %in_10 : f32
    linalg.yield %116 : f32
  } -> tensor<4x14x14x32xf32>
  %86 = tensor.empty() : tensor<4x14x14x32xf32>
  %87 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%85 : tensor<4x14x14x32xf32>) outs(%86 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.negf %in : f32
    linalg.yield %116 : f32
  } -> tensor<4x14x14x32xf32>
  %88 = tensor.empty() : tensor<32xf32>
  %89 = linalg.fill ins(%cst_4 : f32) outs(%88 : tensor<32xf32>) -> tensor<32xf32>
  %90 = linalg.generic {indexing_maps = [#map12, #map13], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%87 : tensor<4x14x14x32xf32>) outs(%89 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %expanded_8 = tensor.expand_shape %90 [[0, 1, 2, 3]] output_shape [1, 1, 1, 32] : tensor<32xf32> into tensor<1x1x1x32xf32>
  %91 = tensor.empty() : tensor<1x1x1x32xf32>
  %92 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_8 : tensor<1x1x1x32xf32>) outs(%91 : tensor<1x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.divf %in, %cst_3 : f32
    linalg.yield %116 : f32
  } -> tensor<1x1x1x32xf32>
  %93 = tensor.empty() : tensor<32xf32>
  %94 = linalg.fill ins(%cst_4 : f32) outs(%93 : tensor<32xf32>) -> tensor<32xf32>
  %95 = linalg.generic {indexing_maps = [#map12, #map13], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%92 : tensor<1x1x1x32xf32>) outs(%94 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %96 = tensor.empty() : tensor<4x14x14x32xf32>
  %97 = linalg.generic {indexing_maps = [#map15, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%95 : tensor<32xf32>) outs(%96 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %98 = tensor.empty() : tensor<4x14x14x32xf32>
  %99 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%85, %97 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%98 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %116 = arith.addf %in, %in_10 : f32
    linalg.yield %116 : f32
  } -> tensor<4x14x14x32xf32>
  %100 = tensor.empty() : tensor<4x14x14x32xf32>
  %101 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%72 : tensor<4x14x14x32xf32>) outs(%100 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.negf %in : f32
    linalg.yield %116 : f32
  } -> tensor<4x14x14x32xf32>
  %102 = tensor.empty() : tensor<32xf32>
  %103 = linalg.fill ins(%cst_4 : f32) outs(%102 : tensor<32xf32>) -> tensor<32xf32>
  %104 = linalg.generic {indexing_maps = [#map12, #map13], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%101 : tensor<4x14x14x32xf32>) outs(%103 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %expanded_9 = tensor.expand_shape %104 [[0, 1, 2, 3]] output_shape [1, 1, 1, 32] : tensor<32xf32> into tensor<1x1x1x32xf32>
  %105 = tensor.empty() : tensor<4x14x14x32xf32>
  %106 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%99, %72 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%105 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %116 = arith.addf %in, %in_10 : f32
    linalg.yield %116 : f32
  } -> tensor<4x14x14x32xf32>
  %107 = tensor.empty() : tensor<32xf32>
  %108 = linalg.fill ins(%cst_4 : f32) outs(%107 : tensor<32xf32>) -> tensor<32xf32>
  %109 = linalg.generic {indexing_maps = [#map12, #map13], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%expanded_9 : tensor<1x1x1x32xf32>) outs(%108 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.addf %out, %in : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %110 = tensor.empty() : tensor<32xf32>
  %111 = linalg.generic {indexing_maps = [#map14, #map14], iterator_types = ["parallel"]} ins(%109 : tensor<32xf32>) outs(%110 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %116 = arith.divf %in, %cst_3 : f32
    linalg.yield %116 : f32
  } -> tensor<32xf32>
  %112 = tensor.empty() : tensor<4x14x14x32xf32>
  %113 = linalg.generic {indexing_maps = [#map15, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%111 : tensor<32xf32>) outs(%112 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x14x14x32xf32>
  %114 = tensor.empty() : tensor<4x14x14x32xf32>
  %115 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%106, %113 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%114 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %116 = arith.addf %in, %in_10 : f32
    linalg.yield %116 : f32
  } -> tensor<4x14x14x32xf32>
  return %115, %65, %53 : tensor<4x14x14x32xf32>, tensor<32xf32>, tensor<32xf32>
}
