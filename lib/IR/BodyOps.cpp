//===- BodyOps.cpp - the operations of a program for one group -----------===//
//
// Syntax and rules of norm.map, norm.reduce and the helpers around them.
//
//===----------------------------------------------------------------------===//

#include "Syntax.h"
#include "normc/IR/Norm.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace mlir::norm;

//===----------------------------------------------------------------------===//
// Syntax
//===----------------------------------------------------------------------===//

ParseResult norm::parseDimList(OpAsmParser &parser, ArrayAttr &dims) {
  SmallVector<Attribute> names;
  if (parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Square, [&]() -> ParseResult {
        StringAttr name;
        if (parseDimName(parser, name))
          return failure();
        names.push_back(name);
        return success();
      }))
    return failure();
  dims = parser.getBuilder().getArrayAttr(names);
  return success();
}

void norm::printDimList(OpAsmPrinter &printer, Operation *, ArrayAttr dims) {
  printer << '[';
  llvm::interleaveComma(dims.getAsValueRange<StringAttr>(), printer);
  printer << ']';
}

ParseResult norm::parseDimName(OpAsmParser &parser, StringAttr &dim) {
  StringRef name;
  if (parser.parseKeyword(&name))
    return failure();
  dim = parser.getBuilder().getStringAttr(name);
  return success();
}

void norm::printDimName(OpAsmPrinter &printer, Operation *, StringAttr dim) {
  printer << dim.getValue();
}

#define GET_OP_CLASSES
#include "normc/IR/NormOps.cpp.inc"

//===----------------------------------------------------------------------===//
// Shared rules
//===----------------------------------------------------------------------===//

static GenericOp getGeneric(Operation *op) { return op->getParentOfType<GenericOp>(); }

/// `names` are dimensions of the enclosing norm.generic, each once, in iteration order.
static LogicalResult verifyDims(Operation *op, ArrayRef<StringAttr> names, StringRef what) {
  GenericOp generic = getGeneric(op);
  if (!generic)
    return op->emitOpError("expects to stand inside a norm.generic");
  int64_t last = -1;
  for (StringAttr name : names) {
    FailureOr<unsigned> dim = generic.findDim(name);
    if (failed(dim))
      return op->emitOpError("expects ")
             << what << " to name dimensions of the enclosing norm.generic, but got " << name;
    if (int64_t(*dim) <= last)
      return op->emitOpError("expects ")
             << what << " in iteration order, each once, but " << name << " stands out of order";
    last = *dim;
  }
  return success();
}

/// Field dimensions are in-group dimensions.
static LogicalResult verifyField(Operation *op, Type type, StringRef what) {
  if (failed(verifyDims(op, getFieldDims(type), what)))
    return failure();
  GenericOp generic = getGeneric(op);
  for (StringAttr name : getFieldDims(type))
    if (generic.isGroupDim(*generic.findDim(name)))
      return op->emitOpError("expects ")
             << what << " to have in-group dimensions only, but " << name << " is not in reduce";
  return success();
}

static SmallVector<StringAttr> getNames(ArrayAttr dims) {
  return llvm::map_to_vector(dims, [](Attribute name) { return cast<StringAttr>(name); });
}

//===----------------------------------------------------------------------===//
// MapOp
//===----------------------------------------------------------------------===//

YieldOp MapOp::getYield() { return cast<YieldOp>(getBody().front().getTerminator()); }

ArrayRef<StringAttr> MapOp::getDims() { return getFieldDims(getResultTypes().front()); }

void MapOp::build(OpBuilder &builder, OperationState &state, TypeRange results, ValueRange inputs,
                  function_ref<void(OpBuilder &, Location, ValueRange)> body) {
  state.addOperands(inputs);
  state.addTypes(results);
  Region *region = state.addRegion();
  if (!body)
    return;
  OpBuilder::InsertionGuard guard(builder);
  Block *block = builder.createBlock(region);
  for (Value input : inputs)
    block->addArgument(norm::getElementType(input.getType()), input.getLoc());
  body(builder, state.location, block->getArguments());
}

