// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Fragments of the VAE of a diffusion model (epsilon 1e-6).

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d1, 0, 0)>
#map4 = affine_map<(d0, d1, d2) -> (d1, 0)>
#map5 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map6 = affine_map<(d0, d1, d2) -> (d1, d2)>

// Group norm, x * sigmoid(x), convolution.
// CHECK-LABEL: func.func @vae_resnet(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK: math.exp
// CHECK: linalg.conv_2d
func.func @vae_resnet(%arg0: tensor<2x32x8x8xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32x32x3x3xf32>) -> tensor<2x32x8x8xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e+00 : f32
  %cst_2 = arith.constant 9.9999999999999995E-7 : f64
  %cst_3 = arith.constant 2.560000e+02 : f32
  %cst_4 = arith.constant 2.560000e+02 : f64
  %collapsed = tensor.collapse_shape %arg0 [[0], [1, 2, 3]] : tensor<2x32x8x8xf32> into tensor<2x2048xf32>
  %expanded = tensor.expand_shape %collapsed [[0], [1, 2]] output_shape [2, 8, 256] : tensor<2x2048xf32> into tensor<2x8x256xf32>
  %0 = tensor.empty() : tensor<2x8x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x8x1xf32>) -> tensor<2x8x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded : tensor<2x8x256xf32>) outs(%1 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.addf %in, %out : f32
    linalg.yield %27 : f32
  } -> tensor<2x8x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.divf %in, %cst_3 : f32
    linalg.yield %27 : f32
  } -> tensor<2x8x1xf32>
  %4 = tensor.empty() : tensor<2x8x256xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x8x256xf32>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f32, %out: f64):
    %27 = arith.extf %in : f32 to f64
    linalg.yield %27 : f64
  } -> tensor<2x8x256xf64>
  %6 = tensor.empty() : tensor<2x8x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<2x8x1xf64>) -> tensor<2x8x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%5 : tensor<2x8x256xf64>) outs(%7 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %27 = arith.addf %in, %out : f64
    linalg.yield %27 : f64
  } -> tensor<2x8x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x8x1xf64>) outs(%6 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %27 = arith.divf %in, %cst_4 : f64
    linalg.yield %27 : f64
  } -> tensor<2x8x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<2x8x256xf64>, tensor<2x8x1xf64>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_9: f64, %out: f64):
    %27 = arith.subf %in, %in_9 : f64
    linalg.yield %27 : f64
  } -> tensor<2x8x256xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<2x8x256xf64>, tensor<2x8x256xf64>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_9: f64, %out: f64):
    %27 = arith.mulf %in, %in_9 : f64
    linalg.yield %27 : f64
  } -> tensor<2x8x256xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%11 : tensor<2x8x256xf64>) outs(%7 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %27 = arith.addf %in, %out : f64
    linalg.yield %27 : f64
  } -> tensor<2x8x1xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x8x1xf64>) outs(%6 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %27 = arith.divf %in, %cst_4 : f64
    linalg.yield %27 : f64
  } -> tensor<2x8x1xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x8x1xf64>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %27 = arith.truncf %in : f64 to f32
    linalg.yield %27 : f32
  } -> tensor<2x8x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.truncf %cst_2 : f64 to f32
    %28 = arith.addf %in, %27 : f32
    linalg.yield %28 : f32
  } -> tensor<2x8x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = math.rsqrt %in : f32
    linalg.yield %27 : f32
  } -> tensor<2x8x1xf32>
  %17 = tensor.empty() : tensor<2x8x256xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %3 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%17 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %27 = arith.subf %in, %in_9 : f32
    linalg.yield %27 : f32
  } -> tensor<2x8x256xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%17 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %27 = arith.mulf %in, %in_9 : f32
    linalg.yield %27 : f32
  } -> tensor<2x8x256xf32>
  %collapsed_5 = tensor.collapse_shape %19 [[0], [1, 2]] : tensor<2x8x256xf32> into tensor<2x2048xf32>
  %expanded_6 = tensor.expand_shape %collapsed_5 [[0], [1, 2, 3]] output_shape [2, 32, 8, 8] : tensor<2x2048xf32> into tensor<2x32x8x8xf32>
  %expanded_7 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %20 = tensor.empty() : tensor<2x32x8x8xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_6, %expanded_7 : tensor<2x32x8x8xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %27 = arith.mulf %in, %in_9 : f32
    linalg.yield %27 : f32
  } -> tensor<2x32x8x8xf32>
  %expanded_8 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %expanded_8 : tensor<2x32x8x8xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %27 = arith.addf %in, %in_9 : f32
    linalg.yield %27 : f32
  } -> tensor<2x32x8x8xf32>
  %23 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<2x32x8x8xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.negf %in : f32
    %28 = math.exp %27 : f32
    %29 = arith.addf %28, %cst_1 : f32
    %30 = arith.divf %cst_1, %29 : f32
    linalg.yield %30 : f32
  } -> tensor<2x32x8x8xf32>
  %24 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %23 : tensor<2x32x8x8xf32>, tensor<2x32x8x8xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %27 = arith.mulf %in, %in_9 : f32
    linalg.yield %27 : f32
  } -> tensor<2x32x8x8xf32>
  %padded = tensor.pad %24 low[0, 0, 1, 1] high[0, 0, 1, 1] {
  ^bb0(%arg4: index, %arg5: index, %arg6: index, %arg7: index):
    tensor.yield %cst : f32
  } : tensor<2x32x8x8xf32> to tensor<2x32x10x10xf32>
  %25 = linalg.fill ins(%cst : f32) outs(%20 : tensor<2x32x8x8xf32>) -> tensor<2x32x8x8xf32>
  %26 = linalg.conv_2d_nchw_fchw {dilations = dense<1> : vector<2xi64>, strides = dense<1> : vector<2xi64>} ins(%padded, %arg3 : tensor<2x32x10x10xf32>, tensor<32x32x3x3xf32>) outs(%25 : tensor<2x32x8x8xf32>) -> tensor<2x32x8x8xf32>
  return %26 : tensor<2x32x8x8xf32>
}

