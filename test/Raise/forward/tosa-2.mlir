// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Normalizations through TOSA and MLIR's own conversion of it to linalg.

#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (0, d1, 0, 0)>
#map3 = affine_map<(d0, d1, d2, d3) -> (0, 0, d2, d3)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, 0)>
#map5 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map6 = affine_map<(d0, d1, d2) -> (d0, 0, d2)>
#map7 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, 0, 0, d3)>
#map9 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map10 = affine_map<(d0, d1, d2) -> (d0, 0, 0)>

// F.batch_norm in training: three reduce_sum.
// CHECK-LABEL: func.func @tosa_batch_norm_training(
// CHECK: norm.batch_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.reduce
func.func @tosa_batch_norm_training(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant dense<0.0012755102040816326> : tensor<1x1x1x1xf64>
  %cst_2 = arith.constant dense<0.00127551018> : tensor<1x1x1x1xf32>
  %cst_3 = arith.constant dense<9.99999974E-6> : tensor<1x1x1x1xf32>
  %0 = tensor.empty() : tensor<4x32x14x14xf64>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%0 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f32, %out: f64):
    %29 = arith.extf %in : f32 to f64
    linalg.yield %29 : f64
  } -> tensor<4x32x14x14xf64>
  %2 = tensor.empty() : tensor<32x14x14xf64>
  %3 = linalg.fill ins(%cst_0 : f64) outs(%2 : tensor<32x14x14xf64>) -> tensor<32x14x14xf64>
  %reduced = linalg.reduce ins(%1 : tensor<4x32x14x14xf64>) outs(%3 : tensor<32x14x14xf64>) dimensions = [0]
    (%in: f64, %init: f64) {
      %29 = arith.addf %in, %init : f64
      linalg.yield %29 : f64
    }
  %expanded = tensor.expand_shape %reduced [[0, 1], [2], [3]] output_shape [1, 32, 14, 14] : tensor<32x14x14xf64> into tensor<1x32x14x14xf64>
  %4 = tensor.empty() : tensor<1x32x14xf64>
  %5 = linalg.fill ins(%cst_0 : f64) outs(%4 : tensor<1x32x14xf64>) -> tensor<1x32x14xf64>
  %reduced_4 = linalg.reduce ins(%expanded : tensor<1x32x14x14xf64>) outs(%5 : tensor<1x32x14xf64>) dimensions = [2]
    (%in: f64, %init: f64) {
      %29 = arith.addf %in, %init : f64
      linalg.yield %29 : f64
    }
  %expanded_5 = tensor.expand_shape %reduced_4 [[0], [1], [2, 3]] output_shape [1, 32, 1, 14] : tensor<1x32x14xf64> into tensor<1x32x1x14xf64>
  %6 = tensor.empty() : tensor<1x32x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<1x32x1xf64>) -> tensor<1x32x1xf64>
  %reduced_6 = linalg.reduce ins(%expanded_5 : tensor<1x32x1x14xf64>) outs(%7 : tensor<1x32x1xf64>) dimensions = [3]
    (%in: f64, %init: f64) {
      %29 = arith.addf %in, %init : f64
      linalg.yield %29 : f64
    }
  %expanded_7 = tensor.expand_shape %reduced_6 [[0], [1], [2, 3]] output_shape [1, 32, 1, 1] : tensor<1x32x1xf64> into tensor<1x32x1x1xf64>
  %8 = tensor.empty() : tensor<1x32x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_7, %cst_1 : tensor<1x32x1x1xf64>, tensor<1x1x1x1xf64>) outs(%8 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %in_22: f64, %out: f64):
    %29 = arith.mulf %in, %in_22 : f64
    linalg.yield %29 : f64
  } -> tensor<1x32x1x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1, %9 : tensor<4x32x14x14xf64>, tensor<1x32x1x1xf64>) outs(%0 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_22: f64, %out: f64):
    %29 = arith.subf %in, %in_22 : f64
    linalg.yield %29 : f64
  } -> tensor<4x32x14x14xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<4x32x14x14xf64>, tensor<4x32x14x14xf64>) outs(%0 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_22: f64, %out: f64):
    %29 = arith.mulf %in, %in_22 : f64
    linalg.yield %29 : f64
  } -> tensor<4x32x14x14xf64>
  %reduced_8 = linalg.reduce ins(%11 : tensor<4x32x14x14xf64>) outs(%3 : tensor<32x14x14xf64>) dimensions = [0]
    (%in: f64, %init: f64) {
      %29 = arith.addf %in, %init : f64
      linalg.yield %29 : f64
    }
  %expanded_9 = tensor.expand_shape %reduced_8 [[0, 1], [2], [3]] output_shape [1, 32, 14, 14] : tensor<32x14x14xf64> into tensor<1x32x14x14xf64>
  %reduced_10 = linalg.reduce ins(%expanded_9 : tensor<1x32x14x14xf64>) outs(%5 : tensor<1x32x14xf64>) dimensions = [2]
    (%in: f64, %init: f64) {
      %29 = arith.addf %in, %init : f64
      linalg.yield %29 : f64
    }
  %expanded_11 = tensor.expand_shape %reduced_10 [[0], [1], [2, 3]] output_shape [1, 32, 1, 14] : tensor<1x32x14xf64> into tensor<1x32x1x14xf64>
  %reduced_12 = linalg.reduce ins(%expanded_11 : tensor<1x32x1x14xf64>) outs(%7 : tensor<1x32x1xf64>) dimensions = [3]
    (%in: f64, %init: f64) {
      %29 = arith.addf %in, %init : f64
      linalg.yield %29 : f64
    }
  %expanded_13 = tensor.expand_shape %reduced_12 [[0], [1], [2, 3]] output_shape [1, 32, 1, 1] : tensor<1x32x1xf64> into tensor<1x32x1x1xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_13, %cst_1 : tensor<1x32x1x1xf64>, tensor<1x1x1x1xf64>) outs(%8 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %in_22: f64, %out: f64):
    %29 = arith.mulf %in, %in_22 : f64
    linalg.yield %29 : f64
  } -> tensor<1x32x1x1xf64>
  %13 = tensor.empty() : tensor<1x32x1x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12 : tensor<1x32x1x1xf64>) outs(%13 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %29 = arith.truncf %in : f64 to f32
    linalg.yield %29 : f32
  } -> tensor<1x32x1x1xf32>
  %15 = tensor.empty() : tensor<32x14x14xf32>
  %16 = linalg.fill ins(%cst : f32) outs(%15 : tensor<32x14x14xf32>) -> tensor<32x14x14xf32>
  %reduced_14 = linalg.reduce ins(%arg0 : tensor<4x32x14x14xf32>) outs(%16 : tensor<32x14x14xf32>) dimensions = [0]
    (%in: f32, %init: f32) {
      %29 = arith.addf %in, %init : f32
      linalg.yield %29 : f32
    }
  %expanded_15 = tensor.expand_shape %reduced_14 [[0, 1], [2], [3]] output_shape [1, 32, 14, 14] : tensor<32x14x14xf32> into tensor<1x32x14x14xf32>
  %17 = tensor.empty() : tensor<1x32x14xf32>
  %18 = linalg.fill ins(%cst : f32) outs(%17 : tensor<1x32x14xf32>) -> tensor<1x32x14xf32>
  %reduced_16 = linalg.reduce ins(%expanded_15 : tensor<1x32x14x14xf32>) outs(%18 : tensor<1x32x14xf32>) dimensions = [2]
    (%in: f32, %init: f32) {
      %29 = arith.addf %in, %init : f32
      linalg.yield %29 : f32
    }
  %expanded_17 = tensor.expand_shape %reduced_16 [[0], [1], [2, 3]] output_shape [1, 32, 1, 14] : tensor<1x32x14xf32> into tensor<1x32x1x14xf32>
  %19 = tensor.empty() : tensor<1x32x1xf32>
  %20 = linalg.fill ins(%cst : f32) outs(%19 : tensor<1x32x1xf32>) -> tensor<1x32x1xf32>
  %reduced_18 = linalg.reduce ins(%expanded_17 : tensor<1x32x1x14xf32>) outs(%20 : tensor<1x32x1xf32>) dimensions = [3]
    (%in: f32, %init: f32) {
      %29 = arith.addf %in, %init : f32
      linalg.yield %29 : f32
    }
  %expanded_19 = tensor.expand_shape %reduced_18 [[0], [1], [2, 3]] output_shape [1, 32, 1, 1] : tensor<1x32x1xf32> into tensor<1x32x1x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_19, %cst_2 : tensor<1x32x1x1xf32>, tensor<1x1x1x1xf32>) outs(%13 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %in_22: f32, %out: f32):
    %29 = arith.mulf %in, %in_22 : f32
    linalg.yield %29 : f32
  } -> tensor<1x32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14, %cst_3 : tensor<1x32x1x1xf32>, tensor<1x1x1x1xf32>) outs(%13 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %in_22: f32, %out: f32):
    %29 = arith.addf %in, %in_22 : f32
    linalg.yield %29 : f32
  } -> tensor<1x32x1x1xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<1x32x1x1xf32>) outs(%13 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %29 = math.rsqrt %in : f32
    linalg.yield %29 : f32
  } -> tensor<1x32x1x1xf32>
  %24 = tensor.empty() : tensor<4x32x14x14xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %21 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%24 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_22: f32, %out: f32):
    %29 = arith.subf %in, %in_22 : f32
    linalg.yield %29 : f32
  } -> tensor<4x32x14x14xf32>
  %26 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25, %23 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%24 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_22: f32, %out: f32):
    %29 = arith.mulf %in, %in_22 : f32
    linalg.yield %29 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_20 = tensor.expand_shape %arg1 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26, %expanded_20 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%24 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_22: f32, %out: f32):
    %29 = arith.mulf %in, %in_22 : f32
    linalg.yield %29 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_21 = tensor.expand_shape %arg2 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %28 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %expanded_21 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%24 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_22: f32, %out: f32):
    %29 = arith.addf %in, %in_22 : f32
    linalg.yield %29 : f32
  } -> tensor<4x32x14x14xf32>
  return %28 : tensor<4x32x14x14xf32>
}

