# REQUIRES: numpy
# RUN: %python %s
#
# SEMANTICS' table of inputs that must work, row by row, for every type.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import normtest as nt
from bounds import LD
from programs import Rows, compile_all

rng = np.random.default_rng(4)
TYPES = ("f32", "f64", "f16", "bf16")
LARGEST = {"f16": 6e4}

programs = {}
for dtype in TYPES:
    param = "f64" if dtype == "f64" else "f32"
    programs["layer", dtype] = Rows(kind="layer", dtype=dtype, param=param, bias=True, saved="rstd")
    programs["layer tiny eps", dtype] = Rows(kind="layer", dtype=dtype, param=param, bias=True, eps=1e-12, saved="rstd")
    programs["rms", dtype] = Rows(kind="rms", dtype=dtype, param=param, saved="rstd")
lib = compile_all(list(programs.values()))
kernels = {key: lib[f"p{i}"] for i, key in enumerate(programs)}


def inputs_for(key, x):
    program = programs[key]
    values = program.inputs(rng, x.shape)
    values["x"] = nt.encode(x, program.dtype)
    return values


def run(key, x, worst=False):
    """Against the formulas. worst: the sums' roundings are all in one direction."""
    values = inputs_for(key, x)
    outputs = kernels[key](*values.values())
    program = programs[key]
    program.A.worst = worst
    program.check(f"{key[0].replace(' ', '-')}-{key[1]}", outputs, x.shape, values)
    program.A.worst = False
    return values, outputs


def same(label, got, want):
    if not np.array_equal(np.asarray(got, LD), np.broadcast_to(np.asarray(want, LD), got.shape), equal_nan=True):
        bad = np.argwhere(~(np.asarray(got, LD) == want))[0]
        nt.fail(f"{label}: at {bad} of {got.shape} got {got[tuple(bad)]}, "
                f"expected {np.broadcast_to(want, got.shape)[tuple(bad)]}")


for dtype in TYPES:
    top = LARGEST.get(dtype, 1e6)
    ln, tiny, rms = ("layer", dtype), ("layer tiny eps", dtype), ("rms", dtype)

    # An outlier prefix.
    x = rng.standard_normal((2, 4096))
    x[:, :128] = top
    for key in (ln, rms):
        run(key, x, worst=True)

    # A mean that is large beside the spread.
    for x in (rng.standard_normal((2, 1128)) + 2000, 0.01 * rng.standard_normal((1, 32768)) + 100,
              40000.0 + np.arange(4)[None], rng.standard_normal((2, 760)) + 1e4):
        for key in (ln, tiny, rms):
            run(key, x, worst=key == rms)
    if dtype != "f16":
        run(ln, rng.standard_normal((2, 4096)) + 1e7)
        run(rms, rng.standard_normal((2, 4096)) + 1e7, worst=True)

    # Constant rows: exactly bias.
    for value, n in ((14.0, 17), (14.0, 541), (1234.0, 256), (7654321.0, 6151), (0.1, 1128), (0.0, 229), (-3.3, 1)):
        if value > LARGEST.get(dtype, np.inf):
            continue
        for key in (ln, tiny):
            values = inputs_for(key, np.full((2, n), value))
            y, mean, rstd = kernels[key](*values.values())
            bias = nt.decode(values["bias"], programs[key].param)
            same(f"{key} of rows of {value}, N = {n}", nt.decode(y, dtype), nt.decode(nt.encode(bias, dtype), dtype))
            if not np.isfinite(np.asarray(rstd, float)).all():
                nt.fail(f"{key} of rows of {value}, N = {n}: rstd is {rstd}")
    values = inputs_for(rms, np.zeros((2, 229)))
    same(f"{rms} of zeros", nt.decode(kernels[rms](*values.values())[0], dtype), 0.0)

    # A tiny spread and a tiny eps: the variance is not clamped.
    x = np.where(np.arange(760) % 2 == 0, 9.9e-4, -9.9e-4)[None]
    values, (y, _, _) = run(tiny, x)

    # Squares that overflow the tensor's type, and those that overflow f32: the formulas' IEEE results.
    run(ln, rng.standard_normal((2, 1000)) * min(1000, top))
    run(rms, rng.standard_normal((2, 1000)) * min(1000, top))
    if dtype != "f16":
        for size in (1e17, 1e19, 1e25):
            x = rng.choice([-1.0, 1.0], (2, 1000)) * (1 + rng.random((2, 1000))) * size
            if dtype == "f64" or size < 1e18:
                run(ln, x)
                run(rms, x)
                continue
            values = inputs_for(rms, x)
            y, rstd = kernels[rms](*values.values())
            same(f"{rms} of {size}", rstd, 0.0)
            same(f"{rms} of {size}", nt.decode(y, dtype), 0.0)
            values = inputs_for(ln, x)
            y, mean, rstd = kernels[ln](*values.values())
            same(f"{ln} of {size}", rstd, 0.0)
            bias = nt.decode(values["bias"], "f32")
            same(f"{ln} of {size}", nt.decode(y, dtype), nt.decode(nt.encode(bias, dtype), dtype))

    # NaN and Inf stay in their row, and are never masked.
    for key in (ln, rms):
        values = inputs_for(key, rng.standard_normal((5, 229)))
        clean = kernels[key](*values.values())
        for poison in (np.nan, np.inf, -np.inf):
            for where in (0, 228, 100):
                bad = dict(values, x=values["x"].copy())
                bad["x"][2, where] = nt.encode(np.array(poison), dtype) if dtype != "bf16" or not np.isnan(poison) else 0x7FC0
                got = kernels[key](*bad.values())
                for a, b in zip(clean, got):
                    nt.same_bits(f"{key} of rows beside one with {poison}", np.delete(a, 2, 0), np.delete(b, 2, 0))
                row = nt.decode(got[0], dtype)[2]
                if key == ln or np.isnan(poison):
                    if not np.isnan(row).all():
                        nt.fail(f"{key} of a row with {poison}: {int((~np.isnan(row)).sum())} elements are not NaN")
                elif not np.isnan(row[where]) or (np.delete(row, where) != 0).any():
                    nt.fail(f"{key} of a row with {poison}: expected NaN at {where} and 0 elsewhere, got {row[:4]}…")

    # N = 1 gives bias; no rows give nothing; an empty group is an error.
    values = inputs_for(ln, rng.standard_normal((3, 1)))
    bias = nt.decode(values["bias"], programs[ln].param)
    same(f"{ln} of one element", nt.decode(kernels[ln](*values.values())[0], dtype),
         nt.decode(nt.encode(bias, dtype), dtype))
    for key in (ln, rms):
        values = inputs_for(key, np.zeros((0, 17)))
        if kernels[key](*values.values())[0].shape != (0, 17):
            nt.fail(f"{key} of no rows")
        values = inputs_for(key, np.zeros((3, 0)))
        nt.expect_error(kernels[key], kernels[key].tensors(*values.values()), "EMPTY_GROUP")
        values = inputs_for(key, np.zeros((0, 0)))
        kernel = kernels[key]
        if kernel.call(kernel.tensors(*values.values())) not in (0, 12):
            nt.fail(f"{key} of a 0x0 tensor")

nt.finish()
