func.func @total(%x: tensor<8x32xf32>) -> tensor<f32> {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<8x32xf32>
  %y = norm.rms_norm %x axes = [1] eps = 1.0e-5 outs(%e : tensor<8x32xf32>) : tensor<8x32xf32>
  %s = tensor.empty() : tensor<f32>
  %f = linalg.fill ins(%zero : f32) outs(%s : tensor<f32>) -> tensor<f32>
  %t = linalg.reduce ins(%y : tensor<8x32xf32>) outs(%f : tensor<f32>) dimensions = [0, 1]
    (%a: f32, %b: f32) {
      %0 = arith.addf %a, %b : f32
      linalg.yield %0 : f32
    }
  return %t : tensor<f32>
}
