// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Gradients by hand: saved or recomputed statistics, shared sums, types.

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d0)>
#map2 = affine_map<(d0, d1) -> (d1)>
#map3 = affine_map<(d0) -> (d0)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d1)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1)>
#map8 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map9 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1)>
#map10 = affine_map<(d0, d1, d2, d3, d4) -> (d1, d2)>

// Saved rstd.
// CHECK-LABEL: func.func @rms_backward_saved(
// CHECK: norm.rms_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) axes = [1] gradients = [input, scale] outs(
// CHECK-NOT: linalg.generic
func.func @rms_backward_saved(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>, %arg3: tensor<64xf32>) -> (tensor<16x64xf32>, tensor<64xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %14 = arith.mulf %in, %in_1 : f32
    linalg.yield %14 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg3 : tensor<16x64xf32>, tensor<64xf32>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %14 = arith.mulf %in, %in_1 : f32
    linalg.yield %14 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<16xf32>) -> tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3, %1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %14 = arith.mulf %in, %in_1 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%6 : tensor<16xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%3, %1, %8, %arg2 : tensor<16x64xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%9 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %out: f32):
    %14 = arith.mulf %in_1, %in_2 : f32
    %15 = arith.subf %in, %14 : f32
    %16 = arith.mulf %in_3, %15 : f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  %11 = tensor.empty() : tensor<64xf32>
  %12 = linalg.fill ins(%cst : f32) outs(%11 : tensor<64xf32>) -> tensor<64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map, #map2], iterator_types = ["reduction", "parallel"]} ins(%arg0, %1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%12 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %14 = arith.mulf %in, %in_1 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<64xf32>
  return %10, %13 : tensor<16x64xf32>, tensor<64xf32>
}

// rstd is computed again.
// CHECK-LABEL: func.func @rms_backward_recomputed(
// CHECK: norm.rms_norm_backward {{.*}}axes = [1] {{.*}}gradients = [input, scale] outs(
// CHECK-NOT: linalg.generic
func.func @rms_backward_recomputed(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<64xf32>) -> (tensor<16x64xf32>, tensor<64xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg1 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.mulf %in, %in : f32
    %20 = arith.addf %out, %19 : f32
    linalg.yield %20 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.divf %in, %cst_0 : f32
    %20 = arith.addf %19, %cst_1 : f32
    %21 = math.rsqrt %20 : f32
    linalg.yield %21 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %19 = arith.mulf %in, %in_2 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  %7 = tensor.empty() : tensor<16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg2 : tensor<16x64xf32>, tensor<64xf32>) outs(%7 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %19 = arith.mulf %in, %in_2 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  %9 = tensor.empty() : tensor<16xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<16xf32>) -> tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%8, %6 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %19 = arith.mulf %in, %in_2 : f32
    %20 = arith.addf %out, %19 : f32
    linalg.yield %20 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%11 : tensor<16xf32>) outs(%12 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.divf %in, %cst_0 : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %14 = tensor.empty() : tensor<16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%8, %6, %13, %4 : tensor<16x64xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%14 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %19 = arith.mulf %in_2, %in_3 : f32
    %20 = arith.subf %in, %19 : f32
    %21 = arith.mulf %in_4, %20 : f32
    linalg.yield %21 : f32
  } -> tensor<16x64xf32>
  %16 = tensor.empty() : tensor<64xf32>
  %17 = linalg.fill ins(%cst : f32) outs(%16 : tensor<64xf32>) -> tensor<64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map, #map2], iterator_types = ["reduction", "parallel"]} ins(%arg0, %6 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%17 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %19 = arith.mulf %in, %in_2 : f32
    %20 = arith.addf %out, %19 : f32
    linalg.yield %20 : f32
  } -> tensor<64xf32>
  return %15, %18 : tensor<16x64xf32>, tensor<64xf32>
}

