// Shuffles, votes, matches, reductions, barriers of warps and blocks, and lanes that part and meet.
//
// RUN: %cxx -std=c++17 -O1 -I%include %s %build/lib/libnormcPTXSim.a -o %t && %t

#include "Inputs/threads.h"

typedef const std::vector<uint32_t> &In;

static void shuffles() {
  const char *modes[] = {"up", "down", "bfly", "idx"};
  for (int mode = 0; mode < 4; ++mode)
    for (int width : {2, 8, 16, 32})
      for (int distance : {0, 1, 3, 7, 16, 31}) {
        int c = (32 - width) << 8 | (mode == 0 ? 0 : 31);
        std::string text = std::string("shfl.sync.") + modes[mode] + ".b32 %r10|%p1, %in, " +
                           std::to_string(distance) + ", " + std::to_string(c) +
                           ", 0xffffffff; selp.u32 %r11, 0x80000000, 0, %p1; and.b32 %r10, %r10, "
                           "0x7fffffff; or.b32 %o, %r10, %r11;";
        threads(text.c_str(), threadKernel(text), 64, 64, [=](In in, uint32_t t) {
          int lane = int(t % 32), first = lane / width * width, from;
          bool inside;
          switch (mode) {
          case 0:
            from = lane - distance;
            inside = from >= first;
            break;
          case 1:
            from = lane + distance;
            inside = from < first + width;
            break;
          case 2:
            from = lane ^ distance;
            // Behind the segment there is nothing to read; before it there is.
            inside = from < first + width;
            break;
          default:
            from = first + distance % width;
            inside = true;
          }
          uint32_t value = in[t / 32 * 32 + (inside ? from : lane)];
          return (value & 0x7fffffff) | (inside ? 0x80000000 : 0);
        });
      }
  // Halves of a warp with masks of their own, in one instruction and in two places.
  threads("halves",
          threadKernel("and.b32 %r10, %t, 16; setp.ne.u32 %p1, %r10, 0; "
                       "selp.b32 %r11, 0xffff0000, 0x0000ffff, %p1; "
                       "shfl.sync.bfly.b32 %o, %in, 5, 31, %r11;"),
          64, 64, [](In in, uint32_t t) { return in[t ^ 5]; });
  threads("branches",
          threadKernel("and.b32 %r10, %t, 1; setp.ne.u32 %p1, %r10, 0; @%p1 bra $odd;\n"
                       "shfl.sync.idx.b32 %o, %in, 4, 31, 0x55555555; bra $join;\n"
                       "$odd: shfl.sync.idx.b32 %o, %in, 7, 31, 0xaaaaaaaa;\n$join:"),
          64, 32, [](In in, uint32_t t) { return in[t / 32 * 32 + (t & 1 ? 7 : 4)]; });
}

