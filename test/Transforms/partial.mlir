// RUN: norm-opt %s --split-input-file --norm-partial | FileCheck %s
// RUN: norm-opt %s --split-input-file --norm-partial --remarks-filter=norm-partial -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: norm-opt %s --split-input-file --norm-partial --canonicalize --norm-reference-pipeline -o /dev/null
// RUN: norm-opt %s --split-input-file --norm-partial --norm-nvgpu-pipeline=chip=sm_90 -o /dev/null
// RUN: norm-opt %s --split-input-file --norm-partial | FileCheck %s --check-prefix=ORDER

// Moments: what a rank has, the ranks' merged, and the rest. The number of elements is an argument.

// REMARK: remark: [Passed] Partial | Category:norm-partial | Remark="centred in parts", exchanges=1, statistics=2
// CHECK-LABEL: func.func @centred_partial(
// CHECK-SAME: %[[X:.*]]: tensor<?x64xf32> {norm.name = "x", norm.role = "input"}) ->
// CHECK-SAME: (tensor<?xf32> {norm.name = "partial_mean", norm.role = "partial_mean"}, tensor<?xf32> {norm.name = "partial_m2", norm.role = "partial_m2"})
// CHECK: norm.generic iter(r = %{{.*}}, c = 64) reduce [c]
// CHECK-NEXT: ins(%[[X]](r, c) : tensor<?x64xf32>)
// CHECK-NEXT: outs(%{{.*}}(r) : tensor<?xf32>, %{{.*}}(r) : tensor<?xf32>) {
// CHECK: %[[MOMENTS:.*]]:3 = norm.reduce moments
// CHECK-NEXT: norm.yield %[[MOMENTS]]#1, %[[MOMENTS]]#2 : f32, f32
// CHECK-LABEL: func.func @centred_merge(
// CHECK-SAME: %[[MEANS:.*]]: tensor<?x?xf32> {norm.name = "partial_mean", norm.role = "partial_mean"}
// CHECK-SAME: %[[M2S:.*]]: tensor<?x?xf32> {norm.name = "partial_m2", norm.role = "partial_m2"}
// CHECK-SAME: %[[COUNTS:.*]]: tensor<?xi64> {norm.name = "counts", norm.role = "counts"}) ->
// CHECK-SAME: (tensor<?xf32> {norm.name = "merged_mean", norm.role = "mean"}, tensor<?xf32> {norm.name = "merged_m2", norm.role = "m2"}, tensor<i64> {norm.name = "count", norm.role = "count"})
// CHECK: norm.generic iter(p = %{{.*}}, r = %{{.*}}) reduce [p]
// CHECK-NEXT: ins(%[[MEANS]](p, r) : tensor<?x?xf32>, %[[M2S]](p, r) : tensor<?x?xf32>, %[[COUNTS]](p) : tensor<?xi64>)
// CHECK: arith.sitofp %{{.*}} : i64 to f32
// CHECK: norm.reduce merge_moments({{.*}}) over [p] order = <lanes = 1> : f32, f32, f32
// CHECK: norm.reduce sum(%{{.*}} : !norm.field<i64, [p]>) over [p]
// CHECK-LABEL: func.func @centred_apply(
// CHECK-SAME: %{{.*}}: tensor<?x64xf32> {norm.name = "x", norm.role = "input"}, %{{.*}}: tensor<64xf32> {norm.name = "arg1"}
// CHECK-SAME: norm.name = "merged_mean", norm.role = "mean"{{.*}}norm.name = "merged_m2", norm.role = "m2"{{.*}}tensor<i64> {norm.name = "count", norm.role = "count"}) ->
// CHECK-SAME: (tensor<?x64xf32> {norm.layout = "contiguous", norm.name = "result0"}, tensor<?xf32> {norm.name = "mean", norm.role = "mean"})
// CHECK: ^bb0(%{{.*}}: !norm.field<f32, [c]>, %{{.*}}: !norm.field<f32, [c]>, %[[COUNT:.*]]: i64, %[[MEAN:.*]]: f32, %[[M2:.*]]: f32):
// CHECK: %[[N:.*]] = arith.sitofp %[[COUNT]] : i64 to f32
// CHECK: arith.divf %[[M2]], %[[N]] : f32
// CHECK: norm.yield %{{.*}}, %[[MEAN]] : !norm.field<f32, [c]>, f32
// CHECK-NOT: func.func @centred(

