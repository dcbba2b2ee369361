#===- extremes.py - SEMANTICS' table of inputs that must work --------------===#
#
# The numbers of the table, as arrays (groups, elements of a group), and where they lie in a program's input: every
# program gets the same groups, whatever its operation takes for one.
#
#===----------------------------------------------------------------------===#

import numpy as np

import normtest as nt
from bounds import LD
from programs import Channels, compile_all

TYPES = ("f32", "f64", "f16", "bf16")
LARGEST = {"f16": 6e4}
LENGTHS = (1, 3, 17, 127, 229, 541, 760, 1128)
POISONS = (np.nan, np.inf, -np.inf)
# Value and length: the variance's correction alone is negative for the fourth.
CONSTANTS = ((14.0, 17), (14.0, 541), (1234.0, 256), (7654321.0, 6151), (0.1, 1128), (0.0, 229), (-3.3, 1))


def constants(dtype):
    return [(value, n) for value, n in CONSTANTS if value <= LARGEST.get(dtype, np.inf)]


def outliers(rng, dtype, groups=2):
    x = rng.standard_normal((groups, 4096))
    x[:, :128] = LARGEST.get(dtype, 1e6)
    return x


def large_means(rng, dtype):
    """Means that are large beside the spread."""
    yield rng.standard_normal((2, 1128)) + 2000
    yield 0.01 * rng.standard_normal((1, 32768)) + 100
    yield 40000.0 + np.arange(4)[None]
    yield rng.standard_normal((2, 760)) + 1e4
    if dtype != "f16":
        yield rng.standard_normal((2, 4096)) + 1e7


def tiny_spread():
    return np.where(np.arange(760) % 2 == 0, 9.9e-4, -9.9e-4)[None]


def overflowing(rng, dtype):
    """Squares that overflow f16; and with `dtype`, those that do not overflow what is computed in."""
    yield rng.standard_normal((2, 1000)) * min(1000, LARGEST.get(dtype, 1000))
    if dtype != "f16":
        for size in (1e17, 1e19, 1e25) if dtype == "f64" else (1e17,):
            yield huge(rng, size)


def huge(rng, size):
    """From 1e19 on the squares overflow f32."""
    return rng.choice([-1.0, 1.0], (2, 1000)) * (1 + rng.random((2, 1000))) * size


# ---- Where a group lies ----


def _divisor(n):
    return next((k for k in (2, 3) if n % k == 0), 1)


