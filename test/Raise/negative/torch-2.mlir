// RUN: norm-opt %s --norm-raise | FileCheck %s
// RUN: norm-opt %s --norm-raise --remarks-filter=norm-raise 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK

// What torch.export and torch-mlir make of code that is nearly a normalization.

#map = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map1 = affine_map<(d0, d1, d2) -> (d0, d1, 0)>
#map2 = affine_map<(d0, d1, d2) -> (d2)>
#map3 = affine_map<(d0, d1, d2) -> (d0, 0, d2)>
#map4 = affine_map<(d0, d1, d2) -> (0, 0, 0)>
#map5 = affine_map<(d0, d1, d2) -> ()>
#map6 = affine_map<() -> ()>
#map7 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d0, 0, 0, 0)>
#map9 = affine_map<(d0, d1) -> (d0, d1)>
#map10 = affine_map<(d0, d1) -> (d0, 0)>
#map11 = affine_map<(d0, d1, d2, d3) -> (d0, d1, 0, 0)>
#map12 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>

// rstd is cast to bf16 before the product.
// CHECK-LABEL: func.func @torch_rms_rstd_cast(
// CHECK-NOT: norm.
// REMARK: Reason="what is multiplied with the root is not what the statistics are of"
func.func @torch_rms_rstd_cast(%arg0: tensor<2x16x64xbf16>, %arg1: tensor<64xbf16>) -> tensor<2x16x64xbf16> {
  %c2_i64 = arith.constant 2 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.9999999999999995E-7 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xbf16>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: bf16, %out: f32):
    %14 = arith.extf %in : bf16 to f32
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = math.fpowi %in, %c2_i64 : f32, i64
    linalg.yield %14 : f32
  } -> tensor<2x16x64xf32>
  %3 = tensor.empty() : tensor<2x16x1xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<2x16x1xf32>) -> tensor<2x16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2 : tensor<2x16x64xf32>) outs(%4 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %in, %out : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_1 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%6 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.truncf %cst_0 : f64 to f32
    %15 = arith.addf %in, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<2x16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7 : tensor<2x16x1xf32>) outs(%3 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = math.rsqrt %in : f32
    linalg.yield %14 : f32
  } -> tensor<2x16x1xf32>
  %9 = tensor.empty() : tensor<2x16x1xbf16>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<2x16x1xf32>) outs(%9 : tensor<2x16x1xbf16>) {
  ^bb0(%in: f32, %out: bf16):
    %14 = arith.truncf %in : f32 to bf16
    linalg.yield %14 : bf16
  } -> tensor<2x16x1xbf16>
  %11 = tensor.empty() : tensor<2x16x64xbf16>
  %12 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %10 : tensor<2x16x64xbf16>, tensor<2x16x1xbf16>) outs(%11 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %out: bf16):
    %14 = arith.mulf %in, %in_2 : bf16
    linalg.yield %14 : bf16
  } -> tensor<2x16x64xbf16>
  %13 = linalg.generic {indexing_maps = [#map2, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg1, %12 : tensor<64xbf16>, tensor<2x16x64xbf16>) outs(%11 : tensor<2x16x64xbf16>) {
  ^bb0(%in: bf16, %in_2: bf16, %out: bf16):
    %14 = arith.mulf %in, %in_2 : bf16
    linalg.yield %14 : bf16
  } -> tensor<2x16x64xbf16>
  return %13 : tensor<2x16x64xbf16>
}

