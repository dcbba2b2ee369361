//===- ColumnLoops.cpp - groups that are columns, over blocks of threads -------===//
//
// Partials, scalars, results: a kernel for each.
//
//===----------------------------------------------------------------------===//

#include "ColumnLoops.h"
#include "normc/Transforms/Team.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::norm;

/// Threads beside each other: eight that load 16 bytes each take whole lines.
static constexpr int64_t kColumns = 8;
/// Columns whose segments a block merges at once.
static constexpr int64_t kMerged = 4;

static Value createIndex(ImplicitLocOpBuilder &b, int64_t value) {
  return arith::ConstantIndexOp::create(b, value);
}

ColumnLoops::ColumnLoops(GenericOp op, ArrayRef<Value> extents, int64_t access,
                         ImplicitLocOpBuilder &b)
    : op(op), access(access), extents(extents), b(b), order(getTeamOrder(op)),
      dim(getColumnDim(op)), inGroup(op.getDimsWhere(/*inGroup=*/true)) {
  outer = op.getDimsWhere(/*inGroup=*/false);
  llvm::erase(outer, dim);
  needed = findNeeded();
  auto sizesOf = [&](ArrayRef<unsigned> dims) {
    return llvm::map_to_vector(dims, [&](unsigned d) { return extents[d]; });
  };
  numElements = createProduct(b, sizesOf(inGroup));
  numOuter = createProduct(b, sizesOf(outer));
  numSegments = createCeilDiv(b, numElements, createIndex(b, order.getSegment()));
  Value one = createIndex(b, 1);
  for (auto reduce : op.getBody().getOps<ReduceOp>()) {
    // Count, mean, m2, and what the mean was rounded by.
    bool moments = reduce.getKind() == ReduceKind::Moments;
    Type type = norm::getElementType(reduce.getResultTypes().front());
    for (unsigned i = 0; i < (moments ? 4 : reduce.getNumResults()); ++i)
      partials.push_back(allocate(numSegments, type));
  }
  for (Value value : needed)
    scalars.push_back(allocate(one, value.getType()));
}

GPUScheduleAttr ColumnLoops::getSchedule() {
  return getScheduleAttr(b.getContext(), op.getDimName(dim).getValue(),
                         getColumnSchedule(width, order.getLanes(), access));
}

SmallVector<Value> ColumnLoops::findNeeded() {
  llvm::SetVector<Value> found;
  op.getBody().walk([&](MapOp map) {
    map.getBody().walk([&](Operation *inner) {
      for (Value operand : inner->getOperands()) {
        Operation *definition = operand.getDefiningOp();
        if (definition && definition->getBlock() == &op.getBody().front() &&
            isa<FloatType>(operand.getType()) && !matchPattern(operand, m_Constant()))
          found.insert(operand);
      }
    });
  });
  return found.takeVector();
}

Value ColumnLoops::allocate(Value rows, Type element) {
  int64_t columns = op.getStaticExtents()[dim];
  SmallVector<Value> sizes{numOuter, rows};
  if (ShapedType::isDynamic(columns))
    sizes.push_back(extents[dim]);
  auto type = MemRefType::get({ShapedType::kDynamic, ShapedType::kDynamic, columns}, element);
  return memref::AllocOp::create(b, type, sizes);
}

SmallVector<Value> ColumnLoops::getPlace(Value row) { return {outerIndex, row, group[dim]}; }

void ColumnLoops::bindGroup(Value firstColumn) {
  group.assign(op.getNumDims(), Value());
  SmallVector<Value> sizes;
  for (unsigned d : outer)
    sizes.push_back(extents[d]);
  for (auto [d, index] : llvm::zip(outer, createDelinearize(b, outerIndex, sizes)))
    group[d] = index;
  group[dim] = firstColumn;
}

std::optional<VectorDim> ColumnLoops::getVector() {
  if (width == 1)
    return std::nullopt;
  VectorDim vector{Schedule(), dim, /*divides=*/true};
  vector.width = width;
  return vector;
}

Point ColumnLoops::bindElement(Value element) {
  SmallVector<Value> sizes;
  for (unsigned d : inGroup)
    sizes.push_back(extents[d]);
  Point point = group;
  for (auto [d, index] : llvm::zip(inGroup, createDelinearize(b, element, sizes)))
    point[d] = index;
  return point;
}

/// Shared memory has accesses of 16 bytes on every GPU.
static llvm::MaybeAlign getSharedAlignment(Type chunk) {
  auto type = cast<VectorType>(chunk);
  return llvm::MaybeAlign(
      std::min<int64_t>(16, type.getNumElements() * type.getElementTypeBitWidth() / 8));
}

