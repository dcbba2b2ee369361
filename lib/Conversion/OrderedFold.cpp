//===- OrderedFold.cpp - reductions in their declared order --------------===//
//
// The loops of a #norm.order: blocks of segments, segments of runs, lanes inside a segment.
//
//===----------------------------------------------------------------------===//

#include "GroupEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace mlir::norm;

static Value createIndex(ImplicitLocOpBuilder &b, int64_t value) {
  return arith::ConstantIndexOp::create(b, value);
}

SmallVector<Value>
norm::createLoop(ImplicitLocOpBuilder &b, Value from, Value to, int64_t step, ValueRange init,
                 function_ref<SmallVector<Value>(Value index, ValueRange acc)> body) {
  auto loop = scf::ForOp::create(b, from, to, createIndex(b, step), init,
                                 [&](OpBuilder &, Location loc, Value index, ValueRange acc) {
                                   // The caller's builder follows into the loop, so that all code
                                   // goes through one.
                                   OpBuilder::InsertionGuard guard(b);
                                   b.setInsertionPointToEnd(index.getParentBlock());
                                   SmallVector<Value> results = body(index, acc);
                                   scf::YieldOp::create(b, results);
                                 });
  b.setInsertionPointAfter(loop);
  return loop.getResults();
}

Point OrderedFold::bind(Point point, ArrayRef<unsigned> dims, Value linear) {
  SmallVector<Value> sizes;
  for (unsigned dim : dims)
    sizes.push_back(emitter.getExtent(dim));
  for (auto [dim, index] : llvm::zip(dims, createDelinearize(b, linear, sizes)))
    point[dim] = index;
  return point;
}

//===----------------------------------------------------------------------===//
// Lanes
//===----------------------------------------------------------------------===//

SmallVector<Value> OrderedFold::emitOneLane(const FoldSteps &steps, const Point &point,
                                            const Segment &at, ValueRange values) {
  return createLoop(b, at.firstRun, at.lastRun, 1, steps.neutral, [&](Value run, ValueRange acc) {
    GroupEmitter::Scope scope(emitter);
    Point element = bind(point, leadingDims, run);
    emitter.emitBound(fields, element);
    return createLoop(b, createIndex(b, 0), at.length, 1, acc, [&](Value e, ValueRange acc) {
      GroupEmitter::Scope scope(emitter);
      return steps.add(acc, bind(element, runDims, createAdd(b, at.start, e)), values);
    });
  });
}

SmallVector<Value> OrderedFold::emitLanes(const FoldSteps &steps, const Point &point,
                                          const Segment &at, ValueRange values) {
  // Lanes live in a small buffer on the stack; LLVM keeps them in registers where it can.
  int64_t numLanes = order.getLanes();
  Value zero = createIndex(b, 0);
  SmallVector<Value> lanes;
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(emitter.scratchBlock);
    for (Value neutral : steps.neutral)
      lanes.push_back(memref::AllocaOp::create(b, MemRefType::get({numLanes}, neutral.getType())));
  }
  Value laneCount = createIndex(b, numLanes);
  createLoop(b, zero, laneCount, 1, {}, [&](Value lane, ValueRange) -> SmallVector<Value> {
    for (auto [buffer, neutral] : llvm::zip(lanes, steps.neutral))
      memref::StoreOp::create(b, neutral, buffer, lane);
    return {};
  });
  auto load = [&](Value lane) {
    SmallVector<Value> acc;
    for (Value buffer : lanes)
      acc.push_back(memref::LoadOp::create(b, buffer, lane));
    return acc;
  };
  auto store = [&](ValueRange acc, Value lane) {
    for (auto [buffer, value] : llvm::zip(lanes, acc))
      memref::StoreOp::create(b, value, buffer, lane);
  };
  Value numSteps = createCeilDiv(b, at.length, laneCount);
  createLoop(b, at.firstRun, at.lastRun, 1, {}, [&](Value run, ValueRange) -> SmallVector<Value> {
    GroupEmitter::Scope scope(emitter);
    Point element = bind(point, leadingDims, run);
    emitter.emitBound(fields, element);
    createLoop(b, zero, numSteps, 1, {}, [&](Value step, ValueRange) -> SmallVector<Value> {
      Value done = createMul(b, step, laneCount);
      Value active = arith::MinUIOp::create(b, createSub(b, at.length, done), laneCount);
      createLoop(b, zero, active, 1, {}, [&](Value lane, ValueRange) -> SmallVector<Value> {
        GroupEmitter::Scope scope(emitter);
        Value e = createAdd(b, at.start, createAdd(b, done, lane));
        store(steps.add(load(lane), bind(element, runDims, e), values), lane);
        return {};
      });
      return {};
    });
    return {};
  });
  for (int64_t half = numLanes / 2; half >= 1; half /= 2)
    createLoop(b, zero, createIndex(b, half), 1, {},
               [&](Value lane, ValueRange) -> SmallVector<Value> {
                 SmallVector<Value> left = load(lane);
                 store(steps.fold(left, load(createAdd(b, lane, createIndex(b, half)))), lane);
                 return {};
               });
  return load(zero);
}

