/* A CUDA driver without a GPU: it keeps to the driver's rules on contexts, streams and captures,
   and counts what breaks them. With FAKE_OLD it is one before CUDA 11.2, with FAKE_BROKEN one that
   lacks a function which every driver has.

   Images are text. What begins with ELF is machine code; "bad" in one does not assemble, "too new"
   is for a newer driver, "wrong binary" for another device. All functions exist but "missing". */

#include "fake-cuda.h"
#include "CudaDriver.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DECLARE(name, symbol, parameters) int symbol parameters;
CUDA_DRIVER_FUNCTIONS(DECLARE, DECLARE)
#undef DECLARE
fake_state *fake_cuda(void);

enum {
  invalid_value = 1,
  not_initialized = 3,
  invalid_device = 101,
  invalid_context = 201,
  invalid_ptx = 218,
  invalid_handle = 400,
  not_found = 500,
  capture_unsupported = 900,
  invalid_cluster_size = 912,
  max_nodes = 8
};

typedef struct fake_context {
  int device;
} fake_context;
typedef struct fake_module {
  int device;
  char text[64];
} fake_module;
typedef struct fake_function {
  struct fake_function *next;
  fake_module *module;
  char name[64];
  unsigned dynamic_shared_bytes;
  int nonportable;
} fake_function;
typedef struct fake_graph {
  int num_nodes;
  fake_launch nodes[max_nodes];
} fake_graph;
typedef struct fake_stream {
  int device, capturing, mode;
  fake_graph *graph;
} fake_stream;

static fake_state state = {
    .num_devices = 4,
#ifdef FAKE_OLD
    .version = 11010,
#else
    .version = 13000,
#endif
    .arch = {90, 80, 103, 75},
    .shared_bytes_optin = {232448, 166912, 232448, 65536},
    .has_pools = {1, 1, 1, 0},
};
// Not a mutex, which the thread sanitizer would see: it would take two threads that call the driver
// for synchronized, and miss what the library has to do itself.
static atomic_flag busy = ATOMIC_FLAG_INIT;
static fake_context primary[fake_devices] = {{0}, {1}, {2}, {3}};
static fake_function *functions; // of all modules, until they are unloaded
static int global_captures;
static _Thread_local int own_captures, thread_mode;
static _Thread_local void *contexts[16];
static _Thread_local int depth;
static float ticks;

fake_state *fake_cuda(void) { return &state; }

// Begins every function: the result that the test wants, or 0, with the lock held.
static int enter(const char *name) {
  while (atomic_flag_test_and_set_explicit(&busy, memory_order_acquire))
    sched_yield();
  ++state.calls;
  if (strcmp(name, state.fail) == 0 && state.fail_after-- == 0) {
    state.fail[0] = 0;
    return state.fail_result;
  }
  return state.inits > 0 || strcmp(name, "cuInit") == 0 ? 0 : not_initialized;
}
static int leave(int result) {
  atomic_flag_clear_explicit(&busy, memory_order_release);
  return result;
}
#define ENTER                                                                                      \
  int result = enter(__func__);                                                                    \
  if (result != 0)                                                                                 \
  return leave(result)

// The device of the current context; -1: no context, or none that is retained.
static int current(void) {
  fake_context *context = depth ? contexts[depth - 1] : NULL;
  if (context < primary || context >= primary + fake_devices || !state.retained[context->device])
    return -1;
  return context->device;
}
#define NEED_CONTEXT                                                                               \
  int device = current();                                                                          \
  if (device < 0)                                                                                  \
  return leave(invalid_context)

// Not to be done while this thread, or any in the global mode, captures.
#define UNSAFE                                                                                     \
  if ((global_captures || own_captures) && thread_mode != cuda_capture_relaxed)                    \
  return ++state.wrong, leave(capture_unsupported)

static int stream_ok(fake_stream *stream, int device) {
  return !stream || stream->device == device;
}

int cuInit(unsigned flags) {
  ENTER;
  ++state.inits;
  return leave(flags ? invalid_value : 0);
}

