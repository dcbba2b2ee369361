/*===- entry-calls.c - call the kernels of entry-calls.mlir -----------------------------------===*\
|* Good calls and every error code. With an argument, prints the nanoseconds of a call instead.   *|
\*===------------------------------------------------------------------------------------------===*/
#define _POSIX_C_SOURCE 200809L
#include "normc-c/Runtime.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int32_t rows(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args);
int64_t rows_workspace_size(const DLTensor *const *args, int32_t num_args);
int32_t split(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args);
int32_t padded(const normrt_context *ctx, const DLTensor *const *args, int32_t num_args);
int64_t split_workspace_size(const DLTensor *const *args, int32_t num_args);

static int failures;

static void expect_at(int line, int64_t got, int64_t want) {
  if (got == want)
    return;
  ++failures;
  printf("line %d: got code %d arg %d dim %d (%lld), expected code %d arg %d dim %d (%lld)\n", line,
         NORMRT_ERROR_CODE(got), NORMRT_ERROR_ARG(got), NORMRT_ERROR_DIM(got), (long long)got,
         NORMRT_ERROR_CODE(want), NORMRT_ERROR_ARG(want), NORMRT_ERROR_DIM(want), (long long)want);
}
#define EXPECT(got, want) expect_at(__LINE__, got, want)
#define ERROR(code, arg, dim) NORMRT_ERROR_MAKE(NORMRT_ERROR_##code, arg, dim)

/* Everything that a call of `rows` takes, with R rows of C columns in rows of 2 * STRIDE elements:
   x is the left half of a packed buffer, its right half is free. */
enum { R = 5, C = 7, STRIDE = 16 };
typedef struct {
  float packed[R * 2 * STRIDE], w[C], eps[1], y[R * STRIDE], m[R * 3];
  double q[R * 8];
  int64_t shapes[6][2], strides[6][2];
  DLTensor tensors[6];
  const DLTensor *args[6];
} call;

static void set(call *c, int i, void *data, int32_t ndim, uint8_t code, uint8_t bits, int64_t n0,
                int64_t n1, int64_t s0, int64_t s1) {
  DLTensor t = {data, {kDLCPU, 0}, ndim, {code, bits, 1}, c->shapes[i], c->strides[i], 0};
  int64_t values[4] = {n0, n1, s0, s1};
  memcpy(c->shapes[i], values, 16);
  memcpy(c->strides[i], values + 2, 16);
  c->tensors[i] = t;
  c->args[i] = &c->tensors[i];
}

static void fill(call *c) {
  memset(c, 0, sizeof *c);
  for (int i = 0; i < R * 2 * STRIDE; ++i)
    c->packed[i] = 0.25f * (float)(i % 37) - 3.0f;
  for (int i = 0; i < C; ++i)
    c->w[i] = 1.0f + 0.1f * (float)i;
  c->eps[0] = 0.5f;
  set(c, 0, c->packed, 2, kDLFloat, 32, R, C, 2 * STRIDE, 1);
  set(c, 1, c->w, 1, kDLFloat, 32, C, 0, 1, 0);
  set(c, 2, c->eps, 0, kDLFloat, 32, 0, 0, 0, 0);
  set(c, 3, c->q, 2, kDLFloat, 64, R, 8, 8, 1);
  set(c, 4, c->y, 2, kDLFloat, 32, R, C, STRIDE, 1);
  set(c, 5, c->m, 1, kDLFloat, 32, R, 0, 3, 0);
}

static int is_right(const call *c, const float *y, int stride) {
  call before;
  fill(&before);
  for (int i = 0; i < R; ++i) {
    float sum = 0;
    for (int j = 0; j < C; ++j) {
      float product = before.packed[i * 2 * STRIDE + j] * before.w[j];
      float value = product + 0.5f;
      sum += value;
      if (memcmp(&y[i * stride + j], &value, 4))
        return 0;
    }
    if (memcmp(&c->m[i * 3], &sum, 4))
      return 0;
  }
  return 1;
}

/* Changes the call to be made by `change`, then expects an error of code, argument and dimension.
 */
#define BAD(change, code, arg, dim)                                                                \
  do {                                                                                             \
    fill(c);                                                                                       \
    change;                                                                                        \
    EXPECT(rows(NULL, c->args, 6), ERROR(code, arg, dim));                                         \
    for (int k = 0; k < R * STRIDE; ++k)                                                           \
      EXPECT(c->y[k] != 0.0f, 0);                                                                  \
  } while (0)
#define GOOD(change)                                                                               \
  do {                                                                                             \
    fill(c);                                                                                       \
    change;                                                                                        \
    EXPECT(rows(NULL, c->args, 6), NORMRT_OK);                                                     \
  } while (0)

