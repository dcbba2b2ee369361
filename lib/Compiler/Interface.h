//===- Interface.h - what a kernel tells its callers ---------------------===//
//
// The header and the manifest, both made from the same signatures.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_COMPILER_INTERFACE_H
#define NORMC_LIB_COMPILER_INTERFACE_H

#include "normc/Compiler/Compiler.h"
#include "normc/Compiler/Emit.h"
#include "normc/Conversion/KernelSignature.h"

#include "llvm/Support/JSON.h"

namespace normc {

struct KernelInterface {
  mlir::norm::KernelSignature signature;
  /// The kernel alone, as norm.generic: from this text the oracle is compiled.
  std::string ir;
  /// The types that its sums are accumulated in, and their orders, each once.
  llvm::SmallVector<std::string> accumulate;
  llvm::SmallVector<std::string> orders;
  /// The functions of its caller that it calls, in order: tensor types, as MLIR writes them.
  struct Call {
    std::string symbol;
    llvm::SmallVector<std::string> inputs, outputs;
  };
  std::vector<Call> calls;
  /// Of GPUs: what is launched, and the workspace for it, as JSON; once for each way in which it is
  /// done, with the targets for which it is.
  struct Version {
    llvm::SmallVector<std::string> targets;
    llvm::json::Object launches;
  };
  std::vector<Version> versions;
};

/// Splits a module of norm.generic on tensors: it keeps the kernels; `rest` is the text for the
/// caller's compiler.
mlir::LogicalResult outline(mlir::ModuleOp module, OutlineMode mode, std::string &rest);

/// The kernels' launches in a module that is lowered for a target.
mlir::LogicalResult describeLaunches(mlir::ModuleOp lowered, const TargetSpec &target,
                                     llvm::MutableArrayRef<KernelInterface> kernels);

/// A C11 and C++17 header with the kernels' entries and a typed wrapper for each.
std::string makeHeader(llvm::ArrayRef<KernelInterface> kernels, const CompileOptions &options);

/// The manifest, as JSON. `images` are the code for each GPU, which is somewhere in `output`.
std::string makeManifest(llvm::ArrayRef<KernelInterface> kernels, const CompileOptions &options,
                         llvm::ArrayRef<GPUImage> images, llvm::StringRef output);

} // namespace normc

#endif // NORMC_LIB_COMPILER_INTERFACE_H
