#===- programs.py - named operations with their formulas -------------------===#
#
# A program is one named operation with attributes, types and layouts: its MLIR text for static or dynamic sizes,
# random inputs for it, and what the formulas expect of every output.
#
#===----------------------------------------------------------------------===#

import numpy as np

import bounds
import formulas as F
import normtest as nt
from bounds import LD, Arith, Chain


# Set by tests of the f64 oracle: the same programs, exact to f64, with results that are not rounded.
ORACLE = False


def compute_type(dtype):
    return "f64" if dtype == "f64" else "f32"


def type_of(shape, dtype):
    return "tensor<" + "".join(f"{'?' if isinstance(n, str) else n}x" for n in shape) + dtype + ">"


def function(name, inputs, outputs, op, layout=None, inplace=None):
    """`inputs`: name to (shape, type); `outputs`: (shape, type). A size is a number, or the name of a dynamic one, which
    has to be a size of an input. In `op` {x} is an input with its type, {outs} the destinations. `inplace`: output to input."""
    attrs = f' {{norm.layout = "{layout}"}}' if layout else ""
    args = ", ".join(f"%{n}: {type_of(*t)}{attrs if t[0] else ''}" for n, t in inputs.items())
    results = ", ".join(type_of(*t) + (attrs if t[0] else "") for t in outputs)
    lines, sizes = [], {}
    for n, (shape, dtype) in inputs.items():
        for axis, size in enumerate(shape):
            if isinstance(size, str) and size not in sizes:
                lines += [f"%{n}_{axis} = arith.constant {axis} : index",
                          f"%d_{size} = tensor.dim %{n}, %{n}_{axis} : {type_of(shape, dtype)}"]
                sizes[size] = f"%d_{size}"
    names = []
    for i, (shape, dtype) in enumerate(outputs):
        if inplace and i in inplace:
            names.append("%" + inplace[i])
            continue
        dynamic = ", ".join(sizes[n] for n in shape if isinstance(n, str))
        names.append(f"%o{i}")
        lines.append(f"%o{i} = tensor.empty({dynamic}) : {type_of(shape, dtype)}")
    types = ", ".join(type_of(*t) for t in outputs)
    text = op.format(outs=f"outs({', '.join(names)} : {types})",
                     **{n: f"%{n} : {type_of(*t)}" for n, t in inputs.items()},
                     **{n + "_type": type_of(*t) for n, t in inputs.items()})
    results_of = "%y" if len(outputs) == 1 else f"%y:{len(outputs)}"
    lines.append(f"{results_of} = {text}")
    returned = "%y" if len(outputs) == 1 else ", ".join(f"%y#{i}" for i in range(len(outputs)))
    lines.append(f"return {returned} : {types}")
    return (f"func.func @{name}({args}) -> ({results}) {{\n  " + "\n  ".join(lines) + "\n}\n")


class Program:
    """Attributes are kept, so that a program prints as the call that makes it. eps_type and momentum_type: of the
    rank-0 tensor that gives the number at run time; None: an attribute."""

    common = dict(eps=1e-5, eps_type=None, rsqrt="exact", layout=None)

    def __init__(self, **attributes):
        defaults = {**self.common, **self.defaults}
        unknown = set(attributes) - set(defaults)
        assert not unknown, f"{type(self).__name__} has no {unknown}"
        self.given = attributes
        for name, value in {**defaults, **attributes}.items():
            setattr(self, name, value)
        self.A = Arith("f64", compute_type(self.dtype)) if ORACLE else Arith(compute_type(self.dtype))
        # Squares are 0 or 1 modulo 4: the last bits of squares of f32 numbers always round down in f64 sums.
        self.A.worst = ORACLE
        self.A.approx = self.rsqrt == "approx"

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self.given.items())})"

    def random(self, rng, shape, dtype, mean=0.0, spread=1.0):
        return nt.encode(rng.standard_normal(shape) * spread + mean, dtype)

    def scalar(self, name, inputs):
        """The clause of eps or momentum."""
        dtype = getattr(self, name + "_type")
        if not dtype:
            return f" {name} = {getattr(self, name):e}"
        inputs[name] = ((), dtype)
        return f" {name} ({{{name}}})"

    def add_scalar(self, name, values):
        """As stored, where it is given at run time."""
        if dtype := getattr(self, name + "_type"):
            values[name] = nt.encode(getattr(self, name), dtype)

    def numbers(self, rng, shape, mean, spread, x):
        """x, or where it is None random numbers, as stored."""
        return self.random(rng, shape, self.dtype, mean, spread) if x is None else nt.encode(x, self.dtype)

    def errors(self, name, outputs, shape, inputs):
        """What is wrong, as messages."""
        outputs = outputs if isinstance(outputs, list) else [outputs]
        decoded = {k: nt.decode(v, self.types[k]) for k, v in inputs.items()}
        found = []
        for what, got, (value, dtype, limit, distance) in zip(self.results, outputs, self.expected(shape, decoded)):
            if ORACLE:
                dtype, limit, distance = "f64", None, None
            found.append(nt.mismatch(f"{name} {what} of {self!r} {list(shape)}", got, value, dtype, limit, distance))
        return [message for message in found if message]

    def check(self, name, outputs, shape, inputs):
        for message in self.errors(name, outputs, shape, inputs):
            nt.fail(message)


