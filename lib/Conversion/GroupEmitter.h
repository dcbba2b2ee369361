//===- GroupEmitter.h - the program of one group, element by element -----===//
//
// Emits code for the body of a norm.generic on buffers: the value of any field at a point, and
// every reduction in its declared order. Fields are computed again wherever they are read, so no
// buffer holds one.
//
// With a vector dimension a point stands for a chunk of neighbours along it, and what depends on
// that dimension is a vector. The order of sums is the same, so the results have the same bits.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_CONVERSION_GROUPEMITTER_H
#define NORMC_LIB_CONVERSION_GROUPEMITTER_H

#include "normc/IR/Norm.h"
#include "normc/Schedule/Schedule.h"

#include "mlir/IR/IRMapping.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace mlir::norm {

/// The index of every iteration dimension; null where the dimension is not bound.
using Point = SmallVector<Value>;
/// The same place in several groups, which are worked on together: their indices differ in group
/// dimensions only.
using Points = ArrayRef<Point>;
/// The places, in each of some groups, of an element that has a number.
using PointsAt = function_ref<SmallVector<Point>(Value number)>;

class LaneBlocks;
class ColumnLoops;
class TeamLoops;
class ThreadTeam;

/// A schedule, in terms of its operation: a dimension that is walked in chunks of `width` elements,
/// neighbours in every operand that has it.
struct VectorDim : Schedule {
  unsigned dim;
  /// Whether the dimension is known to be whole chunks.
  bool divides;
  /// The group dimension of which a chunk holds several indices, `groups`, each with all elements
  /// along `dim`. Scalars of groups are vectors then, with a group's value in each of its lanes.
  std::optional<unsigned> across = std::nullopt;
  /// The group dimension whose groups follow each other along `dim`, where a chunk holds elements
  /// of whatever groups.
  std::optional<unsigned> mixedDim = std::nullopt;
};

class GroupEmitter {
public:
  /// `extents` are the extents of `op` as values. Lanes of accumulators are put at the start of
  /// `scratchBlock`.
  GroupEmitter(GenericOp op, ArrayRef<Value> extents, std::optional<VectorDim> vector,
               ImplicitLocOpBuilder &b, Block *scratchBlock)
      : op(op), extents(extents), vector(vector), b(b), scratchBlock(scratchBlock) {
    llvm::append_range(buffers, op.getInputs());
    llvm::append_range(buffers, op.getInits());
  }

  /// The buffer of an operand, inputs before outputs; another view of it may take its place.
  Value getBuffer(unsigned operand) { return buffers[operand]; }
  void setBuffer(unsigned operand, Value view) { buffers[operand] = view; }

  /// Emits every scalar of the program, in order. `points` bind the group dimensions. Scalars of
  /// several groups are computed as one vector.
  void emitScalars(Points points) { emitScalars(points, {}, /*onlyFirst=*/false); }

  /// The first loop over the elements of some groups, with whatever it takes: the sums of the first
  /// reduction, or of the first of its two passes. `continueScalars` goes on with what it gave.
  /// `beside(chunk, first)` emits what else is done in that loop, at the chunks of the groups from
  /// `first` on.
  using Beside = std::function<void(Points chunk, unsigned first)>;
  SmallVector<Value> emitFirstLoop(Points points, Beside beside);
  void continueScalars(Points points, ValueRange sums) { emitScalars(points, sums, false); }
  /// Whether there is such a loop, over all elements of a row.
  bool hasFirstLoop();

  /// Decides which fields of these groups are kept in memory from the loop that computes them
  /// first, because computing them again would cost more: those with functions, divisions or
  /// roundings that several loops read.
  /// `copies`: how many times, for groups that are begun before others are done.
  void planKept(Points points, int64_t copies = 1);
  /// Which of the copies is that of some groups.
  void placeKept(Points points, Value copy);

  /// The value of a field, or a scalar, of the program at a point that binds its dimensions.
  Value emit(Value value, const Point &point);

  /// The fields that `roots` are made of, in program order: what may be computed before the
  /// innermost loop. Fields below a reduction are not among them.
  SmallVector<Value> getFieldsBelow(ValueRange roots);

  /// Emits the scalars that are the same all along a group dimension, which `point` does not bind.
  void emitUniform(unsigned dim, const Point &point);

  /// Emits those of `fields` whose dimensions are all bound.
  void emitBound(ArrayRef<Value> fields, const Point &point);

  /// The index values of a buffer's dimensions at a point.
  SmallVector<Value> getIndices(unsigned operand, const Point &point);

