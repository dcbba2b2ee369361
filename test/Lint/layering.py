# A folder includes from itself and from those to its left; who orders passes, touches files and
# reads flags is one folder each. The rules are in lib/README.md.
#
# RUN: %python %s %source

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "Inputs"))
from lint import done, files, find, lines, read

order = ["IR", "Schedule", "Transforms", "Raise", "Conversion", "Pipelines", "Compiler", "CAPI"]
# They run beside kernels, where there is no MLIR.
alone = ["Runtime", "PTXSim"]

only = [
    # (pattern, folders that may, what it is)
    (r"\baddPass\(|\baddNestedPass<", ["Pipelines"], "the order of passes"),
    (
        r'#include (<fstream>|"llvm/(Support/(FileSystem|ToolOutputFile)\.h|MC/TargetRegistry\.h|Target/)'
        r'|"mlir/Support/FileUtilities\.h)',
        ["Compiler", "Runtime", "PTXSim"],
        "files and targets",
    ),
    (r'#include "llvm/Support/CommandLine\.h"|\bgetopt(_long)?\(|\bargv\b', [], "command-line flags"),
]

for path in files(".h", ".c", ".cpp", ".td", under="lib") + files(".h", ".td", under="include"):
    parts = path.split(os.sep)
    if parts[0] == "include" and parts[1] == "normc-c":
        for number, line in lines(path):
            match = re.match(r'\s*#\s*include ["<]([^">]+)', line)
            if match and match[1] not in ("stddef.h", "stdint.h", "dlpack/dlpack.h", "normc-c/Runtime.h"):
                find(path, number, f"expects a C header to stand alone, but it includes {match[1]}")
        continue
    folder = parts[2] if parts[0] == "include" else parts[1]
    if folder in ("Passes.h", "Passes.td", "LoweringPasses.td"):
        folder = "Transforms"
    if folder not in order + alone:
        find(path, 1, f"expects a folder that the layering knows ({', '.join(order + alone)})")
        continue
    for number, line in lines(path):
        for pattern, allowed, what in only:
            if re.search(pattern, line) and folder not in allowed:
                who = f"lib/{allowed[0]}" if allowed else "tools"
                find(path, number, f"expects {what} to be known in {who} only")
        match = re.match(r'\s*(?:#\s*)?include ["<]([^">]+)', line)
        if not match:
            continue
        include = match[1]
        if folder in alone:
            if include.startswith(("mlir/", "llvm/")):
                find(path, number, f"expects no MLIR or LLVM in {folder}, but it includes {include}")
            if include.startswith("normc/") and include.split("/")[1] not in alone:
                find(path, number, f"expects {folder} to stand beside the others, but it includes {include}")
            continue
        if include.startswith("normc/Passes."):
            needed = "Transforms"
        elif include.startswith("normc/") and include.count("/") > 1:
            needed = include.split("/")[1]
        else:
            continue
        if needed in order and order.index(needed) > order.index(folder):
            find(path, number, f"expects includes from the left of {folder} only, but it includes {include}")

# The same rule for what links what.
for path in files("CMakeLists.txt", under="lib"):
    parts = path.split(os.sep)
    if len(parts) < 3 or parts[1] not in order:
        continue
    text = re.sub(r"#.*", "", read(path))
    for name in re.findall(r"\bnormc([A-Z]\w*)", text):
        if name in order and order.index(name) > order.index(parts[1]):
            find(path, 1, f"expects to link what is left of {parts[1]} only, but it names normc{name}")

done()
