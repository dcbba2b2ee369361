//===- RaiseForward.cpp - forward normalizations ----------------------------===//
//
// From a root of a variance or of a mean of squares: upwards to what it is of, downwards to the
// last result that is still a normalization of that.
//
//===----------------------------------------------------------------------===//

#include "Raise.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace mlir::norm;

namespace {

/// A normalization that was found.
struct Found {
  Value result;
  /// Where it is a number in the body of the operation that makes the result.
  Value inner;
  /// The axes of the result.
  Axes axes;
  Affine affine;
  NormShape shape;
  Operand scale, bias;
  /// Whether the result is rounded to its type.
  bool rounded = false;
  /// Which dimensions of the input, and of the result, those of the operation are.
  SmallVector<int64_t> fromInput, fromResult;

  Type getElement() const { return getElementTypeOrSelf((inner ? inner : result).getType()); }
  Axes getStatisticAxes(const Statistics &stats) const {
    return norm::getStatisticAxes(shape, applyPermutation(stats.axes, fromInput), stats.bound);
  }
};

class ForwardRaiser {
public:
  ForwardRaiser(RewriterBase &rewriter, Operation *root, const RaiseOptions &options, Miss &miss)
      : rewriter(rewriter), root(root), options(options), miss(miss) {}

  bool run();

private:
  /// The last result that is a normalization of `input`.
  std::optional<Found> find(Value input, ArrayRef<Value> results, bool mayTranspose);
  std::optional<Found> match(Value result, Value inner, Value input, bool mayTranspose);
  bool matchShape(Found &found, Reader &reader);
  /// Whether squares are summed that no mean was subtracted from.
  bool hasMeanOfSquares(Value input);
  /// `poly` as an operand at these axes, where it may be computed.
  std::optional<Operand> find(const Poly &poly, ArrayRef<Axis> axes, const Found &found,
                              Reader &reader);
  /// Whether nothing of what was computed before stays but statistics.
  bool replacesAll(const Found &found);
  /// Whether nobody reads anything between the input and the result.
  bool isAlone(const Found &found);
  enum Kind { Mean, Rstd, Variance };
  std::optional<Kind> matchStatistic(Value value, const Found &found);
  void replace(const Found &found);
  Value create(const Found &found, Value input, Type element, ValueRange inits, bool keepsVariance);

  RewriterBase &rewriter;
  Operation *root;
  const RaiseOptions &options;
  Miss &miss;
  Algebra algebra{getTolerance(root)};
};

} // namespace

/// For each of `to`, where in `from` it is.
static std::optional<SmallVector<int64_t>> findPermutation(const Axes &from, const Axes &to) {
  SmallVector<int64_t> permutation;
  if (from.size() != to.size())
    return std::nullopt;
  for (auto [dim, axis] : llvm::enumerate(to)) {
    // Those of one element are where they are.
    const auto *place = axis.empty() ? from.begin() + dim : llvm::find(from, axis);
    if (place == from.end() || *place != axis ||
        llvm::is_contained(permutation, place - from.begin()))
      return std::nullopt;
    permutation.push_back(place - from.begin());
  }
  return permutation;
}

std::optional<Operand> ForwardRaiser::find(const Poly &poly, ArrayRef<Axis> axes,
                                           const Found &found, Reader &reader) {
  if (std::optional<Operand> operand = findOperand(algebra, poly, axes))
    return operand;
  // Not as it is, but computed on the way.
  if (poly.getConstant())
    return std::nullopt;
  SmallVector<Value> producers = findProducers(found.result, 128);
  for (Value value : llvm::reverse(producers)) {
    std::optional<Axes> places = placeAxes(algebra, value, axes);
    if (places && algebra.equal(reader.readAt(value, *places), poly))
      return Operand{value};
  }
  return std::nullopt;
}

bool ForwardRaiser::hasMeanOfSquares(Value input) {
  return llvm::any_of(findProducers(root->getResult(0), 64), [&](Value value) {
    Axes axes;
    Poly poly = Reader(algebra, input).read(value, axes);
    return poly.terms.size() == 1 &&
           llvm::any_of(poly.terms.begin()->first, [&](const std::pair<AtomId, int> &factor) {
             const Atom &sum = algebra.get(factor.first);
             if (sum.kind != Atom::Sum)
               return false;
             const Monomial &body = sum.args[0].terms.begin()->first;
             return body.size() == 1 && body[0].second == 4 &&
                    algebra.get(body[0].first).value == input;
           });
  });
}

