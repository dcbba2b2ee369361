//===- GroupLoops.cpp - the loops around the program of a group ----------===//
//
// Which elements are written by which loops, tasks for threads, and sums over groups.
//
//===----------------------------------------------------------------------===//

#include "GroupLoops.h"
#include "Accumulators.h"
#include "LaneBlocks.h"
#include "normc/Transforms/VectorDim.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::norm;

std::optional<unsigned> GroupLoops::findFlip(Value value) {
  if (auto flip = value.getDefiningOp<FlipOp>())
    return *op.findDim(flip.getDimAttr());
  if (auto map = value.getDefiningOp<MapOp>())
    for (Value input : map.getInputs())
      if (std::optional<unsigned> dim = findFlip(input))
        return dim;
  return std::nullopt;
}

/// Outputs go into one nest where their dimensions form a chain: a field over [c] is stored in the
/// loop over c, around the loops of a field over [c, h, w]. A group is then read and written once,
/// and a buffer may be input and output at the same time.
LogicalResult GroupLoops::planNests() {
  SmallVector<unsigned> outputs = llvm::to_vector(llvm::seq<unsigned>(0, yielded.size()));
  auto dimsOf = [&](unsigned output) {
    return op.getAccessDims(op.getInputs().size() + output, /*inGroup=*/true);
  };
  llvm::stable_sort(outputs,
                    [&](unsigned x, unsigned y) { return dimsOf(x).size() < dimsOf(y).size(); });
  for (unsigned output : outputs) {
    SmallVector<unsigned> dims = dimsOf(output);
    std::optional<unsigned> flipped = findFlip(yielded[output]);
    auto fits = [&](const Nest &nest) {
      // The unrolled dimension is innermost, so whatever has it has all dimensions of the nest.
      if (nest.flipped &&
          (dims.size() != nest.order.size() || (flipped && flipped != nest.flipped)))
        return false;
      if (flipped && llvm::any_of(nest.outputs, [&](unsigned other) {
            SmallVector<unsigned> others = dimsOf(other);
            return others.size() != dims.size() && llvm::is_contained(others, *flipped);
          }))
        return false;
      return llvm::all_of(nest.order, [&](unsigned d) { return llvm::is_contained(dims, d); });
    };
    auto nest = llvm::find_if(nests, fits);
    if (nest == nests.end()) {
      nests.emplace_back();
      nest = std::prev(nests.end());
    }
    for (unsigned dim : dims)
      if (!llvm::is_contained(nest->order, dim))
        nest->order.push_back(dim);
    if (flipped) {
      nest->flipped = flipped;
      llvm::erase(nest->order, *flipped);
      nest->order.push_back(*flipped);
    }
    nest->outputs.push_back(output);
  }

  // An output that shares its input's buffer must not be written before the last read of it.
  for (auto [i, nest] : llvm::enumerate(nests))
    for (unsigned output : nest.outputs)
      for (auto [j, later] : llvm::enumerate(nests)) {
        if (j <= i)
          continue;
        Attribute access = op.getAccesses()[op.getInputs().size() + output];
        for (auto [input, value] : llvm::enumerate(op.getInputs()))
          if (value == op.getInits()[output] && op.getAccesses()[input] == access)
            return op.emitOpError("cannot be computed in place: output ")
                   << output << " overwrites an input that output " << later.outputs.front()
                   << " still needs; give them the same dimensions or separate buffers";
      }
  return success();
}

void GroupLoops::createTasks(Value count, function_ref<void(Value, Block *)> body) {
  OpBuilder::InsertionGuard guard(b);
  if (isa<func::FuncOp>(getOutermost()->getParentOp())) {
    auto tasks = scf::ForallOp::create(b, SmallVector<OpFoldResult>{count}, ValueRange(),
                                       /*mapping=*/std::nullopt);
    b.setInsertionPoint(tasks.getBody()->getTerminator());
    body(tasks.getInductionVar(0), tasks.getBody());
    return;
  }
  auto loop = scf::ForOp::create(b, arith::ConstantIndexOp::create(b, 0), count,
                                 arith::ConstantIndexOp::create(b, 1));
  b.setInsertionPointToStart(loop.getBody());
  body(loop.getInductionVar(), loop.getBody());
}

