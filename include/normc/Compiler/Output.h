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
std::error_code createBeside(llvm::StringRef path, unsigned mode, int &descriptor,
                             std::string &temporary);

} // namespace normc

#endif // NORMC_COMPILER_OUTPUT_H
