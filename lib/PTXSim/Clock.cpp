//===- Clock.cpp - what happened before what --------------------------------===//
//
// Epochs of single lanes are dropped as soon as the whole entity has passed them.
//
//===----------------------------------------------------------------------===//

#include "Clock.h"

#include <algorithm>

using namespace normc::ptxsim;

void VectorClock::raise(uint16_t entity, uint32_t clock) {
  if (entity >= all.size())
    all.resize(entity + 1);
  all[entity] = std::max(all[entity], clock);
  for (size_t k = 0; k < lanes.size(); ++k)
    if (lanes[k].first == entity &&
        *std::max_element(lanes[k].second.begin(), lanes[k].second.end()) <= all[entity])
      lanes.erase(lanes.begin() + k--);
}

void VectorClock::raiseLane(uint16_t entity, uint8_t lane, uint32_t clock) {
  if (of(entity) >= clock)
    return;
  for (auto &[e, epochs] : lanes)
    if (e == entity) {
      epochs[lane] = std::max(epochs[lane], clock);
      return;
    }
  lanes.push_back({entity, {}});
  lanes.back().second[lane] = clock;
}

void VectorClock::join(const VectorClock &other) {
  if (other.all.size() > all.size())
    all.resize(other.all.size());
  for (size_t k = 0; k < other.all.size(); ++k)
    all[k] = std::max(all[k], other.all[k]);
  for (auto &[entity, epochs] : other.lanes)
    for (uint8_t lane = 0; lane < 32; ++lane)
      if (epochs[lane])
        raiseLane(entity, lane, epochs[lane]);
  for (size_t k = 0; k < lanes.size(); ++k) {
    auto &epochs = lanes[k].second;
    if (*std::max_element(epochs.begin(), epochs.end()) <= of(lanes[k].first))
      lanes.erase(lanes.begin() + k--);
  }
}

VectorClock VectorClock::shifted(uint16_t count, uint16_t up) const {
  VectorClock result;
  for (uint16_t k = 0; k < count && k < all.size(); ++k)
    if (all[k])
      result.raise(uint16_t(k + up), all[k]);
  for (auto &[entity, epochs] : lanes)
    for (uint8_t lane = 0; entity < count && lane < 32; ++lane)
      if (epochs[lane])
        result.raiseLane(uint16_t(entity + up), lane, epochs[lane]);
  return result;
}

uint16_t VectorClock::behind(const VectorClock &other) const {
  for (size_t k = 0; k < other.all.size(); ++k)
    if (other.all[k] > of(uint16_t(k)))
      for (uint8_t lane = 0; lane < 32; ++lane)
        if (!has(uint16_t(k), lane, other.all[k]))
          return uint16_t(k);
  for (auto &[entity, epochs] : other.lanes)
    for (uint8_t lane = 0; lane < 32; ++lane)
      if (epochs[lane] && !has(entity, lane, epochs[lane]))
        return entity;
  return Event::none;
}
