//===- Async.cpp - asynchronous copies and stores ---------------------------===//
//
// A copy moves its bytes when it completes: at once, at some time, or as late as it may, which the
// launch's order decides. Who uses them before waiting is found in any case.
//
//===----------------------------------------------------------------------===//

#include "Access.h"

#include <algorithm>
#include <cstring>

using namespace normc::ptxsim;

bool Machine::issue(AsyncOp op) {
  op.id = nextOp++;
  ++access;
  Warp &warp = *op.warp;
  const Inst &inst = *op.inst;
  Event flight{Event::inFlight, 0, op.id};
  if (op.sourceBlock && !touchAsync(warp, inst, op.lane, {op.sourceBlock, uint32_t(op.source)},
                                    op.bytes, Kind::Read, flight))
    return false;
  if (op.targetBlock) {
    SharedPlace place{op.targetBlock, uint32_t(op.target)};
    Kind kind = op.kind == AsyncOp::Reduce ? Kind::Atomic : Kind::Write;
    if (!touchAsync(warp, inst, op.lane, place, op.bytes, kind, flight))
      return false;
  }
  if (op.mbarrierBlock)
    ++op.mbarrierBlock->mbarriers[op.mbarrier].inFlight;
  flying.push_back(op);
  if (launch.order == Order::Forward)
    complete(flying.size() - 1);
  return !failed();
}

static uint8_t *hostOf(DeviceMemory &memory, uint64_t address) {
  Buffer *buffer = memory.find(address);
  return buffer->host + (address - buffer->address);
}

void Machine::complete(size_t position) {
  AsyncOp op = flying[position];
  flying.erase(flying.begin() + position);
  ++events;
  Warp &warp = *op.warp;
  uint8_t *target =
      op.targetBlock ? op.targetBlock->shared.data() + op.target : hostOf(memory, op.target);
  uint8_t *defined = op.targetBlock ? op.targetBlock->sharedDefined.data() + op.target : nullptr;
  const uint8_t *source = op.data.data(), *sourceDefined = nullptr;
  if (op.kind == AsyncOp::BulkLoad)
    source = hostOf(memory, op.source);
  if (op.sourceBlock) {
    source = op.sourceBlock->shared.data() + op.source;
    sourceDefined = op.sourceBlock->sharedDefined.data() + op.source;
  }
  if (op.kind == AsyncOp::Reduce) {
    uint64_t old = 0, value = 0;
    memcpy(&old, target, op.bytes);
    memcpy(&value, source, op.bytes);
    value = atomicResult(*op.inst, old, value, 0, false);
    memcpy(target, &value, op.bytes);
  } else {
    memcpy(target, source, op.bytes);
  }
  if (defined && sourceDefined)
    memcpy(defined, sourceDefined, op.bytes);
  else if (defined)
    memset(defined, 1, op.bytes);
  if (!defined && sourceDefined) {
    const void *bad = memchr(sourceDefined, 0, op.bytes);
    if (bad) {
      fail(&warp, 1u << op.lane, op.inst,
           "stores shared memory that was never written, " +
               std::to_string(static_cast<const uint8_t *>(bad) - sourceDefined) +
               " bytes into the copy");
      return;
    }
  }
  Event done{uint16_t(2 * warps.size() + warp.entity), op.lane, op.bulkClock};
  Mbarrier *barrier = nullptr;
  if (op.mbarrierBlock) {
    auto found = op.mbarrierBlock->mbarriers.find(op.mbarrier);
    if (found == op.mbarrierBlock->mbarriers.end() || op.mbarrierBlock->done) {
      fail(&warp, 1u << op.lane, op.inst, "completes on an mbarrier that is gone");
      return;
    }
    barrier = &found->second;
    done = {barrier->entity, 0, barrier->phase + 1};
    --barrier->inFlight;
    barrier->dataPhase = std::max(barrier->dataPhase, barrier->phase + 1);
  }
  if (op.targetBlock) {
    SharedPlace place{op.targetBlock, uint32_t(op.target)};
    Kind kind = op.kind == AsyncOp::Reduce ? Kind::Atomic : Kind::Write;
    landAsync(place, op.bytes, kind, op.id, done);
  }
  if (op.sourceBlock)
    landAsync({op.sourceBlock, uint32_t(op.source)}, op.bytes, Kind::Read, op.id, done);
  if (barrier && changeTransactions(warp, *op.inst, op.lane, *barrier, -int64_t(op.bytes)))
    finishPhase(*barrier);
}

