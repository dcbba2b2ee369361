//===- Spec.h - a kernel described by flags ------------------------------===//
//
// `--op=rms_norm --shape=?x4096 --dtype=bf16 …` as a module.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_COMPILER_SPEC_H
#define NORMC_COMPILER_SPEC_H

#include "llvm/Support/Error.h"

#include <optional>
#include <string>

namespace normc {

/// What was given, as it was given; nothing where a flag was not.
struct KernelSpec {
  std::string op;
  std::optional<std::string> shape, dtype, paramDtype, eps, momentum, preset, name, axes, layout,
      groups;
  bool noScale = false, noBias = false, noRunning = false;
  /// batch_norm: statistics of the batch, instead of given ones.
  bool training = false;
  /// The gradients of what the other flags describe.
  bool backward = false;
  /// Forward: mean and rstd are results. Backward: they are inputs, instead of computed again.
  bool saveStats = false;
};

/// The module that a description stands for, as text. The error says what was expected where
/// something is missing, unknown, or contradicts another part.
llvm::Expected<std::string> makeModuleText(const KernelSpec &spec);

} // namespace normc

#endif // NORMC_COMPILER_SPEC_H
