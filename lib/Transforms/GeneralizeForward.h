//===- GeneralizeForward.h - one formula for every forward operation -----===//
//
// The named operations differ in their iteration space and in which parts of one formula they have.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_TRANSFORMS_GENERALIZEFORWARD_H
#define NORMC_LIB_TRANSFORMS_GENERALIZEFORWARD_H

#include "GeneralizeUtils.h"

namespace mlir::norm {

/// `eps` or a momentum: an attribute, or an operand.
struct Scalar {
  Value operand;
  FloatAttr attribute;
};

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
  /// Results: y, then those of `sum` and the statistics that are given.
  Value y, sum, mean, statistic;
};

/// Puts one norm.generic in the place of `op`.
void generalizeForward(RewriterBase &rewriter, Operation *op, Space space, const Forward &forward);

/// The value of a scalar inside the program; `input` is its number, or -1 for an attribute.
Value getScalar(Program &p, const Scalar &scalar, ValueRange inputs, int input);

} // namespace mlir::norm

#endif // NORMC_LIB_TRANSFORMS_GENERALIZEFORWARD_H