void Machine::completeAll(Warp &warp, unsigned lane, uint32_t bulkClock) {
  for (size_t k = 0; k < flying.size() && !failed();) {
    const AsyncOp &op = flying[k];
    if (op.kind == AsyncOp::BulkStore && op.warp == &warp && op.lane == lane &&
        op.bulkClock <= bulkClock)
      complete(k);
    else
      ++k;
  }
}

namespace {
bool allDefined(Machine &m, Warp &warp, const Inst &inst, uint32_t active,
                std::initializer_list<uint32_t> slots) {
  for (uint32_t slot : slots)
    if (!m.checkDefined(warp, inst, slot, active, "operand of an asynchronous copy"))
      return false;
  return true;
}

// --- cp.async: a: target, b: source, c: bytes to read; mode: bytes; imm, imm2: offsets; variant: f
// says that nothing is read.
void copyAsync(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!allDefined(m, warp, inst, active, {inst.a, inst.b, inst.c, inst.f}))
    return;
  ++m.access;
  uint32_t clock = ++warp.copyClock, size = inst.mode;
  uint64_t sectors[32];
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    uint64_t read = std::min<uint64_t>(uint32_t(warp.read(inst.c)[l]), size);
    if (inst.variant && (warp.read(inst.f)[l] & 1) != (inst.flags & 1))
      read = 0;
    uint64_t source = warp.read(inst.b)[l] + inst.imm2;
    uint8_t data[16] = {}, defined[16];
    memset(defined, 1, sizeof defined);
    sectors[l] = 0;
    if (read) {
      Located from;
      if (!locate(m, warp, inst, l, source, MemorySpace::Global, uint32_t(read), 1, Use::Load,
                  from))
        return;
      if (source % size) {
        m.fail(&warp, 1u << l, &inst, "misaligned source of an asynchronous copy");
        return;
      }
      memcpy(data, from.bytes, read);
      for (uint64_t k = 0; k < read; ++k)
        defined[k] = !(from.undefined >> k & 1);
      from.buffer->traffic.bytesLoaded += read;
      sectors[l] = source;
    }
    SharedPlace place;
    Event event{uint16_t(m.warps.size() + warp.entity), uint8_t(l), clock};
    if (!m.resolveShared(warp, inst, l, warp.read(inst.a)[l] + inst.imm, MemorySpace::Shared, size,
                         size, place) ||
        !m.touchAsync(warp, inst, l, place, size, Kind::Write, event))
      return;
    memcpy(place.block->shared.data() + place.offset, data, size);
    memcpy(place.block->sharedDefined.data() + place.offset, defined, size);
    m.result.statistics.sharedBytesStored += size;
  }
  ++m.result.statistics.asyncCopies;
  m.countGlobal(sectors, active, size, false);
}

void commitCopies(Machine &, Warp &warp, const Inst &, uint32_t active) {
  for (uint32_t rest = active; rest; rest &= rest - 1)
    warp.copyGroups[__builtin_ctz(rest)].push_back(warp.copyClock);
}

// imm: how many groups may be left; mode 1: none, and what is in no group neither.
void waitCopies(Machine &, Warp &warp, const Inst &inst, uint32_t active) {
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    std::vector<uint32_t> &groups = warp.copyGroups[l];
    if (inst.mode) {
      warp.copied[l] = warp.copyClock;
      groups.clear();
    } else if (groups.size() > inst.imm) {
      size_t done = groups.size() - inst.imm;
      warp.copied[l] = std::max(warp.copied[l], groups[done - 1]);
      groups.erase(groups.begin(), groups.begin() + done);
    }
  }
}

