//===- DeriveEmit.cpp - expressions as a program ---------------------------===//
//
// Fields are computed as late as they can be, in one map with all that is computed then.
//
//===----------------------------------------------------------------------===//

#include "DeriveEmit.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::norm;
using namespace mlir::norm::derive;

bool Emitter::isInlined(unsigned id) const {
  const Node &node = graph[id];
  if (node.type.isIndex() || node.type.isInteger(1))
    return true;
  return node.is("arith.extf") && values.contains(node.operands[0]);
}

void Emitter::findLive(ArrayRef<Root> roots) {
  llvm::SmallSetVector<unsigned, 32> found;
  for (const Root &root : roots)
    found.insert(root.node);
  for (size_t i = 0; i < found.size(); ++i)
    if (!values.contains(found[i]))
      found.insert_range(graph[found[i]].operands);
  live = found.takeVector();
  llvm::sort(live);
}

void Emitter::findLevels() {
  unsigned most = 0;
  for (unsigned id : live) {
    const Node &node = graph[id];
    unsigned level = 0;
    if (!values.contains(id)) {
      for (unsigned operand : node.operands)
        level = std::max(level, first[operand]);
      if (node.kind == Node::Kind::Reduce || node.kind == Node::Kind::Flip)
        ++level;
    }
    first[id] = level;
    most = std::max(most, level);
  }
  for (unsigned id : live)
    last[id] = most;
  for (unsigned id : llvm::reverse(live)) {
    if (values.contains(id))
      continue;
    const Node &node = graph[id];
    bool isBarrier = node.kind == Node::Kind::Reduce || node.kind == Node::Kind::Flip;
    for (unsigned operand : node.operands)
      last[operand] = std::min(last[operand], isBarrier ? first[id] - 1 : last[id]);
  }
}

void Emitter::findMaps(ArrayRef<Root> roots) {
  llvm::SmallDenseSet<unsigned> asked;
  for (const Root &root : roots)
    asked.insert(root.node);
  for (unsigned id : live)
    if (!values.contains(id) && graph[id].kind != Node::Kind::Element)
      asked.insert_range(graph[id].operands);

  // Where a node is computed, and, of one that is inlined, where it is read.
  DenseMap<unsigned, SmallVector<Place>> places;
  for (unsigned id : llvm::reverse(live)) {
    if (!isMapped(id))
      continue;
    Place own{last[id], graph[id].dims};
    if (!isInlined(id) || asked.contains(id))
      places[id].push_back(own);
    for (unsigned operand : graph[id].operands) {
      if (!isMapped(operand))
        continue;
      Place there{last[operand], graph[operand].dims};
      for (const Place &place : places[id]) {
        if (isInlined(operand)) {
          if (!llvm::is_contained(places[operand], place))
            places[operand].push_back(place);
        } else if (place != there) {
          exported.insert(operand);
        }
      }
    }
  }
  for (unsigned id : live) {
    if (!isMapped(id) || (isInlined(id) && !asked.contains(id)))
      continue;
    if (asked.contains(id))
      exported.insert(id);
    const Dims &dims = graph[id].dims;
    auto &ofSize = maps[{last[id], dims.size()}];
    auto same = llvm::find_if(ofSize, [&](const auto &entry) { return entry.first == dims; });
    if (same == ofSize.end())
      ofSize.push_back({dims, {id}});
    else
      same->second.push_back(id);
  }
}

SmallVector<Value> Emitter::emit(ArrayRef<Root> roots) {
  findLive(roots);
  findLevels();
  findMaps(roots);
  unsigned most = 0;
  for (unsigned id : live)
    most = std::max(most, first[id]);
  for (unsigned level = 0; level <= most; ++level) {
    for (unsigned id : live) {
      const Node &node = graph[id];
      if (first[id] != level || values.contains(id))
        continue;
      if (node.kind == Node::Kind::Reduce || node.kind == Node::Kind::Flip) {
        SmallVector<Value> fields;
        for (unsigned operand : node.operands)
          fields.push_back(getField(operand, node.field));
        values[id] = create(id, fields);
      }
    }
    for (unsigned id : live)
      if (first[id] == level && !isField(id) && graph[id].kind != Node::Kind::Constant)
        getNumber(id);
    for (auto at = maps.lower_bound({level, 0}); at != maps.end() && at->first.first == level; ++at)
      for (auto &[dims, members] : at->second)
        emitMap(members);
  }
  return llvm::map_to_vector(roots, [&](const Root &root) -> Value {
    return root.dims.empty() ? getNumber(root.node) : getField(root.node, root.dims);
  });
}

