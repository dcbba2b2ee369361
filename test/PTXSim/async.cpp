// Mbarriers and asynchronous copies: rings of buffers, states and parities, every way to copy.
//
// RUN: %cxx -std=c++17 -O1 -I%include %s %build/lib/libnormcPTXSim.a -o %t && %t

#include "Inputs/threads.h"

typedef const std::vector<uint32_t> &In;

static std::string replaced(std::string text, const std::string &from, const std::string &to) {
  size_t at = text.find(from);
  CHECK(at != std::string::npos);
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// Warp 0 brings six tiles of 512 bytes through a ring of two; warps 1 to 3 add up what they see.
static const char ring[] = R"(
.shared .align 128 .b8 tiles[1024]; .shared .align 8 .b8 full[16]; .shared .align 8 .b8 empty[16];
mov.u32 %r10, tiles; mov.u32 %r11, full; mov.u32 %r12, empty; mov.u32 %r20, 0; mov.u32 %o, 0;
ld.param.u64 %rd10, [p_in];
setp.ne.u32 %p1, %r2, 0; @%p1 bra $ready;
mbarrier.init.shared.b64 [%r11], 1; mbarrier.init.shared.b64 [%r11+8], 1;
mbarrier.init.shared.b64 [%r12], 3; mbarrier.init.shared.b64 [%r12+8], 3;
fence.proxy.async;
$ready: bar.sync 0;
shr.u32 %r21, %r2, 5; setp.ne.u32 %p2, %r21, 0; @%p2 bra $consume;
@%p1 bra $end;
$produce:
and.b32 %r22, %r20, 1; shl.b32 %r23, %r22, 3; add.s32 %r24, %r11, %r23; add.s32 %r25, %r12, %r23;
shr.u32 %r26, %r20, 1; and.b32 %r26, %r26, 1; xor.b32 %r27, %r26, 1;
$full0: mbarrier.try_wait.parity.shared.b64 %p3, [%r25], %r27; @!%p3 bra $full0;
shl.b32 %r28, %r22, 9; add.s32 %r29, %r10, %r28;
mbarrier.arrive.expect_tx.shared.b64 _, [%r24], 512;
cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes [%r29], [%rd10], 256, [%r24];
cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes [%r29+256], [%rd10+256], 256, [%r24];
add.s64 %rd10, %rd10, 512; add.s32 %r20, %r20, 1; setp.lt.u32 %p4, %r20, 6; @%p4 bra $produce;
bra $end;
$consume:
and.b32 %r22, %r20, 1; shl.b32 %r23, %r22, 3; add.s32 %r24, %r11, %r23; add.s32 %r25, %r12, %r23;
shr.u32 %r26, %r20, 1; and.b32 %r26, %r26, 1;
$full1: mbarrier.try_wait.parity.shared.b64 %p3, [%r24], %r26; @!%p3 bra $full1;
shl.b32 %r28, %r22, 9; add.s32 %r29, %r10, %r28; sub.s32 %r30, 127, %r2; mad.lo.s32 %r29, %r30, 4, %r29;
ld.shared.u32 %r31, [%r29]; add.s32 %o, %o, %r31;
bar.warp.sync -1; // before the stage is given back
and.b32 %r32, %r2, 31; setp.eq.u32 %p5, %r32, 0;
@%p5 mbarrier.arrive.shared.b64 _, [%r25];
add.s32 %r20, %r20, 1; setp.lt.u32 %p4, %r20, 6; @%p4 bra $consume;
$end:)";

static uint32_t ringResult(In in, uint32_t t) {
  uint32_t sum = 0;
  for (uint32_t tile = 0; t >= 32 && t < 128 && tile < 6; ++tile)
    sum += in[tile * 128 + 127 - t];
  return sum;
}

/// Every order and seed ends with an error that has one of `what`, separated by '|'.
static void expectFault(const std::string &text, const std::string &what, uint32_t count,
                        uint32_t block) {
  Module module;
  std::string error = module.parse(text);
  CHECK(error.empty());
  int found = 0, other = 0;
  std::string last = error;
  for (Order order : {Order::Forward, Order::Reverse, Order::Random, Order::Skewed})
    for (uint64_t seed = 1; seed <= 3; ++seed) {
      std::vector<uint32_t> in(1024, 1), out(1024);
      Memory memory;
      uint64_t pin = memory.add("in", in.data(), 4096, Access::ReadOnly);
      uint64_t pout = memory.add("out", out.data(), 4096, Access::ReadWrite);
      Launch launch;
      launch.entry = "k";
      launch.block = {block, 1, 1};
      launch.grid = {count / block, 1, 1};
      launch.arguments = {&pin, &pout};
      launch.order = order;
      launch.seed = seed;
      Result result = run(module, memory, launch);
      bool here = false;
      for (size_t at = 0; at <= what.size();) {
        size_t end = std::min(what.find('|', at), what.size());
        here |= result.error.find(what.substr(at, end - at)) != std::string::npos;
        at = end + 1;
      }
      (here ? found : other) += 1;
      if (!here)
        last = result.error;
    }
  if (other) {
    ++failures;
    printf("expects '%s' (found %d times), but got '%s'\n", what.c_str(), found, last.c_str());
  }
}

