// RUN: norm-opt %s --norm-generalize=leave-orders --norm-fuse --canonicalize --cse --split-input-file --remarks-filter=norm-fuse 2>%t | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t
// RUN: norm-opt %s --norm-generalize=leave-orders --norm-fuse=isa=nvptx --split-input-file | FileCheck %s --check-prefix=GPU

#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>
#column = affine_map<(d0, d1) -> (d1)>
#self = affine_map<(d0) -> (d0)>

// A residual sum that others read too stays a result; every rounding is kept; the order is chosen when it is known that
// memory has bf16.
// REMARK: Passed{{.*}}its elements need not be stored and loaded{{.*}}computed by a normalization, and returned
// REMARK: Passed{{.*}}computed by a normalization"
// CHECK-LABEL: func.func @neighbours(
// CHECK-NOT: linalg.generic
// CHECK: %[[R:.*]]:2 = norm.generic iter(r = %{{.*}}, c = 768) reduce [c]
// CHECK-NEXT: ins(%arg0(r, c) : tensor<?x768xbf16>, %arg1(r, c) : tensor<?x768xbf16>, %arg2(c) : tensor<768xbf16>, %arg3(c) : tensor<768xf32>)
// CHECK: %[[S:.*]] = norm.map
// CHECK: arith.addf %{{.*}} : bf16
// CHECK: arith.addf %{{.*}} : bf16
// CHECK: norm.reduce moments
// CHECK: %[[Y:.*]] = norm.map
// CHECK: arith.truncf
// CHECK: %[[Z:.*]] = norm.map (%{{.*}} = %[[Y]] : !norm.field<bf16, [c]>)
// CHECK: arith.maximumf
// CHECK: norm.yield %[[S]], %[[Z]]
// CHECK: return %[[R]]#1, %[[R]]#0
// GPU-LABEL: func.func @neighbours(
// GPU: norm.reduce moments{{.*}}unit = 8
func.func @neighbours(%x: tensor<?x768xbf16>, %residual: tensor<?x768xbf16>, %b: tensor<768xbf16>, %w: tensor<768xf32>, %n: index)
    -> (tensor<?x768xbf16>, tensor<?x768xbf16>) {
  %s0 = tensor.empty(%n) : tensor<?x768xbf16>
  %s = linalg.generic {indexing_maps = [#id, #id, #column, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %residual, %b : tensor<?x768xbf16>, tensor<?x768xbf16>, tensor<768xbf16>) outs(%s0 : tensor<?x768xbf16>) {
  ^bb0(%a: bf16, %c: bf16, %d: bf16, %o: bf16):
    %0 = arith.addf %a, %c : bf16
    %1 = arith.addf %0, %d : bf16
    linalg.yield %1 : bf16
  } -> tensor<?x768xbf16>
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %s, %c0 : tensor<?x768xbf16>
  %y0 = tensor.empty(%rows) : tensor<?x768xbf16>
  %y = norm.layer_norm %s scale(%w : tensor<768xf32>) axes = [1] eps = 1.0e-5 outs(%y0 : tensor<?x768xbf16>) : tensor<?x768xbf16>
  %zero = arith.constant dense<0.0> : tensor<768xbf16>
  %z = linalg.generic {indexing_maps = [#id, #column, #id], iterator_types = ["parallel", "parallel"]}
      ins(%y, %zero : tensor<?x768xbf16>, tensor<768xbf16>) outs(%y0 : tensor<?x768xbf16>) {
  ^bb0(%a: bf16, %least: bf16, %o: bf16):
    %0 = arith.maximumf %a, %least : bf16
    linalg.yield %0 : bf16
  } -> tensor<?x768xbf16>
  return %z, %s : tensor<?x768xbf16>, tensor<?x768xbf16>
}

// -----

#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>
#self = affine_map<(d0) -> (d0)>

// A row's largest magnitude, the scale that follows from it, and the quantized row.
// CHECK-LABEL: func.func @quantize(
// CHECK: %[[R:.*]]:2 = norm.generic
// CHECK-NEXT: ins(%arg0(r, c) : tensor<8x64xf32>, %arg1(c) : tensor<64xf32>)
// CHECK-NEXT: outs(%{{.*}}(r) : tensor<8xf32>, %{{.*}}(r, c) : tensor<8x64xi8>)
// CHECK: norm.reduce dot
// CHECK: math.absf
// CHECK: %[[MAX:.*]] = norm.reduce max
// CHECK: arith.maximumf %[[MAX]], %{{.*}} : f32
// CHECK: arith.fptosi
// CHECK-NOT: linalg
// CHECK: return
func.func @quantize(%x: tensor<8x64xf32>, %w: tensor<64xf32>) -> (tensor<8x64xi8>, tensor<8xf32>) {
  %y0 = tensor.empty() : tensor<8x64xf32>
  %y = norm.rms_norm %x scale(%w : tensor<64xf32>) axes = [1] eps = 1.0e-5 outs(%y0 : tensor<8x64xf32>) : tensor<8x64xf32>
  %least = arith.constant 1.0e-8 : f32
  %m0 = tensor.empty() : tensor<8xf32>
  %m1 = linalg.fill ins(%least : f32) outs(%m0 : tensor<8xf32>) -> tensor<8xf32>
  %m = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]}
      ins(%y : tensor<8x64xf32>) outs(%m1 : tensor<8xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = math.absf %a : f32
    %1 = arith.maximumf %0, %o : f32
    linalg.yield %1 : f32
  } -> tensor<8xf32>
  %k = arith.constant 127.0 : f32
  %s = linalg.generic {indexing_maps = [#self, #self], iterator_types = ["parallel"]} ins(%m : tensor<8xf32>) outs(%m0 : tensor<8xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = arith.divf %a, %k : f32
    linalg.yield %0 : f32
  } -> tensor<8xf32>
  %q0 = tensor.empty() : tensor<8x64xi8>
  %q = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]}
      ins(%y, %s : tensor<8x64xf32>, tensor<8xf32>) outs(%q0 : tensor<8x64xi8>) {
  ^bb0(%a: f32, %scale: f32, %o: i8):
    %0 = arith.divf %a, %scale : f32
    %1 = math.roundeven %0 : f32
    %2 = arith.fptosi %1 : f32 to i8
    linalg.yield %2 : i8
  } -> tensor<8x64xi8>
  return %q, %s : tensor<8x64xi8>, tensor<8xf32>
}

