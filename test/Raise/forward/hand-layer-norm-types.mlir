// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Layer normalization in the ways one writes it by hand: sizes, types, weights and statistics as
// results.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map2 = affine_map<(d0, d1) -> (d0, d1)>
#map3 = affine_map<(d0, d1, d2) -> (d2)>
#map4 = affine_map<(d0, d1) -> (d0)>
#map5 = affine_map<(d0) -> (d0)>
#map6 = affine_map<(d0, d1) -> (d1)>
#map7 = affine_map<(d0, d1, d2) -> (d0)>
#map8 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map9 = affine_map<(d0, d1, d2) -> (0, 0, d2)>
#map10 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map11 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3)>
#map12 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map13 = affine_map<(d0, d1, d2, d3, d4) -> (d4)>

// Dynamic batch and sequence, static row, epsilon 1e-12.
// CHECK-LABEL: func.func @layer_dynamic(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-12|9\.9999[0-9]*[eE]-13)}} outs(
// CHECK-NOT: linalg.generic
func.func @layer_dynamic(%arg0: tensor<?x?x768xf32>, %arg1: tensor<768xf32>, %arg2: tensor<768xf32>) -> tensor<?x?x768xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 7.680000e+02 : f32
  %cst_1 = arith.constant 9.99999996E-13 : f32
  %dim = tensor.dim %arg0, %c0 : tensor<?x?x768xf32>
  %dim_2 = tensor.dim %arg0, %c1 : tensor<?x?x768xf32>
  %0 = tensor.empty(%dim, %dim_2) : tensor<?x?xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<?x?xf32>) -> tensor<?x?xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<?x?x768xf32>) outs(%1 : tensor<?x?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<?x?xf32>
  %dim_3 = tensor.dim %2, %c0 : tensor<?x?xf32>
  %dim_4 = tensor.dim %2, %c1 : tensor<?x?xf32>
  %3 = tensor.empty(%dim_3, %dim_4) : tensor<?x?xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<?x?xf32>) outs(%3 : tensor<?x?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<?x?xf32>
  %dim_5 = tensor.dim %arg0, %c0 : tensor<?x?x768xf32>
  %dim_6 = tensor.dim %arg0, %c1 : tensor<?x?x768xf32>
  %5 = tensor.empty(%dim_5, %dim_6) : tensor<?x?xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<?x?xf32>) -> tensor<?x?xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0, %4 : tensor<?x?x768xf32>, tensor<?x?xf32>) outs(%6 : tensor<?x?xf32>) {
  ^bb0(%in: f32, %in_13: f32, %out: f32):
    %14 = arith.subf %in, %in_13 : f32
    %15 = arith.subf %in, %in_13 : f32
    %16 = arith.mulf %14, %15 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<?x?xf32>
  %dim_7 = tensor.dim %7, %c0 : tensor<?x?xf32>
  %dim_8 = tensor.dim %7, %c1 : tensor<?x?xf32>
  %8 = tensor.empty(%dim_7, %dim_8) : tensor<?x?xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%7 : tensor<?x?xf32>) outs(%8 : tensor<?x?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<?x?xf32>
  %dim_9 = tensor.dim %9, %c0 : tensor<?x?xf32>
  %dim_10 = tensor.dim %9, %c1 : tensor<?x?xf32>
  %10 = tensor.empty(%dim_9, %dim_10) : tensor<?x?xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%9 : tensor<?x?xf32>) outs(%10 : tensor<?x?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %in, %cst_1 : f32
    %15 = math.rsqrt %14 : f32
    linalg.yield %15 : f32
  } -> tensor<?x?xf32>
  %dim_11 = tensor.dim %arg0, %c0 : tensor<?x?x768xf32>
  %dim_12 = tensor.dim %arg0, %c1 : tensor<?x?x768xf32>
  %12 = tensor.empty(%dim_11, %dim_12) : tensor<?x?x768xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map3, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4, %11, %arg1, %arg2 : tensor<?x?x768xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<768xf32>, tensor<768xf32>) outs(%12 : tensor<?x?x768xf32>) {
  ^bb0(%in: f32, %in_13: f32, %in_14: f32, %in_15: f32, %in_16: f32, %out: f32):
    %14 = arith.subf %in, %in_13 : f32
    %15 = arith.mulf %14, %in_14 : f32
    %16 = arith.mulf %15, %in_15 : f32
    %17 = arith.addf %16, %in_16 : f32
    linalg.yield %17 : f32
  } -> tensor<?x?x768xf32>
  return %13 : tensor<?x?x768xf32>
}

