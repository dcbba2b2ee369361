//===- DeriveRules.h - the gradient of a program ---------------------------===//
//
// Reverse-mode differentiation of the expressions of a group.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_TRANSFORMS_DERIVERULES_H
#define NORMC_LIB_TRANSFORMS_DERIVERULES_H

#include "DeriveTerms.h"

namespace mlir::norm::derive {

class Reverse {
public:
  /// `wanted`: inputs whose gradients are asked for, by number.
  Reverse(Graph &graph, Terms &terms, ArrayRef<unsigned> wanted);

  /// Whether something that is asked for takes part in it.
  bool isActive(unsigned id) const { return active[id]; }
  /// The gradient `arriving` at an output is a node.
  void seed(unsigned output, unsigned arriving);
  /// Goes through the program backwards. What is in the way; empty where nothing is.
  std::string run();
  /// Of an input, after `run`.
  Product getGradient(unsigned input) const { return gradients.lookup(input); }

private:
  /// A part of a gradient, which is still to be summed over dimensions.
  struct Part {
    Product product;
    Dims over;
  };
  /// A root: gradients are taken times the root itself, see `visit`.
  bool isRoot(unsigned id) const;
  Product collect(ArrayRef<Part> parts);
  /// Adds to the gradient of `id` what has the dimensions of `from`.
  void give(unsigned id, const Product &product, ArrayRef<StringAttr> from);
  /// The same for the operand `id` of a product or quotient: `product`, but of a root `relative`,
  /// which is that times the root.
  void giveFactor(unsigned id, const Product &product, const Product &relative,
                  ArrayRef<StringAttr> from);
  Product select(const Product &product, unsigned condition, bool whereTrue);
  unsigned compare(StringRef predicate, unsigned x, unsigned y);
  std::string visit(unsigned id, const Product &arriving);
  std::string visitElement(unsigned id, const Product &arriving);
  std::string visitPower(unsigned id, const Product &arriving);
  void visitExtremum(unsigned id, const Product &arriving);
  std::string visitReduce(unsigned id, const Product &arriving);

  Graph &graph;
  Terms &terms;
  SmallVector<bool> active;
  DenseMap<unsigned, SmallVector<Part>> parts, relativeParts;
  DenseMap<unsigned, Product> gradients;
};

} // namespace mlir::norm::derive

#endif // NORMC_LIB_TRANSFORMS_DERIVERULES_H
