//===- PartialFunctions.cpp - the functions of a divided normalization -------===//
//
// For each exchange between ranks what a rank gives and how the ranks' are merged, and then the
// rest of the program.
//
//===----------------------------------------------------------------------===//

#include "DeriveFunction.h"
#include "Partial.h"
#include "Slice.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace mlir::norm;
using namespace mlir::norm::partial;

std::string partial::getPartName(const Plan &plan, StringRef part, unsigned exchange) {
  std::string number = exchange > 1 ? std::to_string(exchange) : "";
  return (func::FuncOp(plan.function).getName() + "_" + part).str() + number;
}

static DictionaryAttr nameArgument(Builder &b, const Twine &name, const Twine &role) {
  return b.getDictionaryAttr({b.getNamedAttr("norm.name", b.getStringAttr(name)),
                              b.getNamedAttr("norm.role", b.getStringAttr(role))});
}

//===----------------------------------------------------------------------===//
// What a rank has to be told of the whole
//===----------------------------------------------------------------------===//

/// The dimensions of a group that `names` lacks (inside), and those of `names` that a group lacks.
static std::pair<SmallVector<Attribute>, SmallVector<Attribute>> compareToGroup(GenericOp op,
                                                                                ArrayAttr names) {
  std::pair<SmallVector<Attribute>, SmallVector<Attribute>> differences;
  for (unsigned dim = 0; dim < op.getNumDims(); ++dim) {
    Attribute name = op.getDimName(dim);
    bool isNamed = llvm::is_contained(names, name);
    if (!op.isGroupDim(dim) && !isNamed)
      differences.first.push_back(name);
    if (op.isGroupDim(dim) && isNamed)
      differences.second.push_back(name);
  }
  return differences;
}

std::optional<int64_t> partial::getElementsPerCount(const Plan &plan, ReduceOp reduce) {
  GenericOp op = plan.op;
  int64_t product = 1;
  for (Attribute name : compareToGroup(op, reduce.getOver()).first) {
    int64_t extent = op.getStaticExtents()[*op.findDim(cast<StringAttr>(name))];
    if (ShapedType::isDynamic(extent) || llvm::MulOverflow(product, extent, product))
      return std::nullopt;
  }
  return product;
}

namespace {
/// A number of the function as a number of the program.
class Whole {
public:
  Whole(Plan &plan) : plan(plan), b(plan.function.getContext()) {}
  void add();

private:
  Value addNumber(StringRef name, StringRef role);
  Value getCount(Location loc, ArrayAttr over, FloatType type);
  Value getOffset(unsigned dim);

  Plan &plan;
  OpBuilder b;
  Value count;
  DenseMap<unsigned, Value> offsets;
};
} // namespace

Value Whole::addNumber(StringRef name, StringRef role) {
  func::FuncOp function = plan.function;
  GenericOp op = plan.op;
  std::string unique = name.str();
  auto isTaken = [&] {
    for (unsigned i = 0; i < function.getNumArguments(); ++i)
      if (derive::getArgName(function, i) == unique)
        return true;
    for (unsigned i = 0; i < function.getNumResults(); ++i)
      if (derive::getResultName(function, i) == unique)
        return true;
    return false;
  };
  while (isTaken())
    unique = "whole_" + unique;
  auto type = RankedTensorType::get({}, b.getI64Type());
  (void)function.insertArgument(function.getNumArguments(), type, nameArgument(b, unique, role),
                                op.getLoc());
  SmallVector<Attribute> accesses(op.getAccesses().getValue());
  accesses.insert(accesses.begin() + op.getInputs().size(), b.getArrayAttr({}));
  op.getInputsMutable().append(function.getArguments().back());
  op.setAccessesAttr(b.getArrayAttr(accesses));
  return op.getBody().front().addArgument(b.getI64Type(), op.getLoc());
}