// g * rstd - x * rstd^3 * mean(g * x).
// CHECK-LABEL: func.func @rms_backward_cubed(
// CHECK: norm.rms_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) axes = [1] gradients = [input] outs(
func.func @rms_backward_cubed(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>, %arg3: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg3 : tensor<16x64xf32>, tensor<64xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %7 = arith.mulf %in, %in_1 : f32
    linalg.yield %7 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1, %arg1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %7 = arith.mulf %in, %in_1 : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%1, %arg2, %arg1, %4 : tensor<16x64xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<16xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %out: f32):
    %7 = arith.mulf %in, %in_1 : f32
    %8 = arith.mulf %in_1, %in_1 : f32
    %9 = arith.mulf %8, %in_1 : f32
    %10 = arith.mulf %in_3, %9 : f32
    %11 = arith.divf %10, %cst_0 : f32
    %12 = arith.mulf %in_2, %11 : f32
    %13 = arith.subf %7, %12 : f32
    linalg.yield %13 : f32
  } -> tensor<16x64xf32>
  return %6 : tensor<16x64xf32>
}

// Without a scale.
// CHECK-LABEL: func.func @rms_backward_no_scale(
// CHECK: norm.rms_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) axes = [1] gradients = [input] outs(
// CHECK-NOT: linalg.generic
func.func @rms_backward_no_scale(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %9 = arith.mulf %in, %in_1 : f32
    linalg.yield %9 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %9 = arith.mulf %in, %in_1 : f32
    %10 = arith.addf %out, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%4 : tensor<16xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.divf %in, %cst_0 : f32
    linalg.yield %9 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %1, %6, %arg2 : tensor<16x64xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%7 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %out: f32):
    %9 = arith.mulf %in_1, %in_2 : f32
    %10 = arith.subf %in, %9 : f32
    %11 = arith.mulf %in_3, %10 : f32
    linalg.yield %11 : f32
  } -> tensor<16x64xf32>
  return %8 : tensor<16x64xf32>
}

// f16; the gradient of the scale is rounded after its sum.
// CHECK-LABEL: func.func @rms_backward_f16(
// CHECK: norm.rms_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) axes = [1] gradients = [input, scale] outs(
// CHECK: arith.truncf
func.func @rms_backward_f16(%arg0: tensor<16x64xf16>, %arg1: tensor<16x64xf16>, %arg2: tensor<16xf32>, %arg3: tensor<64xf16>) -> (tensor<16x64xf16>, tensor<64xf16>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1 : tensor<16x64xf16>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f16, %out: f32):
    %20 = arith.extf %in : f16 to f32
    linalg.yield %20 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xf16>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: f16, %out: f32):
    %20 = arith.extf %in : f16 to f32
    linalg.yield %20 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16x64xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%1, %arg2 : tensor<16x64xf32>, tensor<16xf32>) outs(%4 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %20 = arith.mulf %in, %in_1 : f32
    linalg.yield %20 : f32
  } -> tensor<16x64xf32>
  %6 = tensor.empty() : tensor<16x64xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%3, %arg3 : tensor<16x64xf32>, tensor<64xf16>) outs(%6 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f16, %out: f32):
    %20 = arith.extf %in_1 : f16 to f32
    %21 = arith.mulf %in, %20 : f32
    linalg.yield %21 : f32
  } -> tensor<16x64xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.fill ins(%cst : f32) outs(%8 : tensor<16xf32>) -> tensor<16xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%7, %5 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%9 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %20 = arith.mulf %in, %in_1 : f32
    %21 = arith.addf %out, %20 : f32
    linalg.yield %21 : f32
  } -> tensor<16xf32>
  %11 = tensor.empty() : tensor<16xf32>
  %12 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%10 : tensor<16xf32>) outs(%11 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.divf %in, %cst_0 : f32
    linalg.yield %20 : f32
  } -> tensor<16xf32>
  %13 = tensor.empty() : tensor<16x64xf16>
  %14 = linalg.generic {indexing_maps = [#map, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%7, %5, %12, %arg2 : tensor<16x64xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%13 : tensor<16x64xf16>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %out: f16):
    %20 = arith.mulf %in_1, %in_2 : f32
    %21 = arith.subf %in, %20 : f32
    %22 = arith.mulf %in_3, %21 : f32
    %23 = arith.truncf %22 : f32 to f16
    linalg.yield %23 : f16
  } -> tensor<16x64xf16>
  %15 = tensor.empty() : tensor<64xf32>
  %16 = linalg.fill ins(%cst : f32) outs(%15 : tensor<64xf32>) -> tensor<64xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map, #map2], iterator_types = ["reduction", "parallel"]} ins(%3, %5 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%16 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %20 = arith.mulf %in, %in_1 : f32
    %21 = arith.addf %out, %20 : f32
    linalg.yield %21 : f32
  } -> tensor<64xf32>
  %18 = tensor.empty() : tensor<64xf16>
  %19 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%17 : tensor<64xf32>) outs(%18 : tensor<64xf16>) {
  ^bb0(%in: f32, %out: f16):
    %20 = arith.truncf %in : f32 to f16
    linalg.yield %20 : f16
  } -> tensor<64xf16>
  return %14, %19 : tensor<16x64xf16>, tensor<64xf16>
}

