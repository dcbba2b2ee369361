//===- EmitCall.cpp - a call of the caller's function -----------------------===//
//
// Tensors are described on the kernel's stack, and the context is that of the kernel with what the
// kernel leaves of its workspace, where that is better than none.
//
//===----------------------------------------------------------------------===//

#include "EmitCall.h"
#include "ContextLayout.h"
#include "TensorFunctions.h"
#include "normc/Conversion/KernelSignature.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace mlir::norm;

namespace {
constexpr int32_t kTensorBytes = 48, kDeviceCPU = 1;

Value at(ImplicitLocOpBuilder &b, Value base, int32_t bytes) {
  return LLVM::GEPOp::create(b, base.getType(), b.getI8Type(), base, ArrayRef<LLVM::GEPArg>{bytes});
}
Value constant32(ImplicitLocOpBuilder &b, int32_t number) {
  return LLVM::ConstantOp::create(b, b.getI32Type(), b.getI32IntegerAttr(number));
}
Value constant64(ImplicitLocOpBuilder &b, int64_t number) {
  return LLVM::ConstantOp::create(b, b.getI64Type(), b.getI64IntegerAttr(number));
}
void store(ImplicitLocOpBuilder &b, Value value, Value base, int32_t bytes) {
  if (value.getType().isIndex())
    value = arith::IndexCastOp::create(b, b.getI64Type(), value);
  LLVM::StoreOp::create(b, value, at(b, base, bytes));
}
} // namespace

CallEmitter::CallEmitter(func::FuncOp kernel, ArrayRef<CallOp> calls, Value context, bool onGPU,
                         ImplicitLocOpBuilder &b)
    : kernel(kernel), context(context), onGPU(onGPU),
      ptr(LLVM::LLVMPointerType::get(kernel.getContext())) {
  int64_t most = 1, words = 1;
  for (CallOp call : calls) {
    int64_t own = 0;
    for (Value operand : call.getOperands())
      own += 2 * cast<MemRefType>(operand.getType()).getRank();
    most = std::max<int64_t>(most, call.getNumOperands());
    words = std::max(words, own);
  }
  auto allocate = [&](int64_t bytes) -> Value {
    return LLVM::AllocaOp::create(b, ptr, b.getI8Type(), constant64(b, bytes), /*alignment=*/8);
  };
  copy = allocate(kContextBytes);
  tensors = allocate(kTensorBytes * most);
  addresses = allocate(8 * most);
  extents = allocate(8 * words);
}

LogicalResult CallEmitter::check(func::FuncOp kernel, ArrayRef<CallOp> calls) {
  auto module = kernel->getParentOfType<ModuleOp>();
  for (CallOp call : calls) {
    if (!call.hasPureBufferSemantics() || call->getBlock() != &kernel.getBody().front())
      return call.emitOpError("expects to be on buffers, at the top of a kernel");
    for (Value operand : call.getOperands())
      if (!getDLPackType(cast<MemRefType>(operand.getType()).getElementType()))
        return call.emitOpError("expects tensors whose elements C has a type for, but got ")
               << operand.getType();
    Operation *other = module.lookupSymbol(call.getCalleeAttr());
    if (other && !other->hasAttr(kRestAttr))
      return (call.emitOpError("expects the caller to have '")
              << call.getCallee() << "', but the module has it")
                 .attachNote(other->getLoc())
             << "here";
  }
  return success();
}

