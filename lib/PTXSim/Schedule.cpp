//===- Schedule.cpp - whose turn it is --------------------------------------===//
//
// The order decides among the warps of a cluster; a warp that waits costs no turn. When nothing can
// go on, copies that are late complete, then waits for mbarriers time out, and then it is an error.
//
//===----------------------------------------------------------------------===//

#include "Machine.h"

#include <algorithm>

using namespace normc::ptxsim;

namespace {
constexpr uint64_t turn = 4000, longTurn = 20000;
constexpr unsigned maxTimeouts = 64;
} // namespace

void Machine::orderWarps(std::vector<Warp *> &order) {
  for (auto &warp : warps)
    order.push_back(warp.get());
  if (launch.order == Order::Reverse)
    std::reverse(order.begin(), order.end());
  if (launch.order != Order::Skewed)
    return;
  // The seed's block last, in every block the seed's warp last.
  uint32_t perBlock = uint32_t(blocks[0]->warps.size());
  uint32_t lastBlock = uint32_t(launch.seed % blocks.size());
  uint32_t lastWarp = uint32_t(launch.seed / blocks.size() % perBlock);
  auto rank = [&](const Warp *warp) {
    uint32_t block = (warp->block->rank + uint32_t(blocks.size()) - lastBlock - 1) % blocks.size();
    uint32_t own = (warp->index + perBlock - lastWarp - 1) % perBlock;
    return block * perBlock + own;
  };
  std::sort(order.begin(), order.end(),
            [&](const Warp *a, const Warp *b) { return rank(a) < rank(b); });
}

void Machine::runCluster() {
  std::vector<Warp *> order;
  orderWarps(order);
  fruitless = 0;
  launch.order == Order::Random ? runRandom(order) : runOrdered(order);
}

void Machine::runOrdered(const std::vector<Warp *> &order) {
  bool skewed = launch.order == Order::Skewed;
  while (!failed()) {
    bool any = false, alive = false;
    for (Warp *warp : order) {
      if (!warp->live)
        continue;
      alive = true;
      if (!runnable(*warp))
        continue;
      uint64_t before = executed;
      any |= runWarp(*warp, skewed ? longTurn : turn);
      if (failed())
        return;
      // Those in front go first again, unless this one only spins.
      if (skewed && executed - before < longTurn)
        break;
    }
    if (!alive)
      return;
    if (!any && !unstick())
      return;
  }
}

void Machine::runRandom(const std::vector<Warp *> &order) {
  std::vector<Warp *> ready;
  while (!failed()) {
    ready.clear();
    bool alive = false;
    for (Warp *warp : order) {
      alive |= warp->live != 0;
      if (warp->live && runnable(*warp))
        ready.push_back(warp);
    }
    if (!alive)
      return;
    if (!flying.empty() && random() % 4 == 0)
      complete(random() % flying.size());
    if (failed())
      return;
    if (ready.empty()) {
      if (!unstick())
        return;
      continue;
    }
    uint64_t length = random() % 4 == 0 ? random() % 400 : random() % 24;
    runWarp(*ready[random() % ready.size()], 1 + length);
  }
}

// Something for those that wait, or the error that there is nothing.
bool Machine::unstick() {
  if (!flying.empty()) {
    fruitless = 0;
    complete(launch.order == Order::Reverse  ? flying.size() - 1
             : launch.order == Order::Random ? random() % flying.size()
                                             : 0);
    return !failed();
  }
  if (events != lastEvents)
    fruitless = 0;
  lastEvents = events;
  bool any = false;
  if (fruitless < maxTimeouts)
    for (auto &warp : warps) {
      uint32_t waiting = waitingFor(*warp, Wait::Mbarrier);
      if (!waiting)
        continue;
      warp->timedOut |= waiting;
      warp->choose();
      warp->held &= ~waiting;
      any = true;
    }
  ++fruitless;
  if (any)
    return true;
  reportStuck();
  return false;
}

std::string Machine::whereLanesWait(const Warp &warp) const {
  uint32_t lanes = warp.live;
  std::string result;
  while (lanes) {
    uint32_t at = warp.pcs[__builtin_ctz(lanes)], here = 0;
    for (uint32_t rest = lanes; rest; rest &= rest - 1)
      if (warp.pcs[__builtin_ctz(rest)] == at)
        here |= rest & -rest;
    lanes &= ~here;
    const Inst &inst = code.instructions[at];
    char mask[16];
    snprintf(mask, sizeof mask, "%08x", here);
    result += "; block " + std::to_string(warp.block->number) + " warp " +
              std::to_string(warp.index) + " lanes " + mask + " at line " +
              std::to_string(inst.line) + " '" + code.texts[inst.text] + "'";
  }
  return result;
}

void Machine::reportStuck() {
  // Lanes that wait for others of their warp, which will not come.
  for (auto &pointer : warps) {
    Warp &warp = *pointer;
    if (!warp.gathering)
      continue;
    unsigned lane = __builtin_ctz(warp.gathering);
    const Inst &inst = code.instructions[warp.pcs[lane]];
    uint32_t here = 0;
    for (uint32_t rest = warp.gathering; rest; rest &= rest - 1)
      if (warp.pcs[__builtin_ctz(rest)] == warp.pcs[lane])
        here |= rest & -rest;
    uint32_t others = warp.live & ~here;
    std::string what =
        inst.cls == Class::Barrier ? "divergent barrier" : "divergent warp collective";
    fail(&warp, here, &inst,
         what + ": executed without all lanes of the warp that it needs" +
             (others ? whereLanesWait(warp) : "; the others have exited"));
    return;
  }
  for (auto &block : blocks)
    for (unsigned id = 0; id < block->barriers.size(); ++id) {
      checkBarrier(*block, id);
      if (failed())
        return;
    }
  std::string where;
  const Warp *first = nullptr;
  const Inst *inst = nullptr;
  uint32_t lanes = 0;
  unsigned shown = 0;
  for (auto &warp : warps)
    if (warp->live) {
      if (!first) {
        first = warp.get();
        lanes = warp->live;
        inst = &code.instructions[warp->pcs[__builtin_ctz(lanes)]];
      }
      if (shown++ < 8)
        where += whereLanesWait(*warp);
    }
  fail(first, lanes, inst, "deadlock" + where);
}

void Machine::endCluster() {
  for (auto &warp : warps)
    if (warp->live)
      fail(warp.get(), warp->live, nullptr, "internal: the warp has not ended");
}
