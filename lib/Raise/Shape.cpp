//===- Shape.cpp - which named operation, and of which operands --------------===//
//
// Every dimension of the input is of a group, says which group, or is divided between the two.
//
//===----------------------------------------------------------------------===//

#include "Shape.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

#include <algorithm>

using namespace mlir;
using namespace mlir::norm;

SmallVector<NormShape> norm::findShapes(Algebra &algebra, const Axes &axes, ArrayRef<Symbol> bound,
                                        bool centred) {
  enum Role { Which, Inside, Divided };
  SmallVector<Role> roles;
  int64_t rank = axes.size(), groups = 1;
  for (const Axis &axis : axes) {
    auto isBound = [&](Symbol symbol) { return llvm::is_contained(bound, symbol); };
    unsigned inside = llvm::count_if(axis, isBound);
    Role role = axis.empty() || inside == 0 ? Which : inside == axis.size() ? Inside : Divided;
    if (role == Divided) {
      // Which group first, then where in it.
      if (!std::is_partitioned(axis.begin(), axis.end(), [&](Symbol s) { return !isBound(s); }))
        return {};
      groups = 1;
      for (Symbol symbol : axis)
        if (!isBound(symbol)) {
          std::optional<int64_t> extent = algebra.getStaticExtent(symbol);
          if (!extent)
            return {};
          groups *= *extent;
        }
    }
    roles.push_back(role);
  }
  auto all = [&](int64_t from, int64_t to, Role role) {
    return llvm::all_of(llvm::seq(from, to), [&](int64_t dim) {
      return roles[dim] == role || (axes[dim].empty() && role != Divided);
    });
  };
  auto range = [](int64_t from, int64_t to) {
    return llvm::to_vector(llvm::seq<int64_t>(from, to));
  };
  SmallVector<NormShape> found;
  auto add = [&](NormShape::Kind kind, Layout layout, int64_t channel, int64_t parts = 1) {
    if (rank <= 5)
      found.push_back({kind, {}, layout, parts, {channel}});
  };
  // A group of trailing dimensions.
  int64_t first = rank;
  while (first > 0 && (roles[first - 1] == Inside || (axes[first - 1].empty() && first == rank)))
    --first;
  // Pictures, without parameters that say which of the two it is.
  if (centred && rank >= 4 && first == 2 && all(0, 2, Which))
    add(NormShape::InstanceNorm, Layout::ChannelsFirst, 1);
  if (first < rank && all(0, first, Which)) {
    NormShape shape;
    shape.kind = centred ? NormShape::LayerNorm : NormShape::RMSNorm;
    shape.axes = shape.parameterDims = range(first, rank);
    found.push_back(shape);
  }
  if (rank >= 2 && !centred && roles[rank - 1] == Divided && all(0, rank - 1, Which)) {
    NormShape shape{NormShape::RMSNorm, {rank - 1}, Layout::ChannelsFirst, groups, {rank - 1}};
    found.push_back(shape);
  }
  if (!centred || rank < 2)
    return found;
  if (rank == 3 && all(0, 2, Which) && all(2, rank, Inside))
    add(NormShape::InstanceNorm, Layout::ChannelsFirst, 1);
  if (rank >= 3 && all(0, 1, Which) && all(1, rank - 1, Inside) && all(rank - 1, rank, Which))
    add(NormShape::InstanceNorm, Layout::ChannelsLast, rank - 1);
  if (all(0, 1, Inside) && all(1, 2, Which) && all(2, rank, Inside))
    add(NormShape::BatchNorm, Layout::ChannelsFirst, 1);
  if (rank >= 3 && all(0, rank - 1, Inside) && all(rank - 1, rank, Which))
    add(NormShape::BatchNorm, Layout::ChannelsLast, rank - 1);
  if (all(0, 1, Which) && roles[1] == Divided && all(2, rank, Inside))
    add(NormShape::GroupNorm, Layout::ChannelsFirst, 1, groups);
  if (rank >= 3 && all(0, 1, Which) && all(1, rank - 1, Inside) && roles[rank - 1] == Divided)
    add(NormShape::GroupNorm, Layout::ChannelsLast, rank - 1, groups);
  // One group of all channels.
  if (rank >= 3 && all(0, 1, Which) && all(1, rank, Inside)) {
    add(NormShape::GroupNorm, Layout::ChannelsFirst, 1);
    add(NormShape::GroupNorm, Layout::ChannelsLast, rank - 1);
  }
  return found;
}

