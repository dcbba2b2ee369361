//===- Machine.h - the state of a running kernel ----------------------------===//
//
// One cluster at a time: its blocks, their warps and shared memory, what is in flight between them.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_PTXSIM_MACHINE_H
#define NORMC_LIB_PTXSIM_MACHINE_H

#include "Clock.h"
#include "DeviceMemory.h"
#include "Program.h"

#include <memory>
#include <unordered_map>

namespace normc::ptxsim {

struct Block;

/// Why a lane does not run.
enum class Wait : uint8_t { None, Barrier, Cluster, Mbarrier };

struct Warp {
  Block *block = nullptr;
  const Code *code = nullptr;
  uint32_t index = 0;  // in its block
  uint16_t entity = 0; // in its cluster
  uint32_t exists = 0, live = 0;

  // Lanes that run together: the lowest program counter first, so that they meet again where paths
  // join. Lanes in `held` wait for something outside of the warp, those in `gathering` for others
  // of the warp at their instruction.
  uint32_t group = 0, pc = 0, otherPc = 0;
  uint32_t held = 0, gathering = 0;
  uint32_t timedOut = 0; // lanes whose wait for an mbarrier gives up
  bool moved = false;    // the instruction has placed its lanes itself
  std::array<uint32_t, 32> pcs{};
  std::array<Wait, 32> waits{};
  std::array<uint8_t, 32> barrierIds{};
  uint64_t seen = 0;    // Machine::events when lanes began to wait for an mbarrier
  uint32_t choices = 0; // of lanes, since those further on had a turn
  bool fair = false;    // lanes further on run for a while, so that others may spin for them

  // Registers, then what is not defined in them: lanes with any such bit; of those, the lanes whose
  // bits are in `bits`; the others have none defined.
  std::vector<uint64_t> registers;
  const uint64_t *constants = nullptr;
  std::vector<uint32_t> undefined, partial;
  std::vector<uint64_t> bits;
  std::vector<uint8_t> local, localDefined; // of all lanes, one after the other

  // Order of events.
  VectorClock clock;       // what every lane knows
  uint32_t now = 1;        // the epoch
  uint32_t extraLanes = 0; // lanes that know more
  std::array<std::unique_ptr<VectorClock>, 32> extra;
  uint32_t copyClock = 0, bulkClock = 0;                     // asynchronous copies issued
  std::array<uint32_t, 32> copied{}, bulkRead{}, bulkDone{}; // up to where lanes have waited
  std::array<std::vector<uint32_t>, 32> copyGroups, bulkGroups;
  std::array<uint32_t, 32> bulkLast{}; // the last bulk copy of each lane, in a group or not
  bool fenced = false;                 // a fence since the last store to global memory
  uint32_t clusterArrived = 0;         // lanes that have arrived at barrier.cluster, in its phase
  uint32_t clusterPassed = 0;          // and in the one before, without having waited

  uint64_t *write(uint32_t slot) { return registers.data() + size_t(slot) * 32; }
  const uint64_t *read(uint32_t slot) const {
    return slot < code->registers ? registers.data() + size_t(slot) * 32
                                  : constants + size_t(slot - code->registers) * 32;
  }
  uint64_t definedBits(uint32_t slot, unsigned lane) const {
    if (!(undefined[slot] >> lane & 1))
      return ~uint64_t(0);
    return partial[slot] >> lane & 1 ? bits[size_t(slot) * 32 + lane] : 0;
  }
  void setDefined(uint32_t slot, uint32_t lanes) {
    undefined[slot] &= ~lanes;
    partial[slot] &= ~lanes;
  }
  void setDefinedBits(uint32_t slot, unsigned lane, uint64_t defined);

