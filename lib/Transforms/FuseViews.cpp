//===- FuseViews.cpp - tensors that are parts of others, and dimensions of others -===//
//
// A part is a part only if everything about it is known: where it begins, which elements it takes,
// and that it has all of the other dimensions.
//
//===----------------------------------------------------------------------===//

#include "FuseViews.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::norm;

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

namespace {
/// A number, or a value that is one, or a dimension of a tensor: as far back as it can be followed.
struct Size {
  std::optional<int64_t> constant;
  Value value;
  int64_t dim;

  Size(int64_t constant) : constant(constant), dim(-1) {}
  Size(Value value, int64_t dim = -1) : value(value), dim(dim) {}
  bool operator==(const Size &other) const {
    return constant == other.constant && value == other.value && dim == other.dim;
  }
};
} // namespace

static Size findSize(OpFoldResult size);

static Size findSize(Value tensor, int64_t dim) {
  while (true) {
    auto type = cast<RankedTensorType>(tensor.getType());
    if (!type.isDynamicDim(dim))
      return type.getDimSize(dim);
    Operation *op = tensor.getDefiningOp();
    if (auto empty = dyn_cast_if_present<tensor::EmptyOp>(op))
      return findSize(empty.getMixedSizes()[dim]);
    if (auto slice = dyn_cast_if_present<tensor::ExtractSliceOp>(op);
        slice && slice.getType().getRank() == slice.getSourceType().getRank())
      return findSize(slice.getMixedSizes()[dim]);
    if (auto cast = dyn_cast_if_present<tensor::CastOp>(op);
        cast && isa<RankedTensorType>(cast.getSource().getType())) {
      tensor = cast.getSource();
      continue;
    }
    if (auto expand = dyn_cast_if_present<tensor::ExpandShapeOp>(op))
      return findSize(expand.getMixedOutputShape()[dim]);
    if (auto collapse = dyn_cast_if_present<tensor::CollapseShapeOp>(op)) {
      // Of several dimensions one may have the others' elements: those of one.
      std::optional<int64_t> only;
      for (int64_t source : collapse.getReassociationIndices()[dim]) {
        if (collapse.getSrcType().getDimSize(source) == 1)
          continue;
        if (only)
          return {tensor, dim};
        only = source;
      }
      if (!only)
        return 1;
      tensor = collapse.getSrc();
      dim = *only;
      continue;
    }
    if (auto concat = dyn_cast_if_present<tensor::ConcatOp>(op);
        concat && int64_t(concat.getDim()) != dim) {
      tensor = concat.getInputs().front();
      continue;
    }
    if (auto insert = dyn_cast_if_present<tensor::InsertSliceOp>(op)) {
      tensor = insert.getDest();
      continue;
    }
    if (auto style = dyn_cast_if_present<DestinationStyleOpInterface>(op)) {
      tensor = style.getTiedOpOperand(cast<OpResult>(tensor))->get();
      continue;
    }
    return {tensor, dim};
  }
}

static Size findSize(OpFoldResult size) {
  if (std::optional<int64_t> constant = getConstantIntValue(size))
    return *constant;
  auto value = cast<Value>(size);
  if (auto dim = value.getDefiningOp<tensor::DimOp>())
    if (std::optional<int64_t> index = dim.getConstantIndex();
        index && isa<RankedTensorType>(dim.getSource().getType()))
      return findSize(dim.getSource(), *index);
  return value;
}

bool norm::haveSameSize(Value a, int64_t dimOfA, Value b, int64_t dimOfB) {
  return findSize(a, dimOfA) == findSize(b, dimOfB);
}

//===----------------------------------------------------------------------===//
// Parts
//===----------------------------------------------------------------------===//

