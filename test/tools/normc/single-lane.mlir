// A masked store of one lane, which is known, is a store of that lane: LLVM 22 would store four bytes for the last of 17.

// RUN: normc %s --target=x86-64-v4 --emit=llvm -o - | FileCheck %s
// CHECK-NOT: call void @llvm.masked.store
// CHECK: store i8 %
// CHECK-NOT: call void @llvm.masked.store
func.func @quantize(%x: tensor<8x17xf32>) -> tensor<8x17xi8> {
  %y0 = tensor.empty() : tensor<8x17xi8>
  %y = norm.generic iter(r = 8, c = 17) reduce [c]
      ins(%x(r, c) : tensor<8x17xf32>) outs(%y0(r, c) : tensor<8x17xi8>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %q = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<i8, [c]> {
      %0 = arith.fptosi %a : f32 to i8
      norm.yield %0 : i8
    }
    norm.yield %q : !norm.field<i8, [c]>
  }
  return %y : tensor<8x17xi8>
}
