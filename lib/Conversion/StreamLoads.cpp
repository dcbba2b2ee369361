//===- StreamLoads.cpp - loads of what is read once ---------------------------===//
//
// LLVM has no loads of NVIDIA GPUs that take no place in the first cache, and ignores
// `nontemporal`.
//
//===----------------------------------------------------------------------===//

#include "ThreadTeam.h"
#include "normc/Passes.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

namespace mlir::norm {
#define GEN_PASS_DEF_STREAMLOADSPASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

/// Whether nothing writes to a kernel's parameter while it runs, as outlining has found.
static bool isReadOnly(Value memref) {
  while (auto view = memref.getDefiningOp<ViewLikeOpInterface>())
    memref = view.getViewSource();
  auto arg = dyn_cast<BlockArgument>(memref);
  auto kernel = arg ? dyn_cast<gpu::GPUFuncOp>(arg.getOwner()->getParentOp()) : gpu::GPUFuncOp();
  return kernel && arg.getArgNumber() < kernel.getNumArguments() &&
         kernel.getArgAttr(arg.getArgNumber(), LLVM::LLVMDialect::getNoAliasAttrName()) &&
         kernel.getArgAttr(arg.getArgNumber(), LLVM::LLVMDialect::getReadonlyAttrName());
}

static void stream(vector::LoadOp load) {
  ImplicitLocOpBuilder b(load.getLoc(), load);
  VectorType type = load.getVectorType();
  Value address = createAddress(b, load.getBase(), load.getIndices());
  std::string text = "{\n\t.reg .b64 place;\n\tcvta.to.global.u64 place, $4;\n\tld.global";
  text += isReadOnly(load.getBase()) ? ".nc" : "";
  text += ".L1::no_allocate.v4.b32 {$0, $1, $2, $3}, [place];\n\t}";
  Type word = b.getI32Type();
  auto words = LLVM::LLVMStructType::getLiteral(b.getContext(), {word, word, word, word});
  Value loaded = LLVM::InlineAsmOp::create(
                     b, words, createPointer(b, address, /*shared=*/false), text,
                     isReadOnly(load.getBase()) ? "=r,=r,=r,=r,l" : "=r,=r,=r,=r,l,~{memory}",
                     /*has_side_effects=*/true, /*is_align_stack=*/false, LLVM::TailCallKind::None,
                     LLVM::AsmDialectAttr(), ArrayAttr())
                     .getRes();
  SmallVector<Value> parts;
  for (int64_t i = 0; i < 4; ++i)
    parts.push_back(LLVM::ExtractValueOp::create(b, loaded, i));
  Value all = vector::FromElementsOp::create(b, VectorType::get({4}, word), parts);
  load.replaceAllUsesWith(vector::BitCastOp::create(b, type, all).getResult());
  load.erase();
}

namespace {
struct StreamLoadsPass : norm::impl::StreamLoadsPassBase<StreamLoadsPass> {
  void runOnOperation() override {
    SmallVector<vector::LoadOp> loads;
    getOperation()->walk([&](vector::LoadOp load) {
      VectorType type = load.getVectorType();
      bool isWhole = type.getRank() == 1 && load.getAlignment().value_or(0) >= 16 &&
                     type.getNumElements() * type.getElementTypeBitWidth() == 128;
      if (load.getNontemporal() && isWhole &&
          isa<gpu::GPUFuncOp>(load->getParentOfType<FunctionOpInterface>()))
        loads.push_back(load);
    });
    for (vector::LoadOp load : loads)
      stream(load);
  }
};
} // namespace
