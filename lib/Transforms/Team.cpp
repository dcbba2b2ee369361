//===- Team.cpp - groups that threads of a GPU work on together ------------===//
//
// Which operations a team can share, and what a schedule needs to know of them.
//
//===----------------------------------------------------------------------===//

#include "normc/Transforms/Team.h"
#include "normc/Transforms/VectorDim.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace mlir;
using namespace mlir::norm;

unsigned norm::getTeamDim(GenericOp op) { return op.getDimsWhere(/*inGroup=*/true).back(); }

OrderAttr norm::getTeamOrder(GenericOp op) {
  auto reduces = op.getBody().getOps<ReduceOp>();
  return reduces.empty() ? OrderAttr() : (*reduces.begin()).getOrder();
}

static constexpr int64_t kWarp = 32;

bool norm::isTeamOrder(OrderAttr order) {
  return order.getLanes() == kWarp * order.getUnit() && !order.getRun() && order.getSegment() &&
         order.getSegment() % order.getLanes() == 0 && !order.getRuns() && order.getBlocks() == 64;
}

bool norm::isColumnOrder(OrderAttr order) {
  int64_t lanes = order.getLanes();
  return lanes >= 16 && lanes <= 128 && order.getUnit() == 1 && !order.getRun() &&
         !order.getRuns() && order.getSegment() && order.getSegment() % (4 * lanes) == 0 &&
         order.getBlocks() == 64 && order.getShift() <= lanes;
}

std::string norm::findTeamObstacle(GenericOp op) {
  SmallVector<unsigned> inGroup = op.getDimsWhere(/*inGroup=*/true);
  if (inGroup.empty())
    return "a group has one element";
  OrderAttr order = getTeamOrder(op);
  if (!order)
    return "nothing is reduced";
  if (!isTeamOrder(order))
    return "the lanes of a sum are not those of a warp";
  for (auto reduce : op.getBody().getOps<ReduceOp>()) {
    if (reduce.getOver().size() != inGroup.size())
      return "a reduction leaves dimensions of a group";
    if (reduce.getOrder() != order)
      return "sums have different orders";
    if (reduce.getAlgorithm() == Algorithm::Shifted && order.getShift() != kWarp)
      return "moments are not shifted by a warp's elements";
  }
  std::optional<unsigned> first;
  for (unsigned i = 0; i < op.getInits().size(); ++i) {
    if (!op.getAccOrder(i))
      continue;
    auto dims = [&](unsigned output) {
      return op.getAccessDims(op.getInputs().size() + output, /*inGroup=*/false);
    };
    if (first && (dims(*first) != dims(i) || op.getAccOrder(*first) != op.getAccOrder(i)))
      return "results accumulate over different groups";
    first = i;
  }
  bool flips = !op.getBody().getOps<FlipOp>().empty();
  for (unsigned i = 0; i < op.getInits().size(); ++i) {
    size_t dims = op.getAccessDims(op.getInputs().size() + i, /*inGroup=*/true).size();
    if (dims != 0 && dims != inGroup.size())
      return "a result has some dimensions of a group";
    if (flips && llvm::is_contained(op.getInputs(), op.getInits()[i]))
      return "halves are exchanged in place";
  }
  return "";
}

unsigned norm::getColumnDim(GenericOp op) {
  std::optional<unsigned> innermost = findInnermostDim(op);
  return innermost && op.isGroupDim(*innermost) ? *innermost
                                                : op.getDimsWhere(/*inGroup=*/false).back();
}

/// Whether a value is made without any reduction's result.
static bool isReady(Value value) {
  Operation *definition = value.getDefiningOp();
  if (!definition)
    return true;
  if (isa<ReduceOp>(definition))
    return false;
  bool ready = true;
  definition->walk([&](Operation *nested) {
    for (Value operand : nested->getOperands())
      if (Operation *other = operand.getDefiningOp();
          other && other->getBlock() == definition->getBlock())
        ready &= isReady(operand);
  });
  return ready;
}

std::string norm::findElementObstacle(GenericOp op) {
  if (!op.getDimsWhere(/*inGroup=*/true).empty() || op.getDimsWhere(/*inGroup=*/false).empty())
    return "a group has several elements, or there is one group";
  if (op.hasAcc())
    return "it has accumulating results";
  // A thread reads what it writes, and nothing of others.
  unsigned dim = getColumnDim(op);
  for (unsigned i = 0; i < op.getInits().size(); ++i)
    if (!llvm::is_contained(op.getAccessDims(op.getInputs().size() + i, false), dim))
      return "a result is the same for neighbours";
  return "";
}

