// RUN: norm-opt %s --norm-generalize --norm-derive-backward --cse --canonicalize --split-input-file \
// RUN:   --remark-format=emitRemark --remarks-filter=norm-derive-backward --remark-policy=all 2>%t | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK --input-file=%t
// RUN: norm-opt %s --norm-generalize --norm-derive-backward=recompute --cse --canonicalize --split-input-file 2>/dev/null \
// RUN:   | FileCheck %s --check-prefix=AGAIN
// RUN: norm-opt %s --norm-generalize --norm-derive-backward --norm-generalize --split-input-file 2>/dev/null \
// RUN:   | FileCheck %s --check-prefix=ORDERS

// Layer norm gets results for its statistics. The gradient is the named operation's, below: a sum, a dot, one pass over dy and x
// for them. Orders are left to the target, until norm-generalize fills them in.
// REMARK: [Passed] Backward | Category:norm-derive-backward | Remark=layer_norm_backward, gradients=3, results=2, saved=2
// CHECK-LABEL: func @layer_norm(
// CHECK-SAME: -> (tensor<?x64xbf16> {norm.name = "y", norm.role = "output"}, tensor<?xf32> {norm.name = "mean", norm.role = "mean"}, tensor<?xf32> {norm.name = "rstd", norm.role = "rstd"})
// CHECK: %[[MOMENTS:.*]]:3 = norm.reduce moments
// CHECK: %[[R:.*]] = norm.rsqrt
// CHECK: norm.yield %{{.*}}, %[[MOMENTS]]#1, %[[R]] :
// CHECK-LABEL: func @layer_norm_backward(
// CHECK-SAME: %[[DY:.*]]: tensor<?x64xbf16> {norm.name = "dy", norm.role = "dy"}, %[[X:.*]]: tensor<?x64xbf16> {norm.layout = "contiguous", norm.name = "x", norm.role = "input"},
// CHECK-SAME: %[[W:.*]]: tensor<64xbf16> {norm.name = "scale", norm.role = "scale"}, %[[MEAN:.*]]: tensor<?xf32> {norm.name = "mean", norm.role = "mean"}, %[[RSTD:.*]]: tensor<?xf32>
// CHECK-SAME: -> (tensor<?x64xbf16> {norm.layout = "contiguous", norm.name = "dx", norm.role = "dx"}, tensor<64xf32> {norm.name = "dscale", norm.role = "dscale"}, tensor<64xf32> {norm.name = "dbias", norm.role = "dbias"})
// CHECK: %[[ZERO:.*]] = linalg.fill
// CHECK: norm.generic iter(r = %{{.*}}, c = 64) reduce [c]
// CHECK-NEXT: ins(%[[DY]](r, c) : tensor<?x64xbf16>, %[[X]](r, c) : tensor<?x64xbf16>, %[[W]](c) : tensor<64xbf16>, %[[MEAN]](r) : tensor<?xf32>, %[[RSTD]](r) : tensor<?xf32>)
// CHECK-NEXT: outs(%{{.*}}(r, c) : tensor<?x64xbf16>, %[[ZERO]](c) acc : tensor<64xf32>, %[[ZERO]](c) acc : tensor<64xf32>)
// CHECK-NEXT: ^bb0(%{{.*}}: !norm.field<bf16, [c]>, %{{.*}}: !norm.field<bf16, [c]>, %{{.*}}: !norm.field<bf16, [c]>, %[[M:.*]]: f32, %[[R:.*]]: f32)
// CHECK: %[[F:.*]]:3 = norm.map
// CHECK: %[[C:.*]] = arith.subf %{{.*}}, %[[M]]
// CHECK: %[[XHAT:.*]] = arith.mulf %[[C]], %[[R]]
// CHECK: %[[D:.*]] = arith.extf
// CHECK: %[[G:.*]] = arith.mulf %[[D]],
// CHECK: norm.yield %[[XHAT]], %[[D]], %[[G]] : f32, f32, f32
// CHECK: %[[GX:.*]] = norm.reduce dot(%[[F]]#2, %[[F]]#0 : {{.*}}) over [c] : f32
// CHECK: %[[SG:.*]] = norm.reduce sum(%[[F]]#2 : {{.*}}) over [c] : f32
// CHECK: %[[MGX:.*]] = arith.divf %[[GX]], %[[N:.*]] : f32
// CHECK: %[[MINUS:.*]] = arith.negf %[[MGX]]
// CHECK: %[[MG:.*]] = arith.divf %[[SG]], %[[N]] : f32
// CHECK: %[[DX:.*]]:2 = norm.map (%[[D:.*]] = %[[F]]#1 : {{.*}}, %[[XHAT:.*]] = %[[F]]#0 : {{.*}}, %[[G:.*]] = %[[F]]#2 : {{.*}}) -> !norm.field<f32, [c]>, !norm.field<bf16, [c]>
// CHECK-NEXT: %[[DW:.*]] = arith.mulf %[[D]], %[[XHAT]]
// CHECK-NEXT: %[[A:.*]] = arith.subf %[[G]], %[[MG]]
// CHECK-NEXT: %[[B:.*]] = math.fma %[[XHAT]], %[[MINUS]], %[[A]]
// CHECK-NEXT: %[[E:.*]] = arith.mulf %[[B]], %[[R]]
// CHECK-NEXT: %[[T:.*]] = arith.truncf %[[E]] : f32 to bf16
// CHECK-NEXT: norm.yield %[[DW]], %[[T]]
// CHECK: norm.yield %[[DX]]#1, %[[DX]]#0, %[[F]]#1
// CHECK-NOT: norm.reduce
// CHECK: return

