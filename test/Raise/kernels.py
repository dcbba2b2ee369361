# The fragments of models as kernels: --outline=calls compiles each normalization with its neighbours, for a CPU and for a GPU,
# and what is left, which every MLIR reads, calls these kernels and has nothing of normc. How many there are is entries.py's.
#
# RUN: rm -rf %t && mkdir %t && %python %s %S/models %t

import glob
import json
import os
import re
import subprocess
import sys

models, folder = sys.argv[1:]
failures, kernels = [], 0
for path in sorted(glob.glob(os.path.join(models, "*.mlir"))):
    name = os.path.basename(path)
    for target, phase in (("host", "obj"), ("sm_90", "ptx")):
        rest, manifest = os.path.join(folder, "rest.mlir"), os.path.join(folder, "kernels.json")
        ran = subprocess.run(["normc", path, f"--target={target}", "--outline=calls", f"--rest={rest}", f"--emit={phase}", "-o",
                              os.path.join(folder, "kernels"), f"--manifest={manifest}"], capture_output=True, text=True)
        if ran.returncode != 0:
            failures.append(f"{name} for {target}: {ran.stderr}")
            continue
        with open(manifest, encoding="utf-8") as file:
            symbols = {kernel["symbol"] for kernel in json.load(file)["kernels"]}
        read = subprocess.run(["mlir-opt", rest], capture_output=True, text=True)
        declared = set(re.findall(r'norm_kernel = "(\w+)"', read.stdout))
        if read.returncode != 0 or re.search(r"\bnorm\.\w", read.stdout):
            failures.append(f"{name} for {target}: expects that mlir-opt reads what is left: {read.stderr}{read.stdout}")
        if not declared <= symbols:
            failures.append(f"{name} for {target}: calls {sorted(declared - symbols)}, which are no kernels")
        kernels += len(symbols)
print("\n".join(failures))
sys.exit(bool(failures) or kernels < 2 * 60)
