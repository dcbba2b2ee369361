// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Gradients by hand: saved or recomputed statistics, shared sums, types.

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d0)>
#map2 = affine_map<(d0, d1) -> (d1)>
#map3 = affine_map<(d0) -> (d0)>

// Saved mean and rstd: the formula.
// CHECK-LABEL: func.func @layer_backward_saved(
// CHECK: norm.layer_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) axes = [1] gradients = [input, scale, bias] outs(
// CHECK-NOT: linalg.generic
func.func @layer_backward_saved(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>, %arg3: tensor<16xf32>, %arg4: tensor<64xf32>) -> (tensor<16x64xf32>, tensor<64xf32>, tensor<64xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %22 = arith.subf %in, %in_1 : f32
    %23 = arith.mulf %22, %in_2 : f32
    linalg.yield %23 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg4 : tensor<16x64xf32>, tensor<64xf32>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %22 = arith.mulf %in, %in_1 : f32
    linalg.yield %22 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<16xf32>) -> tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3 : tensor<16x64xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %out, %in : f32
    linalg.yield %22 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%6 : tensor<16xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_0 : f32
    linalg.yield %22 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<16xf32>) -> tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3, %1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %22 = arith.mulf %in, %in_1 : f32
    %23 = arith.addf %out, %22 : f32
    linalg.yield %23 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%11 : tensor<16xf32>) outs(%12 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_0 : f32
    linalg.yield %22 : f32
  } -> tensor<16xf32>
  %14 = tensor.empty() : tensor<16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%3, %8, %1, %13, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%14 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %22 = arith.subf %in, %in_1 : f32
    %23 = arith.mulf %in_2, %in_3 : f32
    %24 = arith.subf %22, %23 : f32
    %25 = arith.mulf %24, %in_4 : f32
    linalg.yield %25 : f32
  } -> tensor<16x64xf32>
  %16 = tensor.empty() : tensor<64xf32>
  %17 = linalg.fill ins(%cst : f32) outs(%16 : tensor<64xf32>) -> tensor<64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map, #map2], iterator_types = ["reduction", "parallel"]} ins(%arg0, %1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%17 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %22 = arith.mulf %in, %in_1 : f32
    %23 = arith.addf %out, %22 : f32
    linalg.yield %23 : f32
  } -> tensor<64xf32>
  %19 = tensor.empty() : tensor<64xf32>
  %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<64xf32>) -> tensor<64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "parallel"]} ins(%arg0 : tensor<16x64xf32>) outs(%20 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %out, %in : f32
    linalg.yield %22 : f32
  } -> tensor<64xf32>
  return %15, %18, %21 : tensor<16x64xf32>, tensor<64xf32>, tensor<64xf32>
}

// The gradient of the input.
// CHECK-LABEL: func.func @layer_backward_input_only(
// CHECK: norm.layer_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) axes = [1] gradients = [input] outs(
// CHECK-NOT: linalg.generic
func.func @layer_backward_input_only(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>, %arg3: tensor<16xf32>, %arg4: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %16 = arith.subf %in, %in_1 : f32
    %17 = arith.mulf %16, %in_2 : f32
    linalg.yield %17 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg4 : tensor<16x64xf32>, tensor<64xf32>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %16 = arith.mulf %in, %in_1 : f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<16xf32>) -> tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3 : tensor<16x64xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%6 : tensor<16xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<16xf32>) -> tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3, %1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %16 = arith.mulf %in, %in_1 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%11 : tensor<16xf32>) outs(%12 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %14 = tensor.empty() : tensor<16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%3, %8, %1, %13, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%14 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %16 = arith.subf %in, %in_1 : f32
    %17 = arith.mulf %in_2, %in_3 : f32
    %18 = arith.subf %16, %17 : f32
    %19 = arith.mulf %18, %in_4 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  return %15 : tensor<16x64xf32>
}

// Without a scale.
// CHECK-LABEL: func.func @layer_backward_no_scale(
// CHECK: norm.layer_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) axes = [1] gradients = [input] outs(
// CHECK-NOT: linalg.generic
func.func @layer_backward_no_scale(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>, %arg3: tensor<16xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %14 = arith.subf %in, %in_1 : f32
    %15 = arith.mulf %14, %in_2 : f32
    linalg.yield %15 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%4 : tensor<16xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<16xf32>) -> tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %14 = arith.mulf %in, %in_1 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%9 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %6, %1, %11, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%12 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %14 = arith.subf %in, %in_1 : f32
    %15 = arith.mulf %in_2, %in_3 : f32
    %16 = arith.subf %14, %15 : f32
    %17 = arith.mulf %16, %in_4 : f32
    linalg.yield %17 : f32
  } -> tensor<16x64xf32>
  return %13 : tensor<16x64xf32>
}

