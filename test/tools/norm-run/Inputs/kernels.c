/* Kernels of the ABI written by hand, so that norm-run is tested by itself. kernels.json is their
   manifest. */
#include "normc-c/Runtime.h"

#include <math.h>
#include <string.h>

static float load_bf16(const uint16_t *p) {
  uint32_t bits = (uint32_t)*p << 16;
  float value;
  memcpy(&value, &bits, 4);
  return value;
}

static uint16_t round_bf16(float value) {
  uint32_t bits;
  memcpy(&bits, &value, 4);
  return (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

/* y = x / sqrt(mean(x * x) + 1e-5) * w; x: r c, w: c, y: r c, rstd: r. In place allowed. */
typedef struct rows {
  const float *x, *w;
  float *y, *rstd;
  int64_t c;
} rows;

static void rms_rows(void *data, int64_t begin, int64_t end) {
  const rows *k = data;
  for (int64_t i = begin; i < end; ++i) {
    float sum = 0;
    for (int64_t j = 0; j < k->c; ++j)
      sum += k->x[i * k->c + j] * k->x[i * k->c + j];
    float r = 1 / sqrtf(sum / (float)k->c + 1e-5f);
    k->rstd[i] = r;
    for (int64_t j = 0; j < k->c; ++j)
      k->y[i * k->c + j] = k->x[i * k->c + j] * r * k->w[j];
  }
}

int32_t rms(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  if (num_args != 4)
    return NORMRT_ERROR_NUM_ARGS;
  if (args[0]->shape[1] == 0)
    return NORMRT_ERROR_MAKE(NORMRT_ERROR_EMPTY_GROUP, 0, 1);
  rows k = {args[0]->data, args[1]->data, args[2]->data, args[3]->data, args[0]->shape[1]};
  if (ctx->parallel_for)
    ctx->parallel_for(ctx->parallel_user, args[0]->shape[0], rms_rows, &k);
  else
    rms_rows(&k, 0, args[0]->shape[0]);
  return NORMRT_OK;
}

/* y = x in another type, bf16 to int8, cut; x: n 2*m; through a workspace of n*m floats. */
int64_t quantize_workspace_size(const DLTensor *const *args, int32_t num_args) {
  return num_args == 2 ? args[0]->shape[0] * args[0]->shape[1] * 4 : -NORMRT_ERROR_NUM_ARGS;
}

int32_t quantize(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  int64_t bytes = quantize_workspace_size(args, num_args);
  if ((uint64_t)bytes > ctx->workspace_bytes || (uintptr_t)ctx->workspace % 64)
    return NORMRT_ERROR_WORKSPACE;
  float *scratch = ctx->workspace;
  const uint16_t *x = args[0]->data;
  int8_t *y = args[1]->data;
  for (int64_t i = 0; i < bytes / 4; ++i)
    scratch[i] = load_bf16(x + i);
  for (int64_t i = 0; i < bytes / 4; ++i)
    y[i] = (int8_t)(scratch[i] > 127 ? 127 : scratch[i] < -128 ? -128 : scratch[i]);
  return NORMRT_OK;
}

/* y = x for one type after another, every output beside its input. */
int32_t copy_all(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  (void)ctx;
  for (int32_t i = 0; i < num_args / 2; ++i) {
    int64_t bytes = args[i]->dtype.bits / 8;
    for (int32_t d = 0; d < args[i]->ndim; ++d)
      bytes *= args[i]->shape[d];
    memcpy(args[num_args / 2 + i]->data, args[i]->data, (size_t)bytes);
  }
  return NORMRT_OK;
}

/* One byte past the end of x: a fault with --guard-end. */
int32_t overrun(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  (void)ctx, (void)num_args;
  volatile const char *x = args[0]->data;
  *(char *)args[1]->data = x[args[0]->shape[0]];
  return NORMRT_OK;
}

/* Adds, to be rounded by hand: y = round_bf16(x + 1). */
int32_t add_one(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  (void)ctx, (void)num_args;
  const uint16_t *x = args[0]->data;
  uint16_t *y = args[1]->data;
  for (int64_t i = 0; i < args[0]->shape[0]; ++i)
    y[i] = round_bf16(load_bf16(x + i) + 1);
  return NORMRT_OK;
}

/* rms with an error in its last element, or with a NaN in its first. */
int32_t rms_wrong(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  int32_t rc = rms(ctx, args, num_args);
  int64_t count = args[2]->shape[0] * args[2]->shape[1];
  if (rc == NORMRT_OK && count > 0)
    ((float *)args[2]->data)[count - 1] *= 1.0001f;
  return rc;
}

int32_t rms_nan(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  int32_t rc = rms(ctx, args, num_args);
  if (rc == NORMRT_OK)
    *(float *)args[2]->data = NAN;
  return rc;
}

/* y = x / sqrt(mean(x * x) + 1e-5), f64; x: r c. */
int32_t rms64(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  (void)ctx, (void)num_args;
  const double *x = args[0]->data;
  double *y = args[1]->data;
  int64_t c = args[0]->shape[1];
  for (int64_t i = 0; i < args[0]->shape[0]; ++i, x += c, y += c) {
    double sum = 0;
    for (int64_t j = 0; j < c; ++j)
      sum += x[j] * x[j];
    double r = 1 / sqrt(sum / (double)c + 1e-5);
    for (int64_t j = 0; j < c; ++j)
      y[j] = x[j] * r;
  }
  return NORMRT_OK;
}
