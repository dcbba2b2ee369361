//===- LaneBlocks.cpp - groups that are lanes, several chunks at a time ---===//
//
// The loops of a block: sums by segments of rows, scalars of groups, results.
//
//===----------------------------------------------------------------------===//

#include "LaneBlocks.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::norm;

/// Rows that share the loads and stores of sums and scalars.
static constexpr int64_t kRowsTogether = 4;

static SmallVector<unsigned> getRowDims(GenericOp op, const VectorDim &vector) {
  SmallVector<unsigned> dims = op.getDimsWhere(/*inGroup=*/true);
  if (vector.across || vector.mixedDim)
    llvm::erase(dims, vector.dim);
  return dims;
}

LaneBlocks::LaneBlocks(GroupEmitter &emitter, ImplicitLocOpBuilder &b, Block *scratchBlock,
                       Point point, Value first, Value size, int64_t capacity)
    : emitter(emitter), b(b), scratchBlock(scratchBlock), point(point), first(first), size(size),
      capacity(capacity) {
  const VectorDim &vector = *emitter.getVector();
  laneDim = vector.across ? *vector.across : vector.dim;
  if (isMixed()) {
    // Lanes count elements of a position, from the first of group 0 on.
    groupSize = emitter.getExtent(vector.dim);
    firstGroup = first;
    numGroups = size;
    this->first = createMul(b, first, groupSize);
    this->size = createMul(b, size, groupSize);
    this->point[*vector.mixedDim] = emitter.getConstant(0);
    // The last group's lanes are read and written in whole vectors, and all that an order has.
    int64_t most = vector.width;
    for (auto reduce : emitter.getOp().getBody().getOps<ReduceOp>())
      most = std::max(most, reduce.getOrder().getLanes());
    this->capacity += most;
  }
  rowDims = getRowDims(emitter.getOp(), vector);
  numRows = createProduct(
      b, llvm::map_to_vector(rowDims, [&](unsigned dim) { return emitter.getExtent(dim); }));
}

static Value createIndex(ImplicitLocOpBuilder &b, int64_t value) {
  return arith::ConstantIndexOp::create(b, value);
}

LaneBlocks::Buffers LaneBlocks::createBuffers(ValueRange like) {
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(scratchBlock);
  Buffers buffers;
  for (Value value : like) {
    auto type = MemRefType::get({capacity}, getElementTypeOrSelf(value.getType()));
    buffers.push_back(memref::AllocaOp::create(b, type, b.getI64IntegerAttr(64)));
  }
  return buffers;
}

SmallVector<Value> LaneBlocks::load(ArrayRef<Value> buffers, Value slot) {
  return llvm::map_to_vector(buffers, [&](Value buffer) -> Value {
    auto type = VectorType::get({emitter.getVector()->width}, getElementTypeOrSelf(buffer));
    return vector::LoadOp::create(b, type, buffer, slot);
  });
}

void LaneBlocks::store(ValueRange values, ArrayRef<Value> buffers, Value slot) {
  auto type = VectorType::get({emitter.getVector()->width}, b.getI1Type());
  for (auto [value, buffer] : llvm::zip(values, buffers))
    vector::StoreOp::create(b, createSplat(b, value, type), buffer, slot);
}

void LaneBlocks::forGroups(function_ref<void(const Point &, Value)> body) {
  unsigned dim = *emitter.getVector()->mixedDim;
  createLoop(b, createIndex(b, 0), numGroups, 1, {}, [&](Value index, ValueRange) {
    GroupEmitter::Scope scope(emitter);
    Point at = point;
    at[dim] = createAdd(b, firstGroup, index);
    Value slot = createMul(b, index, groupSize);
    for (auto [value, buffer] : known)
      emitter.remember(value, at, loadAt(buffer, slot).front());
    body(at, slot);
    return SmallVector<Value>();
  });
}

SmallVector<Value> LaneBlocks::loadAt(ArrayRef<Value> buffers, Value slot) {
  return llvm::map_to_vector(
      buffers, [&](Value buffer) -> Value { return memref::LoadOp::create(b, buffer, slot); });
}

