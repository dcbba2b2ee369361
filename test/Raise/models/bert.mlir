// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Fragments of BERT (post-norm, epsilon 1e-12).

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (0, d1, d2)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map3 = affine_map<(d0, d1, d2) -> (d2)>
#map4 = affine_map<(d0, d1) -> (d1)>
#map5 = affine_map<(d0, d1) -> (d0, d1)>

// Three embeddings are summed and normalized.
// CHECK-LABEL: func.func @bert_embeddings(
// CHECK: norm.layer_norm {{.*}}scale({{.*}}bias({{.*}}axes = [2] eps = {{(1\.000000e-12|9\.9999[0-9]*[eE]-13)}} {{.*}}outs(
func.func @bert_embeddings(%arg0: tensor<2x16x64xf32>, %arg1: tensor<1x16x64xf32>, %arg2: tensor<2x16x64xf32>, %arg3: tensor<64xf32>, %arg4: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 9.9999999999999998E-13 : f64
  %cst_2 = arith.constant 6.400000e+01 : f64
  %cst_3 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %arg1 : tensor<2x16x64xf32>, tensor<1x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %24 = arith.addf %in, %in_4 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %arg2 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %24 = arith.addf %in, %in_4 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  %3 = tensor.empty() : tensor<2x16x64xf64>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %24 = arith.extf %in : f32 to f64
    linalg.yield %24 : f64
  } -> tensor<2x16x64xf64>
  %5 = tensor.empty() : tensor<2x16x1xf64>
  %6 = linalg.fill ins(%cst : f64) outs(%5 : tensor<2x16x1xf64>) -> tensor<2x16x1xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%4 : tensor<2x16x64xf64>) outs(%6 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %24 = arith.addf %in, %out : f64
    linalg.yield %24 : f64
  } -> tensor<2x16x1xf64>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf64>) outs(%5 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %24 = arith.divf %in, %cst_2 : f64
    linalg.yield %24 : f64
  } -> tensor<2x16x1xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4, %8 : tensor<2x16x64xf64>, tensor<2x16x1xf64>) outs(%3 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %24 = arith.subf %in, %in_4 : f64
    linalg.yield %24 : f64
  } -> tensor<2x16x64xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9, %9 : tensor<2x16x64xf64>, tensor<2x16x64xf64>) outs(%3 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %24 = arith.mulf %in, %in_4 : f64
    linalg.yield %24 : f64
  } -> tensor<2x16x64xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%10 : tensor<2x16x64xf64>) outs(%6 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %24 = arith.addf %in, %out : f64
    linalg.yield %24 : f64
  } -> tensor<2x16x1xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x16x1xf64>) outs(%5 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %24 = arith.divf %in, %cst_2 : f64
    linalg.yield %24 : f64
  } -> tensor<2x16x1xf64>
  %13 = tensor.empty() : tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x1xf64>) outs(%13 : tensor<2x16x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %24 = arith.truncf %in : f64 to f32
    linalg.yield %24 : f32
  } -> tensor<2x16x1xf32>
  %15 = linalg.fill ins(%cst_0 : f32) outs(%13 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2 : tensor<2x16x64xf32>) outs(%15 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.addf %in, %out : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x1xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<2x16x1xf32>) outs(%13 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.divf %in, %cst_3 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x1xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x16x1xf32>) outs(%13 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.truncf %cst_1 : f64 to f32
    %25 = arith.addf %in, %24 : f32
    linalg.yield %25 : f32
  } -> tensor<2x16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18 : tensor<2x16x1xf32>) outs(%13 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = math.rsqrt %in : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x1xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2, %17 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %24 = arith.subf %in, %in_4 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20, %19 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %24 = arith.mulf %in, %in_4 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %arg3 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %24 = arith.mulf %in, %in_4 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22, %arg4 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %24 = arith.addf %in, %in_4 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  return %23 : tensor<2x16x64xf32>
}

