// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Fragments of Llama (RMS normalization in f32, rounded before the weight).

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d3)>

// Norm and query projection.
// CHECK-LABEL: func.func @llama_input_norm(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} rounding = normalized outs(
// CHECK: matmul
func.func @llama_input_norm(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64xbf16>, %arg2: tensor<64x64xbf16>) -> tensor<2x16x64xbf16> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e-05 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %19 = arith.extf %in : bf16 to f32
    linalg.yield %19 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %19 : f32
  } -> tensor<2x16x64xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.addf %in, %out : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.divf %in, %cst_1 : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.truncf %cst_0 : f64 to f32
    %20 = arith.addf %in, %19 : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = math.rsqrt %in : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %8 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %19 = arith.mulf %in, %in_2 : f32
    linalg.yield %19 : f32
  } -> tensor<2x16x64xf32>
  %10 = tensor.empty() : tensor<2x16x64xbf16>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x64xf32>) outs(%10 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %19 = arith.truncf %in : f32 to bf16
    linalg.yield %19 : bf16
  } -> tensor<2x16x64xbf16>
  %12 = linalg.generic {indexing_maps = [#map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %11 : tensor<64xbf16>, tensor<2x16x64xbf16>) outs(%10 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %out: bf16):
    %19 = arith.mulf %in, %in_2 : bf16
    linalg.yield %19 : bf16
  } -> tensor<2x16x64xbf16>
  %13 = tensor.empty() : tensor<64x64xbf16>
  %transposed = linalg.transpose ins(%arg2 : tensor<64x64xbf16>) outs(%13 : tensor<64x64xbf16>) permutation = [1, 0]
  %collapsed = tensor.collapse_shape %12 [[0, 1], [2]] : tensor<2x16x64xbf16> into tensor<32x64xbf16>
  %14 = tensor.empty() : tensor<32x64xf32>
  %15 = linalg.fill ins(%cst : f32) outs(%14 : tensor<32x64xf32>) -> tensor<32x64xf32>
  %16 = linalg.matmul ins(%collapsed, %transposed : tensor<32x64xbf16>, tensor<64x64xbf16>) outs(%15 : tensor<32x64xf32>) -> tensor<32x64xf32>
  %17 = tensor.empty() : tensor<32x64xbf16>
  %18 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%16 : tensor<32x64xf32>) outs(%17 : tensor<32x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %19 = arith.truncf %in : f32 to bf16
    linalg.yield %19 : bf16
  } -> tensor<32x64xbf16>
  %expanded = tensor.expand_shape %18 [[0, 1], [2]] output_shape [2, 16, 64] : tensor<32x64xbf16> into tensor<2x16x64xbf16>
  return %expanded : tensor<2x16x64xbf16>
}

// Residual in bf16, norm; the stream is returned.
// CHECK-LABEL: func.func @llama_post_attention(
// CHECK: norm.rms_norm {{.*}}axes = [2] {{.*}}rounding = normalized
func.func @llama_post_attention(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<2x16x64xbf16>, %arg2: tensor<64xbf16>) -> (tensor<2x16x64xbf16>, tensor<2x16x64xbf16>) {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e-05 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xbf16>
  %1 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg1 : tensor<2x16x64xbf16>, tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %out: bf16):
    %14 = arith.addf %in, %in_2 : bf16
    linalg.yield %14 : bf16
  } -> tensor<2x16x64xbf16>
  %2 = tensor.empty() : tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xbf16>) outs(%2 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %14 = arith.extf %in : bf16 to f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %5 = tensor.empty() : tensor<2x16x1xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%4 : tensor<2x16x64xf32>) outs(%6 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %in, %out : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_1 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.truncf %cst_0 : f64 to f32
    %15 = arith.addf %in, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = math.rsqrt %in : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3, %10 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%2 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %14 = arith.mulf %in, %in_2 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %14 = arith.truncf %in : f32 to bf16
    linalg.yield %14 : bf16
  } -> tensor<2x16x64xbf16>
  %13 = linalg.generic {indexing_maps = [#map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2, %12 : tensor<64xbf16>, tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %out: bf16):
    %14 = arith.mulf %in, %in_2 : bf16
    linalg.yield %14 : bf16
  } -> tensor<2x16x64xbf16>
  return %13, %1 : tensor<2x16x64xbf16>, tensor<2x16x64xbf16>
}

