// Calls `ln` on three rows of 64 and compares with the formula. Writes the results' bytes to argv[1].
#include "ln.h"

#include <math.h>
#include <stdio.h>

enum { rows = 3, columns = 64 };

int main(int argc, char **argv) {
  float x[rows][columns], scale[columns], bias[columns], y[rows][columns], mean[rows], rstd[rows];
  for (int c = 0; c < columns; ++c) {
    scale[c] = 0.5f + (float)(c % 5) * 0.25f;
    bias[c] = (float)(c % 3) - 1;
    for (int r = 0; r < rows; ++r)
      x[r][c] = (float)((r * 31 + c * 17) % 23) * 0.125f - 1;
  }
  int32_t code = ln_contiguous(NULL, rows, &x[0][0], scale, bias, &y[0][0], mean, rstd);
  if (code != 0) {
    printf("error code %d\n", code);
    return 1;
  }
  double worst = 0;
  for (int r = 0; r < rows; ++r) {
    double m = 0, v = 0;
    for (int c = 0; c < columns; ++c)
      m += x[r][c];
    m /= columns;
    for (int c = 0; c < columns; ++c)
      v += (x[r][c] - m) * (x[r][c] - m);
    double s = 1 / sqrt(v / columns + 1e-5);
    for (int c = 0; c < columns; ++c)
      worst = fmax(worst, fabs((x[r][c] - m) * s * scale[c] + bias[c] - y[r][c]));
    worst = fmax(worst, fabs(m - mean[r]));
    worst = fmax(worst, fabs(s - rstd[r]));
  }
  printf("error %s 1e-5\n", worst < 1e-5 ? "below" : "above");
  if (argc > 1) {
    FILE *file = fopen(argv[1], "wb");
    if (!file || fwrite(y, sizeof y, 1, file) != 1 || fwrite(mean, sizeof mean, 1, file) != 1 ||
        fwrite(rstd, sizeof rstd, 1, file) != 1 || fclose(file) != 0)
      return 1;
  }
  return 0;
}
