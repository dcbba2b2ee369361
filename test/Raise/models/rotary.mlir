// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Rotary embeddings behind norms of heads, as importers and libraries spell them.

// From JAX: split, two sums of products with angles of half the width, concatenated.
// CHECK-LABEL: func.func @gemma3_query_jax(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [3] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
func.func @gemma3_query_jax(%arg0: tensor<2x16x4x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<2x16x16xf32>, %arg3: tensor<2x16x16xf32>) -> tensor<2x16x4x32xf32> {
  %cst_0 = arith.constant 2 : i64
  %cst_1 = arith.constant 0.000000e+00 : f32
  %cst_2 = arith.constant 3.200000e+01 : f32
  %cst_3 = arith.constant 9.9999999999999995E-7 : f64
  %1 = tensor.empty() : tensor<2x16x4x32xf32>
  %2 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x4x32xf32>) outs(%1 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = math.fpowi %in, %cst_0 : f32, i64
    linalg.yield %0 : f32
  } -> tensor<2x16x4x32xf32>
  %3 = tensor.empty() : tensor<2x16x4x1xf32>
  %4 = linalg.fill ins(%cst_1 : f32) outs(%3 : tensor<2x16x4x1xf32>) -> tensor<2x16x4x1xf32>
  %6 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%2 : tensor<2x16x4x32xf32>) outs(%4 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %5 = arith.addf %in, %out : f32
    linalg.yield %5 : f32
  } -> tensor<2x16x4x1xf32>
  %8 = tensor.empty() : tensor<2x16x4x1xf32>
  %9 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x4x1xf32>) outs(%8 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_2 : f32
    linalg.yield %7 : f32
  } -> tensor<2x16x4x1xf32>
  %12 = tensor.empty() : tensor<2x16x4x1xf32>
  %13 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x4x1xf32>) outs(%12 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.truncf %cst_3 : f64 to f32
    %11 = arith.addf %in, %10 : f32
    linalg.yield %11 : f32
  } -> tensor<2x16x4x1xf32>
  %15 = tensor.empty() : tensor<2x16x4x1xf32>
  %16 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<2x16x4x1xf32>) outs(%15 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = math.rsqrt %in : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x4x1xf32>
  %18 = tensor.empty() : tensor<2x16x4x32xf32>
  %19 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %16 : tensor<2x16x4x32xf32>, tensor<2x16x4x1xf32>) outs(%18 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %17 = arith.mulf %in, %in_1 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x4x32xf32>
  %20 = tensor.empty() : tensor<2x16x4x32xf32>
  %22 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %19 : tensor<32xf32>, tensor<2x16x4x32xf32>) outs(%20 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %21 = arith.mulf %in, %in_1 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x4x32xf32>
  %23 = tensor.extract_slice %22[0, 0, 0, 0] [2, 16, 4, 16] [1, 1, 1, 1] : tensor<2x16x4x32xf32> to tensor<2x16x4x16xf32>
  %24 = tensor.extract_slice %22[0, 0, 0, 16] [2, 16, 4, 16] [1, 1, 1, 1] : tensor<2x16x4x32xf32> to tensor<2x16x4x16xf32>
  %25 = tensor.empty() : tensor<2x16x4x16xf32>
  %27 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23, %arg2 : tensor<2x16x4x16xf32>, tensor<2x16x16xf32>) outs(%25 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %26 = arith.mulf %in, %in_1 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x4x16xf32>
  %28 = tensor.empty() : tensor<2x16x4x16xf32>
  %30 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24, %arg3 : tensor<2x16x4x16xf32>, tensor<2x16x16xf32>) outs(%28 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %29 = arith.mulf %in, %in_1 : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x4x16xf32>
  %31 = tensor.empty() : tensor<2x16x4x16xf32>
  %33 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %30 : tensor<2x16x4x16xf32>, tensor<2x16x4x16xf32>) outs(%31 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %32 = arith.subf %in, %in_1 : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x4x16xf32>
  %34 = tensor.empty() : tensor<2x16x4x16xf32>
  %36 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24, %arg2 : tensor<2x16x4x16xf32>, tensor<2x16x16xf32>) outs(%34 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %35 = arith.mulf %in, %in_1 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x4x16xf32>
  %37 = tensor.empty() : tensor<2x16x4x16xf32>
  %39 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23, %arg3 : tensor<2x16x4x16xf32>, tensor<2x16x16xf32>) outs(%37 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %38 = arith.mulf %in, %in_1 : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x4x16xf32>
  %40 = tensor.empty() : tensor<2x16x4x16xf32>
  %42 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%36, %39 : tensor<2x16x4x16xf32>, tensor<2x16x4x16xf32>) outs(%40 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %41 = arith.addf %in, %in_1 : f32
    linalg.yield %41 : f32
  } -> tensor<2x16x4x16xf32>
  %43 = tensor.concat dim(3) %33, %42 : (tensor<2x16x4x16xf32>, tensor<2x16x4x16xf32>) -> tensor<2x16x4x32xf32>
  return %43 : tensor<2x16x4x32xf32>
}

