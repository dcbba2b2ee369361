#!/usr/bin/env python3
"""The second half of tools/gpu-check.sh: checks and times the kernels of this folder on this machine's GPU.

    run.sh [--quick] [--out results]          writes results.json and results.md

First every kernel's results are compared with the formulas in more precision than f64, and with bounds derived from them; its bits
with those of other batches, alignments, strides and runs. Then kernels are timed beside copies of the same bytes and
beside PyTorch. Needs Python 3 with numpy, a driver, and, for the columns of PyTorch, PyTorch. What is wrong is said, and the exit
status is 1 then; a goal that is missed is a figure, not wrong.

With --simulate both halves go through the PTX interpreter, on any x86-64 machine: results are compared in the same way, and
instead of times the instructions and bytes of smaller tensors are counted.
"""

import argparse
import json
import lzma
import os
import platform
import queue
import runpy
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
PARTS = ("correctness", "bench")
# Seconds without a word after which a kernel is taken to hang. An interpreter, or PyTorch's compiler, may need some.
PATIENCE = {"correctness": 180, "bench": 300}
# The seconds of both halves that leave time for a second try within a quarter of an hour.
MINUTES = 8.0


def read_list():
    try:
        with open(os.path.join(HERE, "list.json")) as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        sys.exit(f"gpu-check: expects a folder that 'tools/gpu-check.sh build' has made: {error}")


def import_tests(options):
    """The tests' Python, for this device, without a compiler."""
    os.environ["NORMTEST_DEVICE"] = "ptxsim" if options.simulate else "cuda"
    os.environ["NORMTEST_CHIP"] = f"sm_{options.arch}"
    if options.simulate:
        os.environ["NORMC_PTXSIM_ARCH"] = str(options.arch)
        # A loop that does not end is found in minutes.
        os.environ.setdefault("NORMC_PTXSIM_MAX_INSTRUCTIONS", str(1 << 33))
    sys.path[:0] = [os.path.join(HERE, "test", "Inputs"), HERE]
    import normtest as nt
    # Where normtest looks for the runtime from.
    nt.tool_folder = lambda: os.path.join(HERE, "lib")
    return nt


class Unpacked:
    """The folder's libraries as files."""

    def __init__(self, nt):
        self.nt, self.folder = nt, tempfile.TemporaryDirectory(prefix="gpu-check-")

    def library(self, name, make=None):
        stem = os.path.join(HERE, "kernels", name)
        path = os.path.join(self.folder.name, name + ".so")
        if not os.path.exists(path):
            with lzma.open(stem + ".so.xz") as packed, open(path, "wb") as file:
                shutil.copyfileobj(packed, file)
        return (make or self.nt.Library)(library=path, manifest=stem + ".json")


# ---- Correctness ----

ZONE = 4096


def set_simulator(**options):
    """Options of the interpreter, by their names without what all begin with."""
    import ctypes
    os.environ.update({"NORMC_PTXSIM_" + name: value for name, value in options.items()})
    if ctypes.CDLL(os.environ["NORMRT_CUDA_DRIVER"]).normptxsim_reset():
        raise RuntimeError(f"the interpreter has no {options}")