// Dense, residual, layer norm.
// CHECK-LABEL: func.func @bert_attention_output(
// CHECK: matmul
// CHECK: norm.layer_norm {{.*}}scale({{.*}}bias({{.*}}axes = [2] eps = {{(1\.000000e-12|9\.9999[0-9]*[eE]-13)}} {{.*}}outs(
func.func @bert_attention_output(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>, %arg2: tensor<64x64xf32>, %arg3: tensor<64xf32>, %arg4: tensor<64xf32>, %arg5: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 9.9999999999999998E-13 : f64
  %cst_2 = arith.constant 6.400000e+01 : f64
  %cst_3 = arith.constant 6.400000e+01 : f32
  %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<2x16x64xf32> into tensor<32x64xf32>
  %0 = tensor.empty() : tensor<64x64xf32>
  %transposed = linalg.transpose ins(%arg2 : tensor<64x64xf32>) outs(%0 : tensor<64x64xf32>) permutation = [1, 0]
  %1 = tensor.empty() : tensor<32x64xf32>
  %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<32x64xf32>) -> tensor<32x64xf32>
  %3 = linalg.matmul ins(%collapsed, %transposed : tensor<32x64xf32>, tensor<64x64xf32>) outs(%2 : tensor<32x64xf32>) -> tensor<32x64xf32>
  %4 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "parallel"]} ins(%arg3 : tensor<64xf32>) outs(%1 : tensor<32x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<32x64xf32>
  %5 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%3, %4 : tensor<32x64xf32>, tensor<32x64xf32>) outs(%1 : tensor<32x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %29 = arith.addf %in, %in_4 : f32
    linalg.yield %29 : f32
  } -> tensor<32x64xf32>
  %expanded = tensor.expand_shape %5 [[0, 1], [2]] output_shape [2, 16, 64] : tensor<32x64xf32> into tensor<2x16x64xf32>
  %6 = tensor.empty() : tensor<2x16x64xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %arg1 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %29 = arith.addf %in, %in_4 : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x64xf32>
  %8 = tensor.empty() : tensor<2x16x64xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x64xf32>) outs(%8 : tensor<2x16x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %29 = arith.extf %in : f32 to f64
    linalg.yield %29 : f64
  } -> tensor<2x16x64xf64>
  %10 = tensor.empty() : tensor<2x16x1xf64>
  %11 = linalg.fill ins(%cst_0 : f64) outs(%10 : tensor<2x16x1xf64>) -> tensor<2x16x1xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%9 : tensor<2x16x64xf64>) outs(%11 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %29 = arith.addf %in, %out : f64
    linalg.yield %29 : f64
  } -> tensor<2x16x1xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x1xf64>) outs(%10 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %29 = arith.divf %in, %cst_2 : f64
    linalg.yield %29 : f64
  } -> tensor<2x16x1xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9, %13 : tensor<2x16x64xf64>, tensor<2x16x1xf64>) outs(%8 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %29 = arith.subf %in, %in_4 : f64
    linalg.yield %29 : f64
  } -> tensor<2x16x64xf64>
  %15 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14, %14 : tensor<2x16x64xf64>, tensor<2x16x64xf64>) outs(%8 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %29 = arith.mulf %in, %in_4 : f64
    linalg.yield %29 : f64
  } -> tensor<2x16x64xf64>
  %16 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%15 : tensor<2x16x64xf64>) outs(%11 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %29 = arith.addf %in, %out : f64
    linalg.yield %29 : f64
  } -> tensor<2x16x1xf64>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<2x16x1xf64>) outs(%10 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %29 = arith.divf %in, %cst_2 : f64
    linalg.yield %29 : f64
  } -> tensor<2x16x1xf64>
  %18 = tensor.empty() : tensor<2x16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<2x16x1xf64>) outs(%18 : tensor<2x16x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %29 = arith.truncf %in : f64 to f32
    linalg.yield %29 : f32
  } -> tensor<2x16x1xf32>
  %20 = linalg.fill ins(%cst : f32) outs(%18 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%7 : tensor<2x16x64xf32>) outs(%20 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %29 = arith.addf %in, %out : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x1xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21 : tensor<2x16x1xf32>) outs(%18 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %29 = arith.divf %in, %cst_3 : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x1xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19 : tensor<2x16x1xf32>) outs(%18 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %29 = arith.truncf %cst_1 : f64 to f32
    %30 = arith.addf %in, %29 : f32
    linalg.yield %30 : f32
  } -> tensor<2x16x1xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23 : tensor<2x16x1xf32>) outs(%18 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %29 = math.rsqrt %in : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x1xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7, %22 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %29 = arith.subf %in, %in_4 : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x64xf32>
  %26 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25, %24 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %29 = arith.mulf %in, %in_4 : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x64xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26, %arg4 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %29 = arith.mulf %in, %in_4 : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x64xf32>
  %28 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27, %arg5 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %29 = arith.addf %in, %in_4 : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x64xf32>
  return %28 : tensor<2x16x64xf32>
}

