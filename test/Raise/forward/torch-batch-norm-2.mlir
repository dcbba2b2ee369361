// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// What torch.export and torch-mlir make of batch normalizations.

#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (0, d1, 0, 0)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d1, 0, 0)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d1)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, 0)>

// FrozenBatchNorm2d with reshapes to 1xCx1x1 first.
// CHECK-LABEL: func.func @torch_frozen_batch_norm_reshape(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @torch_frozen_batch_norm_reshape(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 1.000000e-05 : f64
  %expanded = tensor.expand_shape %arg1 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %expanded_0 = tensor.expand_shape %arg4 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %0 = tensor.empty() : tensor<1x32x1x1xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_0 : tensor<1x32x1x1xf32>) outs(%0 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.truncf %cst : f64 to f32
    %10 = arith.addf %in, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<1x32x1x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1 : tensor<1x32x1x1xf32>) outs(%0 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = math.rsqrt %in : f32
    linalg.yield %9 : f32
  } -> tensor<1x32x1x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %2 : tensor<1x32x1x1xf32>, tensor<1x32x1x1xf32>) outs(%0 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %9 = arith.mulf %in, %in_3 : f32
    linalg.yield %9 : f32
  } -> tensor<1x32x1x1xf32>
  %4 = tensor.empty() : tensor<4x32x14x14xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %3 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %9 = arith.mulf %in, %in_3 : f32
    linalg.yield %9 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_1 = tensor.expand_shape %arg2 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %expanded_2 = tensor.expand_shape %arg3 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_2, %3 : tensor<1x32x1x1xf32>, tensor<1x32x1x1xf32>) outs(%0 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %9 = arith.mulf %in, %in_3 : f32
    linalg.yield %9 : f32
  } -> tensor<1x32x1x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_1, %6 : tensor<1x32x1x1xf32>, tensor<1x32x1x1xf32>) outs(%0 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %9 = arith.subf %in, %in_3 : f32
    linalg.yield %9 : f32
  } -> tensor<1x32x1x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %7 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %9 = arith.addf %in, %in_3 : f32
    linalg.yield %9 : f32
  } -> tensor<4x32x14x14xf32>
  return %8 : tensor<4x32x14x14xf32>
}

// The export's decomposition: unsqueezes and 1 / sqrt.
// CHECK-LABEL: func.func @torch_batch_norm_inference_core_aten(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
func.func @torch_batch_norm_inference_core_aten(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 1.000000e-05 : f64
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg4 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = arith.truncf %cst : f64 to f32
    %9 = arith.addf %in, %8 : f32
    linalg.yield %9 : f32
  } -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%1 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = math.rsqrt %in : f32
    linalg.yield %8 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %arg3 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %expanded_0 = tensor.expand_shape %2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %3 = tensor.empty() : tensor<4x32x14x14xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.subf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<4x32x14x14xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4, %expanded_0 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.mulf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_1 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %expanded_1 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.mulf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_2 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %expanded_2 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.addf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<4x32x14x14xf32>
  return %7 : tensor<4x32x14x14xf32>
}

// Residual and relu after it, as ResNet's.
// CHECK-LABEL: func.func @torch_batch_norm_relu_add(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: arith.addf
func.func @torch_batch_norm_relu_add(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<4x32x14x14xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>, %arg5: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e-05 : f64
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg5 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.truncf %cst_0 : f64 to f32
    %11 = arith.addf %in, %10 : f32
    linalg.yield %11 : f32
  } -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%1 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = math.rsqrt %in : f32
    linalg.yield %10 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %arg4 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %expanded_1 = tensor.expand_shape %2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %3 = tensor.empty() : tensor<4x32x14x14xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %10 = arith.subf %in, %in_4 : f32
    linalg.yield %10 : f32
  } -> tensor<4x32x14x14xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4, %expanded_1 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %10 = arith.mulf %in, %in_4 : f32
    linalg.yield %10 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_2 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %expanded_2 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %10 = arith.mulf %in, %in_4 : f32
    linalg.yield %10 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_3 = tensor.expand_shape %arg3 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %expanded_3 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %10 = arith.addf %in, %in_4 : f32
    linalg.yield %10 : f32
  } -> tensor<4x32x14x14xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %arg1 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %10 = arith.addf %in, %in_4 : f32
    linalg.yield %10 : f32
  } -> tensor<4x32x14x14xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<4x32x14x14xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.cmpf ugt, %in, %cst : f32
    %11 = arith.select %10, %in, %cst : f32
    linalg.yield %11 : f32
  } -> tensor<4x32x14x14xf32>
  return %9 : tensor<4x32x14x14xf32>
}

