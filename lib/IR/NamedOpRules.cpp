//===- NamedOpRules.cpp - rules that named operations share --------------===//
//
// Shapes, element types, scalars and constants.
//
//===----------------------------------------------------------------------===//

#include "NamedOpRules.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::norm;

FloatType norm::getComputeType(Type elementType) {
  return elementType.getIntOrFloatBitWidth() > 32 ? cast<FloatType>(elementType)
                                                  : Float32Type::get(elementType.getContext());
}

LogicalResult norm::reifyFromInits(OpBuilder &builder, DestinationStyleOpInterface op,
                                   ReifiedRankedShapedTypeDims &shapes) {
  for (Value init : op.getDpsInits())
    shapes.push_back(tensor::getMixedSizes(builder, op.getLoc(), init));
  return success();
}

//===----------------------------------------------------------------------===//
// Rules
//===----------------------------------------------------------------------===//

static std::string toString(ArrayRef<int64_t> shape) {
  std::string text = "[";
  llvm::raw_string_ostream os(text);
  llvm::interleaveComma(shape, os, [&](int64_t size) {
    if (ShapedType::isDynamic(size))
      os << '?';
    else
      os << size;
  });
  return text + "]";
}

LogicalResult norm::verifyAxes(Operation *op, ArrayRef<int64_t> axes, RankedTensorType input) {
  int64_t rank = input.getRank(), first = rank - int64_t(axes.size());
  if (axes.empty() || first < 0 || !llvm::equal(axes, llvm::seq(first, rank)))
    return op->emitOpError("expects axes to be the last dimensions of a rank-")
           << rank << " input, but got " << toString(axes);
  for (int64_t axis : axes)
    if (input.getDimSize(axis) == 0)
      return op->emitOpError("expects at least one element in a row, but axis ")
             << axis << " of " << input << " has size 0";
  return success();
}

LogicalResult norm::verifyShape(Operation *op, Value value, const Twine &name,
                                ArrayRef<int64_t> shape) {
  if (!value ||
      succeeded(verifyCompatibleShape(cast<RankedTensorType>(value.getType()).getShape(), shape)))
    return success();
  return (op->emitOpError("expects ")
          << name << " of shape " << toString(shape) << ", but got " << value.getType())
             .attachNote(value.getLoc())
         << name << " is defined here";
}

LogicalResult norm::verifyElementType(Operation *op, Value value, const Twine &name, Type expected,
                                      const Twine &reason) {
  if (!value || getElementTypeOrSelf(value.getType()) == expected)
    return success();
  return (op->emitOpError("expects ")
          << name << " of element type " << expected << reason << ", but got " << value.getType())
             .attachNote(value.getLoc())
         << name << " is defined here";
}

LogicalResult norm::verifyComputeType(Operation *op, Value value, const Twine &name,
                                      RankedTensorType input) {
  return verifyElementType(op, value, name, getComputeType(input.getElementType()),
                           ", the type that it is computed in");
}

LogicalResult norm::verifyScalar(Operation *op, StringRef name, Value value, FloatAttr attribute,
                                 double most) {
  if (bool(value) == bool(attribute))
    return op->emitOpError("expects ")
           << name << " either as an attribute or as an operand, but got "
           << (value ? "both" : "neither");
  if (!attribute)
    return success();
  double number = attribute.getValueAsDouble();
  if (number >= 0 && number <= most)
    return success();
  InFlightDiagnostic diag = op->emitOpError("expects ") << name;
  if (most < std::numeric_limits<double>::max())
    diag << " from 0 to " << most;
  else
    diag << " to be finite and not negative";
  return diag << ", but got " << number;
}

LogicalResult norm::verifyChannels(Operation *op, RankedTensorType input, Layout layout,
                                   ArrayRef<ChannelDim> notEmpty) {
  if (input.getRank() < 2 || input.getRank() > 5)
    return op->emitOpError(
               "expects an input of rank 2 to 5 (batch, channels, no to three dimensions of "
               "space), but got ")
           << input;
  ChannelShape shape(input, layout);
  auto check = [&](int64_t size, StringRef what) -> LogicalResult {
    if (size != 0)
      return success();
    return op->emitOpError("expects at least one element in what is normalized together, but ")
           << what << " of " << input << " has size 0";
  };
  for (ChannelDim dim : notEmpty) {
    if (dim == ChannelDim::Batch && failed(check(shape.batch, "the batch")))
      return failure();
    if (dim == ChannelDim::Channels && failed(check(shape.channels, "the channel dimension")))
      return failure();
    if (dim == ChannelDim::Space)
      for (int64_t size : shape.space)
        if (failed(check(size, "a dimension of space")))
          return failure();
  }
  return success();
}

