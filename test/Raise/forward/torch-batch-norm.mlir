// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// What torch.export and torch-mlir make of batch normalizations.

#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d1, 0, 0)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0, d1) -> (d1)>
#map5 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map6 = affine_map<(d0, d1, d2) -> (d1, 0)>
#map7 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map8 = affine_map<(d0, d1, d2, d3, d4) -> (d1, 0, 0, 0)>
#map9 = affine_map<(d0, d1, d2, d3) -> (0, d1, 0, 0)>

// F.batch_norm with running statistics.
// CHECK-LABEL: func.func @torch_batch_norm_inference(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @torch_batch_norm_inference(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 1.000000e-05 : f64
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg4 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = arith.truncf %cst : f64 to f32
    %9 = arith.addf %in, %8 : f32
    linalg.yield %9 : f32
  } -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%1 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = math.rsqrt %in : f32
    linalg.yield %8 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %arg3 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %expanded_0 = tensor.expand_shape %2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %3 = tensor.empty() : tensor<4x32x14x14xf32>
  %4 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.subf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<4x32x14x14xf32>
  %5 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4, %expanded_0 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.mulf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_1 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %6 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %expanded_1 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.mulf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_2 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %7 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %expanded_2 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.addf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<4x32x14x14xf32>
  return %7 : tensor<4x32x14x14xf32>
}

// F.batch_norm with running statistics, without weight and bias.
// CHECK-LABEL: func.func @torch_batch_norm_inference_no_affine(
// CHECK: norm.batch_norm_inference {{.*}}layout = channels_first eps = {{(1\.000000e-03|0\.00100[0-9]*)}}
func.func @torch_batch_norm_inference_no_affine(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 1.000000e-03 : f64
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg2 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %6 = arith.truncf %cst : f64 to f32
    %7 = arith.addf %in, %6 : f32
    linalg.yield %7 : f32
  } -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%1 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %6 = math.rsqrt %in : f32
    linalg.yield %6 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %expanded_0 = tensor.expand_shape %2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %3 = tensor.empty() : tensor<4x32x14x14xf32>
  %4 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %6 = arith.subf %in, %in_1 : f32
    linalg.yield %6 : f32
  } -> tensor<4x32x14x14xf32>
  %5 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4, %expanded_0 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %6 = arith.mulf %in, %in_1 : f32
    linalg.yield %6 : f32
  } -> tensor<4x32x14x14xf32>
  return %5 : tensor<4x32x14x14xf32>
}

// Dynamic batch and space.
// CHECK-LABEL: func.func @torch_batch_norm_inference_dynamic(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @torch_batch_norm_inference_dynamic(%arg0: tensor<?x32x?x?xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<?x32x?x?xf32> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %cst = arith.constant 1.000000e-05 : f64
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg4 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = arith.truncf %cst : f64 to f32
    %9 = arith.addf %in, %8 : f32
    linalg.yield %9 : f32
  } -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%1 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = math.rsqrt %in : f32
    linalg.yield %8 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %arg3 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %expanded_0 = tensor.expand_shape %2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %dim = tensor.dim %arg0, %c0 : tensor<?x32x?x?xf32>
  %dim_1 = tensor.dim %arg0, %c2 : tensor<?x32x?x?xf32>
  %dim_2 = tensor.dim %arg0, %c3 : tensor<?x32x?x?xf32>
  %3 = tensor.empty(%dim, %dim_1, %dim_2) : tensor<?x32x?x?xf32>
  %4 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded : tensor<?x32x?x?xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<?x32x?x?xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %8 = arith.subf %in, %in_5 : f32
    linalg.yield %8 : f32
  } -> tensor<?x32x?x?xf32>
  %5 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4, %expanded_0 : tensor<?x32x?x?xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<?x32x?x?xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %8 = arith.mulf %in, %in_5 : f32
    linalg.yield %8 : f32
  } -> tensor<?x32x?x?xf32>
  %expanded_3 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %6 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %expanded_3 : tensor<?x32x?x?xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<?x32x?x?xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %8 = arith.mulf %in, %in_5 : f32
    linalg.yield %8 : f32
  } -> tensor<?x32x?x?xf32>
  %expanded_4 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %7 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %expanded_4 : tensor<?x32x?x?xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<?x32x?x?xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %8 = arith.addf %in, %in_5 : f32
    linalg.yield %8 : f32
  } -> tensor<?x32x?x?xf32>
  return %7 : tensor<?x32x?x?xf32>
}

