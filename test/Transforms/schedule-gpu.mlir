// RUN: norm-opt %s --norm-schedule=gpu-arch=90 --remark-format=emitRemark --remarks-filter='.*' \
// RUN:   --remark-policy=all 2>%t | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK --input-file=%t

// CHECK-LABEL: func @rows
// CHECK: norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 32, groups = 4, units = 8, most = 1024, blocks = 5>]
// REMARK: Reason="a warp keeps a group in its registers", Remark="32 threads for a group of up to 1024 elements, blocks of 4"
func.func @rows(%x: memref<?x1000xf32>, %y: memref<?xf32>, %rows: index) {
  norm.generic iter(r = %rows, c = 1000) reduce [c]
      ins(%x(r, c) : memref<?x1000xf32>) outs(%y(r) : memref<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c]
      order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    norm.yield %sum : f32
  }
  return
}

// Channels beside each other: four that a thread loads at once.
// CHECK-LABEL: func @columns
// CHECK: norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 256>]
// REMARK: Reason="groups lie beside each other", Remark="256 threads for a segment of 32 columns"
func.func @columns(%x: memref<?x64xf32>, %y: memref<64xf32>, %rows: index) {
  norm.generic iter(c = 64, n = %rows) reduce [n]
      ins(%x(n, c) : memref<?x64xf32>) outs(%y(c) : memref<64xf32>) {
  ^bb0(%xf: !norm.field<f32, [n]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [n]>) over [n]
      order = <lanes = 32, segment = 512, blocks = 64, shift = 16> : f32
    norm.yield %sum : f32
  }
  return
}

// CHECK-LABEL: func @elements
// CHECK: norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 128>]
// REMARK: Reason="a group has one element", Remark="a thread for 4 neighbours"
func.func @elements(%x: memref<?x64xf32>, %y: memref<?x64xf32>, %rows: index) {
  norm.generic iter(r = %rows, c = 64) reduce []
      ins(%x(r, c) : memref<?x64xf32>) outs(%y(r, c) : memref<?x64xf32>) {
  ^bb0(%xf: f32):
    %sum = arith.addf %xf, %xf : f32
    norm.yield %sum : f32
  }
  return
}

// An order that no warp has: by itself.
// CHECK-LABEL: func @other_order
// CHECK-NOT: norm.schedule
// REMARK: Reason="the lanes of a sum are not those of a warp", Remark="a thread computes a group by itself"
func.func @other_order(%x: memref<?x64xf32>, %y: memref<?xf32>, %rows: index) {
  norm.generic iter(r = %rows, c = 64) reduce [c]
      ins(%x(r, c) : memref<?x64xf32>) outs(%y(r) : memref<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}

// A user's, by GPU: for sm_90 those for sm_80 are the newest.
// CHECK-LABEL: func @by_gpu
// CHECK: norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 256>]
func.func @by_gpu(%x: memref<?x1000xf32>, %y: memref<?xf32>, %rows: index) {
  norm.generic iter(r = %rows, c = 1000) reduce [c]
      ins(%x(r, c) : memref<?x1000xf32>) outs(%y(r) : memref<?xf32>)
      attributes {norm.schedule = {sm_100 = [#norm.gpu_schedule<along = "c", width = 4, threads = 64>],
                                   sm_75 = [#norm.gpu_schedule<along = "c", width = 4, threads = 128>],
                                   sm_80 = [#norm.gpu_schedule<along = "c", width = 4, threads = 256>]}} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c]
      order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    norm.yield %sum : f32
  }
  return
}

// And where all of them are for newer ones, what is chosen.
// CHECK-LABEL: func @newer_gpu
// CHECK: norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 32, groups = 4, units = 8, most = 1024, blocks = 5>]
func.func @newer_gpu(%x: memref<?x1000xf32>, %y: memref<?xf32>, %rows: index) {
  norm.generic iter(r = %rows, c = 1000) reduce [c]
      ins(%x(r, c) : memref<?x1000xf32>) outs(%y(r) : memref<?xf32>)
      attributes {norm.schedule = {sm_100 = [#norm.gpu_schedule<along = "c", width = 4, threads = 64>]}} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c]
      order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    norm.yield %sum : f32
  }
  return
}
