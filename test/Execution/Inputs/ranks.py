#===- ranks.py - a divided kernel, run as ranks would -------------------------===#
#
# What norm-partial makes of a function: each rank's statistics, stacked as an all-gather gives them, merged, and applied.
# Everything is wired by the names in the manifest; which dimension of a tensor is divided, its symbols tell.
#
#===----------------------------------------------------------------------===#

import numpy as np

import normtest as nt


def divide(text, dims):
    """The one function of a text, with the dimensions that ranks divide."""
    names = ", ".join(f'"{dim}"' for dim in dims)
    head, body = text.split(" {\n", 1)
    return f"{head} attributes {{norm.partial = [{names}]}} {{\n{body}"


def axis_of(argument, dim):
    """Which dimension of a tensor is divided; None for what all ranks have."""
    for axis, size in enumerate(argument["shape"]):
        if dim in str(size).replace(" ", "").split("*"):
            return axis
    return None


def listed(outputs):
    return outputs if isinstance(outputs, list) else [outputs]


class Ranks:
    """The kernels NAME_partial, NAME_merge, … of a library, for ranks that divide a dimension. `elements`: what a rank
    with a part of length 1 has of a group."""

    def __init__(self, lib, name, dim, elements):
        self.lib, self.name, self.dim, self.elements = lib, name, dim, elements
        self.exchanges = 0
        while f"{name}_partial{self.number(self.exchanges + 1)}" in lib.kernels:
            self.exchanges += 1

    @staticmethod
    def number(exchange):
        return "" if exchange == 1 else str(exchange)

    def call(self, kernel, given, threads=None):
        values = [given[a["name"]] for a in kernel.inputs]
        return dict(zip((a["name"] for a in kernel.outputs), listed(kernel(*values, threads=threads))))

    def part(self, kernel, values, begin, end):
        """A rank's arguments."""
        own = {}
        for argument in kernel.inputs:
            name = argument["name"]
            if name == "offset_" + self.dim:
                own[name] = np.array(begin)
            elif name in values:
                axis = axis_of(argument, self.dim)
                own[name] = values[name] if axis is None else np.take(values[name], range(begin, end), axis)
        return own

    def run(self, values, lengths, threads=None, empty=np.nan):
        """Results by name. `values`: those of the whole, by name. `lengths`: of the ranks' parts; one with none gives
        `empty` for its statistics."""
        places = np.cumsum([0, *lengths])
        counts = np.array([length * self.elements for length in lengths], np.int64)
        merged = {}
        for exchange in range(1, self.exchanges + 1):
            partial = self.lib[f"{self.name}_partial{self.number(exchange)}"]
            found = [self.call(partial, {**self.part(partial, values, begin, end), **merged}, threads) if begin < end else None
                     for begin, end in zip(places, places[1:])]
            one = next(f for f in found if f is not None)
            stacked = {name: np.stack([f[name] if f is not None else np.full_like(x, empty) for f in found])
                       for name, x in one.items()}
            merge = self.lib[f"{self.name}_merge{self.number(exchange)}"]
            merged.update(self.call(merge, {**stacked, "counts": counts}, threads))
        if merged.get("count", counts.sum()) != counts.sum():
            nt.fail(f"{self.name}: the ranks' elements are {merged['count']}, expected {counts.sum()}")
        apply = self.lib[self.name + "_apply"]
        parts = [self.call(apply, {**self.part(apply, values, begin, end), **merged}, threads)
                 for begin, end in zip(places, places[1:])]
        results = {}
        for argument in apply.outputs:
            name, axis = argument["name"], axis_of(argument, self.dim)
            if axis is not None:
                results[name] = np.concatenate([part[name] for part in parts], axis)
                continue
            results[name] = parts[0][name]
            for part in parts[1:]:
                nt.same_bits(f"{self.name} {name}, of two ranks", part[name], results[name])
        return results
