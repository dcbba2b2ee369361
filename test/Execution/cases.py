# REQUIRES: numpy
# RUN: %python %s
# RUN: %python %s --oracle
#
# The programs of Cases/*.mlir, compiled and called, against plain formulas: over shapes (a vector's multiple, odd,
# prime, one), and bit for bit over 1, 2, 3 and 8 threads. And so the f64 oracle: it has the programs' own roundings, but
# is otherwise exact to f64. aarch64.py runs this file once more, with kernels of that architecture.

import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "Inputs"))
import numpy as np

import cross
import formulas as F
import normtest as nt
from bounds import FORMATS, LD, Arith

rng = np.random.default_rng(2)
ORACLE = "--oracle" in sys.argv
AARCH64 = "--aarch64" in sys.argv
A = Arith("f64", "f32") if ORACLE else Arith("f32")
# Squares are 0 or 1 modulo 4: the last bits of squares of f32 numbers always round down in f64 sums.
A.worst = ORACLE
f32 = np.float32


def randn(*shape, dtype="f32", mean=0.0):
    """Numbers of the type, and as the formulas read them."""
    stored = nt.encode(rng.standard_normal(shape) + mean, dtype)
    return stored, nt.decode(stored, dtype)


def load(name):
    with open(os.path.join(here, "Cases", name + ".mlir")) as f:
        return f.read()


# One library: a function of every file, all names are distinct.
NAMES = ["layer-norm", "residual", "backward", "batch-norm", "group-norm", "quantized", "gated", "adaln", "dropout",
         "rotary", "merge", "in-place"]
TEXT = "\n".join(load(name) for name in NAMES)
if AARCH64:
    # The first five are what aarch64.py compares with this machine's kernels as named operations.
    lib = cross.Library(TEXT, "\n".join(load(name) for name in NAMES[5:]))
else:
    lib = nt.Library(TEXT)
if ORACLE:
    lib = nt.Oracle(TEXT, lib)


def run(name, *values):
    """Outputs, which are the same for every number of threads."""
    kernel = lib[name]
    outputs = kernel(*values)
    outputs = outputs if isinstance(outputs, list) else [outputs]
    for threads in () if ORACLE or AARCH64 else (1, 2, 3, 8):
        again = kernel(*values, threads=threads)
        again = again if isinstance(again, list) else [again]
        for i, (a, b) in enumerate(zip(outputs, again)):
            nt.same_bits(f"{name} output {i} with {threads} threads", a, b)
    return outputs


def check(name, outputs, *expected):
    """expected: (Value, type, limit) for every output."""
    for i, (got, (value, dtype, limit)) in enumerate(zip(outputs, expected)):
        if ORACLE and dtype in FORMATS:
            dtype, limit = "f64", None
        nt.check(f"{name} output {i}", got, value, dtype, limit)


def col(a):
    return a.reshape(-1, 1)


ROWS = [(1, 1), (2, 3), (7, 127), (64, 128), (5, 1000)]

# ---- Layer norm ----
for shape in ROWS:
    for mean in (0, 30):
        (x, xv), (g, gv), (b, bv) = randn(*shape, mean=mean), randn(shape[1]), randn(shape[1])
        want = F.centred(A, xv, (1,), 1e-5, gv, bv)
        check("ln", run("ln", x, g, b), (want.y, "f32", None), (want.mean, "f32", None), (want.rstd, "f32", None))
for rows in (1, 7):
    (x, xv), (g, gv), (b, bv) = randn(rows, 1000, dtype="bf16", mean=3), randn(1000), randn(1000)
    want = F.centred(A, xv, (1,), 1e-5, gv, bv, merges=2)
    check("ln_bf16", run("ln_bf16", x, g, b), (want.y, "bf16", 1), (want.mean, "f32", None), (want.rstd, "f32", None))

# ---- Residual sums ----
for shape in ROWS:
    (x, xv), (r, rv), (w, wv) = [randn(*s, dtype="bf16") for s in (shape, shape, shape[1:])]
    for name, rounding in (("add_rms_rounded", "bf16"), ("add_rms_unrounded", None)):
        h = F.residual(A, xv, rv, rounding)
        want = F.rms(A, h, (1,), 1e-6, wv, rounding=rounding)
        check(name, run(name, x, r, w), (want.y, "bf16", 2 if rounding else 1), (h, rounding or "f32", None),
              (want.rstd, "f32", None))