// Dense, residual, layer norm with dynamic sizes.
// CHECK-LABEL: func.func @bert_feed_forward_dynamic(
// CHECK: norm.layer_norm {{.*}}scale({{.*}}bias({{.*}}axes = [2] eps = {{(1\.000000e-12|9\.9999[0-9]*[eE]-13)}} {{.*}}outs(
func.func @bert_feed_forward_dynamic(%arg0: tensor<?x?x64xf32>, %arg1: tensor<64x64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<64xf32>, %arg4: tensor<64xf32>) -> tensor<?x?x64xf32> {
  %c64_i64 = arith.constant 64 : i64
  %c1_i64 = arith.constant 1 : i64
  %c0_i64 = arith.constant 0 : i64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 9.9999999999999998E-13 : f64
  %cst_2 = arith.constant 6.400000e+01 : f64
  %cst_3 = arith.constant 6.400000e+01 : f32
  %dim = tensor.dim %arg0, %c0 : tensor<?x?x64xf32>
  %0 = arith.index_cast %dim : index to i64
  %dim_4 = tensor.dim %arg0, %c1 : tensor<?x?x64xf32>
  %1 = arith.index_cast %dim_4 : index to i64
  %2 = arith.muli %0, %1 : i64
  %cast = tensor.cast %arg0 : tensor<?x?x64xf32> to tensor<?x1x64xf32>
  %collapsed = tensor.collapse_shape %cast [[0], [1, 2]] : tensor<?x1x64xf32> into tensor<?x64xf32>
  %3 = tensor.empty() : tensor<64x64xf32>
  %transposed = linalg.transpose ins(%arg1 : tensor<64x64xf32>) outs(%3 : tensor<64x64xf32>) permutation = [1, 0]
  %dim_5 = tensor.dim %arg0, %c0 : tensor<?x?x64xf32>
  %4 = tensor.empty(%dim_5) : tensor<?x64xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<?x64xf32>) -> tensor<?x64xf32>
  %6 = linalg.matmul ins(%collapsed, %transposed : tensor<?x64xf32>, tensor<64x64xf32>) outs(%5 : tensor<?x64xf32>) -> tensor<?x64xf32>
  %7 = arith.cmpi sge, %2, %c0_i64 : i64
  cf.assert %7, "negative values not allowed in new dimensions"
  %8 = arith.index_cast %2 : i64 to index
  %9 = tensor.empty(%8) : tensor<?x64xf32>
  %10 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "parallel"]} ins(%arg2 : tensor<64xf32>) outs(%9 : tensor<?x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<?x64xf32>
  %11 = arith.cmpi eq, %dim_5, %8 : index
  cf.assert %11, "mismatched size for broadcast"
  %12 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%6, %10 : tensor<?x64xf32>, tensor<?x64xf32>) outs(%4 : tensor<?x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %55 = arith.addf %in, %in_6 : f32
    linalg.yield %55 : f32
  } -> tensor<?x64xf32>
  %13 = arith.cmpi slt, %0, %c0_i64 : i64
  %14 = arith.select %13, %c1_i64, %0 : i64
  %15 = arith.extui %13 : i1 to i64
  %16 = arith.muli %14, %1 : i64
  %17 = arith.addi %15, %c1_i64 : i64
  %18 = arith.cmpi slt, %1, %c0_i64 : i64
  %19 = arith.select %18, %14, %16 : i64
  %20 = arith.select %18, %17, %15 : i64
  %21 = arith.muli %19, %c64_i64 : i64
  %22 = arith.cmpi sle, %20, %c1_i64 : i64
  cf.assert %22, "must have at most one inferred (negative) dimension"
  %23 = arith.index_cast %dim_5 : index to i64
  %24 = arith.muli %23, %c64_i64 : i64
  %25 = arith.divsi %24, %21 : i64
  %26 = arith.select %13, %25, %0 : i64
  %27 = arith.select %18, %25, %1 : i64
  %from_elements = tensor.from_elements %26, %27, %c64_i64 : tensor<3xi64>
  %reshape = tensor.reshape %12(%from_elements) : (tensor<?x64xf32>, tensor<3xi64>) -> tensor<?x?x64xf32>
  %28 = arith.index_cast %26 : i64 to index
  %29 = arith.index_cast %27 : i64 to index
  %30 = arith.cmpi eq, %28, %dim : index
  cf.assert %30, "mismatched size for broadcast"
  %31 = arith.cmpi eq, %29, %dim_4 : index
  cf.assert %31, "mismatched size for broadcast"
  %32 = tensor.empty(%28, %29) : tensor<?x?x64xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%reshape, %arg0 : tensor<?x?x64xf32>, tensor<?x?x64xf32>) outs(%32 : tensor<?x?x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %55 = arith.addf %in, %in_6 : f32
    linalg.yield %55 : f32
  } -> tensor<?x?x64xf32>
  %34 = tensor.empty(%28, %29) : tensor<?x?x64xf64>
  %35 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33 : tensor<?x?x64xf32>) outs(%34 : tensor<?x?x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %55 = arith.extf %in : f32 to f64
    linalg.yield %55 : f64
  } -> tensor<?x?x64xf64>
  %36 = tensor.empty(%28, %29) : tensor<?x?x1xf64>
  %37 = linalg.fill ins(%cst_0 : f64) outs(%36 : tensor<?x?x1xf64>) -> tensor<?x?x1xf64>
  %38 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%35 : tensor<?x?x64xf64>) outs(%37 : tensor<?x?x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %55 = arith.addf %in, %out : f64
    linalg.yield %55 : f64
  } -> tensor<?x?x1xf64>
  %39 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%38 : tensor<?x?x1xf64>) outs(%36 : tensor<?x?x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %55 = arith.divf %in, %cst_2 : f64
    linalg.yield %55 : f64
  } -> tensor<?x?x1xf64>
  %40 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%35, %39 : tensor<?x?x64xf64>, tensor<?x?x1xf64>) outs(%34 : tensor<?x?x64xf64>) {
  ^bb0(%in: f64, %in_6: f64, %out: f64):
    %55 = arith.subf %in, %in_6 : f64
    linalg.yield %55 : f64
  } -> tensor<?x?x64xf64>
  %41 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%40, %40 : tensor<?x?x64xf64>, tensor<?x?x64xf64>) outs(%34 : tensor<?x?x64xf64>) {
  ^bb0(%in: f64, %in_6: f64, %out: f64):
    %55 = arith.mulf %in, %in_6 : f64
    linalg.yield %55 : f64
  } -> tensor<?x?x64xf64>
  %42 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%41 : tensor<?x?x64xf64>) outs(%37 : tensor<?x?x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %55 = arith.addf %in, %out : f64
    linalg.yield %55 : f64
  } -> tensor<?x?x1xf64>
  %43 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%42 : tensor<?x?x1xf64>) outs(%36 : tensor<?x?x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %55 = arith.divf %in, %cst_2 : f64
    linalg.yield %55 : f64
  } -> tensor<?x?x1xf64>
  %44 = tensor.empty(%28, %29) : tensor<?x?x1xf32>
  %45 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%43 : tensor<?x?x1xf64>) outs(%44 : tensor<?x?x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %55 = arith.truncf %in : f64 to f32
    linalg.yield %55 : f32
  } -> tensor<?x?x1xf32>
  %46 = linalg.fill ins(%cst : f32) outs(%44 : tensor<?x?x1xf32>) -> tensor<?x?x1xf32>
  %47 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%33 : tensor<?x?x64xf32>) outs(%46 : tensor<?x?x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %55 = arith.addf %in, %out : f32
    linalg.yield %55 : f32
  } -> tensor<?x?x1xf32>
  %48 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%47 : tensor<?x?x1xf32>) outs(%44 : tensor<?x?x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %55 = arith.divf %in, %cst_3 : f32
    linalg.yield %55 : f32
  } -> tensor<?x?x1xf32>
  %49 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%45 : tensor<?x?x1xf32>) outs(%44 : tensor<?x?x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %55 = arith.truncf %cst_1 : f64 to f32
    %56 = arith.addf %in, %55 : f32
    linalg.yield %56 : f32
  } -> tensor<?x?x1xf32>
  %50 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%49 : tensor<?x?x1xf32>) outs(%44 : tensor<?x?x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %55 = math.rsqrt %in : f32
    linalg.yield %55 : f32
  } -> tensor<?x?x1xf32>
  %51 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33, %48 : tensor<?x?x64xf32>, tensor<?x?x1xf32>) outs(%32 : tensor<?x?x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %55 = arith.subf %in, %in_6 : f32
    linalg.yield %55 : f32
  } -> tensor<?x?x64xf32>
  %52 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%51, %50 : tensor<?x?x64xf32>, tensor<?x?x1xf32>) outs(%32 : tensor<?x?x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %55 = arith.mulf %in, %in_6 : f32
    linalg.yield %55 : f32
  } -> tensor<?x?x64xf32>
  %53 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%52, %arg3 : tensor<?x?x64xf32>, tensor<64xf32>) outs(%32 : tensor<?x?x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %55 = arith.mulf %in, %in_6 : f32
    linalg.yield %55 : f32
  } -> tensor<?x?x64xf32>
  %54 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%53, %arg4 : tensor<?x?x64xf32>, tensor<64xf32>) outs(%32 : tensor<?x?x64xf32>) {
  ^bb0(%in: f32, %in_6: f32, %out: f32):
    %55 = arith.addf %in, %in_6 : f32
    linalg.yield %55 : f32
  } -> tensor<?x?x64xf32>
  return %54 : tensor<?x?x64xf32>
}

