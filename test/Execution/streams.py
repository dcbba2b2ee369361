# REQUIRES: numpy
# RUN: %python %s
#
# Results larger than the cache are stored past it where they lie on whole lines: the same bits as where they do not, and
# as those of a few rows.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import normtest as nt
import programs as P

rng = np.random.default_rng(3)
forward = [(P.Rows(kind="layer", bias=True, saved="rstd"), 256), (P.Rows(kind="rms"), 1024),
           (P.Rows(kind="layer", dtype="bf16", param="f32"), 256), (P.Rows(kind="rms", dtype="f16", param="f16"), 4096)]
backward = [(P.RowsBackward(kind="layer", gradients=("input", "scale", "bias")), 256),
            (P.RowsBackward(kind="rms", gradients=("input", "scale")), 1024),
            (P.RowsBackward(kind="layer", dtype="bf16", param="f32", gradients=("input", "scale", "bias")), 4608)]
text = "".join(program.text(f"p{i}", ("r", n)) + program.text(f"d{i}")
               for i, (program, n) in enumerate(forward + backward))
library = nt.Library(text)


def run_beside(kernel, plain, values):
    """The results where the rows of the first do not begin on lines of the cache."""
    strides = [1]
    for size in reversed(plain[len(values)].shape[1:]):
        strides.insert(0, strides[0] * size + 1)
    tensors = kernel.tensors(*values.values(), strides={len(values): tuple(strides)})
    return [t.array.copy() for t in kernel.run(tensors)]


for i, (program, n) in enumerate(forward + backward):
    rows = (14 << 20) // n // (2 if "16" in program.dtype else 4) + 3
    values = program.inputs(rng, (rows, n))
    for name in (f"p{i}", f"d{i}"):
        kernel = library[name]
        plain = kernel.tensors(*values.values())
        on_lines = [t.array for t in kernel.run(plain)]
        for k, (a, b) in enumerate(zip(on_lines, run_beside(kernel, plain, values))):
            nt.same_bits(f"{program!r} {name} [{rows}, {n}] output {k}, on lines and beside them", a, b)
        if (program, n) in forward:
            few = {key: v[-9:] if v.shape[:1] == (rows,) else v for key, v in values.items()}
            result = kernel(*few.values())
            for k, (a, b) in enumerate(zip(on_lines, result if isinstance(result, list) else [result])):
                nt.same_bits(f"{program!r} {name} [{rows}, {n}] output {k}, all rows and nine", a[-9:], b)

# Channels last, by blocks of whole rows, and first, by groups of several dimensions: the same on lines and beside them.
channels = [(P.Channels(kind="batch", last=True, rank=3, saved="rstd"), (3, 256, 4700)),
            (P.Channels(kind="batch", last=True, rank=3, dtype="bf16", param="f32", saved="rstd"), (5, 192, 8000)),
            (P.Channels(kind="group", last=True, rank=3, groups=16, dtype="bf16", param="f32", saved="rstd"), (5, 256, 6000)),
            (P.Channels(kind="group", last=True, rank=3, groups=8, saved="rstd"), (3, 128, 9500)),
            (P.Channels(kind="group", last=True, rank=3, groups=32, saved="rstd"), (3, 320, 4700)),
            (P.Channels(kind="batch", rank=3, saved="rstd"), (3, 250, 4096)), (P.Channels(kind="inference", rank=3), (5, 150, 4096)),
            (P.Channels(kind="group", rank=3, groups=8, dtype="bf16", param="f32", saved="rstd"), (5, 256, 6016)),
            (P.Channels(kind="instance", rank=3, backward=True, gradients=("input",)), (4, 100, 6016))]
library = nt.Library("".join(program.text(f"p{i}", ("n", *shape[1:])) for i, (program, shape) in enumerate(channels)))
for i, (program, shape) in enumerate(channels):
    values = program.inputs(rng, shape)
    kernel = library[f"p{i}"]
    plain = kernel.tensors(*values.values())
    on_lines = [t.array for t in kernel.run(plain)]
    for k, (a, b) in enumerate(zip(on_lines, run_beside(kernel, plain, values))):
        nt.same_bits(f"{program!r} {list(shape)} output {k}, on lines and beside them", a, b)
nt.finish()