// ORDERS-LABEL: func @layer_norm_backward(
// ORDERS: outs({{.*}}(c) acc <lanes = 1, segment = 64, blocks = 64>
// ORDERS-COUNT-2: norm.reduce {{dot|sum}}({{.*}}) over [c] order = <lanes = 64, segment = 4096, blocks = 64>
// ORDERS-NOT: norm.reduce
// ORDERS-LABEL: func @layer_norm_named_backward(
// ORDERS: outs({{.*}}(c) acc <lanes = 1, segment = 64, blocks = 64>
// ORDERS-COUNT-2: norm.reduce {{dot|sum}}({{.*}}) over [c] order = <lanes = 64, segment = 4096, blocks = 64>
// ORDERS-NOT: norm.reduce
// ORDERS: return

// Again: no more results, and the forward program's moments, in its order.
// AGAIN-LABEL: func @layer_norm(
// AGAIN-SAME: -> (tensor<?x64xbf16> {norm.name = "y", norm.role = "output"}) {
// AGAIN: norm.reduce moments({{.*}}) over [c] by shifted order = [[ORDER:.*]] : f32, f32, f32
// AGAIN-LABEL: func @layer_norm_backward(
// AGAIN-SAME: %{{[a-z0-9]*}}: tensor<?x64xbf16> {norm.name = "dy", norm.role = "dy"}, %{{[a-z0-9]*}}: tensor<?x64xbf16> {norm.layout = "contiguous", norm.name = "x", norm.role = "input"}, %{{[a-z0-9]*}}: tensor<64xbf16> {norm.name = "scale", norm.role = "scale"}) ->
// AGAIN: norm.reduce moments({{.*}}) over [c] by shifted order = [[ORDER]] : f32, f32, f32
// AGAIN-COUNT-2: norm.reduce {{dot|sum}}
// AGAIN-NOT: norm.reduce
// AGAIN: return
func.func @layer_norm(%x: tensor<?x64xbf16> {norm.layout = "contiguous"}, %w: tensor<64xbf16>, %b: tensor<64xbf16>, %y0: tensor<?x64xbf16>) -> tensor<?x64xbf16> {
  %y = norm.layer_norm %x scale(%w : tensor<64xbf16>) bias(%b : tensor<64xbf16>) axes = [1] eps = 1.0e-5
      outs(%y0 : tensor<?x64xbf16>) : tensor<?x64xbf16>
  return %y : tensor<?x64xbf16>
}
// REMARK: [Missed] Backward | Category:norm-derive-backward | Reason="it is a gradient, by its name; norm.gradient = true asks for its own", Remark="no gradient of layer_norm_named_backward"
func.func @layer_norm_named_backward(%dy: tensor<?x64xbf16>, %x: tensor<?x64xbf16>, %w: tensor<64xbf16>, %m: tensor<?xf32>, %r: tensor<?xf32>, %dx0: tensor<?x64xbf16>, %dw0: tensor<64xf32>)
    -> (tensor<?x64xbf16>, tensor<64xf32>, tensor<64xf32>) {
  %dx, %dw, %db = norm.layer_norm_backward %dy, %x stats(%m, %r : tensor<?xf32>, tensor<?xf32>) scale(%w : tensor<64xbf16>) axes = [1]
      gradients = [input, scale, bias] outs(%dx0, %dw0, %dw0 : tensor<?x64xbf16>, tensor<64xf32>, tensor<64xf32>)
      : tensor<?x64xbf16>, tensor<?x64xbf16>
  return %dx, %dw, %db : tensor<?x64xbf16>, tensor<64xf32>, tensor<64xf32>
}

