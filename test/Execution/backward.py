# REQUIRES: numpy
# RUN: %python %s
# RUN: %python %s --oracle
#
# The backward passes of layer_norm and rms_norm against the formulas: types, given and recomputed statistics, every
# subset of gradients, many rows; the gradients of the parameters do not depend on the number of threads.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import normtest as nt
import programs as P
from programs import RowsBackward, compile_all

P.ORACLE = "--oracle" in sys.argv
rng = np.random.default_rng(9)
SHAPES = [(1, 1), (3, 17), (65, 20), (300, 7), (5, 1128), (0, 8)]

programs = []
for kind in ("layer", "rms"):
    every = ("input", "scale", "bias") if kind == "layer" else ("input", "scale")
    for dtype in ("f32", "f64", "f16", "bf16", "f8E4M3FN", "f8E5M2"):
        programs.append(RowsBackward(kind=kind, dtype=dtype, param="f64" if dtype == "f64" else "f32", gradients=every))
    programs.append(RowsBackward(kind=kind, dtype="bf16", param="bf16", gradients=every, stats=None))
    programs.append(RowsBackward(kind=kind, gradients=every, dsum=True))
    programs.append(RowsBackward(kind=kind, gradients=every, offset=1.0))
    programs.append(RowsBackward(kind=kind, gradients=every, scale=False))
    programs.append(RowsBackward(kind=kind, gradients=("input",)))
    programs.append(RowsBackward(kind=kind, gradients=("scale",)))
    programs.append(RowsBackward(kind=kind, gradients=every, stats=None, rank=3, axes=2))
programs.append(RowsBackward(kind="layer", gradients=("bias",)))
programs.append(RowsBackward(kind="layer", gradients=("input", "scale", "bias"), stats="variance"))
programs.append(RowsBackward(kind="rms", groups=4))

lib = compile_all(programs)
for i, program in enumerate(programs):
    kernel = lib[f"p{i}"]
    for j, shape in enumerate(SHAPES):
        shape = shape if program.rank == 2 else (shape[0], 2, shape[1])
        shape = shape[:-1] + (shape[-1] * program.groups,)
        values = program.inputs(rng, shape, mean=(0, 2)[j % 2])
        outputs = kernel(*values.values())
        program.check(f"p{i}", outputs, shape, values)
        if P.ORACLE:
            continue
        for threads in (1, 2, 3, 8):
            again = kernel(*values.values(), threads=threads)
            for k, (a, b) in enumerate(zip(outputs if isinstance(outputs, list) else [outputs],
                                           again if isinstance(again, list) else [again])):
                nt.same_bits(f"{program!r} {shape} output {k}, {threads} threads", a, b)
nt.finish()
