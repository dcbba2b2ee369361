// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Layer normalization in the ways one writes it by hand: statistics, clamps and the affine part.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map2 = affine_map<(d0, d1) -> (d0, d1)>
#map3 = affine_map<(d0, d1, d2) -> (d2)>
#map4 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map5 = affine_map<(d0, d1) -> (d0)>
#map6 = affine_map<(d0) -> (d0)>
#map7 = affine_map<(d0, d1) -> (d1)>

// Mean, then mean of squared differences in one body, then rstd, then all of y in one body.
// CHECK-LABEL: func.func @layer_two_pass(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @layer_two_pass(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<2x16xf32>
  %3 = tensor.empty() : tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<2x16xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16xf32>
  %5 = tensor.empty() : tensor<2x16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0, %4 : tensor<2x16x64xf32>, tensor<2x16xf32>) outs(%6 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.subf %in, %in_2 : f32
    %16 = arith.mulf %14, %15 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16xf32>
  %8 = tensor.empty() : tensor<2x16xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%7 : tensor<2x16xf32>) outs(%8 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16xf32>
  %10 = tensor.empty() : tensor<2x16xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%9 : tensor<2x16xf32>) outs(%10 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %in, %cst_1 : f32
    %15 = math.rsqrt %14 : f32
    linalg.yield %15 : f32
  } -> tensor<2x16xf32>
  %12 = tensor.empty() : tensor<2x16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map3, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4, %11, %arg1, %arg2 : tensor<2x16x64xf32>, tensor<2x16xf32>, tensor<2x16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%12 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.mulf %14, %in_3 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  return %13 : tensor<2x16x64xf32>
}

// x - mean is shared by the variance and the result; keep-dim; 1/N as factor; division by the
// root.
// CHECK-LABEL: func.func @layer_centered_in_memory(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @layer_centered_in_memory(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.562500e-02 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<2x16x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map4], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.addf %out, %in : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.mulf %in, %cst_0 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %24 = arith.subf %in, %in_2 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.mulf %in, %in : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map4], iterator_types = ["parallel", "parallel", "reduction"]} ins(%8 : tensor<2x16x64xf32>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.addf %out, %in : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x1xf32>
  %12 = tensor.empty() : tensor<2x16x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x16x1xf32>) outs(%12 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.mulf %in, %cst_0 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x1xf32>
  %14 = tensor.empty() : tensor<2x16x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x16x1xf32>) outs(%14 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.addf %in, %cst_1 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x1xf32>
  %16 = tensor.empty() : tensor<2x16x1xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x16x1xf32>) outs(%16 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = math.sqrt %in : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x1xf32>
  %18 = tensor.empty() : tensor<2x16x64xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %17 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%18 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %24 = arith.divf %in, %in_2 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  %20 = tensor.empty() : tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %arg1 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%20 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %24 = arith.mulf %in, %in_2 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  %22 = tensor.empty() : tensor<2x16x64xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %arg2 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%22 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %24 = arith.addf %in, %in_2 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  return %23 : tensor<2x16x64xf32>
}

// E[x^2] - E[x]^2, both sums by one reduction with two results.
// CHECK-LABEL: func.func @layer_one_pass_moments(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @layer_one_pass_moments(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4:2 = linalg.generic {indexing_maps = [#map2, #map5, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1, %3 : tensor<16xf32>, tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32, %out_2: f32):
    %13 = arith.addf %out, %in : f32
    %14 = arith.mulf %in, %in : f32
    %15 = arith.addf %out_2, %14 : f32
    linalg.yield %13, %15 : f32, f32
  } -> (tensor<16xf32>, tensor<16xf32>)
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%4#0 : tensor<16xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.divf %in, %cst_0 : f32
    linalg.yield %13 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel"]} ins(%4#1, %6 : tensor<16xf32>, tensor<16xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %13 = arith.divf %in, %cst_0 : f32
    %14 = arith.mulf %in_2, %in_2 : f32
    %15 = arith.subf %13, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16xf32>
  %10 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%8 : tensor<16xf32>) outs(%9 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.addf %in, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %11 = tensor.empty() : tensor<16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map2, #map5, #map5, #map7, #map7, #map2], iterator_types = ["parallel", "parallel"]} ins(%arg0, %6, %10, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%11 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %13, %in_3 : f32
    %15 = arith.mulf %14, %in_4 : f32
    %16 = arith.addf %15, %in_5 : f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  return %12 : tensor<16x64xf32>
}

