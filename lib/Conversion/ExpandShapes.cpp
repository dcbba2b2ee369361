//===- ExpandShapes.cpp - one dimension seen as several dynamic ones --------===//
//
// expand-strided-metadata computes the one dynamic size of a group from the whole; where a group
// has several, it has none, and ends the process. The operation says them all.
//
//===----------------------------------------------------------------------===//

#include "normc/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace mlir::norm {
#define GEN_PASS_DEF_EXPANDSHAPESPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

static bool hasSeveralDynamic(memref::ExpandShapeOp op) {
  return llvm::any_of(op.getReassociationIndices(), [&](ReassociationIndicesRef group) {
    return llvm::count_if(group, [&](int64_t d) { return op.getResultType().isDynamicDim(d); }) > 1;
  });
}

static void expand(memref::ExpandShapeOp op) {
  ImplicitLocOpBuilder b(op.getLoc(), op);
  auto type = cast<MemRefType>(op.getResultType());
  auto source = memref::ExtractStridedMetadataOp::create(b, op.getSrc());
  SmallVector<OpFoldResult> sizes = op.getMixedOutputShape();
  SmallVector<Value> strides(type.getRank());
  for (auto [number, group] : llvm::enumerate(op.getReassociationIndices())) {
    Value stride = source.getStrides()[number];
    for (int64_t d : llvm::reverse(group)) {
      strides[d] = stride;
      if (d != group.front())
        stride = b.createOrFold<arith::MulIOp>(
            stride, getValueOrCreateConstantIndexOp(b, op.getLoc(), sizes[d]));
    }
  }
  // What the type knows is said as it says it.
  auto [knownStrides, knownOffset] = type.getStridesAndOffset();
  auto sayKnown = [&](int64_t known, Value value) -> OpFoldResult {
    return ShapedType::isDynamic(known) ? OpFoldResult(value) : b.getIndexAttr(known);
  };
  SmallVector<OpFoldResult> mixed;
  for (auto [known, stride] : llvm::zip_equal(knownStrides, strides))
    mixed.push_back(sayKnown(known, stride));
  Value view = memref::ReinterpretCastOp::create(
      b, type, source.getBaseBuffer(), sayKnown(knownOffset, source.getOffset()), sizes, mixed);
  op.replaceAllUsesWith(view);
  op.erase();
}

namespace {
struct ExpandShapesPass : norm::impl::ExpandShapesPassBase<ExpandShapesPass> {
  void runOnOperation() override {
    SmallVector<memref::ExpandShapeOp> ops;
    getOperation()->walk([&](memref::ExpandShapeOp op) {
      if (hasSeveralDynamic(op))
        ops.push_back(op);
    });
    llvm::for_each(ops, expand);
  }
};
} // namespace
