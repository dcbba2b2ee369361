//===- GroupReductions.cpp - the sums of a group's program ---------------===//
//
// The formulas of each kind of reduction; OrderedFold.cpp has their loops.
//
//===----------------------------------------------------------------------===//

#include "GroupEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"

#include <cmath>

using namespace mlir;
using namespace mlir::norm;

/// The lanes of `value` where there are several groups, else the value alone.
static SmallVector<Value> unpack(ImplicitLocOpBuilder &b, Value value, size_t groups) {
  if (groups == 1)
    return {value};
  SmallVector<Value> lanes;
  for (size_t i = 0; i < groups; ++i)
    lanes.push_back(vector::ExtractOp::create(b, value, i));
  return lanes;
}

/// What combines partial results of a kind: those of `dot` are added.
static ReduceKind getCombiningKind(ReduceKind kind) {
  bool sums = kind == ReduceKind::Dot || kind == ReduceKind::MergeMoments;
  return sums ? ReduceKind::Sum : kind;
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

/// Whether a lane has no element yet. It need not be added to: a segment's partial is added to 0,
/// which makes up for the sign of a zero.
static bool isEmptyLane(Value acc, OrderAttr order) {
  return order.getSegment() && (matchPattern(acc, m_PosZeroFloat()) || matchPattern(acc, m_Zero()));
}

/// Mean and m2 of `n` elements from the sums of `d = x - shift` and of `d * d`.
/// The correction of m2 can come out negative, or NaN where sums overflow: see norm.reduce. A sum
/// of d that is not finite tells an element that is not from squares that overflow.
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
  Value beyond = arith::AddFOp::create(b, squares, arith::SubFOp::create(b, sum, sum));
  return {n, mean, arith::SelectOp::create(b, finite, clamped, beyond)};
}

Type GroupEmitter::getAccumulatorType(ReduceOp reduce) {
  Type result = reduce.getResultTypes().front(), element = norm::getElementType(result);
  if (!vector)
    return element;
  bool isLeft = vector->across || op.isGroupDim(vector->dim) ||
                llvm::is_contained(getFieldDims(result), op.getDimName(vector->dim));
  return isLeft ? Type(VectorType::get({vector->width}, element)) : element;
}

