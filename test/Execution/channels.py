# REQUIRES: numpy
# RUN: %python %s
# RUN: %python %s --oracle
#
# Batch, instance and group norm, forward and backward, in both layouts, with no to three dimensions of space, and every
# attribute; against the formulas. Bits do not depend on threads. And the f64 oracle of the same programs.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import normtest as nt
import programs as P
from programs import Channels, compile_all

P.ORACLE = "--oracle" in sys.argv
rng = np.random.default_rng(8)
SHAPES = [(3, 4, 1, 1), (2, 4, 5, 7), (4, 8, 3, 16), (1, 4, 17, 13)]

programs = []
for kind in ("batch", "inference", "instance", "group"):
    for last in (False, True):
        for dtype in ("f32", "f64", "f16", "bf16"):
            param = "f64" if dtype == "f64" else "f32"
            saved = None if kind == "inference" else "rstd"
            programs.append(Channels(kind=kind, last=last, dtype=dtype, param=param, saved=saved))
            programs.append(Channels(kind=kind, last=last, dtype=dtype, param=param, saved=saved, backward=True))
        if kind != "inference":
            programs.append(Channels(kind=kind, last=last, saved="variance"))
            programs.append(Channels(kind=kind, last=last, saved="variance", backward=True))
            programs.append(Channels(kind=kind, last=last, backward=True))
        programs.append(Channels(kind=kind, last=last, scale=False, bias=False))
        programs.append(Channels(kind=kind, last=last, scale=False, backward=True, gradients=("input",)))
        programs.append(Channels(kind=kind, last=last, scale=False))
        programs.append(Channels(kind=kind, last=last, dtype="bf16", param="bf16"))
        for dtype in ("f8E4M3FN", "f8E5M2"):
            programs.append(Channels(kind=kind, last=last, dtype=dtype, param=dtype))
            programs.append(Channels(kind=kind, last=last, dtype=dtype, param="f32", backward=True))
        for rank in (3, 5):
            programs.append(Channels(kind=kind, last=last, rank=rank))
            programs.append(Channels(kind=kind, last=last, rank=rank, backward=True, saved=None))
for last in (False, True):
    for running in ((0.1, "torch", "unbiased"), (0.1, "torch", "biased"), (0.99, "keras", "biased")):
        programs.append(Channels(kind="batch", last=last, running=running, saved="rstd"))
    for kind in ("instance", "group"):
        programs.append(Channels(kind=kind, last=last, dtype="bf16", param="bf16", rounding="normalized"))
programs.append(Channels(kind="group", groups=4))
programs.append(Channels(kind="group", groups=1))

lib = compile_all(programs)
for i, program in enumerate(programs):
    kernel = lib[f"p{i}"]
    for j, shape in enumerate(SHAPES):
        shape = {3: shape[:2] + (shape[2] * shape[3],), 4: shape, 5: shape + (2,)}[program.rank]
        if program.kind == "instance" and shape[2] == 1:
            continue
        values = program.inputs(rng, shape, mean=(0, 5)[j % 2])
        outputs = kernel(*values.values())
        program.check(f"p{i}", outputs, shape, values)
        if j == 1 and not P.ORACLE:
            for threads in (1, 2, 3, 8):
                again = kernel(*values.values(), threads=threads)
                for k, (a, b) in enumerate(zip(outputs if isinstance(outputs, list) else [outputs],
                                               again if isinstance(again, list) else [again])):
                    nt.same_bits(f"{program!r} output {k}, {threads} threads", a, b)
    if program.running and program.running[2] == "unbiased" and not P.ORACLE:
        shape = (1, 4, 1, 1)
        nt.expect_error(kernel, kernel.tensors(*program.inputs(rng, shape).values()), "GROUP_TOO_SMALL")
nt.finish()
