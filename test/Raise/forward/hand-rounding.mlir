// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Where results are rounded, unit dimensions, flags, and named ops.

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d0)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1) -> (d1)>
#map4 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map5 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map6 = affine_map<(d0, d1, d2) -> (0, 0, 0)>
#map7 = affine_map<(d0, d1, d2) -> (d2)>
#map8 = affine_map<(d0) -> ()>
#map9 = affine_map<() -> ()>

// Rounded after the division; the product is computed in f32 and rounded, as bf16 arithmetic is.
// CHECK-LABEL: func.func @rms_normalized_widened_product(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} rounding = normalized outs(
// CHECK-NOT: linalg.generic
func.func @rms_normalized_widened_product(%arg0: tensor<16x64xbf16>, %arg1: tensor<64xbf16>) -> tensor<16x64xbf16> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xbf16>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %11 = arith.extf %in : bf16 to f32
    linalg.yield %11 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.mulf %in, %in : f32
    %12 = arith.addf %out, %11 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%4 : tensor<16xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.divf %in, %cst_0 : f32
    %12 = arith.addf %11, %cst_1 : f32
    %13 = math.rsqrt %12 : f32
    linalg.yield %13 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16x64xbf16>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%1, %6 : tensor<16x64xf32>, tensor<16xf32>) outs(%7 : tensor<16x64xbf16>) {
  ^bb0(%in: f32, %in_2: f32, %out: bf16):
    %11 = arith.mulf %in, %in_2 : f32
    %12 = arith.truncf %11 : f32 to bf16
    linalg.yield %12 : bf16
  } -> tensor<16x64xbf16>
  %9 = tensor.empty() : tensor<16x64xbf16>
  %10 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%8, %arg1 : tensor<16x64xbf16>, tensor<64xbf16>) outs(%9 : tensor<16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %out: bf16):
    %11 = arith.extf %in : bf16 to f32
    %12 = arith.extf %in_2 : bf16 to f32
    %13 = arith.mulf %11, %12 : f32
    %14 = arith.truncf %13 : f32 to bf16
    linalg.yield %14 : bf16
  } -> tensor<16x64xbf16>
  return %10 : tensor<16x64xbf16>
}

// Three roundings in one body.
// CHECK-LABEL: func.func @layer_normalized_widened(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} rounding = normalized outs(
// CHECK-NOT: linalg.generic
func.func @layer_normalized_widened(%arg0: tensor<16x64xbf16>, %arg1: tensor<64xbf16>, %arg2: tensor<64xbf16>) -> tensor<16x64xbf16> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xbf16>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %14 = arith.extf %in : bf16 to f32
    linalg.yield %14 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%4 : tensor<16xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<16xf32>) -> tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "reduction"]} ins(%1, %6 : tensor<16x64xf32>, tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.subf %in, %in_2 : f32
    %16 = arith.mulf %14, %15 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%9 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16x64xbf16>
  %13 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map3, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%1, %6, %11, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xbf16>, tensor<64xbf16>) outs(%12 : tensor<16x64xbf16>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: bf16, %in_5: bf16, %out: bf16):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.addf %in_3, %cst_1 : f32
    %16 = math.rsqrt %15 : f32
    %17 = arith.mulf %14, %16 : f32
    %18 = arith.truncf %17 : f32 to bf16
    %19 = arith.extf %18 : bf16 to f32
    %20 = arith.extf %in_4 : bf16 to f32
    %21 = arith.mulf %19, %20 : f32
    %22 = arith.truncf %21 : f32 to bf16
    %23 = arith.extf %22 : bf16 to f32
    %24 = arith.extf %in_5 : bf16 to f32
    %25 = arith.addf %23, %24 : f32
    %26 = arith.truncf %25 : f32 to bf16
    linalg.yield %26 : bf16
  } -> tensor<16x64xbf16>
  return %13 : tensor<16x64xbf16>
}