SmallVector<Value> ColumnLoops::load(ArrayRef<Value> buffers, Value row, Type like) {
  SmallVector<Value> values;
  Value at = createMul(b, column, createIndex(b, width));
  for (Value buffer : buffers) {
    if (isa<VectorType>(like))
      values.push_back(vector::LoadOp::create(b, cast<VectorType>(like), buffer,
                                              ValueRange{row, at}, /*nontemporal=*/false,
                                              getSharedAlignment(like)));
    else
      values.push_back(memref::LoadOp::create(b, buffer, ValueRange{row, at}));
  }
  return values;
}

void ColumnLoops::store(ValueRange values, ArrayRef<Value> buffers, Value row) {
  Value at = createMul(b, column, createIndex(b, width));
  for (auto [value, buffer] : llvm::zip(values, buffers)) {
    if (isa<VectorType>(value.getType()))
      vector::StoreOp::create(b, value, buffer, ValueRange{row, at}, /*nontemporal=*/false,
                              getSharedAlignment(value.getType()));
    else
      memref::StoreOp::create(b, value, buffer, ValueRange{row, at});
  }
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

SmallVector<Value>
ColumnLoops::foldLanes(function_ref<SmallVector<Value>(ValueRange, ValueRange)> fold,
                       SmallVector<Value> own, int64_t lanes, int64_t last,
                       SmallVectorImpl<Value> &buffers) {
  for (Value value : own)
    buffers.push_back(
        createShared(b, block, {lanes, kColumns * width}, getElementTypeOrSelf(value.getType())));
  for (int64_t half = lanes / 2; half >= last; half /= 2) {
    Value upper = arith::CmpIOp::create(b, arith::CmpIPredicate::uge, lane, createIndex(b, half));
    Value lower = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, lane, createIndex(b, half));
    Value inside =
        arith::CmpIOp::create(b, arith::CmpIPredicate::ult, lane, createIndex(b, 2 * half));
    createIf(b, *emitter, arith::AndIOp::create(b, upper, inside),
             [&] { store(own, buffers, lane); });
    gpu::BarrierOp::create(b);
    auto branch = scf::IfOp::create(b, ValueRange(own).getTypes(), lower, /*withElseRegion=*/true);
    {
      OpBuilder::InsertionGuard guard(b);
      b.setInsertionPointToStart(branch.elseBlock());
      scf::YieldOp::create(b, own);
      b.setInsertionPointToStart(branch.thenBlock());
      SmallVector<Value> other =
          load(buffers, createAdd(b, lane, createIndex(b, half)), own.front().getType());
      SmallVector<Value> folded = fold(own, other);
      scf::YieldOp::create(b, folded);
    }
    own = llvm::to_vector_of<Value>(branch.getResults());
  }
  return own;
}

std::pair<Value, Value> ColumnLoops::sumShift(function_ref<Value(Value number)> elementAt,
                                              Value count, Type type) {
  Value exists = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, lane, count);
  emitter->guard = exists;
  Value own = elementAt(lane);
  emitter->guard = Value();
  own = arith::SelectOp::create(b, exists, own, createFloat(b, own.getType(), 0.0));
  auto add = [&](ValueRange x, ValueRange y) -> SmallVector<Value> {
    return {arith::AddFOp::create(b, x.front(), y.front()).getResult()};
  };
  SmallVector<Value> buffers;
  own = foldLanes(add, {own}, order.getShift(), /*last=*/2, buffers).front();
  // Lanes 0 and 1 have the two sums; their places are free, since only upper lanes were read.
  Value isFirst = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, lane, createIndex(b, 2));
  createIf(b, *emitter, isFirst, [&] { store(own, buffers, lane); });
  gpu::BarrierOp::create(b);
  return {load(buffers, createIndex(b, 0), own.getType()).front(),
          load(buffers, createIndex(b, 1), own.getType()).front()};
}

