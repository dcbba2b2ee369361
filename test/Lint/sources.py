# Sources are finished, of readable length, say what they are, and name no machine.
#
# RUN: %python %s %source

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "Inputs"))
from lint import done, files, find, lines, read

code = (".h", ".c", ".cpp", ".td", ".py", ".sh", ".mlir", ".test", ".txt", ".cmake", ".in", ".json")
# Put together, so that this file does not find itself.
unfinished = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK|WI" + r"P)\b")
machine = re.compile(r"(?<![\w.\-/])/(work|home|tmp|root|Users)(/|\b)")

for path in files(*code) + files(".md"):
    text = read(path)
    count = text.count("\n")
    if count > 900:
        find(path, 900, f"expects at most 900 lines, but got {count}: split the file by what it does")
    if text and not text.endswith("\n"):
        find(path, count + 1, "expects a newline at the end")
    for number, line in lines(path):
        if unfinished.search(line):
            find(path, number, f"expects no mark of unfinished work: {line.strip()}")
        if machine.search(line):
            find(path, number, f"expects no path of one machine: {line.strip()}")
        if line != line.rstrip():
            find(path, number, "expects no space at the end of a line")

for path in files(".h", ".cpp", ".td", under="lib") + files(".h", ".td", under="include") + files(".cpp", under="tools"):
    name = os.path.basename(path)
    if not re.match(r"(//|/\*)===- " + re.escape(name) + r" - \S.*[- ]===(//|\*\\)\n", read(path)):
        find(path, 1, f"expects the first line '//===- {name} - what it is ---===//'")

for path in files(".h", under="include"):
    guard = re.sub(r"[^A-Z0-9]", "_", path[len("include/"):].upper())
    if f"#ifndef {guard}\n#define {guard}\n" not in read(path):
        find(path, 1, f"expects the include guard {guard}")

done()
