//===- Ulp.h - errors in units in the last place -------------------------===//
//
// How far a tensor is from the exact values, in two measures. In ULPs of each value: what the type
// can resolve there, and hard to meet where terms cancelled near 0. In ULPs of the largest value
// of the tensor: what cancellation does not inflate.
//
//===----------------------------------------------------------------------===//

#ifndef NORM_RUN_ULP_H
#define NORM_RUN_ULP_H

#include "Tensor.h"

namespace normrun {

struct UlpReport {
  uint64_t count = 0;
  /// Over the elements where both values are finite.
  double maxUlp = 0, meanUlp = 0;
  uint64_t worst = 0;
  double worstGot = 0, worstExpected = 0;
  /// The largest absolute error, in ULPs of the largest exact magnitude; and divided by it.
  double maxScaledUlp = 0, maxScaledRelative = 0;
  double largest = 0;
  /// Elements where one value is NaN or infinite and the other is not the same.
  uint64_t mismatches = 0;
  uint64_t firstMismatch = 0;
  double mismatchGot = 0, mismatchExpected = 0;
};

/// The distance from one number of `type` of that magnitude to the next; 1 for integers.
long double getUlp(DLDataType type, long double value);

/// The error of `got`, a value of `type`, in ULPs of `type` at `expected`. 0 if both are NaN, or
/// `got` is what `expected` overflows to; infinity if only one is finite.
double getUlpError(DLDataType type, long double got, long double expected);

/// `expected` has the shape of `got` and a type as wide or wider.
UlpReport compareUlp(const Tensor &got, const Tensor &expected);

} // namespace normrun

#endif // NORM_RUN_ULP_H
