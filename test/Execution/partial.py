# REQUIRES: numpy
# RUN: %python %s
# RUN: env NORMTEST_DEVICE=ptxsim %python %s
#
# What norm-partial makes: ranks divide a hidden dimension, a batch or the height of pictures, evenly, unevenly, and with one
# that has nothing; what they get together is held to the bounds of the whole kernel. Bits are the same whatever the
# number of rows and threads. On the interpreter a part of it.

import os
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "Inputs"))
import numpy as np

import device
import formulas as F
import normtest as nt
from bounds import Arith
from programs import Channels, Rows, RowsBackward
from ranks import Ranks, divide, listed

ON_CPU = device.KIND == "cpu"
rng = np.random.default_rng(17)
BOTH, ALL = ("input", "scale"), ("input", "scale", "bias")

# Program, divided dimension, the shape it has, that dimension's place, and a group's elements for each of its positions.
cases = []


def rows(program, shape=(5, 67), dim="c"):
    cases.append((program, dim, shape, len(shape) - 1, 1))


def channels(program, dim, shape=(6, 8, 7, 5)):
    place = {"n": 0, "h": 2}[dim]
    kept = {"batch": (0, 2, 3), "instance": (2, 3), "group": (2, 3)}[program.kind]
    elements = int(np.prod([shape[a] for a in kept if a != place]))
    if program.kind == "group":
        elements *= shape[1] // program.groups
    cases.append((program, dim, shape, place, elements))


for dtype in ("f32", "bf16"):
    how = dict(dtype=dtype, param=dtype)
    rows(Rows(kind="layer", bias=True, saved="rstd", **how))
    rows(Rows(kind="rms", **how))
    rows(RowsBackward(kind="layer", gradients=ALL, **how))
    rows(RowsBackward(kind="layer", stats=None, gradients=ALL, **how))
    rows(RowsBackward(kind="rms", gradients=BOTH, **how))
    rows(RowsBackward(kind="rms", stats=None, gradients=BOTH, **how))
    how = dict(dtype=dtype, param="f32")
    for last in (False, True):
        channels(Channels(kind="batch", last=last, saved="rstd", running=(0.1, "torch", "unbiased"), **how), "n")
        channels(Channels(kind="batch", last=last, saved="rstd", backward=True, **how), "n")
        channels(Channels(kind="batch", last=last, backward=True, **how), "n")
        channels(Channels(kind="instance", last=last, saved="variance", **how), "h")
        channels(Channels(kind="group", last=last, saved="rstd", **how), "h")
        channels(Channels(kind="group", last=last, saved="rstd", backward=True, **how), "h")
        channels(Channels(kind="instance", last=last, backward=True, **how), "h")
        channels(Channels(kind="group", last=last, backward=True, **how), "h")
# With neighbours.
rows(Rows(kind="rms", dtype="bf16", param="bf16", residual="rounded", keep_sum=True, saved="rstd"))
rows(Rows(kind="layer", residual="unrounded", keep_sum=True, saved="variance", bias=True))
rows(Rows(kind="rms", gate="after"))
rows(Rows(kind="rms", gate="before", dtype="bf16", param="bf16"))
rows(Rows(kind="layer", dtype="f64", param="f64", bias=True))
rows(Rows(kind="rms", offset=1.0, rounding="normalized", dtype="bf16", param="bf16"))
# Of the batch: what all ranks add to their gradients is its own part.
if not ON_CPU:
    cases = [case for i, case in enumerate(cases) if i % 3 == 0 or i >= len(cases) - 4]


def load(path, name):
    """A function of a file, without its comments."""
    with open(os.path.join(here, "Cases", path)) as f:
        code = "".join(line for line in f if not line.lstrip().startswith("//"))
    return next("func.func " + f for f in code.split("func.func ") if f.startswith(f"@{name}("))


quantized, dropout = load("quantized.mlir", "row_int8"), load("dropout.mlir", "dropout_ln")
lib = nt.Library("".join(divide(program.text(f"p{i}"), [dim]) for i, (program, dim, *_) in enumerate(cases)) +
                 divide(quantized, ["c"]) + divide(dropout, ["c"]))


def parts(length):
    """Of two ranks, of two that share it unevenly, and of three of which one has nothing."""
    yield length // 2, length - length // 2
    yield 1, length - 1
    yield length - 3, 0, 3


def check(i, shape, mean, spread, lengths, label):
    program, dim, _, _, elements = cases[i]
    values = program.inputs(rng, shape, mean=mean, spread=spread)
    ranks = Ranks(lib, f"p{i}", dim, elements)
    names = [a["name"] for a in lib[f"p{i}_apply"].inputs if not a["name"].startswith(("merged_", "count"))]
    given = dict(zip(names, values.values())) if len(names) == len(values) else None
    if given is None:
        nt.fail(f"p{i} {program!r}: the arguments are {names}, given {list(values)}")
        return
    got = ranks.run(given, lengths)
    program.A.ranks = sum(length > 0 for length in lengths)
    program.check(f"p{i}", list(got.values()), shape, values)
    if not ON_CPU:
        return
    for threads in (1, 3):
        for name, again in ranks.run(given, lengths, threads).items():
            nt.same_bits(f"p{i} {name} of {label}, {threads} threads", again, got[name])


