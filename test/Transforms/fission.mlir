// RUN: norm-opt %s --norm-fission --split-input-file --remark-format=emitRemark --remarks-filter=norm-fission \
// RUN:   --remark-policy=all 2>%t | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK --input-file=%t

// The gradients of group norm: moments, sums of channels, sums of groups; then dx, and the sums over samples. What a
// number of a group needs is computed once, with the sum it needs last.
// REMARK: [Passed] Fission | Category:norm-fission | Reason="a reduction leaves dimensions of a group", Remark="3 passes over the groups and their results"
// CHECK-LABEL: func @group_norm_backward
// CHECK-SAME: (%[[DY:[a-z0-9]+]]: tensor<2x6x?xf32>, %[[X:[a-z0-9]+]]: tensor<2x6x?xf32>, %[[S:[a-z0-9]+]]: tensor<6xf32>
// CHECK: %[[M:.*]]:2 = norm.generic iter(n = 2, g = 3, c = 2, h = %{{.*}}) reduce [c, h]
// CHECK-NEXT: ins(%[[X]](n, [g c], h) : tensor<2x6x?xf32>)
// CHECK-NEXT: outs(%{{.*}}(n, g) : tensor<2x3xf32>, %{{.*}}(n, g) : tensor<2x3xf32>) min_count = 2
// CHECK: %[[MOMENTS:.*]]:3 = norm.reduce moments
// CHECK: %[[R:.*]] = norm.rsqrt exact
// CHECK: norm.yield %[[MOMENTS]]#1, %[[R]] : f32, f32
// CHECK: %[[C:.*]]:2 = norm.generic iter(n = 2, g = 3, c = 2, h = %{{.*}}) reduce [h]
// CHECK-NEXT: ins(%[[DY]](n, [g c], h) : tensor<2x6x?xf32>, %[[X]](n, [g c], h) : tensor<2x6x?xf32>, %[[M]]#0(n, g) : tensor<2x3xf32>, %[[M]]#1(n, g) : tensor<2x3xf32>)
// CHECK-NEXT: outs(%{{.*}}(n, g, c) : tensor<2x3x2xf32>, %{{.*}}(n, g, c) : tensor<2x3x2xf32>)
// CHECK: norm.reduce sum({{.*}}) over [h] {{.*}} : f32
// CHECK: norm.reduce dot({{.*}}) over [h] {{.*}} : f32
// CHECK: %[[T:.*]] = norm.generic iter(n = 2, g = 3, c = 2) reduce [c]
// CHECK-NEXT: ins(%[[S]]([g c]) : tensor<6xf32>, %[[C]]#1(n, g, c) : tensor<2x3x2xf32>)
// CHECK: norm.reduce sum({{.*}}) over [c]
// CHECK: %[[DX:.*]] = norm.generic iter(n = 2, g = 3, c = 2, h = %{{.*}}) reduce []
// CHECK: ^bb0(%{{.*}}: f32, %{{.*}}: f32
// CHECK-NOT: norm.map
// CHECK: norm.count [c, h]
// CHECK: %[[SUMS:.*]]:2 = norm.generic iter(n = 2, g = 3, c = 2) reduce []
// CHECK-NEXT: ins(%[[C]]#0(n, g, c) : tensor<2x3x2xf32>, %[[C]]#1(n, g, c) : tensor<2x3x2xf32>)
// CHECK-NEXT: outs(%{{.*}}([g c]) acc <{{.*}}> : tensor<6xf32>, %{{.*}}([g c]) acc <{{.*}}> : tensor<6xf32>)
// CHECK: return %[[DX]], %[[SUMS]]#0, %[[SUMS]]#1
func.func @group_norm_backward(%dy: tensor<2x6x?xf32>, %x: tensor<2x6x?xf32>, %scale: tensor<6xf32>, %h: index,
    %dx: tensor<2x6x?xf32>, %ds: tensor<6xf32>, %db: tensor<6xf32>) -> (tensor<2x6x?xf32>, tensor<6xf32>, tensor<6xf32>) {
  %0:3 = norm.generic iter(n = 2, g = 3, c = 2, h = %h) reduce [c, h]
      ins(%dy(n, [g c], h) : tensor<2x6x?xf32>, %x(n, [g c], h) : tensor<2x6x?xf32>, %scale([g c]) : tensor<6xf32>)
      outs(%dx(n, [g c], h) : tensor<2x6x?xf32>, %ds([g c]) acc <lanes = 1, segment = 4, blocks = 512> : tensor<6xf32>,
           %db([g c]) acc <lanes = 1, segment = 4, blocks = 512> : tensor<6xf32>) min_count = 2 {
  ^bb0(%dyf: !norm.field<f32, [c, h]>, %xf: !norm.field<f32, [c, h]>, %w: !norm.field<f32, [c]>):
    %n, %m, %m2 = norm.reduce moments (%xf : !norm.field<f32, [c, h]>) over [c, h] by two_pass
        order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32, f32, f32
    %v = arith.divf %m2, %n : f32
    %r = norm.rsqrt exact %v : f32
    %z = norm.map (%a = %xf : !norm.field<f32, [c, h]>) -> !norm.field<f32, [c, h]> {
      %1 = arith.subf %a, %m : f32
      %2 = arith.mulf %1, %r : f32
      norm.yield %2 : f32
    }
    %b = norm.reduce sum (%dyf : !norm.field<f32, [c, h]>) over [h]
        order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : !norm.field<f32, [c]>
    %s = norm.reduce dot (%dyf, %z : !norm.field<f32, [c, h]>, !norm.field<f32, [c, h]>) over [h]
        order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : !norm.field<f32, [c]>
    %ws = norm.map (%a = %s : !norm.field<f32, [c]>, %e = %w : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %1 = arith.mulf %a, %e : f32
      norm.yield %1 : f32
    }
    %t = norm.reduce sum (%ws : !norm.field<f32, [c]>) over [c]
        order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    %count = norm.count [c, h] : f32
    %mean = arith.divf %t, %count : f32
    %d = norm.map (%a = %dyf : !norm.field<f32, [c, h]>, %e = %xf : !norm.field<f32, [c, h]>, %f = %w : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c, h]> {
      %1 = arith.mulf %a, %f : f32
      %2 = arith.subf %e, %m : f32
      %3 = arith.mulf %2, %r : f32
      %4 = arith.mulf %3, %mean : f32
      %5 = arith.subf %1, %4 : f32
      norm.yield %5 : f32
    }
    norm.yield %d, %s, %b : !norm.field<f32, [c, h]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %0#0, %0#1, %0#2 : tensor<2x6x?xf32>, tensor<6xf32>, tensor<6xf32>
}

// -----

// Columns that are summed twice. A result that is a number of each group is stored where it is computed, and is what the
// others go on with.
// REMARK: Reason="moments are not shifted by a warp's elements", Remark="2 passes over the groups and their results"
// CHECK-LABEL: func @columns
// CHECK: %[[M:.*]]:2 = norm.generic iter(n = 64, c = 16) reduce [n]
// CHECK-NEXT: ins(%{{.*}}(n, c) : tensor<64x16xf32>)
// CHECK-NEXT: outs(%[[MEAN:.*]](c) : tensor<16xf32>, %{{.*}}(c) : tensor<16xf32>)
// CHECK: %[[D:.*]] = norm.generic iter(n = 64, c = 16) reduce [n]
// CHECK-NEXT: ins(%{{.*}}(n, c) : tensor<64x16xf32>, %[[M]]#0(c) : tensor<16xf32>
// CHECK: norm.reduce sum
// CHECK: return %[[M]]#0, %[[D]]
func.func @columns(%x: tensor<64x16xf32>, %mean: tensor<16xf32>, %second: tensor<16xf32>) -> (tensor<16xf32>, tensor<16xf32>) {
  %0:2 = norm.generic iter(n = 64, c = 16) reduce [n]
      ins(%x(n, c) : tensor<64x16xf32>) outs(%mean(c) : tensor<16xf32>, %second(c) : tensor<16xf32>) {
  ^bb0(%xf: !norm.field<f32, [n]>):
    %n, %m, %m2 = norm.reduce moments (%xf : !norm.field<f32, [n]>) over [n] by shifted
        order = <lanes = 32, segment = 512, blocks = 64, shift = 16> : f32, f32, f32
    %z = norm.map (%a = %xf : !norm.field<f32, [n]>) -> !norm.field<f32, [n]> {
      %1 = arith.subf %a, %m : f32
      %2 = arith.divf %1, %m2 : f32
      norm.yield %2 : f32
    }
    %s = norm.reduce sum (%z : !norm.field<f32, [n]>) over [n] order = <lanes = 32, segment = 512, blocks = 64, shift = 16> : f32
    norm.yield %m, %s : f32, f32
  }
  return %0#0, %0#1 : tensor<16xf32>, tensor<16xf32>
}

// -----

// What threads can share is left as it is.
// CHECK-LABEL: func @row
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: norm.generic
func.func @row(%x: tensor<8x64xf32>, %y: tensor<8xf32>) -> tensor<8xf32> {
  %0 = norm.generic iter(n = 8, c = 64) reduce [c] ins(%x(n, c) : tensor<8x64xf32>) outs(%y(n) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %s = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c]
        order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    norm.yield %s : f32
  }
  return %0 : tensor<8xf32>
}

