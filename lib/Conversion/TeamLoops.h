//===- TeamLoops.h - the program of a group, by threads of a GPU together ---===//
//
// Every thread of a team takes units of neighbours of its group, and keeps them in registers if the
// schedule says so. Scalars are computed by each thread. A sum's segment is folded by a warp, and
// what the warps have by every thread, so that all go on with the same number.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_CONVERSION_TEAMLOOPS_H
#define NORMC_LIB_CONVERSION_TEAMLOOPS_H

#include "Accumulators.h"
#include "Cluster.h"
#include "ThreadTeam.h"
#include "normc/Schedule/GPUSchedule.h"

namespace mlir::norm {

/// Writes the code of one operation for one schedule, as an `scf.forall` over blocks of threads.
class TeamLoops : public ThreadTeam {
public:
  /// `sums`: where partial sums of accumulating results go; null where there are none.
  TeamLoops(GenericOp op, const GPUSchedule &schedule, ArrayRef<Value> extents, Accumulators *sums,
            ImplicitLocOpBuilder &b);

  void run();

  SmallVector<Value> fold(const FoldSteps &steps) override;
  std::pair<Value, Value> sumShift(function_ref<Value(Value number)> elementAt, Value count,
                                   Type type) override;

private:
  /// A piece of a unit of neighbours that a thread takes, `width` elements: where it begins, by
  /// dimension inside of the group, and whether it is in the group; null where that is known.
  struct Piece {
    SmallVector<Value> indices;
    Value valid;
  };
  using Unit = SmallVector<Piece>;
  /// Its place in the group at hand.
  Point at(const Piece &piece);
  /// `lastNumber`: the largest that `number` can be, where that is known.
  Unit getUnit(Value number, std::optional<int64_t> lastNumber);
  /// The lanes of a thread before the first element, after one more unit, and folded by the warp:
  /// every thread of it has the partial then. `acc` is by piece, then by accumulator.
  SmallVector<Value> createNeutral(const FoldSteps &steps);
  SmallVector<Value> addUnit(const FoldSteps &steps, const Unit &unit, ValueRange acc,
                             ValueRange segment = {});
  /// What belongs to a segment from its first elements, and its partial from its folded lanes.
  SmallVector<Value> beginSegment(const FoldSteps &steps, Value segment);
  SmallVector<Value> finishSegment(const FoldSteps &steps, Value segment, ValueRange values,
                                   SmallVector<Value> lanes);
  /// The elements of a segment.
  Value countElements(Value segment);
  SmallVector<Value> foldLanes(const FoldSteps &steps, ValueRange acc);
  SmallVector<Value> foldWarp(const FoldSteps &steps, SmallVector<Value> lane);
  SmallVector<Value> foldResident(const FoldSteps &steps);
  SmallVector<Value> foldCluster(const FoldSteps &steps);
  SmallVector<Value> foldAgain(const FoldSteps &steps);
  /// How many segments follow each other in a block of a sum.
  Value createPerBlock(Value numSegments);
  /// Shared memory for the partials of a team's segments, or blocks of them.
  struct Slots {
    int64_t count;
    /// How many of them have elements, where that matters.
    Value used, row;
    SmallVector<Value> buffers;
  };
  Slots createSlots(const FoldSteps &steps, int64_t count);
  /// Puts a warp's partial there.
  void put(const Slots &slots, Value slot, ValueRange partial);
  /// After a barrier, all partials, merged in order by every thread.
  SmallVector<Value> merge(const FoldSteps &steps, const Slots &slots);
  SmallVector<Value> mergeSlots(const FoldSteps &steps, const Slots &slots);
  /// The units of a segment that this thread takes, and those it keeps.
  SmallVector<Unit> getSegmentUnits(Value segment, std::optional<int64_t> lastSegment);
  void loadResident();
  /// Asks for what is kept of the group at hand, if there is one, without waiting for it; and waits
  /// for what was asked for, and takes it.
  void copyResident(Value exists);
  void takeResident();
  /// Makes what is kept in 16 bits or less be widened again, where a thread has many: otherwise it
  /// has its wide form in registers as well, from the first sum to the results.
  void repack();
  /// Whether it is the first thread of those that share a group.
  Value createIsFirst();
  void storeScalars();
  void storeUnit(const Unit &unit);
  /// Calls `body` in a loop over the units that a thread takes of a group that is not kept.
  void forUnits(function_ref<void(const Unit &)> body);
  /// The groups of a block of rows, and their sums.
  void emitRows(Value block, Point kept);
  /// Stores the results of a group that are not accumulated, and adds the others to `acc`, which
  /// has a value for each of them and for each piece.
  SmallVector<Value> accumulate(ValueRange acc);
  /// The same for results that are one number of each group.
  SmallVector<Value> accumulateScalars(ValueRange acc);
  /// Whether an output has an element for each of a group's.
  bool isField(unsigned output) {
    return !op.getAccessDims(op.getInputs().size() + output, /*inGroup=*/true).empty();
  }
  /// The same where partial sums are in memory; `isMore`: whether there is one already.
  void accumulateUnit(const Unit &unit, Value number, Value isMore);
  /// The code of a block: `counts` are those of its teams' groups, or of blocks of rows and then
  /// groups.
  void emitBlock(Value index, ArrayRef<Value> counts, ArrayRef<unsigned> groupDims, Value numTeams);

  GenericOp op;
  GPUSchedule schedule;
  ArrayRef<Value> extents;
  Accumulators *sums;
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
  /// Whether the team has a group, and its place; and, where it has several groups one after the
  /// other, which of two buffers its sums go through, or whether a cluster's barriers have ended an
  /// odd number of phases.
  Value active, phase, parity;
  /// Where blocks share a group: the block's number among them.
  std::optional<Cluster> cluster;
  Value rank;
  Point group;
  SmallVector<Unit> resident;
  /// Where it is copied to ahead of time: for each field, [unit, thread of the block, element].
  SmallVector<std::pair<BlockArgument, Value>> copies;
  /// Whether something was computed of it.
  bool isRead = false;
};

} // namespace mlir::norm

#endif // NORMC_LIB_CONVERSION_TEAMLOOPS_H