// Norm, gate and up projection, SwiGLU.
// CHECK-LABEL: func.func @llama_decoder_mlp(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} rounding = normalized outs(
// CHECK: matmul
func.func @llama_decoder_mlp(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64xbf16>, %arg2: tensor<128x64xbf16>, %arg3: tensor<128x64xbf16>) -> tensor<2x16x128xbf16> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %28 = arith.extf %in : bf16 to f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.addf %in, %out : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.divf %in, %cst_2 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.truncf %cst_1 : f64 to f32
    %29 = arith.addf %in, %28 : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = math.rsqrt %in : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %8 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %28 = arith.mulf %in, %in_5 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %10 = tensor.empty() : tensor<2x16x64xbf16>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x64xf32>) outs(%10 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %28 = arith.truncf %in : f32 to bf16
    linalg.yield %28 : bf16
  } -> tensor<2x16x64xbf16>
  %12 = linalg.generic {indexing_maps = [#map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %11 : tensor<64xbf16>, tensor<2x16x64xbf16>) outs(%10 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_5: bf16, %out: bf16):
    %28 = arith.mulf %in, %in_5 : bf16
    linalg.yield %28 : bf16
  } -> tensor<2x16x64xbf16>
  %13 = tensor.empty() : tensor<64x128xbf16>
  %transposed = linalg.transpose ins(%arg2 : tensor<128x64xbf16>) outs(%13 : tensor<64x128xbf16>) permutation = [1, 0]
  %collapsed = tensor.collapse_shape %12 [[0, 1], [2]] : tensor<2x16x64xbf16> into tensor<32x64xbf16>
  %14 = tensor.empty() : tensor<32x128xf32>
  %15 = linalg.fill ins(%cst : f32) outs(%14 : tensor<32x128xf32>) -> tensor<32x128xf32>
  %16 = linalg.matmul ins(%collapsed, %transposed : tensor<32x64xbf16>, tensor<64x128xbf16>) outs(%15 : tensor<32x128xf32>) -> tensor<32x128xf32>
  %17 = tensor.empty() : tensor<32x128xbf16>
  %18 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%16 : tensor<32x128xf32>) outs(%17 : tensor<32x128xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %28 = arith.truncf %in : f32 to bf16
    linalg.yield %28 : bf16
  } -> tensor<32x128xbf16>
  %expanded = tensor.expand_shape %18 [[0, 1], [2]] output_shape [2, 16, 128] : tensor<32x128xbf16> into tensor<2x16x128xbf16>
  %19 = tensor.empty() : tensor<2x16x128xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x128xbf16>) outs(%19 : tensor<2x16x128xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %28 = arith.extf %in : bf16 to f32
    linalg.yield %28 : f32
  } -> tensor<2x16x128xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<2x16x128xf32>) outs(%19 : tensor<2x16x128xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.negf %in : f32
    %29 = math.exp %28 : f32
    %30 = arith.addf %29, %cst_0 : f32
    %31 = arith.divf %cst_0, %30 : f32
    linalg.yield %31 : f32
  } -> tensor<2x16x128xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %21 : tensor<2x16x128xf32>, tensor<2x16x128xf32>) outs(%19 : tensor<2x16x128xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %28 = arith.mulf %in, %in_5 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x128xf32>
  %23 = tensor.empty() : tensor<2x16x128xbf16>
  %24 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22 : tensor<2x16x128xf32>) outs(%23 : tensor<2x16x128xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %28 = arith.truncf %in : f32 to bf16
    linalg.yield %28 : bf16
  } -> tensor<2x16x128xbf16>
  %transposed_3 = linalg.transpose ins(%arg3 : tensor<128x64xbf16>) outs(%13 : tensor<64x128xbf16>) permutation = [1, 0]
  %25 = linalg.matmul ins(%collapsed, %transposed_3 : tensor<32x64xbf16>, tensor<64x128xbf16>) outs(%15 : tensor<32x128xf32>) -> tensor<32x128xf32>
  %26 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%25 : tensor<32x128xf32>) outs(%17 : tensor<32x128xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %28 = arith.truncf %in : f32 to bf16
    linalg.yield %28 : bf16
  } -> tensor<32x128xbf16>
  %expanded_4 = tensor.expand_shape %26 [[0, 1], [2]] output_shape [2, 16, 128] : tensor<32x128xbf16> into tensor<2x16x128xbf16>
  %27 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%24, %expanded_4 : tensor<2x16x128xbf16>, tensor<2x16x128xbf16>) outs(%23 : tensor<2x16x128xbf16>) {
  ^bb0(%in: bf16, %in_5: bf16, %out: bf16):
    %28 = arith.mulf %in, %in_5 : bf16
    linalg.yield %28 : bf16
  } -> tensor<2x16x128xbf16>
  return %27 : tensor<2x16x128xbf16>
}

