// Integer and bit instructions against models of them.
//
// RUN: %cxx -std=c++17 -O1 -I%include %s %build/lib/libnormcPTXSim.a -o %t && %t

#include "Inputs/harness.h"

static int64_t sign(uint64_t v, int width) { return int64_t(v << (64 - width)) >> (64 - width); }
static uint64_t mask(int width) { return width == 64 ? ~uint64_t(0) : (uint64_t(1) << width) - 1; }

static void arithmetic(int w) {
  std::string W = std::to_string(w);
  Values v = integers(w), few = integers(w, 18);
  for (bool isSigned : {false, true}) {
    std::string t = (isSigned ? ".s" : ".u") + W;
    auto wide = [=](uint64_t x) { return isSigned ? __int128(sign(x, w)) : __int128(x); };
    auto two = [&](const std::string &op, std::function<__int128(__int128, __int128)> f) {
      instruction(op + t + " %d, %a, %b;", w, {w, w}, {v, v},
                  [=](uint64_t a, uint64_t b, uint64_t) {
                    return uint64_t(f(wide(a), wide(b))) & mask(w);
                  });
    };
    two("add", [](__int128 a, __int128 b) { return a + b; });
    two("sub", [](__int128 a, __int128 b) { return a - b; });
    two("mul.lo", [](__int128 a, __int128 b) { return __int128((unsigned __int128)a * b); });
    two("min", [](__int128 a, __int128 b) { return a < b ? a : b; });
    two("max", [](__int128 a, __int128 b) { return a > b ? a : b; });
    two("div", [](__int128 a, __int128 b) { return b ? a / b : __int128(-1); });
    two("rem", [](__int128 a, __int128 b) { return b ? a % b : a; });
    two("mul.hi", [=](__int128 a, __int128 b) {
      return isSigned ? (a * b) >> w : __int128(((unsigned __int128)a * (unsigned __int128)b) >> w);
    });
    auto three = [&](const std::string &op,
                     std::function<__int128(__int128, __int128, __int128)> f) {
      instruction(op + t + " %d, %a, %b, %c;", w, {w, w, w}, {few, few, few},
                  [=](uint64_t a, uint64_t b, uint64_t c) {
                    return uint64_t(f(wide(a), wide(b), wide(c))) & mask(w);
                  });
    };
    three("mad.lo", [](__int128 a, __int128 b, __int128 c) {
      return __int128((unsigned __int128)a * b + c);
    });
    three("mad.hi", [=](__int128 a, __int128 b, __int128 c) {
      return (isSigned ? (a * b) >> w
                       : __int128(((unsigned __int128)a * (unsigned __int128)b) >> w)) +
             c;
    });
    three("sad", [](__int128 a, __int128 b, __int128 c) { return c + (a < b ? b - a : a - b); });
    if (w < 64) {
      instruction("mul.wide" + t + " %d, %a, %b;", 2 * w, {w, w}, {v, v},
                  [=](uint64_t a, uint64_t b, uint64_t) {
                    return uint64_t(wide(a) * wide(b)) & mask(2 * w);
                  });
      Values c = integers(2 * w, 18);
      instruction("mad.wide" + t + " %d, %a, %b, %c;", 2 * w, {w, w, 2 * w}, {few, few, c},
                  [=](uint64_t a, uint64_t b, uint64_t c) {
                    return (uint64_t(wide(a) * wide(b)) + c) & mask(2 * w);
                  });
    }
    Values shifts = integers(32, 40);
    for (uint64_t k = 0; k < 70; ++k)
      shifts.push_back(k);
    instruction("shr" + t + " %d, %a, %b;", w, {w, 32}, {v, shifts},
                [=](uint64_t a, uint64_t b, uint64_t) {
                  int n = b > 64 ? 64 : int(b);
                  __int128 x = wide(a);
                  return uint64_t(x >> n) & mask(w);
                });
    const char *comparisons[] = {"eq", "ne", "lt", "le", "gt", "ge"};
    for (int k = 0; k < 6; ++k) {
      auto holds = [=](uint64_t a, uint64_t b) -> bool {
        __int128 x = wide(a), y = wide(b);
        return k == 0   ? x == y
               : k == 1 ? x != y
               : k == 2 ? x < y
               : k == 3 ? x <= y
               : k == 4 ? x > y
                        : x >= y;
      };
      instruction(
          std::string("setp.") + comparisons[k] + t + " %d|%e, %a, %b;", 1, {w, w}, {v, v},
          [=](uint64_t a, uint64_t b, uint64_t) { return holds(a, b); }, 1,
          [=](uint64_t a, uint64_t b, uint64_t) { return !holds(a, b); });
      instruction(
          std::string("setp.") + comparisons[k] + ".and" + t + " %d|%e, %a, %b, !%c;", 1, {w, w, 1},
          {few, few, {0, 1}}, [=](uint64_t a, uint64_t b, uint64_t c) { return holds(a, b) && !c; },
          1, [=](uint64_t a, uint64_t b, uint64_t c) { return !holds(a, b) && !c; });
      instruction(std::string("set.") + comparisons[k] + ".xor.u32" + t + " %d, %a, %b, %c;", 32,
                  {w, w, 1}, {few, few, {0, 1}}, [=](uint64_t a, uint64_t b, uint64_t c) {
                    return holds(a, b) != (c != 0) ? 0xffffffffu : 0u;
                  });
      instruction(std::string("set.") + comparisons[k] + ".f32" + t + " %d, %a, %b;", 32, {w, w},
                  {few, few},
                  [=](uint64_t a, uint64_t b, uint64_t) { return holds(a, b) ? 0x3f800000u : 0u; });
    }
  }
  std::string s = ".s" + W;
  instruction("abs" + s + " %d, %a;", w, {w}, {v}, [=](uint64_t a, uint64_t, uint64_t) {
    int64_t x = sign(a, w);
    return (x < 0 ? -uint64_t(x) : uint64_t(x)) & mask(w);
  });
  instruction("neg" + s + " %d, %a;", w, {w}, {v},
              [=](uint64_t a, uint64_t, uint64_t) { return -a & mask(w); });
}

