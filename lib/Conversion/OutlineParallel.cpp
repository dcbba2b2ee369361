//===- OutlineParallel.cpp - parallel loops become calls of parallel_for ---===//
//
// A parallel loop of a kernel becomes a function of a range of its indices, which the kernel hands
// to the parallel_for of the caller's context, or calls itself where there is none.
//
//===----------------------------------------------------------------------===//

#include "normc/Conversion/KernelSignature.h"
#include "normc/Passes.h"

#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "mlir/Transforms/RegionUtils.h"

namespace mlir::norm {
#define GEN_PASS_DEF_OUTLINEPARALLELPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

namespace {
// Where normrt_context has them.
constexpr int32_t kParallelUserOffset = 24;
constexpr int32_t kParallelForOffset = 32;

/// Scratch inside of a loop would take more stack at every iteration, so it moves to the top.
LogicalResult hoistAllocas(func::FuncOp func) {
  SmallVector<memref::AllocaOp> allocas;
  func.walk([&](memref::AllocaOp alloca) { allocas.push_back(alloca); });
  for (memref::AllocaOp alloca : llvm::reverse(allocas)) {
    if (!alloca.getDynamicSizes().empty() || !alloca.getSymbolOperands().empty())
      return alloca.emitError("scratch on the stack has to have a static size, but is ")
             << alloca.getType();
    alloca->moveBefore(&func.getBody().front(), func.getBody().front().begin());
  }
  return success();
}

/// Stores past the cache have to be in order with what tells another thread that the range is done,
/// not with the next iteration: one fence behind the loop does.
void sinkFences(scf::ForOp loop) {
  SmallVector<LLVM::CallIntrinsicOp> fences;
  loop.walk([&](LLVM::CallIntrinsicOp call) {
    if (call.getIntrin() == "llvm.x86.sse.sfence")
      fences.push_back(call);
  });
  if (fences.empty())
    return;
  fences.front()->moveAfter(loop);
  for (LLVM::CallIntrinsicOp fence : ArrayRef(fences).drop_front())
    fence.erase();
}

class Outliner {
public:
  Outliner(func::FuncOp kernel, int64_t parallelBytes)
      : kernel(kernel), parallelBytes(parallelBytes), types(kernel.getContext()),
        ptr(LLVM::LLVMPointerType::get(kernel.getContext())) {}
  LogicalResult run();

private:
  LogicalResult outline(scf::ForallOp loop);
  void loadContext();
  func::FuncOp createPhase(scf::ForallOp loop);
  LLVM::LLVMFuncOp createThunk(func::FuncOp phase);
  Value createBytes(ImplicitLocOpBuilder &b);
  void createCall(scf::ForallOp loop, func::FuncOp phase, LLVM::LLVMFuncOp thunk);

  Value materialize(OpBuilder &b, Location loc, OpFoldResult value) {
    return getValueOrCreateConstantIndexOp(b, loc, value);
  }
  Value cast(ImplicitLocOpBuilder &b, Type type, Value value) {
    if (value.getType() == type)
      return value;
    return UnrealizedConversionCastOp::create(b, type, value).getResult(0);
  }
  Value at(ImplicitLocOpBuilder &b, Value base, int32_t bytes) {
    return LLVM::GEPOp::create(b, ptr, b.getI8Type(), base, ArrayRef<LLVM::GEPArg>{bytes});
  }

