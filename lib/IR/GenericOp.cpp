//===- GenericOp.cpp - norm.generic: accesses and rules ------------------===//
//
// Accessors, verification and canonicalization of norm.generic. Its syntax is in GenericSyntax.cpp.
//
//===----------------------------------------------------------------------===//

#include "Syntax.h"
#include "normc/IR/Norm.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/SmallBitVector.h"

using namespace mlir;
using namespace mlir::norm;

//===----------------------------------------------------------------------===//
// Accessors
//===----------------------------------------------------------------------===//

FailureOr<unsigned> GenericOp::findDim(StringAttr name) {
  for (auto [i, dim] : llvm::enumerate(getDims()))
    if (dim == name)
      return unsigned(i);
  return failure();
}

bool GenericOp::isGroupDim(unsigned dim) {
  return !llvm::is_contained(getReduce(), Attribute(getDimName(dim)));
}

SmallVector<unsigned> GenericOp::getDimsWhere(bool inGroup) {
  SmallVector<unsigned> dims;
  for (unsigned i = 0; i < getNumDims(); ++i)
    if (isGroupDim(i) != inGroup)
      dims.push_back(i);
  return dims;
}

SmallVector<OpFoldResult> GenericOp::getMixedExtents() {
  return getMixedValues(getStaticExtents(), getDynamicExtents(), getContext());
}

SmallVector<OpFoldResult> GenericOp::getMixedOffsets() {
  return getMixedValues(getStaticOffsets(), getDynamicOffsets(), getContext());
}

GenericOp::Access GenericOp::getAccess(unsigned i) {
  Access access;
  for (Attribute entry : cast<ArrayAttr>(getAccesses()[i])) {
    SmallVector<unsigned> &dims = access.emplace_back();
    for (Attribute name : cast<ArrayAttr>(entry))
      dims.push_back(*findDim(cast<StringAttr>(name)));
  }
  return access;
}

SmallVector<unsigned> GenericOp::getAccessDims(unsigned i, bool inGroup) {
  SmallVector<unsigned> dims;
  for (ArrayRef<unsigned> entry : getAccess(i))
    for (unsigned dim : entry)
      if (isGroupDim(dim) != inGroup)
        dims.push_back(dim);
  llvm::sort(dims);
  return dims;
}

Type GenericOp::getBodyType(unsigned i) {
  Value operand = i < getInputs().size() ? getInputs()[i] : getInits()[i - getInputs().size()];
  SmallVector<StringAttr> names;
  for (unsigned dim : getAccessDims(i, /*inGroup=*/true))
    names.push_back(getDimName(dim));
  return getFieldOrScalar(mlir::getElementTypeOrSelf(operand.getType()), names);
}

YieldOp GenericOp::getYield() { return cast<YieldOp>(getBody().front().getTerminator()); }

ArrayAttr GenericOp::buildAccess(Builder &b, ArrayRef<SmallVector<StringRef>> access) {
  SmallVector<Attribute> entries;
  for (ArrayRef<StringRef> entry : access)
    entries.push_back(b.getStrArrayAttr(entry));
  return b.getArrayAttr(entries);
}

ArrayAttr GenericOp::buildAccess(Builder &b, ArrayRef<StringRef> dims) {
  SmallVector<Attribute> entries;
  for (StringRef dim : dims)
    entries.push_back(b.getStrArrayAttr({dim}));
  return b.getArrayAttr(entries);
}

void mlir::norm::addGenericOperands(OperationState &state, ValueRange extents, ValueRange offsets,
                                    ValueRange inputs, ValueRange inits) {
  auto &segments = state.getOrAddProperties<GenericOp::Properties>().operandSegmentSizes;
  const ValueRange operands[] = {extents, offsets, inputs, inits};
  for (auto [i, values] : llvm::enumerate(operands)) {
    state.addOperands(values);
    segments[i] = values.size();
  }
  for (Value init : inits)
    if (isa<RankedTensorType>(init.getType()))
      state.addTypes(init.getType());
}