// F.batch_norm in training, without running statistics.
// CHECK-LABEL: func.func @torch_batch_norm_training(
// CHECK: norm.batch_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
func.func @torch_batch_norm_training(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 7.840000e+02 : f64
  %cst_3 = arith.constant 7.840000e+02 : f32
  %0 = tensor.empty() : tensor<4x32x14x14xf64>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%0 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f32, %out: f64):
    %22 = arith.extf %in : f32 to f64
    linalg.yield %22 : f64
  } -> tensor<4x32x14x14xf64>
  %2 = tensor.empty() : tensor<1x32x1x1xf64>
  %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<1x32x1x1xf64>) -> tensor<1x32x1x1xf64>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%1 : tensor<4x32x14x14xf64>) outs(%3 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.addf %in, %out : f64
    linalg.yield %22 : f64
  } -> tensor<1x32x1x1xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4 : tensor<1x32x1x1xf64>) outs(%2 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.divf %in, %cst_2 : f64
    linalg.yield %22 : f64
  } -> tensor<1x32x1x1xf64>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1, %5 : tensor<4x32x14x14xf64>, tensor<1x32x1x1xf64>) outs(%0 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %22 = arith.subf %in, %in_5 : f64
    linalg.yield %22 : f64
  } -> tensor<4x32x14x14xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %6 : tensor<4x32x14x14xf64>, tensor<4x32x14x14xf64>) outs(%0 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %22 = arith.mulf %in, %in_5 : f64
    linalg.yield %22 : f64
  } -> tensor<4x32x14x14xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%7 : tensor<4x32x14x14xf64>) outs(%3 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.addf %in, %out : f64
    linalg.yield %22 : f64
  } -> tensor<1x32x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<1x32x1x1xf64>) outs(%2 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.divf %in, %cst_2 : f64
    linalg.yield %22 : f64
  } -> tensor<1x32x1x1xf64>
  %10 = tensor.empty() : tensor<1x32x1x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<1x32x1x1xf64>) outs(%10 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %22 = arith.truncf %in : f64 to f32
    linalg.yield %22 : f32
  } -> tensor<1x32x1x1xf32>
  %12 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<1x32x1x1xf32>) -> tensor<1x32x1x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%12 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %in, %out : f32
    linalg.yield %22 : f32
  } -> tensor<1x32x1x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<1x32x1x1xf32>) outs(%10 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_3 : f32
    linalg.yield %22 : f32
  } -> tensor<1x32x1x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11 : tensor<1x32x1x1xf32>) outs(%10 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.truncf %cst_1 : f64 to f32
    %23 = arith.addf %in, %22 : f32
    linalg.yield %23 : f32
  } -> tensor<1x32x1x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<1x32x1x1xf32>) outs(%10 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = math.rsqrt %in : f32
    linalg.yield %22 : f32
  } -> tensor<1x32x1x1xf32>
  %17 = tensor.empty() : tensor<4x32x14x14xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %14 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.subf %in, %in_5 : f32
    linalg.yield %22 : f32
  } -> tensor<4x32x14x14xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.mulf %in, %in_5 : f32
    linalg.yield %22 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %expanded : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.mulf %in, %in_5 : f32
    linalg.yield %22 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_4 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %expanded_4 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.addf %in, %in_5 : f32
    linalg.yield %22 : f32
  } -> tensor<4x32x14x14xf32>
  return %21 : tensor<4x32x14x14xf32>
}

