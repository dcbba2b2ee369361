//===- Outline.cpp - kernels out of functions that do more than normalize ------===//
//
// Each normalization becomes a function of its own, whose arguments are what it reads and whose
// results are what others read of it. The function that it was in calls it, and has no
// normalization any more, so that any other compiler can go on with it.
//
//===----------------------------------------------------------------------===//

#include "Outline.h"
#include "normc/IR/CInterface.h"
#include "normc/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace mlir::norm {
#define GEN_PASS_DEF_OUTLINEPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

bool norm::isDescription(Operation *op) {
  if (isa<tensor::EmptyOp, tensor::DimOp, tensor::CastOp, tensor::ExpandShapeOp,
          tensor::CollapseShapeOp, affine::AffineApplyOp>(op) ||
      op->hasTrait<OpTrait::ConstantLike>())
    return true;
  if (auto fill = dyn_cast<linalg::FillOp>(op))
    return fill.hasPureTensorSemantics() &&
           fill.getDpsInitOperand(0)->get().getDefiningOp<tensor::EmptyOp>() &&
           (!fill.getInputs()[0].getDefiningOp() ||
            fill.getInputs()[0].getDefiningOp()->hasTrait<OpTrait::ConstantLike>());
  auto isWhole = [](Type type) { return type.isIntOrIndex(); };
  return isa<arith::ArithDialect>(op->getDialect()) && isMemoryEffectFree(op) &&
         llvm::all_of(op->getOperandTypes(), isWhole) &&
         llvm::all_of(op->getResultTypes(), isWhole);
}

Value norm::cloneDescription(OpBuilder &b, Value value, IRMapping &mapping,
                             function_ref<Value(Value)> capture) {
  if (Value known = mapping.lookupOrNull(value))
    return known;
  Operation *op = value.getDefiningOp();
  if (!op || !isDescription(op)) {
    Value captured = capture(value);
    if (captured)
      mapping.map(value, captured);
    return captured;
  }
  for (Value operand : op->getOperands())
    if (!cloneDescription(b, operand, mapping, capture))
      return Value();
  b.clone(*op, mapping);
  return mapping.lookup(value);
}

static bool isTensorOfC(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && getDLPackType(tensor.getElementType());
}

bool norm::isKernelAlready(func::FuncOp function) {
  StringRef name = function.getSymName();
  if (!function.isPublic() || !isCIdentifier(name) || isReservedName(name) ||
      !function.getBody().hasOneBlock() ||
      !llvm::all_of(function.getArgumentTypes(), isTensorOfC) ||
      !llvm::all_of(function.getResultTypes(), isTensorOfC))
    return false;
  unsigned normalizations = 0;
  for (Operation &op : function.getBody().front().without_terminator()) {
    if (isa<GenericOp>(op))
      ++normalizations;
    else if (!isDescription(&op))
      return false;
  }
  // What it returns besides is the caller's: the sizes of that may follow from nothing.
  return normalizations == 1 &&
         llvm::all_of(function.getBody().front().getTerminator()->getOperands(), [](Value value) {
           while (Operation *op = value.getDefiningOp()) {
             if (!isa<tensor::CastOp, tensor::ExpandShapeOp, tensor::CollapseShapeOp>(op))
               return isa<GenericOp>(op);
             value = op->getOperand(0);
           }
           return false;
         });
}

std::string norm::findFreeSymbol(func::FuncOp function, StringRef name, unsigned &number) {
  auto isFree = [&](StringRef symbol) {
    auto attribute = StringAttr::get(function.getContext(), symbol);
    return !isReservedName(symbol) &&
           !SymbolTable::lookupNearestSymbolFrom(function->getParentOp(), attribute);
  };
  std::string symbol;
  do
    symbol = (name + Twine(number++)).str();
  while (!isFree(symbol));
  return symbol;
}

namespace {

/// Takes the normalizations of one function.
class Taker {
public:
  /// `kernels`: those that were made of all functions, by their text.
  Taker(func::FuncOp function, llvm::StringMap<func::FuncOp> &kernels)
      : function(function), kernels(kernels) {}
  LogicalResult run();

private:
  LogicalResult take(GenericOp op);
  /// A new argument of the kernel, or the one that it has for the value.
  Value addArgument(Value value, StringRef hint);
  LogicalResult findExtents(GenericOp op, OpBuilder &b);
  bool findExtent(GenericOp op, OpBuilder &b, unsigned dim);
  void setPlaces(GenericOp op, OpBuilder &b);
  DictionaryAttr getAttributes(Value value, StringRef hint);
  DictionaryAttr getResultAttributes(GenericOp op, unsigned result);
  StringRef getHint(GenericOp op, unsigned operand);
  StringAttr makeUnique(StringRef name);
  std::string getText(func::FuncOp kernel);

