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
// CHECK: %[[M:.*]]:3 = norm.reduce moments(%[[XF]] : !norm.field<f32, [c]>) over [c] by shifted order = <lanes = 64, segment = 4096, blocks = 64> : f32, f32, f32
// CHECK: %[[VAR:.*]] = arith.divf %[[M]]#2, %[[M]]#0 : f32
// CHECK: %[[VE:.*]] = arith.addf %[[VAR]], %[[EPS]] : f32
// CHECK: %[[R:.*]] = norm.rsqrt exact %[[VE]] : f32
// CHECK: %[[Y:.*]] = norm.map (%[[A:.*]] = %[[XF]] : {{.*}}, %[[G:.*]] = %[[W]] : {{.*}}, %[[H:.*]] = %[[B]] : {{.*}}) -> !norm.field<bf16, [c]> {
// CHECK-NEXT: %[[D:.*]] = arith.subf %[[A]], %[[M]]#1 : f32
// CHECK-NEXT: %[[DR:.*]] = arith.mulf %[[D]], %[[R]] : f32
// CHECK-NEXT: %[[S:.*]] = math.fma %[[DR]], %[[G]], %[[H]] : f32
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
// CHECK: norm.reduce dot(%[[S]]#0, %[[S]]#0 :
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
// CHECK: norm.reduce dot(
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

// Running statistics are results of the same program; 1 - momentum is taken in f32; an unbiased variance
// needs two elements. Every sample's positions are a run.
// CHECK-LABEL: func @batch_norm
// CHECK-SAME: {norm.name = "running_mean", norm.role = "running_mean"}
// CHECK-SAME: {norm.name = "new_running_mean", norm.role = "running_mean"}
// CHECK: norm.generic iter(n = %{{.*}}, c = 64, h = %{{.*}}, w = %{{.*}}) reduce [n, h, w]
// CHECK-NEXT: ins(%{{.*}}(n, c, h, w) : tensor<?x64x?x?xf16>, %{{.*}}(c) : tensor<64xf32>, %{{.*}}(c) : tensor<64xf32>, %{{.*}}(c) : tensor<64xf32>)
// CHECK-NEXT: outs(%{{.*}}(n, c, h, w) : tensor<?x64x?x?xf16>, %{{.*}}(c) : tensor<64xf32>, %{{.*}}(c) : tensor<64xf32>) min_count = 2
// CHECK: %[[M:.*]]:3 = norm.reduce moments(%{{.*}}) over [n, h, w] by shifted order = <lanes = 64, run = 2, segment = 1024, runs = 64, blocks = 64>
// CHECK: %[[VAR:.*]] = arith.divf %[[M]]#2, %[[M]]#0
// CHECK: %[[N1:.*]] = arith.subf %[[M]]#0, %{{.*}}
// CHECK: %[[UNBIASED:.*]] = arith.divf %[[M]]#2, %[[N1]]
// CHECK: arith.mulf %[[M]]#1, %{{.*}}
// CHECK: arith.mulf %[[UNBIASED]], %{{.*}}
func.func @batch_norm(%x: tensor<?x64x?x?xf16>, %w: tensor<64xf32>, %rm: tensor<64xf32>, %rv: tensor<64xf32>)
    -> (tensor<?x64x?x?xf16>, tensor<64xf32>, tensor<64xf32>) {
  %y, %nm, %nv = norm.batch_norm %x scale(%w : tensor<64xf32>) layout = channels_first eps = 1.0e-5
      running(%rm, %rv : tensor<64xf32>, tensor<64xf32>) momentum = 0.1 of batch variance = unbiased
      outs(%x, %rm, %rv : tensor<?x64x?x?xf16>, tensor<64xf32>, tensor<64xf32>) : tensor<?x64x?x?xf16>
  return %y, %nm, %nv : tensor<?x64x?x?xf16>, tensor<64xf32>, tensor<64xf32>
}