// The same in f32 behind a norm in bf16, with StableHLO's concatenation in linalg: each element is read from one half or the other.
// CHECK-LABEL: func.func @gemma3_query_stablehlo(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [3] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} rounding = normalized outs(
func.func @gemma3_query_stablehlo(%arg0: tensor<2x16x4x32xbf16>, %arg1: tensor<32xbf16>, %arg2: tensor<16x16xf32>, %arg3: tensor<16x16xf32>) -> tensor<2x16x4x32xbf16> {
  %cst_0 = arith.constant 2 : i64
  %cst_1 = arith.constant 0.000000e+00 : f32
  %cst_2 = arith.constant 3.200000e+01 : f32
  %cst_3 = arith.constant 9.9999999999999995E-7 : f64
  %c16 = arith.constant 16 : index
  %0 = tensor.empty() : tensor<2x16x4x32xf32>
  %2 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x4x32xbf16>) outs(%0 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %1 = arith.extf %in : bf16 to f32
    linalg.yield %1 : f32
  } -> tensor<2x16x4x32xf32>
  %4 = tensor.empty() : tensor<2x16x4x32xf32>
  %5 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<2x16x4x32xf32>) outs(%4 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %3 = math.fpowi %in, %cst_0 : f32, i64
    linalg.yield %3 : f32
  } -> tensor<2x16x4x32xf32>
  %6 = tensor.empty() : tensor<2x16x4x1xf32>
  %7 = linalg.fill ins(%cst_1 : f32) outs(%6 : tensor<2x16x4x1xf32>) -> tensor<2x16x4x1xf32>
  %9 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%5 : tensor<2x16x4x32xf32>) outs(%7 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = arith.addf %in, %out : f32
    linalg.yield %8 : f32
  } -> tensor<2x16x4x1xf32>
  %11 = tensor.empty() : tensor<2x16x4x1xf32>
  %12 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x4x1xf32>) outs(%11 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.divf %in, %cst_2 : f32
    linalg.yield %10 : f32
  } -> tensor<2x16x4x1xf32>
  %15 = tensor.empty() : tensor<2x16x4x1xf32>
  %16 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x4x1xf32>) outs(%15 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.truncf %cst_3 : f64 to f32
    %14 = arith.addf %in, %13 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x4x1xf32>
  %18 = tensor.empty() : tensor<2x16x4x1xf32>
  %19 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16 : tensor<2x16x4x1xf32>) outs(%18 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %17 = math.rsqrt %in : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x4x1xf32>
  %21 = tensor.empty() : tensor<2x16x4x32xf32>
  %22 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2, %19 : tensor<2x16x4x32xf32>, tensor<2x16x4x1xf32>) outs(%21 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %20 = arith.mulf %in, %in_1 : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x4x32xf32>
  %23 = tensor.empty() : tensor<2x16x4x32xbf16>
  %25 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<2x16x4x32xf32>) outs(%23 : tensor<2x16x4x32xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %24 = arith.truncf %in : f32 to bf16
    linalg.yield %24 : bf16
  } -> tensor<2x16x4x32xbf16>
  %26 = tensor.empty() : tensor<2x16x4x32xbf16>
  %28 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %25 : tensor<32xbf16>, tensor<2x16x4x32xbf16>) outs(%26 : tensor<2x16x4x32xbf16>) {
  ^bb0(%in: bf16, %in_1: bf16, %out: bf16):
    %27 = arith.mulf %in, %in_1 : bf16
    linalg.yield %27 : bf16
  } -> tensor<2x16x4x32xbf16>
  %29 = tensor.empty() : tensor<2x16x4x32xf32>
  %31 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%28 : tensor<2x16x4x32xbf16>) outs(%29 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %30 = arith.extf %in : bf16 to f32
    linalg.yield %30 : f32
  } -> tensor<2x16x4x32xf32>
  %32 = tensor.extract_slice %31[0, 0, 0, 0] [2, 16, 4, 16] [1, 1, 1, 1] : tensor<2x16x4x32xf32> to tensor<2x16x4x16xf32>
  %33 = tensor.extract_slice %31[0, 0, 0, 16] [2, 16, 4, 16] [1, 1, 1, 1] : tensor<2x16x4x32xf32> to tensor<2x16x4x16xf32>
  %34 = tensor.empty() : tensor<2x16x4x16xf32>
  %36 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%32, %arg2 : tensor<2x16x4x16xf32>, tensor<16x16xf32>) outs(%34 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %35 = arith.mulf %in, %in_1 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x4x16xf32>
  %37 = tensor.empty() : tensor<2x16x4x16xf32>
  %39 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%33, %arg3 : tensor<2x16x4x16xf32>, tensor<16x16xf32>) outs(%37 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %38 = arith.mulf %in, %in_1 : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x4x16xf32>
  %40 = tensor.empty() : tensor<2x16x4x16xf32>
  %42 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%36, %39 : tensor<2x16x4x16xf32>, tensor<2x16x4x16xf32>) outs(%40 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %41 = arith.subf %in, %in_1 : f32
    linalg.yield %41 : f32
  } -> tensor<2x16x4x16xf32>
  %43 = tensor.empty() : tensor<2x16x4x16xf32>
  %45 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%33, %arg2 : tensor<2x16x4x16xf32>, tensor<16x16xf32>) outs(%43 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %44 = arith.mulf %in, %in_1 : f32
    linalg.yield %44 : f32
  } -> tensor<2x16x4x16xf32>
  %46 = tensor.empty() : tensor<2x16x4x16xf32>
  %48 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%32, %arg3 : tensor<2x16x4x16xf32>, tensor<16x16xf32>) outs(%46 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %47 = arith.mulf %in, %in_1 : f32
    linalg.yield %47 : f32
  } -> tensor<2x16x4x16xf32>
  %49 = tensor.empty() : tensor<2x16x4x16xf32>
  %51 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%45, %48 : tensor<2x16x4x16xf32>, tensor<2x16x4x16xf32>) outs(%49 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %50 = arith.addf %in, %in_1 : f32
    linalg.yield %50 : f32
  } -> tensor<2x16x4x16xf32>
  %52 = tensor.empty() : tensor<2x16x4x32xf32>
  %62 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%52 : tensor<2x16x4x32xf32>) {
  ^bb0(%out: f32):
    %53 = linalg.index 0 : index
    %54 = linalg.index 1 : index
    %55 = linalg.index 2 : index
    %56 = linalg.index 3 : index
    %57 = arith.cmpi ult, %56, %c16 : index
    %58 = scf.if %57 -> (f32) {
      %60 = tensor.extract %42[%53, %54, %55, %56] : tensor<2x16x4x16xf32>
      scf.yield %60 : f32
    } else {
      %59 = arith.subi %56, %c16 : index
      %61 = tensor.extract %51[%53, %54, %55, %59] : tensor<2x16x4x16xf32>
      scf.yield %61 : f32
    }
    linalg.yield %58 : f32
  } -> tensor<2x16x4x32xf32>
  %63 = tensor.empty() : tensor<2x16x4x32xbf16>
  %65 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%62 : tensor<2x16x4x32xf32>) outs(%63 : tensor<2x16x4x32xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %64 = arith.truncf %in : f32 to bf16
    linalg.yield %64 : bf16
  } -> tensor<2x16x4x32xbf16>
  return %65 : tensor<2x16x4x32xbf16>
}

