// RUN: norm-opt %s --norm-raise --remarks-filter=norm-raise 2>%t | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t
// RUN: norm-opt %s --norm-raise=exact-form --remarks-filter=norm-raise 2>%t | FileCheck %s --check-prefix=EXACT
// RUN: FileCheck %s --check-prefix=EXACT-REMARK < %t

#rows = affine_map<(r, c) -> (r, c)>
#groups = affine_map<(r, c) -> (r)>

// The variance in one pass is replaced, unless its bits are asked for.
// REMARK: raise.mlir:{{.*}}[Passed]{{.*}}a normalization
// EXACT-REMARK: raise.mlir:{{.*}}[Missed]{{.*}}the variance is E[x^2] - E[x]^2, and exact-form leaves it
// CHECK-LABEL: func.func @one_pass(
// CHECK-NOT: linalg
// CHECK: norm.layer_norm %{{.*}} axes = [1] eps = 9.99{{.*}}E-6 outs(
// EXACT-LABEL: func.func @one_pass(
// EXACT-NOT: norm.
func.func @one_pass(%x: tensor<8x64xf32>) -> tensor<8x64xf32> {
  %zero = arith.constant 0.0 : f32
  %n = arith.constant 64.0 : f32
  %eps = arith.constant 1.0e-5 : f32
  %e = tensor.empty() : tensor<8xf32>
  %z = linalg.fill ins(%zero : f32) outs(%e : tensor<8xf32>) -> tensor<8xf32>
  %s, %q = linalg.generic {indexing_maps = [#rows, #groups, #groups], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<8x64xf32>) outs(%z, %z : tensor<8xf32>, tensor<8xf32>) {
  ^bb0(%a: f32, %sum: f32, %squares: f32):
    %0 = arith.addf %sum, %a : f32
    %1 = arith.mulf %a, %a : f32
    %2 = arith.addf %squares, %1 : f32
    linalg.yield %0, %2 : f32, f32
  } -> (tensor<8xf32>, tensor<8xf32>)
  %y0 = tensor.empty() : tensor<8x64xf32>
  %y = linalg.generic {indexing_maps = [#rows, #groups, #groups, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%x, %s, %q : tensor<8x64xf32>, tensor<8xf32>, tensor<8xf32>) outs(%y0 : tensor<8x64xf32>) {
  ^bb0(%a: f32, %sum: f32, %squares: f32, %out: f32):
    %m = arith.divf %sum, %n : f32
    %ms = arith.divf %squares, %n : f32
    %mm = arith.mulf %m, %m : f32
    %v = arith.subf %ms, %mm : f32
    %0 = arith.addf %v, %eps : f32
    %1 = math.rsqrt %0 : f32
    %2 = arith.subf %a, %m : f32
    %3 = arith.mulf %2, %1 : f32
    linalg.yield %3 : f32
  } -> tensor<8x64xf32>
  return %y : tensor<8x64xf32>
}