/// Which part of a tensor's dimension a slice is, where it has all of the others.
static std::optional<std::tuple<int64_t, Parts, unsigned>>
matchSlice(Value whole, ArrayRef<OpFoldResult> offsets, ArrayRef<OpFoldResult> sizes,
           ArrayRef<OpFoldResult> strides) {
  auto type = cast<RankedTensorType>(whole.getType());
  std::optional<std::tuple<int64_t, Parts, unsigned>> found;
  for (int64_t dim = 0; dim < type.getRank(); ++dim) {
    if (isZeroInteger(offsets[dim]) && isOneInteger(strides[dim]) &&
        findSize(sizes[dim]) == findSize(whole, dim))
      continue;
    std::optional<int64_t> offset = getConstantIntValue(offsets[dim]);
    std::optional<int64_t> size = getConstantIntValue(sizes[dim]);
    std::optional<int64_t> stride = getConstantIntValue(strides[dim]);
    if (found || !offset || !size || !stride || *size == 0 || type.getDimSize(dim) != 2 * *size)
      return std::nullopt;
    if (*stride == 1 && (*offset == 0 || *offset == *size))
      found = {dim, Parts::Halves, *offset == 0 ? 0 : 1};
    else if (*stride == 2 && (*offset == 0 || *offset == 1))
      found = {dim, Parts::Pairs, *offset};
    else
      return std::nullopt;
  }
  return found;
}

/// The group of two dimensions that a reshape makes of one or one of, where all others stay: its
/// position, and which of the two has two elements.
static std::optional<std::pair<int64_t, unsigned>> matchPair(ArrayRef<ReassociationIndices> groups,
                                                             RankedTensorType expanded) {
  std::optional<std::pair<int64_t, unsigned>> found;
  for (auto [position, group] : llvm::enumerate(groups)) {
    if (group.size() == 1)
      continue;
    int64_t first = expanded.getDimSize(group[0]), second = expanded.getDimSize(group[1]);
    if (found || group.size() != 2 || ShapedType::isDynamic(first) ||
        ShapedType::isDynamic(second) || (first != 2 && second != 2))
      return std::nullopt;
    found = {position, second == 2 ? 1 : 0};
  }
  return found;
}

/// Whether a reshape only takes away, or adds, a dimension of one element: `expanded` is the tensor
/// that has it.
static bool hasOneMore(ArrayRef<ReassociationIndices> groups, RankedTensorType expanded,
                       int64_t dim) {
  if (expanded.getDimSize(dim) != 1 || int64_t(groups.size()) + 1 != expanded.getRank())
    return false;
  return llvm::any_of(groups, [&](const ReassociationIndices &group) {
    return group.size() == 2 && llvm::is_contained(group, dim);
  });
}

std::optional<Part> norm::matchPart(Value value) {
  if (auto slice = value.getDefiningOp<tensor::ExtractSliceOp>();
      slice && slice.getType().getRank() == slice.getSourceType().getRank())
    if (auto found = matchSlice(slice.getSource(), slice.getMixedOffsets(), slice.getMixedSizes(),
                                slice.getMixedStrides())) {
      auto [dim, parts, number] = *found;
      return Part{slice.getSource(), dim, parts, number, {slice}};
    }
  // Of a dimension that was made two, one index of that of two elements.
  auto collapse = value.getDefiningOp<tensor::CollapseShapeOp>();
  auto slice = (collapse ? collapse.getSrc() : value).getDefiningOp<tensor::ExtractSliceOp>();
  if (!slice)
    return std::nullopt;
  auto expand = slice.getSource().getDefiningOp<tensor::ExpandShapeOp>();
  if (!expand)
    return std::nullopt;
  auto pair = matchPair(expand.getReassociationIndices(), expand.getResultType());
  if (!pair)
    return std::nullopt;
  auto [position, which] = *pair;
  int64_t two = expand.getReassociationIndices()[position][which];
  std::optional<int64_t> number = getConstantIntValue(slice.getMixedOffsets()[two]);
  for (int64_t dim = 0; dim < slice.getSourceType().getRank(); ++dim) {
    if (dim == two
            ? !isOneInteger(slice.getMixedSizes()[dim])
            : !isZeroInteger(slice.getMixedOffsets()[dim]) ||
                  !isOneInteger(slice.getMixedStrides()[dim]) ||
                  !(findSize(slice.getMixedSizes()[dim]) == findSize(slice.getSource(), dim)))
      return std::nullopt;
  }
  if (!number || *number < 0 || *number > 1)
    return std::nullopt;
  Part part{expand.getSrc(),
            position,
            which == 1 ? Parts::Pairs : Parts::Halves,
            unsigned(*number),
            {expand, slice}};
  int64_t dropped = slice.getSourceType().getRank() - slice.getType().getRank();
  if (collapse) {
    part.views.push_back(collapse);
    if (dropped != 0 || !hasOneMore(collapse.getReassociationIndices(), collapse.getSrcType(), two))
      return std::nullopt;
    return part;
  }
  llvm::SmallBitVector droppedDims = slice.getDroppedDims();
  return dropped == 1 && droppedDims.test(two) ? std::optional(part) : std::nullopt;
}

