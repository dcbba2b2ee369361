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
  bool mayShare = chosen.threads <= warp ||
                  (!shape.accumulates && (chosen.threads & (chosen.threads - 1)) == 0);
  chosen.groups = mayShare ? std::max<int64_t>(1, blockThreads / chosen.threads) : 1;
  chosen.most = chosen.threads * (chosen.threads < warp ? 1 : chosen.units) * shape.unit;
  return chosen;
}

/// The same for groups that a cluster of blocks keeps: eight warps each, since two blocks of a
/// multiprocessor then take turns. Twice the registers of a larger block are left to each thread.
static GPUSchedule chooseCluster(const TeamShape &shape, int64_t elements) {
  constexpr int64_t warp = 32, warps = 8, mostBlocks = 8;
  // Sums over groups have as many threads as in a block that is alone, and as much for each.
  const int64_t mostRegisters = shape.sums ? 160 : 128;
  GPUSchedule chosen;
  int64_t perSegment = std::max<int64_t>(1, shape.segment / (warp * shape.unit));
  if (shape.shifted || !shape.isRow || (shape.sums && shape.computeBits > 32))
    return chosen;
  int64_t segments = (elements + shape.segment - 1) / shape.segment;
  auto registers = [&](int64_t perWarp) {
    return perWarp * perSegment * shape.unit * shape.computeBits / 32 *
           (shape.streams + shape.sums);
  };
  // As much as two blocks of a multiprocessor can have, or all that there is for the longest.
  int64_t perWarp = 1;
  if (!shape.sums && registers(2) <= mostRegisters / 2)
    perWarp = 2;
  int64_t blocks = 2;
  while (blocks * warps * perWarp < segments && blocks < mostBlocks)
    blocks *= 2;
  while (blocks * warps * perWarp < segments && registers(2 * perWarp) <= mostRegisters)
    perWarp *= 2;
  if (blocks * warps * perWarp < segments || registers(perWarp) > mostRegisters)
    return chosen;
  chosen.threads = warps * warp;
  chosen.units = perWarp * perSegment;
  chosen.cluster = blocks;
  chosen.most = blocks * warps * perWarp * shape.segment;
  return chosen;
}

/// How many blocks a multiprocessor has room for, if ptxas takes no more registers than it needs:
/// otherwise it takes twice as many, and long rows were alone. As many as have 96 KB of rows.
static int64_t chooseBlocks(const GPUTarget &target, const TeamShape &shape,
                            const GPUSchedule &schedule) {
  constexpr int64_t registersOfAll = 65536, wantedBytes = 96 * 1024;
  int64_t words = schedule.units * shape.unit * shape.keptBits / 32;
  if (shape.sums || shape.streams != 1 || shape.functions || shape.computeBits > 32 || words < 16 ||
      words > 32 || schedule.units * shape.unit > 64)
    return 1;
  // What ptxas did without memory for registers, of layer and RMS norm; narrow elements are widened
  // a few at a time, but sixteen of 8 bits, with as many of each parameter. Where a
  // thread has more than 64 elements, it takes what it needs.
  int64_t others = shape.keptBits < 16 ? 96 : shape.keptBits == 16 ? 48 : 64;
  int64_t threads = schedule.threads * schedule.groups;
  int64_t bytes = threads * words * 4;
  int64_t mostThreads = target.arch == 75                            ? 1024
                        : target.arch % 10 == 0 && target.arch < 110 ? 2048
                                                                     : 1536;
  return std::max<int64_t>(1, std::min({registersOfAll / (threads * (words + others)),
                                        (wantedBytes + bytes - 1) / bytes, mostThreads / threads}));
}

int64_t mlir::norm::getGPUAccess(const GPUTarget &target) { return target.arch >= 100 ? 32 : 16; }

std::vector<GPUSchedule> mlir::norm::chooseGPUSchedules(const GPUTarget &target,
                                                        const TeamShape &shape) {
  int64_t width = shape.unit;
  while (shape.extent && width > 1 && shape.extent % width != 0)
    width /= 2;
  std::vector<GPUSchedule> chosen;
  auto add = [&](GPUSchedule schedule) {
    schedule.width = width;
    // Narrow elements are kept in words.
    if (width * shape.keptBits >= 32)
      schedule.blocks = chooseBlocks(target, shape, schedule);
    // Neighbours that are aligned, and a warp at least for a group.
    int64_t copied =
        schedule.threads * schedule.groups * schedule.units * shape.unit * shape.streamBytes;
    schedule.ahead = target.arch >= 80 && shape.accumulates && width == shape.unit &&
                     schedule.threads >= 32 && copied > 0 && copied <= kMostCopied;
    chosen.push_back(schedule);
  };
  bool hasClusters = target.arch >= 90;
  // A larger block would be alone on its multiprocessor, which waits while it does.
  constexpr int64_t mostAlone = 256;
  if (shape.elements) {
    GPUSchedule resident = chooseResident(shape, shape.elements, width), shared;
    if (hasClusters && (!resident.units || resident.threads > mostAlone))
      shared = chooseCluster(shape, shape.elements);
    if (shared.units)
      resident = shared;
    if (resident.units) {
      add(resident);
      return chosen;
    }
  } else {
    // Each costs code; four times as long is at most four times as many threads as are needed.
    for (int64_t elements : {8 * shape.unit, 32 * shape.unit, int64_t(1024), int64_t(4096),
                             int64_t(8192), int64_t(16384), int64_t(32768)}) {
      GPUSchedule resident = chooseResident(shape, elements, width);
      if (hasClusters && resident.threads > mostAlone && chooseCluster(shape, elements).units)
        continue;
      if (resident.units && (chosen.empty() || chosen.back().most < resident.most))
        add(resident);
    }
    // From where a block ends.
    for (int64_t elements : {int64_t(32768), int64_t(65536), int64_t(262144), int64_t(131072)}) {
      GPUSchedule shared = hasClusters ? chooseCluster(shape, elements) : GPUSchedule();
      if (shared.units && (chosen.empty() || chosen.back().most < shared.most))
        add(shared);
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
  if (schedule.cluster > 1)
    return "the blocks of a cluster keep a group in their registers";
  if (schedule.threads < 32)
    return "groups are short: several share a warp";
  if (schedule.threads == 32)
    return "a warp keeps a group in its registers";
  return "the warps of a block keep a group in their registers";
}
