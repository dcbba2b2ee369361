//===- CudaDevice.h - a GPU and the modules loaded on it -------------------===//
// What contexts, launches and the modules' cache share.
#ifndef NORMC_LIB_RUNTIME_CUDADEVICE_H
#define NORMC_LIB_RUNTIME_CUDADEVICE_H

#include "CudaDriver.h"
#include "normc-c/Runtime.h"

#include <pthread.h>
#include <stdatomic.h>

typedef struct cuda_function {
  void *handle;
  uint32_t most_shared; // dynamic shared memory that a launch may ask for
  int nonportable;      // its clusters may have more than 8 blocks
} cuda_function;

// A module loaded on one device. Does not change once it is in a table.
typedef struct cuda_module {
  const normrt_gpu_module *source;
  const void *library; // where the shared library that `source` is in begins; NULL: in none
  void *handle;
  uint32_t num_functions;
  cuda_function functions[];
} cuda_module;

// A slot of a hash table whose readers take no lock. The key is a module's address, 0 where
// nothing was ever, or 1 where something was. The value is written before the key.
typedef struct cuda_slot {
  atomic_uintptr_t key;
  _Atomic(cuda_module *) module;
} cuda_slot;

typedef struct cuda_table {
  struct cuda_table *smaller; // the one before: readers may still be in it
  uint32_t bits, used;        // 2^bits slots, `used` of them with a key that is not 0
  cuda_slot slots[];
} cuda_table;

// A device; there is one for each ordinal that was asked for, until the process ends, so that a
// context used too late meets an error and no freed memory.
typedef struct cuda_device {
  struct cuda_device *next;
  int ordinal;
  int contexts; // of normrt_cuda_context_init; under the mutex of all devices
  int32_t arch, multiprocessors;
  uint32_t shared_bytes;
  int has_pools;
  void *primary;         // its primary context; NULL while `contexts` is 0
  pthread_mutex_t mutex; // who loads and unloads
  _Atomic(cuda_table *) table;
} cuda_device;

// The device of a context, or NULL with NORMRT_ERROR_LAUNCH's text.
cuda_device *cuda_device_of(const normrt_context *ctx);

// Calls `visit` for every device that has contexts; none is opened or closed meanwhile.
void cuda_each_device(void (*visit)(cuda_device *device, const void *data), const void *data);

// Makes the primary context current. `*pushed` is for cuda_leave, which undoes it.
int32_t cuda_enter(const cuda_device *device, int *pushed);
void cuda_leave(int pushed);

// The modules: an empty table, and all unloaded. cuda_modules_close has the primary context.
int32_t cuda_modules_open(cuda_device *device);
void cuda_modules_close(cuda_device *device);

// The loaded module, or NULL.
const cuda_module *cuda_find(const cuda_device *device, const normrt_gpu_module *source);

// Unloads the modules of the shared library that begins at `library`, and the one at `address`;
// NULL: none.
void cuda_unload(const void *library, const void *address);

// normrt_context::prepare and ::launch.
int32_t cuda_prepare(void *device, const normrt_gpu_module *module);
int32_t cuda_launch(void *device, const normrt_kernel_launch *launch);

// normrt_context::allocate and ::deallocate.
void *cuda_allocate(void *device, uint64_t bytes, void *stream);
void cuda_deallocate(void *device, void *memory, void *stream);

#endif
