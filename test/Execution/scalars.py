# REQUIRES: numpy
# RUN: %python %s
#
# Numbers that are given at run time, and an approximate root: every operation with eps (batch norm with momentum too) as
# rank-0 tensors of f32 and f64, and with `rsqrt = approx`, against the formulas.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import normtest as nt
from programs import Channels, Rows, RowsBackward, compile_all

rng = np.random.default_rng(11)
# The second is 0 in 16 bits, and another number in f32 than in f64.
NUMBERS = (0.37, 1e-12, 0.0, 1e30)

operations = [(Rows, dict(kind="layer", saved="rstd")), (Rows, dict(kind="rms", saved="rstd")),
              (RowsBackward, dict(kind="layer", stats="variance", gradients=("input", "scale", "bias"))),
              (RowsBackward, dict(kind="rms", stats=None))]
for i, kind in enumerate(("batch", "inference", "instance", "group")):
    for backward in (False, True):
        given = dict(kind=kind, backward=backward, last=(i + backward) % 2 == 1, rank=3,
                     saved=None if kind == "inference" else "variance" if backward else "rstd")
        if kind == "batch" and not backward:
            given["running"] = (0.3, "keras", "biased")
        operations.append((Channels, given))


def make(operation, scalars=None, **how):
    made, given = operation
    types = dict(eps_type=scalars, momentum_type=scalars) if "running" in given else dict(eps_type=scalars)
    return made(**given, **types, **how)


def listed(outputs):
    return outputs if isinstance(outputs, list) else [outputs]


ways = [dict(eps=0.37), dict(eps=0.37, rsqrt="approx"), dict(scalars="f64"), dict(scalars="f32", dtype="bf16"),
        dict(scalars="f32", dtype="f64", param="f64")]
programs = [make(operation, **how) for operation in operations for how in ways]
lib = compile_all(programs)
for i, program in enumerate(programs):
    kernel = lib[f"p{i}"]
    for shape in ((2, 6, 23), (7, 2, 100)) if isinstance(program, Channels) else ((3, 229), (70, 16)):
        for number in NUMBERS if program.eps_type else (0.37,):
            program.eps = number
            values = program.inputs(rng, shape)
            outputs = kernel(*values.values())
            program.check(f"{type(program).__name__}", outputs, shape, values)
            if number != 0.37 or program.dtype != "f32":
                continue
            # The same bits as with an attribute and the exact root, which every target of today has for both.
            plain = {k: v for k, v in values.items() if k not in ("eps", "momentum")}
            exact = lib[f"p{i - i % len(ways)}"](*plain.values())
            for name, a, b in zip(program.results, listed(exact), listed(outputs)):
                nt.same_bits(f"{program!r} {name} of {list(shape)}", a, b)
nt.finish()
