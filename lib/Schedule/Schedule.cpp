//===- Schedule.cpp - how a group's program is computed on a CPU ----------===//
//
// The numbers come from measurements: lib/performance.md says which.
//
//===----------------------------------------------------------------------===//

#include "normc/Schedule/Schedule.h"

#include <algorithm>

using namespace mlir::norm;

/// How many chunks of `width` of the `lanes` in a row are walked together. A column of one chunk is
/// fine where the first cache holds all rows; else whole rows are, to 1024 lanes: with columns of
/// 64 f32 of 1024, batch norm had 0.50 of a hand-written kernel's speed in L3 and 0.33 in memory,
/// with 256 0.90 and 0.39, with 1024 0.78 and 0.78; AVX2 in memory became twice as fast with 1024
/// instead of 512.
static int64_t chooseBlock(const GroupShape &shape, int64_t lanes, int64_t width) {
  constexpr int64_t firstCache = 32768;
  bool isSmall = shape.groupRows != 0 && lanes != 0 &&
                 shape.groupRows * lanes * shape.narrowestBits / 8 <= firstCache;
  if (isSmall || (lanes != 0 && lanes <= width))
    return 1;
  int64_t block = std::max<int64_t>(16, 1024 / width);
  while (lanes != 0 && block > 1 && (block / 2) * width >= lanes)
    block /= 2;
  return block;
}

