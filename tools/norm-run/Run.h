//===- Run.h - one kernel of a library, ready to be called ---------------===//
//
// From names of files to a call: manifest, library, device, inputs, outputs, workspace.
//
//===----------------------------------------------------------------------===//

#ifndef NORM_RUN_RUN_H
#define NORM_RUN_RUN_H

#include "Device.h"
#include "Symbols.h"
#include "Tensor.h"

#include <memory>

namespace normrun {

struct Deleter {
  void operator()(normrt_manifest *m) const { normrt_manifest_free(m); }
  void operator()(normrt_library *l) const { normrt_library_close(l); }
  void operator()(normrt_pool *p) const { normrt_pool_destroy(p); }
};
template <typename T> using Owned = std::unique_ptr<T, Deleter>;

struct RunOptions {
  std::string library;
  std::string manifest;            ///< empty: beside the library, same stem
  std::string kernel;              ///< empty: the only one
  std::vector<std::string> inputs; ///< "F.npy" in order, or "NAME=F.npy"
  std::vector<std::string> shape;  ///< "r=64"
  uint64_t seed = 0;
  int threads = 1;
  bool inPlace = false;
  Placement placement = Placement::AtBegin;
  DeviceKind device = DeviceKind::CPU;
  std::string simulator; ///< its library
};

/// What a device that counts has counted of one call.
struct Counts {
  normptxsim_statistics total = {};
  std::vector<normptxsim_traffic> arguments;
};

class Run {
public:
  static llvm::Expected<Run> prepare(const RunOptions &options);

  /// Calls the kernel, and waits for its results; an error names the argument that the kernel
  /// refused.
  llvm::Error call();
  /// The same for a clock: no words for errors, and on a GPU no wait.
  int32_t callAgain() { return function(&context, args.data(), int32_t(args.size())); }

  const normrt_kernel &getKernel() const { return *kernel; }
  llvm::ArrayRef<normrt_argument> getArguments() const {
    return {kernel->arguments, size_t(kernel->num_arguments)};
  }
  llvm::ArrayRef<Tensor> getInputs() const { return inputs; }
  llvm::ArrayRef<Tensor> getOutputs() const { return outputs; }
  /// Inputs, then outputs.
  const Tensor &getTensor(size_t argument) const {
    return argument < inputs.size() ? inputs[argument] : outputs[argument - inputs.size()];
  }
  /// What an argument was filled from, in words.
  const std::string &getSource(size_t argument) const { return sources[argument]; }
  const Symbols &getSymbols() const { return symbols; }
  normrt_pool *getPool() const { return pool.get(); }
  uint64_t getWorkspaceBytes() const { return context.workspace_bytes; }
  /// The GPU; null for the CPU.
  Device *getDevice() const { return device.get(); }
  const Counts &getCounts() const { return counts; }
  /// Of all tensors.
  uint64_t getNumBytes() const;

private:
  Run() = default;
  llvm::Error load(const RunOptions &options);
  llvm::Error fillInputs(const RunOptions &options);
  llvm::Error makeOutputs(const RunOptions &options);
  llvm::Error makeContext(const RunOptions &options);
  llvm::Error openDevice(const RunOptions &options);
  llvm::Error moveToDevice();
  llvm::Error makeWorkspace();
  llvm::Error readBack();
  std::string describe(int32_t rc) const;

  Owned<normrt_manifest> manifest;
  Owned<normrt_library> library;
  Owned<normrt_pool> pool;
  const normrt_kernel *kernel = nullptr;
  normrt_kernel_fn function = nullptr;
  normrt_workspace_size_fn workspaceSize = nullptr;
  Symbols symbols;
  std::vector<Tensor> inputs, outputs;
  std::vector<std::string> sources;
  /// One per argument; an input that an output is computed in the place of has the output's memory.
  std::vector<DLTensor> views;
  std::vector<const DLTensor *> args;
  Buffer workspace;
  normrt_context context = {};
  // On a GPU: where the arguments are, by argument; an input in the place of an output has none.
  std::unique_ptr<Device> device;
  std::vector<DeviceMemory> memories;
  DeviceMemory deviceWorkspace;
  Counts counts;
};

/// Which file is for which input (or output) of the kernel; empty where there is none. An item
/// "NAME=FILE" says so itself, a "FILE" is for the next argument in order.
llvm::Expected<std::vector<std::string>> assignFiles(llvm::StringRef flag,
                                                     llvm::ArrayRef<std::string> items,
                                                     const normrt_kernel &kernel, bool outputs);

} // namespace normrun

#endif // NORM_RUN_RUN_H