/// A concatenation as StableHLO has it in linalg: by its index, an element of one tensor or of the
/// other.
static std::optional<Joined> matchChoice(linalg::GenericOp op) {
  if (op.getNumDpsInputs() != 0 || op->getNumResults() != 1 ||
      op.getNumParallelLoops() != op.getNumLoops() ||
      !op.getIndexingMapsArray().front().isIdentity())
    return std::nullopt;
  auto choice = op.getBlock()->getTerminator()->getOperand(0).getDefiningOp<scf::IfOp>();
  if (!choice || choice->getNumResults() != 1 || choice.getElseRegion().empty())
    return std::nullopt;
  auto compare = choice.getCondition().getDefiningOp<arith::CmpIOp>();
  if (!compare || compare.getPredicate() != arith::CmpIPredicate::ult)
    return std::nullopt;
  auto along = compare.getLhs().getDefiningOp<linalg::IndexOp>();
  std::optional<int64_t> size = getConstantIntValue(compare.getRhs());
  auto type = cast<RankedTensorType>(op.getResult(0).getType());
  if (!along || !size || type.getDimSize(along.getDim()) != 2 * *size)
    return std::nullopt;
  Joined joined{{}, int64_t(along.getDim()), Parts::Halves, {op}};
  Block *blocks[] = {choice.thenBlock(), choice.elseBlock()};
  for (auto [number, block] : llvm::enumerate(blocks)) {
    auto extract = block->getTerminator()->getOperand(0).getDefiningOp<tensor::ExtractOp>();
    if (!extract || int64_t(extract.getIndices().size()) != type.getRank() ||
        extract.getTensor().getType().getDimSize(joined.dim) != *size)
      return std::nullopt;
    for (auto [dim, index] : llvm::enumerate(extract.getIndices())) {
      Value position = index;
      if (number == 1 && int64_t(dim) == joined.dim) {
        auto minus = position.getDefiningOp<arith::SubIOp>();
        if (!minus || getConstantIntValue(minus.getRhs()) != size)
          return std::nullopt;
        position = minus.getLhs();
      }
      auto loop = position.getDefiningOp<linalg::IndexOp>();
      if (!loop || loop->getBlock() != op.getBlock() || loop.getDim() != dim)
        return std::nullopt;
    }
    joined.parts[number] = extract.getTensor();
  }
  return joined;
}

static std::optional<Joined> matchInserts(tensor::InsertSliceOp last) {
  auto first = last.getDest().getDefiningOp<tensor::InsertSliceOp>();
  if (!first || !first->hasOneUse())
    return std::nullopt;
  std::optional<Joined> joined;
  unsigned numbers[2];
  tensor::InsertSliceOp inserts[] = {last, first};
  for (unsigned i : {0, 1}) {
    tensor::InsertSliceOp insert = inserts[i];
    if (insert.getSourceType().getRank() != insert.getType().getRank())
      return std::nullopt;
    auto found = matchSlice(insert.getDest(), insert.getMixedOffsets(), insert.getMixedSizes(),
                            insert.getMixedStrides());
    if (!found)
      return std::nullopt;
    auto [dim, parts, number] = *found;
    if (joined && (joined->dim != dim || joined->kind != parts || numbers[0] == number))
      return std::nullopt;
    if (!joined)
      joined = Joined{{}, dim, parts, {last, first}};
    numbers[i] = number;
    joined->parts[number] = insert.getSource();
  }
  return joined;
}

