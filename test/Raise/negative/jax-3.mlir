// RUN: norm-opt %s --norm-raise | FileCheck %s
// RUN: norm-opt %s --norm-raise --remarks-filter=norm-raise 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK

// What JAX makes of code that is nearly a normalization.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<() -> ()>
#map5 = affine_map<(d0, d1, d2) -> ()>

// The statistic is that of the row before (jnp.roll).
// CHECK-LABEL: func.func @jax_rms_shifted(
// CHECK-NOT: norm.
// REMARK: Reason="what is multiplied with the root is not what the statistics are of"
func.func @jax_rms_shifted(%arg0: tensor<2x16x64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %extracted_slice = tensor.extract_slice %arg0[0, 15, 0] [2, 1, 64] [1, 1, 1] : tensor<2x16x64xf32> to tensor<2x1x64xf32>
  %extracted_slice_2 = tensor.extract_slice %arg0[0, 0, 0] [2, 15, 64] [1, 1, 1] : tensor<2x16x64xf32> to tensor<2x15x64xf32>
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %inserted_slice = tensor.insert_slice %extracted_slice into %0[0, 0, 0] [2, 1, 64] [1, 1, 1] : tensor<2x1x64xf32> into tensor<2x16x64xf32>
  %inserted_slice_3 = tensor.insert_slice %extracted_slice_2 into %inserted_slice[0, 1, 0] [2, 15, 64] [1, 1, 1] : tensor<2x15x64xf32> into tensor<2x16x64xf32>
  %1 = tensor.empty() : tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%inserted_slice_3 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.mulf %in, %in : f32
    linalg.yield %16 : f32
  } -> tensor<2x16x64xf32>
  %3 = tensor.empty() : tensor<2x16xf32>
  %4 = linalg.fill ins(%cst_1 : f32) outs(%3 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %5 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %6 = tensor.empty() : tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%6 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<2x16x1xf32>
  %8 = tensor.empty() : tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%8 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %in, %cst : f32
    linalg.yield %16 : f32
  } -> tensor<2x16x1xf32>
  %10 = tensor.empty() : tensor<2x16x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9 : tensor<2x16x1xf32>) outs(%10 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = math.rsqrt %in : f32
    linalg.yield %16 : f32
  } -> tensor<2x16x1xf32>
  %12 = tensor.empty() : tensor<2x16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x16x1xf32>) outs(%12 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %14 = tensor.empty() : tensor<2x16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %13 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%14 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %16 = arith.mulf %in, %in_4 : f32
    linalg.yield %16 : f32
  } -> tensor<2x16x64xf32>
  return %15 : tensor<2x16x64xf32>
}

// The gradient of softmax.
// CHECK-LABEL: func.func @jax_softmax_vjp(
// CHECK-NOT: norm.
func.func @jax_softmax_vjp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 1.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f32
  %cst_1 = arith.constant 0xFF800000 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_1 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.maximumf %out, %in : f32
    linalg.yield %40 : f32
  } -> tensor<2x16xf32>
  %3 = tensor.empty() : tensor<2x16x64xf32>
  %4 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x16xf32>) outs(%3 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %4 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %40 = arith.subf %in, %in_3 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x64xf32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = math.exp %in : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16xf32>
  %10 = linalg.fill ins(%cst_0 : f32) outs(%9 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%8 : tensor<2x16x64xf32>) outs(%10 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.addf %out, %in : f32
    linalg.yield %40 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %11 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %12 = tensor.empty() : tensor<2x16x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%12 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.mulf %in, %in : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x1xf32>
  %14 = tensor.empty() : tensor<2x16x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x16x1xf32>) outs(%14 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.divf %cst, %in : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x1xf32>
  %16 = tensor.empty() : tensor<2x16x64xf32>
  %17 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x16x1xf32>) outs(%16 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %18 = tensor.empty() : tensor<2x16x64xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %17 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%18 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %40 = arith.mulf %in, %in_3 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x64xf32>
  %20 = tensor.empty() : tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19, %8 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%20 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %40 = arith.mulf %in, %in_3 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x64xf32>
  %22 = tensor.empty() : tensor<2x16xf32>
  %23 = linalg.fill ins(%cst_0 : f32) outs(%22 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %24 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%21 : tensor<2x16x64xf32>) outs(%23 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.addf %out, %in : f32
    linalg.yield %40 : f32
  } -> tensor<2x16xf32>
  %25 = tensor.empty() : tensor<2x16xf32>
  %26 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%24 : tensor<2x16xf32>) outs(%25 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.negf %in : f32
    linalg.yield %40 : f32
  } -> tensor<2x16xf32>
  %expanded_2 = tensor.expand_shape %26 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %27 = tensor.empty() : tensor<2x16x64xf32>
  %28 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x16xf32>) outs(%27 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %29 = tensor.empty() : tensor<2x16x64xf32>
  %30 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %28 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%29 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %40 = arith.divf %in, %in_3 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x64xf32>
  %31 = tensor.empty() : tensor<2x16xf32>
  %32 = linalg.fill ins(%cst_0 : f32) outs(%31 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded_2 : tensor<2x16x1xf32>) outs(%32 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.addf %out, %in : f32
    linalg.yield %40 : f32
  } -> tensor<2x16xf32>
  %34 = tensor.empty() : tensor<2x16x64xf32>
  %35 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33 : tensor<2x16xf32>) outs(%34 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %36 = tensor.empty() : tensor<2x16x64xf32>
  %37 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%30, %35 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%36 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %40 = arith.addf %in, %in_3 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x64xf32>
  %38 = tensor.empty() : tensor<2x16x64xf32>
  %39 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%37, %8 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%38 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %40 = arith.mulf %in, %in_3 : f32
    linalg.yield %40 : f32
  } -> tensor<2x16x64xf32>
  return %39 : tensor<2x16x64xf32>
}