# ---- Backward ----
for shape in ROWS + [(37, 20)]:
    (x, xv), (dy, dyv), (g, gv) = randn(*shape), randn(*shape), randn(shape[1])
    saved = F.centred(A, xv, (1,), 1e-5)
    m, r = [nt.encode(v.v.reshape(-1), "f32") for v in (saved.mean, saved.rstd)]
    want = F.centred_backward(A, xv, dyv, col(m), col(r), (1,), gv, param_axes=(0,))
    check("ln_backward", run("ln_backward", x, dy, g, m, r), (want.dx, "f32", None), (want.dscale, "f32", None),
          (want.dbias, "f32", None))
    (x, xv), (dy, dyv), (w, wv) = randn(*shape, dtype="bf16"), randn(*shape, dtype="bf16"), randn(shape[1], dtype="bf16")
    r = nt.encode(F.rms(A, xv, (1,), 1e-6).rstd.v.reshape(-1), "f32")
    want = F.rms_backward(A, xv, dyv, col(r), (1,), wv, param_axes=(0,))
    old, oldv = randn(shape[1])
    check("rms_backward", run("rms_backward", x, dy, w, r, old), (want.dx, "bf16", 1), (want.dscale + oldv, "f32", None))

# ---- Batch norm ----
for n, c, h, w in ((2, 1, 1, 1), (3, 5, 7, 4), (2, 16, 8, 8), (1, 3, 1, 9)):
    x, xv = randn(n, c, h, w, mean=2)
    (g, gv), (b, bv), (rm, rmv) = randn(c), randn(c), randn(c)
    rv, rvv = randn(c, mean=5)
    per = lambda a: a.reshape(1, c, 1, 1)
    for name in ("bn_nchw", "bn_nhwc"):
        want = F.centred(A, xv, (0, 2, 3), 1e-5, per(gv), per(bv), merges=16, lanes=1 if name == "bn_nhwc" else 16)
        new_mean = F.running(A, rmv, want.mean.reshape(-1), 0.1, "torch")
        new_var = F.running(A, rvv, F.unbiased(A, want.var, n * h * w).reshape(-1), 0.1, "torch")
        given = x if name == "bn_nchw" else x.transpose(0, 2, 3, 1)
        y, *rest = run(name, given, g, b, rm, rv)
        y = y if name == "bn_nchw" else y.transpose(0, 3, 1, 2)
        check(name, [y] + rest, (want.y, "f32", None), (want.mean, "f32", None), (want.var, "f32", None),
              (new_mean, "f32", None), (new_var, "f32", None))
    x, xv = randn(n, c, h, w, dtype="bf16")
    want = F.inference(A, xv, per(rmv), per(np.abs(rvv)), 1e-5, per(gv), per(bv))
    check("bn_inference", run("bn_inference", x, g, b, rm, np.abs(rv)), (want.y, "bf16", 1))
    (x, xv), (dy, dyv) = randn(n, c, h * w), randn(n, c, h * w)
    saved = F.centred(A, xv, (0, 2), 1e-5)
    m, va = [nt.encode(v.v.reshape(-1), "f32") for v in (saved.mean, saved.var)]
    per = lambda a: a.reshape(1, c, 1)
    rstd = A.rsqrt(A.value(per(nt.decode(va, "f32"))) + A.const(1e-5))
    want = F.centred_backward(A, xv, dyv, per(m), rstd, (0, 2), per(gv), param_axes=(0, 2), rows_lanes=16)
    check("bn_backward", run("bn_backward", x, dy, g, m, va), (want.dx, "f32", None), (want.dscale, "f32", None),
          (want.dbias, "f32", None))
one = lib["bn_nchw"].tensors(*[randn(*s)[0] for s in ((1, 4, 1, 1), (4,), (4,), (4,), (4,))])
nt.expect_error(lib["bn_nchw"], one, "GROUP_TOO_SMALL")