// _native_batch_norm_legit_functional: statistics and running statistics.
// CHECK-LABEL: func.func @torch_batch_norm_training_functional(
// CHECK: norm.batch_norm %{{[^ ]+}} scale({{.*}}layout = channels_first
func.func @torch_batch_norm_training_functional(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> (tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>) {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.0012771392081736 : f64
  %cst_2 = arith.constant 9.000000e-01 : f64
  %cst_3 = arith.constant 1.000000e-01 : f64
  %cst_4 = arith.constant 1.000000e-05 : f64
  %cst_5 = arith.constant 7.840000e+02 : f64
  %cst_6 = arith.constant 7.840000e+02 : f32
  %0 = tensor.empty() : tensor<4x32x14x14xf64>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%0 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f32, %out: f64):
    %30 = arith.extf %in : f32 to f64
    linalg.yield %30 : f64
  } -> tensor<4x32x14x14xf64>
  %2 = tensor.empty() : tensor<1x32x1x1xf64>
  %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<1x32x1x1xf64>) -> tensor<1x32x1x1xf64>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%1 : tensor<4x32x14x14xf64>) outs(%3 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %30 = arith.addf %in, %out : f64
    linalg.yield %30 : f64
  } -> tensor<1x32x1x1xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4 : tensor<1x32x1x1xf64>) outs(%2 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %30 = arith.divf %in, %cst_5 : f64
    linalg.yield %30 : f64
  } -> tensor<1x32x1x1xf64>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1, %5 : tensor<4x32x14x14xf64>, tensor<1x32x1x1xf64>) outs(%0 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %30 = arith.subf %in, %in_10 : f64
    linalg.yield %30 : f64
  } -> tensor<4x32x14x14xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %6 : tensor<4x32x14x14xf64>, tensor<4x32x14x14xf64>) outs(%0 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %30 = arith.mulf %in, %in_10 : f64
    linalg.yield %30 : f64
  } -> tensor<4x32x14x14xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%7 : tensor<4x32x14x14xf64>) outs(%3 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %30 = arith.addf %in, %out : f64
    linalg.yield %30 : f64
  } -> tensor<1x32x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<1x32x1x1xf64>) outs(%2 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %30 = arith.divf %in, %cst_5 : f64
    linalg.yield %30 : f64
  } -> tensor<1x32x1x1xf64>
  %10 = tensor.empty() : tensor<1x32x1x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<1x32x1x1xf64>) outs(%10 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %30 = arith.truncf %in : f64 to f32
    linalg.yield %30 : f32
  } -> tensor<1x32x1x1xf32>
  %12 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<1x32x1x1xf32>) -> tensor<1x32x1x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%12 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = arith.addf %in, %out : f32
    linalg.yield %30 : f32
  } -> tensor<1x32x1x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<1x32x1x1xf32>) outs(%10 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = arith.divf %in, %cst_6 : f32
    linalg.yield %30 : f32
  } -> tensor<1x32x1x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11 : tensor<1x32x1x1xf32>) outs(%10 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = arith.truncf %cst_4 : f64 to f32
    %31 = arith.addf %in, %30 : f32
    linalg.yield %31 : f32
  } -> tensor<1x32x1x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<1x32x1x1xf32>) outs(%10 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = math.rsqrt %in : f32
    linalg.yield %30 : f32
  } -> tensor<1x32x1x1xf32>
  %17 = tensor.empty() : tensor<4x32x14x14xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %14 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %30 = arith.subf %in, %in_10 : f32
    linalg.yield %30 : f32
  } -> tensor<4x32x14x14xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %30 = arith.mulf %in, %in_10 : f32
    linalg.yield %30 : f32
  } -> tensor<4x32x14x14xf32>
  %collapsed = tensor.collapse_shape %14 [[0, 1, 2, 3]] : tensor<1x32x1x1xf32> into tensor<32xf32>
  %collapsed_7 = tensor.collapse_shape %16 [[0, 1, 2, 3]] : tensor<1x32x1x1xf32> into tensor<32xf32>
  %20 = tensor.empty() : tensor<32xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%collapsed : tensor<32xf32>) outs(%20 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = arith.truncf %cst_3 : f64 to f32
    %31 = arith.mulf %in, %30 : f32
    linalg.yield %31 : f32
  } -> tensor<32xf32>
  %22 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg3 : tensor<32xf32>) outs(%20 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = arith.truncf %cst_2 : f64 to f32
    %31 = arith.mulf %in, %30 : f32
    linalg.yield %31 : f32
  } -> tensor<32xf32>
  %23 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%21, %22 : tensor<32xf32>, tensor<32xf32>) outs(%20 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %30 = arith.addf %in, %in_10 : f32
    linalg.yield %30 : f32
  } -> tensor<32xf32>
  %collapsed_8 = tensor.collapse_shape %11 [[0, 1, 2, 3]] : tensor<1x32x1x1xf32> into tensor<32xf32>
  %24 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%collapsed_8 : tensor<32xf32>) outs(%20 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = arith.truncf %cst_1 : f64 to f32
    %31 = arith.mulf %in, %30 : f32
    linalg.yield %31 : f32
  } -> tensor<32xf32>
  %25 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%24 : tensor<32xf32>) outs(%20 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = arith.truncf %cst_3 : f64 to f32
    %31 = arith.mulf %in, %30 : f32
    linalg.yield %31 : f32
  } -> tensor<32xf32>
  %26 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg4 : tensor<32xf32>) outs(%20 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %30 = arith.truncf %cst_2 : f64 to f32
    %31 = arith.mulf %in, %30 : f32
    linalg.yield %31 : f32
  } -> tensor<32xf32>
  %27 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%25, %26 : tensor<32xf32>, tensor<32xf32>) outs(%20 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %30 = arith.addf %in, %in_10 : f32
    linalg.yield %30 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %28 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %expanded : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %30 = arith.mulf %in, %in_10 : f32
    linalg.yield %30 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_9 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%28, %expanded_9 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %30 = arith.addf %in, %in_10 : f32
    linalg.yield %30 : f32
  } -> tensor<4x32x14x14xf32>
  return %29, %collapsed, %collapsed_7, %23, %27 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>, tensor<32xf32>
}