// Dynamic row: N by tensor.dim.
// CHECK-LABEL: func.func @layer_dynamic_row(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @layer_dynamic_row(%arg0: tensor<?x?xf32>, %arg1: tensor<?xf32>, %arg2: tensor<?xf32>) -> tensor<?x?xf32> {
  %c1 = arith.constant 1 : index
  %c0 = arith.constant 0 : index
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.99999974E-6 : f32
  %dim = tensor.dim %arg0, %c1 : tensor<?x?xf32>
  %0 = arith.index_cast %dim : index to i64
  %1 = arith.sitofp %0 : i64 to f32
  %dim_1 = tensor.dim %arg0, %c0 : tensor<?x?xf32>
  %2 = tensor.empty(%dim_1) : tensor<?xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<?xf32>) -> tensor<?xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map4], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<?x?xf32>) outs(%3 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<?xf32>
  %dim_2 = tensor.dim %4, %c0 : tensor<?xf32>
  %5 = tensor.empty(%dim_2) : tensor<?xf32>
  %6 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%4 : tensor<?xf32>) outs(%5 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %1 : f32
    linalg.yield %14 : f32
  } -> tensor<?xf32>
  %dim_3 = tensor.dim %arg0, %c0 : tensor<?x?xf32>
  %7 = tensor.empty(%dim_3) : tensor<?xf32>
  %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<?xf32>) -> tensor<?xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map4, #map4], iterator_types = ["parallel", "reduction"]} ins(%arg0, %6 : tensor<?x?xf32>, tensor<?xf32>) outs(%8 : tensor<?xf32>) {
  ^bb0(%in: f32, %in_7: f32, %out: f32):
    %14 = arith.subf %in, %in_7 : f32
    %15 = arith.subf %in, %in_7 : f32
    %16 = arith.mulf %14, %15 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<?xf32>
  %dim_4 = tensor.dim %9, %c0 : tensor<?xf32>
  %10 = tensor.empty(%dim_4) : tensor<?xf32>
  %11 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%9 : tensor<?xf32>) outs(%10 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %1 : f32
    linalg.yield %14 : f32
  } -> tensor<?xf32>
  %dim_5 = tensor.dim %arg0, %c0 : tensor<?x?xf32>
  %dim_6 = tensor.dim %arg0, %c1 : tensor<?x?xf32>
  %12 = tensor.empty(%dim_5, %dim_6) : tensor<?x?xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map4, #map4, #map6, #map6, #map2], iterator_types = ["parallel", "parallel"]} ins(%arg0, %6, %11, %arg1, %arg2 : tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>) outs(%12 : tensor<?x?xf32>) {
  ^bb0(%in: f32, %in_7: f32, %in_8: f32, %in_9: f32, %in_10: f32, %out: f32):
    %14 = arith.subf %in, %in_7 : f32
    %15 = arith.addf %in_8, %cst_0 : f32
    %16 = math.rsqrt %15 : f32
    %17 = arith.mulf %14, %16 : f32
    %18 = arith.mulf %17, %in_9 : f32
    %19 = arith.addf %18, %in_10 : f32
    linalg.yield %19 : f32
  } -> tensor<?x?xf32>
  return %13 : tensor<?x?xf32>
}