void LaneBlocks::storeAt(ValueRange values, ArrayRef<Value> buffers, Value slot) {
  for (auto [value, buffer] : llvm::zip(values, buffers))
    memref::StoreOp::create(b, value, buffer, slot);
}

void LaneBlocks::broadcast(ValueRange values, ArrayRef<Value> buffers, Value slot) {
  // Whole vectors: what they write of the next group comes later.
  createLoop(b, createIndex(b, 0), groupSize, emitter.getVector()->width, {},
             [&](Value lane, ValueRange) {
               store(values, buffers, createAdd(b, slot, lane));
               return SmallVector<Value>();
             });
}

SmallVector<Value> LaneBlocks::foldGroup(const FoldSteps &steps, OrderAttr order,
                                         ArrayRef<Value> lanes, Value slot) {
  int64_t count = order.getLanes();
  if (std::optional<int64_t> known = getConstantIntValue(groupSize))
    count = std::min<int64_t>(count, llvm::PowerOf2Ceil(*known));
  int64_t width = std::min(count, emitter.getVector()->width);
  auto maskType = VectorType::get({width}, b.getI1Type());
  SmallVector<SmallVector<Value>> vectors;
  for (int64_t lane = 0; lane < count; lane += width) {
    // Lanes behind the group's are empty.
    Value from = createIndex(b, lane);
    Value left = arith::SubIOp::create(b, arith::MaxUIOp::create(b, groupSize, from), from);
    left = arith::MinUIOp::create(b, left, createIndex(b, width));
    Value mask = vector::CreateMaskOp::create(b, maskType, left);
    vectors.emplace_back();
    for (auto [buffer, neutral] : llvm::zip(lanes, steps.neutral)) {
      auto type = VectorType::get({width}, getElementTypeOrSelf(buffer));
      Value loaded = vector::LoadOp::create(b, type, buffer, createAdd(b, slot, from));
      vectors.back().push_back(
          arith::SelectOp::create(b, mask, loaded, createSplat(b, neutral, type)));
    }
  }
  for (; vectors.size() > 1; vectors.truncate(vectors.size() / 2))
    for (size_t i = 0, half = vectors.size() / 2; i < half; ++i)
      vectors[i] = steps.fold(vectors[i], vectors[i + half]);
  SmallVector<Value> folded = vectors.front();
  for (int64_t half = width / 2; half >= 1; half /= 2)
    folded = steps.fold(
        folded, createShuffle(b, folded, [&](int64_t lane) { return (lane + half) % width; }));
  for (Value &value : folded)
    value = vector::ExtractOp::create(b, value, 0);
  return folded;
}

void LaneBlocks::forChunks(function_ref<void(const Point &, Value)> body) {
  const VectorDim &vector = *emitter.getVector();
  int64_t step = vector.across ? vector.groups : vector.width;
  auto emitChunk = [&](Value index) {
    GroupEmitter::Scope scope(emitter);
    Point at = point;
    at[laneDim] = createAdd(b, first, index);
    Value slot = createMul(b, index, createIndex(b, vector.width / step));
    for (auto [value, buffer] : known) {
      Value chunk = load(buffer, slot).front();
      emitter.remember(value, at, emitter.evensFirst ? emitter.putEvensFirst(chunk) : chunk);
    }
    body(at, slot);
  };
  Value rest = b.createOrFold<arith::RemUIOp>(size, createIndex(b, step));
  bool divides = vector.across || vector.divides;
  if (isMixed()) {
    // Blocks are whole chunks if all groups together are.
    std::optional<int64_t> length = getConstantIntValue(groupSize),
                           count = getConstantIntValue(emitter.getExtent(*vector.mixedDim));
    divides = length && count && *length * *count % vector.width == 0;
  }
  Value whole = divides ? size : createSub(b, size, rest);
  createLoop(b, createIndex(b, 0), whole, step, {}, [&](Value index, ValueRange) {
    emitChunk(index);
    return SmallVector<Value>();
  });
  if (divides)
    return;
  Value any = arith::CmpIOp::create(b, arith::CmpIPredicate::ne, rest, createIndex(b, 0));
  auto branch = scf::IfOp::create(b, any, /*withElseRegion=*/false);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  auto type = VectorType::get({vector.width}, b.getI1Type());
  GroupEmitter::MaskScope masked(emitter, vector::CreateMaskOp::create(b, type, rest));
  emitChunk(whole);
}

