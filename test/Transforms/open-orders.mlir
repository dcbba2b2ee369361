// Passes that compute with orders come after norm-generalize, which chooses those that are left to the target.
//
// RUN: not norm-opt %s --norm-widen 2>&1 | FileCheck %s -DPASS=norm-widen
// RUN: not norm-opt %s --norm-fission 2>&1 | FileCheck %s -DPASS=norm-fission
// RUN: not norm-opt %s --one-shot-bufferize=bufferize-function-boundaries 2>&1 | FileCheck %s -DPASS=bufferization
// RUN: not norm-opt %s --norm-bind-arguments --one-shot-bufferize 2>&1 | FileCheck %s -DPASS=bufferization
// RUN: not norm-opt %s --canonicalize --cse --norm-schedule --norm-schedule=gpu-arch=90 --norm-decompose 2>&1 \
// RUN:   | FileCheck %s --check-prefix=TENSORS
//
// CHECK: open-orders.mlir:[[#@LINE+9]]:10: error: 'norm.generic' op expects every reduction to have an order: run norm-generalize before [[PASS]]
// CHECK: note: that of output 1 is left to the target
// TENSORS: 'norm.generic' op expects memrefs, but has tensors: run one-shot-bufferize before norm-decompose
//
// RUN: norm-opt %s --norm-generalize --norm-widen | norm-opt --norm-cpu-pipeline -o /dev/null
// RUN: norm-opt %s --norm-generalize=isa=nvptx --norm-widen | norm-opt --norm-cpu-pipeline -o /dev/null

func.func @open(%x: tensor<8x16xf32>, %sum0: tensor<8xf32>, %columns0: tensor<16xf32>)
    -> (tensor<8xf32>, tensor<16xf32>) {
  %y:2 = norm.generic iter(r = 8, c = 16) reduce [c] ins(%x(r, c) : tensor<8x16xf32>)
      outs(%sum0(r) : tensor<8xf32>, %columns0(c) acc : tensor<16xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%a : !norm.field<f32, [c]>) over [c] : f32
    norm.yield %sum, %a : f32, !norm.field<f32, [c]>
  }
  return %y#0, %y#1 : tensor<8xf32>, tensor<16xf32>
}
