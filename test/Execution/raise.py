# REQUIRES: numpy
# RUN: %python %s %cc %source
#
# What norm-raise makes of the programs of test/Raise computes what they compute. Every function is compiled as it is and
# after norm-raise, by the same upstream passes, and called on the same random numbers: of size 1, and two smaller sizes,
# beside which an epsilon is large. A variance that is given is positive. Rotary embeddings of pairs are fused for threads only.
#
# The programs of test/Raise/neighbours are compared in the same way before and after norm-fuse.

import glob
import os
import sys
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
from raising import FUSE_FOR_THREADS, NO_FUSE, check_batch, pairs

cc, source = sys.argv[1:]

# Of each folder, how many functions there are at least, and how many of them norm-raise changes.
EXPECTED = {"forward": 245, "backward": 60, "models": 70, "negative": 182, "neighbours": 29}
CHANGED = {"forward": 245, "backward": 60, "models": 70, "negative": 0, "neighbours": 28}
# Sizes that are not static, where a program is only for some: this one has its middle dimension of one element.
# This one has as many tokens as heads, the angles' size being that of their place.
SIZES = {"bert_feed_forward_dynamic": [(5, 1)], "qwen3_query_dynamic": [(3, 4)]}
# Functions that cannot be run, and why: upstream's passes know no norm.random.
CANNOT = {"dropout_seed"}


def check(path):
    fused = os.path.basename(os.path.dirname(path)) == "neighbours"
    with open(path) as f:
        found = pairs(f.read(), ["--norm-generalize"], ["--norm-generalize=leave-orders", "--norm-fuse"]) if fused else \
            pairs(f.read())
    changed = [(f"f{i}", before, after) for i, (before, after) in enumerate(found) if before.text != after.text
               and before.name not in CANNOT]
    wrong = check_batch(changed, cc, SIZES, *[NO_FUSE] * fused) if changed else {}
    if os.path.basename(path) == "rotary.mlir":
        for name, text in check_batch(changed, cc, SIZES, FUSE_FOR_THREADS).items():
            wrong[name] = wrong[name] or text
    left_out = sum(before.name in CANNOT for before, _ in found)
    return len(found), len(changed), left_out, [
        f"{os.path.basename(path)}: {before.name}: {wrong[name]}" for name, before, _ in changed if wrong[name]]


failures, left_out = [], 0
with ThreadPoolExecutor(2) as pool:
    for folder in EXPECTED:
        results = list(pool.map(check, sorted(glob.glob(os.path.join(source, "test", "Raise", folder, "*.mlir")))))
        total, changed = sum(r[0] for r in results), sum(r[1] for r in results)
        left_out += sum(r[2] for r in results)
        messages = [message for r in results for message in r[3]]
        print(f"{folder}: {total} functions, {changed} compared, {total - changed} unchanged, {len(messages)} wrong")
        failures += messages
        if total < EXPECTED[folder] or changed < CHANGED[folder]:
            failures.append(f"{folder}: expects at least {EXPECTED[folder]} functions, {CHANGED[folder]} of them changed")
if left_out != len(CANNOT):
    failures.append(f"{left_out} functions were left out, {len(CANNOT)} are known")
print("\n".join(failures))
sys.exit(1 if failures else 0)
