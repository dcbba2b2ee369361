//===- CudaDriver.h - the CUDA driver's functions, found at run time -------===//
// The part of the driver's public ABI that is used here, and the table of its functions. All
// handles are void *, results are int, and device memory is a number of 64 bits.
#ifndef NORMC_LIB_RUNTIME_CUDADRIVER_H
#define NORMC_LIB_RUNTIME_CUDADRIVER_H

#include <stddef.h>
#include <stdint.h>

enum { // results
  cuda_out_of_memory = 2,
  cuda_no_device = 100,
  cuda_no_binary_for_gpu = 209,
  cuda_unsupported_ptx_version = 222,
  cuda_stream_capture_implicit = 906
};

enum { // attributes of a device
  cuda_device_shared_bytes = 8,
  cuda_device_multiprocessors = 16,
  cuda_device_major = 75,
  cuda_device_minor = 76,
  cuda_device_shared_bytes_optin = 97,
  cuda_device_memory_pools = 115
};

enum { // attributes of a function
  cuda_function_static_shared_bytes = 1,
  cuda_function_dynamic_shared_bytes = 8,
  cuda_function_nonportable_cluster = 14
};

enum { cuda_jit_error_log = 5, cuda_jit_error_log_bytes = 6 }; // options of cuModuleLoadDataEx

enum { cuda_stream_non_blocking = 1 };
enum { cuda_capture_thread_local = 1, cuda_capture_relaxed = 2 }; // modes of capture
enum { cuda_capture_none = 0 };                                   // states of a stream
enum { cuda_launch_cluster = 4, cuda_launch_dependent = 6 };      // attributes of a launch

typedef struct cuda_launch_attribute {
  int id;
  char padding[4];
  union {
    char bytes[64];
    struct {
      unsigned x, y, z;
    } cluster;
    int dependent;
  } value;
} cuda_launch_attribute;

typedef struct cuda_launch_config {
  unsigned grid[3], block[3], shared_bytes;
  void *stream;
  cuda_launch_attribute *attributes;
  unsigned num_attributes;
} cuda_launch_config;

