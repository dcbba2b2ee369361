//===- SharedAccess.cpp - rules of shared memory ----------------------------===//
//
// Bounds and alignment, the block that an address belongs to and whether it is there, and who
// touched four bytes last: an access that nothing orders behind them is a race.
//
//===----------------------------------------------------------------------===//

#include "Machine.h"

#include <algorithm>

using namespace normc::ptxsim;

namespace {
std::string hex(uint64_t value) {
  char text[24];
  snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(value));
  return text;
}
} // namespace

bool Machine::resolveShared(Warp &warp, const Inst &inst, unsigned lane, uint64_t address,
                            MemorySpace space, uint32_t bytes, uint32_t align, SharedPlace &place,
                            bool async) {
  auto bad = [&](const std::string &what) {
    fail(&warp, 1u << lane, &inst, what);
    return false;
  };
  place.block = warp.block;
  uint64_t local = address;
  if (space != MemorySpace::Shared) {
    uint64_t rank = address >> clusterShift;
    local = address & ((1u << clusterShift) - 1);
    if (rank > blocks.size())
      return bad("shared memory of a block that the cluster does not have, at " + hex(address));
    if (rank)
      place.block = blocks[rank - 1].get();
  }
  if (local % align)
    return bad("misaligned access of " + std::to_string(bytes) + " bytes of shared memory at " +
               hex(local) + ", expects a multiple of " + std::to_string(align));
  uint64_t used = sharedUsed();
  if (local < sharedBase || local - sharedBase + bytes > used)
    return bad("access of " + std::to_string(bytes) + " bytes outside of shared memory at offset " +
               std::to_string(int64_t(local - sharedBase)) + ", of " + std::to_string(used) +
               " bytes");
  place.offset = uint32_t(local - sharedBase);
  if (place.block == warp.block)
    return true;
  if (place.block->done)
    return bad("remote shared memory of block " + std::to_string(place.block->number) +
               ", which has exited: a cluster barrier is missing before its end");
  bool started = false;
  for (Warp *other : place.block->warps)
    started = started || known(warp, lane, other->entity, 0, 1);
  if (!started)
    return bad("remote shared memory of block " + std::to_string(place.block->number) +
               ", which may not have started: a cluster barrier is missing before");
  if (!async)
    place.block->remote.raiseLane(warp.entity, uint8_t(lane), warp.now);
  return true;
}

// --- cells ----------------------------------------------------------------

template <class F> bool Machine::eachCell(Block &block, uint32_t offset, uint32_t bytes, F f) {
  uint32_t end = offset + bytes;
  while (offset < end) {
    uint32_t word = offset / 4, stop = std::min(end, (word + 1) * 4);
    Cell &cell = block.cells[word];
    bool whole = stop - offset == 4;
    if (!whole && !(cell.flags & Split)) {
      // From now on each byte on its own.
      std::array<Cell, 4> parts;
      parts.fill(cell);
      for (int k = 1; k < 4 && cell.more; ++k) {
        parts[k].more = uint32_t(block.readers.size());
        block.readers.push_back(block.readers[cell.more]);
      }
      cell.flags |= Split;
      cell.more = uint32_t(block.split.size());
      block.split.push_back(parts);
    }
    if (cell.flags & Split) {
      for (uint32_t at = offset; at < stop; ++at)
        if (!f(block.split[cell.more][at % 4], at))
          return false;
    } else if (!f(cell, offset)) {
      return false;
    }
    offset = stop;
  }
  return true;
}

void Machine::clearReaders(Block &block, Cell &cell) {
  cell.reader = Reader();
  if (cell.more) {
    block.readers[cell.more].clear();
    block.freeReaders.push_back(cell.more);
    cell.more = 0;
  }
}

