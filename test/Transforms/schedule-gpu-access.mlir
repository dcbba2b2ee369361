// RUN: norm-opt %s --norm-schedule=gpu-arch=100 | FileCheck %s
// RUN: norm-opt %s --norm-schedule=gpu-arch=90 | FileCheck %s --check-prefix=HALF

// From sm_100 on a thread has accesses of 32 bytes, where a chunk of one operand at least is so long.

// CHECK-LABEL: func @elements
// CHECK: norm.schedule = [#norm.gpu_schedule<along = "c", width = 16, threads = 128, access = 32>]
// HALF-LABEL: func @elements
// HALF: norm.schedule = [#norm.gpu_schedule<along = "c", width = 8, threads = 128>]
func.func @elements(%x: memref<8x64xbf16>, %y: memref<8x64xbf16>) {
  norm.generic iter(r = 8, c = 64) reduce [] ins(%x(r, c) : memref<8x64xbf16>) outs(%y(r, c) : memref<8x64xbf16>) {
  ^bb0(%a: bf16):
    %0 = arith.negf %a : bf16
    norm.yield %0 : bf16
  }
  return
}

// CHECK-LABEL: func @columns
// CHECK: norm.schedule = [#norm.gpu_schedule<along = "c", width = 8, threads = 256, access = 32>]
// HALF-LABEL: func @columns
// HALF: norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 256>]
func.func @columns(%x: memref<2048x64xf32>, %y: memref<64xf32>) {
  norm.generic iter(p = 2048, c = 64) reduce [p] ins(%x(p, c) : memref<2048x64xf32>) outs(%y(c) : memref<64xf32>) {
  ^bb0(%xf: !norm.field<f32, [p]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [p]>) over [p] order = <lanes = 32, segment = 512, blocks = 64, shift = 16> : f32
    norm.yield %sum : f32
  }
  return
}

// A unit of a row's sum is one access of the narrower operand, and half as long.
// CHECK-LABEL: func @rows
// CHECK: norm.schedule = [#norm.gpu_schedule<along = "c", width = 8, {{.*}}access = 32>]
// HALF-LABEL: func @rows
// HALF: norm.schedule = [#norm.gpu_schedule<along = "c", width = 8, {{[^>]*}}blocks = {{[0-9]+}}>]
func.func @rows(%x: memref<8x4096xbf16>, %w: memref<4096xf32>, %y: memref<8x4096xbf16>) {
  norm.generic iter(r = 8, c = 4096) reduce [c]
      ins(%x(r, c) : memref<8x4096xbf16>, %w(c) : memref<4096xf32>) outs(%y(r, c) : memref<8x4096xbf16>) {
  ^bb0(%xf: !norm.field<bf16, [c]>, %wf: !norm.field<f32, [c]>):
    %wide = norm.map (%a = %xf : !norm.field<bf16, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.extf %a : bf16 to f32
      norm.yield %0 : f32
    }
    %sum = norm.reduce sum (%wide : !norm.field<f32, [c]>) over [c] order = <lanes = 256, segment = 1024, blocks = 64, unit = 8> : f32
    %yf = norm.map (%a = %wide : !norm.field<f32, [c]>, %g = %wf : !norm.field<f32, [c]>) -> !norm.field<bf16, [c]> {
      %0 = arith.mulf %a, %sum : f32
      %1 = arith.mulf %0, %g : f32
      %2 = arith.truncf %1 : f32 to bf16
      norm.yield %2 : bf16
    }
    norm.yield %yf : !norm.field<bf16, [c]>
  }
  return
}

// CHECK-LABEL: func @narrow_rows
// CHECK-NOT: access
// CHECK: return
func.func @narrow_rows(%x: memref<8x4096xf32>, %y: memref<8xf32>) {
  norm.generic iter(r = 8, c = 4096) reduce [c] ins(%x(r, c) : memref<8x4096xf32>) outs(%y(r) : memref<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    norm.yield %sum : f32
  }
  return
}
