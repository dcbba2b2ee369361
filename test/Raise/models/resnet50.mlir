// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Fragments of ResNet-50.

#map = affine_map<(d0) -> (d0)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d1, 0, 0)>
#map3 = affine_map<(d0, d1, d2, d3) -> (0, d1, 0, 0)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d3)>

// Convolution, batch norm, relu.
// CHECK-LABEL: func.func @resnet_conv_bn_relu(
// CHECK: linalg.conv_2d
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: arith.cmpf
func.func @resnet_conv_bn_relu(%arg0: tensor<1x16x14x14xf32>, %arg1: tensor<32x16x3x3xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>, %arg5: tensor<32xf32>) -> tensor<1x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e-05 : f64
  %padded = tensor.pad %arg0 low[0, 0, 1, 1] high[0, 0, 1, 1] {
  ^bb0(%arg6: index, %arg7: index, %arg8: index, %arg9: index):
    tensor.yield %cst : f32
  } : tensor<1x16x14x14xf32> to tensor<1x16x16x16xf32>
  %0 = tensor.empty() : tensor<1x32x14x14xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<1x32x14x14xf32>) -> tensor<1x32x14x14xf32>
  %2 = linalg.conv_2d_nchw_fchw {dilations = dense<1> : vector<2xi64>, strides = dense<1> : vector<2xi64>} ins(%padded, %arg1 : tensor<1x16x16x16xf32>, tensor<32x16x3x3xf32>) outs(%1 : tensor<1x32x14x14xf32>) -> tensor<1x32x14x14xf32>
  %3 = tensor.empty() : tensor<32xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg5 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.truncf %cst_0 : f64 to f32
    %12 = arith.addf %in, %11 : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%4 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = math.rsqrt %in : f32
    linalg.yield %11 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %arg4 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %expanded_1 = tensor.expand_shape %5 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %6 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2, %expanded : tensor<1x32x14x14xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<1x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %11 = arith.subf %in, %in_4 : f32
    linalg.yield %11 : f32
  } -> tensor<1x32x14x14xf32>
  %7 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %expanded_1 : tensor<1x32x14x14xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<1x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %11 = arith.mulf %in, %in_4 : f32
    linalg.yield %11 : f32
  } -> tensor<1x32x14x14xf32>
  %expanded_2 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %8 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %expanded_2 : tensor<1x32x14x14xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<1x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %11 = arith.mulf %in, %in_4 : f32
    linalg.yield %11 : f32
  } -> tensor<1x32x14x14xf32>
  %expanded_3 = tensor.expand_shape %arg3 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %9 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8, %expanded_3 : tensor<1x32x14x14xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<1x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %11 = arith.addf %in, %in_4 : f32
    linalg.yield %11 : f32
  } -> tensor<1x32x14x14xf32>
  %10 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<1x32x14x14xf32>) outs(%0 : tensor<1x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %11 = arith.cmpf ugt, %in, %cst : f32
    %12 = arith.select %11, %in, %cst : f32
    linalg.yield %12 : f32
  } -> tensor<1x32x14x14xf32>
  return %10 : tensor<1x32x14x14xf32>
}

