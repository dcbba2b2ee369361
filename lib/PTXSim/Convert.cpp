//===- Convert.cpp - the functions of cvt -----------------------------------===//
//
// Every value passes through an f64, which has all values of the narrower formats and all 32-bit
// integers; 64-bit integers are rounded to odd on their way to those. Short loops for what kernels
// use all the time.
//
//===----------------------------------------------------------------------===//

#include "Convert.h"
#include "Formats.h"
#include "Lanes.h"

#include <algorithm>

using namespace normc::ptxsim;

namespace {
double toDouble(Type type, uint64_t bits) {
  switch (type) {
  case Type::F64:
    return asDouble(bits);
  case Type::F32:
  case Type::TF32:
    return asFloat(bits);
  case Type::F16:
    return f16ToFloat(uint32_t(bits));
  case Type::BF16:
    return bf16ToFloat(uint32_t(bits));
  default:
    return decode(uint32_t(bits), *formatOf(type));
  }
}

double flushDouble(double value) {
  return std::fabs(value) < 0x1p-126 ? std::copysign(0.0, value) : value;
}

double roundToInteger(double value, uint8_t mode) {
  switch (mode) {
  case ToNearest:
    return std::nearbyint(value);
  case ToZero:
    return std::trunc(value);
  case ToDown:
    return std::floor(value);
  case ToUp:
    return std::ceil(value);
  default:
    return value;
  }
}

uint64_t maskOf(unsigned bits) { return bits >= 64 ? ~uint64_t(0) : (uint64_t(1) << bits) - 1; }

uint64_t floatToInteger(double value, Type type, Type source) {
  unsigned bits = bitsOf(type);
  if (value != value) {
    bool highest = source == Type::F64 || bits == 64;
    return highest ? uint64_t(1) << (bits - 1) : 0;
  }
  if (isSigned(type)) {
    double limit = std::ldexp(1, int(bits) - 1);
    if (value >= limit)
      return maskOf(bits - 1);
    if (value < -limit)
      return uint64_t(1) << (bits - 1);
    return uint64_t(int64_t(value)) & maskOf(bits);
  }
  if (value >= std::ldexp(1, int(bits)))
    return maskOf(bits);
  return value <= 0 ? 0 : uint64_t(value);
}

// Extended to the register, which may be wider than the type.
uint64_t extend(uint64_t value, Type type, unsigned registerBits) {
  unsigned bits = bitsOf(type);
  if (isSigned(type) && bits < 64 && value >> (bits - 1) & 1)
    value |= ~maskOf(bits);
  else
    value &= maskOf(bits);
  return value & maskOf(registerBits);
}

void integerToInteger(const Args &x) {
  const Inst &inst = *x.inst;
  Type to = inst.type, from = inst.sourceType;
  bool sat = inst.flags & Sat;
  each(x.active, [&](int l) {
    uint64_t value = extend(x.a[l], from, 64);
    if (sat) {
      bool negative = isSigned(from) && int64_t(value) < 0;
      uint64_t high = maskOf(bitsOf(to) - isSigned(to)), low = isSigned(to) ? ~high : 0;
      if (negative)
        value = int64_t(value) < int64_t(low) ? low : value;
      else
        value = std::min(value, high);
    }
    x.d[l] = extend(value, to, inst.variant);
  });
}

void truncating(const Args &x) {
  uint64_t mask = maskOf(bitsOf(x.inst->type));
  each(x.active, [&](int l) { x.d[l] = x.a[l] & mask; });
}
void widening(const Args &x) {
  uint64_t mask = maskOf(bitsOf(x.inst->sourceType));
  each(x.active, [&](int l) { x.d[l] = x.a[l] & mask; });
}
void signedWordToLong(const Args &x) {
  each(x.active, [&](int l) { x.d[l] = uint64_t(int64_t(int32_t(x.a[l]))); });
}

uint64_t finishFloat(const Inst &inst, double value) {
  if (inst.type == Type::F64) {
    if (inst.flags & Sat)
      value = value > 0 ? std::min(value, 1.0) : 0;
    return bitsOf(value);
  }
  if (inst.flags & Sat)
    value = value > 0 ? std::min(value, 1.0) : 0;
  if (inst.flags & Relu)
    value = value != value || value > 0 ? value : 0;
  if (inst.type == Type::TF32)
    return uint64_t(encode(value, formatTF32, inst.rounding, inst.flags & SatFinite)) << 13;
  uint32_t bits = encode(value, *formatOf(inst.type), inst.rounding, inst.flags & SatFinite);
  if (inst.type == Type::F32 && inst.flags & Ftz)
    bits = bitsOf(flush(asFloat(bits)));
  return bits;
}

void integerToFloat(const Args &x) {
  const Inst &inst = *x.inst;
  each(x.active, [&](int l) {
    uint64_t value = extend(x.a[l], inst.sourceType, 64);
    bool negative = isSigned(inst.sourceType) && int64_t(value) < 0;
    uint64_t magnitude = negative ? -value : value;
    if (inst.type == Type::F64)
      x.d[l] = finishFloat(inst, integerToDouble(magnitude, negative, inst.rounding));
    else
      x.d[l] = finishFloat(inst, integerToOdd(magnitude, negative));
  });
}

void floatToIntegerLanes(const Args &x) {
  const Inst &inst = *x.inst;
  each(x.active, [&](int l) {
    double value = toDouble(inst.sourceType, x.a[l]);
    if (inst.flags & Ftz && inst.sourceType == Type::F32)
      value = flushDouble(value);
    value = roundToInteger(value, inst.mode);
    x.d[l] = extend(floatToInteger(value, inst.type, inst.sourceType), inst.type, inst.variant);
  });
}

void floatToFloat(const Args &x) {
  const Inst &inst = *x.inst;
  each(x.active, [&](int l) {
    double value = toDouble(inst.sourceType, x.a[l]);
    if (inst.flags & Ftz && inst.sourceType == Type::F32)
      value = flushDouble(value);
    x.d[l] = finishFloat(inst, roundToInteger(value, inst.mode));
  });
}

void bf16ToF32(const Args &x) {
  each(x.active, [&](int l) {
    uint64_t bits = (x.a[l] & 0xffff) << 16;
    x.d[l] = (bits & 0x7fffffff) > 0x7f800000 ? 0x7fffffff : bits;
  });
}
void f16ToF32(const Args &x) {
  each(x.active, [&](int l) { x.d[l] = canonical(f16ToFloat(uint32_t(x.a[l] & 0xffff))); });
}
void f32ToBF16(const Args &x) {
  each(x.active, [&](int l) { x.d[l] = floatToBF16(asFloat(x.a[l])); });
}
void f32ToF16(const Args &x) {
  each(x.active, [&](int l) { x.d[l] = floatToF16(asFloat(x.a[l])); });
}
void f32ToBF16x2(const Args &x) {
  each(x.active, [&](int l) {
    uint64_t high = floatToBF16(asFloat(x.a[l]));
    x.d[l] = high << 16 | floatToBF16(asFloat(x.b[l]));
  });
}
void f32ToF16x2(const Args &x) {
  each(x.active, [&](int l) {
    uint64_t high = floatToF16(asFloat(x.a[l]));
    x.d[l] = high << 16 | floatToF16(asFloat(x.b[l]));
  });
}

Type elementOf(Type type) {
  switch (type) {
  case Type::F16X2:
    return Type::F16;
  case Type::BF16X2:
    return Type::BF16;
  case Type::E4M3X2:
    return Type::E4M3;
  case Type::E5M2X2:
    return Type::E5M2;
  case Type::E2M1X2:
    return Type::E2M1;
  case Type::E2M3X2:
    return Type::E2M3;
  case Type::E3M2X2:
    return Type::E3M2;
  case Type::UE8M0X2:
    return Type::UE8M0;
  default:
    return Type::None;
  }
}

// Bits from one element of a pair to the next: two e2m1 share a byte.
unsigned pitchOf(Type type) { return type == Type::E2M1X2 ? 4 : bitsOf(type) / 2; }

uint64_t packElement(const Inst &inst, Type element, double value) {
  if (element == Type::UE8M0)
    return encodeScale(float(value), inst.rounding);
  Inst one = inst;
  one.type = element;
  return finishFloat(one, value);
}

double unpackElement(Type element, uint64_t bits) {
  if (element != Type::UE8M0)
    return toDouble(element, bits);
  return bits == 0xff ? double(NAN) : std::ldexp(1, int(bits) - 127);
}

// a above b.
void packPair(const Args &x) {
  const Inst &inst = *x.inst;
  Type element = elementOf(inst.type);
  unsigned pitch = pitchOf(inst.type);
  each(x.active, [&](int l) {
    double high = asFloat(x.a[l]), low = asFloat(x.b[l]);
    x.d[l] = packElement(inst, element, high) << pitch | packElement(inst, element, low);
  });
}

void pairToPair(const Args &x) {
  const Inst &inst = *x.inst;
  Type from = elementOf(inst.sourceType), to = elementOf(inst.type);
  unsigned fromPitch = pitchOf(inst.sourceType), toPitch = pitchOf(inst.type);
  uint64_t mask = maskOf(fromPitch);
  each(x.active, [&](int l) {
    double low = unpackElement(from, x.a[l] & mask);
    double high = unpackElement(from, x.a[l] >> fromPitch & mask);
    x.d[l] = packElement(inst, to, high) << toPitch | packElement(inst, to, low);
  });
}

bool isInteger(Type type) {
  return type >= Type::U8 && !isFloat(type) && type != Type::B16 && type != Type::B32 &&
         type != Type::B64 && bitsOf(type) <= 64 && type != Type::U16X2 && type != Type::S16X2;
}
bool isPlainFloat(Type type) {
  return type == Type::F16 || type == Type::BF16 || type == Type::F32 || type == Type::F64;
}
} // namespace

