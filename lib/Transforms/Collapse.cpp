//===- Collapse.cpp - neighbouring dimensions become one -----------------===//
//
// Where tensors are packed, the positions of a channel are one run of neighbours: one long loop
// instead of short ones in each other. Whether they are packed is known at run time.
//
//===----------------------------------------------------------------------===//

#include "normc/IR/Norm.h"
#include "normc/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace mlir::norm {
#define GEN_PASS_DEF_COLLAPSEPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

namespace {

/// Iteration dimensions [first, first + count) that are to be one.
struct Run {
  unsigned first, count;
  bool contains(unsigned dim) const { return dim >= first && dim < first + count; }
};

class Collapser {
public:
  Collapser(GenericOp op, Run run, OpBuilder &builder) : op(op), run(run), b(op.getLoc(), builder) {
    b.setInsertionPoint(op);
    for (unsigned i = 0; i < run.count; ++i)
      names.push_back(op.getDimName(run.first + i));
  }

  /// The condition under which every operand has its dimensions packed; null where it always has.
  Value createCondition();
  /// `clone`, with one dimension.
  void rewrite(GenericOp clone);

private:
  /// The position in an operand of the first collapsed dimension, if it has them.
  std::optional<unsigned> findPosition(unsigned operand);
  Value getOperand(unsigned i) {
    unsigned numInputs = op.getInputs().size();
    return i < numInputs ? op.getInputs()[i] : op.getInits()[i - numInputs];
  }
  unsigned getNumOperands() { return op.getInputs().size() + op.getInits().size(); }
  OpFoldResult createProduct(ArrayRef<OpFoldResult> factors);
  Value collapse(Value memref, unsigned position);
  ArrayAttr collapse(ArrayAttr names);
  Type collapse(Type type);

