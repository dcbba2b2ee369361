//===- NamedSyntax.cpp - clauses of the named operations -----------------===//
//
// Scalars that may be known only at run time, running statistics, lists of gradients.
//
//===----------------------------------------------------------------------===//

#include "Syntax.h"

using namespace mlir;
using namespace mlir::norm;

ParseResult norm::parseScalar(OpAsmParser &parser,
                              std::optional<OpAsmParser::UnresolvedOperand> &operand, Type &type,
                              FloatAttr &value) {
  if (succeeded(parser.parseOptionalEqual()))
    return parser.parseAttribute(value, parser.getBuilder().getF64Type());
  operand.emplace();
  return failure(parser.parseLParen() || parser.parseOperand(*operand) ||
                 parser.parseColonType(type) || parser.parseRParen());
}

void norm::printScalar(OpAsmPrinter &printer, Operation *, Value operand, Type type,
                       FloatAttr value) {
  if (value) {
    printer << "= ";
    printer.printAttributeWithoutType(value);
  } else if (operand) {
    printer << '(' << operand << " : " << type << ')';
  }
}

ParseResult norm::parseOptionalEps(OpAsmParser &parser,
                                   std::optional<OpAsmParser::UnresolvedOperand> &operand,
                                   Type &type, FloatAttr &value) {
  if (failed(parser.parseOptionalKeyword("eps")))
    return success();
  return parseScalar(parser, operand, type, value);
}

void norm::printOptionalEps(OpAsmPrinter &printer, Operation *op, Value operand, Type type,
                            FloatAttr value) {
  if (!operand && !value)
    return;
  printer << "eps ";
  printScalar(printer, op, operand, type, value);
}

/// A keyword that is a case of an enum.
template <typename Attr, typename Enum>
static ParseResult parseCase(OpAsmParser &parser, Attr &attribute,
                             std::optional<Enum> (*symbolize)(StringRef), StringRef choices) {
  StringRef keyword;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseKeyword(&keyword))
    return failure();
  std::optional<Enum> value = symbolize(keyword);
  if (!value)
    return parser.emitError(loc, "expects ") << choices << ", but got '" << keyword << "'";
  attribute = Attr::get(parser.getContext(), *value);
  return success();
}

ParseResult norm::parseRunning(OpAsmParser &parser,
                               std::optional<OpAsmParser::UnresolvedOperand> &mean, Type &meanType,
                               std::optional<OpAsmParser::UnresolvedOperand> &variance,
                               Type &varianceType,
                               std::optional<OpAsmParser::UnresolvedOperand> &momentumValue,
                               Type &momentumType, FloatAttr &momentum, MomentumOfAttr &momentumOf,
                               EstimateAttr &estimate) {
  if (failed(parser.parseOptionalKeyword("running")))
    return success();
  mean.emplace();
  variance.emplace();
  if (parser.parseLParen() || parser.parseOperand(*mean) || parser.parseComma() ||
      parser.parseOperand(*variance) || parser.parseColonType(meanType) || parser.parseComma() ||
      parser.parseType(varianceType) || parser.parseRParen())
    return failure();
  return failure(parser.parseKeyword("momentum") ||
                 parseScalar(parser, momentumValue, momentumType, momentum) ||
                 parser.parseKeyword("of") ||
                 parseCase(parser, momentumOf, symbolizeMomentumOf, "batch or running") ||
                 parser.parseKeyword("variance") || parser.parseEqual() ||
                 parseCase(parser, estimate, symbolizeEstimate, "biased or unbiased"));
}

void norm::printRunning(OpAsmPrinter &printer, Operation *op, Value mean, Type meanType,
                        Value variance, Type varianceType, Value momentumValue, Type momentumType,
                        FloatAttr momentum, MomentumOfAttr momentumOf, EstimateAttr estimate) {
  if (!mean)
    return;
  printer << "running(" << mean << ", " << variance << " : " << meanType << ", " << varianceType
          << ") momentum ";
  printScalar(printer, op, momentumValue, momentumType, momentum);
  printer << " of " << stringifyMomentumOf(momentumOf.getValue())
          << " variance = " << stringifyEstimate(estimate.getValue());
}

static constexpr Gradients allGradients[] = {Gradients::Input, Gradients::Scale, Gradients::Bias};

ParseResult norm::parseGradients(OpAsmParser &parser, GradientsAttr &gradients) {
  Gradients value = Gradients::None;
  if (parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Square, [&]() -> ParseResult {
        SMLoc loc = parser.getCurrentLocation();
        StringRef keyword;
        if (parser.parseKeyword(&keyword))
          return failure();
        for (Gradients bit : allGradients)
          if (keyword == stringifyGradients(bit)) {
            // The order is that of the outs.
            if (uint32_t(value) >= uint32_t(bit))
              return parser.emitError(loc, "expects input, scale and bias in this order, each at "
                                           "most once");
            value = value | bit;
            return success();
          }
        return parser.emitError(loc, "expects input, scale or bias, but got '") << keyword << "'";
      }))
    return failure();
  gradients = GradientsAttr::get(parser.getContext(), value);
  return success();
}

void norm::printGradients(OpAsmPrinter &printer, Operation *, GradientsAttr gradients) {
  printer << '[';
  llvm::interleaveComma(llvm::make_filter_range(allGradients,
                                                [&](Gradients bit) {
                                                  return bitEnumContainsAny(gradients.getValue(),
                                                                            bit);
                                                }),
                        printer, [&](Gradients bit) { printer << stringifyGradients(bit); });
  printer << ']';
}