// -----

// Nothing is won where a sum has a CPU's order.
// REMARK: [Missed] Fission | Category:norm-fission | Reason="the order of a sum is not that of threads", Remark="left whole"
// CHECK-LABEL: func @order
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: norm.generic
func.func @order(%x: tensor<8x4x64xf32>, %y: tensor<8xf32>) -> tensor<8xf32> {
  %0 = norm.generic iter(n = 8, c = 4, h = 64) reduce [c, h] ins(%x(n, c, h) : tensor<8x4x64xf32>) outs(%y(n) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c, h]>):
    %s = norm.reduce sum (%xf : !norm.field<f32, [c, h]>) over [h] order = <lanes = 16> : !norm.field<f32, [c]>
    %t = norm.reduce max (%s : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %t : f32
  }
  return %0 : tensor<8xf32>
}

// -----

// Nor where a product is added as it is computed: it would be rounded on the way.
// REMARK: [Missed] Fission | Category:norm-fission | Reason="products are added to a result as they are computed", Remark="left whole"
// CHECK-LABEL: func @products
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: norm.generic
func.func @products(%x: tensor<8x4x64xf32>, %y: tensor<4x64xf32>) -> tensor<4x64xf32> {
  %0 = norm.generic iter(n = 8, c = 4, h = 64) reduce [c, h] ins(%x(n, c, h) : tensor<8x4x64xf32>)
      outs(%y(c, h) acc <lanes = 1, segment = 4, blocks = 512> : tensor<4x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c, h]>):
    %s = norm.reduce sum (%xf : !norm.field<f32, [c, h]>) over [h]
        order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : !norm.field<f32, [c]>
    %z = norm.map (%a = %xf : !norm.field<f32, [c, h]>, %b = %s : !norm.field<f32, [c]>) -> !norm.field<f32, [c, h]> {
      %1 = arith.mulf %a, %b : f32
      norm.yield %1 : f32
    }
    norm.yield %z : !norm.field<f32, [c, h]>
  }
  return %0 : tensor<4x64xf32>
}

