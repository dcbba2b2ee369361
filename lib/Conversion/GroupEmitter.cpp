//===- GroupEmitter.cpp - the program of one group, element by element ---===//
//
// Fields at a point, scalars, and the formulas of each kind of reduction.
//
//===----------------------------------------------------------------------===//

#include "GroupEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::norm;

//===----------------------------------------------------------------------===//
// Points and what is known at them
//===----------------------------------------------------------------------===//

SmallVector<Value> GroupEmitter::getKey(Value value, const Point &point) {
  SmallVector<Value> key;
  for (StringAttr dim : getFieldDims(value.getType())) {
    key.push_back(point[*op.findDim(dim)]);
    assert(key.back() && "the dimensions of a field must be bound where it is emitted");
  }
  return key;
}

void GroupEmitter::remember(Value value, const Point &point, Value emitted) {
  memo.push_back({value, getKey(value, point), emitted});
}

SmallVector<Value> GroupEmitter::getIndices(unsigned operand, const Point &point) {
  SmallVector<Value> indices;
  for (ArrayRef<unsigned> entry : op.getAccess(operand)) {
    Value index;
    for (unsigned dim : entry)
      index = index ? createAdd(b, createMul(b, index, extents[dim]), point[dim]) : point[dim];
    indices.push_back(index ? index : arith::ConstantIndexOp::create(b, 0).getResult());
  }
  return indices;
}

SmallVector<Value> GroupEmitter::getFieldsBelow(ValueRange roots) {
  llvm::SmallDenseSet<Value> found;
  SmallVector<Value> work(roots);
  while (!work.empty()) {
    Value value = work.pop_back_val();
    if (!isa<FieldType>(value.getType()) || !found.insert(value).second)
      continue;
    if (auto map = value.getDefiningOp<MapOp>())
      llvm::append_range(work, map.getInputs());
  }
  SmallVector<Value> ordered;
  for (Value arg : op.getBody().getArguments())
    if (found.contains(arg))
      ordered.push_back(arg);
  for (Operation &inner : op.getBody().front())
    for (Value result : inner.getResults())
      if (found.contains(result))
        ordered.push_back(result);
  return ordered;
}

