//===- DriverMemory.cpp - a simulated driver's memory -----------------------===//
//
// Copies look up what they touch, so that a wrong one is an error and no crash.
//
//===----------------------------------------------------------------------===//

#include "DeviceMemory.h"
#include "DriverState.h"

#include <algorithm>
#include <cstring>

using namespace normc::ptxsim;
using namespace normc::ptxsim::driver;

namespace {
// Of one device. A computer that simulates has less than a GPU.
constexpr uint64_t capacity = uint64_t(16) << 30;
// What new memory has in it: NaN in every float type.
constexpr int newBytes = 0xff;

std::string hex(uint64_t value) {
  char text[24];
  snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(value));
  return text;
}

DeviceMemory &deviceOf(Memory &memory) { return memory.get()->device; }

void forget(Buffer &buffer) {
  buffer.pages.clear();
  buffer.lastPage = nullptr;
  buffer.lastNumber = ~uint64_t(0);
}

void setFlags(Buffer &buffer, uint32_t flags) {
  buffer.access = flags & NORMPTXSIM_READ_ONLY ? Access::ReadOnly : Access::ReadWrite;
  buffer.options.undefined = flags & NORMPTXSIM_UNDEFINED;
}

int noAllocation(uint64_t address) {
  return fail(invalidValue,
              "expects the beginning of memory that is allocated, but got " + hex(address));
}
} // namespace

int GlobalMemory::allocate(uint64_t *address, uint64_t bytes, uint64_t misalign, uint32_t flags) {
  if (bytes == 0)
    return fail(invalidValue, "expects 1 byte or more");
  Allocation made;
  if (bytes <= capacity - total)
    made.host.reset(static_cast<uint8_t *>(malloc(bytes)));
  if (!made.host)
    return fail(outOfMemory, "no memory for " + std::to_string(bytes) + " bytes");
  memset(made.host.get(), newBytes, bytes);
  made.name = "memory" + std::to_string(++count);
  made.bytes = bytes;
  made.flags = flags;
  BufferOptions options;
  options.offset = misalign;
  *address = memory.add(made.name, made.host.get(), bytes, Access::ReadWrite, options);
  setFlags(*deviceOf(memory).find(*address), flags);
  total += bytes;
  allocations[*address] = std::move(made);
  return success;
}

int GlobalMemory::release(uint64_t address) {
  auto found = allocations.find(address);
  if (found == allocations.end())
    return noAllocation(address);
  // Its address is not used again, so that a kernel that still has it is found out.
  DeviceMemory &device = deviceOf(memory);
  device.last = nullptr;
  auto buffer = std::find_if(device.buffers.begin(), device.buffers.end(),
                             [&](auto &buffer) { return buffer->address == address; });
  if (buffer != device.buffers.end())
    device.buffers.erase(buffer);
  total -= found->second.bytes;
  allocations.erase(found);
  return success;
}

void GlobalMemory::clear() {
  while (!allocations.empty())
    release(allocations.begin()->first);
}

int GlobalMemory::mark(uint64_t address, uint32_t flags, const char *name) {
  auto found = allocations.find(address);
  if (found == allocations.end())
    return noAllocation(address);
  if (flags & ~uint32_t(NORMPTXSIM_READ_ONLY | NORMPTXSIM_MUST_WRITE | NORMPTXSIM_UNDEFINED))
    return fail(invalidValue, "expects flags that are known, but got " + std::to_string(flags));
  Buffer &buffer = *deviceOf(memory).find(address);
  if (name)
    found->second.name = buffer.name = name;
  found->second.flags = flags;
  setFlags(buffer, flags);
  forget(buffer);
  return success;
}

uint8_t *GlobalMemory::resolve(const char *what, uint64_t address, uint64_t bytes) {
  auto after = allocations.upper_bound(address);
  if (after != allocations.begin()) {
    auto &[begin, allocation] = *std::prev(after);
    uint64_t offset = address - begin;
    if (offset <= allocation.bytes && bytes <= allocation.bytes - offset)
      return allocation.host.get() + offset;
  }
  fail(invalidValue, std::string(what) + " " + std::to_string(bytes) + " bytes at " + hex(address) +
                         ", which are not all allocated (" + deviceOf(memory).nearest(address) +
                         ")");
  return nullptr;
}

// What the host has written is defined; it is not what a kernel had to write.
void GlobalMemory::setWritten(uint64_t address, uint64_t bytes) {
  auto &[begin, allocation] = *std::prev(allocations.upper_bound(address));
  if (allocation.flags & NORMPTXSIM_MUST_WRITE || !(allocation.flags & NORMPTXSIM_UNDEFINED))
    return;
  Buffer &buffer = *deviceOf(memory).find(begin);
  for (uint64_t at = address; at < address + bytes; ++at)
    buffer.page(at / Page::size).written.words[at % Page::size / 64] |= uint64_t(1) << at % 64;
}