def make_device(nt, options):
    import ctypes

    import device

    class Checked(device.Device):
        """With bytes around every tensor on a GPU, which has no guard pages, that must stay as they are. An interpreter
        checks every address itself."""

        def __init__(self):
            super().__init__(nt.runtime(), os.path.join(HERE, "lib"))
            self.zones, self.damage = {}, []
            if not options.simulate:
                self.plain_free, self.free = self.free, self.checked_free

        def allocate(self, size, residue=0):
            if options.simulate:
                return super().allocate(size, residue)
            base, _ = super().allocate(size + 2 * ZONE, residue)
            place, end = base + ZONE + residue, base + size + 2 * ZONE + residue
            for begin, stop in ((base, place), (place + size, end)):
                self.check(self.runtime.normrt_cuda_fill(ctypes.byref(self.context), ctypes.c_void_p(begin), ctypes.c_uint8(nt.CANARY),
                                                         ctypes.c_uint64(stop - begin)))
            self.zones[base] = [(base, place), (place + size, end)]
            return base, place

        def checked_free(self, context, base):
            for k, (begin, stop) in enumerate(self.zones.pop(base)):
                found = ctypes.create_string_buffer(stop - begin)
                self.check(self.copy_out(context, ctypes.addressof(found), begin, stop - begin))
                if found.raw != bytes([nt.CANARY]) * (stop - begin):
                    wrong = [i for i, byte in enumerate(found.raw) if byte != nt.CANARY]
                    self.damage.append(f"{len(wrong)} bytes {'after' if k else 'before'} a tensor were written, the first "
                                       + (f"{wrong[0]} bytes after its end" if k else f"{stop - begin - wrong[-1]} bytes before it"))
            return self.plain_free(context, base)

    device._device = Checked()
    return device._device


