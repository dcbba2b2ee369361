# REQUIRES: numpy
# RUN: %python %s
#
# SEMANTICS' table of inputs that must work, row by row: the gradients of batch norm in training and inference, instance
# and group norm, for every type and both layouts, with statistics computed again from the input and with given ones.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import extremes as E
import normtest as nt
from programs import Channels

programs = {}
for kind in ("batch", "instance", "group", "inference"):
    how = dict(kind=kind, backward=True, rank=3)
    for dtype, param in (("f32", "f32"), ("f64", "f64"), ("f16", "f32"), ("bf16", "f32")):
        programs[kind, "first", dtype] = Channels(dtype=dtype, param=param, **how)
    for dtype, param in (("f32", "bf16"), ("f64", "f32"), ("bf16", "bf16")):
        programs[kind, "last", dtype] = Channels(last=True, dtype=dtype, param=param, **how)
    programs[kind, "last, no scale", "f16"] = Channels(last=True, dtype="f16", scale=False, **how)
    if kind != "inference":
        programs[kind, "given, tiny eps", "f32"] = Channels(last=True, saved="variance", eps=1e-12, **how)

suite = E.Suite(programs, np.random.default_rng(16))
for key in programs:
    E.backward(suite, key)
nt.finish()
