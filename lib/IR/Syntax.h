//===- Syntax.h - pieces of syntax that several operations share ---------===//
//
// Lists of dimension names, `[h, w]`, and single ones.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_IR_SYNTAX_H
#define NORMC_LIB_IR_SYNTAX_H

#include "normc/IR/Norm.h"

#include "mlir/IR/OpImplementation.h"

namespace mlir::norm {
ParseResult parseDimList(OpAsmParser &parser, ArrayAttr &dims);
void printDimList(OpAsmPrinter &printer, Operation *op, ArrayAttr dims);
ParseResult parseDimName(OpAsmParser &parser, StringAttr &dim);
void printDimName(OpAsmPrinter &printer, Operation *op, StringAttr dim);

/// Adds the operands of norm.generic, segment by segment, and the types of its results.
void addGenericOperands(OperationState &state, ValueRange extents, ValueRange offsets,
                        ValueRange inputs, ValueRange inits);

/// ` = 1.0e-5` or `(%eps : tensor<f32>)`.
ParseResult parseScalar(OpAsmParser &parser,
                        std::optional<OpAsmParser::UnresolvedOperand> &operand, Type &type,
                        FloatAttr &value);
void printScalar(OpAsmPrinter &printer, Operation *op, Value operand, Type type, FloatAttr value);
/// The same behind `eps`, or nothing.
ParseResult parseOptionalEps(OpAsmParser &parser,
                             std::optional<OpAsmParser::UnresolvedOperand> &operand, Type &type,
                             FloatAttr &value);
void printOptionalEps(OpAsmPrinter &printer, Operation *op, Value operand, Type type,
                      FloatAttr value);
/// `running(%mean, %variance : types) momentum = 0.1 of batch variance = unbiased`, or nothing.
ParseResult parseRunning(OpAsmParser &parser,
                         std::optional<OpAsmParser::UnresolvedOperand> &mean, Type &meanType,
                         std::optional<OpAsmParser::UnresolvedOperand> &variance,
                         Type &varianceType,
                         std::optional<OpAsmParser::UnresolvedOperand> &momentumValue,
                         Type &momentumType, FloatAttr &momentum, MomentumOfAttr &momentumOf,
                         EstimateAttr &estimate);
void printRunning(OpAsmPrinter &printer, Operation *op, Value mean, Type meanType, Value variance,
                  Type varianceType, Value momentumValue, Type momentumType, FloatAttr momentum,
                  MomentumOfAttr momentumOf, EstimateAttr estimate);
/// `[input, scale, bias]`
ParseResult parseGradients(OpAsmParser &parser, GradientsAttr &gradients);
void printGradients(OpAsmPrinter &printer, Operation *op, GradientsAttr gradients);
} // namespace mlir::norm

#endif // NORMC_LIB_IR_SYNTAX_H
