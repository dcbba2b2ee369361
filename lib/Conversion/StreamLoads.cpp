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
  int64_t count = type.getNumElements() * type.getElementTypeBitWidth() / 32;
  Value address = createAddress(b, load.getBase(), load.getIndices());
  std::string text = "{\n\t.reg .b64 place;\n\tcvta.to.global.u64 place, $" +
                     std::to_string(count) + ";\n\tld.global";
  text += isReadOnly(load.getBase()) ? ".nc" : "";
  std::string results, constraints;
  for (int64_t i = 0; i < count; ++i) {
    results += (i ? ", $" : "$") + std::to_string(i);
    constraints += "=r,";
  }
  text += ".L1::no_allocate.v" + std::to_string(count) + ".b32 {" + results + "}, [place];\n\t}";
  constraints += isReadOnly(load.getBase()) ? "l" : "l,~{memory}";
  Type word = b.getI32Type();
  auto words = LLVM::LLVMStructType::getLiteral(b.getContext(), SmallVector<Type>(count, word));
  Value loaded = LLVM::InlineAsmOp::create(
                     b, words, createPointer(b, address, /*shared=*/false), text, constraints,
                     /*has_side_effects=*/true, /*is_align_stack=*/false, LLVM::TailCallKind::None,
                     LLVM::AsmDialectAttr(), ArrayAttr())
                     .getRes();
  SmallVector<Value> parts;
  for (int64_t i = 0; i < count; ++i)
    parts.push_back(LLVM::ExtractValueOp::create(b, loaded, i));
  Value all = vector::FromElementsOp::create(b, VectorType::get({count}, word), parts);
  load.replaceAllUsesWith(vector::BitCastOp::create(b, type, all).getResult());
  load.erase();
}

namespace {
struct StreamLoadsPass : norm::impl::StreamLoadsPassBase<StreamLoadsPass> {
  void runOnOperation() override {
    SmallVector<vector::LoadOp> loads;
    getOperation()->walk([&](vector::LoadOp load) {
      VectorType type = load.getVectorType();
      int64_t bytes =
          type.getRank() == 1 ? type.getNumElements() * type.getElementTypeBitWidth() / 8 : 0;
      bool isWhole =
          (bytes == 16 || bytes == 32) && int64_t(load.getAlignment().value_or(0)) >= bytes;
      if (load.getNontemporal() && isWhole &&
          isa<gpu::GPUFuncOp>(load->getParentOfType<FunctionOpInterface>()))
        loads.push_back(load);
    });
    for (vector::LoadOp load : loads)
      stream(load);
  }
};
} // namespace
