/* The simulator as a CUDA driver: what libnormrt does on a GPU is done, checked and counted, and
   what goes wrong is said with the line of the PTX.

   RUN: %cc -std=gnu11 -Wall -Wextra -Werror -I%include -I%source/test/Runtime %s -o %t \
   RUN:   -L%libs -lnormrt -ldl -Wl,-rpath,%libs
   RUN: rm -f %t.jsonl
   RUN: env NORMRT_CUDA_DRIVER=%libs/libnormptxsim.so NORMC_PTXSIM_REPORT=%t.jsonl %t all
   RUN: %python %S/Inputs/driver-report.py %t.jsonl
   RUN: env NORMRT_CUDA_DRIVER=%libs/libnormptxsim.so NORMC_PTXSIM_ARCH=80 %t old
   RUN: env NORMRT_CUDA_DRIVER=%libs/libnormptxsim.so NORMC_PTXSIM_MISALIGN=4 \
   RUN:   NORMC_PTXSIM_MAX_INSTRUCTIONS=1000 %t limits
   RUN: env NORMRT_CUDA_DRIVER=%libs/libnormptxsim.so NORMC_PTXSIM_ORDER=sideways \
   RUN:   %t none "NORMC_PTXSIM_ORDER: expects forward, reverse, random or skewed"
   RUN: env NORMRT_CUDA_DRIVER=%libs/libnormptxsim.so NORMC_PTXSIM_ARCH=70 \
   RUN:   %t none "NORMC_PTXSIM_ARCH: expects one of 75, 80, 86, 87, 89, 90, 100"
   RUN: env NORMRT_CUDA_DRIVER=%libs/libnormptxsim.so NORMC_PTXSIM_RACES=2 \
   RUN:   %t none "NORMC_PTXSIM_RACES: expects a number from 0 to 1"
   RUN: env NORMRT_CUDA_DRIVER=%libs/libnormptxsim.so NORMC_PTXSIM_REPORT=%t.none/launches.jsonl \
   RUN:   %t none "NORMC_PTXSIM_REPORT: expects a file that can be written"
*/

#include "normc/PTXSim/Driver.h"
#include "Inputs/check.h"
#include "normc-c/Runtime.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#define SAYS(text)                                                                                 \
  do {                                                                                             \
    CHECK(strstr(normrt_cuda_error_text(), text));                                                 \
    if (!strstr(normrt_cuda_error_text(), text))                                                   \
      printf("  found: %s\n", normrt_cuda_error_text());                                           \
  } while (0)

//===- Kernels ---===//

// c[i] = a[i] + b[i] for i < n, a thread for each.
#define ADD(version, target)                                                                       \
  ".version " version "\n.target " target "\n.address_size 64\n"                                   \
  ".visible .entry add(.param .u64 a, .param .u64 b, .param .u64 c, .param .u32 n)\n"              \
  "{\n"                                                                                            \
  ".reg .pred %p<2>; .reg .b32 %r<5>; .reg .f32 %f<4>; .reg .b64 %rd<8>;\n"                        \
  "mov.u32 %r1, %ctaid.x;\n"                                                                       \
  "mov.u32 %r2, %ntid.x;\n"                                                                        \
  "mov.u32 %r3, %tid.x;\n"                                                                         \
  "mad.lo.s32 %r1, %r1, %r2, %r3;\n"                                                               \
  "ld.param.u32 %r4, [n];\n"                                                                       \
  "setp.ge.u32 %p1, %r1, %r4;\n"                                                                   \
  "@%p1 ret;\n"                                                                                    \
  "ld.param.u64 %rd1, [a];\n"                                                                      \
  "ld.param.u64 %rd2, [b];\n"                                                                      \
  "ld.param.u64 %rd3, [c];\n"                                                                      \
  "mul.wide.u32 %rd4, %r1, 4;\n"                                                                   \
  "add.s64 %rd5, %rd1, %rd4;\n"                                                                    \
  "add.s64 %rd6, %rd2, %rd4;\n"                                                                    \
  "add.s64 %rd7, %rd3, %rd4;\n"                                                                    \
  "ld.global.f32 %f1, [%rd5];\n"                                                                   \
  "ld.global.f32 %f2, [%rd6];\n"                                                                   \
  "add.f32 %f3, %f1, %f2;\n"                                                                       \
  "st.global.f32 [%rd7], %f3;\n"                                                                   \
  "ret;\n"                                                                                         \
  "}\n"

