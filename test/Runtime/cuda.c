/* Launching kernels on GPUs, against a driver that keeps to the rules of CUDA's and counts calls.

   RUN: %cc -std=gnu11 -I%source/lib/Runtime -shared -fPIC \
   RUN:   %S/Inputs/fake-cuda.c -o %t.full.so
   RUN: %cc -std=gnu11 -I%source/lib/Runtime -shared -fPIC -DFAKE_OLD \
   RUN:   %S/Inputs/fake-cuda.c -o %t.old.so
   RUN: %cc -std=gnu11 -I%source/lib/Runtime -shared -fPIC -DFAKE_BROKEN \
   RUN:   %S/Inputs/fake-cuda.c -o %t.broken.so
   RUN: %cc -std=c11 -I%include -shared -fPIC -DLETTER=a %S/Inputs/gpu-kernel.c -o %t.a.so
   RUN: %cc -std=c11 -I%include -shared -fPIC -DLETTER=b %S/Inputs/gpu-kernel.c -o %t.b.so
   RUN: %cc -std=c11 -Wall -Wextra -Wpedantic -Werror -I%include %s -o %t \
   RUN:   -L%libs -lnormrt -lpthread -ldl -Wl,-rpath,%libs
   RUN: env NORMRT_CUDA_DRIVER=%t.full.so %t full %t.a.so %t.b.so
   RUN: env NORMRT_CUDA_DRIVER=%t.old.so %t old
   RUN: env NORMRT_CUDA_DRIVER=%t.broken.so %t none "has no function 'cuStreamIsCapturing'"
   RUN: env NORMRT_CUDA_DRIVER=%t.nothing.so %t none "cannot open shared object file"
   RUN: env NORMRT_CUDA_DRIVER=%s %t none "invalid ELF header"
*/

#include "Inputs/check.h"
#include "Inputs/fake-cuda.h"
#include "normc-c/Runtime.h"

#include <dlfcn.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static fake_state *fake;
static int (*push)(void *context), (*pop)(void **context), (*begin_capture)(void *stream, int mode),
    (*end_capture)(void *stream, void **graph), (*destroy_graph)(void *graph),
    (*retain_primary)(void **context, int device), (*release_primary)(int device);

#define SAYS(text) CHECK(strstr(normrt_cuda_error_text(), text))

static void find_fake(void) {
  void *handle = dlopen(getenv("NORMRT_CUDA_DRIVER"), RTLD_NOW);
  fake_state *(*get)(void) = NULL;
#define FIND(function, name)                                                                       \
  do {                                                                                             \
    void *address = dlsym(handle, name);                                                           \
    CHECK(address);                                                                                \
    memcpy(&function, &address, sizeof address);                                                   \
  } while (0)
  FIND(get, "fake_cuda");
  FIND(push, "cuCtxPushCurrent_v2");
  FIND(pop, "cuCtxPopCurrent_v2");
  FIND(begin_capture, "cuStreamBeginCapture_v2");
  FIND(end_capture, "cuStreamEndCapture");
  FIND(destroy_graph, "cuGraphDestroy");
  FIND(retain_primary, "cuDevicePrimaryCtxRetain");
  FIND(release_primary, "cuDevicePrimaryCtxRelease_v2");
  fake = get();
}

// From now on the function has this result in its call number `after`, counted from 0, once.
static void fail(const char *function, int result, int after) {
  snprintf(fake->fail, sizeof fake->fail, "%s", function);
  fake->fail_result = result;
  fake->fail_after = after;
}

static const char *const names[] = {"first", "second"};
#define IMAGE(kind, arch, flags, text) {NORMRT_GPU_##kind, arch, flags, 0, text, sizeof text}
#define MODULE(images, functions)                                                                  \
  {sizeof(normrt_gpu_module),                                                                      \
   sizeof(images) / sizeof *(images),                                                              \
   images,                                                                                         \
   sizeof(functions) / sizeof *(functions),                                                        \
   0,                                                                                              \
   functions}
static const normrt_gpu_image plain_images[] = {IMAGE(PTX, 75, 0, "plain")};
static const normrt_gpu_module plain = MODULE(plain_images, names);

static normrt_kernel_launch launch_of(const normrt_context *ctx, const normrt_gpu_module *module) {
  normrt_kernel_launch l = {.size = sizeof l,
                            .module = module,
                            .function = module->functions[0],
                            .grid = {5, 2, 1},
                            .block = {32, 4, 1},
                            .stream = ctx->stream};
  return l;
}

static int32_t launch(const normrt_context *ctx, const normrt_kernel_launch *l) {
  return ctx->launch(ctx->launch_user, l);
}

static normrt_context open_device(int device) {
  normrt_context ctx;
  char message[256] = "";
  CHECK(normrt_cuda_context_init(&ctx, device, NULL, message, sizeof message) == NORMRT_OK);
  CHECK(message[0] == 0);
  return ctx;
}

static void is_for_cpu(const normrt_context *ctx) {
  normrt_context cpu;
  normrt_context_init(&cpu, NULL);
  CHECK(memcmp(ctx, &cpu, sizeof cpu) == 0);
}

//===- Without a driver ---===//

static void no_driver(const char *reason) {
  normrt_context ctx;
  char message[256] = "";
  for (int i = 0; i < 2; ++i) {
    CHECK(normrt_cuda_context_init(&ctx, 0, NULL, message, sizeof message) == NORMRT_ERROR_DRIVER);
    CHECK(strstr(message, reason));
    CHECK(strstr(message, getenv("NORMRT_CUDA_DRIVER")));
    SAYS(reason);
    is_for_cpu(&ctx);
  }
  char small[8];
  CHECK(normrt_cuda_context_init(&ctx, 0, NULL, small, sizeof small) == NORMRT_ERROR_DRIVER);
  CHECK(strlen(small) == 7);
  CHECK(normrt_cuda_context_init(&ctx, 0, NULL, NULL, 0) == NORMRT_ERROR_DRIVER);
  int32_t count = 7;
  CHECK(normrt_cuda_device_count(&count) == NORMRT_ERROR_DRIVER && count == 0);
  void *memory = &ctx;
  CHECK(normrt_cuda_malloc(&ctx, 16, &memory) == NORMRT_ERROR_LAUNCH && !memory);
  CHECK(normrt_cuda_synchronize(NULL) == NORMRT_ERROR_LAUNCH);
  SAYS("expected a context of normrt_cuda_context_init");
  normrt_cuda_unload(names);
  normrt_cuda_release(&ctx);
  normrt_cuda_release(NULL);
}