// Rows of two dynamic dimensions: N is the product of two tensor.dim.
// CHECK-LABEL: func.func @layer_dynamic_two_axes(
// CHECK: norm.layer_norm %{{[^ ]+}} axes = [1, 2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @layer_dynamic_two_axes(%arg0: tensor<?x?x?xf32>) -> tensor<?x?x?xf32> {
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c0 = arith.constant 0 : index
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.99999974E-6 : f32
  %dim = tensor.dim %arg0, %c1 : tensor<?x?x?xf32>
  %dim_1 = tensor.dim %arg0, %c2 : tensor<?x?x?xf32>
  %0 = arith.muli %dim, %dim_1 : index
  %1 = arith.index_cast %0 : index to i64
  %2 = arith.sitofp %1 : i64 to f32
  %dim_2 = tensor.dim %arg0, %c0 : tensor<?x?x?xf32>
  %3 = tensor.empty(%dim_2) : tensor<?xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<?xf32>) -> tensor<?xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map7], iterator_types = ["parallel", "reduction", "reduction"]} ins(%arg0 : tensor<?x?x?xf32>) outs(%4 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = arith.addf %out, %in : f32
    linalg.yield %15 : f32
  } -> tensor<?xf32>
  %dim_3 = tensor.dim %5, %c0 : tensor<?xf32>
  %6 = tensor.empty(%dim_3) : tensor<?xf32>
  %7 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%5 : tensor<?xf32>) outs(%6 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = arith.divf %in, %2 : f32
    linalg.yield %15 : f32
  } -> tensor<?xf32>
  %dim_4 = tensor.dim %arg0, %c0 : tensor<?x?x?xf32>
  %8 = tensor.empty(%dim_4) : tensor<?xf32>
  %9 = linalg.fill ins(%cst : f32) outs(%8 : tensor<?xf32>) -> tensor<?xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map7, #map7], iterator_types = ["parallel", "reduction", "reduction"]} ins(%arg0, %7 : tensor<?x?x?xf32>, tensor<?xf32>) outs(%9 : tensor<?xf32>) {
  ^bb0(%in: f32, %in_9: f32, %out: f32):
    %15 = arith.subf %in, %in_9 : f32
    %16 = arith.subf %in, %in_9 : f32
    %17 = arith.mulf %15, %16 : f32
    %18 = arith.addf %out, %17 : f32
    linalg.yield %18 : f32
  } -> tensor<?xf32>
  %dim_5 = tensor.dim %10, %c0 : tensor<?xf32>
  %11 = tensor.empty(%dim_5) : tensor<?xf32>
  %12 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%10 : tensor<?xf32>) outs(%11 : tensor<?xf32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = arith.divf %in, %2 : f32
    linalg.yield %15 : f32
  } -> tensor<?xf32>
  %dim_6 = tensor.dim %arg0, %c0 : tensor<?x?x?xf32>
  %dim_7 = tensor.dim %arg0, %c1 : tensor<?x?x?xf32>
  %dim_8 = tensor.dim %arg0, %c2 : tensor<?x?x?xf32>
  %13 = tensor.empty(%dim_6, %dim_7, %dim_8) : tensor<?x?x?xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map7, #map7, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %7, %12 : tensor<?x?x?xf32>, tensor<?xf32>, tensor<?xf32>) outs(%13 : tensor<?x?x?xf32>) {
  ^bb0(%in: f32, %in_9: f32, %in_10: f32, %out: f32):
    %15 = arith.subf %in, %in_9 : f32
    %16 = arith.addf %in_10, %cst_0 : f32
    %17 = math.rsqrt %16 : f32
    %18 = arith.mulf %15, %17 : f32
    linalg.yield %18 : f32
  } -> tensor<?x?x?xf32>
  return %14 : tensor<?x?x?xf32>
}

// x is bf16 and y stays f32: the op is on the f32 extension of x.
// CHECK-LABEL: func.func @layer_bf16_in_f32_out(
// CHECK: arith.extf
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs({{.*}} : tensor<16x64xf32>
func.func @layer_bf16_in_f32_out(%arg0: tensor<16x64xbf16>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xbf16>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %14 = arith.extf %in : bf16 to f32
    linalg.yield %14 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map4], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%4 : tensor<16xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<16xf32>) -> tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map4, #map4], iterator_types = ["parallel", "reduction"]} ins(%1, %6 : tensor<16x64xf32>, tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.subf %in, %in_2 : f32
    %16 = arith.mulf %14, %15 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%9 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map4, #map4, #map6, #map6, #map2], iterator_types = ["parallel", "parallel"]} ins(%1, %6, %11, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%12 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.addf %in_3, %cst_1 : f32
    %16 = math.rsqrt %15 : f32
    %17 = arith.mulf %14, %16 : f32
    %18 = arith.mulf %17, %in_4 : f32
    %19 = arith.addf %18, %in_5 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  return %13 : tensor<16x64xf32>
}

