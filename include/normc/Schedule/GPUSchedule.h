//===- GPUSchedule.h - how a group's program is computed on a GPU ----------===//
//
// A pure function from what is known of a target and of an operation to numbers, without any IR: it
// is tested as a table (test/Schedule).
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_SCHEDULE_GPUSCHEDULE_H
#define NORMC_SCHEDULE_GPUSCHEDULE_H

#include <cstdint>
#include <string>
#include <vector>

namespace mlir::norm {

/// What a schedule needs to know of a GPU.
struct GPUTarget {
  /// Its compute capability, 10 * major + minor.
  int64_t arch = 75;
};

/// What a schedule needs to know of an operation whose groups are each worked on by some threads.
struct TeamShape {
  /// The elements of a group, and along the dimension whose neighbours are accessed together; 0
  /// where that is not known.
  int64_t elements = 0, extent = 0;
  /// Whether a group has one dimension, so that its elements follow each other in memory.
  bool isRow = true;
  /// Bits of the widest number that is computed with.
  int64_t computeBits = 32;
  /// Bits of what is kept of an element.
  int64_t keptBits = 32;
  /// Of the order of its sums: how many neighbours go to one thread, and the elements of a segment.
  int64_t unit = 4, segment = 1024;
  /// How many operands have an element for each of a group's, and are read before its last sum.
  int64_t streams = 1;
  /// Bytes in memory of an element of all of them, where neighbours are multiples of 16 bytes in
  /// each; else 0.
  int64_t streamBytes = 0;
  /// How many results are summed over groups, element by element.
  int64_t sums = 0;
  /// Whether anything is summed over groups.
  bool accumulates = false;
  /// Whether functions of elements are computed, which take registers of their own.
  bool functions = false;
  /// Whether moments are shifted, in one pass over groups that are not kept.
  bool shifted = false;
};

/// The numbers of a `#norm.gpu_schedule`, which describes them.
struct GPUSchedule {
  int64_t width = 1, threads = 32, groups = 1, units = 0, most = 0, cluster = 1, blocks = 1;
  bool ahead = false;
  /// Bytes of the widest access.
  int64_t access = 16;
};

/// Bytes of shared memory for groups that are copied ahead; a block has 48 KB without asking.
inline constexpr int64_t kMostCopied = 40 * 1024;

/// Bytes of the widest access that a thread has.
int64_t getGPUAccess(const GPUTarget &target);

/// Schedules for groups of up to `most` elements each, the last for any number.
std::vector<GPUSchedule> chooseGPUSchedules(const GPUTarget &target, const TeamShape &shape);

/// What was decided, and why, in words for a remark.
std::string explainGPUSchedule(const GPUSchedule &schedule, const TeamShape &shape);

} // namespace mlir::norm

#endif // NORMC_SCHEDULE_GPUSCHEDULE_H
