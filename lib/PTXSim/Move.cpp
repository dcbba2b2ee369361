//===- Move.cpp - moves, conversions, comparisons and selections ------------===//
//
// Vectors are packed and taken apart bit by bit, what is undefined in them included: LLVM puts
// halves that nobody reads into pairs.
//
//===----------------------------------------------------------------------===//

#include "Convert.h"
#include "Decoder.h"
#include "Formats.h"
#include "Lanes.h"
#include "Machine.h"

using namespace normc::ptxsim;

namespace {
void move(const Args &x) {
  each(x.active, [&](int l) { x.d[l] = x.a[l]; });
}
void select(const Args &x) {
  each(x.active, [&](int l) { x.d[l] = x.f[l] & 1 ? x.a[l] : x.b[l]; });
}
// slct: a where c is not negative. mode 1: c is a float, flags may flush it.
void selectBySign(const Args &x) {
  const Inst &inst = *x.inst;
  each(x.active, [&](int l) {
    bool first;
    if (inst.mode) {
      float c = asFloat(x.c[l]);
      first = (inst.flags & Ftz ? flush(c) : c) >= 0;
    } else {
      first = int32_t(x.c[l]) >= 0;
    }
    x.d[l] = first ? x.a[l] : x.b[l];
  });
}

// mov.b64 d, {a, b}: the first part lowest. The parts' width is in mode.
void pack(Machine &machine, Warp &warp, const Inst &inst, uint32_t active) {
  const uint32_t *parts = machine.code.lists.data() + inst.list;
  uint64_t result[32] = {};
  uint32_t undefined = 0;
  for (uint32_t k = 0; k < inst.count; ++k) {
    const uint64_t *part = warp.read(parts[k]);
    each(active, [&](int l) { result[l] |= part[l] << (k * inst.mode & 63); });
    undefined |= warp.undefined[parts[k]] & active;
  }
  uint64_t defined[32];
  for (uint32_t rest = undefined; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    uint64_t mask = (uint64_t(1) << inst.mode) - 1;
    defined[l] = 0;
    for (uint32_t k = 0; k < inst.count; ++k)
      defined[l] |= (warp.definedBits(parts[k], l) & mask) << (k * inst.mode);
  }
  uint64_t *d = warp.write(inst.d);
  each(active, [&](int l) { d[l] = result[l]; });
  warp.setDefined(inst.d, active);
  for (uint32_t rest = undefined; rest; rest &= rest - 1)
    warp.setDefinedBits(inst.d, __builtin_ctz(rest), defined[__builtin_ctz(rest)]);
}

void unpack(Machine &machine, Warp &warp, const Inst &inst, uint32_t active) {
  const uint32_t *parts = machine.code.lists.data() + inst.list;
  uint64_t mask = (uint64_t(1) << inst.mode) - 1, a[32], defined[32];
  memcpy(a, warp.read(inst.a), sizeof a);
  uint32_t undefined = warp.undefined[inst.a] & active;
  for (uint32_t rest = undefined; rest; rest &= rest - 1)
    defined[__builtin_ctz(rest)] = warp.definedBits(inst.a, __builtin_ctz(rest));
  for (uint32_t k = 0; k < inst.count; ++k) {
    if (parts[k] == 0)
      continue;
    uint64_t *d = warp.write(parts[k]);
    each(active, [&](int l) { d[l] = a[l] >> (k * inst.mode) & mask; });
    warp.setDefined(parts[k], active);
    for (uint32_t rest = undefined; rest; rest &= rest - 1) {
      unsigned l = __builtin_ctz(rest);
      warp.setDefinedBits(parts[k], l, defined[l] >> (k * inst.mode));
    }
  }
}

bool decodeVectorMove(Decoder &d, Type type) {
  bool packs = d.ops()[1].kind == Operand::Vector;
  const Operand &vector = d.ops()[packs ? 1 : 0];
  size_t count = vector.parts.size();
  unsigned bits = bitsOf(type);
  if (count < 2 || bits % count != 0 || bits / count < 8 || bits > 64 || isFloat(type))
    return d.fail("expects a vector whose parts fill a word of bits");
  Inst inst;
  inst.cls = Class::Move;
  inst.mode = uint8_t(bits / count);
  inst.type = type;
  std::vector<uint32_t> slots;
  if (!d.vector(vector, count, inst.mode, packs, false, slots) ||
      !(packs ? d.destination(d.ops()[0], bits, inst.d) : d.source(d.ops()[1], type, inst.a)))
    return false;
  inst.effect = packs ? pack : unpack;
  d.setList(inst, slots);
  d.emit(inst);
  return true;
}

// A register of 128 bits is two of 64.
bool decodeWideMove(Decoder &d) {
  uint32_t from[2], to[2];
  auto both = [&](const Operand &operand, uint32_t *slots, bool isSource) {
    if (operand.kind == Operand::Vector) {
      std::vector<uint32_t> parts;
      if (!d.vector(operand, 2, 64, isSource, false, parts))
        return false;
      slots[0] = parts[0];
      slots[1] = parts[1];
      return true;
    }
    if (!(isSource ? d.sourceBits(operand, 128, slots[0]) : d.destination(operand, 128, slots[0])))
      return false;
    slots[1] = slots[0] + 1;
    return true;
  };
  if (!both(d.ops()[0], to, false) || !both(d.ops()[1], from, true))
    return false;
  // Through registers of its own, as results may be sources.
  uint32_t between[2] = {d.newRegister(64), d.newRegister(64)};
  for (int pass = 0; pass < 2; ++pass)
    for (int k = 0; k < 2; ++k) {
      Inst inst;
      inst.cls = Class::Move;
      inst.pure = move;
      inst.taint = Taint::Move;
      inst.d = pass ? to[k] : between[k];
      inst.a = pass ? between[k] : from[k];
      d.emit(inst);
    }
  return true;
}

bool decodeMov(Decoder &d) {
  Type type = d.mods.takeType();
  if (!d.finish() || !d.expectOperands(2))
    return false;
  if (type == Type::B128)
    return decodeWideMove(d);
  if (d.ops()[0].kind == Operand::Vector || d.ops()[1].kind == Operand::Vector)
    return decodeVectorMove(d, type);
  unsigned bits = bitsOf(type);
  if (bits != 1 && bits != 16 && bits != 32 && bits != 64)
    return d.fail("expects a type of 16, 32 or 64 bits, or .pred");
  Inst inst;
  inst.type = type;
  inst.cls = Class::Move;
  inst.pure = move;
  inst.taint = Taint::Move;
  const Operand &from = d.ops()[1];
  if (type == Type::Pred && from.kind == Operand::Int) {
    inst.a = d.constant(from.value != 0);
    if (!d.destination(d.ops()[0], 1, inst.d))
      return false;
  } else if (!d.destination(d.ops()[0], bits, inst.d) || !d.source(from, type, inst.a)) {
    return false;
  }
  d.emit(inst);
  return true;
}

bool decodeSelp(Decoder &d) {
  Type type = d.mods.takeType();
  unsigned bits = bitsOf(type);
  if (bits != 16 && bits != 32 && bits != 64)
    return d.fail("expects a type of 16, 32 or 64 bits");
  Inst inst;
  bool negated;
  inst.type = type;
  inst.pure = select;
  inst.taint = Taint::Select;
  if (!d.finish() || !d.expectOperands(4) || !d.destination(d.ops()[0], bits, inst.d) ||
      !d.source(d.ops()[1], type, inst.a) || !d.source(d.ops()[2], type, inst.b) ||
      !d.predicate(d.ops()[3], inst.f, negated))
    return false;
  if (negated)
    std::swap(inst.a, inst.b);
  d.emit(inst);
  return true;
}

bool decodeSlct(Decoder &d) {
  Inst inst;
  if (d.mods.take("ftz"))
    inst.flags |= Ftz;
  inst.type = d.mods.takeType();
  Type by = d.mods.takeType();
  unsigned bits = bitsOf(inst.type);
  if ((bits != 16 && bits != 32 && bits != 64) || (by != Type::S32 && by != Type::F32))
    return d.fail("expects a type, and .s32 or .f32");
  inst.mode = by == Type::F32;
  inst.pure = selectBySign;
  if (!d.finish() || !d.expectOperands(4) || !d.destination(d.ops()[0], bits, inst.d) ||
      !d.source(d.ops()[1], inst.type, inst.a) || !d.source(d.ops()[2], inst.type, inst.b) ||
      !d.source(d.ops()[3], by, inst.c))
    return false;
  d.emit(inst);
  return true;
}

// --- comparisons ----------------------------------------------------------

enum Comparison : uint8_t {
  Eq,
  Ne,
  Lt,
  Le,
  Gt,
  Ge,
  Lo,
  Ls,
  Hi,
  Hs,
  Equ,
  Neu,
  Ltu,
  Leu,
  Gtu,
  Geu,
  Num,
  Nan,
  ComparisonCount
};

template <class T> bool compare(uint8_t comparison, T a, T b) {
  bool unordered = a != a || b != b;
  switch (comparison) {
  case Eq:
    return a == b;
  case Ne:
    return !unordered && a != b;
  case Lt:
  case Lo:
    return a < b;
  case Le:
  case Ls:
    return a <= b;
  case Gt:
  case Hi:
    return a > b;
  case Ge:
  case Hs:
    return a >= b;
  case Equ:
    return unordered || a == b;
  case Neu:
    return a != b;
  case Ltu:
    return !(a >= b);
  case Leu:
    return !(a > b);
  case Gtu:
    return !(a <= b);
  case Geu:
    return !(a < b);
  case Num:
    return !unordered;
  default:
    return unordered;
  }
}

/// mode: the comparison; variant: 0 alone, 1 and, 2 or, 3 xor, plus 4 where f is negated.
bool combine(uint8_t variant, bool value, uint64_t with) {
  bool other = (with & 1) ^ (variant >> 2);
  switch (variant & 3) {
  case 1:
    return value && other;
  case 2:
    return value || other;
  case 3:
    return value != other;
  default:
    return value;
  }
}

template <class T> T operandOf(uint64_t bits, const Inst &inst) {
  if constexpr (std::is_same_v<T, float>) {
    if (inst.sourceType == Type::F16 || inst.sourceType == Type::F16X2) {
      bool subnormal = inst.flags & Ftz && !(bits & 0x7c00);
      return subnormal ? 0 : f16ToFloat(uint32_t(bits & 0xffff));
    }
    if (inst.sourceType == Type::BF16 || inst.sourceType == Type::BF16X2)
      return bf16ToFloat(uint32_t(bits));
    return inst.flags & Ftz ? flush(asFloat(bits)) : asFloat(bits);
  } else {
    return get<T>(bits);
  }
}

template <class T> void setPredicate(const Args &x) {
  const Inst &inst = *x.inst;
  uint8_t comparison = inst.mode, variant = inst.variant;
  each(x.active, [&](int l) {
    bool value = compare<T>(comparison, operandOf<T>(x.a[l], inst), operandOf<T>(x.b[l], inst));
    uint64_t with = x.f[l];
    x.d[l] = combine(variant, value, with);
    x.e[l] = combine(variant, !value, with);
  });
}
void setPredicateHalves(const Args &x) {
  const Inst &inst = *x.inst;
  each(x.active, [&](int l) {
    uint64_t a = x.a[l], b = x.b[l], with = x.f[l];
    bool low = compare(inst.mode, operandOf<float>(a, inst), operandOf<float>(b, inst));
    bool high =
        compare(inst.mode, operandOf<float>(a >> 16, inst), operandOf<float>(b >> 16, inst));
    x.d[l] = combine(inst.variant, low, with);
    x.e[l] = combine(inst.variant, high, with);
  });
}
// imm is what stands for true.
template <class T> void setValue(const Args &x) {
  const Inst &inst = *x.inst;
  each(x.active, [&](int l) {
    bool value = compare<T>(inst.mode, operandOf<T>(x.a[l], inst), operandOf<T>(x.b[l], inst));
    x.d[l] = combine(inst.variant, value, x.f[l]) ? inst.imm : 0;
  });
}

#define BY_TYPE(function)                                                                          \
  switch (type) {                                                                                  \
  case Type::B16:                                                                                  \
  case Type::U16:                                                                                  \
    return function<uint16_t>;                                                                     \
  case Type::S16:                                                                                  \
    return function<int16_t>;                                                                      \
  case Type::B32:                                                                                  \
  case Type::U32:                                                                                  \
    return function<uint32_t>;                                                                     \
  case Type::S32:                                                                                  \
    return function<int32_t>;                                                                      \
  case Type::B64:                                                                                  \
  case Type::U64:                                                                                  \
    return function<uint64_t>;                                                                     \
  case Type::S64:                                                                                  \
    return function<int64_t>;                                                                      \
  case Type::F16:                                                                                  \
  case Type::BF16:                                                                                 \
  case Type::F32:                                                                                  \
    return function<float>;                                                                        \
  case Type::F64:                                                                                  \
    return function<double>;                                                                       \
  default:                                                                                         \
    return nullptr;                                                                                \
  }
PureFn predicateFunction(Type type){BY_TYPE(setPredicate)} PureFn valueFunction(Type type) {
  BY_TYPE(setValue)
}
#undef BY_TYPE

bool decodeComparison(Decoder &d, Inst &inst) {
  int comparison = d.mods.takeOneOf({"eq", "ne", "lt", "le", "gt", "ge", "lo", "ls", "hi", "hs",
                                     "equ", "neu", "ltu", "leu", "gtu", "geu", "num", "nan"});
  if (comparison < 0)
    return d.fail("expects a comparison");
  inst.mode = uint8_t(comparison);
  inst.variant = uint8_t(d.mods.takeOneOf({"and", "or", "xor"}) + 1);
  if (d.mods.take("ftz"))
    inst.flags |= Ftz;
  inst.taint = Taint::Strict;
  return true;
}

bool checkComparison(Decoder &d, const Inst &inst) {
  Type type = inst.sourceType;
  bool isBits = type == Type::B16 || type == Type::B32 || type == Type::B64;
  bool unsignedOnly = inst.mode >= Lo && inst.mode <= Hs;
  bool good = isFloat(type)    ? !unsignedOnly
              : isBits         ? inst.mode <= Ne
              : isSigned(type) ? inst.mode <= Ge
                               : inst.mode <= Hs;
  return good || d.fail(std::string("expects another comparison for ") + nameOf(type));
}

bool combineOperand(Decoder &d, Inst &inst) {
  if (!inst.variant)
    return true;
  bool negated;
  if (!d.predicate(d.ops()[3], inst.f, negated))
    return false;
  inst.variant |= negated ? 4 : 0;
  return true;
}

bool decodeSetp(Decoder &d) {
  Inst inst;
  if (!decodeComparison(d, inst))
    return false;
  inst.sourceType = d.mods.takeType();
  bool halves = inst.sourceType == Type::F16X2 || inst.sourceType == Type::BF16X2;
  inst.pure = halves ? setPredicateHalves : predicateFunction(inst.sourceType);
  if (!inst.pure)
    return d.fail(std::string("expects another type than ") + nameOf(inst.sourceType));
  if (!checkComparison(d, inst) || !d.finish() || !d.expectOperands(inst.variant ? 4 : 3))
    return false;
  const Operand &result = d.ops()[0];
  bool pair = result.kind == Operand::Pair;
  if (halves && !pair)
    return d.fail("expects two predicates");
  if (!d.predicateDestination(pair ? result.parts[0] : result, inst.d) ||
      (pair && !d.predicateDestination(result.parts[1], inst.e)) ||
      !d.source(d.ops()[1], inst.sourceType, inst.a) ||
      !d.source(d.ops()[2], inst.sourceType, inst.b) || !combineOperand(d, inst))
    return false;
  d.emit(inst);
  return true;
}

bool decodeSet(Decoder &d) {
  Inst inst;
  if (!decodeComparison(d, inst))
    return false;
  inst.type = d.mods.takeType();
  inst.sourceType = d.mods.takeType();
  switch (inst.type) {
  case Type::U32:
  case Type::S32:
    inst.imm = 0xffffffff;
    break;
  case Type::U16:
  case Type::S16:
    inst.imm = 0xffff;
    break;
  case Type::F32:
    inst.imm = 0x3f800000;
    break;
  case Type::F16:
    inst.imm = 0x3c00;
    break;
  case Type::BF16:
    inst.imm = 0x3f80;
    break;
  default:
    return d.fail(std::string("expects another type than ") + nameOf(inst.type));
  }
  inst.pure = valueFunction(inst.sourceType);
  if (!inst.pure)
    return d.fail(std::string("expects another type than ") + nameOf(inst.sourceType));
  if (!checkComparison(d, inst) || !d.finish() || !d.expectOperands(inst.variant ? 4 : 3) ||
      !d.destination(d.ops()[0], bitsOf(inst.type), inst.d) ||
      !d.source(d.ops()[1], inst.sourceType, inst.a) ||
      !d.source(d.ops()[2], inst.sourceType, inst.b) || !combineOperand(d, inst))
    return false;
  d.emit(inst);
  return true;
}

// --- cvt ------------------------------------------------------------------

bool isPair(Type type) {
  return type >= Type::E4M3X2 || type == Type::F16X2 || type == Type::BF16X2;
}
bool isNarrowPair(Type type) { return type >= Type::E4M3X2; }

bool checkPairs(Decoder &d, const Inst &inst) {
  Type to = inst.type, from = inst.sourceType;
  bool scale = to == Type::UE8M0X2;
  if (isNarrowPair(to) && !scale && !(inst.flags & SatFinite))
    return d.fail("expects .satfinite");
  bool good = from == Type::F32 ||
              (isNarrowPair(to) && (from == Type::F16X2 || from == Type::BF16X2)) ||
              (isNarrowPair(from) && (to == Type::F16X2 || to == Type::BF16X2));
  if (!good || (scale && from == Type::F16X2) || (from == Type::UE8M0X2 && to == Type::F16X2))
    return d.fail("expects another pair of types");
  if (scale && inst.rounding != Rounding::Zero && inst.rounding != Rounding::Up)
    return d.fail("expects .rz or .rp");
  bool twoHalves = to == Type::F16X2 || to == Type::BF16X2;
  if (!scale && inst.rounding != Rounding::Nearest &&
      !(twoHalves && from == Type::F32 && inst.rounding == Rounding::Zero))
    return d.fail("expects .rn");
  return true;
}

bool checkRounding(Decoder &d, const Inst &inst, int rounding, int integer) {
  Type to = inst.type, from = inst.sourceType;
  bool toFloat = isFloat(to), fromFloat = isFloat(from);
  if (isPair(to) || isPair(from))
    return rounding < 0 ? d.fail("expects a rounding") : checkPairs(d, inst);
  if (!toFloat && !fromFloat) {
    int toBits = int(bitsOf(to)) - isSigned(to), fromBits = int(bitsOf(from)) - isSigned(from);
    bool fits = fromBits <= toBits && (isSigned(to) || !isSigned(from));
    if (inst.flags & Sat && fits)
      return d.fail("expects no .sat where all values fit");
    return (rounding < 0 && integer < 0) || d.fail("expects no rounding between integers");
  }
  if (!toFloat)
    return integer >= 0 || d.fail("expects .rni, .rzi, .rmi or .rpi");
  if (!fromFloat)
    return rounding >= 0 || d.fail("expects a rounding");
  bool narrows = bitsOf(to) < bitsOf(from) || to == Type::TF32 ||
                 (bitsOf(to) == 16 && to != from && bitsOf(from) == 16);
  if (narrows && rounding < 0)
    return d.fail("expects a rounding");
  if (!narrows && rounding >= 0 && !(bitsOf(from) == bitsOf(to)))
    return d.fail("expects no rounding where nothing is lost");
  if (integer >= 0 && to != from)
    return d.fail("expects one type to round to integers");
  return true;
}

bool decodeCvt(Decoder &d) {
  Inst inst;
  inst.cls = Class::Convert;
  int rounding = d.mods.takeOneOf({"rn", "rz", "rm", "rp", "rna"});
  int integer = d.mods.takeOneOf({"rni", "rzi", "rmi", "rpi"});
  inst.rounding = rounding < 0 ? Rounding::Nearest : Rounding(rounding);
  inst.mode = uint8_t(integer + 1);
  if (d.mods.take("ftz"))
    inst.flags |= Ftz;
  if (d.mods.take("sat"))
    inst.flags |= Sat;
  if (d.mods.take("relu"))
    inst.flags |= Relu;
  if (d.mods.take("satfinite"))
    inst.flags |= SatFinite;
  Type to = inst.type = d.mods.takeType();
  Type from = inst.sourceType = d.mods.takeType();
  if (to == Type::None || from == Type::None)
    return d.fail("expects two types");
  if (!checkRounding(d, inst, rounding, integer))
    return false;
  bool integers = !isFloat(to);
  const Operand &result = d.ops().empty() ? Operand() : d.ops()[0];
  bool packs = isPair(to) && from == Type::F32;
  if (!d.finish() || !d.expectOperands(packs ? 3 : 2) ||
      !d.destination(result, bitsOf(to), inst.d, integers) ||
      !d.source(d.ops()[1], from, inst.a, !isFloat(from)) ||
      (packs && !d.source(d.ops()[2], from, inst.b)))
    return false;
  inst.variant = uint8_t(inst.d ? d.registerBits(inst.d) : bitsOf(to));
  inst.pure = conversion(inst);
  if (!inst.pure)
    return d.fail(std::string("expects another pair of types than ") + nameOf(to) + " and " +
                  nameOf(from));
  if (packs)
    inst.taint = isNarrowPair(to) ? Taint::PackBytes : Taint::PackHalves;
  else if (isPair(to))
    inst.taint = isNarrowPair(to) ? Taint::HalvesToBytes : Taint::BytesToHalves;
  else if (!isFloat(to) && !isFloat(from) && !(inst.flags & Sat))
    inst.taint = Taint::Resize;
  d.emit(inst);
  return true;
}
} // namespace

DecodeFn normc::ptxsim::decodeMove(const std::string &name) {
  struct Row {
    const char *name;
    DecodeFn decode;
  };
  static const Row rows[] = {{"mov", decodeMov},   {"cvt", decodeCvt}, {"selp", decodeSelp},
                             {"slct", decodeSlct}, {"set", decodeSet}, {"setp", decodeSetp}};
  for (const Row &row : rows)
    if (name == row.name)
      return row.decode;
  return nullptr;
}
