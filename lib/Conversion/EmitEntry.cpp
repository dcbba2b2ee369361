//===- EmitEntry.cpp - the C entry of a kernel ---------------------------===//
//
// Makes NAME and NAME_workspace_size as normc-c/Runtime.h declares them: checks of the caller's
// tensors and context, then one call of the kernel function.
//
//===----------------------------------------------------------------------===//

#include "ContextLayout.h"
#include "TensorChecks.h"
#include "TensorFunctions.h"
#include "normc/Passes.h"

#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace mlir::norm {
#define GEN_PASS_DEF_EMITENTRYPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

namespace {
constexpr int32_t kCurrentABIVersion = 1;
constexpr int64_t kWorkspaceAlignment = 64;

class EntryEmitter {
public:
  EntryEmitter(func::FuncOp kernel, KernelSignature signature)
      : module(kernel->getParentOfType<ModuleOp>()), kernel(kernel),
        signature(std::move(signature)), types(kernel.getContext()), builder(kernel),
        ptr(LLVM::LLVMPointerType::get(kernel.getContext())) {}

  LogicalResult run();

private:
  LogicalResult claimNames();
  void emitEntry();
  void emitWorkspaceSize();
  SmallVector<Value> getMemRefs(EntryBuilder &b, TensorChecks &checks);
  Value emitWorkspace(EntryBuilder &b, Value context, ArrayRef<Value> memrefs);
  void checkContext(EntryBuilder &b, Value context);
  void checkDevices(EntryBuilder &b, Value context, Value args);
  void emitPrepare();
  bool isGPU() { return kernel->hasAttr(kGPUAttr); }
  void setLinkage(func::FuncOp func) {
    func.setPrivate();
    func->setAttr("llvm.linkage",
                  LLVM::LinkageAttr::get(func.getContext(), LLVM::Linkage::Internal));
  }

  ModuleOp module;
  func::FuncOp kernel;
  KernelSignature signature;
  LLVMTypeConverter types;
  OpBuilder builder;
  LLVM::LLVMPointerType ptr;
  std::string name;
  /// Of a GPU kernel: the scratch that was allocated for it alone; null if the caller gave it.
  Value ownWorkspace;
};
} // namespace

LogicalResult EntryEmitter::claimNames() {
  name = kernel.getSymName().str();
  std::string inner = name + "_kernel";
  for (const std::string &symbol :
       {name + "_workspace_size", inner, name + "_arguments", name + "_prepare"})
    if (Operation *other = module.lookupSymbol(symbol))
      return (kernel.emitError("the entry of kernel '")
              << name << "' needs the name '" << symbol << "'")
                 .attachNote(other->getLoc())
             << "which is taken here";
  kernel.setSymName(inner);
  return success();
}

SmallVector<Value> EntryEmitter::getMemRefs(EntryBuilder &b, TensorChecks &checks) {
  SmallVector<Value> memrefs;
  for (auto [i, argument] : llvm::enumerate(signature.arguments))
    memrefs.push_back(
        checks.getMemRef(i, cast<LLVM::LLVMStructType>(types.convertType(argument.type))));
  return memrefs;
}