std::string norm::findColumnObstacle(GenericOp op) {
  SmallVector<unsigned> inGroup = op.getDimsWhere(/*inGroup=*/true);
  if (inGroup.empty() || op.getDimsWhere(/*inGroup=*/false).empty())
    return "a group has one element, or there is one group";
  if (op.hasAcc())
    return "it has accumulating results";
  OrderAttr order = getTeamOrder(op);
  if (!order)
    return "nothing is reduced";
  if (!isColumnOrder(order))
    return "the lanes of a sum are not those of a block";
  auto reduces = llvm::to_vector(op.getBody().getOps<ReduceOp>());
  for (ReduceOp reduce : reduces) {
    bool moments = reduce.getKind() == ReduceKind::Moments;
    if (reduce.getOver().size() != inGroup.size())
      return "a reduction leaves dimensions of a group";
    if (reduce.getOrder() != order)
      return "sums have different orders";
    if (moments && (reduces.size() > 1 || reduce.getAlgorithm() != Algorithm::Shifted))
      return "there is more than one pass over a group";
    if (!llvm::all_of(reduce.getInputs(), isReady))
      return "a sum needs another one";
  }
  if (!op.getBody().getOps<FlipOp>().empty())
    return "halves are exchanged";
  unsigned dim = getColumnDim(op);
  for (unsigned i = 0; i < op.getInputs().size() + op.getInits().size(); ++i) {
    GenericOp::Access access = op.getAccess(i);
    SmallVector<unsigned> own = op.getAccessDims(i, /*inGroup=*/true);
    bool isResult = i >= op.getInputs().size();
    if (isResult && !own.empty() && own.size() != inGroup.size())
      return "a result has some dimensions of a group";
    if (!own.empty() && (access.back().empty() || access.back().back() != dim))
      return "groups do not lie beside each other";
    if (isResult && own.empty() &&
        llvm::is_contained(op.getInputs(), op.getInits()[i - op.getInputs().size()])) {
      auto input = llvm::find(op.getInputs(), op.getInits()[i - op.getInputs().size()]);
      BlockArgument arg = op.getBody().getArgument(std::distance(op.getInputs().begin(), input));
      if (llvm::any_of(arg.getUsers(), [&](Operation *user) {
            return user->getBlock() != &op.getBody().front() || isa<MapOp>(user);
          }))
        return "a result takes the place of what its fields need";
    }
  }
  return "";
}

int64_t norm::getTeamWidth(GenericOp op, unsigned dim, int64_t most) {
  int64_t extent = op.getStaticExtents()[dim];
  for (auto flip : op.getBody().getOps<FlipOp>())
    if (flip.getDimAttr() == op.getDimName(dim))
      return 1;
  for (unsigned i = 0, e = op.getInputs().size() + op.getInits().size(); i != e; ++i) {
    bool isInput = i < op.getInputs().size();
    Value memref = isInput ? op.getInputs()[i] : op.getInits()[i - op.getInputs().size()];
    GenericOp::Access access = op.getAccess(i);
    if (llvm::none_of(access, [&](auto entry) { return llvm::is_contained(entry, dim); }))
      continue;
    SmallVector<int64_t> strides;
    int64_t offset;
    Type element = getElementTypeOrSelf(memref.getType());
    if (access.back().empty() || access.back().back() != dim ||
        failed(cast<MemRefType>(memref.getType()).getStridesAndOffset(strides, offset)) ||
        strides.back() != 1 || !element.isIntOrFloat() || element.isInteger(1))
      return 1;
  }
  while (!ShapedType::isDynamic(extent) && most > 1 && extent % most != 0)
    most /= 2;
  return most;
}

Value norm::getWidened(Value field) {
  auto map = field.getDefiningOp<MapOp>();
  if (!map || map.getInputs().size() != 1)
    return Value();
  auto ops = map.getBody().front().without_terminator();
  return llvm::hasSingleElement(ops) && isa<arith::ExtFOp>(*ops.begin()) ? map.getInputs().front()
                                                                         : Value();
}

bool norm::isCopied(GenericOp op, BlockArgument arg) {
  return isa<FieldType>(arg.getType()) && isReduced(op, arg) &&
         !op.getAccessDims(arg.getArgNumber(), /*inGroup=*/false).empty();
}

