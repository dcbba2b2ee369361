"""The second half of run.sh: kernels in turns with a copy of the same bytes and with PyTorch's.

Every contender of a cell is a CUDA graph of launches, one after the other over as many sets of tensors as are larger than three
times the second cache, so that none finds its inputs there. Graphs are replayed in turns, a millisecond or more at a
time, between events: no figure has Python's or the driver's time in it. A figure is a median over those turns.

Bytes are counted once for each large tensor that is read or written: x and y forward; x, dy and dx backward. The copy reads half
of that and writes half, by the driver, or where PyTorch is there by a kernel of its own if that is faster.
"""

import ctypes
import math
import os
import sys

import numpy as np

import device
import gpu_cells as C
import normtest as nt
import programs as P
from gpu_check import Unpacked, by_sample, set_simulator

NUM = ctypes.c_void_p
_L2_ATTRIBUTE = 38  # CU_DEVICE_ATTRIBUTE_L2_CACHE_SIZE
L2_UNKNOWN = 128 << 20


class Statistics(ctypes.Structure):
    """normptxsim_statistics"""
    _fields_ = [(n, ctypes.c_uint64) for n in (
        "launches", "thread_instructions", "warp_instructions", "bytes_loaded", "bytes_stored", "sectors_loaded",
        "sectors_stored", "shared_bytes_loaded", "shared_bytes_stored", "barriers", "shuffles")]


class GPU:
    """Memory, graphs and events of libnormrt on one stream."""

    def __init__(self, simulate, stream):
        self.runtime, self.simulate = nt.runtime(), simulate
        self.context = device.Context(ctypes.sizeof(device.Context), 1)
        message = ctypes.create_string_buffer(500)
        self.runtime.normrt_cuda_error_text.restype = ctypes.c_char_p
        if self.runtime.normrt_cuda_context_init(ctypes.byref(self.context), 0, NUM(stream), message, len(message)):
            sys.exit(f"no GPU: {message.value.decode()}")
        if stream is None:
            self.context.stream = self.make("stream_create")
        self.begin, self.end = self.make("event_create"), self.make("event_create")

    def do(self, name, *args, context=None):
        code = getattr(self.runtime, "normrt_cuda_" + name)(ctypes.byref(context or self.context), *args)
        if code:
            raise RuntimeError(f"normrt_cuda_{name} failed with {code}: {self.runtime.normrt_cuda_error_text().decode()}")

    def make(self, name, *args):
        found = NUM()
        self.do(name, *args, ctypes.byref(found))
        return found.value

    def allocate(self, size):
        return self.make("malloc", ctypes.c_uint64(max(1, size)))

    def free(self, memory):
        self.do("free", NUM(memory))

    def copy_in(self, memory, array):
        array = np.ascontiguousarray(array)
        self.do("copy_in", NUM(memory), NUM(array.ctypes.data), ctypes.c_uint64(array.nbytes))

    def copy_out(self, memory, shape, dtype):
        array = np.empty(shape, nt.storage(dtype))
        self.do("copy_out", NUM(array.ctypes.data), NUM(memory), ctypes.c_uint64(array.nbytes))
        return array

    def copy(self, to, source, size):
        self.do("copy", NUM(to), NUM(source), ctypes.c_uint64(size))

    def graph(self, calls):
        """What `calls` put on the stream, as a function that does it again."""
        self.do("capture_begin")
        try:
            for call in calls:
                call()
        finally:
            graph = NUM()
            code = self.runtime.normrt_cuda_capture_end(ctypes.byref(self.context), ctypes.byref(graph))
        if code:
            raise RuntimeError(f"no graph: {self.runtime.normrt_cuda_error_text().decode()}")
        return graph.value

    def seconds(self, replay, times):
        self.do("event_record", NUM(self.begin))
        for _ in range(times):
            replay()
        self.do("event_record", NUM(self.end))
        elapsed = ctypes.c_float()
        self.do("event_elapsed", NUM(self.begin), NUM(self.end), ctypes.byref(elapsed))
        return elapsed.value * 1e-3

    def second_cache(self):
        """Bytes. libnormrt does not say; the driver does."""
        if self.simulate:
            return 0
        try:
            driver = ctypes.CDLL(os.environ.get("NORMRT_CUDA_DRIVER", "libcuda.so.1"))
            handle, found = ctypes.c_int(), ctypes.c_int()
            if driver.cuDeviceGet(ctypes.byref(handle), 0) == 0 and \
                    driver.cuDeviceGetAttribute(ctypes.byref(found), _L2_ATTRIBUTE, handle) == 0 and found.value > 0:
                return found.value
        except (OSError, AttributeError):
            pass
        return L2_UNKNOWN