Value Emitter::create(unsigned id, ValueRange operands) {
  const Node &node = graph[id];
  if (node.kind == Node::Kind::Count) {
    SmallVector<Attribute> names(node.over.begin(), node.over.end());
    return CountOp::create(b, loc, node.type, b.getArrayAttr(names));
  }
  if (node.kind == Node::Kind::Flip)
    return FlipOp::create(b, loc, operands[0].getType(), operands[0], node.over[0]);
  OperationState state(loc, node.name);
  state.addOperands(operands);
  state.addAttributes(node.attributes.getValue());
  if (node.kind != Node::Kind::Reduce) {
    state.addTypes(node.type);
    return b.create(state)->getResult(0);
  }
  bool isMoments = node.isReduce(ReduceKind::Moments) || node.isReduce(ReduceKind::MergeMoments);
  state.addTypes(SmallVector<Type>(isMoments ? 3 : 1, getFieldOrScalar(node.type, node.dims)));
  Operation *reduce = b.create(state);
  // The others of its results.
  for (unsigned other : live) {
    const Node &same = graph[other];
    if (same.kind == node.kind && same.attributes == node.attributes &&
        same.operands == node.operands && !values.contains(other))
      values[other] = reduce->getResult(same.number);
  }
  return reduce->getResult(node.number);
}

Value Emitter::getNumber(unsigned id) {
  if (Value value = values.lookup(id))
    return value;
  SmallVector<Value> operands;
  for (unsigned operand : graph[id].operands)
    operands.push_back(getNumber(operand));
  Value value = create(id, operands);
  values[id] = value;
  return value;
}

Value Emitter::getField(unsigned id, ArrayRef<StringAttr> dims) {
  const Node &node = graph[id];
  if (ArrayRef(node.dims) == dims)
    return values.lookup(id);
  // Broadcast.
  bool isNumber = node.dims.empty();
  Value value = isNumber ? getNumber(id) : values.lookup(id);
  return MapOp::create(b, loc, getFieldOrScalar(node.type, dims),
                       isNumber ? ValueRange() : ValueRange(value),
                       [&](OpBuilder &nested, Location, ValueRange args) {
                         YieldOp::create(nested, loc, isNumber ? ValueRange(value) : args);
                       })
      .getResult(0);
}

void Emitter::emitMap(ArrayRef<unsigned> members) {
  // In the block of a map: what is computed there, and its inputs in the order in which they are
  // met.
  DenseMap<unsigned, Value> local;
  SmallVector<Value> inputs;
  SmallVector<unsigned> results;
  for (unsigned id : members)
    if (exported.contains(id))
      results.push_back(id);
  auto types = llvm::map_to_vector(
      results, [&](unsigned id) { return getFieldOrScalar(graph[id].type, graph[id].dims); });
  auto map = MapOp::create(b, loc, types, ValueRange());
  OpBuilder::InsertionGuard guard(b);
  Block *block = b.createBlock(&map.getBody());
  llvm::SmallDenseSet<unsigned> own(members.begin(), members.end());
  std::function<Value(unsigned)> get = [&](unsigned id) -> Value {
    if (Value value = local.lookup(id))
      return value;
    const Node &node = graph[id];
    Value given = values.lookup(id), value;
    bool isComputed = own.contains(id) || (!given && isInlined(id));
    if (node.kind == Node::Kind::Constant || (isField(id) && isComputed)) {
      SmallVector<Value> operands;
      for (unsigned operand : node.operands)
        operands.push_back(get(operand));
      value = create(id, operands);
    } else if (!isField(id)) {
      value = given;
    } else {
      inputs.push_back(given);
      value = block->addArgument(node.type, loc);
    }
    local[id] = value;
    return value;
  };
  SmallVector<Value> yielded;
  for (unsigned id : members)
    get(id);
  for (unsigned id : results)
    yielded.push_back(get(id));
  YieldOp::create(b, loc, yielded);
  map.getInputsMutable().assign(inputs);
  for (auto [id, result] : llvm::zip(results, map.getResults()))
    values[id] = result;
}
