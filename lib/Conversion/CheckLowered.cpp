//===- CheckLowered.cpp - nothing is left that a kernel may not have -----===//
//
// The last pass: an object made of this module needs nothing but memcpy, memmove and memset.
//
//===----------------------------------------------------------------------===//

#include "normc/Conversion/KernelSignature.h"
#include "normc/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringSet.h"

namespace mlir::norm {
#define GEN_PASS_DEF_CHECKLOWEREDPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

namespace {
bool isAllowedExternal(StringRef name) {
  return name == "memcpy" || name == "memmove" || name == "memset" || name.starts_with("llvm.");
}

/// The intrinsics that code generation turns into calls of libm.
bool isLibmIntrinsic(Operation *op) {
  static const llvm::StringSet<> names = {
      "acos", "asin",   "atan",  "atan2", "cos",   "cosh",  "exp",    "exp10",  "exp2",
      "frem", "ldexp",  "frexp", "log",   "log10", "log2",  "modf",   "pow",    "powi",
      "sin",  "sincos", "sinh",  "tan",   "tanh",  "round", "lround", "llround"};
  StringRef name = op->getName().getStringRef();
  if (!name.consume_front("llvm."))
    return false;
  // llvm.frem is an instruction, the others intrinsics.
  bool isIntrinsic = name.consume_front("intr.");
  return (isIntrinsic || name == "frem") && names.contains(name);
}

LogicalResult check(Operation *op) {
  if (isa<ModuleOp>(op))
    return success();
  if (!isa_and_nonnull<LLVM::LLVMDialect>(op->getDialect()))
    return op->emitError("expected only operations of the LLVM dialect, but found '")
           << op->getName() << "'";
  if (isLibmIntrinsic(op))
    return op->emitError("'") << op->getName() << "' would become a call of libm";
  if (auto function = dyn_cast<LLVM::LLVMFuncOp>(op); function && function.isExternal() &&
                                                      !isAllowedExternal(function.getSymName()) &&
                                                      !function->hasAttr(kRestAttr))
    return function.emitError("expected no external function but memcpy, memmove and memset, but "
                              "found '")
           << function.getSymName() << "'";
  if (auto global = dyn_cast<LLVM::GlobalOp>(op);
      global && !global.getValueOrNull() && global.getInitializerRegion().empty())
    return global.emitError("expected no external variable, but found '")
           << global.getSymName() << "'";
  return success();
}

struct CheckLoweredPass : norm::impl::CheckLoweredPassBase<CheckLoweredPass> {
  void runOnOperation() override {
    bool failedAny = false;
    getOperation()->walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (succeeded(check(op)))
        return WalkResult::advance();
      failedAny = true;
      // What is inside of it says nothing new.
      return WalkResult::skip();
    });
    if (failedAny)
      signalPassFailure();
    markAllAnalysesPreserved();
  }
};
} // namespace