ParseResult MapOp::parse(OpAsmParser &parser, OperationState &result) {
  SmallVector<OpAsmParser::Argument> args;
  SmallVector<Value> inputs;
  if (parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Paren, [&]() -> ParseResult {
        OpAsmParser::UnresolvedOperand operand;
        Type type;
        if (parser.parseArgument(args.emplace_back()) || parser.parseEqual() ||
            parser.parseOperand(operand) || parser.parseColonType(type) ||
            parser.resolveOperand(operand, type, inputs))
          return failure();
        args.back().type = norm::getElementType(type);
        return success();
      }))
    return failure();
  SmallVector<Type> types;
  if (parser.parseArrow() || parser.parseTypeList(types) ||
      parser.parseOptionalAttrDictWithKeyword(result.attributes) ||
      parser.parseRegion(*result.addRegion(), args))
    return failure();
  result.addOperands(inputs);
  result.addTypes(types);
  return success();
}

void MapOp::print(OpAsmPrinter &printer) {
  printer << " (";
  llvm::interleaveComma(llvm::zip(getBody().getArguments(), getInputs()), printer, [&](auto pair) {
    auto [arg, input] = pair;
    printer << arg << " = " << input << " : " << input.getType();
  });
  printer << ") -> ";
  llvm::interleaveComma(getResultTypes(), printer);
  printer.printOptionalAttrDictWithKeyword((*this)->getAttrs());
  printer << ' ';
  printer.printRegion(getBody(), /*printEntryBlockArgs=*/false);
}

LogicalResult MapOp::verify() {
  // C1
  if (getResults().empty())
    return emitOpError("expects at least one result");
  for (Type type : getResultTypes()) {
    if (getFieldDims(type) != getDims())
      return emitOpError("expects all results to have the same dimensions, but got ")
             << getResultTypes();
    if (failed(verifyField(*this, type, "its results")))
      return failure();
  }
  for (Value input : getInputs())
    for (StringAttr dim : getFieldDims(input.getType()))
      if (!llvm::is_contained(getDims(), dim))
        return emitOpError("expects every dimension of an input in its results, but ")
               << dim << " of " << input.getType() << " is not in " << getResultTypes().front();
  return success();
}

LogicalResult MapOp::verifyRegions() {
  // C2
  Block &block = getBody().front();
  if (block.getNumArguments() != getInputs().size())
    return emitOpError("expects one block argument for each of its ")
           << getInputs().size() << " inputs, but got " << block.getNumArguments();
  for (auto [arg, input] : llvm::zip(block.getArguments(), getInputs()))
    if (arg.getType() != norm::getElementType(input.getType()))
      return emitOpError("expects block argument ")
             << arg.getArgNumber() << " of type " << norm::getElementType(input.getType())
             << ", but got " << arg.getType();
  // C3
  auto yield = dyn_cast<YieldOp>(block.getTerminator());
  if (!yield || yield.getValues().size() != getResults().size())
    return emitOpError("expects its region to end with a norm.yield of ")
           << getResults().size() << " values";
  for (auto [i, value] : llvm::enumerate(yield.getValues()))
    if (value.getType() != norm::getElementType(getResultTypes()[i]))
      return emitOpError("expects yielded value ")
             << i << " of type " << norm::getElementType(getResultTypes()[i]) << ", but got "
             << value.getType();
  return success();
}