// Channels last: other accesses; neighbours in memory are other channels, so one lane.
// CHECK-LABEL: func @channels_last
// CHECK: norm.generic iter(n = 8, c = 64, w = 7) reduce [n, w]
// CHECK-NEXT: ins(%{{.*}}(n, w, c) : tensor<8x7x64xf32>)
// CHECK: order = <lanes = 1, segment = 256, blocks = 64, shift = 16>
func.func @channels_last(%x: tensor<8x7x64xf32>) -> tensor<8x7x64xf32> {
  %y = norm.batch_norm %x layout = channels_last eps = 1.0e-5
      outs(%x : tensor<8x7x64xf32>) : tensor<8x7x64xf32>
  return %y : tensor<8x7x64xf32>
}

// CHECK-LABEL: func @inference
// CHECK: norm.generic iter(n = 0, c = 64) reduce []
// CHECK-NOT: norm.reduce
// CHECK: norm.rsqrt exact
func.func @inference(%x: tensor<0x64xf32>, %m: tensor<64xf32>, %v: tensor<64xf32>) -> tensor<0x64xf32> {
  %y = norm.batch_norm_inference %x stats(%m, %v : tensor<64xf32>, tensor<64xf32>)
      layout = channels_last eps = 1.0e-5 outs(%x : tensor<0x64xf32>) : tensor<0x64xf32>
  return %y : tensor<0x64xf32>
}

// CHECK-LABEL: func @instance_norm
// CHECK: norm.generic iter(n = %{{.*}}, c = 3, d = 4, h = 5, w = 6) reduce [d, h, w]
// CHECK: outs(%{{.*}}(n, c, d, h, w) : {{.*}}, %{{.*}}(n, c) : tensor<?x3xf32>, %{{.*}}(n, c) : tensor<?x3xf32>)
// CHECK: order = <lanes = 64, segment = 1024, blocks = 64>
func.func @instance_norm(%x: tensor<?x3x4x5x6xf32>, %s: tensor<?x3xf32>)
    -> (tensor<?x3x4x5x6xf32>, tensor<?x3xf32>, tensor<?x3xf32>) {
  %y, %m, %v = norm.instance_norm %x layout = channels_first eps = 1.0e-5 saved = variance
      outs(%x, %s, %s : tensor<?x3x4x5x6xf32>, tensor<?x3xf32>, tensor<?x3xf32>) : tensor<?x3x4x5x6xf32>
  return %y, %m, %v : tensor<?x3x4x5x6xf32>, tensor<?x3xf32>, tensor<?x3xf32>
}

// The channels of a group are split by the access, without a reshape.
// CHECK-LABEL: func @group_norm
// CHECK: norm.generic iter(n = %{{.*}}, g = 32, h = 8, w = 8, c = 2) reduce [h, w, c]
// CHECK-NEXT: ins(%{{.*}}(n, h, w, [g c]) : tensor<?x8x8x64xf32>, %{{.*}}([g c]) : tensor<64xf32>)
func.func @group_norm(%x: tensor<?x8x8x64xf32>, %w: tensor<64xf32>) -> tensor<?x8x8x64xf32> {
  %y = norm.group_norm %x scale(%w : tensor<64xf32>) groups = 32 layout = channels_last eps = 1.0e-6
      outs(%x : tensor<?x8x8x64xf32>) : tensor<?x8x8x64xf32>
  return %y : tensor<?x8x8x64xf32>
}

// dscale and dbias are summed over the rows from zero, in f32, in blocks.
// CHECK-LABEL: func @layer_norm_backward
// CHECK-SAME: {norm.name = "dy", norm.role = "dy"}
// CHECK-SAME: {norm.name = "dx", norm.role = "dx"}
// CHECK: %[[ZERO:.*]] = linalg.fill
// CHECK: norm.generic
// CHECK: acc <lanes = 1, segment = 64, blocks = 64> : tensor<64xf32>
// CHECK: norm.reduce dot
// CHECK: norm.reduce sum
// CHECK: math.fma
func.func @layer_norm_backward(%dy: tensor<?x64xbf16>, %x: tensor<?x64xbf16>, %w: tensor<64xf32>,
                               %m: tensor<?xf32>, %r: tensor<?xf32>)
    -> (tensor<?x64xbf16>, tensor<64xf32>) {
  %dx, %dw = norm.layer_norm_backward %dy, %x stats(%m, %r : tensor<?xf32>, tensor<?xf32>)
      scale(%w : tensor<64xf32>) axes = [1] gradients = [input, scale]
      outs(%dy, %w : tensor<?x64xbf16>, tensor<64xf32>) : tensor<?x64xbf16>, tensor<?x64xbf16>
  return %dx, %dw : tensor<?x64xbf16>, tensor<64xf32>
}