//===----------------------------------------------------------------------===//
// Lanes in vectors
//===----------------------------------------------------------------------===//

bool OrderedFold::isVectorized(const std::optional<VectorDim> &vector, ArrayRef<unsigned> over,
                               OrderAttr order) {
  if (!vector || over.back() != vector->dim || order.getLanes() % vector->width != 0)
    return false;
  // Vectors do not go on in another row of a run of several dimensions.
  size_t numRunDims = order.getRun() ? order.getRun() : over.size();
  return numRunDims == 1 || vector->divides;
}

/// Elements behind the last whole chunk, one by one, with the lanes in memory.
void OrderedFold::addElements(const FoldSteps &steps, Point point, const Segment &at,
                              const Lanes &lanes, MutableArrayRef<Value> acc, ValueRange values) {
  int64_t width = emitter.vector->width, numAcc = steps.neutral.size();
  Value before = createIndex(b, lanes.first * width);
  Value from =
      createSub(b, lanes.rest, b.createOrFold<arith::RemUIOp>(lanes.rest, createIndex(b, width)));
  Value to = b.createOrFold<arith::MinUIOp>(lanes.rest,
                                            createIndex(b, (lanes.first + lanes.count) * width));
  from = b.createOrFold<arith::MaxUIOp>(from, before);

  SmallVector<Value> buffers;
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(emitter.scratchBlock);
    for (Value neutral : steps.neutral)
      buffers.push_back(
          memref::AllocaOp::create(b, MemRefType::get({lanes.count * width}, neutral.getType())));
  }
  for (auto [i, value] : llvm::enumerate(acc))
    vector::StoreOp::create(b, value, buffers[i % numAcc], createIndex(b, i / numAcc * width));
  createLoop(b, from, to, 1, {}, [&](Value lane, ValueRange) -> SmallVector<Value> {
    GroupEmitter::Scope scope(emitter);
    GroupEmitter::ScalarScope scalars(emitter);
    Value slot = createSub(b, lane, before);
    SmallVector<Value> sums;
    for (Value buffer : buffers)
      sums.push_back(memref::LoadOp::create(b, buffer, slot));
    point = bind(point, runDims, createAdd(b, at.start, createAdd(b, lanes.done, lane)));
    for (auto [buffer, sum] : llvm::zip(buffers, steps.add(sums, point, values)))
      memref::StoreOp::create(b, sum, buffer, slot);
    return {};
  });
  for (auto [i, value] : llvm::enumerate(acc))
    value = vector::LoadOp::create(b, cast<VectorType>(value.getType()), buffers[i % numAcc],
                                   createIndex(b, i / numAcc * width));
}

