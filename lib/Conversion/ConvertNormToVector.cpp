//===- ConvertNormToVector.cpp - norm.generic as loops over vectors ------===//
//
// Follows the schedule that norm-schedule, or a user, has put on an operation. The loops over
// chunks are those of norm-decompose, with vectors for scalars.
//
//===----------------------------------------------------------------------===//

#include "GroupLoops.h"
#include "normc/Passes.h"
#include "normc/Transforms/VectorDim.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace mlir::norm {
#define GEN_PASS_DEF_CONVERTNORMTOVECTORPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

namespace {

/// A schedule in terms of its operation; fails where the operation cannot be computed so.
FailureOr<VectorDim> resolve(GenericOp op, ScheduleAttr schedule) {
  FailureOr<unsigned> dim = op.findDim(StringAttr::get(op.getContext(), schedule.getAlong()));
  if (failed(dim))
    return op.emitOpError("expects a schedule along one of its dimensions, but got '")
           << schedule.getAlong() << "'";
  if (std::string obstacle = findVectorObstacle(op, *dim); !obstacle.empty())
    return op.emitOpError("cannot be computed along '") << schedule.getAlong() << "': " << obstacle;
  std::optional<unsigned> across;
  if (schedule.getGroups() > 1) {
    across = findNeighbourDim(op, *dim);
    if (!across)
      return op.emitOpError("cannot be computed with several groups in a chunk along '")
             << schedule.getAlong() << "': its groups do not lie side by side";
    int64_t size = op.getStaticExtents()[*dim], count = op.getStaticExtents()[*across];
    if (size * schedule.getGroups() != schedule.getWidth() || count % schedule.getGroups() != 0)
      return op.emitOpError("cannot be computed with ")
             << schedule.getGroups() << " groups in chunks of " << schedule.getWidth()
             << ": it has " << count << " groups of " << size;
  }
  bool rows = op.getDimsWhere(/*inGroup=*/true).size() == 1 &&
              op.getDimsWhere(/*inGroup=*/false).size() == 1 && !op.isGroupDim(*dim);
  if (schedule.getTask() > 1 && !rows)
    return op.emitOpError("expects a task of 1, since its groups are not rows, but got ")
           << schedule.getTask();
  int64_t extent = op.getStaticExtents()[*dim];
  VectorDim vector{getSchedule(schedule), *dim,
                   !ShapedType::isDynamic(extent) && extent % schedule.getWidth() == 0};
  if (schedule.getBlock() > 1) {
    std::string obstacle =
        findBlockObstacle(op, *dim, across, schedule.getMasked() || vector.divides);
    if (!obstacle.empty())
      return op.emitOpError("cannot be computed in blocks of ")
             << schedule.getBlock() << " chunks: " << obstacle;
  }
  if (schedule.getMixed()) {
    std::string obstacle = findMixedObstacle(op, *dim, schedule.getWidth(), schedule.getMasked());
    if (schedule.getGroups() > 1 || schedule.getBlock() > 1)
      obstacle = "groups and blocks are others";
    if (!obstacle.empty())
      return op.emitOpError("cannot be computed in chunks of mixed groups: ") << obstacle;
    vector.mixedDim = findNeighbourDim(op, *dim, /*anySize=*/true);
  }
  if (schedule.getSplit() > 0 && (across || op.isGroupDim(*dim) || op.hasAcc()))
    return op.emitOpError("cannot be shared by threads, as split = ")
           << schedule.getSplit() << " says: "
           << (op.hasAcc() ? "it has accumulating results" : "its lanes are of several groups");
  vector.across = across;
  return vector;
}

struct ConvertNormToVectorPass : norm::impl::ConvertNormToVectorPassBase<ConvertNormToVectorPass> {
  using ConvertNormToVectorPassBase::ConvertNormToVectorPassBase;

  void runOnOperation() override {
    FailureOr<SmallVector<GenericOp>> ops =
        getGenericsOnBuffers(getOperation(), "convert-norm-to-vector");
    if (failed(ops))
      return signalPassFailure();
    OpBuilder builder(&getContext());
    for (GenericOp op : *ops) {
      auto schedule = op->getAttrOfType<ScheduleAttr>(kScheduleAttr);
      if (!schedule)
        continue;
      FailureOr<VectorDim> vector = resolve(op, schedule);
      if (failed(vector) || failed(emitGroupLoops(op, *vector, builder)))
        return signalPassFailure();
    }
  }
};

} // namespace
