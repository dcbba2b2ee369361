//===- RowLoops.cpp - rows one by one, together, in a pipeline ------------===//
//
// The order in which the elements of several rows are read and written.
//
//===----------------------------------------------------------------------===//

#include "GroupLoops.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "llvm/ADT/ScopeExit.h"

using namespace mlir;
using namespace mlir::norm;

void GroupLoops::emitHead(GroupEmitter &emitter, const Nest &nest, Points points,
                          ArrayRef<Value> fields) {
  for (const Point &point : points)
    emitter.emitBound(fields, point);
  for (unsigned output : nest.outputs)
    if (op.getAccessDims(op.getInputs().size() + output, true).empty())
      storeOutput(emitter, output, points);
}

bool GroupLoops::emitColumns(GroupEmitter &emitter, const Nest &nest, Points points,
                             ArrayRef<Value> fields) {
  if (!vector || !vector->columns || points.size() == 1 || nest.flipped ||
      nest.order != ArrayRef(vector->dim))
    return false;
  emitHead(emitter, nest, points, fields);
  Value extent = extents[vector->dim];
  createLoop(b, arith::ConstantIndexOp::create(b, 0), extent, vector->columns, {},
             [&](Value from, ValueRange) -> SmallVector<Value> {
               Value size = arith::ConstantIndexOp::create(b, vector->columns);
               emitter.range = {from, arith::MinUIOp::create(b, createAdd(b, from, size), extent)};
               for (const Point &point : points)
                 emitter.forEach(vector->dim, point,
                                 [&](Points at) { emitNest(emitter, nest, at, 1, fields); });
               emitter.range.reset();
               return {};
             });
  return true;
}

Value GroupLoops::createPackedViews(unsigned rowDim, SmallVectorImpl<Value> &views) {
  Value packed;
  for (unsigned i = 0, e = op.getInputs().size() + op.getInits().size(); i != e; ++i) {
    Value buffer =
        i < op.getInputs().size() ? op.getInputs()[i] : op.getInits()[i - op.getInputs().size()];
    views.push_back(buffer);
    GenericOp::Access access = op.getAccess(i);
    if (access.size() != 2 || access[0] != ArrayRef(rowDim) || access[1] != ArrayRef(vector->dim))
      continue;
    auto metadata = memref::ExtractStridedMetadataOp::create(b, buffer);
    OpFoldResult length = op.getMixedExtents()[vector->dim];
    Value follows = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, metadata.getStrides()[0],
                                          extents[vector->dim]);
    packed = packed ? arith::AndIOp::create(b, packed, follows).getResult() : follows;
    SmallVector<OpFoldResult> sizes(metadata.getConstifiedMixedSizes());
    views.back() =
        memref::ReinterpretCastOp::create(b, buffer, metadata.getConstifiedMixedOffset(), sizes,
                                          SmallVector<OpFoldResult>{length, b.getIndexAttr(1)});
  }
  return packed;
}

bool GroupLoops::emitPipelined(GroupEmitter &emitter, Value from, Value to, int64_t rows,
                               function_ref<SmallVector<Point>(Value row)> pointsAt) {
  if (nests.size() != 1 || nests.front().flipped || nests.front().order != ArrayRef(vector->dim) ||
      op.getDimsWhere(/*inGroup=*/false).size() != 1 || !emitter.hasFirstLoop())
    return false;
  const Nest &nest = nests.front();
  auto step = arith::ConstantIndexOp::create(b, rows);
  auto isBefore = [&](Value row) -> Value {
    return arith::CmpIOp::create(b, arith::CmpIPredicate::ult, row, to);
  };
  GroupEmitter::Scope scope(emitter);
  SmallVector<Point> points = pointsAt(from);
  emitter.planKept(points, /*copies=*/2);
  OpBuilder::InsertionGuard guard(b);
  auto any = scf::IfOp::create(b, isBefore(from), /*withElseRegion=*/false);
  b.setInsertionPointToStart(any.thenBlock());
  SmallVector<Value> init = emitter.emitFirstLoop(points, nullptr);
  createLoop(b, from, to, rows, init, [&](Value row, ValueRange sums) -> SmallVector<Value> {
    GroupEmitter::Scope scope(emitter);
    SmallVector<Point> points = pointsAt(row);
    // Steps alternate between two copies of what is kept.
    Value two = emitter.getConstant(2);
    Value number = arith::DivUIOp::create(b, createSub(b, row, from), step);
    emitter.placeKept(points, arith::RemUIOp::create(b, number, two));
    emitter.continueScalars(points, sums);
    SmallVector<Value> fields = getFields(emitter, nest);
    emitter.emitBarrier();
    emitHead(emitter, nest, points, fields);
    Value next = createAdd(b, row, step);
    auto branch = scf::IfOp::create(b, TypeRange(sums), isBefore(next), /*withElseRegion=*/true);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(branch.thenBlock());
    SmallVector<Point> nextPoints = pointsAt(next);
    emitter.placeKept(nextPoints,
                      arith::RemUIOp::create(b, createAdd(b, number, emitter.getConstant(1)), two));
    SmallVector<Value> made = emitter.emitFirstLoop(nextPoints, [&](Points chunk, unsigned first) {
      SmallVector<Point> own(points.begin() + first, points.begin() + first + chunk.size());
      for (auto [mine, other] : llvm::zip(own, chunk))
        mine[vector->dim] = other[vector->dim];
      emitNest(emitter, nest, own, 1, fields);
    });
    scf::YieldOp::create(b, made);
    b.setInsertionPointToStart(branch.elseBlock());
    emitter.forEach(vector->dim, points,
                    [&](Points at) { emitNest(emitter, nest, at, 1, fields); });
    scf::YieldOp::create(b, sums);
    return branch.getResults();
  });
  return true;
}

