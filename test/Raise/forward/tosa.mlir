// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Normalizations through TOSA and MLIR's own conversion of it to linalg.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (0, 0, d2)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map3 = affine_map<(d0, d1, d2) -> (0, d1, d2)>
#map4 = affine_map<(d0, d1, d2) -> (d0, 0, 0)>
#map5 = affine_map<(d0, d1, d2) -> (0, 0, 0)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map7 = affine_map<(d0, d1, d2, d3) -> (0, 0, d2, d3)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, 0)>
#map9 = affine_map<(d0, d1, d2, d3) -> (0, d1, 0, 0)>
#map10 = affine_map<(d0) -> (d0)>
#map11 = affine_map<(d0) -> (0)>

// F.layer_norm through TOSA: 1/N is a constant of rank 3, the variance is f64.
// CHECK-LABEL: func.func @tosa_layer_norm(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.reduce
func.func @tosa_layer_norm(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant dense<1.562500e-02> : tensor<1x1x1xf64>
  %cst_2 = arith.constant dense<1.562500e-02> : tensor<1x1x1xf32>
  %cst_3 = arith.constant dense<9.99999974E-6> : tensor<1x1x1xf32>
  %0 = tensor.empty() : tensor<2x16x64xf64>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %21 = arith.extf %in : f32 to f64
    linalg.yield %21 : f64
  } -> tensor<2x16x64xf64>
  %2 = tensor.empty() : tensor<2x16xf64>
  %3 = linalg.fill ins(%cst_0 : f64) outs(%2 : tensor<2x16xf64>) -> tensor<2x16xf64>
  %reduced = linalg.reduce ins(%1 : tensor<2x16x64xf64>) outs(%3 : tensor<2x16xf64>) dimensions = [2]
    (%in: f64, %init: f64) {
      %21 = arith.addf %in, %init : f64
      linalg.yield %21 : f64
    }
  %expanded = tensor.expand_shape %reduced [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf64> into tensor<2x16x1xf64>
  %4 = tensor.empty() : tensor<2x16x1xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %cst_1 : tensor<2x16x1xf64>, tensor<1x1x1xf64>) outs(%4 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %21 = arith.mulf %in, %in_10 : f64
    linalg.yield %21 : f64
  } -> tensor<2x16x1xf64>
  %6 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %5 : tensor<2x16x64xf64>, tensor<2x16x1xf64>) outs(%0 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %21 = arith.subf %in, %in_10 : f64
    linalg.yield %21 : f64
  } -> tensor<2x16x64xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %6 : tensor<2x16x64xf64>, tensor<2x16x64xf64>) outs(%0 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %21 = arith.mulf %in, %in_10 : f64
    linalg.yield %21 : f64
  } -> tensor<2x16x64xf64>
  %reduced_4 = linalg.reduce ins(%7 : tensor<2x16x64xf64>) outs(%3 : tensor<2x16xf64>) dimensions = [2]
    (%in: f64, %init: f64) {
      %21 = arith.addf %in, %init : f64
      linalg.yield %21 : f64
    }
  %expanded_5 = tensor.expand_shape %reduced_4 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf64> into tensor<2x16x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_5, %cst_1 : tensor<2x16x1xf64>, tensor<1x1x1xf64>) outs(%4 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %21 = arith.mulf %in, %in_10 : f64
    linalg.yield %21 : f64
  } -> tensor<2x16x1xf64>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf64>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %21 = arith.truncf %in : f64 to f32
    linalg.yield %21 : f32
  } -> tensor<2x16x1xf32>
  %11 = tensor.empty() : tensor<2x16xf32>
  %12 = linalg.fill ins(%cst : f32) outs(%11 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %reduced_6 = linalg.reduce ins(%arg0 : tensor<2x16x64xf32>) outs(%12 : tensor<2x16xf32>) dimensions = [2]
    (%in: f32, %init: f32) {
      %21 = arith.addf %in, %init : f32
      linalg.yield %21 : f32
    }
  %expanded_7 = tensor.expand_shape %reduced_6 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_7, %cst_2 : tensor<2x16x1xf32>, tensor<1x1x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %21 = arith.mulf %in, %in_10 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %cst_3 : tensor<2x16x1xf32>, tensor<1x1x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %21 = arith.addf %in, %in_10 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %21 = math.rsqrt %in : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x1xf32>
  %16 = tensor.empty() : tensor<2x16x64xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %13 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%16 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %21 = arith.subf %in, %in_10 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17, %15 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%16 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %21 = arith.mulf %in, %in_10 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %expanded_8 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %expanded_8 : tensor<2x16x64xf32>, tensor<1x1x64xf32>) outs(%16 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %21 = arith.mulf %in, %in_10 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %expanded_9 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %expanded_9 : tensor<2x16x64xf32>, tensor<1x1x64xf32>) outs(%16 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %21 = arith.addf %in, %in_10 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  return %20 : tensor<2x16x64xf32>
}

