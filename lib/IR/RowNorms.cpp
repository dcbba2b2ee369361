//===- RowNorms.cpp - norm.layer_norm and norm.rms_norm ------------------===//
//
// Rules and canonicalizations of the normalizations of rows, forward and backward.
//
//===----------------------------------------------------------------------===//

#include "NamedOpRules.h"

#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/SmallBitVector.h"

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
    return op.emitOpError("expects ")
           << least << " outs, or " << least + numStatistics << " with statistics, but got "
           << op.getInits().size();
  for (auto [i, init] : llvm::enumerate(op.getInits())) {
    std::string name = ("out " + Twine(i)).str();
    bool statistic = i >= least;
    if (failed(verifyShape(op, init, name, statistic ? statisticShape : input.getShape())))
      return failure();
    // C5
    if (i == 0 && failed(verifyElementType(op, init, name, input.getElementType(),
                                           ", that of the input")))
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
  int64_t last = input.getShape().back();
  if (groups < 1)
    return emitOpError("expects groups to be at least 1, but got ") << groups;
  if (groups > 1 && getAxes().size() != 1)
    return emitOpError("expects one axis where a row has groups, but got ") << getAxes().size();
  if (!ShapedType::isDynamic(last) && last % groups != 0)
    return emitOpError("expects groups to divide the row, but ")
           << groups << " does not divide " << last;
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
  patterns.add<FoldEps<RMSNormOp>, DropUnitScale<RMSNormOp>, DropUnusedForward<RMSNormOp>>(
      context);
}
