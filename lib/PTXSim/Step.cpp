//===- Step.cpp - the inner loop: one warp, one instruction -----------------===//
//
// The lanes with the lowest program counter go first. Where compilers lay out code so that paths
// join below both of them, that is where lanes meet again.
//
//===----------------------------------------------------------------------===//

#include "Machine.h"

#include <algorithm>

using namespace normc::ptxsim;

namespace {
// Turns of lanes, and steps that they ran while others of the warp could have.
constexpr uint32_t fairEvery = 4096;
constexpr uint64_t fairSteps = 256;
} // namespace

void Warp::setDefinedBits(uint32_t slot, unsigned lane, uint64_t defined) {
  unsigned width = code->registerBits[slot];
  uint64_t mask = width >= 64 ? ~uint64_t(0) : (uint64_t(1) << width) - 1;
  uint32_t bit = 1u << lane;
  if ((defined & mask) == mask) {
    setDefined(slot, bit);
    return;
  }
  if (bits.empty())
    bits.resize(registers.size());
  undefined[slot] |= bit;
  partial[slot] |= bit;
  bits[size_t(slot) * 32 + lane] = defined | ~mask;
}

bool Machine::chooseLanes(Warp &warp) {
  uint32_t candidates = warp.live & ~warp.held & ~warp.gathering;
  if (!candidates) {
    warp.group = 0;
    return false;
  }
  uint32_t lowest = ~0u, next = ~0u, group = 0;
  for (uint32_t rest = candidates; rest; rest &= rest - 1) {
    unsigned lane = __builtin_ctz(rest);
    uint32_t at = warp.pcs[lane];
    if (at < lowest) {
      next = lowest;
      lowest = at;
      group = 1u << lane;
    } else if (at == lowest) {
      group |= 1u << lane;
    } else {
      next = std::min(next, at);
    }
  }
  warp.group = group;
  warp.pc = lowest;
  warp.otherPc = next;
  if (next != ~0u && ++warp.choices >= fairEvery) {
    warp.choices = 0;
    // The last ones for once: lanes that spin must not keep others from what they spin for.
    unsigned last = __builtin_ctz(candidates & ~group);
    warp.pc = warp.pcs[last];
    warp.group = 0;
    for (uint32_t rest = candidates; rest; rest &= rest - 1)
      if (warp.pcs[__builtin_ctz(rest)] == warp.pc)
        warp.group |= rest & -rest;
    warp.otherPc = ~0u;
    warp.fair = true;
  }
  return true;
}

bool Machine::runnable(Warp &warp) {
  if (warp.live & ~warp.held & ~warp.gathering)
    return true;
  // Those that wait for an mbarrier look again when something has happened.
  return warp.seen != events && waitingFor(warp, Wait::Mbarrier);
}

uint32_t Machine::waitingFor(const Warp &warp, Wait why) const {
  uint32_t lanes = 0;
  for (uint32_t rest = warp.held; rest; rest &= rest - 1)
    if (warp.waits[__builtin_ctz(rest)] == why)
      lanes |= 1u << __builtin_ctz(rest);
  return lanes;
}

