// RUN: norm-opt %s --norm-generalize --canonicalize | FileCheck %s

// Rounding points, the order of operations and names are in the text: statistics in f32, eps added in
// f32, the exact root, (x - mean) * r * scale + bias, one rounding at the end.
// CHECK-LABEL: func @layer_norm
// CHECK-SAME: tensor<?x64xbf16> {norm.name = "x", norm.role = "input"}
// CHECK-SAME: tensor<64xf32> {norm.name = "gamma", norm.role = "scale"}
// CHECK-SAME: tensor<64xf32> {norm.name = "bias", norm.role = "bias"}
// CHECK-SAME: -> (tensor<?x64xbf16> {norm.name = "y", norm.role = "output"},
// CHECK-SAME: tensor<?xf32> {norm.name = "mean", norm.role = "mean"}, tensor<?xf32> {norm.name = "rstd", norm.role = "rstd"})
// CHECK: %[[ROWS:.*]] = tensor.dim
// CHECK: norm.generic iter(r = %[[ROWS]], c = 64) reduce [c]
// CHECK-NEXT: ins(%{{.*}}(r, c) : tensor<?x64xbf16>, %{{.*}}(c) : tensor<64xf32>, %{{.*}}(c) : tensor<64xf32>)
// CHECK-NEXT: outs(%{{.*}}(r, c) : tensor<?x64xbf16>, %{{.*}}(r) : tensor<?xf32>, %{{.*}}(r) : tensor<?xf32>) {
// CHECK: ^bb0(%[[X:.*]]: !norm.field<bf16, [c]>, %[[W:.*]]: !norm.field<f32, [c]>, %[[B:.*]]: !norm.field<f32, [c]>):
// CHECK: %[[EPS:.*]] = arith.constant 9.99999974E-6 : f32
// CHECK: %[[XF:.*]] = norm.map (%[[A:.*]] = %[[X]] : !norm.field<bf16, [c]>) -> !norm.field<f32, [c]> {
// CHECK-NEXT: arith.extf %[[A]] : bf16 to f32
// CHECK: %[[M:.*]]:3 = norm.reduce moments(%[[XF]] : !norm.field<f32, [c]>) over [c] by two_pass order = <lanes = 16> : f32, f32, f32
// CHECK: %[[VAR:.*]] = arith.divf %[[M]]#2, %[[M]]#0 : f32
// CHECK: %[[VE:.*]] = arith.addf %[[VAR]], %[[EPS]] : f32
// CHECK: %[[R:.*]] = norm.rsqrt exact %[[VE]] : f32
// CHECK: %[[Y:.*]] = norm.map (%[[A:.*]] = %[[XF]] : {{.*}}, %[[G:.*]] = %[[W]] : {{.*}}, %[[H:.*]] = %[[B]] : {{.*}}) -> !norm.field<bf16, [c]> {
// CHECK-NEXT: %[[D:.*]] = arith.subf %[[A]], %[[M]]#1 : f32
// CHECK-NEXT: %[[DR:.*]] = arith.mulf %[[D]], %[[R]] : f32
// CHECK-NEXT: %[[DRG:.*]] = arith.mulf %[[DR]], %[[G]] : f32
// CHECK-NEXT: %[[S:.*]] = arith.addf %[[DRG]], %[[H]] : f32
// CHECK-NEXT: arith.truncf %[[S]] : f32 to bf16
// CHECK: norm.yield %[[Y]], %[[M]]#1, %[[R]]
func.func @layer_norm(%x: tensor<?x64xbf16>, %w: tensor<64xf32> {norm.name = "gamma"},
                      %b: tensor<64xf32>, %y0: tensor<?x64xbf16>, %m0: tensor<?xf32>,
                      %r0: tensor<?xf32>) -> (tensor<?x64xbf16>, tensor<?xf32>, tensor<?xf32>) {
  %y, %m, %r = norm.layer_norm %x scale(%w : tensor<64xf32>) bias(%b : tensor<64xf32>) axes = [1]
      eps = 1.0e-5 outs(%y0, %m0, %r0 : tensor<?x64xbf16>, tensor<?xf32>, tensor<?xf32>)
      : tensor<?x64xbf16>
  return %y, %m, %r : tensor<?x64xbf16>, tensor<?xf32>, tensor<?xf32>
}

