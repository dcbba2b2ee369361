//===- Reader.cpp - what tensor programs compute, as expressions -----------===//
//
// From the result backwards: an operation's result at symbols is its operands' at symbols.
//
//===----------------------------------------------------------------------===//

#include "Reader.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

using namespace mlir;
using namespace mlir::norm;

static constexpr unsigned kMostOperations = 400, kMostDepth = 200, kMostTerms = 48, kMostNested = 3;

/// Loops index dimensions; a constant, those of one element only.
static bool isSupportedMap(AffineMap map, Value operand) {
  auto type = dyn_cast<RankedTensorType>(operand.getType());
  return llvm::all_of(llvm::enumerate(map.getResults()), [&](const auto &entry) {
    return isa<AffineDimExpr>(entry.value()) ||
           (isa<AffineConstantExpr>(entry.value()) && type && type.getDimSize(entry.index()) == 1);
  });
}

bool norm::isReadable(Operation *op) {
  if (!op)
    return false;
  if (isa<tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::ReshapeOp, tensor::CastOp,
          tensor::SplatOp, linalg::TransposeOp, linalg::BroadcastOp>(op))
    return true;
  if (auto linalg = dyn_cast<linalg::LinalgOp>(op)) {
    if (!linalg.hasPureTensorSemantics() ||
        !llvm::all_of(op->getOpOperands(), [&](OpOperand &operand) {
          return isSupportedMap(linalg.getMatchingIndexingMap(&operand), operand.get());
        }))
      return false;
    return isa<linalg::GenericOp>(op) || !linalg::isaContractionOpInterface(linalg);
  }
  return OpTrait::hasElementwiseMappableTraits(op) && op->getNumResults() == 1;
}

static bool isTensor(Value value) { return isa<RankedTensorType>(value.getType()); }

std::string norm::getRounding(Type type) {
  auto element = dyn_cast<FloatType>(getElementTypeOrSelf(type));
  if (!element || element.getWidth() >= 32)
    return "";
  std::string name;
  llvm::raw_string_ostream(name) << "round to " << element;
  return name;
}

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

Symbol Reader::getSymbol(Operation *op, unsigned loop, llvm::function_ref<Poly()> extent) {
  auto key = std::make_pair(static_cast<void *>(op), loop);
  auto it = symbols.find(key);
  if (it == symbols.end())
    it = symbols.emplace(key, algebra.createSymbol(extent())).first;
  return it->second;
}

Axes Reader::getAxes(Value value) {
  Axes axes;
  auto type = dyn_cast<RankedTensorType>(value.getType());
  for (int64_t dim = 0; type && dim < type.getRank(); ++dim) {
    auto key = std::make_pair(value.getAsOpaquePointer(), unsigned(dim));
    auto it = symbols.find(key);
    if (it == symbols.end())
      it = symbols.emplace(key, algebra.createSymbol(readExtent(value, dim))).first;
    axes.push_back(type.getDimSize(dim) == 1 ? Axis() : Axis{it->second});
  }
  return axes;
}

Axis Reader::refine(const Axis &axis) const {
  Axis result;
  for (Symbol symbol : axis) {
    auto it = refined.find(symbol);
    if (it == refined.end())
      result.push_back(symbol);
    else
      result.append(refine(it->second));
  }
  return result;
}

Axes Reader::refine(const Axes &axes) const {
  Axes result;
  for (const Axis &axis : axes)
    result.push_back(refine(axis));
  return result;
}

Poly Reader::getExtent(Value tensor, int64_t dim) {
  Poly extent = algebra.extent(tensor, dim);
  auto it = sameExtent.find(*extent.getAtom());
  return it == sameExtent.end() ? extent : Algebra::ofAtom(it->second);
}

void Reader::unifyExtents(linalg::LinalgOp op) {
  std::vector<std::optional<AtomId>> sizes(op.getNumLoops());
  for (OpOperand &operand : op->getOpOperands()) {
    auto type = dyn_cast<RankedTensorType>(operand.get().getType());
    if (!type)
      continue;
    for (auto [dim, expr] : llvm::enumerate(op.getMatchingIndexingMap(&operand).getResults())) {
      auto loop = dyn_cast<AffineDimExpr>(expr);
      if (!loop || !type.isDynamicDim(dim))
        continue;
      std::optional<AtomId> size = readExtent(operand.get(), dim).getAtom();
      std::optional<AtomId> &known = sizes[loop.getPosition()];
      if (!size || algebra.get(*size).kind != Atom::Extent)
        continue;
      if (!known)
        known = size;
      if (*known == *size)
        continue;
      for (auto &[from, to] : sameExtent)
        if (to == *size)
          to = *known;
      sameExtent[*size] = *known;
      algebra.replaceExtent(*size, *known);
      isStale = true;
    }
  }
}