void GroupEmitter::emitBound(ArrayRef<Value> fields, const Point &point) {
  for (Value field : fields)
    if (llvm::all_of(getFieldDims(field.getType()),
                     [&](StringAttr dim) { return point[*op.findDim(dim)] != nullptr; }))
      emit(field, point);
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

void GroupEmitter::emitScalars(const Point &point) {
  for (Operation &inner : op.getBody().front().without_terminator())
    for (Value result : inner.getResults())
      if (!isa<FieldType>(result.getType()))
        emit(result, point);
}

Value GroupEmitter::emit(Value value, const Point &point) {
  SmallVector<Value> key = getKey(value, point);
  for (const Known &known : llvm::reverse(memo))
    if (known.value == value && known.indices == key)
      return known.emitted;

  if (auto arg = dyn_cast<BlockArgument>(value)) {
    unsigned operand = arg.getArgNumber();
    Value loaded = memref::LoadOp::create(b, op.getInputs()[operand], getIndices(operand, point));
    remember(value, point, loaded);
    return loaded;
  }
  Operation *definition = value.getDefiningOp();
  if (auto map = dyn_cast<MapOp>(definition)) {
    emitMap(map, point);
  } else if (auto reduce = dyn_cast<ReduceOp>(definition)) {
    emitReduce(reduce, point);
  } else if (auto flip = dyn_cast<FlipOp>(definition)) {
    unsigned dim = *op.findDim(flip.getDimAttr());
    Point other = point;
    other[dim] = createSub(b, arith::ConstantIndexOp::create(b, 1), point[dim]);
    remember(value, point, emit(flip.getInput(), other));
  } else {
    IRMapping mapping;
    for (Value operand : definition->getOperands())
      mapping.map(operand, emit(operand, point));
    emitScalarOp(definition, mapping, point);
    for (Value result : definition->getResults())
      remember(result, point, mapping.lookup(result));
  }
  return emit(value, point);
}

void GroupEmitter::emitMap(MapOp map, const Point &point) {
  IRMapping mapping;
  for (auto [arg, input] : llvm::zip(map.getBody().getArguments(), map.getInputs()))
    mapping.map(arg, emit(input, point));
  for (Operation &inner : map.getBody().front().without_terminator()) {
    inner.walk([&](Operation *nested) {
      for (Value operand : nested->getOperands())
        if (!mapping.contains(operand) && operand.getParentBlock() == &op.getBody().front())
          mapping.map(operand, emit(operand, point));
    });
    emitScalarOp(&inner, mapping, point);
  }
  for (auto [result, value] : llvm::zip(map.getResults(), map.getYield().getValues())) {
    Value emitted = mapping.lookupOrNull(value);
    remember(result, point, emitted ? emitted : emit(value, point));
  }
}

Value GroupEmitter::emitCount(ArrayAttr over, Type type) {
  SmallVector<Value> sizes;
  for (Attribute dim : over)
    sizes.push_back(extents[*op.findDim(cast<StringAttr>(dim))]);
  return createFloatOf(b, type, createProduct(b, sizes));
}

void GroupEmitter::emitScalarOp(Operation *scalar, IRMapping &mapping, const Point &point) {
  if (auto index = dyn_cast<IndexOp>(scalar)) {
    unsigned dim = *op.findDim(index.getDimAttr());
    OpFoldResult offset = op.getMixedOffsets()[dim];
    Value start = isa<Value>(offset)
                      ? cast<Value>(offset)
                      : arith::ConstantIndexOp::create(b, op.getStaticOffsets()[dim]).getResult();
    mapping.map(index.getResult(), createAdd(b, start, point[dim]));
  } else if (auto count = dyn_cast<CountOp>(scalar)) {
    mapping.map(count.getResult(), emitCount(count.getOver(), count.getType()));
  } else if (auto rsqrt = dyn_cast<RsqrtOp>(scalar)) {
    // `approx` promises less, so the exact form serves both.
    Value root = math::SqrtOp::create(b, mapping.lookup(rsqrt.getInput()));
    mapping.map(rsqrt.getResult(),
                Value(arith::DivFOp::create(b, createFloat(b, rsqrt.getType(), 1.0), root)));
  } else if (auto random = dyn_cast<RandomOp>(scalar)) {
    mapping.map(random.getResult(),
                createPhilox(b, mapping.lookup(random.getSeed()),
                             mapping.lookup(random.getOffset()), mapping.lookup(random.getRow()),
                             mapping.lookup(random.getColumn())));
  } else {
    b.clone(*scalar, mapping);
  }
}

//===----------------------------------------------------------------------===//
// Reductions
//===----------------------------------------------------------------------===//

/// An element in the type that it is accumulated in.
static Value createExtend(ImplicitLocOpBuilder &b, Value value, Type type) {
  if (value.getType() == type)
    return value;
  return arith::ExtFOp::create(b, type, value);
}

static Value createNeutral(ImplicitLocOpBuilder &b, ReduceKind kind, Type type) {
  if (auto floatType = dyn_cast<FloatType>(type)) {
    APFloat zero = APFloat::getZero(floatType.getFloatSemantics());
    APFloat inf = APFloat::getInf(floatType.getFloatSemantics(), kind == ReduceKind::Max);
    return arith::ConstantOp::create(b, b.getFloatAttr(type, kind == ReduceKind::Sum ? zero : inf));
  }
  unsigned width = type.getIntOrFloatBitWidth();
  APInt value = kind == ReduceKind::Sum   ? APInt::getZero(width)
                : kind == ReduceKind::Max ? APInt::getSignedMinValue(width)
                                          : APInt::getSignedMaxValue(width);
  return arith::ConstantOp::create(b, b.getIntegerAttr(type, value));
}

static Value createCombine(ImplicitLocOpBuilder &b, ReduceKind kind, Value x, Value y) {
  bool isFloat = isa<FloatType>(x.getType());
  switch (kind) {
  case ReduceKind::Sum:
    return isFloat ? arith::AddFOp::create(b, x, y).getResult()
                   : arith::AddIOp::create(b, x, y).getResult();
  case ReduceKind::Max:
    return isFloat ? arith::MaximumFOp::create(b, x, y).getResult()
                   : arith::MaxSIOp::create(b, x, y).getResult();
  default:
    return isFloat ? arith::MinimumFOp::create(b, x, y).getResult()
                   : arith::MinSIOp::create(b, x, y).getResult();
  }
}

/// Mean and m2 of `n` elements from the sums of `d = x - shift` and of `d * d`.
/// The correction of m2 can come out negative, or NaN where sums overflow: see norm.reduce.
static SmallVector<Value> createCorrectedMoments(ImplicitLocOpBuilder &b, Value shift, Value n,
                                                 Value sum, Value squares) {
  Type type = sum.getType();
  Value zero = createFloat(b, type, 0.0);
  Value shifted = arith::DivFOp::create(b, sum, n);
  Value mean = arith::AddFOp::create(b, shift, shifted);
  Value corrected = arith::SubFOp::create(b, squares, arith::MulFOp::create(b, sum, shifted));
  Value positive = arith::CmpFOp::create(b, arith::CmpFPredicate::OGT, corrected, zero);
  Value clamped = arith::SelectOp::create(b, positive, corrected, zero);
  auto floatType = cast<FloatType>(type);
  Value inf = arith::ConstantOp::create(
      b, b.getFloatAttr(type, APFloat::getInf(floatType.getFloatSemantics())));
  Value finite = arith::CmpFOp::create(b, arith::CmpFPredicate::OLT, squares, inf);
  return {n, mean, arith::SelectOp::create(b, finite, clamped, squares)};
}

SmallVector<Value> GroupEmitter::emitMoments(ReduceOp reduce, const Point &point) {
  Type type = norm::getElementType(reduce.getResultTypes().front());
  Value input = reduce.getInputs().front();
  SmallVector<unsigned> over;
  for (Attribute dim : reduce.getOver())
    over.push_back(*op.findDim(cast<StringAttr>(dim)));
  SmallVector<Value> fields = getFieldsBelow(input);
  OrderedFold ordered(*this, over, reduce.getOrder(), fields);
  Value zero = createFloat(b, type, 0.0);

  auto addPairs = [&](ValueRange x, ValueRange y) -> SmallVector<Value> {
    SmallVector<Value> sums;
    for (auto [left, right] : llvm::zip(x, y))
      sums.push_back(arith::AddFOp::create(b, left, right));
    return sums;
  };
  auto elementAt = [&](const Point &at) { return createExtend(b, emit(input, at), type); };
  auto addDifference = [&](ValueRange acc, const Point &at, Value shift) {
    Value d = arith::SubFOp::create(b, elementAt(at), shift);
    return addPairs(acc, ValueRange{d, arith::MulFOp::create(b, d, d)});
  };

  if (*reduce.getAlgorithm() == Algorithm::TwoPass) {
    FoldSteps sum;
    sum.neutral = sum.neutralPartial = {zero};
    sum.fold = sum.merge = addPairs;
    auto add = [&](ValueRange acc, const Point &at, ValueRange) {
      return addPairs(acc, elementAt(at));
    };
    sum.add = add;
    Value n = emitCount(reduce.getOver(), type);
    Value guess = arith::DivFOp::create(b, ordered.emit(sum, point).front(), n);

    FoldSteps squares;
    squares.neutral = squares.neutralPartial = {zero, zero};
    squares.fold = squares.merge = addPairs;
    auto addSquare = [&](ValueRange acc, const Point &at, ValueRange) {
      return addDifference(acc, at, guess);
    };
    squares.add = addSquare;
    SmallVector<Value> sums = ordered.emit(squares, point);
    return createCorrectedMoments(b, guess, n, sums[0], sums[1]);
  }

  FoldSteps shifted;
  shifted.neutral = {zero, zero};
  shifted.neutralPartial = {zero, zero, zero};
  shifted.fold = addPairs;
  auto begin = [&](function_ref<Point(Value)> at, Value count) -> SmallVector<Value> {
    Value limit = arith::MinUIOp::create(
        b, count, arith::ConstantIndexOp::create(b, reduce.getOrder().getShift()));
    auto loop = scf::ForOp::create(b, arith::ConstantIndexOp::create(b, 0), limit,
                                   arith::ConstantIndexOp::create(b, 1), zero,
                                   [&](OpBuilder &, Location loc, Value e, ValueRange acc) {
                                     OpBuilder::InsertionGuard guard(b);
                                     b.setInsertionPointToEnd(e.getParentBlock());
                                     Scope scope(*this);
                                     scf::YieldOp::create(b, addPairs(acc, elementAt(at(e))));
                                   });
    b.setInsertionPointAfter(loop);
    return {arith::DivFOp::create(b, loop.getResult(0), createFloatOf(b, type, limit))};
  };
  shifted.begin = begin;
  auto add = [&](ValueRange acc, const Point &at, ValueRange segment) {
    return addDifference(acc, at, segment.front());
  };
  shifted.add = add;
  auto finish = [&](ValueRange sums, Value count, ValueRange segment) {
    return createCorrectedMoments(b, segment.front(), createFloatOf(b, type, count), sums[0],
                                  sums[1]);
  };
  shifted.finish = finish;
  auto merge = [&](ValueRange x, ValueRange y) { return createMergeMoments(b, x, y); };
  shifted.merge = merge;
  return ordered.emit(shifted, point);
}

void GroupEmitter::emitReduce(ReduceOp reduce, const Point &point) {
  // Only the dimensions that are left are bound: an outer loop may stand at another element.
  Point at = point;
  for (Attribute dim : reduce.getOver())
    at[*op.findDim(cast<StringAttr>(dim))] = nullptr;
  Type type = norm::getElementType(reduce.getResultTypes().front());
  SmallVector<Value> fields = getFieldsBelow(reduce.getInputs());
  SmallVector<Value> results;
  {
    Scope scope(*this);
    emitBound(fields, at);
    ReduceKind kind = reduce.getKind();
    if (kind == ReduceKind::Moments) {
      results = emitMoments(reduce, at);
    } else {
      SmallVector<unsigned> over;
      for (Attribute dim : reduce.getOver())
        over.push_back(*op.findDim(cast<StringAttr>(dim)));
      bool merging = kind == ReduceKind::MergeMoments;
      auto combine = [&](ValueRange x, ValueRange y) -> SmallVector<Value> {
        if (merging)
          return createMergeMoments(b, x, y);
        return {createCombine(b, kind, x.front(), y.front())};
      };
      auto add = [&](ValueRange acc, const Point &element, ValueRange) {
        SmallVector<Value> values;
        for (Value input : reduce.getInputs())
          values.push_back(createExtend(b, emit(input, element), type));
        return combine(acc, values);
      };
      FoldSteps steps;
      steps.neutral.assign(reduce.getInputs().size(),
                           createNeutral(b, merging ? ReduceKind::Sum : kind, type));
      steps.neutralPartial = steps.neutral;
      steps.add = add;
      steps.fold = steps.merge = combine;
      results = OrderedFold(*this, over, reduce.getOrder(), fields).emit(steps, at);
    }
  }
  for (auto [result, value] : llvm::zip(reduce.getResults(), results))
    remember(result, at, value);
}
