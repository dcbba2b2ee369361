//===- Accumulators.h - results that sum over groups ------------------------===//
//
// An `acc` result is summed by blocks of rows, each into a partial sum of its own, and the partial
// sums are folded in order: whoever computes a block, the bits are the same.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_CONVERSION_ACCUMULATORS_H
#define NORMC_LIB_CONVERSION_ACCUMULATORS_H

#include "GroupEmitter.h"

namespace mlir::norm {

/// The group dimensions that an `acc` output sums over.
SmallVector<unsigned> getDroppedDims(GenericOp op, unsigned output);

/// Whether a field's elements are products: those are added without being rounded.
bool isProduct(Value field);

/// `sum` and one element more, or a chunk.
Value createAccumulate(ImplicitLocOpBuilder &b, Value sum, Value value, bool isProduct);

/// Of one operation, whose `acc` outputs all sum over the same dimensions in the same order.
struct Accumulators {
  /// Allocates the partial sums, at the insertion point of `b`.
  Accumulators(GenericOp op, ArrayRef<Value> extents, ImplicitLocOpBuilder &b);

  /// init + the partial sums, folded from the left. Elements are independent of each other:
  /// `createTasks` runs its argument for each of a number of them, chunks where `vector` says so.
  using Tasks = function_ref<void(Value count, function_ref<void(Value task, Block *scratch)>)>;
  void fold(ImplicitLocOpBuilder &b, const std::optional<VectorDim> &vector, Tasks createTasks);

  GenericOp op;
  ArrayRef<Value> extents;
  SmallVector<unsigned> outputs, dropped;
  /// How many there are, in a block, and blocks.
  Value rows, blockSize, numBlocks;
  /// By output: [blocks, dimensions of the output].
  SmallVector<Value> partials;
};

/// The sizes of a buffer's dimensions.
SmallVector<Value> createSizes(ImplicitLocOpBuilder &b, Value memref);

} // namespace mlir::norm

#endif // NORMC_LIB_CONVERSION_ACCUMULATORS_H
