//===- Progress.h - what normc is doing, when it takes long --------------===//
//
// A line on standard error every two seconds, and none from a compilation that is faster.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_TOOLS_NORMC_PROGRESS_H
#define NORMC_TOOLS_NORMC_PROGRESS_H

#include "llvm/ADT/StringRef.h"

#include <condition_variable>
#include <mutex>
#include <string>

#include <pthread.h>

class Progress {
public:
  Progress();
  ~Progress();
  /// A step begins.
  void step(llvm::StringRef what);

private:
  void report();

  std::mutex mutex;
  std::condition_variable changed;
  std::string current = "reading";
  bool done = false;
  bool isRunning;
  pthread_t reporter;
};

#endif // NORMC_TOOLS_NORMC_PROGRESS_H
