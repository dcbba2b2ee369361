# REQUIRES: numpy
# RUN: rm -rf %t && mkdir %t && cd %t && %python %s
#
# Batches of tokens as rows and back, with dynamic sizes, of which one dimension has two: on the CPU and on the interpreter, beside
# numpy; and rows that are no batch of that size are refused.

import subprocess
import sys

import numpy as np

PROGRAM = """func.func @f(%a: tensor<?x?x16xf32>, %b: tensor<?x16xf32>) -> (tensor<?x?x16xf32>, tensor<?x?x2x8xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %batch = tensor.dim %a, %c0 : tensor<?x?x16xf32>
  %tokens = tensor.dim %a, %c1 : tensor<?x?x16xf32>
  %rows = arith.muli %batch, %tokens : index
  %e = tensor.empty(%rows) : tensor<?x16xf32>
  %y = norm.rms_norm %b axes = [1] eps = 1.0e-5 outs(%e : tensor<?x16xf32>) : tensor<?x16xf32>
  %z = tensor.expand_shape %y [[0, 1], [2]] output_shape [%batch, %tokens, 16]
      : tensor<?x16xf32> into tensor<?x?x16xf32>
  %heads = tensor.expand_shape %z [[0], [1], [2, 3]] output_shape [%batch, %tokens, 2, 8]
      : tensor<?x?x16xf32> into tensor<?x?x2x8xf32>
  %e1 = tensor.empty(%batch, %tokens) : tensor<?x?x16xf32>
  %s = linalg.add ins(%z, %a : tensor<?x?x16xf32>, tensor<?x?x16xf32>) outs(%e1 : tensor<?x?x16xf32>)
      -> tensor<?x?x16xf32>
  return %s, %heads : tensor<?x?x16xf32>, tensor<?x?x2x8xf32>
}
"""
rng = np.random.default_rng(0)
a, b = rng.standard_normal((3, 5, 16)).astype(np.float32), rng.standard_normal((15, 16)).astype(np.float32)
np.save("a.npy", a)
np.save("b.npy", b)
np.save("short.npy", b[:14])
y = (b / np.sqrt((b.astype(np.float64) ** 2).mean(1, keepdims=True) + 1e-5)).reshape(3, 5, 16)
with open("f.mlir", "w", encoding="utf-8") as file:
    file.write(PROGRAM)
failures = 0
for target, device in (("host", "cpu"), ("sm_90", "ptxsim")):
    subprocess.run(["normc", "f.mlir", f"--target={target}", "-o", "f.so", "--manifest=f.json"], check=True)
    run = ["norm-run", "f.so", f"--device={device}", "--output=s.npy", "--output=heads.npy", "--input=a.npy"]
    subprocess.run(run + ["--input=b.npy"], check=True, stdout=subprocess.DEVNULL)
    for name, right in (("s", y + a), ("heads", y.reshape(3, 5, 2, 8))):
        distance = abs(np.load(name + ".npy") - right).max()
        if not distance <= 1e-6:
            failures += 1
            print(f"{name} on {device} is off by {distance}")
    refused = subprocess.run(run + ["--input=short.npy"], capture_output=True, text=True)
    if refused.returncode == 0 or "to be 15" not in refused.stderr:
        failures += 1
        print(f"14 rows for 15 tokens on {device}: {refused.returncode}, {refused.stderr}")
sys.exit(failures != 0)
