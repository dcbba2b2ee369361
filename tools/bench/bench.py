#!/usr/bin/python3
"""Times kernels beside copies, plain loops and hand-written kernels, all in turns in one process.

    tools/bench/bench.py --json results.json --markdown results.md

A cell is an operation, an element type, where the tensors live, and a length N. Every contender of a cell works
on the same buffers and is timed in every round; a figure is a ratio of medians of those rounds:

    copy      the fastest copy of the input's bytes, with ordinary stores or stores past the cache
    plain     the loops of plain.c at -O3 -ffast-math
    floor     the fastest of a library's hand-written kernels (--yardstick), where one is given
    onednn    oneDNN's primitive on the same tensors, where it is installed and has one

Bytes are counted once for each stream that is read or written: x and y forward; x, dy and dx backward.
"""

import argparse
import ctypes
import json
import os
import subprocess
import sys
import tempfile
import time

import numpy as np

import cells as C
import report

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
P, I = ctypes.c_void_p, ctypes.c_int64
KINDS = ("copy", "plain", "floor", "onednn")


class Buffer:
    """Numbers in memory that is aligned to a page."""

    def __init__(self, shape, dtype, rng=None):
        size = max(1, int(np.prod(shape, dtype=np.int64)))
        kind = {"f32": np.float32, "bf16": np.uint16, "f16": np.float16, "i8": np.int8}[dtype]
        memory = np.zeros(size * kind().itemsize + 8192, np.uint8)
        start = -memory.ctypes.data % 4096
        self.array = memory[start : start + size * kind().itemsize].view(kind)
        if rng is not None:
            block = rng.standard_normal(min(size, 1 << 16)).astype(np.float32) + np.float32(0.5)
            if dtype == "bf16":
                block = (block.view(np.uint32) >> 16).astype(np.uint16)
            self.array[:] = np.resize(block.astype(kind) if dtype != "bf16" else block, size)
        else:
            self.array.fill(1)
        self.shape, self.dtype = tuple(shape), dtype
        self.address = self.array.ctypes.data


class DLTensor(ctypes.Structure):
    _fields_ = [("data", P), ("device_type", ctypes.c_int32), ("device_id", ctypes.c_int32), ("ndim", ctypes.c_int32),
                ("code", ctypes.c_uint8), ("bits", ctypes.c_uint8), ("lanes", ctypes.c_uint16),
                ("shape", ctypes.POINTER(I)), ("strides", ctypes.POINTER(I)), ("byte_offset", ctypes.c_uint64)]


class Context(ctypes.Structure):
    _fields_ = [("size", ctypes.c_uint32), ("abi_version", ctypes.c_uint32), ("workspace", P),
                ("workspace_bytes", ctypes.c_uint64), ("parallel_user", P), ("parallel_for", P), ("stream", P),
                ("launch", P), ("launch_user", P)]


class Contender:
    """A function of timer.c and what it is called with; `keep` lives as long."""

    def __init__(self, name, call, pointers, numbers, keep=()):
        self.name, self.call, self.keep = name, call, keep
        self.pointers = (P * max(1, len(pointers)))(*pointers)
        self.numbers = (I * max(1, len(numbers)))(*numbers)


