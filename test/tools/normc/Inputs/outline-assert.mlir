func.func @guarded(%x: tensor<8x32xf32>) -> tensor<8x32xf32> {
  %c0 = arith.constant 0 : index
  %most = arith.constant 100.0 : f32
  %first = tensor.extract %x[%c0, %c0] : tensor<8x32xf32>
  %good = arith.cmpf olt, %first, %most : f32
  cf.assert %good, "too large"
  %e = tensor.empty() : tensor<8x32xf32>
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-5 outs(%e : tensor<8x32xf32>) : tensor<8x32xf32>
  return %y : tensor<8x32xf32>
}