// Instance norm.
// CHECK-LABEL: func.func @tosa_instance_norm(
// CHECK: norm.instance_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.reduce
func.func @tosa_instance_norm(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant dense<0.00510204071> : tensor<1x1x1x1xf32>
  %cst_2 = arith.constant dense<0.0051020408163265302> : tensor<1x1x1x1xf64>
  %cst_3 = arith.constant dense<9.99999974E-6> : tensor<1x1x1x1xf32>
  %0 = tensor.empty() : tensor<4x32x14xf32>
  %1 = linalg.fill ins(%cst_0 : f32) outs(%0 : tensor<4x32x14xf32>) -> tensor<4x32x14xf32>
  %reduced = linalg.reduce ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32x14xf32>) dimensions = [2]
    (%in: f32, %init: f32) {
      %25 = arith.addf %in, %init : f32
      linalg.yield %25 : f32
    }
  %expanded = tensor.expand_shape %reduced [[0], [1], [2, 3]] output_shape [4, 32, 1, 14] : tensor<4x32x14xf32> into tensor<4x32x1x14xf32>
  %2 = tensor.empty() : tensor<4x32x1xf32>
  %3 = linalg.fill ins(%cst_0 : f32) outs(%2 : tensor<4x32x1xf32>) -> tensor<4x32x1xf32>
  %reduced_4 = linalg.reduce ins(%expanded : tensor<4x32x1x14xf32>) outs(%3 : tensor<4x32x1xf32>) dimensions = [3]
    (%in: f32, %init: f32) {
      %25 = arith.addf %in, %init : f32
      linalg.yield %25 : f32
    }
  %expanded_5 = tensor.expand_shape %reduced_4 [[0], [1], [2, 3]] output_shape [4, 32, 1, 1] : tensor<4x32x1xf32> into tensor<4x32x1x1xf32>
  %4 = tensor.empty() : tensor<4x32x1x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_5, %cst_1 : tensor<4x32x1x1xf32>, tensor<1x1x1x1xf32>) outs(%4 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %in_16: f32, %out: f32):
    %25 = arith.mulf %in, %in_16 : f32
    linalg.yield %25 : f32
  } -> tensor<4x32x1x1xf32>
  %6 = tensor.empty() : tensor<4x32x14x14xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %5 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%6 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_16: f32, %out: f32):
    %25 = arith.subf %in, %in_16 : f32
    linalg.yield %25 : f32
  } -> tensor<4x32x14x14xf32>
  %8 = tensor.empty() : tensor<4x32x14x14xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%8 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f32, %out: f64):
    %25 = arith.extf %in : f32 to f64
    linalg.yield %25 : f64
  } -> tensor<4x32x14x14xf64>
  %10 = tensor.empty() : tensor<4x32x14xf64>
  %11 = linalg.fill ins(%cst : f64) outs(%10 : tensor<4x32x14xf64>) -> tensor<4x32x14xf64>
  %reduced_6 = linalg.reduce ins(%9 : tensor<4x32x14x14xf64>) outs(%11 : tensor<4x32x14xf64>) dimensions = [2]
    (%in: f64, %init: f64) {
      %25 = arith.addf %in, %init : f64
      linalg.yield %25 : f64
    }
  %expanded_7 = tensor.expand_shape %reduced_6 [[0], [1], [2, 3]] output_shape [4, 32, 1, 14] : tensor<4x32x14xf64> into tensor<4x32x1x14xf64>
  %12 = tensor.empty() : tensor<4x32x1xf64>
  %13 = linalg.fill ins(%cst : f64) outs(%12 : tensor<4x32x1xf64>) -> tensor<4x32x1xf64>
  %reduced_8 = linalg.reduce ins(%expanded_7 : tensor<4x32x1x14xf64>) outs(%13 : tensor<4x32x1xf64>) dimensions = [3]
    (%in: f64, %init: f64) {
      %25 = arith.addf %in, %init : f64
      linalg.yield %25 : f64
    }
  %expanded_9 = tensor.expand_shape %reduced_8 [[0], [1], [2, 3]] output_shape [4, 32, 1, 1] : tensor<4x32x1xf64> into tensor<4x32x1x1xf64>
  %14 = tensor.empty() : tensor<4x32x1x1xf64>
  %15 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_9, %cst_2 : tensor<4x32x1x1xf64>, tensor<1x1x1x1xf64>) outs(%14 : tensor<4x32x1x1xf64>) {
  ^bb0(%in: f64, %in_16: f64, %out: f64):
    %25 = arith.mulf %in, %in_16 : f64
    linalg.yield %25 : f64
  } -> tensor<4x32x1x1xf64>
  %16 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9, %15 : tensor<4x32x14x14xf64>, tensor<4x32x1x1xf64>) outs(%8 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_16: f64, %out: f64):
    %25 = arith.subf %in, %in_16 : f64
    linalg.yield %25 : f64
  } -> tensor<4x32x14x14xf64>
  %17 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %16 : tensor<4x32x14x14xf64>, tensor<4x32x14x14xf64>) outs(%8 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_16: f64, %out: f64):
    %25 = arith.mulf %in, %in_16 : f64
    linalg.yield %25 : f64
  } -> tensor<4x32x14x14xf64>
  %reduced_10 = linalg.reduce ins(%17 : tensor<4x32x14x14xf64>) outs(%11 : tensor<4x32x14xf64>) dimensions = [2]
    (%in: f64, %init: f64) {
      %25 = arith.addf %in, %init : f64
      linalg.yield %25 : f64
    }
  %expanded_11 = tensor.expand_shape %reduced_10 [[0], [1], [2, 3]] output_shape [4, 32, 1, 14] : tensor<4x32x14xf64> into tensor<4x32x1x14xf64>
  %reduced_12 = linalg.reduce ins(%expanded_11 : tensor<4x32x1x14xf64>) outs(%13 : tensor<4x32x1xf64>) dimensions = [3]
    (%in: f64, %init: f64) {
      %25 = arith.addf %in, %init : f64
      linalg.yield %25 : f64
    }
  %expanded_13 = tensor.expand_shape %reduced_12 [[0], [1], [2, 3]] output_shape [4, 32, 1, 1] : tensor<4x32x1xf64> into tensor<4x32x1x1xf64>
  %18 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_13, %cst_2 : tensor<4x32x1x1xf64>, tensor<1x1x1x1xf64>) outs(%14 : tensor<4x32x1x1xf64>) {
  ^bb0(%in: f64, %in_16: f64, %out: f64):
    %25 = arith.mulf %in, %in_16 : f64
    linalg.yield %25 : f64
  } -> tensor<4x32x1x1xf64>
  %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18 : tensor<4x32x1x1xf64>) outs(%4 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %25 = arith.truncf %in : f64 to f32
    linalg.yield %25 : f32
  } -> tensor<4x32x1x1xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %cst_3 : tensor<4x32x1x1xf32>, tensor<1x1x1x1xf32>) outs(%4 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %in_16: f32, %out: f32):
    %25 = arith.addf %in, %in_16 : f32
    linalg.yield %25 : f32
  } -> tensor<4x32x1x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20 : tensor<4x32x1x1xf32>) outs(%4 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = math.rsqrt %in : f32
    linalg.yield %25 : f32
  } -> tensor<4x32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %21 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%6 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_16: f32, %out: f32):
    %25 = arith.mulf %in, %in_16 : f32
    linalg.yield %25 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_14 = tensor.expand_shape %arg1 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %expanded_14 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%6 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_16: f32, %out: f32):
    %25 = arith.mulf %in, %in_16 : f32
    linalg.yield %25 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_15 = tensor.expand_shape %arg2 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23, %expanded_15 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%6 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_16: f32, %out: f32):
    %25 = arith.addf %in, %in_16 : f32
    linalg.yield %25 : f32
  } -> tensor<4x32x14x14xf32>
  return %24 : tensor<4x32x14x14xf32>
}

