# REQUIRES: numpy
# RUN: rm -rf %t && mkdir %t && cd %t && %python %s
#
# Normalizations of what is one number for all elements of a group, and backward of such a gradient, as that of a mean is: no
# vector is read there, but sums are in lanes all the same. Every kernel is compared with its oracle, on the CPU with short
# and long vectors, and on the interpreter.

import itertools
import subprocess
import sys

SHAPES = {  # of rows, and of channels first and last
    "rows": [(4, 64), (5, 3), (5, 1000), (40, 16), (2, 20000)],
    "channels_first": [(2, 6, 5, 7), (3, 4, 1, 64)],
    "channels_last": [(2, 5, 7, 6), (3, 1, 33, 64)],
}


def tensor(shape, dtype):
    return f"tensor<{''.join(f'{size}x' for size in shape)}{dtype}>"


def make(name, type, of=None, of_type=None, dims=(), rank=0):
    """Lines that make `name` of one number, or of those that `of` has along `dims`."""
    dtype = type.split("x")[-1][:-1]
    all_dims = ", ".join(f"d{i}" for i in range(rank))
    maps = f"affine_map<({all_dims}) -> ({all_dims})>"
    if of:
        maps = f"affine_map<({all_dims}) -> ({', '.join(f'd{i}' for i in dims)})>, {maps}"
    kinds = ", ".join(['"parallel"'] * rank)
    return f"""  %{name}0 = tensor.empty() : {type}
  %{name} = linalg.generic {{indexing_maps = [{maps}], iterator_types = [{kinds}]}}
      {f"ins(%{of} : {of_type}) " if of else ""}outs(%{name}0 : {type}) {{
  ^bb0({f"%a: {dtype}, " if of else ""}%b: {dtype}):
    %half = arith.constant 0.37 : {dtype}
    %0 = {"arith.mulf %a, %half" if of else "math.absf %half"} : {dtype}
    linalg.yield %0 : {dtype}
  }} -> {type}
"""


def forward(kind, shape, dtype, constant):
    layout = {"layer": "axes = [1]", "rms": "axes = [1]"}.get(kind[0], f"layout = {kind[1]}")
    channel = 1 if kind[1] == "channels_first" else len(shape) - 1
    dims = [channel] if kind[0] == "batch" else [0]
    groups = " groups = 2" if kind[0] == "group" else ""
    given, type = tensor([shape[d] for d in dims], dtype), tensor(shape, dtype)
    source = (make("x", type, rank=len(shape)) if constant else make("x", type, "r", given, dims, len(shape)))
    return f"""func.func @f(%r: {given}, %y0: {type}) -> {type} {{
{source}  %y = norm.{kind[0]}_norm %x{groups} {layout} eps = 1.0e-5 outs(%y0 : {type}) : {type}
  return %y : {type}
}}
"""


def backward(kind, shape, dtype):
    type, channels = tensor(shape, dtype), shape[1] if kind[1] == "channels_first" else shape[-1]
    weight = tensor([channels], "f32")
    stats = tensor({"batch": [channels], "group": [shape[0], 2]}.get(kind[0], shape[:1]), "f32")
    layout = {"layer": "axes = [1]", "rms": "axes = [1]", "batch": f"layout = {kind[1]}"}.get(
        kind[0], f"groups = 2 layout = {kind[1]}")
    one = kind[0] == "rms"
    given = f"stats(%s : {stats})" if one else f"stats(%m, %s : {stats}, {stats})"
    gradients = "input, scale" if one else "input, scale, bias"
    types = ", ".join([type, weight] + [weight] * (not one))
    results = "%dx, %dw" if one else "%dx, %dw, %db"
    mean = "" if one else f"%m: {stats}, "
    return f"""func.func @f(%x: {type}, {mean}%s: {stats}, %w: {weight}) -> ({types}) {{
{make("dy", type, rank=len(shape))}  %x0 = tensor.empty() : {type}
  %w0 = tensor.empty() : {weight}
  {results} = norm.{kind[0]}_norm_backward %dy, %x {given} scale(%w : {weight})
      {layout} gradients = [{gradients}] outs(%x0, {"%w0" if one else "%w0, %w0"} : {types}) : {type}, {type}
  return {results} : {types}
}}
"""


failures = 0
ROWS = [("layer", "rows"), ("rms", "rows")]
CHANNELS = list(itertools.product(("batch", "group", "instance"), ("channels_first", "channels_last")))
programs = []
for kind in ROWS + CHANNELS:
    for shape in SHAPES[kind[1]]:
        first = shape == SHAPES[kind[1]][0]
        for dtype, constant in (("bf16", False), ("f32", True)):
            programs.append((f"{kind[0]} norm, {shape}, {dtype}, {'a constant' if constant else 'values of groups'}",
                             forward(kind, shape, dtype, constant), first))
        if kind[0] != "instance":
            programs.append((f"backward of {kind[0]} norm, {shape}", backward(kind, shape, "bf16" if first else "f32"), first))
for name, text, interpreted in programs:
    with open("f.mlir", "w", encoding="utf-8") as file:
        file.write(text)
    for target, device in [("x86-64-v2", "cpu"), ("host", "cpu")] + [("sm_90", "ptxsim")] * interpreted:
        commands = [["normc", "f.mlir", f"--target={target}", "-o", "f.so", "--manifest=f.json"],
                    ["norm-run", "f.so", f"--device={device}", "--check"]]
        for command in commands:
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode != 0:
                failures += 1
                print(f"{name}, for {target}: {' '.join(command)}\n{(done.stdout + done.stderr)[-2000:]}\n{text}")
                break
print(f"{len(programs)} programs, {failures} failures")
sys.exit(failures != 0)
