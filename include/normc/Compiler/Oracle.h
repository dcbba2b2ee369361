//===- Oracle.h - a kernel's program in wider arithmetic -----------------===//
//
// What a kernel's results are compared with.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_COMPILER_ORACLE_H
#define NORMC_COMPILER_ORACLE_H

#include "normc/Compiler/Load.h"

#include "normc-c/Runtime.h"

#include "llvm/Support/Error.h"

#include <memory>
#include <utility>

namespace normc {

/// A kernel compiled into this process, with the C interface of one in a library.
class OracleKernel {
public:
  OracleKernel(std::unique_ptr<LoadedObject> code, normrt_kernel_fn entry,
               normrt_workspace_size_fn workspaceSize)
      : code(std::move(code)), entry(entry), workspaceSize(workspaceSize) {}

  int32_t operator()(const normrt_context *ctx, const DLTensor *const *args,
                     int32_t numArgs) const {
    return entry(ctx, args, numArgs);
  }
  /// Bytes of scratch, or minus an error code.
  int64_t getWorkspaceSize(const DLTensor *const *args, int32_t numArgs) const {
    return workspaceSize(args, numArgs);
  }

private:
  std::unique_ptr<LoadedObject> code;
  normrt_kernel_fn entry;
  normrt_workspace_size_fn workspaceSize;
};

/// Compiles `kernel` of a module (text, as a manifest's "ir") by the plain road, computing in f64
/// or, where one of its tensors is f64 and the machine is an x86, in f80. All its float tensors are
/// of that type; f80 elements take 16 bytes. Mathematical functions are libm's, not our expansions.
llvm::Expected<OracleKernel> compileOracle(llvm::StringRef irText, llvm::StringRef kernel);

} // namespace normc

#endif // NORMC_COMPILER_ORACLE_H
