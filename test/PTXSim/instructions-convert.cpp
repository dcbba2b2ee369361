// Conversions: between floats against a search among all values of the target's format, 16-bit
// sources in full; between floats and integers against the host's.
//
// RUN: %cxx -std=c++17 -O1 -I%include %s %build/lib/libnormcPTXSim.a -o %t && %t

#include "Inputs/harness.h"

#include <cfenv>

static const char *const roundings[] = {"rn", "rz", "rm", "rp"};
static const int modes[] = {FE_TONEAREST, FE_TOWARDZERO, FE_DOWNWARD, FE_UPWARD};

struct Format {
  const char *name;
  int width, mantissa, bias;
  uint32_t largest, infinity, nan; // no infinity: zero
  std::vector<double> positive;

  Format(const char *name, int width, int mantissa, int bias, uint32_t largest, uint32_t infinity,
         uint32_t nan)
      : name(name), width(width), mantissa(mantissa), bias(bias), largest(largest),
        infinity(infinity), nan(nan) {
    for (uint32_t b = 0; b <= largest + 1; ++b) {
      int e = int(b >> mantissa), m = int(b & ((1u << mantissa) - 1));
      positive.push_back(e ? std::ldexp(1.0 + std::ldexp(double(m), -mantissa), e - bias)
                           : std::ldexp(double(m), 1 - bias - mantissa));
    }
  }
  uint32_t signBit() const { return 1u << (width - 1); }
  double value(uint32_t b) const {
    uint32_t m = b & (signBit() - 1);
    double x = m <= largest ? positive[m] : infinity && m == infinity ? HUGE_VAL : NAN;
    return b & signBit() ? -x : x;
  }
  uint32_t round(double x, int mode, bool satfinite, bool relu) const {
    if (x != x)
      return nan;
    bool negative = std::signbit(x);
    if (relu && negative)
      return 0;
    uint32_t sign = negative ? signBit() : 0, top = satfinite ? largest : infinity;
    x = std::fabs(x);
    if (std::isinf(x))
      return sign | top;
    bool towards = mode == 1 || (mode == 2 && !negative) || (mode == 3 && negative);
    if (x >= positive[largest + 1])
      return sign | (towards ? largest : top);
    uint32_t above =
        uint32_t(std::lower_bound(positive.begin(), positive.end(), x) - positive.begin());
    if (positive[above] == x)
      return sign | above;
    double low = positive[above - 1], high = positive[above];
    bool up = mode == 0 ? high - x < x - low || (high - x == x - low && above % 2 == 0) : !towards;
    uint32_t b = up ? above : above - 1;
    return sign | (b > largest ? top : b);
  }
};

static const Format f16("f16", 16, 10, 15, 0x7bff, 0x7c00, 0x7fff);
static const Format bf16("bf16", 16, 7, 127, 0x7f7f, 0x7f80, 0x7fff);
static const Format e4m3("e4m3", 8, 3, 7, 0x7e, 0, 0x7f);
static const Format e5m2("e5m2", 8, 2, 15, 0x7b, 0x7c, 0x7f);
static const Format e2m1("e2m1", 4, 1, 1, 7, 0, 7);
static const Format e2m3("e2m3", 6, 3, 1, 0x1f, 0, 0x1f);
static const Format e3m2("e3m2", 6, 2, 3, 0x1f, 0, 0x1f);

static uint64_t result(float f) { return f != f ? 0x7fffffff : bits(f); }
static float flush(float f) { return std::fabs(f) < 1.17549435e-38f ? std::copysign(0.0f, f) : f; }
template <class T, class S> __attribute__((noinline)) T cast(S s, int mode) {
  fesetround(modes[mode]);
  volatile S from = s;
  volatile T to = T(from);
  fesetround(FE_TONEAREST);
  return to;
}

// Around every value of a format and every midpoint, and at random.
static Values singles(const Format &f, size_t random) {
  Values v = floats();
  for (size_t b = 0; b + 1 < f.positive.size(); b += f.width == 16 ? 37 : 1)
    for (double x : {f.positive[b], (f.positive[b] + f.positive[b + 1]) / 2}) {
      uint32_t u = bits(float(x));
      for (uint32_t near : {u, u + 1, u ? u - 1 : u, u | 0x80000000})
        v.push_back(near);
    }
  while (v.size() < random)
    v.push_back(nextRandom() % 4 ? bits(float(int64_t(nextRandom()) *
                                              std::ldexp(1, int(nextRandom() % 60) - 90)))
                                 : uint32_t(nextRandom()));
  return v;
}

