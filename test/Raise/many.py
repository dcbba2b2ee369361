# Many in a row: each is found on its own, forward and backward, and is not multiplied out again for all that follow it.
#
# RUN: %python %s %S/forward/torch-layer-norm.mlir torch_layer_norm arg0 norm.layer_norm 60
# RUN: %python %s %S/backward/torch-rows.mlir torch_layer_norm_backward_input arg0 norm.layer_norm_backward 20

import re
import subprocess
import sys

path, name, first, operation, count = sys.argv[1:5] + [int(sys.argv[5])]
text = open(path, encoding="utf-8").read()
maps = "\n".join(re.findall(r"^#map.*$", text, re.M))
arguments, type_, body, result = re.search(
    r"func\.func @%s\((%%.*?)\) -> \(?(tensor<[^>]*>).*?\{\n(.*?)\n  return (%%\w+)" % name, text, re.S).groups()


def rename(number, value):
    def one(match):
        word = match[1]
        return value if word == first else f"%l{number}_{word}"
    return re.sub(r"%(\w+)", one, body)


value, parts, all_arguments = "%" + first, [], []
for argument in arguments.split(", "):
    if argument.startswith(f"%{first}:"):
        all_arguments.append(argument)
for number in range(count):
    # Each has parameters and statistics of its own.
    all_arguments += [f"%l{number}_{a[1:]}" for a in arguments.split(", ")
                      if not a.startswith(f"%{first}:")]
    parts.append(rename(number, value))
    value = f"%l{number}_{result[1:]}"
program = f"{maps}\nfunc.func @many({', '.join(all_arguments)}) -> {type_} {{\n" + "\n".join(parts) + f"\n  return {value} : {type_}\n}}\n"
ran = subprocess.run(["norm-opt", "--norm-raise"], input=program, capture_output=True, text=True, timeout=600)
found = len(re.findall(re.escape(operation) + r"\b", ran.stdout))
if ran.returncode != 0 or found != count or "linalg.generic" in ran.stdout:
    print(ran.stderr)
    sys.exit(f"expects {count} times {operation}, and nothing else, but got {found}")