Value GroupEmitter::emitShift(ReduceOp reduce, function_ref<Point(Value)> elementAt, Value count) {
  Type type = norm::getElementType(reduce.getResultTypes().front());
  int64_t shift = reduce.getOrder().getShift();
  auto index = [&](int64_t number) -> Value { return arith::ConstantIndexOp::create(b, number); };
  count = b.createOrFold<arith::MinUIOp>(count, index(shift));
  std::optional<int64_t> constant = getConstantIntValue(count);
  Value input = reduce.getInputs().front(), zero = index(0);
  SmallVector<unsigned> over;
  for (Attribute dim : reduce.getOver())
    over.push_back(*op.findDim(cast<StringAttr>(dim)));
  Scope scope(*this);
  auto add = [&](Value left, Value right) -> Value {
    return arith::AddFOp::create(b, left, right);
  };
  auto elementOf = [&](Value number) { return extend(emit(input, elementAt(number)), type); };
  // The sums of even and of odd elements; fewer than `shift` are folded with zeros.
  Value evens, odds;
  bool vectorized = OrderedFold::isVectorized(vector, over, reduce.getOrder());
  if (OrderedFold::isGrouped(vector, over)) {
    int64_t size = vector->width / vector->groups;
    Value sum = elementOf(zero);
    if (size < shift)
      sum = add(sum, createFloat(b, sum.getType(), 0.0));
    for (int64_t half = std::min(shift, size) / 2; half > 1; half /= 2)
      sum = add(sum, createShuffle(b, sum, [&](int64_t lane) {
                       return lane / size * size + (lane % size + half) % size;
                     }).front());
    auto broadcast = [&](int64_t number) {
      return createShuffle(b, sum, [&](int64_t lane) { return lane / size * size + number; })
          .front();
    };
    evens = broadcast(0);
    odds = shift > 1 ? broadcast(1) : createFloat(b, sum.getType(), 0.0);
  } else if (vectorized && shift > 1 && (vector->masked || constant == shift)) {
    WidthScope width(*this, shift);
    Value mask;
    if (constant != shift)
      mask = vector::CreateMaskOp::create(b, VectorType::get({shift}, b.getI1Type()), count);
    MaskScope masked(*this, mask);
    Value sum = elementOf(zero);
    if (mask)
      sum = arith::SelectOp::create(b, mask, sum, createFloat(b, sum.getType(), 0.0));
    for (int64_t half = shift / 2; half > 1; half /= 2)
      sum = add(sum,
                createShuffle(b, sum, [&](int64_t lane) { return (lane + half) % shift; }).front());
    evens = vector::ExtractOp::create(b, sum, 0);
    odds = vector::ExtractOp::create(b, sum, 1);
  } else {
    std::optional<ScalarScope> scalars;
    if (vectorized || OrderedFold::mayBePacked(vector, over, reduce.getOrder()))
      scalars.emplace(*this);
    Type accumulator = getAccumulatorType(reduce);
    Value lanes, neutral = createFloat(b, accumulator, 0.0);
    {
      OpBuilder::InsertionGuard guard(b);
      b.setInsertionPointToStart(scratchBlock);
      lanes = memref::AllocaOp::create(b, MemRefType::get({shift}, accumulator));
    }
    auto forLanes = [&](Value from, Value to, function_ref<Value(Value)> value) {
      createLoop(b, from, to, 1, {}, [&](Value lane, ValueRange) -> SmallVector<Value> {
        Scope scope(*this);
        memref::StoreOp::create(b, createSplat(b, value(lane), accumulator), lanes, lane);
        return {};
      });
    };
    auto load = [&](Value lane) -> Value { return memref::LoadOp::create(b, lanes, lane); };
    forLanes(zero, count, elementOf);
    forLanes(count, index(shift), [&](Value) { return neutral; });
    for (int64_t half = shift / 2; half > 1; half /= 2)
      forLanes(zero, index(half),
               [&](Value lane) { return add(load(lane), load(createAdd(b, lane, index(half)))); });
    evens = load(zero);
    odds = shift > 1 ? load(index(1)) : neutral;
  }
  // Of two means the smaller: an outlier is in one of them. No odd elements: 0 / 0 is not smaller.
  Value numOdds = arith::DivUIOp::create(b, count, index(2));
  Value even = createBinary<arith::DivFOp>(
      b, evens, createFloatOf(b, type, arith::SubIOp::create(b, count, numOdds)));
  Value odd = createBinary<arith::DivFOp>(b, odds, createFloatOf(b, type, numOdds));
  Value smaller =
      arith::CmpFOp::create(b, arith::CmpFPredicate::OLT, math::AbsFOp::create(b, odd).getResult(),
                            math::AbsFOp::create(b, even).getResult());
  Value mean = arith::SelectOp::create(b, smaller, odd, even);
  // On a grid of an eighth of their distance, or less: what all differences have in common below it
  // would be rounded in one direction in every addition to their sum. Adding and subtracting a
  // number rounds to its last place.
  const llvm::fltSemantics &semantics = cast<FloatType>(type).getFloatSemantics();
  int precision = llvm::APFloat::semanticsPrecision(semantics);
  Value distance = math::AbsFOp::create(b, arith::SubFOp::create(b, even, odd).getResult());
  Value coarse = arith::MulFOp::create(
      b, distance, createFloat(b, distance.getType(), std::ldexp(1.0, precision - 4)));
  Value most = createFloat(b, distance.getType(),
                           std::ldexp(1.0, llvm::APFloat::semanticsMaxExponent(semantics) / 2));
  Value isSmall = arith::CmpFOp::create(b, arith::CmpFPredicate::OLT, coarse, most);
  coarse = arith::SelectOp::create(b, isSmall, coarse, createFloat(b, distance.getType(), 0.0));
  return arith::SubFOp::create(b, arith::AddFOp::create(b, mean, coarse), coarse);
}

