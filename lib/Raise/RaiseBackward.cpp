//===- RaiseBackward.cpp - gradients of normalizations ----------------------===//
//
// However autodiff or a hand has arranged them, the terms of a gradient multiply out to those of
// the formula. What is looked for are the factors of it: which tensor is dy, which the input, which
// the statistics.
//
//===----------------------------------------------------------------------===//

#include "Raise.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::norm;

namespace {

/// The gradient of an input, or what is known from that of a parameter.
struct Gradient {
  Value dy, input;
  /// At the result's symbols.
  Poly dyAt, inputAt;
  Axes axes;
  /// Symbols of the result that are summed over.
  SmallVector<Symbol> bound;
  bool centred = true, fixed = false;
  Poly mean, rstd, scale = Algebra::constant(1), sum;
  /// Of a root that is taken here; otherwise one over it is given.
  std::optional<Poly> epsilon;
  /// Where the variance is given.
  std::optional<Poly> variance;
  /// Whether the statistics are of the input, computed again.
  bool computed = false;
};

/// A gradient of a parameter, as some value has it.
struct ParameterGradient {
  Value value;
  bool isScale;
};

class BackwardRaiser {
public:
  /// `result`: the gradient of an input, or of a scale.
  BackwardRaiser(RewriterBase &rewriter, Value result)
      : rewriter(rewriter), anchor(result), algebra(getTolerance(result.getDefiningOp())) {}

  bool run();
  bool runOnParameter();

private:
  bool run(Value number, ArrayRef<Value> opaque);
  /// Whether there is a sum of products of tensors, as every gradient has.
  bool hasProducts();
  /// What is under a root: a variance that is computed of the input, or one that is given.
  bool takeRoot(const Atom &root, Gradient &gradient);
  std::optional<Gradient> matchScale(const Poly &poly);
  std::optional<Gradient> matchScale(const Poly &poly, const Atom &sum, AtomId dy, AtomId input);
  /// The gradient of the input where statistics are constants: of one product.
  void findFixedInput(Gradient &gradient);
  /// What the results are computed of.
  SmallVector<Value> findAllProducers();
  std::optional<Gradient> match(const Poly &poly, const Axes &axes);
  std::optional<Gradient> match(const Poly &poly, const Axes &axes, AtomId dy, AtomId input);
  /// The formula, from what is known of it.
  Poly getFormula(const Gradient &gradient);
  bool matchShape(Gradient &gradient, Reader &reader);
  void findParameters(const Gradient &gradient, ArrayRef<Value> opaque);
  bool matchScaleOperand(const Gradient &gradient, const NormShape &candidate, Reader &reader);
  std::optional<Value> findValue(const Poly &poly, ArrayRef<Axis> axes, Reader &reader);
  bool replace(const Gradient &gradient, Reader &reader);
  Poly sumOver(const Poly &poly, ArrayRef<Symbol> symbols) { return algebra.sum(poly, symbols); }

  RewriterBase &rewriter;
  Value anchor;
  Algebra algebra;
  /// The gradient of the input, where there is one: a tensor, or a number in the body that makes
  /// it, and whether it is rounded to its type.
  Value dx, inner;
  bool isRounded = false;
  NormShape shape;
  Operand scale;
  SmallVector<ParameterGradient> parameters;
};

} // namespace

/// A tensor's element that depends on all of the symbols.
static bool isElement(const Algebra &algebra, AtomId id, const Axes &axes) {
  const Atom &atom = algebra.get(id);
  return atom.kind == Atom::Leaf && atom.axes == axes;
}

static void collectLeaves(const Algebra &algebra, const Poly &poly,
                          llvm::SetVector<AtomId> &found) {
  for (const auto &[term, coefficient] : poly.terms)
    for (auto [id, halves] : term)
      if (algebra.get(id).kind == Atom::Leaf)
        found.insert(id);
}

