// The opt tool of a compiler that uses normc: upstream's dialects and passes, normc's, and a pass
// of its own.

#include "normc/IR/Norm.h"
#include "normc/Passes.h"
#include "normc/Pipelines/Pipelines.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

using namespace mlir;

namespace {
/// In this compiler every tensor is dense: says so of functions that are going to be kernels.
struct DensePass : PassWrapper<DensePass, OperationPass<func::FuncOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(DensePass)
  StringRef getArgument() const override { return "my-dense"; }
  StringRef getDescription() const override { return "Dense tensors for functions that normalize"; }

  void runOnOperation() override {
    func::FuncOp func = getOperation();
    if (func.getBody().getOps<norm::GenericOp>().empty())
      return;
    auto layout = StringAttr::get(&getContext(), "contiguous");
    for (unsigned i : llvm::seq(func.getNumArguments()))
      func.setArgAttr(i, "norm.layout", layout);
    for (unsigned i : llvm::seq(func.getNumResults()))
      func.setResultAttr(i, "norm.layout", layout);
  }
};
} // namespace

static void buildPipeline(OpPassManager &pm) {
  pm.addPass(norm::createRaisePass());
  pm.addPass(norm::createGeneralizePass());
  pm.addNestedPass<func::FuncOp>(std::make_unique<DensePass>());
  norm::CPUPipelineOptions options;
  options.vectorBits = 256;
  options.hasFma = true;
  norm::buildCPUPipeline(pm, options);
}

int main(int argc, char **argv) {
  DialectRegistry registry;
  registerAllDialects(registry);
  registerAllExtensions(registry);
  registerAllPasses();

  norm::registerAllDialects(registry);
  norm::registerPasses();

  PassRegistration<DensePass>();
  PassPipelineRegistration<>("my-pipeline", "Normalizations in linalg to kernels", buildPipeline);
  return asMainReturnCode(MlirOptMain(argc, argv, "my compiler\n", registry));
}
