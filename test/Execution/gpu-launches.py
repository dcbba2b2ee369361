# REQUIRES: numpy
# RUN: env NORMTEST_DEVICE=ptxsim %python %s
#
# A manifest tells what a kernel launches: grids, conditions and parameters computed from it are those that the kernel
# calls `launch` with, for sizes from none to more blocks than a grid has along x, for strides and addresses that are
# aligned and that are not; and those that the PTX interpreter runs. Nothing but the manifest is asked.

import ctypes
import json
import os
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "Inputs"))
folder = tempfile.TemporaryDirectory()
REPORT = os.environ["NORMC_PTXSIM_REPORT"] = os.path.join(folder.name, "report")
import numpy as np

import normtest as nt
from launches import Call, Recorder
from programs import Channels, Rows, RowsBackward, compile_all

rng = np.random.default_rng(7)


def shape_of(argument, sizes):
    shape = []
    for size in argument["shape"]:
        factor, symbols = nt._factors(size)
        for symbol in symbols:
            factor *= sizes[symbol]
        shape.append(factor)
    return shape


def compare(label, expected, got):
    if expected != got:
        nt.fail(f"{label}: the manifest says\n  {expected}\nbut it is\n  {got}")


# ---- Any sizes: nothing runs ----

KERNELS = ["rms_norm ?x4096 bf16", "rms_norm ?x? f32", "layer_norm ?x? bf16 --save-stats", "layer_norm ?x? f16 --backward",
           "rms_norm ?x? f64 --backward", "batch_norm ?x?x?x? f32 --training",
           "batch_norm ?x?x?x? bf16 --training --layout=channels_last", "batch_norm ?x?x?x? bf16 --layout=channels_last",
           "batch_norm ?x?x?x? f32 --training --backward --save-stats", "instance_norm ?x?x?x? f32 --layout=channels_last",
           "instance_norm ?x?x?x? f32 --backward", "group_norm ?x64x?x? bf16 --groups=8",
           "group_norm ?x64x?x? f32 --groups=8 --backward"]
SMALL = [1, 2, 3, 7, 8, 31, 64]
LARGE = [64, 100, 128, 1000, 1024, 4096, 5000, 16384, 40000]


def tensors(arguments, sizes, aligned, pads):
    """Tensors at addresses that nobody reads, each in memory of its own; `aligned`: to 64 bytes, and packed. Else some of
    `pads` elements are behind a row."""
    found = []
    for i, argument in enumerate(arguments):
        shape = shape_of(argument, sizes)
        tensor = nt.Tensor([1] * len(shape), argument["dtype"])
        strides = list(nt.compact(shape))
        if not aligned and argument["layout"] != "contiguous":
            for d in range(len(strides) - 2, -1, -1):
                strides[d] = strides[d + 1] * max(1, shape[d + 1]) + int(rng.choice(pads))
        offset = 0 if aligned or 1 not in pads else int(rng.choice([0, 0, 1, 4])) * nt.storage(argument["dtype"]).itemsize
        tensor._shape, tensor._strides = [(ctypes.c_int64 * max(1, len(shape)))(*values) for values in (shape, strides)]
        tensor.struct.shape, tensor.struct.strides = tensor._shape, tensor._strides
        tensor.struct.data, tensor.struct.byte_offset = ((i + 1) << 56) + (64 if aligned else 0), offset
        tensor.struct.device_type, tensor.strides = 2, strides
        tensor.address = tensor.struct.data + offset
        found.append(tensor)
    return found


