//===- norm-opt.cpp - run passes on norm IR ------------------------------===//
//
// mlir-opt with the norm dialect and every pass and pipeline of normc.
//
//===----------------------------------------------------------------------===//

#include "normc/Pipelines/Pipelines.h"

#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::norm::registerAllDialects(registry);
  mlir::norm::registerAllPasses();
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "normalization kernels: run passes\n", registry));
}
