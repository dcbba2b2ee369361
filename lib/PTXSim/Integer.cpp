//===- Integer.cpp - integer and bit instructions ---------------------------===//
//
// What they compute, and the table that finds them. All arithmetic is done unsigned, where C++
// defines it.
//
//===----------------------------------------------------------------------===//

#include "Decoder.h"
#include "Lanes.h"

#include <algorithm>
#include <limits>

using namespace normc::ptxsim;

namespace {
template <class T> using Unsigned = std::make_unsigned_t<T>;
// Wide enough that small types are not promoted to int, whose products overflow.
template <class T>
using Word = std::conditional_t<(sizeof(T) < 4), uint32_t, std::make_unsigned_t<T>>;
template <class T>
using Double =
    std::conditional_t<std::is_signed_v<T>, std::conditional_t<sizeof(T) == 8, __int128, int64_t>,
                       std::conditional_t<sizeof(T) == 8, unsigned __int128, uint64_t>>;

template <class T> T add(T a, T b) { return T(Word<T>(a) + Word<T>(b)); }
template <class T> T sub(T a, T b) { return T(Word<T>(a) - Word<T>(b)); }
template <class T> T mulLo(T a, T b) { return T(Word<T>(a) * Word<T>(b)); }
template <class T> T mulHi(T a, T b) { return T((Double<T>(a) * Double<T>(b)) >> (8 * sizeof(T))); }
template <class T> T madLo(T a, T b, T c) { return add(mulLo(a, b), c); }
template <class T> T madHi(T a, T b, T c) { return add(mulHi(a, b), c); }
template <class T> T divide(T a, T b) {
  if (b == 0)
    return T(-1); // what GPUs give; PTX leaves it open
  if (std::is_signed_v<T> && b == T(-1))
    return sub<T>(0, a);
  return a / b;
}
template <class T> T remainder(T a, T b) {
  if (b == 0)
    return a;
  if (std::is_signed_v<T> && b == T(-1))
    return 0;
  return a % b;
}
template <class T> T least(T a, T b) { return b < a ? b : a; }
template <class T> T greatest(T a, T b) { return a < b ? b : a; }
template <class T> T leastRelu(T a, T b) { return std::max<T>(least(a, b), 0); }
template <class T> T greatestRelu(T a, T b) { return std::max<T>(greatest(a, b), 0); }
template <class T> T absolute(T a) { return a < 0 ? sub<T>(0, a) : a; }
template <class T> T negate(T a) { return sub<T>(0, a); }
template <class T> T sad(T a, T b, T c) { return add<T>(c, a < b ? sub(b, a) : sub(a, b)); }
template <class T> T saturate(Double<T> value) {
  constexpr auto low = std::numeric_limits<T>::min(), high = std::numeric_limits<T>::max();
  return value < low ? low : value > high ? high : T(value);
}
template <class T> T addSat(T a, T b) { return saturate<T>(Double<T>(a) + b); }
template <class T> T subSat(T a, T b) { return saturate<T>(Double<T>(a) - b); }
template <class T> T madHiSat(T a, T b, T c) { return addSat(mulHi(a, b), c); }

template <class T> T bitAnd(T a, T b) { return a & b; }
template <class T> T bitOr(T a, T b) { return a | b; }
template <class T> T bitXor(T a, T b) { return a ^ b; }
template <class T> T bitNot(T a) { return T(~a); }
template <class T> T logicalNot(T a) { return a == 0; }
uint8_t predicateNot(uint8_t a) { return !(a & 1); }

template <class T> void shiftLeft(const Args &x) {
  each(x.active, [&](int l) {
    uint32_t n = uint32_t(x.b[l]);
    x.d[l] = n >= 8 * sizeof(T) ? 0 : put<T>(T(Word<T>(get<T>(x.a[l])) << n));
  });
}
template <class T> void shiftRight(const Args &x) {
  each(x.active, [&](int l) {
    uint32_t n = uint32_t(x.b[l]);
    T a = get<T>(x.a[l]);
    x.d[l] = put<T>(n >= 8 * sizeof(T) ? T(a < 0 ? -1 : 0) : T(a >> n));
  });
}
// shf: mode 0 left, 1 right; variant 0 wrap, 1 clamp.
void funnel(const Args &x) {
  bool right = x.inst->mode, clamp = x.inst->variant;
  each(x.active, [&](int l) {
    uint64_t both = uint64_t(uint32_t(x.b[l])) << 32 | uint32_t(x.a[l]);
    uint32_t n = uint32_t(x.c[l]);
    n = clamp ? std::min(n, 32u) : n & 31;
    x.d[l] = right ? uint32_t(both >> n) : uint32_t((both << n) >> 32);
  });
}

template <class T> void popc(const Args &x) {
  each(x.active, [&](int l) { x.d[l] = __builtin_popcountll(get<T>(x.a[l])); });
}
template <class T> void clz(const Args &x) {
  each(x.active, [&](int l) {
    T a = get<T>(x.a[l]);
    x.d[l] = a ? __builtin_clzll(a) - (64 - 8 * int(sizeof(T))) : 8 * sizeof(T);
  });
}
template <class T> void bfind(const Args &x) {
  bool shiftAmount = x.inst->mode;
  each(x.active, [&](int l) {
    T a = get<T>(x.a[l]);
    uint64_t bits = put<T>(std::is_signed_v<T> && a < 0 ? T(~a) : a);
    int at = bits ? 63 - __builtin_clzll(bits) : -1;
    if (at >= 0 && shiftAmount)
      at = 8 * int(sizeof(T)) - 1 - at;
    x.d[l] = uint32_t(at);
  });
}
template <class T> T reverse(T a) {
  T result = 0;
  for (size_t k = 0; k < 8 * sizeof(T); ++k)
    result |= T((a >> k) & 1) << (8 * sizeof(T) - 1 - k);
  return result;
}
template <class T> void bfe(const Args &x) {
  constexpr int bits = 8 * sizeof(T);
  each(x.active, [&](int l) {
    uint64_t a = put<T>(get<T>(x.a[l]));
    int pos = x.b[l] & 0xff, len = x.c[l] & 0xff;
    bool sign = false;
    if (std::is_signed_v<T> && len > 0)
      sign = a >> std::min(pos + len - 1, bits - 1) & 1;
    uint64_t result = 0;
    for (int k = 0; k < bits; ++k) {
      bool bit = k < len && pos + k < bits ? a >> (pos + k) & 1 : sign;
      result |= uint64_t(bit) << k;
    }
    x.d[l] = result;
  });
}
// The short form, for fields that lie inside of the word, as nearly all do.
template <class T> void bfeFast(const Args &x) {
  constexpr int bits = 8 * sizeof(T);
  for (uint32_t rest = x.active; rest; rest &= rest - 1) {
    int l = __builtin_ctz(rest);
    int pos = x.b[l] & 0xff, len = x.c[l] & 0xff;
    if (len == 0 || len + pos > bits) {
      Args one = x;
      one.active = 1u << l;
      bfe<T>(one);
    } else {
      x.d[l] = put<T>(T(T(Unsigned<T>(get<T>(x.a[l])) << (bits - pos - len)) >> (bits - len)));
    }
  }
}
template <class T> void bfi(const Args &x) {
  constexpr int bits = 8 * sizeof(T);
  each(x.active, [&](int l) {
    int pos = x.c[l] & 0xff, len = x.f[l] & 0xff;
    uint64_t result = x.b[l];
    if (pos < bits && len > 0) {
      len = std::min(len, bits - pos);
      uint64_t mask = (len == 64 ? ~uint64_t(0) : (uint64_t(1) << len) - 1) << pos;
      result = (result & ~mask) | ((x.a[l] << pos) & mask);
    }
    x.d[l] = result;
  });
}
void lop3(const Args &x) {
  uint64_t table = x.inst->imm;
  each(x.active, [&](int l) {
    uint32_t a = uint32_t(x.a[l]), b = uint32_t(x.b[l]), c = uint32_t(x.c[l]), result = 0;
    for (int k = 0; k < 8; ++k)
      if (table >> k & 1)
        result |= (k & 4 ? a : ~a) & (k & 2 ? b : ~b) & (k & 1 ? c : ~c);
    x.d[l] = result;
  });
}
// lop3 with a predicate: mode 1 or, 2 and, of (result != 0) and f, which variant negates.
void lop3Predicate(const Args &x) {
  Inst inst = *x.inst;
  uint64_t result[32], q[32];
  Args inner = x;
  inner.d = result;
  each(x.active, [&](int l) { q[l] = (x.f[l] & 1) ^ inst.variant; });
  lop3(inner);
  each(x.active, [&](int l) {
    bool nonzero = result[l] != 0;
    x.d[l] = result[l];
    x.e[l] = inst.mode == 1 ? nonzero || q[l] : nonzero && q[l];
  });
}
// prmt: mode 0 default, then f4e b4e rc8 ecl ecr rc16.
uint32_t permute(uint32_t a, uint32_t b, uint32_t selector, int mode) {
  uint64_t both = uint64_t(b) << 32 | a;
  uint32_t result = 0;
  for (int k = 0; k < 4; ++k) {
    uint32_t s = selector & 3, from = 0;
    bool sign = false;
    switch (mode) {
    case 0:
      from = selector >> (4 * k) & 7;
      sign = selector >> (4 * k + 3) & 1;
      break;
    case 1:
      from = (s + k) & 7;
      break;
    case 2:
      from = (s + 8 - k) & 7;
      break;
    case 3:
      from = s;
      break;
    case 4:
      from = std::max<uint32_t>(s, k);
      break;
    case 5:
      from = std::min<uint32_t>(s, k);
      break;
    case 6:
      from = (s & 1) * 2 + (k & 1);
      break;
    }
    uint32_t byte = uint32_t(both >> (8 * from) & 0xff);
    if (sign)
      byte = byte & 0x80 ? 0xff : 0;
    result |= byte << (8 * k);
  }
  return result;
}
void prmt(const Args &x) {
  int mode = x.inst->mode;
  each(x.active, [&](int l) {
    x.d[l] = permute(uint32_t(x.a[l]), uint32_t(x.b[l]), uint32_t(x.c[l]), mode);
  });
}

template <class T> void mulWide(const Args &x) {
  using Wide = std::conditional_t<std::is_signed_v<T>, int64_t, uint64_t>;
  uint64_t mask = sizeof(T) == 2 ? 0xffffffff : ~uint64_t(0);
  each(x.active,
       [&](int l) { x.d[l] = uint64_t(Wide(get<T>(x.a[l])) * Wide(get<T>(x.b[l]))) & mask; });
}
template <class T> void madWide(const Args &x) {
  using Wide = std::conditional_t<std::is_signed_v<T>, int64_t, uint64_t>;
  uint64_t mask = sizeof(T) == 2 ? 0xffffffff : ~uint64_t(0);
  each(x.active, [&](int l) {
    uint64_t product = uint64_t(Wide(get<T>(x.a[l])) * Wide(get<T>(x.b[l])));
    x.d[l] = (product + x.c[l]) & mask;
  });
}

// With carries: e is written, f is read where mode says so. Borrows are carries inverted twice, so
// that 1 means that something is to be taken away.
template <class T> void addCarry(const Args &x) {
  each(x.active, [&](int l) {
    unsigned __int128 sum = (unsigned __int128)get<T>(x.a[l]) + get<T>(x.b[l]);
    sum += x.inst->mode ? x.f[l] & 1 : 0;
    x.e[l] = uint64_t(sum >> (8 * sizeof(T))) & 1;
    x.d[l] = put<T>(T(sum));
  });
}
template <class T> void subCarry(const Args &x) {
  each(x.active, [&](int l) {
    unsigned __int128 difference = (unsigned __int128)get<T>(x.a[l]) - get<T>(x.b[l]);
    difference -= x.inst->mode ? x.f[l] & 1 : 0;
    x.e[l] = uint64_t(difference >> (8 * sizeof(T))) & 1;
    x.d[l] = put<T>(T(difference));
  });
}
// variant 1: the high half of the product.
template <class T> void madCarry(const Args &x) {
  each(x.active, [&](int l) {
    T a = get<T>(x.a[l]), b = get<T>(x.b[l]);
    Unsigned<T> product = Unsigned<T>(x.inst->variant ? mulHi<T>(a, b) : mulLo<T>(a, b));
    unsigned __int128 sum = (unsigned __int128)product + Unsigned<T>(get<T>(x.c[l]));
    sum += x.inst->mode ? x.f[l] & 1 : 0;
    x.e[l] = uint64_t(sum >> (8 * sizeof(T))) & 1;
    x.d[l] = put<T>(T(sum));
  });
}

template <int16_t (*op)(int16_t, int16_t)> void halvesSigned(const Args &x) {
  each(x.active, [&](int l) {
    uint32_t low = uint16_t(op(int16_t(x.a[l]), int16_t(x.b[l])));
    uint32_t high = uint16_t(op(int16_t(x.a[l] >> 16), int16_t(x.b[l] >> 16)));
    x.d[l] = high << 16 | low;
  });
}
template <uint16_t (*op)(uint16_t, uint16_t)> void halvesUnsigned(const Args &x) {
  each(x.active, [&](int l) {
    uint32_t low = op(uint16_t(x.a[l]), uint16_t(x.b[l]));
    uint32_t high = op(uint16_t(x.a[l] >> 16), uint16_t(x.b[l] >> 16));
    x.d[l] = high << 16 | low;
  });
}
// dp4a, dp2a: mode bit 0 says that a is signed, bit 1 b; variant: 0 dp4a, 1 dp2a.lo, 2 dp2a.hi.
void dotProduct(const Args &x) {
  const Inst &inst = *x.inst;
  each(x.active, [&](int l) {
    uint32_t a = uint32_t(x.a[l]), b = uint32_t(x.b[l]), sum = uint32_t(x.c[l]);
    int count = inst.variant ? 2 : 4;
    for (int k = 0; k < count; ++k) {
      int32_t left = inst.variant ? (inst.mode & 1 ? int16_t(a >> 16 * k) : uint16_t(a >> 16 * k))
                                  : (inst.mode & 1 ? int8_t(a >> 8 * k) : uint8_t(a >> 8 * k));
      int byte = inst.variant == 2 ? k + 2 : k;
      int32_t right = inst.mode & 2 ? int8_t(b >> 8 * byte) : uint8_t(b >> 8 * byte);
      sum += uint32_t(left) * uint32_t(right);
    }
    x.d[l] = sum;
  });
}

// One function of a family, by type: a table's cell. Macros, since a template's name cannot be
// passed on together with the types that it is for.
#define SIGNED_UNSIGNED(kind, op)                                                                  \
  (type == Type::U16   ? kind<uint16_t, op<uint16_t>>                                              \
   : type == Type::S16 ? kind<int16_t, op<int16_t>>                                                \
   : type == Type::U32 ? kind<uint32_t, op<uint32_t>>                                              \
   : type == Type::S32 ? kind<int32_t, op<int32_t>>                                                \
   : type == Type::U64 ? kind<uint64_t, op<uint64_t>>                                              \
   : type == Type::S64 ? kind<int64_t, op<int64_t>>                                                \
                       : PureFn(nullptr))
#define SIGNED(kind, op)                                                                           \
  (type == Type::S16   ? kind<int16_t, op<int16_t>>                                                \
   : type == Type::S32 ? kind<int32_t, op<int32_t>>                                                \
   : type == Type::S64 ? kind<int64_t, op<int64_t>>                                                \
                       : PureFn(nullptr))
#define BITS(kind, op)                                                                             \
  (type == Type::B16   ? kind<uint16_t, op<uint16_t>>                                              \
   : type == Type::B32 ? kind<uint32_t, op<uint32_t>>                                              \
   : type == Type::B64 ? kind<uint64_t, op<uint64_t>>                                              \
                       : PureFn(nullptr))

bool isHalves(Type type) { return type == Type::U16X2 || type == Type::S16X2; }

/// Sources a, b, c in order, the result, then the instruction.
bool finishAlu(Decoder &d, Inst inst, Type type, size_t sources) {
  if (!inst.pure)
    return d.fail(std::string("expects another type than ") + nameOf(type));
  inst.type = type;
  if (!d.expectOperands(sources + 1) || !d.finish() ||
      !d.destination(d.ops()[0], bitsOf(type), inst.d))
    return false;
  uint32_t *slots[] = {&inst.a, &inst.b, &inst.c, &inst.f};
  for (size_t k = 0; k < sources; ++k)
    if (!d.source(d.ops()[k + 1], type, *slots[k]))
      return false;
  d.emit(inst);
  return true;
}

bool decodeAddSub(Decoder &d) {
  bool isAdd = d.mods.mnemonic() == "add";
  bool sat = d.mods.take("sat"), carry = d.mods.take("cc");
  Type type = d.mods.takeType();
  Inst inst;
  if (carry) {
    bool wide = type == Type::U64 || type == Type::S64 || type == Type::B64;
    if (!wide && bitsOf(type) != 32)
      return d.fail("expects 32 or 64 bits");
    inst.pure = wide ? (isAdd ? addCarry<uint64_t> : subCarry<uint64_t>)
                     : (isAdd ? addCarry<uint32_t> : subCarry<uint32_t>);
    inst.e = d.carryRegister();
  } else if (sat) {
    inst.pure = type == Type::S32
                    ? (isAdd ? binary<int32_t, addSat<int32_t>> : binary<int32_t, subSat<int32_t>>)
                    : nullptr;
  } else if (isHalves(type)) {
    inst.pure = isAdd ? halvesUnsigned<add<uint16_t>> : halvesUnsigned<sub<uint16_t>>;
    inst.taint = Taint::Halves;
  } else {
    inst.pure = isAdd ? SIGNED_UNSIGNED(binary, add) : SIGNED_UNSIGNED(binary, sub);
  }
  return finishAlu(d, inst, type, 2);
}

bool decodeAddSubCarry(Decoder &d) {
  bool isAdd = d.mods.mnemonic() == "addc";
  bool out = d.mods.take("cc");
  Type type = d.mods.takeType();
  Inst inst;
  inst.mode = 1;
  inst.f = d.carryRegister();
  inst.e = out ? inst.f : 0;
  if (bitsOf(type) == 64 && !isFloat(type))
    inst.pure = isAdd ? addCarry<uint64_t> : subCarry<uint64_t>;
  else if (bitsOf(type) == 32 && !isFloat(type))
    inst.pure = isAdd ? addCarry<uint32_t> : subCarry<uint32_t>;
  return finishAlu(d, inst, type, 2);
}

bool decodeMul(Decoder &d) {
  int part = d.mods.takeOneOf({"lo", "hi", "wide"});
  Type type = d.mods.takeType();
  Inst inst;
  if (part < 0)
    return d.fail("expects .lo, .hi or .wide");
  if (part < 2) {
    inst.pure = part == 0 ? SIGNED_UNSIGNED(binary, mulLo) : SIGNED_UNSIGNED(binary, mulHi);
    return finishAlu(d, inst, type, 2);
  }
  inst.type = type;
  inst.pure = type == Type::U16   ? mulWide<uint16_t>
              : type == Type::S16 ? mulWide<int16_t>
              : type == Type::U32 ? mulWide<uint32_t>
              : type == Type::S32 ? mulWide<int32_t>
                                  : PureFn(nullptr);
  if (!inst.pure)
    return d.fail("expects a type of 16 or 32 bits");
  if (!d.expectOperands(3) || !d.finish() || !d.destination(d.ops()[0], 2 * bitsOf(type), inst.d) ||
      !d.source(d.ops()[1], type, inst.a) || !d.source(d.ops()[2], type, inst.b))
    return false;
  d.emit(inst);
  return true;
}

bool decodeMad(Decoder &d) {
  bool carryIn = d.mods.mnemonic() == "madc";
  int part = d.mods.takeOneOf({"lo", "hi", "wide"});
  bool carryOut = d.mods.take("cc"), sat = d.mods.take("sat");
  Type type = d.mods.takeType();
  Inst inst;
  if (part < 0)
    return d.fail("expects .lo, .hi or .wide");
  if (part == 2) {
    inst.pure = type == Type::U16   ? madWide<uint16_t>
                : type == Type::S16 ? madWide<int16_t>
                : type == Type::U32 ? madWide<uint32_t>
                : type == Type::S32 ? madWide<int32_t>
                                    : PureFn(nullptr);
    if (!inst.pure || carryIn || carryOut || sat)
      return d.fail("expects a type of 16 or 32 bits without carry");
    Type wide = bitsOf(type) == 16 ? Type::U32 : Type::U64;
    if (!d.expectOperands(4) || !d.finish() ||
        !d.destination(d.ops()[0], 2 * bitsOf(type), inst.d) ||
        !d.source(d.ops()[1], type, inst.a) || !d.source(d.ops()[2], type, inst.b) ||
        !d.source(d.ops()[3], wide, inst.c))
      return false;
    inst.type = type;
    d.emit(inst);
    return true;
  }
  if (carryIn || carryOut) {
    inst.mode = carryIn;
    inst.variant = part;
    inst.f = d.carryRegister();
    if (!carryIn)
      inst.f = 0;
    inst.e = carryOut ? d.carryRegister() : 0;
    inst.pure = type == Type::U32   ? madCarry<uint32_t>
                : type == Type::S32 ? madCarry<int32_t>
                : type == Type::U64 ? madCarry<uint64_t>
                : type == Type::S64 ? madCarry<int64_t>
                                    : PureFn(nullptr);
  } else if (sat) {
    inst.pure =
        type == Type::S32 && part == 1 ? ternary<int32_t, madHiSat<int32_t>> : PureFn(nullptr);
  } else {
    inst.pure = part == 0 ? SIGNED_UNSIGNED(ternary, madLo) : SIGNED_UNSIGNED(ternary, madHi);
  }
  return finishAlu(d, inst, type, 3);
}

bool decodeDivRem(Decoder &d) {
  bool isDiv = d.mods.mnemonic() == "div";
  Type type = d.mods.takeType();
  Inst inst;
  inst.pure = isDiv ? SIGNED_UNSIGNED(binary, divide) : SIGNED_UNSIGNED(binary, remainder);
  return finishAlu(d, inst, type, 2);
}

bool decodeMinMax(Decoder &d) {
  bool isMin = d.mods.mnemonic() == "min", relu = d.mods.take("relu");
  Type type = d.mods.takeType();
  Inst inst;
  if (isHalves(type))
    inst.taint = Taint::Halves;
  if (type == Type::S16X2)
    inst.pure =
        relu    ? (isMin ? halvesSigned<leastRelu<int16_t>> : halvesSigned<greatestRelu<int16_t>>)
        : isMin ? halvesSigned<least<int16_t>>
                : halvesSigned<greatest<int16_t>>;
  else if (relu)
    inst.pure = type != Type::S32 ? PureFn(nullptr)
                : isMin           ? binary<int32_t, leastRelu<int32_t>>
                                  : binary<int32_t, greatestRelu<int32_t>>;
  else if (type == Type::U16X2)
    inst.pure = isMin ? halvesUnsigned<least<uint16_t>> : halvesUnsigned<greatest<uint16_t>>;
  else
    inst.pure = isMin ? SIGNED_UNSIGNED(binary, least) : SIGNED_UNSIGNED(binary, greatest);
  return finishAlu(d, inst, type, 2);
}

bool decodeAbsNeg(Decoder &d) {
  bool isAbs = d.mods.mnemonic() == "abs";
  Type type = d.mods.takeType();
  Inst inst;
  inst.pure = isAbs ? SIGNED(unary, absolute) : SIGNED(unary, negate);
  return finishAlu(d, inst, type, 1);
}

bool decodeSad(Decoder &d) {
  Type type = d.mods.takeType();
  Inst inst;
  inst.pure = SIGNED_UNSIGNED(ternary, sad);
  return finishAlu(d, inst, type, 3);
}

bool decodeLogic(Decoder &d) {
  const std::string name = d.mods.mnemonic();
  Type type = d.mods.takeType();
  Inst inst;
  if (type == Type::Pred) {
    inst.pure = name == "and"   ? binary<uint8_t, bitAnd<uint8_t>>
                : name == "or"  ? binary<uint8_t, bitOr<uint8_t>>
                : name == "xor" ? binary<uint8_t, bitXor<uint8_t>>
                : name == "not" ? unary<uint8_t, predicateNot>
                                : PureFn(nullptr);
  } else {
    inst.pure = name == "and"    ? BITS(binary, bitAnd)
                : name == "or"   ? BITS(binary, bitOr)
                : name == "xor"  ? BITS(binary, bitXor)
                : name == "not"  ? BITS(unary, bitNot)
                : name == "cnot" ? BITS(unary, logicalNot)
                                 : PureFn(nullptr);
  }
  inst.taint = name == "and"    ? Taint::And
               : name == "or"   ? Taint::Or
               : name == "cnot" ? Taint::All
                                : Taint::Xor;
  return finishAlu(d, inst, type, name == "not" || name == "cnot" ? 1 : 2);
}

bool decodeShift(Decoder &d) {
  bool left = d.mods.mnemonic() == "shl";
  Type type = d.mods.takeType();
  Inst inst;
  switch (type) {
  case Type::B16:
    inst.pure = left ? shiftLeft<uint16_t> : shiftRight<uint16_t>;
    break;
  case Type::B32:
    inst.pure = left ? shiftLeft<uint32_t> : shiftRight<uint32_t>;
    break;
  case Type::B64:
    inst.pure = left ? shiftLeft<uint64_t> : shiftRight<uint64_t>;
    break;
  case Type::U16:
    inst.pure = left ? nullptr : shiftRight<uint16_t>;
    break;
  case Type::U32:
    inst.pure = left ? nullptr : shiftRight<uint32_t>;
    break;
  case Type::U64:
    inst.pure = left ? nullptr : shiftRight<uint64_t>;
    break;
  case Type::S16:
    inst.pure = left ? nullptr : shiftRight<int16_t>;
    break;
  case Type::S32:
    inst.pure = left ? nullptr : shiftRight<int32_t>;
    break;
  case Type::S64:
    inst.pure = left ? nullptr : shiftRight<int64_t>;
    break;
  default:
    break;
  }
  if (!inst.pure)
    return d.fail(std::string("expects another type than ") + nameOf(type));
  inst.type = type;
  inst.taint = left ? Taint::ShiftLeft : Taint::ShiftRight;
  if (!d.expectOperands(3) || !d.finish() || !d.destination(d.ops()[0], bitsOf(type), inst.d) ||
      !d.source(d.ops()[1], type, inst.a) || !d.source(d.ops()[2], Type::U32, inst.b))
    return false;
  d.emit(inst);
  return true;
}

bool decodeFunnel(Decoder &d) {
  int right = d.mods.takeOneOf({"l", "r"});
  int clamp = d.mods.takeOneOf({"wrap", "clamp"});
  Type type = d.mods.takeType();
  if (right < 0 || clamp < 0 || type != Type::B32)
    return d.fail("expects .l or .r, .wrap or .clamp, .b32");
  Inst inst;
  inst.mode = right;
  inst.variant = clamp;
  inst.pure = funnel;
  return finishAlu(d, inst, type, 3);
}

/// Instructions whose result has 32 bits whatever their source has.
bool decodeCount(Decoder &d) {
  const std::string name = d.mods.mnemonic();
  Inst inst;
  inst.mode = name == "bfind" && d.mods.take("shiftamt");
  Type type = d.mods.takeType();
  bool wide = bitsOf(type) == 64, sign = isSigned(type);
  bool bits = type == Type::B32 || type == Type::B64;
  bool good = name == "bfind"
                  ? type == Type::U32 || type == Type::S32 || type == Type::U64 || type == Type::S64
                  : bits;
  if (!good)
    return d.fail(std::string("expects another type than ") + nameOf(type));
  if (name == "popc")
    inst.pure = wide ? popc<uint64_t> : popc<uint32_t>;
  else if (name == "clz")
    inst.pure = wide ? clz<uint64_t> : clz<uint32_t>;
  else
    inst.pure = wide ? (sign ? bfind<int64_t> : bfind<uint64_t>)
                     : (sign ? bfind<int32_t> : bfind<uint32_t>);
  inst.type = type;
  if (!d.expectOperands(2) || !d.finish() || !d.destination(d.ops()[0], 32, inst.d) ||
      !d.source(d.ops()[1], type, inst.a))
    return false;
  d.emit(inst);
  return true;
}

bool decodeReverse(Decoder &d) {
  Type type = d.mods.takeType();
  Inst inst;
  inst.pure = type == Type::B16 ? PureFn(nullptr) : BITS(unary, reverse);
  return finishAlu(d, inst, type, 1);
}

bool decodeField(Decoder &d) {
  bool extract = d.mods.mnemonic() == "bfe";
  Type type = d.mods.takeType();
  Inst inst;
  if (extract)
    inst.pure = type == Type::U32   ? bfeFast<uint32_t>
                : type == Type::S32 ? bfeFast<int32_t>
                : type == Type::U64 ? bfeFast<uint64_t>
                : type == Type::S64 ? bfeFast<int64_t>
                                    : PureFn(nullptr);
  else
    inst.pure = type == Type::B32   ? bfi<uint32_t>
                : type == Type::B64 ? bfi<uint64_t>
                                    : PureFn(nullptr);
  if (!inst.pure)
    return d.fail(std::string("expects another type than ") + nameOf(type));
  inst.type = type;
  inst.taint = extract ? Taint::Extract : Taint::Insert;
  size_t values = extract ? 1 : 2;
  if (!d.expectOperands(values + 3) || !d.finish() ||
      !d.destination(d.ops()[0], bitsOf(type), inst.d) || !d.source(d.ops()[1], type, inst.a) ||
      (!extract && !d.source(d.ops()[2], type, inst.b)) ||
      !d.source(d.ops()[values + 1], Type::U32, extract ? inst.b : inst.c) ||
      !d.source(d.ops()[values + 2], Type::U32, extract ? inst.c : inst.f))
    return false;
  d.emit(inst);
  return true;
}

bool decodeLop3(Decoder &d) {
  int combine = d.mods.takeOneOf({"or", "and"});
  Type type = d.mods.takeType();
  Inst inst;
  inst.type = type;
  inst.taint = Taint::Xor;
  if (type != Type::B32)
    return d.fail("expects .b32");
  if (!d.expectOperands(combine < 0 ? 5 : 6) || !d.finish())
    return false;
  const Operand *result = &d.ops()[0];
  if (combine >= 0) {
    bool negated;
    if (result->kind != Operand::Pair || !d.predicateDestination(result->parts[1], inst.e) ||
        !d.predicate(d.ops()[5], inst.f, negated))
      return d.fail("expects a result, '|' and a predicate");
    inst.variant = negated;
    inst.mode = combine + 1;
    inst.taint = Taint::All;
    result = &result->parts[0];
  }
  inst.pure = combine < 0 ? lop3 : lop3Predicate;
  if (!d.destination(*result, 32, inst.d) || !d.source(d.ops()[1], type, inst.a) ||
      !d.source(d.ops()[2], type, inst.b) || !d.source(d.ops()[3], type, inst.c) ||
      !d.immediate(d.ops()[4], inst.imm))
    return false;
  if (inst.imm > 255)
    return d.fail("expects a table of 8 bits");
  d.emit(inst);
  return true;
}

bool decodePermute(Decoder &d) {
  Type type = d.mods.takeType();
  int mode = d.mods.takeOneOf({"f4e", "b4e", "rc8", "ecl", "ecr", "rc16"});
  Inst inst;
  inst.mode = uint8_t(mode + 1);
  inst.taint = inst.mode ? Taint::All : Taint::Permute;
  inst.pure = type == Type::B32 ? prmt : PureFn(nullptr);
  return finishAlu(d, inst, type, 3);
}

bool decodeDot(Decoder &d) {
  Inst inst;
  bool two = d.mods.mnemonic() == "dp2a";
  if (two) {
    int part = d.mods.takeOneOf({"lo", "hi"});
    if (part < 0)
      return d.fail("expects .lo or .hi");
    inst.variant = uint8_t(part + 1);
  }
  Type left = d.mods.takeType(), right = d.mods.takeType();
  for (Type type : {left, right})
    if (type != Type::U32 && type != Type::S32)
      return d.fail("expects two types, .u32 or .s32");
  inst.mode = (left == Type::S32 ? 1 : 0) | (right == Type::S32 ? 2 : 0);
  inst.pure = dotProduct;
  return finishAlu(d, inst, Type::U32, 3);
}

/// Names that floats have too: their types decide.
bool hasFloatType(const Modifiers &mods) {
  for (const char *type : {"f16", "f16x2", "bf16", "bf16x2", "f32", "f32x2", "f64"})
    if (mods.has(type))
      return true;
  return false;
}
template <DecodeFn integer> bool byType(Decoder &d) {
  if (!hasFloatType(d.mods))
    return integer(d);
  DecodeFn decode = decodeFloat(d.mods.mnemonic());
  return decode ? decode(d) : d.fail("expects an integer type");
}
} // namespace