void GroupLoops::storeOutput(GroupEmitter &emitter, unsigned output, Points points) {
  unsigned operand = op.getInputs().size() + output;
  if (!op.getAccOrder(output)) {
    for (const Point &point : points) {
      SmallVector<Value> indices = emitter.getIndices(operand, point);
      emitter.store(emitter.emit(yielded[output], point), emitter.getBuffer(operand), operand,
                    indices, emitter.streams);
    }
    return;
  }
  // Rows that are worked on together differ in what an accumulating output leaves out.
  SmallVector<Value> indices = emitter.getIndices(operand, points.front());
  indices.insert(indices.begin(), block);
  Value sum = emitter.load(partials[output], operand, indices);
  for (const Point &point : points) {
    Value value = emitter.emit(yielded[output], point);
    sum = createAccumulate(b, sum, value, isProduct(yielded[output]));
  }
  emitter.store(sum, partials[output], operand, indices);
}

void GroupLoops::emitNest(GroupEmitter &emitter, const Nest &nest, Points points, unsigned level,
                          ArrayRef<Value> fields) {
  for (const Point &point : points)
    emitter.emitBound(fields, point);
  // The machine sees by itself which rows come next, unless a row is over before it does. Asking
  // for longer ones made layer norm in memory 0.8 times as fast (N = 16384).
  bool asks = emitter.streams && vector->straight;
  if (asks && level > 0 && nest.order[level - 1] == vector->dim && emitter.getVector())
    for (const Point &point : points)
      emitter.prefetch(point, op.getDimsWhere(/*inGroup=*/false).back(), vector->rows);
  for (unsigned output : nest.outputs)
    if (op.getAccessDims(op.getInputs().size() + output, true).size() == level)
      storeOutput(emitter, output, points);
  if (level == nest.order.size())
    return;
  unsigned dim = nest.order[level];
  if (nest.flipped == dim) {
    // What lacks the halves has been stored.
    SmallVector<unsigned> whole =
        llvm::to_vector(llvm::make_filter_range(nest.outputs, [&](unsigned output) {
          return op.getAccessDims(op.getInputs().size() + output, true).size() == level + 1;
        }));
    // Both halves are computed before either is stored, so that they may be stored in place.
    SmallVector<Point> halves[2];
    for (int half = 0; half < 2; ++half) {
      halves[half] = emitter.bind(points, dim, emitter.getConstant(half));
      for (const Point &point : halves[half]) {
        emitter.emitBound(fields, point);
        for (unsigned output : whole)
          emitter.emit(yielded[output], point);
      }
    }
    for (Points half : halves)
      for (unsigned output : whole)
        storeOutput(emitter, output, half);
    return;
  }
  emitter.forEach(dim, points,
                  [&](Points next) { emitNest(emitter, nest, next, level + 1, fields); });
}

SmallVector<Value> GroupLoops::getFields(GroupEmitter &emitter, const Nest &nest) {
  SmallVector<Value> roots;
  for (unsigned output : nest.outputs)
    roots.push_back(yielded[output]);
  return emitter.getFieldsBelow(roots);
}

void GroupLoops::emitGroups(GroupEmitter &emitter, Points points, Value streams) {
  GroupEmitter::Scope scope(emitter);
  emitter.planKept(points);
  emitter.emitScalars(points);
  auto emitNests = [&](bool pastCache) {
    bool before = emitter.streams;
    emitter.streams |= pastCache;
    for (const Nest &nest : nests) {
      GroupEmitter::Scope scope(emitter);
      emitter.emitBarrier();
      SmallVector<Value> fields = getFields(emitter, nest);
      if (emitColumns(emitter, nest, points, fields))
        continue;
      // Written out, a row is stored whole before the next: memory is written in order.
      if (vector && vector->straight)
        for (const Point &point : points)
          emitNest(emitter, nest, point, 0, fields);
      else
        emitNest(emitter, nest, points, 0, fields);
    }
    emitter.streams = before;
  };
  chooseStreams(streams, emitNests);
}

