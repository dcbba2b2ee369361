//===- GenericOp.cpp - norm.generic: syntax, accesses, rules -------------===//
//
// Parsing, printing and verification of norm.generic, and its accessors.
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

void GenericOp::build(OpBuilder &builder, OperationState &state, ValueRange inputs,
                      ValueRange inits, ArrayRef<StringRef> dims, ArrayRef<OpFoldResult> extents,
                      ArrayRef<StringRef> reduce, ArrayAttr accesses, ArrayAttr accOrders,
                      function_ref<void(OpBuilder &, Location, ValueRange)> body) {
  SmallVector<Value> dynamicExtents;
  SmallVector<int64_t> staticExtents;
  dispatchIndexOpFoldResults(extents, dynamicExtents, staticExtents);
  state.addOperands(dynamicExtents);
  state.addOperands(inputs);
  state.addOperands(inits);
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
  llvm::copy(ArrayRef<int32_t>{int32_t(dynamicExtents.size()), 0, int32_t(inputs.size()),
                               int32_t(inits.size())},
             p.operandSegmentSizes.begin());
  for (Value init : inits)
    if (isa<TensorType>(init.getType()))
      state.addTypes(init.getType());
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
// Syntax
//===----------------------------------------------------------------------===//

/// `(n, [g c], h, w)`
static ParseResult parseAccess(OpAsmParser &parser, Attribute &access) {
  Builder &b = parser.getBuilder();
  SmallVector<Attribute> entries;
  if (parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Paren, [&]() -> ParseResult {
        SmallVector<Attribute> names;
        StringRef name;
        if (succeeded(parser.parseOptionalLSquare())) {
          do {
            if (parser.parseKeyword(&name))
              return failure();
            names.push_back(b.getStringAttr(name));
          } while (failed(parser.parseOptionalRSquare()));
        } else {
          if (parser.parseKeyword(&name))
            return failure();
          names.push_back(b.getStringAttr(name));
        }
        entries.push_back(b.getArrayAttr(names));
        return success();
      }))
    return failure();
  access = b.getArrayAttr(entries);
  return success();
}

static void printAccess(OpAsmPrinter &printer, Attribute access) {
  printer << '(';
  llvm::interleaveComma(cast<ArrayAttr>(access), printer, [&](Attribute entry) {
    auto names = cast<ArrayAttr>(entry).getAsValueRange<StringAttr>();
    if (cast<ArrayAttr>(entry).size() == 1) {
      printer << *names.begin();
      return;
    }
    printer << '[';
    llvm::interleave(names, printer, " ");
    printer << ']';
  });
  printer << ')';
}

/// `r = %rows from %offset`, `c = 4096`
static ParseResult parseSize(OpAsmParser &parser, SmallVectorImpl<Value> &operands,
                             SmallVectorImpl<int64_t> &statics) {
  OpAsmParser::UnresolvedOperand operand;
  OptionalParseResult dynamic = parser.parseOptionalOperand(operand);
  if (dynamic.has_value()) {
    statics.push_back(ShapedType::kDynamic);
    return failure(failed(*dynamic) ||
                   parser.resolveOperand(operand, parser.getBuilder().getIndexType(), operands));
  }
  return parser.parseInteger(statics.emplace_back());
}

