// One of everything: what version-1.mlirbc holds, as text. Every operation is there, and every attribute and type.

func.func @layer_norm_backward(%dy: tensor<?x64xbf16>, %x: tensor<?x64xbf16>, %w: tensor<64xf32>,
                               %m: tensor<?xf32>, %r: tensor<?xf32>, %dx0: tensor<?x64xbf16>,
                               %dw0: tensor<64xf32>)
    -> (tensor<?x64xbf16>, tensor<64xf32>, tensor<64xf32>) {
  %dx, %dw, %db = norm.layer_norm_backward %dy, %x stats(%m, %r : tensor<?xf32>, tensor<?xf32>)
      scale(%w : tensor<64xf32>) axes = [1] gradients = [input, scale, bias]
      outs(%dx0, %dw0, %dw0 : tensor<?x64xbf16>, tensor<64xf32>, tensor<64xf32>)
      : tensor<?x64xbf16>, tensor<?x64xbf16>
  return %dx, %dw, %db : tensor<?x64xbf16>, tensor<64xf32>, tensor<64xf32>
}

func.func @rms_norm_backward(%dy: tensor<8x64xf32>, %x: tensor<8x64xf32>, %r: tensor<8xf32>,
                             %dw0: tensor<64xf32>) -> (tensor<8x64xf32>, tensor<64xf32>) {
  %dx, %dw = norm.rms_norm_backward %dy, %x stats(%r : tensor<8xf32>) axes = [1]
      gradients = [input, scale] outs(%dy, %dw0 : tensor<8x64xf32>, tensor<64xf32>)
      : tensor<8x64xf32>, tensor<8x64xf32>
  return %dx, %dw : tensor<8x64xf32>, tensor<64xf32>
}

func.func @batch_norm_backward(%dy: tensor<?x?x?x64xf16>, %x: tensor<?x?x?x64xf16>,
                               %w: tensor<64xf32>, %m: tensor<64xf32>, %r: tensor<64xf32>)
    -> (tensor<?x?x?x64xf16>, tensor<64xf32>, tensor<64xf32>) {
  %dx, %dw, %db = norm.batch_norm_backward %dy, %x stats(%m, %r : tensor<64xf32>, tensor<64xf32>)
      scale(%w : tensor<64xf32>) layout = channels_last gradients = [input, scale, bias]
      outs(%dy, %w, %w : tensor<?x?x?x64xf16>, tensor<64xf32>, tensor<64xf32>)
      : tensor<?x?x?x64xf16>, tensor<?x?x?x64xf16>
  return %dx, %dw, %db : tensor<?x?x?x64xf16>, tensor<64xf32>, tensor<64xf32>
}

func.func @frozen(%dy: tensor<8x64x14x14xf32>, %x: tensor<8x64x14x14xf32>, %m: tensor<64xf32>,
                  %v: tensor<64xf32>) -> tensor<8x64x14x14xf32> {
  %dx = norm.batch_norm_inference_backward %dy, %x stats(%m, %v : tensor<64xf32>, tensor<64xf32>)
      layout = channels_first eps = 1.0e-5 gradients = [input]
      outs(%dy : tensor<8x64x14x14xf32>) : tensor<8x64x14x14xf32>, tensor<8x64x14x14xf32>
  return %dx : tensor<8x64x14x14xf32>
}

func.func @instance_norm_backward(%dy: tensor<?x64x?x?xf32>, %x: tensor<?x64x?x?xf32>,
                                  %w: tensor<64xf32>) -> (tensor<?x64x?x?xf32>, tensor<64xf32>) {
  %dx, %dw = norm.instance_norm_backward %dy, %x scale(%w : tensor<64xf32>)
      layout = channels_first eps = 1.0e-5 gradients = [input, scale]
      outs(%dy, %w : tensor<?x64x?x?xf32>, tensor<64xf32>)
      : tensor<?x64x?x?xf32>, tensor<?x64x?x?xf32>
  return %dx, %dw : tensor<?x64x?x?xf32>, tensor<64xf32>
}

func.func @group_norm_backward(%dy: tensor<?x64x?x?xf32>, %x: tensor<?x64x?x?xf32>,
                               %m: tensor<?x32xf32>, %r: tensor<?x32xf32>, %w: tensor<64xf32>)
    -> (tensor<?x64x?x?xf32>, tensor<64xf32>) {
  %dx, %dw = norm.group_norm_backward %dy, %x stats(%m, %r : tensor<?x32xf32>, tensor<?x32xf32>)
      scale(%w : tensor<64xf32>) groups = 32 layout = channels_first gradients = [input, scale]
      outs(%dy, %w : tensor<?x64x?x?xf32>, tensor<64xf32>)
      : tensor<?x64x?x?xf32>, tensor<?x64x?x?xf32>
  return %dx, %dw : tensor<?x64x?x?xf32>, tensor<64xf32>
}

