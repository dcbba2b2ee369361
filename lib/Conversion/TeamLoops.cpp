//===- TeamLoops.cpp - the program of a group, by threads together ----------===//
//
// Nothing here branches around a shuffle or a barrier: threads without a group or an element
// compute what others do, and only what they would add or store is left out.
//
//===----------------------------------------------------------------------===//

#include "TeamLoops.h"
#include "normc/Transforms/Team.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::norm;

static constexpr int64_t kWarp = 32;
/// The blocks of a sum whose group is read again, each folded by one warp.
static constexpr int64_t kBlocks = 64;

static Value createIndex(ImplicitLocOpBuilder &b, int64_t value) {
  return arith::ConstantIndexOp::create(b, value);
}

TeamLoops::TeamLoops(GenericOp op, const GPUSchedule &schedule, ArrayRef<Value> extents,
                     ImplicitLocOpBuilder &b)
    : op(op), schedule(schedule), extents(extents), b(b), order(getTeamOrder(op)),
      dim(getTeamDim(op)), inGroup(op.getDimsWhere(/*inGroup=*/true)) {
  warps = std::max<int64_t>(1, schedule.threads / kWarp);
  unitsPerSegment = order.getSegment() / order.getLanes();
}

Value TeamLoops::both(Value x, Value y) {
  if (!x || !y)
    return x ? x : y;
  return arith::AndIOp::create(b, x, y);
}

void TeamLoops::createIf(Value condition, function_ref<void()> body) {
  if (!condition)
    return body();
  auto branch = scf::IfOp::create(b, condition, /*withElseRegion=*/false);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  GroupEmitter::Scope scope(*emitter);
  body();
}

TeamLoops::Unit TeamLoops::getUnit(Value number, std::optional<int64_t> lastNumber) {
  Unit unit;
  int64_t size = order.getUnit();
  Value first = createMul(b, number, createIndex(b, size));
  bool all = staticElements && lastNumber && (*lastNumber + 1) * size <= *staticElements;
  SmallVector<Value> sizes;
  for (unsigned d : inGroup)
    sizes.push_back(extents[d]);
  for (int64_t i = 0; i < size; i += schedule.width) {
    Value element = createAdd(b, first, createIndex(b, i)), valid;
    if (!all)
      valid = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, element, numElements);
    Point point = group;
    for (auto [d, index] : llvm::zip(inGroup, createDelinearize(b, element, sizes)))
      point[d] = index;
    unit.points.push_back(point);
    unit.valid.push_back(valid);
  }
  return unit;
}

