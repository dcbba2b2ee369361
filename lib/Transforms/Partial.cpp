//===- Partial.cpp - a normalization whose groups are divided --------------===//
//
// Whether the groups of a program can be divided among ranks, and where it is cut: at its sums over
// the divided dimensions. PartialFunctions.cpp writes the parts.
//
//===----------------------------------------------------------------------===//

#include "Partial.h"
#include "DeriveFunction.h"
#include "Slice.h"
#include "normc/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/Remarks.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MathExtras.h"

namespace mlir::norm {
#define GEN_PASS_DEF_PARTIALPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;
using namespace mlir::norm::partial;

namespace {

class Division {
public:
  Division(func::FuncOp function, GenericOp op) {
    plan.function = function;
    plan.op = op;
  }

  /// The dimensions by name; what is wrong with one, else nothing.
  std::string setDims(ArrayRef<std::string> names);
  /// Why the program cannot be divided; empty where it can.
  std::string findObstacle();
  void run();
  /// Whether a rank needs to know nothing of others.
  bool isLocal();
  Plan &getPlan() { return plan; }

private:
  bool isDivided(ArrayAttr names) {
    return llvm::any_of(names.getAsRange<StringAttr>(), [&](StringAttr name) {
      return llvm::is_contained(plan.divided, *plan.op.findDim(name));
    });
  }
  /// Of `names`, those divided dimensions of a group that are missing.
  bool hasAllDivided(ArrayAttr names) {
    return llvm::all_of(plan.inGroup, [&](unsigned dim) {
      return llvm::is_contained(names, Attribute(plan.op.getDimName(dim)));
    });
  }
  std::string findProgramObstacle();
  std::string findConstantCount();
  void findShares();

