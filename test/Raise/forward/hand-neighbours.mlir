// RUN: norm-opt %s --norm-raise --split-input-file | FileCheck %s

// Normalizations beside other code: shared inputs and statistics, what must stay outside,
// transposes.

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d0)>
#map2 = affine_map<(d0) -> (d0)>
#map3 = affine_map<(d0, d1) -> (d1)>
#map4 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map5 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map6 = affine_map<(d0, d1, d2) -> (d0, d2)>

// A layer norm and an RMS norm of the same tensor.
// CHECK-LABEL: func.func @two_norms_of_one_input(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @two_norms_of_one_input(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<64xf32>) -> (tensor<16x64xf32>, tensor<16x64xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %cst_2 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.addf %out, %in : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.divf %in, %cst_0 : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %19 = arith.subf %in, %in_3 : f32
    %20 = arith.subf %in, %in_3 : f32
    %21 = arith.mulf %19, %20 : f32
    %22 = arith.addf %out, %21 : f32
    linalg.yield %22 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.divf %in, %cst_0 : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map3, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%10 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %in_5: f32, %in_6: f32, %out: f32):
    %19 = arith.subf %in, %in_3 : f32
    %20 = arith.addf %in_4, %cst_1 : f32
    %21 = math.rsqrt %20 : f32
    %22 = arith.mulf %19, %21 : f32
    %23 = arith.mulf %22, %in_5 : f32
    %24 = arith.addf %23, %in_6 : f32
    linalg.yield %24 : f32
  } -> tensor<16x64xf32>
  %12 = tensor.empty() : tensor<16xf32>
  %13 = linalg.fill ins(%cst : f32) outs(%12 : tensor<16xf32>) -> tensor<16xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%13 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.mulf %in, %in : f32
    %20 = arith.addf %out, %19 : f32
    linalg.yield %20 : f32
  } -> tensor<16xf32>
  %15 = tensor.empty() : tensor<16xf32>
  %16 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%14 : tensor<16xf32>) outs(%15 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.divf %in, %cst_0 : f32
    %20 = arith.addf %19, %cst_2 : f32
    %21 = math.rsqrt %20 : f32
    linalg.yield %21 : f32
  } -> tensor<16xf32>
  %17 = tensor.empty() : tensor<16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %16, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<64xf32>) outs(%17 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %out: f32):
    %19 = arith.mulf %in, %in_3 : f32
    %20 = arith.mulf %19, %in_4 : f32
    linalg.yield %20 : f32
  } -> tensor<16x64xf32>
  return %11, %18 : tensor<16x64xf32>, tensor<16x64xf32>
}

// One mean and rstd, two scales and shifts (parallel attention and MLP).
// CHECK-LABEL: func.func @two_affines_of_one_norm(
// CHECK: norm.layer_norm %{{[^ ]+}}
// CHECK: return
func.func @two_affines_of_one_norm(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<64xf32>, %arg4: tensor<64xf32>) -> (tensor<16x64xf32>, tensor<16x64xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %out, %in : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %16 = arith.subf %in, %in_2 : f32
    %17 = arith.subf %in, %in_2 : f32
    %18 = arith.mulf %16, %17 : f32
    %19 = arith.addf %out, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    linalg.yield %16 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%9 : tensor<16xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.addf %in, %cst_1 : f32
    %17 = math.rsqrt %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map3, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %11, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%12 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %16 = arith.subf %in, %in_2 : f32
    %17 = arith.mulf %16, %in_3 : f32
    %18 = arith.mulf %17, %in_4 : f32
    %19 = arith.addf %18, %in_5 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  %14 = tensor.empty() : tensor<16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map3, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %11, %arg3, %arg4 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%14 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %in_4: f32, %in_5: f32, %out: f32):
    %16 = arith.subf %in, %in_2 : f32
    %17 = arith.mulf %16, %in_3 : f32
    %18 = arith.mulf %17, %in_4 : f32
    %19 = arith.addf %18, %in_5 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  return %13, %15 : tensor<16x64xf32>, tensor<16x64xf32>
}

