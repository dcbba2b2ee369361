// RUN: norm-opt %s --inline | FileCheck %s

// CHECK-NOT: func private
// CHECK-LABEL: func @twice
// CHECK-NOT: call
// CHECK: norm.rms_norm
// CHECK-NOT: call
// CHECK: norm.generic
// CHECK: norm.map
// CHECK: return
func.func private @rms(%x: tensor<8x64xf32>) -> tensor<8x64xf32> {
  %e = tensor.empty() : tensor<8x64xf32>
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-5 outs(%e : tensor<8x64xf32>) : tensor<8x64xf32>
  return %y : tensor<8x64xf32>
}
func.func private @negated(%x: tensor<8x64xf32>) -> tensor<8x64xf32> {
  %e = tensor.empty() : tensor<8x64xf32>
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%e(r, c) : tensor<8x64xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    %n = norm.map (%b = %a : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.negf %b : f32
      norm.yield %0 : f32
    }
    norm.yield %n : !norm.field<f32, [c]>
  }
  return %y : tensor<8x64xf32>
}
func.func @twice(%x: tensor<8x64xf32>) -> tensor<8x64xf32> {
  %y = call @rms(%x) : (tensor<8x64xf32>) -> tensor<8x64xf32>
  %z = call @negated(%y) : (tensor<8x64xf32>) -> tensor<8x64xf32>
  return %z : tensor<8x64xf32>
}