// Several axes; a size known from scale only; eps and half a row at run time.
// CHECK-LABEL: func @axes
// CHECK: norm.generic iter(r0 = 2, r1 = %{{.*}}, c0 = 4, c1 = 8) reduce [c0, c1]
// CHECK-NEXT: ins(%{{.*}}(r0, r1, c0, c1) : tensor<2x?x?x8xf64>, %{{.*}}(c0, c1) : tensor<4x8xf32>, %{{.*}}() : tensor<f64>)
// CHECK: norm.reduce moments(%{{.*}} : !norm.field<f64, [c0, c1]>) over [c0, c1]
// CHECK: arith.extf %{{.*}} : f32 to f64
// CHECK-NOT: truncf
func.func @axes(%x: tensor<2x?x?x8xf64>, %w: tensor<4x8xf32>, %eps: tensor<f64>)
    -> tensor<2x?x?x8xf64> {
  %y = norm.layer_norm %x scale(%w : tensor<4x8xf32>) axes = [2, 3] eps(%eps : tensor<f64>)
      outs(%x : tensor<2x?x?x8xf64>) : tensor<2x?x?x8xf64>
  return %y : tensor<2x?x?x8xf64>
}

// Hugging Face: what is multiplied by the scale is rounded first; the sum is rounded and kept.
// CHECK-LABEL: func @hf
// CHECK: %[[S:.*]]:2 = norm.map (%[[A:.*]] = %{{.*}}, %[[B:.*]] = %{{.*}}) -> !norm.field<f32, [c]>, !norm.field<bf16, [c]> {
// CHECK: %[[SUM:.*]] = arith.addf
// CHECK: %[[T:.*]] = arith.truncf %[[SUM]] : f32 to bf16
// CHECK: %[[E:.*]] = arith.extf %[[T]] : bf16 to f32
// CHECK: norm.yield %[[E]], %[[T]] : f32, bf16
// CHECK: norm.reduce sum(
// CHECK: norm.map (%[[A:.*]] = %[[S]]#0 : {{.*}}, %[[W:.*]] = %{{.*}} : {{.*}}) -> !norm.field<bf16, [c]> {
// CHECK-NEXT: %[[N:.*]] = arith.mulf %[[A]], %{{.*}} : f32
// CHECK-NEXT: %[[NT:.*]] = arith.truncf %[[N]] : f32 to bf16
// CHECK-NEXT: %[[NE:.*]] = arith.extf %[[NT]] : bf16 to f32
// CHECK-NEXT: %[[WE:.*]] = arith.extf %[[W]] : bf16 to f32
// CHECK-NEXT: %[[Y:.*]] = arith.mulf %[[NE]], %[[WE]] : f32
// CHECK-NEXT: %[[YT:.*]] = arith.truncf %[[Y]] : f32 to bf16
// CHECK-NEXT: norm.yield %[[YT]] : bf16
// CHECK: norm.yield %{{.*}}, %[[S]]#1
func.func @hf(%x: tensor<8x64xbf16>, %res: tensor<8x64xbf16>, %w: tensor<64xbf16>,
              %y0: tensor<8x64xbf16>) -> (tensor<8x64xbf16>, tensor<8x64xbf16>) {
  %y, %s = norm.rms_norm %x residual(%res : tensor<8x64xbf16>) scale(%w : tensor<64xbf16>)
      axes = [1] eps = 1.0e-6 rounding = normalized residual_sum = rounded keep_sum
      outs(%y0, %y0 : tensor<8x64xbf16>, tensor<8x64xbf16>) : tensor<8x64xbf16>
  return %y, %s : tensor<8x64xbf16>, tensor<8x64xbf16>
}

// Gated, groups inside the row, the gate before the statistics; Gemma's 1 is added in f32.
// CHECK-LABEL: func @gated
// CHECK: norm.generic iter(r = %{{.*}}, g = 4, c = %{{.*}}) reduce [c]
// CHECK-NEXT: ins(%{{.*}}(r, [g c]) : tensor<?x?xf16>, %{{.*}}([g c]) : tensor<?xf16>, %{{.*}}(r, [g c]) : tensor<?x?xf32>)
// CHECK-NEXT: outs(%{{.*}}(r, [g c]) : tensor<?x?xf16>, %{{.*}}(r, g) : tensor<?x4xf32>) {
// CHECK: math.exp
// CHECK: norm.reduce sum(
// CHECK: norm.rsqrt approx
// CHECK: arith.mulf
// CHECK: %[[W:.*]] = arith.extf %{{.*}} : f16 to f32
// CHECK: arith.addf %[[W]], %cst{{.*}} : f32
func.func @gated(%x: tensor<?x?xf16>, %w: tensor<?xf16>, %z: tensor<?x?xf32>, %r0: tensor<?x4xf32>)
    -> (tensor<?x?xf16>, tensor<?x4xf32>) {
  %y, %r = norm.rms_norm %x scale(%w : tensor<?xf16>) gate(%z : tensor<?x?xf32>) axes = [1]
      eps = 1.0e-6 weight_offset = 1.0 gating = before groups = 4 rsqrt = approx
      outs(%x, %r0 : tensor<?x?xf16>, tensor<?x4xf32>) : tensor<?x?xf16>
  return %y, %r : tensor<?x?xf16>, tensor<?x4xf32>
}
