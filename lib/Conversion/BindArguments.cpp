//===- BindArguments.cpp - tensor functions become kernels on memrefs -----===//
//
// Arguments and results of a public function become memrefs of the caller, with attributes that say
// all that the C interface has to know about them.
//
//===----------------------------------------------------------------------===//

#include "SizeSymbols.h"
#include "normc/Conversion/KernelSignature.h"
#include "normc/Passes.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Remarks.h"
#include "llvm/ADT/StringSet.h"

namespace mlir::norm {
#define GEN_PASS_DEF_BINDARGUMENTSPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

namespace {
/// One argument of the kernel to be: an argument or a result of the function.
struct Binding {
  std::string what; // "argument 2", "result 0", for messages
  ShapedType type;
  DictionaryAttr attrs;
  /// The value whose sizes are the argument's.
  Value value;
  bool isOutput;
  std::optional<unsigned> inplace;

  template <typename AttrT> AttrT get(StringRef name) const {
    return attrs ? attrs.getAs<AttrT>(name) : AttrT();
  }
};

class Binder {
public:
  explicit Binder(func::FuncOp func) : func(func), symbols(func), b(func.getContext()) {}
  LogicalResult run();

private:
  InFlightDiagnostic error() { return func.emitError("kernel "); }
  LogicalResult collectBindings();
  LogicalResult checkBinding(const Binding &binding);
  LogicalResult findLayout(const Binding &binding, KernelLayout &layout);
  std::optional<unsigned> findInplace(Value result);
  LogicalResult setAttributes();
  LogicalResult checkOperations();
  LogicalResult checkDerivable();
  void setRequirements();
  void toMemRefs();
  MemRefType getMemRefType(RankedTensorType type, KernelLayout layout);

