// RUN: norm-opt %s --norm-raise | FileCheck %s
// RUN: norm-opt %s --norm-raise --remarks-filter=norm-raise 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK

// What JAX makes of code that is nearly a normalization.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map3 = affine_map<(d0, d1, d2) -> (d2)>
#map4 = affine_map<() -> ()>
#map5 = affine_map<(d0, d1, d2) -> ()>

// The squares, and the mean, are bf16.
// CHECK-LABEL: func.func @jax_rms_norm_bf16_arithmetic(
// CHECK-NOT: norm.
// REMARK: Reason="what is under the root is rounded to a narrower type, and normalizations do not"
func.func @jax_rms_norm_bf16_arithmetic(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64xbf16>) -> tensor<2x16x64xbf16> {
  %cst = arith.constant 9.983770e-07 : bf16
  %cst_0 = arith.constant 6.400000e+01 : bf16
  %cst_1 = arith.constant 0.000000e+00 : bf16
  %0 = tensor.empty() : tensor<2x16x64xbf16>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %19 = arith.mulf %in, %in : bf16
    linalg.yield %19 : bf16
  } -> tensor<2x16x64xbf16>
  %2 = tensor.empty() : tensor<2x16xbf16>
  %3 = linalg.fill ins(%cst_1 : bf16) outs(%2 : tensor<2x16xbf16>) -> tensor<2x16xbf16>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xbf16>) outs(%3 : tensor<2x16xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %19 = arith.addf %out, %in : bf16
    linalg.yield %19 : bf16
  } -> tensor<2x16xbf16>
  %expanded = tensor.expand_shape %4 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xbf16> into tensor<2x16x1xbf16>
  %5 = tensor.empty() : tensor<2x16x1xbf16>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xbf16>) outs(%5 : tensor<2x16x1xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %19 = arith.divf %in, %cst_0 : bf16
    linalg.yield %19 : bf16
  } -> tensor<2x16x1xbf16>
  %7 = tensor.empty() : tensor<2x16x1xbf16>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xbf16>) outs(%7 : tensor<2x16x1xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %19 = arith.addf %in, %cst : bf16
    linalg.yield %19 : bf16
  } -> tensor<2x16x1xbf16>
  %9 = tensor.empty() : tensor<2x16x1xbf16>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xbf16>) outs(%9 : tensor<2x16x1xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    %19 = math.rsqrt %in : bf16
    linalg.yield %19 : bf16
  } -> tensor<2x16x1xbf16>
  %11 = tensor.empty() : tensor<2x16x64xbf16>
  %12 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xbf16>) outs(%11 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    linalg.yield %in : bf16
  } -> tensor<2x16x64xbf16>
  %13 = tensor.empty() : tensor<2x16x64xbf16>
  %14 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %12 : tensor<2x16x64xbf16>, tensor<2x16x64xbf16>) outs(%13 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %out: bf16):
    %19 = arith.mulf %in, %in_2 : bf16
    linalg.yield %19 : bf16
  } -> tensor<2x16x64xbf16>
  %15 = tensor.empty() : tensor<2x16x64xbf16>
  %16 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<64xbf16>) outs(%15 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    linalg.yield %in : bf16
  } -> tensor<2x16x64xbf16>
  %17 = tensor.empty() : tensor<2x16x64xbf16>
  %18 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14, %16 : tensor<2x16x64xbf16>, tensor<2x16x64xbf16>) outs(%17 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %out: bf16):
    %19 = arith.mulf %in, %in_2 : bf16
    linalg.yield %19 : bf16
  } -> tensor<2x16x64xbf16>
  return %18 : tensor<2x16x64xbf16>
}

