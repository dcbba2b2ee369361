// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// torch's gradients of layer and RMS normalizations, decomposed and imported.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0) -> (d0)>

// aten.native_layer_norm_backward with saved statistics: rstd / N * (N * g - sum(g) - x^ * sum(g *
// x^)).
// CHECK-LABEL: func.func @torch_layer_norm_backward(
// CHECK: norm.layer_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) axes = [2] gradients = [input, scale, bias] outs(
func.func @torch_layer_norm_backward(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<2x16x1xf32>, %arg3: tensor<2x16x1xf32>, %arg4: tensor<64xf32>, %arg5: tensor<64xf32>) -> (tensor<2x16x64xf32>, tensor<64xf32>, tensor<64xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %arg2 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %20 = arith.subf %in, %in_1 : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %arg3 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %20 = arith.mulf %in, %in_1 : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg4 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %20 = arith.mulf %in, %in_1 : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x64xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.mulf %in, %cst_0 : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x64xf32>
  %5 = tensor.empty() : tensor<2x16x1xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%3 : tensor<2x16x64xf32>) outs(%6 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.addf %in, %out : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3, %2 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %20 = arith.mulf %in, %in_1 : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x64xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%8 : tensor<2x16x64xf32>) outs(%6 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.addf %in, %out : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2, %9 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %20 = arith.mulf %in, %in_1 : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4, %7 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %20 = arith.subf %in, %in_1 : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11, %10 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %20 = arith.subf %in, %in_1 : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg3 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.divf %in, %cst_0 : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map1, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13, %12 : tensor<2x16x1xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %20 = arith.mulf %in, %in_1 : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %2 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %20 = arith.mulf %in, %in_1 : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x64xf32>
  %16 = tensor.empty() : tensor<64xf32>
  %17 = linalg.fill ins(%cst : f32) outs(%16 : tensor<64xf32>) -> tensor<64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "reduction", "parallel"]} ins(%15 : tensor<2x16x64xf32>) outs(%17 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.addf %in, %out : f32
    linalg.yield %20 : f32
  } -> tensor<64xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "reduction", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%17 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.addf %in, %out : f32
    linalg.yield %20 : f32
  } -> tensor<64xf32>
  return %14, %18, %19 : tensor<2x16x64xf32>, tensor<64xf32>, tensor<64xf32>
}

// The gradient of the input alone.
// CHECK-LABEL: func.func @torch_layer_norm_backward_input(
// CHECK: norm.layer_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) axes = [2] gradients = [input] outs(
// CHECK-NOT: linalg.generic
func.func @torch_layer_norm_backward_input(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<2x16x1xf32>, %arg3: tensor<2x16x1xf32>, %arg4: tensor<64xf32>, %arg5: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %arg2 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %15 = arith.subf %in, %in_1 : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %arg3 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %15 = arith.mulf %in, %in_1 : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg4 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %15 = arith.mulf %in, %in_1 : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x64xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = arith.mulf %in, %cst_0 : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x64xf32>
  %5 = tensor.empty() : tensor<2x16x1xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%3 : tensor<2x16x64xf32>) outs(%6 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = arith.addf %in, %out : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3, %2 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %15 = arith.mulf %in, %in_1 : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x64xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%8 : tensor<2x16x64xf32>) outs(%6 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = arith.addf %in, %out : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2, %9 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %15 = arith.mulf %in, %in_1 : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4, %7 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %15 = arith.subf %in, %in_1 : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11, %10 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %15 = arith.subf %in, %in_1 : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg3 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = arith.divf %in, %cst_0 : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map1, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13, %12 : tensor<2x16x1xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %15 = arith.mulf %in, %in_1 : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x64xf32>
  return %14 : tensor<2x16x64xf32>
}

