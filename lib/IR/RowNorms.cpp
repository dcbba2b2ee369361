//===- RowNorms.cpp - norm.layer_norm and norm.rms_norm ------------------===//
//
// Rules and canonicalizations of the normalizations of rows, forward and backward.
//
//===----------------------------------------------------------------------===//

#include "NamedOpRules.h"

using namespace mlir;
using namespace mlir::norm;

//===----------------------------------------------------------------------===//
// Shared rules
//===----------------------------------------------------------------------===//

/// C1 to C7, except for the statistics' shape.
template <typename Op>
static LogicalResult verifyForward(Op op, Value bias, unsigned numStatistics,
                                   ArrayRef<int64_t> statisticShape) {
  auto input = cast<RankedTensorType>(op.getInput().getType());
  ArrayRef<int64_t> rows = input.getShape().drop_back(op.getAxes().size());
  ArrayRef<int64_t> row = input.getShape().drop_front(rows.size());
  // C2
  if (failed(verifyShape(op, op.getScale(), "scale", row)) ||
      failed(verifyShape(op, bias, "bias", row)))
    return failure();
  // C3
  if (failed(verifyShape(op, op.getResidual(), "residual", input.getShape())))
    return failure();
  if (!op.getResidual() && op.getKeepSum())
    return op.emitOpError("expects keep_sum to stand with residual, but got no residual");
  if (!op.getResidual() && op.getResidualSum() != SumRounding::Unrounded)
    return op.emitOpError("expects residual_sum to stand with residual, but got no residual");
  // C4
  unsigned least = op.getKeepSum() ? 2 : 1;
  if (op.getInits().size() != least && op.getInits().size() != least + numStatistics)
    return op.emitOpError("expects ") << least << " outs, or " << least + numStatistics
                                      << " with statistics, but got " << op.getInits().size();
  for (auto [i, init] : llvm::enumerate(op.getInits())) {
    std::string name = ("out " + Twine(i)).str();
    bool statistic = i >= least;
    if (failed(verifyShape(op, init, name, statistic ? statisticShape : input.getShape())))
      return failure();
    // C5
    if (i == 0 &&
        failed(verifyElementType(op, init, name, input.getElementType(), ", that of the input")))
      return failure();
    if (statistic && failed(verifyComputeType(op, init, name, input)))
      return failure();
  }
  // C6, C7
  return failure(failed(verifyScalar(op, "eps", op.getEpsValue(), op.getEpsAttr())) ||
                 failed(verifyWeightOffset(op, op.getScale(), op.getWeightOffset())));
}