  Plan plan;
};

std::string Division::setDims(ArrayRef<std::string> names) {
  for (const std::string &name : names) {
    FailureOr<unsigned> dim = plan.op.findDim(StringAttr::get(plan.op.getContext(), name));
    if (failed(dim)) {
      std::string known;
      for (StringAttr other : plan.op.getDims().getAsRange<StringAttr>())
        known += (known.empty() ? "" : ", ") + other.str();
      return "expects dimensions to divide among " + known + ", but got '" + name + "'";
    }
    if (llvm::is_contained(plan.divided, *dim))
      return "expects each dimension to divide once, but got '" + name + "' twice";
    plan.divided.push_back(*dim);
  }
  llvm::sort(plan.divided);
  plan.inGroup =
      llvm::filter_to_vector(plan.divided, [&](unsigned dim) { return !plan.op.isGroupDim(dim); });
  return "";
}

std::string Division::findProgramObstacle() {
  GenericOp op = plan.op;
  for (Operation &inner : op.getBody().front()) {
    if (auto reduce = dyn_cast<ReduceOp>(inner); reduce && isDivided(reduce.getOver())) {
      if (!hasAllDivided(reduce.getOver()))
        return "a sum is over some of the divided dimensions, and not over all";
      if (reduce.getKind() == ReduceKind::MergeMoments)
        return "moments are merged over a divided dimension";
      if (reduce.getKind() == ReduceKind::Moments && !getElementsPerCount(plan, reduce))
        return "moments are over a part of a group whose size is not known";
    }
    if (auto flip = dyn_cast<FlipOp>(inner);
        flip && llvm::is_contained(plan.divided, *op.findDim(flip.getDimAttr())))
      return "halves are exchanged along " + flip.getDim().str();
  }
  std::string obstacle;
  op.getBody().walk([&](CountOp count) {
    if (!isDivided(count.getOver()))
      return;
    bool isOfGroups = llvm::any_of(count.getOver().getAsRange<StringAttr>(), [&](StringAttr name) {
      unsigned dim = *op.findDim(name);
      return op.isGroupDim(dim) && llvm::is_contained(plan.divided, dim);
    });
    if (isOfGroups)
      obstacle = "the number of groups is asked for";
    else if (!hasAllDivided(count.getOver()))
      obstacle = "the number of elements along some of the divided dimensions is asked for";
  });
  return obstacle;
}

static bool isNumber(const APFloat &number, int64_t size) {
  APFloat whole(number.getSemantics());
  whole.convertFromAPInt(APInt(64, size), /*IsSigned=*/true, APFloat::rmNearestTiesToEven);
  return number == whole;
}

static bool isInverse(const APFloat &number, int64_t size) {
  APFloat whole(number.getSemantics()), inverse(number.getSemantics(), 1);
  whole.convertFromAPInt(APInt(64, size), /*IsSigned=*/true, APFloat::rmNearestTiesToEven);
  inverse.divide(whole, APFloat::rmNearestTiesToEven);
  return number == inverse;
}

/// Whether a number is `count`, or what a mean is divided or multiplied by in its place.
static bool isOfCount(const APFloat &number, int64_t count) {
  return llvm::any_of(ArrayRef<int64_t>{count, count - 1}, [&](int64_t size) {
    return size > 1 && (isNumber(number, size) || isInverse(number, size));
  });
}

/// Everything in a program that comes of `values`, which it becomes; `stops` tells of a use that
/// makes something else of a value.
static void addWhatComesOf(llvm::SetVector<Value> &values, function_ref<bool(OpOperand &)> stops) {
  for (unsigned i = 0; i < values.size(); ++i)
    for (OpOperand &use : values[i].getUses()) {
      Operation *user = use.getOwner();
      if (stops(use))
        continue;
      values.insert_range(user->getResults());
      if (auto map = dyn_cast<MapOp>(user))
        values.insert(map.getBody().front().getArgument(use.getOperandNumber()));
      if (auto yield = dyn_cast<YieldOp>(user))
        if (auto map = dyn_cast<MapOp>(yield->getParentOp()))
          values.insert(map->getResult(use.getOperandNumber()));
    }
}

/// Whether elements of `reduce` are divided by `count` as a constant before they are summed. Few
/// elements have numbers that stand for much else, as the half of a GELU.
static bool sumsQuotients(ReduceOp reduce, int64_t count) {
  llvm::SetVector<Value> values(llvm::from_range, reduce.getInputs());
  for (unsigned i = 0; count > 4 && i < values.size(); ++i) {
    if (auto arg = dyn_cast<BlockArgument>(values[i])) {
      if (auto map = dyn_cast<MapOp>(arg.getOwner()->getParentOp()))
        values.insert(map.getInputs()[arg.getArgNumber()]);
      continue;
    }
    Operation *op = values[i].getDefiningOp();
    if (auto map = dyn_cast<MapOp>(op)) {
      values.insert(map.getYield().getValues()[cast<OpResult>(values[i]).getResultNumber()]);
      continue;
    }
    if (isa<ReduceOp, CountOp>(op))
      continue;
    auto is = [&](unsigned operand, bool (*test)(const APFloat &, int64_t)) {
      FloatAttr number;
      return matchPattern(op->getOperand(operand), m_Constant(&number)) &&
             test(number.getValue(), count);
    };
    if ((isa<arith::DivFOp>(op) && is(1, isNumber)) ||
        (isa<arith::MulFOp>(op) && (is(0, isInverse) || is(1, isInverse))))
      return true;
    values.insert_range(op->getOperands());
  }
  return false;
}

/// A sum over what is divided that is divided by the number of a rank's own elements, as a
/// constant, or whose elements are: that of all ranks is meant, and a constant does not tell.
std::string Division::findConstantCount() {
  GenericOp op = plan.op;
  llvm::SetVector<Value> counts;
  op.getBody().walk([&](Operation *inner) {
    auto reduce = dyn_cast<ReduceOp>(inner);
    if (isa<CountOp>(inner) || (reduce && reduce.getKind() == ReduceKind::Moments))
      counts.insert(inner->getResult(0));
  });
  addWhatComesOf(counts, [](OpOperand &) { return false; });
  for (auto reduce : op.getBody().getOps<ReduceOp>()) {
    ReduceKind kind = reduce.getKind();
    bool isSum = kind == ReduceKind::Sum || kind == ReduceKind::Dot || kind == ReduceKind::Moments;
    if (!isSum || !isDivided(reduce.getOver()))
      continue;
    int64_t count = 1;
    bool isKnown = llvm::all_of(reduce.getOver().getAsRange<StringAttr>(), [&](StringAttr name) {
      int64_t extent = op.getStaticExtents()[*op.findDim(name)];
      return !ShapedType::isDynamic(extent) && !llvm::MulOverflow(count, extent, count);
    });
    if (!isKnown)
      continue;
    llvm::SetVector<Value> sums;
    // Of moments the last: the mean is one.
    sums.insert(reduce->getResults().back());
    bool isWrong = false;
    addWhatComesOf(sums, [&](OpOperand &use) {
      if (!isa<arith::DivFOp, arith::MulFOp>(use.getOwner()))
        return false;
      Value other = use.getOwner()->getOperand(1 - use.getOperandNumber());
      FloatAttr number;
      isWrong |= matchPattern(other, m_Constant(&number)) && isOfCount(number.getValue(), count);
      // A mean, which is multiplied by whatever a user likes.
      return counts.contains(other);
    });
    if (sumsQuotients(reduce, count))
      return ("each of " + Twine(count) +
              " elements of a rank is divided by their number as a constant before they are "
              "summed; norm.count in its place is the number of all ranks, and a factor that is no "
              "count may be an argument")
          .str();
    if (isWrong)
      return ("a sum of " + Twine(count) +
              " elements of a rank is divided by their number as a constant; norm.count in its "
              "place is the number of all ranks")
          .str();
  }
  return "";
}

std::string Division::findObstacle() {
  GenericOp op = plan.op;
  func::FuncOp function = plan.function;
  if (llvm::any_of(op.getMixedOffsets(),
                   [](OpFoldResult offset) { return !isConstantIntValue(offset, 0); }))
    return "it is a tile of a larger operation";
  for (Value input : op.getInputs())
    if (auto arg = dyn_cast<BlockArgument>(input);
        !arg || arg.getOwner() != &function.getBody().front())
      return "an input is no argument of the function";
  for (Value value : function.getBody().front().getTerminator()->getOperands())
    if (value.getDefiningOp() != op)
      return "the function returns something else than its results";
  // A part of a dimension that is inside of a tensor's is no piece of that.
  for (unsigned i = 0; i < op.getInputs().size() + op.getInits().size(); ++i)
    for (ArrayRef<unsigned> entry : op.getAccess(i))
      for (auto [position, dim] : llvm::enumerate(entry))
        if (llvm::is_contained(plan.divided, dim) &&
            llvm::any_of(entry.take_front(position),
                         [&](unsigned outer) { return op.getStaticExtents()[outer] != 1; }))
          return ("what is divided along " + op.getDimName(dim).getValue() +
                  " does not lie together in a tensor, whose dimension begins with " +
                  op.getDimName(entry.front()).getValue())
              .str();
  if (std::string obstacle = findProgramObstacle(); !obstacle.empty())
    return obstacle;
  return findConstantCount();
}

bool Division::isLocal() {
  bool isLocal = true;
  plan.op.getBody().walk([&](Operation *inner) {
    if (auto reduce = dyn_cast<ReduceOp>(inner))
      isLocal &= !isDivided(reduce.getOver());
    if (auto count = dyn_cast<CountOp>(inner))
      isLocal &= !isDivided(count.getOver());
    if (auto index = dyn_cast<IndexOp>(inner))
      isLocal &= !llvm::is_contained(plan.divided, *plan.op.findDim(index.getDimAttr()));
  });
  return isLocal;
}

/// As in headers and manifests: of moments, the second and the third result.
static StringRef getRole(ReduceOp reduce, unsigned result) {
  if (reduce.getKind() == ReduceKind::Moments)
    return result == 1 ? "mean" : "m2";
  return stringifyReduceKind(reduce.getKind());
}

void Division::findShares() {
  GenericOp op = plan.op;
  DenseMap<Operation *, unsigned> levels = findLevels(
      op, [&](ReduceOp reduce) { return isDivided(reduce.getOver()) && !reduce->use_empty(); });
  llvm::StringSet<> taken;
  for (unsigned i = 0; i < plan.function.getNumArguments(); ++i)
    taken.insert(derive::getArgName(plan.function, i));
  for (unsigned i = 0; i < plan.function.getNumResults(); ++i)
    taken.insert(derive::getResultName(plan.function, i));
  for (auto [reduce, level] : levels)
    plan.numExchanges = std::max(plan.numExchanges, level);
  for (unsigned exchange = 1; exchange <= plan.numExchanges; ++exchange)
    for (auto reduce : op.getBody().getOps<ReduceOp>()) {
      if (levels.lookup(reduce) != exchange)
        continue;
      bool isMoments = reduce.getKind() == ReduceKind::Moments;
      for (unsigned i = isMoments; i < reduce->getNumResults(); ++i) {
        Share share{reduce->getResult(i), exchange, getRole(reduce, i).str(), "", {}};
        share.name = share.role;
        for (unsigned n = 2;
             taken.contains("partial_" + share.name) || taken.contains("merged_" + share.name); ++n)
          share.name = share.role + std::to_string(n);
        taken.insert("partial_" + share.name);
        share.dims = op.getDimsWhere(/*inGroup=*/false);
        llvm::append_range(share.dims, getDims(op, share.value.getType()));
        llvm::sort(share.dims);
        plan.shares.push_back(std::move(share));
      }
    }
}

void Division::run() {
  // Every part calls an argument what the whole calls it.
  func::FuncOp function = plan.function;
  Builder b(function.getContext());
  plan.numArguments = function.getNumArguments();
  for (unsigned i = 0; i < function.getNumArguments(); ++i)
    function.setArgAttr(i, "norm.name", b.getStringAttr(derive::getArgName(function, i)));
  for (unsigned i = 0; i < function.getNumResults(); ++i)
    function.setResultAttr(i, "norm.name", b.getStringAttr(derive::getResultName(function, i)));
  addWhole(plan);
  findShares();
  buildParts(plan);
}

struct PartialPass : norm::impl::PartialPassBase<PartialPass> {
  using PartialPassBase::PartialPassBase;