// The mean is over the sequence, the variance over features.
// CHECK-LABEL: func.func @torch_layer_norm_wrong_mean(
// CHECK-NOT: norm.
// REMARK: Reason="what is subtracted before the multiplication is not the mean, or the result is no multiple of what is normalized"
func.func @torch_layer_norm_wrong_mean(%arg0: tensor<2x16x64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 1.600000e+01 : f32
  %cst_3 = arith.constant 6.400000e+01 : f64
  %0 = tensor.empty() : tensor<2x1x64xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x1x64xf32>) -> tensor<2x1x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map3], iterator_types = ["parallel", "reduction", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x1x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %21 = arith.addf %in, %out : f32
    linalg.yield %21 : f32
  } -> tensor<2x1x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<2x1x64xf32>) outs(%0 : tensor<2x1x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %21 = arith.divf %in, %cst_2 : f32
    linalg.yield %21 : f32
  } -> tensor<2x1x64xf32>
  %4 = tensor.empty() : tensor<2x16x64xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %3 : tensor<2x16x64xf32>, tensor<2x1x64xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %21 = arith.subf %in, %in_4 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  %6 = tensor.empty() : tensor<2x16x64xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%6 : tensor<2x16x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %21 = arith.extf %in : f32 to f64
    linalg.yield %21 : f64
  } -> tensor<2x16x64xf64>
  %8 = tensor.empty() : tensor<2x16x1xf64>
  %9 = linalg.fill ins(%cst_0 : f64) outs(%8 : tensor<2x16x1xf64>) -> tensor<2x16x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%7 : tensor<2x16x64xf64>) outs(%9 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %21 = arith.addf %in, %out : f64
    linalg.yield %21 : f64
  } -> tensor<2x16x1xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<2x16x1xf64>) outs(%8 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %21 = arith.divf %in, %cst_3 : f64
    linalg.yield %21 : f64
  } -> tensor<2x16x1xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7, %11 : tensor<2x16x64xf64>, tensor<2x16x1xf64>) outs(%6 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %21 = arith.subf %in, %in_4 : f64
    linalg.yield %21 : f64
  } -> tensor<2x16x64xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12, %12 : tensor<2x16x64xf64>, tensor<2x16x64xf64>) outs(%6 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %21 = arith.mulf %in, %in_4 : f64
    linalg.yield %21 : f64
  } -> tensor<2x16x64xf64>
  %14 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "parallel", "reduction"]} ins(%13 : tensor<2x16x64xf64>) outs(%9 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %21 = arith.addf %in, %out : f64
    linalg.yield %21 : f64
  } -> tensor<2x16x1xf64>
  %15 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%14 : tensor<2x16x1xf64>) outs(%8 : tensor<2x16x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %21 = arith.divf %in, %cst_3 : f64
    linalg.yield %21 : f64
  } -> tensor<2x16x1xf64>
  %16 = tensor.empty() : tensor<2x16x1xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%15 : tensor<2x16x1xf64>) outs(%16 : tensor<2x16x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %21 = arith.truncf %in : f64 to f32
    linalg.yield %21 : f32
  } -> tensor<2x16x1xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%17 : tensor<2x16x1xf32>) outs(%16 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %21 = arith.truncf %cst_1 : f64 to f32
    %22 = arith.addf %in, %21 : f32
    linalg.yield %22 : f32
  } -> tensor<2x16x1xf32>
  %19 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%18 : tensor<2x16x1xf32>) outs(%16 : tensor<2x16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %21 = math.sqrt %in : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x1xf32>
  %20 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %19 : tensor<2x16x64xf32>, tensor<2x16x1xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %21 = arith.divf %in, %in_4 : f32
    linalg.yield %21 : f32
  } -> tensor<2x16x64xf32>
  return %20 : tensor<2x16x64xf32>
}