// The sums over space are fields over the group's channels: dscale of a sample, and, weighted with scale,
// the group's means.
// CHECK-LABEL: func @group_norm_backward
// CHECK: norm.generic iter(n = 4, g = 8, c = 8, h = 5, w = 5) reduce [c, h, w]
// CHECK: norm.reduce dot(%{{.*}}, %{{.*}} : !norm.field<f32, [c, h, w]>, !norm.field<f32, [c, h, w]>) over [h, w] order = <lanes = 64, segment = 4096, blocks = 64> : !norm.field<f32, [c]>
// CHECK: norm.reduce sum(%{{.*}} : !norm.field<f32, [c]>) over [c] order = <lanes = 64, segment = 4096, blocks = 64> : f32
func.func @group_norm_backward(%dy: tensor<4x64x5x5xf32>, %x: tensor<4x64x5x5xf32>, %w: tensor<64xf32>,
                               %m: tensor<4x8xf32>, %r: tensor<4x8xf32>)
    -> (tensor<4x64x5x5xf32>, tensor<64xf32>, tensor<64xf32>) {
  %dx, %dw, %db = norm.group_norm_backward %dy, %x stats(%m, %r : tensor<4x8xf32>, tensor<4x8xf32>)
      scale(%w : tensor<64xf32>) groups = 8 layout = channels_first gradients = [input, scale, bias]
      outs(%dy, %w, %w : tensor<4x64x5x5xf32>, tensor<64xf32>, tensor<64xf32>)
      : tensor<4x64x5x5xf32>, tensor<4x64x5x5xf32>
  return %dx, %dw, %db : tensor<4x64x5x5xf32>, tensor<64xf32>, tensor<64xf32>
}

// A channel's gradients are its group's: no sum over groups.
// CHECK-LABEL: func @batch_norm_backward
// CHECK-NOT: acc
// CHECK: norm.reduce sum(%{{.*}}) over [n, h, w] order = <lanes = 64, run = 2, segment = 1024, runs = 64, blocks = 64> : f32
func.func @batch_norm_backward(%dy: tensor<4x64x5x5xf32>, %x: tensor<4x64x5x5xf32>, %w: tensor<64xf32>)
    -> (tensor<4x64x5x5xf32>, tensor<64xf32>) {
  %dx, %dw = norm.batch_norm_backward %dy, %x stats(%w, %w : tensor<64xf32>, tensor<64xf32>)
      layout = channels_first gradients = [input, scale]
      outs(%dy, %w : tensor<4x64x5x5xf32>, tensor<64xf32>) : tensor<4x64x5x5xf32>, tensor<4x64x5x5xf32>
  return %dx, %dw : tensor<4x64x5x5xf32>, tensor<64xf32>
}

// CHECK-LABEL: func @frozen
// CHECK: norm.generic iter(n = 0, c = 64, w = 5) reduce [w]
// CHECK: acc <lanes = 1, segment = 64, blocks = 64>
func.func @frozen(%dy: tensor<0x64x5xf32>, %w: tensor<64xf32>) -> (tensor<0x64x5xf32>, tensor<64xf32>) {
  %dx, %dw = norm.batch_norm_inference_backward %dy, %dy stats(%w, %w : tensor<64xf32>, tensor<64xf32>)
      layout = channels_first eps = 1.0e-5 gradients = [input, scale]
      outs(%dy, %w : tensor<0x64x5xf32>, tensor<64xf32>) : tensor<0x64x5xf32>, tensor<0x64x5xf32>
  return %dx, %dw : tensor<0x64x5xf32>, tensor<64xf32>
}
