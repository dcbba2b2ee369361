# roundtrip.py LIBRARY FOLDER
import os
import random
import subprocess
import sys

import npy

library, folder = sys.argv[1:]
random.seed(1)


def run(kernel, inputs, outputs, *flags):
    command = ["norm-run", library, "--kernel", kernel, *flags]
    for name, file in inputs.items():
        command += ["--input", f"{name}={file}"]
    for name, file in outputs.items():
        command += ["--output", f"{name}={file}"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def path(name):
    return os.path.join(folder, name)


def same(name, descr, shape, values):
    found = npy.read(path(name))
    assert found == (descr, shape, values) or (found[0], found[1], list(found[2])) == (descr, shape, list(values)), (name, found)


# Every type, as written by the format's description; n = 4 and k = 2 come from the files.
types = {"a": "<f2", "b": "<V2", "c": "<f8", "d": "|i1"}
values = {name: [float(random.randint(-100, 100)) for _ in range(12)] for name in types}
values["d"] = [int(v) for v in values["d"]]
for version in (1, 2):
    for name, descr in types.items():
        npy.write(path(name), descr, "(4, 3)", npy.pack(descr, values[name]), version=version)
    npy.write(path("seed"), "<i8", "()", npy.pack("<i8", [-(2**62) - 1]), version=version)
    npy.write(path("f"), "<i4", "(4, 2, 2)", npy.pack("<i4", range(16)), version=version)
    names = list(types) + ["seed", "f"]
    run("copy_all", {n: path(n) for n in names}, {n.upper(): path("out_" + n) for n in names})
    for name, descr in types.items():
        same("out_" + name, descr, (4, 3), values[name])
    same("out_seed", "<i8", (), [-(2**62) - 1])
    same("out_f", "<i4", (4, 2, 2), range(16))

# The other spellings of bf16 and i8.
bits = [npy.to_bf16(v) for v in values["b"]]
npy.write(path("b"), "<u2", "(4, 3)", npy.pack("<u2", bits))
npy.write(path("d"), "<i1", "(4, 3)", npy.pack("<i1", values["d"]))
run("copy_all", {n: path(n) for n in ("b", "d", "f")}, {"B": path("out_b"), "D": path("out_d")})
same("out_b", "<V2", (4, 3), values["b"])
same("out_d", "|i1", (4, 3), values["d"])
npy.write(path("b"), "|V2", "(4, 3)", npy.pack("<u2", bits))
run("copy_all", {n: path(n) for n in ("b", "f")}, {"B": path("out_b")})
same("out_b", "<V2", (4, 3), values["b"])

npy.write(path("m"), "|b1", "(3,)", bytes([1, 0, 1]))
run("copy_mask", {"m": path("m")}, {"M": path("out_m")})
same("out_m", "|b1", (3,), [1, 0, 1])

# Fortran's order becomes C's.
flat = [i * 4 + j * 2 + k for k in range(2) for j in range(2) for i in range(4)]
npy.write(path("f"), "<i4", "(4, 2, 2)", npy.pack("<i4", flat), order="True")
run("copy_all", {"f": path("f")}, {"F": path("out_f")})
same("out_f", "<i4", (4, 2, 2), range(16))

# NumPy reads what norm-run writes, and the reverse.
try:
    import numpy
except ImportError:
    sys.exit(0)
loaded = numpy.load(path("out_f"))
assert loaded.dtype == numpy.int32 and (loaded == numpy.arange(16).reshape(4, 2, 2)).all()
assert (numpy.load(path("out_b")).view(numpy.uint16).ravel() == bits).all()
numpy.save(path("c.npy"), numpy.asfortranarray(numpy.arange(12.0).reshape(4, 3)))
numpy.save(path("b.npy"), numpy.array(bits, numpy.uint16).reshape(4, 3).view("V2"))
run("copy_all", {"c": path("c.npy"), "b": path("b.npy"), "f": path("f")}, {"C": path("out_c"), "B": path("out_b")})
assert (numpy.load(path("out_c")) == numpy.arange(12.0).reshape(4, 3)).all()
same("out_b", "<V2", (4, 3), values["b"])

# Seeded data look as their role says.
run("copy_all", {}, {n.upper(): path("out_" + n) for n in "abcdf"} | {"SEED": path("out_seed")}, "--shape", "n=30000,k=1")
data = numpy.load(path("out_c"))
assert abs(data.mean()) < 0.02 and abs(data.std() - 1) < 0.02, (data.mean(), data.std())
data = numpy.load(path("out_d"))
assert data.min() == -100 and data.max() == 100
assert 0 <= numpy.load(path("out_seed")) < 2**31
