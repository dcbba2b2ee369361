// Floating-point arithmetic against the host's own, in every rounding mode, and f16 and bf16
// against a search among all their values.
//
// RUN: %cxx -std=c++17 -O1 -I%include %s %build/lib/libnormcPTXSim.a -o %t && %t

#include "Inputs/harness.h"

#include <cfenv>

enum Op { Add, Sub, Mul, Div, Fma, Sqrt, Rcp };
static const char *const names[] = {"add", "sub", "mul", "div", "fma", "sqrt", "rcp"};
static const char *const roundings[] = {".rn", ".rz", ".rm", ".rp"};
static const int modes[] = {FE_TONEAREST, FE_TOWARDZERO, FE_DOWNWARD, FE_UPWARD};

template <class T> __attribute__((noinline)) T compute(Op op, int mode, T x, T y, T z) {
  fesetround(modes[mode]);
  volatile T a = x, b = y, c = z, r = 0;
  switch (op) {
  case Add:
    r = a + b;
    break;
  case Sub:
    r = a - b;
    break;
  case Mul:
    r = a * b;
    break;
  case Div:
    r = a / b;
    break;
  case Fma:
    r = std::fma(T(a), T(b), T(c));
    break;
  case Sqrt:
    r = std::sqrt(T(a));
    break;
  case Rcp:
    r = 1 / a;
    break;
  }
  fesetround(FE_TONEAREST);
  return r;
}

static float flush(float f) { return std::fabs(f) < 1.17549435e-38f ? std::copysign(0.0f, f) : f; }
static uint64_t result(float f) { return f != f ? 0x7fffffff : bits(f); }
static float saturate(float f) { return f > 0 ? (f < 1 ? f : 1) : 0; }

static void singles() {
  Values v = floats(), few = floats(46);
  few.erase(few.begin() + 18, few.begin() + 24);
  few.resize(18);
  for (Op op : {Add, Sub, Mul, Div, Fma, Sqrt, Rcp})
    for (int mode = 0; mode < 4; ++mode)
      for (bool ftz : {false, true})
        for (bool sat : {false, true}) {
          if (sat && (op >= Sqrt || op == Div))
            continue;
          int count = op >= Sqrt ? 1 : op == Fma ? 3 : 2;
          std::string text = std::string(names[op]) + roundings[mode] + (ftz ? ".ftz" : "") +
                             (sat ? ".sat" : "") + ".f32 %d, %a";
          text += count > 1 ? ", %b" : "";
          text += count > 2 ? ", %c;" : ";";
          instruction(text, 32, std::vector<int>(count, 32),
                      std::vector<Values>(count, count == 3 ? few : v),
                      [=](uint64_t a, uint64_t b, uint64_t c) {
                        float x = f32(a), y = f32(b), z = f32(c);
                        if (ftz)
                          x = flush(x), y = flush(y), z = flush(z);
                        float r = compute(op, mode, x, y, z);
                        if (ftz)
                          r = flush(r);
                        return result(sat ? saturate(r) : r);
                      });
        }
  // No rounding means nearest.
  instruction("add.f32 %d, %a, %b;", 32, {32, 32}, {v, v},
              [](uint64_t a, uint64_t b, uint64_t) { return result(f32(a) + f32(b)); });
  instruction("mul.ftz.f32 %d, %a, %b;", 32, {32, 32}, {v, v},
              [](uint64_t a, uint64_t b, uint64_t) {
                return result(flush(flush(f32(a)) * flush(f32(b))));
              });
  for (const char *op : {"add", "sub", "mul"})
    instruction(std::string(op) + ".rn.f32x2 %d, %a, %b;", 64, {64, 64},
                {integers(64), integers(64)}, [=](uint64_t a, uint64_t b, uint64_t) {
                  uint64_t d = 0;
                  for (int k : {0, 32}) {
                    float x = f32(a >> k), y = f32(b >> k);
                    d |= result(*op == 'a' ? x + y : *op == 's' ? x - y : x * y) << k;
                  }
                  return d;
                });
  instruction("fma.rn.f32x2 %d, %a, %b, %c;", 64, {64, 64, 64},
              {integers(64, 16), integers(64, 16), integers(64, 16)},
              [](uint64_t a, uint64_t b, uint64_t c) {
                uint64_t d = 0;
                for (int k : {0, 32})
                  d |= result(std::fma(f32(a >> k), f32(b >> k), f32(c >> k))) << k;
                return d;
              });
  instruction("add.rn.f32.bf16 %d, %a, %b;", 32, {16, 32}, {halves(), v},
              [](uint64_t a, uint64_t b, uint64_t) { return result(f32(a << 16) + f32(b)); });
  instruction("fma.rn.f32.bf16 %d, %a, %b, %c;", 32, {16, 16, 32}, {halves(18), halves(18), few},
              [](uint64_t a, uint64_t b, uint64_t c) {
                return result(std::fma(f32(a << 16), f32(b << 16), f32(c)));
              });
}

