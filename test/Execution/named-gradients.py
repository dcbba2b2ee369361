# REQUIRES: numpy
# RUN: %python %s
#
# The backward of every named operation is the derivative of its forward operation, as emitted in f64: central
# differences for every element of the gradients of input, residual, scale and bias, with given and recomputed
# statistics.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import normtest as nt
from differences import check, listed
from programs import Channels, Rows, RowsBackward

rng = np.random.default_rng(17)
ALL = ("input", "scale", "bias")
# eps is large enough for a wrong one to show; it is not the same in any two.
eps = iter(np.linspace(0.1, 0.5, 50))
# Forward, backward, shape.
pairs = []


def rows(kind, shape, stats="rstd", scale=True, bias=True, residual=False, **how):
    how = dict(kind=kind, dtype="f64", param="f64", scale=scale, eps=next(eps), **how)
    bias = bias and kind == "layer"
    gradients = [g for g, has in zip(ALL, (True, scale, bias)) if has]
    saved = None if stats is None else "variance" if stats == "variance" else "rstd"
    pairs.append((Rows(bias=bias, saved=saved, residual="unrounded" if residual else None, keep_sum=residual, **how),
                  RowsBackward(stats=stats, dsum=residual, gradients=gradients, **how), shape))


def channels(kind, shape, saved="rstd", scale=True, bias=True, **how):
    how = dict(kind=kind, dtype="f64", param="f64", scale=scale, saved=saved, eps=next(eps), rank=len(shape), **how)
    gradients = [g for g, has in zip(ALL, (True, scale, bias)) if has]
    pairs.append((Channels(bias=bias, **how), Channels(backward=True, gradients=gradients, **how), shape))


for stats in ("rstd", "variance", None):
    rows("layer", (3, 7), stats)
for stats in ("rstd", None):
    rows("rms", (3, 7), stats)
    rows("rms", (3, 12), stats, groups=3, offset=1.0)
for kind in ("layer", "rms"):
    rows(kind, (3, 7), offset=1.0, residual=True)
    rows(kind, (3, 7), None, residual=True, scale=False)
    rows(kind, (2, 3, 5), axes=2, rank=3)
for last in (False, True):
    for kind in ("batch", "instance", "group"):
        for saved, shape in (("variance", (2, 4, 5)), (None, (3, 4, 3))) if last else \
                (("rstd", (3, 4, 2, 3)), ("variance", (2, 4, 5)), (None, (3, 4, 3))):
            channels(kind, shape, saved, last=last)
    channels("inference", (3, 4, 5), None, last=last)
    channels("group", (3, 6, 2), last=last, groups=3, scale=False)
channels("batch", (9, 4), bias=False)

lib = nt.Library("".join(f.text(f"f{i}") + b.text(f"b{i}") for i, (f, b, _) in enumerate(pairs)))
for i, (forward, backward, shape) in enumerate(pairs):
    values = forward.inputs(rng, shape)
    results = dict(zip(forward.results, listed(lib[f"f{i}"](*values.values()))))
    # The sum's gradient arrives at both addends.
    given = dict(backward.inputs(rng, shape), x=results.get("sum", values["x"]))
    if forward.scale:
        given["scale"] = values["scale"]
    for name in ("mean", "stat"):
        kept = {"mean": "mean", "stat": forward.saved}[name]
        if name in given:
            given[name] = values[name] if forward.kind == "inference" else results[kept]
    got = dict(zip(backward.gradients, listed(lib[f"b{i}"](*given.values()))))
    gradients = {"x" if name == "input" else name: a for name, a in got.items()}
    if "residual" in values:
        gradients["residual"] = got["input"]
    check(repr(backward), lib[f"f{i}"], values, [given["dy"]] + ([given["dsum"]] if "dsum" in given else []), gradients)
nt.finish()
