//===- GpuBench.cpp - a kernel's time on a GPU beside a copy's -----------===//
//
// Both as graphs of many calls, timed by events: one call alone is timed by what it costs to
// launch it.
//
//===----------------------------------------------------------------------===//

#include "Bench.h"
#include "Device.h"

#include <algorithm>
#include <chrono>

using namespace llvm;
using namespace normrun;

namespace {
/// Work that is put on the device's stream many times.
class Repeated {
public:
  Repeated(Device &device, function_ref<int32_t()> work)
      : context(device.getContext()), work(work) {}
  ~Repeated() {
    if (graph)
      normrt_cuda_graph_destroy(&context, graph);
    for (void *event : {begin, end})
      if (event)
        normrt_cuda_event_destroy(&context, event);
  }

  Error prepare();
  /// Milliseconds of one call, from one timed round after one that is not.
  Expected<double> sample();

  uint64_t calls = 1;

private:
  Error capture();
  int32_t putOnce();
  Expected<double> round();

  const normrt_context &context;
  function_ref<int32_t()> work;
  void *graph = nullptr, *begin = nullptr, *end = nullptr;
};
} // namespace

int32_t Repeated::putOnce() {
  if (graph)
    return normrt_cuda_graph_launch(&context, graph);
  int32_t code = NORMRT_OK;
  for (uint64_t i = 0; i < calls && code == NORMRT_OK; ++i)
    code = work();
  return code;
}

Expected<double> Repeated::round() {
  float milliseconds = 0;
  int32_t code = normrt_cuda_event_record(&context, begin);
  if (code == NORMRT_OK)
    code = putOnce();
  if (code == NORMRT_OK)
    code = normrt_cuda_event_record(&context, end);
  if (code == NORMRT_OK)
    code = normrt_cuda_event_elapsed(&context, begin, end, &milliseconds);
  if (Error error = checkDevice(code, "--bench"))
    return error;
  return milliseconds / double(calls);
}

Expected<double> Repeated::sample() {
  if (Error error = checkDevice(putOnce(), "--bench"))
    return error;
  return round();
}

Error Repeated::capture() {
  int32_t code = normrt_cuda_capture_begin(&context);
  if (code == NORMRT_OK) {
    code = putOnce();
    int32_t ended = normrt_cuda_capture_end(&context, &graph);
    code = code == NORMRT_OK ? ended : code;
  }
  return checkDevice(code, "--bench: a graph");
}

// As many calls as take some 500 us, by calls of which none is timed alone.
Error Repeated::prepare() {
  for (void **event : {&begin, &end})
    if (Error error = checkDevice(normrt_cuda_event_create(&context, event), "--bench"))
      return error;
  calls = 4;
  Expected<double> once = sample();
  if (!once)
    return once.takeError();
  calls = uint64_t(std::clamp(0.5 / std::max(*once, 1e-4), 1.0, 500.0));
  return capture();
}

static double now() {
  using namespace std::chrono;
  return duration<double>(steady_clock::now().time_since_epoch()).count();
}

Expected<BenchResult> normrun::benchOnGpu(Device &device, function_ref<int32_t()> kernel,
                                          uint64_t bytes, double seconds) {
  // A copy of n bytes reads n and writes n.
  const uint64_t half = std::max<uint64_t>(1, (bytes + 1) / 2);
  Expected<DeviceMemory> from = device.allocate(half);
  if (!from)
    return from.takeError();
  Expected<DeviceMemory> to = device.allocate(half);
  if (!to)
    return to.takeError();
  const normrt_context &context = device.getContext();
  if (Error error = checkDevice(normrt_cuda_fill(&context, from->data(), 1, half), "--bench"))
    return error;
  auto copyOnce = [&] { return normrt_cuda_copy(&context, to->data(), from->data(), half); };
  Repeated kernels(device, kernel), copies(device, copyOnce);
  for (Repeated *repeated : {&kernels, &copies})
    if (Error error = repeated->prepare())
      return error;

  std::vector<double> kernelTimes, copyTimes;
  const double end = now() + seconds;
  while (kernelTimes.size() < 5 || (now() < end && kernelTimes.size() < 100000)) {
    for (auto [repeated, times] :
         {std::pair(&kernels, &kernelTimes), std::pair(&copies, &copyTimes)}) {
      Expected<double> milliseconds = repeated->sample();
      if (!milliseconds)
        return milliseconds.takeError();
      times->push_back(*milliseconds * 1e-3);
    }
  }
  BenchResult result = summarize(kernelTimes, copyTimes, bytes);
  result.callsPerSample = kernels.calls;
  result.copy = "device to device";
  return result;
}
