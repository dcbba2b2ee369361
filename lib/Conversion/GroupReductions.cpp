//===- GroupReductions.cpp - the sums of a group's program ---------------===//
//
// The formulas of each kind of reduction; OrderedFold.cpp has their loops.
//
//===----------------------------------------------------------------------===//

#include "GroupEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::norm;

/// An element in the type that it is accumulated in.
static Value createExtend(ImplicitLocOpBuilder &b, Value value, Type type) {
  type = withShapeOf(type, value.getType());
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
  bool isFloat = isa<FloatType>(getElementTypeOrSelf(x.getType()));
  switch (kind) {
  case ReduceKind::Sum:
    return isFloat ? createBinary<arith::AddFOp>(b, x, y) : createBinary<arith::AddIOp>(b, x, y);
  case ReduceKind::Max:
    return isFloat ? createBinary<arith::MaximumFOp>(b, x, y)
                   : createBinary<arith::MaxSIOp>(b, x, y);
  default:
    return isFloat ? createBinary<arith::MinimumFOp>(b, x, y)
                   : createBinary<arith::MinSIOp>(b, x, y);
  }
}

/// Mean and m2 of `n` elements from the sums of `d = x - shift` and of `d * d`.
/// The correction of m2 can come out negative, or NaN where sums overflow: see norm.reduce.
static SmallVector<Value> createCorrectedMoments(ImplicitLocOpBuilder &b, Value shift, Value n,
                                                 Value sum, Value squares) {
  Value operands[] = {shift, n, sum, squares};
  unifyShapes(b, operands);
  std::tie(shift, n, sum, squares) =
      std::make_tuple(operands[0], operands[1], operands[2], operands[3]);
  Type type = sum.getType();
  Value zero = createFloat(b, type, 0.0);
  Value shifted = arith::DivFOp::create(b, sum, n);
  Value mean = arith::AddFOp::create(b, shift, shifted);
  Value corrected = arith::SubFOp::create(b, squares, arith::MulFOp::create(b, sum, shifted));
  Value positive = arith::CmpFOp::create(b, arith::CmpFPredicate::OGT, corrected, zero);
  Value clamped = arith::SelectOp::create(b, positive, corrected, zero);
  Value inf = createFloat(b, type, std::numeric_limits<double>::infinity());
  Value finite = arith::CmpFOp::create(b, arith::CmpFPredicate::OLT, squares, inf);
  return {n, mean, arith::SelectOp::create(b, finite, clamped, squares)};
}

Type GroupEmitter::getAccumulatorType(ReduceOp reduce) {
  Type result = reduce.getResultTypes().front(), element = norm::getElementType(result);
  if (!vector)
    return element;
  bool isLeft = op.isGroupDim(vector->dim) ||
                llvm::is_contained(getFieldDims(result), op.getDimName(vector->dim));
  return isLeft ? Type(VectorType::get({vector->width}, element)) : element;
}

SmallVector<Value> GroupEmitter::emitMoments(ReduceOp reduce, const Point &point) {
  Type type = norm::getElementType(reduce.getResultTypes().front());
  Value input = reduce.getInputs().front();
  SmallVector<unsigned> over;
  for (Attribute dim : reduce.getOver())
    over.push_back(*op.findDim(cast<StringAttr>(dim)));
  SmallVector<Value> fields = getFieldsBelow(input);
  OrderedFold ordered(*this, over, reduce.getOrder(), fields);
  Value zero = createFloat(b, getAccumulatorType(reduce), 0.0);

  auto addPairs = [&](ValueRange x, ValueRange y) -> SmallVector<Value> {
    SmallVector<Value> sums;
    for (auto [left, right] : llvm::zip(x, y))
      sums.push_back(createBinary<arith::AddFOp>(b, left, right));
    return sums;
  };
  auto elementAt = [&](const Point &at) { return createExtend(b, emit(input, at), type); };
  auto addDifference = [&](ValueRange acc, const Point &at, Value shift) {
    Value d = createBinary<arith::SubFOp>(b, elementAt(at), shift);
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
    Value guess = createBinary<arith::DivFOp>(b, ordered.emit(sum, point).front(), n);

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
    // One element after the other, whatever the sums are.
    bool vectorized = OrderedFold::isVectorized(vector, over, reduce.getOrder());
    std::optional<ScalarScope> scalars;
    if (vectorized)
      scalars.emplace(*this);
    Value first = createLoop(b, arith::ConstantIndexOp::create(b, 0), limit, 1, zero,
                             [&](Value e, ValueRange acc) {
                               Scope scope(*this);
                               return addPairs(acc, elementAt(at(e)));
                             })
                      .front();
    return {createBinary<arith::DivFOp>(b, first, createFloatOf(b, type, limit))};
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
  SmallVector<unsigned> over;
  for (Attribute dim : reduce.getOver())
    over.push_back(*op.findDim(cast<StringAttr>(dim)));
  SmallVector<Value> results;
  {
    Scope scope(*this);
    std::optional<ScalarScope> scalars;
    if (vector && llvm::is_contained(over, vector->dim) &&
        !OrderedFold::isVectorized(vector, over, reduce.getOrder()))
      scalars.emplace(*this);
    emitBound(fields, at);
    ReduceKind kind = reduce.getKind();
    if (kind == ReduceKind::Moments) {
      results = emitMoments(reduce, at);
    } else {
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
      Value neutral = createNeutral(b, merging ? ReduceKind::Sum : kind, type);
      steps.neutral.assign(reduce.getInputs().size(),
                           createSplat(b, neutral, getAccumulatorType(reduce)));
      steps.neutralPartial = steps.neutral;
      steps.add = add;
      steps.fold = steps.merge = combine;
      results = OrderedFold(*this, over, reduce.getOrder(), fields).emit(steps, at);
    }
  }
  for (auto [result, value] : llvm::zip(reduce.getResults(), results))
    remember(result, at, value);
}