/// Whether what is read and written is larger than the cache and results lie so that stores can go
/// past it; null where that is known not to be.
Value GroupLoops::createStreams() {
  if (!vector || !vector->stream)
    return Value();
  int64_t extent = op.getStaticExtents()[vector->dim];
  bool lanes = vector->across || vector->mixedDim || op.isGroupDim(vector->dim);
  if (!lanes && !ShapedType::isDynamic(extent) && extent % vector->width != 0)
    return Value();
  auto constant = [&](int64_t number) -> Value {
    return arith::ConstantIndexOp::create(b, number);
  };
  auto both = [&](Value x, Value y) -> Value { return x ? arith::AndIOp::create(b, x, y) : y; };
  Value total = constant(0), streams;
  auto count = [&](Value memref) {
    Value size = constant(getElementTypeOrSelf(memref.getType()).getIntOrFloatBitWidth() / 8);
    for (Value extent : createSizes(b, memref))
      size = createMul(b, size, extent);
    total = createAdd(b, total, size);
  };
  for (unsigned i = 0; i < op.getInputs().size(); ++i) {
    GenericOp::Access access = op.getAccess(i);
    if (access.size() >= 2 && llvm::is_contained(access.back(), vector->dim))
      count(op.getInputs()[i]);
  }
  for (unsigned i = 0; i < op.getInits().size(); ++i) {
    GenericOp::Access access = op.getInitAccess(i);
    if (op.getAccOrder(i) || !llvm::is_contained(access.back(), vector->dim) || access.size() < 2)
      continue;
    Value init = op.getInits()[i];
    int64_t bytes = getElementTypeOrSelf(init.getType()).getIntOrFloatBitWidth() / 8;
    if (bytes * vector->width < 16)
      return Value();
    // Lines of the cache are stored whole: every row begins with one.
    auto metadata = memref::ExtractStridedMetadataOp::create(b, init);
    Value bits = memref::ExtractAlignedPointerAsIndexOp::create(b, init);
    bits = createAdd(b, bits, createMul(b, metadata.getOffset(), constant(bytes)));
    auto combine = [&](Value number) {
      bits = arith::OrIOp::create(b, bits, createMul(b, number, constant(bytes)));
    };
    for (Value stride : metadata.getStrides().drop_back())
      combine(stride);
    combine(metadata.getSizes().back());
    count(init);
    Value odd = arith::AndIOp::create(b, bits, constant(63));
    streams = both(streams, arith::CmpIOp::create(b, arith::CmpIPredicate::eq, odd, constant(0)));
  }
  if (!streams)
    return Value();
  return both(streams,
              arith::CmpIOp::create(b, arith::CmpIPredicate::uge, total, constant(vector->stream)));
}