//===- Contexts ---===//

static void contexts(void) {
  CHECK(strcmp(normrt_cuda_error_text(), "") == 0);
  normrt_context ctx;
  char message[256] = "";

  int32_t count = 7;
  for (int i = 0; i < 2; ++i) {
    fail("cuInit", 100, 0);
    CHECK(normrt_cuda_device_count(&count) == NORMRT_OK && count == 0);
    fail("cuInit", 100, 0);
    CHECK(normrt_cuda_context_init(&ctx, 0, NULL, message, sizeof message) == NORMRT_ERROR_GPU);
    CHECK(strstr(message, "device 0: expected a GPU, but the driver finds none"));
  }

  // A driver that does not start is tried again.
  fail("cuInit", 999, 0);
  CHECK(normrt_cuda_context_init(&ctx, 0, NULL, message, sizeof message) == NORMRT_ERROR_DRIVER);
  CHECK(strstr(message, "cuInit: unknown result (999): no description"));

  CHECK(normrt_cuda_device_count(&count) == NORMRT_OK && count == 4 && fake->inits == 1);
  fail("cuDeviceGetCount", 100, 0);
  CHECK(normrt_cuda_device_count(&count) == NORMRT_OK && count == 0);
  fail("cuDeviceGetCount", 2, 0);
  CHECK(normrt_cuda_device_count(&count) == NORMRT_ERROR_MEMORY && count == 0);
  fake->num_devices = 0;
  CHECK(normrt_cuda_context_init(&ctx, 0, NULL, NULL, 0) == NORMRT_ERROR_GPU);
  SAYS("expected a GPU, but the driver finds none");
  fake->num_devices = 4;

  CHECK(normrt_cuda_context_init(&ctx, 4, NULL, message, sizeof message) == NORMRT_ERROR_GPU);
  CHECK(strstr(message, "device 4: expected a number from 0 and below 4"));
  CHECK(normrt_cuda_context_init(&ctx, -1, NULL, NULL, 0) == NORMRT_ERROR_GPU);
  is_for_cpu(&ctx);

  // Each step of opening a device may fail, and leaves nothing behind.
  const char *const steps[] = {"cuDeviceGet", "cuDeviceGetAttribute", "cuDevicePrimaryCtxRetain"};
  for (int i = 0; i < 3; ++i) {
    fail(steps[i], 1, 0);
    CHECK(normrt_cuda_context_init(&ctx, 1, NULL, NULL, 0) == NORMRT_ERROR_GPU);
    SAYS(steps[i]);
    SAYS("CUDA_ERROR_INVALID_VALUE (1): a description");
    is_for_cpu(&ctx);
    CHECK(fake->retained[1] == 0);
  }

  const int arch[] = {90, 80, 103, 75}, shared[] = {232448, 166912, 232448, 65536};
  for (int device = 0; device < 4; ++device) {
    int stream;
    CHECK(normrt_cuda_context_init(&ctx, device, &stream, NULL, 0) == NORMRT_OK);
    CHECK(ctx.size == sizeof ctx && ctx.abi_version == NORMRT_ABI_VERSION);
    CHECK(ctx.stream == &stream && ctx.gpu_device == device && ctx.gpu_arch == arch[device]);
    CHECK(ctx.gpu_multiprocessors == 100 + device);
    CHECK(ctx.gpu_shared_bytes == (uint32_t)shared[device]);
    CHECK(!ctx.workspace && !ctx.parallel_for && ctx.launch && ctx.prepare && ctx.launch_user);
    CHECK(!ctx.allocate == (device == 3) && !ctx.deallocate == (device == 3));
    CHECK(fake->retained[device] == 1);
    normrt_context copy = ctx, other = open_device(device);
    CHECK(other.launch_user == ctx.launch_user && fake->retained[device] == 1);
    normrt_cuda_release(&ctx);
    is_for_cpu(&ctx);
    normrt_cuda_release(&ctx);
    CHECK(fake->retained[device] == 1);
    normrt_cuda_release(&other);
    CHECK(fake->retained[device] == 0);

    // What came too late.
    normrt_kernel_launch l = launch_of(&copy, &plain);
    CHECK(launch(&copy, &l) == NORMRT_ERROR_GPU);
    SAYS("its last context was released");
    CHECK(copy.prepare(copy.launch_user, &plain) == NORMRT_ERROR_GPU);
    CHECK(normrt_cuda_synchronize(&copy) == NORMRT_ERROR_GPU);
    if (copy.allocate) {
      CHECK(!copy.allocate(copy.allocate_user, 10, NULL));
      copy.deallocate(copy.allocate_user, &copy, NULL);
    }
    normrt_cuda_release(&copy);
    CHECK(fake->retained[device] == 0);
  }

  // Another user of the primary context keeps it.
  void *primary;
  CHECK(retain_primary(&primary, 2) == 0);
  ctx = open_device(2);
  CHECK(ctx.prepare(ctx.launch_user, &plain) == NORMRT_OK);
  normrt_cuda_release(&ctx);
  CHECK(fake->retained[2] == 1 && fake->loads[2] == 1 && fake->unloads[2] == 1);
  ctx = open_device(2);
  CHECK(ctx.prepare(ctx.launch_user, &plain) == NORMRT_OK);
  CHECK(fake->retained[2] == 2 && fake->loads[2] == 2 && fake->unloads[2] == 1);
  normrt_cuda_release(&ctx);
  CHECK(release_primary(2) == 0 && fake->retained[2] == 0);
}

