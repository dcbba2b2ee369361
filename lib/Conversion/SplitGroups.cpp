//===- SplitGroups.cpp - groups that threads share ------------------------===//
//
// Blocks of a group's sums are tasks (OrderedFold.cpp), and so are pieces of its results.
//
//===----------------------------------------------------------------------===//

#include "GroupLoops.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace mlir::norm;

void GroupLoops::emitInTasks(GroupEmitter &emitter, Points points, Value streams) {
  // A few pages, in which one thread is long enough alone.
  constexpr int64_t pieceSize = 16384;
  for (const Nest &nest : nests) {
    GroupEmitter::Scope scope(emitter);
    SmallVector<Value> fields = getFields(emitter, nest);
    if (nest.order.empty()) {
      emitNest(emitter, nest, points, 0, fields);
      continue;
    }
    auto isOf = [&](size_t from, size_t to) {
      return llvm::any_of(nest.outputs, [&](unsigned output) {
        size_t dims = op.getAccessDims(op.getInputs().size() + output, true).size();
        return dims >= from && dims < to;
      });
    };
    // What is stored on the way to the innermost loop is stored by one task only.
    unsigned outer = nest.order.front();
    bool isChunked = nest.order.back() == vector->dim && nest.flipped != nest.order.back() &&
                     !isOf(0, nest.order.size());
    bool hasOuter = outer != vector->dim && nest.flipped != outer;
    if (isOf(0, 1) || !(isChunked || hasOuter)) {
      emitNest(emitter, nest, points, 0, fields);
      continue;
    }
    Value size = arith::ConstantIndexOp::create(b, pieceSize);
    Value extent = extents[vector->dim], one = arith::ConstantIndexOp::create(b, 1);
    Value pieces = isChunked ? createCeilDiv(b, extent, size) : one;
    Value count = hasOuter ? createMul(b, extents[outer], pieces) : pieces;
    emitter.tasks(count, [&](Value task) {
      SmallVector<Value> at = createDelinearize(b, task, {extents[outer], pieces});
      if (isChunked) {
        Value from = createMul(b, at[1], size);
        emitter.range = {from, arith::MinUIOp::create(b, createAdd(b, from, size), extent)};
      }
      chooseStreams(streams, [&](bool pastCache) {
        GroupEmitter::Scope scope(emitter);
        emitter.streams = pastCache;
        for (const Point &point : points)
          emitter.emitBound(fields, point);
        if (hasOuter)
          emitNest(emitter, nest, emitter.bind(points, outer, at[0]), 1, fields);
        else
          emitNest(emitter, nest, points, 0, fields);
      });
      emitter.streams = false;
      emitter.range.reset();
    });
  }
}

void GroupLoops::emitSplit(Value numGroups, function_ref<Point(Value)> pointAt) {
  Value streams = createStreams();
  createLoop(b, arith::ConstantIndexOp::create(b, 0), numGroups, 1, {},
             [&](Value group, ValueRange) -> SmallVector<Value> {
               Point point = pointAt(group);
               GroupEmitter emitter(op, extents, vector, b, b.getInsertionBlock());
               emitter.tasks = [&](Value count, function_ref<void(Value)> body) {
                 createTasks(count, [&](Value task, Block *scratch) {
                   GroupEmitter::TaskScope scope(emitter, scratch);
                   body(task);
                 });
               };
               emitter.emitScalars(point);
               emitInTasks(emitter, point, streams);
               return {};
             });
}
