//===- Control.cpp - branches, exits, barriers of blocks and clusters -------===//
//
// A barrier that some threads of the block never reach is found when nothing else can go on.
//
//===----------------------------------------------------------------------===//

#include "Decoder.h"
#include "Lanes.h"
#include "Machine.h"

using namespace normc::ptxsim;

namespace {
void branch(Machine &, Warp &warp, const Inst &inst, uint32_t active) {
  warp.moved = true;
  if (active == warp.group) {
    warp.pc = inst.target;
    return;
  }
  uint32_t group = warp.group, next = warp.pc + 1;
  warp.choose();
  warp.place(group & ~active, next);
  warp.place(active, inst.target);
}

void branchTable(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!m.checkDefined(warp, inst, inst.a, active, "index of a branch"))
    return;
  uint32_t group = warp.group, next = warp.pc + 1;
  const uint64_t *index = warp.read(inst.a);
  warp.choose();
  warp.place(group & ~active, next);
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    if (index[l] >= inst.count) {
      m.fail(&warp, 1u << l, &inst,
             "branches to target " + std::to_string(index[l]) + " of " +
                 std::to_string(inst.count));
      return;
    }
    warp.place(1u << l, m.code.lists[inst.list + index[l]]);
  }
  warp.moved = true;
}

void exitThreads(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  uint32_t group = warp.group, next = warp.pc + 1;
  warp.choose();
  warp.place(group & ~active, next);
  warp.moved = true;
  m.exitLanes(warp, inst, active);
}

void trap(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  m.fail(&warp, active, &inst, "trap");
}

void nothing(Machine &, Warp &, const Inst &, uint32_t) {}

// mode 1: between the generic proxy and that of asynchronous copies.
void fence(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (inst.mode)
    m.fenceProxy(warp, active);
  else
    warp.fenced = true;
}

void dependency(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (inst.mode) {
    ++m.result.statistics.dependencyLaunches;
    return;
  }
  ++m.result.statistics.dependencyWaits;
  VectorClock clock;
  clock.raise(m.dependencyEntity(), 1);
  m.acquire(warp, active, clock);
}

// --- barriers of a block --------------------------------------------------

/// mode: 1 waits; 2 a reduction follows (variant: 0 popc, 1 and, 2 or). a: id, b: count, 0 for all.
/// imm: all lanes of the warp have to come together.
void barrier(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!m.checkDefined(warp, inst, inst.a, active, "operand of a barrier") ||
      !m.checkDefined(warp, inst, inst.b, active, "operand of a barrier") ||
      !m.checkDefined(warp, inst, inst.c, active, "operand of a barrier"))
    return;
  if (inst.imm) {
    active = m.collectAll(warp, active);
    if (!active)
      return;
  }
  unsigned first = __builtin_ctz(active);
  uint64_t id = warp.read(inst.a)[first], count = warp.read(inst.b)[first];
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    if (warp.read(inst.a)[l] != id || warp.read(inst.b)[l] != count) {
      m.fail(&warp, 1u << l, &inst, "expects the same barrier and count in all lanes");
      return;
    }
  }
  if (id > 15) {
    m.fail(&warp, active, &inst, "expects barrier 0 to 15, but got " + std::to_string(id));
    return;
  }
  if (count % 32 != 0) {
    m.fail(&warp, active, &inst,
           "expects a count of threads that is a multiple of 32, but got " + std::to_string(count));
    return;
  }
  bool counted = inst.flags & 1;
  if (counted && count == 0) {
    m.fail(&warp, active, &inst, "expects a count of threads, but got 0");
    return;
  }
  ++m.result.statistics.barriers;
  m.arriveBarrier(warp, inst, active, unsigned(id), uint32_t(count), inst.mode & 1);
}

void clusterArrive(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (inst.imm) {
    active = m.collectAll(warp, active);
    if (!active)
      return;
  }
  ++m.result.statistics.barriers;
  m.arriveCluster(warp, inst, active, inst.release);
}

void clusterWait(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (inst.imm) {
    active = m.collectAll(warp, active);
    if (!active)
      return;
  }
  m.waitCluster(warp, inst, active);
}

// --- decoding -------------------------------------------------------------

