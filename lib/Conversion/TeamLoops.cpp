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
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
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
                     Accumulators *sums, ImplicitLocOpBuilder &b)
    : op(op), schedule(schedule), extents(extents), sums(sums), b(b), order(getTeamOrder(op)),
      dim(getTeamDim(op)), inGroup(op.getDimsWhere(/*inGroup=*/true)) {
  warps = std::max<int64_t>(1, schedule.threads / kWarp);
  unitsPerSegment = order.getSegment() / order.getLanes();
}

Point TeamLoops::at(const Piece &piece) {
  Point point = group;
  for (auto [d, index] : llvm::zip(inGroup, piece.indices))
    point[d] = index;
  return point;
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
    unit.push_back({createDelinearize(b, element, sizes), valid});
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

SmallVector<Value> TeamLoops::addUnit(const FoldSteps &steps, const Unit &unit, ValueRange acc,
                                      ValueRange segment) {
  auto shape = VectorType::get({schedule.width}, b.getI1Type());
  size_t numAcc = steps.neutral.size();
  SmallVector<Value> next;
  for (const Piece &piece : unit) {
    ValueRange before = acc.slice(next.size(), numAcc);
    emitter->guard = piece.valid;
    SmallVector<Value> sums = steps.add(before, at(piece), segment, 0);
    emitter->guard = Value();
    for (auto [value, sum] : llvm::zip(before, sums)) {
      if (schedule.width > 1)
        sum = createSplat(b, sum, shape);
      next.push_back(piece.valid ? arith::SelectOp::create(b, piece.valid, sum, value).getResult()
                                 : sum);
    }
  }
  return next;
}

Value TeamLoops::countElements(Value segment) {
  Value size = createIndex(b, order.getSegment());
  Value start = createMul(b, segment, size);
  // Of a segment behind the end there are none.
  start = arith::MinUIOp::create(b, start, numElements);
  return arith::MinUIOp::create(b, createSub(b, numElements, start), size);
}

SmallVector<Value> TeamLoops::beginSegment(const FoldSteps &steps, Value segment) {
  if (!steps.begin)
    return {};
  Value start = createMul(b, segment, createIndex(b, order.getSegment()));
  SmallVector<Value> sizes;
  for (unsigned d : inGroup)
    sizes.push_back(extents[d]);
  auto elementAt = [&](Value number) -> SmallVector<Point> {
    Piece piece{createDelinearize(b, createAdd(b, start, number), sizes), Value()};
    return {at(piece)};
  };
  return steps.begin(elementAt, countElements(segment), /*vectorized=*/false);
}

SmallVector<Value> TeamLoops::finishSegment(const FoldSteps &steps, Value segment,
                                            ValueRange values, SmallVector<Value> lanes) {
  return steps.finish ? steps.finish(lanes, countElements(segment), values) : lanes;
}

std::pair<Value, Value> TeamLoops::sumShift(function_ref<Value(Value number)> elementAt,
                                            Value count, Type type) {
  GroupEmitter::ScalarScope scalars(*emitter);
  Value exists = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, lane, count);
  emitter->guard = exists;
  Value sum = elementAt(lane);
  emitter->guard = Value();
  sum = arith::SelectOp::create(b, exists, sum, createFloat(b, type, 0.0));
  for (int64_t distance = kWarp / 2; distance > 1; distance /= 2)
    sum = arith::AddFOp::create(b, sum, createShuffleXor(b, sum, distance));
  Value other = createShuffleXor(b, sum, 1);
  Value bit = arith::AndIOp::create(b, lane, createIndex(b, 1));
  Value isEven = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, bit, createIndex(b, 0));
  return {arith::SelectOp::create(b, isEven, sum, other),
          arith::SelectOp::create(b, isEven, other, sum)};
}

SmallVector<Value> TeamLoops::createNeutral(const FoldSteps &steps) {
  auto shape = VectorType::get({schedule.width}, b.getI1Type());
  SmallVector<Value> acc;
  for (int64_t i = 0; i < order.getUnit(); i += schedule.width)
    for (Value neutral : steps.neutral)
      acc.push_back(schedule.width > 1 ? createSplat(b, neutral, shape) : neutral);
  return acc;
}

