// RUN: norm-opt %s --norm-outline --split-input-file | FileCheck %s --check-prefix=CALLS
// RUN: norm-opt %s --norm-outline=mode=calls --remarks-filter=norm-outline --split-input-file 2>&1 >/dev/null | FileCheck %s --check-prefix=REMARK
// RUN: not norm-opt %s --norm-outline=mode=host --split-input-file 2>%t | FileCheck %s --check-prefix=HOST
// RUN: FileCheck %s --check-prefix=HOSTERROR < %t
// RUN: not norm-opt %s --norm-outline=mode=both --split-input-file 2>&1 | FileCheck %s --check-prefix=MODE
// MODE: expects mode=calls or mode=host, but got 'both'

// Sizes are asked of inputs, names and roles are those of the function. The second kernel is the first's program on
// something else.

// CALLS-LABEL: func.func @layer_norm0(
// CALLS-SAME: %[[X:.*]]: tensor<?x64xf32> {norm.layout = "any", norm.name = "tokens", norm.role = "input"},
// CALLS-SAME: %[[W:.*]]: tensor<64xf32> {norm.name = "scale", norm.role = "scale"}) -> (tensor<?x64xf32> {norm.name = "y"})
// CALLS: %[[ROWS:.*]] = tensor.dim %[[X]], %c0
// CALLS: %[[PLACE:.*]] = tensor.empty(%[[ROWS]])
// CALLS: %[[Y:.*]] = norm.generic iter(r = %[[ROWS]], c = 64) reduce [c]
// CALLS: outs(%[[PLACE]](r, c)
// CALLS: return %[[Y]]
// CALLS-LABEL: func.func @layer_norm1(
// CALLS-SAME: %{{.*}}: tensor<?x64xf32> {norm.name = "x"}, %{{.*}}: tensor<64xf32> {norm.name = "scale", norm.role = "scale"}) -> (tensor<?x64xf32> {norm.name = "y"})
// CALLS-LABEL: func.func @layer(
// CALLS-NOT: norm.generic
// CALLS: %[[N0:.*]] = call @layer_norm0(%[[ARG:.*]], %[[SCALE:.*]]) :
// CALLS: %[[M0:.*]] = linalg.matmul ins(%[[N0]],
// CALLS: %[[N1:.*]] = call @layer_norm1(%[[M0]], %[[SCALE]]) :
// CALLS: %[[M1:.*]] = linalg.matmul ins(%[[N1]],
// CALLS: %[[N2:.*]] = call @layer_norm1(%[[M1]], %[[SCALE]]) :
// CALLS: return %[[N2]]

// REMARK: [Passed] Outline | Category:norm-outline | Reason="the function does more than normalize", Remark="a call of layer_norm0"
// REMARK: [Passed] Outline | Category:norm-outline | Reason="the function does more than normalize", Remark="a call of layer_norm1"
// REMARK: [Passed] Outline | Category:norm-outline | Reason="the same program is a kernel already", Remark="a call of layer_norm1"

// Each side has its own constants, fills and sizes. Runs are numbered in program order.
// HOST-LABEL: func.func @layer(
// HOST-SAME: %[[X:.*]]: tensor<?x64xf32> {norm.layout = "any"
// HOST: %[[N0:.*]] = norm.generic
// HOST: %[[SIZE:.*]] = tensor.dim %[[X]],
// HOST: %[[PLACE:.*]] = tensor.empty(%[[SIZE]])
// HOST: %[[M0:.*]] = norm.call @layer_rest0 ins(%[[N0]], %[[M:.*]], %[[X]] : tensor<?x64xf32>, tensor<64x64xf32>, tensor<?x64xf32>)
// HOST-SAME: outs(%[[PLACE]] : tensor<?x64xf32>) -> tensor<?x64xf32>
// HOST: %[[N1:.*]] = norm.generic
// HOST: ins(%[[M0]](r, c)
// HOST: %[[M1:.*]] = norm.call @layer_rest1 ins(%[[N1]], %[[M]], %[[X]] :
// HOST: %[[N2:.*]] = norm.generic
// HOST: ins(%[[M1]](r, c)
// HOST-NOT: norm.call
// HOST: return %[[N2]]
// HOST-LABEL: func.func @layer_rest0(
// HOST-SAME: %[[A:.*]]: tensor<?x64xf32>, %[[B:.*]]: tensor<64x64xf32>, %[[LIKE:.*]]: tensor<?x64xf32>) -> tensor<?x64xf32>
// HOST: linalg.fill
// HOST: %[[R:.*]] = linalg.matmul ins(%[[A]], %[[B]]
// HOST: return %[[R]]
// HOST-LABEL: func.func @layer_rest1(