/// The caller's workspace if it is large enough, or a little one on the stack, as a memref.
Value EntryEmitter::emitWorkspace(EntryBuilder &b, Value context, ArrayRef<Value> memrefs) {
  auto bytesFunction = kernel->getAttrOfType<FlatSymbolRefAttr>(kWorkspaceBytesAttr);
  Value needed =
      func::CallOp::create(b, bytesFunction.getValue(), b.getI64Type(), memrefs).getResult(0);
  auto nothing = [&]() -> SmallVector<Value> { return {b.null(), b.constant(0)}; };
  SmallVector<Value> given = b.either(b.isNull(context), nothing, [&]() -> SmallVector<Value> {
    return {b.loadPtr(context, kContextWorkspace), b.loadI64(context, kContextWorkspaceBytes)};
  });
  Value data = b.either(
      b.isNull(given[0]),
      [&]() -> SmallVector<Value> {
        if (isGPU()) {
          Value allocate = b.loadPtr(context, kContextAllocate);
          b.check(b.isNull(allocate), ErrorCode::Workspace);
          auto type = LLVM::LLVMFunctionType::get(ptr, {ptr, b.getI64Type(), ptr});
          Value memory =
              LLVM::CallOp::create(b, type,
                                   ValueRange{allocate, b.loadPtr(context, kContextAllocateUser),
                                              needed, b.loadPtr(context, kContextStream)})
                  .getResult();
          b.check(b.isNull(memory), ErrorCode::Workspace);
          return {memory};
        }
        b.check(b.lt(b.constant(kStackWorkspace), needed), ErrorCode::Workspace);
        return {LLVM::AllocaOp::create(b, ptr, b.getI8Type(), needed, kWorkspaceAlignment)};
      },
      [&]() -> SmallVector<Value> {
        b.check(b.compare(LLVM::ICmpPredicate::ult, given[1], needed), ErrorCode::Workspace);
        Value rest = b.both(b.toInt(given[0]), b.constant(kWorkspaceAlignment - 1));
        Value misaligned = b.ne(rest, b.constant(0));
        b.check(b.both(misaligned, b.ne(needed, b.constant(0))), ErrorCode::Workspace);
        return {given[0]};
      })[0];
  if (isGPU())
    ownWorkspace = b.select(b.isNull(given[0]), data, b.null());
  auto type = MemRefType::get({ShapedType::kDynamic}, b.getI8Type());
  Value descriptor = LLVM::PoisonOp::create(b, types.convertType(type));
  auto insert = [&](Value field, ArrayRef<int64_t> position) {
    descriptor = LLVM::InsertValueOp::create(b, descriptor, field, position);
  };
  insert(data, {0});
  insert(data, {1});
  insert(b.constant(0), {2});
  insert(needed, {3, 0});
  insert(b.constant(1), {4, 0});
  return UnrealizedConversionCastOp::create(b, type, descriptor).getResult(0);
}

void EntryEmitter::emitEntry() {
  auto type = LLVM::LLVMFunctionType::get(builder.getI32Type(), {ptr, ptr, builder.getI32Type()});
  auto entry = LLVM::LLVMFuncOp::create(builder, kernel.getLoc(), name, type);
  EntryBuilder b(entry);
  Value context = entry.getArgument(0);
  checkContext(b, context);
  TensorChecks checks(b, signature, module, entry.getArgument(1), isGPU());
  checks.checkSizes(entry.getArgument(2));
  if (isGPU())
    checkDevices(b, context, entry.getArgument(1));
  checks.checkMemory();
  SmallVector<Value> memrefs = getMemRefs(b, checks);
  SmallVector<Value> operands = memrefs;
  for (unsigned i = memrefs.size(); i < kernel.getNumArguments(); ++i)
    operands.push_back(kernel.getArgAttr(i, kContextAttr) ? context
                                                          : emitWorkspace(b, context, memrefs));
  auto call =
      func::CallOp::create(b, kernel.getSymName(), kernel.getFunctionType().getResults(), operands);
  if (!kernel.getNumResults()) {
    LLVM::ReturnOp::create(b, b.constant32(0));
    return;
  }
  if (ownWorkspace)
    b.when(b.isNot(b.isNull(ownWorkspace)), [&] {
      auto type =
          LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(b.getContext()), {ptr, ptr, ptr});
      LLVM::CallOp::create(b, type,
                           ValueRange{b.loadPtr(context, kContextDeallocate),
                                      b.loadPtr(context, kContextAllocateUser), ownWorkspace,
                                      b.loadPtr(context, kContextStream)});
    });
  LLVM::ReturnOp::create(b, call.getResult(0));
}

void EntryEmitter::checkContext(EntryBuilder &b, Value context) {
  auto checkVersion = [&](int32_t least) {
    Value size = b.loadI32(context, kContextSize);
    b.check(b.compare(LLVM::ICmpPredicate::ult, size, b.constant32(least)), ErrorCode::Context);
    Value version = b.loadI32(context, kContextABIVersion);
    b.check(b.ne(version, b.constant32(kCurrentABIVersion)), ErrorCode::Context);
  };
  if (!isGPU()) {
    b.when(b.isNot(b.isNull(context)), [&] { checkVersion(kLeastContextBytes); });
    return;
  }
  b.check(b.isNull(context), ErrorCode::Launch);
  checkVersion(kContextBytes);
  b.check(b.isNull(b.loadPtr(context, kContextLaunch)), ErrorCode::Launch);
}

