//===- CommonPipelines.cpp - what every road begins with -----------------===//
//
// The two points on the way that others look at: the program as norm.generic, and its C interface.
//
//===----------------------------------------------------------------------===//

#include "normc/Passes.h"
#include "normc/Pipelines/Pipelines.h"

using namespace mlir;

void norm::buildGenericPipeline(OpPassManager &pm) { pm.addPass(createGeneralizePass()); }

void norm::buildBindPipeline(OpPassManager &pm) { pm.addPass(createBindArgumentsPass()); }
