//===- CudaDevice.c - contexts for GPUs ------------------------------------===//
// A device's primary context is retained with its first normrt_context, and released with its last.
#include "CudaDevice.h"

#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static cuda_device *devices; // under the mutex

int32_t normrt_cuda_device_count(int32_t *count) {
  *count = 0;
  int no_device, found = 0;
  int32_t code = cuda_driver_open(&no_device);
  if (code != NORMRT_OK || no_device)
    return code;
  int result = cuda.cuDeviceGetCount(&found);
  if (result == cuda_no_device)
    return NORMRT_OK;
  code = cuda_check(result, "cuDeviceGetCount");
  *count = code == NORMRT_OK ? found : 0;
  return code;
}

cuda_device *cuda_device_of(const normrt_context *ctx) {
  if (ctx && ctx->launch == cuda_launch && ctx->launch_user)
    return ctx->launch_user;
  cuda_fail(NORMRT_ERROR_LAUNCH, "expected a context of normrt_cuda_context_init");
  return NULL;
}

int32_t cuda_enter(const cuda_device *device, int *pushed) {
  *pushed = 0;
  if (!device->primary)
    return cuda_fail(NORMRT_ERROR_GPU, "device %d: its last context was released", device->ordinal);
  // Asking is some 10 ns; frameworks have the primary context current already.
  void *current = NULL;
  if (cuda.cuCtxGetCurrent(&current) == 0 && current == device->primary)
    return NORMRT_OK;
  int32_t code = cuda_check(cuda.cuCtxPushCurrent(device->primary), "cuCtxPushCurrent of device %d",
                            device->ordinal);
  *pushed = code == NORMRT_OK;
  return code;
}

void cuda_leave(int pushed) {
  void *popped;
  if (pushed)
    cuda.cuCtxPopCurrent(&popped);
}

void cuda_each_device(void (*visit)(cuda_device *device, const void *data), const void *data) {
  pthread_mutex_lock(&mutex);
  for (cuda_device *device = devices; device; device = device->next)
    if (device->contexts > 0)
      visit(device, data);
  pthread_mutex_unlock(&mutex);
}

static int32_t read_limits(cuda_device *device, int handle) {
  int major = 0, minor = 0, multiprocessors = 0, shared = 0, optin = 0, pools = 0;
  const struct {
    int attribute, *value;
  } needed[] = {{cuda_device_major, &major},
                {cuda_device_minor, &minor},
                {cuda_device_multiprocessors, &multiprocessors},
                {cuda_device_shared_bytes, &shared}};
  for (size_t i = 0; i < sizeof needed / sizeof *needed; ++i) {
    int32_t code = cuda_check(
        cuda.cuDeviceGetAttribute(needed[i].value, needed[i].attribute, handle),
        "cuDeviceGetAttribute of device %d, attribute %d", device->ordinal, needed[i].attribute);
    if (code != NORMRT_OK)
      return code;
  }
  // An older driver does not know this one, and then has no pools.
  if (cuda.cuDeviceGetAttribute(&pools, cuda_device_memory_pools, handle) != 0)
    pools = 0;
  if (cuda.cuDeviceGetAttribute(&optin, cuda_device_shared_bytes_optin, handle) != 0)
    optin = 0;
  device->arch = major * 10 + minor;
  device->multiprocessors = multiprocessors;
  device->shared_bytes = (uint32_t)(optin > shared ? optin : shared);
  device->has_pools = pools && cuda.cuMemAllocAsync && cuda.cuMemFreeAsync;
  return NORMRT_OK;
}

static int32_t open_device(cuda_device *device) {
  int handle = 0;
  int32_t code = cuda_check(cuda.cuDeviceGet(&handle, device->ordinal), "cuDeviceGet of device %d",
                            device->ordinal);
  if (code == NORMRT_OK)
    code = read_limits(device, handle);
  if (code == NORMRT_OK)
    code = cuda_modules_open(device);
  if (code != NORMRT_OK)
    return code;
  code = cuda_check(cuda.cuDevicePrimaryCtxRetain(&device->primary, handle),
                    "cuDevicePrimaryCtxRetain of device %d", device->ordinal);
  if (code != NORMRT_OK) {
    device->primary = NULL;
    cuda_modules_close(device);
  }
  return code;
}

static void close_device(cuda_device *device) {
  // Errors have nobody to go to; at the end of a process the driver may be gone before its user.
  int pushed, handle;
  int32_t entered = cuda_enter(device, &pushed);
  cuda_modules_close(device);
  if (entered == NORMRT_OK)
    cuda_leave(pushed);
  device->primary = NULL;
  if (cuda.cuDeviceGet(&handle, device->ordinal) == 0)
    cuda.cuDevicePrimaryCtxRelease(handle);
}

// The device, in the list of all, with one context more.
static int32_t retain(int ordinal, cuda_device **result) {
  cuda_device *device = devices;
  while (device && device->ordinal != ordinal)
    device = device->next;
  if (!device) {
    device = calloc(1, sizeof *device);
    if (!device)
      return cuda_fail(NORMRT_ERROR_MEMORY, "device %d: out of memory", ordinal);
    device->ordinal = ordinal;
    atomic_init(&device->table, NULL);
    pthread_mutex_init(&device->mutex, NULL);
    device->next = devices;
    devices = device;
  }
  if (device->contexts == 0) {
    int32_t code = open_device(device);
    if (code != NORMRT_OK)
      return code;
  }
  ++device->contexts;
  *result = device;
  return NORMRT_OK;
}

static int32_t init(normrt_context *ctx, int ordinal, void *stream) {
  int32_t count;
  int32_t code = normrt_cuda_device_count(&count);
  if (code != NORMRT_OK)
    return code;
  if (count == 0)
    return cuda_fail(NORMRT_ERROR_GPU, "device %d: expected a GPU, but the driver finds none",
                     ordinal);
  if (ordinal < 0 || ordinal >= count)
    return cuda_fail(NORMRT_ERROR_GPU,
                     "device %d: expected a number from 0 and below %d, the number of devices",
                     ordinal, (int)count);
  cuda_device *device = NULL;
  pthread_mutex_lock(&mutex);
  code = retain(ordinal, &device);
  pthread_mutex_unlock(&mutex);
  if (code != NORMRT_OK)
    return code;
  ctx->stream = stream;
  ctx->launch = cuda_launch;
  ctx->prepare = cuda_prepare;
  ctx->launch_user = device;
  ctx->gpu_arch = device->arch;
  ctx->gpu_device = ordinal;
  ctx->gpu_multiprocessors = device->multiprocessors;
  ctx->gpu_shared_bytes = device->shared_bytes;
  if (device->has_pools) {
    ctx->allocate = cuda_allocate;
    ctx->deallocate = cuda_deallocate;
    ctx->allocate_user = device;
  }
  return NORMRT_OK;
}

int32_t normrt_cuda_context_init(normrt_context *ctx, int device, void *stream, char *message,
                                 size_t message_size) {
  normrt_context_init(ctx, NULL);
  int32_t code = init(ctx, device, stream);
  if (code != NORMRT_OK && message && message_size)
    snprintf(message, message_size, "%s", normrt_cuda_error_text());
  return code;
}

void normrt_cuda_release(normrt_context *ctx) {
  if (!ctx || ctx->launch != cuda_launch || !ctx->launch_user)
    return;
  cuda_device *device = ctx->launch_user;
  normrt_context_init(ctx, NULL);
  pthread_mutex_lock(&mutex);
  // A copy that was released already holds nothing.
  if (device->contexts > 0 && --device->contexts == 0)
    close_device(device);
  pthread_mutex_unlock(&mutex);
}
