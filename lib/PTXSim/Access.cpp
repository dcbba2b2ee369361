//===- Access.cpp - loads and stores ----------------------------------------===//
//
// Of all state spaces, with what is undefined in the bytes of shared and local memory.
//
//===----------------------------------------------------------------------===//

#include "Access.h"

#include <algorithm>
#include <cstring>

using namespace normc::ptxsim;

namespace {
bool locateShared(Machine &m, Warp &warp, const Inst &inst, unsigned lane, uint64_t address,
                  MemorySpace space, uint32_t bytes, uint32_t align, Use use, Located &at) {
  if (!m.resolveShared(warp, inst, lane, address, space, bytes, align, at.place))
    return false;
  at.space = MemorySpace::Shared;
  at.bytes = at.place.block->shared.data() + at.place.offset;
  at.defined = at.place.block->sharedDefined.data() + at.place.offset;
  bool strong = inst.strong || use == Use::Atomic;
  if (strong)
    m.strongAccess(warp, lane, at.place, use != Use::Store, use != Use::Load);
  Kind kind = use == Use::Load    ? (strong ? Kind::StrongRead : Kind::Read)
              : use == Use::Store ? (strong ? Kind::Atomic : Kind::Write)
                                  : Kind::Atomic;
  return m.touch(warp, inst, lane, at.place, bytes, kind);
}

bool locateLocal(Machine &m, Warp &warp, const Inst &inst, unsigned lane, uint64_t address,
                 uint32_t bytes, Located &at) {
  uint64_t frame = m.code.localBytes;
  if (address < localBase || address - localBase + bytes > frame) {
    m.fail(&warp, 1u << lane, &inst,
           "access of " + std::to_string(bytes) + " bytes outside of local memory at offset " +
               std::to_string(int64_t(address - localBase)) + ", of " + std::to_string(frame) +
               " bytes");
    return false;
  }
  at.space = MemorySpace::Local;
  at.bytes = warp.local.data() + lane * frame + (address - localBase);
  at.defined = warp.localDefined.data() + lane * frame + (address - localBase);
  return true;
}

bool locateFixed(Machine &m, Warp &warp, const Inst &inst, unsigned lane, uint64_t address,
                 MemorySpace space, uint32_t bytes, Use use, Located &at) {
  bool isParam = space == MemorySpace::Param;
  std::vector<uint8_t> &memory = isParam ? m.parameters : m.constantBytes;
  const char *name = isParam ? "parameters" : "constant memory";
  uint64_t first = isParam ? 0 : constBase;
  if (use != Use::Load) {
    m.fail(&warp, 1u << lane, &inst, std::string("writes to ") + name);
    return false;
  }
  if (address < first || address > memory.size() || memory.size() - address < bytes) {
    m.fail(&warp, 1u << lane, &inst,
           "access of " + std::to_string(bytes) + " bytes outside of the " + name + " at " +
               std::to_string(int64_t(address - first)) + ", of " +
               std::to_string(memory.size() - first) + " bytes");
    return false;
  }
  at.space = space;
  at.bytes = memory.data() + address;
  return true;
}
} // namespace

bool normc::ptxsim::locate(Machine &m, Warp &warp, const Inst &inst, unsigned lane,
                           uint64_t address, MemorySpace space, uint32_t bytes, uint32_t align,
                           Use use, Located &at) {
  if (space == MemorySpace::Generic) {
    struct Window {
      uint64_t first;
      MemorySpace space;
    };
    space = MemorySpace::Global;
    for (const Window &window :
         {Window{sharedWindow, MemorySpace::SharedCluster}, Window{localWindow, MemorySpace::Local},
          Window{constWindow, MemorySpace::Const}, Window{paramWindow, MemorySpace::Param}})
      if (address - window.first < windowSize) {
        space = window.space;
        address -= window.first;
      }
  }
  at.address = address;
  at.defined = nullptr;
  at.undefined = 0;
  if (space == MemorySpace::Global) {
    bool reads = use != Use::Store, writes = use != Use::Load;
    at.space = space;
    at.buffer = m.resolveGlobal(warp, inst, lane, address, bytes, align, reads, writes);
    if (!at.buffer)
      return false;
    if (inst.strong || use == Use::Atomic)
      m.globalSync(warp, inst, address, reads, writes);
    if (reads)
      at.undefined = m.undefinedGlobal(*at.buffer, address, bytes);
    at.bytes = at.buffer->host + (address - at.buffer->address);
    return m.touchGlobal(warp, inst, lane, *at.buffer, address, bytes, reads, writes,
                         inst.strong || use == Use::Atomic);
  }
  if (space == MemorySpace::Shared || space == MemorySpace::SharedCluster)
    return locateShared(m, warp, inst, lane, address, space, bytes, align, use, at);
  if (address % align) {
    m.fail(&warp, 1u << lane, &inst,
           "misaligned access of " + std::to_string(bytes) + " bytes at " +
               std::to_string(address) + ", expects a multiple of " + std::to_string(align));
    return false;
  }
  if (space == MemorySpace::Local)
    return locateLocal(m, warp, inst, lane, address, bytes, at);
  return locateFixed(m, warp, inst, lane, address, space, bytes, use, at);
}

