//===- GlobalAccess.cpp - rules of global memory ----------------------------===//
//
// Bounds, alignment and rights of every access; what a launch wrote and read; races between
// clusters; traffic.
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

/// Calls f(page, word, mask, address) for every piece that lies in one word of marks.
template <class F> bool eachPiece(Buffer &buffer, uint64_t address, uint64_t bytes, F f) {
  while (bytes) {
    uint64_t in = address % 64, count = std::min<uint64_t>(64 - in, bytes);
    uint64_t mask = (count == 64 ? ~uint64_t(0) : (uint64_t(1) << count) - 1) << in;
    if (!f(buffer.page(address / Page::size), address % Page::size / 64, mask, address, count))
      return false;
    address += count;
    bytes -= count;
  }
  return true;
}
} // namespace

Buffer *Machine::resolveGlobal(Warp &warp, const Inst &inst, unsigned lane, uint64_t address,
                               uint64_t bytes, uint32_t align, bool reads, bool writes) {
  auto bad = [&](const std::string &what) {
    fail(&warp, 1u << lane, &inst, what);
    return nullptr;
  };
  if (address % align)
    return bad("misaligned access of " + std::to_string(bytes) + " bytes at " + hex(address) +
               " (" + memory.nearest(address) + "), expects a multiple of " +
               std::to_string(align));
  Buffer *buffer = memory.find(address);
  if (!buffer || address - buffer->address > buffer->bytes - bytes || bytes > buffer->bytes)
    return bad("access of " + std::to_string(bytes) + " bytes outside of all buffers at " +
               hex(address) + " (" + memory.nearest(address) + ")");
  if (writes && buffer->access == Access::ReadOnly)
    return bad("writes to the read-only buffer " + buffer->name);
  if (reads && buffer->access == Access::WriteOnly)
    return bad("reads from the write-only buffer " + buffer->name);
  return buffer;
}

bool Machine::touchGlobal(Warp &warp, const Inst &inst, unsigned lane, Buffer &buffer,
                          uint64_t address, uint64_t bytes, bool reads, bool writes, bool atomic) {
  auto bad = [&](const std::string &what) {
    fail(&warp, 1u << lane, &inst, what);
    return false;
  };
  bool early = (buffer.writtenBefore || (writes && buffer.readBefore)) &&
               !known(warp, lane, dependencyEntity(), uint8_t(lane), 1);
  if (early)
    return bad((writes ? "writes " : "reads ") + buffer.name + ", which the kernel before it " +
               (buffer.writtenBefore ? "writes" : "reads") + ", without griddepcontrol.wait");
  if (reads)
    buffer.readInLaunch = memory.launch;
  if (writes) {
    buffer.writtenInLaunch = memory.launch;
    warp.fenced = false;
  }
  if (buffer.access == Access::ReadOnly)
    return true;
  if (!writes && !inst.nonCoherent && !launch.checkGlobalRaces)
    return true;
  uint32_t thread = uint32_t(threadId(warp, lane)) + 1;
  return eachPiece(
      buffer, address, bytes,
      [&](Page &page, uint64_t word, uint64_t mask, uint64_t at, uint64_t count) {
        if (page.launch != memory.launch) {
          page.launch = memory.launch;
          page.writtenNow = {};
          page.nonCoherentNow = {};
          page.cells.reset();
          page.writers.reset();
        }
        if (inst.nonCoherent) {
          if (page.writtenNow.words[word] & mask)
            return bad("ld.global.nc of " + buffer.name + ", which this launch writes");
          page.nonCoherentNow.words[word] |= mask;
        }
        if (writes) {
          if (page.nonCoherentNow.words[word] & mask)
            return bad("writes " + buffer.name + ", which this launch reads by ld.global.nc");
          page.written.words[word] |= mask;
          page.writtenNow.words[word] |= mask;
          if (buffer.options.mustWrite && !atomic) {
            if (!page.writers)
              page.writers = std::make_unique<std::array<uint32_t, Page::size>>();
            for (uint64_t k = 0; k < count; ++k) {
              uint32_t &writer = (*page.writers)[(at + k) % Page::size];
              buffer.traffic.bytesWrittenTwice += writer && writer != thread;
              writer = thread;
            }
          }
        }
        return !launch.checkGlobalRaces ||
               raceGlobal(warp, inst, lane, buffer, page, at, count, reads, writes, atomic);
      });
}