// mode 1: .noinc. The arrival comes with all copies of the thread so far.
void arriveCopies(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!m.checkDefined(warp, inst, inst.a, active, "address"))
    return;
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    SharedPlace place;
    Mbarrier *barrier =
        m.mbarrierAt(warp, inst, l, warp.read(inst.a)[l] + inst.imm, inst.space, place);
    if (!barrier)
      return;
    VectorClock copies;
    if (warp.copyClock)
      copies.raiseLane(uint16_t(m.warps.size() + warp.entity), uint8_t(l), warp.copyClock);
    barrier->arriving.join(copies);
    if (!inst.mode)
      ++barrier->pending; // and so the arrival leaves it as it was
    if (!m.arrive(warp, inst, l, *barrier, 1))
      return;
  }
}

// --- bulk copies: a: target, b: source, c: bytes, f: the mbarrier; imm, imm2, imm3: their offsets;
// list: the mask of blocks where variant says so.
bool checkBulk(Machine &m, Warp &warp, const Inst &inst, unsigned l, uint64_t bytes) {
  if (bytes % 16 == 0)
    return true;
  m.fail(&warp, 1u << l, &inst, "expects a multiple of 16 bytes, but got " + std::to_string(bytes));
  return false;
}

// Bulk copies and st.async take generic addresses too.
uint64_t sharedAddress(uint64_t address, MemorySpace &space) {
  if (space != MemorySpace::Generic)
    return address;
  space = MemorySpace::SharedCluster;
  return address - sharedWindow;
}

bool bulkMbarrier(Machine &m, Warp &warp, const Inst &inst, unsigned l, AsyncOp &op) {
  SharedPlace place;
  if (!m.mbarrierAt(warp, inst, l, warp.read(inst.f)[l] + inst.imm3, inst.space2, place, true))
    return false;
  op.mbarrierBlock = place.block;
  op.mbarrier = place.offset;
  return true;
}

/// The same copy into each block of the mask.
bool issueMulticast(Machine &m, Warp &warp, const Inst &inst, unsigned l, uint64_t mask,
                    AsyncOp op) {
  if (!mask || mask >> m.blocks.size()) {
    m.fail(&warp, 1u << l, &inst, "expects a mask of blocks of the cluster");
    return false;
  }
  uint64_t local = (warp.read(inst.a)[l] + inst.imm) & ((1u << clusterShift) - 1);
  for (uint64_t rest = mask; rest; rest &= rest - 1) {
    uint64_t rank = uint64_t(__builtin_ctzll(rest)) + 1;
    SharedPlace place, barrier;
    if (!m.resolveShared(warp, inst, l, rank << clusterShift | local, MemorySpace::SharedCluster,
                         op.bytes, 16, place, true) ||
        !m.mbarrierAt(warp, inst, l, rank << clusterShift | (op.mbarrier + sharedBase),
                      MemorySpace::SharedCluster, barrier, true))
      return false;
    op.targetBlock = place.block;
    op.target = place.offset;
    op.mbarrierBlock = barrier.block;
    op.mbarrier = barrier.offset;
    if (!m.issue(op))
      return false;
  }
  return true;
}