// Standardization of a whole tensor (advantages, images).
// CHECK-LABEL: func.func @torch_seq_standardize(
// CHECK-NOT: norm.
// REMARK: Reason="the variance is divided by N - 1, where normalizations divide by N"
func.func @torch_seq_standardize(%arg0: tensor<2x16x64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 2.047000e+03 : f64
  %cst_2 = arith.constant 1.000000e-08 : f64
  %cst_3 = arith.constant 2.048000e+03 : f32
  %cst_4 = arith.constant 2.048000e+03 : f64
  %0 = tensor.empty() : tensor<1x1x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<1x1x1xf32>) -> tensor<1x1x1xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map4], iterator_types = ["reduction", "reduction", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.addf %in, %out : f32
    linalg.yield %23 : f32
  } -> tensor<1x1x1xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2 : tensor<1x1x1xf32>) outs(%0 : tensor<1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.divf %in, %cst_3 : f32
    linalg.yield %23 : f32
  } -> tensor<1x1x1xf32>
  %4 = tensor.empty() : tensor<2x16x64xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %3 : tensor<2x16x64xf32>, tensor<1x1x1xf32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %23 = arith.subf %in, %in_5 : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x64xf32>
  %6 = tensor.empty() : tensor<2x16x64xf64>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%6 : tensor<2x16x64xf64>) {
  ^bb0(%in: f32, %out: f64):
    %23 = arith.extf %in : f32 to f64
    linalg.yield %23 : f64
  } -> tensor<2x16x64xf64>
  %8 = tensor.empty() : tensor<1x1x1xf64>
  %9 = linalg.fill ins(%cst_0 : f64) outs(%8 : tensor<1x1x1xf64>) -> tensor<1x1x1xf64>
  %10 = linalg.generic {indexing_maps = [#map, #map4], iterator_types = ["reduction", "reduction", "reduction"]} ins(%7 : tensor<2x16x64xf64>) outs(%9 : tensor<1x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.addf %in, %out : f64
    linalg.yield %23 : f64
  } -> tensor<1x1x1xf64>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%10 : tensor<1x1x1xf64>) outs(%8 : tensor<1x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.divf %in, %cst_4 : f64
    linalg.yield %23 : f64
  } -> tensor<1x1x1xf64>
  %12 = linalg.generic {indexing_maps = [#map, #map4, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%7, %11 : tensor<2x16x64xf64>, tensor<1x1x1xf64>) outs(%6 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %23 = arith.subf %in, %in_5 : f64
    linalg.yield %23 : f64
  } -> tensor<2x16x64xf64>
  %13 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%12, %12 : tensor<2x16x64xf64>, tensor<2x16x64xf64>) outs(%6 : tensor<2x16x64xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %23 = arith.mulf %in, %in_5 : f64
    linalg.yield %23 : f64
  } -> tensor<2x16x64xf64>
  %14 = tensor.empty() : tensor<f64>
  %15 = linalg.fill ins(%cst_0 : f64) outs(%14 : tensor<f64>) -> tensor<f64>
  %16 = linalg.generic {indexing_maps = [#map, #map5], iterator_types = ["reduction", "reduction", "reduction"]} ins(%13 : tensor<2x16x64xf64>) outs(%15 : tensor<f64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.addf %in, %out : f64
    linalg.yield %23 : f64
  } -> tensor<f64>
  %17 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = []} ins(%16 : tensor<f64>) outs(%14 : tensor<f64>) {
  ^bb0(%in: f64, %out: f64):
    %23 = arith.divf %in, %cst_1 : f64
    linalg.yield %23 : f64
  } -> tensor<f64>
  %18 = tensor.empty() : tensor<f32>
  %19 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = []} ins(%17 : tensor<f64>) outs(%18 : tensor<f32>) {
  ^bb0(%in: f64, %out: f32):
    %23 = arith.truncf %in : f64 to f32
    linalg.yield %23 : f32
  } -> tensor<f32>
  %20 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = []} ins(%19 : tensor<f32>) outs(%18 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = math.sqrt %in : f32
    linalg.yield %23 : f32
  } -> tensor<f32>
  %21 = linalg.generic {indexing_maps = [#map6, #map6], iterator_types = []} ins(%20 : tensor<f32>) outs(%18 : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    %23 = arith.truncf %cst_2 : f64 to f32
    %24 = arith.addf %in, %23 : f32
    linalg.yield %24 : f32
  } -> tensor<f32>
  %22 = linalg.generic {indexing_maps = [#map, #map5, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%5, %21 : tensor<2x16x64xf32>, tensor<f32>) outs(%4 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %23 = arith.divf %in, %in_5 : f32
    linalg.yield %23 : f32
  } -> tensor<2x16x64xf32>
  return %22 : tensor<2x16x64xf32>
}

// RevIN undone: multiplied by the standard deviation, the mean is added.
// CHECK-LABEL: func.func @torch_revin_denormalize(
// CHECK-NOT: norm.
func.func @torch_revin_denormalize(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x1x64xf32>, %arg2: tensor<2x1x64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 1.000000e-05 : f64
  %0 = tensor.empty() : tensor<2x1x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg2 : tensor<2x1x64xf32>) outs(%0 : tensor<2x1x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %6 = arith.truncf %cst : f64 to f32
    %7 = arith.addf %in, %6 : f32
    linalg.yield %7 : f32
  } -> tensor<2x1x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x1x64xf32>) outs(%0 : tensor<2x1x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %6 = math.sqrt %in : f32
    linalg.yield %6 : f32
  } -> tensor<2x1x64xf32>
  %3 = tensor.empty() : tensor<2x16x64xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %2 : tensor<2x16x64xf32>, tensor<2x1x64xf32>) outs(%3 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %6 = arith.mulf %in, %in_0 : f32
    linalg.yield %6 : f32
  } -> tensor<2x16x64xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map3, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%4, %arg1 : tensor<2x16x64xf32>, tensor<2x1x64xf32>) outs(%3 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %6 = arith.addf %in, %in_0 : f32
    linalg.yield %6 : f32
  } -> tensor<2x16x64xf32>
  return %5 : tensor<2x16x64xf32>
}

