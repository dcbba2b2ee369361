//===- Bench.cpp - a kernel's time beside a copy's -----------------------===//
//
// Medians of samples that are long enough for the clock, kernel and copy in turns.
//
//===----------------------------------------------------------------------===//

#include "Bench.h"
#include "Tensor.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

using namespace llvm;
using namespace normrun;

//===- Copies -------------------------------------------------------------===//

namespace {
/// Copies a multiple of 64 bytes between buffers that are aligned to 64.
using CopyFn = void (*)(char *to, const char *from, uint64_t bytes);

struct Copy {
  const char *name;
  CopyFn function;
};
} // namespace

static void copyOrdinary(char *to, const char *from, uint64_t bytes) {
  std::memcpy(to, from, bytes);
}

#if defined(__x86_64__)
// In memory, glibc's memcpy reaches about 0.7 of what stores past the cache do.
static void copyNonTemporal(char *to, const char *from, uint64_t bytes) {
  for (uint64_t i = 0; i < bytes; i += 64) {
    for (uint64_t k = i; k < i + 64; k += 16)
      _mm_stream_si128(reinterpret_cast<__m128i *>(to + k),
                       _mm_load_si128(reinterpret_cast<const __m128i *>(from + k)));
  }
  _mm_sfence();
}

__attribute__((target("avx512f"))) static void copyNonTemporal512(char *to, const char *from,
                                                                  uint64_t bytes) {
  for (uint64_t i = 0; i < bytes; i += 64)
    _mm512_stream_si512(reinterpret_cast<__m512i *>(to + i),
                        _mm512_load_si512(reinterpret_cast<const void *>(from + i)));
  _mm_sfence();
}

__attribute__((target("avx512f"))) static void copy512(char *to, const char *from, uint64_t bytes) {
  for (uint64_t i = 0; i < bytes; i += 64)
    _mm512_store_si512(reinterpret_cast<void *>(to + i),
                       _mm512_load_si512(reinterpret_cast<const void *>(from + i)));
}
#endif

static std::vector<Copy> getCopies() {
  std::vector<Copy> copies = {{"memcpy", copyOrdinary}};
#if defined(__x86_64__)
  copies.push_back({"non-temporal, 16 bytes", copyNonTemporal});
  if (__builtin_cpu_supports("avx512f")) {
    copies.push_back({"non-temporal, 64 bytes", copyNonTemporal512});
    copies.push_back({"64 bytes", copy512});
  }
#endif
  return copies;
}

namespace {
/// One copy of a buffer to another, split over the pool's threads.
struct CopyJob {
  CopyFn function;
  char *to;
  const char *from;
  uint64_t bytes, piece;
  normrt_pool *pool;

  void run() {
    normrt_parallel_for(
        pool, int64_t((bytes + piece - 1) / piece),
        [](void *data, int64_t begin, int64_t end) {
          const CopyJob &job = *static_cast<CopyJob *>(data);
          uint64_t first = begin * job.piece, last = std::min(end * job.piece, job.bytes);
          job.function(job.to + first, job.from + first, last - first);
        },
        this);
  }
};
} // namespace

//===- Time ---------------------------------------------------------------===//

static double now() {
  using namespace std::chrono;
  return duration<double>(steady_clock::now().time_since_epoch()).count();
}

/// Seconds of one call, from `calls` calls after one that is not timed and brings the data back
/// into the cache from which the other side's turn drove it.
static double sample(function_ref<void()> f, uint64_t calls) {
  f();
  double begin = now();
  for (uint64_t i = 0; i < calls; ++i)
    f();
  return (now() - begin) / double(calls);
}

static double percentile(std::vector<double> values, double fraction) {
  size_t k = std::min(size_t(fraction * double(values.size())), values.size() - 1);
  std::nth_element(values.begin(), values.begin() + k, values.end());
  return values[k];
}

BenchResult normrun::summarize(const std::vector<double> &kernelTimes,
                               const std::vector<double> &copyTimes, uint64_t bytes) {
  std::vector<double> shares;
  for (size_t i = 0; i < kernelTimes.size(); ++i)
    shares.push_back(copyTimes[i] / kernelTimes[i]);
  BenchResult result;
  result.bytes = bytes;
  result.samples = unsigned(kernelTimes.size());
  result.kernelSeconds = percentile(kernelTimes, 0.5);
  result.kernelLow = percentile(kernelTimes, 0.1);
  result.kernelHigh = percentile(kernelTimes, 0.9);
  result.copySeconds = percentile(copyTimes, 0.5);
  result.shareOfCopy = percentile(shares, 0.5);
  result.gigabytesPerSecond = double(bytes) / result.kernelSeconds * 1e-9;
  return result;
}

Expected<BenchResult> normrun::bench(function_ref<void()> kernel, uint64_t bytes, normrt_pool *pool,
                                     double seconds) {
  // A copy of n bytes reads n and writes n.
  const uint64_t half = std::max<uint64_t>(64, (bytes / 2 + 63) / 64 * 64);
  Expected<Buffer> from = Buffer::allocate(half), to = from ? Buffer::allocate(half) : Buffer();
  if (!from)
    return from.takeError();
  if (!to)
    return to.takeError();
  std::memset(from->data(), 1, half);
  std::memset(to->data(), 2, half);
  const uint64_t pieces = pool ? 4 * normrt_pool_threads(pool) : 1;
  CopyJob job = {nullptr, to->data(), from->data(), half, (half / pieces + 64) / 64 * 64, pool};
  auto copy = [&] { job.run(); };

  // Enough calls in a sample for a clock that counts in tens of nanoseconds.
  const double minimum = 100e-6;
  double once = std::min(sample(kernel, 1), sample(kernel, 1));
  auto callsFor = [&](double time) {
    return uint64_t(std::clamp(minimum / std::max(time, 1e-9), 1.0, 1e6));
  };
  const uint64_t calls = callsFor(once);

  double best = 0;
  StringRef bestName;
  CopyFn bestFunction = nullptr;
  for (const Copy &candidate : getCopies()) {
    job.function = candidate.function;
    uint64_t copies = callsFor(sample(copy, 1));
    double time = sample(copy, copies);
    for (int i = 0; i < 4 && time * double(copies) < seconds / 20; ++i)
      time = std::min(time, sample(copy, copies));
    if (!bestFunction || time < best) {
      best = time;
      bestFunction = candidate.function;
      bestName = candidate.name;
    }
  }
  job.function = bestFunction;
  const uint64_t copies = callsFor(best);

  std::vector<double> kernelTimes, copyTimes;
  const double end = now() + seconds;
  while (kernelTimes.size() < 5 || (now() < end && kernelTimes.size() < 100000)) {
    kernelTimes.push_back(sample(kernel, calls));
    copyTimes.push_back(sample(copy, copies));
  }
  BenchResult result = summarize(kernelTimes, copyTimes, bytes);
  result.copy = bestName.str();
  result.callsPerSample = calls;
  return result;
}