// The last convolution of a bottleneck, batch norm, residual, relu.
// CHECK-LABEL: func.func @resnet_bottleneck_end(
// CHECK: linalg.conv_2d
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: arith.addf
func.func @resnet_bottleneck_end(%arg0: tensor<1x16x14x14xf32>, %arg1: tensor<32x16x1x1xf32>, %arg2: tensor<1x32x14x14xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>, %arg5: tensor<32xf32>, %arg6: tensor<32xf32>) -> tensor<1x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e-05 : f64
  %0 = tensor.empty() : tensor<1x32x14x14xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<1x32x14x14xf32>) -> tensor<1x32x14x14xf32>
  %2 = linalg.conv_2d_nchw_fchw {dilations = dense<1> : vector<2xi64>, strides = dense<1> : vector<2xi64>} ins(%arg0, %arg1 : tensor<1x16x14x14xf32>, tensor<32x16x1x1xf32>) outs(%1 : tensor<1x32x14x14xf32>) -> tensor<1x32x14x14xf32>
  %3 = tensor.empty() : tensor<32xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg6 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.truncf %cst_0 : f64 to f32
    %13 = arith.addf %in, %12 : f32
    linalg.yield %13 : f32
  } -> tensor<32xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%4 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = math.rsqrt %in : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %arg5 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %expanded_1 = tensor.expand_shape %5 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %6 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2, %expanded : tensor<1x32x14x14xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<1x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %12 = arith.subf %in, %in_4 : f32
    linalg.yield %12 : f32
  } -> tensor<1x32x14x14xf32>
  %7 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %expanded_1 : tensor<1x32x14x14xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<1x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %12 = arith.mulf %in, %in_4 : f32
    linalg.yield %12 : f32
  } -> tensor<1x32x14x14xf32>
  %expanded_2 = tensor.expand_shape %arg3 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %8 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %expanded_2 : tensor<1x32x14x14xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<1x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %12 = arith.mulf %in, %in_4 : f32
    linalg.yield %12 : f32
  } -> tensor<1x32x14x14xf32>
  %expanded_3 = tensor.expand_shape %arg4 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %9 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8, %expanded_3 : tensor<1x32x14x14xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<1x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %12 = arith.addf %in, %in_4 : f32
    linalg.yield %12 : f32
  } -> tensor<1x32x14x14xf32>
  %10 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9, %arg2 : tensor<1x32x14x14xf32>, tensor<1x32x14x14xf32>) outs(%0 : tensor<1x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %12 = arith.addf %in, %in_4 : f32
    linalg.yield %12 : f32
  } -> tensor<1x32x14x14xf32>
  %11 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%10 : tensor<1x32x14x14xf32>) outs(%0 : tensor<1x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.cmpf ugt, %in, %cst : f32
    %13 = arith.select %12, %in, %cst : f32
    linalg.yield %13 : f32
  } -> tensor<1x32x14x14xf32>
  return %11 : tensor<1x32x14x14xf32>
}