  /// The dimensions that a function is divided along; failure after an error.
  FailureOr<SmallVector<std::string>> getNames(func::FuncOp function) {
    Attribute own = function->getAttr("norm.partial");
    if (!own)
      return SmallVector<std::string>(dims.begin(), dims.end());
    auto array = dyn_cast<ArrayAttr>(own);
    if (!array || !llvm::all_of(array, llvm::IsaPred<StringAttr>))
      return function.emitError(
                 "expects norm.partial to be names of dimensions, as [\"c\"], but got ")
                 << own,
             failure();
    return llvm::map_to_vector(array.getAsRange<StringAttr>(),
                               [](StringAttr name) { return name.str(); });
  }

  LogicalResult divide(func::FuncOp function) {
    FailureOr<SmallVector<std::string>> names = getNames(function);
    if (failed(names))
      return failure();
    function->removeAttr("norm.partial");
    if (names->empty())
      return success();
    SmallVector<Operation *> found;
    function.walk([&](Operation *inner) {
      if (isa<NormDialect>(inner->getDialect()) && !inner->getParentOfType<GenericOp>())
        found.push_back(inner);
    });
    if (found.empty())
      return success();
    auto fail = [&](const Twine &reason) {
      return found[0]->emitError("cannot be divided among ranks along ")
             << llvm::join(*names, ", ") << ": " << reason;
    };
    auto op = dyn_cast<GenericOp>(found[0]);
    if (!op)
      return fail("norm-generalize has not been run");
    if (found.size() > 1)
      return fail("the function has more than one normalization");
    if (op.hasPureBufferSemantics())
      return fail("it has memrefs, not tensors");
    if (!function.getBody().hasOneBlock() || op->getParentOp() != function)
      return fail("the normalization is inside of another operation");
    Division division(function, op);
    if (std::string error = division.setDims(*names); !error.empty())
      return op.emitError(error);
    if (std::string obstacle = division.findObstacle(); !obstacle.empty())
      return fail(obstacle);
    auto options = remark::RemarkOpts::name("Partial").category("norm-partial");
    if (division.isLocal()) {
      remark::missed(op.getLoc(), options)
          << remark::add("{0} stays whole", function.getName().str())
          << remark::reason("nothing in it goes beyond a rank's part");
      return success();
    }
    const Plan &plan = division.getPlan();
    for (StringRef part : {"partial", "merge", "apply"})
      for (unsigned exchange = 0; exchange <= op.getBody().front().getOperations().size();
           ++exchange)
        if (std::string name = getPartName(plan, part, exchange);
            SymbolTable::lookupNearestSymbolFrom(function, StringAttr::get(&getContext(), name)))
          return fail("there is a function " + name);
    if (auto uses = SymbolTable::getSymbolUses(function.getNameAttr(), function->getParentOp());
        uses && !uses->empty()) {
      InFlightDiagnostic error = fail("the function is called in the module, and would be gone");
      error.attachNote(uses->begin()->getUser()->getLoc()) << "here";
      return error;
    }
    Location loc = op.getLoc();
    std::string name = function.getName().str();
    division.run();
    remark::passed(loc, options) << remark::add("{0} in parts", name)
                                 << remark::metric("exchanges", plan.numExchanges)
                                 << remark::metric("statistics", plan.shares.size());
    return success();
  }

  void runOnOperation() override {
    SmallVector<func::FuncOp> functions;
    getOperation()->walk([&](func::FuncOp function) {
      if (!function.isExternal() && function.isPublic())
        functions.push_back(function);
    });
    for (func::FuncOp function : functions)
      if (failed(divide(function)))
        return signalPassFailure();
  }
};

} // namespace
