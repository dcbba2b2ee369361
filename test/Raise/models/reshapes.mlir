// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Reshapes between a norm and its neighbours.

// OLMo 2: a norm over all heads at once, then heads, and the rotary embedding.
// CHECK-LABEL: func.func @olmo2_query_key(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} rounding = normalized outs(
func.func @olmo2_query_key(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64x128xbf16>, %arg2: tensor<128xbf16>, %arg3: tensor<16x32xbf16>, %arg4: tensor<16x32xbf16>) -> tensor<2x4x16x32xbf16> {
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 2 : i64
  %cst_2 = arith.constant 1.280000e+02 : f32
  %cst_3 = arith.constant 9.9999999999999995E-7 : f64
  %0 = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<2x16x64xbf16> into tensor<32x64xbf16>
  %1 = tensor.empty() : tensor<32x128xf32>
  %2 = linalg.fill ins(%cst_0 : f32) outs(%1 : tensor<32x128xf32>) -> tensor<32x128xf32>
  %3 = linalg.matmul ins(%0, %arg1 : tensor<32x64xbf16>, tensor<64x128xbf16>) outs(%2 : tensor<32x128xf32>) -> tensor<32x128xf32>
  %4 = tensor.empty() : tensor<32x128xbf16>
  %6 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%3 : tensor<32x128xf32>) outs(%4 : tensor<32x128xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %5 = arith.truncf %in : f32 to bf16
    linalg.yield %5 : bf16
  } -> tensor<32x128xbf16>
  %7 = tensor.expand_shape %6 [[0, 1], [2]] output_shape [2, 16, 128] : tensor<32x128xbf16> into tensor<2x16x128xbf16>
  %8 = tensor.empty() : tensor<2x16x128xf32>
  %10 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x128xbf16>) outs(%8 : tensor<2x16x128xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %9 = arith.extf %in : bf16 to f32
    linalg.yield %9 : f32
  } -> tensor<2x16x128xf32>
  %12 = tensor.empty() : tensor<2x16x128xf32>
  %13 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x128xf32>) outs(%12 : tensor<2x16x128xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = math.fpowi %in, %cst_1 : f32, i64
    linalg.yield %11 : f32
  } -> tensor<2x16x128xf32>
  %14 = tensor.empty() : tensor<2x16x1xf32>
  %15 = linalg.fill ins(%cst_0 : f32) outs(%14 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %17 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, 0)>], iterator_types = ["parallel", "parallel", "reduction"]} ins(%13 : tensor<2x16x128xf32>) outs(%15 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %in, %out : f32
    linalg.yield %16 : f32
  } -> tensor<2x16x1xf32>
  %19 = tensor.empty() : tensor<2x16x1xf32>
  %20 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<2x16x1xf32>) outs(%19 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.divf %in, %cst_2 : f32
    linalg.yield %18 : f32
  } -> tensor<2x16x1xf32>
  %23 = tensor.empty() : tensor<2x16x1xf32>
  %24 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<2x16x1xf32>) outs(%23 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %21 = arith.truncf %cst_3 : f64 to f32
    %22 = arith.addf %in, %21 : f32
    linalg.yield %22 : f32
  } -> tensor<2x16x1xf32>
  %26 = tensor.empty() : tensor<2x16x1xf32>
  %27 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%24 : tensor<2x16x1xf32>) outs(%26 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = math.rsqrt %in : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x1xf32>
  %29 = tensor.empty() : tensor<2x16x128xf32>
  %30 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, 0)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %27 : tensor<2x16x128xf32>, tensor<2x16x1xf32>) outs(%29 : tensor<2x16x128xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %28 = arith.mulf %in, %in_1 : f32
    linalg.yield %28 : f32
  } -> tensor<2x16x128xf32>
  %31 = tensor.empty() : tensor<2x16x128xbf16>
  %33 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%30 : tensor<2x16x128xf32>) outs(%31 : tensor<2x16x128xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %32 = arith.truncf %in : f32 to bf16
    linalg.yield %32 : bf16
  } -> tensor<2x16x128xbf16>
  %34 = tensor.empty() : tensor<2x16x128xbf16>
  %36 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2, %33 : tensor<128xbf16>, tensor<2x16x128xbf16>) outs(%34 : tensor<2x16x128xbf16>) {
  ^bb0(%in: bf16, %in_1: bf16, %out: bf16):
    %35 = arith.mulf %in, %in_1 : bf16
    linalg.yield %35 : bf16
  } -> tensor<2x16x128xbf16>
  %37 = tensor.expand_shape %36 [[0], [1], [2, 3]] output_shape [2, 16, 4, 32] : tensor<2x16x128xbf16> into tensor<2x16x4x32xbf16>
  %38 = tensor.empty() : tensor<2x4x16x32xbf16>
  %39 = linalg.transpose ins(%37 : tensor<2x16x4x32xbf16>) outs(%38 : tensor<2x4x16x32xbf16>) permutation = [0, 2, 1, 3]
  %40 = tensor.empty() : tensor<2x4x16x32xbf16>
  %42 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%39, %arg3 : tensor<2x4x16x32xbf16>, tensor<16x32xbf16>) outs(%40 : tensor<2x4x16x32xbf16>) {
  ^bb0(%in: bf16, %in_1: bf16, %out: bf16):
    %41 = arith.mulf %in, %in_1 : bf16
    linalg.yield %41 : bf16
  } -> tensor<2x4x16x32xbf16>
  %43 = tensor.extract_slice %39[0, 0, 0, 0] [2, 4, 16, 16] [1, 1, 1, 1] : tensor<2x4x16x32xbf16> to tensor<2x4x16x16xbf16>
  %44 = tensor.extract_slice %39[0, 0, 0, 16] [2, 4, 16, 16] [1, 1, 1, 1] : tensor<2x4x16x32xbf16> to tensor<2x4x16x16xbf16>
  %45 = tensor.empty() : tensor<2x4x16x16xbf16>
  %47 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%44 : tensor<2x4x16x16xbf16>) outs(%45 : tensor<2x4x16x16xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %46 = arith.negf %in : bf16
    linalg.yield %46 : bf16
  } -> tensor<2x4x16x16xbf16>
  %48 = tensor.concat dim(3) %47, %43 : (tensor<2x4x16x16xbf16>, tensor<2x4x16x16xbf16>) -> tensor<2x4x16x32xbf16>
  %49 = tensor.empty() : tensor<2x4x16x32xbf16>
  %51 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%48, %arg4 : tensor<2x4x16x32xbf16>, tensor<16x32xbf16>) outs(%49 : tensor<2x4x16x32xbf16>) {
  ^bb0(%in: bf16, %in_1: bf16, %out: bf16):
    %50 = arith.mulf %in, %in_1 : bf16
    linalg.yield %50 : bf16
  } -> tensor<2x4x16x32xbf16>
  %52 = tensor.empty() : tensor<2x4x16x32xbf16>
  %54 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%42, %51 : tensor<2x4x16x32xbf16>, tensor<2x4x16x32xbf16>) outs(%52 : tensor<2x4x16x32xbf16>) {
  ^bb0(%in: bf16, %in_1: bf16, %out: bf16):
    %53 = arith.addf %in, %in_1 : bf16
    linalg.yield %53 : bf16
  } -> tensor<2x4x16x32xbf16>
  return %54 : tensor<2x4x16x32xbf16>
}

