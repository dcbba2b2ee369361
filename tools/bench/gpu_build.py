#!/usr/bin/python3
"""The first half of tools/gpu-check.sh: compiles the kernels, and puts all that the other machine needs into one folder.

    gpu_build.py DIR [--quick] [--targets=sm_80,sm_90] [--jobs N]

Kernels that do not compile are said, with the command that shows it, and kept in DIR/failed; the rest is still built, and
the exit status is 1.
"""

import argparse
import concurrent.futures
import hashlib
import json
import lzma
import os
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TESTS = os.path.join(ROOT, "test", "Execution")
INPUTS = ["bounds.py", "cross.py", "device.py", "differences.py", "extremes.py", "formulas.py", "normtest.py", "programs.py"]
PYTHON = ["gpu_check.py", "gpu_bench.py", "gpu_cells.py", "gpu_torch.py"]
LIMIT = 50 << 20
sys.path.insert(0, os.path.join(TESTS, "Inputs"))
sys.path.insert(0, HERE)

import normtest as nt  # noqa: E402

import gpu_cells as C  # noqa: E402


class Collected(Exception):
    """A test's script has made its kernels, and calls one."""


def texts_of(script):
    """The modules that the script compiles before it calls a kernel."""
    found = []

    class Library:
        device = None

        def __init__(self, text=None, **how):
            found.append(text)

        def __getitem__(self, name):
            raise Collected

    real, argv = nt.Library, sys.argv
    nt.Library, sys.argv = Library, [script]
    try:
        runpy.run_path(os.path.join(TESTS, script), run_name="__main__")
    except Collected:
        pass
    finally:
        nt.Library, sys.argv = real, argv
    return found


def modules(options):
    """`(name, text, what it is for)` of every library."""
    for case in C.cases(options.quick):
        yield case.name, case.text(), {"kind": "case"}
    for script in C.QUICK_SCRIPTS if options.quick else C.SCRIPTS:
        for i, text in enumerate(texts_of(script)):
            yield (f"{os.path.splitext(script)[0]}-{i}", text,
                   {"kind": "script", "script": script, "hash": hashlib.sha256(text.encode()).hexdigest()})
    seen = set()
    for cell in C.cells(options.quick):
        if cell.library not in seen:
            seen.add(cell.library)
            yield cell.library, cell.text(), {"kind": "bench"}
    for example in [] if options.quick else C.EXAMPLES:
        with open(os.path.join(ROOT, "tools", "normc", "examples", example + ".mlir")) as file:
            yield "example-" + example, file.read(), {"kind": "example"}


def version(*command):
    """The lines of a tool's --version with a number, or none where there is no such tool."""
    try:
        text = subprocess.run([*command, "--version"], capture_output=True, text=True).stdout
    except OSError:
        return None
    return " ".join(line.strip() for line in text.splitlines() if re.search(r"\d+\.\d", line))