// Weight standardization: unbiased, epsilon outside.
// CHECK-LABEL: func.func @torch_weight_standardization(
// CHECK-NOT: norm.
// REMARK: Reason="the variance is divided by N - 1, where normalizations divide by N"
func.func @torch_weight_standardization(%arg0: tensor<64x32x3x3xf32>) -> tensor<64x32x3x3xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 2.870000e+02 : f64
  %cst_2 = arith.constant 1.000000e-05 : f64
  %cst_3 = arith.constant 2.880000e+02 : f32
  %cst_4 = arith.constant 2.880000e+02 : f64
  %0 = tensor.empty() : tensor<64x1x1x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<64x1x1x1xf32>) -> tensor<64x1x1x1xf32>
  %2 = linalg.generic {indexing_maps = [#map7, #map8], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%arg0 : tensor<64x32x3x3xf32>) outs(%1 : tensor<64x1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.addf %in, %out : f32
    linalg.yield %20 : f32
  } -> tensor<64x1x1x1xf32>
  %3 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<64x1x1x1xf32>) outs(%0 : tensor<64x1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.divf %in, %cst_3 : f32
    linalg.yield %20 : f32
  } -> tensor<64x1x1x1xf32>
  %4 = tensor.empty() : tensor<64x32x3x3xf32>
  %5 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %3 : tensor<64x32x3x3xf32>, tensor<64x1x1x1xf32>) outs(%4 : tensor<64x32x3x3xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %20 = arith.subf %in, %in_5 : f32
    linalg.yield %20 : f32
  } -> tensor<64x32x3x3xf32>
  %6 = tensor.empty() : tensor<64x32x3x3xf64>
  %7 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<64x32x3x3xf32>) outs(%6 : tensor<64x32x3x3xf64>) {
  ^bb0(%in: f32, %out: f64):
    %20 = arith.extf %in : f32 to f64
    linalg.yield %20 : f64
  } -> tensor<64x32x3x3xf64>
  %8 = tensor.empty() : tensor<64x1x1x1xf64>
  %9 = linalg.fill ins(%cst_0 : f64) outs(%8 : tensor<64x1x1x1xf64>) -> tensor<64x1x1x1xf64>
  %10 = linalg.generic {indexing_maps = [#map7, #map8], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%7 : tensor<64x32x3x3xf64>) outs(%9 : tensor<64x1x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.addf %in, %out : f64
    linalg.yield %20 : f64
  } -> tensor<64x1x1x1xf64>
  %11 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<64x1x1x1xf64>) outs(%8 : tensor<64x1x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.divf %in, %cst_4 : f64
    linalg.yield %20 : f64
  } -> tensor<64x1x1x1xf64>
  %12 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %11 : tensor<64x32x3x3xf64>, tensor<64x1x1x1xf64>) outs(%6 : tensor<64x32x3x3xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %20 = arith.subf %in, %in_5 : f64
    linalg.yield %20 : f64
  } -> tensor<64x32x3x3xf64>
  %13 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12, %12 : tensor<64x32x3x3xf64>, tensor<64x32x3x3xf64>) outs(%6 : tensor<64x32x3x3xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %20 = arith.mulf %in, %in_5 : f64
    linalg.yield %20 : f64
  } -> tensor<64x32x3x3xf64>
  %14 = linalg.generic {indexing_maps = [#map7, #map8], iterator_types = ["parallel", "reduction", "reduction", "reduction"]} ins(%13 : tensor<64x32x3x3xf64>) outs(%9 : tensor<64x1x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.addf %in, %out : f64
    linalg.yield %20 : f64
  } -> tensor<64x1x1x1xf64>
  %15 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<64x1x1x1xf64>) outs(%8 : tensor<64x1x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.divf %in, %cst_1 : f64
    linalg.yield %20 : f64
  } -> tensor<64x1x1x1xf64>
  %16 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<64x1x1x1xf64>) outs(%0 : tensor<64x1x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %20 = arith.truncf %in : f64 to f32
    linalg.yield %20 : f32
  } -> tensor<64x1x1x1xf32>
  %17 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16 : tensor<64x1x1x1xf32>) outs(%0 : tensor<64x1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = math.sqrt %in : f32
    linalg.yield %20 : f32
  } -> tensor<64x1x1x1xf32>
  %18 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<64x1x1x1xf32>) outs(%0 : tensor<64x1x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.truncf %cst_2 : f64 to f32
    %21 = arith.addf %in, %20 : f32
    linalg.yield %21 : f32
  } -> tensor<64x1x1x1xf32>
  %19 = linalg.generic {indexing_maps = [#map7, #map8, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %18 : tensor<64x32x3x3xf32>, tensor<64x1x1x1xf32>) outs(%4 : tensor<64x32x3x3xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %20 = arith.divf %in, %in_5 : f32
    linalg.yield %20 : f32
  } -> tensor<64x32x3x3xf32>
  return %19 : tensor<64x32x3x3xf32>
}

