//===- ConvertNormToGPU.cpp - norm.generic as threads of a GPU -------------===//
//
// Follows the schedules that norm-schedule, or a user, has put on an operation: chooses one by what
// sizes and addresses are at run time, and writes the code of each.
//
//===----------------------------------------------------------------------===//

#include "ColumnLoops.h"
#include "GroupLoops.h"
#include "TeamLoops.h"
#include "normc/Passes.h"
#include "normc/Transforms/Team.h"
#include "normc/Transforms/VectorDim.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"

namespace mlir::norm {
#define GEN_PASS_DEF_CONVERTNORMTOGPUPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

namespace {

class TeamVersions {
public:
  explicit TeamVersions(GenericOp op) : op(op), b(op.getLoc(), op) {}

  LogicalResult run(ArrayAttr schedules);

private:
  LogicalResult verify(GPUScheduleAttr schedule);
  /// Whether accesses of `width` neighbours, of `access` bytes at most, are aligned in every
  /// operand; null where that is known.
  Value createAligned(unsigned dim, int64_t width, int64_t access);
  /// Groups of one element.
  LogicalResult runElements(GPUScheduleAttr schedule);
  void emitElements(unsigned dim, int64_t width, int64_t access);
  /// Groups that lie beside each other.
  LogicalResult runColumns(GPUScheduleAttr schedule);
  /// The operation, or the choice that norm-collapse has put around it: buffers stand before it.
  Operation *getOutermost() {
    Operation *parent = op->getParentOp();
    return isa<scf::IfOp>(parent) ? parent : op.getOperation();
  }
  void emit(ArrayRef<GPUSchedule> schedules);
  void emitVersions(ArrayRef<GPUSchedule> schedules);
  void createIf(Value condition, function_ref<void()> then, function_ref<void()> otherwise);

