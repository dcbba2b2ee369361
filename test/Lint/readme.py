# The README's example works as it is written: its files are saved under the names that stand
# before them, its commands run, and they print what it says.
#
# RUN: rm -rf %t && mkdir %t && %python %s %source %build %t

import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "Inputs"))
from lint import done, find, read

source, build, folder = sys.argv[1:4]
text = read("README.md")
start = text.index("## One example")
section = text[start : text.index("\n## ", start + 1)]
first = text.count("\n", 0, start) + 1

# The example runs at the top of the project after a build.
os.symlink(build, os.path.join(folder, "build"))
os.symlink(os.path.join(source, "include"), os.path.join(folder, "include"))

output, outputs, commands = "", 0, 0
for match in re.finditer(r"(?:^`([\w.]+)`[^\n]*:\n\n)?^```(\w+)\n(.*?)^```$", section, re.M | re.S):
    name, language, body = match.groups()
    line = first + section.count("\n", 0, match.start(2))
    if name:
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(body)
    elif language == "sh":
        commands += 1
        ran = subprocess.run(["sh", "-e"], input=body, cwd=folder, capture_output=True, text=True)
        # On a machine that is busy, normc says how far it is.
        errors = re.sub(r"^normc: \d+ s: .*\n", "", ran.stderr, flags=re.MULTILINE)
        output = ran.stdout + errors
        if ran.returncode != 0:
            find("README.md", line, f"the commands fail: {output}")
    elif language == "text":
        outputs += 1
        if output.strip() != body.strip():
            find("README.md", line, f"expects the commands above to print this, but got:\n{output}")

if not commands or not outputs:
    find("README.md", first, "expects commands and what they print")
done()
