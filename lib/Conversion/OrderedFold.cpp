//===- OrderedFold.cpp - reductions in their declared order --------------===//
//
// The loops of a #norm.order: blocks of segments, segments of runs, lanes inside a segment.
//
//===----------------------------------------------------------------------===//

#include "GroupEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace mlir::norm;

static Value createIndex(ImplicitLocOpBuilder &b, int64_t value) {
  return arith::ConstantIndexOp::create(b, value);
}

/// A loop over [from, to) whose body maps accumulators to accumulators.
static SmallVector<Value>
createLoop(ImplicitLocOpBuilder &b, Value from, Value to, ValueRange init,
           function_ref<SmallVector<Value>(Value index, ValueRange acc)> body) {
  auto loop = scf::ForOp::create(b, from, to, createIndex(b, 1), init,
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

SmallVector<Value> OrderedFold::emitSegment(const FoldSteps &steps, const Point &point,
                                            Value runGroup, Value piece) {
  Value zero = createIndex(b, 0);
  // Where the segment lies: runs [firstRun, lastRun), elements [start, start + length) of each.
  Value firstRun = zero, lastRun = numRuns, start = zero, length = runLength;
  if (order.getRuns()) {
    Value runs = createIndex(b, order.getRuns());
    firstRun = createMul(b, runGroup, runs);
    lastRun = arith::MinUIOp::create(b, createAdd(b, firstRun, runs), numRuns);
  }
  if (order.getSegment()) {
    Value size = createIndex(b, order.getSegment());
    start = createMul(b, piece, size);
    length = arith::MinUIOp::create(b, createSub(b, runLength, start), size);
  }

  auto bind = [&](Point at, ArrayRef<unsigned> dims, Value linear) {
    SmallVector<Value> sizes;
    for (unsigned dim : dims)
      sizes.push_back(emitter.getExtent(dim));
    for (auto [dim, index] : llvm::zip(dims, createDelinearize(b, linear, sizes)))
      at[dim] = index;
    return at;
  };

  SmallVector<Value> segment;
  if (steps.begin) {
    Point first = bind(point, leadingDims, firstRun);
    segment =
        steps.begin([&](Value e) { return bind(first, runDims, createAdd(b, start, e)); }, length);
  }

  int64_t numLanes = order.getLanes();
  SmallVector<Value> folded;
  if (numLanes == 1) {
    folded = createLoop(b, firstRun, lastRun, steps.neutral, [&](Value run, ValueRange acc) {
      GroupEmitter::Scope scope(emitter);
      Point at = bind(point, leadingDims, run);
      emitter.emitBound(fields, at);
      return createLoop(b, zero, length, acc, [&](Value e, ValueRange acc) {
        GroupEmitter::Scope scope(emitter);
        return steps.add(acc, bind(at, runDims, createAdd(b, start, e)), segment);
      });
    });
  } else {
    // Lanes live in a small buffer on the stack; LLVM keeps them in registers where it can.
    SmallVector<Value> lanes;
    {
      OpBuilder::InsertionGuard guard(b);
      b.setInsertionPointToStart(emitter.scratchBlock);
      for (Value neutral : steps.neutral)
        lanes.push_back(
            memref::AllocaOp::create(b, MemRefType::get({numLanes}, neutral.getType())));
    }
    Value laneCount = createIndex(b, numLanes);
    createLoop(b, zero, laneCount, {}, [&](Value lane, ValueRange) -> SmallVector<Value> {
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
    Value numSteps = createCeilDiv(b, length, laneCount);
    createLoop(b, firstRun, lastRun, {}, [&](Value run, ValueRange) -> SmallVector<Value> {
      GroupEmitter::Scope scope(emitter);
      Point at = bind(point, leadingDims, run);
      emitter.emitBound(fields, at);
      createLoop(b, zero, numSteps, {}, [&](Value step, ValueRange) -> SmallVector<Value> {
        Value done = createMul(b, step, laneCount);
        Value active = arith::MinUIOp::create(b, createSub(b, length, done), laneCount);
        createLoop(b, zero, active, {}, [&](Value lane, ValueRange) -> SmallVector<Value> {
          GroupEmitter::Scope scope(emitter);
          Value e = createAdd(b, start, createAdd(b, done, lane));
          store(steps.add(load(lane), bind(at, runDims, e), segment), lane);
          return {};
        });
        return {};
      });
      return {};
    });
    for (int64_t half = numLanes / 2; half >= 1; half /= 2)
      createLoop(b, zero, createIndex(b, half), {},
                 [&](Value lane, ValueRange) -> SmallVector<Value> {
                   SmallVector<Value> left = load(lane);
                   store(steps.fold(left, load(createAdd(b, lane, createIndex(b, half)))), lane);
                   return {};
                 });
    folded = load(zero);
  }
  if (!steps.finish)
    return folded;
  Value count = createMul(b, createSub(b, lastRun, firstRun), length);
  return steps.finish(folded, count, segment);
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
  auto foldSegments = [&](Value from, Value to) {
    return createLoop(b, from, to, steps.neutralPartial, [&](Value number, ValueRange acc) {
      GroupEmitter::Scope scope(emitter);
      Value group = arith::DivUIOp::create(b, number, numPieces);
      Value piece = arith::RemUIOp::create(b, number, numPieces);
      return steps.merge(acc, emitSegment(steps, point, group, piece));
    });
  };
  if (!order.getBlocks())
    return foldSegments(zero, numSegments);
  Value blockSize =
      createPow2Ceil(b, createCeilDiv(b, numSegments, createIndex(b, order.getBlocks())));
  Value numBlocks = createCeilDiv(b, numSegments, blockSize);
  return createLoop(b, zero, numBlocks, steps.neutralPartial, [&](Value block, ValueRange acc) {
    Value from = createMul(b, block, blockSize);
    Value to = arith::MinUIOp::create(b, createAdd(b, from, blockSize), numSegments);
    return steps.merge(acc, foldSegments(from, to));
  });
}
