//===- ChannelNorms.cpp - batch, instance and group normalization --------===//
//
// Rules and canonicalizations of the normalizations of channels, forward and backward.
//
//===----------------------------------------------------------------------===//

#include "NamedOpRules.h"

using namespace mlir;
using namespace mlir::norm;

//===----------------------------------------------------------------------===//
// Shared rules
//===----------------------------------------------------------------------===//

/// Scale and bias are per channel.
template <typename Op> static LogicalResult verifyParameters(Op op, const ChannelShape &shape) {
  return failure(failed(verifyShape(op, op.getScale(), "scale", {shape.channels})) ||
                 failed(verifyShape(op, op.getBias(), "bias", {shape.channels})));
}

/// The first out is y; all others have `shape` and the type that is computed in.
static LogicalResult verifyOuts(Operation *op, ValueRange inits, RankedTensorType input,
                                ArrayRef<int64_t> shape) {
  if (failed(verifyShape(op, inits[0], "out 0", input.getShape())) ||
      failed(
          verifyElementType(op, inits[0], "out 0", input.getElementType(), ", that of the input")))
    return failure();
  for (auto [i, init] : llvm::enumerate(inits.drop_front()))
    if (failed(verifyShape(op, init, "out " + Twine(i + 1), shape)) ||
        failed(verifyComputeType(op, init, "out " + Twine(i + 1), input)))
      return failure();
  return success();
}

/// y alone or with two statistics.
static LogicalResult verifyOutCount(Operation *op, size_t count) {
  if (count == 1 || count == 3)
    return success();
  return op->emitOpError("expects 1 outs, or 3 with statistics, but got ") << count;
}

namespace {
/// Statistics that nobody reads are not written.
template <typename Op> struct DropUnusedStatistics : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;
  LogicalResult matchAndRewrite(Op op, PatternRewriter &rewriter) const override {
    bool has = op->getNumResults() == 3;
    if constexpr (std::is_same_v<Op, BatchNormOp>)
      has = op.hasStatistics();
    if (!has || !op->getResult(1).use_empty() || !op->getResult(2).use_empty())
      return rewriter.notifyMatchFailure(op, "has no statistics, or they are read");
    llvm::SmallBitVector drop(op->getNumResults());
    drop.set(1, 3);
    dropResults<Op>(op, rewriter, drop, [](typename Op::Properties &) {});
    return success();
  }
};

