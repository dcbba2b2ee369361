//===- Generalize.cpp - every named operation becomes one norm.generic ---===//
//
// Reads the parts of the formula off each operation. The formulas are in GeneralizeForward.cpp.
//
//===----------------------------------------------------------------------===//

#include "GeneralizeForward.h"
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
  generalizeForward(rewriter, op,
                    getRowSpace(rewriter, op.getLoc(), op.getInput(), op.getAxes()), f);
}

static void generalize(RewriterBase &rewriter, RMSNormOp op) {
  Forward f = getRowCommon(op);
  f.centred = false;
  f.gate = op.getGate();
  f.gating = op.getGating();
  unsigned next = op.getKeepSum() ? 2 : 1;
  if (op.getInits().size() > next)
    f.statistic = op.getInits()[next];
  generalizeForward(
      rewriter, op,
      getRowSpace(rewriter, op.getLoc(), op.getInput(), op.getAxes(), op.getGroups()), f);
}

namespace {
struct GeneralizePass : norm::impl::GeneralizePassBase<GeneralizePass> {
  void runOnOperation() override {
    SmallVector<Operation *> named;
    getOperation()->walk([&](Operation *op) {
      if (isa<LayerNormOp, RMSNormOp>(op))
        named.push_back(op);
    });
    IRRewriter rewriter(&getContext());
    for (Operation *op : named) {
      rewriter.setInsertionPoint(op);
      TypeSwitch<Operation *>(op).Case<LayerNormOp, RMSNormOp>(
          [&](auto op) { generalize(rewriter, op); });
    }
  }
};
} // namespace