// A sum with the residual, the norm of all tokens in one dimension, and a gate, which has two again.
// CHECK-LABEL: func.func @flattened_tokens(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
func.func @flattened_tokens(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<2x16x64xf32>) -> tensor<2x16x64xf32> {
  %cst_0 = arith.constant 2 : i64
  %cst_1 = arith.constant 0.000000e+00 : f32
  %cst_2 = arith.constant 6.400000e+01 : f32
  %cst_3 = arith.constant 9.9999999999999995E-7 : f64
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg1 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %1 = arith.addf %in, %in_1 : f32
    linalg.yield %1 : f32
  } -> tensor<2x16x64xf32>
  %3 = tensor.collapse_shape %2 [[0, 1], [2]] : tensor<2x16x64xf32> into tensor<32x64xf32>
  %5 = tensor.empty() : tensor<32x64xf32>
  %6 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%3 : tensor<32x64xf32>) outs(%5 : tensor<32x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %4 = math.fpowi %in, %cst_0 : f32, i64
    linalg.yield %4 : f32
  } -> tensor<32x64xf32>
  %7 = tensor.empty() : tensor<32x1xf32>
  %8 = linalg.fill ins(%cst_1 : f32) outs(%7 : tensor<32x1xf32>) -> tensor<32x1xf32>
  %10 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, 0)>], iterator_types = ["parallel", "reduction"]} ins(%6 : tensor<32x64xf32>) outs(%8 : tensor<32x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.addf %in, %out : f32
    linalg.yield %9 : f32
  } -> tensor<32x1xf32>
  %12 = tensor.empty() : tensor<32x1xf32>
  %13 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%10 : tensor<32x1xf32>) outs(%12 : tensor<32x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.divf %in, %cst_2 : f32
    linalg.yield %11 : f32
  } -> tensor<32x1xf32>
  %16 = tensor.empty() : tensor<32x1xf32>
  %17 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%13 : tensor<32x1xf32>) outs(%16 : tensor<32x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.truncf %cst_3 : f64 to f32
    %15 = arith.addf %in, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<32x1xf32>
  %19 = tensor.empty() : tensor<32x1xf32>
  %20 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%17 : tensor<32x1xf32>) outs(%19 : tensor<32x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = math.rsqrt %in : f32
    linalg.yield %18 : f32
  } -> tensor<32x1xf32>
  %22 = tensor.empty() : tensor<32x64xf32>
  %23 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, 0)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%3, %20 : tensor<32x64xf32>, tensor<32x1xf32>) outs(%22 : tensor<32x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %21 = arith.mulf %in, %in_1 : f32
    linalg.yield %21 : f32
  } -> tensor<32x64xf32>
  %24 = tensor.empty() : tensor<32x64xf32>
  %26 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%arg2, %23 : tensor<64xf32>, tensor<32x64xf32>) outs(%24 : tensor<32x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %25 = arith.mulf %in, %in_1 : f32
    linalg.yield %25 : f32
  } -> tensor<32x64xf32>
  %27 = tensor.expand_shape %26 [[0, 1], [2]] output_shape [2, 16, 64] : tensor<32x64xf32> into tensor<2x16x64xf32>
  %28 = tensor.empty() : tensor<2x16x64xf32>
  %30 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27, %arg3 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%28 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %29 = arith.mulf %in, %in_1 : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x64xf32>
  return %30 : tensor<2x16x64xf32>
}

