//===- Launch.cpp - a kernel from its launch to its end ---------------------===//
//
// Checks what a driver checks and more, then runs the clusters of the grid one after the other.
//
//===----------------------------------------------------------------------===//

#include "Machine.h"

#include <algorithm>
#include <cstring>

using namespace normc::ptxsim;

namespace {
std::string text(const Dim3 &d) {
  return std::to_string(d.x) + " x " + std::to_string(d.y) + " x " + std::to_string(d.z);
}
bool same(const Dim3 &a, const Dim3 &b) { return a.x == b.x && a.y == b.y && a.z == b.z; }
constexpr uint32_t maxThreads = 1024, maxCluster = 16;
} // namespace

Machine::Machine(const Module &module, const Code &code, Memory &memory, const Launch &launch)
    : program(*module.program()), code(code), memory(memory.get()->device), launch(launch) {
  seed = launch.seed * 0x9e3779b97f4a7c15 + 0x1234567;
  limit = launch.maxInstructions;
  lateCopies = launch.order == Order::Reverse || launch.order == Order::Skewed;
}

uint64_t Machine::random() {
  seed ^= seed << 13;
  seed ^= seed >> 7;
  seed ^= seed << 17;
  return seed * 0x2545f4914f6cdd1d >> 11;
}

bool Machine::check() {
  auto bad = [&](const std::string &what) {
    fail(nullptr, 0, nullptr, what);
    return false;
  };
  const Entry &entry = code.info;
  const Dim3 &block = launch.block;
  grid = launch.grid;
  clusterDim = launch.cluster;
  if (!block.count() || block.count() > maxThreads || block.z > 64)
    return bad("expects a block of 1 to 1024 threads, but got " + text(block));
  if (!grid.count() || grid.x > 0x7fffffff || grid.y > 65535 || grid.z > 65535)
    return bad("expects a grid within the limits of CUDA, but got " + text(grid));
  if (entry.maxntid.x && block.count() > entry.maxntid.count())
    return bad("expects at most .maxntid " + text(entry.maxntid) + " threads, but got " +
               text(block));
  if (entry.reqntid.x && !same(block, entry.reqntid))
    return bad("expects blocks of .reqntid " + text(entry.reqntid) + ", but got " + text(block));
  if (!clusterDim.x && !clusterDim.y && !clusterDim.z)
    clusterDim = entry.reqnctapercluster.x ? entry.reqnctapercluster : Dim3{1, 1, 1};
  else if (entry.reqnctapercluster.x && !same(clusterDim, entry.reqnctapercluster))
    return bad("expects clusters of .reqnctapercluster " + text(entry.reqnctapercluster) +
               ", but got " + text(clusterDim));
  uint64_t clusterSize = clusterDim.count();
  if (!clusterSize || clusterSize > maxCluster)
    return bad("expects a cluster of 1 to 16 blocks, but got " + text(clusterDim));
  if (entry.maxclusterrank && clusterSize > entry.maxclusterrank)
    return bad("expects at most .maxclusterrank " + std::to_string(entry.maxclusterrank) +
               " blocks in a cluster, but got " + text(clusterDim));
  if (grid.x % clusterDim.x || grid.y % clusterDim.y || grid.z % clusterDim.z)
    return bad("expects a grid of whole clusters, but got " + text(grid) +
               " blocks in clusters of " + text(clusterDim));
  if (sharedUsed() > launch.maxShared)
    return bad("expects at most " + std::to_string(launch.maxShared) +
               " bytes of shared memory, but got " + std::to_string(sharedUsed()));
  return checkParameters();
}