SmallVector<Value> TeamLoops::foldLanes(const FoldSteps &steps, ValueRange acc) {
  // Lanes that are neighbours are a thread's own: they are folded first.
  int64_t size = order.getUnit();
  size_t numAcc = steps.neutral.size();
  SmallVector<SmallVector<Value>> lanes;
  for (int64_t piece = 0; piece < size / schedule.width; ++piece)
    for (int64_t i = 0; i < schedule.width; ++i) {
      SmallVector<Value> &own = lanes.emplace_back();
      for (Value value : acc.slice(piece * numAcc, numAcc))
        own.push_back(schedule.width > 1 ? vector::ExtractOp::create(b, value, i).getResult()
                                         : value);
    }
  for (int64_t half = size / 2; half > 0; half /= 2)
    for (int64_t i = 0; i < half; ++i)
      lanes[i] = steps.fold(lanes[i], lanes[i + half]);
  return foldWarp(steps, lanes.front());
}

TeamLoops::Slots TeamLoops::createSlots(const FoldSteps &steps, int64_t count) {
  Slots slots{count, Value(), team, {}};
  for (Value neutral : steps.neutralPartial) {
    Type type = neutral.getType();
    // Blocks send each other words.
    if (cluster && type.getIntOrFloatBitWidth() < 32)
      type = b.getI32Type();
    slots.buffers.push_back(
        createShared(b, block, {schedule.groups * (phase ? 2 : 1), count}, type));
  }
  // Of two groups one after the other the sums are in two places: the barrier of the second says
  // that all have read those of the first.
  if (phase)
    slots.row = createAdd(b, team, createMul(b, phase, createIndex(b, schedule.groups)));
  return slots;
}

void TeamLoops::put(const Slots &slots, Value slot, ValueRange partial) {
  Value isFirst = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, lane, createIndex(b, 0));
  createIf(b, *emitter, isFirst, [&] {
    for (auto [value, buffer] : llvm::zip(partial, slots.buffers))
      memref::StoreOp::create(b, value, buffer, ValueRange{slots.row, slot});
  });
}

SmallVector<Value> TeamLoops::merge(const FoldSteps &steps, const Slots &slots) {
  gpu::BarrierOp::create(b);
  return mergeSlots(steps, slots);
}

SmallVector<Value> TeamLoops::mergeSlots(const FoldSteps &steps, const Slots &slots) {
  SmallVector<Value> total(steps.neutralPartial);
  for (int64_t i = 0; i < slots.count; ++i) {
    SmallVector<Value> partial;
    for (auto [buffer, neutral] : llvm::zip(slots.buffers, steps.neutralPartial)) {
      Value value = memref::LoadOp::create(b, buffer, ValueRange{slots.row, createIndex(b, i)});
      Type type = neutral.getType();
      if (value.getType() != type) {
        Type narrow = b.getIntegerType(type.getIntOrFloatBitWidth());
        value = arith::BitcastOp::create(b, type,
                                         arith::TruncIOp::create(b, narrow, value).getResult());
      }
      partial.push_back(value);
    }
    SmallVector<Value> merged = steps.merge(total, partial);
    // Moments of nothing would be multiplied by what may be infinite.
    if (slots.used && i > 0) {
      Value isUsed =
          arith::CmpIOp::create(b, arith::CmpIPredicate::ult, createIndex(b, i), slots.used);
      for (auto [sum, before] : llvm::zip(merged, total))
        sum = arith::SelectOp::create(b, isUsed, sum, before);
    }
    total = merged;
  }
  return total;
}

Value TeamLoops::createPerBlock(Value numSegments) {
  Value share = createCeilDiv(b, numSegments, createIndex(b, kBlocks));
  return arith::MaxUIOp::create(b, createPow2Ceil(b, share), createIndex(b, 1));
}