// The same, of any number of sequences.
// CHECK-LABEL: func.func @flattened_tokens_dynamic(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
func.func @flattened_tokens_dynamic(%arg0: tensor<?x16x64xf32>, %arg1: tensor<?x16x64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<?x16x64xf32>) -> tensor<?x16x64xf32> {
  %c0 = arith.constant 0 : index
  %cst_1 = arith.constant 2 : i64
  %cst_2 = arith.constant 0.000000e+00 : f32
  %cst_3 = arith.constant 6.400000e+01 : f32
  %cst_4 = arith.constant 9.9999999999999995E-7 : f64
  %0 = tensor.dim %arg0, %c0 : tensor<?x16x64xf32>
  %1 = tensor.empty(%0) : tensor<?x16x64xf32>
  %3 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg1 : tensor<?x16x64xf32>, tensor<?x16x64xf32>) outs(%1 : tensor<?x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %2 = arith.addf %in, %in_1 : f32
    linalg.yield %2 : f32
  } -> tensor<?x16x64xf32>
  %4 = tensor.collapse_shape %3 [[0, 1], [2]] : tensor<?x16x64xf32> into tensor<?x64xf32>
  %6 = tensor.dim %4, %c0 : tensor<?x64xf32>
  %7 = tensor.empty(%6) : tensor<?x64xf32>
  %8 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%4 : tensor<?x64xf32>) outs(%7 : tensor<?x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %5 = math.fpowi %in, %cst_1 : f32, i64
    linalg.yield %5 : f32
  } -> tensor<?x64xf32>
  %9 = tensor.dim %4, %c0 : tensor<?x64xf32>
  %10 = tensor.empty(%9) : tensor<?x1xf32>
  %11 = linalg.fill ins(%cst_2 : f32) outs(%10 : tensor<?x1xf32>) -> tensor<?x1xf32>
  %13 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, 0)>], iterator_types = ["parallel", "reduction"]} ins(%8 : tensor<?x64xf32>) outs(%11 : tensor<?x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %in, %out : f32
    linalg.yield %12 : f32
  } -> tensor<?x1xf32>
  %15 = tensor.dim %4, %c0 : tensor<?x64xf32>
  %16 = tensor.empty(%15) : tensor<?x1xf32>
  %17 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%13 : tensor<?x1xf32>) outs(%16 : tensor<?x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_3 : f32
    linalg.yield %14 : f32
  } -> tensor<?x1xf32>
  %20 = tensor.dim %4, %c0 : tensor<?x64xf32>
  %21 = tensor.empty(%20) : tensor<?x1xf32>
  %22 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%17 : tensor<?x1xf32>) outs(%21 : tensor<?x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.truncf %cst_4 : f64 to f32
    %19 = arith.addf %in, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<?x1xf32>
  %24 = tensor.dim %4, %c0 : tensor<?x64xf32>
  %25 = tensor.empty(%24) : tensor<?x1xf32>
  %26 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%22 : tensor<?x1xf32>) outs(%25 : tensor<?x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = math.rsqrt %in : f32
    linalg.yield %23 : f32
  } -> tensor<?x1xf32>
  %28 = tensor.dim %4, %c0 : tensor<?x64xf32>
  %29 = tensor.empty(%28) : tensor<?x64xf32>
  %30 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, 0)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%4, %26 : tensor<?x64xf32>, tensor<?x1xf32>) outs(%29 : tensor<?x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %27 = arith.mulf %in, %in_1 : f32
    linalg.yield %27 : f32
  } -> tensor<?x64xf32>
  %31 = tensor.dim %30, %c0 : tensor<?x64xf32>
  %32 = tensor.empty(%31) : tensor<?x64xf32>
  %34 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1)>, affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%arg2, %30 : tensor<64xf32>, tensor<?x64xf32>) outs(%32 : tensor<?x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %33 = arith.mulf %in, %in_1 : f32
    linalg.yield %33 : f32
  } -> tensor<?x64xf32>
  %35 = tensor.dim %arg0, %c0 : tensor<?x16x64xf32>
  %36 = tensor.expand_shape %34 [[0, 1], [2]] output_shape [%35, 16, 64] : tensor<?x64xf32> into tensor<?x16x64xf32>
  %37 = tensor.dim %36, %c0 : tensor<?x16x64xf32>
  %38 = tensor.empty(%37) : tensor<?x16x64xf32>
  %40 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%36, %arg3 : tensor<?x16x64xf32>, tensor<?x16x64xf32>) outs(%38 : tensor<?x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %39 = arith.mulf %in, %in_1 : f32
    linalg.yield %39 : f32
  } -> tensor<?x16x64xf32>
  return %40 : tensor<?x16x64xf32>
}