// E[x^2] - E[x]^2 clamped at zero by maximumf.
// CHECK-LABEL: func.func @layer_moments_clamped(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @layer_moments_clamped(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.562500e-02 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map2, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<16xf32>) -> tensor<16xf32>
  %5 = linalg.generic {indexing_maps = [#map2, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%4 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.mulf %in, %in : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<16xf32>
  %6 = tensor.empty() : tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel"]} ins(%5, %2 : tensor<16xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %14 = arith.mulf %in, %cst_0 : f32
    %15 = arith.mulf %in_2, %cst_0 : f32
    %16 = arith.mulf %in_2, %cst_0 : f32
    %17 = arith.mulf %15, %16 : f32
    %18 = arith.subf %14, %17 : f32
    %19 = arith.maximumf %18, %cst : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.mulf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %in, %cst_1 : f32
    %15 = math.rsqrt %14 : f32
    linalg.yield %15 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map5, #map5, #map7, #map7, #map2], iterator_types = ["parallel", "parallel"]} ins(%arg0, %9, %11, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%12 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.mulf %14, %in_3 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<16x64xf32>
  return %13 : tensor<16x64xf32>
}

// The clamp is a compare and select; powf 2 for both squares.
// CHECK-LABEL: func.func @layer_moments_clamped_by_select(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @layer_moments_clamped_by_select(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 2.000000e+00 : f32
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map2, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<16xf32>) -> tensor<16xf32>
  %5 = linalg.generic {indexing_maps = [#map2, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%4 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = math.powf %in, %cst_0 : f32
    %13 = arith.addf %out, %12 : f32
    linalg.yield %13 : f32
  } -> tensor<16xf32>
  %6 = tensor.empty() : tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_1 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel"]} ins(%5, %7 : tensor<16xf32>, tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %12 = arith.divf %in, %cst_1 : f32
    %13 = math.powf %in_3, %cst_0 : f32
    %14 = arith.subf %12, %13 : f32
    %15 = arith.cmpf ogt, %14, %cst : f32
    %16 = arith.select %15, %14, %cst : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map5, #map5, #map7, #map7, #map2], iterator_types = ["parallel", "parallel"]} ins(%arg0, %7, %9, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%10 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %in_5: f32, %in_6: f32, %out: f32):
    %12 = arith.subf %in, %in_3 : f32
    %13 = arith.addf %in_4, %cst_2 : f32
    %14 = math.sqrt %13 : f32
    %15 = arith.divf %12, %14 : f32
    %16 = arith.mulf %15, %in_5 : f32
    %17 = arith.addf %16, %in_6 : f32
    linalg.yield %17 : f32
  } -> tensor<16x64xf32>
  return %11 : tensor<16x64xf32>
}

// a = rstd * w and c = b - mean * a; y = x * a + c.
// CHECK-LABEL: func.func @layer_scale_shift_form(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @layer_scale_shift_form(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map2, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.addf %out, %in : f32
    linalg.yield %18 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.divf %in, %cst_0 : f32
    linalg.yield %18 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map5, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %18 = arith.subf %in, %in_2 : f32
    %19 = arith.subf %in, %in_2 : f32
    %20 = arith.mulf %18, %19 : f32
    %21 = arith.addf %out, %20 : f32
    linalg.yield %21 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.divf %in, %cst_0 : f32
    linalg.yield %18 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%9 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.addf %in, %cst_1 : f32
    %19 = math.rsqrt %18 : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map5, #map7, #map2], iterator_types = ["parallel", "parallel"]} ins(%11, %arg1 : tensor<16xf32>, tensor<64xf32>) outs(%12 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %18 = arith.mulf %in, %in_2 : f32
    linalg.yield %18 : f32
  } -> tensor<16x64xf32>
  %14 = tensor.empty() : tensor<16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map5, #map2, #map7, #map2], iterator_types = ["parallel", "parallel"]} ins(%4, %13, %arg2 : tensor<16xf32>, tensor<16x64xf32>, tensor<64xf32>) outs(%14 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %18 = arith.mulf %in, %in_2 : f32
    %19 = arith.subf %in_3, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  %16 = tensor.empty() : tensor<16x64xf32>
  %17 = linalg.generic {indexing_maps = [#map2, #map2, #map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%arg0, %13, %15 : tensor<16x64xf32>, tensor<16x64xf32>, tensor<16x64xf32>) outs(%16 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %18 = arith.mulf %in, %in_2 : f32
    %19 = arith.addf %18, %in_3 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  return %17 : tensor<16x64xf32>
}

// x * rstd + (-mean * rstd), no scale and no bias.
// CHECK-LABEL: func.func @layer_scale_shift_no_affine(
// CHECK: norm.layer_norm %{{[^ ]+}} axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @layer_scale_shift_no_affine(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map2, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map5, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %16 = arith.subf %in, %in_2 : f32
    %17 = arith.subf %in, %in_2 : f32
    %18 = arith.mulf %16, %17 : f32
    %19 = arith.addf %out, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%9 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %in, %cst_1 : f32
    %17 = math.rsqrt %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16xf32>
  %13 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel"]} ins(%4, %11 : tensor<16xf32>, tensor<16xf32>) outs(%12 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %16 = arith.mulf %in, %in_2 : f32
    %17 = arith.negf %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %14 = tensor.empty() : tensor<16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map2, #map5, #map5, #map2], iterator_types = ["parallel", "parallel"]} ins(%arg0, %11, %13 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%14 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %16 = arith.mulf %in, %in_2 : f32
    %17 = arith.addf %16, %in_3 : f32
    linalg.yield %17 : f32
  } -> tensor<16x64xf32>
  return %15 : tensor<16x64xf32>
}