/// Tensors are on the context's device; memory that the driver moves (managed) is on all of them.
void EntryEmitter::checkDevices(EntryBuilder &b, Value context, Value args) {
  Value device = b.loadI32(context, kContextDevice);
  for (unsigned i = 0; i < signature.arguments.size(); ++i) {
    Value tensor = b.loadPtr(args, 8 * i);
    Value own = b.eq(b.loadI32(tensor, kTensorDevice), b.constant32(kDeviceCUDA));
    b.check(b.both(own, b.ne(b.loadI32(tensor, kTensorDeviceId), device)), ErrorCode::Device, i);
  }
}

/// `int32_t NAME_prepare(const normrt_context *)`: loads the module's code ahead of the first call.
void EntryEmitter::emitPrepare() {
  auto type = LLVM::LLVMFunctionType::get(builder.getI32Type(), {ptr});
  auto function = LLVM::LLVMFuncOp::create(builder, kernel.getLoc(), name + "_prepare", type);
  EntryBuilder b(function);
  Value context = function.getArgument(0);
  checkContext(b, context);
  Value prepare = b.loadPtr(context, kContextPrepare);
  b.check(b.isNull(prepare), ErrorCode::Launch);
  auto callee = LLVM::LLVMFunctionType::get(b.getI32Type(), {ptr, ptr});
  Value code = LLVM::AddressOfOp::create(b, ptr, kGPUModuleSymbol);
  auto call = LLVM::CallOp::create(
      b, callee, ValueRange{prepare, b.loadPtr(context, kContextLaunchUser), code});
  LLVM::ReturnOp::create(b, call.getResult());
}

void EntryEmitter::emitWorkspaceSize() {
  auto type = LLVM::LLVMFunctionType::get(builder.getI64Type(), {ptr, builder.getI32Type()});
  auto function =
      LLVM::LLVMFuncOp::create(builder, kernel.getLoc(), name + "_workspace_size", type);
  EntryBuilder b(function);
  TensorChecks checks(b, signature, module, function.getArgument(0), isGPU());
  checks.checkSizes(function.getArgument(1));
  Value bytes = b.constant(0);
  if (auto bytesFunction = kernel->getAttrOfType<FlatSymbolRefAttr>(kWorkspaceBytesAttr))
    bytes = func::CallOp::create(b, bytesFunction.getValue(), b.getI64Type(), getMemRefs(b, checks))
                .getResult(0);
  LLVM::ReturnOp::create(b, bytes);
}

LogicalResult EntryEmitter::run() {
  if (failed(claimNames()))
    return failure();
  builder.setInsertionPointAfter(kernel);
  emitEntry();
  builder.setInsertionPointAfter(kernel);
  emitWorkspaceSize();
  builder.setInsertionPointAfter(kernel);
  if (isGPU())
    emitPrepare();

  // What said how to call it has been used up, and would only get in the way of a translation.
  kernel->removeAttr(kKernelAttr);
  kernel->removeAttr(kRequiresAttr);
  kernel->removeAttr(kWorkspaceBytesAttr);
  kernel->removeAttr(kGPUAttr);
  kernel.removeArgAttrsAttr();
  for (auto func : module.getOps<func::FuncOp>())
    if (!func.isDeclaration())
      setLinkage(func);
  return success();
}

namespace {
struct EmitEntryPass : norm::impl::EmitEntryPassBase<EmitEntryPass> {
  void runOnOperation() override {
    for (func::FuncOp kernel : getKernels(getOperation())) {
      if (!isa<ModuleOp>(kernel->getParentOp())) {
        kernel.emitError("the entry of a kernel stands beside it in a module, but it is inside of ")
            << kernel->getParentOp()->getName();
        return signalPassFailure();
      }
      FailureOr<KernelSignature> signature = KernelSignature::get(kernel);
      if (failed(signature) || failed(EntryEmitter(kernel, std::move(*signature)).run()))
        return signalPassFailure();
    }
  }
};
} // namespace
