//===- DeriveFunction.h - the two functions of training ---------------------===//
//
// The forward function with what it saves, and the backward function beside it.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_TRANSFORMS_DERIVEFUNCTION_H
#define NORMC_LIB_TRANSFORMS_DERIVEFUNCTION_H

#include "DeriveGraph.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/MapVector.h"

namespace mlir::norm::derive {

/// The gradient of an input of the forward operation.
struct Gradient {
  unsigned input, node;
  /// Of its elements.
  Type type;
};

/// What the backward program computes, and from what.
struct Plan {
  SmallVector<Gradient> gradients;
  /// Nodes that are results of the forward operation: number of the result.
  llvm::MapVector<unsigned, unsigned> results;
  /// Numbers of a group that the forward function is to give too.
  SmallVector<unsigned> saved;
  /// Inputs that are not read, but tell a size.
  SmallVector<unsigned> sizes;
};

/// The result of `function` that output `output` of its norm.generic is.
std::optional<unsigned> findResult(func::FuncOp function, GenericOp op, unsigned output);
/// A name of an argument or result; that which norm-bind-arguments gives where it has none.
std::string getArgName(func::FuncOp function, unsigned number);
std::string getResultName(func::FuncOp function, unsigned number);

/// Puts what tells sizes into `plan.sizes`. Why one is not known; empty where all are.
std::string findSizes(func::FuncOp function, Graph &graph, Plan &plan);
/// The results for `plan.saved` are added, and then in `plan.results`. Gives the operation that
/// replaces the graph's.
GenericOp addSavedResults(func::FuncOp function, Graph &graph, Plan &plan);
func::FuncOp buildBackward(func::FuncOp function, GenericOp op, const Graph &graph,
                           const Plan &plan, StringRef name);

} // namespace mlir::norm::derive

#endif // NORMC_LIB_TRANSFORMS_DERIVEFUNCTION_H