SmallVector<Value> ColumnLoops::foldSegment(const FoldSteps &steps) {
  int64_t lanes = order.getLanes(), perLane = order.getSegment() / lanes;
  Value size = createIndex(b, order.getSegment());
  Value start = createMul(b, segment, size);
  Value count = arith::MinUIOp::create(b, createSub(b, numElements, start), size);
  SmallVector<Value> values;
  if (steps.begin)
    values = steps.begin(
        [&](Value number) -> SmallVector<Point> {
          return {bindElement(createAdd(b, start, number))};
        },
        count, /*vectorized=*/false);

  // A few positions at a time, so that their loads are on the way together.
  constexpr int64_t together = 4;
  Value zero = createIndex(b, 0);
  auto shape = VectorType::get({width}, b.getI1Type());
  auto splat = [&](Value value) { return width > 1 ? createSplat(b, value, shape) : value; };
  SmallVector<Value> init;
  for (Value neutral : steps.neutral)
    init.push_back(splat(neutral));
  auto loop = [&](Value step, ValueRange acc) {
    GroupEmitter::Scope scope(*emitter);
    SmallVector<std::pair<Point, Value>> elements;
    for (int64_t i = 0; i < together; ++i) {
      Value number = createAdd(b, createAdd(b, step, lane), createIndex(b, i * lanes));
      Value valid = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, number, count);
      elements.push_back({bindElement(createAdd(b, start, number)), valid});
    }
    for (BlockArgument arg : op.getBody().getArguments())
      if (isa<FieldType>(arg.getType()) && isReduced(op, arg))
        for (auto &[point, valid] : elements) {
          emitter->guard = valid;
          emitter->emit(arg, point);
          emitter->guard = Value();
        }
    SmallVector<Value> sums(acc);
    for (auto &[point, valid] : elements) {
      emitter->guard = valid;
      SmallVector<Value> next = steps.add(sums, point, values, 0);
      emitter->guard = Value();
      for (auto [sum, value] : llvm::zip(sums, next))
        sum = arith::SelectOp::create(b, valid, splat(value), sum);
    }
    return sums;
  };
  SmallVector<Value> acc =
      createLoop(b, zero, createIndex(b, perLane * lanes), together * lanes, init, loop);
  SmallVector<Value> buffers;
  acc = foldLanes(steps.fold, acc, lanes, /*last=*/1, buffers);
  if (steps.finish)
    acc = steps.finish(acc, count, values);
  Value isFirst = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, lane, zero);
  createIf(b, *emitter, createBoth(b, active, isFirst), [&] {
    SmallVector<Value> place = getPlace(segment);
    for (auto [value, buffer] : llvm::zip(acc, partials)) {
      value = splat(value);
      if (width > 1)
        vector::StoreOp::create(b, value, buffer, place, /*nontemporal=*/false,
                                emitter->getAlignment(value.getType()));
      else
        memref::StoreOp::create(b, value, buffer, place);
    }
  });
  // Nobody goes on with these.
  return steps.neutralPartial;
}

SmallVector<Value> ColumnLoops::mergeSegments(const FoldSteps &steps) {
  int64_t blocks = order.getBlocks();
  Value one = createIndex(b, 1);
  Value share = createCeilDiv(b, numSegments, createIndex(b, blocks));
  Value perBlock = arith::MaxUIOp::create(b, createPow2Ceil(b, share), one);
  Value from = arith::MinUIOp::create(b, createMul(b, segment, perBlock), numSegments);
  Value to = arith::MinUIOp::create(b, createAdd(b, from, perBlock), numSegments);
  auto loadAt = [&](Value row) {
    SmallVector<Value> values;
    for (Value buffer : partials)
      values.push_back(memref::LoadOp::create(b, buffer, getPlace(row)));
    return values;
  };
  auto merge = [&](Value number, Value first, ValueRange acc, ValueRange partial) {
    return OrderedFold::createMerge(b, steps, number, first, acc, partial);
  };
  SmallVector<Value> own =
      createLoop(b, from, to, 1, steps.neutralPartial,
                 [&](Value row, ValueRange acc) { return merge(row, from, acc, loadAt(row)); });
  // [columns of the block, blocks of segments]
  SmallVector<Value> buffers;
  for (Value value : own)
    buffers.push_back(createShared(b, block, {kMerged, blocks}, value.getType()));
  for (auto [value, buffer] : llvm::zip(own, buffers))
    memref::StoreOp::create(b, value, buffer, ValueRange{column, segment});
  gpu::BarrierOp::create(b);
  Value used = createCeilDiv(b, numSegments, perBlock), zero = createIndex(b, 0);
  return createLoop(b, zero, used, 1, steps.neutralPartial, [&](Value number, ValueRange acc) {
    SmallVector<Value> partial;
    for (Value buffer : buffers)
      partial.push_back(memref::LoadOp::create(b, buffer, ValueRange{column, number}));
    return merge(number, zero, acc, partial);
  });
}

SmallVector<Value> ColumnLoops::fold(const FoldSteps &steps) {
  SmallVector<Value> total = merges ? mergeSegments(steps) : foldSegment(steps);
  return steps.end ? steps.end(total) : total;
}

//===----------------------------------------------------------------------===//
// Kernels
//===----------------------------------------------------------------------===//

