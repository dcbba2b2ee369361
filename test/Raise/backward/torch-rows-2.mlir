// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// torch's gradients of layer and RMS normalizations, decomposed and imported.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (0, 0, d2)>
#map3 = affine_map<(d0, d1, d2) -> (d2)>
#map4 = affine_map<(d0, d1, d2) -> (d0, d1)>

// By autograd through mean, pow, sqrt and division.
// CHECK-LABEL: func.func @torch_layer_norm_mean_pow_vjp(
// CHECK: norm.layer_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input, scale, bias] outs(
func.func @torch_layer_norm_mean_pow_vjp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<64xf32>) -> (tensor<2x16x64xf32>, tensor<64xf32>, tensor<64xf32>) {
  %c2_i64 = arith.constant 2 : i64
  %c1_i64 = arith.constant 1 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.9999999999999998E-13 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 2.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.addf %in, %out : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x16x1xf32>) outs(%0 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.divf %in, %cst_1 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x1xf32>
  %4 = tensor.empty() : tensor<2x16x64xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %3 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %39 = arith.subf %in, %in_6 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%6 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.addf %in, %out : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%0 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.divf %in, %cst_1 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%0 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.truncf %cst_0 : f64 to f32
    %40 = arith.addf %in, %39 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x1xf32>) outs(%0 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = math.sqrt %in : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %10 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %39 = arith.divf %in, %in_6 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %12 = tensor.empty() : tensor<1x1x64xf32>
  %13 = linalg.fill ins(%cst : f32) outs(%12 : tensor<1x1x64xf32>) -> tensor<1x1x64xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "reduction", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%13 : tensor<1x1x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.addf %in, %out : f32
    linalg.yield %39 : f32
  } -> tensor<1x1x64xf32>
  %collapsed = tensor.collapse_shape %14 [[0, 1, 2]] : tensor<1x1x64xf32> into tensor<64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg2 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %39 = arith.mulf %in, %in_6 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %11 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %39 = arith.mulf %in, %in_6 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "reduction", "parallel"]} ins(%16 : tensor<2x16x64xf32>) outs(%13 : tensor<1x1x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.addf %in, %out : f32
    linalg.yield %39 : f32
  } -> tensor<1x1x64xf32>
  %collapsed_3 = tensor.collapse_shape %17 [[0, 1, 2]] : tensor<1x1x64xf32> into tensor<64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11, %10 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %39 = arith.divf %in, %in_6 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.negf %in : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %18 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %39 = arith.mulf %in, %in_6 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15, %10 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %39 = arith.divf %in, %in_6 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%20 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.addf %in, %out : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x1xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf32>) outs(%0 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.mulf %in, %cst_2 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x1xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22, %23 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %39 = arith.divf %in, %in_6 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x1xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.negf %in : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %26 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%25 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.addf %in, %out : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x1xf32>
  %collapsed_4 = tensor.collapse_shape %24 [[0], [1, 2]] : tensor<2x16x1xf32> into tensor<2x16xf32>
  %27 = linalg.generic {indexing_maps = [#map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_4 : tensor<2x16xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %28 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.divf %in, %cst_1 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = math.fpowi %in, %c1_i64 : f32, i64
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %30 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.mulf %in, %cst_2 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %31 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%28, %30 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %39 = arith.mulf %in, %in_6 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %32 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%31 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.negf %in : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%32 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.addf %in, %out : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x1xf32>
  %34 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %31 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %39 = arith.addf %in, %in_6 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %35 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26, %33 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %39 = arith.addf %in, %in_6 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x1xf32>
  %collapsed_5 = tensor.collapse_shape %35 [[0], [1, 2]] : tensor<2x16x1xf32> into tensor<2x16xf32>
  %36 = linalg.generic {indexing_maps = [#map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_5 : tensor<2x16xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %37 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%36 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %39 = arith.divf %in, %cst_1 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  %38 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%34, %37 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %39 = arith.addf %in, %in_6 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x64xf32>
  return %38, %collapsed_3, %collapsed : tensor<2x16x64xf32>, tensor<64xf32>, tensor<64xf32>
}

// By autograd through pow, mean and rsqrt.
// CHECK-LABEL: func.func @torch_rms_norm_vjp(
// CHECK: norm.rms_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input, scale] outs(
func.func @torch_rms_norm_vjp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xf32>, tensor<64xf32>) {
  %c3_i64 = arith.constant 3 : i64
  %c1_i64 = arith.constant 1 : i64
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.9999999999999995E-7 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant -5.000000e-01 : f32
  %cst_3 = arith.constant 2.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x1xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.addf %in, %out : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.divf %in, %cst_1 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.truncf %cst_0 : f64 to f32
    %27 = arith.addf %in, %26 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = math.rsqrt %in : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %7 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.mulf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg2 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.mulf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %8 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.mulf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %11 = tensor.empty() : tensor<1x1x64xf32>
  %12 = linalg.fill ins(%cst : f32) outs(%11 : tensor<1x1x64xf32>) -> tensor<1x1x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "reduction", "parallel"]} ins(%10 : tensor<2x16x64xf32>) outs(%12 : tensor<1x1x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.addf %in, %out : f32
    linalg.yield %26 : f32
  } -> tensor<1x1x64xf32>
  %collapsed = tensor.collapse_shape %13 [[0, 1, 2]] : tensor<1x1x64xf32> into tensor<64xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9, %arg1 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.mulf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9, %7 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.mulf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%14 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.addf %in, %out : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = math.fpowi %in, %c3_i64 : f32, i64
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.mulf %in, %cst_2 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %17 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.mulf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %collapsed_4 = tensor.collapse_shape %19 [[0], [1, 2]] : tensor<2x16x1xf32> into tensor<2x16xf32>
  %20 = linalg.generic {indexing_maps = [#map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_4 : tensor<2x16xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.divf %in, %cst_1 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = math.fpowi %in, %c1_i64 : f32, i64
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.mulf %in, %cst_3 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %23 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.mulf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15, %24 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.addf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  return %25, %collapsed : tensor<2x16x64xf32>, tensor<64xf32>
}

// By autograd through x * x.
// CHECK-LABEL: func.func @torch_rms_norm_mul_self_vjp(
// CHECK: norm.rms_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input, scale] outs(
func.func @torch_rms_norm_mul_self_vjp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xf32>, tensor<64xf32>) {
  %c3_i64 = arith.constant 3 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.9999999999999995E-7 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant -5.000000e-01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %arg1 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %25 = arith.mulf %in, %in_4 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x1xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.addf %in, %out : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.divf %in, %cst_1 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.truncf %cst_0 : f64 to f32
    %26 = arith.addf %in, %25 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = math.rsqrt %in : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %7 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %25 = arith.mulf %in, %in_4 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x64xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %8 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %25 = arith.mulf %in, %in_4 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg2 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %25 = arith.mulf %in, %in_4 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x64xf32>
  %11 = tensor.empty() : tensor<1x1x64xf32>
  %12 = linalg.fill ins(%cst : f32) outs(%11 : tensor<1x1x64xf32>) -> tensor<1x1x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "reduction", "parallel"]} ins(%9 : tensor<2x16x64xf32>) outs(%12 : tensor<1x1x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.addf %in, %out : f32
    linalg.yield %25 : f32
  } -> tensor<1x1x64xf32>
  %collapsed = tensor.collapse_shape %13 [[0, 1, 2]] : tensor<1x1x64xf32> into tensor<64xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %arg1 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %25 = arith.mulf %in, %in_4 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %7 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %25 = arith.mulf %in, %in_4 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%14 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.addf %in, %out : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x1xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = math.fpowi %in, %c3_i64 : f32, i64
    linalg.yield %25 : f32
  } -> tensor<2x16x1xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.mulf %in, %cst_2 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %17 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %25 = arith.mulf %in, %in_4 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x1xf32>
  %collapsed_3 = tensor.collapse_shape %19 [[0], [1, 2]] : tensor<2x16x1xf32> into tensor<2x16xf32>
  %20 = linalg.generic {indexing_maps = [#map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_3 : tensor<2x16xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.divf %in, %cst_1 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x64xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %arg1 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %25 = arith.mulf %in, %in_4 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x64xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15, %22 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %25 = arith.addf %in, %in_4 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x64xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23, %22 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %25 = arith.addf %in, %in_4 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x64xf32>
  return %24, %collapsed : tensor<2x16x64xf32>, tensor<64xf32>
}

// By autograd through sqrt and division.
// CHECK-LABEL: func.func @torch_rms_norm_division_vjp(
// CHECK: norm.rms_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input, scale] outs(
func.func @torch_rms_norm_division_vjp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xf32>, tensor<64xf32>) {
  %c1_i64 = arith.constant 1 : i64
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.9999999999999995E-7 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 2.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x1xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.addf %in, %out : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.divf %in, %cst_1 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.truncf %cst_0 : f64 to f32
    %28 = arith.addf %in, %27 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = math.sqrt %in : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %7 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %27 = arith.divf %in, %in_4 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %8 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %27 = arith.mulf %in, %in_4 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg2 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %27 = arith.mulf %in, %in_4 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %11 = tensor.empty() : tensor<1x1x64xf32>
  %12 = linalg.fill ins(%cst : f32) outs(%11 : tensor<1x1x64xf32>) -> tensor<1x1x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "reduction", "parallel"]} ins(%9 : tensor<2x16x64xf32>) outs(%12 : tensor<1x1x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.addf %in, %out : f32
    linalg.yield %27 : f32
  } -> tensor<1x1x64xf32>
  %collapsed = tensor.collapse_shape %13 [[0, 1, 2]] : tensor<1x1x64xf32> into tensor<64xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %7 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %27 = arith.divf %in, %in_4 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.negf %in : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15, %14 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %27 = arith.mulf %in, %in_4 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %7 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %27 = arith.divf %in, %in_4 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%16 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.addf %in, %out : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.mulf %in, %cst_2 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x1xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %19 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %27 = arith.divf %in, %in_4 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x1xf32>
  %collapsed_3 = tensor.collapse_shape %20 [[0], [1, 2]] : tensor<2x16x1xf32> into tensor<2x16xf32>
  %21 = linalg.generic {indexing_maps = [#map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_3 : tensor<2x16xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.divf %in, %cst_1 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = math.fpowi %in, %c1_i64 : f32, i64
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.mulf %in, %cst_2 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22, %24 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %27 = arith.mulf %in, %in_4 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %26 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17, %25 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %27 = arith.addf %in, %in_4 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  return %26, %collapsed : tensor<2x16x64xf32>, tensor<64xf32>
}

// By autograd through F.rms_norm (aten._fused_rms_norm and its backward).
// CHECK-LABEL: func.func @torch_rms_norm_native_vjp(
// CHECK: norm.rms_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input, scale] outs(
func.func @torch_rms_norm_native_vjp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xf32>, tensor<64xf32>) {
  %c3_i64 = arith.constant 3 : i64
  %c1_i64 = arith.constant 1 : i64
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %cst_2 = arith.constant -5.000000e-01 : f32
  %cst_3 = arith.constant 2.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x1xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.addf %in, %out : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.divf %in, %cst_0 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.addf %in, %cst_1 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = math.rsqrt %in : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %7 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.mulf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %8 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.mulf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg2 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.mulf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %11 = tensor.empty() : tensor<1x1x64xf32>
  %12 = linalg.fill ins(%cst : f32) outs(%11 : tensor<1x1x64xf32>) -> tensor<1x1x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "reduction", "parallel"]} ins(%9 : tensor<2x16x64xf32>) outs(%12 : tensor<1x1x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.addf %in, %out : f32
    linalg.yield %26 : f32
  } -> tensor<1x1x64xf32>
  %collapsed = tensor.collapse_shape %13 [[0, 1, 2]] : tensor<1x1x64xf32> into tensor<64xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %arg1 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.mulf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %7 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.mulf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%14 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.addf %in, %out : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = math.fpowi %in, %c3_i64 : f32, i64
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.mulf %in, %cst_2 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %17 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.mulf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %collapsed_4 = tensor.collapse_shape %19 [[0], [1, 2]] : tensor<2x16x1xf32> into tensor<2x16xf32>
  %20 = linalg.generic {indexing_maps = [#map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_4 : tensor<2x16xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.divf %in, %cst_0 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = math.fpowi %in, %c1_i64 : f32, i64
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.mulf %in, %cst_3 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %23 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.mulf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15, %24 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %26 = arith.addf %in, %in_5 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  return %25, %collapsed : tensor<2x16x64xf32>, tensor<64xf32>
}