// Scale and bias only.
// CHECK-LABEL: func.func @layer_backward_parameters(
// CHECK: norm.layer_norm_backward {{.*}}axes = [1] {{.*}}gradients = [scale, bias] outs(
// CHECK-NOT: linalg.generic
func.func @layer_backward_parameters(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>, %arg3: tensor<16xf32>, %arg4: tensor<64xf32>) -> (tensor<64xf32>, tensor<64xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %out: f32):
    %10 = arith.subf %in, %in_0 : f32
    %11 = arith.mulf %10, %in_1 : f32
    linalg.yield %11 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg4 : tensor<16x64xf32>, tensor<64xf32>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %10 = arith.mulf %in, %in_0 : f32
    linalg.yield %10 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<64xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<64xf32>) -> tensor<64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map, #map2], iterator_types = ["reduction", "parallel"]} ins(%arg0, %1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%5 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %10 = arith.mulf %in, %in_0 : f32
    %11 = arith.addf %out, %10 : f32
    linalg.yield %11 : f32
  } -> tensor<64xf32>
  %7 = tensor.empty() : tensor<64xf32>
  %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<64xf32>) -> tensor<64xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "parallel"]} ins(%arg0 : tensor<16x64xf32>) outs(%8 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.addf %out, %in : f32
    linalg.yield %10 : f32
  } -> tensor<64xf32>
  return %6, %9 : tensor<64xf32>, tensor<64xf32>
}

// Statistics are computed from x again.
// CHECK-LABEL: func.func @layer_backward_recomputed(
// CHECK: norm.layer_norm_backward {{.*}}axes = [1] {{.*}}gradients = [input, scale, bias] outs(
// CHECK-NOT: linalg.generic
func.func @layer_backward_recomputed(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<64xf32>) -> (tensor<16x64xf32>, tensor<64xf32>, tensor<64xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg1 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.addf %out, %in : f32
    linalg.yield %34 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.divf %in, %cst_0 : f32
    linalg.yield %34 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg1, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %34 = arith.subf %in, %in_2 : f32
    %35 = arith.subf %in, %in_2 : f32
    %36 = arith.mulf %34, %35 : f32
    %37 = arith.addf %out, %36 : f32
    linalg.yield %37 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.divf %in, %cst_0 : f32
    linalg.yield %34 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%9 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.addf %in, %cst_1 : f32
    %35 = math.rsqrt %34 : f32
    linalg.yield %35 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %4, %11 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%12 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %34 = arith.subf %in, %in_2 : f32
    %35 = arith.mulf %34, %in_3 : f32
    linalg.yield %35 : f32
  } -> tensor<16x64xf32>
  %14 = tensor.empty() : tensor<16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg2 : tensor<16x64xf32>, tensor<64xf32>) outs(%14 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %34 = arith.mulf %in, %in_2 : f32
    linalg.yield %34 : f32
  } -> tensor<16x64xf32>
  %16 = tensor.empty() : tensor<16xf32>
  %17 = linalg.fill ins(%cst : f32) outs(%16 : tensor<16xf32>) -> tensor<16xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%15 : tensor<16x64xf32>) outs(%17 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.addf %out, %in : f32
    linalg.yield %34 : f32
  } -> tensor<16xf32>
  %19 = tensor.empty() : tensor<16xf32>
  %20 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%18 : tensor<16xf32>) outs(%19 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.divf %in, %cst_0 : f32
    linalg.yield %34 : f32
  } -> tensor<16xf32>
  %21 = tensor.empty() : tensor<16xf32>
  %22 = linalg.fill ins(%cst : f32) outs(%21 : tensor<16xf32>) -> tensor<16xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%15, %13 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%22 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %34 = arith.mulf %in, %in_2 : f32
    %35 = arith.addf %out, %34 : f32
    linalg.yield %35 : f32
  } -> tensor<16xf32>
  %24 = tensor.empty() : tensor<16xf32>
  %25 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%23 : tensor<16xf32>) outs(%24 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.divf %in, %cst_0 : f32
    linalg.yield %34 : f32
  } -> tensor<16xf32>
  %26 = tensor.empty() : tensor<16x64xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map1, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%15, %20, %13, %25, %11 : tensor<16x64xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%26 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %34 = arith.subf %in, %in_2 : f32
    %35 = arith.mulf %in_3, %in_4 : f32
    %36 = arith.subf %34, %35 : f32
    %37 = arith.mulf %36, %in_5 : f32
    linalg.yield %37 : f32
  } -> tensor<16x64xf32>
  %28 = tensor.empty() : tensor<64xf32>
  %29 = linalg.fill ins(%cst : f32) outs(%28 : tensor<64xf32>) -> tensor<64xf32>
  %30 = linalg.generic {indexing_maps = [#map, #map, #map2], iterator_types = ["reduction", "parallel"]} ins(%arg0, %13 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%29 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %34 = arith.mulf %in, %in_2 : f32
    %35 = arith.addf %out, %34 : f32
    linalg.yield %35 : f32
  } -> tensor<64xf32>
  %31 = tensor.empty() : tensor<64xf32>
  %32 = linalg.fill ins(%cst : f32) outs(%31 : tensor<64xf32>) -> tensor<64xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "parallel"]} ins(%arg0 : tensor<16x64xf32>) outs(%32 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.addf %out, %in : f32
    linalg.yield %34 : f32
  } -> tensor<64xf32>
  return %27, %30, %33 : tensor<16x64xf32>, tensor<64xf32>, tensor<64xf32>
}

