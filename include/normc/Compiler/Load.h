//===- Load.h - objects linked into this process --------------------------===//
//
// Machine code that was just emitted, or kept from an earlier run, as functions to call.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_COMPILER_LOAD_H
#define NORMC_COMPILER_LOAD_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <memory>

namespace normc {

/// An object's code, in memory for as long as this lives.
class LoadedObject {
public:
  /// What is undefined in it is looked for in the process.
  static llvm::Expected<std::unique_ptr<LoadedObject>> load(llvm::ArrayRef<char> object);
  ~LoadedObject();

  /// The address of a symbol that it defines.
  llvm::Expected<void *> lookup(llvm::StringRef symbol) const;

private:
  struct Code;
  explicit LoadedObject(std::unique_ptr<Code> code);
  std::unique_ptr<Code> code;
};

} // namespace normc

#endif // NORMC_COMPILER_LOAD_H
