//===- Collective.cpp - instructions of a warp's lanes together -------------===//
//
// A collective with a mask waits until all lanes of the mask are at it. Masks may differ between
// lanes: each set of lanes is then one of its own.
//
//===----------------------------------------------------------------------===//

#include "Decoder.h"
#include "FloatMath.h"
#include "Lanes.h"
#include "Machine.h"

#include <algorithm>

using namespace normc::ptxsim;

uint32_t Machine::collect(Warp &warp, const Inst &inst, uint32_t active, const uint64_t *masks) {
  uint32_t here = active;
  for (uint32_t rest = warp.gathering; rest; rest &= rest - 1)
    if (warp.pcs[__builtin_ctz(rest)] == warp.pc)
      here |= rest & -rest;
  uint32_t complete = 0, incomplete = 0, sets[32];
  unsigned count = 0;
  for (uint32_t rest = here; rest;) {
    unsigned first = __builtin_ctz(rest);
    uint32_t mask = uint32_t(masks[first]), set = 0;
    for (uint32_t other = rest; other; other &= other - 1)
      if (uint32_t(masks[__builtin_ctz(other)]) == mask)
        set |= other & -other;
    rest &= ~set;
    if (uint32_t outside = set & ~mask) {
      fail(&warp, outside, &inst, "executed by a lane that its member mask does not name");
      return 0;
    }
    if (uint32_t gone = mask & ~warp.live) {
      unsigned lane = __builtin_ctz(gone);
      fail(&warp, set, &inst,
           "the member mask names lane " + std::to_string(lane) +
               (warp.exists >> lane & 1 ? ", which has exited" : ", which does not exist"));
      return 0;
    }
    if (set == mask) {
      complete |= set;
      sets[count++] = set;
    } else {
      incomplete |= set;
    }
  }
  if (!incomplete) {
    warp.gathering &= ~complete;
    warp.group |= complete;
  } else {
    uint32_t others = warp.group & ~active, at = warp.pc;
    warp.choose();
    warp.place(others | complete, at + 1);
    warp.gathering = (warp.gathering & ~complete) | incomplete;
    warp.moved = true;
  }
  for (unsigned k = 0; k < count; ++k)
    syncLanes(warp, sets[k]);
  return complete;
}

uint32_t Machine::collectAll(Warp &warp, uint32_t active) {
  uint32_t here = active;
  for (uint32_t rest = warp.gathering; rest; rest &= rest - 1)
    if (warp.pcs[__builtin_ctz(rest)] == warp.pc)
      here |= rest & -rest;
  if (here == warp.live) {
    warp.gathering &= ~here;
    warp.group |= here;
    syncLanes(warp, here);
    return here;
  }
  uint32_t others = warp.group & ~active;
  warp.choose();
  warp.place(others, warp.pc + 1);
  warp.gathering |= here;
  warp.moved = true;
  return 0;
}

