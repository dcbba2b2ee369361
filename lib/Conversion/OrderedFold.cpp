//===- OrderedFold.cpp - reductions in their declared order --------------===//
//
// The loops of a #norm.order: blocks of segments, segments of runs, lanes inside a segment.
//
//===----------------------------------------------------------------------===//

#include "LaneBlocks.h"
#include "ThreadTeam.h"

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

SmallVector<Point> OrderedFold::bind(Points points, ArrayRef<unsigned> dims, Value linear) {
  SmallVector<Value> sizes;
  for (unsigned dim : dims)
    sizes.push_back(emitter.getExtent(dim));
  SmallVector<Point> bound(points);
  if (packed && dims == ArrayRef(runDims)) {
    for (unsigned dim : dims.drop_back())
      bound = emitter.bind(bound, dim, emitter.getConstant(0));
    return emitter.bind(bound, dims.back(), linear);
  }
  for (auto [dim, index] : llvm::zip(dims, createDelinearize(b, linear, sizes)))
    bound = emitter.bind(bound, dim, index);
  return bound;
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
      return steps.add(acc, bind(element, runDims, createAdd(b, at.start, e)), values, 0);
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
        Value e = createAdd(b, at.start, createAdd(b, done, lane)), slot = lane;
        if (int64_t unit = order.getUnit(); unit > 1) {
          Value size = createIndex(b, unit);
          slot = createAdd(
              b, arith::DivUIOp::create(b, lane, size),
              createMul(b, arith::RemUIOp::create(b, lane, size), createIndex(b, numLanes / unit)));
        }
        store(steps.add(load(slot), bind(element, runDims, e), values, 0), slot);
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
  if (!vector || vector->across || over.back() != vector->dim ||
      order.getLanes() % vector->width != 0)
    return false;
  // Vectors do not go on in another row of a run of several dimensions.
  size_t numRunDims = order.getRun() ? order.getRun() : over.size();
  return numRunDims == 1 || vector->divides;
}

bool OrderedFold::mayBePacked(const std::optional<VectorDim> &vector, ArrayRef<unsigned> over,
                              OrderAttr order) {
  return vector && !vector->across && over.back() == vector->dim &&
         order.getLanes() % vector->width == 0 && !isVectorized(vector, over, order);
}

Value OrderedFold::createPacked() {
  GenericOp op = emitter.getOp();
  if (!mayBePacked(emitter.getVector(), over, order))
    return Value();
  bool looks = false;
  op.getBody().walk([&](Operation *inner) {
    StringAttr dim;
    if (auto index = dyn_cast<IndexOp>(inner))
      dim = index.getDimAttr();
    else if (auto flip = dyn_cast<FlipOp>(inner))
      dim = flip.getDimAttr();
    looks |= dim && llvm::is_contained(runDims, *op.findDim(dim));
  });
  if (looks)
    return Value();
  Value packed = arith::ConstantOp::create(b, b.getBoolAttr(true));
  for (Value field : fields) {
    auto arg = dyn_cast<BlockArgument>(field);
    if (!arg)
      continue;
    unsigned operand = arg.getArgNumber();
    GenericOp::Access access = op.getAccess(operand);
    SmallVector<unsigned> own = op.getAccessDims(operand, /*inGroup=*/true);
    if (llvm::none_of(own, [&](unsigned dim) { return llvm::is_contained(runDims, dim); }))
      continue;
    // [.. c] [h] [w]: each the last of its entry, and in order.
    if (access.size() < runDims.size())
      return Value();
    auto last = ArrayRef(access).take_back(runDims.size());
    for (auto [dim, entry] : llvm::zip(runDims, last))
      if (entry.empty() || entry.back() != dim || (entry.size() > 1 && dim != runDims.front()))
        return Value();
    auto metadata = memref::ExtractStridedMetadataOp::create(b, emitter.getBuffer(operand));
    ValueRange strides = metadata.getStrides().take_back(runDims.size());
    Value size = createIndex(b, 1);
    for (size_t i = runDims.size(); i-- > 1;) {
      size = createMul(b, size, emitter.getExtent(runDims[i]));
      Value follows = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, strides[i - 1], size);
      packed = arith::AndIOp::create(b, packed, follows);
    }
  }
  return packed;
}

