//===- CudaModule.c - the modules loaded on a GPU --------------------------===//
// Which image suits a device, loading it with all of its functions, and the table of what is
// loaded. Everything that could allocate or wait is done here, so that a launch has no need to.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE // dladdr
#endif
#include "CudaDevice.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  removed = 1, // a key
  first_bits = 4,
  // What a block has on any device without being asked for.
  common_shared_bytes = 48 * 1024
};

//===- The table ---===//

static uint32_t first_slot(const cuda_table *table, uintptr_t key) {
  return (uint32_t)((uint64_t)key * UINT64_C(0x9e3779b97f4a7c15) >> (64 - table->bits));
}

static uint32_t next_slot(const cuda_table *table, uint32_t slot) {
  return (slot + 1) & ((UINT32_C(1) << table->bits) - 1);
}

const cuda_module *cuda_find(const cuda_device *device, const normrt_gpu_module *source) {
  const cuda_table *table = atomic_load_explicit(&device->table, memory_order_acquire);
  if (!table)
    return NULL;
  uintptr_t wanted = (uintptr_t)source;
  // Half of the slots or more are empty, so this ends.
  for (uint32_t i = first_slot(table, wanted);; i = next_slot(table, i)) {
    uintptr_t key = atomic_load_explicit(&table->slots[i].key, memory_order_acquire);
    if (key == wanted)
      return atomic_load_explicit(&table->slots[i].module, memory_order_relaxed);
    if (key == 0)
      return NULL;
  }
}

static cuda_table *make_table(uint32_t bits) {
  size_t slots = (size_t)1 << bits;
  cuda_table *table = calloc(1, sizeof *table + slots * sizeof(cuda_slot));
  if (!table)
    return NULL;
  table->bits = bits;
  for (size_t i = 0; i < slots; ++i) {
    atomic_init(&table->slots[i].key, 0);
    atomic_init(&table->slots[i].module, NULL);
  }
  return table;
}

// Under the device's mutex, and the key is not there yet. A slot that was another's can be taken:
// whoever looks for that one now breaks the rule that nobody does after it was unloaded.
static void put(cuda_table *table, cuda_module *module) {
  uintptr_t key = (uintptr_t)module->source, old;
  uint32_t i = first_slot(table, key);
  while ((old = atomic_load_explicit(&table->slots[i].key, memory_order_relaxed)) > removed)
    i = next_slot(table, i);
  table->used += old == 0;
  atomic_store_explicit(&table->slots[i].module, module, memory_order_relaxed);
  atomic_store_explicit(&table->slots[i].key, key, memory_order_release);
}

// Makes room for one more; the mutex is held.
static int32_t grow(cuda_device *device) {
  cuda_table *table = atomic_load_explicit(&device->table, memory_order_relaxed);
  size_t slots = (size_t)1 << table->bits;
  if (2 * ((size_t)table->used + 1) <= slots)
    return NORMRT_OK;
  cuda_table *larger = table->bits < 31 ? make_table(table->bits + 1) : NULL;
  if (!larger)
    return cuda_fail(NORMRT_ERROR_MEMORY, "out of memory");
  for (size_t i = 0; i < slots; ++i)
    if (atomic_load_explicit(&table->slots[i].key, memory_order_relaxed) > removed)
      put(larger, atomic_load_explicit(&table->slots[i].module, memory_order_relaxed));
  larger->smaller = table;
  atomic_store_explicit(&device->table, larger, memory_order_release);
  return NORMRT_OK;
}

int32_t cuda_modules_open(cuda_device *device) {
  cuda_table *table = make_table(first_bits);
  if (!table)
    return cuda_fail(NORMRT_ERROR_MEMORY, "device %d: out of memory", device->ordinal);
  atomic_store_explicit(&device->table, table, memory_order_release);
  return NORMRT_OK;
}

// Loading and unloading leave streams alone, but while one is being captured the driver refuses
// them, and spoils the capture, unless the thread says that it knows. Called before and after.
static void exchange_capture_mode(int *mode) {
  if (cuda.cuThreadExchangeStreamCaptureMode(mode) != 0)
    *mode = cuda_capture_relaxed;
}

static void destroy(cuda_module *module) {
  int mode = cuda_capture_relaxed;
  exchange_capture_mode(&mode);
  cuda.cuModuleUnload(module->handle);
  exchange_capture_mode(&mode);
  free(module);
}

void cuda_modules_close(cuda_device *device) {
  pthread_mutex_lock(&device->mutex);
  cuda_table *table = atomic_load_explicit(&device->table, memory_order_relaxed);
  atomic_store_explicit(&device->table, NULL, memory_order_relaxed);
  for (size_t i = 0; i < (size_t)1 << table->bits; ++i)
    if (atomic_load_explicit(&table->slots[i].key, memory_order_relaxed) > removed)
      destroy(atomic_load_explicit(&table->slots[i].module, memory_order_relaxed));
  while (table) {
    cuda_table *smaller = table->smaller;
    free(table);
    table = smaller;
  }
  pthread_mutex_unlock(&device->mutex);
}

