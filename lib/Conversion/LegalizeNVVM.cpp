//===- LegalizeNVVM.cpp - math operations as intrinsics, not as calls -------===//
//
// convert-gpu-to-nvvm makes a call of CUDA's device library of every operation of math, and refuses
// LLVM's own intrinsics for some; a call of an intrinsic by its name is neither.
//
//===----------------------------------------------------------------------===//

#include "normc/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/TypeSwitch.h"

namespace mlir::norm {
#define GEN_PASS_DEF_LEGALIZENVVMPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

/// What LLVM calls an operation; nothing for those that become one by themselves.
static StringRef getIntrinsic(Operation *op) {
  return llvm::TypeSwitch<Operation *, StringRef>(op)
      .Case([](math::SqrtOp) { return "llvm.sqrt"; })
      .Case([](math::AbsFOp) { return "llvm.fabs"; })
      .Case([](math::CopySignOp) { return "llvm.copysign"; })
      .Case([](math::FloorOp) { return "llvm.floor"; })
      .Case([](math::CeilOp) { return "llvm.ceil"; })
      .Case([](math::TruncOp) { return "llvm.trunc"; })
      .Case([](math::RoundEvenOp) { return "llvm.roundeven"; })
      .Case([](math::FmaOp) { return "llvm.fma"; })
      .Case([](math::CountLeadingZerosOp) { return "llvm.ctlz"; })
      .Default(StringRef());
}

namespace {
struct LegalizeNVVMPass : norm::impl::LegalizeNVVMPassBase<LegalizeNVVMPass> {
  void runOnOperation() override {
    SmallVector<Operation *> ops;
    getOperation()->walk([&](Operation *op) {
      if (!getIntrinsic(op).empty())
        ops.push_back(op);
    });
    OpBuilder builder(&getContext());
    for (Operation *op : ops) {
      builder.setInsertionPoint(op);
      SmallVector<Value> operands = op->getOperands();
      if (isa<math::CountLeadingZerosOp>(op))
        operands.push_back(LLVM::ConstantOp::create(builder, op->getLoc(), builder.getI1Type(),
                                                    builder.getBoolAttr(false)));
      auto call = LLVM::CallIntrinsicOp::create(builder, op->getLoc(), op->getResult(0).getType(),
                                                builder.getStringAttr(getIntrinsic(op)), operands);
      op->replaceAllUsesWith(call);
      op->erase();
    }
  }
};
} // namespace