// -----

// A mean of sums does not know how many elements they are of, nor does a result that is one for a group.
// REMARK: [Missed] Fission | Category:norm-fission | Reason="a result needs the number of elements that it does not have", Remark="left whole"
// CHECK-LABEL: func @counted
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: norm.generic
func.func @counted(%x: tensor<2x4x?xf32>, %h: index, %s: tensor<2x4xf32>, %y: tensor<2xf32>) -> (tensor<2x4xf32>, tensor<2xf32>) {
  %0:2 = norm.generic iter(n = 2, c = 4, h = %h) reduce [c, h]
      ins(%x(n, c, h) : tensor<2x4x?xf32>) outs(%s(n, c) : tensor<2x4xf32>, %y(n) : tensor<2xf32>) {
  ^bb0(%xf: !norm.field<f32, [c, h]>):
    %c = norm.reduce sum (%xf : !norm.field<f32, [c, h]>) over [h]
        order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : !norm.field<f32, [c]>
    %t = norm.reduce sum (%c : !norm.field<f32, [c]>) over [c]
        order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    %n = norm.count [c, h] : f32
    %m = arith.divf %t, %n : f32
    norm.yield %c, %m : !norm.field<f32, [c]>, f32
  }
  return %0#0, %0#1 : tensor<2x4xf32>, tensor<2xf32>
}

// -----

