//===- Target.h - what a kernel is compiled for --------------------------===//
//
// `--target=` as a value: a triple, a CPU and its features.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_COMPILER_TARGET_H
#define NORMC_COMPILER_TARGET_H

#include "llvm/Support/Error.h"
#include "llvm/TargetParser/Triple.h"

#include <memory>
#include <string>

namespace llvm {
class MCSubtargetInfo;
class TargetMachine;
} // namespace llvm

namespace normc {

/// A machine that kernels can be compiled for.
struct TargetSpec {
  llvm::Triple triple;
  /// A CPU that LLVM knows, never empty.
  std::string cpu;
  /// Beyond what the CPU implies, as "+a,-b". Only `host` has any: what the machine really has.
  std::string features;

  bool isX86() const { return triple.isX86(); }
  bool isGPU() const { return triple.isNVPTX(); }
  /// Whether the CPU has a feature, by LLVM's name for it.
  bool hasFeature(llvm::StringRef name) const;
  /// Every feature that it has, as "+a,+b".
  std::string getAllFeatures() const;
};

/// Registers with LLVM what it needs to know of the architectures that kernels are emitted for,
/// once: loading all of LLVM's costs time. Everything here does it itself.
void initializeTargets();

/// Reads `host`, an x86-64 or aarch64 CPU by LLVM's name, `ARCH:CPU`, or an NVIDIA GPU as `sm_90`.
/// The error lists names near to one that is not known.
llvm::Expected<TargetSpec> parseTarget(llvm::StringRef text);

/// The same for the machine that this runs on.
TargetSpec getHostTarget();

/// What every machine of this architecture can run: for code that only launches kernels.
TargetSpec getBaselineTarget();

enum class OptLevel { Less, Aggressive };

/// LLVM's machine for a target: position-independent code that fuses no multiplication with an
/// addition on its own.
std::unique_ptr<llvm::TargetMachine> createTargetMachine(const TargetSpec &target, OptLevel level,
                                                         bool jit = false);

} // namespace normc

#endif // NORMC_COMPILER_TARGET_H
