//===- ExpandFloats.cpp - float conversions without a library -------------===//
//
// What compilers turn into __truncsfhf2, __truncdfbf2, floorf and the like where the target has no
// instruction, and what has no function there, 8-bit floats. Integer arithmetic, without branches,
// to nearest even, each rounding once.
//
//===----------------------------------------------------------------------===//

#include "FloatEmitter.h"

#include <cmath>

using namespace mlir;
using namespace mlir::norm;

using CmpF = FloatEmitter::CmpF;
using CmpI = FloatEmitter::CmpI;

static FloatType elementOf(Value x) { return cast<FloatType>(getElementTypeOrSelf(x.getType())); }

/// The bits of a narrow float as the lowest of `e`'s 32-bit integers, and back.
static Value narrowBits(FloatEmitter &e, Value x) {
  Type narrow =
      withElement(e.getIntType(), IntegerType::get(x.getContext(), elementOf(x).getWidth()));
  return e.convert<arith::ExtUIOp>(e.convert<arith::BitcastOp>(x, narrow), e.getIntType());
}
static Value fromNarrowBits(FloatEmitter &e, FloatEmitter &to, Value bits) {
  return to.fromBits(e.convert<arith::TruncIOp>(bits, to.getIntType()));
}

static Value f16ToF32(FloatEmitter &e, Value x) {
  Value half = narrowBits(e, x);
  Value magnitude = e.iand(half, e.integer(0x7fff));
  Value sign = e.shl(e.iand(half, e.integer(0x8000)), 16);
  // The exponent moves from bias 15 to 127; all ones stay all ones.
  Value shifted = e.shl(magnitude, 13);
  Value normal = e.iadd(shifted, e.integer(112 << 23));
  Value nan = e.icmp(CmpI::ugt, magnitude, e.integer(0x7c00));
  Value quiet = e.select(nan, e.integer(0x7fc00000), e.integer(0x7f800000));
  // A denormal as the fraction of a float that begins at 2^-14; subtracting 2^-14 is exact.
  Value start = e.integer(113 << 23);
  Value denormal = e.bits(e.sub(e.fromBits(e.iadd(shifted, start)), e.fromBits(start)));
  Value bits = e.select(e.icmp(CmpI::ult, magnitude, e.integer(0x0400)), denormal, normal);
  bits = e.select(e.icmp(CmpI::uge, magnitude, e.integer(0x7c00)), e.ior(shifted, quiet), bits);
  return e.fromBits(e.ior(bits, sign));
}

/// `bits` with its low `n` bits rounded away, to nearest even; a carry goes into the exponent, at
/// last to infinity.
static Value roundBits(FloatEmitter &e, Value bits, int n) {
  Value odd = e.iand(e.lshr(bits, n), e.integer(1));
  return e.lshr(e.iadd(e.iadd(bits, e.integer((1 << (n - 1)) - 1)), odd), n);
}

static Value f32ToF16(FloatEmitter &e, FloatEmitter &to, Value x) {
  Value all = e.bits(x);
  Value magnitude = e.iand(all, e.integer(0x7fffffff));
  Value sign = e.iand(e.lshr(all, 16), e.integer(0x8000));
  Value normal = roundBits(e, e.isub(magnitude, e.integer(112 << 23)), 13);
  // Below 2^-14: between 1/2 and 1 a float's last bit is 2^-24, as a denormal f16's is, so the
  // addition rounds as it should.
  Value half = e.real(0.5);
  Value denormal = e.isub(e.bits(e.add(e.fromBits(magnitude), half)), e.bits(half));
  Value payload = e.iand(e.lshr(magnitude, 13), e.integer(0x03ff));
  Value bits = e.select(e.icmp(CmpI::ult, magnitude, e.integer(113 << 23)), denormal, normal);
  // 65536 and more.
  bits = e.select(e.icmp(CmpI::uge, magnitude, e.integer(143 << 23)), e.integer(0x7c00), bits);
  bits = e.select(e.icmp(CmpI::ugt, magnitude, e.integer(0x7f800000)),
                  e.ior(payload, e.integer(0x7e00)), bits);
  return fromNarrowBits(e, to, e.ior(bits, sign));
}

static Value f32ToBF16(FloatEmitter &e, FloatEmitter &to, Value x) {
  Value all = e.bits(x);
  Value nan = e.ior(e.lshr(all, 16), e.integer(0x0040));
  Value bits = e.select(e.cmp(CmpF::UNO, x, x), nan, roundBits(e, all, 16));
  return fromNarrowBits(e, to, bits);
}

namespace {
/// The 8-bit floats: e5m2 is the upper half of an f16, and has infinities. e4m3fn has none: all
/// ones is NaN, and the rest of the last exponent are numbers, up to 448.
struct Float8 {
  explicit Float8(FloatType type) : hasInfinity(isa<Float8E5M2Type>(type)) {}

