// Gemma-2B: RMSNorm of 2048 features in bf16, the scale is 1 + weight with the 1 added in f32, rounded
// once: the preset `gemma`.

func.func @gemma_rms_norm(%x: tensor<?x2048xbf16>, %scale: tensor<2048xbf16>) -> (tensor<?x2048xbf16>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x2048xbf16>
  %y0 = tensor.empty(%rows) : tensor<?x2048xbf16>
  %r0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %rstd = norm.rms_norm %x scale(%scale : tensor<2048xbf16>) axes = [1] eps = 1.0e-6 weight_offset = 1.0
      outs(%y0, %r0 : tensor<?x2048xbf16>, tensor<?xf32>) : tensor<?x2048xbf16>
  return %y, %rstd : tensor<?x2048xbf16>, tensor<?xf32>
}

// Its backward, from the saved 1 / rms. The offset has no gradient of its own.
func.func @gemma_rms_norm_backward(%x: tensor<?x2048xbf16> {norm.name = "x"}, %dy: tensor<?x2048xbf16> {norm.name = "dy"},
    %scale: tensor<2048xbf16> {norm.name = "scale"}, %rstd: tensor<?xf32> {norm.name = "rstd"})
    -> (tensor<?x2048xbf16> {norm.name = "dx"}, tensor<2048xf32> {norm.name = "dscale"}) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x2048xbf16>
  %dx0 = tensor.empty(%rows) : tensor<?x2048xbf16>
  %zero = arith.constant 0.0 : f32
  %p0 = tensor.empty() : tensor<2048xf32>
  %g0 = linalg.fill ins(%zero : f32) outs(%p0 : tensor<2048xf32>) -> tensor<2048xf32>
  %dx, %dg = norm.generic iter(r = %rows, c = 2048) reduce [c]
      ins(%x(r, c) : tensor<?x2048xbf16>, %dy(r, c) : tensor<?x2048xbf16>, %scale(c) : tensor<2048xbf16>, %rstd(r) : tensor<?xf32>)
      outs(%dx0(r, c) : tensor<?x2048xbf16>,
           %g0(c) acc <lanes = 1, segment = 64, blocks = 64> : tensor<2048xf32>) {
  ^bb0(%xf: !norm.field<bf16, [c]>, %dyf: !norm.field<bf16, [c]>, %wf: !norm.field<bf16, [c]>, %r: f32):
    %xhat, %g, %gx, %dgf = norm.map (%a = %xf : !norm.field<bf16, [c]>, %d = %dyf : !norm.field<bf16, [c]>, %w = %wf : !norm.field<bf16, [c]>)
        -> !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %ae = arith.extf %a : bf16 to f32
      %de = arith.extf %d : bf16 to f32
      %we = arith.extf %w : bf16 to f32
      %one = arith.constant 1.0 : f32
      %w1 = arith.addf %we, %one : f32
      %xh = arith.mulf %ae, %r : f32
      %1 = arith.mulf %de, %w1 : f32
      %2 = arith.mulf %1, %xh : f32
      %3 = arith.mulf %de, %xh : f32
      norm.yield %xh, %1, %2, %3 : f32, f32, f32, f32
    }
    %sgx = norm.reduce sum (%gx : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %n = norm.count [c] : f32
    %mgx = arith.divf %sgx, %n : f32
    %dxf = norm.map (%h = %xhat : !norm.field<f32, [c]>, %gg = %g : !norm.field<f32, [c]>) -> !norm.field<bf16, [c]> {
      %0 = arith.mulf %h, %mgx : f32
      %1 = arith.subf %gg, %0 : f32
      %2 = arith.mulf %1, %r : f32
      %3 = arith.truncf %2 : f32 to bf16
      norm.yield %3 : bf16
    }
    norm.yield %dxf, %dgf : !norm.field<bf16, [c]>, !norm.field<f32, [c]>
  }
  return %dx, %dg : tensor<?x2048xbf16>, tensor<2048xf32>
}