/// Adds what is left behind the last whole step. Lanes that have no element keep what they have.
SmallVector<Value> OrderedFold::addRest(const FoldSteps &steps, const Point &point,
                                        const Segment &at, const Lanes &lanes, ValueRange acc,
                                        ValueRange values) {
  int64_t width = emitter.vector->width, numAcc = steps.neutral.size();
  std::optional<int64_t> constant = getConstantIntValue(lanes.rest);
  auto isMore = [&](Value x, int64_t y) -> Value {
    return arith::CmpIOp::create(b, arith::CmpIPredicate::ugt, x, createIndex(b, y));
  };
  /// `then` where `condition` is true, else `otherwise` stays.
  auto createIf = [&](Value condition, ValueRange otherwise,
                      function_ref<SmallVector<Value>()> then) -> SmallVector<Value> {
    auto branch = scf::IfOp::create(b, otherwise.getTypes(), condition, /*withElseRegion=*/true);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(branch.elseBlock());
    scf::YieldOp::create(b, otherwise);
    b.setInsertionPointToStart(branch.thenBlock());
    SmallVector<Value> results = then();
    scf::YieldOp::create(b, results);
    return branch.getResults();
  };
  auto addVector = [&](ArrayRef<Value> before, int64_t vector, Value mask) {
    GroupEmitter::Scope scope(emitter);
    GroupEmitter::MaskScope masked(emitter, mask);
    Value first = createIndex(b, vector * width);
    Point element = bind(point, runDims, createAdd(b, at.start, createAdd(b, lanes.done, first)));
    SmallVector<Value> sums = steps.add(before, element, values);
    if (mask)
      for (auto [sum, old] : llvm::zip(sums, before))
        sum = arith::SelectOp::create(b, mask, sum, old);
    return sums;
  };
  auto maskType = VectorType::get({width}, b.getI1Type());

  auto addAll = [&] {
    SmallVector<Value> sums(acc);
    for (int64_t j = 0; j < lanes.count; ++j) {
      int64_t vector = lanes.first + j, first = vector * width;
      SmallVector<Value> before(sums.begin() + j * numAcc, sums.begin() + (j + 1) * numAcc);
      SmallVector<Value> after = before;
      if (constant && *constant >= first + width)
        after = addVector(before, vector, Value());
      else if (constant && *constant > first && emitter.vector->masked)
        after =
            addVector(before, vector,
                      vector::CreateMaskOp::create(b, maskType, createIndex(b, *constant - first)));
      else if (!constant && !emitter.vector->masked)
        after = createIf(isMore(lanes.rest, first + width - 1), before,
                         [&] { return addVector(before, vector, Value()); });
      else if (!constant) {
        // max(rest - first, 0), and no more than a vector.
        Value from = createIndex(b, first);
        Value left = arith::SubIOp::create(b, arith::MaxUIOp::create(b, lanes.rest, from), from);
        Value active = arith::MinUIOp::create(b, left, createIndex(b, width));
        after = addVector(before, vector, vector::CreateMaskOp::create(b, maskType, active));
      }
      llvm::copy(after, sums.begin() + j * numAcc);
    }
    if (emitter.vector->masked)
      return sums;
    int64_t begin = lanes.first * width, end = begin + lanes.count * width;
    if (constant) {
      int64_t partial = *constant - *constant % width;
      if (*constant % width != 0 && partial >= begin && partial < end)
        addElements(steps, point, at, lanes, sums, values);
      return sums;
    }
    Value partial = b.createOrFold<arith::RemUIOp>(lanes.rest, createIndex(b, width));
    return createIf(isMore(partial, 0), sums, [&] {
      SmallVector<Value> added = sums;
      addElements(steps, point, at, lanes, added, values);
      return added;
    });
  };
  if (constant)
    return addAll();
  return createIf(isMore(lanes.rest, lanes.first * width), acc, addAll);
}

SmallVector<Value> OrderedFold::emitVectors(const FoldSteps &steps, const Point &point,
                                            const Segment &at, ValueRange values) {
  int64_t width = emitter.vector->width, numLanes = order.getLanes();
  int64_t numVectors = numLanes / width, numAcc = steps.neutral.size();
  // Lanes do not depend on each other, so that a few at a time may run through the whole segment.
  int64_t together = numVectors;
  while (together > 1 && together * numAcc > emitter.vector->accumulators)
    together /= 2;
  auto type = VectorType::get({width}, b.getI1Type());
  Value rest = b.createOrFold<arith::RemUIOp>(at.length, createIndex(b, numLanes));
  Value done = createSub(b, at.length, rest);

  SmallVector<SmallVector<Value>> lanes;
  for (int64_t first = 0; first < numVectors; first += together) {
    SmallVector<Value> init;
    for (int64_t j = 0; j < together; ++j)
      for (Value neutral : steps.neutral)
        init.push_back(createSplat(b, neutral, type));
    SmallVector<Value> sums =
        createLoop(b, at.firstRun, at.lastRun, 1, init, [&](Value run, ValueRange acc) {
          GroupEmitter::Scope scope(emitter);
          Point element = bind(point, leadingDims, run);
          emitter.emitBound(fields, element);
          SmallVector<Value> whole = createLoop(
              b, createIndex(b, 0), done, numLanes, acc, [&](Value step, ValueRange acc) {
                SmallVector<Value> next;
                for (int64_t j = 0; j < together; ++j) {
                  GroupEmitter::Scope scope(emitter);
                  Value lane = createIndex(b, (first + j) * width);
                  Point chunk =
                      bind(element, runDims, createAdd(b, createAdd(b, at.start, step), lane));
                  llvm::append_range(next, steps.add(acc.slice(j * numAcc, numAcc), chunk, values));
                }
                return next;
              });
          return addRest(steps, element, at, {first, together, done, rest}, whole, values);
        });
    for (int64_t j = 0; j < together; ++j)
      lanes.emplace_back(sums.begin() + j * numAcc, sums.begin() + (j + 1) * numAcc);
  }

  for (; lanes.size() > 1; lanes.truncate(lanes.size() / 2))
    for (size_t i = 0, half = lanes.size() / 2; i < half; ++i)
      lanes[i] = steps.fold(lanes[i], lanes[i + half]);
  SmallVector<Value> folded = lanes.front();
  for (int64_t half = width / 2; half >= 1; half /= 2) {
    SmallVector<Value> low, high;
    for (Value vector : folded) {
      low.push_back(vector::ExtractStridedSliceOp::create(b, vector, {0}, {half}, {1}));
      high.push_back(vector::ExtractStridedSliceOp::create(b, vector, {half}, {half}, {1}));
    }
    folded = steps.fold(low, high);
  }
  for (Value &value : folded)
    value = vector::ExtractOp::create(b, value, 0);
  return folded;
}