std::optional<Joined> norm::matchJoined(Operation *op) {
  std::optional<Joined> joined;
  if (auto generic = dyn_cast<linalg::GenericOp>(op))
    joined = matchChoice(generic);
  if (auto insert = dyn_cast<tensor::InsertSliceOp>(op))
    joined = matchInserts(insert);
  if (auto concat = dyn_cast<tensor::ConcatOp>(op); concat && concat.getInputs().size() == 2)
    joined = Joined{{concat.getInputs()[0], concat.getInputs()[1]},
                    int64_t(concat.getDim()),
                    Parts::Halves,
                    {op}};
  if (auto collapse = dyn_cast<tensor::CollapseShapeOp>(op)) {
    // Stacked: each has one more dimension of one element, and these are two of one.
    auto pair = matchPair(collapse.getReassociationIndices(), collapse.getSrcType());
    Operation *source = collapse.getSrc().getDefiningOp();
    std::optional<Joined> stacked =
        source && isa<tensor::ConcatOp, tensor::InsertSliceOp, linalg::GenericOp>(source)
            ? matchJoined(source)
            : std::nullopt;
    if (!pair || !stacked || !source->hasOneUse())
      return std::nullopt;
    auto [position, which] = *pair;
    int64_t two = collapse.getReassociationIndices()[position][which];
    if (stacked->dim != two)
      return std::nullopt;
    joined = Joined{{}, position, which == 1 ? Parts::Pairs : Parts::Halves, {op}};
    llvm::append_range(joined->views, stacked->views);
    for (unsigned i : {0, 1}) {
      auto expand = stacked->parts[i].getDefiningOp<tensor::ExpandShapeOp>();
      if (!expand || !hasOneMore(expand.getReassociationIndices(), expand.getResultType(), two))
        return std::nullopt;
      joined->parts[i] = expand.getSrc();
      if (expand->hasOneUse())
        joined->views.push_back(expand);
    }
  }
  if (!joined)
    return std::nullopt;
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  for (Value part : joined->parts)
    if (auto partType = cast<RankedTensorType>(part.getType());
        partType.getRank() != type.getRank() || type.isDynamicDim(joined->dim) ||
        2 * partType.getDimSize(joined->dim) != type.getDimSize(joined->dim))
      return std::nullopt;
  return joined;
}

//===----------------------------------------------------------------------===//
// Dimensions
//===----------------------------------------------------------------------===//

StringAttr norm::getFreeName(GenericOp op, StringRef wanted) {
  std::string name = wanted.str();
  while (succeeded(op.findDim(StringAttr::get(op.getContext(), name))))
    name += "_";
  return StringAttr::get(op.getContext(), name);
}

