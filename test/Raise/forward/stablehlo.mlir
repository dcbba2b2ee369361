// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// JAX through StableHLO's own conversion to linalg, to linalg.map, linalg.reduce and
// linalg.broadcast unless said otherwise.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map2 = affine_map<(d0, d1, d2) -> ()>
#map3 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map4 = affine_map<(d0, d1, d2) -> (d2)>
#map5 = affine_map<(d0, d1, d2) -> (0, 0, d2)>

// Mean, squared differences, rsqrt.
// CHECK-LABEL: func.func @stablehlo_layer_norm(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.reduce
func.func @stablehlo_layer_norm(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xf32> {jax.result_info = "result"}) {
  %cst = arith.constant dense<9.99999997E-7> : tensor<2x16x1xf32>
  %cst_0 = arith.constant dense<6.400000e+01> : tensor<2x16x1xf32>
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_1 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %reduced = linalg.reduce { arith.addf } ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) dimensions = [2]
  %2 = tensor.empty() : tensor<2x16x1xf32>
  %broadcasted = linalg.broadcast ins(%reduced : tensor<2x16xf32>) outs(%2 : tensor<2x16x1xf32>) dimensions = [2]
  %mapped = linalg.map { arith.divf } ins(%broadcasted, %cst_0 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>)
  %collapsed = tensor.collapse_shape %mapped [[0], [1, 2]] : tensor<2x16x1xf32> into tensor<2x16xf32>
  %3 = tensor.empty() : tensor<2x16x64xf32>
  %broadcasted_2 = linalg.broadcast ins(%collapsed : tensor<2x16xf32>) outs(%3 : tensor<2x16x64xf32>) dimensions = [2]
  %mapped_3 = linalg.map { arith.subf } ins(%arg0, %broadcasted_2 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%3 : tensor<2x16x64xf32>)
  %mapped_4 = linalg.map { arith.mulf } ins(%mapped_3, %mapped_3 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%3 : tensor<2x16x64xf32>)
  %reduced_5 = linalg.reduce { arith.addf } ins(%mapped_4 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) dimensions = [2]
  %broadcasted_6 = linalg.broadcast ins(%reduced_5 : tensor<2x16xf32>) outs(%2 : tensor<2x16x1xf32>) dimensions = [2]
  %mapped_7 = linalg.map { arith.divf } ins(%broadcasted_6, %cst_0 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>)
  %mapped_8 = linalg.map { arith.addf } ins(%mapped_7, %cst : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>)
  %mapped_9 = linalg.map { math.rsqrt } ins(%mapped_8 : tensor<2x16x1xf32>) outs(%2 : tensor<2x16x1xf32>)
  %collapsed_10 = tensor.collapse_shape %mapped_9 [[0], [1, 2]] : tensor<2x16x1xf32> into tensor<2x16xf32>
  %broadcasted_11 = linalg.broadcast ins(%collapsed_10 : tensor<2x16xf32>) outs(%3 : tensor<2x16x64xf32>) dimensions = [2]
  %mapped_12 = linalg.map { arith.mulf } ins(%mapped_3, %broadcasted_11 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%3 : tensor<2x16x64xf32>)
  %4 = tensor.empty() : tensor<1x1x64xf32>
  %broadcasted_13 = linalg.broadcast ins(%arg1 : tensor<64xf32>) outs(%4 : tensor<1x1x64xf32>) dimensions = [0, 1]
  %collapsed_14 = tensor.collapse_shape %broadcasted_13 [[0, 1, 2]] : tensor<1x1x64xf32> into tensor<64xf32>
  %broadcasted_15 = linalg.broadcast ins(%collapsed_14 : tensor<64xf32>) outs(%3 : tensor<2x16x64xf32>) dimensions = [0, 1]
  %mapped_16 = linalg.map { arith.mulf } ins(%mapped_12, %broadcasted_15 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%3 : tensor<2x16x64xf32>)
  %broadcasted_17 = linalg.broadcast ins(%arg2 : tensor<64xf32>) outs(%4 : tensor<1x1x64xf32>) dimensions = [0, 1]
  %collapsed_18 = tensor.collapse_shape %broadcasted_17 [[0, 1, 2]] : tensor<1x1x64xf32> into tensor<64xf32>
  %broadcasted_19 = linalg.broadcast ins(%collapsed_18 : tensor<64xf32>) outs(%3 : tensor<2x16x64xf32>) dimensions = [0, 1]
  %mapped_20 = linalg.map { arith.addf } ins(%mapped_16, %broadcasted_19 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%3 : tensor<2x16x64xf32>)
  return %mapped_20 : tensor<2x16x64xf32>
}

