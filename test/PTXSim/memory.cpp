// Loads, stores and atomics of all widths and state spaces, and addresses between them.
//
// RUN: %cxx -std=c++17 -O1 -I%include %s %build/lib/libnormcPTXSim.a -o %t && %t

#include "Inputs/threads.h"

typedef const std::vector<uint32_t> &In;

static void widths() {
  // Bytes of a word, with and without sign.
  threads(
      "bytes",
      threadKernel("ld.global.u8 %r10, [%pin+1]; ld.global.s8 %r11, [%pin+2]; "
                   "ld.global.nc.L1::no_allocate.L2::128B.b16 %h1, [%pin]; "
                   "ld.global.cg.s16 %r12, [%pin+2]; cvt.u32.u16 %r13, %h1; "
                   "xor.b32 %r10, %r10, %r11; xor.b32 %r12, %r12, %r13; xor.b32 %o, %r10, %r12;"),
      64, 64, [](In in, uint32_t t) {
        uint32_t x = in[t];
        return (x >> 8 & 0xff) ^ uint32_t(int8_t(x >> 16)) ^ uint32_t(int16_t(x >> 16)) ^
               (x & 0xffff);
      });
  // Through shared memory by every width, read in another.
  for (const char *copy :
       {"st.shared.v4.b32 [%r10], {%r20, %r21, %r22, %r23};",
        "mov.b64 %rd10, {%r20, %r21}; mov.b64 %rd11, {%r22, %r23}; "
        "st.shared.v2.b64 [%r10], {%rd10, %rd11};",
        ".reg .b128 %q; mov.b64 %rd10, {%r20, %r21}; mov.b64 %rd11, {%r22, %r23}; "
        "mov.b128 %q, {%rd10, %rd11}; st.shared.b128 [%r10], %q;",
        "mov.b32 {%h0, %h1}, %r20; mov.b32 {%h2, %h3}, %r21; st.shared.v4.b16 [%r10], {%h0, %h1, "
        "%h2, %h3}; st.shared.b8 [%r10+8], %r22; shr.u32 %r24, %r22, 8; st.shared.u8 [%r10+9], "
        "%r24; shr.u32 %r24, %r22, 16; mov.b32 {%h4, _}, %r24; st.shared.b16 [%r10+10], %h4; "
        "st.shared.f32 [%r10+12], %r23;"})
    threads(copy,
            threadKernel(
                std::string(
                    ".shared .align 16 .b8 buffer[1024]; mov.u32 %r10, buffer; mad.lo.s32 %r10, "
                    "%r2, 16, %r10; mov.u32 %r20, %in; not.b32 %r21, %in; add.s32 %r22, %in, %t; "
                    "shl.b32 %r23, %in, 3; ") +
                copy +
                "bar.sync 0; ld.shared.b32 %r30, [%r10]; ld.shared.v2.b32 {%r31, %r32}, [%r10+8]; "
                "ld.shared.b32 %r33, [%r10+4]; mad.lo.s32 %o, %r30, 3, %r31; "
                "mad.lo.s32 %o, %r33, 5, %o; mad.lo.s32 %o, %r32, 7, %o;"),
            64, 64, [](In in, uint32_t t) {
              return in[t] * 3 + in[t] + t + ~in[t] * 5 + (in[t] << 3) * 7;
            });
  // 32 bytes at once: thread 0 of every eight copies for all of them.
  threads("v8",
          threadKernel(
              "and.b32 %r10, %t, 7; setp.ne.u32 %p1, %r10, 0; mov.u32 %o, %in; @%p1 bra $end;\n"
              "ld.global.nc.v8.b32 {%r20, %r21, %r22, %r23, %r24, %r25, %r26, %r27}, [%pin];\n"
              "ld.global.v4.b64 {%rd10, %rd11, %rd12, %rd13}, [%pin]; mov.b64 {_, %r30}, %rd13;\n"
              "add.s32 %o, %r20, %r27; add.s32 %o, %o, %r30;\n$end:"),
          64, 64, [](In in, uint32_t t) { return t % 8 ? in[t] : in[t] + 2 * in[t + 7]; });
  threads("policy",
          threadKernel(
              "createpolicy.fractional.L2::evict_last.b64 %rd10, 1.0; "
              "ld.global.L2::cache_hint.b32 %r10, [%pin], %rd10; prefetch.global.L2 [%pin]; "
              "ld.global.L1::evict_last.b32 %r11, [%pin]; ld.volatile.global.b32 %r12, [%pin]; "
              "ld.relaxed.gpu.global.b32 %r13, [%pin]; ld.acquire.sys.global.b32 %r14, [%pin]; "
              "add.s32 %o, %r10, %r11; add.s32 %o, %o, %r12; add.s32 %o, %o, %r13; add.s32 %o, %o, "
              "%r14; "
              "st.global.L2::cache_hint.b32 [%pout], %o, %rd10; st.global.wt.b32 [%pout], %o;"),
          64, 64, [](In in, uint32_t t) { return 5 * in[t]; });
}