//===- Images ---===//

// The larger the better; 0: it does not run on this architecture. No two images have the same.
static uint64_t rank(const normrt_gpu_image *image, uint32_t index, uint32_t arch) {
  int same_major = image->arch / 10 == arch / 10;
  if (image->arch > arch || image->kind > NORMRT_GPU_CUBIN)
    return 0;
  if (image->flags & NORMRT_GPU_ARCH_SPECIFIC && image->arch != arch)
    return 0;
  // Machine code is good for its major version, and so is PTX of a family.
  if ((image->kind == NORMRT_GPU_CUBIN || image->flags & NORMRT_GPU_FAMILY) && !same_major)
    return 0;
  uint64_t kind = image->kind == NORMRT_GPU_PTX ? 1 : 2;
  return kind << 48 | (uint64_t)image->arch << 32 | (UINT32_MAX - index);
}

// The best image whose rank is below `limit`, or NULL.
static const normrt_gpu_image *choose(const normrt_gpu_module *source, uint32_t arch,
                                      uint64_t *limit) {
  uint64_t best = 0;
  for (uint32_t i = 0; i < source->num_images; ++i) {
    uint64_t r = rank(&source->images[i], i, arch);
    if (r > best && r < *limit)
      best = r;
  }
  *limit = best;
  return best ? &source->images[UINT32_MAX - (uint32_t)best] : NULL;
}

static void name_image(const normrt_gpu_image *image, char *text, size_t size) {
  const char *suffix = image->flags & NORMRT_GPU_ARCH_SPECIFIC ? "a"
                       : image->flags & NORMRT_GPU_FAMILY      ? "f"
                                                               : "";
  snprintf(text, size, "%s for sm_%u%s", image->kind == NORMRT_GPU_PTX ? "PTX" : "cubin",
           (unsigned)image->arch, suffix);
}

static int32_t no_image(const cuda_device *device, const normrt_gpu_module *source) {
  char list[512] = "nothing";
  size_t length = 0;
  for (uint32_t i = 0; i < source->num_images && length < sizeof list - 40; ++i) {
    char name[40];
    name_image(&source->images[i], name, sizeof name);
    length +=
        (size_t)snprintf(list + length, sizeof list - length, "%s%s", length ? ", " : "", name);
  }
  return cuda_fail(NORMRT_ERROR_NO_IMAGE,
                   "expected code for device %d, which is an sm_%d, but the module has %s",
                   device->ordinal, (int)device->arch, list);
}

//===- Loading ---===//

static int load_image(const normrt_gpu_image *image, void **handle, char *log, size_t log_size) {
  int options[] = {cuda_jit_error_log, cuda_jit_error_log_bytes};
  void *values[] = {log, (void *)(uintptr_t)log_size};
  log[0] = 0;
  int result = cuda.cuModuleLoadDataEx(handle, image->data, 2, options, values);
  log[log_size - 1] = 0;
  size_t length = strlen(log);
  while (length > 0 && (log[length - 1] == '\n' || log[length - 1] == ' '))
    log[--length] = 0;
  return result;
}

static int32_t load_best_image(const cuda_device *device, const normrt_gpu_module *source,
                               void **handle) {
  char log[2048], name[40];
  int32_t code = NORMRT_OK;
  uint64_t limit = UINT64_MAX;
  const normrt_gpu_image *image;
  while ((image = choose(source, (uint32_t)device->arch, &limit))) {
    name_image(image, name, sizeof name);
    if (image->kind == NORMRT_GPU_PTX &&
        (image->size == 0 || ((const char *)image->data)[image->size - 1] != 0)) {
      if (code == NORMRT_OK)
        code = cuda_fail(NORMRT_ERROR_GPU, "%s: expected text that ends with a 0", name);
      return code;
    }
    int result = load_image(image, handle, log, sizeof log);
    if (result == 0)
      return NORMRT_OK;
    // The first failure is about the best image, so it is the one to tell.
    if (code == NORMRT_OK) {
      code = cuda_check(result, "cuModuleLoadDataEx of %s on device %d", name, device->ordinal);
      if (log[0]) {
        char text[1024];
        snprintf(text, sizeof text, "%s", normrt_cuda_error_text());
        cuda_fail(code, "%s\n%s", text, log);
      }
    }
    // Only these say that the driver is too old for the image, which it may not be for the next.
    if (result != cuda_unsupported_ptx_version && result != cuda_no_binary_for_gpu)
      return code;
  }
  return code == NORMRT_OK ? no_image(device, source) : code;
}