// The last norm in f16, dynamic.
// CHECK-LABEL: func.func @llama_final_norm(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} rounding = normalized outs(
// CHECK-NOT: linalg.generic
func.func @llama_final_norm(%arg0: tensor<?x?x64xf16>, %arg1: tensor<64xf16>) -> tensor<?x?x64xf16> {
  %c2_i64 = arith.constant 2 : i64
  %c1 = arith.constant 1 : index
  %c0 = arith.constant 0 : index
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e-05 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %dim = tensor.dim %arg0, %c0 : tensor<?x?x64xf16>
  %dim_2 = tensor.dim %arg0, %c1 : tensor<?x?x64xf16>
  %0 = tensor.empty(%dim, %dim_2) : tensor<?x?x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<?x?x64xf16>) outs(%0 : tensor<?x?x64xf32>) {
  ^bb0(%in: f16, %out: f32):
    %13 = arith.extf %in : f16 to f32
    linalg.yield %13 : f32
  } -> tensor<?x?x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<?x?x64xf32>) outs(%0 : tensor<?x?x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %13 : f32
  } -> tensor<?x?x64xf32>
  %3 = tensor.empty(%dim, %dim_2) : tensor<?x?x1xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<?x?x1xf32>) -> tensor<?x?x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2 : tensor<?x?x64xf32>) outs(%4 : tensor<?x?x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.addf %in, %out : f32
    linalg.yield %13 : f32
  } -> tensor<?x?x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<?x?x1xf32>) outs(%3 : tensor<?x?x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.divf %in, %cst_1 : f32
    linalg.yield %13 : f32
  } -> tensor<?x?x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<?x?x1xf32>) outs(%3 : tensor<?x?x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.truncf %cst_0 : f64 to f32
    %14 = arith.addf %in, %13 : f32
    linalg.yield %14 : f32
  } -> tensor<?x?x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<?x?x1xf32>) outs(%3 : tensor<?x?x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = math.rsqrt %in : f32
    linalg.yield %13 : f32
  } -> tensor<?x?x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %8 : tensor<?x?x64xf32>, tensor<?x?x1xf32>) outs(%0 : tensor<?x?x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %13 = arith.mulf %in, %in_3 : f32
    linalg.yield %13 : f32
  } -> tensor<?x?x64xf32>
  %10 = tensor.empty(%dim, %dim_2) : tensor<?x?x64xf16>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<?x?x64xf32>) outs(%10 : tensor<?x?x64xf16>) {
  ^bb0(%in: f32, %out: f16):
    %13 = arith.truncf %in : f32 to f16
    linalg.yield %13 : f16
  } -> tensor<?x?x64xf16>
  %12 = linalg.generic {indexing_maps = [#map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %11 : tensor<64xf16>, tensor<?x?x64xf16>) outs(%10 : tensor<?x?x64xf16>) {
  ^bb0(%in: f16, %in_3: f16, %out: f16):
    %13 = arith.mulf %in, %in_3 : f16
    linalg.yield %13 : f16
  } -> tensor<?x?x64xf16>
  return %12 : tensor<?x?x64xf16>
}

// In f32 nothing is rounded.
// CHECK-LABEL: func.func @llama_f32(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @llama_f32(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.9999999999999995E-7 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %10 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x1xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.addf %in, %out : f32
    linalg.yield %10 : f32
  } -> tensor<2x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.divf %in, %cst_1 : f32
    linalg.yield %10 : f32
  } -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.truncf %cst_0 : f64 to f32
    %11 = arith.addf %in, %10 : f32
    linalg.yield %11 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = math.rsqrt %in : f32
    linalg.yield %10 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %7 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %10 = arith.mulf %in, %in_2 : f32
    linalg.yield %10 : f32
  } -> tensor<2x16x64xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %8 : tensor<64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %10 = arith.mulf %in, %in_2 : f32
    linalg.yield %10 : f32
  } -> tensor<2x16x64xf32>
  return %9 : tensor<2x16x64xf32>
}