class Correctness:
    def __init__(self, options):
        self.options, self.nt = options, import_tests(options)
        self.unpacked = Unpacked(self.nt)
        import gpu_cells
        self.cells = gpu_cells
        self.failures, self.checks = [], 0
        self.nt.fail = self.failures.append
        self.nt.finish = lambda: None

    def items(self, listed):
        """Names of cases and scripts, with the entry of the list."""
        entries = {e["name"]: e for e in listed["kernels"] if e["kind"] in ("case", "script")}
        self.cases = {c.name: c for c in self.cells.cases(self.options.quick)}
        names = [n for n, e in entries.items() if e["kind"] == "script" or n in self.cases]
        if self.options.quick:
            quick = [os.path.splitext(s)[0] for s in self.cells.QUICK_SCRIPTS]
            names = [n for n in names if entries[n]["kind"] == "case" or n.rsplit("-", 1)[0] in quick]
        self.entries = entries
        return names

    def missing(self):
        """Cases that the folder does not have."""
        return [n for n in self.cases if n not in self.entries]

    def start(self):
        self.device = make_device(self.nt, self.options)
        context = self.device.context
        return {"arch": context.gpu_arch, "multiprocessors": context.gpu_multiprocessors}

    def run(self, name):
        entry = self.entries[name]
        self.failures.clear()
        self.nt.worst.clear()
        self.checks = 0
        if "error" in entry:
            return {"failures": ["does not compile: " + entry["error"][:500]]}
        (self.run_script if entry["kind"] == "script" else self.run_case)(name, entry)
        self.failures += [f"{name}: {text}" for text in self.device.damage]
        self.device.damage.clear()
        return {"failures": list(self.failures), "checks": self.checks,
                "worst": max((share for share, _ in self.nt.worst.values()), default=0)}

    def run_script(self, name, entry):
        """A test's script, with the libraries that were made of its strings."""
        import hashlib
        by_hash = {e["hash"]: e["name"] for e in self.entries.values() if "hash" in e}
        real, found = self.nt.Library, self.nt.mismatch
        if self.options.simulate:
            set_simulator(GLOBAL_RACES="0")

        def library(text=None, **how):
            key = hashlib.sha256(text.encode()).hexdigest()
            if key not in by_hash:
                raise RuntimeError(f"{entry['script']} makes kernels that the folder does not have")
            return self.unpacked.library(by_hash[key], real)

        def mismatch(*args, **how):
            self.checks += 1
            return found(*args, **how)

        self.nt.Library, self.nt.mismatch = library, mismatch
        try:
            runpy.run_path(os.path.join(HERE, "test", entry["script"]), run_name="__main__")
        finally:
            self.nt.Library, self.nt.mismatch = real, found

    def run_case(self, name, entry):
        import numpy as np
        if self.options.simulate:
            set_simulator(GLOBAL_RACES="1")
        case, lib = self.cases[name], self.unpacked.library(name)
        rng = np.random.default_rng(zlib.crc32(name.encode()))
        for j, shape in enumerate(case.shapes):
            begin = time.monotonic()
            self.guarded(f"{name} {list(shape)}", lambda: self.check_shape(case, lib, shape, rng, (0, 0.5, 10)[j % 3]))
            if self.options.verbose:
                print(f"  {name} {list(shape)}: {time.monotonic() - begin:.2f} s", flush=True)
        self.guarded(f"{name}, many rows", lambda: self.check_many(case, lib, rng))

    def guarded(self, label, check):
        """A GPU that reports an error is of no more use to this process; an interpreter is."""
        try:
            check()
        except self.nt.KernelError as error:
            self.failures.append(f"{label}: the kernel refuses: {error}")
        except SystemExit as error:
            if not self.options.simulate:
                raise
            self.failures.append(f"{label}: {error}")

    def outputs(self, kernel, values, **how):
        found = kernel(*values.values(), **how)
        return found if isinstance(found, list) else [found]

    def same(self, label, program, whole, part, only=None, count=None):
        for name, a, b in zip(program.results, whole, part):
            if only is None or name in only:
                self.checks += 1
                self.nt.same_bits(f"{program!r} {name} {label}", a if count is None else a[:count], b)

    def check_shape(self, case, lib, shape, rng, mean):
        program, kernel = case.program, lib["dynamic"]
        values = program.inputs(rng, shape, mean=mean)
        outputs = self.outputs(kernel, values)
        self.checks += len(outputs)
        program.check(case.name, outputs, shape, values)
        self.same_again(case, kernel, values, outputs, shape)
        alone = by_sample(program)
        for count in (1, 2) if alone else ():
            if count < shape[0]:
                part = {k: v[:count] if k in alone else v for k, v in values.items()}
                self.same(f"of {list(shape)}, {count} of the rows", program, outputs, self.outputs(kernel, part), alone, count)
        self.check_strides(program, kernel, values, outputs, shape)
        if shape == case.fixed:
            self.same(f"of {list(shape)}, fixed sizes", program, outputs, self.outputs(lib["fixed"], values))

    def same_again(self, case, kernel, values, outputs, shape):
        """Other runs on a GPU, other orders of blocks and warps in an interpreter: no bit may depend on them."""
        if not self.options.simulate:
            for _ in range(3):
                self.same(f"of {list(shape)}, another run", case.program, outputs, self.outputs(kernel, values))
            return
        order = ("skewed", "reverse", "random")[len(shape) % 3]
        self.set_order(order)
        self.same(f"of {list(shape)}, {order} order", case.program, outputs, self.outputs(kernel, values))
        self.set_order("forward")

    def set_order(self, order):
        if self.options.simulate:
            set_simulator(ORDER=order)

    def check_strides(self, program, kernel, values, outputs, shape):
        """Rows that are an odd number of elements apart, from an address that has no more alignment than an element."""
        shapes = [v.shape for v in values.values()] + [o.shape for o in outputs]
        strides = {i: spread(s, 2 if program.layout == "any" else 1) for i, s in enumerate(shapes) if len(s) > 1}
        if not strides:
            return
        tensors = kernel.tensors(*values.values(), strides=strides)
        before = [t.gaps() for t in tensors]
        found = kernel.run(tensors)
        self.same(f"of {list(shape)}, odd strides", program, outputs, [t.array for t in found])
        for i, (t, gaps) in enumerate(zip(tensors, before)):
            if t.gaps() != gaps:
                self.nt.fail(f"{program!r} of {list(shape)}, odd strides: argument {i} was written between its rows")

    def check_many(self, case, lib, rng):
        """A batch of some hundred copies of a small one: every row has the bits that it has in the small one."""
        import numpy as np
        program, kernel = case.program, lib["dynamic"]
        alone = by_sample(program)
        if not alone:
            return
        shape = case.fitted((5, 4, 5, 7) if hasattr(program, "last") else (23, 1000))
        times = 3 if self.options.simulate else 300
        values = program.inputs(rng, shape)
        outputs = self.outputs(kernel, values)
        program.check(case.name, outputs, shape, values)
        tiled = lambda a: np.tile(a, (times,) + (1,) * (a.ndim - 1))
        many = self.outputs(kernel, {k: tiled(v) if k in alone else v for k, v in values.items()})
        self.same(f"of {list(shape)}, {times} times the rows", program,
                  [tiled(o) if n in alone else o for n, o in zip(program.results, outputs)], many, alone)