// Two batch norms are added.
// CHECK-LABEL: func.func @resnet_downsample(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
func.func @resnet_downsample(%arg0: tensor<1x16x14x14xf32>, %arg1: tensor<32x16x1x1xf32>, %arg2: tensor<1x32x7x7xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>, %arg5: tensor<32xf32>, %arg6: tensor<32xf32>, %arg7: tensor<32xf32>, %arg8: tensor<32xf32>, %arg9: tensor<32xf32>, %arg10: tensor<32xf32>) -> tensor<1x32x7x7xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.000000e-05 : f64
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg6 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.truncf %cst_0 : f64 to f32
    %19 = arith.addf %in, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%1 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = math.rsqrt %in : f32
    linalg.yield %18 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %arg5 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %expanded_1 = tensor.expand_shape %2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %3 = tensor.empty() : tensor<1x32x7x7xf32>
  %4 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2, %expanded : tensor<1x32x7x7xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<1x32x7x7xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %18 = arith.subf %in, %in_8 : f32
    linalg.yield %18 : f32
  } -> tensor<1x32x7x7xf32>
  %5 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4, %expanded_1 : tensor<1x32x7x7xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<1x32x7x7xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %18 = arith.mulf %in, %in_8 : f32
    linalg.yield %18 : f32
  } -> tensor<1x32x7x7xf32>
  %expanded_2 = tensor.expand_shape %arg3 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %6 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%5, %expanded_2 : tensor<1x32x7x7xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<1x32x7x7xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %18 = arith.mulf %in, %in_8 : f32
    linalg.yield %18 : f32
  } -> tensor<1x32x7x7xf32>
  %expanded_3 = tensor.expand_shape %arg4 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %7 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %expanded_3 : tensor<1x32x7x7xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<1x32x7x7xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %18 = arith.addf %in, %in_8 : f32
    linalg.yield %18 : f32
  } -> tensor<1x32x7x7xf32>
  %8 = linalg.fill ins(%cst : f32) outs(%3 : tensor<1x32x7x7xf32>) -> tensor<1x32x7x7xf32>
  %9 = linalg.conv_2d_nchw_fchw {dilations = dense<1> : vector<2xi64>, strides = dense<2> : vector<2xi64>} ins(%arg0, %arg1 : tensor<1x16x14x14xf32>, tensor<32x16x1x1xf32>) outs(%8 : tensor<1x32x7x7xf32>) -> tensor<1x32x7x7xf32>
  %10 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg10 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.truncf %cst_0 : f64 to f32
    %19 = arith.addf %in, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<32xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%10 : tensor<32xf32>) outs(%0 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = math.rsqrt %in : f32
    linalg.yield %18 : f32
  } -> tensor<32xf32>
  %expanded_4 = tensor.expand_shape %arg9 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %expanded_5 = tensor.expand_shape %11 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %12 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9, %expanded_4 : tensor<1x32x7x7xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<1x32x7x7xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %18 = arith.subf %in, %in_8 : f32
    linalg.yield %18 : f32
  } -> tensor<1x32x7x7xf32>
  %13 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12, %expanded_5 : tensor<1x32x7x7xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<1x32x7x7xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %18 = arith.mulf %in, %in_8 : f32
    linalg.yield %18 : f32
  } -> tensor<1x32x7x7xf32>
  %expanded_6 = tensor.expand_shape %arg7 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %14 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13, %expanded_6 : tensor<1x32x7x7xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<1x32x7x7xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %18 = arith.mulf %in, %in_8 : f32
    linalg.yield %18 : f32
  } -> tensor<1x32x7x7xf32>
  %expanded_7 = tensor.expand_shape %arg8 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %15 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14, %expanded_7 : tensor<1x32x7x7xf32>, tensor<32x1x1xf32>) outs(%3 : tensor<1x32x7x7xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %18 = arith.addf %in, %in_8 : f32
    linalg.yield %18 : f32
  } -> tensor<1x32x7x7xf32>
  %16 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %15 : tensor<1x32x7x7xf32>, tensor<1x32x7x7xf32>) outs(%3 : tensor<1x32x7x7xf32>) {
  ^bb0(%in: f32, %in_8: f32, %out: f32):
    %18 = arith.addf %in, %in_8 : f32
    linalg.yield %18 : f32
  } -> tensor<1x32x7x7xf32>
  %17 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16 : tensor<1x32x7x7xf32>) outs(%3 : tensor<1x32x7x7xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.cmpf ugt, %in, %cst : f32
    %19 = arith.select %18, %in, %cst : f32
    linalg.yield %19 : f32
  } -> tensor<1x32x7x7xf32>
  return %17 : tensor<1x32x7x7xf32>
}

