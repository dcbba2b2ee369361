#===- cross.py - kernels of another architecture ---------------------------===#
#
# The kernels of a module, compiled for aarch64 and called in qemu, and beside them the same kernels of this machine:
# both have a fused multiply-add and the same orders of sums, so every bit of their results has to agree.
#
#===----------------------------------------------------------------------===#

import json
import os
import struct
import subprocess
import sys
import tempfile

import normtest as nt

CC = os.environ.get("AARCH64_CC", "aarch64-linux-gnu-gcc")
QEMU = os.environ.get("QEMU_AARCH64", "qemu-aarch64 -L /usr/aarch64-linux-gnu").split()
HERE = os.path.dirname(os.path.abspath(__file__))
INCLUDE = os.path.join(HERE, "..", "..", "..", "include")
calls = compared = 0


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\nfailed with {done.returncode}:\n{done.stderr[:5000]}")


class Library:
    """As normtest.Library; a kernel's call is the other machine's, and compared with this one's.

    compare     the module to compile for this machine, where not all is worth the time
    """

    def __init__(self, text, compare=None):
        self.host = nt.Library(text if compare is None else compare, flags=["--target=x86-64-v3"])
        self.folder = tempfile.TemporaryDirectory(prefix="normtest-")
        path = os.path.join(self.folder.name, "")
        with open(path + "in.mlir", "w") as f:
            f.write(text)
        run(os.path.join(nt.tool_folder(), "normc"), path + "in.mlir", "--target=aarch64:generic", "-o", path + "lib.o",
            "--manifest=" + path + "lib.json")
        run(CC, "-shared", path + "lib.o", "-o", path + "lib.so")
        run(CC, "-std=gnu11", "-O1", "-Wall", "-Wextra", "-Werror", "-I" + INCLUDE,
            os.path.join(HERE, "call-kernels.c"), "-o", path + "call-kernels")
        self.process = subprocess.Popen([*QEMU, path + "call-kernels", path + "lib.so"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)
        with open(path + "lib.json") as f:
            self.kernels = {entry["name"]: Kernel(self, entry) for entry in json.load(f)["kernels"]}

    def __getitem__(self, name):
        return self.kernels[name]

    def read(self, size):
        found = self.process.stdout.read(size)
        if len(found) != size:
            sys.exit(f"call-kernels ended with {self.process.wait()}")
        return found


class Kernel(nt.Kernel):
    def __init__(self, library, entry):
        host = library.host.kernels.get(entry["name"])
        self.library, self.entry, self.name, self.host = library, entry, entry["name"], host
        self.arguments = entry["arguments"]
        self.inputs = [a for a in self.arguments if a["direction"] == "input"]
        self.outputs = [a for a in self.arguments if a["direction"] == "output"]

    def call(self, tensors, threads=None):
        """The other machine's return code and memory. `threads` are for it to choose: it tries two ways."""
        global calls
        calls += 1
        numbers = lambda *n: struct.pack(f"<{len(n)}q", *n)
        name = self.entry["symbol"].encode()
        message = [numbers(len(name)), name, numbers(len(tensors))]
        memories = {}
        for i, t in enumerate(tensors):
            if t is None:
                message.append(numbers(*[0] * 10))
                continue
            owner = memories.setdefault(id(t.memory), (i, t.memory))[0]
            s = t.struct
            message += [numbers(1, s.code, s.bits, s.ndim, bool(s.strides), owner, s.data is not None,
                                (s.data or 0) - t.memory.address if s.data else 0, s.byte_offset, t.memory.size),
                        numbers(*t._shape[:s.ndim]), numbers(*t._strides[:s.ndim])]
            if owner == i:
                message.append(t.memory.bytes().tobytes())
        process = self.library.process
        process.stdin.write(b"".join(message))
        process.stdin.flush()
        code, = struct.unpack("<q", self.library.read(8))
        there = [self.library.read(m.size) for _, m in memories.values()]

        if self.host:
            self.compare(code, self.host.call(tensors), memories.values(), there)
        for (_, memory), found in zip(memories.values(), there):
            memory.bytes()[:] = memoryview(found)
        return code

    def compare(self, code, here, memories, there):
        global compared
        compared += 1
        if here != code:
            nt.fail(f"{self.name}: returns {here} on this machine, {code} on the other")
        for (i, memory), found in zip(memories, there):
            mine = memory.bytes().tobytes()
            if mine == found:
                continue
            name, item = "", 1
            if i < len(self.arguments):
                name, item = self.arguments[i]["name"], nt.storage(self.arguments[i]["dtype"]).itemsize
            bad = [k for k in range(0, memory.size, item) if mine[k:k + item] != found[k:k + item]]
            k = bad[0]
            nt.fail(f"{self.name}: argument {i} ({name}) has other bits on the other machine in {len(bad)} of "
                    f"{memory.size // item} elements, first at {k // item}: {mine[k:k + item].hex()} here, "
                    f"{found[k:k + item].hex()} there")