static void logic(int w) {
  std::string b = w == 1 ? ".pred" : ".b" + std::to_string(w);
  Values v = w == 1 ? Values{0, 1} : integers(w);
  instruction("and" + b + " %d, %a, %b;", w, {w, w}, {v, v},
              [](uint64_t a, uint64_t b, uint64_t) { return a & b; });
  instruction("or" + b + " %d, %a, %b;", w, {w, w}, {v, v},
              [](uint64_t a, uint64_t b, uint64_t) { return a | b; });
  instruction("xor" + b + " %d, %a, %b;", w, {w, w}, {v, v},
              [](uint64_t a, uint64_t b, uint64_t) { return a ^ b; });
  instruction("not" + b + " %d, %a;", w, {w}, {v},
              [=](uint64_t a, uint64_t, uint64_t) { return ~a & mask(w); });
  if (w == 1)
    return;
  instruction("cnot" + b + " %d, %a;", w, {w}, {v},
              [](uint64_t a, uint64_t, uint64_t) { return uint64_t(a == 0); });
  Values shifts;
  for (uint64_t k = 0; k < 70; ++k)
    shifts.push_back(k);
  shifts.push_back(0xffffffff);
  instruction(
      "shl" + b + " %d, %a, %b;", w, {w, 32}, {v, shifts},
      [=](uint64_t a, uint64_t n, uint64_t) { return n >= uint64_t(w) ? 0 : (a << n) & mask(w); });
  instruction("selp" + b + " %d, %a, %b, %c;", w, {w, w, 1}, {v, v, {0, 1}},
              [](uint64_t a, uint64_t b, uint64_t c) { return c ? a : b; });
  instruction("slct" + b + ".s32 %d, %a, %b, %c;", w, {w, w, 32},
              {integers(w, 12), integers(w, 12), integers(32)},
              [](uint64_t a, uint64_t b, uint64_t c) { return int32_t(c) >= 0 ? a : b; });
}

