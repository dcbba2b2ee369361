# No function is called after norm-expand-math, on any target, with the options that it has. This
# file prints a module with every operation that the pass is about, on every type.
#
# DEFINE: %{options} =
# DEFINE: %{target} =
# DEFINE: %{calls} = norm-opt %t.mlir --norm-expand-math="%{options}" \
# DEFINE:   | mlir-opt --convert-vector-to-llvm --convert-math-to-llvm --convert-arith-to-llvm \
# DEFINE:     --convert-func-to-llvm --reconcile-unrealized-casts \
# DEFINE:   | mlir-translate --mlir-to-llvmir | llc %{target} -O1 -filetype=obj -o %t.o \
# DEFINE:   && llvm-nm -u %t.o | FileCheck %s --allow-empty
# CHECK-NOT: {{[ \t]}}U{{[ \t]}}
#
# RUN: %python %s > %t.mlir
#
# REDEFINE: %{target} = -mtriple=x86_64-linux-gnu -mcpu=x86-64
# RUN: %{calls}
# REDEFINE: %{options} = has-round
# REDEFINE: %{target} = -mtriple=x86_64-linux-gnu -mcpu=x86-64-v2
# RUN: %{calls}
# REDEFINE: %{options} = has-fma has-f16c has-round
# REDEFINE: %{target} = -mtriple=x86_64-linux-gnu -mcpu=x86-64-v3
# RUN: %{calls}
# REDEFINE: %{target} = -mtriple=x86_64-linux-gnu -mcpu=x86-64-v4
# RUN: %{calls}
# REDEFINE: %{target} = -mtriple=aarch64-linux-gnu -mcpu=generic
# RUN: %{calls}
# REDEFINE: %{options} = has-fma has-f16c has-bf16 has-round
# REDEFINE: %{target} = -mtriple=x86_64-linux-gnu -mcpu=sapphirerapids
# RUN: %{calls}
# REDEFINE: %{target} = -mtriple=aarch64-linux-gnu -mcpu=neoverse-v2
# RUN: %{calls}
#

UNARY = "exp exp2 expm1 log log1p tanh erf floor ceil trunc round roundeven sqrt rsqrt absf".split()
CLASSES = "isnan isinf isfinite isnormal".split()
BINARY = [f"arith.{op}f" for op in "add sub mul div maximum minimum maxnum minnum".split()]
WIDTH = {"f8E4M3FN": 8, "f8E5M2": 8, "f16": 16, "bf16": 16, "f32": 32, "f64": 64}


def function(element, lanes):
    def shaped(scalar):
        return f"vector<{lanes}x{scalar}>" if lanes else scalar

    t, i1 = shaped(element), shaped("i1")
    select = f"{i1}, {t}" if lanes else t
    results = []

    def result(text, type=t):
        results.append(type)
        print(f"  %r{len(results)} = {text}")

    print(f"func.func @{element}_{lanes}(%x: {t}, %y: {t}, %i32: {shaped('i32')}, %i64: {shaped('i64')}, %out: !llvm.ptr) {{")
    for op in UNARY:
        result(f"math.{op} %x : {t}")
    for op in BINARY + ["math.copysign"]:
        result(f"{op} %x, %y : {t}")
    result(f"arith.negf %x : {t}")
    result(f"math.fma %x, %y, %x : {t}")
    for op in CLASSES:
        print(f"  %{op} = math.{op} %x : {t}")
        result(f"arith.select %{op}, %x, %y : {select}")
    print(f"  %less = arith.cmpf olt, %x, %y : {t}")
    result(f"arith.select %less, %x, %y : {select}")
    for integer in "i32", "i64":
        for op in "sitofp", "uitofp":
            result(f"arith.{op} %{integer} : {shaped(integer)} to {t}")
        for op in "fptosi", "fptoui":
            result(f"arith.{op} %x : {t} to {shaped(integer)}", shaped(integer))
    for other, width in WIDTH.items():
        if width != WIDTH[element]:
            op = "extf" if width > WIDTH[element] else "truncf"
            result(f"arith.{op} %x : {t} to {shaped(other)}", shaped(other))
    for number, type in enumerate(results, 1):
        # The LLVM dialect has no floats of 8 bits.
        value, stored = f"%r{number}", type
        if "f8" in type:
            value, stored = f"%s{number}", shaped("i8")
            print(f"  {value} = arith.bitcast %r{number} : {type} to {stored}")
        print(f"  llvm.store volatile {value}, %out : {stored}, !llvm.ptr")
    print("  return\n}")


for element in WIDTH:
    function(element, 0)
    function(element, 8)