static void test_bad(call *c) {
  fill(c);
  EXPECT(rows(NULL, NULL, 6), ERROR(NULL_ARGS, -1, -1));
  EXPECT(rows(NULL, c->args, 5), ERROR(NUM_ARGS, -1, -1));
  BAD(c->args[3] = NULL, NULL_ARG, 3, -1);
  BAD(c->tensors[0].data = NULL, NULL_DATA, 0, -1);
  BAD(c->tensors[5].device.device_type = kDLCUDA, DEVICE, 5, -1);
  BAD(c->tensors[1].dtype.bits = 16, DTYPE, 1, -1);
  BAD(c->tensors[1].dtype.code = kDLInt, DTYPE, 1, -1);
  BAD(c->tensors[2].dtype.lanes = 4, DTYPE, 2, -1);
  BAD(c->tensors[4].ndim = 3, RANK, 4, -1);
  BAD(c->tensors[1].shape = NULL, RANK, 1, -1);
  BAD(c->shapes[3][1] = 9, SHAPE, 3, 1);
  BAD(c->shapes[1][0] = 6, SIZE_MISMATCH, 1, 0);
  BAD(c->shapes[5][0] = 4, SIZE_MISMATCH, 5, 0);
  BAD(c->shapes[3][0] = 4, SIZE_MISMATCH, 3, 0);
  BAD(c->strides[0][1] = 2, STRIDE, 0, 1);
  BAD(c->strides[3][0] = 9, STRIDE, 3, 0);
  BAD(c->strides[3][1] = 2, STRIDE, 3, 1);
  BAD(c->strides[4][0] = 6, STRIDE, 4, 0); /* rows of an output run into each other */
  BAD(c->strides[5][0] = 0, STRIDE, 5, 0);
  BAD(c->tensors[0].byte_offset = 2, ALIGNMENT, 0, -1);
  BAD(c->tensors[3].data = (char *)c->q + 4, ALIGNMENT, 3, -1);
  BAD(c->shapes[0][0] = -1, SIZE_NEGATIVE, 0, 0);
  BAD((c->shapes[0][0] = INT64_MAX / 2, c->shapes[0][1] = 4), SIZE_NEGATIVE, 0, -1);
  BAD(c->strides[0][0] = INT64_MAX / 8, SIZE_NEGATIVE, 0, 0);
  BAD(c->shapes[0][1] = c->shapes[1][0] = c->shapes[4][1] = 0, EMPTY_GROUP, -1, -1);
  BAD(c->shapes[0][1] = c->shapes[1][0] = c->shapes[4][1] = 1, GROUP_TOO_SMALL, -1, -1);
  /* y in x's buffer, but moved, or with other strides */
  BAD(c->tensors[4].data = c->packed + 1, OVERLAP, 4, -1);
  BAD(c->tensors[4].data = c->packed, OVERLAP, 4, -1);
  BAD(c->tensors[5].data = c->y, OVERLAP, 5, -1);
  BAD(c->tensors[4].data = c->w, OVERLAP, 4, -1);
  BAD((c->tensors[4].data = c->packed + 6, c->strides[4][0] = 2 * STRIDE), OVERLAP, 4, -1);
  BAD((c->tensors[4].data = c->packed + 2 * STRIDE - 2, c->strides[4][0] = 2 * STRIDE), OVERLAP, 4,
      -1);
}

static void test_good(call *c) {
  GOOD((void)0);
  EXPECT(is_right(c, c->y, STRIDE), 1);
  GOOD(c->tensors[2].device.device_type = kDLCUDAHost);
  EXPECT(is_right(c, c->y, STRIDE), 1);
  GOOD((c->tensors[4].data = c->packed, c->strides[4][0] = 2 * STRIDE)); /* in place */
  EXPECT(is_right(c, c->packed, 2 * STRIDE), 1);
  GOOD((c->tensors[4].data = c->packed + STRIDE, c->strides[4][0] = 2 * STRIDE)); /* packed */
  EXPECT(is_right(c, c->packed + STRIDE, 2 * STRIDE), 1);
  GOOD((c->tensors[4].data = c->packed, c->tensors[4].byte_offset = 4 * C,
        c->strides[4][0] = 2 * STRIDE)); /* packed, without a gap */
  EXPECT(is_right(c, c->packed + C, 2 * STRIDE), 1);
  GOOD(c->tensors[3].strides = c->tensors[2].strides = c->tensors[1].strides =
           c->tensors[4].strides = NULL);
  EXPECT(is_right(c, c->y, C), 1);
  GOOD(c->strides[3][0] = 8);
  GOOD(
      (c->tensors[4].data = c->y + (R - 1) * STRIDE, c->strides[4][0] = -STRIDE)); /* upside down */
  EXPECT(c->m[0] != 0.0f && c->y[0] != 0.0f, 1);
  /* one row: its stride does not matter */
  GOOD((c->shapes[0][0] = c->shapes[3][0] = c->shapes[4][0] = c->shapes[5][0] = 1,
        c->strides[0][0] = c->strides[3][0] = c->strides[4][0] = 3, c->strides[5][0] = 0));
  /* no rows: nor does anything else, not even the data */
  GOOD((c->shapes[0][0] = c->shapes[3][0] = c->shapes[4][0] = c->shapes[5][0] = 0,
        c->strides[3][1] = 5, c->tensors[0].data = c->tensors[4].data = NULL));
  EXPECT(c->y[0] == 0.0f && c->m[0] == 0.0f, 1);
}

