//===- DriverState.h - what a simulated driver knows ------------------------===//
//
// One device with one context, and everything that handles stand for. All of it is under one lock,
// which the exported functions take by `call` and `callInContext`.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LIB_PTXSIM_DRIVERSTATE_H
#define NORMC_LIB_PTXSIM_DRIVERSTATE_H

#include "normc/PTXSim/Driver.h"
#include "normc/PTXSim/PTXSim.h"

#include <functional>
#include <mutex>
#include <thread>
#include <unordered_map>

// The functions, with the types that libnormrt calls them with.
extern "C" {
#include "../Runtime/CudaDriver.h"
#define DRIVER_DECLARE(name, symbol, parameters) NORMPTXSIM_API int symbol parameters;
CUDA_DRIVER_FUNCTIONS(DRIVER_DECLARE, DRIVER_DECLARE)
#undef DRIVER_DECLARE
}

namespace normc::ptxsim::driver {

/// CUresult, as far as it is needed here.
enum Error : int {
  success = 0,
  invalidValue = 1,
  outOfMemory = 2,
  notInitialized = 3,
  invalidDevice = 101,
  invalidContext = 201,
  noBinaryForGPU = 209,
  invalidPTX = 218,
  unsupportedPTX = 222,
  invalidHandle = 400,
  notFound = 500,
  launchFailed = 719,
  notSupported = 801,
  captureUnsupported = 900,
  captureInvalidated = 901,
  invalidClusterSize = 912
};

/// Returns the code. Until the next failure with it, `text` is what cuGetErrorString says about it
/// on this thread.
int fail(int code, std::string text);

struct Options {
  int arch = 90;
  Order order = Order::Forward;
  uint64_t seed = 1, maxInstructions = uint64_t(1) << 40, misalign = 0;
  bool races = true, globalRaces = false;
  std::string report;
};

/// Reads the environment; returns an error, which is empty where all is good.
std::string readOptions(Options &options);
/// The most shared memory of a block.
uint64_t sharedBytes(int arch);

/// Handles are addresses that are checked before they are followed.
template <class T> class Handles {
public:
  void *add(std::shared_ptr<T> object) {
    void *handle = object.get();
    objects[handle] = std::move(object);
    return handle;
  }
  std::shared_ptr<T> find(void *handle) const {
    auto found = objects.find(handle);
    return found == objects.end() ? nullptr : found->second;
  }
  bool remove(void *handle) { return objects.erase(handle) == 1; }
  void clear() { objects.clear(); }
  template <class F> void each(F f) const {
    for (auto &[handle, object] : objects)
      f(*object);
  }

private:
  std::unordered_map<void *, std::shared_ptr<T>> objects;
};

/// Global memory, and what was allocated in it.
class GlobalMemory {
public:
  struct Free {
    void operator()(void *memory) const { free(memory); }
  };
  struct Allocation {
    std::string name;
    uint64_t bytes = 0;
    uint32_t flags = 0;
    std::unique_ptr<uint8_t, Free> host;
    normptxsim_traffic traffic = {};
  };

  int allocate(uint64_t *address, uint64_t bytes, uint64_t misalign, uint32_t flags);
  int release(uint64_t address);
  int mark(uint64_t address, uint32_t flags, const char *name);
  int copyIn(uint64_t to, const void *from, uint64_t bytes);
  int copyOut(void *to, uint64_t from, uint64_t bytes);
  int copy(uint64_t to, uint64_t from, uint64_t bytes);
  int fill(uint64_t to, uint8_t value, uint64_t bytes);
  void clear();

  Memory memory;
  std::map<uint64_t, Allocation> allocations;

private:
  /// The host's bytes, or null with an error that begins with `what`.
  uint8_t *resolve(const char *what, uint64_t address, uint64_t bytes);
  void setWritten(uint64_t address, uint64_t bytes);

  uint64_t count = 0, total = 0;
};

struct LoadedModule;

struct Function {
  LoadedModule *module = nullptr;
  const Entry *entry = nullptr;
  uint64_t mostDynamicShared = 0;
  bool nonPortableClusters = false;
};

struct LoadedModule {
  Module module;
  std::map<std::string, std::shared_ptr<Function>> functions;
};

struct Stream;
/// Work that a stream does, at once or each time that its graph is launched.
using Work = std::function<int(Stream &)>;

struct Graph {
  std::vector<Work> works;
  std::vector<uint64_t> memory; // allocated while it was captured
  ~Graph();
};

struct Stream {
  std::shared_ptr<Graph> graph; // while it is captured
  bool invalidated = false;
  int mode = 0;
  std::thread::id owner; // who began the capture
};

struct Event {
  uint64_t time = 0;
  bool recorded = false;
};

struct State {
  std::mutex mutex;
  bool initialized = false;
  Options options;
  int retained = 0; // the primary context; its handle is the address of this
  GlobalMemory memory;
  Handles<LoadedModule> modules;
  Handles<Function> functions;
  Handles<Stream> streams;
  Handles<Event> events;
  Handles<Graph> graphs, executables;
  Stream defaultStream;
  const Stream *lastLaunch = nullptr; // whose launch was the last thing done
  uint64_t clock = 0;                 // instructions and bytes
  normptxsim_statistics last = {}, total = {};

  Stream *stream(void *handle);
};

/// Lives until the process ends: others may call when destructors have run.
State &state();

/// Whether the thread has the primary context, and it is retained.
int checkContext();
/// An error while a capture forbids what is not put on a stream; the capture is then spoiled.
int checkCaptures();

template <class F> int call(F f) {
  std::lock_guard<std::mutex> lock(state().mutex);
  return state().initialized ? f() : fail(notInitialized, "expects a call of cuInit before");
}
template <class F> int callInContext(F f) {
  return call([&] {
    int code = checkContext();
    return code == success ? f() : code;
  });
}
/// What only concerns the device, and is not put on a stream.
template <class F> int callOutsideOfCaptures(F f) {
  return callInContext([&] {
    int code = checkCaptures();
    return code == success ? f() : code;
  });
}

/// Puts work on a stream.
int enqueue(void *stream, Work work);

/// One launch, at once.
struct LaunchRequest {
  void *function = nullptr;
  Launch launch;
  bool dependent = false;
};
int launchNow(Stream &stream, const LaunchRequest &request);

/// Adds a launch to the statistics and to the report.
void recordLaunch(const Launch &launch, const Result &result);

} // namespace normc::ptxsim::driver

#endif // NORMC_LIB_PTXSIM_DRIVERSTATE_H
