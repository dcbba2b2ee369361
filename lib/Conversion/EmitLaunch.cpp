//===- EmitLaunch.cpp - launches become calls of the caller's context --------===//
//
// A gpu.launch_func becomes a normrt_kernel_launch, which the `launch` of the caller's
// normrt_context is called with; a norm.call a call of the caller's function. After one that
// failed, nothing more is done, and its code is what the kernel returns.
//
//===----------------------------------------------------------------------===//

#include "ContextLayout.h"
#include "EmitCall.h"
#include "normc/Conversion/KernelSignature.h"
#include "normc/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace mlir::norm {
#define GEN_PASS_DEF_EMITLAUNCHPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

namespace {
// Where normrt_kernel_launch has its fields, and its size.
constexpr int32_t kLaunchFlags = 4, kLaunchModule = 8, kLaunchFunction = 16, kLaunchIndex = 24,
                  kLaunchNumParams = 28, kLaunchGrid = 32, kLaunchBlock = 44, kLaunchCluster = 56,
                  kLaunchShared = 68, kLaunchParams = 72, kLaunchParamBytes = 80,
                  kLaunchStream = 88, kLaunchSize = 96;
/// NORMRT_LAUNCH_DEPENDENT.
constexpr int32_t kFlagDependent = 1;

class LaunchEmitter {
public:
  LaunchEmitter(func::FuncOp kernel, ArrayRef<gpu::LaunchFuncOp> launches, ArrayRef<CallOp> calls)
      : kernel(kernel), launches(launches), calls(calls),
        ptr(LLVM::LLVMPointerType::get(kernel.getContext())) {}
  void run();

private:
  void emit(gpu::LaunchFuncOp launch);
  void emit(CallOp call, CallEmitter &emitter);
  scf::IfOp createIfGood(ImplicitLocOpBuilder &b);
  Value at(ImplicitLocOpBuilder &b, Value base, int32_t bytes) {
    return LLVM::GEPOp::create(b, ptr, b.getI8Type(), base, ArrayRef<LLVM::GEPArg>{bytes});
  }
  Value getModuleAddress(ImplicitLocOpBuilder &b);
  Value getName(ImplicitLocOpBuilder &b, StringRef name);

  func::FuncOp kernel;
  ArrayRef<gpu::LaunchFuncOp> launches;
  ArrayRef<CallOp> calls;
  LLVM::LLVMPointerType ptr;
  // On the stack of the kernel: what its launches have returned, and one launch at a time.
  Value context, status, record, values, addresses, sizes;
};
} // namespace

/// The module's code, which is put there when it is known.
Value LaunchEmitter::getModuleAddress(ImplicitLocOpBuilder &b) {
  auto module = kernel->getParentOfType<ModuleOp>();
  if (!module.lookupSymbol(kGPUModuleSymbol)) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(module.getBody());
    auto type = LLVM::LLVMArrayType::get(b.getI8Type(), 0);
    LLVM::GlobalOp::create(b, type, /*isConstant=*/true, LLVM::Linkage::External, kGPUModuleSymbol,
                           Attribute());
  }
  return LLVM::AddressOfOp::create(b, ptr, kGPUModuleSymbol);
}

Value LaunchEmitter::getName(ImplicitLocOpBuilder &b, StringRef name) {
  auto module = kernel->getParentOfType<ModuleOp>();
  std::string symbol = (name + "_name").str();
  if (!module.lookupSymbol(symbol)) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(module.getBody());
    std::string text = name.str() + '\0';
    auto type = LLVM::LLVMArrayType::get(b.getI8Type(), text.size());
    LLVM::GlobalOp::create(b, type, /*isConstant=*/true, LLVM::Linkage::Internal, symbol,
                           b.getStringAttr(text));
  }
  return LLVM::AddressOfOp::create(b, ptr, symbol);
}