Point LaneBlocks::bindRow(const Point &point, Value row) {
  auto sizes = llvm::map_to_vector(rowDims, [&](unsigned dim) { return emitter.getExtent(dim); });
  SmallVector<Point> bound{point};
  for (auto [dim, index] : llvm::zip(rowDims, createDelinearize(b, row, sizes)))
    bound = emitter.bind(bound, dim, index);
  const VectorDim &vector = *emitter.getVector();
  if (vector.across)
    bound = emitter.bind(bound, vector.dim, emitter.getConstant(0));
  return bound.front();
}

void LaneBlocks::forRows(Value from, Value to, int64_t together,
                         function_ref<void(ArrayRef<Point> rows, Value slot)> body) {
  auto emitRows = [&](Value begin, Value end, int64_t step) {
    createLoop(b, begin, end, step, {}, [&](Value row, ValueRange) -> SmallVector<Value> {
      forChunks([&](const Point &at, Value slot) {
        SmallVector<Point> rows;
        for (int64_t i = 0; i < step; ++i)
          rows.push_back(bindRow(at, createAdd(b, row, createIndex(b, i))));
        body(rows, slot);
      });
      return {};
    });
  };
  Value count = createSub(b, to, from);
  Value rest = b.createOrFold<arith::RemUIOp>(count, createIndex(b, together));
  Value middle = createSub(b, to, rest);
  emitRows(from, middle, together);
  if (together > 1)
    emitRows(middle, to, 1);
}

