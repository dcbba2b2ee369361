//===- CudaLaunch.c - launching a kernel -----------------------------------===//
// The only part that runs for every launch: no lock, no allocation, and of the driver one question
// besides the launch itself.
#include "CudaDevice.h"

static uint32_t at_least_1(uint32_t n) { return n ? n : 1; }

// A stream under capture makes a load an error, not a surprise: it would be done now, and not when
// the graph is.
static int32_t prepare(cuda_device *device, const normrt_kernel_launch *launch) {
  int pushed, state = cuda_capture_none;
  int32_t code = cuda_enter(device, &pushed);
  if (code != NORMRT_OK)
    return code;
  int result = cuda.cuStreamIsCapturing(launch->stream, &state);
  cuda_leave(pushed);
  // The default stream cannot be asked while another that waits for it is captured.
  if (result == cuda_stream_capture_implicit || (result == 0 && state != cuda_capture_none))
    return cuda_fail(NORMRT_ERROR_NOT_PREPARED,
                     "the module of '%s' is not loaded on device %d, and the stream is being "
                     "captured: call the kernel once, or normrt_context::prepare, before",
                     launch->function, device->ordinal);
  code = cuda_check(result, "cuStreamIsCapturing");
  return code == NORMRT_OK ? cuda_prepare(device, launch->module) : code;
}

// A launch with attributes; `cluster` is the number of blocks in one.
static int32_t launch_with(const cuda_device *device, const cuda_function *function,
                           const normrt_kernel_launch *l, uint64_t cluster, int *result) {
  cuda_launch_attribute attributes[2] = {0};
  unsigned count = 0;
  if (cluster > 1) {
    if (device->arch < 90)
      return cuda_fail(NORMRT_ERROR_GPU,
                       "'%s': expected a device with clusters, but device %d is an sm_%d",
                       l->function, device->ordinal, (int)device->arch);
    if (cluster > 8 && !(l->flags & NORMRT_LAUNCH_NONPORTABLE_CLUSTER))
      return cuda_fail(NORMRT_ERROR_GPU,
                       "'%s': expected at most 8 blocks in a cluster that is portable, but got "
                       "%llu",
                       l->function, (unsigned long long)cluster);
    if (cluster > 8 && !function->nonportable)
      return cuda_fail(NORMRT_ERROR_GPU,
                       "'%s': the driver does not allow clusters of more than 8 blocks",
                       l->function);
    attributes[count].id = cuda_launch_cluster;
    attributes[count].value.cluster.x = at_least_1(l->cluster[0]);
    attributes[count].value.cluster.y = at_least_1(l->cluster[1]);
    attributes[count++].value.cluster.z = at_least_1(l->cluster[2]);
  }
  if (l->flags & NORMRT_LAUNCH_DEPENDENT) {
    attributes[count].id = cuda_launch_dependent;
    attributes[count++].value.dependent = 1;
  }
  if (!cuda.cuLaunchKernelEx) {
    int version = 0;
    cuda.cuDriverGetVersion(&version);
    return cuda_fail(NORMRT_ERROR_DRIVER,
                     "'%s': expected a driver for CUDA 11.8 or newer, for clusters and dependent "
                     "launches, but this one is for %d.%d",
                     l->function, version / 1000, version % 1000 / 10);
  }
  cuda_launch_config config = {{l->grid[0], l->grid[1], l->grid[2]},
                               {l->block[0], l->block[1], l->block[2]},
                               l->shared_bytes,
                               l->stream,
                               attributes,
                               count};
  *result = cuda.cuLaunchKernelEx(&config, function->handle, (void **)l->params, NULL);
  return NORMRT_OK;
}

int32_t cuda_launch(void *user, const normrt_kernel_launch *l) {
  cuda_device *device = user;
  if (!device || !l || l->size < sizeof *l)
    return cuda_fail(NORMRT_ERROR_GPU, "expected a launch of %u bytes or more, but it is %s",
                     (unsigned)sizeof *l,
                     !l       ? "NULL"
                     : device ? "smaller"
                              : "for no device");
  const uint32_t known = NORMRT_LAUNCH_DEPENDENT | NORMRT_LAUNCH_NONPORTABLE_CLUSTER;
  if (l->flags & ~known)
    return cuda_fail(NORMRT_ERROR_GPU, "'%s': expected flags that this library knows, but got %#x",
                     l->function, (unsigned)l->flags);
  if (l->grid[0] == 0 || l->grid[1] == 0 || l->grid[2] == 0)
    return NORMRT_OK;
  const cuda_module *module = cuda_find(device, l->module);
  if (!module) {
    int32_t code = prepare(device, l);
    if (code != NORMRT_OK)
      return code;
    module = cuda_find(device, l->module);
  }
  if (!module || l->function_index >= module->num_functions)
    return cuda_fail(NORMRT_ERROR_GPU, "'%s': expected one of %u functions, but got number %u",
                     l->function, module ? (unsigned)module->num_functions : 0,
                     (unsigned)l->function_index);
  const cuda_function *function = &module->functions[l->function_index];
  if (l->shared_bytes > function->most_shared)
    return cuda_fail(NORMRT_ERROR_GPU,
                     "'%s': expected at most %u bytes of dynamic shared memory, which is what "
                     "device %d has left for it, but got %u",
                     l->function, (unsigned)function->most_shared, device->ordinal,
                     (unsigned)l->shared_bytes);

  int pushed, result = 0;
  int32_t code = cuda_enter(device, &pushed);
  if (code != NORMRT_OK)
    return code;
  uint64_t cluster =
      (uint64_t)at_least_1(l->cluster[0]) * at_least_1(l->cluster[1]) * at_least_1(l->cluster[2]);
  // Before sm_90 nothing begins early, and a driver may refuse to be told that it could.
  if (cluster > 1 || (l->flags & NORMRT_LAUNCH_DEPENDENT && device->arch >= 90))
    code = launch_with(device, function, l, cluster, &result);
  else
    result = cuda.cuLaunchKernel(function->handle, l->grid[0], l->grid[1], l->grid[2], l->block[0],
                                 l->block[1], l->block[2], l->shared_bytes, l->stream,
                                 (void **)l->params, NULL);
  cuda_leave(pushed);
  if (result != 0)
    code = cuda_check(
        result, "launch of '%s' with grid (%u, %u, %u), block (%u, %u, %u), cluster (%u, %u, %u)",
        l->function, (unsigned)l->grid[0], (unsigned)l->grid[1], (unsigned)l->grid[2],
        (unsigned)l->block[0], (unsigned)l->block[1], (unsigned)l->block[2],
        (unsigned)l->cluster[0], (unsigned)l->cluster[1], (unsigned)l->cluster[2]);
  return code;
}
