//===- CudaMemory.c - memory, streams, events and graphs of a GPU ----------===//
// For programs without a framework: each is a function of the driver in the device's context.
#include "CudaDevice.h"

// Device memory is a number to the driver and a pointer to DLPack.
static uint64_t number(const void *memory) { return (uint64_t)(uintptr_t)memory; }

// Does a call of the driver in the device's context; the name in messages is the function's.
#define CALL(function, ...)                                                                        \
  do {                                                                                             \
    cuda_device *device = cuda_device_of(ctx);                                                     \
    if (!device)                                                                                   \
      return NORMRT_ERROR_LAUNCH;                                                                  \
    int pushed;                                                                                    \
    int32_t code = cuda_enter(device, &pushed);                                                    \
    if (code != NORMRT_OK)                                                                         \
      return code;                                                                                 \
    int result = cuda.function(__VA_ARGS__);                                                       \
    cuda_leave(pushed);                                                                            \
    code = cuda_check(result, #function);                                                          \
    if (code != NORMRT_OK)                                                                         \
      return code;                                                                                 \
  } while (0)

int32_t normrt_cuda_malloc(const normrt_context *ctx, uint64_t bytes, void **memory) {
  uint64_t address = 0;
  *memory = NULL;
  // The driver refuses 0 bytes; a tensor may have no elements.
  CALL(cuMemAlloc, &address, bytes ? bytes : 1);
  *memory = (void *)(uintptr_t)address;
  return NORMRT_OK;
}

int32_t normrt_cuda_free(const normrt_context *ctx, void *memory) {
  CALL(cuMemFree, number(memory));
  return NORMRT_OK;
}

int32_t normrt_cuda_copy_in(const normrt_context *ctx, void *gpu, const void *host,
                            uint64_t bytes) {
  CALL(cuMemcpyHtoDAsync, number(gpu), host, bytes, ctx->stream);
  return normrt_cuda_synchronize(ctx);
}

int32_t normrt_cuda_copy_out(const normrt_context *ctx, void *host, const void *gpu,
                             uint64_t bytes) {
  CALL(cuMemcpyDtoHAsync, host, number(gpu), bytes, ctx->stream);
  return normrt_cuda_synchronize(ctx);
}

int32_t normrt_cuda_copy(const normrt_context *ctx, void *to, const void *from, uint64_t bytes) {
  CALL(cuMemcpyDtoDAsync, number(to), number(from), bytes, ctx->stream);
  return NORMRT_OK;
}

int32_t normrt_cuda_fill(const normrt_context *ctx, void *gpu, uint8_t value, uint64_t bytes) {
  CALL(cuMemsetD8Async, number(gpu), value, bytes, ctx->stream);
  return NORMRT_OK;
}

int32_t normrt_cuda_stream_create(const normrt_context *ctx, void **stream) {
  *stream = NULL;
  CALL(cuStreamCreate, stream, cuda_stream_non_blocking);
  return NORMRT_OK;
}

int32_t normrt_cuda_stream_destroy(const normrt_context *ctx, void *stream) {
  CALL(cuStreamDestroy, stream);
  return NORMRT_OK;
}

int32_t normrt_cuda_synchronize(const normrt_context *ctx) {
  CALL(cuStreamSynchronize, ctx->stream);
  return NORMRT_OK;
}

int32_t normrt_cuda_event_create(const normrt_context *ctx, void **event) {
  *event = NULL;
  CALL(cuEventCreate, event, 0);
  return NORMRT_OK;
}

int32_t normrt_cuda_event_destroy(const normrt_context *ctx, void *event) {
  CALL(cuEventDestroy, event);
  return NORMRT_OK;
}

int32_t normrt_cuda_event_record(const normrt_context *ctx, void *event) {
  CALL(cuEventRecord, event, ctx->stream);
  return NORMRT_OK;
}

int32_t normrt_cuda_event_elapsed(const normrt_context *ctx, void *begin, void *end,
                                  float *milliseconds) {
  *milliseconds = 0;
  CALL(cuEventSynchronize, end);
  CALL(cuEventElapsedTime, milliseconds, begin, end);
  return NORMRT_OK;
}

int32_t normrt_cuda_capture_begin(const normrt_context *ctx) {
  // What other threads do is none of this capture's business.
  CALL(cuStreamBeginCapture, ctx->stream, cuda_capture_thread_local);
  return NORMRT_OK;
}

static int32_t instantiate(const normrt_context *ctx, void *captured, void **graph) {
  if (!cuda.cuGraphInstantiate)
    return cuda_fail(NORMRT_ERROR_DRIVER, "expected a driver for CUDA 11.4 or newer, for graphs");
  CALL(cuGraphInstantiate, graph, captured, 0);
  return NORMRT_OK;
}

int32_t normrt_cuda_capture_end(const normrt_context *ctx, void **graph) {
  void *captured = NULL;
  *graph = NULL;
  CALL(cuStreamEndCapture, ctx->stream, &captured);
  int32_t code = instantiate(ctx, captured, graph);
  if (code != NORMRT_OK) {
    *graph = NULL;
    cuda.cuGraphDestroy(captured);
    return code;
  }
  CALL(cuGraphDestroy, captured);
  return NORMRT_OK;
}

int32_t normrt_cuda_graph_launch(const normrt_context *ctx, void *graph) {
  CALL(cuGraphLaunch, graph, ctx->stream);
  return NORMRT_OK;
}

int32_t normrt_cuda_graph_destroy(const normrt_context *ctx, void *graph) {
  CALL(cuGraphExecDestroy, graph);
  return NORMRT_OK;
}

void *cuda_allocate(void *user, uint64_t bytes, void *stream) {
  const cuda_device *device = user;
  uint64_t memory = 0;
  int pushed;
  if (cuda_enter(device, &pushed) != NORMRT_OK)
    return NULL;
  int32_t code = cuda_check(cuda.cuMemAllocAsync(&memory, bytes ? bytes : 1, stream),
                            "cuMemAllocAsync of %llu bytes", (unsigned long long)bytes);
  cuda_leave(pushed);
  return code == NORMRT_OK ? (void *)(uintptr_t)memory : NULL;
}

void cuda_deallocate(void *user, void *memory, void *stream) {
  const cuda_device *device = user;
  int pushed;
  if (!memory || cuda_enter(device, &pushed) != NORMRT_OK)
    return;
  cuda_check(cuda.cuMemFreeAsync(number(memory), stream), "cuMemFreeAsync");
  cuda_leave(pushed);
}
