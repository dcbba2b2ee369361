// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// A fragment of ResNet in training: statistics of the batch, and running ones that they are mixed into.

#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map3 = affine_map<(d0, d1, d2, d3) -> (0, d1, 0, 0)>

// The end of a block: the norm, the sum with the residual, ReLU; the running variance with n / (n - 1).
// CHECK-LABEL: func.func @resnet_training(
// CHECK: norm.batch_norm %{{[^ ]+}} scale({{.*}}layout = channels_first
func.func @resnet_training(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>, %arg5: tensor<4x32x14x14xf32>) -> (tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e-01 : f64
  %cst_2 = arith.constant 9.000000e-01 : f64
  %cst_3 = arith.constant 1.000000e-05 : f64
  %cst_4 = arith.constant 7.840000e+02 : f32
  %cst_5 = arith.constant 7.840000e+02 : f64
  %cst_6 = arith.constant 7.830000e+02 : f32
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<32xf32>) -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map1, affine_map<(d0, d1, d2, d3) -> (d1)>], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = arith.addf %in, %out : f32
    linalg.yield %33 : f32
  } -> tensor<32xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%2 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = arith.divf %in, %cst_4 : f32
    linalg.yield %33 : f32
  } -> tensor<32xf32>
  %4 = tensor.empty() : tensor<4x32x14x14xf64>
  %5 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f32, %out: f64):
    %33 = arith.extf %in : f32 to f64
    linalg.yield %33 : f64
  } -> tensor<4x32x14x14xf64>
  %6 = tensor.empty() : tensor<1x32x1x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<1x32x1x1xf64>) -> tensor<1x32x1x1xf64>
  %8 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%5 : tensor<4x32x14x14xf64>) outs(%7 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %33 = arith.addf %in, %out : f64
    linalg.yield %33 : f64
  } -> tensor<1x32x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<1x32x1x1xf64>) outs(%6 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %33 = arith.divf %in, %cst_5 : f64
    linalg.yield %33 : f64
  } -> tensor<1x32x1x1xf64>
  %10 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<4x32x14x14xf64>, tensor<1x32x1x1xf64>) outs(%4 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %33 = arith.subf %in, %in_10 : f64
    linalg.yield %33 : f64
  } -> tensor<4x32x14x14xf64>
  %11 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<4x32x14x14xf64>, tensor<4x32x14x14xf64>) outs(%4 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %33 = arith.mulf %in, %in_10 : f64
    linalg.yield %33 : f64
  } -> tensor<4x32x14x14xf64>
  %12 = tensor.empty() : tensor<32xf64>
  %13 = linalg.fill ins(%cst_0 : f64) outs(%12 : tensor<32xf64>) -> tensor<32xf64>
  %14 = linalg.generic {indexing_maps = [#map1, affine_map<(d0, d1, d2, d3) -> (d1)>], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%11 : tensor<4x32x14x14xf64>) outs(%13 : tensor<32xf64>) {
  ^bb0(%in: f64, %out: f64):
    %33 = arith.addf %in, %out : f64
    linalg.yield %33 : f64
  } -> tensor<32xf64>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%14 : tensor<32xf64>) outs(%12 : tensor<32xf64>) {
  ^bb0(%in: f64, %out: f64):
    %33 = arith.divf %in, %cst_5 : f64
    linalg.yield %33 : f64
  } -> tensor<32xf64>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%15 : tensor<32xf64>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f64, %out: f32):
    %33 = arith.truncf %in : f64 to f32
    linalg.yield %33 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %3 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %17 = tensor.empty() : tensor<4x32x14x14xf32>
  %18 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %33 = arith.subf %in, %in_10 : f32
    linalg.yield %33 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_7 = tensor.expand_shape %16 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %19 = tensor.empty() : tensor<1x32x1x1xf32>
  %20 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_7 : tensor<1x32x1x1xf32>) outs(%19 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = arith.truncf %cst_3 : f64 to f32
    %34 = arith.addf %in, %33 : f32
    linalg.yield %34 : f32
  } -> tensor<1x32x1x1xf32>
  %21 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20 : tensor<1x32x1x1xf32>) outs(%19 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = math.sqrt %in : f32
    linalg.yield %33 : f32
  } -> tensor<1x32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %21 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %33 = arith.divf %in, %in_10 : f32
    linalg.yield %33 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_8 = tensor.expand_shape %arg1 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %23 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %expanded_8 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %33 = arith.mulf %in, %in_10 : f32
    linalg.yield %33 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_9 = tensor.expand_shape %arg2 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %24 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23, %expanded_9 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %33 = arith.addf %in, %in_10 : f32
    linalg.yield %33 : f32
  } -> tensor<4x32x14x14xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg3 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = arith.truncf %cst_2 : f64 to f32
    %34 = arith.mulf %in, %33 : f32
    linalg.yield %34 : f32
  } -> tensor<32xf32>
  %26 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%3 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = arith.truncf %cst_1 : f64 to f32
    %34 = arith.mulf %in, %33 : f32
    linalg.yield %34 : f32
  } -> tensor<32xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel"]} ins(%25, %26 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %33 = arith.addf %in, %in_10 : f32
    linalg.yield %33 : f32
  } -> tensor<32xf32>
  %28 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg4 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = arith.truncf %cst_2 : f64 to f32
    %34 = arith.mulf %in, %33 : f32
    linalg.yield %34 : f32
  } -> tensor<32xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%16 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = arith.truncf %cst_1 : f64 to f32
    %34 = arith.mulf %in, %33 : f32
    linalg.yield %34 : f32
  } -> tensor<32xf32>
  %30 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%29 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = arith.mulf %in, %cst_4 : f32
    linalg.yield %33 : f32
  } -> tensor<32xf32>
  %31 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%30 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = arith.divf %in, %cst_6 : f32
    linalg.yield %33 : f32
  } -> tensor<32xf32>
  %32 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel"]} ins(%28, %31 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %33 = arith.addf %in, %in_10 : f32
    linalg.yield %33 : f32
  } -> tensor<32xf32>
  %34 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24, %arg5 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %36 = arith.addf %in, %in_10 : f32
    linalg.yield %36 : f32
  } -> tensor<4x32x14x14xf32>
  %cst_zero = arith.constant 0.000000e+00 : f32
  %35 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%34 : tensor<4x32x14x14xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %36 = arith.cmpf ugt, %in, %cst_zero : f32
    %37 = arith.select %36, %in, %cst_zero : f32
    linalg.yield %37 : f32
  } -> tensor<4x32x14x14xf32>
  return %35, %27, %32 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>
}
