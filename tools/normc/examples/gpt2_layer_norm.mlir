// GPT-2: LayerNorm of 768 (small), 1024 (medium) and 1600 (XL) features, epsilon 1e-5, and backward.

func.func @gpt2_layer_norm_768(%x: tensor<?x768xf32>, %scale: tensor<768xf32>, %bias: tensor<768xf32>) -> (tensor<?x768xf32>, tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x768xf32>
  %y0 = tensor.empty(%rows) : tensor<?x768xf32>
  %m0 = tensor.empty(%rows) : tensor<?xf32>
  %r0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %mean, %rstd = norm.layer_norm %x scale(%scale : tensor<768xf32>) bias(%bias : tensor<768xf32>)
      axes = [1] eps = 1.0e-5 outs(%y0, %m0, %r0 : tensor<?x768xf32>, tensor<?xf32>, tensor<?xf32>) : tensor<?x768xf32>
  return %y, %mean, %rstd : tensor<?x768xf32>, tensor<?xf32>, tensor<?xf32>
}

// Backward with 768 features, from the saved statistics.
func.func @gpt2_layer_norm_768_backward(%x: tensor<?x768xf32> {norm.name = "x"},
    %dy: tensor<?x768xf32> {norm.name = "dy"},
    %scale: tensor<768xf32> {norm.name = "scale"},
    %mean: tensor<?xf32> {norm.name = "mean"},
    %rstd: tensor<?xf32> {norm.name = "rstd"})
    -> (tensor<?x768xf32> {norm.name = "dx"}, tensor<768xf32> {norm.name = "dscale"}, tensor<768xf32> {norm.name = "dbias"}) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x768xf32>
  %dx0 = tensor.empty(%rows) : tensor<?x768xf32>
  %zero = arith.constant 0.0 : f32
  %p0 = tensor.empty() : tensor<768xf32>
  %g0 = linalg.fill ins(%zero : f32) outs(%p0 : tensor<768xf32>) -> tensor<768xf32>
  %dx, %dg, %db = norm.generic iter(r = %rows, c = 768) reduce [c]
      ins(%x(r, c) : tensor<?x768xf32>,
          %dy(r, c) : tensor<?x768xf32>,
          %scale(c) : tensor<768xf32>,
          %mean(r) : tensor<?xf32>,
          %rstd(r) : tensor<?xf32>)
      outs(%dx0(r, c) : tensor<?x768xf32>,
           %g0(c) acc <lanes = 1, segment = 64, blocks = 64> : tensor<768xf32>,
           %g0(c) acc <lanes = 1, segment = 64, blocks = 64> : tensor<768xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %dyf: !norm.field<f32, [c]>, %scalef: !norm.field<f32, [c]>, %meanf: f32, %rstdf: f32):
    %xhat, %d1, %g, %gx, %dgf = norm.map (%a = %xf : !norm.field<f32, [c]>, %d = %dyf : !norm.field<f32, [c]>, %w = %scalef : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %0 = arith.subf %a, %meanf : f32
      %xh = arith.mulf %0, %rstdf : f32
      %1 = arith.mulf %d, %w : f32
      %2 = arith.mulf %1, %xh : f32
      %3 = arith.mulf %d, %xh : f32
      norm.yield %xh, %d, %1, %2, %3 : f32, f32, f32, f32, f32
    }
    %sg = norm.reduce sum (%g : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %sgx = norm.reduce sum (%gx : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %n = norm.count [c] : f32
    %mg = arith.divf %sg, %n : f32
    %mgx = arith.divf %sgx, %n : f32
    %dxf = norm.map (%h = %xhat : !norm.field<f32, [c]>, %gg = %g : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.subf %gg, %mg : f32
      %1 = arith.mulf %h, %mgx : f32
      %2 = arith.subf %0, %1 : f32
      %3 = arith.mulf %2, %rstdf : f32
      norm.yield %3 : f32
    }
    norm.yield %dxf, %dgf, %d1 : !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %dx, %dg, %db : tensor<?x768xf32>, tensor<768xf32>, tensor<768xf32>
}

func.func @gpt2_layer_norm_1024(%x: tensor<?x1024xf32>, %scale: tensor<1024xf32>, %bias: tensor<1024xf32>) -> (tensor<?x1024xf32>, tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x1024xf32>
  %y0 = tensor.empty(%rows) : tensor<?x1024xf32>
  %m0 = tensor.empty(%rows) : tensor<?xf32>
  %r0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %mean, %rstd = norm.layer_norm %x scale(%scale : tensor<1024xf32>) bias(%bias : tensor<1024xf32>)
      axes = [1] eps = 1.0e-5 outs(%y0, %m0, %r0 : tensor<?x1024xf32>, tensor<?xf32>, tensor<?xf32>) : tensor<?x1024xf32>
  return %y, %mean, %rstd : tensor<?x1024xf32>, tensor<?xf32>, tensor<?xf32>
}

// Backward with 1024 features, from the saved statistics.
func.func @gpt2_layer_norm_1024_backward(%x: tensor<?x1024xf32> {norm.name = "x"},
    %dy: tensor<?x1024xf32> {norm.name = "dy"},
    %scale: tensor<1024xf32> {norm.name = "scale"},
    %mean: tensor<?xf32> {norm.name = "mean"},
    %rstd: tensor<?xf32> {norm.name = "rstd"})
    -> (tensor<?x1024xf32> {norm.name = "dx"}, tensor<1024xf32> {norm.name = "dscale"}, tensor<1024xf32> {norm.name = "dbias"}) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x1024xf32>
  %dx0 = tensor.empty(%rows) : tensor<?x1024xf32>
  %zero = arith.constant 0.0 : f32
  %p0 = tensor.empty() : tensor<1024xf32>
  %g0 = linalg.fill ins(%zero : f32) outs(%p0 : tensor<1024xf32>) -> tensor<1024xf32>
  %dx, %dg, %db = norm.generic iter(r = %rows, c = 1024) reduce [c]
      ins(%x(r, c) : tensor<?x1024xf32>,
          %dy(r, c) : tensor<?x1024xf32>,
          %scale(c) : tensor<1024xf32>,
          %mean(r) : tensor<?xf32>,
          %rstd(r) : tensor<?xf32>)
      outs(%dx0(r, c) : tensor<?x1024xf32>,
           %g0(c) acc <lanes = 1, segment = 64, blocks = 64> : tensor<1024xf32>,
           %g0(c) acc <lanes = 1, segment = 64, blocks = 64> : tensor<1024xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %dyf: !norm.field<f32, [c]>, %scalef: !norm.field<f32, [c]>, %meanf: f32, %rstdf: f32):
    %xhat, %d1, %g, %gx, %dgf = norm.map (%a = %xf : !norm.field<f32, [c]>, %d = %dyf : !norm.field<f32, [c]>, %w = %scalef : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %0 = arith.subf %a, %meanf : f32
      %xh = arith.mulf %0, %rstdf : f32
      %1 = arith.mulf %d, %w : f32
      %2 = arith.mulf %1, %xh : f32
      %3 = arith.mulf %d, %xh : f32
      norm.yield %xh, %d, %1, %2, %3 : f32, f32, f32, f32, f32
    }
    %sg = norm.reduce sum (%g : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %sgx = norm.reduce sum (%gx : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %n = norm.count [c] : f32
    %mg = arith.divf %sg, %n : f32
    %mgx = arith.divf %sgx, %n : f32
    %dxf = norm.map (%h = %xhat : !norm.field<f32, [c]>, %gg = %g : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.subf %gg, %mg : f32
      %1 = arith.mulf %h, %mgx : f32
      %2 = arith.subf %0, %1 : f32
      %3 = arith.mulf %2, %rstdf : f32
      norm.yield %3 : f32
    }
    norm.yield %dxf, %dgf, %d1 : !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %dx, %dg, %db : tensor<?x1024xf32>, tensor<1024xf32>, tensor<1024xf32>
}

func.func @gpt2_layer_norm_1600(%x: tensor<?x1600xf32>, %scale: tensor<1600xf32>, %bias: tensor<1600xf32>) -> (tensor<?x1600xf32>, tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x1600xf32>
  %y0 = tensor.empty(%rows) : tensor<?x1600xf32>
  %m0 = tensor.empty(%rows) : tensor<?xf32>
  %r0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %mean, %rstd = norm.layer_norm %x scale(%scale : tensor<1600xf32>) bias(%bias : tensor<1600xf32>)
      axes = [1] eps = 1.0e-5 outs(%y0, %m0, %r0 : tensor<?x1600xf32>, tensor<?xf32>, tensor<?xf32>) : tensor<?x1600xf32>
  return %y, %mean, %rstd : tensor<?x1600xf32>, tensor<?xf32>, tensor<?xf32>
}

// Backward with 1600 features, from the saved statistics.
func.func @gpt2_layer_norm_1600_backward(%x: tensor<?x1600xf32> {norm.name = "x"},
    %dy: tensor<?x1600xf32> {norm.name = "dy"},
    %scale: tensor<1600xf32> {norm.name = "scale"},
    %mean: tensor<?xf32> {norm.name = "mean"},
    %rstd: tensor<?xf32> {norm.name = "rstd"})
    -> (tensor<?x1600xf32> {norm.name = "dx"}, tensor<1600xf32> {norm.name = "dscale"}, tensor<1600xf32> {norm.name = "dbias"}) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x1600xf32>
  %dx0 = tensor.empty(%rows) : tensor<?x1600xf32>
  %zero = arith.constant 0.0 : f32
  %p0 = tensor.empty() : tensor<1600xf32>
  %g0 = linalg.fill ins(%zero : f32) outs(%p0 : tensor<1600xf32>) -> tensor<1600xf32>
  %dx, %dg, %db = norm.generic iter(r = %rows, c = 1600) reduce [c]
      ins(%x(r, c) : tensor<?x1600xf32>,
          %dy(r, c) : tensor<?x1600xf32>,
          %scale(c) : tensor<1600xf32>,
          %mean(r) : tensor<?xf32>,
          %rstd(r) : tensor<?xf32>)
      outs(%dx0(r, c) : tensor<?x1600xf32>,
           %g0(c) acc <lanes = 1, segment = 64, blocks = 64> : tensor<1600xf32>,
           %g0(c) acc <lanes = 1, segment = 64, blocks = 64> : tensor<1600xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %dyf: !norm.field<f32, [c]>, %scalef: !norm.field<f32, [c]>, %meanf: f32, %rstdf: f32):
    %xhat, %d1, %g, %gx, %dgf = norm.map (%a = %xf : !norm.field<f32, [c]>, %d = %dyf : !norm.field<f32, [c]>, %w = %scalef : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %0 = arith.subf %a, %meanf : f32
      %xh = arith.mulf %0, %rstdf : f32
      %1 = arith.mulf %d, %w : f32
      %2 = arith.mulf %1, %xh : f32
      %3 = arith.mulf %d, %xh : f32
      norm.yield %xh, %d, %1, %2, %3 : f32, f32, f32, f32, f32
    }
    %sg = norm.reduce sum (%g : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %sgx = norm.reduce sum (%gx : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %n = norm.count [c] : f32
    %mg = arith.divf %sg, %n : f32
    %mgx = arith.divf %sgx, %n : f32
    %dxf = norm.map (%h = %xhat : !norm.field<f32, [c]>, %gg = %g : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.subf %gg, %mg : f32
      %1 = arith.mulf %h, %mgx : f32
      %2 = arith.subf %0, %1 : f32
      %3 = arith.mulf %2, %rstdf : f32
      norm.yield %3 : f32
    }
    norm.yield %dxf, %dgf, %d1 : !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %dx, %dg, %db : tensor<?x1600xf32>, tensor<1600xf32>, tensor<1600xf32>
}
