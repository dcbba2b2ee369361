// RUN: norm-opt %s --norm-raise | FileCheck %s
// RUN: norm-opt %s --norm-raise --remarks-filter=norm-raise 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK

// What JAX makes of code that is nearly a normalization.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map2 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0, d1, d2) -> ()>
#map5 = affine_map<() -> ()>
#map6 = affine_map<(d0, d1) -> (d0)>
#map7 = affine_map<(d0) -> (d0)>
#map8 = affine_map<(d0, d1) -> (d1)>
#map9 = affine_map<(d0, d1) -> (d0, 0)>
#map10 = affine_map<(d0, d1) -> ()>

// x - logsumexp(x).
// CHECK-LABEL: func.func @jax_logsumexp(
// CHECK-NOT: norm.
func.func @jax_logsumexp(%arg0: tensor<2x16x64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0x7F800000 : f32
  %cst_1 = arith.constant 0xFF800000 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_1 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.maximumf %out, %in : f32
    linalg.yield %26 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %2 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x1xi1>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xi1>) {
  ^bb0(%in: f32, %out: i1):
    %26 = math.absf %in : f32
    %27 = arith.cmpf one, %26, %cst_0 : f32
    linalg.yield %27 : i1
  } -> tensor<2x16x1xi1>
  %5 = tensor.empty() : tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4, %expanded : tensor<2x16x1xi1>, tensor<2x16x1xf32>) outs(%5 : tensor<2x16x1xf32>) {
  ^bb0(%in: i1, %in_3: f32, %out: f32):
    %26 = arith.select %in, %in_3, %cst : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %8 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%9 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %26 = arith.subf %in, %in_3 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %11 = tensor.empty() : tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x64xf32>) outs(%11 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = math.exp %in : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %13 = tensor.empty() : tensor<2x16xf32>
  %14 = linalg.fill ins(%cst : f32) outs(%13 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%12 : tensor<2x16x64xf32>) outs(%14 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.addf %out, %in : f32
    linalg.yield %26 : f32
  } -> tensor<2x16xf32>
  %16 = tensor.empty() : tensor<2x16xf32>
  %17 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%15 : tensor<2x16xf32>) outs(%16 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = math.absf %in : f32
    linalg.yield %26 : f32
  } -> tensor<2x16xf32>
  %18 = tensor.empty() : tensor<2x16xf32>
  %19 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%17 : tensor<2x16xf32>) outs(%18 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = math.log %in : f32
    linalg.yield %26 : f32
  } -> tensor<2x16xf32>
  %expanded_2 = tensor.expand_shape %19 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %20 = tensor.empty() : tensor<2x16x1xf32>
  %21 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_2, %6 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%20 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %26 = arith.addf %in, %in_3 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %22 = tensor.empty() : tensor<2x16x64xf32>
  %23 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%21 : tensor<2x16x1xf32>) outs(%22 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %24 = tensor.empty() : tensor<2x16x64xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %23 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%24 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %26 = arith.subf %in, %in_3 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  return %25 : tensor<2x16x64xf32>
}

