#===- bounds.py - how exact a kernel has to be ----------------------------===#
#
# Every error bound of the execution tests is stated here, and nowhere else.
#
# A formula (formulas.py) is written once, over `Value`s: a long double number and a bound on how far a
# kernel that computes in f32 (f64) may be from it. Each operation adds its own rounding, as in running error
# analysis (Higham, "Accuracy and stability of numerical algorithms", 3.3), so the bound of a result is derived
# from its formula and its data: it grows where x - mean cancels (a mean of 1000 standard deviations costs
# hundreds of ULPs), and has an absolute part where bias cancels.
#
# With u the unit roundoff of the type that is computed in, the rules are
#   a + b, a - b, a * b, a / b, sqrt    |result| u, on top of the operands' errors to first order
#   sum of n                            G(L) u sum|a|, where L is the longest chain of additions and
#                                       G(L) = min(L, 1 + sqrt(L)): roundings are not all of one sign (Higham and Mary,
#                                       "A new approach to probabilistic rounding error analysis", 2019)
#   moments                             what SEMANTICS' two algorithms give, see Arith.moments
#   exp, tanh, erf                      FUNCTION_ULPS
#   rsqrt = approx                      APPROX_RSQRT
#   a rounding point                    both ends of the interval are rounded: no slack beyond ties
# and every operation may lose an underflowed bit.
#
# On top of it stand the limits of the numerical contract, see `limit` and `forward_limit`.
#
#===----------------------------------------------------------------------===#

import numpy as np

LD = np.longdouble

# How many ULPs our expansions of the functions may be off, in the type that is computed in.
FUNCTION_ULPS = {"exp": 2, "tanh": 4, "erf": 4}

# What `rsqrt = approx` may be off, relative: norm.rsqrt promises it of whatever a target has. Targets of today take the
# exact form for both, and see scalars.py.
APPROX_RSQRT = LD(2) ** -11

# The limits of the contract: see `limit` and `forward_limit`.
FORWARD_C1, FORWARD_C2 = 4, 1
ULPS_PER_ROUNDING = 1
# Of x r and (x - mean) r in f32 where |mean| <= sigma and |xhat| >= 1, at any length: see long-rows.py.
FORWARD_ULPS = 4

# The longest chain of f32 additions in a row of up to 2^24 elements: 64 in a lane of a segment, 6 to fold 64 lanes, 64 segments
# of a block, 64 blocks.
ROW_CHAIN = 64 + 6 + 64 + 64

# The lanes of a sum whose order a test does not know: no order has longer chains, but for sums over rows.
LANES = 16

# precision in bits (with the hidden one), exponent of the least normal number, largest finite number
FORMATS = {
    "f8E4M3FN": (4, -6, LD(448)),
    "f8E5M2": (3, -14, LD(57344)),
    "bf16": (8, -126, LD(2) ** 127 * (2 - LD(2) ** -7)),
    "f16": (11, -14, LD(65504)),
    "f32": (24, -126, LD(np.finfo(np.float32).max)),
    "f64": (53, -1022, LD(np.finfo(np.float64).max)),
}


def ulp(x, dtype):
    """The distance of neighbouring numbers of `dtype` around x."""
    precision, least, _ = FORMATS[dtype]
    with np.errstate(all="ignore"):
        x = np.abs(np.asarray(x, LD))
        _, exponent = np.frexp(np.where(np.isfinite(x) & (x > 0), x, LD(2) ** least))
    return np.ldexp(LD(1), np.maximum(exponent - 1, least) - (precision - 1))


def round_to(x, dtype):
    """x rounded once, to nearest even, to a number of `dtype`. From long double, so never twice. What is too large is
    infinite, in f8E4M3FN too, which has NaN there."""
    x = np.asarray(x, LD)
    with np.errstate(all="ignore"):
        step = ulp(x, dtype)
        rounded = np.where(np.isfinite(x), np.rint(x / step) * step, x)
        largest = FORMATS[dtype][2]
        return np.where(np.abs(rounded) > largest, np.copysign(LD(np.inf), x), rounded)


