# needed.py LIBRARY: it needs libc (and what stands for threads, dlopen and the loader) alone.
import re
import subprocess
import sys

text = subprocess.run(["llvm-readelf", "-d", sys.argv[1]], capture_output=True, text=True, check=True).stdout
needed = re.findall(r"\(NEEDED\).*\[(.*)\]", text)
wrong = [n for n in needed if not re.match(r"(libc|libpthread|libdl|ld-linux.*|libgcc_s)\.so", n)]
if wrong or not needed:
    sys.exit(f"{sys.argv[1]}: expected no library besides libc, found {wrong}")
