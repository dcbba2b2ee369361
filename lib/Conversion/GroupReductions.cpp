//===- GroupReductions.cpp - the sums of a group's program ---------------===//
//
// The formulas of each kind of reduction; OrderedFold.cpp has their loops.
//
//===----------------------------------------------------------------------===//

#include "GroupEmitter.h"
#include "ThreadTeam.h"

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

/// The number of elements, their mean less the shift, and m2, from the sums of `d = x - shift` and
/// of `d * d`. The correction of m2 can come out negative, or NaN where sums overflow: see
/// norm.reduce. A sum of d that is not finite tells an element that is not from squares that
/// overflow.
static SmallVector<Value> createCorrectedMoments(ImplicitLocOpBuilder &b, Value n, Value sum,
                                                 Value squares) {
  Value operands[] = {n, sum, squares};
  unifyShapes(b, operands);
  std::tie(n, sum, squares) = std::make_tuple(operands[0], operands[1], operands[2]);
  Type type = sum.getType();
  Value zero = createFloat(b, type, 0.0);
  Value shifted = arith::DivFOp::create(b, sum, n);
  Value corrected = arith::SubFOp::create(b, squares, arith::MulFOp::create(b, sum, shifted));
  Value positive = arith::CmpFOp::create(b, arith::CmpFPredicate::OGT, corrected, zero);
  Value clamped = arith::SelectOp::create(b, positive, corrected, zero);
  Value inf = createFloat(b, type, std::numeric_limits<double>::infinity());
  Value finite = arith::CmpFOp::create(b, arith::CmpFPredicate::OLT, squares, inf);
  Value beyond = arith::AddFOp::create(b, squares, arith::SubFOp::create(b, sum, sum));
  return {n, shifted, arith::SelectOp::create(b, finite, clamped, beyond)};
}

/// x + y, and what it was rounded by: Knuth, The Art of Computer Programming 2, 4.2.2, theorem B.
static std::pair<Value, Value> createTwoSum(ImplicitLocOpBuilder &b, Value x, Value y) {
  Value sum = arith::AddFOp::create(b, x, y);
  Value ofY = arith::SubFOp::create(b, sum, x);
  Value ofX = arith::SubFOp::create(b, sum, ofY);
  return {sum, arith::AddFOp::create(b, arith::SubFOp::create(b, x, ofX).getResult(),
                                     arith::SubFOp::create(b, y, ofY).getResult())};
}

Type GroupEmitter::getAccumulatorType(ReduceOp reduce) {
  return getChunkType(reduce.getResultTypes().front());
}

std::pair<Value, Value> GroupEmitter::emitShiftSums(ReduceOp reduce, PointsAt elementsAt,
                                                    Value count, bool vectorized) {
  Type type = norm::getElementType(reduce.getResultTypes().front());
  int64_t shift = reduce.getOrder().getShift();
  auto index = [&](int64_t number) -> Value { return arith::ConstantIndexOp::create(b, number); };
  std::optional<int64_t> constant = getConstantIntValue(count);
  if (team)
    return team->sumShift(
        [&](Value number) {
          return emitElement(reduce.getInputs().front(), elementsAt(number).front(), type);
        },
        count, type);
  Value input = reduce.getInputs().front(), zero = index(0);
  SmallVector<unsigned> over;
  for (Attribute dim : reduce.getOver())
    over.push_back(*op.findDim(cast<StringAttr>(dim)));
  auto add = [&](Value left, Value right) -> Value {
    return arith::AddFOp::create(b, left, right);
  };
  auto elementOf = [&](Value number) {
    return emitElement(input, elementsAt(number).front(), type);
  };
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
    return {broadcast(0), shift > 1 ? broadcast(1) : createFloat(b, sum.getType(), 0.0)};
  }
  if (vectorized && shift > 1 && (vector->masked || constant == shift)) {
    WidthScope width(*this, shift);
    Value mask;
    if (constant != shift)
      mask = vector::CreateMaskOp::create(b, VectorType::get({shift}, b.getI1Type()), count);
    MaskScope masked(*this, mask);
    SmallVector<Value> sums;
    for (const Point &point : elementsAt(zero)) {
      Value sum = emitElement(input, point, type);
      if (mask)
        sum = arith::SelectOp::create(b, mask, sum, createFloat(b, sum.getType(), 0.0));
      sums.push_back(sum);
    }
    auto fold = [&](ValueRange left, ValueRange right) -> SmallVector<Value> {
      return {add(left.front(), right.front())};
    };
    int64_t groups = sums.size();
    for (int64_t lanes = shift; lanes > 2; lanes /= 2) {
      size_t left = std::max<size_t>(1, sums.size() / 2);
      for (size_t i = 0; i < left; ++i)
        sums[i] =
            (sums.size() > 1 ? OrderedFold::foldLanes(b, fold, sums[2 * i], sums[2 * i + 1], lanes)
                             : OrderedFold::foldLanes(b, fold, sums[i], /*right=*/{}, lanes))
                .front();
      sums.truncate(left);
    }
    auto takeLanes = [&](int64_t first) -> Value {
      if (groups == 1)
        return vector::ExtractOp::create(b, sums.front(), first);
      SmallVector<int64_t> lanes;
      for (int64_t group = 0; group < groups; ++group)
        lanes.push_back(2 * group + first);
      return vector::ShuffleOp::create(b, sums.front(), sums.front(), lanes);
    };
    return {takeLanes(0), takeLanes(1)};
  }
  std::optional<ScalarScope> scalars;
  if (vectorized)
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
  size_t groups = elementsAt(zero).size();
  SmallVector<Value> evens, odds;
  for (size_t group = 0; group < groups; ++group) {
    forLanes(zero, count,
             [&](Value lane) { return emitElement(input, elementsAt(lane)[group], type); });
    forLanes(count, index(shift), [&](Value) { return neutral; });
    for (int64_t half = shift / 2; half > 1; half /= 2)
      forLanes(zero, index(half),
               [&](Value lane) { return add(load(lane), load(createAdd(b, lane, index(half)))); });
    evens.push_back(load(zero));
    odds.push_back(shift > 1 ? load(index(1)) : neutral);
  }
  if (groups == 1)
    return {evens.front(), odds.front()};
  auto packed = VectorType::get({int64_t(groups)}, accumulator);
  return {vector::FromElementsOp::create(b, packed, evens),
          vector::FromElementsOp::create(b, packed, odds)};
}

