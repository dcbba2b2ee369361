//===- Output.h - files that appear whole or not at all ------------------===//
//
// A compiler that is killed, or runs out of disk, must not leave half a library behind.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_COMPILER_OUTPUT_H
#define NORMC_COMPILER_OUTPUT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <utility>

namespace normc {

struct OutputFile {
  /// "-" is standard output.
  std::string path;
  llvm::StringRef contents;
  bool executable = false;
};

/// Fails if the files cannot all be written: a folder instead of a file, one name twice, a file
/// that is read (`inputs`). Called before the work, so that a typing error costs no compilation.
llvm::Error checkOutputs(llvm::ArrayRef<OutputFile> files, llvm::ArrayRef<std::string> inputs);

/// Writes all files or none: each beside its destination first, then renamed.
llvm::Error writeOutputs(llvm::ArrayRef<OutputFile> files);

/// A new file for what will be at `path`, in the same folder, and its name. Not by a model of
/// LLVM's, which takes a '%' in the folder's name for the place of a random digit.
std::error_code createBeside(llvm::StringRef path, llvm::StringRef suffix, unsigned mode,
                             int &descriptor, std::string &temporary);

/// A file of its own name in the folder for such, as long as this lives, or until the process is
/// killed.
class TemporaryFile {
public:
  static llvm::Expected<TemporaryFile> create(llvm::StringRef suffix, llvm::StringRef contents);
  TemporaryFile(TemporaryFile &&other) : path(std::exchange(other.path, "")) {}
  ~TemporaryFile();

  const std::string &getPath() const { return path; }

private:
  explicit TemporaryFile(std::string path) : path(std::move(path)) {}

  std::string path;
};

} // namespace normc

#endif // NORMC_COMPILER_OUTPUT_H