// Space is flattened, group norm of rank 3, attention, residual.
// CHECK-LABEL: func.func @vae_attention(
// CHECK: norm.group_norm {{.*}}groups = 8 layout = channels_first eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}}
func.func @vae_attention(%arg0: tensor<2x32x8x8xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32x32xf32>) -> tensor<2x32x8x8xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %c0_i64 = arith.constant 0 : i64
  %cst_1 = arith.constant 0xFF800000 : f32
  %cst_2 = arith.constant 5.6568542494923806 : f64
  %cst_3 = arith.constant 9.9999999999999995E-7 : f64
  %cst_4 = arith.constant 2.560000e+02 : f32
  %cst_5 = arith.constant 2.560000e+02 : f64
  %collapsed = tensor.collapse_shape %arg0 [[0], [1, 2, 3]] : tensor<2x32x8x8xf32> into tensor<2x2048xf32>
  %expanded = tensor.expand_shape %collapsed [[0], [1, 2]] output_shape [2, 8, 256] : tensor<2x2048xf32> into tensor<2x8x256xf32>
  %0 = tensor.empty() : tensor<2x8x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x8x1xf32>) -> tensor<2x8x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded : tensor<2x8x256xf32>) outs(%1 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %47 = arith.addf %in, %out : f32
    linalg.yield %47 : f32
  } -> tensor<2x8x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %47 = arith.divf %in, %cst_4 : f32
    linalg.yield %47 : f32
  } -> tensor<2x8x1xf32>
  %4 = tensor.empty() : tensor<2x8x256xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x8x256xf32>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f32, %out: f64):
    %47 = arith.extf %in : f32 to f64
    linalg.yield %47 : f64
  } -> tensor<2x8x256xf64>
  %6 = tensor.empty() : tensor<2x8x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<2x8x1xf64>) -> tensor<2x8x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%5 : tensor<2x8x256xf64>) outs(%7 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %47 = arith.addf %in, %out : f64
    linalg.yield %47 : f64
  } -> tensor<2x8x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x8x1xf64>) outs(%6 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %47 = arith.divf %in, %cst_5 : f64
    linalg.yield %47 : f64
  } -> tensor<2x8x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<2x8x256xf64>, tensor<2x8x1xf64>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_14: f64, %out: f64):
    %47 = arith.subf %in, %in_14 : f64
    linalg.yield %47 : f64
  } -> tensor<2x8x256xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<2x8x256xf64>, tensor<2x8x256xf64>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_14: f64, %out: f64):
    %47 = arith.mulf %in, %in_14 : f64
    linalg.yield %47 : f64
  } -> tensor<2x8x256xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%11 : tensor<2x8x256xf64>) outs(%7 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %47 = arith.addf %in, %out : f64
    linalg.yield %47 : f64
  } -> tensor<2x8x1xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x8x1xf64>) outs(%6 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %47 = arith.divf %in, %cst_5 : f64
    linalg.yield %47 : f64
  } -> tensor<2x8x1xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x8x1xf64>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %47 = arith.truncf %in : f64 to f32
    linalg.yield %47 : f32
  } -> tensor<2x8x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %47 = arith.truncf %cst_3 : f64 to f32
    %48 = arith.addf %in, %47 : f32
    linalg.yield %48 : f32
  } -> tensor<2x8x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %47 = math.rsqrt %in : f32
    linalg.yield %47 : f32
  } -> tensor<2x8x1xf32>
  %17 = tensor.empty() : tensor<2x8x256xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %3 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%17 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %47 = arith.subf %in, %in_14 : f32
    linalg.yield %47 : f32
  } -> tensor<2x8x256xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%17 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %47 = arith.mulf %in, %in_14 : f32
    linalg.yield %47 : f32
  } -> tensor<2x8x256xf32>
  %collapsed_6 = tensor.collapse_shape %19 [[0], [1, 2]] : tensor<2x8x256xf32> into tensor<2x2048xf32>
  %expanded_7 = tensor.expand_shape %collapsed_6 [[0], [1, 2]] output_shape [2, 32, 64] : tensor<2x2048xf32> into tensor<2x32x64xf32>
  %expanded_8 = tensor.expand_shape %arg1 [[0, 1]] output_shape [32, 1] : tensor<32xf32> into tensor<32x1xf32>
  %20 = tensor.empty() : tensor<2x32x64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_7, %expanded_8 : tensor<2x32x64xf32>, tensor<32x1xf32>) outs(%20 : tensor<2x32x64xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %47 = arith.mulf %in, %in_14 : f32
    linalg.yield %47 : f32
  } -> tensor<2x32x64xf32>
  %expanded_9 = tensor.expand_shape %arg2 [[0, 1]] output_shape [32, 1] : tensor<32xf32> into tensor<32x1xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %expanded_9 : tensor<2x32x64xf32>, tensor<32x1xf32>) outs(%20 : tensor<2x32x64xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %47 = arith.addf %in, %in_14 : f32
    linalg.yield %47 : f32
  } -> tensor<2x32x64xf32>
  %23 = tensor.empty() : tensor<2x64x32xf32>
  %transposed = linalg.transpose ins(%22 : tensor<2x32x64xf32>) outs(%23 : tensor<2x64x32xf32>) permutation = [0, 2, 1]
  %24 = tensor.empty() : tensor<2x64x64xf32>
  %25 = linalg.fill ins(%cst : f32) outs(%24 : tensor<2x64x64xf32>) -> tensor<2x64x64xf32>
  %26 = linalg.batch_matmul ins(%transposed, %22 : tensor<2x64x32xf32>, tensor<2x32x64xf32>) outs(%25 : tensor<2x64x64xf32>) -> tensor<2x64x64xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26 : tensor<2x64x64xf32>) outs(%24 : tensor<2x64x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %47 = arith.truncf %cst_2 : f64 to f32
    %48 = arith.divf %in, %47 : f32
    linalg.yield %48 : f32
  } -> tensor<2x64x64xf32>
  %28 = tensor.empty() : tensor<2x64xi64>
  %29 = linalg.fill ins(%c0_i64 : i64) outs(%28 : tensor<2x64xi64>) -> tensor<2x64xi64>
  %30 = tensor.empty() : tensor<2x64xf32>
  %31 = linalg.fill ins(%cst_1 : f32) outs(%30 : tensor<2x64xf32>) -> tensor<2x64xf32>
  %32:2 = linalg.generic {indexing_maps = [#map, #map5, #map5], iterator_types = ["parallel", "parallel", "reduction"]} ins(%27 : tensor<2x64x64xf32>) outs(%31, %29 : tensor<2x64xf32>, tensor<2x64xi64>) {
  ^bb0(%in: f32, %out: f32, %out_14: i64):
    %47 = linalg.index 2 : index
    %48 = arith.index_cast %47 : index to i64
    %49 = arith.maximumf %in, %out : f32
    %50 = arith.cmpf ogt, %in, %out : f32
    %51 = arith.select %50, %48, %out_14 : i64
    linalg.yield %49, %51 : f32, i64
  } -> (tensor<2x64xf32>, tensor<2x64xi64>)
  %expanded_10 = tensor.expand_shape %32#0 [[0], [1, 2]] output_shape [2, 64, 1] : tensor<2x64xf32> into tensor<2x64x1xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27, %expanded_10 : tensor<2x64x64xf32>, tensor<2x64x1xf32>) outs(%24 : tensor<2x64x64xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %47 = arith.subf %in, %in_14 : f32
    linalg.yield %47 : f32
  } -> tensor<2x64x64xf32>
  %34 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33 : tensor<2x64x64xf32>) outs(%24 : tensor<2x64x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %47 = math.exp %in : f32
    linalg.yield %47 : f32
  } -> tensor<2x64x64xf32>
  %35 = tensor.empty() : tensor<2x64x1xf32>
  %36 = linalg.fill ins(%cst : f32) outs(%35 : tensor<2x64x1xf32>) -> tensor<2x64x1xf32>
  %37 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%34 : tensor<2x64x64xf32>) outs(%36 : tensor<2x64x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %47 = arith.addf %in, %out : f32
    linalg.yield %47 : f32
  } -> tensor<2x64x1xf32>
  %38 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%34, %37 : tensor<2x64x64xf32>, tensor<2x64x1xf32>) outs(%24 : tensor<2x64x64xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %47 = arith.divf %in, %in_14 : f32
    linalg.yield %47 : f32
  } -> tensor<2x64x64xf32>
  %39 = tensor.empty() : tensor<32x32xf32>
  %transposed_11 = linalg.transpose ins(%arg3 : tensor<32x32xf32>) outs(%39 : tensor<32x32xf32>) permutation = [1, 0]
  %40 = tensor.empty() : tensor<2x32x32xf32>
  %41 = linalg.generic {indexing_maps = [#map6, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%transposed_11 : tensor<32x32xf32>) outs(%40 : tensor<2x32x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x32x32xf32>
  %42 = linalg.fill ins(%cst : f32) outs(%23 : tensor<2x64x32xf32>) -> tensor<2x64x32xf32>
  %43 = linalg.batch_matmul ins(%transposed, %41 : tensor<2x64x32xf32>, tensor<2x32x32xf32>) outs(%42 : tensor<2x64x32xf32>) -> tensor<2x64x32xf32>
  %44 = linalg.batch_matmul ins(%38, %43 : tensor<2x64x64xf32>, tensor<2x64x32xf32>) outs(%42 : tensor<2x64x32xf32>) -> tensor<2x64x32xf32>
  %transposed_12 = linalg.transpose ins(%44 : tensor<2x64x32xf32>) outs(%20 : tensor<2x32x64xf32>) permutation = [0, 2, 1]
  %expanded_13 = tensor.expand_shape %transposed_12 [[0], [1], [2, 3]] output_shape [2, 32, 8, 8] : tensor<2x32x64xf32> into tensor<2x32x8x8xf32>
  %45 = tensor.empty() : tensor<2x32x8x8xf32>
  %46 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %expanded_13 : tensor<2x32x8x8xf32>, tensor<2x32x8x8xf32>) outs(%45 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_14: f32, %out: f32):
    %47 = arith.addf %in, %in_14 : f32
    linalg.yield %47 : f32
  } -> tensor<2x32x8x8xf32>
  return %46 : tensor<2x32x8x8xf32>
}

