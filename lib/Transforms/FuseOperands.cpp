//===- FuseOperands.cpp - a norm.generic with other operands --------------------===//
//
// An operation is made anew where its operands change, with the body that it has.
//
//===----------------------------------------------------------------------===//

#include "Fuse.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::norm;

Operands::Operands(GenericOp op)
    : inputs(op.getInputs()), inits(op.getInits()), accOrders(op.getAccOrders().getValue()) {
  ArrayRef<Attribute> accesses = op.getAccesses().getValue();
  inputAccesses.assign(accesses.begin(), accesses.begin() + inputs.size());
  initAccesses.assign(accesses.begin() + inputs.size(), accesses.end());
}

GenericOp norm::rebuild(RewriterBase &rewriter, GenericOp op, const Operands &operands) {
  SmallVector<Attribute> accesses = operands.inputAccesses;
  llvm::append_range(accesses, operands.initAccesses);
  SmallVector<Value> inits = operands.inits;
  for (auto [init, access, order] : llvm::zip(inits, operands.initAccesses, operands.accOrders)) {
    bool isReadOtherwise = false;
    for (auto [input, other] : llvm::zip(operands.inputs, operands.inputAccesses))
      isReadOtherwise |= input == init && other != access;
    if (isReadOtherwise && isa<UnitAttr>(order))
      init = tensor::EmptyOp::create(rewriter, op.getLoc(),
                                     tensor::getMixedSizes(rewriter, op.getLoc(), init),
                                     getElementTypeOrSelf(init.getType()));
  }
  auto made = GenericOp::create(
      rewriter, op.getLoc(), operands.inputs, inits,
      llvm::to_vector(op.getDims().getAsValueRange<StringAttr>()), op.getMixedExtents(),
      llvm::to_vector(op.getReduce().getAsValueRange<StringAttr>()),
      rewriter.getArrayAttr(accesses), rewriter.getArrayAttr(operands.accOrders));
  made.setMinCount(op.getMinCount());
  made->setDiscardableAttrs(llvm::to_vector(op->getDiscardableAttrs()));
  made.getBody().takeBody(op.getBody());
  return made;
}

bool norm::accumulatesOtherwise(GenericOp op, Value value, Attribute access) {
  for (auto [i, init] : llvm::enumerate(op.getInits()))
    if (init == value && op.isAcc(i) && op.getAccesses()[op.getInputs().size() + i] != access)
      return true;
  return false;
}

GenericOp norm::mergeInputs(RewriterBase &rewriter, GenericOp op) {
  for (unsigned i = 0; i < op.getInputs().size(); ++i)
    for (unsigned j = i + 1; j < op.getInputs().size(); ++j) {
      if (op.getInputs()[i] != op.getInputs()[j] || op.getAccesses()[i] != op.getAccesses()[j])
        continue;
      Operands operands(op);
      operands.inputs.erase(operands.inputs.begin() + j);
      operands.inputAccesses.erase(operands.inputAccesses.begin() + j);
      rewriter.setInsertionPoint(op);
      GenericOp made = rebuild(rewriter, op, operands);
      Block &block = made.getBody().front();
      rewriter.replaceAllUsesWith(block.getArgument(j), block.getArgument(i));
      block.eraseArgument(j);
      rewriter.replaceOp(op, made);
      return made;
    }
  return GenericOp();
}

GenericOp norm::dropUnused(RewriterBase &rewriter, GenericOp op, ArrayRef<unsigned> results) {
  Operands operands(op), all = operands;
  all.inits.clear();
  all.initAccesses.clear();
  all.accOrders.clear();
  SmallVector<unsigned> kept;
  for (unsigned i = 0; i < op.getNumResults(); ++i) {
    if (llvm::is_contained(results, i) && op->getResult(i).use_empty())
      continue;
    kept.push_back(i);
    all.inits.push_back(operands.inits[i]);
    all.initAccesses.push_back(operands.initAccesses[i]);
    all.accOrders.push_back(operands.accOrders[i]);
  }
  if (kept.size() == op.getNumResults())
    return op;
  rewriter.setInsertionPoint(op);
  GenericOp made = rebuild(rewriter, op, all);
  SmallVector<Value> values;
  for (auto [number, i] : llvm::enumerate(kept)) {
    values.push_back(made.getYield().getValues()[i]);
    rewriter.replaceAllUsesWith(op->getResult(i), made->getResult(number));
  }
  made.getYield().getValuesMutable().assign(values);
  rewriter.eraseOp(op);
  return made;
}