static void fields(int w) {
  std::string W = std::to_string(w);
  Values v = integers(w, 40), small;
  for (uint64_t k : {0, 1, 2, 5, 8, 15, 16, 17, 30, 31, 32, 33, 40, 63, 64, 65, 200, 255, 256, 511})
    small.push_back(k);
  for (bool isSigned : {false, true})
    instruction(std::string("bfe.") + (isSigned ? "s" : "u") + W + " %d, %a, %b, %c;", w,
                {w, 32, 32}, {v, small, small}, [=](uint64_t a, uint64_t b, uint64_t c) {
                  int pos = b & 255, len = c & 255;
                  uint64_t d = 0;
                  bool fill = isSigned && len && (a >> std::min(pos + len - 1, w - 1) & 1);
                  for (int i = 0; i < w; ++i)
                    d |= uint64_t(i < len && pos + i < w ? a >> (pos + i) & 1 : fill) << i;
                  return d;
                });
  // Of bfi the second value is a constant, as there are four operands.
  for (int pos : {0, 3, 16, 31, 40, 63, 64})
    instruction("bfi.b" + W + " %d, %a, %b, " + std::to_string(pos) + ", %c;", w, {w, w, 32},
                {v, integers(w, 12), small}, [=](uint64_t a, uint64_t b, uint64_t c) {
                  int len = c & 255;
                  for (int i = 0; i < len && pos + i < w; ++i)
                    b = (b & ~(uint64_t(1) << (pos + i))) |
                        (i < 64 ? (a >> i & 1) << (pos + i) : 0);
                  return b;
                });
  instruction("popc.b" + W + " %d, %a;", 32, {w}, {v}, [](uint64_t a, uint64_t, uint64_t) {
    int n = 0;
    for (; a; a &= a - 1)
      ++n;
    return n;
  });
  auto leading = [=](uint64_t a) {
    int n = 0;
    while (n < w && !(a >> (w - 1 - n) & 1))
      ++n;
    return n;
  };
  instruction("clz.b" + W + " %d, %a;", 32, {w}, {v},
              [=](uint64_t a, uint64_t, uint64_t) { return leading(a); });
  for (bool isSigned : {false, true})
    for (bool amount : {false, true})
      instruction(std::string("bfind") + (amount ? ".shiftamt" : "") + (isSigned ? ".s" : ".u") +
                      W + " %d, %a;",
                  32, {w}, {v}, [=](uint64_t a, uint64_t, uint64_t) {
                    if (isSigned && a >> (w - 1) & 1)
                      a = ~a & mask(w);
                    int n = leading(a);
                    return uint32_t(n == w ? -1 : amount ? n : w - 1 - n);
                  });
  instruction("brev.b" + W + " %d, %a;", w, {w}, {v}, [=](uint64_t a, uint64_t, uint64_t) {
    uint64_t d = 0;
    for (int k = 0; k < w; ++k)
      d = d << 1 | (a >> k & 1);
    return d;
  });
}

