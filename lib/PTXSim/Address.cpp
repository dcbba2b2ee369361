//===- Address.cpp - conversions between state spaces' addresses ------------===//
//
// Every state space has a window of generic addresses.
//
//===----------------------------------------------------------------------===//

#include "Access.h"
#include "Lanes.h"

using namespace normc::ptxsim;

namespace {
uint64_t windowOf(MemorySpace space) {
  switch (space) {
  case MemorySpace::Shared:
  case MemorySpace::SharedCluster:
    return sharedWindow;
  case MemorySpace::Local:
    return localWindow;
  case MemorySpace::Const:
    return constWindow;
  case MemorySpace::Param:
    return paramWindow;
  default:
    return 0;
  }
}

// imm: the window.
void toGeneric(const Args &x) {
  uint64_t window = x.inst->imm;
  each(x.active, [&](int l) { x.d[l] = x.a[l] + window; });
}
void fromGeneric(const Args &x) {
  uint64_t window = x.inst->imm;
  each(x.active, [&](int l) { x.d[l] = x.a[l] - window; });
}

void isSpace(const Args &x) {
  MemorySpace space = x.inst->space;
  uint64_t window = windowOf(space);
  each(x.active, [&](int l) {
    uint64_t a = x.a[l];
    bool other = false;
    for (uint64_t first : {sharedWindow, localWindow, constWindow, paramWindow})
      other |= a - first < windowSize;
    if (!window)
      x.d[l] = !other;
    else
      x.d[l] = a - window < windowSize;
  });
}

/// Whether a generic address is in the shared memory of the thread's own block.
void isOwnShared(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!m.checkDefined(warp, inst, inst.a, active, "address"))
    return;
  const uint64_t *a = warp.read(inst.a);
  uint64_t *d = warp.write(inst.d);
  each(active, [&](int l) {
    uint64_t rank = (a[l] - sharedWindow) >> clusterShift;
    d[l] = a[l] - sharedWindow < windowSize && (rank == 0 || rank == warp.block->rank + 1);
  });
  warp.setDefined(inst.d, active);
}

// mapa: mode 1 for generic addresses.
void mapAddress(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!m.checkDefined(warp, inst, inst.a, active, "address") ||
      !m.checkDefined(warp, inst, inst.b, active, "rank"))
    return;
  const uint64_t *a = warp.read(inst.a), *b = warp.read(inst.b);
  uint64_t *d = warp.write(inst.d);
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    uint64_t address = a[l], rank = uint32_t(b[l]);
    if (inst.mode && address - sharedWindow >= windowSize) {
      m.fail(&warp, 1u << l, &inst, "expects an address of shared memory");
      return;
    }
    if (rank >= m.blocks.size()) {
      m.fail(&warp, 1u << l, &inst,
             "expects a rank below " + std::to_string(m.blocks.size()) + ", but got " +
                 std::to_string(rank));
      return;
    }
    uint64_t offset = address & ((1u << clusterShift) - 1);
    d[l] = (inst.mode ? sharedWindow : 0) + ((rank + 1) << clusterShift) + offset;
  }
  warp.setDefined(inst.d, active);
}

void rankOf(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!m.checkDefined(warp, inst, inst.a, active, "address"))
    return;
  const uint64_t *a = warp.read(inst.a);
  uint64_t *d = warp.write(inst.d);
  each(active, [&](int l) {
    uint64_t rank = (inst.mode ? a[l] - sharedWindow : a[l]) >> clusterShift;
    d[l] = uint32_t(rank ? rank - 1 : warp.block->rank);
  });
  warp.setDefined(inst.d, active);
}

unsigned takeWidth(Decoder &d) {
  Type type = d.mods.takeType();
  return type == Type::U64 ? 64 : type == Type::U32 ? 32 : 0;
}

/// A register, or the name of a variable.
bool addressOperand(Decoder &d, const Operand &operand, unsigned bits, uint32_t &slot) {
  return d.sourceBits(operand, bits, slot);
}

bool decodeCvta(Decoder &d) {
  Inst inst;
  bool to = d.mods.take("to");
  inst.space = takeSpace(d.mods);
  unsigned bits = takeWidth(d);
  if (inst.space == MemorySpace::Generic || bits != 64)
    return d.fail("expects a state space and .u64");
  inst.imm = windowOf(inst.space);
  inst.pure = to ? fromGeneric : toGeneric;
  inst.cls = Class::Move;
  if (!d.finish() || !d.expectOperands(2) || !d.destination(d.ops()[0], bits, inst.d) ||
      !addressOperand(d, d.ops()[1], bits, inst.a))
    return false;
  d.emit(inst);
  return true;
}

bool decodeIsSpace(Decoder &d) {
  Inst inst;
  bool own = !d.mods.has("shared::cluster");
  inst.space = takeSpace(d.mods);
  if (inst.space == MemorySpace::Generic)
    return d.fail("expects a state space");
  if (inst.space == MemorySpace::Shared && own)
    inst.effect = isOwnShared;
  else
    inst.pure = isSpace;
  inst.taint = Taint::Strict;
  if (!d.finish() || !d.expectOperands(2) || !d.predicateDestination(d.ops()[0], inst.d) ||
      !d.sourceBits(d.ops()[1], 64, inst.a))
    return false;
  d.emit(inst);
  return true;
}

bool decodeMapa(Decoder &d) {
  bool maps = d.mods.mnemonic() == "mapa";
  Inst inst;
  bool cluster = d.mods.take("shared::cluster");
  unsigned bits = takeWidth(d);
  inst.mode = !cluster;
  if (!bits || (!cluster && bits != 64))
    return d.fail("expects .u64, or .shared::cluster with .u32 or .u64");
  inst.effect = maps ? mapAddress : rankOf;
  if (!d.finish() || !d.expectOperands(maps ? 3 : 2) ||
      !d.destination(d.ops()[0], maps ? bits : 32, inst.d) ||
      !addressOperand(d, d.ops()[1], bits, inst.a) ||
      (maps && !d.source(d.ops()[2], Type::U32, inst.b)))
    return false;
  d.emit(inst);
  return true;
}
} // namespace

DecodeFn normc::ptxsim::decodeAddress(const std::string &name) {
  struct Row {
    const char *name;
    DecodeFn decode;
  };
  static const Row rows[] = {{"cvta", decodeCvta},
                             {"isspacep", decodeIsSpace},
                             {"mapa", decodeMapa},
                             {"getctarank", decodeMapa}};
  for (const Row &row : rows)
    if (name == row.name)
      return row.decode;
  return nullptr;
}