void bulkCopy(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!allDefined(m, warp, inst, active, {inst.a, inst.b, inst.c, inst.f}))
    return;
  const uint32_t *list = m.code.lists.data() + inst.list;
  auto kind = AsyncOp::Kind(inst.mode);
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    AsyncOp op;
    op.kind = kind;
    op.inst = &inst;
    op.warp = &warp;
    op.lane = uint8_t(l);
    op.bytes = uint32_t(warp.read(inst.c)[l]);
    if (!checkBulk(m, warp, inst, l, op.bytes))
      return;
    ++m.result.statistics.bulkCopies;
    uint64_t target = warp.read(inst.a)[l] + inst.imm;
    uint64_t source = warp.read(inst.b)[l] + inst.imm2;
    if (!op.bytes)
      continue;
    if (kind == AsyncOp::BulkLoad) {
      Located from;
      if (!locate(m, warp, inst, l, source, MemorySpace::Global, op.bytes, 16, Use::Load, from))
        return;
      from.buffer->traffic.bytesLoaded += op.bytes;
      from.buffer->traffic.sectorsLoaded += (op.bytes + source % 32 + 31) / 32 * 32;
      op.source = source;
    } else {
      MemorySpace space = MemorySpace::Shared;
      SharedPlace place;
      if (!m.resolveShared(warp, inst, l, source, space, op.bytes, 16, place))
        return;
      op.sourceBlock = place.block;
      op.source = place.offset;
    }
    if (kind == AsyncOp::BulkStore) {
      Located to;
      if (!locate(m, warp, inst, l, target, MemorySpace::Global, op.bytes, 16, Use::Store, to))
        return;
      to.buffer->traffic.bytesStored += op.bytes;
      to.buffer->traffic.sectorsStored += (op.bytes + target % 32 + 31) / 32 * 32;
      op.target = target;
      op.bulkClock = warp.bulkLast[l] = ++warp.bulkClock;
    } else {
      MemorySpace space = inst.space;
      uint64_t address = sharedAddress(target, space);
      SharedPlace place;
      if (!bulkMbarrier(m, warp, inst, l, op))
        return;
      if (inst.variant) {
        if (!m.checkDefined(warp, inst, list[0], active, "mask of blocks"))
          return;
        if (!issueMulticast(m, warp, inst, l, warp.read(list[0])[l] & 0xffff, op))
          return;
        continue;
      }
      if (!m.resolveShared(warp, inst, l, address, space, op.bytes, 16, place, true))
        return;
      op.targetBlock = place.block;
      op.target = place.offset;
      if (op.mbarrierBlock != op.targetBlock) {
        m.fail(&warp, 1u << l, &inst, "expects the mbarrier in the block that the copy writes");
        return;
      }
    }
    if (!m.issue(op))
      return;
  }
}

void commitBulk(Machine &, Warp &warp, const Inst &, uint32_t active) {
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    warp.bulkGroups[l].push_back(warp.bulkLast[l]);
  }
}

void waitBulk(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    std::vector<uint32_t> &groups = warp.bulkGroups[l];
    if (groups.size() <= inst.imm)
      continue;
    uint32_t clock = groups[groups.size() - inst.imm - 1];
    m.completeAll(warp, l, clock);
    if (m.failed())
      return;
    warp.bulkRead[l] = std::max(warp.bulkRead[l], clock);
  }
}

void nothing(Machine &, Warp &, const Inst &, uint32_t) {}

// --- st.async and red.async: a: target, f: the mbarrier, list: values; flags: a reduction.
void storeAsync(Machine &m, Warp &warp, const Inst &inst, uint32_t active) {
  if (!allDefined(m, warp, inst, active, {inst.a, inst.f}))
    return;
  const uint32_t *values = m.code.lists.data() + inst.list;
  uint32_t count = inst.count, size = inst.mode;
  for (uint32_t k = 0; k < count; ++k)
    if (!m.checkDefined(warp, inst, values[k], active, "value of an asynchronous store"))
      return;
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    AsyncOp op;
    op.kind = inst.flags ? AsyncOp::Reduce : AsyncOp::Store;
    op.inst = &inst;
    op.warp = &warp;
    op.lane = uint8_t(l);
    op.bytes = size * count;
    MemorySpace space = inst.space;
    uint64_t address = sharedAddress(warp.read(inst.a)[l] + inst.imm, space);
    SharedPlace place;
    if (!m.resolveShared(warp, inst, l, address, space, op.bytes, op.bytes, place, true) ||
        !bulkMbarrier(m, warp, inst, l, op))
      return;
    op.targetBlock = place.block;
    op.target = place.offset;
    if (op.mbarrierBlock != op.targetBlock) {
      m.fail(&warp, 1u << l, &inst, "expects the mbarrier in the block that the store writes");
      return;
    }
    for (uint32_t k = 0; k < count; ++k)
      memcpy(op.data.data() + k * size, &warp.read(values[k])[l], size);
    m.result.statistics.sharedBytesStored += op.bytes;
    if (!m.issue(op))
      return;
  }
  ++m.result.statistics.asyncCopies;
}

// --- decoding -------------------------------------------------------------

bool decodeGroups(Decoder &d, bool bulk) {
  Inst inst;
  inst.cls = Class::AsyncCopy;
  int what = d.mods.takeOneOf({"commit_group", "wait_group", "wait_all"});
  bool reads = bulk && d.mods.take("read");
  if (reads && what != 1)
    return d.fail("expects .read of .wait_group only");
  inst.mode = what == 2;
  inst.effect = bulk ? (what == 0 ? commitBulk : waitBulk) : what == 0 ? commitCopies : waitCopies;
  if (what == 2 && bulk)
    return d.fail("expects .wait_group");
  if (!d.finish() || !d.expectOperands(what == 1 ? 1 : 0) ||
      (what == 1 && !d.immediate(d.ops()[0], inst.imm)))
    return false;
  d.emit(inst);
  return true;
}

