#!/usr/bin/python3
"""Times kernels of normc beside each other: targets, types, sizes known or not, threads, fused or in parts, single calls.

    tools/bench/compare.py --json results.json --markdown results.md

All contenders of a line take turns in one process, as in bench.py; a figure is a ratio of medians. `share of copy` counts
every stream that the kernel itself reads or writes once.
"""

import argparse
import json
import os
import subprocess
import sys
import time

import numpy as np

import cells as C
import report
from bench import ROOT, Bench, Contender

LENGTH = 1024
OPS = ["layer_norm", "rms_norm", "layer_norm_backward", "batch_norm_first", "batch_norm_last", "group_norm_first",
       "group_norm_last"]
ORDER = "order = <lanes = 64, segment = 4096, blocks = 64>"

# Scalar programs, from %v to %u.
FUNCTIONS = {
    "copy": "%zero = arith.constant 0.0 : f32\n%u = arith.addf %v, %zero : f32",
    "exp": "%u = math.exp %v : f32",
    "tanh": "%u = math.tanh %v : f32",
    "erf": "%u = math.erf %v : f32",
    "silu": """%m = arith.negf %v : f32
      %e = math.exp %m : f32
      %one = arith.constant 1.0 : f32
      %d = arith.addf %e, %one : f32
      %u = arith.divf %v, %d : f32""",
    "gelu": """%k = arith.constant 0.70710678118654752 : f32
      %s = arith.mulf %v, %k : f32
      %e = math.erf %s : f32
      %one = arith.constant 1.0 : f32
      %f = arith.addf %e, %one : f32
      %half = arith.constant 0.5 : f32
      %h = arith.mulf %v, %half : f32
      %u = arith.mulf %h, %f : f32""",
}


class Rows:
    """The tensors of a kernel on rows, by their names."""

    def __init__(self, rows, length):
        self.rows, self.length = rows, length

    def tensor(self, name, dtype):
        shapes = {"scale": (self.length,), "step": (self.rows,)}
        return name, shapes.get(name, (self.rows, self.length)), dtype

    def __str__(self):
        return f"{self.rows} rows of {self.length}"


def program(length, dtype, residual=False, norm=True, function=None, quantize=False):
    """RMS norm of rows with its neighbours, any of which may be missing."""
    row, field = f"tensor<?x{length}x{dtype}>", "!norm.field<f32, [c]>"
    inputs, args = [("x", "(r, c)", row)], [("xf", dtype)]
    if residual:
        inputs.append(("residual", "(r, c)", row))
        args.append(("rf", dtype))
    if norm:
        inputs.append(("scale", "(c)", f"tensor<{length}xf32>"))
        args.append(("wf", "f32"))
    outputs, yields = [], []
    body = []
    def mapped(result, operands, text, to="f32"):
        """A map of fields `(name, type)`; in the text their elements are %a and %b, in f32."""
        given = ", ".join(f"%{letter}0 = %{n} : !norm.field<{t}, [c]>" for letter, (n, t) in zip("abc", operands))
        body.append(f"%{result} = norm.map ({given}) -> !norm.field<{to}, [c]> {{")
        for letter, (_, t) in zip("abc", operands):
            if t == "f32":
                text = text.replace(f"%{letter} ", f"%{letter}0 ").replace(f"%{letter},", f"%{letter}0,")
            else:
                body.append(f"%{letter} = arith.extf %{letter}0 : {t} to f32")
        body.append(text)
        body.append("}")

    narrow = lambda name: (f"norm.yield %{name} : f32" if dtype == "f32" else
                           f"%n = arith.truncf %{name} : f32 to {dtype}\nnorm.yield %n : {dtype}")
    current, kind = "xf", dtype
    if residual:
        mapped("sum", [(current, kind), ("rf", dtype)], f"%t = arith.addf %a, %b : f32\n{narrow('t')}", dtype)
        current, kind = "sum", dtype
        outputs.append(("sum", "(r, c)", row))
        yields.append(("sum", dtype))
    final = [(current, kind)]
    if norm:
        mapped("square", [(current, kind)], "%t = arith.mulf %a, %a : f32\nnorm.yield %t : f32")
        body += [f"%ss = norm.reduce sum(%square : {field}) over [c] {ORDER} : f32", "%count = norm.count [c] : f32",
                 "%mean = arith.divf %ss, %count : f32", "%eps = arith.constant 1.0e-5 : f32",
                 "%shifted = arith.addf %mean, %eps : f32", "%root = norm.rsqrt exact %shifted : f32"]
        final.append(("wf", "f32"))
        text = "%n0 = arith.mulf %a, %root : f32\n%v = arith.mulf %n0, %b : f32"
    else:
        text = "%nothing = arith.constant 1.0 : f32\n%v = arith.mulf %a, %nothing : f32"
    if function:
        text += "\n" + FUNCTIONS[function]
    value = "u" if function else "v"
    if quantize:
        mapped("value", final, f"{text}\nnorm.yield %{value} : f32")
        mapped("size", [("value", "f32")], "%t = math.absf %a : f32\nnorm.yield %t : f32")
        body += [f"%most = norm.reduce max(%size : {field}) over [c] {ORDER} : f32", "%limit = arith.constant 127.0 : f32",
                 "%least = arith.constant 1.0e-12 : f32", "%top = arith.maximumf %most, %least : f32",
                 "%step = arith.divf %top, %limit : f32", "%factor = arith.divf %limit, %top : f32"]
        mapped("q", [("value", "f32")], "%t = arith.mulf %a, %factor : f32\n%w = math.roundeven %t : f32\n"
               "%i = arith.fptosi %w : f32 to i8\nnorm.yield %i : i8", "i8")
        outputs += [("q", "(r, c)", f"tensor<?x{length}xi8>"), ("step", "(r)", "tensor<?xf32>")]
        yields += [("q", "i8"), ("step", None)]
    elif norm or function:
        mapped("yf", final, f"{text}\n{narrow(value)}", dtype)
        outputs.append(("y", "(r, c)", row))
        yields.append(("yf", dtype))
    types = ", ".join(t for _, _, t in outputs)
    lines = [f"func.func @k({', '.join(f'%{n}: {t} {{norm.name = {chr(34)}{n}{chr(34)}}}' for n, _, t in inputs)}) -> ("
             + ", ".join(f'{t} {{norm.name = "{n}"}}' for n, _, t in outputs) + ") {",
             "%c0 = arith.constant 0 : index", f"%rows = tensor.dim %x, %c0 : {row}"]
    lines += [f"%{n}0 = tensor.empty(%rows) : {t}" for n, _, t in outputs]
    results = ", ".join(f"%o{i}" for i in range(len(outputs)))
    lines.append(f"{results} = norm.generic iter(r = %rows, c = {length}) reduce [c] ins("
                 + ", ".join(f"%{n}{a} : {t}" for n, a, t in inputs) + ") outs("
                 + ", ".join(f"%{n}0{a} : {t}" for n, a, t in outputs) + ") {")
    lines.append("^bb0(" + ", ".join(f"%{n}: !norm.field<{t}, [c]>" for n, t in args) + "):")
    lines += body
    lines.append("norm.yield " + ", ".join(f"%{n}" for n, _ in yields) + " : "
                 + ", ".join("f32" if t is None else f"!norm.field<{t}, [c]>" for _, t in yields))
    lines += ["}", f"return {results} : {types}", "}"]
    return "\n".join(lines)