// What is saved is the variance.
// CHECK-LABEL: func.func @layer_backward_saved_variance(
// CHECK: norm.layer_norm_backward {{.*}}stats({{.*}}eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} saved = variance gradients = [input, scale, bias] outs(
// CHECK-NOT: linalg.generic
func.func @layer_backward_saved_variance(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>, %arg3: tensor<16xf32>, %arg4: tensor<64xf32>) -> (tensor<16x64xf32>, tensor<64xf32>, tensor<64xf32>) {
  %cst = arith.constant 9.99999974E-6 : f32
  %cst_0 = arith.constant 1.000000e+00 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %cst_2 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%arg3 : tensor<16xf32>) outs(%0 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.addf %in, %cst : f32
    %25 = math.sqrt %24 : f32
    %26 = arith.divf %cst_0, %25 : f32
    linalg.yield %26 : f32
  } -> tensor<16xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2, %1 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %out: f32):
    %24 = arith.subf %in, %in_3 : f32
    %25 = arith.mulf %24, %in_4 : f32
    linalg.yield %25 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16x64xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg4 : tensor<16x64xf32>, tensor<64xf32>) outs(%4 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %24 = arith.mulf %in, %in_3 : f32
    linalg.yield %24 : f32
  } -> tensor<16x64xf32>
  %6 = tensor.empty() : tensor<16xf32>
  %7 = linalg.fill ins(%cst_1 : f32) outs(%6 : tensor<16xf32>) -> tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%5 : tensor<16x64xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.addf %out, %in : f32
    linalg.yield %24 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16xf32>
  %10 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%8 : tensor<16xf32>) outs(%9 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.divf %in, %cst_2 : f32
    linalg.yield %24 : f32
  } -> tensor<16xf32>
  %11 = tensor.empty() : tensor<16xf32>
  %12 = linalg.fill ins(%cst_1 : f32) outs(%11 : tensor<16xf32>) -> tensor<16xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%5, %3 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%12 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %24 = arith.mulf %in, %in_3 : f32
    %25 = arith.addf %out, %24 : f32
    linalg.yield %25 : f32
  } -> tensor<16xf32>
  %14 = tensor.empty() : tensor<16xf32>
  %15 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%13 : tensor<16xf32>) outs(%14 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.divf %in, %cst_2 : f32
    linalg.yield %24 : f32
  } -> tensor<16xf32>
  %16 = tensor.empty() : tensor<16x64xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map1, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%5, %10, %3, %15, %1 : tensor<16x64xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%16 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %in_5: f32, %in_6: f32, %out: f32):
    %24 = arith.subf %in, %in_3 : f32
    %25 = arith.mulf %in_4, %in_5 : f32
    %26 = arith.subf %24, %25 : f32
    %27 = arith.mulf %26, %in_6 : f32
    linalg.yield %27 : f32
  } -> tensor<16x64xf32>
  %18 = tensor.empty() : tensor<64xf32>
  %19 = linalg.fill ins(%cst_1 : f32) outs(%18 : tensor<64xf32>) -> tensor<64xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map, #map2], iterator_types = ["reduction", "parallel"]} ins(%arg0, %3 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%19 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %24 = arith.mulf %in, %in_3 : f32
    %25 = arith.addf %out, %24 : f32
    linalg.yield %25 : f32
  } -> tensor<64xf32>
  %21 = tensor.empty() : tensor<64xf32>
  %22 = linalg.fill ins(%cst_1 : f32) outs(%21 : tensor<64xf32>) -> tensor<64xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "parallel"]} ins(%arg0 : tensor<16x64xf32>) outs(%22 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.addf %out, %in : f32
    linalg.yield %24 : f32
  } -> tensor<64xf32>
  return %17, %20, %23 : tensor<16x64xf32>, tensor<64xf32>, tensor<64xf32>
}