void norm::splitDim(RewriterBase &rewriter, GenericOp op, StringAttr dim,
                    ArrayRef<StringAttr> names, ArrayRef<OpFoldResult> extents,
                    ArrayRef<unsigned> iteration) {
  unsigned position = *op.findDim(dim);
  SmallVector<StringAttr> ordered;
  SmallVector<OpFoldResult> all = op.getMixedExtents(), made;
  for (unsigned i : iteration) {
    ordered.push_back(names[i]);
    made.push_back(extents[i]);
  }
  auto replace = [&](ArrayAttr list, ArrayRef<StringAttr> with) {
    SmallVector<Attribute> left;
    for (Attribute name : list) {
      if (name == dim)
        left.append(with.begin(), with.end());
      else
        left.push_back(name);
    }
    return rewriter.getArrayAttr(left);
  };
  auto replaceType = [&](Type type) -> Type {
    SmallVector<StringAttr> dims;
    for (StringAttr name : getFieldDims(type)) {
      if (name == dim)
        llvm::append_range(dims, ordered);
      else
        dims.push_back(name);
    }
    return dims.empty() ? type : getFieldOrScalar(norm::getElementType(type), dims);
  };
  SmallVector<Attribute> accesses;
  for (Attribute access : op.getAccesses()) {
    SmallVector<Attribute> entries;
    for (Attribute entry : cast<ArrayAttr>(access))
      entries.push_back(replace(cast<ArrayAttr>(entry), names));
    accesses.push_back(rewriter.getArrayAttr(entries));
  }
  all.erase(all.begin() + position);
  all.insert(all.begin() + position, made.begin(), made.end());
  auto [staticExtents, dynamicExtents] = decomposeMixedValues(all);
  SmallVector<int64_t> offsets(op.getStaticOffsets());
  offsets.insert(offsets.begin() + position, names.size() - 1, 0);

  rewriter.modifyOpInPlace(op, [&] {
    op.getDynamicExtentsMutable().assign(dynamicExtents);
    op.setDimsAttr(replace(op.getDims(), ordered));
    op.setReduceAttr(replace(op.getReduce(), ordered));
    op.setStaticExtents(staticExtents);
    op.setStaticOffsets(offsets);
    op.setAccessesAttr(rewriter.getArrayAttr(accesses));
  });
  // Of two elements one dimension has both.
  auto find = [&](int64_t extent) {
    for (auto [name, size] : llvm::zip(names, extents))
      if (getConstantIntValue(size) == extent)
        return name;
    return names.front();
  };
  SmallVector<IndexOp> indices;
  op.getBody().walk([&](Block *block) {
    for (BlockArgument arg : block->getArguments())
      arg.setType(replaceType(arg.getType()));
    for (Operation &inner : *block) {
      for (Value result : inner.getResults())
        result.setType(replaceType(result.getType()));
      if (auto count = dyn_cast<CountOp>(inner))
        count.setOverAttr(replace(count.getOver(), ordered));
      if (auto flip = dyn_cast<FlipOp>(inner); flip && flip.getDimAttr() == dim)
        flip.setDimAttr(find(2));
      if (auto index = dyn_cast<IndexOp>(inner); index && index.getDimAttr() == dim)
        indices.push_back(index);
      auto reduce = dyn_cast<ReduceOp>(inner);
      if (!reduce)
        continue;
      // A run that had the dimension has all of it.
      OrderAttr order = reduce.getOrder();
      if (order && order.getRun() &&
          llvm::is_contained(reduce.getOver().getValue().take_back(order.getRun()), dim))
        reduce.setOrderAttr(OrderAttr::get(rewriter.getContext(), order.getLanes(),
                                           order.getRun() + names.size() - 1, order.getSegment(),
                                           order.getRuns(), order.getBlocks(), order.getShift(),
                                           order.getUnit()));
      reduce.setOverAttr(replace(reduce.getOver(), ordered));
    }
  });
  for (IndexOp index : indices) {
    rewriter.setInsertionPoint(index);
    Location loc = index.getLoc();
    Value sum;
    for (auto [name, extent] : llvm::zip(names, extents)) {
      Value one = IndexOp::create(rewriter, loc, name);
      if (sum) {
        // Of the first no extent is needed, so that it may be one that is not static.
        Value size = arith::ConstantIndexOp::create(rewriter, loc, *getConstantIntValue(extent));
        sum = arith::MulIOp::create(rewriter, loc, sum, size);
        one = arith::AddIOp::create(rewriter, loc, sum, one);
      }
      sum = one;
    }
    rewriter.replaceOp(index, sum);
  }
}

void norm::renameDims(RewriterBase &rewriter, GenericOp op, GenericOp other) {
  if (op.getDims() == other.getDims() || op.getNumDims() != other.getNumDims() ||
      op.getMixedExtents() != other.getMixedExtents() ||
      op.getStaticOffsets() != other.getStaticOffsets())
    return;
  for (unsigned dim = 0; dim < op.getNumDims(); ++dim)
    if (op.isGroupDim(dim) != other.isGroupDim(dim))
      return;
  auto rename = [&](unsigned dim, StringAttr name) {
    splitDim(rewriter, op, op.getDimName(dim), {name}, {op.getMixedExtents()[dim]}, {0});
  };
  // Names may change places.
  for (unsigned dim = 0; dim < op.getNumDims(); ++dim)
    if (op.getDimName(dim) != other.getDimName(dim))
      rename(dim, getFreeName(op, (other.getDimName(dim).getValue() + "_").str()));
  for (unsigned dim = 0; dim < op.getNumDims(); ++dim)
    if (op.getDimName(dim) != other.getDimName(dim))
      rename(dim, other.getDimName(dim));
}