// As TensorFlow Lite graphs have it: mean, squared difference, rsqrt, all f32, weights as 1x1x64.
// CHECK-LABEL: func.func @tosa_layer_norm_tflite(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.reduce
func.func @tosa_layer_norm_tflite(%arg0: tensor<1x197x64xf32>, %arg1: tensor<1x1x64xf32>, %arg2: tensor<1x1x64xf32>) -> tensor<1x197x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant dense<1.562500e-02> : tensor<1x1x1xf32>
  %cst_1 = arith.constant dense<9.99999997E-7> : tensor<1x1x1xf32>
  %0 = tensor.empty() : tensor<1x197xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<1x197xf32>) -> tensor<1x197xf32>
  %reduced = linalg.reduce ins(%arg0 : tensor<1x197x64xf32>) outs(%1 : tensor<1x197xf32>) dimensions = [2]
    (%in: f32, %init: f32) {
      %13 = arith.addf %in, %init : f32
      linalg.yield %13 : f32
    }
  %expanded = tensor.expand_shape %reduced [[0], [1, 2]] output_shape [1, 197, 1] : tensor<1x197xf32> into tensor<1x197x1xf32>
  %2 = tensor.empty() : tensor<1x197x1xf32>
  %3 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %cst_0 : tensor<1x197x1xf32>, tensor<1x1x1xf32>) outs(%2 : tensor<1x197x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %13 = arith.mulf %in, %in_4 : f32
    linalg.yield %13 : f32
  } -> tensor<1x197x1xf32>
  %4 = tensor.empty() : tensor<1x197x64xf32>
  %5 = linalg.generic {indexing_maps = [#map5, #map7, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %3 : tensor<1x197x64xf32>, tensor<1x197x1xf32>) outs(%4 : tensor<1x197x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %13 = arith.subf %in, %in_4 : f32
    linalg.yield %13 : f32
  } -> tensor<1x197x64xf32>
  %6 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %5 : tensor<1x197x64xf32>, tensor<1x197x64xf32>) outs(%4 : tensor<1x197x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %13 = arith.mulf %in, %in_4 : f32
    linalg.yield %13 : f32
  } -> tensor<1x197x64xf32>
  %reduced_2 = linalg.reduce ins(%6 : tensor<1x197x64xf32>) outs(%1 : tensor<1x197xf32>) dimensions = [2]
    (%in: f32, %init: f32) {
      %13 = arith.addf %in, %init : f32
      linalg.yield %13 : f32
    }
  %expanded_3 = tensor.expand_shape %reduced_2 [[0], [1, 2]] output_shape [1, 197, 1] : tensor<1x197xf32> into tensor<1x197x1xf32>
  %7 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_3, %cst_0 : tensor<1x197x1xf32>, tensor<1x1x1xf32>) outs(%2 : tensor<1x197x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %13 = arith.mulf %in, %in_4 : f32
    linalg.yield %13 : f32
  } -> tensor<1x197x1xf32>
  %8 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7, %cst_1 : tensor<1x197x1xf32>, tensor<1x1x1xf32>) outs(%2 : tensor<1x197x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %13 = arith.addf %in, %in_4 : f32
    linalg.yield %13 : f32
  } -> tensor<1x197x1xf32>
  %9 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<1x197x1xf32>) outs(%2 : tensor<1x197x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = math.rsqrt %in : f32
    linalg.yield %13 : f32
  } -> tensor<1x197x1xf32>
  %10 = linalg.generic {indexing_maps = [#map5, #map7, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<1x197x64xf32>, tensor<1x197x1xf32>) outs(%4 : tensor<1x197x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %13 = arith.mulf %in, %in_4 : f32
    linalg.yield %13 : f32
  } -> tensor<1x197x64xf32>
  %11 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %arg1 : tensor<1x197x64xf32>, tensor<1x1x64xf32>) outs(%4 : tensor<1x197x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %13 = arith.mulf %in, %in_4 : f32
    linalg.yield %13 : f32
  } -> tensor<1x197x64xf32>
  %12 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11, %arg2 : tensor<1x197x64xf32>, tensor<1x1x64xf32>) outs(%4 : tensor<1x197x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %13 = arith.addf %in, %in_4 : f32
    linalg.yield %13 : f32
  } -> tensor<1x197x64xf32>
  return %12 : tensor<1x197x64xf32>
}

