"""The last step of quickstart.sh: runs, checks and times every compiled example, prints the table.

quickstart.py FOLDER THREADS, where FOLDER has the libraries and manifests.
"""

import glob
import json
import os
import subprocess
import sys
import time


def symbols_of(kernel):
    """The symbols of a kernel's shapes, in order of appearance."""
    result = []
    for argument in kernel["arguments"]:
        for size in argument["shape"]:
            if isinstance(size, str):
                for factor in size.split("*"):
                    if not factor.strip().isdigit() and factor.strip() not in result:
                        result.append(factor.strip())
    return result


def sizes_of(kernel):
    """Sizes for what the kernel leaves open: usual ones, halved until all tensors have some MB."""
    usual = {"n": 4, "c": 64, "h": 56, "w": 56}
    sizes = {name: usual.get(name, 1024) for name in symbols_of(kernel)}

    def elements():
        total = 0
        for argument in kernel["arguments"]:
            count = 1
            for size in argument["shape"]:
                for factor in str(size).split("*"):
                    count *= sizes.get(factor.strip(), 0) or int(factor)
            total += count
        return total

    while elements() > 1 << 22 and max(sizes.values(), default=1) > 1:
        largest = max(sizes, key=sizes.get)
        sizes[largest] //= 2
    return [f"{name}={size}" for name, size in sizes.items()]


def seconds(value):
    for unit, scale in (("s", 1), ("ms", 1e-3), ("us", 1e-6)):
        if value >= scale:
            return f"{value / scale:.3g} {unit}"
    return f"{value / 1e-9:.3g} ns"


def worst(result, key):
    """The largest error of any result; not a number where the kernel and the oracle disagree on that."""
    errors = [output[key] for output in result["check"]]
    return str(next((e for e in errors if isinstance(e, str)), f"{max((e for e in errors if not isinstance(e, str)), default=0):.2f}"))


def run(folder, threads, name, kernel):
    report = os.path.join(folder, "reports", f"{kernel['name']}.json")
    command = ["build/bin/norm-run", f"{folder}/{name}.so", "--kernel", kernel["name"], "--seed=1"]
    command += [f"--threads={threads}", "--check", "--bench", "--bench-seconds=0.3", f"--json={report}"]
    sizes = sizes_of(kernel)
    if sizes:
        command.append("--shape=" + ",".join(sizes))
    ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode != 0:
        print(f"quickstart: {' '.join(command)} fails:\n{ran.stderr}", file=sys.stderr)
        return None
    with open(report, encoding="utf-8") as file:
        result = json.load(file)
    main = next(a for a in result["arguments"] if a["direction"] == "input")
    bench = result["bench"]
    return (
        kernel["name"],
        "x".join(map(str, main["shape"])),
        main["dtype"],
        seconds(bench["seconds"]),
        f"{bench['gigabytes_per_second']:.1f}",
        f"{bench['share_of_copy']:.2f}",
        worst(result, "max_ulp"),
        worst(result, "max_scaled_ulp"),
    )


def main():
    folder, threads = sys.argv[1], sys.argv[2]
    os.makedirs(os.path.join(folder, "reports"), exist_ok=True)
    kernels = []
    for manifest in sorted(glob.glob(os.path.join(folder, "*.json"))):
        with open(manifest, encoding="utf-8") as file:
            for kernel in json.load(file)["kernels"]:
                kernels.append((os.path.basename(manifest)[: -len(".json")], kernel))
    rows, failed = [("kernel", "shape", "type", "time", "GB/s", "of copy", "worst ULP", "of largest")], 0
    for number, (name, kernel) in enumerate(kernels, start=1):
        began = time.monotonic()
        print(f"  [{number}/{len(kernels)}] {kernel['name']}", end="", flush=True)
        row = run(folder, threads, name, kernel)
        print(f", {time.monotonic() - began:.1f} s", flush=True)
        if row is None:
            failed += 1
        else:
            rows.append(row)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    print()
    for row in rows:
        left = [text.ljust(width) for text, width in zip(row[:3], widths[:3])]
        right = [text.rjust(width) for text, width in zip(row[3:], widths[3:])]
        print("  ".join(left + right).rstrip())
    print(f"\n{len(rows) - 1} kernels ran on {threads} thread(s), {failed} failed")
    return 1 if failed or not kernels else 0


sys.exit(main())