# ---- Group norm ----
for n, c, h, w in ((1, 4, 1, 1), (2, 8, 3, 5), (3, 20, 7, 1), (2, 12, 4, 4)):
    (x, xv), (dy, dyv), (g, gv), (b, bv) = randn(n, c, h, w, mean=1), randn(n, c, h, w), randn(c), randn(c)
    split = lambda a: a.reshape(n, 4, c // 4, h, w)
    per = lambda a: a.reshape(1, 4, c // 4, 1, 1)
    want = F.centred(A, split(xv), (2, 3, 4), 1e-6, per(gv), per(bv))
    m, r = [nt.encode(v.v.reshape(n, 4), "f32") for v in (want.mean, want.rstd)]
    stat = lambda a: a.reshape(n, 4, 1, 1, 1)
    back = F.centred_backward(A, split(xv), split(dyv), stat(m), stat(r), (2, 3, 4), per(gv), param_axes=(0, 3, 4))
    for name, last in (("gn_nchw", False), ("gn_nhwc", True)):
        give = lambda a: a.transpose(0, 2, 3, 1) if last else a
        take = lambda a: a.transpose(0, 3, 1, 2) if last else a
        y, *rest = run(name, give(x), g, b)
        check(name, [take(y)] + rest, (want.y.reshape(n, c, h, w), "f32", None), (want.mean, "f32", None),
              (want.rstd, "f32", None))
        dx, *rest = run(name + "_backward", give(x), give(dy), g, m, r)
        check(name + "_backward", [take(dx)] + rest, (back.dx.reshape(n, c, h, w), "f32", None),
              (back.dscale.reshape(c), "f32", None), (back.dbias.reshape(c), "f32", None))

# ---- Quantized results ----
for shape in ROWS:
    (x, xv), (w, wv) = randn(*shape, dtype="bf16"), randn(shape[1], dtype="bf16")
    if shape[0] > 1:
        x[0], xv[0] = 0, 0
    q, scale = F.quantize(A, F.rms(A, xv, (1,), 1e-6, wv).y, (1,))
    check("row_int8", run("row_int8", x, w), (q, "i8", None), (scale, "f32", None))
for rows, blocks in ((1, 1), (3, 5), (8, 4)):
    (x, xv), (w, wv) = randn(rows, blocks * 32), randn(blocks * 32)
    x[0, :32], xv[0, :32] = 0, 0
    y = F.rms(A, xv, (1,), 1e-6, wv).y.reshape(rows, blocks, 32)
    q, scale = F.quantize(A, y, (2,))
    check("block_scaled", run("block_scaled", x, w), (q.reshape(rows, -1), "i8", None), (scale, "f32", None))
nt.expect_error(lib["block_scaled"], lib["block_scaled"].tensors(randn(2, 40)[0], randn(40)[0], shapes=[(2, 40), (2, 1)]),
                "SIZE_MISMATCH")

# ---- Gates ----
for rows, width in ((1, 4), (5, 12), (7, 508), (16, 64)):
    (x, xv), (z, zv), (w, wv) = randn(rows, width), randn(rows, width), randn(width)
    split = lambda a: A.value(a).reshape(-1, 4, width // 4)
    silu = A.silu(split(zv))
    after = F.rms(A, split(xv), (2,), 1e-5, split(wv)).y * silu
    before = F.rms(A, split(xv) * silu, (2,), 1e-5, split(wv)).y
    check("gate_after", run("gate_after", x, z, w), (after.reshape(rows, width), "f32", None))
    check("gate_before", run("gate_before", x, z, w), (before.reshape(rows, width), "f32", None))

# ---- Adaptive layer norm ----
for b, t, c in ((1, 1, 1), (2, 3, 17), (3, 5, 64)):
    (x, xv), (dy, dyv), (s, sv), (h, hv) = randn(b, t, c), randn(b, t, c), randn(b, c), randn(b, c)
    per = lambda a: a.reshape(b, 1, c)
    want = F.centred(A, xv, (2,), 1e-6, per(sv), per(hv), offset=1)
    check("adaln", run("adaln", x, s, h), (want.y, "f32", None))
    want = F.centred_backward(A, xv, dyv, want.mean, want.rstd, (2,), per(sv), 1, (1,))
    check("adaln_backward", run("adaln_backward", x, dy, s), (want.dx, "f32", None), (want.dscale, "f32", None),
          (want.dbias, "f32", None))

# ---- Dropout ----
for shape in ROWS:
    for seed, offset in ((0, 0), (-5, 2**40), (2**62 + 3, -1)):
        zero = np.zeros(shape, np.int32)
        bits, = run("bits", zero, np.array(seed), np.array(offset))
        nt.same_bits(f"bits seed {seed} offset {offset}", bits, F.philox(seed, offset, *shape).astype(np.int32))
    keep = F.philox(seed, offset, *shape) >= 429496730
    args = np.array(seed), np.array(offset)
    (x, xv), (r, rv), (g, gv), (b, bv) = randn(*shape), randn(*shape), randn(shape[1]), randn(shape[1])
    h = A.where(keep, A.value(xv) / A.const(0.9), 0) + A.value(rv)
    want = F.centred(A, h, (1,), 1e-5, gv, bv)
    check("dropout_ln", run("dropout_ln", x, r, g, b, *args), (want.y, "f32", None), (h, "f32", None),
          (want.mean, "f32", None), (want.rstd, "f32", None))
    (x, xv), (dy, dyv), (dh, dhv) = randn(*shape), randn(*shape), randn(*shape)
    saved = F.centred(A, xv, (1,), 1e-5)
    m, r = [nt.encode(v.v.reshape(-1), "f32") for v in (saved.mean, saved.rstd)]
    want = F.centred_backward(A, xv, dyv, col(m), col(r), (1,), gv, param_axes=(0,))
    ds = want.dx + dhv
    check("dropout_ln_backward", run("dropout_ln_backward", x, dy, dh, g, m, r, *args),
          (A.where(keep, ds / A.const(0.9), 0), "f32", None), (ds, "f32", None), (want.dscale, "f32", None),
          (want.dbias, "f32", None))

# ---- Rotary embedding ----
for t, h, d in ((1, 1, 2), (3, 4, 10), (5, 2, 128)):
    (x, xv), (w, wv) = randn(t, h, d, dtype="bf16"), randn(d, dtype="bf16")
    angle = np.arange(t)[:, None] * 10000.0 ** -(np.arange(d // 2) / (d // 2))
    cos, sin = np.cos(angle).astype(f32), np.sin(angle).astype(f32)
    want = F.rotary(A, F.rms(A, xv, (2,), 1e-6, wv).y, cos[:, None], sin[:, None])
    check("qk_rope", run("qk_rope", x, w, cos, sin), (want, "bf16", 1))

# ---- Partial statistics ----
for rows, width in ((1, 2), (3, 10), (7, 254)):
    x, xv = randn(rows, width, mean=50)
    mean, var = A.moments(A.value(xv), (1,), merges=2)
    check("halves", run("halves", x), (A.value(np.full(rows, width)), "f32", None), (mean, "f32", None),
          (var * LD(width), "f32", None))
    sizes = [0, width // 2, 0, width - width // 2]
    cuts = np.cumsum([0] + sizes)
    parts = [xv[:, a:b] for a, b in zip(cuts, cuts[1:])]
    counts = np.tile(np.array(sizes, f32), (rows, 1))
    means = np.stack([p.mean(1) if p.shape[1] else np.full(rows, LD(7)) for p in parts], 1).astype(f32)
    m2s = np.stack([p.var(1) * p.shape[1] if p.shape[1] else np.zeros(rows, LD) for p in parts], 1).astype(f32)
    n, m, m2 = [A.value(part.astype(LD)) for part in (counts, means, m2s)]
    mean = A.sum(n * m, 1, 1) / LD(width)
    var = (A.sum(m2, 1, 1) + A.sum(n * (m - mean) * (m - mean), 1, 1)) / LD(width)
    want = F.inference(A, xv, mean, var, 1e-5)
    check("ranks", run("ranks", x, counts, means, m2s), (want.y, "f32", None), (mean, "f32", None),
          (want.rstd, "f32", None))

# ---- In place ----
for shape in ROWS:
    (x, xv), (r, rv), (w, wv) = randn(*shape), randn(*shape), randn(shape[1])
    h = F.residual(A, xv, rv)
    want = F.rms(A, h, (1,), 1e-6, wv)
    kernel = lib["add_rms_in_place"]
    apart = run("add_rms_in_place", x, r, w)
    check("add_rms_in_place", apart, (want.y, "f32", None), (h, "f32", None))
    for threads in (None, 1, 3):
        tensors = kernel.tensors(x, r, w)
        tensors[3], tensors[4] = tensors[0], tensors[1]
        if ORACLE and threads:
            continue
        for i, (a, b) in enumerate(zip(apart, kernel.run(tensors, threads))):
            nt.same_bits(f"add_rms_in_place output {i} in its input's buffer", a, b.array)

nt.finish()