/// The elements that all ranks together have, rounded once: exact in f64 before.
Value Whole::getCount(Location loc, ArrayAttr over, FloatType type) {
  if (!count)
    count = addNumber("count", "count");
  plan.hasCount = true;
  auto [missing, besides] = compareToGroup(plan.op, over);
  if (missing.empty() && besides.empty())
    return arith::SIToFPOp::create(b, loc, type, count);
  FloatType wide = b.getF64Type();
  Value number = arith::SIToFPOp::create(b, loc, wide, count);
  if (!missing.empty())
    number = arith::DivFOp::create(b, loc, number,
                                   CountOp::create(b, loc, wide, b.getArrayAttr(missing)));
  if (!besides.empty())
    number = arith::MulFOp::create(b, loc, number,
                                   CountOp::create(b, loc, wide, b.getArrayAttr(besides)));
  return type == wide ? number : arith::TruncFOp::create(b, loc, type, number);
}

Value Whole::getOffset(unsigned dim) {
  Value &offset = offsets[dim];
  if (!offset) {
    Value number = addNumber(("offset_" + plan.op.getDimName(dim).getValue()).str(), "offset");
    b.setInsertionPointToStart(&plan.op.getBody().front());
    offset = arith::IndexCastOp::create(b, plan.op.getLoc(), b.getIndexType(), number);
  }
  return offset;
}

void Whole::add() {
  GenericOp op = plan.op;
  auto isDivided = [&](ArrayAttr names) {
    return llvm::any_of(names.getAsRange<StringAttr>(), [&](StringAttr name) {
      return llvm::is_contained(plan.divided, *op.findDim(name));
    });
  };
  SmallVector<CountOp> counts;
  SmallVector<ReduceOp> moments;
  SmallVector<IndexOp> indices;
  op.getBody().walk([&](Operation *inner) {
    if (auto own = dyn_cast<CountOp>(inner); own && isDivided(own.getOver()))
      counts.push_back(own);
    if (auto reduce = dyn_cast<ReduceOp>(inner);
        reduce && reduce.getKind() == ReduceKind::Moments && isDivided(reduce.getOver()) &&
        !reduce.getResult(0).use_empty())
      moments.push_back(reduce);
    if (auto index = dyn_cast<IndexOp>(inner);
        index && llvm::is_contained(plan.divided, *op.findDim(index.getDimAttr())))
      indices.push_back(index);
  });
  for (CountOp own : counts) {
    b.setInsertionPoint(own);
    own.replaceAllUsesWith(
        getCount(own.getLoc(), own.getOver(), cast<FloatType>(own.getResult().getType())));
    own.erase();
  }
  for (ReduceOp reduce : moments) {
    Value result = reduce.getResult(0);
    b.setInsertionPoint(reduce);
    Value number = getCount(reduce.getLoc(), reduce.getOver(),
                            cast<FloatType>(norm::getElementType(result.getType())));
    if (isa<FieldType>(result.getType()))
      number = MapOp::create(b, reduce.getLoc(), TypeRange(result.getType()), ValueRange(),
                             [&](OpBuilder &nested, Location loc, ValueRange) {
                               YieldOp::create(nested, loc, number);
                             })
                   .getResult(0);
    result.replaceAllUsesWith(number);
  }
  for (IndexOp index : indices) {
    Value offset = getOffset(*op.findDim(index.getDimAttr()));
    b.setInsertionPointAfter(index);
    Value sum = arith::AddIOp::create(b, index.getLoc(), index, offset);
    index.getResult().replaceAllUsesExcept(sum, sum.getDefiningOp());
  }
}

void partial::addWhole(Plan &plan) { Whole(plan).add(); }

//===----------------------------------------------------------------------===//
// Parts of the program
//===----------------------------------------------------------------------===//

/// The type of the tensor that has a statistic; `ranks`: those of all ranks.
static RankedTensorType getTensorType(const Plan &plan, const Share &share, bool ranks = false) {
  SmallVector<int64_t> shape;
  if (ranks)
    shape.push_back(ShapedType::kDynamic);
  for (unsigned dim : share.dims)
    shape.push_back(GenericOp(plan.op).getStaticExtents()[dim]);
  return RankedTensorType::get(shape, share.getType());
}

