//===- Bytecode.h - the version of the dialect in bytecode ---------------===//
//
// Which version of the dialect a bytecode file is of.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_IR_BYTECODE_H
#define NORMC_LIB_IR_BYTECODE_H

#include "normc/IR/Norm.h"

#include "mlir/Bytecode/BytecodeImplementation.h"

namespace mlir::norm {

/// The version of the dialect that a file was written by. `readProperties` of an operation finds it
/// by `getDialectVersion<NormDialect>()`.
struct NormVersion : DialectVersion {
  /// Goes up by one where files of before mean something else, or cannot be read as they are.
  static constexpr uint64_t current = 1;

  explicit NormVersion(uint64_t number) : number(number) {}
  uint64_t number;
};

void addBytecodeInterface(NormDialect &dialect);

} // namespace mlir::norm

#endif // NORMC_LIB_IR_BYTECODE_H
