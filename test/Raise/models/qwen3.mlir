// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Fragments of Qwen3's attention: norms of heads, and the rotary embedding behind them.

// Queries and keys: projected, normalized by heads, heads first, then the rotary embedding in bf16 (Hugging Face).
// CHECK-LABEL: func.func @qwen3_query_key(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [3] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} rounding = normalized outs(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [3] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} rounding = normalized outs(
func.func @qwen3_query_key(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64x128xbf16>, %arg2: tensor<64x64xbf16>, %arg3: tensor<32xbf16>, %arg4: tensor<32xbf16>, %arg5: tensor<2x16x32xbf16>, %arg6: tensor<2x16x32xbf16>) -> (tensor<2x4x16x32xbf16>, tensor<2x2x16x32xbf16>) {
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 2 : i64
  %cst_2 = arith.constant 3.200000e+01 : f32
  %cst_3 = arith.constant 9.9999999999999995E-7 : f64
  %0 = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<2x16x64xbf16> into tensor<32x64xbf16>
  %1 = tensor.expand_shape %arg5 [[0, 1], [2], [3]] output_shape [2, 1, 16, 32] : tensor<2x16x32xbf16> into tensor<2x1x16x32xbf16>
  %2 = tensor.expand_shape %arg6 [[0, 1], [2], [3]] output_shape [2, 1, 16, 32] : tensor<2x16x32xbf16> into tensor<2x1x16x32xbf16>
  %3 = tensor.empty() : tensor<32x128xf32>
  %4 = linalg.fill ins(%cst_0 : f32) outs(%3 : tensor<32x128xf32>) -> tensor<32x128xf32>
  %5 = linalg.matmul ins(%0, %arg1 : tensor<32x64xbf16>, tensor<64x128xbf16>) outs(%4 : tensor<32x128xf32>) -> tensor<32x128xf32>
  %6 = tensor.empty() : tensor<32x128xbf16>
  %8 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%5 : tensor<32x128xf32>) outs(%6 : tensor<32x128xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %7 = arith.truncf %in : f32 to bf16
    linalg.yield %7 : bf16
  } -> tensor<32x128xbf16>
  %9 = tensor.expand_shape %8 [[0, 1], [2, 3]] output_shape [2, 16, 4, 32] : tensor<32x128xbf16> into tensor<2x16x4x32xbf16>
  %10 = tensor.empty() : tensor<2x16x4x32xf32>
  %12 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x4x32xbf16>) outs(%10 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %11 = arith.extf %in : bf16 to f32
    linalg.yield %11 : f32
  } -> tensor<2x16x4x32xf32>
  %14 = tensor.empty() : tensor<2x16x4x32xf32>
  %15 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x4x32xf32>) outs(%14 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = math.fpowi %in, %cst_1 : f32, i64
    linalg.yield %13 : f32
  } -> tensor<2x16x4x32xf32>
  %16 = tensor.empty() : tensor<2x16x4x1xf32>
  %17 = linalg.fill ins(%cst_0 : f32) outs(%16 : tensor<2x16x4x1xf32>) -> tensor<2x16x4x1xf32>
  %19 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%15 : tensor<2x16x4x32xf32>) outs(%17 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.addf %in, %out : f32
    linalg.yield %18 : f32
  } -> tensor<2x16x4x1xf32>
  %21 = tensor.empty() : tensor<2x16x4x1xf32>
  %22 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%19 : tensor<2x16x4x1xf32>) outs(%21 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.divf %in, %cst_2 : f32
    linalg.yield %20 : f32
  } -> tensor<2x16x4x1xf32>
  %25 = tensor.empty() : tensor<2x16x4x1xf32>
  %26 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22 : tensor<2x16x4x1xf32>) outs(%25 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.truncf %cst_3 : f64 to f32
    %24 = arith.addf %in, %23 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x4x1xf32>
  %28 = tensor.empty() : tensor<2x16x4x1xf32>
  %29 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%26 : tensor<2x16x4x1xf32>) outs(%28 : tensor<2x16x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %27 = math.rsqrt %in : f32
    linalg.yield %27 : f32
  } -> tensor<2x16x4x1xf32>
  %31 = tensor.empty() : tensor<2x16x4x32xf32>
  %32 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12, %29 : tensor<2x16x4x32xf32>, tensor<2x16x4x1xf32>) outs(%31 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %30 = arith.mulf %in, %in_1 : f32
    linalg.yield %30 : f32
  } -> tensor<2x16x4x32xf32>
  %33 = tensor.empty() : tensor<2x16x4x32xbf16>
  %35 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%32 : tensor<2x16x4x32xf32>) outs(%33 : tensor<2x16x4x32xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %34 = arith.truncf %in : f32 to bf16
    linalg.yield %34 : bf16
  } -> tensor<2x16x4x32xbf16>
  %36 = tensor.empty() : tensor<2x16x4x32xbf16>
  %38 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg3, %35 : tensor<32xbf16>, tensor<2x16x4x32xbf16>) outs(%36 : tensor<2x16x4x32xbf16>) {
  ^bb0(%in: bf16, %in_1: bf16, %out: bf16):
    %37 = arith.mulf %in, %in_1 : bf16
    linalg.yield %37 : bf16
  } -> tensor<2x16x4x32xbf16>
  %39 = tensor.empty() : tensor<2x4x16x32xbf16>
  %40 = linalg.transpose ins(%38 : tensor<2x16x4x32xbf16>) outs(%39 : tensor<2x4x16x32xbf16>) permutation = [0, 2, 1, 3]
  %41 = tensor.empty() : tensor<32x64xf32>
  %42 = linalg.fill ins(%cst_0 : f32) outs(%41 : tensor<32x64xf32>) -> tensor<32x64xf32>
  %43 = linalg.matmul ins(%0, %arg2 : tensor<32x64xbf16>, tensor<64x64xbf16>) outs(%42 : tensor<32x64xf32>) -> tensor<32x64xf32>
  %44 = tensor.empty() : tensor<32x64xbf16>
  %46 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%43 : tensor<32x64xf32>) outs(%44 : tensor<32x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %45 = arith.truncf %in : f32 to bf16
    linalg.yield %45 : bf16
  } -> tensor<32x64xbf16>
  %47 = tensor.expand_shape %46 [[0, 1], [2, 3]] output_shape [2, 16, 2, 32] : tensor<32x64xbf16> into tensor<2x16x2x32xbf16>
  %48 = tensor.empty() : tensor<2x16x2x32xf32>
  %50 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%47 : tensor<2x16x2x32xbf16>) outs(%48 : tensor<2x16x2x32xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %49 = arith.extf %in : bf16 to f32
    linalg.yield %49 : f32
  } -> tensor<2x16x2x32xf32>
  %52 = tensor.empty() : tensor<2x16x2x32xf32>
  %53 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%50 : tensor<2x16x2x32xf32>) outs(%52 : tensor<2x16x2x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %51 = math.fpowi %in, %cst_1 : f32, i64
    linalg.yield %51 : f32
  } -> tensor<2x16x2x32xf32>
  %54 = tensor.empty() : tensor<2x16x2x1xf32>
  %55 = linalg.fill ins(%cst_0 : f32) outs(%54 : tensor<2x16x2x1xf32>) -> tensor<2x16x2x1xf32>
  %57 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%53 : tensor<2x16x2x32xf32>) outs(%55 : tensor<2x16x2x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %56 = arith.addf %in, %out : f32
    linalg.yield %56 : f32
  } -> tensor<2x16x2x1xf32>
  %59 = tensor.empty() : tensor<2x16x2x1xf32>
  %60 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%57 : tensor<2x16x2x1xf32>) outs(%59 : tensor<2x16x2x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %58 = arith.divf %in, %cst_2 : f32
    linalg.yield %58 : f32
  } -> tensor<2x16x2x1xf32>
  %63 = tensor.empty() : tensor<2x16x2x1xf32>
  %64 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%60 : tensor<2x16x2x1xf32>) outs(%63 : tensor<2x16x2x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %61 = arith.truncf %cst_3 : f64 to f32
    %62 = arith.addf %in, %61 : f32
    linalg.yield %62 : f32
  } -> tensor<2x16x2x1xf32>
  %66 = tensor.empty() : tensor<2x16x2x1xf32>
  %67 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%64 : tensor<2x16x2x1xf32>) outs(%66 : tensor<2x16x2x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %65 = math.rsqrt %in : f32
    linalg.yield %65 : f32
  } -> tensor<2x16x2x1xf32>
  %69 = tensor.empty() : tensor<2x16x2x32xf32>
  %70 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%50, %67 : tensor<2x16x2x32xf32>, tensor<2x16x2x1xf32>) outs(%69 : tensor<2x16x2x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %68 = arith.mulf %in, %in_1 : f32
    linalg.yield %68 : f32
  } -> tensor<2x16x2x32xf32>
  %71 = tensor.empty() : tensor<2x16x2x32xbf16>
  %73 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%70 : tensor<2x16x2x32xf32>) outs(%71 : tensor<2x16x2x32xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %72 = arith.truncf %in : f32 to bf16
    linalg.yield %72 : bf16
  } -> tensor<2x16x2x32xbf16>
  %74 = tensor.empty() : tensor<2x16x2x32xbf16>
  %76 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg4, %73 : tensor<32xbf16>, tensor<2x16x2x32xbf16>) outs(%74 : tensor<2x16x2x32xbf16>) {
  ^bb0(%in: bf16, %in_1: bf16, %out: bf16):
    %75 = arith.mulf %in, %in_1 : bf16
    linalg.yield %75 : bf16
  } -> tensor<2x16x2x32xbf16>
  %77 = tensor.empty() : tensor<2x2x16x32xbf16>
  %78 = linalg.transpose ins(%76 : tensor<2x16x2x32xbf16>) outs(%77 : tensor<2x2x16x32xbf16>) permutation = [0, 2, 1, 3]
  %79 = tensor.empty() : tensor<2x4x16x32xbf16>
  %81 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%40, %1 : tensor<2x4x16x32xbf16>, tensor<2x1x16x32xbf16>) outs(%79 : tensor<2x4x16x32xbf16>) {
  ^bb0(%in: bf16, %in_1: bf16, %out: bf16):
    %80 = arith.mulf %in, %in_1 : bf16
    linalg.yield %80 : bf16
  } -> tensor<2x4x16x32xbf16>
  %82 = tensor.extract_slice %40[0, 0, 0, 0] [2, 4, 16, 16] [1, 1, 1, 1] : tensor<2x4x16x32xbf16> to tensor<2x4x16x16xbf16>
  %83 = tensor.extract_slice %40[0, 0, 0, 16] [2, 4, 16, 16] [1, 1, 1, 1] : tensor<2x4x16x32xbf16> to tensor<2x4x16x16xbf16>
  %84 = tensor.empty() : tensor<2x4x16x16xbf16>
  %86 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%83 : tensor<2x4x16x16xbf16>) outs(%84 : tensor<2x4x16x16xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %85 = arith.negf %in : bf16
    linalg.yield %85 : bf16
  } -> tensor<2x4x16x16xbf16>
  %87 = tensor.concat dim(3) %86, %82 : (tensor<2x4x16x16xbf16>, tensor<2x4x16x16xbf16>) -> tensor<2x4x16x32xbf16>
  %88 = tensor.empty() : tensor<2x4x16x32xbf16>
  %90 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%87, %2 : tensor<2x4x16x32xbf16>, tensor<2x1x16x32xbf16>) outs(%88 : tensor<2x4x16x32xbf16>) {
  ^bb0(%in: bf16, %in_1: bf16, %out: bf16):
    %89 = arith.mulf %in, %in_1 : bf16
    linalg.yield %89 : bf16
  } -> tensor<2x4x16x32xbf16>
  %91 = tensor.empty() : tensor<2x4x16x32xbf16>
  %93 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%81, %90 : tensor<2x4x16x32xbf16>, tensor<2x4x16x32xbf16>) outs(%91 : tensor<2x4x16x32xbf16>) {
  ^bb0(%in: bf16, %in_1: bf16, %out: bf16):
    %92 = arith.addf %in, %in_1 : bf16
    linalg.yield %92 : bf16
  } -> tensor<2x4x16x32xbf16>
  %94 = tensor.empty() : tensor<2x2x16x32xbf16>
  %96 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%78, %1 : tensor<2x2x16x32xbf16>, tensor<2x1x16x32xbf16>) outs(%94 : tensor<2x2x16x32xbf16>) {
  ^bb0(%in: bf16, %in_1: bf16, %out: bf16):
    %95 = arith.mulf %in, %in_1 : bf16
    linalg.yield %95 : bf16
  } -> tensor<2x2x16x32xbf16>
  %97 = tensor.extract_slice %78[0, 0, 0, 0] [2, 2, 16, 16] [1, 1, 1, 1] : tensor<2x2x16x32xbf16> to tensor<2x2x16x16xbf16>
  %98 = tensor.extract_slice %78[0, 0, 0, 16] [2, 2, 16, 16] [1, 1, 1, 1] : tensor<2x2x16x32xbf16> to tensor<2x2x16x16xbf16>
  %99 = tensor.empty() : tensor<2x2x16x16xbf16>
  %101 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%98 : tensor<2x2x16x16xbf16>) outs(%99 : tensor<2x2x16x16xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %100 = arith.negf %in : bf16
    linalg.yield %100 : bf16
  } -> tensor<2x2x16x16xbf16>
  %102 = tensor.concat dim(3) %101, %97 : (tensor<2x2x16x16xbf16>, tensor<2x2x16x16xbf16>) -> tensor<2x2x16x32xbf16>
  %103 = tensor.empty() : tensor<2x2x16x32xbf16>
  %105 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, 0, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%102, %2 : tensor<2x2x16x32xbf16>, tensor<2x1x16x32xbf16>) outs(%103 : tensor<2x2x16x32xbf16>) {
  ^bb0(%in: bf16, %in_1: bf16, %out: bf16):
    %104 = arith.mulf %in, %in_1 : bf16
    linalg.yield %104 : bf16
  } -> tensor<2x2x16x32xbf16>
  %106 = tensor.empty() : tensor<2x2x16x32xbf16>
  %108 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%96, %105 : tensor<2x2x16x32xbf16>, tensor<2x2x16x32xbf16>) outs(%106 : tensor<2x2x16x32xbf16>) {
  ^bb0(%in: bf16, %in_1: bf16, %out: bf16):
    %107 = arith.addf %in, %in_1 : bf16
    linalg.yield %107 : bf16
  } -> tensor<2x2x16x32xbf16>
  return %93, %108 : tensor<2x4x16x32xbf16>, tensor<2x2x16x32xbf16>
}