// Keras' batchnorm form: x * (rstd * w) + (b - mean * (rstd * w)).
// CHECK-LABEL: func.func @tosa_layer_norm_keras(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.reduce
func.func @tosa_layer_norm_keras(%arg0: tensor<1x197x64xf32>, %arg1: tensor<1x1x64xf32>, %arg2: tensor<1x1x64xf32>) -> tensor<1x197x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant dense<1.562500e-02> : tensor<1x1x1xf32>
  %cst_1 = arith.constant dense<9.99999997E-7> : tensor<1x1x1xf32>
  %0 = tensor.empty() : tensor<1x197xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<1x197xf32>) -> tensor<1x197xf32>
  %reduced = linalg.reduce ins(%arg0 : tensor<1x197x64xf32>) outs(%1 : tensor<1x197xf32>) dimensions = [2]
    (%in: f32, %init: f32) {
      %15 = arith.addf %in, %init : f32
      linalg.yield %15 : f32
    }
  %expanded = tensor.expand_shape %reduced [[0], [1, 2]] output_shape [1, 197, 1] : tensor<1x197xf32> into tensor<1x197x1xf32>
  %2 = tensor.empty() : tensor<1x197x1xf32>
  %3 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %cst_0 : tensor<1x197x1xf32>, tensor<1x1x1xf32>) outs(%2 : tensor<1x197x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %15 = arith.mulf %in, %in_4 : f32
    linalg.yield %15 : f32
  } -> tensor<1x197x1xf32>
  %4 = tensor.empty() : tensor<1x197x64xf32>
  %5 = linalg.generic {indexing_maps = [#map5, #map7, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %3 : tensor<1x197x64xf32>, tensor<1x197x1xf32>) outs(%4 : tensor<1x197x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %15 = arith.subf %in, %in_4 : f32
    linalg.yield %15 : f32
  } -> tensor<1x197x64xf32>
  %6 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %5 : tensor<1x197x64xf32>, tensor<1x197x64xf32>) outs(%4 : tensor<1x197x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %15 = arith.mulf %in, %in_4 : f32
    linalg.yield %15 : f32
  } -> tensor<1x197x64xf32>
  %reduced_2 = linalg.reduce ins(%6 : tensor<1x197x64xf32>) outs(%1 : tensor<1x197xf32>) dimensions = [2]
    (%in: f32, %init: f32) {
      %15 = arith.addf %in, %init : f32
      linalg.yield %15 : f32
    }
  %expanded_3 = tensor.expand_shape %reduced_2 [[0], [1, 2]] output_shape [1, 197, 1] : tensor<1x197xf32> into tensor<1x197x1xf32>
  %7 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_3, %cst_0 : tensor<1x197x1xf32>, tensor<1x1x1xf32>) outs(%2 : tensor<1x197x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %15 = arith.mulf %in, %in_4 : f32
    linalg.yield %15 : f32
  } -> tensor<1x197x1xf32>
  %8 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7, %cst_1 : tensor<1x197x1xf32>, tensor<1x1x1xf32>) outs(%2 : tensor<1x197x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %15 = arith.addf %in, %in_4 : f32
    linalg.yield %15 : f32
  } -> tensor<1x197x1xf32>
  %9 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<1x197x1xf32>) outs(%2 : tensor<1x197x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = math.rsqrt %in : f32
    linalg.yield %15 : f32
  } -> tensor<1x197x1xf32>
  %10 = linalg.generic {indexing_maps = [#map7, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9, %arg1 : tensor<1x197x1xf32>, tensor<1x1x64xf32>) outs(%4 : tensor<1x197x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %15 = arith.mulf %in, %in_4 : f32
    linalg.yield %15 : f32
  } -> tensor<1x197x64xf32>
  %11 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %10 : tensor<1x197x64xf32>, tensor<1x197x64xf32>) outs(%4 : tensor<1x197x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %15 = arith.mulf %in, %in_4 : f32
    linalg.yield %15 : f32
  } -> tensor<1x197x64xf32>
  %12 = linalg.generic {indexing_maps = [#map7, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3, %10 : tensor<1x197x1xf32>, tensor<1x197x64xf32>) outs(%4 : tensor<1x197x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %15 = arith.mulf %in, %in_4 : f32
    linalg.yield %15 : f32
  } -> tensor<1x197x64xf32>
  %13 = linalg.generic {indexing_maps = [#map6, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2, %12 : tensor<1x1x64xf32>, tensor<1x197x64xf32>) outs(%4 : tensor<1x197x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %15 = arith.subf %in, %in_4 : f32
    linalg.yield %15 : f32
  } -> tensor<1x197x64xf32>
  %14 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11, %13 : tensor<1x197x64xf32>, tensor<1x197x64xf32>) outs(%4 : tensor<1x197x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %15 = arith.addf %in, %in_4 : f32
    linalg.yield %15 : f32
  } -> tensor<1x197x64xf32>
  return %14 : tensor<1x197x64xf32>
}