// -----

#id = affine_map<(d0, d1) -> (d0, d1)>
#swap = affine_map<(d0, d1) -> (d1, d0)>

// Transposed, broadcast and reshaped operands are indexed so; a dimension of one element is none.
// CHECK-LABEL: func.func @views(
// CHECK: norm.generic iter(r = 16, c = 64) reduce [c]
// CHECK-NEXT: ins(%arg0(c, r) : tensor<64x16xf32>, %{{.*}}(r) : tensor<16xf32>)
// CHECK-NOT: linalg
// CHECK: return
func.func @views(%x: tensor<64x16xf32>, %shift: tensor<16x1xf32>) -> tensor<16x64xf32> {
  %t0 = tensor.empty() : tensor<16x64xf32>
  %t = linalg.transpose ins(%x : tensor<64x16xf32>) outs(%t0 : tensor<16x64xf32>) permutation = [1, 0]
  %u = linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (d0, 0)>, #id], iterator_types = ["parallel", "parallel"]}
      ins(%t, %shift : tensor<16x64xf32>, tensor<16x1xf32>) outs(%t0 : tensor<16x64xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.addf %a, %b : f32
    linalg.yield %0 : f32
  } -> tensor<16x64xf32>
  %y = norm.rms_norm %u axes = [1] eps = 1.0e-5 outs(%t0 : tensor<16x64xf32>) : tensor<16x64xf32>
  return %y : tensor<16x64xf32>
}

// -----

// Two norms of one input, and a norm of a norm: one program.
// REMARK: Passed{{.*}}4096 bytes need not be stored and loaded{{.*}}computed with another normalization
// CHECK-LABEL: func.func @together(
// CHECK: norm.generic
// CHECK: norm.reduce
// CHECK: norm.reduce
// CHECK: norm.reduce
// CHECK-NOT: norm.generic
// CHECK: return
func.func @together(%x: tensor<16x64xf32>) -> (tensor<16x64xf32>, tensor<16x64xf32>) {
  %y0 = tensor.empty() : tensor<16x64xf32>
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-5 outs(%y0 : tensor<16x64xf32>) : tensor<16x64xf32>
  %z = norm.layer_norm %x axes = [1] eps = 1.0e-5 outs(%y0 : tensor<16x64xf32>) : tensor<16x64xf32>
  %u = norm.rms_norm %y axes = [1] eps = 1.0e-6 outs(%y0 : tensor<16x64xf32>) : tensor<16x64xf32>
  return %z, %u : tensor<16x64xf32>, tensor<16x64xf32>
}

