// RUN: norm-opt %s --norm-generalize=leave-orders --norm-fuse --canonicalize | FileCheck %s

// Neighbours of normalizations over channels.

#rows = affine_map<(r, c) -> (r, c)>
#column = affine_map<(r, c) -> (c)>
#row = affine_map<(r, c) -> (r)>
#number = affine_map<(r, c) -> ()>
#tokens = affine_map<(b, t, c) -> (b, t, c)>
#sample = affine_map<(b, t, c) -> (b, c)>
#image = affine_map<(n, c, h, w) -> (n, c, h, w)>
#channel = affine_map<(n, c, h, w) -> (c)>

// CHECK-LABEL: func.func @group_norm_silu
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @group_norm_silu(%x: tensor<2x8x4x3xf32>, %w: tensor<8xf32>, %v: tensor<8xf32>) -> tensor<2x8x4x3xf32> {
  %one = arith.constant 1.0 : f32
  %y_0 = tensor.empty() : tensor<2x8x4x3xf32>
  %y = norm.group_norm %x scale(%w : tensor<8xf32>) bias(%v : tensor<8xf32>) groups = 4 layout = channels_first eps = 1.0e-5
      outs(%y_0 : tensor<2x8x4x3xf32>) : tensor<2x8x4x3xf32>
  %z_0 = tensor.empty() : tensor<2x8x4x3xf32>
  %z = linalg.generic {indexing_maps = [#image, #image], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%y : tensor<2x8x4x3xf32>) outs(%z_0 : tensor<2x8x4x3xf32>) {
  ^bb0(%a: f32, %o: f32):
    %n = arith.negf %a : f32
    %e = math.exp %n : f32
    %p = arith.addf %e, %one : f32
    %g = arith.divf %a, %p : f32
    linalg.yield %g : f32
  } -> tensor<2x8x4x3xf32>
  return %z : tensor<2x8x4x3xf32>
}

// A number for each sample and channel, added before.
// CHECK-LABEL: func.func @group_norm_time
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @group_norm_time(%x: tensor<2x8x4x3xf32>, %t: tensor<2x8xf32>, %w: tensor<8xf32>, %v: tensor<8xf32>) -> tensor<2x8x4x3xf32> {
  %one = arith.constant 1.0 : f32
  %s_0 = tensor.empty() : tensor<2x8x4x3xf32>
  %s = linalg.generic {indexing_maps = [#image, affine_map<(n, c, h, w) -> (n, c)>, #image], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x, %t : tensor<2x8x4x3xf32>, tensor<2x8xf32>) outs(%s_0 : tensor<2x8x4x3xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.addf %a, %b : f32
    linalg.yield %0 : f32
  } -> tensor<2x8x4x3xf32>
  %y_0 = tensor.empty() : tensor<2x8x4x3xf32>
  %y = norm.group_norm %s scale(%w : tensor<8xf32>) bias(%v : tensor<8xf32>) groups = 4 layout = channels_first eps = 1.0e-5
      outs(%y_0 : tensor<2x8x4x3xf32>) : tensor<2x8x4x3xf32>
  %z_0 = tensor.empty() : tensor<2x8x4x3xf32>
  %z = linalg.generic {indexing_maps = [#image, #image], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%y : tensor<2x8x4x3xf32>) outs(%z_0 : tensor<2x8x4x3xf32>) {
  ^bb0(%a: f32, %o: f32):
    %n = arith.negf %a : f32
    %e = math.exp %n : f32
    %p = arith.addf %e, %one : f32
    %g = arith.divf %a, %p : f32
    linalg.yield %g : f32
  } -> tensor<2x8x4x3xf32>
  return %z : tensor<2x8x4x3xf32>
}

// CHECK-LABEL: func.func @instance_norm_leaky
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @instance_norm_leaky(%x: tensor<2x8x4x3xf32>, %w: tensor<8xf32>, %v: tensor<8xf32>) -> tensor<2x8x4x3xf32> {
  %slope = arith.constant 0.01 : f32
  %zero = arith.constant 0.0 : f32
  %y_0 = tensor.empty() : tensor<2x8x4x3xf32>
  %y = norm.instance_norm %x scale(%w : tensor<8xf32>) bias(%v : tensor<8xf32>) layout = channels_first eps = 1.0e-5
      outs(%y_0 : tensor<2x8x4x3xf32>) : tensor<2x8x4x3xf32>
  %z_0 = tensor.empty() : tensor<2x8x4x3xf32>
  %z = linalg.generic {indexing_maps = [#image, #image], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%y : tensor<2x8x4x3xf32>) outs(%z_0 : tensor<2x8x4x3xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = arith.mulf %a, %slope : f32
    %1 = arith.cmpf ogt, %a, %zero : f32
    %2 = arith.select %1, %a, %0 : f32
    linalg.yield %2 : f32
  } -> tensor<2x8x4x3xf32>
  return %z : tensor<2x8x4x3xf32>
}