bool ForwardRaiser::matchShape(Found &found, Reader &reader) {
  const Affine &affine = found.affine;
  Axes stats = applyPermutation(affine.stats.axes, found.fromInput),
       outside = applyPermutation(affine.axes, found.fromInput);
  for (const NormShape &shape :
       findShapes(algebra, stats, affine.stats.bound, affine.stats.centred)) {
    bool isRow = shape.kind == NormShape::LayerNorm || shape.kind == NormShape::RMSNorm;
    if (shape.kind == NormShape::BatchNorm && affine.normalized)
      continue;
    SmallVector<Axis> parameters;
    for (int64_t dim : shape.parameterDims)
      parameters.push_back(outside[dim]);
    found.shape = shape;
    found.scale = found.bias = Operand();
    if (affine.scale.getConstant() != 1.0) {
      std::optional<Operand> scale = find(affine.scale, parameters, found, reader);
      if (!scale || (scale->offset != 0 && !isRow))
        continue;
      found.scale = *scale;
    }
    if (!affine.bias.isZero()) {
      std::optional<Operand> bias = find(affine.bias, parameters, found, reader);
      if (!bias || bias->offset != 0 || !affine.stats.centred)
        continue;
      found.bias = *bias;
    }
    return true;
  }
  return false;
}

std::optional<Found> ForwardRaiser::match(Value result, Value inner, Value input,
                                          bool mayTranspose) {
  auto type = dyn_cast<RankedTensorType>(result.getType());
  auto inputType = cast<RankedTensorType>(input.getType());
  if (!type || type.getRank() != inputType.getRank())
    return std::nullopt;
  Found found;
  found.result = result;
  found.inner = inner;
  if (!isa<FloatType>(found.getElement()))
    return std::nullopt;
  Reader reader(algebra, input);
  Poly poly = inner ? reader.readInner(result.getDefiningOp<linalg::LinalgOp>(), inner, found.axes)
                    : reader.read(result, found.axes);
  if (!algebra.contains(poly, input))
    return std::nullopt;
  std::optional<bool> rounded = takeRounding(algebra, poly, found.getElement());
  if (!rounded)
    return std::nullopt;
  found.rounded = *rounded;
  std::optional<Affine> affine = matchAffine(algebra, poly, input, miss);
  if (!affine)
    return std::nullopt;
  found.affine = *affine;
  if (options.exactForm && affine->stats.centred && hasMeanOfSquares(input)) {
    miss.note(7, "the variance is E[x^2] - E[x]^2, and exact-form leaves it");
    return std::nullopt;
  }
  // Roundings between are to the input's type, and the last one too.
  if (affine->normalized && !(found.rounded && found.getElement() == inputType.getElementType())) {
    miss.note(7, "it is rounded after the division, and not in the end");
    return std::nullopt;
  }
  std::optional<SmallVector<int64_t>> order = findPermutation(affine->axes, found.axes);
  if (!order)
    return std::nullopt;
  if (!reader.areWhole(input, affine->axes) || !reader.areWhole(input, affine->stats.axes)) {
    miss.note(5, "a part of the elements is normalized, or those of a diagonal");
    return std::nullopt;
  }
  for (auto [dim, from] : llvm::enumerate(*order))
    if (!algebra.equal(reader.readExtent(result, dim), reader.readExtent(input, from))) {
      miss.note(7, "the result's sizes are not known to be the input's");
      return std::nullopt;
    }
  // As the dimensions are in the result; as they are in the input; those that are summed over last.
  SmallVector<int64_t> same = llvm::to_vector(llvm::seq<int64_t>(0, type.getRank()));
  SmallVector<int64_t> sorted = same;
  llvm::stable_sort(sorted, [&](int64_t a, int64_t b) {
    auto isInside = [&](int64_t dim) {
      return llvm::any_of(affine->stats.axes[dim], [&](Symbol symbol) {
        return llvm::is_contained(affine->stats.bound, symbol);
      });
    };
    return !isInside(a) && isInside(b);
  });
  bool isPlain = *order == same;
  for (const SmallVector<int64_t> &layout : {*order, same, sorted}) {
    if (!mayTranspose && !(isPlain && layout == same))
      continue;
    found.fromInput = layout;
    // The operation's dimension `layout[i]` of the input is the result's where `order` says so.
    found.fromResult.clear();
    for (int64_t dim : layout)
      found.fromResult.push_back(llvm::find(*order, dim) - order->begin());
    if (matchShape(found, reader))
      return found;
  }
  miss.note(5, "no named operation normalizes these dimensions, or has such a scale and bias");
  return std::nullopt;
}

