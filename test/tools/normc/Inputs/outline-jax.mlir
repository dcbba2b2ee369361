// As JAX makes them: @main, helper functions that are private and whose names are not C's, and attributes of dialects
// that nobody registered.
module @jit_block attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%x: tensor<4x64xf32> {mhlo.layout_mode = "default"}, %w: tensor<64x64xf32>) -> (tensor<4x64xf32> {jax.result_info = "result"}) {
    %n = call @rms.norm(%x) : (tensor<4x64xf32>) -> tensor<4x64xf32>
    %zero = arith.constant 0.0 : f32
    %e = tensor.empty() : tensor<4x64xf32>
    %f = linalg.fill ins(%zero : f32) outs(%e : tensor<4x64xf32>) -> tensor<4x64xf32>
    %m = linalg.matmul ins(%n, %w : tensor<4x64xf32>, tensor<64x64xf32>) outs(%f : tensor<4x64xf32>) -> tensor<4x64xf32>
    %y = norm.layer_norm %m axes = [1] eps = 1.0e-5 outs(%e : tensor<4x64xf32>) : tensor<4x64xf32>
    return %y : tensor<4x64xf32>
  }
  func.func private @rms.norm(%x: tensor<4x64xf32>) -> tensor<4x64xf32> {
    %e = tensor.empty() : tensor<4x64xf32>
    %y = norm.rms_norm %x axes = [1] eps = 1.0e-5 outs(%e : tensor<4x64xf32>) : tensor<4x64xf32>
    return %y : tensor<4x64xf32>
  }
}