DecodeFn normc::ptxsim::decodeInteger(const std::string &name) {
  struct Row {
    const char *name;
    DecodeFn decode;
  };
  static const Row rows[] = {{"add", byType<decodeAddSub>}, {"sub", byType<decodeAddSub>},
                             {"addc", decodeAddSubCarry},   {"subc", decodeAddSubCarry},
                             {"mul", byType<decodeMul>},    {"mad", byType<decodeMad>},
                             {"madc", decodeMad},           {"div", byType<decodeDivRem>},
                             {"rem", decodeDivRem},         {"min", byType<decodeMinMax>},
                             {"max", byType<decodeMinMax>}, {"abs", byType<decodeAbsNeg>},
                             {"neg", byType<decodeAbsNeg>}, {"sad", decodeSad},
                             {"and", decodeLogic},          {"or", decodeLogic},
                             {"xor", decodeLogic},          {"not", decodeLogic},
                             {"cnot", decodeLogic},         {"shl", decodeShift},
                             {"shr", decodeShift},          {"shf", decodeFunnel},
                             {"popc", decodeCount},         {"clz", decodeCount},
                             {"bfind", decodeCount},        {"brev", decodeReverse},
                             {"bfe", decodeField},          {"bfi", decodeField},
                             {"lop3", decodeLop3},          {"prmt", decodePermute},
                             {"dp4a", decodeDot},           {"dp2a", decodeDot}};
  for (const Row &row : rows)
    if (name == row.name)
      return row.decode;
  return nullptr;
}