// Scale and bias as math.fma.
// CHECK-LABEL: func.func @layer_fma(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @layer_fma(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map2, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map5, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.subf %in, %in_2 : f32
    %16 = arith.mulf %14, %15 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%9 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %in, %cst_1 : f32
    %15 = math.rsqrt %14 : f32
    linalg.yield %15 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map5, #map5, #map7, #map7, #map2], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %11, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%12 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.mulf %14, %in_3 : f32
    %16 = math.fma %15, %in_4, %in_5 : f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  return %13 : tensor<16x64xf32>
}

// A scale and no bias.
// CHECK-LABEL: func.func @layer_scale_only(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @layer_scale_only(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map2, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map5, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.subf %in, %in_2 : f32
    %16 = arith.mulf %14, %15 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%9 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %in, %cst_1 : f32
    %15 = math.rsqrt %14 : f32
    linalg.yield %15 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map5, #map5, #map7, #map2], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %11, %arg1 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>) outs(%12 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.mulf %14, %in_3 : f32
    %16 = arith.mulf %in_4, %15 : f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  return %13 : tensor<16x64xf32>
}

// A bias and no scale; the root is taken for every element.
// CHECK-LABEL: func.func @layer_bias_only(
// CHECK: norm.layer_norm %{{[^ ]+}} bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @layer_bias_only(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map2, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map5, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map5, #map5, #map7, #map2], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>) outs(%10 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.sqrt %13 : f32
    %15 = arith.divf %12, %14 : f32
    %16 = arith.addf %in_4, %15 : f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  return %11 : tensor<16x64xf32>
}

// The variance squares mean - x.
// CHECK-LABEL: func.func @layer_mean_minus_x(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @layer_mean_minus_x(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map2, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map5, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in_2, %in : f32
    %13 = arith.subf %in_2, %in : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map5, #map5, #map7, #map7, #map2], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%10 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<16x64xf32>
  return %11 : tensor<16x64xf32>
}

// The mean is computed twice, once for the variance and once for the result.
// CHECK-LABEL: func.func @layer_mean_recomputed(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @layer_mean_recomputed(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map2, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.addf %out, %in : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.divf %in, %cst_0 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.addf %out, %in : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.divf %in, %cst_0 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.fill ins(%cst : f32) outs(%10 : tensor<16xf32>) -> tensor<16xf32>
  %12 = linalg.generic {indexing_maps = [#map2, #map5, #map5], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%11 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %17 = arith.subf %in, %in_2 : f32
    %18 = arith.subf %in, %in_2 : f32
    %19 = arith.mulf %17, %18 : f32
    %20 = arith.addf %out, %19 : f32
    linalg.yield %20 : f32
  } -> tensor<16xf32>
  %13 = tensor.empty() : tensor<16xf32>
  %14 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel"]} ins(%12 : tensor<16xf32>) outs(%13 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.divf %in, %cst_0 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %15 = tensor.empty() : tensor<16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map2, #map5, #map5, #map7, #map7, #map2], iterator_types = ["parallel", "parallel"]} ins(%arg0, %9, %14, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%15 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %17 = arith.subf %in, %in_2 : f32
    %18 = arith.addf %in_3, %cst_1 : f32
    %19 = math.rsqrt %18 : f32
    %20 = arith.mulf %17, %19 : f32
    %21 = arith.mulf %20, %in_4 : f32
    %22 = arith.addf %21, %in_5 : f32
    linalg.yield %22 : f32
  } -> tensor<16x64xf32>
  return %16 : tensor<16x64xf32>
}
