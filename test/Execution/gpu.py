# REQUIRES: numpy
# RUN: env NORMTEST_DEVICE=ptxsim %python %s
# RUN: env NORMTEST_DEVICE=ptxsim NORMTEST_CHIP=sm_75 %python %s
#
# Kernels for a GPU, run by the PTX interpreter: every kind of kernel and type over numbers of rows and lengths around
# what a thread, a warp, a block and several blocks take, with blocks and warps in several orders, against the formulas.
# And bit for bit against the plain road of this machine with the same orders of sums. With --full, or on a GPU
# (NORMTEST_DEVICE=cuda), everything of everything; else a part that changes from length to length.

import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "Inputs"))
import numpy as np

import device
import normtest as nt
from programs import Channels, Rows, RowsBackward, compile_all

FULL = "--full" in sys.argv or device.KIND == "cuda"
OLD = device.CHIP == "sm_75"
rng = np.random.default_rng(41)
PLAIN = "norm-reference-pipeline=isa=nvptx has-fma"
ORDERS = ["forward", "reverse", "random", "skewed"]
TYPES = ("f32", "bf16", "f16", "f64", "f8E4M3FN")

rows = []
for dtype in TYPES if not OLD else ("bf16", "f8E4M3FN"):
    param = "f64" if dtype == "f64" else "f32" if dtype in ("f16", "f8E4M3FN") else dtype
    rows += [Rows(kind="layer", dtype=dtype, param=param, bias=True, saved="rstd"),
             Rows(kind="rms", dtype=dtype, param=param),
             RowsBackward(kind="layer", dtype=dtype, param=param, gradients=("input", "scale", "bias")),
             RowsBackward(kind="rms", dtype=dtype, param=param, stats=None)]
rows += [Rows(kind="rms", dtype="bf16", param="bf16", residual="rounded", keep_sum=True, saved="rstd"),
         Rows(kind="rms", dtype="f8E5M2", param="f8E5M2", residual="rounded", keep_sum=True),
         Rows(kind="rms", dtype="f32", gate="after")] if not OLD else []
# Rows and their lengths; a short list for what takes longest to interpret.
SIZES = [(1, 1), (3, 3), (5, 8), (9, 64), (4, 127), (33, 128), (6, 1000), (3, 1024), (2, 2049), (5, 4096), (2, 8192),
         (1, 16384), (2, 16385), (1, 65536), (1, 131072)]

channels = []
for dtype in TYPES if not OLD else ("bf16",):
    param = "f64" if dtype == "f64" else "f32"
    for last in (False, True):
        channels += [Channels(kind="inference", dtype=dtype, param=param, last=last),
                     Channels(kind="batch", dtype=dtype, param=param, last=last, saved="rstd",
                              running=(0.1, "batch", "unbiased") if dtype == "f32" else None),
                     Channels(kind="instance", dtype=dtype, param=param, last=last),
                     Channels(kind="group", dtype=dtype, param=param, last=last, saved="rstd")]
    for kind in ("inference", "batch", "instance", "group"):
        for last in (False, True):
            # Every gradient of group norm, and batch norm's with channels last, is several operations, see norm-fission.
            channels += [Channels(kind=kind, dtype=dtype, param=param, last=last, backward=True, saved=saved)
                         for saved in ((None, "rstd") if dtype != "f64" or kind == "group" else ("rstd",))
                         if kind != "inference" or saved is None]
PICTURES = [(2, 8, 1, 1), (1, 8, 3, 5), (2, 16, 7, 7), (3, 64, 8, 8), (1, 24, 28, 28)]


def compile_both(programs):
    """The kernels, and the same by plain loops of this machine."""
    lib = compile_all(programs)
    return lib, nt.Lowered("".join(p.text(f"p{i}") for i, p in enumerate(programs)), lib, PLAIN)


def compare(label, program, kernel, plain, shape):
    inputs = program.inputs(rng, shape, mean=0.5)
    outputs = kernel(*inputs.values())
    program.check(label, outputs, shape, inputs)
    again = plain(*inputs.values())
    outputs, again = [x if isinstance(x, list) else [x] for x in (outputs, again)]
    for i, (a, b) in enumerate(zip(outputs, again)):
        nt.same_bits(f"{label} {program!r} output {i} of {shape}, GPU and plain road", a, b)