// ORDER: @centred_partial
// ORDER: @centred_merge
// ORDER: @centred_apply
// ORDER: @quantized_partial(
// ORDER: @quantized_merge(
// ORDER: @quantized_partial2(
// ORDER: @quantized_merge2(
// ORDER: @quantized_apply(
func.func @centred(%x: tensor<?x64xf32> {norm.name = "x", norm.role = "input"}, %w: tensor<64xf32>)
    -> (tensor<?x64xf32> {norm.layout = "contiguous"}, tensor<?xf32> {norm.name = "mean", norm.role = "mean"})
    attributes {norm.partial = ["c"]} {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x64xf32>
  %y0 = tensor.empty(%rows) : tensor<?x64xf32>
  %m0 = tensor.empty(%rows) : tensor<?xf32>
  %y:2 = norm.generic iter(r = %rows, c = 64) reduce [c]
      ins(%x(r, c) : tensor<?x64xf32>, %w(c) : tensor<64xf32>) outs(%y0(r, c) : tensor<?x64xf32>, %m0(r) : tensor<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %wf: !norm.field<f32, [c]>):
    %n, %mean, %m2 = norm.reduce moments (%xf : !norm.field<f32, [c]>) over [c] by two_pass order = <lanes = 16> : f32, f32, f32
    %v = arith.divf %m2, %n : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [c]>, %g = %wf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.subf %a, %mean : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %1, %g : f32
      norm.yield %2 : f32
    }
    norm.yield %yf, %mean : !norm.field<f32, [c]>, f32
  }
  return %y#0, %y#1 : tensor<?x64xf32>, tensor<?xf32>
}

// -----

// A maximum of what needs a sum: two exchanges. A rank without elements adds nothing, whatever it has.

// REMARK: Remark="quantized in parts", exchanges=2, statistics=2
// CHECK-LABEL: func.func @quantized_partial(
// CHECK-SAME: %{{.*}}: tensor<?x?xf32> {norm.name = "arg0"}) -> (tensor<?xf32> {norm.name = "partial_dot"
// CHECK-LABEL: func.func @quantized_merge(
// CHECK: %[[EMPTY:.*]] = arith.cmpi eq, %{{.*}}, %{{.*}} : i64
// CHECK: arith.select %[[EMPTY]], %cst{{.*}}, %{{.*}} : f32
// CHECK: norm.reduce sum(
// CHECK-LABEL: func.func @quantized_partial2(
// CHECK-SAME: norm.name = "arg0"{{.*}}norm.name = "merged_dot", norm.role = "dot"{{.*}}norm.name = "count", norm.role = "count"}) -> (tensor<?xf32> {norm.name = "partial_max"
// CHECK-NOT: norm.reduce dot
// CHECK: norm.reduce max(
// CHECK-LABEL: func.func @quantized_merge2(
// CHECK-SAME: norm.name = "partial_max"{{.*}}norm.name = "counts", norm.role = "counts"}) -> (tensor<?xf32> {norm.name = "merged_max", norm.role = "max"}) {
// CHECK: arith.constant 0xFF800000 : f32
// CHECK: norm.reduce max({{.*}}) over [p] order = <lanes = 1> : f32
// CHECK-LABEL: func.func @quantized_apply(
// CHECK-SAME: "merged_dot"{{.*}}"merged_max"{{.*}}"count"
// CHECK-NOT: norm.reduce
// CHECK: return
func.func @quantized(%x: tensor<?x?xf32>) -> (tensor<?x?xf32>, tensor<?xf32>) attributes {norm.partial = ["c"]} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %columns = tensor.dim %x, %c1 : tensor<?x?xf32>
  %y0 = tensor.empty(%rows, %columns) : tensor<?x?xf32>
  %m0 = tensor.empty(%rows) : tensor<?xf32>
  %y:2 = norm.generic iter(r = %rows, c = %columns) reduce [c]
      ins(%x(r, c) : tensor<?x?xf32>) outs(%y0(r, c) : tensor<?x?xf32>, %m0(r) : tensor<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %dot = norm.reduce dot (%xf, %xf : !norm.field<f32, [c]>, !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %n = norm.count [c] : f32
    %mean = arith.divf %dot, %n : f32
    %r = norm.rsqrt exact %mean : f32
    %yf, %abs = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %r : f32
      %1 = math.absf %0 : f32
      norm.yield %0, %1 : f32, f32
    }
    %max = norm.reduce max (%abs : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %q = norm.map (%a = %yf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.divf %a, %max : f32
      norm.yield %0 : f32
    }
    norm.yield %q, %max : !norm.field<f32, [c]>, f32
  }
  return %y#0, %y#1 : tensor<?x?xf32>, tensor<?xf32>
}

// -----

// Statistics of a part of a group: sums of a channel, whose number of elements follows from that of the group. The channels
// are groups of the part. What needs no other sum goes with the one that does.

