# REQUIRES: numpy
# RUN: %python %s
#
# SEMANTICS' table of inputs that must work, row by row: the gradients of layer_norm and rms_norm, for every type, with
# statistics computed again from the input and with given ones.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import extremes as E
import normtest as nt
from programs import RowsBackward

ALL = ("input", "scale", "bias")

programs = {}
for kind in ("layer", "rms"):
    how = dict(kind=kind, gradients=ALL if kind == "layer" else ALL[:2])
    for dtype, param in (("f32", "f32"), ("f64", "f64"), ("f16", "f32"), ("bf16", "f32")):
        programs[kind, dtype] = RowsBackward(dtype=dtype, param=param, stats=None, **how)
    programs[kind, "f32", "bf16"] = RowsBackward(param="bf16", stats=None, **how)
    programs[kind, "no scale", "f16"] = RowsBackward(dtype="f16", scale=False, stats=None, **how)
    programs[kind, "given", "f32"] = RowsBackward(**how)
    if kind == "layer":
        programs[kind, "given, tiny eps", "f32"] = RowsBackward(eps=1e-12, stats="variance", **how)

suite = E.Suite(programs, np.random.default_rng(15))
for key in programs:
    E.backward(suite, key)
nt.finish()