// E[x^2] - E[x]^2, clamped.
// CHECK-LABEL: func.func @stablehlo_layer_norm_fast_variance(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.reduce
func.func @stablehlo_layer_norm_fast_variance(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xf32> {jax.result_info = "result"}) {
  %cst = arith.constant dense<9.99999997E-7> : tensor<2x16x1xf32>
  %cst_0 = arith.constant dense<0.000000e+00> : tensor<2x16xf32>
  %cst_1 = arith.constant dense<6.400000e+01> : tensor<2x16xf32>
  %cst_2 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_2 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %reduced = linalg.reduce { arith.addf } ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) dimensions = [2]
  %mapped = linalg.map { arith.divf } ins(%reduced, %cst_1 : tensor<2x16xf32>, tensor<2x16xf32>) outs(%0 : tensor<2x16xf32>)
  %2 = tensor.empty() : tensor<2x16x64xf32>
  %mapped_3 = linalg.map { arith.mulf } ins(%arg0, %arg0 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf32>)
  %reduced_4 = linalg.reduce { arith.addf } ins(%mapped_3 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) dimensions = [2]
  %mapped_5 = linalg.map { arith.divf } ins(%reduced_4, %cst_1 : tensor<2x16xf32>, tensor<2x16xf32>) outs(%0 : tensor<2x16xf32>)
  %mapped_6 = linalg.map { arith.mulf } ins(%mapped, %mapped : tensor<2x16xf32>, tensor<2x16xf32>) outs(%0 : tensor<2x16xf32>)
  %mapped_7 = linalg.map { arith.subf } ins(%mapped_5, %mapped_6 : tensor<2x16xf32>, tensor<2x16xf32>) outs(%0 : tensor<2x16xf32>)
  %mapped_8 = linalg.map { arith.maximumf } ins(%cst_0, %mapped_7 : tensor<2x16xf32>, tensor<2x16xf32>) outs(%0 : tensor<2x16xf32>)
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %broadcasted = linalg.broadcast ins(%mapped : tensor<2x16xf32>) outs(%3 : tensor<2x16x1xf32>) dimensions = [2]
  %broadcasted_9 = linalg.broadcast ins(%mapped_8 : tensor<2x16xf32>) outs(%3 : tensor<2x16x1xf32>) dimensions = [2]
  %collapsed = tensor.collapse_shape %broadcasted [[0], [1, 2]] : tensor<2x16x1xf32> into tensor<2x16xf32>
  %broadcasted_10 = linalg.broadcast ins(%collapsed : tensor<2x16xf32>) outs(%2 : tensor<2x16x64xf32>) dimensions = [2]
  %mapped_11 = linalg.map { arith.subf } ins(%arg0, %broadcasted_10 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf32>)
  %mapped_12 = linalg.map { arith.addf } ins(%broadcasted_9, %cst : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>)
  %mapped_13 = linalg.map { math.rsqrt } ins(%mapped_12 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>)
  %collapsed_14 = tensor.collapse_shape %mapped_13 [[0], [1, 2]] : tensor<2x16x1xf32> into tensor<2x16xf32>
  %broadcasted_15 = linalg.broadcast ins(%collapsed_14 : tensor<2x16xf32>) outs(%2 : tensor<2x16x64xf32>) dimensions = [2]
  %broadcasted_16 = linalg.broadcast ins(%arg1 : tensor<64xf32>) outs(%2 : tensor<2x16x64xf32>) dimensions = [0, 1]
  %mapped_17 = linalg.map { arith.mulf } ins(%broadcasted_15, %broadcasted_16 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf32>)
  %mapped_18 = linalg.map { arith.mulf } ins(%mapped_11, %mapped_17 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf32>)
  %broadcasted_19 = linalg.broadcast ins(%arg2 : tensor<64xf32>) outs(%2 : tensor<2x16x64xf32>) dimensions = [0, 1]
  %mapped_20 = linalg.map { arith.addf } ins(%mapped_18, %broadcasted_19 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%2 : tensor<2x16x64xf32>)
  return %mapped_20 : tensor<2x16x64xf32>
}

