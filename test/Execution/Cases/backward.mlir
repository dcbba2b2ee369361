// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt --canonicalize | FileCheck %s

// The backward passes of layer norm and RMS norm: one sweep that gives dx and accumulates the
// gradients of the parameters over the rows.

// CHECK-LABEL: func @ln_backward
// CHECK: acc <lanes = 1, segment = 4, blocks = 8>
func.func @ln_backward(%x: tensor<?x?xf32>, %dy: tensor<?x?xf32>, %gamma: tensor<?xf32>,
                       %mean: tensor<?xf32>, %rstd: tensor<?xf32>)
    -> (tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf32>
  %dx0 = tensor.empty(%rows, %cols) : tensor<?x?xf32>
  %p0 = tensor.empty(%cols) : tensor<?xf32>
  %dg0 = linalg.fill ins(%zero : f32) outs(%p0 : tensor<?xf32>) -> tensor<?xf32>
  %dx, %dg, %db = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%x(r, c) : tensor<?x?xf32>, %dy(r, c) : tensor<?x?xf32>, %gamma(c) : tensor<?xf32>,
          %mean(r) : tensor<?xf32>, %rstd(r) : tensor<?xf32>)
      outs(%dx0(r, c) : tensor<?x?xf32>,
           %dg0(c) acc <lanes = 1, segment = 4, blocks = 8> : tensor<?xf32>,
           %dg0(c) acc <lanes = 1, segment = 4, blocks = 8> : tensor<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %dyf: !norm.field<f32, [c]>, %gf: !norm.field<f32, [c]>,
       %m: f32, %r: f32):
    %xhat, %g, %gx, %dgf = norm.map (%a = %xf : !norm.field<f32, [c]>,
        %d = %dyf : !norm.field<f32, [c]>, %ga = %gf : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %0 = arith.subf %a, %m : f32
      %xh = arith.mulf %0, %r : f32
      %1 = arith.mulf %d, %ga : f32
      %2 = arith.mulf %1, %xh : f32
      %3 = arith.mulf %d, %xh : f32
      norm.yield %xh, %1, %2, %3 : f32, f32, f32, f32
    }
    %sg = norm.reduce sum (%g : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %sgx = norm.reduce sum (%gx : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %n = norm.count [c] : f32
    %mg = arith.divf %sg, %n : f32
    %mgx = arith.divf %sgx, %n : f32
    %dxf = norm.map (%xh = %xhat : !norm.field<f32, [c]>, %gg = %g : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]> {
      %0 = arith.subf %gg, %mg : f32
      %1 = arith.mulf %xh, %mgx : f32
      %2 = arith.subf %0, %1 : f32
      %3 = arith.mulf %2, %r : f32
      norm.yield %3 : f32
    }
    norm.yield %dxf, %dgf, %dyf : !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %dx, %dg, %db : tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>
}

// bf16 activations; dgamma is added to the gradient that is already there (gradient accumulation).
// CHECK-LABEL: func @rms_backward
// CHECK: %{{.*}}(c) acc <lanes = 1, segment = 2> : tensor<?xf32>
func.func @rms_backward(%x: tensor<?x?xbf16>, %dy: tensor<?x?xbf16>, %w: tensor<?xbf16>,
                        %rstd: tensor<?xf32>, %dw0: tensor<?xf32>)
    -> (tensor<?x?xbf16>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xbf16>
  %cols = tensor.dim %x, %c1 : tensor<?x?xbf16>
  %dx0 = tensor.empty(%rows, %cols) : tensor<?x?xbf16>
  %dx, %dw = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%x(r, c) : tensor<?x?xbf16>, %dy(r, c) : tensor<?x?xbf16>, %w(c) : tensor<?xbf16>,
          %rstd(r) : tensor<?xf32>)
      outs(%dx0(r, c) : tensor<?x?xbf16>, %dw0(c) acc <lanes = 1, segment = 2> : tensor<?xf32>) {
  ^bb0(%xb: !norm.field<bf16, [c]>, %db: !norm.field<bf16, [c]>, %wb: !norm.field<bf16, [c]>, %r: f32):
    %xhat, %g, %gx, %dwf = norm.map (%a = %xb : !norm.field<bf16, [c]>,
        %d = %db : !norm.field<bf16, [c]>, %b = %wb : !norm.field<bf16, [c]>)
        -> !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %xe = arith.extf %a : bf16 to f32
      %de = arith.extf %d : bf16 to f32
      %we = arith.extf %b : bf16 to f32
      %xh = arith.mulf %xe, %r : f32
      %1 = arith.mulf %de, %we : f32
      %2 = arith.mulf %1, %xh : f32
      %3 = arith.mulf %de, %xh : f32
      norm.yield %xh, %1, %2, %3 : f32, f32, f32, f32
    }
    %s = norm.reduce sum (%gx : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %n = norm.count [c] : f32
    %mgx = arith.divf %s, %n : f32
    %dxf = norm.map (%xh = %xhat : !norm.field<f32, [c]>, %gg = %g : !norm.field<f32, [c]>)
        -> !norm.field<bf16, [c]> {
      %0 = arith.mulf %xh, %mgx : f32
      %1 = arith.subf %gg, %0 : f32
      %2 = arith.mulf %1, %r : f32
      %3 = arith.truncf %2 : f32 to bf16
      norm.yield %3 : bf16
    }
    norm.yield %dxf, %dwf : !norm.field<bf16, [c]>, !norm.field<f32, [c]>
  }
  return %dx, %dw : tensor<?x?xbf16>, tensor<?xf32>
}
