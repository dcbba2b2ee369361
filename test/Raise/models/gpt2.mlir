// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Fragments of GPT-2 (pre-norm, epsilon 1e-5).

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0, d1) -> (d1)>
#map4 = affine_map<(d0, d1) -> (d0, d1)>

// ln_1 and the projection to queries, keys and values.
// CHECK-LABEL: func.func @gpt2_attention_input(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: linalg.matmul
func.func @gpt2_attention_input(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<64x192xf32>, %arg4: tensor<192xf32>) -> tensor<2x16x192xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 6.400000e+01 : f64
  %cst_3 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf64>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %27 = arith.extf %in : f32 to f64
    linalg.yield %27 : f64
  } -> tensor<2x16x64xf64>
  %2 = tensor.empty() : tensor<2x16x1xf64>
  %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<2x16x1xf64>) -> tensor<2x16x1xf64>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf64>) outs(%3 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %27 = arith.addf %in, %out : f64
    linalg.yield %27 : f64
  } -> tensor<2x16x1xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf64>) outs(%2 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %27 = arith.divf %in, %cst_2 : f64
    linalg.yield %27 : f64
  } -> tensor<2x16x1xf64>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %5 : tensor<2x16x64xf64>, tensor<2x16x1xf64>) outs(%0 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %27 = arith.subf %in, %in_4 : f64
    linalg.yield %27 : f64
  } -> tensor<2x16x64xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %6 : tensor<2x16x64xf64>, tensor<2x16x64xf64>) outs(%0 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %27 = arith.mulf %in, %in_4 : f64
    linalg.yield %27 : f64
  } -> tensor<2x16x64xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%7 : tensor<2x16x64xf64>) outs(%3 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %27 = arith.addf %in, %out : f64
    linalg.yield %27 : f64
  } -> tensor<2x16x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf64>) outs(%2 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %27 = arith.divf %in, %cst_2 : f64
    linalg.yield %27 : f64
  } -> tensor<2x16x1xf64>
  %10 = tensor.empty() : tensor<2x16x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x1xf64>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %27 = arith.truncf %in : f64 to f32
    linalg.yield %27 : f32
  } -> tensor<2x16x1xf32>
  %12 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%12 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.addf %in, %out : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x16x1xf32>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.divf %in, %cst_3 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x16x1xf32>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.truncf %cst_1 : f64 to f32
    %28 = arith.addf %in, %27 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x16x1xf32>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = math.rsqrt %in : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x1xf32>
  %17 = tensor.empty() : tensor<2x16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %14 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %27 = arith.subf %in, %in_4 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %27 = arith.mulf %in, %in_4 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %arg1 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %27 = arith.mulf %in, %in_4 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %arg2 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %27 = arith.addf %in, %in_4 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %collapsed = tensor.collapse_shape %21 [[0, 1], [2]] : tensor<2x16x64xf32> into tensor<32x64xf32>
  %22 = tensor.empty() : tensor<32x192xf32>
  %23 = linalg.fill ins(%cst_0 : f32) outs(%22 : tensor<32x192xf32>) -> tensor<32x192xf32>
  %24 = linalg.matmul ins(%collapsed, %arg3 : tensor<32x64xf32>, tensor<64x192xf32>) outs(%23 : tensor<32x192xf32>) -> tensor<32x192xf32>
  %25 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel"]} ins(%arg4 : tensor<192xf32>) outs(%22 : tensor<32x192xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<32x192xf32>
  %26 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%24, %25 : tensor<32x192xf32>, tensor<32x192xf32>) outs(%22 : tensor<32x192xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %27 = arith.addf %in, %in_4 : f32
    linalg.yield %27 : f32
  } -> tensor<32x192xf32>
  %expanded = tensor.expand_shape %26 [[0, 1], [2]] output_shape [2, 16, 192] : tensor<32x192xf32> into tensor<2x16x192xf32>
  return %expanded : tensor<2x16x192xf32>
}

