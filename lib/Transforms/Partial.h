//===- Partial.h - a normalization whose groups are divided ----------------===//
//
// What Partial.cpp finds out of a program, and PartialFunctions.cpp writes as functions.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_TRANSFORMS_PARTIAL_H
#define NORMC_LIB_TRANSFORMS_PARTIAL_H

#include "normc/IR/Norm.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace mlir::norm::partial {

/// A statistic that ranks have shares of, since it is a sum over divided dimensions.
struct Share {
  /// The result of a norm.reduce.
  OpResult value;
  /// The exchange between ranks that it takes part in, from 1 on.
  unsigned exchange;
  /// What it is: `mean`, `m2`, `sum`, `dot`, `max` or `min`; and that with a number where there are
  /// several.
  std::string role, name;
  /// The dimensions of its tensor, in iteration order.
  SmallVector<unsigned> dims;

  ReduceOp getReduce() const { return cast<ReduceOp>(value.getOwner()); }
  Type getType() const { return norm::getElementType(value.getType()); }
};

struct Plan {
  func::FuncOp function;
  GenericOp op;
  /// Divided dimensions inside of groups.
  SmallVector<unsigned> inGroup;
  /// All of them.
  SmallVector<unsigned> divided;
  /// In the order of exchanges, those of moments side by side.
  SmallVector<Share> shares;
  unsigned numExchanges = 0;
  /// How many arguments the function has had; what is behind them tells about the whole.
  unsigned numArguments = 0;
  bool hasCount = false;
};

/// What else has the functions' names: `_partial`, `_merge` and `_apply` behind that of the whole.
std::string getPartName(const Plan &plan, StringRef part, unsigned exchange = 0);

/// Gives the function the arguments that tell a rank about the whole, and the program what it
/// computes from them: the elements of a group, and where a rank's part begins.
void addWhole(Plan &plan);

/// What the elements of a group have to be divided by for those that moments are of; nothing where
/// that is not known.
std::optional<int64_t> getElementsPerCount(const Plan &plan, ReduceOp reduce);

/// Writes the functions before the function, and erases it.
void buildParts(Plan &plan);

} // namespace mlir::norm::partial

#endif // NORMC_LIB_TRANSFORMS_PARTIAL_H
