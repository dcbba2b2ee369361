//===- FuseLoops.cpp - an elementwise operation as a part of a group's program -===//
//
// Loops are named by the dimensions that index what the two operations share.
//
//===----------------------------------------------------------------------===//

#include "Fuse.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::norm;

linalg::LinalgOp norm::getElementwise(Operation *op) {
  auto linalg = dyn_cast_if_present<linalg::LinalgOp>(op);
  if (!linalg || !linalg.hasPureTensorSemantics() || op->getNumResults() != 1 ||
      linalg.getNumParallelLoops() != linalg.getNumLoops() || isa<linalg::FillOp>(op))
    return linalg::LinalgOp();
  return linalg;
}

TypedAttr norm::getUniform(Value value) {
  if (auto fill = value.getDefiningOp<linalg::FillOp>())
    value = fill.getInputs()[0];
  Attribute constant;
  if (!matchPattern(value, m_Constant(&constant)))
    return TypedAttr();
  if (auto dense = dyn_cast<DenseElementsAttr>(constant))
    return dense.isSplat() ? cast<TypedAttr>(dense.getSplatValue<Attribute>()) : TypedAttr();
  return dyn_cast<TypedAttr>(constant);
}

bool norm::usesInit(linalg::LinalgOp op) {
  return !op.getMatchingBlockArgument(op.getDpsInitOperand(0)).use_empty();
}

LoopsInGroup::LoopsInGroup(GenericOp op, linalg::LinalgOp linalg, AffineMap map, Attribute access)
    : op(op), linalg(linalg), loops(linalg.getNumLoops()) {
  for (Operation &inner : *linalg.getBlock())
    for (Value operand : inner.getOperands())
      if (operand.getParentBlock() != linalg.getBlock() &&
          !operand.getDefiningOp<arith::ConstantOp>())
        numbers.insert(operand);
  isComplete = map.isPermutation();
  if (!isComplete)
    return;
  for (auto [expr, entry] : llvm::zip(map.getResults(), cast<ArrayAttr>(access)))
    loops[cast<AffineDimExpr>(expr).getPosition()] =
        llvm::to_vector(cast<ArrayAttr>(entry).getAsRange<StringAttr>());
}

bool LoopsInGroup::isInGroup(unsigned loop) {
  return llvm::any_of(loops[loop],
                      [&](StringAttr dim) { return !op.isGroupDim(*op.findDim(dim)); });
}

std::string LoopsInGroup::findObstacle() {
  if (!isComplete)
    return "its loops are not the dimensions of what is normalized";
  for (Operation &inner : linalg.getBlock()->without_terminator()) {
    if (isa<linalg::IndexOp>(inner)) {
      if (loops[cast<linalg::IndexOp>(inner).getDim()].size() != 1)
        return "it asks for an index that is made of several dimensions";
      continue;
    }
    StringRef dialect = inner.getDialect()->getNamespace();
    if ((dialect != "arith" && dialect != "math" && !isa<RandomOp>(inner)) ||
        inner.getNumRegions() != 0)
      return "its body has '" + inner.getName().getStringRef().str() + "'";
    if (auto fast = dyn_cast<arith::ArithFastMathInterface>(inner);
        fast && fast.getFastMathFlagsAttr() &&
        fast.getFastMathFlagsAttr().getValue() != arith::FastMathFlags::none)
      return "its body has fast-math flags";
    if (!llvm::all_of(inner.getResultTypes(), [](Type type) { return type.isIntOrIndexOrFloat(); }))
      return "its body computes something that is no number";
  }
  for (Value number : numbers)
    if (!number.getType().isIntOrFloat())
      return "its body uses a scalar from outside that is neither an integer nor a float";
  for (OpOperand &operand : linalg->getOpOperands()) {
    Type element = getElementTypeOrSelf(operand.get().getType());
    bool isConstant = linalg.isDpsInput(&operand) && getUniform(operand.get());
    if (!element.isIntOrFloat() && !(element.isIndex() && isConstant))
      return "it has elements that are neither integers nor floats";
  }
  return "";
}

Attribute LoopsInGroup::getAccess(AffineMap map) {
  SmallVector<Attribute> entries;
  llvm::SmallDenseSet<unsigned> seen;
  Builder b(op.getContext());
  for (AffineExpr expr : map.getResults()) {
    auto dim = dyn_cast<AffineDimExpr>(expr);
    if (!dim || !seen.insert(dim.getPosition()).second)
      return Attribute();
    entries.push_back(b.getArrayAttr(
        SmallVector<Attribute>(loops[dim.getPosition()].begin(), loops[dim.getPosition()].end())));
  }
  return b.getArrayAttr(entries);
}

SmallVector<StringAttr> LoopsInGroup::getInGroup(AffineMap map) {
  SmallVector<unsigned> dims;
  for (AffineExpr expr : map.getResults())
    if (auto loop = dyn_cast<AffineDimExpr>(expr))
      for (StringAttr name : loops[loop.getPosition()])
        if (unsigned dim = *op.findDim(name); !op.isGroupDim(dim))
          dims.push_back(dim);
  llvm::sort(dims);
  SmallVector<StringAttr> names;
  for (unsigned dim : dims)
    names.push_back(op.getDimName(dim));
  return names;
}