Schedule mlir::norm::chooseSchedule(const CPUTarget &target, const GroupShape &shape) {
  Schedule chosen;
  chosen.width = std::max<int64_t>(1, target.vectorBits / shape.widestBits);
  chosen.accumulators = target.registers / 2;
  // What the target cannot mask becomes a branch for every lane.
  chosen.masked = target.maskBits != 0 && shape.narrowestBits >= target.maskBits;
  bool isWords = target.pairsBF16 && shape.isBF16 && chosen.masked && shape.narrowestBits == 16 &&
                 shape.widestBits == 32;
  if (shape.lanesAreGroups && shape.reduces) {
    // Lanes are groups, which have nothing to fold: a few vectors together use whole lines of the
    // cache.
    chosen.stream = target.streamBytes;
    int64_t one = chosen.width;
    chosen.width *= 4;
    while (chosen.width > one && shape.extent && chosen.width > shape.extent)
      chosen.width /= 2;
    chosen.block = chooseBlock(shape, shape.extent, chosen.width);
    chosen.interleaved = isWords && chosen.block > 1;
  }
  if (shape.neighbours) {
    // Short groups side by side, as the channels of a group norm at a position: lanes are channels.
    int64_t width = 4 * chosen.width;
    while (width > shape.extent && shape.extent * shape.neighbours % width != 0)
      width /= 2;
    if (width > shape.extent && width % shape.extent == 0) {
      chosen.groups = width / shape.extent;
      chosen.width = width;
      chosen.stream = target.streamBytes;
      chosen.block = chooseBlock(shape, shape.extent * shape.neighbours, width);
      chosen.interleaved = isWords && chosen.block > 1;
      return chosen;
    }
  }
  // A chunk that fills a register with narrow elements: their conversions come in pairs.
  if (!shape.lanesAreGroups && isWords && (!shape.extent || shape.extent >= 2 * chosen.width)) {
    chosen.width *= 2;
    chosen.accumulators /= 2;
    chosen.interleaved = true;
  }
  if (shape.lanes > 1)
    chosen.width = std::min(chosen.width, shape.lanes);
  chosen.stream = target.streamBytes;
  // Ten channels of a group fill no vector, and the next group's lie behind them.
  chosen.mixed = shape.mixes && shape.extent <= shape.lanes &&
                 (!shape.extent || shape.extent % chosen.width != 0);
  // Half a megabyte of f32: less is not worth waking threads for. Two threads of a machine with two
  // are faster with a whole group each; four groups are left to four threads.
  if (shape.reduces && !shape.lanesAreGroups && !shape.accumulates && shape.elements >= 131072)
    chosen.split = 4;
  if (!shape.isRow || shape.lanesAreGroups)
    return chosen;
  // Long rows share the loads of parameters or partial sums by blocks of columns, each of which is
  // one stream to memory: rows of 16384 in memory became 1.1 to 1.4 times as fast. Short ones have
  // no blocks to speak of: 1024 became half as fast.
  constexpr int64_t columns = 512;
  if (!shape.extent) {
    chosen.rows = shape.reduces ? 2 : 1;
    chosen.task = 8;
    if (shape.reduces && shape.stores) {
      bool isNarrow = shape.narrowestBits <= 16;
      chosen.pipelined = !shape.accumulates;
      chosen.streamPipelined = chosen.pipelined && isNarrow;
      chosen.streamRows = shape.accumulates ? 2 : 4;
      chosen.streamColumns = columns;
      if (chosen.pipelined && !isNarrow) {
        chosen.rows = 1;
        chosen.columns = columns;
      }
    }
    return chosen;
  }

  // Short rows: the sums' lanes are folded for several rows at once, and the scalars of a row are
  // lanes too. Long ones: two at a time share the loads of parameters and partial sums, and hide
  // each other's latency.
  int64_t chunks = (shape.extent + chosen.width - 1) / chosen.width;
  bool isShort = shape.extent <= 512 && shape.reduces;
  if (isShort)
    chosen.rows = std::min<int64_t>(target.registers >= 32 ? 8 : 4, chosen.width);
  else if (shape.reduces)
    chosen.rows = 2;
  if (shape.accumulates && isShort)
    chosen.rows = 2;
  chosen.straight = isShort && chunks <= 16 && !shape.accumulates;
  // What waits for the second cache and what computes goes on together, while the rows at hand,
  // the next ones and the results fit the first cache: one row at a time from 1 KB of f32 on,
  // none of more than 6 KB. Narrow elements take longer to convert than to load.
  int64_t bytes = shape.extent * shape.narrowestBits / 8;
  bool isNarrow = shape.narrowestBits <= 16;
  bool mayPipeline = shape.reduces && shape.stores && !shape.accumulates;
  if (mayPipeline) {
    chosen.pipelined = isNarrow ? shape.extent <= 256 || shape.extent > 512 : bytes <= 6144;
    if (chosen.pipelined && !isNarrow && shape.extent > 256)
      chosen.rows = 1;
  }
  // Functions keep the machine busy and its registers full: f32 rows one at a time, and with erf
  // nothing beside (gelu 0.97 of its parts' speed instead of 0.91, residual with silu and int8 0.94
  // instead of 0.86, N = 1024 in L2).
  if (shape.functionOps && !shape.isBF16 && shape.narrowestBits != 16 && !isShort &&
      !shape.accumulates) {
    chosen.rows = 1;
    chosen.columns = 0;
    chosen.pipelined &= shape.functionOps < 40;
  }
  // Memory is written fastest in one stream, unless a row is over before the next is there.
  chosen.streamRows = bytes < 512 && chosen.straight ? chosen.rows : 1;
  chosen.streamPipelined =
      mayPipeline && chosen.streamRows == 1 && (isNarrow || shape.extent <= 256);
  if (shape.reduces && shape.stores && shape.extent >= 8 * columns) {
    chosen.streamRows = shape.accumulates ? 2 : 4;
    chosen.streamColumns = columns;
    chosen.streamPipelined = false;
    if (!shape.accumulates && !chosen.pipelined) {
      chosen.rows = 4;
      chosen.columns = columns;
    }
  }
  // A task of a few thousand elements is long beside the call that hands it to a thread; a pipeline
  // needs a few rows.
  int64_t perTask = std::max<int64_t>(1, 8192 / shape.extent);
  if (chosen.pipelined)
    perTask = std::max(perTask, 4 * chosen.rows);
  chosen.task = std::max(chosen.rows, chosen.streamRows);
  while (chosen.task * 2 <= perTask)
    chosen.task *= 2;
  return chosen;
}

std::string mlir::norm::explainSchedule(const Schedule &schedule, const GroupShape &shape) {
  if (schedule.groups > 1)
    return "groups are short and lie side by side";
  if (schedule.mixed)
    return "groups lie side by side and fill no chunks";
  if (shape.lanesAreGroups)
    return "lanes are different groups";
  if (schedule.rows == 1 && schedule.pipelined)
    return "the next row is summed while this one is stored";
  if (schedule.rows == 1)
    return shape.isRow ? "nothing is summed" : "a group has several dimensions";
  if (shape.extent && shape.extent <= 512)
    return "rows are short: their sums are folded together";
  return "rows together share loads and hide each other's latency";
}
