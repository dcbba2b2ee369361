//===- Inputs.cpp - seeded inputs ----------------------------------------===//
//
// One generator per argument, so that one input from a file changes no other.
//
//===----------------------------------------------------------------------===//

#include "Inputs.h"

#include "llvm/ADT/StringExtras.h"

#include <cmath>

using namespace llvm;
using namespace normrun;

namespace {
/// SplitMix64: not for secrets, but even and quick, and a few lines that never change.
class Random {
public:
  explicit Random(uint64_t seed) : state(seed) {}

  uint64_t next() {
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  /// In [0, 1).
  double uniform() { return double(next() >> 11) * 0x1p-53; }

  /// Box and Muller's pairs.
  double normal() {
    if (hasSecond) {
      hasSecond = false;
      return second;
    }
    double radius = std::sqrt(-2 * std::log(1 - uniform()));
    double angle = 6.283185307179586 * uniform();
    second = radius * std::sin(angle);
    hasSecond = true;
    return radius * std::cos(angle);
  }

private:
  uint64_t state;
  double second = 0;
  bool hasSecond = false;
};
} // namespace

Fill normrun::chooseFill(const normrt_argument &argument) {
  std::string name = StringRef(argument.role).lower();
  if (name == "input" || name == "output")
    name = StringRef(argument.name).lower();
  auto has = [&](ArrayRef<StringRef> words) {
    return any_of(words, [&](StringRef word) { return StringRef(name).contains(word); });
  };
  if (!isFloat(argument.dl_dtype))
    return argument.dl_dtype.bits >= 32 && has({"seed", "offset"}) ? Fill::Seed
                                                                   : Fill::SmallInteger;
  // Before "scale" and "weight": a variance of the weights is a variance. A gradient (dscale,
  // grad_weight) is data.
  if (name.front() == 'd' && has({"dscale", "dweight", "dgamma", "dvar", "drstd"}))
    return Fill::Normal;
  if (has({"grad"}))
    return Fill::Normal;
  if (has({"rstd", "invstd", "inv_std", "var", "stddev"}))
    return Fill::Positive;
  if (has({"eps"}))
    return Fill::Epsilon;
  if (has({"momentum", "prob", "rate"}))
    return Fill::Fraction;
  if (has({"scale", "weight", "gamma"}))
    return Fill::NearOne;
  return Fill::Normal;
}

static double draw(Random &random, Fill fill, DLDataType type) {
  switch (fill) {
  case Fill::Normal:
    return random.normal();
  case Fill::NearOne:
    return 1 + 0.25 * random.normal();
  case Fill::Positive:
    return 0.5 + 1.5 * random.uniform();
  case Fill::Epsilon:
    return 1e-5;
  case Fill::Fraction:
    return 0.1;
  case Fill::Seed:
    return double(random.next() >> 33);
  case Fill::SmallInteger:
    if (type.code == kDLBool)
      return double(random.next() % 2);
    return type.code == kDLUInt ? double(random.next() % 101) : double(random.next() % 201) - 100;
  }
  llvm_unreachable("covered above");
}

void normrun::fillSeeded(const Tensor &tensor, Fill fill, uint64_t seed, uint64_t argument) {
  // The first draw scatters neighbouring seeds and arguments.
  Random scatter(seed * 0x100000001b3 + argument);
  Random random(scatter.next());
  for (uint64_t i = 0, e = tensor.getNumElements(); i < e; ++i)
    tensor.store(i, draw(random, fill, tensor.getType()));
}