  void place(uint32_t lanes, uint32_t at) {
    for (; lanes; lanes &= lanes - 1)
      pcs[__builtin_ctz(lanes)] = at;
  }
  /// Makes the next step choose its lanes anew.
  void choose() {
    place(group, pc);
    group = 0;
  }
};

/// Lanes of a warp that read in one epoch.
struct Reader {
  uint32_t clock = 0, lanes = 0;
  uint16_t entity = Event::none;
};

/// Who touched four bytes of shared memory last.
struct Cell {
  Event writer;
  Reader reader;
  uint32_t more = 0;   // other readers: Block::readers; or the bytes' own cells: Block::split
  uint32_t access = 0; // Machine::access of the last store: its lanes do not race with each other
  uint8_t flags = 0;
};
enum CellFlag : uint8_t {
  Split = 1,
  AtomicWrite = 2,
  AtomicRead = 4,
  MbarrierBytes = 8,
  Async = 16
};

struct Mbarrier {
  uint32_t expected = 0, pending = 0;
  int64_t transactions = 0;
  uint32_t phase = 0;
  uint16_t entity = 0;
  uint32_t dataPhase = 0,
           observed = 0; // the last phase with asynchronous data; that was waited for
  uint32_t inFlight = 0; // copies on their way
  Event init;
  VectorClock arriving, completed;
};

struct Barrier {
  uint32_t arrived = 0, expected = 0;
  bool isReduction = false;
  uint32_t popc = 0;
  bool all = true, any = false;
  VectorClock clock;
};

struct Block {
  uint32_t rank = 0;
  Dim3 id{0, 0, 0};
  uint64_t number = 0; // in the grid
  std::vector<Warp *> warps;
  uint32_t threads = 0, exited = 0;
  bool done = false;
  std::vector<uint8_t> shared, sharedDefined;
  std::vector<Cell> cells;
  std::vector<std::array<Cell, 4>> split;
  std::vector<std::vector<Reader>> readers;
  std::vector<uint32_t> freeReaders;
  std::unordered_map<uint32_t, Mbarrier> mbarriers;
  std::array<Barrier, 16> barriers;
  VectorClock ended;  // what its warps knew when they exited
  VectorClock remote; // accesses of other blocks to this block's shared memory
  std::unordered_map<uint32_t, VectorClock> strong; // by address of strong accesses
};

struct AsyncOp {
  enum Kind : uint8_t { BulkLoad, BulkStore, SharedCopy, Store, Reduce } kind = Store;
  const Inst *inst = nullptr;
  Warp *warp = nullptr;
  uint8_t lane = 0;
  uint32_t id = 0, bulkClock = 0;
  uint64_t source = 0, target = 0; // global addresses, or offsets in shared memory
  Block *sourceBlock = nullptr, *targetBlock = nullptr, *mbarrierBlock = nullptr;
  uint32_t mbarrier = 0, bytes = 0;
  std::array<uint8_t, 16> data{};
};

/// StrongRead and Atomic do not race with each other.
enum class Kind : uint8_t { Read, StrongRead, Write, Atomic };

/// A place in shared memory.
struct SharedPlace {
  Block *block = nullptr;
  uint32_t offset = 0;
};

class Machine {
public:
  Machine(const Module &module, const Code &code, Memory &memory, const Launch &launch);

  const Program &program;
  const Code &code;
  DeviceMemory &memory;
  const Launch &launch;
  Result result;
  bool dependent = false;

  // What the effects use.
  void fail(const Warp *warp, uint32_t lanes, const Inst *inst, const std::string &what);
  bool failed() const { return !result.error.empty(); }
  bool checkDefined(Warp &warp, const Inst &inst, uint32_t slot, uint32_t active, const char *what);
  /// Lanes of `active` that execute together with all lanes that their masks name; others wait.
  uint32_t collect(Warp &warp, const Inst &inst, uint32_t active, const uint64_t *masks);
  uint32_t collectAll(Warp &warp, uint32_t active);
  /// Lanes of the warp's group wait at the instruction; released, they go on behind it.
  void hold(Warp &warp, uint32_t lanes, Wait why);
  void release(Warp &warp, uint32_t lanes);

  // Order of events.
  void publish(Warp &warp, uint32_t lanes, VectorClock &into);
  void acquire(Warp &warp, uint32_t lanes, const VectorClock &from);
  void syncLanes(Warp &warp, uint32_t lanes);
  bool known(const Warp &warp, unsigned lane, uint16_t entity, uint8_t byLane,
             uint32_t clock) const;
  /// A fence.proxy.async: what the lanes know of has been made visible to asynchronous copies.
  void fenceProxy(Warp &warp, uint32_t lanes);
  uint16_t dependencyEntity() const { return uint16_t(3 * warps.size()); }
  /// The writes of a warp that such a fence has followed.
  uint16_t fencedEntity(uint16_t warp) const { return uint16_t(3 * warps.size() + 1 + warp); }

  // Shared memory.
  /// `async`: not the thread but a copy will access what is there.
  bool resolveShared(Warp &warp, const Inst &inst, unsigned lane, uint64_t address,
                     MemorySpace space, uint32_t bytes, uint32_t align, SharedPlace &place,
                     bool async = false);
  bool touch(Warp &warp, const Inst &inst, unsigned lane, SharedPlace place, uint32_t bytes,
             Kind kind);
  /// An asynchronous copy reads or writes: until it lands, as `op`.
  bool touchAsync(Warp &warp, const Inst &inst, unsigned lane, SharedPlace place, uint32_t bytes,
                  Kind kind, Event becomes);
  void landAsync(SharedPlace place, uint32_t bytes, Kind kind, uint32_t op, Event becomes);
  void setMbarrierBytes(SharedPlace place, bool is);
  void strongAccess(Warp &warp, unsigned lane, SharedPlace place, bool reads, bool writes);

  // Global memory.
  Buffer *resolveGlobal(Warp &warp, const Inst &inst, unsigned lane, uint64_t address,
                        uint64_t bytes, uint32_t align, bool reads, bool writes);
  bool touchGlobal(Warp &warp, const Inst &inst, unsigned lane, Buffer &buffer, uint64_t address,
                   uint64_t bytes, bool reads, bool writes, bool atomic);
  /// Bit k: byte k, of at most 64, is undefined.
  uint64_t undefinedGlobal(Buffer &buffer, uint64_t address, uint64_t bytes);
  void globalSync(Warp &warp, const Inst &inst, uint64_t address, bool reads, bool writes);
  void countGlobal(const uint64_t *addresses, uint32_t active, uint32_t bytes, bool stores);