def placed(program, groups, divisor=None):
    """An input whose groups these are: rows as they are; (n, c, space) else. A group of batch norm is divided among
    `divisor` samples, one of group norm among as many channels."""
    count, n = groups.shape
    k = divisor or _divisor(n)
    if not isinstance(program, Channels):
        return groups
    if program.kind in ("batch", "inference"):
        return groups.reshape(count, k, n // k).transpose(1, 0, 2)
    if program.kind == "instance":
        samples = 2 if count % 2 == 0 else 1
        return groups.reshape(samples, count // samples, n)
    # Samples have `groups` groups each; what is missing is repeated.
    samples = -(-count // program.groups)
    groups = groups[np.arange(samples * program.groups) % count]
    return groups.reshape(samples, program.groups * k, n // k)


def gathered(program, a, shape):
    """Of a tensor like x, which has `shape`: (groups, elements of a group), in the order of `placed`."""
    if not isinstance(program, Channels):
        return a
    a = np.moveaxis(a, -1, 1) if program.last else a
    n, c = shape[:2]
    if program.kind in ("batch", "inference"):
        return np.moveaxis(a, 1, 0).reshape(c, -1)
    return a.reshape(n * (c if program.kind == "instance" else program.groups), -1)


def along(program, parameter):
    """A parameter, to be broadcast with an output like x (of three dimensions)."""
    return parameter.reshape(-1, 1) if isinstance(program, Channels) and not program.last else parameter


# ---- Running ----


class Suite:
    """Programs by key, in one library."""

    def __init__(self, programs, rng):
        self.programs, self.rng = programs, rng
        lib = compile_all(list(programs.values()))
        self.kernels = {key: lib[f"p{i}"] for i, key in enumerate(programs)}

    def inputs(self, key, groups, divisor=None):
        """And the shape of x, as formulas have it."""
        x = placed(self.programs[key], groups, divisor)
        return self.programs[key].inputs(self.rng, x.shape, x=x), x.shape

    def call(self, key, values):
        outputs = self.kernels[key](*values.values())
        return outputs if isinstance(outputs, list) else [outputs]

    def results(self, key, values):
        """The outputs' numbers by name."""
        kernel = self.kernels[key]
        return {name: nt.decode(a, argument["dtype"]) for name, argument, a in
                zip(self.programs[key].results, kernel.outputs, self.call(key, values))}

    def run(self, key, groups, worst=False, divisor=None):
        """Against the formulas. worst: the sums' roundings are all in one direction."""
        program = self.programs[key]
        values, shape = self.inputs(key, groups, divisor)
        outputs = self.call(key, values)
        program.A.worst = worst
        program.check("-".join(key).replace(" ", "-"), outputs, shape, values)
        program.A.worst = False

    def error(self, key, shape, name):
        """name: of the error, or None where there is none; the outputs then."""
        program, kernel = self.programs[key], self.kernels[key]
        tensors = kernel.tensors(*program.inputs(self.rng, shape).values())
        if name:
            return nt.expect_error(kernel, tensors, name)
        try:
            return dict(zip(program.results, (t.get() for t in kernel.run(tensors))))
        except nt.KernelError as error:
            nt.fail(f"{key} of {list(shape)}: {error}")
            return {}


def same(label, got, want):
    got = np.asarray(got, LD)
    want = np.broadcast_to(np.asarray(want, LD), got.shape)
    if not np.array_equal(got, want, equal_nan=True):
        bad = tuple(np.argwhere(~((got == want) | np.isnan(got) & np.isnan(want)))[0])
        nt.fail(f"{label}: at {[int(i) for i in bad]} of {got.shape} got {got[bad]}, expected {want[bad]}")


def finite(label, results):
    for name, a in results.items():
        if not np.isfinite(a).all():
            nt.fail(f"{label}: {name} is not finite: {a.reshape(-1)[:4]}…")


# ---- Gradients ----


def _beside(program, shape, group, name, a):
    """Of the result `name`: what other groups than `group` alone tell, and the rest."""
    if name == "dinput":
        groups = gathered(program, a, shape)
        return np.delete(groups, group, 0), groups[group]
    if not isinstance(program, Channels):
        return a[:0], a
    channels = np.arange(shape[1])
    if program.kind == "group":
        told = channels // (shape[1] // program.groups) == group % program.groups
    else:
        told = channels == group % shape[1]
    return a[~told], a[told]


def backward(suite, key):
    """The table for the gradients that a program gives."""
    program = suite.programs[key]
    dtype = program.dtype
    inference, centred = program.kind == "inference", program.kind != "rms"
    # Statistics that are computed from the input here.
    own = not inference and (program.saved if isinstance(program, Channels) else program.stats) is None

    # ---- Numbers ----
    suite.run(key, outliers(suite.rng, dtype), worst=True)
    for x in large_means(suite.rng, dtype):
        suite.run(key, x)
    for x in overflowing(suite.rng, dtype):
        suite.run(key, x)
    suite.run(key, tiny_spread())
    for n in LENGTHS:
        suite.run(key, suite.rng.standard_normal((2, n)) + 0.5, divisor=n if n % 2 == 0 else None)
    suite.run(key, np.zeros((2, 229)))

    # ---- Nothing is divided by what is 0 ----
    for value, n in constants(dtype) if centred and not inference else ():
        values, _ = suite.inputs(key, np.full((2, n), value))
        got = suite.results(key, values)
        label = f"{key} of groups of {value}, N = {n}"
        finite(label, got)
        if own:
            same(label + " dscale", got["dscale"], 0.0)
    # One element of a group is its mean, with any weight.
    if centred and own:
        values, _ = suite.inputs(key, suite.rng.standard_normal((2, 1)))
        got = suite.results(key, values)
        for name in ("dinput", "dscale"):
            same(f"{key} {name} of one element", got[name], 0.0)
    # The squares overflow f32: 1 / sqrt(inf) is 0.
    for size in (1e19, 1e25) if own and dtype in ("f32", "bf16") else ():
        values, _ = suite.inputs(key, huge(suite.rng, size))
        got = suite.results(key, values)
        for name in ("dinput", "dscale"):
            same(f"{key} {name} of {size}", got[name], 0.0)
        finite(f"{key} of {size}", got)

    # ---- NaN and Inf stay in their group, and are never masked ----
    values, shape = suite.inputs(key, suite.rng.standard_normal((6, 228)))
    clean = suite.call(key, values)
    for where, poison, target in [(w, p, t) for w, p in zip((0, 100, 227), POISONS) for t in ("x", "dy")
                                  if own or t == "dy"]:
        groups = gathered(program, nt.decode(values[target], dtype), shape).copy()
        groups[2, where] = poison
        laid = nt.encode(placed(program, groups), dtype)
        bad = dict(values, **{target: program._moved(laid) if isinstance(program, Channels) else laid})
        for name, a, b in zip(program.results, clean, suite.call(key, bad)):
            label = f"{key} {name} with {poison} in {target}"
            if name == "dbias" and target == "x":
                nt.same_bits(label, a, b)
                continue
            others, own_group = _beside(program, shape, 2, name, b)
            nt.same_bits(label + ", other groups", _beside(program, shape, 2, name, a)[0], others)
            numbers = np.isfinite(nt.decode(own_group, dtype if name == "dinput" else "f64" if dtype == "f64" else "f32"))
            if not isinstance(program, Channels) and name != "dinput" and (target == "dy" or not centred and
                                                                           not np.isnan(poison)):
                # Of a sum over rows only the column with it. RMS norm of a row with an infinity is 0 elsewhere.
                numbers = numbers == (np.arange(228) == where)
            elif program.kind == "inference" and name == "dinput":
                numbers = numbers == (np.arange(228) == where)
            elif program.kind == "group" and name != "dinput" and target == "dy":
                # Channels of a group have sums of their own.
                numbers = numbers == (np.arange(2) == where * 2 // 228)
            if numbers.any():
                nt.fail(f"{label}: {int(numbers.sum())} of {numbers.size} are wrong")

    # ---- Nothing ----
    if isinstance(program, Channels):
        empty = "EMPTY_GROUP"
        sizes = {(0, 4, 7): empty if program.kind == "batch" else None,
                 (2, 0, 7): empty if program.kind == "group" else None,
                 (2, 4, 0): None if inference and program.last else empty}
    else:
        sizes = {(0, 17): None, (3, 0): "EMPTY_GROUP", (0, 0): "EMPTY_GROUP"}
    for shape, error in sizes.items():
        for name, a in (suite.error(key, shape, error) or {}).items():
            same(f"{key} {name} of {list(shape)}", a, 0.0)