Poly Reader::readExtent(Value tensor, int64_t dim) {
  auto type = cast<RankedTensorType>(tensor.getType());
  if (!type.isDynamicDim(dim))
    return Algebra::constant(type.getDimSize(dim));
  Operation *op = tensor.getDefiningOp();
  auto result = dyn_cast<OpResult>(tensor);
  if (!op || !spend())
    return getExtent(tensor, dim);
  if (auto empty = dyn_cast<tensor::EmptyOp>(op))
    return readIndex(empty.getDynamicSizes()[type.getDynamicDimIndex(dim)]);
  if (auto cast = dyn_cast<tensor::CastOp>(op))
    if (isTensor(cast.getSource()))
      return readExtent(cast.getSource(), dim);
  if (auto linalg = dyn_cast<linalg::LinalgOp>(op)) {
    // The first input that has the dimension says how many, as shape inference does.
    AffineMap map = linalg.getIndexingMapMatchingResult(result);
    auto loop = dyn_cast<AffineDimExpr>(map.getResult(dim));
    for (OpOperand *input : linalg.getDpsInputOperands()) {
      AffineMap from = linalg.getMatchingIndexingMap(input);
      for (unsigned i = 0; loop && i < from.getNumResults(); ++i)
        if (from.getResult(i) == loop && isTensor(input->get()))
          return readExtent(input->get(), i);
    }
    return readExtent(linalg.getDpsInitOperand(result.getResultNumber())->get(), dim);
  }
  if (auto dst = dyn_cast<DestinationStyleOpInterface>(op))
    return readExtent(dst.getDpsInitOperand(result.getResultNumber())->get(), dim);
  if (OpTrait::hasElementwiseMappableTraits(op))
    for (Value operand : op->getOperands())
      if (isTensor(operand))
        return readExtent(operand, dim);
  if (auto reshape = dyn_cast<tensor::ReshapeOp>(op))
    if (auto shape = reshape.getShape().getDefiningOp<tensor::FromElementsOp>())
      return readIndex(shape.getElements()[dim]);
  if (auto collapse = dyn_cast<tensor::CollapseShapeOp>(op)) {
    Poly product = Algebra::constant(1);
    for (int64_t from : collapse.getReassociationIndices()[dim])
      product = algebra.mul(product, readExtent(collapse.getSrc(), from));
    return product;
  }
  if (auto expand = dyn_cast<tensor::ExpandShapeOp>(op))
    return readIndex(expand.getOutputShape()[type.getDynamicDimIndex(dim)]);
  return getExtent(tensor, dim);
}

bool Reader::areWhole(Value tensor, const Axes &axes) {
  auto type = dyn_cast<RankedTensorType>(tensor.getType());
  if (!type || type.getRank() != int64_t(axes.size()) || !Algebra::areDistinct(axes))
    return false;
  for (auto [dim, axis] : llvm::enumerate(axes))
    if (!algebra.isWhole(axis, readExtent(tensor, dim)))
      return false;
  return true;
}

Poly Reader::readIndex(Value value) { return readScalar(value, linalg::LinalgOp(), {}); }