Poly BackwardRaiser::getFormula(const Gradient &g) {
  Poly weighted = algebra.mul(g.dyAt, g.scale);
  Poly direct = algebra.mul(g.rstd, weighted);
  if (g.fixed)
    return direct;
  Poly count = Algebra::constant(1);
  for (Symbol symbol : g.bound)
    count = algebra.mul(count, algebra.getExtent(symbol));
  Poly part = algebra.div(g.rstd, count);
  Poly normalized = algebra.mul(algebra.add(g.inputAt, g.mean, -1), g.rstd);
  Poly formula = algebra.add(
      direct,
      algebra.mul(part,
                  algebra.mul(normalized, sumOver(algebra.mul(weighted, normalized), g.bound))),
      -1);
  if (g.centred)
    formula = algebra.add(formula, algebra.mul(part, sumOver(weighted, g.bound)), -1);
  return formula;
}

bool BackwardRaiser::takeRoot(const Atom &root, Gradient &gradient) {
  const Poly arg = root.args[0];
  Miss ignored;
  if (std::optional<Statistics> stats = matchStatistics(algebra, arg, gradient.input, ignored)) {
    gradient.computed = true;
    gradient.centred = stats->centred;
    gradient.mean = stats->centred ? stats->mean : Poly();
    gradient.epsilon = stats->epsilon;
    return true;
  }
  for (const auto &[term, coefficient] : arg.terms)
    if (term.size() == 1 && term[0].second == 2 && coefficient == 1 &&
        algebra.get(term[0].first).kind == Atom::Leaf && !algebra.get(term[0].first).axes.empty())
      gradient.variance = Algebra::ofAtom(term[0].first);
  if (!gradient.variance)
    return false;
  gradient.epsilon = algebra.add(arg, *gradient.variance, -1);
  return isEpsilon(algebra, *gradient.epsilon);
}

std::optional<Gradient> BackwardRaiser::match(const Poly &poly, const Axes &axes, AtomId dy,
                                              AtomId input) {
  Gradient known;
  known.dy = algebra.get(dy).value;
  known.input = algebra.get(input).value;
  known.dyAt = Algebra::ofAtom(dy);
  known.inputAt = Algebra::ofAtom(input);
  known.axes = axes;
  // Which dimensions are summed over, from a sum of both.
  for (const auto &[term, coefficient] : poly.terms)
    for (auto [id, halves] : term) {
      const Atom &atom = algebra.get(id);
      if (atom.kind != Atom::Sum || !known.bound.empty())
        continue;
      const Atom *first = nullptr, *second = nullptr;
      for (auto [inner, power] : atom.args[0].terms.begin()->first) {
        const Atom &factor = algebra.get(inner);
        if (factor.kind == Atom::Leaf && factor.value == known.dy && power == 2)
          first = &factor;
        if (factor.kind == Atom::Leaf && factor.value == known.input && power == 2)
          second = &factor;
      }
      if (!first || !second || first->axes != second->axes || first->axes.size() != axes.size())
        continue;
      bool agrees = true;
      for (auto [inside, outside] : llvm::zip(first->axes, axes)) {
        agrees &= inside.size() == outside.size();
        for (auto [a, b] : llvm::zip(inside, outside)) {
          bool isBound = llvm::is_contained(atom.bound, a);
          agrees &= isBound || a == b;
          if (isBound)
            known.bound.push_back(b);
        }
      }
      if (!agrees)
        known.bound.clear();
    }
  if (known.bound.empty())
    return std::nullopt;
  auto isOfGroup = [&](AtomId id) { return !algebra.dependsOn(id, known.bound); };

  // What dy is multiplied with: one over the root, and the scale.
  Poly direct = getCofactor(algebra, poly, dy, 2);
  if (direct.isZero())
    return std::nullopt;
  const Monomial &common = direct.terms.begin()->first;
  for (auto [id, halves] : common) {
    const Atom &root = algebra.get(id);
    Gradient gradient = known;
    SmallVector<std::pair<Poly, bool>> means;
    if (root.kind == Atom::Base && halves == -1) {
      if (!takeRoot(root, gradient) ||
          (gradient.variance && !isOfGroup(*gradient.variance->getAtom())))
        continue;
      if (gradient.computed)
        means.push_back({gradient.mean, gradient.centred});
    } else if (root.kind != Atom::Leaf || halves != 2 || !isOfGroup(id)) {
      continue;
    }
    gradient.rstd = Algebra::ofAtom(id, halves);
    gradient.scale = getCofactor(algebra, direct, id, halves);
    if (algebra.contains(gradient.scale, known.input) || algebra.contains(gradient.scale, known.dy))
      continue;
    if (means.empty()) {
      // Given statistics: with each mean that there may be, or none.
      if (!gradient.variance)
        means.push_back({Poly(), false});
      llvm::SetVector<AtomId> leaves;
      collectLeaves(algebra, poly, leaves);
      for (AtomId leaf : leaves)
        if (leaf != id && isOfGroup(leaf))
          means.push_back({Algebra::ofAtom(leaf), true});
    }
    for (auto &[mean, isCentred] : means) {
      gradient.mean = mean;
      gradient.centred = isCentred;
      gradient.sum = algebra.add(poly, getFormula(gradient), -1);
      if (gradient.sum.isZero())
        return gradient;
      std::optional<AtomId> sum = gradient.sum.getAtom();
      if (sum && isElement(algebra, *sum, axes) && *sum != dy && *sum != input)
        return gradient;
    }
  }
  return std::nullopt;
}

