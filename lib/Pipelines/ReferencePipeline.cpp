//===- ReferencePipeline.cpp - the plain road ----------------------------===//
//
// Named norm operations on tensors to LLVM by way of plain loops; the oracle's road too.
//
//===----------------------------------------------------------------------===//

#include "normc/Passes.h"
#include "normc/Pipelines/Pipelines.h"

#include "mlir/Transforms/Passes.h"

using namespace mlir;

void norm::buildReferencePipeline(OpPassManager &pm, const ReferencePipelineOptions &options) {
  addBufferPasses(pm, options);

  // norm.generic on buffers
  pm.addPass(createDecomposePass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());

  addLoopPasses(pm, options);
}