static void spaces() {
  threads("generic",
          threadKernel(R"(
.shared .align 8 .b8 buffer[256]; .local .align 8 .b8 stack[32];
mov.u64 %rd10, buffer; cvta.shared.u64 %rd10, %rd10; mul.wide.u32 %rd11, %r2, 4; add.s64 %rd10, %rd10, %rd11;
st.b32 [%rd10], %in; cvta.to.shared.u64 %rd12, %rd10; ld.shared.b32 %r10, [%rd12]; cvt.u32.u64 %r20, %rd12;
ld.shared.b32 %r11, [%r20]; cvta.shared.u64 %rd13, %rd12; ld.b32 %r12, [%rd13];
mov.u64 %rd14, stack; st.local.b32 [%rd14+8], %r10; cvta.local.u64 %rd15, %rd14; ld.b32 %r13, [%rd15+8];
isspacep.shared %p1, %rd10; isspacep.local %p2, %rd15; isspacep.global %p3, %pin; isspacep.global %p4, %rd10;
isspacep.shared::cluster %p5, %rd10; isspacep.const %p6, %rd10; mov.u64 %rd16, table; cvta.const.u64 %rd16, %rd16;
isspacep.const %p7, %rd16; and.pred %p1, %p1, %p2; and.pred %p1, %p1, %p3; and.pred %p1, %p1, %p5; and.pred %p1, %p1, %p7;
or.pred %p4, %p4, %p6; selp.u32 %r14, 1, 0, %p1; selp.u32 %r15, 1000, 0, %p4;
add.s32 %o, %r10, %r11; add.s32 %o, %o, %r12; add.s32 %o, %o, %r13; add.s32 %o, %o, %r14; add.s32 %o, %o, %r15;)",
                       ".const .align 4 .b32 table[2] = {1, 2};"),
          64, 64, [](In in, uint32_t t) { return 4 * in[t] + 1; });
  // Variables of the module, with values and with addresses in them.
  threads("variables",
          threadKernel(R"(
and.b32 %r10, %in, 3; mul.wide.u32 %rd10, %r10, 8; mov.u64 %rd11, pointers; add.s64 %rd11, %rd11, %rd10;
ld.global.u64 %rd12, [%rd11]; ld.u32 %r11, [%rd12]; mul.wide.u32 %rd13, %r10, 2; mov.u64 %rd14, words;
add.s64 %rd14, %rd14, %rd13; ld.const.u16 %r12, [%rd14]; ld.const.u16 %r13, [words+2];
ld.global.u32 %r14, [numbers+8]; ld.global.f32 %f1, [real]; cvt.rzi.u32.f32 %r15, %f1;
add.s32 %o, %r11, %r12; add.s32 %o, %o, %r13; add.s32 %o, %o, %r14; add.s32 %o, %o, %r15;)",
                       R"(.global .align 4 .u32 numbers[4] = {100, 200, 0x12c, 400};
.global .f32 real = 2.5;
.global .align 8 .u64 pointers[4] = {numbers, numbers+4, generic(numbers)+8, numbers+12};
.const .align 2 .b8 words[8] = {1, 0, 2, 0, 3, 0, 4};)"),
          64, 64, [](In in, uint32_t t) {
            uint32_t k = in[t] & 3;
            return (k + 1) * 100 + k + 1 + 2 + 300 + 2;
          });
  threads(
      "dynamic",
      threadKernel(".shared .align 4 .b8 own[20]; mov.u32 %r10, %dynamic_smem_size; mov.u32 %r11, "
                   "more; mov.u32 %r12, again; "
                   "sub.s32 %r11, %r11, %r12; mov.u32 %r13, own; rem.u32 %r14, %r12, 64; "
                   "add.s32 %o, %r10, %r11; add.s32 %o, %o, %r14;",
                   ".extern .shared .align 64 .b8 more[]; .extern .shared .align 16 .b8 again[];"),
      32, 32, [](In, uint32_t) { return 0u; });
  threads("cluster",
          threadKernel(R"(
.shared .align 4 .b8 buffer[256]; mov.u32 %r10, buffer; shl.b32 %r11, %r2, 2; add.s32 %r10, %r10, %r11;
mov.u64 %rd10, buffer; cvta.shared.u64 %rd10, %rd10; cvt.u64.u32 %rd11, %r11; add.s64 %rd10, %rd10, %rd11;
st.shared.u32 [%r10], %in; barrier.cluster.arrive; barrier.cluster.wait;
mov.u32 %r12, %cluster_ctarank; xor.b32 %r13, %r12, 1; mapa.u64 %rd12, %rd10, %r13; ld.u32 %r14, [%rd12];
mapa.shared::cluster.u32 %r15, %r10, %r13; ld.shared::cluster.u32 %r16, [%r15]; getctarank.u64 %r17, %rd12;
getctarank.shared::cluster.u32 %r18, %r15; isspacep.shared::cta %p1, %rd12; isspacep.shared::cluster %p2, %rd12;
selp.u32 %r19, 5, 0, %p1; selp.u32 %r20, 7, 0, %p2; atom.shared::cluster.add.u32 %r21, [%r15], 1;
barrier.cluster.arrive; barrier.cluster.wait; ld.shared.u32 %r22, [%r10];
add.s32 %o, %r14, %r16; add.s32 %o, %o, %r17; add.s32 %o, %o, %r18; add.s32 %o, %o, %r19; add.s32 %o, %o, %r20;
add.s32 %o, %o, %r21; add.s32 %o, %o, %r22;)",
                       "", ".reqnctapercluster 2,1,1"),
          128, 32, [](In in, uint32_t t) {
            return 3 * in[t ^ 32] + 2 * ((t / 32 % 2) ^ 1) + 7 + in[t] + 1;
          });
}

