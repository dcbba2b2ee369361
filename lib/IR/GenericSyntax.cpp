//===- GenericSyntax.cpp - norm.generic as text --------------------------===//
//
// Parsing and printing of norm.generic.
//
//===----------------------------------------------------------------------===//

#include "Syntax.h"
#include "normc/IR/Norm.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace mlir::norm;

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
      bool isAcc = keyword == "outs" && succeeded(parser.parseOptionalKeyword("acc"));
      bool isColon = succeeded(parser.parseOptionalColon());
      OrderAttr order;
      if (isAcc && !isColon && parser.parseCustomAttributeWithFallback(order))
        return failure();
      if (isAcc)
        acc = order ? Attribute(order) : TargetOrderAttr::get(b.getContext());
      if (keyword == "outs")
        accOrders.push_back(acc);
      return failure((!isColon && parser.parseColon()) || parser.parseType(type) ||
                     parser.resolveOperand(operand, type, values));
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

  Properties &p = result.getOrAddProperties<Properties>();
  p.dims = b.getArrayAttr(dims);
  p.static_extents = b.getDenseI64ArrayAttr(staticExtents);
  p.static_offsets = b.getDenseI64ArrayAttr(staticOffsets);
  p.reduce = reduce;
  p.accesses = b.getArrayAttr(accesses);
  p.acc_orders = b.getArrayAttr(accOrders);
  p.min_count = b.getI64IntegerAttr(minCount);
  addGenericOperands(result, extents, offsets, inputs, inits);
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
      if (outputs && isAcc(i)) {
        printer << " acc";
        if (OrderAttr order = getAccOrder(i)) {
          printer << ' ';
          printer.printStrippedAttrOrType(order);
        }
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
