# REQUIRES: numpy
# RUN: %python %s
#
# SEMANTICS' table of inputs that must work, row by row, for every type: layer_norm and rms_norm. The other operations
# are in channel-inputs.py and backward-inputs.py.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import extremes as E
import normtest as nt
from programs import Rows

rng = np.random.default_rng(4)

programs = {}
for dtype in E.TYPES:
    param = "f64" if dtype == "f64" else "f32"
    programs["layer", dtype] = Rows(kind="layer", dtype=dtype, param=param, bias=True, saved="rstd")
    programs["layer tiny eps", dtype] = Rows(kind="layer", dtype=dtype, param=param, bias=True, eps=1e-12, saved="rstd")
    programs["rms", dtype] = Rows(kind="rms", dtype=dtype, param=param, saved="rstd")
suite = E.Suite(programs, rng)


def exactly_bias(key, groups):
    """And so that rstd is a number."""
    values, _ = suite.inputs(key, groups)
    got = suite.results(key, values)
    label = f"{key} of {groups[0, 0]}, …, N = {groups.shape[1]}"
    program = programs[key]
    bias = nt.decode(nt.encode(nt.decode(values["bias"], program.param), program.dtype), program.dtype)
    E.same(label, got["y"], bias)
    E.finite(label, got)
    return got


for dtype in E.TYPES:
    ln, tiny, rms = ("layer", dtype), ("layer tiny eps", dtype), ("rms", dtype)

    for key in (ln, rms):
        suite.run(key, E.outliers(rng, dtype), worst=True)
    for x in E.large_means(rng, dtype):
        for key in (ln, tiny, rms):
            suite.run(key, x, worst=key == rms)

    for value, n in E.constants(dtype):
        for key in (ln, tiny):
            exactly_bias(key, np.full((2, n), value))
    values, _ = suite.inputs(rms, np.zeros((2, 229)))
    E.same(f"{rms} of zeros", suite.results(rms, values)["y"], 0.0)

    # The variance is not clamped.
    suite.run(tiny, E.tiny_spread())

    # Squares that overflow the tensor's type, and those that overflow f32: the formulas' IEEE results.
    for x in E.overflowing(rng, dtype):
        suite.run(ln, x)
        suite.run(rms, x)
    for size in (1e19, 1e25) if dtype in ("f32", "bf16") else ():
        x = E.huge(rng, size)
        values, _ = suite.inputs(rms, x)
        for name, got in suite.results(rms, values).items():
            E.same(f"{rms} {name} of {size}", got, 0.0)
        E.same(f"{ln} rstd of {size}", exactly_bias(ln, x)["rstd"], 0.0)

    # NaN and Inf stay in their row, and are never masked.
    for key in (ln, rms):
        values, _ = suite.inputs(key, rng.standard_normal((5, 229)))
        clean = suite.call(key, values)
        for poison in E.POISONS:
            for where in (0, 228, 100):
                bad = dict(values, x=values["x"].copy())
                bad["x"][2, where] = nt.encode(np.array(poison), dtype)
                got = suite.call(key, bad)
                for a, b in zip(clean, got):
                    nt.same_bits(f"{key} of rows beside one with {poison}", np.delete(a, 2, 0), np.delete(b, 2, 0))
                row = nt.decode(got[0], dtype)[2]
                if key == ln or np.isnan(poison):
                    if not np.isnan(row).all():
                        nt.fail(f"{key} of a row with {poison}: {int((~np.isnan(row)).sum())} elements are not NaN")
                elif not np.isnan(row[where]) or (np.delete(row, where) != 0).any():
                    nt.fail(f"{key} of a row with {poison}: expected NaN at {where} and 0 elsewhere, got {row[:4]}…")

    # N = 1 gives bias; no rows give nothing; an empty group is an error.
    exactly_bias(ln, rng.standard_normal((3, 1)))
    for key in (ln, rms):
        suite.error(key, (0, 17), None)
        suite.error(key, (3, 0), "EMPTY_GROUP")
        suite.error(key, (0, 0), "EMPTY_GROUP")

nt.finish()
