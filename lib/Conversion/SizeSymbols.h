//===- SizeSymbols.h - which sizes of a function have to be equal --------===//
//
// Names the dynamic sizes of a function's arguments and results, so that a caller's tensors can be
// checked against each other.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_CONVERSION_SIZESYMBOLS_H
#define NORMC_LIB_CONVERSION_SIZESYMBOLS_H

#include "normc/Conversion/KernelSignature.h"
#include "normc/IR/Norm.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringSet.h"

namespace mlir::norm {

/// Equivalence classes of sizes: dimensions of tensors and memrefs, of iteration spaces, and index
/// values. Two are in one class where an operation makes them equal; a class may also be known to
/// be a product of others, because a tensor dimension is split.
class SizeSymbols {
public:
  explicit SizeSymbols(func::FuncOp func) : func(func) {}

  /// Reads every operation of the function. An error where two different static sizes meet.
  LogicalResult collect();

  /// The size of a dimension as text and parts: static, a symbol, or a product. `hint` names a
  /// symbol that no iteration dimension names.
  struct Size {
    int64_t factor = 1;
    SmallVector<unsigned> symbols;
  };
  Size getSize(Value shaped, unsigned dim) { return expand(ofDim(shaped, dim), {}); }
  Size getSize(GenericOp op, unsigned iterDim) { return expand(ofIterDim(op, iterDim), {}); }
  /// Gives a symbol its name, at the first call.
  StringAttr getName(unsigned symbol, const Twine &hint);
  /// As "32*c".
  StringAttr format(const Size &size, const Twine &hint);

private:
  struct Class {
    std::optional<int64_t> size;
    SmallVector<SmallVector<unsigned>> products;
    SmallVector<StringAttr> dimNames;
    StringAttr name;
  };

  unsigned make();
  unsigned find(unsigned id);
  void unite(unsigned a, unsigned b);
  void setSize(unsigned id, int64_t size);
  unsigned ofDim(Value shaped, unsigned dim);
  unsigned ofIterDim(GenericOp op, unsigned iterDim);
  unsigned ofIndex(Value index);
  unsigned ofFoldResult(OpFoldResult size);
  void uniteGroups(Value whole, Value parts, ArrayRef<ReassociationIndices> groups);
  void uniteShapes(Value a, Value b);
  void collect(Operation *op);
  void collect(GenericOp op);
  Size expand(unsigned id, SmallVector<unsigned> visiting);

  func::FuncOp func;
  std::optional<std::pair<int64_t, int64_t>> conflict;
  SmallVector<unsigned> parent;
  SmallVector<Class> classes;
  DenseMap<std::pair<Value, unsigned>, unsigned> dims;
  DenseMap<std::pair<Operation *, unsigned>, unsigned> iterDims;
  DenseMap<Value, unsigned> indices;
  llvm::StringSet<> taken;
};

} // namespace mlir::norm

#endif // NORMC_LIB_CONVERSION_SIZESYMBOLS_H
