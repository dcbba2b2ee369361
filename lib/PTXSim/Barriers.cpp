//===- Barriers.cpp - barriers of blocks and clusters, and exits ------------===//
//
// Whoever arrives leaves behind what it knows; whoever waits takes it along.
//
//===----------------------------------------------------------------------===//

#include "Machine.h"

using namespace normc::ptxsim;

void Machine::arriveBarrier(Warp &warp, const Inst &inst, uint32_t lanes, unsigned id,
                            uint32_t count, bool waits) {
  Block &block = *warp.block;
  Barrier &barrier = block.barriers[id];
  uint32_t expected = count ? count : (block.threads + 31) / 32 * 32;
  bool reduces = inst.mode & 2;
  if (barrier.arrived && (barrier.expected != expected || barrier.isReduction != reduces)) {
    fail(&warp, lanes, &inst,
         "barrier " + std::to_string(id) + " already has arrivals that expect " +
             (barrier.expected != expected
                  ? std::to_string(barrier.expected) + " threads, not " + std::to_string(expected)
                  : std::string("another kind of barrier")));
    return;
  }
  barrier.expected = expected;
  barrier.isReduction = reduces;
  // Lanes that do not exist arrive with the first one: barriers count whole warps.
  barrier.arrived += __builtin_popcount(lanes);
  if (lanes & 1)
    barrier.arrived += __builtin_popcount(~warp.exists);
  publish(warp, lanes, barrier.clock);
  if (reduces) {
    const uint64_t *value = warp.read(inst.c);
    for (uint32_t rest = lanes; rest; rest &= rest - 1) {
      bool set = (value[__builtin_ctz(rest)] & 1) != (inst.flags >> 1 & 1);
      barrier.popc += set;
      barrier.all &= set;
      barrier.any |= set;
    }
  }
  if (barrier.arrived > barrier.expected) {
    fail(&warp, lanes, &inst,
         "more threads arrive at barrier " + std::to_string(id) + " than the " +
             std::to_string(barrier.expected) + " that it expects");
    return;
  }
  if (waits || reduces) {
    hold(warp, lanes, Wait::Barrier);
    for (uint32_t rest = lanes; rest; rest &= rest - 1)
      warp.barrierIds[__builtin_ctz(rest)] = uint8_t(id);
  }
  if (barrier.arrived < barrier.expected)
    return;
  ++events;
  for (Warp *other : block.warps) {
    uint32_t waiting = 0;
    for (uint32_t rest = waitingFor(*other, Wait::Barrier); rest; rest &= rest - 1)
      if (other->barrierIds[__builtin_ctz(rest)] == id)
        waiting |= rest & -rest;
    if (!waiting)
      continue;
    acquire(*other, waiting, barrier.clock);
    for (uint32_t rest = waiting; reduces && rest; rest &= rest - 1) {
      unsigned l = __builtin_ctz(rest);
      const Inst &theirs = code.instructions[other->pcs[l]];
      other->write(theirs.d)[l] = theirs.variant == 0   ? barrier.popc
                                  : theirs.variant == 1 ? barrier.all
                                                        : barrier.any;
      other->setDefined(theirs.d, 1u << l);
    }
    release(*other, waiting);
  }
  barrier = Barrier();
}

// Nothing can go on: whether this barrier is why.
void Machine::checkBarrier(Block &block, unsigned id) {
  const Barrier &barrier = block.barriers[id];
  if (!barrier.arrived)
    return;
  for (Warp *warp : block.warps) {
    uint32_t here = 0;
    for (uint32_t rest = waitingFor(*warp, Wait::Barrier); rest; rest &= rest - 1)
      if (warp->barrierIds[__builtin_ctz(rest)] == id)
        here |= rest & -rest;
    if (!here)
      continue;
    std::string others;
    for (Warp *other : block.warps) {
      uint32_t elsewhere = other->live;
      for (uint32_t rest = waitingFor(*other, Wait::Barrier); rest; rest &= rest - 1)
        if (other->barrierIds[__builtin_ctz(rest)] == id)
          elsewhere &= ~(rest & -rest);
      if (elsewhere && others.size() < 600)
        others += whereLanesWait(*other);
    }
    std::string exited;
    if (block.exited)
      exited = ", " + std::to_string(block.exited) + " threads of the block have exited";
    // With nobody else there or gone the count itself is wrong.
    fail(warp, here, &code.instructions[warp->pcs[__builtin_ctz(here)]],
         "divergent barrier: barrier " + std::to_string(id) + " expects " +
             std::to_string(barrier.expected) + " threads, " + std::to_string(barrier.arrived) +
             " have arrived" + exited + others);
    return;
  }
}

