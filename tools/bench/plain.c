/*===- plain.c - the loops that anybody would write --------------------------------------------===*\
|* Compiled with -O3 -march=native -ffast-math: the bar below which no kernel may fall. Statistics  *|
|* in two passes, f32 throughout. Pointers, then sizes: see bench_function in timer.c.             *|
\*===------------------------------------------------------------------------------------------===*/
#include <math.h>
#include <stdint.h>
#include <string.h>

typedef uint16_t bf16;

static inline float load_f32(float x) { return x; }
static inline float store_f32(float x) { return x; }
static inline float load_bf16(bf16 x) {
  uint32_t bits = (uint32_t)x << 16;
  float value;
  memcpy(&value, &bits, 4);
  return value;
}
static inline bf16 store_bf16(float x) {
  uint32_t bits;
  memcpy(&bits, &x, 4);
  return (bf16)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

#define EPS 1e-5f

#define DEFINE(T, LOAD, STORE)                                                                     \
  /* rows of N; mean and rstd may be null */                                                       \
  void plain_layer_norm_##T(const T *restrict x, T *restrict y, const float *restrict scale,        \
                            const float *restrict bias, float *mean, float *rstd, void *u, void *v, \
                            int64_t rows, int64_t N) {                                             \
    for (int64_t r = 0; r < rows; ++r, x += N, y += N) {                                           \
      float s = 0, q = 0;                                                                          \
      for (int64_t i = 0; i < N; ++i)                                                              \
        s += LOAD(x[i]);                                                                           \
      float m = s / N;                                                                             \
      for (int64_t i = 0; i < N; ++i)                                                              \
        q += (LOAD(x[i]) - m) * (LOAD(x[i]) - m);                                                  \
      float r1 = 1 / sqrtf(q / N + EPS);                                                           \
      if (mean)                                                                                    \
        mean[r] = m, rstd[r] = r1;                                                                 \
      for (int64_t i = 0; i < N; ++i)                                                              \
        y[i] = STORE((LOAD(x[i]) - m) * r1 * scale[i] + bias[i]);                                  \
    }                                                                                              \
  }                                                                                                \
  void plain_rms_norm_##T(const T *restrict x, T *restrict y, const float *restrict scale, void *s1, \
                          void *s2, void *s3, void *s4, void *s5, int64_t rows, int64_t N) {       \
    for (int64_t r = 0; r < rows; ++r, x += N, y += N) {                                           \
      float q = 0;                                                                                 \
      for (int64_t i = 0; i < N; ++i)                                                              \
        q += LOAD(x[i]) * LOAD(x[i]);                                                              \
      float r1 = 1 / sqrtf(q / N + EPS);                                                           \
      for (int64_t i = 0; i < N; ++i)                                                              \
        y[i] = STORE(LOAD(x[i]) * r1 * scale[i]);                                                  \
    }                                                                                              \
  }                                                                                                \
  void plain_layer_norm_backward_##T(const T *restrict x, const T *restrict dy, T *restrict dx,    \
                                     const float *restrict scale, const float *mean,               \
                                     const float *rstd, float *restrict dscale,                    \
                                     float *restrict dbias, int64_t rows, int64_t N) {             \
    memset(dscale, 0, N * 4);                                                                      \
    memset(dbias, 0, N * 4);                                                                       \
    for (int64_t r = 0; r < rows; ++r, x += N, dy += N, dx += N) {                                 \
      float s1 = 0, s2 = 0, m = mean[r], r1 = rstd[r];                                             \
      for (int64_t i = 0; i < N; ++i) {                                                            \
        float d = LOAD(dy[i]), h = (LOAD(x[i]) - m) * r1, g = d * scale[i];                        \
        s1 += g;                                                                                   \
        s2 += g * h;                                                                               \
        dscale[i] += d * h;                                                                        \
        dbias[i] += d;                                                                             \
      }                                                                                            \
      s1 /= N;                                                                                     \
      s2 /= N;                                                                                     \
      for (int64_t i = 0; i < N; ++i)                                                              \
        dx[i] = STORE(r1 * (LOAD(dy[i]) * scale[i] - s1 - (LOAD(x[i]) - m) * r1 * s2));            \
    }                                                                                              \
  }                                                                                                \
  /* samples, groups, channels of a group, positions */                                            \
  void plain_group_norm_first_##T(const T *restrict x, T *restrict y, const float *restrict scale,  \
                                  const float *restrict bias, float *mean, float *rstd, void *u,   \
                                  void *v, int64_t B, int64_t G, int64_t D, int64_t P) {           \
    for (int64_t g = 0; g < B * G; ++g, x += D * P, y += D * P) {                                  \
      float s = 0, q = 0;                                                                          \
      for (int64_t i = 0; i < D * P; ++i)                                                          \
        s += LOAD(x[i]);                                                                           \
      float m = s / (D * P);                                                                       \
      for (int64_t i = 0; i < D * P; ++i)                                                          \
        q += (LOAD(x[i]) - m) * (LOAD(x[i]) - m);                                                  \
      float r1 = 1 / sqrtf(q / (D * P) + EPS);                                                     \
      mean[g] = m, rstd[g] = r1;                                                                   \
      for (int64_t d = 0; d < D; ++d) {                                                            \
        float a = scale[g % G * D + d], b = bias[g % G * D + d];                                   \
        for (int64_t i = 0; i < P; ++i)                                                            \
          y[d * P + i] = STORE((LOAD(x[d * P + i]) - m) * r1 * a + b);                             \
      }                                                                                            \
    }                                                                                              \
  }                                                                                                \
  void plain_group_norm_last_##T(const T *restrict x, T *restrict y, const float *restrict scale,   \
                                 const float *restrict bias, float *mean, float *rstd, void *u,    \
                                 void *v, int64_t B, int64_t G, int64_t D, int64_t P) {            \
    const int64_t C = G * D;                                                                       \
    for (int64_t b = 0; b < B; ++b, x += P * C, y += P * C)                                        \
      for (int64_t g = 0; g < G; ++g) {                                                            \
        float s = 0, q = 0;                                                                        \
        for (int64_t p = 0; p < P; ++p)                                                            \
          for (int64_t d = 0; d < D; ++d)                                                          \
            s += LOAD(x[p * C + g * D + d]);                                                       \
        float m = s / (D * P);                                                                     \
        for (int64_t p = 0; p < P; ++p)                                                            \
          for (int64_t d = 0; d < D; ++d)                                                          \
            q += (LOAD(x[p * C + g * D + d]) - m) * (LOAD(x[p * C + g * D + d]) - m);              \
        float r1 = 1 / sqrtf(q / (D * P) + EPS);                                                   \
        mean[b * G + g] = m, rstd[b * G + g] = r1;                                                 \
        for (int64_t p = 0; p < P; ++p)                                                            \
          for (int64_t d = 0; d < D; ++d)                                                          \
            y[p * C + g * D + d] = STORE((LOAD(x[p * C + g * D + d]) - m) * r1 * scale[g * D + d]  \
                                         + bias[g * D + d]);                                       \
      }                                                                                            \
  }                                                                                                \
  /* samples, channels, positions */                                                               \
  void plain_batch_norm_first_##T(const T *restrict x, T *restrict y, const float *restrict scale,  \
                                  const float *restrict bias, float *mean, float *rstd, void *u,   \
                                  void *v, int64_t B, int64_t C, int64_t P) {                      \
    for (int64_t c = 0; c < C; ++c) {                                                              \
      float s = 0, q = 0;                                                                          \
      for (int64_t b = 0; b < B; ++b)                                                              \
        for (int64_t i = 0; i < P; ++i)                                                            \
          s += LOAD(x[(b * C + c) * P + i]);                                                       \
      float m = s / (B * P);                                                                       \
      for (int64_t b = 0; b < B; ++b)                                                              \
        for (int64_t i = 0; i < P; ++i)                                                            \
          q += (LOAD(x[(b * C + c) * P + i]) - m) * (LOAD(x[(b * C + c) * P + i]) - m);            \
      float r1 = 1 / sqrtf(q / (B * P) + EPS);                                                     \
      mean[c] = m, rstd[c] = r1;                                                                   \
      for (int64_t b = 0; b < B; ++b)                                                              \
        for (int64_t i = 0; i < P; ++i)                                                            \
          y[(b * C + c) * P + i] = STORE((LOAD(x[(b * C + c) * P + i]) - m) * r1 * scale[c]        \
                                         + bias[c]);                                               \
    }                                                                                              \
  }                                                                                                \
  void plain_batch_norm_last_##T(const T *restrict x, T *restrict y, const float *restrict scale,   \
                                 const float *restrict bias, float *restrict mean,                 \
                                 float *restrict rstd, void *u, void *v, int64_t B, int64_t C,     \
                                 int64_t P) {                                                      \
    const int64_t rows = B * P;                                                                    \
    memset(mean, 0, C * 4);                                                                        \
    memset(rstd, 0, C * 4);                                                                        \
    for (int64_t r = 0; r < rows; ++r)                                                             \
      for (int64_t c = 0; c < C; ++c)                                                              \
        mean[c] += LOAD(x[r * C + c]);                                                             \
    for (int64_t c = 0; c < C; ++c)                                                                \
      mean[c] /= rows;                                                                             \
    for (int64_t r = 0; r < rows; ++r)                                                             \
      for (int64_t c = 0; c < C; ++c)                                                              \
        rstd[c] += (LOAD(x[r * C + c]) - mean[c]) * (LOAD(x[r * C + c]) - mean[c]);                \
    for (int64_t c = 0; c < C; ++c)                                                                \
      rstd[c] = 1 / sqrtf(rstd[c] / rows + EPS);                                                   \
    for (int64_t r = 0; r < rows; ++r)                                                             \
      for (int64_t c = 0; c < C; ++c)                                                              \
        y[r * C + c] = STORE((LOAD(x[r * C + c]) - mean[c]) * rstd[c] * scale[c] + bias[c]);       \
  }

DEFINE(float, load_f32, store_f32)
DEFINE(bf16, load_bf16, store_bf16)
