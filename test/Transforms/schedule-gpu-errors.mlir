// RUN: norm-opt %s --norm-schedule=gpu-arch=90 --verify-diagnostics

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