// Over two axes: a reduce_sum for each.
// CHECK-LABEL: func.func @tosa_layer_norm_two_axes(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1, 2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.reduce
func.func @tosa_layer_norm_two_axes(%arg0: tensor<8x4x32xf32>, %arg1: tensor<4x32xf32>, %arg2: tensor<4x32xf32>) -> tensor<8x4x32xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant dense<7.812500e-03> : tensor<1x1x1xf64>
  %cst_2 = arith.constant dense<7.812500e-03> : tensor<1x1x1xf32>
  %cst_3 = arith.constant dense<9.99999974E-6> : tensor<1x1x1xf32>
  %0 = tensor.empty() : tensor<8x4x32xf64>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<8x4x32xf32>) outs(%0 : tensor<8x4x32xf64>) {
  ^bb0(%in: f32, %out: f64):
    %25 = arith.extf %in : f32 to f64
    linalg.yield %25 : f64
  } -> tensor<8x4x32xf64>
  %2 = tensor.empty() : tensor<8x32xf64>
  %3 = linalg.fill ins(%cst_0 : f64) outs(%2 : tensor<8x32xf64>) -> tensor<8x32xf64>
  %reduced = linalg.reduce ins(%1 : tensor<8x4x32xf64>) outs(%3 : tensor<8x32xf64>) dimensions = [1]
    (%in: f64, %init: f64) {
      %25 = arith.addf %in, %init : f64
      linalg.yield %25 : f64
    }
  %expanded = tensor.expand_shape %reduced [[0], [1, 2]] output_shape [8, 1, 32] : tensor<8x32xf64> into tensor<8x1x32xf64>
  %4 = tensor.empty() : tensor<8x1xf64>
  %5 = linalg.fill ins(%cst_0 : f64) outs(%4 : tensor<8x1xf64>) -> tensor<8x1xf64>
  %reduced_4 = linalg.reduce ins(%expanded : tensor<8x1x32xf64>) outs(%5 : tensor<8x1xf64>) dimensions = [2]
    (%in: f64, %init: f64) {
      %25 = arith.addf %in, %init : f64
      linalg.yield %25 : f64
    }
  %expanded_5 = tensor.expand_shape %reduced_4 [[0], [1, 2]] output_shape [8, 1, 1] : tensor<8x1xf64> into tensor<8x1x1xf64>
  %6 = tensor.empty() : tensor<8x1x1xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_5, %cst_1 : tensor<8x1x1xf64>, tensor<1x1x1xf64>) outs(%6 : tensor<8x1x1xf64>) {
  ^bb0(%in: f64, %in_16: f64, %out: f64):
    %25 = arith.mulf %in, %in_16 : f64
    linalg.yield %25 : f64
  } -> tensor<8x1x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %7 : tensor<8x4x32xf64>, tensor<8x1x1xf64>) outs(%0 : tensor<8x4x32xf64>) {
  ^bb0(%in: f64, %in_16: f64, %out: f64):
    %25 = arith.subf %in, %in_16 : f64
    linalg.yield %25 : f64
  } -> tensor<8x4x32xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %8 : tensor<8x4x32xf64>, tensor<8x4x32xf64>) outs(%0 : tensor<8x4x32xf64>) {
  ^bb0(%in: f64, %in_16: f64, %out: f64):
    %25 = arith.mulf %in, %in_16 : f64
    linalg.yield %25 : f64
  } -> tensor<8x4x32xf64>
  %reduced_6 = linalg.reduce ins(%9 : tensor<8x4x32xf64>) outs(%3 : tensor<8x32xf64>) dimensions = [1]
    (%in: f64, %init: f64) {
      %25 = arith.addf %in, %init : f64
      linalg.yield %25 : f64
    }
  %expanded_7 = tensor.expand_shape %reduced_6 [[0], [1, 2]] output_shape [8, 1, 32] : tensor<8x32xf64> into tensor<8x1x32xf64>
  %reduced_8 = linalg.reduce ins(%expanded_7 : tensor<8x1x32xf64>) outs(%5 : tensor<8x1xf64>) dimensions = [2]
    (%in: f64, %init: f64) {
      %25 = arith.addf %in, %init : f64
      linalg.yield %25 : f64
    }
  %expanded_9 = tensor.expand_shape %reduced_8 [[0], [1, 2]] output_shape [8, 1, 1] : tensor<8x1xf64> into tensor<8x1x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_9, %cst_1 : tensor<8x1x1xf64>, tensor<1x1x1xf64>) outs(%6 : tensor<8x1x1xf64>) {
  ^bb0(%in: f64, %in_16: f64, %out: f64):
    %25 = arith.mulf %in, %in_16 : f64
    linalg.yield %25 : f64
  } -> tensor<8x1x1xf64>
  %11 = tensor.empty() : tensor<8x1x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<8x1x1xf64>) outs(%11 : tensor<8x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %25 = arith.truncf %in : f64 to f32
    linalg.yield %25 : f32
  } -> tensor<8x1x1xf32>
  %13 = tensor.empty() : tensor<8x32xf32>
  %14 = linalg.fill ins(%cst : f32) outs(%13 : tensor<8x32xf32>) -> tensor<8x32xf32>
  %reduced_10 = linalg.reduce ins(%arg0 : tensor<8x4x32xf32>) outs(%14 : tensor<8x32xf32>) dimensions = [1]
    (%in: f32, %init: f32) {
      %25 = arith.addf %in, %init : f32
      linalg.yield %25 : f32
    }
  %expanded_11 = tensor.expand_shape %reduced_10 [[0], [1, 2]] output_shape [8, 1, 32] : tensor<8x32xf32> into tensor<8x1x32xf32>
  %15 = tensor.empty() : tensor<8x1xf32>
  %16 = linalg.fill ins(%cst : f32) outs(%15 : tensor<8x1xf32>) -> tensor<8x1xf32>
  %reduced_12 = linalg.reduce ins(%expanded_11 : tensor<8x1x32xf32>) outs(%16 : tensor<8x1xf32>) dimensions = [2]
    (%in: f32, %init: f32) {
      %25 = arith.addf %in, %init : f32
      linalg.yield %25 : f32
    }
  %expanded_13 = tensor.expand_shape %reduced_12 [[0], [1, 2]] output_shape [8, 1, 1] : tensor<8x1xf32> into tensor<8x1x1xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_13, %cst_2 : tensor<8x1x1xf32>, tensor<1x1x1xf32>) outs(%11 : tensor<8x1x1xf32>) {
  ^bb0(%in: f32, %in_16: f32, %out: f32):
    %25 = arith.mulf %in, %in_16 : f32
    linalg.yield %25 : f32
  } -> tensor<8x1x1xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12, %cst_3 : tensor<8x1x1xf32>, tensor<1x1x1xf32>) outs(%11 : tensor<8x1x1xf32>) {
  ^bb0(%in: f32, %in_16: f32, %out: f32):
    %25 = arith.addf %in, %in_16 : f32
    linalg.yield %25 : f32
  } -> tensor<8x1x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18 : tensor<8x1x1xf32>) outs(%11 : tensor<8x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = math.rsqrt %in : f32
    linalg.yield %25 : f32
  } -> tensor<8x1x1xf32>
  %20 = tensor.empty() : tensor<8x4x32xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %17 : tensor<8x4x32xf32>, tensor<8x1x1xf32>) outs(%20 : tensor<8x4x32xf32>) {
  ^bb0(%in: f32, %in_16: f32, %out: f32):
    %25 = arith.subf %in, %in_16 : f32
    linalg.yield %25 : f32
  } -> tensor<8x4x32xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %19 : tensor<8x4x32xf32>, tensor<8x1x1xf32>) outs(%20 : tensor<8x4x32xf32>) {
  ^bb0(%in: f32, %in_16: f32, %out: f32):
    %25 = arith.mulf %in, %in_16 : f32
    linalg.yield %25 : f32
  } -> tensor<8x4x32xf32>
  %expanded_14 = tensor.expand_shape %arg1 [[0, 1], [2]] output_shape [1, 4, 32] : tensor<4x32xf32> into tensor<1x4x32xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22, %expanded_14 : tensor<8x4x32xf32>, tensor<1x4x32xf32>) outs(%20 : tensor<8x4x32xf32>) {
  ^bb0(%in: f32, %in_16: f32, %out: f32):
    %25 = arith.mulf %in, %in_16 : f32
    linalg.yield %25 : f32
  } -> tensor<8x4x32xf32>
  %expanded_15 = tensor.expand_shape %arg2 [[0, 1], [2]] output_shape [1, 4, 32] : tensor<4x32xf32> into tensor<1x4x32xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23, %expanded_15 : tensor<8x4x32xf32>, tensor<1x4x32xf32>) outs(%20 : tensor<8x4x32xf32>) {
  ^bb0(%in: f32, %in_16: f32, %out: f32):
    %25 = arith.addf %in, %in_16 : f32
    linalg.yield %25 : f32
  } -> tensor<8x4x32xf32>
  return %24 : tensor<8x4x32xf32>
}