  /// Loads from a buffer, or stores to it, that has the access of an operand: a chunk where the
  /// access has the vector dimension. `indices` are those of the buffer.
  Value load(Value memref, unsigned operand, ValueRange indices);
  void store(Value value, Value memref, unsigned operand, ValueRange indices,
             bool pastCache = false);

  /// Asks for the chunks of inputs at a point of the rows that come `ahead` rows later along
  /// `rowDim`.
  void prefetch(const Point &point, unsigned rowDim, int64_t ahead);

  /// Whether results are stored past the cache.
  bool streams = false;
  /// Chunks lie at multiples of their size, or of so many bytes; 0: nothing is known.
  int64_t access = 0;
  /// Whether what is loaded is read once, and need not stay in a cache.
  bool once = false;

  /// Where threads share a group: runs `body` for every number below `count`, in parallel.
  using Tasks = std::function<void(Value count, function_ref<void(Value)> body)>;
  Tasks tasks;
  /// Where only a part of the vector dimension is walked, whole chunks but for the last: from, to.
  std::optional<std::pair<Value, Value>> range;

  /// Calls `body` in a loop over a dimension, with it bound; over chunks where it is the vector
  /// dimension.
  void forEach(unsigned dim, Points points, function_ref<void(Points)> body);
  /// Calls `body` for one chunk of the vector dimension, or for the elements that are left there.
  void forChunk(Value chunk, Point point, function_ref<void(const Point &)> body);

  /// Where loops are written out, LLVM would keep what one pass over a group has loaded for the
  /// next, and spill it: it is told that memory may have changed.
  void emitBarrier();

  /// `points` with a dimension bound.
  SmallVector<Point> bind(Points points, unsigned dim, Value index);
  /// The same value for the same number, so that what is known at a point is found again.
  Value getConstant(int64_t number);

  /// Values emitted while this lives are forgotten afterwards: their block ends.
  class Scope {
  public:
    explicit Scope(GroupEmitter &emitter) : emitter(emitter), size(emitter.memo.size()) {}
    ~Scope() { emitter.memo.truncate(size); }

  private:
    GroupEmitter &emitter;
    size_t size;
  };

  /// While this lives, code is another function's, whose scratch is at the start of `block`.
  class TaskScope {
  public:
    TaskScope(GroupEmitter &emitter, Block *block)
        : emitter(emitter), scope(emitter), block(emitter.scratchBlock),
          constants(emitter.constants), tasks(std::move(emitter.tasks)) {
      emitter.scratchBlock = block;
      emitter.tasks = nullptr;
    }
    ~TaskScope() {
      emitter.scratchBlock = block;
      emitter.constants = std::move(constants);
      emitter.tasks = std::move(tasks);
    }

  private:
    GroupEmitter &emitter;
    Scope scope;
    Block *block;
    DenseMap<int64_t, Value> constants;
    Tasks tasks;
  };

  /// While this lives, chunks are `width` elements.
  class WidthScope {
  public:
    WidthScope(GroupEmitter &emitter, int64_t width) : emitter(emitter), vector(emitter.vector) {
      emitter.vector->width = width;
      emitter.vector->interleaved = false;
    }
    ~WidthScope() { emitter.vector = vector; }

  private:
    GroupEmitter &emitter;
    std::optional<VectorDim> vector;
  };

  /// While this lives, points are single elements again.
  class ScalarScope {
  public:
    explicit ScalarScope(GroupEmitter &emitter) : emitter(emitter), vector(emitter.vector) {
      emitter.vector.reset();
    }
    ~ScalarScope() { emitter.vector = vector; }

  private:
    GroupEmitter &emitter;
    std::optional<VectorDim> vector;
  };

  /// While this lives, chunks have the first lanes of `mask` only; all of them where it is null.
  class MaskScope {
  public:
    MaskScope(GroupEmitter &emitter, Value mask) : emitter(emitter), before(emitter.mask) {
      emitter.mask = mask;
    }
    ~MaskScope() { emitter.mask = before; }

  private:
    GroupEmitter &emitter;
    Value before;
  };

  /// While this lives, chunks have their even elements first, then their odd ones, if the fields
  /// below are of bf16, or most of them.
  class InterleavedScope {
  public:
    InterleavedScope(GroupEmitter &emitter, ArrayRef<Value> fields);
    ~InterleavedScope() { emitter.evensFirst = before; }

  private:
    GroupEmitter &emitter;
    bool before;
  };

  GenericOp getOp() { return op; }
  Value getExtent(unsigned dim) { return extents[dim]; }
  const std::optional<VectorDim> &getVector() { return vector; }

private:
  friend class OrderedFold;
  friend class LaneBlocks;
  friend class TeamLoops;
  friend class ColumnLoops;

