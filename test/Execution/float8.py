# REQUIRES: numpy
# RUN: %python %s
# RUN: env NORMTEST_DEVICE=ptxsim %python %s
# RUN: env NORMTEST_DEVICE=ptxsim NORMTEST_CHIP=sm_75 %python %s
#
# 8-bit floats: conversions from every code, and to them around every number and every tie, with and without a GPU's
# instructions; results that are quantized, to integers too, with a scale that is given and with one of each row, bit for
# bit those of plain loops; tensors of another 8-bit type are an error.

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import numpy as np

import bounds
import device
import formulas as F
import normtest as nt
from bounds import LD, Arith, Value

rng = np.random.default_rng(31)
A = Arith("f32")
TYPES = ("f8E4M3FN", "f8E5M2")
GPU = device.KIND != "cpu"

# ---- Conversions ----


def conversion(name, source, target):
    op = "extf" if nt.storage(source).itemsize < nt.storage(target).itemsize else "truncf"
    return f"""
func.func @{name}(%x: tensor<?x{source}>) -> tensor<?x{target}> {{
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x{source}>
  %y0 = tensor.empty(%n) : tensor<?x{target}>
  %y = norm.generic iter(c = %n) reduce [] ins(%x(c) : tensor<?x{source}>) outs(%y0(c) : tensor<?x{target}>) {{
  ^bb0(%a: {source}):
    %0 = arith.{op} %a : {source} to {target}
    norm.yield %0 : {target}
  }}
  return %y : tensor<?x{target}>
}}
"""


def hard(narrow, wide):
    """Numbers of type `wide` around all numbers of type `narrow` and all ties, and what there is beside numbers."""
    numbers = nt.decode(np.arange(128, dtype=np.uint8), narrow)
    numbers = numbers[np.isfinite(numbers)]
    numbers = np.append(numbers, 2 * numbers[-1] - numbers[-2])
    x = np.concatenate([numbers, (numbers[1:] + numbers[:-1]) / 2])
    x = np.concatenate([x * (1 + LD(2) ** -k * s) for k in (7, 10, 23, 26, 52) for s in (-1, 0, 1)])
    largest = bounds.FORMATS[wide][2]
    x = np.concatenate([x, LD(2.0) ** np.arange(-30.0, 30), [largest, 1e9, 1e-30, LD(2) ** -149, np.inf, np.nan]])
    x = np.concatenate([x, -x])
    return np.concatenate([x, rng.standard_normal(999) * np.exp2(rng.uniform(-20, 20, 999))])


pairs = [(f, w) for f in TYPES for w in ("f16", "bf16", "f32", "f64")]
lib = nt.Library("".join(conversion(f"extend_{f}_{w}", f, w) + conversion(f"truncate_{w}_{f}", w, f) for f, w in pairs))
for f, w in pairs:
    codes = rng.permutation(np.repeat(np.arange(256, dtype=np.uint8), 3))
    got, want = nt.decode(lib[f"extend_{f}_{w}"](codes), w), nt.decode(codes, f)
    wrong = ~((got == want) & (np.signbit(got) == np.signbit(want)) | np.isnan(got) & np.isnan(want))
    if wrong.any():
        nt.fail(f"{f} to {w}: {int(wrong.sum())} wrong, first code {codes[wrong][0]:#x}: {got[wrong][0]}")
    x = nt.encode(hard(f, w), w)
    exact = nt.decode(x, w)
    got, want = lib[f"truncate_{w}_{f}"](x), nt.encode(exact, f)
    wrong = np.where(np.isnan(exact), ~np.isnan(nt.decode(got, f)), got != want)
    if wrong.any():
        nt.fail(f"{w} to {f}: {int(wrong.sum())} of {x.size} wrong, first {exact[wrong][0]!r}: {got[wrong][0]:#x}, "
                f"expected {want[wrong][0]:#x}")

# ---- Quantized results ----