// Rounded after the scale and after the bias, not after the division: neither once nor normalized.
// The op has the scale, and the bias stays.
// CHECK-LABEL: func.func @layer_rounded_after_scale(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: arith.addf
func.func @layer_rounded_after_scale(%arg0: tensor<16x64xbf16>, %arg1: tensor<64xbf16>, %arg2: tensor<64xbf16>) -> tensor<16x64xbf16> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xbf16>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %16 = arith.extf %in : bf16 to f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%4 : tensor<16xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<16xf32>) -> tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "reduction"]} ins(%1, %6 : tensor<16x64xf32>, tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %16 = arith.subf %in, %in_2 : f32
    %17 = arith.subf %in, %in_2 : f32
    %18 = arith.mulf %16, %17 : f32
    %19 = arith.addf %out, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%9 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16x64xbf16>
  %13 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%1, %6, %11, %arg1 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xbf16>) outs(%12 : tensor<16x64xbf16>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: bf16, %out: bf16):
    %16 = arith.subf %in, %in_2 : f32
    %17 = arith.addf %in_3, %cst_1 : f32
    %18 = math.rsqrt %17 : f32
    %19 = arith.mulf %16, %18 : f32
    %20 = arith.extf %in_4 : bf16 to f32
    %21 = arith.mulf %19, %20 : f32
    %22 = arith.truncf %21 : f32 to bf16
    linalg.yield %22 : bf16
  } -> tensor<16x64xbf16>
  %14 = tensor.empty() : tensor<16x64xbf16>
  %15 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%13, %arg2 : tensor<16x64xbf16>, tensor<64xbf16>) outs(%14 : tensor<16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %out: bf16):
    %16 = arith.addf %in, %in_2 : bf16
    linalg.yield %16 : bf16
  } -> tensor<16x64xbf16>
  return %15 : tensor<16x64xbf16>
}

// Rounded after the division and at the end, not between scale and bias: the op has neither.
// CHECK-LABEL: func.func @layer_rounded_before_affine(
// CHECK: norm.layer_norm %{{[^ ]+}} axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: arith.mulf
func.func @layer_rounded_before_affine(%arg0: tensor<16x64xbf16>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xbf16> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xbf16>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %16 = arith.extf %in : bf16 to f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%4 : tensor<16xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<16xf32>) -> tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "reduction"]} ins(%1, %6 : tensor<16x64xf32>, tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %16 = arith.subf %in, %in_2 : f32
    %17 = arith.subf %in, %in_2 : f32
    %18 = arith.mulf %16, %17 : f32
    %19 = arith.addf %out, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%9 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16x64xbf16>
  %13 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%1, %6, %11 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%12 : tensor<16x64xbf16>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: bf16):
    %16 = arith.subf %in, %in_2 : f32
    %17 = arith.addf %in_3, %cst_1 : f32
    %18 = math.rsqrt %17 : f32
    %19 = arith.mulf %16, %18 : f32
    %20 = arith.truncf %19 : f32 to bf16
    linalg.yield %20 : bf16
  } -> tensor<16x64xbf16>
  %14 = tensor.empty() : tensor<16x64xbf16>
  %15 = linalg.generic {indexing_maps = [#map, #map3, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%13, %arg1, %arg2 : tensor<16x64xbf16>, tensor<64xf32>, tensor<64xf32>) outs(%14 : tensor<16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: f32, %in_3: f32, %out: bf16):
    %16 = arith.extf %in : bf16 to f32
    %17 = arith.mulf %16, %in_2 : f32
    %18 = arith.addf %17, %in_3 : f32
    %19 = arith.truncf %18 : f32 to bf16
    linalg.yield %19 : bf16
  } -> tensor<16x64xbf16>
  return %15 : tensor<16x64xbf16>
}

// x is f32 and y is rounded to bf16: the op is f32, the rounding stays.
// CHECK-LABEL: func.func @layer_f32_in_bf16_out(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs({{.*}} : tensor<16x64xf32>
// CHECK: arith.truncf
func.func @layer_f32_in_bf16_out(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xbf16> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16x64xbf16>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map3, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%10 : tensor<16x64xbf16>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: bf16):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    %18 = arith.truncf %17 : f32 to bf16
    linalg.yield %18 : bf16
  } -> tensor<16x64xbf16>
  return %11 : tensor<16x64xbf16>
}