// x / |x|.
// CHECK-LABEL: func.func @torch_vector_norm_division(
// CHECK-NOT: norm.
func.func @torch_vector_norm_division(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 5.000000e-01 : f32
  %cst_1 = arith.constant 2.000000e+00 : f32
  %0 = tensor.empty() : tensor<16x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16x1xf32>) -> tensor<16x1xf32>
  %2 = linalg.generic {indexing_maps = [#map9, #map10], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %6 = math.absf %in : f32
    %7 = math.powf %6, %cst_1 : f32
    %8 = arith.addf %7, %out : f32
    linalg.yield %8 : f32
  } -> tensor<16x1xf32>
  %3 = linalg.generic {indexing_maps = [#map9, #map9], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<16x1xf32>) outs(%0 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %6 = math.powf %in, %cst_0 : f32
    linalg.yield %6 : f32
  } -> tensor<16x1xf32>
  %4 = tensor.empty() : tensor<16x64xf32>
  %5 = linalg.generic {indexing_maps = [#map9, #map10, #map9], iterator_types = ["parallel", "parallel"]} ins(%arg0, %3 : tensor<16x64xf32>, tensor<16x1xf32>) outs(%4 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %6 = arith.divf %in, %in_2 : f32
    linalg.yield %6 : f32
  } -> tensor<16x64xf32>
  return %5 : tensor<16x64xf32>
}

// x is normalized by the statistics of y (AdaIN the wrong way round).
// CHECK-LABEL: func.func @torch_batch_stats_of_other(
// CHECK-NOT: norm.
// REMARK: Reason="what is multiplied with the root is not what the statistics are of"
func.func @torch_batch_stats_of_other(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<4x32x14x14xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 1.960000e+02 : f32
  %cst_3 = arith.constant 1.960000e+02 : f64
  %0 = tensor.empty() : tensor<4x32x1x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x32x1x1xf32>) -> tensor<4x32x1x1xf32>
  %2 = linalg.generic {indexing_maps = [#map7, #map11], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%arg1 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.addf %in, %out : f32
    linalg.yield %20 : f32
  } -> tensor<4x32x1x1xf32>
  %3 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.divf %in, %cst_2 : f32
    linalg.yield %20 : f32
  } -> tensor<4x32x1x1xf32>
  %4 = tensor.empty() : tensor<4x32x14x14xf32>
  %5 = linalg.generic {indexing_maps = [#map7, #map11, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %3 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %20 = arith.subf %in, %in_4 : f32
    linalg.yield %20 : f32
  } -> tensor<4x32x14x14xf32>
  %6 = tensor.empty() : tensor<4x32x14x14xf64>
  %7 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg1 : tensor<4x32x14x14xf32>) outs(%6 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f32, %out: f64):
    %20 = arith.extf %in : f32 to f64
    linalg.yield %20 : f64
  } -> tensor<4x32x14x14xf64>
  %8 = tensor.empty() : tensor<4x32x1x1xf64>
  %9 = linalg.fill ins(%cst_0 : f64) outs(%8 : tensor<4x32x1x1xf64>) -> tensor<4x32x1x1xf64>
  %10 = linalg.generic {indexing_maps = [#map7, #map11], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%7 : tensor<4x32x14x14xf64>) outs(%9 : tensor<4x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.addf %in, %out : f64
    linalg.yield %20 : f64
  } -> tensor<4x32x1x1xf64>
  %11 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<4x32x1x1xf64>) outs(%8 : tensor<4x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.divf %in, %cst_3 : f64
    linalg.yield %20 : f64
  } -> tensor<4x32x1x1xf64>
  %12 = linalg.generic {indexing_maps = [#map7, #map11, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %11 : tensor<4x32x14x14xf64>, tensor<4x32x1x1xf64>) outs(%6 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %20 = arith.subf %in, %in_4 : f64
    linalg.yield %20 : f64
  } -> tensor<4x32x14x14xf64>
  %13 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12, %12 : tensor<4x32x14x14xf64>, tensor<4x32x14x14xf64>) outs(%6 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_4: f64, %out: f64):
    %20 = arith.mulf %in, %in_4 : f64
    linalg.yield %20 : f64
  } -> tensor<4x32x14x14xf64>
  %14 = linalg.generic {indexing_maps = [#map7, #map11], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%13 : tensor<4x32x14x14xf64>) outs(%9 : tensor<4x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.addf %in, %out : f64
    linalg.yield %20 : f64
  } -> tensor<4x32x1x1xf64>
  %15 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<4x32x1x1xf64>) outs(%8 : tensor<4x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %20 = arith.divf %in, %cst_3 : f64
    linalg.yield %20 : f64
  } -> tensor<4x32x1x1xf64>
  %16 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%15 : tensor<4x32x1x1xf64>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %20 = arith.truncf %in : f64 to f32
    linalg.yield %20 : f32
  } -> tensor<4x32x1x1xf32>
  %17 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.truncf %cst_1 : f64 to f32
    %21 = arith.addf %in, %20 : f32
    linalg.yield %21 : f32
  } -> tensor<4x32x1x1xf32>
  %18 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = math.sqrt %in : f32
    linalg.yield %20 : f32
  } -> tensor<4x32x1x1xf32>
  %19 = linalg.generic {indexing_maps = [#map7, #map11, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %18 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %20 = arith.divf %in, %in_4 : f32
    linalg.yield %20 : f32
  } -> tensor<4x32x14x14xf32>
  return %19 : tensor<4x32x14x14xf32>
}