static SmallVector<int64_t> getEvensThenOdds(int64_t width) {
  SmallVector<int64_t> lanes;
  for (int64_t i = 0; i < width; ++i)
    lanes.push_back(i < width / 2 ? 2 * i : 2 * i - width + 1);
  return lanes;
}

void OrderedFold::emitBeside(Points points) {
  if (!emitter.beside)
    return;
  // Results are in order.
  bool evensFirst = std::exchange(emitter.evensFirst, false);
  emitter.beside(points, firstGroup);
  emitter.evensFirst = evensFirst;
}

/// Elements behind the last whole chunk, one by one, with the lanes in memory.
void OrderedFold::addElements(const FoldSteps &steps, Points points, const Segment &at,
                              const Lanes &lanes, MutableArrayRef<Value> acc, ValueRange values) {
  int64_t width = emitter.vector->width, numAcc = steps.neutral.size();
  int64_t perVector = numAcc * points.size();
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
    for (size_t group = 0; group < points.size(); ++group)
      for (Value neutral : steps.neutral)
        buffers.push_back(
            memref::AllocaOp::create(b, MemRefType::get({lanes.count * width}, neutral.getType())));
  }
  for (auto [i, value] : llvm::enumerate(acc))
    vector::StoreOp::create(b, value, buffers[i % perVector],
                            createIndex(b, i / perVector * width));
  createLoop(b, from, to, 1, {}, [&](Value lane, ValueRange) -> SmallVector<Value> {
    GroupEmitter::Scope scope(emitter);
    GroupEmitter::ScalarScope scalars(emitter);
    Value slot = createSub(b, lane, before);
    SmallVector<Point> element =
        bind(points, runDims, createAdd(b, at.start, createAdd(b, lanes.done, lane)));
    for (auto [group, point] : llvm::enumerate(element)) {
      ArrayRef<Value> own = ArrayRef(buffers).slice(group * numAcc, numAcc);
      auto sums = llvm::map_to_vector(
          own, [&](Value buffer) -> Value { return memref::LoadOp::create(b, buffer, slot); });
      for (auto [buffer, sum] : llvm::zip(own, steps.add(sums, point, values, firstGroup + group)))
        memref::StoreOp::create(b, sum, buffer, slot);
    }
    emitBeside(element);
    return {};
  });
  for (auto [i, value] : llvm::enumerate(acc))
    value = vector::LoadOp::create(b, cast<VectorType>(value.getType()), buffers[i % perVector],
                                   createIndex(b, i / perVector * width));
}

/// Adds what is left behind the last whole step. Lanes that have no element keep what they have.
SmallVector<Value> OrderedFold::addRest(const FoldSteps &steps, Points points, const Segment &at,
                                        const Lanes &lanes, ValueRange acc, ValueRange values) {
  int64_t width = emitter.vector->width, numAcc = steps.neutral.size();
  int64_t perVector = numAcc * points.size();
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
    SmallVector<Value> sums = addChunk(
        steps, bind(points, runDims, createAdd(b, at.start, createAdd(b, lanes.done, first))),
        before, values);
    if (mask && emitter.evensFirst)
      mask = vector::ShuffleOp::create(b, mask, mask, getEvensThenOdds(width));
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
      SmallVector<Value> before(sums.begin() + j * perVector, sums.begin() + (j + 1) * perVector);
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
      llvm::copy(after, sums.begin() + j * perVector);
    }
    if (emitter.vector->masked)
      return sums;
    int64_t begin = lanes.first * width, end = begin + lanes.count * width;
    if (constant) {
      int64_t partial = *constant - *constant % width;
      if (*constant % width != 0 && partial >= begin && partial < end)
        addElements(steps, points, at, lanes, sums, values);
      return sums;
    }
    Value partial = b.createOrFold<arith::RemUIOp>(lanes.rest, createIndex(b, width));
    return createIf(isMore(partial, 0), sums, [&] {
      SmallVector<Value> added = sums;
      addElements(steps, points, at, lanes, added, values);
      return added;
    });
  };
  if (constant)
    return addAll();
  return createIf(isMore(lanes.rest, lanes.first * width), acc, addAll);
}

