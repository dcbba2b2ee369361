//===- FloatMath.cpp - floating-point operations on bits --------------------===//
//
// f32 is computed in f64: sums, products and sums of products are exact there, or rounded to odd,
// so that one rounding of any mode gives the right bits. Approximate instructions give the exact
// value, rounded to nearest.
//
//===----------------------------------------------------------------------===//

#include "FloatMath.h"

#include <cfenv>

using namespace normc::ptxsim;

namespace {
// A quotient or root in f64 whose remainder says on which side the exact value lies.
double towardsOdd(double value, double remainderSign) {
  uint64_t bits = bitsOf(value);
  if (remainderSign == 0 || (bits & 1) || !(std::fabs(value) < HUGE_VAL) || value == 0)
    return value;
  return asDouble((remainderSign > 0) == (value > 0) ? bits + 1 : bits - 1);
}

double divideToOdd(double a, double b) {
  double q = a / b;
  if (b == 0 || !(std::fabs(q) < HUGE_VAL) || std::fabs(b) == HUGE_VAL)
    return q;
  double rest = std::fma(-q, b, a);
  return towardsOdd(q, b > 0 ? rest : -rest);
}

double rootToOdd(double a) {
  double root = std::sqrt(a);
  return root > 0 && root < HUGE_VAL ? towardsOdd(root, std::fma(-root, root, a)) : root;
}

template <class T> bool isNegative(T a) { return std::signbit(a); }

template <class T> T lesser(T a, T b) {
  if (a == b)
    return isNegative(a) ? a : b;
  return a < b ? a : b;
}
template <class T> T greater(T a, T b) {
  if (a == b)
    return isNegative(a) ? b : a;
  return a > b ? a : b;
}

/// min and max of every format: NaN is absent unless it propagates. Sets `nan` for a NaN result.
template <class T> T choose(bool isMin, const Inst &inst, T a, T b, bool &nan) {
  bool absolute = inst.flags & (AbsoluteValue | XorSign);
  bool sign = isNegative(a) != isNegative(b);
  if (absolute)
    a = std::fabs(a), b = std::fabs(b);
  bool none = a != a && b != b, any = a != a || b != b;
  nan = none || (any && (inst.flags & PropagateNaN));
  if (nan)
    return a;
  T result = a != a ? b : b != b ? a : isMin ? lesser(a, b) : greater(a, b);
  if (inst.flags & XorSign)
    result = std::copysign(result, sign ? T(-1) : T(1));
  return result;
}

float tooLargeToDivide(float a, float b) {
  // div.approx: above 2^126 the reciprocal is zero.
  if (std::fabs(b) > 0x1p126f && std::fabs(b) < INFINITY && !std::isnan(a)) {
    if (std::isinf(a))
      return NAN;
    return std::signbit(a) != std::signbit(b) ? -0.0f : 0.0f;
  }
  return a / b;
}

double approximate(Op op, double a) {
  switch (op) {
  case Op::Rsqrt:
    return 1 / std::sqrt(a);
  case Op::Sin:
    return std::sin(a);
  case Op::Cos:
    return std::cos(a);
  case Op::Lg2:
    return std::log2(a);
  case Op::Ex2:
    return std::exp2(a);
  case Op::Tanh:
    return std::tanh(a);
  case Op::Rcp:
    return 1 / a;
  default:
    return std::sqrt(a);
  }
}

// The exact value, or a double rounded to odd.
double exactF32(Op op, double a, double b, double c) {
  switch (op) {
  case Op::Add:
    return addToOdd(a, b);
  case Op::Sub:
    return addToOdd(a, -b);
  case Op::Mul:
    return a * b;
  case Op::Fma: {
    double product = a * b;
    if (std::isinf(c) && std::isfinite(product))
      return c;
    return addToOdd(product, c);
  }
  case Op::Div:
    return divideToOdd(a, b);
  case Op::Rcp:
    return divideToOdd(1, a);
  case Op::Sqrt:
    return rootToOdd(a);
  default:
    return approximate(op, a);
  }
}

float saturated(float value) { return value > 0 ? (value < 1 ? value : 1) : 0; }

// An exact sum that is zero takes its sign from the rounding.
double zeroSign(double value, Op op, const Inst &inst, double a, double b, double c) {
  if (value != 0 || inst.rounding != Rounding::Down)
    return value;
  bool sum = op == Op::Add || op == Op::Sub || op == Op::Fma;
  if (!sum)
    return value;
  double left = op == Op::Fma ? a * b : a, right = op == Op::Fma ? c : op == Op::Sub ? -b : b;
  bool same = std::signbit(left) == std::signbit(right);
  return left == 0 && right == 0 && same ? value : -0.0;
}
} // namespace

uint64_t normc::ptxsim::computeF32(Op op, const Inst &inst, float a, float b, float c) {
  bool ftz = inst.flags & Ftz;
  if (op == Op::Abs || op == Op::Neg) {
    if (ftz)
      a = flush(a);
    uint32_t bits = bitsOf(a);
    return op == Op::Abs ? bits & 0x7fffffff : bits ^ 0x80000000;
  }
  if (op == Op::CopySign)
    return (bitsOf(b) & 0x7fffffff) | (bitsOf(a) & 0x80000000);
  if (ftz)
    a = flush(a), b = flush(b), c = flush(c);
  if (op == Op::Min || op == Op::Max || op == Op::Min3 || op == Op::Max3) {
    bool isMin = op == Op::Min || op == Op::Min3, nan;
    float result = choose(isMin, inst, a, b, nan);
    if (op == Op::Min3 || op == Op::Max3)
      result = choose(isMin, inst, nan ? NAN : result, c, nan);
    return nan ? 0x7fffffff : bitsOf(result);
  }
  float result;
  if (op == Op::Div && (inst.flags & Approximate)) {
    result = tooLargeToDivide(a, b);
  } else if (inst.rounding == Rounding::Nearest && op == Op::Add) {
    result = a + b;
  } else if (inst.rounding == Rounding::Nearest && op == Op::Rcp) {
    result = 1 / a;
  } else if (inst.rounding == Rounding::Nearest && op == Op::Sqrt) {
    result = std::sqrt(a);
  } else {
    double exact = zeroSign(exactF32(op, a, b, c), op, inst, a, b, c);
    result = asFloat(encode(exact, formatF32, inst.rounding));
  }
  if (ftz)
    result = flush(result);
  if (inst.flags & Sat)
    result = saturated(result);
  if (inst.flags & Relu)
    result = result > 0 || result != result ? result : 0;
  return canonical(result);
}

