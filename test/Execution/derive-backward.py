# REQUIRES: numpy
# RUN: %python %s
#
# What norm-derive-backward makes: of the five norms the gradients that the named operations give, to a few ULPs of the
# largest element; of programs with neighbours, in f64, the slopes of the forward kernel, for every element.

import os
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "Inputs"))
import numpy as np

import normtest as nt
from differences import check, listed
from programs import Channels, Rows, RowsBackward

rng = np.random.default_rng(23)
ALL = ("input", "scale", "bias")


def derive(text, *passes):
    done = subprocess.run(["norm-opt", *passes], input=text, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"norm-opt {' '.join(passes)} failed:\n{done.stderr[:5000]}")
    return done.stdout


def gradients(lib, name, values, arriving):
    """`values`: of the forward kernel, in order. `arriving`: result to its gradient. What the backward kernel gives, by
    argument."""
    forward, backward = lib[name], lib[name + "_backward"]
    given = {a["name"]: v for a, v in zip(forward.inputs, values)}
    given.update(zip((a["name"] for a in forward.outputs), listed(forward(*values))))
    given.update(("d" + result, d) for result, d in arriving.items())
    got = listed(backward(*[given[a["name"]] for a in backward.inputs]))
    return {a["name"][1:]: g for a, g in zip(backward.outputs, got)}


# ---- The five norms ----

# Forward, backward, shape, and what may be saved.
pairs = []


def rows(kind, shape, dtype="f32", scale=True, bias=True, residual=False, stats="rstd", **how):
    how = dict(kind=kind, dtype=dtype, param=dtype, scale=scale, **how)
    bias = bias and kind == "layer"
    pairs.append((Rows(bias=bias, saved=stats, residual="unrounded" if residual else None, keep_sum=residual, **how),
                  RowsBackward(stats=stats, dsum=residual, gradients=[g for g, has in zip(ALL, (True, scale, bias)) if has], **how), shape))


def channels(kind, shape, saved="rstd", dtype="f32", scale=True, bias=True, **how):
    how = dict(kind=kind, dtype=dtype, param=dtype, scale=scale, saved=saved, rank=len(shape), **how)
    pairs.append((Channels(bias=bias, **how),
                  Channels(backward=True, gradients=[g for g, has in zip(ALL, (True, scale, bias)) if has], **how), shape))


rows("layer", (5, 67))
rows("layer", (5, 64), dtype="bf16")
rows("layer", (5, 67), residual=True)
rows("layer", (2, 3, 5), axes=2, rank=3, stats="variance")
rows("rms", (5, 67))
rows("rms", (5, 67), offset=1.0, residual=True)
rows("rms", (5, 64), dtype="bf16", groups=4)
for last in (False, True):
    channels("batch", (3, 8, 5, 3), last=last)
    channels("batch", (3, 8, 7), "variance", last=last, bias=False)
    channels("instance", (3, 8, 5, 3), last=last)
    channels("group", (3, 8, 5, 3), last=last)
    channels("group", (3, 8, 33), last=last, dtype="bf16", groups=4)
    channels("inference", (3, 8, 5, 3), None, last=last)

text = "".join(f.text(f"f{i}") + b.text(f"named{i}_backward") for i, (f, b, _) in enumerate(pairs))
lib = nt.Library(derive(text, "--norm-generalize", "--norm-derive-backward"))
RECOMPUTED = (0, 3, 6, 8)
again = nt.Library(derive("".join(pairs[i][0].text(f"f{i}") for i in RECOMPUTED), "--norm-generalize",
                          "--norm-derive-backward=recompute"))


def distance(got, want, dtype):
    """In ULPs of the largest element."""
    got, want = (np.asarray(nt.decode(a, dtype), np.float64) for a in (got, want))
    return np.abs(got - want).max() / nt.bounds.ulp(np.abs(want).max(), dtype)


# Large enough that powers of the root would vanish.
for spread in (1.0, 1e17):
    for i, (forward, backward, shape) in enumerate(pairs):
        values = forward.inputs(rng, shape, spread=spread)
        results = dict(zip(forward.results, listed(lib[f"f{i}"](*values.values()))))
        given = dict(backward.inputs(rng, shape), x=results.get("sum", values["x"]))
        if forward.scale:
            given["scale"] = values["scale"]
        for name, kept in (("mean", "mean"), ("stat", forward.saved)):
            if name in given:
                given[name] = values[name] if forward.kind == "inference" else results[kept]
        want = dict(zip(backward.gradients, listed(lib[f"named{i}_backward"](*given.values()))))
        arriving = {"y": given["dy"], **({"sum": given["dsum"]} if "dsum" in given else {})}
        for what, made in (("", lib), (", recomputed", again)):
            if made is again and i not in RECOMPUTED:
                continue
            got = gradients(made, f"f{i}", list(values.values()), arriving)
            if "residual" in got:
                nt.same_bits(f"{forward!r} dresidual", got.pop("residual"), got["x"])
            if sorted(got) != sorted("x" if name == "input" else name for name in want):
                nt.fail(f"{forward!r}: gradients of {sorted(got)}")
            for name, w in want.items():
                g = got["x" if name == "input" else name]
                dtype = forward.dtype if name == "input" else "f32"
                # In inference sums over the batch are added up in another order.
                limit = 1 if dtype == "bf16" else 8 if forward.kind == "inference" else 4
                if g.dtype != w.dtype or not distance(g, w, dtype) <= limit:
                    nt.fail(f"{forward!r}{what}, {spread}, d{name}: {distance(g, w, dtype):.3g} ULPs of the largest from the "
                            "named operation's")

# ---- With neighbours ----


