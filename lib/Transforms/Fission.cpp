//===- Fission.cpp - an operation for each pass over the groups ------------===//
//
// A stage has the sums over some dimensions that need only what earlier stages have. What a later
// one needs of it goes through a tensor: a number for each group, or for each sum of one.
//
//===----------------------------------------------------------------------===//

#include "normc/Passes.h"
#include "normc/Transforms/Team.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/Remarks.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/MapVector.h"

namespace mlir::norm {
#define GEN_PASS_DEF_FISSIONPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

namespace {

/// What the operations of a program need, those inside of maps included.
SmallVector<Value> getNeeds(Operation *op) {
  SmallVector<Value> needs(op->getOperands());
  op->walk([&](Operation *nested) {
    for (Value operand : nested->getOperands())
      if (Operation *definition = operand.getDefiningOp();
          definition && definition->getBlock() == op->getBlock())
        needs.push_back(operand);
      else if (auto arg = dyn_cast<BlockArgument>(operand); arg && arg.getOwner() == op->getBlock())
        needs.push_back(operand);
  });
  return needs;
}

class Fission {
public:
  Fission(GenericOp op, RewriterBase &rewriter)
      : op(op), rewriter(rewriter), block(&op.getBody().front()),
        groupDims(op.getDimsWhere(/*inGroup=*/false)), results(op->getNumResults()) {}

  /// Why it is left as it is; empty where it can be done.
  std::string findObstacle();
  void run();
  size_t getNumStages() const { return stages.size(); }

private:
  /// Numbers of stages begin with 1, and 0 is what arguments alone give; the last is that of
  /// results.
  struct Stage {
    OrderAttr order;
    SmallVector<ReduceOp> reduces;
    SmallVector<unsigned> dims, inGroup;
  };
  struct Output {
    Value value, init;
    ArrayAttr access;
    Attribute acc;
    /// Its number where it is a result of the whole.
    std::optional<unsigned> result;
  };
  unsigned getLast() const { return stages.size() + 1; }
  bool isOfGroup(unsigned output) {
    return op.getAccessDims(op.getInputs().size() + output, /*inGroup=*/true).empty();
  }
  void makeStages();
  void placeScalars();
  /// The dimensions that norm.count asks for, of what a stage makes a value of.
  SmallVector<unsigned> getCounted(Value value, unsigned stage);
  /// Whether it has all of them, if its operation has these dimensions.
  bool hasCounted(Value value, unsigned stage, ArrayRef<unsigned> dims);
  /// The last stage that computes with a value.
  unsigned getLastUse(Value value);
  SmallVector<unsigned> getDims(Type type);
  ArrayAttr nameDims(ArrayRef<unsigned> dims);
  Output createTemporary(Value value);
  void build(ArrayRef<unsigned> dims, ArrayRef<unsigned> inGroup, ArrayRef<Output> outputs);
  void clone(Operation *inner, OpBuilder &b, IRMapping &mapping, ArrayRef<StringAttr> inGroup);

