# RUN: rm -rf %t && mkdir %t && %python %s %cc %source %t %build/lib
#
# Functions that are split have the bits of the whole. On CPUs the rest of a host function is compiled by normc too, and
# linked with it by the C compiler; on a GPU, which the PTX interpreter is, it is written in C. A code that the rest
# returns comes back at once, and no workspace that is enough for the host function is too little for the rest.

import os
import subprocess
import sys

cc, source, folder, libraries = sys.argv[1:]
here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs")
failures = 0


def run(*command):
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if ran.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{ran.stdout}{ran.stderr}")
    return ran.stdout


def compare(kernel, results, shape, *flags):
    """Two libraries on the same inputs: the whole function, and the host function with its rest."""
    global failures
    outputs = {}
    for library in ("whole", "host"):
        names = [f"{library}-{i}.npy" for i in range(results)]
        run("norm-run", f"{library}.so", f"--kernel={kernel}", *([f"--shape={shape}"] if shape else []), *flags,
            *[f"--output={name}" for name in names])
        outputs[library] = [open(os.path.join(folder, name), "rb").read() for name in names]
    if outputs["whole"] != outputs["host"]:
        failures += 1
        print(f"{kernel} {shape} {' '.join(flags)}: the bits differ")


CASES = {"decoder": (2, ["r=1", "r=5", "r=33"]), "block": (1, [""]), "tokens": (1, ["r0=1,r1=1,c=1", "r0=2,r1=7,c=40"])}
outlined = os.path.join(here, "outlined.mlir")
for target in ("host", "x86-64-v4,x86-64-v3,x86-64-v2"):
    run("normc", outlined, f"--target={target}", "-o", "whole.so", "--manifest=whole.json")
    run("normc", outlined, f"--target={target}", "--outline=host", "--rest=rest.mlir", "-o", "host.o", "--header=host.h",
        "--manifest=host.json")
    run("normc", "rest.mlir", "-o", "rest.o")
    run(cc, "-shared", "-o", "host.so", "host.o", "rest.o")
    for kernel, (results, shapes) in CASES.items():
        for shape in shapes:
            compare(kernel, results, shape)
            compare(kernel, results, shape, "--threads=2")

# The first of two definitions is linked: those of outline-codes.c.
include = os.path.join(source, "include")
run(cc, "-std=c11", "-Wall", "-Wextra", "-Werror", "-I", include, "-I", folder, os.path.join(here, "outline-codes.c"),
    "host.o", "rest.o", "-Wl,--allow-multiple-definition", "-L", libraries, "-lnormrt", f"-Wl,-rpath,{libraries}", "-o", "codes")
print(run(os.path.join(folder, "codes")), end="")
run(cc, "-std=c11", "-Wall", "-Wextra", "-Werror", "-I", include, "-I", folder, os.path.join(here, "outline-workspace.c"),
    "host.o", "rest.o", "-L", libraries, "-lnormrt", f"-Wl,-rpath,{libraries}", "-o", "workspace")
print(run(os.path.join(folder, "workspace")), end="")

layer = os.path.join(here, "outlined-gpu.mlir")
for targets, chips in (("sm_80", [80]), ("sm_80,sm_90", [80, 90])):
    run("normc", layer, f"--target={targets}", "-o", "whole.so", "--manifest=whole.json")
    run("normc", layer, f"--target={targets}", "--outline=host", "--rest=rest.mlir", "-o", "host.a", "--manifest=host.json")
    run(cc, "-shared", "-fPIC", "-O1", "-ffp-contract=off", "-I", include, os.path.join(here, "outline-gpu.c"), "-o",
        "host.so", "-Wl,--whole-archive", "host.a", "-Wl,--no-whole-archive")
    for chip in chips:
        os.environ["NORMC_PTXSIM_ARCH"] = str(chip)
        for shape in ("r=1", "r=6"):
            compare("layer", 1, shape, "--device=ptxsim")

sys.exit(failures != 0)