// An RMS norm of a layer norm.
// CHECK-LABEL: func.func @norm_of_norm(
// CHECK: norm.layer_norm %{{[^ ]+}} scale({{[^)]*}}) bias({{[^)]*}}) axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK-NOT: linalg.generic
func.func @norm_of_norm(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999974E-6 : f32
  %cst_2 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.addf %out, %in : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.divf %in, %cst_0 : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<16xf32>) -> tensor<16xf32>
  %7 = linalg.generic {indexing_maps = [#map, #map1, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0, %4 : tensor<16x64xf32>, tensor<16xf32>) outs(%6 : tensor<16xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %19 = arith.subf %in, %in_3 : f32
    %20 = arith.subf %in, %in_3 : f32
    %21 = arith.mulf %19, %20 : f32
    %22 = arith.addf %out, %21 : f32
    linalg.yield %22 : f32
  } -> tensor<16xf32>
  %8 = tensor.empty() : tensor<16xf32>
  %9 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%7 : tensor<16xf32>) outs(%8 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.divf %in, %cst_0 : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %10 = tensor.empty() : tensor<16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map3, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<64xf32>, tensor<64xf32>) outs(%10 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %in_5: f32, %in_6: f32, %out: f32):
    %19 = arith.subf %in, %in_3 : f32
    %20 = arith.addf %in_4, %cst_1 : f32
    %21 = math.rsqrt %20 : f32
    %22 = arith.mulf %19, %21 : f32
    %23 = arith.mulf %22, %in_5 : f32
    %24 = arith.addf %23, %in_6 : f32
    linalg.yield %24 : f32
  } -> tensor<16x64xf32>
  %12 = tensor.empty() : tensor<16xf32>
  %13 = linalg.fill ins(%cst : f32) outs(%12 : tensor<16xf32>) -> tensor<16xf32>
  %14 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%11 : tensor<16x64xf32>) outs(%13 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.mulf %in, %in : f32
    %20 = arith.addf %out, %19 : f32
    linalg.yield %20 : f32
  } -> tensor<16xf32>
  %15 = tensor.empty() : tensor<16xf32>
  %16 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%14 : tensor<16xf32>) outs(%15 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %19 = arith.divf %in, %cst_0 : f32
    %20 = arith.addf %19, %cst_2 : f32
    %21 = math.rsqrt %20 : f32
    linalg.yield %21 : f32
  } -> tensor<16xf32>
  %17 = tensor.empty() : tensor<16x64xf32>
  %18 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%11, %16, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<64xf32>) outs(%17 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %out: f32):
    %19 = arith.mulf %in, %in_3 : f32
    %20 = arith.mulf %19, %in_4 : f32
    linalg.yield %20 : f32
  } -> tensor<16x64xf32>
  return %18 : tensor<16x64xf32>
}

// Norm, an activation, norm, residual.
// CHECK-LABEL: func.func @sandwich(
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK: math.tanh
// CHECK: norm.rms_norm %{{[^ ]+}} scale({{[^)]*}}) axes = [1] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK: arith.addf
func.func @sandwich(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<64xf32>) -> tensor<16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %0 = tensor.empty() : tensor<16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<16xf32>) -> tensor<16xf32>
  %2 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%arg0 : tensor<16x64xf32>) outs(%1 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.mulf %in, %in : f32
    %19 = arith.addf %out, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %3 = tensor.empty() : tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%2 : tensor<16xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.divf %in, %cst_0 : f32
    %19 = arith.addf %18, %cst_1 : f32
    %20 = math.rsqrt %19 : f32
    linalg.yield %20 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16x64xf32>
  %6 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %arg1 : tensor<16x64xf32>, tensor<16xf32>, tensor<64xf32>) outs(%5 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %18 = arith.mulf %in, %in_2 : f32
    %19 = arith.mulf %18, %in_3 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  %7 = tensor.empty() : tensor<16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%6 : tensor<16x64xf32>) outs(%7 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = math.tanh %in : f32
    linalg.yield %18 : f32
  } -> tensor<16x64xf32>
  %9 = tensor.empty() : tensor<16xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<16xf32>) -> tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%8 : tensor<16x64xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.mulf %in, %in : f32
    %19 = arith.addf %out, %18 : f32
    linalg.yield %19 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%11 : tensor<16xf32>) outs(%12 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %18 = arith.divf %in, %cst_0 : f32
    %19 = arith.addf %18, %cst_1 : f32
    %20 = math.rsqrt %19 : f32
    linalg.yield %20 : f32
  } -> tensor<16xf32>
  %14 = tensor.empty() : tensor<16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%8, %13, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<64xf32>) outs(%14 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %in_3: f32, %out: f32):
    %18 = arith.mulf %in, %in_2 : f32
    %19 = arith.mulf %18, %in_3 : f32
    linalg.yield %19 : f32
  } -> tensor<16x64xf32>
  %16 = tensor.empty() : tensor<16x64xf32>
  %17 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %15 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%16 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_2: f32, %out: f32):
    %18 = arith.addf %in, %in_2 : f32
    linalg.yield %18 : f32
  } -> tensor<16x64xf32>
  return %17 : tensor<16x64xf32>
}

