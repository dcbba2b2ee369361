//===- norm-plugin.cpp - norm in the stock mlir-opt ----------------------===//
//
// mlir-opt --load-dialect-plugin=NormPlugin.so --load-pass-plugin=NormPlugin.so --pass-pipeline=…
//
// Both flags are needed: the first makes the dialect known, the second the passes, which are then
// named in --pass-pipeline (mlir-opt reads its own flags before it loads a plugin).
// Upstream's dialects and passes are already there, so only our own are registered.
//
//===----------------------------------------------------------------------===//

#include "normc/IR/Norm.h"
#include "normc/Pipelines/Pipelines.h"

#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"

using namespace mlir;

extern "C" LLVM_ATTRIBUTE_WEAK DialectPluginLibraryInfo mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "norm", NORMC_VERSION, [](DialectRegistry *registry) {
            registry->insert<norm::NormDialect>();
            norm::registerBufferizableOpInterfaceExternalModels(*registry);
          }};
}

extern "C" LLVM_ATTRIBUTE_WEAK PassPluginLibraryInfo mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "norm", NORMC_VERSION, [] { norm::registerPasses(); }};
}