for i, (program, dim, shape, place, elements) in enumerate(cases):
    for j, lengths in enumerate(parts(shape[place])):
        if not ON_CPU and (i + j) % 3:
            continue
        for mean, spread in ((0, 1), (1e4, 1)) if ON_CPU else ((1e4, 1),):
            # The bound of a mean of squares, and of 16-bit numbers that differ by less than their distance, is no use.
            if mean and program.dtype in ("bf16",):
                mean = 50
            check(i, shape, mean, spread, lengths, f"{lengths}")

# ---- Two exchanges: a sum of squares, then the largest magnitude ----

A = Arith("f32")
A.ranks = 2
for lengths in ((33, 34), (1, 66), (40, 0, 27)):
    x, w = (nt.encode(rng.standard_normal(s), "bf16") for s in ((4, 67), (67,)))
    x[0] = 0
    want_q, want_scale = F.quantize(A, F.rms(A, nt.decode(x, "bf16"), (1,), 1e-6, nt.decode(w, "bf16")).y, (1,))
    got = Ranks(lib, "row_int8", "c", 1).run({"arg0": x, "arg1": w}, lengths)
    nt.check(f"row_int8 {lengths}", got["result0"], want_q, "i8")
    nt.check(f"row_int8 scale {lengths}", got["result1"], want_scale, "f32")

# ---- Random bits by position ----

for lengths in ((33, 34), (1, 66), (40, 0, 27)):
    seed, offset, shape = -5, 2**40, (4, 67)
    x, r, g, b = (rng.standard_normal(s).astype(np.float32) for s in (shape, shape, shape[1:], shape[1:]))
    keep = F.philox(seed, offset, *shape) >= 429496730
    h = A.where(keep, A.value(x) / A.const(0.9), 0) + A.value(r)
    want = F.centred(A, h, (1,), 1e-5, g, b)
    names = [a["name"] for a in lib["dropout_ln_apply"].inputs][:6]
    got = list(Ranks(lib, "dropout_ln", "c", 1).run(dict(zip(names, (x, r, g, b, np.array(seed), np.array(offset)))), lengths).values())
    for what, g, w in zip(("y", "sum", "mean", "rstd"), got, (want.y, h, want.mean, want.rstd)):
        nt.check(f"dropout_ln {what} {lengths}", g, w, "f32")

# ---- Gradients that norm-derive-backward makes, by the flag: in f64 those of the whole, but for the order of sums ----


def derive(program):
    done = subprocess.run(["norm-opt", "--norm-generalize", "--norm-derive-backward"], input=program.text("f"),
                          capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"norm-opt failed:\n{done.stderr}")
    return done.stdout


for program in (Rows(kind="rms", dtype="f64", param="f64", gate="after"),
                Rows(kind="layer", dtype="f64", param="f64", bias=True, residual="unrounded", keep_sum=True))[:2 if ON_CPU else 1]:
    text = derive(program)
    whole, divided = nt.Library(text), nt.Library(text, flags=["--partial=c"])
    values = dict(zip((a["name"] for a in whole["f"].inputs), program.inputs(rng, (5, 67)).values()))
    results = dict(zip((a["name"] for a in whole["f"].outputs), listed(whole["f"](*values.values()))))
    given = {**values, **results, **{"d" + name: rng.standard_normal(y.shape) for name, y in results.items()}}
    kernel = whole["f_backward"]
    want = dict(zip((a["name"] for a in kernel.outputs), listed(kernel(*[given[a["name"]] for a in kernel.inputs]))))
    got = Ranks(divided, "f_backward", "c", 1).run(given, (1, 66))
    got.update((name, y) for name, y in Ranks(divided, "f", "c", 1).run(values, (30, 0, 37)).items())
    for name, w in {**want, **results}.items():
        # Sums of 67 numbers, and what a few operations make of their rounding.
        if not np.abs(got[name] - w).max() <= 67 * 2.0**-52 * max(1, np.abs(w).max()):
            nt.fail(f"{program!r} {name}: {np.abs(got[name] - w).max()} from the whole's")

# ---- The same row has the same bits in any number of rows, and merging does not depend on who is empty ----

for i in (0, 2) if ON_CPU else (0,):
    program = cases[i][0]
    values = program.inputs(rng, (9, 67))
    names = [a["name"] for a in lib[f"p{i}_apply"].inputs if not a["name"].startswith(("merged_", "count"))]
    given = dict(zip(names, values.values()))
    ranks = Ranks(lib, f"p{i}", "c", 1)
    whole = ranks.run(given, (30, 37))
    few = {name: v[2:5] if v.shape[0] == 9 else v for name, v in given.items()}
    for name, got in ranks.run(few, (30, 37)).items():
        if whole[name].shape[0] == 9:
            nt.same_bits(f"p{i} {name} of 3 rows", got, whole[name][2:5])
    for empty in (0, np.inf):
        for name, got in ranks.run(given, (30, 0, 37), empty=empty).items():
            nt.same_bits(f"p{i} {name} beside a rank without elements that has {empty}", got, whole[name])

# A rank without elements has no statistics to give.
kernel = lib["p0_partial"]
nt.expect_error(kernel, kernel.tensors(np.zeros((3, 0), np.float32)), "EMPTY_GROUP")
nt.finish()