// The gradient of L2 normalization.
// CHECK-LABEL: func.func @jax_l2_normalize_vjp(
// CHECK-NOT: norm.
// REMARK: Reason="the sum of squares of 64 elements is divided by {{[0-9.]+}}"
func.func @jax_l2_normalize_vjp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant -5.000000e-01 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %37 = arith.mulf %in, %in : f32
    linalg.yield %37 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<2x16xf32>
  %3 = linalg.fill ins(%cst_1 : f32) outs(%2 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %37 = arith.addf %out, %in : f32
    linalg.yield %37 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %4 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %37 = arith.addf %in, %cst_0 : f32
    linalg.yield %37 : f32
  } -> tensor<2x16x1xf32>
  %7 = tensor.empty() : tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %37 = math.rsqrt %in : f32
    linalg.yield %37 : f32
  } -> tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %6 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %37 = arith.divf %in, %in_3 : f32
    linalg.yield %37 : f32
  } -> tensor<2x16x1xf32>
  %11 = tensor.empty() : tensor<2x16x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf32>) outs(%11 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %37 = arith.mulf %in, %cst : f32
    linalg.yield %37 : f32
  } -> tensor<2x16x1xf32>
  %13 = tensor.empty() : tensor<2x16x64xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %arg0 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%13 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %37 = arith.mulf %in, %in_3 : f32
    linalg.yield %37 : f32
  } -> tensor<2x16x64xf32>
  %15 = tensor.empty() : tensor<2x16xf32>
  %16 = linalg.fill ins(%cst_1 : f32) outs(%15 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%14 : tensor<2x16x64xf32>) outs(%16 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %37 = arith.addf %out, %in : f32
    linalg.yield %37 : f32
  } -> tensor<2x16xf32>
  %expanded_2 = tensor.expand_shape %17 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %18 = tensor.empty() : tensor<2x16x64xf32>
  %19 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%18 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %20 = tensor.empty() : tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %19 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%20 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %37 = arith.mulf %in, %in_3 : f32
    linalg.yield %37 : f32
  } -> tensor<2x16x64xf32>
  %22 = tensor.empty() : tensor<2x16x1xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_2, %12 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%22 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %37 = arith.mulf %in, %in_3 : f32
    linalg.yield %37 : f32
  } -> tensor<2x16x1xf32>
  %24 = tensor.empty() : tensor<2x16xf32>
  %25 = linalg.fill ins(%cst_1 : f32) outs(%24 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %26 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%23 : tensor<2x16x1xf32>) outs(%25 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %37 = arith.addf %out, %in : f32
    linalg.yield %37 : f32
  } -> tensor<2x16xf32>
  %27 = tensor.empty() : tensor<2x16x64xf32>
  %28 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%26 : tensor<2x16xf32>) outs(%27 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %29 = tensor.empty() : tensor<2x16x64xf32>
  %30 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %28 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%29 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %37 = arith.mulf %in, %in_3 : f32
    linalg.yield %37 : f32
  } -> tensor<2x16x64xf32>
  %31 = tensor.empty() : tensor<2x16x64xf32>
  %32 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21, %30 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%31 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %37 = arith.addf %in, %in_3 : f32
    linalg.yield %37 : f32
  } -> tensor<2x16x64xf32>
  %33 = tensor.empty() : tensor<2x16x64xf32>
  %34 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%28, %arg1 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%33 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %37 = arith.mulf %in, %in_3 : f32
    linalg.yield %37 : f32
  } -> tensor<2x16x64xf32>
  %35 = tensor.empty() : tensor<2x16x64xf32>
  %36 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%32, %34 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%35 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %37 = arith.addf %in, %in_3 : f32
    linalg.yield %37 : f32
  } -> tensor<2x16x64xf32>
  return %36 : tensor<2x16x64xf32>
}

