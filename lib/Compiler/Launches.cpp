//===- Launches.cpp - how a kernel is launched, for its manifest -----------===//
//
// Read from the host code that launches, when its scratch has its place: grids, conditions and
// bytes become expressions over the sizes, strides and addresses of the kernel's arguments.
//
//===----------------------------------------------------------------------===//

#include "Interface.h"
#include "normc/Pipelines/Pipelines.h"
#include "normc/Transforms/VectorDim.h"

#include "normc-c/Runtime.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Pass/PassManager.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace normc;
namespace json = llvm::json;

namespace {
/// More blocks than these in a cluster are not for every device that has clusters.
constexpr int64_t kPortableCluster = 8;

/// Expressions as JSON: a number, the name of a size, or a list of an operation and what it is of,
/// as `["ceildiv", "r", 4]`. Null: nothing that has such a form.
class Expressions {
public:
  /// `function` has the arguments of `signature`, and maybe more.
  Expressions(func::FuncOp function, const norm::KernelSignature &signature)
      : function(function), signature(signature) {}

  json::Value get(Value value);
  json::Value getAddress(Value memref);
  /// The argument whose buffer `memref` is, in whatever shape; null where there is none.
  BlockArgument getRoot(Value memref);

private:
  static json::Value make(StringRef operation, ArrayRef<json::Value> operands);
  json::Value get(StringRef operation, ValueRange operands);
  json::Value getSize(Value memref, unsigned dim);
  json::Value getStride(Value memref, unsigned dim);
  json::Value getOffset(Value memref);
  json::Value getMetadata(memref::ExtractStridedMetadataOp op, OpResult result);
  json::Value get(OpFoldResult value) {
    if (auto known = getConstantIntValue(value))
      return *known;
    return get(cast<Value>(value));
  }
  /// The caller's tensor that an argument is; null for others.
  const norm::KernelArgument *getTensor(Value value) {
    auto argument = dyn_cast<BlockArgument>(value);
    bool isTensor = argument && argument.getOwner() == &function.getBody().front() &&
                    argument.getArgNumber() < signature.arguments.size();
    return isTensor ? &signature.arguments[argument.getArgNumber()] : nullptr;
  }

  func::FuncOp function;
  const norm::KernelSignature &signature;
};

/// The launches of one kernel.
class LaunchDescriber {
public:
  LaunchDescriber(func::FuncOp kernel, const norm::KernelSignature &signature)
      : kernel(kernel), signature(signature), expressions(kernel, signature) {}

  json::Object run();

private:
  json::Value describeWorkspace();
  void walk(Block &block, const json::Array &when, SmallVector<int64_t> &last);
  void describe(gpu::LaunchFuncOp launch, const json::Array &when, ArrayRef<int64_t> last);
  json::Value describeParameter(Value operand);
  json::Array getDims(gpu::KernelDim3 dims) {
    return json::Array{expressions.get(dims.x), expressions.get(dims.y), expressions.get(dims.z)};
  }

  func::FuncOp kernel;
  const norm::KernelSignature &signature;
  Expressions expressions;
  json::Array launches;
  /// Functions of the caller, and the launches that may have been the last before each.
  json::Array calls;
};
} // namespace

json::Value Expressions::make(StringRef operation, ArrayRef<json::Value> operands) {
  json::Array list{operation};
  for (const json::Value &operand : operands) {
    if (operand.kind() == json::Value::Null)
      return nullptr;
    list.push_back(operand);
  }
  if (operation != "+" && operation != "*")
    return list;
  // One list of a sum's terms: readers need not follow lists as deep as there are terms. Offsets of
  // 0 and sizes of elements stand everywhere.
  bool isSum = operation == "+";
  json::Array flat{operation};
  int64_t known = isSum ? 0 : 1;
  std::optional<size_t> place; // of the first number
  auto add = [&](const json::Value &term) {
    std::optional<int64_t> number = term.getAsInteger();
    int64_t next;
    if (!number ||
        (isSum ? llvm::AddOverflow(known, *number, next) : llvm::MulOverflow(known, *number, next)))
      flat.push_back(term);
    else
      known = next;
    if (number && !place)
      place = flat.size();
  };
  for (const json::Value &operand : operands) {
    const json::Array *terms = operand.getAsArray();
    if (terms && (*terms)[0].getAsString() == operation)
      llvm::for_each(llvm::drop_begin(*terms), add);
    else
      add(operand);
  }
  if (flat.size() == 1)
    return known;
  if (known != (isSum ? 0 : 1))
    flat.insert(flat.begin() + *place, known);
  return flat.size() == 2 ? flat[1] : json::Value(std::move(flat));
}