  func::FuncOp function;
  llvm::StringMap<func::FuncOp> &kernels;
  unsigned made = 0;

  // Of the normalization that is being taken.
  func::FuncOp kernel;
  IRMapping mapping;
  SmallVector<Value> arguments;
  SmallVector<DictionaryAttr> attributes;
  SmallVector<Value> extents, places;
  llvm::StringSet<> names;
};

} // namespace

StringAttr Taker::makeUnique(StringRef name) {
  std::string text = name.str();
  for (unsigned i = 2; !names.insert(text).second; ++i)
    text = (name + Twine(i)).str();
  return StringAttr::get(function.getContext(), text);
}

/// What an argument of the function is called there is what the kernel calls it.
DictionaryAttr Taker::getAttributes(Value value, StringRef hint) {
  NamedAttrList list;
  StringRef name = hint;
  auto argument = dyn_cast<BlockArgument>(value);
  if (argument && argument.getOwner() == &function.getBody().front()) {
    unsigned number = argument.getArgNumber();
    for (StringRef kept : {"norm.role", "norm.layout"})
      if (Attribute attribute = function.getArgAttr(number, kept))
        list.set(kept, attribute);
    if (auto own = function.getArgAttrOfType<StringAttr>(number, "norm.name"))
      name = own.getValue();
  }
  list.set("norm.name", makeUnique(name));
  return list.getDictionary(function.getContext());
}

DictionaryAttr Taker::getResultAttributes(GenericOp op, unsigned result) {
  NamedAttrList list;
  StringRef name = getHint(op, op.getInputs().size() + result);
  for (OpOperand &use : op->getResult(result).getUses()) {
    if (!isa<func::ReturnOp>(use.getOwner()))
      continue;
    for (StringRef kept : {"norm.role", "norm.layout"})
      if (Attribute attribute = function.getResultAttr(use.getOperandNumber(), kept))
        list.set(kept, attribute);
    if (auto own = function.getResultAttrOfType<StringAttr>(use.getOperandNumber(), "norm.name"))
      name = own.getValue();
  }
  list.set("norm.name", makeUnique(name));
  return list.getDictionary(function.getContext());
}

/// What has every dimension is x or y, what has those of a group alone a parameter.
StringRef Taker::getHint(GenericOp op, unsigned operand) {
  size_t outer = op.getAccessDims(operand, /*inGroup=*/false).size();
  size_t inner = op.getAccessDims(operand, /*inGroup=*/true).size();
  bool isWhole = outer + inner == op.getNumDims();
  if (operand >= op.getInputs().size())
    return isWhole ? "y" : "result";
  return isWhole ? "x" : outer == 0 ? "parameter" : "input";
}

Value Taker::addArgument(Value value, StringRef hint) {
  if (Value known = mapping.lookupOrNull(value))
    return known;
  Value argument = kernel.getBody().front().addArgument(value.getType(), value.getLoc());
  mapping.map(value, argument);
  arguments.push_back(value);
  attributes.push_back(getAttributes(value, hint));
  return argument;
}

/// The size of an iteration dimension from an argument that has it alone, or beside static ones.
bool Taker::findExtent(GenericOp op, OpBuilder &b, unsigned dim) {
  SmallVector<Value> operands(op.getInputs());
  llvm::append_range(operands, op.getInits());
  Location loc = op.getLoc();
  for (auto [i, operand] : llvm::enumerate(operands)) {
    Value own = mapping.lookupOrNull(operand);
    if (!own)
      continue;
    for (auto [d, entry] : llvm::enumerate(op.getAccess(i))) {
      if (!llvm::is_contained(entry, dim))
        continue;
      // A product of nothing says nothing of its other factors.
      if (!llvm::all_of(entry, [&](unsigned other) {
            return other == dim || getConstantIntValue(op.getMixedExtents()[other]).value_or(0) > 0;
          }))
        continue;
      Value size = tensor::DimOp::create(b, loc, own, d);
      for (unsigned other : entry)
        if (other != dim)
          size = arith::DivUIOp::create(b, loc, size, extents[other]);
      extents[dim] = size;
      return true;
    }
  }
  return false;
}