void GenericOp::build(OpBuilder &builder, OperationState &state, ValueRange inputs,
                      ValueRange inits, ArrayRef<StringRef> dims, ArrayRef<OpFoldResult> extents,
                      ArrayRef<StringRef> reduce, ArrayAttr accesses, ArrayAttr accOrders,
                      function_ref<void(OpBuilder &, Location, ValueRange)> body) {
  SmallVector<Value> dynamicExtents;
  SmallVector<int64_t> staticExtents;
  dispatchIndexOpFoldResults(extents, dynamicExtents, staticExtents);
  Properties &p = state.getOrAddProperties<Properties>();
  p.dims = builder.getStrArrayAttr(dims);
  p.static_extents = builder.getDenseI64ArrayAttr(staticExtents);
  p.static_offsets = builder.getDenseI64ArrayAttr(SmallVector<int64_t>(dims.size(), 0));
  p.reduce = builder.getStrArrayAttr(reduce);
  p.accesses = accesses;
  p.acc_orders =
      accOrders ? accOrders
                : builder.getArrayAttr(SmallVector<Attribute>(inits.size(), builder.getUnitAttr()));
  p.min_count = builder.getI64IntegerAttr(1);
  addGenericOperands(state, dynamicExtents, {}, inputs, inits);
  Region *region = state.addRegion();
  if (!body)
    return;
  OpBuilder::InsertionGuard guard(builder);
  Block *block = builder.createBlock(region);
  llvm::SmallDenseSet<Attribute> inGroup;
  for (StringRef name : reduce)
    inGroup.insert(builder.getStringAttr(name));
  for (auto [input, access] : llvm::zip(inputs, accesses)) {
    // In iteration order, whatever the order in the operand.
    SmallVector<StringAttr> names;
    for (StringRef dim : dims)
      for (Attribute entry : cast<ArrayAttr>(access))
        for (Attribute name : cast<ArrayAttr>(entry))
          if (cast<StringAttr>(name).getValue() == dim && inGroup.contains(name))
            names.push_back(cast<StringAttr>(name));
    block->addArgument(getFieldOrScalar(getElementTypeOrSelf(input.getType()), names),
                       input.getLoc());
  }
  body(builder, state.location, block->getArguments());
}

//===----------------------------------------------------------------------===//
// Rules
//===----------------------------------------------------------------------===//

