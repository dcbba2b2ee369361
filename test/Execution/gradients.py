# REQUIRES: numpy
# RUN: %python %s
#
# Backward kernels are the derivatives of the forward kernels: central differences of what is emitted, in f64. With
# L = sum of y * dy (and of the other results by their gradients), every element of every gradient. Of the programs
# of Cases; of the named operations in named-gradients.py.

import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "Inputs"))
import numpy as np

import normtest as nt
from differences import check, listed

rng = np.random.default_rng(7)


def load(name):
    """A file of Cases with f64 in place of f32; functions with bf16 are left out."""
    with open(os.path.join(here, "Cases", name + ".mlir")) as f:
        code = "".join(line for line in f if not line.lstrip().startswith("//"))
    functions = code.split("func.func ")[1:]
    return "".join("func.func " + f for f in functions if "bf16" not in f).replace("f32", "f64")


lib = nt.Library("".join(load(n) for n in ("layer-norm", "backward", "group-norm", "batch-norm", "adaln", "dropout")))


def randn(*shape):
    return rng.standard_normal(shape)


x, dy, gamma, beta = randn(3, 7), randn(3, 7), randn(7), randn(7)
_, mean, rstd = lib["ln"](x, gamma, beta)
dx, dg, db = lib["ln_backward"](x, dy, gamma, mean, rstd)
check("ln", lib["ln"], dict(x=x, gamma=gamma, beta=beta), [dy], dict(x=dx, gamma=dg, beta=db))

x, dy, gamma, beta = randn(2, 8, 3, 2), randn(2, 8, 3, 2), randn(8), randn(8)
for layout in ("gn_nchw", "gn_nhwc"):
    if layout == "gn_nhwc":
        x, dy = x.transpose(0, 2, 3, 1).copy(), dy.transpose(0, 2, 3, 1).copy()
    _, mean, rstd = lib[layout](x, gamma, beta)
    dx, dg, db = lib[layout + "_backward"](x, dy, gamma, mean, rstd)
    check(layout, lib[layout], dict(x=x, gamma=gamma, beta=beta), [dy], dict(x=dx, gamma=dg, beta=db))

x, dy, gamma, beta, old = randn(3, 4, 5, 1), randn(3, 4, 5, 1), randn(4), randn(4), np.ones(4)
_, mean, var, _, _ = lib["bn_nchw"](x, gamma, beta, old, old)
dx, dg, db = lib["bn_backward"](x[..., 0], dy[..., 0], gamma, mean, var)
check("bn", lib["bn_nchw"], dict(x=x, gamma=gamma, beta=beta, rm=old, rv=old), [dy], dict(x=dx, gamma=dg, beta=db))

x, dy, scale, shift = randn(2, 3, 5), randn(2, 3, 5), randn(2, 5), randn(2, 5)
dx, ds, dh = lib["adaln_backward"](x, dy, scale)
check("adaln", lib["adaln"], dict(x=x, scale=scale, shift=shift), [dy], dict(x=dx, scale=ds, shift=dh))

x, res, dy, dh, gamma, beta = randn(3, 7), randn(3, 7), randn(3, 7), randn(3, 7), randn(7), randn(7)
seed, offset = np.array(5), np.array(9)
_, h, mean, rstd = lib["dropout_ln"](x, res, gamma, beta, seed, offset)
dx, dres, dg, db = lib["dropout_ln_backward"](h, dy, dh, gamma, mean, rstd, seed, offset)
check("dropout", lib["dropout_ln"], dict(x=x, res=res, gamma=gamma, beta=beta, seed=seed, offset=offset), [dy, dh],
      dict(x=dx, res=dres, gamma=dg, beta=db))
if not ((dx == 0) == (lib["bits"](np.zeros((3, 7), np.int32), seed, offset).view(np.uint32) < 429496730)).all():
    nt.fail("dropout: dx is not 0 exactly where the bits say")
nt.finish()
