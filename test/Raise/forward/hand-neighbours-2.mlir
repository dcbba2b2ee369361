// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Normalizations beside other code: shared inputs and statistics, what must stay outside,
// transposes.

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d0)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1) -> (d1)>
#map4 = affine_map<(d0, d1) -> (d1, d0)>
#map5 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map6 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2)>
#map7 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map8 = affine_map<(d0, d1, d2, d3) -> (d3)>

// An RMS norm has no bias: the sum stays.
// CHECK-LABEL: func.func @rms_with_bias(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK: arith.addf
func.func @rms_with_bias(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.mulf %in, %in : f32
    %8 = arith.addf %out, %7 : f32
    linalg.yield %8 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %7 = arith.divf %in, %cst_0 : f32
    %8 = arith.addf %7, %cst_1 : f32
    %9 = math.rsqrt %8 : f32
    linalg.yield %9 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %7 = arith.mulf %in, %in_2 : f32
    %8 = arith.mulf %7, %in_3 : f32
    %9 = arith.addf %8, %in_4 : f32
    linalg.yield %9 : f32
  } -> tensor<16x64xf32>
  return %6 : tensor<16x64xf32>
}

// relu in the same body.
// CHECK-LABEL: func.func @relu_after(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: arith.maximumf
func.func @relu_after(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
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
  %10 = tensor.empty() : tensor<16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map3, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%10 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    %18 = arith.maximumf %17, %cst : f32
    linalg.yield %18 : f32
  } -> tensor<16x64xf32>
  return %11 : tensor<16x64xf32>
}

// The mean goes somewhere else as well.
// CHECK-LABEL: func.func @mean_used_elsewhere(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1]
// CHECK: math.exp
func.func @mean_used_elsewhere(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> (tensor<16x64xf32>, tensor<16xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
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
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.subf %in, %in_2 : f32
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
  %10 = tensor.empty() : tensor<16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map3, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%10 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.addf %in_3, %cst_1 : f32
    %16 = math.rsqrt %15 : f32
    %17 = arith.mulf %14, %16 : f32
    %18 = arith.mulf %17, %in_4 : f32
    %19 = arith.addf %18, %in_5 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  %12 = tensor.empty() : tensor<16xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%4 : tensor<16xf32>) outs(%12 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = math.exp %in : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  return %11, %13 : tensor<16x64xf32>, tensor<16xf32>
}

// x^ is a result beside y: one op without scale and bias, or two.
// CHECK-LABEL: func.func @normalized_used_elsewhere(
// CHECK: norm.layer_norm %{{[^ ]+}}
func.func @normalized_used_elsewhere(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> (tensor<16x64xf32>, tensor<16x64xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
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
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.subf %in, %in_2 : f32
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
  %10 = tensor.empty() : tensor<16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>) outs(%10 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %14 = arith.subf %in, %in_2 : f32
    %15 = arith.addf %in_3, %cst_1 : f32
    %16 = math.rsqrt %15 : f32
    %17 = arith.mulf %14, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16x64xf32>
  %12 = tensor.empty() : tensor<16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map3, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%11, %arg1, %arg2 : tensor<16x64xf32>, tensor<64xf32>, tensor<64xf32>) outs(%12 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %14 = arith.mulf %in, %in_2 : f32
    %15 = arith.addf %14, %in_3 : f32
    linalg.yield %15 : f32
  } -> tensor<16x64xf32>
  return %13, %11 : tensor<16x64xf32>, tensor<16x64xf32>
}

// Between two transposes.
// CHECK-LABEL: func.func @transposed_first(
// CHECK: linalg.transpose
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: linalg.transpose
func.func @transposed_first(%arg0: tensor<64x16xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<64x16xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %transposed = linalg.transpose ins(%arg0 : tensor<64x16xf32>) outs(%0 : tensor<16x64xf32>) permutation = [1, 0]
  %1 = tensor.empty() : tensor<16xf32>
  %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<16xf32>) -> tensor<16xf32>
  %3 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%transposed : tensor<16x64xf32>) outs(%2 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %4 = tensor.empty() : tensor<16xf32>
  %5 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%3 : tensor<16xf32>) outs(%4 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %6 = tensor.empty() : tensor<16xf32>
  %7 = linalg.fill ins(%cst : f32) outs(%6 : tensor<16xf32>) -> tensor<16xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "reduction"]} ins(%transposed, %5 : tensor<16x64xf32>, tensor<16xf32>) outs(%7 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %14 = arith.subf %in, %in_3 : f32
    %15 = arith.subf %in, %in_3 : f32
    %16 = arith.mulf %14, %15 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %9 = tensor.empty() : tensor<16xf32>
  %10 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%8 : tensor<16xf32>) outs(%9 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<16xf32>
  %11 = tensor.empty() : tensor<16x64xf32>
  %12 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map3, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%transposed, %5, %10, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%11 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %in_5: f32, %in_6: f32, %out: f32):
    %14 = arith.subf %in, %in_3 : f32
    %15 = arith.addf %in_4, %cst_1 : f32
    %16 = math.rsqrt %15 : f32
    %17 = arith.mulf %14, %16 : f32
    %18 = arith.mulf %17, %in_5 : f32
    %19 = arith.addf %18, %in_6 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  %13 = tensor.empty() : tensor<64x16xf32>
  %transposed_2 = linalg.transpose ins(%12 : tensor<16x64xf32>) outs(%13 : tensor<64x16xf32>) permutation = [1, 0]
  return %transposed_2 : tensor<64x16xf32>
}

