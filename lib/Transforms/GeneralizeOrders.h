//===- GeneralizeOrders.h - the orders that a program leaves open --------===//
//
// What is known of a sum is read off the accesses of the tensors that its elements come from.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_TRANSFORMS_GENERALIZEORDERS_H
#define NORMC_LIB_TRANSFORMS_GENERALIZEORDERS_H

#include "normc/IR/Norm.h"

namespace mlir::norm {

/// Gives every reduction and every `acc` output without an order the one that suits the target, and
/// such moments their algorithm.
void chooseOrders(GenericOp op, StringRef isa);

} // namespace mlir::norm

#endif // NORMC_LIB_TRANSFORMS_GENERALIZEORDERS_H