json::Value Expressions::get(StringRef operation, ValueRange operands) {
  SmallVector<json::Value> values;
  for (Value operand : operands)
    values.push_back(get(operand));
  return make(operation, values);
}

static json::Value getSizeExpression(const norm::KernelDim &dim) {
  if (dim.isStatic())
    return dim.factor;
  json::Array product{"*"};
  if (dim.factor != 1)
    product.push_back(dim.factor);
  for (StringRef symbol : dim.symbols)
    product.push_back(symbol);
  return product.size() == 2 ? product[1] : json::Value(std::move(product));
}

json::Value Expressions::getSize(Value memref, unsigned dim) {
  int64_t known = cast<MemRefType>(memref.getType()).getDimSize(dim);
  if (!ShapedType::isDynamic(known))
    return known;
  if (const norm::KernelArgument *tensor = getTensor(memref))
    return getSizeExpression(tensor->shape[dim]);
  if (auto cast = memref.getDefiningOp<memref::CastOp>())
    return getSize(cast.getSource(), dim);
  if (auto view = memref.getDefiningOp<memref::ReinterpretCastOp>())
    return get(view.getMixedSizes()[dim]);
  if (auto view = memref.getDefiningOp<memref::ViewOp>())
    return get(view.getSizes()[view.getType().getDynamicDimIndex(dim)]);
  return nullptr;
}

json::Value Expressions::getStride(Value memref, unsigned dim) {
  auto [strides, offset] = cast<MemRefType>(memref.getType()).getStridesAndOffset();
  if (!ShapedType::isDynamic(strides[dim]))
    return strides[dim];
  if (const norm::KernelArgument *tensor = getTensor(memref))
    return make("stride", {tensor->name, int64_t(dim)});
  if (auto cast = memref.getDefiningOp<memref::CastOp>())
    return getStride(cast.getSource(), dim);
  if (auto view = memref.getDefiningOp<memref::ReinterpretCastOp>())
    return get(view.getMixedStrides()[dim]);
  if (auto view = memref.getDefiningOp<memref::ViewOp>()) {
    json::Value product = 1;
    for (unsigned inner = dim + 1; inner < view.getType().getRank(); ++inner)
      product = make("*", {std::move(product), getSize(view, inner)});
    return product;
  }
  return nullptr;
}

/// Of the first element, in elements. A tensor's address is that of its first.
json::Value Expressions::getOffset(Value memref) {
  auto [strides, offset] = cast<MemRefType>(memref.getType()).getStridesAndOffset();
  if (!ShapedType::isDynamic(offset))
    return offset;
  if (getTensor(memref))
    return 0;
  if (auto cast = memref.getDefiningOp<memref::CastOp>())
    return getOffset(cast.getSource());
  if (auto view = memref.getDefiningOp<memref::ReinterpretCastOp>())
    return get(view.getMixedOffsets().front());
  return nullptr;
}

json::Value Expressions::getMetadata(memref::ExtractStridedMetadataOp op, OpResult result) {
  for (auto [dim, size] : llvm::enumerate(op.getSizes()))
    if (size == result)
      return getSize(op.getSource(), dim);
  for (auto [dim, stride] : llvm::enumerate(op.getStrides()))
    if (stride == result)
      return getStride(op.getSource(), dim);
  return result == op.getOffset() ? getOffset(op.getSource()) : json::Value(nullptr);
}

BlockArgument Expressions::getRoot(Value memref) {
  while (Operation *op = memref.getDefiningOp()) {
    if (auto metadata = dyn_cast<memref::ExtractStridedMetadataOp>(op))
      memref = metadata.getSource();
    else if (auto view = dyn_cast<ViewLikeOpInterface>(op))
      memref = view.getViewSource();
    else
      return BlockArgument();
  }
  return cast<BlockArgument>(memref);
}

