//===- Clock.h - what happened before what ----------------------------------===//
//
// Vector clocks over the warps of a cluster, their asynchronous copies and its mbarriers. An entity
// counts its epochs; a clock says up to which epoch of each entity its owner knows. Where lanes of
// a warp synchronize alone, their epochs are kept apart.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_PTXSIM_CLOCK_H
#define NORMC_LIB_PTXSIM_CLOCK_H

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace normc::ptxsim {

/// Something that an entity's lane did in an epoch. Epochs begin at 1.
struct Event {
  uint16_t entity = none;
  uint8_t lane = 0;
  uint32_t clock = 0;
  static constexpr uint16_t none = 0xfffe, inFlight = 0xffff;
};

class VectorClock {
public:
  bool has(uint16_t entity, uint8_t lane, uint32_t clock) const {
    if (entity < all.size() && all[entity] >= clock)
      return true;
    for (auto &[e, epochs] : lanes)
      if (e == entity)
        return epochs[lane] >= clock;
    return false;
  }
  uint32_t of(uint16_t entity) const { return entity < all.size() ? all[entity] : 0; }
  void raise(uint16_t entity, uint32_t clock);
  void raiseLane(uint16_t entity, uint8_t lane, uint32_t clock);
  void join(const VectorClock &other);
  void clear() { all.clear(), lanes.clear(); }
  /// What this knows of entities below `count`, moved by `up`.
  VectorClock shifted(uint16_t count, uint16_t up) const;
  /// The first entity of which this knows less than `other` does, or Event::none.
  uint16_t behind(const VectorClock &other) const;

private:
  std::vector<uint32_t> all;
  std::vector<std::pair<uint16_t, std::array<uint32_t, 32>>> lanes;
};

} // namespace normc::ptxsim

#endif // NORMC_LIB_PTXSIM_CLOCK_H
