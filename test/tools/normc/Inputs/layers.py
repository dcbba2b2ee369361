"""Layers of a model, matrix product and norm, one after the other: as many as the argument says."""

import sys

ROWS, WEIGHT = "tensor<?x16xf32>", "tensor<16x16xf32>"
print(f"""func.func @layers(%x: {ROWS}, %w: {WEIGHT}) -> {ROWS} {{
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : {ROWS}
  %zero = arith.constant 0.0 : f32""")
value = "%x"
for i in range(int(sys.argv[1])):
    print(f"""  %e{i} = tensor.empty(%n) : {ROWS}
  %f{i} = linalg.fill ins(%zero : f32) outs(%e{i} : {ROWS}) -> {ROWS}
  %m{i} = linalg.matmul ins({value}, %w : {ROWS}, {WEIGHT}) outs(%f{i} : {ROWS}) -> {ROWS}
  %y{i} = norm.rms_norm %m{i} axes = [1] eps = 1.0e-5 outs(%e{i} : {ROWS}) : {ROWS}""")
    value = f"%y{i}"
print(f"  return {value} : {ROWS}\n}}")
