//===- Jit.h - kernels compiled into this process, and kept ---------------===//
//
// A description or a module in, functions out. What was compiled once is found again, in memory
// and, if there is a folder for it, on disk.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_COMPILER_JIT_H
#define NORMC_COMPILER_JIT_H

#include "normc-c/Runtime.h"
#include "normc/Compiler/Compiler.h"
#include "normc/Compiler/Load.h"
#include "normc/Compiler/Session.h"

#include <memory>

namespace normc {

class JitFiles;

struct JitOptions {
  /// Where compiled kernels are kept for other processes; empty: nowhere. Made if it is not there.
  /// Whoever can write in it can put code into this process.
  std::string directory;
  /// Of kernels that nobody holds, this many bytes are kept in memory.
  uint64_t memoryBytes = uint64_t(64) << 20;
  /// This many bytes of files are kept; those that were not read for longest go first.
  uint64_t diskBytes = uint64_t(256) << 20;
  /// For GPUs: unloads a module from every device before its memory is freed, normrt_cuda_unload.
  void (*unload)(const void *gpuModule) = nullptr;
};

struct JitStatistics {
  uint64_t compiled = 0, foundInMemory = 0, foundOnDisk = 0;
  /// Files that were not what had been written, and were written again.
  uint64_t rejected = 0;
  /// Kernels that had to leave memory for others.
  uint64_t evicted = 0;
};

/// The kernels of one module, callable for as long as this lives.
class JitModule {
public:
  struct Kernel {
    std::string name;
    normrt_kernel_fn entry;
    normrt_workspace_size_fn workspaceSize;
  };

  /// `manifest` says which kernels are in the object.
  static llvm::Expected<std::shared_ptr<const JitModule>>
  load(llvm::ArrayRef<char> object, llvm::StringRef manifest, void (*unload)(const void *));
  ~JitModule();
  JitModule(const JitModule &) = delete;

  llvm::ArrayRef<Kernel> getKernels() const { return kernels; }
  const std::string &getManifest() const { return manifest; }
  /// About what it takes of the process's memory.
  uint64_t getBytes() const { return bytes; }

private:
  JitModule() = default;

  std::unique_ptr<LoadedObject> code;
  std::vector<Kernel> kernels;
  std::string manifest;
  uint64_t bytes = 0;
  const void *gpuModule = nullptr;
  void (*unload)(const void *) = nullptr;
};

/// May be used by many threads at once. Two that want the same kernels get the same; one compiles.
class Jit {
public:
  /// What cannot be done about the folder is said as a warning: kernels are then kept in memory.
  Jit(JitOptions options, const MessageFn &onMessage);
  ~Jit();

  /// The kernels of a module (text or bytecode; `name` stands for its file in messages). Null after
  /// an error, of which `onMessage` was told on this thread, when nobody waits for it: it may ask
  /// for kernels itself. Of `options`, what says which kind of file to make is not looked at.
  std::shared_ptr<const JitModule> get(llvm::StringRef source, llvm::StringRef name,
                                       CompileOptions options, const MessageFn &onMessage);

  JitStatistics getStatistics() const;

private:
  class Memory;
  std::shared_ptr<const JitModule> make(llvm::StringRef key, llvm::StringRef source,
                                        llvm::StringRef name, const CompileOptions &options,
                                        const MessageFn &onMessage);
  std::shared_ptr<const JitModule> readFile(llvm::StringRef key, bool isGPU,
                                            const MessageFn &onMessage);

  const JitOptions options;
  std::unique_ptr<JitFiles> files;
  /// What was given out has a part in it.
  std::shared_ptr<Memory> memory;
};

} // namespace normc

#endif // NORMC_COMPILER_JIT_H
