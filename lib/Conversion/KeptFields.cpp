//===- KeptFields.cpp - what is computed once for several loops -----------===//
//
// Fields are computed again wherever they are read: a load and a few additions cost less than
// memory. Where they cost more, the first loop leaves them in a buffer on the stack.
//
//===----------------------------------------------------------------------===//

#include "GroupEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::norm;

/// Bytes of the stack that the fields of the groups at hand may take: a row of 8192 f32, or two of
/// 4096. Rows together, the rest, and stores past the cache are loops of their own, each with its
/// own.
static constexpr int64_t kMostBytes = 32768;

/// Whether a map computes what takes longer than storing and loading it.
static bool isDear(MapOp map) {
  bool dear = false;
  map.getBody().walk([&](Operation *op) {
    dear |= isa<arith::DivFOp, arith::TruncFOp, RandomOp>(op) ||
            (isa<math::MathDialect>(op->getDialect()) && !isa<math::FmaOp, math::AbsFOp>(op));
  });
  return dear;
}

void GroupEmitter::planKept(Points points, int64_t copies) {
  kept.clear();
  keptSlots.clear();
  SmallVector<unsigned> inGroup = op.getDimsWhere(/*inGroup=*/true);
  SmallVector<unsigned> groups = op.getDimsWhere(/*inGroup=*/false);
  if (!vector || vector->across || inGroup.size() != 1 || inGroup[0] != vector->dim ||
      groups.empty())
    return;
  int64_t extent = op.getStaticExtents()[vector->dim];
  if (ShapedType::isDynamic(extent))
    return;

  // The loops over a group's elements, by what they read.
  SmallVector<SmallVector<Value>> loops;
  for (auto reduce : op.getBody().getOps<ReduceOp>()) {
    if (!OrderedFold::isVectorized(vector, inGroup, reduce.getOrder()) ||
        isa<FieldType>(reduce.getResultTypes()[0]))
      return;
    loops.emplace_back(reduce.getInputs());
    if (reduce.getAlgorithm() == Algorithm::TwoPass)
      loops.emplace_back(reduce.getInputs());
  }
  loops.emplace_back(op.getYield().getValues());

  // How many loops would compute a field: a kept one is computed in the first that reads it.
  auto countReaders = [&](Value field) {
    llvm::SmallDenseSet<Value> filled;
    int64_t count = 0;
    for (ArrayRef<Value> roots : loops) {
      SmallVector<Value> work(roots);
      llvm::SmallDenseSet<Value> seen;
      while (!work.empty()) {
        Value value = work.pop_back_val();
        auto map = value.getDefiningOp<MapOp>();
        if (!map || !seen.insert(value).second || filled.contains(value))
          continue;
        count += value == field;
        llvm::append_range(work, map.getInputs());
      }
      for (const Kept &entry : kept)
        if (seen.contains(entry.field))
          filled.insert(entry.field);
    }
    return count;
  };

  // Whole chunks are stored, also where none of their lanes is left in the last step of a sum.
  int64_t step = vector->width;
  for (auto reduce : op.getBody().getOps<ReduceOp>()) {
    step = std::max(step, reduce.getOrder().getLanes());
    // Steps of such a segment go on behind its end.
    if (reduce.getOrder().getSegment() % reduce.getOrder().getLanes() != 0)
      return;
  }
  int64_t bytes = 0, padded = (extent + step - 1) / step * step;
  SmallVector<MapOp> maps(op.getBody().getOps<MapOp>());
  for (MapOp map : llvm::reverse(maps)) {
    if (!isDear(map))
      continue;
    for (Value result : map.getResults()) {
      Type element = norm::getElementType(result.getType());
      int64_t size = copies * int64_t(points.size()) * padded * element.getIntOrFloatBitWidth() / 8;
      if (!element.isIntOrFloat() || element.getIntOrFloatBitWidth() < 8 ||
          bytes + size > kMostBytes || countReaders(result) < 2)
        continue;
      bytes += size;
      OpBuilder::InsertionGuard guard(b);
      b.setInsertionPointToStart(scratchBlock);
      auto type = MemRefType::get({copies * int64_t(points.size()), padded}, element);
      kept.push_back({result, memref::AllocaOp::create(b, type, b.getI64IntegerAttr(64))});
    }
  }
  placeKept(points, Value());
}

void GroupEmitter::placeKept(Points points, Value copy) {
  unsigned rowDim = op.getDimsWhere(/*inGroup=*/false).back();
  Value first;
  if (copy)
    first = createMul(b, copy, getConstant(points.size()));
  for (auto [i, point] : llvm::enumerate(points)) {
    Value slot = getConstant(i);
    keptSlots[point[rowDim]] = first ? createAdd(b, first, slot) : slot;
  }
}

GroupEmitter::Kept *GroupEmitter::findKept(Value field) {
  auto found = llvm::find_if(kept, [&](const Kept &entry) { return entry.field == field; });
  return found == kept.end() ? nullptr : found;
}

SmallVector<Value> GroupEmitter::getKeptIndices(const Point &point) {
  Value row = point[op.getDimsWhere(/*inGroup=*/false).back()];
  return {keptSlots.lookup(row), point[op.getDimsWhere(/*inGroup=*/true).front()]};
}

void GroupEmitter::markFilled(ValueRange roots) {
  for (Value field : getFieldsBelow(roots))
    if (Kept *entry = findKept(field))
      entry->filled = true;
}

Value GroupEmitter::loadChunk(Value buffer, ValueRange indices) {
  Type element = getElementTypeOrSelf(buffer.getType());
  if (!vector)
    return memref::LoadOp::create(b, buffer, indices);
  // Rows are padded to whole steps.
  return vector::LoadOp::create(b, VectorType::get({vector->width}, element), buffer, indices);
}

void GroupEmitter::storeChunk(Value value, Value buffer, ValueRange indices) {
  if (!vector) {
    memref::StoreOp::create(b, value, buffer, indices);
    return;
  }
  auto type = VectorType::get({vector->width}, b.getI1Type());
  vector::StoreOp::create(b, createSplat(b, value, type), buffer, indices);
}

SmallVector<Value> GroupEmitter::emitFirstLoop(Points points, Beside work) {
  Scope scope(*this);
  // What is kept of these groups is not there yet, what is kept of those beside them is.
  SmallVector<bool> filled;
  for (Kept &entry : kept)
    filled.push_back(std::exchange(entry.filled, false));
  auto swapFilled = [&] {
    for (auto [entry, flag] : llvm::zip(kept, filled))
      std::swap(entry.filled, flag);
  };
  if (work)
    beside = [&](Points chunk, unsigned first) {
      swapFilled();
      work(chunk, first);
      swapFilled();
    };
  SmallVector<Value> sums = emitScalars(points, {}, /*onlyFirst=*/true);
  beside = nullptr;
  swapFilled();
  return sums;
}