// Slices, a negation, and StableHLO's concatenation.
// CHECK-LABEL: func.func @rotate_half_stablehlo(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [3] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
func.func @rotate_half_stablehlo(%arg0: tensor<2x16x4x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<16x32xf32>, %arg3: tensor<16x32xf32>) -> tensor<2x16x4x32xf32> {
  %cst_0 = arith.constant 2 : i64
  %cst_1 = arith.constant 0.000000e+00 : f32
  %cst_2 = arith.constant 3.200000e+01 : f32
  %cst_3 = arith.constant 9.9999999999999995E-7 : f64
  %c16 = arith.constant 16 : index
  %1 = tensor.empty() : tensor<2x16x4x32xf32>
  %2 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x4x32xf32>) outs(%1 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = math.fpowi %in, %cst_0 : f32, i64
    linalg.yield %0 : f32
  } -> tensor<2x16x4x32xf32>
  %3 = tensor.empty() : tensor<2x16x4x1xf32>
  %4 = linalg.fill ins(%cst_1 : f32) outs(%3 : tensor<2x16x4x1xf32>) -> tensor<2x16x4x1xf32>
  %6 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%2 : tensor<2x16x4x32xf32>) outs(%4 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %5 = arith.addf %in, %out : f32
    linalg.yield %5 : f32
  } -> tensor<2x16x4x1xf32>
  %8 = tensor.empty() : tensor<2x16x4x1xf32>
  %9 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x4x1xf32>) outs(%8 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_2 : f32
    linalg.yield %7 : f32
  } -> tensor<2x16x4x1xf32>
  %12 = tensor.empty() : tensor<2x16x4x1xf32>
  %13 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x4x1xf32>) outs(%12 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.truncf %cst_3 : f64 to f32
    %11 = arith.addf %in, %10 : f32
    linalg.yield %11 : f32
  } -> tensor<2x16x4x1xf32>
  %15 = tensor.empty() : tensor<2x16x4x1xf32>
  %16 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<2x16x4x1xf32>) outs(%15 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = math.rsqrt %in : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x4x1xf32>
  %18 = tensor.empty() : tensor<2x16x4x32xf32>
  %19 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %16 : tensor<2x16x4x32xf32>, tensor<2x16x4x1xf32>) outs(%18 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %17 = arith.mulf %in, %in_1 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x4x32xf32>
  %20 = tensor.empty() : tensor<2x16x4x32xf32>
  %22 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %19 : tensor<32xf32>, tensor<2x16x4x32xf32>) outs(%20 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %21 = arith.mulf %in, %in_1 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x4x32xf32>
  %23 = tensor.extract_slice %22[0, 0, 0, 0] [2, 16, 4, 16] [1, 1, 1, 1] : tensor<2x16x4x32xf32> to tensor<2x16x4x16xf32>
  %24 = tensor.extract_slice %22[0, 0, 0, 16] [2, 16, 4, 16] [1, 1, 1, 1] : tensor<2x16x4x32xf32> to tensor<2x16x4x16xf32>
  %25 = tensor.empty() : tensor<2x16x4x16xf32>
  %27 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24 : tensor<2x16x4x16xf32>) outs(%25 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.negf %in : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x4x16xf32>
  %28 = tensor.empty() : tensor<2x16x4x32xf32>
  %38 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%28 : tensor<2x16x4x32xf32>) {
  ^bb0(%out: f32):
    %29 = linalg.index 0 : index
    %30 = linalg.index 1 : index
    %31 = linalg.index 2 : index
    %32 = linalg.index 3 : index
    %33 = arith.cmpi ult, %32, %c16 : index
    %34 = scf.if %33 -> (f32) {
      %36 = tensor.extract %27[%29, %30, %31, %32] : tensor<2x16x4x16xf32>
      scf.yield %36 : f32
    } else {
      %35 = arith.subi %32, %c16 : index
      %37 = tensor.extract %23[%29, %30, %31, %35] : tensor<2x16x4x16xf32>
      scf.yield %37 : f32
    }
    linalg.yield %34 : f32
  } -> tensor<2x16x4x32xf32>
  %39 = tensor.empty() : tensor<2x16x4x32xf32>
  %41 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %arg2 : tensor<2x16x4x32xf32>, tensor<16x32xf32>) outs(%39 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %40 = arith.mulf %in, %in_1 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x4x32xf32>
  %42 = tensor.empty() : tensor<2x16x4x32xf32>
  %44 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%38, %arg3 : tensor<2x16x4x32xf32>, tensor<16x32xf32>) outs(%42 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %43 = arith.mulf %in, %in_1 : f32
    linalg.yield %43 : f32
  } -> tensor<2x16x4x32xf32>
  %45 = tensor.empty() : tensor<2x16x4x32xf32>
  %47 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%41, %44 : tensor<2x16x4x32xf32>, tensor<2x16x4x32xf32>) outs(%45 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %46 = arith.addf %in, %in_1 : f32
    linalg.yield %46 : f32
  } -> tensor<2x16x4x32xf32>
  return %47 : tensor<2x16x4x32xf32>
}