// mean and var over (0, 2, 3).
// CHECK-LABEL: func.func @torch_batch_norm_by_hand(
// CHECK: norm.batch_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @torch_batch_norm_by_hand(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 7.840000e+02 : f32
  %cst_3 = arith.constant 7.840000e+02 : f64
  %0 = tensor.empty() : tensor<1x32x1x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<1x32x1x1xf32>) -> tensor<1x32x1x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %in, %out : f32
    linalg.yield %22 : f32
  } -> tensor<1x32x1x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<1x32x1x1xf32>) outs(%0 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_2 : f32
    linalg.yield %22 : f32
  } -> tensor<1x32x1x1xf32>
  %4 = tensor.empty() : tensor<4x32x14x14xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f32, %out: f64):
    %22 = arith.extf %in : f32 to f64
    linalg.yield %22 : f64
  } -> tensor<4x32x14x14xf64>
  %6 = tensor.empty() : tensor<1x32x1x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<1x32x1x1xf64>) -> tensor<1x32x1x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%5 : tensor<4x32x14x14xf64>) outs(%7 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.addf %in, %out : f64
    linalg.yield %22 : f64
  } -> tensor<1x32x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<1x32x1x1xf64>) outs(%6 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.divf %in, %cst_3 : f64
    linalg.yield %22 : f64
  } -> tensor<1x32x1x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<4x32x14x14xf64>, tensor<1x32x1x1xf64>) outs(%4 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %22 = arith.subf %in, %in_5 : f64
    linalg.yield %22 : f64
  } -> tensor<4x32x14x14xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<4x32x14x14xf64>, tensor<4x32x14x14xf64>) outs(%4 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %22 = arith.mulf %in, %in_5 : f64
    linalg.yield %22 : f64
  } -> tensor<4x32x14x14xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%11 : tensor<4x32x14x14xf64>) outs(%7 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.addf %in, %out : f64
    linalg.yield %22 : f64
  } -> tensor<1x32x1x1xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12 : tensor<1x32x1x1xf64>) outs(%6 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.divf %in, %cst_3 : f64
    linalg.yield %22 : f64
  } -> tensor<1x32x1x1xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<1x32x1x1xf64>) outs(%0 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %22 = arith.truncf %in : f64 to f32
    linalg.yield %22 : f32
  } -> tensor<1x32x1x1xf32>
  %15 = tensor.empty() : tensor<4x32x14x14xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %3 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%15 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.subf %in, %in_5 : f32
    linalg.yield %22 : f32
  } -> tensor<4x32x14x14xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<1x32x1x1xf32>) outs(%0 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.truncf %cst_1 : f64 to f32
    %23 = arith.addf %in, %22 : f32
    linalg.yield %23 : f32
  } -> tensor<1x32x1x1xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<1x32x1x1xf32>) outs(%0 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = math.sqrt %in : f32
    linalg.yield %22 : f32
  } -> tensor<1x32x1x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16, %18 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%15 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.divf %in, %in_5 : f32
    linalg.yield %22 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded = tensor.expand_shape %arg1 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %expanded : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%15 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.mulf %in, %in_5 : f32
    linalg.yield %22 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_4 = tensor.expand_shape %arg2 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %expanded_4 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%15 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.addf %in, %in_5 : f32
    linalg.yield %22 : f32
  } -> tensor<4x32x14x14xf32>
  return %21 : tensor<4x32x14x14xf32>
}

