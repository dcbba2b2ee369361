//===- Registration.cpp - our passes and pipelines by name ---------------===//
//
// What norm-opt, the plugin and every other tool offer of ours.
//
//===----------------------------------------------------------------------===//

#include "normc/Passes.h"
#include "normc/Pipelines/Pipelines.h"

using namespace mlir;

#define GEN_PASS_REGISTRATION
namespace mlir::norm {
#include "normc/Passes.h.inc"
} // namespace mlir::norm

void norm::registerPasses() {
  registerNormPasses();
  PassPipelineRegistration<ReferencePipelineOptions>(
      "norm-reference-pipeline", "The plain road: norm operations to LLVM by way of plain loops",
      buildReferencePipeline);
  PassPipelineRegistration<CPUPipelineOptions>(
      "norm-cpu-pipeline", "The fast road: norm operations to LLVM by way of vectors",
      buildCPUPipeline);
  PassPipelineRegistration<NVGPUPipelineOptions>(
      "norm-nvgpu-pipeline",
      "The GPU's road: norm operations to NVIDIA kernels in the LLVM dialect, and their launches",
      buildNVGPUPipeline);
}