bool Machine::raceGlobal(Warp &warp, const Inst &inst, unsigned lane, Buffer &buffer, Page &page,
                         uint64_t address, uint64_t bytes, bool reads, bool writes, bool atomic) {
  if (!page.cells)
    page.cells = std::make_unique<std::array<GlobalCell, Page::size>>();
  uint64_t me = clusterNumber + 1;
  auto ordered = [&](uint64_t other, uint32_t clock) {
    if (other == me)
      return true;
    auto found = knownClusters.find(other);
    return found != knownClusters.end() && found->second >= clock;
  };
  auto bad = [&](const char *what, uint64_t other) {
    fail(&warp, 1u << lane, &inst,
         std::string("race in ") + buffer.name + ": " + what + " by cluster " +
             std::to_string(other - 1) + " is not ordered before this access");
    return false;
  };
  // Byte by byte: two blocks may write the halves of a word.
  for (uint64_t at = address; at < address + bytes; ++at) {
    GlobalCell &cell = (*page.cells)[at % Page::size];
    if (cell.writer && !(atomic && cell.atomicWrite) && !ordered(cell.writer, cell.writeClock))
      return bad("a store", cell.writer);
    if (writes && cell.reader && !(atomic && cell.atomicRead) &&
        (cell.many || !ordered(cell.reader, cell.readClock)))
      return bad("a load", cell.reader);
    if (writes) {
      cell.writer = me;
      cell.writeClock = clusterEpoch;
      cell.atomicWrite = atomic;
      cell.reader = 0;
      cell.many = false;
    }
    if (reads) {
      cell.many = cell.reader && cell.reader != me && !ordered(cell.reader, cell.readClock);
      cell.reader = me;
      cell.readClock = clusterEpoch;
      cell.atomicRead = atomic;
    }
  }
  return true;
}

// Strong accesses of one address order clusters: those before them, where they release or a fence
// came before, with those that see the address later.
void Machine::globalSync(Warp &warp, const Inst &inst, uint64_t address, bool reads, bool writes) {
  if (!launch.checkGlobalRaces)
    return;
  if (reads) {
    auto found = globalReleases.find(address);
    if (found != globalReleases.end())
      for (auto &[cluster, clock] : found->second)
        knownClusters[cluster] = std::max(knownClusters[cluster], clock);
  }
  if (!writes || !(inst.release || warp.fenced))
    return;
  Epochs &released = globalReleases[address];
  for (auto &[cluster, clock] : knownClusters)
    released[cluster] = std::max(released[cluster], clock);
  released[clusterNumber + 1] = clusterEpoch++;
}

uint64_t Machine::undefinedGlobal(Buffer &buffer, uint64_t address, uint64_t bytes) {
  if (!buffer.options.undefined)
    return 0;
  uint64_t result = 0, shift = 0;
  eachPiece(buffer, address, bytes,
            [&](Page &page, uint64_t word, uint64_t mask, uint64_t at, uint64_t count) {
              result |= ((~page.written.words[word] & mask) >> (at % 64)) << shift;
              shift += count;
              return true;
            });
  return result;
}

void Machine::countGlobal(const uint64_t *addresses, uint32_t active, uint32_t bytes, bool stores) {
  // Sectors of one access, each once. Most accesses go up from lane to lane.
  uint64_t sectors[64 * 2];
  unsigned count = 0;
  bool sorted = true;
  for (uint32_t rest = active; rest; rest &= rest - 1) {
    uint64_t address = addresses[__builtin_ctz(rest)];
    if (!address)
      continue; // not global
    for (uint64_t s = address / 32; s <= (address + bytes - 1) / 32 && count < 128; ++s) {
      if (count && sectors[count - 1] == s)
        continue;
      sorted &= !count || sectors[count - 1] < s;
      sectors[count++] = s;
    }
  }
  if (!sorted) {
    std::sort(sectors, sectors + count);
    count = unsigned(std::unique(sectors, sectors + count) - sectors);
  }
  for (unsigned k = 0; k < count; ++k) {
    // A sector may begin before its buffer.
    Buffer *buffer = memory.find(sectors[k] * 32);
    if (!buffer)
      buffer = memory.find(sectors[k] * 32 + 31);
    if (!buffer)
      for (uint32_t rest = active; rest && !buffer; rest &= rest - 1)
        if (addresses[__builtin_ctz(rest)] / 32 == sectors[k])
          buffer = memory.find(addresses[__builtin_ctz(rest)]);
    if (buffer)
      (stores ? buffer->traffic.sectorsStored : buffer->traffic.sectorsLoaded) += 32;
  }
}
