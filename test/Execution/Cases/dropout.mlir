// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt --canonicalize | FileCheck %s

// Layer norm of residual + dropout(x). The mask is not stored: the backward pass draws the same bits
// again from the seed, the offset and the position.

// CHECK-LABEL: func @dropout_ln
// CHECK: norm.random(%{{.*}}, %{{.*}}) at(%{{.*}}, %{{.*}}) : i32
func.func @dropout_ln(%x: tensor<?x?xf32>, %res: tensor<?x?xf32>, %gamma: tensor<?xf32>,
    %beta: tensor<?xf32>, %seed: tensor<i64>, %offset: tensor<i64>)
    -> (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %x, %c1 : tensor<?x?xf32>
  %y0 = tensor.empty(%rows, %cols) : tensor<?x?xf32>
  %s0 = tensor.empty(%rows) : tensor<?xf32>
  %y, %h, %mean, %rstd = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%x(r, c) : tensor<?x?xf32>, %res(r, c) : tensor<?x?xf32>, %gamma(c) : tensor<?xf32>,
          %beta(c) : tensor<?xf32>, %seed() : tensor<i64>, %offset() : tensor<i64>)
      outs(%y0(r, c) : tensor<?x?xf32>, %y0(r, c) : tensor<?x?xf32>, %s0(r) : tensor<?xf32>,
           %s0(r) : tensor<?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %rf: !norm.field<f32, [c]>, %gf: !norm.field<f32, [c]>,
       %bf: !norm.field<f32, [c]>, %seed: i64, %offset: i64):
    %row = norm.index r
    %hf = norm.map (%a = %xf : !norm.field<f32, [c]>, %b = %rf : !norm.field<f32, [c]>)
        -> !norm.field<f32, [c]> {
      %col = norm.index c
      %bits = norm.random (%seed, %offset) at (%row, %col) : i32
      // P(bits < 0.1 * 2^32) = 0.1 is dropped; the rest is divided by 0.9.
      %threshold = arith.constant 429496730 : i32
      %keep = arith.cmpi uge, %bits, %threshold : i32
      %zero = arith.constant 0.0 : f32
      %q = arith.constant 0.9 : f32
      %0 = arith.divf %a, %q : f32
      %1 = arith.select %keep, %0, %zero : f32
      %2 = arith.addf %1, %b : f32
      norm.yield %2 : f32
    }
    %n, %m, %m2 = norm.reduce moments (%hf : !norm.field<f32, [c]>) over [c] by two_pass
        order = <lanes = 16> : f32, f32, f32
    %var = arith.divf %m2, %n : f32
    %eps = arith.constant 1.0e-5 : f32
    %v = arith.addf %var, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %hf : !norm.field<f32, [c]>, %ga = %gf : !norm.field<f32, [c]>,
                    %be = %bf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.subf %a, %m : f32
      %1 = arith.mulf %0, %r : f32
      %2 = arith.mulf %1, %ga : f32
      %3 = arith.addf %2, %be : f32
      norm.yield %3 : f32
    }
    norm.yield %yf, %hf, %m, %r : !norm.field<f32, [c]>, !norm.field<f32, [c]>, f32, f32
  }
  return %y, %h, %mean, %rstd : tensor<?x?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>
}

