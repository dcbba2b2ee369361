/* A host function with rests that are written by hand: what they return comes back at once, and they
   get what is left of the workspace, if it is more than a stack has. */

#include "host.h"

#include <normc-c/Runtime.h>

#include <stdio.h>
#include <string.h>

enum { ROWS = 3, LEFT = NORMRT_STACK_WORKSPACE };
static int32_t first_returns, calls, faults;
static _Alignas(64) char workspace[1 << 18];
static int64_t needed, left;

#define EXPECT(condition)                                                                          \
  do {                                                                                             \
    if (!(condition)) {                                                                            \
      printf("%d: expects %s\n", __LINE__, #condition);                                            \
      ++faults;                                                                                    \
    }                                                                                              \
  } while (0)

int32_t decoder_rest0(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  ++calls;
  EXPECT(num_args == 5);
  if (left >= LEFT)
    EXPECT(ctx->workspace == workspace + needed && ctx->workspace_bytes == (uint64_t)left);
  else
    EXPECT(!ctx->workspace && ctx->workspace_bytes == 0);
  const DLTensor *y = args[4];
  EXPECT(y->ndim == 2 && y->shape[0] == ROWS && y->shape[1] == 64);
  EXPECT(y->dtype.code == kDLFloat && y->dtype.bits == 32 && y->dtype.lanes == 1);
  EXPECT(y->device.device_type == kDLCPU);
  for (int64_t r = 0; r < y->shape[0]; ++r)
    for (int64_t c = 0; c < y->shape[1]; ++c)
      ((float *)y->data)[r * y->strides[0] + c * y->strides[1]] = 1;
  return first_returns;
}

int32_t decoder_rest1(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args) {
  (void)ctx, (void)args, (void)num_args;
  calls += 100;
  return 1234;
}

int main(void) {
  static float x[ROWS * 64], w[64], up[64 * 96], down[96 * 64], y[ROWS * 64], sum[ROWS * 64];
  normrt_context ctx;
  normrt_context_init(&ctx, NULL);
  needed = decoder_contiguous_workspace_size(ROWS);
  ctx.workspace = workspace;
  left = LEFT;
  ctx.workspace_bytes = needed + left;
  first_returns = 77;
  memset(sum, 1, sizeof sum);
  EXPECT(decoder_contiguous(&ctx, ROWS, x, w, up, down, y, sum) == 77);
  EXPECT(calls == 1);
  /* What comes behind the call was not done. */
  for (int i = 0; i < ROWS * 64; ++i)
    EXPECT(memcmp(&sum[i], "\1\1\1\1", 4) == 0);
  first_returns = 0;
  left = LEFT - 1;
  ctx.workspace_bytes = needed + left;
  EXPECT(decoder_contiguous(&ctx, ROWS, x, w, up, down, y, sum) == 1234);
  EXPECT(calls == 102);
  EXPECT(sum[0] == 1);
  ctx.workspace_bytes = needed - 1;
  EXPECT(NORMRT_ERROR_CODE(decoder_contiguous(&ctx, ROWS, x, w, up, down, y, sum)) ==
         NORMRT_ERROR_WORKSPACE);
  return faults != 0;
}
