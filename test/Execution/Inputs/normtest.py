#===- normtest.py - compile kernels, call them, compare --------------------===#
#
# A test writes MLIR, compiles all of it to one library with `normc`, and calls kernels with tensors that have
# guard pages around them. What differs from the formulas is printed with kernel, shape, index, got, expected and ULPs.
#
#===----------------------------------------------------------------------===#

import ctypes
import json
import mmap
import os
import subprocess
import sys
import tempfile

import numpy as np

import bounds
import device
from bounds import LD, Arith, Value

# ---- Types ----

_STORAGE = {"f8E4M3FN": np.uint8, "f8E5M2": np.uint8, "f16": np.float16, "bf16": np.uint16, "f32": np.float32, "f64": np.float64, "i8": np.int8,
            "i16": np.int16, "i32": np.int32, "i64": np.int64, "i1": np.uint8}
_DLPACK = {"f8E4M3FN": (10, 8), "f8E5M2": (12, 8), "f16": (2, 16), "bf16": (4, 16), "f32": (2, 32), "f64": (2, 64), "i8": (0, 8), "i16": (0, 16),
           "i32": (0, 32), "i64": (0, 64), "i1": (6, 8)}


def _codes(dtype):
    """The number of every code of an 8-bit float. All ones is NaN, of e4m3fn the only one of a sign."""
    precision, least, largest = bounds.FORMATS[dtype]
    code = np.arange(128)
    fraction, exponent = code % 2 ** (precision - 1), code >> precision - 1
    x = np.ldexp((fraction + (exponent > 0) * 2 ** (precision - 1)).astype(LD), np.maximum(exponent, 1) + least - precision)
    x[x > largest] = np.nan
    if dtype == "f8E5M2":
        x[124] = np.inf
    return np.concatenate([x, -x])


_CODES = {dtype: _codes(dtype) for dtype in ("f8E4M3FN", "f8E5M2")}


def storage(dtype):
    return np.dtype(_STORAGE[dtype])


def encode(x, dtype):
    """Numbers as a kernel stores them, rounded to nearest even. bf16 is kept as uint16, 8-bit floats as uint8."""
    if dtype not in bounds.FORMATS:
        return np.asarray(x).astype(storage(dtype))
    with np.errstate(all="ignore"):
        rounded = bounds.round_to(x, dtype)
        if dtype == "bf16":
            return (rounded.astype(np.float32).view(np.uint32) >> np.uint32(16)).astype(np.uint16)
        if dtype in _CODES:
            # Codes are in the order of their numbers; what has none, infinite or NaN, comes last.
            finite = _CODES[dtype][:128][np.isfinite(_CODES[dtype][:128])]
            code = np.searchsorted(finite, np.abs(rounded))
            code = np.where(np.isnan(rounded), 127, code)
            return (code + 128 * np.signbit(rounded)).astype(np.uint8)
        return rounded.astype(storage(dtype))


def decode(x, dtype):
    if dtype == "bf16":
        return (x.astype(np.uint32) << np.uint32(16)).view(np.float32).astype(LD)
    if dtype in _CODES:
        return _CODES[dtype][x]
    with np.errstate(invalid="ignore"): # of a NaN that signals
        return x.astype(LD) if dtype in bounds.FORMATS else x


# ---- Memory with guard pages ----

_libc = ctypes.CDLL(None, use_errno=True)
_libc.mmap.restype = ctypes.c_void_p
_libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
_libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
_libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
_PAGE = mmap.PAGESIZE
_NORESERVE = 0x4000
CANARY = 0xA5


