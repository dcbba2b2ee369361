//===- BufferizableOpInterfaceImpl.cpp - norm.generic and norm.call on buffers ---===//
//
// How one-shot bufferization sees them: destination-style operations, of which norm.generic reads
// an init only where it accumulates into it, and norm.call never.
//
//===----------------------------------------------------------------------===//

#include "normc/IR/Norm.h"

#include "mlir/Dialect/Bufferization/IR/BufferizableOpInterface.h"
#include "mlir/Dialect/Bufferization/IR/DstBufferizableOpInterfaceImpl.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace mlir::norm;
using namespace mlir::bufferization;

namespace {
struct GenericOpBufferization
    : DstBufferizableOpInterfaceExternalModel<GenericOpBufferization, GenericOp> {
  bool bufferizesToMemoryRead(Operation *op, OpOperand &operand, const AnalysisState &) const {
    auto generic = cast<GenericOp>(op);
    if (!generic.isDpsInit(&operand))
      return true;
    return generic.isAcc(operand.getOperandNumber() -
                         generic.getInitsMutable().begin()->getOperandNumber());
  }

  /// A group is read before it is written, and no group reads another's elements: an input with the
  /// access of a plain output may share its buffer.
  bool bufferizesToElementwiseAccess(Operation *op, const AnalysisState &,
                                     ArrayRef<OpOperand *> operands) const {
    auto generic = cast<GenericOp>(op);
    unsigned first = generic.getInputs().empty()
                         ? generic.getInitsMutable().begin()->getOperandNumber()
                         : generic.getInputsMutable().begin()->getOperandNumber();
    Attribute access;
    for (OpOperand *operand : operands) {
      Attribute other = generic.getAccesses()[operand->getOperandNumber() - first];
      if (access && access != other)
        return false;
      access = other;
    }
    return true;
  }

  LogicalResult bufferize(Operation *op, RewriterBase &rewriter,
                          const BufferizationOptions &options, BufferizationState &state) const {
    auto generic = cast<GenericOp>(op);
    if (generic.hasPureBufferSemantics())
      return success();
    SmallVector<Value> operands(generic.getDynamicExtents());
    llvm::append_range(operands, generic.getDynamicOffsets());
    SmallVector<Value> inits;
    for (Value value : generic.getInputs()) {
      FailureOr<Value> buffer = getBuffer(rewriter, value, options, state);
      if (failed(buffer))
        return failure();
      operands.push_back(*buffer);
    }
    for (Value value : generic.getInits()) {
      FailureOr<Value> buffer = getBuffer(rewriter, value, options, state);
      if (failed(buffer))
        return failure();
      inits.push_back(*buffer);
    }
    llvm::append_range(operands, inits);
    rewriter.setInsertionPoint(op);
    OperationState copy(op->getLoc(), op->getName(), operands, TypeRange(), op->getAttrs());
    copy.propertiesAttr = op->getPropertiesAsAttribute();
    copy.addRegion();
    Operation *buffered = rewriter.create(copy);
    rewriter.inlineRegionBefore(generic.getBody(), buffered->getRegion(0),
                                buffered->getRegion(0).end());
    replaceOpWithBufferizedValues(rewriter, op, inits);
    return success();
  }
};

struct CallOpBufferization : DstBufferizableOpInterfaceExternalModel<CallOpBufferization, CallOp> {
  bool bufferizesToMemoryRead(Operation *op, OpOperand &operand, const AnalysisState &) const {
    return !cast<CallOp>(op).isDpsInit(&operand);
  }

  LogicalResult bufferize(Operation *op, RewriterBase &rewriter,
                          const BufferizationOptions &options, BufferizationState &state) const {
    auto call = cast<CallOp>(op);
    if (call.hasPureBufferSemantics())
      return success();
    SmallVector<Value> buffers;
    for (Value value : call.getOperands()) {
      FailureOr<Value> buffer = getBuffer(rewriter, value, options, state);
      if (failed(buffer))
        return failure();
      buffers.push_back(*buffer);
    }
    rewriter.setInsertionPoint(op);
    ArrayRef<Value> inputs = ArrayRef(buffers).take_front(call.getInputs().size());
    ArrayRef<Value> inits = ArrayRef(buffers).drop_front(inputs.size());
    CallOp::create(rewriter, op->getLoc(), TypeRange(), call.getCallee(), inputs, inits);
    replaceOpWithBufferizedValues(rewriter, op, inits);
    return success();
  }
};
} // namespace

void norm::registerBufferizableOpInterfaceExternalModels(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, NormDialect *) {
    GenericOp::attachInterface<GenericOpBufferization>(*context);
    CallOp::attachInterface<CallOpBufferization>(*context);
  });
}