  struct Known {
    Value value;
    SmallVector<Value> indices;
    Value emitted;
    bool evensFirst;
  };

  /// A field of the groups at hand, in a buffer [groups, elements].
  struct Kept {
    Value field, buffer;
    bool filled = false;
  };
  Kept *findKept(Value field);
  /// Where an element of a group lies in such a buffer.
  SmallVector<Value> getKeptIndices(const Point &point);
  /// After a loop over all elements: what it computed of them is there.
  void markFilled(ValueRange roots);
  /// A chunk, or an element, of a buffer that is the emitter's own.
  Value loadChunk(Value buffer, ValueRange indices);
  void storeChunk(Value value, Value buffer, ValueRange indices);

  SmallVector<Value> getKey(Value value, const Point &point);
  void remember(Value value, const Point &point, Value emitted);
  /// Emits a value again where it is asked for next.
  void forget(Value value);
  const Known *find(Value value, const Point &point);
  void emitMap(MapOp map, const Point &point);
  /// The reductions after `first` that can share its loop.
  SmallVector<ReduceOp> getSiblings(ReduceOp first, const Point &point);
  /// The results of reductions over the same elements in the same order, one value for each, or a
  /// vector with one lane for each of several points.
  SmallVector<Value> emitReduces(ArrayRef<ReduceOp> reduces, Points points, ValueRange sums = {},
                                 bool onlyFirst = false);
  SmallVector<Value> emitMoments(ReduceOp reduce, Points points, Value guess = Value(),
                                 bool onlyFirst = false);
  /// `sums`: what the first loop gave, where it was before; `onlyFirst`: no more than that loop.
  SmallVector<Value> emitScalars(Points points, ValueRange sums, bool onlyFirst);
  /// The shift of a segment, from its first elements, `order.shift` of `count` at most; of several
  /// groups a vector.
  Value emitShift(ReduceOp reduce, PointsAt elementsAt, Value count, bool vectorized);
  /// The sums of those `count` elements with even and with odd numbers.
  std::pair<Value, Value> emitShiftSums(ReduceOp reduce, PointsAt elementsAt, Value count,
                                        bool vectorized);
  SmallVector<Value> emitCombined(ArrayRef<ReduceOp> reduces, Points points);
  /// A chunk with its even elements first, and back.
  Value putEvensFirst(Value chunk);
  Value putInOrder(Value chunk);
  /// A number, or a chunk of them, in a wider type.
  Value extend(Value value, Type type);
  /// What a reduction takes of `field`, as `type`: a vector, where its elements are in lanes, also
  /// of a field that is one number for the whole group.
  Value emitElement(Value field, const Point &point, Type type);
  /// One operation on scalars; its results are put into `mapping`.
  void emitScalarOp(Operation *scalar, IRMapping &mapping, const Point &point);
  Value emitCount(ArrayAttr over, Type type);
  void forRange(unsigned dim, Value from, Value to, int64_t step, Points points,
                function_ref<void(Points)> body);
  void forRest(Value from, Value count, Points points, function_ref<void(Points)> body);
  bool hasVectorDim(unsigned operand);
  /// What is known of the address of a chunk.
  llvm::MaybeAlign getAlignment(Type chunk);
  /// Whether an operand has one element for each group of a chunk.
  bool hasOneForGroup(unsigned operand);
  /// The type of what a chunk of elements has of a field: a vector, where its elements are in
  /// lanes.
  Type getChunkType(Type type);
  /// The type of accumulators of a reduction with these results.
  Type getAccumulatorType(ReduceOp reduce);

  GenericOp op;
  ArrayRef<Value> extents;
  std::optional<VectorDim> vector;
  Value mask;
  bool evensFirst = false;
  /// Whether elements are computed that a loop will come to: it will keep what is kept of them.
  bool looksAhead = false;
  Beside beside;
  /// Where the loops of reductions are emitted by, if they are not its own.
  LaneBlocks *blocks = nullptr;
  ThreadTeam *team = nullptr;
  /// Whether there is an element at the point at hand; null where there is. Of one that is not
  /// there, zeros are loaded.
  Value guard;
  ImplicitLocOpBuilder &b;
  Block *scratchBlock;
  SmallVector<Value> buffers;
  SmallVector<Known> memo;
  SmallVector<Kept> kept;
  DenseMap<Value, Value> keptSlots;
  DenseMap<int64_t, Value> constants;
};

