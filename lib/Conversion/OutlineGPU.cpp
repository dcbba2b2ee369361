//===- OutlineGPU.cpp - parallel loops become GPU kernels -------------------===//
//
// The body of a parallel loop moves into a gpu.func, and a launch takes its place. A buffer is
// passed as one pointer, with the strides that are not known and used, so that a kernel has few
// parameters, and what it only reads is known to change nowhere else.
//
//===----------------------------------------------------------------------===//

#include "ThreadTeam.h"
#include "normc/Conversion/KernelSignature.h"
#include "normc/Passes.h"
#include "normc/Transforms/VectorDim.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "mlir/Transforms/RegionUtils.h"

namespace mlir::norm {
#define GEN_PASS_DEF_OUTLINEGPUPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

namespace {
/// The threads of a block where each computes an index of the loop by itself.
constexpr int64_t kIndexThreads = 128;
/// All kernels of a file are in one module, which is loaded once.
constexpr StringLiteral kGPUModule = "norm_kernels";
/// The most blocks along x, and 65535 along y: more than memory has elements. A multiple of every
/// cluster.
constexpr int64_t kGridX = int64_t(1) << 30;

/// The function argument that a buffer is a view of; null where it is none.
BlockArgument findRoot(Value memref) {
  while (Operation *op = memref.getDefiningOp()) {
    if (auto view = dyn_cast<ViewLikeOpInterface>(op))
      memref = view.getViewSource();
    else if (auto metadata = dyn_cast<memref::ExtractStridedMetadataOp>(op))
      memref = metadata.getSource();
    else
      return BlockArgument();
  }
  return cast<BlockArgument>(memref);
}

/// Whether nothing writes through a buffer inside of `body`.
bool isOnlyRead(Value memref, Region &body) {
  for (Operation *user : memref.getUsers()) {
    if (!body.isAncestor(user->getParentRegion()))
      continue;
    if (auto store = dyn_cast<memref::StoreOp>(user); store && store.getMemRef() == memref)
      return false;
    if (auto store = dyn_cast<vector::StoreOp>(user); store && store.getBase() == memref)
      return false;
    if (isa<ViewLikeOpInterface>(user) &&
        llvm::any_of(user->getResults(), [&](Value view) { return !isOnlyRead(view, body); }))
      return false;
  }
  return true;
}

class GPUOutliner {
public:
  GPUOutliner(func::FuncOp kernel, bool dependent) : kernel(kernel), dependent(dependent) {}
  LogicalResult run();

private:
  /// A value of the host that a kernel needs: how it is passed, and what stands for it inside.
  struct Capture {
    Value value;
    SmallVector<Value> operands;
  };
  LogicalResult outline(scf::ForallOp loop);
  gpu::GPUModuleOp getModule();
  LogicalResult capture(Value value, ImplicitLocOpBuilder &host);
  /// Whether the buffer may be another one, too.
  bool isShared(BlockArgument root);

  /// Launches that follow others are made dependent on them. `last`: the kernels of which one was
  /// the last before `block`, none where there may have been none; then the same of its end.
  void linkLaunches(Block &block, SmallVector<gpu::GPUFuncOp> &last);
  gpu::GPUFuncOp getFunction(gpu::LaunchFuncOp launch) {
    return SymbolTable::lookupNearestSymbolFrom<gpu::GPUFuncOp>(launch, launch.getKernelAttr());
  }

