//===- TensorFunctions.h - checks that all kernels of a module share -----===//
//
// Functions that check the caller's tensors by a table of what a kernel expects, so that the code
// of the checks is there once, however many kernels and tensors there are.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_CONVERSION_TENSORFUNCTIONS_H
#define NORMC_LIB_CONVERSION_TENSORFUNCTIONS_H

#include "normc/Conversion/KernelSignature.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

namespace mlir::norm {

// Where DLTensor has its fields.
constexpr int32_t kDeviceCUDA = 2;
constexpr int64_t kTensorData = 0, kTensorDevice = 8, kTensorDeviceId = 12, kTensorRank = 16,
                  kTensorDType = 20, kTensorShape = 24, kTensorStrides = 32, kTensorByteOffset = 40;

/// The constant that describes a kernel's arguments.
LLVM::GlobalOp getArgumentTable(ModuleOp module, const KernelSignature &signature);

/// `(args, number given, number expected, table) -> error code or 0`: everything that needs no
/// data, but for sizes that depend on each other. `onGPU`: where tensors are to be.
LLVM::LLVMFuncOp getCheckSizesFunction(ModuleOp module, bool onGPU);
/// `(args, count, table, records) -> error code or 0`: strides, data, alignment and overlap of
/// tensors that passed the one above. Writes a record of every tensor, one behind the other.
LLVM::LLVMFuncOp getCheckMemoryFunction(ModuleOp module);

/// How long a tensor's record is, and where in it the stride of dimension `d` stands (in bytes), in
/// elements, whether the caller gave strides or not.
inline int64_t getRecordWords(int64_t rank) { return 3 + rank; }
inline int64_t getRecordStride(int64_t d) { return 8 * (3 + d); }

} // namespace mlir::norm

#endif // NORMC_LIB_CONVERSION_TENSORFUNCTIONS_H