class Random:
    """Random numbers of a type in the GPU's memory, to be copied from: what the host would need seconds for."""

    def __init__(self, gpu, dtype, elements):
        rng = np.random.default_rng(1)
        # A length that no row has, so that rows differ.
        elements = elements // 2 * 2 - 37
        block = rng.standard_normal(elements).astype(np.float32) * np.float32(1.5) + np.float32(0.5)
        self.block = np.rint(block * 20).astype(np.int8) if dtype == "i8" else nt.encode(block, dtype)
        self.gpu, self.memory = gpu, gpu.allocate(self.block.nbytes)
        gpu.copy_in(self.memory, self.block)

    def fill(self, memory, size):
        done = 0
        while done < size:
            part = min(self.block.nbytes, size - done)
            self.gpu.copy(memory + done, self.memory, part)
            done += part


class Arguments:
    """Tensors of a kernel for `copies` calls: what has rows that differ from call to call, and parameters that do not."""

    def __init__(self, bench, kernel, shapes, values, copies):
        self.gpu, self.kernel, self.shapes, self.keep, self.owned = bench.gpu, kernel, shapes, [], []
        self.addresses = []
        for i, (argument, shape) in enumerate(zip(kernel.arguments, shapes)):
            varies = any(isinstance(n, str) for n in argument["shape"])
            size = int(np.prod(shape, dtype=np.int64)) * nt.storage(argument["dtype"]).itemsize
            found = []
            for k in range(copies if varies else 1):
                memory = self.gpu.allocate(size)
                self.owned.append(memory)
                if argument["direction"] == "input":
                    value = values[i] if values and i < len(values) else None
                    if value is None:
                        bench.random(argument["dtype"]).fill(memory, size)
                    else:
                        self.gpu.copy_in(memory, np.resize(value, shape))
                found.append(memory)
            self.addresses.append(found * (copies // len(found)))
        self.calls = [self.arguments(k) for k in range(copies)]
        need = kernel.workspace(*self.calls[0]) if kernel.workspace else 0
        if need < 0:
            raise nt.KernelError(kernel.name, -need)
        self.context = device.Context.from_buffer_copy(self.gpu.context)
        if need:
            self.context.workspace = self.gpu.allocate(need)
            self.context.workspace_bytes = need
            self.owned.append(self.context.workspace)

    def arguments(self, k):
        structs = []
        for argument, shape, addresses in zip(self.kernel.arguments, self.shapes, self.addresses):
            s = nt._DLTensor()
            s.data, s.device_type, s.ndim, s.lanes = addresses[k], 2, len(shape), 1
            s.code, s.bits = nt._DLPACK[argument["dtype"]]
            sizes = (ctypes.c_int64 * max(1, len(shape)))(*shape)
            s.shape = sizes
            structs.append(s)
            self.keep.append((s, sizes))
        pointers = (ctypes.POINTER(nt._DLTensor) * len(structs))(*[ctypes.pointer(s) for s in structs])
        return pointers, len(structs)

    def call(self, k):
        code = self.kernel.function(ctypes.byref(self.context), *self.calls[k])
        if code:
            text = self.gpu.runtime.normrt_cuda_error_text()
            raise RuntimeError(f"the kernel returned {nt.KernelError(self.kernel.name, code)}: {text.decode() if text else ''}")

    def free(self):
        for memory in self.owned:
            self.gpu.free(memory)


class Contender:
    """A graph of `launches` launches, and how to put it on the stream."""

    def __init__(self, name, launches, replay, free):
        self.name, self.launches, self.replay, self.free = name, launches, replay, free
        self.samples = []


class Benchmark:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.blocks, self.unpacked = {}, Unpacked(nt)

    def items(self, listed):
        entries = {e["name"]: e for e in listed["kernels"] if e["kind"] in ("bench", "example")}
        self.todo = {str(c): c for c in C.cells(self.options.quick, tiny=self.options.simulate)
                     if "error" not in entries.get(c.library, {})}
        self.absent = sorted({c.library for c in self.todo.values()} - set(entries))
        self.todo = {n: c for n, c in self.todo.items() if c.library in entries}
        if not self.options.quick:
            self.todo.update({n: n for n, e in entries.items() if e["kind"] == "example" and "error" not in e})
        return list(self.todo)

    def missing(self):
        return self.absent

    def start(self):
        self.torch, notes = None, []
        if self.options.simulate:
            notes.append("The columns of PyTorch are left out: the interpreter has no GPU for it.")
        else:
            try:
                import gpu_torch
                self.torch = gpu_torch.Torch()
                notes += self.torch.notes
            except (ImportError, RuntimeError, OSError) as error:
                notes.append(f"The columns of PyTorch are left out: {error}.")
        if self.options.simulate:
            os.environ["NORMRT_CUDA_DRIVER"] = os.path.join(self.folder, "lib", "libnormptxsim.so")
        self.gpu = GPU(self.options.simulate, self.torch.stream_address if self.torch else None)
        # Kernels of small tensors are called as the tests call them.
        self.small = device.find(nt.runtime(), os.path.join(self.folder, "lib"))
        self.l2 = self.gpu.second_cache()
        context = self.gpu.context
        return {"arch": context.gpu_arch, "multiprocessors": context.gpu_multiprocessors, "second_cache": self.l2, "notes": notes,
                "torch": self.torch.version if self.torch else None}

    def random(self, dtype):
        if dtype not in self.blocks:
            self.blocks[dtype] = Random(self.gpu, dtype, 1 << (18 if self.options.simulate else 22))
        return self.blocks[dtype]

    def run(self, name):
        item = self.todo[name]
        library = self.unpacked.library(name if isinstance(item, str) else item.library)
        if not isinstance(item, str):
            return self.run_cell(item, library["kernel"])
        found = {"failures": [], "op": name, "kernels": []}
        for kernel in library.kernels.values():
            found["kernels"].append(self.run_example(name, kernel))
        found["line"] = f"{name}: " + "; ".join(k["line"] for k in found["kernels"])
        return found

    def copies(self, traffic):
        return max(2, math.ceil(3 * self.l2 / traffic))

    # ---- A cell ----

    def run_cell(self, cell, kernel):
        rng = np.random.default_rng(4)
        few = min(cell.rows, 3 if cell.judged else 1)
        program, shape = cell.program, (few, *cell.sizes)
        values = program.inputs(rng, shape)
        given = list(values.values())
        channels = isinstance(program, P.Channels)
        full = program.kernel_shape(cell.shape) if channels else cell.shape
        large = {"x", "dy"}
        if self.options.simulate:
            set_simulator(GLOBAL_RACES="1")
        # Statistics of rows are made longer, whatever they are: the formulas take them as they are given.
        shapes = [full if n in large else v.shape for n, v in values.items()]
        for i, (argument, n) in enumerate(zip(kernel.inputs, values)):
            if n not in large and any(isinstance(s, str) for s in argument["shape"]):
                shapes[i] = (cell.rows, *given[i].shape[1:])
        shapes += kernel.output_shapes(shapes)
        copies = self.copies(cell.traffic)
        arguments = Arguments(self, kernel, shapes, [None if n in large else v for n, v in values.items()], copies)
        result = {"op": cell.op, "dtype": cell.dtype, "N": cell.N, "shape": list(cell.shape), "bytes": cell.traffic,
                  "judged": cell.judged, "copies": copies, "failures": []}
        try:
            # The first call loads the module, which a graph must not.
            arguments.call(0)
            self.gpu.do("synchronize")
            self.verify(cell, kernel, arguments, shapes, values, few, result)
            if self.options.simulate:
                self.count(arguments, cell, result)
            else:
                self.time(arguments, cell, copies, result)
        finally:
            arguments.free()
        result["line"] = line(result)
        return result

    def verify(self, cell, kernel, arguments, shapes, values, few, result):
        """Some rows of the call that is timed: the bits of a call with these rows alone; and those against the formulas."""
        program, alone = cell.program, by_sample(cell.program)
        part = {}
        for i, n in enumerate(values):
            v = values[n]
            varies = n in ("x", "dy") or shapes[i] != v.shape
            part[n] = self.gpu.copy_out(arguments.addresses[i][0], (few, *shapes[i][1:]), kernel.arguments[i]["dtype"]) if varies else v
        outputs = kernel(*part.values())
        outputs = outputs if isinstance(outputs, list) else [outputs]
        for j, (n, output) in enumerate(zip(program.results, outputs)):
            i = len(values) + j
            if n in alone:
                got = self.gpu.copy_out(arguments.addresses[i][0], output.shape, kernel.arguments[i]["dtype"])
                if got.tobytes() != output.tobytes():
                    result["failures"].append(f"{cell} {n}: the first {few} rows have other bits than in a batch of their own")
        # The formulas take a hundred times the tensors' memory.
        if few * cell.row <= 1 << 19:
            result["failures"] += program.errors(str(cell), outputs, (few, *cell.sizes), part)

    def count(self, arguments, cell, result):
        """Of the interpreter: what a launch does instead of how long it takes; and the graph and the events, once."""
        simulator = ctypes.CDLL(os.environ["NORMRT_CUDA_DRIVER"])
        simulator.normptxsim_reset()
        arguments.call(1)
        found = Statistics()
        simulator.normptxsim_total(ctypes.byref(found))
        result["counts"] = {n: getattr(found, n) for n, _ in Statistics._fields_}
        graph = self.gpu.graph([lambda k=k: arguments.call(k) for k in range(2)])
        self.gpu.seconds(lambda: self.gpu.do("graph_launch", NUM(graph)), 1)
        self.gpu.do("graph_destroy", NUM(graph))

    def time(self, arguments, cell, copies, result):
        contenders = [self.ours(arguments, copies)]
        copy_memory = self.add_copies(contenders, cell.traffic // 2, copies, cell.dtype)
        self.add_torch(contenders, cell, copies, result)
        try:
            self.rounds(contenders)
        finally:
            for contender in contenders:
                contender.free()
            for memory in copy_memory:
                self.gpu.free(memory)
            if self.torch:
                self.torch.clear()
        self.judge(contenders, cell, result)

    def graph_contender(self, name, calls):
        graph = self.gpu.graph(calls)
        return Contender(name, len(calls), lambda: self.gpu.do("graph_launch", NUM(graph)),
                         lambda: self.gpu.do("graph_destroy", NUM(graph)))

    def repeats(self, copies):
        """At least 16 launches in a graph: what is between two graphs is not to be seen."""
        return -(-16 // copies)

    def ours(self, arguments, copies):
        calls = [lambda k=k: arguments.call(k) for k in range(copies)] * self.repeats(copies)
        return self.graph_contender("normc", calls)

    def add_copies(self, contenders, size, copies, dtype):
        memory = [self.gpu.allocate(size) for _ in range(2 * copies)]
        for k in range(copies):
            self.random(dtype).fill(memory[2 * k], size)
        pairs = [(memory[2 * k + 1], memory[2 * k]) for k in range(copies)]
        calls = [lambda p=p: self.gpu.copy(*p, size) for p in pairs] * self.repeats(copies)
        contenders.append(self.graph_contender("copy driver", calls))
        if self.torch:
            contenders.append(self.torch.copy_kernel(size, copies, self.repeats(copies)))
        return memory

    def add_torch(self, contenders, cell, copies, result):
        if not self.torch:
            return
        asked = self.options.compile == "all" or self.options.compile == "some" and (
            not cell.judged or cell.traffic > C.TRAFFIC[1] and cell.traffic <= C.TRAFFIC[2] and cell.dtype == "bf16" and
            cell.N in (512, 4096, 16384, 65536))
        for name, compiled in (("torch", False), ("torch.compile", True)):
            if compiled and not asked:
                continue
            try:
                contenders.append(self.torch.contender(name, cell, copies, self.repeats(copies), compiled))
            except Exception as error:
                result.setdefault("torch_errors", {})[name] = f"{type(error).__name__}: {str(error)[:300]}"

    def rounds(self, contenders, sample=1e-3):
        """Medians, with the same number of turns for each."""
        for contender in contenders:
            self.gpu.seconds(contender.replay, 2)
            one = self.gpu.seconds(contender.replay, 2) / 2
            contender.times = max(1, math.ceil(sample / max(one, 1e-7)))
            contender.samples = []
        turn = sum(self.gpu.seconds(c.replay, c.times) for c in contenders)
        for _ in range(max(9, min(60, int(self.options.seconds / max(turn, 1e-6))))):
            for contender in contenders:
                contender.samples.append(self.gpu.seconds(contender.replay, contender.times) / (contender.times * contender.launches))

    def judge(self, contenders, cell, result):
        median = {c.name: float(np.median(c.samples)) for c in contenders}
        copies = {n: s for n, s in median.items() if n.startswith("copy")}
        result["time"], result["rounds"] = median["normc"], len(contenders[0].samples)
        result["time_high"] = float(np.percentile(contenders[0].samples, 90))
        result["copy_name"], result["copy"] = min(copies.items(), key=lambda c: c[1])
        result["times"] = median
        if isinstance(cell, C.Cell) and (goal := C.goal_seconds(cell, result["copy"])):
            result["goal"], result["met"] = result["copy"] / goal, result["time"] <= goal

    # ---- A layer of the examples ----

    def run_example(self, name, kernel):
        if self.options.simulate:
            set_simulator(GLOBAL_RACES="1")
        sizes = self.example_sizes(kernel)
        shapes = [tuple(sized(n, sizes) for n in a["shape"]) for a in kernel.arguments]
        nbytes = [int(np.prod(s, dtype=np.int64)) * nt.storage(a["dtype"]).itemsize for s, a in zip(shapes, kernel.arguments)]
        traffic = sum(nbytes)
        copies = self.copies(traffic)
        result = {"op": kernel.name, "dtype": kernel.arguments[0]["dtype"], "shape": list(shapes[0]), "bytes": traffic,
                  "judged": False, "copies": copies, "failures": []}
        arguments = Arguments(self, kernel, shapes, None, copies)
        try:
            arguments.call(0)
            self.gpu.do("synchronize")
            if self.options.simulate:
                self.count(arguments, name, result)
            else:
                contenders = [self.ours(arguments, copies)]
                memory = self.add_copies(contenders, traffic // 2, copies, result["dtype"])
                try:
                    self.rounds(contenders)
                finally:
                    for contender in contenders:
                        contender.free()
                    for m in memory:
                        self.gpu.free(m)
                self.judge(contenders, name, result)
        finally:
            arguments.free()
        result["line"] = line(result)
        return result

    def example_sizes(self, kernel):
        """Sizes for what the kernel leaves open: doubled in turns until the tensors have 128 MB."""
        limit = 1 << 19 if self.options.simulate else C.TRAFFIC[2]
        sizes = {s: 1 for a in kernel.arguments for n in a["shape"] for s in nt._factors(n)[1]}

        def total():
            return sum(math.prod(sized(n, sizes) for n in a["shape"]) * nt.storage(a["dtype"]).itemsize for a in kernel.arguments)
        while sizes and total() * 2 <= limit:
            smallest = min(sizes, key=sizes.get)
            sizes[smallest] *= 2
        return sizes


def sized(size, sizes):
    factor, symbols = nt._factors(size)
    for s in symbols:
        factor *= sizes[s]
    return factor


# ---- What is written ----


def line(r):
    head = f"{r['op']:22} {r['dtype']:5} {'x'.join(map(str, r['shape'])):18} {r['bytes'] / 2**20:6.1f} MB "
    if "counts" in r:
        c = r["counts"]
        return head + (f"{c['launches']} launches, {c['thread_instructions']} instructions of threads, "
                       f"{(c['bytes_loaded'] + c['bytes_stored']) / r['bytes']:.3f} of the bytes")
    if "time" not in r:
        return head
    text = head + f"{r['time'] * 1e6:9.1f} us {r['bytes'] / r['time'] * 1e-9:6.0f} GB/s, of copy {r['copy'] / r['time']:.2f}"
    if "goal" in r:
        text += f" (goal {r['goal']:.2f}{'' if r['met'] else ', missed'})"
    for name in ("torch", "torch.compile"):
        if name in r["times"]:
            text += f", {name} {r['times'][name] / r['time']:.2f}"
    return text


def flat(results):
    """Cells, and the kernels of examples."""
    for r in results:
        yield from r.get("kernels", [r] if "op" in r else [])


def markdown(results, simulated):
    rows = list(flat(results))
    if simulated:
        text = ("Counted by the interpreter, not timed: bytes that threads ask for, of those that have to be moved, and whole sectors of "
                "32 bytes, of the same. Parameters and what is read twice are in it.\n\n"
                "| op | type | shape | MB | launches | instructions an element | bytes | sectors |\n|---|---|---|---|---|---|---|---|\n")
        for r in rows:
            if "counts" not in r:
                continue
            c, elements = r["counts"], max(1, math.prod(r["shape"]))
            text += (f"| {r['op']} | {r['dtype']} | {'x'.join(map(str, r['shape']))} | {r['bytes'] / 2**20:.2f} | {c['launches']} | "
                     f"{c['thread_instructions'] / elements:.1f} | {(c['bytes_loaded'] + c['bytes_stored']) / r['bytes']:.3f} | "
                     f"{(c['sectors_loaded'] + c['sectors_stored']) / r['bytes']:.3f} |\n")
        return text
    text = ("Of copy: the time of a copy of the same bytes, by the driver or a kernel, whichever is faster, over ours; the goal is the "
            "one for this traffic and N. Of torch: their time over ours, above 1 is in our favour. Inputs are not in the second "
            "cache.\n\n| op | type | shape | MB | us | GB/s | of copy | goal | of torch | of torch.compile |\n" + "|---" * 10 + "|\n")
    ratio = lambda r, n: f"{r['times'][n] / r['time']:.2f}" if n in r.get("times", {}) else "-"
    for r in rows:
        if "time" not in r:
            continue
        goal = f"{r['goal']:.2f}{'' if r['met'] else ' missed'}" if "goal" in r else "-"
        text += (f"| {r['op']} | {r['dtype']} | {'x'.join(map(str, r['shape']))} | {r['bytes'] / 2**20:.0f} | {r['time'] * 1e6:.1f} | "
                 f"{r['bytes'] / r['time'] * 1e-9:.0f} | {r['copy'] / r['time']:.2f} | {goal} | {ratio(r, 'torch')} | "
                 f"{ratio(r, 'torch.compile')} |\n")
    errors = sorted({f"{r['op']} {r['dtype']}, {n}: {e}" for r in rows for n, e in r.get("torch_errors", {}).items()})
    return text + "".join(f"\n{'Not timed: ' if k == 0 else ''}{e}" for k, e in enumerate(errors[:20])) + "\n"


def summary(results, simulated):
    rows = list(flat(results))
    if simulated:
        counted = [r for r in rows if "counts" in r]
        yield f"bench: {len(counted)} kernels counted, none timed; PyTorch's columns are left out"
        return
    timed = [r for r in rows if "time" in r]
    judged = [r for r in timed if "goal" in r]
    yield f"bench: {len(timed)} kernels timed; goals met in {sum(r['met'] for r in judged)} of {len(judged)} cells"
    for op in dict.fromkeys(r["op"] for r in timed):
        some = [r for r in timed if r["op"] == op]
        text = f"  {op:22} of copy: median {np.median([r['copy'] / r['time'] for r in some]):.2f}, " \
               f"worst {min(r['copy'] / r['time'] for r in some):.2f}"
        for name in ("torch", "torch.compile"):
            values = [r["times"][name] / r["time"] for r in some if name in r["times"]]
            if values:
                text += f"; {name}: median {np.median(values):.2f}, worst {min(values):.2f}"
        yield text