/// The dimensions of the operation that gives `outputs`, and those inside of its groups: what no
/// sum is over and all outputs have tells groups apart.
static std::pair<SmallVector<unsigned>, SmallVector<unsigned>>
findSpace(GenericOp op, ArrayRef<SliceOutput> outputs, const KnownValues &known) {
  llvm::SmallDenseSet<Value> given;
  llvm::SmallDenseSet<unsigned> dims, summed;
  auto add = [&](Type type) { dims.insert_range(getDims(op, type)); };
  auto addNames = [&](ArrayAttr names, llvm::SmallDenseSet<unsigned> &set) {
    for (StringAttr name : names.getAsRange<StringAttr>())
      set.insert(*op.findDim(name));
  };
  for (Operation *inner : findSlice(outputs, known, given)) {
    for (Type type : inner->getResultTypes())
      add(type);
    inner->walk([&](Operation *nested) {
      if (auto reduce = dyn_cast<ReduceOp>(nested))
        addNames(reduce.getOver(), summed);
      else if (auto count = dyn_cast<CountOp>(nested))
        addNames(count.getOver(), dims);
      else if (auto index = dyn_cast<IndexOp>(nested))
        dims.insert(*op.findDim(index.getDimAttr()));
      else if (auto flip = dyn_cast<FlipOp>(nested))
        summed.insert(*op.findDim(flip.getDimAttr()));
    });
  }
  for (Value value : given)
    add(value.getType());
  dims.insert_range(summed);
  std::pair<SmallVector<unsigned>, SmallVector<unsigned>> space;
  for (unsigned dim = 0; dim < op.getNumDims(); ++dim) {
    if (!op.isGroupDim(dim) && !dims.contains(dim))
      continue;
    space.first.push_back(dim);
    if (op.isGroupDim(dim))
      continue;
    bool isOfAll = !summed.contains(dim) && llvm::all_of(outputs, [&](const SliceOutput &output) {
      return llvm::is_contained(getDims(op, output.value.getType()), dim);
    });
    if (!isOfAll)
      space.second.push_back(dim);
  }
  return space;
}

/// Takes the sizes of an operation's dimensions from what it reads, where a tensor tells them.
static void takeSizesFromInputs(RewriterBase &rewriter, func::FuncOp function, GenericOp op) {
  SmallVector<OpFoldResult> extents = op.getMixedExtents();
  for (auto [dim, extent] : llvm::enumerate(extents)) {
    auto size = dyn_cast<Value>(extent);
    if (!size)
      continue;
    if (auto known = size.getDefiningOp<tensor::DimOp>();
        known && llvm::is_contained(op.getInputs(), known.getSource()))
      continue;
    for (unsigned i = 0; i < op.getInputs().size(); ++i) {
      GenericOp::Access access = op.getAccess(i);
      auto *at = llvm::find(access, SmallVector<unsigned>{unsigned(dim)});
      if (at == access.end())
        continue;
      rewriter.setInsertionPointToStart(&function.getBody().front());
      Value own =
          tensor::DimOp::create(rewriter, op.getLoc(), op.getInputs()[i], at - access.begin());
      rewriter.replaceAllUsesWith(size, own);
      break;
    }
  }
}

/// Erases what nobody needs any more, arguments too.
static void prune(func::FuncOp function) {
  Block &block = function.getBody().front();
  for (bool changed = true; changed;) {
    changed = false;
    for (Operation &inner : llvm::make_early_inc_range(llvm::reverse(block)))
      if (isOpTriviallyDead(&inner)) {
        inner.erase();
        changed = true;
      }
  }
  llvm::BitVector unused(function.getNumArguments());
  for (BlockArgument arg : block.getArguments())
    if (arg.use_empty())
      unused.set(arg.getArgNumber());
  (void)function.eraseArguments(unused);
}

