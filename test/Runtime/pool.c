/* parallel_for does every index exactly once: alone, nested, and from many threads at once.

   RUN: %cc -std=c11 -Wall -Wextra -Werror -I%include %s -o %t \
   RUN:   -L%libs -lnormrt -lpthread -Wl,-rpath,%libs
   RUN: env -u NORMRT_NUM_THREADS %t
   RUN: env NORMRT_NUM_THREADS=3 %t 3
   RUN: env NORMRT_NUM_THREADS=1024 %t 1024
   RUN: env NORMRT_NUM_THREADS= %t
   RUN: env NORMRT_NUM_THREADS=0 %t
   RUN: env NORMRT_NUM_THREADS=1025 %t
   RUN: env NORMRT_NUM_THREADS=2x %t
*/

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "Inputs/check.h"
#include "normc-c/Runtime.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { max_count = 5000 };
typedef struct loop {
  normrt_pool *pool;
  int depth, count;
  int plain[max_count]; // not atomic: after the loop the caller has to see all of it
} loop;

static void visit(void *data, int64_t begin, int64_t end) {
  loop *l = data;
  CHECK(0 <= begin && begin < end && end <= l->count);
  for (int64_t i = begin; i < end; ++i) {
    ++l->plain[i];
    if (l->depth == 0)
      continue;
    loop *inner = calloc(1, sizeof *inner);
    inner->pool = l->pool;
    inner->depth = l->depth - 1;
    inner->count = 1 + (int)(i % 7);
    normrt_parallel_for(l->pool, inner->count, visit, inner);
    for (int k = 0; k < inner->count; ++k)
      CHECK(inner->plain[k] == 1);
    free(inner);
  }
}

static void run(normrt_pool *pool, int count, int depth) {
  loop *l = calloc(1, sizeof *l);
  l->pool = pool;
  l->count = count;
  l->depth = depth;
  normrt_parallel_for(pool, count, visit, l);
  for (int i = 0; i < max_count; ++i)
    CHECK(l->plain[i] == (i < count));
  free(l);
}

static void *many(void *pool) {
  for (int i = 0; i < 40; ++i)
    run(pool, 1 + i * 37 % 900, i % 10 == 0);
  return NULL;
}

static void ends_only(void *data, int64_t begin, int64_t end) {
  int64_t *sums = data;
  if (begin == 0)
    sums[0] = 1;
  if (end == INT64_MAX)
    sums[1] = 1;
}

int main(int argc, char **argv) {
  cpu_set_t set;
  CHECK(sched_getaffinity(0, sizeof set, &set) == 0);
  CHECK(normrt_default_threads() == (argc > 1 ? atoi(argv[1]) : CPU_COUNT(&set)));

  CHECK(normrt_pool_create(-1) == NULL);
  CHECK(normrt_pool_create(1025) == NULL);
  normrt_pool_destroy(NULL);
  CHECK(normrt_pool_threads(NULL) == 1);
  if (argc <= 1 || atoi(argv[1]) < 100) {
    normrt_pool *pool = normrt_pool_create(0);
    CHECK(pool && normrt_pool_threads(pool) == normrt_default_threads());
    normrt_pool_destroy(pool);
  }

  const int sizes[] = {1, 2, 3, 8, 17};
  for (int s = 0; s < 5; ++s) {
    normrt_pool *pool = normrt_pool_create(sizes[s]);
    CHECK(pool && normrt_pool_threads(pool) == sizes[s]);
    const int counts[] = {0, 1, 2, 3, 31, 32, 33, 1000, 4999, max_count};
    for (int c = 0; c < 10; ++c)
      run(pool, counts[c], 0);
    normrt_parallel_for(pool, -5, visit, NULL);
    run(pool, 100, 1);
    run(pool, 20, 2);
    pthread_t threads[6];
    for (int i = 0; i < 6; ++i)
      CHECK(pthread_create(&threads[i], NULL, many, pool) == 0);
    for (int i = 0; i < 6; ++i)
      pthread_join(threads[i], NULL);
    // The largest count that a kernel could ask for.
    int64_t ends[2] = {0, 0};
    normrt_parallel_for(pool, INT64_MAX, ends_only, ends);
    CHECK(ends[0] == 1 && ends[1] == 1);
    normrt_pool_destroy(pool);
  }
  run(NULL, 10, 1);

  normrt_context ctx;
  normrt_context_init(&ctx, NULL);
  CHECK(ctx.size == sizeof ctx && ctx.abi_version == NORMRT_ABI_VERSION);
  CHECK(!ctx.workspace && !ctx.workspace_bytes && !ctx.parallel_for && !ctx.parallel_user);
  normrt_pool *pool = normrt_pool_create(2);
  normrt_context_init(&ctx, pool);
  CHECK(ctx.parallel_user == pool && ctx.parallel_for == normrt_parallel_for);
  normrt_pool_destroy(pool);

  CHECK(normrt_workspace_alloc(0) == NULL);
  CHECK(normrt_workspace_alloc(UINT64_MAX - 10) == NULL);
  void *scratch = normrt_workspace_alloc(100);
  CHECK(scratch && (uintptr_t)scratch % NORMRT_WORKSPACE_ALIGNMENT == 0);
  normrt_workspace_free(scratch);
  return failures != 0;
}