SmallVector<Value>
OrderedFold::foldGroups(const FoldSteps &steps, unsigned first, unsigned count,
                        function_ref<SmallVector<Value>(unsigned group)> getVectors) {
  // Groups are laid side by side while their lanes are folded, so that vectors stay whole as long
  // as they can.
  if (count == 1)
    return getVectors(first);
  SmallVector<Value> left = foldGroups(steps, first, count / 2, getVectors);
  SmallVector<Value> right = foldGroups(steps, first + count / 2, count / 2, getVectors);
  return foldLanes(b, steps.fold, left, right, emitter.vector->width / (count / 2));
}

SmallVector<Value>
OrderedFold::foldLanes(ImplicitLocOpBuilder &b,
                       function_ref<SmallVector<Value>(ValueRange left, ValueRange right)> fold,
                       ValueRange left, ValueRange right, int64_t lanes) {
  SmallVector<Value> low, high;
  // Two sides may be one value: constants.
  for (auto [x, y] : llvm::zip(left, right.empty() ? left : right)) {
    int64_t length = cast<VectorType>(x.getType()).getDimSize(0) * (right.empty() ? 1 : 2);
    SmallVector<int64_t> lower, upper;
    for (int64_t i = 0; i < length; ++i)
      (i % lanes < lanes / 2 || lanes == 1 ? lower : upper).push_back(i);
    low.push_back(vector::ShuffleOp::create(b, x, y, lower));
    if (lanes > 1)
      high.push_back(vector::ShuffleOp::create(b, x, y, upper));
  }
  return lanes > 1 ? fold(low, high) : low;
}

/// The accumulators of some groups after one more chunk.
SmallVector<Value> OrderedFold::addChunk(const FoldSteps &steps, Points points, ValueRange acc,
                                         ValueRange values) {
  size_t numAcc = steps.neutral.size();
  SmallVector<Value> next;
  for (auto [group, point] : llvm::enumerate(points))
    llvm::append_range(
        next, steps.add(acc.slice(group * numAcc, numAcc), point, values, firstGroup + group));
  emitBeside(points);
  return next;
}