// The gradient of the residual path is added: it may become dsum(...), or stay outside.
// CHECK-LABEL: func.func @layer_backward_residual(
// CHECK: norm.layer_norm_backward {{.*}}axes = [1] {{.*}}gradients = [input, scale, bias] outs(
func.func @layer_backward_residual(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>, %arg3: tensor<16xf32>, %arg4: tensor<64xf32>, %arg5: tensor<16x64xf32>) -> (tensor<16x64xf32>, tensor<64xf32>, tensor<64xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %24 = arith.subf %in, %in_1 : f32
    %25 = arith.mulf %24, %in_2 : f32
    linalg.yield %25 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg4 : tensor<16x64xf32>, tensor<64xf32>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %24 = arith.mulf %in, %in_1 : f32
    linalg.yield %24 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<16xf32>) -> tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3 : tensor<16x64xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.addf %out, %in : f32
    linalg.yield %24 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%6 : tensor<16xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.divf %in, %cst_0 : f32
    linalg.yield %24 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<16xf32>) -> tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3, %1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %24 = arith.mulf %in, %in_1 : f32
    %25 = arith.addf %out, %24 : f32
    linalg.yield %25 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%11 : tensor<16xf32>) outs(%12 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.divf %in, %cst_0 : f32
    linalg.yield %24 : f32
  } -> tensor<16xf32>
  %14 = tensor.empty() : tensor<16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%3, %8, %1, %13, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%14 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %24 = arith.subf %in, %in_1 : f32
    %25 = arith.mulf %in_2, %in_3 : f32
    %26 = arith.subf %24, %25 : f32
    %27 = arith.mulf %26, %in_4 : f32
    linalg.yield %27 : f32
  } -> tensor<16x64xf32>
  %16 = tensor.empty() : tensor<64xf32>
  %17 = linalg.fill ins(%cst : f32) outs(%16 : tensor<64xf32>) -> tensor<64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map, #map2], iterator_types = ["reduction", "parallel"]} ins(%arg0, %1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%17 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %24 = arith.mulf %in, %in_1 : f32
    %25 = arith.addf %out, %24 : f32
    linalg.yield %25 : f32
  } -> tensor<64xf32>
  %19 = tensor.empty() : tensor<64xf32>
  %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<64xf32>) -> tensor<64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "parallel"]} ins(%arg0 : tensor<16x64xf32>) outs(%20 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.addf %out, %in : f32
    linalg.yield %24 : f32
  } -> tensor<64xf32>
  %22 = tensor.empty() : tensor<16x64xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%15, %arg5 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%22 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %24 = arith.addf %in, %in_1 : f32
    linalg.yield %24 : f32
  } -> tensor<16x64xf32>
  return %23, %18, %21 : tensor<16x64xf32>, tensor<64xf32>, tensor<64xf32>
}

