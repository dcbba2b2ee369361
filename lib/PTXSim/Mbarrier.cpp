//===- Mbarrier.cpp - mbarrier objects --------------------------------------===//
//
// A phase ends when all arrivals that it expects have come and its transactions are balanced. What
// those who arrived and the copies that completed left behind goes to whoever waits for the phase.
//
//===----------------------------------------------------------------------===//

#include "Access.h"

#include <algorithm>

using namespace normc::ptxsim;

namespace {
constexpr uint32_t maxCount = (1u << 20) - 1;
constexpr int64_t maxTransactions = (1 << 20) - 1;
} // namespace

static uint64_t keyOf(const SharedPlace &place) {
  return uint64_t(place.block->rank) << 32 | place.offset;
}

uint32_t Machine::firstPhase(const SharedPlace &place) {
  // An even number, as parities begin at zero.
  return (mbarrierEntities[keyOf(place)].second + 1) / 2 * 2;
}

void Machine::endPhases(const SharedPlace &place, uint32_t phase) {
  mbarrierEntities[keyOf(place)].second = phase;
}

uint16_t Machine::entityOfMbarrier(const SharedPlace &place) {
  auto [it, isNew] =
      mbarrierEntities.try_emplace(keyOf(place), std::make_pair(uint16_t(0), uint32_t(0)));
  if (isNew)
    it->second.first = uint16_t(nextEntity++);
  return it->second.first;
}

Mbarrier *Machine::mbarrierAt(Warp &warp, const Inst &inst, unsigned lane, uint64_t address,
                              MemorySpace space, SharedPlace &place, bool async) {
  if (space == MemorySpace::Generic) {
    if (address - sharedWindow >= windowSize) {
      fail(&warp, 1u << lane, &inst, "expects an mbarrier in shared memory");
      return nullptr;
    }
    address -= sharedWindow;
    space = MemorySpace::SharedCluster;
  }
  if (!resolveShared(warp, inst, lane, address, space, 8, 8, place, async))
    return nullptr;
  auto found = place.block->mbarriers.find(place.offset);
  if (found == place.block->mbarriers.end()) {
    fail(&warp, 1u << lane, &inst,
         "uses an mbarrier that is not initialized, at offset " + std::to_string(place.offset));
    return nullptr;
  }
  Mbarrier &barrier = found->second;
  if (!known(warp, lane, barrier.init.entity, barrier.init.lane, barrier.init.clock)) {
    fail(&warp, 1u << lane, &inst,
         "uses an mbarrier whose initialization nothing orders before, at offset " +
             std::to_string(place.offset));
    return nullptr;
  }
  return &barrier;
}

void Machine::finishPhase(Mbarrier &barrier) {
  if (barrier.pending || barrier.transactions)
    return;
  ++barrier.phase;
  barrier.pending = barrier.expected;
  barrier.completed.join(barrier.arriving);
  barrier.completed.raise(barrier.entity, barrier.phase);
  barrier.arriving.clear();
  ++events;
}

bool Machine::arrive(Warp &warp, const Inst &inst, unsigned lane, Mbarrier &barrier,
                     uint32_t count) {
  if (count > barrier.pending) {
    fail(&warp, 1u << lane, &inst,
         "mbarrier overflow: " + std::to_string(count) + " arrivals where the phase expects " +
             std::to_string(barrier.pending) + " more");
    return false;
  }
  barrier.pending -= count;
  finishPhase(barrier);
  return true;
}

bool Machine::changeTransactions(Warp &warp, const Inst &inst, unsigned lane, Mbarrier &barrier,
                                 int64_t change) {
  barrier.transactions += change;
  if (std::abs(barrier.transactions) <= maxTransactions)
    return true;
  fail(&warp, 1u << lane, &inst,
       "the mbarrier's transaction count is out of range: " + std::to_string(barrier.transactions));
  return false;
}