// Convolution, batch norm with the statistics of the batch, relu.
// CHECK-LABEL: func.func @resnet_conv_bn_training(
// CHECK: linalg.conv_2d
// CHECK: norm.batch_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
func.func @resnet_conv_bn_training(%arg0: tensor<4x16x14x14xf32>, %arg1: tensor<32x16x3x3xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.000000e+00 : f64
  %cst_1 = arith.constant 1.000000e-05 : f64
  %cst_2 = arith.constant 7.840000e+02 : f64
  %cst_3 = arith.constant 7.840000e+02 : f32
  %padded = tensor.pad %arg0 low[0, 0, 1, 1] high[0, 0, 1, 1] {
  ^bb0(%arg4: index, %arg5: index, %arg6: index, %arg7: index):
    tensor.yield %cst : f32
  } : tensor<4x16x14x14xf32> to tensor<4x16x16x16xf32>
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x32x14x14xf32>) -> tensor<4x32x14x14xf32>
  %2 = linalg.conv_2d_nchw_fchw {dilations = dense<1> : vector<2xi64>, strides = dense<1> : vector<2xi64>} ins(%padded, %arg1 : tensor<4x16x16x16xf32>, tensor<32x16x3x3xf32>) outs(%1 : tensor<4x32x14x14xf32>) -> tensor<4x32x14x14xf32>
  %3 = tensor.empty() : tensor<4x32x14x14xf64>
  %4 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2 : tensor<4x32x14x14xf32>) outs(%3 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f32, %out: f64):
    %25 = arith.extf %in : f32 to f64
    linalg.yield %25 : f64
  } -> tensor<4x32x14x14xf64>
  %5 = tensor.empty() : tensor<1x32x1x1xf64>
  %6 = linalg.fill ins(%cst_0 : f64) outs(%5 : tensor<1x32x1x1xf64>) -> tensor<1x32x1x1xf64>
  %7 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%4 : tensor<4x32x14x14xf64>) outs(%6 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.addf %in, %out : f64
    linalg.yield %25 : f64
  } -> tensor<1x32x1x1xf64>
  %8 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7 : tensor<1x32x1x1xf64>) outs(%5 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.divf %in, %cst_2 : f64
    linalg.yield %25 : f64
  } -> tensor<1x32x1x1xf64>
  %9 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%4, %8 : tensor<4x32x14x14xf64>, tensor<1x32x1x1xf64>) outs(%3 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %25 = arith.subf %in, %in_5 : f64
    linalg.yield %25 : f64
  } -> tensor<4x32x14x14xf64>
  %10 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9, %9 : tensor<4x32x14x14xf64>, tensor<4x32x14x14xf64>) outs(%3 : tensor<4x32x14x14xf64>) {
  ^bb0(%in: f64, %in_5: f64, %out: f64):
    %25 = arith.mulf %in, %in_5 : f64
    linalg.yield %25 : f64
  } -> tensor<4x32x14x14xf64>
  %11 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%10 : tensor<4x32x14x14xf64>) outs(%6 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.addf %in, %out : f64
    linalg.yield %25 : f64
  } -> tensor<1x32x1x1xf64>
  %12 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%11 : tensor<1x32x1x1xf64>) outs(%5 : tensor<1x32x1x1xf64>) {
  ^bb0(%in: f64, %out: f64):
    %25 = arith.divf %in, %cst_2 : f64
    linalg.yield %25 : f64
  } -> tensor<1x32x1x1xf64>
  %13 = tensor.empty() : tensor<1x32x1x1xf32>
  %14 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%12 : tensor<1x32x1x1xf64>) outs(%13 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f64, %out: f32):
    %25 = arith.truncf %in : f64 to f32
    linalg.yield %25 : f32
  } -> tensor<1x32x1x1xf32>
  %15 = linalg.fill ins(%cst : f32) outs(%13 : tensor<1x32x1x1xf32>) -> tensor<1x32x1x1xf32>
  %16 = linalg.generic {indexing_maps = [#map1, #map3], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%2 : tensor<4x32x14x14xf32>) outs(%15 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.addf %in, %out : f32
    linalg.yield %25 : f32
  } -> tensor<1x32x1x1xf32>
  %17 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%16 : tensor<1x32x1x1xf32>) outs(%13 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.divf %in, %cst_3 : f32
    linalg.yield %25 : f32
  } -> tensor<1x32x1x1xf32>
  %18 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%14 : tensor<1x32x1x1xf32>) outs(%13 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.truncf %cst_1 : f64 to f32
    %26 = arith.addf %in, %25 : f32
    linalg.yield %26 : f32
  } -> tensor<1x32x1x1xf32>
  %19 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%18 : tensor<1x32x1x1xf32>) outs(%13 : tensor<1x32x1x1xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = math.rsqrt %in : f32
    linalg.yield %25 : f32
  } -> tensor<1x32x1x1xf32>
  %20 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2, %17 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %25 = arith.subf %in, %in_5 : f32
    linalg.yield %25 : f32
  } -> tensor<4x32x14x14xf32>
  %21 = linalg.generic {indexing_maps = [#map1, #map3, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%20, %19 : tensor<4x32x14x14xf32>, tensor<1x32x1x1xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %25 = arith.mulf %in, %in_5 : f32
    linalg.yield %25 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %22 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%21, %expanded : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %25 = arith.mulf %in, %in_5 : f32
    linalg.yield %25 : f32
  } -> tensor<4x32x14x14xf32>
  %expanded_4 = tensor.expand_shape %arg3 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %23 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%22, %expanded_4 : tensor<4x32x14x14xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %25 = arith.addf %in, %in_5 : f32
    linalg.yield %25 : f32
  } -> tensor<4x32x14x14xf32>
  %24 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%23 : tensor<4x32x14x14xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %25 = arith.cmpf ugt, %in, %cst : f32
    %26 = arith.select %25, %in, %cst : f32
    linalg.yield %26 : f32
  } -> tensor<4x32x14x14xf32>
  return %24 : tensor<4x32x14x14xf32>
}

