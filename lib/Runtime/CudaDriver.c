//===- CudaDriver.c - the CUDA driver's functions, found at run time -------===//
// dlopen, so that one library serves computers with and without a GPU.
#include "CudaDriver.h"
#include "normc-c/Runtime.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

cuda_driver cuda;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int is_open; // under the mutex

// Long enough for what the driver's assembler says about PTX.
static _Thread_local char error_text[4096];

const char *normrt_cuda_error_text(void) { return error_text; }

int32_t cuda_fail(int32_t code, const char *format, ...) {
  va_list args;
  va_start(args, format);
  vsnprintf(error_text, sizeof error_text, format, args);
  va_end(args);
  return code;
}

int32_t cuda_check(int result, const char *format, ...) {
  if (result == 0)
    return NORMRT_OK;
  va_list args;
  va_start(args, format);
  int length = vsnprintf(error_text, sizeof error_text, format, args);
  va_end(args);
  const char *name = NULL, *sentence = NULL;
  // Both know no result of a newer driver than they are from.
  if (cuda.cuGetErrorName(result, &name) != 0 || !name)
    name = "unknown result";
  if (cuda.cuGetErrorString(result, &sentence) != 0 || !sentence)
    sentence = "no description";
  if (length >= 0 && (size_t)length < sizeof error_text)
    snprintf(error_text + length, sizeof error_text - (size_t)length, ": %s (%d): %s", name, result,
             sentence);
  return result == cuda_out_of_memory ? NORMRT_ERROR_MEMORY : NORMRT_ERROR_GPU;
}

static int32_t open_driver(int *no_device) {
  const char *path = getenv("NORMRT_CUDA_DRIVER");
  if (!path || !*path)
    path = "libcuda.so.1";
  void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    const char *reason = dlerror();
    return cuda_fail(NORMRT_ERROR_DRIVER, "expected a CUDA driver that loads: %s",
                     reason ? reason : path);
  }
  cuda_driver found = {0};
  const char *missing = NULL;
  void *address;
// ISO C has no conversion from an object pointer to a function pointer; POSIX has this one.
#define OPTIONAL(name, symbol, parameters)                                                         \
  address = dlsym(handle, #symbol);                                                                \
  memcpy(&found.name, &address, sizeof address);
#define NEEDED(name, symbol, parameters)                                                           \
  OPTIONAL(name, symbol, parameters)                                                               \
  if (!address && !missing)                                                                        \
    missing = #symbol;
  CUDA_DRIVER_FUNCTIONS(NEEDED, OPTIONAL)
#undef NEEDED
#undef OPTIONAL
  if (missing) {
    dlclose(handle);
    return cuda_fail(NORMRT_ERROR_DRIVER,
                     "%s: expected a driver for CUDA 11.0 or newer, but it has no function '%s'",
                     path, missing);
  }
  cuda = found;
  // Not closed again if this fails: from here on the driver may have threads.
  int result = cuda.cuInit(0);
  *no_device = result == cuda_no_device;
  if (*no_device || cuda_check(result, "%s: cuInit", path) == NORMRT_OK)
    return NORMRT_OK;
  return NORMRT_ERROR_DRIVER;
}

int32_t cuda_driver_open(int *no_device) {
  int32_t code = NORMRT_OK;
  *no_device = 0;
  pthread_mutex_lock(&mutex);
  if (!is_open)
    code = open_driver(no_device);
  is_open = code == NORMRT_OK && !*no_device;
  pthread_mutex_unlock(&mutex);
  return code;
}