namespace {
/// Results that nobody reads, and inputs that the body does not read, go.
struct DropUnused : OpRewritePattern<MapOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(MapOp op, PatternRewriter &rewriter) const override {
    if (op.use_empty())
      return rewriter.notifyMatchFailure(op, "dead as a whole");
    Block &block = op.getBody().front();
    SmallVector<Value> inputs, yielded;
    SmallVector<Type> types;
    for (auto [arg, input] : llvm::zip(block.getArguments(), op.getInputs()))
      if (!arg.use_empty())
        inputs.push_back(input);
    for (auto [result, value] : llvm::zip(op.getResults(), op.getYield().getValues()))
      if (!result.use_empty()) {
        types.push_back(result.getType());
        yielded.push_back(value);
      }
    if (inputs.size() == op.getInputs().size() && types.size() == op.getNumResults())
      return rewriter.notifyMatchFailure(op, "everything is used");
    rewriter.modifyOpInPlace(op.getYield(),
                             [&] { op.getYield().getValuesMutable().assign(yielded); });
    rewriter.modifyOpInPlace(
        op, [&] { block.eraseArguments([](BlockArgument arg) { return arg.use_empty(); }); });
    auto map = MapOp::create(rewriter, op.getLoc(), types, inputs);
    rewriter.inlineRegionBefore(op.getBody(), map.getBody(), map.getBody().end());
    SmallVector<Value> replacements;
    unsigned next = 0;
    for (Value result : op.getResults())
      replacements.push_back(result.use_empty() ? Value() : map.getResult(next++));
    rewriter.replaceOp(op, replacements);
    return success();
  }
};

/// A result that is an input as it came is that input.
struct ForwardInputs : OpRewritePattern<MapOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(MapOp op, PatternRewriter &rewriter) const override {
    bool changed = false;
    for (auto [result, value] : llvm::zip(op.getResults(), op.getYield().getValues())) {
      auto arg = dyn_cast<BlockArgument>(value);
      if (!arg || arg.getOwner() != &op.getBody().front() || result.use_empty())
        continue;
      Value input = op.getInputs()[arg.getArgNumber()];
      // Not where the map broadcasts it.
      if (input.getType() != result.getType())
        continue;
      rewriter.replaceAllUsesWith(result, input);
      changed = true;
    }
    return success(changed);
  }
};
} // namespace

void MapOp::getCanonicalizationPatterns(RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<DropUnused, ForwardInputs>(context);
}

//===----------------------------------------------------------------------===//
// ReduceOp
//===----------------------------------------------------------------------===//

/// Whether every value of `from` is one of `to`.
static bool convertsExactly(Type from, Type to) {
  if (from == to)
    return true;
  auto f = dyn_cast<FloatType>(from), t = dyn_cast<FloatType>(to);
  return f && t && f.getWidth() < t.getWidth();
}

LogicalResult ReduceOp::verify() {
  ReduceKind kind = getKind();
  bool moments = kind == ReduceKind::Moments || kind == ReduceKind::MergeMoments;
  size_t numInputs = kind == ReduceKind::MergeMoments ? 3 : kind == ReduceKind::Dot ? 2 : 1;
  size_t numResults = moments ? 3 : 1;
  // C2
  if (getInputs().size() != numInputs || getNumResults() != numResults)
    return emitOpError("expects ") << numInputs << " inputs and " << numResults << " results for "
                                   << stringifyReduceKind(kind) << ", but got "
                                   << getInputs().size() << " and " << getNumResults();
  auto input = cast<FieldType>(getInputs().front().getType());
  if (!llvm::all_equal(getInputs().getTypes()) || !llvm::all_equal(getResultTypes()))
    return emitOpError("expects all inputs of one type and all results of one type, but got ")
           << getInputs().getTypes() << " and " << getResultTypes();
  // C1
  SmallVector<StringAttr> over = getNames(getOver());
  if (over.empty())
    return emitOpError("expects at least one dimension to reduce over");
  if (failed(verifyField(*this, input, "its input")) || failed(verifyDims(*this, over, "over")))
    return failure();
  SmallVector<StringAttr> left;
  for (StringAttr dim : input.getDims())
    if (!llvm::is_contained(over, dim))
      left.push_back(dim);
  for (StringAttr dim : over)
    if (!llvm::is_contained(input.getDims(), dim))
      return emitOpError("expects over to name dimensions of its input, but ")
             << dim << " is not one of " << input;
  // C3
  Type result = getResultTypes().front(), element = norm::getElementType(result);
  if (getFieldDims(result) != ArrayRef(left))
    return emitOpError("expects results of type ")
           << getFieldOrScalar(element, left) << ", but got " << result;
  if (!convertsExactly(input.getElementType(), element))
    return emitOpError("expects results that every ")
           << input.getElementType() << " converts to exactly, but got " << element;
  // C4
  bool isOpen = kind == ReduceKind::Moments && !getOrder();
  if (!isOpen && (kind == ReduceKind::Moments) != getAlgorithm().has_value())
    return emitOpError("expects 'by two_pass' or 'by shifted' with moments, and only there");
  // C5
  bool products = moments || kind == ReduceKind::Dot, sums = products || kind == ReduceKind::Sum;
  if (products && !isa<FloatType>(element))
    return emitOpError("expects ")
           << (moments ? "moments" : "a dot product") << " of floats, but got " << element;
  if (sums && isa<FloatType>(element) && element.getIntOrFloatBitWidth() < 32)
    return emitOpError("expects a sum to accumulate in f32 or wider, but got ") << element;
  if (getOrder() && getOrder().getRun() > int64_t(over.size()))
    return emitOpError("expects run to count at most the ")
           << over.size() << " reduced dimensions, but got " << getOrder().getRun();
  return success();
}

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

