# The examples in the descriptions of operations and passes are whole programs that parse and
# verify. An example of a pass has a line "// becomes": what stands before it goes through the
# pass; what stands after it parses too, unless it is shortened with "...".
#
# RUN: %python %s %source

import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "Inputs"))
from lint import done, fenced, files, find, passes, tables


def check(path, line, text, *flags):
    ran = subprocess.run(
        ["norm-opt", "--verify-roundtrip", *flags], input=text, capture_output=True, text=True
    )
    if ran.returncode != 0:
        # Positions in the example become positions in the file.
        where = re.search(r"<stdin>:(\d+):\d+: (.*)", ran.stderr)
        shift = int(where[1]) - 1 if where else 0
        what = where[2] if where else ran.stderr.strip() or f"exit status {ran.returncode}"
        find(path, line + shift, f"example: {what}")


count = 0
for path in files(".td", under="include"):
    for line, text in fenced(path, "mlir"):
        count += 1
        if path not in tables:
            check(path, line, text)
            continue
        flags = [(start, flag) for _, flag, table, start in passes() if table == path]
        flag = max((entry for entry in flags if entry[0] < line), default=(0, None))[1]
        before, becomes, after = text.partition("// becomes\n")
        check(path, line, before, f"--{flag}")
        if becomes and "..." not in after:
            check(path, line + before.count("\n") + 1, after)

for path in files(".md"):
    if path.startswith("test"):
        continue
    for line, text in fenced(path, "mlir"):
        count += 1
        check(path, line, text)

if count == 0:
    find("include/normc", 1, "expects examples, but found none")
done()