static void fromSingle() {
  for (const Format *f : {&f16, &bf16}) {
    Values v = singles(*f, 300000), w = singles(*f, 6000);
    std::string t = std::string(".") + f->name + ".f32 %d, %a;";
    for (int mode : {0, 1})
      for (bool relu : {false, true})
        for (bool sat : {false, true}) {
          std::string m = std::string("cvt.") + roundings[mode] + (relu ? ".relu" : "") +
                          (sat ? ".satfinite" : "");
          instruction(
              m + t, 16, {32}, {mode || relu || sat ? w : v},
              [=](uint64_t a, uint64_t, uint64_t) { return f->round(f32(a), mode, sat, relu); });
          instruction(m + "." + f->name + "x2.f32 %d, %a, %b;", 32, {32, 32}, {w, w},
                      [=](uint64_t a, uint64_t b, uint64_t) {
                        return f->round(f32(a), mode, sat, relu) << 16 |
                               f->round(f32(b), mode, sat, relu);
                      });
        }
  }
  instruction("cvt.rm.f16.f32 %d, %a;", 16, {32}, {singles(f16, 20000)},
              [](uint64_t a, uint64_t, uint64_t) { return f16.round(f32(a), 2, false, false); });
  for (const Format *f : {&e4m3, &e5m2, &e2m1, &e2m3, &e3m2})
    for (bool relu : {false, true}) {
      Values v = singles(*f, 100000);
      int pitch = f->width == 4 ? 4 : 8;
      std::string wrap = f->width == 4 ? ".reg .b8 %n; " : "";
      std::string text = wrap + "cvt.rn.satfinite" + (relu ? ".relu." : ".") + f->name + "x2.f32 " +
                         (f->width == 4 ? "%n, %a, %b; cvt.u16.u8 %d, %n;" : "%d, %a, %b;");
      instruction(text, 16, {32, 32}, {v, v}, [=](uint64_t a, uint64_t b, uint64_t) {
        return f->round(f32(a), 0, true, relu) << pitch | f->round(f32(b), 0, true, relu);
      });
    }
  instruction("cvt.rna.tf32.f32 %d, %a;", 32, {32}, {floats(3000)},
              [](uint64_t a, uint64_t, uint64_t) {
                uint32_t u = uint32_t(a);
                if ((u & 0x7fffffff) > 0x7f800000)
                  return 0x7fffe000u;
                if ((u & 0x7fffffff) == 0x7f800000)
                  return u;
                return (u + 0x1000) & 0xffffe000u;
              });
}

static void fromHalf() {
  Values all = all16();
  for (const Format *f : {&f16, &bf16}) {
    std::string n = f->name;
    instruction("cvt.f32." + n + " %d, %a;", 32, {16}, {all}, [=](uint64_t a, uint64_t, uint64_t) {
      return result(float(f->value(uint32_t(a))));
    });
    // What bits a NaN has in f64 is left open.
    Values numbers;
    for (uint64_t b : all)
      if (f->value(uint32_t(b)) == f->value(uint32_t(b)))
        numbers.push_back(b);
    instruction("cvt.f64." + n + " %d, %a;", 64, {16}, {numbers},
                [=](uint64_t a, uint64_t, uint64_t) { return bits(f->value(uint32_t(a))); });
    for (int mode : {0, 1, 2, 3}) {
      const char *integer[] = {"rni", "rzi", "rmi", "rpi"};
      instruction(std::string("cvt.") + integer[mode] + ".s32." + n + " %d, %a;", 32, {16}, {all},
                  [=](uint64_t a, uint64_t, uint64_t) -> uint64_t {
                    double x = f->value(uint32_t(a));
                    fesetround(modes[mode]);
                    volatile double r = std::nearbyint(x);
                    fesetround(FE_TONEAREST);
                    return x != x ? 0
                                  : uint32_t(int32_t(std::min(std::max(double(r), -2147483648.0),
                                                              2147483647.0)));
                  });
    }
  }
  instruction("cvt.rn.bf16.f16 %d, %a;", 16, {16}, {all}, [](uint64_t a, uint64_t, uint64_t) {
    return bf16.round(f16.value(uint32_t(a)), 0, false, false);
  });
  instruction("cvt.rz.f16.bf16 %d, %a;", 16, {16}, {all}, [](uint64_t a, uint64_t, uint64_t) {
    return f16.round(bf16.value(uint32_t(a)), 1, false, false);
  });
  for (const Format *f : {&e4m3, &e5m2}) {
    std::string n = std::string(f->name) + "x2";
    Values pairs = all, high = all;
    for (uint64_t &v : pairs)
      v = v << 16 | ((v * 40503) & 0xffff);
    instruction("cvt.rn.satfinite." + n + ".f16x2 %d, %a;", 16, {32}, {pairs},
                [=](uint64_t a, uint64_t, uint64_t) {
                  return f->round(f16.value(uint32_t(a >> 16)), 0, true, false) << 8 |
                         f->round(f16.value(uint32_t(a & 0xffff)), 0, true, false);
                });
    for (bool relu : {false, true})
      instruction(std::string("cvt.rn") + (relu ? ".relu" : "") + ".f16x2." + n + " %d, %a;", 32,
                  {16}, {all}, [=](uint64_t a, uint64_t, uint64_t) {
                    auto one = [=](uint64_t b) {
                      return f16.round(f->value(uint32_t(b & 0xff)), 0, false, relu);
                    };
                    return one(a >> 8) << 16 | one(a);
                  });
  }
  instruction("cvt.rz.satfinite.ue8m0x2.f32 %d, %a, %b;", 16, {32, 32}, {floats(), floats()},
              [](uint64_t a, uint64_t b, uint64_t) {
                auto one = [](uint64_t x) -> uint32_t {
                  float f = std::fabs(f32(x));
                  return f != f ? 255 : std::isinf(f) ? 254 : bits(f) >> 23;
                };
                return one(a) << 8 | one(b);
              });
  instruction("cvt.rn.bf16x2.ue8m0x2 %d, %a;", 32, {16}, {all}, [](uint64_t a, uint64_t, uint64_t) {
    auto one = [](uint64_t x) -> uint32_t {
      return x == 255 ? 0x7fff : bf16.round(std::ldexp(1, int(x) - 127), 0, false, false);
    };
    return one(a >> 8) << 16 | one(a & 255);
  });
}