// Dense, GELU, layer norm.
// CHECK-LABEL: func.func @bert_prediction_head(
// CHECK: math.erf
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-12|9\.9999[0-9]*[eE]-13)}} outs(
func.func @bert_prediction_head(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64x64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<64xf32>, %arg4: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e+00 : f32
  %cst_1 = arith.constant 5.000000e-01 : f32
  %cst_2 = arith.constant 0.000000e+00 : f64
  %cst_3 = arith.constant 9.9999999999999998E-13 : f64
  %cst_4 = arith.constant 1.41421354 : f32
  %cst_5 = arith.constant 6.400000e+01 : f64
  %cst_6 = arith.constant 6.400000e+01 : f32
  %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<2x16x64xf32> into tensor<32x64xf32>
  %0 = tensor.empty() : tensor<64x64xf32>
  %transposed = linalg.transpose ins(%arg1 : tensor<64x64xf32>) outs(%0 : tensor<64x64xf32>) permutation = [1, 0]
  %1 = tensor.empty() : tensor<32x64xf32>
  %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<32x64xf32>) -> tensor<32x64xf32>
  %3 = linalg.matmul ins(%collapsed, %transposed : tensor<32x64xf32>, tensor<64x64xf32>) outs(%2 : tensor<32x64xf32>) -> tensor<32x64xf32>
  %4 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "parallel"]} ins(%arg2 : tensor<64xf32>) outs(%1 : tensor<32x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<32x64xf32>
  %5 = linalg.generic {indexing_maps = [#map5, #map5, #map5], iterator_types = ["parallel", "parallel"]} ins(%3, %4 : tensor<32x64xf32>, tensor<32x64xf32>) outs(%1 : tensor<32x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %29 = arith.addf %in, %in_7 : f32
    linalg.yield %29 : f32
  } -> tensor<32x64xf32>
  %expanded = tensor.expand_shape %5 [[0, 1], [2]] output_shape [2, 16, 64] : tensor<32x64xf32> into tensor<2x16x64xf32>
  %6 = tensor.empty() : tensor<2x16x64xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x64xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %29 = arith.divf %in, %cst_4 : f32
    %30 = math.erf %29 : f32
    %31 = arith.addf %30, %cst_0 : f32
    %32 = arith.mulf %31, %cst_1 : f32
    %33 = arith.mulf %in, %32 : f32
    linalg.yield %33 : f32
  } -> tensor<2x16x64xf32>
  %8 = tensor.empty() : tensor<2x16x64xf64>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x64xf32>) outs(%8 : tensor<2x16x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %29 = arith.extf %in : f32 to f64
    linalg.yield %29 : f64
  } -> tensor<2x16x64xf64>
  %10 = tensor.empty() : tensor<2x16x1xf64>
  %11 = linalg.fill ins(%cst_2 : f64) outs(%10 : tensor<2x16x1xf64>) -> tensor<2x16x1xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%9 : tensor<2x16x64xf64>) outs(%11 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %29 = arith.addf %in, %out : f64
    linalg.yield %29 : f64
  } -> tensor<2x16x1xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x1xf64>) outs(%10 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %29 = arith.divf %in, %cst_5 : f64
    linalg.yield %29 : f64
  } -> tensor<2x16x1xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9, %13 : tensor<2x16x64xf64>, tensor<2x16x1xf64>) outs(%8 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_7: f64, %out: f64):
    %29 = arith.subf %in, %in_7 : f64
    linalg.yield %29 : f64
  } -> tensor<2x16x64xf64>
  %15 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14, %14 : tensor<2x16x64xf64>, tensor<2x16x64xf64>) outs(%8 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_7: f64, %out: f64):
    %29 = arith.mulf %in, %in_7 : f64
    linalg.yield %29 : f64
  } -> tensor<2x16x64xf64>
  %16 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%15 : tensor<2x16x64xf64>) outs(%11 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %29 = arith.addf %in, %out : f64
    linalg.yield %29 : f64
  } -> tensor<2x16x1xf64>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<2x16x1xf64>) outs(%10 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %29 = arith.divf %in, %cst_5 : f64
    linalg.yield %29 : f64
  } -> tensor<2x16x1xf64>
  %18 = tensor.empty() : tensor<2x16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<2x16x1xf64>) outs(%18 : tensor<2x16x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %29 = arith.truncf %in : f64 to f32
    linalg.yield %29 : f32
  } -> tensor<2x16x1xf32>
  %20 = linalg.fill ins(%cst : f32) outs(%18 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%7 : tensor<2x16x64xf32>) outs(%20 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %29 = arith.addf %in, %out : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x1xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21 : tensor<2x16x1xf32>) outs(%18 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %29 = arith.divf %in, %cst_6 : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x1xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19 : tensor<2x16x1xf32>) outs(%18 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %29 = arith.truncf %cst_3 : f64 to f32
    %30 = arith.addf %in, %29 : f32
    linalg.yield %30 : f32
  } -> tensor<2x16x1xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23 : tensor<2x16x1xf32>) outs(%18 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %29 = math.rsqrt %in : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x1xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7, %22 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %29 = arith.subf %in, %in_7 : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x64xf32>
  %26 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25, %24 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %29 = arith.mulf %in, %in_7 : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x64xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26, %arg3 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %29 = arith.mulf %in, %in_7 : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x64xf32>
  %28 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27, %arg4 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%6 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %29 = arith.addf %in, %in_7 : f32
    linalg.yield %29 : f32
  } -> tensor<2x16x64xf32>
  return %28 : tensor<2x16x64xf32>
}

// The older spelling, epsilon inside the square root.
// CHECK-LABEL: func.func @bert_layer_norm_tf_style(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-12|9\.9999[0-9]*[eE]-13)}} outs(
func.func @bert_layer_norm_tf_style(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.9999999999999998E-13 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %in, %out : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x16x1xf32>) outs(%0 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_1 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %4 = tensor.empty() : tensor<2x16x64xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %3 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction"]} ins(%6 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %in, %out : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%0 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_1 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%0 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.truncf %cst_0 : f64 to f32
    %15 = arith.addf %in, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x1xf32>) outs(%0 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = math.sqrt %in : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %10 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %14 = arith.divf %in, %in_2 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map3, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %11 : tensor<64xf32>, tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %14 = arith.mulf %in, %in_2 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12, %arg2 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %14 = arith.addf %in, %in_2 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  return %13 : tensor<2x16x64xf32>
}
