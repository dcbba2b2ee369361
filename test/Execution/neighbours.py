# RUN: %python %s %S/../Raise/neighbours %t
#
# Every kind of neighbour, fused into one kernel by normc, on the CPU and on the interpreter of GPU code, beside the f64
# oracle: within 4 ULPs of a result's largest element. That the oracle's program computes what was not fused is raise.py's.

import glob
import json
import os
import subprocess
import sys

source, folder = sys.argv[1:]
os.makedirs(folder, exist_ok=True)
failures, checks = [], 0
for path in sorted(glob.glob(os.path.join(source, "*.mlir"))):
    for target, device in (("host", "cpu"), ("sm_90", "ptxsim")):
        library = os.path.join(folder, os.path.basename(path)[:-5] + "-" + device)
        subprocess.run(["normc", path, f"--target={target}", "-o", library + ".so", f"--manifest={library}.json"], check=True)
        with open(library + ".json", encoding="utf-8") as file:
            names = [kernel["name"] for kernel in json.load(file)["kernels"]]
        for name in names:
            ran = subprocess.run(["norm-run", library + ".so", f"--device={device}", f"--kernel={name}", "--check",
                                  "--max-scaled-ulp=4"], capture_output=True, text=True)
            checks += ran.stdout.count("\ncheck ")
            if ran.returncode != 0:
                failures.append(f"{name} on {device}: {ran.stdout}{ran.stderr}")
print("\n".join(failures))
print(f"{checks} results checked")
sys.exit(bool(failures) or checks < 2 * 29)