template <class F> static F floatOf(uint64_t b) {
  if constexpr (sizeof(F) == 8)
    return f64(b);
  else
    return f32(b);
}

template <class F> static void integers(const char *name, int width, const Values &values) {
  std::string f = std::string(".") + name;
  for (int w : {16, 32, 64})
    for (char s : {'u', 's'}) {
      std::string t = std::string(".") + s + std::to_string(w);
      Values v = ::integers(w, 3000);
      for (int mode = 0; mode < 4; ++mode) {
        instruction(std::string("cvt.") + roundings[mode] + f + t + " %d, %a;", width, {w}, {v},
                    [=](uint64_t a, uint64_t, uint64_t) -> uint64_t {
                      if (s == 'u')
                        return bits(cast<F>(uint64_t(a), mode));
                      return bits(cast<F>(int64_t(a << (64 - w)) >> (64 - w), mode));
                    });
        const char *integer[] = {"rni", "rzi", "rmi", "rpi"};
        for (bool ftz : {false, true}) {
          if (ftz && width == 64)
            continue;
          instruction(std::string("cvt.") + integer[mode] + (ftz ? ".ftz" : "") + t + f +
                          " %d, %a;",
                      w, {width}, {values}, [=](uint64_t a, uint64_t, uint64_t) -> uint64_t {
                        F x = floatOf<F>(a);
                        if (ftz)
                          x = flush(float(x));
                        uint64_t most = w == 64 ? ~uint64_t(0) : (uint64_t(1) << w) - 1;
                        if (x != x)
                          return width == 64 || w == 64 ? uint64_t(1) << (w - 1) : 0;
                        fesetround(modes[mode]);
                        volatile F r = std::nearbyint(x);
                        fesetround(FE_TONEAREST);
                        long double low = s == 's' ? -std::ldexp(1.0L, w - 1) : 0;
                        long double high = std::ldexp(1.0L, w - (s == 's')) - 1;
                        long double c = std::min(std::max((long double)r, low), high);
                        return (s == 's' ? uint64_t(int64_t(c)) : uint64_t(c)) & most;
                      });
        }
      }
    }
  Values v = values;
  instruction("cvt.rzi" + f + f + " %d, %a;", width, {width}, {v},
              [=](uint64_t a, uint64_t, uint64_t) -> uint64_t {
                F x = floatOf<F>(a);
                return x != x ? (sizeof(F) == 4 ? 0x7fffffff : a) : bits(std::trunc(x));
              });
}

static void wide() {
  Values v = doubles(3000);
  for (int mode = 0; mode < 4; ++mode)
    instruction(std::string("cvt.") + roundings[mode] + ".f32.f64 %d, %a;", 32, {64}, {v},
                [=](uint64_t a, uint64_t, uint64_t) { return result(cast<float>(f64(a), mode)); });
  instruction("cvt.rn.ftz.f32.f64 %d, %a;", 32, {64}, {v},
              [=](uint64_t a, uint64_t, uint64_t) { return result(flush(float(f64(a)))); });
  instruction("cvt.f64.f32 %d, %a;", 64, {32}, {floats(500)},
              [](uint64_t a, uint64_t, uint64_t) { return bits(double(f32(a))); });
  instruction("cvt.sat.f32.f32 %d, %a;", 32, {32}, {floats(500)},
              [](uint64_t a, uint64_t, uint64_t) {
                float x = f32(a);
                return bits(x > 0 ? std::min(x, 1.0f) : 0.0f);
              });
  instruction("cvt.rn.bf16.s64 %d, %a;", 16, {64}, {::integers(64, 3000)},
              [](uint64_t a, uint64_t, uint64_t) {
                // Rounded to odd in 53 bits by hand.
                int64_t i = int64_t(a);
                uint64_t m = i < 0 ? -a : a;
                while (m >> 53)
                  m = (m >> 2 | (m & 3) != 0);
                int shift = 0;
                for (uint64_t n = i < 0 ? -a : a; n >> 53; n >>= 2)
                  shift += 2;
                double x = std::ldexp(double(m), shift);
                return bf16.round(i < 0 ? -x : x, 0, false, false);
              });
}

int main() {
  fromSingle();
  fromHalf();
  integers<float>("f32", 32, floats(3000));
  integers<double>("f64", 64, doubles(1000));
  wide();
  return failures != 0;
}
