// What LLVM's backend makes of kernels, for GPUs old and new, gives the right results in every
// order.
//
// RUN: llc -march=nvptx64 -mcpu=sm_75 -mattr=+ptx70 %S/Inputs/kernels.ll -o %t.75.ptx
// RUN: llc -march=nvptx64 -mcpu=sm_90 -mattr=+ptx81 %S/Inputs/kernels.ll -o %t.90.ptx
// RUN: llc -march=nvptx64 -mcpu=sm_100 -mattr=+ptx88 %S/Inputs/kernels.ll -o %t.100.ptx
// RUN: llc -O0 -march=nvptx64 -mcpu=sm_121 -mattr=+ptx88 %S/Inputs/kernels.ll -o %t.121.ptx
// RUN: %cxx -std=c++17 -O1 -I%include %s %build/lib/libnormcPTXSim.a -o %t
// RUN: %t %t.75.ptx %t.90.ptx %t.100.ptx %t.121.ptx

#include "Inputs/harness.h"

static double halfValue(uint16_t b) {
  int e = b >> 10 & 31, m = b & 1023;
  double v = e ? std::ldexp(1024 + m, e - 25) : std::ldexp(m, -24);
  return b & 0x8000 ? -v : v;
}

static std::string read(const char *path) {
  std::string text;
  FILE *file = fopen(path, "r");
  for (int c; file && (c = getc(file)) != EOF;)
    text += char(c);
  if (file)
    fclose(file);
  return text;
}

static void report(const char *what, const Result &result) {
  if (result.ok())
    return;
  ++failures;
  printf("%s: %s\n", what, result.error.c_str());
}

static void rms(const Module &module, Launch launch) {
  const int rows = 5;
  std::vector<uint16_t> x(rows * 1024), y(rows * 1024);
  std::vector<float> scale(1024);
  for (auto &v : x)
    v = uint16_t(bits(float(int64_t(nextRandom()) * 0x1p-62)) >> 16);
  for (auto &v : scale)
    v = float(int64_t(nextRandom()) * 0x1p-63);
  Memory memory;
  BufferOptions written;
  written.mustWrite = true;
  uint64_t px = memory.add("x", x.data(), 2 * x.size(), Access::ReadOnly);
  uint64_t ps = memory.add("scale", scale.data(), 4 * scale.size(), Access::ReadOnly);
  uint64_t py = memory.add("y", y.data(), 2 * y.size(), Access::WriteOnly, written);
  launch.entry = "rms";
  launch.grid = {rows, 1, 1};
  launch.block = {128, 1, 1};
  launch.arguments = {&px, &ps, &py};
  Result result = run(module, memory, launch);
  report("rms", result);
  for (int r = 0; r < rows; ++r) {
    double sum = 0;
    for (int i = 0; i < 1024; ++i)
      sum += std::pow(double(f32(uint64_t(x[r * 1024 + i]) << 16)), 2);
    for (int i = 0; i < 1024; ++i) {
      double expected =
          f32(uint64_t(x[r * 1024 + i]) << 16) / std::sqrt(sum / 1024 + 1e-5f) * scale[i];
      double got = halfValue(y[r * 1024 + i]);
      CHECK(std::fabs(got - expected) <= std::fabs(expected) * 0x1p-10 + 0x1p-24);
    }
  }
  // Traffic is what it has to be: x and y once, scale once for each row.
  const std::vector<BufferTraffic> &b = result.statistics.buffers;
  CHECK(b.size() >= 3 && b[0].bytesLoaded == 2 * x.size() && b[0].sectorsLoaded == 2 * x.size());
  CHECK(b.size() >= 3 && b[1].bytesLoaded == rows * 4096 && b[2].sectorsStored == 2 * y.size());
  CHECK(result.statistics.shuffles == rows * 4 * 5 && result.statistics.barriers == rows * 4);
}

static void rowMax(const Module &module, Launch launch) {
  for (int64_t n : {1, 63, 64, 200}) {
    std::vector<float> x(6 * n), y(6);
    for (auto &v : x)
      v = float(int64_t(nextRandom()) * 0x1p-60);
    x[3 * n] = NAN;
    Memory memory;
    uint64_t px = memory.add("x", x.data(), 4 * x.size(), Access::ReadOnly);
    uint64_t py = memory.add("y", y.data(), 4 * y.size(), Access::WriteOnly);
    launch.entry = "row_max";
    launch.grid = {6, 1, 1};
    launch.block = {64, 1, 1};
    launch.dynamicShared = 256;
    launch.arguments = {&px, &py, &n};
    report("row_max", run(module, memory, launch));
    for (int r = 0; r < 6; ++r)
      CHECK(r == 3 ? y[r] != y[r] : y[r] == *std::max_element(&x[r * n], &x[r * n] + n));
  }
}

static void odds(const Module &module, Launch launch) {
  std::vector<int64_t> y(64);
  int64_t d = 4;
  Memory memory;
  uint64_t py = memory.add("y", y.data(), 512, Access::WriteOnly);
  launch.entry = "odds";
  launch.block = {64, 1, 1};
  launch.arguments = {&py, &d};
  Result result = run(module, memory, launch);
  report("odds", result);
  CHECK(result.statistics.byClass["atomic"] > 0);
  for (int64_t t = 0; t < 64; ++t) {
    int64_t v = (t & 7) * (t & 7), table[] = {3, 5, 7, 11}, c = table[t & 3];
    int64_t r[] = {v, v + 100, v * c, c / d, v % d, v / 3, ~v};
    CHECK(y[t] == r[t % 7]);
  }
}

int main(int argc, char **argv) {
  for (int k = 1; k < argc; ++k) {
    Module module;
    std::string error = module.parse(read(argv[k]));
    if (!error.empty()) {
      printf("%s: %s\n", argv[k], error.c_str());
      ++failures;
      continue;
    }
    for (Order order : {Order::Forward, Order::Reverse, Order::Random, Order::Skewed}) {
      Launch launch;
      launch.order = order;
      launch.seed = uint64_t(k);
      launch.checkGlobalRaces = true;
      rms(module, launch);
      rowMax(module, launch);
      odds(module, launch);
    }
  }
  return failures != 0 || argc < 2;
}
