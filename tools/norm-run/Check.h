//===- Check.h - a kernel's results beside the oracle's ------------------===//
//
// The oracle is the kernel's own program in wider arithmetic, its roundings kept, from the text
// that the manifest carries.
//
//===----------------------------------------------------------------------===//

#ifndef NORM_RUN_CHECK_H
#define NORM_RUN_CHECK_H

#include "Tensor.h"
#include "Ulp.h"

#include <functional>

namespace normrun {

/// The same program with the same ABI, whose float tensors are all of one wider type.
struct Oracle {
  std::function<int32_t(const normrt_context *, const DLTensor *const *, int32_t)> call;
  std::function<int64_t(const DLTensor *const *, int32_t)> workspaceSize;
};

/// f64; on x86-64, 80-bit floats for a kernel with an f64 tensor.
DLDataType getOracleType(const normrt_kernel &kernel);

/// Compiles the oracle of a kernel from its text.
llvm::Expected<Oracle> makeOracle(const normrt_kernel &kernel);

/// The oracle's results, in the order of the outputs, for these inputs. The shapes of the outputs
/// are those of `outputs`.
llvm::Expected<std::vector<Tensor>> runOracle(const Oracle &oracle, const normrt_kernel &kernel,
                                              llvm::ArrayRef<Tensor> inputs,
                                              llvm::ArrayRef<std::vector<int64_t>> outputs);

} // namespace normrun

#endif // NORM_RUN_CHECK_H