def by_sample(program):
    """The inputs and outputs that have one part for every row or sample, whose bits depend on that row alone."""
    kind = getattr(program, "kind", None)
    if kind == "batch":
        return set()
    names = {"x", "dy", "y", "residual", "gate", "dsum", "sum", "dinput"}
    return names if kind == "inference" else names | {"mean", "stat", "rstd", "variance"}


def spread(shape, inner):
    """Strides with an odd number of elements from row to row. A size of 1 has one too: a kernel must not care."""
    strides, step = [inner], shape[-1] * inner
    step += 1 + step % 2
    for n in reversed(shape[:-1]):
        strides.insert(0, step)
        step *= max(1, n)
    return tuple(strides)


# ---- Two processes: this one starts the other again after a kernel that ended it ----


def worker(options):
    """Does the items of one part from `--start` on, and writes a line of JSON before and after each."""
    protocol = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    say = lambda **what: protocol.write(json.dumps(what) + "\n")
    part = make_part(options, options.worker)
    names = selected(options, part.items(read_list()))
    say(device=part.start())
    for name in names[options.start:]:
        say(begin=name)
        began = time.monotonic()
        try:
            result = part.run(name)
        except (SystemExit, Exception) as error:
            import traceback
            traceback.print_exc()
            # The other process takes the rest up in a new one.
            say(done=name, failures=[f"{name}: {type(error).__name__}: {error}"], seconds=time.monotonic() - began)
            protocol.flush()
            os._exit(3)
        say(done=name, **{"seconds": time.monotonic() - began, **result})
    protocol.flush()
    # Python's end would free what PyTorch and the driver may have taken down before.
    os._exit(0)


def make_part(options, name):
    if name == "correctness":
        return Correctness(options)
    import_tests(options)
    import gpu_bench
    return gpu_bench.Benchmark(options, HERE)


def selected(options, names):
    return [n for n in names if not options.kernel or any(k in n for k in options.kernel)]


def lines_of(process):
    """Lines in a queue, then None."""
    lines = queue.Queue()

    def read():
        for line in process.stdout:
            lines.put(line)
        lines.put(None)
    threading.Thread(target=read, daemon=True).start()
    return lines


def run_part(options, part, names, deadline):
    """Results by name, in order; the device; what was left out for time."""
    results, device, command = {}, {}, [sys.executable, os.path.abspath(__file__), "--worker", part] + options.passed
    while len(results) < len(names):
        before = len(results)
        # What a process leaves that is ended by a kernel goes with the folder.
        with tempfile.TemporaryFile("w+") as errors, tempfile.TemporaryDirectory(prefix="gpu-check-") as folder:
            process = subprocess.Popen(command + ["--start", str(len(results))], stdout=subprocess.PIPE, stderr=errors, text=True,
                                       env={**os.environ, "TMPDIR": folder})
            lines, current, hangs = lines_of(process), None, False
            while True:
                try:
                    line = lines.get(timeout=PATIENCE[part])
                except queue.Empty:
                    hangs = True
                    process.kill()
                    break
                if line is None:
                    break
                said = json.loads(line)
                device = said.get("device", device)
                if "begin" in said:
                    current = said["begin"]
                    if deadline and time.monotonic() > deadline:
                        process.kill()
                        process.wait()
                        return results, device, names[len(results):]
                if "done" in said:
                    results[current] = said
                    report(options, said, len(results), len(names))
                    current = None
            process.wait()
            errors.seek(0)
            tail = errors.read()[-3000:].strip()
            if options.verbose and tail:
                print(tail, flush=True)
            if current is not None or hangs and len(results) < len(names):
                current = current or names[len(results)]
                why = f"did not end within {PATIENCE[part]} s" if hangs else f"ended the process, with status {process.returncode}"
                results[current] = {"done": current, "failures": [f"{current} {why}: {tail[-1000:]}"], "seconds": 0}
                report(options, results[current], len(results), len(names))
            elif len(results) == before:
                # Not about a kernel: no GPU, or one that has gone.
                sys.exit(f"gpu-check: {part} cannot {'go on' if before else 'begin'}: {tail}")
    return results, device, []