  func::FuncOp kernel;
  int64_t parallelBytes;
  LLVMTypeConverter types;
  LLVM::LLVMPointerType ptr;
  unsigned number = 0;
  Value parallelFor, parallelUser;
  // Of the loop at hand: what it uses from outside, in a struct for the thunk, and its range.
  SmallVector<Value> captures;
  LLVM::LLVMStructType captureType;
  SmallVector<Value> lowers, steps, counts;
};
} // namespace

void Outliner::loadContext() {
  OpBuilder builder(kernel.getContext());
  auto attrs = builder.getDictionaryAttr(builder.getNamedAttr(kContextAttr, builder.getUnitAttr()));
  (void)kernel.insertArgument(kernel.getNumArguments(), ptr, attrs, kernel.getLoc());
  Value context = kernel.getArguments().back();
  auto b = ImplicitLocOpBuilder::atBlockBegin(kernel.getLoc(), &kernel.getBody().front());
  Value null = LLVM::ZeroOp::create(b, ptr);
  Value given = LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::ne, context, null);
  auto load = scf::IfOp::create(
      b, given,
      [&](OpBuilder &builder, Location loc) {
        ImplicitLocOpBuilder b(loc, builder);
        Value user = LLVM::LoadOp::create(b, ptr, at(b, context, kParallelUserOffset));
        Value call = LLVM::LoadOp::create(b, ptr, at(b, context, kParallelForOffset));
        scf::YieldOp::create(b, ValueRange{user, call});
      },
      [&](OpBuilder &builder, Location loc) {
        scf::YieldOp::create(builder, loc, ValueRange{null, null});
      });
  parallelUser = load.getResult(0);
  parallelFor = load.getResult(1);
}

/// The loop as a function of a range of its iterations, counted row-major, and of what it uses.
func::FuncOp Outliner::createPhase(scf::ForallOp loop) {
  Location loc = loop.getLoc();
  OpBuilder builder(kernel);
  SmallVector<Type> argTypes{builder.getIndexType(), builder.getIndexType()};
  llvm::append_range(argTypes, ValueRange(captures).getTypes());
  std::string name = (kernel.getSymName() + "_phase" + Twine(number)).str();
  auto phase = func::FuncOp::create(builder, loc, name, builder.getFunctionType(argTypes, {}));
  phase.setPrivate();
  Block *block = phase.addEntryBlock();

  IRMapping mapping;
  mapping.map(captures, block->getArguments().drop_front(2));
  auto b = ImplicitLocOpBuilder::atBlockBegin(loc, block);
  // Constants are written again, so that the phase knows them.
  auto inside = [&](Value outer) {
    if (Operation *constant = outer.getDefiningOp(); constant && !mapping.contains(outer))
      b.clone(*constant, mapping);
    return mapping.lookup(outer);
  };
  SetVector<Value> used;
  getUsedValuesDefinedAbove(loop.getRegion(), used);
  for (Value value : used)
    (void)inside(value);
  auto range = [&](ArrayRef<Value> values) { return llvm::map_to_vector(values, inside); };
  // The outermost count is not needed to take an index apart.
  SmallVector<Value> lower = range(lowers), step = range(steps),
                     count = range(ArrayRef<Value>(counts).drop_front());
  Value one = arith::ConstantIndexOp::create(b, 1);
  auto forOp = scf::ForOp::create(b, block->getArgument(0), block->getArgument(1), one);
  func::ReturnOp::create(b);

  b.setInsertionPointToStart(forOp.getBody());
  Value rest = forOp.getInductionVar();
  SmallVector<Value> ivs(loop.getRank());
  for (int64_t d = loop.getRank() - 1; d >= 0; --d) {
    Value position = rest;
    if (d > 0) {
      position = arith::RemUIOp::create(b, rest, count[d - 1]);
      rest = arith::DivUIOp::create(b, rest, count[d - 1]);
    }
    Value scaled = arith::MulIOp::create(b, position, step[d]);
    ivs[d] = arith::AddIOp::create(b, lower[d], scaled);
  }
  mapping.map(loop.getInductionVars(), ivs);
  for (Operation &op : loop.getBody()->without_terminator())
    b.clone(op, mapping);
  sinkFences(forOp);
  return phase;
}

