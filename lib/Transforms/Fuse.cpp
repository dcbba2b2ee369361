//===- Fuse.cpp - elementwise neighbours become parts of a group's program ------===//
//
// What a normalization reads is computed where it is read, and what is computed of its results
// where they are made: each tensor between saves a store and a load of all its elements.
//
//===----------------------------------------------------------------------===//

#include "Fuse.h"
#include "FuseRotary.h"
#include "GeneralizeOrders.h"
#include "normc/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/Transforms/Transforms.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "llvm/ADT/StringSet.h"

namespace mlir::norm {
#define GEN_PASS_DEF_FUSEPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

namespace {

class Fuser {
public:
  Fuser(RewriterBase &rewriter, StringRef target) : rewriter(rewriter), target(target) {}

  /// One step at an operation; returns what it has become, or null where there is nothing left to
  /// fuse.
  GenericOp step(GenericOp op);

  /// Whether what is left is said: what one step leaves, another may take.
  bool explains = false;

private:
  GenericOp fuseProducer(GenericOp op, unsigned input);
  GenericOp fuseView(GenericOp op, unsigned input);
  GenericOp fuseConsumer(GenericOp op, unsigned result, Operation *user);
  GenericOp fuseResultView(GenericOp op, unsigned result, Operation *user);
  GenericOp fuseRotation(GenericOp op, Operation *root, const Joined &joined);
  GenericOp fuseNeighbour(GenericOp op, GenericOp later);
  /// Whether nobody asks for results of `op`, but for `allowed`, before `place`.
  bool canMove(Operation *op, Operation *place, ArrayRef<Operation *> allowed);
  /// Whether what an operation needs is there at `place`; results of `except` are.
  bool isAvailable(ValueRange operands, Operation *place, Operation *except);
  Value createInit(Value overwritten, GenericOp op, Operation *reader);
  void replaceResult(Value old, Value made);
  void explainParts(GenericOp op);
  GenericOp miss(Operation *op, const Twine &what, const Twine &reason);
  void pass(Operation *op, const Twine &what, Value saved);
  remark::RemarkOpts options() { return remark::RemarkOpts::name("Fuse").category("norm-fuse"); }

