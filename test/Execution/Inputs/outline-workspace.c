/* A host function whose rests normc compiled works with any workspace that is enough for itself: what is left of it is never
   less than none. */

#include "host.h"

#include <normc-c/Runtime.h>

#include <stdio.h>
#include <string.h>

enum { ROWS = 5 };
static _Alignas(64) char workspace[1 << 18];
static float x[ROWS * 64], w[64], up[64 * 96], down[96 * 64], y[ROWS * 64], sum[ROWS * 64];
static float first_y[ROWS * 64], first_sum[ROWS * 64];

int main(void) {
  normrt_context ctx;
  normrt_context_init(&ctx, NULL);
  int faults = 0;
  for (int i = 0; i < ROWS * 64; ++i)
    x[i] = (float)(i % 7) - 2;
  for (int i = 0; i < 64 * 96; ++i)
    up[i] = (float)(i % 5) / 16, down[i] = (float)(i % 3) / 32;
  for (int i = 0; i < 64; ++i)
    w[i] = 1;
  int64_t needed = decoder_contiguous_workspace_size(ROWS);
  if (needed <= 0 || decoder_contiguous(NULL, ROWS, x, w, up, down, first_y, first_sum) != 0)
    faults = printf("without a workspace it fails\n");
  int64_t more[] = {0, 1, 64, 128, 4096, 65535, 65536, 100000};
  ctx.workspace = workspace;
  for (int i = 0; i < 8; ++i) {
    ctx.workspace_bytes = (uint64_t)(needed + more[i]);
    memset(y, 0, sizeof y);
    memset(sum, 0, sizeof sum);
    int32_t code = decoder_contiguous(&ctx, ROWS, x, w, up, down, y, sum);
    if (code != 0 || memcmp(y, first_y, sizeof y) != 0 || memcmp(sum, first_sum, sizeof sum) != 0)
      faults = printf("%d bytes more than it needs: %d\n", (int)more[i], code);
  }
  return faults != 0;
}