/// Every warp has segments that follow each other: whole blocks, so that it folds them by itself.
SmallVector<Value> TeamLoops::foldCluster(const FoldSteps &steps) {
  int64_t perWarp = schedule.units / unitsPerSegment;
  int64_t numSegments = schedule.cluster * warps * perWarp;
  size_t count = resident.size() / perWarp;
  Value zero = createIndex(b, 0), one = createIndex(b, 1);
  std::optional<int64_t> perBlock, known;
  if (staticElements) {
    int64_t used = llvm::divideCeil(*staticElements, order.getSegment());
    perBlock = llvm::PowerOf2Ceil(llvm::divideCeil(used, kBlocks));
    known = llvm::divideCeil(used, *perBlock);
  } else if (numSegments <= kBlocks) {
    perBlock = 1;
  }
  Value used = createCeilDiv(b, numElements, createIndex(b, order.getSegment()));
  Value size = perBlock ? createIndex(b, *perBlock) : createPerBlock(used);
  // A power of two, at most as large as what a warp has.
  auto divide = [&](Value number) -> Value {
    if (perBlock)
      return arith::DivUIOp::create(b, number, size);
    Value shift = zero;
    for (int64_t larger = 2; larger <= perWarp; larger *= 2) {
      Value isLarger =
          arith::CmpIOp::create(b, arith::CmpIPredicate::uge, size, createIndex(b, larger));
      shift = createAdd(b, shift, arith::IndexCastUIOp::create(b, b.getIndexType(), isLarger));
    }
    return arith::ShRUIOp::create(b, number, shift);
  };
  Value numBlocks =
      known ? createIndex(b, *known) : divide(createAdd(b, used, createSub(b, size, one)));
  Slots slots = createSlots(steps, known.value_or(std::min(kBlocks, numSegments)));
  if (!known)
    slots.used = numBlocks;

  int64_t bytes = 0;
  for (Value neutral : steps.neutralPartial)
    bytes += std::max<int64_t>(4, neutral.getType().getIntOrFloatBitWidth() / 8);
  Value barrier = cluster->createBarrier();
  Value isFirst = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, thread, zero);
  createIf(b, *emitter, isFirst,
           [&] { cluster->expect(barrier, createMul(b, numBlocks, createIndex(b, bytes))); });
  Value first = createMul(b, createAdd(b, createMul(b, rank, createIndex(b, warps)), warp),
                          createIndex(b, perWarp));
  Value sends =
      arith::CmpIOp::create(b, arith::CmpIPredicate::ult, lane, createIndex(b, schedule.cluster));
  SmallVector<Value> total(steps.neutralPartial);
  for (int64_t i = 0; i < perWarp; ++i) {
    SmallVector<Value> acc = createNeutral(steps);
    for (const Unit &unit : ArrayRef(resident).slice(i * count, count))
      acc = addUnit(steps, unit, acc);
    total = steps.merge(total, foldLanes(steps, acc));
    Value next = createIndex(b, i + 1), isLast;
    if (perBlock && (i + 1) % *perBlock != 0)
      continue;
    if (!perBlock) {
      Value rest = arith::AndIOp::create(b, next, createSub(b, size, one));
      isLast = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, rest, zero);
    }
    Value slot = divide(createAdd(b, first, createIndex(b, i)));
    Value isUsed;
    if (!known || *known * *perBlock < numSegments)
      isUsed = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, slot, numBlocks);
    // A lane for each block of the cluster.
    createIf(b, *emitter, createBoth(b, createBoth(b, sends, isUsed), isLast), [&] {
      for (auto [value, buffer] : llvm::zip(total, slots.buffers))
        cluster->send(value, buffer, {slots.row, slot}, barrier, lane);
    });
    for (auto [sum, neutral] : llvm::zip(total, steps.neutralPartial))
      sum = isLast ? arith::SelectOp::create(b, isLast, neutral, sum).getResult() : neutral;
  }
  cluster->await(barrier, parity ? parity : zero);
  return mergeSlots(steps, slots);
}

SmallVector<Value> TeamLoops::foldResident(const FoldSteps &steps) {
  int64_t perWarp = std::max<int64_t>(1, schedule.units / unitsPerSegment);
  size_t count = resident.size() / perWarp;
  std::optional<Slots> slots;
  if (warps > 1)
    slots = createSlots(steps, perWarp * warps);
  SmallVector<Value> total(steps.neutralPartial);
  for (int64_t i = 0; i < perWarp; ++i) {
    SmallVector<Value> acc = createNeutral(steps);
    for (const Unit &unit : ArrayRef(resident).slice(i * count, count))
      acc = addUnit(steps, unit, acc);
    SmallVector<Value> partial = foldLanes(steps, acc);
    if (slots)
      put(*slots, createAdd(b, warp, createIndex(b, i * warps)), partial);
    else
      total = steps.merge(total, partial);
  }
  return slots ? merge(steps, *slots) : total;
}

