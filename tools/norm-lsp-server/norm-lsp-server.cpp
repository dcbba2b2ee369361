//===- norm-lsp-server.cpp - norm IR in an editor ------------------------===//
//
// mlir-lsp-server with the norm dialect: diagnostics, definitions, hovers and completion.
//
//===----------------------------------------------------------------------===//

#include "normc/Pipelines/Pipelines.h"

#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::norm::registerAllDialects(registry);
  return mlir::failed(mlir::MlirLspServerMain(argc, argv, registry));
}
