//===- DeriveGraph.cpp - a program as expressions --------------------------===//
//
// Reads a norm.generic, and makes new expressions beside those that it has.
//
//===----------------------------------------------------------------------===//

#include "DeriveGraph.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::norm;
using namespace mlir::norm::derive;

bool Node::isReduce(ReduceKind reduceKind) const {
  return kind == Kind::Reduce &&
         cast<ReduceKindAttr>(attributes.get("kind")).getValue() == reduceKind;
}

bool derive::intersects(ArrayRef<StringAttr> dims, ArrayRef<StringAttr> others) {
  return llvm::any_of(dims, [&](StringAttr dim) { return llvm::is_contained(others, dim); });
}

Dims derive::without(ArrayRef<StringAttr> dims, ArrayRef<StringAttr> others) {
  Dims left;
  for (StringAttr dim : dims)
    if (!llvm::is_contained(others, dim))
      left.push_back(dim);
  return left;
}

static Dims getNames(ArrayAttr names) { return Dims(names.getAsRange<StringAttr>()); }

//===----------------------------------------------------------------------===//
// The forward program
//===----------------------------------------------------------------------===//

Graph::Graph(GenericOp op) : op(op), compute(Float32Type::get(op.getContext())) {
  Block &block = op.getBody().front();
  auto widen = [&](Type type) {
    if (norm::getElementType(type).isF64())
      compute = Float64Type::get(op.getContext());
  };
  for (BlockArgument arg : block.getArguments())
    widen(arg.getType());
  op.getBody().walk([&](Operation *inner) {
    for (Type type : inner->getResultTypes())
      widen(type);
  });

  DenseMap<Value, unsigned> known;
  for (BlockArgument arg : block.getArguments()) {
    unsigned number = arg.getArgNumber();
    // An operand that is given twice is one.
    for (unsigned i = 0; i < number; ++i)
      if (op.getInputs()[i] == op.getInputs()[number] &&
          op.getAccesses()[i] == op.getAccesses()[number])
        number = i;
    known[arg] =
        input(number, norm::getElementType(arg.getType()), Dims(getFieldDims(arg.getType())));
  }
  for (Operation &inner : block.without_terminator())
    read(&inner, known);
  for (BlockArgument arg : block.getArguments())
    origin.try_emplace(known[arg], arg);
  for (Operation &inner : block)
    for (Value result : inner.getResults())
      origin.try_emplace(known[result], result);
  for (Value value : op.getYield().getValues())
    yielded.push_back(known.lookup(value));
  numForward = nodes.size();
}

void Graph::read(Operation *inner, DenseMap<Value, unsigned> &known) {
  if (auto map = dyn_cast<MapOp>(inner)) {
    for (auto [arg, field] : llvm::zip(map.getBody().getArguments(), map.getInputs()))
      known[arg] = known.lookup(field);
    for (Operation &nested : map.getBody().front().without_terminator())
      known[nested.getResult(0)] = readElement(&nested, known);
    for (auto [result, value] : llvm::zip(map.getResults(), map.getYield().getValues()))
      known[result] = known.lookup(value);
    return;
  }
  if (auto flip = dyn_cast<FlipOp>(inner)) {
    known[flip.getResult()] = this->flip(known.lookup(flip.getInput()), flip.getDimAttr());
    return;
  }
  auto reduce = dyn_cast<ReduceOp>(inner);
  if (!reduce) {
    known[inner->getResult(0)] = readElement(inner, known);
    return;
  }
  Dims field(getFieldDims(reduce.getInputs()[0].getType())), over = getNames(reduce.getOver());
  for (auto [number, result] : llvm::enumerate(reduce.getResults())) {
    if (reduce.getKind() == ReduceKind::Moments && number == 0 && result.getType() == compute) {
      // What is known without looking at elements.
      known[result] = count(over);
      continue;
    }
    known[result] = intern(
        {Node::Kind::Reduce, norm::getElementType(result.getType()), without(field, over),
         llvm::map_to_vector(reduce.getInputs(), [&](Value value) { return known.lookup(value); }),
         ReduceOp::getOperationName(), reduce->getAttrDictionary(), unsigned(number), field, over});
  }
}

unsigned Graph::readElement(Operation *inner, DenseMap<Value, unsigned> &known) {
  Type type = inner->getResult(0).getType();
  if (auto count = dyn_cast<CountOp>(inner))
    return convert(this->count(getNames(count.getOver())), type);
  if (auto constant = dyn_cast<arith::ConstantOp>(inner))
    return intern({Node::Kind::Constant,
                   type,
                   {},
                   {},
                   arith::ConstantOp::getOperationName(),
                   DictionaryAttr::get(op.getContext(), constant->getAttrs())});
  auto operands =
      llvm::map_to_vector(inner->getOperands(), [&](Value value) { return known.lookup(value); });
  Dims dims = unite(operands);
  if (auto index = dyn_cast<IndexOp>(inner);
      index && !op.isGroupDim(*op.findDim(index.getDimAttr())))
    dims.push_back(index.getDimAttr());
  return intern({Node::Kind::Element, type, dims, operands, inner->getName().getStringRef(),
                 inner->getAttrDictionary()});
}

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

