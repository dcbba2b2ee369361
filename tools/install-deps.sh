#!/bin/sh
# Installs the Debian packages that normc needs, and only those that are missing.
#
#   tools/install-deps.sh              what building and testing need
#   tools/install-deps.sh --optional   also what only some developers need
#   tools/install-deps.sh --list       prints the list and installs nothing
#
# Run it as root, or as a user who may use sudo. Running it again changes nothing.
set -eu

# One package a line: its name, then why.
required='
g++                    compiles normc
cmake                  configures the build
ninja-build            runs the build
ccache                 makes rebuilds quick
llvm-22-dev            LLVM: code generation for every target
libmlir-22-dev         MLIR: the compiler framework
mlir-22-tools          mlir-tblgen for the build, mlir-opt for the tests
lld-22                 links emitted kernels into shared libraries
liblld-22-dev          the same linker as a library, inside normc
zlib1g-dev             which needs it
libzstd-dev            and it
python3                runs the tests
python3-numpy          formulas in the tests that share no code with normc
gcc-aarch64-linux-gnu  links test programs for Arm
libc6-dev-arm64-cross  C library for them
qemu-user              runs them
'
optional='
clang-22               the other compiler that the build is kept working with
clang-tidy-22          checks the sources
clang-format-22        formats the sources
libclang-rt-22-dev     sanitizers for clang-22
python3-matplotlib     plots of the benchmark
libdnnl-dev            oneDNN, to be measured beside
'

packages=$required
for argument; do
  case $argument in
  --optional) packages=$required$optional ;;
  --list)
    printf '%s' "$required$optional" | grep .
    exit 0
    ;;
  -h | --help)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  *)
    echo "install-deps.sh: expects --optional, --list or --help, but got '$argument'" >&2
    exit 1
    ;;
  esac
done

if ! command -v apt-get >/dev/null 2>&1; then
  echo "install-deps.sh: expects Debian 12 with apt-get, which this machine has not; install these yourself:" >&2
  printf '%s' "$packages" | grep . >&2
  exit 1
fi

installed() {
  # A virtual package, or one of another architecture, does not count.
  case $(dpkg-query -W -f='${Status}' "$1" 2>/dev/null || true) in
  'install ok installed') return 0 ;;
  *) return 1 ;;
  esac
}

missing=
for package in $(printf '%s' "$packages" | awk '{ print $1 }'); do
  installed "$package" || missing="$missing $package"
done
if [ -z "$missing" ]; then
  echo "All packages that normc needs are installed."
  exit 0
fi

echo "These Debian packages are missing and will be installed:"
for package in $missing; do
  printf '%s' "$packages" | awk -v p="$package" '$1 == p { print "  " $0 }'
done

as_root=
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "install-deps.sh: expects root or sudo to install them; as root, run:" >&2
    echo "  apt-get install --no-install-recommends$missing" >&2
    exit 1
  fi
  as_root='sudo'
fi

# env, since sudo drops variables that are set before it.
$as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q ||
  echo "install-deps.sh: the package lists could not all be updated; going on with those that are here" >&2
for package in $missing; do
  if ! apt-cache show "$package" >/dev/null 2>&1; then
    echo "install-deps.sh: no package source of this machine has $package." >&2
    echo "LLVM 22 is in Debian 12's security archive: the sources must name the suite bookworm-security." >&2
    exit 1
  fi
done
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
