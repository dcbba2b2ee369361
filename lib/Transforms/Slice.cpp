//===- Slice.cpp - parts of a program as operations of their own ------------===//
//
// See Slice.h.
//
//===----------------------------------------------------------------------===//

#include "Slice.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace mlir::norm;

SmallVector<Value> norm::getNeeds(Operation *op) {
  SmallVector<Value> needs(op->getOperands());
  op->walk([&](Operation *nested) {
    for (Value operand : nested->getOperands())
      if (Operation *definition = operand.getDefiningOp();
          definition && definition->getBlock() == op->getBlock())
        needs.push_back(operand);
      else if (auto arg = dyn_cast<BlockArgument>(operand); arg && arg.getOwner() == op->getBlock())
        needs.push_back(operand);
  });
  return needs;
}

DenseMap<Operation *, unsigned> norm::findLevels(GenericOp op,
                                                 llvm::function_ref<bool(ReduceOp)> isCounted) {
  Block &block = op.getBody().front();
  auto counts = [&](Operation *inner) {
    auto reduce = dyn_cast<ReduceOp>(inner);
    return reduce && isCounted(reduce);
  };
  // How many sums stand before one, its own included, and how late it may be.
  DenseMap<Value, unsigned> early, late;
  unsigned most = 0;
  for (Operation &inner : block) {
    unsigned level = 0;
    for (Value need : getNeeds(&inner))
      level = std::max(level, early.lookup(need));
    if (counts(&inner))
      most = std::max(most, ++level);
    for (Value result : inner.getResults())
      early[result] = level;
  }
  DenseMap<Operation *, unsigned> lastLevel;
  for (Operation &inner : llvm::reverse(block)) {
    unsigned level = most;
    for (Value result : inner.getResults())
      if (late.contains(result))
        level = std::min(level, late[result]);
    lastLevel[&inner] = level;
    if (counts(&inner))
      --level;
    if (!isa<YieldOp>(inner))
      for (Value need : getNeeds(&inner))
        late[need] = late.contains(need) ? std::min(late[need], level) : level;
  }
  // Those with one place, then the others: with the last of the same kind, which read the same, or
  // as late as they may be.
  auto reduces = llvm::filter_to_vector(op.getBody().getOps<ReduceOp>(), isCounted);
  DenseMap<Operation *, unsigned> levels;
  for (ReduceOp reduce : reduces)
    if (early[reduce.getResult(0)] == lastLevel[reduce])
      levels[reduce] = lastLevel[reduce];
  for (ReduceOp reduce : reduces) {
    if (levels.contains(reduce))
      continue;
    unsigned level = 0;
    for (ReduceOp other : reduces)
      if (levels.contains(other) && other.getOver() == reduce.getOver() &&
          other.getOrder() == reduce.getOrder() && levels[other] <= lastLevel[reduce] &&
          levels[other] >= early[reduce.getResult(0)])
        level = std::max(level, levels[other]);
    levels[reduce] = level ? level : lastLevel[reduce];
  }
  // Two that had a choice may have come to one level although the later needs the earlier.
  DenseMap<Value, unsigned> before;
  for (Operation &inner : block) {
    unsigned level = 0;
    for (Value need : getNeeds(&inner))
      level = std::max(level, before.lookup(need));
    if (counts(&inner))
      level = levels[&inner] = std::max(levels[&inner], level + 1);
    for (Value result : inner.getResults())
      before[result] = level;
  }
  return levels;
}

llvm::SmallPtrSet<Operation *, 16> norm::findSlice(ArrayRef<SliceOutput> outputs,
                                                   const KnownValues &known,
                                                   llvm::SmallDenseSet<Value> &given) {
  llvm::SmallPtrSet<Operation *, 16> slice;
  SmallVector<Value> work =
      llvm::map_to_vector(outputs, [](const SliceOutput &output) { return output.value; });
  while (!work.empty()) {
    Value value = work.pop_back_val();
    if (isa<BlockArgument>(value) || known.contains(value))
      given.insert(value);
    else if (slice.insert(value.getDefiningOp()).second)
      llvm::append_range(work, getNeeds(value.getDefiningOp()));
  }
  return slice;
}

SmallVector<unsigned> norm::getDims(GenericOp op, Type field) {
  SmallVector<unsigned> dims;
  for (StringAttr name : getFieldDims(field))
    dims.push_back(*op.findDim(name));
  return dims;
}

ArrayAttr norm::nameDims(GenericOp op, ArrayRef<unsigned> dims) {
  Builder b(op.getContext());
  auto names = llvm::map_to_vector(dims, [&](unsigned d) { return op.getDimName(d).getValue(); });
  return GenericOp::buildAccess(b, ArrayRef<StringRef>(names));
}