SmallVector<Value> LaneBlocks::fold(const FoldSteps &steps, OrderAttr order,
                                    ArrayRef<Value> fields) {
  // Rows of a segment: elements of the one run, or runs of a chunk each.
  bool positions = emitter.getVector()->across || isMixed();
  int64_t rows = positions ? order.getRuns() : order.getSegment();
  Value zero = createIndex(b, 0), one = createIndex(b, 1);
  Value numSegments = rows ? createCeilDiv(b, numRows, createIndex(b, rows)) : one;
  Value blockSize = numSegments, numBlocks = one;
  if (order.getBlocks()) {
    blockSize = createPow2Ceil(b, createCeilDiv(b, numSegments, createIndex(b, order.getBlocks())));
    numBlocks = createCeilDiv(b, numSegments, blockSize);
  }
  // Elements of bf16 are added as they lie in words, the even ones first, and so do their lanes and
  // shifts lie in their buffers.
  bool evensFirst;
  {
    GroupEmitter::InterleavedScope interleaved(emitter, fields);
    evensFirst = emitter.evensFirst && !isMixed();
  }
  auto loadInOrder = [&](ArrayRef<Value> buffers, Value slot) {
    SmallVector<Value> chunks = load(buffers, slot);
    if (evensFirst)
      for (Value &chunk : chunks)
        chunk = emitter.putInOrder(chunk);
    return chunks;
  };
  Buffers lanes = createBuffers(steps.neutral), totals = createBuffers(steps.neutralPartial);
  Buffers blocks = createBuffers(steps.neutralPartial), values;
  auto fill = [&](ValueRange numbers, ArrayRef<Value> buffers) {
    forChunks([&](const Point &, Value slot) { store(numbers, buffers, slot); });
  };
  auto merge = [&](Value number, Value first, Value slot, ArrayRef<Value> into,
                   ValueRange partial) {
    store(OrderedFold::createMerge(b, steps, number, first, load(into, slot), partial), into, slot);
  };

  fill(steps.neutralPartial, totals);
  createLoop(b, zero, numBlocks, 1, {}, [&](Value block, ValueRange) -> SmallVector<Value> {
    fill(steps.neutralPartial, blocks);
    Value begin = createMul(b, block, blockSize);
    Value end = arith::MinUIOp::create(b, createAdd(b, begin, blockSize), numSegments);
    createLoop(b, begin, end, 1, {}, [&](Value segment, ValueRange) -> SmallVector<Value> {
      Value size = rows ? createIndex(b, rows) : numRows;
      Value from = createMul(b, segment, size);
      Value count = arith::MinUIOp::create(b, createSub(b, numRows, from), size);
      if (steps.begin && isMixed())
        forGroups([&](const Point &at, Value slot) {
          SmallVector<Value> begun = steps.begin(
              [&](Value e) { return emitter.bind(bindRow(at, from), emitter.getVector()->dim, e); },
              groupSize, /*vectorized=*/true);
          if (values.empty())
            values = createBuffers(begun);
          broadcast(begun, values, slot);
        });
      forChunks([&](const Point &at, Value slot) {
        store(steps.neutral, lanes, slot);
        if (!steps.begin || isMixed())
          return;
        // A run is a row of one chunk, or all rows.
        bool across = emitter.getVector()->across.has_value();
        Value length =
            across ? createIndex(b, emitter.getVector()->width / emitter.getVector()->groups)
                   : count;
        SmallVector<Value> begun = steps.begin(
            [&](Value e) -> SmallVector<Point> {
              return {bindRow(at, across ? from : createAdd(b, from, e))};
            },
            length, /*vectorized=*/false);
        if (values.empty())
          values = createBuffers(begun);
        if (evensFirst)
          for (Value &value : begun)
            value = emitter.putEvensFirst(value);
        store(begun, values, slot);
      });
      std::optional<GroupEmitter::InterleavedScope> interleaved;
      if (evensFirst)
        interleaved.emplace(emitter, fields);
      forRows(from, createAdd(b, from, count), kRowsTogether,
              [&](ArrayRef<Point> rows, Value slot) {
                SmallVector<Value> acc = load(lanes, slot), own = load(values, slot);
                for (const Point &row : rows) {
                  emitter.emitBound(fields, row);
                  acc = steps.add(acc, row, own, 0);
                }
                store(acc, lanes, slot);
              });
      interleaved.reset();
      if (isMixed()) {
        forGroups([&](const Point &, Value slot) {
          SmallVector<Value> partial = foldGroup(steps, order, lanes, slot);
          if (steps.finish)
            partial = steps.finish(partial, createMul(b, count, groupSize), loadAt(values, slot));
          storeAt(steps.merge(loadAt(blocks, slot), partial), blocks, slot);
        });
        return {};
      }
      forChunks([&](const Point &, Value slot) {
        SmallVector<Value> partial =
            OrderedFold::foldNeighbours(emitter, steps, loadInOrder(lanes, slot));
        Value elements = count;
        if (emitter.getVector()->across)
          elements = createMul(
              b, count, createIndex(b, emitter.getVector()->width / emitter.getVector()->groups));
        if (steps.finish)
          partial = steps.finish(partial, elements, loadInOrder(values, slot));
        merge(segment, begin, slot, blocks, partial);
      });
      return {};
    });
    if (isMixed())
      forGroups([&](const Point &, Value slot) {
        storeAt(steps.merge(loadAt(totals, slot), loadAt(blocks, slot)), totals, slot);
      });
    else
      forChunks(
          [&](const Point &, Value slot) { merge(block, zero, slot, totals, load(blocks, slot)); });
    return {};
  });
  auto end = [&](ValueRange partial) {
    return steps.end ? steps.end(partial) : SmallVector<Value>(partial);
  };
  Buffers results = totals;
  if (isMixed()) {
    results = createBuffers(steps.neutralPartial);
    forGroups(
        [&](const Point &, Value slot) { broadcast(end(loadAt(totals, slot)), results, slot); });
  } else if (steps.end) {
    forChunks([&](const Point &, Value slot) { store(end(load(totals, slot)), results, slot); });
  }
  return results;
}

/// Whether a value is made of a reduction that is not known yet.
bool LaneBlocks::needsPending(Value value) {
  if (isa<BlockArgument>(value) ||
      llvm::any_of(known, [&](const auto &entry) { return entry.first == value; }))
    return false;
  Operation *definition = value.getDefiningOp();
  if (isa<ReduceOp>(definition))
    return true;
  bool pending = llvm::any_of(definition->getOperands(), [&](Value v) { return needsPending(v); });
  definition->walk([&](Operation *nested) {
    for (Value operand : nested->getOperands())
      if (operand.getParentBlock() == definition->getBlock())
        pending |= needsPending(operand);
  });
  return pending;
}

