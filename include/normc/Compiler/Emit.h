//===- Emit.h - from the LLVM dialect to machine code --------------------===//
//
// What comes after the last pass. Nothing here knows about normalizations.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_COMPILER_EMIT_H
#define NORMC_COMPILER_EMIT_H

#include "normc/Compiler/Target.h"

#include "mlir/IR/BuiltinOps.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/CodeGen.h"
#include "llvm/Support/MemoryBufferRef.h"

#include <shared_mutex>
#include <string>
#include <vector>

namespace llvm {
class LLVMContext;
class Module;
} // namespace llvm

namespace normc {

/// Translates a module, or a gpu.module, in the LLVM dialect. What is private in `module` gets
/// internal linkage. Nullptr on failure; MLIR's diagnostics then have said why.
std::unique_ptr<llvm::Module> translate(mlir::Operation *module, llvm::LLVMContext &context,
                                        const TargetSpec &target, llvm::TargetMachine &machine);

/// Whether kernels for these targets can share a library that picks one at run time; the error says
/// why not.
llvm::Error checkDispatch(llvm::ArrayRef<TargetSpec> targets);

/// One module from the same kernels for several targets, of which every public function calls the
/// first version that the CPU can run. Nullptr on failure.
std::unique_ptr<llvm::Module> joinVersions(llvm::SmallVector<std::unique_ptr<llvm::Module>> modules,
                                           llvm::ArrayRef<TargetSpec> targets);

/// The same for GPUs, of kernels that are launched in several ways; `versions` has the number of
/// the module for each target. Of functions with a context those of the version for the newest
/// target are called that the context's device can run; the size of a workspace is enough for each.
std::unique_ptr<llvm::Module>
joinGPUVersions(llvm::SmallVector<std::unique_ptr<llvm::Module>> modules,
                llvm::ArrayRef<TargetSpec> targets, llvm::ArrayRef<unsigned> versions);

/// Runs LLVM's own passes; with `sanitizeAddress`, AddressSanitizer's too.
void optimize(llvm::Module &module, llvm::TargetMachine &machine, bool sanitizeAddress = false);

/// Assembly or an object file.
llvm::Expected<llvm::SmallVector<char, 0>>
generateCode(llvm::Module &module, llvm::TargetMachine &machine, llvm::CodeGenFileType type);

/// PTX of a module's GPU kernels, for one target.
mlir::FailureOr<std::string> emitPTX(mlir::ModuleOp module, const TargetSpec &target);

/// What a kernel needs of a GPU, as ptxas says.
struct KernelResources {
  std::string function;
  int64_t registers = 0, sharedBytes = 0;
  /// Of each thread in memory: of these bytes some are registers that found no place.
  int64_t stackBytes = 0, spillStoreBytes = 0, spillLoadBytes = 0;
};

/// The code of a GPU module for one target.
struct GPUImage {
  TargetSpec target;
  bool isCubin;
  std::string code;
  /// Of a cubin.
  std::vector<KernelResources> resources = {};
};

/// Puts the variable `normc_gpu_module`, a normrt_gpu_module, into a module that has a gpu.module.
void embedImages(mlir::ModuleOp module, llvm::ArrayRef<GPUImage> images);

/// Whether there is a ptxas.
bool hasPtxas();

/// A text that another ptxas has not: its path, size and time; empty where there is none.
std::string identifyPtxas();

/// Assembles PTX with CUDA's ptxas, which is looked for in PATH, CUDA_HOME and /usr/local/cuda. The
/// error says where it was looked for, or what ptxas said. Remarks (`gpu-resources`) tell the
/// registers and the shared memory of every kernel, and whether registers are kept in memory.
llvm::Expected<GPUImage> assemblePTX(llvm::StringRef ptx, const TargetSpec &target,
                                     mlir::Location location);

/// Fails with the names of the undefined symbols of an object if there are any but memcpy, memset
/// and memmove, which every C environment has, those of the `provided`, which the caller has, and
/// those of AddressSanitizer where it was asked for.
llvm::Error checkUndefinedSymbols(llvm::MemoryBufferRef object,
                                  llvm::ArrayRef<llvm::StringRef> provided = {},
                                  bool sanitizeAddress = false);

/// Remarks (`code-size`) on the kernels, public functions of `module`, of which the object has more
/// than 24 KB for each of the `targets`.
llvm::Error remarkCodeSize(mlir::Location loc, const llvm::Module &module,
                           llvm::MemoryBufferRef object, unsigned targets);

/// LLD inside the process has state of its own, and sets LLVM's flags to their defaults. Held by
/// one thread that links, or shared by those that read flags, as LLVM's passes and code generators
/// do.
std::shared_mutex &getFlagsMutex();

/// Links an object into a shared library that needs no other library. `soname` may be empty.
llvm::Expected<llvm::SmallVector<char, 0>>
linkSharedLibrary(llvm::ArrayRef<char> object, const TargetSpec &target, llvm::StringRef soname);

/// A static archive with one member.
llvm::Expected<llvm::SmallVector<char, 0>> makeArchive(llvm::ArrayRef<char> object,
                                                       llvm::StringRef member);

} // namespace normc

#endif // NORMC_COMPILER_EMIT_H
