//===- DeriveFunction.cpp - the two functions of training -------------------===//
//
// Arguments, results and their names, sizes, and the norm.generic of the gradients.
//
//===----------------------------------------------------------------------===//

#include "DeriveFunction.h"
#include "DeriveEmit.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace mlir::norm;
using namespace mlir::norm::derive;

static func::ReturnOp getReturn(func::FuncOp function) {
  return cast<func::ReturnOp>(function.getBody().front().getTerminator());
}

std::optional<unsigned> derive::findResult(func::FuncOp function, GenericOp op, unsigned output) {
  for (auto [number, value] : llvm::enumerate(getReturn(function).getOperands()))
    if (value == op->getResult(output))
      return number;
  return std::nullopt;
}

std::string derive::getArgName(func::FuncOp function, unsigned number) {
  auto name = function.getArgAttrOfType<StringAttr>(number, "norm.name");
  return name ? name.str() : "arg" + std::to_string(number);
}

std::string derive::getResultName(func::FuncOp function, unsigned number) {
  auto name = function.getResultAttrOfType<StringAttr>(number, "norm.name");
  return name ? name.str() : "result" + std::to_string(number);
}

static std::string makeUnique(llvm::StringSet<> &taken, const std::string &name) {
  std::string unique = name;
  for (unsigned i = 2; !taken.insert(unique).second; ++i)
    unique = name + std::to_string(i);
  return unique;
}

//===----------------------------------------------------------------------===//
// The forward function
//===----------------------------------------------------------------------===//

/// As in headers and manifests.
static StringRef getStatisticName(const Node &node) {
  if (node.isReduce(ReduceKind::Moments))
    return node.number == 1 ? "mean" : "m2";
  if (node.kind == Node::Kind::Reduce)
    return node.isReduce(ReduceKind::Max)   ? "max"
           : node.isReduce(ReduceKind::Min) ? "min"
                                            : "total";
  if (node.is("norm.rsqrt") || node.is("math.rsqrt"))
    return "rstd";
  return node.is("math.sqrt") ? "root" : "statistic";
}

GenericOp derive::addSavedResults(func::FuncOp function, Graph &graph, Plan &plan) {
  GenericOp op = graph.op;
  if (plan.saved.empty())
    return op;
  IRRewriter rewriter(op);
  llvm::StringSet<> taken;
  for (unsigned i = 0; i < function.getNumArguments(); ++i)
    taken.insert(getArgName(function, i));
  for (unsigned i = 0; i < function.getNumResults(); ++i)
    taken.insert(getResultName(function, i));

  SmallVector<StringRef> names, reduce;
  for (StringAttr dim : op.getDims().getAsRange<StringAttr>())
    names.push_back(dim.getValue());
  for (StringAttr dim : op.getReduce().getAsRange<StringAttr>())
    reduce.push_back(dim.getValue());
  SmallVector<OpFoldResult> extents = op.getMixedExtents(), sizes;
  SmallVector<StringRef> groupNames;
  for (unsigned dim : op.getDimsWhere(/*inGroup=*/false)) {
    sizes.push_back(extents[dim]);
    groupNames.push_back(names[dim]);
  }
  SmallVector<Value> inits(op.getInits());
  SmallVector<Attribute> accesses(op.getAccesses().getValue());
  SmallVector<Attribute> orders(op.getAccOrders().getValue());
  SmallVector<Root> roots;
  for (unsigned id : plan.saved) {
    inits.push_back(tensor::EmptyOp::create(rewriter, op.getLoc(), sizes, graph[id].type));
    accesses.push_back(GenericOp::buildAccess(rewriter, ArrayRef<StringRef>(groupNames)));
    orders.push_back(rewriter.getUnitAttr());
    plan.results.insert({id, inits.size() - 1});
    roots.push_back({id, {}});
  }
  auto wider =
      GenericOp::create(rewriter, op.getLoc(), op.getInputs(), inits, names, extents, reduce,
                        rewriter.getArrayAttr(accesses), rewriter.getArrayAttr(orders));
  wider.setMinCount(op.getMinCount());
  wider->setDiscardableAttrs(op->getDiscardableAttrDictionary());
  wider.getBody().takeBody(op.getBody());
  YieldOp yield = wider.getYield();
  rewriter.setInsertionPoint(yield);
  DenseMap<unsigned, Value> values(graph.origin);
  SmallVector<Value> saved = Emitter(graph, rewriter, op.getLoc(), values).emit(roots);
  yield.getValuesMutable().append(saved);

  func::ReturnOp back = getReturn(function);
  back.getOperandsMutable().append(wider->getResults().take_back(saved.size()));
  for (auto [id, result] : llvm::zip(plan.saved, wider->getResults().take_back(saved.size()))) {
    StringRef role = getStatisticName(graph[id]);
    StringAttr name = rewriter.getStringAttr(makeUnique(taken, role.str()));
    auto attributes = rewriter.getDictionaryAttr(
        {rewriter.getNamedAttr("norm.name", name),
         rewriter.getNamedAttr("norm.role", rewriter.getStringAttr(role))});
    (void)function.insertResult(function.getNumResults(), result.getType(), attributes);
  }
  rewriter.replaceOp(op, wider->getResults().take_front(op->getNumResults()));
  graph.op = wider;
  return wider;
}

