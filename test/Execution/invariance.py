# REQUIRES: numpy
# RUN: %python %s
#
# What bits do not depend on. The result for a row, or for a sample of instance and group norm, forward and backward:
# on how many there are. Every result, sums over rows and statistics of a batch included: on the number of threads, on
# whether sizes are static, on the buffers' alignment, on the run.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import normtest as nt
from programs import Channels, Rows, RowsBackward

rng = np.random.default_rng(5)
COUNTS = (1, 2, 7)
THREADS = (1, 2, 3, 8)
ALL = ("input", "scale", "bias")

programs = [Rows(kind="layer", bias=True, saved="rstd"), Rows(kind="layer", dtype="bf16", param="bf16", saved="rstd"),
            Rows(kind="layer", dtype="f8E4M3FN", bias=True), RowsBackward(kind="rms", dtype="f8E5M2", stats=None),
            Rows(kind="rms", dtype="f16", saved="rstd"), Rows(kind="rms", dtype="f64", param="f64", saved="rstd"),
            Rows(kind="rms", residual="rounded", keep_sum=True, dtype="bf16"), Rows(kind="rms", gate="after", groups=4),
            RowsBackward(kind="layer", gradients=ALL), RowsBackward(kind="layer", dtype="bf16", stats=None, gradients=ALL),
            RowsBackward(kind="layer", dtype="f64", param="f64", gradients=ALL[1:]),
            RowsBackward(kind="rms", dtype="f16", dsum=True), RowsBackward(kind="rms", groups=4, stats=None)]
for last in (False, True):
    for kind, given in (("batch", dict(saved="rstd", running=(0.1, "torch", "unbiased"))), ("inference", {}),
                        ("instance", dict(saved="rstd")), ("group", dict(saved="variance"))):
        programs.append(Channels(kind=kind, last=last, rank=3, **given))
        programs.append(Channels(kind=kind, last=last, rank=3, backward=True, dtype="bf16" if last else "f32"))


def shapes(program):
    """More rows than a block of a sum over rows has, elements that are more than a segment, and few of both."""
    if isinstance(program, Channels):
        return [(64, 6, 1), (64, 6, 20), (64, 6, 229), (9, 4, 5000)]
    return [(64, n * program.groups) for n in (1, 20, 228, 1000, 5000)] + [(300, 20 * program.groups)]


def static(i, program):
    """One of the shapes: compiling takes most of the time."""
    some = shapes(program)
    return some[i % len(some)]


lib = nt.Library("".join(p.text(f"p{i}") + p.text(f"p{i}_static", static(i, p)) for i, p in enumerate(programs)))


def by_sample(program):
    """The inputs and outputs that have one part for every row or sample."""
    names = {"x", "dy", "y", "residual", "gate", "dsum", "sum", "dinput"}
    if not isinstance(program, Channels) or program.kind in ("instance", "group"):
        names |= {"mean", "stat", "rstd", "variance"}
    return names if program.kind != "batch" else set()


def listed(outputs):
    return outputs if isinstance(outputs, list) else [outputs]


for i, program in enumerate(programs):
    kernel = lib[f"p{i}"]
    alone = by_sample(program)
    for shape in shapes(program):
        values = program.inputs(rng, shape)
        whole = listed(kernel(*values.values()))

        def compare(label, kernel, **how):
            for name, a, b in zip(program.results, whole, listed(kernel(*values.values(), **how))):
                nt.same_bits(f"{program!r} {name} of {list(shape)}, {label}", a, b)

        for count in COUNTS if alone else ():
            part = {k: v[:count] if k in alone else v for k, v in values.items()}
            for name, a, b in zip(program.results, whole, listed(kernel(*part.values()))):
                if name in alone:
                    nt.same_bits(f"{program!r} {name} of {list(shape)}, {count} of the rows", a[:count], b)
        for threads in THREADS:
            for _ in range(2):
                compare(f"{threads} threads", kernel, threads=threads)
        for side in ("start", "end"):
            compare(f"memory at the {side} of a page", kernel, side=side)
        if shape == static(i, program):
            for threads in (None, 3):
                compare(f"static sizes, {threads} threads", lib[f"p{i}_static"], threads=threads)

nt.finish()
