// RUN: norm-opt %s --norm-tile=sizes=2 --canonicalize --split-input-file | FileCheck %s
// RUN: not norm-opt %s --norm-tile=sizes=2,4 --split-input-file 2>&1 | FileCheck %s --check-prefix=INSIDE
// RUN: not norm-opt %s --norm-tile=sizes=2,0,1 --split-input-file 2>&1 | FileCheck %s --check-prefix=MANY
// RUN: not norm-opt %s --norm-tile=sizes=-1 --split-input-file 2>&1 | FileCheck %s --check-prefix=NEGATIVE
// RUN: norm-opt %s --norm-tile --split-input-file | FileCheck %s --check-prefix=WHOLE

// INSIDE: cannot be tiled along 'c', which is inside a group: its sums have an order of their own
// MANY: cannot be tiled by 3 sizes: it has 2 dimensions
// NEGATIVE: cannot be tiled by -1 along 'r'
// WHOLE-NOT: scf.for

// CHECK-LABEL: func @rows
// CHECK: scf.forall (%[[I:.*]]) = (0) to (8) step (2) shared_outs(%[[OUT:.*]] = %{{.*}})
// CHECK: %[[X:.*]] = tensor.extract_slice %{{.*}}[%[[I]], 0] [2, 16] [1, 1]
// CHECK: norm.generic iter(r = 2 from %[[I]], c = 16) reduce [c]
// CHECK-NEXT: ins(%[[X]](r, c) : tensor<2x16xf32>)
// CHECK: tensor.parallel_insert_slice
func.func @rows(%x: tensor<8x16xf32>, %y0: tensor<8xf32>) -> tensor<8xf32> {
  %y = norm.generic iter(r = 8, c = 16) reduce [c] ins(%x(r, c) : tensor<8x16xf32>) outs(%y0(r) : tensor<8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%a : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return %y : tensor<8xf32>
}

// -----

// All rows add to one result: their tiles go one after the other.
// CHECK-LABEL: func @accumulated
// CHECK: scf.for %[[I:[^ ]*]] = %c0 to %{{.*}} step %c2 iter_args
// CHECK: norm.generic iter(r = %{{.*}} from %[[I]], c = 16)
func.func @accumulated(%x: tensor<?x16xf32>, %y0: tensor<16xf32>, %rows: index) -> tensor<16xf32> {
  %y = norm.generic iter(r = %rows, c = 16) reduce [c] ins(%x(r, c) : tensor<?x16xf32>)
      outs(%y0(c) acc <lanes = 1, segment = 64, blocks = 64> : tensor<16xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }
  return %y : tensor<16xf32>
}

// -----

// What is left to the target stays so in a tile.
// CHECK-LABEL: func @open
// CHECK: scf.for %[[I:[^ ]*]] = %c0 to %{{.*}} step %c2 iter_args
// CHECK: outs(%{{.*}}(c) acc : tensor<16xf32>, %{{.*}}(r) : tensor<?xf32>) {
// CHECK: norm.reduce sum(%{{.*}}) over [c] : f32
func.func @open(%x: tensor<?x16xf32>, %y0: tensor<16xf32>, %z0: tensor<?xf32>, %rows: index) -> (tensor<16xf32>, tensor<?xf32>) {
  %y, %z = norm.generic iter(r = %rows, c = 16) reduce [c] ins(%x(r, c) : tensor<?x16xf32>)
      outs(%y0(c) acc : tensor<16xf32>, %z0(r) : tensor<?xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%a : !norm.field<f32, [c]>) over [c] : f32
    norm.yield %a, %sum : !norm.field<f32, [c]>, f32
  }
  return %y, %z : tensor<16xf32>, tensor<?xf32>
}