// f16, rounded at the end.
// CHECK-LABEL: func.func @stablehlo_layer_norm_f16(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs({{.*}} : tensor<2x16x64xf16>
// CHECK-NOT: linalg.reduce
func.func @stablehlo_layer_norm_f16(%arg0: tensor<2x16x64xf16>, %arg1: tensor<64xf16>, %arg2: tensor<64xf16>) -> (tensor<2x16x64xf16> {jax.result_info = "result"}) {
  %cst = arith.constant dense<9.99999997E-7> : tensor<2x16x1xf32>
  %cst_0 = arith.constant dense<6.400000e+01> : tensor<2x16x1xf32>
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %mapped = linalg.map { arith.extf } ins(%arg0 : tensor<2x16x64xf16>) outs(%0 : tensor<2x16x64xf32>)
  %1 = tensor.empty() : tensor<64xf32>
  %mapped_2 = linalg.map { arith.extf } ins(%arg1 : tensor<64xf16>) outs(%1 : tensor<64xf32>)
  %mapped_3 = linalg.map { arith.extf } ins(%arg2 : tensor<64xf16>) outs(%1 : tensor<64xf32>)
  %2 = tensor.empty() : tensor<2x16xf32>
  %3 = linalg.fill ins(%cst_1 : f32) outs(%2 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %reduced = linalg.reduce { arith.addf } ins(%mapped : tensor<2x16x64xf32>) outs(%3 : tensor<2x16xf32>) dimensions = [2]
  %4 = tensor.empty() : tensor<2x16x1xf32>
  %broadcasted = linalg.broadcast ins(%reduced : tensor<2x16xf32>) outs(%4 : tensor<2x16x1xf32>) dimensions = [2]
  %mapped_4 = linalg.map { arith.divf } ins(%broadcasted, %cst_0 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%4 : tensor<2x16x1xf32>)
  %collapsed = tensor.collapse_shape %mapped_4 [[0], [1, 2]] : tensor<2x16x1xf32> into tensor<2x16xf32>
  %broadcasted_5 = linalg.broadcast ins(%collapsed : tensor<2x16xf32>) outs(%0 : tensor<2x16x64xf32>) dimensions = [2]
  %mapped_6 = linalg.map { arith.subf } ins(%mapped, %broadcasted_5 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>)
  %mapped_7 = linalg.map { arith.mulf } ins(%mapped_6, %mapped_6 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>)
  %reduced_8 = linalg.reduce { arith.addf } ins(%mapped_7 : tensor<2x16x64xf32>) outs(%3 : tensor<2x16xf32>) dimensions = [2]
  %broadcasted_9 = linalg.broadcast ins(%reduced_8 : tensor<2x16xf32>) outs(%4 : tensor<2x16x1xf32>) dimensions = [2]
  %mapped_10 = linalg.map { arith.divf } ins(%broadcasted_9, %cst_0 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%4 : tensor<2x16x1xf32>)
  %mapped_11 = linalg.map { arith.addf } ins(%mapped_10, %cst : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%4 : tensor<2x16x1xf32>)
  %mapped_12 = linalg.map { math.rsqrt } ins(%mapped_11 : tensor<2x16x1xf32>) outs(%4 : tensor<2x16x1xf32>)
  %collapsed_13 = tensor.collapse_shape %mapped_12 [[0], [1, 2]] : tensor<2x16x1xf32> into tensor<2x16xf32>
  %broadcasted_14 = linalg.broadcast ins(%collapsed_13 : tensor<2x16xf32>) outs(%0 : tensor<2x16x64xf32>) dimensions = [2]
  %mapped_15 = linalg.map { arith.mulf } ins(%mapped_6, %broadcasted_14 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>)
  %5 = tensor.empty() : tensor<1x1x64xf32>
  %broadcasted_16 = linalg.broadcast ins(%mapped_2 : tensor<64xf32>) outs(%5 : tensor<1x1x64xf32>) dimensions = [0, 1]
  %collapsed_17 = tensor.collapse_shape %broadcasted_16 [[0, 1, 2]] : tensor<1x1x64xf32> into tensor<64xf32>
  %broadcasted_18 = linalg.broadcast ins(%collapsed_17 : tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) dimensions = [0, 1]
  %mapped_19 = linalg.map { arith.mulf } ins(%mapped_15, %broadcasted_18 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>)
  %broadcasted_20 = linalg.broadcast ins(%mapped_3 : tensor<64xf32>) outs(%5 : tensor<1x1x64xf32>) dimensions = [0, 1]
  %collapsed_21 = tensor.collapse_shape %broadcasted_20 [[0, 1, 2]] : tensor<1x1x64xf32> into tensor<64xf32>
  %broadcasted_22 = linalg.broadcast ins(%collapsed_21 : tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) dimensions = [0, 1]
  %mapped_23 = linalg.map { arith.addf } ins(%mapped_19, %broadcasted_22 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>)
  %6 = tensor.empty() : tensor<2x16x64xf16>
  %mapped_24 = linalg.map { arith.truncf } ins(%mapped_23 : tensor<2x16x64xf32>) outs(%6 : tensor<2x16x64xf16>)
  return %mapped_24 : tensor<2x16x64xf16>
}

// Mean of squares, rsqrt.
// CHECK-LABEL: func.func @stablehlo_rms_norm(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.reduce
func.func @stablehlo_rms_norm(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> (tensor<2x16x64xf32> {jax.result_info = "result"}) {
  %cst = arith.constant dense<9.99999997E-7> : tensor<2x16x1xf32>
  %cst_0 = arith.constant dense<6.400000e+01> : tensor<2x16x1xf32>
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %mapped = linalg.map { arith.mulf } ins(%arg0, %arg0 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>)
  %1 = tensor.empty() : tensor<2x16xf32>
  %2 = linalg.fill ins(%cst_1 : f32) outs(%1 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %reduced = linalg.reduce { arith.addf } ins(%mapped : tensor<2x16x64xf32>) outs(%2 : tensor<2x16xf32>) dimensions = [2]
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %broadcasted = linalg.broadcast ins(%reduced : tensor<2x16xf32>) outs(%3 : tensor<2x16x1xf32>) dimensions = [2]
  %mapped_2 = linalg.map { arith.divf } ins(%broadcasted, %cst_0 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>)
  %mapped_3 = linalg.map { arith.addf } ins(%mapped_2, %cst : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>)
  %mapped_4 = linalg.map { math.rsqrt } ins(%mapped_3 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>)
  %collapsed = tensor.collapse_shape %mapped_4 [[0], [1, 2]] : tensor<2x16x1xf32> into tensor<2x16xf32>
  %broadcasted_5 = linalg.broadcast ins(%collapsed : tensor<2x16xf32>) outs(%0 : tensor<2x16x64xf32>) dimensions = [2]
  %mapped_6 = linalg.map { arith.mulf } ins(%arg0, %broadcasted_5 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>)
  %4 = tensor.empty() : tensor<1x1x64xf32>
  %broadcasted_7 = linalg.broadcast ins(%arg1 : tensor<64xf32>) outs(%4 : tensor<1x1x64xf32>) dimensions = [0, 1]
  %collapsed_8 = tensor.collapse_shape %broadcasted_7 [[0, 1, 2]] : tensor<1x1x64xf32> into tensor<64xf32>
  %broadcasted_9 = linalg.broadcast ins(%collapsed_8 : tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) dimensions = [0, 1]
  %mapped_10 = linalg.map { arith.mulf } ins(%mapped_6, %broadcasted_9 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>)
  return %mapped_10 : tensor<2x16x64xf32>
}

// bf16, rounded before the weight.
// CHECK-LABEL: func.func @stablehlo_rms_norm_bf16(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} rounding = normalized outs(
// CHECK-NOT: linalg.reduce
func.func @stablehlo_rms_norm_bf16(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64xbf16>) -> (tensor<2x16x64xbf16> {jax.result_info = "result"}) {
  %cst = arith.constant dense<9.99999997E-7> : tensor<2x16x1xf32>
  %cst_0 = arith.constant dense<6.400000e+01> : tensor<2x16x1xf32>
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %mapped = linalg.map { arith.extf } ins(%arg0 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>)
  %mapped_2 = linalg.map { arith.mulf } ins(%mapped, %mapped : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>)
  %1 = tensor.empty() : tensor<2x16xf32>
  %2 = linalg.fill ins(%cst_1 : f32) outs(%1 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %reduced = linalg.reduce { arith.addf } ins(%mapped_2 : tensor<2x16x64xf32>) outs(%2 : tensor<2x16xf32>) dimensions = [2]
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %broadcasted = linalg.broadcast ins(%reduced : tensor<2x16xf32>) outs(%3 : tensor<2x16x1xf32>) dimensions = [2]
  %mapped_3 = linalg.map { arith.divf } ins(%broadcasted, %cst_0 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>)
  %mapped_4 = linalg.map { arith.addf } ins(%mapped_3, %cst : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>)
  %mapped_5 = linalg.map { math.rsqrt } ins(%mapped_4 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>)
  %collapsed = tensor.collapse_shape %mapped_5 [[0], [1, 2]] : tensor<2x16x1xf32> into tensor<2x16xf32>
  %broadcasted_6 = linalg.broadcast ins(%collapsed : tensor<2x16xf32>) outs(%0 : tensor<2x16x64xf32>) dimensions = [2]
  %mapped_7 = linalg.map { arith.mulf } ins(%mapped, %broadcasted_6 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>)
  %4 = tensor.empty() : tensor<2x16x64xbf16>
  %mapped_8 = linalg.map { arith.truncf } ins(%mapped_7 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x64xbf16>)
  %5 = tensor.empty() : tensor<1x1x64xbf16>
  %broadcasted_9 = linalg.broadcast ins(%arg1 : tensor<64xbf16>) outs(%5 : tensor<1x1x64xbf16>) dimensions = [0, 1]
  %collapsed_10 = tensor.collapse_shape %broadcasted_9 [[0, 1, 2]] : tensor<1x1x64xbf16> into tensor<64xbf16>
  %broadcasted_11 = linalg.broadcast ins(%collapsed_10 : tensor<64xbf16>) outs(%4 : tensor<2x16x64xbf16>) dimensions = [0, 1]
  %mapped_12 = linalg.map { arith.mulf } ins(%mapped_8, %broadcasted_11 : tensor<2x16x64xbf16>, tensor<2x16x64xbf16>) outs(%4 : tensor<2x16x64xbf16>)
  return %mapped_12 : tensor<2x16x64xbf16>
}

// Division by sqrt.
// CHECK-LABEL: func.func @stablehlo_rms_norm_sqrt(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.reduce
func.func @stablehlo_rms_norm_sqrt(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>) -> (tensor<2x16x64xf32> {jax.result_info = "result"}) {
  %cst = arith.constant dense<9.99999997E-7> : tensor<2x16x1xf32>
  %cst_0 = arith.constant dense<6.400000e+01> : tensor<2x16x1xf32>
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %mapped = linalg.map { arith.mulf } ins(%arg0, %arg0 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>)
  %1 = tensor.empty() : tensor<2x16xf32>
  %2 = linalg.fill ins(%cst_1 : f32) outs(%1 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %reduced = linalg.reduce { arith.addf } ins(%mapped : tensor<2x16x64xf32>) outs(%2 : tensor<2x16xf32>) dimensions = [2]
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %broadcasted = linalg.broadcast ins(%reduced : tensor<2x16xf32>) outs(%3 : tensor<2x16x1xf32>) dimensions = [2]
  %mapped_2 = linalg.map { arith.divf } ins(%broadcasted, %cst_0 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>)
  %mapped_3 = linalg.map { arith.addf } ins(%mapped_2, %cst : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>)
  %mapped_4 = linalg.map { math.sqrt } ins(%mapped_3 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>)
  %collapsed = tensor.collapse_shape %mapped_4 [[0], [1, 2]] : tensor<2x16x1xf32> into tensor<2x16xf32>
  %broadcasted_5 = linalg.broadcast ins(%collapsed : tensor<2x16xf32>) outs(%0 : tensor<2x16x64xf32>) dimensions = [2]
  %mapped_6 = linalg.map { arith.divf } ins(%arg0, %broadcasted_5 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>)
  %4 = tensor.empty() : tensor<1x1x64xf32>
  %broadcasted_7 = linalg.broadcast ins(%arg1 : tensor<64xf32>) outs(%4 : tensor<1x1x64xf32>) dimensions = [0, 1]
  %collapsed_8 = tensor.collapse_shape %broadcasted_7 [[0, 1, 2]] : tensor<1x1x64xf32> into tensor<64xf32>
  %broadcasted_9 = linalg.broadcast ins(%collapsed_8 : tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) dimensions = [0, 1]
  %mapped_10 = linalg.map { arith.mulf } ins(%mapped_6, %broadcasted_9 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>)
  return %mapped_10 : tensor<2x16x64xf32>
}

// Running statistics.
// CHECK-LABEL: func.func @stablehlo_batch_norm_inference(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_last eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: math.rsqrt
func.func @stablehlo_batch_norm_inference(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> (tensor<4x14x14x32xf32> {jax.result_info = "result"}) {
  %cst = arith.constant dense<9.99999974E-6> : tensor<32xf32>
  %0 = tensor.empty() : tensor<1x1x1x32xf32>
  %broadcasted = linalg.broadcast ins(%arg3 : tensor<32xf32>) outs(%0 : tensor<1x1x1x32xf32>) dimensions = [0, 1, 2]
  %collapsed = tensor.collapse_shape %broadcasted [[0, 1, 2, 3]] : tensor<1x1x1x32xf32> into tensor<32xf32>
  %1 = tensor.empty() : tensor<4x14x14x32xf32>
  %broadcasted_0 = linalg.broadcast ins(%collapsed : tensor<32xf32>) outs(%1 : tensor<4x14x14x32xf32>) dimensions = [0, 1, 2]
  %mapped = linalg.map { arith.subf } ins(%arg0, %broadcasted_0 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%1 : tensor<4x14x14x32xf32>)
  %2 = tensor.empty() : tensor<32xf32>
  %mapped_1 = linalg.map { arith.addf } ins(%arg4, %cst : tensor<32xf32>, tensor<32xf32>) outs(%2 : tensor<32xf32>)
  %mapped_2 = linalg.map { math.rsqrt } ins(%mapped_1 : tensor<32xf32>) outs(%2 : tensor<32xf32>)
  %mapped_3 = linalg.map { arith.mulf } ins(%mapped_2, %arg1 : tensor<32xf32>, tensor<32xf32>) outs(%2 : tensor<32xf32>)
  %broadcasted_4 = linalg.broadcast ins(%mapped_3 : tensor<32xf32>) outs(%0 : tensor<1x1x1x32xf32>) dimensions = [0, 1, 2]
  %collapsed_5 = tensor.collapse_shape %broadcasted_4 [[0, 1, 2, 3]] : tensor<1x1x1x32xf32> into tensor<32xf32>
  %broadcasted_6 = linalg.broadcast ins(%collapsed_5 : tensor<32xf32>) outs(%1 : tensor<4x14x14x32xf32>) dimensions = [0, 1, 2]
  %mapped_7 = linalg.map { arith.mulf } ins(%mapped, %broadcasted_6 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%1 : tensor<4x14x14x32xf32>)
  %broadcasted_8 = linalg.broadcast ins(%arg2 : tensor<32xf32>) outs(%0 : tensor<1x1x1x32xf32>) dimensions = [0, 1, 2]
  %collapsed_9 = tensor.collapse_shape %broadcasted_8 [[0, 1, 2, 3]] : tensor<1x1x1x32xf32> into tensor<32xf32>
  %broadcasted_10 = linalg.broadcast ins(%collapsed_9 : tensor<32xf32>) outs(%1 : tensor<4x14x14x32xf32>) dimensions = [0, 1, 2]
  %mapped_11 = linalg.map { arith.addf } ins(%mapped_7, %broadcasted_10 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%1 : tensor<4x14x14x32xf32>)
  return %mapped_11 : tensor<4x14x14x32xf32>
}

// By reshape to groups.
// CHECK-LABEL: func.func @stablehlo_group_norm(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_last eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.reduce
func.func @stablehlo_group_norm(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> (tensor<4x14x14x32xf32> {jax.result_info = "result"}) {
  %cst = arith.constant dense<9.99999997E-7> : tensor<4x1x1x8x1xf32>
  %cst_0 = arith.constant dense<7.840000e+02> : tensor<4x1x1x8x1xf32>
  %cst_1 = arith.constant 0.000000e+00 : f32
  %expanded = tensor.expand_shape %arg0 [[0], [1], [2], [3, 4]] output_shape [4, 14, 14, 8, 4] : tensor<4x14x14x32xf32> into tensor<4x14x14x8x4xf32>
  %0 = tensor.empty() : tensor<4x8xf32>
  %1 = linalg.fill ins(%cst_1 : f32) outs(%0 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %reduced = linalg.reduce { arith.addf } ins(%expanded : tensor<4x14x14x8x4xf32>) outs(%1 : tensor<4x8xf32>) dimensions = [1, 2, 4]
  %2 = tensor.empty() : tensor<4x1x1x8x1xf32>
  %broadcasted = linalg.broadcast ins(%reduced : tensor<4x8xf32>) outs(%2 : tensor<4x1x1x8x1xf32>) dimensions = [1, 2, 4]
  %mapped = linalg.map { arith.divf } ins(%broadcasted, %cst_0 : tensor<4x1x1x8x1xf32>, tensor<4x1x1x8x1xf32>) outs(%2 : tensor<4x1x1x8x1xf32>)
  %collapsed = tensor.collapse_shape %mapped [[0], [1, 2, 3, 4]] : tensor<4x1x1x8x1xf32> into tensor<4x8xf32>
  %3 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %broadcasted_2 = linalg.broadcast ins(%collapsed : tensor<4x8xf32>) outs(%3 : tensor<4x14x14x8x4xf32>) dimensions = [1, 2, 4]
  %mapped_3 = linalg.map { arith.subf } ins(%expanded, %broadcasted_2 : tensor<4x14x14x8x4xf32>, tensor<4x14x14x8x4xf32>) outs(%3 : tensor<4x14x14x8x4xf32>)
  %mapped_4 = linalg.map { arith.mulf } ins(%mapped_3, %mapped_3 : tensor<4x14x14x8x4xf32>, tensor<4x14x14x8x4xf32>) outs(%3 : tensor<4x14x14x8x4xf32>)
  %reduced_5 = linalg.reduce { arith.addf } ins(%mapped_4 : tensor<4x14x14x8x4xf32>) outs(%1 : tensor<4x8xf32>) dimensions = [1, 2, 4]
  %broadcasted_6 = linalg.broadcast ins(%reduced_5 : tensor<4x8xf32>) outs(%2 : tensor<4x1x1x8x1xf32>) dimensions = [1, 2, 4]
  %mapped_7 = linalg.map { arith.divf } ins(%broadcasted_6, %cst_0 : tensor<4x1x1x8x1xf32>, tensor<4x1x1x8x1xf32>) outs(%2 : tensor<4x1x1x8x1xf32>)
  %mapped_8 = linalg.map { arith.addf } ins(%mapped_7, %cst : tensor<4x1x1x8x1xf32>, tensor<4x1x1x8x1xf32>) outs(%2 : tensor<4x1x1x8x1xf32>)
  %mapped_9 = linalg.map { math.rsqrt } ins(%mapped_8 : tensor<4x1x1x8x1xf32>) outs(%2 : tensor<4x1x1x8x1xf32>)
  %collapsed_10 = tensor.collapse_shape %mapped_9 [[0], [1, 2, 3, 4]] : tensor<4x1x1x8x1xf32> into tensor<4x8xf32>
  %broadcasted_11 = linalg.broadcast ins(%collapsed_10 : tensor<4x8xf32>) outs(%3 : tensor<4x14x14x8x4xf32>) dimensions = [1, 2, 4]
  %mapped_12 = linalg.map { arith.mulf } ins(%mapped_3, %broadcasted_11 : tensor<4x14x14x8x4xf32>, tensor<4x14x14x8x4xf32>) outs(%3 : tensor<4x14x14x8x4xf32>)
  %collapsed_13 = tensor.collapse_shape %mapped_12 [[0], [1], [2], [3, 4]] : tensor<4x14x14x8x4xf32> into tensor<4x14x14x32xf32>
  %4 = tensor.empty() : tensor<1x1x1x32xf32>
  %broadcasted_14 = linalg.broadcast ins(%arg1 : tensor<32xf32>) outs(%4 : tensor<1x1x1x32xf32>) dimensions = [0, 1, 2]
  %collapsed_15 = tensor.collapse_shape %broadcasted_14 [[0, 1, 2, 3]] : tensor<1x1x1x32xf32> into tensor<32xf32>
  %5 = tensor.empty() : tensor<4x14x14x32xf32>
  %broadcasted_16 = linalg.broadcast ins(%collapsed_15 : tensor<32xf32>) outs(%5 : tensor<4x14x14x32xf32>) dimensions = [0, 1, 2]
  %mapped_17 = linalg.map { arith.mulf } ins(%collapsed_13, %broadcasted_16 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%5 : tensor<4x14x14x32xf32>)
  %broadcasted_18 = linalg.broadcast ins(%arg2 : tensor<32xf32>) outs(%4 : tensor<1x1x1x32xf32>) dimensions = [0, 1, 2]
  %collapsed_19 = tensor.collapse_shape %broadcasted_18 [[0, 1, 2, 3]] : tensor<1x1x1x32xf32> into tensor<32xf32>
  %broadcasted_20 = linalg.broadcast ins(%collapsed_19 : tensor<32xf32>) outs(%5 : tensor<4x14x14x32xf32>) dimensions = [0, 1, 2]
  %mapped_21 = linalg.map { arith.addf } ins(%mapped_17, %broadcasted_20 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%5 : tensor<4x14x14x32xf32>)
  return %mapped_21 : tensor<4x14x14x32xf32>
}

// Instance norm.
// CHECK-LABEL: func.func @stablehlo_instance_norm(
// CHECK: norm.instance_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_last eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.reduce
func.func @stablehlo_instance_norm(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> (tensor<4x14x14x32xf32> {jax.result_info = "result"}) {
  %cst = arith.constant dense<9.99999974E-6> : tensor<4x1x1x32xf32>
  %cst_0 = arith.constant dense<1.960000e+02> : tensor<4x1x1x32xf32>
  %cst_1 = arith.constant 0x7FC00000 : f32
  %cst_2 = arith.constant 1.960000e+02 : f32
  %cst_3 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<4x32xf32>
  %1 = linalg.fill ins(%cst_3 : f32) outs(%0 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %reduced = linalg.reduce { arith.addf } ins(%arg0 : tensor<4x14x14x32xf32>) outs(%1 : tensor<4x32xf32>) dimensions = [1, 2]
  %2 = tensor.empty() : tensor<4x1x1x32xf32>
  %broadcasted = linalg.broadcast ins(%reduced : tensor<4x32xf32>) outs(%2 : tensor<4x1x1x32xf32>) dimensions = [1, 2]
  %mapped = linalg.map { arith.divf } ins(%broadcasted, %cst_0 : tensor<4x1x1x32xf32>, tensor<4x1x1x32xf32>) outs(%2 : tensor<4x1x1x32xf32>)
  %collapsed = tensor.collapse_shape %mapped [[0], [1, 2, 3]] : tensor<4x1x1x32xf32> into tensor<4x32xf32>
  %3 = tensor.empty() : tensor<4x14x14x32xf32>
  %broadcasted_4 = linalg.broadcast ins(%collapsed : tensor<4x32xf32>) outs(%3 : tensor<4x14x14x32xf32>) dimensions = [1, 2]
  %mapped_5 = linalg.map { arith.subf } ins(%arg0, %broadcasted_4 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%3 : tensor<4x14x14x32xf32>)
  %mapped_6 = linalg.map { arith.mulf } ins(%mapped_5, %mapped_5 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%3 : tensor<4x14x14x32xf32>)
  %4 = tensor.empty() : tensor<f32>
  %mapped_7 = linalg.map outs(%4 : tensor<f32>)
    (%init: f32) {
      linalg.yield %cst_3 : f32
    }
  %mapped_8 = linalg.map ins(%mapped_7 : tensor<f32>) outs(%4 : tensor<f32>)
    (%in: f32, %init: f32) {
      %7 = arith.subf %cst_2, %in : f32
      linalg.yield %7 : f32
    }
  %reduced_9 = linalg.reduce { arith.addf } ins(%mapped_6 : tensor<4x14x14x32xf32>) outs(%1 : tensor<4x32xf32>) dimensions = [1, 2]
  %broadcasted_10 = linalg.broadcast ins(%reduced_9 : tensor<4x32xf32>) outs(%2 : tensor<4x1x1x32xf32>) dimensions = [1, 2]
  %broadcasted_11 = linalg.broadcast ins(%mapped_8 : tensor<f32>) outs(%2 : tensor<4x1x1x32xf32>) dimensions = [0, 1, 2, 3]
  %mapped_12 = linalg.map { arith.divf } ins(%broadcasted_10, %broadcasted_11 : tensor<4x1x1x32xf32>, tensor<4x1x1x32xf32>) outs(%2 : tensor<4x1x1x32xf32>)
  %5 = tensor.empty() : tensor<i1>
  %mapped_13 = linalg.map ins(%mapped_8 : tensor<f32>) outs(%5 : tensor<i1>)
    (%in: f32, %init: i1) {
      %7 = arith.cmpf ogt, %in, %cst_3 : f32
      linalg.yield %7 : i1
    }
  %mapped_14 = linalg.map outs(%4 : tensor<f32>)
    (%init: f32) {
      linalg.yield %cst_1 : f32
    }
  %broadcasted_15 = linalg.broadcast ins(%mapped_14 : tensor<f32>) outs(%2 : tensor<4x1x1x32xf32>) dimensions = [0, 1, 2, 3]
  %extracted = tensor.extract %mapped_13[] : tensor<i1>
  %mapped_16 = linalg.map ins(%mapped_12, %broadcasted_15 : tensor<4x1x1x32xf32>, tensor<4x1x1x32xf32>) outs(%2 : tensor<4x1x1x32xf32>)
    (%in: f32, %in_30: f32, %init: f32) {
      %7 = arith.select %extracted, %in, %in_30 : f32
      linalg.yield %7 : f32
    }
  %mapped_17 = linalg.map { arith.addf } ins(%mapped_16, %cst : tensor<4x1x1x32xf32>, tensor<4x1x1x32xf32>) outs(%2 : tensor<4x1x1x32xf32>)
  %mapped_18 = linalg.map { math.rsqrt } ins(%mapped_17 : tensor<4x1x1x32xf32>) outs(%2 : tensor<4x1x1x32xf32>)
  %collapsed_19 = tensor.collapse_shape %mapped_18 [[0], [1, 2, 3]] : tensor<4x1x1x32xf32> into tensor<4x32xf32>
  %broadcasted_20 = linalg.broadcast ins(%collapsed_19 : tensor<4x32xf32>) outs(%3 : tensor<4x14x14x32xf32>) dimensions = [1, 2]
  %mapped_21 = linalg.map { arith.mulf } ins(%mapped_5, %broadcasted_20 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%3 : tensor<4x14x14x32xf32>)
  %6 = tensor.empty() : tensor<1x1x1x32xf32>
  %broadcasted_22 = linalg.broadcast ins(%arg1 : tensor<32xf32>) outs(%6 : tensor<1x1x1x32xf32>) dimensions = [0, 1, 2]
  %collapsed_23 = tensor.collapse_shape %broadcasted_22 [[0, 1, 2, 3]] : tensor<1x1x1x32xf32> into tensor<32xf32>
  %broadcasted_24 = linalg.broadcast ins(%collapsed_23 : tensor<32xf32>) outs(%3 : tensor<4x14x14x32xf32>) dimensions = [0, 1, 2]
  %mapped_25 = linalg.map { arith.mulf } ins(%mapped_21, %broadcasted_24 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%3 : tensor<4x14x14x32xf32>)
  %broadcasted_26 = linalg.broadcast ins(%arg2 : tensor<32xf32>) outs(%6 : tensor<1x1x1x32xf32>) dimensions = [0, 1, 2]
  %collapsed_27 = tensor.collapse_shape %broadcasted_26 [[0, 1, 2, 3]] : tensor<1x1x1x32xf32> into tensor<32xf32>
  %broadcasted_28 = linalg.broadcast ins(%collapsed_27 : tensor<32xf32>) outs(%3 : tensor<4x14x14x32xf32>) dimensions = [0, 1, 2]
  %mapped_29 = linalg.map { arith.addf } ins(%mapped_25, %broadcasted_28 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%3 : tensor<4x14x14x32xf32>)
  return %mapped_29 : tensor<4x14x14x32xf32>
}

// Batch norm in training.
// CHECK-LABEL: func.func @stablehlo_batch_norm_training(
// CHECK: norm.batch_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_last eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.reduce
func.func @stablehlo_batch_norm_training(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> (tensor<4x14x14x32xf32> {jax.result_info = "result"}) {
  %cst = arith.constant dense<9.99999974E-6> : tensor<32xf32>
  %cst_0 = arith.constant dense<7.840000e+02> : tensor<1x1x1x32xf32>
  %cst_1 = arith.constant dense<7.840000e+02> : tensor<32xf32>
  %cst_2 = arith.constant 0x7FC00000 : f32
  %cst_3 = arith.constant 7.840000e+02 : f32
  %cst_4 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.fill ins(%cst_4 : f32) outs(%0 : tensor<32xf32>) -> tensor<32xf32>
  %reduced = linalg.reduce { arith.addf } ins(%arg0 : tensor<4x14x14x32xf32>) outs(%1 : tensor<32xf32>) dimensions = [0, 1, 2]
  %mapped = linalg.map { arith.divf } ins(%reduced, %cst_1 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>)
  %2 = tensor.empty() : tensor<1x1x1x32xf32>
  %broadcasted = linalg.broadcast ins(%mapped : tensor<32xf32>) outs(%2 : tensor<1x1x1x32xf32>) dimensions = [0, 1, 2]
  %collapsed = tensor.collapse_shape %broadcasted [[0, 1, 2, 3]] : tensor<1x1x1x32xf32> into tensor<32xf32>
  %3 = tensor.empty() : tensor<4x14x14x32xf32>
  %broadcasted_5 = linalg.broadcast ins(%collapsed : tensor<32xf32>) outs(%3 : tensor<4x14x14x32xf32>) dimensions = [0, 1, 2]
  %mapped_6 = linalg.map { arith.subf } ins(%arg0, %broadcasted_5 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%3 : tensor<4x14x14x32xf32>)
  %broadcasted_7 = linalg.broadcast ins(%reduced : tensor<32xf32>) outs(%2 : tensor<1x1x1x32xf32>) dimensions = [0, 1, 2]
  %mapped_8 = linalg.map { arith.divf } ins(%broadcasted_7, %cst_0 : tensor<1x1x1x32xf32>, tensor<1x1x1x32xf32>) outs(%2 : tensor<1x1x1x32xf32>)
  %collapsed_9 = tensor.collapse_shape %mapped_8 [[0, 1, 2, 3]] : tensor<1x1x1x32xf32> into tensor<32xf32>
  %broadcasted_10 = linalg.broadcast ins(%collapsed_9 : tensor<32xf32>) outs(%3 : tensor<4x14x14x32xf32>) dimensions = [0, 1, 2]
  %mapped_11 = linalg.map { arith.subf } ins(%arg0, %broadcasted_10 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%3 : tensor<4x14x14x32xf32>)
  %mapped_12 = linalg.map { arith.mulf } ins(%mapped_11, %mapped_11 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%3 : tensor<4x14x14x32xf32>)
  %4 = tensor.empty() : tensor<f32>
  %mapped_13 = linalg.map outs(%4 : tensor<f32>)
    (%init: f32) {
      linalg.yield %cst_4 : f32
    }
  %mapped_14 = linalg.map ins(%mapped_13 : tensor<f32>) outs(%4 : tensor<f32>)
    (%in: f32, %init: f32) {
      %6 = arith.subf %cst_3, %in : f32
      linalg.yield %6 : f32
    }
  %reduced_15 = linalg.reduce { arith.addf } ins(%mapped_12 : tensor<4x14x14x32xf32>) outs(%1 : tensor<32xf32>) dimensions = [0, 1, 2]
  %broadcasted_16 = linalg.broadcast ins(%mapped_14 : tensor<f32>) outs(%0 : tensor<32xf32>) dimensions = [0]
  %mapped_17 = linalg.map { arith.divf } ins(%reduced_15, %broadcasted_16 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>)
  %5 = tensor.empty() : tensor<i1>
  %mapped_18 = linalg.map ins(%mapped_14 : tensor<f32>) outs(%5 : tensor<i1>)
    (%in: f32, %init: i1) {
      %6 = arith.cmpf ogt, %in, %cst_4 : f32
      linalg.yield %6 : i1
    }
  %mapped_19 = linalg.map outs(%4 : tensor<f32>)
    (%init: f32) {
      linalg.yield %cst_2 : f32
    }
  %broadcasted_20 = linalg.broadcast ins(%mapped_19 : tensor<f32>) outs(%0 : tensor<32xf32>) dimensions = [0]
  %extracted = tensor.extract %mapped_18[] : tensor<i1>
  %mapped_21 = linalg.map ins(%mapped_17, %broadcasted_20 : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>)
    (%in: f32, %in_36: f32, %init: f32) {
      %6 = arith.select %extracted, %in, %in_36 : f32
      linalg.yield %6 : f32
    }
  %mapped_22 = linalg.map { arith.addf } ins(%mapped_21, %cst : tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<32xf32>)
  %mapped_23 = linalg.map { math.rsqrt } ins(%mapped_22 : tensor<32xf32>) outs(%0 : tensor<32xf32>)
  %broadcasted_24 = linalg.broadcast ins(%mapped_23 : tensor<32xf32>) outs(%2 : tensor<1x1x1x32xf32>) dimensions = [0, 1, 2]
  %collapsed_25 = tensor.collapse_shape %broadcasted_24 [[0, 1, 2, 3]] : tensor<1x1x1x32xf32> into tensor<32xf32>
  %broadcasted_26 = linalg.broadcast ins(%collapsed_25 : tensor<32xf32>) outs(%3 : tensor<4x14x14x32xf32>) dimensions = [0, 1, 2]
  %mapped_27 = linalg.map { arith.mulf } ins(%mapped_6, %broadcasted_26 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%3 : tensor<4x14x14x32xf32>)
  %broadcasted_28 = linalg.broadcast ins(%arg1 : tensor<32xf32>) outs(%2 : tensor<1x1x1x32xf32>) dimensions = [0, 1, 2]
  %collapsed_29 = tensor.collapse_shape %broadcasted_28 [[0, 1, 2, 3]] : tensor<1x1x1x32xf32> into tensor<32xf32>
  %broadcasted_30 = linalg.broadcast ins(%collapsed_29 : tensor<32xf32>) outs(%3 : tensor<4x14x14x32xf32>) dimensions = [0, 1, 2]
  %mapped_31 = linalg.map { arith.mulf } ins(%mapped_27, %broadcasted_30 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%3 : tensor<4x14x14x32xf32>)
  %broadcasted_32 = linalg.broadcast ins(%arg2 : tensor<32xf32>) outs(%2 : tensor<1x1x1x32xf32>) dimensions = [0, 1, 2]
  %collapsed_33 = tensor.collapse_shape %broadcasted_32 [[0, 1, 2, 3]] : tensor<1x1x1x32xf32> into tensor<32xf32>
  %broadcasted_34 = linalg.broadcast ins(%collapsed_33 : tensor<32xf32>) outs(%3 : tensor<4x14x14x32xf32>) dimensions = [0, 1, 2]
  %mapped_35 = linalg.map { arith.addf } ins(%mapped_31, %broadcasted_34 : tensor<4x14x14x32xf32>, tensor<4x14x14x32xf32>) outs(%3 : tensor<4x14x14x32xf32>)
  return %mapped_35 : tensor<4x14x14x32xf32>
}

// The same conversion to linalg.generic: constants are tensors of rank 0.
// CHECK-LABEL: func.func @stablehlo_layer_norm_generic(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @stablehlo_layer_norm_generic(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> (tensor<2x16x64xf32> {jax.result_info = "result"}) {
  %cst = arith.constant dense<9.99999997E-7> : tensor<f32>
  %cst_0 = arith.constant dense<6.400000e+01> : tensor<f32>
  %cst_1 = arith.constant 0.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst_1 : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.addf %out, %in : f32
    linalg.yield %26 : f32
  } -> tensor<2x16xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x16xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%cst_0 : tensor<f32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4, %5 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %26 = arith.divf %in, %in_2 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %7 = tensor.empty() : tensor<2x16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %8 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %26 = arith.subf %in, %in_2 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9, %9 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %26 = arith.mulf %in, %in_2 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%10 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = arith.addf %out, %in : f32
    linalg.yield %26 : f32
  } -> tensor<2x16xf32>
  %12 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x16xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x1xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12, %5 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %26 = arith.divf %in, %in_2 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %14 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%cst : tensor<f32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x1xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%13, %14 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %26 = arith.addf %in, %in_2 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %26 = math.rsqrt %in : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x1xf32>
  %17 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16 : tensor<2x16x1xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9, %17 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %26 = arith.mulf %in, %in_2 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %19 = tensor.empty() : tensor<1x1x64xf32>
  %20 = linalg.generic {indexing_maps = [#map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<64xf32>) outs(%19 : tensor<1x1x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<1x1x64xf32>
  %21 = linalg.generic {indexing_maps = [#map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%20 : tensor<1x1x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %22 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18, %21 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %26 = arith.mulf %in, %in_2 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  %23 = linalg.generic {indexing_maps = [#map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2 : tensor<64xf32>) outs(%19 : tensor<1x1x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<1x1x64xf32>
  %24 = linalg.generic {indexing_maps = [#map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%23 : tensor<1x1x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %25 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%22, %24 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%7 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %26 = arith.addf %in, %in_2 : f32
    linalg.yield %26 : f32
  } -> tensor<2x16x64xf32>
  return %25 : tensor<2x16x64xf32>
}

// RMS norm of bf16, to linalg.generic.
// CHECK-LABEL: func.func @stablehlo_rms_norm_generic(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} rounding = normalized outs(
// CHECK-NOT: linalg.generic
func.func @stablehlo_rms_norm_generic(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64xbf16>) -> (tensor<2x16x64xbf16> {jax.result_info = "result"}) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant dense<9.99999997E-7> : tensor<f32>
  %cst_1 = arith.constant dense<6.400000e+01> : tensor<f32>
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %21 = arith.extf %in : bf16 to f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %1 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %21 = arith.mulf %in, %in_2 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %3 = tensor.empty() : tensor<2x16xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %21 = arith.addf %out, %in : f32
    linalg.yield %21 : f32
  } -> tensor<2x16xf32>
  %6 = tensor.empty() : tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16xf32>) outs(%6 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%cst_1 : tensor<f32>) outs(%6 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x1xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7, %8 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%6 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %21 = arith.divf %in, %in_2 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x1xf32>
  %10 = linalg.generic {indexing_maps = [#map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%cst_0 : tensor<f32>) outs(%6 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x1xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%9, %10 : tensor<2x16x1xf32>, tensor<2x16x1xf32>) outs(%6 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %21 = arith.addf %in, %in_2 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x1xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11 : tensor<2x16x1xf32>) outs(%6 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %21 = math.rsqrt %in : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x1xf32>
  %13 = linalg.generic {indexing_maps = [#map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12 : tensor<2x16x1xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x16x64xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1, %13 : tensor<2x16x64xf32>, tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %21 = arith.mulf %in, %in_2 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %15 = tensor.empty() : tensor<2x16x64xbf16>
  %16 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x16x64xf32>) outs(%15 : tensor<2x16x64xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %21 = arith.truncf %in : f32 to bf16
    linalg.yield %21 : bf16
  } -> tensor<2x16x64xbf16>
  %17 = tensor.empty() : tensor<1x1x64xbf16>
  %18 = linalg.generic {indexing_maps = [#map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1 : tensor<64xbf16>) outs(%17 : tensor<1x1x64xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    linalg.yield %in : bf16
  } -> tensor<1x1x64xbf16>
  %19 = linalg.generic {indexing_maps = [#map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18 : tensor<1x1x64xbf16>) outs(%15 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %out: bf16):
    linalg.yield %in : bf16
  } -> tensor<2x16x64xbf16>
  %20 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%16, %19 : tensor<2x16x64xbf16>, tensor<2x16x64xbf16>) outs(%15 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %out: bf16):
    %21 = arith.mulf %in, %in_2 : bf16
    linalg.yield %21 : bf16
  } -> tensor<2x16x64xbf16>
  return %20 : tensor<2x16x64xbf16>
}