void LaneBlocks::loadGroups() {
  GenericOp op = emitter.getOp();
  unsigned dim = *emitter.getVector()->mixedDim;
  for (BlockArgument arg : op.getBody().getArguments()) {
    if (isa<FieldType>(arg.getType()) ||
        !llvm::is_contained(op.getAccessDims(arg.getArgNumber(), /*inGroup=*/false), dim))
      continue;
    Buffers buffers;
    forGroups([&](const Point &at, Value slot) {
      Value value;
      {
        GroupEmitter::ScalarScope scalars(emitter);
        value = emitter.emit(arg, at);
      }
      buffers = createBuffers(value);
      broadcast(value, buffers, slot);
    });
    known.push_back({arg, buffers.front()});
  }
}

/// Emits the scalars of every group that can be known by now.
void LaneBlocks::emitScalars(bool last, function_ref<void(const Point &, bool)> store) {
  SmallVector<std::pair<Value, Value>> found;
  forChunks([&](const Point &at, Value slot) {
    // The loop over whole chunks comes first; the rest finds the buffers made.
    size_t number = 0;
    for (Operation &inner : emitter.getOp().getBody().front().without_terminator()) {
      if (isa<MapOp, ReduceOp, FlipOp>(inner))
        continue;
      for (Value result : inner.getResults()) {
        if (needsPending(result) ||
            llvm::any_of(known, [&](const auto &entry) { return entry.first == result; }))
          continue;
        Value value = emitter.emit(result, at);
        auto type = dyn_cast<VectorType>(value.getType());
        if (!type || !type.getElementType().isIntOrFloat() || type.getElementType().isInteger(1))
          continue;
        if (number == found.size())
          found.push_back({result, createBuffers(value).front()});
        this->store(value, found[number++].second, slot);
      }
    }
    if (last && !isMixed())
      store(at, /*isRow=*/false);
  });
  llvm::append_range(known, found);
  if (last && isMixed())
    forGroups([&](const Point &at, Value) {
      GroupEmitter::ScalarScope scalars(emitter);
      store(at, /*isRow=*/false);
    });
}

void LaneBlocks::emit(function_ref<void(function_ref<void(bool streams)>)> choose,
                      function_ref<void(const Point &, bool isRow)> store) {
  GroupEmitter::Scope scope(emitter);
  emitter.blocks = this;
  if (isMixed())
    loadGroups();
  SmallVector<ReduceOp> pending(emitter.getOp().getBody().getOps<ReduceOp>());
  while (!pending.empty()) {
    // Those over the same elements in the same order share a loop.
    ReduceOp first = pending.front();
    SmallVector<ReduceOp> together{first};
    if (first.getKind() != ReduceKind::Moments)
      for (ReduceOp other : ArrayRef(pending).drop_front())
        if (other.getKind() != ReduceKind::Moments && other.getOrder() == first.getOrder() &&
            llvm::none_of(other.getInputs(), [&](Value input) { return needsPending(input); }))
          together.push_back(other);
    SmallVector<Value> buffers = first.getKind() == ReduceKind::Moments
                                     ? emitter.emitMoments(first, point)
                                     : emitter.emitCombined(together, point);
    size_t number = 0;
    for (ReduceOp reduce : together) {
      for (Value result : reduce.getResults())
        known.push_back({result, buffers[number++]});
      llvm::erase(pending, reduce);
    }
    emitScalars(pending.empty(), store);
  }
  choose([&](bool streams) {
    emitter.streams = streams;
    // Memory is written fastest in one stream.
    forRows(createIndex(b, 0), numRows, streams ? 1 : kRowsTogether,
            [&](ArrayRef<Point> rows, Value) {
              for (const Point &row : rows)
                store(row, /*isRow=*/true);
            });
    emitter.streams = false;
  });
  emitter.blocks = nullptr;
}