// A residual sum is normalized twice and returned.
// CHECK-LABEL: func.func @shared_producer(
// CHECK: norm.rms_norm {{.*}}eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}}
// CHECK: norm.rms_norm {{.*}}eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}}
func.func @shared_producer(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<64xf32>, %arg3: tensor<64xf32>) -> (tensor<16x64xf32>, tensor<16x64xf32>, tensor<16x64xf32>) {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %cst_2 = arith.constant 9.99999974E-6 : f32
  %0 = tensor.empty() : tensor<16x64xf32>
  %1 = linalg.generic {indexing_maps = [#map, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %arg1 : tensor<16x64xf32>, tensor<16x64xf32>) outs(%0 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %16 = arith.addf %in, %in_3 : f32
    linalg.yield %16 : f32
  } -> tensor<16x64xf32>
  %2 = tensor.empty() : tensor<16xf32>
  %3 = linalg.fill ins(%cst : f32) outs(%2 : tensor<16xf32>) -> tensor<16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf32>) outs(%3 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.mulf %in, %in : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %5 = tensor.empty() : tensor<16xf32>
  %6 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%4 : tensor<16xf32>) outs(%5 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    %17 = arith.addf %16, %cst_1 : f32
    %18 = math.rsqrt %17 : f32
    linalg.yield %18 : f32
  } -> tensor<16xf32>
  %7 = tensor.empty() : tensor<16x64xf32>
  %8 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%1, %6, %arg2 : tensor<16x64xf32>, tensor<16xf32>, tensor<64xf32>) outs(%7 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %out: f32):
    %16 = arith.mulf %in, %in_3 : f32
    %17 = arith.mulf %16, %in_4 : f32
    linalg.yield %17 : f32
  } -> tensor<16x64xf32>
  %9 = tensor.empty() : tensor<16xf32>
  %10 = linalg.fill ins(%cst : f32) outs(%9 : tensor<16xf32>) -> tensor<16xf32>
  %11 = linalg.generic {indexing_maps = [#map, #map1], iterator_types = ["parallel", "reduction"]} ins(%1 : tensor<16x64xf32>) outs(%10 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.mulf %in, %in : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<16xf32>
  %12 = tensor.empty() : tensor<16xf32>
  %13 = linalg.generic {indexing_maps = [#map2, #map2], iterator_types = ["parallel"]} ins(%11 : tensor<16xf32>) outs(%12 : tensor<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %16 = arith.divf %in, %cst_0 : f32
    %17 = arith.addf %16, %cst_2 : f32
    %18 = math.rsqrt %17 : f32
    linalg.yield %18 : f32
  } -> tensor<16xf32>
  %14 = tensor.empty() : tensor<16x64xf32>
  %15 = linalg.generic {indexing_maps = [#map, #map1, #map3, #map], iterator_types = ["parallel", "parallel"]} ins(%1, %13, %arg3 : tensor<16x64xf32>, tensor<16xf32>, tensor<64xf32>) outs(%14 : tensor<16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %out: f32):
    %16 = arith.mulf %in, %in_3 : f32
    %17 = arith.mulf %16, %in_4 : f32
    linalg.yield %17 : f32
  } -> tensor<16x64xf32>
  return %8, %15, %1 : tensor<16x64xf32>, tensor<16x64xf32>, tensor<16x64xf32>
}

// The weight varies along rows and columns: the op has no scale, and the product stays.
// CHECK-LABEL: func.func @weight_of_rows_and_columns(
// CHECK: norm.layer_norm %{{[^ ]+}} axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: arith.mulf
func.func @weight_of_rows_and_columns(%arg0: tensor<16x64xf32>, %arg1: tensor<16x64xf32>) -> tensor<16x64xf32> {
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
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<16x64xf32>) outs(%10 : tensor<16x64xf32>) {
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

// The weight varies along rows: it is no scale.
// CHECK-LABEL: func.func @weight_of_rows(
// CHECK: norm.layer_norm %{{[^ ]+}} axes = [1] eps = {{(1\.000000e-05|9\.9999[0-9]*[eE]-6)}} outs(
// CHECK: arith.mulf
func.func @weight_of_rows(%arg0: tensor<16x64xf32>, %arg1: tensor<16xf32>) -> tensor<16x64xf32> {
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
  %11 = linalg.generic {indexing_maps = [#map, #map1, #map1, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0, %4, %9, %arg1 : tensor<16x64xf32>, tensor<16xf32>, tensor<16xf32>, tensor<16xf32>) outs(%10 : tensor<16x64xf32>) {
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

// Adaptive layer norm: scale and shift of every sample stay outside.
// CHECK-LABEL: func.func @modulated(
// CHECK: norm.layer_norm %{{[^ ]+}} axes = [2] eps = {{(1\.000000e-06|9\.9999[0-9]*[eE]-7)}} outs(
// CHECK: linalg.generic
func.func @modulated(%arg0: tensor<2x16x64xf32>, %arg1: tensor<2x64xf32>, %arg2: tensor<2x64xf32>) -> tensor<2x16x64xf32> {
  %cst = arith.constant 0.000000e+00 : f32
  %cst_0 = arith.constant 6.400000e+01 : f32
  %cst_1 = arith.constant 9.99999997E-7 : f32
  %cst_2 = arith.constant 1.000000e+00 : f32
  %0 = tensor.empty() : tensor<2x16xf32>
  %1 = linalg.fill ins(%cst : f32) outs(%0 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %2 = linalg.generic {indexing_maps = [#map4, #map5], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0 : tensor<2x16x64xf32>) outs(%1 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.addf %out, %in : f32
    linalg.yield %14 : f32
  } -> tensor<2x16xf32>
  %3 = tensor.empty() : tensor<2x16xf32>
  %4 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<2x16xf32>) outs(%3 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16xf32>
  %5 = tensor.empty() : tensor<2x16xf32>
  %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<2x16xf32>) -> tensor<2x16xf32>
  %7 = linalg.generic {indexing_maps = [#map4, #map5, #map5], iterator_types = ["parallel", "parallel", "reduction"]} ins(%arg0, %4 : tensor<2x16x64xf32>, tensor<2x16xf32>) outs(%6 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %in_3: f32, %out: f32):
    %14 = arith.subf %in, %in_3 : f32
    %15 = arith.subf %in, %in_3 : f32
    %16 = arith.mulf %14, %15 : f32
    %17 = arith.addf %out, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16xf32>
  %8 = tensor.empty() : tensor<2x16xf32>
  %9 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%7 : tensor<2x16xf32>) outs(%8 : tensor<2x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %14 = arith.divf %in, %cst_0 : f32
    linalg.yield %14 : f32
  } -> tensor<2x16xf32>
  %10 = tensor.empty() : tensor<2x16x64xf32>
  %11 = linalg.generic {indexing_maps = [#map4, #map5, #map5, #map4], iterator_types = ["parallel", "parallel", "parallel"]} ins(%arg0, %4, %9 : tensor<2x16x64xf32>, tensor<2x16xf32>, tensor<2x16xf32>) outs(%10 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %out: f32):
    %14 = arith.subf %in, %in_3 : f32
    %15 = arith.addf %in_4, %cst_1 : f32
    %16 = math.rsqrt %15 : f32
    %17 = arith.mulf %14, %16 : f32
    linalg.yield %17 : f32
  } -> tensor<2x16x64xf32>
  %12 = tensor.empty() : tensor<2x16x64xf32>
  %13 = linalg.generic {indexing_maps = [#map4, #map6, #map6, #map4], iterator_types = ["parallel", "parallel", "parallel"]} ins(%11, %arg1, %arg2 : tensor<2x16x64xf32>, tensor<2x64xf32>, tensor<2x64xf32>) outs(%12 : tensor<2x16x64xf32>) {
  ^bb0(%in: f32, %in_3: f32, %in_4: f32, %out: f32):
    %14 = arith.addf %cst_2, %in_3 : f32
    %15 = arith.mulf %in, %14 : f32
    %16 = arith.addf %15, %in_4 : f32
    linalg.yield %16 : f32
  } -> tensor<2x16x64xf32>
  return %13 : tensor<2x16x64xf32>
}

// (x^ + b) * w: the bias may be taken, the weight comes too late to be the scale.
// CHECK-LABEL: func.func @bias_before_scale(
// CHECK: norm.layer_norm %{{[^ ]+}} {{(bias|axes)}}
// CHECK: arith.mulf
func.func @bias_before_scale(%arg0: tensor<16x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<64xf32>) -> tensor<16x64xf32> {
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
    %16 = arith.addf %15, %in_5 : f32
    %17 = arith.mulf %16, %in_4 : f32
    linalg.yield %17 : f32
  } -> tensor<16x64xf32>
  return %11 : tensor<16x64xf32>
}