// bf16 with f32 weights, rounded at the very end.
// CHECK-LABEL: func.func @layer_bf16_once(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs({{.*}} : tensor<16x64xbf16>
// CHECK-NOT: linalg.generic
func.func @layer_bf16_once(%arg0: tensor<16x64xbf16>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xbf16> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xbf16>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %16 = arith.extf %in : bf16 to f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map4], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%4 : tensor<16xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<16xf32>) -> tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map4, #map4], iterator_types = ["parallel", "reduction"]} ins(%1, %6 : tensor<16x64xf32>, tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %16 = arith.subf %in, %in_2 : f32
    %17 = arith.subf %in, %in_2 : f32
    %18 = arith.mulf %16, %17 : f32
    %19 = arith.addf %out, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%9 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map4, #map4, #map6, #map6, #map2], iterator_types = ["parallel", "parallel"]} ins(%1, %6, %11, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%12 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %16 = arith.subf %in, %in_2 : f32
    %17 = arith.addf %in_3, %cst_1 : f32
    %18 = math.rsqrt %17 : f32
    %19 = arith.mulf %16, %18 : f32
    %20 = arith.mulf %19, %in_4 : f32
    %21 = arith.addf %20, %in_5 : f32
    linalg.yield %21 : f32
  } -> tensor<16x64xf32>
  %14 = tensor.empty() : tensor<16x64xbf16>
  %15 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%13 : tensor<16x64xf32>) outs(%14 : tensor<16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %16 = arith.truncf %in : f32 to bf16
    linalg.yield %16 : bf16
  } -> tensor<16x64xbf16>
  return %15 : tensor<16x64xbf16>
}

// f16: rounded after the division, the product and the sum (f16 arithmetic rounds each).
// CHECK-LABEL: func.func @layer_f16_normalized(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} rounding = normalized outs(
// CHECK-NOT: linalg.generic
func.func @layer_f16_normalized(%arg0: tensor<16x64xf16>, %arg1: tensor<64xf16>, %arg2: tensor<64xf16>) -> tensor<16x64xf16> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xf16>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f16, %out: f32):
    %16 = arith.extf %in : f16 to f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map4], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%4 : tensor<16xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<16xf32>) -> tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map4, #map4], iterator_types = ["parallel", "reduction"]} ins(%1, %6 : tensor<16x64xf32>, tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %16 = arith.subf %in, %in_2 : f32
    %17 = arith.subf %in, %in_2 : f32
    %18 = arith.mulf %16, %17 : f32
    %19 = arith.addf %out, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%9 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16x64xf16>
  %13 = linalg.generic {indexing_maps = [#map2, #map4, #map4, #map2], iterator_types = ["parallel", "parallel"]} ins(%1, %6, %11 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%12 : tensor<16x64xf16>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f16):
    %16 = arith.subf %in, %in_2 : f32
    %17 = arith.addf %in_3, %cst_1 : f32
    %18 = math.rsqrt %17 : f32
    %19 = arith.mulf %16, %18 : f32
    %20 = arith.truncf %19 : f32 to f16
    linalg.yield %20 : f16
  } -> tensor<16x64xf16>
  %14 = tensor.empty() : tensor<16x64xf16>
  %15 = linalg.generic {indexing_maps = [#map2, #map6, #map6, #map2], iterator_types = ["parallel", "parallel"]} ins(%13, %arg1, %arg2 : tensor<16x64xf16>, tensor<64xf16>, tensor<64xf16>) outs(%14 : tensor<16x64xf16>) {
  ^bb0(%in: f16, %in_2: f16, %in_3: f16, %out: f16):
    %16 = arith.mulf %in, %in_2 : f16
    %17 = arith.addf %16, %in_3 : f16
    linalg.yield %17 : f16
  } -> tensor<16x64xf16>
  return %15 : tensor<16x64xf16>
}

// Mean and rstd are results too.
// CHECK-LABEL: func.func @layer_stats_returned(
// CHECK: :3 = norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @layer_stats_returned(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> (tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map2, #map4], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map4, #map4], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.subf %in, %in_2 : f32
    %16 = arith.mulf %14, %15 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%9 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %in, %cst_1 : f32
    %15 = math.rsqrt %14 : f32
    linalg.yield %15 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map4, #map4, #map6, #map6, #map2], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %11, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%12 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.mulf %14, %in_3 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<16x64xf32>
  return %13, %4, %11 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>
}