/// What is inside is done if nothing has failed.
scf::IfOp LaunchEmitter::createIfGood(ImplicitLocOpBuilder &b) {
  Value before = LLVM::LoadOp::create(b, b.getI32Type(), status);
  Value zero = LLVM::ConstantOp::create(b, b.getI32Type(), b.getI32IntegerAttr(0));
  Value good = LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::eq, before, zero);
  auto branch = scf::IfOp::create(b, good, /*withElseRegion=*/false);
  b.setInsertionPointToStart(branch.thenBlock());
  return branch;
}

/// What stands behind a call is done if it went well: on a CPU, work and not launches.
void LaunchEmitter::emit(CallOp call, CallEmitter &emitter) {
  ImplicitLocOpBuilder b(call.getLoc(), call);
  createIfGood(b);
  LLVM::StoreOp::create(b, emitter.emit(call, b), status);
  b.setInsertionPoint(call);
  scf::IfOp after = createIfGood(b);
  Block &block = *call->getBlock();
  after.thenBlock()->getOperations().splice(after.thenBlock()->begin(), block.getOperations(),
                                            std::next(Block::iterator(call)),
                                            std::prev(block.end()));
  call.erase();
}

void LaunchEmitter::emit(gpu::LaunchFuncOp launch) {
  ImplicitLocOpBuilder b(launch.getLoc(), launch);
  auto constant = [&](int32_t number) -> Value {
    return LLVM::ConstantOp::create(b, b.getI32Type(), b.getI32IntegerAttr(number));
  };
  auto store = [&](Value value, Value base, int32_t offset) {
    LLVM::StoreOp::create(b, value, at(b, base, offset));
  };
  createIfGood(b);

  for (auto [i, operand] : llvm::enumerate(launch.getKernelOperands())) {
    Value value = operand;
    if (isa<MemRefType>(value.getType()))
      value = memref::ExtractAlignedPointerAsIndexOp::create(b, value);
    int32_t bytes = 8;
    if (isa<IndexType>(value.getType()))
      value = arith::IndexCastOp::create(b, b.getI64Type(), value);
    else
      bytes = std::max<int32_t>(1, value.getType().getIntOrFloatBitWidth() / 8);
    store(value, values, 8 * i);
    store(at(b, values, 8 * i), addresses, 8 * i);
    store(constant(bytes), sizes, 4 * i);
  }
  auto narrow = [&](Value index) -> Value {
    return arith::IndexCastOp::create(b, b.getI32Type(), index);
  };
  store(constant(kLaunchSize), record, 0);
  store(constant(launch->hasAttr(kDependentAttr) ? kFlagDependent : 0), record, kLaunchFlags);
  store(getModuleAddress(b), record, kLaunchModule);
  store(getName(b, launch.getKernelName().getValue()), record, kLaunchFunction);
  auto function = SymbolTable::lookupNearestSymbolFrom(launch, launch.getKernelAttr());
  int32_t index = 0;
  if (function)
    for (auto other = function->getBlock()->begin(); &*other != function; ++other)
      index += isa<FunctionOpInterface>(*other);
  store(constant(index), record, kLaunchIndex);
  store(constant(launch.getNumKernelOperands()), record, kLaunchNumParams);
  auto storeDims = [&](gpu::KernelDim3 dims, int32_t offset) {
    store(narrow(dims.x), record, offset);
    store(narrow(dims.y), record, offset + 4);
    store(narrow(dims.z), record, offset + 8);
  };
  storeDims(launch.getGridSizeOperandValues(), kLaunchGrid);
  storeDims(launch.getBlockSizeOperandValues(), kLaunchBlock);
  for (int32_t i = 0; i < 3; ++i)
    store(constant(0), record, kLaunchCluster + 4 * i);
  if (launch.hasClusterSize())
    storeDims(launch.getClusterSizeOperandValues(), kLaunchCluster);
  Value shared = launch.getDynamicSharedMemorySize();
  store(shared ? shared : constant(0), record, kLaunchShared);
  store(addresses, record, kLaunchParams);
  store(sizes, record, kLaunchParamBytes);
  store(LLVM::LoadOp::create(b, ptr, at(b, context, kContextStream)), record, kLaunchStream);

  Value call = LLVM::LoadOp::create(b, ptr, at(b, context, kContextLaunch));
  Value user = LLVM::LoadOp::create(b, ptr, at(b, context, kContextLaunchUser));
  auto type = LLVM::LLVMFunctionType::get(b.getI32Type(), {ptr, ptr});
  Value result = LLVM::CallOp::create(b, type, ValueRange{call, user, record}).getResult();
  LLVM::StoreOp::create(b, result, status);
  launch.erase();
}