LogicalResult Taker::findExtents(GenericOp op, OpBuilder &b) {
  SmallVector<OpFoldResult> known = op.getMixedExtents();
  extents.assign(known.size(), Value());
  for (auto [dim, extent] : llvm::enumerate(known))
    if (auto size = getConstantIntValue(extent))
      extents[dim] = arith::ConstantIndexOp::create(b, op.getLoc(), *size);
  for (unsigned dim = 0; dim < known.size(); ++dim) {
    if (extents[dim] || findExtent(op, b, dim))
      continue;
    // The place of a result has the size, and nobody reads its elements.
    for (auto [i, init] : llvm::enumerate(op.getInits())) {
      if (!llvm::is_contained(op.getAccessDims(op.getInputs().size() + i, !op.isGroupDim(dim)),
                              dim))
        continue;
      Value place = init;
      if (auto fill = init.getDefiningOp<linalg::FillOp>())
        place = fill.getDpsInitOperand(0)->get();
      std::string hint = (getHint(op, op.getInputs().size() + i) + "_place").str();
      Value argument = addArgument(place, hint);
      if (place == init || !op.isAcc(i)) {
        mapping.map(init, argument);
        places[i] = argument;
      }
      if (findExtent(op, b, dim))
        break;
    }
    if (extents[dim])
      continue;
    return op.emitError("cannot become a kernel: the size of its dimension ")
           << op.getDimName(dim).getValue()
           << " is that of no tensor that it reads or writes, alone or beside static ones";
  }
  for (auto [dim, extent] : llvm::enumerate(known))
    if (auto value = dyn_cast<Value>(extent))
      mapping.map(value, extents[dim]);
  return success();
}

/// Plain results need a place, whatever was in it, others begin with what is: two kernels differ in
/// what they read alone.
void Taker::setPlaces(GenericOp op, OpBuilder &b) {
  for (auto [i, init] : llvm::enumerate(op.getInits())) {
    if (places[i])
      continue;
    auto type = cast<RankedTensorType>(init.getType());
    auto fill = init.getDefiningOp<linalg::FillOp>();
    bool isFilled = fill && isDescription(fill) && fill.getInputs()[0].getDefiningOp();
    if (op.isAcc(i) && !isFilled) {
      places[i] = addArgument(init, "start");
      continue;
    }
    SmallVector<Value> sizes;
    for (auto [d, entry] : llvm::enumerate(op.getInitAccess(i))) {
      if (!type.isDynamicDim(d))
        continue;
      Value size = extents[entry.front()];
      for (unsigned dim : llvm::drop_begin(entry))
        size = arith::MulIOp::create(b, op.getLoc(), size, extents[dim]);
      sizes.push_back(size);
    }
    places[i] = tensor::EmptyOp::create(b, op.getLoc(), type, sizes);
    if (op.isAcc(i)) {
      Value start = b.clone(*fill.getInputs()[0].getDefiningOp())->getResult(0);
      places[i] = linalg::FillOp::create(b, op.getLoc(), start, places[i]).getResult(0);
    }
  }
}

/// Two kernels with the same text are one, whatever their arguments are called.
std::string Taker::getText(func::FuncOp kernel) {
  func::FuncOp copy = kernel.clone();
  copy.setSymName("kernel");
  for (unsigned i = 0; i < copy.getNumArguments(); ++i)
    for (StringRef name : {"norm.name", "norm.role"})
      copy.removeArgAttr(i, StringAttr::get(copy.getContext(), name));
  for (unsigned i = 0; i < copy.getNumResults(); ++i)
    for (StringRef name : {"norm.name", "norm.role"})
      copy.removeResultAttr(i, StringAttr::get(copy.getContext(), name));
  std::string text;
  llvm::raw_string_ostream os(text);
  copy->print(os, OpPrintingFlags().useLocalScope());
  copy->erase();
  return text;
}

