//===- ContextLayout.h - where a context has its fields ---------------------===//
//
// The bytes at which normc-c/Runtime.h's normrt_context has its fields, as generated code reads
// them, and the limits that are said there.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_CONVERSION_CONTEXTLAYOUT_H
#define NORMC_LIB_CONVERSION_CONTEXTLAYOUT_H

#include <cstdint>

namespace mlir::norm {
inline constexpr int32_t kContextSize = 0, kContextABIVersion = 4, kContextWorkspace = 8,
                         kContextWorkspaceBytes = 16, kContextStream = 40, kContextLaunch = 48,
                         kContextLaunchUser = 56, kContextPrepare = 64, kContextDevice = 76,
                         kContextAllocate = 88, kContextDeallocate = 96, kContextAllocateUser = 104;
/// A whole one, and the least that a kernel for a CPU reads.
inline constexpr int32_t kContextBytes = 112, kLeastContextBytes = 40;
/// What a kernel has on its stack where it is given no workspace.
inline constexpr int64_t kStackWorkspace = 65536;
} // namespace mlir::norm

#endif // NORMC_LIB_CONVERSION_CONTEXTLAYOUT_H
