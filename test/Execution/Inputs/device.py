#===- device.py - tests' kernels on a GPU, or on the PTX interpreter ----------===#
#
# With NORMTEST_DEVICE=ptxsim (or cuda), normtest compiles kernels for NORMTEST_CHIP (sm_90) and calls them through
# libnormrt with tensors in the device's memory: whatever compares results of kernels of this machine compares those of a
# GPU then.
#
#===----------------------------------------------------------------------===#

import ctypes
import os
import sys


class Context(ctypes.Structure):
    _fields_ = [("size", ctypes.c_uint32), ("abi", ctypes.c_uint32), ("workspace", ctypes.c_void_p),
                ("workspace_bytes", ctypes.c_uint64), ("user", ctypes.c_void_p), ("parallel_for", ctypes.c_void_p),
                ("stream", ctypes.c_void_p), ("launch", ctypes.c_void_p), ("launch_user", ctypes.c_void_p),
                ("prepare", ctypes.c_void_p), ("gpu_arch", ctypes.c_int32), ("gpu_device", ctypes.c_int32),
                ("gpu_multiprocessors", ctypes.c_int32), ("gpu_shared_bytes", ctypes.c_uint32),
                ("allocate", ctypes.c_void_p), ("deallocate", ctypes.c_void_p), ("allocate_user", ctypes.c_void_p)]


KIND = os.environ.get("NORMTEST_DEVICE", "cpu")
CHIP = os.environ.get("NORMTEST_CHIP", "sm_90")
_device = None


def find(runtime, libraries):
    """The device that kernels are tested on; None for this machine."""
    global _device
    if KIND == "cpu":
        return None
    if _device is None:
        _device = Device(runtime, libraries)
    return _device


class Device:
    def __init__(self, runtime, libraries):
        if KIND == "ptxsim":
            os.environ["NORMRT_CUDA_DRIVER"] = os.path.join(libraries, "libnormptxsim.so")
            os.environ.setdefault("NORMC_PTXSIM_ARCH", CHIP[3:].rstrip("a"))
        elif KIND != "cuda":
            sys.exit(f"NORMTEST_DEVICE is cpu, cuda or ptxsim, not {KIND}")
        self.runtime, self.simulator, self.traffic = runtime, None, []
        if KIND == "ptxsim":
            self.simulator = ctypes.CDLL(os.environ["NORMRT_CUDA_DRIVER"])
            self.simulator.normptxsim_mark.argtypes = [ctypes.c_uint64, ctypes.c_uint32, ctypes.c_char_p]
            self.simulator.normptxsim_buffer.argtypes = [ctypes.c_uint64, ctypes.c_void_p]
        self.context = Context(ctypes.sizeof(Context), 1)
        message = ctypes.create_string_buffer(500)
        code = runtime.normrt_cuda_context_init(ctypes.byref(self.context), 0, None, message, len(message))
        if code:
            sys.exit(f"no GPU: {message.value.decode()}")
        runtime.normrt_cuda_error_text.restype = ctypes.c_char_p
        for name in ("malloc", "free", "copy_in", "copy_out"):
            function = getattr(runtime, "normrt_cuda_" + name)
            function.argtypes = {"malloc": [ctypes.c_void_p, ctypes.c_uint64, ctypes.c_void_p],
                                 "free": [ctypes.c_void_p, ctypes.c_void_p]}.get(
                                     name, [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint64])
            setattr(self, name, function)

    def check(self, code):
        if code:
            sys.exit(f"the device failed with {code}: {self.runtime.normrt_cuda_error_text().decode()}")

    def allocate(self, size, residue=0):
        """Device memory; the address is `residue` modulo 256, so that alignment is what it is on this machine."""
        base = ctypes.c_void_p()
        self.check(self.malloc(ctypes.byref(self.context), max(1, size) + residue, ctypes.byref(base)))
        return base.value, base.value + residue

    def order(self, name):
        """The order of blocks and warps: forward, reverse, random, skewed."""
        os.environ["NORMC_PTXSIM_ORDER"] = name
        if self.simulator:
            self.check(self.simulator.normptxsim_reset())

    def mark(self, kernel, tensors, places, memory_of, scratch):
        """What kernels may not write, and what nobody has written yet."""
        written = {id(memory_of(t)) for t in tensors[len(kernel.inputs):] if t is not None}
        for key, (_, base, _) in places.items():
            if key not in written:
                self.check(self.simulator.normptxsim_mark(base, 1, b"input"))
        if scratch:
            self.check(self.simulator.normptxsim_mark(scratch, 4, b"workspace"))

    def measure(self, tensors, places, memory_of):
        """Bytes that the kernel loaded and stored, by argument, and those of the tensors; since the last order()."""
        self.traffic = []
        for tensor in tensors:
            found = (ctypes.c_uint64 * 4)()
            if tensor is not None and id(memory_of(tensor)) in places:
                self.check(self.simulator.normptxsim_buffer(places[id(memory_of(tensor))][1], found))
            size = tensor.array.size * tensor.array.itemsize if tensor is not None else 0
            self.traffic.append((found[0], found[1], size))

    def call(self, kernel, tensors, workspace_bytes):
        """Copies all memory there, runs, and copies all of it back."""
        places, ctx = {}, ctypes.byref(self.context)

        def memory_of(tensor):
            # A view of another tensor keeps that.
            return tensor.keep.memory if hasattr(tensor, "keep") else tensor.memory

        for tensor in tensors:
            if tensor is None or memory_of(tensor).size == 0 or id(memory_of(tensor)) in places:
                continue
            memory = memory_of(tensor)
            base, place = self.allocate(memory.size, memory.address % 256)
            places[id(memory)] = (memory, base, place)
            self.check(self.copy_in(ctx, place, memory.address, memory.size))
        scratch = None
        if workspace_bytes > 0:
            scratch, self.context.workspace = self.allocate(workspace_bytes)
            self.context.workspace_bytes = workspace_bytes
        saved, done = [], set()
        for tensor in tensors:
            # One tensor may be input and output.
            if tensor is None or id(tensor) in done:
                continue
            done.add(id(tensor))
            s = tensor.struct
            saved.append((s, s.data))
            s.device_type = 2
            if s.data is not None and id(memory_of(tensor)) in places:
                memory, _, place = places[id(memory_of(tensor))]
                s.data = s.data - memory.address + place
        if self.simulator:
            self.mark(kernel, tensors, places, memory_of, scratch)
        args, n = kernel.args(tensors)
        code = kernel.function(ctx, args, n)
        if self.simulator:
            self.measure(tensors, places, memory_of)
        for s, data in saved:
            s.data, s.device_type = data, 1
        text = self.runtime.normrt_cuda_error_text()
        if code & 255 >= 64:
            sys.exit(f"{kernel.name}: the device failed with {code & 255}: {text.decode() if text else ''}")
        for memory, base, place in places.values():
            self.check(self.copy_out(ctx, memory.address, place, memory.size))
            self.check(self.free(ctx, base))
        if scratch:
            self.check(self.free(ctx, scratch))
            self.context.workspace, self.context.workspace_bytes = None, 0
        return code
