//===- Progress.cpp - what normc is doing, when it takes long ------------===//
//
// A thread that waits: LLVM gives no chance to report from inside a long step.
//
//===----------------------------------------------------------------------===//

#include "Progress.h"

#include "llvm/Support/raw_ostream.h"

#include <chrono>

Progress::Progress() {
  auto run = [](void *self) -> void * {
    static_cast<Progress *>(self)->report();
    return nullptr;
  };
  // Not std::thread, which ends the program where there is no thread: nothing is told then.
  isRunning = pthread_create(&reporter, nullptr, run, this) == 0;
}

Progress::~Progress() {
  {
    std::lock_guard<std::mutex> lock(mutex);
    done = true;
  }
  changed.notify_all();
  if (isRunning)
    pthread_join(reporter, nullptr);
}

void Progress::step(llvm::StringRef what) {
  std::lock_guard<std::mutex> lock(mutex);
  current = what.str();
}

void Progress::report() {
  std::unique_lock<std::mutex> lock(mutex);
  for (int seconds = 2; !changed.wait_for(lock, std::chrono::seconds(2), [this] { return done; });
       seconds += 2)
    llvm::errs() << "normc: " << seconds << " s: " << current << "\n";
}
