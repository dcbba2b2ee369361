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
} // namespace mlir::norm

#endif // NORMC_LIB_IR_SYNTAX_H
