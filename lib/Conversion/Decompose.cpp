//===- Decompose.cpp - norm.generic as plain loops -----------------------===//
//
// The plain road: one loop over groups, the program of a group as scalar code inside. Slow and
// simple; the oracle and the fallback of every faster road.
//
//===----------------------------------------------------------------------===//

#include "GroupLoops.h"
#include "normc/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace mlir::norm {
#define GEN_PASS_DEF_DECOMPOSEPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

namespace {

/// Upstream makes a call of its runtime library out of a copy with strides.
void lowerCopy(memref::CopyOp op, OpBuilder &builder) {
  Location loc = op.getLoc();
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  Value one = arith::ConstantIndexOp::create(builder, loc, 1);
  int64_t rank = cast<MemRefType>(op.getSource().getType()).getRank();
  SmallVector<Value> begin(rank, zero), step(rank, one), end;
  for (int64_t dim = 0; dim < rank; ++dim)
    end.push_back(memref::DimOp::create(builder, loc, op.getSource(), dim));
  scf::buildLoopNest(builder, loc, begin, end, step,
                     [&](OpBuilder &b, Location loc, ValueRange indices) {
                       Value value = memref::LoadOp::create(b, loc, op.getSource(), indices);
                       memref::StoreOp::create(b, loc, value, op.getTarget(), indices);
                     });
}

struct DecomposePass : norm::impl::DecomposePassBase<DecomposePass> {
  using DecomposePassBase::DecomposePassBase;

  void runOnOperation() override {
    FailureOr<SmallVector<GenericOp>> ops = getGenericsOnBuffers(getOperation(), "norm-decompose");
    if (failed(ops))
      return signalPassFailure();
    OpBuilder builder(&getContext());
    for (GenericOp op : *ops) {
      if (failed(emitGroupLoops(op, std::nullopt, builder)))
        return signalPassFailure();
    }
    SmallVector<memref::CopyOp> copies;
    getOperation()->walk([&](memref::CopyOp op) { copies.push_back(op); });
    for (memref::CopyOp op : copies) {
      builder.setInsertionPoint(op);
      lowerCopy(op, builder);
      op.erase();
    }
  }
};

} // namespace