//===- Images ---===//

// Which of the images is loaded on a device of this architecture; -1: none.
static int choose(int arch, const normrt_gpu_image *given, int count) {
  static const char letters[][2] = {"0", "1", "2", "3", "4", "5", "6", "7"};
  normrt_gpu_image images[8];
  for (int i = 0; i < count; ++i) {
    images[i] = given[i];
    images[i].data = letters[i];
    images[i].size = 2;
  }
  normrt_gpu_module module = {sizeof module, (uint32_t)count, images, 2, 0, names};
  fake->arch[0] = arch;
  normrt_context ctx = open_device(0);
  int32_t code = ctx.prepare(ctx.launch_user, &module);
  normrt_cuda_release(&ctx);
  fake->arch[0] = 90;
  CHECK(code == NORMRT_OK || code == NORMRT_ERROR_NO_IMAGE);
  return code == NORMRT_OK ? fake->image[0] - '0' : -1;
}

static void images(void) {
  enum { ptx = NORMRT_GPU_PTX, cubin = NORMRT_GPU_CUBIN };
  const uint32_t a = NORMRT_GPU_ARCH_SPECIFIC, f = NORMRT_GPU_FAMILY;
  const struct {
    normrt_gpu_image images[6];
    int count;
    struct {
      int arch, best;
    } rows[10];
  } table[] = {
      {{{ptx, 75, 0, 0, 0, 0}, {ptx, 90, 0, 0, 0, 0}, {ptx, 80, 0, 0, 0, 0}},
       3,
       {{70, -1}, {75, 0}, {80, 2}, {86, 2}, {89, 2}, {90, 1}, {100, 1}, {121, 1}}},
      {{{cubin, 80, 0, 0, 0, 0}, {cubin, 86, 0, 0, 0, 0}, {cubin, 90, 0, 0, 0, 0}},
       3,
       {{75, -1}, {80, 0}, {86, 1}, {87, 1}, {89, 1}, {90, 2}, {100, -1}}},
      // The exact cubin, then one of the major version, then PTX however new.
      {{{ptx, 89, 0, 0, 0, 0},
        {cubin, 80, 0, 0, 0, 0},
        {cubin, 89, 0, 0, 0, 0},
        {ptx, 75, 0, 0, 0, 0}},
       4,
       {{75, 3}, {80, 1}, {86, 1}, {89, 2}, {90, 0}, {120, 0}}},
      // Of one very architecture.
      {{{cubin, 90, a, 0, 0, 0}, {ptx, 90, a, 0, 0, 0}, {ptx, 80, 0, 0, 0, 0}},
       3,
       {{80, 2}, {89, 2}, {90, 0}, {100, 2}}},
      {{{ptx, 90, a, 0, 0, 0}, {cubin, 100, a, 0, 0, 0}},
       2,
       {{80, -1}, {90, 0}, {100, 1}, {103, -1}, {110, -1}}},
      // Of a family.
      {{{ptx, 100, f, 0, 0, 0}, {cubin, 120, f, 0, 0, 0}, {ptx, 90, 0, 0, 0, 0}},
       3,
       {{90, 2}, {100, 0}, {103, 0}, {110, 2}, {120, 1}, {121, 1}}},
      // Of equals the first.
      {{{cubin, 90, 0, 0, 0, 0},
        {cubin, 90, a, 0, 0, 0},
        {ptx, 100, f, 0, 0, 0},
        {ptx, 100, 0, 0, 0, 0}},
       4,
       {{90, 0}, {100, 2}, {110, 3}}},
      // Of a kind that this library does not know.
      {{{7, 90, 0, 0, 0, 0}, {ptx, 80, 0, 0, 0, 0}}, 2, {{75, -1}, {80, 1}, {90, 1}}},
      {{{0, 0, 0, 0, 0, 0}}, 0, {{90, -1}}},
  };
  for (size_t t = 0; t < sizeof table / sizeof *table; ++t)
    for (int r = 0; r < 10 && table[t].rows[r].arch; ++r) {
      int got = choose(table[t].rows[r].arch, table[t].images, table[t].count);
      if (got != table[t].rows[r].best)
        printf("table %d, sm_%d: image %d\n", (int)t, table[t].rows[r].arch, got);
      CHECK(got == table[t].rows[r].best);
    }

  normrt_context ctx = open_device(3);
  static const normrt_gpu_image newer[] = {IMAGE(CUBIN, 90, 1, "x"), IMAGE(PTX, 100, 2, "x"),
                                           IMAGE(PTX, 80, 0, "x")};
  const normrt_gpu_module module = MODULE(newer, names);
  CHECK(ctx.prepare(ctx.launch_user, &module) == NORMRT_ERROR_NO_IMAGE);
  SAYS("expected code for device 3, which is an sm_75, but the module has cubin for sm_90a, PTX "
       "for sm_100f, PTX for sm_80");
  const normrt_gpu_module empty = {sizeof empty, 0, NULL, 2, 0, names};
  CHECK(ctx.prepare(ctx.launch_user, &empty) == NORMRT_ERROR_NO_IMAGE);
  SAYS("but the module has nothing");
  normrt_cuda_release(&ctx);
}

//===- Loading ---===//

