# What norm-raise makes of programs computes what they compute: functions on tensors, as they are and after norm-raise,
# become one shared object, and are called on the same random numbers.
#
# Both go through the same upstream passes; named operations become plain loops (norm-generalize, norm-fuse, norm-decompose).

import ctypes
import json
import os
import re
import subprocess
import tempfile

import numpy as np

BUFFERIZE = ["--one-shot-bufferize=bufferize-function-boundaries "
             "function-boundary-type-conversion=identity-layout-map"]
# What a GPU's threads can do, plain loops can do too.
FUSE = "--norm-fuse"
FUSE_FOR_THREADS = "--norm-fuse=isa=nvptx"
# Of programs that are fused already, or are not to be; 8-bit floats become arithmetic.
NO_FUSE = "--norm-expand-math"
LOWER = ["--linalg-generalize-named-ops", "--convert-tensor-to-linalg", "--convert-elementwise-to-linalg",
         "--norm-generalize=leave-orders", FUSE, "--canonicalize"] + BUFFERIZE + [
    "--norm-decompose", "--convert-linalg-to-loops", "--canonicalize", "--expand-strided-metadata", "--lower-affine",
    "--convert-scf-to-cf", "--convert-math-to-llvm", "--convert-math-to-libm",
    "--convert-arith-to-llvm", "--finalize-memref-to-llvm", "--convert-index-to-llvm", "--convert-func-to-llvm",
    "--convert-cf-to-llvm", "--convert-ub-to-llvm", "--reconcile-unrealized-casts"]

# The conversions that a compiler's library may lack. A 16-bit float comes and goes in the lowest bits of a register.
LIBRARY = r"""
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
static float low(uint32_t bits) {
  float register_;
  memcpy(&register_, &bits, 4);
  return register_;
}
float __truncsfbf2(float x) {
  uint32_t bits;
  memcpy(&bits, &x, 4);
  if (x != x)
    return low(0x7fc0 | bits >> 31 << 15);
  return low((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}
float __truncdfbf2(double x) {
  float y = x;
  uint32_t bits;
  memcpy(&bits, &y, 4);
  /* To odd first, so that nothing is rounded twice. */
  if (y == y && (double)y != x) {
    double size = y < 0 ? -(double)y : y, wanted = x < 0 ? -x : x;
    if (size > wanted)
      --bits;
    bits |= 1;
    memcpy(&y, &bits, 4);
  }
  return __truncsfbf2(y);
}
struct view { char *allocated, *aligned; int64_t offset, numbers[]; };
static void copy(char *from, char *to, const int64_t *size, const int64_t *a, const int64_t *b, int64_t rank,
                 int64_t bytes) {
  if (rank == 0)
    memcpy(to, from, bytes);
  for (int64_t i = 0; rank > 0 && i < *size; ++i)
    copy(from + i * *a * bytes, to + i * *b * bytes, size + 1, a + 1, b + 1, rank - 1, bytes);
}
struct unranked { int64_t rank; struct view *view; };
void memrefCopy(int64_t bytes, struct unranked *from, struct unranked *to) {
  copy(from->view->aligned + from->view->offset * bytes, to->view->aligned + to->view->offset * bytes,
       from->view->numbers, from->view->numbers + from->rank, to->view->numbers + from->rank, from->rank, bytes);
}
"""

STORED = {"f64": np.float64, "f32": np.float32, "f16": np.float16, "bf16": np.uint16, "i1": np.uint8, "i8": np.int8,
          "i32": np.int32, "i64": np.int64, "index": np.int64, "f8E4M3FN": np.uint8}
SCALAR = {"f64": ctypes.c_double, "f32": ctypes.c_float, "i1": ctypes.c_bool, "i32": ctypes.c_int32,
          "i64": ctypes.c_int64, "index": ctypes.c_int64}


def run(command, text=None):
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} fails: {done.stderr[:2000]}")
    return done.stdout


def to_bf16(x):
    bits = np.asarray(x, np.float32).view(np.uint32)
    return ((bits + 0x7FFF + (bits >> 16 & 1)) >> 16).astype(np.uint16)


def from_bf16(x):
    return (x.astype(np.uint32) << 16).view(np.float32)