/* parallel_for as nobody would write it: backwards, in ranges of 1, 2, 3, … */
static int64_t loops, indices;
static void odd_parallel_for(void *user, int64_t count, normrt_body_fn body, void *data) {
  EXPECT(*(int *)user, 42);
  ++loops;
  for (int64_t end = count, n = 1; end > 0; end -= n, ++n) {
    n = n < end ? n : end;
    body(data, end - n, end);
    indices += n;
  }
}

static void test_context(call *c) {
  int user = 42;
  normrt_context ctx = {.size = sizeof ctx,
                        .abi_version = NORMRT_ABI_VERSION,
                        .parallel_user = &user,
                        .parallel_for = odd_parallel_for};
  fill(c);
  EXPECT(rows(&ctx, c->args, 6), NORMRT_OK);
  EXPECT(is_right(c, c->y, STRIDE), 1);
  EXPECT(loops, 2);
  EXPECT(indices, R * ((C + 1) / 2) + R);
  ctx.parallel_for = NULL;
  fill(c);
  EXPECT(rows(&ctx, c->args, 6), NORMRT_OK);
  EXPECT(is_right(c, c->y, STRIDE), 1);
  ctx.size = 39;
  EXPECT(rows(&ctx, c->args, 6), ERROR(CONTEXT, -1, -1));
  ctx.size = 40;
  EXPECT(rows(&ctx, c->args, 6), NORMRT_OK);
  ctx.abi_version = 2;
  EXPECT(rows(&ctx, c->args, 6), ERROR(CONTEXT, -1, -1));
  ctx.abi_version = NORMRT_ABI_VERSION;

  /* 64 bytes for the three odd ones, then R rows of C, each 21 * 64 behind what is before */
  int64_t bytes = rows_workspace_size(c->args, 6);
  EXPECT(bytes, 2 * 21 * 64 + 64 + (R * C * 4 + 63) / 64 * 64);
  _Alignas(64) static char workspace[4096];
  ctx.workspace = workspace;
  ctx.workspace_bytes = (uint64_t)bytes;
  fill(c);
  EXPECT(rows(&ctx, c->args, 6), NORMRT_OK);
  EXPECT(is_right(c, c->y, STRIDE), 1);
  ctx.workspace_bytes = (uint64_t)bytes - 1;
  EXPECT(rows(&ctx, c->args, 6), ERROR(WORKSPACE, -1, -1));
  ctx.workspace_bytes = (uint64_t)bytes;
  ctx.workspace = workspace + 32;
  EXPECT(rows(&ctx, c->args, 6), ERROR(WORKSPACE, -1, -1));

  /* sizes are all that it needs */
  for (int i = 0; i < 6; ++i)
    c->tensors[i].data = NULL;
  EXPECT(rows_workspace_size(c->args, 6), bytes);
  EXPECT(rows_workspace_size(NULL, 6), -ERROR(NULL_ARGS, -1, -1));
  c->shapes[1][0] = 3;
  EXPECT(rows_workspace_size(c->args, 6), -ERROR(SIZE_MISMATCH, 1, 0));

  /* more than the stack gives */
  int64_t many = 65536 / 4 / C;
  float *x = calloc((size_t)(many * C * 2 + many * 3), 4);
  double *q = calloc((size_t)many * 8, 8);
  fill(c);
  set(c, 0, x, 2, kDLFloat, 32, many, C, C, 1);
  set(c, 3, q, 2, kDLFloat, 64, many, 8, 8, 1);
  set(c, 4, x + many * C, 2, kDLFloat, 32, many, C, C, 1);
  set(c, 5, x + 2 * many * C, 1, kDLFloat, 32, many, 0, 3, 0);
  EXPECT(rows(NULL, c->args, 6), ERROR(WORKSPACE, -1, -1));
  bytes = rows_workspace_size(c->args, 6);
  ctx.workspace = aligned_alloc(64, (size_t)bytes);
  ctx.workspace_bytes = (uint64_t)bytes;
  EXPECT(rows(&ctx, c->args, 6), NORMRT_OK);
  free(ctx.workspace);
  free(x);
  free(q);
}

