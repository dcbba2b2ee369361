// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Normalizations after passes that callers run before: fusion of elementwise ops, folding of unit
// dimensions, generalization.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d1, 0, 0)>
#map5 = affine_map<(d0, d1) -> (d0, d1)>
#map6 = affine_map<(d0, d1) -> (d0)>
#map7 = affine_map<(d0) -> (d0)>
#map8 = affine_map<(d0, d1) -> (d1)>
#map9 = affine_map<(d0) -> ()>
#map10 = affine_map<() -> ()>
#map11 = affine_map<(d0, d1) -> ()>
#map12 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map13 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2, d3, d4, d5)>
#map14 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1)>
#map15 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d5)>

// torch's layer norm after fusion of elementwise ops.
// CHECK-LABEL: func.func @fused_layer_norm(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @fused_layer_norm(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 6.400000e+01 : f64
  %cst_3 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf64>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %11 = arith.extf %in : f32 to f64
    linalg.yield %11 : f64
  } -> tensor<2x16x64xf64>
  %2 = tensor.empty() : tensor<2x16x1xf64>
  %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<2x16x1xf64>) -> tensor<2x16x1xf64>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf64>) outs(%3 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %11 = arith.addf %in, %out : f64
    linalg.yield %11 : f64
  } -> tensor<2x16x1xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1, %4 : tensor<2x16x64xf64>, tensor<2x16x1xf64>) outs(%3 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %11 = arith.divf %in_4, %cst_2 : f64
    %12 = arith.subf %in, %11 : f64
    %13 = arith.mulf %12, %12 : f64
    %14 = arith.addf %13, %out : f64
    linalg.yield %14 : f64
  } -> tensor<2x16x1xf64>
  %6 = tensor.empty() : tensor<2x16x1xf32>
  %7 = linalg.fill ins(%cst_0 : f32) outs(%6 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%7 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.addf %in, %out : f32
    linalg.yield %11 : f32
  } -> tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map2, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %8, %5, %arg1, %arg2 : tensor<2x16x64xf32>, tensor<2x16x1xf32>, tensor<2x16x1xf64>, tensor<64xf32>, tensor<64xf32>) outs(%9 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %in_5: f64, %in_6: f32, %in_7: f32, %out: f32):
    %11 = arith.divf %in_5, %cst_2 : f64
    %12 = arith.truncf %11 : f64 to f32
    %13 = arith.truncf %cst_1 : f64 to f32
    %14 = arith.addf %12, %13 : f32
    %15 = math.rsqrt %14 : f32
    %16 = arith.divf %in_4, %cst_3 : f32
    %17 = arith.subf %in, %16 : f32
    %18 = arith.mulf %17, %15 : f32
    %19 = arith.mulf %18, %in_6 : f32
    %20 = arith.addf %19, %in_7 : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x64xf32>
  return %10 : tensor<2x16x64xf32>
}

// RMS norm of bf16 after fusion.
// CHECK-LABEL: func.func @fused_rms_norm_bf16(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} rounding = normalized outs(
// CHECK-NOT: linalg.generic
func.func @fused_rms_norm_bf16(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64xbf16>) -> tensor<2x16x64xbf16> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.9999999999999995E-7 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %7 = arith.extf %in : bf16 to f32
    linalg.yield %7 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x1xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = math.fpowi %in, %c2_i64 : f32, i64
    %8 = arith.addf %7, %out : f32
    linalg.yield %8 : f32
  } -> tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x64xbf16>
  %6 = linalg.generic {indexing_maps = [#map2, #map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %1, %4 : tensor<64xbf16>, tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%5 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: f32, %in_3: f32, %out: bf16):
    %7 = arith.divf %in_3, %cst_1 : f32
    %8 = arith.truncf %cst_0 : f64 to f32
    %9 = arith.addf %7, %8 : f32
    %10 = math.rsqrt %9 : f32
    %11 = arith.mulf %in_2, %10 : f32
    %12 = arith.truncf %11 : f32 to bf16
    %13 = arith.mulf %in, %12 : bf16
    linalg.yield %13 : bf16
  } -> tensor<2x16x64xbf16>
  return %6 : tensor<2x16x64xbf16>
}

