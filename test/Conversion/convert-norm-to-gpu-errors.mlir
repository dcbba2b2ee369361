// RUN: norm-opt %s --convert-norm-to-gpu --split-input-file --verify-diagnostics

func.func @lanes(%x: memref<8x64xf32>, %y: memref<8xf32>) {
  // expected-error @below {{cannot be computed by threads together: the lanes of a sum are not those of a warp}}
  norm.generic iter(r = 8, c = 64) reduce [c]
      ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 16, groups = 8, units = 1, most = 64>]} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

func.func @room(%x: memref<8x64xf32>, %y: memref<8xf32>) {
  // expected-error @below {{expects a schedule for at most 32 elements, which 8 threads keep in 1 units, but got 64}}
  norm.generic iter(r = 8, c = 64) reduce [c]
      ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 8, groups = 8, units = 1, most = 64>]} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

func.func @last(%x: memref<8x?xf32>, %y: memref<8xf32>, %c: index) {
  // expected-error @below {{expects a schedule for groups of any length at the end of the list, but the last is for 64 elements}}
  norm.generic iter(r = 8, c = %c) reduce [c]
      ins(%x(r, c) : memref<8x?xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 16, groups = 8, units = 1, most = 64>]} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

func.func @width(%x: memref<8x66xf32>, %y: memref<8xf32>) {
  // expected-error @below {{expects a width of at most 2, but got 4}}
  norm.generic iter(r = 8, c = 66) reduce [c]
      ins(%x(r, c) : memref<8x66xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 32, groups = 4, units = 1, most = 66>]} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

func.func @cpu(%x: memref<8x64xf32>, %y: memref<8xf32>) {
  // expected-error @below {{expects a list of #norm.gpu_schedule, but got #norm.schedule}}
  norm.generic iter(r = 8, c = 64) reduce [c]
      ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = #norm.schedule<along = "c", width = 8>} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

func.func @cluster(%x: memref<8x4096xf32>, %y: memref<8xf32>) {
  // expected-error @below {{expects a cluster of at most 64 warps, and a power of two of segments, but got 12 warps with 1 segments each}}
  norm.generic iter(r = 8, c = 4096) reduce [c]
      ins(%x(r, c) : memref<8x4096xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 96, units = 8, most = 4096, cluster = 4>]} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    norm.yield %sum : f32
  }
  return
}

// -----

func.func @ahead(%x: memref<8x128xf32>, %y: memref<8xf32>) {
  // expected-error @below {{expects results that accumulate, and 4 neighbours to have a multiple of 16 bytes, to copy groups ahead}}
  norm.generic iter(r = 8, c = 128) reduce [c]
      ins(%x(r, c) : memref<8x128xf32>) outs(%y(r) : memref<8xf32>)
      attributes {norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 32, units = 1, most = 128, ahead = true>]} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    norm.yield %sum : f32
  }
  return
}