// Pairs (GPT-J): even and odd elements, stacked and flattened.
// CHECK-LABEL: func.func @gptj_query(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [3] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
func.func @gptj_query(%arg0: tensor<2x16x4x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<16x32xf32>, %arg3: tensor<16x32xf32>) -> tensor<2x16x4x32xf32> {
  %cst_0 = arith.constant 2 : i64
  %cst_1 = arith.constant 0.000000e+00 : f32
  %cst_2 = arith.constant 3.200000e+01 : f32
  %cst_3 = arith.constant 9.9999999999999995E-7 : f64
  %1 = tensor.empty() : tensor<2x16x4x32xf32>
  %2 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x4x32xf32>) outs(%1 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = math.fpowi %in, %cst_0 : f32, i64
    linalg.yield %0 : f32
  } -> tensor<2x16x4x32xf32>
  %3 = tensor.empty() : tensor<2x16x4x1xf32>
  %4 = linalg.fill ins(%cst_1 : f32) outs(%3 : tensor<2x16x4x1xf32>) -> tensor<2x16x4x1xf32>
  %6 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%2 : tensor<2x16x4x32xf32>) outs(%4 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %5 = arith.addf %in, %out : f32
    linalg.yield %5 : f32
  } -> tensor<2x16x4x1xf32>
  %8 = tensor.empty() : tensor<2x16x4x1xf32>
  %9 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x4x1xf32>) outs(%8 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_2 : f32
    linalg.yield %7 : f32
  } -> tensor<2x16x4x1xf32>
  %12 = tensor.empty() : tensor<2x16x4x1xf32>
  %13 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x4x1xf32>) outs(%12 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.truncf %cst_3 : f64 to f32
    %11 = arith.addf %in, %10 : f32
    linalg.yield %11 : f32
  } -> tensor<2x16x4x1xf32>
  %15 = tensor.empty() : tensor<2x16x4x1xf32>
  %16 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<2x16x4x1xf32>) outs(%15 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = math.rsqrt %in : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x4x1xf32>
  %18 = tensor.empty() : tensor<2x16x4x32xf32>
  %19 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %16 : tensor<2x16x4x32xf32>, tensor<2x16x4x1xf32>) outs(%18 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %17 = arith.mulf %in, %in_1 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x4x32xf32>
  %20 = tensor.empty() : tensor<2x16x4x32xf32>
  %22 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %19 : tensor<32xf32>, tensor<2x16x4x32xf32>) outs(%20 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %21 = arith.mulf %in, %in_1 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x4x32xf32>
  %23 = tensor.extract_slice %22[0, 0, 0, 0] [2, 16, 4, 16] [1, 1, 1, 2] : tensor<2x16x4x32xf32> to tensor<2x16x4x16xf32>
  %24 = tensor.extract_slice %22[0, 0, 0, 1] [2, 16, 4, 16] [1, 1, 1, 2] : tensor<2x16x4x32xf32> to tensor<2x16x4x16xf32>
  %25 = tensor.empty() : tensor<2x16x4x16xf32>
  %27 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%24 : tensor<2x16x4x16xf32>) outs(%25 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.negf %in : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x4x16xf32>
  %28 = tensor.expand_shape %27 [[0], [1], [2], [3, 4]] output_shape [2, 16, 4, 16, 1] : tensor<2x16x4x16xf32> into tensor<2x16x4x16x1xf32>
  %29 = tensor.expand_shape %23 [[0], [1], [2], [3, 4]] output_shape [2, 16, 4, 16, 1] : tensor<2x16x4x16xf32> into tensor<2x16x4x16x1xf32>
  %30 = tensor.concat dim(4) %28, %29 : (tensor<2x16x4x16x1xf32>, tensor<2x16x4x16x1xf32>) -> tensor<2x16x4x16x2xf32>
  %31 = tensor.collapse_shape %30 [[0], [1], [2], [3, 4]] : tensor<2x16x4x16x2xf32> into tensor<2x16x4x32xf32>
  %32 = tensor.empty() : tensor<2x16x4x32xf32>
  %34 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %arg2 : tensor<2x16x4x32xf32>, tensor<16x32xf32>) outs(%32 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %33 = arith.mulf %in, %in_1 : f32
    linalg.yield %33 : f32
  } -> tensor<2x16x4x32xf32>
  %35 = tensor.empty() : tensor<2x16x4x32xf32>
  %37 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31, %arg3 : tensor<2x16x4x32xf32>, tensor<16x32xf32>) outs(%35 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %36 = arith.mulf %in, %in_1 : f32
    linalg.yield %36 : f32
  } -> tensor<2x16x4x32xf32>
  %38 = tensor.empty() : tensor<2x16x4x32xf32>
  %40 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%34, %37 : tensor<2x16x4x32xf32>, tensor<2x16x4x32xf32>) outs(%38 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %39 = arith.addf %in, %in_1 : f32
    linalg.yield %39 : f32
  } -> tensor<2x16x4x32xf32>
  return %40 : tensor<2x16x4x32xf32>
}

