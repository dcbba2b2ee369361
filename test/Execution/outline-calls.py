# REQUIRES: numpy
# RUN: rm -rf %t && mkdir %t && %python %s %cc %source %t
#
# Another compiler takes only the normalizations: what --outline=calls leaves goes through upstream's passes alone, and its
# calls get to the kernels through a few lines of C. The results have the bits of the whole function compiled by normc, and
# those of loops and branches the bits of what they run, one after the other.

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

# What a loop carries on, it allocates.
UPSTREAM = [flag.replace("=bufferize-", "=allow-return-allocs-from-loops bufferize-") for flag in BUFFERIZE] + LOWER[LOWER.index("--norm-decompose") + 1:]


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


def straight(steps, flag):
    """What the function of outlined-control.mlir runs with these inputs."""
    t, w = "tensor<5x64xf32>", "scale(%w : tensor<64xf32>) axes = [1] eps = 1.0e-5"
    lines, last = [], "%x"

    def norm(op, value):
        lines.append(f"%v{len(lines)} = norm.{op} {value} {w} outs(%e : {t}) : {t}")
        return f"%v{len(lines) - 1}"

    def matmul(value):
        lines.append(f"%v{len(lines)} = linalg.matmul ins({value}, %m : {t}, tensor<64x64xf32>) outs(%f : {t}) -> {t}")
        return f"%v{len(lines) - 1}"

    for _ in range(steps):
        last = matmul(norm("rms_norm", last))
    chosen = norm("layer_norm", last) if flag else norm("rms_norm", matmul(last))
    result = last if steps else "%copy"
    return (f"func.func @control_{steps}_{flag}(%x: {t}, %w: tensor<64xf32>, %m: tensor<64x64xf32>) -> ({t}, {t}) {{\n"
            f"%zero = arith.constant 0.0 : f32\n%e = tensor.empty() : {t}\n"
            f"%f = linalg.fill ins(%zero : f32) outs(%e : {t}) -> {t}\n"
            f"%copy = linalg.copy ins(%x : {t}) outs(%e : {t}) -> {t}\n"
            + "\n".join(lines) + f"\nreturn {chosen}, {result} : {t}, {t}\n}}\n")


# Upstream's exp is another one.
outlined = os.path.join(folder, "outlined.mlir")
with open(os.path.join(here, "outlined.mlir"), encoding="utf-8") as file:
    text = file.read()
assert "linalg.exp" in text
text = text.replace("linalg.exp", "linalg.abs")
CONTROL = [(steps, flag) for steps in (0, 1, 3) for flag in (0, 1)]
with open(os.path.join(folder, "whole.mlir"), "w", encoding="utf-8") as file:
    file.write(text + "".join(straight(steps, flag) for steps, flag in CONTROL))
with open(os.path.join(here, "outlined-control.mlir"), encoding="utf-8") as file:
    text += file.read()
with open(outlined, "w", encoding="utf-8") as file:
    file.write(text)
run("normc", "whole.mlir", "-o", "whole.so", "--manifest=whole.json")
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
# A function's arguments, the ranks of its results, and how many normalizations it calls.
CASES = {"decoder": ([(5, 64), (64,), (64, 96), (96, 64)], [2, 2], 2),
         "block": ([(2, 8, 6, 6), (4, 8, 3, 3), (4,), (4,), (4,), (4,), (3, 4, 3, 3)], [4], 1),
         "tokens": ([(2, 7, 32), (32, 40)], [2], 2)}
CASES = [(name, name, shapes, [], ranks, count) for name, (shapes, ranks, count) in CASES.items()]
# The function, the kernel of the whole, and what the function has besides.
CASES += [("control", f"control_{steps}_{flag}", [(5, 64), (64,), (64, 64)],
           [np.array([steps], np.int32), np.array([flag], bool)], [2, 2], steps + 1) for steps, flag in CONTROL]
failures = 0
for name, kernel, shapes, besides, ranks, count in CASES:
    inputs = [rng.standard_normal(shape).astype(np.float32) for shape in shapes]
    for i, x in enumerate(inputs):
        np.save(os.path.join(folder, f"{i}.npy"), x)
    run("norm-run", "whole.so", f"--kernel={kernel}", *[f"--input={i}.npy" for i in range(len(inputs))],
        *[f"--output=out{i}.npy" for i in range(len(ranks))])
    given = [(ctypes.c_int64 * (3 + 2 * x.ndim))(x.ctypes.data, x.ctypes.data, 0, *x.shape, *(s // x.itemsize for s in x.strides))
             for x in inputs + besides]
    results = (ctypes.c_int64 * sum(3 + 2 * rank for rank in ranks))()
    made = ctypes.c_int.in_dll(library, "calls")
    made.value = 0
    getattr(library, "_mlir_ciface_" + name)(results, *given)
    if made.value != count:
        failures += 1
        print(f"{kernel}: expects {count} calls of kernels, but got {made.value}")
    place = 0
    for i, rank in enumerate(ranks):
        _, aligned, offset, *sizes = results[place:place + 3 + rank]
        place += 3 + 2 * rank
        got = np.ctypeslib.as_array(ctypes.cast(aligned + 4 * offset, ctypes.POINTER(ctypes.c_float)), sizes)
        expected = np.load(os.path.join(folder, f"out{i}.npy"))
        if got.shape != expected.shape or (got.view(np.int32) != expected.view(np.int32)).any():
            failures += 1
            print(f"{kernel}: result {i} has other bits, up to {abs(got - expected).max()} away")
sys.exit(failures != 0)