// -----

// RMS norm: one dot.
// CHECK-LABEL: func @rms_norm_backward(
// CHECK: %[[F:.*]]:2 = norm.map
// CHECK: norm.reduce dot(%[[F]]#1, %[[F]]#0 : {{.*}}) over [c] : f32
// CHECK-NOT: norm.reduce
// CHECK: return
func.func @rms_norm(%x: tensor<?x64xbf16>, %w: tensor<64xf32>, %y0: tensor<?x64xbf16>) -> tensor<?x64xbf16> {
  %y = norm.rms_norm %x scale(%w : tensor<64xf32>) axes = [1] eps = 1.0e-5 outs(%y0 : tensor<?x64xbf16>) : tensor<?x64xbf16>
  return %y : tensor<?x64xbf16>
}

// -----

// The variance is a result already, and one over the root follows from it. What is summed for a channel's parameters serves
// the group, as in the named operation: two sums over positions, two of their channels.
// REMARK: [Passed] Backward | Category:norm-derive-backward | Remark=group_norm_backward, gradients=3, results=2, saved=0
// CHECK-LABEL: func @group_norm_backward(
// CHECK-SAME: %{{[a-z0-9]*}}: tensor<2x4xf32> {norm.name = "mean", norm.role = "mean"}, %[[VAR:[a-z0-9]*]]: tensor<2x4xf32> {norm.name = "variance", norm.role = "variance"})
// CHECK: ins({{.*}}, %[[VAR]](n, g) : tensor<2x4xf32>)
// CHECK: norm.rsqrt
// CHECK: %[[DOT:.*]] = norm.reduce dot({{.*}}) over [w] : !norm.field<f32, [c]>
// CHECK: %[[SUM:.*]] = norm.reduce sum({{.*}}) over [w] : !norm.field<f32, [c]>
// CHECK: norm.reduce dot(%[[DOT]], {{.*}}) over [c] : f32
// CHECK: norm.reduce {{dot|sum}}({{.*}}) over [c] : f32
// CHECK-NOT: norm.reduce
// CHECK: return
func.func @group_norm(%x: tensor<2x8x?xf32>, %w: tensor<8xf32>, %b: tensor<8xf32>, %y0: tensor<2x8x?xf32>, %m0: tensor<2x4xf32>)
    -> (tensor<2x8x?xf32>, tensor<2x4xf32>, tensor<2x4xf32>) {
  %y, %m, %v = norm.group_norm %x scale(%w : tensor<8xf32>) bias(%b : tensor<8xf32>) groups = 4 layout = channels_first eps = 1.0e-5
      saved = variance outs(%y0, %m0, %m0 : tensor<2x8x?xf32>, tensor<2x4xf32>, tensor<2x4xf32>) : tensor<2x8x?xf32>
  return %y, %m, %v : tensor<2x8x?xf32>, tensor<2x4xf32>, tensor<2x4xf32>
}

// -----