SliceOutput norm::createTemporary(RewriterBase &rewriter, GenericOp op, Value value) {
  SmallVector<unsigned> dims = op.getDimsWhere(/*inGroup=*/false);
  llvm::append_range(dims, getDims(op, value.getType()));
  llvm::sort(dims);
  SmallVector<OpFoldResult> sizes, extents = op.getMixedExtents();
  for (unsigned d : dims)
    sizes.push_back(extents[d]);
  Value init =
      tensor::EmptyOp::create(rewriter, op.getLoc(), sizes, norm::getElementType(value.getType()));
  return {value, init, nameDims(op, dims), rewriter.getUnitAttr()};
}

/// Clones an operation of a program into one whose groups have fewer dimensions.
static void cloneInto(Operation *inner, OpBuilder &b, IRMapping &mapping,
                      ArrayRef<StringAttr> inGroup) {
  auto keep = [&](Type type) {
    SmallVector<StringAttr> dims;
    for (StringAttr dim : getFieldDims(type))
      if (llvm::is_contained(inGroup, dim))
        dims.push_back(dim);
    return getFieldOrScalar(norm::getElementType(type), dims);
  };
  auto map = dyn_cast<MapOp>(inner);
  if (!map) {
    Operation *copy = b.clone(*inner, mapping);
    for (Value result : copy->getResults())
      if (isa<FieldType>(result.getType()))
        result.setType(keep(result.getType()));
    return;
  }
  auto emitBody = [&](OpBuilder &nested, ValueRange fields) {
    IRMapping own(mapping);
    size_t next = 0;
    for (auto [arg, input] : llvm::zip(map.getBody().getArguments(), map.getInputs())) {
      Value mapped = mapping.lookup(input);
      own.map(arg, isa<FieldType>(mapped.getType()) ? fields[next++] : mapped);
    }
    for (Operation &operation : map.getBody().front().without_terminator())
      nested.clone(operation, own);
    return llvm::map_to_vector(map.getYield().getValues(),
                               [&](Value value) { return own.lookupOrDefault(value); });
  };
  SmallVector<Value> fields;
  for (Value input : map.getInputs())
    if (isa<FieldType>(mapping.lookup(input).getType()))
      fields.push_back(mapping.lookup(input));
  if (!isa<FieldType>(keep(map.getResultTypes().front()))) {
    mapping.map(map.getResults(), emitBody(b, {}));
    return;
  }
  auto types = llvm::map_to_vector(map.getResultTypes(), keep);
  auto copy = MapOp::create(b, map.getLoc(), types, fields,
                            [&](OpBuilder &nested, Location loc, ValueRange args) {
                              YieldOp::create(nested, loc, emitBody(nested, args));
                            });
  mapping.map(map.getResults(), copy.getResults());
}

GenericOp norm::buildSlice(RewriterBase &rewriter, GenericOp op, ArrayRef<unsigned> dims,
                           ArrayRef<unsigned> inGroup, ArrayRef<SliceOutput> outputs,
                           const KnownValues &known) {
  Block *block = &op.getBody().front();
  llvm::SmallDenseSet<Value> given;
  llvm::SmallPtrSet<Operation *, 16> slice = findSlice(outputs, known, given);
  SmallVector<Value> inputs, arguments;
  SmallVector<Attribute> accesses, accs;
  for (BlockArgument arg : block->getArguments())
    if (given.contains(arg)) {
      arguments.push_back(arg);
      inputs.push_back(op.getInputs()[arg.getArgNumber()]);
      accesses.push_back(op.getAccesses()[arg.getArgNumber()]);
    }
  for (const auto &[value, place] : known)
    if (given.contains(value)) {
      arguments.push_back(value);
      inputs.push_back(place.first);
      accesses.push_back(place.second);
    }
  SmallVector<Value> inits;
  for (const SliceOutput &output : outputs) {
    inits.push_back(output.init);
    accesses.push_back(output.access);
    accs.push_back(output.acc);
  }
  SmallVector<StringRef> names, reduced;
  SmallVector<StringAttr> inGroupNames;
  SmallVector<OpFoldResult> sizes, extents = op.getMixedExtents();
  for (unsigned d : dims) {
    names.push_back(op.getDimName(d).getValue());
    sizes.push_back(extents[d]);
  }
  for (unsigned d : inGroup) {
    inGroupNames.push_back(op.getDimName(d));
    reduced.push_back(op.getDimName(d).getValue());
  }
  auto body = [&](OpBuilder &b, Location loc, ValueRange args) {
    IRMapping mapping;
    mapping.map(ValueRange(arguments), args);
    for (Operation &inner : *block)
      if (slice.contains(&inner))
        cloneInto(&inner, b, mapping, inGroupNames);
    YieldOp::create(b, loc, llvm::map_to_vector(outputs, [&](const SliceOutput &output) {
                      return mapping.lookup(output.value);
                    }));
  };
  auto part = GenericOp::create(rewriter, op.getLoc(), inputs, inits, names, sizes, reduced,
                                rewriter.getArrayAttr(accesses), rewriter.getArrayAttr(accs), body);
  return part;
}
