//===- GroupLoops.h - the loops around the program of a group ------------===//
//
// What norm-decompose and convert-norm-to-vector have in common: they differ in what a point is.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_CONVERSION_GROUPLOOPS_H
#define NORMC_LIB_CONVERSION_GROUPLOOPS_H

#include "GroupEmitter.h"

namespace mlir::norm {

/// Replaces a norm.generic on buffers by loops, in chunks of a dimension where one is given.
LogicalResult emitGroupLoops(GenericOp op, std::optional<VectorDim> vector, OpBuilder &builder);

} // namespace mlir::norm

#endif // NORMC_LIB_CONVERSION_GROUPLOOPS_H