// ds = dnorm(dy) + dh; dresidual = ds; dx = ds where x was kept, divided by 0.9.
// CHECK-LABEL: func @dropout_ln_backward
// CHECK: norm.random
func.func @dropout_ln_backward(%h: tensor<?x?xf32>, %dy: tensor<?x?xf32>, %dh: tensor<?x?xf32>,
    %gamma: tensor<?xf32>, %mean: tensor<?xf32>, %rstd: tensor<?xf32>, %seed: tensor<i64>,
    %offset: tensor<i64>) -> (tensor<?x?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %rows = tensor.dim %h, %c0 : tensor<?x?xf32>
  %cols = tensor.dim %h, %c1 : tensor<?x?xf32>
  %dx0 = tensor.empty(%rows, %cols) : tensor<?x?xf32>
  %p0 = tensor.empty(%cols) : tensor<?xf32>
  %dp0 = linalg.fill ins(%zero : f32) outs(%p0 : tensor<?xf32>) -> tensor<?xf32>
  %dx, %dres, %dg, %db = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%h(r, c) : tensor<?x?xf32>, %dy(r, c) : tensor<?x?xf32>, %dh(r, c) : tensor<?x?xf32>,
          %gamma(c) : tensor<?xf32>, %mean(r) : tensor<?xf32>, %rstd(r) : tensor<?xf32>,
          %seed() : tensor<i64>, %offset() : tensor<i64>)
      outs(%dx0(r, c) : tensor<?x?xf32>, %dx0(r, c) : tensor<?x?xf32>,
           %dp0(c) acc <lanes = 1, segment = 4> : tensor<?xf32>,
           %dp0(c) acc <lanes = 1, segment = 4> : tensor<?xf32>) {
  ^bb0(%hf: !norm.field<f32, [c]>, %dyf: !norm.field<f32, [c]>, %dhf: !norm.field<f32, [c]>,
       %gf: !norm.field<f32, [c]>, %m: f32, %r: f32, %seed: i64, %offset: i64):
    %row = norm.index r
    %xhat, %g, %gx, %dgf = norm.map (%a = %hf : !norm.field<f32, [c]>,
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
    %dxf, %dsf = norm.map (%xh = %xhat : !norm.field<f32, [c]>, %gg = %g : !norm.field<f32, [c]>,
        %e = %dhf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %0 = arith.subf %gg, %mg : f32
      %1 = arith.mulf %xh, %mgx : f32
      %2 = arith.subf %0, %1 : f32
      %3 = arith.mulf %2, %r : f32
      %ds = arith.addf %3, %e : f32
      %col = norm.index c
      %bits = norm.random (%seed, %offset) at (%row, %col) : i32
      // P(bits < 0.1 * 2^32) = 0.1 is dropped; the rest is divided by 0.9.
      %threshold = arith.constant 429496730 : i32
      %keep = arith.cmpi uge, %bits, %threshold : i32
      %zero = arith.constant 0.0 : f32
      %q = arith.constant 0.9 : f32
      %4 = arith.divf %ds, %q : f32
      %5 = arith.select %keep, %4, %zero : f32
      norm.yield %5, %ds : f32, f32
    }
    norm.yield %dxf, %dsf, %dgf, %dyf : !norm.field<f32, [c]>, !norm.field<f32, [c]>,
        !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %dx, %dres, %dg, %db
      : tensor<?x?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?xf32>
}

// The bits themselves.
// CHECK-LABEL: func @bits
func.func @bits(%like: tensor<?x?xi32>, %seed: tensor<i64>, %offset: tensor<i64>) -> tensor<?x?xi32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %like, %c0 : tensor<?x?xi32>
  %cols = tensor.dim %like, %c1 : tensor<?x?xi32>
  %y0 = tensor.empty(%rows, %cols) : tensor<?x?xi32>
  %y = norm.generic iter(r = %rows, c = %cols) reduce [c]
      ins(%like(r, c) : tensor<?x?xi32>, %seed() : tensor<i64>, %offset() : tensor<i64>)
      outs(%y0(r, c) : tensor<?x?xi32>) {
  ^bb0(%a: !norm.field<i32, [c]>, %seed: i64, %offset: i64):
    %row = norm.index r
    %y = norm.map (%b = %a : !norm.field<i32, [c]>) -> !norm.field<i32, [c]> {
      %col = norm.index c
      %bits = norm.random (%seed, %offset) at (%row, %col) : i32
      %sum = arith.xori %bits, %b : i32
      norm.yield %sum : i32
    }
    norm.yield %y : !norm.field<i32, [c]>
  }
  return %y : tensor<?x?xi32>
}
