//===- Slice.h - parts of a program as operations of their own --------------===//
//
// What norm-partial and norm-fission share: which sums need which, and the norm.generic that
// computes some values of a program from those that are known.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_TRANSFORMS_SLICE_H
#define NORMC_LIB_TRANSFORMS_SLICE_H

#include "normc/IR/Norm.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace mlir {
class RewriterBase;
} // namespace mlir

namespace mlir::norm {

/// What the operations of a program need, those inside of maps included.
SmallVector<Value> getNeeds(Operation *op);

/// The level of every sum that `isCounted` holds of: 1 where none of these stands before it. One
/// that may be at several has that of the last of its kind, which reads the same, or is as late as
/// it may be.
DenseMap<Operation *, unsigned> findLevels(GenericOp op,
                                           llvm::function_ref<bool(ReduceOp)> isCounted);

/// A value of a program that a part of it gives.
struct SliceOutput {
  Value value, init;
  ArrayAttr access;
  Attribute acc;
};

/// Values of a program that tensors hold, and how these are accessed.
using KnownValues = llvm::MapVector<Value, std::pair<Value, ArrayAttr>>;

/// The operations that `outputs` are made of, from what is known on; `given` is what they begin
/// with.
llvm::SmallPtrSet<Operation *, 16> findSlice(ArrayRef<SliceOutput> outputs,
                                             const KnownValues &known,
                                             llvm::SmallDenseSet<Value> &given);

/// The access of a tensor with these dimensions.
ArrayAttr nameDims(GenericOp op, ArrayRef<unsigned> dims);
/// The iteration dimensions of a field.
SmallVector<unsigned> getDims(GenericOp op, Type field);
/// A tensor for a value of a program: a number for each group, or for each element of its field.
SliceOutput createTemporary(RewriterBase &rewriter, GenericOp op, Value value);

/// The operation over `dims`, of which `inGroup` are inside of its groups, that gives `outputs`.
/// Fields of other dimensions are scalars there.
GenericOp buildSlice(RewriterBase &rewriter, GenericOp op, ArrayRef<unsigned> dims,
                     ArrayRef<unsigned> inGroup, ArrayRef<SliceOutput> outputs,
                     const KnownValues &known);

} // namespace mlir::norm

#endif // NORMC_LIB_TRANSFORMS_SLICE_H
