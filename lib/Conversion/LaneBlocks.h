//===- LaneBlocks.h - groups that are lanes, several chunks at a time -----===//
//
// Where neighbours in memory belong to different groups, a chunk of them walks down a narrow column
// of memory, which caches and prefetchers are bad at. A block of chunks reads whole pieces of rows
// instead: rows outside, chunks inside, and what is known of each group in buffers.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_CONVERSION_LANEBLOCKS_H
#define NORMC_LIB_CONVERSION_LANEBLOCKS_H

#include "GroupEmitter.h"

namespace mlir::norm {

class LaneBlocks {
public:
  /// Emits the groups [first, first + size) along the dimension that lanes count, or that tells
  /// mixed groups apart, of at most `capacity` lanes; `point` binds the other group dimensions.
  LaneBlocks(GroupEmitter &emitter, ImplicitLocOpBuilder &b, Block *scratchBlock, Point point,
             Value first, Value size, int64_t capacity);

  /// `choose` runs its argument for the ways to store results, past the cache or not, that are told
  /// apart at run time. `store` is called for a place of every output: once for a chunk where it
  /// has one element for a group (`isRow` is false), once for every row of it otherwise.
  void emit(function_ref<void(function_ref<void(bool streams)>)> choose,
            function_ref<void(const Point &, bool isRow)> store);

  /// The loops of one reduction; gives the buffers that its results are in.
  SmallVector<Value> fold(const FoldSteps &steps, OrderAttr order, ArrayRef<Value> fields);

private:
  bool isMixed() const { return emitter.getVector()->mixedDim.has_value(); }
  using Buffers = SmallVector<Value>;
  /// Calls `body` in a loop over the chunks of the block, with what is known of their groups and
  /// where that lies in buffers.
  void forChunks(function_ref<void(const Point &, Value slot)> body);
  /// Calls `body` in a loop over the groups of the block, with its first lane. Points are single
  /// elements there.
  void forGroups(function_ref<void(const Point &, Value slot)> body);
  /// The scalars at `slot`.
  SmallVector<Value> loadAt(ArrayRef<Value> buffers, Value slot);
  void storeAt(ValueRange values, ArrayRef<Value> buffers, Value slot);
  /// Puts scalars of a group into all lanes of it.
  void broadcast(ValueRange values, ArrayRef<Value> buffers, Value slot);
  /// What the lanes of a group make together.
  SmallVector<Value> foldGroup(const FoldSteps &steps, OrderAttr order, ArrayRef<Value> lanes,
                               Value slot);
  /// Calls `body` for the rows [from, to), `together` at a time, in a loop over chunks inside.
  void forRows(Value from, Value to, int64_t together,
               function_ref<void(ArrayRef<Point> rows, Value slot)> body);
  Point bindRow(const Point &point, Value row);
  Buffers createBuffers(ValueRange like);
  SmallVector<Value> load(ArrayRef<Value> buffers, Value slot);
  void store(ValueRange values, ArrayRef<Value> buffers, Value slot);
  /// Puts what operands have for each group into its lanes.
  void loadGroups();
  bool needsPending(Value value);
  void emitScalars(bool last, function_ref<void(const Point &, bool)> store);

  GroupEmitter &emitter;
  ImplicitLocOpBuilder &b;
  Block *scratchBlock;
  Point point;
  /// The block's indices of `laneDim`.
  Value first, size;
  /// Where groups are mixed: those of the block, and the elements of each at a position.
  Value firstGroup, numGroups, groupSize;
  int64_t capacity;
  unsigned laneDim;
  SmallVector<unsigned> rowDims;
  Value numRows;
  /// Scalars of groups that are known already, and where they lie.
  SmallVector<std::pair<Value, Value>> known;
};

} // namespace mlir::norm

#endif // NORMC_LIB_CONVERSION_LANEBLOCKS_H