Value CallEmitter::makeContext(ImplicitLocOpBuilder &b) {
  Value null = LLVM::ZeroOp::create(b, ptr);
  Value given = LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::ne, context, null);
  auto branch = scf::IfOp::create(b, TypeRange{ptr}, given, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.elseBlock());
  scf::YieldOp::create(b, null);
  b.setInsertionPointToStart(branch.thenBlock());
  Value bytes = LLVM::LoadOp::create(b, b.getI32Type(), context);
  bytes = arith::MinUIOp::create(b, bytes, constant32(b, kContextBytes));
  Value length = LLVM::ZExtOp::create(b, b.getI64Type(), bytes);
  LLVM::MemcpyOp::create(b, copy, context, length, /*isVolatile=*/false);
  LLVM::StoreOp::create(b, bytes, copy);

  Value needed = constant64(b, 0);
  for (unsigned i = 0; i < kernel.getNumArguments(); ++i)
    if (kernel.getArgAttr(i, kWorkspaceAttr)) {
      Value size = memref::DimOp::create(b, kernel.getArgument(i), 0);
      needed = arith::IndexCastOp::create(b, b.getI64Type(), size);
    }
  Value workspace = LLVM::LoadOp::create(b, ptr, at(b, context, kContextWorkspace));
  Value all = LLVM::LoadOp::create(b, b.getI64Type(), at(b, context, kContextWorkspaceBytes));
  Value some = LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::ne, workspace, null);
  Value more = LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::ugt, all, needed);
  Value isLeft = LLVM::AndOp::create(b, some, more);
  Value left = LLVM::SubOp::create(b, all, needed);
  // A workspace that is too small is an error, none at all is not: a callee has its stack, or what
  // the context allocates.
  Value isBetter;
  if (onGPU) {
    Value allocate = LLVM::LoadOp::create(b, ptr, at(b, context, kContextAllocate));
    isBetter = LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::eq, allocate, null);
  } else {
    isBetter =
        LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::uge, left, constant64(b, kStackWorkspace));
  }
  isLeft = LLVM::AndOp::create(b, isLeft, isBetter);
  Value behind = LLVM::GEPOp::create(b, ptr, b.getI8Type(), workspace, ValueRange{needed});
  store(b, LLVM::SelectOp::create(b, isLeft, behind, null), copy, kContextWorkspace);
  store(b, LLVM::SelectOp::create(b, isLeft, left, constant64(b, 0)), copy, kContextWorkspaceBytes);
  scf::YieldOp::create(b, copy);
  return branch.getResult(0);
}

void CallEmitter::storeTensor(ImplicitLocOpBuilder &b, Value memref, unsigned number,
                              unsigned &words) {
  auto type = cast<MemRefType>(memref.getType());
  int32_t base = kTensorBytes * number;
  Value tensor = at(b, tensors, base);
  auto metadata = memref::ExtractStridedMetadataOp::create(b, memref);
  Value address = memref::ExtractAlignedPointerAsIndexOp::create(b, memref);
  int64_t bytes = *KernelArgument::tryGetElementBytes(type.getElementType());
  Value offset = arith::MulIOp::create(b, metadata.getOffset(),
                                       arith::ConstantIndexOp::create(b, bytes).getResult());
  address = arith::AddIOp::create(b, address, offset);
  address = arith::IndexCastOp::create(b, b.getI64Type(), address);
  store(b, LLVM::IntToPtrOp::create(b, ptr, address), tensor, kTensorData);
  store(b, constant32(b, onGPU ? kDeviceCUDA : kDeviceCPU), tensor, kTensorDevice);
  Value device = constant32(b, 0);
  if (onGPU)
    device = LLVM::LoadOp::create(b, b.getI32Type(), at(b, context, kContextDevice));
  store(b, device, tensor, kTensorDeviceId);
  store(b, constant32(b, type.getRank()), tensor, kTensorRank);
  DLPackType element = *getDLPackType(type.getElementType());
  store(b, constant32(b, element.code | element.bits << 8 | 1 << 16), tensor, kTensorDType);
  auto storeWords = [&](ValueRange values, int32_t field) {
    store(b, at(b, extents, 8 * words), tensor, field);
    for (Value value : values)
      store(b, value, extents, 8 * words++);
  };
  storeWords(metadata.getSizes(), kTensorShape);
  storeWords(metadata.getStrides(), kTensorStrides);
  store(b, constant64(b, 0), tensor, kTensorByteOffset);
  store(b, tensor, addresses, 8 * number);
}

Value CallEmitter::emit(CallOp call, ImplicitLocOpBuilder &b) {
  auto module = kernel->getParentOfType<ModuleOp>();
  auto type = LLVM::LLVMFunctionType::get(b.getI32Type(), {ptr, ptr, b.getI32Type()});
  if (!module.lookupSymbol(call.getCalleeAttr())) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(module.getBody());
    auto function = LLVM::LLVMFuncOp::create(b, call.getCallee(), type);
    function->setAttr(kRestAttr, b.getUnitAttr());
  }
  unsigned words = 0;
  for (auto [number, operand] : llvm::enumerate(call.getOperands()))
    storeTensor(b, operand, number, words);
  Value count = constant32(b, call.getNumOperands());
  Value own = makeContext(b);
  return LLVM::CallOp::create(b, TypeRange{b.getI32Type()}, call.getCalleeAttr(),
                              ValueRange{own, addresses, count})
      .getResult();
}
