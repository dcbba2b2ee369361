//===- DeriveGraph.h - a program as expressions ----------------------------===//
//
// The program of a group without maps: one node for each value that is computed, with the
// dimensions that it depends on. Equal expressions are one node, whether the forward program has
// them or its derivative.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_TRANSFORMS_DERIVEGRAPH_H
#define NORMC_LIB_TRANSFORMS_DERIVEGRAPH_H

#include "normc/IR/Norm.h"

#include <map>

namespace mlir::norm::derive {

using Dims = SmallVector<StringAttr>;

struct Node {
  enum class Kind {
    /// An operand: `number` counts inputs of the forward operation, then gradients of its outputs.
    Input,
    Constant,
    /// Of arith, math or norm: one element of the result from one of each operand.
    Element,
    Reduce,
    Flip,
    Count
  };
  Kind kind;
  /// Of an element.
  Type type;
  /// In iteration order; none for a number of the group.
  Dims dims;
  SmallVector<unsigned> operands = {};
  /// The operation's name and attributes; of an input and a count only the name.
  StringRef name = "";
  DictionaryAttr attributes = {};
  /// Of an input; of a reduction which of its results.
  unsigned number = 0;
  /// What a reduction reads, what a flip exchanges, what is counted.
  Dims field = {}, over = {};

  bool is(StringRef other) const { return kind == Kind::Element && name == other; }
  bool isReduce(ReduceKind reduceKind) const;
};

/// Whether `dims` has one of `others`.
bool intersects(ArrayRef<StringAttr> dims, ArrayRef<StringAttr> others);
/// `dims` without `others`.
Dims without(ArrayRef<StringAttr> dims, ArrayRef<StringAttr> others);

class Graph {
public:
  /// Reads the program of `op`.
  explicit Graph(GenericOp op);

  GenericOp op;
  /// f64 where the program has it, else f32: gradients are computed in it.
  FloatType compute;
  /// What the forward operation gives, one for each output.
  SmallVector<unsigned> yielded;
  /// The values of the forward program, outside of maps, and their nodes.
  DenseMap<unsigned, Value> origin;

  const Node &operator[](unsigned id) const { return nodes[id]; }
  unsigned size() const { return nodes.size(); }
  bool isForward(unsigned id) const { return id < numForward; }

  /// The node that is equal, or a new one.
  unsigned intern(Node node);
  unsigned input(unsigned number, Type type, Dims dims);
  unsigned constant(double value);
  /// Of floats in the type of computation, to which operands are converted; `type` where the result
  /// is something else.
  unsigned element(StringRef name, ArrayRef<unsigned> operands, Type type = {},
                   ArrayRef<NamedAttribute> attributes = {});
  /// One over `over` of fields that have the dimensions of the first.
  unsigned reduce(ReduceKind kind, ArrayRef<unsigned> operands, Dims over);
  unsigned flip(unsigned field, StringAttr dim);
  unsigned count(Dims over);
  unsigned convert(unsigned id, Type type);
  unsigned toCompute(unsigned id) { return convert(id, compute); }

  std::optional<double> getConstant(unsigned id) const;
  /// A node of the forward program, by its name and operands in this order.
  std::optional<unsigned> findForward(StringRef name, ArrayRef<unsigned> operands) const;
  /// In iteration order.
  Dims sorted(ArrayRef<StringAttr> dims) const;
  Dims unite(ArrayRef<unsigned> ids) const;

  /// The expression `id` with every key of `replacements` replaced, whose values are themselves
  /// looked through. Remembers what it has done in `replacements`.
  unsigned substitute(unsigned id, DenseMap<unsigned, unsigned> &replacements);

private:
  void read(Operation *inner, DenseMap<Value, unsigned> &known);
  unsigned readElement(Operation *inner, DenseMap<Value, unsigned> &known);

  SmallVector<Node, 0> nodes;
  std::map<std::vector<uintptr_t>, unsigned> numbers;
  unsigned numForward = ~0u;
};

} // namespace mlir::norm::derive

#endif // NORMC_LIB_TRANSFORMS_DERIVEGRAPH_H