// f32 with statistics in f64.
// CHECK-LABEL: func.func @rms_f64_statistics(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_f64_statistics(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 6.400000e+01 : f64
  %cst_1 = arith.constant 9.9999999999999995E-7 : f64
  %0 = tensor.empty() : tensor<16xf64>
  %1 = linalg.fill ins(%cst : f64) outs(%0 : tensor<16xf64>) -> tensor<16xf64>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf64>) {
  ^bb0(%in: f32, %out: f64):
    %7 = arith.extf %in : f32 to f64
    %8 = arith.extf %in : f32 to f64
    %9 = arith.mulf %7, %8 : f64
    %10 = arith.addf %out, %9 : f64
    linalg.yield %10 : f64
  } -> tensor<16xf64>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xf64>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f64, %out: f32):
    %7 = arith.divf %in, %cst_0 : f64
    %8 = arith.addf %7, %cst_1 : f64
    %9 = math.rsqrt %8 : f64
    %10 = arith.truncf %9 : f64 to f32
    linalg.yield %10 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<16x64xf32>, tensor<16xf32>, tensor<64xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %7 = arith.mulf %in, %in_2 : f32
    %8 = arith.mulf %7, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<16x64xf32>
  return %6 : tensor<16x64xf32>
}

// f32 with everything in f64 and one rounding: closer than the op, whose f32 may replace it, or
// the op is on the f64 extension.
// CHECK-LABEL: func.func @rms_all_f64_inside(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1]
func.func @rms_all_f64_inside(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f64
  %cst_0 = arith.constant 6.400000e+01 : f64
  %cst_1 = arith.constant 9.9999999999999995E-7 : f64
  %0 = tensor.empty() : tensor<16x64xf64>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xf32>) outs(%0 : tensor<16x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %7 = arith.extf %in : f32 to f64
    linalg.yield %7 : f64
  } -> tensor<16x64xf64>
  %2 = tensor.empty() : tensor<16xf64>
  %3 = linalg.fill ins(%cst : f64) outs(%2 : tensor<16xf64>) -> tensor<16xf64>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf64>) outs(%3 : tensor<16xf64>) {
  ^bb0(%in: f64, %out: f64):
    %7 = arith.mulf %in, %in : f64
    %8 = arith.addf %out, %7 : f64
    linalg.yield %8 : f64
  } -> tensor<16xf64>
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%1, %4, %arg1 : tensor<16x64xf64>, tensor<16xf64>, tensor<64xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f64, %in_2: f64, %in_3: f32, %out: f32):
    %7 = arith.divf %in_2, %cst_0 : f64
    %8 = arith.addf %7, %cst_1 : f64
    %9 = math.rsqrt %8 : f64
    %10 = arith.mulf %in, %9 : f64
    %11 = arith.extf %in_3 : f32 to f64
    %12 = arith.mulf %10, %11 : f64
    %13 = arith.truncf %12 : f64 to f32
    linalg.yield %13 : f32
  } -> tensor<16x64xf32>
  return %6 : tensor<16x64xf32>
}

// The residual is added in f32 and not rounded before the statistics (flash-attention); it may
// become residual(...), or stay.
// CHECK-LABEL: func.func @rms_residual_unrounded(
// CHECK: norm.rms_norm {{.*}}axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}}
func.func @rms_residual_unrounded(%arg0: tensor<16x64xbf16>, %arg1: tensor<16x64xbf16>, %arg2: tensor<64xbf16>) -> (tensor<16x64xbf16>, tensor<16x64xbf16>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg1 : tensor<16x64xbf16>, tensor<16x64xbf16>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: bf16, %in_2: bf16, %out: f32):
    %11 = arith.extf %in : bf16 to f32
    %12 = arith.extf %in_2 : bf16 to f32
    %13 = arith.addf %11, %12 : f32
    linalg.yield %13 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.mulf %in, %in : f32
    %12 = arith.addf %out, %11 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%4 : tensor<16xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.divf %in, %cst_0 : f32
    %12 = arith.addf %11, %cst_1 : f32
    %13 = math.rsqrt %12 : f32
    linalg.yield %13 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16x64xbf16>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%1, %6, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<64xbf16>) outs(%7 : tensor<16x64xbf16>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: bf16, %out: bf16):
    %11 = arith.mulf %in, %in_2 : f32
    %12 = arith.extf %in_3 : bf16 to f32
    %13 = arith.mulf %11, %12 : f32
    %14 = arith.truncf %13 : f32 to bf16
    linalg.yield %14 : bf16
  } -> tensor<16x64xbf16>
  %9 = tensor.empty() : tensor<16x64xbf16>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%1 : tensor<16x64xf32>) outs(%9 : tensor<16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %11 = arith.truncf %in : f32 to bf16
    linalg.yield %11 : bf16
  } -> tensor<16x64xbf16>
  return %8, %10 : tensor<16x64xbf16>, tensor<16x64xbf16>
}

