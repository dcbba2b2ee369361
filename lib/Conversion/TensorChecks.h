//===- TensorChecks.h - what an entry checks of its tensors --------------===//
//
// The checks of DLTensors against a KernelSignature, and what they find out on the way.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_CONVERSION_TENSORCHECKS_H
#define NORMC_LIB_CONVERSION_TENSORCHECKS_H

#include "EntryBuilder.h"
#include "normc/Conversion/KernelSignature.h"

#include "llvm/ADT/StringMap.h"

namespace mlir::norm {

/// Writes checks in this order: count, then of every tensor device, type, rank and sizes; equal
/// sizes; group sizes; then of every tensor strides, data and alignment; then overlap.
class TensorChecks {
public:
  /// `args` is the caller's array of tensors, which have to be on a GPU or on the CPU.
  TensorChecks(EntryBuilder &b, const KernelSignature &signature, ModuleOp module, Value args,
               bool onGPU);

  /// Everything that needs no data.
  void checkSizes(Value numArgs);
  /// Strides, data, alignment and overlap.
  void checkMemory();

  /// The descriptor of argument `i` as the memref of its type.
  Value getMemRef(unsigned i, LLVM::LLVMStructType descriptor);

private:
  void solveSymbols();
  void checkRequirements();

  EntryBuilder &b;
  const KernelSignature &signature;
  ModuleOp module;
  Value args, table;
  bool onGPU;
  /// What checkMemory finds out, from then on.
  Value records;
  SmallVector<Value> tensors;
  SmallVector<SmallVector<Value>> sizes;
  llvm::StringMap<Value> symbols;
};

} // namespace mlir::norm

#endif // NORMC_LIB_CONVERSION_TENSORCHECKS_H