// Numbers of sequences and tokens that are not known, one table of angles for all sequences; halves are inserted.
// CHECK-LABEL: func.func @qwen3_query_dynamic(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [3] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
func.func @qwen3_query_dynamic(%arg0: tensor<?x?x4x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<1x1x?x32xf32>, %arg3: tensor<1x1x?x32xf32>) -> tensor<?x4x?x32xf32> {
  %cst_0 = arith.constant 2 : i64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %cst_3 = arith.constant 0.000000e+00 : f32
  %cst_4 = arith.constant 3.200000e+01 : f32
  %cst_5 = arith.constant 9.9999999999999995E-7 : f64
  %c2 = arith.constant 2 : index
  %1 = tensor.dim %arg0, %c0 : tensor<?x?x4x32xf32>
  %2 = tensor.dim %arg0, %c1 : tensor<?x?x4x32xf32>
  %3 = tensor.empty(%1, %2) : tensor<?x?x4x32xf32>
  %4 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<?x?x4x32xf32>) outs(%3 : tensor<?x?x4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = math.fpowi %in, %cst_0 : f32, i64
    linalg.yield %0 : f32
  } -> tensor<?x?x4x32xf32>
  %5 = tensor.dim %arg0, %c0 : tensor<?x?x4x32xf32>
  %6 = tensor.dim %arg0, %c1 : tensor<?x?x4x32xf32>
  %7 = tensor.empty(%5, %6) : tensor<?x?x4x1xf32>
  %8 = linalg.fill ins(%cst_3 : f32) outs(%7 : tensor<?x?x4x1xf32>) -> tensor<?x?x4x1xf32>
  %10 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%4 : tensor<?x?x4x32xf32>) outs(%8 : tensor<?x?x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.addf %in, %out : f32
    linalg.yield %9 : f32
  } -> tensor<?x?x4x1xf32>
  %12 = tensor.dim %arg0, %c0 : tensor<?x?x4x32xf32>
  %13 = tensor.dim %arg0, %c1 : tensor<?x?x4x32xf32>
  %14 = tensor.empty(%12, %13) : tensor<?x?x4x1xf32>
  %15 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<?x?x4x1xf32>) outs(%14 : tensor<?x?x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.divf %in, %cst_4 : f32
    linalg.yield %11 : f32
  } -> tensor<?x?x4x1xf32>
  %18 = tensor.dim %arg0, %c0 : tensor<?x?x4x32xf32>
  %19 = tensor.dim %arg0, %c1 : tensor<?x?x4x32xf32>
  %20 = tensor.empty(%18, %19) : tensor<?x?x4x1xf32>
  %21 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<?x?x4x1xf32>) outs(%20 : tensor<?x?x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.truncf %cst_5 : f64 to f32
    %17 = arith.addf %in, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<?x?x4x1xf32>
  %23 = tensor.dim %arg0, %c0 : tensor<?x?x4x32xf32>
  %24 = tensor.dim %arg0, %c1 : tensor<?x?x4x32xf32>
  %25 = tensor.empty(%23, %24) : tensor<?x?x4x1xf32>
  %26 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21 : tensor<?x?x4x1xf32>) outs(%25 : tensor<?x?x4x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %22 = math.rsqrt %in : f32
    linalg.yield %22 : f32
  } -> tensor<?x?x4x1xf32>
  %28 = tensor.dim %arg0, %c0 : tensor<?x?x4x32xf32>
  %29 = tensor.dim %arg0, %c1 : tensor<?x?x4x32xf32>
  %30 = tensor.empty(%28, %29) : tensor<?x?x4x32xf32>
  %31 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, 0)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %26 : tensor<?x?x4x32xf32>, tensor<?x?x4x1xf32>) outs(%30 : tensor<?x?x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %27 = arith.mulf %in, %in_1 : f32
    linalg.yield %27 : f32
  } -> tensor<?x?x4x32xf32>
  %32 = tensor.dim %31, %c0 : tensor<?x?x4x32xf32>
  %33 = tensor.dim %31, %c1 : tensor<?x?x4x32xf32>
  %34 = tensor.empty(%32, %33) : tensor<?x?x4x32xf32>
  %36 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1, %31 : tensor<32xf32>, tensor<?x?x4x32xf32>) outs(%34 : tensor<?x?x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %35 = arith.mulf %in, %in_1 : f32
    linalg.yield %35 : f32
  } -> tensor<?x?x4x32xf32>
  %37 = tensor.dim %36, %c0 : tensor<?x?x4x32xf32>
  %38 = tensor.dim %36, %c1 : tensor<?x?x4x32xf32>
  %39 = tensor.empty(%37, %38) : tensor<?x4x?x32xf32>
  %40 = linalg.transpose ins(%36 : tensor<?x?x4x32xf32>) outs(%39 : tensor<?x4x?x32xf32>) permutation = [0, 2, 1, 3]
  %41 = tensor.dim %40, %c0 : tensor<?x4x?x32xf32>
  %42 = tensor.dim %40, %c2 : tensor<?x4x?x32xf32>
  %43 = tensor.empty(%41, %42) : tensor<?x4x?x32xf32>
  %45 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (0, 0, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%40, %arg2 : tensor<?x4x?x32xf32>, tensor<1x1x?x32xf32>) outs(%43 : tensor<?x4x?x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %44 = arith.mulf %in, %in_1 : f32
    linalg.yield %44 : f32
  } -> tensor<?x4x?x32xf32>
  %46 = tensor.dim %40, %c0 : tensor<?x4x?x32xf32>
  %47 = tensor.dim %40, %c2 : tensor<?x4x?x32xf32>
  %48 = tensor.extract_slice %40[0, 0, 0, 0] [%46, 4, %47, 16] [1, 1, 1, 1] : tensor<?x4x?x32xf32> to tensor<?x4x?x16xf32>
  %49 = tensor.dim %40, %c0 : tensor<?x4x?x32xf32>
  %50 = tensor.dim %40, %c2 : tensor<?x4x?x32xf32>
  %51 = tensor.extract_slice %40[0, 0, 0, 16] [%49, 4, %50, 16] [1, 1, 1, 1] : tensor<?x4x?x32xf32> to tensor<?x4x?x16xf32>
  %52 = tensor.dim %51, %c0 : tensor<?x4x?x16xf32>
  %53 = tensor.dim %51, %c2 : tensor<?x4x?x16xf32>
  %54 = tensor.empty(%52, %53) : tensor<?x4x?x16xf32>
  %56 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%51 : tensor<?x4x?x16xf32>) outs(%54 : tensor<?x4x?x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %55 = arith.negf %in : f32
    linalg.yield %55 : f32
  } -> tensor<?x4x?x16xf32>
  %57 = tensor.dim %56, %c0 : tensor<?x4x?x16xf32>
  %58 = tensor.dim %56, %c2 : tensor<?x4x?x16xf32>
  %59 = tensor.empty(%57, %58) : tensor<?x4x?x32xf32>
  %60 = tensor.dim %56, %c0 : tensor<?x4x?x16xf32>
  %61 = tensor.dim %56, %c2 : tensor<?x4x?x16xf32>
  %62 = tensor.insert_slice %56 into %59[0, 0, 0, 0] [%60, 4, %61, 16] [1, 1, 1, 1] : tensor<?x4x?x16xf32> into tensor<?x4x?x32xf32>
  %63 = tensor.dim %48, %c0 : tensor<?x4x?x16xf32>
  %64 = tensor.dim %48, %c2 : tensor<?x4x?x16xf32>
  %65 = tensor.insert_slice %48 into %62[0, 0, 0, 16] [%63, 4, %64, 16] [1, 1, 1, 1] : tensor<?x4x?x16xf32> into tensor<?x4x?x32xf32>
  %66 = tensor.dim %65, %c0 : tensor<?x4x?x32xf32>
  %67 = tensor.dim %65, %c2 : tensor<?x4x?x32xf32>
  %68 = tensor.empty(%66, %67) : tensor<?x4x?x32xf32>
  %70 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (0, 0, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%65, %arg3 : tensor<?x4x?x32xf32>, tensor<1x1x?x32xf32>) outs(%68 : tensor<?x4x?x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %69 = arith.mulf %in, %in_1 : f32
    linalg.yield %69 : f32
  } -> tensor<?x4x?x32xf32>
  %71 = tensor.dim %45, %c0 : tensor<?x4x?x32xf32>
  %72 = tensor.dim %45, %c2 : tensor<?x4x?x32xf32>
  %73 = tensor.empty(%71, %72) : tensor<?x4x?x32xf32>
  %75 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%45, %70 : tensor<?x4x?x32xf32>, tensor<?x4x?x32xf32>) outs(%73 : tensor<?x4x?x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %74 = arith.addf %in, %in_1 : f32
    linalg.yield %74 : f32
  } -> tensor<?x4x?x32xf32>
  return %75 : tensor<?x4x?x32xf32>
}