  func::FuncOp kernel;
  bool dependent;
  unsigned number = 0;
  SmallVector<Capture> captures;
};
} // namespace

gpu::GPUModuleOp GPUOutliner::getModule() {
  Operation *parent = kernel->getParentOp();
  auto module = dyn_cast_or_null<gpu::GPUModuleOp>(SymbolTable::lookupSymbolIn(parent, kGPUModule));
  if (!module) {
    OpBuilder builder = OpBuilder::atBlockBegin(&parent->getRegion(0).front());
    module = gpu::GPUModuleOp::create(builder, kernel.getLoc(), kGPUModule);
    parent->setAttr(gpu::GPUDialect::getContainerModuleAttrName(), builder.getUnitAttr());
  }
  return module;
}

bool GPUOutliner::isShared(BlockArgument root) {
  if (!root || root.getOwner() != &kernel.getBody().front())
    return false;
  unsigned own = root.getArgNumber();
  for (unsigned i = 0; i < kernel.getNumArguments(); ++i)
    if (auto input = kernel.getArgAttrOfType<IntegerAttr>(i, kInplaceAttr))
      if (i == own || input.getInt() == own)
        return true;
  return false;
}

LogicalResult GPUOutliner::capture(Value value, ImplicitLocOpBuilder &host) {
  Capture &own = captures.emplace_back();
  own.value = value;
  auto type = dyn_cast<MemRefType>(value.getType());
  if (!type) {
    if (!value.getType().isIntOrIndexOrFloat())
      return kernel.emitError("a kernel cannot be passed a value of type ") << value.getType();
    own.operands.push_back(value);
    return success();
  }
  SmallVector<int64_t> strides;
  int64_t offset;
  if (failed(type.getStridesAndOffset(strides, offset)))
    return kernel.emitError("a kernel cannot be passed a buffer of type ") << type;
  auto metadata = memref::ExtractStridedMetadataOp::create(host, value);
  own.operands.push_back(metadata.getBaseBuffer());
  if (ShapedType::isDynamic(offset))
    own.operands.push_back(metadata.getOffset());
  for (auto [stride, known] : llvm::zip(metadata.getStrides(), strides))
    if (ShapedType::isDynamic(known))
      own.operands.push_back(stride);
  return success();
}

LogicalResult GPUOutliner::outline(scf::ForallOp loop) {
  if (loop.getRank() != 1 || getConstantIntValue(loop.getMixedLowerBound()[0]) != 0 ||
      getConstantIntValue(loop.getMixedStep()[0]) != 1 || loop.getNumResults() != 0)
    return loop.emitError("expects a parallel loop from 0 in steps of 1 without results");
  auto threadsAttr = loop->getAttrOfType<IntegerAttr>(kThreadsAttr);
  int64_t threads = threadsAttr ? threadsAttr.getInt() : kIndexThreads;
  auto clusterAttr = loop->getAttrOfType<IntegerAttr>(kClusterAttr);
  ImplicitLocOpBuilder host(loop.getLoc(), loop);
  Value count = getValueOrCreateConstantIndexOp(host, loop.getLoc(), loop.getMixedUpperBound()[0]);

  // Sizes are computed by the host; constants are the kernel's own.
  SmallVector<Operation *> sizes;
  loop.walk([&](memref::DimOp dim) {
    if (!loop->isAncestor(dim.getSource().getParentBlock()->getParentOp()))
      sizes.push_back(dim);
  });
  for (Operation *dim : sizes) {
    Operation *index = cast<memref::DimOp>(dim).getIndex().getDefiningOp();
    if (index && loop->isAncestor(index))
      index->moveBefore(loop);
    dim->moveBefore(loop);
  }
  llvm::SetVector<Value> used;
  getUsedValuesDefinedAbove(loop.getRegion(), used);
  used.insert(count);
  captures.clear();
  SmallVector<Operation *> constants;
  for (Value value : used) {
    Operation *definition = value.getDefiningOp();
    if (definition && definition->hasTrait<OpTrait::ConstantLike>())
      constants.push_back(definition);
    else if (failed(capture(value, host)))
      return failure();
  }

  // The same value is passed once.
  SmallVector<Value> operands;
  DenseMap<Value, unsigned> numbers;
  for (Capture &own : captures)
    for (Value operand : own.operands)
      if (numbers.try_emplace(operand, operands.size()).second)
        operands.push_back(operand);

  OpBuilder builder = OpBuilder::atBlockEnd(&getModule().getBodyRegion().front());
  std::string name = (kernel.getSymName() + "_" + Twine(number++)).str();
  auto function =
      gpu::GPUFuncOp::create(builder, loop.getLoc(), name,
                             builder.getFunctionType(TypeRange(ValueRange(operands)), TypeRange()));
  function->setAttr(gpu::GPUDialect::getKernelFuncAttrName(), builder.getUnitAttr());
  function->setAttr(NVVM::NVVMDialect::getReqntidAttrName(),
                    builder.getDenseI32ArrayAttr({int32_t(threads), 1, 1}));
  // Unless it is told that one block at a time will do, ptxas keeps a few registers in memory
  // rather than have more of them than 64 or 128.
  auto scheduleAttr = loop->getAttrOfType<GPUScheduleAttr>(kScheduleAttr);
  function->setAttr(NVVM::NVVMDialect::getMinctasmAttrName(),
                    builder.getI32IntegerAttr(scheduleAttr ? scheduleAttr.getBlocks() : 1));
  if (clusterAttr)
    function->setAttr(NVVM::NVVMDialect::getClusterDimAttrName(),
                      builder.getDenseI32ArrayAttr({int32_t(clusterAttr.getInt()), 1, 1}));
  if (scheduleAttr)
    function->setAttr(kScheduleAttr, scheduleAttr);
  Block &entry = function.getBody().front();
  ImplicitLocOpBuilder b(loop.getLoc(), builder);
  b.setInsertionPointToEnd(&entry);
  IRMapping mapping;
  for (Operation *constant : constants)
    b.clone(*constant, mapping);
  Value zero = arith::ConstantIndexOp::create(b, 0);
  Region &body = loop.getRegion();
  for (Capture &own : captures) {
    auto argument = [&](Value operand) { return entry.getArgument(numbers[operand]); };
    auto type = dyn_cast<MemRefType>(own.value.getType());
    if (!type) {
      mapping.map(own.value, argument(own.value));
      continue;
    }
    unsigned pointer = numbers[own.operands.front()];
    bool shared = isShared(findRoot(own.value));
    if (!shared)
      function.setArgAttr(pointer, LLVM::LLVMDialect::getNoAliasAttrName(), b.getUnitAttr());
    if (!shared && isOnlyRead(own.value, body))
      function.setArgAttr(pointer, LLVM::LLVMDialect::getReadonlyAttrName(), b.getUnitAttr());
    ArrayRef<Value> rest = ArrayRef(own.operands).drop_front();
    auto take = [&](int64_t known) -> OpFoldResult {
      if (!ShapedType::isDynamic(known))
        return b.getIndexAttr(known);
      Value operand = rest.front();
      rest = rest.drop_front();
      return argument(operand);
    };
    SmallVector<int64_t> known;
    int64_t knownOffset;
    (void)type.getStridesAndOffset(known, knownOffset);
    OpFoldResult offset = take(knownOffset);
    auto strides = llvm::map_to_vector(known, take);
    // Nothing asks for a size here: one that is not known may be anything.
    SmallVector<OpFoldResult> extents;
    for (int64_t size : type.getShape())
      extents.push_back(ShapedType::isDynamic(size) ? OpFoldResult(zero)
                                                    : OpFoldResult(b.getIndexAttr(size)));
    mapping.map(own.value, memref::ReinterpretCastOp::create(b, type, entry.getArgument(pointer),
                                                             offset, extents, strides)
                               .getResult());
  }

  // The number of the block; of the thread where each has an index.
  Value inside = mapping.lookup(count);
  Value index = gpu::BlockIdOp::create(b, gpu::Dimension::x);
  Value row = gpu::BlockIdOp::create(b, gpu::Dimension::y);
  Value width = gpu::GridDimOp::create(b, gpu::Dimension::x);
  index = arith::AddIOp::create(b, index, arith::MulIOp::create(b, row, width));
  if (!threadsAttr) {
    Value thread = gpu::ThreadIdOp::create(b, gpu::Dimension::x, b.getIndexAttr(threads));
    index = arith::MulIOp::create(b, index, arith::ConstantIndexOp::create(b, threads));
    index = arith::AddIOp::create(b, index, thread);
  }
  Value exists = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, index, inside);
  auto guard = scf::IfOp::create(b, exists, /*withElseRegion=*/false);
  gpu::ReturnOp::create(b);
  b.setInsertionPointToStart(guard.thenBlock());
  mapping.map(loop.getInductionVar(0), index);
  for (Operation &op : loop.getBody()->without_terminator())
    b.clone(op, mapping);
  // Scratch: of a block in shared memory, of a thread at the top of the function.
  SmallVector<memref::AllocaOp> allocas;
  function.walk([&](memref::AllocaOp alloca) { allocas.push_back(alloca); });
  for (memref::AllocaOp alloca : allocas) {
    if (!alloca.getDynamicSizes().empty())
      return alloca.emitError("scratch has to have a static size, but is ") << alloca.getType();
    if (!gpu::GPUDialect::hasWorkgroupMemoryAddressSpace(alloca.getType())) {
      alloca->moveBefore(&entry, entry.begin());
      continue;
    }
    unsigned index = function.getNumWorkgroupAttributions();
    BlockArgument buffer = function.addWorkgroupAttribution(alloca.getType(), alloca.getLoc());
    if (IntegerAttr alignment = alloca.getAlignmentAttr())
      function.setWorkgroupAttributionAttr(index, LLVM::LLVMDialect::getAlignAttrName(), alignment);
    alloca.replaceAllUsesWith(buffer);
    alloca.erase();
  }

