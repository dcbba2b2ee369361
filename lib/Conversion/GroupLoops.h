//===- GroupLoops.h - the loops around the program of a group ------------===//
//
// What norm-decompose and convert-norm-to-vector have in common: they differ in what a point is.
// Rows are in RowLoops.cpp, groups that threads share in SplitGroups.cpp, lanes that are groups in
// LaneBlocks.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_CONVERSION_GROUPLOOPS_H
#define NORMC_LIB_CONVERSION_GROUPLOOPS_H

#include "GroupEmitter.h"

namespace mlir::norm {

/// Outputs whose elements are written by one nest of loops.
struct Nest {
  SmallVector<unsigned> order; // loop dimensions, outermost first
  SmallVector<unsigned> outputs;
  std::optional<unsigned> flipped; // innermost and unrolled
};

/// Writes the loops of one operation, which emitGroupLoops erases then.
class GroupLoops {
public:
  GroupLoops(GenericOp op, std::optional<VectorDim> vector, OpBuilder &builder)
      : op(op), b(op.getLoc(), builder), vector(vector), yielded(op.getYield().getValues()) {}

  LogicalResult run();

private:
  /// Runs `body(i)` for i in [0, count): in parallel where the operation stands at the top of a
  /// function.
  void createTasks(Value count, function_ref<void(Value, Block *)> body);
  /// Runs `body` on the rows [from, to): a few together where rows are packed, the rest one by one.
  void forRows(Value from, Value to, unsigned rowDim, Block *scratch, bool streams,
               function_ref<Point(Value row)> pointAt,
               function_ref<void(GroupEmitter &, Points)> body);
  /// The same for one way to put rows together.
  /// Rows as the schedule says, with stores past the cache or not as is seen at run time.
  void forRowsAnywhere(Value from, Value to, unsigned rowDim, Block *scratch, Value streams,
                       function_ref<Point(Value row)> pointAt);
  /// Whether rows have blocks of columns to speak of.
  Value isLong(int64_t columns);
  void emitRows(Value from, Value to, unsigned rowDim, Block *scratch, bool streams,
                function_ref<Point(Value row)> pointAt,
                function_ref<void(GroupEmitter &, Points)> body);
  /// The same in a loop whose iterations begin with the sums that the one before has made.
  bool emitPipelined(GroupEmitter &emitter, Value from, Value to, int64_t rows,
                     function_ref<SmallVector<Point>(Value row)> pointsAt);
  Value createStreams();
  void chooseStreams(Value streams, function_ref<void(bool)> body);
  /// Views of those operands whose rows follow each other without a gap, and whether they all do
  /// so.
  Value createPackedViews(unsigned rowDim, SmallVectorImpl<Value> &views);
  /// What the outputs of a nest are made of.
  SmallVector<Value> getFields(GroupEmitter &emitter, const Nest &nest);
  /// `streams`: whether results go past the cache, where that is not chosen around it.
  void emitGroups(GroupEmitter &emitter, Points points, Value streams = Value());
  void emitNest(GroupEmitter &emitter, const Nest &nest, Points points, unsigned level,
                ArrayRef<Value> fields);
  /// What a nest does before its loops.
  void emitHead(GroupEmitter &emitter, const Nest &nest, Points points, ArrayRef<Value> fields);
  /// The results of rows in blocks of columns, a row after the other in each; whether they are.
  bool emitColumns(GroupEmitter &emitter, const Nest &nest, Points points, ArrayRef<Value> fields);
  /// The results of one group, by pieces that are tasks.
  void emitInTasks(GroupEmitter &emitter, Points points, Value streams);
  /// All groups, one after the other, threads sharing each.
  void emitSplit(Value numGroups, function_ref<Point(Value)> pointAt);
  /// Blocks of groups that are lanes, `perBlock` indices of `laneDim` in each.
  void emitBlocks(unsigned laneDim, Value perBlock, int64_t capacity);
  /// Blocks of neighbours of whatever groups; whether that is all there is to do.
  bool emitMixed();
  void storeOutput(GroupEmitter &emitter, unsigned output, Points points);
  LogicalResult planNests();
  std::optional<unsigned> findFlip(Value value);
  void emitAccumulators();
  /// The operation, or the choice that norm-collapse has put around it: buffers stand before it.
  Operation *getOutermost() {
    Operation *parent = op->getParentOp();
    return isa<scf::IfOp>(parent) ? parent : op.getOperation();
  }

  GenericOp op;
  ImplicitLocOpBuilder b;
  std::optional<VectorDim> vector;
  SmallVector<Value> yielded;
  SmallVector<Value> extents;
  SmallVector<Nest> nests;
  // For outputs with `acc`: partial sums [blocks, dimensions of the output], and the block at hand.
  SmallVector<Value> partials;
  Value block;
};

/// Replaces a norm.generic on buffers by loops, in chunks of a dimension where one is given.
LogicalResult emitGroupLoops(GenericOp op, std::optional<VectorDim> vector, OpBuilder &builder);

} // namespace mlir::norm

#endif // NORMC_LIB_CONVERSION_GROUPLOOPS_H