func.func @batch_norm(%x: tensor<?x64x?x?xf16>, %w: tensor<64xf32>, %b: tensor<64xf32>,
                      %rm: tensor<64xf32>, %rv: tensor<64xf32>, %y0: tensor<?x64x?x?xf16>)
    -> (tensor<?x64x?x?xf16>, tensor<64xf32>, tensor<64xf32>) {
  %y, %m, %v = norm.batch_norm %x scale(%w : tensor<64xf32>) bias(%b : tensor<64xf32>)
      layout = channels_first eps = 1.0e-5
      running(%rm, %rv : tensor<64xf32>, tensor<64xf32>) momentum = 0.1 of batch variance = unbiased
      outs(%y0, %rm, %rv : tensor<?x64x?x?xf16>, tensor<64xf32>, tensor<64xf32>)
      : tensor<?x64x?x?xf16>
  return %y, %m, %v : tensor<?x64x?x?xf16>, tensor<64xf32>, tensor<64xf32>
}

func.func @batch_norm_inference(%x: tensor<8x56x56x64xf32>, %m: tensor<64xf32>, %v: tensor<64xf32>)
    -> tensor<8x56x56x64xf32> {
  %y = norm.batch_norm_inference %x stats(%m, %v : tensor<64xf32>, tensor<64xf32>)
      layout = channels_last eps = 1.0e-3 outs(%x : tensor<8x56x56x64xf32>)
      : tensor<8x56x56x64xf32>
  return %y : tensor<8x56x56x64xf32>
}

func.func @instance_norm(%x: tensor<?x64x?x?xf32>) -> tensor<?x64x?x?xf32> {
  %y = norm.instance_norm %x layout = channels_first eps = 1.0e-5
      outs(%x : tensor<?x64x?x?xf32>) : tensor<?x64x?x?xf32>
  return %y : tensor<?x64x?x?xf32>
}

func.func @group_norm(%x: tensor<?x64x?x?xf32>, %w: tensor<64xf32>) -> tensor<?x64x?x?xf32> {
  %y = norm.group_norm %x scale(%w : tensor<64xf32>) groups = 32 layout = channels_first
      eps = 1.0e-6 outs(%x : tensor<?x64x?x?xf32>) : tensor<?x64x?x?xf32>
  return %y : tensor<?x64x?x?xf32>
}

func.func @layer_norm(%x: tensor<?x64xbf16>, %w: tensor<64xf32>, %b: tensor<64xf32>,
                      %y0: tensor<?x64xbf16>, %m0: tensor<?xf32>, %r0: tensor<?xf32>)
    -> (tensor<?x64xbf16>, tensor<?xf32>, tensor<?xf32>) {
  %y, %mean, %rstd = norm.layer_norm %x scale(%w : tensor<64xf32>) bias(%b : tensor<64xf32>)
      axes = [1] eps = 1.0e-5
      outs(%y0, %m0, %r0 : tensor<?x64xbf16>, tensor<?xf32>, tensor<?xf32>) : tensor<?x64xbf16>
  return %y, %mean, %rstd : tensor<?x64xbf16>, tensor<?xf32>, tensor<?xf32>
}

func.func @rms_norm(%x: tensor<8x64xf16>, %w: tensor<64xf16>, %y0: tensor<8x64xf16>)
    -> tensor<8x64xf16> {
  %y = norm.rms_norm %x scale(%w : tensor<64xf16>) axes = [1] eps = 1.0e-6 rounding = normalized
      outs(%y0 : tensor<8x64xf16>) : tensor<8x64xf16>
  return %y : tensor<8x64xf16>
}

func.func @rms(%x: tensor<?x64xf32>, %rows: index) -> tensor<?x64xf32> {
  %init = tensor.empty(%rows) : tensor<?x64xf32>
  %y = norm.generic iter(r = %rows, c = 64) reduce [c]
      ins(%x(r, c) : tensor<?x64xf32>) outs(%init(r, c) : tensor<?x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sq = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %a : f32
      norm.yield %0 : f32
    }
    %sum = norm.reduce sum (%sq : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %n = norm.count [c] : f32
    %mean = arith.divf %sum, %n : f32
    %r = norm.rsqrt exact %mean : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %r : f32
      norm.yield %0 : f32
    }
    norm.yield %yf : !norm.field<f32, [c]>
  }
  return %y : tensor<?x64xf32>
}

