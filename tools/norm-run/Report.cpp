//===- Report.cpp - what norm-run says -----------------------------------===//
//
// Text and JSON.
//
//===----------------------------------------------------------------------===//

#include "Report.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"

#include <cmath>

using namespace llvm;
using namespace normrun;

std::string normrun::formatNumber(double value) {
  std::string text;
  raw_string_ostream(text) << format("%.9g", value);
  return text;
}

static std::string formatSeconds(double seconds) {
  std::string text;
  raw_string_ostream os(text);
  if (seconds < 1e-6)
    os << format("%.1f ns", seconds * 1e9);
  else if (seconds < 1e-3)
    os << format("%.2f us", seconds * 1e6);
  else if (seconds < 1)
    os << format("%.2f ms", seconds * 1e3);
  else
    os << format("%.2f s", seconds);
  return text;
}

static void printCheck(const UlpReport &check, StringRef name, const Tensor &tensor,
                       raw_ostream &os) {
  os << "check " << name << ": ";
  if (check.count == 0) {
    os << "empty\n";
    return;
  }
  ArrayRef<int64_t> shape = tensor.getShape();
  os << "max " << format("%.3g", check.maxUlp) << " ULP, mean " << format("%.3g", check.meanUlp)
     << " ULP; of the largest " << formatNumber(check.largest) << ": max "
     << format("%.3g", check.maxScaledUlp) << " ULP, relative "
     << format("%.3g", check.maxScaledRelative) << "\n";
  if (check.maxUlp > 0)
    os << "  worst at " << formatIndex(shape, check.worst) << ": got "
       << formatNumber(check.worstGot) << ", oracle " << formatNumber(check.worstExpected) << "\n";
  if (check.mismatches > 0)
    os << "  " << check.mismatches
       << " elements are NaN or infinite on one side only, the first at "
       << formatIndex(shape, check.firstMismatch) << ": got " << formatNumber(check.mismatchGot)
       << ", oracle " << formatNumber(check.mismatchExpected) << "\n";
}

static void printBench(const BenchResult &bench, raw_ostream &os) {
  os << "bench: " << formatSeconds(bench.kernelSeconds)
     << " (10 to 90 %: " << formatSeconds(bench.kernelLow) << " to "
     << formatSeconds(bench.kernelHigh) << "), " << format("%.2f", bench.gigabytesPerSecond)
     << " GB/s, " << format("%.3f", bench.shareOfCopy) << " of copy bandwidth\n"
     << "  copy of the same " << bench.bytes << " bytes (" << bench.copy
     << "): " << formatSeconds(bench.copySeconds) << "; medians of " << bench.samples
     << " samples of " << bench.callsPerSample << " calls in turns\n";
}

/// Bytes that were moved, to the bytes of the tensors; of no tensors: 0.
static double getShareMoved(uint64_t moved, const Run &run) {
  return run.getNumBytes() ? double(moved) / double(run.getNumBytes()) : 0;
}

static void printCounts(const Run &run, raw_ostream &os) {
  const normptxsim_statistics &total = run.getCounts().total;
  uint64_t moved = total.bytes_loaded + total.bytes_stored;
  uint64_t sectors = total.sectors_loaded + total.sectors_stored;
  os << "bench: the simulator has no times; it counts " << total.launches
     << (total.launches == 1 ? " launch, " : " launches, ") << total.warp_instructions
     << " instructions of warps, " << total.thread_instructions << " of threads\n"
     << "  loads " << total.bytes_loaded << " bytes, stores " << total.bytes_stored << ": "
     << format("%.3f", getShareMoved(moved, run)) << " of the tensors' " << run.getNumBytes()
     << " bytes; in whole sectors and without caches "
     << format("%.3f", getShareMoved(sectors, run)) << "\n";
}

void normrun::printText(const Report &report, raw_ostream &os) {
  const Run &run = report.run;
  int threads = normrt_pool_threads(run.getPool());
  os << "kernel " << run.getKernel().name;
  for (const auto &[symbol, size] : run.getSymbols().getValues())
    os << ", " << symbol << " = " << size;
  if (const Device *device = run.getDevice())
    os << (report.options.device == DeviceKind::PTXSim ? ", simulated sm_" : ", GPU sm_")
       << device->getArch();
  else
    os << ", " << threads << (threads == 1 ? " thread" : " threads");
  if (run.getWorkspaceBytes() > 0)
    os << ", workspace of " << run.getWorkspaceBytes() << " bytes";
  os << "\n";
  for (auto [index, argument] : enumerate(run.getArguments())) {
    const Tensor &tensor = run.getTensor(index);
    os << "  " << (argument.is_output ? "output " : "input  ") << left_justify(argument.name, 12)
       << " " << left_justify(getTypeName(tensor.getType()), 8) << " "
       << formatShape(tensor.getShape());
    if (!run.getSource(index).empty())
      os << "  (" << run.getSource(index) << ")";
    os << "\n";
  }
  for (auto [index, check] : enumerate(report.checks)) {
    size_t argument = run.getInputs().size() + index;
    printCheck(check, run.getArguments()[argument].name, run.getTensor(argument), os);
  }
  if (report.bench)
    printBench(*report.bench, os);
  if (report.counted)
    printCounts(run, os);
}

