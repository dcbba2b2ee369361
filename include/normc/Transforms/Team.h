//===- Team.h - groups that threads of a GPU work on together --------------===//
//
// What an operation has to be like for a team of threads to keep each of its groups.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_TRANSFORMS_TEAM_H
#define NORMC_TRANSFORMS_TEAM_H

#include "normc/IR/Norm.h"
#include "normc/Schedule/GPUSchedule.h"

namespace mlir::norm {

/// Why the threads of a team cannot share the groups of an operation; empty where they can.
std::string findTeamObstacle(GenericOp op);

/// Why threads cannot share groups that lie beside each other in memory, as channels that come
/// last; empty where they can.
std::string findColumnObstacle(GenericOp op);

/// Why threads cannot take neighbours of groups that are one element each; empty where they can.
std::string findElementObstacle(GenericOp op);

/// The dimension whose neighbours a thread takes: the last inside of a group.
unsigned getTeamDim(GenericOp op);
/// The same where groups lie beside each other: the innermost that tells them apart.
unsigned getColumnDim(GenericOp op);

/// How many neighbours along that dimension may be loaded and stored at once, as far as the
/// operands' types tell; 1 where they need not be neighbours.
int64_t getTeamWidth(GenericOp op, unsigned dim, int64_t most);

/// The order of an operation's sums, which all have the same lanes and segments.
OrderAttr getTeamOrder(GenericOp op);

/// Whether the lanes of a sum are those of a warp, or of a block's columns.
bool isTeamOrder(OrderAttr order);
bool isColumnOrder(OrderAttr order);

/// The field that this one is in a wider type; null where it is something else.
Value getWidened(Value field);

/// Whether the field that this argument is differs from group to group, and a reduction needs it.
bool isCopied(GenericOp op, BlockArgument arg);
/// The bytes of an element of all such fields, where `width` neighbours are a multiple of 16 bytes
/// in each; else 0.
int64_t getCopyBytes(GenericOp op, int64_t width);

/// Whether a reduction needs the field that this argument is.
bool isReduced(GenericOp op, BlockArgument arg);

/// A schedule as an attribute, and back.
GPUScheduleAttr getScheduleAttr(MLIRContext *context, StringRef along, const GPUSchedule &schedule);
GPUSchedule getSchedule(GPUScheduleAttr attr);
/// That of a thread for neighbours, and of a block for a segment of a few columns.
GPUSchedule getElementSchedule(int64_t width, int64_t access);
GPUSchedule getColumnSchedule(int64_t width, int64_t lanes, int64_t access);

/// The operation in terms of the schedule's chooser.
TeamShape describeTeam(GenericOp op);

} // namespace mlir::norm

#endif // NORMC_TRANSFORMS_TEAM_H
