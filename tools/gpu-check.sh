#!/bin/sh
# Checks and times kernels on an NVIDIA GPU of another machine, which has no compiler: the kernels are
# compiled here, and one folder is carried there.
#
#   tools/gpu-check.sh build DIR [--quick]   compiles, for sm_80, sm_90 and sm_100, into DIR, which then
#                                            has all that is needed
#   DIR/run.sh [--quick] [--out results]     there: x86-64 Linux, Python 3 with numpy and PyTorch, a driver;
#                                            writes results.json and results.md
#   tools/gpu-check.sh dry-run [--quick]     both here, on the PTX interpreter, without a GPU: results are
#                                            compared in the same way, instead of times instructions and
#                                            bytes are counted
#
# Each has more flags: --help. The exit status is 1 where a kernel does not compile or is not right. The
# kernels and what is timed are in tools/bench/gpu_cells.py.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
python=/usr/bin/python3
# Compiled Python must not be left in the source tree.
export PYTHONDONTWRITEBYTECODE=1

usage() { sed -n '2,/^set/s/^# \{0,1\}//p' "$0"; }

case ${1:-} in
build)
  shift
  exec "$python" "$root/tools/bench/gpu_build.py" "$@"
  ;;
dry-run)
  shift
  quick=
  build=$root/build
  arch=90
  out=
  more=
  for flag in "$@"; do
    case $flag in
    --quick) quick=--quick ;;
    --build=*) build=${flag#*=} ;;
    --arch=*) arch=${flag#*=} ;;
    --out=*) out=${flag#*=} ;;
    --verbose) more=--verbose ;;
    -h | --help)
      usage
      echo "dry-run [--quick] [--arch=90] [--build=DIR] [--out=NAME] [--verbose]"
      exit 0
      ;;
    *)
      echo "gpu-check.sh: expects --quick, --arch=, --build=, --out= or --verbose, but got '$flag'" >&2
      exit 1
      ;;
    esac
  done
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  # The interpreter runs one architecture: the others would be compiled for nothing.
  status=0
  "$python" "$root/tools/bench/gpu_build.py" "$folder" $quick $more --targets="sm_$arch" --build="$build" || status=1
  [ -f "$folder/run.sh" ] || exit 1
  PYTHON=$python "$folder/run.sh" --simulate $quick $more --arch="$arch" --minutes=0 --out="${out:-$folder/results}" || status=1
  exit $status
  ;;
-h | --help)
  usage
  ;;
*)
  echo "gpu-check.sh: expects build DIR, dry-run or --help, but got '${1:-}'" >&2
  exit 1
  ;;
esac