class Value:
    """A number `v` and a bound `e` on a kernel's distance from it."""

    __array_priority__ = 100

    def __init__(self, arith, v, e=0):
        self.arith = arith
        self.v = np.asarray(v, LD)
        self.e = np.asarray(e, LD)

    @property
    def shape(self):
        return self.v.shape

    def _new(self, v, e):
        with np.errstate(all="ignore"):
            return Value(self.arith, v, e + self.arith.u * np.abs(v) + self.arith.tiny)

    def _other(self, x):
        return x if isinstance(x, Value) else self.arith.const(x)

    def __add__(self, b):
        b = self._other(b)
        return self._new(self.v + b.v, self.e + b.e)

    def __sub__(self, b):
        b = self._other(b)
        return self._new(self.v - b.v, self.e + b.e)

    def __mul__(self, b):
        b = self._other(b)
        with np.errstate(all="ignore"):
            return self._new(self.v * b.v, np.abs(self.v) * b.e + np.abs(b.v) * self.e + self.e * b.e)

    def __truediv__(self, b):
        b = self._other(b)
        with np.errstate(all="ignore"):
            v = self.v / b.v
            return self._new(v, (self.e + np.abs(v) * b.e) / np.abs(b.v))

    def __neg__(self):
        return Value(self.arith, -self.v, self.e)

    def __abs__(self):
        return Value(self.arith, np.abs(self.v), self.e)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, a):
        return self.arith.const(a) - self

    def __rtruediv__(self, a):
        return self.arith.const(a) / self

    def map(self, f):
        """Moves data without computing: reshape, transpose, flip."""
        e = np.broadcast_to(self.e, self.v.shape)
        return Value(self.arith, f(self.v), f(e))

    def reshape(self, *shape):
        return self.map(lambda a: a.reshape(*shape))


class Chain(int):
    """In place of lanes: the longest chain of additions of a sum, itself."""


