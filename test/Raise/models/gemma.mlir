// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Fragments of Gemma ((1 + weight) in f32, rounded once).

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1, d2) -> (d2)>
#map4 = affine_map<(d0, d1, d2) -> ()>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>
#map7 = affine_map<(d0, d1, d2, d3) -> (d3)>
#map8 = affine_map<(d0, d1, d2) -> (d0, d1)>

// The norm.
// CHECK-LABEL: func.func @gemma_norm(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} weight_offset = 1.0{{.*}} outs(
func.func @gemma_norm(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64xbf16>) -> tensor<2x16x64xbf16> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.9999999999999995E-7 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 1.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %16 = arith.extf %in : bf16 to f32
    linalg.yield %16 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %16 : f32
  } -> tensor<2x16x64xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %in, %out : f32
    linalg.yield %16 : f32
  } -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_1 : f32
    linalg.yield %16 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.truncf %cst_0 : f64 to f32
    %17 = arith.addf %in, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = math.rsqrt %in : f32
    linalg.yield %16 : f32
  } -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %8 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %16 = arith.mulf %in, %in_3 : f32
    linalg.yield %16 : f32
  } -> tensor<2x16x64xf32>
  %10 = tensor.empty() : tensor<64xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg1 : tensor<64xbf16>) outs(%10 : tensor<64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %16 = arith.extf %in : bf16 to f32
    linalg.yield %16 : f32
  } -> tensor<64xf32>
  %12 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%11 : tensor<64xf32>) outs(%10 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %in, %cst_2 : f32
    linalg.yield %16 : f32
  } -> tensor<64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9, %12 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %16 = arith.mulf %in, %in_3 : f32
    linalg.yield %16 : f32
  } -> tensor<2x16x64xf32>
  %14 = tensor.empty() : tensor<2x16x64xbf16>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x16x64xf32>) outs(%14 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %16 = arith.truncf %in : f32 to bf16
    linalg.yield %16 : bf16
  } -> tensor<2x16x64xbf16>
  return %15 : tensor<2x16x64xbf16>
}

// In f32.
// CHECK-LABEL: func.func @gemma_norm_f32(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} weight_offset = 1.0{{.*}} outs(
func.func @gemma_norm_f32(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.9999999999999995E-7 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 1.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %12 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x1xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %in, %out : f32
    linalg.yield %12 : f32
  } -> tensor<2x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_1 : f32
    linalg.yield %12 : f32
  } -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.truncf %cst_0 : f64 to f32
    %13 = arith.addf %in, %12 : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = math.rsqrt %in : f32
    linalg.yield %12 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %7 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %12 = arith.mulf %in, %in_3 : f32
    linalg.yield %12 : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<64xf32>
  %10 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg1 : tensor<64xf32>) outs(%9 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %in, %cst_2 : f32
    linalg.yield %12 : f32
  } -> tensor<64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %10 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %12 = arith.mulf %in, %in_3 : f32
    linalg.yield %12 : f32
  } -> tensor<2x16x64xf32>
  return %11 : tensor<2x16x64xf32>
}

// Gemma 2: the attention output is normalized, added, and the sum normalized.
// CHECK-LABEL: func.func @gemma2_sandwich(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} weight_offset = 1.0{{.*}} outs(
// CHECK: norm.rms_norm {{.*}}axes = [2] {{.*}}weight_offset = 1.0
func.func @gemma2_sandwich(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<2x16x64xbf16>, %arg2: tensor<64xbf16>, %arg3: tensor<64xbf16>) -> (tensor<2x16x64xbf16>, tensor<2x16x64xbf16>) {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.9999999999999995E-7 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 1.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
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
    %28 = arith.divf %in, %cst_1 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.truncf %cst_0 : f64 to f32
    %29 = arith.addf %in, %28 : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = math.rsqrt %in : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %8 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %28 = arith.mulf %in, %in_3 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %10 = tensor.empty() : tensor<64xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg2 : tensor<64xbf16>) outs(%10 : tensor<64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %28 = arith.extf %in : bf16 to f32
    linalg.yield %28 : f32
  } -> tensor<64xf32>
  %12 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%11 : tensor<64xf32>) outs(%10 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.addf %in, %cst_2 : f32
    linalg.yield %28 : f32
  } -> tensor<64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9, %12 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %28 = arith.mulf %in, %in_3 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %14 = tensor.empty() : tensor<2x16x64xbf16>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x16x64xf32>) outs(%14 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %28 = arith.truncf %in : f32 to bf16
    linalg.yield %28 : bf16
  } -> tensor<2x16x64xbf16>
  %16 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %15 : tensor<2x16x64xbf16>, tensor<2x16x64xbf16>) outs(%14 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_3: bf16, %out: bf16):
    %28 = arith.addf %in, %in_3 : bf16
    linalg.yield %28 : bf16
  } -> tensor<2x16x64xbf16>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %28 = arith.extf %in : bf16 to f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%18 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.addf %in, %out : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x1xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.divf %in, %cst_1 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.truncf %cst_0 : f64 to f32
    %29 = arith.addf %in, %28 : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x1xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = math.rsqrt %in : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x1xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17, %22 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %28 = arith.mulf %in, %in_3 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %24 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg3 : tensor<64xbf16>) outs(%10 : tensor<64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %28 = arith.extf %in : bf16 to f32
    linalg.yield %28 : f32
  } -> tensor<64xf32>
  %25 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%24 : tensor<64xf32>) outs(%10 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %28 = arith.addf %in, %cst_2 : f32
    linalg.yield %28 : f32
  } -> tensor<64xf32>
  %26 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23, %25 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %28 = arith.mulf %in, %in_3 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x64xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26 : tensor<2x16x64xf32>) outs(%14 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %28 = arith.truncf %in : f32 to bf16
    linalg.yield %28 : bf16
  } -> tensor<2x16x64xbf16>
  return %27, %16 : tensor<2x16x64xbf16>, tensor<2x16x64xbf16>
}

