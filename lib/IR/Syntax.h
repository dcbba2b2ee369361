//===- Syntax.h - pieces of syntax that several operations share ---------===//
//
// Lists of dimension names, `[h, w]`, and single ones.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_IR_SYNTAX_H
#define NORMC_LIB_IR_SYNTAX_H

#include "mlir/IR/OpImplementation.h"

namespace mlir::norm {
ParseResult parseDimList(OpAsmParser &parser, ArrayAttr &dims);
void printDimList(OpAsmPrinter &printer, Operation *op, ArrayAttr dims);
ParseResult parseDimName(OpAsmParser &parser, StringAttr &dim);
void printDimName(OpAsmPrinter &printer, Operation *op, StringAttr dim);

/// ` = 1.0e-5` or `(%eps : tensor<f32>)`.
ParseResult parseScalar(OpAsmParser &parser,
                        std::optional<OpAsmParser::UnresolvedOperand> &operand, Type &type,
                        FloatAttr &value);
void printScalar(OpAsmPrinter &printer, Operation *op, Value operand, Type type, FloatAttr value);
} // namespace mlir::norm

#endif // NORMC_LIB_IR_SYNTAX_H