void ColumnLoops::emitPartials() {
  int64_t lanes = order.getLanes(), threads = lanes * kColumns;
  Value perBlock = createIndex(b, kColumns * width);
  Value tiles = createCeilDiv(b, extents[dim], perBlock);
  Value count = createProduct(b, {numOuter, numSegments, tiles});
  createBlocks(b, count, threads, getSchedule(), [&](Value number, Block *body) {
    block = body;
    SmallVector<Value> position = createDelinearize(b, number, {numOuter, numSegments, tiles});
    outerIndex = position[0];
    segment = position[1];
    Value thread = gpu::ThreadIdOp::create(b, gpu::Dimension::x, b.getIndexAttr(threads));
    lane = arith::DivUIOp::create(b, thread, createIndex(b, kColumns));
    column = arith::RemUIOp::create(b, thread, createIndex(b, kColumns));
    Value first = createAdd(b, createMul(b, position[2], perBlock),
                            createMul(b, column, createIndex(b, width)));
    active = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, first, extents[dim]);
    bindGroup(arith::SelectOp::create(b, active, first, createIndex(b, 0)));
    GroupEmitter own(op, extents, getVector(), b, block);
    emitter = &own;
    own.team = this;
    own.access = access;
    merges = false;
    own.emitFirstLoop(group, nullptr);
  });
}

void ColumnLoops::emitScalars() {
  int64_t blocks = order.getBlocks(), threads = blocks * kMerged;
  Value tiles = createCeilDiv(b, extents[dim], createIndex(b, kMerged));
  createBlocks(
      b, createMul(b, numOuter, tiles), threads, getSchedule(), [&](Value number, Block *body) {
        block = body;
        SmallVector<Value> position = createDelinearize(b, number, {numOuter, tiles});
        outerIndex = position[0];
        Value thread = gpu::ThreadIdOp::create(b, gpu::Dimension::x, b.getIndexAttr(threads));
        column = arith::DivUIOp::create(b, thread, createIndex(b, blocks));
        segment = arith::RemUIOp::create(b, thread, createIndex(b, blocks));
        Value first = createAdd(b, createMul(b, position[1], createIndex(b, kMerged)), column);
        active = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, first, extents[dim]);
        bindGroup(arith::SelectOp::create(b, active, first, createIndex(b, 0)));
        GroupEmitter own(op, extents, std::nullopt, b, block);
        emitter = &own;
        own.team = this;
        own.access = access;
        merges = true;
        own.emitScalars(group);
        Value isFirst =
            arith::CmpIOp::create(b, arith::CmpIPredicate::eq, segment, createIndex(b, 0));
        createIf(b, own, createBoth(b, active, isFirst), [&] {
          for (auto [value, buffer] : llvm::zip(needed, scalars))
            memref::StoreOp::create(b, own.emit(value, group), buffer, getPlace(createIndex(b, 0)));
          // Inputs may be where results are: all are read before.
          SmallVector<std::pair<unsigned, Value>> results;
          for (auto [i, value] : llvm::enumerate(op.getYield().getValues()))
            if (!isa<FieldType>(value.getType()))
              results.push_back({op.getInputs().size() + i, own.emit(value, group)});
          for (auto [operand, value] : results)
            own.store(value, own.getBuffer(operand), operand, own.getIndices(operand, group));
        });
      });
}

void ColumnLoops::emitResults() {
  Value chunks = createCeilDiv(b, extents[dim], createIndex(b, width));
  Value count = createProduct(b, {numOuter, numElements, chunks});
  createThreads(b, count, getSchedule(), [&](Value number, Block *body) {
    block = body;
    SmallVector<Value> position = createDelinearize(b, number, {numOuter, numElements, chunks});
    outerIndex = position[0];
    bindGroup(createMul(b, position[2], createIndex(b, width)));
    GroupEmitter own(op, extents, getVector(), b, block);
    emitter = &own;
    own.team = this;
    own.access = access;
    for (auto [value, buffer] : llvm::zip(needed, scalars)) {
      SmallVector<Value> place = getPlace(createIndex(b, 0));
      Value known;
      if (width > 1) {
        auto type = VectorType::get({width}, value.getType());
        known = vector::LoadOp::create(b, type, buffer, place, /*nontemporal=*/false,
                                       own.getAlignment(type));
      } else {
        known = memref::LoadOp::create(b, buffer, place);
      }
      own.remember(value, group, known);
    }
    Point point = bindElement(position[1]);
    SmallVector<std::pair<unsigned, Value>> results;
    for (auto [i, value] : llvm::enumerate(op.getYield().getValues()))
      if (isa<FieldType>(value.getType()))
        results.push_back({op.getInputs().size() + i, own.emit(value, point)});
    for (auto [operand, value] : results)
      own.store(value, own.getBuffer(operand), operand, own.getIndices(operand, point));
  });
}

void ColumnLoops::run(int64_t columnsOfThread) {
  width = columnsOfThread;
  emitPartials();
  emitScalars();
  bool hasFields = llvm::any_of(op.getYield().getValues(),
                                [](Value value) { return isa<FieldType>(value.getType()); });
  if (hasFields)
    emitResults();
}