  GenericOp op;
  RewriterBase &rewriter;
  Block *block;
  SmallVector<unsigned> groupDims;
  SmallVector<Stage> stages;
  /// The stage of a sum, or of a number of the group that needs one.
  DenseMap<Value, unsigned> stageOf;
  /// What is known already, and how it is accessed.
  llvm::MapVector<Value, std::pair<Value, ArrayAttr>> known;
  SmallVector<Value> results;
};

SmallVector<unsigned> Fission::getDims(Type type) {
  SmallVector<unsigned> dims;
  for (StringAttr name : getFieldDims(type))
    dims.push_back(*op.findDim(name));
  return dims;
}

void Fission::makeStages() {
  // How many sums stand before one, its own included, and how late it may be.
  DenseMap<Value, unsigned> early, late;
  unsigned most = 0;
  for (Operation &inner : *block) {
    unsigned level = 0;
    for (Value need : getNeeds(&inner))
      level = std::max(level, early.lookup(need));
    if (isa<ReduceOp>(inner))
      most = std::max(most, ++level);
    for (Value result : inner.getResults())
      early[result] = level;
  }
  DenseMap<Operation *, unsigned> lastLevel;
  for (Operation &inner : llvm::reverse(*block)) {
    unsigned level = most;
    for (Value result : inner.getResults())
      if (late.contains(result))
        level = std::min(level, late[result]);
    lastLevel[&inner] = level;
    if (isa<ReduceOp>(inner))
      --level;
    if (!isa<YieldOp>(inner))
      for (Value need : getNeeds(&inner))
        late[need] = late.contains(need) ? std::min(late[need], level) : level;
  }
  // Those with one place, then the others: with the last of the same kind, which read the same, or
  // as late as they may be.
  auto reduces = llvm::to_vector(op.getBody().getOps<ReduceOp>());
  DenseMap<Operation *, unsigned> levels;
  for (ReduceOp reduce : reduces)
    if (early[reduce.getResult(0)] == lastLevel[reduce])
      levels[reduce] = lastLevel[reduce];
  for (ReduceOp reduce : reduces) {
    if (levels.contains(reduce))
      continue;
    unsigned level = 0;
    for (ReduceOp other : reduces)
      if (levels.contains(other) && other.getOver() == reduce.getOver() &&
          other.getOrder() == reduce.getOrder() && levels[other] <= lastLevel[reduce] &&
          levels[other] >= early[reduce.getResult(0)])
        level = std::max(level, levels[other]);
    levels[reduce] = level ? level : lastLevel[reduce];
  }
  for (unsigned level = 1; level <= most; ++level) {
    size_t first = stages.size();
    for (ReduceOp reduce : reduces) {
      if (levels[reduce] != level)
        continue;
      auto over = llvm::map_to_vector(reduce.getOver().getAsRange<StringAttr>(),
                                      [&](StringAttr name) { return *op.findDim(name); });
      auto *same = std::find_if(stages.begin() + first, stages.end(), [&](const Stage &stage) {
        return stage.inGroup == over && stage.order == reduce.getOrder();
      });
      if (same == stages.end()) {
        stages.push_back({reduce.getOrder(), {}, {}, over});
        same = &stages.back();
      }
      same->reduces.push_back(reduce);
    }
  }
  for (auto [number, stage] : llvm::enumerate(stages)) {
    llvm::SmallDenseSet<unsigned> dims(groupDims.begin(), groupDims.end());
    for (ReduceOp reduce : stage.reduces) {
      dims.insert_range(getDims(reduce.getInputs().front().getType()));
      for (Value result : reduce.getResults())
        stageOf[result] = number + 1;
    }
    for (unsigned d = 0; d < op.getNumDims(); ++d)
      if (dims.contains(d))
        stage.dims.push_back(d);
  }
}

SmallVector<unsigned> Fission::getCounted(Value value, unsigned stage) {
  SmallVector<unsigned> dims;
  Operation *definition = value.getDefiningOp();
  auto at = stageOf.find(value);
  bool isKnown = at != stageOf.end() && at->second < stage;
  if (!definition || isKnown || isa<ReduceOp>(definition))
    return dims;
  if (auto count = dyn_cast<CountOp>(definition))
    return llvm::map_to_vector(count.getOver().getAsRange<StringAttr>(),
                               [&](StringAttr name) { return *op.findDim(name); });
  for (Value need : getNeeds(definition))
    llvm::append_range(dims, getCounted(need, stage));
  return dims;
}

bool Fission::hasCounted(Value value, unsigned stage, ArrayRef<unsigned> dims) {
  return llvm::all_of(getCounted(value, stage),
                      [&](unsigned dim) { return llvm::is_contained(dims, dim); });
}

void Fission::placeScalars() {
  for (Operation &inner : *block) {
    if (isa<ReduceOp, MapOp, YieldOp>(inner))
      continue;
    unsigned stage = 0;
    for (Value need : getNeeds(&inner))
      stage = std::max(stage, stageOf.lookup(need));
    for (Value result : inner.getResults()) {
      auto has = [&](unsigned number) {
        return hasCounted(result, number, stages[number - 1].dims);
      };
      while (stage != 0 && stage < getLast() && !has(stage))
        ++stage;
      if (stage != 0)
        stageOf[result] = stage;
    }
  }
}

unsigned Fission::getLastUse(Value value) {
  unsigned last = 0;
  for (Operation *user : value.getUsers()) {
    while (user->getBlock() != block)
      user = user->getParentOp();
    if (isa<YieldOp>(user)) {
      last = getLast();
    } else {
      for (Value result : user->getResults())
        last = std::max(last, stageOf.contains(result) ? stageOf[result] : getLastUse(result));
    }
  }
  return last;
}

std::string Fission::findObstacle() {
  if (!op.getBody().getOps<FlipOp>().empty())
    return "halves are exchanged";
  if (llvm::any_of(op.getMixedOffsets(),
                   [](OpFoldResult offset) { return !isConstantIntValue(offset, 0); }))
    return "it is a tile of a larger operation";
  for (auto [i, value] : llvm::enumerate(op.getYield().getValues()))
    if (op.getAccOrder(i) && value.getDefiningOp<MapOp>())
      return "products are added to a result as they are computed";
  for (auto reduce : op.getBody().getOps<ReduceOp>())
    if (!isTeamOrder(reduce.getOrder()) && !isColumnOrder(reduce.getOrder()))
      return "the order of a sum is not that of threads";
  makeStages();
  placeScalars();
  bool hasMinimum = op.getMinCount() == 1;
  for (const Stage &stage : stages)
    hasMinimum |= stage.inGroup == op.getDimsWhere(/*inGroup=*/true);
  if (!hasMinimum)
    return "no sum is over the whole of a group, whose size has a minimum";
  for (auto [value, stage] : stageOf)
    if (!isa<FloatType>(norm::getElementType(value.getType())))
      return "something else than numbers comes from a sum";
  for (auto [i, value] : llvm::enumerate(op.getYield().getValues())) {
    SmallVector<unsigned> dims = op.getAccessDims(op.getInputs().size() + i, /*inGroup=*/true);
    llvm::append_range(dims, groupDims);
    if (!hasCounted(value, getLast(), dims))
      return "a result needs the number of elements that it does not have";
  }
  for (auto [index, stage] : llvm::enumerate(stages))
    for (ReduceOp reduce : stage.reduces)
      for (Value input : reduce.getInputs())
        if (!hasCounted(input, index + 1, stage.dims))
          return "a sum needs the number of elements that it is not over";
  if (stages.empty())
    return "nothing is reduced";
  return "";
}

ArrayAttr Fission::nameDims(ArrayRef<unsigned> dims) {
  Builder b(op.getContext());
  auto names = llvm::map_to_vector(dims, [&](unsigned d) { return op.getDimName(d).getValue(); });
  return GenericOp::buildAccess(b, ArrayRef<StringRef>(names));
}

Fission::Output Fission::createTemporary(Value value) {
  SmallVector<unsigned> dims = groupDims;
  llvm::append_range(dims, getDims(value.getType()));
  llvm::sort(dims);
  SmallVector<OpFoldResult> sizes, extents = op.getMixedExtents();
  for (unsigned d : dims)
    sizes.push_back(extents[d]);
  Value init =
      tensor::EmptyOp::create(rewriter, op.getLoc(), sizes, norm::getElementType(value.getType()));
  return {value, init, nameDims(dims), rewriter.getUnitAttr(), std::nullopt};
}

void Fission::clone(Operation *inner, OpBuilder &b, IRMapping &mapping,
                    ArrayRef<StringAttr> inGroup) {
  auto keep = [&](Type type) {
    SmallVector<StringAttr> dims;
    for (StringAttr dim : getFieldDims(type))
      if (llvm::is_contained(inGroup, dim))
        dims.push_back(dim);
    return getFieldOrScalar(norm::getElementType(type), dims);
  };
  auto map = dyn_cast<MapOp>(inner);
  if (!map) {
    Operation *copy = b.clone(*inner, mapping);
    for (Value result : copy->getResults())
      if (isa<FieldType>(result.getType()))
        result.setType(keep(result.getType()));
    return;
  }
  auto emitBody = [&](OpBuilder &nested, ValueRange fields) {
    IRMapping own(mapping);
    size_t next = 0;
    for (auto [arg, input] : llvm::zip(map.getBody().getArguments(), map.getInputs())) {
      Value mapped = mapping.lookup(input);
      own.map(arg, isa<FieldType>(mapped.getType()) ? fields[next++] : mapped);
    }
    for (Operation &operation : map.getBody().front().without_terminator())
      nested.clone(operation, own);
    return llvm::map_to_vector(map.getYield().getValues(),
                               [&](Value value) { return own.lookupOrDefault(value); });
  };
  SmallVector<Value> fields;
  for (Value input : map.getInputs())
    if (isa<FieldType>(mapping.lookup(input).getType()))
      fields.push_back(mapping.lookup(input));
  if (fields.empty()) {
    mapping.map(map.getResults(), emitBody(b, {}));
    return;
  }
  auto types = llvm::map_to_vector(map.getResultTypes(), keep);
  auto copy = MapOp::create(b, map.getLoc(), types, fields,
                            [&](OpBuilder &nested, Location loc, ValueRange args) {
                              YieldOp::create(nested, loc, emitBody(nested, args));
                            });
  mapping.map(map.getResults(), copy.getResults());
}

void Fission::build(ArrayRef<unsigned> dims, ArrayRef<unsigned> inGroup, ArrayRef<Output> outputs) {
  // What the outputs are made of: from what is known on.
  llvm::SmallPtrSet<Operation *, 16> slice;
  llvm::SmallDenseSet<Value> given;
  SmallVector<Value> work =
      llvm::map_to_vector(outputs, [](const Output &output) { return output.value; });
  while (!work.empty()) {
    Value value = work.pop_back_val();
    if (isa<BlockArgument>(value) || known.contains(value))
      given.insert(value);
    else if (slice.insert(value.getDefiningOp()).second)
      llvm::append_range(work, getNeeds(value.getDefiningOp()));
  }
  SmallVector<Value> inputs, arguments;
  SmallVector<Attribute> accesses, accs;
  for (BlockArgument arg : block->getArguments())
    if (given.contains(arg)) {
      arguments.push_back(arg);
      inputs.push_back(op.getInputs()[arg.getArgNumber()]);
      accesses.push_back(op.getAccesses()[arg.getArgNumber()]);
    }
  for (const auto &[value, place] : known)
    if (given.contains(value)) {
      arguments.push_back(value);
      inputs.push_back(place.first);
      accesses.push_back(place.second);
    }
  SmallVector<Value> inits;
  for (const Output &output : outputs) {
    inits.push_back(output.init);
    accesses.push_back(output.access);
    accs.push_back(output.acc);
  }
  SmallVector<StringRef> names, reduced;
  SmallVector<StringAttr> inGroupNames;
  SmallVector<OpFoldResult> sizes, extents = op.getMixedExtents();
  for (unsigned d : dims) {
    names.push_back(op.getDimName(d).getValue());
    sizes.push_back(extents[d]);
  }
  for (unsigned d : inGroup) {
    inGroupNames.push_back(op.getDimName(d));
    reduced.push_back(op.getDimName(d).getValue());
  }
  auto body = [&](OpBuilder &b, Location loc, ValueRange args) {
    IRMapping mapping;
    mapping.map(ValueRange(arguments), args);
    for (Operation &inner : *block)
      if (slice.contains(&inner))
        clone(&inner, b, mapping, inGroupNames);
    YieldOp::create(b, loc, llvm::map_to_vector(outputs, [&](const Output &output) {
                      return mapping.lookup(output.value);
                    }));
  };
  auto part = GenericOp::create(rewriter, op.getLoc(), inputs, inits, names, sizes, reduced,
                                rewriter.getArrayAttr(accesses), rewriter.getArrayAttr(accs), body);
  if (SmallVector<unsigned>(inGroup) == op.getDimsWhere(/*inGroup=*/true))
    part.setMinCount(op.getMinCount());
  for (auto [output, result] : llvm::zip(outputs, part->getResults())) {
    if (output.result)
      results[*output.result] = result;
    if (!isa<OrderAttr>(output.acc))
      known.insert({output.value, {result, output.access}});
  }
}

void Fission::run() {
  rewriter.setInsertionPoint(op);
  unsigned numInputs = op.getInputs().size();
  auto getOutput = [&](unsigned i) -> Output {
    return {op.getYield().getValues()[i], op.getInits()[i],
            cast<ArrayAttr>(op.getAccesses()[numInputs + i]), op.getAccOrders()[i], i};
  };
  SmallVector<unsigned> left = llvm::to_vector(llvm::seq<unsigned>(op->getNumResults()));
  for (auto [index, stage] : llvm::enumerate(stages)) {
    unsigned number = index + 1;
    SmallVector<Output> outputs;
    // Results that are a number of each group are stored where it is computed.
    llvm::erase_if(left, [&](unsigned i) {
      Output output = getOutput(i);
      auto at = stageOf.find(output.value);
      if (!isOfGroup(i) || isa<OrderAttr>(output.acc) || at == stageOf.end() ||
          at->second != number)
        return false;
      outputs.push_back(output);
      return true;
    });
    for (Operation &inner : *block)
      for (Value result : inner.getResults()) {
        auto at = stageOf.find(result);
        bool isStored =
            llvm::any_of(outputs, [&](const Output &output) { return output.value == result; });
        if (at != stageOf.end() && at->second == number && !isStored && getLastUse(result) > number)
          outputs.push_back(createTemporary(result));
      }
    if (!outputs.empty())
      build(stage.dims, stage.inGroup, outputs);
  }
  // The others, those with the same elements together.
  while (!left.empty()) {
    SmallVector<unsigned> own = op.getAccessDims(numInputs + left.front(), /*inGroup=*/true);
    Attribute acc = op.getAccOrders()[left.front()];
    SmallVector<Output> outputs;
    llvm::erase_if(left, [&](unsigned i) {
      if (op.getAccessDims(numInputs + i, /*inGroup=*/true) != own || op.getAccOrders()[i] != acc)
        return false;
      outputs.push_back(getOutput(i));
      return true;
    });
    SmallVector<unsigned> dims = groupDims;
    llvm::append_range(dims, own);
    llvm::sort(dims);
    build(dims, {}, outputs);
  }
  rewriter.replaceOp(op, results);
}

struct FissionPass : norm::impl::FissionPassBase<FissionPass> {
  void runOnOperation() override {
    if (failed(verifyOrders(getOperation(), "norm-fission")))
      return signalPassFailure();
    SmallVector<GenericOp> ops;
    getOperation()->walk([&](GenericOp op) { ops.push_back(op); });
    IRRewriter rewriter(&getContext());
    for (GenericOp op : ops) {
      if (op->getNumResults() == 0 || findElementObstacle(op).empty() ||
          findColumnObstacle(op).empty())
        continue;
      std::string reason = findTeamObstacle(op);
      if (reason.empty())
        continue;
      auto options = remark::RemarkOpts::name("Fission").category("norm-fission");
      Fission fission(op, rewriter);
      if (std::string obstacle = fission.findObstacle(); !obstacle.empty()) {
        remark::missed(op.getLoc(), options)
            << remark::add("left whole") << remark::reason("{0}", obstacle);
        continue;
      }
      remark::passed(op.getLoc(), options)
          << remark::add("{0} passes over the groups and their results", fission.getNumStages())
          << remark::reason("{0}", reason);
      fission.run();
    }
  }
};

} // namespace
