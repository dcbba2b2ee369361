//===- norm-reduce.cpp - the smallest program that still fails -----------===//
//
// mlir-reduce with the norm dialect and every pass of normc. --test names a script that gets a
// program as its last argument and exits with a status other than 0 where the failure is there.
//
//===----------------------------------------------------------------------===//

#include "normc/Pipelines/Pipelines.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Tools/mlir-reduce/MlirReduceMain.h"

int main(int argc, char **argv) {
  mlir::norm::registerAllPasses();
  mlir::DialectRegistry registry;
  mlir::norm::registerAllDialects(registry);
  mlir::MLIRContext context(registry);
  return mlir::failed(mlir::mlirReduceMain(argc, argv, context));
}