namespace {
enum Operation : uint8_t {
  Init,
  Invalidate,
  ExpectTx,
  CompleteTx,
  Arrive,
  ArriveExpectTx,
  ArriveDrop,
  ArriveNoComplete,
  TestWait,
  TryWait
};

/// What all operations begin with: the object of one lane.
Mbarrier *objectOf(Machine &m, Warp &warp, const Inst &inst, unsigned lane, SharedPlace &place) {
  return m.mbarrierAt(warp, inst, lane, warp.read(inst.a)[lane] + inst.imm, inst.space, place);
}

bool operandsDefined(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  return m.checkDefined(warp, inst, inst.a, active, "address") &&
         m.checkDefined(warp, inst, inst.b, active, "operand of an mbarrier");
}

void initialize(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!operandsDefined(m, warp, inst, active))
    return;
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    uint64_t address = warp.read(inst.a)[l] + inst.imm;
    uint64_t count = uint32_t(warp.read(inst.b)[l]);
    MemorySpace space = inst.space;
    if (space == MemorySpace::Generic) {
      address -= sharedWindow;
      space = MemorySpace::SharedCluster;
    }
    SharedPlace place;
    if (!m.resolveShared(warp, inst, l, address, space, 8, 8, place))
      return;
    auto bad = [&](const std::string &what) { m.fail(&warp, 1u << l, &inst, what); };
    if (place.block != warp.block)
      return bad("initializes an mbarrier of another block");
    if (count == 0 || count > maxCount)
      return bad("expects 1 to 1048575 arrivals, but got " + std::to_string(count));
    if (place.block->mbarriers.count(place.offset))
      return bad("initializes an mbarrier again that is in use, without mbarrier.inval");
    if (!m.touch(warp, inst, l, place, 8, Kind::Write))
      return;
    m.setMbarrierBytes(place, true);
    Mbarrier &barrier = place.block->mbarriers[place.offset];
    barrier.expected = barrier.pending = uint32_t(count);
    barrier.entity = m.entityOfMbarrier(place);
    // Its epochs go on where an earlier object at this place ended.
    barrier.phase = barrier.observed = barrier.dataPhase = m.firstPhase(place);
    barrier.init = {warp.entity, uint8_t(l), warp.now};
  }
}

void invalidate(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!operandsDefined(m, warp, inst, active))
    return;
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    SharedPlace place;
    Mbarrier *barrier = objectOf(m, warp, inst, l, place);
    if (!barrier)
      return;
    if (barrier->inFlight || barrier->dataPhase > barrier->observed) {
      m.fail(&warp, 1u << l, &inst, "invalidates an mbarrier while copies complete on it");
      return;
    }
    m.endPhases(place, barrier->phase);
    place.block->mbarriers.erase(place.offset);
    m.setMbarrierBytes(place, false);
    for (int k = 0; k < 8; ++k)
      place.block->sharedDefined[place.offset + k] = 0;
    if (!m.touch(warp, inst, l, place, 8, Kind::Write))
      return;
  }
}

// The token of an arrival: the phase and what was pending.
uint64_t stateOf(const Mbarrier &barrier) {
  return uint64_t(barrier.phase) << 32 | barrier.pending;
}