// The pooled mean is subtracted.
// CHECK-LABEL: func.func @torch_pixel_shuffle_mean(
// CHECK-NOT: norm.
func.func @torch_pixel_shuffle_mean(%arg0: tensor<4x32x14x14xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.960000e+02 : f32
  %0 = tensor.empty() : tensor<4x32x1x1xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x32x1x1xf32>) -> tensor<4x32x1x1xf32>
  %2 = linalg.generic {indexing_maps = [#map7, #map11], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %6 = arith.addf %in, %out : f32
    linalg.yield %6 : f32
  } -> tensor<4x32x1x1xf32>
  %3 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<4x32x1x1xf32>) outs(%0 : tensor<4x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %6 = arith.divf %in, %cst_0 : f32
    linalg.yield %6 : f32
  } -> tensor<4x32x1x1xf32>
  %4 = tensor.empty() : tensor<4x32x14x14xf32>
  %5 = linalg.generic {indexing_maps = [#map7, #map11, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %3 : tensor<4x32x14x14xf32>, tensor<4x32x1x1xf32>) outs(%4 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %6 = arith.subf %in, %in_1 : f32
    linalg.yield %6 : f32
  } -> tensor<4x32x14x14xf32>
  return %5 : tensor<4x32x14x14xf32>
}

// F.local_response_norm.
// CHECK-LABEL: func.func @torch_local_response_norm(
// CHECK-NOT: norm.
func.func @torch_local_response_norm(%arg0: tensor<4x32x14x14xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e-04 : f64
  %cst_1 = arith.constant 5.000000e+00 : f32
  %cst_2 = arith.constant 1.000000e+00 : f32
  %cst_3 = arith.constant 7.500000e-01 : f32
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg0 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %13 = arith.mulf %in, %in_5 : f32
    linalg.yield %13 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded = tensor.expand_shape %1 [[0], [1, 2], [3], [4]] output_shape [4, 1, 32, 14, 14] : tensor<4x32x14x14xf32> into tensor<4x1x32x14x14xf32>
  %padded = tensor.pad %expanded low[0, 0, 2, 0, 0] high[0, 0, 2, 0, 0] {
  ^bb0(%arg1: index, %arg2: index, %arg3: index, %arg4: index, %arg5: index):
    tensor.yield %cst : f32
  } : tensor<4x1x32x14x14xf32> to tensor<4x1x36x14x14xf32>
  %2 = tensor.empty() : tensor<5x1x1xf32>
  %3 = tensor.empty() : tensor<4x36x14x14x1xf32>
  %transposed = linalg.transpose ins(%padded : tensor<4x1x36x14x14xf32>) outs(%3 : tensor<4x36x14x14x1xf32>) permutation = [0, 2, 3, 4, 1]
  %4 = tensor.empty() : tensor<4x32x14x14x1xf32>
  %5 = linalg.fill ins(%cst : f32) outs(%4 : tensor<4x32x14x14x1xf32>) -> tensor<4x32x14x14x1xf32>
  %6 = linalg.pooling_ndhwc_sum {dilations = dense<1> : vector<3xi64>, strides = dense<1> : vector<3xi64>} ins(%transposed, %2 : tensor<4x36x14x14x1xf32>, tensor<5x1x1xf32>) outs(%5 : tensor<4x32x14x14x1xf32>) -> tensor<4x32x14x14x1xf32>
  %7 = tensor.empty() : tensor<4x1x32x14x14xf32>
  %transposed_4 = linalg.transpose ins(%6 : tensor<4x32x14x14x1xf32>) outs(%7 : tensor<4x1x32x14x14xf32>) permutation = [0, 4, 1, 2, 3]
  %8 = linalg.generic {indexing_maps = [#map12, #map12], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%transposed_4 : tensor<4x1x32x14x14xf32>) outs(%7 : tensor<4x1x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.divf %in, %cst_1 : f32
    linalg.yield %13 : f32
  } -> tensor<4x1x32x14x14xf32>
  %collapsed = tensor.collapse_shape %8 [[0, 1], [2], [3], [4]] : tensor<4x1x32x14x14xf32> into tensor<4x32x14x14xf32>
  %9 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed : tensor<4x32x14x14xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.truncf %cst_0 : f64 to f32
    %14 = arith.mulf %in, %13 : f32
    linalg.yield %14 : f32
  } -> tensor<4x32x14x14xf32>
  %10 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<4x32x14x14xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = arith.addf %in, %cst_2 : f32
    linalg.yield %13 : f32
  } -> tensor<4x32x14x14xf32>
  %11 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<4x32x14x14xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %13 = math.powf %in, %cst_3 : f32
    linalg.yield %13 : f32
  } -> tensor<4x32x14x14xf32>
  %12 = linalg.generic {indexing_maps = [#map7, #map7, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %11 : tensor<4x32x14x14xf32>, tensor<4x32x14x14xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %13 = arith.divf %in, %in_5 : f32
    linalg.yield %13 : f32
  } -> tensor<4x32x14x14xf32>
  return %12 : tensor<4x32x14x14xf32>
}

