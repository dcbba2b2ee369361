//===- Device.h - the GPU that a kernel is run on ------------------------===//
//
// Through libnormrt; the simulator is a driver in the place of CUDA's.
//
//===----------------------------------------------------------------------===//

#ifndef NORM_RUN_DEVICE_H
#define NORM_RUN_DEVICE_H

#include "normc-c/Runtime.h"
#include "normc/PTXSim/Driver.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <string>

namespace normrun {

enum class DeviceKind { CPU, CUDA, PTXSim };

/// As the flag says it.
llvm::StringRef getDeviceName(DeviceKind kind);

class Device;

/// Memory of a device, which outlives it.
class DeviceMemory {
public:
  DeviceMemory() = default;
  DeviceMemory(DeviceMemory &&other) { *this = std::move(other); }
  DeviceMemory &operator=(DeviceMemory &&other) {
    std::swap(device, other.device);
    std::swap(memory, other.memory);
    return *this;
  }
  ~DeviceMemory();

  void *data() const { return memory; }

private:
  friend class Device;
  Device *device = nullptr;
  void *memory = nullptr;
};

/// A GPU with one stream, or the simulator.
class Device {
public:
  /// `simulator` is the file of its library, `arch` ("sm_90") the architecture that it has if the
  /// environment does not say.
  static llvm::Expected<std::unique_ptr<Device>> open(DeviceKind kind, const std::string &simulator,
                                                      llvm::StringRef arch);
  ~Device();

  const normrt_context &getContext() const { return context; }
  int getArch() const { return context.gpu_arch; }

  llvm::Expected<DeviceMemory> allocate(uint64_t bytes);
  llvm::Error copyIn(void *to, const void *from, uint64_t bytes);
  llvm::Error copyOut(void *to, const void *from, uint64_t bytes);

  /// What kernels may do with memory, NORMPTXSIM_*, where the device looks at that.
  void mark(const DeviceMemory &memory, uint32_t flags, const std::string &name);
  /// Whether it counts what kernels do. If not, the others do nothing.
  bool counts() const { return simulator.total; }
  void resetCounts();
  normptxsim_statistics getCounts() const;
  normptxsim_traffic getTraffic(const DeviceMemory &memory) const;

private:
  Device() = default;
  llvm::Error findSimulator(const std::string &file);

  normrt_context context = {};
  struct {
    decltype(&normptxsim_mark) mark = nullptr;
    decltype(&normptxsim_reset) reset = nullptr;
    decltype(&normptxsim_total) total = nullptr;
    decltype(&normptxsim_buffer) buffer = nullptr;
  } simulator;
};

/// An error if a function of libnormrt failed: the driver's words after `what`.
llvm::Error checkDevice(int32_t code, const llvm::Twine &what);

} // namespace normrun

#endif // NORM_RUN_DEVICE_H
