//===- Outline.h - a function's normalizations and the rest of it -------------===//
//
// What both ways to split a function have in common.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_TRANSFORMS_OUTLINE_H
#define NORMC_LIB_TRANSFORMS_OUTLINE_H

#include "normc/IR/Norm.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Remarks.h"

namespace mlir::norm {

inline remark::RemarkOpts getOutlineRemark() {
  return remark::RemarkOpts::name("Outline").category("norm-outline");
}

/// Whether an operation only describes others' operands, so that whoever needs it computes it
/// again: sizes, constants, views, and places for results, filled or not.
bool isDescription(Operation *op);

/// Clones descriptions that `value` comes from, where `mapping` has no value for it yet. `capture`
/// gives a value for each other one that they need; null: there is none, and the result is null.
Value cloneDescription(OpBuilder &b, Value value, IRMapping &mapping,
                       function_ref<Value(Value)> capture);

/// Whether a public function is a kernel as it is: one normalization, and descriptions, on tensors
/// and under a name that C has.
bool isKernelAlready(func::FuncOp function);

/// A symbol that the module of `function` has not, and that C can have: `name`, or with the first
/// number from `number` on that makes it free. `number` becomes the one behind it.
std::string findFreeSymbol(func::FuncOp function, StringRef name, unsigned &number);

/// Makes a function of each run of operations between normalizations, and calls of them: a host
/// function. An error says what cannot be split so.
LogicalResult outlineRest(func::FuncOp function);

} // namespace mlir::norm

#endif // NORMC_LIB_TRANSFORMS_OUTLINE_H