  auto constant = [&](int64_t number) -> Value {
    return arith::ConstantIndexOp::create(host, number);
  };
  Value one = constant(1), blocks = count;
  if (!threadsAttr)
    blocks = arith::CeilDivUIOp::create(host, count, constant(threads));
  Value x = arith::MinUIOp::create(host, blocks, constant(kGridX));
  Value y = arith::CeilDivUIOp::create(host, blocks, constant(kGridX));
  std::optional<gpu::KernelDim3> cluster;
  if (clusterAttr)
    cluster = gpu::KernelDim3{constant(clusterAttr.getInt()), one, one};
  gpu::LaunchFuncOp::create(host, function, gpu::KernelDim3{x, y, one},
                            gpu::KernelDim3{constant(threads), one, one},
                            /*dynamicSharedMemorySize=*/Value(), operands,
                            /*asyncTokenType=*/Type(), /*asyncDependencies=*/ValueRange(), cluster);
  loop.erase();
  return success();
}

static void createAtStart(gpu::GPUFuncOp function, NVVM::GridDepActionKind kind) {
  OpBuilder b = OpBuilder::atBlockBegin(&function.getBody().front());
  // What waits comes first: what follows is not in the way of what is waited for.
  auto begin = b.getInsertionPoint();
  for (; isa<NVVM::GriddepcontrolOp>(*begin); ++begin)
    if (cast<NVVM::GriddepcontrolOp>(*begin).getKind() == kind)
      return;
  if (kind == NVVM::GridDepActionKind::launch_dependents)
    b.setInsertionPoint(&*begin);
  NVVM::GriddepcontrolOp::create(b, function.getLoc(), kind);
}

