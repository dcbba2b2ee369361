//===- FuseRotary.h - results whose halves are computed of each other -----------===//
//
// A rotary embedding, however it is spelled: both parts of a result, what is computed of them, and
// a tensor that is put together of two such parts.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_TRANSFORMS_FUSEROTARY_H
#define NORMC_LIB_TRANSFORMS_FUSEROTARY_H

#include "Fuse.h"
#include "FuseViews.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"

namespace mlir::norm {

class Rotation {
public:
  Rotation(GenericOp op, const Joined &joined);

  /// Whether a part of what is put together is computed of a part of a result.
  bool isBehind() const { return !results.empty(); }
  /// Why it cannot be a part of the program; empty where it can.
  StringRef getObstacle() const { return obstacle; }
  /// The results that it reads, parts of the first one at least.
  ArrayRef<unsigned> getResults() const { return results; }
  /// Operations of which nothing is left but what the program computes, in order.
  ArrayRef<Operation *> getInside() const { return operations; }
  /// What else it reads, as it stands there.
  ArrayRef<Value> getOperands() const { return values; }

  /// Makes two dimensions of the one that has the parts, of the operation that there is, and adds
  /// to `operands`, which are its, what else is read. Returns a result that has the shape and the
  /// access of what is put together.
  unsigned prepare(RewriterBase &rewriter, Operands &operands, Location loc);
  /// Computes what is put together, before the terminator of `made`.
  Value emit(RewriterBase &rewriter, GenericOp made);

private:
  /// Looks for parts of results in what a value is computed of. Returns whether there are any.
  bool search(Value value);
  /// Whether everything that `value` is computed of fits, where it is indexed so.
  bool check(Value value, ArrayAttr access);
  /// `number`: the part whose elements are computed.
  Value emit(RewriterBase &rewriter, GenericOp made, Value value, unsigned number);
  /// The dimensions in the group that a whole has.
  SmallVector<StringAttr> getDims(GenericOp made);
  bool refuse(const Twine &why);

  GenericOp op;
  Joined joined;
  std::string obstacle;
  SmallVector<unsigned> results;
  llvm::SetVector<Operation *> inside, views;
  SmallVector<Operation *, 0> operations;
  llvm::DenseMap<Value, bool> isOfParts;
  llvm::DenseMap<Value, ArrayAttr> accesses;
  SmallVector<Value> values;
  /// What is read that is of no part, and how it is indexed; of operands and of numbers from
  /// outside, which of it they are, or which result of the operation itself.
  struct Reader {
    Value value;
    AffineMap map;
    Attribute access;
  };
  SmallVector<Reader> readers;
  llvm::DenseMap<OpOperand *, unsigned> numbers, wholes;
  llvm::DenseMap<Value, unsigned> taken;
  /// The dimension that has the parts, and what it becomes: which part, and which element of it.
  StringAttr dim, which, element;
  bool isSplit = false;
  unsigned numInputs = 0;
  llvm::DenseMap<std::pair<Value, unsigned>, Value> emitted;
  llvm::DenseMap<Value, Value> flips;
};

} // namespace mlir::norm

#endif // NORMC_LIB_TRANSFORMS_FUSEROTARY_H
