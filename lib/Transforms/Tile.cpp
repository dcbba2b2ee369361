//===- Tile.cpp - a norm.generic as a loop over tiles of its groups -------===//
//
// Upstream's tiling with norm.generic's TilingInterface, and errors for what it cannot do.
//
//===----------------------------------------------------------------------===//

#include "normc/IR/Norm.h"
#include "normc/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/TileUsingInterface.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace mlir::norm {
#define GEN_PASS_DEF_TILEPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

namespace {

struct TilePass : norm::impl::TilePassBase<TilePass> {
  using TilePassBase::TilePassBase;

  LogicalResult tile(IRRewriter &rewriter, GenericOp op) {
    if (sizes.size() > op.getNumDims())
      return op.emitOpError("cannot be tiled by ")
             << sizes.size() << " sizes: it has " << op.getNumDims() << " dimensions";
    SmallVector<OpFoldResult> tileSizes;
    bool isParallel = true, isTiled = false;
    SmallVector<utils::IteratorType> kinds = op.getLoopIteratorTypes();
    for (auto [dim, size] : llvm::enumerate(sizes)) {
      auto name = op.getDimName(dim).getValue();
      if (size < 0)
        return op.emitOpError("cannot be tiled by ") << size << " along '" << name << "'";
      if (size > 0 && !op.isGroupDim(dim))
        return op.emitOpError("cannot be tiled along '")
               << name << "', which is inside a group: its sums have an order of their own";
      isTiled |= size > 0;
      isParallel &= size == 0 || kinds[dim] == utils::IteratorType::parallel;
      tileSizes.push_back(rewriter.getIndexAttr(size));
    }
    if (!isTiled)
      return success();
    if (op->getNumResults() == 0)
      return op.emitOpError("cannot be tiled on buffers; norm-tile comes before bufferization");
    tileSizes.resize(op.getNumDims(), rewriter.getIndexAttr(0));
    scf::SCFTilingOptions options;
    options.setTileSizes(tileSizes);
    // Tiles that add to the same elements go one after the other.
    options.setLoopType(isParallel ? scf::SCFTilingOptions::LoopType::ForallOp
                                   : scf::SCFTilingOptions::LoopType::ForOp);
    rewriter.setInsertionPoint(op);
    FailureOr<scf::SCFTilingResult> tiled =
        scf::tileUsingSCF(rewriter, cast<TilingInterface>(op.getOperation()), options);
    if (failed(tiled))
      return op.emitOpError("cannot be tiled so: a tile of a dimension that an operand has split "
                            "is no slice of it");
    rewriter.replaceOp(op, tiled->replacements);
    return success();
  }

  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    SmallVector<GenericOp> ops;
    getOperation()->walk([&](GenericOp op) { ops.push_back(op); });
    for (GenericOp op : ops)
      if (failed(tile(rewriter, op)))
        return signalPassFailure();
  }
};

} // namespace
