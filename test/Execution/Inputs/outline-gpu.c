/* The rest of a layer on a GPU, by copies to the computer and back. */

#include <normc-c/Runtime.h>

#include <stdlib.h>

/* The products of rows of args[0] and columns of args[1], one addition after the other. */
static int32_t multiply(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  const DLTensor *a = args[0], *b = args[1], *c = args[num_args - 1];
  int64_t rows = a->shape[0], inner = a->shape[1], columns = b->shape[1];
  for (int i = 0; i < num_args; ++i)
    if (args[i]->device.device_type != kDLCUDA || args[i]->device.device_id != ctx->gpu_device ||
        args[i]->strides[0] != args[i]->shape[1])
      return NORMRT_ERROR_DEVICE;
  float *memory = malloc(sizeof(float) * (rows * inner + inner * columns + rows * columns));
  float *x = memory, *y = x + rows * inner, *z = y + inner * columns;
  int32_t code = normrt_cuda_copy_out(ctx, x, a->data, sizeof(float) * rows * inner);
  if (!code)
    code = normrt_cuda_copy_out(ctx, y, b->data, sizeof(float) * inner * columns);
  for (int64_t i = 0; i < rows; ++i)
    for (int64_t j = 0; j < columns; ++j) {
      float sum = 0;
      for (int64_t k = 0; k < inner; ++k)
        sum += x[i * inner + k] * y[k * columns + j];
      z[i * columns + j] = sum;
    }
  if (!code)
    code = normrt_cuda_copy_in(ctx, c->data, z, sizeof(float) * rows * columns);
  free(memory);
  return code;
}

int32_t layer_rest0(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  return multiply(ctx, args, num_args);
}

int32_t layer_rest1(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  return multiply(ctx, args, num_args);
}