LogicalResult GenericOp::verify() {
  unsigned numDims = getNumDims();
  auto isDynamic = [](int64_t size) { return ShapedType::isDynamic(size); };
  if (getStaticExtents().size() != numDims || getStaticOffsets().size() != numDims ||
      size_t(llvm::count_if(getStaticExtents(), isDynamic)) != getDynamicExtents().size() ||
      size_t(llvm::count_if(getStaticOffsets(), isDynamic)) != getDynamicOffsets().size())
    return emitOpError("expects one extent and one offset for each of its ")
           << numDims << " dimensions";
  if (getAccesses().size() != getInputs().size() + getInits().size())
    return emitOpError("expects one access for each of its ")
           << getInputs().size() + getInits().size() << " operands, but got "
           << getAccesses().size();
  if (getAccOrders().size() != getInits().size())
    return emitOpError("expects one order or unit for each of its ")
           << getInits().size() << " outputs, but got " << getAccOrders().size();

  // C1
  llvm::SmallDenseSet<Attribute> names;
  for (Attribute name : getDims())
    if (!names.insert(name).second)
      return emitOpError("expects distinct dimension names, but ") << name << " stands twice";
  // C2
  int64_t last = -1;
  for (Attribute name : getReduce()) {
    FailureOr<unsigned> dim = findDim(cast<StringAttr>(name));
    if (failed(dim))
      return emitOpError("expects reduce to name dimensions of iter, but got ") << name;
    if (int64_t(*dim) <= last)
      return emitOpError("expects reduce in iteration order, each dimension once, but got ")
             << getReduce();
    last = *dim;
  }
  // C1
  for (unsigned i = 0; i < numDims; ++i) {
    int64_t extent = getStaticExtents()[i], least = isGroupDim(i) ? 0 : 1;
    if (!ShapedType::isDynamic(extent) && extent < least)
      return emitOpError("expects an extent of at least ")
             << least << " for dimension " << getDims()[i] << ", but got " << extent;
    if (!ShapedType::isDynamic(getStaticOffsets()[i]) && getStaticOffsets()[i] < 0)
      return emitOpError("expects an offset of at least 0 for dimension ")
             << getDims()[i] << ", but got " << getStaticOffsets()[i];
  }
  // C11
  if (int64_t least = getMinCount(); least < 0)
    return emitOpError("expects min_count to be at least 0, but got ") << least;

  auto operandAt = [&](unsigned i) {
    return i < getInputs().size() ? getInputs()[i] : getInits()[i - getInputs().size()];
  };
  unsigned numOperands = getAccesses().size();
  bool tensors = false, buffers = false;
  for (unsigned i = 0; i < numOperands; ++i) {
    auto type = dyn_cast<ShapedType>(operandAt(i).getType());
    tensors |= isa<RankedTensorType>(type);
    buffers |= isa<MemRefType>(type);
    if (!isa<RankedTensorType, MemRefType>(type))
      return emitOpError("expects ranked tensors or memrefs, but got ") << operandAt(i).getType();
    if (!type.getElementType().isIntOrFloat())
      return emitOpError("expects elements that are integers or floats, but got ")
             << type.getElementType();
    // C3
    auto access = cast<ArrayAttr>(getAccesses()[i]);
    if (int64_t(access.size()) != type.getRank())
      return emitOpError("expects an access of ")
             << type.getRank() << " entries for operand of type " << type << ", but got "
             << access.size();
    llvm::SmallDenseSet<Attribute> used;
    for (auto [position, entry] : llvm::enumerate(access)) {
      int64_t product = 1;
      for (Attribute name : cast<ArrayAttr>(entry)) {
        FailureOr<unsigned> dim = findDim(cast<StringAttr>(name));
        if (failed(dim))
          return emitOpError("expects an access to name dimensions of iter, but got ") << name;
        if (!used.insert(name).second)
          return emitOpError("expects an access to name each dimension once, but ")
                 << name << " stands twice";
        int64_t extent = getStaticExtents()[*dim];
        product = ShapedType::isDynamic(extent) || ShapedType::isDynamic(product)
                      ? ShapedType::kDynamic
                      : product * extent;
      }
      // C4
      int64_t size = type.getDimSize(position);
      if (!ShapedType::isDynamic(product) && !ShapedType::isDynamic(size) && product != size)
        return emitOpError("expects size ") << product << " in dimension " << position
                                            << " of an operand, but its type is " << type;
    }
  }
  // C12
  if (tensors && buffers)
    return emitOpError("expects all operands to be tensors or all to be memrefs");

  for (unsigned i = 0; i < getInits().size(); ++i) {
    unsigned operand = getInputs().size() + i;
    if (isAcc(i)) {
      // C8
      Type element = getElementTypeOrSelf(getInits()[i].getType());
      if (!element.isF32() && !element.isF64() && !element.isF80())
        return emitOpError("expects an acc output of f32 or f64, but got ") << element;
      OrderAttr order = getAccOrder(i);
      if (order && (order.getLanes() != 1 || order.getRun() != 0 || order.getRuns() != 0))
        return emitOpError("expects the order of an acc output to have one lane and one run, "
                           "but got ")
               << order;
    } else if (getAccessDims(operand, /*inGroup=*/false).size() !=
               getDimsWhere(/*inGroup=*/false).size()) {
      // C7
      InFlightDiagnostic diag =
          emitOpError("expects the access of a plain output to name every group dimension");
      diag.attachNote(getInits()[i].getLoc()) << "output " << i << " is defined here";
      return diag;
    }
    // C10
    for (unsigned input = 0; input < getInputs().size(); ++input)
      if (getInputs()[input] == getInits()[i] && getAccesses()[input] != getAccesses()[operand])
        return emitOpError("expects the same access in ins and outs for a result in place, but "
                           "got ")
               << getAccesses()[input] << " and " << getAccesses()[operand];
  }
  return success();
}