// Both sums of a row by one reduction, and both of columns by another.
// CHECK-LABEL: func.func @layer_backward_sums_once(
// CHECK: norm.layer_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) axes = [1] gradients = [input, scale, bias] outs(
// CHECK-NOT: linalg.generic
func.func @layer_backward_sums_once(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>, %arg3: tensor<16xf32>, %arg4: tensor<64xf32>) -> (tensor<16x64xf32>, tensor<64xf32>, tensor<64xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.562500e-02 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %14 = arith.subf %in, %in_1 : f32
    %15 = arith.mulf %14, %in_2 : f32
    linalg.yield %15 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = tensor.empty() : tensor<16xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<16xf32>) -> tensor<16xf32>
  %6:2 = linalg.generic {indexing_maps = [#map, #map2, #map, #map1, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %arg4, %1 : tensor<16x64xf32>, tensor<64xf32>, tensor<16x64xf32>) outs(%3, %5 : tensor<16xf32>, tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32, %out_3: f32):
    %14 = arith.mulf %in, %in_1 : f32
    %15 = arith.addf %out, %14 : f32
    %16 = arith.mulf %in, %in_1 : f32
    %17 = arith.mulf %16, %in_2 : f32
    %18 = arith.addf %out_3, %17 : f32
    linalg.yield %15, %18 : f32, f32
  } -> (tensor<16xf32>, tensor<16xf32>)
  %7 = tensor.empty() : tensor<16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map2, #map1, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg4, %6#0, %1, %6#1, %arg3 : tensor<16x64xf32>, tensor<64xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%7 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %14 = arith.mulf %in, %in_1 : f32
    %15 = arith.mulf %in_3, %in_4 : f32
    %16 = arith.addf %in_2, %15 : f32
    %17 = arith.mulf %16, %cst_0 : f32
    %18 = arith.subf %14, %17 : f32
    %19 = arith.mulf %in_5, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  %9 = tensor.empty() : tensor<64xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<64xf32>) -> tensor<64xf32>
  %11 = tensor.empty() : tensor<64xf32>
  %12 = linalg.fill ins(%cst : f32) outs(%11 : tensor<64xf32>) -> tensor<64xf32>
  %13:2 = linalg.generic {indexing_maps = [#map, #map, #map2, #map2], iterator_types = ["reduction", "parallel"]} ins(%arg0, %1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%10, %12 : tensor<64xf32>, tensor<64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32, %out_2: f32):
    %14 = arith.mulf %in, %in_1 : f32
    %15 = arith.addf %out, %14 : f32
    %16 = arith.addf %out_2, %in : f32
    linalg.yield %15, %16 : f32, f32
  } -> (tensor<64xf32>, tensor<64xf32>)
  return %8, %13#0, %13#1 : tensor<16x64xf32>, tensor<64xf32>, tensor<64xf32>
}

// By the gradients of variance and mean (Ioffe and Szegedy's derivation).
// CHECK-LABEL: func.func @layer_backward_three_term(
// CHECK: norm.layer_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) axes = [1] gradients = [input] outs(
func.func @layer_backward_three_term(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<16xf32>, %arg3: tensor<16xf32>, %arg4: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant -5.000000e-01 : f32
  %cst_1 = arith.constant -1.000000e+00 : f32
  %cst_2 = arith.constant 2.000000e+00 : f32
  %cst_3 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg4 : tensor<16x64xf32>, tensor<64xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %16 = arith.mulf %in, %in_4 : f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %16 = arith.subf %in, %in_4 : f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<16xf32>) -> tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1, %3 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %16 = arith.mulf %in, %in_4 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel"]} ins(%6, %arg3 : tensor<16xf32>, tensor<16xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %16 = arith.mulf %in, %cst_0 : f32
    %17 = arith.mulf %in_4, %in_4 : f32
    %18 = arith.mulf %17, %in_4 : f32
    %19 = arith.mulf %16, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<16xf32>) -> tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel"]} ins(%11, %arg3 : tensor<16xf32>, tensor<16xf32>) outs(%12 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %16 = arith.mulf %in, %in_4 : f32
    %17 = arith.mulf %16, %cst_1 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %14 = tensor.empty() : tensor<16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%1, %arg3, %8, %3, %13 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<16xf32>) outs(%14 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %in_5: f32, %in_6: f32, %in_7: f32, %out: f32):
    %16 = arith.mulf %in, %in_4 : f32
    %17 = arith.mulf %in_5, %cst_2 : f32
    %18 = arith.mulf %17, %in_6 : f32
    %19 = arith.divf %18, %cst_3 : f32
    %20 = arith.addf %16, %19 : f32
    %21 = arith.divf %in_7, %cst_3 : f32
    %22 = arith.addf %20, %21 : f32
    linalg.yield %22 : f32
  } -> tensor<16x64xf32>
  return %15 : tensor<16x64xf32>
}