// Batch norm, channels first.
// CHECK-LABEL: func.func @batch_backward(
// CHECK: norm.batch_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) layout = channels_first gradients = [input, scale, bias] outs(
// CHECK-NOT: linalg.generic
func.func @batch_backward(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<4x32x14x14xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> (tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 7.840000e+02 : f32
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map4, #map5, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %22 = arith.subf %in, %in_1 : f32
    %23 = arith.mulf %22, %in_2 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x14x14xf32>
  %2 = tensor.empty() : tensor<4x32x14x14xf32>
  %3 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg4 : tensor<4x32x14x14xf32>, tensor<32xf32>) outs(%2 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %22 = arith.mulf %in, %in_1 : f32
    linalg.yield %22 : f32
  } -> tensor<4x32x14x14xf32>
  %4 = tensor.empty() : tensor<32xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<32xf32>) -> tensor<32xf32>
  %6 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%3 : tensor<4x32x14x14xf32>) outs(%5 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %out, %in : f32
    linalg.yield %22 : f32
  } -> tensor<32xf32>
  %7 = tensor.empty() : tensor<32xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%6 : tensor<32xf32>) outs(%7 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_0 : f32
    linalg.yield %22 : f32
  } -> tensor<32xf32>
  %9 = tensor.empty() : tensor<32xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<32xf32>) -> tensor<32xf32>
  %11 = linalg.generic {indexing_maps = [#map4, #map4, #map5], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%3, %1 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%10 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %22 = arith.mulf %in, %in_1 : f32
    %23 = arith.addf %out, %22 : f32
    linalg.yield %23 : f32
  } -> tensor<32xf32>
  %12 = tensor.empty() : tensor<32xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%11 : tensor<32xf32>) outs(%12 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_0 : f32
    linalg.yield %22 : f32
  } -> tensor<32xf32>
  %14 = tensor.empty() : tensor<4x32x14x14xf32>
  %15 = linalg.generic {indexing_maps = [#map4, #map5, #map4, #map5, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%3, %8, %1, %13, %arg3 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) outs(%14 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %22 = arith.subf %in, %in_1 : f32
    %23 = arith.mulf %in_2, %in_3 : f32
    %24 = arith.subf %22, %23 : f32
    %25 = arith.mulf %in_4, %24 : f32
    linalg.yield %25 : f32
  } -> tensor<4x32x14x14xf32>
  %16 = tensor.empty() : tensor<32xf32>
  %17 = linalg.fill ins(%cst : f32) outs(%16 : tensor<32xf32>) -> tensor<32xf32>
  %18 = linalg.generic {indexing_maps = [#map4, #map4, #map5], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0, %1 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%17 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %22 = arith.mulf %in, %in_1 : f32
    %23 = arith.addf %out, %22 : f32
    linalg.yield %23 : f32
  } -> tensor<32xf32>
  %19 = tensor.empty() : tensor<32xf32>
  %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<32xf32>) -> tensor<32xf32>
  %21 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%20 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %out, %in : f32
    linalg.yield %22 : f32
  } -> tensor<32xf32>
  return %15, %18, %21 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>
}

