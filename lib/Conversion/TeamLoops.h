//===- TeamLoops.h - the program of a group, by threads of a GPU together ---===//
//
// Every thread of a team takes units of neighbours of its group, and keeps them in registers if the
// schedule says so. Scalars are computed by each thread. A sum's segment is folded by a warp, and
// what the warps have by every thread, so that all go on with the same number.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_CONVERSION_TEAMLOOPS_H
#define NORMC_LIB_CONVERSION_TEAMLOOPS_H

#include "GroupEmitter.h"
#include "normc/Schedule/GPUSchedule.h"

namespace mlir::norm {

/// On an `scf.forall` over blocks: the threads of each.
inline constexpr StringLiteral kThreadsAttr = "norm.threads";

/// Writes the code of one operation for one schedule, as an `scf.forall` over blocks of threads.
class TeamLoops {
public:
  TeamLoops(GenericOp op, const GPUSchedule &schedule, ArrayRef<Value> extents,
            ImplicitLocOpBuilder &b);

  void run();

  /// A reduction over all elements of the group at hand; called by OrderedFold.
  SmallVector<Value> fold(const FoldSteps &steps);

private:
  /// A unit of neighbours that a thread takes: where its pieces, of `width` elements each, begin,
  /// and whether they are elements of the group; null where that is known.
  struct Unit {
    SmallVector<Point> points;
    SmallVector<Value> valid;
  };
  /// `lastNumber`: the largest that `number` can be, where that is known.
  Unit getUnit(Value number, std::optional<int64_t> lastNumber);
  /// The lanes of a segment, folded by a warp: every thread of it has the partial.
  SmallVector<Value> foldSegment(const FoldSteps &steps, ArrayRef<Unit> units);
  SmallVector<Value> foldWarp(const FoldSteps &steps, SmallVector<Value> lane);
  SmallVector<Value> foldResident(const FoldSteps &steps);
  SmallVector<Value> foldAgain(const FoldSteps &steps);
  /// Hands the partial of each slot to all threads of the team, which merge them in order.
  /// `partials(i)` are those of this warp's slot `i`.
  SmallVector<Value> exchange(const FoldSteps &steps, int64_t numSlots,
                              ArrayRef<std::pair<Value, SmallVector<Value>>> partials);
  /// The units of a segment that this thread takes, and those it keeps.
  SmallVector<Unit> getSegmentUnits(Value segment, std::optional<int64_t> lastSegment);
  void storeScalars();
  void storeUnit(const Unit &unit);
  Value both(Value x, Value y);
  void createIf(Value condition, function_ref<void()> body);

  GenericOp op;
  GPUSchedule schedule;
  ArrayRef<Value> extents;
  ImplicitLocOpBuilder &b;
  OrderAttr order;
  unsigned dim;
  SmallVector<unsigned> inGroup;
  Value numElements;
  std::optional<int64_t> staticElements;
  int64_t warps, unitsPerSegment;
  GroupEmitter *emitter = nullptr;
  Block *block = nullptr;
  /// The thread's number in its team, in its warp, the warp's in the team, the team's in the block.
  Value thread, lane, warp, team;
  /// Whether the team has a group, and its place.
  Value active;
  Point group;
  SmallVector<Unit> resident;
};

} // namespace mlir::norm

#endif // NORMC_LIB_CONVERSION_TEAMLOOPS_H
