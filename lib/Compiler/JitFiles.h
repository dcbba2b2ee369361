//===- JitFiles.h - compiled kernels on disk ------------------------------===//
//
// A folder of files, one for each key, that several processes read, write and tidy at once.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_COMPILER_JITFILES_H
#define NORMC_LIB_COMPILER_JITFILES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"

#include <memory>
#include <optional>
#include <string>

namespace normc {

class JitFiles {
public:
  struct Contents {
    std::unique_ptr<llvm::MemoryBuffer> file;
    /// Parts of it.
    llvm::StringRef manifest, object;
  };

  /// Makes the folder if it is not there.
  static llvm::Expected<std::unique_ptr<JitFiles>> open(llvm::StringRef directory, uint64_t bytes);

  /// Nothing where there is no file; an error where it is not what was written.
  llvm::Expected<std::optional<Contents>> read(llvm::StringRef key) const;

  /// Whole or not at all, whoever else writes the same. Removes what is more than the folder may
  /// have.
  llvm::Error write(llvm::StringRef key, llvm::StringRef manifest,
                    llvm::ArrayRef<char> object) const;

private:
  JitFiles(llvm::StringRef directory, uint64_t bytes) : directory(directory), bytes(bytes) {}
  std::string getPath(llvm::StringRef key) const;

  std::string directory;
  uint64_t bytes;
};

} // namespace normc

#endif // NORMC_LIB_COMPILER_JITFILES_H