// ln_2, the first layer of the MLP and the approximated GELU, whose cube is no square.
// CHECK-LABEL: func.func @gpt2_mlp(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: math.tanh
func.func @gpt2_mlp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<64x256xf32>, %arg4: tensor<256xf32>) -> tensor<2x16x256xf32> {
  %c3_i64 = arith.constant 3 : i64
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 0.79788456080286541 : f64
  %cst_2 = arith.constant 4.471500e-02 : f64
  %cst_3 = arith.constant 1.000000e-05 : f64
  %cst_4 = arith.constant 6.400000e+01 : f64
  %cst_5 = arith.constant 6.400000e+01 : f32
  %cst_6 = arith.constant 5.000000e-01 : f32
  %cst_7 = arith.constant 1.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf64>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %35 = arith.extf %in : f32 to f64
    linalg.yield %35 : f64
  } -> tensor<2x16x64xf64>
  %2 = tensor.empty() : tensor<2x16x1xf64>
  %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<2x16x1xf64>) -> tensor<2x16x1xf64>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf64>) outs(%3 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %35 = arith.addf %in, %out : f64
    linalg.yield %35 : f64
  } -> tensor<2x16x1xf64>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf64>) outs(%2 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %35 = arith.divf %in, %cst_4 : f64
    linalg.yield %35 : f64
  } -> tensor<2x16x1xf64>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %5 : tensor<2x16x64xf64>, tensor<2x16x1xf64>) outs(%0 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_8: f64, %out: f64):
    %35 = arith.subf %in, %in_8 : f64
    linalg.yield %35 : f64
  } -> tensor<2x16x64xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6, %6 : tensor<2x16x64xf64>, tensor<2x16x64xf64>) outs(%0 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_8: f64, %out: f64):
    %35 = arith.mulf %in, %in_8 : f64
    linalg.yield %35 : f64
  } -> tensor<2x16x64xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%7 : tensor<2x16x64xf64>) outs(%3 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %35 = arith.addf %in, %out : f64
    linalg.yield %35 : f64
  } -> tensor<2x16x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf64>) outs(%2 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %35 = arith.divf %in, %cst_4 : f64
    linalg.yield %35 : f64
  } -> tensor<2x16x1xf64>
  %10 = tensor.empty() : tensor<2x16x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x1xf64>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %35 = arith.truncf %in : f64 to f32
    linalg.yield %35 : f32
  } -> tensor<2x16x1xf32>
  %12 = linalg.fill ins(%cst_0 : f32) outs(%10 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%12 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = arith.addf %in, %out : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x16x1xf32>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = arith.divf %in, %cst_5 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x16x1xf32>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = arith.truncf %cst_3 : f64 to f32
    %36 = arith.addf %in, %35 : f32
    linalg.yield %36 : f32
  } -> tensor<2x16x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x16x1xf32>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = math.rsqrt %in : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x1xf32>
  %17 = tensor.empty() : tensor<2x16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %14 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %35 = arith.subf %in, %in_8 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x64xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %16 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %35 = arith.mulf %in, %in_8 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x64xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %arg1 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %35 = arith.mulf %in, %in_8 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %arg2 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%17 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %35 = arith.addf %in, %in_8 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x64xf32>
  %collapsed = tensor.collapse_shape %21 [[0, 1], [2]] : tensor<2x16x64xf32> into tensor<32x64xf32>
  %22 = tensor.empty() : tensor<32x256xf32>
  %23 = linalg.fill ins(%cst_0 : f32) outs(%22 : tensor<32x256xf32>) -> tensor<32x256xf32>
  %24 = linalg.matmul ins(%collapsed, %arg3 : tensor<32x64xf32>, tensor<64x256xf32>) outs(%23 : tensor<32x256xf32>) -> tensor<32x256xf32>
  %25 = linalg.generic {indexing_maps = [#map3, #map4], iterator_types = ["parallel", "parallel"]} ins(%arg4 : tensor<256xf32>) outs(%22 : tensor<32x256xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<32x256xf32>
  %26 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%24, %25 : tensor<32x256xf32>, tensor<32x256xf32>) outs(%22 : tensor<32x256xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %35 = arith.addf %in, %in_8 : f32
    linalg.yield %35 : f32
  } -> tensor<32x256xf32>
  %27 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%26 : tensor<32x256xf32>) outs(%22 : tensor<32x256xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = arith.mulf %in, %cst_6 : f32
    linalg.yield %35 : f32
  } -> tensor<32x256xf32>
  %28 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%26 : tensor<32x256xf32>) outs(%22 : tensor<32x256xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = math.fpowi %in, %c3_i64 : f32, i64
    linalg.yield %35 : f32
  } -> tensor<32x256xf32>
  %29 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%28 : tensor<32x256xf32>) outs(%22 : tensor<32x256xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = arith.truncf %cst_2 : f64 to f32
    %36 = arith.mulf %in, %35 : f32
    linalg.yield %36 : f32
  } -> tensor<32x256xf32>
  %30 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%26, %29 : tensor<32x256xf32>, tensor<32x256xf32>) outs(%22 : tensor<32x256xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %35 = arith.addf %in, %in_8 : f32
    linalg.yield %35 : f32
  } -> tensor<32x256xf32>
  %31 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%30 : tensor<32x256xf32>) outs(%22 : tensor<32x256xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = arith.truncf %cst_1 : f64 to f32
    %36 = arith.mulf %in, %35 : f32
    linalg.yield %36 : f32
  } -> tensor<32x256xf32>
  %32 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%31 : tensor<32x256xf32>) outs(%22 : tensor<32x256xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = math.tanh %in : f32
    linalg.yield %35 : f32
  } -> tensor<32x256xf32>
  %33 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%32 : tensor<32x256xf32>) outs(%22 : tensor<32x256xf32>) {
  ^bb0(%in: f32, %out: f32):
    %35 = arith.addf %in, %cst_7 : f32
    linalg.yield %35 : f32
  } -> tensor<32x256xf32>
  %34 = linalg.generic {indexing_maps = [#map4, #map4, #map4], iterator_types = ["parallel", "parallel"]} ins(%27, %33 : tensor<32x256xf32>, tensor<32x256xf32>) outs(%22 : tensor<32x256xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %35 = arith.mulf %in, %in_8 : f32
    linalg.yield %35 : f32
  } -> tensor<32x256xf32>
  %expanded = tensor.expand_shape %34 [[0, 1], [2]] output_shape [2, 16, 256] : tensor<32x256xf32> into tensor<2x16x256xf32>
  return %expanded : tensor<2x16x256xf32>
}