/// In bytes: the caller's where it is a tensor's, from the beginning of the workspace where it is
/// scratch.
json::Value Expressions::getAddress(Value memref) {
  if (const norm::KernelArgument *tensor = getTensor(memref))
    return make("address", {tensor->name});
  Operation *op = memref.getDefiningOp();
  if (!op)
    return 0;
  if (auto view = dyn_cast<memref::ViewOp>(op))
    return get(view.getByteShift());
  // These leave the offset to whoever asks for it.
  if (auto metadata = dyn_cast<memref::ExtractStridedMetadataOp>(op))
    return getAddress(metadata.getSource());
  if (auto cast = dyn_cast<memref::CastOp>(op))
    return getAddress(cast.getSource());
  if (auto view = dyn_cast<memref::ReinterpretCastOp>(op))
    return getAddress(view.getSource());
  return nullptr;
}

static StringRef getName(arith::CmpIPredicate predicate) {
  switch (predicate) {
  case arith::CmpIPredicate::eq:
    return "==";
  case arith::CmpIPredicate::ne:
    return "!=";
  case arith::CmpIPredicate::slt:
  case arith::CmpIPredicate::ult:
    return "<";
  case arith::CmpIPredicate::sle:
  case arith::CmpIPredicate::ule:
    return "<=";
  case arith::CmpIPredicate::sgt:
  case arith::CmpIPredicate::ugt:
    return ">";
  case arith::CmpIPredicate::sge:
  case arith::CmpIPredicate::uge:
    return ">=";
  }
  llvm_unreachable("a predicate");
}

/// What is computed with is sizes, which are not negative and whose products do not overflow, or
/// the caller's tensors are refused; so signs make no difference. Remainders of strides, which may
/// be negative, are by powers of two.
json::Value Expressions::get(Value value) {
  APInt constant;
  if (matchPattern(value, m_ConstantInt(&constant)))
    return value.getType().isInteger(1) ? json::Value(constant.isOne())
                                        : json::Value(constant.getSExtValue());
  Operation *op = value.getDefiningOp();
  if (!op)
    return nullptr;
  auto make = [&](StringRef name) { return get(name, op->getOperands()); };
  return llvm::TypeSwitch<Operation *, json::Value>(op)
      .Case([&](memref::DimOp dim) {
        auto index = dim.getConstantIndex();
        return index ? getSize(dim.getSource(), *index) : json::Value(nullptr);
      })
      .Case([&](memref::ExtractStridedMetadataOp metadata) {
        return getMetadata(metadata, cast<OpResult>(value));
      })
      .Case([&](memref::ExtractAlignedPointerAsIndexOp pointer) {
        return getAddress(pointer.getSource());
      })
      .Case<arith::IndexCastOp, arith::IndexCastUIOp, arith::ExtUIOp, arith::ExtSIOp>(
          [&](auto cast) { return get(cast.getIn()); })
      .Case([&](arith::AddIOp) { return make("+"); })
      .Case([&](arith::SubIOp) { return make("-"); })
      .Case([&](arith::MulIOp) { return make("*"); })
      .Case([&](arith::MulUIExtendedOp product) {
        return value == product.getLow() ? make("*") : json::Value(nullptr);
      })
      .Case<arith::DivUIOp, arith::DivSIOp, arith::FloorDivSIOp>([&](auto) { return make("/"); })
      .Case<arith::CeilDivUIOp, arith::CeilDivSIOp>([&](auto) { return make("ceildiv"); })
      .Case<arith::RemUIOp, arith::RemSIOp>([&](auto) { return make("%"); })
      .Case<arith::MinUIOp, arith::MinSIOp>([&](auto) { return make("min"); })
      .Case<arith::MaxUIOp, arith::MaxSIOp>([&](auto) { return make("max"); })
      .Case([&](arith::AndIOp) { return make("&"); })
      .Case([&](arith::OrIOp) { return make("|"); })
      .Case([&](arith::XOrIOp) { return make("^"); })
      .Case([&](arith::ShLIOp) { return make("<<"); })
      .Case<arith::ShRUIOp, arith::ShRSIOp>([&](auto) { return make(">>"); })
      .Case([&](math::CountLeadingZerosOp) {
        return value.getType().isInteger(64) ? make("clz") : json::Value(nullptr);
      })
      .Case([&](arith::CmpIOp compare) { return make(getName(compare.getPredicate())); })
      .Case([&](arith::SelectOp select) {
        // Scratch that has no size of 64 bits is as much as nobody has: see norm-place-scratch.
        if (matchPattern(select.getTrueValue(), m_ConstantInt(&constant)) &&
            constant.isMaxSignedValue())
          return get(select.getFalseValue());
        return make("if");
      })
      .Default([](Operation *) { return json::Value(nullptr); });
}

