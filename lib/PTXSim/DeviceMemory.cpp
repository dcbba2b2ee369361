//===- DeviceMemory.cpp - global memory and what is known of its bytes ------===//
//
// Addresses say nothing about where the host has its memory, and are the same in every run.
//
//===----------------------------------------------------------------------===//

#include "DeviceMemory.h"

#include <algorithm>
#include <cstring>

using namespace normc::ptxsim;

namespace {
// Between buffers: no access of one instruction, and no small miscalculation, crosses it.
constexpr uint64_t guardBytes = uint64_t(1) << 20;
} // namespace

Memory::Memory() : impl(std::make_unique<Impl>()) {}
Memory::~Memory() = default;

uint64_t Memory::add(std::string name, void *host, uint64_t bytes, Access access,
                     const BufferOptions &options) {
  auto buffer = std::make_unique<Buffer>();
  buffer->name = std::move(name);
  buffer->host = static_cast<uint8_t *>(host);
  buffer->bytes = bytes;
  buffer->access = access;
  buffer->options = options;
  return impl->device.add(std::move(buffer));
}

void Memory::forgetWrites() {
  for (auto &buffer : impl->device.buffers) {
    buffer->pages.clear();
    buffer->lastPage = nullptr;
    buffer->lastNumber = ~uint64_t(0);
  }
}

uint64_t DeviceMemory::add(std::unique_ptr<Buffer> buffer) {
  uint64_t align = std::max<uint64_t>(buffer->options.alignment, 1);
  next = (next + align - 1) / align * align;
  buffer->address = next + buffer->options.offset;
  next = buffer->address + buffer->bytes + guardBytes;
  uint64_t address = buffer->address;
  buffers.push_back(std::move(buffer));
  return address;
}

Buffer *DeviceMemory::find(uint64_t address) {
  if (last && address - last->address < last->bytes)
    return last;
  auto after =
      std::upper_bound(buffers.begin(), buffers.end(), address,
                       [](uint64_t a, const std::unique_ptr<Buffer> &b) { return a < b->address; });
  if (after == buffers.begin())
    return nullptr;
  Buffer *buffer = std::prev(after)->get();
  if (address - buffer->address >= buffer->bytes)
    return nullptr;
  last = buffer;
  return buffer;
}

std::string DeviceMemory::nearest(uint64_t address) const {
  const Buffer *best = nullptr;
  uint64_t distance = ~uint64_t(0);
  bool after = false;
  for (auto &buffer : buffers) {
    uint64_t end = buffer->address + buffer->bytes;
    uint64_t d = address < buffer->address ? buffer->address - address
                 : address >= end          ? address - end
                                           : 0;
    if (d < distance) {
      distance = d;
      best = buffer.get();
      after = address >= end;
    }
  }
  if (!best || distance > guardBytes)
    return "no buffer is near";
  if (distance == 0 && !after)
    return std::to_string(address - best->address) + " bytes into " + best->name + " of " +
           std::to_string(best->bytes);
  return std::to_string(distance) + " bytes " + (after ? "behind the end of " : "before ") +
         best->name + " of " + std::to_string(best->bytes) + " bytes";
}

Page &Buffer::page(uint64_t number) {
  if (number == lastNumber)
    return *lastPage;
  auto &entry = pages[number];
  if (!entry)
    entry = std::make_unique<Page>();
  lastNumber = number;
  lastPage = entry.get();
  return *entry;
}

Page *Buffer::existing(uint64_t number) {
  if (number == lastNumber)
    return lastPage;
  auto found = pages.find(number);
  return found == pages.end() ? nullptr : found->second.get();
}

uint64_t Buffer::firstUnwritten() {
  for (uint64_t at = 0; at < bytes;) {
    Page *page = existing((address + at) / Page::size);
    if (!page)
      return at;
    for (; at < bytes; ++at) {
      uint64_t place = (address + at) % Page::size;
      if (!page->written.has(place))
        return at;
      if (place == Page::size - 1) {
        ++at;
        break;
      }
    }
  }
  return bytes;
}

uint64_t DeviceMemory::variable(const Program &program, uint32_t index) {
  auto key = std::make_pair(program.serial, index);
  auto found = variables.find(key);
  if (found != variables.end())
    return found->second;
  const Variable &variable = program.globals[index];
  auto buffer = std::make_unique<Buffer>();
  buffer->name = variable.name;
  buffer->owned.resize(std::max<uint64_t>(variable.size, 1));
  std::copy(variable.init.begin(), variable.init.end(), buffer->owned.begin());
  buffer->bytes = variable.size;
  buffer->host = buffer->owned.data();
  buffer->isVariable = true;
  buffer->options.alignment = std::max<uint64_t>(variable.align, 256);
  Buffer *kept = buffer.get();
  uint64_t address = add(std::move(buffer));
  variables[key] = address;
  for (const Variable::Relocation &relocation : variable.relocations)
    for (uint32_t k = 0; k < program.globals.size(); ++k)
      if (program.globals[k].name == relocation.name) {
        uint64_t value = this->variable(program, k) + relocation.addend;
        memcpy(kept->owned.data() + relocation.at, &value, sizeof value);
      }
  return address;
}