// Without a weight.
// CHECK-LABEL: func.func @torch_layer_norm_backward_no_affine(
// CHECK: norm.layer_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) axes = [2] gradients = [input] outs(
// CHECK-NOT: linalg.generic
func.func @torch_layer_norm_backward_no_affine(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<2x16x1xf32>, %arg3: tensor<2x16x1xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %arg2 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %14 = arith.subf %in, %in_1 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %arg3 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %14 = arith.mulf %in, %in_1 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.mulf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %4 = tensor.empty() : tensor<2x16x1xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %in, %out : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %2 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %14 = arith.mulf %in, %in_1 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%7 : tensor<2x16x64xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %in, %out : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2, %8 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %14 = arith.mulf %in, %in_1 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3, %6 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %14 = arith.subf %in, %in_1 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %9 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %14 = arith.subf %in, %in_1 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg3 : tensor<2x16x1xf32>) outs(%4 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %13 = linalg.generic {indexing_maps = [#map1, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12, %11 : tensor<2x16x1xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %14 = arith.mulf %in, %in_1 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  return %13 : tensor<2x16x64xf32>
}

// bf16: computed in f32, all gradients rounded at the end.
// CHECK-LABEL: func.func @torch_layer_norm_backward_bf16(
// CHECK: norm.layer_norm_backward {{.*}}axes = [2]
func.func @torch_layer_norm_backward_bf16(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<2x16x64xbf16>, %arg2: tensor<2x16x1xf32>, %arg3: tensor<2x16x1xf32>, %arg4: tensor<64xbf16>, %arg5: tensor<64xbf16>) -> (tensor<2x16x64xbf16>, tensor<64xbf16>, tensor<64xbf16>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %28 = arith.extf %in : bf16 to f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %28 = arith.extf %in : bf16 to f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %3 = tensor.empty() : tensor<64xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg4 : tensor<64xbf16>) outs(%3 : tensor<64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %28 = arith.extf %in : bf16 to f32
    linalg.yield %28 : f32
  } -> tensor<64xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2, %arg2 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %28 = arith.subf %in, %in_1 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %arg3 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %28 = arith.mulf %in, %in_1 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %4 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %28 = arith.mulf %in, %in_1 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.mulf %in, %cst_0 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%7 : tensor<2x16x64xf32>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.addf %in, %out : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7, %6 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %28 = arith.mulf %in, %in_1 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%12 : tensor<2x16x64xf32>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.addf %in, %out : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %13 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %28 = arith.mulf %in, %in_1 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %11 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %28 = arith.subf %in, %in_1 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15, %14 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %28 = arith.subf %in, %in_1 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg3 : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.divf %in, %cst_0 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x1xf32>
  %18 = linalg.generic {indexing_maps = [#map1, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17, %16 : tensor<2x16x1xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %28 = arith.mulf %in, %in_1 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %6 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %28 = arith.mulf %in, %in_1 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %20 = linalg.fill ins(%cst : f32) outs(%3 : tensor<64xf32>) -> tensor<64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "reduction", "parallel"]} ins(%19 : tensor<2x16x64xf32>) outs(%20 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.addf %in, %out : f32
    linalg.yield %28 : f32
  } -> tensor<64xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "reduction", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%20 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.addf %in, %out : f32
    linalg.yield %28 : f32
  } -> tensor<64xf32>
  %23 = tensor.empty() : tensor<2x16x64xbf16>
  %24 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18 : tensor<2x16x64xf32>) outs(%23 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %28 = arith.truncf %in : f32 to bf16
    linalg.yield %28 : bf16
  } -> tensor<2x16x64xbf16>
  %25 = tensor.empty() : tensor<64xbf16>
  %26 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%21 : tensor<64xf32>) outs(%25 : tensor<64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %28 = arith.truncf %in : f32 to bf16
    linalg.yield %28 : bf16
  } -> tensor<64xbf16>
  %27 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%22 : tensor<64xf32>) outs(%25 : tensor<64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %28 = arith.truncf %in : f32 to bf16
    linalg.yield %28 : bf16
  } -> tensor<64xbf16>
  return %24, %26, %27 : tensor<2x16x64xbf16>, tensor<64xbf16>, tensor<64xbf16>
}