// Norms of queries and keys, then the transpose to heads first (Qwen3, OLMo 2).
// CHECK-LABEL: func.func @llama_query_key_norm(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [3] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} rounding = normalized outs(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [3] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} rounding = normalized outs(
func.func @llama_query_key_norm(%arg0: tensor<2x16x8x32xbf16>, %arg1: tensor<2x16x8x32xbf16>, %arg2: tensor<32xbf16>, %arg3: tensor<32xbf16>) -> (tensor<2x8x16x32xbf16>, tensor<2x8x16x32xbf16>) {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e-05 : f64
  %cst_1 = arith.constant 3.200000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x8x32xf32>
  %1 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x8x32xbf16>) outs(%0 : tensor<2x16x8x32xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %23 = arith.extf %in : bf16 to f32
    linalg.yield %23 : f32
  } -> tensor<2x16x8x32xf32>
  %2 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x8x32xf32>) outs(%0 : tensor<2x16x8x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %23 : f32
  } -> tensor<2x16x8x32xf32>
  %3 = tensor.empty() : tensor<2x16x8x1xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<2x16x8x1xf32>) -> tensor<2x16x8x1xf32>
  %5 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%2 : tensor<2x16x8x32xf32>) outs(%4 : tensor<2x16x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.addf %in, %out : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x8x1xf32>
  %6 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x8x1xf32>) outs(%3 : tensor<2x16x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.divf %in, %cst_1 : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x8x1xf32>
  %7 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x8x1xf32>) outs(%3 : tensor<2x16x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.truncf %cst_0 : f64 to f32
    %24 = arith.addf %in, %23 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x8x1xf32>
  %8 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x8x1xf32>) outs(%3 : tensor<2x16x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = math.rsqrt %in : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x8x1xf32>
  %9 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1, %8 : tensor<2x16x8x32xf32>, tensor<2x16x8x1xf32>) outs(%0 : tensor<2x16x8x32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %23 = arith.mulf %in, %in_3 : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x8x32xf32>
  %10 = tensor.empty() : tensor<2x16x8x32xbf16>
  %11 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x8x32xf32>) outs(%10 : tensor<2x16x8x32xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %23 = arith.truncf %in : f32 to bf16
    linalg.yield %23 : bf16
  } -> tensor<2x16x8x32xbf16>
  %12 = linalg.generic {indexing_maps = [#map6, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2, %11 : tensor<32xbf16>, tensor<2x16x8x32xbf16>) outs(%10 : tensor<2x16x8x32xbf16>) {
  ^bb0(%in: bf16, %in_3: bf16, %out: bf16):
    %23 = arith.mulf %in, %in_3 : bf16
    linalg.yield %23 : bf16
  } -> tensor<2x16x8x32xbf16>
  %13 = tensor.empty() : tensor<2x8x16x32xbf16>
  %transposed = linalg.transpose ins(%12 : tensor<2x16x8x32xbf16>) outs(%13 : tensor<2x8x16x32xbf16>) permutation = [0, 2, 1, 3]
  %14 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x8x32xbf16>) outs(%0 : tensor<2x16x8x32xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %23 = arith.extf %in : bf16 to f32
    linalg.yield %23 : f32
  } -> tensor<2x16x8x32xf32>
  %15 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<2x16x8x32xf32>) outs(%0 : tensor<2x16x8x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %23 : f32
  } -> tensor<2x16x8x32xf32>
  %16 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%15 : tensor<2x16x8x32xf32>) outs(%4 : tensor<2x16x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.addf %in, %out : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x8x1xf32>
  %17 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16 : tensor<2x16x8x1xf32>) outs(%3 : tensor<2x16x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.divf %in, %cst_1 : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x8x1xf32>
  %18 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<2x16x8x1xf32>) outs(%3 : tensor<2x16x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.truncf %cst_0 : f64 to f32
    %24 = arith.addf %in, %23 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x8x1xf32>
  %19 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18 : tensor<2x16x8x1xf32>) outs(%3 : tensor<2x16x8x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = math.rsqrt %in : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x8x1xf32>
  %20 = linalg.generic {indexing_maps = [#map4, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14, %19 : tensor<2x16x8x32xf32>, tensor<2x16x8x1xf32>) outs(%0 : tensor<2x16x8x32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %23 = arith.mulf %in, %in_3 : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x8x32xf32>
  %21 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20 : tensor<2x16x8x32xf32>) outs(%10 : tensor<2x16x8x32xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %23 = arith.truncf %in : f32 to bf16
    linalg.yield %23 : bf16
  } -> tensor<2x16x8x32xbf16>
  %22 = linalg.generic {indexing_maps = [#map6, #map4, #map4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg3, %21 : tensor<32xbf16>, tensor<2x16x8x32xbf16>) outs(%10 : tensor<2x16x8x32xbf16>) {
  ^bb0(%in: bf16, %in_3: bf16, %out: bf16):
    %23 = arith.mulf %in, %in_3 : bf16
    linalg.yield %23 : bf16
  } -> tensor<2x16x8x32xbf16>
  %transposed_2 = linalg.transpose ins(%22 : tensor<2x16x8x32xbf16>) outs(%13 : tensor<2x8x16x32xbf16>) permutation = [0, 2, 1, 3]
  return %transposed, %transposed_2 : tensor<2x8x16x32xbf16>, tensor<2x8x16x32xbf16>
}
