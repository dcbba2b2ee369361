//===- GroupEmitter.h - the program of one group, element by element -----===//
//
// Emits scalar code for the body of a norm.generic on buffers: the value of any field at a point,
// and every reduction in its declared order. Fields are computed again wherever they are read, so
// no buffer holds one.
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

class GroupEmitter {
public:
  /// `extents` are the extents of `op` as values. Lanes of accumulators are put at the start of
  /// `scratchBlock`.
  GroupEmitter(GenericOp op, ArrayRef<Value> extents, ImplicitLocOpBuilder &b, Block *scratchBlock)
      : op(op), extents(extents), b(b), scratchBlock(scratchBlock) {}

  /// Emits every scalar of the program, in order. `point` binds the group dimensions.
  void emitScalars(const Point &point);

  /// The value of a field, or a scalar, of the program at a point that binds its dimensions.
  Value emit(Value value, const Point &point);

  /// The fields that `roots` are made of, in program order: what may be computed before the
  /// innermost loop. Fields below a reduction are not among them.
  SmallVector<Value> getFieldsBelow(ValueRange roots);

  /// Emits those of `fields` whose dimensions are all bound.
  void emitBound(ArrayRef<Value> fields, const Point &point);

  /// The index values of a buffer's dimensions at a point.
  SmallVector<Value> getIndices(unsigned operand, const Point &point);

  /// Values emitted while this lives are forgotten afterwards: their block ends.
  class Scope {
  public:
    explicit Scope(GroupEmitter &emitter) : emitter(emitter), size(emitter.memo.size()) {}
    ~Scope() { emitter.memo.truncate(size); }

  private:
    GroupEmitter &emitter;
    size_t size;
  };

  GenericOp getOp() { return op; }
  Value getExtent(unsigned dim) { return extents[dim]; }

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

  GenericOp op;
  ArrayRef<Value> extents;
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

private:
  SmallVector<Value> emitSegment(const FoldSteps &steps, const Point &point, Value runGroup,
                                 Value piece);

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
/// A number as a constant of a float type.
Value createFloat(ImplicitLocOpBuilder &b, Type type, double value);
/// An index as a float, rounded once.
Value createFloatOf(ImplicitLocOpBuilder &b, Type type, Value index);
/// Chan, Golub and LeVeque's merge of (count, mean, m2).
SmallVector<Value> createMergeMoments(ImplicitLocOpBuilder &b, ValueRange left, ValueRange right);
/// Word `column mod 4` of Philox-4x32-10.
Value createPhilox(ImplicitLocOpBuilder &b, Value seed, Value offset, Value row, Value column);

} // namespace mlir::norm

#endif // NORMC_LIB_CONVERSION_GROUPEMITTER_H
