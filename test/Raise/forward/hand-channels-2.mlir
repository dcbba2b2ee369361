// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Batch, instance and group normalization in the ways one writes them by hand.

#map = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map1 = affine_map<(d0, d1, d2, d3) -> (d1)>
#map2 = affine_map<(d0, d1, d2, d3) -> (d0, d1)>
#map3 = affine_map<(d0, d1) -> (d0, d1)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d0, d3)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d3)>
#map6 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map7 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map8 = affine_map<(d0, d1, d2) -> (d1)>
#map9 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2, d3, d4)>
#map10 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1)>
#map11 = affine_map<(d0, d1, d2, d3, d4) -> (d1, d2)>
#map12 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d3)>
#map13 = affine_map<(d0, d1, d2, d3, d4) -> (d1)>
#map14 = affine_map<(d0) -> (d0)>

// Without scale and bias.
// CHECK-LABEL: func.func @inference_no_affine(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @inference_no_affine(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg1, %arg2 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %out: f32):
    %2 = arith.subf %in, %in_0 : f32
    %3 = arith.addf %in_1, %cst : f32
    %4 = math.rsqrt %3 : f32
    %5 = arith.mulf %2, %4 : f32
    linalg.yield %5 : f32
  } -> tensor<4x32x14x14xf32>
  return %1 : tensor<4x32x14x14xf32>
}

// Epsilon is an argument.
// CHECK-LABEL: func.func @inference_scalar_eps(
// CHECK: norm.batch_norm_inference %{{[^ ]+}} stats({{[^)]*}}) layout = channels_first eps ({{[^)]*}}) outs(
// CHECK-NOT: linalg.generic
func.func @inference_scalar_eps(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>, %arg3: f32) -> tensor<4x32x14x14xf32> {
  %0 = tensor.empty() : tensor<4x32x14x14xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %arg1, %arg2 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) outs(%0 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_0: f32, %in_1: f32, %out: f32):
    %2 = arith.subf %in, %in_0 : f32
    %3 = arith.addf %in_1, %arg3 : f32
    %4 = math.rsqrt %3 : f32
    %5 = arith.mulf %2, %4 : f32
    linalg.yield %5 : f32
  } -> tensor<4x32x14x14xf32>
  return %1 : tensor<4x32x14x14xf32>
}

// Instance norm, channels first.
// CHECK-LABEL: func.func @instance_channels_first(
// CHECK: norm.instance_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @instance_channels_first(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.960000e+02 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<4x32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map2], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%arg0 : tensor<4x32x14x14xf32>) outs(%1 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<4x32xf32>
  %3 = tensor.empty() : tensor<4x32xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<4x32xf32>) outs(%3 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<4x32xf32>
  %5 = tensor.empty() : tensor<4x32xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map2, #map2], iterator_types = ["parallel", "parallel", "reduction", "reduction"]} ins(%arg0, %4 : tensor<4x32x14x14xf32>, tensor<4x32xf32>) outs(%6 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<4x32xf32>
  %8 = tensor.empty() : tensor<4x32xf32>
  %9 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%7 : tensor<4x32xf32>) outs(%8 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<4x32xf32>
  %10 = tensor.empty() : tensor<4x32x14x14xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map2, #map2, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<4x32x14x14xf32>, tensor<4x32xf32>, tensor<4x32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%10 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<4x32x14x14xf32>
  return %11 : tensor<4x32x14x14xf32>
}

// Instance norm, channels last.
// CHECK-LABEL: func.func @instance_channels_last(
// CHECK: norm.instance_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) layout = channels_last eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @instance_channels_last(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x14x14x32xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 1.960000e+02 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<4x32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map4], iterator_types = ["parallel", "reduction", "reduction", "parallel"]} ins(%arg0 : tensor<4x14x14x32xf32>) outs(%1 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<4x32xf32>
  %3 = tensor.empty() : tensor<4x32xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<4x32xf32>) outs(%3 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<4x32xf32>
  %5 = tensor.empty() : tensor<4x32xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map4, #map4], iterator_types = ["parallel", "reduction", "reduction", "parallel"]} ins(%arg0, %4 : tensor<4x14x14x32xf32>, tensor<4x32xf32>) outs(%6 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<4x32xf32>
  %8 = tensor.empty() : tensor<4x32xf32>
  %9 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%7 : tensor<4x32xf32>) outs(%8 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<4x32xf32>
  %10 = tensor.empty() : tensor<4x14x14x32xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map4, #map4, #map5, #map5, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<4x14x14x32xf32>, tensor<4x32xf32>, tensor<4x32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%10 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<4x14x14x32xf32>
  return %11 : tensor<4x14x14x32xf32>
}