static void votes() {
  std::string test = "and.b32 %r10, %in, 3; setp.ne.u32 %p1, %r10, 0; ";
  threads("ballot", threadKernel(test + "vote.sync.ballot.b32 %o, %p1, -1;"), 64, 64,
          [](In in, uint32_t t) {
            uint32_t mask = 0;
            for (uint32_t l = 0; l < 32; ++l)
              mask |= uint32_t((in[t / 32 * 32 + l] & 3) != 0) << l;
            return mask;
          });
  for (int mode = 0; mode < 3; ++mode) {
    const char *names[] = {"all", "any", "uni"};
    threads(names[mode],
            threadKernel("setp.gt.u32 %p1, %in, 15; vote.sync." + std::string(names[mode]) +
                         ".pred %p2, !%p1, -1; selp.u32 %o, 1, 0, %p2;"),
            128, 64, [=](In in, uint32_t t) {
              int n = 0;
              for (uint32_t l = 0; l < 32; ++l)
                n += in[t / 32 * 32 + l] <= 15;
              return uint32_t(mode == 0 ? n == 32 : mode == 1 ? n > 0 : n == 0 || n == 32);
            });
  }
  threads("match.any", threadKernel("and.b32 %r10, %in, 7; match.any.sync.b32 %o, %r10, -1;"), 64,
          64, [](In in, uint32_t t) {
            uint32_t mask = 0;
            for (uint32_t l = 0; l < 32; ++l)
              mask |= uint32_t((in[t / 32 * 32 + l] & 7) == (in[t] & 7)) << l;
            return mask;
          });
  threads("match.all",
          threadKernel("mov.u32 %r10, %warpid; match.all.sync.b32 %r11|%p1, %r10, -1; "
                       "match.all.sync.b32 %r12|%p2, %t, -1; selp.u32 %r13, 1, 0, %p1; "
                       "selp.u32 %r14, 2, 0, %p2; add.s32 %o, %r13, %r14; add.s32 %o, %o, %r11; "
                       "add.s32 %o, %o, %r12;"),
          64, 64, [](In, uint32_t) { return 0u; });
  struct Row {
    const char *text;
    uint32_t (*f)(uint32_t, uint32_t);
  };
  static const Row rows[] = {
      {"add.u32", [](uint32_t a, uint32_t b) { return a + b; }},
      {"min.u32", [](uint32_t a, uint32_t b) { return std::min(a, b); }},
      {"max.s32",
       [](uint32_t a, uint32_t b) { return uint32_t(std::max(int32_t(a), int32_t(b))); }},
      {"and.b32", [](uint32_t a, uint32_t b) { return a & b; }},
      {"or.b32", [](uint32_t a, uint32_t b) { return a | b; }},
      {"xor.b32", [](uint32_t a, uint32_t b) { return a ^ b; }}};
  for (const Row &row : rows)
    threads(row.text, threadKernel(std::string("redux.sync.") + row.text + " %o, %in, -1;"), 64, 64,
            [&](In in, uint32_t t) {
              uint32_t r = in[t / 32 * 32];
              for (uint32_t l = 1; l < 32; ++l)
                r = row.f(r, in[t / 32 * 32 + l]);
              return r;
            });
  threads("redux.f32",
          threadKernel(
              "cvt.rn.f32.u32 %f1, %in; redux.sync.max.NaN.f32 %f2, %f1, -1; mov.b32 %o, %f2;"),
          64, 64, [](In in, uint32_t t) {
            return bits(float(*std::max_element(&in[t / 32 * 32], &in[t / 32 * 32] + 32)));
          });
  threads("elect", threadKernel("elect.sync %r10|%p1, -1; selp.u32 %o, 100, %r10, %p1;"), 64, 64,
          [](In, uint32_t t) { return t % 32 ? 0u : 100u; });
  threads("activemask",
          threadKernel("setp.lt.u32 %p1, %t, 5; mov.u32 %o, 0; @%p1 activemask.b32 %o;"), 32, 32,
          [](In, uint32_t t) { return t < 5 ? 31u : 0u; });
}

static void special() {
  threads("lanes",
          threadKernel("mov.u32 %r10, %laneid; mov.u32 %r11, %warpid; mov.u32 %r12, %lanemask_lt; "
                       "popc.b32 %r12, %r12; mov.u32 %r13, %lanemask_ge; popc.b32 %r13, %r13; "
                       "mov.u32 %r14, %nwarpid; mad.lo.s32 %o, %r11, 32, %r10; "
                       "mad.lo.s32 %o, %r12, 1000, %o; add.s32 %r13, %r13, %r12; "
                       "mad.lo.s32 %o, %r13, 100000, %o; mad.lo.s32 %o, %r14, 10000000, %o;"),
          192, 96, [](In, uint32_t t) { return t % 96 + t % 32 * 1000 + 3200000u + 30000000u; });
  threads("cluster",
          threadKernel("mov.u32 %r10, %cluster_ctarank; mov.u32 %r11, %cluster_nctarank; "
                       "mov.u32 %r12, %clusterid.x; mov.u32 %r13, %nclusterid.x; "
                       "mov.u32 %r14, %cluster_ctaid.x; mad.lo.s32 %o, %r11, 10, %r10; "
                       "mad.lo.s32 %o, %r12, 100, %o; mad.lo.s32 %o, %r13, 1000, %o; "
                       "mad.lo.s32 %o, %r14, 10000, %o;",
                       "", ".reqnctapercluster 2,1,1"),
          6 * 32, 32, [](In, uint32_t t) {
            uint32_t b = t / 32;
            return b % 2 + 20 + b / 2 * 100 + 3000 + b % 2 * 10000;
          });
}

