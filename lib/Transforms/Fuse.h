//===- Fuse.h - an elementwise operation as a part of a group's program --------===//
//
// Between linalg's loops and the dimensions of a norm.generic.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_TRANSFORMS_FUSE_H
#define NORMC_LIB_TRANSFORMS_FUSE_H

#include "normc/IR/Norm.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/SetVector.h"

namespace mlir::norm {

/// The operands of a norm.generic, to be changed.
struct Operands {
  SmallVector<Value> inputs, inits;
  SmallVector<Attribute> inputAccesses, initAccesses, accOrders;

  explicit Operands(GenericOp op);
};

/// The same operation with other operands; its body is taken, and has to be made fit. The insertion
/// point of the rewriter is where it stands. What is overwritten and read in another way is not
/// overwritten: the result has a place of its own.
GenericOp rebuild(RewriterBase &rewriter, GenericOp op, const Operands &operands);

/// Whether a result is added to the elements of a tensor, indexed in another way than `access`: it
/// is no input so, and the result has no other place.
bool accumulatesOtherwise(GenericOp op, Value value, Attribute access);

/// What is read twice is one input: the operation that has it so, or null where nothing is.
GenericOp mergeInputs(RewriterBase &rewriter, GenericOp op);

/// The operation without those of some results that nobody reads any longer.
GenericOp dropUnused(RewriterBase &rewriter, GenericOp op, ArrayRef<unsigned> results);

/// A linalg operation's loops as dimensions of a norm.generic: each is a product of some.
class LoopsInGroup {
public:
  /// `access`: how the norm.generic indexes the operand or result of `linalg` whose indexing map is
  /// `map`.
  LoopsInGroup(GenericOp op, linalg::LinalgOp linalg, AffineMap map, Attribute access);

  /// Why the body cannot be a part of the program; empty where it can.
  std::string findObstacle();
  /// The numbers that the body takes from outside, but for constants: a norm.generic sees nothing
  /// else than its operands.
  ArrayRef<Value> getNumbers() { return numbers.getArrayRef(); }
  /// How the norm.generic indexes an operand with this map, or nothing where it has constants in
  /// other dimensions than those of one element, or takes a diagonal.
  Attribute getAccess(AffineMap map);
  /// The in-group dimensions of loops, in iteration order.
  SmallVector<StringAttr> getInGroup(AffineMap map);
  bool isInGroup(unsigned loop);
  ArrayRef<StringAttr> getDims(unsigned loop) { return loops[loop]; }

  /// Computes the numbers that the body yields, before its terminator takes them, for each element:
  /// `inputs` are the values of block arguments, fields or scalars, and null where they are not
  /// used; `taken` those of the numbers from outside. `dims` are those of the results.
  SmallVector<Value> emit(RewriterBase &rewriter, ValueRange inputs, ValueRange taken,
                          ValueRange yielded, ArrayRef<StringAttr> dims);

private:
  GenericOp op;
  linalg::LinalgOp linalg;
  SmallVector<SmallVector<StringAttr>> loops;
  llvm::SetVector<Value> numbers;
  bool isComplete = true;
};

/// A linalg operation that computes each element of one result by itself.
linalg::LinalgOp getElementwise(Operation *op);

/// The one number that all elements of a tensor are, or that a scalar is.
TypedAttr getUniform(Value value);

/// Whether an operation computes with what it overwrites.
bool usesInit(linalg::LinalgOp op);

/// Takes elements of tensors out of them where the body needs them, not outside of it: the threads
/// of a GPU read memory, what launches them does not.
void extractInside(RewriterBase &rewriter, linalg::GenericOp op);

/// The tensor that a number was taken out of, or the number where it was not.
Value getNumberSource(Value number);

/// An operand of a linalg operation as one that norm.generic can have: without dimensions of one
/// element that `map` does not index, and as a tensor where it is a scalar. `map` becomes that of
/// what is returned.
Value createOperand(RewriterBase &rewriter, Location loc, Value operand, AffineMap &map);

/// The map that `createOperand` makes of another.
AffineMap getOperandMap(Value operand, AffineMap map);

/// How many bytes the elements of a tensor have, where that is known; else of one row or so, for
/// comparison.
std::string describeBytes(Value tensor);

} // namespace mlir::norm

#endif // NORMC_LIB_TRANSFORMS_FUSE_H