SmallVector<Value> TeamLoops::foldAgain(const FoldSteps &steps) {
  Value zero = createIndex(b, 0);
  Value numSegments = createCeilDiv(b, numElements, createIndex(b, order.getSegment()));
  Value perBlock = createPerBlock(numSegments);
  Slots slots = createSlots(steps, kBlocks);
  if (steps.mergesIntoNothing)
    slots.used = createCeilDiv(b, numSegments, perBlock);
  auto foldSegment = [&](Value segment) -> SmallVector<Value> {
    SmallVector<Value> values = beginSegment(steps, segment);
    // Where every element has an address of its own, a unit at a time.
    if (schedule.width > 1 && inGroup.size() == 1) {
      SmallVector<Value> acc = createNeutral(steps);
      for (const Unit &unit : getSegmentUnits(segment, std::nullopt))
        acc = addUnit(steps, unit, acc, values);
      return finishSegment(steps, segment, values, foldLanes(steps, acc));
    }
    Value first =
        createAdd(b, createMul(b, segment, createIndex(b, unitsPerSegment * kWarp)), lane);
    SmallVector<Value> acc =
        createLoop(b, zero, createIndex(b, unitsPerSegment), 1, createNeutral(steps),
                   [&](Value j, ValueRange acc) {
                     GroupEmitter::Scope scope(*emitter);
                     Value number = createAdd(b, first, createMul(b, j, createIndex(b, kWarp)));
                     return addUnit(steps, getUnit(number, std::nullopt), acc, values);
                   });
    return finishSegment(steps, segment, values, foldLanes(steps, acc));
  };
  // A warp folds every block of segments whose number is its own, or one of the next.
  createLoop(b, zero, createIndex(b, kBlocks / warps), 1, {},
             [&](Value i, ValueRange) -> SmallVector<Value> {
               GroupEmitter::Scope scope(*emitter);
               Value number = createAdd(b, warp, createMul(b, i, createIndex(b, warps)));
               Value from = createMul(b, number, perBlock);
               Value to = arith::MinUIOp::create(b, createAdd(b, from, perBlock), numSegments);
               SmallVector<Value> sum = createLoop(b, from, to, 1, steps.neutralPartial,
                                                   [&](Value segment, ValueRange acc) {
                                                     GroupEmitter::Scope scope(*emitter);
                                                     return steps.merge(acc, foldSegment(segment));
                                                   });
               put(slots, number, sum);
               return {};
             });
  return merge(steps, slots);
}

SmallVector<Value> TeamLoops::fold(const FoldSteps &steps) {
  repack();
  SmallVector<Value> total = cluster          ? foldCluster(steps)
                             : schedule.units ? foldResident(steps)
                                              : foldAgain(steps);
  return steps.end ? steps.end(total) : total;
}

//===----------------------------------------------------------------------===//
// Results
//===----------------------------------------------------------------------===//

Value TeamLoops::createIsFirst() {
  Value number = rank ? arith::OrIOp::create(b, thread, rank).getResult() : thread;
  return arith::CmpIOp::create(b, arith::CmpIPredicate::eq, number, createIndex(b, 0));
}

void TeamLoops::storeScalars() {
  Value isFirst = createIsFirst();
  for (auto [i, value] : llvm::enumerate(op.getYield().getValues())) {
    unsigned operand = op.getInputs().size() + i;
    if (op.getAccOrder(i) || !op.getAccessDims(operand, /*inGroup=*/true).empty())
      continue;
    Value scalar = emitter->emit(value, group);
    createIf(b, *emitter, createBoth(b, active, isFirst), [&] {
      emitter->store(scalar, emitter->getBuffer(operand), operand,
                     emitter->getIndices(operand, group));
    });
  }
}

void TeamLoops::storeUnit(const Unit &unit) {
  for (const Piece &piece : unit)
    createIf(b, *emitter, createBoth(b, active, piece.valid), [&] {
      Point point = at(piece);
      SmallVector<std::pair<unsigned, Value>> results;
      for (auto [i, value] : llvm::enumerate(op.getYield().getValues())) {
        unsigned operand = op.getInputs().size() + i;
        if (!op.getAccessDims(operand, /*inGroup=*/true).empty())
          results.push_back({operand, emitter->emit(value, point)});
      }
      for (auto [operand, value] : results)
        emitter->store(value, emitter->getBuffer(operand), operand,
                       emitter->getIndices(operand, point));
    });
}