  RewriterBase &rewriter;
  StringRef target;
  /// What was said once need not be said again.
  llvm::StringSet<> said;
};

/// Whether computing it again for every group costs little beside the group's elements.
bool isCheap(linalg::LinalgOp op) {
  return llvm::none_of(op.getBlock()->without_terminator(), [](Operation &inner) {
    return isa<math::MathDialect>(inner.getDialect()) || isa<arith::DivFOp, RandomOp>(inner);
  });
}

} // namespace

/// A place for results of `op`. What a linalg operation overwrites may be an input too, read in
/// another way; what a loop carries, and what nobody but `reader` asks of `op`, stays where it is.
Value Fuser::createInit(Value overwritten, GenericOp op, Operation *reader) {
  bool isFree = false;
  if (auto own = dyn_cast<OpResult>(overwritten); own && own.getOwner() == op) {
    overwritten = op.getInits()[own.getResultNumber()];
    isFree = llvm::all_of(own.getUsers(), [&](Operation *user) { return user == reader; });
  }
  if (auto empty = overwritten.getDefiningOp<tensor::EmptyOp>()) {
    // Where it stands behind its place, another one.
    auto place = rewriter.getInsertionPoint();
    bool isThere = empty->getBlock() != rewriter.getBlock() ||
                   (place != rewriter.getBlock()->end() && empty->isBeforeInBlock(&*place));
    return isThere ? overwritten : rewriter.clone(*empty)->getResult(0);
  }
  if (auto carried = dyn_cast<BlockArgument>(overwritten))
    isFree |= !isa<FunctionOpInterface>(carried.getOwner()->getParentOp());
  if (isFree)
    return overwritten;
  Location loc = overwritten.getLoc();
  return tensor::EmptyOp::create(rewriter, loc, tensor::getMixedSizes(rewriter, loc, overwritten),
                                 getElementTypeOrSelf(overwritten.getType()));
}

/// What is known of a size may be more than was said of it, or less.
void Fuser::replaceResult(Value old, Value made) {
  if (old.getType() != made.getType()) {
    rewriter.setInsertionPointAfterValue(made);
    made = tensor::CastOp::create(rewriter, made.getLoc(), old.getType(), made);
  }
  rewriter.replaceAllUsesWith(old, made);
}

GenericOp Fuser::miss(Operation *op, const Twine &what, const Twine &reason) {
  if (!explains)
    return GenericOp();
  std::string text = (what + reason).str();
  if (said.insert((Twine(reinterpret_cast<uintptr_t>(op)) + text).str()).second)
    remark::missed(op->getLoc(), options())
        << remark::add("{0}", what.str()) << remark::reason("{0}", reason.str());
  return GenericOp();
}

void Fuser::pass(Operation *op, const Twine &what, Value saved) {
  remark::passed(op->getLoc(), options())
      << remark::add("{0}", what.str())
      << remark::reason("{0} need not be stored and loaded", describeBytes(saved));
}

bool Fuser::canMove(Operation *op, Operation *place, ArrayRef<Operation *> allowed) {
  for (Operation *user : op->getUsers()) {
    Operation *here = op->getBlock()->findAncestorOpInBlock(*user);
    if (here && !llvm::is_contained(allowed, here) && here != place && here->isBeforeInBlock(place))
      return false;
  }
  return true;
}

bool Fuser::isAvailable(ValueRange operands, Operation *place, Operation *except) {
  return llvm::all_of(operands, [&](Value operand) {
    Operation *op = operand.getDefiningOp();
    return !op || op == except || op->getBlock() != place->getBlock() || op->isBeforeInBlock(place);
  });
}

//===----------------------------------------------------------------------===//
// What is read
//===----------------------------------------------------------------------===//

GenericOp Fuser::fuseView(GenericOp op, unsigned input) {
  Value value = op.getInputs()[input];
  auto access = cast<ArrayAttr>(op.getAccesses()[input]);
  Operands operands(op);
  SmallVector<Attribute> entries;
  Value source;
  if (llvm::is_contained(op.getInits(), value))
    return GenericOp();
  if (auto expand = value.getDefiningOp<tensor::ExpandShapeOp>()) {
    source = expand.getSrc();
    for (const ReassociationIndices &group : expand.getReassociationIndices()) {
      SmallVector<Attribute> names;
      for (int64_t dim : group)
        llvm::append_range(names, cast<ArrayAttr>(access[dim]));
      entries.push_back(rewriter.getArrayAttr(names));
    }
  } else if (auto collapse = value.getDefiningOp<tensor::CollapseShapeOp>();
             collapse && collapse->getBlock() == op->getBlock()) {
    // Only for what is computed before it.
    linalg::LinalgOp producer = getElementwise(collapse.getSrc().getDefiningOp());
    if (!producer || !collapse->hasOneUse() || producer->getBlock() != op->getBlock())
      return GenericOp();
    source = collapse.getSrc();
    rewriter.setInsertionPoint(op);
    SmallVector<OpFoldResult> sizes =
        tensor::getMixedSizes(rewriter, op.getLoc(), producer.getDpsInits()[0]);
    if (!splitEntries(rewriter, op, access, collapse.getReassociationIndices(),
                      collapse.getSrcType(), sizes, entries))
      return GenericOp();
    operands = Operands(op);
  } else {
    return GenericOp();
  }
  if (accumulatesOtherwise(op, source, rewriter.getArrayAttr(entries)) ||
      llvm::any_of(entries, [](Attribute entry) { return cast<ArrayAttr>(entry).empty(); }))
    return GenericOp();
  operands.inputs[input] = source;
  operands.inputAccesses[input] = rewriter.getArrayAttr(entries);
  rewriter.setInsertionPoint(op);
  GenericOp made = rebuild(rewriter, op, operands);
  rewriter.replaceOp(op, made);
  if (value.use_empty())
    rewriter.eraseOp(value.getDefiningOp());
  return made;
}

GenericOp Fuser::fuseProducer(GenericOp op, unsigned input) {
  Value value = op.getInputs()[input];
  auto access = cast<ArrayAttr>(op.getAccesses()[input]);
  // Dimensions of one element may be in between.
  auto view = value.getDefiningOp<tensor::CollapseShapeOp>();
  if (view) {
    value = view.getSrc();
    access = addUnits(view, access);
    if (!access || view->getBlock() != op->getBlock())
      return GenericOp();
  }
  linalg::LinalgOp producer = getElementwise(value.getDefiningOp());
  if (!producer || producer->getBlock() != op->getBlock())
    return GenericOp();
  if (view && (!view->hasOneUse() || !value.hasOneUse()))
    return miss(producer, "left before a normalization", "others read its result");
  if (usesInit(producer))
    return miss(producer, "left before a normalization", "it computes with what it overwrites");
  if (llvm::is_contained(op.getInits(), value))
    return miss(producer, "left before a normalization", "its result is overwritten");
  AffineMap resultMap = producer.getMatchingIndexingMap(producer.getDpsInitOperand(0));
  LoopsInGroup loops(op, producer, resultMap, access);
  if (std::string why = loops.findObstacle(); !why.empty())
    return miss(producer, "left before a normalization", why);
  // A parameter's elements are computed again for every group.
  bool isParameter = op.getAccessDims(input, /*inGroup=*/false).size() !=
                     op.getDimsWhere(/*inGroup=*/false).size();
  if (isParameter && !isCheap(producer))
    return miss(producer, "left before a normalization",
                "it would be computed again for every group");
  bool isKept = !view && llvm::any_of(value.getUses(), [&](OpOperand &use) {
    return use.getOwner() != op ||
           use.getOperandNumber() != op.getInputs().getBeginOperandIndex() + input;
  });
  if (isKept && isParameter)
    return miss(producer, "left before a normalization", "others read its result");
  if (isKept && !canMove(producer, op, {op}))
    return miss(producer, "left before a normalization",
                "its result is read before the normalization");
  if (isKept && llvm::any_of(value.getUsers(), [&](Operation *user) {
        return user == op && llvm::count(op.getInputs(), value) > 1;
      }))
    return miss(producer, "left before a normalization", "it is read twice");

  Operands operands(op);
  operands.inputs.erase(operands.inputs.begin() + input);
  operands.inputAccesses.erase(operands.inputAccesses.begin() + input);
  SmallVector<std::pair<Value, AffineMap>> reads;
  SmallVector<Attribute> accesses;
  for (OpOperand *operand : producer.getDpsInputOperands()) {
    if (getUniform(operand->get()))
      continue;
    AffineMap map = producer.getMatchingIndexingMap(operand);
    Attribute indexed = loops.getAccess(getOperandMap(operand->get(), map));
    if (!indexed)
      return miss(producer, "left before a normalization",
                  "it reads one index of a dimension, or a diagonal");
    if (accumulatesOtherwise(op, operand->get(), indexed))
      return miss(producer, "left before a normalization", "a result accumulates in what it reads");
    reads.push_back({operand->get(), map});
    accesses.push_back(indexed);
  }
  for (Value number : loops.getNumbers()) {
    reads.push_back({number, AffineMap::get(producer.getNumLoops(), 0, op.getContext())});
    accesses.push_back(rewriter.getArrayAttr({}));
  }
  rewriter.setInsertionPoint(op);
  SmallVector<Value> added;
  for (auto [value, map] : reads)
    added.push_back(createOperand(rewriter, op.getLoc(), value, map));
  operands.inputs.insert(operands.inputs.begin() + input, added.begin(), added.end());
  operands.inputAccesses.insert(operands.inputAccesses.begin() + input, accesses.begin(),
                                accesses.end());
  if (isKept) {
    operands.inits.push_back(createInit(producer.getDpsInits()[0], op, producer));
    operands.initAccesses.push_back(access);
    operands.accOrders.push_back(rewriter.getUnitAttr());
  }
  Type bodyType = op.getBodyType(input);
  GenericOp made = rebuild(rewriter, op, operands);
  Block *block = &made.getBody().front();
  SmallVector<Value> inputs, taken;
  rewriter.setInsertionPointToStart(block);
  unsigned next = input;
  for (OpOperand *operand : producer.getDpsInputOperands()) {
    if (TypedAttr splat = getUniform(operand->get())) {
      inputs.push_back(arith::ConstantOp::create(rewriter, op.getLoc(), splat));
      continue;
    }
    inputs.push_back(block->insertArgument(next, made.getBodyType(next), op.getLoc()));
    ++next;
  }
  inputs.push_back(Value());
  for (; taken.size() < loops.getNumbers().size(); ++next)
    taken.push_back(block->insertArgument(next, made.getBodyType(next), op.getLoc()));
  ArrayRef<StringAttr> dims =
      isa<FieldType>(bodyType) ? getFieldDims(bodyType) : ArrayRef<StringAttr>();
  Value yielded = producer.getBlock()->getTerminator()->getOperand(0);
  Value computed = loops.emit(rewriter, inputs, taken, yielded, dims).front();
  BlockArgument old = block->getArgument(input + added.size());
  rewriter.replaceAllUsesWith(old, computed);
  block->eraseArgument(old.getArgNumber());
  if (isKept)
    made.getYield().getValuesMutable().append(computed);
  pass(producer,
       isKept ? "computed by a normalization, and returned" : "computed by a normalization", value);
  rewriter.replaceOp(op, made.getResults().take_front(op.getNumResults()));
  if (isKept)
    rewriter.replaceAllUsesWith(value, made.getResults().back());
  if (view)
    rewriter.eraseOp(view);
  rewriter.eraseOp(producer);
  return made;
}

//===----------------------------------------------------------------------===//
// What is computed of results
//===----------------------------------------------------------------------===//

/// The reduction that a linalg operation's body is, and what it combines.
static std::optional<std::pair<ReduceKind, Value>> matchCombiner(linalg::LinalgOp op) {
  Value yielded = op.getBlock()->getTerminator()->getOperand(0);
  BlockArgument acc = op.getMatchingBlockArgument(op.getDpsInitOperand(0));
  Operation *combiner = yielded.getDefiningOp();
  if (!combiner || combiner->getNumOperands() != 2 || !acc.hasOneUse())
    return std::nullopt;
  std::optional<ReduceKind> kind;
  if (isa<arith::AddFOp>(combiner))
    kind = ReduceKind::Sum;
  if (isa<arith::MaximumFOp>(combiner))
    kind = ReduceKind::Max;
  if (isa<arith::MinimumFOp>(combiner))
    kind = ReduceKind::Min;
  if (!kind || llvm::count(combiner->getOperands(), acc) != 1)
    return std::nullopt;
  return std::make_pair(*kind, combiner->getOperand(combiner->getOperand(0) == acc ? 1 : 0));
}

GenericOp Fuser::fuseConsumer(GenericOp op, unsigned result, Operation *user) {
  auto consumer = dyn_cast<linalg::LinalgOp>(user);
  if (!consumer || !consumer.hasPureTensorSemantics() || user->getNumResults() != 1 ||
      user->getBlock() != op->getBlock() || isa<linalg::FillOp>(user) ||
      (!isa<linalg::GenericOp>(user) && linalg::isaContractionOpInterface(consumer)))
    return GenericOp();
  Value value = op->getResult(result);
  OpOperand *read = nullptr;
  for (OpOperand *operand : consumer.getDpsInputOperands())
    if (operand->get() == value)
      read = operand;
  if (!read || op.isAcc(result))
    return GenericOp();
  bool reduces = consumer.getNumReductionLoops() > 0;
  auto left = [&](const Twine &why) { return miss(user, "left behind a normalization", why); };
  Attribute access = op.getAccesses()[op.getInputs().size() + result];
  LoopsInGroup loops(op, consumer, consumer.getMatchingIndexingMap(read), access);
  if (std::string why = loops.findObstacle(); !why.empty())
    return left(why);
  std::optional<std::pair<ReduceKind, Value>> combiner;
  Value start = consumer.getDpsInits()[0];
  Attribute startValue;
  if (reduces) {
    combiner = matchCombiner(consumer);
    if (!combiner)
      return left("its reduction is no sum, maximum or minimum");
    auto fill = start.getDefiningOp<linalg::FillOp>();
    if (!fill || !matchPattern(fill.getInputs()[0], m_Constant(&startValue)))
      return left("its reduction does not begin with a constant");
    if (combiner->first == ReduceKind::Sum &&
        combiner->second.getType().getIntOrFloatBitWidth() < 32)
      return left("its sum is rounded at each element");
    start = fill.getOutputs()[0];
    auto types = consumer.getIteratorTypesArray();
    for (unsigned loop = 0; loop < consumer.getNumLoops(); ++loop)
      if (types[loop] == utils::IteratorType::reduction)
        for (StringAttr dim : loops.getDims(loop))
          if (op.isGroupDim(*op.findDim(dim)))
            return left("it reduces over groups");
  } else if (usesInit(consumer)) {
    return left("it computes with what it overwrites");
  }
  AffineMap resultMap = consumer.getMatchingIndexingMap(consumer.getDpsInitOperand(0));
  Attribute resultAccess = loops.getAccess(resultMap);
  if (!resultAccess)
    return left("it stores to one index of a dimension, or to a diagonal");
  if (resultMap.getNumResults() != consumer.getNumParallelLoops())
    return left("its result is not of each index that it is computed of");
  SmallVector<StringAttr> resultDims = loops.getInGroup(resultMap);
  // Every group has a result of its own.
  llvm::SmallDenseSet<Attribute> named;
  for (Attribute entry : cast<ArrayAttr>(resultAccess))
    named.insert_range(cast<ArrayAttr>(entry));
  for (unsigned dim : op.getDimsWhere(/*inGroup=*/false))
    if (!named.contains(op.getDimName(dim)))
      return left("its result is not of each group");

  // Where both can stand.
  Operation *place = nullptr;
  SmallVector<Value> others;
  for (OpOperand *operand : consumer.getDpsInputOperands())
    others.push_back(operand->get());
  for (Value number : loops.getNumbers())
    others.push_back(getNumberSource(number));
  if (auto empty = start.getDefiningOp<tensor::EmptyOp>())
    llvm::append_range(others, empty->getOperands());
  else
    others.push_back(start);
  if (canMove(op, user, {user}))
    place = user;
  else if (isAvailable(others, op, op))
    place = op;
  if (!place)
    return left("other operands are computed of other results");

  Operands operands(op);
  unsigned numInputs = operands.inputs.size();
  /// For each of the consumer's inputs and numbers, which result or which new input it is, or the
  /// constant.
  SmallVector<std::pair<bool, unsigned>> sources;
  SmallVector<TypedAttr> splats;
  SmallVector<std::pair<Value, AffineMap>> reads;
  SmallVector<Attribute> accesses;
  for (OpOperand *operand : consumer.getDpsInputOperands()) {
    splats.push_back(getUniform(operand->get()));
    if (splats.back()) {
      sources.push_back({false, 0});
      continue;
    }
    AffineMap map = consumer.getMatchingIndexingMap(operand);
    if (auto from = dyn_cast<OpResult>(operand->get()); from && from.getOwner() == op) {
      unsigned number = from.getResultNumber();
      if (op.isAcc(number) || loops.getAccess(map) != op.getAccesses()[numInputs + number])
        return left("it reads results in two ways");
      sources.push_back({true, number});
      continue;
    }
    Attribute indexed = loops.getAccess(getOperandMap(operand->get(), map));
    if (!indexed)
      return left("it reads one index of a dimension, or a diagonal");
    if (accumulatesOtherwise(op, operand->get(), indexed))
      return left("a result accumulates in what it reads");
    sources.push_back({false, numInputs + reads.size()});
    reads.push_back({operand->get(), map});
    accesses.push_back(indexed);
  }
  for (Value number : loops.getNumbers()) {
    splats.push_back(TypedAttr());
    auto from = dyn_cast<OpResult>(getNumberSource(number));
    if (from && from.getOwner() == op) {
      if (op.isAcc(from.getResultNumber()))
        return left("it reads results in two ways");
      sources.push_back({true, from.getResultNumber()});
      continue;
    }
    sources.push_back({false, numInputs + reads.size()});
    reads.push_back({number, AffineMap::get(consumer.getNumLoops(), 0, op.getContext())});
    accesses.push_back(rewriter.getArrayAttr({}));
  }
  rewriter.setInsertionPoint(place);
  for (auto [value, map] : reads)
    operands.inputs.push_back(createOperand(rewriter, op.getLoc(), value, map));
  llvm::append_range(operands.inputAccesses, accesses);
  std::optional<unsigned> overwritten;
  if (auto own = dyn_cast<OpResult>(start); own && own.getOwner() == op)
    overwritten = own.getResultNumber();
  operands.inits.push_back(createInit(start, op, user));
  operands.initAccesses.push_back(resultAccess);
  operands.accOrders.push_back(rewriter.getUnitAttr());
  GenericOp made = rebuild(rewriter, op, operands);
  Block *block = &made.getBody().front();
  for (unsigned i = numInputs; i < operands.inputs.size(); ++i)
    block->addArgument(made.getBodyType(i), op.getLoc());
  YieldOp yield = made.getYield();
  SmallVector<Value> inputs;
  rewriter.setInsertionPoint(yield);
  for (auto [source, splat] : llvm::zip(sources, splats)) {
    auto [isResult, number] = source;
    inputs.push_back(splat ? arith::ConstantOp::create(rewriter, op.getLoc(), splat).getResult()
                     : isResult ? yield.getValues()[number]
                                : Value(block->getArgument(number)));
  }
  SmallVector<Value> taken(ArrayRef<Value>(inputs).take_back(loops.getNumbers().size()));
  inputs.truncate(consumer.getNumDpsInputs());
  inputs.push_back(Value());
  Value computed;
  if (reduces) {
    AffineMap all = consumer.getMatchingIndexingMap(read);
    SmallVector<StringAttr> dims = loops.getInGroup(all);
    SmallVector<Attribute> over;
    for (StringAttr dim : dims)
      if (!llvm::is_contained(resultDims, dim))
        over.push_back(dim);
    // All but the combination itself. What has fewer dimensions is the same along the others.
    Value element = combiner->second;
    auto arg = dyn_cast<BlockArgument>(element);
    bool isOperand = arg && arg.getOwner() == consumer.getBlock();
    Value field = isOperand ? inputs[arg.getArgNumber()] : Value();
    if (!field || field.getType() != getFieldOrScalar(element.getType(), dims))
      field = loops.emit(rewriter, inputs, taken, element, dims).front();
    Type type = getFieldOrScalar(element.getType(), resultDims);
    auto reduce = ReduceOp::create(rewriter, user->getLoc(), type, combiner->first, field,
                                   rewriter.getArrayAttr(over), AlgorithmAttr(), OrderAttr());
    computed = reduce.getResult(0);
    auto constant = cast<FloatAttr>(startValue);
    bool isNeutral =
        combiner->first == ReduceKind::Sum
            ? constant.getValue().isPosZero()
            : constant.getValue().isInfinity() &&
                  constant.getValue().isNegative() == (combiner->first == ReduceKind::Max);
    if (!isNeutral) {
      auto combine = [&](OpBuilder &b, Value x) -> Value {
        Location loc = user->getLoc();
        Value first = arith::ConstantOp::create(b, loc, constant);
        switch (combiner->first) {
        case ReduceKind::Max:
          return arith::MaximumFOp::create(b, loc, first, x);
        case ReduceKind::Min:
          return arith::MinimumFOp::create(b, loc, first, x);
        default:
          return arith::AddFOp::create(b, loc, first, x);
        }
      };
      if (resultDims.empty())
        computed = combine(rewriter, computed);
      else
        computed = MapOp::create(rewriter, user->getLoc(), type, computed,
                                 [&](OpBuilder &b, Location loc, ValueRange numbers) {
                                   YieldOp::create(b, loc, combine(b, numbers[0]));
                                 })
                       .getResult(0);
    }
  } else {
    Value yielded = consumer.getBlock()->getTerminator()->getOperand(0);
    computed = loops.emit(rewriter, inputs, taken, yielded, resultDims).front();
  }
  yield.getValuesMutable().append(computed);
  pass(user, "computed by a normalization", value);
  rewriter.replaceAllUsesWith(user->getResult(0), made.getResults().back());
  rewriter.eraseOp(user);
  rewriter.replaceOp(op, made.getResults().drop_back());
  SmallVector<unsigned> results;
  for (auto [isResult, number] : sources)
    if (isResult)
      results.push_back(number);
  if (overwritten)
    results.push_back(*overwritten);
  return dropUnused(rewriter, made, results);
}

/// A result is what a reshape of it is, where something is computed of that.
GenericOp Fuser::fuseResultView(GenericOp op, unsigned result, Operation *user) {
  Value value = op->getResult(result);
  auto expand = dyn_cast<tensor::ExpandShapeOp>(user);
  auto collapse = dyn_cast<tensor::CollapseShapeOp>(user);
  if ((!expand && !collapse) || user->getBlock() != op->getBlock() || op.isAcc(result) ||
      llvm::none_of(user->getUsers(), [](Operation *reader) {
        return getElementwise(reader) || isa<tensor::ExtractSliceOp>(reader);
      }))
    return GenericOp();
  auto left = [&](const Twine &why) { return miss(user, "left behind a normalization", why); };
  if (!value.hasOneUse())
    return left("others read what it reshapes");
  auto access = cast<ArrayAttr>(op.getAccesses()[op.getInputs().size() + result]);
  Location loc = user->getLoc();
  SmallVector<Attribute> entries;
  SmallVector<OpFoldResult> sizes;
  Operation *place = user;
  if (expand) {
    sizes = expand.getMixedOutputShape();
    if (!canMove(op, user, {user})) {
      place = op;
      if (!isAvailable(expand.getOutputShape(), op, nullptr))
        return left("its sizes are computed of other results");
    }
    rewriter.setInsertionPoint(place);
    if (!splitEntries(rewriter, op, access, expand.getReassociationIndices(),
                      expand.getResultType(), sizes, entries))
      return left("it splits dimensions in another way");
  } else {
    for (const ReassociationIndices &group : collapse.getReassociationIndices()) {
      SmallVector<Attribute> names;
      for (int64_t dim : group)
        llvm::append_range(names, cast<ArrayAttr>(access[dim]));
      entries.push_back(rewriter.getArrayAttr(names));
    }
    if (!canMove(op, user, {user}))
      place = op;
    rewriter.setInsertionPoint(place);
    SmallVector<OpFoldResult> parts = tensor::getMixedSizes(rewriter, loc, op.getInits()[result]);
    for (const ReassociationIndices &group : collapse.getReassociationIndices())
      sizes.push_back(createProduct(rewriter, loc, parts, group));
  }
  // The program may need to follow what it is made of.
  rewriter.setInsertionPoint(place);
  Operands operands(op);
  operands.inits[result] = tensor::EmptyOp::create(
      rewriter, loc, sizes, getElementTypeOrSelf(user->getResult(0).getType()));
  operands.initAccesses[result] = rewriter.getArrayAttr(entries);
  GenericOp made = rebuild(rewriter, op, operands);
  replaceResult(user->getResult(0), made->getResult(result));
  rewriter.eraseOp(user);
  for (auto [i, old] : llvm::enumerate(op->getResults()))
    if (int64_t(i) != int64_t(result))
      rewriter.replaceAllUsesWith(old, made->getResult(i));
  rewriter.eraseOp(op);
  return made;
}

GenericOp Fuser::fuseRotation(GenericOp op, Operation *root, const Joined &joined) {
  Rotation rotation(op, joined);
  if (!rotation.isBehind())
    return GenericOp();
  auto left = [&](const Twine &why) { return miss(root, "left behind a normalization", why); };
  if (!rotation.getObstacle().empty())
    return left(rotation.getObstacle());
  // A program of pairs is plain loops on a CPU: of rows of 128 in f32 it takes 1.4 times as long as
  // the norm in vectors and the rotation in loops of its own.
  if (joined.kind == Parts::Pairs && target != "nvptx")
    return left("vectors do not exchange neighbours");
  ArrayRef<Operation *> inside = rotation.getInside();
  Operation *place = nullptr;
  if (canMove(op, root, inside))
    place = root;
  else if (isAvailable(rotation.getOperands(), op, op))
    place = op;
  if (!place)
    return left("other operands are computed of other results");

  rewriter.setInsertionPoint(place);
  Operands operands(op);
  Location loc = root->getLoc();
  unsigned like = rotation.prepare(rewriter, operands, loc);
  rewriter.setInsertionPoint(place);
  Value shape = operands.inits[like];
  operands.inits.push_back(
      tensor::EmptyOp::create(rewriter, loc, tensor::getMixedSizes(rewriter, loc, shape),
                              getElementTypeOrSelf(root->getResult(0).getType())));
  operands.initAccesses.push_back(operands.initAccesses[like]);
  operands.accOrders.push_back(rewriter.getUnitAttr());
  unsigned numInputs = op.getInputs().size(), numResults = op.getNumResults();
  GenericOp made = rebuild(rewriter, op, operands);
  for (unsigned i = numInputs; i < operands.inputs.size(); ++i)
    made.getBody().addArgument(made.getBodyType(i), loc);
  YieldOp yield = made.getYield();
  rewriter.setInsertionPoint(yield);
  Value computed = rotation.emit(rewriter, made);
  yield.getValuesMutable().append(computed);
  pass(root, "rotated by a normalization", root->getResult(0));
  replaceResult(root->getResult(0), made.getResults().back());
  SmallVector<Operation *> gone(inside);
  for (unsigned i = 0; i < numResults; ++i)
    rewriter.replaceAllUsesWith(op->getResult(i), made->getResult(i));
  rewriter.eraseOp(op);
  for (Operation *view : llvm::reverse(gone))
    if (view->use_empty())
      rewriter.eraseOp(view);
  return dropUnused(rewriter, made, rotation.getResults());
}

//===----------------------------------------------------------------------===//
// Two normalizations
//===----------------------------------------------------------------------===//

GenericOp Fuser::fuseNeighbour(GenericOp op, GenericOp later) {
  auto left = [&](const Twine &why) { return miss(later, "left beside a normalization", why); };
  bool isBehind =
      llvm::any_of(later.getInputs(), [&](Value input) { return input.getDefiningOp() == op; });
  bool hasShared = llvm::any_of(
      later.getInputs(), [&](Value input) { return llvm::is_contained(op.getInputs(), input); });
  // The same groups may have other names.
  if (isBehind || hasShared)
    renameDims(rewriter, later, op);
  Value shared;
  for (auto [i, input] : llvm::enumerate(later.getInputs()))
    for (auto [j, other] : llvm::enumerate(op.getInputs()))
      if (input == other && op.getAccesses()[j] == later.getAccesses()[i] &&
          op.getAccessDims(j, /*inGroup=*/false).size() == op.getDimsWhere(false).size())
        shared = input;
  if (!isBehind && !shared)
    return GenericOp();
  if (op.getDims() != later.getDims() || op.getReduce() != later.getReduce() ||
      op.getMixedExtents() != later.getMixedExtents() ||
      op.getMixedOffsets() != later.getMixedOffsets())
    return left("it has other groups");
  if (op.getMinCount() != later.getMinCount())
    return left("it asks for other numbers of elements");
  unsigned numInputs = op.getInputs().size();
  for (auto [i, input] : llvm::enumerate(later.getInputs()))
    if (auto from = dyn_cast<OpResult>(input);
        from && from.getOwner() == op &&
        (op.isAcc(from.getResultNumber()) ||
         op.getAccesses()[numInputs + from.getResultNumber()] != later.getAccesses()[i]))
      return left("it reads results in another way");
  for (Value init : later.getInits())
    if (init.getDefiningOp() == op)
      return left("it overwrites results");
  auto accumulatesFor = [](GenericOp reader, GenericOp other) {
    for (auto [i, input] : llvm::enumerate(reader.getInputs()))
      if (accumulatesOtherwise(other, input, reader.getAccesses()[i]))
        return true;
    return false;
  };
  if (accumulatesFor(op, later) || accumulatesFor(later, op))
    return left("a result accumulates in what the other one reads");
  if (!canMove(op, later, {later}))
    return left("it needs what is computed of results");

  rewriter.setInsertionPoint(later);
  Operands operands(op), more(later);
  SmallVector<std::pair<bool, unsigned>> sources;
  for (auto [input, access] : llvm::zip(more.inputs, more.inputAccesses)) {
    if (auto from = dyn_cast<OpResult>(input); from && from.getOwner() == op) {
      sources.push_back({true, from.getResultNumber()});
      continue;
    }
    unsigned same = 0;
    while (same < operands.inputs.size() &&
           (operands.inputs[same] != input || operands.inputAccesses[same] != access))
      ++same;
    sources.push_back({false, same});
    if (same == operands.inputs.size()) {
      operands.inputs.push_back(input);
      operands.inputAccesses.push_back(access);
    }
  }
  // Results that only the later one read.
  SmallVector<unsigned> kept;
  Operands all = operands;
  all.inits.clear();
  all.initAccesses.clear();
  all.accOrders.clear();
  for (unsigned i = 0; i < op.getNumResults(); ++i) {
    if (!op->getResult(i).use_empty() &&
        llvm::all_of(op->getResult(i).getUsers(), [&](Operation *user) { return user == later; }))
      continue;
    kept.push_back(i);
    all.inits.push_back(operands.inits[i]);
    all.initAccesses.push_back(operands.initAccesses[i]);
    all.accOrders.push_back(operands.accOrders[i]);
  }
  llvm::append_range(all.inits, more.inits);
  llvm::append_range(all.initAccesses, more.initAccesses);
  llvm::append_range(all.accOrders, more.accOrders);
  GenericOp made = rebuild(rewriter, op, all);
  Block *block = &made.getBody().front();
  for (unsigned i = numInputs; i < all.inputs.size(); ++i)
    block->addArgument(made.getBodyType(i), later.getLoc());
  YieldOp yield = made.getYield();
  rewriter.setInsertionPoint(yield);
  IRMapping mapping;
  for (auto [arg, source] : llvm::zip(later.getBody().getArguments(), sources))
    mapping.map(arg, source.first ? yield.getValues()[source.second]
                                  : Value(block->getArgument(source.second)));
  for (Operation &inner : later.getBody().front().without_terminator())
    rewriter.clone(inner, mapping);
  SmallVector<Value> values;
  for (unsigned i : kept)
    values.push_back(yield.getValues()[i]);
  for (Value value : later.getYield().getValues())
    values.push_back(mapping.lookup(value));
  yield.getValuesMutable().assign(values);
  Value saved = shared;
  for (Value input : later.getInputs())
    if (input.getDefiningOp() == op)
      saved = input;
  pass(later, "computed with another normalization", saved);
  for (auto [number, i] : llvm::enumerate(kept))
    rewriter.replaceAllUsesWith(op->getResult(i), made->getResult(number));
  rewriter.replaceOp(later, made.getResults().take_back(later.getNumResults()));
  rewriter.eraseOp(op);
  return made;
}

/// What takes some elements of a result, or puts together what is read, is no step of its own.
void Fuser::explainParts(GenericOp op) {
  for (Value input : op.getInputs())
    if (Operation *producer = input.getDefiningOp();
        isa_and_present<tensor::ConcatOp, tensor::InsertSliceOp, tensor::ExtractSliceOp>(producer))
      miss(producer, "left before a normalization", "it is of some elements only");
  for (Operation *user : op->getUsers())
    if (isa<tensor::ConcatOp, tensor::InsertSliceOp, tensor::ExtractSliceOp>(user))
      miss(user, "left behind a normalization",
           isa<tensor::ExtractSliceOp>(user) && !matchPart(user->getResult(0))
               ? "it is of some elements only, and these are neither a half nor every second one"
               : "it is of some elements only");
}

GenericOp Fuser::step(GenericOp op) {
  if (op.getNumResults() == 0 || llvm::any_of(op.getMixedOffsets(), [](OpFoldResult offset) {
        return getConstantIntValue(offset) != 0;
      }))
    return GenericOp();
  if (GenericOp made = mergeInputs(rewriter, op))
    return made;
  for (unsigned i = 0; i < op.getInputs().size(); ++i) {
    if (GenericOp made = fuseView(op, i))
      return made;
    if (GenericOp made = fuseProducer(op, i))
      return made;
  }
  for (unsigned i = 0; i < op.getNumResults(); ++i)
    for (Operation *user : op->getResult(i).getUsers()) {
      if (GenericOp made = fuseConsumer(op, i, user))
        return made;
      if (GenericOp made = fuseResultView(op, i, user))
        return made;
    }
  for (Operation *later = op->getNextNode(); later; later = later->getNextNode())
    if (std::optional<Joined> joined = matchJoined(later))
      if (GenericOp made = fuseRotation(op, later, *joined))
        return made;
  for (Operation *later = op->getNextNode(); later; later = later->getNextNode())
    if (auto other = dyn_cast<GenericOp>(later); other && other.getNumResults() != 0)
      if (GenericOp made = fuseNeighbour(op, other))
        return made;
  if (explains)
    explainParts(op);
  return GenericOp();
}

namespace {
struct FusePass : norm::impl::FusePassBase<FusePass> {
  using FusePassBase::FusePassBase;

