//===- Raise.cpp - normalizations in linalg become named operations ----------===//
//
// Searches every function for roots, and says what it found and what it nearly found.
//
//===----------------------------------------------------------------------===//

#include "Raise.h"
#include "normc/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Iterators.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/SetVector.h"

namespace mlir::norm {
#define GEN_PASS_DEF_RAISEPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

void norm::sortByPlace(SmallVectorImpl<Value> &values) {
  llvm::stable_sort(values, [](Value a, Value b) {
    Operation *left = a.getDefiningOp(), *right = b.getDefiningOp();
    if (!left || !right)
      return !left && right;
    return left != right && left->isBeforeInBlock(right);
  });
}

double norm::getTolerance(Operation *op) {
  bool isNarrow = false;
  auto look = [&](Type type) {
    auto element = dyn_cast<FloatType>(getElementTypeOrSelf(type));
    isNarrow |= element && element.getWidth() < 64;
  };
  op->getBlock()->walk([&](Operation *inner) {
    llvm::for_each(inner->getResultTypes(), look);
    llvm::for_each(inner->getOperandTypes(), look);
  });
  return isNarrow ? 1e-6 : 1e-12;
}

bool norm::isUsedBefore(Value value, OpBuilder &b) {
  Block *block = b.getInsertionBlock();
  Block::iterator place = b.getInsertionPoint();
  return llvm::any_of(value.getUsers(), [&](Operation *user) {
    Operation *here = block->findAncestorOpInBlock(*user);
    return here && place != block->end() && here != &*place && here->isBeforeInBlock(&*place);
  });
}

SmallVector<Value> norm::findProducers(Value value, unsigned most) {
  llvm::SetVector<Value> found;
  found.insert(value);
  for (unsigned i = 0; i < found.size() && found.size() < most; ++i) {
    Operation *op = found[i].getDefiningOp();
    if (!isReadable(op))
      continue;
    for (Value operand : op->getOperands())
      if (isa<RankedTensorType>(operand.getType()) &&
          (!operand.getDefiningOp() || operand.getDefiningOp()->getBlock() == op->getBlock()) &&
          !isa_and_present<tensor::EmptyOp>(operand.getDefiningOp()))
        found.insert(operand);
  }
  SmallVector<Value> values = found.takeVector();
  sortByPlace(values);
  return values;
}

static bool isSum(Operation *op) {
  auto linalg = dyn_cast<linalg::LinalgOp>(op);
  return linalg && linalg.getNumReductionLoops() > 0;
}

SmallVector<Value> norm::findConsumers(Value value, unsigned most, bool throughSums) {
  llvm::SetVector<Value> found;
  found.insert(value);
  for (unsigned i = 0; i < found.size() && found.size() < most; ++i)
    for (Operation *user : found[i].getUsers())
      if (isReadable(user) && user->getBlock() == value.getParentBlock() &&
          (throughSums || !isSum(user)))
        found.insert(user->result_begin(), user->result_end());
  SmallVector<Value> values = found.takeVector();
  sortByPlace(values);
  return values;
}

static bool isAssertionOfNonzero(Operation *op) {
  if (op->getName().getStringRef() != "cf.assert")
    return false;
  auto compare = op->getOperand(0).getDefiningOp<arith::CmpFOp>();
  return compare && (matchPattern(compare.getLhs(), m_AnyZeroFloat()) ||
                     matchPattern(compare.getRhs(), m_AnyZeroFloat()));
}

/// Whether nobody uses an operation, and it does nothing but assert that a number is not zero.
static bool onlyAsserts(Operation *op) {
  auto generic = dyn_cast<linalg::GenericOp>(op);
  return generic && generic->use_empty() && generic.hasPureTensorSemantics() &&
         llvm::all_of(generic.getBody()->getOperations(), [](Operation &inner) {
           return isMemoryEffectFree(&inner) || inner.hasTrait<OpTrait::IsTerminator>() ||
                  isAssertionOfNonzero(&inner);
         });
}

void norm::eraseDead(RewriterBase &rewriter, ArrayRef<Operation *> operations, bool isPositive) {
  llvm::SetVector<Operation *> open(operations.begin(), operations.end());
  // Users come after what they use.
  SmallVector<Operation *> ordered = open.takeVector();
  llvm::stable_sort(ordered, [](Operation *a, Operation *b) {
    return a != b && b->getBlock() == a->getBlock() && b->isBeforeInBlock(a);
  });
  llvm::SetVector<Operation *> again;
  for (Operation *op : ordered)
    if (isOpTriviallyDead(op) || (isPositive && onlyAsserts(op))) {
      for (Value operand : op->getOperands())
        if (Operation *producer = operand.getDefiningOp();
            producer && !llvm::is_contained(ordered, producer))
          again.insert(producer);
      rewriter.eraseOp(op);
    }
  if (!again.empty())
    eraseDead(rewriter, again.takeVector(), isPositive);
}

void norm::setInsertionPointAfter(OpBuilder &b, ValueRange operands, Operation *user) {
  Operation *last = nullptr;
  for (Value operand : operands)
    if (Operation *op = operand.getDefiningOp();
        op && op->getBlock() == user->getBlock() && (!last || last->isBeforeInBlock(op)))
      last = op;
  if (last)
    b.setInsertionPointAfter(last);
  else
    b.setInsertionPointToStart(user->getBlock());
}

SmallVector<Value> norm::findInner(Value result) {
  SmallVector<Value> found;
  auto generic = result.getDefiningOp<linalg::GenericOp>();
  if (!generic || generic->getNumResults() != 1 ||
      generic.getNumParallelLoops() != generic.getNumLoops() ||
      !generic.getIndexingMapMatchingResult(cast<OpResult>(result)).isPermutation())
    return found;
  for (Operation &inner : llvm::reverse(generic.getBody()->without_terminator()))
    if (inner.getNumResults() == 1 && isa<FloatType>(inner.getResult(0).getType()))
      found.push_back(inner.getResult(0));
  return found;
}

void norm::replaceInner(RewriterBase &rewriter, Value result, Value inner, Value by) {
  auto old = result.getDefiningOp<linalg::GenericOp>();
  Block *body = old.getBody();
  unsigned numInputs = old.getNumDpsInputs();
  BlockArgument arg = body->insertArgument(numInputs, inner.getType(), old.getLoc());
  rewriter.replaceAllUsesWith(inner, arg);
  for (Operation &number : llvm::make_early_inc_range(llvm::reverse(*body)))
    if (isOpTriviallyDead(&number))
      rewriter.eraseOp(&number);
  SmallVector<Value> inputs;
  SmallVector<AffineMap> maps;
  llvm::BitVector unused(body->getNumArguments());
  for (unsigned i = 0; i < numInputs; ++i) {
    unused[i] = body->getArgument(i).use_empty();
    if (unused[i])
      continue;
    inputs.push_back(old.getInputs()[i]);
    maps.push_back(old.getIndexingMapsArray()[i]);
  }
  body->eraseArguments(unused);
  inputs.push_back(by);
  maps.push_back(old.getIndexingMapMatchingResult(cast<OpResult>(result)));
  llvm::append_range(maps, ArrayRef(old.getIndexingMapsArray()).drop_front(numInputs));
  rewriter.setInsertionPoint(old);
  auto rest = linalg::GenericOp::create(rewriter, old.getLoc(), old->getResultTypes(), inputs,
                                        old.getOutputs(), maps, old.getIteratorTypesArray());
  rest.getRegion().takeBody(old.getRegion());
  rewriter.replaceOp(old, rest);
}

/// Whether an operation takes a root, or divides by one.
static bool hasRoot(Operation *op) {
  if (isa<math::RsqrtOp, math::SqrtOp, math::PowFOp, linalg::RsqrtOp, linalg::SqrtOp,
          linalg::PowFOp>(op))
    return true;
  auto linalg = dyn_cast<linalg::LinalgOp>(op);
  return linalg && llvm::any_of(linalg.getBlock()->getOperations(), [](Operation &inner) {
           return isa<math::RsqrtOp, math::SqrtOp, math::PowFOp>(inner);
         });
}

/// Whether a tensor is computed of sums.
static bool isAfterReduction(Value value) {
  return isa<RankedTensorType>(value.getType()) &&
         llvm::any_of(findProducers(value, 64), [](Value producer) {
           auto op = producer.getDefiningOp<linalg::LinalgOp>();
           return op && op.getNumReductionLoops() > 0;
         });
}

namespace {
struct RaisePass : norm::impl::RaisePassBase<RaisePass> {
  using RaisePassBase::RaisePassBase;

