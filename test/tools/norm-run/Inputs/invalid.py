# Runs norm-run in the working folder, which has kernels.so, on one bad thing after another.
import os
import struct
import subprocess
import sys

import npy

failures = 0


def bad(message, *flags, library="kernels.so"):
    """norm-run has to say `message`, and to leave the folder as it is."""
    global failures
    before = sorted(os.listdir("."))
    ran = subprocess.run(["norm-run", *([library] if library else []), *flags], capture_output=True, text=True)
    problem = None
    if ran.returncode != 1:
        problem = f"exit status {ran.returncode}"
    elif message not in ran.stderr:
        problem = "another message"
    elif ran.stdout:
        problem = f"output {ran.stdout!r}"
    elif sorted(os.listdir(".")) != before:
        problem = f"new files {sorted(os.listdir('.'))}"
    if problem:
        failures += 1
        print(f"norm-run {library} {' '.join(flags)}: {problem}\n  expected: {message}\n  found: {ran.stderr}")


def save(name, text):
    with open(name, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())
    return name


rms = ["--kernel", "rms"]
good = [*rms, "--shape", "r=2,c=3"]

# Flags
bad("Not enough positional command line arguments", library=None)
bad("Unknown command line argument '--colour=red'", *good, "--colour=red")
bad("Too many positional arguments specified", *good, "more.so")
bad("'x' value invalid for ulong argument", *good, "--seed=x")
bad("--threads: expected 0 to 1024, found -1", *good, "--threads=-1")
bad("--threads: expected 0 to 1024, found 5000", *good, "--threads=5000")
bad("'two' value invalid for integer argument", *good, "--threads=two")
bad("--bench-seconds: expected more than 0 and at most 3600", *good, "--bench", "--bench-seconds=0")
bad("--bench-seconds: expected --bench with it", *good, "--bench-seconds=2")
bad("--max-ulp: expected --check with it", *good, "--max-ulp=2")
bad("--max-scaled-ulp: expected 0 or more", *good, "--check", "--max-scaled-ulp=nan")
bad("kernels.json: --kernel=NAME has to say which kernel; the kernels are: rms, quantize, copy_all")
bad("kernels.json: there is no kernel 'rns'; the kernels are: rms, quantize", "--kernel", "rns")
bad("--in-place: kernel 'copy_all' declares no output in the place of an input",
    "--kernel", "copy_all", "--shape", "n=1,k=1", "--in-place")
bad("--check: the manifest has no \"ir\" for kernel 'rms', from which the oracle is compiled", *good, "--check")

# Symbols
bad("expected a size for the symbol 'c' in 'x': give --shape c=SIZE, or an --input that has it", *rms, "--shape", "r=2")
bad("--shape: kernel 'rms' has no symbol 'q'; its symbols are c, r", *rms, "--shape", "q=2")
for item in ("r", "r=", "=3", "r=x", "r=-1", "r=1.5", "r=99999999999999999999"):
    bad(f"--shape: expected SYMBOL=SIZE with a size of 0 or more, found '{item}'", *rms, "--shape", item)
bad("expected one size for the symbol 'r', found 2 from --shape and 3 from --shape", *rms, "--shape", "r=2,r=3")
bad("'x': cannot allocate 16000000000000000 bytes", *rms, "--shape", "r=1000000,c=4000000000")
bad("'x': a tensor of 4000000000x4000000000 elements is too large", *rms, "--shape", "r=4000000000,c=4000000000")
bad("the size 4611686018427387904*n of 'x' is larger than 2^63", "--kernel", "huge", "--shape", "n=2")
bad("expected a size for the symbol 'g' in 'x'", "--kernel", "add_one", "--shape", "n=2")

# Inputs
npy.write("x23.npy", "<f4", "(2, 3)", bytes(24))
npy.write("w3.npy", "<f4", "(3,)", bytes(12))
npy.write("w4.npy", "<f4", "(4,)", bytes(16))
npy.write("b15.npy", "<V2", "(1, 5)", bytes(10))
bad("nothing.npy: cannot read it: No such file or directory", *rms, "--input", "nothing.npy")
bad(".: cannot read it: Is a directory", *rms, "--input", ".")
bad("--input: expected at most 2 files, for x, w, found 'w3.npy' too",
    *rms, "--input", "x23.npy", "--input", "w3.npy", "--input", "w3.npy")