func.func @scale(%x: tensor<8x64xbf16>, %w: tensor<64xf32>, %init: tensor<8x64xf32>) -> tensor<8x64xf32> {
  %y = norm.generic iter(r = 8, c = 64) reduce [c]
      ins(%x(r, c) : tensor<8x64xbf16>, %w(c) : tensor<64xf32>)
      outs(%init(r, c) : tensor<8x64xf32>) {
  ^bb0(%xf: !norm.field<bf16, [c]>, %wf: !norm.field<f32, [c]>):
    %yf = norm.map (%a = %xf : !norm.field<bf16, [c]>, %g = %wf : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]> {
      %0 = arith.extf %a : bf16 to f32
      %1 = arith.mulf %0, %g : f32
      norm.yield %1 : f32
    }
    norm.yield %yf : !norm.field<f32, [c]>
  }
  return %y : tensor<8x64xf32>
}

func.func @moments(%x: tensor<8x64xf32>, %init: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
  %mean, %m2 = norm.generic iter(r = 8, c = 64) reduce [c]
      ins(%x(r, c) : tensor<8x64xf32>)
      outs(%init(r) : tensor<8xf32>, %init(r) : tensor<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %n, %m, %s = norm.reduce moments (%xf : !norm.field<f32, [c]>) over [c] by two_pass
        order = <lanes = 16> : f32, f32, f32
    norm.yield %m, %s : f32, f32
  }
  return %mean, %m2 : tensor<8xf32>, tensor<8xf32>
}

func.func @pixels(%x: tensor<2x?x?xf32>, %h: index, %w: index, %init: tensor<2xf32>) -> tensor<2xf32> {
  %y = norm.generic iter(n = 2, h = %h, w = %w) reduce [h, w]
      ins(%x(n, h, w) : tensor<2x?x?xf32>) outs(%init(n) : tensor<2xf32>) {
  ^bb0(%xf: !norm.field<f32, [h, w]>):
    %n = norm.count [h, w] : f32
    norm.yield %n : f32
  }
  return %y : tensor<2xf32>
}

func.func @positions(%init: tensor<8x64xi64>) -> tensor<8x64xi64> {
  %y = norm.generic iter(r = 8, c = 64) reduce [c] ins() outs(%init(r, c) : tensor<8x64xi64>) {
    %row = norm.index r
    %yf = norm.map () -> !norm.field<i64, [c]> {
      %column = norm.index c
      %0 = arith.addi %row, %column : index
      %1 = arith.index_cast %0 : index to i64
      norm.yield %1 : i64
    }
    norm.yield %yf : !norm.field<i64, [c]>
  }
  return %y : tensor<8x64xi64>
}

func.func @bits(%seed: i64, %offset: i64, %row: index, %column: index) -> i32 {
  %bits = norm.random (%seed, %offset) at (%row, %column) : i32
  return %bits : i32
}

func.func @exchange(%x: tensor<8x64xf32>, %init: tensor<8x64xf32>) -> tensor<8x64xf32> {
  %y = norm.generic iter(t = 8, k = 2, j = 32) reduce [k, j]
      ins(%x(t, [k j]) : tensor<8x64xf32>) outs(%init(t, [k j]) : tensor<8x64xf32>) {
  ^bb0(%xf: !norm.field<f32, [k, j]>):
    %other = norm.flip %xf along k : !norm.field<f32, [k, j]>
    norm.yield %other : !norm.field<f32, [k, j]>
  }
  return %y : tensor<8x64xf32>
}

func.func @rsqrt(%v: f32) -> f32 {
  %r = norm.rsqrt exact %v : f32
  return %r : f32
}


func.func private @attributes(!norm.field<bf16, [h, w]>) attributes {
  orders = [#norm.target_order, #norm.order<lanes = 16>,
            #norm.order<lanes = 256, run = 2, segment = 1024, runs = 4, blocks = 64, shift = 2, unit = 8>],
  schedules = [#norm.schedule<along = "c", width = 8>,
               #norm.schedule<along = "c", width = 16, rows = 4, task = 8, pipelined = true, columns = 64>],
  gpu_schedules = [#norm.gpu_schedule<along = "c", width = 8, threads = 128, units = 4, most = 4096, blocks = 8>],
  enums = [#norm<reduce_kind moments>, #norm<algorithm shifted>, #norm<accuracy approx>, #norm<layout channels_last>,
           #norm<momentum_of running>, #norm<estimate unbiased>, #norm<rounding normalized>, #norm<statistic variance>,
           #norm<sum_rounding rounded>, #norm<gating before>, #norm<gradients input|scale>]
}