bool decodeCopyAsync(Decoder &d) {
  Inst inst;
  inst.cls = Class::AsyncCopy;
  if (d.mods.take("mbarrier")) {
    if (!d.mods.take("arrive"))
      return d.fail("expects .arrive");
    inst.mode = d.mods.take("noinc");
    inst.space = takeSpace(d.mods);
    inst.effect = arriveCopies;
    if (!d.mods.take("b64"))
      return d.fail("expects .b64");
    if (!d.finish() || !d.expectOperands(1) || !d.address(d.ops()[0], inst.space, inst.a, inst.imm))
      return false;
    d.emit(inst);
    return true;
  }
  if (d.mods.has("commit_group") || d.mods.has("wait_group") || d.mods.has("wait_all"))
    return decodeGroups(d, false);
  int level = d.mods.takeOneOf({"ca", "cg"});
  bool shared = d.mods.take("shared") || d.mods.take("shared::cta");
  if (level < 0 || !shared || !d.mods.take("global"))
    return d.fail("expects .ca or .cg, .shared and .global");
  bool policy;
  takeCacheHints(d.mods, policy);
  size_t count = d.ops().size() - policy;
  uint64_t size;
  MemorySpace target = MemorySpace::Shared, source = MemorySpace::Global;
  if (!d.finish() || !d.expectOperands(3 + policy, 4 + policy) ||
      !d.address(d.ops()[0], target, inst.a, inst.imm) ||
      !d.address(d.ops()[1], source, inst.b, inst.imm2) || !d.immediate(d.ops()[2], size))
    return false;
  bool good = size == 16 || (level == 0 && (size == 4 || size == 8));
  if (!good)
    return d.fail("expects 16 bytes, or 4 or 8 with .ca");
  inst.mode = uint8_t(size);
  inst.c = d.constant(size);
  if (count == 4) {
    if (d.operandBits(d.ops()[3]) == 1) {
      bool negated;
      inst.variant = 1;
      if (!d.predicate(d.ops()[3], inst.f, negated))
        return false;
      inst.flags = negated;
    } else if (!d.source(d.ops()[3], Type::U32, inst.c)) {
      return false;
    }
  }
  inst.effect = copyAsync;
  d.emit(inst);
  return true;
}

bool decodeBulkPrefetch(Decoder &d) {
  Inst inst;
  inst.cls = Class::AsyncCopy;
  inst.effect = nothing;
  bool policy;
  if (!d.mods.take("L2") || !d.mods.take("global"))
    return d.fail("expects .L2.global");
  takeCacheHints(d.mods, policy);
  MemorySpace space = MemorySpace::Global;
  if (!d.finish() || !d.expectOperands(2 + policy) ||
      !d.address(d.ops()[0], space, inst.a, inst.imm) || !d.source(d.ops()[1], Type::U32, inst.c))
    return false;
  d.emit(inst);
  return true;
}

