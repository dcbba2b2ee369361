# Compiles small operations for GPUs into the folder, and checks each on the simulator.
import os
import subprocess
import sys

folder = sys.argv[1]
# columns: rows; the second has no vectors of 16 bytes in a row.
shapes = {127: 3, 1000: 5, 4096: 2}
# Of the largest element, in ULPs of the result's type; sums of f32 have errors of their own. The mean of rows whose mean
# is a hundredth of their spread is exact to that spread, not to itself: gpu.py has the bound that follows from that.
bounds = {"f32": 8, "bf16": 2}
of_mean = 32
operations = [
    ("rms_norm", []),
    ("layer_norm", []),
    ("layer_norm", ["--save-stats"]),
    ("layer_norm", ["--save-stats", "--backward"]),
]
failures = 0


def run(environment, *command):
    global failures
    ran = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})
    if ran.returncode != 0:
        failures += 1
        print(" ".join([f"{k}={v}" for k, v in environment.items()] + list(command)), ran.stdout, ran.stderr, sep="\n")
    return ran.returncode == 0


def check(target, dtype, columns, operation, flags, order):
    library = os.path.join(folder, f"{target}-{dtype}-{columns}-{operation}{''.join(flags)}.so")
    if not run({}, "normc", f"--op={operation}", f"--shape=?x{columns}", f"--dtype={dtype}", *flags,
               f"--target={target}", "-o", library, f"--manifest={library[:-3]}.json"):
        return
    most = of_mean if dtype == "bf16" and flags == ["--save-stats"] else bounds[dtype]
    run({"NORMC_PTXSIM_ORDER": order, "NORMC_PTXSIM_GLOBAL_RACES": "1"}, "norm-run", library,
        "--device=ptxsim", f"--shape=r={shapes[columns]}", "--check", f"--max-scaled-ulp={most}")


count = 0
for operation, flags in operations:
    for columns in shapes:
        for target, dtype in (("sm_80", "f32"), ("sm_90", "bf16")):
            check(target, dtype, columns, operation, flags, ("forward", "skewed")[count % 2])
            count += 1
sys.exit(failures != 0)
