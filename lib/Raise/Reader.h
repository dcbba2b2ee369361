//===- Reader.h - what tensor programs compute, as expressions -------------===//
//
// Reads linalg, tensor, arith and math operations backwards from a value. How the work is divided
// into operations, and how dimensions are reshaped, transposed or broadcast on the way, is gone
// afterwards.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_RAISE_READER_H
#define NORMC_LIB_RAISE_READER_H

#include "Algebra.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"

namespace mlir::norm {

class Reader {
public:
  /// `opaque`: values that are read no further.
  Reader(Algebra &algebra, ArrayRef<Value> opaque)
      : algebra(algebra), opaque(opaque.begin(), opaque.end()) {}

  /// An element of a tensor, at new symbols for its dimensions, or a scalar. `axes` get the
  /// symbols.
  Poly read(Value value, Axes &axes);
  /// A scalar of the body of an operation whose loops are all of its result's dimensions.
  Poly readInner(linalg::LinalgOp op, Value inner, Axes &axes);
  /// The same at given axes.
  Poly readAt(Value value, const Axes &axes);
  /// New symbols for a value's dimensions, the same each time.
  Axes getAxes(Value value);
  /// The extent of a tensor's dimension.
  Poly readExtent(Value tensor, int64_t dim);
  /// Whether axes go over each of a tensor's dimensions as a whole, and on its own.
  bool areWhole(Value tensor, const Axes &axes);
  /// Symbols that turned out to be made of several are replaced by those.
  Axis refine(const Axis &axis) const;
  Axes refine(const Axes &axes) const;

private:
  Poly readFresh(llvm::function_ref<Poly()> read);
  Poly readTensor(Value value, const Axes &axes);
  Poly readLinalg(linalg::LinalgOp op, unsigned result, const Axes &axes);
  /// A scalar of a linalg op's body at its loops' axes, or one outside of any (`op` is null).
  Poly readScalar(Value value, linalg::LinalgOp op, const Axes &loops);
  Poly readOperation(Operation *inner, unsigned result, llvm::function_ref<Poly(Value)> operand,
                     llvm::function_ref<Poly()> unknown);
  Poly readIndex(Value value);
  std::optional<Axes> split(const Axis &axis, Value source, ArrayRef<int64_t> dims);
  Symbol getSymbol(Operation *op, unsigned loop, llvm::function_ref<Poly()> extent);
  /// The dimensions that a loop goes over have one size.
  void unifyExtents(linalg::LinalgOp op);
  Poly getExtent(Value tensor, int64_t dim);
  bool isSize(const Poly &poly) const;
  bool hasElements(const Poly &poly) const;

  bool spend() { return budget > 0 && budget--; }

  Algebra &algebra;
  llvm::SmallDenseSet<Value> opaque;
  std::map<std::pair<void *, std::string>, Poly> known;
  std::map<std::pair<void *, unsigned>, Symbol> symbols;
  std::map<Symbol, Axis> refined;
  std::map<AtomId, AtomId> sameExtent;
  bool isStale = false;
  /// Operations that are read at most: models are long, normalizations are not.
  unsigned budget = 0;
  unsigned depth = 0;
};

/// The name of the function that rounds to a type; none for the types that statistics are computed
/// in.
std::string getRounding(Type type);

/// Whether tensors' elements are computed one by one from others', so that reading goes through.
bool isReadable(Operation *op);

} // namespace mlir::norm

#endif // NORMC_LIB_RAISE_READER_H