// The same by autograd: statistics are computed from x.
// CHECK-LABEL: func.func @torch_layer_norm_vjp(
// CHECK: norm.layer_norm_backward {{.*}}axes = [2] {{.*}}gradients = [input, scale, bias] outs(
func.func @torch_layer_norm_vjp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<64xf32>) -> (tensor<2x16x64xf32>, tensor<64xf32>, tensor<64xf32>) {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 6.400000e+01 : f64
  %cst_3 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf64>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %35 = arith.extf %in : f32 to f64
    linalg.yield %35 : f64
  } -> tensor<2x16x64xf64>
  %2 = tensor.empty() : tensor<2x16x1xf64>
  %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<2x16x1xf64>) -> tensor<2x16x1xf64>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf64>) outs(%3 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %35 = arith.addf %in, %out : f64
    linalg.yield %35 : f64
  } -> tensor<2x16x1xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf64>) outs(%2 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %35 = arith.divf %in, %cst_2 : f64
    linalg.yield %35 : f64
  } -> tensor<2x16x1xf64>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %5 : tensor<2x16x64xf64>, tensor<2x16x1xf64>) outs(%0 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %35 = arith.subf %in, %in_4 : f64
    linalg.yield %35 : f64
  } -> tensor<2x16x64xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %6 : tensor<2x16x64xf64>, tensor<2x16x64xf64>) outs(%0 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %35 = arith.mulf %in, %in_4 : f64
    linalg.yield %35 : f64
  } -> tensor<2x16x64xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%7 : tensor<2x16x64xf64>) outs(%3 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %35 = arith.addf %in, %out : f64
    linalg.yield %35 : f64
  } -> tensor<2x16x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf64>) outs(%2 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %35 = arith.divf %in, %cst_2 : f64
    linalg.yield %35 : f64
  } -> tensor<2x16x1xf64>
  %10 = tensor.empty() : tensor<2x16x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x1xf64>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %35 = arith.truncf %in : f64 to f32
    linalg.yield %35 : f32
  } -> tensor<2x16x1xf32>
  %12 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%12 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = arith.addf %in, %out : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x16x1xf32>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = arith.divf %in, %cst_3 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x16x1xf32>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = arith.truncf %cst_1 : f64 to f32
    %36 = arith.addf %in, %35 : f32
    linalg.yield %36 : f32
  } -> tensor<2x16x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x16x1xf32>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = math.rsqrt %in : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x1xf32>
  %17 = tensor.empty() : tensor<2x16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %14 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %35 = arith.subf %in, %in_4 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x64xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %35 = arith.mulf %in, %in_4 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x64xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg2 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %35 = arith.mulf %in, %in_4 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<2x16x64xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = arith.mulf %in, %cst_3 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x64xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%20 : tensor<2x16x64xf32>) outs(%12 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = arith.addf %in, %out : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x1xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %19 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %35 = arith.mulf %in, %in_4 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x64xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%23 : tensor<2x16x64xf32>) outs(%12 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = arith.addf %in, %out : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x1xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %24 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %35 = arith.mulf %in, %in_4 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x64xf32>
  %26 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %22 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %35 = arith.subf %in, %in_4 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x64xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26, %25 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %35 = arith.subf %in, %in_4 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x64xf32>
  %28 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<2x16x1xf32>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = arith.divf %in, %cst_3 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x1xf32>
  %29 = linalg.generic {indexing_maps = [#map1, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%28, %27 : tensor<2x16x1xf32>, tensor<2x16x64xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %35 = arith.mulf %in, %in_4 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x64xf32>
  %30 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %19 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %35 = arith.mulf %in, %in_4 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x64xf32>
  %31 = tensor.empty() : tensor<64xf32>
  %32 = linalg.fill ins(%cst_0 : f32) outs(%31 : tensor<64xf32>) -> tensor<64xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "reduction", "parallel"]} ins(%30 : tensor<2x16x64xf32>) outs(%32 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = arith.addf %in, %out : f32
    linalg.yield %35 : f32
  } -> tensor<64xf32>
  %34 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "reduction", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%32 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = arith.addf %in, %out : f32
    linalg.yield %35 : f32
  } -> tensor<64xf32>
  return %29, %33, %34 : tensor<2x16x64xf32>, tensor<64xf32>, tensor<64xf32>
}