// Group norm after fusion.
// CHECK-LABEL: func.func @fused_group_norm(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @fused_group_norm(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 7.840000e+02 : f32
  %cst_3 = arith.constant 7.840000e+02 : f64
  %collapsed = tensor.collapse_shape %arg0 [[0], [1, 2, 3]] : tensor<4x32x14x14xf32> into tensor<4x6272xf32>
  %expanded = tensor.expand_shape %collapsed [[0], [1, 2]] output_shape [4, 8, 784] : tensor<4x6272xf32> into tensor<4x8x784xf32>
  %0 = tensor.empty() : tensor<4x8x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x8x1xf32>) -> tensor<4x8x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded : tensor<4x8x784xf32>) outs(%1 : tensor<4x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.addf %in, %out : f32
    linalg.yield %13 : f32
  } -> tensor<4x8x1xf32>
  %3 = tensor.empty() : tensor<4x8x784xf64>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<4x8x784xf32>) outs(%3 : tensor<4x8x784xf64>) {
  ^bb0(%in: f32, %out: f64):
    %13 = arith.extf %in : f32 to f64
    linalg.yield %13 : f64
  } -> tensor<4x8x784xf64>
  %5 = tensor.empty() : tensor<4x8x1xf64>
  %6 = linalg.fill ins(%cst_0 : f64) outs(%5 : tensor<4x8x1xf64>) -> tensor<4x8x1xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%4 : tensor<4x8x784xf64>) outs(%6 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %13 = arith.addf %in, %out : f64
    linalg.yield %13 : f64
  } -> tensor<4x8x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%4, %7 : tensor<4x8x784xf64>, tensor<4x8x1xf64>) outs(%6 : tensor<4x8x1xf64>) {
  ^bb0(%in: f64, %in_8: f64, %out: f64):
    %13 = arith.divf %in_8, %cst_3 : f64
    %14 = arith.subf %in, %13 : f64
    %15 = arith.mulf %14, %14 : f64
    %16 = arith.addf %15, %out : f64
    linalg.yield %16 : f64
  } -> tensor<4x8x1xf64>
  %9 = tensor.empty() : tensor<4x8x784xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %2, %8 : tensor<4x8x784xf32>, tensor<4x8x1xf32>, tensor<4x8x1xf64>) outs(%9 : tensor<4x8x784xf32>) {
  ^bb0(%in: f32, %in_8: f32, %in_9: f64, %out: f32):
    %13 = arith.divf %in_9, %cst_3 : f64
    %14 = arith.truncf %13 : f64 to f32
    %15 = arith.truncf %cst_1 : f64 to f32
    %16 = arith.addf %14, %15 : f32
    %17 = math.rsqrt %16 : f32
    %18 = arith.divf %in_8, %cst_2 : f32
    %19 = arith.subf %in, %18 : f32
    %20 = arith.mulf %19, %17 : f32
    linalg.yield %20 : f32
  } -> tensor<4x8x784xf32>
  %collapsed_4 = tensor.collapse_shape %10 [[0], [1, 2]] : tensor<4x8x784xf32> into tensor<4x6272xf32>
  %expanded_5 = tensor.expand_shape %collapsed_4 [[0], [1, 2, 3]] output_shape [4, 32, 14, 14] : tensor<4x6272xf32> into tensor<4x32x14x14xf32>
  %expanded_6 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %11 = tensor.empty() : tensor<4x32x14x14xf32>
  %expanded_7 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %12 = linalg.generic {indexing_maps = [#map3, #map4, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_5, %expanded_6, %expanded_7 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>, tensor<32x1x1xf32>) outs(%11 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_8: f32, %in_9: f32, %out: f32):
    %13 = arith.mulf %in, %in_8 : f32
    %14 = arith.addf %13, %in_9 : f32
    linalg.yield %14 : f32
  } -> tensor<4x32x14x14xf32>
  return %12 : tensor<4x32x14x14xf32>
}