// REMARK: Remark="channels in parts", exchanges=2, statistics=4
// CHECK-LABEL: func.func @channels_partial(
// CHECK-SAME: -> (tensor<?xf32> {norm.name = "partial_mean"
// CHECK: reduce [c, h]
// CHECK-LABEL: func.func @channels_merge(
// CHECK-LABEL: func.func @channels_partial2(
// CHECK-SAME: -> (tensor<?x8xf32> {norm.name = "partial_sum", norm.role = "partial_sum"}, tensor<?x8xf32> {norm.name = "partial_sum2", norm.role = "partial_sum"})
// CHECK: iter(n = %{{.*}}, c = 8, h = %{{.*}}) reduce [h]
// CHECK-LABEL: func.func @channels_merge2(
// CHECK: iter(p = %{{.*}}, n = %{{.*}}, c = 8) reduce [p]
// CHECK-LABEL: func.func @channels_apply(
// CHECK: %[[ALL:.*]] = arith.sitofp %{{.*}} : i64 to f64
// CHECK: %[[C:.*]] = norm.count [c] : f64
// CHECK: %[[H:.*]] = arith.divf %[[ALL]], %[[C]] : f64
// CHECK: arith.truncf %[[H]] : f64 to f32
func.func @channels(%x: tensor<?x8x?xf32>) -> tensor<?x8xf32> attributes {norm.partial = ["h"]} {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %samples = tensor.dim %x, %c0 : tensor<?x8x?xf32>
  %height = tensor.dim %x, %c2 : tensor<?x8x?xf32>
  %y0 = tensor.empty(%samples) : tensor<?x8xf32>
  %y = norm.generic iter(n = %samples, c = 8, h = %height) reduce [c, h]
      ins(%x(n, c, h) : tensor<?x8x?xf32>) outs(%y0(n, c) : tensor<?x8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c, h]>):
    %own = norm.reduce sum (%xf : !norm.field<f32, [c, h]>) over [h] order = <lanes = 16> : !norm.field<f32, [c]>
    %n, %mean, %m2 = norm.reduce moments (%xf : !norm.field<f32, [c, h]>) over [c, h] by two_pass order = <lanes = 16> : f32, f32, f32
    %d = norm.map (%a = %xf : !norm.field<f32, [c, h]>) -> !norm.field<f32, [c, h]> {
      %0 = arith.subf %a, %mean : f32
      norm.yield %0 : f32
    }
    %sum = norm.reduce sum (%d : !norm.field<f32, [c, h]>) over [h] order = <lanes = 16> : !norm.field<f32, [c]>
    %k = norm.count [h] : f32
    %v = arith.mulf %m2, %n : f32
    %yf = norm.map (%a = %sum : !norm.field<f32, [c]>, %b = %own : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.divf %a, %k : f32
      %1 = arith.addf %0, %b : f32
      %2 = arith.addf %1, %v : f32
      norm.yield %2 : f32
    }
    norm.yield %yf : !norm.field<f32, [c]>
  }
  return %y : tensor<?x8xf32>
}

// -----

// Positions along a divided dimension begin where a rank's part does; without sums there is nothing to exchange.

// REMARK: Remark="positions in parts", exchanges=0, statistics=0
// CHECK-NOT: @positions_partial
// CHECK-LABEL: func.func @positions_apply(
// CHECK-SAME: %{{.*}}: tensor<?xf32> {norm.name = "arg0"}, %{{.*}}: tensor<i64> {norm.name = "offset_r", norm.role = "offset"})
// CHECK: %[[OFFSET:.*]] = arith.index_cast %{{.*}} : i64 to index
// CHECK: %[[OWN:.*]] = norm.index r
// CHECK: arith.addi %[[OWN]], %[[OFFSET]] : index
func.func @positions(%x: tensor<?xf32>) -> tensor<?xf32> attributes {norm.partial = ["r"]} {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?xf32>
  %y0 = tensor.empty(%rows) : tensor<?xf32>
  %y = norm.generic iter(r = %rows) reduce [] ins(%x(r) : tensor<?xf32>) outs(%y0(r) : tensor<?xf32>) {
  ^bb0(%a: f32):
    %row = norm.index r
    %0 = arith.index_cast %row : index to i64
    %1 = arith.sitofp %0 : i64 to f32
    %2 = arith.addf %a, %1 : f32
    norm.yield %2 : f32
  }
  return %y : tensor<?xf32>
}

// -----

// Rows are divided, and no sum is over them: a gradient of the scale is each rank's addend.

// REMARK: remark: [Missed] Partial | Category:norm-partial | Reason="nothing in it goes beyond a rank's part", Remark="rows stays whole"
// CHECK: func.func @rows(
func.func @rows(%x: tensor<?x64xf32>, %d0: tensor<64xf32>) -> tensor<64xf32> attributes {norm.partial = ["r"]} {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x64xf32>
  %d = norm.generic iter(r = %rows, c = 64) reduce [c]
      ins(%x(r, c) : tensor<?x64xf32>) outs(%d0(c) acc <lanes = 1> : tensor<64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %df = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %sum : f32
      norm.yield %0 : f32
    }
    norm.yield %df : !norm.field<f32, [c]>
  }
  return %d : tensor<64xf32>
}

// -----

// An empty list leaves a function whole, whatever the others are divided along.

// CHECK: func.func @whole(
// CHECK-NOT: norm.partial
func.func @whole(%x: tensor<8x64xf32>, %y0: tensor<8xf32>) -> tensor<8xf32> attributes {norm.partial = []} {
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>) outs(%y0(r) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return %y : tensor<8xf32>
}