// x is read by a transposing map: a transpose must be made for it.
// CHECK-LABEL: func.func @input_read_transposed(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{.*}}axes = [1]
func.func @input_read_transposed(%arg0: tensor<64x16xf32>, %arg1: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map4, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<64x16xf32>) outs(%1 : tensor<16xf32>) {
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
  %7 = linalg.generic {indexing_maps = [#map4, #map1, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<64x16xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
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
  %10 = tensor.empty() : tensor<16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map4, #map1, #map1, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1 : tensor<64x16xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>) outs(%10 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  return %11 : tensor<16x64xf32>
}

// Channels first, transposed to channels last for a layer norm of channels, and back (ConvNeXt).
// CHECK-LABEL: func.func @channels_last_view(
// CHECK: linalg.transpose
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [3] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK: linalg.transpose
func.func @channels_last_view(%arg0: tensor<4x32x14x14xf32>, %arg1: tensor<32xf32>, %arg2: tensor<32xf32>) -> tensor<4x32x14x14xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 3.200000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<4x14x14x32xf32>
  %transposed = linalg.transpose ins(%arg0 : tensor<4x32x14x14xf32>) outs(%0 : tensor<4x14x14x32xf32>) permutation = [0, 2, 3, 1]
  %1 = tensor.empty() : tensor<4x14x14xf32>
  %2 = linalg.fill ins(%cst : f32) outs(%1 : tensor<4x14x14xf32>) -> tensor<4x14x14xf32>
  %3 = linalg.generic {indexing_maps = [#map5, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%transposed : tensor<4x14x14x32xf32>) outs(%2 : tensor<4x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<4x14x14xf32>
  %4 = tensor.empty() : tensor<4x14x14xf32>
  %5 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%3 : tensor<4x14x14xf32>) outs(%4 : tensor<4x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<4x14x14xf32>
  %6 = tensor.empty() : tensor<4x14x14xf32>
  %7 = linalg.fill ins(%cst : f32) outs(%6 : tensor<4x14x14xf32>) -> tensor<4x14x14xf32>
  %8 = linalg.generic {indexing_maps = [#map5, #map6, #map6], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%transposed, %5 : tensor<4x14x14x32xf32>, tensor<4x14x14xf32>) outs(%7 : tensor<4x14x14xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %14 = arith.subf %in, %in_3 : f32
    %15 = arith.subf %in, %in_3 : f32
    %16 = arith.mulf %14, %15 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<4x14x14xf32>
  %9 = tensor.empty() : tensor<4x14x14xf32>
  %10 = linalg.generic {indexing_maps = [#map7, #map7], iterator_types = ["parallel", "parallel", "parallel"]} ins(%8 : tensor<4x14x14xf32>) outs(%9 : tensor<4x14x14xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<4x14x14xf32>
  %11 = tensor.empty() : tensor<4x14x14x32xf32>
  %12 = linalg.generic {indexing_maps = [#map5, #map6, #map6, #map8, #map8, #map5], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%transposed, %5, %10, %arg1, %arg2 : tensor<4x14x14x32xf32>, tensor<4x14x14xf32>, tensor<4x14x14xf32>, tensor<32xf32>, tensor<32xf32>) outs(%11 : tensor<4x14x14x32xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %in_5: f32, %in_6: f32, %out: f32):
    %14 = arith.subf %in, %in_3 : f32
    %15 = arith.addf %in_4, %cst_1 : f32
    %16 = math.rsqrt %15 : f32
    %17 = arith.mulf %14, %16 : f32
    %18 = arith.mulf %17, %in_5 : f32
    %19 = arith.addf %18, %in_6 : f32
    linalg.yield %19 : f32
  } -> tensor<4x14x14x32xf32>
  %13 = tensor.empty() : tensor<4x32x14x14xf32>
  %transposed_2 = linalg.transpose ins(%12 : tensor<4x14x14x32xf32>) outs(%13 : tensor<4x32x14x14xf32>) permutation = [0, 3, 1, 2]
  return %transposed_2 : tensor<4x32x14x14xf32>
}

// Rows of a collapsed tensor.
// CHECK-LABEL: func.func @collapsed_rows(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = {{\[[12]\]}}
func.func @collapsed_rows(%arg0: tensor<2x16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %collapsed = tensor.collapse_shape %arg0 [[0, 1], [2]] : tensor<2x16x64xf32> into tensor<32x64xf32>
  %0 = tensor.empty() : tensor<32xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<32xf32>) -> tensor<32xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%collapsed : tensor<32x64xf32>) outs(%1 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.addf %out, %in : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  %3 = tensor.empty() : tensor<32xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<32xf32>) outs(%3 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  %5 = tensor.empty() : tensor<32xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<32xf32>) -> tensor<32xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "reduction"]} ins(%collapsed, %4 : tensor<32x64xf32>, tensor<32xf32>) outs(%6 : tensor<32xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.subf %in, %in_2 : f32
    %14 = arith.mulf %12, %13 : f32
    %15 = arith.addf %out, %14 : f32
    linalg.yield %15 : f32
  } -> tensor<32xf32>
  %8 = tensor.empty() : tensor<32xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<32xf32>) outs(%8 : tensor<32xf32>) {
  ^bb0(%in: f32, %out: f32):
    %12 = arith.divf %in, %cst_0 : f32
    linalg.yield %12 : f32
  } -> tensor<32xf32>
  %10 = tensor.empty() : tensor<32x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map3, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%collapsed, %4, %9, %arg1, %arg2 : tensor<32x64xf32>, tensor<32xf32>, tensor<32xf32>, tensor<64xf32>, tensor<64xf32>) outs(%10 : tensor<32x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %12 = arith.subf %in, %in_2 : f32
    %13 = arith.addf %in_3, %cst_1 : f32
    %14 = math.rsqrt %13 : f32
    %15 = arith.mulf %12, %14 : f32
    %16 = arith.mulf %15, %in_4 : f32
    %17 = arith.addf %16, %in_5 : f32
    linalg.yield %17 : f32
  } -> tensor<32x64xf32>
  %expanded = tensor.expand_shape %11 [[0, 1], [2]] output_shape [2, 16, 64] : tensor<32x64xf32> into tensor<2x16x64xf32>
  return %expanded : tensor<2x16x64xf32>
}

// silu(z) multiplies the result: it may become gate(...), or stay.
// CHECK-LABEL: func.func @gated_rms_after(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{.*}}axes = [1]
func.func @gated_rms_after(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %cst_2 = arith.constant 1.000000e+00 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.mulf %in, %in : f32
    %10 = arith.addf %out, %9 : f32
    linalg.yield %10 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %9 = arith.divf %in, %cst_0 : f32
    %10 = arith.addf %9, %cst_1 : f32
    %11 = math.rsqrt %10 : f32
    linalg.yield %11 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<64xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %out: f32):
    %9 = arith.mulf %in, %in_3 : f32
    %10 = arith.mulf %9, %in_4 : f32
    linalg.yield %10 : f32
  } -> tensor<16x64xf32>
  %7 = tensor.empty() : tensor<16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%6, %arg1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%7 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %9 = arith.negf %in_3 : f32
    %10 = math.exp %9 : f32
    %11 = arith.addf %cst_2, %10 : f32
    %12 = arith.divf %in_3, %11 : f32
    %13 = arith.mulf %in, %12 : f32
    linalg.yield %13 : f32
  } -> tensor<16x64xf32>
  return %8 : tensor<16x64xf32>
}
