//===- Passes.h - every pass of normc ------------------------------------===//
//
// Declarations made from Passes.td, which is the table of contents.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_PASSES_H
#define NORMC_PASSES_H

#include "mlir/Pass/Pass.h"

namespace mlir::norm {
#define GEN_PASS_DECL
#include "normc/Passes.h.inc"
} // namespace mlir::norm

#endif // NORMC_PASSES_H
