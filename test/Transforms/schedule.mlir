// RUN: norm-opt %s --norm-schedule='vector-bits=256 mask-bits=32' --remark-format=emitRemark --remarks-filter='.*' \
// RUN:   --remark-policy=all 2>%t | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK --input-file=%t

// CHECK-LABEL: func @short_rows
// CHECK: #norm.schedule<along = "c", width = 8, masked = true, rows = 4, task = 64, straight = true, streamRows = 4>
// REMARK: Reason="rows are short: their sums are folded together", Remark="chunks of 8 along 'c', 4 rows together"
func.func @short_rows(%x: memref<?x100xf32>, %y: memref<?xf32>, %rows: index) {
  norm.generic iter(r = %rows, c = 100) reduce [c]
      ins(%x(r, c) : memref<?x100xf32>) outs(%y(r) : memref<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}

// The user's own stays.
// CHECK-LABEL: func @given
// CHECK: #norm.schedule<along = "c", width = 4>
func.func @given(%x: memref<8x64xf32>, %y: memref<8xf32>) {
  norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 4>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}

// CHECK-LABEL: func @channels_last
// CHECK: #norm.schedule<along = "c", width = 32, masked = true>
// REMARK: Reason="lanes are different groups", Remark="chunks of 32 along 'c', 1 rows together"
func.func @channels_last(%x: memref<10x64xf32>, %y: memref<64xf32>) {
  norm.generic iter(c = 64, n = 10) reduce [n] ins(%x(n, c) : memref<10x64xf32>) outs(%y(c) : memref<64xf32>) {
  ^bb0(%xf: !norm.field<f32, [n]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [n]>) over [n] order = <lanes = 1> : f32
    norm.yield %sum : f32
  }
  return
}

// Elements that may lie anywhere are not loaded as a vector.
// CHECK-LABEL: func @strided
// CHECK-NOT: norm.schedule
// REMARK: Reason="elements of operand 0 are not known to be neighbours", Remark="left as loops over elements"
func.func @strided(%x: memref<8x64xf32, strided<[?, ?]>>, %y: memref<8xf32>) {
  norm.generic iter(r = 8, c = 64) reduce [c]
      ins(%x(r, c) : memref<8x64xf32, strided<[?, ?]>>) outs(%y(r) : memref<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}

// Groups side by side, with an operand that has no dimensions.
// CHECK-LABEL: func @groups
// CHECK: norm.schedule = #norm.schedule<along = "c", width = 16, {{.*}}groups = 2
// REMARK: Reason="groups are short and lie side by side"
// CHECK: norm.schedule = #norm.schedule<along = "c", width = 8, {{.*}}mixed = true
// REMARK: Reason="groups lie side by side and fill no chunks"
func.func @groups(%x: memref<5x7x16xf32>, %y: memref<5x2xf32>, %u: memref<5x7x20xf32>, %v: memref<5x2xf32>, %s: memref<f32>) {
  norm.generic iter(n = 5, p = 7, g = 2, c = 8) reduce [p, c]
      ins(%x(n, p, [g c]) : memref<5x7x16xf32>, %s() : memref<f32>) outs(%y(n, g) : memref<5x2xf32>) {
  ^bb0(%xf: !norm.field<f32, [p, c]>, %sf: f32):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [p, c]>) over [p, c] order = <lanes = 64, run = 1, runs = 256> : f32
    %scaled = arith.mulf %sum, %sf : f32
    norm.yield %scaled : f32
  }
  norm.generic iter(n = 5, p = 7, g = 2, c = 10) reduce [p, c]
      ins(%u(n, p, [g c]) : memref<5x7x20xf32>, %s() : memref<f32>) outs(%v(n, g) : memref<5x2xf32>) {
  ^bb0(%xf: !norm.field<f32, [p, c]>, %sf: f32):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [p, c]>) over [p, c] order = <lanes = 64, run = 1, runs = 256> : f32
    %scaled = arith.mulf %sum, %sf : f32
    norm.yield %scaled : f32
  }
  return
}

// Schedules by GPU are nothing to a CPU, which chooses its own.
// CHECK-LABEL: func @by_gpu
// CHECK: norm.schedule = #norm.schedule<
func.func @by_gpu(%x: memref<8x64xf32>, %y: memref<8xf32>) {
  norm.generic iter(r = 8, c = 64) reduce [c]
      ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = {sm_80 = [#norm.gpu_schedule<along = "c", width = 4, threads = 64>]}} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}
