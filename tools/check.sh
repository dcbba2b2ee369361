#!/bin/sh
# Installs what is missing, builds normc, runs every test.
#
#   tools/check.sh            Release with the default compiler, in build/
#   tools/check.sh PRESET     another preset of CMakePresets.json: debug, clang
#
# The last line is the count, "N passed, N failed" with ", N skipped" where tests were; the exit
# status is 0 only where none failed.
set -eu
cd "$(dirname "$0")/.."

preset=${1:-release}
case $preset in
release) build=build ;;
debug | clang) build=build-$preset ;;
-h | --help)
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
  exit 0
  ;;
*)
  echo "check.sh: expects one of the presets release, debug, clang, but got '$preset'" >&2
  exit 1
  ;;
esac

stage() { printf '\n== %s\n' "$*"; }

stage "1/4 Packages"
if [ "$preset" = clang ]; then
  tools/install-deps.sh --optional
else
  tools/install-deps.sh
fi

stage "2/4 Configure: $build"
cmake --preset "$preset"

stage "3/4 Build (minutes the first time, seconds afterwards)"
# Each job of a debug build may need 2 GB: LLVM's headers are large.
cmake --build "$build" --parallel "$(nproc)"

stage "4/4 Tests"
lit=$(sed -n 's/^NORMC_LIT:FILEPATH=//p' "$build/CMakeCache.txt")
results=$build/test/results.json
rm -f "$results"
status=0
"$lit" -sv --output "$results" "$build/test" || status=$?
if [ ! -s "$results" ]; then
  echo "check.sh: lit ended with status $status and left no results" >&2
  exit 1
fi

/usr/bin/python3 - "$results" "$status" <<'END'
import collections, json, sys

with open(sys.argv[1]) as file:
    codes = collections.Counter(test["code"] for test in json.load(file)["tests"])
passed = codes["PASS"] + codes["FLAKYPASS"] + codes["XFAIL"]
skipped = codes["UNSUPPORTED"] + codes["SKIPPED"] + codes["EXCLUDED"]
failed = sum(codes.values()) - passed - skipped
print(f"\n{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
sys.exit(failed != 0 or passed == 0 or sys.argv[2] != "0")
END