// Channels last with relu6 after it (MobileNet), as TOSA prescribes for batch norm.
// CHECK-LABEL: func.func @tosa_batch_norm_inference_nhwc(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_last eps = {{(1\.000000e-03|0\.00100[0-9]*)}} outs(
func.func @tosa_batch_norm_inference_nhwc(%arg0: tensor<1x14x14x32xf32>, %arg1: tensor<1x1x1x32xf32>, %arg2: tensor<1x1x1x32xf32>, %arg3: tensor<1x1x1x32xf32>, %arg4: tensor<1x1x1x32xf32>) -> tensor<1x14x14x32xf32> {
  %cst = arith.constant 6.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant dense<1.000000e-03> : tensor<1x1x1x1xf32>
  %0 = tensor.empty() : tensor<1x14x14x32xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map8, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg1 : tensor<1x14x14x32xf32>, tensor<1x1x1x32xf32>) outs(%0 : tensor<1x14x14x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %9 = arith.subf %in, %in_2 : f32
    linalg.yield %9 : f32
  } -> tensor<1x14x14x32xf32>
  %2 = tensor.empty() : tensor<1x1x1x32xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map9, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2, %cst_1 : tensor<1x1x1x32xf32>, tensor<1x1x1x1xf32>) outs(%2 : tensor<1x1x1x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %9 = arith.addf %in, %in_2 : f32
    linalg.yield %9 : f32
  } -> tensor<1x1x1x32xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%3 : tensor<1x1x1x32xf32>) outs(%2 : tensor<1x1x1x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = math.rsqrt %in : f32
    linalg.yield %9 : f32
  } -> tensor<1x1x1x32xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map8, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1, %4 : tensor<1x14x14x32xf32>, tensor<1x1x1x32xf32>) outs(%0 : tensor<1x14x14x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %9 = arith.mulf %in, %in_2 : f32
    linalg.yield %9 : f32
  } -> tensor<1x14x14x32xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map8, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %arg3 : tensor<1x14x14x32xf32>, tensor<1x1x1x32xf32>) outs(%0 : tensor<1x14x14x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %9 = arith.mulf %in, %in_2 : f32
    linalg.yield %9 : f32
  } -> tensor<1x14x14x32xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map8, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %arg4 : tensor<1x14x14x32xf32>, tensor<1x1x1x32xf32>) outs(%0 : tensor<1x14x14x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %9 = arith.addf %in, %in_2 : f32
    linalg.yield %9 : f32
  } -> tensor<1x14x14x32xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7 : tensor<1x14x14x32xf32>) outs(%0 : tensor<1x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.minimumf %in, %cst : f32
    %10 = arith.maximumf %9, %cst_0 : f32
    linalg.yield %10 : f32
  } -> tensor<1x14x14x32xf32>
  return %8 : tensor<1x14x14x32xf32>
}

