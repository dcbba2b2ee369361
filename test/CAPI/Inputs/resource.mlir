// Whose bytecode asks for an alignment of 64 bytes.
func.func @scaled(%x: tensor<?x4xf32>) -> tensor<?x4xf32> {
  %scale = arith.constant dense_resource<scale> : tensor<4xf32>
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x4xf32>
  %init = tensor.empty(%rows) : tensor<?x4xf32>
  %y = norm.rms_norm %x scale(%scale : tensor<4xf32>) axes = [1] eps = 1.0e-5 outs(%init : tensor<?x4xf32>) : tensor<?x4xf32>
  return %y : tensor<?x4xf32>
}

{-#
  dialect_resources: {
    builtin: {
      scale: "0x400000000000803F000000400000404000008040"
    }
  }
#-}