//===----------------------------------------------------------------------===//
// The backward function
//===----------------------------------------------------------------------===//

namespace {
using Access = GenericOp::Access;

/// What the backward operation reads.
struct Source {
  /// The node that it is in the program.
  unsigned node;
  RankedTensorType type;
  unsigned operand;
  /// Of the forward function: the number of an argument, or of a result, or of the result whose
  /// gradient it is.
  enum { Argument, Result, ResultGradient } kind;
  unsigned number;
};

/// Sizes of the iteration space, from tensors.
class Sizes {
public:
  Sizes(GenericOp op) : op(op) {}

  void add(ArrayRef<SmallVector<unsigned>> access, Value value) {
    tensors.push_back({Access(access), value});
  }
  /// Where one tells the extent of a dimension: which, its position, and what its size is divided
  /// by.
  std::optional<std::tuple<unsigned, unsigned, int64_t>> find(unsigned dim) const;
  OpFoldResult getExtent(OpBuilder &b, unsigned dim) const;
  /// The size that an entry of an access has.
  OpFoldResult getSize(OpBuilder &b, ArrayRef<unsigned> entry) const;

private:
  GenericOp op;
  SmallVector<std::pair<Access, Value>> tensors;
};
} // namespace

std::optional<std::tuple<unsigned, unsigned, int64_t>> Sizes::find(unsigned dim) const {
  std::optional<std::tuple<unsigned, unsigned, int64_t>> divided;
  for (auto [number, tensor] : llvm::enumerate(tensors))
    for (auto [position, entry] : llvm::enumerate(tensor.first)) {
      if (!llvm::is_contained(entry, dim))
        continue;
      int64_t others = 1;
      for (unsigned other : entry)
        if (int64_t extent = GenericOp(op).getStaticExtents()[other]; other != dim)
          others = ShapedType::isDynamic(extent) ? 0 : others * extent;
      if (others == 1)
        return std::tuple(number, position, others);
      if (others && !divided)
        divided = std::tuple(number, position, others);
    }
  return divided;
}

OpFoldResult Sizes::getExtent(OpBuilder &b, unsigned dim) const {
  Location loc = GenericOp(op).getLoc();
  int64_t extent = GenericOp(op).getStaticExtents()[dim];
  if (!ShapedType::isDynamic(extent))
    return b.getIndexAttr(extent);
  auto [number, position, by] = *find(dim);
  OpFoldResult size = tensor::getMixedSize(b, loc, tensors[number].second, position);
  if (std::optional<int64_t> known = getConstantIntValue(size))
    return b.getIndexAttr(*known / by);
  if (by == 1)
    return size;
  Value divisor = arith::ConstantIndexOp::create(b, loc, by);
  return arith::DivUIOp::create(b, loc, cast<Value>(size), divisor).getResult();
}

OpFoldResult Sizes::getSize(OpBuilder &b, ArrayRef<unsigned> entry) const {
  Location loc = GenericOp(op).getLoc();
  for (const auto &[access, value] : tensors)
    for (auto [position, other] : llvm::enumerate(access))
      if (ArrayRef(other) == entry)
        return tensor::getMixedSize(b, loc, value, position);
  OpFoldResult size = b.getIndexAttr(1);
  for (unsigned dim : entry) {
    OpFoldResult extent = getExtent(b, dim);
    std::optional<int64_t> x = getConstantIntValue(size), y = getConstantIntValue(extent);
    if (x && y)
      size = b.getIndexAttr(*x * *y);
    else
      size = arith::MulIOp::create(b, loc, getValueOrCreateConstantIndexOp(b, loc, size),
                                   getValueOrCreateConstantIndexOp(b, loc, extent))
                 .getResult();
  }
  return size;
}