  bool hasInfinity;
  int fractionBits = hasInfinity ? 2 : 3;
  int bias = hasInfinity ? 15 : 7;
  /// What is added to the exponent of a number to make it a float's.
  int rebias = 127 - bias;
  /// The first code that is no finite number.
  int64_t first = hasInfinity ? 0x7c : 0x7f;
};
} // namespace

/// By way of an f16: e5m2 is its upper half; e4m3fn has a bit less for the exponent, and is 2^8
/// times too small there, its denormals too.
static Value f8ToF32ByF16(FloatEmitter &e, Value x, const Float8 &format) {
  FloatEmitter half = e.as(Float16Type::get(x.getContext()));
  Type i8 = withElement(e.getIntType(), IntegerType::get(x.getContext(), 8));
  Value bits =
      half.convert<arith::ExtSIOp>(half.convert<arith::BitcastOp>(x, i8), half.getIntType());
  bits = half.shl(bits, 10 - format.fractionBits);
  if (format.hasInfinity)
    return e.convert<arith::ExtFOp>(half.fromBits(bits), e.getFloatType());
  // Without the sign's copy. All ones carries into its place: the exponent's first bit, which makes
  // a NaN.
  bits = half.iand(bits, half.integer(0xbfff));
  Value carry = half.iand(half.iadd(bits, half.integer(0x80)), half.integer(0x4000));
  bits = half.ior(bits, carry);
  Value wide = e.convert<arith::ExtFOp>(half.fromBits(bits), e.getFloatType());
  return e.mul(wide, e.real(256));
}

static Value f8ToF32(FloatEmitter &e, Value x) {
  Float8 format(elementOf(x));
  if (e.getTarget().f8)
    return e.convert<arith::ExtFOp>(x, e.getFloatType());
  if (e.getTarget().f16)
    return f8ToF32ByF16(e, x, format);
  Value all = narrowBits(e, x);
  Value magnitude = e.iand(all, e.integer(0x7f));
  Value sign = e.shl(e.iand(all, e.integer(0x80)), 24);
  Value shifted = e.shl(magnitude, 23 - format.fractionBits);
  Value normal = e.iadd(shifted, e.integer(int64_t(format.rebias) << 23));
  // A denormal as the fraction of a float that begins at the smallest normal number; subtracting
  // that is exact.
  Value start = e.integer(int64_t(format.rebias + 1) << 23);
  Value denormal = e.bits(e.sub(e.fromBits(e.iadd(shifted, start)), e.fromBits(start)));
  Value isNormal = e.icmp(CmpI::uge, magnitude, e.integer(1 << format.fractionBits));
  Value bits = e.select(isNormal, normal, denormal);
  Value special = e.integer(0x7fc00000);
  if (format.hasInfinity)
    special = e.select(e.icmp(CmpI::ugt, magnitude, e.integer(format.first)), special,
                       e.integer(0x7f800000));
  Value isSpecial = e.icmp(CmpI::uge, magnitude, e.integer(format.first));
  bits = e.select(isSpecial, e.ior(shifted, special), bits);
  return e.fromBits(e.ior(bits, sign));
}

/// Beyond the largest number by half a unit in the last place, or more: infinity, or NaN where
/// there is none. Every NaN is all ones, with its sign.
static Value f32ToF8(FloatEmitter &e, FloatEmitter &to, Value x) {
  if (e.getTarget().f8)
    return to.convert<arith::TruncFOp>(x, to.getFloatType());
  Float8 format(to.getElement());
  int dropped = 23 - format.fractionBits;
  Value all = e.bits(x);
  Value magnitude = e.iand(all, e.integer(0x7fffffff));
  Value sign = e.iand(e.lshr(all, 24), e.integer(0x80));
  Value normal = roundBits(e, e.isub(magnitude, e.integer(int64_t(format.rebias) << 23)), dropped);
  // What is larger has a larger code.
  normal = e.imin(normal, e.integer(format.first));
  // Where a float's last bit is that of a denormal, the addition rounds as it should.
  Value step = e.real(std::ldexp(1.0, 24 - format.bias - format.fractionBits));
  Value denormal = e.isub(e.bits(e.add(e.fromBits(magnitude), step)), e.bits(step));
  Value isNormal = e.icmp(CmpI::uge, magnitude, e.integer(int64_t(format.rebias + 1) << 23));
  Value bits = e.select(isNormal, normal, denormal);
  if (format.hasInfinity)
    bits = e.select(e.icmp(CmpI::ugt, magnitude, e.integer(0x7f800000)), e.integer(0x7f), bits);
  return fromNarrowBits(e, to, e.ior(bits, sign));
}