static void doublePrecision() {
  Values v = doubles(), few = doubles(18);
  for (Op op : {Add, Sub, Mul, Div, Fma, Sqrt, Rcp})
    for (int mode = 0; mode < 4; ++mode) {
      int count = op >= Sqrt ? 1 : op == Fma ? 3 : 2;
      std::string text = std::string(names[op]) + roundings[mode] + ".f64 %d, %a";
      text += count > 1 ? ", %b" : "";
      text += count > 2 ? ", %c;" : ";";
      instruction(text, 64, std::vector<int>(count, 64),
                  std::vector<Values>(count, count == 3 ? few : v),
                  [=](uint64_t a, uint64_t b, uint64_t c) {
                    return bits(compute(op, mode, f64(a), f64(b), f64(c)));
                  });
    }
}

// --- comparisons, minimum and maximum -------------------------------------

static void choices() {
  Values v = floats();
  for (bool isMin : {false, true})
    for (bool ftz : {false, true})
      for (bool nan : {false, true})
        for (bool xorsign : {false, true}) {
          std::string text = std::string(isMin ? "min" : "max") + (ftz ? ".ftz" : "") +
                             (nan ? ".NaN" : "") + (xorsign ? ".xorsign.abs" : "") +
                             ".f32 %d, %a, %b;";
          instruction(text, 32, {32, 32}, {v, v},
                      [=](uint64_t a, uint64_t b, uint64_t) -> uint64_t {
                        float x = f32(a), y = f32(b);
                        if (ftz)
                          x = flush(x), y = flush(y);
                        uint32_t sign = (bits(x) ^ bits(y)) & 0x80000000;
                        if (xorsign)
                          x = std::fabs(x), y = std::fabs(y);
                        if ((x != x && y != y) || (nan && (x != x || y != y)))
                          return 0x7fffffff;
                        // Bits of finite numbers, ordered as integers are: -0 is less than +0.
                        auto order = [](float f) {
                          int32_t i = int32_t(bits(f));
                          return i < 0 ? int64_t(INT32_MIN) - i - 1 : int64_t(i);
                        };
                        float r = x != x ? y : y != y ? x : (order(x) < order(y)) == isMin ? x : y;
                        return xorsign ? (bits(r) & 0x7fffffff) | sign : bits(r);
                      });
        }
  instruction("min.f32 %d, %a, %b, %c;", 32, {32, 32, 32}, {floats(18), floats(18), floats(18)},
              [](uint64_t a, uint64_t b, uint64_t c) {
                float least = NAN;
                for (uint64_t x : {a, b, c})
                  if (f32(x) == f32(x) && (!(least <= f32(x)) || (least == 0 && x == 0x80000000)))
                    least = f32(x);
                return result(least);
              });
  const char *const names[] = {"eq",  "ne",  "lt",  "le",  "gt",  "ge",  "equ",
                               "neu", "ltu", "leu", "gtu", "geu", "num", "nan"};
  auto holds = [](int k, double x, double y) -> bool {
    bool unordered = x != x || y != y;
    switch (k) {
    case 12:
      return !unordered;
    case 13:
      return unordered;
    default:
      if (unordered)
        return k >= 6;
    }
    switch (k % 6) {
    case 0:
      return x == y;
    case 1:
      return x != y;
    case 2:
      return x < y;
    case 3:
      return x <= y;
    case 4:
      return x > y;
    default:
      return x >= y;
    }
  };
  for (int k = 0; k < 14; ++k) {
    std::string name = std::string("setp.") + names[k];
    instruction(
        name + ".f32 %d|%e, %a, %b;", 1, {32, 32}, {v, v},
        [=](uint64_t a, uint64_t b, uint64_t) { return holds(k, f32(a), f32(b)); }, 1,
        [=](uint64_t a, uint64_t b, uint64_t) { return !holds(k, f32(a), f32(b)); });
    instruction(name + ".or.ftz.f32 %d, %a, %b, %c;", 1, {32, 32, 1}, {v, v, {0, 1}},
                [=](uint64_t a, uint64_t b, uint64_t c) {
                  return holds(k, flush(f32(a)), flush(f32(b))) || c;
                });
    instruction(name + ".f64 %d, %a, %b;", 1, {64, 64}, {doubles(), doubles()},
                [=](uint64_t a, uint64_t b, uint64_t) { return holds(k, f64(a), f64(b)); });
    instruction(
        name + ".bf16 %d, %a, %b;", 1, {16, 16}, {halves(), halves()},
        [=](uint64_t a, uint64_t b, uint64_t) { return holds(k, f32(a << 16), f32(b << 16)); });
  }
  instruction("abs.f32 %d, %a;", 32, {32}, {v},
              [](uint64_t a, uint64_t, uint64_t) { return a & 0x7fffffff; });
  instruction("neg.ftz.f32 %d, %a;", 32, {32}, {v},
              [](uint64_t a, uint64_t, uint64_t) { return bits(flush(f32(a))) ^ 0x80000000; });
  instruction("copysign.f32 %d, %a, %b;", 32, {32, 32}, {v, v},
              [](uint64_t a, uint64_t b, uint64_t) { return (a & 0x80000000) | (b & 0x7fffffff); });
  instruction("testp.subnormal.f32 %d, %a;", 1, {32}, {v}, [](uint64_t a, uint64_t, uint64_t) {
    return (a & 0x7f800000) == 0 && (a & 0x7fffff);
  });
  instruction("testp.finite.f64 %d, %a;", 1, {64}, {doubles()},
              [](uint64_t a, uint64_t, uint64_t) { return (a >> 52 & 0x7ff) != 0x7ff; });
}

