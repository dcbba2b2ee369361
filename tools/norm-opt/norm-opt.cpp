//===- norm-opt.cpp - run passes on norm IR ------------------------------===//
//
// mlir-opt with the norm dialect and every pass and pipeline of normc.
//
//===----------------------------------------------------------------------===//

#include "normc/Pipelines/Pipelines.h"

#include "mlir/Dialect/Func/Extensions/InlinerExtension.h"
#include "mlir/Dialect/Linalg/TransformOps/DialectExtension.h"
#include "mlir/Dialect/Transform/IR/TransformDialect.h"
#include "mlir/Dialect/Transform/Transforms/Passes.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::norm::registerAllDialects(registry);
  mlir::norm::registerAllPasses();
  mlir::func::registerInlinerExtension(registry);
  // For transform scripts: they tile norm.generic through its TilingInterface.
  registry.insert<mlir::transform::TransformDialect>();
  mlir::linalg::registerTransformDialectExtension(registry);
  mlir::transform::registerInterpreterPass();
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "normalization kernels: run passes\n", registry));
}
