#!/bin/sh
# From a bare Debian 12 to running kernels: installs what is missing, builds normc, compiles the
# examples for this machine, calls one from a C program, then runs, checks and times every kernel.
#
#   tools/quickstart.sh [--threads N]
#
# Everything it makes is below build/quickstart. The table at the end says for each kernel: its
# shape and type, the time of a call on N threads (default 1), the bandwidth that is, its share of the
# bandwidth of a plain copy of the same bytes measured in the same run, and the worst error against
# the f64 oracle, in units in the last place (ULP) of the element, and of the largest element: where a
# gradient is nearly zero because its terms cancel, only the second says something.
set -eu
cd "$(dirname "$0")/.."

threads=1
while [ $# -gt 0 ]; do
  case $1 in
  --threads)
    threads=${2:?"quickstart.sh: expects a number after --threads"}
    shift 2
    ;;
  -h | --help)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  *)
    echo "quickstart.sh: expects --threads N or --help, but got '$1'" >&2
    exit 1
    ;;
  esac
done

stage() { printf '\n== %s\n' "$*"; }

stage "1/5 Packages"
tools/install-deps.sh

stage "2/5 Build (minutes the first time, seconds afterwards)"
[ -f build/build.ninja ] || cmake --preset release
cmake --build build --parallel "$(nproc)" --target normc norm-run normrt

out=build/quickstart
rm -rf "$out"
mkdir -p "$out"

stage "3/5 Compile tools/normc/examples for this machine"
build/bin/normc --version
for example in tools/normc/examples/*.mlir; do
  name=$(basename "$example" .mlir)
  printf '  %s\n' "$name"
  build/bin/normc "$example" --target=host --emit=lib -o "$out/$name.so" \
    --header="$out/$name.h" --manifest="$out/$name.json"
done

stage "4/5 Call one from C: tools/normc/examples/call_rms_norm.c"
cc -std=c11 -O2 -Wall -Wextra -Werror -Iinclude -I"$out" tools/normc/examples/call_rms_norm.c \
  "$out/llama3_rms_norm.so" -Wl,-rpath,"$PWD/$out" -lm -o "$out/call_rms_norm"
"$out/call_rms_norm"

stage "5/5 Run, check and time every kernel"
/usr/bin/python3 tools/quickstart.py "$out" "$threads"
