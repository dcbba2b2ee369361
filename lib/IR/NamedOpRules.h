//===- NamedOpRules.h - rules and rewrites that named operations share ---===//
//
// Each function checks one rule, reports what it expects and what it found, and points at the culprit.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_IR_NAMEDOPRULES_H
#define NORMC_LIB_IR_NAMEDOPRULES_H

#include "normc/IR/Norm.h"

#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/SmallBitVector.h"

namespace mlir::norm {
/// `axes` are the last dimensions of `input`, in order, and none has size 0.
LogicalResult verifyAxes(Operation *op, ArrayRef<int64_t> axes, RankedTensorType input);
/// `value` has this shape; dynamic sizes match any.
LogicalResult verifyShape(Operation *op, Value value, const Twine &name, ArrayRef<int64_t> shape);
LogicalResult verifyElementType(Operation *op, Value value, const Twine &name, Type expected,
                                const Twine &reason = "");
/// Statistics, gradients of parameters: f32, or f64 where the input is f64.
LogicalResult verifyComputeType(Operation *op, Value value, const Twine &name,
                                RankedTensorType input);
/// A scalar given once, as an attribute or as an operand; an attribute from 0 to `most`.
LogicalResult verifyScalar(Operation *op, StringRef name, Value value, FloatAttr attribute,
                           double most = std::numeric_limits<double>::max());
LogicalResult verifyWeightOffset(Operation *op, Value scale, const APFloat &offset);

/// The sizes of a tensor with channels, whatever their place.
struct ChannelShape {
  ChannelShape(RankedTensorType type, Layout layout) {
    ArrayRef<int64_t> shape = type.getShape();
    batch = shape.front();
    bool first = layout == Layout::ChannelsFirst;
    channels = first ? shape[1] : shape.back();
    space.append(first ? shape.begin() + 2 : shape.begin() + 1,
                 first ? shape.end() : shape.end() - 1);
  }
  int64_t batch, channels;
  SmallVector<int64_t> space;
};
enum class ChannelDim { Batch, Channels, Space };

/// `input` has batch, channels and at most three dimensions of space; `notEmpty` ones are not of size 0.
LogicalResult verifyChannels(Operation *op, RankedTensorType input, Layout layout,
                             ArrayRef<ChannelDim> notEmpty);
/// `groups` is at least 1 and divides `size`.
LogicalResult verifyGroups(Operation *op, int64_t groups, int64_t size, StringRef what);
/// dy, scale, the list of gradients and the outs of a backward operation.
LogicalResult verifyGradients(Operation *op, Gradients gradients, ValueRange inits, Value dy,
                              Value scale, RankedTensorType input, ArrayRef<int64_t> parameter);
/// The statistics of a backward operation, and eps where and only where a root is taken.
LogicalResult verifyStats(Operation *op, ValueRange stats, ArrayRef<int64_t> shape,
                          RankedTensorType input, bool needsEps, Value epsValue, FloatAttr eps);

/// The value of all elements of a constant tensor.
std::optional<APFloat> getSplat(Value value);
/// Whether `offset + scale` is exactly 1 in the type that `input` is computed in.
bool isUnitScale(Value scale, Type input, const APFloat &offset);
/// Whether adding `bias` changes no bit: -0.0, because -0.0 + 0.0 is 0.0.
bool isNeutralBias(Value bias);

/// `op` without the results for which `drop` says so, which nobody reads. `inits` are the last operands.
template <typename Op>
void dropResults(Op op, PatternRewriter &rewriter, const llvm::SmallBitVector &drop,
                 function_ref<void(typename Op::Properties &)> change);

/// A constant `eps` becomes an attribute.
template <typename Op> struct FoldEps : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;
  LogicalResult matchAndRewrite(Op op, PatternRewriter &rewriter) const override {
    std::optional<APFloat> eps = getSplat(op.getEpsValue());
    if (!eps || !eps->isFinite() || eps->isNegative())
      return rewriter.notifyMatchFailure(op, "eps is no valid constant operand");
    rewriter.modifyOpInPlace(op, [&] {
      op.getEpsValueMutable().clear();
      op.setEpsAttr(rewriter.getF64FloatAttr(eps->convertToDouble()));
    });
    return success();
  }
};