static void atomics() {
  struct Row {
    const char *text;
    uint32_t first;
    uint32_t (*f)(uint32_t, uint32_t);
  };
  static const Row rows[] = {
      {"add.u32", 5, [](uint32_t a, uint32_t b) { return a + b; }},
      {"min.s32", 1000,
       [](uint32_t a, uint32_t b) { return uint32_t(std::min(int32_t(a), int32_t(b))); }},
      {"max.u32", 3, [](uint32_t a, uint32_t b) { return std::max(a, b); }},
      {"and.b32", ~0u, [](uint32_t a, uint32_t b) { return a & b; }},
      {"or.b32", 0, [](uint32_t a, uint32_t b) { return a | b; }},
      {"xor.b32", 77, [](uint32_t a, uint32_t b) { return a ^ b; }}};
  for (const Row &row : rows)
    for (bool red : {false, true}) {
      std::string op = (red ? "red.shared." : "atom.acq_rel.cta.shared.") + std::string(row.text) +
                       (red ? " [cell], %in;" : " %r20, [cell], %in;");
      threads(op.c_str(),
              threadKernel(".shared .align 4 .b8 cell[4]; setp.eq.u32 %p1, %r2, 0; "
                           "@%p1 st.shared.u32 [cell], " +
                           std::to_string(row.first) + "; bar.sync 0; " + op +
                           " bar.sync 0; ld.shared.u32 %o, [cell];"),
              192, 96, [&](In in, uint32_t t) {
                uint32_t r = row.first;
                for (uint32_t k = t / 96 * 96; k < t / 96 * 96 + 96; ++k)
                  r = row.f(r, in[k]);
                return r;
              });
    }
  // Turns: every thread gets another number; a lock by cas; a ring by inc.
  threads("tickets", threadKernel(R"(
.shared .align 8 .b8 cells[1024]; mov.u32 %r10, cells; setp.ne.u32 %p1, %r2, 0; @%p1 bra $ready;
st.shared.u32 [cells], 0; st.shared.u32 [cells+4], 0; st.shared.u64 [cells+8], 0;
$ready: bar.sync 0;
atom.shared.add.u32 %r11, [cells], 1; mad.lo.s32 %r12, %r11, 4, %r10; st.shared.u32 [%r12+16], %r2;
atom.shared.inc.u32 %r13, [cells+4], 9; atom.shared.add.u64 %rd10, [cells+8], 3;
bar.sync 0;
mad.lo.s32 %r14, %r2, 4, %r10; ld.shared.u32 %r15, [%r14+16]; redux.sync.add.u32 %r16, %r15, -1;
ld.shared.u32 %r17, [cells+4]; ld.shared.u64 %rd11, [cells+8]; cvt.u32.u64 %r18, %rd11;
bar.red.popc.u32 %r19, 0, %p1; setp.lt.u32 %p2, %r15, 96; setp.lt.and.u32 %p2, %r13, 10, %p2; selp.u32 %o, 1, 0, %p2;
mad.lo.s32 %o, %r17, 10, %o; mad.lo.s32 %o, %r18, 1000, %o;)"),
          192, 96, [](In, uint32_t) { return 1 + 60 + 288000u; });
}