// Rank 3, moments with a clamp. The same as a layer norm but for scale and bias of channels.
// CHECK-LABEL: func.func @instance_rank_3(
// CHECK: norm.instance_norm {{.*}}layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}}
func.func @instance_rank_3(%arg0: tensor<4x32x100xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x100xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 0.00999999977 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<4x32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %2 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<4x32x100xf32>) outs(%1 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<4x32xf32>
  %3 = tensor.empty() : tensor<4x32xf32>
  %4 = linalg.fill ins(%cst : f32) outs(%3 : tensor<4x32xf32>) -> tensor<4x32xf32>
  %5 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<4x32x100xf32>) outs(%4 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.mulf %in, %in : f32
    %13 = arith.addf %out, %12 : f32
    linalg.yield %13 : f32
  } -> tensor<4x32xf32>
  %6 = tensor.empty() : tensor<4x32xf32>
  %7 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<4x32xf32>) outs(%6 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.mulf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<4x32xf32>
  %8 = tensor.empty() : tensor<4x32xf32>
  %9 = linalg.generic {indexing_maps = [#map3, #map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%5, %7 : tensor<4x32xf32>, tensor<4x32xf32>) outs(%8 : tensor<4x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.mulf %in, %cst_0 : f32
    %13 = arith.mulf %in_2, %in_2 : f32
    %14 = arith.subf %12, %13 : f32
    %15 = arith.maximumf %14, %cst : f32
    linalg.yield %15 : f32
  } -> tensor<4x32xf32>
  %10 = tensor.empty() : tensor<4x32x100xf32>
  %11 = linalg.generic {indexing_maps = [#map6, #map7, #map7, #map8, #map8, #map6], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %7, %9, %arg1, %arg2 : tensor<4x32x100xf32>, tensor<4x32xf32>, tensor<4x32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%10 : tensor<4x32x100xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<4x32x100xf32>
  return %11 : tensor<4x32x100xf32>
}

// Group norm: expand, normalize, collapse, scale and shift.
// CHECK-LABEL: func.func @group_affine_after_collapse(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @group_affine_after_collapse(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 7.840000e+02 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %expanded = tensor.expand_shape %arg0 [[0], [1, 2], [3], [4]] output_shape [4, 8, 4, 14, 14] : tensor<4x32x14x14xf32> into tensor<4x8x4x14x14xf32>
  %0 = tensor.empty() : tensor<4x8xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = linalg.generic {indexing_maps = [#map9, #map10], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%expanded : tensor<4x8x4x14x14xf32>) outs(%1 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<4x8xf32>
  %3 = tensor.empty() : tensor<4x8xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<4x8xf32>) outs(%3 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<4x8xf32>
  %5 = tensor.empty() : tensor<4x8xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %7 = linalg.generic {indexing_maps = [#map9, #map10, #map10], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%expanded, %4 : tensor<4x8x4x14x14xf32>, tensor<4x8xf32>) outs(%6 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.subf %in, %in_2 : f32
    %16 = arith.mulf %14, %15 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<4x8xf32>
  %8 = tensor.empty() : tensor<4x8xf32>
  %9 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%7 : tensor<4x8xf32>) outs(%8 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<4x8xf32>
  %10 = tensor.empty() : tensor<4x8x4x14x14xf32>
  %11 = linalg.generic {indexing_maps = [#map9, #map10, #map10, #map9], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %4, %9 : tensor<4x8x4x14x14xf32>, tensor<4x8xf32>, tensor<4x8xf32>) outs(%10 : tensor<4x8x4x14x14xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.addf %in_3, %cst_1 : f32
    %16 = math.rsqrt %15 : f32
    %17 = arith.mulf %14, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<4x8x4x14x14xf32>
  %collapsed = tensor.collapse_shape %11 [[0], [1, 2], [3], [4]] : tensor<4x8x4x14x14xf32> into tensor<4x32x14x14xf32>
  %12 = tensor.empty() : tensor<4x32x14x14xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed, %arg1, %arg2 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) outs(%12 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %14 = arith.mulf %in, %in_2 : f32
    %15 = arith.addf %14, %in_3 : f32
    linalg.yield %15 : f32
  } -> tensor<4x32x14x14xf32>
  return %13 : tensor<4x32x14x14xf32>
}

// Scale and shift on groups too, before the collapse.
// CHECK-LABEL: func.func @group_affine_inside(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @group_affine_inside(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 7.840000e+02 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %expanded = tensor.expand_shape %arg0 [[0], [1, 2], [3], [4]] output_shape [4, 8, 4, 14, 14] : tensor<4x32x14x14xf32> into tensor<4x8x4x14x14xf32>
  %expanded_2 = tensor.expand_shape %arg1 [[0, 1]] output_shape [8, 4] : tensor<32xf32> into tensor<8x4xf32>
  %expanded_3 = tensor.expand_shape %arg2 [[0, 1]] output_shape [8, 4] : tensor<32xf32> into tensor<8x4xf32>
  %0 = tensor.empty() : tensor<4x8xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = linalg.generic {indexing_maps = [#map9, #map10], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%expanded : tensor<4x8x4x14x14xf32>) outs(%1 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<4x8xf32>
  %3 = tensor.empty() : tensor<4x8xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<4x8xf32>) outs(%3 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<4x8xf32>
  %5 = tensor.empty() : tensor<4x8xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %7 = linalg.generic {indexing_maps = [#map9, #map10, #map10], iterator_types = ["parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%expanded, %4 : tensor<4x8x4x14x14xf32>, tensor<4x8xf32>) outs(%6 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %12 = arith.subf %in, %in_4 : f32
    %13 = arith.subf %in, %in_4 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<4x8xf32>
  %8 = tensor.empty() : tensor<4x8xf32>
  %9 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%7 : tensor<4x8xf32>) outs(%8 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<4x8xf32>
  %10 = tensor.empty() : tensor<4x8x4x14x14xf32>
  %11 = linalg.generic {indexing_maps = [#map9, #map10, #map10, #map11, #map11, #map9], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %4, %9, %expanded_2, %expanded_3 : tensor<4x8x4x14x14xf32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<8x4xf32>, tensor<8x4xf32>) outs(%10 : tensor<4x8x4x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %in_5: f32, %in_6: f32, %in_7: f32, %out: f32):
    %12 = arith.subf %in, %in_4 : f32
    %13 = arith.addf %in_5, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_6 : f32
    %17 = arith.addf %16, %in_7 : f32
    linalg.yield %17 : f32
  } -> tensor<4x8x4x14x14xf32>
  %collapsed = tensor.collapse_shape %11 [[0], [1, 2], [3], [4]] : tensor<4x8x4x14x14xf32> into tensor<4x32x14x14xf32>
  return %collapsed : tensor<4x32x14x14xf32>
}

// Group norm, channels last.
// CHECK-LABEL: func.func @group_channels_last(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_last eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @group_channels_last(%arg0: tensor<4x14x14x32xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x14x14x32xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 7.840000e+02 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %expanded = tensor.expand_shape %arg0 [[0], [1], [2], [3, 4]] output_shape [4, 14, 14, 8, 4] : tensor<4x14x14x32xf32> into tensor<4x14x14x8x4xf32>
  %0 = tensor.empty() : tensor<4x8xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = linalg.generic {indexing_maps = [#map9, #map12], iterator_types = ["parallel", "reduction", "reduction", "parallel", "reduction"]} ins(%expanded : tensor<4x14x14x8x4xf32>) outs(%1 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<4x8xf32>
  %3 = tensor.empty() : tensor<4x8xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<4x8xf32>) outs(%3 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<4x8xf32>
  %5 = tensor.empty() : tensor<4x8xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %7 = linalg.generic {indexing_maps = [#map9, #map12, #map12], iterator_types = ["parallel", "reduction", "reduction", "parallel", "reduction"]} ins(%expanded, %4 : tensor<4x14x14x8x4xf32>, tensor<4x8xf32>) outs(%6 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.subf %in, %in_2 : f32
    %16 = arith.mulf %14, %15 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<4x8xf32>
  %8 = tensor.empty() : tensor<4x8xf32>
  %9 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%7 : tensor<4x8xf32>) outs(%8 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<4x8xf32>
  %10 = tensor.empty() : tensor<4x14x14x8x4xf32>
  %11 = linalg.generic {indexing_maps = [#map9, #map12, #map12, #map9], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %4, %9 : tensor<4x14x14x8x4xf32>, tensor<4x8xf32>, tensor<4x8xf32>) outs(%10 : tensor<4x14x14x8x4xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.addf %in_3, %cst_1 : f32
    %16 = math.rsqrt %15 : f32
    %17 = arith.mulf %14, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<4x14x14x8x4xf32>
  %collapsed = tensor.collapse_shape %11 [[0], [1], [2], [3, 4]] : tensor<4x14x14x8x4xf32> into tensor<4x14x14x32xf32>
  %12 = tensor.empty() : tensor<4x14x14x32xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map5, #map5, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%collapsed, %arg1, %arg2 : tensor<4x14x14x32xf32>, tensor<32xf32>, tensor<32xf32>) outs(%12 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %14 = arith.mulf %in, %in_2 : f32
    %15 = arith.addf %14, %in_3 : f32
    linalg.yield %15 : f32
  } -> tensor<4x14x14x32xf32>
  return %13 : tensor<4x14x14x32xf32>
}

// Channels and space are one dimension before groups are split off.
// CHECK-LABEL: func.func @group_flat(
// CHECK: norm.group_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) groups = 8 layout = channels_first eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK-NOT: linalg.generic
func.func @group_flat(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 7.840000e+02 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %collapsed = tensor.collapse_shape %arg0 [[0], [1, 2, 3]] : tensor<4x32x14x14xf32> into tensor<4x6272xf32>
  %expanded = tensor.expand_shape %collapsed [[0], [1, 2]] output_shape [4, 8, 784] : tensor<4x6272xf32> into tensor<4x8x784xf32>
  %0 = tensor.empty() : tensor<4x8xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %2 = linalg.generic {indexing_maps = [#map6, #map7], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded : tensor<4x8x784xf32>) outs(%1 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<4x8xf32>
  %3 = tensor.empty() : tensor<4x8xf32>
  %4 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<4x8xf32>) outs(%3 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<4x8xf32>
  %5 = tensor.empty() : tensor<4x8xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<4x8xf32>) -> tensor<4x8xf32>
  %7 = linalg.generic {indexing_maps = [#map6, #map7, #map7], iterator_types = ["parallel", "parallel", "reduction"]} ins(%expanded, %4 : tensor<4x8x784xf32>, tensor<4x8xf32>) outs(%6 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %in_4: f32, %out: f32):
    %14 = arith.subf %in, %in_4 : f32
    %15 = arith.subf %in, %in_4 : f32
    %16 = arith.mulf %14, %15 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<4x8xf32>
  %8 = tensor.empty() : tensor<4x8xf32>
  %9 = linalg.generic {indexing_maps = [#map3, #map3], iterator_types = ["parallel", "parallel"]} ins(%7 : tensor<4x8xf32>) outs(%8 : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<4x8xf32>
  %10 = tensor.empty() : tensor<4x8x784xf32>
  %11 = linalg.generic {indexing_maps = [#map6, #map7, #map7, #map6], iterator_types = ["parallel", "parallel", "parallel"]} ins(%expanded, %4, %9 : tensor<4x8x784xf32>, tensor<4x8xf32>, tensor<4x8xf32>) outs(%10 : tensor<4x8x784xf32>) {
  ^bb0(%in: f32, %in_4: f32, %in_5: f32, %out: f32):
    %14 = arith.subf %in, %in_4 : f32
    %15 = arith.addf %in_5, %cst_1 : f32
    %16 = math.rsqrt %15 : f32
    %17 = arith.mulf %14, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<4x8x784xf32>
  %collapsed_2 = tensor.collapse_shape %11 [[0], [1, 2]] : tensor<4x8x784xf32> into tensor<4x6272xf32>
  %expanded_3 = tensor.expand_shape %collapsed_2 [[0], [1, 2, 3]] output_shape [4, 32, 14, 14] : tensor<4x6272xf32> into tensor<4x32x14x14xf32>
  %12 = tensor.empty() : tensor<4x32x14x14xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%expanded_3, %arg1, %arg2 : tensor<4x32x14x14xf32>, tensor<32xf32>, tensor<32xf32>) outs(%12 : tensor<4x32x14x14xf32>) {
  ^bb0(%in: f32, %in_4: f32, %in_5: f32, %out: f32):
    %14 = arith.mulf %in, %in_4 : f32
    %15 = arith.addf %14, %in_5 : f32
    linalg.yield %15 : f32
  } -> tensor<4x32x14x14xf32>
  return %13 : tensor<4x32x14x14xf32>
}

// Groups of channels over the whole batch: a batch norm of the expanded tensor, and no group norm.
// CHECK-LABEL: func.func @group_across_batch(
// CHECK: norm.batch_norm %{{[^ ]+}} layout = channels_first {{.*}} : tensor<4x8x4x14x14xf32>
func.func @group_across_batch(%arg0: tensor<4x32x14x14xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 3.136000e+03 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %expanded = tensor.expand_shape %arg0 [[0], [1, 2], [3], [4]] output_shape [4, 8, 4, 14, 14] : tensor<4x32x14x14xf32> into tensor<4x8x4x14x14xf32>
  %0 = tensor.empty() : tensor<8xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<8xf32>) -> tensor<8xf32>
  %2 = linalg.generic {indexing_maps = [#map9, #map13], iterator_types = ["reduction", "parallel", "reduction", "reduction", "reduction"]} ins(%expanded : tensor<4x8x4x14x14xf32>) outs(%1 : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<8xf32>
  %3 = tensor.empty() : tensor<8xf32>
  %4 = linalg.generic {indexing_maps = [#map14, #map14], iterator_types = ["parallel"]} ins(%2 : tensor<8xf32>) outs(%3 : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<8xf32>
  %5 = tensor.empty() : tensor<8xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<8xf32>) -> tensor<8xf32>
  %7 = linalg.generic {indexing_maps = [#map9, #map13, #map13], iterator_types = ["reduction", "parallel", "reduction", "reduction", "reduction"]} ins(%expanded, %4 : tensor<4x8x4x14x14xf32>, tensor<8xf32>) outs(%6 : tensor<8xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<8xf32>
  %8 = tensor.empty() : tensor<8xf32>
  %9 = linalg.generic {indexing_maps = [#map14, #map14], iterator_types = ["parallel"]} ins(%7 : tensor<8xf32>) outs(%8 : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<8xf32>
  %10 = tensor.empty() : tensor<4x8x4x14x14xf32>
  %11 = linalg.generic {indexing_maps = [#map9, #map13, #map13, #map9], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel"]} ins(%expanded, %4, %9 : tensor<4x8x4x14x14xf32>, tensor<8xf32>, tensor<8xf32>) outs(%10 : tensor<4x8x4x14x14xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<4x8x4x14x14xf32>
  %collapsed = tensor.collapse_shape %11 [[0], [1, 2], [3], [4]] : tensor<4x8x4x14x14xf32> into tensor<4x32x14x14xf32>
  return %collapsed : tensor<4x32x14x14xf32>
}
