#===- formulas.py - SEMANTICS in numpy -------------------------------------===#
#
# The five normalizations, forward and backward, as plain formulas over the values of bounds.py. They share
# nothing with the compiler: they are what it is tested against. Every function takes an Arith `A`, data as
# Values (or arrays, taken as exact), the axes of a group, and gives everything that some op may return.
#
#===----------------------------------------------------------------------===#

import numpy as np

from bounds import LD, Arith, Value


class Result(dict):
    __getattr__ = dict.__getitem__


def affine(A, n, scale=None, bias=None, offset=0, rounding=None):
    """n * (offset + scale) + bias; `rounding`: the type that is rounded to after every step but the last, which whoever
    compares rounds anyway."""
    step = (lambda t: A.round(t, rounding)) if rounding else (lambda t: t)
    y = n
    if scale is not None:
        scale = A.value(scale)
        y = step(y) * (scale + A.const(offset) if offset else scale)
    if bias is not None:
        y = step(y) + A.value(bias)
    return y


def centred(A, x, axes, eps, scale=None, bias=None, offset=0, rounding=None, **how):
    """Layer, instance, group and (training) batch norm: the group is `axes`."""
    x = A.value(x)
    mean, var = A.moments(x, axes, **how)
    rstd = A.rsqrt(var + A.const(eps))
    n = (x - mean) * rstd
    return Result(y=affine(A, n, scale, bias, offset, rounding), mean=mean, var=var, rstd=rstd, xhat=n)


def rms(A, x, axes, eps, scale=None, bias=None, offset=0, rounding=None, lanes=16):
    x = A.value(x)
    rstd = A.rsqrt(A.mean(x * x, axes, lanes) + A.const(eps))
    n = x * rstd
    return Result(y=affine(A, n, scale, bias, offset, rounding), rstd=rstd, xhat=n)


def inference(A, x, mean, var, eps, scale=None, bias=None):
    x, mean, var = A.value(x), A.value(mean), A.value(var)
    rstd = A.rsqrt(var + A.const(eps))
    n = (x - mean) * rstd
    return Result(y=affine(A, n, scale, bias), rstd=rstd, xhat=n)


def running(A, old, batch, momentum, convention):
    """torch, cuDNN: (1 - m) old + m batch. keras, flax, onnx: m old + (1 - m) batch."""
    m = A.const(momentum)
    one = A.const(1)
    keep, take = (one - m, m) if convention == "torch" else (m, one - m)
    return keep * A.value(old) + take * A.value(batch)


def unbiased(A, var, n):
    # The kernel has m2 = var * n, or multiplies by n / (n - 1): two roundings either way.
    return var * LD(n) / LD(n - 1)


def residual(A, x, r, rounding=None):
    s = A.value(x) + A.value(r)
    return A.round(s, rounding) if rounding else s


def centred_backward(A, x, dy, mean, rstd, axes, scale=None, offset=0, param_axes=None, lanes=16,
                     rows_lanes=1):
    """dx = r (g - mean(g) - xhat mean(g xhat)); dscale = sum dy xhat; dbias = sum dy."""
    x, dy = A.value(x), A.value(dy)
    xhat = (x - A.value(mean)) * A.value(rstd)
    return _backward(A, xhat, dy, A.value(rstd), axes, scale, offset, param_axes, lanes, rows_lanes, True)


def rms_backward(A, x, dy, rstd, axes, scale=None, offset=0, param_axes=None, lanes=16, rows_lanes=1):
    """dx = r (g - xhat mean(g xhat)), xhat = x r."""
    x, dy = A.value(x), A.value(dy)
    xhat = x * A.value(rstd)
    return _backward(A, xhat, dy, A.value(rstd), axes, scale, offset, param_axes, lanes, rows_lanes, False)


def _backward(A, xhat, dy, rstd, axes, scale, offset, param_axes, lanes, rows_lanes, centre):
    g = dy
    if scale is not None:
        s = A.value(scale)
        g = dy * (s + A.const(offset) if offset else s)
    inner = g - A.mean(g, axes, lanes) if centre else g
    dx = rstd * (inner - xhat * A.mean(g * xhat, axes, lanes))
    out = Result(dx=dx, xhat=xhat)
    if param_axes is not None:
        out["dscale"] = A.sum(dy * xhat, param_axes, rows_lanes)
        out["dbias"] = A.sum(dy, param_axes, rows_lanes)
    return out