// The sum with the residual is read, not both addends; running statistics are constants.
// REMARK: [Passed] Backward | Category:norm-derive-backward | Remark=residual_backward, gradients=2, results=2, saved=1
// CHECK-LABEL: func @residual_backward(
// CHECK-SAME: %{{[a-z0-9]*}}: tensor<?x64xbf16> {norm.name = "dy", norm.role = "dy"}, %{{[a-z0-9]*}}: tensor<?x64xbf16> {norm.name = "dsum", norm.role = "dsum"},
// CHECK-SAME: %{{[a-z0-9]*}}: tensor<?x64xbf16> {norm.name = "sum", norm.role = "sum"}, %{{[a-z0-9]*}}: tensor<?xf32> {norm.name = "rstd", norm.role = "rstd"}) ->
// AGAIN-LABEL: func @residual_backward(
// AGAIN-SAME: norm.name = "dy"
// AGAIN-SAME: norm.name = "dsum"
// AGAIN-SAME: norm.name = "x"
// AGAIN-SAME: norm.name = "residual"
func.func @residual(%x: tensor<?x64xbf16>, %res: tensor<?x64xbf16>, %y0: tensor<?x64xbf16>) -> (tensor<?x64xbf16>, tensor<?x64xbf16>) {
  %y, %s = norm.rms_norm %x residual(%res : tensor<?x64xbf16>) axes = [1] eps = 1.0e-5 residual_sum = rounded keep_sum
      outs(%y0, %y0 : tensor<?x64xbf16>, tensor<?x64xbf16>) : tensor<?x64xbf16>
  return %y, %s : tensor<?x64xbf16>, tensor<?x64xbf16>
}

// -----

// norm.gradient: none of z, none that arrives at the second result; norm.recompute.
// REMARK: [Passed] Backward | Category:norm-derive-backward | Remark=product_backward, gradients=1, results=0, saved=0
// CHECK-LABEL: func @product_backward(
// CHECK-SAME: norm.name = "dy"{{.*}}, %[[Z:.*]]: tensor<8x64xf32> {norm.name = "z", norm.role = "z"}) -> (tensor<8x64xf32> {norm.name = "dx", norm.role = "dx"}) {
// CHECK: arith.mulf
// CHECK-NOT: norm.reduce
// CHECK: return
func.func @product(%x: tensor<8x64xf32> {norm.name = "x"}, %z: tensor<8x64xf32> {norm.gradient = false, norm.name = "z", norm.role = "z"}, %i: tensor<8x64xf32>)
    -> (tensor<8x64xf32> {norm.name = "y"}, tensor<8x64xf32> {norm.gradient = false, norm.name = "s"}) attributes {norm.recompute} {
  %y:2 = norm.generic iter(r = 8, c = 64) reduce [c]
      ins(%x(r, c) : tensor<8x64xf32>, %z(r, c) : tensor<8x64xf32>) outs(%i(r, c) : tensor<8x64xf32>, %i(r, c) : tensor<8x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %zf: !norm.field<f32, [c]>):
    %f:2 = norm.map (%a = %xf : !norm.field<f32, [c]>, %b = %zf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %b : f32
      %1 = arith.addf %a, %b : f32
      norm.yield %0, %1 : f32, f32
    }
    norm.yield %f#0, %f#1 : !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %y#0, %y#1 : tensor<8x64xf32>, tensor<8x64xf32>
}

// A function says that it is left alone.
// CHECK: func @left_alone(
// CHECK-NOT: func @left_alone_backward
func.func @left_alone(%x: tensor<8x64xf32>, %i: tensor<8xf32>) -> tensor<8xf32> attributes {norm.gradient = false} {
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%i(r) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %s = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] : f32
    norm.yield %s : f32
  }
  return %y : tensor<8xf32>
}

// -----

// Of a sum x is not needed, but for its size.
// CHECK-LABEL: func @total_backward(
// CHECK-SAME: %{{[a-z0-9]*}}: tensor<f32> {norm.name = "dresult0", norm.role = "dresult0"}, %[[X:.*]]: tensor<?xf32> {norm.name = "arg0", norm.role = "arg0"}) -> (tensor<?xf32> {norm.name = "darg0", norm.role = "darg0"})
// CHECK: %[[SIZE:.*]] = tensor.dim %[[X]]
// CHECK: norm.generic iter(c = %[[SIZE]])
func.func @total(%x: tensor<?xf32>, %n: index, %y0: tensor<f32>) -> tensor<f32> {
  %y = norm.generic iter(c = %n) reduce [c] ins(%x(c) : tensor<?xf32>) outs(%y0() : tensor<f32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %s = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] : f32
    norm.yield %s : f32
  }
  return %y : tensor<f32>
}

// -----