static void rings() {
  // 1024 words of input and output, one block that works on them.
  std::string good =
      threadKernel(std::string("setp.gt.u32 %p19, %r0, 0; mov.u32 %o, 0; @%p19 bra $end;") + ring);
  threads("ring", good, 1024, 128, ringResult, [](ThreadRun &r) {
    CHECK(r.result.statistics.bulkCopies == 12);
    CHECK(r.result.statistics.buffers[0].bytesLoaded == 4096 + 6 * 512);
  });
  expectFault(replaced(good, "bar.warp.sync -1; // before the stage is given back", ""),
              "asynchronous data used too early|race in shared memory: writes what warp", 1024,
              128);
  expectFault(
      replaced(good,
               "$full0: mbarrier.try_wait.parity.shared.b64 %p3, [%r25], %r27; @!%p3 bra $full0;",
               ""),
      "race in shared memory: writes what warp|asynchronous data used too early|mbarrier", 1024,
      128);
  expectFault(replaced(good, "xor.b32 %r27, %r26, 1;", "mov.b32 %r27, %r26;"), "deadlock", 1024,
              128);
  expectFault(replaced(good, "mbarrier.arrive.expect_tx.shared.b64 _, [%r24], 512;",
                       "mbarrier.arrive.expect_tx.shared.b64 _, [%r24], 256;"),
              "asynchronous data used too early|deadlock|race in shared memory", 1024, 128);
  expectFault(replaced(good, "[%r12], 3;", "[%r12], 2;"),
              "mbarrier overflow|race in shared memory|asynchronous data", 1024, 128);
  expectFault(replaced(good, "[%r29+256], [%rd10+256], 256", "[%r29+256], [%rd10+256], 250"),
              "multiple of 16 bytes", 1024, 128);
  expectFault(replaced(good, "[%r29+256], [%rd10+256]", "[%r29+264], [%rd10+256]"), "misaligned",
              1024, 128);
}

static void states() {
  // Arrivals by all, waits by state; then one thread's arrivals of every kind, and a new object.
  threads("states", threadKernel(R"(
.shared .align 8 .b8 bar[8]; .shared .align 4 .b8 words[256];
mov.u32 %r10, words; mad.lo.s32 %r10, %r2, 4, %r10; setp.eq.u32 %p1, %r2, 0;
@%p1 mbarrier.init.shared::cta.b64 [bar], 64;
bar.sync 0;
st.shared.u32 [%r10], %in;
mbarrier.arrive.release.cta.shared::cta.b64 %rd10, [bar];
$wait0: mbarrier.test_wait.acquire.cta.shared::cta.b64 %p2, [bar], %rd10; @!%p2 bra $wait0;
xor.b32 %r11, %r2, 63; mov.u32 %r12, words; mad.lo.s32 %r12, %r11, 4, %r12; ld.shared.u32 %o, [%r12];
mbarrier.pending_count.b64 %r13, %rd10; setp.eq.u32 %p3, %r13, 0; @%p3 trap;
bar.sync 0;
@!%p1 bra $join;
mbarrier.arrive.noComplete.shared::cta.b64 %rd11, [bar], 30;
mbarrier.arrive_drop.shared::cta.b64 %rd12, [bar], 4;
mbarrier.pending_count.b64 %r20, %rd11; mbarrier.pending_count.b64 %r21, %rd12;
mbarrier.expect_tx.relaxed.cta.shared::cta.b64 [bar], 8;
mbarrier.arrive.shared::cta.b64 %rd13, [bar], 30;
mbarrier.test_wait.shared::cta.b64 %p4, [bar], %rd13; @%p4 trap;
mbarrier.complete_tx.relaxed.cta.shared::cta.b64 [bar], 8;
mbarrier.test_wait.shared::cta.b64 %p4, [bar], %rd13; @!%p4 trap;
mbarrier.arrive.shared::cta.b64 %rd14, [bar], 60; // four fewer now
mbarrier.test_wait.parity.shared::cta.b64 %p4, [bar], 0; @!%p4 trap;
mbarrier.test_wait.parity.shared::cta.b64 %p4, [bar], 1; @%p4 trap;
mad.lo.s32 %o, %r20, 64, %o; add.s32 %o, %o, %r21; // 64 and 34
mbarrier.inval.shared::cta.b64 [bar];
mbarrier.init.shared::cta.b64 [bar], 2;
$join: bar.sync 0;
@%p1 mbarrier.arrive.shared::cta.b64 _, [bar], 2;
$wait1: mbarrier.try_wait.parity.shared::cta.b64 %p5, [bar], 0, 1000; @!%p5 bra $wait1;)"),
          128, 64, [](In in, uint32_t t) {
            return in[t / 64 * 64 + (t ^ 63) % 64] + (t % 64 ? 0 : 64 * 64 + 34);
          });
}

