//===- Float.cpp - floating-point instructions ------------------------------===//
//
// The table that finds them, and short loops for what kernels consist of: f32 to nearest.
//
//===----------------------------------------------------------------------===//

#include "Decoder.h"
#include "FloatMath.h"
#include "Lanes.h"

using namespace normc::ptxsim;

namespace {
template <Op op> void lanesF32(const Args &x) {
  each(x.active, [&](int l) {
    x.d[l] = computeF32(op, *x.inst, asFloat(x.a[l]), asFloat(x.b[l]), asFloat(x.c[l]));
  });
}
template <Op op> void lanesF64(const Args &x) {
  each(x.active, [&](int l) {
    x.d[l] = computeF64(op, *x.inst, asDouble(x.a[l]), asDouble(x.b[l]), asDouble(x.c[l]));
  });
}
template <Op op> void lanesHalf(const Args &x) {
  const Format &format = *formatOf(x.inst->type);
  each(x.active, [&](int l) {
    x.d[l] = computeHalf(op, *x.inst, format, uint32_t(x.a[l]), uint32_t(x.b[l]), uint32_t(x.c[l]));
  });
}
template <Op op> void lanesHalves(const Args &x) {
  const Format &format = *formatOf(x.inst->type);
  each(x.active, [&](int l) {
    uint32_t a = uint32_t(x.a[l]), b = uint32_t(x.b[l]), c = uint32_t(x.c[l]);
    uint32_t low = computeHalf(op, *x.inst, format, a, b, c);
    uint32_t high = computeHalf(op, *x.inst, format, a >> 16, b >> 16, c >> 16);
    x.d[l] = high << 16 | low;
  });
}
template <Op op> void lanesF32x2(const Args &x) {
  each(x.active, [&](int l) {
    uint64_t low = computeF32(op, *x.inst, asFloat(x.a[l]), asFloat(x.b[l]), asFloat(x.c[l]));
    uint64_t high = computeF32(op, *x.inst, asFloat(x.a[l] >> 32), asFloat(x.b[l] >> 32),
                               asFloat(x.c[l] >> 32));
    x.d[l] = high << 32 | low;
  });
}
// One or two operands are f16 or bf16: sourceType.
template <Op op> void lanesMixed(const Args &x) {
  bool isF16 = x.inst->sourceType == Type::F16;
  auto wide = [&](uint64_t bits) {
    return isF16 ? f16ToFloat(uint32_t(bits)) : bf16ToFloat(uint32_t(bits));
  };
  each(x.active, [&](int l) {
    float b = op == Op::Fma ? wide(x.b[l]) : asFloat(x.b[l]);
    x.d[l] = computeF32(op, *x.inst, wide(x.a[l]), b, asFloat(x.c[l]));
  });
}

template <Op op> float nearest(float a, float b) {
  return op == Op::Add ? a + b : op == Op::Sub ? a - b : op == Op::Mul ? a * b : a / b;
}
template <Op op> void fastF32(const Args &x) {
  each(x.active, [&](int l) { x.d[l] = canonical(nearest<op>(asFloat(x.a[l]), asFloat(x.b[l]))); });
}
template <Op op> void fastF32Ftz(const Args &x) {
  each(x.active, [&](int l) {
    x.d[l] = canonical(flush(nearest<op>(flush(asFloat(x.a[l])), flush(asFloat(x.b[l])))));
  });
}
template <Op op> void fastF32x2(const Args &x) {
  each(x.active, [&](int l) {
    uint64_t low = canonical(nearest<op>(asFloat(x.a[l]), asFloat(x.b[l])));
    uint64_t high = canonical(nearest<op>(asFloat(x.a[l] >> 32), asFloat(x.b[l] >> 32)));
    x.d[l] = high << 32 | low;
  });
}

// fma, with the host's instruction where it has one: without, libm is called for every lane.
inline void fmaLanes(const Args &x) {
  bool ftz = x.inst->flags & Ftz;
  each(x.active, [&](int l) {
    float a = asFloat(x.a[l]), b = asFloat(x.b[l]), c = asFloat(x.c[l]);
    if (ftz)
      a = flush(a), b = flush(b), c = flush(c);
    float result = __builtin_fmaf(a, b, c);
    x.d[l] = canonical(ftz ? flush(result) : result);
  });
}
inline void fmaLanesX2(const Args &x) {
  each(x.active, [&](int l) {
    uint64_t low = canonical(__builtin_fmaf(asFloat(x.a[l]), asFloat(x.b[l]), asFloat(x.c[l])));
    uint64_t high = canonical(
        __builtin_fmaf(asFloat(x.a[l] >> 32), asFloat(x.b[l] >> 32), asFloat(x.c[l] >> 32)));
    x.d[l] = high << 32 | low;
  });
}
void plainFma(const Args &x) { fmaLanes(x); }
void plainFmaX2(const Args &x) { fmaLanesX2(x); }
#if defined(__x86_64__)
__attribute__((target("fma"))) void nativeFma(const Args &x) {
  bool ftz = x.inst->flags & Ftz;
  for (uint32_t rest = x.active; rest; rest &= rest - 1) {
    int l = __builtin_ctz(rest);
    float a = asFloat(x.a[l]), b = asFloat(x.b[l]), c = asFloat(x.c[l]);
    if (ftz)
      a = flush(a), b = flush(b), c = flush(c);
    float result = __builtin_fmaf(a, b, c);
    x.d[l] = canonical(ftz ? flush(result) : result);
  }
}
__attribute__((target("fma"))) void nativeFmaX2(const Args &x) {
  for (uint32_t rest = x.active; rest; rest &= rest - 1) {
    int l = __builtin_ctz(rest);
    uint64_t low = canonical(__builtin_fmaf(asFloat(x.a[l]), asFloat(x.b[l]), asFloat(x.c[l])));
    uint64_t high = canonical(
        __builtin_fmaf(asFloat(x.a[l] >> 32), asFloat(x.b[l] >> 32), asFloat(x.c[l] >> 32)));
    x.d[l] = high << 32 | low;
  }
}
PureFn bestFma() { return __builtin_cpu_supports("fma") ? nativeFma : plainFma; }
PureFn bestFmaX2() { return __builtin_cpu_supports("fma") ? nativeFmaX2 : plainFmaX2; }
#else
PureFn bestFma() { return plainFma; }
PureFn bestFmaX2() { return plainFmaX2; }
#endif

template <Op op> PureFn general(Type type) {
  switch (type) {
  case Type::F32:
    return lanesF32<op>;
  case Type::F64:
    return lanesF64<op>;
  case Type::F16:
  case Type::BF16:
    return lanesHalf<op>;
  case Type::F16X2:
  case Type::BF16X2:
    return lanesHalves<op>;
  case Type::F32X2:
    return lanesF32x2<op>;
  default:
    return nullptr;
  }
}

template <Op op> PureFn arithmetic(const Inst &inst) {
  bool simple = inst.rounding == Rounding::Nearest && !(inst.flags & (Sat | Relu));
  if (inst.type == Type::F32 && simple && op != Op::Fma)
    return inst.flags & Ftz ? fastF32Ftz<op> : fastF32<op>;
  if (inst.type == Type::F32X2 && simple && !(inst.flags & Ftz) && op != Op::Fma)
    return fastF32x2<op>;
  if (inst.type == Type::F32 && simple && op == Op::Fma)
    return bestFma();
  if (inst.type == Type::F32X2 && simple && op == Op::Fma && !(inst.flags & Ftz))
    return bestFmaX2();
  return general<op>(inst.type);
}

bool isPacked(Type type) { return type == Type::F16X2 || type == Type::BF16X2; }
bool isHalf(Type type) { return type == Type::F16 || type == Type::BF16 || isPacked(type); }

void setTaint(Inst &inst) {
  inst.taint = isPacked(inst.type)        ? Taint::Halves
               : inst.type == Type::F32X2 ? Taint::Words
                                          : Taint::All;
}

/// .rn .rz .rm .rp, .ftz, .sat; `found` says whether there was a rounding.
void takeRounding(Decoder &d, Inst &inst, bool &found) {
  int rounding = d.mods.takeOneOf({"rn", "rz", "rm", "rp"});
  found = rounding >= 0;
  inst.rounding = found ? Rounding(rounding) : Rounding::Nearest;
  if (d.mods.take("ftz"))
    inst.flags |= Ftz;
}

bool checkModifiers(Decoder &d, const Inst &inst) {
  Type type = inst.type;
  if (isHalf(type) && inst.rounding != Rounding::Nearest)
    return d.fail("expects .rn");
  bool isBF16 = type == Type::BF16 || type == Type::BF16X2;
  if ((inst.flags & Ftz) && (type == Type::F64 || isBF16))
    return d.fail(std::string("expects no .ftz for ") + nameOf(type));
  if ((inst.flags & Sat) && (type == Type::F64 || isBF16 || type == Type::F32X2))
    return d.fail(std::string("expects no .sat for ") + nameOf(type));
  return true;
}

bool finishFloat(Decoder &d, Inst inst, size_t sources) {
  if (!inst.pure)
    return d.fail(std::string("expects another type than ") + nameOf(inst.type));
  setTaint(inst);
  if (!d.expectOperands(sources + 1) || !d.finish() ||
      !d.destination(d.ops()[0], bitsOf(inst.type), inst.d))
    return false;
  uint32_t *slots[] = {&inst.a, &inst.b, &inst.c};
  for (size_t k = 0; k < sources; ++k)
    if (!d.source(d.ops()[k + 1], inst.type, *slots[k]))
      return false;
  d.emit(inst);
  return true;
}

// add.f32.bf16 d, a, c and fma.f32.bf16 d, a, b, c: what is multiplied or added first is narrow.
template <Op op> bool decodeMixed(Decoder &d, Inst inst) {
  inst.sourceType = d.mods.takeType();
  if (inst.sourceType != Type::F16 && inst.sourceType != Type::BF16)
    return d.fail("expects .f16 or .bf16");
  inst.pure = lanesMixed<op>;
  constexpr size_t sources = op == Op::Fma ? 3 : 2;
  if (!d.expectOperands(sources + 1) || !d.finish() || !d.destination(d.ops()[0], 32, inst.d) ||
      !d.source(d.ops()[1], inst.sourceType, inst.a) ||
      !d.source(d.ops()[2], op == Op::Fma ? inst.sourceType : Type::F32, inst.b) ||
      (sources == 3 && !d.source(d.ops()[3], Type::F32, inst.c)))
    return false;
  d.emit(inst);
  return true;
}

template <Op op> bool decodeArithmetic(Decoder &d) {
  Inst inst;
  bool hasRounding;
  takeRounding(d, inst, hasRounding);
  if (d.mods.take("sat"))
    inst.flags |= Sat;
  if (op == Op::Fma && d.mods.take("relu"))
    inst.flags |= Relu;
  inst.type = d.mods.takeType();
  if ((inst.flags & Relu) && !isHalf(inst.type))
    return d.fail("expects .relu for f16 and bf16 only");
  bool mixed = inst.type == Type::F32 && (d.mods.has("f16") || d.mods.has("bf16"));
  if (mixed)
    return op == Op::Div ? d.fail("expects one type") : decodeMixed<op>(d, inst);
  if (!checkModifiers(d, inst))
    return false;
  inst.pure = arithmetic<op>(inst);
  return finishFloat(d, inst, op == Op::Fma ? 3 : 2);
}

bool decodeMad(Decoder &d) {
  if (!d.mods.has("f32") && !d.mods.has("f64"))
    return d.fail("expects .f32 or .f64");
  return decodeArithmetic<Op::Fma>(d);
}

bool decodeDivide(Decoder &d) {
  bool full = d.mods.take("full"), approx = d.mods.take("approx");
  if (!full && !approx && d.mods.has("f32") && !d.mods.has("rn") && !d.mods.has("rz") &&
      !d.mods.has("rm") && !d.mods.has("rp"))
    return d.fail("expects .approx, .full or a rounding");
  if (!full && !approx)
    return d.mods.has("f32") || d.mods.has("f64") ? decodeArithmetic<Op::Div>(d)
                                                  : d.fail("expects .f32 or .f64");
  Inst inst;
  if (approx)
    inst.flags |= Approximate;
  if (d.mods.take("ftz"))
    inst.flags |= Ftz;
  inst.type = d.mods.takeType();
  inst.cls = Class::SpecialFunction;
  inst.pure = inst.type == Type::F32 ? lanesF32<Op::Div> : PureFn(nullptr);
  return finishFloat(d, inst, 2);
}

/// rcp, sqrt, rsqrt, sin, cos, lg2, ex2, tanh.
template <Op op> bool decodeFunction(Decoder &d) {
  Inst inst;
  bool hasRounding;
  bool approx = d.mods.take("approx");
  takeRounding(d, inst, hasRounding);
  inst.type = d.mods.takeType();
  inst.cls = Class::SpecialFunction;
  constexpr bool rounds = op == Op::Rcp || op == Op::Sqrt, halves = op == Op::Ex2 || op == Op::Tanh;
  if (approx == hasRounding || (hasRounding && !rounds))
    return d.fail(rounds ? "expects .approx or a rounding" : "expects .approx");
  bool good = inst.type == Type::F32 || (halves && isHalf(inst.type)) ||
              (inst.type == Type::F64 &&
               (op == Op::Rsqrt || (op == Op::Rcp && (!approx || inst.flags & Ftz)) ||
                (op == Op::Sqrt && !approx)));
  bool isBF16 = inst.type == Type::BF16 || inst.type == Type::BF16X2;
  if (op == Op::Ex2 && isBF16 && !(inst.flags & Ftz))
    return d.fail("expects .ftz");
  if (op == Op::Tanh && (inst.flags & Ftz))
    return d.fail("expects no .ftz");
  if (inst.type == Type::F64 && approx)
    inst.flags |= Approximate;
  inst.pure = good ? general<op>(inst.type) : nullptr;
  return finishFloat(d, inst, 1);
}

template <Op op, Op op3> bool decodeChoice(Decoder &d) {
  Inst inst;
  if (d.mods.take("ftz"))
    inst.flags |= Ftz;
  if (d.mods.take("NaN"))
    inst.flags |= PropagateNaN;
  if (d.mods.take("xorsign")) {
    if (!d.mods.take("abs"))
      return d.fail("expects .xorsign.abs");
    inst.flags |= XorSign;
  } else if (d.mods.take("abs")) {
    inst.flags |= AbsoluteValue;
  }
  inst.type = d.mods.takeType();
  bool three = d.ops().size() == 4;
  if ((inst.flags & AbsoluteValue) && !three)
    return d.fail("expects .xorsign.abs");
  if (inst.type == Type::F64 && (inst.flags || three))
    return d.fail("expects no modifiers for .f64");
  if (three && inst.type != Type::F32)
    return d.fail("expects three inputs of .f32 only");
  if ((inst.flags & Ftz) && (inst.type == Type::BF16 || inst.type == Type::BF16X2))
    return d.fail("expects no .ftz for bf16");
  inst.pure = inst.type == Type::F32X2 ? nullptr
              : three                  ? general<op3>(inst.type)
                                       : general<op>(inst.type);
  return finishFloat(d, inst, three ? 3 : 2);
}

template <Op op> bool decodeSign(Decoder &d) {
  Inst inst;
  if (d.mods.take("ftz"))
    inst.flags |= Ftz;
  inst.type = d.mods.takeType();
  inst.pure = inst.type == Type::F32X2 ? nullptr : general<op>(inst.type);
  if (op == Op::CopySign && inst.type != Type::F32 && inst.type != Type::F64)
    inst.pure = nullptr;
  return finishFloat(d, inst, op == Op::CopySign ? 2 : 1);
}

void testp(const Args &x) {
  bool wide = x.inst->type == Type::F64;
  each(x.active, [&](int l) {
    double value = wide ? asDouble(x.a[l]) : asFloat(x.a[l]);
    int kind = std::fpclassify(value);
    bool subnormal = wide ? kind == FP_SUBNORMAL : value != 0 && std::fabs(value) < 0x1p-126;
    bool result = false;
    switch (x.inst->mode) {
    case 0:
      result = std::isfinite(value);
      break;
    case 1:
      result = kind == FP_INFINITE;
      break;
    case 2:
      result = kind != FP_NAN;
      break;
    case 3:
      result = kind == FP_NAN;
      break;
    case 4:
      result = std::isfinite(value) && value != 0 && !subnormal;
      break;
    case 5:
      result = subnormal;
      break;
    }
    x.d[l] = result;
  });
}

bool decodeTest(Decoder &d) {
  Inst inst;
  int mode =
      d.mods.takeOneOf({"finite", "infinite", "number", "notanumber", "normal", "subnormal"});
  inst.type = d.mods.takeType();
  if (mode < 0 || (inst.type != Type::F32 && inst.type != Type::F64))
    return d.fail("expects a property and .f32 or .f64");
  inst.mode = uint8_t(mode);
  inst.pure = testp;
  inst.taint = Taint::Strict;
  if (!d.expectOperands(2) || !d.finish() || !d.predicateDestination(d.ops()[0], inst.d) ||
      !d.source(d.ops()[1], inst.type, inst.a))
    return false;
  d.emit(inst);
  return true;
}
} // namespace

