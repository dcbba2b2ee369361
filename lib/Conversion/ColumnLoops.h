//===- ColumnLoops.h - groups that are columns, split over blocks of threads --===//
//
// Where neighbours in memory belong to different groups, as with channels that come last, a block
// of threads takes one segment of the sums of a few columns: threads beside each other take
// columns, those behind each other positions. So there are as many blocks as there are segments.
// Three kernels: the partials of all segments; what they come to, and the scalars of every group;
// the results that have an element for each of a group's.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_CONVERSION_COLUMNLOOPS_H
#define NORMC_LIB_CONVERSION_COLUMNLOOPS_H

#include "ThreadTeam.h"

namespace mlir::norm {

class ColumnLoops : public ThreadTeam {
public:
  /// Allocates what the kernels hand each other, at the insertion point of `b`.
  ColumnLoops(GenericOp op, ArrayRef<Value> extents, int64_t access, ImplicitLocOpBuilder &b);

  /// Emits the kernels, at the insertion point of `b`; `width`: how many columns a thread takes,
  /// neighbours that are loaded together.
  void run(int64_t width);

  SmallVector<Value> fold(const FoldSteps &steps) override;
  std::pair<Value, Value> sumShift(function_ref<Value(Value number)> elementAt, Value count,
                                   Type type) override;

private:
  void emitPartials();
  void emitScalars();
  void emitResults();
  /// The segment of this thread's block, and what all threads have of it.
  SmallVector<Value> foldSegment(const FoldSteps &steps);
  SmallVector<Value> mergeSegments(const FoldSteps &steps);
  /// One step after the other, adds to each lane's values those of a lane half the way on, until
  /// `last` are left; lanes' values are in shared memory then.
  SmallVector<Value> foldLanes(function_ref<SmallVector<Value>(ValueRange, ValueRange)> fold,
                               SmallVector<Value> own, int64_t lanes, int64_t last,
                               SmallVectorImpl<Value> &buffers);
  SmallVector<Value> load(ArrayRef<Value> buffers, Value row, Type like);
  void store(ValueRange values, ArrayRef<Value> buffers, Value row);
  /// Makes `group` that of the outer index and a column, or of several from it on.
  void bindGroup(Value firstColumn);
  std::optional<VectorDim> getVector();
  Point bindElement(Value element);
  GPUScheduleAttr getSchedule();
  /// The scalars of a group that its fields need.
  SmallVector<Value> findNeeded();
  /// A buffer [outer groups, rows, columns], and an element or a chunk of it.
  Value allocate(Value rows, Type element);
  SmallVector<Value> getPlace(Value row);

  GenericOp op;
  int64_t width = 1;
  /// Bytes of the widest access to global memory.
  int64_t access;
  ArrayRef<Value> extents;
  ImplicitLocOpBuilder &b;
  OrderAttr order;
  unsigned dim;
  SmallVector<unsigned> inGroup, outer;
  Value numElements, numSegments, numOuter;
  /// Partials, [outer, segments, columns], and scalars, [outer, 1, columns].
  SmallVector<Value> partials, needed, scalars;
  bool merges = false;

  // Of the kernel at hand.
  GroupEmitter *emitter = nullptr;
  Block *block = nullptr;
  /// The outer group, the segment (or block of them), the thread's lane and column in the block,
  /// and whether it has a column.
  Value outerIndex, segment, lane, column, active;
  Point group;
};

} // namespace mlir::norm

#endif // NORMC_LIB_CONVERSION_COLUMNLOOPS_H