static void copies() {
  // Zeros behind what is read, nothing read at all, and arrivals that come with the data.
  threads("zfill", threadKernel(R"(
.shared .align 16 .b8 words[2048]; .shared .align 8 .b8 bar[8];
mov.u32 %r10, words; mad.lo.s32 %r10, %r2, 16, %r10; setp.eq.u32 %p1, %r2, 0;
@%p1 mbarrier.init.shared.b64 [bar], 64; bar.sync 0;
and.b32 %r11, %r2, 3; shl.b32 %r12, %r11, 2; setp.eq.u32 %p2, %r11, 2;
ld.param.u64 %rd10, [p_in]; cvta.to.global.u64 %rd10, %rd10;
cp.async.ca.shared.global.L2::128B [%r10], [%rd10], 16, %r12;
cp.async.ca.shared.global [%r10+1024], [%rd10+4], 4, %p2;
cp.async.ca.shared.global [%r10+1032], [%rd10+8], 8, 8;
cp.async.mbarrier.arrive.noinc.shared.b64 [bar];
$wait: mbarrier.try_wait.parity.shared.b64 %p3, [bar], 0; @!%p3 bra $wait;
xor.b32 %r13, %r2, 63; mov.u32 %r14, words; mad.lo.s32 %r14, %r13, 16, %r14;
ld.shared.v4.u32 {%r20, %r21, %r22, %r23}, [%r14]; ld.shared.u32 %r24, [%r14+1024]; ld.shared.u32 %r25, [%r14+1036];
add.s32 %o, %r20, %r21; add.s32 %o, %o, %r22; add.s32 %o, %o, %r23; add.s32 %o, %o, %r24; xor.b32 %o, %o, %r25;)"),
          64, 64, [](In in, uint32_t t) {
            uint32_t n = (t ^ 63) & 3, sum = 0;
            for (uint32_t k = 0; k < n; ++k)
              sum += in[k];
            return (sum + (n == 2 ? 0 : in[1])) ^ in[3];
          });
  // Between blocks of a cluster: st.async of vectors, red.async, bulk copies to one and to all.
  const std::string cluster = threadKernel(R"(
.shared .align 128 .b8 words[256]; .shared .align 16 .b8 got[256]; .shared .align 16 .b8 spread[512];
.shared .align 8 .b8 bar[8]; .shared .align 4 .b8 sum[4];
mov.u32 %r10, bar; mov.u32 %r11, words; mov.u32 %r12, got; mov.u32 %r13, spread; mov.u32 %r14, sum;
setp.ne.u32 %p1, %r2, 0; @%p1 bra $ready;
mbarrier.init.shared::cta.b64 [%r10], 1; fence.mbarrier_init.release.cluster; st.shared.u32 [%r14], 0;
// 4 words of each thread, 256 bytes of bulk copy, twice 128 spread, 4 bytes of each red
mbarrier.arrive.expect_tx.shared::cta.b64 _, [%r10], 768;
$ready: mad.lo.s32 %r15, %r2, 4, %r11; st.shared.u32 [%r15+128], %in; add.s32 %r16, %in, 1; st.shared.u32 [%r15], %r16;
fence.proxy.async.shared::cta;
barrier.cluster.arrive.release.aligned; barrier.cluster.wait.acquire.aligned;
mov.u32 %r17, %cluster_ctarank; xor.b32 %r18, %r17, 1;
mapa.shared::cluster.u32 %r20, %r10, %r18; mapa.shared::cluster.u32 %r21, %r12, %r18; mapa.shared::cluster.u32 %r22, %r14, %r18;
red.async.relaxed.cluster.shared::cluster.mbarrier::complete_tx::bytes.add.u32 [%r22], %r2, [%r20];
setp.gt.u32 %p2, %r2, 7; @%p2 bra $wait;
mad.lo.s32 %r23, %r2, 16, %r21; add.s32 %r24, %in, 5;
st.async.weak.shared::cluster.mbarrier::complete_tx::bytes.v4.u32 [%r23], {%in, %r24, %r2, %r17}, [%r20];
@%p1 bra $wait;
cp.async.bulk.shared::cluster.shared::cta.mbarrier::complete_tx::bytes [%r21+128], [%r11], 128, [%r20];
mad.lo.s32 %r25, %r17, 128, %r13; ld.param.u64 %rd10, [p_in]; mad.wide.u32 %rd10, %r17, 128, %rd10; mov.b16 %h1, 3;
cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes.multicast::cluster [%r25], [%rd10], 128, [%r10], %h1;
mapa.shared::cluster.u32 %r26, %r13, %r18;
cp.async.bulk.shared::cluster.shared::cta.mbarrier::complete_tx::bytes [%r26+256], [%r11+128], 128, [%r20];
$wait: mbarrier.try_wait.parity.acquire.cluster.shared::cta.b64 %p3, [%r10], 0; @!%p3 bra $wait;
and.b32 %r30, %r2, 7; mad.lo.s32 %r31, %r30, 16, %r12; ld.shared.v4.u32 {%r32, %r33, %r34, %r35}, [%r31];
mad.lo.s32 %r36, %r2, 4, %r12; ld.shared.u32 %r37, [%r36+128]; mad.lo.s32 %r38, %r2, 4, %r13;
ld.shared.u32 %r39, [%r38]; ld.shared.u32 %r40, [%r38+128]; ld.shared.u32 %r41, [%r38+256]; ld.shared.u32 %r42, [%r14];
add.s32 %o, %r32, %r33; mad.lo.s32 %o, %r34, 7, %o; mad.lo.s32 %o, %r35, 9, %o; mad.lo.s32 %o, %r37, 3, %o;
mad.lo.s32 %o, %r39, 5, %o; mad.lo.s32 %o, %r40, 11, %o; mad.lo.s32 %o, %r41, 13, %o; mad.lo.s32 %o, %r42, 17, %o;
barrier.cluster.arrive.aligned; barrier.cluster.wait.aligned;)",
                                           "", ".reqnctapercluster 2,1,1");
  threads("cluster", cluster, 64, 32, [](In in, uint32_t t) {
    uint32_t lane = t % 32, peer = t / 32 ^ 1, k = lane & 7;
    uint32_t a = in[peer * 32 + k];
    return a + (a + 5) + k * 7 + peer * 9 + (in[peer * 32 + lane] + 1) * 3 + in[lane] * 5 +
           in[32 + lane] * 11 + in[peer * 32 + lane] * 13 + 496 * 17;
  });
  expectFault(replaced(cluster, "fence.proxy.async.shared::cta;", ""), "without fence.proxy.async",
              64, 32);
  expectFault(replaced(cluster, "_, [%r10], 768", "_, [%r10], 640"),
              "asynchronous data|undefined|exits before|race|deadlock", 64, 32);
  expectFault(replaced(cluster, "%h1, 3;", "%h1, 7;"), "mask of blocks", 64, 32);
}