// --- f16 and bf16 ---------------------------------------------------------

struct Half {
  const char *name;
  int mantissa;
  std::vector<double> positive; // by bits
  uint32_t infinity;
  double value(uint32_t b) const {
    uint32_t m = b & 0x7fff;
    double x = m > infinity ? NAN : m == infinity ? HUGE_VAL : positive[m];
    return b & 0x8000 ? -x : x;
  }
  /// The nearest to an exact value, which a long double has.
  uint32_t nearest(long double x) const {
    if (x != x)
      return 0x7fff;
    uint32_t sign = std::signbit(x) ? 0x8000 : 0;
    x = std::fabs(x);
    size_t above = std::lower_bound(positive.begin(), positive.end(), x) - positive.begin();
    if (above < infinity && positive[above] == x)
      return sign | uint32_t(above);
    // What would follow the largest is where infinity begins.
    long double low = positive[above - 1];
    long double high = above < infinity ? positive[above] : 2 * low - positive[above - 2];
    long double toLow = x - low, toHigh = high - x;
    bool up = toHigh < toLow || (toHigh == toLow && (above & 1) == 0);
    return sign | uint32_t(up ? above : above - 1);
  }
};

static Half makeHalf(const char *name, int mantissa) {
  Half h{name, mantissa, {}, uint32_t(((1 << (15 - mantissa)) - 1) << mantissa)};
  int bias = (1 << (14 - mantissa)) - 1;
  for (uint32_t b = 0; b < h.infinity; ++b) {
    int e = int(b >> mantissa), m = int(b & ((1u << mantissa) - 1));
    h.positive.push_back(e ? std::ldexp(1.0 + std::ldexp(double(m), -mantissa), e - bias)
                           : std::ldexp(double(m), 1 - bias - mantissa));
  }
  return h;
}

