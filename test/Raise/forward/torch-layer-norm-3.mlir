// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// What torch.export and torch-mlir make of layer normalizations.

#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d3)>
#map3 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map4 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map5 = affine_map<(d0, d1, d2) -> (d2)>
#map6 = affine_map<(d0, d1) -> (d0, d1)>
#map7 = affine_map<(d0, d1) -> (d0, 0)>
#map8 = affine_map<(d0, d1) -> (d1)>

// Channels first: permute, normalize, permute back (ConvNeXt).
// CHECK-LABEL: func.func @torch_layer_norm_channels_first(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [3] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
func.func @torch_layer_norm_channels_first(%arg0: tensor<2x64x14x14xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x64x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 9.9999999999999995E-7 : f64
  %cst_2 = arith.constant 6.400000e+01 : f64
  %cst_3 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x14x14x64xf32>
  %transposed = linalg.transpose ins(%arg0 : tensor<2x64x14x14xf32>) outs(%0 : tensor<2x14x14x64xf32>) permutation = [0, 2, 3, 1]
  %1 = tensor.empty() : tensor<2x14x14x64xf64>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed : tensor<2x14x14x64xf32>) outs(%1 : tensor<2x14x14x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %23 = arith.extf %in : f32 to f64
    linalg.yield %23 : f64
  } -> tensor<2x14x14x64xf64>
  %3 = tensor.empty() : tensor<2x14x14x1xf64>
  %4 = linalg.fill ins(%cst : f64) outs(%3 : tensor<2x14x14x1xf64>) -> tensor<2x14x14x1xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%2 : tensor<2x14x14x64xf64>) outs(%4 : tensor<2x14x14x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.addf %in, %out : f64
    linalg.yield %23 : f64
  } -> tensor<2x14x14x1xf64>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5 : tensor<2x14x14x1xf64>) outs(%3 : tensor<2x14x14x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.divf %in, %cst_2 : f64
    linalg.yield %23 : f64
  } -> tensor<2x14x14x1xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2, %6 : tensor<2x14x14x64xf64>, tensor<2x14x14x1xf64>) outs(%1 : tensor<2x14x14x64xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %23 = arith.subf %in, %in_5 : f64
    linalg.yield %23 : f64
  } -> tensor<2x14x14x64xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %7 : tensor<2x14x14x64xf64>, tensor<2x14x14x64xf64>) outs(%1 : tensor<2x14x14x64xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %23 = arith.mulf %in, %in_5 : f64
    linalg.yield %23 : f64
  } -> tensor<2x14x14x64xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%8 : tensor<2x14x14x64xf64>) outs(%4 : tensor<2x14x14x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.addf %in, %out : f64
    linalg.yield %23 : f64
  } -> tensor<2x14x14x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<2x14x14x1xf64>) outs(%3 : tensor<2x14x14x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.divf %in, %cst_2 : f64
    linalg.yield %23 : f64
  } -> tensor<2x14x14x1xf64>
  %11 = tensor.empty() : tensor<2x14x14x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<2x14x14x1xf64>) outs(%11 : tensor<2x14x14x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %23 = arith.truncf %in : f64 to f32
    linalg.yield %23 : f32
  } -> tensor<2x14x14x1xf32>
  %13 = linalg.fill ins(%cst_0 : f32) outs(%11 : tensor<2x14x14x1xf32>) -> tensor<2x14x14x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%transposed : tensor<2x14x14x64xf32>) outs(%13 : tensor<2x14x14x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.addf %in, %out : f32
    linalg.yield %23 : f32
  } -> tensor<2x14x14x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<2x14x14x1xf32>) outs(%11 : tensor<2x14x14x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.divf %in, %cst_3 : f32
    linalg.yield %23 : f32
  } -> tensor<2x14x14x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12 : tensor<2x14x14x1xf32>) outs(%11 : tensor<2x14x14x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.truncf %cst_1 : f64 to f32
    %24 = arith.addf %in, %23 : f32
    linalg.yield %24 : f32
  } -> tensor<2x14x14x1xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16 : tensor<2x14x14x1xf32>) outs(%11 : tensor<2x14x14x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = math.rsqrt %in : f32
    linalg.yield %23 : f32
  } -> tensor<2x14x14x1xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed, %15 : tensor<2x14x14x64xf32>, tensor<2x14x14x1xf32>) outs(%0 : tensor<2x14x14x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %23 = arith.subf %in, %in_5 : f32
    linalg.yield %23 : f32
  } -> tensor<2x14x14x64xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18, %17 : tensor<2x14x14x64xf32>, tensor<2x14x14x1xf32>) outs(%0 : tensor<2x14x14x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %23 = arith.mulf %in, %in_5 : f32
    linalg.yield %23 : f32
  } -> tensor<2x14x14x64xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19, %arg1 : tensor<2x14x14x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x14x14x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %23 = arith.mulf %in, %in_5 : f32
    linalg.yield %23 : f32
  } -> tensor<2x14x14x64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %arg2 : tensor<2x14x14x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x14x14x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %23 = arith.addf %in, %in_5 : f32
    linalg.yield %23 : f32
  } -> tensor<2x14x14x64xf32>
  %22 = tensor.empty() : tensor<2x64x14x14xf32>
  %transposed_4 = linalg.transpose ins(%21 : tensor<2x14x14x64xf32>) outs(%22 : tensor<2x64x14x14xf32>) permutation = [0, 3, 1, 2]
  return %transposed_4 : tensor<2x64x14x14xf32>
}

