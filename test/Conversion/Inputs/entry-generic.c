/*===- entry-generic.c - call the kernel of entry-generic.mlir --------------------------------===*\
|* Against the formula in double, then bit for bit in place and with rows in odd orders.          *|
\*===------------------------------------------------------------------------------------------===*/
#include "normc-c/Runtime.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

int32_t rms(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args);
int64_t rms_workspace_size(const DLTensor *const *args, int32_t num_args);

enum { R = 37, C = 23, LAST = 7 };
typedef struct {
  float y[R * C], rstd[R], sums[C], copy[C];
} results;

static float x[R * C], w[C], before[C];

/* y goes into `y`, which may be `input`. */
static int32_t run(const normrt_context *ctx, float *input, float *y, results *out) {
  int64_t rc[2] = {R, C};
  void *data[LAST] = {input, w, before, y, out->rstd, out->sums, out->copy};
  const int64_t *shapes[LAST] = {rc, rc + 1, rc + 1, rc, rc, rc + 1, rc + 1};
  DLTensor tensors[LAST];
  const DLTensor *args[LAST];
  for (int i = 0; i < LAST; ++i) {
    DLTensor t = {data[i],
                  {kDLCPU, 0},
                  shapes[i] == rc && i != 4 ? 2 : 1,
                  {kDLFloat, 32, 1},
                  (int64_t *)shapes[i],
                  NULL,
                  0};
    tensors[i] = t;
    args[i] = &tensors[i];
  }
  if (rms_workspace_size(args, LAST) <= 0)
    return -1;
  return rms(ctx, args, LAST);
}

static void backwards(void *user, int64_t count, normrt_body_fn body, void *data) {
  ++*(int *)user;
  for (int64_t i = count - 1; i >= 0; --i)
    body(data, i, i + 1);
}

static int is_near(double got, double want) { return fabs(got - want) <= 1e-5 * fabs(want); }

int main(void) {
  for (int i = 0; i < R * C; ++i)
    x[i] = sinf((float)i) * 3.0f;
  for (int i = 0; i < C; ++i)
    w[i] = 1.0f + 0.01f * (float)i, before[i] = (float)i;
  static results first, second;
  int32_t rc = run(NULL, x, first.y, &first);
  if (rc != NORMRT_OK)
    return printf("the first call returns %#x\n", (unsigned)rc), 1;
  for (int i = 0; i < R; ++i) {
    double sum = 0;
    for (int j = 0; j < C; ++j)
      sum += (double)x[i * C + j] * x[i * C + j];
    double r = 1 / sqrt(sum / C + 1e-5);
    if (!is_near(first.rstd[i], r))
      return printf("rstd[%d] = %g, expected %g\n", i, first.rstd[i], r), 1;
    for (int j = 0; j < C; ++j)
      if (!is_near(first.y[i * C + j], x[i * C + j] * r * w[j]))
        return printf("y[%d, %d] = %g\n", i, j, first.y[i * C + j]), 1;
  }
  for (int j = 0; j < C; ++j) {
    double sum = before[j];
    for (int i = 0; i < R; ++i)
      sum += (double)x[i * C + j] * x[i * C + j];
    if (!is_near(first.sums[j], sum) || first.copy[j] != w[j])
      return printf("sums[%d] = %g, expected %g\n", j, first.sums[j], sum), 1;
  }

  int calls = 0;
  normrt_context ctx = {.size = sizeof ctx,
                        .abi_version = NORMRT_ABI_VERSION,
                        .parallel_user = &calls,
                        .parallel_for = backwards};
  if (run(&ctx, x, second.y, &second) != NORMRT_OK || calls == 0 ||
      memcmp(&first, &second, sizeof first) != 0)
    return printf("other bits when rows run backwards (%d loops)\n", calls), 1;
  static float buffer[R * C];
  memcpy(buffer, x, sizeof x);
  if (run(&ctx, buffer, buffer, &second) != NORMRT_OK ||
      memcmp(first.y, buffer, sizeof buffer) != 0 ||
      memcmp(first.sums, second.sums, sizeof first.sums) != 0)
    return printf("other bits in place\n"), 1;
  return 0;
}