// Batch norm, channels last.
// CHECK-LABEL: func.func @batch_backward_channels_last(
// CHECK: norm.batch_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) layout = channels_last gradients = [input, scale, bias] outs(
// CHECK-NOT: linalg.generic
func.func @batch_backward_channels_last(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<4x14x14x32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> (tensor<4x14x14x32xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 7.840000e+02 : f32
  %0 = tensor.empty() : tensor<4x14x14x32xf32>
  %1 = linalg.generic {indexing_maps = [#map4, #map6, #map6, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<4x14x14x32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %22 = arith.subf %in, %in_1 : f32
    %23 = arith.mulf %22, %in_2 : f32
    linalg.yield %23 : f32
  } -> tensor<4x14x14x32xf32>
  %2 = tensor.empty() : tensor<4x14x14x32xf32>
  %3 = linalg.generic {indexing_maps = [#map4, #map6, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg4 : tensor<4x14x14x32xf32>, tensor<32xf32>) outs(%2 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %22 = arith.mulf %in, %in_1 : f32
    linalg.yield %22 : f32
  } -> tensor<4x14x14x32xf32>
  %4 = tensor.empty() : tensor<32xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<32xf32>) -> tensor<32xf32>
  %6 = linalg.generic {indexing_maps = [#map4, #map6], iterator_types = ["reduction", "reduction", "reduction", "parallel"]} ins(%3 : tensor<4x14x14x32xf32>) outs(%5 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %out, %in : f32
    linalg.yield %22 : f32
  } -> tensor<32xf32>
  %7 = tensor.empty() : tensor<32xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%6 : tensor<32xf32>) outs(%7 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_0 : f32
    linalg.yield %22 : f32
  } -> tensor<32xf32>
  %9 = tensor.empty() : tensor<32xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<32xf32>) -> tensor<32xf32>
  %11 = linalg.generic {indexing_maps = [#map4, #map4, #map6], iterator_types = ["reduction", "reduction", "reduction", "parallel"]} ins(%3, %1 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%10 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %22 = arith.mulf %in, %in_1 : f32
    %23 = arith.addf %out, %22 : f32
    linalg.yield %23 : f32
  } -> tensor<32xf32>
  %12 = tensor.empty() : tensor<32xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%11 : tensor<32xf32>) outs(%12 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_0 : f32
    linalg.yield %22 : f32
  } -> tensor<32xf32>
  %14 = tensor.empty() : tensor<4x14x14x32xf32>
  %15 = linalg.generic {indexing_maps = [#map4, #map6, #map4, #map6, #map6, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%3, %8, %1, %13, %arg3 : tensor<4x14x14x32xf32>, tensor<32xf32>, tensor<4x14x14x32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%14 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %22 = arith.subf %in, %in_1 : f32
    %23 = arith.mulf %in_2, %in_3 : f32
    %24 = arith.subf %22, %23 : f32
    %25 = arith.mulf %in_4, %24 : f32
    linalg.yield %25 : f32
  } -> tensor<4x14x14x32xf32>
  %16 = tensor.empty() : tensor<32xf32>
  %17 = linalg.fill ins(%cst : f32) outs(%16 : tensor<32xf32>) -> tensor<32xf32>
  %18 = linalg.generic {indexing_maps = [#map4, #map4, #map6], iterator_types = ["reduction", "reduction", "reduction", "parallel"]} ins(%arg0, %1 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%17 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %22 = arith.mulf %in, %in_1 : f32
    %23 = arith.addf %out, %22 : f32
    linalg.yield %23 : f32
  } -> tensor<32xf32>
  %19 = tensor.empty() : tensor<32xf32>
  %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<32xf32>) -> tensor<32xf32>
  %21 = linalg.generic {indexing_maps = [#map4, #map6], iterator_types = ["reduction", "reduction", "reduction", "parallel"]} ins(%arg0 : tensor<4x14x14x32xf32>) outs(%20 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %out, %in : f32
    linalg.yield %22 : f32
  } -> tensor<32xf32>
  return %15, %18, %21 : tensor<4x14x14x32xf32>, tensor<32xf32>, tensor<32xf32>
}

// dx takes its means from dscale and dbias: w * rstd * (dy - (dbias + x^ * dscale) / N).
// CHECK-LABEL: func.func @batch_backward_sums_shared(
// CHECK: norm.batch_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) layout = channels_first gradients = [input, scale, bias] outs(
// CHECK-NOT: linalg.generic
func.func @batch_backward_sums_shared(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<4x32x14x14xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> (tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 7.840000e+02 : f32
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map4, #map5, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %10 = arith.subf %in, %in_1 : f32
    %11 = arith.mulf %10, %in_2 : f32
    linalg.yield %11 : f32
  } -> tensor<4x32x14x14xf32>
  %2 = tensor.empty() : tensor<32xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<32xf32>) -> tensor<32xf32>
  %4 = linalg.generic {indexing_maps = [#map4, #map4, #map5], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0, %1 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %10 = arith.mulf %in, %in_1 : f32
    %11 = arith.addf %out, %10 : f32
    linalg.yield %11 : f32
  } -> tensor<32xf32>
  %5 = tensor.empty() : tensor<32xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<32xf32>) -> tensor<32xf32>
  %7 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%6 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.addf %out, %in : f32
    linalg.yield %10 : f32
  } -> tensor<32xf32>
  %8 = tensor.empty() : tensor<4x32x14x14xf32>
  %9 = linalg.generic {indexing_maps = [#map4, #map4, #map5, #map5, #map5, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %1, %4, %7, %arg3, %arg4 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%8 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %10 = arith.mulf %in_5, %in_4 : f32
    %11 = arith.mulf %in_1, %in_2 : f32
    %12 = arith.addf %in_3, %11 : f32
    %13 = arith.divf %12, %cst_0 : f32
    %14 = arith.subf %in, %13 : f32
    %15 = arith.mulf %10, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<4x32x14x14xf32>
  return %9, %4, %7 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>
}

// Batch norm with running statistics.
// CHECK-LABEL: func.func @batch_inference_backward(
// CHECK: norm.batch_norm_inference_backward {{.*}}layout = channels_first {{.*}}gradients = [input, scale, bias] outs(
// CHECK-NOT: linalg.generic
func.func @batch_inference_backward(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<4x32x14x14xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> (tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant 9.99999974E-6 : f32
  %cst_0 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg3 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %in, %cst : f32
    %13 = math.rsqrt %12 : f32
    linalg.yield %13 : f32
  } -> tensor<32xf32>
  %2 = tensor.empty() : tensor<4x32x14x14xf32>
  %3 = linalg.generic {indexing_maps = [#map4, #map5, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %arg2, %1 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) outs(%2 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_1 : f32
    %13 = arith.mulf %12, %in_2 : f32
    linalg.yield %13 : f32
  } -> tensor<4x32x14x14xf32>
  %4 = tensor.empty() : tensor<4x32x14x14xf32>
  %5 = linalg.generic {indexing_maps = [#map4, #map5, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg4, %1 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %12 = arith.mulf %in, %in_1 : f32
    %13 = arith.mulf %12, %in_2 : f32
    linalg.yield %13 : f32
  } -> tensor<4x32x14x14xf32>
  %6 = tensor.empty() : tensor<32xf32>
  %7 = linalg.fill ins(%cst_0 : f32) outs(%6 : tensor<32xf32>) -> tensor<32xf32>
  %8 = linalg.generic {indexing_maps = [#map4, #map4, #map5], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0, %3 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%7 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %12 = arith.mulf %in, %in_1 : f32
    %13 = arith.addf %out, %12 : f32
    linalg.yield %13 : f32
  } -> tensor<32xf32>
  %9 = tensor.empty() : tensor<32xf32>
  %10 = linalg.fill ins(%cst_0 : f32) outs(%9 : tensor<32xf32>) -> tensor<32xf32>
  %11 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%10 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  return %5, %8, %11 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>
}

// Instance norm: means over space, sums over batch and space.
// CHECK-LABEL: func.func @instance_backward(
// CHECK: norm.instance_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) layout = channels_first gradients = [input, scale, bias] outs(
// CHECK-NOT: linalg.generic
func.func @instance_backward(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<4x32x14x14xf32>, %arg2: tensor<4x32xf32>, %arg3: tensor<4x32xf32>, %arg4: tensor<32xf32>) -> (tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.960000e+02 : f32
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map4, #map7, #map7, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<4x32x14x14xf32>, tensor<4x32xf32>, tensor<4x32xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %22 = arith.subf %in, %in_1 : f32
    %23 = arith.mulf %22, %in_2 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32x14x14xf32>
  %2 = tensor.empty() : tensor<4x32x14x14xf32>
  %3 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg4 : tensor<4x32x14x14xf32>, tensor<32xf32>) outs(%2 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %22 = arith.mulf %in, %in_1 : f32
    linalg.yield %22 : f32
  } -> tensor<4x32x14x14xf32>
  %4 = tensor.empty() : tensor<4x32xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %6 = linalg.generic {indexing_maps = [#map4, #map7], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%3 : tensor<4x32x14x14xf32>) outs(%5 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %out, %in : f32
    linalg.yield %22 : f32
  } -> tensor<4x32xf32>
  %7 = tensor.empty() : tensor<4x32xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%6 : tensor<4x32xf32>) outs(%7 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_0 : f32
    linalg.yield %22 : f32
  } -> tensor<4x32xf32>
  %9 = tensor.empty() : tensor<4x32xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %11 = linalg.generic {indexing_maps = [#map4, #map4, #map7], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%3, %1 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%10 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %22 = arith.mulf %in, %in_1 : f32
    %23 = arith.addf %out, %22 : f32
    linalg.yield %23 : f32
  } -> tensor<4x32xf32>
  %12 = tensor.empty() : tensor<4x32xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%11 : tensor<4x32xf32>) outs(%12 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_0 : f32
    linalg.yield %22 : f32
  } -> tensor<4x32xf32>
  %14 = tensor.empty() : tensor<4x32x14x14xf32>
  %15 = linalg.generic {indexing_maps = [#map4, #map7, #map4, #map7, #map7, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%3, %8, %1, %13, %arg3 : tensor<4x32x14x14xf32>, tensor<4x32xf32>, tensor<4x32x14x14xf32>, tensor<4x32xf32>, tensor<4x32xf32>) outs(%14 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %22 = arith.subf %in, %in_1 : f32
    %23 = arith.mulf %in_2, %in_3 : f32
    %24 = arith.subf %22, %23 : f32
    %25 = arith.mulf %in_4, %24 : f32
    linalg.yield %25 : f32
  } -> tensor<4x32x14x14xf32>
  %16 = tensor.empty() : tensor<32xf32>
  %17 = linalg.fill ins(%cst : f32) outs(%16 : tensor<32xf32>) -> tensor<32xf32>
  %18 = linalg.generic {indexing_maps = [#map4, #map4, #map5], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0, %1 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%17 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %22 = arith.mulf %in, %in_1 : f32
    %23 = arith.addf %out, %22 : f32
    linalg.yield %23 : f32
  } -> tensor<32xf32>
  %19 = tensor.empty() : tensor<32xf32>
  %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<32xf32>) -> tensor<32xf32>
  %21 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%20 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %out, %in : f32
    linalg.yield %22 : f32
  } -> tensor<32xf32>
  return %15, %18, %21 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>
}

// Group norm over expand_shape.
// CHECK-LABEL: func.func @group_backward(
// CHECK: norm.group_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) groups = 8 layout = channels_first gradients = [input, scale, bias] outs(
func.func @group_backward(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<4x32x14x14xf32>, %arg2: tensor<4x8xf32>, %arg3: tensor<4x8xf32>, %arg4: tensor<32xf32>) -> (tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 7.840000e+02 : f32
  %expanded = tensor.expand_shape %arg0 [[0], [1, 2], [3], [4]] output_shape [4, 8, 4, 14, 14] : tensor<4x32x14x14xf32> into tensor<4x8x4x14x14xf32>
  %expanded_1 = tensor.expand_shape %arg1 [[0], [1, 2], [3], [4]] output_shape [4, 8, 4, 14, 14] : tensor<4x32x14x14xf32> into tensor<4x8x4x14x14xf32>
  %expanded_2 = tensor.expand_shape %arg4 [[0, 1]] output_shape [8, 4] : tensor<32xf32> into tensor<8x4xf32>
  %0 = tensor.empty() : tensor<4x8x4x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map8, #map9, #map9, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded_1, %arg2, %arg3 : tensor<4x8x4x14x14xf32>, tensor<4x8xf32>, tensor<4x8xf32>) outs(%0 : tensor<4x8x4x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %in_6: f32, %out: f32):
    %22 = arith.subf %in, %in_5 : f32
    %23 = arith.mulf %22, %in_6 : f32
    linalg.yield %23 : f32
  } -> tensor<4x8x4x14x14xf32>
  %2 = tensor.empty() : tensor<4x8x4x14x14xf32>
  %3 = linalg.generic {indexing_maps = [#map8, #map10, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %expanded_2 : tensor<4x8x4x14x14xf32>, tensor<8x4xf32>) outs(%2 : tensor<4x8x4x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.mulf %in, %in_5 : f32
    linalg.yield %22 : f32
  } -> tensor<4x8x4x14x14xf32>
  %4 = tensor.empty() : tensor<4x8xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %6 = linalg.generic {indexing_maps = [#map8, #map9], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%3 : tensor<4x8x4x14x14xf32>) outs(%5 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %out, %in : f32
    linalg.yield %22 : f32
  } -> tensor<4x8xf32>
  %7 = tensor.empty() : tensor<4x8xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%6 : tensor<4x8xf32>) outs(%7 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_0 : f32
    linalg.yield %22 : f32
  } -> tensor<4x8xf32>
  %9 = tensor.empty() : tensor<4x8xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %11 = linalg.generic {indexing_maps = [#map8, #map8, #map9], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%3, %1 : tensor<4x8x4x14x14xf32>, tensor<4x8x4x14x14xf32>) outs(%10 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.mulf %in, %in_5 : f32
    %23 = arith.addf %out, %22 : f32
    linalg.yield %23 : f32
  } -> tensor<4x8xf32>
  %12 = tensor.empty() : tensor<4x8xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%11 : tensor<4x8xf32>) outs(%12 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_0 : f32
    linalg.yield %22 : f32
  } -> tensor<4x8xf32>
  %14 = tensor.empty() : tensor<4x8x4x14x14xf32>
  %15 = linalg.generic {indexing_maps = [#map8, #map9, #map8, #map9, #map9, #map8], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%3, %8, %1, %13, %arg3 : tensor<4x8x4x14x14xf32>, tensor<4x8xf32>, tensor<4x8x4x14x14xf32>, tensor<4x8xf32>, tensor<4x8xf32>) outs(%14 : tensor<4x8x4x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %in_6: f32, %in_7: f32, %in_8: f32, %out: f32):
    %22 = arith.subf %in, %in_5 : f32
    %23 = arith.mulf %in_6, %in_7 : f32
    %24 = arith.subf %22, %23 : f32
    %25 = arith.mulf %in_8, %24 : f32
    linalg.yield %25 : f32
  } -> tensor<4x8x4x14x14xf32>
  %collapsed = tensor.collapse_shape %15 [[0], [1, 2], [3], [4]] : tensor<4x8x4x14x14xf32> into tensor<4x32x14x14xf32>
  %16 = tensor.empty() : tensor<8x4xf32>
  %17 = linalg.fill ins(%cst : f32) outs(%16 : tensor<8x4xf32>) -> tensor<8x4xf32>
  %18 = linalg.generic {indexing_maps = [#map8, #map8, #map10], iterator_types = ["reduction", "parallel", "parallel", "reduction", "reduction"]} ins(%expanded, %1 : tensor<4x8x4x14x14xf32>, tensor<4x8x4x14x14xf32>) outs(%17 : tensor<8x4xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.mulf %in, %in_5 : f32
    %23 = arith.addf %out, %22 : f32
    linalg.yield %23 : f32
  } -> tensor<8x4xf32>
  %collapsed_3 = tensor.collapse_shape %18 [[0, 1]] : tensor<8x4xf32> into tensor<32xf32>
  %19 = tensor.empty() : tensor<8x4xf32>
  %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<8x4xf32>) -> tensor<8x4xf32>
  %21 = linalg.generic {indexing_maps = [#map8, #map10], iterator_types = ["reduction", "parallel", "parallel", "reduction", "reduction"]} ins(%expanded : tensor<4x8x4x14x14xf32>) outs(%20 : tensor<8x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %out, %in : f32
    linalg.yield %22 : f32
  } -> tensor<8x4xf32>
  %collapsed_4 = tensor.collapse_shape %21 [[0, 1]] : tensor<8x4xf32> into tensor<32xf32>
  return %collapsed, %collapsed_3, %collapsed_4 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>
}
