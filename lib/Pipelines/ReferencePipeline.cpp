//===- ReferencePipeline.cpp - the plain road ----------------------------===//
//
// Named norm operations on tensors to LLVM, one comment for the form of the program at each stage.
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

void norm::buildReferencePipeline(OpPassManager &pm, const ReferencePipelineOptions &options) {
  // named norm operations on tensors
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  if (options.compute != "tensor")
    pm.addPass(createWidenPass({options.compute}));

  // norm.generic on tensors, results bound to the caller's buffers
  pm.addPass(bufferization::createEmptyTensorEliminationPass());
  bufferization::OneShotBufferizePassOptions bufferize;
  bufferize.allowReturnAllocsFromLoops = false;
  pm.addPass(bufferization::createOneShotBufferizePass(bufferize));
  pm.addPass(createConvertLinalgToLoopsPass());

  // norm.generic on buffers
  pm.addPass(createDecomposePass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());

  // loops on buffers, kernels with their C entry
  pm.addPass(createSCFToControlFlowPass());
  pm.addPass(arith::createArithExpandOpsPass());
  pm.addPass(memref::createExpandStridedMetadataPass());
  pm.addPass(createLowerAffinePass());
  pm.addPass(createConvertMathToLLVMPass());
  pm.addPass(createArithToLLVMConversionPass());
  pm.addPass(createFinalizeMemRefToLLVMConversionPass());
  pm.addPass(createConvertFuncToLLVMPass());
  pm.addPass(createConvertControlFlowToLLVMPass());
  pm.addPass(createReconcileUnrealizedCastsPass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}