// LAMB's trust ratio.
// CHECK-LABEL: func.func @jax_lamb_ratio(
// CHECK-NOT: norm.
func.func @jax_lamb_ratio(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 9.99999997E-7 : f32
  %cst_0 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.mulf %in, %in : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  %2 = tensor.empty() : tensor<f32>
  %3 = linalg.fill ins(%cst_0 : f32) outs(%2 : tensor<f32>) -> tensor<f32>
  %4 = linalg.generic {indexing_maps = [#map, #map4], iterator_types = ["reduction", "reduction", "reduction"]} ins(%1 : tensor<2x16x64xf32>) outs(%3 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.addf %out, %in : f32
    linalg.yield %24 : f32
  } -> tensor<f32>
  %5 = tensor.empty() : tensor<f32>
  %6 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = []} ins(%4 : tensor<f32>) outs(%5 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = math.sqrt %in : f32
    linalg.yield %24 : f32
  } -> tensor<f32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<f32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %8 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%9 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %24 = arith.mulf %in, %in_1 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  %11 = tensor.empty() : tensor<2x16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%11 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.mulf %in, %in : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  %13 = tensor.empty() : tensor<f32>
  %14 = linalg.fill ins(%cst_0 : f32) outs(%13 : tensor<f32>) -> tensor<f32>
  %15 = linalg.generic {indexing_maps = [#map, #map4], iterator_types = ["reduction", "reduction", "reduction"]} ins(%12 : tensor<2x16x64xf32>) outs(%14 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.addf %out, %in : f32
    linalg.yield %24 : f32
  } -> tensor<f32>
  %16 = tensor.empty() : tensor<f32>
  %17 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = []} ins(%15 : tensor<f32>) outs(%16 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = arith.addf %in, %cst : f32
    linalg.yield %24 : f32
  } -> tensor<f32>
  %18 = tensor.empty() : tensor<f32>
  %19 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = []} ins(%17 : tensor<f32>) outs(%18 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %24 = math.sqrt %in : f32
    linalg.yield %24 : f32
  } -> tensor<f32>
  %20 = tensor.empty() : tensor<2x16x64xf32>
  %21 = linalg.generic {indexing_maps = [#map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%19 : tensor<f32>) outs(%20 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %22 = tensor.empty() : tensor<2x16x64xf32>
  %23 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10, %21 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%22 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %24 = arith.divf %in, %in_1 : f32
    linalg.yield %24 : f32
  } -> tensor<2x16x64xf32>
  return %23 : tensor<2x16x64xf32>
}

