/* Runs one PTX instruction on many values and compares with a model of it. */

#ifndef NORMC_TEST_PTXSIM_HARNESS_H
#define NORMC_TEST_PTXSIM_HARNESS_H

#include "normc/PTXSim/PTXSim.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

using namespace normc::ptxsim;

static int failures;
#define CHECK(condition)                                                                           \
  do {                                                                                             \
    if (!(condition)) {                                                                            \
      ++failures;                                                                                  \
      printf("%d: failed: %s\n", __LINE__, #condition);                                            \
    }                                                                                              \
  } while (0)

typedef std::vector<uint64_t> Values;
typedef std::function<uint64_t(uint64_t, uint64_t, uint64_t)> Model;

inline uint32_t bits(float f) {
  uint32_t u;
  memcpy(&u, &f, 4);
  return u;
}
inline uint64_t bits(double d) {
  uint64_t u;
  memcpy(&u, &d, 8);
  return u;
}
inline float f32(uint64_t b) {
  uint32_t u = uint32_t(b);
  float f;
  memcpy(&f, &u, 4);
  return f;
}
inline double f64(uint64_t b) {
  double d;
  memcpy(&d, &b, 8);
  return d;
}

inline uint64_t nextRandom() {
  static uint64_t state = 0x853c49e6748fea9b;
  state = state * 6364136223846793005u + 1442695040888963407u;
  uint64_t x = state;
  x ^= x >> 33;
  x *= 0xff51afd7ed558ccd;
  x ^= x >> 29;
  return x;
}

/// Values that show mistakes, then random ones.
inline Values integers(int width, int count = 60) {
  uint64_t mask = width == 64 ? ~uint64_t(0) : (uint64_t(1) << width) - 1;
  Values v = {0,
              1,
              2,
              3,
              7,
              31,
              32,
              33,
              mask,
              mask - 1,
              mask >> 1,
              (mask >> 1) + 1,
              mask >> 2,
              uint64_t(0x5555555555555555) & mask,
              uint64_t(0xaaaaaaaaaaaaaaaa) & mask};
  while (int(v.size()) < count)
    v.push_back((nextRandom() >> (nextRandom() % 64)) & mask);
  return v;
}
inline Values floats(int count = 70) {
  Values v;
  for (float f : {0.0f, 1.0f, 1.5f, 2.0f, 3.0f, 0.1f, 1e-3f, 1e30f, 3.4028235e38f, 1.17549435e-38f,
                  1e-39f, 1.4e-45f, 65504.0f, 65520.0f, 0.5f, 1e-30f, 16777216.0f, 1.0000001f}) {
    v.push_back(bits(f));
    v.push_back(bits(-f));
  }
  for (uint64_t b : {0x7f800000u, 0xff800000u, 0x7fc00000u, 0xffc12345u, 0x7f800001u, 0x807fffffu})
    v.push_back(b);
  while (int(v.size()) < count)
    v.push_back(nextRandom() & 1 ? uint32_t(nextRandom())
                                 : bits(float(int64_t(nextRandom()) * 0x1p-62)));
  return v;
}
inline Values doubles(int count = 50) {
  Values v;
  for (double d : {0.0, 1.0, 1.5, 0.1, 1e300, 1e-300, 2.2250738585072014e-308, 5e-324,
                   1.7976931348623157e308, HUGE_VAL, 3.0, 1e10})
    for (double s : {d, -d})
      v.push_back(bits(s));
  v.push_back(0x7ff8000000000000);
  while (int(v.size()) < count)
    v.push_back(
        bits(double(int64_t(nextRandom())) * pow(2.0, double(int(nextRandom() % 80)) - 100)));
  return v;
}
inline Values halves(int count = 70) {
  Values v = {0,      0x8000, 1,      0x8001, 0x3ff,  0x400,  0x3c00, 0xbc00, 0x3c01, 0x7bff,
              0xfbff, 0x7c00, 0xfc00, 0x7e00, 0xfe01, 0x7c01, 0x3555, 0x4000, 0x0100, 0x7f7f,
              0xff7f, 0x7f80, 0xff80, 0x7fc0, 0x80,   0x7f,   0x3f80, 0xbf80, 0x3fc0, 0x0080};
  while (int(v.size()) < count)
    v.push_back(nextRandom() & 0xffff);
  return v;
}
inline Values pairsOf(const Values &v, int count = 60) {
  Values result;
  for (int k = 0; k < count; ++k)
    result.push_back(v[nextRandom() % v.size()] << 16 | v[nextRandom() % v.size()]);
  return result;
}
inline Values all16() {
  Values v(65536);
  for (uint32_t k = 0; k < 65536; ++k)
    v[k] = k;
  return v;
}

inline std::string registerType(int width) {
  return width == 1 ? ".pred" : ".b" + std::to_string(width);
}

/// PTX that loads %a, %b and %c of thread t, executes `text`, and stores %d, and %e where that has
/// a width.
inline std::string kernelFor(const std::string &text, int dWidth, int eWidth,
                             const std::vector<int> &widths) {
  std::string s =
      ".version 8.8\n.target sm_100\n.address_size 64\n.visible .entry k(.param .u64 p0, "
      ".param .u64 p1, .param .u64 p2, .param .u64 p3, .param .u32 p4) {\n"
      ".reg .b64 %x<20>; .reg .b32 %y<9>; .reg .pred %z<9>;\n";
  s += ".reg " + registerType(dWidth) + " %d;\n";
  if (eWidth)
    s += ".reg " + registerType(eWidth) + " %e;\n";
  const char *names[] = {"%a", "%b", "%c"};
  s += "mov.u32 %y0, %ctaid.x; mov.u32 %y1, %ntid.x; mov.u32 %y2, %tid.x;\n"
       "mad.lo.s32 %y3, %y0, %y1, %y2; ld.param.u32 %y4, [p4]; setp.ge.u32 %z0, %y3, %y4;\n"
       "@%z0 ret; mul.wide.u32 %x0, %y3, 8;\n";
  for (size_t k = 0; k < widths.size(); ++k) {
    std::string n = names[k], x = "%x" + std::to_string(k + 4);
    s += ".reg " + registerType(widths[k]) + " " + n + ";\nld.param.u64 %x1, [p" +
         std::to_string(k) + "]; add.u64 %x1, %x1, %x0; ld.global.u64 " + x + ", [%x1];\n";
    if (widths[k] == 1)
      s += "setp.ne.u64 " + n + ", " + x + ", 0;\n";
    else if (widths[k] == 64)
      s += "mov.b64 " + n + ", " + x + ";\n";
    else
      s += "cvt.u" + std::to_string(widths[k]) + ".u64 " + n + ", " + x + ";\n";
  }
  s += text + "\nld.param.u64 %x1, [p3]; mul.wide.u32 %x0, %y3, 16; add.u64 %x1, %x1, %x0;\n";
  auto give = [&](const char *name, int width, int at) {
    std::string x = "%x" + std::to_string(8 + at);
    if (width == 1)
      s += "selp.u64 " + x + ", 1, 0, " + name + ";\n";
    else if (width == 64)
      s += "mov.b64 " + x + ", " + std::string(name) + ";\n";
    else
      s += "cvt.u64.u" + std::to_string(width) + " " + x + ", " + name + ";\n";
    s += "st.global.u64 [%x1+" + std::to_string(8 * at) + "], " + x + ";\n";
  };
  give("%d", dWidth, 0);
  if (eWidth)
    give("%e", eWidth, 1);
  return s + "ret;\n}\n";
}

/// Compares on all combinations of values where those are few, on values side by side otherwise.
inline void instruction(const std::string &text, int dWidth, const std::vector<int> &widths,
                        const std::vector<Values> &values, const Model &d, int eWidth = 0,
                        const Model &e = nullptr) {
  Values in[3];
  size_t product = 1, longest = 0;
  for (const Values &v : values) {
    product *= v.size();
    longest = std::max(longest, v.size());
  }
  size_t count = product <= 6000 ? product : std::max<size_t>(longest, 6000);
  for (size_t i = 0; i < count; ++i) {
    size_t rest = i;
    for (size_t k = 0; k < values.size(); ++k) {
      const Values &v = values[k];
      in[k].push_back(product <= 6000              ? v[rest % v.size()]
                      : v.size() >= 6000 && k == 0 ? v[i % v.size()]
                                                   : v[nextRandom() % v.size()]);
      rest /= v.size();
    }
  }
  for (Values &v : in)
    v.resize(count);
  Values out(2 * count, 0x1234);
  Module module;
  std::string error = module.parse(kernelFor(text, dWidth, eWidth, widths));
  if (!error.empty()) {
    ++failures;
    printf("%s: %s\n", text.c_str(), error.c_str());
    return;
  }
  Memory memory;
  uint64_t pointers[4];
  for (int k = 0; k < 3; ++k)
    pointers[k] = memory.add("in", in[k].data(), 8 * count, Access::ReadOnly);
  pointers[3] = memory.add("out", out.data(), 16 * count, Access::WriteOnly);
  uint32_t n = uint32_t(count);
  Launch launch;
  launch.entry = "k";
  launch.block = {128, 1, 1};
  launch.grid = {uint32_t((count + 127) / 128), 1, 1};
  launch.arguments = {&pointers[0], &pointers[1], &pointers[2], &pointers[3], &n};
  Result result = run(module, memory, launch);
  if (!result.ok()) {
    ++failures;
    printf("%s: %s\n", text.c_str(), result.error.c_str());
    return;
  }
  int shown = 0;
  for (size_t i = 0; i < count && shown < 3; ++i) {
    uint64_t a = in[0][i], b = in[1][i], c = in[2][i];
    uint64_t expected = d(a, b, c);
    if (out[2 * i] != expected && ++shown)
      printf("%s: a=%llx b=%llx c=%llx gives %llx, not %llx\n", text.c_str(), (unsigned long long)a,
             (unsigned long long)b, (unsigned long long)c, (unsigned long long)out[2 * i],
             (unsigned long long)expected);
    if (eWidth && out[2 * i + 1] != e(a, b, c) && ++shown)
      printf("%s: a=%llx b=%llx c=%llx gives second %llx, not %llx\n", text.c_str(),
             (unsigned long long)a, (unsigned long long)b, (unsigned long long)c,
             (unsigned long long)out[2 * i + 1], (unsigned long long)e(a, b, c));
  }
  failures += shown != 0;
}

#endif
