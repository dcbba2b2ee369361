//===- PTXSim.h - runs PTX without a GPU ------------------------------------===//
//
// An interpreter for the PTX that normc emits, with the checks that a GPU does not make.
//
// What is modelled: grids, clusters, blocks and warps; every thread with a program counter of its
// own; registers, all state spaces, barriers, mbarriers with transaction counts, asynchronous
// copies, warp collectives, atomics, programmatic dependent launch. Arithmetic is exact to the bit
// where PTX defines it, subnormals and roundings included.
//
// What is not modelled: time and the sizes of caches; approximate instructions (ex2.approx,
// tanh.approx, div.full, ...), which give the exact value rounded to the type, and so not the bits
// of a GPU; weak memory, beyond the race rules: stores are visible at once, but an access that
// nothing orders after them is an error. Clusters of a grid run one after the other, so a kernel
// that waits for another cluster reaches the instruction limit. Not supported, and an error that
// names it: recursion, calls through pointers, textures, tensor maps, matrix instructions.
//
// Rules for races in shared memory. Two accesses by different threads of which one writes are
// ordered by bar/barrier, by barrier.cluster, by an mbarrier's phase, by strong accesses (volatile,
// relaxed, acquire, release, atomics) of one address, and inside a warp by bar.warp.sync or another
// .sync collective whose mask has both lanes. Being in one warp alone orders nothing. Atomics do
// not race with each other. Lanes of one store may write the same value to the same bytes; two
// stores of the same value are a race. Asynchronous copies write when what they complete on was
// waited for, by the thread that uses the data or by one that a barrier orders before it; a bulk
// copy out of shared memory needs fence.proxy.async between it and the stores that it is to see.
// Races in global memory are looked for between clusters, that is between blocks where a cluster is
// one block: an atomic behind a fence orders what was before it for those who see it later.
//
// Undefined values. A register that was never written, or memory of a block that was never written,
// may be moved, selected away, shuffled and computed with. It is an error where it decides
// something: an address, a comparison, a predicate, a store to global memory, a barrier's operand.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_PTXSIM_PTXSIM_H
#define NORMC_PTXSIM_PTXSIM_H

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace normc::ptxsim {

struct Dim3 {
  uint32_t x = 1, y = 1, z = 1;
  uint64_t count() const { return uint64_t(x) * y * z; }
};

/// A parameter's place in the block of parameters of its entry.
struct Parameter {
  std::string name;
  uint64_t size = 0, align = 1, offset = 0;
};

/// What a module says about an entry. A dimension that is not declared is zero.
struct Entry {
  std::string name;
  unsigned line = 0;
  std::vector<Parameter> parameters;
  uint64_t parameterBytes = 0;
  Dim3 maxntid{0, 0, 0}, reqntid{0, 0, 0}, reqnctapercluster{0, 0, 0};
  uint32_t minnctapersm = 0, maxnreg = 0, maxclusterrank = 0;
  bool explicitcluster = false;
  uint64_t staticShared = 0;                 ///< bytes, with the padding between variables
  bool dynamicShared = false;                ///< it names an .extern .shared array
  uint64_t localBytes = 0;                   ///< of one thread
  unsigned instructions = 0;                 ///< with called functions inlined
  std::map<std::string, unsigned> registers; ///< virtual registers declared, by "pred", "b32", ...
};

struct Program;

/// PTX text, parsed and checked. Copies share one program.
class Module {
public:
  /// Returns the error, which is empty where the text is good.
  std::string parse(std::string_view text);

  const std::string &version() const;
  const std::string &target() const;
  const std::vector<Entry> &entries() const;
  const Entry *entry(std::string_view name) const;
  const Program *program() const { return impl.get(); }

private:
  std::shared_ptr<const Program> impl;
};

enum class Access { ReadOnly, ReadWrite, WriteOnly };

struct BufferOptions {
  uint64_t alignment = 256; ///< of the device address, a power of two
  uint64_t offset = 0;      ///< added to the aligned address
  bool mustWrite = false;   ///< a run that leaves a byte unwritten is an error
  bool undefined = false;   ///< what no kernel has written is undefined
};

/// The device's global memory. Buffers lie far from each other, so that an access outside of all of
/// them is seen.
class Memory {
public:
  Memory();
  ~Memory();
  Memory(const Memory &) = delete;
  Memory &operator=(const Memory &) = delete;

  /// Gives the device address of `bytes` bytes at `host`, which stay the caller's.
  uint64_t add(std::string name, void *host, uint64_t bytes, Access access,
               const BufferOptions &options = {});
  /// Forgets which bytes were written, as for a new run on the same buffers.
  void forgetWrites();

  struct Impl;
  Impl *get() const { return impl.get(); }

private:
  std::unique_ptr<Impl> impl;
};

/// In which order blocks of a cluster and warps of a block make progress. Asynchronous copies
/// complete at once (Forward), at random, or as late as they can (Reverse, Skewed).
/// Skewed holds one block and one warp back while anything else can run.
enum class Order { Forward, Reverse, Random, Skewed };

struct Launch {
  std::string entry;
  Dim3 grid, block;
  Dim3 cluster{0, 0, 0}; ///< zeros: what the entry requires, or one block
  uint64_t dynamicShared = 0;
  uint64_t maxShared = 227 * 1024;
  /// The block of parameters, laid out as Entry::parameters says...
  std::vector<uint8_t> parameters;
  /// ...or, where that is empty, one pointer to the value of each.
  std::vector<const void *> arguments;
  Order order = Order::Forward;
  uint64_t seed = 1;
  uint64_t maxInstructions = uint64_t(1) << 40; ///< of all threads together
  bool checkRaces = true;                       ///< in shared memory
  bool checkGlobalRaces = false;                ///< between blocks
};

struct BufferTraffic {
  std::string name;
  uint64_t bytesLoaded = 0, bytesStored = 0;     ///< what threads asked for
  uint64_t sectorsLoaded = 0, sectorsStored = 0; ///< bytes of 32-byte sectors, by warp access
  uint64_t bytesWrittenTwice = 0;                ///< by different threads; with mustWrite only
};

struct Statistics {
  uint64_t threadInstructions = 0, warpInstructions = 0;
  /// Warp instructions by class: "global load", "global store", "shared load", "shared store",
  /// "local", "parameter", "constant", "atomic", "alu", "special function", "convert", "move",
  /// "branch", "shuffle", "barrier", "mbarrier", "async copy", "fence", "other".
  std::map<std::string, uint64_t> byClass;
  std::vector<BufferTraffic> buffers; ///< in the order they were added
  uint64_t sharedBytesLoaded = 0, sharedBytesStored = 0;
  uint64_t barriers = 0, shuffles = 0, bulkCopies = 0, asyncCopies = 0;
  uint64_t dependencyWaits = 0, dependencyLaunches = 0; ///< griddepcontrol, by warp
};

/// Where an error happened; `line` is 0 where it belongs to no instruction.
struct Place {
  std::string entry;
  Dim3 block{0, 0, 0}, thread{0, 0, 0};
  unsigned line = 0;
  std::string instruction;
};

struct Result {
  std::string error; ///< empty: good. With the place in words
  Place place;
  Statistics statistics;
  bool ok() const { return error.empty(); }
};

/// Runs one kernel to its end.
Result run(const Module &module, Memory &memory, const Launch &launch);

struct Step {
  const Module *module = nullptr;
  Launch launch;
  /// Launched as programmatic dependent of the step before: it has to execute griddepcontrol.wait
  /// before it touches what that step wrote, or writes what that step read.
  bool dependent = false;
};

/// Runs kernels one after the other, up to the first error. The results of those that ran.
std::vector<Result> launchSequence(const std::vector<Step> &steps, Memory &memory);

} // namespace normc::ptxsim

#endif // NORMC_PTXSIM_PTXSIM_H