bool Machine::checkParameters() {
  const Entry &entry = code.info;
  if (!launch.arguments.empty()) {
    if (launch.arguments.size() != entry.parameters.size()) {
      fail(nullptr, 0, nullptr,
           "expects " + std::to_string(entry.parameters.size()) + " arguments, but got " +
               std::to_string(launch.arguments.size()));
      return false;
    }
    parameters.assign(entry.parameterBytes, 0);
    for (size_t k = 0; k < launch.arguments.size(); ++k)
      memcpy(parameters.data() + entry.parameters[k].offset, launch.arguments[k],
             entry.parameters[k].size);
    return true;
  }
  if (launch.parameters.size() != entry.parameterBytes) {
    fail(nullptr, 0, nullptr,
         "expects " + std::to_string(entry.parameterBytes) + " bytes of parameters, but got " +
             std::to_string(launch.parameters.size()));
    return false;
  }
  parameters = launch.parameters;
  return true;
}

bool Machine::setUp() {
  std::vector<uint64_t> values = code.constants;
  for (const Code::Fixup &fixup : code.fixups)
    values[fixup.constant] = memory.variable(program, fixup.variable) + fixup.addend;
  constantLanes.resize(values.size() * 32);
  for (size_t k = 0; k < values.size(); ++k)
    std::fill_n(constantLanes.begin() + k * 32, 32, values[k]);
  constantBytes = program.constants;
  for (const Program::ConstRelocation &relocation : program.constRelocations) {
    uint64_t value = memory.variable(program, relocation.variable) + relocation.addend;
    memcpy(constantBytes.data() + relocation.at, &value, sizeof value);
  }
  for (auto &buffer : memory.buffers) {
    buffer->traffic = {};
    buffer->writtenBefore = memory.previous && buffer->writtenInLaunch == memory.previous;
    buffer->readBefore = memory.previous && buffer->readInLaunch == memory.previous;
  }
  uint32_t perBlock = uint32_t((launch.block.count() + 31) / 32);
  for (uint32_t rank = 0; rank < clusterDim.count(); ++rank) {
    blocks.push_back(std::make_unique<Block>());
    Block &block = *blocks.back();
    block.rank = rank;
    block.threads = uint32_t(launch.block.count());
    for (uint32_t w = 0; w < perBlock; ++w) {
      warps.push_back(std::make_unique<Warp>());
      Warp &warp = *warps.back();
      warp.block = &block;
      warp.code = &code;
      warp.index = w;
      warp.entity = uint16_t(warps.size() - 1);
      uint32_t left = block.threads - w * 32;
      warp.exists = left >= 32 ? ~0u : (1u << left) - 1;
      block.warps.push_back(&warp);
    }
  }
  return true;
}

void Machine::fillSpecial(Warp &warp, Special special, uint64_t *lanes) {
  const Block &block = *warp.block;
  const Dim3 &b = launch.block, &c = clusterDim;
  auto fill = [&](uint64_t value) { std::fill_n(lanes, 32, value); };
  for (uint32_t l = 0; l < 32; ++l) {
    uint32_t thread = warp.index * 32 + l;
    switch (special) {
    case Special::TidX:
      lanes[l] = thread % b.x;
      break;
    case Special::TidY:
      lanes[l] = thread / b.x % b.y;
      break;
    case Special::TidZ:
      lanes[l] = thread / b.x / b.y;
      break;
    case Special::LaneId:
      lanes[l] = l;
      break;
    case Special::MaskEq:
      lanes[l] = 1u << l;
      break;
    case Special::MaskLt:
      lanes[l] = (1u << l) - 1;
      break;
    case Special::MaskLe:
      lanes[l] = uint32_t((uint64_t(2) << l) - 1);
      break;
    case Special::MaskGe:
      lanes[l] = uint32_t(~uint64_t(0) << l);
      break;
    case Special::MaskGt:
      lanes[l] = uint32_t(~uint64_t(1) << l);
      break;
    default:
      break;
    }
  }
  switch (special) {
  case Special::NtidX:
    return fill(b.x);
  case Special::NtidY:
    return fill(b.y);
  case Special::NtidZ:
    return fill(b.z);
  case Special::CtaidX:
    return fill(block.id.x);
  case Special::CtaidY:
    return fill(block.id.y);
  case Special::CtaidZ:
    return fill(block.id.z);
  case Special::NctaidX:
    return fill(grid.x);
  case Special::NctaidY:
    return fill(grid.y);
  case Special::NctaidZ:
    return fill(grid.z);
  case Special::WarpId:
    return fill(warp.index);
  case Special::NwarpId:
    return fill(block.warps.size());
  case Special::ClusterIdX:
    return fill(block.id.x / c.x);
  case Special::ClusterIdY:
    return fill(block.id.y / c.y);
  case Special::ClusterIdZ:
    return fill(block.id.z / c.z);
  case Special::NclusterIdX:
    return fill(grid.x / c.x);
  case Special::NclusterIdY:
    return fill(grid.y / c.y);
  case Special::NclusterIdZ:
    return fill(grid.z / c.z);
  case Special::ClusterCtaidX:
    return fill(block.id.x % c.x);
  case Special::ClusterCtaidY:
    return fill(block.id.y % c.y);
  case Special::ClusterCtaidZ:
    return fill(block.id.z % c.z);
  case Special::ClusterNctaidX:
    return fill(c.x);
  case Special::ClusterNctaidY:
    return fill(c.y);
  case Special::ClusterNctaidZ:
    return fill(c.z);
  case Special::ClusterCtarank:
    return fill(block.rank);
  case Special::ClusterNctarank:
    return fill(blocks.size());
  case Special::IsExplicitCluster:
    return fill(launch.cluster.x != 0 || code.info.reqnctapercluster.x != 0);
  case Special::DynamicSmem:
    return fill(launch.dynamicShared);
  case Special::TotalSmem:
    return fill(sharedUsed());
  case Special::Zero:
    return fill(0);
  default:
    return;
  }
}

