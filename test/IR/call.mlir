// RUN: norm-opt %s | FileCheck %s
// RUN: norm-opt %s --canonicalize --cse | FileCheck %s

// A call is kept and not merged, whoever reads its results.
// CHECK-LABEL: func.func @on_tensors(
// CHECK: norm.call @log ins(%{{.*}} : tensor<?x4xf32>){{$}}
// CHECK: %[[Y:.*]]:2 = norm.call @split ins(%{{.*}}, %{{.*}} : tensor<?x4xf32>, tensor<i32>) outs(%{{.*}}, %{{.*}} : tensor<4xf32>, tensor<4xf16>) -> tensor<4xf32>, tensor<4xf16>
// CHECK: norm.call @split
// CHECK: return %[[Y]]#1
func.func @on_tensors(%x: tensor<?x4xf32>, %n: tensor<i32>) -> tensor<4xf16> {
  %a = tensor.empty() : tensor<4xf32>
  %b = tensor.empty() : tensor<4xf16>
  norm.call @log ins(%x : tensor<?x4xf32>)
  %y:2 = norm.call @split ins(%x, %n : tensor<?x4xf32>, tensor<i32>) outs(%a, %b : tensor<4xf32>, tensor<4xf16>) -> tensor<4xf32>, tensor<4xf16>
  %z:2 = norm.call @split ins(%x, %n : tensor<?x4xf32>, tensor<i32>) outs(%a, %b : tensor<4xf32>, tensor<4xf16>) -> tensor<4xf32>, tensor<4xf16>
  return %y#1 : tensor<4xf16>
}

// CHECK-LABEL: func.func @on_memrefs(
// CHECK: norm.call @fill outs(%{{.*}} : memref<4xf32>){{$}}
func.func @on_memrefs(%x: memref<4xf32>) {
  norm.call @fill outs(%x : memref<4xf32>)
  return
}
