//===- DriverDevice.cpp - a simulated driver's device and its context -------===//
//
// Errors, the device and its limits, the primary context and which thread has it.
//
//===----------------------------------------------------------------------===//

#include "DriverState.h"

using namespace normc::ptxsim;
using namespace normc::ptxsim::driver;

namespace {
thread_local std::map<int, std::string> errorTexts;
thread_local std::vector<void *> contexts;
thread_local int captureMode = 0;

struct ErrorName {
  int code;
  const char *name, *text;
};
const ErrorName errorNames[] = {
    {success, "CUDA_SUCCESS", "no error"},
    {invalidValue, "CUDA_ERROR_INVALID_VALUE", "invalid argument"},
    {outOfMemory, "CUDA_ERROR_OUT_OF_MEMORY", "out of memory"},
    {notInitialized, "CUDA_ERROR_NOT_INITIALIZED", "initialization error"},
    {invalidDevice, "CUDA_ERROR_INVALID_DEVICE", "invalid device ordinal"},
    {invalidContext, "CUDA_ERROR_INVALID_CONTEXT", "invalid device context"},
    {noBinaryForGPU, "CUDA_ERROR_NO_BINARY_FOR_GPU", "no code for the device"},
    {invalidPTX, "CUDA_ERROR_INVALID_PTX", "the PTX does not compile"},
    {unsupportedPTX, "CUDA_ERROR_UNSUPPORTED_PTX_VERSION", "a newer PTX than this driver's"},
    {invalidHandle, "CUDA_ERROR_INVALID_HANDLE", "invalid resource handle"},
    {notFound, "CUDA_ERROR_NOT_FOUND", "named symbol not found"},
    {launchFailed, "CUDA_ERROR_LAUNCH_FAILED", "a launch failed"},
    {notSupported, "CUDA_ERROR_NOT_SUPPORTED", "operation not supported"},
    {captureUnsupported, "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED",
     "not permitted while a stream is captured"},
    {captureInvalidated, "CUDA_ERROR_STREAM_CAPTURE_INVALIDATED",
     "the capture failed because of an earlier error"},
    {invalidClusterSize, "CUDA_ERROR_INVALID_CLUSTER_SIZE", "the cluster is too large"}};

const ErrorName *find(int code) {
  for (const ErrorName &row : errorNames)
    if (row.code == code)
      return &row;
  return nullptr;
}

/// Attributes of the device that do not depend on its architecture.
const std::pair<int, int> attributes[] = {{1, 1024},
                                          {2, 1024},
                                          {3, 1024},
                                          {4, 64}, // block
                                          {5, 0x7fffffff},
                                          {6, 65535},
                                          {7, 65535}, // grid
                                          {10, 32},
                                          {cuda_device_shared_bytes, 48 << 10}, // warp, block
                                          {cuda_device_multiprocessors, 132},
                                          {cuda_device_memory_pools, 1}};
} // namespace

int driver::fail(int code, std::string text) {
  errorTexts[code] = std::move(text);
  return code;
}

State &driver::state() {
  static State *const only = new State;
  return *only;
}

Stream *State::stream(void *handle) {
  // The legacy default stream and that of a thread have numbers.
  if (reinterpret_cast<uintptr_t>(handle) <= 2)
    return &defaultStream;
  return streams.find(handle).get();
}

int driver::checkContext() {
  if (!contexts.empty() && contexts.back() == &state().retained && state().retained > 0)
    return success;
  return fail(invalidContext, "expects the device's primary context to be current");
}

int driver::checkCaptures() {
  bool forbidden = false;
  state().streams.each([&](Stream &stream) {
    bool own = stream.owner == std::this_thread::get_id();
    bool counts = stream.mode == cuda_capture_thread_local ? own
                  : stream.mode == cuda_capture_relaxed    ? false
                                                           : own || captureMode == 0;
    if (!stream.graph || !counts || captureMode == cuda_capture_relaxed)
      return;
    stream.invalidated = true;
    forbidden = true;
  });
  return forbidden ? fail(captureUnsupported, "expects no stream to be captured") : success;
}