void Machine::startWarp(Warp &warp) {
  warp.live = warp.exists;
  warp.group = warp.pc = 0;
  warp.otherPc = 0;
  warp.held = warp.gathering = warp.timedOut = 0;
  warp.pcs.fill(0);
  warp.waits.fill(Wait::None);
  warp.seen = 0;
  warp.choices = 0;
  warp.fair = false;
  warp.registers.resize(size_t(code.registers) * 32);
  warp.constants = constantLanes.data();
  warp.undefined.assign(code.registers + code.constants.size(), 0);
  std::fill(warp.undefined.begin() + 1, warp.undefined.begin() + code.registers, ~0u);
  warp.partial.assign(warp.undefined.size(), 0);
  for (auto &[slot, special] : code.specials) {
    fillSpecial(warp, special, warp.write(slot));
    warp.setDefined(slot, ~0u);
  }
  warp.local.resize(code.localBytes * 32);
  warp.localDefined.assign(code.localBytes * 32, 0);
  warp.clock.clear();
  warp.now = 1;
  warp.extraLanes = 0;
  for (auto &extra : warp.extra)
    extra.reset();
  warp.copyClock = warp.bulkClock = 0;
  for (auto *lanes : {&warp.copied, &warp.bulkRead, &warp.bulkDone, &warp.bulkLast})
    lanes->fill(0);
  for (unsigned l = 0; l < 32; ++l) {
    warp.copyGroups[l].clear();
    warp.bulkGroups[l].clear();
  }
  warp.fenced = false;
  warp.clusterArrived = warp.clusterPassed = 0;
}