/// A constant momentum becomes an attribute.
struct FoldMomentum : OpRewritePattern<BatchNormOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(BatchNormOp op, PatternRewriter &rewriter) const override {
    std::optional<APFloat> momentum = getSplat(op.getMomentumValue());
    if (!momentum || !(momentum->convertToDouble() >= 0 && momentum->convertToDouble() <= 1))
      return rewriter.notifyMatchFailure(op, "momentum is no valid constant operand");
    rewriter.modifyOpInPlace(op, [&] {
      op.getMomentumValueMutable().clear();
      op.setMomentumAttr(rewriter.getF64FloatAttr(momentum->convertToDouble()));
    });
    return success();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Batch normalization
//===----------------------------------------------------------------------===//

LogicalResult BatchNormOp::verify() {
  auto input = cast<RankedTensorType>(getInput().getType());
  // C1
  if (failed(verifyChannels(*this, input, getLayout(), {ChannelDim::Batch, ChannelDim::Space})))
    return failure();
  ChannelShape shape(input, getLayout());
  // C2
  if (failed(verifyParameters(*this, shape)))
    return failure();
  for (auto [value, name] : {std::pair(getRunningMean(), "the running mean"),
                             {getRunningVariance(), "the running variance"}})
    if (failed(verifyShape(*this, value, name, {shape.channels})) ||
        failed(verifyComputeType(*this, value, name, input)))
      return failure();
  // C3
  bool running = hasRunning();
  if (bool(getRunningVariance()) != running)
    return emitOpError("expects running to be a mean and a variance");
  if (bool(getMomentumOf()) != running || bool(getEstimate()) != running)
    return emitOpError(
        "expects what momentum is of, and biased or unbiased, with running statistics "
        "and only with them");
  if (!running && (getMomentumValue() || getMomentumAttr()))
    return emitOpError("expects momentum to stand with running, but got no running statistics");
  if (running && failed(verifyScalar(*this, "momentum", getMomentumValue(), getMomentumAttr(), 1)))
    return failure();
  // C4
  unsigned least = running ? 3 : 1;
  if (getInits().size() != least && getInits().size() != least + 2)
    return emitOpError("expects ") << least << " outs, or " << least + 2
                                   << " with statistics, but got " << getInits().size();
  // C4, C5
  if (failed(verifyOuts(*this, getInits(), input, {shape.channels})))
    return failure();
  // C6
  if (failed(verifyScalar(*this, "eps", getEpsValue(), getEpsAttr())))
    return failure();
  // C7
  int64_t count = shape.batch;
  for (int64_t size : shape.space)
    count = ShapedType::isDynamic(count) || ShapedType::isDynamic(size) ? ShapedType::kDynamic
                                                                        : count * size;
  if (getEstimate() == Estimate::Unbiased && count == 1)
    return emitOpError(
               "expects at least two elements in a channel for an unbiased running variance, "
               "but ")
           << input << " has one";
  return success();
}

void BatchNormOp::getCanonicalizationPatterns(RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<FoldEps<BatchNormOp>, FoldMomentum, DropUnitScale<BatchNormOp>,
               DropNeutralBias<BatchNormOp>, DropUnusedStatistics<BatchNormOp>>(context);
}

LogicalResult BatchNormInferenceOp::verify() {
  auto input = cast<RankedTensorType>(getInput().getType());
  // C1
  if (failed(verifyChannels(*this, input, getLayout(), {})))
    return failure();
  ChannelShape shape(input, getLayout());
  // C2
  if (failed(verifyParameters(*this, shape)))
    return failure();
  for (Value value : {getMean(), getVariance()})
    if (failed(verifyShape(*this, value, "a statistic", {shape.channels})) ||
        failed(verifyComputeType(*this, value, "a statistic", input)))
      return failure();
  // C3
  if (getInits().size() != 1)
    return emitOpError("expects 1 out, but got ") << getInits().size();
  if (failed(verifyOuts(*this, getInits(), input, {})))
    return failure();
  // C4
  return verifyScalar(*this, "eps", getEpsValue(), getEpsAttr());
}

void BatchNormInferenceOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                                       MLIRContext *context) {
  patterns.add<FoldEps<BatchNormInferenceOp>, DropUnitScale<BatchNormInferenceOp>,
               DropNeutralBias<BatchNormInferenceOp>>(context);
}

//===----------------------------------------------------------------------===//
// Instance and group normalization
//===----------------------------------------------------------------------===//

LogicalResult InstanceNormOp::verify() {
  auto input = cast<RankedTensorType>(getInput().getType());
  // C1
  if (failed(verifyChannels(*this, input, getLayout(), {ChannelDim::Space})))
    return failure();
  ChannelShape shape(input, getLayout());
  // C2 to C5
  return failure(failed(verifyParameters(*this, shape)) ||
                 failed(verifyOutCount(*this, getInits().size())) ||
                 failed(verifyOuts(*this, getInits(), input, {shape.batch, shape.channels})) ||
                 failed(verifyScalar(*this, "eps", getEpsValue(), getEpsAttr())));
}

void InstanceNormOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                                 MLIRContext *context) {
  patterns.add<FoldEps<InstanceNormOp>, DropUnitScale<InstanceNormOp>,
               DropNeutralBias<InstanceNormOp>, DropUnusedStatistics<InstanceNormOp>>(context);
}

LogicalResult GroupNormOp::verify() {
  auto input = cast<RankedTensorType>(getInput().getType());
  // C1
  if (failed(verifyChannels(*this, input, getLayout(), {ChannelDim::Channels, ChannelDim::Space})))
    return failure();
  ChannelShape shape(input, getLayout());
  int64_t groups = getGroups();
  // C6, C2 to C5
  return failure(failed(verifyGroups(*this, groups, shape.channels, "channels")) ||
                 failed(verifyParameters(*this, shape)) ||
                 failed(verifyOutCount(*this, getInits().size())) ||
                 failed(verifyOuts(*this, getInits(), input, {shape.batch, groups})) ||
                 failed(verifyScalar(*this, "eps", getEpsValue(), getEpsAttr())));
}

