# REQUIRES: numpy
# RUN: rm -rf %t && mkdir %t && %python %s %cc %source %t
#
# Another compiler takes only the normalizations: what --outline=calls leaves goes through upstream's passes alone, and its
# calls get to the kernels through a few lines of C. The results have the bits of the whole function compiled by normc.

import ctypes
import json
import os
import re
import subprocess
import sys

cc, source, folder = sys.argv[1:]
here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs")
sys.path.insert(0, here)
import numpy as np

from raising import BUFFERIZE, LIBRARY, LOWER

UPSTREAM = BUFFERIZE + LOWER[LOWER.index("--norm-decompose") + 1:]


def run(*command, text=None):
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, input=text)
    if ran.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{ran.stdout}{ran.stderr}")
    return ran.stdout


def descriptor(rank):
    return f"struct {{ void *allocated, *aligned; int64_t offset, sizes[{rank}], strides[{rank}]; }}"


def bridge(kernel):
    """A call of a declaration with `norm_kernel`, as upstream lowers it, as a call of the kernel. Contiguous f32 tensors."""
    arguments = kernel["arguments"]
    assert all(argument["dtype"] == "f32" for argument in arguments)
    sizes, lines, names, given, made = {}, [], [], [], []
    for i, argument in enumerate(arguments):
        shape, rank = argument["shape"], len(argument["shape"])
        if argument["direction"] == "input":
            name = f"i{i}->"
            given.append(f"{descriptor(rank)} *i{i}")
            for j, size in enumerate(shape):
                sizes.setdefault(size, f"{name}sizes[{j}]")
        else:
            name = f"o->o{i}."
            made.append(f"{descriptor(rank)} o{i};")
            for j, size in reversed(list(enumerate(shape))):
                lines.append(f"{name}sizes[{j}] = {size if isinstance(size, int) else sizes[size]};")
                lines.append(f"{name}strides[{j}] = {f'{name}sizes[{j + 1}] * {name}strides[{j + 1}]' if j + 1 < rank else 1};")
            lines += [f"{name}offset = 0;", f"{name}allocated = {name}aligned = malloc(4 * {name}sizes[0] * {name}strides[0]);"]
        lines.append(f"DLTensor t{i} = {{{name}aligned, {{kDLCPU, 0}}, {rank}, {{kDLFloat, 32, 1}}, {name}sizes, {name}strides, "
                     f"4 * (uint64_t){name}offset}};")
        names.append(f"&t{i}")
    symbol = kernel["symbol"]
    return (f"int32_t {symbol}(const normrt_context *, const DLTensor *const *, int32_t);\n"
            f"void _mlir_ciface_{symbol}(struct {{ {' '.join(made)} }} *o, {', '.join(given)}) {{\n  "
            + "\n  ".join(lines) + f"\n  const DLTensor *args[] = {{{', '.join(names)}}};\n"
            f"  calls += 1;\n  if ({symbol}(NULL, args, {len(names)}) != 0)\n    abort();\n}}\n")


# Upstream's exp is another one.
outlined = os.path.join(folder, "outlined.mlir")
with open(os.path.join(here, "outlined.mlir"), encoding="utf-8") as file:
    text = file.read()
assert "linalg.exp" in text
with open(outlined, "w", encoding="utf-8") as file:
    file.write(text.replace("linalg.exp", "linalg.abs"))
run("normc", outlined, "-o", "whole.so", "--manifest=whole.json")
run("normc", outlined, "--outline=calls", "--rest=rest.mlir", "-o", "norms.o", "--manifest=norms.json")
with open(os.path.join(folder, "rest.mlir"), encoding="utf-8") as file:
    rest = file.read()
# Each function, and each declaration of a kernel, has upstream's interface for C.
rest = re.sub(r"(func\.func private @\w+\(.*\) -> .*attributes \{)", r"\1llvm.emit_c_interface, ", rest)
rest = re.sub(r"(func\.func @\w+\(.*\) -> .*?) \{\n", r"\1 attributes {llvm.emit_c_interface} {\n", rest)
lowered = run("mlir-opt", "-", *UPSTREAM, text=rest)
run("llc", "-O1", "--relocation-model=pic", "--filetype=obj", "-o", "rest.o", text=run("mlir-translate", "--mlir-to-llvmir", text=lowered))
with open(os.path.join(folder, "norms.json"), encoding="utf-8") as file:
    kernels = json.load(file)["kernels"]
with open(os.path.join(folder, "bridge.c"), "w", encoding="utf-8") as file:
    file.write('#include "normc-c/Runtime.h"\n' + LIBRARY + "int calls;\n" + "".join(bridge(kernel) for kernel in kernels))
run(cc, "-O1", "-w", "-fPIC", "-shared", "-I", os.path.join(source, "include"), "bridge.c", "rest.o", "norms.o", "-lm", "-o", "rest.so")
library = ctypes.CDLL(os.path.join(folder, "rest.so"))

rng = np.random.default_rng(3)
# A function's arguments, how many results it has, and how many normalizations it calls.
CASES = {"decoder": ([(5, 64), (64,), (64, 96), (96, 64)], [2, 2], 2),
         "block": ([(2, 8, 6, 6), (4, 8, 3, 3), (4,), (4,), (4,), (4,), (3, 4, 3, 3)], [4], 1),
         "tokens": ([(2, 7, 32), (32, 40)], [2], 2)}
failures = 0
for name, (shapes, ranks, count) in CASES.items():
    inputs = [rng.standard_normal(shape).astype(np.float32) for shape in shapes]
    for i, x in enumerate(inputs):
        np.save(os.path.join(folder, f"{i}.npy"), x)
    run("norm-run", "whole.so", f"--kernel={name}", *[f"--input={i}.npy" for i in range(len(inputs))],
        *[f"--output=out{i}.npy" for i in range(len(ranks))])
    given = [(ctypes.c_int64 * (3 + 2 * x.ndim))(x.ctypes.data, x.ctypes.data, 0, *x.shape, *(s // 4 for s in x.strides))
             for x in inputs]
    results = (ctypes.c_int64 * sum(3 + 2 * rank for rank in ranks))()
    made = ctypes.c_int.in_dll(library, "calls")
    made.value = 0
    getattr(library, "_mlir_ciface_" + name)(results, *given)
    if made.value != count:
        failures += 1
        print(f"{name}: expects {count} calls of kernels, but got {made.value}")
    place = 0
    for i, rank in enumerate(ranks):
        _, aligned, offset, *sizes = results[place:place + 3 + rank]
        place += 3 + 2 * rank
        got = np.ctypeslib.as_array(ctypes.cast(aligned + 4 * offset, ctypes.POINTER(ctypes.c_float)), sizes)
        expected = np.load(os.path.join(folder, f"out{i}.npy"))
        if got.shape != expected.shape or (got.view(np.int32) != expected.view(np.int32)).any():
            failures += 1
            print(f"{name}: result {i} has other bits, up to {abs(got - expected).max()} away")
sys.exit(failures != 0)