// Embeddings times sqrt(64), which is no part of the norm.
// CHECK-LABEL: func.func @gemma_embedding(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} weight_offset = 1.0{{.*}} outs(
func.func @gemma_embedding(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64xbf16>) -> tensor<2x16x64xbf16> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.9999999999999995E-7 : f64
  %cst_1 = arith.constant dense<8.000000e+00> : tensor<bf16>
  %cst_2 = arith.constant 6.400000e+01 : f32
  %cst_3 = arith.constant 1.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xbf16>
  %1 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %cst_1 : tensor<2x16x64xbf16>, tensor<bf16>) outs(%0 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_4: bf16, %out: bf16):
    %17 = arith.mulf %in, %in_4 : bf16
    linalg.yield %17 : bf16
  } -> tensor<2x16x64xbf16>
  %2 = tensor.empty() : tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xbf16>) outs(%2 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %17 = arith.extf %in : bf16 to f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %5 = tensor.empty() : tensor<2x16x1xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%4 : tensor<2x16x64xf32>) outs(%6 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.addf %in, %out : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.divf %in, %cst_2 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.truncf %cst_0 : f64 to f32
    %18 = arith.addf %in, %17 : f32
    linalg.yield %18 : f32
  } -> tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = math.rsqrt %in : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3, %10 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%2 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %17 = arith.mulf %in, %in_4 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %12 = tensor.empty() : tensor<64xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg1 : tensor<64xbf16>) outs(%12 : tensor<64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %17 = arith.extf %in : bf16 to f32
    linalg.yield %17 : f32
  } -> tensor<64xf32>
  %14 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%13 : tensor<64xf32>) outs(%12 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = arith.addf %in, %cst_3 : f32
    linalg.yield %17 : f32
  } -> tensor<64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11, %14 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%2 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %17 = arith.mulf %in, %in_4 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %17 = arith.truncf %in : f32 to bf16
    linalg.yield %17 : bf16
  } -> tensor<2x16x64xbf16>
  return %16 : tensor<2x16x64xbf16>
}

// Gemma 3: queries per head.
// CHECK-LABEL: func.func @gemma3_query_norm(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [3] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} weight_offset = 1.0{{.*}} outs(
func.func @gemma3_query_norm(%arg0: tensor<2x8x16x32xbf16>, %arg1: tensor<32xbf16>) -> tensor<2x8x16x32xbf16> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.9999999999999995E-7 : f64
  %cst_1 = arith.constant 3.200000e+01 : f32
  %cst_2 = arith.constant 1.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x8x16x32xf32>
  %1 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x8x16x32xbf16>) outs(%0 : tensor<2x8x16x32xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %16 = arith.extf %in : bf16 to f32
    linalg.yield %16 : f32
  } -> tensor<2x8x16x32xf32>
  %2 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1 : tensor<2x8x16x32xf32>) outs(%0 : tensor<2x8x16x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %16 : f32
  } -> tensor<2x8x16x32xf32>
  %3 = tensor.empty() : tensor<2x8x16x1xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<2x8x16x1xf32>) -> tensor<2x8x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%2 : tensor<2x8x16x32xf32>) outs(%4 : tensor<2x8x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %in, %out : f32
    linalg.yield %16 : f32
  } -> tensor<2x8x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5 : tensor<2x8x16x1xf32>) outs(%3 : tensor<2x8x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_1 : f32
    linalg.yield %16 : f32
  } -> tensor<2x8x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6 : tensor<2x8x16x1xf32>) outs(%3 : tensor<2x8x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.truncf %cst_0 : f64 to f32
    %17 = arith.addf %in, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<2x8x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7 : tensor<2x8x16x1xf32>) outs(%3 : tensor<2x8x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = math.rsqrt %in : f32
    linalg.yield %16 : f32
  } -> tensor<2x8x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map5, #map6, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%1, %8 : tensor<2x8x16x32xf32>, tensor<2x8x16x1xf32>) outs(%0 : tensor<2x8x16x32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %16 = arith.mulf %in, %in_3 : f32
    linalg.yield %16 : f32
  } -> tensor<2x8x16x32xf32>
  %10 = tensor.empty() : tensor<32xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg1 : tensor<32xbf16>) outs(%10 : tensor<32xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %16 = arith.extf %in : bf16 to f32
    linalg.yield %16 : f32
  } -> tensor<32xf32>
  %12 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%11 : tensor<32xf32>) outs(%10 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %in, %cst_2 : f32
    linalg.yield %16 : f32
  } -> tensor<32xf32>
  %13 = linalg.generic {indexing_maps = [#map5, #map7, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9, %12 : tensor<2x8x16x32xf32>, tensor<32xf32>) outs(%0 : tensor<2x8x16x32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %16 = arith.mulf %in, %in_3 : f32
    linalg.yield %16 : f32
  } -> tensor<2x8x16x32xf32>
  %14 = tensor.empty() : tensor<2x8x16x32xbf16>
  %15 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<2x8x16x32xf32>) outs(%14 : tensor<2x8x16x32xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %16 = arith.truncf %in : f32 to bf16
    linalg.yield %16 : bf16
  } -> tensor<2x8x16x32xbf16>
  return %15 : tensor<2x8x16x32xbf16>
}

