//===- VectorDim.h - the dimension whose chunks can be vectors ------------===//
//
// What norm-schedule and the passes that follow a schedule need to know of a norm.generic on
// buffers.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_TRANSFORMS_VECTORDIM_H
#define NORMC_TRANSFORMS_VECTORDIM_H

#include "normc/IR/Norm.h"
#include "normc/Schedule/Schedule.h"

namespace mlir::norm {

/// Where a norm.generic carries its `#norm.schedule`.
inline constexpr StringLiteral kScheduleAttr = "norm.schedule";

/// What a `#norm.schedule` says, and the other way round.
Schedule getSchedule(ScheduleAttr attr);
ScheduleAttr getScheduleAttr(MLIRContext *context, StringRef along, const Schedule &schedule);

/// The last iteration dimension of the operand with the most of them: neighbours in memory.
std::optional<unsigned> findInnermostDim(GenericOp op);

/// Why chunks of a dimension cannot be vectors; empty where they can.
std::string findVectorObstacle(GenericOp op, unsigned dim);

/// The group dimension along which groups of elements along `dim` follow each other in every
/// operand, so that a vector can hold several groups; none where something in the program looks at
/// where an element is. Their number and length have to be known, unless they may have `anySize`.
std::optional<unsigned> findNeighbourDim(GenericOp op, unsigned dim, bool anySize = false);

/// Why chunks along `dim`, or of groups along `across`, cannot be walked in blocks; empty where
/// they can. `whole`: every chunk is whole, or has a mask.
std::string findBlockObstacle(GenericOp op, unsigned dim, std::optional<unsigned> across,
                              bool whole);

/// The lanes of a block whose chunks hold neighbours of whatever groups, and how many groups of
/// `size` it holds: chunks of all blocks begin at multiples of `width`. 0: fewer than that.
inline constexpr int64_t kMixedLanes = 1024;
int64_t getMixedGroups(int64_t size, int64_t width);

/// Why chunks along `dim` cannot hold neighbours of whatever groups; empty where they can.
std::string findMixedObstacle(GenericOp op, unsigned dim, int64_t width, bool masked);

} // namespace mlir::norm

#endif // NORMC_TRANSFORMS_VECTORDIM_H
