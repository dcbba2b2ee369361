//===- Presets.h - what frameworks mean by a normalization ---------------===//
//
// Frameworks disagree about rounding, epsilon and running statistics. A preset names one
// framework's choices for one operation.
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
  /// Attributes of row norms, as the operations spell their values.
  llvm::StringLiteral rounding = "once";
  double weightOffset = 0;
  /// Where channels are; empty for row norms.
  llvm::StringLiteral layout = "";
  /// How batch_norm keeps running statistics.
  double momentum = 0;
  llvm::StringLiteral momentumOf = "";
  llvm::StringLiteral variance = "";

  /// The default epsilon where `bits` is the width of the type that is computed in.
  double getEps(unsigned bits) const;
};

llvm::ArrayRef<Preset> getPresets();
/// Null where the framework has no such operation.
const Preset *findPreset(llvm::StringRef name, llvm::StringRef op);

} // namespace mlir::norm

#endif // NORMC_IR_PRESETS_H
