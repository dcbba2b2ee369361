//===- Generalize.cpp - every named operation becomes one norm.generic ---===//
//
// Reads the parts of the formula off each operation. The formulas are in GeneralizeForward.cpp and
// GeneralizeBackward.cpp, the orders of their sums in GeneralizeOrders.cpp.
//
//===----------------------------------------------------------------------===//

#include "GeneralizeBackward.h"
#include "GeneralizeForward.h"
#include "GeneralizeOrders.h"
#include "normc/Passes.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/TypeSwitch.h"

namespace mlir::norm {
#define GEN_PASS_DEF_GENERALIZEPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

/// The parts that every forward operation has.
template <typename Op> static Forward getCommon(Op op) {
  Forward f;
  f.input = op.getInput();
  f.scale = op.getScale();
  f.eps = {op.getEpsValue(), op.getEpsAttr()};
  f.accuracy = op.getAccuracy();
  f.y = op.getInits().front();
  return f;
}

/// The parts that layer_norm and rms_norm share.
template <typename Op> static Forward getRowCommon(Op op) {
  Forward f = getCommon(op);
  f.residual = op.getResidual();
  f.residualSum = op.getResidualSum();
  f.rounding = op.getRounding();
  f.weightOffset = op.getWeightOffset().convertToDouble();
  if (op.getKeepSum())
    f.sum = op.getInits()[1];
  return f;
}

static void generalize(RewriterBase &rewriter, LayerNormOp op) {
  Forward f = getRowCommon(op);
  f.bias = op.getBias();
  f.saved = op.getSaved();
  unsigned next = op.getKeepSum() ? 2 : 1;
  if (op.getInits().size() > next) {
    f.mean = op.getInits()[next];
    f.statistic = op.getInits()[next + 1];
  }
  generalizeForward(rewriter, op, getRowSpace(rewriter, op.getLoc(), op.getInput(), op.getAxes()),
                    f);
}

static void generalize(RewriterBase &rewriter, RMSNormOp op) {
  Forward f = getRowCommon(op);
  f.centred = false;
  f.gate = op.getGate();
  f.gating = op.getGating();
  unsigned next = op.getKeepSum() ? 2 : 1;
  if (op.getInits().size() > next)
    f.statistic = op.getInits()[next];
  generalizeForward(rewriter, op,
                    getRowSpace(rewriter, op.getLoc(), op.getInput(), op.getAxes(), op.getGroups()),
                    f);
}

/// y, then a mean and another statistic where there are any.
template <typename Op> static Forward getChannelCommon(Op op) {
  Forward f = getCommon(op);
  f.bias = op.getBias();
  f.saved = op.getSaved();
  return f;
}

static void generalize(RewriterBase &rewriter, BatchNormOp op) {
  Forward f = getChannelCommon(op);
  unsigned next = 1;
  if (op.hasStatistics()) {
    f.mean = op.getInits()[next++];
    f.statistic = op.getInits()[next++];
  }
  if (op.hasRunning()) {
    f.runningMean = op.getRunningMean();
    f.runningVariance = op.getRunningVariance();
    f.momentum = {op.getMomentumValue(), op.getMomentumAttr()};
    f.momentumOf = *op.getMomentumOf();
    f.estimate = *op.getEstimate();
    f.newMean = op.getInits()[next++];
    f.newVariance = op.getInits()[next++];
  }
  generalizeForward(
      rewriter, op,
      getChannelSpace(rewriter, op.getLoc(), op.getInput(), op.getLayout(), ChannelGroup::Batch),
      f);
}

static void generalize(RewriterBase &rewriter, BatchNormInferenceOp op) {
  Forward f = getCommon(op);
  f.bias = op.getBias();
  f.givenMean = op.getMean();
  f.givenVariance = op.getVariance();
  generalizeForward(
      rewriter, op,
      getChannelSpace(rewriter, op.getLoc(), op.getInput(), op.getLayout(), ChannelGroup::None), f);
}

/// Instance and group normalization.
template <typename Op>
static void generalizeSample(RewriterBase &rewriter, Op op, ChannelGroup group,
                             int64_t groups = 1) {
  Forward f = getChannelCommon(op);
  f.rounding = op.getRounding();
  if (op.getInits().size() > 1) {
    f.mean = op.getInits()[1];
    f.statistic = op.getInits()[2];
  }
  generalizeForward(
      rewriter, op,
      getChannelSpace(rewriter, op.getLoc(), op.getInput(), op.getLayout(), group, groups), f);
}

static void generalize(RewriterBase &rewriter, InstanceNormOp op) {
  generalizeSample(rewriter, op, ChannelGroup::Space);
}

static void generalize(RewriterBase &rewriter, GroupNormOp op) {
  generalizeSample(rewriter, op, ChannelGroup::Channels, op.getGroups());
}

//===----------------------------------------------------------------------===//
// Backward
//===----------------------------------------------------------------------===//

/// The parts that every backward operation has.
template <typename Op> static Backward getBackward(Op op) {
  Backward f;
  f.dy = op.getDy();
  f.input = op.getInput();
  f.scale = op.getScale();
  f.eps = {op.getEpsValue(), op.getEpsAttr()};
  f.accuracy = op.getAccuracy();
  unsigned next = 0;
  for (auto [bit, init] : {std::pair(Gradients::Input, &f.dx),
                           {Gradients::Scale, &f.dscale},
                           {Gradients::Bias, &f.dbias}})
    if (bitEnumContainsAny(op.getGradients(), bit))
      *init = op.getInits()[next++];
  return f;
}

static void generalize(RewriterBase &rewriter, LayerNormBackwardOp op) {
  Backward f = getBackward(op);
  f.mean = op.getMean();
  f.statistic = op.getStatistic();
  f.saved = op.getSaved();
  f.dsum = op.getDsum();
  f.weightOffset = op.getWeightOffset().convertToDouble();
  generalizeBackward(rewriter, op, getRowSpace(rewriter, op.getLoc(), op.getInput(), op.getAxes()),
                     f);
}

static void generalize(RewriterBase &rewriter, RMSNormBackwardOp op) {
  Backward f = getBackward(op);
  f.centred = false;
  f.statistic = op.getStatistic();
  f.dsum = op.getDsum();
  f.weightOffset = op.getWeightOffset().convertToDouble();
  generalizeBackward(
      rewriter, op, getRowSpace(rewriter, op.getLoc(), op.getInput(), op.getAxes(), op.getGroups()),
      f);
}

template <typename Op>
static void generalizeChannels(RewriterBase &rewriter, Op op, ChannelGroup group,
                               int64_t groups = 1) {
  Backward f = getBackward(op);
  f.mean = op.getMean();
  f.statistic = op.getStatistic();
  f.saved = op.getSaved();
  generalizeBackward(
      rewriter, op,
      getChannelSpace(rewriter, op.getLoc(), op.getInput(), op.getLayout(), group, groups), f);
}

static void generalize(RewriterBase &rewriter, BatchNormBackwardOp op) {
  generalizeChannels(rewriter, op, ChannelGroup::Batch);
}

static void generalize(RewriterBase &rewriter, InstanceNormBackwardOp op) {
  generalizeChannels(rewriter, op, ChannelGroup::Space);
}

static void generalize(RewriterBase &rewriter, GroupNormBackwardOp op) {
  generalizeChannels(rewriter, op, ChannelGroup::Channels, op.getGroups());
}

/// Nothing is normalized together, but sums take what lies together in memory: the positions of a
/// channel, or on a GPU columns, as in training.
static void generalize(RewriterBase &rewriter, BatchNormInferenceBackwardOp op, StringRef isa) {
  Backward f = getBackward(op);
  f.mean = op.getMean();
  f.statistic = op.getVariance();
  f.saved = Statistic::Variance;
  f.fixed = true;
  ChannelGroup group = isa == "nvptx" ? ChannelGroup::Batch : ChannelGroup::None;
  if (op.getLayout() == Layout::ChannelsFirst)
    group = ChannelGroup::Positions;
  generalizeBackward(rewriter, op,
                     getChannelSpace(rewriter, op.getLoc(), op.getInput(), op.getLayout(), group),
                     f);
}

namespace {
struct GeneralizePass : norm::impl::GeneralizePassBase<GeneralizePass> {
  using GeneralizePassBase::GeneralizePassBase;

  void runOnOperation() override {
    SmallVector<Operation *> operations;
    getOperation()->walk([&](Operation *op) { operations.push_back(op); });
    IRRewriter rewriter(&getContext());
    for (Operation *op : operations) {
      rewriter.setInsertionPoint(op);
      TypeSwitch<Operation *>(op)
          .Case<LayerNormOp, RMSNormOp, BatchNormOp, BatchNormInferenceOp, InstanceNormOp,
                GroupNormOp, LayerNormBackwardOp, RMSNormBackwardOp, BatchNormBackwardOp,
                InstanceNormBackwardOp, GroupNormBackwardOp>(
              [&](auto named) { generalize(rewriter, named); })
          .Case([&](BatchNormInferenceBackwardOp named) { generalize(rewriter, named, isa); });
    }
    if (!leaveOrders)
      getOperation()->walk([&](GenericOp op) { chooseOrders(op, isa); });
  }
};
} // namespace