unsigned Graph::intern(Node node) {
  auto pointer = [](auto attribute) {
    return reinterpret_cast<uintptr_t>(attribute.getAsOpaquePointer());
  };
  std::vector<uintptr_t> key{uintptr_t(node.kind), pointer(node.type), node.number,
                             node.attributes ? pointer(node.attributes) : 0};
  if (!node.name.empty())
    key.push_back(pointer(StringAttr::get(op.getContext(), node.name)));
  for (const Dims *dims : {&node.dims, &node.field, &node.over}) {
    key.push_back(dims->size());
    for (StringAttr dim : *dims)
      key.push_back(pointer(dim));
  }
  key.insert(key.end(), node.operands.begin(), node.operands.end());
  auto [at, isNew] = numbers.try_emplace(key, nodes.size());
  if (isNew)
    nodes.push_back(std::move(node));
  return at->second;
}

unsigned Graph::input(unsigned number, Type type, Dims dims) {
  Node node{Node::Kind::Input, type, std::move(dims)};
  node.number = number;
  return intern(std::move(node));
}

unsigned Graph::constant(double value) {
  Builder b(op.getContext());
  return intern({Node::Kind::Constant,
                 compute,
                 {},
                 {},
                 arith::ConstantOp::getOperationName(),
                 b.getDictionaryAttr(b.getNamedAttr("value", b.getFloatAttr(compute, value)))});
}

unsigned Graph::element(StringRef name, ArrayRef<unsigned> operands, Type type,
                        ArrayRef<NamedAttribute> attributes) {
  SmallVector<unsigned> converted;
  for (unsigned id : operands)
    converted.push_back(isa<FloatType>(nodes[id].type) ? toCompute(id) : id);
  // As the operation prints it, so that an equal one of the forward program is found.
  Builder b(op.getContext());
  SmallVector<NamedAttribute> all(attributes);
  if (OperationName(name, op.getContext()).hasInterface<arith::ArithFastMathInterface>())
    all.push_back(b.getNamedAttr(
        "fastmath", arith::FastMathFlagsAttr::get(b.getContext(), arith::FastMathFlags::none)));
  return intern({Node::Kind::Element, type ? type : compute, unite(converted), converted, name,
                 b.getDictionaryAttr(all)});
}

unsigned Graph::reduce(ReduceKind kind, ArrayRef<unsigned> operands, Dims over) {
  Builder b(op.getContext());
  SmallVector<Attribute> names(over.begin(), over.end());
  Dims field = nodes[operands[0]].dims;
  return intern(
      {Node::Kind::Reduce, compute, without(field, over), SmallVector<unsigned>(operands),
       ReduceOp::getOperationName(),
       b.getDictionaryAttr({b.getNamedAttr("kind", ReduceKindAttr::get(b.getContext(), kind)),
                            b.getNamedAttr("over", b.getArrayAttr(names))}),
       0, field, over});
}

unsigned Graph::flip(unsigned field, StringAttr dim) {
  const Node &node = nodes[field];
  if (!llvm::is_contained(node.dims, dim))
    return field;
  Node flipped{Node::Kind::Flip, node.type, node.dims, {field}, FlipOp::getOperationName()};
  flipped.field = node.dims;
  flipped.over = {dim};
  return intern(std::move(flipped));
}

unsigned Graph::count(Dims over) {
  if (over.empty())
    return constant(1.0);
  Node node{Node::Kind::Count, compute, {}, {}, CountOp::getOperationName()};
  node.over = std::move(over);
  return intern(std::move(node));
}

unsigned Graph::convert(unsigned id, Type type) {
  Type from = nodes[id].type;
  if (from == type)
    return id;
  unsigned bits = from.getIntOrFloatBitWidth(), wanted = type.getIntOrFloatBitWidth();
  // f16 and bf16, or the two of 8 bits: each has values that the other lacks.
  if (bits == wanted)
    return convert(convert(id, Float32Type::get(op.getContext())), type);
  Dims dims = nodes[id].dims;
  return intern(
      {Node::Kind::Element,
       type,
       dims,
       {id},
       bits < wanted ? arith::ExtFOp::getOperationName() : arith::TruncFOp::getOperationName(),
       DictionaryAttr::get(op.getContext())});
}

//===----------------------------------------------------------------------===//
// Questions
//===----------------------------------------------------------------------===//

std::optional<double> Graph::getConstant(unsigned id) const {
  if (nodes[id].kind != Node::Kind::Constant)
    return std::nullopt;
  if (auto number = dyn_cast<FloatAttr>(nodes[id].attributes.get("value")))
    return number.getValueAsDouble();
  return std::nullopt;
}

std::optional<unsigned> Graph::findForward(StringRef name, ArrayRef<unsigned> operands) const {
  for (unsigned id = 0; id < std::min<unsigned>(numForward, nodes.size()); ++id)
    if (nodes[id].is(name) && ArrayRef(nodes[id].operands) == operands && nodes[id].type == compute)
      return id;
  return std::nullopt;
}

Dims Graph::sorted(ArrayRef<StringAttr> dims) const {
  Dims result;
  for (StringAttr dim : GenericOp(op).getDims().getAsRange<StringAttr>())
    if (llvm::is_contained(dims, dim))
      result.push_back(dim);
  return result;
}

Dims Graph::unite(ArrayRef<unsigned> ids) const {
  Dims all;
  for (unsigned id : ids)
    all.append(nodes[id].dims);
  return sorted(all);
}

unsigned Graph::substitute(unsigned id, DenseMap<unsigned, unsigned> &replacements) {
  if (auto at = replacements.find(id); at != replacements.end()) {
    if (at->second == id)
      return id;
    unsigned target = substitute(at->second, replacements);
    replacements[id] = target;
    return target;
  }
  Node node = nodes[id];
  for (unsigned &operand : node.operands)
    operand = substitute(operand, replacements);
  unsigned target = intern(std::move(node));
  replacements[target] = target;
  replacements[id] = target;
  return target;
}