// The residual sum is rounded before the statistics (Hugging Face).
// CHECK-LABEL: func.func @rms_residual_rounded(
// CHECK: norm.rms_norm {{.*}}axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}}
func.func @rms_residual_rounded(%arg0: tensor<16x64xbf16>, %arg1: tensor<16x64xbf16>, %arg2: tensor<64xbf16>) -> (tensor<16x64xbf16>, tensor<16x64xbf16>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16x64xbf16>
  %1 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg1 : tensor<16x64xbf16>, tensor<16x64xbf16>) outs(%0 : tensor<16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %out: bf16):
    %11 = arith.addf %in, %in_2 : bf16
    linalg.yield %11 : bf16
  } -> tensor<16x64xbf16>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%1 : tensor<16x64xbf16>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %11 = arith.extf %in : bf16 to f32
    linalg.yield %11 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<16xf32>) -> tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3 : tensor<16x64xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.mulf %in, %in : f32
    %12 = arith.addf %out, %11 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%6 : tensor<16xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.divf %in, %cst_0 : f32
    %12 = arith.addf %11, %cst_1 : f32
    %13 = math.rsqrt %12 : f32
    linalg.yield %13 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16x64xbf16>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%3, %8, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<64xbf16>) outs(%9 : tensor<16x64xbf16>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: bf16, %out: bf16):
    %11 = arith.mulf %in, %in_2 : f32
    %12 = arith.extf %in_3 : bf16 to f32
    %13 = arith.mulf %11, %12 : f32
    %14 = arith.truncf %13 : f32 to bf16
    linalg.yield %14 : bf16
  } -> tensor<16x64xbf16>
  return %10, %1 : tensor<16x64xbf16>, tensor<16x64xbf16>
}

// The weight is widened by an op of its own.
// CHECK-LABEL: func.func @rms_weight_widened_once(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs({{.*}} : tensor<16x64xbf16>
func.func @rms_weight_widened_once(%arg0: tensor<16x64xbf16>, %arg1: tensor<64xbf16>) -> tensor<16x64xbf16> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<64xf32>
  %1 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg1 : tensor<64xbf16>) outs(%0 : tensor<64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %11 = arith.extf %in : bf16 to f32
    linalg.yield %11 : f32
  } -> tensor<64xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xbf16>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %11 = arith.extf %in : bf16 to f32
    linalg.yield %11 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<16xf32>) -> tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3 : tensor<16x64xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.mulf %in, %in : f32
    %12 = arith.addf %out, %11 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%6 : tensor<16xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.divf %in, %cst_0 : f32
    %12 = arith.addf %11, %cst_1 : f32
    %13 = math.rsqrt %12 : f32
    linalg.yield %13 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16x64xbf16>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%3, %8, %1 : tensor<16x64xf32>, tensor<16xf32>, tensor<64xf32>) outs(%9 : tensor<16x64xbf16>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: bf16):
    %11 = arith.mulf %in, %in_2 : f32
    %12 = arith.mulf %11, %in_3 : f32
    %13 = arith.truncf %12 : f32 to bf16
    linalg.yield %13 : bf16
  } -> tensor<16x64xbf16>
  return %10 : tensor<16x64xbf16>
}

