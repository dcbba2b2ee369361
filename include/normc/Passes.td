//===- Passes.td - every pass of normc, in the order they run ------------===//
//
// The table of contents. A pass `norm-<verb>` is `<Verb>Pass` in lib/Transforms or lib/Conversion,
// in the file of the same name, and is tested by the file of the same name below test/.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_PASSES_TD
#define NORMC_PASSES_TD

include "mlir/Pass/PassBase.td"

#endif // NORMC_PASSES_TD
