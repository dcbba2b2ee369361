//===- GPUSchedule.cpp - how a group's program is computed on a GPU --------===//
//
// A warp folds a segment of a sum, so segments decide how many threads a group has.
//
//===----------------------------------------------------------------------===//

#include "normc/Schedule/GPUSchedule.h"

#include <algorithm>

using namespace mlir::norm;

/// The schedule for groups of up to `elements`, which stay in registers; `units` is 0 if they do
/// not fit.
static GPUSchedule chooseResident(const TeamShape &shape, int64_t elements) {
  constexpr int64_t warp = 32, blockThreads = 128, mostWarps = 16;
  // Registers of 32 bits for what a thread keeps of a group, of the 128 that a block of 512 threads
  // leaves to each.
  constexpr int64_t mostRegisters = 64;
  GPUSchedule chosen;
  int64_t units = (elements + shape.unit - 1) / shape.unit;
  int64_t perSegment = std::max<int64_t>(1, shape.segment / (warp * shape.unit));
  if (units <= warp * perSegment) {
    chosen.threads = units <= 8 ? 8 : units <= 16 ? 16 : warp;
    chosen.units = (units + chosen.threads - 1) / chosen.threads;
  } else {
    // As many segments as there are warps, or twice as many for long groups of narrow elements.
    int64_t segments = (elements + shape.segment - 1) / shape.segment;
    int64_t registers = perSegment * shape.unit * shape.computeBits / 32 * shape.streams;
    int64_t perWarp = 1;
    while (perWarp < 8 && segments > 8 * perWarp && 2 * perWarp * registers <= mostRegisters)
      perWarp *= 2;
    int64_t warps = (segments + perWarp - 1) / perWarp;
    if (warps > mostWarps || perWarp * registers > mostRegisters)
      return chosen;
    chosen.threads = warps * warp;
    chosen.units = perWarp * perSegment;
  }
  bool mayShare = chosen.threads <= warp || (chosen.threads & (chosen.threads - 1)) == 0;
  chosen.groups = mayShare ? std::max<int64_t>(1, blockThreads / chosen.threads) : 1;
  chosen.most = chosen.threads < warp ? chosen.threads * shape.unit
                                      : chosen.threads * chosen.units * shape.unit;
  return chosen;
}

std::vector<GPUSchedule> mlir::norm::chooseGPUSchedules(const GPUTarget &target,
                                                        const TeamShape &shape) {
  int64_t width = shape.unit;
  while (shape.extent && width > 1 && shape.extent % width != 0)
    width /= 2;
  std::vector<GPUSchedule> chosen;
  auto add = [&](GPUSchedule schedule) {
    schedule.width = width;
    chosen.push_back(schedule);
  };
  if (shape.elements) {
    GPUSchedule resident = chooseResident(shape, shape.elements);
    if (resident.units) {
      add(resident);
      return chosen;
    }
  } else {
    // Each costs code; four times as long is at most four times as many threads as are needed.
    for (int64_t elements : {8 * shape.unit, 32 * shape.unit, int64_t(1024), int64_t(4096),
                             int64_t(8192), int64_t(16384), int64_t(32768)}) {
      GPUSchedule resident = chooseResident(shape, elements);
      if (resident.units && (chosen.empty() || chosen.back().most < resident.most))
        add(resident);
    }
  }
  GPUSchedule again;
  again.threads = 512;
  add(again);
  return chosen;
}

std::string mlir::norm::explainGPUSchedule(const GPUSchedule &schedule, const TeamShape &shape) {
  if (schedule.units == 0)
    return "a group does not fit into the registers of a block, and is read again";
  if (schedule.threads < 32)
    return "groups are short: several share a warp";
  if (schedule.threads == 32)
    return "a warp keeps a group in its registers";
  return "the warps of a block keep a group in their registers";
}