// Rank 2 (BatchNorm1d).
// CHECK-LABEL: func.func @torch_batch_norm_inference_rank_2(
// CHECK: norm.batch_norm_inference {{.*}}eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}}
// CHECK-NOT: linalg.generic
func.func @torch_batch_norm_inference_rank_2(%arg0: tensor<16x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<16x32xf32> {
  %cst = arith.constant 1.000000e-05 : f64
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg4 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = arith.truncf %cst : f64 to f32
    %9 = arith.addf %in, %8 : f32
    linalg.yield %9 : f32
  } -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%1 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = math.rsqrt %in : f32
    linalg.yield %8 : f32
  } -> tensor<32xf32>
  %3 = tensor.empty() : tensor<16x32xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg3 : tensor<16x32xf32>, tensor<32xf32>) outs(%3 : tensor<16x32xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %8 = arith.subf %in, %in_0 : f32
    linalg.yield %8 : f32
  } -> tensor<16x32xf32>
  %5 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel"]} ins(%4, %2 : tensor<16x32xf32>, tensor<32xf32>) outs(%3 : tensor<16x32xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %8 = arith.mulf %in, %in_0 : f32
    linalg.yield %8 : f32
  } -> tensor<16x32xf32>
  %6 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel"]} ins(%5, %arg1 : tensor<16x32xf32>, tensor<32xf32>) outs(%3 : tensor<16x32xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %8 = arith.mulf %in, %in_0 : f32
    linalg.yield %8 : f32
  } -> tensor<16x32xf32>
  %7 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel"]} ins(%6, %arg2 : tensor<16x32xf32>, tensor<32xf32>) outs(%3 : tensor<16x32xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %8 = arith.addf %in, %in_0 : f32
    linalg.yield %8 : f32
  } -> tensor<16x32xf32>
  return %7 : tensor<16x32xf32>
}

// Rank 3.
// CHECK-LABEL: func.func @torch_batch_norm_inference_rank_3(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @torch_batch_norm_inference_rank_3(%arg0: tensor<4x32x100xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x32x100xf32> {
  %cst = arith.constant 1.000000e-05 : f64
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg4 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = arith.truncf %cst : f64 to f32
    %9 = arith.addf %in, %8 : f32
    linalg.yield %9 : f32
  } -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%1 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = math.rsqrt %in : f32
    linalg.yield %8 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %arg3 [[0, 1]] output_shape [32, 1] : tensor<32xf32> into tensor<32x1xf32>
  %expanded_0 = tensor.expand_shape %2 [[0, 1]] output_shape [32, 1] : tensor<32xf32> into tensor<32x1xf32>
  %3 = tensor.empty() : tensor<4x32x100xf32>
  %4 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %expanded : tensor<4x32x100xf32>, tensor<32x1xf32>) outs(%3 : tensor<4x32x100xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.subf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<4x32x100xf32>
  %5 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4, %expanded_0 : tensor<4x32x100xf32>, tensor<32x1xf32>) outs(%3 : tensor<4x32x100xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.mulf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<4x32x100xf32>
  %expanded_1 = tensor.expand_shape %arg1 [[0, 1]] output_shape [32, 1] : tensor<32xf32> into tensor<32x1xf32>
  %6 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %expanded_1 : tensor<4x32x100xf32>, tensor<32x1xf32>) outs(%3 : tensor<4x32x100xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.mulf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<4x32x100xf32>
  %expanded_2 = tensor.expand_shape %arg2 [[0, 1]] output_shape [32, 1] : tensor<32xf32> into tensor<32x1xf32>
  %7 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %expanded_2 : tensor<4x32x100xf32>, tensor<32x1xf32>) outs(%3 : tensor<4x32x100xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.addf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<4x32x100xf32>
  return %7 : tensor<4x32x100xf32>
}

// Rank 5 (BatchNorm3d).
// CHECK-LABEL: func.func @torch_batch_norm_inference_rank_5(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @torch_batch_norm_inference_rank_5(%arg0: tensor<2x8x4x6x6xf32>, %arg1: tensor<8xf32>, %arg2: tensor<8xf32>, %arg3: tensor<8xf32>, %arg4: tensor<8xf32>) -> tensor<2x8x4x6x6xf32> {
  %cst = arith.constant 1.000000e-05 : f64
  %0 = tensor.empty() : tensor<8xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg4 : tensor<8xf32>) outs(%0 : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = arith.truncf %cst : f64 to f32
    %9 = arith.addf %in, %8 : f32
    linalg.yield %9 : f32
  } -> tensor<8xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%1 : tensor<8xf32>) outs(%0 : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = math.rsqrt %in : f32
    linalg.yield %8 : f32
  } -> tensor<8xf32>
  %expanded = tensor.expand_shape %arg3 [[0, 1, 2, 3]] output_shape [8, 1, 1, 1] : tensor<8xf32> into tensor<8x1x1x1xf32>
  %expanded_0 = tensor.expand_shape %2 [[0, 1, 2, 3]] output_shape [8, 1, 1, 1] : tensor<8xf32> into tensor<8x1x1x1xf32>
  %3 = tensor.empty() : tensor<2x8x4x6x6xf32>
  %4 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded : tensor<2x8x4x6x6xf32>, tensor<8x1x1x1xf32>) outs(%3 : tensor<2x8x4x6x6xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.subf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<2x8x4x6x6xf32>
  %5 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%4, %expanded_0 : tensor<2x8x4x6x6xf32>, tensor<8x1x1x1xf32>) outs(%3 : tensor<2x8x4x6x6xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.mulf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<2x8x4x6x6xf32>
  %expanded_1 = tensor.expand_shape %arg1 [[0, 1, 2, 3]] output_shape [8, 1, 1, 1] : tensor<8xf32> into tensor<8x1x1x1xf32>
  %6 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%5, %expanded_1 : tensor<2x8x4x6x6xf32>, tensor<8x1x1x1xf32>) outs(%3 : tensor<2x8x4x6x6xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.mulf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<2x8x4x6x6xf32>
  %expanded_2 = tensor.expand_shape %arg2 [[0, 1, 2, 3]] output_shape [8, 1, 1, 1] : tensor<8xf32> into tensor<8x1x1x1xf32>
  %7 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%6, %expanded_2 : tensor<2x8x4x6x6xf32>, tensor<8x1x1x1xf32>) outs(%3 : tensor<2x8x4x6x6xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %8 = arith.addf %in, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<2x8x4x6x6xf32>
  return %7 : tensor<2x8x4x6x6xf32>
}