static void loading(void) {
  normrt_context ctx = open_device(0);
  int loads = fake->loads[0], unloads = fake->unloads[0];

  static const normrt_gpu_image bad_images[] = {IMAGE(PTX, 80, 0, "bad"),
                                                IMAGE(PTX, 75, 0, "good")};
  const normrt_gpu_module bad = MODULE(bad_images, names);
  CHECK(ctx.prepare(ctx.launch_user, &bad) == NORMRT_ERROR_GPU);
  CHECK(strcmp(normrt_cuda_error_text(),
               "cuModuleLoadDataEx of PTX for sm_80 on device 0: CUDA_ERROR_INVALID_PTX (218): a "
               "description\nptxas application ptx input, line 1; fatal : expected better") == 0);
  normrt_kernel_launch l = launch_of(&ctx, &bad);
  CHECK(launch(&ctx, &l) == NORMRT_ERROR_GPU);
  SAYS("expected better");

  static const normrt_gpu_image open_images[] = {{NORMRT_GPU_PTX, 80, 0, 0, "text", 4}};
  const normrt_gpu_module open = MODULE(open_images, names);
  CHECK(ctx.prepare(ctx.launch_user, &open) == NORMRT_ERROR_GPU);
  SAYS("expected text that ends with a 0");

  // A driver too old for an image gets the next, and else the first reason is told.
  static const normrt_gpu_image old_images[] = {
      IMAGE(CUBIN, 90, 0, "wrong binary"), IMAGE(PTX, 90, 0, "too new"), IMAGE(PTX, 80, 0, "fine")};
  const normrt_gpu_module old = MODULE(old_images, names);
  CHECK(ctx.prepare(ctx.launch_user, &old) == NORMRT_OK && strcmp(fake->image, "fine") == 0);
  normrt_gpu_module too_old = old;
  too_old.num_images = 2;
  CHECK(ctx.prepare(ctx.launch_user, &too_old) == NORMRT_ERROR_GPU);
  SAYS("cubin for sm_90 on device 0: unknown result (209): a description");

  static const char *const missing_names[] = {"first", "missing"};
  const normrt_gpu_module missing = MODULE(plain_images, missing_names);
  CHECK(ctx.prepare(ctx.launch_user, &missing) == NORMRT_ERROR_GPU);
  SAYS("cuModuleGetFunction of 'missing': CUDA_ERROR_NOT_FOUND (500)");
  const char *const steps[] = {"cuModuleLoadDataEx", "cuModuleGetFunction", "cuFuncLoad",
                               "cuFuncGetAttribute", "cuCtxPushCurrent_v2"};
  for (int i = 0; i < 5; ++i) {
    fail(steps[i], i == 0 ? 2 : 1, 0);
    CHECK(ctx.prepare(ctx.launch_user, &plain) ==
          (i == 0 ? NORMRT_ERROR_MEMORY : NORMRT_ERROR_GPU));
    SAYS(i == 4 ? "cuCtxPushCurrent" : steps[i]);
  }
  // All that failed half way is gone.
  CHECK(fake->loads[0] - loads - (fake->unloads[0] - unloads) == 1);

  normrt_gpu_module small = plain;
  small.size = 24;
  CHECK(ctx.prepare(ctx.launch_user, &small) == NORMRT_ERROR_GPU);
  SAYS("expected a module of 32 bytes or more, but it is smaller");
  CHECK(ctx.prepare(ctx.launch_user, NULL) == NORMRT_ERROR_GPU);

  // Once for each device, with all of its functions.
  loads = fake->loads[0];
  int functions = fake->functions_loaded;
  for (int i = 0; i < 3; ++i)
    CHECK(ctx.prepare(ctx.launch_user, &plain) == NORMRT_OK);
  CHECK(fake->loads[0] == loads + 1 && fake->functions_loaded == functions + 2);
  normrt_context other = open_device(1);
  int others = fake->loads[1];
  l = launch_of(&other, &plain);
  CHECK(launch(&other, &l) == NORMRT_OK && launch(&other, &l) == NORMRT_OK);
  CHECK(fake->loads[0] == loads + 1 && fake->loads[1] == others + 1 && fake->last.device == 1);
  normrt_cuda_unload(&plain);
  CHECK(ctx.prepare(ctx.launch_user, &plain) == NORMRT_OK && fake->loads[0] == loads + 2);
  CHECK(fake->loads[1] == fake->unloads[1]);
  normrt_cuda_release(&other);
  normrt_cuda_release(&ctx);
  CHECK(fake->loads[0] == fake->unloads[0]);
}

//===- Launching ---===//

