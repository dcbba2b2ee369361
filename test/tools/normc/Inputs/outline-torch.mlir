// As torch-mlir makes them: a global seed, weights as resources, tensors of integers, and a module that has a name.
module attributes {torch.debug_module_name = "Block"} {
  ml_program.global private mutable @global_seed(dense<0> : tensor<i64>) : tensor<i64>
  func.func @forward(%x: tensor<4x8xf32>, %ids: tensor<4xi64>) -> (tensor<4x8xf32>, tensor<i64>) {
    %w = arith.constant dense_resource<torch_tensor_8> : tensor<8xf32>
    %seed = ml_program.global_load @global_seed : tensor<i64>
    %e = tensor.empty() : tensor<4x8xf32>
    %n = norm.rms_norm %x scale(%w : tensor<8xf32>) axes = [1] eps = 1.0e-5 outs(%e : tensor<4x8xf32>) : tensor<4x8xf32>
    %y = linalg.abs ins(%n : tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) -> tensor<4x8xf32>
    %last = norm.layer_norm %y scale(%w : tensor<8xf32>) axes = [1] eps = 1.0e-5 outs(%e : tensor<4x8xf32>) : tensor<4x8xf32>
    ml_program.global_store @global_seed = %seed : tensor<i64>
    return %last, %seed : tensor<4x8xf32>, tensor<i64>
  }
}

{-#
  dialect_resources: {
    builtin: {
      torch_tensor_8: "0x040000000000803F0000803F0000803F000000400000803F0000803F0000803F0000803F"
    }
  }
#-}
