// RUN: norm-opt %s --split-input-file --verify-diagnostics

func.func @call_c1(%x: tensor<4xf32>, %y: memref<4xf32>) {
  // expected-error @below {{'norm.call' op expects either tensors or memrefs, but has both}}
  norm.call @f ins(%x : tensor<4xf32>) outs(%y : memref<4xf32>)
  return
}

// -----

func.func @call_c2_type(%x: tensor<4xf32>) {
  // expected-error @below {{expects the results of tensors to have the types of outs ('tensor<4xf32>'), but got ('tensor<8xf32>')}}
  %y = norm.call @f outs(%x : tensor<4xf32>) -> tensor<8xf32>
  return
}

// -----

func.func @call_c2_count(%x: tensor<4xf32>) {
  // expected-error @below {{expects the results of tensors to have the types of outs ('tensor<4xf32>'), but got ()}}
  norm.call @f outs(%x : tensor<4xf32>)
  return
}

// -----

func.func @call_c2_memref(%x: memref<4xf32>) {
  // expected-error @below {{expects the results of tensors to have the types of outs (), but got ('tensor<4xf32>')}}
  %y = norm.call @f outs(%x : memref<4xf32>) -> tensor<4xf32>
  return
}