/// Everything that is kept is asked for before anything is computed.
void TeamLoops::loadResident() {
  for (BlockArgument arg : op.getBody().getArguments())
    if (isa<FieldType>(arg.getType()) && isReduced(op, arg))
      for (const Unit &unit : resident)
        for (const Piece &piece : unit) {
          // A team without a group reads nothing: the last block of short rows would read one of
          // them several times.
          emitter->guard = createBoth(b, active, piece.valid);
          // Their addresses are computed apart, and sums leave no registers for that.
          emitter->once = !sums && isCopied(op, arg);
          emitter->emit(arg, at(piece));
          emitter->once = false;
          emitter->guard = Value();
        }
  isRead = false;
}

void TeamLoops::copyResident(Value exists) {
  Value own = createAdd(b, createMul(b, team, createIndex(b, schedule.threads)), thread);
  Value zero = createIndex(b, 0);
  for (auto [arg, buffer] : copies) {
    unsigned operand = arg.getArgNumber();
    Value source = emitter->getBuffer(operand);
    int64_t bytes = norm::getElementType(arg.getType()).getIntOrFloatBitWidth() / 8;
    for (auto [number, unit] : llvm::enumerate(resident)) {
      const Piece &piece = unit.front();
      Value from = createAddress(b, source, emitter->getIndices(operand, at(piece)));
      Value to = createAddress(b, buffer, {createIndex(b, number), own, zero});
      // Of an element that is not there nothing is read, and there are zeros.
      constexpr int64_t most = 16;
      Value size, valid = createBoth(b, exists, piece.valid);
      if (valid)
        size = arith::SelectOp::create(b, valid, createI32(b, most), createI32(b, 0));
      for (int64_t i = 0; i < schedule.width * bytes; i += most) {
        Value offset = createIndex(b, i);
        NVVM::CpAsyncOp::create(
            b, createPointer(b, createAdd(b, to, offset), /*shared=*/true),
            createPointer(b, createAdd(b, from, offset), /*shared=*/false),
            b.getI32IntegerAttr(most),
            NVVM::LoadCacheModifierKindAttr::get(b.getContext(), NVVM::LoadCacheModifierKind::CG),
            size);
      }
    }
  }
  NVVM::CpAsyncCommitGroupOp::create(b);
}

void TeamLoops::takeResident() {
  NVVM::CpAsyncWaitGroupOp::create(b, b.getI32IntegerAttr(0));
  Value own = createAdd(b, createMul(b, team, createIndex(b, schedule.threads)), thread);
  for (auto [arg, buffer] : copies)
    for (auto [number, unit] : llvm::enumerate(resident)) {
      auto type = VectorType::get({schedule.width}, norm::getElementType(arg.getType()));
      Value chunk = vector::LoadOp::create(
          b, type, buffer, ValueRange{createIndex(b, number), own, createIndex(b, 0)},
          /*nontemporal=*/false, llvm::MaybeAlign(16));
      emitter->remember(arg, at(unit.front()), chunk);
    }
}

/// The same bits, of which nothing is known: what was computed of them is not that of these.
static Value createOpaque(ImplicitLocOpBuilder &b, Value chunk) {
  auto type = cast<VectorType>(chunk.getType());
  auto words =
      VectorType::get({type.getNumElements() * type.getElementTypeBitWidth() / 32}, b.getI32Type());
  Value all = vector::BitCastOp::create(b, words, chunk);
  for (int64_t i = 0; i < words.getNumElements(); ++i) {
    Value word = vector::ExtractOp::create(b, all, i);
    word = LLVM::InlineAsmOp::create(b, word.getType(), word, "", "=r,0", /*has_side_effects=*/true,
                                     /*is_align_stack=*/false, LLVM::TailCallKind::None,
                                     LLVM::AsmDialectAttr(), ArrayAttr())
               .getRes();
    all = vector::InsertOp::create(b, word, all, i);
  }
  return vector::BitCastOp::create(b, type, all);
}

void TeamLoops::repack() {
  constexpr int64_t many = 32;
  if (!std::exchange(isRead, true) || int64_t(resident.size()) * order.getUnit() < many)
    return;
  for (auto map : op.getBody().getOps<MapOp>()) {
    Value narrow = getWidened(map.getResult(0));
    if (!narrow)
      continue;
    SmallVector<std::pair<Point, Value>> chunks;
    for (const Unit &unit : resident)
      for (const Piece &piece : unit) {
        const GroupEmitter::Known *known = emitter->find(narrow, at(piece));
        Value chunk = known ? known->emitted : Value();
        auto type = chunk ? dyn_cast<VectorType>(chunk.getType()) : VectorType();
        if (type && type.getElementTypeBitWidth() <= 16 &&
            type.getNumElements() * type.getElementTypeBitWidth() % 32 == 0)
          chunks.push_back({at(piece), createOpaque(b, chunk)});
      }
    if (chunks.empty())
      continue;
    emitter->forget(narrow);
    emitter->forget(map.getResult(0));
    for (auto &[point, chunk] : chunks)
      emitter->remember(narrow, point, chunk);
  }
}

