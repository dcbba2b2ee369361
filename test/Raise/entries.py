# Each normalization of a model's fragment becomes one program, and with that one entry, with its neighbours: after
# norm-raise and norm-fuse there is one norm.generic for each, and no elementwise operation, and none that takes or joins parts,
# reads its results or makes what it reads, unless a remark says why.
#
# And norm-outline makes a kernel of each, or leaves a function that is one, so that nothing of normc is in what is left.
#
# RUN: %python %s %S/models --norm-fuse
# RUN: %python %s %S/models --norm-fuse=isa=nvptx

import os
import re
import subprocess
import sys

# Normalizations that do not share groups.
several = {"llama_query_key_norm": 2, "qwen3_query_key": 2, "resnet_downsample": 2, "unet_transformer_in": 2}
# What takes parts of a tensor, or puts it together: of a rotary embedding nothing is left.
PARTS = ("tensor.extract_slice", "tensor.insert_slice", "tensor.concat")
failures, functions = 0, 0
names, outlined = set(), set()


def fail(file, name, text):
    global failures
    failures += 1
    print(f"{os.path.basename(file)}: {name}: {text}")


for file in sorted(os.listdir(sys.argv[1])):
    path = os.path.join(sys.argv[1], file)
    ran = subprocess.run(["norm-opt", path, "--norm-raise", "--norm-generalize=leave-orders", sys.argv[2], "--canonicalize",
                          "--cse", "--remarks-filter=norm-fuse"], capture_output=True, text=True)
    if ran.returncode != 0:
        fail(file, "-", ran.stderr)
        continue
    # Which function a remark is about: the last one that begins before its line.
    with open(path) as source:
        begins = [(number, match[1]) for number, line in enumerate(source, 1) if (match := re.match(r"\s*func\.func @(\w+)", line))]
    explained = {}
    for line in re.findall(r":(\d+):\d+: remark: \[Missed\]", ran.stderr):
        about = [name for number, name in begins if number <= int(line)][-1]
        explained[about] = explained.get(about, 0) + 1
    for match in re.finditer(r"func\.func @(\w+)\((.*?)\n  }", ran.stdout, re.S):
        functions += 1
        name, text, left = match[1], match[0], 0
        names.add(name)
        programs = text.count("norm.generic")
        if programs != several.get(name, 1):
            fail(file, name, f"expects {several.get(name, 1)} programs, but got {programs}")
        # What operations are, by their results; of several results by the first part of the name.
        made, reads = {}, {}
        for result, operation, operands in re.findall(r"(%\w+)(?::\d+)? = ([\w.]+)(.*?)(?=\n    %|\n    return|\Z)", text, re.S):
            made[result] = (operation, operands)
            reads[result] = [use for use in re.findall(r"%\w+", operands.split(") {")[0])]
        def is_elementwise(value):
            operation, operands = made.get(value, ("", ""))
            return operation in PARTS or operation == "linalg.generic" and "reduction" not in operands.split("\n")[0]
        for value, (operation, _) in made.items():
            for use in reads[value]:
                left += operation == "norm.generic" and is_elementwise(use)
                left += made.get(use, ("", ""))[0] == "norm.generic" and is_elementwise(value)
        if left > explained.get(name, 0):
            fail(file, name, f"{left} elementwise neighbours are left, and {explained.get(name, 0)} remarks say why")

    # What calls of kernels there are, and functions that are kernels themselves.
    split = subprocess.run(["norm-opt", path, "--norm-raise", "--norm-generalize=leave-orders", sys.argv[2], "--norm-outline"],
                           capture_output=True, text=True)
    if split.returncode != 0:
        fail(file, "-", split.stderr)
        continue
    for name, text in re.findall(r"func\.func @(\w+)\((.*?)\n  }", split.stdout, re.S):
        programs, calls = text.count("norm.generic"), len(re.findall(r"call @\w+_norm\d+\(", text))
        if re.search(r"_norm\d+$", name) and name not in names:
            if programs != 1:
                fail(file, name, f"expects a kernel of one program, but got {programs}")
            continue
        outlined.add(name)
        if programs and calls or programs + calls != several.get(name, 1):
            fail(file, name, f"expects {several.get(name, 1)} calls, or one program, but got {calls} and {programs}")

if outlined != names:
    fail("-", "-", f"expects the same functions after norm-outline, but these differ: {sorted(outlined ^ names)}")
if functions < 70:
    fail("-", "-", f"expects at least 70 fragments, but found {functions}")
sys.exit(failures != 0)