/// The part that gives what an exchange is of, or after the last one all results.
static void buildPart(const Plan &plan, unsigned exchange) {
  func::FuncOp whole = plan.function;
  bool isLast = exchange > plan.numExchanges;
  IRRewriter rewriter(whole.getContext());
  rewriter.setInsertionPoint(whole);
  IRMapping mapping;
  auto function = cast<func::FuncOp>(rewriter.clone(*whole, mapping));
  function.setName(isLast ? getPartName(plan, "apply") : getPartName(plan, "partial", exchange));
  GenericOp op = *function.getBody().front().getOps<GenericOp>().begin();

  KnownValues known;
  unsigned position = plan.numArguments;
  SmallVector<const Share *> given;
  for (const Share &share : plan.shares) {
    if (share.exchange == exchange)
      given.push_back(&share);
    if (share.exchange >= exchange)
      continue;
    (void)function.insertArgument(position, getTensorType(plan, share),
                                  nameArgument(rewriter, "merged_" + share.name, share.role),
                                  op.getLoc());
    known.insert({mapping.lookup(share.value),
                  {function.getArgument(position++), nameDims(op, share.dims)}});
  }

  rewriter.setInsertionPoint(op);
  SmallVector<SliceOutput> outputs;
  if (isLast) {
    unsigned numInputs = op.getInputs().size();
    for (unsigned i = 0; i < op->getNumResults(); ++i)
      outputs.push_back({op.getYield().getValues()[i], op.getInits()[i],
                         cast<ArrayAttr>(op.getAccesses()[numInputs + i]), op.getAccOrders()[i]});
    SmallVector<unsigned> dims = llvm::to_vector(llvm::seq<unsigned>(op.getNumDims()));
    GenericOp part =
        buildSlice(rewriter, op, dims, op.getDimsWhere(/*inGroup=*/true), outputs, known);
    // A rank without elements gets what all ranks get.
    part.setMinCount(0);
    rewriter.replaceOp(op, part->getResults());
    prune(function);
    return;
  }

  for (const Share *share : given)
    outputs.push_back(createTemporary(rewriter, op, mapping.lookup(share->value)));
  auto [dims, inGroup] = findSpace(op, outputs, known);
  GenericOp part = buildSlice(rewriter, op, dims, inGroup, outputs, known);
  Operation *end = function.getBody().front().getTerminator();
  end->setOperands(part->getResults());
  rewriter.eraseOp(op);
  function.removeResAttrsAttr();
  function.setFunctionType(
      rewriter.getFunctionType(function.getArgumentTypes(), part->getResultTypes()));
  for (auto [i, share] : llvm::enumerate(given))
    function.setResultAttrs(
        i, nameArgument(rewriter, "partial_" + share->name, "partial_" + share->role));
  takeSizesFromInputs(rewriter, function, part);
  prune(function);
}

//===----------------------------------------------------------------------===//
// The statistics of all ranks
//===----------------------------------------------------------------------===//

namespace {
/// Writes the function that merges the statistics of an exchange.
class Merge {
public:
  Merge(const Plan &plan, unsigned exchange)
      : plan(plan), b(func::FuncOp(plan.function).getContext()) {
    for (const Share &share : plan.shares)
      if (share.exchange == exchange)
        shares.push_back(&share);
    counts = shares.size();
  }
  void build(StringRef name, bool givesCount);

private:
  /// Those of the same dimensions, by one operation.
  void mergeAlike(ArrayRef<unsigned> numbers);
  SmallVector<Value> emit(OpBuilder &b, ArrayRef<unsigned> numbers, ValueRange args);
  void sumCounts();
  Value createEmpty(RankedTensorType type, Value like, unsigned first);

  const Plan &plan;
  OpBuilder b;
  SmallVector<const Share *> shares;
  /// The number of the argument that has the ranks' elements.
  unsigned counts;
  Block *block = nullptr;
  std::string ranks = "p";
  SmallVector<Value> results;
};
} // namespace

/// The order of ranks, whatever the target's is: few are added up for many groups.
static OrderAttr getRankOrder(MLIRContext *context) {
  return OrderAttr::get(context, /*lanes=*/1, /*run=*/0, /*segment=*/0, /*runs=*/0, /*blocks=*/0,
                        /*shift=*/32, /*unit=*/1);
}

/// What changes nothing that it is merged with.
static TypedAttr getNeutral(OpBuilder &b, ReduceKind kind, Type type, Location loc) {
  if (kind == ReduceKind::Sum || kind == ReduceKind::Dot)
    return b.getZeroAttr(type);
  bool isMax = kind == ReduceKind::Max;
  if (isa<FloatType>(type))
    return arith::getIdentityValueAttr(
        isMax ? arith::AtomicRMWKind::maximumf : arith::AtomicRMWKind::minimumf, type, b, loc);
  return arith::getIdentityValueAttr(
      isMax ? arith::AtomicRMWKind::maxs : arith::AtomicRMWKind::mins, type, b, loc);
}

