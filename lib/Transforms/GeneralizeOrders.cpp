//===- GeneralizeOrders.cpp - the orders that a program leaves open ------===//
//
// Finds the tensor whose elements a sum adds, and how they lie in it. The choice is lib/Schedule's.
//
//===----------------------------------------------------------------------===//

#include "GeneralizeOrders.h"
#include "normc/Schedule/Order.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::norm;

namespace {
/// Where the elements of a field lie.
struct Source {
  GenericOp::Access access;
  int64_t bits = SumShape().bits;
  /// In-group dimensions, and all.
  std::pair<size_t, size_t> numDims;
};
} // namespace

/// Of an input of the program, or of what a reduction leaves: that lies together, as if it were
/// kept for every group.
static Source getSource(GenericOp op, Value field) {
  Source source;
  ArrayRef<StringAttr> inGroup = getFieldDims(field.getType());
  if (auto argument = dyn_cast<BlockArgument>(field)) {
    Type type = op.getInputs()[argument.getArgNumber()].getType();
    source.access = op.getAccess(argument.getArgNumber());
    source.bits = getElementTypeOrSelf(type).getIntOrFloatBitWidth();
  } else {
    for (unsigned dim = 0; dim < op.getNumDims(); ++dim)
      if (op.isGroupDim(dim) || llvm::is_contained(inGroup, op.getDimName(dim)))
        source.access.push_back({dim});
  }
  source.numDims.first = inGroup.size();
  for (ArrayRef<unsigned> entry : source.access)
    source.numDims.second += entry.size();
  return source;
}

/// What decides about sums over these dimensions: of the tensors and reductions whose elements they
/// add, the one with the most dimensions, and of several the first. All such sums share it, since
/// threads make them together only where their orders are the same.
static Source findSource(GenericOp op, ArrayAttr over) {
  llvm::SetVector<Value> fields;
  for (auto reduce : op.getBody().getOps<ReduceOp>())
    if (reduce.getOver() == over)
      fields.insert_range(reduce.getInputs());
  for (size_t i = 0; i < fields.size(); ++i)
    if (Operation *definition = fields[i].getDefiningOp();
        isa_and_nonnull<MapOp, FlipOp>(definition))
      fields.insert_range(definition->getOperands());

  // Positions alone have no tensor.
  std::optional<Source> most;
  auto consider = [&](Value field) {
    Source source = getSource(op, field);
    if (!most || source.numDims > most->numDims)
      most = std::move(source);
  };
  for (BlockArgument argument : op.getBody().getArguments())
    if (fields.contains(argument))
      consider(argument);
  for (Value field : fields)
    if (field.getDefiningOp<ReduceOp>())
      consider(field);
  return most ? *most : getSource(op, fields.front());
}

static SumShape getSumShape(GenericOp op, ReduceOp reduce) {
  Source source = findSource(op, reduce.getOver());
  SumShape shape;
  shape.bits = source.bits;
  shape.moments =
      reduce.getKind() == ReduceKind::Moments || reduce.getKind() == ReduceKind::MergeMoments;

  // From the innermost in memory: each dimension, and which of the tensor's it belongs to.
  SmallVector<std::pair<Attribute, size_t>> dims;
  for (auto [position, entry] : llvm::enumerate(llvm::reverse(source.access)))
    for (unsigned dim : llvm::reverse(entry))
      dims.push_back({op.getDimName(dim), position});
  size_t run = 0;
  for (auto [dim, name] : llvm::zip(dims, llvm::reverse(reduce.getOver()))) {
    if (dim.first != name)
      break;
    ++run;
  }
  shape.contiguous = run > 0;
  if (run < reduce.getOver().size())
    shape.run = run;
  shape.alternating = shape.run && run < dims.size() && dims[run].second == dims[run - 1].second;
  return shape;
}

void norm::chooseOrders(GenericOp op, StringRef isa) {
  MLIRContext *context = op.getContext();
  SumShape overGroups;
  overGroups.kind = SumShape::OverGroups;
  SmallVector<Attribute> accOrders(op.getAccOrders().getValue());
  for (unsigned i = 0; i < accOrders.size(); ++i)
    if (op.isAcc(i) && !op.getAccOrder(i))
      accOrders[i] = chooseOrder(context, overGroups, isa);
  op.setAccOrdersAttr(ArrayAttr::get(context, accOrders));

  for (auto reduce : op.getBody().getOps<ReduceOp>()) {
    if (reduce.getOrder())
      continue;
    SumShape shape = getSumShape(op, reduce);
    reduce.setOrderAttr(chooseOrder(context, shape, isa));
    if (reduce.getKind() == ReduceKind::Moments && !reduce.getAlgorithm())
      reduce.setAlgorithm(chooseAlgorithm(shape, isa));
  }
}