json::Value LaunchDescriber::describeParameter(Value operand) {
  Type type = operand.getType();
  auto toString = [](Type type) {
    std::string text;
    llvm::raw_string_ostream(text) << type;
    return text;
  };
  auto memref = dyn_cast<MemRefType>(type);
  if (!memref) {
    json::Value value = expressions.get(operand);
    const json::Array *list = value.getAsArray();
    bool isStride = list && (*list)[0] == "stride";
    bool isSize = value.kind() == json::Value::String || (list && (*list)[0] == "*");
    int64_t bytes = type.isIndex() ? 8 : std::max<int64_t>(1, type.getIntOrFloatBitWidth() / 8);
    return json::Object{{"role", isStride ? "stride"
                                 : isSize ? "size"
                                          : "value"},
                        {"dtype", type.isIndex() ? "i64" : toString(type)},
                        {"align", bytes},
                        {"value", std::move(value)}};
  }
  Type element = memref.getElementType();
  json::Object described{{"dtype", toString(element)}};
  BlockArgument root = expressions.getRoot(operand);
  if (root && root.getArgNumber() < signature.arguments.size()) {
    const norm::KernelArgument &argument = signature.arguments[root.getArgNumber()];
    described["role"] = argument.role;
    described["argument"] = argument.name;
    described["align"] = argument.getAlignment();
    return described;
  }
  described["role"] = "workspace";
  described["offset"] = expressions.getAddress(operand);
  described["align"] = norm::KernelArgument::tryGetElementBytes(element).value_or(8);
  return described;
}

/// Shared memory of a function is named after it.
static int64_t getStaticShared(LLVM::LLVMFuncOp function) {
  int64_t bytes = 0;
  std::string prefix = ("__wg_" + function.getName() + "_").str();
  for (auto global : function->getParentOfType<gpu::GPUModuleOp>().getOps<LLVM::GlobalOp>())
    if (global.getSymName().starts_with(prefix))
      if (auto array = dyn_cast<LLVM::LLVMArrayType>(global.getGlobalType()))
        bytes += array.getNumElements() * array.getElementType().getIntOrFloatBitWidth() / 8;
  return bytes;
}

void LaunchDescriber::describe(gpu::LaunchFuncOp launch, const json::Array &when,
                               ArrayRef<int64_t> last) {
  auto function =
      cast<LLVM::LLVMFuncOp>(SymbolTable::lookupNearestSymbolFrom(launch, launch.getKernelAttr()));
  json::Array cluster{1, 1, 1};
  int64_t blocks = 1;
  if (launch.hasClusterSize()) {
    cluster = getDims(launch.getClusterSizeOperandValues());
  } else if (auto dims = function->getAttrOfType<DenseI32ArrayAttr>(
                 NVVM::NVVMDialect::getClusterDimAttrName())) {
    for (auto [i, size] : llvm::enumerate(dims.asArrayRef()))
      cluster[i] = size;
  }
  for (const json::Value &size : cluster)
    blocks *= size.getAsInteger().value_or(1);
  json::Array parameters, after(last);
  for (Value operand : launch.getKernelOperands())
    parameters.push_back(describeParameter(operand));
  json::Value schedule = nullptr;
  if (Attribute attribute = function->getAttr(norm::kScheduleAttr)) {
    std::string text;
    llvm::raw_string_ostream(text) << attribute;
    schedule = text;
  }
  Value dynamicShared = launch.getDynamicSharedMemorySize();
  launches.push_back(json::Object{
      {"function", function.getName()},
      {"when", json::Array(when)},
      {"grid", getDims(launch.getGridSizeOperandValues())},
      {"block", getDims(launch.getBlockSizeOperandValues())},
      {"cluster", std::move(cluster)},
      {"non_portable", blocks > kPortableCluster},
      // Every block has one place in the grid's order, and nothing to come back for.
      {"persistent", false},
      {"shared_bytes", getStaticShared(function)},
      {"dynamic_shared_bytes", dynamicShared ? expressions.get(dynamicShared) : json::Value(0)},
      {"parameters", std::move(parameters)},
      {"after", std::move(after)},
      {"dependent", launch->hasAttr(norm::kDependentAttr)},
      {"schedule", std::move(schedule)}});
}

