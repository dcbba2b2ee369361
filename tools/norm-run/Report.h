//===- Report.h - what norm-run says -------------------------------------===//
//
// The same facts as text for a terminal and as JSON for a program.
//
//===----------------------------------------------------------------------===//

#ifndef NORM_RUN_REPORT_H
#define NORM_RUN_REPORT_H

#include "Bench.h"
#include "Run.h"
#include "Ulp.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <optional>

namespace normrun {

struct Report {
  const RunOptions &options;
  const Run &run;
  /// One per output, or none without --check.
  std::vector<UlpReport> checks;
  std::optional<BenchResult> bench;
  /// --bench where the device counts: what it counted instead of a time.
  bool counted = false;
};

/// As in a message: nine digits.
std::string formatNumber(double value);

void printText(const Report &report, llvm::raw_ostream &os);
llvm::json::Value makeJSON(const Report &report);

} // namespace normrun

#endif // NORM_RUN_REPORT_H
