//===- ThreadTeam.cpp - what kernels of several threads have in common -------===//
//
// Loops over blocks and threads, branches that may not be there, shared memory.
//
//===----------------------------------------------------------------------===//

#include "ThreadTeam.h"
#include "normc/Transforms/VectorDim.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace mlir::norm;

Value norm::createBoth(ImplicitLocOpBuilder &b, Value x, Value y) {
  if (!x || !y)
    return x ? x : y;
  return arith::AndIOp::create(b, x, y);
}

void norm::createIf(ImplicitLocOpBuilder &b, GroupEmitter &emitter, Value condition,
                    function_ref<void()> body) {
  if (!condition)
    return body();
  auto branch = scf::IfOp::create(b, condition, /*withElseRegion=*/false);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  GroupEmitter::Scope scope(emitter);
  body();
}

static scf::ForallOp createForall(ImplicitLocOpBuilder &b, Value count,
                                  std::optional<ArrayAttr> mapping, std::optional<int64_t> threads,
                                  GPUScheduleAttr schedule,
                                  function_ref<void(Value number, Block *block)> emit) {
  auto loop = scf::ForallOp::create(b, SmallVector<OpFoldResult>{count}, ValueRange(), mapping);
  if (threads)
    loop->setAttr(kThreadsAttr, b.getI64IntegerAttr(*threads));
  if (schedule)
    loop->setAttr(kScheduleAttr, schedule);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPoint(loop.getBody()->getTerminator());
  emit(loop.getInductionVar(0), loop.getBody());
  return loop;
}

void norm::createBlocks(ImplicitLocOpBuilder &b, Value count, int64_t threads,
                        GPUScheduleAttr schedule,
                        function_ref<void(Value number, Block *block)> emit) {
  createBlocks(b, count, threads, /*cluster=*/1, schedule, emit);
}

void norm::createBlocks(ImplicitLocOpBuilder &b, Value count, int64_t threads, int64_t cluster,
                        GPUScheduleAttr schedule,
                        function_ref<void(Value number, Block *block)> emit) {
  auto mapping =
      b.getArrayAttr(gpu::GPUBlockMappingAttr::get(b.getContext(), gpu::MappingId::DimX));
  auto loop = createForall(b, count, mapping, threads, schedule, emit);
  if (cluster > 1)
    loop->setAttr(kClusterAttr, b.getI64IntegerAttr(cluster));
}

void norm::createThreads(ImplicitLocOpBuilder &b, Value count, GPUScheduleAttr schedule,
                         function_ref<void(Value number, Block *block)> emit) {
  createForall(b, count, std::nullopt, std::nullopt, schedule, emit);
}

Value norm::createShared(ImplicitLocOpBuilder &b, Block *block, ArrayRef<int64_t> shape,
                         Type element, int64_t alignment) {
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(block);
  auto space = gpu::AddressSpaceAttr::get(b.getContext(), gpu::AddressSpace::Workgroup);
  return memref::AllocaOp::create(
      b, MemRefType::get(shape, element, MemRefLayoutAttrInterface(), space),
      alignment ? b.getI64IntegerAttr(alignment) : IntegerAttr());
}

Value norm::createAddress(ImplicitLocOpBuilder &b, Value memref, ValueRange indices) {
  auto type = cast<MemRefType>(memref.getType());
  SmallVector<int64_t> strides;
  int64_t offset;
  (void)type.getStridesAndOffset(strides, offset);
  memref::ExtractStridedMetadataOp metadata;
  auto number = [&](int64_t known, function_ref<Value()> unknown) -> Value {
    if (!ShapedType::isDynamic(known))
      return arith::ConstantIndexOp::create(b, known);
    if (!metadata)
      metadata = memref::ExtractStridedMetadataOp::create(b, memref);
    return unknown();
  };
  Value element = number(offset, [&] { return metadata.getOffset(); });
  for (auto [i, index] : llvm::enumerate(indices)) {
    Value stride = number(strides[i], [&, i = i] { return metadata.getStrides()[i]; });
    element = createAdd(b, element, createMul(b, index, stride));
  }
  Value start = memref::ExtractAlignedPointerAsIndexOp::create(b, memref);
  Value bytes = arith::ConstantIndexOp::create(b, type.getElementTypeBitWidth() / 8);
  return createAdd(b, start, createMul(b, element, bytes));
}

Value norm::createI32(ImplicitLocOpBuilder &b, int64_t value) {
  return arith::ConstantOp::create(b, b.getI32IntegerAttr(value));
}

Value norm::createPointer(ImplicitLocOpBuilder &b, Value address, bool shared) {
  auto space = shared ? NVVM::NVVMMemorySpace::Shared : NVVM::NVVMMemorySpace::Global;
  auto type = LLVM::LLVMPointerType::get(b.getContext(), unsigned(space));
  Value number = arith::IndexCastOp::create(b, b.getI64Type(), address);
  return LLVM::IntToPtrOp::create(b, type, number);
}