std::optional<Gradient> BackwardRaiser::match(const Poly &poly, const Axes &axes) {
  llvm::SetVector<AtomId> elements;
  collectLeaves(algebra, poly, elements);
  llvm::SmallVector<AtomId> full;
  for (AtomId id : elements)
    if (isElement(algebra, id, axes))
      full.push_back(id);
  if (full.size() > 6)
    return std::nullopt;
  for (AtomId dy : full)
    for (AtomId input : full)
      if (dy != input)
        if (std::optional<Gradient> gradient = match(poly, axes, dy, input))
          return gradient;
  return std::nullopt;
}

bool BackwardRaiser::matchScaleOperand(const Gradient &gradient, const NormShape &candidate,
                                       Reader &reader) {
  bool isRow = candidate.kind == NormShape::LayerNorm || candidate.kind == NormShape::RMSNorm;
  SmallVector<Axis> axes;
  for (int64_t dim : candidate.parameterDims)
    axes.push_back(gradient.axes[dim]);
  scale = Operand();
  if (gradient.scale.getConstant() == 1.0)
    return true;
  std::optional<Operand> found = findOperand(algebra, gradient.scale, axes);
  if (!found)
    if (std::optional<Value> value = findValue(gradient.scale, axes, reader))
      found = Operand{*value};
  if (!found || (found->offset != 0 && !isRow))
    return false;
  scale = *found;
  return true;
}

bool BackwardRaiser::matchShape(Gradient &gradient, Reader &reader) {
  for (const NormShape &candidate :
       findShapes(algebra, gradient.axes, gradient.bound, gradient.centred)) {
    bool isRow = candidate.kind == NormShape::LayerNorm || candidate.kind == NormShape::RMSNorm;
    if ((isRow || gradient.sum.isZero()) && matchScaleOperand(gradient, candidate, reader)) {
      shape = candidate;
      return true;
    }
  }
  return false;
}

SmallVector<Value> BackwardRaiser::findAllProducers() {
  SmallVector<Value> producers;
  if (dx)
    producers = findProducers(dx, 128);
  for (const ParameterGradient &parameter : parameters)
    llvm::append_range(producers, findProducers(parameter.value, 128));
  if (producers.empty())
    producers = findProducers(anchor, 128);
  return producers;
}

std::optional<Value> BackwardRaiser::findValue(const Poly &poly, ArrayRef<Axis> axes,
                                               Reader &reader) {
  SmallVector<Value> producers = findAllProducers();
  for (Value value : llvm::reverse(producers)) {
    std::optional<Axes> places = placeAxes(algebra, value, axes);
    if (places && value != anchor && algebra.equal(reader.readAt(value, *places), poly))
      return value;
  }
  return std::nullopt;
}