def inference_backward(A, x, dy, mean, var, eps, scale=None, param_axes=None):
    """dx = g r."""
    x, dy = A.value(x), A.value(dy)
    rstd = A.rsqrt(A.value(var) + A.const(eps))
    xhat = (x - A.value(mean)) * rstd
    g = dy * A.value(scale) if scale is not None else dy
    out = Result(dx=g * rstd, xhat=xhat)
    if param_axes is not None:
        out["dscale"] = A.sum(dy * xhat, param_axes, 1)
        out["dbias"] = A.sum(dy, param_axes, 1)
    return out


def quantize(A, y, axes, limit=127):
    """scale = max|y| / limit; q = rint(y / scale), 0 where the scale is."""
    scale = A.max(abs(y), axes) / A.const(limit)
    zero = scale.v == 0
    safe = A.where(zero, 1, scale)
    q = A.where(zero, 0, y / safe)
    return A.round_int(q), scale


def rotary(A, x, cos, sin):
    """The last axis is two halves."""
    half = x.shape[-1] // 2
    first, second = x.map(lambda a: a[..., :half]), x.map(lambda a: a[..., half:])
    a = first * cos - second * sin
    b = second * cos + first * sin
    return Value(A, np.concatenate([a.v, b.v], -1), np.concatenate([a.e, b.e], -1))


def gelu(A, x):
    return x * (A.erf(x * A.const(np.sqrt(LD(0.5)))) + A.const(1)) * A.const(0.5)


# ---- Random numbers ----


def philox(seed, offset, rows, columns):
    """Philox-4x32-10 at (row, column): key seed, counter (offset + column / 4, row), word column mod 4."""
    mask = np.uint64(0xFFFFFFFF)
    row = np.arange(rows, dtype=np.uint64)[:, None]
    column = np.arange(columns, dtype=np.uint64)[None, :]
    low = np.uint64(offset & (2**64 - 1)) + column // np.uint64(4)
    low, row = np.broadcast_arrays(low, row)
    shift = np.uint64(32)
    c = [low & mask, low >> shift, row & mask, row >> shift]
    seed &= 2**64 - 1
    k0, k1 = seed & 0xFFFFFFFF, seed >> 32
    for _ in range(10):
        p0, p1 = np.uint64(0xD2511F53) * c[0], np.uint64(0xCD9E8D57) * c[2]
        c = [(p1 >> shift) ^ c[1] ^ np.uint64(k0), p1 & mask, (p0 >> shift) ^ c[3] ^ np.uint64(k1), p0 & mask]
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    words = np.stack(c, -1)
    which = np.broadcast_to(column % np.uint64(4), low.shape).astype(int)
    return np.take_along_axis(words, which[..., None], -1)[..., 0].astype(np.uint32)


# ---- The formulas of the gradients, checked by finite differences ----


def check_gradients(rng):
    """The backward formulas are the derivatives of the forward ones: central differences in long double, 1e-9."""
    A = Arith(None)
    worst = 0
    h = LD(2) ** -20
    for name in ("centred", "rms"):
        x = rng.standard_normal((3, 7)).astype(LD)
        dy = rng.standard_normal((3, 7)).astype(LD)
        w = rng.standard_normal(7).astype(LD)
        f = centred if name == "centred" else rms

        def loss(x, w):
            return (f(A, x, (1,), 1e-3, w, offset=1).y.v * dy).sum()

        saved = f(A, x, (1,), 1e-3, w, offset=1)
        if name == "centred":
            got = centred_backward(A, x, dy, saved.mean, saved.rstd, (1,), w, 1, (0,))
        else:
            got = rms_backward(A, x, dy, saved.rstd, (1,), w, 1, (0,))
        for target, gradient in ((x, got.dx.v), (w, got.dscale.v[0])):
            for i in np.ndindex(target.shape):
                moved = [target.copy(), target.copy()]
                moved[0][i] += h
                moved[1][i] -= h
                args = [(m, w) if target is x else (x, m) for m in moved]
                slope = (loss(*args[0]) - loss(*args[1])) / (2 * h)
                worst = max(worst, abs(slope - gradient[i]))
    assert worst < 1e-9, f"the backward formulas are off by {worst}"
