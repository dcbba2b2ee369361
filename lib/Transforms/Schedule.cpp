//===- Schedule.cpp - puts a schedule on every norm.generic ---------------===//
//
// Describes an operation to the chooser in lib/Schedule and writes down what it chose, and why.
//
//===----------------------------------------------------------------------===//

#include "normc/Schedule/Schedule.h"
#include "normc/Passes.h"
#include "normc/Transforms/Team.h"
#include "normc/Transforms/VectorDim.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Remarks.h"
#include "mlir/IR/TypeUtilities.h"

namespace mlir::norm {
#define GEN_PASS_DEF_SCHEDULEPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

namespace {

/// The bits of the narrowest and of the widest element of a chunk in memory.
std::pair<unsigned, unsigned> getChunkBits(GenericOp op, unsigned dim) {
  unsigned narrowest = 64, widest = 8;
  for (unsigned i = 0, e = op.getInputs().size() + op.getInits().size(); i != e; ++i) {
    bool isInput = i < op.getInputs().size();
    Value memref = isInput ? op.getInputs()[i] : op.getInits()[i - op.getInputs().size()];
    if (llvm::any_of(op.getAccess(i),
                     [&](ArrayRef<unsigned> entry) { return llvm::is_contained(entry, dim); })) {
      unsigned bits = getElementTypeOrSelf(memref.getType()).getIntOrFloatBitWidth();
      narrowest = std::min(narrowest, bits);
      widest = std::max(widest, bits);
    }
  }
  return {narrowest, widest};
}

unsigned getNarrowestBits(GenericOp op, unsigned dim) { return getChunkBits(op, dim).first; }

/// The bytes of the widest access to `width` neighbours, 16 at least, which all GPUs have.
int64_t getAccess(GenericOp op, unsigned dim, int64_t width, int64_t most) {
  return std::clamp<int64_t>(width * getChunkBits(op, dim).second / 8, 16, most);
}

/// The bits of the widest number that is computed with, 32 at least.
unsigned getWidestBits(GenericOp op) {
  unsigned bits = 32;
  op.getBody().walk([&](Operation *inner) {
    for (Type type : inner->getResultTypes()) {
      Type element = isa<FieldType>(type) ? norm::getElementType(type) : type;
      if (isa<FloatType>(element))
        bits = std::max(bits, element.getIntOrFloatBitWidth());
    }
  });
  return bits;
}

/// Whether a chunk has 16-bit elements in memory, and all of them are bf16.
bool isBF16(GenericOp op, unsigned dim) {
  bool found = false;
  for (unsigned i = 0, e = op.getInputs().size() + op.getInits().size(); i != e; ++i) {
    if (llvm::none_of(op.getAccess(i), [&](auto entry) { return llvm::is_contained(entry, dim); }))
      continue;
    Value memref =
        i < op.getInputs().size() ? op.getInputs()[i] : op.getInits()[i - op.getInputs().size()];
    Type element = getElementTypeOrSelf(memref.getType());
    if (element.getIntOrFloatBitWidth() == 16 && !element.isBF16())
      return false;
    found |= element.isBF16();
  }
  return found;
}

/// What functions of elements take, see ExpandFunctions.cpp.
int64_t countFunctionOps(GenericOp op) {
  int64_t count = 0;
  op.getBody().walk([&](MapOp map) {
    map.getBody().walk([&](Operation *inner) {
      count += isa<math::ErfOp>(inner)    ? 40
               : isa<math::TanhOp>(inner) ? 25
               : isa<math::ExpOp>(inner)  ? 15
                                          : 0;
    });
  });
  return count;
}

GroupShape describe(GenericOp op, unsigned dim) {
  GroupShape shape;
  int64_t extent = op.getStaticExtents()[dim];
  shape.extent = ShapedType::isDynamic(extent) ? 0 : extent;
  shape.lanesAreGroups = op.isGroupDim(dim);
  shape.reduces = !op.getBody().getOps<ReduceOp>().empty();
  shape.isRow = op.getDimsWhere(/*inGroup=*/true).size() == 1 &&
                op.getDimsWhere(/*inGroup=*/false).size() == 1 && !op.isGroupDim(dim);
  shape.accumulates = op.hasAcc();
  for (unsigned i = 0; i < op.getInits().size(); ++i)
    shape.stores |= !op.getAccOrder(i) &&
                    llvm::is_contained(op.getAccessDims(op.getInputs().size() + i, true), dim);
  if (std::optional<unsigned> across = findNeighbourDim(op, dim))
    shape.neighbours = op.getStaticExtents()[*across];
  shape.mixes = findNeighbourDim(op, dim, /*anySize=*/true).has_value();
  shape.groupRows = shape.elements = 1;
  for (unsigned other : op.getDimsWhere(/*inGroup=*/true)) {
    int64_t size = op.getStaticExtents()[other];
    if (ShapedType::isDynamic(size))
      size = 0;
    shape.elements = llvm::SaturatingMultiply<uint64_t>(shape.elements, size);
    if (other != dim)
      shape.groupRows = llvm::SaturatingMultiply<uint64_t>(shape.groupRows, size);
  }
  shape.narrowestBits = getNarrowestBits(op, dim);
  shape.widestBits = getWidestBits(op);
  shape.isBF16 = isBF16(op, dim);
  shape.functionOps = countFunctionOps(op);
  op.getBody().walk([&](ReduceOp reduce) {
    int64_t lanes = reduce.getOrder().getLanes();
    if (llvm::is_contained(reduce.getOver(), op.getDimName(dim)) && lanes > 1)
      shape.lanes = shape.lanes ? std::min(shape.lanes, lanes) : lanes;
  });
  return shape;
}

/// Of a user's schedules by the GPU, `{sm_80 = [..], sm_90 = [..]}`, those for the newest that is
/// not newer than the target stay; none stays where all are newer.
LogicalResult takeOwnSchedules(GenericOp op, int64_t arch) {
  auto byGPU = op->getAttrOfType<DictionaryAttr>(kScheduleAttr);
  if (!byGPU)
    return success();
  int64_t newest = 0;
  op->removeAttr(kScheduleAttr);
  for (NamedAttribute entry : byGPU) {
    StringRef number = entry.getName().getValue();
    int64_t own;
    if (!number.consume_front("sm_") || number.getAsInteger(10, own) || own <= 0)
      return op.emitOpError("expects schedules by GPUs such as sm_90, but got ") << entry.getName();
    if (own > arch || own < newest)
      continue;
    newest = own;
    op->setAttr(kScheduleAttr, entry.getValue());
  }
  return success();
}

struct SchedulePass : norm::impl::SchedulePassBase<SchedulePass> {
  using SchedulePassBase::SchedulePassBase;