static void stores() {
  // Bulk stores in groups: the source is free again when its group has been read.
  const std::string text = threadKernel(R"(
.shared .align 128 .b8 words[512];
mov.u32 %r10, words; mov.u32 %r20, 0; mad.lo.s32 %r11, %r2, 4, %r10; setp.ne.u32 %p1, %r2, 0;
ld.param.u64 %rd10, [p_out];
$loop:
and.b32 %r12, %r20, 1; shl.b32 %r12, %r12, 8; add.s32 %r13, %r11, %r12; add.s32 %r14, %r10, %r12;
@!%p1 cp.async.bulk.wait_group.read 1;
bar.sync 0; // the stage is free
mad.lo.s32 %r15, %r20, 64, %r2; st.shared.u32 [%r13], %r15; fence.proxy.async; bar.sync 0;
@!%p1 cp.async.bulk.global.shared::cta.bulk_group [%rd10], [%r14], 256; @!%p1 cp.async.bulk.commit_group;
add.s64 %rd10, %rd10, 256; add.s32 %r20, %r20, 1; setp.lt.u32 %p2, %r20, 8; @%p2 bra $loop;
@!%p1 cp.async.bulk.wait_group 0;
exit; mov.u32 %o, 0;)");
  threads("bulk stores", text, 512, 512 / 8, [](In, uint32_t t) { return t; }, nullptr);
  expectFault(replaced(text, "wait_group.read 1", "wait_group.read 2"),
              "asynchronous data used too early: writes", 64, 64);
  expectFault(replaced(text, "bar.sync 0; // the stage is free", ""),
              "asynchronous data used too early: writes", 64, 64);
  expectFault(replaced(text, "@!%p1 cp.async.bulk.wait_group 0;", ""), "exits while a bulk copy",
              64, 64);
}

int main() {
  rings();
  states();
  copies();
  stores();
  return failures != 0;
}