// out[block] = its rank in its cluster.
#define RANKS                                                                                      \
  ".visible .entry ranks(.param .u64 out)\n"                                                       \
  "{\n"                                                                                            \
  ".reg .b32 %r<3>; .reg .b64 %rd<3>;\n"                                                           \
  "mov.u32 %r1, %ctaid.x;\n"                                                                       \
  "mov.u32 %r2, %cluster_ctarank;\n"                                                               \
  "ld.param.u64 %rd1, [out];\n"                                                                    \
  "mul.wide.u32 %rd2, %r1, 4;\n"                                                                   \
  "add.s64 %rd2, %rd1, %rd2;\n"                                                                    \
  "st.global.u32 [%rd2], %r2;\n"                                                                   \
  "ret;\n"                                                                                         \
  "}\n"

// Doubles x[thread], of one block; `wait` is for what the kernel before it has written.
#define TWICE(name, wait)                                                                          \
  ".visible .entry " name "(.param .u64 x)\n"                                                      \
  "{\n"                                                                                            \
  ".reg .b32 %r<2>; .reg .f32 %f<2>; .reg .b64 %rd<3>;\n" wait "mov.u32 %r1, %tid.x;\n"            \
  "ld.param.u64 %rd1, [x];\n"                                                                      \
  "mul.wide.u32 %rd2, %r1, 4;\n"                                                                   \
  "add.s64 %rd2, %rd1, %rd2;\n"                                                                    \
  "ld.global.f32 %f1, [%rd2];\n"                                                                   \
  "add.f32 %f1, %f1, %f1;\n"                                                                       \
  "st.global.f32 [%rd2], %f1;\n"                                                                   \
  "ret;\n"                                                                                         \
  "}\n"

#define FOREVER                                                                                    \
  ".visible .entry forever()\n"                                                                    \
  "{\n"                                                                                            \
  "again:\n"                                                                                       \
  "bra again;\n"                                                                                   \
  "}\n"

static const char all_kernels[] =
    ADD("8.1", "sm_90") RANKS TWICE("twice", "griddepcontrol.wait;\n") TWICE("hasty", "") FOREVER;
static const char old_kernels[] = ADD("7.0", "sm_80");
static const char next_kernels[] = ADD("8.1", "sm_100");
static const char only_90a[] = ADD("8.1", "sm_90a");
static const char newer_ptx[] = ADD("9.9", "sm_80");
static const char bad_kernels[] = ".version 7.0\n.target sm_80\n.address_size 64\n"
                                  ".visible .entry add()\n{\nadd.f33 %f1, %f1, %f1;\nret;\n}\n";
static const char machine_code[] = "\177ELF and more";

#define IMAGE(kind, arch, text) {NORMRT_GPU_##kind, arch, 0, 0, text, sizeof text}
#define MODULE(name, functions, ...)                                                               \
  static const normrt_gpu_image name##_images[] = {__VA_ARGS__};                                   \
  static const normrt_gpu_module name = {sizeof name,                                              \
                                         sizeof name##_images / sizeof *name##_images,             \
                                         name##_images,                                            \
                                         sizeof functions / sizeof *functions,                     \
                                         0,                                                        \
                                         functions}

static const char *const all_names[] = {"add", "ranks", "twice", "hasty", "forever"};
static const char *const add_name[] = {"add"};
static const char *const other_name[] = {"sub"};
enum { add, ranks, twice, hasty, forever };

// The first image that suits an sm_90 is machine code, which is refused.
MODULE(all, all_names, IMAGE(CUBIN, 90, machine_code), IMAGE(PTX, 90, all_kernels),
       IMAGE(PTX, 80, old_kernels));