/// What parallel_for calls: unpacks the struct.
LLVM::LLVMFuncOp Outliner::createThunk(func::FuncOp phase) {
  OpBuilder builder(kernel);
  Type i64 = builder.getI64Type();
  auto type =
      LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(kernel.getContext()), {ptr, i64, i64});
  auto thunk =
      LLVM::LLVMFuncOp::create(builder, phase.getLoc(), (phase.getSymName() + "_thunk").str(), type,
                               LLVM::Linkage::Internal);
  Block *block = thunk.addEntryBlock(builder);
  auto b = ImplicitLocOpBuilder::atBlockBegin(phase.getLoc(), block);
  SmallVector<Value> operands;
  for (Value bound : block->getArguments().drop_front())
    operands.push_back(arith::IndexCastOp::create(b, b.getIndexType(), bound));
  for (auto [i, capture] : llvm::enumerate(captures)) {
    Value field = LLVM::GEPOp::create(b, ptr, captureType, block->getArgument(0),
                                      ArrayRef<LLVM::GEPArg>{0, int32_t(i)});
    Value value = LLVM::LoadOp::create(b, captureType.getBody()[i], field);
    operands.push_back(cast(b, capture.getType(), value));
  }
  func::CallOp::create(b, phase, operands);
  LLVM::ReturnOp::create(b, ValueRange());
  return thunk;
}

/// The bytes of the buffers that the loop uses: what it reads and writes at most, if once. Loops
/// over memory take as long as their bytes; their counts say little, since a task is a block of
/// rows here and a channel there.
Value Outliner::createBytes(ImplicitLocOpBuilder &b) {
  SetVector<Value> buffers;
  for (Value capture : captures) {
    if (!isa<MemRefType>(capture.getType()))
      continue;
    while (auto view = capture.getDefiningOp<ViewLikeOpInterface>())
      capture = view.getViewSource();
    buffers.insert(capture);
  }
  Value bytes = arith::ConstantIndexOp::create(b, 0);
  for (Value buffer : buffers) {
    auto type = llvm::cast<MemRefType>(buffer.getType());
    Value size = arith::ConstantIndexOp::create(
        b, KernelArgument::tryGetElementBytes(type.getElementType()).value_or(1));
    for (int64_t d = 0; d < type.getRank(); ++d)
      size = arith::MulIOp::create(b, size, memref::DimOp::create(b, buffer, d));
    bytes = arith::AddIOp::create(b, bytes, size);
  }
  return bytes;
}

void Outliner::createCall(scf::ForallOp loop, func::FuncOp phase, LLVM::LLVMFuncOp thunk) {
  Location loc = loop.getLoc();
  ImplicitLocOpBuilder b(loc, loop);
  Value total = counts[0];
  for (Value count : ArrayRef<Value>(counts).drop_front())
    total = arith::MulIOp::create(b, total, count);
  Value one = arith::ConstantIndexOp::create(b, 1);
  Value many = arith::CmpIOp::create(b, arith::CmpIPredicate::sgt, total, one);
  Value given =
      LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::ne, parallelFor, LLVM::ZeroOp::create(b, ptr));
  Value useIt = arith::AndIOp::create(b, many, given);
  if (parallelBytes > 0) {
    Value least = arith::ConstantIndexOp::create(b, parallelBytes);
    Value enough = arith::CmpIOp::create(b, arith::CmpIPredicate::uge, createBytes(b), least);
    useIt = arith::AndIOp::create(b, useIt, enough);
  }
  // One place on the stack for all iterations of a loop around this one.
  b.setInsertionPointToStart(&kernel.getBody().front());
  Value size = LLVM::ConstantOp::create(b, b.getI64IntegerAttr(1));
  Value data = LLVM::AllocaOp::create(b, ptr, captureType, size);
  b.setInsertionPoint(loop);
  scf::IfOp::create(
      b, useIt,
      [&](OpBuilder &builder, Location loc) {
        ImplicitLocOpBuilder b(loc, builder);
        for (auto [i, capture] : llvm::enumerate(captures)) {
          Value field =
              LLVM::GEPOp::create(b, ptr, captureType, data, ArrayRef<LLVM::GEPArg>{0, int32_t(i)});
          LLVM::StoreOp::create(b, cast(b, captureType.getBody()[i], capture), field);
        }
        Value count = arith::IndexCastOp::create(b, b.getI64Type(), total);
        Value body = LLVM::AddressOfOp::create(b, ptr, thunk.getSymName());
        auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(b.getContext()),
                                                {ptr, b.getI64Type(), ptr, ptr});
        LLVM::CallOp::create(b, type, ValueRange{parallelFor, parallelUser, count, body, data});
        scf::YieldOp::create(b);
      },
      [&](OpBuilder &builder, Location loc) {
        ImplicitLocOpBuilder b(loc, builder);
        SmallVector<Value> operands{arith::ConstantIndexOp::create(b, 0), total};
        llvm::append_range(operands, captures);
        func::CallOp::create(b, phase, operands);
        scf::YieldOp::create(b);
      });
}

