// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Gradients of 16-bit tensors.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map3 = affine_map<(d0, d1, d2) -> (d1, d2, d0)>
#map4 = affine_map<(d0, d1, d2) -> (d0)>
#map5 = affine_map<(d0, d1, d2) -> (d2)>
#map6 = affine_map<(d0, d1, d2) -> (0, 0, d2)>
#map7 = affine_map<(d0) -> (d0)>

// bf16, rounded before the weight: dy * w is rounded, and dw is a sum of bf16, which the op does
// not have. dx is the gradient for the rounded dy * w, without a scale.
// CHECK-LABEL: func.func @jax_rms_norm_bf16_vjp(
// CHECK: norm.rms_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input] outs(
func.func @jax_rms_norm_bf16_vjp(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<2x16x64xbf16>, %arg2: tensor<64xbf16>) -> (tensor<2x16x64xbf16>, tensor<64xbf16>) {
  %cst = arith.constant 0.000000e+00 : bf16
  %cst_0 = arith.constant -5.000000e-01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %cst_2 = arith.constant 6.400000e+01 : f32
  %cst_3 = arith.constant 0.000000e+00 : f32
  %cst_4 = arith.constant 2.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %61 = arith.extf %in : bf16 to f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.mulf %in, %in : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %4 = tensor.empty() : tensor<2x16x64xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.mulf %in, %cst_4 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %6 = tensor.empty() : tensor<2x16xf32>
  %7 = linalg.fill ins(%cst_3 : f32) outs(%6 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%3 : tensor<2x16x64xf32>) outs(%7 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.addf %out, %in : f32
    linalg.yield %61 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %8 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.divf %in, %cst_2 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %11 = tensor.empty() : tensor<2x16x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf32>) outs(%11 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.addf %in, %cst_1 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %13 = tensor.empty() : tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x1xf32>) outs(%13 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = math.rsqrt %in : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %15 = tensor.empty() : tensor<2x16x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14, %12 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%15 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.divf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %17 = tensor.empty() : tensor<2x16x1xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<2x16x1xf32>) outs(%17 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.mulf %in, %cst_0 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %19 = tensor.empty() : tensor<2x16x64xf32>
  %20 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x16x1xf32>) outs(%19 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %21 = tensor.empty() : tensor<2x16x64xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %20 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%21 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.mulf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %23 = tensor.empty() : tensor<2x16x64xbf16>
  %24 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22 : tensor<2x16x64xf32>) outs(%23 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %61 = arith.truncf %in : f32 to bf16
    linalg.yield %61 : bf16
  } -> tensor<2x16x64xbf16>
  %25 = tensor.empty() : tensor<2x16x64xbf16>
  %26 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%24, %arg0 : tensor<2x16x64xbf16>, tensor<2x16x64xbf16>) outs(%25 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_7: bf16, %out: bf16):
    %61 = arith.mulf %in, %in_7 : bf16
    linalg.yield %61 : bf16
  } -> tensor<2x16x64xbf16>
  %27 = tensor.empty() : tensor<64xbf16>
  %28 = linalg.fill ins(%cst : bf16) outs(%27 : tensor<64xbf16>) -> tensor<64xbf16>
  %29 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%26 : tensor<2x16x64xbf16>) outs(%28 : tensor<64xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %61 = arith.addf %out, %in : bf16
    linalg.yield %61 : bf16
  } -> tensor<64xbf16>
  %expanded_5 = tensor.expand_shape %29 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xbf16> into tensor<1x1x64xbf16>
  %30 = tensor.empty() : tensor<2x16x64xbf16>
  %31 = linalg.generic {indexing_maps = [#map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2 : tensor<64xbf16>) outs(%30 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    linalg.yield %in : bf16
  } -> tensor<2x16x64xbf16>
  %32 = tensor.empty() : tensor<2x16x64xbf16>
  %33 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %31 : tensor<2x16x64xbf16>, tensor<2x16x64xbf16>) outs(%32 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_7: bf16, %out: bf16):
    %61 = arith.mulf %in, %in_7 : bf16
    linalg.yield %61 : bf16
  } -> tensor<2x16x64xbf16>
  %34 = tensor.empty() : tensor<64xbf16>
  %35 = linalg.fill ins(%cst : bf16) outs(%34 : tensor<64xbf16>) -> tensor<64xbf16>
  %36 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%expanded_5 : tensor<1x1x64xbf16>) outs(%35 : tensor<64xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %61 = arith.addf %out, %in : bf16
    linalg.yield %61 : bf16
  } -> tensor<64xbf16>
  %37 = tensor.empty() : tensor<2x16x64xf32>
  %38 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33 : tensor<2x16x64xbf16>) outs(%37 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %61 = arith.extf %in : bf16 to f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %39 = tensor.empty() : tensor<2x16x64xf32>
  %40 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %38 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%39 : tensor<2x16x64xf32>) {
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
  %expanded_6 = tensor.expand_shape %43 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %44 = tensor.empty() : tensor<2x16x64xf32>
  %45 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%38, %20 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%44 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.mulf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %46 = tensor.empty() : tensor<2x16x1xf32>
  %47 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_6, %18 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%46 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.mulf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %48 = tensor.empty() : tensor<2x16x1xf32>
  %49 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%47 : tensor<2x16x1xf32>) outs(%48 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.divf %in, %cst_2 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %50 = tensor.empty() : tensor<2x16xf32>
  %51 = linalg.fill ins(%cst_3 : f32) outs(%50 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %52 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%49 : tensor<2x16x1xf32>) outs(%51 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.addf %out, %in : f32
    linalg.yield %61 : f32
  } -> tensor<2x16xf32>
  %53 = tensor.empty() : tensor<2x16x64xf32>
  %54 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%52 : tensor<2x16xf32>) outs(%53 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %55 = tensor.empty() : tensor<2x16x64xf32>
  %56 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%54, %5 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%55 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.mulf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %57 = tensor.empty() : tensor<2x16x64xf32>
  %58 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%45, %56 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%57 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.addf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %59 = tensor.empty() : tensor<2x16x64xbf16>
  %60 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%58 : tensor<2x16x64xf32>) outs(%59 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %61 = arith.truncf %in : f32 to bf16
    linalg.yield %61 : bf16
  } -> tensor<2x16x64xbf16>
  return %60, %36 : tensor<2x16x64xbf16>, tensor<64xbf16>
}