// Mean and variance are returned with a dimension of one.
// CHECK-LABEL: func.func @layer_keepdim_stats_returned(
// CHECK: norm.layer_norm {{.*}}axes = [2] {{.*}}saved = variance
func.func @layer_keepdim_stats_returned(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xf32>, tensor<2x16x1xf32>, tensor<2x16x1xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<2x16x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map8], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x1xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map8, #map8], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0, %4 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%6 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x1xf32>
  %8 = tensor.empty() : tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%8 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<2x16x1xf32>
  %10 = tensor.empty() : tensor<2x16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map8, #map8, #map3, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<2x16x64xf32>, tensor<2x16x1xf32>, tensor<2x16x1xf32>, tensor<64xf32>, tensor<64xf32>) outs(%10 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  return %11, %4, %9 : tensor<2x16x64xf32>, tensor<2x16x1xf32>, tensor<2x16x1xf32>
}

// Weight and bias come as 1x1x64.
// CHECK-LABEL: func.func @layer_weight_of_rank_3(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @layer_weight_of_rank_3(%arg0: tensor<2x16x64xf32>, %arg1: tensor<1x1x64xf32>, %arg2: tensor<1x1x64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<2x16x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map8], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x1xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map8, #map8], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0, %4 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%6 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x1xf32>
  %8 = tensor.empty() : tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%8 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<2x16x1xf32>
  %10 = tensor.empty() : tensor<2x16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map8, #map8, #map9, #map9, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<2x16x64xf32>, tensor<2x16x1xf32>, tensor<2x16x1xf32>, tensor<1x1x64xf32>, tensor<1x1x64xf32>) outs(%10 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  return %11 : tensor<2x16x64xf32>
}

// The weight is a splat constant: a factor that no memory is read for.
// CHECK-LABEL: func.func @layer_splat_weight(
// CHECK: norm.layer_norm %{{[^ ]+}} axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: linalg.generic
// CHECK: arith.mulf
// CHECK-NOT: linalg.generic
func.func @layer_splat_weight(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map2, #map4], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map2, #map4, #map4], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %12 = arith.subf %in, %in_3 : f32
    %13 = arith.subf %in, %in_3 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %cst_2 = arith.constant dense<2.000000e+00> : tensor<64xf32>
  %10 = tensor.empty() : tensor<16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map4, #map4, #map6, #map2], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %cst_2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>) outs(%10 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_3 : f32
    %13 = arith.addf %in_4, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_5 : f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  return %11 : tensor<16x64xf32>
}

// Rank 5.
// CHECK-LABEL: func.func @layer_rank_5(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [4] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @layer_rank_5(%arg0: tensor<2x3x4x5x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<2x3x4x5x32xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 3.200000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<2x3x4x5xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x3x4x5xf32>) -> tensor<2x3x4x5xf32>
  %2 = linalg.generic {indexing_maps = [#map10, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x3x4x5x32xf32>) outs(%1 : tensor<2x3x4x5xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<2x3x4x5xf32>
  %3 = tensor.empty() : tensor<2x3x4x5xf32>
  %4 = linalg.generic {indexing_maps = [#map12, #map12], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<2x3x4x5xf32>) outs(%3 : tensor<2x3x4x5xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<2x3x4x5xf32>
  %5 = tensor.empty() : tensor<2x3x4x5xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<2x3x4x5xf32>) -> tensor<2x3x4x5xf32>
  %7 = linalg.generic {indexing_maps = [#map10, #map11, #map11], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%arg0, %4 : tensor<2x3x4x5x32xf32>, tensor<2x3x4x5xf32>) outs(%6 : tensor<2x3x4x5xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<2x3x4x5xf32>
  %8 = tensor.empty() : tensor<2x3x4x5xf32>
  %9 = linalg.generic {indexing_maps = [#map12, #map12], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7 : tensor<2x3x4x5xf32>) outs(%8 : tensor<2x3x4x5xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<2x3x4x5xf32>
  %10 = tensor.empty() : tensor<2x3x4x5x32xf32>
  %11 = linalg.generic {indexing_maps = [#map10, #map11, #map11, #map13, #map13, #map10], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<2x3x4x5x32xf32>, tensor<2x3x4x5xf32>, tensor<2x3x4x5xf32>, tensor<32xf32>, tensor<32xf32>) outs(%10 : tensor<2x3x4x5x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<2x3x4x5x32xf32>
  return %11 : tensor<2x3x4x5x32xf32>
}