namespace {
uint64_t signExtended(uint64_t value, unsigned bits, unsigned registerBits) {
  if (bits < 64 && value >> (bits - 1) & 1)
    value |= ~uint64_t(0) << bits;
  return registerBits >= 64 ? value : value & ((uint64_t(1) << registerBits) - 1);
}

// Bits of an element's bytes that are defined.
uint64_t definedBits(const Located &at, uint32_t first, uint32_t size) {
  uint64_t result = ~uint64_t(0);
  for (uint32_t k = 0; k < size; ++k) {
    bool good = at.defined ? at.defined[first + k] : !(at.undefined >> (first + k) & 1);
    if (!good)
      result &= ~(uint64_t(0xff) << (8 * k));
  }
  return result;
}

bool allDefined(const Located &at, uint32_t bytes) {
  return at.defined ? !memchr(at.defined, 0, bytes) : !at.undefined;
}

void countBytes(Machine &m, const Located &at, uint32_t bytes, bool store) {
  Statistics &s = m.result.statistics;
  if (at.space == MemorySpace::Shared)
    (store ? s.sharedBytesStored : s.sharedBytesLoaded) += bytes;
  else if (at.space == MemorySpace::Global)
    (store ? at.buffer->traffic.bytesStored : at.buffer->traffic.bytesLoaded) += bytes;
}

/// Lanes of an element of type T, `offset` bytes behind where they load from.
template <class T>
void gather(uint64_t *d, const uint8_t *const *from, uint32_t offset, uint32_t active,
            unsigned registerBits) {
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    T value;
    memcpy(&value, from[l] + offset, sizeof value);
    if constexpr (std::is_signed_v<T>)
      d[l] = signExtended(uint64_t(int64_t(value)), 8 * sizeof value, registerBits);
    else
      d[l] = value;
  }
}

void gatherElement(const Inst &inst, uint64_t *d, const uint8_t *const *from, uint32_t offset,
                   uint32_t active) {
  bool sign = isSigned(inst.type) && !isFloat(inst.type) && inst.mode < 8;
  auto function = inst.mode == 8   ? gather<uint64_t>
                  : inst.mode == 4 ? (sign ? gather<int32_t> : gather<uint32_t>)
                  : inst.mode == 2 ? (sign ? gather<int16_t> : gather<uint16_t>)
                                   : (sign ? gather<int8_t> : gather<uint8_t>);
  function(d, from, offset, active, inst.variant);
}

/// Lanes that load from one buffer that nobody writes, without asking for each of them again.
bool loadReadOnly(Machine &m, const Inst &inst, const uint64_t *base, uint32_t active,
                  uint32_t bytes, const uint8_t **from, uint64_t *sectors) {
  if (inst.space != MemorySpace::Global || inst.strong)
    return false;
  Buffer *buffer = m.memory.find(base[__builtin_ctz(active)] + inst.imm);
  if (!buffer || buffer->access != Access::ReadOnly || buffer->options.undefined ||
      buffer->writtenBefore || buffer->bytes < bytes)
    return false;
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    uint64_t address = base[l] + inst.imm, offset = address - buffer->address;
    if (offset > buffer->bytes - bytes || address % bytes)
      return false;
    from[l] = buffer->host + offset;
    sectors[l] = address;
  }
  buffer->readInLaunch = m.memory.launch;
  buffer->traffic.bytesLoaded += uint64_t(bytes) * __builtin_popcount(active);
  return true;
}

