//===- Formula.h - the formulas of normalizations, in expressions ----------===//
//
// Which normalization an expression is, and of what: a formula is compared as a polynomial.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_RAISE_FORMULA_H
#define NORMC_LIB_RAISE_FORMULA_H

#include "Reader.h"

namespace mlir::norm {

/// What is under the root: a variance or a mean of squares, and epsilon.
struct Statistics {
  Value input;
  /// Of the input, inside of sums; `bound` are summed over.
  Axes axes;
  SmallVector<Symbol> bound;
  bool centred = false;
  Poly mean, variance, epsilon;
};

/// What was expected where a formula is nearly one.
struct Miss {
  /// How much of it was found.
  int progress = 0;
  std::string reason;
  void note(int found, const llvm::Twine &why) {
    if (found > progress)
      progress = found, reason = why.str();
  }
};

/// `base` as variance(input) + epsilon or mean(input^2) + epsilon.
std::optional<Statistics> matchStatistics(Algebra &algebra, const Poly &base, Value input,
                                          Miss &miss);

/// scale * (input - mean) / sqrt(variance + epsilon) + bias, with its roundings.
struct Affine {
  Statistics stats;
  AtomId base;
  /// Of the input in the result: the result's symbols.
  Axes axes;
  /// Constants 1 and 0 where there are none.
  Poly scale, bias;
  /// Rounded after the division and after the scale too.
  bool normalized = false;
};
std::optional<Affine> matchAffine(Algebra &algebra, const Poly &result, Value input, Miss &miss);

/// The same with given statistics, which are no sums.
struct FixedAffine {
  Value input;
  Axes axes;
  Poly mean, variance, epsilon, scale, bias;
};
std::optional<FixedAffine> matchFixedAffine(Algebra &algebra, const Poly &result, Value input);

/// A constant that is not negative, or a scalar of which nothing more is known.
bool isEpsilon(const Algebra &algebra, const Poly &poly);

/// The argument of a rounding, where a polynomial is one.
const Poly *getRounded(const Algebra &algebra, const Poly &poly);

/// Takes the last rounding off a result of this type, and says whether there was one; nothing where
/// it is rounded to another type, and is no last result.
std::optional<bool> takeRounding(const Algebra &algebra, Poly &poly, Type type);

/// The terms that have a factor, without it.
Poly getCofactor(Algebra &algebra, const Poly &poly, AtomId id, int halves);

/// The bases of square roots in a polynomial, those in its functions too.
SmallVector<AtomId> findRoots(const Algebra &algebra, const Poly &poly);

} // namespace mlir::norm

#endif // NORMC_LIB_RAISE_FORMULA_H
