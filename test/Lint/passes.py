# A pass has one name: `norm-fuse` is FusePass, in Fuse.cpp, tested by fuse.mlir, documented with a
# before and an after in Passes.td or what it includes, where passes stand in the order they run.
#
# RUN: %python %s %source

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "Inputs"))
from lint import done, files, find, passes, read

sources = {os.path.basename(p): p for f in ("Transforms", "Raise", "Conversion") for p in files(".cpp", under=f"lib/{f}")}
tests = {}
for path in files(".mlir", under="test"):
    tests.setdefault(os.path.basename(path), []).append(path)

for cls, flag, table, line in passes():
    text = read(table)
    stem = flag[len("norm-"):] if flag.startswith("norm-") else flag
    camel = "".join(word.capitalize() for word in stem.split("-"))
    if cls.lower() != camel.lower() + "pass":
        find(table, line, f"expects {flag} to be {camel}Pass, but it is {cls}")
    file = cls[: -len("Pass")] + ".cpp"
    if file not in sources:
        find(table, line, f"expects {flag} in lib/Transforms/{file}, lib/Raise/{file} or lib/Conversion/{file}")
    elif f"GEN_PASS_DEF_{cls.upper()}" not in read(sources[file]):
        find(sources[file], 1, f"expects GEN_PASS_DEF_{cls.upper()} here")
    if not any(re.search(rf"{flag}\b", read(path)) for path in tests.get(stem + ".mlir", [])):
        find(table, line, f"expects a test {stem}.mlir that runs --{flag}")
    body = text[text.index(f"def {cls}"):]
    body = body[: body.find("\ndef ", 1)] if "\ndef " in body[1:] else body
    if "```mlir" not in body or "// becomes" not in body:
        find(table, line, f"expects the description of {flag} to show IR before and, after a line '// becomes', after it")

done()