void BackwardRaiser::findParameters(const Gradient &g, ArrayRef<Value> opaque) {
  // dy * x^ and dy, with names of their own for the symbols that are summed over.
  parameters.clear();
  SmallVector<Symbol> kept;
  for (int64_t dim : shape.parameterDims)
    kept.append(g.axes[dim].begin(), g.axes[dim].end());
  SmallVector<Symbol> summed;
  for (const Axis &axis : g.axes)
    for (Symbol symbol : axis)
      if (!llvm::is_contained(kept, symbol))
        summed.push_back(symbol);
  Poly normalized = algebra.mul(algebra.add(g.inputAt, g.mean, -1), g.rstd);
  Poly scaleGradient = sumOver(algebra.mul(g.dyAt, normalized), summed);
  Poly biasGradient = sumOver(g.dyAt, summed);
  SmallVector<Axis> axes;
  for (int64_t dim : shape.parameterDims)
    axes.push_back(g.axes[dim]);
  SmallVector<Value> values;
  unsigned most = 512;
  for (Operation &op : llvm::reverse(*anchor.getParentBlock()))
    if (isReadable(&op) && most-- > 0)
      llvm::append_range(values, op.getResults());
  SmallVector<Value> chain = dx ? findProducers(dx, 128) : SmallVector<Value>();
  for (Value value : values) {
    // A sum on the way to the input's gradient is no gradient of its own.
    if (llvm::is_contained(chain, value) && llvm::all_of(value.getUsers(), [&](Operation *user) {
          return llvm::any_of(user->getResults(),
                              [&](Value v) { return llvm::is_contained(chain, v); });
        }))
      continue;
    auto type = dyn_cast<RankedTensorType>(value.getType());
    std::optional<Axes> places;
    if (!type || !isa<FloatType>(type.getElementType()) ||
        !(places = placeAxes(algebra, value, axes)))
      continue;
    Reader reader(algebra, opaque);
    Axes ignored;
    reader.read(value, ignored);
    Poly poly = reader.readAt(value, reader.refine(*places));
    if (!takeRounding(algebra, poly, type))
      continue;
    bool isScale = algebra.equal(poly, scaleGradient);
    if ((isScale || (g.centred && algebra.equal(poly, biasGradient))) &&
        llvm::none_of(parameters, [&](const ParameterGradient &p) { return p.isScale == isScale; }))
      parameters.push_back({value, isScale});
  }
}