LogicalResult GenericOp::verifyRegions() {
  // C5
  Block &block = getBody().front();
  if (block.getNumArguments() != getInputs().size())
    return emitOpError("expects one block argument for each of its ")
           << getInputs().size() << " inputs, but got " << block.getNumArguments();
  for (auto [i, arg] : llvm::enumerate(block.getArguments()))
    if (arg.getType() != getBodyType(i))
      return emitOpError("expects block argument ")
             << i << " of type " << getBodyType(i) << ", but got " << arg.getType();
  // C6
  auto yield = dyn_cast<YieldOp>(block.getTerminator());
  if (!yield || yield.getValues().size() != getInits().size())
    return emitOpError("expects its region to end with a norm.yield of ")
           << getInits().size() << " values";
  for (auto [i, value] : llvm::enumerate(yield.getValues())) {
    Type expected = getBodyType(getInputs().size() + i);
    if (value.getType() != expected)
      return (emitOpError("expects yielded value ")
              << i << " of type " << expected << ", but got " << value.getType())
                 .attachNote(value.getLoc())
             << "the value is defined here";
  }
  // C9
  WalkResult walk = getBody().walk([&](Operation *op) {
    if (!isa<NormDialect>(op->getDialect()) && op->getDialect()->getNamespace() != "arith" &&
        op->getDialect()->getNamespace() != "math") {
      emitOpError("expects arith, math and norm operations in its region, but found '")
              .append(op->getName(), "'")
              .attachNote(op->getLoc())
          << "it stands here";
      return WalkResult::interrupt();
    }
    if (isa<GenericOp>(op)) {
      emitOpError("expects no norm.generic in its region");
      return WalkResult::interrupt();
    }
    if (auto fast = dyn_cast<arith::ArithFastMathInterface>(op))
      if (fast.getFastMathFlagsAttr() &&
          fast.getFastMathFlagsAttr().getValue() != arith::FastMathFlags::none) {
        emitOpError("expects operations without fast-math flags, because they change rounding "
                    "points and orders, but found ")
            << fast.getFastMathFlagsAttr() << " on '" << op->getName() << "'";
        return WalkResult::interrupt();
      }
    for (Type type : op->getResultTypes())
      if (!isa<FieldType>(type) && !type.isIntOrIndexOrFloat()) {
        emitOpError("expects scalars and fields in its region, but '")
            << op->getName() << "' gives " << type;
        return WalkResult::interrupt();
      }
    return WalkResult::advance();
  });
  if (walk.wasInterrupted())
    return failure();
  // C13
  if (hasPureBufferSemantics())
    return verifyOrders("run norm-generalize before bufferization");
  return success();
}

LogicalResult GenericOp::verifyOrders(StringRef remedy) {
  auto fail = [&](Location loc, const Twine &what) -> LogicalResult {
    InFlightDiagnostic diag = emitOpError("expects every reduction to have an order: ") << remedy;
    diag.attachNote(loc) << "that of " << what << " is left to the target";
    return diag;
  };
  for (unsigned i = 0; i < getInits().size(); ++i)
    if (isAcc(i) && !getAccOrder(i))
      return fail(getLoc(), "output " + Twine(i));
  for (auto reduce : getBody().getOps<ReduceOp>())
    if (!reduce.getOrder())
      return fail(reduce.getLoc(), "this one");
  return success();
}

//===----------------------------------------------------------------------===//
// Interfaces
//===----------------------------------------------------------------------===//

void GenericOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>> &effects) {
  for (OpOperand &input : getInputsMutable())
    if (isa<MemRefType>(input.get().getType()))
      effects.emplace_back(MemoryEffects::Read::get(), &input, SideEffects::DefaultResource::get());
  for (auto [i, init] : llvm::enumerate(getInitsMutable())) {
    if (!isa<MemRefType>(init.get().getType()))
      continue;
    if (isAcc(i))
      effects.emplace_back(MemoryEffects::Read::get(), &init, SideEffects::DefaultResource::get());
    effects.emplace_back(MemoryEffects::Write::get(), &init, SideEffects::DefaultResource::get());
  }
}

LogicalResult GenericOp::reifyResultShapes(OpBuilder &b, ReifiedRankedShapedTypeDims &shapes) {
  for (auto [result, init] : llvm::zip(getResults(), getInits())) {
    SmallVector<OpFoldResult> &shape = shapes.emplace_back();
    for (int64_t i = 0, e = cast<RankedTensorType>(result.getType()).getRank(); i < e; ++i)
      shape.push_back(tensor::getMixedSize(b, getLoc(), init, i));
  }
  return success();
}