class Bench:
    def __init__(self, options):
        self.options = options
        self.folder = tempfile.TemporaryDirectory()
        self.timer = self.build("timer.c", ["-O2"])
        self.plain = self.build("plain.c", ["-O3", "-march=native", "-ffast-math"])
        self.timer.bench_rounds.restype = I
        self.runtime = ctypes.CDLL(os.path.join(options.build, "lib", "libnormrt.so"))
        self.runtime.normrt_pool_create.restype = P
        self.onednn = self.build_onednn()
        self.yardstick = ctypes.CDLL(os.path.abspath(options.yardstick)) if options.yardstick else None
        self.buffers = {}
        self.kernels = {}

    def build(self, source, flags):
        library = os.path.join(self.folder.name, source + ".so")
        subprocess.run([self.options.cc, "-std=c11", "-shared", "-fPIC", *flags, os.path.join(HERE, source), "-lm", "-o",
                        library], check=True)
        return ctypes.CDLL(library)

    def build_onednn(self):
        """The library of onednn.c, or nothing where oneDNN is neither given nor installed."""
        prefix = self.options.onednn
        if prefix == "none":
            return None
        # It reads this when it is loaded; two threads of ours are not compared.
        os.environ["OMP_NUM_THREADS"] = "1"
        flags = ["-O2"]
        if prefix:
            flags += [f"-I{prefix}/include", f"-L{prefix}/lib", f"-Wl,-rpath,{prefix}/lib"]
        library = os.path.join(self.folder.name, "onednn.so")
        done = subprocess.run([self.options.cc, "-std=c11", "-shared", "-fPIC", *flags, os.path.join(HERE, "onednn.c"), "-ldnnl",
                               "-o", library], capture_output=True, text=True)
        if done.returncode:
            if prefix:
                sys.exit(f"bench.py: expects oneDNN's headers and library in --onednn={prefix}:\n{done.stderr}")
            return None
        found = ctypes.CDLL(library)
        found.bench_onednn_create.restype = P
        return found

    def function(self, library, name):
        return ctypes.cast(getattr(library, name), P).value

    def buffer(self, name, shape, dtype):
        """The same memory for all contenders of a cell."""
        key = (name, tuple(shape), dtype)
        if key not in self.buffers:
            inputs = ("x", "dy", "scale", "bias", "mean", "rstd", "residual")
            rng = np.random.default_rng(len(name)) if name in inputs else None
            self.buffers[key] = Buffer(shape, dtype, rng)
        return self.buffers[key]

    def compile(self, flags):
        """A kernel's library, manifest and the seconds that normc took."""
        key = (self.options.target, *flags)
        if key not in self.kernels:
            stem = os.path.join(self.folder.name, f"k{len(self.kernels)}")
            begin = time.monotonic()
            subprocess.run([os.path.join(self.options.build, "bin", "normc"), *flags, f"--target={self.options.target}",
                            "-o", stem + ".so", "--manifest=" + stem + ".json"], check=True)
            seconds = time.monotonic() - begin
            with open(stem + ".json") as file:
                manifest = json.load(file)["kernels"][0]
            self.kernels[key] = ctypes.CDLL(stem + ".so"), manifest, seconds
        return self.kernels[key]

    def kernel(self, name, cell, flags, threads):
        library, manifest, _ = self.compile(flags)
        tensors = []
        for argument in manifest["arguments"]:
            buffer = self.buffer(*cell.tensor(argument["name"], argument["dtype"]))
            code = {"f32": (2, 32), "bf16": (4, 16), "f16": (2, 16), "i8": (0, 8)}[buffer.dtype]
            shape = (I * len(buffer.shape))(*buffer.shape)
            tensors.append(DLTensor(buffer.address, 1, 0, len(buffer.shape), *code, 1, shape, None, 0))
        args = (P * len(tensors))(*[ctypes.addressof(t) for t in tensors])
        context = Context()
        context.size, context.abi_version = ctypes.sizeof(Context), 1
        size = getattr(library, manifest["name"] + "_workspace_size")
        size.restype = I
        context.workspace_bytes = size(args, len(tensors))
        workspace = Buffer([context.workspace_bytes // 4 + 1], "f32")
        context.workspace = workspace.address
        if threads > 1:
            context.parallel_for = self.function(self.runtime, "normrt_parallel_for")
            context.parallel_user = self.runtime.normrt_pool_create(threads)
        symbol = getattr(library, manifest["symbol"])
        code = symbol(ctypes.byref(context), args, len(tensors))
        if code:
            raise RuntimeError(f"{cell}: the kernel returned {code}")
        pointers = [ctypes.cast(symbol, P).value, ctypes.addressof(context), ctypes.addressof(args)]
        return Contender(name, "bench_kernel", pointers, [len(tensors)], (tensors, args, context, workspace))

    def copies(self, cell):
        source = self.buffer(*cell.tensor("x", cell.dtype))
        target = self.buffer(*cell.tensor("dx" if cell.backward else "y", cell.dtype))
        size = source.array.nbytes // 64 * 64
        return [Contender(f"copy {k}", "bench_copy", [source.address, target.address], [size, k]) for k in range(5)]

    def peers(self, cell):
        """Plain loops and hand-written kernels: `(kind, contender)`."""
        address = lambda name: self.buffer(*cell.tensor(name, cell.param(name))).address if name else 0
        found = []
        if cell.plain and cell.dtype in ("f32", "bf16"):
            function = self.function(self.plain, f"plain_{cell.plain}_{'float' if cell.dtype == 'f32' else 'bf16'}")
            pointers = [function] + [address(n) for n in cell.plain_arguments]
            pointers += [0] * (9 - len(pointers))
            sizes = list(cell.sizes) + [0] * (6 - len(cell.sizes))
            found.append(("plain", Contender("plain", "bench_function", pointers, sizes)))
        if self.yardstick and cell.dtype in ("f32", "bf16") and hasattr(self.yardstick, cell.floor or "?"):
            for variant in cell.variants():
                text = ctypes.create_string_buffer(variant.encode())
                pointers = [self.function(self.yardstick, cell.floor), ctypes.addressof(text)]
                pointers += [address(n) for n in cell.floor_arguments]
                if cell.admits(self.yardstick, variant, pointers):
                    numbers = [int(cell.dtype == "bf16"), *cell.sizes, 1]
                    found.append(("floor", Contender(variant, cell.floor_call, pointers, numbers, (text,))))
        numbers = cell.onednn() if self.onednn and cell.dtype in ("f32", "bf16") else None
        if numbers:
            names = ("x", "y", "dy", "dx", "scale", "bias", "mean", "variance", "dscale", "dbias")
            pointers = (P * len(names))(*[address(n) for n in names])
            handle = self.onednn.bench_onednn_create(pointers, (I * len(numbers))(*numbers))
            if handle:
                function = self.function(self.onednn, "bench_onednn_run")
                found.append(("onednn", Contender("onednn", "bench_function", [function, handle] + [0] * 7, [0] * 6)))
        return found

    def rounds(self, contenders, rounds, budget, minimum=60e-6):
        n = len(contenders)
        assert n <= 256, "timer.c has room for 256 contenders"
        calls = (P * n)(*[ctypes.cast(getattr(self.timer, c.call), P).value for c in contenders])
        pointers = (P * n)(*[ctypes.addressof(c.pointers) for c in contenders])
        numbers = (P * n)(*[ctypes.addressof(c.numbers) for c in contenders])
        seconds = (ctypes.c_double * (n * rounds))()
        done = self.timer.bench_rounds(I(n), calls, pointers, numbers, ctypes.c_double(minimum), I(rounds),
                                       ctypes.c_double(budget), seconds)
        return np.array(seconds).reshape(rounds, n)[:done]

    def run(self, cell):
        self.buffers = {k: v for k, v in self.buffers.items() if k[1:] in [b[1:] for b in cell.tensors()]}
        ours = [self.kernel(f"normc {t}", cell, cell.flags(self.options.dynamic), t) for t in self.options.threads]
        peers = self.peers(cell)
        candidates = self.copies(cell) + [c for _, c in peers]
        kinds = ["copy"] * 5 + [kind for kind, _ in peers]
        # A first look keeps the best three of each kind for the rounds that count.
        first = self.rounds(candidates, 5, self.options.seconds / 3, 20e-6).min(axis=0)
        keep = []
        for kind in KINDS:
            keep += sorted((i for i, k in enumerate(kinds) if k == kind), key=lambda i: first[i])[:3]
        contenders = ours + [candidates[i] for i in keep]
        samples = self.rounds(contenders, 400, self.options.seconds)
        median = np.median(samples, axis=0)
        result = {"op": cell.op, "dtype": cell.dtype, "where": cell.where, "N": cell.N, "sizes": list(cell.sizes),
                  "bytes": cell.bytes, "rounds": len(samples), "compile_seconds": self.compile(cell.flags(self.options.dynamic))[2]}
        for kind in KINDS:
            best = [(median[len(ours) + j], candidates[i].name) for j, i in enumerate(keep) if kinds[i] == kind]
            if best:
                result[kind], result[kind + "_name"] = min(best)
        for j, threads in enumerate(self.options.threads):
            result[f"normc_{threads}"] = median[j]
            result[f"normc_{threads}_high"] = float(np.percentile(samples[:, j], 90))
        return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--build", default=os.path.join(ROOT, "build"), help="the build folder (default: build)")
    add("--cc", default="cc", help="compiles timer.c and plain.c")
    add("--target", default="host", help="normc's --target")
    add("--yardstick", help="a library of hand-written kernels")
    add("--onednn", metavar="PREFIX", help="where oneDNN is installed (default: the system's, if there), or none")
    add("--ops", nargs="*", default=list(C.OPS), choices=list(C.OPS), metavar="OP", help=", ".join(C.OPS))
    add("--dtypes", nargs="*", default=["f32", "bf16"], choices=["f32", "bf16", "f16"])
    add("--where", nargs="*", default=list(C.WHERE), choices=list(C.WHERE))
    add("--lengths", nargs="*", type=int, help="only these N")
    add("--channels", type=int, help="of a group of group norm (default: 8, 16 of long ones)")
    add("--odd", action="store_true", help="also lengths that no vector divides")
    add("--dynamic", action="store_true", help="kernels that learn N at run time")
    add("--threads", nargs="*", type=int, default=[1])
    add("--seconds", type=float, default=0.6, help="for each cell, about")
    add("--minutes", type=float, help="begin no cell after so many")
    add("--json", help="write the results here")
    add("--markdown", help="write the table here")
    add("--page", help="write medians and ranges over the lengths here, as on the performance page")
    add("--plot", help="draw shares of copy here, as SVG or PNG; needs matplotlib")
    add("--results", help="measure nothing: the table and the plot of a JSON that was written before")
    options = parser.parse_args()
    if options.results:
        with open(options.results) as file:
            return write(json.load(file), options)

    bench = Bench(options)
    results = []
    cells = [c for c in C.all_cells(options.ops, options.dtypes, options.where, options.odd, options.channels)
             if not options.lengths or c.N in options.lengths]
    begin = time.monotonic()
    for k, cell in enumerate(cells):
        if options.minutes and time.monotonic() - begin > 60 * options.minutes:
            print(f"stopped after {options.minutes:g} minutes: {len(cells) - k} of {len(cells)} cells were not measured")
            break
        results.append(bench.run(cell))
        print(f"{k + 1:4}/{len(cells)} {report.line(results[-1])}", flush=True)
    commit = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty"], capture_output=True, text=True).stdout.strip()
    flags = "no flags" if len(sys.argv) == 1 else " ".join(os.path.basename(a) if "/" in a else a for a in sys.argv[1:])
    data = {"date": time.strftime("%Y-%m-%d"), "machine": report.machine(), "commit": commit,
            "command": f"tools/bench/bench.py {flags}", "results": results}
    if options.json:
        with open(options.json, "w") as file:
            file.write(report.as_json(data))
    write(data, options)


def write(data, options):
    print("\n".join(report.summary(data)))
    if options.markdown:
        with open(options.markdown, "w") as file:
            file.write(report.markdown(data))
    if options.page:
        with open(options.page, "w") as file:
            file.write(report.aggregate(data))
    if options.plot:
        report.plot(data, options.plot)


if __name__ == "__main__":
    main()