namespace {
/// Calls f(set) for the lanes of each mask among those that are together.
template <class F>
void eachSet(Machine &m, Warp &warp, const Inst &inst, uint32_t active, uint32_t maskSlot, F f) {
  if (!m.checkDefined(warp, inst, maskSlot, active, "member mask"))
    return;
  uint64_t masks[32];
  memcpy(masks, warp.read(maskSlot), sizeof masks);
  uint32_t together = m.collect(warp, inst, active, masks);
  for (uint32_t rest = together; rest;) {
    uint32_t set = uint32_t(masks[__builtin_ctz(rest)]) & together;
    rest &= ~set;
    f(set);
  }
}

void setAll(Warp &warp, uint32_t slot, uint32_t lanes, uint64_t value) {
  uint64_t *d = warp.write(slot);
  for (uint32_t rest = lanes; rest; rest &= rest - 1)
    d[__builtin_ctz(rest)] = value;
  warp.setDefined(slot, lanes);
}

// d|e, a, b: which lane, c: bounds, f: mask. mode: up down bfly idx.
void shuffle(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!m.checkDefined(warp, inst, inst.b, active, "operand of a shuffle") ||
      !m.checkDefined(warp, inst, inst.c, active, "operand of a shuffle"))
    return;
  ++m.result.statistics.shuffles;
  eachSet(m, warp, inst, active, inst.f, [&](uint32_t set) {
    uint64_t a[32], defined[32];
    memcpy(a, warp.read(inst.a), sizeof a);
    uint32_t undefined = warp.undefined[inst.a];
    for (uint32_t rest = undefined & set; rest; rest &= rest - 1)
      defined[__builtin_ctz(rest)] = warp.definedBits(inst.a, __builtin_ctz(rest));
    const uint64_t *b = warp.read(inst.b), *c = warp.read(inst.c);
    uint8_t from[32];
    uint32_t inside = 0;
    for (uint32_t rest = set; rest; rest &= rest - 1) {
      int lane = __builtin_ctz(rest), distance = b[lane] & 31;
      int clamp = c[lane] & 31, segment = c[lane] >> 8 & 31;
      int last = (lane & segment) | (clamp & ~segment & 31), first = lane & segment, j;
      bool good;
      switch (inst.mode) {
      case 0:
        j = lane - distance;
        good = j >= last;
        break;
      case 1:
        j = lane + distance;
        good = j <= last;
        break;
      case 2:
        j = lane ^ distance;
        good = j <= last;
        break;
      default:
        j = first | (distance & ~segment & 31);
        good = j <= last;
      }
      if (!good)
        j = lane;
      else
        inside |= 1u << lane;
      if (!(set >> j & 1)) {
        m.fail(&warp, 1u << lane, &inst,
               "reads from lane " + std::to_string(j) + ", which the member mask does not name");
        return;
      }
      from[lane] = uint8_t(j);
    }
    uint64_t *d = warp.write(inst.d), *e = warp.write(inst.e);
    for (uint32_t rest = set; rest; rest &= rest - 1) {
      unsigned lane = __builtin_ctz(rest);
      d[lane] = a[from[lane]];
      e[lane] = inside >> lane & 1;
    }
    warp.setDefined(inst.d, set);
    warp.setDefined(inst.e, set);
    for (uint32_t rest = undefined ? set : 0; rest; rest &= rest - 1) {
      unsigned lane = __builtin_ctz(rest);
      if (undefined >> from[lane] & 1)
        warp.setDefinedBits(inst.d, lane, defined[from[lane]]);
    }
    warp.setDefined(0, ~0u);
  });
}

// mode: all any uni ballot; flags: negated.
void vote(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!m.checkDefined(warp, inst, inst.a, active, "predicate"))
    return;
  eachSet(m, warp, inst, active, inst.f, [&](uint32_t set) {
    const uint64_t *a = warp.read(inst.a);
    uint32_t votes = 0;
    for (uint32_t rest = set; rest; rest &= rest - 1)
      votes |= ((a[__builtin_ctz(rest)] & 1) ^ inst.flags) ? rest & -rest : 0;
    uint64_t result = inst.mode == 0   ? votes == set
                      : inst.mode == 1 ? votes != 0
                      : inst.mode == 2 ? votes == set || !votes
                                       : votes;
    setAll(warp, inst.d, set, result);
  });
}

// mode: any all.
void match(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!m.checkDefined(warp, inst, inst.a, active, "operand of a comparison"))
    return;
  eachSet(m, warp, inst, active, inst.f, [&](uint32_t set) {
    uint64_t a[32];
    memcpy(a, warp.read(inst.a), sizeof a);
    for (uint32_t rest = set; rest; rest &= rest - 1) {
      unsigned lane = __builtin_ctz(rest);
      uint32_t same = 0;
      for (uint32_t other = set; other; other &= other - 1)
        same |= a[__builtin_ctz(other)] == a[lane] ? other & -other : 0;
      if (inst.mode) {
        setAll(warp, inst.e, 1u << lane, same == set);
        same = same == set ? set : 0;
      }
      setAll(warp, inst.d, 1u << lane, same);
    }
  });
}