int cuInit(unsigned flags) {
  std::lock_guard<std::mutex> lock(state().mutex);
  if (flags != 0)
    return fail(invalidValue, "expects flags of 0, but got " + std::to_string(flags));
  if (state().initialized)
    return success;
  std::string error = readOptions(state().options);
  if (!error.empty())
    return fail(invalidValue, error);
  state().initialized = true;
  return success;
}

int cuGetErrorName(int result, const char **text) {
  const ErrorName *row = find(result);
  *text = row ? row->name : nullptr;
  return row ? success : invalidValue;
}

int cuGetErrorString(int result, const char **text) {
  auto found = errorTexts.find(result);
  const ErrorName *row = find(result);
  *text = found != errorTexts.end() ? found->second.c_str() : row ? row->text : nullptr;
  return *text ? success : invalidValue;
}

int cuDriverGetVersion(int *version) {
  *version = 13000;
  return success;
}

int cuDeviceGetCount(int *count) {
  return call([&] {
    *count = 1;
    return int(success);
  });
}

static int checkDevice(int device) {
  return device == 0 ? success
                     : fail(invalidDevice, "expects device 0, but got " + std::to_string(device));
}

int cuDeviceGet(int *device, int ordinal) {
  return call([&] {
    *device = ordinal;
    return checkDevice(ordinal);
  });
}

int cuDeviceGetAttribute(int *value, int attribute, int device) {
  return call([&] {
    int arch = state().options.arch;
    if (int code = checkDevice(device))
      return code;
    for (auto &[known, constant] : attributes)
      if (known == attribute) {
        *value = constant;
        return int(success);
      }
    switch (attribute) {
    case cuda_device_major:
      *value = arch / 10;
      return int(success);
    case cuda_device_minor:
      *value = arch % 10;
      return int(success);
    case cuda_device_shared_bytes_optin:
      *value = int(sharedBytes(arch));
      return int(success);
    case 120: // whether clusters can be launched
      *value = arch >= 90;
      return int(success);
    }
    return fail(invalidValue, "no attribute " + std::to_string(attribute) + " is known");
  });
}

int cuDevicePrimaryCtxRetain(void **context, int device) {
  return call([&] {
    if (int code = checkDevice(device))
      return code;
    ++state().retained;
    *context = &state().retained;
    return int(success);
  });
}

int cuDevicePrimaryCtxRelease_v2(int device) {
  return call([&] {
    if (int code = checkDevice(device))
      return code;
    State &s = state();
    if (s.retained == 0)
      return fail(invalidContext, "expects a context that was retained");
    if (--s.retained > 0)
      return int(success);
    s.graphs.clear();
    s.executables.clear();
    s.events.clear();
    s.streams.clear();
    s.functions.clear();
    s.modules.clear();
    s.memory.clear();
    s.lastLaunch = nullptr;
    return int(success);
  });
}

int cuCtxGetCurrent(void **context) {
  return call([&] {
    *context = contexts.empty() ? nullptr : contexts.back();
    return int(success);
  });
}

int cuCtxPushCurrent_v2(void *context) {
  return call([&] {
    if (context && context != &state().retained)
      return fail(invalidContext, "expects the context of device 0");
    contexts.push_back(context);
    return int(success);
  });
}

int cuCtxPopCurrent_v2(void **context) {
  return call([&] {
    if (contexts.empty())
      return fail(invalidContext, "expects a context that was pushed");
    if (context)
      *context = contexts.back();
    contexts.pop_back();
    return int(success);
  });
}

int cuThreadExchangeStreamCaptureMode(int *mode) {
  return call([&] {
    if (*mode < 0 || *mode > cuda_capture_relaxed)
      return fail(invalidValue, "expects a mode of capture");
    std::swap(*mode, captureMode);
    return int(success);
  });
}