int cuGetErrorName(int error, const char **text) {
  static const struct {
    int error;
    const char *name;
  } names[] = {{1, "CUDA_ERROR_INVALID_VALUE"},
               {2, "CUDA_ERROR_OUT_OF_MEMORY"},
               {201, "CUDA_ERROR_INVALID_CONTEXT"},
               {218, "CUDA_ERROR_INVALID_PTX"},
               {222, "CUDA_ERROR_UNSUPPORTED_PTX_VERSION"},
               {500, "CUDA_ERROR_NOT_FOUND"},
               {719, "CUDA_ERROR_LAUNCH_FAILED"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i)
    if (names[i].error == error)
      return *text = names[i].name, 0;
  return invalid_value;
}

int cuGetErrorString(int error, const char **text) {
  *text = "a description";
  return error == 999 ? invalid_value : 0;
}

int cuDriverGetVersion(int *version) { return *version = state.version, 0; }

int cuDeviceGetCount(int *count) {
  ENTER;
  *count = state.num_devices;
  return leave(0);
}

int cuDeviceGet(int *device, int ordinal) {
  ENTER;
  *device = ordinal;
  return leave(ordinal >= 0 && ordinal < state.num_devices ? 0 : invalid_device);
}

int cuDeviceGetAttribute(int *value, int attribute, int device) {
  ENTER;
  switch (attribute) {
  case cuda_device_major:
    *value = state.arch[device] / 10;
    break;
  case cuda_device_minor:
    *value = state.arch[device] % 10;
    break;
  case cuda_device_multiprocessors:
    *value = 100 + device;
    break;
  case cuda_device_shared_bytes:
    *value = 49152;
    break;
  case cuda_device_shared_bytes_optin:
    *value = state.shared_bytes_optin[device];
    break;
  case cuda_device_memory_pools:
    *value = state.has_pools[device];
    break;
  default:
    result = invalid_value;
  }
  return leave(result);
}

int cuDevicePrimaryCtxRetain(void **context, int device) {
  ENTER;
  ++state.retained[device];
  *context = &primary[device];
  return leave(0);
}

int cuDevicePrimaryCtxRelease_v2(int device) {
  ENTER;
  // With modules loaded still it would take them along; a user that counts on it is none of ours.
  int left = --state.retained[device];
  state.wrong += left < 0 || (left == 0 && state.loads[device] != state.unloads[device]);
  return leave(0);
}

int cuCtxGetCurrent(void **context) {
  ENTER;
  *context = depth ? contexts[depth - 1] : NULL;
  return leave(0);
}

int cuCtxPushCurrent_v2(void *context) {
  ENTER;
  if (depth == 16)
    return leave(invalid_context);
  contexts[depth++] = context;
  return leave(0);
}

int cuCtxPopCurrent_v2(void **context) {
  ENTER;
  if (depth == 0)
    return ++state.wrong, leave(invalid_context);
  *context = contexts[--depth];
  return leave(0);
}

int cuModuleLoadDataEx(void **module, const void *image, unsigned num_options, int *options,
                       void **values) {
  ENTER;
  NEED_CONTEXT;
  UNSAFE;
  char *log = NULL;
  size_t log_bytes = 0;
  for (unsigned i = 0; i < num_options; ++i) {
    if (options[i] == cuda_jit_error_log)
      log = values[i];
    else if (options[i] == cuda_jit_error_log_bytes)
      log_bytes = (size_t)values[i];
    else
      return leave(invalid_value);
  }
  snprintf(state.image, sizeof state.image, "%s", (const char *)image);
  if (strstr(image, "bad")) {
    if (log)
      snprintf(log, log_bytes, "ptxas application ptx input, line 1; fatal : expected better\n");
    return leave(invalid_ptx);
  }
  if (strstr(image, "too new"))
    return leave(cuda_unsupported_ptx_version);
  if (strstr(image, "wrong binary"))
    return leave(cuda_no_binary_for_gpu);
  fake_module *loaded = calloc(1, sizeof *loaded);
  loaded->device = device;
  snprintf(loaded->text, sizeof loaded->text, "%s", (const char *)image);
  ++state.loads[device];
  *module = loaded;
  return leave(0);
}

int cuModuleUnload(void *module) {
  ENTER;
  NEED_CONTEXT;
  UNSAFE;
  fake_module *loaded = module;
  if (loaded->device != device)
    return ++state.wrong, leave(invalid_handle);
  for (fake_function **f = &functions; *f;) {
    fake_function *function = *f;
    if (function->module != loaded) {
      f = &function->next;
      continue;
    }
    *f = function->next;
    free(function);
  }
  ++state.unloads[device];
  free(loaded);
  return leave(0);
}

int cuModuleGetFunction(void **function, void *module, const char *name) {
  ENTER;
  NEED_CONTEXT;
  fake_module *loaded = module;
  if (loaded->device != device)
    return ++state.wrong, leave(invalid_handle);
  if (strcmp(name, "missing") == 0)
    return leave(not_found);
  fake_function *found = calloc(1, sizeof *found);
  found->module = loaded;
  found->next = functions;
  functions = found;
  snprintf(found->name, sizeof found->name, "%s", name);
  *function = found;
  return leave(0);
}

int cuFuncGetAttribute(int *value, int attribute, void *function) {
  ENTER;
  (void)function;
  *value = state.static_shared_bytes;
  return leave(attribute == cuda_function_static_shared_bytes ? 0 : invalid_value);
}

int cuFuncSetAttribute(void *function, int attribute, int value) {
  ENTER;
  fake_function *f = function;
  int device = f->module->device;
  if (state.refuse_attributes)
    return leave(invalid_value);
  ++state.attributes_set;
  if (attribute == cuda_function_dynamic_shared_bytes &&
      value + state.static_shared_bytes <= state.shared_bytes_optin[device])
    f->dynamic_shared_bytes = (unsigned)value;
  else if (attribute == cuda_function_nonportable_cluster && state.arch[device] >= 90)
    f->nonportable = value;
  else
    return ++state.wrong, leave(invalid_value);
  return leave(result);
}

static int launch(fake_launch *l, const fake_function *f, void **params, int device) {
  fake_stream *stream = l->stream;
  if (f->module->device != device || !stream_ok(stream, device))
    return invalid_handle;
  unsigned common = 49152 - (unsigned)state.static_shared_bytes;
  unsigned most = f->dynamic_shared_bytes > common ? f->dynamic_shared_bytes : common;
  unsigned threads = l->block[0] * l->block[1] * l->block[2];
  if (l->shared_bytes > most || threads == 0 || threads > 1024)
    return invalid_value;
  unsigned cluster = l->cluster[0] * l->cluster[1] * l->cluster[2];
  if (cluster > (f->nonportable ? 16 : 8) || (cluster > 1 && state.arch[device] < 90))
    return invalid_cluster_size;
  snprintf(l->function, sizeof l->function, "%s", f->name);
  l->device = device;
  for (int i = 0; i < fake_params && state.param_bytes[i]; ++i)
    memcpy(&l->params[i], params[i], state.param_bytes[i] < 8 ? state.param_bytes[i] : 8);
  l->captured = stream && stream->capturing;
  if (l->captured && stream->graph->num_nodes < max_nodes)
    stream->graph->nodes[stream->graph->num_nodes++] = *l;
  state.last = *l;
  state.launches[device] += !l->captured;
  snprintf(state.image, sizeof state.image, "%s", f->module->text);
  return 0;
}

int cuLaunchKernel(void *function, unsigned grid_x, unsigned grid_y, unsigned grid_z,
                   unsigned block_x, unsigned block_y, unsigned block_z, unsigned shared_bytes,
                   void *stream, void **params, void **extra) {
  ENTER;
  NEED_CONTEXT;
  fake_launch l = {.grid = {grid_x, grid_y, grid_z},
                   .block = {block_x, block_y, block_z},
                   .cluster = {1, 1, 1},
                   .shared_bytes = shared_bytes,
                   .stream = stream};
  return leave(extra ? invalid_value : launch(&l, function, params, device));
}

int cuStreamCreate(void **stream, unsigned flags) {
  ENTER;
  NEED_CONTEXT;
  fake_stream *s = calloc(1, sizeof *s);
  s->device = device;
  *stream = s;
  ++state.live_streams;
  return leave(flags == cuda_stream_non_blocking ? 0 : invalid_value);
}

int cuStreamDestroy_v2(void *stream) {
  ENTER;
  --state.live_streams;
  free(stream);
  return leave(0);
}

int cuStreamSynchronize(void *stream) {
  ENTER;
  NEED_CONTEXT;
  UNSAFE;
  return leave(stream_ok(stream, device) ? 0 : invalid_handle);
}

#ifndef FAKE_BROKEN
int cuStreamIsCapturing(void *stream, int *capturing) {
  ENTER;
  NEED_CONTEXT;
  fake_stream *s = stream;
  if (!s && state.default_stream_is_captured)
    return leave(cuda_stream_capture_implicit);
  *capturing = s && s->capturing;
  return leave(stream_ok(s, device) ? 0 : invalid_handle);
}
#endif

int cuThreadExchangeStreamCaptureMode(int *mode) {
  ENTER;
  int old = thread_mode;
  thread_mode = *mode;
  *mode = old;
  return leave(0);
}

int cuStreamBeginCapture_v2(void *stream, int mode) {
  ENTER;
  NEED_CONTEXT;
  fake_stream *s = stream;
  if (!s || s->capturing || s->device != device)
    return leave(capture_unsupported);
  s->capturing = 1;
  s->mode = mode;
  s->graph = calloc(1, sizeof *s->graph);
  ++state.live_graphs;
  ++*(mode ? &own_captures : &global_captures);
  return leave(0);
}

int cuStreamEndCapture(void *stream, void **graph) {
  ENTER;
  fake_stream *s = stream;
  if (!s || !s->capturing)
    return leave(invalid_value);
  s->capturing = 0;
  *graph = s->graph;
  --*(s->mode ? &own_captures : &global_captures);
  return leave(0);
}

int cuGraphDestroy(void *graph) {
  ENTER;
  --state.live_graphs;
  free(graph);
  return leave(0);
}

int cuGraphExecDestroy(void *executable) {
  ENTER;
  --state.live_graphs;
  free(executable);
  return leave(0);
}

int cuGraphLaunch(void *executable, void *stream) {
  ENTER;
  NEED_CONTEXT;
  fake_graph *graph = executable;
  if (!stream_ok(stream, device))
    return leave(invalid_handle);
  for (int i = 0; i < graph->num_nodes; ++i) {
    state.last = graph->nodes[i];
    ++state.launches[device];
  }
  return leave(0);
}

static int allocate(uint64_t *memory, size_t bytes) {
  if (bytes == 0)
    return invalid_value;
  void *new = bytes < (size_t)1 << 30 ? calloc(1, bytes) : NULL;
  if (!new)
    return cuda_out_of_memory;
  *memory = (uint64_t)(uintptr_t)new;
  ++state.live_memory;
  return 0;
}

int cuMemAlloc_v2(uint64_t *memory, size_t bytes) {
  ENTER;
  NEED_CONTEXT;
  UNSAFE;
  (void)device;
  return leave(allocate(memory, bytes));
}

int cuMemFree_v2(uint64_t memory) {
  ENTER;
  NEED_CONTEXT;
  UNSAFE;
  (void)device;
  state.live_memory -= memory != 0;
  free((void *)(uintptr_t)memory);
  return leave(0);
}

static int copy(void *to, const void *from, size_t bytes, fake_stream *stream) {
  int device = current();
  if (device < 0)
    return invalid_context;
  if (!stream_ok(stream, device))
    return invalid_handle;
  if (!stream || !stream->capturing)
    memcpy(to, from, bytes);
  return 0;
}

int cuMemcpyHtoDAsync_v2(uint64_t to, const void *from, size_t bytes, void *stream) {
  ENTER;
  return leave(copy((void *)(uintptr_t)to, from, bytes, stream));
}

int cuMemcpyDtoHAsync_v2(void *to, uint64_t from, size_t bytes, void *stream) {
  ENTER;
  return leave(copy(to, (const void *)(uintptr_t)from, bytes, stream));
}

int cuMemcpyDtoDAsync_v2(uint64_t to, uint64_t from, size_t bytes, void *stream) {
  ENTER;
  return leave(copy((void *)(uintptr_t)to, (const void *)(uintptr_t)from, bytes, stream));
}

int cuMemsetD8Async(uint64_t memory, unsigned char value, size_t bytes, void *stream) {
  ENTER;
  NEED_CONTEXT;
  if (!stream_ok(stream, device))
    return leave(invalid_handle);
  memset((void *)(uintptr_t)memory, value, bytes);
  return leave(0);
}

int cuEventCreate(void **event, unsigned flags) {
  ENTER;
  NEED_CONTEXT;
  (void)device;
  *event = calloc(1, sizeof(float));
  ++state.live_events;
  return leave(flags ? invalid_value : 0);
}

int cuEventDestroy_v2(void *event) {
  ENTER;
  --state.live_events;
  free(event);
  return leave(0);
}

int cuEventRecord(void *event, void *stream) {
  ENTER;
  NEED_CONTEXT;
  *(float *)event = ticks += 1.5f;
  return leave(stream_ok(stream, device) ? 0 : invalid_handle);
}

int cuEventSynchronize(void *event) {
  ENTER;
  return leave(event ? 0 : invalid_handle);
}

int cuEventElapsedTime(float *milliseconds, void *begin, void *end) {
  ENTER;
  *milliseconds = *(float *)end - *(float *)begin;
  return leave(0);
}

#ifndef FAKE_OLD
int cuMemAllocAsync(uint64_t *memory, size_t bytes, void *stream) {
  ENTER;
  NEED_CONTEXT;
  return leave(stream_ok(stream, device) ? allocate(memory, bytes) : invalid_handle);
}

int cuMemFreeAsync(uint64_t memory, void *stream) {
  ENTER;
  NEED_CONTEXT;
  --state.live_memory;
  free((void *)(uintptr_t)memory);
  return leave(stream_ok(stream, device) ? 0 : invalid_handle);
}

int cuGraphInstantiateWithFlags(void **executable, void *graph, unsigned long long flags) {
  ENTER;
  fake_graph *copy = malloc(sizeof *copy);
  *copy = *(fake_graph *)graph;
  *executable = copy;
  ++state.live_graphs;
  return leave(flags ? invalid_value : 0);
}

int cuLaunchKernelEx(const cuda_launch_config *config, void *function, void **params,
                     void **extra) {
  ENTER;
  NEED_CONTEXT;
  fake_launch l = {.cluster = {1, 1, 1},
                   .shared_bytes = config->shared_bytes,
                   .stream = config->stream,
                   .with_attributes = 1};
  memcpy(l.grid, config->grid, sizeof l.grid);
  memcpy(l.block, config->block, sizeof l.block);
  for (unsigned i = 0; i < config->num_attributes; ++i) {
    const cuda_launch_attribute *a = &config->attributes[i];
    if (a->id == cuda_launch_cluster) {
      l.cluster[0] = a->value.cluster.x;
      l.cluster[1] = a->value.cluster.y;
      l.cluster[2] = a->value.cluster.z;
    } else if (a->id == cuda_launch_dependent) {
      l.dependent = a->value.dependent;
    } else {
      return leave(invalid_value);
    }
  }
  return leave(extra ? invalid_value : launch(&l, function, params, device));
}

int cuFuncLoad(void *function) {
  ENTER;
  ++state.functions_loaded;
  return leave(function ? 0 : invalid_handle);
}
#endif
