// The stock mlir-opt, with our dialect and our passes loaded into it.
// RUN: mlir-opt --load-dialect-plugin=%build/lib/NormPlugin.so \
// RUN:   --load-pass-plugin=%build/lib/NormPlugin.so \
// RUN:   --pass-pipeline="builtin.module(norm-widen,canonicalize)" %s | FileCheck %s
// It runs the same pipelines as norm-opt does, to the same end.
// RUN: mlir-opt --load-dialect-plugin=%build/lib/NormPlugin.so \
// RUN:   --load-pass-plugin=%build/lib/NormPlugin.so --pass-pipeline="builtin.module( \
// RUN:   norm-raise,norm-generalize,norm-cpu-pipeline{vector-bits=256 has-fma})" %s -o %t.cpu
// RUN: norm-opt --norm-raise --norm-generalize \
// RUN:   --norm-cpu-pipeline="vector-bits=256 has-fma" %s | diff - %t.cpu
// RUN: FileCheck %s --check-prefix=CPU < %t.cpu
// CPU: llvm.func @rms(
// RUN: mlir-opt --load-dialect-plugin=%build/lib/NormPlugin.so \
// RUN:   --load-pass-plugin=%build/lib/NormPlugin.so --pass-pipeline="builtin.module( \
// RUN:   norm-raise,norm-generalize{isa=nvptx},norm-nvgpu-pipeline{chip=sm_90})" %s -o %t.gpu
// RUN: norm-opt --norm-raise --norm-generalize=isa=nvptx --norm-nvgpu-pipeline=chip=sm_90 %s \
// RUN:   | diff - %t.gpu
// RUN: FileCheck %s --check-prefix=GPU < %t.gpu
// GPU: gpu.module
// GPU: llvm.func @rms_0(
// Without it, the stock mlir-opt knows nothing of norm.
// RUN: not mlir-opt %s 2>&1 | FileCheck %s --check-prefix=WITHOUT
// WITHOUT: norm

// CHECK-LABEL: func.func @row_sums
// CHECK-SAME: memref<8x64xf64>
// CHECK: norm.reduce sum
func.func @row_sums(%x: memref<8x64xf32>, %y: memref<8xf32> {norm.output}) {
  norm.generic iter(r = 8, c = 64) reduce [c]
      ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>):
    %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
    norm.yield %sum : f32
  }
  return
}

// What norm-raise finds.
func.func @rms(%x: tensor<8x64xf32>) -> tensor<8x64xf32> {
  %zero = arith.constant 0.0 : f32
  %n = arith.constant 64.0 : f32
  %eps = arith.constant 1.0e-6 : f32
  %s0 = tensor.empty() : tensor<8xf32>
  %s1 = linalg.fill ins(%zero : f32) outs(%s0 : tensor<8xf32>) -> tensor<8xf32>
  %s = linalg.generic {indexing_maps = [affine_map<(r, c) -> (r, c)>, affine_map<(r, c) -> (r)>],
                       iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<8x64xf32>) outs(%s1 : tensor<8xf32>) {
  ^bb0(%a: f32, %sum: f32):
    %0 = arith.mulf %a, %a : f32
    %1 = arith.addf %sum, %0 : f32
    linalg.yield %1 : f32
  } -> tensor<8xf32>
  %y0 = tensor.empty() : tensor<8x64xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(r, c) -> (r, c)>, affine_map<(r, c) -> (r)>, affine_map<(r, c) -> (r, c)>],
                       iterator_types = ["parallel", "parallel"]}
      ins(%x, %s : tensor<8x64xf32>, tensor<8xf32>) outs(%y0 : tensor<8x64xf32>) {
  ^bb0(%a: f32, %sum: f32, %out: f32):
    %0 = arith.divf %sum, %n : f32
    %1 = arith.addf %0, %eps : f32
    %2 = math.rsqrt %1 : f32
    %3 = arith.mulf %a, %2 : f32
    linalg.yield %3 : f32
  } -> tensor<8x64xf32>
  return %y : tensor<8x64xf32>
}
