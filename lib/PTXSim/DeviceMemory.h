//===- DeviceMemory.h - global memory and what is known of its bytes --------===//
//
// Buffers are the caller's; pages of marks are made where kernels write, so that huge buffers that
// are hardly touched cost nothing.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_PTXSIM_DEVICEMEMORY_H
#define NORMC_LIB_PTXSIM_DEVICEMEMORY_H

#include "Program.h"

#include <array>
#include <memory>
#include <unordered_map>

namespace normc::ptxsim {

/// What clusters did to a byte, for races between them.
struct GlobalCell {
  uint64_t writer = 0, reader = 0; // cluster + 1
  uint32_t writeClock = 0, readClock = 0;
  bool many = false, atomicWrite = false, atomicRead = false;
};

/// One bit for each byte of a page.
struct Marks {
  std::array<uint64_t, 64> words{};
  bool has(uint64_t at) const { return words[at / 64] >> (at % 64) & 1; }
};

struct Page {
  static constexpr uint64_t size = 4096;
  Marks written;                                       // ever
  Marks writtenNow, nonCoherentNow;                    // by this launch
  uint64_t launch = 0;                                 // which that is
  std::unique_ptr<std::array<uint32_t, size>> writers; // thread + 1, of mustWrite buffers
  std::unique_ptr<std::array<GlobalCell, size>> cells;
};

struct Buffer {
  std::string name;
  uint64_t address = 0, bytes = 0;
  uint8_t *host = nullptr;
  Access access = Access::ReadWrite;
  BufferOptions options;
  std::vector<uint8_t> owned; // of a module's variables
  std::unordered_map<uint64_t, std::unique_ptr<Page>> pages;
  Page *lastPage = nullptr;
  uint64_t lastNumber = ~uint64_t(0);
  uint64_t writtenInLaunch = 0, readInLaunch = 0; // the last launch that did
  bool writtenBefore = false, readBefore = false; // by the launch that this depends on
  BufferTraffic traffic;
  bool isVariable = false;

  Page &page(uint64_t number);
  Page *existing(uint64_t number);
  /// The offset of the first byte that no kernel has written, or the size.
  uint64_t firstUnwritten();
};

class DeviceMemory {
public:
  Buffer *find(uint64_t address);
  uint64_t add(std::unique_ptr<Buffer> buffer);
  /// The address of a module's variable, made and initialized on its first use.
  uint64_t variable(const Program &program, uint32_t index);
  /// The closest buffer, for messages.
  std::string nearest(uint64_t address) const;

  std::vector<std::unique_ptr<Buffer>> buffers;                // by address
  std::map<std::pair<uint64_t, uint32_t>, uint64_t> variables; // by program and index
  uint64_t launch = 0, previous = 0; // launches are numbered; `previous` where one depends on it
  Buffer *last = nullptr;

private:
  uint64_t next = uint64_t(1) << 33;
};

struct Memory::Impl {
  DeviceMemory device;
};

} // namespace normc::ptxsim

#endif // NORMC_LIB_PTXSIM_DEVICEMEMORY_H