namespace {
struct RoundingMode {
  explicit RoundingMode(Rounding rounding) : kept(fegetround()) {
    static const int modes[] = {FE_TONEAREST, FE_TOWARDZERO, FE_DOWNWARD, FE_UPWARD, FE_TONEAREST};
    fesetround(modes[int(rounding)]);
  }
  ~RoundingMode() { fesetround(kept); }
  int kept;
};

// The compiler does not know of rounding modes: volatile keeps the operation where it stands.
__attribute__((noinline)) double nativeF64(Op op, double left, double right, double third) {
  volatile double a = left, b = right, c = third, result;
  switch (op) {
  case Op::Add:
    result = a + b;
    break;
  case Op::Sub:
    result = a - b;
    break;
  case Op::Mul:
    result = a * b;
    break;
  case Op::Fma:
    result = std::fma(a, b, c);
    break;
  case Op::Div:
    result = a / b;
    break;
  case Op::Rcp:
    result = 1 / a;
    break;
  default:
    result = std::sqrt(a);
    break;
  }
  return result;
}
} // namespace

uint64_t normc::ptxsim::computeF64(Op op, const Inst &inst, double a, double b, double c) {
  switch (op) {
  case Op::Abs:
    return bitsOf(a) & ~(uint64_t(1) << 63);
  case Op::Neg:
    return bitsOf(a) ^ uint64_t(1) << 63;
  case Op::CopySign:
    return (bitsOf(b) & ~(uint64_t(1) << 63)) | (bitsOf(a) & uint64_t(1) << 63);
  case Op::Min:
  case Op::Max: {
    bool nan;
    double result = choose(op == Op::Min, inst, a, b, nan);
    return nan ? 0x7fffffffffffffff : bitsOf(result);
  }
  default:
    break;
  }
  if (inst.flags & Approximate) {
    // rcp and rsqrt of f64 give the upper half of the result only.
    if (inst.flags & Ftz && std::fabs(a) < 0x1p-1022)
      a = std::copysign(0.0, a);
    double result = approximate(op, a);
    if (inst.flags & Ftz && std::fabs(result) < 0x1p-1022)
      result = std::copysign(0.0, result);
    return result != result ? 0x7fffffff00000000 : bitsOf(result) & ~uint64_t(0xffffffff);
  }
  if (inst.rounding == Rounding::Nearest)
    return bitsOf(nativeF64(op, a, b, c));
  RoundingMode mode(inst.rounding);
  return bitsOf(nativeF64(op, a, b, c));
}

uint32_t normc::ptxsim::computeHalf(Op op, const Inst &inst, const Format &format, uint32_t abits,
                                    uint32_t bbits, uint32_t cbits) {
  bool ftz = inst.flags & Ftz, isF16 = format.mantissa == 10;
  auto flushHalf = [&](uint32_t bits) {
    return ftz && !(bits & format.infinity) ? bits & 0x8000 : bits;
  };
  abits = flushHalf(abits & 0xffff);
  bbits = flushHalf(bbits & 0xffff);
  cbits = flushHalf(cbits & 0xffff);
  if (op == Op::Abs)
    return abits & 0x7fff;
  if (op == Op::Neg)
    return abits ^ 0x8000;
  auto toFloat = [&](uint32_t bits) { return isF16 ? f16ToFloat(bits) : bf16ToFloat(bits); };
  float a = toFloat(abits), b = toFloat(bbits), c = toFloat(cbits);
  uint32_t result;
  switch (op) {
  case Op::Min:
  case Op::Max:
  case Op::Min3:
  case Op::Max3: {
    bool isMin = op == Op::Min || op == Op::Min3, nan;
    float chosen = choose(isMin, inst, a, b, nan);
    if (op == Op::Min3 || op == Op::Max3)
      chosen = choose(isMin, inst, nan ? NAN : chosen, c, nan);
    return nan ? format.nan : encode(chosen, format, Rounding::Nearest);
  }
  // A float has twice the bits and two more: rounding twice is rounding once.
  case Op::Add:
    result = isF16 ? floatToF16(a + b) : floatToBF16(a + b);
    break;
  case Op::Sub:
    result = isF16 ? floatToF16(a - b) : floatToBF16(a - b);
    break;
  case Op::Mul:
    result = isF16 ? floatToF16(a * b) : floatToBF16(a * b);
    break;
  default:
    result = encode(exactF32(op, a, b, c), format, Rounding::Nearest);
  }
  result = flushHalf(result);
  bool isNaN = (result & 0x7fff) > format.infinity, negative = result & 0x8000;
  if (inst.flags & Sat) {
    uint32_t one = isF16 ? 0x3c00 : 0x3f80;
    return isNaN || negative ? 0 : result > one ? one : result;
  }
  if (isNaN)
    return format.nan;
  return inst.flags & Relu && negative ? 0 : result;
}
