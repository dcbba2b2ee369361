// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --mlir-print-op-generic | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt | FileCheck %s
// RUN: norm-opt %s --canonicalize | FileCheck %s --check-prefix=CANON

// CHECK-LABEL: func @group_norm
// CHECK: %{{.*}}:3 = norm.group_norm %{{.*}} scale(%{{.*}} : tensor<64xf64>) bias(%{{.*}} : tensor<64xf64>)
// CHECK-SAME: groups = 32 layout = channels_first eps = 1.000000e-05 outs(
// CANON-LABEL: func @group_norm
// CANON: %{{.*}}:3 = norm.group_norm %{{[a-z0-9]+}} bias
func.func @group_norm(%x: tensor<?x64x?x?xf64>, %b: tensor<64xf64>, %s: tensor<?x32xf64>)
    -> (tensor<?x64x?x?xf64>, tensor<?x32xf64>, tensor<?x32xf64>) {
  %w = arith.constant dense<1.0> : tensor<64xf64>
  %y, %m, %r = norm.group_norm %x scale(%w : tensor<64xf64>) bias(%b : tensor<64xf64>) groups = 32
      layout = channels_first eps = 1.0e-5
      outs(%x, %s, %s : tensor<?x64x?x?xf64>, tensor<?x32xf64>, tensor<?x32xf64>)
      : tensor<?x64x?x?xf64>
  return %y, %m, %r : tensor<?x64x?x?xf64>, tensor<?x32xf64>, tensor<?x32xf64>
}