// Group norm, silu, residual, group norm, silu.
// CHECK-LABEL: func.func @vae_two_norms(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
func.func @vae_two_norms(%arg0: tensor<2x32x8x8xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>, %arg5: tensor<2x32x8x8xf32>) -> tensor<2x32x8x8xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e+00 : f32
  %cst_2 = arith.constant 9.9999999999999995E-7 : f64
  %cst_3 = arith.constant 2.560000e+02 : f32
  %cst_4 = arith.constant 2.560000e+02 : f64
  %collapsed = tensor.collapse_shape %arg0 [[0], [1, 2, 3]] : tensor<2x32x8x8xf32> into tensor<2x2048xf32>
  %expanded = tensor.expand_shape %collapsed [[0], [1, 2]] output_shape [2, 8, 256] : tensor<2x2048xf32> into tensor<2x8x256xf32>
  %0 = tensor.empty() : tensor<2x8x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x8x1xf32>) -> tensor<2x8x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded : tensor<2x8x256xf32>) outs(%1 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %44 = arith.addf %in, %out : f32
    linalg.yield %44 : f32
  } -> tensor<2x8x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %44 = arith.divf %in, %cst_3 : f32
    linalg.yield %44 : f32
  } -> tensor<2x8x1xf32>
  %4 = tensor.empty() : tensor<2x8x256xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x8x256xf32>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f32, %out: f64):
    %44 = arith.extf %in : f32 to f64
    linalg.yield %44 : f64
  } -> tensor<2x8x256xf64>
  %6 = tensor.empty() : tensor<2x8x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<2x8x1xf64>) -> tensor<2x8x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%5 : tensor<2x8x256xf64>) outs(%7 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %44 = arith.addf %in, %out : f64
    linalg.yield %44 : f64
  } -> tensor<2x8x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x8x1xf64>) outs(%6 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %44 = arith.divf %in, %cst_4 : f64
    linalg.yield %44 : f64
  } -> tensor<2x8x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<2x8x256xf64>, tensor<2x8x1xf64>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_15: f64, %out: f64):
    %44 = arith.subf %in, %in_15 : f64
    linalg.yield %44 : f64
  } -> tensor<2x8x256xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<2x8x256xf64>, tensor<2x8x256xf64>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_15: f64, %out: f64):
    %44 = arith.mulf %in, %in_15 : f64
    linalg.yield %44 : f64
  } -> tensor<2x8x256xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%11 : tensor<2x8x256xf64>) outs(%7 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %44 = arith.addf %in, %out : f64
    linalg.yield %44 : f64
  } -> tensor<2x8x1xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x8x1xf64>) outs(%6 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %44 = arith.divf %in, %cst_4 : f64
    linalg.yield %44 : f64
  } -> tensor<2x8x1xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x8x1xf64>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %44 = arith.truncf %in : f64 to f32
    linalg.yield %44 : f32
  } -> tensor<2x8x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %44 = arith.truncf %cst_2 : f64 to f32
    %45 = arith.addf %in, %44 : f32
    linalg.yield %45 : f32
  } -> tensor<2x8x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %44 = math.rsqrt %in : f32
    linalg.yield %44 : f32
  } -> tensor<2x8x1xf32>
  %17 = tensor.empty() : tensor<2x8x256xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %3 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%17 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_15: f32, %out: f32):
    %44 = arith.subf %in, %in_15 : f32
    linalg.yield %44 : f32
  } -> tensor<2x8x256xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%17 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_15: f32, %out: f32):
    %44 = arith.mulf %in, %in_15 : f32
    linalg.yield %44 : f32
  } -> tensor<2x8x256xf32>
  %collapsed_5 = tensor.collapse_shape %19 [[0], [1, 2]] : tensor<2x8x256xf32> into tensor<2x2048xf32>
  %expanded_6 = tensor.expand_shape %collapsed_5 [[0], [1, 2, 3]] output_shape [2, 32, 8, 8] : tensor<2x2048xf32> into tensor<2x32x8x8xf32>
  %expanded_7 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %20 = tensor.empty() : tensor<2x32x8x8xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_6, %expanded_7 : tensor<2x32x8x8xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_15: f32, %out: f32):
    %44 = arith.mulf %in, %in_15 : f32
    linalg.yield %44 : f32
  } -> tensor<2x32x8x8xf32>
  %expanded_8 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %expanded_8 : tensor<2x32x8x8xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_15: f32, %out: f32):
    %44 = arith.addf %in, %in_15 : f32
    linalg.yield %44 : f32
  } -> tensor<2x32x8x8xf32>
  %23 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<2x32x8x8xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %44 = arith.negf %in : f32
    %45 = math.exp %44 : f32
    %46 = arith.addf %45, %cst_1 : f32
    %47 = arith.divf %cst_1, %46 : f32
    linalg.yield %47 : f32
  } -> tensor<2x32x8x8xf32>
  %24 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %23 : tensor<2x32x8x8xf32>, tensor<2x32x8x8xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_15: f32, %out: f32):
    %44 = arith.mulf %in, %in_15 : f32
    linalg.yield %44 : f32
  } -> tensor<2x32x8x8xf32>
  %25 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24, %arg5 : tensor<2x32x8x8xf32>, tensor<2x32x8x8xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_15: f32, %out: f32):
    %44 = arith.addf %in, %in_15 : f32
    linalg.yield %44 : f32
  } -> tensor<2x32x8x8xf32>
  %collapsed_9 = tensor.collapse_shape %25 [[0], [1, 2, 3]] : tensor<2x32x8x8xf32> into tensor<2x2048xf32>
  %expanded_10 = tensor.expand_shape %collapsed_9 [[0], [1, 2]] output_shape [2, 8, 256] : tensor<2x2048xf32> into tensor<2x8x256xf32>
  %26 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded_10 : tensor<2x8x256xf32>) outs(%1 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %44 = arith.addf %in, %out : f32
    linalg.yield %44 : f32
  } -> tensor<2x8x1xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %44 = arith.divf %in, %cst_3 : f32
    linalg.yield %44 : f32
  } -> tensor<2x8x1xf32>
  %28 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_10 : tensor<2x8x256xf32>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f32, %out: f64):
    %44 = arith.extf %in : f32 to f64
    linalg.yield %44 : f64
  } -> tensor<2x8x256xf64>
  %29 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%28 : tensor<2x8x256xf64>) outs(%7 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %44 = arith.addf %in, %out : f64
    linalg.yield %44 : f64
  } -> tensor<2x8x1xf64>
  %30 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<2x8x1xf64>) outs(%6 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %44 = arith.divf %in, %cst_4 : f64
    linalg.yield %44 : f64
  } -> tensor<2x8x1xf64>
  %31 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%28, %30 : tensor<2x8x256xf64>, tensor<2x8x1xf64>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_15: f64, %out: f64):
    %44 = arith.subf %in, %in_15 : f64
    linalg.yield %44 : f64
  } -> tensor<2x8x256xf64>
  %32 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%31, %31 : tensor<2x8x256xf64>, tensor<2x8x256xf64>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_15: f64, %out: f64):
    %44 = arith.mulf %in, %in_15 : f64
    linalg.yield %44 : f64
  } -> tensor<2x8x256xf64>
  %33 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%32 : tensor<2x8x256xf64>) outs(%7 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %44 = arith.addf %in, %out : f64
    linalg.yield %44 : f64
  } -> tensor<2x8x1xf64>
  %34 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33 : tensor<2x8x1xf64>) outs(%6 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %44 = arith.divf %in, %cst_4 : f64
    linalg.yield %44 : f64
  } -> tensor<2x8x1xf64>
  %35 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%34 : tensor<2x8x1xf64>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %44 = arith.truncf %in : f64 to f32
    linalg.yield %44 : f32
  } -> tensor<2x8x1xf32>
  %36 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%35 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %44 = arith.truncf %cst_2 : f64 to f32
    %45 = arith.addf %in, %44 : f32
    linalg.yield %45 : f32
  } -> tensor<2x8x1xf32>
  %37 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%36 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %44 = math.rsqrt %in : f32
    linalg.yield %44 : f32
  } -> tensor<2x8x1xf32>
  %38 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_10, %27 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%17 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_15: f32, %out: f32):
    %44 = arith.subf %in, %in_15 : f32
    linalg.yield %44 : f32
  } -> tensor<2x8x256xf32>
  %39 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%38, %37 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%17 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_15: f32, %out: f32):
    %44 = arith.mulf %in, %in_15 : f32
    linalg.yield %44 : f32
  } -> tensor<2x8x256xf32>
  %collapsed_11 = tensor.collapse_shape %39 [[0], [1, 2]] : tensor<2x8x256xf32> into tensor<2x2048xf32>
  %expanded_12 = tensor.expand_shape %collapsed_11 [[0], [1, 2, 3]] output_shape [2, 32, 8, 8] : tensor<2x2048xf32> into tensor<2x32x8x8xf32>
  %expanded_13 = tensor.expand_shape %arg3 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %40 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_12, %expanded_13 : tensor<2x32x8x8xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_15: f32, %out: f32):
    %44 = arith.mulf %in, %in_15 : f32
    linalg.yield %44 : f32
  } -> tensor<2x32x8x8xf32>
  %expanded_14 = tensor.expand_shape %arg4 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %41 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%40, %expanded_14 : tensor<2x32x8x8xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_15: f32, %out: f32):
    %44 = arith.addf %in, %in_15 : f32
    linalg.yield %44 : f32
  } -> tensor<2x32x8x8xf32>
  %42 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%41 : tensor<2x32x8x8xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %44 = arith.negf %in : f32
    %45 = math.exp %44 : f32
    %46 = arith.addf %45, %cst_1 : f32
    %47 = arith.divf %cst_1, %46 : f32
    linalg.yield %47 : f32
  } -> tensor<2x32x8x8xf32>
  %43 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%41, %42 : tensor<2x32x8x8xf32>, tensor<2x32x8x8xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_15: f32, %out: f32):
    %44 = arith.mulf %in, %in_15 : f32
    linalg.yield %44 : f32
  } -> tensor<2x32x8x8xf32>
  return %43 : tensor<2x32x8x8xf32>
}

