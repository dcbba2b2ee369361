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
static GPUSchedule chooseResident(const TeamShape &shape, int64_t elements, int64_t width) {
  constexpr int64_t warp = 32, blockThreads = 128, mostWarps = 16;
  // Of 32 bits, for what a thread keeps of a group: of 128 that a block of 512 threads leaves to
  // each, the rest is for what is computed.
  constexpr int64_t mostRegisters = 64;
  // Addresses that a thread keeps where elements do not follow each other.
  constexpr int64_t mostAddresses = 8;
  GPUSchedule chosen;
  if (shape.shifted)
    return chosen;
  int64_t perSegment = std::max<int64_t>(1, shape.segment / (warp * shape.unit));
  auto registers = [&](int64_t units) {
    return units * shape.unit * shape.computeBits / 32 * shape.streams;
  };
  int64_t units = (elements + shape.unit - 1) / shape.unit;
  if (units <= warp * perSegment) {
    chosen.threads = units <= 8 ? 8 : units <= 16 ? 16 : warp;
    chosen.units = (units + chosen.threads - 1) / chosen.threads;
    // Sums over groups take as many registers again for each: 32 elements of f32, 8 of f64.
    if (shape.sums && shape.computeBits > 32 && elements > warp * 8)
      chosen.units = 0;
    if (shape.computeBits > 32 && registers(chosen.units) > mostRegisters)
      chosen.units = 0;
  } else {
    // As many segments as there are warps, or twice as many for long groups of narrow elements.
    int64_t segments = (elements + shape.segment - 1) / shape.segment, perWarp = 1;
    while (perWarp < 8 && !shape.sums && segments > 8 * perWarp &&
           registers(2 * perWarp * perSegment) <= mostRegisters)
      perWarp *= 2;
    int64_t warps = (segments + perWarp - 1) / perWarp;
    // Sums leave room for eight warps.
    bool fits = shape.sums ? segments <= 8 && shape.computeBits <= 32
                           : warps <= mostWarps && registers(perWarp * perSegment) <= mostRegisters;
    // What is computed of several operands takes more.
    if (warps > 8 && shape.streams > 1 && registers(perWarp * perSegment) > 48)
      fits = false;
    chosen.threads = warps * warp;
    chosen.units = fits ? perWarp * perSegment : 0;
  }
  if (!shape.isRow && chosen.units * (shape.unit / width) > mostAddresses)
    chosen.units = 0;
  if (chosen.units == 0)
    return GPUSchedule();
  // Blocks of groups that are summed may differ in length, and their warps wait for each other.
  bool mayShare =
      chosen.threads <= warp || (!shape.accumulates && (chosen.threads & (chosen.threads - 1)) == 0);
  chosen.groups = mayShare ? std::max<int64_t>(1, blockThreads / chosen.threads) : 1;
  chosen.most = chosen.threads * (chosen.threads < warp ? 1 : chosen.units) * shape.unit;
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
    GPUSchedule resident = chooseResident(shape, shape.elements, width);
    if (resident.units) {
      add(resident);
      return chosen;
    }
  } else {
    // Each costs code; four times as long is at most four times as many threads as are needed.
    for (int64_t elements : {8 * shape.unit, 32 * shape.unit, int64_t(1024), int64_t(4096),
                             int64_t(8192), int64_t(16384), int64_t(32768)}) {
      GPUSchedule resident = chooseResident(shape, elements, width);
      if (resident.units && (chosen.empty() || chosen.back().most < resident.most))
        add(resident);
    }
  }
  GPUSchedule again;
  again.threads = 256;
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