// The same by torch.
// CHECK-LABEL: func.func @torch_rms_norm_bf16_vjp(
// CHECK: norm.rms_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input] outs(
func.func @torch_rms_norm_bf16_vjp(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<2x16x64xbf16>, %arg2: tensor<64xbf16>) -> (tensor<2x16x64xbf16>, tensor<64xbf16>) {
  %c3_i64 = arith.constant 3 : i64
  %c1_i64 = arith.constant 1 : i64
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : bf16
  %cst_1 = arith.constant 9.9999999999999995E-7 : f64
  %cst_2 = arith.constant 6.400000e+01 : f32
  %cst_3 = arith.constant -5.000000e-01 : f32
  %cst_4 = arith.constant 2.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %31 = arith.extf %in : bf16 to f32
    linalg.yield %31 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %31 : f32
  } -> tensor<2x16x64xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.addf %in, %out : f32
    linalg.yield %31 : f32
  } -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.divf %in, %cst_2 : f32
    linalg.yield %31 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.truncf %cst_1 : f64 to f32
    %32 = arith.addf %in, %31 : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = math.rsqrt %in : f32
    linalg.yield %31 : f32
  } -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %8 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %31 = arith.mulf %in, %in_6 : f32
    linalg.yield %31 : f32
  } -> tensor<2x16x64xf32>
  %10 = tensor.empty() : tensor<2x16x64xbf16>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x64xf32>) outs(%10 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %31 = arith.truncf %in : f32 to bf16
    linalg.yield %31 : bf16
  } -> tensor<2x16x64xbf16>
  %12 = linalg.generic {indexing_maps = [#map, #map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg2 : tensor<2x16x64xbf16>, tensor<64xbf16>) outs(%10 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_6: bf16, %out: bf16):
    %31 = arith.mulf %in, %in_6 : bf16
    linalg.yield %31 : bf16
  } -> tensor<2x16x64xbf16>
  %13 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %11 : tensor<2x16x64xbf16>, tensor<2x16x64xbf16>) outs(%10 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_6: bf16, %out: bf16):
    %31 = arith.mulf %in, %in_6 : bf16
    linalg.yield %31 : bf16
  } -> tensor<2x16x64xbf16>
  %14 = tensor.empty() : tensor<1x1x64xbf16>
  %15 = linalg.fill ins(%cst_0 : bf16) outs(%14 : tensor<1x1x64xbf16>) -> tensor<1x1x64xbf16>
  %16 = linalg.generic {indexing_maps = [#map, #map6], iterator_types = ["reduction", "reduction", "parallel"]} ins(%13 : tensor<2x16x64xbf16>) outs(%15 : tensor<1x1x64xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %31 = arith.addf %in, %out : bf16
    linalg.yield %31 : bf16
  } -> tensor<1x1x64xbf16>
  %collapsed = tensor.collapse_shape %16 [[0, 1, 2]] : tensor<1x1x64xbf16> into tensor<64xbf16>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %31 = arith.extf %in : bf16 to f32
    linalg.yield %31 : f32
  } -> tensor<2x16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17, %1 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %31 = arith.mulf %in, %in_6 : f32
    linalg.yield %31 : f32
  } -> tensor<2x16x64xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17, %8 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %31 = arith.mulf %in, %in_6 : f32
    linalg.yield %31 : f32
  } -> tensor<2x16x64xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%18 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.addf %in, %out : f32
    linalg.yield %31 : f32
  } -> tensor<2x16x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = math.fpowi %in, %c3_i64 : f32, i64
    linalg.yield %31 : f32
  } -> tensor<2x16x1xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.mulf %in, %cst_3 : f32
    linalg.yield %31 : f32
  } -> tensor<2x16x1xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22, %21 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %31 = arith.mulf %in, %in_6 : f32
    linalg.yield %31 : f32
  } -> tensor<2x16x1xf32>
  %collapsed_5 = tensor.collapse_shape %23 [[0], [1, 2]] : tensor<2x16x1xf32> into tensor<2x16xf32>
  %24 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_5 : tensor<2x16xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%24 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.divf %in, %cst_2 : f32
    linalg.yield %31 : f32
  } -> tensor<2x16x64xf32>
  %26 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = math.fpowi %in, %c1_i64 : f32, i64
    linalg.yield %31 : f32
  } -> tensor<2x16x64xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.mulf %in, %cst_4 : f32
    linalg.yield %31 : f32
  } -> tensor<2x16x64xf32>
  %28 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25, %27 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %31 = arith.mulf %in, %in_6 : f32
    linalg.yield %31 : f32
  } -> tensor<2x16x64xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %28 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %31 = arith.addf %in, %in_6 : f32
    linalg.yield %31 : f32
  } -> tensor<2x16x64xf32>
  %30 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<2x16x64xf32>) outs(%10 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %31 = arith.truncf %in : f32 to bf16
    linalg.yield %31 : bf16
  } -> tensor<2x16x64xbf16>
  return %30, %collapsed : tensor<2x16x64xbf16>, tensor<64xbf16>
}

