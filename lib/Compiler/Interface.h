//===- Interface.h - what a kernel tells its callers ---------------------===//
//
// The header and the manifest, both made from the same signatures.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_COMPILER_INTERFACE_H
#define NORMC_LIB_COMPILER_INTERFACE_H

#include "normc/Compiler/Compiler.h"
#include "normc/Conversion/KernelSignature.h"

namespace normc {

struct KernelInterface {
  mlir::norm::KernelSignature signature;
  /// The kernel alone, as norm.generic: from this text the oracle is compiled.
  std::string ir;
  /// The types that its sums are accumulated in, and their orders, each once.
  llvm::SmallVector<std::string> accumulate;
  llvm::SmallVector<std::string> orders;
  /// Of a GPU: what it launches, in the order of the code.
  struct Function {
    std::string name, schedule;
    int64_t threads = 0, sharedBytes = 0;
    llvm::SmallVector<std::string> parameters;
  };
  std::vector<Function> functions;
};

/// The kernels' functions of a module in which they are lowered.
void describeFunctions(mlir::ModuleOp module, llvm::MutableArrayRef<KernelInterface> kernels);

/// A C11 and C++17 header with the kernels' entries and a typed wrapper for each.
std::string makeHeader(llvm::ArrayRef<KernelInterface> kernels, const CompileOptions &options);

/// The manifest, as JSON.
std::string makeManifest(llvm::ArrayRef<KernelInterface> kernels, const CompileOptions &options);

} // namespace normc

#endif // NORMC_LIB_COMPILER_INTERFACE_H