// Nor does a sum of what was divided by it.
// REMARK: [Missed] Fission | Category:norm-fission | Reason="a sum needs the number of elements that it is not over", Remark="left whole"
// CHECK-LABEL: func @counted_in_sum
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: norm.generic
func.func @counted_in_sum(%x: tensor<2x4x?xf32>, %h: index, %s: tensor<2x4xf32>, %y: tensor<2xf32>) -> (tensor<2x4xf32>, tensor<2xf32>) {
  %0:2 = norm.generic iter(n = 2, c = 4, h = %h) reduce [c, h]
      ins(%x(n, c, h) : tensor<2x4x?xf32>) outs(%s(n, c) : tensor<2x4xf32>, %y(n) : tensor<2xf32>) {
  ^bb0(%xf: !norm.field<f32, [c, h]>):
    %c = norm.reduce sum (%xf : !norm.field<f32, [c, h]>) over [h]
        order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : !norm.field<f32, [c]>
    %n = norm.count [c, h] : f32
    %d = norm.map (%a = %c : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %1 = arith.divf %a, %n : f32
      norm.yield %1 : f32
    }
    %t = norm.reduce sum (%d : !norm.field<f32, [c]>) over [c]
        order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    norm.yield %c, %t : !norm.field<f32, [c]>, f32
  }
  return %0#0, %0#1 : tensor<2x4xf32>, tensor<2xf32>
}

// -----

// A position inside of a group becomes one of the group's own.
// CHECK-LABEL: func @position
// CHECK: norm.generic iter(n = 8, c = 4, h = 64) reduce []
// CHECK: norm.index h
// CHECK-NOT: norm.map
// CHECK: return
func.func @position(%x: tensor<8x4x64xf32>, %y: tensor<8x4x64xf32>) -> tensor<8x4x64xf32> {
  %0 = norm.generic iter(n = 8, c = 4, h = 64) reduce [c, h] ins(%x(n, c, h) : tensor<8x4x64xf32>) outs(%y(n, c, h) : tensor<8x4x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c, h]>):
    %s = norm.reduce sum (%xf : !norm.field<f32, [c, h]>) over [h]
        order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : !norm.field<f32, [c]>
    %z = norm.map (%a = %xf : !norm.field<f32, [c, h]>, %b = %s : !norm.field<f32, [c]>) -> !norm.field<f32, [c, h]> {
      %i = norm.index h
      %j = arith.index_cast %i : index to i32
      %k = arith.sitofp %j : i32 to f32
      %1 = arith.addf %a, %b : f32
      %2 = arith.addf %1, %k : f32
      norm.yield %2 : f32
    }
    norm.yield %z : !norm.field<f32, [c, h]>
  }
  return %0 : tensor<8x4x64xf32>
}

// -----

// Sums over one dimension of what has others left, and of what has none, are walked through apart.
// CHECK-LABEL: func @left_dimensions
// CHECK-COUNT-4: norm.generic
// CHECK: return
func.func @left_dimensions(%x: tensor<4x16x8xf32>, %w: tensor<4xf32>, %e: tensor<4x16x8xf32>) -> tensor<4x16x8xf32> {
  %o = norm.generic iter(n = 4, c = 16, h = 8) reduce [n, h]
      ins(%x(n, c, h) : tensor<4x16x8xf32>, %w(n) : tensor<4xf32>) outs(%e(n, c, h) : tensor<4x16x8xf32>) {
  ^bb0(%a: !norm.field<f32, [n, h]>, %b: !norm.field<f32, [n]>):
    %r = norm.reduce max (%a : !norm.field<f32, [n, h]>) over [n]
        order = <lanes = 32, segment = 512, blocks = 64, shift = 16> : !norm.field<f32, [h]>
    %q = norm.reduce max (%b : !norm.field<f32, [n]>) over [n]
        order = <lanes = 32, segment = 512, blocks = 64, shift = 16> : f32
    %m = norm.reduce max (%a : !norm.field<f32, [n, h]>) over [n, h]
        order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    %y = norm.map (%v = %r : !norm.field<f32, [h]>) -> !norm.field<f32, [n, h]> {
      %0 = arith.addf %v, %q : f32
      %1 = arith.addf %0, %m : f32
      norm.yield %1 : f32
    }
    norm.yield %y : !norm.field<f32, [n, h]>
  }
  return %o : tensor<4x16x8xf32>
}
