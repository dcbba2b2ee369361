//===- DeriveTerms.h - products and their sums -----------------------------===//
//
// Gradients while they are derived: products of nodes, which stay products as long as they can, so
// that what a sum has in common is taken out of it, and what the forward program has computed is
// found in them.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_TRANSFORMS_DERIVETERMS_H
#define NORMC_LIB_TRANSFORMS_DERIVETERMS_H

#include "DeriveGraph.h"

#include "llvm/ADT/MapVector.h"

namespace mlir::norm::derive {

/// coefficient * factors / divisors; in this order, from the gradient of a result on, so that
/// products begin alike.
struct Product {
  double coefficient = 1;
  SmallVector<unsigned> factors = {}, divisors = {};

  bool isZero() const { return coefficient == 0; }
};

class Terms {
public:
  explicit Terms(Graph &graph) : graph(graph) {}

  Product times(Product product, unsigned factor);
  Product times(Product product, const Product &other);
  Product over(Product product, unsigned divisor);
  Product scaled(Product product, double by) {
    product.coefficient *= by;
    return product;
  }
  /// What the terms have in common is taken out, then what most of the others have.
  Product add(SmallVector<Product> terms);
  /// Over `over`: what does not depend on it is taken out; where nothing does, times the count.
  Product sum(const Product &product, ArrayRef<StringAttr> over);
  /// In parts: that of numbers of a group, with the coefficient, and that of fields.
  std::pair<Product, Product> split(const Product &product);

  unsigned materialize(const Product &product);

  /// Replaces sums over `c` and `h` of `w[c] * x[c, h]` by sums over `c`, where the sum of `x` over
  /// `h` is there already: what was summed for a parameter serves the group. `roots` are replaced
  /// too.
  void nestSums(SmallVectorImpl<unsigned> &roots);

private:
  void simplify(Product &product);
  unsigned chain(ArrayRef<unsigned> ids);
  unsigned multiplyFields(ArrayRef<unsigned> fields);

  Graph &graph;
  /// What sums that were made here are of.
  llvm::MapVector<unsigned, Product> sums;
};

} // namespace mlir::norm::derive

#endif // NORMC_LIB_TRANSFORMS_DERIVETERMS_H