static void barriers() {
  auto odd = [](In in, uint32_t t) {
    uint32_t n = 0;
    for (uint32_t k = t / 96 * 96; k < t / 96 * 96 + 96; ++k)
      n += in[k] & 1;
    return n;
  };
  std::string test = "and.b32 %r10, %in, 1; setp.ne.u32 %p1, %r10, 0; ";
  threads("bar.red.popc", threadKernel(test + "bar.red.popc.u32 %o, 0, %p1;"), 192, 96, odd);
  threads("bar.red.and",
          threadKernel(test + "bar.red.and.pred %p2, 1, 96, !%p1; selp.u32 %o, 1, 0, %p2;"), 192,
          96, [=](In in, uint32_t t) { return uint32_t(odd(in, t) == 0); });
  threads("barrier.red.or",
          threadKernel(test + "barrier.red.or.pred %p2, 2, %p1; selp.u32 %o, 1, 0, %p2;"), 192, 96,
          [=](In in, uint32_t t) { return uint32_t(odd(in, t) > 0); });
  // Named barriers: the first warp gives, the second takes, the third has nothing to do with it.
  threads("named", threadKernel(R"(
.shared .align 4 .b8 buffer[128];
mov.u32 %r10, buffer; and.b32 %r11, %r2, 31; shl.b32 %r12, %r11, 2; add.s32 %r10, %r10, %r12;
shr.u32 %r13, %r2, 5; setp.eq.u32 %p1, %r13, 0; setp.eq.u32 %p2, %r13, 1;
mov.u32 %r20, 0; mov.u32 %o, %in;
@%p1 bra $give; @%p2 bra $take; bra $end;
$give:
st.shared.u32 [%r10], %in; bar.arrive 1, 64; bar.sync 2, 64;
add.s32 %r20, %r20, 1; add.s32 %in, %in, 1; setp.lt.u32 %p3, %r20, 3; @%p3 bra $give; bra $end;
$take:
bar.sync 1, 64; ld.shared.u32 %r21, [%r10]; add.s32 %o, %o, %r21; bar.arrive 2, 64;
add.s32 %r20, %r20, 1; setp.lt.u32 %p3, %r20, 3; @%p3 bra $take;
$end:)"),
          96, 96, [](In in, uint32_t t) {
            return t / 32 == 1 ? in[t] + 3 * in[t - 32] + 3 : in[t] + (t < 32 ? 0 : 0);
          });
  // Lanes of a warp come to one barrier by two ways.
  threads("two ways", threadKernel(R"(
.shared .align 4 .b8 buffer[256];
mov.u32 %r10, buffer; shl.b32 %r12, %r2, 2; add.s32 %r10, %r10, %r12; st.shared.u32 [%r10], %in;
and.b32 %r11, %r2, 1; setp.eq.u32 %p1, %r11, 0; @%p1 bra $even;
barrier.sync 0; bra $join;
$even: barrier.sync 0;
$join: xor.b32 %r12, %r12, 252; mov.u32 %r13, buffer; add.s32 %r13, %r13, %r12; ld.shared.u32 %o, [%r13];)"),
          64, 64, [](In in, uint32_t t) { return in[t ^ 63]; });
}

