// Kernels written by hand, called from C: every error code, good calls, threads in odd orders.
//
// RUN: norm-opt %s --norm-bind-arguments --norm-place-scratch --norm-outline-parallel --norm-emit-entry \
// RUN:   --arith-expand --convert-scf-to-cf --expand-strided-metadata --lower-affine \
// RUN:   --finalize-memref-to-llvm --convert-arith-to-llvm --convert-cf-to-llvm --convert-func-to-llvm \
// RUN:   --reconcile-unrealized-casts --canonicalize --norm-check-lowered -o %t.mlir
// RUN: mlir-translate --mlir-to-llvmir %t.mlir | opt -O2 | llc -O2 --relocation-model=pic --filetype=obj -o %t.o
// RUN: nm -u %t.o | FileCheck %s --check-prefix=UNDEFINED --allow-empty
// RUN: nm -g --defined-only %t.o | FileCheck %s --check-prefix=DEFINED
// RUN: %cc -std=c11 -Wall -Wextra -Werror -O1 -I %include %S/Inputs/entry-calls.c %t.o -o %t
// RUN: %t

// UNDEFINED-NOT: U
// DEFINED: T padded
// DEFINED-NEXT: T padded_workspace_size
// DEFINED-NEXT: T rows
// DEFINED-NEXT: T rows_workspace_size
// DEFINED-NEXT: T split
// DEFINED-NEXT: T split_workspace_size
// DEFINED-NOT: {{.}}

#rows = strided<[?, 1], offset: ?>
#vector = strided<[1], offset: ?>

// y[i, j] = x[i, j] * w[j] + eps, by way of scratch; m[i] = the sum of row i of that, from the left.
func.func @rows(%x: memref<?x?xf32, #rows> {norm.name = "x", norm.shape = ["r", "c"]},
                %w: memref<?xf32, #vector> {norm.name = "w", norm.shape = ["c"]},
                %eps: memref<f32, strided<[], offset: ?>> {norm.name = "eps"},
                %q: memref<?x8xf64, strided<[8, 1], offset: ?>>
                  {norm.layout = "contiguous", norm.name = "q", norm.shape = ["r", "8"]},
                %y: memref<?x?xf32, #rows>
                  {norm.output, norm.name = "y", norm.shape = ["r", "c"], norm.inplace = 0 : i64},
                %m: memref<?xf32, strided<[?], offset: ?>>
                  {norm.output, norm.name = "m", norm.shape = ["r"]})
    attributes {norm.requires = [[["c"], 2]]} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %r = memref.dim %x, %c0 : memref<?x?xf32, #rows>
  %c = memref.dim %x, %c1 : memref<?x?xf32, #rows>
  %e = memref.load %eps[] : memref<f32, strided<[], offset: ?>>
  %odd = memref.alloc() : memref<3xi8>
  %tmp = memref.alloc(%r, %c) : memref<?x?xf32>
  scf.forall (%i, %j) = (0, 0) to (%r, %c) step (1, 2) {
    %j2 = arith.addi %j, %c1 : index
    %end = arith.minsi %c, %j2 : index
    %end1 = arith.addi %end, %c1 : index
    %stop = arith.minsi %end1, %c : index
    %cell = memref.alloca() : memref<1xf32>
    scf.for %k = %j to %stop step %c1 {
      %a = memref.load %x[%i, %k] : memref<?x?xf32, #rows>
      %g = memref.load %w[%k] : memref<?xf32, #vector>
      %p = arith.mulf %a, %g : f32
      memref.store %p, %cell[%c0] : memref<1xf32>
      %again = memref.load %cell[%c0] : memref<1xf32>
      %s = arith.addf %again, %e : f32
      memref.store %s, %tmp[%i, %k] : memref<?x?xf32>
    }
  }
  scf.forall (%i) in (%r) {
    %sum = scf.for %j = %c0 to %c step %c1 iter_args(%acc = %zero) -> f32 {
      %t = memref.load %tmp[%i, %j] : memref<?x?xf32>
      memref.store %t, %y[%i, %j] : memref<?x?xf32, #rows>
      %next = arith.addf %acc, %t : f32
      scf.yield %next : f32
    }
    memref.store %sum, %m[%i] : memref<?xf32, strided<[?], offset: ?>>
  }
  return
}

// Sizes that are products: the channels are 32 * c, and g * c.
func.func @split(%x: memref<?x?xi8, strided<[?, ?], offset: ?>> {norm.shape = ["n", "32*c"]},
                 %s: memref<?xi64, #vector> {norm.shape = ["g"]},
                 %z: memref<?xbf16, #vector> {norm.shape = ["g*c"]},
                 %y: memref<?x?x?xi8, strided<[?, ?, ?], offset: ?>>
                   {norm.output, norm.shape = ["n", "32", "c"]})
    attributes {norm.requires = [[["n", "c"], 1]]} {
  %c0 = arith.constant 0 : index
  %c7 = arith.constant 7 : i8
  %n = memref.dim %y, %c0 : memref<?x?x?xi8, strided<[?, ?, ?], offset: ?>>
  scf.forall (%i) in (%n) {
    memref.store %c7, %y[%i, %c0, %c0] : memref<?x?x?xi8, strided<[?, ?, ?], offset: ?>>
  }
  return
}

// A static stride that is not that of a compact tensor.
func.func @padded(%x: memref<?x8xf32, strided<[16, 1]>> {norm.output, norm.shape = ["r", "8"]}) {
  %c0 = arith.constant 0 : index
  %one = arith.constant 1.0 : f32
  %r = memref.dim %x, %c0 : memref<?x8xf32, strided<[16, 1]>>
  scf.forall (%i) in (%r) {
    memref.store %one, %x[%i, %c0] : memref<?x8xf32, strided<[16, 1]>>
  }
  return
}