//===----------------------------------------------------------------------===//
// Segments
//===----------------------------------------------------------------------===//

SmallVector<Value> OrderedFold::emitSegment(const FoldSteps &steps, const Point &point,
                                            Value runGroup, Value piece) {
  Segment at{createIndex(b, 0), numRuns, createIndex(b, 0), runLength};
  if (order.getRuns()) {
    Value runs = createIndex(b, order.getRuns());
    at.firstRun = createMul(b, runGroup, runs);
    at.lastRun = arith::MinUIOp::create(b, createAdd(b, at.firstRun, runs), numRuns);
  }
  if (order.getSegment()) {
    Value size = createIndex(b, order.getSegment());
    at.start = createMul(b, piece, size);
    std::optional<int64_t> constant = getConstantIntValue(runLength);
    bool divides = constant && *constant != 0 && *constant % order.getSegment() == 0;
    at.length =
        divides ? size : b.createOrFold<arith::MinUIOp>(createSub(b, runLength, at.start), size);
  }
  SmallVector<Value> values;
  if (steps.begin) {
    Point first = bind(point, leadingDims, at.firstRun);
    values = steps.begin([&](Value e) { return bind(first, runDims, createAdd(b, at.start, e)); },
                         at.length);
  }
  SmallVector<Value> folded;
  if (isVectorized(emitter.vector, over, order))
    folded = emitVectors(steps, point, at, values);
  else if (order.getLanes() > 1)
    folded = emitLanes(steps, point, at, values);
  else
    folded = emitOneLane(steps, point, at, values);
  if (!steps.finish)
    return folded;
  Value count = createMul(b, createSub(b, at.lastRun, at.firstRun), at.length);
  return steps.finish(folded, count, values);
}

SmallVector<Value> OrderedFold::emit(const FoldSteps &steps, const Point &point) {
  size_t numRunDims = order.getRun() ? order.getRun() : over.size();
  leadingDims.assign(over.begin(), over.end() - numRunDims);
  runDims.assign(over.end() - numRunDims, over.end());
  auto count = [&](ArrayRef<unsigned> dims) {
    SmallVector<Value> sizes;
    for (unsigned dim : dims)
      sizes.push_back(emitter.getExtent(dim));
    return createProduct(b, sizes);
  };
  numRuns = count(leadingDims);
  runLength = count(runDims);

  Value zero = createIndex(b, 0), one = createIndex(b, 1);
  bool pieces = order.getSegment() != 0, groups = order.getRuns() != 0 && !leadingDims.empty();
  if (!pieces && !groups)
    return emitSegment(steps, point, zero, zero);

  Value numPieces = pieces ? createCeilDiv(b, runLength, createIndex(b, order.getSegment())) : one;
  Value numGroups = groups ? createCeilDiv(b, numRuns, createIndex(b, order.getRuns())) : one;
  Value numSegments = createMul(b, numGroups, numPieces);
  auto foldSegments = [&](Value from, Value to) -> SmallVector<Value> {
    if (getConstantIntValue(from) == 0 && getConstantIntValue(to) == 1)
      return steps.merge(steps.neutralPartial, emitSegment(steps, point, zero, zero));
    return createLoop(b, from, to, 1, steps.neutralPartial, [&](Value number, ValueRange acc) {
      GroupEmitter::Scope scope(emitter);
      Value group = arith::DivUIOp::create(b, number, numPieces);
      Value piece = arith::RemUIOp::create(b, number, numPieces);
      return steps.merge(acc, emitSegment(steps, point, group, piece));
    });
  };
  // Blocks of one segment add nothing but the start, 0 or no elements, which changes no bit.
  std::optional<int64_t> constant = getConstantIntValue(numSegments);
  if (!order.getBlocks() || (constant && *constant <= order.getBlocks()))
    return foldSegments(zero, numSegments);
  Value blockSize =
      createPow2Ceil(b, createCeilDiv(b, numSegments, createIndex(b, order.getBlocks())));
  Value numBlocks = createCeilDiv(b, numSegments, blockSize);
  return createLoop(b, zero, numBlocks, 1, steps.neutralPartial, [&](Value block, ValueRange acc) {
    Value from = createMul(b, block, blockSize);
    Value to = arith::MinUIOp::create(b, createAdd(b, from, blockSize), numSegments);
    return steps.merge(acc, foldSegments(from, to));
  });
}