// Pairs (the original Llama, in real numbers): reshaped to (d / 2, 2), and back.
// CHECK-LABEL: func.func @llama_pairs_query(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [3] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
func.func @llama_pairs_query(%arg0: tensor<2x16x4x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<16x16xf32>, %arg3: tensor<16x16xf32>) -> tensor<2x16x4x32xf32> {
  %cst_0 = arith.constant 2 : i64
  %cst_1 = arith.constant 0.000000e+00 : f32
  %cst_2 = arith.constant 3.200000e+01 : f32
  %cst_3 = arith.constant 9.9999999999999995E-7 : f64
  %1 = tensor.empty() : tensor<2x16x4x32xf32>
  %2 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x4x32xf32>) outs(%1 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = math.fpowi %in, %cst_0 : f32, i64
    linalg.yield %0 : f32
  } -> tensor<2x16x4x32xf32>
  %3 = tensor.empty() : tensor<2x16x4x1xf32>
  %4 = linalg.fill ins(%cst_1 : f32) outs(%3 : tensor<2x16x4x1xf32>) -> tensor<2x16x4x1xf32>
  %6 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%2 : tensor<2x16x4x32xf32>) outs(%4 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %5 = arith.addf %in, %out : f32
    linalg.yield %5 : f32
  } -> tensor<2x16x4x1xf32>
  %8 = tensor.empty() : tensor<2x16x4x1xf32>
  %9 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x4x1xf32>) outs(%8 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_2 : f32
    linalg.yield %7 : f32
  } -> tensor<2x16x4x1xf32>
  %12 = tensor.empty() : tensor<2x16x4x1xf32>
  %13 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x4x1xf32>) outs(%12 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.truncf %cst_3 : f64 to f32
    %11 = arith.addf %in, %10 : f32
    linalg.yield %11 : f32
  } -> tensor<2x16x4x1xf32>
  %15 = tensor.empty() : tensor<2x16x4x1xf32>
  %16 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13 : tensor<2x16x4x1xf32>) outs(%15 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = math.rsqrt %in : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x4x1xf32>
  %18 = tensor.empty() : tensor<2x16x4x32xf32>
  %19 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %16 : tensor<2x16x4x32xf32>, tensor<2x16x4x1xf32>) outs(%18 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %17 = arith.mulf %in, %in_1 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x4x32xf32>
  %20 = tensor.empty() : tensor<2x16x4x32xf32>
  %22 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %19 : tensor<32xf32>, tensor<2x16x4x32xf32>) outs(%20 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %21 = arith.mulf %in, %in_1 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x4x32xf32>
  %23 = tensor.expand_shape %22 [[0], [1], [2], [3, 4]] output_shape [2, 16, 4, 16, 2] : tensor<2x16x4x32xf32> into tensor<2x16x4x16x2xf32>
  %24 = tensor.extract_slice %23[0, 0, 0, 0, 0] [2, 16, 4, 16, 1] [1, 1, 1, 1, 1] : tensor<2x16x4x16x2xf32> to tensor<2x16x4x16x1xf32>
  %25 = tensor.collapse_shape %24 [[0], [1], [2], [3, 4]] : tensor<2x16x4x16x1xf32> into tensor<2x16x4x16xf32>
  %26 = tensor.extract_slice %23[0, 0, 0, 0, 1] [2, 16, 4, 16, 1] [1, 1, 1, 1, 1] : tensor<2x16x4x16x2xf32> to tensor<2x16x4x16x1xf32>
  %27 = tensor.collapse_shape %26 [[0], [1], [2], [3, 4]] : tensor<2x16x4x16x1xf32> into tensor<2x16x4x16xf32>
  %28 = tensor.empty() : tensor<2x16x4x16xf32>
  %30 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25, %arg2 : tensor<2x16x4x16xf32>, tensor<16x16xf32>) outs(%28 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %29 = arith.mulf %in, %in_1 : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x4x16xf32>
  %31 = tensor.empty() : tensor<2x16x4x16xf32>
  %33 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %arg3 : tensor<2x16x4x16xf32>, tensor<16x16xf32>) outs(%31 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %32 = arith.mulf %in, %in_1 : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x4x16xf32>
  %34 = tensor.empty() : tensor<2x16x4x16xf32>
  %36 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%30, %33 : tensor<2x16x4x16xf32>, tensor<2x16x4x16xf32>) outs(%34 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %35 = arith.subf %in, %in_1 : f32
    linalg.yield %35 : f32
  } -> tensor<2x16x4x16xf32>
  %37 = tensor.empty() : tensor<2x16x4x16xf32>
  %39 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%27, %arg2 : tensor<2x16x4x16xf32>, tensor<16x16xf32>) outs(%37 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %38 = arith.mulf %in, %in_1 : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x4x16xf32>
  %40 = tensor.empty() : tensor<2x16x4x16xf32>
  %42 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%25, %arg3 : tensor<2x16x4x16xf32>, tensor<16x16xf32>) outs(%40 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %41 = arith.mulf %in, %in_1 : f32
    linalg.yield %41 : f32
  } -> tensor<2x16x4x16xf32>
  %43 = tensor.empty() : tensor<2x16x4x16xf32>
  %45 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%39, %42 : tensor<2x16x4x16xf32>, tensor<2x16x4x16xf32>) outs(%43 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %44 = arith.addf %in, %in_1 : f32
    linalg.yield %44 : f32
  } -> tensor<2x16x4x16xf32>
  %46 = tensor.expand_shape %36 [[0], [1], [2], [3, 4]] output_shape [2, 16, 4, 16, 1] : tensor<2x16x4x16xf32> into tensor<2x16x4x16x1xf32>
  %47 = tensor.expand_shape %45 [[0], [1], [2], [3, 4]] output_shape [2, 16, 4, 16, 1] : tensor<2x16x4x16xf32> into tensor<2x16x4x16x1xf32>
  %48 = tensor.empty() : tensor<2x16x4x16x2xf32>
  %49 = tensor.insert_slice %46 into %48[0, 0, 0, 0, 0] [2, 16, 4, 16, 1] [1, 1, 1, 1, 1] : tensor<2x16x4x16x1xf32> into tensor<2x16x4x16x2xf32>
  %50 = tensor.insert_slice %47 into %49[0, 0, 0, 0, 1] [2, 16, 4, 16, 1] [1, 1, 1, 1, 1] : tensor<2x16x4x16x1xf32> into tensor<2x16x4x16x2xf32>
  %51 = tensor.collapse_shape %50 [[0], [1], [2], [3, 4]] : tensor<2x16x4x16x2xf32> into tensor<2x16x4x32xf32>
  return %51 : tensor<2x16x4x32xf32>
}
