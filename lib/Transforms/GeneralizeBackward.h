//===- GeneralizeBackward.h - one formula for every backward operation ---===//
//
// As for the forward operations: an iteration space and the parts of one formula.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_TRANSFORMS_GENERALIZEBACKWARD_H
#define NORMC_LIB_TRANSFORMS_GENERALIZEBACKWARD_H

#include "GeneralizeUtils.h"

namespace mlir::norm {

/// What a backward operation computes; absent parts are null.
struct Backward {
  Value dy, input, scale, dsum;
  /// Saved statistics; computed again from the input where absent.
  Value mean, statistic;
  Statistic saved = Statistic::Rstd;
  Scalar eps;
  bool centred = true;
  /// The statistics are constants, not functions of the input: batch normalization in inference.
  bool fixed = false;
  double weightOffset = 0.0;
  Accuracy accuracy = Accuracy::Exact;
  /// Results; at least one.
  Value dx, dscale, dbias;
};

/// Puts one norm.generic in the place of `op`.
void generalizeBackward(RewriterBase &rewriter, Operation *op, Space space, const Backward &backward);

} // namespace mlir::norm

#endif // NORMC_LIB_TRANSFORMS_GENERALIZEBACKWARD_H