// All that a launch of the function could need is set here: it holds for every launch, only allows
// and does not ask for anything, and setting it later would be done while others launch.
static int32_t load_function(const cuda_device *device, cuda_module *module, uint32_t index) {
  const char *name = module->source->functions[index];
  cuda_function *function = &module->functions[index];
  int32_t code = cuda_check(cuda.cuModuleGetFunction(&function->handle, module->handle, name),
                            "cuModuleGetFunction of '%s'", name);
  if (code != NORMRT_OK)
    return code;
  // A driver that loads lazily would do it at the first launch, which may be one being captured.
  if (cuda.cuFuncLoad) {
    code = cuda_check(cuda.cuFuncLoad(function->handle), "cuFuncLoad of '%s'", name);
    if (code != NORMRT_OK)
      return code;
  }
  int fixed = 0;
  code = cuda_check(
      cuda.cuFuncGetAttribute(&fixed, cuda_function_static_shared_bytes, function->handle),
      "cuFuncGetAttribute of '%s'", name);
  if (code != NORMRT_OK)
    return code;
  int64_t most = (int64_t)device->shared_bytes - fixed;
  if (most > common_shared_bytes - fixed &&
      cuda.cuFuncSetAttribute(function->handle, cuda_function_dynamic_shared_bytes, (int)most) != 0)
    most = common_shared_bytes - fixed;
  function->most_shared = most > 0 ? (uint32_t)most : 0;
  function->nonportable =
      device->arch >= 90 &&
      cuda.cuFuncSetAttribute(function->handle, cuda_function_nonportable_cluster, 1) == 0;
  return NORMRT_OK;
}

static const void *library_of(const void *address) {
  Dl_info info;
  return dladdr(address, &info) ? info.dli_fbase : NULL;
}

// With the primary context current.
static int32_t load(const cuda_device *device, const normrt_gpu_module *source,
                    cuda_module **result) {
  cuda_module *module = calloc(1, sizeof *module + source->num_functions * sizeof(cuda_function));
  if (!module)
    return cuda_fail(NORMRT_ERROR_MEMORY, "out of memory");
  module->source = source;
  module->library = library_of(source);
  module->num_functions = source->num_functions;
  int32_t code = load_best_image(device, source, &module->handle);
  if (code != NORMRT_OK) {
    free(module);
    return code;
  }
  for (uint32_t i = 0; i < source->num_functions && code == NORMRT_OK; ++i)
    code = load_function(device, module, i);
  if (code != NORMRT_OK) {
    destroy(module);
    return code;
  }
  *result = module;
  return NORMRT_OK;
}

int32_t cuda_prepare(void *user, const normrt_gpu_module *source) {
  cuda_device *device = user;
  if (!source || source->size < sizeof *source)
    return cuda_fail(NORMRT_ERROR_GPU, "expected a module of %u bytes or more, but it is %s",
                     (unsigned)sizeof *source, source ? "smaller" : "NULL");
  if (cuda_find(device, source))
    return NORMRT_OK;
  int pushed;
  int32_t code = cuda_enter(device, &pushed);
  if (code != NORMRT_OK)
    return code;
  pthread_mutex_lock(&device->mutex);
  // Another thread may have been first.
  if (!cuda_find(device, source)) {
    cuda_module *module = NULL;
    int mode = cuda_capture_relaxed;
    exchange_capture_mode(&mode);
    code = grow(device);
    if (code == NORMRT_OK)
      code = load(device, source, &module);
    if (code == NORMRT_OK)
      put(atomic_load_explicit(&device->table, memory_order_relaxed), module);
    exchange_capture_mode(&mode);
  }
  pthread_mutex_unlock(&device->mutex);
  cuda_leave(pushed);
  return code;
}

//===- Unloading ---===//

typedef struct unloaded {
  const void *library, *address;
} unloaded;

static void unload_from(cuda_device *device, const void *data) {
  const unloaded *which = data;
  int pushed;
  if (cuda_enter(device, &pushed) != NORMRT_OK)
    return;
  pthread_mutex_lock(&device->mutex);
  cuda_table *table = atomic_load_explicit(&device->table, memory_order_relaxed);
  for (size_t i = 0; i < (size_t)1 << table->bits; ++i) {
    cuda_slot *slot = &table->slots[i];
    if (atomic_load_explicit(&slot->key, memory_order_relaxed) <= removed)
      continue;
    cuda_module *module = atomic_load_explicit(&slot->module, memory_order_relaxed);
    if (!(which->library && module->library == which->library) &&
        (const void *)module->source != which->address)
      continue;
    atomic_store_explicit(&slot->key, removed, memory_order_relaxed);
    destroy(module);
  }
  pthread_mutex_unlock(&device->mutex);
  cuda_leave(pushed);
}

void cuda_unload(const void *library, const void *address) {
  unloaded which = {library, address};
  cuda_each_device(unload_from, &which);
}

void normrt_cuda_unload(const void *address) { cuda_unload(library_of(address), address); }