bool BackwardRaiser::replace(const Gradient &g, Reader &reader) {
  Location loc = anchor.getLoc();
  auto type = cast<RankedTensorType>(g.input.getType());
  Type resultElement = inner ? inner.getType() : dx ? getElementTypeOrSelf(dx.getType()) : Type();
  Type element = type.getElementType();
  if (getElementTypeOrSelf(g.dy.getType()) != element ||
      (dx && element.getIntOrFloatBitWidth() < 32 && !(isRounded && resultElement == element)))
    element = type.getElementType().isF64() ? type.getElementType() : rewriter.getF32Type();
  if (resultElement && resultElement.isF64())
    element = resultElement;
  Type statistic = element.isF64() ? element : rewriter.getF32Type();
  int64_t rank = type.getRank();

  // Statistics: given, or those that others use too, or computed again.
  Axes statisticAxes = getStatisticAxes(shape, g.axes, g.bound);
  std::optional<Value> mean, second;
  if (g.computed) {
    if (g.centred)
      mean = findValue(g.mean, statisticAxes, reader);
    second = findValue(g.rstd, statisticAxes, reader);
    SmallVector<Value> producers = findAllProducers();
    auto isShared = [&](std::optional<Value> value) {
      return value && llvm::any_of(value->getUsers(), [&](Operation *user) {
               return !isa<tensor::DimOp>(user) && llvm::none_of(user->getResults(), [&](Value v) {
                 return llvm::is_contained(producers, v);
               });
             });
    };
    if (!isShared(second) || (g.centred && !mean))
      mean = second = std::nullopt;
  } else {
    Poly given = g.variance ? *g.variance : g.rstd;
    std::optional<Operand> statisticOperand = findOperand(algebra, given, statisticAxes);
    if (!statisticOperand || statisticOperand->offset != 0)
      return false;
    second = statisticOperand->value;
    if (g.centred) {
      std::optional<Operand> meanOperand = findOperand(algebra, g.mean, statisticAxes);
      if (!meanOperand || meanOperand->offset != 0)
        return false;
      mean = meanOperand->value;
    }
  }
  Value sum;
  if (std::optional<AtomId> id = g.sum.getAtom())
    sum = algebra.get(*id).value;

  SmallVector<Value> operands = {g.dy, g.input};
  for (Value value : {scale.value, mean.value_or(Value()), second.value_or(Value()), sum})
    if (value)
      operands.push_back(value);
  bool needsEpsilon = g.epsilon && (!second || g.variance);
  if (needsEpsilon)
    if (std::optional<AtomId> id = g.epsilon->getAtom())
      operands.push_back(algebra.get(*id).value);
  Operation *last = anchor.getDefiningOp();
  setInsertionPointAfter(rewriter, operands, last);
  // What is used before all operands are there cannot be a result.
  llvm::erase_if(parameters,
                 [&](const ParameterGradient &p) { return isUsedBefore(p.value, rewriter); });
  if ((dx && isUsedBefore(dx, rewriter)) || (!dx && parameters.empty()))
    return false;
  SmallVector<Value> between = findAllProducers();
  sortByPlace(between);
  between.erase(llvm::unique(between), between.end());
  for (Value value : llvm::reverse(between))
    resolveSizes(rewriter, value);
  setInsertionPointAfter(rewriter, operands, last);

  SmallVector<int64_t> parameterShape, statisticShape;
  for (int64_t dim : shape.parameterDims)
    parameterShape.push_back(type.getDimSize(dim));
  for (int64_t dim : getStatisticDims(shape, rank))
    statisticShape.push_back(type.getDimSize(dim));
  if (shape.kind == NormShape::GroupNorm)
    statisticShape.back() = shape.groups;
  else if (shape.groups > 1)
    statisticShape.push_back(shape.groups);
  auto statisticOf = [&](std::optional<Value> value) {
    return value ? createCast(rewriter, loc, createSqueezed(rewriter, loc, *value, statisticShape),
                              statistic)
                 : Value();
  };
  Value dy = createCast(rewriter, loc, g.dy, element);
  Value input = createCast(rewriter, loc, g.input, element);
  Value dsum = sum ? createCast(rewriter, loc, sum, element) : Value();
  Value weight = scale.value ? createSqueezed(rewriter, loc, scale.value, parameterShape) : Value();
  Value meanValue = statisticOf(mean), secondValue = statisticOf(second);
  FloatAttr eps;
  Value epsValue;
  if (needsEpsilon)
    std::tie(eps, epsValue) = createEpsilon(rewriter, loc, algebra, *g.epsilon);
  Gradients wanted = dx ? Gradients::Input : Gradients::None;
  SmallVector<Value> inits;
  if (dx)
    inits.push_back(
        createEmpty(rewriter, loc, g.input, llvm::to_vector(llvm::seq<int64_t>(0, rank)), element));
  llvm::sort(parameters, [](auto &a, auto &b) { return a.isScale > b.isScale; });
  for (const ParameterGradient &parameter : parameters) {
    wanted = wanted | (parameter.isScale ? Gradients::Scale : Gradients::Bias);
    inits.push_back(createEmpty(rewriter, loc, g.input, shape.parameterDims, statistic));
  }
  MLIRContext *context = rewriter.getContext();
  auto axes = rewriter.getDenseI64ArrayAttr(shape.axes);
  auto saved = StatisticAttr::get(context, g.variance ? Statistic::Variance : Statistic::Rstd);
  auto gradients = GradientsAttr::get(context, wanted);
  auto layout = LayoutAttr::get(context, shape.layout);
  FloatAttr offset = rewriter.getF64FloatAttr(scale.offset);
  IntegerAttr groups = rewriter.getI64IntegerAttr(shape.groups);
  Operation *op = nullptr;
  switch (shape.kind) {
  case NormShape::LayerNorm:
    op = LayerNormBackwardOp::create(rewriter, loc, dy, input, meanValue, secondValue, weight, dsum,
                                     epsValue, inits, axes, eps, offset, saved, gradients);
    break;
  case NormShape::RMSNorm:
    op = RMSNormBackwardOp::create(rewriter, loc, dy, input, secondValue, weight, dsum, epsValue,
                                   inits, axes, eps, offset, groups, gradients);
    break;
  case NormShape::BatchNorm:
    if (g.fixed)
      op = BatchNormInferenceBackwardOp::create(rewriter, loc, dy, input, meanValue, secondValue,
                                                weight, epsValue, inits, layout, eps, gradients);
    else
      op = BatchNormBackwardOp::create(rewriter, loc, dy, input, meanValue, secondValue, weight,
                                       epsValue, inits, layout, eps, saved, gradients);
    break;
  case NormShape::InstanceNorm:
    op = InstanceNormBackwardOp::create(rewriter, loc, dy, input, meanValue, secondValue, weight,
                                        epsValue, inits, layout, eps, saved, gradients);
    break;
  case NormShape::GroupNorm:
    op = GroupNormBackwardOp::create(rewriter, loc, dy, input, meanValue, secondValue, weight,
                                     epsValue, inits, layout, eps, saved, gradients, AccuracyAttr(),
                                     groups);
    break;
  }
  SmallVector<Operation *> dead;
  for (Value value : between)
    if (Operation *producer = value.getDefiningOp())
      dead.push_back(producer);
  for (auto [number, parameter] : llvm::enumerate(parameters)) {
    Type kept = getElementTypeOrSelf(parameter.value.getType());
    Value by = createCast(rewriter, loc, op->getResult(number + (dx ? 1 : 0)), kept);
    rewriter.replaceAllUsesWith(parameter.value,
                                createReshaped(rewriter, loc, by, parameter.value));
  }
  if (dx) {
    Value by = createCast(rewriter, loc, op->getResult(0), resultElement);
    if (inner) {
      llvm::erase(dead, dx.getDefiningOp());
      replaceInner(rewriter, dx, inner, by);
    } else {
      if (by.getType() != dx.getType())
        by = tensor::CastOp::create(rewriter, loc, dx.getType(), by);
      rewriter.replaceAllUsesWith(dx, by);
    }
  }
  eraseDead(rewriter, dead, /*isPositive=*/false);
  return true;
}