namespace {
/// `iter(r = %c8)` with a constant becomes `iter(r = 8)`.
struct FoldConstantExtents : OpRewritePattern<GenericOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(GenericOp op, PatternRewriter &rewriter) const override {
    auto fold = [&](SmallVector<OpFoldResult> mixed, int64_t least, SmallVector<Value> &dynamic,
                    SmallVector<int64_t> &statics) {
      bool changed = false;
      for (OpFoldResult &value : mixed)
        if (auto v = dyn_cast<Value>(value))
          if (std::optional<int64_t> constant = getConstantIntValue(v);
              constant && *constant >= least) {
            value = rewriter.getIndexAttr(*constant);
            changed = true;
          }
      dispatchIndexOpFoldResults(mixed, dynamic, statics);
      return changed;
    };
    SmallVector<Value> extents, offsets;
    SmallVector<int64_t> staticExtents, staticOffsets;
    // An extent of 0 stays dynamic: inside a group it is an error found at run time.
    bool changed = fold(op.getMixedExtents(), 1, extents, staticExtents);
    changed |= fold(op.getMixedOffsets(), 0, offsets, staticOffsets);
    if (!changed)
      return rewriter.notifyMatchFailure(op, "no extent or offset is a new constant");
    rewriter.modifyOpInPlace(op, [&] {
      op.getDynamicExtentsMutable().assign(extents);
      op.getDynamicOffsetsMutable().assign(offsets);
      op.setStaticExtents(staticExtents);
      op.setStaticOffsets(staticOffsets);
    });
    return success();
  }
};

/// An input that the program does not read is dropped; one given twice is given once.
struct DropInputs : OpRewritePattern<GenericOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(GenericOp op, PatternRewriter &rewriter) const override {
    Block &block = op.getBody().front();
    llvm::SmallBitVector drop(block.getNumArguments());
    for (unsigned i = 0; i < block.getNumArguments(); ++i) {
      for (unsigned j = 0; j < i && !drop[i]; ++j)
        if (op.getInputs()[i] == op.getInputs()[j] && op.getAccesses()[i] == op.getAccesses()[j]) {
          rewriter.replaceAllUsesWith(block.getArgument(i), block.getArgument(j));
          drop.set(i);
        }
      if (block.getArgument(i).use_empty())
        drop.set(i);
    }
    if (drop.none())
      return rewriter.notifyMatchFailure(op, "every input is read, and given once");
    SmallVector<Attribute> accesses;
    SmallVector<Value> inputs;
    for (auto [i, access] : llvm::enumerate(op.getAccesses()))
      if (i >= drop.size() || !drop[i])
        accesses.push_back(access);
    for (auto [i, input] : llvm::enumerate(op.getInputs()))
      if (!drop[i])
        inputs.push_back(input);
    rewriter.modifyOpInPlace(op, [&] {
      op.getInputsMutable().assign(inputs);
      op.setAccessesAttr(rewriter.getArrayAttr(accesses));
      block.eraseArguments([&](BlockArgument arg) { return drop[arg.getArgNumber()]; });
    });
    return success();
  }
};

/// A tensor.cast that only forgets static sizes is looked through.
struct FoldCasts : OpRewritePattern<GenericOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(GenericOp op, PatternRewriter &rewriter) const override {
    for (OpOperand &input : op.getInputsMutable()) {
      auto cast = input.get().getDefiningOp<tensor::CastOp>();
      if (!cast || !tensor::canFoldIntoConsumerOp(cast))
        continue;
      rewriter.modifyOpInPlace(op, [&] { input.set(cast.getSource()); });
      return success();
    }
    return rewriter.notifyMatchFailure(op, "no input is a cast that can be looked through");
  }
};
} // namespace

void GenericOp::getCanonicalizationPatterns(RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<FoldConstantExtents, DropInputs, FoldCasts>(context);
}

FailureOr<SmallVector<GenericOp>> norm::getGenericsOnBuffers(Operation *root, StringRef pass) {
  SmallVector<GenericOp> ops;
  root->walk([&](GenericOp op) { ops.push_back(op); });
  for (GenericOp op : ops)
    if (!op.hasPureBufferSemantics())
      return op.emitOpError("expects memrefs, but has tensors: run one-shot-bufferize before ")
             << pass;
  return ops;
}

LogicalResult norm::verifyOrders(Operation *root, StringRef pass) {
  std::string remedy = ("run norm-generalize before " + pass).str();
  WalkResult walk = root->walk([&](GenericOp op) { return WalkResult(op.verifyOrders(remedy)); });
  return failure(walk.wasInterrupted());
}
