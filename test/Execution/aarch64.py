# REQUIRES: numpy, qemu-aarch64, x86-64, avx2
# RUN: env AARCH64_CC=%aarch64_cc QEMU_AARCH64="%qemu_aarch64" %python %s
# RUN: env AARCH64_CC=%aarch64_cc QEMU_AARCH64="%qemu_aarch64" %python %S/cases.py --aarch64
#
# Kernels for aarch64 in qemu: every named operation in four types, and the programs of Cases, on small and odd shapes,
# against the formulas with the bounds of this machine, and bit for bit against the kernels of this machine. Error codes
# too.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import cross
import normtest as nt
from programs import Channels, Rows, RowsBackward

rng = np.random.default_rng(12)

programs, compared = [], []
for i, dtype in enumerate(("f32", "f64", "f16", "bf16")):
    param = "f64" if dtype == "f64" else "f32"
    programs.append(Rows(kind="layer", dtype=dtype, param=param, bias=True, saved="rstd"))
    programs.append(Rows(kind="rms", dtype=dtype, param=dtype, rounding="normalized", residual="rounded", keep_sum=True,
                         offset=1.0, saved="rstd"))
    programs.append(RowsBackward(kind="layer", dtype=dtype, param=param, gradients=("input", "scale", "bias")))
    programs.append(RowsBackward(kind="rms", dtype=dtype, param=dtype, stats=None, dsum=True))
    # Every type has both layouts, and every kind too; all combinations would take minutes to compile.
    for j, kind in enumerate(("batch", "inference", "instance", "group")):
        how = dict(kind=kind, dtype=dtype, param=param, saved=None if kind == "inference" else "rstd")
        running = (0.1, "torch", "unbiased") if kind == "batch" else None
        programs.append(Channels(**how, last=(i + j) % 2 == 0, running=running))
        programs.append(Channels(**how, last=(i + j) % 2 == 1, backward=True))
    compared += [p for j, p in enumerate(programs[-12:]) if (i + j) % 2 == 0]
programs.append(Rows(kind="layer", dtype="f8E4M3FN", bias=True, saved="rstd"))
programs.append(Rows(kind="rms", dtype="f8E5M2", param="f8E5M2", residual="rounded", keep_sum=True))
programs.append(Rows(kind="rms", gate="after", groups=3, saved="rstd"))
programs.append(Rows(kind="rms", inplace=True, layout="any", rank=3, axes=2))
compared += programs[-4:]

texts = {id(program): program.text(f"p{i}") for i, program in enumerate(programs)}
# Half of them are compiled for this machine too: every kind in two types, every type with every layout.
lib = cross.Library("".join(texts.values()), "".join(texts[id(program)] for program in compared))
for i, program in enumerate(programs):
    kernel = lib[f"p{i}"]
    shapes = [(1, 4, 3, 1), (3, 6, 5, 7)]
    if not isinstance(program, Channels):
        shapes = [(1, 1), (5, 17), (70, 129)]
        shapes = [(*s[:-1], *[2] * (program.rank - 2), s[-1] * program.groups) for s in shapes]
    for j, shape in enumerate(shapes):
        values = program.inputs(rng, shape, mean=(0, 2)[j % 2])
        program.check(f"{type(program).__name__}-{program.kind}", kernel(*values.values()), shape, values)

# ---- Strides and places ----
i, program = next((i, p) for i, p in enumerate(programs) if isinstance(p, Rows) and p.inplace)
values = program.inputs(rng, (3, 5, 7))
for strides in ((1, 3, 15), (70, 14, 2), (-35, -7, -1)):
    tensors = lib[f"p{i}"].tensors(*values.values(), strides={0: strides}, byte_offset={0: 64})
    tensors[2] = tensors[0]
    program.check("in-place", lib[f"p{i}"].run(tensors)[0].array, (3, 5, 7), values)

# ---- Errors ----
program, kernel = programs[0], lib["p0"]


def tensors(shape=(3, 8)):
    return kernel.tensors(*program.inputs(rng, shape).values())


nt.expect_error(kernel, tensors()[:-1], "NUM_ARGS")
nt.expect_error(kernel, [tensors()[0], None, *tensors()[2:]], "NULL_ARG", 1)
nt.expect_error(kernel, [nt.Tensor((3, 8), "bf16"), *tensors()[1:]], "DTYPE", 0)
nt.expect_error(kernel, [nt.Tensor((3, 8, 1), "f32"), *tensors()[1:]], "RANK", 0)
nt.expect_error(kernel, [tensors()[0], nt.Tensor((9,), "f32"), *tensors()[2:]], "SIZE_MISMATCH", 1)
nt.expect_error(kernel, [nt.Tensor((3, 8), "f32", strides=(16, 2)), *tensors()[1:]], "STRIDE", 0)
nt.expect_error(kernel, [nt.Tensor((3, 0), "f32"), nt.Tensor((0,), "f32"), nt.Tensor((0,), "f32"),
                         nt.Tensor((3, 0), "f32"), *tensors()[4:]], "EMPTY_GROUP")
overlapping = tensors()
overlapping[3] = overlapping[0]
nt.expect_error(kernel, overlapping, "OVERLAP")
for i, program in enumerate(programs):
    if isinstance(program, Channels) and program.running and program.running[2] == "unbiased":
        one = lib[f"p{i}"].tensors(*program.inputs(rng, (1, 4, 1, 1)).values())
        nt.expect_error(lib[f"p{i}"], one, "GROUP_TOO_SMALL")

print(f"{len(programs)} kernels, {cross.calls} calls, {cross.compared} compared with this machine's")
nt.finish()