SmallVector<Value> LoopsInGroup::emit(RewriterBase &rewriter, ValueRange inputs, ValueRange taken,
                                      ValueRange yielded, ArrayRef<StringAttr> dims) {
  Block *body = linalg.getBlock();
  Location loc = linalg.getLoc();
  IRMapping mapping;
  mapping.map(numbers, taken);
  SmallVector<Value> fields;
  SmallVector<BlockArgument> fieldArgs;
  for (auto [arg, input] : llvm::zip(body->getArguments(), inputs)) {
    if (!input)
      continue;
    if (isa<FieldType>(input.getType())) {
      fields.push_back(input);
      fieldArgs.push_back(arg);
    } else {
      mapping.map(arg, input);
    }
  }
  llvm::SmallDenseSet<Operation *> needed;
  SmallVector<Value> open(yielded);
  while (!open.empty())
    if (Operation *inner = open.pop_back_val().getDefiningOp();
        inner && inner->getBlock() == body && needed.insert(inner).second)
      llvm::append_range(open, inner->getOperands());
  auto clone = [&](OpBuilder &b, IRMapping &mapping) {
    SmallVector<Value> results;
    for (Operation &inner : body->without_terminator()) {
      if (!needed.contains(&inner))
        continue;
      if (auto index = dyn_cast<linalg::IndexOp>(inner)) {
        mapping.map(index.getResult(),
                    IndexOp::create(b, loc, loops[index.getDim()].front()).getResult());
        continue;
      }
      for (Value operand : inner.getOperands())
        if (operand.getParentBlock() != body && !mapping.contains(operand))
          b.clone(*operand.getDefiningOp(), mapping);
      b.clone(inner, mapping);
    }
    for (Value value : yielded) {
      if (value.getParentBlock() != body && !mapping.contains(value))
        b.clone(*value.getDefiningOp(), mapping);
      results.push_back(mapping.lookup(value));
    }
    return results;
  };
  if (dims.empty())
    return clone(rewriter, mapping);
  SmallVector<Type> types;
  for (Value value : yielded)
    types.push_back(FieldType::get(rewriter.getContext(), value.getType(), dims));
  auto map =
      MapOp::create(rewriter, loc, types, fields, [&](OpBuilder &b, Location, ValueRange numbers) {
        IRMapping inside = mapping;
        inside.map(fieldArgs, numbers);
        YieldOp::create(b, loc, clone(b, inside));
      });
  return map.getResults();
}

Value norm::getNumberSource(Value number) {
  auto extract = number.getDefiningOp<tensor::ExtractOp>();
  return extract && extract.getIndices().empty() ? extract.getTensor() : number;
}

void norm::extractInside(RewriterBase &rewriter, linalg::GenericOp op) {
  llvm::SetVector<Operation *> extracts;
  op->walk([&](Operation *inner) {
    for (Value operand : inner->getOperands())
      if (inner != op && !op.getRegion().isAncestor(operand.getParentRegion()))
        if (auto extract = operand.getDefiningOp<tensor::ExtractOp>())
          extracts.insert(extract);
  });
  rewriter.setInsertionPointToStart(op.getBody());
  for (Operation *extract : extracts)
    rewriter.replaceUsesWithIf(
        extract->getResult(0), rewriter.clone(*extract)->getResult(0), [&](OpOperand &use) {
          return op.getRegion().isAncestor(use.getOwner()->getParentRegion());
        });
}

/// A number as a tensor: one for all that read it, where it is computed.
static Value createNumber(RewriterBase &rewriter, Location loc, Value number) {
  Value source = getNumberSource(number);
  if (isa<RankedTensorType>(source.getType()))
    return source;
  Block *block = number.getParentBlock();
  Operation *place = block->findAncestorOpInBlock(*rewriter.getInsertionPoint());
  for (Operation *user : number.getUsers())
    if (auto made = dyn_cast<tensor::FromElementsOp>(user); made && made.getType().getRank() == 0 &&
                                                            made->getBlock() == block &&
                                                            made->isBeforeInBlock(place))
      return made;
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPointAfterValue(number);
  return tensor::FromElementsOp::create(rewriter, loc, RankedTensorType::get({}, number.getType()),
                                        number);
}

/// The groups of dimensions that each dimension of more than one element makes with those of one,
/// and the map of the first.
static AffineMap dropUnits(RankedTensorType type, AffineMap map,
                           SmallVector<ReassociationIndices> &groups) {
  SmallVector<AffineExpr> kept;
  ReassociationIndices before;
  for (auto [dim, expr] : llvm::enumerate(map.getResults())) {
    if (type.getDimSize(dim) == 1 && type.getRank() > 0) {
      (groups.empty() ? before : groups.back()).push_back(dim);
      continue;
    }
    groups.push_back(before);
    before.clear();
    groups.back().push_back(dim);
    kept.push_back(expr);
  }
  return AffineMap::get(map.getNumDims(), 0, kept, map.getContext());
}

AffineMap norm::getOperandMap(Value operand, AffineMap map) {
  auto type = dyn_cast<RankedTensorType>(operand.getType());
  SmallVector<ReassociationIndices> groups;
  return type ? dropUnits(type, map, groups) : map;
}

Value norm::createOperand(RewriterBase &rewriter, Location loc, Value operand, AffineMap &map) {
  auto type = dyn_cast<RankedTensorType>(operand.getType());
  if (!type)
    return createNumber(rewriter, loc, operand);
  SmallVector<ReassociationIndices> groups;
  map = dropUnits(type, map, groups);
  if (int64_t(groups.size()) == type.getRank())
    return operand;
  return tensor::CollapseShapeOp::create(rewriter, loc, operand, groups);
}

std::string norm::describeBytes(Value tensor) {
  auto type = cast<RankedTensorType>(tensor.getType());
  if (!type.hasStaticShape())
    return "its elements";
  return std::to_string(type.getNumElements() * type.getElementTypeBitWidth() / 8) + " bytes";
}
