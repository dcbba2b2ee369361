# REQUIRES: numpy
# RUN: rm -rf %t && mkdir %t && cd %t && %python %s
#
# What norm-fuse makes one program of computes what the programs say, where one of them says it in an unusual way, on the CPU
# and on the interpreter of GPU code. Compared with numpy: the oracle goes through the same passes.

import subprocess
import sys

import numpy as np

EPS = 1e-5
MAPS = """#id = affine_map<(r, c) -> (r, c)>
#swap = affine_map<(r, c) -> (c, r)>
#row = affine_map<(r, c) -> (r)>
#column = affine_map<(r, c) -> (c)>
"""
rng = np.random.default_rng(0)


def numbers(*shape):
    return rng.standard_normal(shape).astype(np.float32)


def rms(x, axes=-1):
    return x / np.sqrt((x * x).mean(axes, keepdims=True) + EPS)


def layer(x):
    centered = x - x.mean(-1, keepdims=True)
    return centered / np.sqrt((centered * centered).mean(-1, keepdims=True) + EPS)


def turned(x):
    first, second = np.split(x, 2, -1)
    return np.concatenate([-second, first], -1)


def generic(result, type_, ins, maps, body, init):
    """An elementwise operation: `ins` are values and their types."""
    names, types = [name for name, _ in ins], [of for _, of in ins]
    kinds = ", ".join(['"parallel"'] * 2)
    arguments = "".join(f"%b{i}: f32, " for i in range(len(ins)))
    return f"""  %{result} = linalg.generic {{indexing_maps = [{', '.join(maps)}], iterator_types = [{kinds}]}}
      ins({', '.join(names)} : {', '.join(types)}) outs(%{init} : {type_}) {{
  ^bb0({arguments}%o: f32):
    {body}
  }} -> {type_}
"""


def norm(result, operand, init, type_, name="rms_norm", axes="1"):
    return f"  %{result} = norm.{name} %{operand} axes = [{axes}] eps = 1.0e-5 outs(%{init} : {type_}) : {type_}\n"


def reduction(result, ins, types, maps, kinds, what, init, type_):
    arguments = "".join(f"%b{i}: f32, " for i in range(len(ins)))
    return f"""  %{result} = linalg.generic {{indexing_maps = [{', '.join(maps)}], iterator_types = [{kinds}]}}
      ins({', '.join(ins)} : {', '.join(types)}) outs(%{init} : {type_}) {{
  ^bb0({arguments}%o: f32):
    %0 = {what}
    linalg.yield %0 : f32
  }} -> {type_}
"""


def halves(of, rows, type_, half, size="%n"):
    return "".join(f"  %{of}{i} = tensor.extract_slice %{of}[0, {32 * i}] [{rows or size}, 32] [1, 1] : {type_} to {half}\n"
                   for i in (0, 1))


def choice(made, type_, half, init):
    """A concatenation by index, as StableHLO's are in linalg: the second half, then the first."""
    return f"""  %c32 = arith.constant 32 : index
  %{made} = linalg.generic {{indexing_maps = [#id], iterator_types = ["parallel", "parallel"]}} outs(%{init} : {type_}) {{
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %p = arith.cmpi ult, %j, %c32 : index
    %w = scf.if %p -> (f32) {{
      %v = tensor.extract %y1[%i, %j] : {half}
      scf.yield %v : f32
    }} else {{
      %jj = arith.subi %j, %c32 : index
      %v = tensor.extract %y0[%i, %jj] : {half}
      scf.yield %v : f32
    }}
    linalg.yield %w : f32
  }} -> {type_}
"""


T, H, V, R = "tensor<6x64xf32>", "tensor<6x32xf32>", "tensor<64xf32>", "tensor<6xf32>"
Q = "tensor<64x64xf32>"
EMPTY = f"  %e = tensor.empty() : {T}\n  %h = tensor.empty() : {H}\n  %r0 = tensor.empty() : {R}\n"
ZEROS = f"  %zero = arith.constant 0.0 : f32\n  %r1 = linalg.fill ins(%zero : f32) outs(%r0 : {R}) -> {R}\n"
NEGATED = "  %{1} = linalg.negf ins(%{0} : tensor<6x32xf32>) outs(%h : tensor<6x32xf32>) -> tensor<6x32xf32>\n"
x, y, w, v, k, q, p = numbers(6, 64), numbers(6, 32), numbers(64), numbers(6), numbers(), numbers(64, 64), numbers(64, 64)
z = numbers(6, 4, 64)
s = numbers(6, 64)
D, DH = "tensor<?x64xf32>", "tensor<?x32xf32>"
SIZE = f"  %c0 = arith.constant 0 : index\n  %n = tensor.dim %x, %c0 : {D}\n"
swapped = np.concatenate(np.split(rms(x.astype(np.float64)), 2, -1)[::-1], -1)

