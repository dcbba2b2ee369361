# REQUIRES: numpy
# RUN: %python %s
#
# The bits of a row do not depend on how many rows there are, nor any bit on the number of threads, on the buffers'
# alignment, or on the run.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import normtest as nt
from programs import Rows, compile_all

rng = np.random.default_rng(5)
ROWS = (1, 2, 7, 64)
THREADS = (1, 2, 3, 8)

forward = [Rows(kind="layer", bias=True, saved="rstd"), Rows(kind="layer", dtype="bf16", param="bf16", saved="rstd"),
           Rows(kind="rms", dtype="f16", saved="rstd"), Rows(kind="rms", dtype="f64", param="f64", saved="rstd"),
           Rows(kind="rms", residual="rounded", keep_sum=True, dtype="bf16"), Rows(kind="rms", gate="after", groups=4)]
lib = compile_all(forward)


def listed(outputs):
    return outputs if isinstance(outputs, list) else [outputs]


for i, program in enumerate(forward):
    kernel = lib[f"p{i}"]
    for n in (1, 20, 228, 1000, 5000):
        shape = (64, n * program.groups)
        values = program.inputs(rng, shape)
        whole = listed(kernel(*values.values()))
        for rows in ROWS[:-1]:
            part = {k: v[:rows] if v.shape == shape else v for k, v in values.items()}
            for k, (a, b) in enumerate(zip(whole, listed(kernel(*part.values())))):
                nt.same_bits(f"{program!r} output {k}, N = {n}, {rows} of 64 rows", a[:rows], b)
        for threads in THREADS:
            for _ in range(2):
                for k, (a, b) in enumerate(zip(whole, listed(kernel(*values.values(), threads=threads)))):
                    nt.same_bits(f"{program!r} output {k}, N = {n}, {threads} threads", a, b)
        for side in ("start", "end"):
            for k, (a, b) in enumerate(zip(whole, listed(kernel(*values.values(), side=side)))):
                nt.same_bits(f"{program!r} output {k}, N = {n}, memory at the {side} of a page", a, b)

nt.finish()
