# REQUIRES: numpy
# RUN: %python %s
# RUN: %python %s --oracle
#
# layer_norm and rms_norm with every attribute and combination of types, over lengths that no vector divides,
# against the formulas: dynamic and static sizes; and the f64 oracle of the same programs.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import normtest as nt
import programs as P
from programs import Rows, compile_all

P.ORACLE = "--oracle" in sys.argv

rng = np.random.default_rng(3)
LENGTHS = [1, 3, 17, 127, 229, 541, 760, 1128, 4096]

programs = []
for kind in ("layer", "rms"):
    for dtype in ("f32", "f64", "f16", "bf16"):
        for param in ("f32", "f16", "bf16") if dtype != "f64" else ("f64", "f32"):
            programs.append(Rows(kind=kind, dtype=dtype, param=param, bias=kind == "layer", saved="rstd"))
    for dtype in ("f32", "bf16"):
        programs.append(Rows(kind=kind, dtype=dtype, scale=False))
        programs.append(Rows(kind=kind, dtype=dtype, offset=1.0))
        programs.append(Rows(kind=kind, dtype=dtype, param=dtype, rounding="normalized", bias=kind == "layer"))
        for residual in ("rounded", "unrounded"):
            programs.append(Rows(kind=kind, dtype=dtype, residual=residual, keep_sum=True, saved="rstd"))
    for dtype in ("f8E4M3FN", "f8E5M2"):
        for param in (dtype, "bf16", "f32"):
            programs.append(Rows(kind=kind, dtype=dtype, param=param, bias=kind == "layer", saved="rstd"))
        programs.append(Rows(kind=kind, dtype=dtype, param=dtype, rounding="normalized", residual="rounded", keep_sum=True))
        programs.append(Rows(kind=kind, dtype="bf16", param=dtype))
    programs.append(Rows(kind=kind, rank=3, axes=2, bias=kind == "layer", saved="rstd"))
    programs.append(Rows(kind=kind, rank=1, saved="rstd"))
programs.append(Rows(kind="layer", scale=False, bias=True))
programs.append(Rows(kind="layer", dtype="f16", saved="variance"))
programs.append(Rows(kind="layer", dtype="bf16", param="f32", eps=1e-12))
for gate in ("after", "before"):
    programs.append(Rows(kind="rms", gate=gate))
    programs.append(Rows(kind="rms", gate=gate, groups=4, saved="rstd", dtype="bf16"))

lib = compile_all(programs)
for i, program in enumerate(programs):
    for j, n in enumerate(LENGTHS):
        shape = {1: (n,), 2: (3 if n < 1000 else 2, n), 3: (2, 3, n)}[program.rank]
        if program.groups > 1:
            shape = shape[:-1] + (n * program.groups,)
        inputs = program.inputs(rng, shape, mean=(0, 0.5, 10)[j % 3])
        program.check(f"p{i}", lib[f"p{i}"](*inputs.values()), shape, inputs)

# Static sizes: the same bits.
for n in () if P.ORACLE else (1, 17, 768):
    static = compile_all(programs[:8], [(5, n)])
    for i, program in enumerate(programs[:8]):
        inputs = program.inputs(rng, (5, n)).values()
        for k, (a, b) in enumerate(zip(lib[f"p{i}"](*inputs), static[f"p{i}_0"](*inputs))):
            nt.same_bits(f"p{i} {program!r} output {k}, static and dynamic, N = {n}", a, b)
nt.finish()
