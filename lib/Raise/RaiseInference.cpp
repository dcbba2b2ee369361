//===- RaiseInference.cpp - batch normalization with given statistics --------===//
//
// The root is of a tensor's elements, and there is no sum.
//
//===----------------------------------------------------------------------===//

#include "Raise.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::norm;

/// Of layouts, that whose channels an axis is.
static std::optional<Layout> findLayout(const Axes &axes, const Axis &channel) {
  if (axes.size() < 2 || axes.size() > 5)
    return std::nullopt;
  if (axes[1] == channel)
    return Layout::ChannelsFirst;
  if (axes.back() == channel)
    return Layout::ChannelsLast;
  return std::nullopt;
}

/// `inner`: a number in the body of the operation that makes the result, or null.
static bool raise(RewriterBase &rewriter, Algebra &algebra, Value result, Value inner,
                  Value input) {
  auto type = dyn_cast<RankedTensorType>(result.getType());
  auto inputType = dyn_cast<RankedTensorType>(input.getType());
  if (!type || !inputType || type.getRank() != inputType.getRank() ||
      !isa<FloatType>((inner ? inner.getType() : type.getElementType())) ||
      !isa<FloatType>(inputType.getElementType()))
    return false;
  Axes axes;
  Reader reader(algebra, input);
  Poly poly = inner ? reader.readInner(result.getDefiningOp<linalg::LinalgOp>(), inner, axes)
                    : reader.read(result, axes);
  Type resultElement = inner ? inner.getType() : type.getElementType();
  std::optional<bool> isRounded = takeRounding(algebra, poly, resultElement);
  if (!isRounded)
    return false;
  std::optional<FixedAffine> affine = matchFixedAffine(algebra, poly, input);
  if (!affine || affine->axes != axes || !reader.areWhole(input, axes))
    return false;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (!algebra.equal(reader.readExtent(result, dim), reader.readExtent(input, dim)))
      return false;
  Atom variance = algebra.get(*affine->variance.getAtom());
  Axes channelAxes = variance.axes;
  llvm::erase_if(channelAxes, [](const Axis &axis) { return axis.empty(); });
  if (channelAxes.size() != 1)
    return false;
  Axis channel = channelAxes[0];
  std::optional<Layout> layout = findLayout(axes, channel);
  if (!layout)
    return false;
  std::optional<Operand> mean = findOperand(algebra, affine->mean, channel),
                         spread = findOperand(algebra, affine->variance, channel), scale, bias;
  if (!mean || !spread || mean->offset != 0)
    return false;
  if (affine->scale.getConstant() != 1.0) {
    scale = findOperand(algebra, affine->scale, channel);
    if (!scale || scale->offset != 0)
      return false;
  }
  if (!affine->bias.isZero()) {
    bias = findOperand(algebra, affine->bias, channel);
    if (!bias || bias->offset != 0)
      return false;
  }

  Operation *last = result.getDefiningOp();
  SmallVector<Value> operands = {input, mean->value, spread->value};
  if (scale)
    operands.push_back(scale->value);
  if (bias)
    operands.push_back(bias->value);
  if (std::optional<AtomId> epsilon = affine->epsilon.getAtom())
    operands.push_back(algebra.get(*epsilon).value);
  SmallVector<Operation *> dead;
  SmallVector<Value> between = findProducers(result, 128);
  for (Value value : llvm::reverse(between))
    resolveSizes(rewriter, value);
  for (Value value : between)
    if (Operation *producer = value.getDefiningOp())
      dead.push_back(producer);
  Location loc = result.getLoc();
  Type element = inputType.getElementType();
  if (element.getIntOrFloatBitWidth() < 32 && (!*isRounded || resultElement != element))
    element = rewriter.getF32Type();
  if (resultElement.isF64())
    element = resultElement;
  Type statistic = element.isF64() ? element : rewriter.getF32Type();
  setInsertionPointAfter(rewriter, operands, last);
  int64_t channels =
      inputType.getDimSize(*layout == Layout::ChannelsFirst ? 1 : type.getRank() - 1);
  auto parameter = [&](Value value) { return createSqueezed(rewriter, loc, value, channels); };
  auto statistics = [&](Value value) {
    return createCast(rewriter, loc, parameter(value), statistic);
  };
  Value widened = createCast(rewriter, loc, input, element);
  auto [eps, epsValue] = createEpsilon(rewriter, loc, algebra, affine->epsilon);
  Value init = createEmpty(rewriter, loc, input,
                           llvm::to_vector(llvm::seq<int64_t>(0, type.getRank())), element);
  Value y = BatchNormInferenceOp::create(
                rewriter, loc, widened, statistics(mean->value), statistics(spread->value),
                scale ? parameter(scale->value) : Value(), bias ? parameter(bias->value) : Value(),
                epsValue, init, LayoutAttr::get(rewriter.getContext(), *layout), eps)
                ->getResult(0);
  y = createCast(rewriter, loc, y, resultElement);
  if (inner) {
    llvm::erase(dead, last);
    replaceInner(rewriter, result, inner, y);
  } else {
    if (y.getType() != type)
      y = tensor::CastOp::create(rewriter, loc, type, y);
    rewriter.replaceAllUsesWith(result, y);
  }
  eraseDead(rewriter, dead, /*isPositive=*/false);
  return true;
}

bool norm::raiseInference(RewriterBase &rewriter, Operation *root) {
  Algebra algebra(getTolerance(root));
  Value anchor = root->getResult(0);
  SmallVector<Value> results = findConsumers(anchor, 24);
  for (Value result : llvm::reverse(results)) {
    SmallVector<Value> inputs = findProducers(result, 64);
    llvm::erase(inputs, result);
    SmallVector<Value> numbers = findInner(result);
    numbers.insert(numbers.begin(), Value());
    for (Value inner : numbers)
      for (Value input : inputs)
        if (raise(rewriter, algebra, result, inner, input))
          return true;
  }
  return false;
}