// pow 2 and pow -0.5.
// CHECK-LABEL: func.func @tosa_rms_norm_pow(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.reduce
func.func @tosa_rms_norm_pow(%arg0: tensor<1x197x64xf32>, %arg1: tensor<1x1x64xf32>) -> tensor<1x197x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant dense<-5.000000e-01> : tensor<1x1x1xf32>
  %cst_1 = arith.constant dense<2.000000e+00> : tensor<1x1x1xf32>
  %cst_2 = arith.constant dense<1.562500e-02> : tensor<1x1x1xf32>
  %cst_3 = arith.constant dense<9.99999997E-7> : tensor<1x1x1xf32>
  %0 = tensor.empty() : tensor<1x197x64xf32>
  %1 = linalg.generic {indexing_maps = [#map5, #map10, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %cst_1 : tensor<1x197x64xf32>, tensor<1x1x1xf32>) outs(%0 : tensor<1x197x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %10 = math.powf %in, %in_4 : f32
    linalg.yield %10 : f32
  } -> tensor<1x197x64xf32>
  %2 = tensor.empty() : tensor<1x197xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<1x197xf32>) -> tensor<1x197xf32>
  %reduced = linalg.reduce ins(%1 : tensor<1x197x64xf32>) outs(%3 : tensor<1x197xf32>) dimensions = [2]
    (%in: f32, %init: f32) {
      %10 = arith.addf %in, %init : f32
      linalg.yield %10 : f32
    }
  %expanded = tensor.expand_shape %reduced [[0], [1, 2]] output_shape [1, 197, 1] : tensor<1x197xf32> into tensor<1x197x1xf32>
  %4 = tensor.empty() : tensor<1x197x1xf32>
  %5 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %cst_2 : tensor<1x197x1xf32>, tensor<1x1x1xf32>) outs(%4 : tensor<1x197x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %10 = arith.mulf %in, %in_4 : f32
    linalg.yield %10 : f32
  } -> tensor<1x197x1xf32>
  %6 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %cst_3 : tensor<1x197x1xf32>, tensor<1x1x1xf32>) outs(%4 : tensor<1x197x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %10 = arith.addf %in, %in_4 : f32
    linalg.yield %10 : f32
  } -> tensor<1x197x1xf32>
  %7 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %cst_0 : tensor<1x197x1xf32>, tensor<1x1x1xf32>) outs(%4 : tensor<1x197x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %10 = math.powf %in, %in_4 : f32
    linalg.yield %10 : f32
  } -> tensor<1x197x1xf32>
  %8 = linalg.generic {indexing_maps = [#map5, #map7, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %7 : tensor<1x197x64xf32>, tensor<1x197x1xf32>) outs(%0 : tensor<1x197x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %10 = arith.mulf %in, %in_4 : f32
    linalg.yield %10 : f32
  } -> tensor<1x197x64xf32>
  %9 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %arg1 : tensor<1x197x64xf32>, tensor<1x1x64xf32>) outs(%0 : tensor<1x197x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %10 = arith.mulf %in, %in_4 : f32
    linalg.yield %10 : f32
  } -> tensor<1x197x64xf32>
  return %9 : tensor<1x197x64xf32>
}

