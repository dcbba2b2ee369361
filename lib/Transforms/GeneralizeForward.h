//===- GeneralizeForward.h - one formula for every forward operation -----===//
//
// The named operations differ in their iteration space and in which parts of one formula they have.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_TRANSFORMS_GENERALIZEFORWARD_H
#define NORMC_LIB_TRANSFORMS_GENERALIZEFORWARD_H

#include "GeneralizeUtils.h"

namespace mlir::norm {

/// What a forward operation computes; absent parts are null.
struct Forward {
  Value input, residual, scale, bias, gate;
  Scalar eps;
  bool centred = true;
  Rounding rounding = Rounding::Once;
  double weightOffset = 0.0;
  SumRounding residualSum = SumRounding::Unrounded;
  Gating gating = Gating::After;
  Statistic saved = Statistic::Rstd;
  Accuracy accuracy = Accuracy::Exact;
  /// Statistics that are given, not computed.
  Value givenMean, givenVariance;
  /// Running statistics and how they are updated.
  Value runningMean, runningVariance;
  Scalar momentum;
  MomentumOf momentumOf = MomentumOf::Batch;
  Estimate estimate = Estimate::Biased;
  /// Results: y, then those of `sum` and the statistics that are given.
  Value y, sum, mean, statistic, newMean, newVariance;
};

/// Puts one norm.generic in the place of `op`.
void generalizeForward(RewriterBase &rewriter, Operation *op, Space space, const Forward &forward);

} // namespace mlir::norm

#endif // NORMC_LIB_TRANSFORMS_GENERALIZEFORWARD_H