SmallVector<Value> TeamLoops::accumulateScalars(ValueRange acc) {
  SmallVector<Value> next;
  for (unsigned output : sums->outputs) {
    if (isField(output))
      continue;
    Value before = acc[next.size()], value = op.getYield().getValues()[output];
    Value sum = createAccumulate(b, before, emitter->emit(value, group), isProduct(value));
    next.push_back(active ? arith::SelectOp::create(b, active, sum, before).getResult() : sum);
  }
  return next;
}

SmallVector<Value> TeamLoops::accumulate(ValueRange acc) {
  SmallVector<Value> next;
  auto yielded = op.getYield().getValues();
  for (const Unit &unit : resident)
    for (const Piece &piece : unit) {
      Point point = at(piece);
      emitter->guard = piece.valid;
      SmallVector<std::pair<unsigned, Value>> results;
      for (auto [i, value] : llvm::enumerate(yielded)) {
        unsigned operand = op.getInputs().size() + i;
        if (op.getAccOrder(i)) {
          if (!isField(i))
            continue;
          Value before = acc[next.size()];
          Value sum = createAccumulate(b, before, emitter->emit(value, point), isProduct(value));
          Value counts = createBoth(b, active, piece.valid);
          next.push_back(counts ? arith::SelectOp::create(b, counts, sum, before).getResult()
                                : sum);
        } else if (!op.getAccessDims(operand, /*inGroup=*/true).empty()) {
          results.push_back({operand, emitter->emit(value, point)});
        }
      }
      emitter->guard = Value();
      createIf(b, *emitter, createBoth(b, active, piece.valid), [&] {
        for (auto [operand, value] : results)
          emitter->store(value, emitter->getBuffer(operand), operand,
                         emitter->getIndices(operand, point));
      });
    }
  return next;
}

void TeamLoops::accumulateUnit(const Unit &unit, Value number, Value isMore) {
  for (const Piece &piece : unit)
    createIf(b, *emitter, createBoth(b, active, piece.valid), [&] {
      Point point = at(piece);
      SmallVector<std::pair<unsigned, Value>> results;
      for (auto [i, value] : llvm::enumerate(op.getYield().getValues())) {
        unsigned operand = op.getInputs().size() + i;
        if (!op.getAccessDims(operand, /*inGroup=*/true).empty())
          results.push_back({operand, emitter->emit(value, point)});
      }
      for (auto [operand, value] : results) {
        unsigned output = operand - op.getInputs().size();
        SmallVector<Value> indices = emitter->getIndices(operand, point);
        if (!op.getAccOrder(output)) {
          emitter->store(value, emitter->getBuffer(operand), operand, indices);
          continue;
        }
        indices.insert(indices.begin(), number);
        emitter->guard = isMore;
        Value before = emitter->load(sums->partials[output], operand, indices);
        emitter->guard = Value();
        Value sum =
            createAccumulate(b, before, value, isProduct(op.getYield().getValues()[output]));
        emitter->store(sum, sums->partials[output], operand, indices);
      }
    });
}

