//===- Presets.h - what frameworks mean by a normalization ---------------===//
//
// Frameworks disagree about rounding, epsilon and running statistics. A preset names one framework's
// choices for one operation.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_IR_PRESETS_H
#define NORMC_IR_PRESETS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace mlir::norm {

struct Preset {
  llvm::StringLiteral name;
  /// The operation without its dialect, `rms_norm`.
  llvm::StringLiteral op;
  /// The default; 0 stands for the machine epsilon of the type that is computed in.
  double eps;
  /// Clauses that stand behind eps, in the operation's own syntax, each with a space in front.
  llvm::StringLiteral clauses = llvm::StringLiteral("");
  /// For batch_norm: what stands behind `running(...)`.
  llvm::StringLiteral running = llvm::StringLiteral("");
  /// For operations with channels: where they are.
  llvm::StringLiteral layout = llvm::StringLiteral("");

  /// The default epsilon where `bits` is the width of the type that is computed in.
  double getEps(unsigned bits) const;
};

llvm::ArrayRef<Preset> getPresets();
/// Null where the framework has no such operation.
const Preset *findPreset(llvm::StringRef name, llvm::StringRef op);

} // namespace mlir::norm

#endif // NORMC_IR_PRESETS_H