PureFn normc::ptxsim::conversion(const Inst &inst) {
  Type to = inst.type, from = inst.sourceType;
  if (isInteger(to) && isInteger(from)) {
    bool plain = !(inst.flags & Sat);
    if (plain && bitsOf(to) <= bitsOf(from) && inst.variant == bitsOf(to))
      return truncating;
    if (plain && !isSigned(from) && bitsOf(to) >= bitsOf(from))
      return widening;
    if (plain && from == Type::S32 && bitsOf(to) == 64)
      return signedWordToLong;
    return integerToInteger;
  }
  if (isInteger(from) && isPlainFloat(to))
    return integerToFloat;
  if (isInteger(to) && isPlainFloat(from))
    return floatToIntegerLanes;
  if (isPlainFloat(from) && (isPlainFloat(to) || (to == Type::TF32 && from == Type::F32))) {
    bool plain = !inst.flags && inst.rounding == Rounding::Nearest && !inst.mode;
    if (plain && to == Type::F32 && from == Type::BF16)
      return bf16ToF32;
    if (plain && to == Type::F32 && from == Type::F16)
      return f16ToF32;
    if (plain && to == Type::BF16 && from == Type::F32)
      return f32ToBF16;
    if (plain && to == Type::F16 && from == Type::F32)
      return f32ToF16;
    return floatToFloat;
  }
  if (elementOf(to) != Type::None && from == Type::F32) {
    bool plain = !inst.flags && inst.rounding == Rounding::Nearest;
    if (plain && to == Type::BF16X2)
      return f32ToBF16x2;
    if (plain && to == Type::F16X2)
      return f32ToF16x2;
    return packPair;
  }
  if (elementOf(to) != Type::None && elementOf(from) != Type::None)
    return pairToPair;
  return nullptr;
}
