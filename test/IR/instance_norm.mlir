// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --mlir-print-op-generic | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt | FileCheck %s
// RUN: norm-opt %s --canonicalize | FileCheck %s --check-prefix=CANON

// CHECK-LABEL: func @instance_norm
// CHECK: %{{.*}}:3 = norm.instance_norm %{{.*}} bias(%{{.*}} : tensor<3xf32>) layout = channels_last eps = 1.000000e-05
// CHECK-SAME: rounding = normalized saved = variance outs(
// CANON-LABEL: func @instance_norm
// CANON: norm.instance_norm {{.*}} outs(%{{[a-z0-9]+}} : tensor<2x?x3xbf16>)
func.func @instance_norm(%x: tensor<2x?x3xbf16>, %b: tensor<3xf32>, %s: tensor<2x3xf32>)
    -> tensor<2x?x3xbf16> {
  %y, %m, %v = norm.instance_norm %x bias(%b : tensor<3xf32>) layout = channels_last eps = 1.0e-5
      rounding = normalized saved = variance
      outs(%x, %s, %s : tensor<2x?x3xbf16>, tensor<2x3xf32>, tensor<2x3xf32>) : tensor<2x?x3xbf16>
  return %y : tensor<2x?x3xbf16>
}