// Batch norm and relu after fusion: one body.
// CHECK-LABEL: func.func @fused_batch_norm_relu(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: arith.cmpf
func.func @fused_batch_norm_relu(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e-05 : f64
  %expanded = tensor.expand_shape %arg4 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %expanded_1 = tensor.expand_shape %arg3 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %expanded_2 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %expanded_3 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %1 = linalg.generic {indexing_maps = [#map3, #map4, #map4, #map4, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded_1, %expanded, %expanded_2, %expanded_3 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>, tensor<32x1x1xf32>, tensor<32x1x1xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %in_5: f32, %in_6: f32, %in_7: f32, %out: f32):
    %2 = arith.truncf %cst_0 : f64 to f32
    %3 = arith.addf %in_5, %2 : f32
    %4 = math.rsqrt %3 : f32
    %5 = arith.subf %in, %in_4 : f32
    %6 = arith.mulf %5, %4 : f32
    %7 = arith.mulf %6, %in_6 : f32
    %8 = arith.addf %7, %in_7 : f32
    %9 = arith.cmpf ugt, %8, %cst : f32
    %10 = arith.select %9, %8, %cst : f32
    linalg.yield %10 : f32
  } -> tensor<4x32x14x14xf32>
  return %1 : tensor<4x32x14x14xf32>
}

// Residual and RMS norm after fusion.
// CHECK-LABEL: func.func @fused_residual_rms_norm(
// CHECK: norm.rms_norm {{.*}}axes = [2] {{.*}}rounding = normalized
func.func @fused_residual_rms_norm(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<2x16x64xbf16>, %arg2: tensor<64xbf16>) -> (tensor<2x16x64xbf16>, tensor<2x16x64xbf16>) {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.9999999999999995E-7 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xbf16>
  %1 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg1 : tensor<2x16x64xbf16>, tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %out: bf16):
    %8 = arith.addf %in, %in_2 : bf16
    linalg.yield %8 : bf16
  } -> tensor<2x16x64xbf16>
  %2 = tensor.empty() : tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xbf16>) outs(%2 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %8 = arith.extf %in : bf16 to f32
    linalg.yield %8 : f32
  } -> tensor<2x16x64xf32>
  %4 = tensor.empty() : tensor<2x16x1xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%3 : tensor<2x16x64xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = math.fpowi %in, %c2_i64 : f32, i64
    %9 = arith.addf %8, %out : f32
    linalg.yield %9 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2, %3, %6 : tensor<64xbf16>, tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: f32, %in_3: f32, %out: bf16):
    %8 = arith.divf %in_3, %cst_1 : f32
    %9 = arith.truncf %cst_0 : f64 to f32
    %10 = arith.addf %8, %9 : f32
    %11 = math.rsqrt %10 : f32
    %12 = arith.mulf %in_2, %11 : f32
    %13 = arith.truncf %12 : f32 to bf16
    %14 = arith.mulf %in, %13 : bf16
    linalg.yield %14 : bf16
  } -> tensor<2x16x64xbf16>
  return %7, %1 : tensor<2x16x64xbf16>, tensor<2x16x64xbf16>
}