/// An axis is that of several dimensions of `source`, row-major: which symbols are whose.
std::optional<Axes> Reader::split(const Axis &given, Value source, ArrayRef<int64_t> dims) {
  auto type = cast<RankedTensorType>(source.getType());
  SmallVector<Symbol> rest(given.begin(), given.end());
  Axes parts(dims.size());
  /// Makes `symbol` the product of others, and all that was read before stale.
  auto replace = [&](Symbol symbol, ArrayRef<Poly> extents) {
    Axis parts;
    for (const Poly &extent : extents)
      parts.push_back(algebra.createSymbol(extent));
    refined[symbol] = parts;
    isStale = true;
    return parts;
  };
  /// Takes symbols whose product is `size` from one end.
  auto take = [&](int64_t size, bool fromEnd) -> std::optional<Axis> {
    Axis taken;
    while (size > 1) {
      if (rest.empty())
        return std::nullopt;
      Symbol symbol = fromEnd ? rest.back() : rest.front();
      std::optional<int64_t> extent = algebra.getStaticExtent(symbol);
      if (extent && *extent > 0 && size % *extent == 0) {
        size /= *extent;
      } else if (!extent || *extent % size == 0) {
        Poly part = Algebra::constant(size);
        Poly others = algebra.div(algebra.getExtent(symbol), part);
        Axis parts =
            replace(symbol, fromEnd ? ArrayRef<Poly>{others, part} : ArrayRef<Poly>{part, others});
        (fromEnd ? rest.back() : rest.front()) = parts[fromEnd ? 0 : 1];
        taken.insert(fromEnd ? taken.begin() : taken.end(), parts[fromEnd ? 1 : 0]);
        return taken;
      } else {
        return std::nullopt;
      }
      taken.insert(fromEnd ? taken.begin() : taken.end(), symbol);
      rest.erase(fromEnd ? rest.end() - 1 : rest.begin());
    }
    return taken;
  };
  unsigned first = 0, last = dims.size();
  for (; last > 0 && !type.isDynamicDim(dims[last - 1]); --last) {
    std::optional<Axis> part = take(type.getDimSize(dims[last - 1]), /*fromEnd=*/true);
    if (!part)
      return std::nullopt;
    parts[last - 1] = *part;
  }
  for (; first < last && !type.isDynamicDim(dims[first]); ++first) {
    std::optional<Axis> part = take(type.getDimSize(dims[first]), /*fromEnd=*/false);
    if (!part)
      return std::nullopt;
    parts[first] = *part;
  }
  if (first == last)
    return rest.empty() ? std::optional(parts) : std::nullopt;
  // What is left is of dimensions that are not static.
  if (last - first == 1) {
    parts[first].assign(rest.begin(), rest.end());
    return parts;
  }
  if (rest.size() == 1) {
    SmallVector<Poly> extents;
    for (unsigned i = first; i < last; ++i)
      extents.push_back(readExtent(source, dims[i]));
    Axis made = replace(rest[0], extents);
    rest.assign(made.begin(), made.end());
  }
  if (rest.size() != last - first)
    return std::nullopt;
  for (unsigned i = first; i < last; ++i) {
    parts[i] = {rest[i - first]};
    if (!algebra.isWhole(parts[i], readExtent(source, dims[i])))
      return std::nullopt;
  }
  return parts;
}

//===----------------------------------------------------------------------===//
// Tensors
//===----------------------------------------------------------------------===//

Poly Reader::readFresh(llvm::function_ref<Poly()> read) {
  Poly result;
  // Each time round, at least one symbol is refined, of those that a tensor's dimensions make.
  for (int i = 0; i < 16; ++i) {
    budget = kMostOperations;
    isStale = false;
    known.clear();
    result = read();
    if (!isStale)
      break;
  }
  return result;
}

Poly Reader::read(Value value, Axes &axes) {
  return readFresh([&] {
    axes = refine(getAxes(value));
    return readAt(value, axes);
  });
}

Poly Reader::readInner(linalg::LinalgOp op, Value inner, Axes &axes) {
  Value result = op->getResult(0);
  return readFresh([&] {
    axes = refine(getAxes(result));
    Axes loops(op.getNumLoops());
    AffineMap map = op.getIndexingMapMatchingResult(cast<OpResult>(result));
    for (auto [expr, axis] : llvm::zip(map.getResults(), axes))
      loops[cast<AffineDimExpr>(expr).getPosition()] = axis;
    return readScalar(inner, op, loops);
  });
}

Poly Reader::readAt(Value value, const Axes &given) {
  Axes axes = refine(given);
  if (opaque.contains(value))
    return algebra.leaf(value, axes);
  std::string key;
  for (const Axis &axis : axes) {
    for (Symbol symbol : axis)
      key += std::to_string(symbol) + ".";
    key += "/";
  }
  auto place = std::make_pair(value.getAsOpaquePointer(), key);
  if (auto it = known.find(place); it != known.end())
    return it->second;
  Poly result;
  if (depth >= kMostDepth || !spend()) {
    result = algebra.leaf(value, axes);
  } else {
    ++depth;
    result = isTensor(value) ? readTensor(value, axes) : readIndex(value);
    --depth;
    // One normalization behind the other multiplies out to more and more; each is looked for on its
    // own.
    if (result.terms.size() > kMostTerms || algebra.getLevel(result) > kMostNested)
      result = algebra.leaf(value, axes);
  }
  return known[place] = result;
}

