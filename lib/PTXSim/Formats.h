//===- Formats.h - floating-point formats and their roundings ---------------===//
//
// Every format but f64 fits into a double; a value is computed there and rounded once, from all its
// bits. Where a sum does not fit, the double is rounded to odd, which keeps the second rounding
// right.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_PTXSIM_FORMATS_H
#define NORMC_LIB_PTXSIM_FORMATS_H

#include "Program.h"

#include <cmath>
#include <cstring>

namespace normc::ptxsim {

struct Format {
  int mantissa, exponent, bias;
  uint32_t largest, infinity, nan; // infinity is zero where there is none
};
constexpr Format formatF32{23, 8, 127, 0x7f7fffff, 0x7f800000, 0x7fffffff};
constexpr Format formatTF32{10, 8, 127, 0x3fbff, 0x3fc00, 0x3ffff}; // bits 13 and up of an f32
constexpr Format formatF16{10, 5, 15, 0x7bff, 0x7c00, 0x7fff};
constexpr Format formatBF16{7, 8, 127, 0x7f7f, 0x7f80, 0x7fff};
constexpr Format formatE4M3{3, 4, 7, 0x7e, 0, 0x7f};
constexpr Format formatE5M2{2, 5, 15, 0x7b, 0x7c, 0x7f};
constexpr Format formatE2M1{1, 2, 1, 0x7, 0, 0x7};
constexpr Format formatE2M3{3, 2, 1, 0x1f, 0, 0x1f};
constexpr Format formatE3M2{2, 3, 3, 0x1f, 0, 0x1f};

const Format *formatOf(Type type);

/// The bits of `value` in `format`. With `satFinite`, what is too large becomes the largest.
uint32_t encode(double value, const Format &format, Rounding rounding, bool satFinite = false);
double decode(uint32_t bits, const Format &format);
/// A power of two, as ue8m0 has it.
uint32_t encodeScale(float value, Rounding rounding);

/// The double nearest to a + b that is odd where it is not exact.
double addToOdd(double a, double b);
/// For 64-bit integers on their way to narrower formats.
double integerToOdd(uint64_t magnitude, bool negative);
double integerToDouble(uint64_t magnitude, bool negative, Rounding rounding);

inline float asFloat(uint64_t bits) {
  uint32_t word = uint32_t(bits);
  float value;
  memcpy(&value, &word, sizeof value);
  return value;
}
inline uint32_t bitsOf(float value) {
  uint32_t word;
  memcpy(&word, &value, sizeof word);
  return word;
}
inline double asDouble(uint64_t bits) {
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}
inline uint64_t bitsOf(double value) {
  uint64_t word;
  memcpy(&word, &value, sizeof word);
  return word;
}
inline uint64_t canonical(float value) { return value != value ? 0x7fffffff : bitsOf(value); }
inline float flush(float value) {
  uint32_t bits = bitsOf(value);
  return (bits & 0x7f800000) ? value : asFloat(bits & 0x80000000);
}

/// Round to nearest even, the common case without a detour.
inline uint32_t floatToBF16(float value) {
  uint32_t bits = bitsOf(value);
  if (value != value)
    return 0x7fff;
  return (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
}
inline uint32_t floatToF16(float value) {
  uint32_t bits = bitsOf(value), sign = bits >> 16 & 0x8000, magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000)
    return 0x7fff;
  if (magnitude >= 0x47800000) // 2^16 and above
    return sign | 0x7c00;
  if (magnitude >= 0x38800000) // normal in f16: carries run into the exponent, up to infinity
    return sign | ((magnitude - 0x38000000 + 0xfff + (magnitude >> 13 & 1)) >> 13);
  if (magnitude < 0x33000000) // below half of the smallest
    return sign;
  uint32_t shift = 126 - (magnitude >> 23), mantissa = (magnitude & 0x7fffff) | 0x800000;
  uint32_t result = mantissa >> shift, rest = mantissa & ((1u << shift) - 1),
           half = 1u << (shift - 1);
  return sign | (result + (rest > half || (rest == half && (result & 1))));
}
inline float f16ToFloat(uint32_t half) {
  uint32_t sign = (half & 0x8000) << 16, rest = half & 0x7fff;
  if (rest >= 0x7c00)
    return asFloat(sign | 0x7f800000 | (rest & 0x3ff) << 13);
  if (rest >= 0x400)
    return asFloat(sign | ((rest << 13) + 0x38000000));
  float value = float(rest) * 5.9604644775390625e-8f; // 2^-24
  return sign ? -value : value;
}
inline float bf16ToFloat(uint32_t half) { return asFloat(uint64_t(half & 0xffff) << 16); }

} // namespace normc::ptxsim

#endif // NORMC_LIB_PTXSIM_FORMATS_H
