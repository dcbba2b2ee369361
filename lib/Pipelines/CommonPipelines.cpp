//===- CommonPipelines.cpp - what every road has -------------------------===//
//
// How every road begins and ends, one comment for the form of the program at each stage; and the
// two points on the way that others look at: the program as norm.generic, and its C interface.
//
//===----------------------------------------------------------------------===//

#include "normc/Passes.h"
#include "normc/Pipelines/Pipelines.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

void norm::buildGenericPipeline(OpPassManager &pm, StringRef isa, ArrayRef<std::string> divided) {
  // linalg, or named norm operations, on tensors
  pm.addPass(createRaisePass());
  pm.addPass(createGeneralizePass({isa.str(), /*leaveOrders=*/true}));
  // norm.generic on tensors, and linalg around them
  pm.addPass(createFusePass({isa.str()}));
  PartialPassOptions partial;
  partial.dims.assign(divided.begin(), divided.end());
  pm.addPass(createPartialPass(partial));
}

void norm::buildOutlinePipeline(OpPassManager &pm, StringRef mode) {
  pm.addPass(createOutlinePass({mode.str()}));
}

void norm::buildBindPipeline(OpPassManager &pm) { pm.addPass(createBindArgumentsPass()); }

void norm::addBufferPasses(OpPassManager &pm, const ReferencePipelineOptions &options, bool isGPU) {
  bool isOracle = options.compute != "tensor";

  buildGenericPipeline(pm, options.isa);
  // norm.generic on tensors. Widened before anything is folded, or constants would be folded in
  // f32.
  if (isOracle)
    pm.addPass(createWidenPass({options.compute}));
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());

  if (isGPU)
    pm.addPass(createFissionPass());

  // kernel functions on the caller's buffers, tensors in between
  pm.addPass(createBindArgumentsPass());
  pm.addPass(bufferization::createEmptyTensorEliminationPass());
  bufferization::OneShotBufferizePassOptions bufferize;
  bufferize.allowReturnAllocsFromLoops = false;
  pm.addPass(bufferization::createOneShotBufferizePass(bufferize));
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createExpandShapesPass());
  if (!isGPU)
    pm.addPass(createConvertLinalgToLoopsPass());
}

void norm::addLoopPasses(OpPassManager &pm, const ReferencePipelineOptions &options) {
  // loops on buffers
  pm.addPass(
      createExpandMathPass({options.hasFma, options.hasF16C, options.hasBF16, options.hasRound}));
  pm.addPass(createPlaceScratchPass());
  pm.addPass(createOutlineParallelPass({options.parallelBytes}));
  pm.addPass(createEmitLaunchPass());
  pm.addPass(createEmitEntryPass());

  // C entries and phases of kernels
  // Nothing is rolled back, and all dialects but vector go in one conversion: half of MLIR's time.
  pm.addPass(createSCFToControlFlowPass({/*allowPatternRollback=*/false}));
  pm.addPass(createConvertVectorToLLVMPass());
  pm.addPass(arith::createArithExpandOpsPass());
  pm.addPass(memref::createExpandStridedMetadataPass());
  pm.addPass(createLowerAffinePass());
  ConvertToLLVMPassOptions toLLVM;
  toLLVM.allowPatternRollback = false;
  pm.addPass(createConvertToLLVMPass(toLLVM));
  pm.addPass(createReconcileUnrealizedCastsPass());
  // LLVM dialect
  pm.addPass(createLegalizeBF16Pass({options.pairsBF16, options.vectorBits}));
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());

  if (options.compute == "tensor")
    pm.addPass(createCheckLoweredPass());
}
