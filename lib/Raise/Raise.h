//===- Raise.h - a normalization that is found, and what takes its place ----===//
//
// One function is searched at a time, root by root.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_RAISE_RAISE_H
#define NORMC_LIB_RAISE_RAISE_H

#include "Shape.h"

#include "mlir/IR/PatternMatch.h"

namespace mlir::norm {

struct RaiseOptions {
  /// E[x^2] - E[x]^2 is left, since it has other bits.
  bool exactForm = false;
  /// Only what nobody reads but for the result.
  bool alone = false;
};

/// Tensors that a value is computed of, operations that are readable between them; those of other
/// blocks left out. In the block's order.
SmallVector<Value> findProducers(Value value, unsigned most);
/// The same of what is computed of a value; of sums of it only where asked for.
SmallVector<Value> findConsumers(Value value, unsigned most, bool throughSums = false);
/// In the block's order: arguments first.
void sortByPlace(SmallVectorImpl<Value> &values);

/// Forward normalizations whose root an operation computes. Returns whether one was found.
bool raiseForward(RewriterBase &rewriter, Operation *root, const RaiseOptions &options, Miss &miss);
/// Batch normalization in inference.
bool raiseInference(RewriterBase &rewriter, Operation *root);

/// The gradient of a normalization's input, with those of its parameters.
bool raiseBackward(RewriterBase &rewriter, Value result);
/// Gradients of parameters alone, from that of the scale, and all those of what has given
/// statistics.
bool raiseParameterBackward(RewriterBase &rewriter, Value result);

/// Erases what nobody uses. `isPositive`: what is under the root is, so that assertions about it
/// hold.
void eraseDead(RewriterBase &rewriter, ArrayRef<Operation *> operations, bool isPositive);

/// A number in the body of a linalg.generic that makes `result` is given, as the elements of a
/// tensor.
void replaceInner(RewriterBase &rewriter, Value result, Value inner, Value by);
/// The numbers in the body of a value's operation that may be given so, the last first.
SmallVector<Value> findInner(Value result);

/// How exact the constants of a program are: those of f64, or of f32.
double getTolerance(Operation *op);

/// Whether an operation before the insertion point uses a value.
bool isUsedBefore(Value value, OpBuilder &b);

/// Where an operation on these operands can stand: after the last of them, before `user`.
void setInsertionPointAfter(OpBuilder &b, ValueRange operands, Operation *user);

} // namespace mlir::norm

#endif // NORMC_LIB_RAISE_RAISE_H