// bf16 with an f32 scale and (1 + w): all sums are f32.
// CHECK-LABEL: func.func @jax_rms_norm_f32_scale_bf16_vjp(
// CHECK: norm.rms_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input, scale] outs(
func.func @jax_rms_norm_f32_scale_bf16_vjp(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<2x16x64xbf16>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xbf16>, tensor<64xf32>) {
  %cst = arith.constant 1.000000e+00 : f32
  %cst_0 = arith.constant -5.000000e-01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %cst_2 = arith.constant 6.400000e+01 : f32
  %cst_3 = arith.constant 0.000000e+00 : f32
  %cst_4 = arith.constant 2.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %61 = arith.extf %in : bf16 to f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.mulf %in, %in : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %4 = tensor.empty() : tensor<2x16x64xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.mulf %in, %cst_4 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %6 = tensor.empty() : tensor<2x16xf32>
  %7 = linalg.fill ins(%cst_3 : f32) outs(%6 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%3 : tensor<2x16x64xf32>) outs(%7 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.addf %out, %in : f32
    linalg.yield %61 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %8 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.divf %in, %cst_2 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %11 = tensor.empty() : tensor<2x16x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf32>) outs(%11 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.addf %in, %cst_1 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %13 = tensor.empty() : tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x1xf32>) outs(%13 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = math.rsqrt %in : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %15 = tensor.empty() : tensor<2x16x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14, %12 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%15 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.divf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %17 = tensor.empty() : tensor<2x16x1xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<2x16x1xf32>) outs(%17 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.mulf %in, %cst_0 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %19 = tensor.empty() : tensor<2x16x64xf32>
  %20 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x16x1xf32>) outs(%19 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %21 = tensor.empty() : tensor<2x16x64xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %20 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%21 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.mulf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %23 = tensor.empty() : tensor<64xf32>
  %24 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%arg2 : tensor<64xf32>) outs(%23 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.addf %in, %cst : f32
    linalg.yield %61 : f32
  } -> tensor<64xf32>
  %25 = tensor.empty() : tensor<2x16x64xf32>
  %26 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%25 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %61 = arith.extf %in : bf16 to f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %27 = tensor.empty() : tensor<2x16x64xf32>
  %28 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22, %26 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%27 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.mulf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %29 = tensor.empty() : tensor<64xf32>
  %30 = linalg.fill ins(%cst_3 : f32) outs(%29 : tensor<64xf32>) -> tensor<64xf32>
  %31 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%28 : tensor<2x16x64xf32>) outs(%30 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.addf %out, %in : f32
    linalg.yield %61 : f32
  } -> tensor<64xf32>
  %expanded_5 = tensor.expand_shape %31 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %32 = tensor.empty() : tensor<2x16x64xf32>
  %33 = linalg.generic {indexing_maps = [#map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%24 : tensor<64xf32>) outs(%32 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %34 = tensor.empty() : tensor<2x16x64xf32>
  %35 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26, %33 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%34 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.mulf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %36 = tensor.empty() : tensor<64xf32>
  %37 = linalg.fill ins(%cst_3 : f32) outs(%36 : tensor<64xf32>) -> tensor<64xf32>
  %38 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "reduction", "reduction"]} ins(%expanded_5 : tensor<1x1x64xf32>) outs(%37 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.addf %out, %in : f32
    linalg.yield %61 : f32
  } -> tensor<64xf32>
  %39 = tensor.empty() : tensor<2x16x64xf32>
  %40 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %35 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%39 : tensor<2x16x64xf32>) {
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
  %expanded_6 = tensor.expand_shape %43 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %44 = tensor.empty() : tensor<2x16x64xf32>
  %45 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%35, %20 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%44 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.mulf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %46 = tensor.empty() : tensor<2x16x1xf32>
  %47 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_6, %18 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%46 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.mulf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %48 = tensor.empty() : tensor<2x16x1xf32>
  %49 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%47 : tensor<2x16x1xf32>) outs(%48 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.divf %in, %cst_2 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x1xf32>
  %50 = tensor.empty() : tensor<2x16xf32>
  %51 = linalg.fill ins(%cst_3 : f32) outs(%50 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %52 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%49 : tensor<2x16x1xf32>) outs(%51 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.addf %out, %in : f32
    linalg.yield %61 : f32
  } -> tensor<2x16xf32>
  %53 = tensor.empty() : tensor<2x16x64xf32>
  %54 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%52 : tensor<2x16xf32>) outs(%53 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %55 = tensor.empty() : tensor<2x16x64xf32>
  %56 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%54, %5 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%55 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.mulf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %57 = tensor.empty() : tensor<2x16x64xf32>
  %58 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%45, %56 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%57 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %61 = arith.addf %in, %in_7 : f32
    linalg.yield %61 : f32
  } -> tensor<2x16x64xf32>
  %59 = tensor.empty() : tensor<2x16x64xbf16>
  %60 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%58 : tensor<2x16x64xf32>) outs(%59 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %61 = arith.truncf %in : f32 to bf16
    linalg.yield %61 : bf16
  } -> tensor<2x16x64xbf16>
  return %60, %38 : tensor<2x16x64xbf16>, tensor<64xf32>
}
