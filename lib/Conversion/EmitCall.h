//===- EmitCall.h - a call of the caller's function -------------------------===//
//
// What a norm.call on buffers becomes where the context is known.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_CONVERSION_EMITCALL_H
#define NORMC_LIB_CONVERSION_EMITCALL_H

#include "normc/IR/Norm.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace mlir::norm {

/// Calls from one kernel, with memory on its stack that they share.
class CallEmitter {
public:
  /// `b` is at the start of the kernel. `onGPU`: where its tensors are.
  CallEmitter(func::FuncOp kernel, ArrayRef<CallOp> calls, Value context, bool onGPU,
              ImplicitLocOpBuilder &b);

  /// An error where a function that is called is in the module, or is not called from the top.
  static LogicalResult check(func::FuncOp kernel, ArrayRef<CallOp> calls);

  /// The code that the function returns.
  Value emit(CallOp call, ImplicitLocOpBuilder &b);

private:
  Value makeContext(ImplicitLocOpBuilder &b);
  void storeTensor(ImplicitLocOpBuilder &b, Value memref, unsigned number, unsigned &words);

  func::FuncOp kernel;
  Value context;
  bool onGPU;
  LLVM::LLVMPointerType ptr;
  /// The context that functions get, the tensors, their addresses, and their sizes and strides.
  Value copy, tensors, addresses, extents;
};

} // namespace mlir::norm

#endif // NORMC_LIB_CONVERSION_EMITCALL_H