// bf16 with f32 weights and statistics.
// CHECK-LABEL: func.func @torch_batch_norm_inference_bf16(
// CHECK: norm.batch_norm_inference {{.*}}layout = channels_first
func.func @torch_batch_norm_inference_bf16(%arg0: tensor<4x32x14x14xbf16>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x32x14x14xbf16> {
  %cst = arith.constant 1.000000e-05 : f64
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg4 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.truncf %cst : f64 to f32
    %11 = arith.addf %in, %10 : f32
    linalg.yield %11 : f32
  } -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%1 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = math.rsqrt %in : f32
    linalg.yield %10 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %arg3 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %expanded_0 = tensor.expand_shape %2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %3 = tensor.empty() : tensor<4x32x14x14xf32>
  %4 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded : tensor<4x32x14x14xbf16>, tensor<32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: bf16, %in_3: f32, %out: f32):
    %10 = arith.extf %in : bf16 to f32
    %11 = arith.subf %10, %in_3 : f32
    linalg.yield %11 : f32
  } -> tensor<4x32x14x14xf32>
  %5 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4, %expanded_0 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %10 = arith.mulf %in, %in_3 : f32
    linalg.yield %10 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_1 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %6 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %expanded_1 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %10 = arith.mulf %in, %in_3 : f32
    linalg.yield %10 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_2 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %7 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %expanded_2 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %10 = arith.addf %in, %in_3 : f32
    linalg.yield %10 : f32
  } -> tensor<4x32x14x14xf32>
  %8 = tensor.empty() : tensor<4x32x14x14xbf16>
  %9 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7 : tensor<4x32x14x14xf32>) outs(%8 : tensor<4x32x14x14xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %10 = arith.truncf %in : f32 to bf16
    linalg.yield %10 : bf16
  } -> tensor<4x32x14x14xbf16>
  return %9 : tensor<4x32x14x14xbf16>
}

// FrozenBatchNorm2d: scale and shift are computed per channel first.
// CHECK-LABEL: func.func @torch_frozen_batch_norm(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @torch_frozen_batch_norm(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 1.000000e-05 : f64
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg4 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.truncf %cst : f64 to f32
    %10 = arith.addf %in, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%1 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = math.rsqrt %in : f32
    linalg.yield %9 : f32
  } -> tensor<32xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel"]} ins(%arg1, %2 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %9 = arith.mulf %in, %in_1 : f32
    linalg.yield %9 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %3 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %4 = tensor.empty() : tensor<4x32x14x14xf32>
  %5 = linalg.generic {indexing_maps = [#map1, #map9, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %9 = arith.mulf %in, %in_1 : f32
    linalg.yield %9 : f32
  } -> tensor<4x32x14x14xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel"]} ins(%arg3, %3 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %9 = arith.mulf %in, %in_1 : f32
    linalg.yield %9 : f32
  } -> tensor<32xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel"]} ins(%arg2, %6 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %9 = arith.subf %in, %in_1 : f32
    linalg.yield %9 : f32
  } -> tensor<32xf32>
  %expanded_0 = tensor.expand_shape %7 [[0, 1, 2, 3]] output_shape [1, 32, 1, 1] : tensor<32xf32> into tensor<1x32x1x1xf32>
  %8 = linalg.generic {indexing_maps = [#map1, #map9, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %expanded_0 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %9 = arith.addf %in, %in_1 : f32
    linalg.yield %9 : f32
  } -> tensor<4x32x14x14xf32>
  return %8 : tensor<4x32x14x14xf32>
}