class Build:
    def __init__(self, options):
        self.options, self.folder = options, os.path.abspath(options.folder)
        self.normc = os.path.join(options.build, "bin", "normc")
        if not os.path.exists(self.normc):
            sys.exit(f"gpu-check: expects a compiler in {self.normc}: build the project first")
        # All kernels are of one compiler, also where it is built again meanwhile.
        self.own = tempfile.TemporaryDirectory(prefix="gpu-check-")
        self.compiler = shutil.copy(self.normc, self.own.name)

    def compile(self, module):
        """The entry of the list: what normc said, and how long it took."""
        name, text, entry = module
        source = os.path.join(self.folder, "kernels", name + ".mlir")
        stem = source[:-len(".mlir")]
        with open(source, "w") as file:
            file.write(text)
        begin = time.monotonic()
        done = subprocess.run([self.compiler, source, "--target=" + self.options.targets, "--emit=lib", "-o", stem + ".so",
                               "--manifest=" + stem + ".json"], capture_output=True, text=True)
        said = [line for line in done.stderr.splitlines() if not re.match(r"normc: \d+ s: ", line)]
        entry = {"name": name, **entry, "seconds": round(time.monotonic() - begin, 2)}
        if done.returncode:
            failed = os.path.join(self.folder, "failed")
            os.makedirs(failed, exist_ok=True)
            shutil.move(source, os.path.join(failed, name + ".mlir"))
            return {**entry, "error": "\n".join(said) or f"normc ended with {done.returncode}"}
        if said:
            entry["said"] = "\n".join(said)
        # PTX and machine code for several targets are a tenth of their size then.
        with open(stem + ".so", "rb") as library, lzma.open(stem + ".so.xz", "wb", preset=3) as packed:
            shutil.copyfileobj(library, packed)
        os.remove(stem + ".so")
        return {**entry, "bytes": sum(os.path.getsize(stem + s) for s in (".so.xz", ".json", ".mlir"))}

    def copy(self, source, *where):
        target = os.path.join(self.folder, *where)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy(source, target)

    def files(self):
        """Everything but the kernels."""
        libraries = os.path.join(self.options.build, "lib")
        for name in ("libnormrt.so", "libnormptxsim.so"):
            self.copy(os.path.join(libraries, name), "lib", name)
        for name in INPUTS:
            self.copy(os.path.join(TESTS, "Inputs", name), "test", "Inputs", name)
        for name in C.SCRIPTS:
            self.copy(os.path.join(TESTS, name), "test", name)
        shutil.copytree(os.path.join(TESTS, "Cases"), os.path.join(self.folder, "test", "Cases"))
        for name in PYTHON:
            self.copy(os.path.join(HERE, name), name)
        run = os.path.join(self.folder, "run.sh")
        with open(run, "w") as file:
            file.write("#!/bin/sh\n# Checks and times the kernels of this folder on this machine's GPU; --help says how.\n"
                       'here=$(cd "$(dirname "$0")" && pwd)\n'
                       'PYTHONDONTWRITEBYTECODE=1 exec "${PYTHON:-python3}" "$here/gpu_check.py" "$@"\n')
        os.chmod(run, 0o755)

    def run(self):
        if os.path.exists(self.folder):
            # Only what an earlier build left may go.
            if os.listdir(self.folder) and not os.path.exists(os.path.join(self.folder, "list.json")):
                sys.exit(f"gpu-check: expects {self.folder} to be empty, new, or from an earlier build")
            shutil.rmtree(self.folder)
        os.makedirs(os.path.join(self.folder, "kernels"))
        with open(os.path.join(self.folder, "list.json"), "w") as file:
            file.write("an unfinished build\n")
        self.files()
        found = list(modules(self.options))
        entries = []
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            for k, entry in enumerate(pool.map(self.compile, found)):
                entries.append(entry)
                if "error" in entry:
                    command = [os.path.relpath(self.normc), os.path.join(self.options.folder, "failed", entry["name"] + ".mlir"),
                               "--target=" + self.options.targets, "--emit=lib", "-o", "kernel.so"]
                    print(f"FAIL {entry['name']} does not compile: {' '.join(command)}\n{entry['error'][:2000]}", flush=True)
                elif self.options.verbose:
                    print(f"{k + 1:4}/{len(found)} {entry['name']}: {entry['seconds']:.1f} s, {entry['bytes'] >> 10} KB", flush=True)
        commit = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty"], capture_output=True, text=True).stdout.strip()
        data = {"date": time.strftime("%Y-%m-%d"), "commit": commit, "quick": self.options.quick,
                "targets": self.options.targets.split(","), "normc": version(self.compiler),
                "ptxas": version("ptxas") or version("/usr/local/cuda/bin/ptxas"), "python": sys.version.split()[0],
                "kernels": entries}
        with open(os.path.join(self.folder, "list.json"), "w") as file:
            json.dump(data, file, indent=1)
        size = sum(os.path.getsize(os.path.join(f, n)) for f, _, names in os.walk(self.folder) for n in names)
        failed = sum("error" in e for e in entries)
        print(f"gpu-check: {len(entries) - failed} of {len(entries)} libraries in {self.options.folder}, {size / 2**20:.1f} MB, for "
              f"{self.options.targets}, {'with' if data['ptxas'] else 'without'} machine code of ptxas; "
              f"{sum(e['seconds'] for e in entries):.0f} s of compiling")
        if size > LIMIT:
            print(f"gpu-check: expects at most {LIMIT >> 20} MB; the largest: " + ", ".join(
                f"{e['name']} {e['bytes'] / 2**20:.1f} MB" for e in sorted(entries, key=lambda e: -e.get("bytes", 0))[:5]))
        return failed == 0 and size <= LIMIT


def main():
    parser = argparse.ArgumentParser(prog="gpu-check.sh build", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("folder", metavar="DIR")
    add("--quick", action="store_true", help="fewer kernels")
    add("--targets", default=",".join(C.TARGETS), help="of normc, with commas (default: %(default)s)")
    add("--build", default=os.path.join(ROOT, "build"), help="the build folder (default: build)")
    add("--jobs", type=int, default=min(4, os.cpu_count() or 1), help="compilers at a time (default: %(default)s)")
    add("--verbose", action="store_true", help="a line for every library")
    sys.exit(0 if Build(parser.parse_args()).run() else 1)


if __name__ == "__main__":
    main()