void GroupLoops::forRowsAnywhere(Value from, Value to, unsigned rowDim, Block *scratch,
                                 Value streams, function_ref<Point(Value row)> pointAt) {
  // The same loops for both kinds of stores but for the last, which stores.
  auto emitShared = [&] {
    emitRows(from, to, rowDim, scratch, /*streams=*/false, pointAt,
             [&](GroupEmitter &emitter, Points points) { emitGroups(emitter, points, streams); });
  };
  auto emitEach = [&] {
    chooseStreams(streams, [&](bool pastCache) {
      forRows(from, to, rowDim, scratch, pastCache, pointAt,
              [&](GroupEmitter &emitter, Points points) { emitGroups(emitter, points); });
    });
  };
  if (!vector->columns || vector->columns != vector->streamColumns)
    return emitEach();
  VectorDim before = *vector;
  llvm::scope_exit restore([&] { vector = before; });
  OpBuilder::InsertionGuard guard(b);
  if (!getConstantIntValue(extents[vector->dim])) {
    auto branch = scf::IfOp::create(b, isLong(vector->columns), /*withElseRegion=*/true);
    b.setInsertionPointToStart(branch.elseBlock());
    vector->columns = vector->streamColumns = 0;
    vector->streamRows = 1;
    emitEach();
    *vector = before;
    vector->rows = vector->streamRows;
    vector->pipelined = false;
    b.setInsertionPointToStart(branch.thenBlock());
    return emitShared();
  }
  bool same = vector->rows == vector->streamRows && !vector->pipelined && !vector->streamPipelined;
  if (same)
    emitShared();
  else
    emitEach();
}

Value GroupLoops::isLong(int64_t columns) {
  Value least = arith::ConstantIndexOp::create(b, 8 * columns);
  return arith::CmpIOp::create(b, arith::CmpIPredicate::uge, extents[vector->dim], least);
}

void GroupLoops::forRows(Value from, Value to, unsigned rowDim, Block *scratch, bool streams,
                         function_ref<Point(Value row)> pointAt,
                         function_ref<void(GroupEmitter &, Points)> body) {
  OpBuilder::InsertionGuard guard(b);
  if (vector && streams && vector->streamColumns && !getConstantIntValue(extents[vector->dim])) {
    // Whether rows are long enough for blocks of columns is seen at run time.
    auto branch = scf::IfOp::create(b, isLong(vector->streamColumns), /*withElseRegion=*/true);
    b.setInsertionPointToStart(branch.elseBlock());
    VectorDim before = *vector;
    vector->streamRows = 1;
    vector->streamColumns = 0;
    forRows(from, to, rowDim, scratch, streams, pointAt, body);
    *vector = before;
    vector->streamPipelined = false;
    b.setInsertionPointToStart(branch.thenBlock());
    emitRows(from, to, rowDim, scratch, streams, pointAt, body);
    *vector = before;
    return;
  }
  emitRows(from, to, rowDim, scratch, streams, pointAt, body);
}

void GroupLoops::emitRows(Value from, Value to, unsigned rowDim, Block *scratch, bool streams,
                          function_ref<Point(Value row)> pointAt,
                          function_ref<void(GroupEmitter &, Points)> body) {
  OpBuilder::InsertionGuard guard(b);
  std::optional<VectorDim> before = vector;
  llvm::scope_exit restore([&] { vector = before; });
  if (vector && streams) {
    vector->rows = vector->streamRows;
    vector->columns = vector->streamColumns;
    vector->pipelined = vector->streamPipelined;
    vector->straight &= vector->rows > 1;
  }
  /// Rows [begin, end), `rows` together.
  auto emitSome = [&](GroupEmitter &emitter, Value begin, Value end, int64_t rows) {
    auto pointsAt = [&](Value row) {
      SmallVector<Point> points{pointAt(row)};
      for (int64_t i = 1; i < rows; ++i)
        points.push_back(pointAt(createAdd(b, row, arith::ConstantIndexOp::create(b, i))));
      return points;
    };
    emitter.streams = streams;
    // What is left of rows that go together is not many.
    bool pipelines = vector && vector->pipelined && rows == vector->rows;
    if (pipelines && emitPipelined(emitter, begin, end, rows, pointsAt))
      return;
    createLoop(b, begin, end, rows, {}, [&](Value row, ValueRange) -> SmallVector<Value> {
      body(emitter, pointsAt(row));
      return {};
    });
  };
  if (vector && vector->rows > 1) {
    SmallVector<Value> views;
    Value packed = createPackedViews(rowDim, views);
    Value count = createSub(b, to, from);
    Value rest = b.createOrFold<arith::RemUIOp>(
        count, arith::ConstantIndexOp::create(b, vector->rows).getResult());
    Value end = createAdd(b, from, createSub(b, count, rest));
    if (packed)
      end = arith::SelectOp::create(b, packed, end, from);
    GroupEmitter emitter(op, extents, vector, b, scratch);
    for (auto [i, view] : llvm::enumerate(views))
      emitter.setBuffer(i, view);
    emitSome(emitter, from, end, vector->rows);
    from = end;
  }
  GroupEmitter emitter(op, extents, vector, b, scratch);
  emitSome(emitter, from, to, 1);
}
