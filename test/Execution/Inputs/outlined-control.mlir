
// Normalizations in loops and branches, for outline-calls.py.

func.func @control(%x: tensor<5x64xf32>, %w: tensor<64xf32>, %m: tensor<64x64xf32>, %steps: tensor<1xi32>, %flag: tensor<1xi1>)
    -> (tensor<5x64xf32>, tensor<5x64xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<5x64xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<5x64xf32>) -> tensor<5x64xf32>
  %number = tensor.extract %steps[%c0] : tensor<1xi32>
  %end = arith.index_cast %number : i32 to index
  %last = scf.for %i = %c0 to %end step %c1 iter_args(%a = %x) -> tensor<5x64xf32> {
    %n = norm.rms_norm %a scale(%w : tensor<64xf32>) axes = [1] eps = 1.0e-5 outs(%e : tensor<5x64xf32>) : tensor<5x64xf32>
    %p = linalg.matmul ins(%n, %m : tensor<5x64xf32>, tensor<64x64xf32>) outs(%f : tensor<5x64xf32>) -> tensor<5x64xf32>
    scf.yield %p : tensor<5x64xf32>
  }
  %is = tensor.extract %flag[%c0] : tensor<1xi1>
  %chosen = scf.if %is -> tensor<5x64xf32> {
    %n = norm.layer_norm %last scale(%w : tensor<64xf32>) axes = [1] eps = 1.0e-5 outs(%e : tensor<5x64xf32>) : tensor<5x64xf32>
    scf.yield %n : tensor<5x64xf32>
  } else {
    %p = linalg.matmul ins(%last, %m : tensor<5x64xf32>, tensor<64x64xf32>) outs(%f : tensor<5x64xf32>) -> tensor<5x64xf32>
    %n = norm.rms_norm %p scale(%w : tensor<64xf32>) axes = [1] eps = 1.0e-5 outs(%e : tensor<5x64xf32>) : tensor<5x64xf32>
    scf.yield %n : tensor<5x64xf32>
  }
  return %chosen, %last : tensor<5x64xf32>, tensor<5x64xf32>
}
