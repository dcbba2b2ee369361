//===- Schedule.h - how a group's program is computed on a CPU ------------===//
//
// A pure function from what is known of a target and of an operation to numbers, without any IR: it
// is tested as a table (test/Schedule).
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_SCHEDULE_SCHEDULE_H
#define NORMC_SCHEDULE_SCHEDULE_H

#include <cstdint>
#include <string>

namespace mlir::norm {

/// What a schedule needs to know of a CPU.
struct CPUTarget {
  /// Bits of a vector register, and how many there are.
  int64_t vectorBits = 128, registers = 16;
  /// Bits of the narrowest elements that are loaded and stored with a mask; 0: none.
  int64_t maskBits = 0;
  /// Whether two vectors of f32 are converted to one of bf16 at once.
  bool pairsBF16 = false;
  /// From how many bytes read and written on stores past the cache pay; 0: never.
  int64_t streamBytes = 0;
};

/// What a schedule needs to know of an operation.
struct GroupShape {
  /// The extent of the dimension that is walked in chunks; 0 where it is not known.
  int64_t extent = 0;
  /// Whether that dimension tells groups apart, so that each lane is a group of its own.
  bool lanesAreGroups = false;
  /// How many elements of a group lie apart, where lanes are groups or channels of groups; 0 where
  /// that is not known.
  int64_t groupRows = 0;
  /// The elements of a group; 0 where that is not known.
  int64_t elements = 0;
  /// Whether anything is reduced.
  bool reduces = false;
  /// Whether a group is a row, one dimension in a group and one that numbers groups.
  bool isRow = false;
  /// Whether a result has an element for each of the group's.
  bool stores = false;
  /// Whether rows are summed into accumulating results.
  bool accumulates = false;
  /// Bits of the narrowest element in memory and of the widest number that is computed with.
  int64_t narrowestBits = 32, widestBits = 32;
  /// Whether every narrow element in memory is bf16.
  bool isBF16 = false;
  /// The operations that functions of elements, exp and its kind, are expanded to, about.
  int64_t functionOps = 0;
  /// The number of groups, of `extent` elements each, that follow each other in memory and can
  /// share a chunk; 0 where there are none.
  int64_t neighbours = 0;
  /// Whether groups follow each other in memory, as many and as long as they may be.
  bool mixes = false;
  /// The fewest lanes of an order of sums along the dimension; 0 where there is none.
  int64_t lanes = 0;
};

/// The numbers of a `#norm.schedule`, which describes them.
struct Schedule {
  int64_t width = 1, accumulators = 8;
  bool masked = false;
  int64_t rows = 1, task = 1;
  bool pipelined = false;
  int64_t columns = 0;
  bool straight = false, interleaved = false;
  int64_t stream = 0, streamRows = 1, streamColumns = 0;
  bool streamPipelined = false;
  int64_t groups = 1;
  bool mixed = false;
  int64_t block = 1, split = 0;
};

Schedule chooseSchedule(const CPUTarget &target, const GroupShape &shape);

/// What was decided, and why, in words for a remark.
std::string explainSchedule(const Schedule &schedule, const GroupShape &shape);

} // namespace mlir::norm

#endif // NORMC_SCHEDULE_SCHEDULE_H
