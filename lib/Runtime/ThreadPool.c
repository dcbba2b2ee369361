//===- ThreadPool.c - parallel loops ---===//
// A loop is a job on its caller's stack, listed in the pool while it has indices that nobody took.
// Workers and the caller take chunks of it by one atomic counter. A caller does chunks of its own
// job only, and then waits only for threads that are inside that job; so loops may be nested and
// come from many threads at once without a deadlock, whatever the number of workers.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE // sched_getaffinity
#endif
#include "normc-c/Runtime.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
  max_threads = 1024,
  chunks_per_thread = 4,
  // How often a thread looks before it sleeps: some 30 to 100 us. A program that calls a kernel
  // after the other then finds its threads awake; waking one takes as long as half a megabyte of
  // work.
  looks = 2000
};

typedef struct job {
  normrt_body_fn body;
  void *data;
  int64_t count, chunk, chunks;
  atomic_llong next;  // the first chunk that nobody took; not the first index, which could overflow
  atomic_int workers; // threads besides the caller in this job; changed under the pool's mutex
  int listed;         // still in the pool's list; under the pool's mutex
  struct job *previous, *following;
} job;

struct normrt_pool {
  pthread_mutex_t mutex;
  pthread_cond_t work; // a job was listed, or the pool stops
  pthread_cond_t idle; // a job lost its last worker
  job *first, *last;   // jobs with indices left, oldest first
  atomic_int waits;    // no job is listed, and the pool does not stop; changed under the mutex
  int stop;
  int looks; // 0 where there are more threads than cores
  int num_workers;
  pthread_t workers[];
};

static void pause_thread(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// Returns as soon as `flag` is 0, or after a while.
static void look(const normrt_pool *pool, const atomic_int *flag) {
  for (int i = 0; i < pool->looks; ++i) {
    if (atomic_load_explicit(flag, memory_order_relaxed) == 0)
      return;
    pause_thread();
  }
}

static void set_waits(normrt_pool *pool) {
  atomic_store_explicit(&pool->waits, !pool->first && !pool->stop, memory_order_relaxed);
}

static void unlist(normrt_pool *pool, job *j) {
  if (!j->listed)
    return;
  *(j->previous ? &j->previous->following : &pool->first) = j->following;
  *(j->following ? &j->following->previous : &pool->last) = j->previous;
  j->listed = 0;
  set_waits(pool);
}

static void run_chunks(job *j) {
  for (;;) {
    int64_t chunk = atomic_fetch_add_explicit(&j->next, 1, memory_order_relaxed);
    if (chunk >= j->chunks)
      return;
    int64_t begin = chunk * j->chunk;
    j->body(j->data, begin, j->count - begin < j->chunk ? j->count : begin + j->chunk);
  }
}

static void *worker(void *argument) {
  normrt_pool *pool = argument;
  pthread_mutex_lock(&pool->mutex);
  for (;;) {
    if (!pool->first && !pool->stop) {
      pthread_mutex_unlock(&pool->mutex);
      look(pool, &pool->waits);
      pthread_mutex_lock(&pool->mutex);
    }
    while (!pool->first && !pool->stop)
      pthread_cond_wait(&pool->work, &pool->mutex);
    if (pool->stop)
      break;
    job *j = pool->first;
    ++j->workers;
    pthread_mutex_unlock(&pool->mutex);
    run_chunks(j);
    // The mutex also makes what the bodies wrote visible to the caller.
    pthread_mutex_lock(&pool->mutex);
    unlist(pool, j);
    if (--j->workers == 0)
      pthread_cond_broadcast(&pool->idle);
  }
  pthread_mutex_unlock(&pool->mutex);
  return NULL;
}

static int32_t count_cores(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0)
    return CPU_COUNT(&set) < max_threads ? CPU_COUNT(&set) : max_threads;
  long cores = sysconf(_SC_NPROCESSORS_ONLN);
  return cores < 1 ? 1 : cores > max_threads ? max_threads : (int32_t)cores;
}