def report(options, result, k, n):
    for text in result["failures"][:4]:
        print(f"FAIL {text[:1500]}", flush=True)
    if result["failures"]:
        if len(result["failures"]) > 4:
            print(f"     and {len(result['failures']) - 4} more", flush=True)
        print(f"     alone: {options.program} --only {options.part} --kernel '{result['done']}'", flush=True)
    elif options.verbose or result.get("line"):
        print(f"{k:4}/{n} {result.get('line') or result['done']}" +
              (f": {result['checks']} checks, {result['worst']:.2f} of the bound" if "checks" in result else ""), flush=True)


# ---- What is written ----


def smi():
    """Name, driver and power limit, of whoever knows them."""
    try:
        done = subprocess.run(["nvidia-smi", "--query-gpu=name,driver_version,power.limit,clocks.max.sm,clocks.max.mem",
                               "--format=csv,noheader"], capture_output=True, text=True, timeout=30)
        keys = ("card", "driver", "power", "clock", "memory_clock")
        return dict(zip(keys, (f.strip() for f in done.stdout.splitlines()[0].split(","))))
    except (OSError, IndexError, subprocess.TimeoutExpired):
        return {}


def markdown(data):
    import gpu_bench
    built = data["built"]
    text = (f"{data['date']}, {data['machine']}, commit {built['commit']}: `{data['command']}`. Kernels of normc {built['normc']} "
            f"for {', '.join(built['targets'])}, {'assembled by ' + built['ptxas'] if built['ptxas'] else 'as PTX only'}.\n")
    for note in data["notes"]:
        text += f"\n{note}\n"
    if "correctness" in data:
        found = data["correctness"]
        wrong = [r for r in found if r["failures"]]
        text += (f"\nCorrectness: {len(found) - len(wrong)} of {len(found)} kernels and scripts are right, "
                 f"{sum(r.get('checks', 0) for r in found)} results compared.\n")
        text += "".join(f"- {r['done']}: {r['failures'][0]}\n" for r in wrong)
    if "bench" in data:
        text += "\n" + gpu_bench.markdown(data["bench"], data["simulated"])
    return text


