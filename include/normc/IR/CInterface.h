//===- CInterface.h - what C can name and has types for ----------------------===//
//
// Kernels are C functions on DLPack tensors: not every function's name is one in C, and not every
// type of elements one of DLPack.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_IR_CINTERFACE_H
#define NORMC_IR_CINTERFACE_H

#include "mlir/IR/Types.h"
#include "mlir/Support/LLVM.h"

#include <optional>
#include <string>

namespace mlir::norm {

/// A letter or `_`, then letters, digits or `_`: what names in C look like.
bool isCIdentifier(StringRef text);

/// The variable with a module's GPU code, a normrt_gpu_module; names of its parts begin with it.
inline constexpr StringLiteral kGPUModuleSymbol = "normc_gpu_module";

/// Whether a name has a meaning in C or C++, or in objects of ours, so that no function can be
/// called so.
bool isReservedName(StringRef name);

/// A name that is C's, as the first part of others: `name` with `_` for what C has not.
std::string makeCName(StringRef name);

/// The type of a tensor as DLPack says it; lanes are always 1.
struct DLPackType {
  uint8_t code;
  uint8_t bits;
};
/// Nothing for a type that tensors of kernels do not have.
std::optional<DLPackType> getDLPackType(Type elementType);

} // namespace mlir::norm

#endif // NORMC_IR_CINTERFACE_H
