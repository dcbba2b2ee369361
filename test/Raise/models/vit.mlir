// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Fragments of ViT (epsilon 1e-6).

#map = affine_map<(d0, d1, d2) -> (d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map2 = affine_map<(d0, d1, d2) -> (0, d1, d2)>
#map3 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map4 = affine_map<(d0, d1, d2) -> (d2)>
#map5 = affine_map<(d0, d1) -> (d1)>
#map6 = affine_map<(d0, d1) -> (d0, d1)>
#map7 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map8 = affine_map<(d0, d1, d2) -> (d0, d2)>
#map9 = affine_map<(d0, d1) -> (d0, 0)>

// Patches to tokens, class token, positions, the first norm.
// CHECK-LABEL: func.func @vit_tokens(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
func.func @vit_tokens(%arg0: tensor<2x64x4x4xf32>, %arg1: tensor<1x1x64xf32>, %arg2: tensor<1x17x64xf32>, %arg3: tensor<64xf32>, %arg4: tensor<64xf32>) -> tensor<2x17x64xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 9.9999999999999995E-7 : f64
  %cst_2 = arith.constant 6.400000e+01 : f64
  %cst_3 = arith.constant 6.400000e+01 : f32
  %collapsed = tensor.collapse_shape %arg0 [[0], [1], [2, 3]] : tensor<2x64x4x4xf32> into tensor<2x64x16xf32>
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %transposed = linalg.transpose ins(%collapsed : tensor<2x64x16xf32>) outs(%0 : tensor<2x16x64xf32>) permutation = [0, 2, 1]
  %1 = tensor.empty() : tensor<2x1x64xf32>
  %collapsed_4 = tensor.collapse_shape %arg1 [[0, 1], [2]] : tensor<1x1x64xf32> into tensor<1x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_4 : tensor<1x64xf32>) outs(%1 : tensor<2x1x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x1x64xf32>
  %concat = tensor.concat dim(1) %2, %transposed : (tensor<2x1x64xf32>, tensor<2x16x64xf32>) -> tensor<2x17x64xf32>
  %3 = tensor.empty() : tensor<2x17x64xf32>
  %4 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%concat, %arg2 : tensor<2x17x64xf32>, tensor<1x17x64xf32>) outs(%3 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.addf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x17x64xf32>
  %5 = tensor.empty() : tensor<2x17x64xf64>
  %6 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x17x64xf32>) outs(%5 : tensor<2x17x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %26 = arith.extf %in : f32 to f64
    linalg.yield %26 : f64
  } -> tensor<2x17x64xf64>
  %7 = tensor.empty() : tensor<2x17x1xf64>
  %8 = linalg.fill ins(%cst : f64) outs(%7 : tensor<2x17x1xf64>) -> tensor<2x17x1xf64>
  %9 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "reduction"]} ins(%6 : tensor<2x17x64xf64>) outs(%8 : tensor<2x17x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %26 = arith.addf %in, %out : f64
    linalg.yield %26 : f64
  } -> tensor<2x17x1xf64>
  %10 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x17x1xf64>) outs(%7 : tensor<2x17x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %26 = arith.divf %in, %cst_2 : f64
    linalg.yield %26 : f64
  } -> tensor<2x17x1xf64>
  %11 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %10 : tensor<2x17x64xf64>, tensor<2x17x1xf64>) outs(%5 : tensor<2x17x64xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %26 = arith.subf %in, %in_5 : f64
    linalg.yield %26 : f64
  } -> tensor<2x17x64xf64>
  %12 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11, %11 : tensor<2x17x64xf64>, tensor<2x17x64xf64>) outs(%5 : tensor<2x17x64xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %26 = arith.mulf %in, %in_5 : f64
    linalg.yield %26 : f64
  } -> tensor<2x17x64xf64>
  %13 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "reduction"]} ins(%12 : tensor<2x17x64xf64>) outs(%8 : tensor<2x17x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %26 = arith.addf %in, %out : f64
    linalg.yield %26 : f64
  } -> tensor<2x17x1xf64>
  %14 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x17x1xf64>) outs(%7 : tensor<2x17x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %26 = arith.divf %in, %cst_2 : f64
    linalg.yield %26 : f64
  } -> tensor<2x17x1xf64>
  %15 = tensor.empty() : tensor<2x17x1xf32>
  %16 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x17x1xf64>) outs(%15 : tensor<2x17x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %26 = arith.truncf %in : f64 to f32
    linalg.yield %26 : f32
  } -> tensor<2x17x1xf32>
  %17 = linalg.fill ins(%cst_0 : f32) outs(%15 : tensor<2x17x1xf32>) -> tensor<2x17x1xf32>
  %18 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "reduction"]} ins(%4 : tensor<2x17x64xf32>) outs(%17 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.addf %in, %out : f32
    linalg.yield %26 : f32
  } -> tensor<2x17x1xf32>
  %19 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18 : tensor<2x17x1xf32>) outs(%15 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.divf %in, %cst_3 : f32
    linalg.yield %26 : f32
  } -> tensor<2x17x1xf32>
  %20 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<2x17x1xf32>) outs(%15 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.truncf %cst_1 : f64 to f32
    %27 = arith.addf %in, %26 : f32
    linalg.yield %27 : f32
  } -> tensor<2x17x1xf32>
  %21 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<2x17x1xf32>) outs(%15 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = math.rsqrt %in : f32
    linalg.yield %26 : f32
  } -> tensor<2x17x1xf32>
  %22 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4, %19 : tensor<2x17x64xf32>, tensor<2x17x1xf32>) outs(%3 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.subf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x17x64xf32>
  %23 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22, %21 : tensor<2x17x64xf32>, tensor<2x17x1xf32>) outs(%3 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.mulf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x17x64xf32>
  %24 = linalg.generic {indexing_maps = [#map1, #map4, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23, %arg3 : tensor<2x17x64xf32>, tensor<64xf32>) outs(%3 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.mulf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x17x64xf32>
  %25 = linalg.generic {indexing_maps = [#map1, #map4, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%24, %arg4 : tensor<2x17x64xf32>, tensor<64xf32>) outs(%3 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.addf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x17x64xf32>
  return %25 : tensor<2x17x64xf32>
}

// Norm, dense, GELU.
// CHECK-LABEL: func.func @vit_mlp(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK: math.erf
func.func @vit_mlp(%arg0: tensor<2x17x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<128x64xf32>, %arg4: tensor<128xf32>) -> tensor<2x17x128xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e+00 : f32
  %cst_2 = arith.constant 5.000000e-01 : f32
  %cst_3 = arith.constant 9.9999999999999995E-7 : f64
  %cst_4 = arith.constant 6.400000e+01 : f64
  %cst_5 = arith.constant 6.400000e+01 : f32
  %cst_6 = arith.constant 1.41421354 : f32
  %0 = tensor.empty() : tensor<2x17x64xf64>
  %1 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x17x64xf32>) outs(%0 : tensor<2x17x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %30 = arith.extf %in : f32 to f64
    linalg.yield %30 : f64
  } -> tensor<2x17x64xf64>
  %2 = tensor.empty() : tensor<2x17x1xf64>
  %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<2x17x1xf64>) -> tensor<2x17x1xf64>
  %4 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x17x64xf64>) outs(%3 : tensor<2x17x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %30 = arith.addf %in, %out : f64
    linalg.yield %30 : f64
  } -> tensor<2x17x1xf64>
  %5 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x17x1xf64>) outs(%2 : tensor<2x17x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %30 = arith.divf %in, %cst_4 : f64
    linalg.yield %30 : f64
  } -> tensor<2x17x1xf64>
  %6 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %5 : tensor<2x17x64xf64>, tensor<2x17x1xf64>) outs(%0 : tensor<2x17x64xf64>) {
  ^bb0(%in: f64, %in_7: f64, %out: f64):
    %30 = arith.subf %in, %in_7 : f64
    linalg.yield %30 : f64
  } -> tensor<2x17x64xf64>
  %7 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %6 : tensor<2x17x64xf64>, tensor<2x17x64xf64>) outs(%0 : tensor<2x17x64xf64>) {
  ^bb0(%in: f64, %in_7: f64, %out: f64):
    %30 = arith.mulf %in, %in_7 : f64
    linalg.yield %30 : f64
  } -> tensor<2x17x64xf64>
  %8 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "reduction"]} ins(%7 : tensor<2x17x64xf64>) outs(%3 : tensor<2x17x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %30 = arith.addf %in, %out : f64
    linalg.yield %30 : f64
  } -> tensor<2x17x1xf64>
  %9 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x17x1xf64>) outs(%2 : tensor<2x17x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %30 = arith.divf %in, %cst_4 : f64
    linalg.yield %30 : f64
  } -> tensor<2x17x1xf64>
  %10 = tensor.empty() : tensor<2x17x1xf32>
  %11 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x17x1xf64>) outs(%10 : tensor<2x17x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %30 = arith.truncf %in : f64 to f32
    linalg.yield %30 : f32
  } -> tensor<2x17x1xf32>
  %12 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<2x17x1xf32>) -> tensor<2x17x1xf32>
  %13 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x17x64xf32>) outs(%12 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = arith.addf %in, %out : f32
    linalg.yield %30 : f32
  } -> tensor<2x17x1xf32>
  %14 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x17x1xf32>) outs(%10 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = arith.divf %in, %cst_5 : f32
    linalg.yield %30 : f32
  } -> tensor<2x17x1xf32>
  %15 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x17x1xf32>) outs(%10 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = arith.truncf %cst_3 : f64 to f32
    %31 = arith.addf %in, %30 : f32
    linalg.yield %31 : f32
  } -> tensor<2x17x1xf32>
  %16 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x17x1xf32>) outs(%10 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = math.rsqrt %in : f32
    linalg.yield %30 : f32
  } -> tensor<2x17x1xf32>
  %17 = tensor.empty() : tensor<2x17x64xf32>
  %18 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %14 : tensor<2x17x64xf32>, tensor<2x17x1xf32>) outs(%17 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %30 = arith.subf %in, %in_7 : f32
    linalg.yield %30 : f32
  } -> tensor<2x17x64xf32>
  %19 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<2x17x64xf32>, tensor<2x17x1xf32>) outs(%17 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %30 = arith.mulf %in, %in_7 : f32
    linalg.yield %30 : f32
  } -> tensor<2x17x64xf32>
  %20 = linalg.generic {indexing_maps = [#map1, #map4, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %arg1 : tensor<2x17x64xf32>, tensor<64xf32>) outs(%17 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %30 = arith.mulf %in, %in_7 : f32
    linalg.yield %30 : f32
  } -> tensor<2x17x64xf32>
  %21 = linalg.generic {indexing_maps = [#map1, #map4, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %arg2 : tensor<2x17x64xf32>, tensor<64xf32>) outs(%17 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %30 = arith.addf %in, %in_7 : f32
    linalg.yield %30 : f32
  } -> tensor<2x17x64xf32>
  %collapsed = tensor.collapse_shape %21 [[0, 1], [2]] : tensor<2x17x64xf32> into tensor<34x64xf32>
  %22 = tensor.empty() : tensor<64x128xf32>
  %transposed = linalg.transpose ins(%arg3 : tensor<128x64xf32>) outs(%22 : tensor<64x128xf32>) permutation = [1, 0]
  %23 = tensor.empty() : tensor<34x128xf32>
  %24 = linalg.fill ins(%cst_0 : f32) outs(%23 : tensor<34x128xf32>) -> tensor<34x128xf32>
  %25 = linalg.matmul ins(%collapsed, %transposed : tensor<34x64xf32>, tensor<64x128xf32>) outs(%24 : tensor<34x128xf32>) -> tensor<34x128xf32>
  %26 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel"]} ins(%arg4 : tensor<128xf32>) outs(%23 : tensor<34x128xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<34x128xf32>
  %27 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%25, %26 : tensor<34x128xf32>, tensor<34x128xf32>) outs(%23 : tensor<34x128xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %30 = arith.addf %in, %in_7 : f32
    linalg.yield %30 : f32
  } -> tensor<34x128xf32>
  %expanded = tensor.expand_shape %27 [[0, 1], [2]] output_shape [2, 17, 128] : tensor<34x128xf32> into tensor<2x17x128xf32>
  %28 = tensor.empty() : tensor<2x17x128xf32>
  %29 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x17x128xf32>) outs(%28 : tensor<2x17x128xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = arith.divf %in, %cst_6 : f32
    %31 = math.erf %30 : f32
    %32 = arith.addf %31, %cst_1 : f32
    %33 = arith.mulf %32, %cst_2 : f32
    %34 = arith.mulf %in, %33 : f32
    linalg.yield %34 : f32
  } -> tensor<2x17x128xf32>
  return %29 : tensor<2x17x128xf32>
}

