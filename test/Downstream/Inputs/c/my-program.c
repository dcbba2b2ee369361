#include "normc-c/Normc.h"

#include <stdio.h>

static void tell(void *user, const normc_message *message) {
  fprintf(user, "%s:%u: %s\n", message->file, message->line, message->text);
}

int main(void) {
  normc_jit_options options = {.size = sizeof options, .on_message = tell, .user = stderr};
  options.directory = "kernels"; /* kept for the next process */
  normc_jit *jit = normc_jit_create(&options);

  normc_spec spec = {.size = sizeof spec, .op = "rms_norm", .shape = "?x4", .dtype = "f32"};
  normc_kernels *kernels = normc_jit_spec(jit, &spec, NULL);
  if (!kernels)
    return 1;
  normrt_kernel_fn rms_norm = normc_kernels_entry(kernels, "rms_norm", NULL);

  float x[2][4] = {{3, 4, 3, 4}, {-1, 1, -1, 1}}, scale[4] = {1, 1, 2, 2}, y[2][4];
  int64_t sizes[] = {2, 4};
  DLTensor input = {x, {kDLCPU, 0}, 2, {kDLFloat, 32, 1}, sizes, NULL, 0};
  DLTensor weight = {scale, {kDLCPU, 0}, 1, {kDLFloat, 32, 1}, sizes + 1, NULL, 0};
  DLTensor output = input;
  output.data = y;
  const DLTensor *args[] = {&input, &weight, &output};
  int32_t code = rms_norm(NULL, args, 3);

  for (int r = 0; code == 0 && r < 2; ++r)
    printf("%.4f %.4f %.4f %.4f\n", y[r][0], y[r][1], y[r][2], y[r][3]);
  normc_kernels_release(kernels);
  normc_jit_statistics statistics = {.size = sizeof statistics};
  if (normc_jit_get_statistics(jit, &statistics) == 0)
    printf("compiled %d, found %d\n", (int)statistics.compiled, (int)statistics.found_on_disk);
  normc_jit_destroy(jit);
  return code;
}