func.func @layer(%x: tensor<?x64xf32> {norm.name = "tokens", norm.role = "input", norm.layout = "any"},
                 %w: tensor<64xf32> {norm.name = "scale", norm.role = "scale"}, %m: tensor<64x64xf32>)
    -> (tensor<?x64xf32> {norm.name = "last"}) {
  %c0 = arith.constant 0 : index
  %zero = arith.constant 0.0 : f32
  %rows = tensor.dim %x, %c0 : tensor<?x64xf32>
  %e = tensor.empty(%rows) : tensor<?x64xf32>
  %n0 = norm.generic iter(r = %rows, c = 64) reduce [c]
      ins(%x(r, c) : tensor<?x64xf32>, %w(c) : tensor<64xf32>) outs(%e(r, c) : tensor<?x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %wf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<?x64xf32>) -> tensor<?x64xf32>
  %m0 = linalg.matmul ins(%n0, %m : tensor<?x64xf32>, tensor<64x64xf32>) outs(%f : tensor<?x64xf32>) -> tensor<?x64xf32>
  %n1 = norm.generic iter(r = %rows, c = 64) reduce [c]
      ins(%m0(r, c) : tensor<?x64xf32>, %w(c) : tensor<64xf32>) outs(%e(r, c) : tensor<?x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %wf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  %m1 = linalg.matmul ins(%n1, %m : tensor<?x64xf32>, tensor<64x64xf32>) outs(%f : tensor<?x64xf32>) -> tensor<?x64xf32>
  %n2 = norm.generic iter(r = %rows, c = 64) reduce [c]
      ins(%m1(r, c) : tensor<?x64xf32>, %w(c) : tensor<64xf32>) outs(%e(r, c) : tensor<?x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %wf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  return %n2 : tensor<?x64xf32>
}

// -----

// A kernel already.
// CALLS-LABEL: func.func @alone(
// CALLS: norm.generic
// REMARK: [Analysis] Outline | Category:norm-outline | Reason="it is a kernel already", Remark="alone is left"
// HOST-LABEL: func.func @alone(
// HOST-NOT: norm.call
func.func @alone(%x: tensor<2x4x64xf32>) -> tensor<8x64xf32> {
  %e = tensor.empty() : tensor<8x64xf32>
  %v = tensor.collapse_shape %x [[0, 1], [2]] : tensor<2x4x64xf32> into tensor<8x64xf32>
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%v(r, c) : tensor<8x64xf32>) outs(%e(r, c) : tensor<8x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  return %y : tensor<8x64xf32>
}

// -----

// Inside of a loop; a result that is a sum from zero, which is the kernel's; groups of a product, whose other factor is
// known; and a size that only the place of a result has, which becomes an argument.
// CALLS-LABEL: func.func @train_norm0(
// CALLS-SAME: %[[X:.*]]: tensor<?x64xf32> {norm.name = "input"}, %[[Y:.*]]: tensor<4x?x?xf32> {norm.name = "result_place"}) -> (tensor<4x?x?xf32> {norm.name = "result"}, tensor<64xf32> {norm.name = "result2"})
// CALLS: %[[D:.*]] = tensor.dim %[[X]], %c0
// CALLS: %[[R:.*]] = arith.divui %[[D]], %c4
// CALLS: %[[S:.*]] = tensor.dim %[[Y]], %c2
// CALLS: %[[START:.*]] = linalg.fill
// CALLS: norm.generic iter(g = 4, r = %[[R]], c = 64, s = %[[S]]) reduce [c]
// CALLS: outs(%[[Y]](g, r, s) :
// CALLS-SAME: %[[START]](c) acc
// CALLS-LABEL: func.func @train(
// CALLS: scf.for
// CALLS: func.call @train_norm0(
// HOSTERROR: error: cannot be a part of a host function: argument 1 of 'train' is no ranked tensor; --outline=calls leaves it to the caller
func.func @train(%x: tensor<?x64xf32>, %n: index, %size: index, %start: tensor<64xf32>) -> tensor<64xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %zero = arith.constant 0.0 : f32
  %all = tensor.dim %x, %c0 : tensor<?x64xf32>
  %rows = arith.divui %all, %c4 : index
  %last = scf.for %i = %c0 to %n step %c1 iter_args(%sum = %start) -> tensor<64xf32> {
    %p = tensor.empty(%rows, %size) : tensor<4x?x?xf32>
    %z0 = tensor.empty() : tensor<f32>
    %e = tensor.empty() : tensor<64xf32>
    %f = linalg.fill ins(%zero : f32) outs(%e : tensor<64xf32>) -> tensor<64xf32>
    %y:2 = norm.generic iter(g = 4, r = %rows, c = 64, s = %size) reduce [c]
        ins(%x([g r], c) : tensor<?x64xf32>)
        outs(%p(g, r, s) : tensor<4x?x?xf32>, %f(c) acc <lanes = 1, segment = 64, blocks = 8> : tensor<64xf32>) {
    ^bb0(%xf: !norm.field<f32, [c]>):
      %total = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
      norm.yield %total, %xf : f32, !norm.field<f32, [c]>
    }
    %small = linalg.reduce ins(%y#0 : tensor<4x?x?xf32>) outs(%z0 : tensor<f32>) dimensions = [0, 1, 2] (%a: f32, %b: f32) {
      %0 = arith.addf %a, %b : f32
      linalg.yield %0 : f32
    }
    %next = linalg.add ins(%sum, %y#1 : tensor<64xf32>, tensor<64xf32>) outs(%e : tensor<64xf32>) -> tensor<64xf32>
    scf.yield %next : tensor<64xf32>
  }
  return %last : tensor<64xf32>
}