std::optional<ForwardRaiser::Kind> ForwardRaiser::matchStatistic(Value value, const Found &found) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type || !isa<FloatType>(type.getElementType()))
    return std::nullopt;
  Axes axes;
  Reader reader(algebra, found.affine.stats.input);
  Poly poly = reader.read(value, axes);
  auto isAt = [&](const Statistics &stats) {
    Axes expected = found.getStatisticAxes(stats);
    llvm::erase_if(expected, [](const Axis &axis) { return axis.empty(); });
    llvm::erase_if(axes, [](const Axis &axis) { return axis.empty(); });
    return expected == axes;
  };
  Miss ignored;
  for (AtomId base : findRoots(algebra, poly)) {
    std::optional<Statistics> stats =
        matchStatistics(algebra, algebra.get(base).args[0], found.affine.stats.input, ignored);
    if (stats && stats->centred == found.affine.stats.centred &&
        algebra.equal(poly, Algebra::ofAtom(base, -1)) &&
        algebra.equal(stats->epsilon, found.affine.stats.epsilon) && isAt(*stats))
      return Rstd;
  }
  if (!found.affine.stats.centred)
    return std::nullopt;
  if (std::optional<Statistics> stats =
          matchStatistics(algebra, poly, found.affine.stats.input, ignored))
    if (stats->centred && stats->epsilon.isZero() && isAt(*stats))
      return Variance;
  // The mean: one sum of the input.
  for (const auto &[term, coefficient] : poly.terms)
    for (auto [id, halves] : term) {
      const Atom atom = algebra.get(id);
      if (atom.kind != Atom::Sum)
        continue;
      const Monomial &body = atom.args[0].terms.begin()->first;
      const Atom &leaf = algebra.get(body[0].first);
      if (body.size() != 1 || body[0].second != 2 || leaf.value != found.affine.stats.input)
        continue;
      Statistics stats;
      stats.axes = leaf.axes;
      stats.bound = atom.bound;
      Poly count = Algebra::constant(1);
      for (Symbol symbol : atom.bound)
        count = algebra.mul(count, algebra.getExtent(symbol));
      if (atom.bound.size() == found.affine.stats.bound.size() &&
          algebra.equal(poly, algebra.div(Algebra::ofAtom(id), count)) && isAt(stats))
        return Mean;
    }
  return std::nullopt;
}

/// Whether somebody reads a value's elements, but for those that make `results`.
static bool isReadByOthers(Value value, llvm::function_ref<bool(Value)> isResult) {
  return llvm::any_of(value.getUsers(), [&](Operation *user) {
    return !isa<tensor::DimOp>(user) && llvm::none_of(user->getResults(), isResult);
  });
}

bool ForwardRaiser::isAlone(const Found &found) {
  SmallVector<Value> consumers = findConsumers(found.affine.stats.input, 128, /*throughSums=*/true);
  llvm::SmallDenseSet<Value> between(consumers.begin(), consumers.end());
  SmallVector<Value> producers = findProducers(found.result, 128);
  return llvm::none_of(producers, [&](Value value) {
    return between.contains(value) && value != found.result && value != found.affine.stats.input &&
           isReadByOthers(value, [&](Value v) { return llvm::is_contained(producers, v); });
  });
}

bool ForwardRaiser::replacesAll(const Found &found) {
  // What lies between the root and the result.
  SmallVector<Value> consumers = findConsumers(root->getResult(0), 128);
  llvm::SmallDenseSet<Value> between(consumers.begin(), consumers.end());
  SmallVector<Value> producers = findProducers(found.result, 128);
  for (Value value : producers)
    if (between.contains(value) && value != found.result &&
        isReadByOthers(value, [&](Value v) { return llvm::is_contained(producers, v); }) &&
        !matchStatistic(value, found))
      return false;
  return true;
}

