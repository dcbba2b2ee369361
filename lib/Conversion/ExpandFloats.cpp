//===- ExpandFloats.cpp - float conversions without a library -------------===//
//
// What compilers turn into __truncsfhf2, __truncdfbf2, floorf and the like where the target has no
// instruction. Integer arithmetic, without branches, to nearest even, each rounding once.
//
//===----------------------------------------------------------------------===//

#include "FloatEmitter.h"

#include <cmath>

using namespace mlir;
using namespace mlir::norm;

using CmpF = FloatEmitter::CmpF;
using CmpI = FloatEmitter::CmpI;

static FloatType elementOf(Value x) { return cast<FloatType>(getElementTypeOrSelf(x.getType())); }

/// The bits of a 16-bit float in the low half of `e`'s 32-bit integers, and back.
static Value halfBits(FloatEmitter &e, Value x) {
  Type i16 = withElement(e.getIntType(), IntegerType::get(x.getContext(), 16));
  return e.convert<arith::ExtUIOp>(e.convert<arith::BitcastOp>(x, i16), e.getIntType());
}
static Value fromHalfBits(FloatEmitter &e, FloatEmitter &to, Value bits) {
  return to.fromBits(e.convert<arith::TruncIOp>(bits, to.getIntType()));
}

static Value f16ToF32(FloatEmitter &e, Value x) {
  Value half = halfBits(e, x);
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
  return fromHalfBits(e, to, e.ior(bits, sign));
}

static Value f32ToBF16(FloatEmitter &e, FloatEmitter &to, Value x) {
  Value all = e.bits(x);
  Value nan = e.ior(e.lshr(all, 16), e.integer(0x0040));
  Value bits = e.select(e.cmp(CmpF::UNO, x, x), nan, roundBits(e, all, 16));
  return fromHalfBits(e, to, bits);
}

Value norm::emitExtend(FloatEmitter &to, Value x) {
  FloatType from = elementOf(x);
  if (from.getWidth() > 16 || (from.isF16() && to.getTarget().f16 && to.getElement().isF32()))
    return to.convert<arith::ExtFOp>(x, to.getFloatType());
  FloatEmitter e = to.as(Float32Type::get(x.getContext()));
  Value wide;
  if (from.isBF16()) // the upper half of the same number, as f32
    wide = e.fromBits(e.shl(halfBits(e, x), 16));
  else
    wide = to.getTarget().f16 ? e.convert<arith::ExtFOp>(x, e.getFloatType()) : f16ToF32(e, x);
  return to.getElement().isF32() ? wide : to.convert<arith::ExtFOp>(wide, to.getFloatType());
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
  if (!from.isF32()) {
    FloatEmitter wide = to.as(from);
    x = emitTruncateToOdd(wide, e.getElement(), x);
  }
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
