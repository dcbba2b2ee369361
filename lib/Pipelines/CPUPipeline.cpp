//===- CPUPipeline.cpp - the fast road -----------------------------------===//
//
// Named norm operations on tensors to LLVM by way of vectors.
//
//===----------------------------------------------------------------------===//

#include "normc/Passes.h"
#include "normc/Pipelines/Pipelines.h"

#include "mlir/Transforms/Passes.h"

using namespace mlir;

void norm::buildCPUPipeline(OpPassManager &pm, const CPUPipelineOptions &options) {
  addBufferPasses(pm, options);

  // norm.generic on buffers
  pm.addPass(createCollapsePass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createSchedulePass({options.vectorBits, options.registers, options.maskBits,
                                 options.pairsBF16, options.streamBytes}));
  // a schedule on each of them
  pm.addPass(createConvertNormToVectorPass());
  // loops over vectors, and norm.generic where there are none
  pm.addPass(createDecomposePass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());

  addLoopPasses(pm, options);
}