static void launching(void) {
  fake->static_shared_bytes = 1024;
  normrt_context ctx = open_device(0);
  CHECK(normrt_cuda_stream_create(&ctx, &ctx.stream) == NORMRT_OK);
  CHECK(ctx.prepare(ctx.launch_user, &plain) == NORMRT_OK);
  int set = fake->attributes_set;

  float scale = 1.5f;
  uint64_t rows = 1000000007;
  void *data = &rows;
  const void *const params[] = {&data, &rows, &scale};
  const uint32_t param_bytes[] = {8, 8, 4};
  memcpy(fake->param_bytes, param_bytes, sizeof param_bytes);
  normrt_kernel_launch l = launch_of(&ctx, &plain);
  l.function = "second";
  l.function_index = 1;
  l.num_params = 3;
  l.params = params;
  l.param_bytes = param_bytes;
  l.shared_bytes = 1000;
  CHECK(launch(&ctx, &l) == NORMRT_OK);
  fake_launch *got = &fake->last;
  CHECK(strcmp(got->function, "second") == 0 && !got->with_attributes && got->device == 0);
  CHECK(memcmp(got->grid, l.grid, sizeof l.grid) == 0);
  CHECK(memcmp(got->block, l.block, sizeof l.block) == 0);
  CHECK(got->shared_bytes == 1000 && got->stream == ctx.stream);
  CHECK(got->params[0] == (uint64_t)(uintptr_t)data && got->params[1] == rows);
  CHECK(memcmp(&got->params[2], &scale, 4) == 0);

  // Clusters, all three numbers or some of them.
  const uint32_t clusters[][4] = {
      {8, 1, 1, 0}, {2, 2, 2, 0}, {0, 4, 0, 0}, {16, 1, 1, 2}, {4, 4, 0, 2}};
  for (int i = 0; i < 5; ++i) {
    l.flags = clusters[i][3];
    for (int d = 0; d < 3; ++d)
      l.cluster[d] = clusters[i][d];
    CHECK(launch(&ctx, &l) == NORMRT_OK);
    CHECK(got->with_attributes && !got->dependent);
    for (int d = 0; d < 3; ++d)
      CHECK(got->cluster[d] == (clusters[i][d] ? clusters[i][d] : 1));
    CHECK(got->params[1] == rows && got->grid[0] == 5 && got->block[1] == 4);
  }
  l.flags = NORMRT_LAUNCH_DEPENDENT | NORMRT_LAUNCH_NONPORTABLE_CLUSTER;
  CHECK(launch(&ctx, &l) == NORMRT_OK && got->dependent && got->cluster[1] == 4);
  l.flags = NORMRT_LAUNCH_DEPENDENT;
  CHECK(launch(&ctx, &l) == NORMRT_ERROR_GPU);
  SAYS("'second': expected at most 8 blocks in a cluster that is portable, but got 16");
  memset(l.cluster, 0, sizeof l.cluster);
  CHECK(launch(&ctx, &l) == NORMRT_OK && got->dependent && got->with_attributes);
  CHECK(got->cluster[0] == 1);
  l.flags = 4;
  CHECK(launch(&ctx, &l) == NORMRT_ERROR_GPU);
  SAYS("expected flags that this library knows, but got 0x4");
  l.flags = 0;

  // Shared memory up to what the function leaves of the device's.
  l.shared_bytes = 232448 - 1024;
  CHECK(launch(&ctx, &l) == NORMRT_OK && got->shared_bytes == 231424);
  ++l.shared_bytes;
  CHECK(launch(&ctx, &l) == NORMRT_ERROR_GPU);
  SAYS("'second': expected at most 231424 bytes of dynamic shared memory");
  l.shared_bytes = 0;
  // All of this was allowed when the module was loaded.
  CHECK(fake->attributes_set == set);

  // The least that it can cost: the current context, and the launch.
  void *primary, *foreign = fake;
  CHECK(retain_primary(&primary, 0) == 0 && push(primary) == 0);
  int calls = fake->calls;
  CHECK(launch(&ctx, &l) == NORMRT_OK && fake->calls == calls + 2);
  CHECK(push(foreign) == 0);
  calls = fake->calls;
  CHECK(launch(&ctx, &l) == NORMRT_OK && fake->calls == calls + 4);
  CHECK(pop(&foreign) == 0 && foreign == fake && pop(&foreign) == 0 && foreign == primary);
  CHECK(release_primary(0) == 0);

  int launches = fake->launches[0];
  for (int d = 0; d < 3; ++d) {
    uint32_t blocks = l.grid[d];
    l.grid[d] = 0;
    CHECK(launch(&ctx, &l) == NORMRT_OK);
    l.grid[d] = blocks;
  }
  CHECK(fake->launches[0] == launches);

  // What the driver refuses, in full.
  l.block[0] = 1024;
  CHECK(launch(&ctx, &l) == NORMRT_ERROR_GPU);
  SAYS("launch of 'second' with grid (5, 2, 1), block (1024, 4, 1), cluster (0, 0, 0): "
       "CUDA_ERROR_INVALID_VALUE (1): a description");
  l.block[0] = 32;
  fail("cuLaunchKernel", 719, 0);
  CHECK(launch(&ctx, &l) == NORMRT_ERROR_GPU);
  SAYS("CUDA_ERROR_LAUNCH_FAILED (719)");
  l.function_index = 2;
  CHECK(launch(&ctx, &l) == NORMRT_ERROR_GPU);
  SAYS("expected one of 2 functions, but got number 2");
  l.function_index = 0;
  l.size = 88;
  CHECK(launch(&ctx, &l) == NORMRT_ERROR_GPU);
  SAYS("expected a launch of 96 bytes or more, but it is smaller");
  CHECK(launch(&ctx, NULL) == NORMRT_ERROR_GPU);
  CHECK(ctx.launch(NULL, &l) == NORMRT_ERROR_GPU);
  l.size = sizeof l + 8;
  CHECK(launch(&ctx, &l) == NORMRT_OK);
  l.module = NULL;
  CHECK(launch(&ctx, &l) == NORMRT_ERROR_GPU);
  SAYS("but it is NULL");

  // A stream of another device is the driver's to refuse.
  normrt_context other = open_device(1);
  l = launch_of(&other, &plain);
  l.params = params;
  l.stream = ctx.stream;
  CHECK(launch(&other, &l) == NORMRT_ERROR_GPU);
  l.stream = NULL;
  // Before sm_90 there are no clusters, and a dependent launch is one that waits.
  l.flags = NORMRT_LAUNCH_DEPENDENT;
  CHECK(launch(&other, &l) == NORMRT_OK && !got->with_attributes && got->device == 1);
  l.cluster[0] = 2;
  CHECK(launch(&other, &l) == NORMRT_ERROR_GPU);
  SAYS("expected a device with clusters, but device 1 is an sm_80");
  normrt_cuda_release(&other);

  // A driver that allows no more than is common.
  normrt_cuda_unload(&plain);
  fake->refuse_attributes = 1;
  l = launch_of(&ctx, &plain);
  l.params = params;
  l.shared_bytes = 47 * 1024;
  CHECK(launch(&ctx, &l) == NORMRT_OK);
  ++l.shared_bytes;
  CHECK(launch(&ctx, &l) == NORMRT_ERROR_GPU);
  SAYS("expected at most 48128 bytes");
  l.shared_bytes = 0;
  l.cluster[0] = 16;
  l.flags = NORMRT_LAUNCH_NONPORTABLE_CLUSTER;
  CHECK(launch(&ctx, &l) == NORMRT_ERROR_GPU);
  SAYS("the driver does not allow clusters of more than 8 blocks");
  fake->refuse_attributes = 0;

  fake->static_shared_bytes = 0;
  memset(fake->param_bytes, 0, sizeof fake->param_bytes);
  CHECK(normrt_cuda_stream_destroy(&ctx, ctx.stream) == NORMRT_OK);
  normrt_cuda_release(&ctx);
}