void GPUOutliner::linkLaunches(Block &block, SmallVector<gpu::GPUFuncOp> &last) {
  for (Operation &op : block) {
    if (auto launch = dyn_cast<gpu::LaunchFuncOp>(op)) {
      if (!last.empty()) {
        launch->setAttr(kDependentAttr, UnitAttr::get(op.getContext()));
        createAtStart(getFunction(launch), NVVM::GridDepActionKind::wait);
      }
      for (gpu::GPUFuncOp before : last)
        createAtStart(before, NVVM::GridDepActionKind::launch_dependents);
      last = {getFunction(launch)};
    } else if (isa<CallOp>(op)) {
      // Nobody knows what it launches.
      last.clear();
    } else if (auto branch = dyn_cast<scf::IfOp>(op)) {
      SmallVector<gpu::GPUFuncOp> then = last, otherwise = last;
      linkLaunches(*branch.thenBlock(), then);
      if (branch.elseBlock())
        linkLaunches(*branch.elseBlock(), otherwise);
      last.clear();
      if (!then.empty() && !otherwise.empty()) {
        last = then;
        llvm::append_range(last, otherwise);
      }
    }
  }
}

LogicalResult GPUOutliner::run() {
  SmallVector<scf::ForallOp> loops;
  kernel.walk<WalkOrder::PreOrder>([&](scf::ForallOp loop) {
    loops.push_back(loop);
    return WalkResult::skip();
  });
  for (scf::ForallOp loop : loops)
    if (failed(outline(loop)))
      return failure();
  if (dependent) {
    SmallVector<gpu::GPUFuncOp> last;
    linkLaunches(kernel.getBody().front(), last);
  }
  // The host has no other memory than its own stack.
  WalkResult result = kernel.walk([&](Operation *op) {
    if (!isa<memref::LoadOp, memref::StoreOp, memref::CopyOp, vector::LoadOp, vector::StoreOp>(op))
      return WalkResult::advance();
    op->emitError("expects the memory of a GPU kernel to be touched in parallel loops only, but "
                  "here it is outside of them; --outline leaves what is no normalization "
                  "to the caller");
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

namespace {
struct OutlineGPUPass : norm::impl::OutlineGPUPassBase<OutlineGPUPass> {
  using OutlineGPUPassBase::OutlineGPUPassBase;

  void runOnOperation() override {
    for (func::FuncOp kernel : getKernels(getOperation()))
      if (failed(GPUOutliner(kernel, dependent).run()))
        return signalPassFailure();
  }
};
} // namespace
