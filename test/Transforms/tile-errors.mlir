// RUN: norm-opt %s --norm-tile=sizes=0,2 --split-input-file --verify-diagnostics

func.func @buffers(%x: memref<4x8x16xf32>, %y: memref<4x8xf32>) {
  // expected-error @below {{cannot be tiled on buffers; norm-tile comes before bufferization}}
  norm.generic iter(n = 4, r = 8, c = 16) reduce [c] ins(%x(n, r, c) : memref<4x8x16xf32>) outs(%y(n, r) : memref<4x8xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%a : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}