// TOSA has no square root: pow 0.5, then reciprocal.
// CHECK-LABEL: func.func @tosa_rms_norm_reciprocal(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.reduce
func.func @tosa_rms_norm_reciprocal(%arg0: tensor<1x197x64xf32>, %arg1: tensor<1x1x64xf32>) -> tensor<1x197x64xf32> {
  %cst = arith.constant 1.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant dense<5.000000e-01> : tensor<1x1x1xf32>
  %cst_2 = arith.constant dense<1.562500e-02> : tensor<1x1x1xf32>
  %cst_3 = arith.constant dense<9.99999997E-7> : tensor<1x1x1xf32>
  %0 = tensor.empty() : tensor<1x197x64xf32>
  %1 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg0 : tensor<1x197x64xf32>, tensor<1x197x64xf32>) outs(%0 : tensor<1x197x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %11 = arith.mulf %in, %in_4 : f32
    linalg.yield %11 : f32
  } -> tensor<1x197x64xf32>
  %2 = tensor.empty() : tensor<1x197xf32>
  %3 = linalg.fill ins(%cst_0 : f32) outs(%2 : tensor<1x197xf32>) -> tensor<1x197xf32>
  %reduced = linalg.reduce ins(%1 : tensor<1x197x64xf32>) outs(%3 : tensor<1x197xf32>) dimensions = [2]
    (%in: f32, %init: f32) {
      %11 = arith.addf %in, %init : f32
      linalg.yield %11 : f32
    }
  %expanded = tensor.expand_shape %reduced [[0], [1, 2]] output_shape [1, 197, 1] : tensor<1x197xf32> into tensor<1x197x1xf32>
  %4 = tensor.empty() : tensor<1x197x1xf32>
  %5 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %cst_2 : tensor<1x197x1xf32>, tensor<1x1x1xf32>) outs(%4 : tensor<1x197x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %11 = arith.mulf %in, %in_4 : f32
    linalg.yield %11 : f32
  } -> tensor<1x197x1xf32>
  %6 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %cst_3 : tensor<1x197x1xf32>, tensor<1x1x1xf32>) outs(%4 : tensor<1x197x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %11 = arith.addf %in, %in_4 : f32
    linalg.yield %11 : f32
  } -> tensor<1x197x1xf32>
  %7 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %cst_1 : tensor<1x197x1xf32>, tensor<1x1x1xf32>) outs(%4 : tensor<1x197x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %11 = math.powf %in, %in_4 : f32
    linalg.yield %11 : f32
  } -> tensor<1x197x1xf32>
  %8 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<1x197x1xf32>) outs(%4 : tensor<1x197x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.divf %cst, %in : f32
    linalg.yield %11 : f32
  } -> tensor<1x197x1xf32>
  %9 = linalg.generic {indexing_maps = [#map5, #map7, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %8 : tensor<1x197x64xf32>, tensor<1x197x1xf32>) outs(%0 : tensor<1x197x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %11 = arith.mulf %in, %in_4 : f32
    linalg.yield %11 : f32
  } -> tensor<1x197x64xf32>
  %10 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9, %arg1 : tensor<1x197x64xf32>, tensor<1x1x64xf32>) outs(%0 : tensor<1x197x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %11 = arith.mulf %in, %in_4 : f32
    linalg.yield %11 : f32
  } -> tensor<1x197x64xf32>
  return %10 : tensor<1x197x64xf32>
}