LogicalResult Outliner::outline(scf::ForallOp loop) {
  if (loop.getNumResults() != 0)
    return loop.emitError(
        "a parallel loop of a kernel has to work on memrefs, but this has results");
  Location loc = loop.getLoc();
  ImplicitLocOpBuilder b(loc, loop);
  lowers.clear(), steps.clear(), counts.clear(), captures.clear();
  for (auto [lower, upper, step] :
       llvm::zip_equal(loop.getMixedLowerBound(), loop.getMixedUpperBound(), loop.getMixedStep())) {
    lowers.push_back(materialize(b, loc, lower));
    steps.push_back(materialize(b, loc, step));
    if (isConstantIntValue(lower, 0) && isConstantIntValue(step, 1)) {
      counts.push_back(materialize(b, loc, upper));
      continue;
    }
    Value distance = arith::SubIOp::create(b, materialize(b, loc, upper), lowers.back());
    Value count = arith::CeilDivSIOp::create(b, distance, steps.back());
    counts.push_back(arith::MaxSIOp::create(b, count, arith::ConstantIndexOp::create(b, 0)));
  }
  SetVector<Value> used;
  getUsedValuesDefinedAbove(loop.getRegion(), used);
  for (ArrayRef<Value> values : {ArrayRef<Value>(lowers), ArrayRef<Value>(steps)})
    used.insert(values.begin(), values.end());
  used.insert(counts.begin() + 1, counts.end());
  for (Value value : used)
    if (!matchPattern(value, m_Constant()))
      captures.push_back(value);

  SmallVector<Type> fields;
  for (Value capture : captures) {
    fields.push_back(types.convertType(capture.getType()));
    if (!fields.back())
      return loop.emitError("a parallel loop cannot use a value of type ") << capture.getType();
  }
  captureType = LLVM::LLVMStructType::getLiteral(kernel.getContext(), fields);
  func::FuncOp phase = createPhase(loop);
  if (failed(hoistAllocas(phase)))
    return failure();
  createCall(loop, phase, createThunk(phase));
  loop.erase();
  ++number;
  return success();
}

LogicalResult Outliner::run() {
  SmallVector<scf::ForallOp> loops;
  kernel.walk<WalkOrder::PreOrder>([&](scf::ForallOp loop) {
    loops.push_back(loop);
    return WalkResult::skip();
  });
  if (!loops.empty())
    loadContext();
  for (scf::ForallOp loop : loops)
    if (failed(outline(loop)))
      return failure();
  return hoistAllocas(kernel);
}

namespace {
struct OutlineParallelPass : norm::impl::OutlineParallelPassBase<OutlineParallelPass> {
  using OutlineParallelPassBase::OutlineParallelPassBase;

  void runOnOperation() override {
    for (func::FuncOp kernel : getKernels(getOperation()))
      if (failed(Outliner(kernel, parallelBytes).run()))
        return signalPassFailure();
  }
};
} // namespace