SmallVector<TeamLoops::Unit> TeamLoops::getSegmentUnits(Value segment,
                                                        std::optional<int64_t> lastSegment) {
  SmallVector<Unit> units;
  int64_t threads = std::min(schedule.threads, kWarp);
  int64_t count = schedule.units ? std::min(schedule.units, unitsPerSegment) : unitsPerSegment;
  Value first = createAdd(b, createMul(b, segment, createIndex(b, unitsPerSegment * kWarp)), lane);
  for (int64_t j = 0; j < count; ++j) {
    std::optional<int64_t> last;
    if (lastSegment)
      last = *lastSegment * unitsPerSegment * kWarp + j * kWarp + threads - 1;
    units.push_back(getUnit(createAdd(b, first, createIndex(b, j * kWarp)), last));
  }
  return units;
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

/// What another thread of the warp has, 32 bits at a time.
static Value createShuffleXor(ImplicitLocOpBuilder &b, Value value, int64_t distance) {
  Type type = value.getType();
  unsigned bits = type.getIntOrFloatBitWidth();
  auto integer = [&](unsigned width) { return b.getIntegerType(width); };
  if (bits == 32)
    return gpu::ShuffleOp::create(b, value, int32_t(distance), int32_t(kWarp),
                                  gpu::ShuffleMode::XOR)
        .getShuffleResult();
  if (isa<FloatType>(type)) {
    Value raw = arith::BitcastOp::create(b, integer(bits), value);
    return arith::BitcastOp::create(b, type, createShuffleXor(b, raw, distance));
  }
  if (bits < 32) {
    Value wide = arith::ExtUIOp::create(b, integer(32), value);
    return arith::TruncIOp::create(b, type, createShuffleXor(b, wide, distance));
  }
  Value half = arith::ConstantOp::create(b, b.getIntegerAttr(type, 32));
  Value low = arith::TruncIOp::create(b, integer(32), value);
  Value high =
      arith::TruncIOp::create(b, integer(32), arith::ShRUIOp::create(b, value, half).getResult());
  low = arith::ExtUIOp::create(b, type, createShuffleXor(b, low, distance));
  high = arith::ExtUIOp::create(b, type, createShuffleXor(b, high, distance));
  return arith::OrIOp::create(b, low, arith::ShLIOp::create(b, high, half).getResult());
}

SmallVector<Value> TeamLoops::foldWarp(const FoldSteps &steps, SmallVector<Value> own) {
  for (int64_t distance = std::min(schedule.threads, kWarp) / 2; distance > 0; distance /= 2) {
    SmallVector<Value> other;
    for (Value value : own)
      other.push_back(createShuffleXor(b, value, distance));
    own = steps.fold(own, other);
  }
  return own;
}

SmallVector<Value> TeamLoops::foldSegment(const FoldSteps &steps, ArrayRef<Unit> units) {
  int64_t size = order.getUnit();
  auto shape = VectorType::get({schedule.width}, b.getI1Type());
  SmallVector<SmallVector<Value>> pieces(size / schedule.width);
  for (SmallVector<Value> &acc : pieces)
    for (Value neutral : steps.neutral)
      acc.push_back(schedule.width > 1 ? createSplat(b, neutral, shape) : neutral);
  for (const Unit &unit : units)
    for (auto [acc, point, valid] : llvm::zip(pieces, unit.points, unit.valid)) {
      emitter->guard = valid;
      SmallVector<Value> next = steps.add(acc, point, {}, 0);
      emitter->guard = Value();
      for (auto [value, sum] : llvm::zip(acc, next)) {
        if (schedule.width > 1)
          sum = createSplat(b, sum, shape);
        value = valid ? arith::SelectOp::create(b, valid, sum, value).getResult() : sum;
      }
    }
  // Lanes that are neighbours are a thread's own: they are folded first.
  SmallVector<SmallVector<Value>> lanes;
  for (const SmallVector<Value> &acc : pieces)
    for (int64_t i = 0; i < schedule.width; ++i) {
      SmallVector<Value> &own = lanes.emplace_back();
      for (Value value : acc)
        own.push_back(schedule.width > 1 ? vector::ExtractOp::create(b, value, i).getResult()
                                         : value);
    }
  for (int64_t half = size / 2; half > 0; half /= 2)
    for (int64_t i = 0; i < half; ++i)
      lanes[i] = steps.fold(lanes[i], lanes[i + half]);
  return foldWarp(steps, lanes.front());
}

SmallVector<Value> TeamLoops::exchange(const FoldSteps &steps, int64_t numSlots,
                                       ArrayRef<std::pair<Value, SmallVector<Value>>> partials) {
  auto space = gpu::AddressSpaceAttr::get(b.getContext(), gpu::AddressSpace::Workgroup);
  SmallVector<Value> buffers;
  for (Value neutral : steps.neutralPartial) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(block);
    auto type = MemRefType::get({schedule.groups, numSlots}, neutral.getType(),
                                MemRefLayoutAttrInterface(), space);
    buffers.push_back(memref::AllocaOp::create(b, type));
  }
  Value isFirst = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, lane, createIndex(b, 0));
  createIf(isFirst, [&] {
    for (const auto &[slot, partial] : partials)
      for (auto [value, buffer] : llvm::zip(partial, buffers))
        memref::StoreOp::create(b, value, buffer, ValueRange{team, slot});
  });
  gpu::BarrierOp::create(b);
  SmallVector<Value> total(steps.neutralPartial);
  for (int64_t i = 0; i < numSlots; ++i) {
    SmallVector<Value> partial;
    for (Value buffer : buffers)
      partial.push_back(memref::LoadOp::create(b, buffer, ValueRange{team, createIndex(b, i)}));
    total = steps.merge(total, partial);
  }
  return total;
}