Value Merge::createEmpty(RankedTensorType type, Value like, unsigned first) {
  SmallVector<Value> sizes;
  for (auto [position, size] : llvm::enumerate(type.getShape()))
    if (ShapedType::isDynamic(size))
      sizes.push_back(tensor::DimOp::create(b, like.getLoc(), like, first + position));
  return tensor::EmptyOp::create(b, like.getLoc(), type, sizes);
}

SmallVector<Value> Merge::emit(OpBuilder &nested, ArrayRef<unsigned> numbers, ValueRange args) {
  SmallVector<Value> merged;
  Location loc = GenericOp(plan.op).getLoc();
  ArrayAttr over = nested.getStrArrayAttr({ranks});
  OrderAttr order = getRankOrder(nested.getContext());
  StringAttr dim = nested.getStringAttr(ranks);
  Value elements = args.back();
  auto getField = [&](Type type) { return FieldType::get(nested.getContext(), type, {dim}); };
  for (unsigned i = 0; i < numbers.size(); ++i) {
    const Share &share = *shares[numbers[i]];
    ReduceOp reduce = share.getReduce();
    Type type = share.getType();
    if (reduce.getKind() == ReduceKind::Moments) {
      Value weights =
          MapOp::create(nested, loc, TypeRange(getField(type)), ValueRange(elements),
                        [&](OpBuilder &inner, Location, ValueRange values) {
                          Value number = values[0];
                          if (int64_t per = *getElementsPerCount(plan, reduce); per != 1)
                            number = arith::DivSIOp::create(
                                inner, loc, number,
                                arith::ConstantIntOp::create(inner, loc, inner.getI64Type(), per));
                          Value weight = arith::SIToFPOp::create(inner, loc, type, number);
                          YieldOp::create(inner, loc, weight);
                        })
              .getResult(0);
      auto all =
          ReduceOp::create(nested, loc, TypeRange{type, type, type}, ReduceKind::MergeMoments,
                           ValueRange{weights, args[i], args[i + 1]}, over, nullptr, order);
      merged.push_back(all->getResult(1));
      merged.push_back(all->getResult(2));
      ++i;
      continue;
    }
    // Whatever a rank without elements has.
    Value own =
        MapOp::create(
            nested, loc, TypeRange(getField(type)), ValueRange{args[i], elements},
            [&](OpBuilder &inner, Location, ValueRange values) {
              Value zero = arith::ConstantIntOp::create(inner, loc, inner.getI64Type(), 0);
              Value neutral = arith::ConstantOp::create(
                  inner, loc, getNeutral(inner, reduce.getKind(), type, loc));
              Value isEmpty =
                  arith::CmpIOp::create(inner, loc, arith::CmpIPredicate::eq, values[1], zero);
              Value chosen = arith::SelectOp::create(inner, loc, isEmpty, neutral, values[0]);
              YieldOp::create(inner, loc, chosen);
            })
            .getResult(0);
    ReduceKind kind = reduce.getKind() == ReduceKind::Dot ? ReduceKind::Sum : reduce.getKind();
    merged.push_back(
        ReduceOp::create(nested, loc, TypeRange(type), kind, ValueRange(own), over, nullptr, order)
            ->getResult(0));
  }
  return merged;
}

void Merge::mergeAlike(ArrayRef<unsigned> numbers) {
  GenericOp whole = plan.op;
  Location loc = whole.getLoc();
  const Share &first = *shares[numbers.front()];
  SmallVector<StringRef> names{ranks}, own;
  Value like = block->getArgument(numbers.front());
  SmallVector<OpFoldResult> extents{tensor::getMixedSize(b, loc, like, 0)};
  for (auto [position, dim] : llvm::enumerate(first.dims)) {
    names.push_back(whole.getDimName(dim).getValue());
    own.push_back(names.back());
    extents.push_back(tensor::getMixedSize(b, loc, like, position + 1));
  }
  SmallVector<Value> inputs, inits;
  SmallVector<Attribute> accesses, accs(numbers.size(), b.getUnitAttr());
  for (unsigned number : numbers) {
    inputs.push_back(block->getArgument(number));
    inits.push_back(createEmpty(getTensorType(plan, *shares[number]), inputs.back(), 1));
    accesses.push_back(GenericOp::buildAccess(b, ArrayRef<StringRef>(names)));
  }
  inputs.push_back(block->getArgument(counts));
  accesses.push_back(GenericOp::buildAccess(b, ArrayRef<StringRef>{ranks}));
  accesses.append(numbers.size(), GenericOp::buildAccess(b, ArrayRef<StringRef>(own)));
  auto generic = GenericOp::create(
      b, loc, inputs, inits, names, extents, ArrayRef<StringRef>{ranks}, b.getArrayAttr(accesses),
      b.getArrayAttr(accs), [&](OpBuilder &nested, Location, ValueRange args) {
        YieldOp::create(nested, loc, emit(nested, numbers, args));
      });
  for (auto [number, result] : llvm::zip(numbers, generic->getResults()))
    results[number] = result;
}