// ddof = 1.
// CHECK-LABEL: func.func @jax_var_ddof(
// CHECK-NOT: norm.
// REMARK: Reason="the variance is divided by N - 1, where normalizations divide by N"
func.func @jax_var_ddof(%arg0: tensor<2x16x64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 1.000000e+00 : f32
  %cst_0 = arith.constant 9.99999974E-6 : f32
  %cst_1 = arith.constant 0x7FC00000 : f32
  %cst_2 = arith.constant 6.400000e+01 : f32
  %cst_3 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_3 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.addf %out, %in : f32
    linalg.yield %34 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %2 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.divf %in, %cst_2 : f32
    linalg.yield %34 : f32
  } -> tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %6 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %34 = arith.subf %in, %in_5 : f32
    linalg.yield %34 : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x64xf32>) outs(%9 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.mulf %in, %in : f32
    linalg.yield %34 : f32
  } -> tensor<2x16x64xf32>
  %11 = tensor.empty() : tensor<f32>
  %12 = linalg.generic {indexing_maps = [#map4], iterator_types = []} outs(%11 : tensor<f32>) {
  ^bb0(%out: f32):
    linalg.yield %cst : f32
  } -> tensor<f32>
  %13 = tensor.empty() : tensor<f32>
  %14 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = []} ins(%12 : tensor<f32>) outs(%13 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.subf %cst_2, %in : f32
    linalg.yield %34 : f32
  } -> tensor<f32>
  %15 = tensor.empty() : tensor<2x16xf32>
  %16 = linalg.fill ins(%cst_3 : f32) outs(%15 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%10 : tensor<2x16x64xf32>) outs(%16 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.addf %out, %in : f32
    linalg.yield %34 : f32
  } -> tensor<2x16xf32>
  %expanded_4 = tensor.expand_shape %17 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %18 = tensor.empty() : tensor<2x16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<f32>) outs(%18 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x1xf32>
  %20 = tensor.empty() : tensor<2x16x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_4, %19 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%20 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %34 = arith.divf %in, %in_5 : f32
    linalg.yield %34 : f32
  } -> tensor<2x16x1xf32>
  %22 = tensor.empty() : tensor<i1>
  %23 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = []} ins(%14 : tensor<f32>) outs(%22 : tensor<i1>) {
  ^bb0(%in: f32, %out: i1):
    %34 = arith.cmpf ogt, %in, %cst_3 : f32
    linalg.yield %34 : i1
  } -> tensor<i1>
  %24 = tensor.empty() : tensor<2x16x1xf32>
  %extracted = tensor.extract %23[] : tensor<i1>
  %25 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21 : tensor<2x16x1xf32>) outs(%24 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.select %extracted, %in, %cst_1 : f32
    linalg.yield %34 : f32
  } -> tensor<2x16x1xf32>
  %26 = tensor.empty() : tensor<2x16x1xf32>
  %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%25 : tensor<2x16x1xf32>) outs(%26 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = arith.addf %in, %cst_0 : f32
    linalg.yield %34 : f32
  } -> tensor<2x16x1xf32>
  %28 = tensor.empty() : tensor<2x16x1xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27 : tensor<2x16x1xf32>) outs(%28 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %34 = math.rsqrt %in : f32
    linalg.yield %34 : f32
  } -> tensor<2x16x1xf32>
  %30 = tensor.empty() : tensor<2x16x64xf32>
  %31 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<2x16x1xf32>) outs(%30 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %32 = tensor.empty() : tensor<2x16x64xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %31 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%32 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %34 = arith.mulf %in, %in_5 : f32
    linalg.yield %34 : f32
  } -> tensor<2x16x64xf32>
  return %33 : tensor<2x16x64xf32>
}

// rsqrt(max(sum, eps)).
// CHECK-LABEL: func.func @jax_l2_normalize(
// CHECK-NOT: norm.
// Why: sum of squares, not a mean
func.func @jax_l2_normalize(%arg0: tensor<2x16x64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 9.99999996E-13 : f32
  %cst_0 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.mulf %in, %in : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16xf32>
  %3 = linalg.fill ins(%cst_0 : f32) outs(%2 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.addf %out, %in : f32
    linalg.yield %13 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %4 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.maximumf %in, %cst : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x1xf32>
  %7 = tensor.empty() : tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = math.rsqrt %in : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %11 = tensor.empty() : tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %10 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%11 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %13 = arith.mulf %in, %in_1 : f32
    linalg.yield %13 : f32
  } -> tensor<2x16x64xf32>
  return %12 : tensor<2x16x64xf32>
}