SmallVector<Value> OrderedFold::emitVectors(const FoldSteps &steps, Points points,
                                            const Segment &at, ValueRange values) {
  const VectorDim &vector = *emitter.vector;
  int64_t width = vector.width, numLanes = order.getLanes(), numVectors = numLanes / width;
  size_t numAcc = steps.neutral.size(), groups = points.size();
  // Groups do not depend on each other, nor do lanes, so that a few at a time may run through the
  // whole segment. Fewer groups first: a few lanes of each read every other line, which took up to
  // 1.6 times as long in memory (four rows of layer norm, N = 16384).
  int64_t together = numVectors;
  while (groups > 1 && together * int64_t(numAcc * groups) > vector.accumulators)
    groups /= 2;
  while (together > 1 && together * int64_t(numAcc * groups) > vector.accumulators)
    together /= 2;
  auto type = VectorType::get({width}, b.getI1Type());
  Value rest = b.createOrFold<arith::RemUIOp>(at.length, createIndex(b, numLanes));
  Value done = createSub(b, at.length, rest);
  bool straight = vector.straight && leadingDims.empty() && getConstantIntValue(done);

  // The lanes of some groups in vectors: by group, then vector of a step, then accumulator.
  using Vectors = SmallVector<SmallVector<Value>>;
  auto addSegment = [&](Points points) {
    size_t perVector = numAcc * points.size();
    SmallVector<Vectors> lanes(points.size());
    for (int64_t first = 0; first < numVectors; first += together) {
      SmallVector<Value> init;
      for (int64_t j = 0; j < together * int64_t(points.size()); ++j)
        for (Value neutral : steps.neutral)
          init.push_back(createSplat(b, neutral, type));
      auto addRun = [&](Value run, ValueRange acc) {
        SmallVector<Point> element = bind(points, leadingDims, run);
        for (const Point &point : element)
          emitter.emitBound(fields, point);
        auto addStep = [&](Value step, ValueRange acc) {
          SmallVector<Value> next;
          for (int64_t j = 0; j < together; ++j) {
            GroupEmitter::Scope scope(emitter);
            Value lane = createIndex(b, (first + j) * width);
            SmallVector<Point> chunk =
                bind(element, runDims, createAdd(b, createAdd(b, at.start, step), lane));
            llvm::append_range(next,
                               addChunk(steps, chunk, acc.slice(j * perVector, perVector), values));
          }
          return next;
        };
        SmallVector<Value> whole(acc);
        if (straight)
          for (int64_t step = 0, end = *getConstantIntValue(done); step < end; step += numLanes)
            whole = addStep(createIndex(b, step), whole);
        else
          whole = createLoop(b, createIndex(b, 0), done, numLanes, acc, addStep);
        return addRest(steps, element, at, {first, together, done, rest}, whole, values);
      };
      SmallVector<Value> sums;
      if (straight) {
        sums = addRun(at.firstRun, init);
      } else {
        sums = createLoop(b, at.firstRun, at.lastRun, 1, init, [&](Value run, ValueRange acc) {
          GroupEmitter::Scope scope(emitter);
          return addRun(run, acc);
        });
      }
      for (int64_t j = 0; j < together; ++j)
        for (size_t group = 0; group < points.size(); ++group) {
          auto begin = sums.begin() + j * perVector + group * numAcc;
          lanes[group].emplace_back(begin, begin + numAcc);
        }
    }
    return lanes;
  };
  auto foldVectors = [&](Vectors &vectors) {
    for (; vectors.size() > 1; vectors.truncate(vectors.size() / 2))
      for (size_t i = 0, half = vectors.size() / 2; i < half; ++i)
        vectors[i] = steps.fold(vectors[i], vectors[i + half]);
    if (emitter.evensFirst)
      for (Value &value : vectors.front())
        value = emitter.putInOrder(value);
    return vectors.front();
  };
  SmallVector<Vectors> lanes;
  GroupEmitter::InterleavedScope interleaved(emitter, fields);
  if (!straight)
    for (size_t group = 0; group < points.size(); group += groups) {
      firstGroup = group;
      llvm::append_range(lanes, addSegment(points.slice(group, groups)));
    }
  SmallVector<Value> folded =
      foldGroups(steps, 0, points.size(), [&](unsigned group) -> SmallVector<Value> {
        // Written out, one group after the other needs the fewest registers.
        if (straight) {
          firstGroup = group;
          lanes = addSegment(points[group]);
        }
        return foldVectors(lanes[straight ? 0 : group]);
      });
  for (int64_t left = width / points.size(); left > 1; left /= 2)
    folded = foldLanes(b, steps.fold, folded, /*right=*/{}, left);
  if (points.size() == 1)
    for (Value &value : folded)
      value = vector::ExtractOp::create(b, value, 0);
  return folded;
}

SmallVector<Value> OrderedFold::emitGroupedLanes(const FoldSteps &steps, const Point &point,
                                                 const Segment &at, ValueRange values) {
  SmallVector<Value> init;
  for (Value neutral : steps.neutral)
    init.push_back(
        createSplat(b, neutral, VectorType::get({emitter.vector->width}, b.getI1Type())));
  // A run is one chunk.
  SmallVector<Value> lanes =
      createLoop(b, at.firstRun, at.lastRun, 1, init, [&](Value run, ValueRange acc) {
        GroupEmitter::Scope scope(emitter);
        Point element = bind(point, leadingDims, run);
        emitter.emitBound(fields, element);
        return steps.add(acc, bind(element, runDims, createIndex(b, 0)), values, 0);
      });
  return foldNeighbours(emitter, steps, lanes);
}