// Layer scale, residual, norm: the scale of the branch is not that of the norm.
// CHECK-LABEL: func.func @vit_layer_scale(
// CHECK: arith.mulf
// CHECK: norm.layer_norm {{.*}}scale({{.*}}bias({{.*}}axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} {{.*}}outs(
func.func @vit_layer_scale(%arg0: tensor<2x17x64xf32>, %arg1: tensor<2x17x64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<64xf32>, %arg4: tensor<64xf32>) -> tensor<2x17x64xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 9.9999999999999995E-7 : f64
  %cst_2 = arith.constant 6.400000e+01 : f64
  %cst_3 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x17x64xf32>
  %1 = linalg.generic {indexing_maps = [#map1, #map4, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %arg2 : tensor<2x17x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %24 = arith.mulf %in, %in_4 : f32
    linalg.yield %24 : f32
  } -> tensor<2x17x64xf32>
  %2 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %1 : tensor<2x17x64xf32>, tensor<2x17x64xf32>) outs(%0 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %24 = arith.addf %in, %in_4 : f32
    linalg.yield %24 : f32
  } -> tensor<2x17x64xf32>
  %3 = tensor.empty() : tensor<2x17x64xf64>
  %4 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x17x64xf32>) outs(%3 : tensor<2x17x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %24 = arith.extf %in : f32 to f64
    linalg.yield %24 : f64
  } -> tensor<2x17x64xf64>
  %5 = tensor.empty() : tensor<2x17x1xf64>
  %6 = linalg.fill ins(%cst : f64) outs(%5 : tensor<2x17x1xf64>) -> tensor<2x17x1xf64>
  %7 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "reduction"]} ins(%4 : tensor<2x17x64xf64>) outs(%6 : tensor<2x17x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %24 = arith.addf %in, %out : f64
    linalg.yield %24 : f64
  } -> tensor<2x17x1xf64>
  %8 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x17x1xf64>) outs(%5 : tensor<2x17x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %24 = arith.divf %in, %cst_2 : f64
    linalg.yield %24 : f64
  } -> tensor<2x17x1xf64>
  %9 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4, %8 : tensor<2x17x64xf64>, tensor<2x17x1xf64>) outs(%3 : tensor<2x17x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %24 = arith.subf %in, %in_4 : f64
    linalg.yield %24 : f64
  } -> tensor<2x17x64xf64>
  %10 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9, %9 : tensor<2x17x64xf64>, tensor<2x17x64xf64>) outs(%3 : tensor<2x17x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %24 = arith.mulf %in, %in_4 : f64
    linalg.yield %24 : f64
  } -> tensor<2x17x64xf64>
  %11 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "reduction"]} ins(%10 : tensor<2x17x64xf64>) outs(%6 : tensor<2x17x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %24 = arith.addf %in, %out : f64
    linalg.yield %24 : f64
  } -> tensor<2x17x1xf64>
  %12 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x17x1xf64>) outs(%5 : tensor<2x17x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %24 = arith.divf %in, %cst_2 : f64
    linalg.yield %24 : f64
  } -> tensor<2x17x1xf64>
  %13 = tensor.empty() : tensor<2x17x1xf32>
  %14 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x17x1xf64>) outs(%13 : tensor<2x17x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %24 = arith.truncf %in : f64 to f32
    linalg.yield %24 : f32
  } -> tensor<2x17x1xf32>
  %15 = linalg.fill ins(%cst_0 : f32) outs(%13 : tensor<2x17x1xf32>) -> tensor<2x17x1xf32>
  %16 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2 : tensor<2x17x64xf32>) outs(%15 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.addf %in, %out : f32
    linalg.yield %24 : f32
  } -> tensor<2x17x1xf32>
  %17 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<2x17x1xf32>) outs(%13 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.divf %in, %cst_3 : f32
    linalg.yield %24 : f32
  } -> tensor<2x17x1xf32>
  %18 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x17x1xf32>) outs(%13 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.truncf %cst_1 : f64 to f32
    %25 = arith.addf %in, %24 : f32
    linalg.yield %25 : f32
  } -> tensor<2x17x1xf32>
  %19 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18 : tensor<2x17x1xf32>) outs(%13 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = math.rsqrt %in : f32
    linalg.yield %24 : f32
  } -> tensor<2x17x1xf32>
  %20 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2, %17 : tensor<2x17x64xf32>, tensor<2x17x1xf32>) outs(%0 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %24 = arith.subf %in, %in_4 : f32
    linalg.yield %24 : f32
  } -> tensor<2x17x64xf32>
  %21 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %19 : tensor<2x17x64xf32>, tensor<2x17x1xf32>) outs(%0 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %24 = arith.mulf %in, %in_4 : f32
    linalg.yield %24 : f32
  } -> tensor<2x17x64xf32>
  %22 = linalg.generic {indexing_maps = [#map1, #map4, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %arg3 : tensor<2x17x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %24 = arith.mulf %in, %in_4 : f32
    linalg.yield %24 : f32
  } -> tensor<2x17x64xf32>
  %23 = linalg.generic {indexing_maps = [#map1, #map4, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22, %arg4 : tensor<2x17x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %24 = arith.addf %in, %in_4 : f32
    linalg.yield %24 : f32
  } -> tensor<2x17x64xf32>
  return %23 : tensor<2x17x64xf32>
}

// The last norm, the class token, the classifier.
// CHECK-LABEL: func.func @vit_head(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK: tensor.extract_slice
func.func @vit_head(%arg0: tensor<2x17x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<10x64xf32>, %arg4: tensor<10xf32>) -> tensor<2x10xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 9.9999999999999995E-7 : f64
  %cst_2 = arith.constant 6.400000e+01 : f64
  %cst_3 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x17x64xf64>
  %1 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x17x64xf32>) outs(%0 : tensor<2x17x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %28 = arith.extf %in : f32 to f64
    linalg.yield %28 : f64
  } -> tensor<2x17x64xf64>
  %2 = tensor.empty() : tensor<2x17x1xf64>
  %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<2x17x1xf64>) -> tensor<2x17x1xf64>
  %4 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x17x64xf64>) outs(%3 : tensor<2x17x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %28 = arith.addf %in, %out : f64
    linalg.yield %28 : f64
  } -> tensor<2x17x1xf64>
  %5 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x17x1xf64>) outs(%2 : tensor<2x17x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %28 = arith.divf %in, %cst_2 : f64
    linalg.yield %28 : f64
  } -> tensor<2x17x1xf64>
  %6 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %5 : tensor<2x17x64xf64>, tensor<2x17x1xf64>) outs(%0 : tensor<2x17x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %28 = arith.subf %in, %in_4 : f64
    linalg.yield %28 : f64
  } -> tensor<2x17x64xf64>
  %7 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %6 : tensor<2x17x64xf64>, tensor<2x17x64xf64>) outs(%0 : tensor<2x17x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %28 = arith.mulf %in, %in_4 : f64
    linalg.yield %28 : f64
  } -> tensor<2x17x64xf64>
  %8 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "reduction"]} ins(%7 : tensor<2x17x64xf64>) outs(%3 : tensor<2x17x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %28 = arith.addf %in, %out : f64
    linalg.yield %28 : f64
  } -> tensor<2x17x1xf64>
  %9 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x17x1xf64>) outs(%2 : tensor<2x17x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %28 = arith.divf %in, %cst_2 : f64
    linalg.yield %28 : f64
  } -> tensor<2x17x1xf64>
  %10 = tensor.empty() : tensor<2x17x1xf32>
  %11 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x17x1xf64>) outs(%10 : tensor<2x17x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %28 = arith.truncf %in : f64 to f32
    linalg.yield %28 : f32
  } -> tensor<2x17x1xf32>
  %12 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<2x17x1xf32>) -> tensor<2x17x1xf32>
  %13 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x17x64xf32>) outs(%12 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.addf %in, %out : f32
    linalg.yield %28 : f32
  } -> tensor<2x17x1xf32>
  %14 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x17x1xf32>) outs(%10 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.divf %in, %cst_3 : f32
    linalg.yield %28 : f32
  } -> tensor<2x17x1xf32>
  %15 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x17x1xf32>) outs(%10 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.truncf %cst_1 : f64 to f32
    %29 = arith.addf %in, %28 : f32
    linalg.yield %29 : f32
  } -> tensor<2x17x1xf32>
  %16 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x17x1xf32>) outs(%10 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = math.rsqrt %in : f32
    linalg.yield %28 : f32
  } -> tensor<2x17x1xf32>
  %17 = tensor.empty() : tensor<2x17x64xf32>
  %18 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %14 : tensor<2x17x64xf32>, tensor<2x17x1xf32>) outs(%17 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %28 = arith.subf %in, %in_4 : f32
    linalg.yield %28 : f32
  } -> tensor<2x17x64xf32>
  %19 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<2x17x64xf32>, tensor<2x17x1xf32>) outs(%17 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %28 = arith.mulf %in, %in_4 : f32
    linalg.yield %28 : f32
  } -> tensor<2x17x64xf32>
  %20 = linalg.generic {indexing_maps = [#map1, #map4, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %arg1 : tensor<2x17x64xf32>, tensor<64xf32>) outs(%17 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %28 = arith.mulf %in, %in_4 : f32
    linalg.yield %28 : f32
  } -> tensor<2x17x64xf32>
  %21 = linalg.generic {indexing_maps = [#map1, #map4, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %arg2 : tensor<2x17x64xf32>, tensor<64xf32>) outs(%17 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %28 = arith.addf %in, %in_4 : f32
    linalg.yield %28 : f32
  } -> tensor<2x17x64xf32>
  %extracted_slice = tensor.extract_slice %21[0, 0, 0] [2, 1, 64] [1, 1, 1] : tensor<2x17x64xf32> to tensor<2x1x64xf32>
  %collapsed = tensor.collapse_shape %extracted_slice [[0, 1], [2]] : tensor<2x1x64xf32> into tensor<2x64xf32>
  %22 = tensor.empty() : tensor<64x10xf32>
  %transposed = linalg.transpose ins(%arg3 : tensor<10x64xf32>) outs(%22 : tensor<64x10xf32>) permutation = [1, 0]
  %23 = tensor.empty() : tensor<2x10xf32>
  %24 = linalg.fill ins(%cst_0 : f32) outs(%23 : tensor<2x10xf32>) -> tensor<2x10xf32>
  %25 = linalg.matmul ins(%collapsed, %transposed : tensor<2x64xf32>, tensor<64x10xf32>) outs(%24 : tensor<2x10xf32>) -> tensor<2x10xf32>
  %26 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel"]} ins(%arg4 : tensor<10xf32>) outs(%23 : tensor<2x10xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x10xf32>
  %27 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%25, %26 : tensor<2x10xf32>, tensor<2x10xf32>) outs(%23 : tensor<2x10xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %28 = arith.addf %in, %in_4 : f32
    linalg.yield %28 : f32
  } -> tensor<2x10xf32>
  return %27 : tensor<2x10xf32>
}

