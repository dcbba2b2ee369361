//===- Schedule.cpp - how a group's program is computed on a CPU ----------===//
//
// The numbers come from measurements: lib/performance.md says which.
//
//===----------------------------------------------------------------------===//

#include "normc/Schedule/Schedule.h"

#include <algorithm>

using namespace mlir::norm;

Schedule mlir::norm::chooseSchedule(const CPUTarget &target, const GroupShape &shape) {
  Schedule chosen;
  chosen.width = std::max<int64_t>(1, target.vectorBits / shape.widestBits);
  chosen.accumulators = target.registers / 2;
  // What the target cannot mask becomes a branch for every lane.
  chosen.masked = target.maskBits != 0 && shape.narrowestBits >= target.maskBits;
  if (shape.lanesAreGroups && shape.reduces) {
    // Lanes are groups, which have nothing to fold: a few vectors together use whole lines of the
    // cache.
    int64_t one = chosen.width;
    chosen.width *= 4;
    while (chosen.width > one && shape.extent && chosen.width > shape.extent)
      chosen.width /= 2;
  }
  // A chunk that fills a register with narrow elements: their conversions come in pairs.
  bool pairs = !shape.lanesAreGroups && target.pairsBF16 && shape.isBF16 && chosen.masked &&
               shape.narrowestBits == 16 && shape.widestBits == 32;
  if (pairs && (!shape.extent || shape.extent >= 2 * chosen.width)) {
    chosen.width *= 2;
    chosen.accumulators /= 2;
    chosen.interleaved = true;
  }
  if (shape.lanes > 1)
    chosen.width = std::min(chosen.width, shape.lanes);
  if (!shape.isRow || shape.lanesAreGroups)
    return chosen;
  chosen.stream = target.streamBytes;
  if (!shape.extent) {
    chosen.rows = shape.reduces ? 2 : 1;
    chosen.task = 8;
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
  // A task of a few thousand elements is long beside the call that hands it to a thread.
  int64_t perTask = std::max<int64_t>(1, 8192 / shape.extent);
  chosen.task = chosen.rows;
  while (chosen.task * 2 <= perTask)
    chosen.task *= 2;
  return chosen;
}

std::string mlir::norm::explainSchedule(const Schedule &schedule, const GroupShape &shape) {
  if (shape.lanesAreGroups)
    return "lanes are different groups";
  if (schedule.rows == 1)
    return shape.isRow ? "nothing is summed" : "a group has several dimensions";
  if (shape.extent && shape.extent <= 512)
    return "rows are short: their sums are folded together";
  return "rows together share loads and hide each other's latency";
}