void LaunchEmitter::run() {
  OpBuilder builder(kernel.getContext());
  Type i32 = builder.getI32Type();
  auto attrs = builder.getDictionaryAttr(builder.getNamedAttr(kContextAttr, builder.getUnitAttr()));
  unsigned last = kernel.getNumArguments();
  if (last == 0 || !kernel.getArgAttr(last - 1, kContextAttr))
    (void)kernel.insertArgument(last, ptr, attrs, kernel.getLoc());
  (void)kernel.insertResult(0, i32, DictionaryAttr());
  context = kernel.getArguments().back();
  auto b = ImplicitLocOpBuilder::atBlockBegin(kernel.getLoc(), &kernel.getBody().front());
  size_t most = 1;
  for (gpu::LaunchFuncOp launch : launches)
    most = std::max<size_t>(most, launch.getNumKernelOperands());
  auto allocate = [&](int64_t bytes) -> Value {
    Value count = LLVM::ConstantOp::create(b, b.getI64Type(), b.getI64IntegerAttr(bytes));
    return LLVM::AllocaOp::create(b, ptr, b.getI8Type(), count, /*alignment=*/8);
  };
  status = allocate(4);
  if (!launches.empty()) {
    kernel->setAttr(kGPUAttr, b.getUnitAttr());
    record = allocate(kLaunchSize);
    values = allocate(8 * most);
    addresses = allocate(8 * most);
    sizes = allocate(4 * most);
  }
  LLVM::StoreOp::create(b, LLVM::ConstantOp::create(b, i32, b.getI32IntegerAttr(0)).getResult(),
                        status);
  if (!calls.empty()) {
    CallEmitter emitter(kernel, calls, context, /*onGPU=*/!launches.empty(), b);
    // The last first: each takes what is behind it along.
    for (CallOp call : llvm::reverse(calls))
      emit(call, emitter);
  }
  for (gpu::LaunchFuncOp launch : launches)
    emit(launch);
  Operation *terminator = kernel.getBody().back().getTerminator();
  b.setInsertionPoint(terminator);
  Value result = LLVM::LoadOp::create(b, i32, status);
  func::ReturnOp::create(b, result);
  terminator->erase();
}

namespace {
struct EmitLaunchPass : norm::impl::EmitLaunchPassBase<EmitLaunchPass> {
  void runOnOperation() override {
    for (func::FuncOp kernel : getKernels(getOperation())) {
      SmallVector<gpu::LaunchFuncOp> launches;
      kernel.walk([&](gpu::LaunchFuncOp launch) { launches.push_back(launch); });
      SmallVector<CallOp> calls;
      kernel.walk([&](CallOp call) { calls.push_back(call); });
      if (failed(CallEmitter::check(kernel, calls)))
        return signalPassFailure();
      if (!launches.empty() || !calls.empty())
        LaunchEmitter(kernel, launches, calls).run();
    }
    // Whoever emits the code has taken it by now.
    SmallVector<gpu::GPUModuleOp> modules;
    getOperation()->walk([&](gpu::GPUModuleOp module) { modules.push_back(module); });
    for (gpu::GPUModuleOp module : modules)
      module.erase();
    getOperation()->removeAttr(gpu::GPUDialect::getContainerModuleAttrName());
  }
};
} // namespace