int64_t norm::getCopyBytes(GenericOp op, int64_t width) {
  int64_t sum = 0;
  for (BlockArgument arg : op.getBody().getArguments()) {
    if (!isCopied(op, arg))
      continue;
    int64_t bytes = norm::getElementType(arg.getType()).getIntOrFloatBitWidth() / 8;
    if (width * bytes % 16 != 0 || op.getAccessDims(arg.getArgNumber(), /*inGroup=*/true).size() !=
                                       op.getDimsWhere(/*inGroup=*/true).size())
      return 0;
    sum += bytes;
  }
  return sum;
}

bool norm::isReduced(GenericOp op, BlockArgument arg) {
  llvm::SmallPtrSet<Operation *, 8> seen;
  SmallVector<Value> work{arg};
  while (!work.empty())
    for (Operation *user : work.pop_back_val().getUsers()) {
      if (isa<ReduceOp>(user))
        return true;
      if (isa<MapOp, FlipOp>(user) && seen.insert(user).second)
        llvm::append_range(work, user->getResults());
    }
  return false;
}

GPUScheduleAttr norm::getScheduleAttr(MLIRContext *context, StringRef along, const GPUSchedule &s) {
  return GPUScheduleAttr::get(context, along, s.width, s.threads, s.groups, s.units, s.most,
                              s.cluster, s.blocks, s.ahead, s.access);
}

GPUSchedule norm::getSchedule(GPUScheduleAttr attr) {
  return {attr.getWidth(),   attr.getThreads(), attr.getGroups(), attr.getUnits(), attr.getMost(),
          attr.getCluster(), attr.getBlocks(),  attr.getAhead(),  attr.getAccess()};
}

static GPUSchedule getSchedule(int64_t width, int64_t threads, int64_t access) {
  GPUSchedule schedule{width, threads};
  schedule.access = access;
  return schedule;
}

GPUSchedule norm::getElementSchedule(int64_t width, int64_t access) {
  return ::getSchedule(width, /*threads=*/128, access);
}

GPUSchedule norm::getColumnSchedule(int64_t width, int64_t lanes, int64_t access) {
  return ::getSchedule(width, 8 * lanes, access);
}

TeamShape norm::describeTeam(GenericOp op) {
  TeamShape shape;
  auto known = [](int64_t extent) { return ShapedType::isDynamic(extent) ? 0 : extent; };
  shape.extent = known(op.getStaticExtents()[getTeamDim(op)]);
  shape.elements = 1;
  for (unsigned dim : op.getDimsWhere(/*inGroup=*/true))
    shape.elements =
        llvm::SaturatingMultiply<uint64_t>(shape.elements, known(op.getStaticExtents()[dim]));
  shape.isRow = op.getDimsWhere(/*inGroup=*/true).size() == 1;
  OrderAttr order = getTeamOrder(op);
  shape.unit = order.getUnit();
  shape.segment = order.getSegment();
  shape.streams = 0;
  for (BlockArgument arg : op.getBody().getArguments())
    shape.streams += isa<FieldType>(arg.getType()) && isReduced(op, arg);
  // Sums of what is only widened keep it as it is in memory, see TeamLoops::repack.
  shape.keptBits = 8;
  for (auto reduce : op.getBody().getOps<ReduceOp>())
    for (Value field : reduce.getInputs()) {
      Value narrow = getWidened(field);
      Type type = norm::getElementType((narrow ? narrow : field).getType());
      shape.keptBits = std::max<int64_t>(shape.keptBits, type.getIntOrFloatBitWidth());
    }
  op.getBody().walk([&](Operation *inner) {
    shape.functions |= isa<math::MathDialect>(inner->getDialect()) &&
                       !isa<math::FmaOp, math::AbsFOp, math::SqrtOp>(inner);
  });
  shape.streamBytes = getCopyBytes(op, shape.unit);
  shape.accumulates = op.hasAcc();
  for (unsigned i = 0; i < op.getInits().size(); ++i)
    shape.sums +=
        op.getAccOrder(i) && !op.getAccessDims(op.getInputs().size() + i, /*inGroup=*/true).empty();
  for (auto reduce : op.getBody().getOps<ReduceOp>())
    shape.shifted |= reduce.getAlgorithm() == Algorithm::Shifted;
  op.getBody().walk([&](ReduceOp reduce) {
    Type type = norm::getElementType(reduce.getResultTypes().front());
    shape.computeBits = std::max<int64_t>(shape.computeBits, type.getIntOrFloatBitWidth());
  });
  return shape;
}