// The fourth power.
// CHECK-LABEL: func.func @torch_rms_pow_four(
// CHECK-NOT: norm.
// Why: fourth power instead of square
func.func @torch_rms_pow_four(%arg0: tensor<16x64xf32>) -> tensor<16x64xf32> {
  %c4_i64 = arith.constant 4 : i64
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.9999999999999995E-7 : f64
  %cst_1 = arith.constant 6.400000e+01 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map9, #map9], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<16x64xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = math.fpowi %in, %c4_i64 : f32, i64
    linalg.yield %9 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16x1xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16x1xf32>) -> tensor<16x1xf32>
  %4 = linalg.generic {indexing_maps = [#map9, #map10], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf32>) outs(%3 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.addf %in, %out : f32
    linalg.yield %9 : f32
  } -> tensor<16x1xf32>
  %5 = linalg.generic {indexing_maps = [#map9, #map9], iterator_types = ["parallel", "parallel"]} ins(%4 : tensor<16x1xf32>) outs(%2 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.divf %in, %cst_1 : f32
    linalg.yield %9 : f32
  } -> tensor<16x1xf32>
  %6 = linalg.generic {indexing_maps = [#map9, #map9], iterator_types = ["parallel", "parallel"]} ins(%5 : tensor<16x1xf32>) outs(%2 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.truncf %cst_0 : f64 to f32
    %10 = arith.addf %in, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<16x1xf32>
  %7 = linalg.generic {indexing_maps = [#map9, #map9], iterator_types = ["parallel", "parallel"]} ins(%6 : tensor<16x1xf32>) outs(%2 : tensor<16x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = math.rsqrt %in : f32
    linalg.yield %9 : f32
  } -> tensor<16x1xf32>
  %8 = linalg.generic {indexing_maps = [#map9, #map10, #map9], iterator_types = ["parallel", "parallel"]} ins(%arg0, %7 : tensor<16x64xf32>, tensor<16x1xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %9 = arith.mulf %in, %in_2 : f32
    linalg.yield %9 : f32
  } -> tensor<16x64xf32>
  return %8 : tensor<16x64xf32>
}

// Dynamic tanh: a layer norm without statistics.
// CHECK-LABEL: func.func @torch_dynamic_tanh(
// CHECK-NOT: norm.
func.func @torch_dynamic_tanh(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 5.000000e-01 : f32
  %0 = tensor.empty() : tensor<2x16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %5 = arith.mulf %in, %cst : f32
    linalg.yield %5 : f32
  } -> tensor<2x16x64xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%1 : tensor<2x16x64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %5 = math.tanh %in : f32
    linalg.yield %5 : f32
  } -> tensor<2x16x64xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%2, %arg1 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %5 = arith.mulf %in, %in_0 : f32
    linalg.yield %5 : f32
  } -> tensor<2x16x64xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map2, #map], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3, %arg2 : tensor<2x16x64xf32>, tensor<64xf32>) outs(%0 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_0: f32, %out: f32):
    %5 = arith.addf %in, %in_0 : f32
    linalg.yield %5 : f32
  } -> tensor<2x16x64xf32>
  return %4 : tensor<2x16x64xf32>
}
