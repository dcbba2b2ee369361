// RUN: norm-opt %s --norm-raise | FileCheck %s
// RUN: norm-opt %s --norm-raise --remarks-filter=norm-raise 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK

// What is nearly a layer normalization: other axes, other elements, other types.

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d0)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1) -> (d1)>

// The variance is a moving average.
// CHECK-LABEL: func.func @layer_running_variance(
// CHECK-NOT: norm.
// REMARK: Reason="the sum of squares of 64 elements is divided by {{[0-9.]+}}"
func.func @layer_running_variance(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<16xf32>) -> (tensor<16x64xf32>, tensor<16xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 0.899999976 : f32
  %cst_2 = arith.constant 1.000000e-01 : f32
  %cst_3 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %14 = arith.subf %in, %in_4 : f32
    %15 = arith.subf %in, %in_4 : f32
    %16 = arith.mulf %14, %15 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%9, %arg3 : tensor<16xf32>, tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %14 = arith.mulf %in_4, %cst_1 : f32
    %15 = arith.mulf %in, %cst_2 : f32
    %16 = arith.addf %14, %15 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map3, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %11, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%12 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %in_5: f32, %in_6: f32, %in_7: f32, %out: f32):
    %14 = arith.subf %in, %in_4 : f32
    %15 = arith.addf %in_5, %cst_3 : f32
    %16 = math.rsqrt %15 : f32
    %17 = arith.mulf %14, %16 : f32
    %18 = arith.mulf %17, %in_6 : f32
    %19 = arith.addf %18, %in_7 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  return %13, %11 : tensor<16x64xf32>, tensor<16xf32>
}

// An epsilon of its own for every row.
// CHECK-LABEL: func.func @layer_eps_per_row(
// CHECK-NOT: norm.
// REMARK: Reason="epsilon differs from group to group"
func.func @layer_eps_per_row(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<16xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %14 = arith.subf %in, %in_1 : f32
    %15 = arith.subf %in, %in_1 : f32
    %16 = arith.mulf %14, %15 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%9, %arg3 : tensor<16xf32>, tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %14 = arith.addf %in, %in_1 : f32
    %15 = math.rsqrt %14 : f32
    linalg.yield %15 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map3, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %11, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%12 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %14 = arith.subf %in, %in_1 : f32
    %15 = arith.mulf %14, %in_2 : f32
    %16 = arith.mulf %15, %in_3 : f32
    %17 = arith.addf %16, %in_4 : f32
    linalg.yield %17 : f32
  } -> tensor<16x64xf32>
  return %13 : tensor<16x64xf32>
}

// All in bf16 arithmetic.
// CHECK-LABEL: func.func @layer_bf16_arithmetic(
// CHECK-NOT: norm.
// REMARK: Reason="what is under the root is rounded to a narrower type, and normalizations do not"
func.func @layer_bf16_arithmetic(%arg0: tensor<16x64xbf16>, %arg1: tensor<64xbf16>, %arg2: tensor<64xbf16>) -> tensor<16x64xbf16> {
  %cst = arith.constant 0.000000e+00 : bf16
  %cst_0 = arith.constant 6.400000e+01 : bf16
  %cst_1 = arith.constant 1.001360e-05 : bf16
  %0 = tensor.empty() : tensor<16xbf16>
  %1 = linalg.fill ins(%cst : bf16) outs(%0 : tensor<16xbf16>) -> tensor<16xbf16>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xbf16>) outs(%1 : tensor<16xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %12 = arith.addf %out, %in : bf16
    linalg.yield %12 : bf16
  } -> tensor<16xbf16>
  %3 = tensor.empty() : tensor<16xbf16>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xbf16>) outs(%3 : tensor<16xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %12 = arith.divf %in, %cst_0 : bf16
    linalg.yield %12 : bf16
  } -> tensor<16xbf16>
  %5 = tensor.empty() : tensor<16xbf16>
  %6 = linalg.fill ins(%cst : bf16) outs(%5 : tensor<16xbf16>) -> tensor<16xbf16>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<16x64xbf16>, tensor<16xbf16>) outs(%6 : tensor<16xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %out: bf16):
    %12 = arith.subf %in, %in_2 : bf16
    %13 = arith.subf %in, %in_2 : bf16
    %14 = arith.mulf %12, %13 : bf16
    %15 = arith.addf %out, %14 : bf16
    linalg.yield %15 : bf16
  } -> tensor<16xbf16>
  %8 = tensor.empty() : tensor<16xbf16>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<16xbf16>) outs(%8 : tensor<16xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %12 = arith.divf %in, %cst_0 : bf16
    linalg.yield %12 : bf16
  } -> tensor<16xbf16>
  %10 = tensor.empty() : tensor<16x64xbf16>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map3, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<16x64xbf16>, tensor<16xbf16>, tensor<16xbf16>, tensor<64xbf16>, tensor<64xbf16>) outs(%10 : tensor<16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %in_3: bf16, %in_4: bf16, %in_5: bf16, %out: bf16):
    %12 = arith.subf %in, %in_2 : bf16
    %13 = arith.addf %in_3, %cst_1 : bf16
    %14 = math.rsqrt %13 : bf16
    %15 = arith.mulf %12, %14 : bf16
    %16 = arith.mulf %15, %in_4 : bf16
    %17 = arith.addf %16, %in_5 : bf16
    linalg.yield %17 : bf16
  } -> tensor<16x64xbf16>
  return %11 : tensor<16x64xbf16>
}