bool decodeBranch(Decoder &d) {
  Inst inst;
  inst.cls = Class::Branch;
  inst.effect = branch;
  d.mods.take("uni");
  if (!d.finish() || !d.expectOperands(1))
    return false;
  if (d.ops()[0].kind != Operand::Name)
    return d.fail("expects a label");
  d.branchTo(d.ops()[0].name, inst);
  return true;
}

bool decodeBranchTable(Decoder &d) {
  Inst inst;
  inst.cls = Class::Branch;
  inst.effect = branchTable;
  if (!d.mods.take("idx"))
    return d.fail("expects brx.idx");
  d.mods.take("uni");
  if (!d.finish() || !d.expectOperands(2) || !d.source(d.ops()[0], Type::U32, inst.a))
    return false;
  if (d.ops()[1].kind != Operand::Name)
    return d.fail("expects a table of labels");
  return d.branchTable(d.ops()[1].name, inst);
}

template <EffectFn effect, Class cls> bool decodePlain(Decoder &d) {
  Inst inst;
  inst.cls = cls;
  inst.effect = effect;
  if (!d.finish() || !d.expectOperands(0))
    return false;
  d.emit(inst);
  return true;
}

bool decodeNanosleep(Decoder &d) {
  Inst inst;
  inst.cls = Class::Other;
  inst.effect = nothing;
  if (d.mods.takeType() != Type::U32)
    return d.fail("expects .u32");
  if (!d.finish() || !d.expectOperands(1) || !d.source(d.ops()[0], Type::U32, inst.a))
    return false;
  d.emit(inst);
  return true;
}

bool decodeSetMaxRegisters(Decoder &d) {
  Inst inst;
  inst.cls = Class::Other;
  inst.effect = nothing;
  if (d.mods.takeOneOf({"inc", "dec"}) < 0 || !d.mods.take("sync") || !d.mods.take("aligned") ||
      d.mods.takeType() != Type::U32)
    return d.fail("expects setmaxnreg.inc or .dec .sync.aligned.u32");
  if (!d.finish() || !d.expectOperands(1) || !d.immediate(d.ops()[0], inst.imm))
    return false;
  if (inst.imm % 8 || inst.imm < 24 || inst.imm > 256)
    return d.fail("expects 24 to 256 registers, a multiple of 8");
  d.emit(inst);
  return true;
}

bool decodeFence(Decoder &d) {
  Inst inst;
  inst.cls = Class::Fence;
  inst.effect = fence;
  if (d.mods.mnemonic() == "membar") {
    bool proxy = d.mods.take("proxy");
    int scope = d.mods.takeOneOf({"cta", "gl", "sys", "alias"});
    if (scope < 0 || proxy != (scope == 3))
      return d.fail("expects a scope, or .proxy.alias");
  } else {
    // fence.sc.gpu, fence.proxy.async.shared::cta, fence.mbarrier_init.release.cluster
    int semantics = d.mods.takeOneOf({"sc", "acq_rel", "acquire", "release"});
    bool proxy = d.mods.take("proxy"), init = d.mods.take("mbarrier_init");
    if (proxy) {
      bool async = d.mods.take("async"), alias = d.mods.take("alias");
      if (d.mods.take("async::generic"))
        async = true;
      if (!async && !alias)
        return d.fail("expects .async or .alias");
      inst.mode = async;
      d.mods.takeOneOf({"global", "shared::cta", "shared::cluster"});
      d.mods.take("sync_restrict::shared::cta");
      d.mods.take("sync_restrict::shared::cluster");
    }
    int scope = d.mods.takeOneOf({"cta", "cluster", "gpu", "sys"});
    d.mods.take("sync_restrict::shared::cta");
    d.mods.take("sync_restrict::shared::cluster");
    if (!proxy && (semantics < 0 && !init))
      return d.fail("expects .sc, .acq_rel, .acquire, .release or .proxy");
    if (!proxy && scope < 0)
      return d.fail("expects a scope");
    if (init && semantics != 3)
      return d.fail("expects .mbarrier_init.release");
  }
  if (!d.finish() || !d.expectOperands(0))
    return false;
  d.emit(inst);
  return true;
}

