//===- DriverModule.cpp - a simulated driver's modules ----------------------===//
//
// What an assembler would refuse for the device is refused here; the rest is what the simulator's
// parser does not know.
//
//===----------------------------------------------------------------------===//

#include "DriverState.h"

#include <algorithm>
#include <cstring>

using namespace normc::ptxsim;
using namespace normc::ptxsim::driver;

namespace {
// Of the PTX that CUDA 13.0 reads.
constexpr int newestPTX = 90;
// What a block has without asking for more.
constexpr uint64_t commonShared = 48 << 10;

/// Where the caller wants what an assembler says.
struct Log {
  char *text = nullptr;
  size_t bytes = 0;

  void write(const std::string &message) const {
    if (text && bytes > 0)
      snprintf(text, bytes, "%s", message.c_str());
  }
};

int readLog(unsigned count, const int *options, void **values, Log &log) {
  for (unsigned i = 0; i < count; ++i) {
    if (options[i] == cuda_jit_error_log)
      log.text = static_cast<char *>(values[i]);
    else if (options[i] == cuda_jit_error_log_bytes)
      log.bytes = reinterpret_cast<size_t>(values[i]);
    else
      return fail(invalidValue, "no option " + std::to_string(options[i]) + " is known");
  }
  return success;
}

bool isMachineCode(const void *image) {
  uint32_t magic;
  memcpy(&magic, image, sizeof magic);
  return magic == 0x464c457f || magic == 0xba55ed50 || magic == 0x466243b1; // ELF, fat binaries
}

/// "sm_90a": 90 and 'a'. 0: not of this form.
int readTarget(const std::string &target, char &suffix) {
  int arch = 0, length = 0;
  suffix = 0;
  if (sscanf(target.c_str(), "sm_%d%n", &arch, &length) != 1)
    return 0;
  suffix = target.c_str()[length];
  return arch;
}

std::string checkTarget(const std::string &target) {
  char suffix;
  int arch = readTarget(target, suffix), device = state().options.arch;
  bool runs = suffix == 'a'   ? arch == device
              : suffix == 'f' ? arch / 10 == device / 10 && arch <= device
                              : arch <= device;
  return runs && arch > 0 ? ""
                          : "expects a .target that an sm_" + std::to_string(device) +
                                " runs, but got " + target;
}

int refuse(const Log &log, int code, const std::string &text) {
  log.write(text);
  return fail(code, text);
}

int load(const char *text, const Log &log, void **handle) {
  auto loaded = std::make_shared<LoadedModule>();
  std::string error = loaded->module.parse(text);
  if (!error.empty())
    return refuse(log, invalidPTX, error);
  int major = 0, minor = 0;
  sscanf(loaded->module.version().c_str(), "%d.%d", &major, &minor);
  if (major * 10 + minor > newestPTX)
    return refuse(log, unsupportedPTX,
                  "expects PTX up to version 9.0, but got " + loaded->module.version());
  error = checkTarget(loaded->module.target());
  if (!error.empty())
    return refuse(log, invalidPTX, error);
  *handle = state().modules.add(loaded);
  return success;
}

std::shared_ptr<Function> makeFunction(LoadedModule &module, const Entry &entry) {
  auto function = std::make_shared<Function>();
  function->module = &module;
  function->entry = &entry;
  function->mostDynamicShared = commonShared - std::min(commonShared, entry.staticShared);
  return function;
}

uint64_t mostThreads(const Entry &entry) {
  return entry.reqntid.x ? entry.reqntid.count() : entry.maxntid.x ? entry.maxntid.count() : 1024;
}

int setDynamicShared(Function &function, int bytes) {
  uint64_t most = sharedBytes(state().options.arch), fixed = function.entry->staticShared;
  if (bytes < 0 || bytes + fixed > most)
    return fail(invalidValue, "expects at most " + std::to_string(most) +
                                  " bytes of shared memory with the " + std::to_string(fixed) +
                                  " of " + function.entry->name + " itself, but got " +
                                  std::to_string(bytes));
  function.mostDynamicShared = bytes;
  return success;
}
} // namespace

int cuModuleLoadDataEx(void **module, const void *image, unsigned num_options, int *options,
                       void **values) {
  return callOutsideOfCaptures([&] {
    Log log;
    if (int code = readLog(num_options, options, values, log))
      return code;
    if (!image)
      return fail(invalidValue, "expects an image");
    if (isMachineCode(image))
      return refuse(log, noBinaryForGPU, "expects PTX, but got machine code");
    return load(static_cast<const char *>(image), log, module);
  });
}

int cuModuleUnload(void *module) {
  return callOutsideOfCaptures([&] {
    auto loaded = state().modules.find(module);
    if (!loaded)
      return fail(invalidHandle, "expects a module that is loaded");
    for (auto &[name, function] : loaded->functions)
      state().functions.remove(function.get());
    state().modules.remove(module);
    return int(success);
  });
}

int cuModuleGetFunction(void **function, void *module, const char *name) {
  return callInContext([&] {
    auto loaded = state().modules.find(module);
    if (!loaded)
      return fail(invalidHandle, "expects a module that is loaded");
    const Entry *entry = loaded->module.entry(name);
    if (!entry)
      return fail(notFound, std::string("the module has no entry ") + name);
    auto &kept = loaded->functions[name];
    if (!kept)
      kept = makeFunction(*loaded, *entry);
    *function = state().functions.add(kept);
    return int(success);
  });
}

int cuFuncGetAttribute(int *value, int attribute, void *handle) {
  return callInContext([&] {
    auto function = state().functions.find(handle);
    if (!function)
      return fail(invalidHandle, "expects a function of a module that is loaded");
    switch (attribute) {
    case 0: // threads of a block
      *value = int(mostThreads(*function->entry));
      return int(success);
    case cuda_function_static_shared_bytes:
      *value = int(function->entry->staticShared);
      return int(success);
    case 3: // local memory of a thread
      *value = int(function->entry->localBytes);
      return int(success);
    case cuda_function_dynamic_shared_bytes:
      *value = int(function->mostDynamicShared);
      return int(success);
    case cuda_function_nonportable_cluster:
      *value = function->nonPortableClusters;
      return int(success);
    }
    return fail(invalidValue, "no attribute " + std::to_string(attribute) + " is known");
  });
}

int cuFuncSetAttribute(void *handle, int attribute, int value) {
  return callInContext([&] {
    auto function = state().functions.find(handle);
    if (!function)
      return fail(invalidHandle, "expects a function of a module that is loaded");
    if (attribute == cuda_function_dynamic_shared_bytes)
      return setDynamicShared(*function, value);
    if (attribute == cuda_function_nonportable_cluster && state().options.arch >= 90) {
      function->nonPortableClusters = value;
      return int(success);
    }
    return fail(invalidValue, "attribute " + std::to_string(attribute) + " cannot be set");
  });
}

int cuFuncLoad(void *handle) {
  return callInContext([&] {
    return state().functions.find(handle)
               ? int(success)
               : fail(invalidHandle, "expects a function of a module that is loaded");
  });
}
