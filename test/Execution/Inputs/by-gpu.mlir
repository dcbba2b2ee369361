// Rows of 4096, whose squares are summed: in registers on an sm_90, read again on an sm_80 and an sm_86. Two schedules give
// the same bits, and blocks of other sizes.
func.func @squares(%x: tensor<?x4096xf32>) -> (tensor<?x4096xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x4096xf32>
  %y = tensor.empty(%rows) : tensor<?x4096xf32>
  %s = tensor.empty(%rows) : tensor<?xf32>
  %0:2 = norm.generic iter(r = %rows, c = 4096) reduce [c]
      ins(%x(r, c) : tensor<?x4096xf32>) outs(%y(r, c) : tensor<?x4096xf32>, %s(r) : tensor<?xf32>)
      attributes {norm.schedule = {sm_80 = [#norm.gpu_schedule<along = "c", width = 4, threads = 256>],
                                   sm_90 = [#norm.gpu_schedule<along = "c", width = 4, threads = 128, units = 8, most = 4096>]}} {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce dot (%xf, %xf : !norm.field<f32, [c]>, !norm.field<f32, [c]>) over [c]
      order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
    %scaled = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %m = arith.mulf %a, %sum : f32
      norm.yield %m : f32
    }
    norm.yield %scaled, %sum : !norm.field<f32, [c]>, f32
  }
  return %0#0, %0#1 : tensor<?x4096xf32>, tensor<?xf32>
}
