//===- VectorDim.cpp - the dimension whose chunks can be vectors ----------===//
//
// Neighbours in every operand that has it, and nothing in the program that looks at neighbours.
//
//===----------------------------------------------------------------------===//

#include "normc/Transforms/VectorDim.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::norm;

Schedule norm::getSchedule(ScheduleAttr a) {
  return {a.getWidth(),
          a.getAccumulators(),
          a.getMasked(),
          a.getRows(),
          a.getTask(),
          a.getPipelined(),
          a.getColumns(),
          a.getStraight(),
          a.getInterleaved(),
          a.getStream(),
          a.getStreamRows(),
          a.getStreamColumns(),
          a.getStreamPipelined(),
          a.getGroups(),
          a.getMixed(),
          a.getBlock(),
          a.getSplit()};
}

ScheduleAttr norm::getScheduleAttr(MLIRContext *context, StringRef along, const Schedule &s) {
  return ScheduleAttr::get(context, along, s.width, s.accumulators, s.masked, s.rows, s.task,
                           s.pipelined, s.columns, s.straight, s.interleaved, s.stream,
                           s.streamRows, s.streamColumns, s.streamPipelined, s.groups, s.mixed,
                           s.block, s.split);
}

/// The last iteration dimension of the operand with the most of them: neighbours in memory.
std::optional<unsigned> norm::findInnermostDim(GenericOp op) {
  std::optional<unsigned> found;
  size_t most = 0;
  for (unsigned i = 0, e = op.getInputs().size() + op.getInits().size(); i != e; ++i) {
    GenericOp::Access access = op.getAccess(i);
    size_t count = 0;
    for (ArrayRef<unsigned> entry : access)
      count += entry.size();
    if (count > most && !access.back().empty()) {
      most = count;
      found = access.back().back();
    }
  }
  return found;
}

/// Why chunks of a dimension cannot be vectors, or nothing.
std::string norm::findVectorObstacle(GenericOp op, unsigned dim) {
  std::string name = ("'" + op.getDimName(dim).getValue() + "'").str();
  int64_t extent = op.getStaticExtents()[dim];
  if (extent == 0 || extent == 1)
    return "dimension " + name + " has one element at most";
  for (unsigned i = 0, e = op.getInputs().size() + op.getInits().size(); i != e; ++i) {
    bool isInput = i < op.getInputs().size();
    Value memref = isInput ? op.getInputs()[i] : op.getInits()[i - op.getInputs().size()];
    GenericOp::Access access = op.getAccess(i);
    bool names = llvm::any_of(
        access, [&](ArrayRef<unsigned> entry) { return llvm::is_contained(entry, dim); });
    if (!names) {
      // Rows of an accumulator are summed one after the other.
      if (!isInput && op.getAccOrder(i - op.getInputs().size()) && op.isGroupDim(dim))
        return "dimension " + name + " is summed over by an accumulating result";
      continue;
    }
    std::string operand = ("operand " + Twine(i)).str();
    if (access.back().empty() || access.back().back() != dim)
      return "dimension " + name + " is not the innermost of " + operand;
    SmallVector<int64_t> strides;
    int64_t offset;
    if (failed(cast<MemRefType>(memref.getType()).getStridesAndOffset(strides, offset)) ||
        strides.back() != 1)
      return "elements of " + operand + " are not known to be neighbours";
    Type element = getElementTypeOrSelf(memref.getType());
    if (!element.isIntOrFloat() || element.isInteger(1))
      return operand + " has no numbers that vectors can be loaded from";
  }
  std::string obstacle;
  op.getBody().walk([&](Operation *inner) {
    if (auto reduce = dyn_cast<ReduceOp>(inner); reduce && reduce.getOrder().getUnit() > 1)
      obstacle = "a sum takes units of elements, as threads of a GPU do";
    if (auto flip = dyn_cast<FlipOp>(inner); flip && flip.getDimAttr() == op.getDimName(dim))
      obstacle = "dimension " + name + " is flipped";
    // Lanes without an element are zero, and would be divided by.
    if (isa<arith::DivSIOp, arith::DivUIOp, arith::RemSIOp, arith::RemUIOp, arith::CeilDivSIOp,
            arith::CeilDivUIOp, arith::FloorDivSIOp>(inner))
      obstacle = "integers are divided";
  });
  return obstacle;
}

