// RUN: norm-opt %s --norm-outline=mode=calls --split-input-file | FileCheck %s --check-prefix=CALLS
// RUN: not norm-opt %s --norm-outline=mode=host --remarks-filter=norm-outline --split-input-file 2>%t | FileCheck %s --check-prefix=HOST
// RUN: FileCheck %s --check-prefix=REMARK < %t

// A function whose name C has not is a kernel under none: it calls one whose name C has. A host function is called from C, and
// gets a name. Who called it before still does.

// CALLS-LABEL: func.func @main_norm0(
// CALLS-LABEL: func.func @main(
// CALLS: call @main_norm0(
// CALLS-LABEL: func.func @caller(
// CALLS: call @main(
// HOST-LABEL: func.func @main2(
// HOST: norm.generic
// HOST-LABEL: func.func @caller(
// HOST: call @main2(
// REMARK: [Analysis] Outline | Category:norm-outline | Reason="a host function needs a name that C has", Remark="main is main2 in C"
func.func @main(%x: tensor<8x64xf32>) -> tensor<8x64xf32> {
  %e = tensor.empty() : tensor<8x64xf32>
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%e(r, c) : tensor<8x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  return %y : tensor<8x64xf32>
}
func.func @caller(%x: tensor<8x64xf32>) -> tensor<8x64xf32> {
  %y = call @main(%x) : (tensor<8x64xf32>) -> tensor<8x64xf32>
  return %y : tensor<8x64xf32>
}

// -----

// Two names that are one in C, and names that are taken: the next number that is free.
// CALLS-LABEL: func.func @f_g_norm1(
// CALLS-LABEL: func.func @f.g(
// CALLS: call @f_g_norm1(
// CALLS: func.func private @f_g_norm0()
// CALLS-LABEL: func.func @f_g_norm2(
// CALLS-LABEL: func.func @f_g(
// CALLS: call @f_g_norm2(
// HOST-LABEL: func.func @f_g2(
// HOST: norm.call @f_g2_rest0
// HOST-LABEL: func.func @f_g(
// HOST: norm.call @f_g_rest1
// HOST: func.func private @f_g_rest0()
// REMARK: Remark="f.g is f_g2 in C"
func.func @"f.g"(%x: tensor<8x64xf32>) -> tensor<8x64xf32> {
  %e = tensor.empty() : tensor<8x64xf32>
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%e(r, c) : tensor<8x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  %z = linalg.exp ins(%y : tensor<8x64xf32>) outs(%e : tensor<8x64xf32>) -> tensor<8x64xf32>
  return %z : tensor<8x64xf32>
}
func.func private @f_g_norm0()
func.func @f_g(%x: tensor<4x64xf32>) -> tensor<4x64xf32> {
  %e = tensor.empty() : tensor<4x64xf32>
  %y = norm.generic iter(r = 4, c = 64) reduce [c] ins(%x(r, c) : tensor<4x64xf32>) outs(%e(r, c) : tensor<4x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  %z = linalg.exp ins(%y : tensor<4x64xf32>) outs(%e : tensor<4x64xf32>) -> tensor<4x64xf32>
  return %z : tensor<4x64xf32>
}
func.func private @f_g_rest0()

// -----

// What no kernel takes or gives is the caller's: elements that C has no type for, results that are no tensors, and those that
// are not the normalization's. The
// place of a result is nobody's input: a normalization into its input is the kernel of one into another place. Where what
// described the operands of a normalization has two results, one is asked for again.
// CALLS-LABEL: func.func @size_norm0(
// CALLS-SAME: %[[X:.*]]: tensor<?x64xf32> {norm.name = "x"}) -> (tensor<?x64xf32> {norm.name = "y"}) {
// CALLS: %[[PLACE:.*]] = tensor.empty(
// CALLS: ins(%[[X]](r, c) :
// CALLS-NEXT: outs(%[[PLACE]](r, c) :
// CALLS-LABEL: func.func @size(
// CALLS: call @size_norm0(
// CALLS-LABEL: func.func @table(
// CALLS: %[[SUM:.*]], %[[OVER:.*]] = arith.addui_extended
// CALLS: call @size_norm0(
// CALLS: return %{{.*}}, %[[OVER]]
// CALLS-LABEL: func.func @beside(
// CALLS: call @size_norm0(
// CALLS: return %{{.*}}, %{{.*}} : tensor<?x64xf32>, tensor<?xf32>
func.func @size(%x: tensor<?x64xf32>) -> (tensor<?x64xf32>, index) {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x64xf32>
  %e = tensor.empty(%n) : tensor<?x64xf32>
  %y = norm.generic iter(r = %n, c = 64) reduce [c] ins(%x(r, c) : tensor<?x64xf32>) outs(%e(r, c) : tensor<?x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  return %y, %n : tensor<?x64xf32>, index
}
func.func @table(%x: tensor<?x64xf32>, %k: tensor<2xindex>, %one: index) -> (tensor<?x64xf32>, i1) {
  %c0 = arith.constant 0 : index
  %m = tensor.dim %x, %c0 : tensor<?x64xf32>
  %n, %over = arith.addui_extended %m, %one : index, i1
  %y = norm.generic iter(r = %n, c = 64) reduce [c] ins(%x(r, c) : tensor<?x64xf32>) outs(%x(r, c) : tensor<?x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  return %y, %over : tensor<?x64xf32>, i1
}
func.func @beside(%x: tensor<?x64xf32>) -> (tensor<?x64xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %n = tensor.dim %x, %c0 : tensor<?x64xf32>
  %more = arith.addi %n, %c1 : index
  %e = tensor.empty(%n) : tensor<?x64xf32>
  %place = tensor.empty(%more) : tensor<?xf32>
  %f = linalg.fill ins(%zero : f32) outs(%place : tensor<?xf32>) -> tensor<?xf32>
  %y = norm.generic iter(r = %n, c = 64) reduce [c] ins(%x(r, c) : tensor<?x64xf32>) outs(%e(r, c) : tensor<?x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  return %y, %f : tensor<?x64xf32>, tensor<?xf32>
}
