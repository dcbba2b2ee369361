//===- DriverStream.cpp - a simulated driver's streams and graphs -----------===//
//
// A stream does its work at once, or keeps it for a graph while it is captured.
//
//===----------------------------------------------------------------------===//

#include "DriverState.h"

using namespace normc::ptxsim;
using namespace normc::ptxsim::driver;

Graph::~Graph() {
  for (uint64_t address : memory)
    state().memory.release(address);
}

int driver::enqueue(void *handle, Work work) {
  Stream *stream = state().stream(handle);
  if (!stream)
    return fail(invalidHandle, "expects a stream");
  if (!stream->graph)
    return work(*stream);
  if (stream->invalidated)
    return fail(captureInvalidated, "the capture of this stream failed before");
  stream->graph->works.push_back(std::move(work));
  return success;
}

int cuStreamCreate(void **stream, unsigned) {
  return callInContext([&] {
    *stream = state().streams.add(std::make_shared<Stream>());
    return int(success);
  });
}

int cuStreamDestroy_v2(void *stream) {
  return callInContext([&] {
    if (state().lastLaunch == stream)
      state().lastLaunch = nullptr;
    return state().streams.remove(stream) ? int(success) : fail(invalidHandle, "expects a stream");
  });
}

// Nothing is left to wait for, but a wait has no place in a graph.
int cuStreamSynchronize(void *handle) {
  return callOutsideOfCaptures([&] {
    Stream *stream = state().stream(handle);
    if (!stream)
      return fail(invalidHandle, "expects a stream");
    if (!stream->graph)
      return int(success);
    stream->invalidated = true;
    return fail(captureUnsupported, "expects a stream that is not captured");
  });
}

int cuStreamIsCapturing(void *handle, int *capturing) {
  return callInContext([&] {
    Stream *stream = state().stream(handle);
    if (!stream)
      return fail(invalidHandle, "expects a stream");
    *capturing = !stream->graph ? cuda_capture_none : stream->invalidated ? 2 : 1;
    return int(success);
  });
}

int cuStreamBeginCapture_v2(void *handle, int mode) {
  return callInContext([&] {
    Stream *stream = state().stream(handle);
    if (!stream)
      return fail(invalidHandle, "expects a stream");
    if (stream == &state().defaultStream || stream->graph)
      return fail(captureUnsupported, "expects a stream that is not captured, nor the default one");
    stream->graph = std::make_shared<Graph>();
    stream->invalidated = false;
    stream->mode = mode;
    stream->owner = std::this_thread::get_id();
    return int(success);
  });
}

int cuStreamEndCapture(void *handle, void **graph) {
  return callInContext([&] {
    *graph = nullptr;
    Stream *stream = state().stream(handle);
    if (!stream || !stream->graph)
      return fail(invalidValue, "expects a stream that is captured");
    std::shared_ptr<Graph> captured = std::move(stream->graph);
    stream->graph = nullptr;
    if (stream->invalidated)
      return fail(captureInvalidated, "the capture of this stream failed before");
    *graph = state().graphs.add(captured);
    return int(success);
  });
}

int cuGraphInstantiateWithFlags(void **executable, void *graph, unsigned long long) {
  return callInContext([&] {
    auto captured = state().graphs.find(graph);
    if (!captured)
      return fail(invalidHandle, "expects a graph");
    *executable = state().executables.add(captured);
    return int(success);
  });
}

int cuGraphLaunch(void *executable, void *handle) {
  return callInContext([&] {
    auto graph = state().executables.find(executable);
    if (!graph)
      return fail(invalidHandle, "expects an executable graph");
    return enqueue(handle, [graph](Stream &stream) {
      state().lastLaunch = nullptr;
      for (const Work &work : graph->works)
        if (int code = work(stream))
          return code;
      state().lastLaunch = nullptr;
      return int(success);
    });
  });
}

int cuGraphExecDestroy(void *executable) {
  return callInContext([&] {
    return state().executables.remove(executable)
               ? int(success)
               : fail(invalidHandle, "expects an executable graph");
  });
}

int cuGraphDestroy(void *graph) {
  return callInContext([&] {
    return state().graphs.remove(graph) ? int(success) : fail(invalidHandle, "expects a graph");
  });
}

int cuEventCreate(void **event, unsigned) {
  return callInContext([&] {
    *event = state().events.add(std::make_shared<Event>());
    return int(success);
  });
}

int cuEventDestroy_v2(void *event) {
  return callInContext([&] {
    return state().events.remove(event) ? int(success) : fail(invalidHandle, "expects an event");
  });
}

int cuEventRecord(void *handle, void *stream) {
  return callInContext([&] {
    auto event = state().events.find(handle);
    if (!event)
      return fail(invalidHandle, "expects an event");
    return enqueue(stream, [event](Stream &) {
      event->time = state().clock;
      event->recorded = true;
      return int(success);
    });
  });
}

int cuEventSynchronize(void *event) {
  return callOutsideOfCaptures([&] {
    return state().events.find(event) ? int(success) : fail(invalidHandle, "expects an event");
  });
}

int cuEventElapsedTime(float *milliseconds, void *begin, void *end) {
  return callInContext([&] {
    auto first = state().events.find(begin), last = state().events.find(end);
    if (!first || !last || !first->recorded || !last->recorded)
      return fail(invalidHandle, "expects two events that were recorded");
    *milliseconds = float((double(last->time) - double(first->time)) * 1e-6);
    return int(success);
  });
}