/// A scale of ones goes.
template <typename Op> struct DropUnitScale : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;
  LogicalResult matchAndRewrite(Op op, PatternRewriter &rewriter) const override {
    APFloat offset(0.0);
    if constexpr (HasWeightOffset<Op>::value)
      offset = op.getWeightOffset();
    if (!isUnitScale(op.getScale(), op.getInput().getType(), offset))
      return rewriter.notifyMatchFailure(op, "scale is not known to be 1");
    rewriter.modifyOpInPlace(op, [&] {
      op.getScaleMutable().clear();
      if constexpr (HasWeightOffset<Op>::value)
        op.setWeightOffset(APFloat(0.0));
    });
    return success();
  }

private:
  template <typename T, typename = void> struct HasWeightOffset : std::false_type {};
  template <typename T>
  struct HasWeightOffset<T, std::void_t<decltype(std::declval<T>().getWeightOffset())>>
      : std::true_type {};
};

/// A bias of -0.0 goes.
template <typename Op> struct DropNeutralBias : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;
  LogicalResult matchAndRewrite(Op op, PatternRewriter &rewriter) const override {
    if (!isNeutralBias(op.getBias()))
      return rewriter.notifyMatchFailure(op, "bias is not known to be -0.0");
    rewriter.modifyOpInPlace(op, [&] { op.getBiasMutable().clear(); });
    return success();
  }
};

/// Gradients that nobody reads are not computed.
template <typename Op> struct DropUnusedGradients : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;
  LogicalResult matchAndRewrite(Op op, PatternRewriter &rewriter) const override {
    if (op->use_empty())
      return rewriter.notifyMatchFailure(op, "dead as a whole");
    llvm::SmallBitVector drop(op->getNumResults());
    Gradients left = Gradients::None;
    unsigned next = 0;
    for (Gradients bit : {Gradients::Input, Gradients::Scale, Gradients::Bias}) {
      if (!bitEnumContainsAny(op.getGradients(), bit))
        continue;
      if (op->getResult(next).use_empty())
        drop.set(next);
      else
        left = left | bit;
      ++next;
    }
    if constexpr (HasDsum<Op>::value)
      if (op.getDsum() && op->getResult(0).use_empty())
        return rewriter.notifyMatchFailure(op, "dsum stands with the gradient of input");
    if (drop.none())
      return rewriter.notifyMatchFailure(op, "every result is read");
    dropResults<Op>(op, rewriter, drop, [&](typename Op::Properties &properties) {
      properties.gradients = GradientsAttr::get(op.getContext(), left);
    });
    return success();
  }

private:
  template <typename T, typename = void> struct HasDsum : std::false_type {};
  template <typename T>
  struct HasDsum<T, std::void_t<decltype(std::declval<T>().getDsum())>> : std::true_type {};
};

template <typename Op>
void dropResults(Op op, PatternRewriter &rewriter, const llvm::SmallBitVector &drop,
                 function_ref<void(typename Op::Properties &)> change) {
  SmallVector<Value> operands(op->getOperands().drop_back(op.getInits().size()));
  for (auto [i, init] : llvm::enumerate(op.getInits()))
    if (!drop[i])
      operands.push_back(init);
  typename Op::Properties properties = op.getProperties();
  std::rbegin(properties.operandSegmentSizes)[0] -= drop.count();
  change(properties);
  OperationState state(op.getLoc(), op->getName());
  Op::build(rewriter, state, operands, properties, llvm::to_vector(op->getDiscardableAttrs()));
  Operation *less = rewriter.create(state);
  SmallVector<Value> replacements;
  unsigned next = 0;
  for (unsigned i = 0; i < op->getNumResults(); ++i)
    replacements.push_back(drop[i] ? Value() : less->getResult(next++));
  rewriter.replaceOp(op, replacements);
}
} // namespace mlir::norm

#endif // NORMC_LIB_IR_NAMEDOPRULES_H