// Atomics on memory that is read and written, in global memory and of floats.
static void floatAtomics() {
  Module module;
  std::string text = threadKernel(
      "ld.param.u64 %rd10, [p_out]; cvt.rn.f32.u32 %f1, %r2; red.global.add.f32 [%rd10], %f1;\n"
      "atom.global.add.f32 %f2, [%rd10+4], 0f00000001; cvt.f64.f32 %rd11, %f1;\n"
      "red.relaxed.gpu.global.add.f64 [%rd10+8], %rd11; mov.b32 %r10, 0x3c003c00;\n"
      "red.global.add.noftz.f16x2 [%rd10+16], %r10; mov.b16 %h1, 0x3f80;\n"
      "atom.global.add.noftz.bf16 %h2, [%rd10+20], %h1;\n"
      "red.global.add.v2.f32 [%rd10+24], {%f1, %f1}; mov.b64 %rd12, 0; cvt.u64.u32 %rd13, %t;\n"
      "$again: ld.relaxed.gpu.global.u64 %rd14, [%rd10+32]; add.u64 %rd15, %rd14, %rd13;\n"
      "atom.global.cas.b64 %rd16, [%rd10+32], %rd14, %rd15; setp.ne.u64 %p1, %rd16, %rd14; @%p1 "
      "bra $again;\n"
      "mov.u32 %o, 0; exit;");
  std::string error = module.parse(text);
  CHECK(error.empty());
  if (!error.empty()) {
    printf("%s\n", error.c_str());
    return;
  }
  for (Order order : {Order::Forward, Order::Reverse, Order::Random, Order::Skewed}) {
    std::vector<uint32_t> in(64), out(64);
    Memory memory;
    uint64_t pin = memory.add("in", in.data(), 256, Access::ReadOnly);
    uint64_t pout = memory.add("out", out.data(), 256, Access::ReadWrite);
    Launch launch;
    launch.entry = "k";
    launch.block = {64, 1, 1};
    launch.arguments = {&pin, &pout};
    launch.order = order;
    Result result = run(module, memory, launch);
    CHECK(result.ok());
    if (!result.ok())
      printf("%s\n", result.error.c_str());
    uint64_t wide, sum;
    memcpy(&wide, &out[2], 8);
    memcpy(&sum, &out[8], 8);
    // Subnormals are flushed in global memory.
    CHECK(f32(out[0]) == 2016 && out[1] == 0 && f64(wide) == 2016 && out[4] == 0x54005400 &&
          (out[5] & 0xffff) == 0x4280 && f32(out[6]) == 2016 && f32(out[7]) == 2016 && sum == 2016);
    CHECK(result.statistics.buffers[1].bytesStored >= 64 * 32);
  }
}

// The last block to finish adds up what all blocks left, which needs fences.
static void lastBlock() {
  const std::string body = R"(
ld.param.u64 %rd10, [p_out]; setp.ne.u32 %p1, %r2, 0; @%p1 exit;
mul.wide.u32 %rd11, %r0, 4; add.s64 %rd12, %rd10, %rd11; st.global.u32 [%rd12+64], %in;
fence.acq_rel.gpu;
atom.relaxed.gpu.global.add.u32 %r10, [%rd10+4], 1; setp.ne.u32 %p2, %r10, 7; @%p2 exit;
fence.acq_rel.gpu;
mov.u32 %r11, 0; mov.u32 %r12, 0;
$loop: ld.global.u32 %r13, [%rd10+64]; add.s32 %r12, %r12, %r13; add.s64 %rd10, %rd10, 4; add.s32 %r11, %r11, 1;
setp.lt.u32 %p3, %r11, 8; @%p3 bra $loop;
ld.param.u64 %rd10, [p_out]; st.global.u32 [%rd10], %r12; exit;
mov.u32 %o, 0;)";
  for (bool fenced : {true, false}) {
    std::string text = threadKernel(body);
    if (!fenced)
      text.erase(text.find("fence.acq_rel.gpu;"), 18);
    Module module;
    CHECK(module.parse(text).empty());
    for (Order order : {Order::Forward, Order::Reverse, Order::Random, Order::Skewed}) {
      std::vector<uint32_t> in(256, 3), out(64);
      Memory memory;
      uint64_t pin = memory.add("in", in.data(), 1024, Access::ReadOnly);
      uint64_t pout = memory.add("out", out.data(), 256, Access::ReadWrite);
      Launch launch;
      launch.entry = "k";
      launch.block = {32, 1, 1};
      launch.grid = {8, 1, 1};
      launch.arguments = {&pin, &pout};
      launch.order = order;
      launch.checkGlobalRaces = true;
      Result result = run(module, memory, launch);
      CHECK(result.ok() == fenced);
      CHECK(!fenced || out[0] == 24);
      CHECK(fenced || result.error.find("race in out") != std::string::npos);
    }
  }
}