// mode: bytes of an element; count: elements; variant: bits of the registers.
void load(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!m.checkDefined(warp, inst, inst.a, active, "address"))
    return;
  const uint32_t *results = m.code.lists.data() + inst.list;
  uint32_t size = inst.mode, bytes = size * inst.count, partial = 0;
  const uint64_t *base = warp.read(inst.a);
  uint64_t sectors[32], defined[32][8];
  const uint8_t *from[32];
  bool global = loadReadOnly(m, inst, base, active, bytes, from, sectors);
  // Parameters and constants at an address that all lanes share are looked up once.
  bool uniform = (inst.space == MemorySpace::Param || inst.space == MemorySpace::Const) &&
                 inst.a >= m.code.registers;
  for (uint32_t rest = global ? 0 : active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    Located at;
    if (!locate(m, warp, inst, l, base[l] + inst.imm, inst.space, bytes, bytes, Use::Load, at))
      return;
    from[l] = at.bytes;
    if (uniform) {
      std::fill_n(from, 32, at.bytes);
      break;
    }
    sectors[l] = at.space == MemorySpace::Global ? at.address : 0;
    global |= sectors[l] != 0;
    countBytes(m, at, bytes, false);
    if (allDefined(at, bytes))
      continue;
    partial |= 1u << l;
    for (uint32_t k = 0; k < inst.count; ++k)
      defined[l][k] = definedBits(at, k * size, size);
  }
  for (uint32_t k = 0; k < inst.count; ++k) {
    uint32_t slot = results[k];
    if (!slot)
      continue;
    gatherElement(inst, warp.write(slot), from, k * size, active);
    warp.setDefined(slot, active);
    for (uint32_t rest = partial; rest; rest &= rest - 1) {
      unsigned l = __builtin_ctz(rest);
      warp.setDefinedBits(slot, l, defined[l][k]);
    }
  }
  if (global)
    m.countGlobal(sectors, active, bytes, false);
}

bool storeLane(Machine &m, Warp &warp, const Inst &inst, unsigned l, const Located &at,
               const uint32_t *values) {
  uint32_t size = inst.mode;
  for (uint32_t k = 0; k < inst.count; ++k) {
    uint64_t value = warp.read(values[k])[l];
    if (warp.undefined[values[k]] >> l & 1) {
      uint64_t defined = warp.definedBits(values[k], l);
      uint64_t mask = size == 8 ? ~uint64_t(0) : (uint64_t(1) << (8 * size)) - 1;
      if (at.space == MemorySpace::Global && (defined & mask) != mask) {
        m.fail(&warp, 1u << l, &inst, "stores an undefined value to " + at.buffer->name);
        return false;
      }
      for (uint32_t b = 0; at.defined && b < size; ++b)
        at.defined[k * size + b] = (defined >> (8 * b) & 0xff) == 0xff;
    } else if (at.defined) {
      memset(at.defined + k * size, 1, size);
    }
    memcpy(at.bytes + k * size, &value, size);
  }
  return true;
}

// Lanes of one store that meet on the same bytes: which of them wins is open.
bool checkCollisions(Machine &m, Warp &warp, const Inst &inst, uint32_t active,
                     const Located *places, uint32_t bytes, const uint32_t *values) {
  const uint8_t *before = nullptr;
  bool sorted = true;
  for (uint32_t rest = active; rest && sorted; rest &= rest - 1) {
    const uint8_t *at = places[__builtin_ctz(rest)].bytes;
    sorted = !before || at >= before + bytes;
    before = at;
  }
  if (sorted)
    return true;
  for (uint32_t rest = active; rest; rest &= rest - 1)
    for (uint32_t other = rest & (rest - 1); other; other &= other - 1) {
      unsigned a = __builtin_ctz(rest), b = __builtin_ctz(other);
      const uint8_t *p = places[a].bytes, *q = places[b].bytes;
      if (p >= q + bytes || q >= p + bytes || places[a].space == MemorySpace::Local)
        continue;
      bool same = p == q;
      for (uint32_t k = 0; k < inst.count && same; ++k)
        same = warp.read(values[k])[a] == warp.read(values[k])[b];
      if (same)
        continue;
      m.fail(&warp, 1u << b, &inst,
             "race inside of one store: lanes " + std::to_string(a) + " and " + std::to_string(b) +
                 " write different values to the same bytes");
      return false;
    }
  return true;
}

