//===- Access.h - where an address leads ------------------------------------===//
//
// What loads, stores, atomics and asynchronous copies share.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_PTXSIM_ACCESS_H
#define NORMC_LIB_PTXSIM_ACCESS_H

#include "Decoder.h"
#include "Machine.h"

namespace normc::ptxsim {

struct Located {
  MemorySpace space = MemorySpace::Global; // one that is not generic
  Buffer *buffer = nullptr;
  SharedPlace place;
  uint64_t address = 0;
  uint8_t *bytes = nullptr;
  uint8_t *defined = nullptr; // a byte for each, null where all are
  uint64_t undefined = 0;     // of global memory: bit k for byte k
};

enum class Use : uint8_t { Load, Store, Atomic };

/// Finds what `address` of `space` is, and makes all checks.
bool locate(Machine &machine, Warp &warp, const Inst &inst, unsigned lane, uint64_t address,
            MemorySpace space, uint32_t bytes, uint32_t align, Use use, Located &located);

/// A state space's modifier, Generic where there is none.
MemorySpace takeSpace(Modifiers &mods);
/// Cache hints; `policy` says whether an operand for one follows.
void takeCacheHints(Modifiers &mods, bool &policy);
/// .relaxed, .acquire, ... and their scope.
bool takeSemantics(Decoder &d, Inst &inst);
/// The operation, in Inst::variant, and its type.
bool takeAtomicOperation(Decoder &d, Inst &inst);
/// What such an operation leaves in memory.
uint64_t atomicResult(const Inst &inst, uint64_t old, uint64_t b, uint64_t c, bool isGlobal);

} // namespace normc::ptxsim

#endif // NORMC_LIB_PTXSIM_ACCESS_H