/// The element-wise and merging steps of a reduction; OrderedFold puts them in order.
struct FoldSteps {
  /// What accumulators hold before the first element.
  SmallVector<Value> neutral;
  /// Values that belong to one segment, from its first elements; may be null. `elementsAt` gives
  /// the places, in each group, of one of the `count` elements of its first run; `vectorized`:
  /// whether chunks of them may be read.
  function_ref<SmallVector<Value>(PointsAt elementsAt, Value count, bool vectorized)> begin;
  /// Accumulators of a group after one more element; `group` counts those that are worked on
  /// together.
  function_ref<SmallVector<Value>(ValueRange acc, const Point &point, ValueRange segment,
                                  unsigned group)>
      add;
  /// Two lanes into one.
  function_ref<SmallVector<Value>(ValueRange left, ValueRange right)> fold;
  /// A segment's partial from its folded lanes; may be null (the lanes' value).
  function_ref<SmallVector<Value>(ValueRange acc, Value count, ValueRange segment)> finish;
  /// Two partials into one, and what they start from.
  function_ref<SmallVector<Value>(ValueRange left, ValueRange right)> merge;
  SmallVector<Value> neutralPartial;
  /// Whether a partial merged into those is itself, in every bit.
  bool mergesIntoNothing = false;
  /// The results from the last partial; may be null (its values). No more of them than it has.
  function_ref<SmallVector<Value>(ValueRange partial)> end;
};

/// `values` with lane `index(l)` in the place of lane `l`.
SmallVector<Value> createShuffle(ImplicitLocOpBuilder &b, ValueRange values,
                                 function_ref<int64_t(int64_t)> index);

/// Emits a reduction over dimensions in the order of a `#norm.order`.
class OrderedFold {
public:
  OrderedFold(GroupEmitter &emitter, ArrayRef<unsigned> over, OrderAttr order,
              ArrayRef<Value> fields)
      : emitter(emitter), b(emitter.b), over(over), order(order), fields(fields) {}

  /// One value for each accumulator, or a vector with one lane for each of several points.
  SmallVector<Value> emit(const FoldSteps &steps, Points points);

  /// Whether the reduced dimensions lie in the lanes of a vector of several groups.
  static bool isGrouped(const std::optional<VectorDim> &vector, ArrayRef<unsigned> over) {
    return vector && vector->across && over.back() == vector->dim;
  }

  /// Folds the lanes of each group of a vector, into every lane of it; with one group to a lane,
  /// there is nothing to fold.
  static SmallVector<Value> foldNeighbours(GroupEmitter &emitter, const FoldSteps &steps,
                                           ValueRange lanes);

  /// One step of folding vectors with several groups of `lanes` lanes: a group's upper half into
  /// its lower half. Two sides become one vector; without a right side there is one to begin with.
  static SmallVector<Value>
  foldLanes(ImplicitLocOpBuilder &b,
            function_ref<SmallVector<Value>(ValueRange left, ValueRange right)> fold,
            ValueRange left, ValueRange right, int64_t lanes);

  /// Whether `order` can be followed with a vector for each `width` lanes.
  static bool isVectorized(const std::optional<VectorDim> &vector, ArrayRef<unsigned> over,
                           OrderAttr order);

  /// The same where a run has several dimensions, of which the last is no whole number of vectors:
  /// if they are packed in memory, so that vectors go on in the next row. Null where they cannot
  /// be.
  Value createPacked();
  static bool mayBePacked(const std::optional<VectorDim> &vector, ArrayRef<unsigned> over,
                          OrderAttr order);

