// RUN: norm-opt %s | norm-opt | FileCheck %s
// RUN: norm-opt %s --mlir-print-op-generic | norm-opt | FileCheck %s
// RUN: norm-opt %s --emit-bytecode | norm-opt | FileCheck %s

// CHECK-LABEL: func @rms
// CHECK: norm.generic iter(r = %{{.*}}, c = 4096) reduce [c]
// CHECK-NEXT: ins(%{{.*}}(r, c) : tensor<?x4096xbf16>, %{{.*}}(c) : tensor<4096xf32>)
// CHECK-NEXT: outs(%{{.*}}(r, c) : tensor<?x4096xbf16>, %{{.*}}(r) : tensor<?xf32>) {
// CHECK: norm.map (%{{.*}} = %{{.*}} : !norm.field<bf16, [c]>) -> !norm.field<f32, [c]> {
// CHECK: norm.reduce sum(%{{.*}} : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
// CHECK: norm.count [c] : f32
// CHECK: norm.rsqrt exact %{{.*}} : f32
func.func @rms(%x: tensor<?x4096xbf16>, %w: tensor<4096xf32>, %y0: tensor<?x4096xbf16>,
               %r0: tensor<?xf32>, %rows: index) -> (tensor<?x4096xbf16>, tensor<?xf32>) {
  %y, %rs = norm.generic iter(r = %rows, c = 4096) reduce [c]
      ins(%x(r, c) : tensor<?x4096xbf16>, %w(c) : tensor<4096xf32>)
      outs(%y0(r, c) : tensor<?x4096xbf16>, %r0(r) : tensor<?xf32>) {
  ^bb0(%xb: !norm.field<bf16, [c]>, %wf: !norm.field<f32, [c]>):
    %xf = norm.map (%a = %xb : !norm.field<bf16, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.extf %a : bf16 to f32
      norm.yield %0 : f32
    }
    %sq = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.mulf %a, %a : f32
      norm.yield %0 : f32
    }
    %sum = norm.reduce sum (%sq : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    %n = norm.count [c] : f32
    %mean = arith.divf %sum, %n : f32
    %eps = arith.constant 1.0e-5 : f32
    %v = arith.addf %mean, %eps : f32
    %r = norm.rsqrt exact %v : f32
    %yf = norm.map (%a = %xf : !norm.field<f32, [c]>, %g = %wf : !norm.field<f32, [c]>)
        -> !norm.field<bf16, [c]> {
      %0 = arith.mulf %a, %r : f32
      %1 = arith.mulf %0, %g : f32
      %2 = arith.truncf %1 : f32 to bf16
      norm.yield %2 : bf16
    }
    norm.yield %yf, %r : !norm.field<bf16, [c]>, f32
  }
  return %y, %rs : tensor<?x4096xbf16>, tensor<?xf32>
}

// What is left to the target is left out.
// CHECK-LABEL: func @open
// CHECK: outs(%{{.*}}(r) : tensor<8xf32>, %{{.*}}(c) acc : tensor<64xf32>, %{{.*}}(c) acc <lanes = 1, segment = 4> : tensor<64xf32>) {
// CHECK: norm.reduce moments(%{{.*}} : !norm.field<f32, [c]>) over [c] : f32, f32, f32
// CHECK: norm.reduce moments(%{{.*}} : !norm.field<f32, [c]>) over [c] by two_pass : f32, f32, f32
// CHECK: norm.reduce max(%{{.*}} : !norm.field<f32, [c]>) over [c] : f32
func.func @open(%x: tensor<8x64xf32>, %r0: tensor<8xf32>, %c0: tensor<64xf32>)
    -> (tensor<8xf32>, tensor<64xf32>, tensor<64xf32>) {
  %y:3 = norm.generic iter(r = 8, c = 64) reduce [c] ins(%x(r, c) : tensor<8x64xf32>)
      outs(%r0(r) : tensor<8xf32>, %c0(c) acc : tensor<64xf32>, %c0(c) acc <lanes = 1, segment = 4> : tensor<64xf32>) {
  ^bb0(%a: !norm.field<f32, [c]>):
    %n, %mean, %m2 = norm.reduce moments (%a : !norm.field<f32, [c]>) over [c] : f32, f32, f32
    %n1, %mean1, %m21 = norm.reduce moments (%a : !norm.field<f32, [c]>) over [c] by two_pass : f32, f32, f32
    %max = norm.reduce max (%a : !norm.field<f32, [c]>) over [c] : f32
    %0 = arith.addf %mean, %mean1 : f32
    %1 = arith.addf %0, %max : f32
    norm.yield %1, %a, %a : f32, !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }
  return %y#0, %y#1, %y#2 : tensor<8xf32>, tensor<64xf32>, tensor<64xf32>
}