static void halfPrecision(const Half &h) {
  Values v = halves(), few = halves(18);
  std::string t = std::string(".") + h.name, t2 = t + "x2";
  auto exact = [&h](Op op, uint64_t a, uint64_t b, uint64_t c) -> uint32_t {
    long double x = h.value(uint32_t(a)), y = h.value(uint32_t(b)), z = h.value(uint32_t(c));
    return h.nearest(op == Add ? x + y : op == Sub ? x - y : op == Mul ? x * y : x * y + z);
  };
  for (Op op : {Add, Sub, Mul}) {
    instruction(names[op] + std::string(".rn") + t + " %d, %a, %b;", 16, {16, 16}, {v, v},
                [=](uint64_t a, uint64_t b, uint64_t) { return exact(op, a, b, 0); });
    instruction(names[op] + std::string(".rn") + t2 + " %d, %a, %b;", 32, {32, 32},
                {pairsOf(v), pairsOf(v)}, [=](uint64_t a, uint64_t b, uint64_t) {
                  return exact(op, a & 0xffff, b & 0xffff, 0) | exact(op, a >> 16, b >> 16, 0)
                                                                    << 16;
                });
  }
  // A long double has 64 bits: enough for sums of products of f16, and of bf16 but for far
  // exponents.
  auto fits = [&h](uint64_t a, uint64_t b, uint64_t c) {
    double p = std::fabs(h.value(uint32_t(a)) * h.value(uint32_t(b))),
           z = std::fabs(h.value(uint32_t(c)));
    return !(p > 0) || !(z > 0) || std::isinf(p) || std::isinf(z) ||
           std::fabs(std::log2(p) - std::log2(z)) < 40;
  };
  Values triples[3];
  while (triples[0].size() < 6000) {
    uint64_t a = v[nextRandom() % v.size()], b = v[nextRandom() % v.size()],
             c = v[nextRandom() % v.size()];
    if (!fits(a, b, c))
      continue;
    triples[0].push_back(a | b << 16 | c << 32);
  }
  instruction(".reg .b16 %h<4>; mov.b64 {%h0, %h1, %h2, _}, %a; fma.rn" + t + " %d, %h0, %h1, %h2;",
              16, {64}, {triples[0]}, [=](uint64_t a, uint64_t, uint64_t) {
                return exact(Fma, a & 0xffff, a >> 16 & 0xffff, a >> 32);
              });
  instruction("fma.rn.relu" + t + " %d, %a, %b, %c;", 16, {16, 16, 16}, {few, few, {0x8000}},
              [=](uint64_t a, uint64_t b, uint64_t c) -> uint32_t {
                uint32_t r = exact(Fma, a, b, c);
                return (r & 0x7fff) <= h.infinity && (r & 0x8000) ? 0 : r;
              });
  for (bool isMin : {false, true})
    for (bool nan : {false, true})
      instruction(std::string(isMin ? "min" : "max") + (nan ? ".NaN" : "") + t + " %d, %a, %b;", 16,
                  {16, 16}, {v, v}, [=, &h](uint64_t a, uint64_t b, uint64_t) -> uint64_t {
                    double x = h.value(uint32_t(a)), y = h.value(uint32_t(b));
                    if ((x != x && y != y) || (nan && (x != x || y != y)))
                      return 0x7fff;
                    if (x != x || y != y)
                      return x != x ? b : a;
                    if (x == y)
                      return std::signbit(x) == isMin ? a : b;
                    return (x < y) == isMin ? a : b;
                  });
  instruction("neg" + t + " %d, %a;", 16, {16}, {v},
              [](uint64_t a, uint64_t, uint64_t) { return a ^ 0x8000; });
  instruction("abs" + t2 + " %d, %a;", 32, {32}, {pairsOf(v)},
              [](uint64_t a, uint64_t, uint64_t) { return a & 0x7fff7fff; });
}

