//===- DeriveBackward.cpp - the gradients of a normalization ---------------===//
//
// Which gradients, and what of the forward function is saved for them. The gradients themselves are
// made in DeriveRules.cpp, of products in DeriveTerms.cpp; DeriveFunction.cpp writes them.
//
//===----------------------------------------------------------------------===//

#include "DeriveFunction.h"
#include "DeriveRules.h"
#include "normc/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Remarks.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/IR/TypeUtilities.h"

namespace mlir::norm {
#define GEN_PASS_DEF_DERIVEBACKWARDPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;
using namespace mlir::norm::derive;

namespace {

/// What a value of the forward program depends on: nothing but the shape, sums over groups, or
/// elements themselves.
enum class Dependence { None, Sums, Elements };

class Derivation {
public:
  Derivation(func::FuncOp function, GenericOp op, bool recompute)
      : function(function), op(op), recompute(recompute), graph(op), terms(graph) {}

  /// What is in the way; empty where nothing is.
  std::string run(StringRef name);
  const Plan &getPlan() const { return plan; }

private:
  std::string findObstacle();
  void findDependences();
  bool isWanted(unsigned input);
  /// The outputs whose gradients arrive.
  SmallVector<unsigned> findOutputs();
  std::string differentiate();
  void chooseSaved();
  void save(unsigned id);
  /// Whether a number of a group follows from results; `used` are these.
  bool followsFromResults(unsigned id, SmallVectorImpl<unsigned> &used);
  std::optional<unsigned> findOutput(unsigned id);
  void useFields();
  unsigned countTensors();

