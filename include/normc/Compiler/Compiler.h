//===- Compiler.h - normc as a library -----------------------------------===//
//
// A module in, a file of a chosen phase out. What the program normc does beyond this is reading
// flags.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_COMPILER_COMPILER_H
#define NORMC_COMPILER_COMPILER_H

#include "normc/Compiler/Target.h"

#include "mlir/IR/BuiltinOps.h"

#include "llvm/ADT/SmallVector.h"

#include <functional>

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace normc {

/// What can be emitted, in the order in which a kernel goes through it.
enum class Phase { Generic, Lowered, LLVM, Assembly, Object, PTX, Cubin, Library };

struct PhaseInfo {
  Phase phase;
  llvm::StringLiteral name;
  llvm::StringLiteral description;
  /// Whether it is text that can be shown on a terminal.
  bool isText;
};

/// One entry per phase, in order. `--emit` and `--help` are made from it.
llvm::ArrayRef<PhaseInfo> getPhases();

/// What becomes of functions that do more than normalize.
enum class OutlineMode {
  /// All of a function is one kernel.
  None,
  /// Each normalization is one, called by what is left for the caller's compiler.
  Calls,
  /// A kernel computes the normalizations, and calls functions of the caller for the rest.
  Host
};

struct CompileOptions {
  /// One at least. Of several, an object has every kernel for each, and runs the first that the CPU
  /// can.
  llvm::SmallVector<TargetSpec, 1> targets = {};
  Phase phase = Phase::Object;
  /// Library: a static archive instead of a shared library.
  bool archive = false;
  /// The file name that the library will have: its soname, and what the manifest says.
  std::string libraryName;
  /// By the plain road, norm-reference-pipeline, instead of norm-cpu-pipeline.
  bool reference = false;
  /// Loops whose buffers have fewer bytes stay on the calling thread. Where two threads began to be
  /// faster than one with the runtime's pool: lib/performance.md.
  int64_t parallelBytes = int64_t(512) << 10;
  /// The object is for one process: the GPU module in it has a symbol that can be looked up, which
  /// in a program of several objects would be there twice.
  bool jit = false;
  /// Loads and stores are checked by AddressSanitizer, whose runtime the program has to have.
  bool sanitizeAddress = false;
  OutlineMode outline = OutlineMode::None;
  bool header = false;
  bool manifest = false;
  /// Dimensions of the iteration space that are divided among ranks, see norm-partial.
  llvm::SmallVector<std::string> divided = {};
  /// Called when a step begins that may take long.
  std::function<void(llvm::StringRef)> progress = [](llvm::StringRef) {};
};

struct CompileResult {
  llvm::SmallVector<char, 0> output;
  std::string header;
  std::string manifest;
  /// With `outline`: the module for the caller's compiler.
  std::string rest;
};

/// Whether the phase and the other options are possible for the targets; the error says why not.
llvm::Error checkOptions(const CompileOptions &options);

/// Loads what `compile` needs: our dialects, and their translations to LLVM IR.
void registerCompilerDialects(mlir::DialectRegistry &registry);

/// Compiles `module`, which is left with norm.generic in the place of named operations. Every error
/// is a diagnostic of the module's context.
mlir::FailureOr<CompileResult> compile(mlir::ModuleOp module, const CompileOptions &options);

/// normc's own version, "0.1.0".
llvm::StringRef getVersion();

} // namespace normc

#endif // NORMC_COMPILER_COMPILER_H
