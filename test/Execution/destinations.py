# REQUIRES: numpy
# RUN: rm -rf %t && mkdir %t && cd %t && %python %s
#
# What linalg leaves beside a normalization has places of its own: operations that begin with the same tensor, or with each
# other's results, and are all returned. Compared with numpy: the oracle goes through the same passes.

import subprocess
import sys

import numpy as np

rng = np.random.default_rng(0)
x = rng.standard_normal((4, 64)).astype(np.float32)
weights = [rng.standard_normal((64, 64)).astype(np.float32) for _ in range(3)]
for i, array in enumerate([x] + weights):
    np.save(f"i{i}.npy", array)
T, W = "tensor<4x64xf32>", "tensor<64x64xf32>"
HEAD = f"""func.func @f(%x: {T}, %a: {W}, %b: {W}, %c: {W}) -> ({T}, {T}, {T}) {{
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : {T}
"""
FILL = f"  %f = linalg.fill ins(%z : f32) outs(%e : {T}) -> {T}\n"
ABS = f"  %h = linalg.abs ins(%x : {T}) outs(%e : {T}) -> {T}\n"
NORM = f"  %n = norm.rms_norm %x axes = [1] eps = 1.0e-5 outs(%e : {T}) : {T}\n"
LOOP = f"""  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %k = scf.for %i = %c0 to %c3 step %c1 iter_args(%t = %h) -> ({T}) {{
    %s = linalg.add ins(%t, %x : {T}, {T}) outs(%t : {T}) -> {T}
    scf.yield %s : {T}
  }}
"""


def matmul(result, operand, weight, init):
    return f"  %{result} = linalg.matmul ins(%{operand}, %{weight} : {T}, {W}) outs(%{init} : {T}) -> {T}\n"


def returned(*values):
    return f"  return {', '.join('%' + value for value in values)} : {T}, {T}, {T}\n}}\n"


d, (a, b, c) = x.astype(np.float64), [w.astype(np.float64) for w in weights]
n, h = d / np.sqrt((d * d).mean(1, keepdims=True) + 1e-5), abs(d)
CASES = {
    "one fill": (NORM + FILL + matmul("q", "n", "a", "f") + matmul("k", "n", "b", "f") + matmul("v", "n", "c", "f")
                 + returned("q", "k", "v"), [n @ a, n @ b, n @ c]),
    "another's result": (ABS + matmul("q", "x", "a", "h") + matmul("k", "x", "b", "h") + returned("q", "h", "k"),
                         [d @ a + h, h, d @ b + h]),
    "the fill too": (FILL + matmul("q", "x", "a", "f") + matmul("k", "x", "b", "q") + returned("k", "f", "q"),
                     [d @ a + d @ b, 0 * d, d @ a]),
    "a loop": (NORM + ABS + LOOP + returned("k", "h", "n"), [h + 3 * d, h, n]),
    "a norm's result": (NORM + matmul("q", "x", "a", "n") + matmul("k", "x", "b", "q") + returned("k", "n", "q"),
                        [n + d @ a + d @ b, n, n + d @ a]),
}
failures = 0
for name, (text, expected) in CASES.items():
    with open("f.mlir", "w", encoding="utf-8") as file:
        file.write(HEAD + text)
    subprocess.run(["normc", "f.mlir", "-o", "f.so", "--manifest=f.json"], check=True)
    subprocess.run(["norm-run", "f.so"] + [f"--input=i{i}.npy" for i in range(4)] + [f"--output=o{i}.npy" for i in range(3)],
                   check=True, stdout=subprocess.DEVNULL)
    for i, right in enumerate(expected):
        # Sums of 64 products of numbers around 1, in f32.
        distance = abs(np.load(f"o{i}.npy") - right).max()
        if not distance <= 1e-4:
            failures += 1
            print(f"{name}: result {i} is off by {distance}")
sys.exit(failures != 0)
