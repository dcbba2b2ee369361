//===- Bench.h - a kernel's time beside a copy's -------------------------===//
//
// A kernel that moves bytes cannot be faster than moving them. The copy is measured in the same
// run, in turns with the kernel, so that a busy machine slows both.
//
//===----------------------------------------------------------------------===//

#ifndef NORM_RUN_BENCH_H
#define NORM_RUN_BENCH_H

#include "normc-c/Runtime.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace normrun {

class Device;

struct BenchResult {
  uint64_t bytes = 0;                   ///< read and written by one call, each tensor once
  double kernelSeconds = 0;             ///< median of one call
  double kernelLow = 0, kernelHigh = 0; ///< the 10th and 90th percentile of it
  double copySeconds = 0; ///< median of a copy that reads and writes as many bytes together
  double shareOfCopy = 0; ///< median over pairs of copy time / kernel time; 1: as fast
  double gigabytesPerSecond = 0;
  std::string copy; ///< which of the copies was the fastest
  unsigned samples = 0;
  uint64_t callsPerSample = 0;
};

/// Calls `kernel` in turns with the best copy of `bytes` bytes, on the pool's threads, for about
/// `seconds`.
llvm::Expected<BenchResult> bench(llvm::function_ref<void()> kernel, uint64_t bytes,
                                  normrt_pool *pool, double seconds);

/// The same on a GPU, beside a copy from its memory to its memory; `kernel` puts one call on the
/// device's stream.
llvm::Expected<BenchResult> benchOnGpu(Device &device, llvm::function_ref<int32_t()> kernel,
                                       uint64_t bytes, double seconds);

/// From seconds of one call each, in pairs.
BenchResult summarize(const std::vector<double> &kernelTimes, const std::vector<double> &copyTimes,
                      uint64_t bytes);

} // namespace normrun

#endif // NORM_RUN_BENCH_H
