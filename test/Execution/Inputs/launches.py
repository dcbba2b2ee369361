#===- launches.py - what a manifest says that is launched ------------------------===#
#
# The reference reader of `versions` in a manifest: expressions over the sizes, strides and addresses of a kernel's
# tensors, and from them its launches. And a context whose `launch` writes down what it is called with.
#
#===----------------------------------------------------------------------===#

import ctypes
import operator
from math import prod

import device

OPERATIONS = {"+": lambda *terms: sum(terms), "-": operator.sub, "*": lambda *factors: prod(factors), "/": operator.floordiv,
              "ceildiv": lambda x, y: -(-x // y), "%": operator.mod, "min": min, "max": max, "&": operator.and_,
              "|": operator.or_, "^": operator.xor, "<<": operator.lshift, ">>": operator.rshift, "==": operator.eq,
              "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
              "clz": lambda x: 64 - x.bit_length(), "not": operator.not_, "if": lambda condition, yes, no: yes if condition else no}


class Call:
    """The tensors of one call: sizes by symbol; strides, in elements, and addresses by the argument's name."""

    def __init__(self, sizes, strides, addresses, workspace=0):
        self.sizes, self.strides, self.addresses, self.workspace = sizes, strides, addresses, workspace

    def value(self, expression):
        if isinstance(expression, (bool, int)):
            return expression
        if isinstance(expression, str):
            return self.sizes[expression]
        operation, *operands = expression
        if operation == "stride":
            return self.strides[operands[0]][operands[1]]
        if operation == "address":
            return self.addresses[operands[0]]
        return OPERATIONS[operation](*map(self.value, operands))

    def parameter(self, parameter):
        if "value" in parameter:
            return self.value(parameter["value"])
        if parameter["role"] == "workspace":
            return self.workspace + self.value(parameter["offset"])
        return self.addresses[parameter["argument"]]

    def launches(self, version):
        """Those whose grid is not empty, as dictionaries of numbers."""
        found = []
        for launch in version["launches"]:
            if not all(map(self.value, launch["when"])):
                continue
            known = {key: list(map(self.value, launch[key])) for key in ("grid", "block", "cluster")}
            known["function"], known["shared"] = launch["function"], self.value(launch["dynamic_shared_bytes"])
            known["flags"] = launch["dependent"] | 2 * launch["non_portable"]
            known["parameters"] = list(map(self.parameter, launch["parameters"]))
            if 0 not in known["grid"]:
                found.append(known)
        return found


class Launch(ctypes.Structure):
    _fields_ = [("size", ctypes.c_uint32), ("flags", ctypes.c_uint32), ("module", ctypes.c_void_p),
                ("function", ctypes.c_char_p), ("index", ctypes.c_uint32), ("num_params", ctypes.c_uint32),
                ("grid", ctypes.c_uint32 * 3), ("block", ctypes.c_uint32 * 3), ("cluster", ctypes.c_uint32 * 3),
                ("shared", ctypes.c_uint32), ("params", ctypes.POINTER(ctypes.c_void_p)),
                ("param_bytes", ctypes.POINTER(ctypes.c_uint32)), ("stream", ctypes.c_void_p)]


class Image(ctypes.Structure):
    _fields_ = [("kind", ctypes.c_uint32), ("arch", ctypes.c_uint32), ("flags", ctypes.c_uint32),
                ("reserved", ctypes.c_uint32), ("data", ctypes.c_void_p), ("size", ctypes.c_uint64)]


class Module(ctypes.Structure):
    _fields_ = [("size", ctypes.c_uint32), ("num_images", ctypes.c_uint32), ("images", ctypes.POINTER(Image)),
                ("num_functions", ctypes.c_uint32), ("reserved", ctypes.c_uint32),
                ("functions", ctypes.POINTER(ctypes.c_char_p))]


class Recorder:
    """A context of a device that there is not."""

    def __init__(self, arch):
        self.launches, self.prepared = [], []
        launch_type = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.POINTER(Launch))
        prepare_type = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.POINTER(Module))
        self.callbacks = launch_type(self.launch), prepare_type(self.prepare)
        self.context = device.Context(ctypes.sizeof(device.Context), 1, gpu_arch=arch, gpu_multiprocessors=132)
        self.context.launch, self.context.prepare = [ctypes.cast(c, ctypes.c_void_p) for c in self.callbacks]

    def launch(self, user, pointer):
        launch = pointer.contents
        parameters = []
        for i in range(launch.num_params):
            parameters.append(int.from_bytes(ctypes.string_at(launch.params[i], launch.param_bytes[i]), "little",
                                             signed=True))
        cluster = [max(1, blocks) for blocks in launch.cluster]
        if 0 not in launch.grid:
            self.launches.append({"function": launch.function.decode(), "grid": list(launch.grid),
                                  "block": list(launch.block), "cluster": cluster, "shared": launch.shared,
                                  "flags": launch.flags, "parameters": parameters})
        return 0

    def prepare(self, user, module):
        images = module.contents.images[:module.contents.num_images]
        self.prepared.append(sorted({image.arch for image in images}))
        return 0