bool decodeDependency(Decoder &d) {
  Inst inst;
  inst.cls = Class::Other;
  inst.effect = dependency;
  int what = d.mods.takeOneOf({"wait", "launch_dependents"});
  if (what < 0)
    return d.fail("expects .wait or .launch_dependents");
  inst.mode = uint8_t(what);
  if (!d.finish() || !d.expectOperands(0))
    return false;
  d.emit(inst);
  return true;
}

bool decodeClusterBarrier(Decoder &d, Inst inst) {
  int what = d.mods.takeOneOf({"arrive", "wait"});
  if (what < 0)
    return d.fail("expects .arrive or .wait");
  int semantics = d.mods.takeOneOf({"release", "acquire", "relaxed"});
  if (semantics >= 0 && (what == 0 ? semantics == 1 : semantics != 1))
    return d.fail("expects other semantics");
  inst.release = semantics != 2;
  inst.acquire = true;
  inst.imm = d.mods.take("aligned");
  inst.effect = what == 0 ? clusterArrive : clusterWait;
  if (!d.finish() || !d.expectOperands(0))
    return false;
  d.emit(inst);
  return true;
}

bool decodeReduction(Decoder &d, Inst &inst, size_t operands) {
  int op = d.mods.takeOneOf({"popc", "and", "or"});
  Type type = d.mods.takeType();
  if (op < 0 || type != (op == 0 ? Type::U32 : Type::Pred))
    return d.fail("expects .popc.u32, .and.pred or .or.pred");
  inst.mode = 3;
  inst.variant = uint8_t(op);
  bool negated;
  const Operand &value = d.ops()[operands - 1];
  if (!d.destination(d.ops()[0], op == 0 ? 32 : 1, inst.d) || !d.predicate(value, inst.c, negated))
    return false;
  inst.flags |= negated ? 2 : 0;
  return true;
}

bool decodeBarrier(Decoder &d) {
  Inst inst;
  inst.cls = Class::Barrier;
  inst.effect = barrier;
  bool isBar = d.mods.mnemonic() == "bar";
  if (!isBar && d.mods.take("cluster"))
    return decodeClusterBarrier(d, inst);
  d.mods.take("cta");
  if (isBar && d.mods.has("warp"))
    return decodeWarp("bar.warp")(d);
  int what = d.mods.takeOneOf({"sync", "arrive", "red"});
  inst.imm = d.mods.take("aligned") || isBar;
  if (what < 0)
    return d.fail("expects .sync, .arrive or .red");
  inst.mode = what == 0 ? 1 : 0;
  size_t count = d.ops().size(), first = what == 2 ? 1 : 0, last = count;
  if (what == 2) {
    if (!d.expectOperands(3, 4) || !decodeReduction(d, inst, count))
      return false;
    last = count - 1;
  } else if (!d.expectOperands(what == 1 ? 2 : 1, 2)) {
    return false;
  }
  if (!d.finish() || !d.source(d.ops()[first], Type::U32, inst.a))
    return false;
  bool counted = first + 1 < last;
  if (counted && !d.source(d.ops()[first + 1], Type::U32, inst.b))
    return false;
  inst.flags |= counted ? 1 : 0;
  d.emit(inst);
  return true;
}
} // namespace

EffectFn normc::ptxsim::branchEffect() { return branch; }

DecodeFn normc::ptxsim::decodeControl(const std::string &name) {
  struct Row {
    const char *name;
    DecodeFn decode;
  };
  static const Row rows[] = {{"bra", decodeBranch},
                             {"brx", decodeBranchTable},
                             {"exit", decodePlain<exitThreads, Class::Branch>},
                             {"trap", decodePlain<trap, Class::Other>},
                             {"brkpt", decodePlain<trap, Class::Other>},
                             {"nanosleep", decodeNanosleep},
                             {"setmaxnreg", decodeSetMaxRegisters},
                             {"membar", decodeFence},
                             {"fence", decodeFence},
                             {"griddepcontrol", decodeDependency},
                             {"bar", decodeBarrier},
                             {"barrier", decodeBarrier}};
  for (const Row &row : rows)
    if (name == row.name)
      return row.decode;
  return nullptr;
}