int32_t normrt_default_threads(void) {
  const char *text = getenv("NORMRT_NUM_THREADS");
  if (text && *text) {
    char *end;
    errno = 0;
    long threads = strtol(text, &end, 10);
    if (!errno && !*end && threads >= 1 && threads <= max_threads)
      return (int32_t)threads;
  }
  return count_cores();
}

normrt_pool *normrt_pool_create(int threads) {
  if (threads == 0)
    threads = normrt_default_threads();
  if (threads < 0 || threads > max_threads)
    return NULL;
  normrt_pool *pool = calloc(1, sizeof *pool + sizeof(pthread_t) * (size_t)(threads - 1));
  if (!pool)
    return NULL;
  pthread_mutex_init(&pool->mutex, NULL);
  pthread_cond_init(&pool->work, NULL);
  pthread_cond_init(&pool->idle, NULL);
  atomic_init(&pool->waits, 1);
  pool->looks = threads <= count_cores() ? looks : 0;
  while (pool->num_workers < threads - 1 &&
         pthread_create(&pool->workers[pool->num_workers], NULL, worker, pool) == 0)
    ++pool->num_workers;
  return pool;
}

void normrt_pool_destroy(normrt_pool *pool) {
  if (!pool)
    return;
  pthread_mutex_lock(&pool->mutex);
  pool->stop = 1;
  set_waits(pool);
  pthread_cond_broadcast(&pool->work);
  pthread_mutex_unlock(&pool->mutex);
  for (int i = 0; i < pool->num_workers; ++i)
    pthread_join(pool->workers[i], NULL);
  pthread_cond_destroy(&pool->idle);
  pthread_cond_destroy(&pool->work);
  pthread_mutex_destroy(&pool->mutex);
  free(pool);
}

int32_t normrt_pool_threads(const normrt_pool *pool) { return pool ? pool->num_workers + 1 : 1; }

void normrt_parallel_for(void *user, int64_t count, normrt_body_fn body, void *data) {
  normrt_pool *pool = user;
  if (count <= 0)
    return;
  if (!pool || pool->num_workers == 0 || count == 1) {
    body(data, 0, count);
    return;
  }
  // A few chunks for each thread even out cores that are slower or busy.
  int64_t pieces = (int64_t)normrt_pool_threads(pool) * chunks_per_thread;
  job j = {.body = body, .data = data, .count = count, .chunk = 1 + (count - 1) / pieces};
  j.chunks = 1 + (count - 1) / j.chunk;
  atomic_init(&j.next, 0);
  atomic_init(&j.workers, 0);

  pthread_mutex_lock(&pool->mutex);
  j.previous = pool->last;
  *(pool->last ? &pool->last->following : &pool->first) = &j;
  pool->last = &j;
  j.listed = 1;
  set_waits(pool);
  pthread_cond_broadcast(&pool->work);
  pthread_mutex_unlock(&pool->mutex);

  run_chunks(&j);

  pthread_mutex_lock(&pool->mutex);
  unlist(pool, &j);
  pthread_mutex_unlock(&pool->mutex);
  look(pool, &j.workers);
  pthread_mutex_lock(&pool->mutex);
  while (j.workers > 0)
    pthread_cond_wait(&pool->idle, &pool->mutex);
  pthread_mutex_unlock(&pool->mutex);
}

void normrt_context_init(normrt_context *ctx, normrt_pool *pool) {
  memset(ctx, 0, sizeof *ctx);
  ctx->size = sizeof *ctx;
  ctx->abi_version = NORMRT_ABI_VERSION;
  if (pool) {
    ctx->parallel_user = pool;
    ctx->parallel_for = normrt_parallel_for;
  }
}

void *normrt_workspace_alloc(uint64_t bytes) {
  const uint64_t alignment = NORMRT_WORKSPACE_ALIGNMENT;
  if (bytes == 0 || bytes > SIZE_MAX - alignment)
    return NULL;
  // aligned_alloc wants a multiple of the alignment.
  return aligned_alloc(alignment, (size_t)((bytes + alignment - 1) / alignment * alignment));
}

void normrt_workspace_free(void *workspace) { free(workspace); }