// mode: add min max and or xor.
void reduce(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  eachSet(m, warp, inst, active, inst.f, [&](uint32_t set) {
    const uint64_t *a = warp.read(inst.a);
    uint64_t result = a[__builtin_ctz(set)];
    for (uint32_t rest = set & (set - 1); rest; rest &= rest - 1) {
      uint64_t b = a[__builtin_ctz(rest)];
      bool less = inst.type == Type::S32 ? int32_t(result) < int32_t(b) : result < b;
      switch (inst.mode) {
      case 0:
        result = uint32_t(result + b);
        break;
      case 1:
      case 2:
        if (inst.type == Type::F32)
          result =
              computeF32(inst.mode == 1 ? Op::Min : Op::Max, inst, asFloat(result), asFloat(b), 0);
        else
          result = less == (inst.mode == 1) ? result : b;
        break;
      case 3:
        result &= b;
        break;
      case 4:
        result |= b;
        break;
      default:
        result ^= b;
      }
    }
    if (inst.type == Type::F32 && inst.flags & AbsoluteValue)
      result &= 0x7fffffff;
    bool defined = !(warp.undefined[inst.a] & set);
    setAll(warp, inst.d, set, result);
    for (uint32_t rest = defined ? 0 : set; rest; rest &= rest - 1)
      warp.setDefinedBits(inst.d, __builtin_ctz(rest), 0);
  });
}

void elect(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  eachSet(m, warp, inst, active, inst.f, [&](uint32_t set) {
    unsigned leader = __builtin_ctz(set);
    setAll(warp, inst.d, set, leader);
    setAll(warp, inst.e, set, 0);
    setAll(warp, inst.e, 1u << leader, 1);
  });
}

void warpBarrier(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  ++m.result.statistics.barriers;
  eachSet(m, warp, inst, active, inst.f, [](uint32_t) {});
}

void activeMask(Machine &, Warp &warp, const Inst &inst, uint32_t active) {
  setAll(warp, inst.d, active, active);
}

// --- decoding -------------------------------------------------------------

/// The result before '|' in d, the predicate behind it in e.
bool takeResults(Decoder &d, Inst &inst, bool needsPair) {
  const Operand &result = d.ops()[0];
  if (result.kind == Operand::Pair)
    return d.destination(result.parts[0], 32, inst.d) &&
           d.predicateDestination(result.parts[1], inst.e);
  return needsPair ? d.fail("expects a result, '|' and a predicate")
                   : d.destination(result, 32, inst.d);
}

bool decodeShuffle(Decoder &d) {
  Inst inst;
  inst.cls = Class::Shuffle;
  inst.effect = shuffle;
  if (!d.mods.take("sync"))
    return d.fail("expects .sync");
  int mode = d.mods.takeOneOf({"up", "down", "bfly", "idx"});
  if (mode < 0 || d.mods.takeType() != Type::B32)
    return d.fail("expects .up, .down, .bfly or .idx, and .b32");
  inst.mode = uint8_t(mode);
  if (!d.finish() || !d.expectOperands(5) || !takeResults(d, inst, false) ||
      !d.source(d.ops()[1], Type::B32, inst.a) || !d.source(d.ops()[2], Type::B32, inst.b) ||
      !d.source(d.ops()[3], Type::B32, inst.c) || !d.source(d.ops()[4], Type::B32, inst.f))
    return false;
  d.emit(inst);
  return true;
}

bool decodeVote(Decoder &d) {
  Inst inst;
  inst.cls = Class::Shuffle;
  inst.effect = vote;
  if (!d.mods.take("sync"))
    return d.fail("expects .sync");
  int mode = d.mods.takeOneOf({"all", "any", "uni", "ballot"});
  Type type = d.mods.takeType();
  if (mode < 0 || type != (mode == 3 ? Type::B32 : Type::Pred))
    return d.fail("expects .all, .any or .uni .pred, or .ballot.b32");
  inst.mode = uint8_t(mode);
  bool negated = false;
  if (!d.finish() || !d.expectOperands(3) ||
      !d.destination(d.ops()[0], mode == 3 ? 32 : 1, inst.d) ||
      !d.source(d.ops()[2], Type::B32, inst.f))
    return false;
  if (d.ops()[1].kind == Operand::Int)
    inst.a = d.constant(d.ops()[1].value != 0);
  else if (!d.predicate(d.ops()[1], inst.a, negated))
    return false;
  inst.flags = negated;
  d.emit(inst);
  return true;
}