static void words() {
  Values v = integers(32, 18), all = integers(32);
  for (bool right : {false, true})
    for (bool clamp : {false, true})
      instruction(std::string("shf.") + (right ? "r." : "l.") + (clamp ? "clamp" : "wrap") +
                      ".b32 %d, %a, %b, %c;",
                  32, {32, 32, 32}, {v, v, v}, [=](uint64_t a, uint64_t b, uint64_t c) {
                    uint64_t n = clamp ? std::min<uint64_t>(c, 32) : c & 31;
                    uint64_t d = right ? (b << (32 - n)) | (a >> n) : (b << n) | (a >> (32 - n));
                    return uint32_t(d);
                  });
  for (int lut : {0x80, 0xfe, 0x96, 0xe8, 0xca, 0x01, 0xff, 0x3c})
    instruction("lop3.b32 %d, %a, %b, %c, " + std::to_string(lut) + ";", 32, {32, 32, 32},
                {v, v, v}, [=](uint64_t a, uint64_t b, uint64_t c) {
                  uint32_t d = 0;
                  for (int k = 0; k < 32; ++k)
                    d |= uint32_t(lut >> ((a >> k & 1) * 4 + (b >> k & 1) * 2 + (c >> k & 1)) & 1)
                         << k;
                  return d;
                });
  const char *modes[] = {"", ".f4e", ".b4e", ".rc8", ".ecl", ".ecr", ".rc16"};
  // From the table of the PTX manual: bytes of the result, highest first, for selectors 0 to 3.
  const char *table[7][4] = {{"", "", "", ""},
                             {"3210", "4321", "5432", "6543"},
                             {"5670", "6701", "7012", "0123"},
                             {"0000", "1111", "2222", "3333"},
                             {"3210", "3211", "3222", "3333"},
                             {"0000", "1110", "2210", "3210"},
                             {"1010", "3232", "1010", "3232"}};
  for (int mode = 0; mode < 7; ++mode)
    instruction(std::string("prmt.b32") + modes[mode] + " %d, %a, %b, %c;", 32, {32, 32, 32},
                {all, all, all}, [&, mode](uint64_t a, uint64_t b, uint64_t c) {
                  uint64_t both = b << 32 | a, d = 0;
                  for (int k = 0; k < 4; ++k) {
                    int from = mode ? table[mode][c & 3][3 - k] - '0' : int(c >> 4 * k & 7);
                    uint64_t byte = both >> 8 * from & 255;
                    if (!mode && (c >> (4 * k + 3) & 1))
                      byte = byte >> 7 ? 255 : 0;
                    d |= byte << 8 * k;
                  }
                  return d;
                });
  instruction("add.sat.s32 %d, %a, %b;", 32, {32, 32}, {all, all},
              [](uint64_t a, uint64_t b, uint64_t) {
                int64_t x = int64_t(int32_t(a)) + int32_t(b);
                return uint32_t(std::min<int64_t>(std::max<int64_t>(x, INT32_MIN), INT32_MAX));
              });
  instruction("sub.sat.s32 %d, %a, %b;", 32, {32, 32}, {all, all},
              [](uint64_t a, uint64_t b, uint64_t) {
                int64_t x = int64_t(int32_t(a)) - int32_t(b);
                return uint32_t(std::min<int64_t>(std::max<int64_t>(x, INT32_MIN), INT32_MAX));
              });
  instruction("max.relu.s32 %d, %a, %b;", 32, {32, 32}, {all, all},
              [](uint64_t a, uint64_t b, uint64_t) {
                return std::max(std::max(int32_t(a), int32_t(b)), 0);
              });
  for (bool isMax : {false, true})
    instruction(std::string(isMax ? "max" : "min") + ".s16x2 %d, %a, %b;", 32, {32, 32}, {all, all},
                [=](uint64_t a, uint64_t b, uint64_t) {
                  uint32_t d = 0;
                  for (int k : {0, 16}) {
                    int16_t x = int16_t(a >> k), y = int16_t(b >> k);
                    d |= uint32_t(uint16_t(isMax ? std::max(x, y) : std::min(x, y))) << k;
                  }
                  return d;
                });
  instruction("add.u16x2 %d, %a, %b;", 32, {32, 32}, {all, all},
              [](uint64_t a, uint64_t b, uint64_t) {
                return uint32_t(((a + b) & 0xffff) | (((a >> 16) + (b >> 16)) << 16));
              });
  instruction("dp4a.s32.u32 %d, %a, %b, %c;", 32, {32, 32, 32}, {v, v, v},
              [](uint64_t a, uint64_t b, uint64_t c) {
                for (int k = 0; k < 4; ++k)
                  c += uint64_t(int64_t(int8_t(a >> 8 * k)) * uint8_t(b >> 8 * k));
                return uint32_t(c);
              });
  instruction("dp2a.hi.u32.s32 %d, %a, %b, %c;", 32, {32, 32, 32}, {v, v, v},
              [](uint64_t a, uint64_t b, uint64_t c) {
                for (int k = 0; k < 2; ++k)
                  c += uint64_t(int64_t(uint16_t(a >> 16 * k)) * int8_t(b >> 8 * (k + 2)));
                return uint32_t(c);
              });
}

