//===- DeriveEmit.h - expressions as a program -----------------------------===//
//
// Writes expressions with norm.map, norm.reduce and norm.flip.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_TRANSFORMS_DERIVEEMIT_H
#define NORMC_LIB_TRANSFORMS_DERIVEEMIT_H

#include "DeriveGraph.h"

namespace mlir::norm::derive {

/// A node that is asked for, with these dimensions.
struct Root {
  unsigned node;
  Dims dims;
};

class Emitter {
public:
  /// `values`: nodes whose values are there. What is new is added.
  Emitter(const Graph &graph, OpBuilder &b, Location loc, DenseMap<unsigned, Value> &values)
      : graph(graph), b(b), loc(loc), values(values) {}

  SmallVector<Value> emit(ArrayRef<Root> roots);

private:
  /// One map for all of a level that has the same dimensions. A level has what needs as many
  /// reductions after each other.
  using Place = std::pair<unsigned, Dims>;

  void findLive(ArrayRef<Root> roots);
  void findLevels();
  void findMaps(ArrayRef<Root> roots);
  bool isField(unsigned id) const { return !graph[id].dims.empty(); }
  /// Whether it is computed in every map that reads it: cheap, or nothing that memory should hold.
  bool isInlined(unsigned id) const;
  /// Whether a map computes it.
  bool isMapped(unsigned id) const {
    return isField(id) && graph[id].kind == Node::Kind::Element && !values.contains(id);
  }
  Value create(unsigned id, ValueRange operands);
  Value getNumber(unsigned id);
  Value getField(unsigned id, ArrayRef<StringAttr> dims);
  void emitMap(ArrayRef<unsigned> members);

  const Graph &graph;
  OpBuilder &b;
  Location loc;
  DenseMap<unsigned, Value> &values;
  /// Ascending: operands come first.
  SmallVector<unsigned> live;
  /// The first level that can compute a node, and the last that may.
  DenseMap<unsigned, unsigned> first, last;
  /// The members of maps, and those that others read.
  std::map<std::pair<unsigned, size_t>, SmallVector<std::pair<Dims, SmallVector<unsigned>>>> maps;
  llvm::SmallDenseSet<unsigned> exported;
};

} // namespace mlir::norm::derive

#endif // NORMC_LIB_TRANSFORMS_DERIVEEMIT_H