// x - mean is rounded to bf16 before it is squared. An RMS normalization of x - mean is inside,
// and may be found.
// CHECK-LABEL: func.func @layer_bf16_centered(
// CHECK-NOT: norm.layer_norm
// Why: x - mean rounded to bf16
func.func @layer_bf16_centered(%arg0: tensor<16x64xbf16>, %arg1: tensor<64xbf16>, %arg2: tensor<64xbf16>) -> tensor<16x64xbf16> {
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
  %7 = tensor.empty() : tensor<16x64xbf16>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%1, %6 : tensor<16x64xf32>, tensor<16xf32>) outs(%7 : tensor<16x64xbf16>) {
  ^bb0(%in: f32, %in_2: f32, %out: bf16):
    %16 = arith.subf %in, %in_2 : f32
    %17 = arith.truncf %16 : f32 to bf16
    linalg.yield %17 : bf16
  } -> tensor<16x64xbf16>
  %9 = tensor.empty() : tensor<16xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<16xf32>) -> tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%8 : tensor<16x64xbf16>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %16 = arith.extf %in : bf16 to f32
    %17 = arith.extf %in : bf16 to f32
    %18 = arith.mulf %16, %17 : f32
    %19 = arith.addf %out, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%11 : tensor<16xf32>) outs(%12 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %14 = tensor.empty() : tensor<16x64xbf16>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%8, %13, %arg1, %arg2 : tensor<16x64xbf16>, tensor<16xf32>, tensor<64xbf16>, tensor<64xbf16>) outs(%14 : tensor<16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: f32, %in_3: bf16, %in_4: bf16, %out: bf16):
    %16 = arith.extf %in : bf16 to f32
    %17 = arith.addf %in_2, %cst_1 : f32
    %18 = math.rsqrt %17 : f32
    %19 = arith.mulf %16, %18 : f32
    %20 = arith.extf %in_3 : bf16 to f32
    %21 = arith.mulf %19, %20 : f32
    %22 = arith.extf %in_4 : bf16 to f32
    %23 = arith.addf %21, %22 : f32
    %24 = arith.truncf %23 : f32 to bf16
    linalg.yield %24 : bf16
  } -> tensor<16x64xbf16>
  return %15 : tensor<16x64xbf16>
}

// The mean passes through bf16. An RMS normalization of x - mean is inside, and may be found.
// CHECK-LABEL: func.func @layer_bf16_mean(
// CHECK-NOT: norm.layer_norm
// REMARK: Reason="what is under the root is rounded to a narrower type, and normalizations do not"
func.func @layer_bf16_mean(%arg0: tensor<16x64xbf16>, %arg1: tensor<64xbf16>, %arg2: tensor<64xbf16>) -> tensor<16x64xbf16> {
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
    %15 = arith.truncf %14 : f32 to bf16
    %16 = arith.extf %15 : bf16 to f32
    linalg.yield %16 : f32
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
    %18 = arith.extf %in_4 : bf16 to f32
    %19 = arith.mulf %17, %18 : f32
    %20 = arith.extf %in_5 : bf16 to f32
    %21 = arith.addf %19, %20 : f32
    %22 = arith.truncf %21 : f32 to bf16
    linalg.yield %22 : bf16
  } -> tensor<16x64xbf16>
  return %13 : tensor<16x64xbf16>
}