  void runOnOperation() override {
    RaiseOptions options;
    options.exactForm = exactForm;
    SmallVector<Operation *> roots;
    getOperation()->walk([&](Operation *op) {
      if (hasRoot(op) && isReadable(op) && op->getNumResults() > 0 &&
          isa<RankedTensorType>(op->getResult(0).getType()))
        roots.push_back(op);
    });
    IRRewriter rewriter(&getContext());
    // What is erased with a normalization was one of its roots.
    struct Listener : RewriterBase::Listener {
      llvm::SmallDenseSet<Operation *> erased;
      void notifyOperationErased(Operation *op) override { erased.insert(op); }
    } listener;
    rewriter.setListener(&listener);
    auto remarks = remark::RemarkOpts::name("Raise").category("norm-raise");
    // What stands alone is read by no gradient, and then it is not read through either: of many in
    // a row, each would be multiplied out again for all that follow.
    RaiseOptions alone = options;
    alone.alone = true;
    for (Operation *root : roots) {
      if (listener.erased.contains(root))
        continue;
      Location loc = root->getLoc();
      Miss ignored;
      if (raiseForward(rewriter, root, alone, ignored))
        remark::passed(loc, remarks) << remark::add("a normalization");
    }
    // Gradients first: afterwards forward operations know which statistics they use. The last
    // result first.
    SmallVector<Operation *> sums;
    getOperation()->walk([&](Operation *op) {
      if (isReadable(op) && op->getNumResults() > 0 && isAfterReduction(op->getResult(0)))
        sums.push_back(op);
    });
    // Where one is behind the other, what was found of the first lets the second be read.
    bool changed = true;
    auto sweep = [&](bool (*raise)(RewriterBase &, Value)) {
      for (Operation *op : llvm::reverse(sums))
        for (unsigned i = 0; !listener.erased.contains(op) && i < op->getNumResults(); ++i) {
          Location loc = op->getLoc();
          if (!raise(rewriter, op->getResult(i)))
            continue;
          remark::passed(loc, remarks) << remark::add("gradients of a normalization");
          changed = true;
        }
    };
    while (std::exchange(changed, false))
      sweep(raiseBackward);
    sweep(raiseParameterBackward);
    for (Operation *root : roots) {
      if (listener.erased.contains(root))
        continue;
      Location loc = root->getLoc();
      Miss miss;
      if (raiseForward(rewriter, root, options, miss) || raiseInference(rewriter, root)) {
        remark::passed(loc, remarks) << remark::add("a normalization");
        continue;
      }
      if (miss.progress >= 2)
        remark::missed(loc, remarks)
            << remark::add("nearly a normalization") << remark::reason("{0}", miss.reason);
    }
    getOperation()->walk<WalkOrder::PostOrder, ReverseIterator>([&](Operation *op) {
      if (isReadable(op) && isOpTriviallyDead(op))
        rewriter.eraseOp(op);
    });
  }
};
} // namespace