DecodeFn normc::ptxsim::decodeFloat(const std::string &name) {
  struct Row {
    const char *name;
    DecodeFn decode;
  };
  static const Row rows[] = {{"add", decodeArithmetic<Op::Add>},
                             {"sub", decodeArithmetic<Op::Sub>},
                             {"mul", decodeArithmetic<Op::Mul>},
                             {"fma", decodeArithmetic<Op::Fma>},
                             {"mad", decodeMad},
                             {"div", decodeDivide},
                             {"min", decodeChoice<Op::Min, Op::Min3>},
                             {"max", decodeChoice<Op::Max, Op::Max3>},
                             {"abs", decodeSign<Op::Abs>},
                             {"neg", decodeSign<Op::Neg>},
                             {"copysign", decodeSign<Op::CopySign>},
                             {"rcp", decodeFunction<Op::Rcp>},
                             {"sqrt", decodeFunction<Op::Sqrt>},
                             {"rsqrt", decodeFunction<Op::Rsqrt>},
                             {"sin", decodeFunction<Op::Sin>},
                             {"cos", decodeFunction<Op::Cos>},
                             {"lg2", decodeFunction<Op::Lg2>},
                             {"ex2", decodeFunction<Op::Ex2>},
                             {"tanh", decodeFunction<Op::Tanh>},
                             {"testp", decodeTest}};
  for (const Row &row : rows)
    if (name == row.name)
      return row.decode;
  return nullptr;
}