  // Mbarriers and what is in flight.
  Mbarrier *mbarrierAt(Warp &warp, const Inst &inst, unsigned lane, uint64_t address,
                       MemorySpace space, SharedPlace &place, bool async = false);
  bool arrive(Warp &warp, const Inst &inst, unsigned lane, Mbarrier &barrier, uint32_t count);
  bool changeTransactions(Warp &warp, const Inst &inst, unsigned lane, Mbarrier &barrier,
                          int64_t change);
  void finishPhase(Mbarrier &barrier);
  uint16_t entityOfMbarrier(const SharedPlace &place);
  uint32_t firstPhase(const SharedPlace &place);
  void endPhases(const SharedPlace &place, uint32_t phase);
  bool issue(AsyncOp op);
  void complete(size_t position);
  void completeAll(Warp &warp, unsigned lane, uint32_t bulkClock);
  std::string describe(uint16_t entity, unsigned lane) const;

  void exitLanes(Warp &warp, const Inst &inst, uint32_t lanes);
  void arriveCluster(Warp &warp, const Inst &inst, uint32_t lanes, bool releases);
  void waitCluster(Warp &warp, const Inst &inst, uint32_t lanes);
  void finishClusterPhase();
  void arriveBarrier(Warp &warp, const Inst &inst, uint32_t lanes, unsigned id, uint32_t count,
                     bool waits);
  void checkBarrier(Block &block, unsigned id);

  uint64_t threadId(const Warp &warp, unsigned lane) const {
    return warp.block->number * launch.block.count() + warp.index * 32 + lane;
  }
  uint64_t sharedUsed() const { return code.dynamicOffset + launch.dynamicShared; }

  std::vector<uint8_t> parameters;
  std::vector<uint8_t> constantBytes;
  std::vector<std::unique_ptr<Warp>> warps; // of the cluster
  std::vector<std::unique_ptr<Block>> blocks;
  std::vector<AsyncOp> flying;
  uint32_t nextOp = 1;
  uint32_t access = 0; // counts stores
  uint64_t events = 0; // mbarriers, barriers, exits: whether waiting again may help
  bool lateCopies = false;
  Dim3 clusterDim, grid;
  std::array<uint64_t, size_t(Class::Count)> classCounts{};

  void run();

private:
  bool check();
  bool setUp();
  bool checkParameters();
  void startCluster(uint64_t number);
  void startWarp(Warp &warp);
  void fillSpecial(Warp &warp, Special special, uint64_t *lanes);
  void runCluster();
  void orderWarps(std::vector<Warp *> &order);
  void runOrdered(const std::vector<Warp *> &order);
  void runRandom(const std::vector<Warp *> &order);
  bool unstick();
  void reportStuck();
  std::string whereLanesWait(const Warp &warp) const;
  bool runnable(Warp &warp);
  uint32_t waitingFor(const Warp &warp, Wait why) const;
  bool chooseLanes(Warp &warp);
  /// Steps until the warp waits or `steps` are over; says whether it made any.
  bool runWarp(Warp &warp, uint64_t steps);
  bool taint(Warp &warp, const Inst &inst, uint32_t active, uint32_t undefined);
  void endCluster();
  void finish();
  bool raceGlobal(Warp &warp, const Inst &inst, unsigned lane, Buffer &buffer, Page &page,
                  uint64_t address, uint64_t bytes, bool reads, bool writes, bool atomic);
  bool touchCell(Warp &warp, const Inst &inst, unsigned lane, Block &block, Cell &cell, Kind kind,
                 const Event *becomes, SharedPlace place);
  bool raceError(Warp &warp, const Inst &inst, unsigned lane, SharedPlace place, const Cell &cell,
                 bool withWriter, const Reader *reader, Kind kind);
  void addReader(Warp &warp, unsigned lane, Block &block, Cell &cell, Reader reader);
  void clearReaders(Block &block, Cell &cell);
  template <class F> bool eachCell(Block &block, uint32_t offset, uint32_t bytes, F f);
  uint64_t random();

  uint64_t seed = 1;
  uint64_t limit = 0, executed = 0;
  unsigned fruitless = 0;
  uint64_t lastEvents = 0;
  std::vector<uint64_t> constantLanes;
  std::unordered_map<uint64_t, std::pair<uint16_t, uint32_t>> mbarrierEntities; // and last phases
  // Between clusters: what this one knows of others, and what was released at addresses.
  using Epochs = std::unordered_map<uint64_t, uint32_t>;
  Epochs knownClusters;
  std::unordered_map<uint64_t, Epochs> globalReleases;
  uint32_t clusterEpoch = 1;
  uint32_t nextEntity = 0;
  // barrier.cluster: one phase at a time.
  uint32_t clusterArrivals = 0;
  VectorClock clusterClock, clusterDone;
  uint64_t clusterNumber = 0;
};

} // namespace normc::ptxsim

#endif // NORMC_LIB_PTXSIM_MACHINE_H
