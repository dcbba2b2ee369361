//===- Convert.h - the functions of cvt -------------------------------------===//
//
// Chosen once from an instruction's types and modifiers.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_PTXSIM_CONVERT_H
#define NORMC_LIB_PTXSIM_CONVERT_H

#include "Program.h"

namespace normc::ptxsim {

/// How a conversion rounds to integers, in Inst::mode.
enum IntegerRounding : uint8_t { NoIntegerRounding, ToNearest, ToZero, ToDown, ToUp };

/// The function for inst.type, inst.sourceType, rounding and flags; null where there is none.
/// Integer results of fewer bits than `resultBits` are extended to the register.
PureFn conversion(const Inst &inst);

} // namespace normc::ptxsim

#endif // NORMC_LIB_PTXSIM_CONVERT_H