// The gradient of x / (std + eps).
// CHECK-LABEL: func.func @jax_std_norm_vjp(
// CHECK-NOT: norm.
func.func @jax_std_norm_vjp(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 1.000000e+00 : f32
  %cst_0 = arith.constant 9.99999997E-7 : f32
  %cst_1 = arith.constant 5.000000e-01 : f32
  %cst_2 = arith.constant 0x7FC00000 : f32
  %cst_3 = arith.constant 2.000000e+00 : f32
  %cst_4 = arith.constant 6.400000e+01 : f32
  %cst_5 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_5 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.addf %out, %in : f32
    linalg.yield %96 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %2 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.divf %in, %cst_4 : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %6 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %96 = arith.subf %in, %in_11 : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x64xf32>) outs(%9 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.mulf %in, %in : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x64xf32>
  %11 = tensor.empty() : tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x64xf32>) outs(%11 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.mulf %in, %cst_3 : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x64xf32>
  %13 = tensor.empty() : tensor<f32>
  %14 = linalg.generic {indexing_maps = [#map4], iterator_types = []} outs(%13 : tensor<f32>) {
  ^bb0(%out: f32):
    linalg.yield %cst_5 : f32
  } -> tensor<f32>
  %15 = tensor.empty() : tensor<f32>
  %16 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = []} ins(%14 : tensor<f32>) outs(%15 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.subf %cst_4, %in : f32
    linalg.yield %96 : f32
  } -> tensor<f32>
  %17 = tensor.empty() : tensor<2x16xf32>
  %18 = linalg.fill ins(%cst_5 : f32) outs(%17 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%10 : tensor<2x16x64xf32>) outs(%18 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.addf %out, %in : f32
    linalg.yield %96 : f32
  } -> tensor<2x16xf32>
  %expanded_6 = tensor.expand_shape %19 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %20 = tensor.empty() : tensor<2x16x1xf32>
  %21 = linalg.generic {indexing_maps = [#map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<f32>) outs(%20 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x1xf32>
  %22 = tensor.empty() : tensor<2x16x1xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_6, %21 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%22 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %96 = arith.divf %in, %in_11 : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x1xf32>
  %24 = tensor.empty() : tensor<i1>
  %25 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = []} ins(%16 : tensor<f32>) outs(%24 : tensor<i1>) {
  ^bb0(%in: f32, %out: i1):
    %96 = arith.cmpf ogt, %in, %cst_5 : f32
    linalg.yield %96 : i1
  } -> tensor<i1>
  %26 = tensor.empty() : tensor<2x16x1xf32>
  %extracted = tensor.extract %25[] : tensor<i1>
  %27 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23 : tensor<2x16x1xf32>) outs(%26 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.select %extracted, %in, %cst_2 : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x1xf32>
  %28 = tensor.empty() : tensor<2x16x1xf32>
  %29 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%27 : tensor<2x16x1xf32>) outs(%28 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = math.sqrt %in : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x1xf32>
  %30 = tensor.empty() : tensor<2x16x1xf32>
  %31 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<2x16x1xf32>) outs(%30 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.divf %cst_1, %in : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x1xf32>
  %32 = tensor.empty() : tensor<2x16x1xf32>
  %33 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%29 : tensor<2x16x1xf32>) outs(%32 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.addf %in, %cst_0 : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x1xf32>
  %34 = tensor.empty() : tensor<2x16x1xf32>
  %35 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33 : tensor<2x16x1xf32>) outs(%34 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.mulf %in, %in : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x1xf32>
  %36 = tensor.empty() : tensor<2x16x1xf32>
  %37 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%35 : tensor<2x16x1xf32>) outs(%36 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.divf %cst, %in : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x1xf32>
  %38 = tensor.empty() : tensor<2x16x64xf32>
  %39 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%37 : tensor<2x16x1xf32>) outs(%38 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %40 = tensor.empty() : tensor<2x16x64xf32>
  %41 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %39 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%40 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %96 = arith.mulf %in, %in_11 : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x64xf32>
  %42 = tensor.empty() : tensor<2x16x64xf32>
  %43 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%41, %8 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%42 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %96 = arith.mulf %in, %in_11 : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x64xf32>
  %44 = tensor.empty() : tensor<2x16xf32>
  %45 = linalg.fill ins(%cst_5 : f32) outs(%44 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %46 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%43 : tensor<2x16x64xf32>) outs(%45 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.addf %out, %in : f32
    linalg.yield %96 : f32
  } -> tensor<2x16xf32>
  %47 = tensor.empty() : tensor<2x16xf32>
  %48 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%46 : tensor<2x16xf32>) outs(%47 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.negf %in : f32
    linalg.yield %96 : f32
  } -> tensor<2x16xf32>
  %expanded_7 = tensor.expand_shape %48 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %49 = tensor.empty() : tensor<2x16x64xf32>
  %50 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%33 : tensor<2x16x1xf32>) outs(%49 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %51 = tensor.empty() : tensor<2x16x64xf32>
  %52 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %50 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%51 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %96 = arith.divf %in, %in_11 : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x64xf32>
  %53 = tensor.empty() : tensor<2x16x1xf32>
  %54 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_7, %31 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%53 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %96 = arith.mulf %in, %in_11 : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x1xf32>
  %55 = tensor.empty() : tensor<2x16x1xf32>
  %extracted_8 = tensor.extract %25[] : tensor<i1>
  %56 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%54 : tensor<2x16x1xf32>) outs(%55 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.select %extracted_8, %in, %cst_5 : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x1xf32>
  %57 = tensor.empty() : tensor<2x16x1xf32>
  %58 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%56, %21 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%57 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %96 = arith.divf %in, %in_11 : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x1xf32>
  %59 = tensor.empty() : tensor<2x16xf32>
  %60 = linalg.fill ins(%cst_5 : f32) outs(%59 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %61 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%58 : tensor<2x16x1xf32>) outs(%60 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.addf %out, %in : f32
    linalg.yield %96 : f32
  } -> tensor<2x16xf32>
  %62 = tensor.empty() : tensor<2x16x64xf32>
  %63 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%61 : tensor<2x16xf32>) outs(%62 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %64 = tensor.empty() : tensor<2x16x64xf32>
  %65 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%63, %12 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%64 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %96 = arith.mulf %in, %in_11 : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x64xf32>
  %66 = tensor.empty() : tensor<2x16x64xf32>
  %67 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%65 : tensor<2x16x64xf32>) outs(%66 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.negf %in : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x64xf32>
  %68 = tensor.empty() : tensor<2x16xf32>
  %69 = linalg.fill ins(%cst_5 : f32) outs(%68 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %70 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%67 : tensor<2x16x64xf32>) outs(%69 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.addf %out, %in : f32
    linalg.yield %96 : f32
  } -> tensor<2x16xf32>
  %expanded_9 = tensor.expand_shape %70 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %71 = tensor.empty() : tensor<2x16x1xf32>
  %72 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_9 : tensor<2x16x1xf32>) outs(%71 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.divf %in, %cst_4 : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x1xf32>
  %73 = tensor.empty() : tensor<2x16xf32>
  %74 = linalg.fill ins(%cst_5 : f32) outs(%73 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %75 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%72 : tensor<2x16x1xf32>) outs(%74 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.addf %out, %in : f32
    linalg.yield %96 : f32
  } -> tensor<2x16xf32>
  %76 = tensor.empty() : tensor<2x16x64xf32>
  %77 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%75 : tensor<2x16xf32>) outs(%76 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %78 = tensor.empty() : tensor<2x16x64xf32>
  %79 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%65, %77 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%78 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %96 = arith.addf %in, %in_11 : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x64xf32>
  %80 = tensor.empty() : tensor<2x16x64xf32>
  %81 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%52 : tensor<2x16x64xf32>) outs(%80 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.negf %in : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x64xf32>
  %82 = tensor.empty() : tensor<2x16xf32>
  %83 = linalg.fill ins(%cst_5 : f32) outs(%82 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %84 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%81 : tensor<2x16x64xf32>) outs(%83 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.addf %out, %in : f32
    linalg.yield %96 : f32
  } -> tensor<2x16xf32>
  %expanded_10 = tensor.expand_shape %84 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %85 = tensor.empty() : tensor<2x16x64xf32>
  %86 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%79, %52 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%85 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %96 = arith.addf %in, %in_11 : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x64xf32>
  %87 = tensor.empty() : tensor<2x16x1xf32>
  %88 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_10 : tensor<2x16x1xf32>) outs(%87 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.divf %in, %cst_4 : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x1xf32>
  %89 = tensor.empty() : tensor<2x16xf32>
  %90 = linalg.fill ins(%cst_5 : f32) outs(%89 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %91 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%88 : tensor<2x16x1xf32>) outs(%90 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %96 = arith.addf %out, %in : f32
    linalg.yield %96 : f32
  } -> tensor<2x16xf32>
  %92 = tensor.empty() : tensor<2x16x64xf32>
  %93 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%91 : tensor<2x16xf32>) outs(%92 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %94 = tensor.empty() : tensor<2x16x64xf32>
  %95 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%86, %93 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%94 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_11: f32, %out: f32):
    %96 = arith.addf %in, %in_11 : f32
    linalg.yield %96 : f32
  } -> tensor<2x16x64xf32>
  return %95 : tensor<2x16x64xf32>
}