// name in the table, symbol (its later versions have a suffix), parameters. NEEDED are in every
// driver since CUDA 11.0; without an OPTIONAL one its pointer is NULL.
#define CUDA_DRIVER_FUNCTIONS(NEEDED, OPTIONAL)                                                    \
  NEEDED(cuInit, cuInit, (unsigned flags))                                                         \
  NEEDED(cuGetErrorName, cuGetErrorName, (int result, const char **text))                          \
  NEEDED(cuGetErrorString, cuGetErrorString, (int result, const char **text))                      \
  NEEDED(cuDriverGetVersion, cuDriverGetVersion, (int *version))                                   \
  NEEDED(cuDeviceGetCount, cuDeviceGetCount, (int *count))                                         \
  NEEDED(cuDeviceGet, cuDeviceGet, (int *device, int ordinal))                                     \
  NEEDED(cuDeviceGetAttribute, cuDeviceGetAttribute, (int *value, int attribute, int device))      \
  NEEDED(cuDevicePrimaryCtxRetain, cuDevicePrimaryCtxRetain, (void **context, int device))         \
  NEEDED(cuDevicePrimaryCtxRelease, cuDevicePrimaryCtxRelease_v2, (int device))                    \
  NEEDED(cuCtxGetCurrent, cuCtxGetCurrent, (void **context))                                       \
  NEEDED(cuCtxPushCurrent, cuCtxPushCurrent_v2, (void *context))                                   \
  NEEDED(cuCtxPopCurrent, cuCtxPopCurrent_v2, (void **context))                                    \
  NEEDED(cuModuleLoadDataEx, cuModuleLoadDataEx,                                                   \
         (void **module, const void *image, unsigned num_options, int *options, void **values))    \
  NEEDED(cuModuleUnload, cuModuleUnload, (void *module))                                           \
  NEEDED(cuModuleGetFunction, cuModuleGetFunction,                                                 \
         (void **function, void *module, const char *name))                                        \
  NEEDED(cuFuncGetAttribute, cuFuncGetAttribute, (int *value, int attribute, void *function))      \
  NEEDED(cuFuncSetAttribute, cuFuncSetAttribute, (void *function, int attribute, int value))       \
  NEEDED(cuLaunchKernel, cuLaunchKernel,                                                           \
         (void *function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x,     \
          unsigned block_y, unsigned block_z, unsigned shared_bytes, void *stream, void **params,  \
          void **extra))                                                                           \
  NEEDED(cuStreamIsCapturing, cuStreamIsCapturing, (void *stream, int *state))                     \
  NEEDED(cuStreamCreate, cuStreamCreate, (void **stream, unsigned flags))                          \
  NEEDED(cuStreamDestroy, cuStreamDestroy_v2, (void *stream))                                      \
  NEEDED(cuStreamSynchronize, cuStreamSynchronize, (void *stream))                                 \
  NEEDED(cuMemAlloc, cuMemAlloc_v2, (uint64_t *memory, size_t bytes))                              \
  NEEDED(cuMemFree, cuMemFree_v2, (uint64_t memory))                                               \
  NEEDED(cuMemcpyHtoDAsync, cuMemcpyHtoDAsync_v2,                                                  \
         (uint64_t to, const void *from, size_t bytes, void *stream))                              \
  NEEDED(cuMemcpyDtoHAsync, cuMemcpyDtoHAsync_v2,                                                  \
         (void *to, uint64_t from, size_t bytes, void *stream))                                    \
  NEEDED(cuMemcpyDtoDAsync, cuMemcpyDtoDAsync_v2,                                                  \
         (uint64_t to, uint64_t from, size_t bytes, void *stream))                                 \
  NEEDED(cuMemsetD8Async, cuMemsetD8Async,                                                         \
         (uint64_t memory, unsigned char value, size_t bytes, void *stream))                       \
  NEEDED(cuEventCreate, cuEventCreate, (void **event, unsigned flags))                             \
  NEEDED(cuEventDestroy, cuEventDestroy_v2, (void *event))                                         \
  NEEDED(cuEventRecord, cuEventRecord, (void *event, void *stream))                                \
  NEEDED(cuEventSynchronize, cuEventSynchronize, (void *event))                                    \
  NEEDED(cuEventElapsedTime, cuEventElapsedTime, (float *milliseconds, void *begin, void *end))    \
  NEEDED(cuThreadExchangeStreamCaptureMode, cuThreadExchangeStreamCaptureMode, (int *mode))        \
  NEEDED(cuStreamBeginCapture, cuStreamBeginCapture_v2, (void *stream, int mode))                  \
  NEEDED(cuStreamEndCapture, cuStreamEndCapture, (void *stream, void **graph))                     \
  NEEDED(cuGraphLaunch, cuGraphLaunch, (void *executable, void *stream))                           \
  NEEDED(cuGraphExecDestroy, cuGraphExecDestroy, (void *executable))                               \
  NEEDED(cuGraphDestroy, cuGraphDestroy, (void *graph))                                            \
  OPTIONAL(cuMemAllocAsync, cuMemAllocAsync, (uint64_t *memory, size_t bytes, void *stream))       \
  OPTIONAL(cuMemFreeAsync, cuMemFreeAsync, (uint64_t memory, void *stream))                        \
  OPTIONAL(cuGraphInstantiate, cuGraphInstantiateWithFlags,                                        \
           (void **executable, void *graph, unsigned long long flags))                             \
  OPTIONAL(cuLaunchKernelEx, cuLaunchKernelEx,                                                     \
           (const cuda_launch_config *config, void *function, void **params, void **extra))        \
  OPTIONAL(cuFuncLoad, cuFuncLoad, (void *function))

typedef struct cuda_driver {
#define CUDA_DRIVER_FIELD(name, symbol, parameters) int(*name) parameters;
  CUDA_DRIVER_FUNCTIONS(CUDA_DRIVER_FIELD, CUDA_DRIVER_FIELD)
#undef CUDA_DRIVER_FIELD
} cuda_driver;

// The driver; its fields are set while cuda_driver_open has succeeded once.
extern cuda_driver cuda;

// Loads the driver, unless that was done. A failure is tried again the next time, and so is a
// driver that finds no device, which is none.
int32_t cuda_driver_open(int *no_device);

// Sets the thread's error text, and returns `code`.
int32_t cuda_fail(int32_t code, const char *format, ...) __attribute__((format(printf, 2, 3)));

// The code for a result of the driver. If it is an error, the text is "<what>: <the driver's>".
int32_t cuda_check(int result, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
