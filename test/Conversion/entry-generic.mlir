// A norm.generic with an acc result, down the plain road and called from C: right, in place, and the
// same bits whoever does the rows.
//
// RUN: norm-opt %s --norm-reference-pipeline -o %t.mlir
// RUN: mlir-translate --mlir-to-llvmir %t.mlir | opt -O2 | llc -O2 --relocation-model=pic --filetype=obj -o %t.o
// RUN: %cc -std=c11 -Wall -Wextra -Werror -O1 -I %include %S/Inputs/entry-generic.c %t.o -lm -o %t
// RUN: %t

func.func @rms(%x: tensor<?x?xf32> {norm.name = "x"}, %w: tensor<?xf32> {norm.role = "scale"},
               %d: tensor<?xf32>)
    -> (tensor<?x?xf32> {norm.name = "y"}, tensor<?xf32> {norm.layout = "any"}, tensor<?xf32>,
        tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf32>
  %r0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %rs, %sums = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%x(r, c) : tensor<?x?xf32>, %w(c) : tensor<?xf32>)
      outs(%x(r, c) : tensor<?x?xf32>, %r0(r) : tensor<?xf32>,
           %d(c) acc <lanes = 1, segment = 4, blocks = 8> : tensor<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %wf: !norm.field<f32, [c]>):
    %sq = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %a : f32
      norm.yield %0 : f32
    }
    %sum = norm.reduce sum (%sq : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %n = norm.count [c] : f32
    %mean = arith.divf %sum, %n : f32
    %eps = arith.constant 1.0e-5 : f32
    %v = arith.addf %mean, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [c]>, %g = %wf : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %r : f32
      %1 = arith.mulf %0, %g : f32
      norm.yield %1 : f32
    }
    norm.yield %yf, %r, %sq : !norm.field<f32, [c]>, f32, !norm.field<f32, [c]>
  }
  return %y, %rs, %sums, %w : tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<?xf32>
}