void Merge::sumCounts() {
  Location loc = GenericOp(plan.op).getLoc();
  Value own = block->getArgument(counts);
  Type type = b.getI64Type();
  Value init = createEmpty(RankedTensorType::get({}, type), own, 0);
  OpFoldResult size = tensor::getMixedSize(b, loc, own, 0);
  ArrayAttr accesses =
      b.getArrayAttr({GenericOp::buildAccess(b, ArrayRef<StringRef>{ranks}), b.getArrayAttr({})});
  auto generic = GenericOp::create(
      b, loc, own, init, ArrayRef<StringRef>{ranks}, size, ArrayRef<StringRef>{ranks}, accesses,
      b.getArrayAttr({b.getUnitAttr()}), [&](OpBuilder &nested, Location, ValueRange args) {
        auto sum = ReduceOp::create(nested, loc, TypeRange(type), ReduceKind::Sum, args,
                                    nested.getStrArrayAttr({ranks}), nullptr,
                                    getRankOrder(nested.getContext()));
        YieldOp::create(nested, loc, sum->getResult(0));
      });
  results.push_back(generic->getResult(0));
}

void Merge::build(StringRef name, bool givesCount) {
  func::FuncOp whole = plan.function;
  GenericOp op = plan.op;
  while (succeeded(op.findDim(b.getStringAttr(ranks))))
    ranks += "p";
  SmallVector<Type> argTypes, resultTypes;
  for (const Share *share : shares) {
    argTypes.push_back(getTensorType(plan, *share, /*ranks=*/true));
    resultTypes.push_back(getTensorType(plan, *share));
  }
  argTypes.push_back(RankedTensorType::get({ShapedType::kDynamic}, b.getI64Type()));
  if (givesCount)
    resultTypes.push_back(RankedTensorType::get({}, b.getI64Type()));
  b.setInsertionPoint(whole);
  auto function =
      func::FuncOp::create(b, op.getLoc(), name, b.getFunctionType(argTypes, resultTypes));
  for (auto [i, share] : llvm::enumerate(shares)) {
    function.setArgAttrs(i, nameArgument(b, "partial_" + share->name, "partial_" + share->role));
    function.setResultAttrs(i, nameArgument(b, "merged_" + share->name, share->role));
  }
  function.setArgAttrs(counts, nameArgument(b, "counts", "counts"));
  if (givesCount)
    function.setResultAttrs(counts, nameArgument(b, "count", "count"));
  block = function.addEntryBlock();
  b.setInsertionPointToStart(block);
  results.resize(shares.size());
  llvm::MapVector<ArrayRef<unsigned>, SmallVector<unsigned>> alike;
  for (auto [i, share] : llvm::enumerate(shares))
    alike[share->dims].push_back(i);
  for (auto &[dims, numbers] : alike)
    mergeAlike(numbers);
  if (givesCount)
    sumCounts();
  func::ReturnOp::create(b, op.getLoc(), results);
}

void partial::buildParts(Plan &plan) {
  for (unsigned exchange = 1; exchange <= plan.numExchanges; ++exchange) {
    buildPart(plan, exchange);
    Merge(plan, exchange)
        .build(getPartName(plan, "merge", exchange), plan.hasCount && exchange == 1);
  }
  buildPart(plan, plan.numExchanges + 1);
  plan.function.erase();
}
