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

#include "mlir/IR/IRMapping.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace mlir::norm {

/// The index of every iteration dimension; null where the dimension is not bound.
using Point = SmallVector<Value>;

/// A dimension that is walked in chunks of `width` elements, neighbours in every operand that has
/// it.
struct VectorDim {
  unsigned dim;
  int64_t width;
  /// How many accumulators a loop may carry and stay in registers.
  int64_t accumulators;
  /// Whether what is left behind the last whole chunk is a masked chunk, and not single elements.
  bool masked;
  /// Whether the dimension is known to be whole chunks.
  bool divides;
};

class GroupEmitter {
public:
  /// `extents` are the extents of `op` as values. Lanes of accumulators are put at the start of
  /// `scratchBlock`.
  GroupEmitter(GenericOp op, ArrayRef<Value> extents, std::optional<VectorDim> vector,
               ImplicitLocOpBuilder &b, Block *scratchBlock)
      : op(op), extents(extents), vector(vector), b(b), scratchBlock(scratchBlock) {}

  /// Emits every scalar of the program, in order. `point` binds the group dimensions.
  void emitScalars(const Point &point);

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
  void store(Value value, Value memref, unsigned operand, ValueRange indices);

  /// Calls `body` in a loop over a dimension, with it bound; over chunks where it is the vector
  /// dimension.
  void forEach(unsigned dim, Point point, function_ref<void(const Point &)> body);
  /// Calls `body` for one chunk of the vector dimension, or for the elements that are left there.
  void forChunk(Value chunk, Point point, function_ref<void(const Point &)> body);

  /// Values emitted while this lives are forgotten afterwards: their block ends.
  class Scope {
  public:
    explicit Scope(GroupEmitter &emitter) : emitter(emitter), size(emitter.memo.size()) {}
    ~Scope() { emitter.memo.truncate(size); }

  private:
    GroupEmitter &emitter;
    size_t size;
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

  GenericOp getOp() { return op; }
  Value getExtent(unsigned dim) { return extents[dim]; }
  const std::optional<VectorDim> &getVector() { return vector; }

private:
  friend class OrderedFold;

  struct Known {
    Value value;
    SmallVector<Value> indices;
    Value emitted;
  };

  SmallVector<Value> getKey(Value value, const Point &point);
  void remember(Value value, const Point &point, Value emitted);
  void emitMap(MapOp map, const Point &point);
  void emitReduce(ReduceOp reduce, const Point &point);
  SmallVector<Value> emitMoments(ReduceOp reduce, const Point &point);
  /// One operation on scalars; its results are put into `mapping`.
  void emitScalarOp(Operation *scalar, IRMapping &mapping, const Point &point);
  Value emitCount(ArrayAttr over, Type type);
  void forRange(unsigned dim, Value from, Value to, int64_t step, Point point,
                function_ref<void(const Point &)> body);
  void forRest(Value from, Value count, Point point, function_ref<void(const Point &)> body);
  bool hasVectorDim(unsigned operand);
  /// The type of accumulators of a reduction with these results.
  Type getAccumulatorType(ReduceOp reduce);

  GenericOp op;
  ArrayRef<Value> extents;
  std::optional<VectorDim> vector;
  Value mask;
  ImplicitLocOpBuilder &b;
  Block *scratchBlock;
  SmallVector<Known> memo;
};

/// The element-wise and merging steps of a reduction; OrderedFold puts them in order.
struct FoldSteps {
  /// What accumulators hold before the first element.
  SmallVector<Value> neutral;
  /// Values that belong to one segment, from its first element and the number of elements of its
  /// first run; may be null.
  function_ref<SmallVector<Value>(function_ref<Point(Value)> elementAt, Value count)> begin;
  /// Accumulators after one more element.
  function_ref<SmallVector<Value>(ValueRange acc, const Point &point, ValueRange segment)> add;
  /// Two lanes into one.
  function_ref<SmallVector<Value>(ValueRange left, ValueRange right)> fold;
  /// A segment's partial from its folded lanes; may be null (the lanes' value).
  function_ref<SmallVector<Value>(ValueRange acc, Value count, ValueRange segment)> finish;
  /// Two partials into one, and what they start from.
  function_ref<SmallVector<Value>(ValueRange left, ValueRange right)> merge;
  SmallVector<Value> neutralPartial;
};

/// Emits a reduction over dimensions in the order of a `#norm.order`.
class OrderedFold {
public:
  OrderedFold(GroupEmitter &emitter, ArrayRef<unsigned> over, OrderAttr order,
              ArrayRef<Value> fields)
      : emitter(emitter), b(emitter.b), over(over), order(order), fields(fields) {}

  SmallVector<Value> emit(const FoldSteps &steps, const Point &point);

  /// Whether `order` can be followed with a vector for each `width` lanes.
  static bool isVectorized(const std::optional<VectorDim> &vector, ArrayRef<unsigned> over,
                           OrderAttr order);

private:
  /// The elements [start, start + length) of the runs [firstRun, lastRun).
  struct Segment {
    Value firstRun, lastRun, start, length;
  };
  SmallVector<Value> emitSegment(const FoldSteps &steps, const Point &point, Value runGroup,
                                 Value piece);
  /// The folded lanes of a segment: element by element, lanes in memory, lanes in vectors.
  SmallVector<Value> emitOneLane(const FoldSteps &steps, const Point &point, const Segment &at,
                                 ValueRange values);
  SmallVector<Value> emitLanes(const FoldSteps &steps, const Point &point, const Segment &at,
                               ValueRange values);
  SmallVector<Value> emitVectors(const FoldSteps &steps, const Point &point, const Segment &at,
                                 ValueRange values);
  /// The vectors [first, first + count) of a step's lanes, and what is left for them behind the
  /// last whole step.
  struct Lanes {
    int64_t first, count;
    Value done, rest;
  };
  SmallVector<Value> addRest(const FoldSteps &steps, const Point &point, const Segment &at,
                             const Lanes &lanes, ValueRange acc, ValueRange values);
  void addElements(const FoldSteps &steps, Point point, const Segment &at, const Lanes &lanes,
                   MutableArrayRef<Value> acc, ValueRange values);
  /// `point` with dimensions bound to the indices of a row-major number.
  Point bind(Point point, ArrayRef<unsigned> dims, Value linear);

  GroupEmitter &emitter;
  ImplicitLocOpBuilder &b;
  ArrayRef<unsigned> over;
  OrderAttr order;
  ArrayRef<Value> fields;
  SmallVector<unsigned> runDims, leadingDims;
  Value numRuns, runLength;
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