static void farApart() {
  // bf16 that a double cannot add: a midpoint, and a little more or less.
  instruction("fma.rn.bf16 %d, %a, %b, %c;", 16, {16, 16, 16},
              {{0x3f81}, {0x3f80, 0xbf80}, {0x0001, 0x8001, 0x0d00}},
              [](uint64_t, uint64_t b, uint64_t) { return b == 0x3f80 ? 0x3f81u : 0xbf81u; });
  // 1.0000001b * 1.1b = 1.10000011b: a midpoint.
  instruction("fma.rn.bf16 %d, %a, %b, %c;", 16, {16, 16, 16}, {{0x3f81}, {0x3fc0}, {0, 1, 0x8001}},
              [](uint64_t, uint64_t, uint64_t c) {
                return c == 0 ? 0x3fc2u : c == 1 ? 0x3fc2u : 0x3fc1u;
              });
}

// --- approximations -------------------------------------------------------

static void approximations() {
  struct Row {
    const char *text;
    double (*f)(double);
  };
  static const Row rows[] = {{"rcp.approx.f32", [](double x) { return 1 / x; }},
                             {"sqrt.approx.f32", [](double x) { return std::sqrt(x); }},
                             {"rsqrt.approx.f32", [](double x) { return 1 / std::sqrt(x); }},
                             {"sin.approx.f32", [](double x) { return std::sin(x); }},
                             {"cos.approx.f32", [](double x) { return std::cos(x); }},
                             {"lg2.approx.f32", [](double x) { return std::log2(x); }},
                             {"ex2.approx.f32", [](double x) { return std::exp2(x); }},
                             {"tanh.approx.f32", [](double x) { return std::tanh(x); }}};
  Values v = floats(400);
  for (const Row &row : rows)
    instruction(std::string(row.text) + " %d, %a;", 32, {32}, {v},
                [&](uint64_t a, uint64_t, uint64_t) { return result(float(row.f(f32(a)))); });
  instruction("ex2.approx.ftz.f32 %d, %a;", 32, {32}, {v}, [](uint64_t a, uint64_t, uint64_t) {
    return result(flush(float(std::exp2(double(flush(f32(a)))))));
  });
  instruction("div.full.f32 %d, %a, %b;", 32, {32, 32}, {floats(), floats()},
              [](uint64_t a, uint64_t b, uint64_t) { return result(f32(a) / f32(b)); });
  instruction("div.approx.f32 %d, %a, %b;", 32, {32, 32}, {floats(), floats()},
              [](uint64_t a, uint64_t b, uint64_t) {
                float x = f32(a), y = f32(b);
                bool large = std::fabs(y) > 0x1p126f && !std::isinf(y);
                if (large && !std::isnan(x))
                  return std::isinf(x) ? uint64_t(0x7fffffff)
                                       : result(std::signbit(x) != std::signbit(y) ? -0.0f : 0.0f);
                return result(x / y);
              });
}

int main() {
  singles();
  doublePrecision();
  choices();
  for (const Half &h : {makeHalf("f16", 10), makeHalf("bf16", 7)})
    halfPrecision(h);
  farApart();
  approximations();
  return failures != 0;
}