class Function:
    """Of a module's text: one function, its types."""

    def __init__(self, text):
        self.text = text
        self.name = re.match(r"\s*func\.func @(\w+)\(", text).group(1)
        # Without what is said of arguments, results and the function: names of theirs may look like types.
        head = re.sub(r'"(?:[^"\\]|\\.)*"', "", text[:text.index("{\n")])
        while "{" in head:
            head, changed = re.subn(r"\{[^{}]*\}", "", head)
            assert changed, text
        arguments, results = head[head.index("(") + 1:].removesuffix(" attributes  ").rsplit(") ->", 1)
        self.arguments = [parse_type(t) for t in re.findall(r"%\w+: (tensor<[^>]*>|\w+)", arguments)]
        self.results = [parse_type(t) for t in re.findall(r"tensor<[^>]*>|\b[a-z]+\d+\b", results)]

    def renamed(self, name):
        text = reshape_dynamic(self.text).replace(f"@{self.name}(", f"@{name}(", 1)
        head, body = text.split(" {\n", 1)
        has_attributes = re.search(r" attributes \{(.*)\}$", head)
        if has_attributes:
            return f"{head[:-1]}, llvm.emit_c_interface}} {{\n{body}"
        return f"{head} attributes {{llvm.emit_c_interface}} {{\n{body}"


def reshape_dynamic(text):
    """Upstream cannot lower a tensor.expand_shape that makes several sizes that are not static of one."""
    def replace(match):
        indent, name, source, sizes, given, made = match.groups()
        if made.count("?") < 2:
            return match.group(0)
        lines, names = [], []
        for i, size in enumerate(sizes.split(", ")):
            if not size.startswith("%"):
                lines.append(f"{name}_{i} = arith.constant {size} : index")
                size = f"{name}_{i}"
            names.append(size)
        lines.append(f"{name}_shape = tensor.from_elements {', '.join(names)} : tensor<{len(names)}xindex>")
        lines.append(f"{name} = tensor.reshape {source}({name}_shape) : ({given}, tensor<{len(names)}xindex>) -> {made}")
        return "\n".join(indent + line for line in lines)
    return re.sub(r"^( *)(%\w+) = tensor\.expand_shape (%\w+) \[\[.*\]\] output_shape \[(.*)\] : (\S+) into (\S+)$",
                  replace, text, flags=re.M)


def parse_type(text):
    """(sizes, element); sizes are None of a scalar, a size that is not static is None."""
    match = re.match(r"tensor<((?:[0-9?]+x)*)(\w+)>", text)
    if not match:
        return None, text
    return [None if s == "?" else int(s) for s in match.group(1).split("x")[:-1]], match.group(2)


def functions(text):
    """Of norm-opt's output, each function by itself."""
    return [Function(part) for part in re.findall(r"^  func\.func .*?^  }\n", text, re.M | re.S)]


def pairs(text, before=(), after=("--norm-raise",)):
    """Every function of a file after some passes, none, and after others, norm-raise."""
    options = ["norm-opt", "-", "--split-input-file", "--mlir-print-local-scope"]
    before, after = (functions(run(options + list(passes), text)) for passes in (before, after))
    assert [f.name for f in before] == [f.name for f in after]
    return list(zip(before, after))