// w + 1 is an op of its own: a weight_offset, or a scale of f32.
// CHECK-LABEL: func.func @rms_weight_offset_outside(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} {{.*}}outs({{.*}} : tensor<16x64xbf16>
func.func @rms_weight_offset_outside(%arg0: tensor<16x64xbf16>, %arg1: tensor<64xbf16>) -> tensor<16x64xbf16> {
  %cst = arith.constant 1.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<64xf32>
  %1 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%arg1 : tensor<64xbf16>) outs(%0 : tensor<64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %11 = arith.extf %in : bf16 to f32
    %12 = arith.addf %11, %cst : f32
    linalg.yield %12 : f32
  } -> tensor<64xf32>
  %2 = tensor.empty() : tensor<16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xbf16>) outs(%2 : tensor<16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %11 = arith.extf %in : bf16 to f32
    linalg.yield %11 : f32
  } -> tensor<16x64xf32>
  %4 = tensor.empty() : tensor<16xf32>
  %5 = linalg.fill ins(%cst_0 : f32) outs(%4 : tensor<16xf32>) -> tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%3 : tensor<16x64xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.mulf %in, %in : f32
    %12 = arith.addf %out, %11 : f32
    linalg.yield %12 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%6 : tensor<16xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.divf %in, %cst_1 : f32
    %12 = arith.addf %11, %cst_2 : f32
    %13 = math.rsqrt %12 : f32
    linalg.yield %13 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16x64xbf16>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%3, %8, %1 : tensor<16x64xf32>, tensor<16xf32>, tensor<64xf32>) outs(%9 : tensor<16x64xbf16>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %out: bf16):
    %11 = arith.mulf %in, %in_3 : f32
    %12 = arith.mulf %11, %in_4 : f32
    %13 = arith.truncf %12 : f32 to bf16
    linalg.yield %13 : bf16
  } -> tensor<16x64xbf16>
  return %10 : tensor<16x64xbf16>
}

// One row.
// CHECK-LABEL: func.func @rms_one_row(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_one_row(%arg0: tensor<1x64xf32>, %arg1: tensor<64xf32>) -> tensor<1x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<1xf32>) -> tensor<1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<1x64xf32>) outs(%1 : tensor<1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<1xf32>
  %3 = tensor.empty() : tensor<1xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<1xf32>) outs(%3 : tensor<1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    %8 = arith.addf %7, %cst_1 : f32
    %9 = math.rsqrt %8 : f32
    linalg.yield %9 : f32
  } -> tensor<1xf32>
  %5 = tensor.empty() : tensor<1x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<1x64xf32>, tensor<1xf32>, tensor<64xf32>) outs(%5 : tensor<1x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %7 = arith.mulf %in, %in_2 : f32
    %8 = arith.mulf %7, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<1x64xf32>
  return %6 : tensor<1x64xf32>
}

// One token: the statistic is read at (0, 0, 0).
// CHECK-LABEL: func.func @rms_one_token(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @rms_one_token(%arg0: tensor<1x1x64xf32>, %arg1: tensor<64xf32>) -> tensor<1x1x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<1x1x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<1x1x1xf32>) -> tensor<1x1x1xf32>
  %2 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<1x1x64xf32>) outs(%1 : tensor<1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<1x1x1xf32>
  %3 = tensor.empty() : tensor<1x1x1xf32>
  %4 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<1x1x1xf32>) outs(%3 : tensor<1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    %8 = arith.addf %7, %cst_1 : f32
    %9 = math.rsqrt %8 : f32
    linalg.yield %9 : f32
  } -> tensor<1x1x1xf32>
  %5 = tensor.empty() : tensor<1x1x64xf32>
  %6 = linalg.generic {indexing_maps = [#map4, #map6, #map7, #map4], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<1x1x64xf32>, tensor<1x1x1xf32>, tensor<64xf32>) outs(%5 : tensor<1x1x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %7 = arith.mulf %in, %in_2 : f32
    %8 = arith.mulf %7, %in_3 : f32
    linalg.yield %8 : f32
  } -> tensor<1x1x64xf32>
  return %6 : tensor<1x1x64xf32>
}

