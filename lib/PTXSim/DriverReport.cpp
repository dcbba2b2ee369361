//===- DriverReport.cpp - what a simulated driver counts --------------------===//
//
// Statistics of the last launch, of all since a reset, by allocation, and as lines of JSON.
//
//===----------------------------------------------------------------------===//

#include "DriverState.h"

#include <fstream>

using namespace normc::ptxsim;
using namespace normc::ptxsim::driver;

namespace {
normptxsim_statistics summarize(const Statistics &statistics) {
  normptxsim_statistics s = {};
  s.launches = 1;
  s.thread_instructions = statistics.threadInstructions;
  s.warp_instructions = statistics.warpInstructions;
  for (const BufferTraffic &buffer : statistics.buffers) {
    s.bytes_loaded += buffer.bytesLoaded;
    s.bytes_stored += buffer.bytesStored;
    s.sectors_loaded += buffer.sectorsLoaded;
    s.sectors_stored += buffer.sectorsStored;
  }
  s.shared_bytes_loaded = statistics.sharedBytesLoaded;
  s.shared_bytes_stored = statistics.sharedBytesStored;
  s.barriers = statistics.barriers;
  s.shuffles = statistics.shuffles;
  return s;
}

void add(normptxsim_statistics &to, const normptxsim_statistics &s) {
  to.launches += s.launches;
  to.thread_instructions += s.thread_instructions;
  to.warp_instructions += s.warp_instructions;
  to.bytes_loaded += s.bytes_loaded;
  to.bytes_stored += s.bytes_stored;
  to.sectors_loaded += s.sectors_loaded;
  to.sectors_stored += s.sectors_stored;
  to.shared_bytes_loaded += s.shared_bytes_loaded;
  to.shared_bytes_stored += s.shared_bytes_stored;
  to.barriers += s.barriers;
  to.shuffles += s.shuffles;
}

/// The simulator lists buffers in the order of their addresses.
void addTraffic(const Statistics &statistics) {
  size_t index = 0;
  for (auto &[address, allocation] : state().memory.allocations) {
    if (index == statistics.buffers.size())
      return;
    const BufferTraffic &buffer = statistics.buffers[index++];
    allocation.traffic.bytes_loaded += buffer.bytesLoaded;
    allocation.traffic.bytes_stored += buffer.bytesStored;
    allocation.traffic.sectors_loaded += buffer.sectorsLoaded;
    allocation.traffic.sectors_stored += buffer.sectorsStored;
  }
}

std::string quote(const std::string &text) {
  std::string quoted = "\"";
  for (char c : text) {
    char escape[8];
    snprintf(escape, sizeof escape, c == '"' || c == '\\' ? "\\%c" : "\\u%04x", c);
    bool plain = c != '"' && c != '\\' && (c < 0 || c >= ' ');
    quoted += plain ? std::string(1, c) : escape;
  }
  return quoted + "\"";
}

std::string list(const Dim3 &d) {
  return "[" + std::to_string(d.x) + ", " + std::to_string(d.y) + ", " + std::to_string(d.z) + "]";
}

std::string member(const char *key, uint64_t value) {
  return std::string(", \"") + key + "\": " + std::to_string(value);
}

std::string listClasses(const Statistics &statistics) {
  std::string text;
  for (auto &[name, count] : statistics.byClass)
    text += (text.empty() ? "" : ", ") + quote(name) + ": " + std::to_string(count);
  return "{" + text + "}";
}

std::string listBuffers(const Statistics &statistics) {
  std::string text;
  for (const BufferTraffic &buffer : statistics.buffers)
    if (buffer.bytesLoaded || buffer.bytesStored)
      text += (text.empty() ? "{\"name\": " : ", {\"name\": ") + quote(buffer.name) +
              member("bytes_loaded", buffer.bytesLoaded) +
              member("bytes_stored", buffer.bytesStored) +
              member("sectors_loaded", buffer.sectorsLoaded) +
              member("sectors_stored", buffer.sectorsStored) + "}";
  return "[" + text + "]";
}

void writeLine(const Launch &launch, const Result &result) {
  const Statistics &statistics = result.statistics;
  normptxsim_statistics s = summarize(statistics);
  std::ofstream file(state().options.report, std::ios::app);
  file << "{\"entry\": " << quote(launch.entry) << ", \"grid\": " << list(launch.grid)
       << ", \"block\": " << list(launch.block)
       << ", \"cluster\": " << list(launch.cluster.x ? launch.cluster : Dim3())
       << member("dynamic_shared", launch.dynamicShared)
       << member("thread_instructions", s.thread_instructions)
       << member("warp_instructions", s.warp_instructions)
       << ", \"classes\": " << listClasses(statistics) << member("bytes_loaded", s.bytes_loaded)
       << member("bytes_stored", s.bytes_stored) << member("sectors_loaded", s.sectors_loaded)
       << member("sectors_stored", s.sectors_stored)
       << member("shared_bytes_loaded", s.shared_bytes_loaded)
       << member("shared_bytes_stored", s.shared_bytes_stored) << member("barriers", s.barriers)
       << member("shuffles", s.shuffles) << ", \"buffers\": " << listBuffers(statistics)
       << ", \"error\": " << (result.ok() ? "null" : quote(result.error)) << "}\n";
}
} // namespace

void driver::recordLaunch(const Launch &launch, const Result &result) {
  state().last = summarize(result.statistics);
  add(state().total, state().last);
  addTraffic(result.statistics);
  if (!state().options.report.empty())
    writeLine(launch, result);
}

void normptxsim_last(normptxsim_statistics *statistics) {
  std::lock_guard<std::mutex> lock(state().mutex);
  *statistics = state().last;
}

void normptxsim_total(normptxsim_statistics *statistics) {
  std::lock_guard<std::mutex> lock(state().mutex);
  *statistics = state().total;
}

int normptxsim_buffer(uint64_t memory, normptxsim_traffic *traffic) {
  return call([&] {
    auto found = state().memory.allocations.find(memory);
    if (found == state().memory.allocations.end())
      return fail(invalidValue, "expects the beginning of memory that is allocated");
    *traffic = found->second.traffic;
    return int(success);
  });
}

int normptxsim_reset(void) {
  return call([&] {
    Options options;
    std::string error = readOptions(options);
    if (!error.empty())
      return fail(invalidValue, error);
    options.arch = state().options.arch;
    state().options = options;
    state().last = state().total = {};
    for (auto &[address, allocation] : state().memory.allocations)
      allocation.traffic = {};
    return int(success);
  });
}
