// A projection and the RMS norm of its rows, as a front end writes them.
#rows = affine_map<(r, c) -> (r, c)>
#row = affine_map<(r, c) -> (r)>
#column = affine_map<(r, c) -> (c)>

func.func @project(%x: tensor<8x32xf32>, %w: tensor<32x64xf32>, %scale: tensor<64xf32>) -> tensor<8x64xf32> {
  %zero = arith.constant 0.0 : f32
  %n = arith.constant 64.0 : f32
  %eps = arith.constant 1.0e-6 : f32
  %p0 = tensor.empty() : tensor<8x64xf32>
  %p1 = linalg.fill ins(%zero : f32) outs(%p0 : tensor<8x64xf32>) -> tensor<8x64xf32>
  %p = linalg.matmul ins(%x, %w : tensor<8x32xf32>, tensor<32x64xf32>) outs(%p1 : tensor<8x64xf32>) -> tensor<8x64xf32>
  %s0 = tensor.empty() : tensor<8xf32>
  %s1 = linalg.fill ins(%zero : f32) outs(%s0 : tensor<8xf32>) -> tensor<8xf32>
  %s = linalg.generic {indexing_maps = [#rows, #row], iterator_types = ["parallel", "reduction"]}
      ins(%p : tensor<8x64xf32>) outs(%s1 : tensor<8xf32>) {
  ^bb0(%a: f32, %sum: f32):
    %0 = arith.mulf %a, %a : f32
    %1 = arith.addf %sum, %0 : f32
    linalg.yield %1 : f32
  } -> tensor<8xf32>
  %y0 = tensor.empty() : tensor<8x64xf32>
  %y = linalg.generic {indexing_maps = [#rows, #row, #column, #rows], iterator_types = ["parallel", "parallel"]}
      ins(%p, %s, %scale : tensor<8x64xf32>, tensor<8xf32>, tensor<64xf32>) outs(%y0 : tensor<8x64xf32>) {
  ^bb0(%a: f32, %sum: f32, %b: f32, %out: f32):
    %0 = arith.divf %sum, %n : f32
    %1 = arith.addf %0, %eps : f32
    %2 = math.rsqrt %1 : f32
    %3 = arith.mulf %a, %2 : f32
    %4 = arith.mulf %3, %b : f32
    linalg.yield %4 : f32
  } -> tensor<8x64xf32>
  return %y : tensor<8x64xf32>
}
