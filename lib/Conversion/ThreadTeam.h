//===- ThreadTeam.h - reductions that threads share --------------------------===//
//
// Where threads of a GPU share a group, they fold its sums together; GroupEmitter has the formulas.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_CONVERSION_THREADTEAM_H
#define NORMC_LIB_CONVERSION_THREADTEAM_H

#include "GroupEmitter.h"

namespace mlir::norm {

class ThreadTeam {
public:
  virtual ~ThreadTeam() = default;

  /// A reduction over all elements of the group at hand.
  virtual SmallVector<Value> fold(const FoldSteps &steps) = 0;
  /// The sums of the elements of a segment with even and with odd numbers, of the first `count`, as
  /// many as the order's shift at most: every thread takes one.
  virtual std::pair<Value, Value> sumShift(function_ref<Value(Value number)> elementAt, Value count,
                                           Type type) = 0;
};

/// `body` where `condition` holds, which is known to where it is null.
void createIf(ImplicitLocOpBuilder &b, GroupEmitter &emitter, Value condition,
              function_ref<void()> body);
/// Whether both hold; null: known to.
Value createBoth(ImplicitLocOpBuilder &b, Value x, Value y);

/// An `scf.forall` over blocks of threads, whose body `emit` writes: it is given the block's
/// number. `schedule` is what it follows, for whoever describes the kernel; may be null.
void createBlocks(ImplicitLocOpBuilder &b, Value count, int64_t threads, GPUScheduleAttr schedule,
                  function_ref<void(Value number, Block *block)> emit);
/// The same for clusters of `cluster` blocks, whose number is a multiple of that.
void createBlocks(ImplicitLocOpBuilder &b, Value count, int64_t threads, int64_t cluster,
                  GPUScheduleAttr schedule, function_ref<void(Value number, Block *block)> emit);
/// One over threads.
void createThreads(ImplicitLocOpBuilder &b, Value count, GPUScheduleAttr schedule,
                   function_ref<void(Value number, Block *block)> emit);

/// Shared memory of a block, which is declared at the start of `block`.
Value createShared(ImplicitLocOpBuilder &b, Block *block, ArrayRef<int64_t> shape, Type element,
                   int64_t alignment = 0);
/// Where an element of a buffer is, as a number; and the pointer, of shared or of global memory,
/// that an address is.
Value createAddress(ImplicitLocOpBuilder &b, Value memref, ValueRange indices);
Value createPointer(ImplicitLocOpBuilder &b, Value address, bool shared);
Value createI32(ImplicitLocOpBuilder &b, int64_t value);

/// On an `scf.forall` over blocks: the threads of each.
inline constexpr StringLiteral kThreadsAttr = "norm.threads";
/// Beside it: the blocks of a cluster.
inline constexpr StringLiteral kClusterAttr = "norm.cluster";

} // namespace mlir::norm

#endif // NORMC_LIB_CONVERSION_THREADTEAM_H
