//===- OutlineRest.cpp - host functions, and functions of what they do not do ---===//
//
// Between normalizations stand runs of other operations. Each becomes a function, which the caller
// compiles, and a norm.call of its C entry; the normalizations stay, and so the function becomes a
// kernel that computes them itself and calls the rest.
//
//===----------------------------------------------------------------------===//

#include "Outline.h"
#include "normc/IR/CInterface.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace mlir::norm;

namespace {

class Splitter {
public:
  explicit Splitter(func::FuncOp function)
      : function(function), block(function.getBody().front()), last(function) {}
  LogicalResult run();

private:
  using Run = llvm::SetVector<Operation *>;

  LogicalResult check();
  /// What is wrong with a type of a tensor that C is to see; empty where nothing is.
  static std::string findFault(Type type);
  void eraseWhere(function_ref<bool(Operation *)> condition);
  LogicalResult outline(const Run &run);
  bool isNeededOutside(Value value, const Run &run);
  Value getIndex(OpBuilder &b, Value index, const Run &run, IRMapping &mapping);
  Value getSize(OpBuilder &b, Value tensor, unsigned dim, const Run &run, IRMapping &mapping);
  /// The operation of the function's block that `op` is or is inside of.
  Operation *getOuter(Operation *op) { return block.findAncestorOpInBlock(*op); }
  InFlightDiagnostic error(Operation *op, const Twine &what) {
    return op->emitError() << "cannot be a part of a host function: " << what
                           << "; --outline=calls leaves it to the caller";
  }

  func::FuncOp function;
  Block &block;
  /// What the next function stands behind.
  func::FuncOp last;
  unsigned made = 0;
};

} // namespace

/// From the last to the first: users stand behind what they use.
void Splitter::eraseWhere(function_ref<bool(Operation *)> condition) {
  auto operations =
      llvm::map_to_vector(block.without_terminator(), [](Operation &op) { return &op; });
  for (Operation *op : llvm::reverse(operations))
    if (condition(op))
      op->erase();
}

std::string Splitter::findFault(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    return "is no ranked tensor";
  if (getDLPackType(tensor.getElementType()))
    return "";
  std::string text;
  llvm::raw_string_ostream(text) << "is " << type << ", whose elements C has no type for";
  return text;
}

LogicalResult Splitter::check() {
  if (!function.isPublic())
    return error(function, "'" + function.getSymName() +
                               "' has normalizations, and is private: no caller in C sees it");
  if (!function.getBody().hasOneBlock())
    return error(function, "'" + function.getSymName() + "' has branches");
  for (auto [number, type] : llvm::enumerate(function.getArgumentTypes()))
    if (std::string fault = findFault(type); !fault.empty())
      return error(function,
                   "argument " + Twine(number) + " of '" + function.getSymName() + "' " + fault);
  for (auto [number, type] : llvm::enumerate(function.getResultTypes()))
    if (std::string fault = findFault(type); !fault.empty())
      return error(function,
                   "result " + Twine(number) + " of '" + function.getSymName() + "' " + fault);
  WalkResult walked = function.walk([&](GenericOp op) {
    if (op->getBlock() == &block)
      return WalkResult::advance();
    Operation *outer = getOuter(op);
    error(outer, "a normalization is inside of its control flow").attachNote(op.getLoc()) << "here";
    return WalkResult::interrupt();
  });
  return failure(walked.wasInterrupted());
}

/// Descriptions are computed again where they are needed, so what they describe is needed where
/// they are.
bool Splitter::isNeededOutside(Value value, const Run &run) {
  return llvm::any_of(value.getUsers(), [&](Operation *user) {
    Operation *outer = getOuter(user);
    if (run.contains(outer))
      return false;
    return !isDescription(outer) || llvm::any_of(outer->getResults(), [&](Value result) {
      return isNeededOutside(result, run);
    });
  });
}

/// An index in front of the run, where it needs nothing that the run computes; null where it does.
Value Splitter::getIndex(OpBuilder &b, Value index, const Run &run, IRMapping &mapping) {
  if (Value known = mapping.lookupOrNull(index))
    return known;
  Operation *op = index.getDefiningOp();
  if (!op)
    return Value();
  if (auto dim = dyn_cast<tensor::DimOp>(op)) {
    std::optional<int64_t> number = dim.getConstantIndex();
    Value size = number ? getSize(b, dim.getSource(), *number, run, mapping) : Value();
    if (size)
      mapping.map(index, size);
    return size;
  }
  if (!isDescription(op))
    return Value();
  for (Value operand : op->getOperands())
    if (!getIndex(b, operand, run, mapping))
      return Value();
  b.clone(*op, mapping);
  return mapping.lookup(index);
}