// What depends on sums alone has a gradient where there is nothing else: of a maximum, in equal parts.
// REMARK: [Passed] Backward | Category:norm-derive-backward | Remark=most_backward, gradients=1, results=1, saved=0
// CHECK-LABEL: func @most_backward(
// CHECK: arith.cmpf oeq
// CHECK: norm.reduce sum
// CHECK: arith.divf
func.func @most(%x: tensor<8x64xf32>, %i: tensor<8xf32>) -> tensor<8xf32> {
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%i(r) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %s = norm.reduce max (%xf : !norm.field<f32, [c]>) over [c] : f32
    norm.yield %s : f32
  }
  return %y : tensor<8xf32>
}

// -----

// REMARK: [Missed] Backward | Category:norm-derive-backward | Reason="moments are merged", Remark="no gradient of merged"
func.func @merged(%n: tensor<8x4xf32>, %m: tensor<8x4xf32>, %m2: tensor<8x4xf32>, %i: tensor<8xf32>) -> tensor<8xf32> {
  %y = norm.generic iter(r = 8, c = 4) reduce [c] ins(%n(r, c) : tensor<8x4xf32>, %m(r, c) : tensor<8x4xf32>, %m2(r, c) : tensor<8x4xf32>)
      outs(%i(r) : tensor<8xf32>) {
  ^bb0(%nf: !norm.field<f32, [c]>, %mf: !norm.field<f32, [c]>, %m2f: !norm.field<f32, [c]>):
    %0, %1, %2 = norm.reduce merge_moments (%nf, %mf, %m2f : !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>) over [c] : f32, f32, f32
    norm.yield %2 : f32
  }
  return %y : tensor<8xf32>
}
// REMARK: [Missed] Backward | Category:norm-derive-backward | Reason="the derivative of math.atan is not known", Remark="no gradient of angle"
func.func @angle(%x: tensor<8xf32>, %i: tensor<8xf32>) -> tensor<8xf32> {
  %y = norm.generic iter(r = 8) reduce [] ins(%x(r) : tensor<8xf32>) outs(%i(r) : tensor<8xf32>) {
  ^bb0(%a: f32):
    %0 = math.atan %a : f32
    norm.yield %0 : f32
  }
  return %y : tensor<8xf32>
}
// REMARK: [Missed] Backward | Category:norm-derive-backward | Reason="the derivative of math.powf is known for the exponents 2, 3, 0.5 and -0.5", Remark="no gradient of fifth"
func.func @fifth(%x: tensor<8xf32>, %i: tensor<8xf32>) -> tensor<8xf32> {
  %y = norm.generic iter(r = 8) reduce [] ins(%x(r) : tensor<8xf32>) outs(%i(r) : tensor<8xf32>) {
  ^bb0(%a: f32):
    %five = arith.constant 5.0 : f32
    %0 = math.powf %a, %five : f32
    norm.yield %0 : f32
  }
  return %y : tensor<8xf32>
}
// REMARK: [Missed] Backward | Category:norm-derive-backward | Reason="no result has a gradient", Remark="no gradient of whole"
func.func @whole(%x: tensor<8xi32>, %i: tensor<8xi32>) -> tensor<8xi32> {
  %y = norm.generic iter(r = 8) reduce [] ins(%x(r) : tensor<8xi32>) outs(%i(r) : tensor<8xi32>) {
  ^bb0(%a: i32):
    %0 = arith.addi %a, %a : i32
    norm.yield %0 : i32
  }
  return %y : tensor<8xi32>
}
// REMARK: [Missed] Backward | Category:norm-derive-backward | Reason="no argument has a gradient", Remark="no gradient of numbers"
func.func @numbers(%x: tensor<8xi32>, %i: tensor<8xf32>) -> tensor<8xf32> {
  %y = norm.generic iter(r = 8) reduce [] ins(%x(r) : tensor<8xi32>) outs(%i(r) : tensor<8xf32>) {
  ^bb0(%a: i32):
    %0 = arith.sitofp %a : i32 to f32
    norm.yield %0 : f32
  }
  return %y : tensor<8xf32>
}
// REMARK: [Missed] Backward | Category:norm-derive-backward | Reason="an argument is read in two ways", Remark="no gradient of twice"
func.func @twice(%x: tensor<8x8xf32>, %i: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %y = norm.generic iter(r = 8, c = 8) reduce [c] ins(%x(r, c) : tensor<8x8xf32>, %x(c, r) : tensor<8x8xf32>) outs(%i(r, c) : tensor<8x8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %tf: !norm.field<f32, [c]>):
    %f = norm.map (%a = %xf : !norm.field<f32, [c]>, %b = %tf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %b : f32
      norm.yield %0 : f32
    }
    norm.yield %f : !norm.field<f32, [c]>
  }
  return %y : tensor<8x8xf32>
}
// REMARK: [Missed] Backward | Category:norm-derive-backward | Reason="an input is no argument of the function", Remark="no gradient of sliced"
func.func @sliced(%x: tensor<9xf32>, %i: tensor<8xf32>) -> tensor<8xf32> {
  %part = tensor.extract_slice %x[1] [8] [1] : tensor<9xf32> to tensor<8xf32>
  %y = norm.generic iter(r = 8) reduce [] ins(%part(r) : tensor<8xf32>) outs(%i(r) : tensor<8xf32>) {
  ^bb0(%a: f32):
    norm.yield %a : f32
  }
  return %y : tensor<8xf32>
}
// REMARK: [Missed] Backward | Category:norm-derive-backward | Reason="the function returns something else than its results", Remark="no gradient of passed"
func.func @passed(%x: tensor<8xf32>, %i: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
  %y = norm.generic iter(r = 8) reduce [] ins(%x(r) : tensor<8xf32>) outs(%i(r) : tensor<8xf32>) {
  ^bb0(%a: f32):
    norm.yield %a : f32
  }
  return %y, %x : tensor<8xf32>, tensor<8xf32>
}
// REMARK: [Missed] Backward | Category:norm-derive-backward | Reason="a result is returned twice", Remark="no gradient of double"
func.func @double(%x: tensor<8xf32>, %i: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
  %y = norm.generic iter(r = 8) reduce [] ins(%x(r) : tensor<8xf32>) outs(%i(r) : tensor<8xf32>) {
  ^bb0(%a: f32):
    norm.yield %a : f32
  }
  return %y, %y : tensor<8xf32>, tensor<8xf32>
}
// REMARK: [Missed] Backward | Category:norm-derive-backward | Reason="it has more than one normalization", Remark="no gradient of two"
func.func @two(%x: tensor<8xf32>, %i: tensor<8xf32>) -> tensor<8xf32> {
  %y = norm.generic iter(r = 8) reduce [] ins(%x(r) : tensor<8xf32>) outs(%i(r) : tensor<8xf32>) {
  ^bb0(%a: f32):
    norm.yield %a : f32
  }
  %z = norm.generic iter(r = 8) reduce [] ins(%y(r) : tensor<8xf32>) outs(%i(r) : tensor<8xf32>) {
  ^bb0(%a: f32):
    norm.yield %a : f32
  }
  return %z : tensor<8xf32>
}
// REMARK: [Missed] Backward | Category:norm-derive-backward | Reason="it is a tile of a larger operation", Remark="no gradient of tile"
func.func @tile(%x: tensor<8xf32>, %i: tensor<8xf32>) -> tensor<8xf32> {
  %y = norm.generic iter(r = 8 from 8) reduce [] ins(%x(r) : tensor<8xf32>) outs(%i(r) : tensor<8xf32>) {
  ^bb0(%a: f32):
    norm.yield %a : f32
  }
  return %y : tensor<8xf32>
}
// REMARK: [Missed] Backward | Category:norm-derive-backward | Reason="no operand tells the extent of n", Remark="no gradient of hidden"
func.func @hidden(%x: tensor<?x?xf32>, %n: index, %m: index, %y0: tensor<?xf32>) -> tensor<?xf32> {
  %y = norm.generic iter(r = %n, n = %n, m = %m) reduce [n, m] ins(%x(r, [n m]) : tensor<?x?xf32>) outs(%y0(r) : tensor<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [n, m]>):
    %s = norm.reduce sum (%xf : !norm.field<f32, [n, m]>) over [n, m] : f32
    norm.yield %s : f32
  }
  return %y : tensor<?xf32>
}
// REMARK: [Missed] Backward | Category:norm-derive-backward | Reason="it has memrefs, not tensors", Remark="no gradient of buffers"
func.func @buffers(%x: memref<8xf32>, %y: memref<8xf32>) {
  norm.generic iter(r = 8) reduce [] ins(%x(r) : memref<8xf32>) outs(%y(r) : memref<8xf32>) {
  ^bb0(%a: f32):
    norm.yield %a : f32
  }
  return
}