  func::FuncOp function;
  GenericOp op;
  bool recompute;
  Graph graph;
  Terms terms;
  SmallVector<Dependence> dependences;
  Plan plan;
};

std::string Derivation::findObstacle() {
  if (llvm::any_of(op.getMixedOffsets(),
                   [](OpFoldResult offset) { return !isConstantIntValue(offset, 0); }))
    return "it is a tile of a larger operation";
  for (Value input : op.getInputs()) {
    auto arg = dyn_cast<BlockArgument>(input);
    if (!arg || arg.getOwner() != &function.getBody().front())
      return "an input is no argument of the function";
  }
  llvm::SmallDenseSet<Value> returned;
  for (Value value : function.getBody().front().getTerminator()->getOperands()) {
    if (value.getDefiningOp() != op)
      return "the function returns something else than its results";
    if (!returned.insert(value).second)
      return "a result is returned twice";
  }
  return "";
}

void Derivation::findDependences() {
  for (unsigned id = 0; id < graph.size(); ++id) {
    const Node &node = graph[id];
    Dependence own = Dependence::None;
    for (unsigned operand : node.operands)
      own = std::max(own, dependences[operand]);
    switch (node.kind) {
    case Node::Kind::Input:
      if (!op.getAccess(node.number).empty())
        own = Dependence::Elements;
      break;
    case Node::Kind::Reduce:
      own = Dependence::Sums;
      break;
    case Node::Kind::Element:
      if (node.operands.empty())
        own = Dependence::Elements;
      break;
    default:
      break;
    }
    dependences.push_back(node.dims.empty() ? own : Dependence::Elements);
  }
}

bool Derivation::isWanted(unsigned input) {
  Value value = op.getInputs()[input];
  unsigned number = cast<BlockArgument>(value).getArgNumber();
  auto type = cast<RankedTensorType>(value.getType());
  if (!isa<FloatType>(type.getElementType()))
    return false;
  if (auto said = function.getArgAttrOfType<BoolAttr>(number, "norm.gradient"))
    return said.getValue();
  auto role = function.getArgAttrOfType<StringAttr>(number, "norm.role");
  bool isConstant =
      role && (role.getValue() == "running_mean" || role.getValue() == "running_variance");
  return type.getRank() > 0 && !isConstant;
}

SmallVector<unsigned> Derivation::findOutputs() {
  // Statistics are saved for the gradient, and have none of their own, unless there is nothing
  // else.
  SmallVector<unsigned> outputs, statistics;
  for (unsigned output = 0; output < op->getNumResults(); ++output) {
    std::optional<unsigned> number = findResult(function, op, output);
    if (!number || !isa<FloatType>(getElementTypeOrSelf(op->getResult(output).getType())))
      continue;
    if (auto said = function.getResultAttrOfType<BoolAttr>(*number, "norm.gradient")) {
      if (said.getValue())
        outputs.push_back(output);
      continue;
    }
    auto role = function.getResultAttrOfType<StringAttr>(*number, "norm.role");
    if (role && llvm::is_contained({"mean", "rstd", "variance", "running_mean", "running_variance"},
                                   role.getValue()))
      continue;
    bool isStatistic = dependences[graph.yielded[output]] != Dependence::Elements;
    (isStatistic ? statistics : outputs).push_back(output);
  }
  return outputs.empty() ? statistics : outputs;
}

std::string Derivation::differentiate() {
  SmallVector<unsigned> wanted;
  for (unsigned input = 0; input < op.getInputs().size(); ++input) {
    Value value = op.getInputs()[input];
    for (unsigned other = 0; other < input; ++other)
      if (op.getInputs()[other] == value && isWanted(input) &&
          op.getAccesses()[other] != op.getAccesses()[input])
        return "an argument is read in two ways";
    if (isWanted(input) && !llvm::is_contained(op.getInputs().take_front(input), value))
      wanted.push_back(input);
  }
  SmallVector<unsigned> outputs = findOutputs();
  if (outputs.empty())
    return "no result has a gradient";
  Reverse reverse(graph, terms, wanted);
  unsigned numInputs = op.getInputs().size();
  for (unsigned output : outputs) {
    if (!reverse.isActive(graph.yielded[output]))
      continue;
    Type type = op.getBodyType(numInputs + output);
    reverse.seed(output, graph.toCompute(graph.input(numInputs + output, norm::getElementType(type),
                                                     Dims(getFieldDims(type)))));
  }
  if (std::string obstacle = reverse.run(); !obstacle.empty())
    return obstacle;

  SmallVector<unsigned> roots;
  for (unsigned input : wanted) {
    Product gradient = reverse.getGradient(input);
    if (gradient.isZero() || (gradient.factors.empty() && gradient.divisors.empty()))
      continue;
    // What is a sum stays in the type of computation.
    bool isSum = op.getAccessDims(input, true).size() + op.getAccessDims(input, false).size() !=
                 op.getNumDims();
    Type type = isSum ? Type(graph.compute) : getElementTypeOrSelf(op.getInputs()[input].getType());
    unsigned node = graph.convert(terms.materialize(gradient), type);
    plan.gradients.push_back({input, node, type});
    roots.push_back(node);
  }
  if (roots.empty())
    return "no argument has a gradient";
  terms.nestSums(roots);
  for (auto [gradient, root] : llvm::zip(plan.gradients, roots))
    gradient.node = root;
  return "";
}

std::optional<unsigned> Derivation::findOutput(unsigned id) {
  for (auto [output, node] : llvm::enumerate(graph.yielded))
    if (node == id && !op.isAcc(output) && findResult(function, op, output))
      return output;
  return std::nullopt;
}

bool Derivation::followsFromResults(unsigned id, SmallVectorImpl<unsigned> &used) {
  if (dependences[id] == Dependence::None)
    return true;
  if (findOutput(id)) {
    used.push_back(id);
    return true;
  }
  return graph[id].kind == Node::Kind::Element &&
         llvm::all_of(graph[id].operands,
                      [&](unsigned operand) { return followsFromResults(operand, used); });
}

void Derivation::save(unsigned id) {
  SmallVector<unsigned> used;
  if (followsFromResults(id, used)) {
    for (unsigned other : used)
      plan.results.insert({other, *findOutput(other)});
  } else {
    plan.saved.push_back(id);
  }
}

/// The last numbers of a group that only sums, and no element, take part in.
void Derivation::chooseSaved() {
  llvm::SmallDenseSet<unsigned> seen;
  SmallVector<unsigned> work, found;
  for (const Gradient &gradient : plan.gradients)
    work.push_back(gradient.node);
  while (!work.empty()) {
    unsigned id = work.pop_back_val();
    if (!seen.insert(id).second)
      continue;
    if (graph.isForward(id) && dependences[id] == Dependence::Sums &&
        (graph[id].type.isF32() || graph[id].type.isF64()))
      found.push_back(id);
    else
      work.append(graph[id].operands);
  }
  // As the program has them: a mean before what its differences give.
  llvm::sort(found);
  for (unsigned id : found)
    save(id);
}

unsigned Derivation::countTensors() {
  llvm::SmallDenseSet<unsigned> seen;
  SmallVector<unsigned> work;
  for (const Gradient &gradient : plan.gradients)
    work.push_back(gradient.node);
  unsigned count = 0;
  while (!work.empty()) {
    unsigned id = work.pop_back_val();
    if (!seen.insert(id).second)
      continue;
    if (plan.results.contains(id) || llvm::is_contained(plan.saved, id)) {
      count += !graph[id].dims.empty();
      continue;
    }
    const Node &node = graph[id];
    work.append(node.operands);
    if (node.kind == Node::Kind::Input && node.number < op.getInputs().size())
      count += op.getAccessDims(node.number, true).size() +
                   op.getAccessDims(node.number, false).size() ==
               op.getNumDims();
  }
  return count;
}

/// A field that is a result of the forward function is read where that takes fewer tensors than
/// computing it again: a sum with a residual.
void Derivation::useFields() {
  unsigned count = countTensors();
  for (auto [output, id] : llvm::enumerate(graph.yielded)) {
    if (graph[id].kind == Node::Kind::Input || graph[id].dims.empty() || findOutput(id) != output ||
        Dims(getFieldDims(op.getBodyType(op.getInputs().size() + output))) != graph[id].dims)
      continue;
    plan.results.insert({id, output});
    if (unsigned fewer = countTensors(); fewer < count)
      count = fewer;
    else
      plan.results.erase(id);
  }
}

std::string Derivation::run(StringRef name) {
  if (std::string obstacle = findObstacle(); !obstacle.empty())
    return obstacle;
  findDependences();
  if (std::string obstacle = differentiate(); !obstacle.empty())
    return obstacle;
  if (!recompute) {
    chooseSaved();
    useFields();
  }
  if (std::string obstacle = findSizes(function, graph, plan); !obstacle.empty())
    return obstacle;
  op = addSavedResults(function, graph, plan);
  buildBackward(function, op, graph, plan, name);
  return "";
}

/// Whether a function is a gradient already, by its name.
bool isBackward(func::FuncOp function) { return function.getName().ends_with("_backward"); }

struct DeriveBackwardPass : norm::impl::DeriveBackwardPassBase<DeriveBackwardPass> {
  using DeriveBackwardPassBase::DeriveBackwardPassBase;