  /// What partials before that of `number` came to, with it; `first` is the first one's number,
  /// which has nothing before it.
  static SmallVector<Value> createMerge(ImplicitLocOpBuilder &b, const FoldSteps &steps,
                                        Value number, Value first, ValueRange acc,
                                        ValueRange partial);

private:
  /// The elements [start, start + length) of the runs [firstRun, lastRun).
  struct Segment {
    Value firstRun, lastRun, start, length;
  };
  /// The partials of all segments, merged.
  SmallVector<Value> emitSegments(const FoldSteps &steps, Points points);
  SmallVector<Value> foldInTasks(const FoldSteps &steps, Value numSegments,
                                 function_ref<SmallVector<Value>(Value from, Value to)> fold);
  SmallVector<Value> emitSegment(const FoldSteps &steps, Points points, Value runGroup,
                                 Value piece);
  /// The folded lanes of a segment: element by element, lanes in memory, lanes in vectors.
  SmallVector<Value> emitOneLane(const FoldSteps &steps, const Point &point, const Segment &at,
                                 ValueRange values);
  SmallVector<Value> emitLanes(const FoldSteps &steps, const Point &point, const Segment &at,
                               ValueRange values);
  SmallVector<Value> emitVectors(const FoldSteps &steps, Points points, const Segment &at,
                                 ValueRange values);
  /// The same where a vector holds several groups: a lane's value in each lane of its group.
  SmallVector<Value> emitGroupedLanes(const FoldSteps &steps, const Point &point, const Segment &at,
                                      ValueRange values);
  /// What else is done at a chunk, or an element.
  void emitBeside(Points points);
  SmallVector<Value> addChunk(const FoldSteps &steps, Points points, ValueRange acc,
                              ValueRange values);
  /// The vectors of `count` groups in one, folded as far as that goes.
  SmallVector<Value> foldGroups(const FoldSteps &steps, unsigned first, unsigned count,
                                function_ref<SmallVector<Value>(unsigned group)> getVectors);
  /// The vectors [first, first + count) of a step's lanes, and what is left for them behind the
  /// last whole step.
  struct Lanes {
    int64_t first, count;
    Value done, rest;
  };
  SmallVector<Value> addRest(const FoldSteps &steps, Points points, const Segment &at,
                             const Lanes &lanes, ValueRange acc, ValueRange values);
  void addElements(const FoldSteps &steps, Points points, const Segment &at, const Lanes &lanes,
                   MutableArrayRef<Value> acc, ValueRange values);
  /// `points` with dimensions bound to the indices of a row-major number.
  SmallVector<Point> bind(Points points, ArrayRef<unsigned> dims, Value linear);
  Point bind(const Point &point, ArrayRef<unsigned> dims, Value linear) {
    return bind(Points(point), dims, linear).front();
  }

  GroupEmitter &emitter;
  ImplicitLocOpBuilder &b;
  ArrayRef<unsigned> over;
  OrderAttr order;
  ArrayRef<Value> fields;
  SmallVector<unsigned> runDims, leadingDims;
  Value numRuns, runLength;
  /// Whether the dimensions of a run are packed in memory, and are one.
  bool packed = false;
  /// The number of the first of the groups that a loop is emitted for.
  unsigned firstGroup = 0;
};

/// Arithmetic on index values that folds constants.
Value createMul(ImplicitLocOpBuilder &b, Value x, Value y);
Value createAdd(ImplicitLocOpBuilder &b, Value x, Value y);
Value createSub(ImplicitLocOpBuilder &b, Value x, Value y);
Value createCeilDiv(ImplicitLocOpBuilder &b, Value x, Value y);
/// The least power of two that is not less than `x`; 1 for 0.
Value createPow2Ceil(ImplicitLocOpBuilder &b, Value x);
/// The product of extents.
Value createProduct(ImplicitLocOpBuilder &b, ArrayRef<Value> factors);
/// The row-major indices of `linear` in a box of these extents.
SmallVector<Value> createDelinearize(ImplicitLocOpBuilder &b, Value linear,
                                     ArrayRef<Value> extents);
/// `element`, or a vector of it where `shape` is a vector.
Type withShapeOf(Type element, Type shape);
/// `value`, or a vector of it where `shape` is a vector and it is not.
Value createSplat(ImplicitLocOpBuilder &b, Value value, Type shape);
/// Where one of the values is a vector, makes all of them vectors.
void unifyShapes(ImplicitLocOpBuilder &b, MutableArrayRef<Value> values);
/// An operation on two values, each a scalar or a vector.
template <typename OpT> Value createBinary(ImplicitLocOpBuilder &b, Value x, Value y) {
  Value operands[] = {x, y};
  unifyShapes(b, operands);
  return OpT::create(b, operands[0], operands[1]);
}
/// A loop over [from, to) whose body maps accumulators to accumulators.
SmallVector<Value> createLoop(ImplicitLocOpBuilder &b, Value from, Value to, int64_t step,
                              ValueRange init,
                              function_ref<SmallVector<Value>(Value index, ValueRange acc)> body);
/// A number as a constant of a float type, or of vectors of it.
Value createFloat(ImplicitLocOpBuilder &b, Type type, double value);
/// An index as a float, rounded once.
Value createFloatOf(ImplicitLocOpBuilder &b, Type type, Value index);
/// Chan, Golub and LeVeque's merge of (count, mean, m2).
SmallVector<Value> createMergeMoments(ImplicitLocOpBuilder &b, ValueRange left, ValueRange right);
/// Word `column mod 4` of Philox-4x32-10.
Value createPhilox(ImplicitLocOpBuilder &b, Value seed, Value offset, Value row, Value column);

} // namespace mlir::norm

#endif // NORMC_LIB_CONVERSION_GROUPEMITTER_H
