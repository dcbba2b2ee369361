/* Calls the kernel of llama3_rms_norm.mlir through the header that normc wrote for it, on two rows
   of bf16, and compares with the formula. quickstart.sh builds and runs it. */

#include "llama3_rms_norm.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { rows = 2, columns = 4096 };
static uint16_t x[rows][columns], scale[columns], y[rows][columns];
static float rstd[rows];

/* bf16 is the upper half of a float; the numbers below are exact in it. */
static uint16_t to_bf16(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return (uint16_t)(bits >> 16);
}

static float from_bf16(uint16_t half) {
  uint32_t bits = (uint32_t)half << 16;
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

int main(void) {
  for (int c = 0; c < columns; ++c) {
    scale[c] = to_bf16(0.5f + (float)(c % 4) * 0.25f);
    for (int r = 0; r < rows; ++r)
      x[r][c] = to_bf16((float)((r + c) % 7 - 3));
  }

  /* No context: on this thread, with scratch on the stack. */
  int32_t code = llama3_rms_norm_contiguous(NULL, rows, &x[0][0], scale, &y[0][0], rstd);
  if (code != 0) {
    fprintf(stderr, "llama3_rms_norm: error code %d, argument %d\n", code & 0xff,
            ((code >> 8) & 0xfff) - 1);
    return 1;
  }

  double worst = 0;
  for (int r = 0; r < rows; ++r) {
    double sum = 0;
    for (int c = 0; c < columns; ++c)
      sum += (double)from_bf16(x[r][c]) * from_bf16(x[r][c]);
    double expected = 1 / sqrt(sum / columns + 1e-5);
    printf("row %d: 1 / rms = %.6f, y = %g %g %g %g ...\n", r, rstd[r], from_bf16(y[r][0]),
           from_bf16(y[r][1]), from_bf16(y[r][2]), from_bf16(y[r][3]));
    for (int c = 0; c < columns; ++c) {
      double formula = from_bf16(x[r][c]) * expected * from_bf16(scale[c]);
      worst = fmax(worst, fabs(from_bf16(y[r][c]) - formula) / fmax(fabs(formula), 1e-3));
    }
  }
  /* Two roundings to eight bits. */
  printf("largest difference from the formula: %.2g of the value\n", worst);
  return worst < 1.0 / 128 ? 0 : 1;
}