LogicalResult norm::verifyGroups(Operation *op, int64_t groups, int64_t size, StringRef what) {
  if (groups < 1)
    return op->emitOpError("expects groups to be at least 1, but got ") << groups;
  if (!ShapedType::isDynamic(size) && size % groups != 0)
    return op->emitOpError("expects groups to divide the ")
           << what << ", but " << groups << " does not divide " << size;
  return success();
}

LogicalResult norm::verifyGradients(Operation *op, Gradients gradients, ValueRange inits, Value dy,
                                    Value scale, RankedTensorType input,
                                    ArrayRef<int64_t> parameter) {
  // dy and scale
  if (failed(verifyShape(op, dy, "dy", input.getShape())) ||
      failed(verifyElementType(op, dy, "dy", input.getElementType(), ", that of the input")) ||
      failed(verifyShape(op, scale, "scale", parameter)))
    return failure();
  // gradients and outs
  if (gradients == Gradients::None)
    return op->emitOpError("expects at least one of input, scale and bias in gradients");
  unsigned count = llvm::popcount(uint32_t(gradients));
  if (inits.size() != count)
    return op->emitOpError("expects one out for each of the ")
           << count << " gradients, but got " << inits.size();
  unsigned next = 0;
  if (bitEnumContainsAny(gradients, Gradients::Input)) {
    Value dx = inits[next++];
    if (failed(verifyShape(op, dx, "dx", input.getShape())) ||
        failed(verifyElementType(op, dx, "dx", input.getElementType(), ", that of the input")))
      return failure();
  }
  for (auto [bit, name] : {std::pair(Gradients::Scale, "dscale"), {Gradients::Bias, "dbias"}}) {
    if (!bitEnumContainsAny(gradients, bit))
      continue;
    Value init = inits[next++];
    if (failed(verifyShape(op, init, name, parameter)) ||
        failed(verifyComputeType(op, init, name, input)))
      return failure();
  }
  return success();
}

LogicalResult norm::verifyStats(Operation *op, ValueRange stats, ArrayRef<int64_t> shape,
                                RankedTensorType input, bool needsEps, Value epsValue,
                                FloatAttr eps) {
  for (Value value : stats)
    if (failed(verifyShape(op, value, "a statistic", shape)) ||
        failed(verifyComputeType(op, value, "a statistic", input)))
      return failure();
  if (needsEps)
    return verifyScalar(op, "eps", epsValue, eps);
  if (epsValue || eps)
    return op->emitOpError("expects no eps where the statistics hold one over the root already");
  return success();
}

LogicalResult norm::verifyWeightOffset(Operation *op, Value scale, const APFloat &offset) {
  if (!offset.isFinite())
    return op->emitOpError("expects a finite weight_offset, but got ") << offset.convertToDouble();
  if (!scale && !offset.isZero())
    return op->emitOpError("expects weight_offset to stand with scale, which it is added to");
  return success();
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

std::optional<APFloat> norm::getSplat(Value value) {
  DenseElementsAttr elements;
  if (!value || !matchPattern(value, m_Constant(&elements)) || !elements.isSplat())
    return std::nullopt;
  return elements.getSplatValue<APFloat>();
}

bool norm::isUnitScale(Value scale, Type input, const APFloat &offset) {
  std::optional<APFloat> splat = getSplat(scale);
  if (!splat)
    return false;
  // As the kernel adds them: both in the type that it computes in.
  const llvm::fltSemantics &semantics =
      getComputeType(getElementTypeOrSelf(input)).getFloatSemantics();
  bool inexact;
  APFloat sum = offset;
  splat->convert(semantics, APFloat::rmNearestTiesToEven, &inexact);
  sum.convert(semantics, APFloat::rmNearestTiesToEven, &inexact);
  sum.add(*splat, APFloat::rmNearestTiesToEven);
  return sum.isExactlyValue(1.0);
}

bool norm::isNeutralBias(Value bias) {
  std::optional<APFloat> splat = getSplat(bias);
  return splat && splat->isNegZero();
}
