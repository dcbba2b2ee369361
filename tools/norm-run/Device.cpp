//===- Device.cpp - the GPU that a kernel is run on ----------------------===//
//
// Finds the simulator where that is the device; memory, copies, counts.
//
//===----------------------------------------------------------------------===//

#include "Device.h"

#include "llvm/Support/FileSystem.h"

#include <cstdlib>
#include <dlfcn.h>

using namespace llvm;
using namespace normrun;

StringRef normrun::getDeviceName(DeviceKind kind) {
  switch (kind) {
  case DeviceKind::CPU:
    return "cpu";
  case DeviceKind::CUDA:
    return "cuda";
  case DeviceKind::PTXSim:
    return "ptxsim";
  }
  llvm_unreachable("a device that the flag does not know");
}

Error normrun::checkDevice(int32_t code, const Twine &what) {
  if (code == NORMRT_OK)
    return Error::success();
  return createStringError(what + ": " + normrt_cuda_error_text());
}

static uint64_t address(const void *memory) {
  return uint64_t(reinterpret_cast<uintptr_t>(memory));
}

DeviceMemory::~DeviceMemory() {
  if (device)
    normrt_cuda_free(&device->getContext(), memory);
}

/// The simulator has what the kernel was compiled for, unless the user wants to see it on another.
static void chooseArch(StringRef arch) {
  unsigned number;
  if (arch.consume_front("sm_") && !arch.consumeInteger(10, number))
    setenv("NORMC_PTXSIM_ARCH", std::to_string(number).c_str(), /*overwrite=*/0);
}

/// The library that libnormrt has loaded as its driver.
Error Device::findSimulator(const std::string &file) {
  void *handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  auto find = [&](auto &function, const char *name) {
    function =
        handle ? reinterpret_cast<std::decay_t<decltype(function)>>(dlsym(handle, name)) : nullptr;
    return function != nullptr;
  };
  if (find(simulator.mark, "normptxsim_mark") && find(simulator.reset, "normptxsim_reset") &&
      find(simulator.total, "normptxsim_total") && find(simulator.buffer, "normptxsim_buffer"))
    return Error::success();
  const char *reason = dlerror();
  return createStringError("--device=ptxsim: " + file + ": " +
                           (reason ? reason : "not the simulator"));
}

Expected<std::unique_ptr<Device>> Device::open(DeviceKind kind, const std::string &simulator,
                                               StringRef arch) {
  std::unique_ptr<Device> device(new Device);
  if (kind == DeviceKind::PTXSim) {
    if (!sys::fs::exists(simulator))
      return createStringError("--device=ptxsim: expected the simulator's library '" + simulator +
                               "', but there is no such file");
    setenv("NORMRT_CUDA_DRIVER", simulator.c_str(), /*overwrite=*/1);
    chooseArch(arch);
    if (Error error = device->findSimulator(simulator))
      return error;
  }
  normrt_context &context = device->context;
  std::string what = ("--device=" + getDeviceName(kind)).str();
  if (Error error = checkDevice(normrt_cuda_context_init(&context, 0, nullptr, nullptr, 0), what))
    return error;
  // Graphs are not of the default stream.
  if (Error error = checkDevice(normrt_cuda_stream_create(&context, &context.stream), what))
    return error;
  return device;
}

Device::~Device() {
  if (context.stream)
    normrt_cuda_stream_destroy(&context, context.stream);
  normrt_cuda_release(&context);
}

Expected<DeviceMemory> Device::allocate(uint64_t bytes) {
  DeviceMemory memory;
  if (Error error =
          checkDevice(normrt_cuda_malloc(&context, bytes, &memory.memory), "the device's memory"))
    return error;
  memory.device = this;
  return memory;
}

Error Device::copyIn(void *to, const void *from, uint64_t bytes) {
  return checkDevice(bytes ? normrt_cuda_copy_in(&context, to, from, bytes) : NORMRT_OK,
                     "a copy to the device");
}

Error Device::copyOut(void *to, const void *from, uint64_t bytes) {
  return checkDevice(bytes ? normrt_cuda_copy_out(&context, to, from, bytes) : NORMRT_OK,
                     "a copy from the device");
}

void Device::mark(const DeviceMemory &memory, uint32_t flags, const std::string &name) {
  if (simulator.mark)
    simulator.mark(address(memory.data()), flags, name.c_str());
}

void Device::resetCounts() {
  if (simulator.reset)
    simulator.reset();
}

normptxsim_statistics Device::getCounts() const {
  normptxsim_statistics statistics = {};
  if (simulator.total)
    simulator.total(&statistics);
  return statistics;
}

normptxsim_traffic Device::getTraffic(const DeviceMemory &memory) const {
  normptxsim_traffic traffic = {};
  if (simulator.buffer)
    simulator.buffer(address(memory.data()), &traffic);
  return traffic;
}