ParseResult GenericOp::parse(OpAsmParser &parser, OperationState &result) {
  Builder &b = parser.getBuilder();
  SmallVector<Value> extents, offsets;
  SmallVector<int64_t> staticExtents, staticOffsets;
  SmallVector<Attribute> dims;
  if (parser.parseKeyword("iter") ||
      parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Paren, [&]() -> ParseResult {
        StringRef name;
        if (parser.parseKeyword(&name) || parser.parseEqual() ||
            parseSize(parser, extents, staticExtents))
          return failure();
        dims.push_back(b.getStringAttr(name));
        if (succeeded(parser.parseOptionalKeyword("from")))
          return parseSize(parser, offsets, staticOffsets);
        staticOffsets.push_back(0);
        return success();
      }))
    return failure();
  ArrayAttr reduce;
  if (parser.parseKeyword("reduce") || parseDimList(parser, reduce))
    return failure();

  SmallVector<Value> inputs, inits;
  SmallVector<Attribute> accesses, accOrders;
  auto parseOperands = [&](StringRef keyword, SmallVectorImpl<Value> &values) -> ParseResult {
    if (failed(parser.parseOptionalKeyword(keyword)))
      return success();
    return parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Paren, [&]() -> ParseResult {
      OpAsmParser::UnresolvedOperand operand;
      Type type;
      Attribute acc = b.getUnitAttr();
      if (parser.parseOperand(operand) || parseAccess(parser, accesses.emplace_back()))
        return failure();
      if (keyword == "outs" && succeeded(parser.parseOptionalKeyword("acc"))) {
        OrderAttr order;
        if (parser.parseCustomAttributeWithFallback(order))
          return failure();
        acc = order;
      }
      if (keyword == "outs")
        accOrders.push_back(acc);
      return failure(parser.parseColonType(type) || parser.resolveOperand(operand, type, values));
    });
  };
  int64_t minCount = 1;
  if (parseOperands("ins", inputs) || parseOperands("outs", inits))
    return failure();
  if (succeeded(parser.parseOptionalKeyword("min_count")))
    if (parser.parseEqual() || parser.parseInteger(minCount))
      return failure();
  if (parser.parseOptionalAttrDictWithKeyword(result.attributes) ||
      // Isolated from above, so the names inside are its own.
      parser.parseRegion(*result.addRegion(), {}, /*enableNameShadowing=*/true))
    return failure();

  result.addOperands(extents);
  result.addOperands(offsets);
  result.addOperands(inputs);
  result.addOperands(inits);
  Properties &p = result.getOrAddProperties<Properties>();
  p.dims = b.getArrayAttr(dims);
  p.static_extents = b.getDenseI64ArrayAttr(staticExtents);
  p.static_offsets = b.getDenseI64ArrayAttr(staticOffsets);
  p.reduce = reduce;
  p.accesses = b.getArrayAttr(accesses);
  p.acc_orders = b.getArrayAttr(accOrders);
  p.min_count = b.getI64IntegerAttr(minCount);
  llvm::copy(ArrayRef<int32_t>{int32_t(extents.size()), int32_t(offsets.size()),
                               int32_t(inputs.size()), int32_t(inits.size())},
             p.operandSegmentSizes.begin());
  for (Value init : inits)
    if (isa<RankedTensorType>(init.getType()))
      result.addTypes(init.getType());
  return success();
}

void GenericOp::print(OpAsmPrinter &printer) {
  auto printSize = [&](OpFoldResult size) {
    if (auto value = dyn_cast<Value>(size))
      printer << value;
    else
      printer << cast<IntegerAttr>(cast<Attribute>(size)).getInt();
  };
  printer << " iter(";
  SmallVector<OpFoldResult> extents = getMixedExtents(), offsets = getMixedOffsets();
  for (unsigned i = 0; i < getNumDims(); ++i) {
    if (i)
      printer << ", ";
    printer << getDimName(i).getValue() << " = ";
    printSize(extents[i]);
    if (getStaticOffsets()[i] != 0) {
      printer << " from ";
      printSize(offsets[i]);
    }
  }
  printer << ") reduce ";
  printDimList(printer, *this, getReduce());
  unsigned access = 0;
  auto printOperands = [&](StringRef keyword, ValueRange values, bool outputs) {
    if (values.empty())
      return;
    printer.printNewline();
    printer << "    " << keyword << '(';
    for (auto [i, value] : llvm::enumerate(values)) {
      if (i)
        printer << ", ";
      printer << value;
      printAccess(printer, getAccesses()[access++]);
      if (outputs)
        if (OrderAttr order = getAccOrder(i)) {
          printer << " acc ";
          printer.printStrippedAttrOrType(order);
        }
      printer << " : " << value.getType();
    }
    printer << ')';
  };
  printOperands("ins", getInputs(), false);
  printOperands("outs", getInits(), true);
  if (getMinCount() != 1)
    printer << " min_count = " << getMinCount();
  printer.printOptionalAttrDictWithKeyword(
      (*this)->getAttrs(), {"dims", "static_extents", "static_offsets", "reduce", "accesses",
                            "acc_orders", "min_count", "operandSegmentSizes"});
  printer << ' ';
  printer.printRegion(getBody(), /*printEntryBlockArgs=*/true);
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
  if (getMinCount() < 1)
    return emitOpError("expects min_count to be at least 1, but got ") << getMinCount();

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
    if (OrderAttr order = getAccOrder(i)) {
      // C8
      Type element = getElementTypeOrSelf(getInits()[i].getType());
      if (!element.isF32() && !element.isF64() && !element.isF80())
        return emitOpError("expects an acc output of f32 or f64, but got ") << element;
      if (order.getLanes() != 1 || order.getRun() != 0 || order.getRuns() != 0)
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
  return failure(walk.wasInterrupted());
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
    if (getAccOrder(i))
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