// By hand, with running statistics and the unbiased estimate by n / (n - 1).
// CHECK-LABEL: func.func @torch_batch_norm_by_hand_running(
// CHECK: norm.batch_norm %{{[^ ]+}} scale({{.*}}layout = channels_first
func.func @torch_batch_norm_by_hand_running(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> (tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) {
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
  %2 = linalg.generic {indexing_maps = [#map, #map4], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = arith.addf %in, %out : f32
    linalg.yield %33 : f32
  } -> tensor<32xf32>
  %3 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = arith.divf %in, %cst_4 : f32
    linalg.yield %33 : f32
  } -> tensor<32xf32>
  %4 = tensor.empty() : tensor<4x32x14x14xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%4 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f32, %out: f64):
    %33 = arith.extf %in : f32 to f64
    linalg.yield %33 : f64
  } -> tensor<4x32x14x14xf64>
  %6 = tensor.empty() : tensor<1x32x1x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<1x32x1x1xf64>) -> tensor<1x32x1x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%5 : tensor<4x32x14x14xf64>) outs(%7 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %33 = arith.addf %in, %out : f64
    linalg.yield %33 : f64
  } -> tensor<1x32x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<1x32x1x1xf64>) outs(%6 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %33 = arith.divf %in, %cst_5 : f64
    linalg.yield %33 : f64
  } -> tensor<1x32x1x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<4x32x14x14xf64>, tensor<1x32x1x1xf64>) outs(%4 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %33 = arith.subf %in, %in_10 : f64
    linalg.yield %33 : f64
  } -> tensor<4x32x14x14xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<4x32x14x14xf64>, tensor<4x32x14x14xf64>) outs(%4 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_10: f64, %out: f64):
    %33 = arith.mulf %in, %in_10 : f64
    linalg.yield %33 : f64
  } -> tensor<4x32x14x14xf64>
  %12 = tensor.empty() : tensor<32xf64>
  %13 = linalg.fill ins(%cst_0 : f64) outs(%12 : tensor<32xf64>) -> tensor<32xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map4], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%11 : tensor<4x32x14x14xf64>) outs(%13 : tensor<32xf64>) {
  ^bb0(%in: f64, %out: f64):
    %33 = arith.addf %in, %out : f64
    linalg.yield %33 : f64
  } -> tensor<32xf64>
  %15 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%14 : tensor<32xf64>) outs(%12 : tensor<32xf64>) {
  ^bb0(%in: f64, %out: f64):
    %33 = arith.divf %in, %cst_5 : f64
    linalg.yield %33 : f64
  } -> tensor<32xf64>
  %16 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%15 : tensor<32xf64>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f64, %out: f32):
    %33 = arith.truncf %in : f64 to f32
    linalg.yield %33 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %3 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %17 = tensor.empty() : tensor<4x32x14x14xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %33 = arith.subf %in, %in_10 : f32
    linalg.yield %33 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_7 = tensor.expand_shape %16 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %19 = tensor.empty() : tensor<1x32x1x1xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_7 : tensor<1x32x1x1xf32>) outs(%19 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = arith.truncf %cst_3 : f64 to f32
    %34 = arith.addf %in, %33 : f32
    linalg.yield %34 : f32
  } -> tensor<1x32x1x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20 : tensor<1x32x1x1xf32>) outs(%19 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = math.sqrt %in : f32
    linalg.yield %33 : f32
  } -> tensor<1x32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %21 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %33 = arith.divf %in, %in_10 : f32
    linalg.yield %33 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_8 = tensor.expand_shape %arg1 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %expanded_8 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %33 = arith.mulf %in, %in_10 : f32
    linalg.yield %33 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_9 = tensor.expand_shape %arg2 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23, %expanded_9 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%17 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %33 = arith.addf %in, %in_10 : f32
    linalg.yield %33 : f32
  } -> tensor<4x32x14x14xf32>
  %25 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg3 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = arith.truncf %cst_2 : f64 to f32
    %34 = arith.mulf %in, %33 : f32
    linalg.yield %34 : f32
  } -> tensor<32xf32>
  %26 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%3 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = arith.truncf %cst_1 : f64 to f32
    %34 = arith.mulf %in, %33 : f32
    linalg.yield %34 : f32
  } -> tensor<32xf32>
  %27 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%25, %26 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %33 = arith.addf %in, %in_10 : f32
    linalg.yield %33 : f32
  } -> tensor<32xf32>
  %28 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg4 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = arith.truncf %cst_2 : f64 to f32
    %34 = arith.mulf %in, %33 : f32
    linalg.yield %34 : f32
  } -> tensor<32xf32>
  %29 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%16 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = arith.truncf %cst_1 : f64 to f32
    %34 = arith.mulf %in, %33 : f32
    linalg.yield %34 : f32
  } -> tensor<32xf32>
  %30 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%29 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = arith.mulf %in, %cst_4 : f32
    linalg.yield %33 : f32
  } -> tensor<32xf32>
  %31 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%30 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %33 = arith.divf %in, %cst_6 : f32
    linalg.yield %33 : f32
  } -> tensor<32xf32>
  %32 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%28, %31 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_10: f32, %out: f32):
    %33 = arith.addf %in, %in_10 : f32
    linalg.yield %33 : f32
  } -> tensor<32xf32>
  return %24, %27, %32 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>
}