Value norm::emitExtend(FloatEmitter &to, Value x) {
  FloatType from = elementOf(x);
  if (from.getWidth() > 16 || (from.isF16() && to.getTarget().f16 && to.getElement().isF32()))
    return to.convert<arith::ExtFOp>(x, to.getFloatType());
  FloatEmitter e = to.as(Float32Type::get(x.getContext()));
  Value wide;
  if (from.getWidth() == 8)
    wide = f8ToF32(e, x);
  else if (from.isBF16()) // the upper half of the same number, as f32
    wide = e.fromBits(e.shl(narrowBits(e, x), 16));
  else
    wide = to.getTarget().f16 ? e.convert<arith::ExtFOp>(x, e.getFloatType()) : f16ToF32(e, x);
  if (to.getElement().isF32())
    return wide;
  if (to.getElement().getWidth() <= 16) // has every number of the 8-bit ones
    return emitTruncate(to, wide);
  return to.convert<arith::ExtFOp>(wide, to.getFloatType());
}

Value norm::emitTruncateToOdd(FloatEmitter &from, FloatType to, Value x) {
  FloatEmitter e = from.as(to);
  Value y = from.convert<arith::TruncFOp>(x, e.getFloatType());
  Value back = e.convert<arith::ExtFOp>(y, from.getFloatType());
  // Where y is not x and even, its neighbour on the other side of x is odd. Infinity is even, and
  // the largest finite number below it odd.
  Value one = e.integer(1);
  Value even = e.icmp(CmpI::eq, e.iand(e.bits(y), one), e.integer(0));
  Value wrong = e.iand(even, from.cmp(CmpF::ONE, back, x));
  Value below = from.cmp(CmpF::OLT, from.abs(back), from.abs(x));
  Value step = e.select(below, one, e.integer(-1));
  return e.fromBits(e.iadd(e.bits(y), e.select(wrong, step, e.integer(0))));
}

Value norm::emitTruncate(FloatEmitter &to, Value x) {
  FloatType from = elementOf(x);
  if (to.getElement().getWidth() > 16)
    return to.convert<arith::TruncFOp>(x, to.getFloatType());
  FloatEmitter e = to.as(Float32Type::get(x.getContext()));
  if (from.getWidth() <= 16) {
    x = emitExtend(e, x);
  } else if (!from.isF32()) {
    FloatEmitter wide = to.as(from);
    x = emitTruncateToOdd(wide, e.getElement(), x);
  }
  if (to.getElement().getWidth() == 8)
    return f32ToF8(e, to, x);
  bool f16 = to.getElement().isF16();
  if (f16 ? to.getTarget().f16 : to.getTarget().bf16)
    return to.convert<arith::TruncFOp>(x, to.getFloatType());
  return f16 ? f32ToF16(e, to, x) : f32ToBF16(e, to, x);
}

/// 2^23 or 2^52: from here on every number is an integer.
static Value firstInteger(FloatEmitter &e) {
  return e.real(std::ldexp(1.0, e.getElement().getFPMantissaWidth() - 1));
}

/// `rounded` with x's sign, which only a zero can have lost; x where it needs no rounding.
static Value rounding(FloatEmitter &e, Value x, Value rounded) {
  Value small = e.cmp(CmpF::OLT, e.abs(x), firstInteger(e));
  return e.select(small, e.copysign(rounded, x), x);
}

/// |x| to the nearest integer, where |x| < 2^23 or 2^52: the sum has no bits for a fraction.
static Value nearestMagnitude(FloatEmitter &e, Value x) {
  Value magic = firstInteger(e);
  return e.sub(e.add(e.abs(x), magic), magic);
}

Value norm::emitRoundEven(FloatEmitter &e, Value x) {
  return rounding(e, x, nearestMagnitude(e, x));
}

Value norm::emitFloor(FloatEmitter &e, Value x) {
  Value near = e.copysign(nearestMagnitude(e, x), x);
  Value step = e.select(e.cmp(CmpF::OGT, near, x), e.real(1), e.real(0));
  return rounding(e, x, e.sub(near, step));
}

Value norm::emitCeil(FloatEmitter &e, Value x) {
  Value near = e.copysign(nearestMagnitude(e, x), x);
  Value step = e.select(e.cmp(CmpF::OLT, near, x), e.real(1), e.real(0));
  return rounding(e, x, e.add(near, step));
}

static Value truncMagnitude(FloatEmitter &e, Value x) {
  Value near = nearestMagnitude(e, x);
  Value step = e.select(e.cmp(CmpF::OGT, near, e.abs(x)), e.real(1), e.real(0));
  return e.sub(near, step);
}

Value norm::emitTrunc(FloatEmitter &e, Value x) { return rounding(e, x, truncMagnitude(e, x)); }

Value norm::emitRound(FloatEmitter &e, Value x) {
  Value whole = truncMagnitude(e, x);
  Value half = e.cmp(CmpF::OGE, e.sub(e.abs(x), whole), e.real(0.5));
  return rounding(e, x, e.add(whole, e.select(half, e.real(1), e.real(0))));
}