Value ForwardRaiser::create(const Found &found, Value input, Type element, ValueRange inits,
                            bool keepsVariance) {
  Location loc = found.result.getLoc();
  auto type = cast<RankedTensorType>(input.getType());
  SmallVector<int64_t> parameterShape;
  for (int64_t dim : found.shape.parameterDims)
    parameterShape.push_back(type.getDimSize(dim));
  auto parameter = [&](const Operand &operand) {
    return operand.value ? createSqueezed(rewriter, loc, operand.value, parameterShape) : Value();
  };
  Value scale = parameter(found.scale), bias = parameter(found.bias);
  auto [eps, epsValue] = createEpsilon(rewriter, loc, algebra, found.affine.stats.epsilon);
  MLIRContext *context = rewriter.getContext();
  auto rounding =
      RoundingAttr::get(context, found.affine.normalized ? Rounding::Normalized : Rounding::Once);
  auto saved = StatisticAttr::get(context, keepsVariance ? Statistic::Variance : Statistic::Rstd);
  auto layout = LayoutAttr::get(context, found.shape.layout);
  FloatAttr offset = rewriter.getF64FloatAttr(found.scale.offset);
  auto axes = rewriter.getDenseI64ArrayAttr(found.shape.axes);
  switch (found.shape.kind) {
  case NormShape::LayerNorm:
    return LayerNormOp::create(rewriter, loc, input, Value(), scale, bias, epsValue, inits, axes,
                               eps, rounding, offset, saved)
        ->getResult(0);
  case NormShape::RMSNorm:
    return RMSNormOp::create(rewriter, loc, input, Value(), scale, Value(), epsValue, inits, axes,
                             eps, rounding, offset, SumRoundingAttr(), UnitAttr(), GatingAttr(),
                             rewriter.getI64IntegerAttr(found.shape.groups))
        ->getResult(0);
  case NormShape::BatchNorm:
    return BatchNormOp::create(rewriter, loc, input, scale, bias, Value(), Value(), epsValue,
                               Value(), inits, layout, eps, FloatAttr(), MomentumOfAttr(),
                               EstimateAttr(), saved)
        ->getResult(0);
  case NormShape::InstanceNorm:
    return InstanceNormOp::create(rewriter, loc, input, scale, bias, epsValue, inits, layout, eps,
                                  rounding, saved)
        ->getResult(0);
  case NormShape::GroupNorm:
    return GroupNormOp::create(rewriter, loc, input, scale, bias, epsValue, inits,
                               rewriter.getI64IntegerAttr(found.shape.groups), layout, eps,
                               rounding, saved)
        ->getResult(0);
  }
  llvm_unreachable("every kind is handled");
}

void ForwardRaiser::replace(const Found &found) {
  Location loc = found.result.getLoc();
  Value input = found.affine.stats.input;
  SmallVector<Value> operands = {input};
  for (Value value : {found.scale.value, found.bias.value})
    if (value)
      operands.push_back(value);
  if (std::optional<AtomId> epsilon = found.affine.stats.epsilon.getAtom())
    operands.push_back(algebra.get(*epsilon).value);
  // What was computed on the way, and may be a statistic that others use.
  SmallVector<Value> between = findProducers(found.result, 128);
  for (Value value : llvm::reverse(between))
    resolveSizes(rewriter, value);
  Operation *last = found.result.getDefiningOp();
  auto inputType = cast<RankedTensorType>(input.getType());
  // In the input's type where the result is rounded to it; otherwise in what it is computed in.
  Type element = inputType.getElementType();
  if (element.getIntOrFloatBitWidth() < 32 && !(found.rounded && found.getElement() == element))
    element = rewriter.getF32Type();
  // What is computed and returned in f64 of narrower elements.
  if (found.getElement().isF64())
    element = found.getElement();
  Type statistic = element.isF64() ? element : rewriter.getF32Type();

  // Which statistics others use.
  SmallVector<std::pair<Value, Kind>> used;
  bool hasRstd = false, hasVariance = false;
  for (Value value : between) {
    if (value == found.result || value == input || !value.getDefiningOp() ||
        !isReadByOthers(value, [&](Value v) { return llvm::is_contained(between, v); }))
      continue;
    if (getElementTypeOrSelf(value.getType()).isF64() && !statistic.isF64())
      continue;
    if (std::optional<Kind> kind = matchStatistic(value, found)) {
      used.push_back({value, *kind});
      hasRstd |= kind == Rstd;
      hasVariance |= kind == Variance;
    }
  }
  bool keepsVariance = hasVariance && !hasRstd;
  // Those that are used before all operands are there stay as they are.
  setInsertionPointAfter(rewriter, operands, last);
  llvm::erase_if(used, [&](auto &pair) { return isUsedBefore(pair.first, rewriter); });
  if (used.empty())
    rewriter.setInsertionPoint(last);
  int64_t rank = inputType.getRank();
  SmallVector<int64_t> same = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  Value source = createCast(rewriter, loc, input, element);
  source = createTransposed(rewriter, loc, source, found.fromInput);
  SmallVector<Value> inits = {createEmpty(rewriter, loc, source, same, element)};
  if (!used.empty()) {
    SmallVector<OpFoldResult> sizes;
    for (int64_t dim : getStatisticDims(found.shape, rank))
      sizes.push_back(tensor::getMixedSize(rewriter, loc, source, dim));
    if (found.shape.kind == NormShape::GroupNorm)
      sizes.back() = rewriter.getIndexAttr(found.shape.groups);
    else if (found.shape.groups > 1)
      sizes.push_back(rewriter.getIndexAttr(found.shape.groups));
    Value empty = tensor::EmptyOp::create(rewriter, loc, sizes, statistic);
    inits.append(found.affine.stats.centred ? 2 : 1, empty);
  }
  Value y = create(found, source, element, inits, keepsVariance);
  Operation *op = y.getDefiningOp();
  Value result = createCast(rewriter, loc, y, found.getElement());
  result = createTransposed(rewriter, loc, result, invertPermutationVector(found.fromResult));
  for (auto &[value, kind] : used) {
    if (kind == (keepsVariance ? Rstd : Variance))
      continue;
    unsigned number = kind == Mean ? 1 : found.affine.stats.centred ? 2 : 1;
    auto type = cast<RankedTensorType>(value.getType());
    Value kept = createCast(rewriter, loc, op->getResult(number), type.getElementType());
    rewriter.replaceAllUsesWith(value, createReshaped(rewriter, loc, kept, value));
  }
  SmallVector<Operation *> dead;
  for (Value value : between)
    if (Operation *producer = value.getDefiningOp(); producer && producer != last)
      dead.push_back(producer);
  if (found.inner) {
    replaceInner(rewriter, found.result, found.inner, result);
  } else {
    if (result.getType() != found.result.getType())
      result = tensor::CastOp::create(rewriter, loc, found.result.getType(), result);
    rewriter.replaceAllUsesWith(found.result, result);
    dead.push_back(last);
  }
  std::optional<double> epsilon = found.affine.stats.epsilon.getConstant();
  eraseDead(rewriter, dead, /*isPositive=*/epsilon && *epsilon > 0);
}