// Bytes that only one half of a word defines, moved about and dropped, do no harm; used, they do.
static void undefinedHalves() {
  const char *harmless[] = {
      "mov.b32 %r10, {%h1, %h9}; mov.b32 {%h2, %h3}, %r10; cvt.u32.u16 %o, %h2;",
      "mov.b32 %r10, {%h1, %h9}; and.b32 %o, %r10, 0xffff;",
      "mov.b32 %r10, {%h1, %h9}; or.b32 %r11, %r10, 0xffff0000; sub.s32 %o, %r11, 0xffff0000;",
      "mov.b32 %r10, {%h9, %h1}; shr.u32 %o, %r10, 16;",
      "mov.b32 %r10, {%h9, %h1}; prmt.b32 %o, %r10, 0, 0x4432;",
      "mov.b32 %r10, {%h9, %h1}; bfe.u32 %o, %r10, 16, 16;",
      "mov.b32 %r10, {%h1, %h9}; cvt.u16.u32 %h2, %r10; cvt.u32.u16 %o, %h2;",
      "mov.b32 %r10, {%h1, %h9}; cvt.u32.u16 %r11, %h1; setp.eq.u32 %p1, %r11, %r11; selp.b32 %o, "
      "%r11, %r59, %p1;",
      "mov.b32 %r10, {%h1, %h9}; shfl.sync.bfly.b32 %r11, %r10, 0, 31, -1; and.b32 %o, %r11, "
      "65535;",
      "mov.b32 %r10, {%h1, %h9}; .shared .align 4 .b8 s[128]; mov.u32 %r11, s; mad.lo.s32 %r11, "
      "%r2, 4, %r11; "
      "st.shared.b32 [%r11], %r10; ld.shared.u16 %o, [%r11];",
      "mov.b32 %r10, {%h1, %h9}; mov.b32 %r12, {%h9, %h9}; mov.b32 %r13, 0x00010001; .reg .b16 "
      "%x<2>; "
      "add.s16x2 %r11, %r10, %r13; mov.b32 {%x0, _}, %r11; cvt.u32.u16 %o, %x0; sub.s32 %o, %o, 1; "
      "and.b32 %o, %o, 65535;"};
  for (const char *text : harmless)
    threads(text, threadKernel(std::string("cvt.u16.u32 %h1, %in; ") + text), 32, 32,
            [](In in, uint32_t t) { return in[t] & 0xffff; });
  const char *harmful[] = {
      "mov.b32 %r10, {%h1, %h9}; mov.b32 {%h2, %h3}, %r10; cvt.u32.u16 %o, %h3;",
      "mov.b32 %r10, {%h1, %h9}; and.b32 %o, %r10, 0x1ffff;",
      "mov.b32 %r10, {%h9, %h1}; shr.u32 %o, %r10, 15;",
      "mov.b32 %r10, {%h9, %h1}; prmt.b32 %o, %r10, 0, 0x4421;",
      "mov.b32 %r10, {%h1, %h9}; add.s32 %o, %r10, 1;",
      "selp.b32 %o, %in, %r59, %p19;",
      "setp.lt.u32 %p1, %t, 31; selp.b32 %o, %in, %r59, %p1;",
      "setp.lt.u32 %p1, %t, 31; @%p1 mov.u32 %r10, 1; add.s32 %o, %r10, 1;"};
  for (const char *text : harmful) {
    Module module;
    CHECK(module.parse(threadKernel(std::string("cvt.u16.u32 %h1, %in; ") + text)).empty());
    std::vector<uint32_t> in(32), out(32);
    Memory memory;
    uint64_t pin = memory.add("in", in.data(), 128, Access::ReadOnly);
    uint64_t pout = memory.add("out", out.data(), 128, Access::WriteOnly);
    Launch launch;
    launch.entry = "k";
    launch.block = {32, 1, 1};
    launch.arguments = {&pin, &pout};
    Result result = run(module, memory, launch);
    if (result.error.find("stores an undefined value to out") == std::string::npos) {
      ++failures;
      printf("%s: expects an undefined value, but got '%s'\n", text, result.error.c_str());
    }
  }
}

int main() {
  widths();
  spaces();
  atomics();
  floatAtomics();
  lastBlock();
  undefinedHalves();
  return failures != 0;
}