// Unit dimensions are folded away: a row of rank 1, statistics of rank 0.
// CHECK-LABEL: func.func @layer_one_token_folded(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = {{\[[0-2]\]}}
func.func @layer_one_token_folded(%arg0: tensor<1x1x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<1x1x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %collapsed = tensor.collapse_shape %arg0 [[0, 1, 2]] : tensor<1x1x64xf32> into tensor<64xf32>
  %0 = tensor.empty() : tensor<f32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<f32>) -> tensor<f32>
  %2 = linalg.generic {indexing_maps = [#map2, #map8], iterator_types = ["reduction"]} ins(%collapsed : tensor<64xf32>) outs(%1 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<f32>
  %3 = tensor.empty() : tensor<f32>
  %4 = linalg.generic {indexing_maps = [#map9, #map9], iterator_types = []} ins(%2 : tensor<f32>) outs(%3 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<f32>
  %5 = tensor.empty() : tensor<f32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<f32>) -> tensor<f32>
  %7 = linalg.generic {indexing_maps = [#map2, #map8, #map8], iterator_types = ["reduction"]} ins(%collapsed, %4 : tensor<64xf32>, tensor<f32>) outs(%6 : tensor<f32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<f32>
  %8 = tensor.empty() : tensor<f32>
  %9 = linalg.generic {indexing_maps = [#map9, #map9], iterator_types = []} ins(%7 : tensor<f32>) outs(%8 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<f32>
  %10 = tensor.empty() : tensor<64xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map8, #map8, #map2, #map2, #map2], iterator_types = ["parallel"]} ins(%collapsed, %4, %9, %arg1, %arg2 : tensor<64xf32>, tensor<f32>, tensor<f32>, tensor<64xf32>, tensor<64xf32>) outs(%10 : tensor<64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<64xf32>
  %expanded = tensor.expand_shape %11 [[0, 1, 2]] output_shape [1, 1, 64] : tensor<64xf32> into tensor<1x1x64xf32>
  return %expanded : tensor<1x1x64xf32>
}

// All operations carry fastmath flags.
// CHECK-LABEL: func.func @rms_fastmath(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}}
// CHECK-NOT: linalg.generic
func.func @rms_fastmath(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in fastmath<fast> : f32
    %8 = arith.addf %out, %7 fastmath<fast> : f32
    linalg.yield %8 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 fastmath<fast> : f32
    %8 = arith.addf %7, %cst_1 fastmath<fast> : f32
    %9 = math.rsqrt %8 fastmath<fast> : f32
    linalg.yield %9 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<16x64xf32>, tensor<16xf32>, tensor<64xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %7 = arith.mulf %in, %in_2 fastmath<fast> : f32
    %8 = arith.mulf %7, %in_3 fastmath<fast> : f32
    linalg.yield %8 : f32
  } -> tensor<16x64xf32>
  return %6 : tensor<16x64xf32>
}

// Named linalg ops only.
// CHECK-LABEL: func.func @layer_named_ops(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.reduce
func.func @layer_named_ops(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %reduced = linalg.reduce ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) dimensions = [1]
    (%in: f32, %init: f32) {
      %26 = arith.addf %in, %init : f32
      linalg.yield %26 : f32
    }
  %cst_0 = arith.constant dense<6.400000e+01> : tensor<16xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.div ins(%reduced, %cst_0 : tensor<16xf32>, tensor<16xf32>) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = tensor.empty() : tensor<16x64xf32>
  %broadcasted = linalg.broadcast ins(%3 : tensor<16xf32>) outs(%4 : tensor<16x64xf32>) dimensions = [1]
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.sub ins(%arg0, %broadcasted : tensor<16x64xf32>, tensor<16x64xf32>) outs(%5 : tensor<16x64xf32>) -> tensor<16x64xf32>
  %7 = tensor.empty() : tensor<16x64xf32>
  %8 = linalg.square ins(%6 : tensor<16x64xf32>) outs(%7 : tensor<16x64xf32>) -> tensor<16x64xf32>
  %9 = tensor.empty() : tensor<16xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<16xf32>) -> tensor<16xf32>
  %reduced_1 = linalg.reduce ins(%8 : tensor<16x64xf32>) outs(%10 : tensor<16xf32>) dimensions = [1]
    (%in: f32, %init: f32) {
      %26 = arith.addf %in, %init : f32
      linalg.yield %26 : f32
    }
  %11 = tensor.empty() : tensor<16xf32>
  %12 = linalg.div ins(%reduced_1, %cst_0 : tensor<16xf32>, tensor<16xf32>) outs(%11 : tensor<16xf32>) -> tensor<16xf32>
  %cst_2 = arith.constant dense<9.99999974E-6> : tensor<16xf32>
  %13 = tensor.empty() : tensor<16xf32>
  %14 = linalg.add ins(%12, %cst_2 : tensor<16xf32>, tensor<16xf32>) outs(%13 : tensor<16xf32>) -> tensor<16xf32>
  %15 = tensor.empty() : tensor<16xf32>
  %16 = linalg.sqrt ins(%14 : tensor<16xf32>) outs(%15 : tensor<16xf32>) -> tensor<16xf32>
  %17 = tensor.empty() : tensor<16x64xf32>
  %broadcasted_3 = linalg.broadcast ins(%16 : tensor<16xf32>) outs(%17 : tensor<16x64xf32>) dimensions = [1]
  %18 = tensor.empty() : tensor<16x64xf32>
  %19 = linalg.div ins(%6, %broadcasted_3 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%18 : tensor<16x64xf32>) -> tensor<16x64xf32>
  %20 = tensor.empty() : tensor<16x64xf32>
  %broadcasted_4 = linalg.broadcast ins(%arg1 : tensor<64xf32>) outs(%20 : tensor<16x64xf32>) dimensions = [0]
  %21 = tensor.empty() : tensor<16x64xf32>
  %22 = linalg.mul ins(%19, %broadcasted_4 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%21 : tensor<16x64xf32>) -> tensor<16x64xf32>
  %23 = tensor.empty() : tensor<16x64xf32>
  %broadcasted_5 = linalg.broadcast ins(%arg2 : tensor<64xf32>) outs(%23 : tensor<16x64xf32>) dimensions = [0]
  %24 = tensor.empty() : tensor<16x64xf32>
  %25 = linalg.add ins(%22, %broadcasted_5 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%24 : tensor<16x64xf32>) -> tensor<16x64xf32>
  return %25 : tensor<16x64xf32>
}

// N and epsilon are tensors filled by linalg.fill.
// CHECK-LABEL: func.func @layer_filled_count(
// CHECK: norm.layer_norm %{{[^ ]+}} axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @layer_filled_count(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.addf %out, %in : f32
    linalg.yield %18 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.fill ins(%cst_0 : f32) outs(%3 : tensor<16xf32>) -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%2, %4 : tensor<16xf32>, tensor<16xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %18 = arith.divf %in, %in_2 : f32
    linalg.yield %18 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.fill ins(%cst : f32) outs(%7 : tensor<16xf32>) -> tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %6 : tensor<16x64xf32>, tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %18 = arith.subf %in, %in_2 : f32
    %19 = arith.subf %in, %in_2 : f32
    %20 = arith.mulf %18, %19 : f32
    %21 = arith.addf %out, %20 : f32
    linalg.yield %21 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%9, %4 : tensor<16xf32>, tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %18 = arith.divf %in, %in_2 : f32
    linalg.yield %18 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16xf32>
  %13 = linalg.fill ins(%cst_1 : f32) outs(%12 : tensor<16xf32>) -> tensor<16xf32>
  %14 = tensor.empty() : tensor<16xf32>
  %15 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%11, %13 : tensor<16xf32>, tensor<16xf32>) outs(%14 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %18 = arith.addf %in, %in_2 : f32
    %19 = math.rsqrt %18 : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %16 = tensor.empty() : tensor<16x64xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %6, %15 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%16 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %18 = arith.subf %in, %in_2 : f32
    %19 = arith.mulf %18, %in_3 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  return %17 : tensor<16x64xf32>
}
