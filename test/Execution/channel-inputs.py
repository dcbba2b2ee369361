# REQUIRES: numpy
# RUN: %python %s
#
# SEMANTICS' table of inputs that must work, row by row, for every type and both layouts: batch norm in training and
# inference, instance and group norm.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import extremes as E
import normtest as nt
from programs import Channels

rng = np.random.default_rng(14)
GROUPED = ("batch", "instance", "group")

programs = {}
for kind in GROUPED + ("inference",):
    how = dict(kind=kind, rank=3, saved=None if kind == "inference" else "rstd")
    for i, dtype in enumerate(E.TYPES):
        param = "f64" if dtype == "f64" else "f32"
        for last in (False, True):
            programs[kind, "last" if last else "first", dtype] = Channels(last=last, dtype=dtype, param=param, **how)
        if kind != "inference":
            # Every type in one of the layouts.
            programs[kind, "tiny eps, bias only", dtype] = Channels(
                last=i % 2 == 0, dtype=dtype, param=param, scale=False, eps=1e-12, **how)
    programs[kind, "scale only", "f32"] = Channels(param="bf16", bias=False, **how)
    programs[kind, "scale only", "f64"] = Channels(last=True, dtype="f64", param="f32", bias=False, **how)
    programs[kind, "neither", "bf16"] = Channels(last=True, dtype="bf16", scale=False, bias=False, **how)
for last, estimate in ((False, "unbiased"), (True, "unbiased"), (True, "biased")):
    programs["batch", "last" if last else "first", estimate] = Channels(
        kind="batch", last=last, rank=3, saved="variance", running=(0.1, "torch", estimate))
suite = E.Suite(programs, rng)


def exactly_bias(key, groups, divisor=None):
    """And so that the statistics are numbers."""
    program = programs[key]
    values, _ = suite.inputs(key, groups, divisor)
    got = suite.results(key, values)
    label = f"{key} of {groups[0, 0]}, …, N = {groups.shape[1]}"
    bias = 0.0
    if program.bias:
        bias = nt.decode(nt.encode(nt.decode(values["bias"], program.param), program.dtype), program.dtype)
        bias = E.along(program, bias)
    E.same(label, got["y"], bias)
    E.finite(label, got)
    return got


for key, program in programs.items():
    dtype, inference = program.dtype, program.kind == "inference"
    # One element has no unbiased variance.
    least = 1 if program.running and program.running[2] == "unbiased" else 0

    # ---- Numbers ----
    suite.run(key, E.outliers(rng, dtype), worst=True)
    for x in E.large_means(rng, dtype):
        suite.run(key, x)
    for x in E.overflowing(rng, dtype):
        suite.run(key, x)
    suite.run(key, E.tiny_spread())
    for n in E.LENGTHS[least:]:
        # Nothing but channels of a group, or samples of a batch; or nothing but space.
        suite.run(key, rng.standard_normal((2, n)) + 0.5, divisor=n if n % 2 == 0 else None)
    if inference:
        suite.run(key, np.zeros((2, 229)))
    else:
        for value, n in E.constants(dtype):
            if n > least:
                exactly_bias(key, np.full((2, n), value))
        if least:
            suite.error(key, (1, 4, 1), "GROUP_TOO_SMALL")
        else:
            exactly_bias(key, rng.standard_normal((2, 1)))
        # The squares overflow f32.
        for size in (1e19, 1e25) if dtype in ("f32", "bf16") and program.saved == "rstd" else ():
            E.same(f"{key} rstd of {size}", exactly_bias(key, E.huge(rng, size))["rstd"], 0.0)

    # ---- NaN and Inf stay in their group, and are never masked ----
    values, shape = suite.inputs(key, rng.standard_normal((6, 228)))
    clean = suite.call(key, values)
    for poison in E.POISONS:
        for where in (0, 100, 227):
            groups = E.gathered(program, nt.decode(values["x"], dtype), shape).copy()
            groups[2, where] = poison
            bad = dict(values, x=program._moved(nt.encode(E.placed(program, groups), dtype)))
            got = suite.call(key, bad)
            split = [np.delete(E.gathered(program, a, shape), 2, 0) for a in (clean[0], got[0])]
            nt.same_bits(f"{key} of groups beside one with {poison}", *split)
            for name, a, b in list(zip(program.results, clean, got))[1:]:
                nt.same_bits(f"{key} {name} of groups beside one with {poison}", np.delete(a.reshape(-1), 2),
                             np.delete(b.reshape(-1), 2))
                if np.isfinite(nt.decode(b, "f64" if dtype == "f64" else "f32").reshape(-1)[2]):
                    nt.fail(f"{key} {name} of a group with {poison} is finite")
            group = E.gathered(program, nt.decode(got[0], dtype), shape)[2]
            masked = ~np.isnan(group)
            if inference:
                masked = np.isfinite(group) == (np.arange(228) == where)
            if masked.any():
                nt.fail(f"{key} of a group with {poison}: {int(masked.sum())} elements are wrong")

    # ---- Nothing ----
    sizes = {(0, 4, 7): {"batch": "EMPTY_GROUP"},
             (2, 0, 7): {"group": "EMPTY_GROUP"},
             (2, 4, 0): {"batch": "EMPTY_GROUP", "instance": "EMPTY_GROUP", "group": "EMPTY_GROUP"},
             (0, 4, 0): {"batch": "EMPTY_GROUP", "instance": "EMPTY_GROUP", "group": "EMPTY_GROUP"}}
    for shape, errors in sizes.items():
        suite.error(key, shape, errors.get(program.kind))

nt.finish()
