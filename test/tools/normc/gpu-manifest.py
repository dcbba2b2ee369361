# RUN: %python %s
#
# A manifest says where in the output the code for each GPU is, and what ptxas, where it is found, says of its functions.

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

TARGETS = ["sm_75", "sm_90a", "sm_100"]
KERNEL = ["normc", "--op=layer_norm", "--shape=?x1000", "--dtype=bf16", "--backward"]
ptxas = shutil.which("ptxas", path=os.environ["PATH"] + ":/usr/local/cuda/bin")
folder = tempfile.TemporaryDirectory()
failed = 0


def path(name):
    return os.path.join(folder.name, name)


def expect(label, expected, got):
    global failed
    if expected != got:
        failed += 1
        print(f"FAIL {label}: expected {str(expected)[:500]}, got {str(got)[:500]}")


def compile(targets, name):
    command = [*KERNEL, "--target=" + targets, "-o", path(name), "--manifest=" + path("k.json"), "--remarks=gpu-resources"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    with open(path(name), "rb") as code, open(path("k.json")) as manifest:
        return code.read(), json.load(manifest), done.stderr


for name in ("k.so", "k.a"):
    library, manifest, remarks = compile(",".join(TARGETS), name)
    expect("targets", TARGETS, [t["cpu"] for t in manifest["targets"]])
    functions = {launch["function"] for v in manifest["kernels"][0]["versions"] for launch in v["launches"]}
    for target in manifest["targets"]:
        chip = target["cpu"]
        expect(f"{chip}, number", (int(re.sub(r"\D", "", chip)), chip.endswith("a")), (target["arch"], target["arch_specific"]))
        expect(f"{chip}, kinds", ["ptx", "cubin"] if ptxas else ["ptx"], [image["kind"] for image in target["images"]])
        for image in target["images"]:
            kind, code = image["kind"], library[image["offset"]:image["offset"] + image["bytes"]]
            alone, own, _ = compile(chip, "k." + kind)
            expect(f"{chip}, {kind}", alone, code)
            expect(f"{chip}, {kind} alone", (0, len(alone)), tuple(own["targets"][0]["images"][-1][key] for key in ("offset", "bytes")))
            if kind == "ptx":
                expect(f"{chip}, version", [target["ptx_version"]], re.findall(r"^\.version (.*)$", code.decode(), re.M))
                expect(f"{chip}, resources of PTX", False, "resources" in image)
                continue
            expect(f"{chip}, functions", functions, {r["function"] for r in image["resources"]})
            for r in image["resources"]:
                expect(f"{chip}, spills of {r['function']}", 0, r["spill_store_bytes"] + r["spill_load_bytes"])
                if f"{r['function']}: {r['registers']} registers, {r['shared_bytes']} bytes" not in remarks:
                    expect(f"{chip}, {r['function']}", "remarks with its registers", r)
sys.exit(f"{failed} checks failed" if failed else 0)