//===- Captures ---===//

static void captures(void) {
  normrt_context ctx = open_device(0);
  CHECK(normrt_cuda_stream_create(&ctx, &ctx.stream) == NORMRT_OK);
  normrt_kernel_launch l = launch_of(&ctx, &plain);
  void *graph = &l;

  CHECK(normrt_cuda_capture_begin(&ctx) == NORMRT_OK);
  int loads = fake->loads[0];
  CHECK(launch(&ctx, &l) == NORMRT_ERROR_NOT_PREPARED && fake->loads[0] == loads);
  SAYS("the module of 'first' is not loaded on device 0, and the stream is being captured");
  CHECK(normrt_cuda_capture_end(&ctx, &graph) == NORMRT_OK);
  CHECK(normrt_cuda_graph_destroy(&ctx, graph) == NORMRT_OK);

  // Loaded, a launch is captured and does nothing else.
  CHECK(ctx.prepare(ctx.launch_user, &plain) == NORMRT_OK);
  CHECK(normrt_cuda_capture_begin(&ctx) == NORMRT_OK);
  int launches = fake->launches[0], calls = fake->calls;
  CHECK(launch(&ctx, &l) == NORMRT_OK && fake->calls == calls + 4 && fake->last.captured);
  l.cluster[0] = 2;
  CHECK(launch(&ctx, &l) == NORMRT_OK && fake->calls == calls + 8 && fake->last.captured);
  // The same thread may load on another stream's account.
  static const normrt_gpu_image more_images[] = {IMAGE(PTX, 80, 0, "more")};
  const normrt_gpu_module more = MODULE(more_images, names);
  CHECK(ctx.prepare(ctx.launch_user, &more) == NORMRT_OK);
  normrt_cuda_unload(&more);
  CHECK(normrt_cuda_synchronize(&ctx) == NORMRT_ERROR_GPU);
  CHECK(--fake->wrong == 0);
  CHECK(fake->launches[0] == launches);
  CHECK(normrt_cuda_capture_end(&ctx, &graph) == NORMRT_OK && graph);
  CHECK(normrt_cuda_graph_launch(&ctx, graph) == NORMRT_OK);
  CHECK(normrt_cuda_graph_launch(&ctx, graph) == NORMRT_OK);
  CHECK(fake->launches[0] == launches + 4 && fake->last.cluster[0] == 2);
  CHECK(normrt_cuda_graph_destroy(&ctx, graph) == NORMRT_OK);

  // Another stream's capture, of the mode that forbids loads to all threads.
  void *primary, *captured;
  normrt_context other = ctx;
  CHECK(normrt_cuda_stream_create(&ctx, &other.stream) == NORMRT_OK);
  CHECK(retain_primary(&primary, 0) == 0 && push(primary) == 0);
  CHECK(begin_capture(other.stream, 0) == 0);
  l = launch_of(&ctx, &more);
  CHECK(launch(&ctx, &l) == NORMRT_OK && fake->wrong == 0);
  normrt_cuda_unload(&more);
  CHECK(fake->wrong == 0);
  l.stream = NULL;
  fake->default_stream_is_captured = 1;
  CHECK(launch(&ctx, &l) == NORMRT_ERROR_NOT_PREPARED);
  fake->default_stream_is_captured = 0;
  fail("cuStreamIsCapturing", 1, 0);
  CHECK(launch(&ctx, &l) == NORMRT_ERROR_GPU);
  SAYS("cuStreamIsCapturing: CUDA_ERROR_INVALID_VALUE");
  CHECK(launch(&ctx, &l) == NORMRT_OK);
  CHECK(end_capture(other.stream, &captured) == 0 && destroy_graph(captured) == 0);
  CHECK(pop(&primary) == 0 && release_primary(0) == 0);
  CHECK(normrt_cuda_stream_destroy(&other, other.stream) == NORMRT_OK);

  // The default stream cannot be captured; what fails leaves nothing behind.
  other.stream = NULL;
  CHECK(normrt_cuda_capture_begin(&other) == NORMRT_ERROR_GPU);
  CHECK(normrt_cuda_capture_end(&ctx, &graph) == NORMRT_ERROR_GPU && !graph);
  CHECK(normrt_cuda_capture_begin(&ctx) == NORMRT_OK);
  fail("cuGraphInstantiateWithFlags", 1, 0);
  CHECK(normrt_cuda_capture_end(&ctx, &graph) == NORMRT_ERROR_GPU && !graph);
  SAYS("cuGraphInstantiate");
  CHECK(normrt_cuda_stream_destroy(&ctx, ctx.stream) == NORMRT_OK);
  normrt_cuda_release(&ctx);
}

//===- Memory, streams, events ---===//