Value GroupEmitter::emitShift(ReduceOp reduce, PointsAt elementsAt, Value count, bool vectorized) {
  Type type = norm::getElementType(reduce.getResultTypes().front());
  count = b.createOrFold<arith::MinUIOp>(
      count, arith::ConstantIndexOp::create(b, reduce.getOrder().getShift()).getResult());
  Scope scope(*this);
  looksAhead = true;
  auto [evens, odds] = emitShiftSums(reduce, elementsAt, count, vectorized);
  looksAhead = false;
  // Of two means the smaller: an outlier is in one of them. No odd elements: 0 / 0 is not smaller.
  Value two = arith::ConstantIndexOp::create(b, 2);
  Value numOdds = arith::DivUIOp::create(b, count, two);
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
  auto elementAt = [&](const Point &at) { return emitElement(input, at, type); };
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
    SmallVector<Value> moments = createCorrectedMoments(b, n, sums[0], sums[1]);
    moments[1] = createBinary<arith::AddFOp>(b, guess, moments[1]);
    return moments;
  }

  FoldSteps shifted;
  shifted.neutral = {zero, zero};
  // Count, mean, m2, and what the mean was rounded by: the difference of two means that are far
  // from 0 would have little more than their roundings.
  shifted.neutralPartial = {zero, zero, zero, zero};
  shifted.fold = addPairs;
  // One value of several groups, and each by itself.
  SmallVector<Value> shifts;
  auto begin = [&](PointsAt at, Value count, bool vectorized) -> SmallVector<Value> {
    Value shift = emitShift(reduce, at, count, vectorized);
    shifts = unpack(b, shift, points.size());
    return {shift};
  };
  shifted.begin = begin;
  auto add = [&](ValueRange acc, const Point &at, ValueRange segment, unsigned group) {
    return addDifference(acc, at, points.size() > 1 ? shifts[group] : segment.front());
  };
  shifted.add = add;
  auto finish = [&](ValueRange sums, Value count, ValueRange segment) -> SmallVector<Value> {
    SmallVector<Value> moments =
        createCorrectedMoments(b, createFloatOf(b, type, count), sums[0], sums[1]);
    Value shift = createSplat(b, segment.front(), moments.front().getType());
    auto [mean, rest] = createTwoSum(b, shift, moments[1]);
    return {moments[0], mean, moments[2], rest};
  };
  shifted.finish = finish;
  auto merge = [&](ValueRange x, ValueRange y) -> SmallVector<Value> {
    // Means less the left one; less the right one where there is nothing on the left.
    Value none = createFloat(b, x[0].getType(), 0.0);
    Value isEmpty = arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, x[0], none);
    Value base = arith::SelectOp::create(b, isEmpty, y[1], x[1]);
    Value other = arith::AddFOp::create(b, arith::SubFOp::create(b, y[1], base), y[3]);
    SmallVector<Value> merged = createMergeMoments(b, {x[0], x[3], x[2]}, {y[0], other, y[2]});
    auto [mean, rest] = createTwoSum(b, base, merged[1]);
    return {merged[0], mean, merged[2], rest};
  };
  shifted.merge = merge;
  shifted.mergesIntoNothing = true;
  auto end = [&](ValueRange partial) { return SmallVector<Value>(partial.take_front(3)); };
  shifted.end = end;
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
          reduce.getInputs(), [&](Value input) { return emitElement(input, element, type); });
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
  // Two passes go on with the first one's mean; all else is there when its loop is over.
  bool goesOn = first.getAlgorithm() == Algorithm::TwoPass;
  if (points.size() > 1 && !vectorized) {
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
        !team && !OrderedFold::mayBePacked(vector, over, first.getOrder()))
      scalars.emplace(*this);
    for (ReduceOp reduce : reduces)
      for (const Point &point : at)
        emitBound(getFieldsBelow(reduce.getInputs()), point);
    emitBarrier();
    if (!sums.empty() && !goesOn)
      results.assign(sums.begin(), sums.end());
    else if (first.getKind() == ReduceKind::Moments)
      results = emitMoments(first, at, sums.empty() ? Value() : sums.front(), onlyFirst);
    else
      results = emitCombined(reduces, at);
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
  if (!first || !vector)
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