SmallVector<Value> TeamLoops::foldResident(const FoldSteps &steps) {
  int64_t perWarp = std::max<int64_t>(1, schedule.units / unitsPerSegment);
  size_t count = resident.size() / perWarp;
  SmallVector<std::pair<Value, SmallVector<Value>>> partials;
  for (int64_t i = 0; i < perWarp; ++i) {
    Value slot = createAdd(b, warp, createIndex(b, i * warps));
    partials.push_back({slot, foldSegment(steps, ArrayRef(resident).slice(i * count, count))});
  }
  if (warps > 1)
    return exchange(steps, perWarp * warps, partials);
  SmallVector<Value> total(steps.neutralPartial);
  for (const auto &[slot, partial] : partials)
    total = steps.merge(total, partial);
  return total;
}

SmallVector<Value> TeamLoops::foldAgain(const FoldSteps &steps) {
  Value one = createIndex(b, 1);
  Value numSegments = createCeilDiv(b, numElements, createIndex(b, order.getSegment()));
  Value share = createCeilDiv(b, numSegments, createIndex(b, kBlocks));
  Value perBlock = arith::MaxUIOp::create(b, createPow2Ceil(b, share), one);
  SmallVector<std::pair<Value, SmallVector<Value>>> partials;
  for (int64_t i = 0; i < kBlocks / warps; ++i) {
    Value number = createAdd(b, warp, createIndex(b, i * warps));
    Value from = createMul(b, number, perBlock);
    Value to = arith::MinUIOp::create(b, createAdd(b, from, perBlock), numSegments);
    SmallVector<Value> sum =
        createLoop(b, from, to, 1, steps.neutralPartial, [&](Value segment, ValueRange acc) {
          GroupEmitter::Scope scope(*emitter);
          return steps.merge(acc, foldSegment(steps, getSegmentUnits(segment, std::nullopt)));
        });
    partials.push_back({number, sum});
  }
  return exchange(steps, kBlocks, partials);
}

SmallVector<Value> TeamLoops::fold(const FoldSteps &steps) {
  SmallVector<Value> total = schedule.units ? foldResident(steps) : foldAgain(steps);
  return steps.end ? steps.end(total) : total;
}

//===----------------------------------------------------------------------===//
// Results
//===----------------------------------------------------------------------===//

void TeamLoops::storeScalars() {
  Value isFirst = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, thread, createIndex(b, 0));
  for (auto [i, value] : llvm::enumerate(op.getYield().getValues())) {
    unsigned operand = op.getInputs().size() + i;
    if (!op.getAccessDims(operand, /*inGroup=*/true).empty())
      continue;
    Value scalar = emitter->emit(value, group);
    createIf(both(active, isFirst), [&] {
      emitter->store(scalar, emitter->getBuffer(operand), operand,
                     emitter->getIndices(operand, group));
    });
  }
}

void TeamLoops::storeUnit(const Unit &unit) {
  for (auto [at, valid] : llvm::zip(unit.points, unit.valid))
    createIf(both(active, valid), [&, at = at] {
      SmallVector<std::pair<unsigned, Value>> results;
      for (auto [i, value] : llvm::enumerate(op.getYield().getValues())) {
        unsigned operand = op.getInputs().size() + i;
        if (!op.getAccessDims(operand, /*inGroup=*/true).empty())
          results.push_back({operand, emitter->emit(value, at)});
      }
      for (auto [operand, value] : results)
        emitter->store(value, emitter->getBuffer(operand), operand,
                       emitter->getIndices(operand, at));
    });
}