SmallVector<Value> OrderedFold::foldNeighbours(GroupEmitter &emitter, const FoldSteps &steps,
                                               ValueRange lanes) {
  const VectorDim &vector = *emitter.vector;
  SmallVector<Value> folded(lanes);
  if (!vector.across)
    return folded;
  // Lanes beyond a group's are empty: halves of those add nothing.
  int64_t size = vector.width / vector.groups;
  for (int64_t half = size / 2; half >= 1; half /= 2)
    folded = steps.fold(folded, createShuffle(emitter.b, folded, [&](int64_t lane) {
                          return lane / size * size + (lane % size + half) % size;
                        }));
  return createShuffle(emitter.b, folded, [&](int64_t lane) { return lane / size * size; });
}

//===----------------------------------------------------------------------===//
// Segments
//===----------------------------------------------------------------------===//

SmallVector<Value> OrderedFold::createMerge(ImplicitLocOpBuilder &b, const FoldSteps &steps,
                                            Value number, Value first, ValueRange acc,
                                            ValueRange partial) {
  if (!steps.mergesIntoNothing)
    return steps.merge(acc, partial);
  Value isFirst = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, number, first);
  auto branch = scf::IfOp::create(b, acc.getTypes(), isFirst, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  scf::YieldOp::create(b, partial);
  b.setInsertionPointToStart(branch.elseBlock());
  SmallVector<Value> merged = steps.merge(acc, partial);
  scf::YieldOp::create(b, merged);
  return branch.getResults();
}

SmallVector<Value> OrderedFold::emitSegment(const FoldSteps &steps, Points points, Value runGroup,
                                            Value piece) {
  const Point &point = points.front();
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
  /// From the first elements to the partial; `fold` adds them.
  auto emitBy = [&](bool vectorized, function_ref<SmallVector<Value>(ValueRange values)> fold) {
    SmallVector<Value> values;
    if (steps.begin) {
      SmallVector<Point> first = bind(points, leadingDims, at.firstRun);
      values = steps.begin([&](Value e) { return bind(first, runDims, createAdd(b, at.start, e)); },
                           at.length, vectorized);
    }
    SmallVector<Value> folded = fold(values);
    if (!steps.finish)
      return folded;
    Value count = createMul(b, createSub(b, at.lastRun, at.firstRun), at.length);
    return steps.finish(folded, count, values);
  };
  auto emitPlain = [&] {
    return emitBy(/*vectorized=*/false, [&](ValueRange values) {
      return order.getLanes() > 1 ? emitLanes(steps, point, at, values)
                                  : emitOneLane(steps, point, at, values);
    });
  };
  auto emitVectorized = [&] {
    return emitBy(/*vectorized=*/true,
                  [&](ValueRange values) { return emitVectors(steps, points, at, values); });
  };
  if (isGrouped(emitter.vector, over))
    return emitBy(/*vectorized=*/false,
                  [&](ValueRange values) { return emitGroupedLanes(steps, point, at, values); });
  if (isVectorized(emitter.vector, over, order))
    return emitVectorized();
  Value isPacked = createPacked();
  if (!isPacked) {
    std::optional<GroupEmitter::ScalarScope> scalars;
    if (mayBePacked(emitter.vector, over, order))
      scalars.emplace(emitter);
    return emitPlain();
  }
  auto branch = scf::IfOp::create(b, TypeRange(ValueRange(steps.neutralPartial)), isPacked,
                                  /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(b);
  {
    b.setInsertionPointToStart(branch.thenBlock());
    GroupEmitter::Scope scope(emitter);
    packed = true;
    scf::YieldOp::create(b, emitVectorized());
    packed = false;
  }
  b.setInsertionPointToStart(branch.elseBlock());
  GroupEmitter::Scope scope(emitter);
  GroupEmitter::ScalarScope scalars(emitter);
  scf::YieldOp::create(b, emitPlain());
  return branch.getResults();
}

/// The blocks of a sum by threads, then what they left, from the left: the same sums as in a loop
/// over the blocks.
SmallVector<Value>
OrderedFold::foldInTasks(const FoldSteps &steps, Value numSegments,
                         function_ref<SmallVector<Value>(Value from, Value to)> foldSegments) {
  Value zero = createIndex(b, 0), most = createIndex(b, order.getBlocks());
  Value blockSize = createPow2Ceil(b, createCeilDiv(b, numSegments, most));
  Value numBlocks = createCeilDiv(b, numSegments, blockSize);
  SmallVector<Value> partials;
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(emitter.scratchBlock);
    for (Value neutral : steps.neutralPartial)
      partials.push_back(
          memref::AllocaOp::create(b, MemRefType::get({order.getBlocks()}, neutral.getType())));
  }
  emitter.tasks(numBlocks, [&](Value block) {
    Value from = createMul(b, block, blockSize);
    Value to = arith::MinUIOp::create(b, createAdd(b, from, blockSize), numSegments);
    for (auto [buffer, sum] : llvm::zip(partials, foldSegments(from, to)))
      memref::StoreOp::create(b, sum, buffer, block);
  });
  return createLoop(b, zero, numBlocks, 1, steps.neutralPartial, [&](Value block, ValueRange acc) {
    auto sums = llvm::map_to_vector(
        partials, [&](Value buffer) -> Value { return memref::LoadOp::create(b, buffer, block); });
    return createMerge(b, steps, block, zero, acc, sums);
  });
}

