/* A layer norm written by hand with the kernels' ABI, to test the tests: `ln` is right, `ln_wrong` divides by
   n - 1, `ln_overrun` reads one element too many. */
#include <math.h>
#include <normc-c/Runtime.h>

static int32_t run(const DLTensor *const *args, int32_t num_args, int wrong, int overrun) {
  if (num_args != 2)
    return NORMRT_ERROR_MAKE(NORMRT_ERROR_NUM_ARGS, -1, -1);
  const DLTensor *x = args[0], *y = args[1];
  if (x->dtype.code != kDLFloat || x->dtype.bits != 32)
    return NORMRT_ERROR_MAKE(NORMRT_ERROR_DTYPE, 0, -1);
  int64_t rows = x->shape[0], n = x->shape[1];
  int64_t sx = x->strides ? x->strides[0] : n, sy = y->strides ? y->strides[0] : n;
  for (int64_t r = 0; r < rows; ++r) {
    const float *a = (const float *)((const char *)x->data + x->byte_offset) + r * sx;
    float *b = (float *)((char *)y->data + y->byte_offset) + r * sy;
    double sum = 0, squares = 0;
    for (int64_t i = 0; i < n + overrun; ++i)
      sum += a[i];
    for (int64_t i = 0; i < n; ++i)
      squares += (a[i] - sum / n) * (a[i] - sum / n);
    for (int64_t i = 0; i < n; ++i)
      b[i] = (float)((a[i] - sum / n) / sqrt(squares / (n - wrong) + 1e-5));
  }
  return NORMRT_OK;
}

int32_t ln(const normrt_context *c, const DLTensor *const *a, int32_t n) { return (void)c, run(a, n, 0, 0); }
int32_t ln_wrong(const normrt_context *c, const DLTensor *const *a, int32_t n) { return (void)c, run(a, n, 1, 0); }
int32_t ln_overrun(const normrt_context *c, const DLTensor *const *a, int32_t n) { return (void)c, run(a, n, 0, 1); }