// A batch of one: an instance norm is the same.
// CHECK-LABEL: func.func @torch_batch_norm_training_batch_of_one(
// CHECK: norm.{{(batch_norm|instance_norm)}} %{{[^ ]+}} scale({{.*}}layout = channels_first
func.func @torch_batch_norm_training_batch_of_one(%arg0: tensor<1x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<1x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 1.960000e+02 : f64
  %cst_3 = arith.constant 1.960000e+02 : f32
  %0 = tensor.empty() : tensor<1x32x14x14xf64>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<1x32x14x14xf32>) outs(%0 : tensor<1x32x14x14xf64>) {
  ^bb0(%in: f32, %out: f64):
    %22 = arith.extf %in : f32 to f64
    linalg.yield %22 : f64
  } -> tensor<1x32x14x14xf64>
  %2 = tensor.empty() : tensor<1x32x1x1xf64>
  %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<1x32x1x1xf64>) -> tensor<1x32x1x1xf64>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%1 : tensor<1x32x14x14xf64>) outs(%3 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.addf %in, %out : f64
    linalg.yield %22 : f64
  } -> tensor<1x32x1x1xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4 : tensor<1x32x1x1xf64>) outs(%2 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.divf %in, %cst_2 : f64
    linalg.yield %22 : f64
  } -> tensor<1x32x1x1xf64>
  %6 = linalg.generic {indexing_maps = [#map, #map5, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1, %5 : tensor<1x32x14x14xf64>, tensor<1x32x1x1xf64>) outs(%0 : tensor<1x32x14x14xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %22 = arith.subf %in, %in_5 : f64
    linalg.yield %22 : f64
  } -> tensor<1x32x14x14xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %6 : tensor<1x32x14x14xf64>, tensor<1x32x14x14xf64>) outs(%0 : tensor<1x32x14x14xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %22 = arith.mulf %in, %in_5 : f64
    linalg.yield %22 : f64
  } -> tensor<1x32x14x14xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%7 : tensor<1x32x14x14xf64>) outs(%3 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.addf %in, %out : f64
    linalg.yield %22 : f64
  } -> tensor<1x32x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8 : tensor<1x32x1x1xf64>) outs(%2 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.divf %in, %cst_2 : f64
    linalg.yield %22 : f64
  } -> tensor<1x32x1x1xf64>
  %10 = tensor.empty() : tensor<1x32x1x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<1x32x1x1xf64>) outs(%10 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %22 = arith.truncf %in : f64 to f32
    linalg.yield %22 : f32
  } -> tensor<1x32x1x1xf32>
  %12 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<1x32x1x1xf32>) -> tensor<1x32x1x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<1x32x14x14xf32>) outs(%12 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %in, %out : f32
    linalg.yield %22 : f32
  } -> tensor<1x32x1x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<1x32x1x1xf32>) outs(%10 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_3 : f32
    linalg.yield %22 : f32
  } -> tensor<1x32x1x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11 : tensor<1x32x1x1xf32>) outs(%10 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.truncf %cst_1 : f64 to f32
    %23 = arith.addf %in, %22 : f32
    linalg.yield %23 : f32
  } -> tensor<1x32x1x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<1x32x1x1xf32>) outs(%10 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = math.rsqrt %in : f32
    linalg.yield %22 : f32
  } -> tensor<1x32x1x1xf32>
  %17 = tensor.empty() : tensor<1x32x14x14xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map5, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %14 : tensor<1x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%17 : tensor<1x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.subf %in, %in_5 : f32
    linalg.yield %22 : f32
  } -> tensor<1x32x14x14xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map5, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<1x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%17 : tensor<1x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.mulf %in, %in_5 : f32
    linalg.yield %22 : f32
  } -> tensor<1x32x14x14xf32>
  %expanded = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %expanded : tensor<1x32x14x14xf32>, tensor<32x1x1xf32>) outs(%17 : tensor<1x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.mulf %in, %in_5 : f32
    linalg.yield %22 : f32
  } -> tensor<1x32x14x14xf32>
  %expanded_4 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %expanded_4 : tensor<1x32x14x14xf32>, tensor<32x1x1xf32>) outs(%17 : tensor<1x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %22 = arith.addf %in, %in_5 : f32
    linalg.yield %22 : f32
  } -> tensor<1x32x14x14xf32>
  return %21 : tensor<1x32x14x14xf32>
}