  func::FuncOp func;
  SizeSymbols symbols;
  Builder b;
  SmallVector<Binding> bindings;
  SmallVector<KernelLayout> layouts;
  SmallVector<NamedAttrList> argAttrs;
  /// The symbols whose values the inputs' shapes give.
  llvm::StringSet<> known;
};
} // namespace

LogicalResult Binder::checkBinding(const Binding &binding) {
  Type type = binding.type ? Type(binding.type) : Type();
  if (!KernelArgument::tryGetElementBytes(binding.type.getElementType()))
    return error() << "expects tensors of f8E4M3FN, f8E5M2, f16, bf16, f32, f64, or integers of 1, "
                      "8, 16, 32 or 64 bits, but "
                   << binding.what << " is " << type;
  if (auto memref = dyn_cast<MemRefType>(type)) {
    int64_t offset;
    SmallVector<int64_t> strides;
    if (memref.getMemorySpace() || failed(memref.getStridesAndOffset(strides, offset)) ||
        (!ShapedType::isDynamic(offset) && offset != 0))
      return error()
             << "expects strided memrefs of the default memory space with offset 0 or ?, but "
             << binding.what << " is " << type;
  }
  for (StringRef name : {kNameAttr, kRoleAttr}) {
    if (Attribute attr = binding.get<Attribute>(name)) {
      auto text = dyn_cast<StringAttr>(attr);
      if (!text || !isCIdentifier(text))
        return error() << "expects " << name << " of " << binding.what
                       << " to be a string that is an identifier in C, but got " << attr;
    }
  }
  return success();
}

LogicalResult Binder::collectBindings() {
  if (!isCIdentifier(func.getSymName()))
    return error() << "expects a name that is an identifier in C, but got '" << func.getSymName()
                   << "'";
  if (!func.getBody().hasOneBlock())
    return error() << "expects a body of one block, but got " << func.getBody().getBlocks().size();
  auto returnOp = cast<func::ReturnOp>(func.getBody().front().getTerminator());

  bool anyTensor = false, anyMemRef = false;
  auto add = [&](Binding binding, Type type) -> LogicalResult {
    if (isa<IndexType>(type))
      return error() << "cannot take a size: " << binding.what
                     << " is of type index; use tensor.dim of an argument";
    if (type.isIntOrFloat())
      return error() << "expects tensors, but " << binding.what << " is " << type
                     << "; use a rank-0 tensor, " << RankedTensorType::get({}, type);
    if (!isa<RankedTensorType, MemRefType>(type))
      return error() << "expects ranked tensors, but " << binding.what << " is " << type;
    binding.type = cast<ShapedType>(type);
    (isa<MemRefType>(type) ? anyMemRef : anyTensor) = true;
    bindings.push_back(binding);
    return checkBinding(binding);
  };
  for (auto [i, argument] : llvm::enumerate(func.getArguments())) {
    Binding binding{
        "argument " + std::to_string(i), {}, func.getArgAttrDict(i), argument, false, {}};
    binding.isOutput = bool(binding.get<UnitAttr>(kOutputAttr));
    if (failed(add(binding, argument.getType())))
      return failure();
  }
  for (auto [i, result] : llvm::enumerate(returnOp.getOperands())) {
    Binding binding{"result " + std::to_string(i),
                    {},
                    func.getResultAttrDict(i),
                    result,
                    true,
                    findInplace(result)};
    if (isa<MemRefType>(result.getType()))
      return error() << "expects functions on memrefs to have no results, but " << binding.what
                     << " is " << result.getType();
    if (failed(add(binding, result.getType())))
      return failure();
  }
  if (anyTensor && anyMemRef)
    return error() << "expects either tensors or memrefs, but has both";
  if (llvm::none_of(bindings, [](const Binding &binding) { return binding.isOutput; }))
    return error() << "has no result"
                   << (anyMemRef ? "; mark the memrefs that it writes with norm.output" : "");
  return success();
}

/// The argument that `result` may share its buffer with: the plain init of the operation that makes
/// it, if nobody reads the argument after that.
std::optional<unsigned> Binder::findInplace(Value result) {
  auto op = result.getDefiningOp<GenericOp>();
  if (!op)
    return std::nullopt;
  unsigned number = cast<OpResult>(result).getResultNumber();
  auto argument = dyn_cast<BlockArgument>(op.getInits()[number]);
  if (!argument || argument.getOwner() != &func.getBody().front() || op.isAcc(number))
    return std::nullopt;
  // Everything that may be a view of the argument.
  SmallVector<Value> views{argument};
  for (unsigned i = 0; i < views.size(); ++i) {
    for (Operation *user : views[i].getUsers()) {
      Operation *ancestor = op->getBlock()->findAncestorOpInBlock(*user);
      if ((user == op && i == 0) || isa<tensor::DimOp>(user))
        continue;
      if (ancestor && ancestor->isBeforeInBlock(op)) {
        if (!isa<GenericOp>(user))
          llvm::append_range(views, user->getResults());
        continue;
      }
      remark::missed(op.getLoc(),
                     remark::RemarkOpts::name("InPlace").category("norm-bind-arguments"))
          << remark::add("result {0} may not be in the buffer of argument {1}", number,
                         argument.getArgNumber())
          << remark::reason("the argument is read again afterwards");
      return std::nullopt;
    }
  }
  return argument.getArgNumber();
}

LogicalResult Binder::findLayout(const Binding &binding, KernelLayout &layout) {
  layout = KernelLayout::Rows;
  Attribute attr = binding.get<Attribute>(kLayoutAttr);
  if (attr) {
    auto text = dyn_cast<StringAttr>(attr);
    auto parsed = text ? parseKernelLayout(text) : std::nullopt;
    if (!parsed)
      return error() << "expects norm.layout of " << binding.what
                     << " to be \"rows\", \"any\" or \"contiguous\", but got " << attr;
    layout = *parsed;
  }
  // The type of a memref already says which strides it takes.
  if (auto memref = dyn_cast<MemRefType>(binding.type)) {
    int64_t offset;
    SmallVector<int64_t> strides;
    (void)memref.getStridesAndOffset(strides, offset);
    if (memref.getLayout().isIdentity() || layout == KernelLayout::Contiguous)
      layout = KernelLayout::Contiguous;
    else
      layout = strides.empty() || strides.back() == 1 ? KernelLayout::Rows : KernelLayout::Any;
  }
  return success();
}

LogicalResult Binder::setAttributes() {
  llvm::StringSet<> names;
  unsigned inputs = 0, outputs = 0;
  for (auto [i, binding] : llvm::enumerate(bindings)) {
    NamedAttrList attrs(binding.attrs ? binding.attrs : b.getDictionaryAttr({}));
    auto name = binding.get<StringAttr>(kNameAttr);
    if (!name)
      name = b.getStringAttr(binding.isOutput ? "result" + Twine(outputs) : "arg" + Twine(inputs));
    ++(binding.isOutput ? outputs : inputs);
    if (!names.insert(name).second)
      return error() << "has two arguments named '" << name.getValue() << "'";
    attrs.set(kNameAttr, name);
    if (!attrs.get(kRoleAttr))
      attrs.set(kRoleAttr, b.getStringAttr(binding.isOutput ? "output" : "input"));
    KernelLayout layout;
    if (failed(findLayout(binding, layout)))
      return failure();
    layouts.push_back(layout);
    attrs.set(kLayoutAttr, b.getStringAttr(stringifyKernelLayout(layout)));
    if (binding.isOutput)
      attrs.set(kOutputAttr, b.getUnitAttr());
    if (binding.inplace)
      attrs.set(kInplaceAttr, b.getI64IntegerAttr(*binding.inplace));
    if (!attrs.get(kShapeAttr)) {
      SmallVector<Attribute> shape;
      for (unsigned d = 0; d < binding.type.getRank(); ++d)
        shape.push_back(
            symbols.format(symbols.getSize(binding.value, d), name.getValue() + "_" + Twine(d)));
      attrs.set(kShapeAttr, b.getArrayAttr(shape));
    }
    argAttrs.push_back(attrs);
  }
  return success();
}

/// Every size of an output has to follow from the inputs: a size that nothing checks would let the
/// kernel write outside of the caller's tensor.
LogicalResult Binder::checkDerivable() {
  SmallVector<std::pair<const Binding *, KernelDim>> unsolved;
  for (auto [binding, attrs] : llvm::zip_equal(bindings, argAttrs))
    for (Attribute attr : cast<ArrayAttr>(attrs.get(kShapeAttr)))
      if (auto text = dyn_cast<StringAttr>(attr))
        if (auto dim = KernelDim::parse(text))
          unsolved.push_back({&binding, *dim});
  for (bool changed = true; changed;) {
    changed = false;
    for (auto &[binding, dim] : unsolved) {
      if (binding->isOutput && !isa<MemRefType>(binding->type))
        continue;
      SmallVector<StringRef> unknown = llvm::filter_to_vector(
          dim.symbols, [&](StringRef symbol) { return !known.contains(symbol); });
      if (unknown.size() == 1)
        changed |= known.insert(unknown[0]).second;
    }
  }
  for (auto &[binding, dim] : unsolved)
    for (StringRef symbol : dim.symbols)
      if (!known.contains(symbol))
        return error() << "cannot derive " << symbol << ", for the size " << dim.str() << " of "
                       << binding->what << ", from the shapes of the arguments";
  return success();
}

void Binder::setRequirements() {
  SmallVector<Attribute> requirements;
  func.walk([&](GenericOp op) {
    int64_t factor = 1;
    SmallVector<Attribute> names;
    SmallVector<unsigned> group = op.getDimsWhere(/*inGroup=*/true);
    if (op.getMinCount() == 0)
      llvm::erase_if(group, [&](unsigned dim) {
        return llvm::none_of(op.getBody().getOps<ReduceOp>(), [&](ReduceOp reduce) {
          return llvm::is_contained(reduce.getOver(), Attribute(op.getDimName(dim)));
        });
      });
    for (unsigned dim : group) {
      SizeSymbols::Size size = symbols.getSize(op, dim);
      factor *= size.factor;
      for (unsigned symbol : size.symbols)
        names.push_back(symbols.getName(symbol, op.getDimName(dim).getValue()));
    }
    auto isKnown = [&](Attribute name) { return known.contains(cast<StringAttr>(name)); };
    if (names.empty() || factor == 0 || !llvm::all_of(names, isKnown))
      return;
    int64_t min = llvm::divideCeil(std::max<int64_t>(op.getMinCount(), 1), factor);
    Attribute requirement = b.getArrayAttr({b.getArrayAttr(names), b.getI64IntegerAttr(min)});
    if (!llvm::is_contained(requirements, requirement))
      requirements.push_back(requirement);
  });
  if (!requirements.empty() && !func->hasAttr(kRequiresAttr))
    func->setAttr(kRequiresAttr, b.getArrayAttr(requirements));
}

MemRefType Binder::getMemRefType(RankedTensorType type, KernelLayout layout) {
  SmallVector<int64_t> strides(type.getRank(), ShapedType::kDynamic);
  if (layout == KernelLayout::Rows && type.getRank() > 0)
    strides.back() = 1;
  if (layout == KernelLayout::Contiguous) {
    int64_t stride = 1;
    for (int64_t d = type.getRank() - 1; d >= 0 && !ShapedType::isDynamic(stride); --d) {
      strides[d] = stride;
      // A size of 0 has the strides of a size of 1, so that they stay positive.
      stride = type.isDynamicDim(d) ? ShapedType::kDynamic
                                    : stride * std::max<int64_t>(type.getDimSize(d), 1);
    }
  }
  auto map = StridedLayoutAttr::get(type.getContext(), ShapedType::kDynamic, strides);
  return MemRefType::get(type.getShape(), type.getElementType(), map);
}

/// Whether something on the way from `result` back to where it began was overwritten though it has
/// another reader. The overwriting then happens in a copy, which is stored to the output at the
/// end, while what was to be overwritten, which began in that output, may be read after that:
/// nothing orders the stores to outputs.
static bool isComputedOverRead(Value result) {
  bool overwritten = false;
  for (Value value = result; Operation *op = value.getDefiningOp();) {
    if (auto destination = dyn_cast<DestinationStyleOpInterface>(op)) {
      value = destination.getTiedOpOperand(cast<OpResult>(value))->get();
      overwritten = true;
    } else if (isa<tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::CastOp,
                   tensor::ExtractSliceOp>(op)) {
      value = op->getOperand(0);
    } else if (isa<scf::ForOp, scf::ForallOp>(op)) {
      value = cast<LoopLikeOpInterface>(op).getTiedLoopInit(cast<OpResult>(value))->get();
      overwritten = true;
    } else {
      // Branches and other loops may go on from whatever they see.
      return op->getNumRegions() != 0;
    }
    if (overwritten && !value.hasOneUse())
      return true;
  }
  return false;
}

void Binder::toMemRefs() {
  Block &block = func.getBody().front();
  auto returnOp = cast<func::ReturnOp>(block.getTerminator());
  unsigned numInputs = func.getNumArguments();
  SmallVector<Type> types;
  for (auto [binding, layout] : llvm::zip_equal(bindings, layouts))
    types.push_back(getMemRefType(cast<RankedTensorType>(binding.type), layout));

  OpBuilder builder = OpBuilder::atBlockBegin(&block);
  SmallVector<Value> inputs;
  for (unsigned i = 0; i < numInputs; ++i) {
    BlockArgument argument = block.getArgument(i);
    Type tensorType = argument.getType();
    argument.setType(types[i]);
    Value tensor =
        bufferization::ToTensorOp::create(builder, argument.getLoc(), tensorType, argument,
                                          /*restrict=*/true, /*writable=*/false);
    argument.replaceAllUsesExcept(tensor, tensor.getDefiningOp());
    inputs.push_back(tensor);
  }
  // A caller's input is never written. A plain init is not read either, so any buffer will do; what
  // an acc init holds is copied.
  func.walk([&](GenericOp op) {
    builder.setInsertionPoint(op);
    for (auto [i, init] : llvm::enumerate(op.getInitsMutable())) {
      if (!llvm::is_contained(inputs, init.get()))
        continue;
      auto type = cast<RankedTensorType>(init.get().getType());
      Value fresh = tensor::EmptyOp::create(builder, op.getLoc(),
                                            tensor::getMixedSizes(builder, op.getLoc(), init.get()),
                                            type.getElementType());
      if (op.isAcc(i))
        fresh = linalg::CopyOp::create(builder, op.getLoc(), init.get(), fresh).getResult(0);
      init.set(fresh);
    }
  });
  // Equal destinations are one value after CSE. Each result gets its own again: of two results in
  // one buffer, one would be in the output of the other.
  func.walk([&](DestinationStyleOpInterface op) {
    if (isa<linalg::FillOp>(op))
      return;
    builder.setInsertionPoint(op);
    for (OpOperand &init : op.getDpsInitsMutable()) {
      if (init.get().hasOneUse())
        continue;
      IRMapping mapping;
      Operation *producer = init.get().getDefiningOp();
      if (auto fill = dyn_cast_or_null<linalg::FillOp>(producer)) {
        if (auto empty = fill.getDpsInitOperand(0)->get().getDefiningOp<tensor::EmptyOp>())
          mapping.map(empty.getResult(), builder.clone(*empty)->getResult(0));
      } else if (!isa_and_nonnull<tensor::EmptyOp>(producer)) {
        continue;
      }
      init.set(builder.clone(*producer, mapping)->getResult(0));
    }
  });
  builder.setInsertionPoint(returnOp);
  for (unsigned i = numInputs; i < types.size(); ++i) {
    Value result = returnOp.getOperand(i - numInputs);
    if (isComputedOverRead(result)) {
      Value fresh = tensor::EmptyOp::create(
          builder, result.getLoc(), tensor::getMixedSizes(builder, result.getLoc(), result),
          cast<RankedTensorType>(result.getType()).getElementType());
      result = linalg::CopyOp::create(builder, result.getLoc(), result, fresh).getResult(0);
    }
    Value output = block.addArgument(types[i], result.getLoc());
    bufferization::MaterializeInDestinationOp::create(builder, result.getLoc(), Type(), result,
                                                      output,
                                                      /*restrict=*/true, /*writable=*/true);
  }
  returnOp->setOperands({});
  func.removeResAttrsAttr();
  func.setFunctionType(b.getFunctionType(types, {}));
}

/// A kernel stands alone: it calls nothing, least of all what could print a message and end the
/// process. And what no pass behind makes loops of is better named here.
LogicalResult Binder::checkOperations() {
  WalkResult walked = func.walk([](Operation *op) {
    if (auto assertion = dyn_cast<cf::AssertOp>(op)) {
      op->emitError("expects a kernel to have no assertions, since it tells what is wrong by its "
                    "error code, but found one that says '")
          << assertion.getMsg() << "'; --outline leaves it to the caller";
      return WalkResult::interrupt();
    }
    if (isa<CallOpInterface>(op)) {
      InFlightDiagnostic error = op->emitError("expects a kernel to call no function, but found ");
      if (auto call = dyn_cast<func::CallOp>(op))
        error << "a call of '" << call.getCallee() << "'";
      else
        error << "'" << op->getName() << "'";
      error << "; mlir-opt --inline puts it into the kernel, and --outline leaves it to the caller";
      return WalkResult::interrupt();
    }
    if (isa_and_nonnull<linalg::LinalgDialect>(op->getDialect()) &&
        !isa<linalg::LinalgOp, linalg::YieldOp, linalg::IndexOp>(op)) {
      op->emitError("expects operations of linalg that are loops over their operands, but found '")
          << op->getName() << "'; --outline leaves it to the caller";
      return WalkResult::interrupt();
    }
    return WalkResult::advance();
  });
  return failure(walked.wasInterrupted());
}

LogicalResult Binder::run() {
  if (failed(checkOperations()) || failed(collectBindings()) || failed(symbols.collect()) ||
      failed(setAttributes()) || failed(checkDerivable()))
    return failure();
  setRequirements();
  if (isa<RankedTensorType>(bindings.front().type))
    toMemRefs();
  func.removeArgAttrsAttr();
  func.setAllArgAttrs(llvm::map_to_vector(
      argAttrs, [&](NamedAttrList &attrs) { return attrs.getDictionary(func.getContext()); }));
  func->setAttr(kKernelAttr, b.getUnitAttr());
  // What a user wrote is read as everybody else will read it.
  return KernelSignature::get(func);
}

namespace {
struct BindArgumentsPass : norm::impl::BindArgumentsPassBase<BindArgumentsPass> {
  void runOnOperation() override {
    WalkResult result = getOperation()->walk([](func::FuncOp func) {
      if (func.isDeclaration() || !func.isPublic() || KernelSignature::isKernel(func))
        return WalkResult::advance();
      return WalkResult(Binder(func).run());
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};
} // namespace
