# How lit finds and runs the tests. A test is a file with RUN lines; helpers that are not tests
# themselves live in folders named Inputs.
#
# Substitutions:
#   %python        Debian's Python, with numpy when the feature `numpy` is there
#   %cc %cxx       the host compilers; -std=c11 and -std=c++17 are for the test to say
#   %include       the folder with normc-c/Runtime.h
#   %libs          the build's libraries, for -L and -rpath
#   %examples      tools/normc/examples
#   %source %build the project's two roots
#   %aarch64_cc    cross compiler        (feature qemu-aarch64)
#   %qemu_aarch64  runs its programs     (feature qemu-aarch64)
#   %qemu_x86_64   another x86-64 CPU    (feature qemu-x86-64)
#   %clang         clang-22              (feature clang-22)
#   %ptxas         CUDA's assembler      (feature ptxas)
#
# Parameters:
#   --param verify_roundtrip=1   every norm-opt also writes its input as text and bytecode, and reads it back
#
# Features: ptxas, qemu-aarch64, qemu-x86-64, avx2, avx512, asan, clang-22, numpy, x86-64, aarch64.

import os
import platform
import shutil
import subprocess

import lit.formats
import lit.util

config.name = "normc"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test", ".py", ".c", ".cpp"]
config.excludes = ["Inputs", "CMakeLists.txt", "lit.cfg.py", "lit.site.cfg.py"]
config.test_source_root = os.path.join(config.normc_source, "test")
config.test_exec_root = os.path.join(config.normc_build, "test")

tools = os.path.join(config.normc_build, "bin")
path = os.pathsep.join([tools, config.llvm_bin, os.environ.get("PATH", os.defpath)])
config.environment["PATH"] = path
# Tests must not leave compiled Python in the source tree.
config.environment["PYTHONDONTWRITEBYTECODE"] = "1"


def run(*command):
    """Output of a command, or None where it fails or does not exist."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def substitute(name, value):
    # A word of its own, so that %cc is not found inside %ccache.
    config.substitutions.append((name + r"\b", value))


substitute("%python", config.python)
substitute("%cxx", config.host_cxx)
substitute("%cc", config.host_cc)
substitute("%include", os.path.join(config.normc_source, "include"))
substitute("%libs", os.path.join(config.normc_build, "lib"))
substitute("%examples", os.path.join(config.normc_source, "tools", "normc", "examples"))
substitute("%source", config.normc_source)
substitute("%build", config.normc_build)

if lit_config.params.get("verify_roundtrip"):
    config.substitutions.append((r"(?<![\w/.-])norm-opt(?![\w.-])", "norm-opt --verify-roundtrip"))

machine = platform.machine()
if machine in ("x86_64", "AMD64"):
    config.available_features.add("x86-64")
elif machine in ("aarch64", "arm64"):
    config.available_features.add("aarch64")

try:
    with open("/proc/cpuinfo") as cpuinfo:
        flags = set(next((l for l in cpuinfo if l.startswith("flags")), ":").split(":")[1].split())
except OSError:
    flags = set()
if {"avx2", "fma", "f16c"} <= flags:
    config.available_features.add("avx2")
if {"avx512f", "avx512bw", "avx512dq", "avx512vl"} <= flags:
    config.available_features.add("avx512")

if config.has_asan:
    config.available_features.add("asan")

if run(config.python, "-c", "import numpy") is not None:
    config.available_features.add("numpy")

clang = shutil.which("clang-22", path=path)
if clang:
    config.available_features.add("clang-22")
    substitute("%clang", clang)

# CUDA's installers put ptxas where PATH does not always look.
ptxas = shutil.which("ptxas", path=path + os.pathsep + "/usr/local/cuda/bin")
if ptxas:
    config.available_features.add("ptxas")
    substitute("%ptxas", ptxas)

qemu_x86 = shutil.which("qemu-x86_64", path=path) or shutil.which("qemu-x86_64-static", path=path)
if qemu_x86:
    config.available_features.add("qemu-x86-64")
    substitute("%qemu_x86_64", qemu_x86)
qemu = shutil.which("qemu-aarch64", path=path) or shutil.which("qemu-aarch64-static", path=path)
cross = shutil.which("aarch64-linux-gnu-gcc", path=path)
if qemu and cross and os.path.isdir("/usr/aarch64-linux-gnu/lib"):
    config.available_features.add("qemu-aarch64")
    substitute("%aarch64_cc", cross)
    substitute("%qemu_aarch64", qemu + " -L /usr/aarch64-linux-gnu")

# A test that hangs is a test that fails.
supported, _ = lit.util.killProcessAndChildrenIsSupported()
if supported:
    lit_config.maxIndividualTestTime = 600
