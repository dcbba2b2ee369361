# REQUIRES: numpy
# RUN: %python %s %cc
#
# Programs that a search by algebra could take for a normalization that they are not: whatever norm-raise makes of them
# computes what they compute. With names behind the compiler, it prints these programs instead.

import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import nearly_last  # noqa: F401: adds programs, as those that it includes
import nearly_rotary
import nearly_views  # noqa: F401: adds programs too
from nearly import PROGRAMS
from raising import FUSE_FOR_THREADS, check_batch, pairs

cc, *names = sys.argv[1:]
if names:
    sys.exit(print("\n// -----\n".join(p.text() for p in PROGRAMS if p.name in names)))
# Products of those that are not static are multiples of 64.
SIZES = {p.name: [(8, 24, 16)] for p in PROGRAMS if p.name.startswith("dynamic")}


def raise_all(programs):
    """Each before and after norm-raise, or the error."""
    try:
        return [(p, pair, None) for p, pair in zip(programs, pairs("\n// -----\n".join(p.text() for p in programs)))]
    except RuntimeError as error:
        if len(programs) == 1:
            return [(programs[0], None, f"norm-raise makes no program of it: {str(error)[:300]}")]
        half = len(programs) // 2
        return raise_all(programs[:half]) + raise_all(programs[half:])


def check(programs):
    found, failures, todo = raise_all(programs), [], []
    for p, pair, error in found:
        if error:
            failures.append(f"{p.name}: {error}")
            continue
        before, after = pair
        if p.raised and "norm." not in after.text:
            failures.append(f"{p.name}: is a normalization, and none is found")
        # A mode of rounding that the machine's library does not know.
        if after.text.count("toward_zero") != before.text.count("toward_zero"):
            failures.append(f"{p.name}: rounds to nearest instead of toward zero")
        if before.text != after.text:
            todo.append((p.name, before, after))
    wrong = check_batch(todo, cc, SIZES) if todo else {}
    rotary = [one for one in todo if one[0] in vars(nearly_rotary)]
    if rotary:
        for name, text in check_batch(rotary, cc, SIZES, FUSE_FOR_THREADS).items():
            wrong[name] = wrong[name] or text
    return len(todo), failures + [f"{name}: {text}" for name, text in wrong.items() if text]


assert len({p.name for p in PROGRAMS}) == len(PROGRAMS)
with ThreadPoolExecutor(2) as pool:
    results = list(pool.map(check, [PROGRAMS[i:i + 20] for i in range(0, len(PROGRAMS), 20)]))
failures = [re.sub(r"\s+", " ", f) for r in results for f in r[1]]
changed = sum(r[0] for r in results)
print(f"{len(PROGRAMS)} functions, {changed} compared, {len(PROGRAMS) - changed} unchanged, {len(failures)} wrong")
print("\n".join(failures))
sys.exit(1 if failures or changed < 100 else 0)
