# RUN: %python %s
#
# Kernels for every GPU that normc knows: PTX of that target, which calls nothing; and, where CUDA's ptxas is found, code
# whose registers all are registers. The same PTX comes out where no toolkit is.

import os
import re
import shutil
import subprocess
import sys
import tempfile

CHIPS = ["sm_75", "sm_80", "sm_86", "sm_89", "sm_90", "sm_90a", "sm_100", "sm_103", "sm_110", "sm_120", "sm_121"]
KERNELS = ["rms_norm ?x4096 bf16", "layer_norm ?x1000 f32 --save-stats", "layer_norm ?x4096 f16 --backward",
           "batch_norm ?x64x14x14 bf16 --training", "batch_norm ?x14x14x64 f32 --training --layout=channels_last",
           "group_norm ?x64x14x14 f32 --groups=8", "rms_norm ?x4096 f8e4m3fn"]
EVERYWHERE = ["rms_norm ?x? bf16", "layer_norm ?x? f32", "layer_norm ?x? bf16 --backward --save-stats",
              "rms_norm ?x? f64 --backward", "batch_norm ?x?x?x? bf16 --training",
              "batch_norm ?x?x?x? f16 --training --backward --save-stats --layout=channels_last",
              "instance_norm ?x?x?x? f32 --backward", "group_norm ?x64x?x? bf16 --groups=8 --backward",
              "layer_norm ?x? f8e4m3fn --save-stats", "layer_norm ?x? f8e5m2 --backward --save-stats",
              "batch_norm ?x?x?x? f8e4m3fn --training --layout=channels_last"]
ptxas = shutil.which("ptxas", path=os.environ["PATH"] + ":/usr/local/cuda/bin")
folder = tempfile.TemporaryDirectory()
failed = 0


def fail(message):
    global failed
    failed += 1
    print("FAIL " + message)


def emit(spec, chip, env=None):
    op, shape, dtype, *flags = spec.split()
    command = ["normc", "--op=" + op, "--shape=" + shape, "--dtype=" + dtype, *flags, "--target=" + chip, "--emit=ptx", "-o", "-"]
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    if done.returncode:
        fail(f"{spec} for {chip}: {done.stderr[:1000]}")
    return done.stdout


def check(spec, chip):
    ptx = emit(spec, chip)
    if f".target {chip}\n" not in ptx.replace(",", "\n") or ".extern .func" in ptx:
        fail(f"{spec} for {chip}: not PTX of that target alone")
    if not ptxas or not ptx:
        return
    path = os.path.join(folder.name, "k")
    with open(path + ".ptx", "w") as f:
        f.write(ptx)
    done = subprocess.run([ptxas, "-arch=" + chip, "-v", path + ".ptx", "-o", path + ".cubin"], capture_output=True, text=True)
    if done.returncode:
        return fail(f"{spec} for {chip}: {done.stderr[:1000]}")
    kernels = re.findall(r"entry function '(.*?)'.*?(\d+) bytes spill stores.*?Used (\d+) registers", done.stderr, re.S)
    if len(kernels) != ptx.count(".entry"):
        fail(f"{spec} for {chip}: ptxas tells of {len(kernels)} of {ptx.count('.entry')} kernels")
    for name, spills, registers in kernels:
        if int(spills):
            fail(f"{spec} for {chip}: {name} has {registers} registers and keeps {spills} bytes in memory")


for chip in CHIPS:
    for spec in KERNELS:
        check(spec, chip)
for spec in EVERYWHERE:
    check(spec, "sm_90")
hidden = dict(os.environ, PATH=":".join(p for p in os.environ["PATH"].split(":") if "cuda" not in p), CUDA_HOME="/nowhere")
if emit(KERNELS[0], "sm_90", hidden) != emit(KERNELS[0], "sm_90"):
    fail("another toolkit, other PTX")
sys.exit(f"{failed} checks failed" if failed else 0)
