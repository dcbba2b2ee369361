//===- BuildId.h - which build of the compiler this is --------------------===//
//
// For what is kept between processes: another build may compile the same source to other code.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_COMPILER_BUILDID_H
#define NORMC_LIB_COMPILER_BUILDID_H

#include "llvm/ADT/StringRef.h"

#include <string>

namespace normc {

/// A text that no other build of this code, or of the LLVM and MLIR that it runs with, has. Empty
/// where the linker gave this code no build id.
llvm::StringRef getBuildId();

/// The size and time of a file, which another of its name is not likely to have; empty where there
/// is none.
std::string identifyFile(llvm::StringRef path);

} // namespace normc

#endif // NORMC_LIB_COMPILER_BUILDID_H
