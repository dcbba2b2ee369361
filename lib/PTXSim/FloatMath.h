//===- FloatMath.h - floating-point operations on bits ----------------------===//
//
// One operation on one value in each format, with all of an instruction's modifiers.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_PTXSIM_FLOATMATH_H
#define NORMC_LIB_PTXSIM_FLOATMATH_H

#include "Formats.h"

namespace normc::ptxsim {

enum class Op : uint8_t {
  Add,
  Sub,
  Mul,
  Fma,
  Div,
  Rcp,
  Sqrt,
  Rsqrt,
  Sin,
  Cos,
  Lg2,
  Ex2,
  Tanh,
  Min,
  Max,
  Min3,
  Max3,
  Abs,
  Neg,
  CopySign
};

/// `inst` has the rounding and the flags; unused operands are zero.
uint64_t computeF32(Op op, const Inst &inst, float a, float b, float c);
uint64_t computeF64(Op op, const Inst &inst, double a, double b, double c);
/// f16 and bf16, as bits.
uint32_t computeHalf(Op op, const Inst &inst, const Format &format, uint32_t a, uint32_t b,
                     uint32_t c);

} // namespace normc::ptxsim

#endif // NORMC_LIB_PTXSIM_FLOATMATH_H