// E[x^2] - E[x]^2 with clamp(min=0).
// CHECK-LABEL: func.func @torch_layer_norm_moments_clamped(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @torch_layer_norm_moments_clamped(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e-05 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %2 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.addf %in, %out : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x1xf32>
  %3 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x16x1xf32>) outs(%0 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.divf %in, %cst_1 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x1xf32>
  %4 = tensor.empty() : tensor<2x16x64xf32>
  %5 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel", "reduction"]} ins(%5 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.addf %in, %out : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%0 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.divf %in, %cst_1 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x16x1xf32>) outs(%0 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %17 : f32
  } -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7, %8 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %17 = arith.subf %in, %in_2 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x1xf32>) outs(%0 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.cmpf ult, %in, %cst : f32
    %18 = arith.select %17, %cst, %in : f32
    linalg.yield %18 : f32
  } -> tensor<2x16x1xf32>
  %11 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %3 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %17 = arith.subf %in, %in_2 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf32>) outs(%0 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.truncf %cst_0 : f64 to f32
    %18 = arith.addf %in, %17 : f32
    linalg.yield %18 : f32
  } -> tensor<2x16x1xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x1xf32>) outs(%0 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = math.rsqrt %in : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11, %13 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %17 = arith.mulf %in, %in_2 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map3, #map5, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14, %arg1 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %17 = arith.mulf %in, %in_2 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map3, #map5, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15, %arg2 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %17 = arith.addf %in, %in_2 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  return %16 : tensor<2x16x64xf32>
}