SmallVector<int64_t> norm::getStatisticDims(const NormShape &shape, int64_t rank) {
  int64_t channel = shape.layout == Layout::ChannelsLast ? rank - 1 : 1;
  switch (shape.kind) {
  case NormShape::LayerNorm:
  case NormShape::RMSNorm:
    return llvm::to_vector(llvm::seq<int64_t>(0, shape.axes.front()));
  case NormShape::BatchNorm:
    return {channel};
  case NormShape::InstanceNorm:
  case NormShape::GroupNorm:
    return {0, channel};
  }
  llvm_unreachable("every kind is handled");
}

Axes norm::getStatisticAxes(const NormShape &shape, const Axes &axes, ArrayRef<Symbol> bound) {
  SmallVector<int64_t> dims = getStatisticDims(shape, axes.size());
  if (shape.kind == NormShape::RMSNorm && shape.groups > 1)
    dims.push_back(axes.size() - 1);
  Axes result;
  for (int64_t dim : dims) {
    Axis axis;
    for (Symbol symbol : axes[dim])
      if (!llvm::is_contained(bound, symbol))
        axis.push_back(symbol);
    result.push_back(axis);
  }
  return result;
}

std::optional<Operand> norm::findOperand(Algebra &algebra, const Poly &poly, ArrayRef<Axis> axes) {
  Operand operand;
  Poly rest = poly;
  if (auto it = rest.terms.find({}); it != rest.terms.end()) {
    operand.offset = it->second;
    rest.terms.erase(it);
  }
  std::optional<AtomId> id = rest.getAtom();
  if (!id || algebra.get(*id).kind != Atom::Leaf)
    return std::nullopt;
  const Atom &atom = algebra.get(*id);
  auto notEmpty = [](ArrayRef<Axis> axes) {
    SmallVector<Axis> kept;
    llvm::copy_if(axes, std::back_inserter(kept), [](const Axis &axis) { return !axis.empty(); });
    return kept;
  };
  if (notEmpty(atom.axes) != notEmpty(axes) || atom.axes.size() < axes.size() ||
      !isa<RankedTensorType>(atom.value.getType()) ||
      !isa<FloatType>(getElementTypeOrSelf(atom.value.getType())))
    return std::nullopt;
  operand.value = atom.value;
  return operand;
}

std::optional<Axes> norm::placeAxes(const Algebra &algebra, Value value, ArrayRef<Axis> axes) {
  auto type = cast<RankedTensorType>(value.getType());
  SmallVector<Axis> left(llvm::reverse(axes));
  Axes places;
  for (int64_t size : type.getShape()) {
    bool isUnit = size == 1 && (left.empty() || !left.back().empty());
    if (!isUnit && left.empty())
      return std::nullopt;
    places.push_back(isUnit ? Axis() : left.pop_back_val());
    double count = 1;
    bool isStatic = true;
    for (Symbol symbol : places.back()) {
      std::optional<int64_t> extent = algebra.getStaticExtent(symbol);
      isStatic &= extent.has_value();
      count *= extent.value_or(1);
    }
    if (isStatic == ShapedType::isDynamic(size) || (isStatic && count != size))
      return std::nullopt;
  }
  if (!left.empty() || !isa<FloatType>(type.getElementType()))
    return std::nullopt;
  return places;
}

/// Which dimensions of a larger shape belong to each of a smaller one's, which lacks some of one
/// element.
static SmallVector<ReassociationIndices> groupUnitDims(ArrayRef<int64_t> larger,
                                                       ArrayRef<int64_t> smaller) {
  SmallVector<ReassociationIndices> groups(smaller.size());
  unsigned next = 0;
  for (auto [dim, size] : llvm::enumerate(larger)) {
    bool isNext = next < smaller.size() && (size == 1) == (smaller[next] == 1);
    if (isNext)
      groups[next++].push_back(dim);
    else if (!groups.empty())
      groups[next ? next - 1 : 0].push_back(dim);
  }
  return groups;
}