  void runOnOperation() override {
    if (gpuArch)
      return scheduleForGPU();
    CPUTarget target{vectorBits, registers, maskBits, pairsBF16, streamBytes};
    getOperation()->walk([&](GenericOp op) {
      // Schedules by GPU are not for this target.
      if (failed(takeOwnSchedules(op, /*arch=*/0)))
        return signalPassFailure();
      if (op->hasAttr(kScheduleAttr) || op->getNumResults() != 0)
        return;
      std::optional<unsigned> dim = findInnermostDim(op);
      std::string obstacle =
          dim ? findVectorObstacle(op, *dim) : std::string("its operands have no dimensions");
      auto options = remark::RemarkOpts::name("Schedule").category("norm-schedule");
      if (!obstacle.empty()) {
        remark::missed(op.getLoc(), options)
            << remark::add("left as loops over elements") << remark::reason("{0}", obstacle);
        return;
      }
      GroupShape shape = describe(op, *dim);
      Schedule chosen = chooseSchedule(target, shape);
      bool whole = chosen.masked || (shape.extent && shape.extent % chosen.width == 0);
      std::optional<unsigned> across =
          chosen.groups > 1 ? findNeighbourDim(op, *dim) : std::nullopt;
      if (!findBlockObstacle(op, *dim, across, whole).empty())
        chosen.block = 1;
      chosen.mixed =
          chosen.mixed && findMixedObstacle(op, *dim, chosen.width, chosen.masked).empty();
      StringRef along = op.getDimName(*dim).getValue();
      op->setAttr(kScheduleAttr, getScheduleAttr(&getContext(), along, chosen));
      remark::passed(op.getLoc(), options)
          << remark::add("chunks of {0} along '{1}', {2} rows together", chosen.width, along,
                         chosen.rows)
          << remark::reason("{0}", explainSchedule(chosen, shape));
    });
  }