std::optional<Found> ForwardRaiser::find(Value input, ArrayRef<Value> results, bool mayTranspose) {
  // Behind the last one are other normalizations, which would be read through for nothing.
  constexpr unsigned mostBehind = 16;
  std::optional<Found> whole, any, inside;
  unsigned behind = 0;
  for (Value result : results) {
    if (std::optional<Found> found = match(result, Value(), input, mayTranspose)) {
      any = found;
      inside = std::nullopt;
      behind = 0;
      if (options.alone ? isAlone(*found) : replacesAll(*found))
        whole = found;
      continue;
    }
    if ((any || inside) && ++behind == mostBehind)
      break;
    // Other work may be done in the same body.
    for (Value inner : findInner(result))
      if (std::optional<Found> found = match(result, inner, input, mayTranspose)) {
        inside = found;
        behind = 0;
        break;
      }
  }
  if (options.alone)
    return inside ? std::nullopt : whole;
  return inside ? inside : whole ? whole : any;
}

bool ForwardRaiser::run() {
  Value anchor = root->getResult(0);
  SmallVector<Value> results = findConsumers(anchor, 128);
  SmallVector<Value> inputs;
  for (Value input : findProducers(anchor, 64)) {
    auto type = dyn_cast<RankedTensorType>(input.getType());
    if (!type || type.getRank() == 0 || !isa<FloatType>(type.getElementType()))
      continue;
    // Whether the root is of this input at all.
    Axes axes;
    Poly poly = Reader(algebra, input).read(anchor, axes);
    Miss here;
    bool isRoot = llvm::any_of(findRoots(algebra, poly), [&](AtomId base) {
      return matchStatistics(algebra, algebra.get(base).args[0], input, here).has_value();
    });
    miss.note(here.progress, here.reason);
    if (isRoot)
      inputs.push_back(input);
  }
  for (bool mayTranspose : {false, true})
    for (Value input : inputs)
      if (std::optional<Found> found = find(input, results, mayTranspose)) {
        replace(*found);
        return true;
      }
  return false;
}

bool norm::raiseForward(RewriterBase &rewriter, Operation *root, const RaiseOptions &options,
                        Miss &miss) {
  return ForwardRaiser(rewriter, root, options, miss).run();
}