void store(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!m.checkDefined(warp, inst, inst.a, active, "address"))
    return;
  const uint32_t *values = m.code.lists.data() + inst.list;
  uint32_t bytes = inst.mode * inst.count;
  const uint64_t *base = warp.read(inst.a);
  uint64_t sectors[32];
  Located places[32];
  bool global = false;
  ++m.access;
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    Located &at = places[l];
    if (!locate(m, warp, inst, l, base[l] + inst.imm, inst.space, bytes, bytes, Use::Store, at))
      return;
    sectors[l] = at.space == MemorySpace::Global ? at.address : 0;
    global |= sectors[l] != 0;
    countBytes(m, at, bytes, true);
    if (!storeLane(m, warp, inst, l, at, values))
      return;
  }
  if (!inst.strong && !checkCollisions(m, warp, inst, active, places, bytes, values))
    return;
  if (global)
    m.countGlobal(sectors, active, bytes, true);
}

void nothing(Machine &, Warp &, const Inst &, uint32_t) {}

// createpolicy: the policy is a word that only cache hints look at.
void createPolicy(Machine &, Warp &warp, const Inst &inst, uint32_t active) {
  uint64_t *d = warp.write(inst.d);
  for (uint32_t rest = active; rest; rest &= rest - 1)
    d[__builtin_ctz(rest)] = 0x12f0000000000000;
  warp.setDefined(inst.d, active);
}

// --- decoding -------------------------------------------------------------

Class classOf(MemorySpace space, bool loads) {
  switch (space) {
  case MemorySpace::Shared:
  case MemorySpace::SharedCluster:
    return loads ? Class::SharedLoad : Class::SharedStore;
  case MemorySpace::Local:
    return Class::Local;
  case MemorySpace::Param:
    return Class::Parameter;
  case MemorySpace::Const:
    return Class::Constant;
  default:
    return loads ? Class::GlobalLoad : Class::GlobalStore;
  }
}

bool decodeLoadStore(Decoder &d) {
  bool loads = d.mods.mnemonic() == "ld";
  if (d.mods.has("async"))
    return decodeAsync("st.async")(d);
  Inst inst;
  if (!takeSemantics(d, inst))
    return false;
  inst.space = takeSpace(d.mods);
  if (loads && d.mods.take("nc"))
    inst.nonCoherent = true;
  if (inst.nonCoherent && inst.space != MemorySpace::Global)
    return d.fail("expects .global with .nc");
  bool policy;
  takeCacheHints(d.mods, policy);
  static const size_t counts[] = {1, 2, 4, 8};
  size_t count = counts[d.mods.takeOneOf({"v2", "v4", "v8"}) + 1];
  inst.type = d.mods.takeType();
  bool wide = inst.type == Type::B128;
  unsigned bits = wide ? 64 : bitsOf(inst.type);
  bool good =
      bits >= 8 && inst.type != Type::F16X2 && inst.type != Type::BF16X2 && inst.type < Type::E4M3;
  if (!good)
    return d.fail(std::string("expects another type than ") + nameOf(inst.type));
  if (wide && count != 1)
    return d.fail("expects no vector of .b128");
  uint64_t total = bits / 8 * count;
  bool isV8 = count == 8 || total == 32;
  if (total > 32 || (isV8 && (d.smVersion() < 100 || inst.space != MemorySpace::Global)))
    return d.fail("expects at most 16 bytes, or 32 of .global from sm_100 on");
  size_t addressAt = loads ? 1 : 0;
  if (!d.finish() || !d.expectOperands(policy ? 3 : 2) ||
      !d.address(d.ops()[addressAt], inst.space, inst.a, inst.imm))
    return false;
  const Operand &values = d.ops()[1 - addressAt];
  std::vector<uint32_t> slots;
  if (wide) {
    uint32_t slot;
    if (!(loads ? d.destination(values, 128, slot) : d.sourceBits(values, 128, slot)))
      return false;
    slots = {slot, slot ? slot + 1 : 0};
    count = 2;
  } else if (loads || values.kind == Operand::Vector) {
    if (!d.vector(values, count, bits, !loads, true, slots))
      return false;
  } else {
    uint32_t slot;
    if (count != 1 || !d.source(values, inst.type, slot, true))
      return d.fail("expects a vector of " + std::to_string(count));
    slots = {slot};
  }
  uint32_t ignored;
  if (policy && !d.sourceBits(d.ops()[2], 64, ignored))
    return false;
  inst.mode = uint8_t(bits / 8);
  inst.variant = 64;
  for (uint32_t slot : slots)
    if (slot && loads)
      inst.variant = uint8_t(d.registerBits(slot));
  inst.cls = classOf(inst.space, loads);
  inst.effect = loads ? load : store;
  d.setList(inst, slots);
  d.emit(inst);
  return true;
}

