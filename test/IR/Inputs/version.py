"""Says of a bytecode file that another version of the dialect wrote it: version.py FILE NUMBER OUTPUT."""

import sys

path, number, output = sys.argv[1:]


def section(version):
    # MLIR's section 7, a dialect's version, of one byte; small numbers are written as 2 n + 1.
    return bytes([7, 3, 2 * version + 1])


with open(path, "rb") as file:
    content = file.read()
# The dialects come first in a file.
assert section(1) in content[:64], "expects the version at the beginning"
with open(output, "wb") as file:
    file.write(content.replace(section(1), section(int(number)), 1))
