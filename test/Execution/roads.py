# REQUIRES: numpy
# RUN: %python %s
#
# One program has one result, whatever the road: plain loops, the host's vectors, vectors of 128 bits, and of 512 bits
# with masks, which LLVM takes apart where the host has neither. Random operations, types and shapes from a fixed seed.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import normtest as nt
import programs as P

rng = np.random.default_rng(12)
PIPELINES = {"128 bits": "norm-cpu-pipeline=vector-bits=128 registers=32",
             "512 bits, masks": "norm-cpu-pipeline=vector-bits=512 registers=32 mask-bits=8"}
PROGRAMS = 24


def size():
    return int(rng.choice([1, 2, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 100, 127, 130]))


programs = [P.KINDS[i % len(P.KINDS)].random_program(rng) for i in range(PROGRAMS)]
# Beyond a segment, with a few elements left over.
long = [P.Rows(kind="layer", bias=True, saved="rstd"), P.Rows(kind="rms", dtype="bf16", param="bf16")]
# Sizes that are known: what is left behind the last chunk is too.
static = [(P.Rows(kind="layer", bias=True, saved="rstd"), (1, 2, 7, 9, 64, 65, 200, 8200)),
          (P.Rows(kind="rms", dtype="bf16", param="bf16"), (3, 70, 1000)),
          (P.Rows(dtype="bf16", residual="rounded"), (2, 64, 100, 1000)),
          (P.Rows(kind="layer", dtype="bf16", param="f32", saved="rstd"), (20, 64, 100, 130, 600)),
          (P.RowsBackward(kind="layer", gradients=("input", "scale", "bias")), (1, 9, 65, 4100)),
          (P.Rows(kind="layer", dtype="f8E4M3FN", param="bf16", bias=True), (20, 64, 130, 1000, 4099)),
          (P.Rows(dtype="f8E5M2", param="f8E5M2", residual="rounded"), (65, 768)),
          (P.RowsBackward(kind="layer", dtype="f8E5M2", gradients=("input", "scale", "bias")), (65, 1000)),
          (P.Channels(kind="group", last=True, groups=4, dtype="f8E4M3FN", saved="rstd"), ((2, 16, 3, 3), (1, 256, 9, 9))),
          (P.Channels(kind="batch", dtype="f8E5M2", saved="rstd"), ((2, 3, 7, 7), (3, 5, 3, 16))),
          # Rows in a pipeline, with a field that is kept; rows by columns.
          (P.Rows(dtype="bf16", residual="rounded"), (768, 4099)),
          (P.Rows(kind="layer", dtype="bf16", residual="rounded", bias=True), (20, 768, 8300)),
          # Even elements first, beside parameters that are wider.
          (P.RowsBackward(kind="layer", dtype="bf16", gradients=("input", "scale", "bias")), (64, 100, 1000)),
          (P.Channels(kind="batch", saved="rstd"), ((2, 3, 2, 2), (3, 5, 3, 16))),
          (P.Channels(kind="batch", last=True, saved="rstd"), ((2, 3, 2, 2), (2, 64, 3, 3), (2, 33, 3, 3))),
          # Several groups in a vector, in one segment and in two, in blocks of vectors, and not.
          (P.Channels(kind="group", last=True), ((2, 32, 3, 3), (2, 6, 3, 3))),
          (P.Channels(kind="group", last=True, groups=8, saved="rstd"), ((3, 64, 17, 17), (2, 128, 3, 5), (2, 16, 2, 2))),
          (P.Channels(kind="group", last=True, groups=4, dtype="bf16", param="f32", saved="rstd"),
           ((2, 16, 3, 3), (1, 256, 9, 9))),
          (P.Channels(kind="group", last=True, groups=4, backward=True), ((2, 32, 3, 3), (2, 64, 3, 3))),
          # Groups that fill no vector, in one block and in three.
          (P.Channels(kind="group", last=True, groups=32, saved="rstd"), ((2, 320, 17, 16), (2, 640, 3, 3), (1, 1280, 3, 3))),
          (P.Channels(kind="group", last=True, groups=8, dtype="bf16", param="f32", saved="rstd"),
           ((2, 24, 3, 3), (2, 40, 17, 17), (1, 8 * 33, 3, 3), (2, 480, 2, 2))),
          (P.Channels(kind="group", last=True, groups=3, saved="rstd"), ((2, 21, 3, 3), (1, 3, 2, 2))),
          (P.Channels(kind="group", last=True, groups=8, backward=True, gradients=("input",)), ((2, 80, 3, 3), (2, 88, 3, 3))),
          (P.Channels(kind="batch", last=True, dtype="bf16", param="f32", saved="rstd"), ((2, 150, 3, 3), (1500, 128, 1, 1))),
          # Runs that are no whole vectors, packed; more runs than a segment has.
          (P.Channels(kind="group", groups=4, saved="rstd"), ((2, 32, 7, 7), (2, 12, 3, 3))),
          (P.Channels(kind="batch", saved="rstd"), ((70, 3, 7, 7), (130, 2, 33, 33))),
          (P.Channels(kind="group", backward=True), ((2, 4, 3, 3), (2, 8, 4, 8))),
          (P.Channels(kind="inference"), ((2, 3, 5, 5), (1, 1, 1, 1)))]
static = [(program, shape if isinstance(shape, tuple) else (19, shape)) for program, shapes in static for shape in shapes]
text = "".join(program.text(f"p{i}") for i, program in enumerate(programs + long))
text += "".join(program.text(f"s{i}", shape) for i, (program, shape) in enumerate(static))
fast = nt.Library(text)
roads = {"plain loops": nt.Library(text, flags=["--reference"])}
# exp and its kind are written with fused operations where the host has them.
target = fast.manifest["target"]
fused = " has-fma" if "+fma" in target["features"].split(",") or target["triple"].startswith("aarch64") else ""
roads.update((name, nt.Lowered(text, fast, pipeline + fused)) for name, pipeline in PIPELINES.items())



def call(library, name, values):
    """What a kernel gives: results, or the error it returns."""
    try:
        results = library[name](*values.values())
    except nt.KernelError as error:
        return str(error)
    return results if isinstance(results, list) else [results]


def compare(name, program, shape):
    values = program.inputs(rng, shape, mean=float(rng.choice([0, 1, 50])))
    want = call(fast, name, values)
    for road, library in roads.items():
        got = call(library, name, values)
        if isinstance(want, str) or isinstance(got, str):
            if not isinstance(want, str) or want != got:
                nt.fail(f"{program!r} {list(shape)}: {road} and the host's vectors do not return the same error: "
                        f"{got if isinstance(got, str) else 'none'}; {want if isinstance(want, str) else 'none'}")
            continue
        for k, (a, b) in enumerate(zip(want, got)):
            nt.same_bits(f"{program!r} {list(shape)} output {k}, {road}", a, b)


for i, program in enumerate(programs + long):
    shapes = [(5, n) for n in (4095, 4096, 4099, 9000)]
    if program not in long:
        shapes = [program.random_shape(rng, size) for _ in range(4)]
    for shape in shapes:
        if program.accepts(shape) and np.prod(shape, dtype=float) <= 2**18:
            compare(f"p{i}", program, shape)
for i, (program, shape) in enumerate(static):
    compare(f"s{i}", program, shape)
nt.finish()