// The last group norm, silu, convolution, to an image.
// CHECK-LABEL: func.func @vae_decoder_out(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK: linalg.conv_2d
func.func @vae_decoder_out(%arg0: tensor<2x32x8x8xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<3x32x3x3xf32>) -> tensor<2x3x8x8xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e+00 : f32
  %cst_2 = arith.constant 9.9999999999999995E-7 : f64
  %cst_3 = arith.constant 2.560000e+02 : f32
  %cst_4 = arith.constant 2.560000e+02 : f64
  %cst_5 = arith.constant 2.000000e+00 : f32
  %cst_6 = arith.constant 5.000000e-01 : f32
  %collapsed = tensor.collapse_shape %arg0 [[0], [1, 2, 3]] : tensor<2x32x8x8xf32> into tensor<2x2048xf32>
  %expanded = tensor.expand_shape %collapsed [[0], [1, 2]] output_shape [2, 8, 256] : tensor<2x2048xf32> into tensor<2x8x256xf32>
  %0 = tensor.empty() : tensor<2x8x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x8x1xf32>) -> tensor<2x8x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded : tensor<2x8x256xf32>) outs(%1 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.addf %in, %out : f32
    linalg.yield %31 : f32
  } -> tensor<2x8x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.divf %in, %cst_3 : f32
    linalg.yield %31 : f32
  } -> tensor<2x8x1xf32>
  %4 = tensor.empty() : tensor<2x8x256xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x8x256xf32>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f32, %out: f64):
    %31 = arith.extf %in : f32 to f64
    linalg.yield %31 : f64
  } -> tensor<2x8x256xf64>
  %6 = tensor.empty() : tensor<2x8x1xf64>
  %7 = linalg.fill ins(%cst_0 : f64) outs(%6 : tensor<2x8x1xf64>) -> tensor<2x8x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%5 : tensor<2x8x256xf64>) outs(%7 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %31 = arith.addf %in, %out : f64
    linalg.yield %31 : f64
  } -> tensor<2x8x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x8x1xf64>) outs(%6 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %31 = arith.divf %in, %cst_4 : f64
    linalg.yield %31 : f64
  } -> tensor<2x8x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %9 : tensor<2x8x256xf64>, tensor<2x8x1xf64>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_11: f64, %out: f64):
    %31 = arith.subf %in, %in_11 : f64
    linalg.yield %31 : f64
  } -> tensor<2x8x256xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %10 : tensor<2x8x256xf64>, tensor<2x8x256xf64>) outs(%4 : tensor<2x8x256xf64>) {
  ^bb0(%in: f64, %in_11: f64, %out: f64):
    %31 = arith.mulf %in, %in_11 : f64
    linalg.yield %31 : f64
  } -> tensor<2x8x256xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%11 : tensor<2x8x256xf64>) outs(%7 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %31 = arith.addf %in, %out : f64
    linalg.yield %31 : f64
  } -> tensor<2x8x1xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x8x1xf64>) outs(%6 : tensor<2x8x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %31 = arith.divf %in, %cst_4 : f64
    linalg.yield %31 : f64
  } -> tensor<2x8x1xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x8x1xf64>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %31 = arith.truncf %in : f64 to f32
    linalg.yield %31 : f32
  } -> tensor<2x8x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.truncf %cst_2 : f64 to f32
    %32 = arith.addf %in, %31 : f32
    linalg.yield %32 : f32
  } -> tensor<2x8x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x8x1xf32>) outs(%0 : tensor<2x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = math.rsqrt %in : f32
    linalg.yield %31 : f32
  } -> tensor<2x8x1xf32>
  %17 = tensor.empty() : tensor<2x8x256xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %3 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%17 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %31 = arith.subf %in, %in_11 : f32
    linalg.yield %31 : f32
  } -> tensor<2x8x256xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<2x8x256xf32>, tensor<2x8x1xf32>) outs(%17 : tensor<2x8x256xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %31 = arith.mulf %in, %in_11 : f32
    linalg.yield %31 : f32
  } -> tensor<2x8x256xf32>
  %collapsed_7 = tensor.collapse_shape %19 [[0], [1, 2]] : tensor<2x8x256xf32> into tensor<2x2048xf32>
  %expanded_8 = tensor.expand_shape %collapsed_7 [[0], [1, 2, 3]] output_shape [2, 32, 8, 8] : tensor<2x2048xf32> into tensor<2x32x8x8xf32>
  %expanded_9 = tensor.expand_shape %arg1 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %20 = tensor.empty() : tensor<2x32x8x8xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_8, %expanded_9 : tensor<2x32x8x8xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %31 = arith.mulf %in, %in_11 : f32
    linalg.yield %31 : f32
  } -> tensor<2x32x8x8xf32>
  %expanded_10 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map2, #map3, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %expanded_10 : tensor<2x32x8x8xf32>, tensor<32x1x1xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %31 = arith.addf %in, %in_11 : f32
    linalg.yield %31 : f32
  } -> tensor<2x32x8x8xf32>
  %23 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<2x32x8x8xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.negf %in : f32
    %32 = math.exp %31 : f32
    %33 = arith.addf %32, %cst_1 : f32
    %34 = arith.divf %cst_1, %33 : f32
    linalg.yield %34 : f32
  } -> tensor<2x32x8x8xf32>
  %24 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %23 : tensor<2x32x8x8xf32>, tensor<2x32x8x8xf32>) outs(%20 : tensor<2x32x8x8xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %31 = arith.mulf %in, %in_11 : f32
    linalg.yield %31 : f32
  } -> tensor<2x32x8x8xf32>
  %padded = tensor.pad %24 low[0, 0, 1, 1] high[0, 0, 1, 1] {
  ^bb0(%arg4: index, %arg5: index, %arg6: index, %arg7: index):
    tensor.yield %cst : f32
  } : tensor<2x32x8x8xf32> to tensor<2x32x10x10xf32>
  %25 = tensor.empty() : tensor<2x3x8x8xf32>
  %26 = linalg.fill ins(%cst : f32) outs(%25 : tensor<2x3x8x8xf32>) -> tensor<2x3x8x8xf32>
  %27 = linalg.conv_2d_nchw_fchw {dilations = dense<1> : vector<2xi64>, strides = dense<1> : vector<2xi64>} ins(%padded, %arg3 : tensor<2x32x10x10xf32>, tensor<3x32x3x3xf32>) outs(%26 : tensor<2x3x8x8xf32>) -> tensor<2x3x8x8xf32>
  %28 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27 : tensor<2x3x8x8xf32>) outs(%25 : tensor<2x3x8x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.divf %in, %cst_5 : f32
    linalg.yield %31 : f32
  } -> tensor<2x3x8x8xf32>
  %29 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%28 : tensor<2x3x8x8xf32>) outs(%25 : tensor<2x3x8x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.addf %in, %cst_6 : f32
    linalg.yield %31 : f32
  } -> tensor<2x3x8x8xf32>
  %30 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%29 : tensor<2x3x8x8xf32>) outs(%25 : tensor<2x3x8x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %31 = arith.cmpf ult, %in, %cst : f32
    %32 = arith.select %31, %cst, %in : f32
    %33 = arith.cmpf ugt, %32, %cst_1 : f32
    %34 = arith.select %33, %cst_1, %32 : f32
    linalg.yield %34 : f32
  } -> tensor<2x3x8x8xf32>
  return %30 : tensor<2x3x8x8xf32>
}