  void derive(func::FuncOp function) {
    auto said = function->getAttrOfType<BoolAttr>("norm.gradient");
    if (said && !said.getValue())
      return;
    SmallVector<Operation *> found;
    function.walk([&](Operation *inner) {
      if (isa<NormDialect>(inner->getDialect()) && !inner->getParentOfType<GenericOp>())
        found.push_back(inner);
    });
    if (found.empty())
      return;
    auto options = remark::RemarkOpts::name("Backward").category("norm-derive-backward");
    auto miss = [&](const std::string &reason) {
      remark::missed(found[0]->getLoc(), options)
          << remark::add("no gradient of {0}", function.getName().str())
          << remark::reason("{0}", reason);
    };
    std::string name = (function.getName() + "_backward").str();
    auto op = dyn_cast<GenericOp>(found[0]);
    if (isBackward(function) && !said)
      return miss("it is a gradient, by its name; norm.gradient = true asks for its own");
    if (SymbolTable::lookupNearestSymbolFrom(function, StringAttr::get(&getContext(), name)))
      return miss(name + " is there");
    if (!op)
      return miss("norm-generalize has not been run");
    if (found.size() > 1)
      return miss("it has more than one normalization");
    if (op.hasPureBufferSemantics())
      return miss("it has memrefs, not tensors");
    if (!function.getBody().hasOneBlock() || op->getParentOp() != function)
      return miss("the normalization is inside of another operation");
    Derivation derivation(function, op, recompute || function->hasAttr("norm.recompute"));
    Location loc = op.getLoc();
    if (std::string obstacle = derivation.run(name); !obstacle.empty())
      return miss(obstacle);
    const Plan &plan = derivation.getPlan();
    remark::passed(loc, options) << remark::add("{0}", name)
                                 << remark::metric("gradients", plan.gradients.size())
                                 << remark::metric("results", plan.results.size())
                                 << remark::metric("saved", plan.saved.size());
  }

  void runOnOperation() override {
    SmallVector<func::FuncOp> functions;
    getOperation()->walk([&](func::FuncOp function) {
      if (!function.isExternal())
        functions.push_back(function);
    });
    for (func::FuncOp function : functions)
      derive(function);
  }
};

} // namespace