/// `when` are conditions that hold in `block`; `last` what was launched just before, by number: of
/// several, the one that was.
void LaunchDescriber::walk(Block &block, const json::Array &when, SmallVector<int64_t> &last) {
  for (Operation &op : block) {
    if (auto launch = dyn_cast<gpu::LaunchFuncOp>(op)) {
      describe(launch, when, last);
      last = {int64_t(launches.size()) - 1};
      continue;
    }
    if (auto call = dyn_cast<norm::CallOp>(op))
      calls.push_back(json::Object{{"symbol", call.getCallee()}, {"after", json::Array(last)}});
    auto branch = dyn_cast<scf::IfOp>(op);
    SmallVector<int64_t> reached;
    for (auto [i, region] : llvm::enumerate(op.getRegions())) {
      json::Array inside = when;
      json::Value condition = branch ? expressions.get(branch.getCondition()) : nullptr;
      if (i == 0 || condition.kind() == json::Value::Null)
        inside.push_back(std::move(condition));
      else
        inside.push_back(json::Array{"not", std::move(condition)});
      SmallVector<int64_t> own = last;
      for (Block &inner : region)
        walk(inner, inside, own);
      for (int64_t number : own)
        if (!llvm::is_contained(reached, number))
          reached.push_back(number);
    }
    if (op.getNumRegions() != 0)
      last = reached;
  }
}

/// From the function that computes its bytes.
json::Value LaunchDescriber::describeWorkspace() {
  json::Value bytes = 0;
  if (auto symbol = kernel->getAttrOfType<FlatSymbolRefAttr>(norm::kWorkspaceBytesAttr)) {
    auto function = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(kernel, symbol);
    Operation *terminator = function.getBody().front().getTerminator();
    bytes = Expressions(function, signature).get(terminator->getOperand(0));
  }
  // Kernels write what they read of it.
  return json::Object{
      {"bytes", std::move(bytes)}, {"alignment", NORMRT_WORKSPACE_ALIGNMENT}, {"zeroed", false}};
}

json::Object LaunchDescriber::run() {
  SmallVector<int64_t> last;
  walk(kernel.getBody().front(), {}, last);
  json::Object described{{"workspace", describeWorkspace()}, {"launches", std::move(launches)}};
  if (!calls.empty())
    described["calls"] = std::move(calls);
  return described;
}

LogicalResult normc::describeLaunches(ModuleOp lowered, const TargetSpec &target,
                                      MutableArrayRef<KernelInterface> kernels) {
  // A copy: what is emitted is the same with a manifest and without.
  OwningOpRef<ModuleOp> module = lowered.clone();
  PassManager pm(module->getContext());
  norm::buildGPUScratchPipeline(pm);
  if (failed(pm.run(*module)))
    return failure();
  for (func::FuncOp function : norm::getKernels(*module)) {
    FailureOr<norm::KernelSignature> signature = norm::KernelSignature::get(function);
    if (failed(signature))
      return failure();
    for (KernelInterface &kernel : kernels) {
      if (kernel.signature.name != signature->name)
        continue;
      json::Object found = LaunchDescriber(function, *signature).run();
      auto same = llvm::find_if(kernel.versions,
                                [&](const auto &version) { return version.launches == found; });
      if (same == kernel.versions.end())
        kernel.versions.push_back({{target.cpu}, std::move(found)});
      else
        same->targets.push_back(target.cpu);
    }
  }
  return success();
}