// Residual, ln_2, residual, next ln_1; the stream is returned.
// CHECK-LABEL: func.func @gpt2_two_residuals(
// CHECK: norm.layer_norm {{.*}}scale({{.*}}bias({{.*}}axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} {{.*}}outs(
// CHECK: norm.layer_norm {{.*}}scale({{.*}}bias({{.*}}axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} {{.*}}outs(
func.func @gpt2_two_residuals(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<2x16x64xf32>, %arg3: tensor<64xf32>, %arg4: tensor<64xf32>, %arg5: tensor<64xf32>, %arg6: tensor<64xf32>) -> (tensor<2x16x64xf32>, tensor<2x16x64xf32>, tensor<2x16x64xf32>) {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 6.400000e+01 : f64
  %cst_3 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg1 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %40 = arith.addf %in, %in_4 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x64xf64>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %40 = arith.extf %in : f32 to f64
    linalg.yield %40 : f64
  } -> tensor<2x16x64xf64>
  %4 = tensor.empty() : tensor<2x16x1xf64>
  %5 = linalg.fill ins(%cst : f64) outs(%4 : tensor<2x16x1xf64>) -> tensor<2x16x1xf64>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%3 : tensor<2x16x64xf64>) outs(%5 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %40 = arith.addf %in, %out : f64
    linalg.yield %40 : f64
  } -> tensor<2x16x1xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf64>) outs(%4 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %40 = arith.divf %in, %cst_2 : f64
    linalg.yield %40 : f64
  } -> tensor<2x16x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3, %7 : tensor<2x16x64xf64>, tensor<2x16x1xf64>) outs(%2 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %40 = arith.subf %in, %in_4 : f64
    linalg.yield %40 : f64
  } -> tensor<2x16x64xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %8 : tensor<2x16x64xf64>, tensor<2x16x64xf64>) outs(%2 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %40 = arith.mulf %in, %in_4 : f64
    linalg.yield %40 : f64
  } -> tensor<2x16x64xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%9 : tensor<2x16x64xf64>) outs(%5 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %40 = arith.addf %in, %out : f64
    linalg.yield %40 : f64
  } -> tensor<2x16x1xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf64>) outs(%4 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %40 = arith.divf %in, %cst_2 : f64
    linalg.yield %40 : f64
  } -> tensor<2x16x1xf64>
  %12 = tensor.empty() : tensor<2x16x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x16x1xf64>) outs(%12 : tensor<2x16x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %40 = arith.truncf %in : f64 to f32
    linalg.yield %40 : f32
  } -> tensor<2x16x1xf32>
  %14 = linalg.fill ins(%cst_0 : f32) outs(%12 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%14 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.addf %in, %out : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x16x1xf32>) outs(%12 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.divf %in, %cst_3 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x1xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x16x1xf32>) outs(%12 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.truncf %cst_1 : f64 to f32
    %41 = arith.addf %in, %40 : f32
    linalg.yield %41 : f32
  } -> tensor<2x16x1xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<2x16x1xf32>) outs(%12 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = math.rsqrt %in : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %16 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %40 = arith.subf %in, %in_4 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x64xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %18 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %40 = arith.mulf %in, %in_4 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %arg3 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %40 = arith.mulf %in, %in_4 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x64xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %arg4 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %40 = arith.addf %in, %in_4 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x64xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %arg2 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %40 = arith.addf %in, %in_4 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x64xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23 : tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %40 = arith.extf %in : f32 to f64
    linalg.yield %40 : f64
  } -> tensor<2x16x64xf64>
  %25 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%24 : tensor<2x16x64xf64>) outs(%5 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %40 = arith.addf %in, %out : f64
    linalg.yield %40 : f64
  } -> tensor<2x16x1xf64>
  %26 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25 : tensor<2x16x1xf64>) outs(%4 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %40 = arith.divf %in, %cst_2 : f64
    linalg.yield %40 : f64
  } -> tensor<2x16x1xf64>
  %27 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%24, %26 : tensor<2x16x64xf64>, tensor<2x16x1xf64>) outs(%2 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %40 = arith.subf %in, %in_4 : f64
    linalg.yield %40 : f64
  } -> tensor<2x16x64xf64>
  %28 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27, %27 : tensor<2x16x64xf64>, tensor<2x16x64xf64>) outs(%2 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %40 = arith.mulf %in, %in_4 : f64
    linalg.yield %40 : f64
  } -> tensor<2x16x64xf64>
  %29 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%28 : tensor<2x16x64xf64>) outs(%5 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %40 = arith.addf %in, %out : f64
    linalg.yield %40 : f64
  } -> tensor<2x16x1xf64>
  %30 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<2x16x1xf64>) outs(%4 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %40 = arith.divf %in, %cst_2 : f64
    linalg.yield %40 : f64
  } -> tensor<2x16x1xf64>
  %31 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%30 : tensor<2x16x1xf64>) outs(%12 : tensor<2x16x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %40 = arith.truncf %in : f64 to f32
    linalg.yield %40 : f32
  } -> tensor<2x16x1xf32>
  %32 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%23 : tensor<2x16x64xf32>) outs(%14 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.addf %in, %out : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x1xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%32 : tensor<2x16x1xf32>) outs(%12 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.divf %in, %cst_3 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x1xf32>
  %34 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%31 : tensor<2x16x1xf32>) outs(%12 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.truncf %cst_1 : f64 to f32
    %41 = arith.addf %in, %40 : f32
    linalg.yield %41 : f32
  } -> tensor<2x16x1xf32>
  %35 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%34 : tensor<2x16x1xf32>) outs(%12 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = math.rsqrt %in : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x1xf32>
  %36 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23, %33 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %40 = arith.subf %in, %in_4 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x64xf32>
  %37 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%36, %35 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %40 = arith.mulf %in, %in_4 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x64xf32>
  %38 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%37, %arg5 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %40 = arith.mulf %in, %in_4 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x64xf32>
  %39 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%38, %arg6 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %40 = arith.addf %in, %in_4 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x64xf32>
  return %22, %39, %23 : tensor<2x16x64xf32>, tensor<2x16x64xf32>, tensor<2x16x64xf32>
}