namespace {
/// Statistics and sums that nobody reads are not written.
template <typename Op> struct DropUnusedForward : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;
  LogicalResult matchAndRewrite(Op op, PatternRewriter &rewriter) const override {
    llvm::SmallBitVector drop(op->getNumResults());
    unsigned first = op.getKeepSum() ? 2 : 1;
    if (llvm::all_of(op->getResults().drop_front(first),
                     [](Value result) { return result.use_empty(); }))
      drop.set(first, op->getNumResults());
    if (op.getKeepSum() && op->getResult(1).use_empty())
      drop.set(1);
    if (drop.none())
      return rewriter.notifyMatchFailure(op, "every result is read");
    bool dropSum = op.getKeepSum() && drop[1];
    dropResults<Op>(op, rewriter, drop, [&](typename Op::Properties &properties) {
      if (dropSum)
        properties.keep_sum = nullptr;
    });
    return success();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// LayerNormOp
//===----------------------------------------------------------------------===//

LogicalResult LayerNormOp::verify() {
  auto input = cast<RankedTensorType>(getInput().getType());
  // C1
  if (failed(verifyAxes(*this, getAxes(), input)))
    return failure();
  return verifyForward(*this, getBias(), 2, input.getShape().drop_back(getAxes().size()));
}

void LayerNormOp::getCanonicalizationPatterns(RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<FoldEps<LayerNormOp>, DropUnitScale<LayerNormOp>, DropNeutralBias<LayerNormOp>,
               DropUnusedForward<LayerNormOp>>(context);
}

//===----------------------------------------------------------------------===//
// RMSNormOp
//===----------------------------------------------------------------------===//

LogicalResult RMSNormOp::verify() {
  auto input = cast<RankedTensorType>(getInput().getType());
  int64_t groups = getGroups();
  // C1
  if (failed(verifyAxes(*this, getAxes(), input)))
    return failure();
  // C9
  if (failed(verifyGroups(*this, groups, input.getShape().back(), "row")))
    return failure();
  if (groups > 1 && getAxes().size() != 1)
    return emitOpError("expects one axis where a row has groups, but got ") << getAxes().size();
  // C8
  if (failed(verifyShape(*this, getGate(), "gate", input.getShape())))
    return failure();
  if (!getGate() && getGating() != Gating::After)
    return emitOpError("expects gating to stand with gate, but got no gate");
  SmallVector<int64_t> statistic(input.getShape().drop_back(getAxes().size()));
  if (groups > 1)
    statistic.push_back(groups);
  return verifyForward(*this, Value(), 1, statistic);
}

void RMSNormOp::getCanonicalizationPatterns(RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<FoldEps<RMSNormOp>, DropUnitScale<RMSNormOp>, DropUnusedForward<RMSNormOp>>(context);
}

//===----------------------------------------------------------------------===//
// Backward
//===----------------------------------------------------------------------===//

/// C2 and C5 to C8 of the backward operations.
template <typename Op> static LogicalResult verifyBackward(Op op, RankedTensorType input) {
  ArrayRef<int64_t> row = input.getShape().take_back(op.getAxes().size());
  // C2, C5, C6
  if (failed(verifyGradients(op, op.getGradients(), op.getInits(), op.getDy(), op.getScale(), input,
                             row)))
    return failure();
  // C7
  if (failed(verifyShape(op, op.getDsum(), "dsum", input.getShape())))
    return failure();
  if (op.getDsum() && !bitEnumContainsAny(op.getGradients(), Gradients::Input))
    return op.emitOpError("expects dsum to stand with the gradient of input");
  // C8
  return verifyWeightOffset(op, op.getScale(), op.getWeightOffset());
}

LogicalResult LayerNormBackwardOp::verify() {
  auto input = cast<RankedTensorType>(getInput().getType());
  // C1
  if (failed(verifyAxes(*this, getAxes(), input)))
    return failure();
  // C3, C4
  if (bool(getMean()) != bool(getStatistic()))
    return emitOpError("expects stats to be mean and ") << stringifyStatistic(getSaved());
  SmallVector<Value> stats;
  if (getMean())
    stats = {getMean(), getStatistic()};
  if (failed(verifyStats(*this, stats, input.getShape().drop_back(getAxes().size()), input,
                         stats.empty() || getSaved() == Statistic::Variance, getEpsValue(),
                         getEpsAttr())))
    return failure();
  return verifyBackward(*this, input);
}

void LayerNormBackwardOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                                      MLIRContext *context) {
  patterns.add<FoldEps<LayerNormBackwardOp>, DropUnitScale<LayerNormBackwardOp>,
               DropUnusedGradients<LayerNormBackwardOp>>(context);
}

LogicalResult RMSNormBackwardOp::verify() {
  auto input = cast<RankedTensorType>(getInput().getType());
  // C1, C9
  if (failed(verifyAxes(*this, getAxes(), input)) ||
      failed(verifyGroups(*this, getGroups(), input.getShape().back(), "row")))
    return failure();
  if (getGroups() > 1 && getAxes().size() != 1)
    return emitOpError("expects one axis where a row has groups, but got ") << getAxes().size();
  // C3, C4
  SmallVector<int64_t> rows(input.getShape().drop_back(getAxes().size()));
  if (getGroups() > 1)
    rows.push_back(getGroups());
  SmallVector<Value> stats;
  if (getStatistic())
    stats = {getStatistic()};
  if (failed(verifyStats(*this, stats, rows, input, stats.empty(), getEpsValue(), getEpsAttr())))
    return failure();
  // C5
  if (bitEnumContainsAny(getGradients(), Gradients::Bias))
    return emitOpError(
        "expects gradients of input and scale, but got bias, which rms_norm has not");
  return verifyBackward(*this, input);
}

void RMSNormBackwardOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                                    MLIRContext *context) {
  patterns.add<FoldEps<RMSNormBackwardOp>, DropUnitScale<RMSNormBackwardOp>,
               DropUnusedGradients<RMSNormBackwardOp>>(context);
}