// The norm by JAX.
// CHECK-LABEL: func.func @gemma_norm_jax(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} weight_offset = 1.0{{.*}} outs(
func.func @gemma_norm_jax(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64xbf16>) -> tensor<2x16x64xbf16> {
  %cst = arith.constant 1.000000e+00 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %27 = arith.extf %in : bf16 to f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.mulf %in, %in : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %4 = tensor.empty() : tensor<2x16xf32>
  %5 = linalg.fill ins(%cst_2 : f32) outs(%4 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map8], iterator_types = ["parallel", "parallel", "reduction"]} ins(%3 : tensor<2x16x64xf32>) outs(%5 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.addf %out, %in : f32
    linalg.yield %27 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %6 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %7 = tensor.empty() : tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.divf %in, %cst_1 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.addf %in, %cst_0 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x1xf32>
  %11 = tensor.empty() : tensor<2x16x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf32>) outs(%11 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = math.rsqrt %in : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x1xf32>
  %13 = tensor.empty() : tensor<2x16x64xf32>
  %14 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x1xf32>) outs(%13 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %15 = tensor.empty() : tensor<2x16x64xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %14 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%15 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %27 = arith.mulf %in, %in_3 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %17 = tensor.empty() : tensor<64xf32>
  %18 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg1 : tensor<64xbf16>) outs(%17 : tensor<64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %27 = arith.extf %in : bf16 to f32
    linalg.yield %27 : f32
  } -> tensor<64xf32>
  %19 = tensor.empty() : tensor<64xf32>
  %20 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%18 : tensor<64xf32>) outs(%19 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = arith.addf %in, %cst : f32
    linalg.yield %27 : f32
  } -> tensor<64xf32>
  %21 = tensor.empty() : tensor<2x16x64xf32>
  %22 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<64xf32>) outs(%21 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %23 = tensor.empty() : tensor<2x16x64xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16, %22 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%23 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %27 = arith.mulf %in, %in_3 : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x64xf32>
  %25 = tensor.empty() : tensor<2x16x64xbf16>
  %26 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%24 : tensor<2x16x64xf32>) outs(%25 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %27 = arith.truncf %in : f32 to bf16
    linalg.yield %27 : bf16
  } -> tensor<2x16x64xbf16>
  return %26 : tensor<2x16x64xbf16>
}

// Gemma 3n: values are normalized without a weight.
// CHECK-LABEL: func.func @gemma3n_no_scale(
// CHECK: norm.rms_norm %{{[^ ]+}} axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @gemma3n_no_scale(%arg0: tensor<2x16x64xbf16>) -> tensor<2x16x64xbf16> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.9999999999999995E-7 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %12 = arith.extf %in : bf16 to f32
    linalg.yield %12 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %12 : f32
  } -> tensor<2x16x64xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %in, %out : f32
    linalg.yield %12 : f32
  } -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_1 : f32
    linalg.yield %12 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.truncf %cst_0 : f64 to f32
    %13 = arith.addf %in, %12 : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = math.rsqrt %in : f32
    linalg.yield %12 : f32
  } -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %8 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.mulf %in, %in_2 : f32
    linalg.yield %12 : f32
  } -> tensor<2x16x64xf32>
  %10 = tensor.empty() : tensor<2x16x64xbf16>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x64xf32>) outs(%10 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %12 = arith.truncf %in : f32 to bf16
    linalg.yield %12 : bf16
  } -> tensor<2x16x64xbf16>
  return %11 : tensor<2x16x64xbf16>
}