// keepdims is missing: on a square matrix the mean of row i is subtracted from column i.
// CHECK-LABEL: func.func @jax_layer_norm_swapped(
// CHECK-NOT: norm.
// REMARK: Reason="what is subtracted before the multiplication is not the mean, or the result is no multiple of what is normalized"
func.func @jax_layer_norm_swapped(%arg0: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %cst_0 = arith.constant 0x7FC00000 : f32
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<64xf32>
  %1 = linalg.fill ins(%cst_2 : f32) outs(%0 : tensor<64xf32>) -> tensor<64xf32>
  %2 = linalg.generic {indexing_maps = [#map3, #map6], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<64x64xf32>) outs(%1 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.addf %out, %in : f32
    linalg.yield %40 : f32
  } -> tensor<64xf32>
  %3 = tensor.empty() : tensor<64xf32>
  %4 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%2 : tensor<64xf32>) outs(%3 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.divf %in, %cst_1 : f32
    linalg.yield %40 : f32
  } -> tensor<64xf32>
  %5 = tensor.empty() : tensor<64x64xf32>
  %6 = linalg.generic {indexing_maps = [#map8, #map3], iterator_types = ["parallel", "parallel"]} ins(%4 : tensor<64xf32>) outs(%5 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<64x64xf32>
  %7 = tensor.empty() : tensor<64x64xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%arg0, %6 : tensor<64x64xf32>, tensor<64x64xf32>) outs(%7 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %40 = arith.subf %in, %in_4 : f32
    linalg.yield %40 : f32
  } -> tensor<64x64xf32>
  %expanded = tensor.expand_shape %2 [[0, 1]] output_shape [64, 1] : tensor<64xf32> into tensor<64x1xf32>
  %9 = tensor.empty() : tensor<64x1xf32>
  %10 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%expanded : tensor<64x1xf32>) outs(%9 : tensor<64x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.divf %in, %cst_1 : f32
    linalg.yield %40 : f32
  } -> tensor<64x1xf32>
  %11 = tensor.empty() : tensor<64x64xf32>
  %12 = linalg.generic {indexing_maps = [#map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%10 : tensor<64x1xf32>) outs(%11 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<64x64xf32>
  %13 = tensor.empty() : tensor<64x64xf32>
  %14 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%arg0, %12 : tensor<64x64xf32>, tensor<64x64xf32>) outs(%13 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %40 = arith.subf %in, %in_4 : f32
    linalg.yield %40 : f32
  } -> tensor<64x64xf32>
  %15 = tensor.empty() : tensor<64x64xf32>
  %16 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%14 : tensor<64x64xf32>) outs(%15 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.mulf %in, %in : f32
    linalg.yield %40 : f32
  } -> tensor<64x64xf32>
  %17 = tensor.empty() : tensor<f32>
  %18 = linalg.generic {indexing_maps = [#map5], iterator_types = []} outs(%17 : tensor<f32>) {
  ^bb0(%out: f32):
    linalg.yield %cst_2 : f32
  } -> tensor<f32>
  %19 = tensor.empty() : tensor<f32>
  %20 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = []} ins(%18 : tensor<f32>) outs(%19 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.subf %cst_1, %in : f32
    linalg.yield %40 : f32
  } -> tensor<f32>
  %21 = tensor.empty() : tensor<64xf32>
  %22 = linalg.fill ins(%cst_2 : f32) outs(%21 : tensor<64xf32>) -> tensor<64xf32>
  %23 = linalg.generic {indexing_maps = [#map3, #map6], iterator_types = ["parallel", "reduction"]} ins(%16 : tensor<64x64xf32>) outs(%22 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.addf %out, %in : f32
    linalg.yield %40 : f32
  } -> tensor<64xf32>
  %expanded_3 = tensor.expand_shape %23 [[0, 1]] output_shape [64, 1] : tensor<64xf32> into tensor<64x1xf32>
  %24 = tensor.empty() : tensor<64x1xf32>
  %25 = linalg.generic {indexing_maps = [#map10, #map3], iterator_types = ["parallel", "parallel"]} ins(%20 : tensor<f32>) outs(%24 : tensor<64x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<64x1xf32>
  %26 = tensor.empty() : tensor<64x1xf32>
  %27 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%expanded_3, %25 : tensor<64x1xf32>, tensor<64x1xf32>) outs(%26 : tensor<64x1xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %40 = arith.divf %in, %in_4 : f32
    linalg.yield %40 : f32
  } -> tensor<64x1xf32>
  %28 = tensor.empty() : tensor<i1>
  %29 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = []} ins(%20 : tensor<f32>) outs(%28 : tensor<i1>) {
  ^bb0(%in: f32, %out: i1):
    %40 = arith.cmpf ogt, %in, %cst_2 : f32
    linalg.yield %40 : i1
  } -> tensor<i1>
  %30 = tensor.empty() : tensor<64x1xf32>
  %extracted = tensor.extract %29[] : tensor<i1>
  %31 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%27 : tensor<64x1xf32>) outs(%30 : tensor<64x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.select %extracted, %in, %cst_0 : f32
    linalg.yield %40 : f32
  } -> tensor<64x1xf32>
  %32 = tensor.empty() : tensor<64x1xf32>
  %33 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%31 : tensor<64x1xf32>) outs(%32 : tensor<64x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = arith.addf %in, %cst : f32
    linalg.yield %40 : f32
  } -> tensor<64x1xf32>
  %34 = tensor.empty() : tensor<64x1xf32>
  %35 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%33 : tensor<64x1xf32>) outs(%34 : tensor<64x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %40 = math.rsqrt %in : f32
    linalg.yield %40 : f32
  } -> tensor<64x1xf32>
  %36 = tensor.empty() : tensor<64x64xf32>
  %37 = linalg.generic {indexing_maps = [#map9, #map3], iterator_types = ["parallel", "parallel"]} ins(%35 : tensor<64x1xf32>) outs(%36 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<64x64xf32>
  %38 = tensor.empty() : tensor<64x64xf32>
  %39 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%8, %37 : tensor<64x64xf32>, tensor<64x64xf32>) outs(%38 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %40 = arith.mulf %in, %in_4 : f32
    linalg.yield %40 : f32
  } -> tensor<64x64xf32>
  return %39 : tensor<64x64xf32>
}

