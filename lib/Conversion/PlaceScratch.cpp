//===- PlaceScratch.cpp - one workspace instead of heap allocations ------===//
//
// Gives every buffer of a kernel its place in one workspace of the caller, and makes a function
// that says how large that has to be.
//
//===----------------------------------------------------------------------===//

#include "normc/Conversion/KernelSignature.h"
#include "normc/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace mlir::norm {
#define GEN_PASS_DEF_PLACESCRATCHPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

namespace {
constexpr int64_t kAlignment = 64; // NORMRT_WORKSPACE_ALIGNMENT
// In front of every buffer. Where rows are whole pages, all tensors and partial sums that a loop
// walks through lie in the same sets of the first cache, which has room for eight lines: two
// partial sums a third of a page off made layer norm's backward 1.1 to 1.3 times as fast at N =
// 1024 and 4096 in f32.
constexpr int64_t kStagger = 21 * kAlignment;

std::optional<int64_t> getElementBytes(Type type) {
  return type.isIndex() ? 8 : KernelArgument::tryGetElementBytes(type);
}

LogicalResult checkAlloc(memref::AllocOp alloc, func::FuncOp kernel) {
  MemRefType type = alloc.getType();
  if (alloc->getBlock() != &kernel.getBody().front())
    return alloc.emitError("scratch has to be allocated at the top of the kernel, not inside of ")
           << alloc->getParentOp()->getName();
  if (!type.getLayout().isIdentity() || type.getMemorySpace() ||
      !getElementBytes(type.getElementType()))
    return alloc.emitError("scratch has to be a plain memref of integers or floats, but is ")
           << type;
  if (alloc.getAlignment().value_or(1) > uint64_t(kAlignment))
    return alloc.emitError("scratch is aligned to ")
           << kAlignment << " bytes, but " << *alloc.getAlignment() << " are asked for";
  return success();
}

/// Writes the arithmetic of sizes a second time, into a function of its own.
class SizeFunction {
public:
  SizeFunction(func::FuncOp kernel) : kernel(kernel) {
    OpBuilder builder(kernel);
    auto type = builder.getFunctionType(kernel.getArgumentTypes(), builder.getI64Type());
    function = func::FuncOp::create(builder, kernel.getLoc(),
                                    (kernel.getSymName() + "_workspace_bytes").str(), type);
    function.setPrivate();
    Block *block = function.addEntryBlock();
    mapping.map(kernel.getArguments(), block->getArguments());
    b.emplace(ImplicitLocOpBuilder::atBlockEnd(kernel.getLoc(), block));
    total = constant(0);
  }

  LogicalResult add(memref::AllocOp alloc) {
    Value bytes = constant(*getElementBytes(alloc.getType().getElementType()));
    for (int64_t size : alloc.getType().getShape())
      if (!ShapedType::isDynamic(size))
        bytes = multiply(bytes, constant(size));
    for (Value size : alloc.getDynamicSizes()) {
      if (failed(clone(size, alloc)))
        return failure();
      bytes =
          multiply(bytes, arith::IndexCastOp::create(*b, b->getI64Type(), mapping.lookup(size)));
    }
    bytes = arith::AndIOp::create(*b, sum(bytes, constant(kAlignment - 1 + kStagger)),
                                  constant(-kAlignment));
    total = sum(total, bytes);
    return success();
  }

  StringRef finish() {
    func::ReturnOp::create(*b, total);
    return function.getSymName();
  }

private:
  LogicalResult clone(Value value, memref::AllocOp alloc) {
    if (mapping.contains(value))
      return success();
    Operation *op = value.getDefiningOp();
    if (!op || op->getNumRegions() != 0 || !isMemoryEffectFree(op) ||
        op->getBlock() != alloc->getBlock())
      return (alloc.emitError("the size of scratch has to be computed from sizes of arguments"))
                 .attachNote(value.getLoc())
             << "by operations without effects, but this is not";
    for (Value operand : op->getOperands())
      if (failed(clone(operand, alloc)))
        return failure();
    b->clone(*op, mapping);
    return success();
  }