std::optional<unsigned> norm::findNeighbourDim(GenericOp op, unsigned dim, bool anySize) {
  std::optional<unsigned> across;
  int64_t extent = op.getStaticExtents()[dim];
  if (op.isGroupDim(dim) || (ShapedType::isDynamic(extent) && !anySize))
    return std::nullopt;
  unsigned numInputs = op.getInputs().size(), numOperands = numInputs + op.getInits().size();
  for (unsigned i = 0; i < numOperands; ++i) {
    GenericOp::Access access = op.getAccess(i);
    if (llvm::none_of(access, [&](auto entry) { return llvm::is_contained(entry, dim); }))
      continue;
    // [g c], and nothing else has either.
    if (access.back().size() != 2 || access.back()[1] != dim ||
        (across && access.back()[0] != *across))
      return std::nullopt;
    across = access.back()[0];
  }
  if (!across || !op.isGroupDim(*across))
    return std::nullopt;
  int64_t count = op.getStaticExtents()[*across];
  if (ShapedType::isDynamic(count) ? !anySize : count < 2)
    return std::nullopt;
  for (unsigned i = 0; i < numOperands; ++i) {
    Value memref = i < numInputs ? op.getInputs()[i] : op.getInits()[i - numInputs];
    GenericOp::Access access = op.getAccess(i);
    if (access.empty())
      continue;
    for (ArrayRef<unsigned> entry : ArrayRef(access).drop_back())
      if (llvm::is_contained(entry, *across) || llvm::is_contained(entry, dim))
        return std::nullopt;
    bool names = llvm::is_contained(access.back(), *across);
    if (!names && i >= numInputs)
      return std::nullopt;
    if (!names || llvm::is_contained(access.back(), dim))
      continue;
    SmallVector<int64_t> strides;
    int64_t offset;
    Type element = getElementTypeOrSelf(memref.getType());
    if (access.back().size() != 1 ||
        failed(cast<MemRefType>(memref.getType()).getStridesAndOffset(strides, offset)) ||
        strides.back() != 1 || !element.isIntOrFloat() || element.isInteger(1))
      return std::nullopt;
  }
  bool fits = true;
  op.getBody().walk([&](Operation *inner) {
    if (auto flip = dyn_cast<FlipOp>(inner))
      fits &= flip.getDimAttr() != op.getDimName(dim);
    if (auto index = dyn_cast<IndexOp>(inner))
      fits &=
          index.getDimAttr() != op.getDimName(dim) && index.getDimAttr() != op.getDimName(*across);
    auto reduce = dyn_cast<ReduceOp>(inner);
    if (!reduce || !llvm::is_contained(reduce.getOver(), op.getDimName(dim)))
      return;
    // Every run is the elements of one group along `dim`, one for a lane.
    OrderAttr order = reduce.getOrder();
    fits &= reduce.getOver()[reduce.getOver().size() - 1] == op.getDimName(dim) &&
            (order.getRun() == 1 || reduce.getOver().size() == 1) &&
            (ShapedType::isDynamic(extent) ||
             (order.getLanes() >= extent && (!order.getSegment() || order.getSegment() >= extent)));
  });
  return fits ? across : std::nullopt;
}

std::string norm::findBlockObstacle(GenericOp op, unsigned dim, std::optional<unsigned> across,
                                    bool whole) {
  SmallVector<unsigned> inGroup = op.getDimsWhere(/*inGroup=*/true);
  if (!across && !op.isGroupDim(dim))
    return "its lanes are no groups";
  if (!across && !whole)
    return "its last chunk is neither whole nor masked";
  if (op.hasAcc())
    return "it has accumulating results";
  if (inGroup.size() == (across ? 1 : 0))
    return "a group has one row";
  for (unsigned i = 0; i < op.getInits().size(); ++i) {
    size_t dims = op.getAccessDims(op.getInputs().size() + i, /*inGroup=*/true).size();
    if (dims != 0 && dims != inGroup.size())
      return ("result " + Twine(i) + " is neither of a group nor of its elements").str();
  }
  std::string obstacle = op.getBody().getOps<ReduceOp>().empty() ? "nothing is reduced" : "";
  op.getBody().walk([&](Operation *inner) {
    if (isa<FlipOp>(inner))
      obstacle = "a dimension is flipped";
    auto reduce = dyn_cast<ReduceOp>(inner);
    if (!reduce)
      return;
    OrderAttr order = reduce.getOrder();
    if (reduce.getOver().size() != inGroup.size())
      obstacle = "a reduction leaves dimensions of the group";
    else if (reduce.getAlgorithm() == Algorithm::TwoPass)
      obstacle = "moments in two passes need a group's mean while they go";
    else if (!across && (order.getLanes() != 1 || (order.getRun() != 0 && inGroup.size() != 1)))
      obstacle = "a reduction has several lanes or runs";
  });
  return obstacle;
}

int64_t norm::getMixedGroups(int64_t size, int64_t width) {
  if (size <= 0)
    return 0;
  int64_t unit = width / std::min(width, size & -size);
  return kMixedLanes / size / unit * unit;
}

std::string norm::findMixedObstacle(GenericOp op, unsigned dim, int64_t width, bool masked) {
  std::optional<unsigned> across = findNeighbourDim(op, dim, /*anySize=*/true);
  if (!across)
    return "its groups do not lie side by side";
  int64_t size = op.getStaticExtents()[dim], count = op.getStaticExtents()[*across];
  bool isKnown = !ShapedType::isDynamic(size);
  if (isKnown && getMixedGroups(size, width) == 0)
    return ("a block has no room for groups of " + Twine(size)).str();
  bool divides = isKnown && !ShapedType::isDynamic(count) && size * count % width == 0;
  if (!divides && !masked)
    return "its last chunk is neither whole nor masked";
  return findBlockObstacle(op, dim, across, /*whole=*/true);
}