MODULE(old, add_name, IMAGE(PTX, 90, all_kernels), IMAGE(PTX, 80, old_kernels));
MODULE(next, add_name, IMAGE(PTX, 80, next_kernels));
MODULE(exact, add_name, IMAGE(PTX, 80, only_90a));
MODULE(newer, add_name, IMAGE(PTX, 80, newer_ptx));
MODULE(bad, add_name, IMAGE(PTX, 80, bad_kernels));
MODULE(missing, other_name, IMAGE(PTX, 80, old_kernels));

//===- Calls ---===//

static struct {
  int (*mark)(uint64_t memory, uint32_t flags, const char *name);
  void (*last)(normptxsim_statistics *statistics);
  void (*total)(normptxsim_statistics *statistics);
  int (*buffer)(uint64_t memory, normptxsim_traffic *traffic);
  int (*reset)(void);
} sim;

static void find_simulator(void) {
  void *handle = dlopen(getenv("NORMRT_CUDA_DRIVER"), RTLD_NOW);
#define FIND(name)                                                                                 \
  do {                                                                                             \
    void *address = dlsym(handle, "normptxsim_" #name);                                            \
    CHECK(address);                                                                                \
    memcpy(&sim.name, &address, sizeof address);                                                   \
  } while (0)
  FIND(mark);
  FIND(last);
  FIND(total);
  FIND(buffer);
  FIND(reset);
}

static normrt_context ctx;

static void open_device(void) {
  CHECK(normrt_cuda_context_init(&ctx, 0, NULL, NULL, 0) == NORMRT_OK);
  CHECK(normrt_cuda_stream_create(&ctx, &ctx.stream) == NORMRT_OK);
}

static void close_device(void) {
  CHECK(normrt_cuda_stream_destroy(&ctx, ctx.stream) == NORMRT_OK);
  normrt_cuda_release(&ctx);
}

static uint64_t number(const void *memory) { return (uint64_t)(uintptr_t)memory; }

enum { count = 100, bytes = count * sizeof(float) };

// Memory with 0, 1, 2, ...
static void *make(void) {
  float host[count];
  void *memory = NULL;
  for (int i = 0; i < count; ++i)
    host[i] = (float)i;
  CHECK(normrt_cuda_malloc(&ctx, bytes, &memory) == NORMRT_OK);
  CHECK(normrt_cuda_copy_in(&ctx, memory, host, bytes) == NORMRT_OK);
  return memory;
}

static void release(void *memory) { CHECK(normrt_cuda_free(&ctx, memory) == NORMRT_OK); }

static normrt_kernel_launch launch_of(const normrt_gpu_module *module, uint32_t function,
                                      const void *const *params) {
  normrt_kernel_launch l = {.size = sizeof l,
                            .module = module,
                            .function = module->functions[function],
                            .function_index = function,
                            .grid = {1, 1, 1},
                            .block = {count, 1, 1},
                            .params = params,
                            .stream = ctx.stream};
  return l;
}

static int32_t launch(const normrt_kernel_launch *l) { return ctx.launch(ctx.launch_user, l); }

// 4 blocks of 32.
static int32_t run_add(const normrt_gpu_module *module, void *a, void *b, void *c, uint32_t n) {
  const void *params[] = {&a, &b, &c, &n};
  normrt_kernel_launch l = launch_of(module, add, params);
  l.grid[0] = 4;
  l.block[0] = 32;
  return launch(&l);
}

static int32_t run_one(uint32_t function, void *x, uint32_t flags) {
  const void *params[] = {&x};
  normrt_kernel_launch l = launch_of(&all, function, params);
  l.flags = flags;
  return launch(&l);
}

// Whether it is `factor` times 0, 1, 2, ...
static int is_multiple(void *memory, float factor) {
  float host[count];
  CHECK(normrt_cuda_copy_out(&ctx, host, memory, bytes) == NORMRT_OK);
  for (int i = 0; i < count; ++i)
    if (host[i] != factor * (float)i)
      return 0;
  return 1;
}

//===- Tests ---===//

static void device(int arch, uint32_t shared) {
  int32_t devices = 0;
  CHECK(normrt_cuda_device_count(&devices) == NORMRT_OK && devices == 1);
  CHECK(ctx.gpu_arch == arch && ctx.gpu_device == 0);
  CHECK(ctx.gpu_multiprocessors == 132 && ctx.gpu_shared_bytes == shared);
}

static void sums(void) {
  void *a = make(), *b = make(), *c = make();
  normptxsim_statistics one, both;
  normptxsim_traffic traffic;
  CHECK(sim.reset() == 0);
  CHECK(sim.mark(number(a), NORMPTXSIM_READ_ONLY, "a") == 0);
  CHECK(sim.mark(number(c), NORMPTXSIM_MUST_WRITE, "c") == 0);
  CHECK(run_add(&all, a, b, c, count) == NORMRT_OK);
  CHECK(is_multiple(c, 2));
  sim.last(&one);
  CHECK(one.launches == 1 && one.bytes_loaded == 2 * bytes && one.bytes_stored == bytes);
  CHECK(one.sectors_stored >= bytes && one.warp_instructions == 4 * 19);
  CHECK(run_add(&all, a, c, b, count) == NORMRT_OK);
  CHECK(is_multiple(b, 3));
  sim.total(&both);
  CHECK(both.launches == 2 && both.thread_instructions == 2 * one.thread_instructions);
  CHECK(sim.buffer(number(a), &traffic) == 0);
  CHECK(traffic.bytes_loaded == 2 * bytes && traffic.bytes_stored == 0);
  CHECK(sim.buffer(number(a) + 1, &traffic) == 1 && sim.mark(5, 0, NULL) == 1);
  CHECK(sim.mark(number(a), 64, NULL) == 1);

  // Out of bounds, read-only, not written, freed: each is found, and the next call is good again.
  CHECK(run_add(&all, a, b, c, count + 1) == NORMRT_ERROR_GPU);
  SAYS("launch of 'add' with grid (4, 1, 1), block (32, 1, 1)");
  SAYS("CUDA_ERROR_LAUNCH_FAILED (719)");
  SAYS("line 21");
  SAYS("outside of all buffers");
  SAYS("0 bytes behind the end of a of 400 bytes");
  CHECK(run_add(&all, c, b, a, count) == NORMRT_ERROR_GPU);
  SAYS("writes to the read-only buffer a");
  CHECK(sim.mark(number(c), NORMPTXSIM_MUST_WRITE, NULL) == 0);
  CHECK(run_add(&all, a, b, c, count - 1) == NORMRT_OK);
  float host[count];
  CHECK(normrt_cuda_copy_out(&ctx, host, c, bytes - 4) == NORMRT_OK);
  CHECK(normrt_cuda_copy_out(&ctx, host, c, bytes) == NORMRT_ERROR_GPU);
  SAYS("byte 396 of 400 of c was written by no kernel");
  release(b);
  CHECK(run_add(&all, a, b, c, count) == NORMRT_ERROR_GPU);
  SAYS("outside of all buffers");
  release(a);
  release(c);
}

static void memory(void) {
  void *a = make(), *b = make(), *none;
  float host[count];
  CHECK(a != b);
  CHECK(normrt_cuda_fill(&ctx, a, 0, bytes) == NORMRT_OK && is_multiple(a, 0));
  CHECK(normrt_cuda_copy(&ctx, a, b, bytes) == NORMRT_OK && is_multiple(a, 1));
  CHECK(normrt_cuda_copy_out(&ctx, host, (char *)a + 4, bytes) == NORMRT_ERROR_GPU);
  SAYS("reads 400 bytes at 0x");
  CHECK(normrt_cuda_copy_in(&ctx, host, a, 4) == NORMRT_ERROR_GPU);
  SAYS("no buffer is near");
  CHECK(normrt_cuda_fill(&ctx, (char *)a - 1, 0, 4) == NORMRT_ERROR_GPU);
  CHECK(normrt_cuda_malloc(&ctx, UINT64_C(1) << 50, &none) == NORMRT_ERROR_MEMORY && !none);
  CHECK(normrt_cuda_free(&ctx, (char *)a + 4) == NORMRT_ERROR_GPU);
  release(a);
  CHECK(normrt_cuda_free(&ctx, a) == NORMRT_ERROR_GPU);
  SAYS("expects the beginning of memory that is allocated");
  CHECK(normrt_cuda_copy(&ctx, b, a, 4) == NORMRT_ERROR_GPU);
  void *again = make();
  CHECK(again != a);
  release(again);

  // Scratch is undefined until somebody writes it.
  void *scratch = ctx.allocate(ctx.allocate_user, bytes, ctx.stream);
  CHECK(scratch && number(scratch) % 64 == 0);
  CHECK(run_one(hasty, scratch, 0) == NORMRT_ERROR_GPU);
  SAYS("undefined");
  CHECK(normrt_cuda_copy(&ctx, scratch, b, bytes) == NORMRT_OK);
  CHECK(run_one(hasty, scratch, 0) == NORMRT_OK && is_multiple(scratch, 2));
  ctx.deallocate(ctx.allocate_user, scratch, ctx.stream);
  CHECK(normrt_cuda_free(&ctx, scratch) == NORMRT_ERROR_GPU);
  release(b);
}

static void refused_launches(void) {
  void *x = make();
  const void *params[] = {&x};
  normrt_kernel_launch l = launch_of(&all, twice, params);
  l.block[0] = 2048;
  CHECK(launch(&l) == NORMRT_ERROR_GPU);
  SAYS("CUDA_ERROR_INVALID_VALUE (1)");
  SAYS("expects a block of 1 to 1024 threads, but got 2048 x 1 x 1");
  l = launch_of(&all, ranks, params);
  l.grid[0] = 3;
  l.cluster[0] = 2;
  CHECK(launch(&l) == NORMRT_ERROR_GPU);
  SAYS("expects a grid of whole clusters");
  l.params = NULL;
  CHECK(launch(&l) == NORMRT_ERROR_GPU);
  SAYS("expects the parameters of ranks");
  CHECK(is_multiple(x, 1));
  release(x);
}

static void clusters(void) {
  void *x = make();
  const void *params[] = {&x};
  uint32_t host[64];
  normrt_kernel_launch l = launch_of(&all, ranks, params);
  l.grid[0] = 64;
  l.cluster[0] = 4;
  l.block[0] = 1;
  CHECK(launch(&l) == NORMRT_OK);
  CHECK(normrt_cuda_copy_out(&ctx, host, x, sizeof host) == NORMRT_OK);
  for (uint32_t i = 0; i < 64; ++i)
    CHECK(host[i] == i % 4);
  l.cluster[0] = 16;
  l.flags = NORMRT_LAUNCH_NONPORTABLE_CLUSTER;
  CHECK(launch(&l) == NORMRT_OK);
  CHECK(normrt_cuda_copy_out(&ctx, host, x, sizeof host) == NORMRT_OK && host[63] == 15);
  release(x);
}

// Without a wait, a dependent kernel must not read what the one before writes.
static void dependent_launches(void) {
  void *x = make(), *y = make();
  CHECK(run_one(twice, x, 0) == NORMRT_OK);
  CHECK(run_one(twice, x, NORMRT_LAUNCH_DEPENDENT) == NORMRT_OK && is_multiple(x, 4));
  CHECK(run_one(hasty, x, NORMRT_LAUNCH_DEPENDENT) == NORMRT_OK); // a copy was between
  CHECK(run_one(hasty, y, NORMRT_LAUNCH_DEPENDENT) == NORMRT_OK);
  CHECK(run_one(hasty, y, NORMRT_LAUNCH_DEPENDENT) == NORMRT_ERROR_GPU);
  SAYS("without griddepcontrol.wait");
  CHECK(run_one(hasty, y, 0) == NORMRT_OK);
  release(x);
  release(y);
}

static void graphs(void) {
  void *x = make(), *y = make(), *graph = NULL;
  CHECK(normrt_cuda_capture_begin(&ctx) == NORMRT_OK);
  CHECK(run_one(twice, x, 0) == NORMRT_OK);
  CHECK(run_one(twice, x, NORMRT_LAUNCH_DEPENDENT) == NORMRT_OK);
  CHECK(normrt_cuda_copy(&ctx, y, x, bytes) == NORMRT_OK);
  CHECK(run_add(&all, x, y, y, count) == NORMRT_OK);
  CHECK(normrt_cuda_capture_end(&ctx, &graph) == NORMRT_OK && graph);
  CHECK(is_multiple(x, 1) && is_multiple(y, 1));
  CHECK(normrt_cuda_graph_launch(&ctx, graph) == NORMRT_OK);
  CHECK(is_multiple(x, 4) && is_multiple(y, 8));
  CHECK(normrt_cuda_graph_launch(&ctx, graph) == NORMRT_OK);
  CHECK(is_multiple(x, 16) && is_multiple(y, 32));
  release(x);
  CHECK(normrt_cuda_graph_launch(&ctx, graph) == NORMRT_ERROR_GPU);
  SAYS("outside of all buffers");
  CHECK(normrt_cuda_graph_destroy(&ctx, graph) == NORMRT_OK);
  CHECK(normrt_cuda_graph_launch(&ctx, graph) == NORMRT_ERROR_GPU);

  // Scratch that a capture allocates is the graph's, and undefined at each launch.
  CHECK(normrt_cuda_capture_begin(&ctx) == NORMRT_OK);
  void *scratch = ctx.allocate(ctx.allocate_user, bytes, ctx.stream);
  CHECK(normrt_cuda_copy(&ctx, scratch, y, bytes) == NORMRT_OK);
  CHECK(run_one(twice, scratch, 0) == NORMRT_OK);
  CHECK(normrt_cuda_copy(&ctx, y, scratch, bytes) == NORMRT_OK);
  ctx.deallocate(ctx.allocate_user, scratch, ctx.stream);
  CHECK(normrt_cuda_capture_end(&ctx, &graph) == NORMRT_OK && graph);
  for (int i = 0; i < 2; ++i)
    CHECK(normrt_cuda_graph_launch(&ctx, graph) == NORMRT_OK);
  CHECK(is_multiple(y, 4 * 32));
  CHECK(normrt_cuda_graph_destroy(&ctx, graph) == NORMRT_OK);
  CHECK(normrt_cuda_copy(&ctx, y, scratch, bytes) == NORMRT_ERROR_GPU);

  // What has no place in a graph spoils it.
  CHECK(normrt_cuda_capture_begin(&ctx) == NORMRT_OK);
  CHECK(normrt_cuda_synchronize(&ctx) == NORMRT_ERROR_GPU);
  SAYS("CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED");
  CHECK(run_one(twice, y, 0) == NORMRT_ERROR_GPU);
  CHECK(normrt_cuda_capture_end(&ctx, &graph) == NORMRT_ERROR_GPU && !graph);
  SAYS("CUDA_ERROR_STREAM_CAPTURE_INVALIDATED");
  CHECK(run_one(twice, y, 0) == NORMRT_OK);
  release(y);
}

static void streams(void) {
  void *begin, *end, *x = make(), *second = NULL;
  float milliseconds = 7;
  normptxsim_statistics last;
  CHECK(normrt_cuda_event_create(&ctx, &begin) == NORMRT_OK);
  CHECK(normrt_cuda_event_create(&ctx, &end) == NORMRT_OK);
  CHECK(normrt_cuda_event_elapsed(&ctx, begin, end, &milliseconds) == NORMRT_ERROR_GPU);
  CHECK(normrt_cuda_event_record(&ctx, begin) == NORMRT_OK);
  CHECK(run_one(twice, x, 0) == NORMRT_OK);
  CHECK(normrt_cuda_event_record(&ctx, end) == NORMRT_OK);
  CHECK(normrt_cuda_event_elapsed(&ctx, begin, end, &milliseconds) == NORMRT_OK);
  sim.last(&last);
  CHECK(milliseconds == (float)((double)last.thread_instructions * 1e-6));
  CHECK(normrt_cuda_event_destroy(&ctx, begin) == NORMRT_OK);
  CHECK(normrt_cuda_event_destroy(&ctx, begin) == NORMRT_ERROR_GPU);
  CHECK(normrt_cuda_event_destroy(&ctx, end) == NORMRT_OK);

  normrt_context other = ctx;
  CHECK(normrt_cuda_stream_create(&ctx, &second) == NORMRT_OK);
  other.stream = second;
  CHECK(normrt_cuda_fill(&other, x, 0, bytes) == NORMRT_OK);
  CHECK(normrt_cuda_stream_destroy(&ctx, second) == NORMRT_OK);
  CHECK(normrt_cuda_fill(&other, x, 0, bytes) == NORMRT_ERROR_GPU);
  SAYS("CUDA_ERROR_INVALID_HANDLE (400)");
  release(x);
}

static void modules(void) {
  const struct {
    const normrt_gpu_module *module;
    int32_t code;
    const char *text;
  } refused[] = {
      {&next, NORMRT_ERROR_GPU, "expects a .target that an sm_90 runs, but got sm_100"},
      {&newer, NORMRT_ERROR_GPU, "expects PTX up to version 9.0, but got 9.9"},
      {&bad, NORMRT_ERROR_GPU, "line 6"},
      {&missing, NORMRT_ERROR_GPU, "the module has no entry sub"},
  };
  for (size_t i = 0; i < sizeof refused / sizeof *refused; ++i) {
    CHECK(ctx.prepare(ctx.launch_user, refused[i].module) == refused[i].code);
    SAYS(refused[i].text);
  }
  CHECK(ctx.prepare(ctx.launch_user, &exact) == NORMRT_OK);
  CHECK(ctx.prepare(ctx.launch_user, &old) == NORMRT_OK);
  normrt_cuda_unload(&exact);
}

static void race_to_the_end(void) {
  normrt_kernel_launch l = launch_of(&all, forever, NULL);
  CHECK(launch(&l) == NORMRT_ERROR_GPU);
  SAYS("1000");
  void *x = make();
  CHECK(number(x) % 256 == 4);
  CHECK(normrt_cuda_free(&ctx, x) == NORMRT_OK);
  x = ctx.allocate(ctx.allocate_user, 4, ctx.stream);
  CHECK(number(x) % 256 == 0);
  setenv("NORMC_PTXSIM_SEED", "seven", 1);
  CHECK(sim.reset() == 1);
  setenv("NORMC_PTXSIM_SEED", "7", 1);
  CHECK(sim.reset() == 0);
}

static void run_all(void) {
  device(90, 227 * 1024);
  modules();
  sums();
  memory();
  refused_launches();
  clusters();
  dependent_launches();
  graphs();
  streams();
  // With the last context all is gone; another begins anew.
  void *x = make();
  close_device();
  open_device();
  CHECK(normrt_cuda_free(&ctx, x) == NORMRT_ERROR_GPU);
  x = make();
  CHECK(run_one(twice, x, 0) == NORMRT_OK && is_multiple(x, 2));
}

static void run_old(void) {
  device(80, 163 * 1024);
  void *a = make(), *b = make();
  CHECK(run_add(&old, a, b, b, count) == NORMRT_OK && is_multiple(b, 2));
  CHECK(ctx.prepare(ctx.launch_user, &exact) == NORMRT_ERROR_GPU);
  SAYS("expects a .target that an sm_80 runs, but got sm_90a");
}

int main(int argc, char **argv) {
  if (argc == 3) {
    CHECK(normrt_cuda_context_init(&ctx, 0, NULL, NULL, 0) == NORMRT_ERROR_DRIVER);
    SAYS(argv[2]);
    return failures != 0;
  }
  open_device();
  find_simulator();
  if (strcmp(argv[1], "all") == 0)
    run_all();
  else if (strcmp(argv[1], "old") == 0)
    run_old();
  else
    race_to_the_end();
  close_device();
  return failures != 0;
}
