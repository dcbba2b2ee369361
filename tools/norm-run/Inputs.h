//===- Inputs.h - seeded inputs ------------------------------------------===//
//
// Numbers that suit the argument: normal ones for data, positive ones for a variance.
//
//===----------------------------------------------------------------------===//

#ifndef NORM_RUN_INPUTS_H
#define NORM_RUN_INPUTS_H

#include "Tensor.h"

namespace normrun {

/// What an argument is filled with.
enum class Fill {
  Normal,      ///< mean 0, deviation 1
  NearOne,     ///< mean 1, deviation 1/4
  Positive,    ///< uniform in [0.5, 2)
  Epsilon,     ///< 1e-5
  Fraction,    ///< 0.1: a momentum or a probability
  Seed,        ///< uniform in [0, 2^31)
  SmallInteger ///< uniform in [-100, 100], from 0 if the type is unsigned; i1: 0 or 1
};

/// By the argument's role; by its name where the role only says that it is an input.
Fill chooseFill(const normrt_argument &argument);

/// Depends on the seed, the argument's number, its shape and what it is filled with, and on
/// nothing else.
void fillSeeded(const Tensor &tensor, Fill fill, uint64_t seed, uint64_t argument);

} // namespace normrun

#endif // NORM_RUN_INPUTS_H
