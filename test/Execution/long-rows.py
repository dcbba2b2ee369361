# REQUIRES: numpy
# RUN: %python %s
#
# The error of a forward result in f32 does not grow with the length of the row: at most 4 ULPs where the mean is
# within one standard deviation of 0 and the result is not a difference of nearly equal numbers.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import bounds
import normtest as nt
from programs import Rows, compile_all

LD = np.longdouble
EPS = LD(np.float32(1e-5))
ELEMENTS = 1 << 20

programs = [Rows(kind="layer", scale=False), Rows(kind="rms", scale=False)]
lib = compile_all(programs)
rng = np.random.default_rng(1)

for i, program in enumerate(programs):
    for n in (1024, 4095, 4096, 4097, 32768, 131072, ELEMENTS):
        for mean in (0.0, 0.5, 1.0):
            x = (rng.standard_normal((ELEMENTS // n, n)) + mean).astype(np.float32)
            y = lib[f"p{i}"](x)
            wide = x.astype(LD)
            if program.kind == "layer":
                wide -= wide.mean(1, keepdims=True)
            want = wide / np.sqrt((wide * wide).mean(1, keepdims=True) + EPS)
            ulps = np.where(np.abs(want) >= 1, np.abs(y - want) / bounds.ulp(want, "f32"), 0)
            at = np.unravel_index(ulps.argmax(), ulps.shape)
            print(f"{program.kind} norm, N = {n}, mean {mean}: {float(ulps[at]):.2f} ULPs")
            if not ulps[at] <= bounds.FORWARD_ULPS:
                nt.fail(f"{program.kind} norm, N = {n}, mean {mean}, element {at}: got {y[at]!r}, expected "
                        f"{want[at]!r}, {float(ulps[at]):.2f} ULPs, more than {bounds.FORWARD_ULPS}")

# Equal elements round all in one direction, so that the error is as large as the chain is long. The root halves it, and has
# two roundings of its own, mean and eps one each.
x = np.full((1, 1 << 24), 1.1, np.float32)
rstd = compile_all([Rows(kind="rms", scale=False, saved="rstd")])["p0"](x)[1][0]
want = 1 / np.sqrt(LD(x[0, 0]) ** 2 + EPS)
ulps = float(abs(rstd - want) / bounds.ulp(want, "f32"))
print(f"rms norm, N = 2^24, equal elements: rstd off by {ulps:.2f} ULPs")
if not ulps <= bounds.ROW_CHAIN / 2 + 4:
    nt.fail(f"rms norm, N = 2^24, equal elements: rstd is {rstd!r}, expected {want!r}, {ulps:.2f} ULPs off")

nt.finish()