// bf16; sums are f32.
// CHECK-LABEL: func.func @layer_backward_bf16(
// CHECK: norm.layer_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) axes = [1] gradients = [input, scale, bias] outs({{.*}} : tensor<16x64xbf16>, tensor<16x64xbf16>
// CHECK-NOT: linalg.generic
func.func @layer_backward_bf16(%arg0: tensor<16x64xbf16>, %arg1: tensor<16x64xbf16>, %arg2: tensor<16xf32>, %arg3: tensor<16xf32>, %arg4: tensor<64xf32>) -> (tensor<16x64xbf16>, tensor<64xf32>, tensor<64xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1 : tensor<16x64xbf16>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %28 = arith.extf %in : bf16 to f32
    linalg.yield %28 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xbf16>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %28 = arith.extf %in : bf16 to f32
    linalg.yield %28 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16x64xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%1, %arg2, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%4 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %out: f32):
    %28 = arith.subf %in, %in_1 : f32
    %29 = arith.mulf %28, %in_2 : f32
    linalg.yield %29 : f32
  } -> tensor<16x64xf32>
  %6 = tensor.empty() : tensor<16x64xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%3, %arg4 : tensor<16x64xf32>, tensor<64xf32>) outs(%6 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %28 = arith.mulf %in, %in_1 : f32
    linalg.yield %28 : f32
  } -> tensor<16x64xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.fill ins(%cst : f32) outs(%8 : tensor<16xf32>) -> tensor<16xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%7 : tensor<16x64xf32>) outs(%9 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.addf %out, %in : f32
    linalg.yield %28 : f32
  } -> tensor<16xf32>
  %11 = tensor.empty() : tensor<16xf32>
  %12 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%10 : tensor<16xf32>) outs(%11 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.divf %in, %cst_0 : f32
    linalg.yield %28 : f32
  } -> tensor<16xf32>
  %13 = tensor.empty() : tensor<16xf32>
  %14 = linalg.fill ins(%cst : f32) outs(%13 : tensor<16xf32>) -> tensor<16xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%7, %5 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%14 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %28 = arith.mulf %in, %in_1 : f32
    %29 = arith.addf %out, %28 : f32
    linalg.yield %29 : f32
  } -> tensor<16xf32>
  %16 = tensor.empty() : tensor<16xf32>
  %17 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%15 : tensor<16xf32>) outs(%16 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.divf %in, %cst_0 : f32
    linalg.yield %28 : f32
  } -> tensor<16xf32>
  %18 = tensor.empty() : tensor<16x64xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%7, %12, %5, %17, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%18 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %28 = arith.subf %in, %in_1 : f32
    %29 = arith.mulf %in_2, %in_3 : f32
    %30 = arith.subf %28, %29 : f32
    %31 = arith.mulf %30, %in_4 : f32
    linalg.yield %31 : f32
  } -> tensor<16x64xf32>
  %20 = tensor.empty() : tensor<64xf32>
  %21 = linalg.fill ins(%cst : f32) outs(%20 : tensor<64xf32>) -> tensor<64xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map, #map2], iterator_types = ["reduction", "parallel"]} ins(%3, %5 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%21 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %28 = arith.mulf %in, %in_1 : f32
    %29 = arith.addf %out, %28 : f32
    linalg.yield %29 : f32
  } -> tensor<64xf32>
  %23 = tensor.empty() : tensor<64xf32>
  %24 = linalg.fill ins(%cst : f32) outs(%23 : tensor<64xf32>) -> tensor<64xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "parallel"]} ins(%3 : tensor<16x64xf32>) outs(%24 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.addf %out, %in : f32
    linalg.yield %28 : f32
  } -> tensor<64xf32>
  %26 = tensor.empty() : tensor<16x64xbf16>
  %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%19 : tensor<16x64xf32>) outs(%26 : tensor<16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %28 = arith.truncf %in : f32 to bf16
    linalg.yield %28 : bf16
  } -> tensor<16x64xbf16>
  return %27, %22, %25 : tensor<16x64xbf16>, tensor<64xf32>, tensor<64xf32>
}