bool decodeBulk(Decoder &d) {
  if (d.mods.take("prefetch"))
    return decodeBulkPrefetch(d);
  if (d.mods.has("commit_group") || d.mods.has("wait_group"))
    return decodeGroups(d, true);
  Inst inst;
  inst.cls = Class::AsyncCopy;
  inst.effect = bulkCopy;
  // The first state space is the target's.
  int first = d.mods.takeOneOf({"shared::cluster", "shared::cta", "global"});
  int second = d.mods.takeOneOf({"shared::cta", "global"});
  bool onMbarrier = d.mods.take("mbarrier::complete_tx::bytes"), group = d.mods.take("bulk_group");
  bool multicast = d.mods.take("multicast::cluster"), policy = d.mods.take("L2::cache_hint");
  AsyncOp::Kind kind;
  if (first == 2 && second == 0 && group && !onMbarrier && !multicast)
    kind = AsyncOp::BulkStore;
  else if (first <= 1 && first >= 0 && second == 1 && onMbarrier && !group)
    kind = AsyncOp::BulkLoad;
  else if (first == 0 && second == 0 && onMbarrier && !group && !multicast && !policy)
    kind = AsyncOp::SharedCopy;
  else
    return d.fail("expects another pair of state spaces, or another completion");
  inst.mode = kind;
  inst.variant = multicast;
  bool stores = kind == AsyncOp::BulkStore;
  inst.space = stores ? MemorySpace::Global : MemorySpace::SharedCluster;
  MemorySpace from = kind == AsyncOp::BulkLoad ? MemorySpace::Global : MemorySpace::Shared;
  inst.space2 = MemorySpace::SharedCluster;
  size_t operands = (stores ? 3 : 4) + multicast + policy;
  if (!d.finish() || !d.expectOperands(operands) ||
      !d.address(d.ops()[0], inst.space, inst.a, inst.imm) ||
      !d.address(d.ops()[1], from, inst.b, inst.imm2) || !d.source(d.ops()[2], Type::U32, inst.c) ||
      (!stores && !d.address(d.ops()[3], inst.space2, inst.f, inst.imm3)))
    return false;
  std::vector<uint32_t> list;
  uint32_t slot;
  if (multicast) {
    if (!d.source(d.ops()[4], Type::U16, slot))
      return false;
    list.push_back(slot);
  }
  if (policy && !d.source(d.ops()[operands - 1], Type::B64, slot))
    return false;
  d.setList(inst, list);
  d.emit(inst);
  return true;
}

bool decodeCp(Decoder &d) {
  if (!d.mods.take("async"))
    return d.fail("does not know the instruction " + d.statement->opcode);
  if (!d.mods.take("bulk"))
    return decodeCopyAsync(d);
  if (d.mods.has("tensor") || d.mods.has("reduce"))
    return d.fail("does not know the instruction " + d.statement->opcode);
  return decodeBulk(d);
}

bool decodeStoreAsync(Decoder &d) {
  bool reduces = d.mods.mnemonic() == "red";
  Inst inst;
  inst.cls = Class::AsyncCopy;
  inst.effect = storeAsync;
  d.mods.take("async");
  d.mods.take("weak");
  if (reduces) {
    if (d.mods.take("relaxed") && !d.mods.take("cluster"))
      return d.fail("expects .relaxed.cluster");
  }
  d.mods.take("shared::cluster");
  if (!d.mods.take("mbarrier::complete_tx::bytes"))
    return d.fail("expects .mbarrier::complete_tx::bytes");
  static const size_t counts[] = {1, 2, 4};
  size_t count = reduces ? 1 : counts[d.mods.takeOneOf({"v2", "v4"}) + 1];
  if (reduces) {
    if (!takeAtomicOperation(d, inst))
      return false;
    if (isFloat(inst.type) || inst.variant > 7)
      return d.fail("expects an operation of integers");
  } else {
    inst.type = d.mods.takeType();
  }
  unsigned bits = bitsOf(inst.type);
  if ((bits != 32 && bits != 64) || bits * count > 128)
    return d.fail("expects 32 or 64 bits, at most 16 bytes");
  inst.mode = uint8_t(bits / 8);
  inst.space = inst.space2 = MemorySpace::SharedCluster;
  if (!d.finish() || !d.expectOperands(3) || !d.address(d.ops()[0], inst.space, inst.a, inst.imm) ||
      !d.address(d.ops()[2], inst.space2, inst.f, inst.imm3))
    return false;
  std::vector<uint32_t> list;
  if (count > 1 || d.ops()[1].kind == Operand::Vector) {
    if (!d.vector(d.ops()[1], count, bits, true, false, list))
      return false;
  } else {
    uint32_t slot;
    if (!d.source(d.ops()[1], inst.type, slot))
      return false;
    list.push_back(slot);
  }
  inst.flags = reduces;
  d.setList(inst, list);
  d.emit(inst);
  return true;
}
} // namespace

DecodeFn normc::ptxsim::decodeAsync(const std::string &name) {
  if (name == "st.async" || name == "red.async")
    return decodeStoreAsync;
  return name == "cp" ? decodeCp : nullptr;
}