class Compare:
    def __init__(self, options):
        self.options = options
        self.bench = Bench(options)
        self.lines = []
        self.files = 0

    def kernel(self, cell, flags, target="host", threads=1):
        self.bench.options.target = target
        return self.bench.kernel("normc", cell, flags, threads)

    def text(self, text):
        path = os.path.join(self.bench.folder.name, f"p{self.files}.mlir")
        self.files += 1
        with open(path, "w") as file:
            file.write(text)
        return [path]

    def time(self, contenders):
        samples = self.bench.rounds(contenders, 400, self.options.seconds, 30e-6)
        return np.median(samples, axis=0)

    def copy(self, size):
        """Contenders that copy so many bytes, half of them read and half written."""
        half = max(64, size // 2 // 64 * 64)
        source, target = (self.bench.buffer(n, (half // 4,), "f32") for n in ("from", "to"))
        return [Contender(f"copy {k}", "bench_copy", [source.address, target.address], [half, k]) for k in range(5)]

    def add(self, what, where, dtype, figures):
        self.lines.append({"what": what, "where": where, "dtype": dtype, **figures})
        print(f"{what:44} {where:5} {dtype:5} " + "  ".join(
            f"{k} {v:.2f}" if isinstance(v, float) else f"{k} {v}" for k, v in figures.items()), flush=True)

    # ---- Experiments ----

    def targets(self):
        """The same kernels for AVX2 and for any x86-64, as shares of the host's speed."""
        for cell in self.cells(("f32", "bf16")):
            contenders = [self.kernel(cell, cell.flags(False), t) for t in ("host", "x86-64-v3", "x86-64")]
            host, avx2, least = self.time(contenders)
            self.add(f"{cell.op}", cell.where, cell.dtype, {"x86-64-v3": host / avx2, "x86-64": host / least})

    def sizes(self):
        """Sizes that are known at run time, as a share of the speed with sizes known before."""
        for cell in self.cells(("f32", "bf16")):
            static, dynamic = self.time([self.kernel(cell, cell.flags(d)) for d in (False, True)])
            self.add(f"{cell.op}", cell.where, cell.dtype, {"dynamic": static / dynamic})

    def types(self):
        """f16 as a share of bf16's speed."""
        for cell in self.cells(("bf16",)):
            other = C.Cell(cell.op, "f16", cell.where, cell.N)
            bf16, f16 = self.time([self.kernel(c, c.flags(False)) for c in (cell, other)])
            self.add(f"{cell.op}", cell.where, "f16", {"of bf16": bf16 / f16})

    def threads(self):
        """Two threads, as times the speed of one."""
        for cell in self.cells(("f32", "bf16")):
            one, two = self.time([self.kernel(cell, cell.flags(False), threads=t) for t in (1, 2)])
            self.add(f"{cell.op}", cell.where, cell.dtype, {"2 threads": one / two})

    def fused(self):
        """RMS norm with its neighbours in one kernel: times the speed of the parts, and its share of a copy of its bytes."""
        forms = {"residual": dict(residual=True), "silu": dict(function="silu"), "gelu": dict(function="gelu"),
                 "int8": dict(quantize=True), "residual, silu, int8": dict(residual=True, function="silu", quantize=True)}
        for where in self.options.where:
            for dtype in ("f32", "bf16"):
                size = C.BYTES[dtype]
                cell = Rows(C.WHERE[where] // size // LENGTH, LENGTH)
                self.bench.buffers.clear()
                for name, form in forms.items():
                    parts = []
                    if form.get("residual"):
                        parts.append(dict(residual=True, norm=False))
                    parts.append({})
                    if form.get("function"):
                        parts.append(dict(norm=False, function=form["function"]))
                    if form.get("quantize"):
                        parts.append(dict(norm=False, quantize=True))
                    contenders = [self.kernel(cell, self.text(program(LENGTH, dtype, **f))) for f in [form, *parts]]
                    streams = size * (2 + 2 * bool(form.get("residual")))
                    if form.get("quantize"):
                        streams += 1 - size
                    seconds = self.time(contenders + self.copy(cell.rows * LENGTH * streams))
                    n = len(parts)
                    self.add(f"rms_norm, {name}", where, dtype,
                             {"times parts": seconds[1:n + 1].sum() / seconds[0], "share of copy": seconds[n + 1:].min() / seconds[0]})

    def functions(self):
        """Element-wise functions, as a share of the speed of adding 0."""
        cell = Rows(64, LENGTH)
        for name in ("exp", "tanh", "erf", "silu", "gelu"):
            plain, function = self.time([self.kernel(cell, self.text(program(LENGTH, "f32", norm=False, function=f)))
                                         for f in ("copy", name)])
            self.add(name, "L2", "f32", {"of copying": plain / function, "elements/ns": 64 * LENGTH / function * 1e-9})

    def calls(self):
        """One row, its checks included, in microseconds."""
        for length in (64, 1024, 4096):
            cell = C.Cell("layer_norm", "f32", "L2", length)
            cell.sizes = (1, length)
            static, dynamic = self.time([self.kernel(cell, cell.flags(d)) for d in (False, True)])
            self.add(f"layer_norm, 1 row of {length}", "L1", "f32", {"static us": static * 1e6, "dynamic us": dynamic * 1e6})

    def cells(self, dtypes):
        for op in OPS:
            for dtype in dtypes:
                for where in self.options.where:
                    self.bench.buffers.clear()
                    yield C.Cell(op, dtype, where, LENGTH)


def main():
    names = ["targets", "sizes", "types", "threads", "fused", "functions", "calls"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("experiments", nargs="*", default=names, metavar="EXPERIMENT", help=", ".join(names))
    add("--build", default=os.path.join(ROOT, "build"), help="the build folder (default: build)")
    add("--cc", default="cc", help="compiles timer.c and plain.c")
    add("--where", nargs="*", default=["L2", "DRAM"], choices=list(C.WHERE))
    add("--seconds", type=float, default=0.3, help="for each line, about")
    add("--json", help="write the results here")
    add("--markdown", help="write the tables here")
    options = parser.parse_args()
    options.yardstick, options.target, options.onednn = None, "host", "none"
    for name in options.experiments:
        if name not in names:
            parser.error(f"expected an experiment, one of {', '.join(names)}, but got '{name}'")
    compare = Compare(options)
    tables = []
    for name in options.experiments:
        experiment = getattr(compare, name)
        compare.lines = []
        print(f"-- {name}: {experiment.__doc__}")
        experiment()
        tables.append({"experiment": name, "what": experiment.__doc__, "lines": compare.lines})
    commit = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty"], capture_output=True, text=True).stdout.strip()
    data = {"date": time.strftime("%Y-%m-%d"), "machine": report.machine(), "commit": commit,
            "command": " ".join(["tools/bench/compare.py", *(os.path.basename(a) for a in sys.argv[1:])]), "tables": tables}
    if options.json:
        with open(options.json, "w") as file:
            json.dump(data, file, indent=1)
            file.write("\n")
    if options.markdown:
        with open(options.markdown, "w") as file:
            file.write(report.comparison(data))


if __name__ == "__main__":
    main()