bool BackwardRaiser::run(Value number, ArrayRef<Value> opaque) {
  Axes axes;
  Reader reader(algebra, opaque);
  dx = anchor;
  inner = number;
  Poly poly = inner ? reader.readInner(dx.getDefiningOp<linalg::LinalgOp>(), inner, axes)
                    : reader.read(dx, axes);
  Type element = inner ? inner.getType() : getElementTypeOrSelf(dx.getType());
  std::optional<bool> rounds = takeRounding(algebra, poly, element);
  if (!rounds)
    return false;
  isRounded = *rounds;
  std::optional<Gradient> gradient = match(poly, axes);
  if (!gradient)
    return false;
  for (int64_t dim = 0; dim < int64_t(axes.size()); ++dim)
    for (Value tensor : {gradient->dy, gradient->input})
      if (!algebra.equal(reader.readExtent(dx, dim), reader.readExtent(tensor, dim)))
        return false;
  parameters.clear();
  if (!reader.areWhole(gradient->dy, axes) || !reader.areWhole(gradient->input, axes) ||
      !matchShape(*gradient, reader))
    return false;
  if (std::optional<AtomId> sum = gradient->sum.getAtom())
    if (!reader.areWhole(algebra.get(*sum).value, axes))
      return false;
  findParameters(*gradient, opaque);
  return replace(*gradient, reader);
}