// Unit dimensions are folded away: a batch of one, statistics without the kept dimension.
// CHECK-LABEL: func.func @folded_layer_norm(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = {{\[[12]\]}} eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}}
func.func @folded_layer_norm(%arg0: tensor<1x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<1x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 6.400000e+01 : f64
  %cst_3 = arith.constant 6.400000e+01 : f32
  %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<1x16x64xf32> into tensor<16x64xf32>
  %0 = tensor.empty() : tensor<16x64xf64>
  %1 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%collapsed : tensor<16x64xf32>) outs(%0 : tensor<16x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %22 = arith.extf %in : f32 to f64
    linalg.yield %22 : f64
  } -> tensor<16x64xf64>
  %2 = tensor.empty() : tensor<16xf64>
  %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<16xf64>) -> tensor<16xf64>
  %4 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf64>) outs(%3 : tensor<16xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.addf %in, %out : f64
    linalg.yield %22 : f64
  } -> tensor<16xf64>
  %5 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%4 : tensor<16xf64>) outs(%2 : tensor<16xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.divf %in, %cst_2 : f64
    linalg.yield %22 : f64
  } -> tensor<16xf64>
  %6 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel"]} ins(%1, %5 : tensor<16x64xf64>, tensor<16xf64>) outs(%0 : tensor<16x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %22 = arith.subf %in, %in_4 : f64
    linalg.yield %22 : f64
  } -> tensor<16x64xf64>
  %7 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%6, %6 : tensor<16x64xf64>, tensor<16x64xf64>) outs(%0 : tensor<16x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %22 = arith.mulf %in, %in_4 : f64
    linalg.yield %22 : f64
  } -> tensor<16x64xf64>
  %8 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "reduction"]} ins(%7 : tensor<16x64xf64>) outs(%3 : tensor<16xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.addf %in, %out : f64
    linalg.yield %22 : f64
  } -> tensor<16xf64>
  %9 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%8 : tensor<16xf64>) outs(%2 : tensor<16xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.divf %in, %cst_2 : f64
    linalg.yield %22 : f64
  } -> tensor<16xf64>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%9 : tensor<16xf64>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f64, %out: f32):
    %22 = arith.truncf %in : f64 to f32
    linalg.yield %22 : f32
  } -> tensor<16xf32>
  %12 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<16xf32>) -> tensor<16xf32>
  %13 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "reduction"]} ins(%collapsed : tensor<16x64xf32>) outs(%12 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %in, %out : f32
    linalg.yield %22 : f32
  } -> tensor<16xf32>
  %14 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%13 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_3 : f32
    linalg.yield %22 : f32
  } -> tensor<16xf32>
  %15 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%11 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.truncf %cst_1 : f64 to f32
    %23 = arith.addf %in, %22 : f32
    linalg.yield %23 : f32
  } -> tensor<16xf32>
  %16 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%15 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = math.rsqrt %in : f32
    linalg.yield %22 : f32
  } -> tensor<16xf32>
  %17 = tensor.empty() : tensor<16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel"]} ins(%collapsed, %14 : tensor<16x64xf32>, tensor<16xf32>) outs(%17 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %22 = arith.subf %in, %in_4 : f32
    linalg.yield %22 : f32
  } -> tensor<16x64xf32>
  %19 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel"]} ins(%18, %16 : tensor<16x64xf32>, tensor<16xf32>) outs(%17 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %22 = arith.mulf %in, %in_4 : f32
    linalg.yield %22 : f32
  } -> tensor<16x64xf32>
  %20 = linalg.generic {indexing_maps = [#map5, #map8, #map5], iterator_types = ["parallel", "parallel"]} ins(%19, %arg1 : tensor<16x64xf32>, tensor<64xf32>) outs(%17 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %22 = arith.mulf %in, %in_4 : f32
    linalg.yield %22 : f32
  } -> tensor<16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map5, #map8, #map5], iterator_types = ["parallel", "parallel"]} ins(%20, %arg2 : tensor<16x64xf32>, tensor<64xf32>) outs(%17 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %22 = arith.addf %in, %in_4 : f32
    linalg.yield %22 : f32
  } -> tensor<16x64xf32>
  %expanded = tensor.expand_shape %21 [[0, 1], [2]] output_shape [1, 16, 64] : tensor<16x64xf32> into tensor<1x16x64xf32>
  return %expanded : tensor<1x16x64xf32>
}

// One token, whose unit dimensions are folded away: rank 1 and rank 0.
// CHECK-LABEL: func.func @folded_rms_norm(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = {{\[[0-2]\]}} eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}}
func.func @folded_rms_norm(%arg0: tensor<1x1x64xf32>, %arg1: tensor<64xf32>) -> tensor<1x1x64xf32> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.9999999999999995E-7 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %collapsed = tensor.collapse_shape %arg0 [[0, 1, 2]] : tensor<1x1x64xf32> into tensor<64xf32>
  %0 = tensor.empty() : tensor<64xf32>
  %1 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%collapsed : tensor<64xf32>) outs(%0 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %10 : f32
  } -> tensor<64xf32>
  %2 = tensor.empty() : tensor<f32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<f32>) -> tensor<f32>
  %4 = linalg.generic {indexing_maps = [#map7, #map9], iterator_types = ["reduction"]} ins(%1 : tensor<64xf32>) outs(%3 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.addf %in, %out : f32
    linalg.yield %10 : f32
  } -> tensor<f32>
  %5 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = []} ins(%4 : tensor<f32>) outs(%2 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.divf %in, %cst_1 : f32
    linalg.yield %10 : f32
  } -> tensor<f32>
  %6 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = []} ins(%5 : tensor<f32>) outs(%2 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.truncf %cst_0 : f64 to f32
    %11 = arith.addf %in, %10 : f32
    linalg.yield %11 : f32
  } -> tensor<f32>
  %7 = linalg.generic {indexing_maps = [#map10, #map10], iterator_types = []} ins(%6 : tensor<f32>) outs(%2 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = math.rsqrt %in : f32
    linalg.yield %10 : f32
  } -> tensor<f32>
  %8 = linalg.generic {indexing_maps = [#map7, #map9, #map7], iterator_types = ["parallel"]} ins(%collapsed, %7 : tensor<64xf32>, tensor<f32>) outs(%0 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %10 = arith.mulf %in, %in_2 : f32
    linalg.yield %10 : f32
  } -> tensor<64xf32>
  %9 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel"]} ins(%arg1, %8 : tensor<64xf32>, tensor<64xf32>) outs(%0 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %10 = arith.mulf %in, %in_2 : f32
    linalg.yield %10 : f32
  } -> tensor<64xf32>
  %expanded = tensor.expand_shape %9 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  return %expanded : tensor<1x1x64xf32>
}