// 64-bit sums, differences and products of 32-bit halves.
static void carries() {
  Values v = integers(64);
  std::string split = ".reg .b32 %l<9>; mov.b64 {%l0, %l1}, %a; mov.b64 {%l2, %l3}, %b;\n";
  instruction(split + "add.cc.u32 %l4, %l0, %l2; addc.u32 %l5, %l1, %l3; mov.b64 %d, {%l4, %l5};",
              64, {64, 64}, {v, v}, [](uint64_t a, uint64_t b, uint64_t) { return a + b; });
  instruction(split + "sub.cc.u32 %l4, %l0, %l2; subc.u32 %l5, %l1, %l3; mov.b64 %d, {%l4, %l5};",
              64, {64, 64}, {v, v}, [](uint64_t a, uint64_t b, uint64_t) { return a - b; });
  // Three words: the carry goes through the second.
  instruction(
      split + "add.cc.u32 %l4, %l0, %l2; addc.cc.u32 %l5, %l1, %l3; addc.u32 %l6, 0, 0; "
              "mov.b64 %d, {%l4, %l5}; mov.b32 %e, %l6;",
      64, {64, 64}, {v, v}, [](uint64_t a, uint64_t b, uint64_t) { return a + b; }, 32,
      [](uint64_t a, uint64_t b, uint64_t) { return uint64_t(a + b < a); });
  instruction(split + "mul.lo.u32 %l4, %l0, %l2; mul.hi.u32 %l5, %l0, %l2; "
                      "mad.lo.cc.u32 %l5, %l0, %l3, %l5; madc.hi.u32 %l6, %l0, %l3, 0; "
                      "mad.lo.cc.u32 %l5, %l1, %l2, %l5; addc.u32 %l6, %l6, 0; "
                      "mov.b64 %d, {%l4, %l5};",
              64, {64, 64}, {v, v}, [](uint64_t a, uint64_t b, uint64_t) { return a * b; });
}

static void moves() {
  Values v = integers(64), w = integers(32), h = integers(16);
  instruction(
      ".reg .b16 %h<4>; mov.b64 {%h0, %h1, %h2, %h3}, %a; mov.b64 %d, {%h3, %h2, %h1, %h0};", 64,
      {64}, {v}, [](uint64_t a, uint64_t, uint64_t) {
        return a << 48 | (a >> 16 & 0xffff) << 32 | (a >> 32 & 0xffff) << 16 | a >> 48;
      });
  instruction("mov.b32 {%d, _}, %a;", 16, {32}, {w},
              [](uint64_t a, uint64_t, uint64_t) { return a & 0xffff; });
  instruction("mov.b32 %d, {%a, %b};", 32, {16, 16}, {h, h},
              [](uint64_t a, uint64_t b, uint64_t) { return b << 16 | a; });
  instruction(
      ".reg .b128 %w; mov.b128 %w, {%a, %b}; mov.b128 {%e, %d}, %w;", 64, {64, 64}, {v, v},
      [](uint64_t, uint64_t b, uint64_t) { return b; }, 64,
      [](uint64_t a, uint64_t, uint64_t) { return a; });
  for (int from : {16, 32, 64})
    for (int to : {16, 32, 64})
      for (char s : {'u', 's'})
        for (char t : {'u', 's'})
          for (bool sat : {false, true}) {
            bool fits = from - (s == 's') <= to - (t == 's') && (t == 's' || s == 'u');
            if (sat && fits)
              continue;
            instruction(std::string("cvt") + (sat ? ".sat." : ".") + t + std::to_string(to) + "." +
                            s + std::to_string(from) + " %d, %a;",
                        to, {from}, {integers(from)}, [=](uint64_t a, uint64_t, uint64_t) {
                          __int128 x = s == 's' ? __int128(sign(a, from)) : __int128(a);
                          __int128 one = 1, high = (one << (to - (t == 's'))) - 1;
                          __int128 low = t == 's' ? -high - 1 : 0;
                          if (sat)
                            x = x < low ? low : x > high ? high : x;
                          return uint64_t(x) & mask(to);
                        });
          }
  instruction("cvt.s32.s8 %d, %a;", 32, {32}, {w},
              [](uint64_t a, uint64_t, uint64_t) { return uint32_t(int8_t(a)); });
  instruction("cvt.u32.u8 %d, %a;", 32, {16}, {h},
              [](uint64_t a, uint64_t, uint64_t) { return uint8_t(a); });
  instruction("cvt.s8.s32 %d, %a;", 32, {32}, {w},
              [](uint64_t a, uint64_t, uint64_t) { return uint32_t(int8_t(a)); });
}

int main() {
  for (int w : {16, 32, 64})
    arithmetic(w);
  for (int w : {1, 16, 32, 64})
    logic(w);
  for (int w : {32, 64})
    fields(w);
  words();
  carries();
  moves();
  return failures != 0;
}
