//===- Program.h - PTX decoded ----------------------------------------------===//
//
// An instruction is a function and the registers it works on. A register, a literal and a special
// register are all 32 lanes of 64 bits, found by one index: registers first, then constants.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_PTXSIM_PROGRAM_H
#define NORMC_LIB_PTXSIM_PROGRAM_H

#include "Syntax.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace normc::ptxsim {

struct Inst;
struct Warp;
class Machine;

enum class Type : uint8_t {
  None,
  Pred,
  B8,
  U8,
  S8,
  B16,
  U16,
  S16,
  F16,
  BF16,
  B32,
  U32,
  S32,
  F32,
  F16X2,
  BF16X2,
  TF32,
  U16X2,
  S16X2,
  B64,
  U64,
  S64,
  F64,
  F32X2,
  B128,
  E4M3,
  E5M2,
  E2M1,
  E2M3,
  E3M2,
  UE8M0,
  E4M3X2,
  E5M2X2,
  E2M1X2,
  E2M3X2,
  E3M2X2,
  UE8M0X2
};
unsigned bitsOf(Type type);
bool isSigned(Type type);
bool isFloat(Type type);
const char *nameOf(Type type);

enum class Rounding : uint8_t { Nearest, Zero, Down, Up, NearestAway };

enum Flag : uint32_t {
  Ftz = 1,
  Sat = 2,
  Relu = 4,
  PropagateNaN = 8,
  XorSign = 16,
  AbsoluteValue = 32,
  SatFinite = 64,
  Approximate = 128,
  Negate = 256
};

/// What a lane-by-lane instruction gets. Results may be the same registers as sources.
struct Args {
  const Inst *inst;
  uint64_t *d, *e;
  const uint64_t *a, *b, *c, *f;
  uint32_t active;
};
using PureFn = void (*)(const Args &);
/// Everything else: memory, control, collectives. Leaves the lanes where they go next.
using EffectFn = void (*)(Machine &, Warp &, const Inst &, uint32_t active);

/// How undefined bits of the sources reach the results of a lane-by-lane instruction.
enum class Taint : uint8_t {
  All,    // any undefined bit spoils every result
  Strict, // an error
  Move,
  And,
  Or,
  Xor,
  Select, // f chooses a or b
  ShiftLeft,
  ShiftRight,
  Resize,  // integer conversion between types
  Permute, // prmt
  Extract, // bfe
  Insert,  // bfi
  Halves,
  Words, // each 16 or 32 bits alone
  PackHalves,
  PackBytes, // a above b
  BytesToHalves,
  HalvesToBytes
};

enum class Class : uint8_t {
  GlobalLoad,
  GlobalStore,
  SharedLoad,
  SharedStore,
  Local,
  Parameter,
  Constant,
  Atomic,
  Alu,
  SpecialFunction,
  Convert,
  Move,
  Branch,
  Shuffle,
  Barrier,
  Mbarrier,
  AsyncCopy,
  Fence,
  Other,
  Count
};
const char *nameOf(Class c);

enum class MemorySpace : uint8_t { Generic, Global, Shared, SharedCluster, Local, Param, Const };

struct Inst {
  PureFn pure = nullptr;
  EffectFn effect = nullptr;
  uint32_t d = 0, e = 0;               // results; register 0 is what nobody reads
  uint32_t a = 0, b = 0, c = 0, f = 0; // sources
  uint32_t guard = ~0u;
  bool guardNegated = false;
  Class cls = Class::Alu;
  Taint taint = Taint::All;
  Type type = Type::None, sourceType = Type::None;
  Rounding rounding = Rounding::Nearest;
  uint8_t mode = 0;    // the instruction's own
  uint8_t variant = 0; // the instruction's own
  MemorySpace space = MemorySpace::Generic, space2 = MemorySpace::Generic;
  bool strong = false, acquire = false, release = false, nonCoherent = false;
  uint32_t flags = 0;
  uint32_t list = 0, count = 0; // in Code::lists
  uint32_t target = 0;
  uint64_t imm = 0;            // an address' offset, an immediate
  uint64_t imm2 = 0, imm3 = 0; // offsets of further addresses
  uint32_t line = 0, text = 0;
};

/// Special registers with one value per lane or per warp.
enum class Special : uint8_t {
  TidX,
  TidY,
  TidZ,
  NtidX,
  NtidY,
  NtidZ,
  CtaidX,
  CtaidY,
  CtaidZ,
  NctaidX,
  NctaidY,
  NctaidZ,
  LaneId,
  WarpId,
  NwarpId,
  ClusterIdX,
  ClusterIdY,
  ClusterIdZ,
  NclusterIdX,
  NclusterIdY,
  NclusterIdZ,
  ClusterCtaidX,
  ClusterCtaidY,
  ClusterCtaidZ,
  ClusterNctaidX,
  ClusterNctaidY,
  ClusterNctaidZ,
  ClusterCtarank,
  ClusterNctarank,
  IsExplicitCluster,
  MaskEq,
  MaskLe,
  MaskLt,
  MaskGe,
  MaskGt,
  DynamicSmem,
  TotalSmem,
  Zero,
  Count
};

/// One entry with everything it calls.
struct Code {
  Entry info;
  std::vector<Inst> instructions;
  std::vector<uint32_t> lists;
  std::vector<std::string> texts;
  uint32_t registers = 1;            // slots, with special registers
  std::vector<uint8_t> registerBits; // of every slot: 1, 16, 32 or 64
  std::vector<uint64_t> constants;   // constant k is register registers + k
  struct Fixup {
    uint32_t constant;
    uint32_t variable; // of Program::globals
    uint64_t addend;
  };
  std::vector<Fixup> fixups;
  std::vector<std::pair<uint32_t, Special>> specials; // slot, what it holds
  uint64_t localBytes = 0;
  uint64_t dynamicOffset = 0; // where dynamic shared memory begins
};

struct Program {
  uint64_t serial = 0; // of all programs of the process
  std::string version, target;
  std::vector<Entry> entries;
  std::vector<Code> codes; // one for each entry
  std::vector<Variable> globals;
  std::vector<uint8_t> constants; // .const variables
  struct ConstRelocation {
    uint64_t at;
    uint32_t variable;
    uint64_t addend;
  };
  std::vector<ConstRelocation> constRelocations;
};

/// Windows of the generic address space, and where addresses in them begin: not at zero, so that a
/// null pointer is never good.
constexpr uint64_t sharedWindow = 0x7f0000000000, localWindow = 0x7e0000000000,
                   constWindow = 0x7d0000000000, paramWindow = 0x7c0000000000,
                   windowSize = uint64_t(1) << 32;
constexpr uint64_t sharedBase = 1024, localBase = 256, constBase = 256;
/// A block's shared memory in the window of its cluster: (rank + 1) << 24.
constexpr unsigned clusterShift = 24;

} // namespace normc::ptxsim

#endif // NORMC_LIB_PTXSIM_PROGRAM_H