void Machine::addReader(Warp &warp, unsigned lane, Block &block, Cell &cell, Reader reader) {
  Reader &first = cell.reader;
  if (first.entity == Event::none) {
    first = reader;
    return;
  }
  auto merges = [&](Reader &other) {
    if (other.entity != reader.entity)
      return false;
    if (other.clock == reader.clock) {
      other.lanes |= reader.lanes;
      return true;
    }
    // What the new reader knows of, nobody has to wait for twice.
    for (uint32_t rest = other.lanes; rest; rest &= rest - 1)
      if (!known(warp, lane, other.entity, uint8_t(__builtin_ctz(rest)), other.clock))
        return false;
    other = reader;
    return true;
  };
  if (merges(first))
    return;
  if (!cell.more) {
    if (block.freeReaders.empty()) {
      block.freeReaders.push_back(uint32_t(block.readers.size()));
      block.readers.emplace_back();
    }
    cell.more = block.freeReaders.back();
    block.freeReaders.pop_back();
  }
  for (Reader &other : block.readers[cell.more])
    if (merges(other))
      return;
  block.readers[cell.more].push_back(reader);
}

bool Machine::raceError(Warp &warp, const Inst &inst, unsigned lane, SharedPlace place,
                        const Cell &cell, bool withWriter, const Reader *reader, Kind kind) {
  std::string what;
  uint16_t entity = withWriter ? cell.writer.entity : reader->entity;
  unsigned other = withWriter ? cell.writer.lane : __builtin_ctz(reader->lanes);
  bool async = entity == Event::inFlight || entity >= warps.size();
  std::string where = " (shared memory of block " + std::to_string(place.block->number) +
                      ", offset " + std::to_string(place.offset) + ")";
  const char *doing = kind == Kind::Read || kind == Kind::StrongRead ? "reads" : "writes";
  if (async && withWriter)
    what = std::string("asynchronous data used too early: ") + doing + " what " +
           describe(entity, other) + " writes, before the wait that completes it";
  else if (async)
    what = std::string("asynchronous data used too early: ") + doing + " what " +
           describe(entity, other) + " still reads";
  else
    what = std::string("race in shared memory: ") + doing + " what " + describe(entity, other) +
           (withWriter ? " wrote" : " read") + ", with nothing that orders them";
  fail(&warp, 1u << lane, &inst, what + where);
  return false;
}

std::string Machine::describe(uint16_t entity, unsigned lane) const {
  size_t count = warps.size();
  auto warpName = [&](size_t w) {
    const Warp &warp = *warps[w];
    std::string name = "warp " + std::to_string(warp.index) + " lane " + std::to_string(lane);
    return blocks.size() > 1 ? name + " of block " + std::to_string(warp.block->number) : name;
  };
  if (entity == Event::inFlight)
    return "a copy in flight";
  if (entity < count)
    return warpName(entity);
  if (entity < 2 * count)
    return "a cp.async of " + warpName(entity - count);
  if (entity < 3 * count)
    return "a bulk copy of " + warpName(entity - 2 * count);
  return "a copy that completes on an mbarrier";
}

// `becomes`: the event of an asynchronous copy in place of the thread's own.
bool Machine::touchCell(Warp &warp, const Inst &inst, unsigned lane, Block &block, Cell &cell,
                        Kind kind, const Event *becomes, SharedPlace place) {
  bool atomic = kind == Kind::Atomic || kind == Kind::StrongRead;
  bool writes = kind == Kind::Write || kind == Kind::Atomic;
  if (cell.flags & MbarrierBytes) {
    fail(&warp, 1u << lane, &inst,
         std::string(writes ? "writes" : "reads") + " the bytes of an mbarrier object");
    return false;
  }
  const Event &writer = cell.writer;
  bool sameStore = writes && cell.access == access;
  if (writer.entity != Event::none && !sameStore && !(atomic && cell.flags & AtomicWrite) &&
      !known(warp, lane, writer.entity, writer.lane, writer.clock))
    return raceError(warp, inst, lane, place, cell, true, nullptr, kind);
  if (writes && cell.reader.entity != Event::none && !(atomic && cell.flags & AtomicRead)) {
    auto all = [&](const Reader &reader) {
      for (uint32_t rest = reader.lanes; rest; rest &= rest - 1)
        if (!known(warp, lane, reader.entity, uint8_t(__builtin_ctz(rest)), reader.clock))
          return raceError(warp, inst, lane, place, cell, false, &reader, kind);
      return true;
    };
    if (!all(cell.reader))
      return false;
    if (cell.more)
      for (const Reader &reader : block.readers[cell.more])
        if (!all(reader))
          return false;
  }
  Event event{warp.entity, uint8_t(lane), warp.now};
  if (becomes)
    event = *becomes;
  if (writes) {
    clearReaders(block, cell);
    cell.writer = event;
    cell.access = access;
    cell.flags = uint8_t((cell.flags & ~(AtomicWrite | AtomicRead)) | (atomic ? AtomicWrite : 0));
  }
  if (kind != Kind::Write) {
    bool allAtomic = atomic && (cell.reader.entity == Event::none || cell.flags & AtomicRead);
    addReader(warp, lane, block, cell, {event.clock, 1u << event.lane, event.entity});
    cell.flags = uint8_t(allAtomic ? cell.flags | AtomicRead : cell.flags & ~AtomicRead);
  }
  return true;
}