bool decodePrefetch(Decoder &d) {
  const std::string name = d.mods.mnemonic();
  Inst inst;
  inst.cls = Class::Other;
  inst.effect = nothing;
  inst.space = takeSpace(d.mods);
  bool level = false;
  for (const char *part : {"L1", "L2", "L2::evict_last", "L2::evict_normal", "L2::128B"})
    level |= d.mods.take(part);
  bool sized = name == "applypriority" || name == "discard";
  if (d.mods.take("tensormap") || (!level && name != "prefetchu"))
    return d.fail("expects a level of the cache");
  if (!d.finish() || !d.expectOperands(sized ? 2 : 1) ||
      !d.address(d.ops()[0], inst.space, inst.a, inst.imm) ||
      (sized && !d.immediate(d.ops()[1], inst.imm)))
    return false;
  d.emit(inst);
  return true;
}

bool decodeCreatePolicy(Decoder &d) {
  Inst inst;
  inst.cls = Class::Other;
  inst.effect = createPolicy;
  bool fractional = d.mods.take("fractional"), range = d.mods.take("range");
  if (!fractional && !range)
    return d.fail("expects .fractional or .range");
  d.mods.take("global");
  for (const char *part :
       {"L2::evict_last", "L2::evict_normal", "L2::evict_first", "L2::evict_unchanged"})
    d.mods.take(part);
  if (!d.mods.take("b64"))
    return d.fail("expects .b64");
  if (!d.finish() || !d.expectOperands(1, 4) || !d.destination(d.ops()[0], 64, inst.d))
    return false;
  d.emit(inst);
  return true;
}
} // namespace

MemorySpace normc::ptxsim::takeSpace(Modifiers &mods) {
  struct Row {
    const char *name;
    MemorySpace space;
  };
  static const Row rows[] = {
      {"global", MemorySpace::Global},      {"shared", MemorySpace::Shared},
      {"shared::cta", MemorySpace::Shared}, {"shared::cluster", MemorySpace::SharedCluster},
      {"local", MemorySpace::Local},        {"param", MemorySpace::Param},
      {"param::entry", MemorySpace::Param}, {"param::func", MemorySpace::Param},
      {"const", MemorySpace::Const}};
  for (const Row &row : rows)
    if (mods.take(row.name))
      return row.space;
  return MemorySpace::Generic;
}

void normc::ptxsim::takeCacheHints(Modifiers &mods, bool &policy) {
  mods.takeOneOf({"ca", "cg", "cs", "lu", "cv", "wb", "wt"});
  mods.takeOneOf({"L1::evict_normal", "L1::evict_unchanged", "L1::evict_first", "L1::evict_last",
                  "L1::no_allocate"});
  mods.takeOneOf({"L2::evict_normal", "L2::evict_first", "L2::evict_last"});
  mods.takeOneOf({"L2::64B", "L2::128B", "L2::256B"});
  policy = mods.take("L2::cache_hint");
}

bool normc::ptxsim::takeSemantics(Decoder &d, Inst &inst) {
  int semantics =
      d.mods.takeOneOf({"weak", "volatile", "mmio", "relaxed", "acquire", "release", "acq_rel"});
  inst.strong = semantics > 0;
  inst.acquire = semantics == 4 || semantics == 6;
  inst.release = semantics == 5 || semantics == 6;
  int scope = d.mods.takeOneOf({"cta", "cluster", "gpu", "sys"});
  if (semantics >= 3 && scope < 0)
    return d.fail("expects a scope");
  return true;
}

DecodeFn normc::ptxsim::decodeMemory(const std::string &name) {
  struct Row {
    const char *name;
    DecodeFn decode;
  };
  static const Row rows[] = {{"ld", decodeLoadStore},
                             {"st", decodeLoadStore},
                             {"prefetch", decodePrefetch},
                             {"prefetchu", decodePrefetch},
                             {"applypriority", decodePrefetch},
                             {"discard", decodePrefetch},
                             {"createpolicy", decodeCreatePolicy}};
  for (const Row &row : rows)
    if (name == row.name)
      return row.decode;
  return nullptr;
}