// ln_f in f16, dynamic.
// CHECK-LABEL: func.func @gpt2_final(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @gpt2_final(%arg0: tensor<?x?x64xf16>, %arg1: tensor<64xf16>, %arg2: tensor<64xf16>) -> tensor<?x?x64xf16> {
  %c1 = arith.constant 1 : index
  %c0 = arith.constant 0 : index
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 6.400000e+01 : f64
  %cst_3 = arith.constant 6.400000e+01 : f32
  %dim = tensor.dim %arg0, %c0 : tensor<?x?x64xf16>
  %dim_4 = tensor.dim %arg0, %c1 : tensor<?x?x64xf16>
  %0 = tensor.empty(%dim, %dim_4) : tensor<?x?x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<?x?x64xf16>) outs(%0 : tensor<?x?x64xf32>) {
  ^bb0(%in: f16, %out: f32):
    %25 = arith.extf %in : f16 to f32
    linalg.yield %25 : f32
  } -> tensor<?x?x64xf32>
  %2 = tensor.empty(%dim, %dim_4) : tensor<?x?x64xf64>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<?x?x64xf32>) outs(%2 : tensor<?x?x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %25 = arith.extf %in : f32 to f64
    linalg.yield %25 : f64
  } -> tensor<?x?x64xf64>
  %4 = tensor.empty(%dim, %dim_4) : tensor<?x?x1xf64>
  %5 = linalg.fill ins(%cst : f64) outs(%4 : tensor<?x?x1xf64>) -> tensor<?x?x1xf64>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%3 : tensor<?x?x64xf64>) outs(%5 : tensor<?x?x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.addf %in, %out : f64
    linalg.yield %25 : f64
  } -> tensor<?x?x1xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<?x?x1xf64>) outs(%4 : tensor<?x?x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.divf %in, %cst_2 : f64
    linalg.yield %25 : f64
  } -> tensor<?x?x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3, %7 : tensor<?x?x64xf64>, tensor<?x?x1xf64>) outs(%2 : tensor<?x?x64xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %25 = arith.subf %in, %in_5 : f64
    linalg.yield %25 : f64
  } -> tensor<?x?x64xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %8 : tensor<?x?x64xf64>, tensor<?x?x64xf64>) outs(%2 : tensor<?x?x64xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %25 = arith.mulf %in, %in_5 : f64
    linalg.yield %25 : f64
  } -> tensor<?x?x64xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%9 : tensor<?x?x64xf64>) outs(%5 : tensor<?x?x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.addf %in, %out : f64
    linalg.yield %25 : f64
  } -> tensor<?x?x1xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<?x?x1xf64>) outs(%4 : tensor<?x?x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.divf %in, %cst_2 : f64
    linalg.yield %25 : f64
  } -> tensor<?x?x1xf64>
  %12 = tensor.empty(%dim, %dim_4) : tensor<?x?x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<?x?x1xf64>) outs(%12 : tensor<?x?x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %25 = arith.truncf %in : f64 to f32
    linalg.yield %25 : f32
  } -> tensor<?x?x1xf32>
  %14 = linalg.fill ins(%cst_0 : f32) outs(%12 : tensor<?x?x1xf32>) -> tensor<?x?x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<?x?x64xf32>) outs(%14 : tensor<?x?x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.addf %in, %out : f32
    linalg.yield %25 : f32
  } -> tensor<?x?x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<?x?x1xf32>) outs(%12 : tensor<?x?x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.divf %in, %cst_3 : f32
    linalg.yield %25 : f32
  } -> tensor<?x?x1xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<?x?x1xf32>) outs(%12 : tensor<?x?x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.truncf %cst_1 : f64 to f32
    %26 = arith.addf %in, %25 : f32
    linalg.yield %26 : f32
  } -> tensor<?x?x1xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<?x?x1xf32>) outs(%12 : tensor<?x?x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = math.rsqrt %in : f32
    linalg.yield %25 : f32
  } -> tensor<?x?x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %16 : tensor<?x?x64xf32>, tensor<?x?x1xf32>) outs(%0 : tensor<?x?x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %25 = arith.subf %in, %in_5 : f32
    linalg.yield %25 : f32
  } -> tensor<?x?x64xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %18 : tensor<?x?x64xf32>, tensor<?x?x1xf32>) outs(%0 : tensor<?x?x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %25 = arith.mulf %in, %in_5 : f32
    linalg.yield %25 : f32
  } -> tensor<?x?x64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %arg1 : tensor<?x?x64xf32>, tensor<64xf16>) outs(%0 : tensor<?x?x64xf32>) {
  ^bb0(%in: f32, %in_5: f16, %out: f32):
    %25 = arith.extf %in_5 : f16 to f32
    %26 = arith.mulf %in, %25 : f32
    linalg.yield %26 : f32
  } -> tensor<?x?x64xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %arg2 : tensor<?x?x64xf32>, tensor<64xf16>) outs(%0 : tensor<?x?x64xf32>) {
  ^bb0(%in: f32, %in_5: f16, %out: f32):
    %25 = arith.extf %in_5 : f16 to f32
    %26 = arith.addf %in, %25 : f32
    linalg.yield %26 : f32
  } -> tensor<?x?x64xf32>
  %23 = tensor.empty(%dim, %dim_4) : tensor<?x?x64xf16>
  %24 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22 : tensor<?x?x64xf32>) outs(%23 : tensor<?x?x64xf16>) {
  ^bb0(%in: f32, %out: f16):
    %25 = arith.truncf %in : f32 to f16
    linalg.yield %25 : f16
  } -> tensor<?x?x64xf16>
  return %24 : tensor<?x?x64xf16>
}