// Batch norm and relu by JAX, channels last.
// CHECK-LABEL: func.func @resnet_nhwc_jax(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_last eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: arith.maximumf
func.func @resnet_nhwc_jax(%arg0: tensor<2x14x14x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>) -> tensor<2x14x14x32xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<2x14x14x32xf32>
  %1 = linalg.generic {indexing_maps = [#map4, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg3 : tensor<32xf32>) outs(%0 : tensor<2x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x14x14x32xf32>
  %2 = tensor.empty() : tensor<2x14x14x32xf32>
  %3 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %1 : tensor<2x14x14x32xf32>, tensor<2x14x14x32xf32>) outs(%2 : tensor<2x14x14x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %20 = arith.subf %in, %in_1 : f32
    linalg.yield %20 : f32
  } -> tensor<2x14x14x32xf32>
  %4 = tensor.empty() : tensor<32xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg4 : tensor<32xf32>) outs(%4 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.addf %in, %cst_0 : f32
    linalg.yield %20 : f32
  } -> tensor<32xf32>
  %6 = tensor.empty() : tensor<32xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%5 : tensor<32xf32>) outs(%6 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = math.rsqrt %in : f32
    linalg.yield %20 : f32
  } -> tensor<32xf32>
  %8 = tensor.empty() : tensor<32xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel"]} ins(%7, %arg1 : tensor<32xf32>, tensor<32xf32>) outs(%8 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %20 = arith.mulf %in, %in_1 : f32
    linalg.yield %20 : f32
  } -> tensor<32xf32>
  %10 = tensor.empty() : tensor<2x14x14x32xf32>
  %11 = linalg.generic {indexing_maps = [#map4, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<32xf32>) outs(%10 : tensor<2x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x14x14x32xf32>
  %12 = tensor.empty() : tensor<2x14x14x32xf32>
  %13 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%3, %11 : tensor<2x14x14x32xf32>, tensor<2x14x14x32xf32>) outs(%12 : tensor<2x14x14x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %20 = arith.mulf %in, %in_1 : f32
    linalg.yield %20 : f32
  } -> tensor<2x14x14x32xf32>
  %14 = tensor.empty() : tensor<2x14x14x32xf32>
  %15 = linalg.generic {indexing_maps = [#map4, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg2 : tensor<32xf32>) outs(%14 : tensor<2x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x14x14x32xf32>
  %16 = tensor.empty() : tensor<2x14x14x32xf32>
  %17 = linalg.generic {indexing_maps = [#map1, #map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%13, %15 : tensor<2x14x14x32xf32>, tensor<2x14x14x32xf32>) outs(%16 : tensor<2x14x14x32xf32>) {
  ^bb0(%in: f32, %in_1: f32, %out: f32):
    %20 = arith.addf %in, %in_1 : f32
    linalg.yield %20 : f32
  } -> tensor<2x14x14x32xf32>
  %18 = tensor.empty() : tensor<2x14x14x32xf32>
  %19 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%17 : tensor<2x14x14x32xf32>) outs(%18 : tensor<2x14x14x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %20 = arith.maximumf %in, %cst : f32
    linalg.yield %20 : f32
  } -> tensor<2x14x14x32xf32>
  return %19 : tensor<2x14x14x32xf32>
}

// Dynamic batch, with a pooling after it.
// CHECK-LABEL: func.func @resnet_stem_dynamic(
// CHECK: linalg.conv_2d
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: linalg.pooling
func.func @resnet_stem_dynamic(%arg0: tensor<?x16x14x14xf32>, %arg1: tensor<32x16x3x3xf32>, %arg2: tensor<32xf32>, %arg3: tensor<32xf32>, %arg4: tensor<32xf32>, %arg5: tensor<32xf32>) -> tensor<?x32x7x7xf32> {
  %c0 = arith.constant 0 : index
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0xFF800000 : f32
  %cst_1 = arith.constant 1.000000e-05 : f64
  %dim = tensor.dim %arg0, %c0 : tensor<?x16x14x14xf32>
  %padded = tensor.pad %arg0 low[0, 0, 1, 1] high[0, 0, 1, 1] {
  ^bb0(%arg6: index, %arg7: index, %arg8: index, %arg9: index):
    tensor.yield %cst : f32
  } : tensor<?x16x14x14xf32> to tensor<?x16x16x16xf32>
  %0 = tensor.empty(%dim) : tensor<?x32x14x14xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<?x32x14x14xf32>) -> tensor<?x32x14x14xf32>
  %2 = linalg.conv_2d_nchw_fchw {dilations = dense<1> : vector<2xi64>, strides = dense<1> : vector<2xi64>} ins(%padded, %arg1 : tensor<?x16x16x16xf32>, tensor<32x16x3x3xf32>) outs(%1 : tensor<?x32x14x14xf32>) -> tensor<?x32x14x14xf32>
  %3 = tensor.empty() : tensor<32xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%arg5 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = arith.truncf %cst_1 : f64 to f32
    %16 = arith.addf %in, %15 : f32
    linalg.yield %16 : f32
  } -> tensor<32xf32>
  %5 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel"]} ins(%4 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = math.rsqrt %in : f32
    linalg.yield %15 : f32
  } -> tensor<32xf32>
  %expanded = tensor.expand_shape %arg4 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %expanded_2 = tensor.expand_shape %5 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %6 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%2, %expanded : tensor<?x32x14x14xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<?x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %15 = arith.subf %in, %in_5 : f32
    linalg.yield %15 : f32
  } -> tensor<?x32x14x14xf32>
  %7 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%6, %expanded_2 : tensor<?x32x14x14xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<?x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %15 = arith.mulf %in, %in_5 : f32
    linalg.yield %15 : f32
  } -> tensor<?x32x14x14xf32>
  %expanded_3 = tensor.expand_shape %arg2 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %8 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %expanded_3 : tensor<?x32x14x14xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<?x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %15 = arith.mulf %in, %in_5 : f32
    linalg.yield %15 : f32
  } -> tensor<?x32x14x14xf32>
  %expanded_4 = tensor.expand_shape %arg3 [[0, 1, 2]] output_shape [32, 1, 1] : tensor<32xf32> into tensor<32x1x1xf32>
  %9 = linalg.generic {indexing_maps = [#map1, #map2, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%8, %expanded_4 : tensor<?x32x14x14xf32>, tensor<32x1x1xf32>) outs(%0 : tensor<?x32x14x14xf32>) {
  ^bb0(%in: f32, %in_5: f32, %out: f32):
    %15 = arith.addf %in, %in_5 : f32
    linalg.yield %15 : f32
  } -> tensor<?x32x14x14xf32>
  %10 = linalg.generic {indexing_maps = [#map1, #map1], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%9 : tensor<?x32x14x14xf32>) outs(%0 : tensor<?x32x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %15 = arith.cmpf ugt, %in, %cst : f32
    %16 = arith.select %15, %in, %cst : f32
    linalg.yield %16 : f32
  } -> tensor<?x32x14x14xf32>
  %11 = tensor.empty(%dim) : tensor<?x32x7x7xf32>
  %12 = linalg.fill ins(%cst_0 : f32) outs(%11 : tensor<?x32x7x7xf32>) -> tensor<?x32x7x7xf32>
  %13 = tensor.empty() : tensor<2x2xf32>
  %14 = linalg.pooling_nchw_max {dilations = dense<1> : vector<2xi64>, strides = dense<2> : vector<2xi64>} ins(%10, %13 : tensor<?x32x14x14xf32>, tensor<2x2xf32>) outs(%12 : tensor<?x32x7x7xf32>) -> tensor<?x32x7x7xf32>
  return %14 : tensor<?x32x7x7xf32>
}