bad("--input: expected one file for 'x', found 'x23.npy' and 'w3.npy'", *rms, "--input", "x23.npy", "--input", "x=w3.npy")
bad("--input: expected the name of a file in 'x='", *rms, "--input", "x=")
bad("w3.npy: expected 2 dimensions for 'x' (rxc), found 1", *rms, "--input", "w3.npy")
bad("w4.npy: expected dimension 0 of 'w' to be 3 (c, where 'c' is 3 from x23.npy, dimension 1), found 4",
    *rms, "--input", "x23.npy", "--input", "w4.npy")
bad("x23.npy: expected dimension 0 of 'x' to be 5 (r, where 'r' is 5 from --shape), found 2",
    *rms, "--shape", "r=5", "--input", "x23.npy", "--input", "w3.npy")
bad("b15.npy: expected dimension 1 of 'x' (2*m) to be a multiple of 2, found 5", "--kernel", "quantize", "--input", "b15.npy")
bad("b10.npy: expected dimension 1 of 'x' to be 6 (2*m, where 'm' is 3 from --shape), found 10",
    "--kernel", "quantize", "--shape", "m=3", "--input",
    (npy.write("b10.npy", "<V2", "(1, 10)", bytes(20)), "b10.npy")[1])
npy.write("a24.npy", "<f2", "(2, 4)", bytes(16))
bad("a24.npy: expected dimension 1 of 'a' to be 3, found 4", "--kernel", "copy_all", "--shape", "k=1", "--input", "a24.npy")
npy.write("g6.npy", "<V2", "(6,)", bytes(12))
bad("g6.npy: expected dimension 0 of 'x' to be 8 (g*n, where 'g' is 2 from --shape, where 'n' is 4 from --shape), found 6",
    "--kernel", "add_one", "--shape", "g=2,n=4", "--input", "g6.npy")
npy.write("xd.npy", "<f8", "(2, 3)", bytes(48))
bad("xd.npy: expected elements of f32 ('<f4'), found '<f8'", *rms, "--input", "xd.npy")
npy.write("bf.npy", "<f2", "(1, 2)", bytes(4))
bad("bf.npy: expected elements of bf16 ('<V2' or '|V2' or '<u2'), found '<f2'", "--kernel", "quantize", "--input", "bf.npy")

# .npy files
with open("x23.npy", "rb") as file:
    whole = file.read()
header = whole[10 : len(whole) - 24]
bad("bad.npy: expected a .npy file, which begins with '\\x93NUMPY'", *rms, "--input", save("bad.npy", ""))
bad("bad.npy: expected a .npy file", *rms, "--input", save("bad.npy", b"PK\x03\x04" + whole))
for size, message in (
    (6, "expected a .npy header, but the file is cut off after 6 bytes"),
    (9, "expected a .npy header, but the file is cut off after 9 bytes"),
    (30, "expected a header of 118 bytes, found 20"),
    (len(whole) - 1, "expected 24 bytes of data for 2x3 elements of '<f4', found 23"),
    (len(whole) - 24, "expected 24 bytes of data for 2x3 elements of '<f4', found 0"),
):
    bad("bad.npy: " + message, *rms, "--input", save("bad.npy", whole[:size]))
bad("bad.npy: expected 24 bytes of data for 2x3 elements of '<f4', found 25", *rms, "--input", save("bad.npy", whole + b"x"))
bad("bad.npy: expected version 1.0 or 2.0 of the .npy format, found 3.0",
    *rms, "--input", save("bad.npy", whole[:6] + b"\3" + whole[7:]))