class Library:
    """Functions that are compiled, to be called by the names that they are given here."""

    def __init__(self, named, cc, fuse=FUSE):
        self.types = {name: function for name, function in named}
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "f")
            module = "module {\n" + "".join(f.renamed(name) for name, f in named) + "}\n"
            with open(path + ".mlir", "w") as file:
                file.write(run(["norm-opt", "-"] + [fuse if step == FUSE else step for step in LOWER], module))
            run(["mlir-translate", "--mlir-to-llvmir", path + ".mlir", "-o", path + ".ll"])
            run(["llc", "-O1", "--relocation-model=pic", "--filetype=obj", path + ".ll", "-o", path + ".o"])
            with open(path + ".c", "w") as file:
                file.write(LIBRARY)
            run([cc, "-O1", "-w", "-fPIC", "-shared", path + ".c", path + ".o", "-lm", "-o", path + ".so"])
            self.library = ctypes.CDLL(path + ".so")

    def call(self, name, inputs):
        function = self.types[name]
        entry = getattr(self.library, "_mlir_ciface_" + name)
        passed, kept = [], []
        for (sizes, element), value in zip(function.arguments, inputs):
            if sizes is None:
                passed.append(SCALAR[element](value))
                continue
            # What is given may be written to.
            array = np.array(value, order="C")
            kept.append(array)
            rank = array.ndim
            numbers = list(array.shape) + [s // array.itemsize for s in array.strides]
            descriptor = (ctypes.c_int64 * (3 + 2 * rank))(array.ctypes.data, array.ctypes.data, 0, *numbers)
            kept.append(descriptor)
            passed.append(ctypes.cast(descriptor, ctypes.c_void_p))
        words = [3 + 2 * len(sizes) for sizes, _ in function.results]
        results = (ctypes.c_int64 * sum(words))()
        entry.restype = None
        entry(ctypes.cast(results, ctypes.c_void_p), *passed)
        found, place = [], 0
        for (sizes, element), count in zip(function.results, words):
            _, aligned, offset = results[place:place + 3]
            shape = results[place + 3:place + 3 + len(sizes)]
            strides = results[place + 3 + len(sizes):place + count]
            place += count
            dtype = np.dtype(STORED[element])
            if 0 in shape:
                found.append(np.zeros(shape, dtype))
                continue
            size = 1 + sum((n - 1) * s for n, s in zip(shape, strides))
            buffer = (ctypes.c_char * (size * dtype.itemsize)).from_address(aligned + offset * dtype.itemsize)
            view = np.lib.stride_tricks.as_strided(np.frombuffer(buffer, dtype), shape,
                                                   [s * dtype.itemsize for s in strides])
            found.append(view.copy())
        return found


def decode(array, element):
    if element == "f8E4M3FN":
        sign, exponent, digits = array >> 7, (array >> 3 & 15).astype(int), array & 7
        size = np.where(exponent > 0, (8 + digits) * 2.0 ** (exponent - 10), digits * 2.0 ** -9)
        return np.where((array & 127) == 127, np.nan, np.where(sign == 1, -size, size))
    return (from_bf16(array) if element == "bf16" else array).astype(np.float64)


def encode(array, element):
    return to_bf16(array) if element == "bf16" else array.astype(STORED[element])


def choose_sizes(function, sizes=(3, 5, 6, 7)):
    """The arguments' shapes, with numbers for sizes that are not static: those of the first argument by their place;
    others of its rank have the same, and a vector has the last one, or the first where the last is static."""
    first = function.arguments[0][0]
    chosen = [sizes[i] if s is None else s for i, s in enumerate(first)]
    shapes = []
    for shape, _ in function.arguments:
        if shape is not None and len(shape) == 1 and len(chosen) > 1:
            shape = [s if s is not None else chosen[-1] if first[-1] is None else chosen[0] for s in shape]
        elif shape is not None:
            shape = [chosen[i] if s is None else s for i, s in enumerate(shape)]
        shapes.append(shape)
    return shapes


def make_inputs(function, shapes, rng, positive=()):
    """Random numbers with a mean. `positive`: arguments that a root is taken of."""
    inputs = []
    for i, (shape, (_, element)) in enumerate(zip(shapes, function.arguments)):
        if element in ("f64", "f32", "f16", "bf16"):
            x = rng.standard_normal(shape or ()) + rng.uniform(0.25, 0.75)
            x = np.abs(x) + 0.5 if i in positive else x
            inputs.append(float(x) if shape is None else encode(x, element))
        elif element == "i1":
            inputs.append(rng.integers(0, 2, shape).astype(np.uint8))
        else:
            inputs.append(rng.integers(1, 4, shape).astype(STORED[element]))
    return inputs


def is_not_a_number(function, results):
    return any(np.isnan(decode(x, element)).any() for x, (_, element) in zip(results, function.results))


def make_cases(function, shapes, call):
    """Inputs for which the program as it is computes numbers, if there are: (inputs, results) of each magnitude. A
    variance that is given has to be positive: of the arguments, the first that makes numbers of all results, or all."""
    choices = [(), *((i,) for i in range(len(shapes))), tuple(range(len(shapes)))]
    for positive in choices:
        inputs = make_inputs(function, shapes, np.random.default_rng(7), positive)
        results = call(inputs)
        if not is_not_a_number(function, results):
            break
    yield inputs, results
    # Small ones, beside which an epsilon is large. What is positive is a square.
    for power in (-9, -20):
        small = [x if shape is None or element not in ("f64", "f32", "f16", "bf16") else encode(
            decode(x, element) * 2.0 ** (2 * power if i in positive else power), element)
            for i, (x, shape, (_, element)) in enumerate(zip(inputs, shapes, function.arguments))]
        yield small, call(small)


def difference(function, number, expected, got, length):
    """None, or how a result differs by more than roundings of other orders of the same sums do: relative to the largest
    element. A sum of n numbers in one order or in another is within a few roundings, times the root of n."""
    element = function.results[number][1]
    x, y = decode(expected, element), decode(got, element)
    if x.shape != y.shape:
        return f"the shape {y.shape} instead of {x.shape}"
    if x.size == 0:
        return None
    if element in ("i1", "i8", "i32", "i64", "index"):
        return None if (x == y).all() else "other integers"
    if (np.isnan(x) != np.isnan(y)).any():
        return f"{np.isnan(y).sum()} elements that are no numbers instead of {np.isnan(x).sum()}"
    x, y = np.nan_to_num(x), np.nan_to_num(y)
    if (x == y).all():
        return None
    if element in ("f16", "bf16", "f8E4M3FN"):
        # Rounded where the program rounds: few elements are at a tie's other side, and those by one unit.
        bits, smallest = {"bf16": (8, -133), "f16": (11, -24), "f8E4M3FN": (4, -9)}[element]
        unit = 2.0 ** np.maximum(np.floor(np.log2(np.maximum(np.maximum(abs(x), abs(y)), 1e-300))) - bits + 1, smallest)
        units, share = (abs(x - y) / unit).max(), (x != y).mean()
        if units <= 1 and (share <= 0.01 or (x != y).sum() <= 1):
            return None
        return f"{share:.1%} of the elements, by up to {units:g} units in the last place"
    relative = abs(x - y).max() / abs(x).max()
    # A program that computes in f32 rounds so before its result is f64; norm-raise computes all of it in f64 then.
    is_wide = element == "f64" and not re.search(r"arith\.(add|sub|mul|div)f .*: f32|math\..*: f32", function.text)
    limit = 2.0 ** (-53 if is_wide else -24) * 4 * (2 + np.sqrt(length))
    return None if relative <= limit else f"{relative:.2e} of its largest element, where {limit:.2e} are roundings"


def compare(name, before, after, library, shapes):
    """What is wrong with a function after norm-raise."""
    length = max([int(np.prod(shape)) for shape in shapes if shape] + [1])
    for inputs, expected in make_cases(before, shapes, lambda x: library.call(name + "_before", x)):
        got = library.call(name + "_after", inputs)
        for number in range(len(expected)):
            wrong = difference(before, number, expected[number], got[number], length)
            if wrong:
                largest = max(float(np.abs(decode(x, e)).max()) for x, (s, e) in zip(inputs, before.arguments) if s)
                return (f"result {number} of arguments {shapes} (elements up to {largest:.1e}) differs: {wrong}")
    return None


def compare_all(todo, cc, sizes, fuse, say):
    """In the child: `say` what is found of each; None before, so that it is known which one crashes."""
    try:
        library = Library([(f"{name}_{when}", f) for name, before, after in todo
                           for when, f in (("before", before), ("after", after))], cc, fuse)
    except Exception as error:
        say(None, f"{type(error).__name__}: {error}")
        return
    for name, before, after in todo:
        say(name, None)
        try:
            wrong = compare(name, before, after, library, choose_sizes(before, *sizes.get(before.name, ())))
        except Exception as error:
            wrong = f"cannot be compared: {type(error).__name__}: {error}"
        say(name, wrong or "")


def check_batch(todo, cc, sizes={}, fuse=FUSE):
    """Of (name, before, after): the messages. In a process of its own, so that one that crashes is a message too."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(read)
            with os.fdopen(write, "w") as pipe:
                compare_all(todo, cc, sizes, fuse, lambda *line: print(json.dumps(line), file=pipe, flush=True))
            status = 0
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read) as pipe:
        lines = [json.loads(line) for line in pipe]
    _, status = os.waitpid(child, 0)
    ending = f"ends with signal {status & 127}" if status & 127 else f"ends with status {status >> 8}"
    found = {name: text for name, text in lines}
    if None in found or not found:
        if len(todo) == 1:
            return {todo[0][0]: "cannot be compiled: " + found.get(None, ending)}
        # Which one it is.
        return {name: text for one in todo for name, text in check_batch([one], cc, sizes, fuse).items()}
    crashed = [name for name, text in found.items() if text is None]
    if crashed or len(found) < len(todo):
        done = {name: text for name, text in found.items() if text is not None}
        if crashed:
            done[crashed[0]] = ending
        rest = [one for one in todo if one[0] not in done]
        return done | (check_batch(rest, cc, sizes, fuse) if rest else {})
    return found