void TeamLoops::emitRows(Value number, Point kept) {
  Value exists = active, zero = createIndex(b, 0), one = createIndex(b, 1);
  Value from = createMul(b, number, sums->blockSize);
  Value count = sums->blockSize;
  // Teams that share a warp take as many turns as each other, since all of its threads shuffle.
  bool alone = schedule.threads >= kWarp;
  if (alone)
    count = createSub(b, arith::MinUIOp::create(b, createAdd(b, from, sums->blockSize), sums->rows),
                      from);
  // One for each result that is a scalar, then those of the fields' pieces.
  SmallVector<Value> init;
  SmallVector<unsigned> fields, scalars;
  for (unsigned output : sums->outputs)
    (isField(output) ? fields : scalars).push_back(output);
  auto neutralOf = [&](unsigned output) {
    return createFloat(b, getElementTypeOrSelf(sums->partials[output].getType()), 0.0);
  };
  for (unsigned output : scalars)
    init.push_back(neutralOf(output));
  auto shape = VectorType::get({schedule.width}, b.getI1Type());
  for (const Unit &unit : resident)
    for (size_t i = 0; i < unit.size(); ++i)
      for (unsigned output : fields)
        init.push_back(schedule.width > 1 ? createSplat(b, neutralOf(output), shape)
                                          : neutralOf(output));
  SmallVector<Value> sizes;
  for (unsigned d : sums->dropped)
    sizes.push_back(extents[d]);
  auto setRow = [&](Value row) {
    group = kept;
    for (auto [d, index] : llvm::zip(sums->dropped, createDelinearize(b, row, sizes)))
      group[d] = index;
  };
  if (schedule.ahead) {
    for (BlockArgument arg : op.getBody().getArguments())
      if (isCopied(op, arg))
        copies.push_back(
            {arg, createShared(b, block,
                               {int64_t(resident.size()), schedule.threads * schedule.groups,
                                schedule.width},
                               norm::getElementType(arg.getType()), /*alignment=*/16)});
    Value some = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, from, sums->rows);
    setRow(arith::SelectOp::create(b, some, from, zero));
    copyResident(createBoth(b, exists, some));
  }
  SmallVector<Value> acc = createLoop(b, zero, count, 1, init, [&](Value i, ValueRange acc) {
    GroupEmitter::Scope scope(*emitter);
    Value row = createAdd(b, from, i);
    active = exists;
    if (!alone) {
      Value inside = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, row, sums->rows);
      active = createBoth(b, exists, inside);
      row = arith::SelectOp::create(b, inside, row, zero);
    }
    (cluster ? parity : phase) = arith::AndIOp::create(b, i, one);
    setRow(row);
    if (!copies.empty()) {
      takeResident();
      // What is computed until then hides the way of the next row.
      Value next = createAdd(b, i, one);
      Value isMore = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, next, count);
      Value nextRow = createAdd(b, from, next);
      isMore = createBoth(b, isMore,
                          arith::CmpIOp::create(b, arith::CmpIPredicate::ult, nextRow, sums->rows));
      setRow(arith::SelectOp::create(b, isMore, nextRow, row));
      copyResident(createBoth(b, exists, isMore));
      setRow(row);
    }
    loadResident();
    // Other blocks have read what they were sent for the row before.
    if (cluster)
      cluster->wait();
    emitter->emitScalars(group);
    if (cluster)
      cluster->arrive();
    storeScalars();
    SmallVector<Value> next = accumulateScalars(acc.take_front(scalars.size()));
    if (schedule.units) {
      repack();
      llvm::append_range(next, accumulate(acc.drop_front(scalars.size())));
      return next;
    }
    Value isMore = arith::CmpIOp::create(b, arith::CmpIPredicate::ne, i, zero);
    forUnits([&](const Unit &unit) { accumulateUnit(unit, number, isMore); });
    return next;
  });
  if (cluster)
    cluster->wait();
  active = exists;
  group = kept;
  auto storeSums = [&](ArrayRef<unsigned> outputs, ArrayRef<Value> own, const Point &point) {
    for (auto [output, sum] : llvm::zip(outputs, own)) {
      unsigned operand = op.getInputs().size() + output;
      SmallVector<Value> indices = emitter->getIndices(operand, point);
      indices.insert(indices.begin(), number);
      emitter->store(sum, sums->partials[output], operand, indices);
    }
  };
  ArrayRef<Value> rest = ArrayRef(acc).drop_front(scalars.size());
  if (!scalars.empty()) {
    createIf(b, *emitter, createBoth(b, active, createIsFirst()),
             [&] { storeSums(scalars, ArrayRef(acc).take_front(scalars.size()), kept); });
  }
  for (const Unit &unit : resident)
    for (const Piece &piece : unit) {
      ArrayRef<Value> own = rest.take_front(fields.size());
      rest = rest.drop_front(own.size());
      createIf(b, *emitter, createBoth(b, active, piece.valid),
               [&] { storeSums(fields, own, at(piece)); });
    }
}