void change(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!operandsDefined(m, warp, inst, active))
    return;
  bool arrives = inst.mode >= Arrive;
  Mbarrier *objects[32];
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    SharedPlace place;
    objects[l] = objectOf(m, warp, inst, l, place);
    if (!objects[l])
      return;
  }
  VectorClock known;
  if (arrives && inst.release)
    m.publish(warp, active, known);
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    Mbarrier *barrier = objects[l];
    uint32_t operand = uint32_t(warp.read(inst.b)[l]);
    uint64_t state = stateOf(*barrier);
    if (arrives)
      barrier->arriving.join(known);
    bool good = true;
    switch (inst.mode) {
    case ExpectTx:
      good = m.changeTransactions(warp, inst, l, *barrier, operand);
      break;
    case CompleteTx:
      good = m.changeTransactions(warp, inst, l, *barrier, -int64_t(operand));
      if (good)
        m.finishPhase(*barrier);
      break;
    case ArriveExpectTx:
      good = m.changeTransactions(warp, inst, l, *barrier, operand) &&
             m.arrive(warp, inst, l, *barrier, 1);
      break;
    case ArriveDrop:
      if (operand > barrier->expected) {
        m.fail(&warp, 1u << l, &inst, "drops more arrivals than the mbarrier expects");
        return;
      }
      barrier->expected -= operand;
      good = m.arrive(warp, inst, l, *barrier, operand);
      break;
    case ArriveNoComplete:
      if (operand >= barrier->pending) {
        m.fail(&warp, 1u << l, &inst, "arrive.noComplete would complete the phase");
        return;
      }
      barrier->pending -= operand;
      break;
    default:
      if (operand == 0 || operand > maxCount) {
        m.fail(&warp, 1u << l, &inst, "expects 1 to 1048575 arrivals");
        return;
      }
      good = m.arrive(warp, inst, l, *barrier, operand);
    }
    if (!good)
      return;
    warp.write(inst.d)[l] = state;
  }
  warp.setDefined(inst.d, active);
}

// variant: by parity, otherwise by state.
void wait(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!operandsDefined(m, warp, inst, active))
    return;
  uint32_t done = 0, late = 0;
  Mbarrier *objects[32];
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    SharedPlace place;
    Mbarrier *barrier = objects[l] = objectOf(m, warp, inst, l, place);
    if (!barrier)
      return;
    if (place.block != warp.block) {
      m.fail(&warp, 1u << l, &inst, "waits for an mbarrier of another block");
      return;
    }
    uint64_t b = warp.read(inst.b)[l];
    bool over = inst.variant ? (barrier->phase & 1) != (b & 1) : barrier->phase != b >> 32;
    (over ? done : late) |= 1u << l;
  }
  for (uint32_t rest = done; rest;) {
    Mbarrier *barrier = objects[__builtin_ctz(rest)];
    uint32_t same = 0;
    for (uint32_t other = rest; other; other &= other - 1)
      if (objects[__builtin_ctz(other)] == barrier)
        same |= other & -other;
    rest &= ~same;
    if (inst.acquire)
      m.acquire(warp, same, barrier->completed);
    barrier->observed = std::max(barrier->observed, barrier->phase);
  }
  // A wait that finds nothing sleeps until something happens, or until it times out.
  uint32_t timedOut = late & warp.timedOut, sleeping = late & ~timedOut;
  warp.timedOut &= ~timedOut;
  uint64_t *d = warp.write(inst.d);
  for (uint32_t rest = done | timedOut; rest; rest &= rest - 1)
    d[__builtin_ctz(rest)] = done >> __builtin_ctz(rest) & 1;
  warp.setDefined(inst.d, done | timedOut);
  if (!sleeping)
    return;
  m.hold(warp, sleeping, Wait::Mbarrier);
  warp.seen = m.events;
}

void pendingCount(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!m.checkDefined(warp, inst, inst.a, active, "operand of an mbarrier"))
    return;
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    warp.write(inst.d)[l] = uint32_t(warp.read(inst.a)[l]);
  }
  warp.setDefined(inst.d, active);
}

// --- decoding -------------------------------------------------------------

bool decodeWait(Decoder &d, Inst inst) {
  inst.effect = wait;
  inst.variant = d.mods.take("parity");
  bool hint = inst.mode == TryWait && d.ops().size() == 4;
  if (!d.mods.take("b64"))
    return d.fail("expects .b64");
  uint32_t ignored;
  if (!d.finish() || !d.expectOperands(hint ? 4 : 3) ||
      !d.predicateDestination(d.ops()[0], inst.d) ||
      !d.address(d.ops()[1], inst.space, inst.a, inst.imm) ||
      !d.source(d.ops()[2], inst.variant ? Type::U32 : Type::B64, inst.b) ||
      (hint && !d.source(d.ops()[3], Type::U32, ignored)))
    return false;
  d.emit(inst);
  return true;
}