int GlobalMemory::copyIn(uint64_t to, const void *from, uint64_t bytes) {
  uint8_t *host = bytes ? resolve("writes", to, bytes) : nullptr;
  if (!host)
    return bytes ? invalidValue : success;
  memcpy(host, from, bytes);
  setWritten(to, bytes);
  return success;
}

int GlobalMemory::copyOut(void *to, uint64_t from, uint64_t bytes) {
  uint8_t *host = bytes ? resolve("reads", from, bytes) : nullptr;
  if (!host)
    return bytes ? invalidValue : success;
  auto &[begin, allocation] = *std::prev(allocations.upper_bound(from));
  Buffer &buffer = *deviceOf(memory).find(begin);
  if (allocation.flags & NORMPTXSIM_MUST_WRITE)
    for (uint64_t at = from; at < from + bytes; ++at) {
      Page *page = buffer.existing(at / Page::size);
      if (!page || !page->written.has(at % Page::size))
        return fail(launchFailed, "byte " + std::to_string(at - begin) + " of " +
                                      std::to_string(allocation.bytes) + " of " + allocation.name +
                                      " was written by no kernel");
    }
  memcpy(to, host, bytes);
  return success;
}

int GlobalMemory::copy(uint64_t to, uint64_t from, uint64_t bytes) {
  const uint8_t *source = bytes ? resolve("reads", from, bytes) : nullptr;
  uint8_t *target = source ? resolve("writes", to, bytes) : nullptr;
  if (!target)
    return bytes ? invalidValue : success;
  memmove(target, source, bytes);
  setWritten(to, bytes);
  return success;
}

int GlobalMemory::fill(uint64_t to, uint8_t value, uint64_t bytes) {
  uint8_t *host = bytes ? resolve("writes", to, bytes) : nullptr;
  if (!host)
    return bytes ? invalidValue : success;
  memset(host, value, bytes);
  setWritten(to, bytes);
  return success;
}

/// A copy or fill of so many bytes, which is no launch.
static int enqueueCopy(void *stream, uint64_t bytes, std::function<int(GlobalMemory &)> copy) {
  return callInContext([&] {
    return enqueue(stream, [bytes, copy](Stream &) {
      state().lastLaunch = nullptr;
      state().clock += bytes;
      return copy(state().memory);
    });
  });
}

int cuMemAlloc_v2(uint64_t *memory, size_t bytes) {
  return callOutsideOfCaptures(
      [&] { return state().memory.allocate(memory, bytes, state().options.misalign, 0); });
}

int cuMemFree_v2(uint64_t memory) {
  return callOutsideOfCaptures(
      [&] { return memory ? state().memory.release(memory) : int(success); });
}

// While a stream is captured the memory is made at once, for all launches of the graph.
int cuMemAllocAsync(uint64_t *memory, size_t bytes, void *handle) {
  return callInContext([&] {
    Stream *stream = state().stream(handle);
    if (!stream)
      return fail(invalidHandle, "expects a stream");
    int code = state().memory.allocate(memory, bytes, 0, NORMPTXSIM_UNDEFINED);
    if (code == success && stream->graph) {
      stream->graph->memory.push_back(*memory);
      stream->graph->works.push_back([address = *memory](Stream &) {
        return state().memory.mark(address, NORMPTXSIM_UNDEFINED, nullptr);
      });
    }
    return code;
  });
}

int cuMemFreeAsync(uint64_t memory, void *handle) {
  return callInContext([&] {
    Stream *stream = state().stream(handle);
    if (!stream)
      return fail(invalidHandle, "expects a stream");
    if (stream->graph &&
        std::count(stream->graph->memory.begin(), stream->graph->memory.end(), memory))
      return int(success);
    return enqueue(handle, [memory](Stream &) { return state().memory.release(memory); });
  });
}

int cuMemcpyHtoDAsync_v2(uint64_t to, const void *from, size_t bytes, void *stream) {
  return enqueueCopy(stream, bytes,
                     [=](GlobalMemory &memory) { return memory.copyIn(to, from, bytes); });
}

int cuMemcpyDtoHAsync_v2(void *to, uint64_t from, size_t bytes, void *stream) {
  return enqueueCopy(stream, bytes,
                     [=](GlobalMemory &memory) { return memory.copyOut(to, from, bytes); });
}

int cuMemcpyDtoDAsync_v2(uint64_t to, uint64_t from, size_t bytes, void *stream) {
  return enqueueCopy(stream, bytes,
                     [=](GlobalMemory &memory) { return memory.copy(to, from, bytes); });
}

int cuMemsetD8Async(uint64_t memory, unsigned char value, size_t bytes, void *stream) {
  return enqueueCopy(stream, bytes, [=](GlobalMemory &m) { return m.fill(memory, value, bytes); });
}

int normptxsim_mark(uint64_t memory, uint32_t flags, const char *name) {
  return call([&] { return state().memory.mark(memory, flags, name); });
}