static void divergence() {
  // Loops of different lengths, one inside of the other, with ways out of them.
  threads("loops", threadKernel(R"(
and.b32 %r10, %in, 15; mov.u32 %o, 0; mov.u32 %r11, 0;
$outer: setp.ge.u32 %p1, %r11, %r10; @%p1 bra $done; mov.u32 %r12, 0;
$inner: add.s32 %o, %o, 1; add.s32 %r12, %r12, 1; setp.gt.u32 %p2, %o, 50; @%p2 bra $done;
setp.lt.u32 %p3, %r12, %r11; @%p3 bra $inner;
add.s32 %r11, %r11, 1; bra $outer;
$done: shfl.sync.bfly.b32 %o, %o, 1, 31, -1;)"),
          64, 64, [](In in, uint32_t t) {
            uint32_t n = in[t ^ 1] & 15, o = 0;
            for (uint32_t i = 0; i < n; ++i)
              for (uint32_t j = 0; j == 0 || j < i; ++j)
                if (++o > 50)
                  return o;
            return o;
          });
  // Code laid out so that lanes meet before where some of them still are.
  threads("backwards", threadKernel(R"(
mov.u32 %o, %in; bra $start;
$meet: shfl.sync.bfly.b32 %o, %o, 2, 31, -1; bar.sync 0; bra $end;
$start: and.b32 %r10, %in, 1; setp.eq.u32 %p1, %r10, 0; @%p1 bra $meet;
add.s32 %o, %o, 5; bra $meet;
$end:)"),
          64, 64, [](In in, uint32_t t) { return in[t ^ 2] + (in[t ^ 2] & 1 ? 5 : 0); });
  // Lanes that spin for others of their warp that are further on.
  threads("spin", threadKernel(R"(
.shared .align 4 .b8 flag[4];
setp.ne.u32 %p1, %r2, 0; @%p1 bra $wait0; st.volatile.shared.u32 [flag], 0;
$wait0: bar.sync 0;
setp.eq.u32 %p2, %r2, 7; @%p2 bra $give;
$spin: ld.volatile.shared.u32 %r10, [flag]; setp.eq.u32 %p3, %r10, 0; @%p3 bra $spin; bra $join;
$give: st.volatile.shared.u32 [flag], %in; setp.eq.u32 %p4, %in, 0; @%p4 st.volatile.shared.u32 [flag], 1; mov.u32 %r10, %in;
$join: mov.u32 %o, %r10;)"),
          64, 64, [](In in, uint32_t t) { return t == 7  ? in[7]
                                                 : in[7] ? in[7]
                                                         : 1; });
  threads("table", threadKernel(R"(
rem.u32 %r10, %in, 4;
$labels: .branchtargets $a, $b, $c, $d;
brx.idx %r10, $labels;
$a: mov.u32 %o, 10; bra $join;
$b: mov.u32 %o, 20; bra $join;
$c: mov.u32 %o, 30;
$d: mov.u32 %o, 40;
$join:)"),
          64, 32, [](In in, uint32_t t) {
            static const uint32_t r[] = {10, 20, 40, 40};
            return r[in[t] % 4];
          });
  // A function with parameters in registers and in memory, called from two places, one in a loop.
  threads("call",
          threadKernel(
              R"(
and.b32 %r10, %in, 7; mov.u32 %o, 1; mov.u32 %r11, 0;
$loop: setp.ge.u32 %p1, %r11, %r10; @%p1 bra $done;
call (%o), twice, (%o); add.s32 %r11, %r11, 1; bra $loop;
$done: { .param .b32 a; .param .align 8 .b8 b[8]; .param .b32 r;
st.param.b32 [a], %o; st.param.b32 [b+4], %r10; call.uni (r), sum, (a, b); ld.param.b32 %o, [r]; })",
              R"(.func (.reg .b32 r) twice(.reg .b32 a) { .reg .pred %p1; setp.gt.u32 %p1, a, 20;
mov.u32 r, 21; @%p1 ret; add.s32 r, a, a; ret; }
.func (.param .b32 r) sum(.param .b32 a, .param .align 8 .b8 b[8]) { .reg .b32 %x<3>;
ld.param.b32 %x0, [a]; ld.param.b32 %x1, [b+4]; add.s32 %x2, %x0, %x1; st.param.b32 [r], %x2; ret; })"),
          64, 32, [](In in, uint32_t t) {
            uint32_t o = 1, n = in[t] & 7;
            for (uint32_t k = 0; k < n; ++k)
              o = o > 20 ? 21 : 2 * o;
            return o + n;
          });
}

int main() {
  shuffles();
  votes();
  special();
  barriers();
  divergence();
  return failures != 0;
}
