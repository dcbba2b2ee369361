//===- CallOp.cpp - norm.call -------------------------------------------===//
//
// A C function of the caller's, seen from the kernel that calls it.
//
//===----------------------------------------------------------------------===//

#include "normc/IR/Norm.h"

using namespace mlir;
using namespace mlir::norm;

LogicalResult CallOp::verify() {
  // C1
  auto isTensor = [](Value operand) { return isa<TensorType>(operand.getType()); };
  bool any = llvm::any_of(getOperands(), isTensor), all = llvm::all_of(getOperands(), isTensor);
  if (any && !all)
    return emitOpError("expects either tensors or memrefs, but has both");
  // C2
  TypeRange expected = any ? TypeRange(getInits()) : TypeRange();
  if (getResultTypes() != expected)
    return emitOpError("expects the results of tensors to have the types of outs (")
           << expected << "), but got (" << getResultTypes() << ")";
  return success();
}

/// What it does beside writing its results nobody knows.
void CallOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>> &effects) {
  effects.emplace_back(MemoryEffects::Read::get());
  effects.emplace_back(MemoryEffects::Write::get());
}

LogicalResult CallOp::reifyResultShapes(OpBuilder &b, ReifiedRankedShapedTypeDims &shapes) {
  return reifyFromInits(b, *this, shapes);
}