def main():
    parser = argparse.ArgumentParser(prog="run.sh", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--quick", action="store_true", help="fewer kernels, shapes and cells")
    add("--out", default="results", metavar="NAME", help="write NAME.json and NAME.md (default: results, in the working folder)")
    add("--only", choices=PARTS, help="one of the halves")
    add("--kernel", action="append", metavar="WORD", help="only what has this in its name; may be repeated")
    add("--minutes", type=float, default=MINUTES, help="begin nothing after so many; 0: no limit (default: %(default)g)")
    add("--compile", choices=("none", "some", "all"), default="some",
        help="which cells torch.compile is asked for: it needs seconds for each (default: some)")
    add("--seconds", type=float, default=0.25, help="of timing for each cell, about")
    add("--simulate", action="store_true", help="on the PTX interpreter")
    add("--arch", type=int, default=90, help="that the interpreter has (default: 90)")
    add("--verbose", action="store_true", help="a line for everything")
    add("--worker", choices=PARTS, help=argparse.SUPPRESS)
    add("--start", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    try:
        import numpy  # noqa: F401
    except ImportError:
        sys.exit(f"gpu-check: expects numpy in {sys.executable}; another Python is named by PYTHON=")
    if options.worker:
        return worker(options)
    options.passed = [a for a in sys.argv[1:]]
    options.program = os.path.relpath(os.path.join(HERE, "run.sh")) + (" --simulate" if options.simulate else "") + \
        (" --quick" if options.quick else "")
    built = read_list()
    begin = time.monotonic()
    deadline = begin + 60 * options.minutes if options.minutes else None
    # The benchmark needs its part of the time.
    first = begin + 36 * options.minutes if options.minutes and options.only is None else deadline
    card = {} if options.simulate else smi()
    data = {"date": time.strftime("%Y-%m-%d"), "command": " ".join(["run.sh"] + options.passed), "simulated": options.simulate,
            "card": card, "built": {k: v for k, v in built.items() if k != "kernels"}, "notes": []}
    wrong, left = [], 0
    for e in built["kernels"]:
        if "error" in e and e["kind"] in ("bench", "example") and options.only != "correctness":
            wrong.append(e["name"])
            print(f"FAIL {e['name']} does not compile: {e['error'][:500]}", flush=True)
    for part in PARTS if options.only is None else (options.only,):
        options.part = part
        maker = make_part(options, part)
        names = selected(options, maker.items(built))
        print(f"{part}: {len(names)} items", flush=True)
        for name in getattr(maker, "missing", list)():
            if not options.kernel:
                wrong.append(name)
                print(f"FAIL {name} is not in this folder: it was built {'with --quick' if built['quick'] else 'from other sources'}")
        results, device, skipped = run_part(options, part, names, first if part == "correctness" else deadline)
        data["device"] = device
        data[part] = list(results.values())
        if skipped:
            data["notes"].append(f"Left out for time (--minutes={options.minutes:g}): {len(skipped)} of {len(names)} of {part}.")
            left += len(skipped)
        data["notes"] += [n for n in device.get("notes", []) if n not in data["notes"]]
        wrong += [r["done"] for r in results.values() if r["failures"]]
    device = data.get("device", {})
    name = f"simulated sm_{options.arch}" if options.simulate else \
        f"{card.get('card', 'GPU')} (sm_{device.get('arch')}, {device.get('multiprocessors')} multiprocessors), " \
        f"driver {card.get('driver', 'unknown')}, limit {card.get('power', 'unknown')}"
    data["machine"] = f"{name}, {platform.machine()}"
    data["wrong"], data["seconds"] = wrong, round(time.monotonic() - begin, 1)
    for suffix, text in ((".json", json.dumps(data, indent=1) + "\n"), (".md", markdown(data))):
        with open(options.out + suffix, "w") as file:
            file.write(text)
    for note in data["notes"]:
        print(note)
    for line in summary(data):
        print(line)
    what = "dry run on the interpreter, no GPU was used" if options.simulate else name
    print(f"gpu-check: {what}: {'FAILED, ' + str(len(wrong)) + ' wrong: ' + ', '.join(wrong[:8]) if wrong else 'all right'}"
          f"{f', {left} left out for time' if left else ''}; {data['seconds']:.0f} s; {options.out}.json, {options.out}.md")
    sys.exit(1 if wrong else 0)


def summary(data):
    import gpu_bench
    if "correctness" in data:
        found = data["correctness"]
        yield (f"correctness: {sum(not r['failures'] for r in found)} of {len(found)} kernels and scripts are right, "
               f"{sum(r.get('checks', 0) for r in found)} results compared")
    if "bench" in data:
        yield from gpu_bench.summary(data["bench"], data["simulated"])


if __name__ == "__main__":
    main()