def check(spec):
    op, shape, dtype, *flags = spec.split()
    library, manifest = os.path.join(folder.name, "k.so"), os.path.join(folder.name, "k.json")
    subprocess.run(["normc", "--op=" + op, "--shape=" + shape, "--dtype=" + dtype, *flags, "--target=sm_90", "-o", library,
                    "--manifest=" + manifest], check=True)
    # A name of its own: a library that is open is not opened again.
    own = f"{library}.{len(os.listdir(folder.name))}"
    os.rename(library, own)
    handle = ctypes.CDLL(own)
    with open(manifest) as f:
        entries = json.load(f)["kernels"]
    seen = set()
    for entry in entries:
        kernel = nt.Kernel(type("Handle", (), {"handle": handle}), entry)
        version, = entry["versions"]
        symbols = sorted({s for a in entry["arguments"] for size in a["shape"] for s in nt._factors(size)[1]})
        for number in range(120):
            sizes = {s: int(rng.choice(SMALL)) for s in symbols}
            if symbols:
                sizes[str(rng.choice(symbols))] = int(rng.choice(LARGE))
            if number == 0:
                sizes = dict.fromkeys(symbols, 1)
            # Nothing at all; and more blocks than a grid has along x.
            if number in (1, 2) and symbols:
                sizes[symbols[-1]] = 0 if number == 1 else (1 << 33) + 5
            given = tensors(entry["arguments"], sizes, number % 2 == 0, pads=[0, 8] if number % 4 == 1 else [0, 1, 3, 8])
            names = [a["name"] for a in entry["arguments"]]
            call = Call(sizes, {n: t.strides for n, t in zip(names, given)}, {n: t.address for n, t in zip(names, given)})
            args, count = kernel.args(given)
            bytes_needed = kernel.workspace(args, count)
            if bytes_needed < 0:
                # A group of nothing, for one.
                continue
            label = f"{spec} {entry['name']} of {sizes}"
            compare(label + ", workspace", call.value(version["workspace"]["bytes"]), bytes_needed)
            recorder = Recorder(90)
            recorder.context.workspace = call.workspace = 99 << 56
            recorder.context.workspace_bytes = bytes_needed
            code = kernel.function(ctypes.byref(recorder.context), args, count)
            if code:
                nt.fail(f"{label}: returned {code & 255} for argument {(code >> 8 & 4095) - 1}")
                continue
            expected = call.launches(version)
            compare(label, expected, recorder.launches)
            seen |= {launch["function"] for launch in expected}
        # The first comes after nothing, others only after what is before them.
        after = [launch["after"] for launch in version["launches"]]
        if after[0] or any(number >= i for i, numbers in enumerate(after) for number in numbers):
            nt.fail(f"{spec}: launches come after {after}")
        never = {launch["function"] for launch in version["launches"]} - seen
        if len(never) * 2 > len(version["launches"]):
            nt.fail(f"{spec}: {sorted(never)} are never launched")


for spec in KERNELS:
    check(spec)

# ---- And on the interpreter ----

programs = [Rows(kind="layer", dtype="bf16", param="bf16", bias=True), RowsBackward(kind="rms", dtype="f32", param="f32"),
            Channels(kind="batch", dtype="f32", param="f32", last=True)]
shapes = [[(1, 1), (9, 64), (33, 1000), (2, 4096), (1, 20000)], [(3, 64), (70, 1000)], [(2, 8, 1, 1), (3, 64, 8, 8)]]
lib = compile_all(programs)
for i, program in enumerate(programs):
    for shape in shapes[i]:
        if os.path.exists(REPORT):
            os.remove(REPORT)
        lib[f"p{i}"](*program.inputs(rng, shape).values())
        with open(REPORT) as f:
            ran = [json.loads(line) for line in f]
        entry = lib[f"p{i}"].entry
        sizes = {}
        for argument, array in zip(entry["arguments"], program.inputs(rng, shape).values()):
            for size, n in zip(argument["shape"], np.shape(array)):
                factor, symbols = nt._factors(size)
                if len(symbols) == 1:
                    sizes[symbols[0]] = n // factor
        places = {a["name"]: 256 * (n + 1) for n, a in enumerate(entry["arguments"])}
        strides = {a["name"]: nt.compact(shape_of(a, sizes)) for a in entry["arguments"]}
        expected = Call(sizes, strides, places).launches(entry["versions"][0])
        keys = ("grid", "block", "cluster")
        compare(f"{program!r} of {shape} on the interpreter",
                [(e["function"], e["shared"], *[e[key] for key in keys]) for e in expected],
                [(r["entry"], r["dynamic_shared"], *[r[key] for key in keys]) for r in ran])
nt.finish()
