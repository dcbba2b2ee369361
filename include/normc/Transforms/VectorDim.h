//===- VectorDim.h - the dimension whose chunks can be vectors ------------===//
//
// What norm-schedule and the passes that follow a schedule need to know of a norm.generic on
// buffers.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_TRANSFORMS_VECTORDIM_H
#define NORMC_TRANSFORMS_VECTORDIM_H

#include "normc/IR/Norm.h"

namespace mlir::norm {

/// Where a norm.generic carries its `#norm.schedule`.
inline constexpr StringLiteral kScheduleAttr = "norm.schedule";

/// The last iteration dimension of the operand with the most of them: neighbours in memory.
std::optional<unsigned> findInnermostDim(GenericOp op);

/// Why chunks of a dimension cannot be vectors; empty where they can.
std::string findVectorObstacle(GenericOp op, unsigned dim);

/// The group dimension along which groups of elements along `dim` follow each other in every
/// operand, so that a vector can hold several groups; none where something in the program looks at
/// where an element is.
std::optional<unsigned> findNeighbourDim(GenericOp op, unsigned dim);

/// Why chunks along `dim`, or of groups along `across`, cannot be walked in blocks; empty where
/// they can. `whole`: every chunk is whole, or has a mask.
std::string findBlockObstacle(GenericOp op, unsigned dim, std::optional<unsigned> across,
                              bool whole);

} // namespace mlir::norm

#endif // NORMC_TRANSFORMS_VECTORDIM_H