static void memory(void) {
  normrt_context ctx = open_device(0);
  void *a, *b, *empty;
  CHECK(normrt_cuda_malloc(&ctx, 64, &a) == NORMRT_OK && a);
  CHECK(normrt_cuda_malloc(&ctx, 64, &b) == NORMRT_OK && b);
  CHECK(normrt_cuda_malloc(&ctx, 0, &empty) == NORMRT_OK && empty);
  CHECK(fake->live_memory == 3);
  char in[64], out[64];
  for (int i = 0; i < 64; ++i)
    in[i] = (char)(i * 7);
  CHECK(normrt_cuda_copy_in(&ctx, a, in, 64) == NORMRT_OK);
  CHECK(normrt_cuda_copy(&ctx, b, a, 64) == NORMRT_OK);
  CHECK(normrt_cuda_fill(&ctx, (char *)b + 60, 0xee, 4) == NORMRT_OK);
  CHECK(normrt_cuda_copy_out(&ctx, out, b, 64) == NORMRT_OK);
  CHECK(memcmp(in, out, 60) == 0 && memcmp(out + 60, "\xee\xee\xee\xee", 4) == 0);
  fail("cuStreamSynchronize", 719, 0);
  CHECK(normrt_cuda_copy_in(&ctx, a, in, 64) == NORMRT_ERROR_GPU);
  SAYS("cuStreamSynchronize: CUDA_ERROR_LAUNCH_FAILED");
  CHECK(normrt_cuda_free(&ctx, a) == NORMRT_OK && normrt_cuda_free(&ctx, b) == NORMRT_OK);
  CHECK(normrt_cuda_free(&ctx, empty) == NORMRT_OK && normrt_cuda_free(&ctx, NULL) == NORMRT_OK);
  CHECK(normrt_cuda_malloc(&ctx, UINT64_C(1) << 40, &a) == NORMRT_ERROR_MEMORY && !a);
  SAYS("cuMemAlloc: CUDA_ERROR_OUT_OF_MEMORY");

  void *scratch = ctx.allocate(ctx.allocate_user, 100, ctx.stream);
  CHECK(scratch && fake->live_memory == 1);
  ctx.deallocate(ctx.allocate_user, scratch, ctx.stream);
  ctx.deallocate(ctx.allocate_user, NULL, ctx.stream);
  CHECK(!ctx.allocate(ctx.allocate_user, UINT64_C(1) << 40, NULL) && fake->live_memory == 0);
  SAYS("cuMemAllocAsync of 1099511627776 bytes: CUDA_ERROR_OUT_OF_MEMORY");

  void *begin, *end;
  float milliseconds = -1;
  CHECK(normrt_cuda_event_create(&ctx, &begin) == NORMRT_OK);
  CHECK(normrt_cuda_event_create(&ctx, &end) == NORMRT_OK);
  CHECK(normrt_cuda_event_record(&ctx, begin) == NORMRT_OK);
  CHECK(normrt_cuda_event_record(&ctx, end) == NORMRT_OK);
  CHECK(normrt_cuda_event_elapsed(&ctx, begin, end, &milliseconds) == NORMRT_OK);
  CHECK(milliseconds == 1.5f);
  CHECK(normrt_cuda_event_destroy(&ctx, begin) == NORMRT_OK);
  CHECK(normrt_cuda_event_destroy(&ctx, end) == NORMRT_OK);
  normrt_cuda_release(&ctx);
}

//===- Libraries of kernels ---===//

static void libraries(const char *path_a, const char *path_b) {
  normrt_context ctx = open_device(0), other = open_device(1);
  int64_t number = 0;
  DLTensor tensor = {.data = &number, .device = {kDLCUDA, 0}};
  const DLTensor *const args[] = {&tensor};
  const normrt_kernel described = {.name = "kernel", .symbol = "kernel"};
  normrt_library *library, *again;
  normrt_kernel_fn kernel;
  normrt_workspace_size_fn size;
  char text[256] = "";
  fake->param_bytes[0] = fake->param_bytes[1] = 8;

  // Each is mapped where the one before was, as likely as not.
  for (int i = 0; i < 6; ++i) {
    CHECK(normrt_library_open(i % 2 ? path_b : path_a, &library, text, sizeof text) == NORMRT_OK);
    CHECK(normrt_library_kernel(library, &described, &kernel, &size, text, sizeof text) == 0);
    CHECK(kernel(NULL, args, 1) == NORMRT_ERROR_LAUNCH);
    CHECK(kernel(&ctx, args, 1) == NORMRT_OK);
    CHECK(strcmp(fake->image, i % 2 ? "code of b" : "code of a") == 0);
    CHECK(fake->last.params[0] == (uint64_t)(uintptr_t)&number && fake->last.params[1] != 0);
    CHECK(fake->live_memory == 0);
    // With the caller's scratch; and on another device.
    ctx.workspace = fake;
    CHECK(kernel(&ctx, args, 1) == NORMRT_OK);
    CHECK(fake->last.params[1] == (uint64_t)(uintptr_t)fake);
    ctx.workspace = NULL;
    CHECK(kernel(&other, args, 1) == NORMRT_ERROR_MAKE(NORMRT_ERROR_DEVICE, 0, -1));
    tensor.device.device_id = 1;
    CHECK(kernel(&other, args, 1) == NORMRT_OK);
    tensor.device.device_id = 0;
    CHECK(fake->loads[0] == fake->unloads[0] + 1 && fake->loads[1] == fake->unloads[1] + 1);

    // Opened twice, it is loaded until it is closed twice.
    CHECK(normrt_library_open(i % 2 ? path_b : path_a, &again, text, sizeof text) == NORMRT_OK);
    normrt_library_close(again);
    CHECK(fake->loads[0] == fake->unloads[0] + 1);
    if (i == 4) {
      // By an address in it, as who calls dlclose has to.
      const void *inside;
      memcpy(&inside, &kernel, sizeof inside);
      normrt_cuda_unload(inside);
      CHECK(fake->loads[0] == fake->unloads[0] && fake->loads[1] == fake->unloads[1]);
    }
    normrt_library_close(library);
    CHECK(fake->loads[0] == fake->unloads[0] && fake->loads[1] == fake->unloads[1]);
  }
  fake->param_bytes[0] = fake->param_bytes[1] = 0;
  normrt_cuda_release(&ctx);
  normrt_cuda_release(&other);
}

//===- Many threads ---===//

enum { num_threads = 8, num_modules = 60, rounds = 3 };
static normrt_gpu_module many[num_modules];

typedef struct thread {
  pthread_t id;
  int number;
} thread;

static void *launch_all(void *argument) {
  const thread *t = argument;
  normrt_context ctx = open_device(t->number % 4);
  for (int i = 0; i < rounds * num_modules; ++i) {
    const normrt_gpu_module *module = &many[(i + 7 * t->number) % num_modules];
    normrt_kernel_launch l = launch_of(&ctx, module);
    l.function_index = i % 2;
    CHECK(launch(&ctx, &l) == NORMRT_OK);
    // Failures of one thread are nothing to another.
    char wanted[64];
    snprintf(wanted, sizeof wanted, "'thread %d'", t->number);
    l.function = wanted;
    l.flags = 1u << 31;
    CHECK(launch(&ctx, &l) == NORMRT_ERROR_GPU);
    SAYS(wanted);
  }
  normrt_cuda_release(&ctx);
  return NULL;
}