SmallVector<Value> OrderedFold::emit(const FoldSteps &steps, Points points) {
  if (emitter.blocks)
    return emitter.blocks->fold(steps, order, fields);
  if (emitter.team)
    return emitter.team->fold(steps);
  SmallVector<Value> partial = emitSegments(steps, points);
  return steps.end ? steps.end(partial) : partial;
}

SmallVector<Value> OrderedFold::emitSegments(const FoldSteps &steps, Points points) {
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
    return emitSegment(steps, points, zero, zero);

  Value numPieces = pieces ? createCeilDiv(b, runLength, createIndex(b, order.getSegment())) : one;
  Value numGroups = groups ? createCeilDiv(b, numRuns, createIndex(b, order.getRuns())) : one;
  Value numSegments = createMul(b, numGroups, numPieces);
  SmallVector<Value> neutral = steps.neutralPartial;
  if (points.size() > 1)
    for (Value &value : neutral)
      value = createSplat(b, value, VectorType::get({int64_t(points.size())}, b.getI1Type()));
  auto foldSegments = [&](Value from, Value to) -> SmallVector<Value> {
    if (getConstantIntValue(from) == 0 && getConstantIntValue(to) == 1) {
      SmallVector<Value> partial = emitSegment(steps, points, zero, zero);
      return steps.mergesIntoNothing ? partial : steps.merge(neutral, partial);
    }
    return createLoop(b, from, to, 1, neutral, [&](Value number, ValueRange acc) {
      GroupEmitter::Scope scope(emitter);
      Value group = arith::DivUIOp::create(b, number, numPieces);
      Value piece = arith::RemUIOp::create(b, number, numPieces);
      SmallVector<Value> partial = emitSegment(steps, points, group, piece);
      return createMerge(b, steps, number, from, acc, partial);
    });
  };
  if (emitter.tasks && order.getBlocks() && points.size() == 1)
    return foldInTasks(steps, numSegments, foldSegments);
  // Blocks of one segment add nothing but the start, 0 or no elements, which changes no bit.
  std::optional<int64_t> constant = getConstantIntValue(numSegments);
  if (!order.getBlocks() || (constant && *constant <= order.getBlocks()))
    return foldSegments(zero, numSegments);
  Value blockSize =
      createPow2Ceil(b, createCeilDiv(b, numSegments, createIndex(b, order.getBlocks())));
  Value numBlocks = createCeilDiv(b, numSegments, blockSize);
  return createLoop(b, zero, numBlocks, 1, neutral, [&](Value block, ValueRange acc) {
    Value from = createMul(b, block, blockSize);
    Value to = arith::MinUIOp::create(b, createAdd(b, from, blockSize), numSegments);
    return createMerge(b, steps, block, zero, acc, foldSegments(from, to));
  });
}
