# REQUIRES: numpy
# RUN: %python %s %cc
#
# The tests of the tests of norm-raise: what is read of a function's types, and that one that cannot be compiled, cannot be
# compared, or crashes is a message about that one, beside others that are compared.

import os
import signal
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs"))
import raising
from raising import Function, check_batch

cc = sys.argv[1]

# Names that look like types, and text that looks like the end of the arguments, are no types.
ATTRIBUTES = """  func.func @named(%arg0: tensor<?x4xf32> {norm.name = "x32", t.a = {b = [") -> f16", "{"]}}, %arg1: i32 {norm.name = "i8"})
 -> (tensor<?x4xf32> {norm.name = "f64"}, tensor<4xf16> {norm.name = "y0"}) attributes {t.text = ") -> bf16 {"} {
    return
  }
""".replace("\n -> ", " -> ")
named = Function(ATTRIBUTES)
assert named.arguments == [([None, 4], "f32"), (None, "i32")], named.arguments
assert named.results == [([None, 4], "f32"), ([4], "f16")], named.results
assert named.renamed("f").splitlines()[0].endswith(' attributes {t.text = ") -> bf16 {", llvm.emit_c_interface} {')


def make(body, type="tensor<?x4xf32>", attributes=""):
    return Function(f"  func.func @f(%arg0: {type}{attributes}) -> ({type}{attributes}) {{\n{body}  }}\n")


SAME = "    return %arg0 : tensor<?x4xf32>\n"
HALF = """    %0 = arith.addf %arg0, %arg0 : tensor<?x4xf32>
    return %0 : tensor<?x4xf32>
"""
# The process ends inside of the function.
CRASH = """    %zero = arith.constant 0 : i64
    %pointer = llvm.inttoptr %zero : i64 to !llvm.ptr
    %value = llvm.load volatile %pointer : !llvm.ptr -> f32
    llvm.store volatile %value, %pointer : f32, !llvm.ptr
""" + SAME
same, twice, crash = make(SAME, attributes=' {norm.name = "x1"}'), make(HALF), make(CRASH)
unknown = make("    return %arg0 : tensor<4xi16>\n", "tensor<4xi16>")
broken = make("    return %arg1 : tensor<?x4xf32>\n")

found = check_batch([("a", same, same), ("b", same, twice), ("c", crash, crash), ("d", unknown, unknown), ("e", twice, twice)], cc)
assert found["a"] == found["e"] == "", found
assert "differs" in found["b"], found
assert found["c"] == f"ends with signal {int(signal.SIGSEGV)}", found
assert found["d"].startswith("cannot be compared: KeyError"), found
found = check_batch([("a", same, same), ("b", broken, broken)], cc)
assert found["a"] == "" and found["b"].startswith("cannot be compiled: RuntimeError: norm-opt fails"), found


# A child that ends before it says anything.
def end(*_):
    os._exit(7)


raising.compare_all = end
found = check_batch([("a", same, same), ("b", same, same)], cc)
assert found == dict.fromkeys("ab", "cannot be compiled: ends with status 7"), found