LogicalResult Taker::take(GenericOp op) {
  for (OpFoldResult offset : op.getMixedOffsets())
    if (getConstantIntValue(offset) != 0)
      return op.emitError("cannot become a kernel: it is a tile of another");
  mapping.clear();
  arguments.clear();
  attributes.clear();
  names.clear();
  places.assign(op.getInits().size(), Value());

  OpBuilder builder(function);
  kernel = func::FuncOp::create(builder, op.getLoc(), "kernel", builder.getFunctionType({}, {}));
  kernel->remove();
  OwningOpRef<func::FuncOp> owner(kernel);
  OpBuilder b = OpBuilder::atBlockBegin(kernel.addEntryBlock());
  for (auto [i, input] : llvm::enumerate(op.getInputs()))
    addArgument(input, getHint(op, i));
  if (failed(findExtents(op, b)))
    return failure();
  setPlaces(op, b);
  auto own = cast<GenericOp>(b.clone(*op, mapping));
  own.getInitsMutable().assign(places);

  SmallVector<Value> results;
  SmallVector<DictionaryAttr> resultAttributes;
  SmallVector<OpResult> used;
  for (OpResult result : op->getResults()) {
    if (result.use_empty())
      continue;
    used.push_back(result);
    results.push_back(own->getResult(result.getResultNumber()));
    resultAttributes.push_back(getResultAttributes(op, result.getResultNumber()));
  }
  func::ReturnOp::create(b, op.getLoc(), results);
  kernel.setFunctionType(b.getFunctionType(TypeRange(kernel.getBody().front().getArgumentTypes()),
                                           TypeRange(ValueRange(results))));
  kernel.setAllArgAttrs(attributes);
  kernel.setAllResultAttrs(resultAttributes);

  func::FuncOp &shared = kernels[getText(kernel)];
  bool isNew = !shared;
  if (isNew) {
    shared = owner.release();
    shared.setSymName(findFreeSymbol(function, makeCName(function.getSymName()) + "_norm", made));
    builder.insert(shared);
  }
  builder.setInsertionPoint(op);
  auto call = func::CallOp::create(builder, op.getLoc(), shared, arguments);
  remark::passed(op.getLoc(), getOutlineRemark())
      << remark::add("a call of {0}", shared.getSymName().str())
      << remark::reason("{0}", isNew ? "the function does more than normalize"
                                     : "the same program is a kernel already");
  for (auto [result, value] : llvm::zip_equal(used, call.getResults()))
    result.replaceAllUsesWith(value);
  SmallVector<Value> operands(op->getOperands());
  op.erase();
  // What described its operands alone.
  while (!operands.empty()) {
    Operation *before = operands.pop_back_val().getDefiningOp();
    if (!before || !isDescription(before) || !before->use_empty() ||
        llvm::any_of(before->getResults(),
                     [&](Value result) { return llvm::is_contained(operands, result); }))
      continue;
    llvm::append_range(operands, before->getOperands());
    before->erase();
  }
  return success();
}

LogicalResult Taker::run() {
  SmallVector<GenericOp> operations;
  function.walk([&](GenericOp op) { operations.push_back(op); });
  for (GenericOp op : operations) {
    if (!op.hasPureTensorSemantics())
      return op.emitError("cannot become a kernel: it has memrefs, not tensors");
    if (llvm::all_of(op->getResults(), [](OpResult result) { return result.use_empty(); })) {
      op.erase();
      continue;
    }
    if (failed(take(op)))
      return failure();
  }
  return success();
}

namespace {
struct OutlinePass : norm::impl::OutlinePassBase<OutlinePass> {
  using OutlinePassBase::OutlinePassBase;

  /// What is called from C gets a name that C has.
  LogicalResult nameForC(func::FuncOp function) {
    std::string name = makeCName(function.getSymName());
    unsigned number = 2;
    if (name != function.getSymName() || isReservedName(name)) {
      std::string old = function.getSymName().str();
      if (isReservedName(name) || SymbolTable::lookupSymbolIn(function->getParentOp(), name))
        name = findFreeSymbol(function, name, number);
      auto attribute = StringAttr::get(&getContext(), name);
      if (failed(SymbolTable::replaceAllSymbolUses(function, attribute, function->getParentOp())))
        return function.emitError("cannot be called '") << name << "', which C can name";
      function.setSymNameAttr(attribute);
      remark::analysis(function.getLoc(), getOutlineRemark())
          << remark::add("{0} is {1} in C", old, name)
          << remark::reason("a host function needs a name that C has");
    }
    return success();
  }

  void runOnOperation() override {
    if (mode != "calls" && mode != "host") {
      getOperation()->emitError("expects mode=calls or mode=host, but got '") << mode << "'";
      return signalPassFailure();
    }
    SmallVector<func::FuncOp> functions;
    getOperation()->walk([&](func::FuncOp function) {
      if (!function.getBody()
               .walk([](GenericOp) { return WalkResult::interrupt(); })
               .wasInterrupted())
        return;
      if (mode == "host" && function.isPublic() && failed(nameForC(function)))
        return signalPassFailure();
      if (!isKernelAlready(function))
        return functions.push_back(function);
      remark::analysis(function.getLoc(), getOutlineRemark())
          << remark::add("{0} is left", function.getSymName().str())
          << remark::reason("it is a kernel already");
    });
    llvm::StringMap<func::FuncOp> kernels;
    for (func::FuncOp function : functions)
      if (failed(mode == "host" ? outlineRest(function) : Taker(function, kernels).run()))
        return signalPassFailure();
  }
};
} // namespace