Poly Reader::readTensor(Value value, const Axes &axes) {
  Operation *op = value.getDefiningOp();
  DenseElementsAttr dense;
  if (matchPattern(value, m_Constant(&dense)) && dense.isSplat()) {
    if (isa<FloatType>(dense.getElementType()))
      return Algebra::constant(dense.getSplatValue<APFloat>().convertToDouble());
    if (isa<IntegerType, IndexType>(dense.getElementType()))
      return Algebra::constant(dense.getSplatValue<APInt>().getSExtValue());
  }
  if (auto elements = dyn_cast_if_present<tensor::FromElementsOp>(op);
      elements && elements.getElements().size() == 1)
    return readAt(elements.getElements()[0], {});
  if (!isReadable(op))
    return algebra.leaf(value, axes);
  if (auto cast = dyn_cast<tensor::CastOp>(op))
    return isTensor(cast.getSource()) ? readAt(cast.getSource(), axes) : algebra.leaf(value, axes);
  if (auto splat = dyn_cast<tensor::SplatOp>(op))
    return readAt(splat.getInput(), {});
  if (auto expand = dyn_cast<tensor::ExpandShapeOp>(op)) {
    Axes source;
    for (const ReassociationIndices &group : expand.getReassociationIndices()) {
      Axis axis;
      for (int64_t dim : group)
        axis.append(axes[dim]);
      source.push_back(axis);
    }
    return readAt(expand.getSrc(), source);
  }
  if (auto collapse = dyn_cast<tensor::CollapseShapeOp>(op)) {
    Axes source(collapse.getSrcType().getRank());
    for (auto [axis, group] : llvm::zip(axes, collapse.getReassociationIndices())) {
      std::optional<Axes> parts = split(axis, collapse.getSrc(), group);
      if (!parts)
        return algebra.leaf(value, axes);
      for (auto [part, dim] : llvm::zip(*parts, group))
        source[dim] = part;
    }
    return readAt(collapse.getSrc(), source);
  }
  if (auto reshape = dyn_cast<tensor::ReshapeOp>(op)) {
    // Dimensions of the same sizes at both ends are the same.
    Value source = reshape.getSource();
    auto type = dyn_cast<RankedTensorType>(source.getType());
    if (!type)
      return algebra.leaf(value, axes);
    int64_t first = 0, last = axes.size(), from = 0, to = type.getRank();
    Axes all(type.getRank());
    auto isSame = [&](int64_t dim, int64_t sourceDim) {
      return algebra.equal(readExtent(value, dim), readExtent(source, sourceDim));
    };
    while (first < last && from < to && isSame(first, from))
      all[from++] = axes[first++];
    while (first < last && from < to && isSame(last - 1, to - 1))
      all[--to] = axes[--last];
    Axis rest;
    for (int64_t dim = first; dim < last; ++dim)
      rest.append(axes[dim]);
    SmallVector<int64_t> dims = llvm::to_vector(llvm::seq(from, to));
    std::optional<Axes> parts = split(rest, source, dims);
    if (!parts)
      return algebra.leaf(value, axes);
    for (auto [part, dim] : llvm::zip(*parts, dims))
      all[dim] = part;
    return readAt(source, all);
  }
  if (auto linalg = dyn_cast<linalg::LinalgOp>(op))
    return readLinalg(linalg, cast<OpResult>(value).getResultNumber(), axes);
  return readOperation(
      op, 0, [&](Value operand) { return readAt(operand, isTensor(operand) ? axes : Axes()); },
      [&] { return algebra.leaf(value, axes); });
}