/// Gradients of results, then arguments, then results of the forward function; of each those that
/// the backward program needs.
static SmallVector<Source> findSources(func::FuncOp function, GenericOp op, const Graph &graph,
                                       const Plan &plan) {
  llvm::SmallDenseSet<unsigned> live;
  SmallVector<unsigned> work =
      llvm::map_to_vector(plan.gradients, [](const Gradient &gradient) { return gradient.node; });
  while (!work.empty()) {
    unsigned id = work.pop_back_val();
    if (live.insert(id).second && !plan.results.contains(id))
      work.append(graph[id].operands);
  }
  live.insert_range(plan.sizes);
  unsigned numInputs = op.getInputs().size();
  SmallVector<Source> gradients, arguments, results;
  SmallVector<unsigned> ids(live.begin(), live.end());
  llvm::sort(ids, [&](unsigned a, unsigned b) { return graph[a].number < graph[b].number; });
  for (unsigned id : ids) {
    const Node &node = graph[id];
    if (node.kind != Node::Kind::Input || plan.results.contains(id))
      continue;
    if (node.number >= numInputs) {
      unsigned output = node.number - numInputs;
      gradients.push_back({id, cast<RankedTensorType>(op->getResult(output).getType()), node.number,
                           Source::ResultGradient, *findResult(function, op, output)});
    } else {
      Value input = op.getInputs()[node.number];
      arguments.push_back({id, cast<RankedTensorType>(input.getType()), node.number,
                           Source::Argument, cast<BlockArgument>(input).getArgNumber()});
    }
  }
  for (auto [id, output] : plan.results)
    if (live.contains(id))
      results.push_back({id, cast<RankedTensorType>(op->getResult(output).getType()),
                         numInputs + output, Source::Result, *findResult(function, op, output)});
  SmallVector<Source> all = gradients;
  all.append(arguments);
  all.append(results);
  return all;
}

std::string derive::findSizes(func::FuncOp function, Graph &graph, Plan &plan) {
  GenericOp op = graph.op;
  Sizes sizes(op);
  for (const Source &source : findSources(function, op, graph, plan))
    sizes.add(op.getAccess(source.operand), Value());
  auto isKnown = [&](unsigned dim) {
    return !ShapedType::isDynamic(op.getStaticExtents()[dim]) || sizes.find(dim);
  };
  for (unsigned dim = 0; dim < op.getNumDims(); ++dim) {
    for (unsigned input = 0; input < op.getInputs().size() && !isKnown(dim); ++input) {
      Sizes alone(op);
      alone.add(op.getAccess(input), Value());
      if (!alone.find(dim))
        continue;
      sizes.add(op.getAccess(input), Value());
      Type type = op.getBodyType(input);
      plan.sizes.push_back(
          graph.input(input, norm::getElementType(type), Dims(getFieldDims(type))));
    }
    if (!isKnown(dim))
      return ("no operand tells the extent of " + op.getDimName(dim).getValue()).str();
  }
  return "";
}

