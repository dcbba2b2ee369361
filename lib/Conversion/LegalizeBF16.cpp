//===- LegalizeBF16.cpp - masked memory accesses of bf16 as integers -----===//
//
// LLVM computes the select of a masked bf16 load in f32 where the target has no bf16 arithmetic,
// and rounds with a call of a library.
//
//===----------------------------------------------------------------------===//

#include "normc/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/TypeUtilities.h"

namespace mlir::norm {
#define GEN_PASS_DEF_LEGALIZEBF16PASS
#include "normc/Passes.h.inc"
} // namespace mlir::norm

using namespace mlir;
using namespace mlir::norm;

namespace {

bool isBF16(Type type) { return getElementTypeOrSelf(type).isBF16(); }

struct LegalizeBF16Pass : norm::impl::LegalizeBF16PassBase<LegalizeBF16Pass> {
  using LegalizeBF16PassBase::LegalizeBF16PassBase;

  void runOnOperation() override {
    OpBuilder b(&getContext());
    auto asBits = [&](Type type) -> Type {
      auto vector = dyn_cast<VectorType>(type);
      return vector ? Type(vector.clone(b.getI16Type())) : b.getI16Type();
    };
    auto toBits = [&](Value value) -> Value {
      return LLVM::BitcastOp::create(b, value.getLoc(), asBits(value.getType()), value);
    };
    auto take = [&](Location loc, Value left, Value right, int32_t first, int32_t count) -> Value {
      SmallVector<int32_t> lanes = llvm::to_vector(llvm::seq(first, first + count));
      return LLVM::ShuffleVectorOp::create(b, loc, left, right, lanes);
    };
    // A power of two of vectors of one length.
    auto concatenate = [&](Location loc, SmallVector<Value> parts) {
      while (parts.size() > 1) {
        SmallVector<Value> longer;
        int32_t length = cast<VectorType>(parts.front().getType()).getNumElements();
        for (size_t i = 0; i < parts.size(); i += 2)
          longer.push_back(take(loc, parts[i], parts[i + 1], 0, 2 * length));
        parts = longer;
      }
      return parts.front();
    };
    auto fromBits = [&](Operation *load) {
      Value result = load->getResult(0);
      Type type = result.getType();
      result.setType(asBits(type));
      b.setInsertionPointAfter(load);
      auto cast = LLVM::BitcastOp::create(b, load->getLoc(), type, result);
      result.replaceAllUsesExcept(cast, cast);
    };
    getOperation()->walk([&](Operation *op) {
      b.setInsertionPoint(op);
      if (auto load = dyn_cast<LLVM::MaskedLoadOp>(op); load && isBF16(load.getType())) {
        if (load.getPassThru())
          load.getPassThruMutable().assign(toBits(load.getPassThru()));
        fromBits(load);
      } else if (auto load = dyn_cast<LLVM::LoadOp>(op); load && isBF16(load.getType())) {
        fromBits(load);
      } else if (auto store = dyn_cast<LLVM::MaskedStoreOp>(op);
                 store && isBF16(store.getValue().getType())) {
        store.getValueMutable().assign(toBits(store.getValue()));
      } else if (auto store = dyn_cast<LLVM::StoreOp>(op);
                 store && isBF16(store.getValue().getType())) {
        Value bits = toBits(store.getValue());
        auto vector = dyn_cast<VectorType>(bits.getType());
        if (store.getNontemporal() && vector && vector.getNumElements() % 2 == 0) {
          // LLVM finds the bf16 again and forgets that the store goes past the cache; it does not
          // look through assembly.
          int64_t numWords = vector.getNumElements() / 2;
          auto words = VectorType::get({numWords}, b.getI32Type());
          Value word = LLVM::BitcastOp::create(b, op->getLoc(), words, bits);
          // A register at a time; narrower than the narrowest register is none.
          SmallVector<Value> parts;
          int64_t length = std::min(numWords, vectorBits / 32);
          if (length < 4) {
            store.setNontemporal(false);
            parts.push_back(word);
          }
          for (int64_t first = 0; parts.size() * length < size_t(numWords) && length >= 4;
               first += length) {
            Value part = take(op->getLoc(), word, word, first, length);
            parts.push_back(
                LLVM::InlineAsmOp::create(b, op->getLoc(), part.getType(), ValueRange{part}, "",
                                          "=v,0", /*has_side_effects=*/false,
                                          /*is_align_stack=*/false, LLVM::TailCallKind::None,
                                          LLVM::AsmDialectAttr(), ArrayAttr())
                    .getResult(0));
          }
          bits = concatenate(op->getLoc(), parts);
        }
        store.getValueMutable().assign(bits);
      } else if (auto round = dyn_cast<LLVM::FPTruncOp>(op); round && pairs) {
        auto from = dyn_cast<VectorType>(round.getArg().getType());
        auto to = dyn_cast<VectorType>(round.getType());
        if (!from || !to || !isBF16(to) || from.getRank() != 1 || from.getNumElements() % 32 != 0 ||
            !from.getElementType().isF32())
          return;
        SmallVector<Value> parts;
        for (int32_t first = 0; first < from.getNumElements(); first += 32) {
          Value low = take(op->getLoc(), round.getArg(), round.getArg(), first, 16);
          Value high = take(op->getLoc(), round.getArg(), round.getArg(), first + 16, 16);
          parts.push_back(LLVM::CallIntrinsicOp::create(
                              b, op->getLoc(), VectorType::get({32}, to.getElementType()),
                              b.getStringAttr("llvm.x86.avx512bf16.cvtne2ps2bf16.512"),
                              ValueRange{high, low})
                              .getResults());
        }
        op->replaceAllUsesWith(ValueRange(concatenate(op->getLoc(), parts)));
        op->erase();
      }
    });
  }
};

} // namespace
