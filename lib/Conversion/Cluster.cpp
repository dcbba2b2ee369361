//===- Cluster.cpp - what blocks of a cluster tell each other ----------------===//
//
// mbarrier, mapa and st.async, of sm_90 and later.
//
//===----------------------------------------------------------------------===//

#include "Cluster.h"
#include "normc/Transforms/VectorDim.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace mlir::norm;

Cluster::Cluster(ImplicitLocOpBuilder &b, Block *block, Value isFirst) : b(b), block(block) {
  auto branch = scf::IfOp::create(b, isFirst, /*withElseRegion=*/false);
  setup = branch.thenBlock();
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(setup);
    NVVM::FenceMbarrierInitOp::create(b);
  }
  NVVM::ClusterArriveOp::create(b, /*aligned=*/b.getUnitAttr());
}

void Cluster::wait() { NVVM::ClusterWaitOp::create(b, /*aligned=*/b.getUnitAttr()); }

void Cluster::arrive() { NVVM::ClusterArriveOp::create(b, /*aligned=*/b.getUnitAttr()); }

static Value getPointer(ImplicitLocOpBuilder &b, Value barrier) {
  Value zero = arith::ConstantIndexOp::create(b, 0);
  return createPointer(b, createAddress(b, barrier, zero), /*shared=*/true);
}

Value Cluster::createBarrier() {
  Value barrier = createShared(b, block, {1}, b.getI64Type());
  ImplicitLocOpBuilder at(b.getLoc(), b);
  at.setInsertionPoint(&setup->front());
  NVVM::MBarrierInitOp::create(at, getPointer(at, barrier), createI32(at, 1),
                               /*predicate=*/Value());
  return barrier;
}

void Cluster::expect(Value barrier, Value bytes) {
  Value count = arith::IndexCastOp::create(b, b.getI32Type(), bytes);
  NVVM::MBarrierArriveExpectTxOp::create(b, TypeRange(), getPointer(b, barrier), count,
                                         NVVM::MemScopeKind::CTA, /*relaxed=*/false,
                                         /*predicate=*/Value());
}

void Cluster::send(Value value, Value buffer, ValueRange indices, Value barrier, Value rank) {
  // Addresses of shared memory have 32 bits.
  auto narrow = [&](Value address) -> Value {
    return arith::IndexCastOp::create(b, b.getI32Type(), address);
  };
  Value zero = arith::ConstantIndexOp::create(b, 0);
  unsigned bits = value.getType().getIntOrFloatBitWidth();
  bool wide = bits == 64;
  if (isa<FloatType>(value.getType()))
    value = arith::BitcastOp::create(b, b.getIntegerType(bits), value);
  if (bits < 32)
    value = arith::ExtUIOp::create(b, b.getI32Type(), value);
  SmallVector<Value> operands{narrow(createAddress(b, buffer, indices)), value,
                              narrow(createAddress(b, barrier, zero)), narrow(rank)};
  std::string text = "{\n\t.reg .b32 place, barrier;\n\t"
                     "mapa.shared::cluster.u32 place, $0, $3;\n\t"
                     "mapa.shared::cluster.u32 barrier, $2, $3;\n\t"
                     "st.async.shared::cluster.mbarrier::complete_tx::bytes.b";
  text += wide ? "64" : "32";
  text += " [place], $1, [barrier];\n\t}";
  LLVM::InlineAsmOp::create(b, TypeRange(), operands, text,
                            wide ? "r,l,r,r,~{memory}" : "r,r,r,r,~{memory}",
                            /*has_side_effects=*/true, /*is_align_stack=*/false,
                            LLVM::TailCallKind::None, LLVM::AsmDialectAttr(), ArrayAttr());
}

void Cluster::await(Value barrier, Value parity) {
  // A hint of how long a thread may sleep, in nanoseconds.
  constexpr int64_t ticks = 10'000'000;
  Value phase = arith::IndexCastOp::create(b, b.getI32Type(), parity);
  NVVM::MBarrierTryWaitParityOp::create(b, getPointer(b, barrier), phase, createI32(b, ticks));
}