  void runOnOperation() override {
    // Sizes are asked of what is computed first, so that nobody but for its elements asks for what
    // is between.
    RewritePatternSet patterns(&getContext());
    memref::populateResolveRankedShapedTypeResultDimsPatterns(patterns);
    // And what computes whole tensors has loops.
    linalg::populateElementwiseToLinalgConversionPatterns(patterns);
    // Nothing is folded: the oracle widens the program first, so that its constants are those of
    // f64.
    GreedyRewriteConfig config;
    config.enableFolding(false).enableConstantCSE(false).setRegionSimplificationLevel(
        GreedySimplifyRegionLevel::Disabled);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns), config)))
      return signalPassFailure();
    IRRewriter rewriter(&getContext());
    Fuser fuser(rewriter, isa);
    // Each step takes an operation away.
    auto stepAnywhere = [&] {
      SmallVector<GenericOp> operations;
      getOperation()->walk([&](GenericOp op) { operations.push_back(op); });
      return llvm::any_of(operations, [&](GenericOp op) { return bool(fuser.step(op)); });
    };
    while (stepAnywhere()) {
    }
    fuser.explains = true;
    stepAnywhere();
    if (isa == "nvptx")
      getOperation()->walk([&](linalg::GenericOp op) { extractInside(rewriter, op); });
    getOperation()->walk([&](GenericOp op) { chooseOrders(op, isa); });
  }
};
} // namespace
