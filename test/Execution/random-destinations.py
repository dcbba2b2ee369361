# REQUIRES: numpy
# RUN: rm -rf %t && mkdir %t && cd %t && %python %s 60
#
# Random programs of norm operations, linalg, slices and loops, each of which may begin with the result of any other, and any of
# whose results may be returned: no result is overwritten by another. Compared with numpy: the oracle goes through the same
# passes. An argument says how many programs, a second one with which the numbers begin.

import random
import subprocess
import sys

import numpy as np

SHAPES = {"tensor<4x64xf32>": (4, 64), "tensor<64xf32>": (64,), "tensor<256xf32>": (256,), "tensor<64x64xf32>": (64, 64)}
MATRIX, ROW, FLAT, SQUARE = SHAPES
HEAD = f"""func.func @f(%x: {MATRIX}, %y: {MATRIX}, %v: {ROW}, %w: {SQUARE}) -> (@RESULTS@) {{
  %z = arith.constant 0.5 : f32
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %em = tensor.empty() : {MATRIX}
  %er = tensor.empty() : {ROW}
  %ef = tensor.empty() : {FLAT}
"""
COLUMN_SUM = ("""{indexing_maps = [affine_map<(a, b) -> (a, b)>, affine_map<(a, b) -> (b)>],
      iterator_types = ["reduction", "parallel"]}""", """{
  ^bb0(%a: f32, %b: f32):
    %s = arith.addf %a, %b : f32
    linalg.yield %s : f32
  }""")