bool decodeMatch(Decoder &d) {
  Inst inst;
  inst.cls = Class::Shuffle;
  inst.effect = match;
  int mode = d.mods.takeOneOf({"any", "all"});
  bool sync = d.mods.take("sync");
  Type type = d.mods.takeType();
  if (mode < 0 || !sync || (type != Type::B32 && type != Type::B64))
    return d.fail("expects .any or .all, .sync, and .b32 or .b64");
  inst.mode = uint8_t(mode);
  if (!d.finish() || !d.expectOperands(3) || !takeResults(d, inst, false) ||
      !d.source(d.ops()[1], type, inst.a) || !d.source(d.ops()[2], Type::B32, inst.f))
    return false;
  if (!mode && inst.e)
    return d.fail("expects no predicate");
  d.emit(inst);
  return true;
}

bool decodeReduce(Decoder &d) {
  Inst inst;
  inst.cls = Class::Shuffle;
  inst.effect = reduce;
  bool sync = d.mods.take("sync");
  int mode = d.mods.takeOneOf({"add", "min", "max", "and", "or", "xor"});
  if (d.mods.take("abs"))
    inst.flags |= AbsoluteValue;
  if (d.mods.take("NaN"))
    inst.flags |= PropagateNaN;
  Type type = inst.type = d.mods.takeType();
  bool minMax = mode == 1 || mode == 2;
  bool good = type == Type::F32 ? minMax && d.smVersion() >= 100
              : mode >= 3       ? type == Type::B32
                                : type == Type::U32 || type == Type::S32;
  if (!sync || mode < 0 || !good || (inst.flags && type != Type::F32))
    return d.fail("expects .sync, an operation and a type of 32 bits");
  inst.mode = uint8_t(mode);
  if (!d.finish() || !d.expectOperands(3) || !d.destination(d.ops()[0], 32, inst.d) ||
      !d.source(d.ops()[1], type, inst.a) || !d.source(d.ops()[2], Type::B32, inst.f))
    return false;
  d.emit(inst);
  return true;
}

bool decodeElect(Decoder &d) {
  Inst inst;
  inst.cls = Class::Shuffle;
  inst.effect = elect;
  if (!d.mods.take("sync"))
    return d.fail("expects .sync");
  if (!d.finish() || !d.expectOperands(2) || d.ops()[0].kind != Operand::Pair)
    return d.fail("expects a result, '|', a predicate and a mask");
  const std::vector<Operand> &results = d.ops()[0].parts;
  if (!d.destination(results[0], 32, inst.d) || !d.predicateDestination(results[1], inst.e) ||
      !d.source(d.ops()[1], Type::B32, inst.f))
    return false;
  d.emit(inst);
  return true;
}

bool decodeActiveMask(Decoder &d) {
  Inst inst;
  inst.cls = Class::Shuffle;
  inst.effect = activeMask;
  if (d.mods.takeType() != Type::B32)
    return d.fail("expects .b32");
  if (!d.finish() || !d.expectOperands(1) || !d.destination(d.ops()[0], 32, inst.d))
    return false;
  d.emit(inst);
  return true;
}

bool decodeWarpBarrier(Decoder &d) {
  Inst inst;
  inst.cls = Class::Barrier;
  inst.effect = warpBarrier;
  if (!d.mods.take("warp") || !d.mods.take("sync"))
    return d.fail("expects .warp.sync");
  if (!d.finish() || !d.expectOperands(1) || !d.source(d.ops()[0], Type::B32, inst.f))
    return false;
  d.emit(inst);
  return true;
}
} // namespace

DecodeFn normc::ptxsim::decodeWarp(const std::string &name) {
  struct Row {
    const char *name;
    DecodeFn decode;
  };
  static const Row rows[] = {{"shfl", decodeShuffle},        {"vote", decodeVote},
                             {"match", decodeMatch},         {"redux", decodeReduce},
                             {"elect", decodeElect},         {"activemask", decodeActiveMask},
                             {"bar.warp", decodeWarpBarrier}};
  for (const Row &row : rows)
    if (name == row.name)
      return row.decode;
  return nullptr;
}
