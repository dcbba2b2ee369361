// RUN: norm-opt %s --norm-generalize=leave-orders --norm-fuse --canonicalize | FileCheck %s
// RUN: norm-opt %s --norm-generalize=leave-orders --norm-fuse --canonicalize --norm-derive-backward | FileCheck %s --check-prefix=BACKWARD

// What stands before a normalization becomes a part of its program: one program, and nothing beside it.

#rows = affine_map<(r, c) -> (r, c)>
#column = affine_map<(r, c) -> (c)>
#row = affine_map<(r, c) -> (r)>
#number = affine_map<(r, c) -> ()>
#tokens = affine_map<(b, t, c) -> (b, t, c)>
#sample = affine_map<(b, t, c) -> (b, c)>
#image = affine_map<(n, c, h, w) -> (n, c, h, w)>
#channel = affine_map<(n, c, h, w) -> (c)>

// The sum is a result too.
// CHECK-LABEL: func.func @residual
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @residual(%x: tensor<6x48xf32>, %r: tensor<6x48xf32>, %w: tensor<48xf32>) -> (tensor<6x48xf32>, tensor<6x48xf32>) {
  %s_0 = tensor.empty() : tensor<6x48xf32>
  %s = linalg.generic {indexing_maps = [#rows, #rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%x, %r : tensor<6x48xf32>, tensor<6x48xf32>) outs(%s_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.addf %a, %b : f32
    linalg.yield %0 : f32
  } -> tensor<6x48xf32>
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.rms_norm %s scale(%w : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  return %y, %s : tensor<6x48xf32>, tensor<6x48xf32>
}

// CHECK-LABEL: func.func @residual_rounded
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @residual_rounded(%x: tensor<6x48xbf16>, %r: tensor<6x48xbf16>, %w: tensor<48xbf16>) -> (tensor<6x48xbf16>, tensor<6x48xbf16>) {
  %s_0 = tensor.empty() : tensor<6x48xbf16>
  %s = linalg.generic {indexing_maps = [#rows, #rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%x, %r : tensor<6x48xbf16>, tensor<6x48xbf16>) outs(%s_0 : tensor<6x48xbf16>) {
  ^bb0(%a: bf16, %b: bf16, %o: bf16):
    %0 = arith.addf %a, %b : bf16
    linalg.yield %0 : bf16
  } -> tensor<6x48xbf16>
  %y_0 = tensor.empty() : tensor<6x48xbf16>
  %y = norm.rms_norm %s scale(%w : tensor<48xbf16>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xbf16>) : tensor<6x48xbf16>
  return %y, %s : tensor<6x48xbf16>, tensor<6x48xbf16>
}

// CHECK-LABEL: func.func @two_residuals
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @two_residuals(%x: tensor<6x48xf32>, %p: tensor<6x48xf32>, %q: tensor<6x48xf32>, %w: tensor<48xf32>) -> tensor<6x48xf32> {
  %s_0 = tensor.empty() : tensor<6x48xf32>
  %s = linalg.generic {indexing_maps = [#rows, #rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%x, %p : tensor<6x48xf32>, tensor<6x48xf32>) outs(%s_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.addf %a, %b : f32
    linalg.yield %0 : f32
  } -> tensor<6x48xf32>
  %t_0 = tensor.empty() : tensor<6x48xf32>
  %t = linalg.generic {indexing_maps = [#rows, #rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%s, %q : tensor<6x48xf32>, tensor<6x48xf32>) outs(%t_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.addf %a, %b : f32
    linalg.yield %0 : f32
  } -> tensor<6x48xf32>
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.layer_norm %t scale(%w : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  return %y : tensor<6x48xf32>
}

// CHECK-LABEL: func.func @bias
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @bias(%x: tensor<6x48xf32>, %v: tensor<48xf32>, %w: tensor<48xf32>) -> tensor<6x48xf32> {
  %s_0 = tensor.empty() : tensor<6x48xf32>
  %s = linalg.generic {indexing_maps = [#rows, #column, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%x, %v : tensor<6x48xf32>, tensor<48xf32>) outs(%s_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.addf %a, %b : f32
    linalg.yield %0 : f32
  } -> tensor<6x48xf32>
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.layer_norm %s scale(%w : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  return %y : tensor<6x48xf32>
}

// CHECK-LABEL: func.func @casts
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @casts(%x: tensor<6x48xbf16>, %w: tensor<48xf32>) -> tensor<6x48xbf16> {
  %s_0 = tensor.empty() : tensor<6x48xf32>
  %s = linalg.generic {indexing_maps = [#rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<6x48xbf16>) outs(%s_0 : tensor<6x48xf32>) {
  ^bb0(%a: bf16, %o: f32):
    %0 = arith.extf %a : bf16 to f32
    linalg.yield %0 : f32
  } -> tensor<6x48xf32>
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.layer_norm %s scale(%w : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  %z_0 = tensor.empty() : tensor<6x48xbf16>
  %z = linalg.generic {indexing_maps = [#rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%y : tensor<6x48xf32>) outs(%z_0 : tensor<6x48xbf16>) {
  ^bb0(%a: f32, %o: bf16):
    %0 = arith.truncf %a : f32 to bf16
    linalg.yield %0 : bf16
  } -> tensor<6x48xbf16>
  return %z : tensor<6x48xbf16>
}

// CHECK-LABEL: func.func @scaled
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @scaled(%x: tensor<6x48xf32>, %w: tensor<48xf32>) -> tensor<6x48xf32> {
  %k = arith.constant 6.928203 : f32
  %s_0 = tensor.empty() : tensor<6x48xf32>
  %s = linalg.generic {indexing_maps = [#rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<6x48xf32>) outs(%s_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = arith.mulf %a, %k : f32
    linalg.yield %0 : f32
  } -> tensor<6x48xf32>
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.rms_norm %s scale(%w : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  return %y : tensor<6x48xf32>
}

// Dropout with a mask, and the residual stream.
// CHECK-LABEL: func.func @dropout_mask
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @dropout_mask(%x: tensor<6x48xf32>, %m: tensor<6x48xi1>, %r: tensor<6x48xf32>, %w: tensor<48xf32>) -> (tensor<6x48xf32>, tensor<6x48xf32>) {
  %zero = arith.constant 0.0 : f32
  %k = arith.constant 1.25 : f32
  %d_0 = tensor.empty() : tensor<6x48xf32>
  %d = linalg.generic {indexing_maps = [#rows, #rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%x, %m : tensor<6x48xf32>, tensor<6x48xi1>) outs(%d_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %keep: i1, %o: f32):
    %0 = arith.mulf %a, %k : f32
    %1 = arith.select %keep, %0, %zero : f32
    linalg.yield %1 : f32
  } -> tensor<6x48xf32>
  %s_0 = tensor.empty() : tensor<6x48xf32>
  %s = linalg.generic {indexing_maps = [#rows, #rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%d, %r : tensor<6x48xf32>, tensor<6x48xf32>) outs(%s_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.addf %a, %b : f32
    linalg.yield %0 : f32
  } -> tensor<6x48xf32>
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.rms_norm %s scale(%w : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  return %y, %s : tensor<6x48xf32>, tensor<6x48xf32>
}

// Dropout by a counter: no mask is stored, and the gradient makes the bits again.
// CHECK-LABEL: func.func @dropout_seed
// CHECK: norm.generic iter([[R:[a-z]+]] = 6, [[C:[a-z]+]] = 48)
// CHECK: norm.map
// CHECK: [[ROW:%.*]] = norm.index [[R]]
// CHECK: [[COLUMN:%.*]] = norm.index [[C]]
// CHECK: norm.random({{.*}}) at([[ROW]], [[COLUMN]]) : i32
// BACKWARD: func.func @dropout_seed_backward(%{{[^:]*}}: tensor<6x48xf32> {norm.name = "dy"{{.*}} -> (tensor<6x48xf32> {norm.name = "darg0"
// BACKWARD: norm.random
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @dropout_seed(%x: tensor<6x48xf32>, %seeds: tensor<i64>, %offsets: tensor<i64>, %r: tensor<6x48xf32>, %w: tensor<48xf32>) -> (tensor<6x48xf32>, tensor<6x48xf32>) {
  %zero = arith.constant 0.0 : f32
  %k = arith.constant 1.25 : f32
  %limit = arith.constant 858993459 : i32
  %seed = tensor.extract %seeds[] : tensor<i64>
  %offset = tensor.extract %offsets[] : tensor<i64>
  %d_0 = tensor.empty() : tensor<6x48xf32>
  %d = linalg.generic {indexing_maps = [#rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<6x48xf32>) outs(%d_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %o: f32):
    %row = linalg.index 0 : index
    %column = linalg.index 1 : index
    %bits = norm.random (%seed, %offset) at (%row, %column) : i32
    %keep = arith.cmpi uge, %bits, %limit : i32
    %0 = arith.mulf %a, %k : f32
    %1 = arith.select %keep, %0, %zero : f32
    linalg.yield %1 : f32
  } -> tensor<6x48xf32>
  %s_0 = tensor.empty() : tensor<6x48xf32>
  %s = linalg.generic {indexing_maps = [#rows, #rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%d, %r : tensor<6x48xf32>, tensor<6x48xf32>) outs(%s_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.addf %a, %b : f32
    linalg.yield %0 : f32
  } -> tensor<6x48xf32>
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.rms_norm %s scale(%w : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  return %y, %s : tensor<6x48xf32>, tensor<6x48xf32>
}

// CHECK-LABEL: func.func @gate_before
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @gate_before(%x: tensor<6x48xf32>, %z: tensor<6x48xf32>, %w: tensor<48xf32>) -> tensor<6x48xf32> {
  %one = arith.constant 1.0 : f32
  %s_0 = tensor.empty() : tensor<6x48xf32>
  %s = linalg.generic {indexing_maps = [#rows, #rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%x, %z : tensor<6x48xf32>, tensor<6x48xf32>) outs(%s_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %n = arith.negf %b : f32
    %e = math.exp %n : f32
    %p = arith.addf %e, %one : f32
    %g = arith.divf %b, %p : f32
    %0 = arith.mulf %a, %g : f32
    linalg.yield %0 : f32
  } -> tensor<6x48xf32>
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.rms_norm %s scale(%w : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  return %y : tensor<6x48xf32>
}

// One normalization behind another.
// CHECK-LABEL: func.func @norm_before
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @norm_before(%x: tensor<6x48xf32>, %w: tensor<48xf32>, %v: tensor<48xf32>) -> tensor<6x48xf32> {
  %u_0 = tensor.empty() : tensor<6x48xf32>
  %u = norm.layer_norm %x scale(%w : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%u_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.rms_norm %u scale(%v : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  return %y : tensor<6x48xf32>
}
