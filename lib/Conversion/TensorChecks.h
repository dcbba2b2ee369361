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
  TensorChecks(EntryBuilder &b, const KernelSignature &signature) : b(b), signature(signature) {}

  /// Everything that needs no data.
  void checkSizes(Value args, Value numArgs);
  /// Strides, data, alignment and overlap. `apart` is the function of getApartFunction.
  void checkMemory(StringRef apart);

  /// The descriptor of argument `i` as the memref of its type.
  Value getMemRef(unsigned i, LLVM::LLVMStructType descriptor);

  /// The name of a function in `module` that says whether two tensors with strides, of elements of
  /// so many bytes, share no byte because they lie apart modulo a stride: views of a packed buffer.
  static StringRef getApartFunction(ModuleOp module);

private:
  struct Tensor {
    Value pointer;
    Value strideArray;                 // NULL: compact
    SmallVector<Value> sizes, strides; // strides from checkMemory on
    Value data, address;               // of the first element
    Value empty;                       // has no element
    Value low, high;                   // the bytes it lies in
  };

  void checkTensor(unsigned i, Value args);
  void solveSymbols();
  void checkRequirements();
  void loadStrides(unsigned i);
  void checkStrides(unsigned i);
  void checkSelfOverlap(unsigned i);
  void checkData(unsigned i);
  void checkOverlap(unsigned i, unsigned j, StringRef apart);
  Value hasOneBuffer(const Tensor &x, const Tensor &y);

  EntryBuilder &b;
  const KernelSignature &signature;
  SmallVector<Tensor> tensors;
  llvm::StringMap<Value> symbols;
};

} // namespace mlir::norm

#endif // NORMC_LIB_CONVERSION_TENSORCHECKS_H