for old, new, message in (
    ("'descr'", "'decsr'", "expected the keys 'descr', 'fortran_order' and 'shape' once each in the header, found 'decsr'"),
    ("'shape'", "'descr'", "once each in the header, found 'descr'"),
    ("'<f4'", "'>f4'", "expected elements of a little-endian type f2, f4, f8, i1, i2, i4, i8, u1, u2, u4, u8, b1, V2 (bf16), V1 or f1 (8-bit floats), found '>f4'"),
    ("'<f4'", "'<c8'", "V1 or f1 (8-bit floats), found '<c8'"),
    ("'<f4'", "[('a', '<f4')]", "expected the name of a simple type in quotes at byte 10 of the header, found '['"),
    ("False", "0", "expected True or False at byte 34 of the header, found '0'"),
    ("(2, 3)", "(2, -3)", "expected a size or ')' at byte 54 of the header, found '-'"),
    ("(2, 3)", "[2, 3]", "expected '(' at byte 50 of the header, found '['"),
    ("(2, 3)", "(2, 3", "expected a size or ')' at byte 57 of the header, found '}'"),
    ("(2, 3)", "(2 3)", "expected ',' or ')' at byte 53 of the header, found '3'"),
    (" }", " } x", "expected the end of the header at byte 60 of the header, found 'x'"),
    ("}", " ", "expected a key in quotes or '}'"),
    ("'shape': (2, 3), ", "", "expected the key 'shape' in the header, found none"),
    ("(2, 3)", "(9999999999, 9999999999)", "a tensor of 9999999999x9999999999 elements is too large"),
):
    text = header.decode().rstrip().replace(old, new)
    text += " " * (len(header) - len(text) - 1) + "\n"
    bad(message,
        *rms, "--input", save("bad.npy", whole[:8] + struct.pack("<H", len(text)) + text.encode() + whole[-24:]))

# Outputs
bad("--output: cannot write 'nowhere/y.npy': there is no folder 'nowhere'", *good, "--output", "nowhere/y.npy")
bad("--output: cannot write '.': it is a folder", *good, "--output", ".")
bad("--output: expected at most 2 files, for y, rstd, found 'c.npy' too",
    *good, "--output", "a.npy", "--output", "b.npy", "--output", "c.npy")
bad("--output: two outputs go to the file 'a.npy'", *good, "--output", "a.npy", "--output", "a.npy")
bad("--output: two outputs go to the file 'a.npy'", *good, "--output", "a.npy", "--json", "a.npy")
bad("--json: cannot write 'nowhere/r.json': there is no folder 'nowhere'", *good, "--json", "nowhere/r.json")

# Library and manifest
bad("nothing.so: expected a library, but there is no such file", *good, library="nothing.so")
bad("bare.json: cannot read the manifest: No such file or directory (--manifest=FILE names another one)",
    *good, library=save("bare.so", ""))
bad("there.json: cannot read the manifest: No such file or directory", *good, "--manifest", "there.json")
bad("bare.so: expected a shared library that loads:", *good, "--manifest", "kernels.json", library="bare.so")
bad("kernels.so: expected the symbol 'not_in_the_library' of kernel 'missing', as its manifest says, found none",
    "--kernel", "missing")
with open("kernels.json") as file:
    text = file.read()
bad("cut.json:3:13: expected '\"' at the end of a string, found the end of the file",
    *good, "--manifest", save("cut.json", text[: text.index('"0.1.0"') + 1].rstrip()))
bad("new.json:2:13: expected \"format\" to be 1, the only one that this version knows, found 9",
    *good, "--manifest", save("new.json", text.replace('"format": 1', '"format": 9')))
other = "aarch64" if os.uname().machine == "x86_64" else "x86_64"
bad(f"kernels.so: the library is for {other}, but this machine is ",
    *good, "--manifest", save("other.json", text.replace('"triple": null', f'"triple": "{other}-unknown-linux-gnu"')))

# The kernel's own refusal, in words.
bad("kernel 'rms' refuses the call: NORMRT_ERROR_EMPTY_GROUP: args[0], dimension 1: the groups that are normalized "
    "have no elements; args[0] is 'x', f32 3x0", *rms, "--shape", "r=3,c=0", "--output", "y.npy")

# What --guard-end is for: one byte too far is a fault; without it, it goes unseen.
ran = subprocess.run(["norm-run", "kernels.so", "--kernel", "overrun", "--shape", "n=7", "--guard-end"], capture_output=True)
if ran.returncode == 0:
    failures += 1
    print("expected --guard-end to find a byte that is read past the end")
subprocess.run(["norm-run", "kernels.so", "--kernel", "overrun", "--shape", "n=7"], check=True, stdout=subprocess.DEVNULL)

sys.exit(failures != 0)