// jnp.mean with where = mask.
// CHECK-LABEL: func.func @jax_rms_where(
// CHECK-NOT: norm.
// Why: mean over a mask
func.func @jax_rms_where(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xi1>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.mulf %in, %in : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16x64xi32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xi1>) outs(%2 : tensor<2x16x64xi32>) {
  ^bb0(%in: i1, %out: i32):
    %24 = arith.extui %in : i1 to i32
    linalg.yield %24 : i32
  } -> tensor<2x16x64xi32>
  %4 = tensor.empty() : tensor<2x16x64xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<2x16x64xi32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: i32, %out: f32):
    %24 = arith.sitofp %in : i32 to f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  %6 = tensor.empty() : tensor<2x16xf32>
  %7 = linalg.fill ins(%cst_0 : f32) outs(%6 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%5 : tensor<2x16x64xf32>) outs(%7 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.addf %out, %in : f32
    linalg.yield %24 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %8 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %1 : tensor<2x16x64xi1>, tensor<2x16x64xf32>) outs(%9 : tensor<2x16x64xf32>) {
  ^bb0(%in: i1, %in_2: f32, %out: f32):
    %24 = arith.select %in, %in_2, %cst_0 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  %11 = tensor.empty() : tensor<2x16xf32>
  %12 = linalg.fill ins(%cst_0 : f32) outs(%11 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%10 : tensor<2x16x64xf32>) outs(%12 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.addf %out, %in : f32
    linalg.yield %24 : f32
  } -> tensor<2x16xf32>
  %expanded_1 = tensor.expand_shape %13 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %14 = tensor.empty() : tensor<2x16x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_1, %expanded : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%14 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %24 = arith.divf %in, %in_2 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x1xf32>
  %16 = tensor.empty() : tensor<2x16x1xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x16x1xf32>) outs(%16 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.addf %in, %cst : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x1xf32>
  %18 = tensor.empty() : tensor<2x16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<2x16x1xf32>) outs(%18 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = math.rsqrt %in : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x1xf32>
  %20 = tensor.empty() : tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19 : tensor<2x16x1xf32>) outs(%20 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %22 = tensor.empty() : tensor<2x16x64xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %21 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%22 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %24 = arith.mulf %in, %in_2 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  return %23 : tensor<2x16x64xf32>
}

// The root mean square of all of one tensor scales another.
// CHECK-LABEL: func.func @jax_global_rms(
// CHECK-NOT: norm.
// REMARK: Reason="what is multiplied with the root is not what the statistics are of"
func.func @jax_global_rms(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 2.048000e+03 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = arith.mulf %in, %in : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<f32>
  %3 = linalg.fill ins(%cst_1 : f32) outs(%2 : tensor<f32>) -> tensor<f32>
  %4 = linalg.generic {indexing_maps = [#map, #map5], iterator_types = ["reduction", "reduction", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = arith.addf %out, %in : f32
    linalg.yield %15 : f32
  } -> tensor<f32>
  %5 = tensor.empty() : tensor<f32>
  %6 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = []} ins(%4 : tensor<f32>) outs(%5 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = arith.divf %in, %cst_0 : f32
    linalg.yield %15 : f32
  } -> tensor<f32>
  %7 = tensor.empty() : tensor<f32>
  %8 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = []} ins(%6 : tensor<f32>) outs(%7 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = arith.addf %in, %cst : f32
    linalg.yield %15 : f32
  } -> tensor<f32>
  %9 = tensor.empty() : tensor<f32>
  %10 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = []} ins(%8 : tensor<f32>) outs(%9 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = math.rsqrt %in : f32
    linalg.yield %15 : f32
  } -> tensor<f32>
  %11 = tensor.empty() : tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<f32>) outs(%11 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %13 = tensor.empty() : tensor<2x16x64xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %12 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%13 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %15 = arith.mulf %in, %in_2 : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x64xf32>
  return %14 : tensor<2x16x64xf32>
}

// jax.nn.softmax.
// CHECK-LABEL: func.func @jax_softmax(
// CHECK-NOT: norm.
func.func @jax_softmax(%arg0: tensor<2x16x64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0xFF800000 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_0 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.maximumf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<2x16xf32>
  %3 = tensor.empty() : tensor<2x16x64xf32>
  %4 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x16xf32>) outs(%3 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %16 = arith.subf %in, %in_1 : f32
    linalg.yield %16 : f32
  } -> tensor<2x16x64xf32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = math.exp %in : f32
    linalg.yield %16 : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%8 : tensor<2x16x64xf32>) outs(%10 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<2x16xf32>
  %12 = tensor.empty() : tensor<2x16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x16xf32>) outs(%12 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %14 = tensor.empty() : tensor<2x16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %13 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%14 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %16 = arith.divf %in, %in_1 : f32
    linalg.yield %16 : f32
  } -> tensor<2x16x64xf32>
  return %15 : tensor<2x16x64xf32>
}