lib, plain = compile_both(rows)
number = 0
for i, program in enumerate(rows):
    backward = isinstance(program, RowsBackward)
    for j, (r, n) in enumerate(SIZES):
        # Backward recomputes what the plain road has no time for.
        if not FULL and ((i + j) % 2 and n > 2048 or n > 20000 and (backward or program.dtype == "f64")):
            continue
        for name in ORDERS if FULL else [ORDERS[number % 4]]:
            lib.device.order(name)
            compare(f"p{i}", program, lib[f"p{i}"], plain[f"p{i}"], (r if not backward else 3 * r, n))
        number += 1

lib, plain = compile_both(channels)
for i, program in enumerate(channels):
    for j, shape in enumerate(PICTURES):
        if not FULL and (i + j) % 2:
            continue
        for name in ORDERS if FULL else [ORDERS[number % 4]]:
            lib.device.order(name)
            compare(f"c{i}", program, lib[f"p{i}"], plain[f"p{i}"], shape)
        number += 1

# Positions and random bits, whose elements threads have in vectors.
POSITIONS = """
func.func @positions(%x: tensor<?x?xf32>, %seed: tensor<i64>, %offset: tensor<i64>) -> tensor<?x?xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = tensor.dim %x, %c0 : tensor<?x?xf32>
  %columns = tensor.dim %x, %c1 : tensor<?x?xf32>
  %init = tensor.empty(%rows, %columns) : tensor<?x?xf32>
  %y = norm.generic iter(r = %rows, c = %columns) reduce [c]
      ins(%x(r, c) : tensor<?x?xf32>, %seed() : tensor<i64>, %offset() : tensor<i64>) outs(%init(r, c) : tensor<?x?xf32>) {
  ^bb0(%xf: !norm.field<f32, [c]>, %s: i64, %o: i64):
    %kept = norm.map (%a = %xf : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %row = norm.index r
      %column = norm.index c
      %bits = norm.random (%s, %o) at (%row, %column) : i32
      %limit = arith.constant 0 : i32
      %zero = arith.constant 0.0 : f32
      %keep = arith.cmpi slt, %bits, %limit : i32
      %0 = arith.select %keep, %a, %zero : f32
      %1 = arith.index_cast %column : index to i32
      %2 = arith.sitofp %1 : i32 to f32
      %3 = arith.addf %0, %2 : f32
      norm.yield %3 : f32
    }
    %sum = norm.reduce sum (%kept : !norm.field<f32, [c]>) over [c] : f32
    %yf = norm.map (%a = %kept : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {
      %0 = arith.divf %a, %sum : f32
      norm.yield %0 : f32
    }
    norm.yield %yf : !norm.field<f32, [c]>
  }
  return %y : tensor<?x?xf32>
}
"""
lib = nt.Library(POSITIONS)
plain = nt.Lowered(POSITIONS, lib, PLAIN)
for r, n in ((3, 5), (2, 128), (5, 1001), (2, 4096)):
    inputs = nt.encode(rng.standard_normal((r, n)) + 1, "f32"), np.array(7), np.array(2 ** 40)
    nt.same_bits(f"positions in {r} rows of {n}, GPU and plain road", lib["positions"](*inputs), plain["positions"](*inputs))

# What stays in registers is read once, what does not, twice or three times; every result is written once.
lib = compile_all([Rows(kind="layer", dtype="bf16", param="bf16", bias=True)])
for n, reads in ((64, 1), (127, 1), (1000, 1), (4096, 1), (16384, 1), (70000, 3)):
    if device.KIND != "ptxsim":
        break
    lib.device.order("forward")
    lib["p0"](*Rows(kind="layer", dtype="bf16", param="bf16", bias=True).inputs(rng, (6, n)).values())
    loaded, stored = lib.device.traffic[0], lib.device.traffic[-1]
    if loaded[0] > 1.02 * reads * loaded[2] or stored[1] != stored[2]:
        nt.fail(f"rows of {n}: {loaded[0]} of {loaded[2]} bytes read, {stored[1]} of {stored[2]} written, "
                f"expected {reads} times and once")
nt.finish()