/// JSON has no NaN and no infinity.
static json::Value number(double value) {
  if (std::isfinite(value))
    return value;
  return std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

static json::Array shapeOf(const Tensor &tensor) { return json::Array(tensor.getShape()); }

static json::Array indexOf(const Tensor &tensor, uint64_t flat) {
  std::vector<int64_t> index(tensor.getShape().size());
  for (size_t i = index.size(); i-- > 0;) {
    int64_t size = std::max<int64_t>(tensor.getShape()[i], 1);
    index[i] = int64_t(flat % size);
    flat /= size;
  }
  return json::Array(index);
}

static json::Object benchOf(const BenchResult &bench) {
  return json::Object{{"seconds", bench.kernelSeconds},
                      {"seconds_p10", bench.kernelLow},
                      {"seconds_p90", bench.kernelHigh},
                      {"bytes", bench.bytes},
                      {"gigabytes_per_second", bench.gigabytesPerSecond},
                      {"copy_seconds", bench.copySeconds},
                      {"share_of_copy", bench.shareOfCopy},
                      {"copy", bench.copy},
                      {"samples", bench.samples},
                      {"calls_per_sample", bench.callsPerSample}};
}

template <typename T> static void addTraffic(const T &traffic, json::Object &object) {
  object["bytes_loaded"] = traffic.bytes_loaded;
  object["bytes_stored"] = traffic.bytes_stored;
  object["sectors_loaded"] = traffic.sectors_loaded;
  object["sectors_stored"] = traffic.sectors_stored;
}

static json::Object countsOf(const Run &run) {
  const Counts &counts = run.getCounts();
  const normptxsim_statistics &total = counts.total;
  json::Array arguments;
  for (auto [argument, traffic] : zip(run.getArguments(), counts.arguments)) {
    json::Object object{{"name", argument.name}};
    addTraffic(traffic, object);
    arguments.push_back(std::move(object));
  }
  json::Object object{
      {"bytes", run.getNumBytes()},
      {"launches", total.launches},
      {"thread_instructions", total.thread_instructions},
      {"warp_instructions", total.warp_instructions},
      {"shared_bytes_loaded", total.shared_bytes_loaded},
      {"shared_bytes_stored", total.shared_bytes_stored},
      {"barriers", total.barriers},
      {"shuffles", total.shuffles},
      {"share_moved", getShareMoved(total.bytes_loaded + total.bytes_stored, run)},
      {"share_of_sectors", getShareMoved(total.sectors_loaded + total.sectors_stored, run)},
      {"arguments", std::move(arguments)}};
  addTraffic(total, object);
  return object;
}

json::Value normrun::makeJSON(const Report &report) {
  const Run &run = report.run;
  json::Object symbols;
  for (const auto &[symbol, size] : run.getSymbols().getValues())
    symbols[symbol] = size;
  json::Array arguments;
  for (auto [index, argument] : enumerate(run.getArguments())) {
    const Tensor &tensor = run.getTensor(index);
    json::Object object{{"name", argument.name},
                        {"role", argument.role},
                        {"direction", argument.is_output ? "output" : "input"},
                        {"dtype", argument.dtype},
                        {"shape", shapeOf(tensor)}};
    if (!run.getSource(index).empty())
      object["source"] = run.getSource(index);
    arguments.push_back(std::move(object));
  }
  json::Object root{{"kernel", run.getKernel().name},
                    {"library", report.options.library},
                    {"device", getDeviceName(report.options.device)},
                    {"threads", normrt_pool_threads(run.getPool())},
                    {"seed", report.options.seed},
                    {"workspace_bytes", run.getWorkspaceBytes()},
                    {"symbols", std::move(symbols)},
                    {"arguments", std::move(arguments)}};

  if (const Device *device = run.getDevice())
    root["arch"] = device->getArch();

  json::Array checks;
  for (auto [index, check] : enumerate(report.checks)) {
    size_t argument = run.getInputs().size() + index;
    const Tensor &tensor = run.getTensor(argument);
    json::Object object{{"name", run.getArguments()[argument].name},
                        {"elements", check.count},
                        {"max_ulp", number(check.maxUlp)},
                        {"mean_ulp", number(check.meanUlp)},
                        {"largest", number(check.largest)},
                        {"max_scaled_ulp", number(check.maxScaledUlp)},
                        {"max_scaled_relative", number(check.maxScaledRelative)},
                        {"mismatches", check.mismatches}};
    if (check.count > 0)
      object["worst"] = json::Object{{"index", indexOf(tensor, check.worst)},
                                     {"got", number(check.worstGot)},
                                     {"oracle", number(check.worstExpected)}};
    if (check.mismatches > 0)
      object["first_mismatch"] = json::Object{{"index", indexOf(tensor, check.firstMismatch)},
                                              {"got", number(check.mismatchGot)},
                                              {"oracle", number(check.mismatchExpected)}};
    checks.push_back(std::move(object));
  }
  if (!report.checks.empty())
    root["check"] = std::move(checks);
  if (report.bench)
    root["bench"] = benchOf(*report.bench);
  if (report.counted)
    root["counts"] = countsOf(run);
  return root;
}
