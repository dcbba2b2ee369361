//===- Team.cpp - groups that threads of a GPU work on together ------------===//
//
// Which operations a team can share, and what a schedule needs to know of them.
//
//===----------------------------------------------------------------------===//

#include "normc/Transforms/Team.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace mlir;
using namespace mlir::norm;

unsigned norm::getTeamDim(GenericOp op) { return op.getDimsWhere(/*inGroup=*/true).back(); }

OrderAttr norm::getTeamOrder(GenericOp op) {
  auto reduces = op.getBody().getOps<ReduceOp>();
  return reduces.empty() ? OrderAttr() : (*reduces.begin()).getOrder();
}

std::string norm::findTeamObstacle(GenericOp op) {
  SmallVector<unsigned> inGroup = op.getDimsWhere(/*inGroup=*/true);
  if (inGroup.empty())
    return "a group has one element";
  OrderAttr order = getTeamOrder(op);
  if (!order)
    return "nothing is reduced";
  constexpr int64_t warp = 32;
  if (order.getLanes() != warp * order.getUnit() || order.getRun() || !order.getSegment() ||
      order.getSegment() % order.getLanes() != 0 || order.getRuns() || order.getBlocks() != 64)
    return "the lanes of a sum are not those of a warp";
  for (auto reduce : op.getBody().getOps<ReduceOp>()) {
    if (reduce.getOver().size() != inGroup.size())
      return "a reduction leaves dimensions of a group";
    if (reduce.getOrder() != order)
      return "sums have different orders";
    if (reduce.getAlgorithm() == Algorithm::Shifted && order.getShift() != warp)
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

int64_t norm::getTeamWidth(GenericOp op, int64_t most) {
  unsigned dim = getTeamDim(op);
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
  for (unsigned i = 0; i < op.getInits().size(); ++i)
    shape.sums += op.getAccOrder(i) &&
                  !op.getAccessDims(op.getInputs().size() + i, /*inGroup=*/true).empty();
  for (auto reduce : op.getBody().getOps<ReduceOp>())
    shape.shifted |= reduce.getAlgorithm() == Algorithm::Shifted;
  op.getBody().walk([&](ReduceOp reduce) {
    Type type = norm::getElementType(reduce.getResultTypes().front());
    shape.computeBits = std::max<int64_t>(shape.computeBits, type.getIntOrFloatBitWidth());
  });
  return shape;
}