// StableHLO's linalg.map generalized.
// CHECK-LABEL: func.func @elementwise_layer_norm(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @elementwise_layer_norm(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xf32> {jax.result_info = "result"}) {
  %cst = arith.constant dense<9.99999997E-7> : tensor<2x16x1xf32>
  %cst_0 = arith.constant dense<6.400000e+01> : tensor<2x16x1xf32>
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.generic {indexing_maps = [#map11, #map5], iterator_types = ["parallel", "parallel"]} ins(%cst_1 : f32) outs(%0 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map12], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.addf %out, %in : f32
    linalg.yield %24 : f32
  } -> tensor<2x16xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map12, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x16xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4, %cst_0 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %24 = arith.divf %in, %in_5 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x1xf32>
  %collapsed = tensor.collapse_shape %5 [[0], [1, 2]] : tensor<2x16x1xf32> into tensor<2x16xf32>
  %6 = tensor.empty() : tensor<2x16x64xf32>
  %7 = linalg.generic {indexing_maps = [#map12, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed : tensor<2x16xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %7 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %24 = arith.subf %in, %in_5 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %8 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %24 = arith.mulf %in, %in_5 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map12], iterator_types = ["parallel", "parallel", "reduction"]} ins(%9 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.addf %out, %in : f32
    linalg.yield %24 : f32
  } -> tensor<2x16xf32>
  %11 = linalg.generic {indexing_maps = [#map12, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11, %cst_0 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %24 = arith.divf %in, %in_5 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12, %cst : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %24 = arith.addf %in, %in_5 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = math.rsqrt %in : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x1xf32>
  %collapsed_2 = tensor.collapse_shape %14 [[0], [1, 2]] : tensor<2x16x1xf32> into tensor<2x16xf32>
  %15 = linalg.generic {indexing_maps = [#map12, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_2 : tensor<2x16xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %15 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %24 = arith.mulf %in, %in_5 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  %17 = tensor.empty() : tensor<1x1x64xf32>
  %18 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<64xf32>) outs(%17 : tensor<1x1x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<1x1x64xf32>
  %collapsed_3 = tensor.collapse_shape %18 [[0, 1, 2]] : tensor<1x1x64xf32> into tensor<64xf32>
  %19 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_3 : tensor<64xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16, %19 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %24 = arith.mulf %in, %in_5 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2 : tensor<64xf32>) outs(%17 : tensor<1x1x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<1x1x64xf32>
  %collapsed_4 = tensor.collapse_shape %21 [[0, 1, 2]] : tensor<1x1x64xf32> into tensor<64xf32>
  %22 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%collapsed_4 : tensor<64xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %22 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %24 = arith.addf %in, %in_5 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  return %23 : tensor<2x16x64xf32>
}

// StableHLO's linalg.map generalized and fused.
// CHECK-LABEL: func.func @fused_map_rms_norm(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @fused_map_rms_norm(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> (tensor<2x16x64xf32> {jax.result_info = "result"}) {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.generic {indexing_maps = [#map5], iterator_types = ["parallel", "parallel"]} outs(%0 : tensor<2x16xf32>) {
  ^bb0(%out: f32):
    linalg.yield %cst_1 : f32
  } -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map12], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %5 = arith.mulf %in, %in : f32
    %6 = arith.addf %out, %5 : f32
    linalg.yield %6 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %arg0 [[0], [1, 2], [3, 4, 5]] output_shape [2, 16, 1, 1, 1, 64] : tensor<2x16x64xf32> into tensor<2x16x1x1x1x64xf32>
  %3 = tensor.empty() : tensor<2x16x1x1x1x64xf32>
  %4 = linalg.generic {indexing_maps = [#map13, #map14, #map15, #map13], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %2, %arg1 : tensor<2x16x1x1x1x64xf32>, tensor<2x16xf32>, tensor<64xf32>) outs(%3 : tensor<2x16x1x1x1x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %5 = arith.divf %in_2, %cst_0 : f32
    %6 = arith.addf %5, %cst : f32
    %7 = math.rsqrt %6 : f32
    %8 = arith.mulf %in, %7 : f32
    %9 = arith.mulf %8, %in_3 : f32
    linalg.yield %9 : f32
  } -> tensor<2x16x1x1x1x64xf32>
  %collapsed = tensor.collapse_shape %4 [[0], [1, 2], [3, 4, 5]] : tensor<2x16x1x1x1x64xf32> into tensor<2x16x64xf32>
  return %collapsed : tensor<2x16x64xf32>
}

// Named ops as linalg.elementwise, the form of later MLIR.
// CHECK-LABEL: func.func @category_layer_norm(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.elementwise
func.func @category_layer_norm(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant dense<9.99999974E-6> : tensor<16xf32>
  %cst_0 = arith.constant dense<6.400000e+01> : tensor<16xf32>
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst_1 : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %reduced = linalg.reduce ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) dimensions = [1]
    (%in: f32, %init: f32) {
      %12 = arith.addf %in, %init : f32
      linalg.yield %12 : f32
    }
  %2 = linalg.elementwise kind=#linalg.elementwise_kind<div> ins(%reduced, %cst_0 : tensor<16xf32>, tensor<16xf32>) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16x64xf32>
  %broadcasted = linalg.broadcast ins(%2 : tensor<16xf32>) outs(%3 : tensor<16x64xf32>) dimensions = [1]
  %4 = linalg.elementwise kind=#linalg.elementwise_kind<sub> ins(%arg0, %broadcasted : tensor<16x64xf32>, tensor<16x64xf32>) outs(%3 : tensor<16x64xf32>) -> tensor<16x64xf32>
  %5 = linalg.elementwise kind=#linalg.elementwise_kind<square> ins(%4 : tensor<16x64xf32>) outs(%3 : tensor<16x64xf32>) -> tensor<16x64xf32>
  %reduced_2 = linalg.reduce ins(%5 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) dimensions = [1]
    (%in: f32, %init: f32) {
      %12 = arith.addf %in, %init : f32
      linalg.yield %12 : f32
    }
  %6 = linalg.elementwise kind=#linalg.elementwise_kind<div> ins(%reduced_2, %cst_0 : tensor<16xf32>, tensor<16xf32>) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.elementwise kind=#linalg.elementwise_kind<add> ins(%6, %cst : tensor<16xf32>, tensor<16xf32>) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %8 = linalg.elementwise kind=#linalg.elementwise_kind<sqrt> ins(%7 : tensor<16xf32>) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %broadcasted_3 = linalg.broadcast ins(%8 : tensor<16xf32>) outs(%3 : tensor<16x64xf32>) dimensions = [1]
  %9 = linalg.elementwise kind=#linalg.elementwise_kind<div> ins(%4, %broadcasted_3 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%3 : tensor<16x64xf32>) -> tensor<16x64xf32>
  %broadcasted_4 = linalg.broadcast ins(%arg1 : tensor<64xf32>) outs(%3 : tensor<16x64xf32>) dimensions = [0]
  %10 = linalg.elementwise kind=#linalg.elementwise_kind<mul> ins(%9, %broadcasted_4 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%3 : tensor<16x64xf32>) -> tensor<16x64xf32>
  %broadcasted_5 = linalg.broadcast ins(%arg2 : tensor<64xf32>) outs(%3 : tensor<16x64xf32>) dimensions = [0]
  %11 = linalg.elementwise kind=#linalg.elementwise_kind<add> ins(%10, %broadcasted_5 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%3 : tensor<16x64xf32>) -> tensor<16x64xf32>
  return %11 : tensor<16x64xf32>
}