LogicalResult CountOp::verify() { return verifyDims(*this, getNames(getOver()), "its dimensions"); }

LogicalResult CountOp::canonicalize(CountOp op, PatternRewriter &rewriter) {
  GenericOp generic = getGeneric(op);
  // norm-partial, which is for tensors, makes it the number of all ranks.
  if (!generic.hasPureBufferSemantics())
    return rewriter.notifyMatchFailure(op, "the groups may yet be divided");
  int64_t count = 1;
  for (StringAttr dim : getNames(op.getOver())) {
    int64_t extent = generic.getStaticExtents()[*generic.findDim(dim)];
    if (ShapedType::isDynamic(extent) || llvm::MulOverflow(count, extent, count))
      return rewriter.notifyMatchFailure(op, "not a number of 63 bits");
  }
  auto type = cast<FloatType>(op.getType());
  APFloat value(type.getFloatSemantics());
  value.convertFromAPInt(APInt(64, count), /*IsSigned=*/true, APFloat::rmNearestTiesToEven);
  rewriter.replaceOpWithNewOp<arith::ConstantOp>(op, FloatAttr::get(type, value));
  return success();
}

LogicalResult IndexOp::verify() {
  if (failed(verifyDims(*this, {getDimAttr()}, "its dimension")))
    return failure();
  GenericOp generic = getGeneric(*this);
  if (generic.isGroupDim(*generic.findDim(getDimAttr())))
    return success();
  auto map = (*this)->getParentOfType<MapOp>();
  if (!map || !llvm::is_contained(map.getDims(), getDimAttr()))
    return emitOpError("expects in-group dimension ")
           << getDimAttr() << " to be one of the enclosing norm.map's results";
  return success();
}

LogicalResult FlipOp::verify() {
  // C1
  if (!llvm::is_contained(getFieldDims(getInput().getType()), getDimAttr()))
    return emitOpError("expects a dimension of its input, but ")
           << getDimAttr() << " is not one of " << getInput().getType();
  if (failed(verifyField(*this, getInput().getType(), "its input")))
    return failure();
  // C2
  GenericOp generic = getGeneric(*this);
  int64_t extent = generic.getStaticExtents()[*generic.findDim(getDimAttr())];
  if (extent != 2)
    return emitOpError("expects a static extent of 2 along ")
           << getDimAttr() << ", but got "
           << (ShapedType::isDynamic(extent) ? "a dynamic one" : std::to_string(extent));
  return success();
}