Poly Reader::readLinalg(linalg::LinalgOp op, unsigned result, const Axes &axes) {
  Value value = op->getResult(result);
  unifyExtents(op);
  Axes loops(op.getNumLoops());
  AffineMap map = op.getIndexingMapMatchingResult(cast<OpResult>(value));
  for (auto [expr, axis] : llvm::zip(map.getResults(), axes))
    if (auto dim = dyn_cast<AffineDimExpr>(expr))
      loops[dim.getPosition()] = axis;
  // Loops that the result lacks are summed over.
  SmallVector<Symbol> summed;
  bool reduces = false;
  for (unsigned loop = 0; loop < op.getNumLoops(); ++loop) {
    if (map.isFunctionOfDim(loop))
      continue;
    if (op.getIteratorTypesArray()[loop] != utils::IteratorType::reduction)
      return algebra.leaf(value, axes);
    reduces = true;
    Value tensor;
    unsigned dim = 0;
    for (OpOperand &operand : op->getOpOperands()) {
      AffineMap from = op.getMatchingIndexingMap(&operand);
      for (unsigned i = 0; !tensor && i < from.getNumResults(); ++i)
        if (from.getResult(i) == getAffineDimExpr(loop, op.getContext()))
          tensor = operand.get(), dim = i;
    }
    if (!tensor)
      return algebra.leaf(value, axes);
    if (cast<RankedTensorType>(tensor.getType()).getDimSize(dim) == 1)
      continue;
    loops[loop] = refine(Axis{getSymbol(op, loop, [&] { return readExtent(tensor, dim); })});
    summed.append(loops[loop].begin(), loops[loop].end());
  }
  Block *body = op.getBlock();
  Value yielded = body->getTerminator()->getOperand(result);
  OpOperand *init = op.getDpsInitOperand(result);
  BlockArgument accumulator = op.getMatchingBlockArgument(init);
  if (!reduces)
    return readScalar(yielded, op, loops);
  auto add = yielded.getDefiningOp<arith::AddFOp>();
  if (!add || !accumulator.hasOneUse() ||
      (add.getLhs() != accumulator && add.getRhs() != accumulator))
    return algebra.leaf(value, axes);
  Value term = add.getLhs() == accumulator ? add.getRhs() : add.getLhs();
  Poly sum = algebra.sum(readScalar(term, op, loops), summed);
  // Symbols of the sum may have been refined while its term was read.
  sum = algebra.add(sum, readAt(init->get(), axes));
  std::string rounding = getRounding(value.getType());
  return rounding.empty() ? sum : algebra.function("sum, each " + rounding, {sum});
}

//===----------------------------------------------------------------------===//
// Scalars
//===----------------------------------------------------------------------===//

Poly Reader::readScalar(Value value, linalg::LinalgOp op, const Axes &loops) {
  if (auto arg = dyn_cast<BlockArgument>(value); arg && op && arg.getOwner() == op.getBlock()) {
    OpOperand *operand = op.getMatchingOpOperand(arg);
    if (!isTensor(operand->get()))
      return readAt(operand->get(), {});
    Axes axes;
    for (AffineExpr expr : op.getMatchingIndexingMap(operand).getResults()) {
      auto dim = dyn_cast<AffineDimExpr>(expr);
      axes.push_back(dim ? loops[dim.getPosition()] : Axis());
    }
    auto type = cast<RankedTensorType>(operand->get().getType());
    for (auto [axis, size] : llvm::zip(axes, type.getShape()))
      if (size == 1)
        axis.clear();
    return readAt(operand->get(), axes);
  }
  Operation *inner = value.getDefiningOp();
  if (!inner || opaque.contains(value))
    return algebra.leaf(value, {});
  bool isInside = op && inner->getBlock() == op.getBlock();
  if (isInside && isa<linalg::IndexOp>(inner)) {
    unsigned loop = cast<linalg::IndexOp>(inner).getDim();
    return algebra.function("index", {}, {loops[loop]});
  }
  // Of what is not read in a body it is not known on which loops it depends.
  auto unknown = [&]() -> Poly {
    if (op && op->isProperAncestor(inner))
      return algebra.function(
          "number " + std::to_string(reinterpret_cast<uintptr_t>(value.getAsOpaquePointer())), {},
          loops);
    return algebra.leaf(value, {});
  };
  if (depth >= kMostDepth)
    return unknown();
  ++depth;
  Poly result = readOperation(
      inner, cast<OpResult>(value).getResultNumber(),
      [&](Value operand) {
        return isTensor(operand) ? readAt(operand, {})
                                 : readScalar(operand, isInside ? op : linalg::LinalgOp(), loops);
      },
      unknown);
  --depth;
  return result;
}

/// Whether a number depends on elements that are not in sums.
bool Reader::hasElements(const Poly &poly) const {
  return llvm::any_of(poly.terms, [&](const auto &term) {
    return llvm::any_of(term.first, [&](const std::pair<AtomId, int> &factor) {
      const Atom &atom = algebra.get(factor.first);
      return (atom.kind == Atom::Leaf && !algebra.getFree(factor.first).empty()) ||
             (atom.kind == Atom::Function &&
              llvm::any_of(atom.args, [&](const Poly &arg) { return hasElements(arg); }));
    });
  });
}

