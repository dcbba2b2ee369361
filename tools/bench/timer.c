/*===- timer.c - contenders in turns -----------------------------------------------------------===*\
|* The inner loop of bench.py: every contender is timed in every round, so that whatever the      *|
|* machine does meanwhile happens to all of them.                                                 *|
\*===------------------------------------------------------------------------------------------===*/
#define _POSIX_C_SOURCE 199309L
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

typedef void (*contender)(void *const *p, const int64_t *n);

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

/* Seconds of one call. Up to three before them are not timed: they bring the data back into the
   cache. After stores past the cache of another contender one is not enough, since the third cache
   of an AMD machine gets a line only when the second gives it up: RMS norm of 4 MB took 1.6 times
   as long then. */
static double sample(contender call, void *const *p, const int64_t *n, int64_t calls) {
  double begin = now();
  for (int i = 0; i < 3 && now() - begin < 3e-3; ++i)
    call(p, n);
  begin = now();
  for (int64_t i = 0; i < calls; ++i)
    call(p, n);
  return (now() - begin) / calls;
}

/* seconds[round * count + contender]; gives the number of rounds, `rounds` at most and three at
   least, begun within `budget` seconds. */
int64_t bench_rounds(int64_t count, const contender *calls, void *const *const *p,
                     const int64_t *const *n, double minimum, int64_t rounds, double budget,
                     double *seconds) {
  int64_t repeat[256];
  double end = now() + budget;
  for (int64_t i = 0; i < count; ++i) {
    double once = sample(calls[i], p[i], n[i], 1);
    repeat[i] = once >= minimum ? 1 : (int64_t)(minimum / (once > 1e-9 ? once : 1e-9)) + 1;
  }
  int64_t round = 0;
  for (; round < rounds && (round < 3 || now() < end); ++round)
    for (int64_t i = 0; i < count; ++i)
      seconds[round * count + i] = sample(calls[i], p[i], n[i], repeat[i]);
  return round;
}

/*===- Contenders -----------------------------------------------------------------------------===*/

/* A kernel of normc: p = {function, context, args}, n = {number of args}. */
void bench_kernel(void *const *p, const int64_t *n) {
  typedef int32_t (*kernel)(const void *, void *const *, int32_t);
  ((kernel)p[0])(p[1], (void *const *)p[2], (int32_t)n[0]);
}

/* Any C function of up to eight pointers and then six integers. */
void bench_function(void *const *p, const int64_t *n) {
  typedef void (*function)(void *, void *, void *, void *, void *, void *, void *, void *, int64_t,
                           int64_t, int64_t, int64_t, int64_t, int64_t);
  ((function)p[0])(p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], n[0], n[1], n[2], n[3], n[4],
                   n[5]);
}

/* The yardstick's functions: a name, a flag for bf16, pointers, then sizes. */
void bench_rows(void *const *p, const int64_t *n) {
  typedef int (*function)(const void *, int, void *, void *, void *, void *, void *, void *, long,
                          long, int);
  ((function)p[0])(p[1], (int)n[0], p[2], p[3], p[4], p[5], p[6], p[7], n[1], n[2], (int)n[3]);
}
void bench_rows_backward(void *const *p, const int64_t *n) {
  typedef int (*function)(const void *, int, void *, void *, void *, void *, void *, void *, void *,
                          void *, long, long);
  ((function)p[0])(p[1], (int)n[0], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9], n[1], n[2]);
}
void bench_channels(void *const *p, const int64_t *n) {
  typedef int (*function)(const void *, int, void *, void *, void *, void *, void *, void *, long,
                          long, long, long);
  ((function)p[0])(p[1], (int)n[0], p[2], p[3], p[4], p[5], p[6], p[7], n[1], n[2], n[3], n[4]);
}

/*===- Copies: p = {from, to}, n = {bytes, a multiple of 64; stores past the cache} -------------===*/

static void copy_bytes(char *to, const char *from, int64_t bytes) { memcpy(to, from, bytes); }

#if defined(__x86_64__)
__attribute__((target("avx"))) static void copy32(char *to, const char *from, int64_t bytes) {
  for (int64_t i = 0; i < bytes; i += 32)
    _mm256_store_si256((__m256i *)(to + i), _mm256_load_si256((const __m256i *)(from + i)));
}
__attribute__((target("avx"))) static void copy32_past(char *to, const char *from, int64_t bytes) {
  for (int64_t i = 0; i < bytes; i += 32)
    _mm256_stream_si256((__m256i *)(to + i), _mm256_load_si256((const __m256i *)(from + i)));
  _mm_sfence();
}
__attribute__((target("avx512f"))) static void copy64(char *to, const char *from, int64_t bytes) {
  for (int64_t i = 0; i < bytes; i += 64)
    _mm512_store_si512(to + i, _mm512_load_si512(from + i));
}
__attribute__((target("avx512f"))) static void copy64_past(char *to, const char *from,
                                                           int64_t bytes) {
  for (int64_t i = 0; i < bytes; i += 64) {
    _mm_prefetch(from + i + 512, _MM_HINT_T0);
    _mm512_stream_si512((void *)(to + i), _mm512_load_si512(from + i));
  }
  _mm_sfence();
}
#endif

/* n[1]: 0 memcpy, 1 and 2 ordinary vector stores, 3 and 4 stores past the cache, of 32 and 64
   bytes. What the machine lacks is memcpy. */
void bench_copy(void *const *p, const int64_t *n) {
  void (*copy)(char *, const char *, int64_t) = copy_bytes;
#if defined(__x86_64__)
  if ((n[1] == 1 || n[1] == 3) && __builtin_cpu_supports("avx"))
    copy = n[1] == 1 ? copy32 : copy32_past;
  if ((n[1] == 2 || n[1] == 4) && __builtin_cpu_supports("avx512f"))
    copy = n[1] == 2 ? copy64 : copy64_past;
#endif
  copy((char *)p[1], (const char *)p[0], n[0]);
}