bool Machine::runWarp(Warp &warp, uint64_t steps) {
  if (warp.held && warp.seen != events) {
    // They look again, by the same instruction.
    warp.choose();
    warp.held &= ~waitingFor(warp, Wait::Mbarrier);
  }
  const Inst *instructions = code.instructions.data();
  bool any = false;
  uint64_t all = steps;
  for (; steps > 0; --steps) {
    if (!warp.group || warp.pc >= warp.otherPc) {
      warp.choose();
      if (!chooseLanes(warp))
        break;
      if (warp.fair)
        steps = std::min<uint64_t>(steps, fairSteps);
    }
    any = true;
    const Inst &inst = instructions[warp.pc];
    uint32_t active = warp.group;
    if (inst.guard != ~0u) {
      if (!checkDefined(warp, inst, inst.guard, active, "predicate"))
        return true;
      const uint64_t *guard = warp.read(inst.guard);
      uint32_t set = 0;
      for (int lane = 0; lane < 32; ++lane)
        set |= uint32_t(guard[lane] & 1) << lane;
      active &= inst.guardNegated ? ~set : set;
    }
    executed += __builtin_popcount(warp.group);
    ++result.statistics.warpInstructions;
    if (executed > limit) {
      fail(&warp, warp.group, &inst,
           "did not end within " + std::to_string(limit) + " instructions");
      return true;
    }
    if (!active) {
      ++warp.pc;
      continue;
    }
    ++classCounts[size_t(inst.cls)];
    if (inst.pure) {
      uint32_t undefined = (warp.undefined[inst.a] | warp.undefined[inst.b] |
                            warp.undefined[inst.c] | warp.undefined[inst.f]) &
                           active;
      if (undefined) {
        if (!taint(warp, inst, active, undefined))
          return true;
      } else {
        Args args{&inst,
                  warp.write(inst.d),
                  warp.write(inst.e),
                  warp.read(inst.a),
                  warp.read(inst.b),
                  warp.read(inst.c),
                  warp.read(inst.f),
                  active};
        inst.pure(args);
        warp.setDefined(inst.d, active);
        warp.setDefined(inst.e, active);
      }
      ++warp.pc;
      continue;
    }
    warp.moved = false;
    inst.effect(*this, warp, inst, active);
    if (failed())
      return true;
    if (!warp.moved)
      ++warp.pc;
  }
  if (warp.fair || warp.choices >= fairEvery)
    warp.choose();
  warp.fair = false;
  if (warp.group && warp.otherPc != ~0u)
    warp.choices += uint32_t(all - steps);
  return any;
}

void Machine::fail(const Warp *warp, uint32_t lanes, const Inst *inst, const std::string &what) {
  if (failed())
    return;
  Place &place = result.place;
  place.entry = code.info.name;
  std::string where = code.info.name;
  if (warp) {
    place.block = warp->block->id;
    where += ", block (" + std::to_string(place.block.x) + ", " + std::to_string(place.block.y) +
             ", " + std::to_string(place.block.z) + ")";
    if (lanes) {
      uint64_t thread = warp->index * 32 + __builtin_ctz(lanes);
      place.thread = {uint32_t(thread % launch.block.x),
                      uint32_t(thread / launch.block.x % launch.block.y),
                      uint32_t(thread / launch.block.x / launch.block.y)};
      where += ", thread (" + std::to_string(place.thread.x) + ", " +
               std::to_string(place.thread.y) + ", " + std::to_string(place.thread.z) + ")";
    }
  }
  if (inst) {
    place.line = inst->line;
    place.instruction = code.texts[inst->text];
    where += ", line " + std::to_string(inst->line) + ", '" + place.instruction + "'";
  }
  result.error = where + ": " + what;
}

bool Machine::checkDefined(Warp &warp, const Inst &inst, uint32_t slot, uint32_t active,
                           const char *what) {
  uint32_t bad = warp.undefined[slot] & active;
  if (!bad)
    return true;
  fail(&warp, bad, &inst, std::string("uses an undefined value as ") + what);
  return false;
}

void Machine::hold(Warp &warp, uint32_t lanes, Wait why) {
  uint32_t others = warp.group & ~lanes;
  warp.choose();
  warp.place(others, warp.pc + 1);
  warp.held |= lanes;
  for (uint32_t rest = lanes; rest; rest &= rest - 1)
    warp.waits[__builtin_ctz(rest)] = why;
  warp.moved = true;
}

void Machine::release(Warp &warp, uint32_t lanes) {
  // The warp may be in the middle of an instruction of other lanes: it chooses behind that.
  warp.otherPc = 0;
  warp.held &= ~lanes;
  for (uint32_t rest = lanes; rest; rest &= rest - 1) {
    unsigned lane = __builtin_ctz(rest);
    ++warp.pcs[lane];
    warp.waits[lane] = Wait::None;
  }
}
