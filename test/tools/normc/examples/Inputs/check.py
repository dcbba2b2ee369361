"""check.py LIBRARY BOUND SIZES...: runs every kernel of a library on every row of sizes (as r=7 or
n=1,c=64) against the oracle, and fails above BOUND, in ULPs of the largest element of a result. On the
device that NORMTEST_DEVICE names, or on the CPU."""

import json
import os
import re
import subprocess
import sys

library, bound, *rows = sys.argv[1:]
with open(re.sub(r"\.so$", ".json", library)) as file:
    kernels = json.load(file)["kernels"]

failed = 0
for kernel in kernels:
    used = {
        symbol
        for argument in kernel["arguments"]
        for size in argument["shape"]
        if isinstance(size, str)
        for symbol in size.split("*")
    }
    for row in rows or [""]:
        sizes = ",".join(size for size in row.split(",") if size.split("=")[0] in used)
        command = ["norm-run", library, "--kernel", kernel["name"], "--check", "--max-scaled-ulp", bound]
        command += ["--device", os.environ.get("NORMTEST_DEVICE", "cpu")]
        if sizes:
            command += ["--shape", sizes]
        ran = subprocess.run(command, capture_output=True, text=True)
        if ran.returncode != 0 or ran.stdout.count("\ncheck ") == 0:
            failed += 1
            print(" ".join(command), ran.stdout, ran.stderr, sep="\n")
print(f"{len(kernels)} kernels, {failed} failures")
sys.exit(failed != 0)