void TeamLoops::run() {
  SmallVector<Value> sizes;
  for (unsigned d : inGroup)
    sizes.push_back(extents[d]);
  numElements = createProduct(b, sizes);
  staticElements = getConstantIntValue(numElements);
  SmallVector<unsigned> groupDims = op.getDimsWhere(/*inGroup=*/false);
  SmallVector<Value> counts;
  for (unsigned d : groupDims)
    counts.push_back(extents[d]);
  Value numGroups = createProduct(b, counts);
  Value numBlocks = createCeilDiv(b, numGroups, createIndex(b, schedule.groups));

  auto mapping =
      b.getArrayAttr(gpu::GPUBlockMappingAttr::get(b.getContext(), gpu::MappingId::DimX));
  auto blocks =
      scf::ForallOp::create(b, SmallVector<OpFoldResult>{numBlocks}, ValueRange(), mapping);
  blocks->setAttr(kThreadsAttr, b.getI64IntegerAttr(schedule.threads * schedule.groups));
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPoint(blocks.getBody()->getTerminator());
  block = blocks.getBody();

  int64_t blockThreads = schedule.threads * schedule.groups;
  Value number = gpu::ThreadIdOp::create(b, gpu::Dimension::x, b.getIndexAttr(blockThreads));
  Value index = blocks.getInductionVar(0);
  thread = number;
  team = createIndex(b, 0);
  if (schedule.groups > 1) {
    Value threads = createIndex(b, schedule.threads);
    team = arith::DivUIOp::create(b, number, threads);
    thread = arith::RemUIOp::create(b, number, threads);
    index = createAdd(b, createMul(b, index, createIndex(b, schedule.groups)), team);
    active = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, index, numGroups);
    index = arith::SelectOp::create(b, active, index, createIndex(b, 0));
  }
  lane = thread;
  warp = createIndex(b, 0);
  if (warps > 1) {
    Value threads = createIndex(b, kWarp);
    warp = arith::DivUIOp::create(b, thread, threads);
    lane = arith::RemUIOp::create(b, thread, threads);
  }

  group.resize(op.getNumDims());
  for (auto [d, position] : llvm::zip(groupDims, createDelinearize(b, index, counts)))
    group[d] = position;
  std::optional<VectorDim> vector;
  if (schedule.width > 1) {
    vector.emplace(VectorDim{Schedule(), dim, /*divides=*/true});
    vector->width = schedule.width;
  }
  GroupEmitter own(op, extents, vector, b, block);
  emitter = &own;
  own.team = this;

  // Everything that is kept is asked for before anything is computed.
  int64_t perWarp = std::max<int64_t>(1, schedule.units / unitsPerSegment);
  for (int64_t i = 0; schedule.units && i < perWarp; ++i)
    llvm::append_range(resident, getSegmentUnits(createAdd(b, warp, createIndex(b, i * warps)),
                                                 (i + 1) * warps - 1));
  for (BlockArgument arg : op.getBody().getArguments())
    if (isa<FieldType>(arg.getType()) && isReduced(op, arg))
      for (const Unit &unit : resident)
        for (auto [point, valid] : llvm::zip(unit.points, unit.valid)) {
          own.guard = valid;
          own.emit(arg, point);
          own.guard = Value();
        }

  own.emitScalars(group);
  storeScalars();
  for (const Unit &unit : resident)
    storeUnit(unit);
  if (schedule.units)
    return;
  Value numUnits = createCeilDiv(b, numElements, createIndex(b, order.getUnit()));
  auto loop = scf::ForOp::create(b, thread, numUnits, createIndex(b, schedule.threads));
  b.setInsertionPointToStart(loop.getBody());
  GroupEmitter::Scope scope(own);
  storeUnit(getUnit(loop.getInductionVar(), std::nullopt));
}