class Arith:
    """What a kernel computes in: "f32", "f64", or None for exact formulas. `constants`: the type that constants are
    written in, where it is another (the f64 oracle of an f32 kernel has the kernel's constants)."""

    def __init__(self, dtype, constants=None):
        self.dtype = dtype
        self.constants = constants or dtype
        self.u = LD(0) if dtype is None else LD(2) ** -FORMATS[dtype][0]
        self.tiny = LD(0) if dtype is None else LD(2) ** (FORMATS[dtype][1] - FORMATS[dtype][0] + 1)
        # Sums of like numbers (constant rows, outliers) round all in one direction: tests of such data set it.
        self.worst = False
        # Programs with `rsqrt = approx` set it.
        self.approx = False
        # How many ranks merge their moments, where a group is divided.
        self.ranks = 0

    def const(self, x):
        x = np.asarray(x, LD)
        return Value(self, round_to(x, self.constants) if self.constants else x)

    def value(self, x, e=0):
        return x if isinstance(x, Value) else Value(self, x, e)

    def growth(self, chain):
        return chain if self.worst else min(chain, 1 + np.sqrt(chain))

    def chain(self, n, lanes):
        return lanes if isinstance(lanes, Chain) else -(-n // lanes) + np.log2(lanes) + 1

    def _count(self, x, axes):
        n = 1
        for axis in axes:
            n *= x.shape[axis]
        return n

    def sum(self, x, axes, lanes=LANES):
        axes = (axes,) if isinstance(axes, int) else tuple(axes)
        growth = self.growth(self.chain(self._count(x, axes), lanes))
        with np.errstate(all="ignore"):
            v = x.v.sum(axis=axes, keepdims=True)
            e = np.broadcast_to(x.e, x.shape).sum(axis=axes, keepdims=True)
            magnitude = np.abs(x.v).sum(axis=axes, keepdims=True)
            return Value(self, v, e + growth * self.u * (magnitude + e))

    def mean(self, x, axes, lanes=LANES):
        return self.sum(x, axes, lanes) / LD(max(1, self._count(x, axes)))

    def moments(self, x, axes, lanes=LANES, merges=0, reach=None):
        """Mean and biased variance.

        The mean m is a first estimate plus the mean of d = x - m: one rounding of the size of m for the division,
        one for the last addition, and the sum of the small d. Partial moments are merged with another rounding of
        that size each, of which a constant number's worth is left as later merges weigh them down.
        The variance is that of sums of squares, all positive; what the first estimate is off by, growth * u * mean|x|, is
        taken out again by the correction up to its own rounding.

        `reach`: how far shifts lie from the mean where the sums are shifted; their d are that much longer. Rows go
        without: their shifted sums have to be as good as two passes.
        """
        axes = tuple(axes)
        n = self._count(x, axes)
        growth = self.growth(self.chain(n, lanes))
        u = self.u
        merges += self.ranks
        with np.errstate(all="ignore"):
            mean = x.v.sum(axis=axes, keepdims=True) / LD(max(1, n))
            d = x.v - mean
            magnitude = np.abs(d).sum(axis=axes, keepdims=True) / LD(max(1, n)) + (0 if reach is None else reach)
            from_x = np.broadcast_to(x.e, x.shape).sum(axis=axes, keepdims=True) / LD(max(1, n))
            each = 2 + 2 * np.sqrt(LD(merges))
            mean_e = from_x + each * u * np.abs(mean) + growth * u * magnitude + self.tiny
            var = (d * d).sum(axis=axes, keepdims=True) / LD(max(1, n))
            off = growth * u * np.abs(x.v).sum(axis=axes, keepdims=True) / LD(max(1, n)) + u * np.abs(mean)
            if reach is not None:
                off = reach
            cross = (np.abs(d) * x.e).sum(axis=axes, keepdims=True) / LD(max(1, n))
            var_e = 2 * cross + from_x**2 + (growth + 5 + 2 * merges) * u * (var + off * off)
            if merges:
                # Merging adds w d^2 for the distance d of two means: by Cauchy and Schwarz, and because sum w d^2 is a
                # part of the variance, their errors cost at most this.
                var_e = var_e + 4 * mean_e * np.sqrt(var) + merges * mean_e**2
            var_e = var_e + self.tiny
        return Value(self, mean, mean_e), Value(self, var, var_e)

    def sqrt(self, x):
        with np.errstate(all="ignore"):
            v = np.sqrt(x.v)
            # |sqrt(v + e) - sqrt(v)|, also where e is not small beside v.
            e = np.maximum(np.sqrt(x.v + x.e) - v, v - np.sqrt(np.maximum(x.v - x.e, 0)))
        return Value(self, v, e + self.u * np.abs(v) + self.tiny)

    def rsqrt(self, x):
        """1 / sqrt(x), over the interval: two roundings, or what is promised of the approximation, rounded."""
        with np.errstate(all="ignore"):
            v = 1 / np.sqrt(x.v)
            e = np.maximum(1 / np.sqrt(np.maximum(x.v - x.e, 0)) - v, v - 1 / np.sqrt(x.v + x.e))
            # Of an approximation at the far end of the interval.
            own = self.u * np.abs(v) + APPROX_RSQRT * (np.abs(v) + e) if self.approx else 2 * self.u * np.abs(v)
        return Value(self, v, e + own + self.tiny)

    def _function(self, name, x, f, slope):
        v = f(x.v)
        return Value(self, v, slope(x.v, v) * x.e * (1 + x.e) +
                     2 * FUNCTION_ULPS[name] * self.u * np.abs(v) + self.tiny)

    def exp(self, x):
        with np.errstate(all="ignore"):
            return self._function("exp", x, np.exp, lambda x, v: v)

    def tanh(self, x):
        return self._function("tanh", x, np.tanh, lambda x, v: 1 - v * v + x * 0 + self.u)

    def erf(self, x):
        import math
        f = np.vectorize(lambda t: LD(math.erf(float(t))), otypes=[LD])
        r = self._function("erf", x, f, lambda x, v: LD(1.1284) * np.exp(-x * x) + self.u)
        # The reference itself is only good to f64.
        return Value(self, r.v, r.e + LD(2) ** -51 * np.abs(r.v))

    def sigmoid(self, x):
        return self.const(1) / (self.exp(-x) + self.const(1))

    def silu(self, x):
        return x / (self.exp(-x) + self.const(1))

    def max(self, x, axes):
        axes = tuple(axes) if not isinstance(axes, int) else (axes,)
        return Value(self, x.v.max(axis=axes, keepdims=True),
                     np.broadcast_to(x.e, x.shape).max(axis=axes, keepdims=True))

    def where(self, mask, a, b):
        a, b = self.value(a), self.value(b)
        return Value(self, np.where(mask, a.v, b.v), np.where(mask, a.e, b.e))

    def round(self, x, dtype):
        """A rounding point: the kernel's number is one of those between the rounded ends."""
        if self.dtype is not None and FORMATS[dtype][0] >= FORMATS[self.dtype][0]:
            return x
        v = round_to(x.v, dtype)
        with np.errstate(all="ignore"):
            e = np.maximum(round_to(x.v + x.e, dtype) - v, v - round_to(x.v - x.e, dtype))
        return Value(self, v, np.where(np.isnan(e), 0, e))

    def round_int(self, x):
        v = np.rint(x.v)
        return Value(self, v, np.maximum(np.rint(x.v + x.e) - v, v - np.rint(x.v - x.e)))


def allowed(expected, dtype):
    """The least and greatest result of type `dtype` that is right, both representable."""
    if dtype not in FORMATS:
        return expected.v - expected.e, expected.v + expected.e
    with np.errstate(all="ignore"):
        return round_to(expected.v - expected.e, dtype), round_to(expected.v + expected.e, dtype)


def limit(dtype, roundings=1):
    """The contract beside the derived bound, in ULPs of the output's type: 1 ULP per rounding point for
    outputs of 8 and 16 bits; no number for f32 and f64, see `forward_limit`."""
    return ULPS_PER_ROUNDING * roundings if dtype not in ("f32", "f64") else None


def mean_limit(result):
    """What the mean of the two passes is off by beside its own rounding, in u sigma.

    Each difference d = x - m is rounded by half an ulp at most, and those of one binade all in the same direction, since
    they have the digits of m beyond those of x in common: the mean of ulp(d) / 2. Then sums of j of them, sqrt(j) sigma each, are
    rounded: count additions in 16 lanes of k = count / 16 numbers, (k - 1) (k + 2) / 2 sigma^2 in a lane, then folded in
    log2(16) steps that each have all of them. A rounding of a has a standard deviation of 0.46 u |a| (measured, of normal
    numbers in f32; 1.47 / sqrt(12) = 0.42 for digits that are evenly distributed), they are independent, and six
    standard deviations are allowed: one row in 10^9. Together 2.2 for 12 normal numbers, 1.1 for many."""
    mean, difference = result.mean.v, result.xhat.v / result.rstd.v
    axes = tuple(i for i, size in enumerate(mean.shape) if size == 1)
    count = max(difference.size // max(mean.size, 1), 1)
    k = max(count / LANES, 1)
    steps = (k - 1) * (k + 2) / (2 * k) + np.log2(min(count, LANES))
    halves = np.mean(ulp(difference, "f32") / 2, axis=axes, keepdims=True) * result.rstd.v * LD(2) ** 24
    return halves + LD(6 * 0.46 * np.sqrt(steps / count))


def forward_limit(result, scale=None, offset=False):
    """The contract's c1 + c2 |mean| r / |xhat| ULPs for a forward result in f32, as a distance: 4 ULPs where
    what the mean is off by does not show. An ULP is that of the result, or where bias cancels that of the product.

    The mean is off by u |mean| (its own rounding) and by the sum of differences, see `mean_limit`. Relative to x - mean
    this is (|mean| r + mean_limit) / |xhat|, c2 = 1. c1 = 4 are x - mean, two products and what the root's argument, root
    and division are off by; 1 + scale is one more.

    Where p ranks have merged moments, the parts' means are rounded too, by u |mean| on average, and the mean once in each
    merge: with the whole's p u |mean| instead of u |mean|. Merging adds w d^2 to the variance for the distance d of two means
    and the product w of their weights, at most 1/4. d is off by at most p u |mean|, so the variance by at most the sum of
    2 w |d| p u |mean|: by Cauchy and Schwarz, and because the sum of w d^2 is a part of the variance, by
    p u |mean| sigma sqrt(p - 1). Of one over its root that is half, (p / 2) sqrt(p - 1) |mean| r ULPs."""
    ranks = result.xhat.arith.ranks
    xhat = np.abs(result.xhat.v)
    with np.errstate(all="ignore"):
        distance = np.abs(result.mean.v * result.rstd.v) if "mean" in result else LD(0)
        mean = max(1, ranks) * distance + mean_limit(result) if "mean" in result else LD(0)
        merged = ranks / LD(2) * np.sqrt(LD(ranks - 1)) * distance if ranks else LD(0)
        product = xhat * np.abs(np.asarray(scale, LD)) if scale is not None else xhat
        unit = np.maximum(ulp(result.y.v, "f32"), ulp(product, "f32"))
        return (FORWARD_C1 + bool(offset) + FORWARD_C2 * mean / xhat + merged) * unit