bool decodeArrive(Decoder &d, Inst inst) {
  inst.effect = change;
  if (!d.mods.take("b64"))
    return d.fail("expects .b64");
  const std::vector<Operand> &ops = d.ops();
  bool hasState = !ops.empty() && ops[0].kind != Operand::Address;
  size_t first = hasState ? 1 : 0, needed = first + 1;
  bool needsOperand = inst.mode == ArriveExpectTx || inst.mode == ArriveNoComplete;
  if (!d.finish() || !d.expectOperands(needed + needsOperand, needed + 1) ||
      (hasState && !d.destination(ops[0], 64, inst.d)) ||
      !d.address(ops[first], inst.space, inst.a, inst.imm))
    return false;
  if (inst.space == MemorySpace::SharedCluster && inst.d)
    return d.fail("expects no state from an mbarrier of the cluster");
  if (ops.size() == needed)
    inst.b = d.constant(1);
  else if (!d.source(ops[needed], Type::U32, inst.b))
    return false;
  d.emit(inst);
  return true;
}

bool decodeMbarrierOperation(Decoder &d) {
  Inst inst;
  inst.cls = Class::Mbarrier;
  if (d.mods.take("pending_count")) {
    inst.effect = pendingCount;
    if (!d.mods.take("b64"))
      return d.fail("expects .b64");
    if (!d.finish() || !d.expectOperands(2) || !d.destination(d.ops()[0], 32, inst.d) ||
        !d.source(d.ops()[1], Type::B64, inst.a))
      return false;
    d.emit(inst);
    return true;
  }
  int what = d.mods.takeOneOf({"init", "inval", "arrive", "arrive_drop", "test_wait", "try_wait"});
  bool expects = d.mods.take("expect_tx"), completes = what < 0 && d.mods.take("complete_tx");
  bool noComplete = d.mods.take("noComplete");
  inst.acquire = inst.release = true;
  int semantics = d.mods.takeOneOf({"release", "acquire", "relaxed"});
  if (semantics == 2)
    inst.acquire = inst.release = false;
  int scope = d.mods.takeOneOf({"cta", "cluster"});
  if (semantics >= 0 && scope < 0)
    return d.fail("expects a scope");
  inst.space = takeSpace(d.mods);
  bool good = inst.space == MemorySpace::Generic || inst.space == MemorySpace::Shared ||
              inst.space == MemorySpace::SharedCluster;
  if (!good)
    return d.fail("expects .shared");
  if (what == 4 || what == 5) {
    inst.mode = what == 4 ? TestWait : TryWait;
    return decodeWait(d, inst);
  }
  if (what == 2 || what == 3) {
    inst.mode = what == 3    ? ArriveDrop
                : expects    ? ArriveExpectTx
                : noComplete ? ArriveNoComplete
                             : Arrive;
    if (what == 3 && (expects || noComplete))
      return d.fail("expects mbarrier.arrive_drop without .expect_tx and .noComplete");
    return decodeArrive(d, inst);
  }
  bool alone = what == 0 || what == 1;
  if (!alone && !expects && !completes)
    return d.fail("expects an operation of mbarriers");
  inst.mode = what == 0 ? Init : what == 1 ? Invalidate : expects ? ExpectTx : CompleteTx;
  inst.effect = what == 0 ? initialize : what == 1 ? invalidate : change;
  if (!d.mods.take("b64"))
    return d.fail("expects .b64");
  if (!d.finish() || !d.expectOperands(what == 1 ? 1 : 2) ||
      !d.address(d.ops()[0], inst.space, inst.a, inst.imm) ||
      (what != 1 && !d.source(d.ops()[1], Type::U32, inst.b)))
    return false;
  d.emit(inst);
  return true;
}
} // namespace

DecodeFn normc::ptxsim::decodeMbarrier(const std::string &name) {
  return name == "mbarrier" ? decodeMbarrierOperation : nullptr;
}