  GenericOp op;
  Run run;
  ImplicitLocOpBuilder b;
  SmallVector<StringAttr> names;
  StringAttr merged;
  llvm::SmallDenseMap<Value, Value> collapsed;
};

/// Whether a list of dimensions has all of a run or none.
bool hasAllOrNone(GenericOp op, Run run, ArrayRef<StringAttr> dims) {
  unsigned found =
      llvm::count_if(dims, [&](StringAttr dim) { return run.contains(*op.findDim(dim)); });
  return found == 0 || found == run.count;
}

SmallVector<StringAttr> getNames(ArrayAttr names) {
  return llvm::map_to_vector(names, [](Attribute name) { return cast<StringAttr>(name); });
}

/// Whether the dimensions of a run are nowhere apart.
bool canCollapse(GenericOp op, Run run) {
  unsigned numOperands = op.getInputs().size() + op.getInits().size();
  for (unsigned i = 0; i < run.count; ++i)
    if (op.isGroupDim(run.first + i) != op.isGroupDim(run.first) ||
        op.getStaticOffsets()[run.first + i] != 0)
      return false;
  for (unsigned i = 0; i < numOperands; ++i) {
    GenericOp::Access access = op.getAccess(i);
    unsigned next = run.first;
    for (ArrayRef<unsigned> entry : access) {
      bool inside = llvm::any_of(entry, [&](unsigned dim) { return run.contains(dim); });
      bool begun = next != run.first && next != run.first + run.count;
      if (!inside && begun)
        return false;
      if (!inside)
        continue;
      if (entry.size() != 1 || entry.front() != next)
        return false;
      ++next;
    }
    if (next != run.first && next != run.first + run.count)
      return false;
  }
  bool can = true;
  op.getBody().walk([&](Operation *inner) {
    if (auto reduce = dyn_cast<ReduceOp>(inner)) {
      SmallVector<StringAttr> over = getNames(reduce.getOver());
      can &= hasAllOrNone(op, run, over);
      // A run of the order ends where the dimensions begin, or is around them.
      int64_t last = reduce.getOrder().getRun();
      if (last)
        can &= hasAllOrNone(op, run, ArrayRef(over).take_back(last));
    } else if (auto count = dyn_cast<CountOp>(inner)) {
      can &= hasAllOrNone(op, run, getNames(count.getOver()));
    } else if (auto index = dyn_cast<IndexOp>(inner)) {
      can &= !run.contains(*op.findDim(index.getDimAttr()));
    } else if (auto flip = dyn_cast<FlipOp>(inner)) {
      can &= !run.contains(*op.findDim(flip.getDimAttr()));
    }
    for (Type type : inner->getResultTypes())
      can &= hasAllOrNone(op, run, getFieldDims(type));
  });
  return can;
}

/// The first run that can be collapsed, as long as it can be, or nothing.
std::optional<Run> findRun(GenericOp op) {
  for (unsigned first = 0, e = op.getNumDims(); first + 1 < e; ++first)
    for (unsigned count = e - first; count > 1; --count)
      if (canCollapse(op, {first, count}))
        return Run{first, count};
  return std::nullopt;
}

std::optional<unsigned> Collapser::findPosition(unsigned operand) {
  for (auto [i, entry] : llvm::enumerate(op.getAccess(operand)))
    if (entry.size() == 1 && entry.front() == run.first)
      return i;
  return std::nullopt;
}

Value Collapser::createCondition() {
  Value condition;
  llvm::SmallDenseSet<Value> seen;
  for (unsigned i = 0, e = getNumOperands(); i != e; ++i) {
    std::optional<unsigned> position = findPosition(i);
    Value memref = getOperand(i);
    if (!position || !seen.insert(memref).second)
      continue;
    auto metadata = memref::ExtractStridedMetadataOp::create(b, memref);
    auto at = [&](ArrayRef<OpFoldResult> values, unsigned i) {
      return getValueOrCreateConstantIndexOp(b, b.getLoc(), values[i]);
    };
    SmallVector<OpFoldResult> sizes = metadata.getConstifiedMixedSizes();
    SmallVector<OpFoldResult> strides = metadata.getConstifiedMixedStrides();
    // What the stride of a dimension is where everything behind it is packed. Not the next stride
    // times the next size: the stride of a single index means nothing.
    unsigned last = *position + run.count - 1;
    Value packed = at(strides, last);
    for (unsigned d = last; d-- > *position;) {
      packed = b.createOrFold<arith::MulIOp>(packed, at(sizes, d + 1));
      Value same = b.createOrFold<arith::CmpIOp>(arith::CmpIPredicate::eq, at(strides, d), packed);
      Value single = b.createOrFold<arith::CmpIOp>(arith::CmpIPredicate::ule, at(sizes, d),
                                                   arith::ConstantIndexOp::create(b, 1));
      Value either = b.createOrFold<arith::OrIOp>(same, single);
      condition = condition ? b.createOrFold<arith::AndIOp>(condition, either) : either;
    }
  }
  if (condition && matchPattern(condition, m_One()))
    return Value();
  return condition;
}

OpFoldResult Collapser::createProduct(ArrayRef<OpFoldResult> factors) {
  OpFoldResult product = factors.front();
  for (OpFoldResult factor : factors.drop_front()) {
    std::optional<int64_t> x = getConstantIntValue(product), y = getConstantIntValue(factor);
    if (x && y)
      product = b.getIndexAttr(*x * *y);
    else
      product =
          b.createOrFold<arith::MulIOp>(getValueOrCreateConstantIndexOp(b, b.getLoc(), product),
                                        getValueOrCreateConstantIndexOp(b, b.getLoc(), factor));
  }
  return product;
}

Value Collapser::collapse(Value memref, unsigned position) {
  Value &result = collapsed[memref];
  if (result)
    return result;
  auto metadata = memref::ExtractStridedMetadataOp::create(b, memref);
  SmallVector<OpFoldResult> sizes = metadata.getConstifiedMixedSizes();
  SmallVector<OpFoldResult> strides = metadata.getConstifiedMixedStrides();
  OpFoldResult size = createProduct(ArrayRef(sizes).slice(position, run.count));
  sizes[position + run.count - 1] = size;
  sizes.erase(sizes.begin() + position, sizes.begin() + position + run.count - 1);
  strides.erase(strides.begin() + position, strides.begin() + position + run.count - 1);
  OpFoldResult offset = metadata.getConstifiedMixedOffset();
  auto [shape, dynamicSizes] = decomposeMixedValues(sizes);
  auto [staticStrides, dynamicStrides] = decomposeMixedValues(strides);
  int64_t staticOffset = getConstantIntValue(offset).value_or(ShapedType::kDynamic);
  auto type = cast<MemRefType>(memref.getType());
  auto layout = StridedLayoutAttr::get(b.getContext(), staticOffset, staticStrides);
  auto resultType = MemRefType::get(shape, type.getElementType(), layout, type.getMemorySpace());
  result = memref::ReinterpretCastOp::create(b, resultType, metadata.getBaseBuffer(), offset, sizes,
                                             strides);
  return result;
}

ArrayAttr Collapser::collapse(ArrayAttr list) {
  SmallVector<Attribute> left;
  for (Attribute name : list) {
    if (name == names.front())
      left.push_back(merged);
    else if (!llvm::is_contained(names, name))
      left.push_back(name);
  }
  return b.getArrayAttr(left);
}

Type Collapser::collapse(Type type) {
  auto field = dyn_cast<FieldType>(type);
  if (!field)
    return type;
  SmallVector<StringAttr> dims;
  for (StringAttr dim : field.getDims()) {
    if (dim == names.front())
      dims.push_back(merged);
    else if (!llvm::is_contained(names, dim))
      dims.push_back(dim);
  }
  return getFieldOrScalar(field.getElementType(), dims);
}

void Collapser::rewrite(GenericOp clone) {
  // Before the choice, so that what follows from them can stand there too.
  Operation *parent = clone->getParentOp();
  b.setInsertionPoint(isa<scf::IfOp>(parent) ? parent : clone.getOperation());
  // A name that no other dimension has.
  std::string name;
  for (StringAttr part : names)
    name += part.getValue();
  while (succeeded(op.findDim(b.getStringAttr(name))))
    name += "_";
  merged = b.getStringAttr(name);

  SmallVector<Value> inputs, inits;
  SmallVector<Attribute> accesses;
  for (unsigned i = 0, e = getNumOperands(); i != e; ++i) {
    std::optional<unsigned> position = findPosition(i);
    Value memref = getOperand(i);
    SmallVector<Attribute> entries(cast<ArrayAttr>(op.getAccesses()[i]).getValue());
    if (position) {
      memref = collapse(memref, *position);
      entries[*position] = b.getArrayAttr({merged});
      entries.erase(entries.begin() + *position + 1, entries.begin() + *position + run.count);
    }
    accesses.push_back(b.getArrayAttr(entries));
    (i < op.getInputs().size() ? inputs : inits).push_back(memref);
  }
  SmallVector<OpFoldResult> extents = op.getMixedExtents();
  OpFoldResult extent = createProduct(ArrayRef(extents).slice(run.first, run.count));
  extents[run.first] = extent;
  extents.erase(extents.begin() + run.first + 1, extents.begin() + run.first + run.count);
  SmallVector<int64_t> offsets(op.getStaticOffsets());
  offsets.erase(offsets.begin() + run.first + 1, offsets.begin() + run.first + run.count);
  auto [staticExtents, dynamicExtents] = decomposeMixedValues(extents);

  clone.getDynamicExtentsMutable().assign(dynamicExtents);
  clone.getInputsMutable().assign(inputs);
  clone.getInitsMutable().assign(inits);
  clone.setDimsAttr(collapse(op.getDims()));
  clone.setReduceAttr(collapse(op.getReduce()));
  clone.setStaticExtents(staticExtents);
  clone.setStaticOffsets(offsets);
  clone.setAccessesAttr(b.getArrayAttr(accesses));

  for (BlockArgument arg : clone.getBody().getArguments())
    arg.setType(collapse(arg.getType()));
  clone.getBody().walk([&](Operation *inner) {
    for (Value result : inner->getResults())
      result.setType(collapse(result.getType()));
    if (auto count = dyn_cast<CountOp>(inner))
      count.setOverAttr(collapse(count.getOver()));
    auto reduce = dyn_cast<ReduceOp>(inner);
    if (!reduce)
      return;
    OrderAttr order = reduce.getOrder();
    SmallVector<StringAttr> over = getNames(reduce.getOver());
    if (order.getRun() &&
        llvm::is_contained(ArrayRef(over).take_back(order.getRun()), names.front()))
      reduce.setOrderAttr(OrderAttr::get(
          b.getContext(), order.getLanes(), order.getRun() - run.count + 1, order.getSegment(),
          order.getRuns(), order.getBlocks(), order.getShift(), order.getUnit()));
    reduce.setOverAttr(collapse(reduce.getOver()));
  });
}

struct CollapsePass : norm::impl::CollapsePassBase<CollapsePass> {
  using CollapsePassBase::CollapsePassBase;

  void runOnOperation() override {
    FailureOr<SmallVector<GenericOp>> ops = getGenericsOnBuffers(getOperation(), "norm-collapse");
    if (failed(ops))
      return signalPassFailure();
    OpBuilder builder(&getContext());
    for (GenericOp op : *ops) {
      std::optional<Run> run = findRun(op);
      if (!run)
        continue;
      Collapser collapser(op, *run, builder);
      Value condition = collapser.createCondition();
      if (!condition) {
        builder.setInsertionPoint(op);
        collapser.rewrite(cast<GenericOp>(builder.clone(*op)));
        op.erase();
        continue;
      }
      builder.setInsertionPoint(op);
      auto branch = scf::IfOp::create(builder, op.getLoc(), condition, /*withElseRegion=*/true);
      builder.setInsertionPointToStart(branch.thenBlock());
      collapser.rewrite(cast<GenericOp>(builder.clone(*op)));
      op->moveBefore(branch.elseBlock(), branch.elseBlock()->begin());
    }
  }
};

} // namespace