// -----

#id = affine_map<(d0, d1) -> (d0, d1)>
#one = affine_map<(d0) -> (d0)>
#column = affine_map<(d0, d1) -> (d1)>

// What is left, and why.
// REMARK: Missed{{.*}}it would be computed again for every group{{.*}}left before a normalization
// CHECK-LABEL: func.func @expensive_parameter(
// CHECK: linalg.generic
// CHECK: math.exp
// CHECK: norm.generic
func.func @expensive_parameter(%x: tensor<16x64xf32>, %w: tensor<64xf32>) -> tensor<16x64xf32> {
  %w0 = tensor.empty() : tensor<64xf32>
  %e = linalg.generic {indexing_maps = [#one, #one], iterator_types = ["parallel"]} ins(%w : tensor<64xf32>) outs(%w0 : tensor<64xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = math.exp %a : f32
    linalg.yield %0 : f32
  } -> tensor<64xf32>
  %y0 = tensor.empty() : tensor<16x64xf32>
  %y = norm.rms_norm %x scale(%e : tensor<64xf32>) axes = [1] eps = 1.0e-5 outs(%y0 : tensor<16x64xf32>) : tensor<16x64xf32>
  return %y : tensor<16x64xf32>
}

// -----

#id = affine_map<(d0, d1) -> (d0, d1)>
#column = affine_map<(d0, d1) -> (d1)>

// REMARK: Missed{{.*}}it reduces over groups{{.*}}left behind a normalization
// CHECK-LABEL: func.func @over_groups(
// CHECK: norm.generic
// CHECK: linalg.generic
func.func @over_groups(%x: tensor<16x64xf32>) -> tensor<64xf32> {
  %y0 = tensor.empty() : tensor<16x64xf32>
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-5 outs(%y0 : tensor<16x64xf32>) : tensor<16x64xf32>
  %zero = arith.constant 0.0 : f32
  %s0 = tensor.empty() : tensor<64xf32>
  %s1 = linalg.fill ins(%zero : f32) outs(%s0 : tensor<64xf32>) -> tensor<64xf32>
  %s = linalg.generic {indexing_maps = [#id, #column], iterator_types = ["reduction", "parallel"]}
      ins(%y : tensor<16x64xf32>) outs(%s1 : tensor<64xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = arith.addf %a, %o : f32
    linalg.yield %0 : f32
  } -> tensor<64xf32>
  return %s : tensor<64xf32>
}

// -----

#id = affine_map<(d0, d1) -> (d0, d1)>

// The product needs what is computed of the result by another operation, which cannot move.
// REMARK: Missed{{.*}}other operands are computed of other results{{.*}}left behind a normalization
// CHECK-LABEL: func.func @between(
// CHECK: norm.generic
// CHECK: linalg.matmul
// CHECK: linalg.generic
func.func @between(%x: tensor<16x16xf32>, %w: tensor<16x16xf32>) -> tensor<16x16xf32> {
  %y0 = tensor.empty() : tensor<16x16xf32>
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-5 outs(%y0 : tensor<16x16xf32>) : tensor<16x16xf32>
  %zero = arith.constant 0.0 : f32
  %m0 = linalg.fill ins(%zero : f32) outs(%y0 : tensor<16x16xf32>) -> tensor<16x16xf32>
  %m = linalg.matmul ins(%y, %w : tensor<16x16xf32>, tensor<16x16xf32>) outs(%m0 : tensor<16x16xf32>) -> tensor<16x16xf32>
  %z = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%y, %m : tensor<16x16xf32>, tensor<16x16xf32>) outs(%y0 : tensor<16x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.mulf %a, %b : f32
    linalg.yield %0 : f32
  } -> tensor<16x16xf32>
  return %z : tensor<16x16xf32>
}

// -----

#id = affine_map<(d0, d1) -> (d0, d1)>
#swap = affine_map<(d0, d1) -> (d1, d0)>

// What is overwritten may be read in another way: the result has a place of its own.
// CHECK-LABEL: func.func @overwritten(
// CHECK: %[[PLACE:.*]] = tensor.empty() : tensor<16x16xf32>
// CHECK: norm.generic
// CHECK-NEXT: ins(%arg0(r, c) : tensor<16x16xf32>, %arg1(c, r) : tensor<16x16xf32>)
// CHECK-NEXT: outs(%[[PLACE]](r, c) : tensor<16x16xf32>)
func.func @overwritten(%x: tensor<16x16xf32>, %residual: tensor<16x16xf32>) -> tensor<16x16xf32> {
  %y0 = tensor.empty() : tensor<16x16xf32>
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-5 outs(%y0 : tensor<16x16xf32>) : tensor<16x16xf32>
  %z = linalg.generic {indexing_maps = [#id, #swap, #id], iterator_types = ["parallel", "parallel"]}
      ins(%y, %residual : tensor<16x16xf32>, tensor<16x16xf32>) outs(%residual : tensor<16x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.addf %a, %b : f32
    linalg.yield %0 : f32
  } -> tensor<16x16xf32>
  return %z : tensor<16x16xf32>
}

// -----

#id = affine_map<(d0, d1) -> (d0, d1)>
#none = affine_map<(d0, d1) -> ()>

// Numbers from outside are operands, each one once; what is left keeps them, and all else that it has. Threads of a GPU take
// them out of their tensors.
// REMARK: Passed{{.*}}computed by a normalization"
// REMARK: Passed{{.*}}computed by a normalization"
// CHECK-LABEL: func.func @numbers(
// CHECK: %[[K:.*]] = tensor.from_elements %arg1 : tensor<f32>
// CHECK-NOT: tensor.from_elements
// CHECK: norm.generic
// CHECK-NEXT: ins(%arg0(r, c) : tensor<8x64xf32>, %[[K]]() : tensor<f32>, %arg2() : tensor<f32>)
// CHECK-NEXT: outs(%{{.*}}(r, c) : tensor<8x64xf32>)
// CHECK-NOT: tensor.from_elements
// CHECK: linalg.generic {{.*}}library_call = "square"
// CHECK-SAME: ins(%arg0 : tensor<8x64xf32>)
// CHECK-SAME: {mark = 1 : i64}
// CHECK: arith.mulf %{{.*}}, %arg1 : f32
// CHECK: return
// GPU-LABEL: func.func @numbers(
// GPU: linalg.generic {{.*}}library_call = "cube"
// GPU-SAME: ins(%arg0 : tensor<8x64xf32>)
// GPU-NEXT: ^bb0
// GPU-NEXT: tensor.extract %arg2[]
func.func @numbers(%x: tensor<8x64xf32>, %k: f32, %e: tensor<f32>) -> (tensor<8x64xf32>, tensor<8x64xf32>, tensor<8x64xf32>) {
  %y0 = tensor.empty() : tensor<8x64xf32>
  %u = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<8x64xf32>) outs(%y0 : tensor<8x64xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = arith.mulf %a, %k : f32
    %1 = arith.addf %0, %k : f32
    linalg.yield %1 : f32
  } -> tensor<8x64xf32>
  %y = norm.rms_norm %u axes = [1] eps = 1.0e-6 outs(%y0 : tensor<8x64xf32>) : tensor<8x64xf32>
  %n = tensor.extract %e[] : tensor<f32>
  %z = linalg.generic {indexing_maps = [#id, #none, #id], iterator_types = ["parallel", "parallel"]}
      ins(%y, %k : tensor<8x64xf32>, f32) outs(%y0 : tensor<8x64xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.mulf %a, %n : f32
    %1 = arith.subf %0, %b : f32
    linalg.yield %1 : f32
  } -> tensor<8x64xf32>
  %left = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"], library_call = "square"}
      ins(%x : tensor<8x64xf32>) outs(%y0 : tensor<8x64xf32>) attrs = {mark = 1 : i64} {
  ^bb0(%a: f32, %o: f32):
    %0 = arith.mulf %a, %k : f32
    linalg.yield %0 : f32
  } -> tensor<8x64xf32>
  %read = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"], library_call = "cube"}
      ins(%x : tensor<8x64xf32>) outs(%y0 : tensor<8x64xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = arith.mulf %a, %n : f32
    linalg.yield %0 : f32
  } -> tensor<8x64xf32>
  return %z, %left, %read : tensor<8x64xf32>, tensor<8x64xf32>, tensor<8x64xf32>
}

// -----

#id = affine_map<(d0, d1) -> (d0, d1)>

// CHECK-LABEL: func.func @no_norm(
// CHECK-NOT: tensor.from_elements
// CHECK: linalg.generic {{.*}}library_call = "square"
// CHECK: arith.mulf %{{.*}}, %arg1 : f32
func.func @no_norm(%x: tensor<8x64xf32>, %k: f32) -> tensor<8x64xf32> {
  %y0 = tensor.empty() : tensor<8x64xf32>
  %y = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"], library_call = "square"}
      ins(%x : tensor<8x64xf32>) outs(%y0 : tensor<8x64xf32>) {
  ^bb0(%a: f32, %o: f32):
    %0 = arith.mulf %a, %k : f32
    linalg.yield %0 : f32
  } -> tensor<8x64xf32>
  return %y : tensor<8x64xf32>
}

// -----

#id = affine_map<(d0, d1) -> (d0, d1)>

// The index of a mask's end is no number that an operand can have.
// REMARK: Missed{{.*}}its body uses a scalar from outside that is neither an integer nor a float{{.*}}left behind a normalization
// CHECK-LABEL: func.func @masked(
// CHECK-NOT: tensor.from_elements
// CHECK: norm.generic
// CHECK: linalg.generic
// CHECK: arith.cmpi slt, %{{.*}}, %arg1 : index
func.func @masked(%x: tensor<8x64xf32>, %n: index) -> tensor<8x64xf32> {
  %y0 = tensor.empty() : tensor<8x64xf32>
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-6 outs(%y0 : tensor<8x64xf32>) : tensor<8x64xf32>
  %zero = arith.constant 0.0 : f32
  %z = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%y : tensor<8x64xf32>) outs(%y0 : tensor<8x64xf32>) {
  ^bb0(%a: f32, %o: f32):
    %i = linalg.index 1 : index
    %c = arith.cmpi slt, %i, %n : index
    %0 = arith.select %c, %a, %zero : f32
    linalg.yield %0 : f32
  } -> tensor<8x64xf32>
  return %z : tensor<8x64xf32>
}

// -----

#id = affine_map<(d0, d1) -> (d0, d1)>
#column = affine_map<(d0, d1) -> (d1)>

// Nor can tensors of indices be operands.
// REMARK: Missed{{.*}}it has elements that are neither integers nor floats{{.*}}left behind a normalization
// CHECK-LABEL: func.func @indices_read(
// CHECK: norm.generic
// CHECK: linalg.generic
func.func @indices_read(%x: tensor<8x64xf32>, %t: tensor<64xindex>) -> tensor<8x64xf32> {
  %y0 = tensor.empty() : tensor<8x64xf32>
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-6 outs(%y0 : tensor<8x64xf32>) : tensor<8x64xf32>
  %z = linalg.generic {indexing_maps = [#id, #column, #id], iterator_types = ["parallel", "parallel"]}
      ins(%y, %t : tensor<8x64xf32>, tensor<64xindex>) outs(%y0 : tensor<8x64xf32>) {
  ^bb0(%a: f32, %i: index, %o: f32):
    %0 = arith.index_cast %i : index to i32
    %1 = arith.sitofp %0 : i32 to f32
    %2 = arith.mulf %a, %1 : f32
    linalg.yield %2 : f32
  } -> tensor<8x64xf32>
  return %z : tensor<8x64xf32>
}

// -----

#id = affine_map<(d0, d1) -> (d0, d1)>

// REMARK: Missed{{.*}}it has elements that are neither integers nor floats{{.*}}left behind a normalization
// CHECK-LABEL: func.func @indices_made(
// CHECK: norm.generic
// CHECK: linalg.generic
func.func @indices_made(%x: tensor<8x64xf32>) -> tensor<8x64xindex> {
  %y0 = tensor.empty() : tensor<8x64xf32>
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-6 outs(%y0 : tensor<8x64xf32>) : tensor<8x64xf32>
  %z0 = tensor.empty() : tensor<8x64xindex>
  %z = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%y : tensor<8x64xf32>) outs(%z0 : tensor<8x64xindex>) {
  ^bb0(%a: f32, %o: index):
    %0 = arith.fptosi %a : f32 to i32
    %1 = arith.index_cast %0 : i32 to index
    linalg.yield %1 : index
  } -> tensor<8x64xindex>
  return %z : tensor<8x64xindex>
}

// -----

#id = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#sample = affine_map<(d0, d1, d2) -> (d0)>
#column = affine_map<(d0, d1, d2) -> (d0, d2)>

// What is reduced has fewer dimensions than it is reduced over: as many times each of its elements.
// CHECK-LABEL: func.func @sum_of_fewer(
// CHECK: norm.generic iter(r = 5, c0 = 4, c1 = 64) reduce [c0, c1]
// CHECK: %[[COLUMNS:.*]] = norm.map (%{{.*}} -> !norm.field<f32, [c0, c1]>
// CHECK: norm.reduce sum(%[[COLUMNS]] : !norm.field<f32, [c0, c1]>) over [c0, c1]
// CHECK: %[[NUMBER:.*]] = norm.map () -> !norm.field<f32, [c0, c1]>
// CHECK: norm.reduce max(%[[NUMBER]] : !norm.field<f32, [c0, c1]>) over [c0, c1]
// CHECK-NOT: linalg
// CHECK: return
func.func @sum_of_fewer(%x: tensor<5x4x64xf32>, %w: tensor<5x64xf32>, %v: tensor<5xf32>) -> (tensor<5xf32>, tensor<5xf32>) {
  %zero = arith.constant 0.0 : f32
  %y0 = tensor.empty() : tensor<5x4x64xf32>
  %y = norm.rms_norm %x axes = [1, 2] eps = 1.0e-6 outs(%y0 : tensor<5x4x64xf32>) : tensor<5x4x64xf32>
  %s0 = tensor.empty() : tensor<5xf32>
  %s1 = linalg.fill ins(%zero : f32) outs(%s0 : tensor<5xf32>) -> tensor<5xf32>
  %s = linalg.generic {indexing_maps = [#id, #column, #sample], iterator_types = ["parallel", "reduction", "reduction"]}
      ins(%y, %w : tensor<5x4x64xf32>, tensor<5x64xf32>) outs(%s1 : tensor<5xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.addf %b, %o : f32
    linalg.yield %0 : f32
  } -> tensor<5xf32>
  %t = linalg.generic {indexing_maps = [#id, #sample, #sample], iterator_types = ["parallel", "reduction", "reduction"]}
      ins(%y, %v : tensor<5x4x64xf32>, tensor<5xf32>) outs(%s1 : tensor<5xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.maximumf %b, %o : f32
    linalg.yield %0 : f32
  } -> tensor<5xf32>
  return %s, %t : tensor<5xf32>, tensor<5xf32>
}

// -----

#id = affine_map<(d0, d1) -> (d0, d1)>
#swap = affine_map<(d0, d1) -> (d1, d0)>

// What a norm overwrites, its neighbours read in another way: its result has a place of its own, as that of one that stays.
// CHECK-LABEL: func.func @overwritten_by_norm(
// CHECK: %[[PLACE:.*]] = tensor.empty() : tensor<16x16xf32>
// CHECK: norm.generic
// CHECK-NEXT: ins(%arg0(r, c) : tensor<16x16xf32>, %arg1(c, r) : tensor<16x16xf32>, %arg2(c, r) : tensor<16x16xf32>)
// CHECK-NEXT: outs(%[[PLACE]](r, c) : tensor<16x16xf32>, %[[PLACE]](r, c) : tensor<16x16xf32>, %[[PLACE]](r, c) : tensor<16x16xf32>)
func.func @overwritten_by_norm(%x: tensor<16x16xf32>, %r: tensor<16x16xf32>, %q: tensor<16x16xf32>)
    -> (tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>) {
  %e = tensor.empty() : tensor<16x16xf32>
  %p = linalg.generic {indexing_maps = [#id, #swap, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %r : tensor<16x16xf32>, tensor<16x16xf32>) outs(%e : tensor<16x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.addf %a, %b : f32
    linalg.yield %0 : f32
  } -> tensor<16x16xf32>
  %y = norm.rms_norm %p axes = [1] eps = 1.0e-5 outs(%r : tensor<16x16xf32>) : tensor<16x16xf32>
  %u = norm.layer_norm %x axes = [1] eps = 1.0e-5 outs(%q : tensor<16x16xf32>) : tensor<16x16xf32>
  %z = linalg.generic {indexing_maps = [#id, #swap, #id], iterator_types = ["parallel", "parallel"]}
      ins(%u, %q : tensor<16x16xf32>, tensor<16x16xf32>) outs(%e : tensor<16x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.addf %a, %b : f32
    linalg.yield %0 : f32
  } -> tensor<16x16xf32>
  return %y, %u, %z : tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>
}

// -----

#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>

// What a sum over groups is added to has no other place, and is read in another way.
// REMARK: Missed{{.*}}a result accumulates in what it reads{{.*}}left before a normalization
// CHECK-LABEL: func.func @accumulated(
// CHECK: linalg.generic
// CHECK: norm.generic
func.func @accumulated(%x: tensor<16x16xf32>, %sums: tensor<16xf32>) -> tensor<16xf32> {
  %e = tensor.empty() : tensor<16x16xf32>
  %p = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %sums : tensor<16x16xf32>, tensor<16xf32>) outs(%e : tensor<16x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.mulf %a, %b : f32
    linalg.yield %0 : f32
  } -> tensor<16x16xf32>
  %y = norm.generic iter(r = 16, c = 16) reduce [c] ins(%p(r, c) : tensor<16x16xf32>) outs(%sums(c) acc : tensor<16xf32>) {
  ^bb0(%pf: !norm.field<f32, [c]>):
    norm.yield %pf : !norm.field<f32, [c]>
  }
  return %y : tensor<16xf32>
}

// -----

// What a loop carries is overwritten by the program, as it was by the norm and by what is behind it.
// CHECK-LABEL: func.func @carried(
// CHECK: scf.for {{.*}} iter_args(%[[V:.*]] = %
// CHECK: %[[Y:.*]] = norm.generic
// CHECK-NEXT: ins(%[[V]](r, c) : tensor<6x64xf32>, %arg0(r, c) : tensor<6x64xf32>)
// CHECK-NEXT: outs(%[[V]](r, c) : tensor<6x64xf32>)
// CHECK: scf.yield %[[Y]]
func.func @carried(%x: tensor<6x64xf32>, %start: tensor<6x64xf32>) -> tensor<6x64xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%v = %start) -> (tensor<6x64xf32>) {
    %p = linalg.add ins(%v, %x : tensor<6x64xf32>, tensor<6x64xf32>) outs(%v : tensor<6x64xf32>) -> tensor<6x64xf32>
    %y = norm.rms_norm %p axes = [1] eps = 1.0e-5 outs(%v : tensor<6x64xf32>) : tensor<6x64xf32>
    %q = linalg.mul ins(%y, %y : tensor<6x64xf32>, tensor<6x64xf32>) outs(%y : tensor<6x64xf32>) -> tensor<6x64xf32>
    %z = linalg.add ins(%q, %x : tensor<6x64xf32>, tensor<6x64xf32>) outs(%v : tensor<6x64xf32>) -> tensor<6x64xf32>
    scf.yield %z : tensor<6x64xf32>
  }
  return %r : tensor<6x64xf32>
}

// -----

// What overwrites a result that others read too has its sizes, which are there before it.
// CHECK-LABEL: func.func @result_overwritten(
// CHECK: %[[Y0:.*]] = tensor.empty(
// CHECK: norm.generic
// CHECK-NEXT: ins(%arg0(r, c) : tensor<?x64xf32>)
// CHECK-NEXT: outs(%arg0(r, c) : tensor<?x64xf32>, %[[Y0]](r, c) : tensor<?x64xf32>)
// CHECK-NOT: linalg
// CHECK: return
func.func @result_overwritten(%x: tensor<?x64xf32>) -> (tensor<?x64xf32>, tensor<?x64xf32>) {
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-5 outs(%x : tensor<?x64xf32>) : tensor<?x64xf32>
  %z = linalg.mul ins(%y, %y : tensor<?x64xf32>, tensor<?x64xf32>) outs(%y : tensor<?x64xf32>) -> tensor<?x64xf32>
  return %y, %z : tensor<?x64xf32>, tensor<?x64xf32>
}

// -----

#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>

// Of a row's elements one is stored, and nobody says which.
// REMARK: Missed{{.*}}its result is not of each index that it is computed of{{.*}}left behind a normalization
// CHECK-LABEL: func.func @one_of_each(
// CHECK: norm.generic
// CHECK: linalg.generic
func.func @one_of_each(%x: tensor<8x64xf32>, %s0: tensor<8xf32>) -> tensor<8xf32> {
  %y0 = tensor.empty() : tensor<8x64xf32>
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-5 outs(%y0 : tensor<8x64xf32>) : tensor<8x64xf32>
  %s = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "parallel"]}
      ins(%y : tensor<8x64xf32>) outs(%s0 : tensor<8xf32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  } -> tensor<8xf32>
  return %s : tensor<8xf32>
}
