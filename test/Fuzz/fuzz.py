# REQUIRES: numpy
# RUN: %python %s --seconds 30
#
# Random operations, attributes, types, shapes, layouts and threads against the formulas. What fails is made small
# and printed with the command that runs it again:
#   fuzz.py --program "Rows(kind='rms')" --shape 1,3 --seed 7
# --seconds N: how long; --seed N: where to start (printed; without it, the clock).

import argparse
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Execution", "Inputs"))
import numpy as np

import normtest as nt
import programs as P

# Programs in one library, and shapes for each: compiling takes most of the time.
BATCH, SHAPES = 16, 6


def random_size(rng):
    kind = rng.integers(4)
    if kind == 0:
        return int(rng.integers(1, 9))
    if kind == 1:
        return int(2 ** rng.integers(0, 11) + rng.integers(-1, 2)) or 1
    return int(rng.integers(1, 300 if kind == 2 else 70))


def random_layout(rng, program, shapes):
    """Strides for some arguments, as the program's layout allows them."""
    strides = {}
    for i, shape in enumerate(shapes):
        if program.layout == "contiguous" or not shape or rng.integers(3) == 0:
            continue
        order = list(range(len(shape)))
        step = 1
        if program.layout == "any":
            rng.shuffle(order)
            step = int(rng.integers(1, 3))
        steps = [0] * len(shape)
        for axis in reversed(order):
            steps[axis] = step
            step = step * shape[axis] + int(rng.integers(0, 4))
        strides[i] = steps
    return strides


def attempt(program, kernel, shape, seed):
    """Messages, or nothing."""
    rng = np.random.default_rng([seed, *shape])
    values = program.inputs(rng, shape, mean=float(rng.choice([0, 0, 1, 50])), spread=float(rng.choice([1, 1, 0.01, 100])))
    sizes = [v.shape for v in values.values()]
    strides = random_layout(rng, program, sizes + kernel.output_shapes(sizes))
    threads = [None, 1, 3][rng.integers(3)]
    tensors = kernel.tensors(*values.values(), strides=strides, side=str(rng.choice(["start", "end"])))
    try:
        outputs = kernel.run(tensors, threads)
    except nt.KernelError as error:
        return [f"{program!r} {list(shape)}, strides {strides}: {error}"]
    return program.errors("fuzz", [t.array for t in outputs], shape, values)


def shrink(program, shape, seed):
    """The fewest attributes and the least sizes that still fail."""
    def fails(p, s):
        try:
            return attempt(p, P.compile_all([p])["p0"], s, seed)
        except (SystemExit, AssertionError, KeyError):
            return []

    again = True
    deadline = time.time() + 60
    while again and time.time() < deadline:
        again = False
        for axis in range(len(shape)):
            for n in (1, shape[axis] // 2, shape[axis] - 1):
                smaller = tuple(n if i == axis else k for i, k in enumerate(shape))
                if 1 <= n < shape[axis] and program.accepts(smaller) and fails(program, smaller):
                    shape, again = smaller, True
                    break
        for name in list(program.given):
            fewer = {k: v for k, v in program.given.items() if k != name}
            try:
                simpler = type(program)(**fewer)
            except (AssertionError, KeyError):
                continue
            if simpler.accepts(shape) and fails(simpler, shape):
                program, again = simpler, True
    return program, shape, fails(program, shape)


def report(program, shape, seed, messages):
    small, least, found = shrink(program, shape, seed)
    for message in (found or messages)[:3]:
        print("FAIL " + message)
    if not found:
        small, least = program, shape
    sys.exit(f"again: fuzz.py --program \"{small!r}\" --shape {','.join(map(str, least))} --seed {seed}\n"
             + small.text("fuzz"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--program")
    parser.add_argument("--shape")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else int(time.time())
    if options.program:
        program = eval(options.program, vars(P))
        shape = tuple(int(n) for n in options.shape.split(","))
        messages = attempt(program, P.compile_all([program])["p0"], shape, seed)
        sys.exit("\n".join(messages) or None)
    print(f"seed {seed}", flush=True)
    end, count = time.time() + options.seconds, 0
    while time.time() < end:
        rng = np.random.default_rng(seed)
        programs = [kind.random_program(rng) for kind in rng.choice(P.KINDS, BATCH)]
        lib = P.compile_all(programs)
        for i, program in enumerate(programs):
            for _ in range(SHAPES):
                shape = program.random_shape(rng, lambda: random_size(rng))
                messages = attempt(program, lib[f"p{i}"], shape, seed)
                if messages:
                    report(program, shape, seed, messages)
                count += 1
            if time.time() > end:
                break
        seed += 1
    print(f"{count} calls agree with the formulas")


main()
