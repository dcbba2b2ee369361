//===- ExpandFunctions.cpp - exp, log, tanh, erf without a library --------===//
//
// Each function: fold the argument into a small interval, a polynomial there, unfold. Without
// branches, so that they vectorize. Written so that the errors hold where a * b + c rounds twice:
// what is exact, is exact by trailing zeros in a constant, not by a fused operation.
//
// The polynomials are minimax fits in the weighted error of the function itself, with coefficients
// rounded to the type one by one and the others fitted again; below, the largest error of the
// rounded polynomial relative to the function. Measured errors are in the description of
// norm-expand-math; `normc-test-math` measures them, `normc-test-math --all` over all f32.
//
//===----------------------------------------------------------------------===//

#include "FloatEmitter.h"

#include <cmath>

using namespace mlir;
using namespace mlir::norm;

namespace {

using CmpF = FloatEmitter::CmpF;
using CmpI = FloatEmitter::CmpI;

// exp(r) = 1 + r + r^2 tail(r), |r| <= ln(2)/2.
// Error 2^-28.2.
const double expTail32[] = {0x1.fffffcp-2, 0x1.555492p-3, 0x1.5558b4p-5, 0x1.1239ap-7,
                            0x1.6a495ap-10};
// Error 2^-57.9.
const double expTail64[] = {0x1.000000000000ap-1,  0x1.5555555555503p-3,  0x1.555555555068bp-5,
                            0x1.11111111258e1p-7,  0x1.6c16c18487ee9p-10, 0x1.a01a0135c7a0fp-13,
                            0x1.a01999257055dp-16, 0x1.71df0c59f7bcdp-19, 0x1.28ae3a52044fdp-22,
                            0x1.ada66c5bd4903p-26};
// expm1(r) = r + r^2 tail(r), |r| <= ln(2)/2, relative to expm1: one degree more.
// Error 2^-31.1.
const double expm1Tail32[] = {0x1p-1,        0x1.555556p-3,  0x1.5554f6p-5,
                              0x1.110ffcp-7, 0x1.6d3ca8p-10, 0x1.a254c2p-13};
// Error 2^-61.7.
const double expm1Tail64[] = {0x1p-1,
                              0x1.5555555555559p-3,
                              0x1.5555555555557p-5,
                              0x1.111111110f642p-7,
                              0x1.6c16c16c156c6p-10,
                              0x1.a01a01b00fcc5p-13,
                              0x1.a01a01ab776ddp-16,
                              0x1.71ddf7e7878ccp-19,
                              0x1.27e4d02d189f3p-22,
                              0x1.af5f7e067af1ep-26,
                              0x1.1f85dbd318e55p-29};
// exp2(r) = 1 + r slope(r), |r| <= 1/2.
// Error 2^-28.3.
const double exp2Slope32[] = {0x1.62e43p-1,  0x1.ebfbdcp-3,  0x1.c6af7ap-5,
                              0x1.3b2ddap-7, 0x1.5f0976p-10, 0x1.4172a6p-13};
// Error 2^-57.7.
const double exp2Slope64[] = {0x1.62e42fefa39efp-1,  0x1.ebfbdff82c59dp-3,  0x1.c6b08d704a0d6p-5,
                              0x1.3b2ab6fba0f9bp-7,  0x1.5d87fe78b30fap-10, 0x1.4309130c722cbp-13,
                              0x1.ffcbfbfcfcb18p-17, 0x1.62bfccce9d36ap-20, 0x1.b526033ac216bp-24,
                              0x1.e6136723f2857p-28, 0x1.e8208dd611677p-32};
// f32: log(1 + f) = f - f^2/2 + f^3 tail(f), 1 + f from sqrt(1/2) to sqrt(2).
// f64: with s = f / (2 + f), log(1 + f) = 2 s + s^3 tail(s^2): the division halves the degree.
// Error 2^-30.2.
const double logTail32[] = {0x1.555548p-2,  -0x1.000006p-2, 0x1.99a482p-3,
                            -0x1.555c5ep-3, 0x1.233a34p-3,  -0x1.fc214ap-4,
                            0x1.e6d28ap-4,  -0x1.de427cp-4, 0x1.14987cp-4};
// Error 2^-58.4.
const double logTail64[] = {0x1.5555555555594p-1, 0x1.999999997f3fep-2, 0x1.2492494286b72p-2,
                            0x1.c71c5186fbe54p-3, 0x1.74665b588ca2ep-3, 0x1.399eb3d56a2b3p-3,
                            0x1.2f256d287fdcep-3};
// tanh(x) = x + x^3 tail(x^2), |x| <= 0.6.
// Error 2^-28.4.
const double tanhTail32[] = {-0x1.55553ep-2, 0x1.1109bep-3, -0x1.b89abap-5, 0x1.54c3c2p-6,
                             -0x1.828776p-8};
// Error 2^-57.8.
const double tanhTail64[] = {-0x1.555555555553p-2,   0x1.111111110e1d4p-3,  -0x1.ba1ba1b782025p-5,
                             0x1.664f47f04cd2ep-6,   -0x1.226e2297db56dp-7, 0x1.d6d0c6bcbdf15p-9,
                             -0x1.7d79df53a2ce3p-10, 0x1.33db3be3c638fp-11, -0x1.e32e703cbe942p-13,
                             0x1.4cad1f0ca1313p-14,  -0x1.203ab162547f8p-16};
// erf(x) = x + x slope(x^2), |x| <= 1.
// Error 2^-29.4.
const double erfSlope32[] = {0x1.06eba8p-3, -0x1.81273ep-2,  0x1.ce2ceap-4, -0x1.b7f7b8p-6,
                             0x1.53f9b8p-8, -0x1.a39b12p-11, 0x1.486a08p-14};
// Error 2^-56.0.
const double erfSlope64[] = {
    0x1.06eba8214db68p-3,  -0x1.812746b0379a3p-2,  0x1.ce2f21a03ffb7p-4,  -0x1.b82ce311cd1dbp-6,
    0x1.565bccf40d59p-8,   -0x1.c02daf8e20173p-11, 0x1.f9a2abbe09659p-14, -0x1.f4c97ae6da7fcp-17,
    0x1.b9784f071538cp-20, -0x1.5bdc2f4240fddp-23, 0x1.d60410ab21c75p-27, -0x1.a89c9f82e5beap-31};
// log(erfc(1 + t)), 0 <= t <= 3 (f32) or 5 (f64), weighted by erfc: erf is 1 minus its exp.
// Error 2^-26.9.
const double logErfc32[] = {-0x1.d97fcp+0, -0x1.51c9bp+1,  -0x1.afabbcp-1, -0x1.547cfp-5,
                            0x1.4933bep-7, -0x1.07b65ep-9, 0x1.2f9778p-12, -0x1.6bd798p-16};
// Error 2^-55.9.
const double logErfc64[] = {-0x1.d97fbf27aa2a1p+0,  -0x1.51c9b0006c21ap+1,  -0x1.afabc11a2afd9p-1,
                            -0x1.5477f099b6c6cp-5,  0x1.48c9d37fc1056p-7,   -0x1.033f5a12c9f62p-9,
                            0x1.f1b04a7b2aba1p-13,  0x1.b92ddbd80de16p-16,  -0x1.c852afdcd1823p-16,
                            0x1.448477b0635a8p-17,  -0x1.1e24ce69ef344p-19, 0x1.b7d3e26f818ccp-23,
                            0x1.f25161a01f56ap-25,  -0x1.1ed4016c83faep-25, 0x1.24b35ee9d2a96p-27,
                            -0x1.6a9650039780ep-30, 0x1.0664f5d42cecep-33,  -0x1.565570ba44db3p-38};

/// The numbers of a format.
struct Format {
  int mantissaBits;
  int bias;
  double log2e;
  // ln(2) = high + low; n * high is exact for every exponent n, by trailing zeros.
  double ln2High, ln2Low;
  // Adding and subtracting it rounds to an integer, which is then in the low bits of the sum.
  double magic;
  double minNormal;
  int64_t sqrtHalfBits;
  double expLow, expHigh;   // exp is 0 below and infinite above
  double exp2Low, exp2High; // the same for exp2
  double expm1Low;          // expm1 is -1 below
  double tanhOne;           // tanh and erf round to 1 above
  double erfOne;
  ArrayRef<double> expTail, expm1Tail, exp2Slope, logTail, tanhTail, erfSlope, logErfc;
};

const Format &formatOf(FloatEmitter &e) {
  static const Format f32 = {23,         127,         0x1.715476p+0, 0x1.62e4p-1, 0x1.7f7d1cp-20,
                             0x1.8p+23,  0x1p-126,    0x3f3504f3,    -104,        89,
                             -151,       129,         -20,           10,          4,
                             expTail32,  expm1Tail32, exp2Slope32,   logTail32,   tanhTail32,
                             erfSlope32, logErfc32};
  static const Format f64 = {52,
                             1023,
                             0x1.71547652b82fep+0,
                             0x1.62e42fefa4p-1,
                             -0x1.8432a1b0e2634p-43,
                             0x1.8p+52,
                             0x1p-1022,
                             0x3fe6a09e667f3bcd,
                             -746,
                             710,
                             -1076,
                             1025,
                             -40,
                             22,
                             6,
                             expTail64,
                             expm1Tail64,
                             exp2Slope64,
                             logTail64,
                             tanhTail64,
                             erfSlope64,
                             logErfc64};
  return e.getElement().isF32() ? f32 : f64;
}

/// An integer n, as a float and as bits.
struct Rounded {
  Value real, integer;
};

/// Rounds x * scale to an integer below 2^22. Not by fptosi, which is undefined for a NaN.
Rounded roundToInteger(FloatEmitter &e, Value x, Value scale) {
  Value magic = e.real(formatOf(e).magic);
  Value sum = scale ? e.fma(x, scale, magic) : e.add(x, magic);
  return {e.sub(sum, magic), e.isub(e.bits(sum), e.bits(magic))};
}

/// An integer below 2^22 to float, exactly. No target lacks this, as some lack sitofp of i64.
Value integerToReal(FloatEmitter &e, Value n) {
  Value magic = e.real(formatOf(e).magic);
  return e.sub(e.fromBits(e.iadd(n, e.bits(magic))), magic);
}

/// 2^n for an exponent n of a normal number.
Value powerOfTwo(FloatEmitter &e, Value n) {
  const Format &format = formatOf(e);
  return e.fromBits(e.shl(e.iadd(n, e.integer(format.bias)), format.mantissaBits));
}

/// value * 2^n where the result may be infinite or denormal: in two steps, of which only the
/// second rounds.
Value scale(FloatEmitter &e, Value value, Value n) {
  Value half = e.ashr(n, 1);
  Value once = e.mul(value, powerOfTwo(e, half));
  return e.mul(once, powerOfTwo(e, e.isub(n, half)));
}

/// x = n ln(2) + r + correction, |r| <= ln(2)/2.
struct Reduced {
  Rounded n;
  Value r, correction;
};

Reduced reduceByLn2(FloatEmitter &e, Value x) {
  const Format &format = formatOf(e);
  Rounded n = roundToInteger(e, x, e.real(format.log2e));
  Value high = e.fma(n.real, e.real(-format.ln2High), x); // exact
  Value low = e.mul(n.real, e.real(format.ln2Low));
  Value r = e.sub(high, low);
  return {n, r, e.sub(e.sub(high, r), low)};
}

/// exp(x) * 2^-n, and n.
std::pair<Value, Value> expMantissa(FloatEmitter &e, Value x) {
  auto [n, r, correction] = reduceByLn2(e, x);
  Value tail = e.polynomial(r, formatOf(e).expTail);
  return {e.add(e.real(1), e.fma(e.mul(r, r), tail, r)), n.integer};
}

/// exp(x) where it is a normal number.
Value expInRange(FloatEmitter &e, Value x) {
  auto [mantissa, n] = expMantissa(e, x);
  return e.mul(mantissa, powerOfTwo(e, n));
}

/// 1 + f = u 2^-k with u > 0 and sqrt(1/2) <= 1 + f < sqrt(2).
struct Split {
  Value k, f;
};

Split splitExponent(FloatEmitter &e, Value u) {
  const Format &format = formatOf(e);
  Value k = e.ashr(e.isub(e.bits(u), e.integer(format.sqrtHalfBits)), format.mantissaBits);
  Value mantissa = e.fromBits(e.isub(e.bits(u), e.shl(k, format.mantissaBits)));
  return {k, e.sub(mantissa, e.real(1))};
}

/// k ln(2) + log(1 + f) + correction.
Value logOfSplit(FloatEmitter &e, Value k, Value f, Value correction) {
  const Format &format = formatOf(e);
  Value rest; // log(1 + f) - f
  if (e.getElement().isF32()) {
    Value tail = e.polynomial(f, format.logTail);
    rest = e.mul(e.mul(f, f), e.fma(f, tail, e.real(-0.5)));
  } else {
    // 2 s = f - h + s h for h = f^2/2, which rounds only what is small.
    Value s = e.div(f, e.add(e.real(2), f));
    Value z = e.mul(s, s);
    Value h = e.mul(e.mul(f, f), e.real(0.5));
    Value tail = e.mul(z, e.polynomial(z, format.logTail));
    rest = e.sub(e.mul(s, e.add(h, tail)), h);
  }
  Value real = integerToReal(e, k);
  Value low = e.fma(real, e.real(format.ln2Low), rest);
  if (correction)
    low = e.add(low, correction);
  // high + f and what that sum loses: log(1/sqrt(2)) as -ln(2) + log(sqrt(2)) cancels half.
  Value high = e.mul(real, e.real(format.ln2High)); // exact
  Value sum = e.add(high, f);
  Value lost = e.add(e.sub(high, sum), f);
  return e.add(sum, e.add(lost, low));
}

/// Puts the values of a logarithm of `u` outside of (0, infinity) in place: -infinity, NaN, or u
/// itself where it is +infinity or NaN.
Value logSpecials(FloatEmitter &e, Value value, Value u) {
  Value zero = e.real(0);
  Value special = e.select(e.cmp(CmpF::OLT, u, zero), e.nan(), u);
  special = e.select(e.cmp(CmpF::OEQ, u, zero), e.infinity(/*negative=*/true), special);
  Value ordinary = e.iand(e.cmp(CmpF::OGT, u, zero), e.cmp(CmpF::OLT, u, e.infinity()));
  return e.select(ordinary, value, special);
}

} // namespace

