//===- DriverLaunch.cpp - a simulated driver's launches ---------------------===//
//
// What a driver checks is checked in its terms, then the simulator checks the rest.
//
//===----------------------------------------------------------------------===//

#include "DriverState.h"
#include "Machine.h"

#include <cstring>

using namespace normc::ptxsim;
using namespace normc::ptxsim::driver;

namespace {
constexpr uint64_t portableCluster = 8;

/// The block of parameters of an entry from the addresses of their values.
int readParameters(const Entry &entry, void **params, std::vector<uint8_t> &bytes) {
  if (!params && !entry.parameters.empty())
    return fail(invalidValue, "expects the parameters of " + entry.name);
  bytes.assign(entry.parameterBytes, 0);
  for (size_t i = 0; i < entry.parameters.size(); ++i)
    memcpy(bytes.data() + entry.parameters[i].offset, params[i], entry.parameters[i].size);
  return success;
}

int check(const Function &function, const Launch &launch) {
  const std::string &name = function.entry->name;
  if (launch.dynamicShared > function.mostDynamicShared)
    return fail(invalidValue, name + ": expects at most " +
                                  std::to_string(function.mostDynamicShared) +
                                  " bytes of dynamic shared memory, but got " +
                                  std::to_string(launch.dynamicShared));
  const Dim3 &required = function.entry->reqnctapercluster;
  uint64_t cluster = (launch.cluster.x ? launch.cluster : required.x ? required : Dim3()).count();
  if (cluster > 1 && state().options.arch < 90)
    return fail(invalidClusterSize, name + ": expects no clusters before sm_90");
  if (cluster > portableCluster && !function.nonPortableClusters)
    return fail(invalidClusterSize, name + ": expects at most 8 blocks in a cluster, but got " +
                                        std::to_string(cluster));
  return success;
}

// launchSequence runs the kernel before too, which here has been run.
Result runDependent(const Module &module, Memory &memory, const Launch &launch) {
  for (const Code &code : module.program()->codes)
    if (code.info.name == launch.entry) {
      Machine machine(module, code, memory, launch);
      machine.dependent = true;
      machine.run();
      return std::move(machine.result);
    }
  return run(module, memory, launch);
}

int enqueueLaunch(LaunchRequest request, void *stream, void **params, void **extra) {
  return callInContext([&] {
    auto function = state().functions.find(request.function);
    if (!function)
      return fail(invalidHandle, "expects a function of a module that is loaded");
    if (extra)
      return fail(notSupported, "expects parameters by their addresses");
    request.launch.entry = function->entry->name;
    if (int code = readParameters(*function->entry, params, request.launch.parameters))
      return code;
    return enqueue(stream, [request](Stream &s) { return launchNow(s, request); });
  });
}
} // namespace

int driver::launchNow(Stream &stream, const LaunchRequest &request) {
  auto function = state().functions.find(request.function);
  if (!function)
    return fail(invalidHandle, "expects a function of a module that is loaded");
  const Options &options = state().options;
  Launch launch = request.launch;
  launch.maxShared = sharedBytes(options.arch);
  launch.order = options.order;
  launch.seed = options.seed;
  launch.maxInstructions = options.maxInstructions;
  launch.checkRaces = options.races;
  launch.checkGlobalRaces = options.globalRaces;
  if (int code = check(*function, launch))
    return code;
  const Module &module = function->module->module;
  bool dependent = request.dependent && state().lastLaunch == &stream;
  Result result = dependent ? runDependent(module, state().memory.memory, launch)
                            : run(module, state().memory.memory, launch);
  state().lastLaunch = &stream;
  state().clock += result.statistics.threadInstructions;
  recordLaunch(launch, result);
  if (result.ok())
    return success;
  // Without an instruction it is what a driver refuses.
  return fail(result.statistics.threadInstructions ? launchFailed : invalidValue, result.error);
}

int cuLaunchKernel(void *function, unsigned grid_x, unsigned grid_y, unsigned grid_z,
                   unsigned block_x, unsigned block_y, unsigned block_z, unsigned shared_bytes,
                   void *stream, void **params, void **extra) {
  LaunchRequest request;
  request.function = function;
  request.launch.grid = {grid_x, grid_y, grid_z};
  request.launch.block = {block_x, block_y, block_z};
  request.launch.dynamicShared = shared_bytes;
  return enqueueLaunch(std::move(request), stream, params, extra);
}

int cuLaunchKernelEx(const cuda_launch_config *config, void *function, void **params,
                     void **extra) {
  LaunchRequest request;
  request.function = function;
  request.launch.grid = {config->grid[0], config->grid[1], config->grid[2]};
  request.launch.block = {config->block[0], config->block[1], config->block[2]};
  request.launch.dynamicShared = config->shared_bytes;
  for (unsigned i = 0; i < config->num_attributes; ++i) {
    const cuda_launch_attribute &attribute = config->attributes[i];
    if (attribute.id == cuda_launch_cluster)
      request.launch.cluster = {attribute.value.cluster.x, attribute.value.cluster.y,
                                attribute.value.cluster.z};
    else if (attribute.id == cuda_launch_dependent)
      request.dependent = attribute.value.dependent;
    else if (attribute.id != 0)
      return fail(notSupported,
                  "no launch attribute " + std::to_string(attribute.id) + " is known");
  }
  return enqueueLaunch(std::move(request), config->stream, params, extra);
}
