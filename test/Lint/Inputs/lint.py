"""What the lint tests share: which files are the project's, and how a finding is reported."""

import os
import re
import sys

source = sys.argv[1]
findings = []


def files(*suffixes, under=""):
    """The project's files, relative to its root, in a fixed order."""
    result = []
    for folder, folders, names in os.walk(os.path.join(source, under)):
        # Build folders and what hosts keep beside the project are not the project's.
        folders[:] = sorted(
            f for f in folders if not (f.startswith("build") or f in (".git", "shared", "__pycache__"))
        )
        for name in sorted(names):
            if not suffixes or name.endswith(suffixes):
                result.append(os.path.relpath(os.path.join(folder, name), source))
    return result


def read(path):
    with open(os.path.join(source, path), encoding="utf-8") as file:
        return file.read()


def lines(path):
    return enumerate(read(path).splitlines(), start=1)


def find(path, line, message):
    findings.append(f"{path}:{line}: {message}")


def fenced(path, language):
    """The fenced blocks of a language in a document or TableGen file: (line, text)."""
    block, start, indent = None, 0, ""
    for number, line in lines(path):
        if block is None:
            match = re.match(r"(\s*)```" + language + r"\s*$", line)
            if match:
                block, start, indent = [], number + 1, match[1]
        elif line.strip() == "```":
            yield start, "\n".join(block) + "\n"
            block = None
        else:
            block.append(line[len(indent):] if line.startswith(indent) else line)
    if block is not None:
        find(path, start, "expects the fenced block that begins here to end")


# Where passes are declared, in the order they run.
tables = ("include/normc/Passes.td", "include/normc/LoweringPasses.td")


def passes():
    """(class, flag, table, line) of every pass."""
    for table in tables:
        text = read(table)
        for match in re.finditer(r'^def (\w+)\s*:\s*(?:Interface)?Pass<"([^"]+)"', text, re.M):
            yield match[1], match[2], table, text.count("\n", 0, match.start()) + 1


def done():
    for finding in findings:
        print(finding)
    sys.exit(1 if findings else 0)
