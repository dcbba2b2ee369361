// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt --canonicalize | FileCheck %s

// In place: the same value in ins and outs. y overwrites x, the new residual overwrites the old one.

// CHECK-LABEL: func @add_rms_in_place
// CHECK-SAME: %[[X:[^ ]*]]: tensor<?x?xf32>, %[[R:[^ ]*]]: tensor<?x?xf32>
// CHECK: ins(%[[X]](r, c) {{.*}}, %[[R]](r, c)
// CHECK-NEXT: outs(%[[X]](r, c) {{.*}}, %[[R]](r, c)
func.func @add_rms_in_place(%x: tensor<?x?xf32>, %res: tensor<?x?xf32>, %w: tensor<?xf32>)
    -> (tensor<?x?xf32>, tensor<?x?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf32>
  %y, %h = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%x(r, c) : tensor<?x?xf32>, %res(r, c) : tensor<?x?xf32>, %w(c) : tensor<?xf32>)
      outs(%x(r, c) : tensor<?x?xf32>, %res(r, c) : tensor<?x?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %rf: !norm.field<f32, [c]>, %wf: !norm.field<f32, [c]>):
    %hf, %q = norm.map (%a = %xf : !norm.field<f32, [c]>, %b = %rf : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %0 = arith.addf %a, %b : f32
      %1 = arith.mulf %0, %0 : f32
      norm.yield %0, %1 : f32, f32
    }
    %s = norm.reduce sum (%q : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %n = norm.count [c] : f32
    %ms = arith.divf %s, %n : f32
    %eps = arith.constant 1.0e-6 : f32
    %v = arith.addf %ms, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %hf : !norm.field<f32, [c]>, %g = %wf : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %r : f32
      %1 = arith.mulf %0, %g : f32
      norm.yield %1 : f32
    }
    norm.yield %yf, %hf : !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %y, %h : tensor<?x?xf32>, tensor<?x?xf32>
}