// mean, pow(2), sqrt, division: tosa has reciprocals and powers.
// CHECK-LABEL: func.func @tosa_layer_norm_sqrt(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-12|9\.9999[0-9]*[eE]-13)}} outs(
// CHECK-NOT: linalg.reduce
func.func @tosa_layer_norm_sqrt(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 1.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant dense<1.562500e-02> : tensor<1x1x1xf32>
  %cst_2 = arith.constant dense<2.000000e+00> : tensor<1x1x1xf32>
  %cst_3 = arith.constant dense<9.99999996E-13> : tensor<1x1x1xf32>
  %cst_4 = arith.constant dense<5.000000e-01> : tensor<1x1x1xf32>
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_0 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %reduced = linalg.reduce ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) dimensions = [2]
    (%in: f32, %init: f32) {
      %14 = arith.addf %in, %init : f32
      linalg.yield %14 : f32
    }
  %expanded = tensor.expand_shape %reduced [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %2 = tensor.empty() : tensor<2x16x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %cst_1 : tensor<2x16x1xf32>, tensor<1x1x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %14 = arith.mulf %in, %in_9 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %4 = tensor.empty() : tensor<2x16x64xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %3 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %14 = arith.subf %in, %in_9 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %cst_2 : tensor<2x16x64xf32>, tensor<1x1x1xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %14 = math.powf %in, %in_9 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %reduced_5 = linalg.reduce ins(%6 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) dimensions = [2]
    (%in: f32, %init: f32) {
      %14 = arith.addf %in, %init : f32
      linalg.yield %14 : f32
    }
  %expanded_6 = tensor.expand_shape %reduced_5 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_6, %cst_1 : tensor<2x16x1xf32>, tensor<1x1x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %14 = arith.mulf %in, %in_9 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7, %cst_3 : tensor<2x16x1xf32>, tensor<1x1x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %14 = arith.addf %in, %in_9 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %cst_4 : tensor<2x16x1xf32>, tensor<1x1x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %14 = math.powf %in, %in_9 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %cst, %in : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %10 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %14 = arith.mulf %in, %in_9 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %expanded_7 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %12 = linalg.generic {indexing_maps = [#map1, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_7, %11 : tensor<1x1x64xf32>, tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %14 = arith.mulf %in, %in_9 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %expanded_8 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12, %expanded_8 : tensor<2x16x64xf32>, tensor<1x1x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %14 = arith.addf %in, %in_9 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  return %13 : tensor<2x16x64xf32>
}

// Llama: pow, mean, rsqrt.
// CHECK-LABEL: func.func @tosa_rms_norm(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.reduce
func.func @tosa_rms_norm(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant dense<2.000000e+00> : tensor<1x1x1xf32>
  %cst_1 = arith.constant dense<1.562500e-02> : tensor<1x1x1xf32>
  %cst_2 = arith.constant dense<9.99999997E-7> : tensor<1x1x1xf32>
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %cst_0 : tensor<2x16x64xf32>, tensor<1x1x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %10 = math.powf %in, %in_4 : f32
    linalg.yield %10 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %reduced = linalg.reduce ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16xf32>) dimensions = [2]
    (%in: f32, %init: f32) {
      %10 = arith.addf %in, %init : f32
      linalg.yield %10 : f32
    }
  %expanded = tensor.expand_shape %reduced [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %4 = tensor.empty() : tensor<2x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %cst_1 : tensor<2x16x1xf32>, tensor<1x1x1xf32>) outs(%4 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %10 = arith.mulf %in, %in_4 : f32
    linalg.yield %10 : f32
  } -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %cst_2 : tensor<2x16x1xf32>, tensor<1x1x1xf32>) outs(%4 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %10 = arith.addf %in, %in_4 : f32
    linalg.yield %10 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%4 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = math.rsqrt %in : f32
    linalg.yield %10 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %7 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %10 = arith.mulf %in, %in_4 : f32
    linalg.yield %10 : f32
  } -> tensor<2x16x64xf32>
  %expanded_3 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %9 = linalg.generic {indexing_maps = [#map1, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_3, %8 : tensor<1x1x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %10 = arith.mulf %in, %in_4 : f32
    linalg.yield %10 : f32
  } -> tensor<2x16x64xf32>
  return %9 : tensor<2x16x64xf32>
}

// bf16, rounded before the weight.
// CHECK-LABEL: func.func @tosa_rms_norm_bf16(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} rounding = normalized outs(
// CHECK-NOT: linalg.reduce
func.func @tosa_rms_norm_bf16(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64xbf16>) -> tensor<2x16x64xbf16> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant dense<2.000000e+00> : tensor<1x1x1xf32>
  %cst_1 = arith.constant dense<1.562500e-02> : tensor<1x1x1xf32>
  %cst_2 = arith.constant dense<9.99999997E-7> : tensor<1x1x1xf32>
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %13 = arith.extf %in : bf16 to f32
    linalg.yield %13 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %cst_0 : tensor<2x16x64xf32>, tensor<1x1x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %13 = math.powf %in, %in_4 : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x64xf32>
  %3 = tensor.empty() : tensor<2x16xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %reduced = linalg.reduce ins(%2 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16xf32>) dimensions = [2]
    (%in: f32, %init: f32) {
      %13 = arith.addf %in, %init : f32
      linalg.yield %13 : f32
    }
  %expanded = tensor.expand_shape %reduced [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %cst_1 : tensor<2x16x1xf32>, tensor<1x1x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %13 = arith.mulf %in, %in_4 : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %cst_2 : tensor<2x16x1xf32>, tensor<1x1x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %13 = arith.addf %in, %in_4 : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = math.rsqrt %in : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %8 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %13 = arith.mulf %in, %in_4 : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x64xf32>
  %10 = tensor.empty() : tensor<2x16x64xbf16>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x64xf32>) outs(%10 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %13 = arith.truncf %in : f32 to bf16
    linalg.yield %13 : bf16
  } -> tensor<2x16x64xbf16>
  %expanded_3 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xbf16> into tensor<1x1x64xbf16>
  %12 = linalg.generic {indexing_maps = [#map1, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_3, %11 : tensor<1x1x64xbf16>, tensor<2x16x64xbf16>) outs(%10 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_4: bf16, %out: bf16):
    %13 = arith.mulf %in, %in_4 : bf16
    linalg.yield %13 : bf16
  } -> tensor<2x16x64xbf16>
  return %12 : tensor<2x16x64xbf16>
}

// x * x.
// CHECK-LABEL: func.func @tosa_rms_norm_mul(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.reduce
func.func @tosa_rms_norm_mul(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant dense<1.562500e-02> : tensor<1x1x1xf32>
  %cst_1 = arith.constant dense<9.99999997E-7> : tensor<1x1x1xf32>
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg0 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %10 = arith.mulf %in, %in_3 : f32
    linalg.yield %10 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %reduced = linalg.reduce ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16xf32>) dimensions = [2]
    (%in: f32, %init: f32) {
      %10 = arith.addf %in, %init : f32
      linalg.yield %10 : f32
    }
  %expanded = tensor.expand_shape %reduced [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %4 = tensor.empty() : tensor<2x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %cst_0 : tensor<2x16x1xf32>, tensor<1x1x1xf32>) outs(%4 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %10 = arith.mulf %in, %in_3 : f32
    linalg.yield %10 : f32
  } -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %cst_1 : tensor<2x16x1xf32>, tensor<1x1x1xf32>) outs(%4 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %10 = arith.addf %in, %in_3 : f32
    linalg.yield %10 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%4 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = math.rsqrt %in : f32
    linalg.yield %10 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %7 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %10 = arith.mulf %in, %in_3 : f32
    linalg.yield %10 : f32
  } -> tensor<2x16x64xf32>
  %expanded_2 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %expanded_2 : tensor<2x16x64xf32>, tensor<1x1x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %10 = arith.mulf %in, %in_3 : f32
    linalg.yield %10 : f32
  } -> tensor<2x16x64xf32>
  return %9 : tensor<2x16x64xf32>
}