class Rows(Program):
    """layer_norm or rms_norm of [rows, *lead], over the last `axes` dimensions."""

    defaults = dict(kind="rms", dtype="f32", param="f32", scale=True, bias=False, saved=None, residual=None,
                    keep_sum=False, offset=0, rounding="once", gate=None, groups=1, rank=2, axes=1,
                    inplace=False)

    def text(self, name, shape=None):
        """shape None: all sizes dynamic."""
        dims = tuple(shape) if shape is not None else tuple(f"s{i}" for i in range(self.rank))
        lead, row = dims[:-self.axes], dims[-self.axes:]
        stat = compute_type(self.dtype)
        inputs = {"x": (dims, self.dtype)}
        op = f"norm.{'layer' if self.kind == 'layer' else 'rms'}_norm %x"
        if self.residual:
            inputs["residual"] = (dims, self.dtype)
            op += " residual({residual})"
        if self.scale:
            inputs["scale"] = (row, self.param)
            op += " scale({scale})"
        if self.bias:
            inputs["bias"] = (row, self.param)
            op += " bias({bias})"
        if self.gate:
            inputs["gate"] = (dims, self.dtype)
            op += " gate({gate})"
        axes = ", ".join(str(len(dims) - self.axes + i) for i in range(self.axes))
        op += f" axes = [{axes}]" + self.scalar("eps", inputs)
        if self.rounding != "once":
            op += f" rounding = {self.rounding}"
        if self.offset:
            op += f" weight_offset = {self.offset:e}"
        if self.kind == "layer" and self.saved == "variance":
            op += " saved = variance"
        if self.residual:
            op += f" residual_sum = {self.residual}"
        if self.keep_sum:
            op += " keep_sum"
        if self.gate:
            op += f" gating = {self.gate}"
        if self.groups > 1:
            op += f" groups = {self.groups}"
        if self.rsqrt != "exact":
            op += f" rsqrt = {self.rsqrt}"
        outputs = [(dims, self.dtype)]
        if self.keep_sum:
            outputs.append((dims, self.dtype))
        if self.saved:
            count = 2 if self.kind == "layer" else 1
            outputs += [(lead + ((self.groups,) if self.groups > 1 else ()), stat)] * count
        return function(name, inputs, outputs, op + " {outs} : {x_type}", self.layout,
                        {0: "x"} if self.inplace else None)

    @property
    def types(self):
        return {"x": self.dtype, "residual": self.dtype, "scale": self.param, "bias": self.param, "gate": self.dtype,
                "eps": self.eps_type}

    @property
    def results(self):
        return ["y"] + ["sum"] * self.keep_sum + \
            ((["mean", self.saved] if self.kind == "layer" else ["rstd"]) if self.saved else [])

    def inputs(self, rng, shape, mean=0.0, spread=1.0, x=None):
        row = shape[-self.axes:]
        values = {"x": self.numbers(rng, shape, mean, spread, x)}
        if self.residual:
            values["residual"] = self.random(rng, shape, self.dtype)
        if self.scale:
            values["scale"] = self.random(rng, row, self.param)
        if self.bias:
            values["bias"] = self.random(rng, row, self.param)
        if self.gate:
            values["gate"] = self.random(rng, shape, self.dtype)
        self.add_scalar("eps", values)
        return values

    def expected(self, shape, inputs):
        A, dtype, eps = self.A, self.dtype, inputs.get("eps", self.eps)
        narrow = compute_type(dtype) != dtype
        row = shape[-self.axes:]
        split = (lambda a: a.reshape(*shape[:-1], self.groups, shape[-1] // self.groups)) if self.groups > 1 else \
            (lambda a: a)
        flat = lambda a: a.reshape(*row[:-1], self.groups, row[-1] // self.groups) if self.groups > 1 else a
        x = A.value(inputs["x"])
        if self.residual:
            x = F.residual(A, x, inputs["residual"], dtype if self.residual == "rounded" and narrow else None)
        s = x
        gate = A.silu(A.value(inputs["gate"])) if self.gate else None
        if self.gate == "before":
            x = x * gate
        scale = flat(inputs["scale"]) if self.scale else None
        bias = inputs["bias"] if self.bias else None
        axes = tuple(range(len(shape) - self.axes, len(shape))) if self.groups == 1 else (len(shape),)
        rounding = dtype if self.rounding == "normalized" and narrow else None
        if self.kind == "layer":
            r = F.centred(A, split(x), axes, eps, scale, bias, self.offset, rounding)
        else:
            r = F.rms(A, split(x), axes, eps, scale, bias, self.offset, rounding)
        r["y"] = r.y.reshape(*shape)
        if self.gate == "after":
            r["y"] = (A.round(r.y, rounding) if rounding else r.y) * gate
        steps = 1
        if rounding:
            steps += self.scale + self.bias + (self.gate == "after")
        if self.residual == "rounded":
            steps += 1
        # The contract's numbers are for f32, without another function's or operation's error in the way.
        # Sums of like numbers may round all in one direction: the derived bound says how far.
        plain = dtype == "f32" and not A.worst and not A.approx and not self.residual and not self.gate and self.groups == 1
        distance = None
        if plain:
            distance = bounds.forward_limit(r, None if scale is None else scale + LD(self.offset), self.offset)
        results = [(r.y, dtype, bounds.limit(dtype, steps), distance)]
        if self.keep_sum:
            results.append((s, dtype, bounds.limit(dtype), None))
        if self.saved:
            stat = compute_type(dtype)
            if self.kind == "layer":
                results.append((r.mean, stat, None, None))
            results.append((r.var if self.saved == "variance" else r.rstd, stat, None, None))
        return results


class RowsBackward(Program):
    """layer_norm_backward or rms_norm_backward. stats None: computed again."""

    defaults = dict(kind="rms", dtype="f32", param="f32", scale=True, stats="rstd", offset=0, dsum=False,
                    gradients=("input", "scale"), rank=2, axes=1, groups=1)

    @property
    def types(self):
        stat = compute_type(self.dtype)
        return {"dy": self.dtype, "x": self.dtype, "mean": stat, "stat": stat, "scale": self.param, "dsum": self.dtype,
                "eps": self.eps_type}

    @property
    def results(self):
        return ["d" + g for g in self.gradients]

    def text(self, name, shape=None):
        dims = tuple(shape) if shape is not None else tuple(f"s{i}" for i in range(self.rank))
        lead, row = dims[:-self.axes], dims[-self.axes:]
        stat = compute_type(self.dtype)
        lead += (self.groups,) if self.groups > 1 else ()
        inputs = {"dy": (dims, self.dtype), "x": (dims, self.dtype)}
        op = f"norm.{'layer' if self.kind == 'layer' else 'rms'}_norm_backward %dy, %x"
        if self.stats:
            if self.kind == "layer":
                inputs["mean"] = (lead, stat)
            inputs["stat"] = (lead, stat)
            op += " stats(%mean, %stat : {mean_type}, {stat_type})" if self.kind == "layer" else " stats({stat})"
        if self.scale:
            inputs["scale"] = (row, self.param)
            op += " scale({scale})"
        if self.dsum:
            inputs["dsum"] = (dims, self.dtype)
            op += " dsum({dsum})"
        op += f" axes = [{', '.join(str(len(dims) - self.axes + i) for i in range(self.axes))}]"
        if self.needs_eps:
            op += self.scalar("eps", inputs)
        if self.offset:
            op += f" weight_offset = {self.offset:e}"
        if self.kind == "layer" and self.stats == "variance":
            op += " saved = variance"
        if self.groups > 1:
            op += f" groups = {self.groups}"
        if self.rsqrt != "exact":
            op += f" rsqrt = {self.rsqrt}"
        op += f" gradients = [{', '.join(self.gradients)}]"
        outputs = [(dims, self.dtype) if g == "input" else (row, stat) for g in self.gradients]
        return function(name, inputs, outputs, op + " {outs} : {dy_type}, {x_type}", self.layout)

    @property
    def needs_eps(self):
        return self.stats != "rstd"

    def _split(self, a, shape):
        return a.reshape(*shape[:-1], self.groups, shape[-1] // self.groups) if self.groups > 1 else a

    def _axes(self, shape):
        return tuple(range(len(shape) - self.axes, len(shape))) if self.groups == 1 else (len(shape),)

    def inputs(self, rng, shape, mean=0.0, spread=1.0, x=None):
        values = {"dy": self.random(rng, shape, self.dtype), "x": self.numbers(rng, shape, mean, spread, x)}
        if self.stats:
            A = Arith(compute_type(self.dtype))
            x = A.value(self._split(nt.decode(values["x"], self.dtype), shape))
            r = F.centred(A, x, self._axes(shape), self.eps) if self.kind == "layer" else \
                F.rms(A, x, self._axes(shape), self.eps)
            lead = tuple(shape[:-self.axes]) + ((self.groups,) if self.groups > 1 else ())
            if self.kind == "layer":
                values["mean"] = nt.encode(r.mean.v.reshape(lead), compute_type(self.dtype))
            kept = r.var if self.kind == "layer" and self.stats == "variance" else r.rstd
            values["stat"] = nt.encode(kept.v.reshape(lead), compute_type(self.dtype))
        if self.scale:
            values["scale"] = self.random(rng, shape[-self.axes:], self.param)
        if self.dsum:
            values["dsum"] = self.random(rng, shape, self.dtype)
        if self.needs_eps:
            self.add_scalar("eps", values)
        return values

    def expected(self, shape, inputs):
        A, stat, eps = self.A, compute_type(self.dtype), inputs.get("eps", self.eps)
        axes = self._axes(shape)
        x, dy = self._split(A.value(inputs["x"]), shape), self._split(A.value(inputs["dy"]), shape)
        column = lambda a: a.reshape(a.shape + (1,) * len(axes))
        if self.stats is None:
            r = F.centred(A, x, axes, eps) if self.kind == "layer" else F.rms(A, x, axes, eps)
            mean, rstd = r.get("mean"), r.rstd
        else:
            mean = column(inputs["mean"]) if self.kind == "layer" else None
            rstd = column(inputs["stat"])
            if self.stats == "variance" and self.kind == "layer":
                rstd = A.rsqrt(A.value(rstd) + A.const(eps))
        scale = None
        if self.scale:
            scale = inputs["scale"]
            scale = scale.reshape(self.groups, -1) if self.groups > 1 else scale
        lead = tuple(range(len(shape) - self.axes))
        rows = int(np.prod([shape[i] for i in lead], dtype=int))
        chain = Chain(rows if rows <= 64 else 64 + 64)
        how = dict(scale=scale, offset=self.offset, param_axes=lead, rows_lanes=chain)
        r = F.centred_backward(A, x, dy, mean, rstd, axes, **how) if self.kind == "layer" else \
            F.rms_backward(A, x, dy, rstd, axes, **how)
        dx = r.dx.reshape(*shape)
        if self.dsum:
            dx = dx + A.value(inputs["dsum"])
        results = {"input": (dx, self.dtype, bounds.limit(self.dtype), None),
                   "scale": (r.dscale, stat, None, None), "bias": (r.dbias, stat, None, None)}
        return [results[g] for g in self.gradients]


class Channels(Program):
    """batch_norm, batch_norm_inference, instance_norm and group_norm, forward or backward. Shapes are (n, c, space...)
    also where the layout is channels_last: arrays are transposed on the way to the kernel."""

    defaults = dict(kind="batch", backward=False, last=False, dtype="f32", param="f32", scale=True, bias=True,
                    saved=None, running=None, momentum_type=None, groups=2, rank=4, rounding="once", gradients=("input", "scale", "bias"))

    @property
    def types(self):
        stat = compute_type(self.dtype)
        return {"dy": self.dtype, "x": self.dtype, "mean": stat, "stat": stat, "scale": self.param, "bias": self.param,
                "rm": stat, "rv": stat, "eps": self.eps_type, "momentum": self.momentum_type}

    @property
    def momentum(self):
        return self.running[0]

    @property
    def needs_eps(self):
        return not self.backward or self.kind == "inference" or self.saved != "rstd"

    @property
    def results(self):
        if self.backward:
            return ["d" + g for g in self.gradients]
        return ["y"] + (["mean", self.saved] if self.saved else []) + \
            (["running mean", "running variance"] if self.running else [])

    def _stat_shape(self, n, c):
        return {"batch": (c,), "inference": (c,), "instance": (n, c), "group": (n, self.groups)}[self.kind]

    def text(self, name, shape=None):
        dims = tuple(shape) if shape is not None else ("n", "c") + tuple(f"s{i}" for i in range(self.rank - 2))
        n, c, space = dims[0], dims[1], dims[2:]
        dims = (n, *space, c) if self.last else dims
        stat = compute_type(self.dtype)
        stats = self._stat_shape(n, c)
        inputs = {"dy": (dims, self.dtype)} if self.backward else {}
        inputs["x"] = (dims, self.dtype)
        op = "norm." + {"batch": "batch_norm", "inference": "batch_norm_inference", "instance": "instance_norm",
                        "group": "group_norm"}[self.kind]
        op += "_backward %dy, %x" if self.backward else " %x"
        if self.kind == "inference" or self.backward and self.saved:
            inputs["mean"], inputs["stat"] = (stats, stat), (stats, stat)
            op += " stats(%mean, %stat : {mean_type}, {stat_type})"
        if self.scale:
            inputs["scale"] = ((c,), self.param)
            op += " scale({scale})"
        if self.bias and not self.backward:
            inputs["bias"] = ((c,), self.param)
            op += " bias({bias})"
        if self.kind == "group":
            op += f" groups = {self.groups}"
        op += f" layout = {'channels_last' if self.last else 'channels_first'}"
        if self.needs_eps:
            op += self.scalar("eps", inputs)
        if self.running:
            _, convention, estimate = self.running
            inputs["rm"], inputs["rv"] = ((c,), stat), ((c,), stat)
            op += " running(%rm, %rv : {rm_type}, {rv_type})" + self.scalar("momentum", inputs)
            op += f" of {'batch' if convention == 'torch' else 'running'} variance = {estimate}"
        if self.rounding != "once":
            op += f" rounding = {self.rounding}"
        if self.saved == "variance" and self.kind != "inference":
            op += " saved = variance"
        if self.rsqrt != "exact":
            op += f" rsqrt = {self.rsqrt}"
        if self.backward:
            op += f" gradients = [{', '.join(self.gradients)}]"
            outputs = [(dims, self.dtype) if g == "input" else ((c,), stat) for g in self.gradients]
            return function(name, inputs, outputs, op + " {outs} : {dy_type}, {x_type}", self.layout)
        outputs = [(dims, self.dtype)] + [(stats, stat)] * (2 if self.saved else 0) + \
            [((c,), stat)] * (2 if self.running else 0)
        return function(name, inputs, outputs, op + " {outs} : {x_type}", self.layout)

    def _moved(self, a):
        return np.moveaxis(a, 1, -1) if self.last else a

    def kernel_shape(self, shape):
        return (shape[0], *shape[2:], shape[1]) if self.last else tuple(shape)

    def _grouped(self, shape):
        """Where the formulas see groups of channels: shape, axes of a group, and how to lay a parameter."""
        n, c, space = shape[0], shape[1], tuple(shape[2:])
        axes = {"batch": (0,) + tuple(range(2, len(shape))), "inference": (),
                "instance": tuple(range(2, len(shape)))}
        if self.kind == "group":
            g = self.groups
            return (n, g, c // g) + space, tuple(range(2, len(shape) + 1)), (1, g, c // g) + (1,) * len(space)
        return tuple(shape), axes[self.kind], (1, c) + (1,) * len(space)

    def _laid(self, a, shape):
        """A statistic, to be broadcast."""
        n, c = shape[0], shape[1]
        ones = (1,) * (len(shape) - 2)
        return a.reshape({"batch": (1, c), "inference": (1, c), "instance": (n, c),
                          "group": (n, self.groups, 1)}[self.kind] + ones)

    def inputs(self, rng, shape, mean=0.0, spread=1.0, x=None):
        n, c = shape[0], shape[1]
        stat = compute_type(self.dtype)
        values = {"dy": self._moved(self.random(rng, shape, self.dtype))} if self.backward else {}
        x = self.numbers(rng, shape, mean, spread, x)
        values["x"] = self._moved(x)
        if self.kind == "inference":
            values["mean"] = self.random(rng, (c,), stat)
            values["stat"] = np.abs(self.random(rng, (c,), stat))
        elif self.backward and self.saved:
            grouped, axes, _ = self._grouped(shape)
            r = F.centred(Arith(stat), nt.decode(x, self.dtype).reshape(grouped), axes, self.eps)
            kept = r.var if self.saved == "variance" else r.rstd
            values["mean"] = nt.encode(r.mean.v.reshape(self._stat_shape(n, c)), stat)
            values["stat"] = nt.encode(kept.v.reshape(self._stat_shape(n, c)), stat)
        if self.scale:
            values["scale"] = self.random(rng, (c,), self.param)
        if self.bias and not self.backward:
            values["bias"] = self.random(rng, (c,), self.param)
        if self.needs_eps:
            self.add_scalar("eps", values)
        if self.running:
            values["rm"] = self.random(rng, (c,), stat)
            values["rv"] = np.abs(self.random(rng, (c,), stat))
            self.add_scalar("momentum", values)
        return values

    def _reach(self, x, axes):
        """The farthest that the shift of shifted moments, as norm.reduce takes it from up to 32 neighbours, 16 in a
        batch with channels last, lies from the mean, wherever a segment begins."""
        order = axes if not self.last or self.kind != "group" else axes[1:] + axes[:1]
        groups = np.moveaxis(x, order, range(-len(order), 0))
        flat = groups.reshape(*groups.shape[:groups.ndim - len(order)], -1)
        run = groups.shape[-1] if self.kind == "group" or not self.last else flat.shape[-1]
        length = min(16 if self.last and self.kind != "group" else 32, run)
        if flat.size == 0 or length == 0:
            return np.zeros(flat.shape[:-1], LD).reshape([1 if a in axes else s for a, s in enumerate(x.shape)])
        windows = np.lib.stride_tricks.sliding_window_view(flat, length, axis=-1)
        with np.errstate(all="ignore"):
            even = windows[..., 0::2].mean(-1)
            odd = windows[..., 1::2].mean(-1) if length > 1 else even
            shift = np.where(np.abs(odd) < np.abs(even), odd, even)
            # An eighth of their distance: the grid of shifts.
            grid = np.abs(even - odd) / 8
            reach = (np.abs(shift - flat.mean(-1, keepdims=True)) + grid).max(-1)
        return reach.reshape([1 if a in axes else s for a, s in enumerate(x.shape)])

    def expected(self, shape, inputs):
        A, dtype, stat, eps = self.A, self.dtype, compute_type(self.dtype), inputs.get("eps", self.eps)
        grouped, axes, per = self._grouped(shape)
        back = lambda a: np.moveaxis(a, -1, 1) if self.last else a
        x = A.value(back(inputs["x"]).reshape(grouped))
        scale = inputs["scale"].reshape(per) if self.scale else None
        bias = inputs["bias"].reshape(per) if self.bias and not self.backward else None
        size = int(np.prod([grouped[a] for a in axes], dtype=int))
        # Which elements are neighbours, and how many runs there are, is the order's matter: at worst one after the
        # other in blocks.
        chain = Chain(min(size, 1024) + -(-size // 1024))
        out = lambda a: a.reshape(*shape).map(self._moved)
        # Shifted moments: of a batch, and with channels last, but for groups that are one piece of memory.
        piece = self.kind == "group" and len(shape) == 2
        reach = self._reach(x.v, axes) if axes and not piece and (self.last or self.kind == "batch") else None
        rounding = dtype if self.rounding == "normalized" and dtype != stat else None
        if not self.backward:
            if self.kind == "inference":
                r = F.inference(A, x, self._laid(inputs["mean"], shape), self._laid(inputs["stat"], shape), eps,
                                scale, bias)
            else:
                r = F.centred(A, x, axes, eps, scale, bias, rounding=rounding, lanes=chain, merges=min(size, 64),
                              reach=reach)
            results = [(out(r.y), dtype, bounds.limit(dtype, 1 + (self.scale + self.bias if rounding else 0)), None)]
            if self.saved:
                results += [(r.mean, stat, None, None),
                            (r.var if self.saved == "variance" else r.rstd, stat, None, None)]
            if self.running:
                momentum, convention, estimate = self.running
                momentum = inputs.get("momentum", momentum)
                var = F.unbiased(A, r.var, size) if estimate == "unbiased" else r.var
                results += [(F.running(A, inputs["rm"], r.mean.reshape(-1), momentum, convention), stat, None, None),
                            (F.running(A, inputs["rv"], var.reshape(-1), momentum, convention), stat, None, None)]
            return results
        dy = A.value(back(inputs["dy"]).reshape(grouped))
        c_axes = (0,) + tuple(range(len(grouped) - len(shape) + 2, len(grouped)))
        rows = int(np.prod([grouped[a] for a in c_axes], dtype=int))
        rows = Chain(min(rows, 1024) + -(-rows // 1024) + min(rows, 128))
        if self.kind == "inference":
            r = F.inference_backward(A, x, dy, self._laid(inputs["mean"], shape), self._laid(inputs["stat"], shape),
                                     eps, scale, c_axes)
            r["dscale"] = A.sum(dy * r.xhat, c_axes, rows)
            r["dbias"] = A.sum(dy, c_axes, rows)
        else:
            if self.saved:
                mean, rstd = self._laid(inputs["mean"], shape), self._laid(inputs["stat"], shape)
                if self.saved == "variance":
                    rstd = A.rsqrt(A.value(rstd) + A.const(eps))
            else:
                again = F.centred(A, x, axes, eps, lanes=chain, merges=min(size, 64))
                mean, rstd = again.mean, again.rstd
            r = F.centred_backward(A, x, dy, mean, rstd, axes, scale, param_axes=c_axes, lanes=chain, rows_lanes=rows)
        results = {"input": (out(r.dx), dtype, bounds.limit(dtype), None), "scale": (r.dscale, stat, None, None),
                   "bias": (r.dbias, stat, None, None)}
        return [results[g] for g in self.gradients]


def compile_all(programs, shapes=None):
    """One library for programs: `p0`, `p1`, … with dynamic sizes; and where shapes are given, `p0_0`, … with those."""
    text = []
    for i, program in enumerate(programs):
        text.append(program.text(f"p{i}"))
        for j, shape in enumerate(shapes or []):
            text.append(program.text(f"p{i}_{j}", shape))
    lib = nt.Library("".join(text))
    return nt.Oracle("".join(text), lib) if ORACLE else lib


# ---- For the fuzzer ----


# Formulas take a hundred times an input's memory.
MOST_ELEMENTS = 1 << 18


def _limited(shape, kept=None):
    """The shape, with its largest sizes halved until it is small enough. kept: the dimension that stays."""
    shape = list(shape)
    while np.prod(shape) > MOST_ELEMENTS:
        largest = max((i for i in range(len(shape)) if i != kept), key=lambda i: shape[i])
        shape[largest] = -(-shape[largest] // 2)
    return tuple(shape)


def _scalars_random(pick):
    return dict(eps_type=pick(None, None, "f32", "f64"), rsqrt=pick("exact", "exact", "approx"))


def _rows_random(rng):
    pick = lambda *a: a[rng.integers(len(a))]
    dtype = pick("f32", "f32", "bf16", "f16", "f64", "f8E4M3FN", "f8E5M2")
    given = dict(kind=pick("layer", "rms"), dtype=dtype, param=pick("f32", dtype, "f64" if dtype == "f64" else "bf16"))
    given["scale"] = pick(True, True, False)
    if given["kind"] == "layer":
        given["bias"] = pick(True, False)
    given["eps"] = pick(1e-5, 1e-12, 1e-3)
    given["saved"] = pick(None, "rstd")
    if rng.integers(3) == 0:
        given.update(residual=pick("rounded", "unrounded"), keep_sum=pick(True, False))
    given.update(_scalars_random(pick))
    if given["scale"] and rng.integers(4) == 0:
        given["offset"] = 1.0
    if rng.integers(3) == 0:
        given["rounding"] = "normalized"
    given["layout"] = pick(None, None, "any", "contiguous")
    if given["kind"] == "rms" and rng.integers(4) == 0:
        given.update(gate=pick("after", "before"), groups=pick(1, 2, 5))
    if given.get("groups", 1) == 1 and rng.integers(3) == 0:
        given.update(rank=3, axes=pick(1, 2))
    return Rows(**given)


def _rows_shape(self, rng, size):
    shape = [max(1, size() // 8) for _ in range(self.rank)]
    for i in range(self.rank - self.axes, self.rank):
        shape[i] = size() if self.axes == 1 else max(1, size() // 4)
    shape = list(_limited(shape))
    shape[-1] *= self.groups
    return tuple(shape)


Rows.random_program = staticmethod(_rows_random)
Rows.random_shape = _rows_shape
Rows.accepts = lambda self, shape: len(shape) == self.rank and shape[-1] % self.groups == 0


def _rows_backward_random(rng):
    pick = lambda *a: a[rng.integers(len(a))]
    dtype = pick("f32", "f32", "bf16", "f16", "f64", "f8E4M3FN", "f8E5M2")
    given = dict(kind=pick("layer", "rms"), dtype=dtype, param=pick("f32", dtype, "f64" if dtype == "f64" else "bf16"))
    given["scale"] = pick(True, True, False)
    given["stats"] = pick("rstd", None, "variance") if given["kind"] == "layer" else pick("rstd", None)
    some = ("input", "scale", "bias") if given["kind"] == "layer" else ("input", "scale")
    given["gradients"] = pick(some, some, ("input",), some[1:])
    given["dsum"] = "input" in given["gradients"] and pick(True, False, False)
    given.update(_scalars_random(pick))
    if given["scale"] and rng.integers(4) == 0:
        given["offset"] = 1.0
    given["layout"] = pick(None, None, "any", "contiguous")
    if given["kind"] == "rms" and rng.integers(4) == 0:
        given["groups"] = pick(2, 5)
    elif rng.integers(3) == 0:
        given.update(rank=3, axes=pick(1, 2))
    return RowsBackward(**given)


RowsBackward.random_program = staticmethod(_rows_backward_random)
RowsBackward.random_shape = _rows_shape
RowsBackward.accepts = Rows.accepts


def _channels_random(rng):
    pick = lambda *a: a[rng.integers(len(a))]
    dtype = pick("f32", "f32", "bf16", "f16", "f64", "f8E4M3FN", "f8E5M2")
    given = dict(kind=pick("batch", "inference", "instance", "group"), backward=pick(True, False), last=pick(True, False),
                 dtype=dtype, param=pick("f32", dtype), scale=pick(True, True, False), rank=int(pick(3, 4, 4, 5)))
    given["layout"] = pick(None, None, "any", "contiguous")
    given.update(_scalars_random(pick))
    if given["kind"] == "group":
        given["groups"] = int(pick(1, 2, 4))
    if given["kind"] != "inference":
        given["saved"] = pick(None, "rstd", "variance")
    if given["backward"]:
        given["gradients"] = pick(("input", "scale", "bias"), ("input",), ("scale", "bias"))
    else:
        given["bias"] = pick(True, False)
        if given["kind"] == "batch":
            given["running"] = pick(None, (0.1, "torch", "unbiased"), (0.9, "keras", "biased"))
            given["momentum_type"] = pick(None, None, "f32", "f64")
        elif given["kind"] != "inference" and rng.integers(3) == 0:
            given["rounding"] = "normalized"
    return Channels(**given)


def _channels_shape(self, rng, size):
    space = [max(1, size() // 8) for _ in range(self.rank - 2)]
    channels = (1 + size() // 16) * (self.groups if self.kind == "group" else 1)
    return _limited((max(2, size() // 8), channels, *space), kept=1)


Channels.random_program = staticmethod(_channels_random)
Channels.random_shape = _channels_shape
Channels.accepts = lambda self, shape: len(shape) == self.rank and (
    self.kind != "group" or shape[1] % self.groups == 0) and (not self.running or shape[0] > 1)
KINDS = [Rows, RowsBackward, Channels]