void GroupNormOp::getCanonicalizationPatterns(RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<FoldEps<GroupNormOp>, DropUnitScale<GroupNormOp>, DropNeutralBias<GroupNormOp>,
               DropUnusedStatistics<GroupNormOp>>(context);
}

//===----------------------------------------------------------------------===//
// Backward
//===----------------------------------------------------------------------===//

/// C2 to C6 of the backward operations; `statistic` is the shape of a statistic.
template <typename Op>
static LogicalResult verifyBackward(Op op, RankedTensorType input, const ChannelShape &shape,
                                    ArrayRef<int64_t> statistic) {
  if (bool(op.getMean()) != bool(op.getStatistic()))
    return op.emitOpError("expects stats to be mean and ") << stringifyStatistic(op.getSaved());
  SmallVector<Value> stats;
  if (op.getMean())
    stats = {op.getMean(), op.getStatistic()};
  bool needsEps = stats.empty() || op.getSaved() == Statistic::Variance;
  return failure(failed(verifyGradients(op, op.getGradients(), op.getInits(), op.getDy(),
                                        op.getScale(), input, {shape.channels})) ||
                 failed(verifyStats(op, stats, statistic, input, needsEps, op.getEpsValue(),
                                    op.getEpsAttr())));
}

template <typename Op>
static void addBackwardPatterns(RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<FoldEps<Op>, DropUnitScale<Op>, DropUnusedGradients<Op>>(context);
}

LogicalResult BatchNormBackwardOp::verify() {
  auto input = cast<RankedTensorType>(getInput().getType());
  // C1
  if (failed(verifyChannels(*this, input, getLayout(), {ChannelDim::Batch, ChannelDim::Space})))
    return failure();
  ChannelShape shape(input, getLayout());
  return verifyBackward(*this, input, shape, {shape.channels});
}

void BatchNormBackwardOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                                      MLIRContext *context) {
  addBackwardPatterns<BatchNormBackwardOp>(patterns, context);
}

LogicalResult BatchNormInferenceBackwardOp::verify() {
  auto input = cast<RankedTensorType>(getInput().getType());
  // C1
  SmallVector<ChannelDim> notEmpty;
  if (getLayout() == Layout::ChannelsFirst)
    notEmpty = {ChannelDim::Space};
  if (failed(verifyChannels(*this, input, getLayout(), notEmpty)))
    return failure();
  ChannelShape shape(input, getLayout());
  // C2 to C6
  return failure(failed(verifyGradients(*this, getGradients(), getInits(), getDy(), getScale(),
                                        input, {shape.channels})) ||
                 failed(verifyStats(*this, {getMean(), getVariance()}, {shape.channels}, input,
                                    /*needsEps=*/true, getEpsValue(), getEpsAttr())));
}

void BatchNormInferenceBackwardOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                                               MLIRContext *context) {
  addBackwardPatterns<BatchNormInferenceBackwardOp>(patterns, context);
}

LogicalResult InstanceNormBackwardOp::verify() {
  auto input = cast<RankedTensorType>(getInput().getType());
  // C1
  if (failed(verifyChannels(*this, input, getLayout(), {ChannelDim::Space})))
    return failure();
  ChannelShape shape(input, getLayout());
  return verifyBackward(*this, input, shape, {shape.batch, shape.channels});
}

void InstanceNormBackwardOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                                         MLIRContext *context) {
  addBackwardPatterns<InstanceNormBackwardOp>(patterns, context);
}

LogicalResult GroupNormBackwardOp::verify() {
  auto input = cast<RankedTensorType>(getInput().getType());
  // C1
  if (failed(verifyChannels(*this, input, getLayout(), {ChannelDim::Channels, ChannelDim::Space})))
    return failure();
  ChannelShape shape(input, getLayout());
  // C7
  if (failed(verifyGroups(*this, getGroups(), shape.channels, "channels")))
    return failure();
  return verifyBackward(*this, input, shape, {shape.batch, int64_t(getGroups())});
}

void GroupNormBackwardOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                                      MLIRContext *context) {
  addBackwardPatterns<GroupNormBackwardOp>(patterns, context);
}