Value norm::emitExp(FloatEmitter &e, Value x) {
  const Format &format = formatOf(e);
  x = e.atMost(e.atLeast(x, e.real(format.expLow)), e.real(format.expHigh));
  auto [mantissa, n] = expMantissa(e, x);
  return scale(e, mantissa, n);
}

Value norm::emitExp2(FloatEmitter &e, Value x) {
  const Format &format = formatOf(e);
  x = e.atMost(e.atLeast(x, e.real(format.exp2Low)), e.real(format.exp2High));
  Rounded n = roundToInteger(e, x, /*scale=*/nullptr);
  Value r = e.sub(x, n.real); // exact
  Value slope = e.polynomial(r, format.exp2Slope);
  return scale(e, e.fma(r, slope, e.real(1)), n.integer);
}

Value norm::emitExpM1(FloatEmitter &e, Value x) {
  const Format &format = formatOf(e);
  Value bounded = e.atMost(e.atLeast(x, e.real(format.expm1Low)), e.real(format.expHigh));
  auto [n, r, correction] = reduceByLn2(e, bounded);
  Value tail = e.fma(e.mul(r, r), e.polynomial(r, format.expm1Tail), correction);

  // 2^n ((1 - 2^-n) + r + tail). The sums of the large parts keep what they lose: near
  // x = ln(2)/2, 1/2 - 0.35 has two bits less than its parts.
  Value power = powerOfTwo(e, e.isub(e.integer(0), e.imin(n.integer, e.integer(64))));
  Value one = e.real(1);
  Value offset = e.sub(one, power);
  Value offsetLost = e.sub(e.sub(one, offset), power);
  Value sum = e.add(offset, r);
  Value sumLost = e.add(e.sub(offset, sum), r);
  Value value = e.add(sum, e.add(sumLost, e.add(offsetLost, tail)));
  // -0 became 0 in the sums.
  return e.copysign(scale(e, value, n.integer), x);
}