void TeamLoops::run() {
  SmallVector<Value> sizes;
  for (unsigned d : inGroup)
    sizes.push_back(extents[d]);
  numElements = createProduct(b, sizes);
  staticElements = getConstantIntValue(numElements);
  // Groups, or blocks of those that are summed over.
  SmallVector<unsigned> groupDims = op.getDimsWhere(/*inGroup=*/false);
  SmallVector<Value> counts;
  if (sums) {
    counts.push_back(sums->numBlocks);
    llvm::erase_if(groupDims, [&](unsigned d) { return llvm::is_contained(sums->dropped, d); });
  }
  for (unsigned d : groupDims)
    counts.push_back(extents[d]);
  Value numTeams = createProduct(b, counts);
  Value numBlocks = createCeilDiv(b, numTeams, createIndex(b, schedule.groups));
  numBlocks = createMul(b, numBlocks, createIndex(b, schedule.cluster));

  auto attribute = getScheduleAttr(b.getContext(), op.getDimName(dim).getValue(), schedule);
  createBlocks(b, numBlocks, schedule.threads * schedule.groups, schedule.cluster, attribute,
               [&](Value number, Block *body) {
                 block = body;
                 emitBlock(number, counts, groupDims, numTeams);
               });
}

void TeamLoops::emitBlock(Value index, ArrayRef<Value> counts, ArrayRef<unsigned> groupDims,
                          Value numTeams) {
  int64_t blockThreads = schedule.threads * schedule.groups;
  thread = gpu::ThreadIdOp::create(b, gpu::Dimension::x, b.getIndexAttr(blockThreads));
  team = createIndex(b, 0);
  if (schedule.groups > 1) {
    Value threads = createIndex(b, schedule.threads);
    team = arith::DivUIOp::create(b, thread, threads);
    thread = arith::RemUIOp::create(b, thread, threads);
    index = createAdd(b, createMul(b, index, createIndex(b, schedule.groups)), team);
    std::optional<int64_t> known = getConstantIntValue(numTeams);
    if (!known || *known % schedule.groups != 0) {
      active = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, index, numTeams);
      index = arith::SelectOp::create(b, active, index, createIndex(b, 0));
    }
  }
  if (schedule.cluster > 1) {
    Value size = createIndex(b, schedule.cluster);
    rank = arith::RemUIOp::create(b, index, size);
    index = arith::DivUIOp::create(b, index, size);
    cluster.emplace(b, block,
                    arith::CmpIOp::create(b, arith::CmpIPredicate::eq, thread, createIndex(b, 0)));
  }
  lane = thread;
  warp = createIndex(b, 0);
  if (warps > 1) {
    Value threads = createIndex(b, kWarp);
    warp = arith::DivUIOp::create(b, thread, threads);
    lane = arith::RemUIOp::create(b, thread, threads);
  }
  SmallVector<Value> position = createDelinearize(b, index, counts);
  Value number = sums ? position.front() : Value();
  group.resize(op.getNumDims());
  for (auto [d, at] : llvm::zip(groupDims, ArrayRef(position).drop_front(sums ? 1 : 0)))
    group[d] = at;

  std::optional<VectorDim> vector;
  if (schedule.width > 1) {
    vector.emplace(VectorDim{Schedule(), dim, /*divides=*/true});
    vector->width = schedule.width;
  }
  GroupEmitter own(op, extents, vector, b, block);
  emitter = &own;
  own.team = this;
  own.access = schedule.access;
  int64_t perWarp = std::max<int64_t>(1, schedule.units / unitsPerSegment);
  for (int64_t i = 0; schedule.units && i < perWarp; ++i) {
    Value segment = createAdd(b, warp, createIndex(b, i * warps));
    int64_t last = (i + 1) * warps - 1;
    if (cluster) {
      segment = createAdd(b, createMul(b, rank, createIndex(b, warps)), warp);
      segment = createAdd(b, createMul(b, segment, createIndex(b, perWarp)), createIndex(b, i));
      last = (schedule.cluster * warps - 1) * perWarp + i;
    }
    llvm::append_range(resident, getSegmentUnits(segment, last));
  }
  if (sums)
    return emitRows(number, group);
  loadResident();
  if (cluster)
    cluster->wait();
  own.emitScalars(group);
  storeScalars();
  repack();
  for (const Unit &unit : resident)
    storeUnit(unit);
  if (schedule.units)
    return;
  forUnits([&](const Unit &unit) { storeUnit(unit); });
}

void TeamLoops::forUnits(function_ref<void(const Unit &)> body) {
  Value numUnits = createCeilDiv(b, numElements, createIndex(b, order.getUnit()));
  auto loop = scf::ForOp::create(b, thread, numUnits, createIndex(b, schedule.threads));
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  GroupEmitter::Scope scope(*emitter);
  body(getUnit(loop.getInductionVar(), std::nullopt));
}
