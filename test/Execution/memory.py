# REQUIRES: numpy
# RUN: %python %s
#
# Where tensors may lie: strides, byte offsets, in place, the overlaps that are errors, empty tensors, strides beyond
# 2^31 elements. Every tensor is between guard pages, and the bytes between its elements must stay.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import normtest as nt
from programs import Channels, Rows, compile_all

rng = np.random.default_rng(6)
TYPES = ("f32", "f64", "f16", "bf16", "f8E4M3FN")


def run(label, program, kernel, shape, strides, offset=0, side="end"):
    """With the given strides for x and y."""
    values = program.inputs(rng, shape)
    first_output = len(values)
    tensors = kernel.tensors(*values.values(), strides={0: strides, first_output: strides},
                             byte_offset={0: offset, first_output: offset}, side=side)
    gaps = tensors[first_output].gaps()
    outputs = kernel.run(tensors)
    program.check(label, [t.array for t in outputs], shape, values)
    if tensors[first_output].gaps() != gaps:
        nt.fail(f"{label} {program!r}, strides {strides}: wrote between the elements")
    return values, outputs


rows = [Rows(kind=k, dtype=t, param="f64" if t == "f64" else "f32", saved="rstd", bias=k == "layer")
        for k in ("layer", "rms") for t in TYPES]
free = [Rows(kind=k, dtype=t, param="f32", rank=3, axes=2, layout="any", saved="rstd")
        for k in ("layer", "rms") for t in ("f32", "bf16")]
packed = [Rows(kind="layer", layout="contiguous", saved="rstd")]
places = [Rows(kind="rms", dtype=t, inplace=True) for t in ("f32", "bf16")]
channels = [Channels(kind=k, rank=5) for k in ("inference", "instance")]
programs = rows + free + packed + places + channels
lib = compile_all(programs)
kernel_of = {id(p): lib[f"p{i}"] for i, p in enumerate(programs)}

for program in channels:
    # Positions that are one piece of memory, and those that only look so, by the stride of a single index.
    for strides in ((1143, 381, 127, 127, 1), (1170, 390, 130, 127, 1), (1170, 390, 130, 130, 1), (1170, 390, 130, 7, 1)):
        run("channels", program, kernel_of[id(program)], (2, 3, 3, 1, 127), strides)

for program in rows:
    kernel = kernel_of[id(program)]
    for side in ("start", "end"):
        for n in (1, 15, 16, 17, 33):
            for strides in (None, (n, 1), (n + 3, 1), (64, 1), (-(n + 1), 1), (0, 1)):
                if strides == (0, 1):
                    continue
                run("rows", program, kernel, (4, n), strides, side=side)
    for offset in (8, 64, 4096):
        run("rows", program, kernel, (3, 17), (20, 1), offset=offset)
    # One row: any outer stride; one column: any inner one.
    run("rows", program, kernel, (1, 17), (1, 1))
    run("rows", program, kernel, (4, 1), (3, 7))
    # An input whose rows are one row.
    values = program.inputs(rng, (1, 17))
    values["x"] = np.repeat(values["x"], 5, 0)
    tensors = kernel.tensors(*values.values())
    tensors[0] = nt.Tensor((5, 17), program.dtype, strides=(0, 1)).set(values["x"])
    program.check("rows", [t.array for t in kernel.run(tensors)], (5, 17), values)
    # Another inner stride is not for this layout.
    tensors = kernel.tensors(*program.inputs(rng, (4, 17)).values(), strides={0: (40, 2)})
    nt.expect_error(kernel, tensors, "STRIDE", 0)
    nt.expect_error(kernel, kernel.tensors(*program.inputs(rng, (4, 17)).values(), strides={0: (1, 4)}), "STRIDE", 0)