// Rotated in f32 and rounded once; tokens before heads.
// CHECK-LABEL: func.func @qwen3_rotary_f32(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [3] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} rounding = normalized outs(
func.func @qwen3_rotary_f32(%arg0: tensor<2x16x4x32xbf16>, %arg1: tensor<32xbf16>, %arg2: tensor<16x32xf32>, %arg3: tensor<16x32xf32>) -> tensor<2x16x4x32xbf16> {
  %cst_0 = arith.constant 2 : i64
  %cst_1 = arith.constant 0.000000e+00 : f32
  %cst_2 = arith.constant 3.200000e+01 : f32
  %cst_3 = arith.constant 9.9999999999999995E-7 : f64
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
  %32 = tensor.empty() : tensor<2x16x4x32xf32>
  %34 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%31, %arg2 : tensor<2x16x4x32xf32>, tensor<16x32xf32>) outs(%32 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %33 = arith.mulf %in, %in_1 : f32
    linalg.yield %33 : f32
  } -> tensor<2x16x4x32xf32>
  %35 = tensor.extract_slice %31[0, 0, 0, 0] [2, 16, 4, 16] [1, 1, 1, 1] : tensor<2x16x4x32xf32> to tensor<2x16x4x16xf32>
  %36 = tensor.extract_slice %31[0, 0, 0, 16] [2, 16, 4, 16] [1, 1, 1, 1] : tensor<2x16x4x32xf32> to tensor<2x16x4x16xf32>
  %37 = tensor.empty() : tensor<2x16x4x16xf32>
  %39 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%36 : tensor<2x16x4x16xf32>) outs(%37 : tensor<2x16x4x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %38 = arith.negf %in : f32
    linalg.yield %38 : f32
  } -> tensor<2x16x4x16xf32>
  %40 = tensor.concat dim(3) %39, %35 : (tensor<2x16x4x16xf32>, tensor<2x16x4x16xf32>) -> tensor<2x16x4x32xf32>
  %41 = tensor.empty() : tensor<2x16x4x32xf32>
  %43 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d1, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%40, %arg3 : tensor<2x16x4x32xf32>, tensor<16x32xf32>) outs(%41 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %42 = arith.mulf %in, %in_1 : f32
    linalg.yield %42 : f32
  } -> tensor<2x16x4x32xf32>
  %44 = tensor.empty() : tensor<2x16x4x32xf32>
  %46 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%34, %43 : tensor<2x16x4x32xf32>, tensor<2x16x4x32xf32>) outs(%44 : tensor<2x16x4x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %45 = arith.addf %in, %in_1 : f32
    linalg.yield %45 : f32
  } -> tensor<2x16x4x32xf32>
  %47 = tensor.empty() : tensor<2x16x4x32xbf16>
  %49 = linalg.generic {indexing_maps = [affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>, affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%46 : tensor<2x16x4x32xf32>) outs(%47 : tensor<2x16x4x32xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %48 = arith.truncf %in : f32 to bf16
    linalg.yield %48 : bf16
  } -> tensor<2x16x4x32xbf16>
  return %49 : tensor<2x16x4x32xbf16>
}
