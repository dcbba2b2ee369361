# What lib/compilers.md says works as it is written: the fragments are those of the compiler in
# Inputs, whose commands run on an installed tree and print what it says.
#
# RUN: rm -rf %t && mkdir %t && env CC=%cc CXX=%cxx %python %s %source %build %t

import os
import re
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "..", "Lint", "Inputs"))
from lint import done, find, read

source, build, folder = sys.argv[1:4]
page = "lib/compilers.md"
text = read(page)
inputs = os.path.join("test", "Downstream", "Inputs")
files = {
    "cmake": ["CMakeLists.txt", "c/CMakeLists.txt"],
    "cpp": ["my-opt.cpp"],
    "c": ["c/my-program.c"],
}

# The commands run at the top of the project after a build.
os.symlink(build, os.path.join(folder, "build"))
os.symlink(os.path.join(source, inputs), os.path.join(folder, "my-compiler"))

output, outputs, commands = "", 0, 0
for match in re.finditer(r"^```(\w+)\n(.*?)^```$", text, re.M | re.S):
    language, body = match.groups()
    line = text.count("\n", 0, match.start()) + 1
    if language in files:
        paths = [os.path.join(inputs, name) for name in files[language]]
        if not any(body in read(path) for path in paths):
            find(page, line, f"expects a piece of {' or '.join(paths)}")
    elif language == "sh":
        commands += 1
        ran = subprocess.run(["sh", "-e"], input=body, cwd=folder, capture_output=True, text=True)
        output = ran.stdout
        if ran.returncode != 0:
            find(page, line, f"the commands fail: {ran.stdout}{ran.stderr}")
            done()
    elif language == "text":
        outputs += 1
        # What the commands say of their progress comes before.
        if not output.endswith(body):
            find(page, line, f"expects the commands above to print this, but got:\n{output}")

if not commands or not outputs:
    find(page, 1, "expects commands and what they print")

# Components that are required, optional, unknown.
path = os.path.join(inputs, "components", "CMakeLists.txt")
ran = subprocess.run(["cmake", "-G", "Ninja", "-S", os.path.join(source, os.path.dirname(path)), "-B", "components",
                      "-DCMAKE_PREFIX_PATH=" + os.path.join(folder, "normc")], cwd=folder, capture_output=True, text=True)
if ran.returncode != 0 or ran.stderr:
    find(path, 1, ran.stderr)

# One MLIR in the compiler, as in normc: no static archive of it.
with open(os.path.join(folder, "my-build", "build.ninja"), encoding="utf-8") as file:
    for archive in sorted(set(re.findall(r"\blib(?:MLIR|LLVM)\w*\.a\b", file.read()))):
        find(page, 1, f"expects the shared libraries alone to be linked, but got {archive}")

# Nothing installed depends on where it was built, or on where it was installed first: text, and
# where programs look for libraries. What debug information says does no harm.
for root, _, names in os.walk(os.path.join(folder, "normc")):
    for name in names:
        path = os.path.join(root, name)
        with open(path, "rb") as file:
            content = file.read()
        if content.startswith(b"\x7fELF"):
            content = subprocess.run(["llvm-readelf", "--dynamic", path], capture_output=True).stdout
        elif content.startswith(b"!<arch>"):
            continue
        for place in (build, source, os.path.join(folder, "stage")):
            if place.encode() in content:
                find(os.path.relpath(path, folder), 1, f"expects no mention of {place}")

done()