/// A sum of products of sizes.
bool Reader::isSize(const Poly &poly) const {
  return llvm::all_of(poly.terms, [&](const auto &term) {
    return term.second >= 0 && term.second == std::floor(term.second) &&
           llvm::all_of(term.first, [&](const std::pair<AtomId, int> &factor) {
             return algebra.get(factor.first).kind == Atom::Extent && factor.second > 0 &&
                    factor.second % 2 == 0;
           });
  });
}

Poly Reader::readOperation(Operation *inner, unsigned number,
                           llvm::function_ref<Poly(Value)> operand,
                           llvm::function_ref<Poly()> unknown) {
  Value value = inner->getResult(number);
  Attribute attr;
  if (matchPattern(value, m_Constant(&attr))) {
    if (auto real = dyn_cast<FloatAttr>(attr))
      return Algebra::constant(real.getValueAsDouble());
    if (auto whole = dyn_cast<IntegerAttr>(attr))
      return Algebra::constant(whole.getType().isInteger(1) ? whole.getValue().getZExtValue()
                                                            : whole.getValue().getSExtValue());
  }
  auto rounded = [&](Poly poly) {
    std::string rounding = getRounding(value.getType());
    return rounding.empty() ? poly : algebra.function(rounding, {std::move(poly)});
  };
  auto read = [&](unsigned i) { return operand(inner->getOperand(i)); };
  // Of integers, sizes are read, which are not negative and fit; and what a comparison gives, which
  // is 1 or 0 here.
  auto isNarrow = [](Type type) {
    auto integer = dyn_cast<IntegerType>(getElementTypeOrSelf(type));
    return integer && integer.getWidth() < 32 && integer.getWidth() != 1;
  };
  if (isNarrow(value.getType()) || llvm::any_of(inner->getOperandTypes(), isNarrow))
    return unknown();
  if (isa<arith::ExtFOp>(inner))
    return read(0);
  if (isa<arith::SIToFPOp, arith::UIToFPOp, arith::IndexCastOp, arith::IndexCastUIOp,
          arith::ExtSIOp, arith::ExtUIOp, arith::TruncIOp>(inner)) {
    bool isSigned = isa<arith::SIToFPOp, arith::IndexCastOp, arith::ExtSIOp>(inner);
    bool isBit = getElementTypeOrSelf(inner->getOperand(0).getType()).isInteger(1);
    if (getElementTypeOrSelf(value.getType()).isInteger(1))
      return unknown();
    return algebra.scale(read(0), isSigned && isBit ? -1 : 1);
  }
  if (isa<arith::AddFOp, arith::AddIOp>(inner))
    return rounded(algebra.add(read(0), read(1)));
  if (isa<arith::SubFOp, arith::SubIOp>(inner))
    return rounded(algebra.add(read(0), read(1), -1));
  if (isa<arith::MulFOp, arith::MulIOp>(inner))
    return rounded(algebra.mul(read(0), read(1)));
  if (isa<arith::DivFOp>(inner)) {
    Poly divisor = read(1);
    if (!divisor.isZero())
      return rounded(algebra.div(read(0), divisor));
  }
  if (isa<arith::NegFOp>(inner))
    return algebra.scale(read(0), -1);
  if (auto trunc = dyn_cast<arith::TruncFOp>(inner);
      trunc && trunc.getRoundingmode().value_or(arith::RoundingMode::to_nearest_even) ==
                   arith::RoundingMode::to_nearest_even) {
    Poly poly = read(0);
    // Of f64, statistics are not rounded in a way that matters to f32; elements are.
    bool isOfF64 = getElementTypeOrSelf(trunc.getOperand().getType()).isF64();
    if (isOfF64 && getElementTypeOrSelf(value.getType()).isF32() && hasElements(poly))
      return algebra.function("round to f32", {poly});
    // Of an element that has the type already nothing is rounded off.
    if (std::optional<AtomId> id = poly.getAtom()) {
      const Atom &atom = algebra.get(*id);
      if (atom.kind == Atom::Leaf &&
          getElementTypeOrSelf(atom.value.getType()) == getElementTypeOrSelf(value.getType()))
        return poly;
      if (atom.kind == Atom::Function && atom.name == getRounding(value.getType()))
        return poly;
    }
    return rounded(poly);
  }
  if (isa<math::FmaOp>(inner))
    return rounded(algebra.add(algebra.mul(read(0), read(1)), read(2)));
  if (isa<math::RsqrtOp>(inner))
    return rounded(algebra.power(read(0), -1));
  if (isa<math::SqrtOp>(inner))
    return rounded(algebra.power(read(0), 1));
  if (isa<math::PowFOp, math::FPowIOp>(inner)) {
    std::optional<double> exponent = read(1).getConstant();
    if (exponent && *exponent * 2 == std::floor(*exponent * 2) && std::fabs(*exponent) <= 4)
      return rounded(algebra.power(read(0), int(*exponent * 2)));
  }
  if (isa<arith::MaximumFOp, arith::MaxNumFOp>(inner)) {
    Poly x = read(0), y = read(1);
    if (y.getConstant() == 0.0 || x.getConstant() == 0.0)
      return algebra.clamp(y.getConstant() == 0.0 ? x : y);
  }
  if (auto compare = dyn_cast<arith::CmpIOp>(inner)) {
    // Sizes are not negative.
    Poly x = read(0), y = read(1);
    std::optional<double> left = x.getConstant(), right = y.getConstant();
    using P = arith::CmpIPredicate;
    if (left && right)
      return Algebra::constant(arith::applyCmpPredicate(compare.getPredicate(),
                                                        APInt(64, int64_t(*left), true),
                                                        APInt(64, int64_t(*right), true)));
    if (isSize(x) && right == 0.0 && compare.getPredicate() == P::slt)
      return Algebra::constant(0);
    if (isSize(x) && right == 0.0 && compare.getPredicate() == P::sge)
      return Algebra::constant(1);
  }
  if (isa<arith::DivSIOp, arith::DivUIOp, arith::FloorDivSIOp>(inner)) {
    // Where nothing is left over, whatever the sizes.
    Poly divisor = read(1);
    if (divisor.terms.size() == 1) {
      Poly quotient = algebra.div(read(0), divisor);
      if (isSize(quotient))
        return quotient;
    }
  }
  if (auto compare = dyn_cast<arith::CmpFOp>(inner)) {
    std::optional<double> x = read(0).getConstant(), y = read(1).getConstant();
    if (x && y)
      return Algebra::constant(
          arith::applyCmpPredicate(compare.getPredicate(), APFloat(*x), APFloat(*y)));
  }
  // compare(x, 0) ? x : 0
  if (auto select = dyn_cast<arith::SelectOp>(inner))
    if (std::optional<double> condition = operand(select.getCondition()).getConstant())
      return read(*condition != 0 ? 1 : 2);
  if (auto select = dyn_cast<arith::SelectOp>(inner))
    if (auto compare = select.getCondition().getDefiningOp<arith::CmpFOp>()) {
      Poly left = operand(compare.getLhs()), right = operand(compare.getRhs());
      Poly yes = read(1), no = read(2);
      using P = arith::CmpFPredicate;
      P p = compare.getPredicate();
      bool isLess = p == P::OLT || p == P::ULT || p == P::OLE || p == P::ULE;
      bool isGreater = p == P::OGT || p == P::UGT || p == P::OGE || p == P::UGE;
      const Poly &kept = isLess ? no : yes, &zero = isLess ? yes : no;
      if ((isLess || isGreater) && zero.getConstant() == 0.0 && right.getConstant() == 0.0 &&
          algebra.equal(left, kept))
        return algebra.clamp(kept);
    }
  if (auto dim = dyn_cast<tensor::DimOp>(inner))
    if (std::optional<int64_t> index = dim.getConstantIndex();
        index && isa<RankedTensorType>(dim.getSource().getType()))
      return readExtent(dim.getSource(), *index);
  if (auto extract = dyn_cast<tensor::ExtractOp>(inner); extract && extract.getIndices().empty())
    return operand(extract.getTensor());
  // Any other that has no effects, by its name.
  if (!isMemoryEffectFree(inner) || inner->getNumRegions() != 0 || inner->getNumOperands() == 0 ||
      !(OpTrait::hasElementwiseMappableTraits(inner)))
    return unknown();
  std::string name;
  llvm::raw_string_ostream os(name);
  os << inner->getName() << inner->getAttrDictionary() << " "
     << getElementTypeOrSelf(value.getType());
  std::vector<Poly> args;
  for (unsigned i = 0; i < inner->getNumOperands(); ++i)
    args.push_back(read(i));
  return algebra.function(name, args);
}