# In f8E4M3FN, what is beyond the largest number would be NaN: clamped first.
QUANTIZED = """
func.func @given_%(f)s(%%x: tensor<?x%(n)sxbf16>, %%w: tensor<%(n)sxbf16>, %%inverse: tensor<f32>) -> tensor<?x%(n)sx%(f)s> {
  %%c0 = arith.constant 0 : index
  %%c1 = arith.constant 1 : index
  %%rows = tensor.dim %%x, %%c0 : tensor<?x%(n)sxbf16>
  %%columns = tensor.dim %%x, %%c1 : tensor<?x%(n)sxbf16>
  %%q0 = tensor.empty(%(sizes)s) : tensor<?x%(n)sx%(f)s>
  %%q = norm.generic iter(r = %%rows, c = %%columns) reduce [c]
      ins(%%x(r, c) : tensor<?x%(n)sxbf16>, %%w(c) : tensor<%(n)sxbf16>, %%inverse() : tensor<f32>)
      outs(%%q0(r, c) : tensor<?x%(n)sx%(f)s>) {
  ^bb0(%%xf: !norm.field<bf16, [c]>, %%wf: !norm.field<bf16, [c]>, %%inv: f32):
    %(rms)s
    %%y = norm.map (%%a = %%xf : !norm.field<bf16, [c]>, %%g = %%wf : !norm.field<bf16, [c]>) -> !norm.field<%(f)s, [c]> {
      %%0 = arith.extf %%a : bf16 to f32
      %%1 = arith.extf %%g : bf16 to f32
      %%2 = arith.mulf %%0, %%r : f32
      %%3 = arith.mulf %%2, %%1 : f32
      %%4 = arith.mulf %%3, %%inv : f32
      %%high = arith.constant %(largest)s : f32
      %%low = arith.constant -%(largest)s : f32
      %%5 = arith.minimumf %%4, %%high : f32
      %%z = arith.maximumf %%5, %%low : f32
      %(store)s
      norm.yield %%q : %(f)s
    }
    norm.yield %%y : !norm.field<%(f)s, [c]>
  }
  return %%q : tensor<?x%(n)sx%(f)s>
}
func.func @row_%(f)s(%%x: tensor<?x%(n)sxbf16>, %%w: tensor<%(n)sxbf16>) -> (tensor<?x%(n)sx%(f)s>, tensor<?xf32>) {
  %%c0 = arith.constant 0 : index
  %%c1 = arith.constant 1 : index
  %%rows = tensor.dim %%x, %%c0 : tensor<?x%(n)sxbf16>
  %%columns = tensor.dim %%x, %%c1 : tensor<?x%(n)sxbf16>
  %%q0 = tensor.empty(%(sizes)s) : tensor<?x%(n)sx%(f)s>
  %%s0 = tensor.empty(%%rows) : tensor<?xf32>
  %%q:2 = norm.generic iter(r = %%rows, c = %%columns) reduce [c]
      ins(%%x(r, c) : tensor<?x%(n)sxbf16>, %%w(c) : tensor<%(n)sxbf16>)
      outs(%%q0(r, c) : tensor<?x%(n)sx%(f)s>, %%s0(r) : tensor<?xf32>) {
  ^bb0(%%xf: !norm.field<bf16, [c]>, %%wf: !norm.field<bf16, [c]>):
    %(rms)s
    %%y, %%abs = norm.map (%%a = %%xf : !norm.field<bf16, [c]>, %%g = %%wf : !norm.field<bf16, [c]>)
        -> !norm.field<f32, [c]>, !norm.field<f32, [c]> {
      %%0 = arith.extf %%a : bf16 to f32
      %%1 = arith.extf %%g : bf16 to f32
      %%2 = arith.mulf %%0, %%r : f32
      %%3 = arith.mulf %%2, %%1 : f32
      %%4 = math.absf %%3 : f32
      norm.yield %%3, %%4 : f32, f32
    }
    %%max = norm.reduce max (%%abs : !norm.field<f32, [c]>) over [c] order = %(order)s : f32
    %%largest = arith.constant %(largest)s : f32
    %%scale = arith.divf %%max, %%largest : f32
    %%zero = arith.constant 0.0 : f32
    %%qf = norm.map (%%a = %%y : !norm.field<f32, [c]>) -> !norm.field<%(f)s, [c]> {
      %%0 = arith.divf %%a, %%scale : f32
      %%isZero = arith.cmpf oeq, %%scale, %%zero : f32
      %%z = arith.select %%isZero, %%zero, %%0 : f32
      %(store)s
      norm.yield %%q : %(f)s
    }
    norm.yield %%qf, %%scale : !norm.field<%(f)s, [c]>, f32
  }
  return %%q#0, %%q#1 : tensor<?x%(n)sx%(f)s>, tensor<?xf32>
}
"""
RMS = """%%sq = norm.map (%%a = %%xf : !norm.field<bf16, [c]>) -> !norm.field<f32, [c]> {
      %%0 = arith.extf %%a : bf16 to f32
      %%1 = arith.mulf %%0, %%0 : f32
      norm.yield %%1 : f32
    }
    %%sum = norm.reduce sum (%%sq : !norm.field<f32, [c]>) over [c] order = %(order)s : f32
    %%n = norm.count [c] : f32
    %%ms = arith.divf %%sum, %%n : f32
    %%eps = arith.constant 1.0e-6 : f32
    %%v = arith.addf %%ms, %%eps : f32
    %%r = norm.rsqrt exact %%v : f32"""