for program in free:
    kernel = kernel_of[id(program)]
    shape = (3, 5, 7)
    for strides in (None, (35, 7, 1), (1, 3, 15), (70, 14, 2), (100, -7, 1), (5, 1, 15), (-35, -7, -1)):
        run("any", program, kernel, shape, strides)

program = packed[0]
kernel = kernel_of[id(program)]
run("contiguous", program, kernel, (4, 17), None)
nt.expect_error(kernel, kernel.tensors(*program.inputs(rng, (4, 17)).values(), strides={0: (20, 1)}), "STRIDE", 0)

# ---- In place, and overlaps ----
for program in places:
    kernel = kernel_of[id(program)]
    values = program.inputs(rng, (6, 37))
    for threads in (None, 1, 3):
        tensors = kernel.tensors(*values.values())
        tensors[2] = tensors[0]
        program.check("in-place", kernel.run(tensors, threads)[0].array, (6, 37), values)
    # Shifted by one element, one row; another stride; or the parameters.
    memory = nt.Tensor((8, 37), program.dtype).set(np.zeros((8, 37)))
    item = nt.storage(program.dtype).itemsize

    def view(first, rows=6, n=37, stride=37):
        t = nt.Tensor((rows, n), program.dtype, strides=(stride, 1))
        t.struct.data = memory.first + first * item
        t.keep = memory
        return t

    scale = kernel.tensors(*values.values())[1]
    for first in (1, 37, 36):
        nt.expect_error(kernel, [view(0), scale, view(first)], "OVERLAP")
        nt.expect_error(kernel, [view(first), scale, view(0)], "OVERLAP")
    nt.expect_error(kernel, [view(0, n=18, stride=37), kernel.tensors(*program.inputs(rng, (6, 18)).values())[1],
                             view(0, n=18, stride=36)], "OVERLAP")
    # Two views side by side in one packed buffer do not overlap.
    narrow = program.inputs(rng, (6, 18))
    scale = kernel.tensors(*narrow.values())[1]
    x, y = view(0, n=18), view(18, n=18)
    memory.array[...] = 0
    memory.array[:6, :18] = narrow["x"]
    code = kernel.call([x, scale, y])
    if code:
        nt.fail(f"{program!r}: views of one packed buffer side by side: {nt.KernelError(kernel.name, code)}")
    else:
        program.check("packed", memory.array[:6, 18:36].copy(), (6, 18), narrow)

program = rows[len(TYPES)]
kernel = kernel_of[id(program)]
tensors = kernel.tensors(*program.inputs(rng, (6, 37)).values())
tensors[-2] = tensors[0]
nt.expect_error(kernel, tensors, "OVERLAP")
tensors = kernel.tensors(*program.inputs(rng, (1, 37)).values())
tensors[-2] = nt.Tensor((1, 37), program.dtype, memory=tensors[1].memory)
nt.expect_error(kernel, tensors, "OVERLAP")
# Inputs may overlap inputs.
both = Rows(kind="rms", residual="unrounded")
kernel = compile_all([both])["p0"]
values = both.inputs(rng, (6, 37))
values["residual"] = values["x"]
tensors = kernel.tensors(*values.values())
tensors[1] = tensors[0]
both.check("same-inputs", kernel.run(tensors)[0].array, (6, 37), values)

# ---- No elements; far apart ----
for program in rows:
    kernel = kernel_of[id(program)]
    for shape in ((0, 17), (0, 1)):
        kernel(*program.inputs(rng, shape).values())
for program in rows[:1] + rows[7:]:
    kernel = kernel_of[id(program)]
    stride = 2**31 + 3
    values = program.inputs(rng, (3, 17))
    tensors = kernel.tensors(*values.values())
    first_output = len(values)
    for i in (0, first_output):
        tensors[i] = nt.Tensor((3, 17), program.dtype, strides=(stride, 1), sparse=True)
    tensors[0].set(values["x"])
    outputs = kernel.run(tensors)
    program.check("far", [t.array for t in outputs], (3, 17), values)

nt.finish()
