func.func @f(%x: memref<4x8xf32>, %y: memref<4x8xf32> {norm.output}) {
  norm.generic iter(r = 4, c = 8) reduce [c] ins(%x(r, c) : memref<4x8xf32>) outs(%y(r, c) : memref<4x8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    norm.yield %xf : !norm.field<f32, [c]>
  }
  return
}
