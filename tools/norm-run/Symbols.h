//===- Symbols.h - the sizes that a manifest leaves open -----------------===//
//
// A shape in a manifest is numbers, symbols ("r") and products ("32*c"). What is known, sizes from
// the command line and the shapes of the input files, is solved for the symbols.
//
//===----------------------------------------------------------------------===//

#ifndef NORM_RUN_SYMBOLS_H
#define NORM_RUN_SYMBOLS_H

#include "normc-c/Runtime.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <map>
#include <string>
#include <vector>

namespace normrun {

/// The shape of an argument, and where it comes from.
struct KnownShape {
  const normrt_argument *argument;
  std::string source;
  std::vector<int64_t> shape;
};

class Symbols {
public:
  /// Solves for every symbol of the kernel. `given` is the command line's "r=64" items.
  static llvm::Expected<Symbols> bind(const normrt_kernel &kernel,
                                      llvm::ArrayRef<std::string> given,
                                      llvm::ArrayRef<KnownShape> known);

  /// The shape of an argument of that kernel.
  llvm::Expected<std::vector<int64_t>> getShape(const normrt_argument &argument) const;

  /// In order of their names.
  const std::map<std::string, int64_t> &getValues() const { return values; }

private:
  llvm::Error set(llvm::StringRef symbol, int64_t value, const std::string &source);
  llvm::Error parseGiven(const normrt_kernel &kernel, llvm::StringRef item);
  llvm::Error checkKnown(const KnownShape &known) const;
  llvm::Expected<bool> solve(const KnownShape &known, int32_t dim);
  llvm::Expected<int64_t> evaluate(const normrt_dim &dim, llvm::StringRef argument) const;

  std::map<std::string, int64_t> values;
  std::map<std::string, std::string> sources;
};

/// As in the manifest: "4096", "r", "32*c".
std::string formatDim(const normrt_dim &dim);

} // namespace normrun

#endif // NORM_RUN_SYMBOLS_H
