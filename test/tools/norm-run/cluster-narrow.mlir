// RUN: normc %s --target=sm_90 -o %t.so --manifest=%t.json
// RUN: norm-run %t.so --shape r=3 --device=ptxsim --check | FileCheck %s

// Blocks of a cluster send each other words; a maximum of 16 bits takes half of one.
// CHECK: check y: max 0.5 ULP
func.func @largest(%x: tensor<?x65536xf16> {norm.name = "x"}) -> (tensor<?x65536xf16> {norm.name = "y"}) {
  %c0 = arith.constant 0 : index
  %r = tensor.dim %x, %c0 : tensor<?x65536xf16>
  %y0 = tensor.empty(%r) : tensor<?x65536xf16>
  %y = norm.generic iter(r = %r, c = 65536) reduce [c] ins(%x(r, c) : tensor<?x65536xf16>) outs(%y0(r, c) : tensor<?x65536xf16>) {
  ^bb0(%xf: !norm.field<f16, [c]>):
    %m = norm.reduce max (%xf : !norm.field<f16, [c]>) over [c] order = <lanes = 256, segment = 1024, blocks = 64, unit = 8> : f16
    %yf = norm.map (%a = %xf : !norm.field<f16, [c]>) -> !norm.field<f16, [c]> {
      %0 = arith.subf %a, %m : f16
      norm.yield %0 : f16
    }
    norm.yield %yf : !norm.field<f16, [c]>
  }
  return %y : tensor<?x65536xf16>
}