Value norm::emitLog(FloatEmitter &e, Value x) {
  const Format &format = formatOf(e);
  // A denormal has no exponent to read.
  int up = format.mantissaBits + 1;
  Value denormal = e.cmp(CmpF::OLT, x, e.real(format.minNormal));
  Value u = e.select(denormal, e.mul(x, e.real(std::ldexp(1.0, up))), x);
  auto [k, f] = splitExponent(e, u);
  k = e.isub(k, e.select(denormal, e.integer(up), e.integer(0)));
  return logSpecials(e, logOfSplit(e, k, f, /*correction=*/nullptr), x);
}

Value norm::emitLog1p(FloatEmitter &e, Value x) {
  // u + lost = 1 + x exactly.
  Value one = e.real(1);
  Value u = e.add(one, x);
  Value part = e.sub(u, one);
  Value lost = e.add(e.sub(one, e.sub(u, part)), e.sub(x, part));
  auto [k, f] = splitExponent(e, u);

  // log(1 + f + d) = log(1 + f) + d / (1 + f) for the scaled loss d, the quotient to a few bits.
  // Beyond 2^64 nothing is left of d.
  Value power = powerOfTwo(e, e.isub(e.integer(0), e.imin(k, e.integer(64))));
  Value reciprocal = e.polynomial(f, {1, -1, 1, -1});
  Value correction = e.mul(e.mul(lost, power), reciprocal);

  // No exponent, no loss: f is x itself.
  Value small = e.icmp(CmpI::eq, k, e.integer(0));
  f = e.select(small, x, f);
  correction = e.select(small, e.real(0), correction);
  // -0 became 0 in the sums.
  return e.copysign(logSpecials(e, logOfSplit(e, k, f, correction), u), x);
}

Value norm::emitTanh(FloatEmitter &e, Value x) {
  const Format &format = formatOf(e);
  Value a = e.abs(x);
  Value z = e.mul(a, a);
  Value small = e.fma(e.mul(a, z), e.polynomial(z, format.tanhTail), a);

  Value bounded = e.atMost(a, e.real(format.tanhOne));
  Value power = expInRange(e, e.add(bounded, bounded));
  Value one = e.real(1);
  Value large = e.sub(one, e.div(e.real(2), e.add(power, one)));
  return e.copysign(e.select(e.cmp(CmpF::OLT, a, e.real(0.6)), small, large), x);
}

Value norm::emitErf(FloatEmitter &e, Value x) {
  const Format &format = formatOf(e);
  Value a = e.abs(x);
  Value one = e.real(1);
  Value z = e.mul(a, a);
  Value small = e.fma(a, e.polynomial(z, format.erfSlope), a);

  Value t = e.sub(e.atMost(a, e.real(format.erfOne)), one);
  Value large = e.sub(one, expInRange(e, e.polynomial(t, format.logErfc)));
  return e.copysign(e.select(e.cmp(CmpF::OLT, a, one), small, large), x);
}