// One token.
// CHECK-LABEL: func.func @torch_layer_norm_one_token(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @torch_layer_norm_one_token(%arg0: tensor<1x1x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<1x1x64xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 6.400000e+01 : f64
  %cst_3 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<1x1x64xf64>
  %1 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<1x1x64xf32>) outs(%0 : tensor<1x1x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %22 = arith.extf %in : f32 to f64
    linalg.yield %22 : f64
  } -> tensor<1x1x64xf64>
  %2 = tensor.empty() : tensor<1x1x1xf64>
  %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<1x1x1xf64>) -> tensor<1x1x1xf64>
  %4 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<1x1x64xf64>) outs(%3 : tensor<1x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.addf %in, %out : f64
    linalg.yield %22 : f64
  } -> tensor<1x1x1xf64>
  %5 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<1x1x1xf64>) outs(%2 : tensor<1x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.divf %in, %cst_2 : f64
    linalg.yield %22 : f64
  } -> tensor<1x1x1xf64>
  %6 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %5 : tensor<1x1x64xf64>, tensor<1x1x1xf64>) outs(%0 : tensor<1x1x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %22 = arith.subf %in, %in_4 : f64
    linalg.yield %22 : f64
  } -> tensor<1x1x64xf64>
  %7 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %6 : tensor<1x1x64xf64>, tensor<1x1x64xf64>) outs(%0 : tensor<1x1x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %22 = arith.mulf %in, %in_4 : f64
    linalg.yield %22 : f64
  } -> tensor<1x1x64xf64>
  %8 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel", "reduction"]} ins(%7 : tensor<1x1x64xf64>) outs(%3 : tensor<1x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.addf %in, %out : f64
    linalg.yield %22 : f64
  } -> tensor<1x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<1x1x1xf64>) outs(%2 : tensor<1x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.divf %in, %cst_2 : f64
    linalg.yield %22 : f64
  } -> tensor<1x1x1xf64>
  %10 = tensor.empty() : tensor<1x1x1xf32>
  %11 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<1x1x1xf64>) outs(%10 : tensor<1x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %22 = arith.truncf %in : f64 to f32
    linalg.yield %22 : f32
  } -> tensor<1x1x1xf32>
  %12 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<1x1x1xf32>) -> tensor<1x1x1xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<1x1x64xf32>) outs(%12 : tensor<1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %in, %out : f32
    linalg.yield %22 : f32
  } -> tensor<1x1x1xf32>
  %14 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<1x1x1xf32>) outs(%10 : tensor<1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_3 : f32
    linalg.yield %22 : f32
  } -> tensor<1x1x1xf32>
  %15 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<1x1x1xf32>) outs(%10 : tensor<1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.truncf %cst_1 : f64 to f32
    %23 = arith.addf %in, %22 : f32
    linalg.yield %23 : f32
  } -> tensor<1x1x1xf32>
  %16 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<1x1x1xf32>) outs(%10 : tensor<1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = math.rsqrt %in : f32
    linalg.yield %22 : f32
  } -> tensor<1x1x1xf32>
  %17 = tensor.empty() : tensor<1x1x64xf32>
  %18 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %14 : tensor<1x1x64xf32>, tensor<1x1x1xf32>) outs(%17 : tensor<1x1x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %22 = arith.subf %in, %in_4 : f32
    linalg.yield %22 : f32
  } -> tensor<1x1x64xf32>
  %19 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<1x1x64xf32>, tensor<1x1x1xf32>) outs(%17 : tensor<1x1x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %22 = arith.mulf %in, %in_4 : f32
    linalg.yield %22 : f32
  } -> tensor<1x1x64xf32>
  %20 = linalg.generic {indexing_maps = [#map3, #map5, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %arg1 : tensor<1x1x64xf32>, tensor<64xf32>) outs(%17 : tensor<1x1x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %22 = arith.mulf %in, %in_4 : f32
    linalg.yield %22 : f32
  } -> tensor<1x1x64xf32>
  %21 = linalg.generic {indexing_maps = [#map3, #map5, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %arg2 : tensor<1x1x64xf32>, tensor<64xf32>) outs(%17 : tensor<1x1x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %22 = arith.addf %in, %in_4 : f32
    linalg.yield %22 : f32
  } -> tensor<1x1x64xf32>
  return %21 : tensor<1x1x64xf32>
}

// f64.
// CHECK-LABEL: func.func @torch_layer_norm_f64(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @torch_layer_norm_f64(%arg0: tensor<16x64xf64>, %arg1: tensor<64xf64>, %arg2: tensor<64xf64>) -> tensor<16x64xf64> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 1.000000e-05 : f64
  %cst_1 = arith.constant 6.400000e+01 : f64
  %0 = tensor.empty() : tensor<16x1xf64>
  %1 = linalg.fill ins(%cst : f64) outs(%0 : tensor<16x1xf64>) -> tensor<16x1xf64>
  %2 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf64>) outs(%1 : tensor<16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %14 = arith.addf %in, %out : f64
    linalg.yield %14 : f64
  } -> tensor<16x1xf64>
  %3 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<16x1xf64>) outs(%0 : tensor<16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %14 = arith.divf %in, %cst_1 : f64
    linalg.yield %14 : f64
  } -> tensor<16x1xf64>
  %4 = tensor.empty() : tensor<16x64xf64>
  %5 = linalg.generic {indexing_maps = [#map6, #map7, #map6], iterator_types = ["parallel", "parallel"]} ins(%arg0, %3 : tensor<16x64xf64>, tensor<16x1xf64>) outs(%4 : tensor<16x64xf64>) {
  ^bb0(%in: f64, %in_2: f64, %out: f64):
    %14 = arith.subf %in, %in_2 : f64
    linalg.yield %14 : f64
  } -> tensor<16x64xf64>
  %6 = linalg.generic {indexing_maps = [#map6, #map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%5, %5 : tensor<16x64xf64>, tensor<16x64xf64>) outs(%4 : tensor<16x64xf64>) {
  ^bb0(%in: f64, %in_2: f64, %out: f64):
    %14 = arith.mulf %in, %in_2 : f64
    linalg.yield %14 : f64
  } -> tensor<16x64xf64>
  %7 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "reduction"]} ins(%6 : tensor<16x64xf64>) outs(%1 : tensor<16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %14 = arith.addf %in, %out : f64
    linalg.yield %14 : f64
  } -> tensor<16x1xf64>
  %8 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%7 : tensor<16x1xf64>) outs(%0 : tensor<16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %14 = arith.divf %in, %cst_1 : f64
    linalg.yield %14 : f64
  } -> tensor<16x1xf64>
  %9 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%8 : tensor<16x1xf64>) outs(%0 : tensor<16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %14 = arith.addf %in, %cst_0 : f64
    linalg.yield %14 : f64
  } -> tensor<16x1xf64>
  %10 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = ["parallel", "parallel"]} ins(%9 : tensor<16x1xf64>) outs(%0 : tensor<16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %14 = math.rsqrt %in : f64
    linalg.yield %14 : f64
  } -> tensor<16x1xf64>
  %11 = linalg.generic {indexing_maps = [#map6, #map7, #map6], iterator_types = ["parallel", "parallel"]} ins(%5, %10 : tensor<16x64xf64>, tensor<16x1xf64>) outs(%4 : tensor<16x64xf64>) {
  ^bb0(%in: f64, %in_2: f64, %out: f64):
    %14 = arith.mulf %in, %in_2 : f64
    linalg.yield %14 : f64
  } -> tensor<16x64xf64>
  %12 = linalg.generic {indexing_maps = [#map6, #map8, #map6], iterator_types = ["parallel", "parallel"]} ins(%11, %arg1 : tensor<16x64xf64>, tensor<64xf64>) outs(%4 : tensor<16x64xf64>) {
  ^bb0(%in: f64, %in_2: f64, %out: f64):
    %14 = arith.mulf %in, %in_2 : f64
    linalg.yield %14 : f64
  } -> tensor<16x64xf64>
  %13 = linalg.generic {indexing_maps = [#map6, #map8, #map6], iterator_types = ["parallel", "parallel"]} ins(%12, %arg2 : tensor<16x64xf64>, tensor<64xf64>) outs(%4 : tensor<16x64xf64>) {
  ^bb0(%in: f64, %in_2: f64, %out: f64):
    %14 = arith.addf %in, %in_2 : f64
    linalg.yield %14 : f64
  } -> tensor<16x64xf64>
  return %13 : tensor<16x64xf64>
}

// Scale and bias by addcmul.
// CHECK-LABEL: func.func @torch_layer_norm_addcmul(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @torch_layer_norm_addcmul(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 6.400000e+01 : f64
  %cst_3 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf64>
  %1 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %22 = arith.extf %in : f32 to f64
    linalg.yield %22 : f64
  } -> tensor<2x16x64xf64>
  %2 = tensor.empty() : tensor<2x16x1xf64>
  %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<2x16x1xf64>) -> tensor<2x16x1xf64>
  %4 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf64>) outs(%3 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.addf %in, %out : f64
    linalg.yield %22 : f64
  } -> tensor<2x16x1xf64>
  %5 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf64>) outs(%2 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.divf %in, %cst_2 : f64
    linalg.yield %22 : f64
  } -> tensor<2x16x1xf64>
  %6 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %5 : tensor<2x16x64xf64>, tensor<2x16x1xf64>) outs(%0 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %22 = arith.subf %in, %in_4 : f64
    linalg.yield %22 : f64
  } -> tensor<2x16x64xf64>
  %7 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %6 : tensor<2x16x64xf64>, tensor<2x16x64xf64>) outs(%0 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %22 = arith.mulf %in, %in_4 : f64
    linalg.yield %22 : f64
  } -> tensor<2x16x64xf64>
  %8 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel", "reduction"]} ins(%7 : tensor<2x16x64xf64>) outs(%3 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.addf %in, %out : f64
    linalg.yield %22 : f64
  } -> tensor<2x16x1xf64>
  %9 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf64>) outs(%2 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %22 = arith.divf %in, %cst_2 : f64
    linalg.yield %22 : f64
  } -> tensor<2x16x1xf64>
  %10 = tensor.empty() : tensor<2x16x1xf32>
  %11 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x1xf64>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %22 = arith.truncf %in : f64 to f32
    linalg.yield %22 : f32
  } -> tensor<2x16x1xf32>
  %12 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%12 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.addf %in, %out : f32
    linalg.yield %22 : f32
  } -> tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x16x1xf32>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.divf %in, %cst_3 : f32
    linalg.yield %22 : f32
  } -> tensor<2x16x1xf32>
  %15 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x16x1xf32>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = arith.truncf %cst_1 : f64 to f32
    %23 = arith.addf %in, %22 : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x1xf32>
  %16 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x16x1xf32>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = math.rsqrt %in : f32
    linalg.yield %22 : f32
  } -> tensor<2x16x1xf32>
  %17 = tensor.empty() : tensor<2x16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %14 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %22 = arith.subf %in, %in_4 : f32
    linalg.yield %22 : f32
  } -> tensor<2x16x64xf32>
  %19 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %22 = arith.mulf %in, %in_4 : f32
    linalg.yield %22 : f32
  } -> tensor<2x16x64xf32>
  %20 = linalg.generic {indexing_maps = [#map3, #map5, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %arg1 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %22 = arith.mulf %in, %in_4 : f32
    linalg.yield %22 : f32
  } -> tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map5, #map3, #map3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2, %20 : tensor<64xf32>, tensor<2x16x64xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %22 = arith.addf %in, %in_4 : f32
    linalg.yield %22 : f32
  } -> tensor<2x16x64xf32>
  return %21 : tensor<2x16x64xf32>
}
