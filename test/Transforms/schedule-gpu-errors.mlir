// RUN: norm-opt %s --norm-schedule=gpu-arch=75 --split-input-file --verify-diagnostics

func.func @by_gpu(%x: memref<?x1000xf32>, %y: memref<?xf32>, %rows: index) {
  // expected-error @below {{'norm.generic' op expects schedules by GPUs such as sm_90, but got "ampere"}}
  norm.generic iter(r = %rows, c = 1000) reduce [c]
      ins(%x(r, c) : memref<?x1000xf32>) outs(%y(r) : memref<?xf32>)
      attributes {norm.schedule = {ampere = [#norm.gpu_schedule<along = "c", width = 4, threads = 64>]}} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c]
      order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

// What only newer GPUs have.
func.func @cluster(%x: memref<8x4096xf32>, %y: memref<8xf32>) {
  // expected-error @below {{expects a schedule without clusters, which begin with sm_90, asynchronous copies, which begin with sm_80, and accesses of 32 bytes, which begin with sm_100, for sm_75, but got #norm.gpu_schedule<along = "c", width = 4, threads = 64, units = 8, most = 4096, cluster = 2>}}
  norm.generic iter(r = 8, c = 4096) reduce [c]
      ins(%x(r, c) : memref<8x4096xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 64, units = 8, most = 4096, cluster = 2>]} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

func.func @access(%x: memref<8x4096xf32>, %y: memref<8xf32>) {
  // expected-error @below {{and accesses of 32 bytes, which begin with sm_100, for sm_75, but got #norm.gpu_schedule<along = "c", width = 4, threads = 64, access = 32>}}
  norm.generic iter(r = 8, c = 4096) reduce [c]
      ins(%x(r, c) : memref<8x4096xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 64, access = 32>]} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    norm.yield %sum : f32
  }
  return
}