class Memory:
    """`size` bytes between two pages that cannot be touched. `side` says which end touches its guard page to the byte."""

    def __init__(self, size, side="end", fill=True):
        self.size = size
        pages = -(-max(size, 1) // _PAGE)
        self.length = (pages + 2) * _PAGE
        self.base = _libc.mmap(None, self.length, 3, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | _NORESERVE, -1, 0)
        if self.base in (None, ctypes.c_void_p(-1).value):
            raise MemoryError(f"mmap of {self.length} bytes failed")
        _libc.mprotect(self.base, _PAGE, 0)
        _libc.mprotect(self.base + (pages + 1) * _PAGE, _PAGE, 0)
        self.address = self.base + _PAGE
        if side == "end":
            self.address += pages * _PAGE - size
        if fill and size:
            ctypes.memset(self.address, CANARY, size)

    def bytes(self):
        if not self.size:
            return np.zeros(0, np.uint8)
        return np.frombuffer((ctypes.c_uint8 * self.size).from_address(self.address), np.uint8)

    def __del__(self):
        if getattr(self, "base", None):
            _libc.munmap(self.base, self.length)


# ---- Tensors ----


class _DLTensor(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("device_type", ctypes.c_int32), ("device_id", ctypes.c_int32),
                ("ndim", ctypes.c_int32), ("code", ctypes.c_uint8), ("bits", ctypes.c_uint8),
                ("lanes", ctypes.c_uint16), ("shape", ctypes.POINTER(ctypes.c_int64)),
                ("strides", ctypes.POINTER(ctypes.c_int64)), ("byte_offset", ctypes.c_uint64)]


class Tensor:
    """A DLTensor and its memory.

    strides     in elements; None: compact, and NULL in the DLTensor
    byte_offset passed in the DLTensor; data points that much lower
    """

    def __init__(self, shape, dtype, strides=None, byte_offset=0, side="end", memory=None, sparse=False):
        self.shape, self.dtype = tuple(int(n) for n in shape), dtype
        item = storage(dtype).itemsize
        self.null_strides = strides is None
        if strides is None:
            strides = compact(self.shape)
        self.strides = tuple(int(s) for s in strides)
        empty = 0 in self.shape
        low = 0 if empty else sum(min(0, (n - 1) * s) for n, s in zip(self.shape, self.strides))
        high = -1 if empty else sum(max(0, (n - 1) * s) for n, s in zip(self.shape, self.strides))
        self.memory = memory or Memory((high - low + 1) * item, side, fill=not sparse)
        self.first = self.memory.address - low * item
        if empty:
            self.array = np.zeros(self.shape, storage(dtype))
        else:
            span = (ctypes.c_uint8 * self.memory.size).from_address(self.memory.address)
            self.array = np.ndarray(self.shape, storage(dtype), buffer=span,
                                    offset=self.first - self.memory.address,
                                    strides=[s * item for s in self.strides])
        self.struct = _DLTensor()
        s = self.struct
        s.data = None if empty else self.first - byte_offset
        s.byte_offset = 0 if empty else byte_offset
        s.device_type, s.device_id = 1, 0
        s.ndim = len(self.shape)
        s.code, s.bits = _DLPACK[dtype]
        s.lanes = 1
        rank = max(1, len(self.shape))
        self._shape = (ctypes.c_int64 * rank)(*self.shape)
        self._strides = (ctypes.c_int64 * rank)(*self.strides)
        s.shape = self._shape
        s.strides = None if self.null_strides else self._strides

    def set(self, x):
        """Numbers; or an array of the storage type, bit for bit."""
        x = np.asarray(x)
        if x.dtype != storage(self.dtype):
            x = encode(x, self.dtype)
        self.array[...] = x.reshape(self.shape) if x.size == self.array.size else x
        return self

    def get(self):
        return decode(self.array, self.dtype)

    def gaps(self):
        """The bytes between the elements, to see that nobody wrote them."""
        if 0 in self.shape:
            return b""
        saved = self.array.copy()
        self.array[...] = 0
        found = self.memory.bytes().tobytes()
        self.array[...] = saved
        return found


def compact(shape):
    strides, step = [], 1
    for n in reversed(shape):
        strides.insert(0, step)
        step *= max(1, n)
    return tuple(strides)


# ---- Libraries and kernels ----

ERRORS = ["OK", "NUM_ARGS", "NULL_ARG", "NULL_DATA", "DEVICE", "DTYPE", "RANK", "SHAPE", "SIZE_MISMATCH", "STRIDE",
          "ALIGNMENT", "OVERLAP", "EMPTY_GROUP", "GROUP_TOO_SMALL", "WORKSPACE", "CONTEXT", "SIZE_NEGATIVE",
          "NULL_ARGS"]


class KernelError(Exception):
    def __init__(self, kernel, code):
        self.name = ERRORS[code & 255] if code & 255 < len(ERRORS) else str(code & 255)
        self.arg, self.dim = (code >> 8 & 4095) - 1, (code >> 20) - 1
        super().__init__(f"{kernel}: {self.name}, argument {self.arg}, dimension {self.dim}")


class _Context(ctypes.Structure):
    _fields_ = [("size", ctypes.c_uint32), ("abi", ctypes.c_uint32), ("workspace", ctypes.c_void_p),
                ("workspace_bytes", ctypes.c_uint64), ("user", ctypes.c_void_p), ("parallel_for", ctypes.c_void_p),
                ("stream", ctypes.c_void_p), ("launch", ctypes.c_void_p), ("launch_user", ctypes.c_void_p)]


_normrt = None
_pools = {}


def runtime():
    global _normrt
    if _normrt is None:
        _normrt = ctypes.CDLL(os.path.join(tool_folder(), "..", "lib", "libnormrt.so"))
        _normrt.normrt_pool_create.restype = ctypes.c_void_p
    return _normrt


def pool(threads):
    if threads not in _pools:
        _pools[threads] = runtime().normrt_pool_create(threads)
    return _pools[threads]


def tool_folder():
    import shutil
    found = shutil.which("normc")
    if not found:
        sys.exit("normc is not on PATH")
    return os.path.dirname(os.path.realpath(found))


class Library:
    """Kernels of one module: MLIR text, or a file."""

    def __init__(self, text=None, file=None, library=None, manifest=None, flags=()):
        self.folder = tempfile.TemporaryDirectory(prefix="normtest-")
        self.device = device.find(runtime(), os.path.join(tool_folder(), "..", "lib"))
        if library is None:
            source = file or os.path.join(self.folder.name, "in.mlir")
            if text is not None:
                with open(source, "w") as f:
                    f.write(text)
            library = os.path.join(self.folder.name, "lib.so")
            manifest = os.path.join(self.folder.name, "lib.json")
            where = ["--target=host", "--parallel-bytes=0"] if self.device is None else ["--target=" + device.CHIP]
            command = [os.path.join(tool_folder(), "normc"), source, *where, "--emit=lib", "-o", library,
                       "--manifest=" + manifest, *flags]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                if text is not None:
                    print(text[:20000])
                sys.exit(f"{' '.join(command)}\nfailed with {done.returncode}:\n{done.stderr}")
        self.handle = ctypes.CDLL(library)
        with open(manifest) as f:
            self.manifest = json.load(f)
        self.kernels = {k["name"]: Kernel(self, k) for k in self.manifest["kernels"]}

    def __getitem__(self, name):
        return self.kernels[name]


class Lowered(Library):
    """The same module through a pipeline of norm-opt, with the interfaces of `real`, what normc made of it."""

    device = None

    def __init__(self, text, real, pipeline):
        self.folder = tempfile.TemporaryDirectory(prefix="normtest-")
        path = os.path.join(self.folder.name, "o")
        with open(path + ".mlir", "w") as f:
            f.write(text)
        for command in (["norm-opt", path + ".mlir", "--" + pipeline, "-o", path + "-ll.mlir"],
                        ["mlir-translate", "--mlir-to-llvmir", path + "-ll.mlir", "-o", path + ".ll"],
                        ["llc", "-O1", "--relocation-model=pic", "--filetype=obj", path + ".ll", "-o", path + ".o"],
                        ["cc", "-shared", path + ".o", "-o", path + ".so", "-lm"]):
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                sys.exit(f"{' '.join(command)}\nfailed with {done.returncode}:\n{done.stderr[:5000]}")
        self.handle = ctypes.CDLL(path + ".so")
        self.kernels = {name: self.make(kernel) for name, kernel in real.kernels.items()}

    def make(self, kernel):
        return Kernel(self, kernel.entry)


class Oracle(Lowered):
    """The same module through the reference pipeline in f64: every float tensor is f64, and results are not rounded."""

    def __init__(self, text, real):
        super().__init__(text, real, "norm-reference-pipeline=compute=f64")

    def make(self, kernel):
        entry = dict(kernel.entry)
        entry["arguments"] = [dict(a, dtype="f64" if a["dtype"] in bounds.FORMATS else a["dtype"])
                              for a in entry["arguments"]]
        return OracleKernel(self, entry, [a["dtype"] for a in kernel.inputs])


def _factors(size):
    """A manifest's size: 4096, "c", "32*c", "2*a*b" as (factor, symbols)."""
    if isinstance(size, int):
        return size, []
    factor, symbols = 1, []
    for part in size.replace(" ", "").split("*"):
        if part.isdigit():
            factor *= int(part)
        else:
            symbols.append(part)
    return factor, symbols


class Kernel:
    def __init__(self, library, entry):
        self.library, self.entry, self.name = library, entry, entry["name"]
        self.function = getattr(library.handle, entry["symbol"])
        self.function.restype = ctypes.c_int32
        self.workspace = None
        if entry.get("workspace_symbol"):
            self.workspace = getattr(library.handle, entry["workspace_symbol"])
            self.workspace.restype = ctypes.c_int64
        self.arguments = entry["arguments"]
        self.inputs = [a for a in self.arguments if a["direction"] == "input"]
        self.outputs = [a for a in self.arguments if a["direction"] == "output"]

    def output_shapes(self, shapes):
        sizes, pending = {}, []
        for argument, shape in zip(self.inputs, shapes):
            if len(argument["shape"]) != len(shape):
                sys.exit(f"{self.name}: {argument['name']} has rank {len(argument['shape'])}, given {shape}")
            pending += zip(argument["shape"], shape)
        for _ in range(4):
            for want, n in pending:
                factor, symbols = _factors(want)
                unknown = [s for s in symbols if s not in sizes]
                for s in symbols:
                    factor *= sizes.get(s, 1)
                if len(unknown) == 1 and factor:
                    sizes[unknown[0]] = n // factor
        def size(want):
            factor, symbols = _factors(want)
            for s in symbols:
                factor *= sizes[s]
            return factor
        return [tuple(size(n) for n in a["shape"]) for a in self.outputs]

    def tensors(self, *values, shapes=None, side="end", strides={}, byte_offset={}):
        """Inputs from numbers (or Tensors), and fresh outputs. `strides`, `byte_offset`: by argument position."""
        tensors = []
        for i, (value, argument) in enumerate(zip(values, self.inputs)):
            if not isinstance(value, Tensor):
                value = np.asarray(value)
                value = Tensor(value.shape, argument["dtype"], side=side, strides=strides.get(i),
                               byte_offset=byte_offset.get(i, 0)).set(value)
            tensors.append(value)
        if len(values) != len(self.inputs):
            sys.exit(f"{self.name}: {len(self.inputs)} inputs expected, {len(values)} given")
        shapes = shapes or self.output_shapes([t.shape for t in tensors])
        for j, (shape, argument) in enumerate(zip(shapes, self.outputs)):
            i = len(values) + j
            tensors.append(Tensor(shape, argument["dtype"], side=side, strides=strides.get(i),
                                  byte_offset=byte_offset.get(i, 0)))
        return tensors

    def args(self, tensors):
        pointers = (ctypes.POINTER(_DLTensor) * len(tensors))(
            *[None if t is None else ctypes.pointer(t.struct) for t in tensors])
        return pointers, len(tensors)

    def workspace_size(self, tensors):
        if not self.workspace:
            return 0
        for t in tensors:
            if t is not None and self.library.device:
                t.struct.device_type = 2
        size = self.workspace(*self.args(tensors))
        for t in tensors:
            if t is not None and self.library.device:
                t.struct.device_type = 1
        return size

    def call(self, tensors, threads=None):
        """Runs; the return code. threads None: without a context, if its stack is enough."""
        args, n = self.args(tensors)
        bytes_needed = self.workspace_size(tensors)
        if self.library.device:
            return self.library.device.call(self, tensors, bytes_needed)
        if threads is None and bytes_needed <= 65536:
            return self.function(None, args, n)
        context = _Context(ctypes.sizeof(_Context), 1)
        memory = None
        if bytes_needed > 0:
            size = -(-bytes_needed // 64) * 64
            memory = Memory(size)
            context.workspace, context.workspace_bytes = memory.address, bytes_needed
        if threads is not None:
            context.user = pool(threads)
            context.parallel_for = ctypes.cast(runtime().normrt_parallel_for, ctypes.c_void_p).value
        return self.function(ctypes.byref(context), args, n)

    def run(self, tensors, threads=None):
        code = self.call(tensors, threads)
        if code:
            raise KernelError(self.name, code)
        return tensors[len(self.inputs):]

    def __call__(self, *values, threads=None, **how):
        """The outputs as stored; list, or the one."""
        tensors = self.tensors(*values, **how)
        before = [t.memory.bytes().tobytes() if t.memory.size < 1 << 24 else None for t in tensors]
        outputs = self.run(tensors, threads)
        for i, tensor in enumerate(tensors[:len(self.inputs)]):
            if before[i] is not None and tensor.memory.bytes().tobytes() != before[i] and \
                    all(tensor.memory is not o.memory for o in outputs):
                fail(f"{self.name}: input {i} of shape {tensor.shape} was written to")
        results = [t.array.copy() for t in outputs]
        return results if len(results) > 1 else results[0]


class OracleKernel(Kernel):
    def __init__(self, library, entry, types):
        super().__init__(library, entry)
        self.types = types

    def tensors(self, *values, **how):
        return super().tensors(*[decode(np.asarray(v), t).astype(np.float64) if t in bounds.FORMATS else v
                                 for v, t in zip(values, self.types)], **how)


# ---- Comparing ----

_failures = 0
worst = {}


def fail(message):
    global _failures
    _failures += 1
    print("FAIL " + message, flush=True)
    if _failures >= 40:
        sys.exit("too many failures")


def mismatch(label, got, expected, dtype, limit=None, distance=None):
    """None, or what is wrong. `expected` is a Value, `got` as stored. Beside the derived bound, ULPs or an absolute
    distance that must be held too; the ULPs only where the data allow them."""
    g = np.asarray(decode(np.asarray(got), dtype), LD)
    if expected.v.size != g.size:
        return f"{label}: shape {g.shape}, expected {expected.v.shape}"
    e = np.broadcast_to(expected.e, expected.v.shape).reshape(g.shape)
    v = expected.v.reshape(g.shape)
    if g.size == 0:
        return None
    if dtype == "f8E4M3FN":
        # Its infinity is NaN.
        g = np.where(np.isnan(g) & ~np.isnan(v), np.copysign(LD(np.inf), v), g)
    with np.errstate(all="ignore"):
        low, high = bounds.allowed(Value(expected.arith, v, e), dtype)
        error = np.abs(g - v)
        unit = bounds.ulp(v, dtype) if dtype in bounds.FORMATS else np.ones(g.shape, LD)
        ulps = error / unit
        right = (g >= low) & (g <= high)
        if limit is not None:
            # What overflows the type is infinitely many ULPs off, and right.
            right &= (ulps <= limit) | (e > limit * unit / 2) | (g == bounds.round_to(v, dtype))
        if distance is not None:
            right &= error <= np.broadcast_to(distance, expected.v.shape).reshape(g.shape)
        # Where the formula gives no number, or the bound is none, the class has to agree.
        same = (np.isnan(v) & np.isnan(g)) | (v == g) | (np.isfinite(v) & ~np.isfinite(e) & ~np.isnan(g))
        right = np.where(np.isfinite(v) & np.isfinite(e), right, same)
        share = np.where(e > 0, error / np.maximum(e, np.maximum(high - v, v - low)), 0)
    if right.all():
        key = label.split(" ")[0]
        found = worst.setdefault(key, [0, 0])
        found[0] = max(found[0], float(np.nan_to_num(share).max()))
        if limit is not None:
            found[1] = max(found[1], float(np.nan_to_num(ulps, posinf=0).max()))
        return None
    wrong = np.argwhere(~right)
    size = [float(np.nan_to_num(ulps[tuple(i)], nan=1e30, posinf=1e30)) for i in wrong[:1000]]
    i = tuple(wrong[int(np.argmax(size))])
    return (f"{label}: {len(wrong)} of {g.size} wrong in shape {g.shape}, worst at {[int(k) for k in i]}: "
            f"got {float(g[i])!r}, expected {float(v[i])!r}, {float(ulps[i]):.4g} ULPs of {dtype}, "
            f"the derived bound is {float(e[i] / unit[i]):.4g}" + (f", the limit {limit}" if limit is not None else "")
            + (f", the distance {float(np.broadcast_to(distance, expected.v.shape).reshape(g.shape)[i] / unit[i]):.4g}"
               if distance is not None else ""))


def check(label, got, expected, dtype, limit=None, distance=None):
    message = mismatch(label, got, expected, dtype, limit, distance)
    if message:
        fail(message)
    return message is None


def same_bits(label, a, b):
    a, b = np.ascontiguousarray(a), np.ascontiguousarray(b)
    if a.shape != b.shape:
        fail(f"{label}: shapes {a.shape} and {b.shape}")
    elif a.tobytes() != b.tobytes():
        flat = np.argwhere(a.view(f"u{a.itemsize}") != b.view(f"u{a.itemsize}"))
        i = tuple(flat[0])
        fail(f"{label}: {len(flat)} of {a.size} differ in their bits in shape {a.shape}, first at "
             f"{[int(k) for k in i]}: {a[i]!r} and {b[i]!r}")


def expect_error(kernel, tensors, name, arg=None, threads=None):
    code = kernel.call(tensors, threads)
    found = KernelError(kernel.name, code)
    if found.name != name or arg is not None and found.arg != arg:
        fail(f"{kernel.name}: expected {name}" + (f" at argument {arg}" if arg is not None else "") + f", got {found}")


def finish():
    for name, (share, ulps) in sorted(worst.items()):
        print(f"  {name}: {share:.2f} of the derived bound" + (f", {ulps:.3g} ULPs" if ulps else ""))
    if _failures:
        sys.exit(f"{_failures} checks failed")
    print("all checks passed")
