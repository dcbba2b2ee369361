# REQUIRES: numpy
# RUN: %python %s %S/Inputs/by-gpu.mlir
#
# A library for GPUs that launch in different ways: its functions pick by the context's device, as libnormrt picks code;
# and what they pick computes the same bits on each device of the interpreter.

import ctypes
import json
import os
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "Inputs"))
import numpy as np

import device
import normtest as nt
from launches import Call, Recorder

folder = tempfile.TemporaryDirectory()


def path(name):
    return os.path.join(folder.name, name)


def expect(label, expected, got):
    if expected != got:
        nt.fail(f"{label}: expected {expected}, got {got}")


def compile(targets, name):
    subprocess.run(["normc", sys.argv[1], "--target=" + targets, "-o", path(name + ".so"),
                    "--manifest=" + path(name + ".json")], check=True)
    with open(path(name + ".json")) as f:
        return ctypes.CDLL(path(name + ".so")), json.load(f)


handle, manifest = compile("sm_80,sm_86,sm_90,sm_100", "k")
entry, = manifest["kernels"]
expect("versions", [["sm_80", "sm_86"], ["sm_90", "sm_100"]], [v["targets"] for v in entry["versions"]])
expect("blocks", [[256, 1, 1], [128, 1, 1]], [v["launches"][0]["block"] for v in entry["versions"]])
expect("targets", [80, 86, 90, 100], [t["arch"] for t in manifest["targets"]])

kernel = nt.Kernel(type("Library", (), {"handle": handle}), entry)
rows = 3
tensors = [nt.Tensor(shape, "f32") for shape in ((rows, 4096), (rows, 4096), (rows,))]
for i, tensor in enumerate(tensors):
    tensor.struct.device_type, tensor.struct.data = 2, (i + 1) << 40
args, count = kernel.args(tensors)
prepare = getattr(handle, entry["prepare_symbol"])
prepare.restype = ctypes.c_int32

# The newest that fits; of an older device or none the oldest, which says what is wrong when its code is loaded.
for arch, version in [(0, 0), (75, 0), (80, 0), (86, 0), (89, 0), (90, 1), (100, 1), (103, 1), (120, 1)]:
    recorder = Recorder(arch)
    expect(f"sm_{arch}", 0, kernel.function(ctypes.byref(recorder.context), args, count))
    names = [a["name"] for a in entry["arguments"]]
    call = Call({"r": rows}, {n: t.strides for n, t in zip(names, tensors)},
                {n: t.struct.data for n, t in zip(names, tensors)})
    expect(f"launches on sm_{arch}", call.launches(entry["versions"][version]), recorder.launches)
    expect(f"prepare on sm_{arch}", 0, prepare(ctypes.byref(recorder.context)))
    expect(f"images on sm_{arch}", [[[80, 86], [90, 100]][version]], recorder.prepared)
expect("workspace", 0, kernel.workspace(args, count))

# Errors are those of a library for one GPU.
NUM_ARGS, CONTEXT, LAUNCH = 1, 15, 19
recorder = Recorder(90)
expect("a workspace of other arguments", -NUM_ARGS, kernel.workspace(args, 2))
expect("other arguments", NUM_ARGS, kernel.function(ctypes.byref(recorder.context), args, 2))
expect("no context", LAUNCH, kernel.function(None, args, count))
expect("no context to prepare", LAUNCH, prepare(None))
# A context of 40 bytes, and behind it nothing that may be read.
memory = nt.Memory(40)
ctypes.memmove(memory.address, (ctypes.c_uint32 * 2)(40, 1), 8)
expect("a context for CPUs", CONTEXT, kernel.function(ctypes.c_void_p(memory.address), args, count))
expect("a context for CPUs to prepare", CONTEXT, prepare(ctypes.c_void_p(memory.address)))

# Of two targets for one architecture the first, as libnormrt takes the first image.
handle, manifest = compile("sm_90a,sm_80,sm_100", "a")
recorder = Recorder(100)
getattr(handle, "squares_prepare")(ctypes.byref(recorder.context))
expect("a target for one architecture alone", [[90, 100]], recorder.prepared)

# Numbers.
np.save(path("x.npy"), np.linspace(-1, 1, rows * 4096, dtype=np.float32).reshape(rows, 4096))
results = {}
for arch in (75, 80, 89, 90, 120):
    env = dict(os.environ, NORMC_PTXSIM_ARCH=str(arch), NORMC_PTXSIM_REPORT=path(f"{arch}"))
    done = subprocess.run(["norm-run", path("k.so"), "--device=ptxsim", "--input", path("x.npy"), "--output",
                           f"{path('y')}{arch}.npy", "--check"], env=env, capture_output=True, text=True)
    if arch == 75:
        expect("sm_75", True, done.returncode != 0 and "which is an sm_75, but the module has" in done.stderr)
        continue
    if done.returncode:
        nt.fail(f"norm-run on sm_{arch}: {done.stdout[-500:]} {done.stderr[-500:]}")
        continue
    with open(path(f"{arch}")) as f:
        ran = [json.loads(line) for line in f]
    expect(f"blocks on sm_{arch}", [[256 if arch < 90 else 128, 1, 1]], [r["block"] for r in ran])
    results[arch] = open(f"{path('y')}{arch}.npy", "rb").read()
expect("results", 1, len(set(results.values())))
nt.finish()