def load(path):
    """A file in f64, without what has 16 bits, and without the gradients that somebody wrote."""
    with open(path) as f:
        code = "".join(line for line in f if not line.lstrip().startswith("//"))
    functions = ["func.func " + f for f in code.split("func.func ")[1:]]
    return "".join(f for f in functions if "bf16" not in f and "_backward(" not in f).replace("f32", "f64")


examples = os.path.join(here, "..", "..", "tools", "normc", "examples")
cases = ["adaln", "dropout", "gated", "layer-norm", "group-norm", "batch-norm", "fused"]
named = [Rows(kind="rms", dtype="f64", param="f64", gate=gate, offset=offset, rounding=rounding, eps=0.1)
         for gate, offset, rounding in (("after", 0, "once"), ("before", 1.0, "once"), ("after", 1.0, "normalized"))]
functions = "".join(load(os.path.join(here, "Cases", name + ".mlir")) for name in cases) + \
    "".join(load(os.path.join(examples, name + ".mlir")).replace("512", "6") for name in ("rnn_cell", "linear_relu"))
# Named operations are generalized before; a program's own sums are left to the target until the gradients are there.
named_text = derive("".join(p.text(f"named{i}") for i, p in enumerate(named)), "--norm-generalize")
functions += named_text.replace("module {\n", "", 1).rstrip()[:-1]
RECOMPUTED = ("ln", "gelu_tanh", "rope", "softmax")
some = "".join("func.func " + f for f in functions.split("func.func ")[1:] if f[1 : f.index("(")] in RECOMPUTED)
roads = {"saved": nt.Library(derive(functions, "--norm-derive-backward")),
         "recomputed": nt.Library(derive(some, "--norm-derive-backward=recompute"))}


def randn(*shape):
    return rng.standard_normal(shape)


def slopes(name, values, arriving, road="saved", numbers=False):
    """`arriving`: of the first results. Every argument of floats has a gradient, without dimensions where `numbers` says so."""
    lib = roads[road]
    kernel = lib[name]
    names = [a["name"] for a in kernel.inputs]
    got = gradients(lib, name, values, dict(zip((a["name"] for a in kernel.outputs), arriving)))
    want = [n for n, v in zip(names, values) if v.dtype == np.float64 and (v.ndim or numbers)]
    if sorted(got) != sorted(want):
        nt.fail(f"{name}: gradients of {sorted(got)}, expected {sorted(want)}")
    check(f"{name}, {road}", kernel, dict(zip(names, values)), arriving, got)


x, dy = randn(3, 7), randn(3, 7)
for road in roads:
    slopes("ln", [x, randn(7), randn(7)], [dy], road=road)
    slopes("gelu_tanh", [x, randn(3, 7), randn(7), randn(7), randn(7)], [dy, randn(3, 7)], road=road)
    slopes("rope", [randn(2, 3, 8), randn(8), randn(2, 4), randn(2, 4)], [randn(2, 3, 8)], road=road)
    slopes("softmax", [x], [dy, randn(3), randn(3)], road=road)
slopes("gelu_erf", [x, randn(7), randn(7), randn(3)], [dy])
slopes("two_scales", [x, randn(7), randn(7)], [dy, randn(3, 7)])
slopes("adaln", [randn(2, 3, 5), randn(2, 5), randn(2, 5)], [randn(2, 3, 5)])
slopes("functions", [x, randn(3, 7)], [dy])
slopes("column_sums", [x], [dy, randn(7)])
slopes("scaled", [x, np.array(0.7)], [dy], numbers=True)
for gate in ("gate_after", "gate_before"):
    slopes(gate, [randn(2, 8), randn(2, 8), randn(8)], [randn(2, 8)])
for i in range(len(named)):
    slopes(f"named{i}", [x, randn(7), randn(3, 7)], [dy])
slopes("dropout_ln", [x, randn(3, 7), randn(7), randn(7), np.array(5), np.array(9)], [dy, randn(3, 7)])
for layout, shape in (("gn_nchw", (2, 8, 2, 2)), ("gn_nhwc", (2, 2, 2, 8))):
    slopes(layout, [randn(*shape), randn(8), randn(8)], [randn(*shape)])
for layout, shape in (("bn_nchw", (3, 4, 2, 1)), ("bn_nhwc", (3, 2, 1, 4))):
    # The running statistics have no roles here that would make them constants.
    slopes(layout, [randn(*shape), randn(4), randn(4), randn(4), randn(4)], [randn(*shape), 0 * x[0, :4], 0 * x[0, :4], randn(4), randn(4)])
slopes("rnn_cell", [randn(3, 6), randn(3, 6), randn(6), randn(6)], [randn(3, 6), randn(3, 6)])
slopes("linear_relu", [randn(4, 20), randn(20), randn(20)], [randn(4, 20)])

# The logistic function's derivative is exp(-z) / (1 + exp(-z))^2, infinity by infinity where z is large and negative.
far = gradients(roads["saved"], "gate_after", [randn(1, 8), np.full((1, 8), -1000.0), randn(8)], {"result0": randn(1, 8)})
if not all((g == 0).all() for name, g in far.items() if name != "arg1") or not np.isfinite(far["arg1"]).all():
    nt.fail("gate_after: the gradient of a gate that is closed is not finite")
# Elements that share the maximum share its gradient.
tied = gradients(roads["saved"], "softmax", [np.array([[1.0, 3, 3, 2]])],
                 {"y": np.zeros((1, 4)), "most": np.ones(1), "log": np.zeros(1)})["x"]
if not (tied == [[0, 0.5, 0.5, 0]]).all():
    nt.fail(f"softmax: the gradient of a maximum that two elements are is {tied}")
nt.finish()