func::FuncOp derive::buildBackward(func::FuncOp function, GenericOp op, const Graph &graph,
                                   const Plan &plan, StringRef name) {
  SmallVector<Source> sources = findSources(function, op, graph, plan);
  OpBuilder b(function.getContext());
  b.setInsertionPointAfter(function);
  Location loc = op.getLoc();

  // One argument for a tensor, however many operands it is.
  SmallVector<Type> argTypes, resultTypes;
  SmallVector<unsigned> argOf;
  SmallVector<Source> args;
  for (const Source &source : sources) {
    auto same = llvm::find_if(args, [&](const Source &other) {
      return other.kind == source.kind && other.number == source.number;
    });
    argOf.push_back(same - args.begin());
    if (same != args.end())
      continue;
    args.push_back(source);
    argTypes.push_back(source.type);
  }
  for (const Gradient &gradient : plan.gradients)
    resultTypes.push_back(
        cast<RankedTensorType>(op.getInputs()[gradient.input].getType()).clone(gradient.type));
  auto backward = func::FuncOp::create(b, loc, name, b.getFunctionType(argTypes, resultTypes));
  backward.setVisibility(function.getVisibility());

  llvm::StringSet<> taken;
  auto setName = [&](auto set, const std::string &base, Attribute role, Attribute layout) {
    std::string unique = makeUnique(taken, base);
    set("norm.name", b.getStringAttr(unique));
    set("norm.role", role ? role : b.getStringAttr(base));
    if (layout)
      set("norm.layout", layout);
  };
  for (auto [i, arg] : llvm::enumerate(args)) {
    bool isArgument = arg.kind == Source::Argument;
    auto get = [&](StringRef attribute) {
      return isArgument ? function.getArgAttr(arg.number, attribute)
                        : function.getResultAttr(arg.number, attribute);
    };
    std::string own =
        isArgument ? getArgName(function, arg.number) : getResultName(function, arg.number);
    bool isGradient = arg.kind == Source::ResultGradient;
    setName([&](StringRef key, Attribute value) { backward.setArgAttr(i, key, value); },
            isGradient ? "d" + own : own, isGradient ? Attribute() : get("norm.role"),
            get("norm.layout"));
  }
  for (auto [i, gradient] : llvm::enumerate(plan.gradients)) {
    unsigned number = cast<BlockArgument>(op.getInputs()[gradient.input]).getArgNumber();
    setName([&](StringRef key, Attribute value) { backward.setResultAttr(i, key, value); },
            "d" + getArgName(function, number), Attribute(),
            function.getArgAttr(number, "norm.layout"));
  }

  Block *block = backward.addEntryBlock();
  b.setInsertionPointToStart(block);
  Sizes sizes(op);
  SmallVector<Value> inputs, inits;
  SmallVector<Attribute> accesses, orders;
  for (auto [source, arg] : llvm::zip(sources, argOf)) {
    inputs.push_back(block->getArgument(arg));
    accesses.push_back(op.getAccesses()[source.operand]);
    sizes.add(op.getAccess(source.operand), inputs.back());
  }
  SmallVector<StringRef> names, reduce;
  SmallVector<OpFoldResult> extents;
  for (auto [dim, dimName] : llvm::enumerate(op.getDims().getAsRange<StringAttr>())) {
    names.push_back(dimName.getValue());
    extents.push_back(sizes.getExtent(b, dim));
  }
  for (StringAttr dim : op.getReduce().getAsRange<StringAttr>())
    reduce.push_back(dim.getValue());
  SmallVector<Root> roots;
  for (auto [gradient, type] : llvm::zip(plan.gradients, resultTypes)) {
    auto tensorType = cast<RankedTensorType>(type);
    SmallVector<Value> dynamic;
    for (auto [position, entry] : llvm::enumerate(op.getAccess(gradient.input)))
      if (tensorType.isDynamicDim(position))
        dynamic.push_back(getValueOrCreateConstantIndexOp(b, loc, sizes.getSize(b, entry)));
    Value init = tensor::EmptyOp::create(b, loc, tensorType, dynamic);
    bool isSum = op.getAccessDims(gradient.input, /*inGroup=*/false).size() !=
                 op.getDimsWhere(/*inGroup=*/false).size();
    if (isSum) {
      Value zero = arith::ConstantOp::create(b, loc, b.getZeroAttr(gradient.type));
      init = linalg::FillOp::create(b, loc, zero, init).getResult(0);
    }
    inits.push_back(init);
    accesses.push_back(op.getAccesses()[gradient.input]);
    orders.push_back(isSum ? Attribute(TargetOrderAttr::get(b.getContext())) : b.getUnitAttr());
    roots.push_back({gradient.node, Dims(getFieldDims(op.getBodyType(gradient.input)))});
  }
  auto generic = GenericOp::create(
      b, loc, inputs, inits, names, extents, reduce, b.getArrayAttr(accesses),
      b.getArrayAttr(orders), [&](OpBuilder &nested, Location, ValueRange values) {
        DenseMap<unsigned, Value> known;
        for (auto [source, value] : llvm::zip(sources, values))
          known[source.node] = value;
        YieldOp::create(nested, loc, Emitter(graph, nested, loc, known).emit(roots));
      });
  generic.setMinCount(op.getMinCount());
  func::ReturnOp::create(b, loc, generic->getResults());
  return backward;
}