Value Splitter::getSize(OpBuilder &b, Value tensor, unsigned dim, const Run &run,
                        IRMapping &mapping) {
  auto type = dyn_cast<RankedTensorType>(tensor.getType());
  if (!type || dim >= type.getRank())
    return Value();
  if (!type.isDynamicDim(dim))
    return arith::ConstantIndexOp::create(b, tensor.getLoc(), type.getDimSize(dim));
  Operation *op = tensor.getDefiningOp();
  if (!op || (!run.contains(op) && !isDescription(op)))
    return tensor::DimOp::create(b, tensor.getLoc(), tensor, dim);
  if (auto empty = dyn_cast<tensor::EmptyOp>(op))
    return getIndex(b, empty.getDynamicSize(dim), run, mapping);
  if (auto cast = dyn_cast<tensor::CastOp>(op))
    return getSize(b, cast.getSource(), dim, run, mapping);
  auto result = cast<OpResult>(tensor);
  if (auto dst = dyn_cast<DestinationStyleOpInterface>(op))
    return getSize(b, dst.getTiedOpOperand(result)->get(), dim, run, mapping);
  auto reify = dyn_cast<ReifyRankedShapedTypeOpInterface>(op);
  ReifiedRankedShapedTypeDims shapes;
  OpBuilder here(op);
  if (!reify || failed(reify.reifyResultShapes(here, shapes)))
    return Value();
  OpFoldResult size = shapes[result.getResultNumber()][dim];
  if (auto known = getConstantIntValue(size))
    return arith::ConstantIndexOp::create(b, tensor.getLoc(), *known);
  return getIndex(b, cast<Value>(size), run, mapping);
}

LogicalResult Splitter::outline(const Run &run) {
  std::string name = findFreeSymbol(function, (function.getSymName() + "_rest").str(), made);
  Location loc = run.front()->getLoc();
  OpBuilder builder(function);
  builder.setInsertionPointAfter(last);
  auto rest = func::FuncOp::create(builder, loc, name, builder.getFunctionType({}, {}));
  last = rest;
  Block *body = rest.addEntryBlock();
  OpBuilder inside = OpBuilder::atBlockBegin(body);
  IRMapping mapping;
  SmallVector<Value> inputs;
  Operation *wrong = nullptr;
  auto capture = [&](Value value) -> Value {
    if (!isa<RankedTensorType>(value.getType()))
      return wrong = value.getDefiningOp(), Value();
    inputs.push_back(value);
    return body->addArgument(value.getType(), value.getLoc());
  };

  for (Operation *op : run) {
    WalkResult walked = op->walk([&](Operation *inner) {
      for (Value operand : inner->getOperands()) {
        // What is defined inside of the operation comes with it.
        Operation *owner = operand.getParentBlock()->getParentOp();
        if (owner != function && op->isAncestor(owner))
          continue;
        if (!cloneDescription(inside, operand, mapping, capture))
          return WalkResult::interrupt();
      }
      return WalkResult::advance();
    });
    if (walked.wasInterrupted()) {
      auto diagnostic = error(op, "it takes a value that is no ranked tensor");
      if (wrong)
        diagnostic.attachNote(wrong->getLoc()) << "which is computed here";
      return failure();
    }
    inside.clone(*op, mapping);
  }

  SmallVector<Value> outputs, results, places;
  builder.setInsertionPoint(run.front());
  IRMapping sizes;
  for (Operation *op : run)
    for (Value result : op->getResults()) {
      if (!isNeededOutside(result, run))
        continue;
      if (std::string fault = findFault(result.getType()); !fault.empty()) {
        error(op, "its result " + fault + ", and others need it");
        return failure();
      }
      auto type = cast<RankedTensorType>(result.getType());
      SmallVector<Value> dynamic;
      for (unsigned dim = 0; dim < type.getRank(); ++dim) {
        if (!type.isDynamicDim(dim))
          continue;
        Value size = getSize(builder, result, dim, run, sizes);
        if (!size) {
          error(op, "the size of dimension " + Twine(dim) +
                        " of its result is not known before it has run");
          return failure();
        }
        dynamic.push_back(size);
      }
      outputs.push_back(result);
      results.push_back(mapping.lookup(result));
      places.push_back(tensor::EmptyOp::create(builder, loc, type, dynamic));
    }
  if (inputs.empty() && outputs.empty()) {
    error(run.front(), "it is given no tensor and makes none that others need");
    return failure();
  }
  func::ReturnOp::create(inside, loc, results);
  rest.setFunctionType(
      builder.getFunctionType(TypeRange(body->getArgumentTypes()), TypeRange(ValueRange(results))));
  auto call = CallOp::create(builder, loc, TypeRange(ValueRange(places)), name, inputs, places);
  for (auto [output, value] : llvm::zip_equal(outputs, call.getResults()))
    output.replaceUsesWithIf(
        value, [&](OpOperand &use) { return !run.contains(getOuter(use.getOwner())); });
  remark::passed(loc, getOutlineRemark())
      << remark::add("a call of {0}", name)
      << remark::reason("{0} operations are no normalizations", run.size());
  return success();
}

LogicalResult Splitter::run() {
  if (failed(check()))
    return failure();
  // What nobody needs is no reason for a call.
  eraseWhere(isOpTriviallyDead);
  SmallVector<Run> runs(1);
  for (Operation &op : block.without_terminator()) {
    if (isa<GenericOp>(op)) {
      if (!runs.back().empty())
        runs.emplace_back();
    } else if (!isDescription(&op)) {
      runs.back().insert(&op);
    }
  }
  if (runs.back().empty())
    runs.pop_back();
  for (const Run &run : runs)
    if (failed(outline(run)))
      return failure();
  llvm::SetVector<Operation *> moved;
  for (const Run &run : runs)
    moved.insert_range(run);
  eraseWhere([&](Operation *op) { return moved.contains(op) || isOpTriviallyDead(op); });
  return success();
}

LogicalResult norm::outlineRest(func::FuncOp function) { return Splitter(function).run(); }