// keepdims is missing: rstd of row i multiplies column i.
// CHECK-LABEL: func.func @jax_rms_swapped(
// CHECK-NOT: norm.
// REMARK: Reason="what is multiplied with the root is not what the statistics are of"
func.func @jax_rms_swapped(%arg0: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<64x64xf32>
  %1 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<64x64xf32>) outs(%0 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = arith.mulf %in, %in : f32
    linalg.yield %15 : f32
  } -> tensor<64x64xf32>
  %2 = tensor.empty() : tensor<64xf32>
  %3 = linalg.fill ins(%cst_1 : f32) outs(%2 : tensor<64xf32>) -> tensor<64xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map6], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<64x64xf32>) outs(%3 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = arith.addf %out, %in : f32
    linalg.yield %15 : f32
  } -> tensor<64xf32>
  %5 = tensor.empty() : tensor<64xf32>
  %6 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%4 : tensor<64xf32>) outs(%5 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = arith.divf %in, %cst_0 : f32
    linalg.yield %15 : f32
  } -> tensor<64xf32>
  %7 = tensor.empty() : tensor<64xf32>
  %8 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%6 : tensor<64xf32>) outs(%7 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = arith.addf %in, %cst : f32
    linalg.yield %15 : f32
  } -> tensor<64xf32>
  %9 = tensor.empty() : tensor<64xf32>
  %10 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel"]} ins(%8 : tensor<64xf32>) outs(%9 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = math.rsqrt %in : f32
    linalg.yield %15 : f32
  } -> tensor<64xf32>
  %11 = tensor.empty() : tensor<64x64xf32>
  %12 = linalg.generic {indexing_maps = [#map8, #map3], iterator_types = ["parallel", "parallel"]} ins(%10 : tensor<64xf32>) outs(%11 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<64x64xf32>
  %13 = tensor.empty() : tensor<64x64xf32>
  %14 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%arg0, %12 : tensor<64x64xf32>, tensor<64x64xf32>) outs(%13 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %15 = arith.mulf %in, %in_2 : f32
    linalg.yield %15 : f32
  } -> tensor<64x64xf32>
  return %14 : tensor<64x64xf32>
}