// A dynamic number of rows.
// CHECK-LABEL: func.func @layer_backward_dynamic(
// CHECK: norm.layer_norm_backward %{{[^ ]+}}, %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) axes = [1] gradients = [input, scale, bias] outs(
// CHECK-NOT: linalg.generic
func.func @layer_backward_dynamic(%arg0: tensor<?x64xf32>, %arg1: tensor<?x64xf32>, %arg2: tensor<?xf32>, %arg3: tensor<?xf32>, %arg4: tensor<64xf32>) -> (tensor<?x64xf32>, tensor<64xf32>, tensor<64xf32>) {
  %c0 = arith.constant 0 : index
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %dim = tensor.dim %arg1, %c0 : tensor<?x64xf32>
  %0 = tensor.empty(%dim) : tensor<?x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg1, %arg2, %arg3 : tensor<?x64xf32>, tensor<?xf32>, tensor<?xf32>) outs(%0 : tensor<?x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %in_8: f32, %out: f32):
    %22 = arith.subf %in, %in_7 : f32
    %23 = arith.mulf %22, %in_8 : f32
    linalg.yield %23 : f32
  } -> tensor<?x64xf32>
  %dim_1 = tensor.dim %arg0, %c0 : tensor<?x64xf32>
  %2 = tensor.empty(%dim_1) : tensor<?x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg4 : tensor<?x64xf32>, tensor<64xf32>) outs(%2 : tensor<?x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %22 = arith.mulf %in, %in_7 : f32
    linalg.yield %22 : f32
  } -> tensor<?x64xf32>
  %dim_2 = tensor.dim %3, %c0 : tensor<?x64xf32>
  %4 = tensor.empty(%dim_2) : tensor<?xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<?xf32>) -> tensor<?xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3 : tensor<?x64xf32>) outs(%5 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %out, %in : f32
    linalg.yield %22 : f32
  } -> tensor<?xf32>
  %dim_3 = tensor.dim %6, %c0 : tensor<?xf32>
  %7 = tensor.empty(%dim_3) : tensor<?xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%6 : tensor<?xf32>) outs(%7 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_0 : f32
    linalg.yield %22 : f32
  } -> tensor<?xf32>
  %dim_4 = tensor.dim %3, %c0 : tensor<?x64xf32>
  %9 = tensor.empty(%dim_4) : tensor<?xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<?xf32>) -> tensor<?xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3, %1 : tensor<?x64xf32>, tensor<?x64xf32>) outs(%10 : tensor<?xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %22 = arith.mulf %in, %in_7 : f32
    %23 = arith.addf %out, %22 : f32
    linalg.yield %23 : f32
  } -> tensor<?xf32>
  %dim_5 = tensor.dim %11, %c0 : tensor<?xf32>
  %12 = tensor.empty(%dim_5) : tensor<?xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel"]} ins(%11 : tensor<?xf32>) outs(%12 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_0 : f32
    linalg.yield %22 : f32
  } -> tensor<?xf32>
  %dim_6 = tensor.dim %3, %c0 : tensor<?x64xf32>
  %14 = tensor.empty(%dim_6) : tensor<?x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%3, %8, %1, %13, %arg3 : tensor<?x64xf32>, tensor<?xf32>, tensor<?x64xf32>, tensor<?xf32>, tensor<?xf32>) outs(%14 : tensor<?x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %in_8: f32, %in_9: f32, %in_10: f32, %out: f32):
    %22 = arith.subf %in, %in_7 : f32
    %23 = arith.mulf %in_8, %in_9 : f32
    %24 = arith.subf %22, %23 : f32
    %25 = arith.mulf %24, %in_10 : f32
    linalg.yield %25 : f32
  } -> tensor<?x64xf32>
  %16 = tensor.empty() : tensor<64xf32>
  %17 = linalg.fill ins(%cst : f32) outs(%16 : tensor<64xf32>) -> tensor<64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map, #map2], iterator_types = ["reduction", "parallel"]} ins(%arg0, %1 : tensor<?x64xf32>, tensor<?x64xf32>) outs(%17 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %22 = arith.mulf %in, %in_7 : f32
    %23 = arith.addf %out, %22 : f32
    linalg.yield %23 : f32
  } -> tensor<64xf32>
  %19 = tensor.empty() : tensor<64xf32>
  %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<64xf32>) -> tensor<64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["reduction", "parallel"]} ins(%arg0 : tensor<?x64xf32>) outs(%20 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %out, %in : f32
    linalg.yield %22 : f32
  } -> tensor<64xf32>
  return %15, %18, %21 : tensor<?x64xf32>, tensor<64xf32>, tensor<64xf32>
}