// Modules come and go while others are launched.
static void *load_and_unload(void *argument) {
  const thread *t = argument;
  normrt_context ctx = open_device(t->number % 4);
  for (int i = 0; i < 100; ++i) {
    const normrt_gpu_module module = MODULE(plain_images, names);
    normrt_kernel_launch l = launch_of(&ctx, &module);
    CHECK(launch(&ctx, &l) == NORMRT_OK);
    normrt_cuda_unload(&module);
  }
  normrt_cuda_release(&ctx);
  return NULL;
}

// Another thread's modules are found by threads that never waited for it; the number of them is
// relaxed, so that it is the table alone that orders one thread's writes before the others' reads.
static atomic_int published;

static void *publish(void *argument) {
  const normrt_context *ctx = argument;
  for (int i = 0; i < num_modules; ++i) {
    CHECK(ctx->prepare(ctx->launch_user, &many[i]) == NORMRT_OK);
    atomic_store_explicit(&published, i + 1, memory_order_relaxed);
  }
  return NULL;
}

static void *launch_published(void *argument) {
  const normrt_context *ctx = argument;
  for (int i = 0; i < num_modules; ++i) {
    while (atomic_load_explicit(&published, memory_order_relaxed) <= i)
      sched_yield();
    normrt_kernel_launch l = launch_of(ctx, &many[i]);
    CHECK(launch(ctx, &l) == NORMRT_OK);
  }
  return NULL;
}

static void publishing(void) {
  normrt_context ctx = open_device(0);
  pthread_t all[4];
  for (int i = 0; i < 4; ++i)
    CHECK(pthread_create(&all[i], NULL, i ? launch_published : publish, &ctx) == 0);
  for (int i = 0; i < 4; ++i)
    pthread_join(all[i], NULL);
  normrt_cuda_release(&ctx);
}

static void threads(void) {
  for (int i = 0; i < num_modules; ++i)
    many[i] = plain;
  publishing();
  normrt_context held[4];
  int loads[4], launches[4];
  for (int d = 0; d < 4; ++d) {
    held[d] = open_device(d);
    loads[d] = fake->loads[d];
    launches[d] = fake->launches[d];
  }
  thread all[num_threads + 4];
  for (int i = 0; i < num_threads + 4; ++i) {
    all[i].number = i;
    CHECK(pthread_create(&all[i].id, NULL, i < num_threads ? launch_all : load_and_unload,
                         &all[i]) == 0);
  }
  for (int i = 0; i < num_threads + 4; ++i)
    pthread_join(all[i].id, NULL);
  for (int d = 0; d < 4; ++d) {
    CHECK(fake->loads[d] - loads[d] == num_modules + 100);
    CHECK(fake->launches[d] - launches[d] == 2 * rounds * num_modules + 100);
    normrt_cuda_release(&held[d]);
  }
  // All of them at once, the first and the last context of a device included.
  for (int i = 0; i < num_threads; ++i)
    CHECK(pthread_create(&all[i].id, NULL, launch_all, &all[i]) == 0);
  for (int i = 0; i < num_threads; ++i)
    pthread_join(all[i].id, NULL);
}

//===- An older driver ---===//

static void old_driver(void) {
  normrt_context ctx = open_device(0), older = open_device(1);
  CHECK(!ctx.allocate && !ctx.deallocate);
  CHECK(normrt_cuda_stream_create(&ctx, &ctx.stream) == NORMRT_OK);
  normrt_kernel_launch l = launch_of(&ctx, &plain);
  CHECK(launch(&ctx, &l) == NORMRT_OK && strcmp(fake->last.function, "first") == 0);
  l.cluster[1] = 2;
  CHECK(launch(&ctx, &l) == NORMRT_ERROR_DRIVER);
  SAYS("'first': expected a driver for CUDA 11.8 or newer, for clusters and dependent launches, "
       "but this one is for 11.1");
  l.cluster[1] = 0;
  l.flags = NORMRT_LAUNCH_DEPENDENT;
  CHECK(launch(&ctx, &l) == NORMRT_ERROR_DRIVER);
  l.stream = NULL;
  CHECK(launch(&older, &l) == NORMRT_OK && fake->last.device == 1);
  void *graph;
  CHECK(normrt_cuda_capture_begin(&ctx) == NORMRT_OK);
  CHECK(normrt_cuda_capture_end(&ctx, &graph) == NORMRT_ERROR_DRIVER && !graph);
  SAYS("expected a driver for CUDA 11.4 or newer, for graphs");
  CHECK(normrt_cuda_stream_destroy(&ctx, ctx.stream) == NORMRT_OK);
  normrt_cuda_release(&ctx);
  normrt_cuda_release(&older);
}

int main(int argc, char **argv) {
  if (argc == 3 && strcmp(argv[1], "none") == 0) {
    no_driver(argv[2]);
    return failures != 0;
  }
  find_fake();
  if (argc == 2 && strcmp(argv[1], "old") == 0)
    old_driver();
  if (argc == 4) {
    contexts();
    images();
    loading();
    launching();
    captures();
    memory();
    libraries(argv[2], argv[3]);
    threads();
    CHECK(fake->inits == 1);
  }
  for (int d = 0; d < 4; ++d)
    CHECK(fake->retained[d] == 0 && fake->loads[d] == fake->unloads[d]);
  CHECK(fake->live_memory == 0 && fake->live_streams == 0);
  CHECK(fake->live_events == 0 && fake->live_graphs == 0);
  CHECK(fake->wrong == 0 && argc > 1);
  return failures != 0;
}