void Machine::startCluster(uint64_t number) {
  clusterNumber = number;
  knownClusters.clear();
  clusterEpoch = 1;
  uint64_t nx = grid.x / clusterDim.x, ny = grid.y / clusterDim.y;
  Dim3 at{uint32_t(number % nx), uint32_t(number / nx % ny), uint32_t(number / nx / ny)};
  flying.clear();
  mbarrierEntities.clear();
  nextEntity = uint32_t(4 * warps.size() + 1);
  clusterArrivals = 0;
  clusterClock.clear();
  clusterDone.clear();
  for (auto &pointer : blocks) {
    Block &block = *pointer;
    uint32_t rank = block.rank;
    block.id = {at.x * clusterDim.x + rank % clusterDim.x,
                at.y * clusterDim.y + rank / clusterDim.x % clusterDim.y,
                at.z * clusterDim.z + rank / clusterDim.x / clusterDim.y};
    block.number = block.id.x + uint64_t(grid.x) * (block.id.y + uint64_t(grid.y) * block.id.z);
    block.exited = 0;
    block.done = false;
    uint64_t bytes = (sharedUsed() + 15) / 16 * 16;
    block.shared.assign(bytes, 0xcd);
    block.sharedDefined.assign(bytes, 0);
    block.cells.assign(launch.checkRaces ? bytes / 4 : 0, Cell());
    block.split.clear();
    block.readers.assign(1, {});
    block.freeReaders.clear();
    block.mbarriers.clear();
    block.barriers.fill(Barrier());
    block.ended.clear();
    block.remote.clear();
    block.strong.clear();
  }
  for (auto &warp : warps)
    startWarp(*warp);
}

void Machine::run() {
  ++memory.launch;
  memory.previous = dependent ? memory.launch - 1 : 0;
  if (!check() || !setUp())
    return;
  uint64_t clusters = grid.count() / clusterDim.count();
  // Steps through all residues, for an order that looks random and needs no memory.
  uint64_t step = 1, first = 0;
  switch (launch.order) {
  case Order::Forward:
    break;
  case Order::Reverse:
    step = clusters > 1 ? clusters - 1 : 1;
    first = clusters - 1;
    break;
  case Order::Random: {
    auto gcd = [](uint64_t a, uint64_t b) {
      while (b) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
      }
      return a;
    };
    step = clusters > 1 ? random() % clusters : 1;
    while (gcd(step, clusters) != 1)
      step = (step + 1) % clusters;
    first = random() % clusters;
    break;
  }
  case Order::Skewed:
    first = clusters / 2;
    break;
  }
  uint64_t number = first;
  for (uint64_t k = 0; k < clusters && !failed(); ++k) {
    startCluster(number);
    runCluster();
    if (!failed())
      endCluster();
    number = (number + step) % clusters;
  }
  finish();
}

void Machine::finish() {
  Statistics &statistics = result.statistics;
  statistics.threadInstructions = executed;
  for (size_t c = 0; c < classCounts.size(); ++c)
    if (classCounts[c])
      statistics.byClass[nameOf(Class(c))] = classCounts[c];
  for (auto &buffer : memory.buffers) {
    if (buffer->isVariable)
      continue;
    buffer->traffic.name = buffer->name;
    statistics.buffers.push_back(buffer->traffic);
    if (failed() || !buffer->options.mustWrite)
      continue;
    uint64_t at = buffer->firstUnwritten();
    if (at < buffer->bytes)
      fail(nullptr, 0, nullptr,
           "leaves byte " + std::to_string(at) + " of " + buffer->name + " unwritten");
  }
}

static Result runLaunch(const Module &module, Memory &memory, const Launch &launch,
                        bool dependent) {
  Result result;
  const Program *program = module.program();
  size_t index = 0;
  while (program && index < program->codes.size() &&
         program->codes[index].info.name != launch.entry)
    ++index;
  if (!program || index == program->codes.size()) {
    result.error = "expects an entry " + launch.entry + " in the module";
    return result;
  }
  Machine machine(module, program->codes[index], memory, launch);
  machine.dependent = dependent;
  machine.run();
  return std::move(machine.result);
}

Result normc::ptxsim::run(const Module &module, Memory &memory, const Launch &launch) {
  return runLaunch(module, memory, launch, false);
}

std::vector<Result> normc::ptxsim::launchSequence(const std::vector<Step> &steps, Memory &memory) {
  std::vector<Result> results;
  for (const Step &step : steps) {
    if (!step.module) {
      results.emplace_back();
      results.back().error = "expects a module";
      break;
    }
    results.push_back(
        runLaunch(*step.module, memory, step.launch, step.dependent && !results.empty()));
    if (!results.back().ok())
      break;
  }
  return results;
}