/// Runs `body` for both answers, which are known inside of it.
void GroupLoops::chooseStreams(Value streams, function_ref<void(bool)> body) {
  if (!streams)
    return body(false);
  auto branch = scf::IfOp::create(b, streams, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  body(true);
  // Stores past the cache are not in order with what tells another thread that they are done.
  LLVM::CallIntrinsicOp::create(b, b.getStringAttr("llvm.x86.sse.sfence"), ValueRange());
  b.setInsertionPointToStart(branch.elseBlock());
  body(false);
}

void GroupLoops::emitAccumulators() {
  // Every output here drops the same dimensions: run() has seen to it. Rows are their product.
  Accumulators sums(op, extents, b);
  ArrayRef<unsigned> accOutputs = sums.outputs, dropped = sums.dropped;
  Value rows = sums.rows, blockSize = sums.blockSize, numBlocks = sums.numBlocks;
  partials = sums.partials;
  auto extentsOf = [&](ArrayRef<unsigned> dims) {
    return llvm::map_to_vector(dims, [&](unsigned dim) { return extents[dim]; });
  };
  Value zero = arith::ConstantIndexOp::create(b, 0), one = arith::ConstantIndexOp::create(b, 1);

  b.setInsertionPoint(op);
  // `body(indices)` for every element of an output; plain loops.
  auto forEach = [&](Value memref, function_ref<void(ValueRange)> body) {
    OpBuilder::InsertionGuard guard(b);
    SmallVector<Value> indices;
    for (Value size : createSizes(b, memref)) {
      auto loop = scf::ForOp::create(b, zero, size, one);
      b.setInsertionPointToStart(loop.getBody());
      indices.push_back(loop.getInductionVar());
    }
    body(indices);
  };

  // An output that leaves nothing out has one row.
  unsigned rowDim = dropped.empty() ? 0 : dropped.back();
  Value streams = dropped.empty() ? Value() : createStreams();
  createTasks(numBlocks, [&](Value task, Block *scratch) {
    block = task;
    for (unsigned output : accOutputs)
      forEach(op.getInits()[output], [&](ValueRange indices) {
        SmallVector<Value> at{block};
        llvm::append_range(at, indices);
        Value neutral =
            createFloat(b, cast<MemRefType>(partials[output].getType()).getElementType(), 0.0);
        memref::StoreOp::create(b, neutral, partials[output], at);
      });
    Value from = createMul(b, block, blockSize);
    Value to = arith::MinUIOp::create(b, createAdd(b, from, blockSize), rows);
    SmallVector<unsigned> inner;
    for (unsigned dim : op.getDimsWhere(/*inGroup=*/false))
      if (!llvm::is_contained(dropped, dim))
        inner.push_back(dim);
    chooseStreams(streams, [&](bool streams) {
      auto pointAt = [&](Value row) {
        Point point(op.getNumDims());
        for (auto [dim, index] : llvm::zip(dropped, createDelinearize(b, row, extentsOf(dropped))))
          point[dim] = index;
        return point;
      };
      forRows(
          from, to, rowDim, scratch, streams, pointAt, [&](GroupEmitter &emitter, Points points) {
            std::function<void(unsigned, Points)> forInner = [&](unsigned level, Points at) {
              if (level == inner.size())
                return emitGroups(emitter, at);
              emitter.forEach(inner[level], at, [&](Points next) { forInner(level + 1, next); });
            };
            forInner(0, points);
          });
    });
  });

  sums.fold(b, vector, [&](Value count, auto body) { createTasks(count, body); });
  for (unsigned output : accOutputs) {
    // The partials die here; a pass of the kernel ABI turns them into workspace.
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointAfter(getOutermost());
    memref::DeallocOp::create(b, partials[output]);
  }
}

void GroupLoops::emitBlocks(unsigned laneDim, Value perBlock, int64_t capacity) {
  SmallVector<unsigned> groupDims = op.getDimsWhere(/*inGroup=*/false);
  SmallVector<Value> counts = llvm::map_to_vector(groupDims, [&](unsigned dim) {
    return dim == laneDim ? createCeilDiv(b, extents[dim], perBlock) : extents[dim];
  });
  Value streams = createStreams();
  createTasks(createProduct(b, counts), [&](Value task, Block *scratch) {
    Point point(op.getNumDims());
    for (auto [dim, index] : llvm::zip(groupDims, createDelinearize(b, task, counts)))
      point[dim] = index;
    Value first = createMul(b, point[laneDim], perBlock);
    Value size = arith::MinUIOp::create(b, createSub(b, extents[laneDim], first), perBlock);
    GroupEmitter emitter(op, extents, vector, b, scratch);
    LaneBlocks(emitter, b, scratch, point, first, size, capacity)
        .emit([&](auto body) { chooseStreams(streams, body); },
              [&](const Point &at, bool isRow) {
                for (unsigned output = 0; output < yielded.size(); ++output) {
                  unsigned operand = op.getInputs().size() + output;
                  if (op.getAccessDims(operand, /*inGroup=*/true).empty() != isRow)
                    storeOutput(emitter, output, at);
                }
              });
  });
}

bool GroupLoops::emitMixed() {
  auto constant = [&](int64_t number) -> Value {
    return arith::ConstantIndexOp::create(b, number);
  };
  Value size = extents[vector->dim];
  if (std::optional<int64_t> known = getConstantIntValue(size)) {
    emitBlocks(*vector->mixedDim, constant(getMixedGroups(*known, vector->width)), kMixedLanes);
    return true;
  }
  // As getMixedGroups; and no more elements than lanes.
  int64_t most = kMixedLanes;
  for (auto reduce : op.getBody().getOps<ReduceOp>())
    for (int64_t number : {reduce.getOrder().getLanes(), reduce.getOrder().getSegment()})
      most = number ? std::min(most, number) : most;
  Value lowest = arith::AndIOp::create(b, size, createSub(b, constant(0), size));
  lowest = arith::MinUIOp::create(b, lowest, constant(vector->width));
  lowest = arith::MaxUIOp::create(b, lowest, constant(1));
  Value unit = arith::DivUIOp::create(b, constant(vector->width), lowest);
  Value room = arith::DivUIOp::create(b, constant(kMixedLanes),
                                      arith::MaxUIOp::create(b, size, constant(1)));
  Value groups = createMul(b, arith::DivUIOp::create(b, room, unit), unit);
  Value fits = arith::AndIOp::create(
      b,
      arith::CmpIOp::create(b, arith::CmpIPredicate::ult, createSub(b, size, constant(1)),
                            constant(most)),
      arith::CmpIOp::create(b, arith::CmpIPredicate::ne, groups, constant(0)));
  auto branch = scf::IfOp::create(b, fits, /*withElseRegion=*/true);
  b.setInsertionPointToStart(branch.thenBlock());
  emitBlocks(*vector->mixedDim, groups, kMixedLanes);
  b.setInsertionPointToStart(branch.elseBlock());
  vector->mixedDim.reset();
  return false;
}

LogicalResult GroupLoops::run() {
  b.setInsertionPoint(getOutermost());
  if (failed(planNests()))
    return failure();
  // Chunks are innermost, but for a dimension that is unrolled.
  for (const Nest &nest : nests) {
    ArrayRef<unsigned> order = nest.order;
    if (nest.flipped)
      order = order.drop_back();
    if (vector && !vector->across && llvm::is_contained(nest.order, vector->dim) &&
        (order.empty() || order.back() != vector->dim))
      vector.reset();
  }
  for (OpFoldResult extent : op.getMixedExtents())
    extents.push_back(
        isa<Value>(extent)
            ? cast<Value>(extent)
            : arith::ConstantIndexOp::create(b, cast<IntegerAttr>(cast<Attribute>(extent)).getInt())
                  .getResult());
  if (op.hasAcc()) {
    emitAccumulators();
    return success();
  }
  b.setInsertionPoint(op);
  if (vector && vector->mixedDim && emitMixed())
    return success();
  SmallVector<unsigned> groupDims = op.getDimsWhere(/*inGroup=*/false);
  bool lanesAreGroups = vector && llvm::is_contained(groupDims, vector->dim);
  // Without a sum a group is an element or a few, too little for a task.
  bool inside = lanesAreGroups && op.getBody().getOps<ReduceOp>().empty();
  if (inside)
    llvm::erase(groupDims, vector->dim);
  if (vector && vector->block > 1) {
    int64_t perBlock = vector->block * (vector->across ? vector->groups : vector->width);
    emitBlocks(vector->across.value_or(vector->dim), arith::ConstantIndexOp::create(b, perBlock),
               vector->block * vector->width);
    return success();
  }
  SmallVector<Value> counts = llvm::map_to_vector(groupDims, [&](unsigned dim) {
    if (vector && vector->across == dim)
      return createCeilDiv(b, extents[dim], arith::ConstantIndexOp::create(b, vector->groups));
    if (!vector || vector->dim != dim)
      return extents[dim];
    return createCeilDiv(b, extents[dim], arith::ConstantIndexOp::create(b, vector->width));
  });
  Value numGroups = createProduct(b, counts);
  auto pointAt = [&](Value group) {
    Point point(op.getNumDims());
    for (auto [dim, index] : llvm::zip(groupDims, createDelinearize(b, group, counts))) {
      bool several = vector && vector->across == dim;
      point[dim] =
          several ? createMul(b, index, arith::ConstantIndexOp::create(b, vector->groups)) : index;
    }
    return point;
  };
  if (vector && vector->split > 0 && !lanesAreGroups && !vector->across &&
      isa<func::FuncOp>(getOutermost()->getParentOp())) {
    Value few = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, numGroups,
                                      arith::ConstantIndexOp::create(b, vector->split));
    auto branch = scf::IfOp::create(b, few, /*withElseRegion=*/true);
    b.setInsertionPointToStart(branch.thenBlock());
    emitSplit(numGroups, pointAt);
    b.setInsertionPointToStart(branch.elseBlock());
  }
  if (vector && vector->task > 1) {
    Value size = arith::ConstantIndexOp::create(b, vector->task);
    Value streams = createStreams();
    createTasks(createCeilDiv(b, numGroups, size), [&](Value task, Block *scratch) {
      Value from = createMul(b, task, size);
      Value to = arith::MinUIOp::create(b, createAdd(b, from, size), numGroups);
      forRowsAnywhere(from, to, groupDims.back(), scratch, streams, pointAt);
    });
    return success();
  }
  Value streams = lanesAreGroups && !inside ? Value() : createStreams();
  createTasks(numGroups, [&](Value task, Block *scratch) {
    Point point = pointAt(task);
    if (inside)
      return chooseStreams(streams, [&](bool pastCache) {
        GroupEmitter emitter(op, extents, vector, b, scratch);
        emitter.streams = pastCache;
        emitter.emitUniform(vector->dim, point);
        emitter.forEach(vector->dim, point, [&](Points at) { emitGroups(emitter, at); });
      });
    GroupEmitter emitter(op, extents, vector, b, scratch);
    if (lanesAreGroups)
      emitter.forChunk(point[vector->dim], point, [&](Points at) { emitGroups(emitter, at); });
    else
      emitGroups(emitter, point, streams);
  });
  return success();
}