// A norm of heads, and a gate of all of them in one dimension.
// CHECK-LABEL: func.func @heads_flattened(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [3] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
func.func @heads_flattened(%arg0: tensor<2x16x4x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<2x16x128xf32>) -> tensor<2x16x128xf32> {
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
  %23 = tensor.collapse_shape %22 [[0], [1], [2, 3]] : tensor<2x16x4x32xf32> into tensor<2x16x128xf32>
  %24 = tensor.empty() : tensor<2x16x128xf32>
  %26 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23, %arg2 : tensor<2x16x128xf32>, tensor<2x16x128xf32>) outs(%24 : tensor<2x16x128xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %25 = arith.mulf %in, %in_1 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x128xf32>
  return %26 : tensor<2x16x128xf32>
}

// A scale and a shift for each sequence (DiT): one is added to the scale, which has a dimension of one element.
// CHECK-LABEL: func.func @dit_modulate(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
func.func @dit_modulate(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<2x64xf32>, %arg3: tensor<2x64xf32>) -> tensor<2x16x64xf32> {
  %cst_0 = arith.constant 2 : i64
  %cst_1 = arith.constant 0.000000e+00 : f32
  %cst_2 = arith.constant 6.400000e+01 : f32
  %cst_3 = arith.constant 9.9999999999999995E-7 : f64
  %cst_4 = arith.constant 1.000000e+00 : f32
  %1 = tensor.empty() : tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = math.fpowi %in, %cst_0 : f32, i64
    linalg.yield %0 : f32
  } -> tensor<2x16x64xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.fill ins(%cst_1 : f32) outs(%3 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, 0)>], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %5 = arith.addf %in, %out : f32
    linalg.yield %5 : f32
  } -> tensor<2x16x1xf32>
  %8 = tensor.empty() : tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%8 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_2 : f32
    linalg.yield %7 : f32
  } -> tensor<2x16x1xf32>
  %12 = tensor.empty() : tensor<2x16x1xf32>
  %13 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x1xf32>) outs(%12 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %10 = arith.truncf %cst_3 : f64 to f32
    %11 = arith.addf %in, %10 : f32
    linalg.yield %11 : f32
  } -> tensor<2x16x1xf32>
  %15 = tensor.empty() : tensor<2x16x1xf32>
  %16 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x16x1xf32>) outs(%15 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = math.rsqrt %in : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %18 = tensor.empty() : tensor<2x16x64xf32>
  %19 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, 0)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %16 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%18 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %17 = arith.mulf %in, %in_1 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %20 = tensor.empty() : tensor<2x16x64xf32>
  %22 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %19 : tensor<64xf32>, tensor<2x16x64xf32>) outs(%20 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %21 = arith.mulf %in, %in_1 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %23 = tensor.expand_shape %arg2 [[0], [1, 2]] output_shape [2, 1, 64] : tensor<2x64xf32> into tensor<2x1x64xf32>
  %24 = tensor.expand_shape %arg3 [[0], [1, 2]] output_shape [2, 1, 64] : tensor<2x64xf32> into tensor<2x1x64xf32>
  %26 = tensor.empty() : tensor<2x1x64xf32>
  %27 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23 : tensor<2x1x64xf32>) outs(%26 : tensor<2x1x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.addf %in, %cst_4 : f32
    linalg.yield %25 : f32
  } -> tensor<2x1x64xf32>
  %28 = tensor.empty() : tensor<2x16x64xf32>
  %30 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, 0, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22, %27 : tensor<2x16x64xf32>, tensor<2x1x64xf32>) outs(%28 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %29 = arith.mulf %in, %in_1 : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x64xf32>
  %31 = tensor.empty() : tensor<2x16x64xf32>
  %33 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d1, d2)>, affine_map<(d0, d1, d2) -> (d0, 0, d2)>, affine_map<(d0, d1, d2) -> (d0, d1, d2)>], iterator_types = ["parallel", "parallel", "parallel"]} ins(%30, %24 : tensor<2x16x64xf32>, tensor<2x1x64xf32>) outs(%31 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %32 = arith.addf %in, %in_1 : f32
    linalg.yield %32 : f32
  } -> tensor<2x16x64xf32>
  return %33 : tensor<2x16x64xf32>
}