bool norm::splitEntries(RewriterBase &rewriter, GenericOp op, ArrayAttr access,
                        ArrayRef<ReassociationIndices> groups, RankedTensorType type,
                        ArrayRef<OpFoldResult> sizes, SmallVector<Attribute> &entries) {
  auto staticExtent = [&](Attribute name) {
    return op.getStaticExtents()[*op.findDim(cast<StringAttr>(name))];
  };
  for (auto [group, entry] : llvm::zip(groups, access)) {
    auto names = cast<ArrayAttr>(entry);
    if (group.size() == 1)
      continue;
    // Inside of a program no extent is known that is not static.
    bool isKnown = llvm::all_of(ArrayRef(group).drop_front(),
                                [&](int64_t dim) { return !type.isDynamicDim(dim); });
    if (!isKnown || llvm::any_of(group, [&](int64_t dim) { return type.getDimSize(dim) == 1; }))
      return false;
    if (names.size() == 1 && op.getStaticOffsets()[*op.findDim(cast<StringAttr>(names[0]))] == 0)
      continue;
    if (names.size() != group.size())
      return false;
    for (auto [name, dim] : llvm::zip(names, group))
      if (dim != group.front() && staticExtent(name) != type.getDimSize(dim))
        return false;
  }
  for (auto [i, group] : llvm::enumerate(groups)) {
    auto names = cast<ArrayAttr>(access[i]);
    SmallVector<StringAttr> parts;
    if (group.size() > 1 && names.size() == 1) {
      auto dim = cast<StringAttr>(names[0]);
      SmallVector<OpFoldResult> extents;
      SmallVector<unsigned> iteration;
      for (auto [number, part] : llvm::enumerate(group)) {
        parts.push_back(getFreeName(op, (dim.getValue() + Twine(number)).str()));
        extents.push_back(sizes[part]);
        iteration.push_back(number);
      }
      splitDim(rewriter, op, dim, parts, extents, iteration);
    } else if (group.size() > 1) {
      llvm::append_range(parts, names.getAsRange<StringAttr>());
    }
    if (group.size() == 1)
      entries.push_back(names);
    for (StringAttr part : parts)
      entries.push_back(rewriter.getArrayAttr({part}));
  }
  return true;
}

ArrayAttr norm::addUnits(tensor::CollapseShapeOp view, ArrayAttr access) {
  SmallVector<Attribute> entries;
  for (auto [group, entry] : llvm::zip(view.getReassociationIndices(), access)) {
    bool isGiven = false;
    for (int64_t dim : group) {
      bool isUnit = view.getSrcType().getDimSize(dim) == 1;
      if (!isUnit && isGiven)
        return ArrayAttr();
      entries.push_back(isUnit ? ArrayAttr::get(view.getContext(), {}) : entry);
      isGiven |= !isUnit;
    }
    if (!isGiven && !cast<ArrayAttr>(entry).empty())
      return ArrayAttr();
  }
  return access.empty() && view.getSrcType().getRank() > 0
             ? ArrayAttr()
             : ArrayAttr::get(view.getContext(), entries);
}

OpFoldResult norm::createProduct(RewriterBase &rewriter, Location loc, ArrayRef<OpFoldResult> sizes,
                                 ArrayRef<int64_t> which) {
  OpFoldResult product = sizes[which.front()];
  for (int64_t i : which.drop_front()) {
    std::optional<int64_t> x = getConstantIntValue(product), y = getConstantIntValue(sizes[i]);
    if (x && y)
      product = rewriter.getIndexAttr(*x * *y);
    else
      product = arith::MulIOp::create(rewriter, loc,
                                      getValueOrCreateConstantIndexOp(rewriter, loc, product),
                                      getValueOrCreateConstantIndexOp(rewriter, loc, sizes[i]))
                    .getResult();
  }
  return product;
}
