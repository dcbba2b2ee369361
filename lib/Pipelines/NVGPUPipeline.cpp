//===- NVGPUPipeline.cpp - the GPU's road -----------------------------------===//
//
// Named norm operations on tensors to NVIDIA kernels in the LLVM dialect.
//
//===----------------------------------------------------------------------===//

#include "normc/Passes.h"
#include "normc/Pipelines/Pipelines.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/GPU/Transforms/Passes.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

// The first version of PTX that has all that is used of a chip: an older one that LLVM takes for
// granted ends the process.
static constexpr std::pair<StringRef, norm::NVGPUChip> kChips[] = {
    {"sm_75", {75, "+ptx70"}},   {"sm_80", {80, "+ptx70"}},   {"sm_86", {86, "+ptx71"}},
    {"sm_89", {89, "+ptx81"}},   {"sm_90", {90, "+ptx81"}},   {"sm_90a", {90, "+ptx81"}},
    {"sm_100", {100, "+ptx88"}}, {"sm_103", {103, "+ptx88"}}, {"sm_110", {110, "+ptx90"}},
    {"sm_120", {120, "+ptx88"}}, {"sm_121", {121, "+ptx88"}}};

std::optional<norm::NVGPUChip> norm::getNVGPUChip(StringRef name) {
  for (const auto &[chip, info] : kChips)
    if (chip == name)
      return info;
  return std::nullopt;
}

ArrayRef<StringRef> norm::getNVGPUChipNames() {
  static const auto names =
      llvm::map_to_vector(kChips, [](const auto &chip) { return chip.first; });
  return names;
}

void norm::buildNVGPUPipeline(OpPassManager &pm, const NVGPUPipelineOptions &options) {
  NVGPUChip chip = getNVGPUChip(options.chip).value_or(NVGPUChip{75, "+ptx70"});
  ReferencePipelineOptions common;
  common.isa = "nvptx";
  addBufferPasses(pm, common, /*isGPU=*/true);

  // norm.generic on buffers
  pm.addPass(createCollapsePass());
  pm.addPass(createCanonicalizerPass());
  SchedulePassOptions schedule;
  schedule.gpuArch = chip.arch;
  pm.addPass(createSchedulePass(schedule));
  // schedules on those that threads can share. From here on nothing is canonicalized before loops
  // are kernels: one of a single iteration would become code of the host.
  pm.addPass(createConvertLinalgToParallelLoopsPass());
  pm.addPass(createConvertNormToGPUPass());
  // loops over blocks of threads, and norm.generic that a thread computes
  pm.addPass(createDecomposePass());
  pm.addPass(createCSEPass());
  pm.addPass(createOutlineGPUPass({/*dependent=*/chip.arch >= 90}));
  pm.addPass(createCanonicalizerPass());

  // kernels in gpu.module, and their launches
  GpuNVVMAttachTargetOptions target;
  target.chip = options.chip;
  target.features = chip.ptx.str();
  pm.addPass(createGpuNVVMAttachTarget(target));
  OpPassManager &kernels = pm.nest<gpu::GPUModuleOp>();
  kernels.addPass(createExpandMathPass({/*hasFma=*/true, /*hasF16C=*/true,
                                        /*hasBF16=*/chip.arch >= 80, /*hasRound=*/true,
                                        /*hasF8=*/chip.arch >= 89}));
  kernels.addPass(createCanonicalizerPass());
  kernels.addPass(createCSEPass());
  kernels.addPass(createLegalizeNVVMPass());
  if (chip.arch >= 89)
    kernels.addPass(createStreamLoadsPass());
  kernels.addPass(createSCFToControlFlowPass({/*allowPatternRollback=*/false}));
  kernels.addPass(arith::createArithExpandOpsPass());
  kernels.addPass(memref::createExpandStridedMetadataPass());
  kernels.addPass(createLowerAffinePass());
  ConvertGpuOpsToNVVMOpsOptions nvvm;
  nvvm.useBarePtrCallConv = true;
  nvvm.indexBitwidth = 64;
  kernels.addPass(createConvertGpuOpsToNVVMOps(nvvm));
  kernels.addPass(createConvertNVVMToLLVMPass());
  kernels.addPass(createReconcileUnrealizedCastsPass());
  kernels.addPass(createCanonicalizerPass());
  kernels.addPass(createCSEPass());
}

void norm::buildGPUScratchPipeline(OpPassManager &pm) {
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  pm.addPass(createPlaceScratchPass());
}

void norm::buildGPUHostPipeline(OpPassManager &pm) {
  buildGPUScratchPipeline(pm);
  addLoopPasses(pm, ReferencePipelineOptions());
}