  GenericOp op;
  ImplicitLocOpBuilder b;
  SmallVector<Value> extents;
  Value numElements;
  std::optional<Accumulators> sums;
};

LogicalResult TeamVersions::verify(GPUScheduleAttr schedule) {
  if (std::string obstacle = findTeamObstacle(op); !obstacle.empty())
    return op.emitOpError("cannot be computed by threads together: ") << obstacle;
  StringRef along = op.getDimName(getTeamDim(op)).getValue();
  if (schedule.getAlong() != along)
    return op.emitOpError("expects a schedule along '")
           << along << "', but got '" << schedule.getAlong() << "'";
  int64_t width = schedule.getWidth(), unit = getTeamOrder(op).getUnit();
  if (width > unit || width > getTeamWidth(op, getTeamDim(op), unit))
    return op.emitOpError("expects a width of at most ")
           << getTeamWidth(op, getTeamDim(op), unit) << ", but got " << width;
  OrderAttr order = getTeamOrder(op);
  int64_t threads = schedule.getThreads(), units = schedule.getUnits();
  int64_t perSegment = order.getSegment() / order.getLanes(),
          room = threads * units * unit * schedule.getCluster();
  if (units && (threads < 32 ? units > 1 : threads > 32 && units % perSegment != 0))
    return op.emitOpError("expects ")
           << threads << " threads to keep " << (threads < 32 ? 1 : perSegment)
           << " units each, or a multiple, but got " << units;
  if (schedule.getAhead() && (!op.hasAcc() || getCopyBytes(op, width) == 0))
    return op.emitOpError("expects results that accumulate, and ")
           << width << " neighbours to have a multiple of 16 bytes, to copy groups ahead";
  int64_t copied = threads * schedule.getGroups() * units * unit * getCopyBytes(op, width);
  if (schedule.getAhead() && copied > kMostCopied)
    return op.emitOpError("expects at most ")
           << kMostCopied << " bytes of shared memory for groups that are copied ahead, but got "
           << copied;
  int64_t warps = schedule.getCluster() * threads / 32;
  if (schedule.getCluster() > 1 && (warps > 64 || !llvm::isPowerOf2_64(warps * units / perSegment)))
    return op.emitOpError("expects a cluster of at most 64 warps, and a power of two of segments, "
                          "but got ")
           << warps << " warps with " << units / perSegment << " segments each";
  if (units && schedule.getMost() > room)
    return op.emitOpError("expects a schedule for at most ")
           << room << " elements, which " << threads << " threads keep in " << units
           << " units, but got " << schedule.getMost();
  if (!units && (threads < 32 || 64 % (threads / 32) != 0 || schedule.getGroups() != 1))
    return op.emitOpError("expects groups that are read again to have a power of two of warps "
                          "each, and a block of their own");
  for (auto reduce : op.getBody().getOps<ReduceOp>())
    if (units && reduce.getAlgorithm() == Algorithm::Shifted)
      return op.emitOpError("expects shifted moments to be of groups that are read again, but got ")
             << units << " units";
  if (op.hasAcc() && threads > 32 && schedule.getGroups() > 1)
    return op.emitOpError("expects a block for each group of more than 32 threads, since results "
                          "accumulate, but got ")
           << schedule.getGroups() << " groups in a block";
  return success();
}

Value TeamVersions::createAligned(unsigned dim, int64_t width, int64_t access) {
  if (width == 1)
    return Value();
  auto constant = [&](int64_t number) -> Value {
    return arith::ConstantIndexOp::create(b, number);
  };
  Value rests = constant(0);
  auto combine = [&](Value bytes, int64_t alignment) {
    Value rest = b.createOrFold<arith::RemUIOp>(bytes, constant(alignment));
    if (getConstantIntValue(rest) != 0)
      rests =
          getConstantIntValue(rests) == 0 ? rest : arith::OrIOp::create(b, rests, rest).getResult();
  };
  combine(extents[dim], width);
  for (unsigned i = 0, e = op.getInputs().size() + op.getInits().size(); i != e; ++i) {
    bool isInput = i < op.getInputs().size();
    Value memref = isInput ? op.getInputs()[i] : op.getInits()[i - op.getInputs().size()];
    if (llvm::none_of(op.getAccess(i),
                      [&](ArrayRef<unsigned> entry) { return llvm::is_contained(entry, dim); }))
      continue;
    int64_t bytes = getElementTypeOrSelf(memref.getType()).getIntOrFloatBitWidth() / 8;
    int64_t alignment = std::min(access, width * bytes);
    auto metadata = memref::ExtractStridedMetadataOp::create(b, memref);
    Value address = memref::ExtractAlignedPointerAsIndexOp::create(b, memref);
    combine(createAdd(b, address, createMul(b, metadata.getOffset(), constant(bytes))), alignment);
    SmallVector<int64_t> strides;
    int64_t offset;
    (void)cast<MemRefType>(memref.getType()).getStridesAndOffset(strides, offset);
    for (auto [stride, known] : llvm::zip(metadata.getStrides().drop_back(), strides))
      combine(
          createMul(b, ShapedType::isDynamic(known) ? stride : constant(known), constant(bytes)),
          alignment);
  }
  return arith::CmpIOp::create(b, arith::CmpIPredicate::eq, rests, constant(0));
}

void TeamVersions::createIf(Value condition, function_ref<void()> then,
                            function_ref<void()> otherwise) {
  auto branch = scf::IfOp::create(b, condition, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  then();
  b.setInsertionPointToStart(branch.elseBlock());
  otherwise();
}

void TeamVersions::emit(ArrayRef<GPUSchedule> schedules) {
  const GPUSchedule &first = schedules.front();
  auto run = [&](const GPUSchedule &schedule) {
    TeamLoops(op, schedule, extents, sums ? &*sums : nullptr, b).run();
  };
  if (schedules.size() == 1)
    return run(first);
  Value most = arith::ConstantIndexOp::create(b, first.most);
  createIf(
      arith::CmpIOp::create(b, arith::CmpIPredicate::ule, numElements, most), [&] { run(first); },
      [&] { emit(schedules.drop_front()); });
}

void TeamVersions::emitElements(unsigned dim, int64_t width, int64_t access) {
  // Threads beside each other take neighbours.
  SmallVector<unsigned> dims = op.getDimsWhere(/*inGroup=*/false);
  llvm::erase(dims, dim);
  dims.push_back(dim);
  Value chunk = arith::ConstantIndexOp::create(b, width);
  auto counts = llvm::map_to_vector(dims, [&](unsigned d) -> Value {
    return d == dim ? createCeilDiv(b, extents[d], chunk) : extents[d];
  });
  auto schedule = getScheduleAttr(b.getContext(), op.getDimName(dim).getValue(),
                                  getElementSchedule(width, access));
  createThreads(b, createProduct(b, counts), schedule, [&](Value number, Block *block) {
    Point point(op.getNumDims());
    for (auto [d, index] : llvm::zip(dims, createDelinearize(b, number, counts)))
      point[d] = d == dim ? createMul(b, index, chunk) : index;
    std::optional<VectorDim> vector;
    if (width > 1) {
      vector.emplace(VectorDim{Schedule(), dim, /*divides=*/true});
      vector->width = width;
    }
    GroupEmitter emitter(op, extents, vector, b, block);
    emitter.access = access;
    SmallVector<Value> results;
    for (Value value : op.getYield().getValues())
      results.push_back(emitter.emit(value, point));
    for (auto [i, value] : llvm::enumerate(results)) {
      unsigned operand = op.getInputs().size() + i;
      emitter.store(value, emitter.getBuffer(operand), operand, emitter.getIndices(operand, point));
    }
  });
}

LogicalResult TeamVersions::runElements(GPUScheduleAttr schedule) {
  if (std::string obstacle = findElementObstacle(op); !obstacle.empty())
    return op.emitOpError("cannot be computed element by element: ") << obstacle;
  unsigned dim = getColumnDim(op);
  int64_t width = schedule.getWidth(), access = schedule.getAccess();
  if (width > getTeamWidth(op, dim, access))
    return op.emitOpError("expects a width of at most ")
           << getTeamWidth(op, dim, access) << ", but got " << width;
  for (OpFoldResult extent : op.getMixedExtents())
    extents.push_back(getValueOrCreateConstantIndexOp(b, op.getLoc(), extent));
  if (Value aligned = createAligned(dim, width, access))
    createIf(
        aligned, [&] { emitElements(dim, width, access); }, [&] { emitElements(dim, 1, access); });
  else
    emitElements(dim, width, access);
  return success();
}

LogicalResult TeamVersions::runColumns(GPUScheduleAttr schedule) {
  if (std::string obstacle = findColumnObstacle(op); !obstacle.empty())
    return op.emitOpError("cannot be computed by columns: ") << obstacle;
  unsigned dim = getColumnDim(op);
  int64_t width = schedule.getWidth(), threads = 8 * getTeamOrder(op).getLanes();
  if (width > 8 || width > getTeamWidth(op, dim, 16))
    return op.emitOpError("expects a width of at most ")
           << std::min<int64_t>(8, getTeamWidth(op, dim, 16)) << ", but got " << width;
  if (schedule.getThreads() != threads || schedule.getGroups() != 1 || schedule.getUnits() != 0)
    return op.emitOpError("expects ")
           << threads << " threads, eight for each lane of its sums, but got "
           << schedule.getThreads();
  OpBuilder::InsertionGuard insertion(b);
  b.setInsertionPoint(getOutermost());
  for (OpFoldResult extent : op.getMixedExtents())
    extents.push_back(getValueOrCreateConstantIndexOp(b, op.getLoc(), extent));
  ColumnLoops loops(op, extents, schedule.getAccess(), b);
  b.setInsertionPoint(op);
  if (Value aligned = createAligned(dim, width, schedule.getAccess()))
    createIf(aligned, [&] { loops.run(width); }, [&] { loops.run(1); });
  else
    loops.run(width);
  return success();
}

LogicalResult TeamVersions::run(ArrayAttr attrs) {
  if (attrs.size() == 1)
    if (auto schedule = dyn_cast<GPUScheduleAttr>(attrs[0])) {
      FailureOr<unsigned> along = op.findDim(StringAttr::get(op.getContext(), schedule.getAlong()));
      if (succeeded(along) && op.isGroupDim(*along))
        return op.getDimsWhere(/*inGroup=*/true).empty() ? runElements(schedule)
                                                         : runColumns(schedule);
    }
  SmallVector<GPUSchedule> schedules;
  for (Attribute attr : attrs) {
    auto schedule = dyn_cast<GPUScheduleAttr>(attr);
    if (!schedule)
      return op.emitOpError("expects a list of #norm.gpu_schedule, but got ") << attr;
    if (failed(verify(schedule)))
      return failure();
    schedules.push_back(getSchedule(schedule));
  }
  if (schedules.empty() || (schedules.back().units && schedules.back().most == 0))
    return op.emitOpError("expects at least one schedule");
  OpBuilder::InsertionGuard insertion(b);
  b.setInsertionPoint(getOutermost());
  for (OpFoldResult extent : op.getMixedExtents())
    extents.push_back(getValueOrCreateConstantIndexOp(b, op.getLoc(), extent));
  SmallVector<Value> sizes;
  for (unsigned dim : op.getDimsWhere(/*inGroup=*/true))
    sizes.push_back(extents[dim]);
  numElements = createProduct(b, sizes);
  b.setInsertionPoint(op);
  std::optional<int64_t> known = getConstantIntValue(numElements);
  if (schedules.back().units && (!known || *known > schedules.back().most))
    return op.emitOpError("expects a schedule for groups of any length at the end of the list, but "
                          "the last is for ")
           << schedules.back().most << " elements";

  if (op.hasAcc()) {
    // Buffers stand before the choice that norm-collapse has put around the operation.
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPoint(getOutermost());
    sums.emplace(op, extents, b);
  }
  emitVersions(schedules);
  if (!sums)
    return success();
  // A thread for each element.
  sums->fold(b, std::nullopt,
             [&](Value count, auto body) { createThreads(b, count, GPUScheduleAttr(), body); });
  return success();
}

void TeamVersions::emitVersions(ArrayRef<GPUSchedule> schedules) {
  Value aligned = createAligned(getTeamDim(op), schedules.front().width, schedules.front().access);
  if (!aligned)
    return emit(schedules);
  std::optional<int64_t> known = getConstantIntValue(numElements);
  // One element at a time for whatever addresses, which are too many to keep for more than a few:
  // a warp, or a block that reads the group again.
  SmallVector<GPUSchedule> scalar;
  int64_t unit = getTeamOrder(op).getUnit();
  for (const GPUSchedule &schedule : schedules)
    if (schedule.units && schedule.threads <= 32 && schedule.units * unit <= (sums ? 8 : 32)) {
      scalar.push_back(schedule);
      scalar.back().width = scalar.back().blocks = 1;
      scalar.back().ahead = false;
    }
  bool isShort = known && !scalar.empty() && *known <= scalar.back().most;
  if (!isShort) {
    GPUSchedule again;
    again.threads = known && *known <= 4096 ? 128 : 256;
    scalar.push_back(again);
  }
  createIf(aligned, [&] { emit(schedules); }, [&] { emit(scalar); });
}

/// A thread for each element.
void emitCopy(memref::CopyOp copy) {
  ImplicitLocOpBuilder b(copy.getLoc(), copy);
  SmallVector<Value> sizes = createSizes(b, copy.getSource());
  createThreads(b, createProduct(b, sizes), GPUScheduleAttr(), [&](Value number, Block *) {
    SmallVector<Value> indices = createDelinearize(b, number, sizes);
    Value value = memref::LoadOp::create(b, copy.getSource(), indices);
    memref::StoreOp::create(b, value, copy.getTarget(), indices);
  });
  copy.erase();
}

/// Loops of other dialects, as that of a fill: a thread for each iteration.
LogicalResult emitParallel(scf::ParallelOp loop) {
  if (!loop.getInitVals().empty())
    return loop.emitError("expects a parallel loop without reductions, but it has ")
           << loop.getInitVals().size();
  ImplicitLocOpBuilder b(loop.getLoc(), loop);
  SmallVector<Value> counts;
  for (auto [from, to, step] :
       llvm::zip(loop.getLowerBound(), loop.getUpperBound(), loop.getStep()))
    counts.push_back(createCeilDiv(b, createSub(b, to, from), step));
  createThreads(b, createProduct(b, counts), GPUScheduleAttr(), [&](Value number, Block *) {
    IRMapping mapping;
    for (auto [index, variable, from, step] :
         llvm::zip(createDelinearize(b, number, counts), loop.getInductionVars(),
                   loop.getLowerBound(), loop.getStep()))
      mapping.map(variable, createAdd(b, from, createMul(b, index, step)));
    for (Operation &inner : loop.getBody()->without_terminator())
      b.clone(inner, mapping);
  });
  loop.erase();
  return success();
}

struct ConvertNormToGPUPass : norm::impl::ConvertNormToGPUPassBase<ConvertNormToGPUPass> {
  void runOnOperation() override {
    FailureOr<SmallVector<GenericOp>> ops =
        getGenericsOnBuffers(getOperation(), "convert-norm-to-gpu");
    if (failed(ops))
      return signalPassFailure();
    for (GenericOp op : *ops) {
      Attribute schedule = op->getAttr(kScheduleAttr);
      if (!schedule)
        continue;
      auto schedules = dyn_cast<ArrayAttr>(schedule);
      if (!schedules) {
        op.emitOpError("expects a list of #norm.gpu_schedule, but got ") << schedule;
        return signalPassFailure();
      }
      if (failed(TeamVersions(op).run(schedules)))
        return signalPassFailure();
      op.erase();
    }
    SmallVector<memref::CopyOp> copies;
    SmallVector<scf::ParallelOp> loops;
    getOperation()->walk([&](memref::CopyOp copy) { copies.push_back(copy); });
    getOperation()->walk([&](scf::ParallelOp loop) { loops.push_back(loop); });
    llvm::for_each(copies, emitCopy);
    for (scf::ParallelOp loop : loops)
      if (failed(emitParallel(loop)))
        return signalPassFailure();
  }
};

} // namespace