  Value constant(int64_t value) {
    return arith::ConstantOp::create(*b, b->getI64IntegerAttr(value));
  }
  /// Sums and products saturate: a workspace that no caller has is asked for, not a small one.
  Value saturate(Value overflow, Value value) {
    return arith::SelectOp::create(*b, overflow, constant(INT64_MAX), value);
  }
  Value isNegative(Value value) {
    return arith::CmpIOp::create(*b, arith::CmpIPredicate::slt, value, constant(0));
  }
  Value multiply(Value x, Value y) {
    auto product = arith::MulUIExtendedOp::create(*b, x, y);
    Value high =
        arith::CmpIOp::create(*b, arith::CmpIPredicate::ne, product.getHigh(), constant(0));
    return saturate(arith::OrIOp::create(*b, high, isNegative(product.getLow())), product.getLow());
  }
  Value sum(Value x, Value y) {
    Value result = arith::AddIOp::create(*b, x, y);
    return saturate(isNegative(result), result);
  }

  func::FuncOp kernel, function;
  IRMapping mapping;
  std::optional<ImplicitLocOpBuilder> b;
  Value total;
};

/// The buffer at `offset` of the workspace; `offset` moves behind it.
Value place(memref::AllocOp alloc, Value workspace, Value &offset) {
  ImplicitLocOpBuilder b(alloc.getLoc(), alloc);
  auto constant = [&](int64_t value) {
    return arith::ConstantIndexOp::create(b, value).getResult();
  };
  MemRefType type = alloc.getType();
  offset = arith::AddIOp::create(b, offset, constant(kStagger));
  Value view = memref::ViewOp::create(b, type, workspace, offset, alloc.getDynamicSizes());
  int64_t factor = *getElementBytes(type.getElementType());
  for (int64_t size : type.getShape())
    factor *= ShapedType::isDynamic(size) ? 1 : size;
  Value bytes = constant(factor);
  for (Value size : alloc.getDynamicSizes())
    bytes = arith::MulIOp::create(b, bytes, size);
  // What is before is whole already, so that offsets are sums, not rounded sums of rounded sums.
  bytes = arith::AndIOp::create(b, arith::AddIOp::create(b, bytes, constant(kAlignment - 1)),
                                constant(-kAlignment));
  offset = arith::AddIOp::create(b, offset, bytes);
  return view;
}

LogicalResult placeScratch(func::FuncOp kernel) {
  SmallVector<memref::AllocOp> allocs;
  kernel.walk([&](memref::AllocOp alloc) { allocs.push_back(alloc); });
  for (memref::AllocOp alloc : allocs)
    if (failed(checkAlloc(alloc, kernel)))
      return failure();
  if (allocs.empty())
    return success();

  SizeFunction sizes(kernel);
  for (memref::AllocOp alloc : allocs)
    if (failed(sizes.add(alloc)))
      return failure();
  kernel->setAttr(kWorkspaceBytesAttr, FlatSymbolRefAttr::get(kernel.getContext(), sizes.finish()));

  OpBuilder builder(kernel.getContext());
  auto type = MemRefType::get({ShapedType::kDynamic}, builder.getI8Type());
  auto attrs =
      builder.getDictionaryAttr(builder.getNamedAttr(kWorkspaceAttr, builder.getUnitAttr()));
  if (failed(kernel.insertArgument(kernel.getNumArguments(), type, attrs, kernel.getLoc())))
    return failure();
  Value workspace = kernel.getArguments().back();
  builder.setInsertionPointToStart(&kernel.getBody().front());
  Value offset = arith::ConstantIndexOp::create(builder, kernel.getLoc(), 0);
  for (memref::AllocOp alloc : allocs) {
    for (Operation *user : llvm::make_early_inc_range(alloc->getUsers()))
      if (isa<memref::DeallocOp>(user))
        user->erase();
    Value view = place(alloc, workspace, offset);
    alloc.replaceAllUsesWith(view);
    alloc.erase();
  }
  return success();
}

struct PlaceScratchPass : norm::impl::PlaceScratchPassBase<PlaceScratchPass> {
  void runOnOperation() override {
    for (func::FuncOp kernel : getKernels(getOperation()))
      if (!kernel->hasAttr(kWorkspaceBytesAttr) && failed(placeScratch(kernel)))
        return signalPassFailure();
  }
};
} // namespace