/// What nearly all accesses find: everyone who was here before is known to the whole warp, or was
/// the same thread. False where more has to be looked at.
static bool touchQuickly(const Warp &warp, unsigned lane, Cell &cell, Kind kind, uint32_t access) {
  if (cell.flags || cell.more)
    return false;
  const Event &writer = cell.writer;
  Reader &reader = cell.reader;
  uint32_t bit = 1u << lane;
  if (warp.clock.of(writer.entity) < writer.clock &&
      !(writer.entity == warp.entity && writer.lane == lane))
    return false;
  bool mine = reader.entity == warp.entity;
  bool readersKnown = warp.clock.of(reader.entity) >= reader.clock;
  if (kind == Kind::Read) {
    if (mine && reader.clock == warp.now)
      reader.lanes |= bit;
    else if (readersKnown)
      reader = {warp.now, bit, warp.entity};
    else
      return false;
    return true;
  }
  if (kind != Kind::Write || !(readersKnown || (mine && reader.lanes == bit)))
    return false;
  cell.writer = {warp.entity, uint8_t(lane), warp.now};
  reader = Reader();
  cell.access = access;
  return true;
}

bool Machine::touch(Warp &warp, const Inst &inst, unsigned lane, SharedPlace place, uint32_t bytes,
                    Kind kind) {
  if (place.block->cells.empty())
    return true;
  return eachCell(*place.block, place.offset, bytes, [&](Cell &cell, uint32_t at) {
    return touchQuickly(warp, lane, cell, kind, access) ||
           touchCell(warp, inst, lane, *place.block, cell, kind, nullptr, {place.block, at});
  });
}

bool Machine::touchAsync(Warp &warp, const Inst &inst, unsigned lane, SharedPlace place,
                         uint32_t bytes, Kind kind, Event becomes) {
  if (place.block->cells.empty())
    return true;
  return eachCell(*place.block, place.offset, bytes, [&](Cell &cell, uint32_t at) {
    const Event &writer = cell.writer;
    bool fenced = kind != Kind::Read || writer.entity >= warps.size() ||
                  known(warp, lane, fencedEntity(writer.entity), writer.lane, writer.clock);
    if (!fenced && known(warp, lane, writer.entity, writer.lane, writer.clock)) {
      fail(&warp, 1u << lane, &inst,
           "copies what " + describe(writer.entity, writer.lane) +
               " wrote, without fence.proxy.async between (shared memory of block " +
               std::to_string(place.block->number) + ", offset " + std::to_string(at) + ")");
      return false;
    }
    return touchCell(warp, inst, lane, *place.block, cell, kind, &becomes, {place.block, at});
  });
}

void Machine::landAsync(SharedPlace place, uint32_t bytes, Kind kind, uint32_t op, Event becomes) {
  if (place.block->cells.empty())
    return;
  auto land = [&](Reader &reader) {
    if (reader.entity == Event::inFlight && reader.clock == op)
      reader = {becomes.clock, 1u << becomes.lane, becomes.entity};
  };
  eachCell(*place.block, place.offset, bytes, [&](Cell &cell, uint32_t) {
    if (kind == Kind::Read) {
      land(cell.reader);
      if (cell.more)
        for (Reader &reader : place.block->readers[cell.more])
          land(reader);
    } else if (cell.writer.entity == Event::inFlight && cell.writer.clock == op) {
      cell.writer = becomes;
    }
    return true;
  });
}