void Machine::arriveCluster(Warp &warp, const Inst &inst, uint32_t lanes, bool releases) {
  if (uint32_t twice = (warp.clusterArrived | warp.clusterPassed) & lanes) {
    fail(&warp, twice, &inst, "arrives twice at the cluster's barrier without a wait between");
    return;
  }
  warp.clusterArrived |= lanes;
  if (releases)
    publish(warp, lanes, clusterClock);
  clusterArrivals += __builtin_popcount(lanes);
  finishClusterPhase();
}

// Threads that have exited count as arrived.
void Machine::finishClusterPhase() {
  uint32_t threads = 0, exited = 0;
  for (auto &block : blocks) {
    threads += block->threads;
    exited += block->exited;
  }
  if (clusterArrivals == 0 || clusterArrivals + exited < threads)
    return;
  ++events;
  clusterArrivals = 0;
  clusterDone = clusterClock;
  for (auto &warp : warps) {
    // Who has arrived and does not wait yet finds the phase over.
    warp->clusterPassed |= warp->clusterArrived;
    warp->clusterArrived = 0;
    uint32_t waiting = waitingFor(*warp, Wait::Cluster);
    if (!waiting)
      continue;
    warp->clusterPassed &= ~waiting;
    acquire(*warp, waiting, clusterDone);
    release(*warp, waiting);
  }
}

void Machine::waitCluster(Warp &warp, const Inst &inst, uint32_t lanes) {
  if (uint32_t without = lanes & ~(warp.clusterArrived | warp.clusterPassed)) {
    fail(&warp, without, &inst, "waits at the cluster's barrier without having arrived");
    return;
  }
  uint32_t passed = lanes & warp.clusterPassed, waiting = lanes & ~passed;
  if (passed) {
    warp.clusterPassed &= ~passed;
    acquire(warp, passed, clusterDone);
  }
  if (!waiting)
    return;
  // Those that passed go on, as hold() does with lanes that do not wait.
  hold(warp, waiting, Wait::Cluster);
}

void Machine::exitLanes(Warp &warp, const Inst &inst, uint32_t lanes) {
  Block &block = *warp.block;
  for (uint32_t rest = lanes; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    if (warp.bulkRead[l] < warp.bulkLast[l]) {
      fail(&warp, 1u << l, &inst,
           "exits while a bulk copy still reads its shared memory: cp.async.bulk.wait_group is "
           "missing");
      return;
    }
  }
  publish(warp, lanes, block.ended);
  warp.live &= ~lanes;
  // Who waits for them looks again.
  warp.gathering = 0;
  block.exited += __builtin_popcount(lanes);
  ++events;
  if (block.exited == block.threads) {
    block.done = true;
    uint16_t behind = block.ended.behind(block.remote);
    if (behind != Event::none) {
      fail(&warp, lanes, &inst,
           "exits while " + describe(behind, 0) +
               " may still access its shared memory: a cluster barrier is missing before the end");
      return;
    }
    for (auto &[offset, barrier] : block.mbarriers)
      if (barrier.inFlight || barrier.dataPhase > barrier.observed) {
        fail(
            &warp, lanes, &inst,
            "exits before copies to its shared memory were waited for, on the mbarrier at offset " +
                std::to_string(offset));
        return;
      }
  }
  finishClusterPhase();
}
