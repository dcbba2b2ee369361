# Documents point at files that exist.
#
# RUN: %python %s %source

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "Inputs"))
from lint import done, files, find, lines, source

for path in files(".md"):
    folder = os.path.join(source, os.path.dirname(path))
    for number, line in lines(path):
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", line):
            if "://" not in target and not os.path.exists(os.path.join(folder, target)):
                find(path, number, f"expects the file {target}")
        # Paths in code font, where they name something of this repository.
        for target in re.findall(r"`((?:lib|include|tools|test|python)/[\w./\-]+)`", line):
            if not os.path.exists(os.path.join(source, target)):
                find(path, number, f"expects the file {target}")

done()
