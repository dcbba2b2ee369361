/* Kernels for GPUs compiled into the process, launched by libnormrt on the interpreter. The module
   of a kernel that is gone is unloaded, so that the next one at its address is not taken for it.

   RUN: %cc -std=c11 -Wall -Wextra -Werror -I%include %s -o %t.bin \
   RUN:   -L%libs -lnormc -lnormrt -lm -Wl,-rpath,%libs
   RUN: rm -rf %t && mkdir %t && cd %t && \
   RUN:   env NORMRT_CUDA_DRIVER=%libs/libnormptxsim.so %t.bin
*/

#include "normc-c/Normc.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define EXPECT(condition)                                                                          \
  do {                                                                                             \
    if (!(condition)) {                                                                            \
      printf("%s:%d: expects %s\n", __FILE__, __LINE__, #condition);                               \
      exit(1);                                                                                     \
    }                                                                                              \
  } while (0)

static void hear(void *user, const normc_message *message) {
  (void)user;
  printf("%d: %s\n", message->severity, message->text);
}

static int unloaded;

static void unload(const void *module) {
  ++unloaded;
  normrt_cuda_unload(module);
}

static void run(const normrt_context *ctx, normrt_kernel_fn rms, int columns) {
  enum { rows = 5, most = rows * 128 };
  float x[most], y[most];
  for (int i = 0; i < rows * columns; ++i)
    x[i] = (i % 2 ? 1 : -1) * (float)(1 + i / columns);
  void *gpu_x, *gpu_y;
  uint64_t bytes = sizeof(float) * rows * columns;
  EXPECT(!normrt_cuda_malloc(ctx, bytes, &gpu_x) && !normrt_cuda_malloc(ctx, bytes, &gpu_y));
  EXPECT(!normrt_cuda_copy_in(ctx, gpu_x, x, bytes));
  int64_t shape[] = {rows, columns};
  DLTensor in = {gpu_x, {kDLCUDA, 0}, 2, {kDLFloat, 32, 1}, shape, NULL, 0}, out = in;
  out.data = gpu_y;
  const DLTensor *args[] = {&in, &out};
  EXPECT(rms(ctx, args, 2) == 0 && !normrt_cuda_synchronize(ctx));
  EXPECT(!normrt_cuda_copy_out(ctx, y, gpu_y, bytes));
  for (int i = 0; i < rows * columns; ++i)
    EXPECT(fabsf(y[i] - (i % 2 ? 1 : -1)) < 1e-6f);
  EXPECT(!normrt_cuda_free(ctx, gpu_x) && !normrt_cuda_free(ctx, gpu_y));
}

int main(void) {
  normrt_context ctx;
  EXPECT(!normrt_cuda_context_init(&ctx, 0, NULL, NULL, 0));
  char target[16];
  snprintf(target, sizeof target, "sm_%d", ctx.gpu_arch);
  for (int process = 0; process < 2; ++process) {
    normc_jit_options options = {.size = sizeof options, .on_message = hear};
    options.directory = "kept";
    options.memory_bytes = 1;
    options.unload = unload;
    normc_jit *jit = normc_jit_create(&options);
    for (int columns = 64; columns < 68; ++columns) {
      char shape[32];
      snprintf(shape, sizeof shape, "?x%d", columns);
      normc_spec spec = {.size = sizeof spec, .op = "rms_norm", .shape = shape, .dtype = "f32"};
      spec.eps = "0";
      spec.no_scale = 1;
      normc_compile_options compile = {.size = sizeof compile, .targets = target};
      normc_kernels *kernels = normc_jit_spec(jit, &spec, &compile);
      EXPECT(kernels);
      run(&ctx, normc_kernels_entry(kernels, NULL, NULL), columns);
      /* Those before it, whose memory it may have got. */
      EXPECT(unloaded == process * 4 + columns - 64);
      normc_kernels_release(kernels);
    }
    normc_jit_statistics s = {.size = sizeof s};
    EXPECT(!normc_jit_get_statistics(jit, &s));
    EXPECT(process ? s.found_on_disk == 4 && !s.compiled : s.compiled == 4);
    normc_jit_destroy(jit);
    EXPECT(unloaded == process * 4 + 4);
  }
  normrt_cuda_release(&ctx);
  return 0;
}