ORDERS = ["<lanes = 64, segment = 4096, blocks = 64>"]
if GPU:
    ORDERS = ["<lanes = 256, segment = 1024, blocks = 64, unit = 8>", "<lanes = 512, segment = 1024, blocks = 64, unit = 16>"]
STORE = {"i8": "%whole = math.roundeven %z : f32\n      %q = arith.fptosi %whole : f32 to i8",
         "float": "%q = arith.truncf %z : f32 to "}
LARGEST = {"i8": 127.0} | {f: float(bounds.FORMATS[f][2]) for f in TYPES}


def module(order, n):
    sizes = "%rows, %columns" if n == "?" else "%rows"
    return "".join(QUANTIZED % dict(f=f, n=n, sizes=sizes, order=order, rms=RMS % dict(order=order),
                                    largest=f"{LARGEST[f]:e}", store=STORE.get(f, STORE["float"] + f))
                   for f in LARGEST)


def inputs(rows, n):
    x, w = nt.encode(rng.standard_normal((rows, n)), "bf16"), nt.encode(rng.standard_normal(n), "bf16")
    if rows > 1:
        x[0] = 0
    return x, w


for order in ORDERS:
    for static in (False, True):
        # Of 65, the last chunk stores a single element.
        for n in (65, 127, 1024) if static else (1, 3, 16, 127, 1000, 1024, 4096, 5000):
            if static or n == 1:
                text = module(order, n if static else "?")
                lib = nt.Library(text)
                plain = nt.Lowered(text, lib, "norm-reference-pipeline=isa=nvptx has-fma") if GPU else \
                    nt.Library(text, flags=["--reference"])
            for f in LARGEST:
                x, w = inputs(3, n)
                y = F.rms(A, nt.decode(x, "bf16"), (1,), 1e-6, nt.decode(w, "bf16")).y
                inverse = np.float32(30000 if f == "f8E5M2" else 200)
                scaled = y * LD(inverse)
                clamped = Value(A, np.clip(scaled.v, -LARGEST[f], LARGEST[f]), scaled.e)
                scale = A.max(abs(y), (1,)) / A.const(LARGEST[f])
                zero = scale.v == 0
                q = A.where(zero, 0, y / A.where(zero, 1, scale))
                if f == "i8":
                    clamped, q = A.round_int(clamped), A.round_int(q)
                limit = None if f == "i8" else 1
                results = {"given": [(clamped, f, limit)], "row": [(q, f, limit), (scale, "f32", None)]}
                for kind, expected in results.items():
                    name = f"{kind}_{f}"
                    values = (x, w, np.array(inverse)) if kind == "given" else (x, w)
                    got, again = lib[name](*values), plain[name](*values)
                    got, again = [a if isinstance(a, list) else [a] for a in (got, again)]
                    for i, (value, dtype, limit) in enumerate(expected):
                        nt.check(f"{name} output {i} of {n}", got[i], value, dtype, limit)
                        nt.same_bits(f"{name} output {i} of {n}, and by plain loops", got[i], again[i])

# ---- Another type ----
kernel = lib["row_f8E4M3FN"]
tensors = kernel.tensors(*inputs(2, 1024 if static else 8))
for other in ("f8E5M2", "i8"):
    nt.expect_error(kernel, tensors[:2] + [nt.Tensor(tensors[2].shape, other), tensors[3]], "DTYPE", 2)
nt.finish()
