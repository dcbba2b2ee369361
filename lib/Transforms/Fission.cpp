//===- Fission.cpp - an operation for each pass over the groups ------------===//
//
// A stage has the sums over some dimensions that need only what earlier stages have. What a later
// one needs of it goes through a tensor: a number for each group, or for each sum of one.
//
//===----------------------------------------------------------------------===//

#include "Slice.h"
#include "normc/Passes.h"
#include "normc/Transforms/Team.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/Remarks.h"
#include "mlir/IR/TypeUtilities.h"

namespace mlir::norm {
#define GEN_PASS_DEF_FISSIONPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

namespace {

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
  struct Output : SliceOutput {
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
  void build(ArrayRef<unsigned> dims, ArrayRef<unsigned> inGroup, ArrayRef<Output> outputs);

  GenericOp op;
  RewriterBase &rewriter;
  Block *block;
  SmallVector<unsigned> groupDims;
  SmallVector<Stage> stages;
  /// The stage of a sum, or of a number of the group that needs one.
  DenseMap<Value, unsigned> stageOf;
  /// What is known already.
  KnownValues known;
  SmallVector<Value> results;
};

void Fission::makeStages() {
  auto reduces = llvm::to_vector(op.getBody().getOps<ReduceOp>());
  DenseMap<Operation *, unsigned> levels = findLevels(op, [](ReduceOp) { return true; });
  unsigned most = 0;
  for (auto [reduce, level] : levels)
    most = std::max(most, level);
  for (unsigned level = 1; level <= most; ++level) {
    size_t first = stages.size();
    for (ReduceOp reduce : reduces) {
      if (levels[reduce] != level)
        continue;
      auto over = llvm::map_to_vector(reduce.getOver().getAsRange<StringAttr>(),
                                      [&](StringAttr name) { return *op.findDim(name); });
      llvm::SmallDenseSet<unsigned> walked(groupDims.begin(), groupDims.end());
      walked.insert_range(getDims(op, reduce.getInputs().front().getType()));
      auto dims = llvm::filter_to_vector(llvm::seq(op.getNumDims()),
                                         [&](unsigned dim) { return walked.contains(dim); });
      auto *same = std::find_if(stages.begin() + first, stages.end(), [&](const Stage &stage) {
        return stage.dims == dims && stage.inGroup == over && stage.order == reduce.getOrder();
      });
      if (same == stages.end()) {
        stages.push_back({reduce.getOrder(), {}, dims, over});
        same = &stages.back();
      }
      same->reduces.push_back(reduce);
    }
  }
  for (auto [number, stage] : llvm::enumerate(stages))
    for (ReduceOp reduce : stage.reduces)
      for (Value result : reduce.getResults())
        stageOf[result] = number + 1;
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
    if (op.getAccOrder(i) && value.getDefiningOp<MapOp>() &&
        !op.getBody().getOps<ReduceOp>().empty())
      return "products are added to a result as they are computed";
  for (auto reduce : op.getBody().getOps<ReduceOp>())
    if (!isTeamOrder(reduce.getOrder()) && !isColumnOrder(reduce.getOrder()))
      return "the order of a sum is not that of threads";
  makeStages();
  placeScalars();
  bool hasMinimum = op.getMinCount() <= 1;
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
  if (stages.empty() &&
      llvm::all_of(llvm::seq(op->getNumResults()), [&](unsigned i) { return op.isAcc(i); }))
    return "nothing is reduced, and all results accumulate";
  return "";
}

void Fission::build(ArrayRef<unsigned> dims, ArrayRef<unsigned> inGroup, ArrayRef<Output> outputs) {
  SmallVector<SliceOutput> slices(outputs.begin(), outputs.end());
  GenericOp part = buildSlice(rewriter, op, dims, inGroup, slices, known);
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
    return {{op.getYield().getValues()[i], op.getInits()[i],
             cast<ArrayAttr>(op.getAccesses()[numInputs + i]), op.getAccOrders()[i]},
            i};
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
          outputs.push_back({createTemporary(rewriter, op, result), std::nullopt});
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
    // Without sums, an accumulating result is made as in the whole: its products and their
    // additions may be rounded together.
    if (stages.empty() && isa<OrderAttr>(acc))
      build(llvm::to_vector(llvm::seq(op.getNumDims())), op.getDimsWhere(/*inGroup=*/true),
            outputs);
    else
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
          << (fission.getNumStages() ? remark::add("{0} passes over the groups and their results",
                                                   fission.getNumStages())
                                     : remark::add("element by element"))
          << remark::reason("{0}", reason);
      fission.run();
    }
  }
};

} // namespace
