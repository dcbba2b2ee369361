//===- NamedOpRules.cpp - rules that named operations share --------------===//
//
// Shapes, element types and scalars, and the syntax of a scalar that may be known only at run time.
//
//===----------------------------------------------------------------------===//

#include "NamedOpRules.h"
#include "Syntax.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::norm;

FloatType norm::getComputeType(Type elementType) {
  return elementType.getIntOrFloatBitWidth() > 32 ? cast<FloatType>(elementType)
                                                  : Float32Type::get(elementType.getContext());
}

LogicalResult norm::reifyFromInits(OpBuilder &builder, DestinationStyleOpInterface op,
                                   ReifiedRankedShapedTypeDims &shapes) {
  for (Value init : op.getDpsInits())
    shapes.push_back(tensor::getMixedSizes(builder, op.getLoc(), init));
  return success();
}

//===----------------------------------------------------------------------===//
// Syntax
//===----------------------------------------------------------------------===//

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
    return;
  }
  printer << '(' << operand << " : " << type << ')';
}

//===----------------------------------------------------------------------===//
// Rules
//===----------------------------------------------------------------------===//

static std::string toString(ArrayRef<int64_t> shape) {
  std::string text = "[";
  llvm::raw_string_ostream os(text);
  llvm::interleaveComma(shape, os, [&](int64_t size) {
    if (ShapedType::isDynamic(size))
      os << '?';
    else
      os << size;
  });
  return text + "]";
}

LogicalResult norm::verifyAxes(Operation *op, ArrayRef<int64_t> axes, RankedTensorType input) {
  int64_t rank = input.getRank(), first = rank - int64_t(axes.size());
  if (axes.empty() || first < 0 || !llvm::equal(axes, llvm::seq(first, rank)))
    return op->emitOpError("expects axes to be the last dimensions of a rank-")
           << rank << " input, but got " << toString(axes);
  for (int64_t axis : axes)
    if (input.getDimSize(axis) == 0)
      return op->emitOpError("expects at least one element in a row, but axis ")
             << axis << " of " << input << " has size 0";
  return success();
}

LogicalResult norm::verifyShape(Operation *op, Value value, const Twine &name,
                                ArrayRef<int64_t> shape) {
  if (!value || succeeded(verifyCompatibleShape(
                    cast<RankedTensorType>(value.getType()).getShape(), shape)))
    return success();
  return (op->emitOpError("expects ") << name << " of shape " << toString(shape) << ", but got "
                                      << value.getType())
             .attachNote(value.getLoc())
         << name << " is defined here";
}

LogicalResult norm::verifyElementType(Operation *op, Value value, const Twine &name, Type expected,
                                      const Twine &reason) {
  if (!value || getElementTypeOrSelf(value.getType()) == expected)
    return success();
  return (op->emitOpError("expects ") << name << " of element type " << expected << reason
                                      << ", but got " << value.getType())
             .attachNote(value.getLoc())
         << name << " is defined here";
}

LogicalResult norm::verifyComputeType(Operation *op, Value value, const Twine &name,
                                      RankedTensorType input) {
  return verifyElementType(op, value, name, getComputeType(input.getElementType()),
                           ", the type that it is computed in");
}

LogicalResult norm::verifyScalar(Operation *op, StringRef name, Value value, FloatAttr attribute,
                                 double most) {
  if (bool(value) == bool(attribute))
    return op->emitOpError("expects ")
           << name << " either as an attribute or as an operand, but got "
           << (value ? "both" : "neither");
  if (!attribute)
    return success();
  double number = attribute.getValueAsDouble();
  if (number >= 0 && number <= most)
    return success();
  InFlightDiagnostic diag = op->emitOpError("expects ") << name;
  if (most < std::numeric_limits<double>::max())
    diag << " from 0 to " << most;
  else
    diag << " to be finite and not negative";
  return diag << ", but got " << number;
}

LogicalResult norm::verifyWeightOffset(Operation *op, Value scale, const APFloat &offset) {
  if (!offset.isFinite())
    return op->emitOpError("expects a finite weight_offset, but got ") << offset.convertToDouble();
  if (!scale && !offset.isZero())
    return op->emitOpError("expects weight_offset to stand with scale, which it is added to");
  return success();
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

std::optional<APFloat> norm::getSplat(Value value) {
  DenseElementsAttr elements;
  if (!value || !matchPattern(value, m_Constant(&elements)) || !elements.isSplat())
    return std::nullopt;
  return elements.getSplatValue<APFloat>();
}

bool norm::isUnitScale(Value scale, Type input, const APFloat &offset) {
  std::optional<APFloat> splat = getSplat(scale);
  if (!splat)
    return false;
  // As the kernel adds them: both in the type that it computes in.
  const llvm::fltSemantics &semantics =
      getComputeType(getElementTypeOrSelf(input)).getFloatSemantics();
  bool inexact;
  APFloat sum = offset;
  splat->convert(semantics, APFloat::rmNearestTiesToEven, &inexact);
  sum.convert(semantics, APFloat::rmNearestTiesToEven, &inexact);
  sum.add(*splat, APFloat::rmNearestTiesToEven);
  return sum.isExactlyValue(1.0);
}

bool norm::isNeutralBias(Value bias) {
  std::optional<APFloat> splat = getSplat(bias);
  return splat && splat->isNegZero();
}