// (x - min) / (max - min + eps).
// CHECK-LABEL: func.func @layer_min_max(
// CHECK-NOT: norm.
func.func @layer_min_max(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant -3.000000e+38 : f32
  %cst_0 = arith.constant 3.000000e+38 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = arith.maximumf %out, %in : f32
    linalg.yield %8 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.fill ins(%cst_0 : f32) outs(%3 : tensor<16xf32>) -> tensor<16xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%4 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %8 = arith.minimumf %out, %in : f32
    linalg.yield %8 : f32
  } -> tensor<16xf32>
  %6 = tensor.empty() : tensor<16x64xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %2, %5 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%6 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %8 = arith.subf %in, %in_3 : f32
    %9 = arith.subf %in_2, %in_3 : f32
    %10 = arith.addf %9, %cst_1 : f32
    %11 = arith.divf %8, %10 : f32
    linalg.yield %11 : f32
  } -> tensor<16x64xf32>
  return %7 : tensor<16x64xf32>
}

// Only centered: nothing is divided.
// CHECK-LABEL: func.func @layer_mean_only(
// CHECK-NOT: norm.
func.func @layer_mean_only(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.addf %out, %in : f32
    linalg.yield %7 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    linalg.yield %7 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %in_2: f32, %in_3: f32, %out: f32):
    %7 = arith.subf %in, %in_1 : f32
    %8 = arith.mulf %7, %in_2 : f32
    %9 = arith.addf %8, %in_3 : f32
    linalg.yield %9 : f32
  } -> tensor<16x64xf32>
  return %6 : tensor<16x64xf32>
}

// Mean and rstd are computed and returned; nothing is normalized.
// CHECK-LABEL: func.func @variance_alone(
// CHECK-NOT: norm.
func.func @variance_alone(%arg0: tensor<16x64xf32>) -> (tensor<16xf32>, tensor<16xf32>) {
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
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%9 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %in, %cst_1 : f32
    %13 = math.rsqrt %12 : f32
    linalg.yield %13 : f32
  } -> tensor<16xf32>
  return %4, %11 : tensor<16xf32>, tensor<16xf32>
}

// One reduction sums x and the squares of z.
// CHECK-LABEL: func.func @layer_fused_sums_of_two(
// CHECK-NOT: norm.
// REMARK: Reason="epsilon differs from group to group"
func.func @layer_fused_sums_of_two(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4:2 = linalg.generic {indexing_maps = [#map, #map, #map1, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %arg1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%1, %3 : tensor<16xf32>, tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32, %out_3: f32):
    %11 = arith.addf %out, %in : f32
    %12 = arith.mulf %in_2, %in_2 : f32
    %13 = arith.addf %out_3, %12 : f32
    linalg.yield %11, %13 : f32, f32
  } -> (tensor<16xf32>, tensor<16xf32>)
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%4#0 : tensor<16xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.divf %in, %cst_0 : f32
    linalg.yield %11 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%4#1, %6 : tensor<16xf32>, tensor<16xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %11 = arith.divf %in, %cst_0 : f32
    %12 = arith.mulf %in_2, %in_2 : f32
    %13 = arith.subf %11, %12 : f32
    linalg.yield %13 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %6, %8 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%9 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %11 = arith.subf %in, %in_2 : f32
    %12 = arith.addf %in_3, %cst_1 : f32
    %13 = math.rsqrt %12 : f32
    %14 = arith.mulf %11, %13 : f32
    linalg.yield %14 : f32
  } -> tensor<16x64xf32>
  return %10 : tensor<16x64xf32>
}

// One reduction with two results, in whose body the accumulators are exchanged.
// CHECK-LABEL: func.func @layer_results_exchanged(
// CHECK-NOT: norm.
// Why: not a sum
func.func @layer_results_exchanged(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4:2 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1, %3 : tensor<16xf32>, tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32, %out_2: f32):
    %11 = arith.addf %out_2, %in : f32
    %12 = arith.mulf %in, %in : f32
    %13 = arith.addf %out, %12 : f32
    linalg.yield %11, %13 : f32, f32
  } -> (tensor<16xf32>, tensor<16xf32>)
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%4#0 : tensor<16xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.divf %in, %cst_0 : f32
    linalg.yield %11 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map2, #map2, #map2], iterator_types = ["parallel"]} ins(%4#1, %6 : tensor<16xf32>, tensor<16xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %11 = arith.divf %in, %cst_0 : f32
    %12 = arith.mulf %in_2, %in_2 : f32
    %13 = arith.subf %11, %12 : f32
    linalg.yield %13 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %6, %8 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%9 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %11 = arith.subf %in, %in_2 : f32
    %12 = arith.addf %in_3, %cst_1 : f32
    %13 = math.rsqrt %12 : f32
    %14 = arith.mulf %11, %13 : f32
    linalg.yield %14 : f32
  } -> tensor<16x64xf32>
  return %10 : tensor<16x64xf32>
}