bool BackwardRaiser::hasProducts() {
  Axes axes;
  Poly poly = Reader(algebra, {}).read(anchor, axes);
  // What is too long to be read as a whole may have one.
  if (algebra.contains(poly, anchor))
    return true;
  return algebra.anyAtom(poly, [&](const Atom &sum) {
    if (sum.kind != Atom::Sum)
      return false;
    const Atom *first = nullptr;
    size_t rank = llvm::count_if(axes, [](const Axis &axis) { return !axis.empty(); });
    for (auto [id, halves] : sum.args[0].terms.begin()->first) {
      const Atom &factor = algebra.get(id);
      if (factor.kind == Atom::Base || algebra.getFree(id).size() < rank)
        continue;
      if (first)
        return true;
      first = &factor;
    }
    return false;
  });
}

bool BackwardRaiser::run() {
  auto type = cast<RankedTensorType>(anchor.getType());
  SmallVector<Value> numbers = findInner(anchor);
  numbers.insert(numbers.begin(), Value());
  for (Value number : numbers)
    if (isa<FloatType>(number ? number.getType() : type.getElementType()) && run(number, {}))
      return true;
  if (!hasProducts())
    return false;
  // A gradient that arrives is computed too: each of the tensors on the way may be it, and the
  // first one is before the scale is multiplied in.
  for (Value value : findProducers(anchor, 128)) {
    auto shaped = cast<RankedTensorType>(value.getType());
    if (value == anchor || !value.getDefiningOp() || shaped.getShape() != type.getShape() ||
        !isa<FloatType>(shaped.getElementType()) || !isReadable(value.getDefiningOp()))
      continue;
    if (run(Value(), value))
      return true;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Gradients of parameters alone, and of what has given statistics
//===----------------------------------------------------------------------===//

std::optional<Gradient> BackwardRaiser::matchScale(const Poly &poly, const Atom &sum, AtomId dy,
                                                   AtomId input) {
  Gradient known;
  known.dy = algebra.get(dy).value;
  known.input = algebra.get(input).value;
  known.dyAt = Algebra::ofAtom(dy);
  known.inputAt = Algebra::ofAtom(input);
  known.axes = algebra.get(dy).axes;
  // One over the root, inside of the sum or outside, and the mean, which is in another sum.
  SmallVector<std::pair<AtomId, int>> roots;
  llvm::SetVector<AtomId> leaves;
  for (const auto &[term, coefficient] : poly.terms)
    for (auto [id, halves] : term) {
      roots.push_back({id, halves});
      if (algebra.get(id).kind == Atom::Leaf)
        leaves.insert(id);
      if (algebra.get(id).kind == Atom::Sum)
        for (auto factor : algebra.get(id).args[0].terms.begin()->first) {
          roots.push_back(factor);
          if (algebra.get(factor.first).kind == Atom::Leaf)
            leaves.insert(factor.first);
        }
    }
  for (auto [id, halves] : roots) {
    const Atom &root = algebra.get(id);
    Gradient gradient = known;
    if (algebra.getFree(id).size() >= algebra.getFree(dy).size())
      continue;
    SmallVector<std::pair<Poly, bool>> means;
    if (root.kind == Atom::Base && halves == -1) {
      if (!takeRoot(root, gradient))
        continue;
      if (gradient.computed)
        means.push_back({gradient.mean, gradient.centred});
    } else if (root.kind != Atom::Leaf || halves != 2 || id == dy || id == input) {
      continue;
    }
    gradient.rstd = Algebra::ofAtom(id, halves);
    // Of a group are the symbols that statistics lack.
    for (const Axis &axis : known.axes)
      for (Symbol symbol : axis)
        if (!llvm::is_contained(algebra.getFree(id), symbol))
          gradient.bound.push_back(symbol);
    if (means.empty()) {
      for (AtomId leaf : leaves)
        if (leaf != id && leaf != dy && leaf != input && !algebra.dependsOn(leaf, gradient.bound))
          means.push_back({Algebra::ofAtom(leaf), true});
      if (!gradient.variance)
        means.push_back({Poly(), false});
    }
    for (auto &[mean, isCentred] : means) {
      gradient.mean = mean;
      gradient.centred = isCentred;
      Poly normalized =
          algebra.mul(algebra.add(gradient.inputAt, gradient.mean, -1), gradient.rstd);
      if (algebra.equal(poly, algebra.sum(algebra.mul(gradient.dyAt, normalized), sum.bound)))
        return gradient;
    }
  }
  return std::nullopt;
}

std::optional<Gradient> BackwardRaiser::matchScale(const Poly &poly) {
  for (const auto &[term, coefficient] : poly.terms)
    for (auto [id, halves] : term) {
      const Atom &sum = algebra.get(id);
      if (sum.kind != Atom::Sum || halves != 2)
        continue;
      const Monomial &body = sum.args[0].terms.begin()->first;
      for (auto [dy, power] : body)
        for (auto [input, other] : body)
          if (dy != input && power == 2 && other == 2 && algebra.get(dy).kind == Atom::Leaf &&
              algebra.get(input).kind == Atom::Leaf &&
              algebra.get(dy).axes == algebra.get(input).axes)
            if (std::optional<Gradient> gradient = matchScale(poly, sum, dy, input))
              return gradient;
    }
  return std::nullopt;
}

void BackwardRaiser::findFixedInput(Gradient &g) {
  auto type = cast<RankedTensorType>(g.input.getType());
  for (Operation &op : llvm::reverse(*anchor.getParentBlock())) {
    if (!isReadable(&op) || op.getNumResults() != 1)
      continue;
    Value value = op.getResult(0);
    auto shaped = dyn_cast<RankedTensorType>(value.getType());
    if (!shaped || shaped.getShape() != type.getShape() || value == g.dy || value == g.input ||
        !isa<FloatType>(shaped.getElementType()))
      continue;
    Reader reader(algebra, {});
    Axes ignored;
    reader.read(value, ignored);
    Poly poly = reader.readAt(value, reader.refine(g.axes));
    std::optional<bool> rounds = takeRounding(algebra, poly, shaped);
    if (!rounds)
      continue;
    Poly factor = algebra.div(poly, algebra.mul(g.dyAt, g.rstd));
    if (poly.isZero() || algebra.contains(factor, g.dy) || algebra.contains(factor, g.input) ||
        !findRoots(algebra, factor).empty())
      continue;
    g.scale = factor;
    if (!matchScaleOperand(g, shape, reader))
      continue;
    dx = value;
    isRounded = *rounds;
    g.fixed = true;
    return;
  }
  g.scale = Algebra::constant(1);
}

bool BackwardRaiser::runOnParameter() {
  Axes axes;
  Reader reader(algebra, {});
  Poly poly = reader.read(anchor, axes);
  if (!takeRounding(algebra, poly, anchor.getType()))
    return false;
  std::optional<Gradient> gradient = matchScale(poly);
  if (!gradient || !reader.areWhole(gradient->dy, gradient->axes) ||
      !reader.areWhole(gradient->input, gradient->axes) || !matchShape(*gradient, reader))
    return false;
  if (shape.kind == NormShape::BatchNorm && gradient->variance)
    findFixedInput(*gradient);
  findParameters(*gradient, {});
  if (llvm::none_of(parameters, [&](const ParameterGradient &p) { return p.value == anchor; }))
    return false;
  return replace(*gradient, reader);
}

bool norm::raiseBackward(RewriterBase &rewriter, Value result) {
  return BackwardRaiser(rewriter, result).run();
}

bool norm::raiseParameterBackward(RewriterBase &rewriter, Value result) {
  return BackwardRaiser(rewriter, result).runOnParameter();
}