static void test_split(void) {
  int8_t x[2 * 96], y[2 * 96];
  int64_t s[4];
  uint16_t z[12];
  int64_t shapes[4][3] = {{2, 96}, {4}, {12}, {2, 32, 3}};
  int64_t strides[4][3] = {{1, 2}, {1}, {1}, {1, 6, 2}}; /* transposed */
  DLTensor t[4] = {{x, {kDLCPU, 0}, 2, {kDLInt, 8, 1}, shapes[0], strides[0], 0},
                   {s, {kDLCPU, 0}, 1, {kDLInt, 64, 1}, shapes[1], strides[1], 0},
                   {z, {kDLCPU, 0}, 1, {kDLBfloat, 16, 1}, shapes[2], strides[2], 0},
                   {y, {kDLCPU, 0}, 3, {kDLInt, 8, 1}, shapes[3], strides[3], 0}};
  const DLTensor *args[4] = {&t[0], &t[1], &t[2], &t[3]};
  memset(y, 0, sizeof y);
  EXPECT(split(NULL, args, 4), NORMRT_OK);
  EXPECT(y[0] == 7 && y[1] == 7 && y[2] == 0, 1);
  EXPECT(split_workspace_size(args, 4), 0);
  shapes[0][1] = 95;
  EXPECT(split(NULL, args, 4), ERROR(SIZE_MISMATCH, 0, 1));
  shapes[0][1] = 96, shapes[2][0] = 13;
  EXPECT(split(NULL, args, 4), ERROR(SIZE_MISMATCH, 2, 0));
  shapes[2][0] = 12, shapes[3][1] = 31;
  EXPECT(split(NULL, args, 4), ERROR(SHAPE, 3, 1));
  shapes[3][1] = 32, shapes[1][0] = shapes[2][0] = 0; /* g = 0 is allowed */
  EXPECT(split(NULL, args, 4), NORMRT_OK);
  shapes[0][1] = shapes[3][2] = 0;
  EXPECT(split(NULL, args, 4), ERROR(EMPTY_GROUP, -1, -1));
  shapes[0][1] = 96, shapes[3][2] = 3, shapes[1][0] = 4, shapes[2][0] = 12;
  t[3].data = x; /* the same buffer, but nobody allowed it */
  EXPECT(split(NULL, args, 4), ERROR(OVERLAP, 3, -1));
}

static void test_padded(void) {
  float x[2 * 16] = {0};
  int64_t shape[2] = {2, 8}, strides[2] = {16, 1};
  DLTensor t = {x, {kDLCPU, 0}, 2, {kDLFloat, 32, 1}, shape, strides, 0};
  const DLTensor *args[1] = {&t};
  EXPECT(padded(NULL, args, 1), NORMRT_OK);
  EXPECT(x[0] == 1 && x[8] == 0 && x[16] == 1, 1);
  strides[0] = 8;
  EXPECT(padded(NULL, args, 1), ERROR(STRIDE, 0, 0));
  t.strides = NULL;
  EXPECT(padded(NULL, args, 1), ERROR(STRIDE, 0, 0));
  shape[0] = 1; /* no address depends on it */
  EXPECT(padded(NULL, args, 1), NORMRT_OK);
}

static void print_time(call *c) {
  enum { N = 1000000 };
  struct timespec begin, end;
  fill(c);
  clock_gettime(CLOCK_MONOTONIC, &begin);
  for (int i = 0; i < N; ++i) {
    c->shapes[0][0] = c->shapes[3][0] = c->shapes[4][0] = c->shapes[5][0] = 1;
    if (rows(NULL, c->args, 6) != NORMRT_OK)
      exit(1);
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  double ns = (double)(end.tv_sec - begin.tv_sec) * 1e9 + (double)(end.tv_nsec - begin.tv_nsec);
  printf("a call with 6 arguments and 1 row of %d: %.0f ns\n", C, ns / N);
}

int main(int argc, char **argv) {
  (void)argv;
  call *c = malloc(sizeof *c);
  if (argc > 1) {
    print_time(c);
  } else {
    test_bad(c);
    test_good(c);
    test_context(c);
    test_split();
    test_padded();
  }
  free(c);
  return failures != 0;
}