class Program:
    """The text of a function, the values that it has by their type, and what they are."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        numbers = np.random.default_rng(seed)
        self.inputs = [numbers.standard_normal(shape) for shape in ((4, 64), (4, 64), (64,), (64, 64))]
        self.inputs[3] /= 8
        self.inputs = [array.astype(np.float32) for array in self.inputs]
        self.values = {name: array.astype(np.float64) for name, array in zip(("%x", "%y", "%v", "%w"), self.inputs)}
        self.of_type = {MATRIX: ["%x", "%y"], ROW: ["%v"], FLAT: []}
        self.made = []
        self.text = HEAD
        for number in range(self.random.randint(2, 7)):
            self.add(f"%a{number}")
        self.returned = self.random.sample(self.made, min(len(self.made), self.random.randint(1, 4)))
        if self.random.random() < 0.15:
            self.returned.append(self.random.choice([("%x", MATRIX), ("%v", ROW), self.returned[0]]))
        types = ", ".join(type for _, type in self.returned)
        self.text = self.text.replace("@RESULTS@", types)
        self.text += f"  return {', '.join(name for name, _ in self.returned)} : {types}\n}}\n"

    def pick(self, type):
        values = self.of_type[type]
        return values[-1] if self.random.random() < 0.4 else self.random.choice(values)

    def unread(self, type):
        """An init that is not read: an empty tensor, or any value."""
        if self.random.random() < 0.5 or not self.of_type[type]:
            return {MATRIX: "%em", ROW: "%er", FLAT: "%ef"}[type]
        return self.pick(type)

    def make(self, name, type, value):
        self.values[name] = value
        self.of_type[type].append(name)
        self.made.append((name, type))

    def add(self, name):
        kinds = ["norm", "sums", "both", "abs", "add", "matmul", "sum", "fill", "insert", "extract", "collapse", "loop"]
        kind = self.random.choice(kinds + (["expand", "flat"] if self.of_type[FLAT] else []))
        m, r, value = self.pick(MATRIX), self.pick(ROW), self.values
        row = self.random.randrange(4)
        if kind == "norm":
            line = f"norm.rms_norm {m} axes = [1] eps = 1.0e-5 outs({self.unread(MATRIX)} : {MATRIX}) : {MATRIX}"
            squares = (value[m] ** 2).mean(1, keepdims=True)
            made = [(MATRIX, value[m] / np.sqrt(squares + 1e-5))]
        elif kind == "sums":
            line = f"""norm.generic iter(r = 4, c = 64) reduce [c] ins({m}(r, c) : {MATRIX})
      outs({r}(c) acc <lanes = 1> : {ROW}) {{
  ^bb0(%a: !norm.field<f32, [c]>):
    norm.yield %a : !norm.field<f32, [c]>
  }}"""
            made = [(ROW, value[r] + value[m].sum(0))]
        elif kind == "both":
            line = f"""norm.generic iter(r = 4, c = 64) reduce [c] ins({m}(r, c) : {MATRIX})
      outs({self.unread(MATRIX)}(r, c) : {MATRIX}, {r}(c) acc <lanes = 1> : {ROW}) {{
  ^bb0(%a: !norm.field<f32, [c]>):
    %n = norm.map (%b = %a : !norm.field<f32, [c]>) -> !norm.field<f32, [c]> {{
      %0 = arith.negf %b : f32
      norm.yield %0 : f32
    }}
    norm.yield %n, %a : !norm.field<f32, [c]>, !norm.field<f32, [c]>
  }}"""
            made = [(MATRIX, -value[m]), (ROW, value[r] + value[m].sum(0))]
        elif kind == "abs":
            line = f"linalg.abs ins({m} : {MATRIX}) outs({self.unread(MATRIX)} : {MATRIX}) -> {MATRIX}"
            made = [(MATRIX, abs(value[m]))]
        elif kind == "add":
            other = self.pick(MATRIX)
            line = f"linalg.add ins({m}, {other} : {MATRIX}, {MATRIX}) outs({self.unread(MATRIX)} : {MATRIX}) -> {MATRIX}"
            made = [(MATRIX, value[m] + value[other])]
        elif kind == "matmul":
            init = self.pick(MATRIX)
            line = f"linalg.matmul ins({m}, %w : {MATRIX}, {SQUARE}) outs({init} : {MATRIX}) -> {MATRIX}"
            made = [(MATRIX, value[init] + value[m] @ value["%w"])]
        elif kind == "sum":
            line = f"linalg.generic {COLUMN_SUM[0]} ins({m} : {MATRIX}) outs({r} : {ROW}) {COLUMN_SUM[1]} -> {ROW}"
            made = [(ROW, value[r] + value[m].sum(0))]
        elif kind == "fill":
            type = self.random.choice([MATRIX, ROW, FLAT])
            line = f"linalg.fill ins(%z : f32) outs({self.unread(type)} : {type}) -> {type}"
            made = [(type, np.full(SHAPES[type], 0.5))]
        elif kind == "insert":
            line = f"tensor.insert_slice {r} into {m}[{row}, 0] [1, 64] [1, 1] : {ROW} into {MATRIX}"
            made = [(MATRIX, np.concatenate([value[m][:row], value[r][None], value[m][row + 1:]]))]
        elif kind == "extract":
            line = f"tensor.extract_slice {m}[{row}, 0] [1, 64] [1, 1] : {MATRIX} to {ROW}"
            made = [(ROW, value[m][row])]
        elif kind == "collapse":
            line = f"tensor.collapse_shape {m} [[0, 1]] : {MATRIX} into {FLAT}"
            made = [(FLAT, value[m].reshape(256))]
        elif kind == "loop":
            init = self.pick(MATRIX)
            line = f"""scf.for %i = %c0 to %c3 step %c1 iter_args(%t = {init}) -> ({MATRIX}) {{
    %s = linalg.add ins(%t, {m} : {MATRIX}, {MATRIX}) outs(%t : {MATRIX}) -> {MATRIX}
    scf.yield %s : {MATRIX}
  }}"""
            made = [(MATRIX, value[init] + 3 * value[m])]
        elif kind == "expand":
            flat = self.pick(FLAT)
            line = f"tensor.expand_shape {flat} [[0, 1]] output_shape [4, 64] : {FLAT} into {MATRIX}"
            made = [(MATRIX, value[flat].reshape(4, 64))]
        else:
            flat = self.pick(FLAT)
            line = f"linalg.abs ins({flat} : {FLAT}) outs({self.unread(FLAT)} : {FLAT}) -> {FLAT}"
            made = [(FLAT, abs(value[flat]))]
        self.text += f"  {name}{':2' if len(made) == 2 else ''} = {line}\n"
        for number, (type, result) in enumerate(made):
            self.make(f"{name}#{number}" if len(made) == 2 else name, type, result)

    def run(self):
        """What is wrong, as lines of text."""
        with open("f.mlir", "w", encoding="utf-8") as file:
            file.write(self.text)
        for i, array in enumerate(self.inputs):
            np.save(f"i{i}.npy", array)
        subprocess.run(["normc", "f.mlir", "-o", "f.so", "--manifest=f.json"], check=True)
        subprocess.run(["norm-run", "f.so"] + [f"--input=i{i}.npy" for i in range(4)]
                       + [f"--output=o{i}.npy" for i in range(len(self.returned))], check=True, stdout=subprocess.DEVNULL)
        for i, (name, _) in enumerate(self.returned):
            right = self.values[name]
            distance = abs(np.load(f"o{i}.npy") - right).max()
            # Chains of sums of 64 products in f32, whose results may be large.
            if not distance <= 1e-4 * max(1, abs(right).max()):
                yield f"result {i}, {name}, is off by {distance}"


count, first = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
failures = 0
for seed in range(first, first + count):
    program = Program(seed)
    for wrong in program.run():
        failures += 1
        print(f"program {seed}: {wrong}\n{program.text}")
sys.exit(failures != 0)