/// `op` with only those outputs that `keep` names.
static GenericOp cloneWithOutputs(OpBuilder &b, GenericOp op, function_ref<bool(unsigned)> keep) {
  auto clone = cast<GenericOp>(b.clone(*op));
  SmallVector<Value> inits, yielded;
  SmallVector<Attribute> accesses(op.getAccesses().getValue().take_front(op.getInputs().size()));
  SmallVector<Attribute> orders;
  for (unsigned i = 0; i < op.getInits().size(); ++i) {
    if (!keep(i))
      continue;
    inits.push_back(clone.getInits()[i]);
    yielded.push_back(clone.getYield().getValues()[i]);
    accesses.push_back(op.getAccesses()[op.getInputs().size() + i]);
    orders.push_back(op.getAccOrders()[i]);
  }
  clone.getInitsMutable().assign(inits);
  clone.getYield().getValuesMutable().assign(yielded);
  clone.setAccessesAttr(b.getArrayAttr(accesses));
  clone.setAccOrdersAttr(b.getArrayAttr(orders));
  return clone;
}

/// Accumulators that leave out different dimensions, or by different orders, have different rows
/// and blocks: each kind gets an operation of its own. Plain outputs go with the last, because they
/// may overwrite inputs.
static SmallVector<GenericOp> splitByRows(OpBuilder &b, GenericOp op) {
  SmallVector<SmallVector<unsigned>> kinds;
  for (unsigned i = 0; i < op.getInits().size(); ++i) {
    if (!op.getAccOrder(i))
      continue;
    auto same = llvm::find_if(kinds, [&](ArrayRef<unsigned> kind) {
      return getDroppedDims(op, kind.front()) == getDroppedDims(op, i) &&
             op.getAccOrder(kind.front()) == op.getAccOrder(i);
    });
    if (same == kinds.end())
      kinds.push_back({i});
    else
      same->push_back(i);
  }
  if (kinds.size() <= 1)
    return {op};
  SmallVector<GenericOp> parts;
  b.setInsertionPoint(op);
  for (ArrayRef<unsigned> kind : kinds) {
    bool last = kind.data() == kinds.back().data();
    parts.push_back(cloneWithOutputs(
        b, op, [&](unsigned i) { return op.getAccOrder(i) ? llvm::is_contained(kind, i) : last; }));
  }
  op.erase();
  return parts;
}

LogicalResult norm::emitGroupLoops(GenericOp op, std::optional<VectorDim> vector,
                                   OpBuilder &builder) {
  for (GenericOp part : splitByRows(builder, op)) {
    if (failed(GroupLoops(part, vector, builder).run()))
      return failure();
    part.erase();
  }
  return success();
}