# Each: arguments, their types, results' types, the body, what is returned, the results.
CASES = {
    "a choice of larger parts": (
        [x], [T], ["tensor<4x64xf32>"],
        EMPTY + norm("y", "x", "e", T) + halves("y", 6, T, H) + "  %z0 = tensor.empty() : tensor<4x64xf32>\n"
        + choice("z", "tensor<4x64xf32>", H, "z0"), ["z"], lambda x: [swapped[:4]]),
    "a choice of some rows": (
        [x, s[:5]], [D, D], [D],
        SIZE + f"  %e = tensor.empty(%n) : {D}\n" + norm("y", "x", "e", D) + halves("y", None, D, DH)
        + f"  %m = tensor.dim %x1, %c0 : {D}\n  %z0 = tensor.empty(%m) : {D}\n"
        + choice("z", D, DH, "z0"), ["z"], lambda x, s: [swapped[:5]]),
    "a choice of all rows": (
        [x], [D], [D],
        SIZE + f"  %e = tensor.empty(%n) : {D}\n" + norm("y", "x", "e", D) + halves("y", None, D, DH)
        + choice("z", D, DH, "e"), ["z"], lambda x: [swapped]),
    "a rotation with a row's maximum": (
        [x, y], [T, H], [T, R],
        EMPTY + norm("y", "x", "e", T)
        + f"  %least = arith.constant 0xFF800000 : f32\n  %r1 = linalg.fill ins(%least : f32) outs(%r0 : {R}) -> {R}\n"
        + reduction("m", ["%y"], [T], ["#id", "#row"], '"parallel", "reduction"', "arith.maximumf %b0, %o : f32", "r1", R)
        + halves("y", 6, T, H)
        + generic("t", H, [("%y1", H), ("%x1", H), ("%m", R)], ["#id", "#id", "#row", "#id"],
                  "%0 = arith.mulf %b0, %b1 : f32\n    %1 = arith.subf %0, %b2 : f32\n    linalg.yield %1 : f32", "h")
        + f"  %z = tensor.concat dim(1) %t, %y0 : ({H}, {H}) -> {T}\n", ["z", "m"],
        lambda x, y: [np.concatenate([np.split(rms(x), 2, -1)[1] * y - rms(x).max(-1, keepdims=True),
                                      np.split(rms(x), 2, -1)[0]], -1), rms(x).max(-1)]),
    "two rotations, by other names": (
        [x], [T], [T, T],
        EMPTY + norm("y", "x", "e", T) + halves("y", 6, T, H) + NEGATED.format("y1", "yn")
        + f"  %yr = tensor.concat dim(1) %yn, %y0 : ({H}, {H}) -> {T}\n"
        + f"  %s = tensor.expand_shape %x [[0], [1, 2]] output_shape [6, 2, 32] : {T} into tensor<6x2x32xf32>\n"
        + "  %l0 = tensor.empty() : tensor<6x2x32xf32>\n" + norm("l", "s", "l0", "tensor<6x2x32xf32>", "layer_norm", "1, 2")
        + f"  %z = tensor.collapse_shape %l [[0], [1, 2]] : tensor<6x2x32xf32> into {T}\n"
        + halves("z", 6, T, H) + NEGATED.format("z1", "zn")
        + f"  %zr = tensor.concat dim(1) %zn, %z0 : ({H}, {H}) -> {T}\n", ["yr", "zr"],
        lambda x: [turned(rms(x)), turned(layer(x))]),
    "sums of fewer dimensions": (
        [z, x, v], ["tensor<6x4x64xf32>", T, R], ["tensor<6x4x64xf32>", R, R],
        EMPTY + ZEROS + "  %z0 = tensor.empty() : tensor<6x4x64xf32>\n" + norm("y", "x", "z0", "tensor<6x4x64xf32>", axes="1, 2")
        + "".join(reduction(name, ["%y", of], ["tensor<6x4x64xf32>", type_],
                            ["affine_map<(r, d, c) -> (r, d, c)>", map_, "affine_map<(r, d, c) -> (r)>"],
                            '"parallel", "reduction", "reduction"', f"arith.{what}f %b1, %o : f32", "r1", R)
                  for name, of, type_, map_, what in (("s", "%x1", T, "affine_map<(r, d, c) -> (r, c)>", "add"),
                                                      ("t", "%x2", R, "affine_map<(r, d, c) -> (r)>", "add"))),
        ["y", "s", "t"], lambda z, x, v: [rms(z, (1, 2)), 4 * x.sum(-1), 256 * v]),
    "what a norm overwrites is read by columns": (
        [q, p], [Q, Q], [Q, Q],
        f"  %e = tensor.empty() : {Q}\n"
        + generic("a", Q, [("%x", Q), ("%x1", Q)], ["#id", "#swap", "#id"],
                  "%0 = arith.addf %b0, %b1 : f32\n    linalg.yield %0 : f32", "e")
        + norm("y", "a", "x1", Q)
        + generic("b", Q, [("%y", Q), ("%x1", Q)], ["#id", "#swap", "#id"],
                  "%0 = arith.subf %b0, %b1 : f32\n    linalg.yield %0 : f32", "e"),
        ["y", "b"], lambda q, p: [rms(q + p.T), rms(q + p.T) - p.T]),
    "numbers from outside": (
        [x, k], [T, "tensor<f32>"], [T, T],
        EMPTY + "  %k = tensor.extract %x1[] : tensor<f32>\n"
        + generic("a", T, [("%x", T)], ["#id", "#id"],
                  "%0 = arith.addf %b0, %k : f32\n    %1 = arith.mulf %0, %k : f32\n    linalg.yield %1 : f32", "e")
        + norm("y", "a", "e", T)
        + generic("b", T, [("%y", T)], ["#id", "#id"], "%0 = arith.subf %b0, %k : f32\n    linalg.yield %0 : f32", "e")
        + generic("c", T, [("%x", T)], ["#id", "#id"], "%0 = arith.divf %b0, %k : f32\n    linalg.yield %0 : f32", "e"),
        ["b", "c"], lambda x, k: [rms((x + k) * k) - k, x / k]),
    "what a loop carries": (
        [x], [T], [T],
        EMPTY + f"""  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %start = linalg.copy ins(%x : {T}) outs(%e : {T}) -> {T}
  %z = scf.for %i = %c0 to %c3 step %c1 iter_args(%v = %start) -> ({T}) {{
    %p = linalg.add ins(%v, %x : {T}, {T}) outs(%v : {T}) -> {T}
    %y = norm.rms_norm %p axes = [1] eps = 1.0e-5 outs(%v : {T}) : {T}
    %q = linalg.mul ins(%y, %y : {T}, {T}) outs(%y : {T}) -> {T}
    scf.yield %q : {T}
  }}
""", ["z"], lambda x: [rms(rms(rms(x + x) ** 2 + x) ** 2 + x) ** 2]),
    "a result that is overwritten, and returned": (
        [x], [D], [D, D],
        norm("y", "x", "x", D) + f"  %z = linalg.mul ins(%y, %y : {D}, {D}) outs(%y : {D}) -> {D}\n", ["y", "z"],
        lambda x: [rms(x), rms(x) ** 2]),
    "a mask with an index from outside": (
        [x, s], [D, D], [D],
        SIZE + f"  %e = tensor.empty(%n) : {D}\n  %zero = arith.constant 0.0 : f32\n" + norm("y", "x", "e", D)
        + generic("z", D, [("%y", D), ("%x1", D)], ["#id", "#id", "#id"],
                  "%c = linalg.index 1 : index\n    %q = arith.cmpi slt, %c, %n : index\n"
                  "    %0 = arith.select %q, %b0, %b1 : f32\n    linalg.yield %0 : f32", "e"),
        ["z"], lambda x, s: [np.where(np.arange(64) < 6, rms(x), s)]),
}
failures = 0
for name, (arguments, types, results, body, returned, compute) in CASES.items():
    names = ["x"] + [f"x{i}" for i in range(1, len(types))]
    with open("f.mlir", "w", encoding="utf-8") as file:
        file.write(MAPS + f"func.func @f({', '.join(f'%{n}: {t}' for n, t in zip(names, types))}) -> ({', '.join(results)}) {{\n"
                   + body + f"  return {', '.join('%' + r for r in returned)} : {', '.join(results)}\n}}\n")
    for i, array in enumerate(arguments):
        np.save(f"i{i}.npy", array)
    for target, device in (("host", "cpu"), ("sm_90", "ptxsim")):
        subprocess.run(["normc", "f.mlir", f"--target={target}", "-o", "f.so", "--manifest=f.json"], check=True)
        subprocess.run(["norm-run", "f.so", f"--device={device}"] + [f"--input=i{i}.npy" for i in range(len(arguments))]
                       + [f"--output=o{i}.npy" for i in range(len(results))], check=True, stdout=subprocess.DEVNULL)
        for i, right in enumerate(compute(*(array.astype(np.float64) for array in arguments))):
            got = np.load(f"o{i}.npy")
            # Sums of at most 256 numbers around 1, in f32; of the sums themselves relative to their size.
            distance = abs(got - right).max() / max(1, abs(right).max()) if got.shape == right.shape else got.shape
            if isinstance(distance, tuple) or not distance <= 1e-5:
                failures += 1
                print(f"{name} on {device}: result {i} is off by {distance}")
sys.exit(failures != 0)