Value norm::createSqueezed(OpBuilder &b, Location loc, Value value, ArrayRef<int64_t> shape) {
  auto type = cast<RankedTensorType>(value.getType());
  if (type.getRank() == int64_t(shape.size()))
    return value;
  return tensor::CollapseShapeOp::create(b, loc, value, groupUnitDims(type.getShape(), shape));
}

Value norm::createCast(OpBuilder &b, Location loc, Value value, Type element) {
  auto type = cast<RankedTensorType>(value.getType());
  unsigned from = type.getElementTypeBitWidth(), to = element.getIntOrFloatBitWidth();
  if (type.getElementType() == element)
    return value;
  if (from < to)
    return arith::ExtFOp::create(b, loc, type.clone(element), value);
  return arith::TruncFOp::create(b, loc, type.clone(element), value);
}

std::pair<FloatAttr, Value> norm::createEpsilon(OpBuilder &b, Location loc, Algebra &algebra,
                                                const Poly &epsilon) {
  if (std::optional<double> constant = epsilon.getConstant())
    return {b.getF64FloatAttr(*constant), Value()};
  Value value = algebra.get(*epsilon.getAtom()).value;
  if (isa<RankedTensorType>(value.getType()))
    value = createSqueezed(b, loc, value, {});
  else
    value =
        tensor::FromElementsOp::create(b, loc, RankedTensorType::get({}, value.getType()), value);
  if (getElementTypeOrSelf(value.getType()).getIntOrFloatBitWidth() < 32)
    value = createCast(b, loc, value, b.getF32Type());
  return {FloatAttr(), value};
}

Value norm::createEmpty(OpBuilder &b, Location loc, Value like, ArrayRef<int64_t> dims,
                        Type element) {
  SmallVector<OpFoldResult> sizes;
  for (int64_t dim : dims)
    sizes.push_back(tensor::getMixedSize(b, loc, like, dim));
  return tensor::EmptyOp::create(b, loc, sizes, element);
}

Value norm::createReshaped(OpBuilder &b, Location loc, Value value, Value like) {
  auto type = cast<RankedTensorType>(like.getType());
  auto from = cast<RankedTensorType>(value.getType());
  if (from.getRank() > type.getRank())
    value = createSqueezed(b, loc, value, type.getShape());
  if (from.getRank() < type.getRank()) {
    SmallVector<OpFoldResult> sizes;
    for (int64_t dim = 0; dim < type.getRank(); ++dim)
      sizes.push_back(tensor::getMixedSize(b, loc, like, dim));
    value = tensor::ExpandShapeOp::create(b, loc, type, value,
                                          groupUnitDims(type.getShape(), from.getShape()), sizes);
  }
  if (value.getType() != type)
    value = tensor::CastOp::create(b, loc, type, value);
  return value;
}

Value norm::createTransposed(OpBuilder &b, Location loc, Value value,
                             ArrayRef<int64_t> permutation) {
  if (isIdentityPermutation(permutation))
    return value;
  Value init = createEmpty(b, loc, value, permutation, getElementTypeOrSelf(value.getType()));
  return linalg::TransposeOp::create(b, loc, value, init, permutation)->getResult(0);
}

void norm::resolveSizes(RewriterBase &rewriter, Value value) {
  auto op = value.getDefiningOp<ReifyRankedShapedTypeOpInterface>();
  SmallVector<tensor::DimOp> sizes;
  for (Operation *user : value.getUsers())
    if (auto dim = dyn_cast<tensor::DimOp>(user); dim && dim.getConstantIndex())
      sizes.push_back(dim);
  ReifiedRankedShapedTypeDims shapes;
  if (!op || sizes.empty())
    return;
  rewriter.setInsertionPoint(op);
  if (failed(op.reifyResultShapes(rewriter, shapes)))
    return;
  unsigned number = cast<OpResult>(value).getResultNumber();
  for (tensor::DimOp dim : sizes)
    rewriter.replaceOp(dim, getValueOrCreateConstantIndexOp(
                                rewriter, dim.getLoc(), shapes[number][*dim.getConstantIndex()]));
}