// Group norm by reshape.
// CHECK-LABEL: func.func @tosa_group_norm(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.reduce
func.func @tosa_group_norm(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant dense<0.00127551018> : tensor<1x1x1x1xf32>
  %cst_2 = arith.constant dense<0.0012755102040816326> : tensor<1x1x1x1xf64>
  %cst_3 = arith.constant dense<9.99999974E-6> : tensor<1x1x1x1xf32>
  %collapsed = tensor.collapse_shape %arg0 [[0], [1], [2, 3]] : tensor<4x32x14x14xf32> into tensor<4x32x196xf32>
  %expanded = tensor.expand_shape %collapsed [[0], [1, 2], [3]] output_shape [4, 8, 4, 196] : tensor<4x32x196xf32> into tensor<4x8x4x196xf32>
  %0 = tensor.empty() : tensor<4x8x196xf32>
  %1 = linalg.fill ins(%cst_0 : f32) outs(%0 : tensor<4x8x196xf32>) -> tensor<4x8x196xf32>
  %reduced = linalg.reduce ins(%expanded : tensor<4x8x4x196xf32>) outs(%1 : tensor<4x8x196xf32>) dimensions = [2]
    (%in: f32, %init: f32) {
      %26 = arith.addf %in, %init : f32
      linalg.yield %26 : f32
    }
  %expanded_4 = tensor.expand_shape %reduced [[0], [1], [2, 3]] output_shape [4, 8, 1, 196] : tensor<4x8x196xf32> into tensor<4x8x1x196xf32>
  %2 = tensor.empty() : tensor<4x8x1xf32>
  %3 = linalg.fill ins(%cst_0 : f32) outs(%2 : tensor<4x8x1xf32>) -> tensor<4x8x1xf32>
  %reduced_5 = linalg.reduce ins(%expanded_4 : tensor<4x8x1x196xf32>) outs(%3 : tensor<4x8x1xf32>) dimensions = [3]
    (%in: f32, %init: f32) {
      %26 = arith.addf %in, %init : f32
      linalg.yield %26 : f32
    }
  %expanded_6 = tensor.expand_shape %reduced_5 [[0], [1], [2, 3]] output_shape [4, 8, 1, 1] : tensor<4x8x1xf32> into tensor<4x8x1x1xf32>
  %4 = tensor.empty() : tensor<4x8x1x1xf32>
  %5 = linalg.generic {indexing_maps = [#map6, #map7, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_6, %cst_1 : tensor<4x8x1x1xf32>, tensor<1x1x1x1xf32>) outs(%4 : tensor<4x8x1x1xf32>) {
  ^bb0(%in: f32, %in_19: f32, %out: f32):
    %26 = arith.mulf %in, %in_19 : f32
    linalg.yield %26 : f32
  } -> tensor<4x8x1x1xf32>
  %6 = tensor.empty() : tensor<4x8x4x196xf64>
  %7 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded : tensor<4x8x4x196xf32>) outs(%6 : tensor<4x8x4x196xf64>) {
  ^bb0(%in: f32, %out: f64):
    %26 = arith.extf %in : f32 to f64
    linalg.yield %26 : f64
  } -> tensor<4x8x4x196xf64>
  %8 = tensor.empty() : tensor<4x8x196xf64>
  %9 = linalg.fill ins(%cst : f64) outs(%8 : tensor<4x8x196xf64>) -> tensor<4x8x196xf64>
  %reduced_7 = linalg.reduce ins(%7 : tensor<4x8x4x196xf64>) outs(%9 : tensor<4x8x196xf64>) dimensions = [2]
    (%in: f64, %init: f64) {
      %26 = arith.addf %in, %init : f64
      linalg.yield %26 : f64
    }
  %expanded_8 = tensor.expand_shape %reduced_7 [[0], [1], [2, 3]] output_shape [4, 8, 1, 196] : tensor<4x8x196xf64> into tensor<4x8x1x196xf64>
  %10 = tensor.empty() : tensor<4x8x1xf64>
  %11 = linalg.fill ins(%cst : f64) outs(%10 : tensor<4x8x1xf64>) -> tensor<4x8x1xf64>
  %reduced_9 = linalg.reduce ins(%expanded_8 : tensor<4x8x1x196xf64>) outs(%11 : tensor<4x8x1xf64>) dimensions = [3]
    (%in: f64, %init: f64) {
      %26 = arith.addf %in, %init : f64
      linalg.yield %26 : f64
    }
  %expanded_10 = tensor.expand_shape %reduced_9 [[0], [1], [2, 3]] output_shape [4, 8, 1, 1] : tensor<4x8x1xf64> into tensor<4x8x1x1xf64>
  %12 = tensor.empty() : tensor<4x8x1x1xf64>
  %13 = linalg.generic {indexing_maps = [#map6, #map7, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_10, %cst_2 : tensor<4x8x1x1xf64>, tensor<1x1x1x1xf64>) outs(%12 : tensor<4x8x1x1xf64>) {
  ^bb0(%in: f64, %in_19: f64, %out: f64):
    %26 = arith.mulf %in, %in_19 : f64
    linalg.yield %26 : f64
  } -> tensor<4x8x1x1xf64>
  %14 = linalg.generic {indexing_maps = [#map6, #map8, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %13 : tensor<4x8x4x196xf64>, tensor<4x8x1x1xf64>) outs(%6 : tensor<4x8x4x196xf64>) {
  ^bb0(%in: f64, %in_19: f64, %out: f64):
    %26 = arith.subf %in, %in_19 : f64
    linalg.yield %26 : f64
  } -> tensor<4x8x4x196xf64>
  %15 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14, %14 : tensor<4x8x4x196xf64>, tensor<4x8x4x196xf64>) outs(%6 : tensor<4x8x4x196xf64>) {
  ^bb0(%in: f64, %in_19: f64, %out: f64):
    %26 = arith.mulf %in, %in_19 : f64
    linalg.yield %26 : f64
  } -> tensor<4x8x4x196xf64>
  %reduced_11 = linalg.reduce ins(%15 : tensor<4x8x4x196xf64>) outs(%9 : tensor<4x8x196xf64>) dimensions = [2]
    (%in: f64, %init: f64) {
      %26 = arith.addf %in, %init : f64
      linalg.yield %26 : f64
    }
  %expanded_12 = tensor.expand_shape %reduced_11 [[0], [1], [2, 3]] output_shape [4, 8, 1, 196] : tensor<4x8x196xf64> into tensor<4x8x1x196xf64>
  %reduced_13 = linalg.reduce ins(%expanded_12 : tensor<4x8x1x196xf64>) outs(%11 : tensor<4x8x1xf64>) dimensions = [3]
    (%in: f64, %init: f64) {
      %26 = arith.addf %in, %init : f64
      linalg.yield %26 : f64
    }
  %expanded_14 = tensor.expand_shape %reduced_13 [[0], [1], [2, 3]] output_shape [4, 8, 1, 1] : tensor<4x8x1xf64> into tensor<4x8x1x1xf64>
  %16 = linalg.generic {indexing_maps = [#map6, #map7, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_14, %cst_2 : tensor<4x8x1x1xf64>, tensor<1x1x1x1xf64>) outs(%12 : tensor<4x8x1x1xf64>) {
  ^bb0(%in: f64, %in_19: f64, %out: f64):
    %26 = arith.mulf %in, %in_19 : f64
    linalg.yield %26 : f64
  } -> tensor<4x8x1x1xf64>
  %17 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16 : tensor<4x8x1x1xf64>) outs(%4 : tensor<4x8x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %26 = arith.truncf %in : f64 to f32
    linalg.yield %26 : f32
  } -> tensor<4x8x1x1xf32>
  %18 = tensor.empty() : tensor<4x8x4x196xf32>
  %19 = linalg.generic {indexing_maps = [#map6, #map8, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %5 : tensor<4x8x4x196xf32>, tensor<4x8x1x1xf32>) outs(%18 : tensor<4x8x4x196xf32>) {
  ^bb0(%in: f32, %in_19: f32, %out: f32):
    %26 = arith.subf %in, %in_19 : f32
    linalg.yield %26 : f32
  } -> tensor<4x8x4x196xf32>
  %20 = linalg.generic {indexing_maps = [#map6, #map7, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17, %cst_3 : tensor<4x8x1x1xf32>, tensor<1x1x1x1xf32>) outs(%4 : tensor<4x8x1x1xf32>) {
  ^bb0(%in: f32, %in_19: f32, %out: f32):
    %26 = arith.addf %in, %in_19 : f32
    linalg.yield %26 : f32
  } -> tensor<4x8x1x1xf32>
  %21 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20 : tensor<4x8x1x1xf32>) outs(%4 : tensor<4x8x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = math.rsqrt %in : f32
    linalg.yield %26 : f32
  } -> tensor<4x8x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map6, #map8, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %21 : tensor<4x8x4x196xf32>, tensor<4x8x1x1xf32>) outs(%18 : tensor<4x8x4x196xf32>) {
  ^bb0(%in: f32, %in_19: f32, %out: f32):
    %26 = arith.mulf %in, %in_19 : f32
    linalg.yield %26 : f32
  } -> tensor<4x8x4x196xf32>
  %collapsed_15 = tensor.collapse_shape %22 [[0], [1, 2], [3]] : tensor<4x8x4x196xf32> into tensor<4x32x196xf32>
  %expanded_16 = tensor.expand_shape %collapsed_15 [[0], [1], [2, 3]] output_shape [4, 32, 14, 14] : tensor<4x32x196xf32> into tensor<4x32x14x14xf32>
  %expanded_17 = tensor.expand_shape %arg1 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %23 = tensor.empty() : tensor<4x32x14x14xf32>
  %24 = linalg.generic {indexing_maps = [#map6, #map9, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_16, %expanded_17 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%23 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_19: f32, %out: f32):
    %26 = arith.mulf %in, %in_19 : f32
    linalg.yield %26 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_18 = tensor.expand_shape %arg2 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %25 = linalg.generic {indexing_maps = [#map6, #map9, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24, %expanded_18 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%23 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_19: f32, %out: f32):
    %26 = arith.addf %in, %in_19 : f32
    linalg.yield %26 : f32
  } -> tensor<4x32x14x14xf32>
  return %25 : tensor<4x32x14x14xf32>
}

// F.batch_norm with running statistics.
// CHECK-LABEL: func.func @tosa_batch_norm_inference(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: math.rsqrt
func.func @tosa_batch_norm_inference(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant dense<9.99999974E-6> : tensor<1xf32>
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.generic {indexing_maps = [#map10, #map11, #map10], iterator_types = ["parallel"]} ins(%arg4, %cst : tensor<32xf32>, tensor<1xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.addf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = ["parallel"]} ins(%1 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = math.rsqrt %in : f32
    linalg.yield %8 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %arg3 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %3 = tensor.empty() : tensor<4x32x14x14xf32>
  %4 = linalg.generic {indexing_maps = [#map6, #map9, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.subf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_0 = tensor.expand_shape %2 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %5 = linalg.generic {indexing_maps = [#map6, #map9, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4, %expanded_0 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.mulf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_1 = tensor.expand_shape %arg1 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %6 = linalg.generic {indexing_maps = [#map6, #map9, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %expanded_1 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.mulf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_2 = tensor.expand_shape %arg2 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %7 = linalg.generic {indexing_maps = [#map6, #map9, #map6], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %expanded_2 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.addf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<4x32x14x14xf32>
  return %7 : tensor<4x32x14x14xf32>
}