void Machine::setMbarrierBytes(SharedPlace place, bool is) {
  if (place.block->cells.empty())
    return;
  eachCell(*place.block, place.offset, 8, [&](Cell &cell, uint32_t) {
    cell.flags = uint8_t(is ? cell.flags | MbarrierBytes : cell.flags & ~MbarrierBytes);
    return true;
  });
}

// --- order ----------------------------------------------------------------

bool Machine::known(const Warp &warp, unsigned lane, uint16_t entity, uint8_t byLane,
                    uint32_t clock) const {
  if (entity == Event::inFlight)
    return false;
  if (warp.clock.has(entity, byLane, clock))
    return true;
  if (lane == byLane) {
    size_t count = warps.size();
    if (entity == warp.entity)
      return true;
    if (entity == count + warp.entity)
      return warp.copied[lane] >= clock;
    if (entity == 2 * count + warp.entity)
      return warp.bulkRead[lane] >= clock;
  }
  return warp.extraLanes >> lane & 1 && warp.extra[lane]->has(entity, byLane, clock);
}

void Machine::publish(Warp &warp, uint32_t lanes, VectorClock &into) {
  into.join(warp.clock);
  uint16_t count = uint16_t(warps.size());
  bool whole = lanes == warp.live;
  if (whole)
    into.raise(warp.entity, warp.now);
  for (uint32_t rest = lanes; rest; rest &= rest - 1) {
    uint8_t l = uint8_t(__builtin_ctz(rest));
    if (warp.extraLanes >> l & 1)
      into.join(*warp.extra[l]);
    if (!whole)
      into.raiseLane(warp.entity, l, warp.now);
    if (warp.copied[l])
      into.raiseLane(uint16_t(count + warp.entity), l, warp.copied[l]);
    if (warp.bulkRead[l])
      into.raiseLane(uint16_t(2 * count + warp.entity), l, warp.bulkRead[l]);
  }
  ++warp.now;
}

void Machine::acquire(Warp &warp, uint32_t lanes, const VectorClock &from) {
  if (lanes == warp.live) {
    warp.clock.join(from);
    return;
  }
  for (uint32_t rest = lanes; rest; rest &= rest - 1) {
    unsigned l = __builtin_ctz(rest);
    if (!(warp.extraLanes >> l & 1)) {
      warp.extra[l] = std::make_unique<VectorClock>();
      warp.extraLanes |= 1u << l;
    }
    warp.extra[l]->join(from);
  }
}

void Machine::syncLanes(Warp &warp, uint32_t lanes) {
  if (lanes == warp.live) {
    uint16_t count = uint16_t(warps.size());
    warp.clock.raise(warp.entity, warp.now++);
    for (uint32_t rest = warp.extraLanes; rest; rest &= rest - 1) {
      unsigned l = __builtin_ctz(rest);
      warp.clock.join(*warp.extra[l]);
      warp.extra[l].reset();
    }
    warp.extraLanes = 0;
    if (warp.copyClock || warp.bulkClock)
      for (uint32_t rest = lanes; rest; rest &= rest - 1) {
        uint8_t l = uint8_t(__builtin_ctz(rest));
        if (warp.copied[l])
          warp.clock.raiseLane(uint16_t(count + warp.entity), l, warp.copied[l]);
        if (warp.bulkRead[l])
          warp.clock.raiseLane(uint16_t(2 * count + warp.entity), l, warp.bulkRead[l]);
      }
    return;
  }
  VectorClock together;
  publish(warp, lanes, together);
  acquire(warp, lanes, together);
}

void Machine::fenceProxy(Warp &warp, uint32_t lanes) {
  VectorClock seen;
  publish(warp, lanes, seen);
  acquire(warp, lanes, seen.shifted(uint16_t(warps.size()), fencedEntity(0)));
}

// Strong accesses of one address: who writes releases, who reads acquires.
void Machine::strongAccess(Warp &warp, unsigned lane, SharedPlace place, bool reads, bool writes) {
  VectorClock &clock = place.block->strong[place.offset];
  if (reads)
    acquire(warp, 1u << lane, clock);
  if (writes) {
    publish(warp, 1u << lane, clock);
  }
}