SmallVector<Value> GroupEmitter::emitMoments(ReduceOp reduce, Points points, Value guess,
                                             bool onlyFirst) {
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
  auto elementAt = [&](const Point &at) { return extend(emit(input, at), type); };
  auto addDifference = [&](ValueRange acc, const Point &at, Value shift) -> SmallVector<Value> {
    Value d = createBinary<arith::SubFOp>(b, elementAt(at), shift);
    if (isEmptyLane(acc[1], reduce.getOrder()))
      return {d, arith::MulFOp::create(b, d, d)};
    Value sum = createBinary<arith::AddFOp>(b, acc[0], d);
    return {sum, math::FmaOp::create(b, d, d, createSplat(b, acc[1], d.getType()))};
  };

  if (*reduce.getAlgorithm() == Algorithm::TwoPass) {
    FoldSteps sum;
    sum.neutral = sum.neutralPartial = {zero};
    sum.fold = sum.merge = addPairs;
    auto add = [&](ValueRange acc, const Point &at, ValueRange, unsigned) -> SmallVector<Value> {
      if (isEmptyLane(acc[0], reduce.getOrder()))
        return {elementAt(at)};
      return addPairs(acc, elementAt(at));
    };
    sum.add = add;
    Value n = emitCount(reduce.getOver(), type);
    if (!guess)
      guess = createBinary<arith::DivFOp>(b, ordered.emit(sum, points).front(), n);
    if (onlyFirst)
      return {guess};
    markFilled(input);
    SmallVector<Value> guesses = unpack(b, guess, points.size());

    emitBarrier();
    FoldSteps squares;
    squares.neutral = squares.neutralPartial = {zero, zero};
    squares.fold = squares.merge = addPairs;
    auto addSquare = [&](ValueRange acc, const Point &at, ValueRange, unsigned group) {
      return addDifference(acc, at, guesses[group]);
    };
    squares.add = addSquare;
    SmallVector<Value> sums = ordered.emit(squares, points);
    return createCorrectedMoments(b, guess, n, sums[0], sums[1]);
  }

  FoldSteps shifted;
  shifted.neutral = {zero, zero};
  shifted.neutralPartial = {zero, zero, zero};
  shifted.fold = addPairs;
  auto begin = [&](function_ref<Point(Value)> at, Value count) -> SmallVector<Value> {
    return {emitShift(reduce, at, count)};
  };
  shifted.begin = begin;
  auto add = [&](ValueRange acc, const Point &at, ValueRange segment, unsigned) {
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
  return ordered.emit(shifted, points);
}

SmallVector<Value> GroupEmitter::emitCombined(ArrayRef<ReduceOp> reduces, Points points) {
  ReduceOp first = reduces.front();
  FoldSteps steps;
  for (ReduceOp reduce : reduces) {
    Type type = norm::getElementType(reduce.getResultTypes().front());
    Value neutral = createNeutral(b, getCombiningKind(reduce.getKind()), type);
    steps.neutral.append(reduce.getNumResults(),
                         createSplat(b, neutral, getAccumulatorType(reduce)));
  }
  steps.neutralPartial = steps.neutral;
  auto combine = [&](ValueRange x, ValueRange y) {
    SmallVector<Value> results;
    for (ReduceOp reduce : reduces) {
      size_t first = results.size(), count = reduce.getNumResults();
      if (reduce.getKind() == ReduceKind::MergeMoments)
        llvm::append_range(results,
                           createMergeMoments(b, x.slice(first, count), y.slice(first, count)));
      else
        results.push_back(createCombine(b, getCombiningKind(reduce.getKind()), x[first], y[first]));
    }
    return results;
  };
  SmallVector<Value> inputs;
  for (ReduceOp reduce : reduces)
    llvm::append_range(inputs, reduce.getInputs());
  auto add = [&](ValueRange acc, const Point &element, ValueRange, unsigned) {
    bool sums = llvm::all_of(reduces, [](ReduceOp r) {
      return r.getKind() == ReduceKind::Sum || r.getKind() == ReduceKind::Dot;
    });
    bool empty =
        sums && llvm::all_of(acc, [&](Value a) { return isEmptyLane(a, first.getOrder()); });
    SmallVector<Value> results;
    for (ReduceOp reduce : reduces) {
      Type type = norm::getElementType(reduce.getResultTypes().front());
      auto values = llvm::map_to_vector(
          reduce.getInputs(), [&](Value input) { return extend(emit(input, element), type); });
      ValueRange before = acc.slice(results.size(), reduce.getNumResults());
      if (reduce.getKind() == ReduceKind::Dot) {
        Value operands[] = {values[0], values[1], before.front()};
        if (empty) {
          results.push_back(createBinary<arith::MulFOp>(b, values[0], values[1]));
        } else {
          unifyShapes(b, operands);
          results.push_back(math::FmaOp::create(b, operands[0], operands[1], operands[2]));
        }
      } else if (empty) {
        results.push_back(values.front());
      } else if (reduce.getKind() == ReduceKind::MergeMoments) {
        llvm::append_range(results, createMergeMoments(b, before, values));
      } else {
        results.push_back(createCombine(b, reduce.getKind(), before.front(), values.front()));
      }
    }
    return results;
  };
  steps.add = add;
  steps.fold = steps.merge = combine;
  SmallVector<unsigned> over;
  for (Attribute dim : first.getOver())
    over.push_back(*op.findDim(cast<StringAttr>(dim)));
  SmallVector<Value> fields = getFieldsBelow(inputs);
  return OrderedFold(*this, over, first.getOrder(), fields).emit(steps, points);
}

SmallVector<Value> GroupEmitter::emitReduces(ArrayRef<ReduceOp> reduces, Points points,
                                             ValueRange sums, bool onlyFirst) {
  ReduceOp first = reduces.front();
  SmallVector<unsigned> over;
  for (Attribute dim : first.getOver())
    over.push_back(*op.findDim(cast<StringAttr>(dim)));
  bool vectorized = OrderedFold::isVectorized(vector, over, first.getOrder());
  bool shifted = first.getAlgorithm() == Algorithm::Shifted;
  if (points.size() > 1 && (!vectorized || shifted)) {
    // One group after the other.
    SmallVector<SmallVector<Value>> each;
    for (const Point &point : points)
      each.push_back(emitReduces(reduces, point));
    SmallVector<Value> results;
    for (size_t i = 0; i < each.front().size(); ++i) {
      auto lanes = llvm::map_to_vector(each, [&](ArrayRef<Value> values) { return values[i]; });
      auto type = VectorType::get({int64_t(lanes.size())}, lanes.front().getType());
      results.push_back(vector::FromElementsOp::create(b, type, lanes));
    }
    return results;
  }
  // Only the dimensions that are left are bound: an outer loop may stand at another element.
  SmallVector<Point> at(points);
  for (Point &point : at)
    for (unsigned dim : over)
      point[dim] = nullptr;
  SmallVector<Value> results;
  {
    Scope scope(*this);
    std::optional<ScalarScope> scalars;
    if (vector && llvm::is_contained(over, vector->dim) && !vectorized && !vector->across &&
        !OrderedFold::mayBePacked(vector, over, first.getOrder()))
      scalars.emplace(*this);
    for (ReduceOp reduce : reduces)
      for (const Point &point : at)
        emitBound(getFieldsBelow(reduce.getInputs()), point);
    emitBarrier();
    if (first.getKind() == ReduceKind::Moments)
      results = emitMoments(first, at, sums.empty() ? Value() : sums.front(), onlyFirst);
    else
      results = sums.empty() ? emitCombined(reduces, at) : SmallVector<Value>(sums);
  }
  if (onlyFirst)
    return results;
  for (ReduceOp reduce : reduces)
    markFilled(reduce.getInputs());
  size_t number = 0;
  for (ReduceOp reduce : reduces)
    for (Value result : reduce.getResults()) {
      SmallVector<Value> each = unpack(b, results[number++], points.size());
      for (auto [point, value] : llvm::zip(at, each))
        remember(result, point, value);
    }
  return results;
}

SmallVector<ReduceOp> GroupEmitter::getSiblings(ReduceOp first, const Point &point) {
  SmallVector<ReduceOp> siblings{first};
  if (first.getKind() == ReduceKind::Moments)
    return siblings;
  /// Whether no scalar is needed that is not known yet.
  std::function<bool(Value)> isReady = [&](Value value) {
    auto map = value.getDefiningOp<MapOp>();
    if (!map)
      return isa<BlockArgument>(value);
    bool ready = llvm::all_of(map.getInputs(), isReady);
    map.getBody().walk([&](Operation *nested) {
      for (Value operand : nested->getOperands())
        if (operand.getParentBlock() == &op.getBody().front() &&
            !(isa<BlockArgument>(operand) || find(operand, point)))
          ready = false;
    });
    return ready;
  };
  for (Operation *next = first->getNextNode(); next; next = next->getNextNode()) {
    auto reduce = dyn_cast<ReduceOp>(next);
    if (reduce && !find(reduce.getResult(0), point) && reduce.getKind() != ReduceKind::Moments &&
        reduce.getOver() == first.getOver() && reduce.getOrder() == first.getOrder() &&
        !isa<FieldType>(reduce.getResultTypes().front()) &&
        llvm::all_of(reduce.getInputs(), isReady))
      siblings.push_back(reduce);
  }
  return siblings;
}

/// The reduction whose loop comes first.
static ReduceOp findFirstReduce(GenericOp op) {
  for (auto reduce : op.getBody().getOps<ReduceOp>())
    if (!isa<FieldType>(reduce.getResultTypes().front()))
      return reduce;
  return ReduceOp();
}

bool GroupEmitter::hasFirstLoop() {
  ReduceOp first = findFirstReduce(op);
  if (!first || !vector || first.getAlgorithm() == Algorithm::Shifted)
    return false;
  for (auto reduce : op.getBody().getOps<ReduceOp>())
    if (isa<FieldType>(reduce.getResultTypes().front()))
      return false;
  SmallVector<unsigned> over;
  for (Attribute dim : first.getOver())
    over.push_back(*op.findDim(cast<StringAttr>(dim)));
  return over == op.getDimsWhere(/*inGroup=*/true) &&
         OrderedFold::isVectorized(vector, over, first.getOrder());
}
