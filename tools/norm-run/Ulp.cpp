//===- Ulp.cpp - errors in units in the last place -----------------------===//
//
// All in long double: an error of half an ULP of f64 needs more digits than f64 has.
//
//===----------------------------------------------------------------------===//

#include "Ulp.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace llvm;
using namespace normrun;

namespace {
struct Format {
  int precision; // with the implicit bit
  int minExponent, maxExponent;
  bool hasInfinity = true;

  long double getUlpOfLargest() const { return std::ldexp(1.0L, maxExponent - precision + 1); }
  /// Where infinity would be, the last fraction is NaN.
  long double getLargest() const {
    return 2 * std::ldexp(1.0L, maxExponent) - (hasInfinity ? 1 : 2) * getUlpOfLargest();
  }
};
} // namespace

static Format getFormat(DLDataType type) {
  if (type.code == kDLBfloat)
    return {8, -126, 127};
  if (type.code == float8E5M2)
    return {3, -14, 15};
  if (type.code == float8E4M3FN)
    return {4, -6, 8, /*hasInfinity=*/false};
  switch (type.bits) {
  case 16:
    return {11, -14, 15};
  case 32:
    return {24, -126, 127};
  case 64:
    return {53, -1022, 1023};
  default:
    return {64, -16382, 16383};
  }
}

long double normrun::getUlp(DLDataType type, long double value) {
  if (!isFloat(type))
    return 1;
  Format format = getFormat(type);
  // Subnormal numbers have the spacing of the smallest normal ones.
  int exponent = value == 0 ? format.minExponent : std::ilogb(value);
  exponent = std::clamp(exponent, format.minExponent, format.maxExponent);
  return std::ldexp(1.0L, exponent - format.precision + 1);
}

double normrun::getUlpError(DLDataType type, long double got, long double expected) {
  const double infinity = std::numeric_limits<double>::infinity();
  // What is too large is NaN there.
  if (isFloat(type) && !getFormat(type).hasInfinity && std::isnan(got) && !std::isnan(expected))
    got = std::copysign((long double)infinity, expected);
  if (std::isnan(got) || std::isnan(expected))
    return std::isnan(got) && std::isnan(expected) ? 0 : infinity;
  if (isFloat(type) && std::isinf(got)) {
    // Beyond the largest number by half an ULP, rounding to nearest gives infinity; within one ULP
    // of that limit an infinity is a rounding error like any other.
    Format format = getFormat(type);
    long double ulp = format.getUlpOfLargest();
    long double limit = format.getLargest() + ulp / 2;
    if (std::signbit(got) != std::signbit(expected))
      return infinity;
    if (std::fabs(expected) >= limit)
      return 0;
    return std::fabs(expected) > limit - ulp ? double((limit - std::fabs(expected)) / ulp)
                                             : infinity;
  }
  if (std::isinf(expected) || std::isinf(got))
    return got == expected ? 0 : infinity;
  return double(std::fabs(got - expected) / getUlp(type, expected));
}

UlpReport normrun::compareUlp(const Tensor &got, const Tensor &expected) {
  UlpReport report;
  report.count = got.getNumElements();
  long double sum = 0, largestError = 0, largest = 0;
  uint64_t finite = 0;
  for (uint64_t i = 0; i < report.count; ++i) {
    long double g = got.load(i), e = expected.load(i);
    double error = getUlpError(got.getType(), g, e);
    if (std::isinf(error)) {
      if (report.mismatches++ == 0) {
        report.firstMismatch = i;
        report.mismatchGot = double(g);
        report.mismatchExpected = double(e);
      }
      continue;
    }
    if (!std::isfinite(g) || !std::isfinite(e))
      continue;
    ++finite;
    sum += error;
    largest = std::max(largest, std::fabs(e));
    largestError = std::max(largestError, std::fabs(g - e));
    if (error > report.maxUlp || finite == 1) {
      report.maxUlp = error;
      report.worst = i;
      report.worstGot = double(g);
      report.worstExpected = double(e);
    }
  }
  report.meanUlp = finite ? double(sum / finite) : 0;
  report.largest = double(largest);
  report.maxScaledUlp = double(largestError / getUlp(got.getType(), largest));
  report.maxScaledRelative = largest > 0 ? double(largestError / largest) : 0;
  return report;
}