// The same after fusion.
// CHECK-LABEL: func.func @jax_rms_swapped_fused(
// CHECK-NOT: norm.
// REMARK: Reason="what is multiplied with the root is not what the statistics are of"
func.func @jax_rms_swapped_fused(%arg0: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<64xf32>
  %1 = linalg.fill ins(%cst_1 : f32) outs(%0 : tensor<64xf32>) -> tensor<64xf32>
  %2 = linalg.generic {indexing_maps = [#map3, #map6], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<64x64xf32>) outs(%1 : tensor<64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %5 = arith.mulf %in, %in : f32
    %6 = arith.addf %out, %5 : f32
    linalg.yield %6 : f32
  } -> tensor<64xf32>
  %3 = tensor.empty() : tensor<64x64xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map8, #map3], iterator_types = ["parallel", "parallel"]} ins(%arg0, %2 : tensor<64x64xf32>, tensor<64xf32>) outs(%3 : tensor<64x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %5 = arith.divf %in_2, %cst_0 : f32
    %6 = arith.addf %5, %cst : f32
    %7 = math.rsqrt %6 : f32
    %8 = arith.mulf %in, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<64x64xf32>
  return %4 : tensor<64x64xf32>
}

// The variance is that of y.
// CHECK-LABEL: func.func @jax_layer_norm_stop_gradient_mix(
// CHECK-NOT: norm.
// REMARK: Reason="what is multiplied with the root is not what the statistics are of"
func.func @jax_layer_norm_stop_gradient_mix(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x16x64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %cst_0 = arith.constant 0x7FC00000 : f32
  %cst_1 = arith.constant 6.400000e+01 : f32
  %cst_2 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_2 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %43 = arith.addf %out, %in : f32
    linalg.yield %43 : f32
  } -> tensor<2x16xf32>
  %expanded = tensor.expand_shape %2 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %43 = arith.divf %in, %cst_1 : f32
    linalg.yield %43 : f32
  } -> tensor<2x16x1xf32>
  %5 = tensor.empty() : tensor<2x16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4 : tensor<2x16x1xf32>) outs(%5 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %6 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %43 = arith.subf %in, %in_5 : f32
    linalg.yield %43 : f32
  } -> tensor<2x16x64xf32>
  %9 = tensor.empty() : tensor<2x16xf32>
  %10 = linalg.fill ins(%cst_2 : f32) outs(%9 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg1 : tensor<2x16x64xf32>) outs(%10 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %43 = arith.addf %out, %in : f32
    linalg.yield %43 : f32
  } -> tensor<2x16xf32>
  %expanded_3 = tensor.expand_shape %11 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %12 = tensor.empty() : tensor<2x16x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_3 : tensor<2x16x1xf32>) outs(%12 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %43 = arith.divf %in, %cst_1 : f32
    linalg.yield %43 : f32
  } -> tensor<2x16x1xf32>
  %14 = tensor.empty() : tensor<2x16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13 : tensor<2x16x1xf32>) outs(%14 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %16 = tensor.empty() : tensor<2x16x64xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %15 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%16 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %43 = arith.subf %in, %in_5 : f32
    linalg.yield %43 : f32
  } -> tensor<2x16x64xf32>
  %18 = tensor.empty() : tensor<2x16x64xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<2x16x64xf32>) outs(%18 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %43 = arith.mulf %in, %in : f32
    linalg.yield %43 : f32
  } -> tensor<2x16x64xf32>
  %20 = tensor.empty() : tensor<f32>
  %21 = linalg.generic {indexing_maps = [#map5], iterator_types = []} outs(%20 : tensor<f32>) {
  ^bb0(%out: f32):
    linalg.yield %cst_2 : f32
  } -> tensor<f32>
  %22 = tensor.empty() : tensor<f32>
  %23 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = []} ins(%21 : tensor<f32>) outs(%22 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %43 = arith.subf %cst_1, %in : f32
    linalg.yield %43 : f32
  } -> tensor<f32>
  %24 = tensor.empty() : tensor<2x16xf32>
  %25 = linalg.fill ins(%cst_2 : f32) outs(%24 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %26 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%19 : tensor<2x16x64xf32>) outs(%25 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %43 = arith.addf %out, %in : f32
    linalg.yield %43 : f32
  } -> tensor<2x16xf32>
  %expanded_4 = tensor.expand_shape %26 [[0], [1, 2]] output_shape [2, 16, 1] : tensor<2x16xf32> into tensor<2x16x1xf32>
  %27 = tensor.empty() : tensor<2x16x1xf32>
  %28 = linalg.generic {indexing_maps = [#map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23 : tensor<f32>) outs(%27 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x1xf32>
  %29 = tensor.empty() : tensor<2x16x1xf32>
  %30 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded_4, %28 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%29 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %43 = arith.divf %in, %in_5 : f32
    linalg.yield %43 : f32
  } -> tensor<2x16x1xf32>
  %31 = tensor.empty() : tensor<i1>
  %32 = linalg.generic {indexing_maps = [#map5, #map5], iterator_types = []} ins(%23 : tensor<f32>) outs(%31 : tensor<i1>) {
  ^bb0(%in: f32, %out: i1):
    %43 = arith.cmpf ogt, %in, %cst_2 : f32
    linalg.yield %43 : i1
  } -> tensor<i1>
  %33 = tensor.empty() : tensor<2x16x1xf32>
  %extracted = tensor.extract %32[] : tensor<i1>
  %34 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%30 : tensor<2x16x1xf32>) outs(%33 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %43 = arith.select %extracted, %in, %cst_0 : f32
    linalg.yield %43 : f32
  } -> tensor<2x16x1xf32>
  %35 = tensor.empty() : tensor<2x16x1xf32>
  %36 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%34 : tensor<2x16x1xf32>) outs(%35 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %43 = arith.addf %in, %cst : f32
    linalg.yield %43 : f32
  } -> tensor<2x16x1xf32>
  %37 = tensor.empty() : tensor<2x16x1xf32>
  %38 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%36 : tensor<2x16x1xf32>) outs(%37 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %43 = math.rsqrt %in : f32
    linalg.yield %43 : f32
  } -> tensor<2x16x1xf32>
  %39 = tensor.empty() : tensor<2x16x64xf32>
  %40 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%38 : tensor<2x16x1xf32>) outs(%39 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %41 = tensor.empty() : tensor<2x16x64xf32>
  %42 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8, %40 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%41 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %43 = arith.mulf %in, %in_5 : f32
    linalg.yield %43 : f32
  } -> tensor<2x16x64xf32>
  return %42 : tensor<2x16x64xf32>
}
