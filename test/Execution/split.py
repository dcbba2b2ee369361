# REQUIRES: numpy
# RUN: %python %s
#
# Few long groups of a static size, which threads share: the same bits as plain loops, on any number of threads. And as many
# as are not shared.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import normtest as nt
from programs import Channels, Rows, RowsBackward

rng = np.random.default_rng(1)
cases = [(Rows(kind="layer", bias=True, saved="rstd"), (2, 262144)), (Rows(kind="layer", bias=True), (3, 140007)),
         (Rows(kind="layer", bias=True), (4, 131072)), (Rows(kind="rms", dtype="bf16", param="bf16", saved="rstd"), (1, 1 << 19)),
         (Rows(kind="rms", residual="rounded", keep_sum=True, dtype="bf16"), (1, 131072)),
         (Channels(kind="instance", rank=3, saved="rstd"), (1, 3, 140000)), (Channels(kind="group", rank=4, saved="variance"), (1, 4, 300, 301)),
         (Channels(kind="batch", rank=3, saved="rstd", running=(0.1, "torch", "unbiased")), (4, 3, 40001)),
         (Channels(kind="instance", rank=3, backward=True), (1, 2, 131072)),
         (Channels(kind="group", rank=4, backward=True, gradients=("input",)), (1, 4, 300, 301)),
         (RowsBackward(kind="layer", gradients=("input",)), (1, 200000)), (Rows(kind="rms", gate="after", groups=2), (1, 280000))]
text = "".join(program.text(f"p{i}", shape) for i, (program, shape) in enumerate(cases))
plain, fast = nt.Library(text, flags=["--reference"]), nt.Library(text)

for i, (program, shape) in enumerate(cases):
    values = program.inputs(rng, shape)
    listed = lambda outputs: outputs if isinstance(outputs, list) else [outputs]
    want = listed(plain[f"p{i}"](*values.values()))
    for threads in (1, 2, 5):
        for name, a, b in zip(program.results, want, listed(fast[f"p{i}"](*values.values(), threads=threads))):
            nt.same_bits(f"{program!r} {name} of {list(shape)}, {threads} threads", a, b)

nt.finish()
