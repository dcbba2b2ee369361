// RUN: norm-opt %s --norm-generalize=leave-orders --norm-fuse --canonicalize | FileCheck %s

// What stands behind a normalization becomes a part of its program: one program, and nothing beside it.

#rows = affine_map<(r, c) -> (r, c)>
#column = affine_map<(r, c) -> (c)>
#row = affine_map<(r, c) -> (r)>
#number = affine_map<(r, c) -> ()>
#tokens = affine_map<(b, t, c) -> (b, t, c)>
#sample = affine_map<(b, t, c) -> (b, c)>
#image = affine_map<(n, c, h, w) -> (n, c, h, w)>
#line = affine_map<(r) -> (r)>
#channel = affine_map<(n, c, h, w) -> (c)>

// CHECK-LABEL: func.func @relu
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @relu(%x: tensor<6x48xf32>, %w: tensor<48xf32>, %v: tensor<48xf32>) -> tensor<6x48xf32> {
  %zero = arith.constant 0.0 : f32
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.layer_norm %x scale(%w : tensor<48xf32>) bias(%v : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  %z_0 = tensor.empty() : tensor<6x48xf32>
  %z = linalg.generic {indexing_maps = [#rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%y : tensor<6x48xf32>) outs(%z_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = arith.maximumf %a, %zero : f32
    linalg.yield %0 : f32
  } -> tensor<6x48xf32>
  return %z : tensor<6x48xf32>
}

// CHECK-LABEL: func.func @gelu_erf
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @gelu_erf(%x: tensor<6x48xf32>, %w: tensor<48xf32>, %v: tensor<48xf32>) -> tensor<6x48xf32> {
  %half = arith.constant 0.5 : f32
  %root = arith.constant 0.707106769 : f32
  %one = arith.constant 1.0 : f32
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.layer_norm %x scale(%w : tensor<48xf32>) bias(%v : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  %z_0 = tensor.empty() : tensor<6x48xf32>
  %z = linalg.generic {indexing_maps = [#rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%y : tensor<6x48xf32>) outs(%z_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %o: f32):
    %1 = arith.mulf %a, %root : f32
    %2 = math.erf %1 : f32
    %3 = arith.addf %2, %one : f32
    %4 = arith.mulf %a, %half : f32
    %0 = arith.mulf %4, %3 : f32
    linalg.yield %0 : f32
  } -> tensor<6x48xf32>
  return %z : tensor<6x48xf32>
}

// CHECK-LABEL: func.func @gelu_tanh
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @gelu_tanh(%x: tensor<6x48xf32>, %w: tensor<48xf32>, %v: tensor<48xf32>) -> tensor<6x48xf32> {
  %half = arith.constant 0.5 : f32
  %cube = arith.constant 4.471500e-02 : f32
  %root = arith.constant 0.797884583 : f32
  %one = arith.constant 1.0 : f32
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.layer_norm %x scale(%w : tensor<48xf32>) bias(%v : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  %z_0 = tensor.empty() : tensor<6x48xf32>
  %z = linalg.generic {indexing_maps = [#rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%y : tensor<6x48xf32>) outs(%z_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %o: f32):
    %1 = arith.mulf %a, %a : f32
    %2 = arith.mulf %1, %a : f32
    %3 = arith.mulf %2, %cube : f32
    %4 = arith.addf %a, %3 : f32
    %5 = arith.mulf %4, %root : f32
    %6 = math.tanh %5 : f32
    %7 = arith.addf %6, %one : f32
    %8 = arith.mulf %a, %half : f32
    %0 = arith.mulf %8, %7 : f32
    linalg.yield %0 : f32
  } -> tensor<6x48xf32>
  return %z : tensor<6x48xf32>
}

// As torch-mlir writes a cube.
// CHECK-LABEL: func.func @gelu_power
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @gelu_power(%x: tensor<6x48xf32>, %w: tensor<48xf32>, %v: tensor<48xf32>) -> tensor<6x48xf32> {
  %half = arith.constant 0.5 : f32
  %three = arith.constant 3 : i64
  %cube = arith.constant 4.471500e-02 : f32
  %root = arith.constant 0.797884583 : f32
  %one = arith.constant 1.0 : f32
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.layer_norm %x scale(%w : tensor<48xf32>) bias(%v : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  %z_0 = tensor.empty() : tensor<6x48xf32>
  %z = linalg.generic {indexing_maps = [#rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%y : tensor<6x48xf32>) outs(%z_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %o: f32):
    %2 = math.fpowi %a, %three : f32, i64
    %3 = arith.mulf %2, %cube : f32
    %4 = arith.addf %a, %3 : f32
    %5 = arith.mulf %4, %root : f32
    %6 = math.tanh %5 : f32
    %7 = arith.addf %6, %one : f32
    %8 = arith.mulf %a, %half : f32
    %0 = arith.mulf %8, %7 : f32
    linalg.yield %0 : f32
  } -> tensor<6x48xf32>
  return %z : tensor<6x48xf32>
}

// CHECK-LABEL: func.func @silu
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @silu(%x: tensor<6x48xf32>, %w: tensor<48xf32>, %v: tensor<48xf32>) -> tensor<6x48xf32> {
  %one = arith.constant 1.0 : f32
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.layer_norm %x scale(%w : tensor<48xf32>) bias(%v : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  %z_0 = tensor.empty() : tensor<6x48xf32>
  %z = linalg.generic {indexing_maps = [#rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%y : tensor<6x48xf32>) outs(%z_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %o: f32):
    %n = arith.negf %a : f32
    %e = math.exp %n : f32
    %p = arith.addf %e, %one : f32
    %g = arith.divf %a, %p : f32
    linalg.yield %g : f32
  } -> tensor<6x48xf32>
  return %z : tensor<6x48xf32>
}

// CHECK-LABEL: func.func @sigmoid
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @sigmoid(%x: tensor<6x48xf32>, %w: tensor<48xf32>, %v: tensor<48xf32>) -> tensor<6x48xf32> {
  %one = arith.constant 1.0 : f32
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.layer_norm %x scale(%w : tensor<48xf32>) bias(%v : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  %z_0 = tensor.empty() : tensor<6x48xf32>
  %z = linalg.generic {indexing_maps = [#rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%y : tensor<6x48xf32>) outs(%z_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %o: f32):
    %n = arith.negf %a : f32
    %e = math.exp %n : f32
    %p = arith.addf %e, %one : f32
    %0 = arith.divf %one, %p : f32
    linalg.yield %0 : f32
  } -> tensor<6x48xf32>
  return %z : tensor<6x48xf32>
}

// CHECK-LABEL: func.func @tanh
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @tanh(%x: tensor<6x48xf32>, %w: tensor<48xf32>, %v: tensor<48xf32>) -> tensor<6x48xf32> {
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.layer_norm %x scale(%w : tensor<48xf32>) bias(%v : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  %z_0 = tensor.empty() : tensor<6x48xf32>
  %z = linalg.generic {indexing_maps = [#rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%y : tensor<6x48xf32>) outs(%z_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = math.tanh %a : f32
    linalg.yield %0 : f32
  } -> tensor<6x48xf32>
  return %z : tensor<6x48xf32>
}

// CHECK-LABEL: func.func @dropout_behind
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @dropout_behind(%x: tensor<6x48xf32>, %m: tensor<6x48xi1>, %w: tensor<48xf32>) -> tensor<6x48xf32> {
  %zero = arith.constant 0.0 : f32
  %k = arith.constant 1.25 : f32
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.layer_norm %x scale(%w : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  %z_0 = tensor.empty() : tensor<6x48xf32>
  %z = linalg.generic {indexing_maps = [#rows, #rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%y, %m : tensor<6x48xf32>, tensor<6x48xi1>) outs(%z_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %keep: i1, %o: f32):
    %0 = arith.mulf %a, %k : f32
    %1 = arith.select %keep, %0, %zero : f32
    linalg.yield %1 : f32
  } -> tensor<6x48xf32>
  return %z : tensor<6x48xf32>
}

// CHECK-LABEL: func.func @gate_behind
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @gate_behind(%x: tensor<6x48xf32>, %z: tensor<6x48xf32>, %w: tensor<48xf32>) -> tensor<6x48xf32> {
  %one = arith.constant 1.0 : f32
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.rms_norm %x scale(%w : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  %v_0 = tensor.empty() : tensor<6x48xf32>
  %v = linalg.generic {indexing_maps = [#rows, #rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%y, %z : tensor<6x48xf32>, tensor<6x48xf32>) outs(%v_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %n = arith.negf %b : f32
    %e = math.exp %n : f32
    %p = arith.addf %e, %one : f32
    %g = arith.divf %b, %p : f32
    %0 = arith.mulf %a, %g : f32
    linalg.yield %0 : f32
  } -> tensor<6x48xf32>
  return %v : tensor<6x48xf32>
}

// CHECK-LABEL: func.func @weight_offset
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @weight_offset(%x: tensor<6x48xf32>, %w: tensor<48xf32>) -> tensor<6x48xf32> {
  %one = arith.constant 1.0 : f32
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  %z_0 = tensor.empty() : tensor<6x48xf32>
  %z = linalg.generic {indexing_maps = [#rows, #column, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%y, %w : tensor<6x48xf32>, tensor<48xf32>) outs(%z_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.addf %b, %one : f32
    %1 = arith.mulf %a, %0 : f32
    linalg.yield %1 : f32
  } -> tensor<6x48xf32>
  return %z : tensor<6x48xf32>
}

// A scale and a shift for each sample.
// CHECK-LABEL: func.func @modulation
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @modulation(%x: tensor<2x5x48xf32>, %scale: tensor<2x48xf32>, %shift: tensor<2x48xf32>) -> tensor<2x5x48xf32> {
  %one = arith.constant 1.0 : f32
  %y_0 = tensor.empty() : tensor<2x5x48xf32>
  %y = norm.layer_norm %x axes = [2] eps = 1.0e-5
      outs(%y_0 : tensor<2x5x48xf32>) : tensor<2x5x48xf32>
  %z_0 = tensor.empty() : tensor<2x5x48xf32>
  %z = linalg.generic {indexing_maps = [#tokens, #sample, #sample, #tokens], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%y, %scale, %shift : tensor<2x5x48xf32>, tensor<2x48xf32>, tensor<2x48xf32>) outs(%z_0 : tensor<2x5x48xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32, %o: f32):
    %0 = arith.addf %b, %one : f32
    %1 = arith.mulf %a, %0 : f32
    %2 = arith.addf %1, %c : f32
    linalg.yield %2 : f32
  } -> tensor<2x5x48xf32>
  return %z : tensor<2x5x48xf32>
}

// Parallel branches of one normalized value.
// CHECK-LABEL: func.func @two_scales
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @two_scales(%x: tensor<6x48xf32>, %w: tensor<48xf32>, %v: tensor<48xf32>) -> (tensor<6x48xf32>, tensor<6x48xf32>) {
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  %p_0 = tensor.empty() : tensor<6x48xf32>
  %p = linalg.generic {indexing_maps = [#rows, #column, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%y, %w : tensor<6x48xf32>, tensor<48xf32>) outs(%p_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.mulf %a, %b : f32
    linalg.yield %0 : f32
  } -> tensor<6x48xf32>
  %q_0 = tensor.empty() : tensor<6x48xf32>
  %q = linalg.generic {indexing_maps = [#rows, #column, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%y, %v : tensor<6x48xf32>, tensor<48xf32>) outs(%q_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.mulf %a, %b : f32
    linalg.yield %0 : f32
  } -> tensor<6x48xf32>
  return %p, %q : tensor<6x48xf32>, tensor<6x48xf32>
}

// CHECK-LABEL: func.func @residual_behind
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @residual_behind(%x: tensor<6x48xf32>, %r: tensor<6x48xf32>, %w: tensor<48xf32>) -> tensor<6x48xf32> {
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.rms_norm %x scale(%w : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  %z_0 = tensor.empty() : tensor<6x48xf32>
  %z = linalg.generic {indexing_maps = [#rows, #rows, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%y, %r : tensor<6x48xf32>, tensor<6x48xf32>) outs(%z_0 : tensor<6x48xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.addf %a, %b : f32
    linalg.yield %0 : f32
  } -> tensor<6x48xf32>
  return %z : tensor<6x48xf32>
}

// CHECK-LABEL: func.func @static_int8
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @static_int8(%x: tensor<6x48xf32>, %w: tensor<48xf32>, %step: tensor<f32>) -> tensor<6x48xi8> {
  %least = arith.constant -127.0 : f32
  %most = arith.constant 127.0 : f32
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.rms_norm %x scale(%w : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  %z_0 = tensor.empty() : tensor<6x48xi8>
  %z = linalg.generic {indexing_maps = [#rows, #number, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%y, %step : tensor<6x48xf32>, tensor<f32>) outs(%z_0 : tensor<6x48xi8>) {
  ^bb0(%a: f32, %b: f32, %o: i8):
    %1 = arith.divf %a, %b : f32
    %2 = math.roundeven %1 : f32
    %3 = arith.maximumf %2, %least : f32
    %4 = arith.minimumf %3, %most : f32
    %5 = arith.fptosi %4 : f32 to i8
    linalg.yield %5 : i8
  } -> tensor<6x48xi8>
  return %z : tensor<6x48xi8>
}

// CHECK-LABEL: func.func @dynamic_int8
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @dynamic_int8(%x: tensor<6x48xf32>, %w: tensor<48xf32>) -> (tensor<6x48xi8>, tensor<6xf32>) {
  %least = arith.constant -127.0 : f32
  %most = arith.constant 127.0 : f32
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.rms_norm %x scale(%w : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  %zero = arith.constant 0.0 : f32
  %none = tensor.empty() : tensor<6xf32>
  %start = linalg.fill ins(%zero : f32) outs(%none : tensor<6xf32>) -> tensor<6xf32>
  %largest = linalg.generic {indexing_maps = [#rows, #row], iterator_types = ["parallel", "reduction"]}
      ins(%y : tensor<6x48xf32>) outs(%start : tensor<6xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = math.absf %a : f32
    %1 = arith.maximumf %0, %o : f32
    linalg.yield %1 : f32
  } -> tensor<6xf32>
  %steps_0 = tensor.empty() : tensor<6xf32>
  %steps = linalg.generic {indexing_maps = [#line, #line], iterator_types = ["parallel"]}
      ins(%largest : tensor<6xf32>) outs(%steps_0 : tensor<6xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = arith.divf %a, %most : f32
    linalg.yield %0 : f32
  } -> tensor<6xf32>
  %z_0 = tensor.empty() : tensor<6x48xi8>
  %z = linalg.generic {indexing_maps = [#rows, #row, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%y, %steps : tensor<6x48xf32>, tensor<6xf32>) outs(%z_0 : tensor<6x48xi8>) {
  ^bb0(%a: f32, %b: f32, %o: i8):
    %1 = arith.divf %a, %b : f32
    %2 = math.roundeven %1 : f32
    %3 = arith.maximumf %2, %least : f32
    %4 = arith.minimumf %3, %most : f32
    %5 = arith.fptosi %4 : f32 to i8
    linalg.yield %5 : i8
  } -> tensor<6x48xi8>
  return %z, %steps : tensor<6x48xi8>, tensor<6xf32>
}

// CHECK-LABEL: func.func @dynamic_fp8
// CHECK-NOT: {{linalg.(generic|reduce)}}
// CHECK-COUNT-1: norm.generic
// CHECK-NOT: {{linalg.(generic|reduce)|norm.generic}}
func.func @dynamic_fp8(%x: tensor<6x48xf32>, %w: tensor<48xf32>) -> (tensor<6x48xf8E4M3FN>, tensor<6xf32>) {
  %most = arith.constant 448.0 : f32
  %y_0 = tensor.empty() : tensor<6x48xf32>
  %y = norm.rms_norm %x scale(%w : tensor<48xf32>) axes = [1] eps = 1.0e-5
      outs(%y_0 : tensor<6x48xf32>) : tensor<6x48xf32>
  %zero = arith.constant 0.0 : f32
  %none = tensor.empty() : tensor<6xf32>
  %start = linalg.fill ins(%zero : f32) outs(%none : tensor<6xf32>) -> tensor<6xf32>
  %largest = linalg.generic {indexing_maps = [#rows, #row], iterator_types = ["parallel", "reduction"]}
      ins(%y : tensor<6x48xf32>) outs(%start : tensor<6xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = math.absf %a : f32
    %1 = arith.maximumf %0, %o : f32
    linalg.yield %1 : f32
  } -> tensor<6xf32>
  %steps_0 = tensor.empty() : tensor<6xf32>
  %steps = linalg.generic {indexing_maps = [#line, #line], iterator_types = ["parallel"]}
      ins(%largest : tensor<6xf32>) outs(%steps_0 : tensor<6xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = arith.divf %a, %most : f32
    linalg.yield %0 : f32
  } -> tensor<6xf32>
  %z_0 = tensor.empty() : tensor<6x48xf8E4M3FN>
  %z = linalg.generic {indexing_maps = [#rows, #row, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%y, %steps : tensor<6x48xf32>, tensor<6xf32>) outs(%z_0 : tensor<6x48xf8E4M3FN>) {
  ^bb0(%a: f32, %b: f32, %o: f8E4M3FN):
    %1 = arith.divf %a, %b : f32
    %2 = arith.truncf %1 : f32 to f8E4M3FN
    linalg.yield %2 : f8E4M3FN
  } -> tensor<6x48xf8E4M3FN>
  return %z, %steps : tensor<6x48xf8E4M3FN>, tensor<6xf32>
}
