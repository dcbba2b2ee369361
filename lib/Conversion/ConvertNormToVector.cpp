//===- ConvertNormToVector.cpp - norm.generic as loops over vectors ------===//
//
// Finds the dimension whose elements are neighbours in every operand that has it. The loops over
// its chunks are those of norm-decompose, with vectors for scalars.
//
//===----------------------------------------------------------------------===//

#include "GroupLoops.h"
#include "normc/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Remarks.h"
#include "mlir/IR/TypeUtilities.h"

namespace mlir::norm {
#define GEN_PASS_DEF_CONVERTNORMTOVECTORPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

namespace {

/// The last iteration dimension of the operand with the most of them: neighbours in memory.
std::optional<unsigned> findInnermostDim(GenericOp op) {
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
std::string findObstacle(GenericOp op, unsigned dim) {
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
    if (auto flip = dyn_cast<FlipOp>(inner); flip && flip.getDimAttr() == op.getDimName(dim))
      obstacle = "dimension " + name + " is flipped";
    // Lanes without an element are zero, and would be divided by.
    if (isa<arith::DivSIOp, arith::DivUIOp, arith::RemSIOp, arith::RemUIOp, arith::CeilDivSIOp,
            arith::CeilDivUIOp, arith::FloorDivSIOp>(inner))
      obstacle = "integers are divided";
  });
  return obstacle;
}

/// The bits of the narrowest element of a chunk in memory.
unsigned getNarrowestBits(GenericOp op, unsigned dim) {
  unsigned bits = 64;
  for (unsigned i = 0, e = op.getInputs().size() + op.getInits().size(); i != e; ++i) {
    bool isInput = i < op.getInputs().size();
    Value memref = isInput ? op.getInputs()[i] : op.getInits()[i - op.getInputs().size()];
    if (llvm::any_of(op.getAccess(i),
                     [&](ArrayRef<unsigned> entry) { return llvm::is_contained(entry, dim); }))
      bits = std::min(bits, getElementTypeOrSelf(memref.getType()).getIntOrFloatBitWidth());
  }
  return bits;
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

struct ConvertNormToVectorPass : norm::impl::ConvertNormToVectorPassBase<ConvertNormToVectorPass> {
  using ConvertNormToVectorPassBase::ConvertNormToVectorPassBase;

  VectorDim chooseWidth(GenericOp op, unsigned dim) {
    int64_t extent = op.getStaticExtents()[dim];
    int64_t width = std::max<int64_t>(1, vectorBits / getWidestBits(op));
    // What the target cannot mask becomes a branch for every lane.
    bool masked = maskBits != 0 && getNarrowestBits(op, dim) >= unsigned(maskBits);
    bool reduces = !op.getBody().getOps<ReduceOp>().empty();
    if (op.isGroupDim(dim) && reduces) {
      // Lanes are groups, which have nothing to fold: a few vectors together use whole lines of the
      // cache.
      int64_t one = width;
      width *= 4;
      while (width > one && !ShapedType::isDynamic(extent) && width > extent)
        width /= 2;
    }
    op.getBody().walk([&](ReduceOp reduce) {
      if (llvm::is_contained(reduce.getOver(), op.getDimName(dim)) &&
          reduce.getOrder().getLanes() > 1)
        width = std::min(width, reduce.getOrder().getLanes());
    });
    bool divides = !ShapedType::isDynamic(extent) && extent % width == 0;
    return {dim, width, registers / 2, masked, divides};
  }

  void runOnOperation() override {
    FailureOr<SmallVector<GenericOp>> ops =
        getGenericsOnBuffers(getOperation(), "convert-norm-to-vector");
    if (failed(ops))
      return signalPassFailure();
    OpBuilder builder(&getContext());
    for (GenericOp op : *ops) {
      std::optional<unsigned> dim = findInnermostDim(op);
      std::string obstacle =
          dim ? findObstacle(op, *dim) : std::string("its operands have no dimensions");
      auto options = remark::RemarkOpts::name("Vector").category("convert-norm-to-vector");
      if (!obstacle.empty()) {
        remark::missed(op.getLoc(), options)
            << remark::add("left as loops over elements") << remark::reason("{0}", obstacle);
        continue;
      }
      VectorDim vector = chooseWidth(op, *dim);
      remark::passed(op.getLoc(), options)
          << remark::add("chunks of {0} along '{1}'", vector.width, op.getDimName(*dim).getValue());
      if (failed(emitGroupLoops(op, vector, builder)))
        return signalPassFailure();
    }
  }
};

} // namespace
