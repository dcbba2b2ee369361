//===- Formats.cpp - floating-point formats and their roundings -------------===//
//
// Roundings work on integers, so that the host's rounding mode plays no part.
//
//===----------------------------------------------------------------------===//

#include "Formats.h"

using namespace normc::ptxsim;

const Format *normc::ptxsim::formatOf(Type type) {
  switch (type) {
  case Type::F32:
    return &formatF32;
  case Type::F16:
  case Type::F16X2:
    return &formatF16;
  case Type::BF16:
  case Type::BF16X2:
    return &formatBF16;
  case Type::E4M3:
  case Type::E4M3X2:
    return &formatE4M3;
  case Type::E5M2:
  case Type::E5M2X2:
    return &formatE5M2;
  case Type::E2M1:
  case Type::E2M1X2:
    return &formatE2M1;
  case Type::E2M3:
  case Type::E2M3X2:
    return &formatE2M3;
  case Type::E3M2:
  case Type::E3M2X2:
    return &formatE3M2;
  default:
    return nullptr;
  }
}

// Whether a magnitude with `rest` of `one` units below its last bit goes up.
static bool goesUp(uint64_t quotient, uint64_t rest, uint64_t half, Rounding rounding,
                   bool negative) {
  switch (rounding) {
  case Rounding::Nearest:
    return rest > half || (rest == half && (quotient & 1));
  case Rounding::NearestAway:
    return rest >= half;
  case Rounding::Zero:
    return false;
  case Rounding::Down:
    return rest && negative;
  case Rounding::Up:
    return rest && !negative;
  }
  return false;
}

uint32_t normc::ptxsim::encode(double value, const Format &format, Rounding rounding,
                               bool satFinite) {
  if (value != value)
    return format.nan;
  uint64_t bits = bitsOf(value);
  bool negative = bits >> 63;
  uint32_t sign = negative ? 1u << (format.mantissa + format.exponent) : 0;
  int exponent = int(bits >> 52 & 0x7ff) - 1023;
  uint64_t mantissa = bits & ((uint64_t(1) << 52) - 1);
  uint32_t tooLarge = satFinite || !format.infinity ? format.largest : format.infinity;
  if (!satFinite && !format.infinity && format.nan != format.largest)
    tooLarge = format.nan; // e4m3 has no infinity
  if (exponent == 1024)
    return sign | tooLarge;
  // A double's subnormals are far below every format's.
  if (exponent > -1023)
    mantissa |= uint64_t(1) << 52;
  else
    exponent = -1022;
  int least = 1 - format.bias, unit = (exponent > least ? exponent : least) - format.mantissa;
  int shift = unit - (exponent - 52);
  uint64_t quotient, rest, half;
  if (shift >= 62) {
    quotient = 0;
    rest = mantissa != 0;
    half = 2;
  } else {
    quotient = mantissa >> shift;
    rest = mantissa & ((uint64_t(1) << shift) - 1);
    half = uint64_t(1) << (shift - 1);
  }
  quotient += goesUp(quotient, rest, half, rounding, negative);
  // As the exponent's field follows the mantissa's, a carry is right by itself.
  uint64_t field = exponent > least ? uint64_t(exponent + format.bias - 1) : 0;
  uint64_t result = (field << format.mantissa) + quotient;
  if (result > format.largest) {
    bool towardsZero = rounding == Rounding::Zero || (rounding == Rounding::Down && !negative) ||
                       (rounding == Rounding::Up && negative);
    return sign | (towardsZero ? format.largest : tooLarge);
  }
  return sign | uint32_t(result);
}

double normc::ptxsim::decode(uint32_t bits, const Format &format) {
  uint32_t signBit = 1u << (format.mantissa + format.exponent);
  uint32_t magnitude = bits & (signBit - 1);
  bool negative = bits & signBit;
  double value;
  if (magnitude > format.largest) {
    bool isInfinity = format.infinity && magnitude == format.infinity;
    value = isInfinity ? HUGE_VAL : NAN;
  } else {
    uint32_t field = magnitude >> format.mantissa;
    uint32_t mantissa = magnitude & ((1u << format.mantissa) - 1);
    value = field ? std::ldexp(double(mantissa | 1u << format.mantissa),
                               int(field) - format.bias - format.mantissa)
                  : std::ldexp(double(mantissa), 1 - format.bias - format.mantissa);
  }
  return negative ? -value : value;
}

uint32_t normc::ptxsim::encodeScale(float value, Rounding rounding) {
  uint32_t magnitude = bitsOf(value) & 0x7fffffff;
  if (magnitude > 0x7f800000)
    return 0xff;
  uint32_t field = magnitude >> 23, rest = magnitude & 0x7fffff;
  if (rounding == Rounding::Up && rest && !(field == 0 && rest <= 0x400000))
    ++field;
  return field > 254 ? 254 : field;
}

double normc::ptxsim::addToOdd(double a, double b) {
  double sum = a + b;
  if (!(std::fabs(sum) < HUGE_VAL))
    return sum;
  // What the addition lost, exactly.
  double part = sum - a;
  double lost = (a - (sum - part)) + (b - part);
  uint64_t bits = bitsOf(sum);
  if (lost == 0 || (bits & 1))
    return sum;
  // The sum is even and not exact: its odd neighbour is on the side of what was lost.
  bool away = (lost > 0) == (sum > 0);
  if (sum == 0)
    return sum;
  return asDouble(away ? bits + 1 : bits - 1);
}

double normc::ptxsim::integerToOdd(uint64_t magnitude, bool negative) {
  int spare = magnitude ? 11 - __builtin_clzll(magnitude) : 0;
  if (spare > 0) {
    uint64_t rest = magnitude & ((uint64_t(1) << spare) - 1);
    magnitude = (magnitude >> spare | (rest != 0)) << spare;
  }
  double value = double(magnitude);
  return negative ? -value : value;
}

double normc::ptxsim::integerToDouble(uint64_t magnitude, bool negative, Rounding rounding) {
  int spare = magnitude ? 11 - __builtin_clzll(magnitude) : 0;
  double value;
  if (spare > 0) {
    uint64_t rest = magnitude & ((uint64_t(1) << spare) - 1), quotient = magnitude >> spare;
    quotient += goesUp(quotient, rest, uint64_t(1) << (spare - 1), rounding, negative);
    value = std::ldexp(double(quotient), spare);
  } else {
    value = double(magnitude);
  }
  return negative ? -value : value;
}