  /// What only the chip tells of a user's schedule.
  LogicalResult verify(GenericOp op) {
    auto schedules = op->getAttrOfType<ArrayAttr>(kScheduleAttr);
    for (Attribute attr : schedules ? schedules.getValue() : ArrayRef<Attribute>())
      if (auto schedule = dyn_cast<GPUScheduleAttr>(attr);
          schedule &&
          ((schedule.getCluster() > 1 && gpuArch < 90) || (schedule.getAhead() && gpuArch < 80) ||
           schedule.getAccess() > getGPUAccess({gpuArch})))
        return op.emitOpError("expects a schedule without clusters, which begin with sm_90, "
                              "asynchronous copies, which begin with sm_80, and accesses of 32 "
                              "bytes, which begin with sm_100, for sm_")
               << int64_t(gpuArch) << ", but got " << schedule;
    return success();
  }

  void scheduleForGPU() {
    GPUTarget target{gpuArch};
    int64_t access = getGPUAccess(target);
    getOperation()->walk([&](GenericOp op) {
      if (failed(takeOwnSchedules(op, gpuArch)) || failed(verify(op)))
        return signalPassFailure();
      if (op->hasAttr(kScheduleAttr) || op->getNumResults() != 0)
        return;
      auto options = remark::RemarkOpts::name("Schedule").category("norm-schedule");
      std::string obstacle = findTeamObstacle(op);
      if (findElementObstacle(op).empty()) {
        unsigned dim = getColumnDim(op);
        int64_t width =
            getTeamWidth(op, dim, std::max<int64_t>(1, 8 * access / getNarrowestBits(op, dim)));
        auto schedule =
            getScheduleAttr(&getContext(), op.getDimName(dim).getValue(),
                            getElementSchedule(width, getAccess(op, dim, width, access)));
        op->setAttr(kScheduleAttr, ArrayAttr::get(&getContext(), {schedule}));
        remark::passed(op.getLoc(), options) << remark::add("a thread for {0} neighbours", width)
                                             << remark::reason("a group has one element");
        return;
      }
      // Before teams: neighbours in memory are other groups', and threads beside each other take
      // them.
      if (findColumnObstacle(op).empty()) {
        unsigned dim = getColumnDim(op);
        int64_t lanes = getTeamOrder(op).getLanes(), bits = getNarrowestBits(op, dim);
        // Of 8 bits too, eight at most: each is a column of shared memory for a block's sums.
        int64_t most = std::clamp<int64_t>(8 * access / bits, 1, 8);
        int64_t width = getTeamWidth(op, dim, most);
        auto schedule =
            getScheduleAttr(&getContext(), op.getDimName(dim).getValue(),
                            getColumnSchedule(width, lanes, getAccess(op, dim, width, access)));
        op->setAttr(kScheduleAttr, ArrayAttr::get(&getContext(), {schedule}));
        remark::passed(op.getLoc(), options)
            << remark::add("{0} threads for a segment of {1} columns", 8 * lanes, 8 * width)
            << remark::reason("groups lie beside each other");
        return;
      }
      if (!obstacle.empty()) {
        remark::missed(op.getLoc(), options) << remark::add("a thread computes a group by itself")
                                             << remark::reason("{0}", obstacle);
        return;
      }
      TeamShape shape = describeTeam(op);
      StringRef along = op.getDimName(getTeamDim(op)).getValue();
      SmallVector<Attribute> schedules;
      for (GPUSchedule chosen : chooseGPUSchedules(target, shape)) {
        unsigned dim = getTeamDim(op);
        chosen.width = std::min(chosen.width, getTeamWidth(op, dim, chosen.width));
        chosen.access = getAccess(op, dim, chosen.width, access);
        schedules.push_back(getScheduleAttr(&getContext(), along, chosen));
        remark::passed(op.getLoc(), options)
            << remark::add("{0} threads for a group{1}, {2} of {3}",
                           chosen.threads * chosen.cluster,
                           chosen.most ? " of up to " + std::to_string(chosen.most) + " elements"
                                       : std::string(),
                           chosen.cluster > 1 ? "clusters" : "blocks",
                           chosen.cluster > 1 ? chosen.cluster : chosen.groups)
            << remark::reason("{0}", explainGPUSchedule(chosen, shape));
      }
      op->setAttr(kScheduleAttr, ArrayAttr::get(&getContext(), schedules));
    });
  }
};

} // namespace