// The norm by JAX, as Flax's ViT has it.
// CHECK-LABEL: func.func @vit_norm_jax(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @vit_norm_jax(%arg0: tensor<2x17x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x17x64xf32> {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x17xf32>
  %1 = linalg.fill ins(%cst_1 : f32) outs(%0 : tensor<2x17xf32>) -> tensor<2x17xf32>
  %2 = linalg.generic {indexing_maps = [#map1, #map7], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x17x64xf32>) outs(%1 : tensor<2x17xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.addf %out, %in : f32
    linalg.yield %38 : f32
  } -> tensor<2x17xf32>
  %expanded = tensor.expand_shape %2 [[0], [1, 2]] output_shape [2, 17, 1] : tensor<2x17xf32> into tensor<2x17x1xf32>
  %3 = tensor.empty() : tensor<2x17x1xf32>
  %4 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x17x1xf32>) outs(%3 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.divf %in, %cst_0 : f32
    linalg.yield %38 : f32
  } -> tensor<2x17x1xf32>
  %5 = tensor.empty() : tensor<2x17x64xf32>
  %6 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x17x64xf32>) outs(%5 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.mulf %in, %in : f32
    linalg.yield %38 : f32
  } -> tensor<2x17x64xf32>
  %7 = tensor.empty() : tensor<2x17xf32>
  %8 = linalg.fill ins(%cst_1 : f32) outs(%7 : tensor<2x17xf32>) -> tensor<2x17xf32>
  %9 = linalg.generic {indexing_maps = [#map1, #map7], iterator_types = ["parallel", "parallel", "reduction"]} ins(%6 : tensor<2x17x64xf32>) outs(%8 : tensor<2x17xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.addf %out, %in : f32
    linalg.yield %38 : f32
  } -> tensor<2x17xf32>
  %expanded_2 = tensor.expand_shape %9 [[0], [1, 2]] output_shape [2, 17, 1] : tensor<2x17xf32> into tensor<2x17x1xf32>
  %10 = tensor.empty() : tensor<2x17x1xf32>
  %11 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_2 : tensor<2x17x1xf32>) outs(%10 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.divf %in, %cst_0 : f32
    linalg.yield %38 : f32
  } -> tensor<2x17x1xf32>
  %12 = tensor.empty() : tensor<2x17x64xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x17x1xf32>) outs(%12 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x17x64xf32>
  %14 = tensor.empty() : tensor<2x17x64xf32>
  %15 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %13 : tensor<2x17x64xf32>, tensor<2x17x64xf32>) outs(%14 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %38 = arith.subf %in, %in_3 : f32
    linalg.yield %38 : f32
  } -> tensor<2x17x64xf32>
  %16 = tensor.empty() : tensor<2x17x1xf32>
  %17 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x17x1xf32>) outs(%16 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.mulf %in, %in : f32
    linalg.yield %38 : f32
  } -> tensor<2x17x1xf32>
  %18 = tensor.empty() : tensor<2x17x1xf32>
  %19 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11, %17 : tensor<2x17x1xf32>, tensor<2x17x1xf32>) outs(%18 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %38 = arith.subf %in, %in_3 : f32
    linalg.yield %38 : f32
  } -> tensor<2x17x1xf32>
  %20 = tensor.empty() : tensor<2x17x1xf32>
  %21 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19 : tensor<2x17x1xf32>) outs(%20 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.maximumf %in, %cst_1 : f32
    linalg.yield %38 : f32
  } -> tensor<2x17x1xf32>
  %22 = tensor.empty() : tensor<2x17x1xf32>
  %23 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21 : tensor<2x17x1xf32>) outs(%22 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.addf %in, %cst : f32
    linalg.yield %38 : f32
  } -> tensor<2x17x1xf32>
  %24 = tensor.empty() : tensor<2x17x1xf32>
  %25 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23 : tensor<2x17x1xf32>) outs(%24 : tensor<2x17x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = math.rsqrt %in : f32
    linalg.yield %38 : f32
  } -> tensor<2x17x1xf32>
  %26 = tensor.empty() : tensor<2x17x64xf32>
  %27 = linalg.generic {indexing_maps = [#map3, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25 : tensor<2x17x1xf32>) outs(%26 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x17x64xf32>
  %28 = tensor.empty() : tensor<2x17x64xf32>
  %29 = linalg.generic {indexing_maps = [#map4, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<64xf32>) outs(%28 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x17x64xf32>
  %30 = tensor.empty() : tensor<2x17x64xf32>
  %31 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27, %29 : tensor<2x17x64xf32>, tensor<2x17x64xf32>) outs(%30 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %38 = arith.mulf %in, %in_3 : f32
    linalg.yield %38 : f32
  } -> tensor<2x17x64xf32>
  %32 = tensor.empty() : tensor<2x17x64xf32>
  %33 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15, %31 : tensor<2x17x64xf32>, tensor<2x17x64xf32>) outs(%32 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %38 = arith.mulf %in, %in_3 : f32
    linalg.yield %38 : f32
  } -> tensor<2x17x64xf32>
  %34 = tensor.empty() : tensor<2x17x64xf32>
  %35 = linalg.generic {indexing_maps = [#map4, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2 : tensor<64xf32>) outs(%34 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x17x64xf32>
  %36 = tensor.empty() : tensor<2x17x64xf32>
  %37 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33, %35 : tensor<2x17x64xf32>, tensor<2x17x64xf32>) outs(%36 : tensor<2x17x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %38 = arith.addf %in, %in_3 : f32
    linalg.yield %38 : f32
  } -> tensor<2x17x64xf32>
  return %37 : tensor<2x17x64xf32>
}

// The mean of tokens is normalized, in bf16.
// CHECK-LABEL: func.func @vit_average_head(
// CHECK: norm.layer_norm {{.*}}axes = [1]
func.func @vit_average_head(%arg0: tensor<2x17x64xbf16>, %arg1: tensor<64xbf16>, %arg2: tensor<64xbf16>) -> tensor<2x64xbf16> {
  %cst = arith.constant 0.000000e+00 : bf16
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 0.000000e+00 : f32
  %cst_2 = arith.constant 9.9999999999999995E-7 : f64
  %cst_3 = arith.constant 1.600000e+01 : bf16
  %cst_4 = arith.constant 6.400000e+01 : f64
  %cst_5 = arith.constant 6.400000e+01 : f32
  %extracted_slice = tensor.extract_slice %arg0[0, 1, 0] [2, 16, 64] [1, 1, 1] : tensor<2x17x64xbf16> to tensor<2x16x64xbf16>
  %0 = tensor.empty() : tensor<2x64xbf16>
  %1 = linalg.fill ins(%cst : bf16) outs(%0 : tensor<2x64xbf16>) -> tensor<2x64xbf16>
  %2 = linalg.generic {indexing_maps = [#map1, #map8], iterator_types = ["parallel", "reduction", "parallel"]} ins(%extracted_slice : tensor<2x16x64xbf16>) outs(%1 : tensor<2x64xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %28 = arith.addf %in, %out : bf16
    linalg.yield %28 : bf16
  } -> tensor<2x64xbf16>
  %3 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<2x64xbf16>) outs(%0 : tensor<2x64xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %28 = arith.divf %in, %cst_3 : bf16
    linalg.yield %28 : bf16
  } -> tensor<2x64xbf16>
  %4 = tensor.empty() : tensor<2x64xf32>
  %5 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%3 : tensor<2x64xbf16>) outs(%4 : tensor<2x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %28 = arith.extf %in : bf16 to f32
    linalg.yield %28 : f32
  } -> tensor<2x64xf32>
  %6 = tensor.empty() : tensor<2x64xf64>
  %7 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%5 : tensor<2x64xf32>) outs(%6 : tensor<2x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %28 = arith.extf %in : f32 to f64
    linalg.yield %28 : f64
  } -> tensor<2x64xf64>
  %8 = tensor.empty() : tensor<2x1xf64>
  %9 = linalg.fill ins(%cst_0 : f64) outs(%8 : tensor<2x1xf64>) -> tensor<2x1xf64>
  %10 = linalg.generic {indexing_maps = [#map6, #map9], iterator_types = ["parallel", "reduction"]} ins(%7 : tensor<2x64xf64>) outs(%9 : tensor<2x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %28 = arith.addf %in, %out : f64
    linalg.yield %28 : f64
  } -> tensor<2x1xf64>
  %11 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%10 : tensor<2x1xf64>) outs(%8 : tensor<2x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %28 = arith.divf %in, %cst_4 : f64
    linalg.yield %28 : f64
  } -> tensor<2x1xf64>
  %12 = linalg.generic {indexing_maps = [#map6, #map9, #map6], iterator_types = ["parallel", "parallel"]} ins(%7, %11 : tensor<2x64xf64>, tensor<2x1xf64>) outs(%6 : tensor<2x64xf64>) {
  ^bb0(%in: f64, %in_6: f64, %out: f64):
    %28 = arith.subf %in, %in_6 : f64
    linalg.yield %28 : f64
  } -> tensor<2x64xf64>
  %13 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%12, %12 : tensor<2x64xf64>, tensor<2x64xf64>) outs(%6 : tensor<2x64xf64>) {
  ^bb0(%in: f64, %in_6: f64, %out: f64):
    %28 = arith.mulf %in, %in_6 : f64
    linalg.yield %28 : f64
  } -> tensor<2x64xf64>
  %14 = linalg.generic {indexing_maps = [#map6, #map9], iterator_types = ["parallel", "reduction"]} ins(%13 : tensor<2x64xf64>) outs(%9 : tensor<2x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %28 = arith.addf %in, %out : f64
    linalg.yield %28 : f64
  } -> tensor<2x1xf64>
  %15 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%14 : tensor<2x1xf64>) outs(%8 : tensor<2x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %28 = arith.divf %in, %cst_4 : f64
    linalg.yield %28 : f64
  } -> tensor<2x1xf64>
  %16 = tensor.empty() : tensor<2x1xf32>
  %17 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%15 : tensor<2x1xf64>) outs(%16 : tensor<2x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %28 = arith.truncf %in : f64 to f32
    linalg.yield %28 : f32
  } -> tensor<2x1xf32>
  %18 = linalg.fill ins(%cst_1 : f32) outs(%16 : tensor<2x1xf32>) -> tensor<2x1xf32>
  %19 = linalg.generic {indexing_maps = [#map6, #map9], iterator_types = ["parallel", "reduction"]} ins(%5 : tensor<2x64xf32>) outs(%18 : tensor<2x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.addf %in, %out : f32
    linalg.yield %28 : f32
  } -> tensor<2x1xf32>
  %20 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%19 : tensor<2x1xf32>) outs(%16 : tensor<2x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.divf %in, %cst_5 : f32
    linalg.yield %28 : f32
  } -> tensor<2x1xf32>
  %21 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%17 : tensor<2x1xf32>) outs(%16 : tensor<2x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.truncf %cst_2 : f64 to f32
    %29 = arith.addf %in, %28 : f32
    linalg.yield %29 : f32
  } -> tensor<2x1xf32>
  %22 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%21 : tensor<2x1xf32>) outs(%16 : tensor<2x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = math.rsqrt %in : f32
    linalg.yield %28 : f32
  } -> tensor<2x1xf32>
  %23 = linalg.generic {indexing_maps = [#map6, #map9, #map6], iterator_types = ["parallel", "parallel"]} ins(%5, %20 : tensor<2x64xf32>, tensor<2x1xf32>) outs(%4 : tensor<2x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %28 = arith.subf %in, %in_6 : f32
    linalg.yield %28 : f32
  } -> tensor<2x64xf32>
  %24 = linalg.generic {indexing_maps = [#map6, #map9, #map6], iterator_types = ["parallel", "parallel"]} ins(%23, %22 : tensor<2x64xf32>, tensor<2x1xf32>) outs(%4 : tensor<2x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %28 = arith.mulf %in, %in_6 : f32
    linalg.yield %28 : f32
  } -> tensor<2x64xf32>
  %25 = linalg.generic {indexing_maps = [#map6, #map5, #map6], iterator_types = ["parallel", "parallel"]} ins(%24, %arg1 : tensor<2x64xf32>, tensor<64xbf16>) outs(%4 : tensor<2x64xf32>) {
  ^bb0(%in: f32, %in_6: bf16, %out: f32):
    %28 = arith.extf %in_6 : bf16 to f32
    %29 = arith.mulf %in, %28 : f32
    linalg.yield %29 : f32
  } -> tensor<2x64xf32>
  %26 = linalg.generic {indexing_maps = [#map6, #map5, #map6], iterator_types = ["parallel", "parallel"]} ins(%25, %arg2 : tensor<2x64xf32>, tensor<64xbf16>) outs(%4 : tensor<2x64xf32>) {
  ^bb0(%in: f32, %in_6: bf16, %out: f32):
    %28 = arith.extf %in_6 : bf16 to f32
    %29 = arith.addf %in, %28 : f32
    linalg.yield %29 : f32
  } -> tensor<2x64xf32>
  %27 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%26 : tensor<2x64xf32>) outs(%0 : tensor<2x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %28 = arith.truncf %in : f32 to bf16
    linalg.yield %28 : bf16
  } -> tensor<2x64xbf16>
  return %27 : tensor<2x64xbf16>
}
