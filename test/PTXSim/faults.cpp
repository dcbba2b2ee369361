// Kernels that are right pass in every order of blocks and warps; with a fault planted, the fault
// is found and said where it is.
//
// RUN: %cxx -std=c++17 -O1 -I%include %s %build/lib/libnormcPTXSim.a -o %t && %t

#include "Inputs/harness.h"
#include "Inputs/kernels.h"

static const Order orders[] = {Order::Forward, Order::Reverse, Order::Random, Order::Skewed};

struct Setup {
  Launch launch;
  Access inputAccess = Access::ReadOnly;
  uint64_t inputOffset = 0, outputOffset = 0;
  int64_t shorten = 0; // bytes that the output buffer lacks
  bool mustWrite = true;
};

/// Runs one of the kernels on data of its own; `good` says whether results were right.
static Result runKernel(const std::string &text, const std::string &entry, Setup setup,
                        bool *good) {
  Result result;
  Module module;
  result.error = module.parse(text);
  if (!result.ok())
    return result;
  std::vector<float> x(2048), y(2048, -1), out(2048, -1);
  for (int i = 0; i < 2048; ++i)
    x[i] = float(i % 61) - 20;
  Memory memory;
  uint64_t bytes = entry == "row_sum" ? 4 * 300 * 4 : entry == "cluster_sum" ? 8 * 64 * 4 : 8192;
  uint64_t outBytes = entry == "row_sum"       ? 16
                      : entry == "cluster_sum" ? 32
                      : entry == "neighbours"  ? 512
                                               : 8192;
  BufferOptions inOptions, outOptions;
  inOptions.offset = setup.inputOffset;
  outOptions.offset = setup.outputOffset;
  outOptions.mustWrite = setup.mustWrite;
  uint64_t px = memory.add("x", x.data(), bytes, setup.inputAccess, inOptions);
  uint64_t py = memory.add("y", y.data(), outBytes - setup.shorten, Access::ReadWrite, outOptions);
  Launch launch = setup.launch;
  launch.entry = entry;
  uint64_t pout = 0;
  uint32_t n = 300;
  if (entry == "row_sum") {
    pout = memory.add("out", out.data(), bytes, Access::WriteOnly, outOptions);
    launch.grid = {4, 1, 1};
    launch.block = launch.block.count() == 1 ? Dim3{128, 1, 1} : launch.block;
    launch.arguments = {&px, &py, &pout, &n};
  } else if (entry == "cluster_sum") {
    launch.grid = launch.grid.count() == 1 ? Dim3{8, 1, 1} : launch.grid;
    launch.block = launch.block.count() == 1 ? Dim3{64, 1, 1} : launch.block;
    launch.arguments = {&px, &py};
  } else if (entry == "neighbours") {
    launch.grid = {4, 1, 1};
    launch.block = {32, 1, 1};
    launch.arguments = {&py};
  } else {
    launch.grid = {entry == "bulk" ? 4u : 1u, 1, 1};
    launch.block = {128, 1, 1};
    launch.arguments = {&px, &py};
  }
  result = run(module, memory, launch);
  bool right = true;
  if (entry == "row_sum")
    for (int row = 0; row < 4; ++row) {
      double sum = 0;
      for (int i = 0; i < 300; ++i)
        sum += x[row * 300 + i];
      right &= y[row] == sum;
      for (int i = 0; i < 300; ++i)
        right &= out[row * 300 + i] == x[row * 300 + i] / float(sum);
    }
  else if (entry == "cluster_sum")
    for (int block = 0; block < 8; ++block) {
      double sum = 0;
      for (int i = 0; i < 256; ++i)
        sum += x[block / 4 * 256 + i];
      right &= y[block] == sum;
    }
  else
    for (int i = 0; i < (entry == "neighbours" ? 128 : 2048); ++i) {
      uint32_t u = bits(y[i]);
      int tile = i / 512, t = i % 512 / 4;
      right &= entry == "neighbours" ? u == uint32_t((i / 32 + 1) % 4 * 100 + i % 32)
               : entry == "bulk"     ? y[i] == 2 * x[i]
                                     : y[i] == x[tile * 512 + (127 - t) * 4 + i % 4];
    }
  *good = right;
  return result;
}

static std::string replaced(std::string text, const std::string &from, const std::string &to) {
  size_t at = text.find(from);
  if (at == std::string::npos) {
    ++failures;
    printf("no '%s' in the kernel\n", from.c_str());
    return text;
  }
  return text.replace(at, from.size(), to);
}

static void expectGood(const char *text, const char *entry) {
  for (Order order : orders)
    for (uint64_t seed = 1; seed <= 9; ++seed) {
      Setup setup;
      setup.launch.order = order;
      setup.launch.seed = seed;
      setup.launch.checkGlobalRaces = seed % 2;
      bool good = false;
      Result result = runKernel(text, entry, setup, &good);
      if (!result.ok() || !good) {
        ++failures;
        printf("%s, order %d, seed %d: %s\n", entry, int(order), int(seed),
               result.ok() ? "wrong results" : result.error.c_str());
      }
      for (const BufferTraffic &buffer : result.statistics.buffers)
        CHECK(buffer.bytesWrittenTwice == 0);
    }
}

static bool hasOneOf(const std::string &text, const std::string &parts) {
  for (size_t at = 0; at <= parts.size();) {
    size_t end = std::min(parts.find('|', at), parts.size());
    if (text.find(parts.substr(at, end - at)) != std::string::npos)
      return true;
    at = end + 1;
  }
  return false;
}

/// In every order, whatever the seed, the message has one of `what`, separated by '|', and is about
/// the instruction that has one of `where`.
static void expectFault(const std::string &text, const char *entry, const std::string &what,
                        const std::string &where = "", const Setup &change = Setup()) {
  for (Order order : orders)
    for (uint64_t seed = 1; seed <= 3; ++seed) {
      Setup setup = change;
      setup.launch.order = order;
      setup.launch.seed = seed;
      bool good;
      Result result = runKernel(text, entry, setup, &good);
      bool here = hasOneOf(result.place.instruction, where);
      if (result.ok() || !hasOneOf(result.error, what) || !here) {
        ++failures;
        printf("expects '%s' at '%s' in order %d, but got: %s\n", what.c_str(), where.c_str(),
               int(order), result.error.c_str());
        return;
      }
      CHECK(where.empty() || result.place.line > 0);
    }
}

static void memoryFaults() {
  // Out of bounds: one column too many, and a buffer that is too short.
  expectFault(replaced(rowSum, "setp.ge.u32 %p5, %r6, %r1", "setp.gt.u32 %p5, %r6, %r1"), "row_sum",
              "outside of all buffers", "ld.global.nc.f32 %f11");
  Setup shortOutput;
  shortOutput.shorten = 4;
  expectFault(rowSum, "row_sum", "behind the end of y of 12 bytes", "st.global.f32 [%rd7]",
              shortOutput);
  expectFault(replaced(pipeline, "sub.s32 %r6, 2032", "sub.s32 %r6, 2048"), "pipeline", "",
              "ld.shared");
  expectFault(replaced(rowSum, "ld.shared.v4.f32 {%f4, %f5, %f6, %f7}, [%r13]",
                       "ld.shared.v4.f32 {%f4, %f5, %f6, %f7}, [%r13+16]"),
              "row_sum", "outside of shared memory", "ld.shared");
  // Misaligned: the buffer, shared memory, a parameter.
  Setup odd;
  odd.inputOffset = 2;
  expectFault(rowSum, "row_sum", "misaligned access of 4 bytes", "ld.global.nc.f32 %f2", odd);
  Setup half;
  half.outputOffset = 8;
  expectFault(pipeline, "pipeline", "misaligned access of 16 bytes", "st.global.v4", half);
  expectFault(replaced(rowSum, "[%r13];", "[%r13+8];"), "row_sum", "misaligned", "ld.shared");
  expectFault(replaced(rowSum, "ld.param.u64 %rd3, [p_out]", "ld.param.u64 %rd3, [p_out+4]"),
              "row_sum", "misaligned", "ld.param");
  expectFault(replaced(rowSum, "ld.param.u32 %r1, [p_n]", "ld.param.u32 %r1, [p_n+4]"), "row_sum",
              "outside of the parameters", "ld.param");
  // A store into what is only read; a non-coherent load of what is written.
  expectFault(replaced(rowSum, "add.s64 %rd8, %rd3, %rd4", "add.s64 %rd8, %rd1, %rd4"), "row_sum",
              "writes to the read-only buffer x", "st.global.f32 [%rd8]");
  Setup writable;
  writable.inputAccess = Access::ReadWrite;
  expectFault(replaced(rowSum, "add.s64 %rd8, %rd3, %rd4", "add.s64 %rd8, %rd1, %rd4"), "row_sum",
              "by ld.global.nc", "st.global.f32 [%rd8]", writable);
  expectFault(replaced(replaced(rowSum, "add.s64 %rd9, %rd1, %rd4", "add.s64 %rd9, %rd3, %rd4"),
                       "ld.global.nc.f32 %f11", "ld.global.f32 %f11"),
              "row_sum", "reads from the write-only buffer out", "ld.global");
  // Nothing written, and half of it.
  expectFault(replaced(rowSum, "@!%p4 st.global",
                       "@%p3 bra $next; @%p4 st.global.f32 [%rd7], %f10; "
                       "$next: @%p5 st.global"),
              "row_sum", "undefined value as predicate");
  expectFault(replaced(bulk, "mul.wide.u32 %rd3, %r5, 2048", "mul.wide.u32 %rd3, 0, 2048"), "bulk",
              "leaves byte 2048 of y unwritten");
}

static void undefinedFaults() {
  expectFault(replaced(rowSum, "  mov.f32 %f1, 0f00000000;\n", ""), "row_sum", "undefined value",
              "st.global");
  expectFault(replaced(rowSum, "  mov.u32 %r6, %r2;\n", ""), "row_sum",
              "compares an undefined value", "setp.ge.u32 %p1");
  expectFault(replaced(rowSum, "add.s64 %rd5, %rd1, %rd4", "add.s64 %rd5, %rd1, %rd19"), "row_sum",
              "undefined value as address", "ld.global.nc");
  expectFault(replaced(rowSum, "@!%p4 st", "@!%p8 st"), "row_sum", "undefined value as predicate",
              "st.global");
  // Shared memory that one warp did not write.
  expectFault(replaced(rowSum, "  st.shared.f32 [%r16], %f1;",
                       "  setp.eq.s32 %p8, %r14, 2; @%p8 bra "
                       "$skip; st.shared.f32 [%r16], %f1;"),
              "row_sum", "stores an undefined value to", "st.global");
}

static void collectiveFaults() {
  // A shuffle that some lanes never reach, by a branch around it and by an early exit.
  expectFault(
      replaced(rowSum, "  shfl.sync.bfly.b32 %r11, %r10, 16",
               "  setp.eq.s32 %p8, %r2, 5; @%p8 bra $skip; shfl.sync.bfly.b32 %r11, %r10, 16"),
      "row_sum", "divergent warp collective", "shfl.sync");
  expectFault(replaced(rowSum, "  shfl.sync.bfly.b32 %r11, %r10, 16",
                       "  setp.eq.s32 %p8, %r2, 5; @%p8 exit; shfl.sync.bfly.b32 %r11, %r10, 16"),
              "row_sum", "the member mask names lane 5, which has exited", "shfl.sync");
  expectFault(replaced(rowSum, "%r10, 16, 31, -1", "%r10, 16, 31, 0xffff"), "row_sum",
              "member mask", "shfl.sync");
  Setup partial;
  expectFault(
      replaced(replaced(rowSum, ".reqntid 128, 1, 1", ""), "p_n\n)", "p_n\n) .maxntid 128, 1, 1"),
      "row_sum", "which does not exist", "shfl.sync", [&] {
        partial.launch.block = {120, 1, 1};
        return partial;
      }());
}

static void barrierFaults() {
  // Some threads exit first; some wait at another barrier; the count is no multiple of a warp.
  expectFault(
      replaced(rowSum, "  bar.sync 0;", "  setp.gt.u32 %p8, %r2, 95; @%p8 exit; bar.sync 0;"),
      "row_sum", "32 threads of the block have exited", "bar.sync");
  expectFault(replaced(rowSum, "  bar.sync 0;",
                       "  setp.gt.u32 %p8, %r2, 95; @%p8 bar.sync 1; @!%p8 bar.sync 0;"),
              "row_sum", "divergent barrier", "bar.sync");
  expectFault(replaced(rowSum, "  bar.sync 0;",
                       "  setp.eq.s32 %p8, %r2, 3; @%p8 bar.sync 1; @!%p8 bar.sync 0;"),
              "row_sum", "divergent barrier", "bar.sync");
  expectFault(replaced(rowSum, "  bar.sync 0;", "  bar.sync 0, 100;"), "row_sum", "multiple of 32",
              "bar.sync");
  expectFault(replaced(rowSum, "  bar.sync 0;", "  bar.sync 0, 256;"), "row_sum",
              "expects 256 threads", "bar.sync");
  expectFault(replaced(rowSum, "  bar.sync 0;", "  bar.sync 17;"), "row_sum", "barrier 0 to 15",
              "bar.sync");
  // Deadlocks: a transaction too much, a block that does not come.
  expectFault(replaced(clusterSum, "_, [%r2], 32", "_, [%r2], 36"), "cluster_sum", "deadlock",
              "try_wait");
  expectFault(replaced(bulk, "_, [%r2], 2048", "_, [%r2], 2064"), "bulk", "deadlock", "try_wait");
  expectFault(
      replaced(neighbours, "  add.s32 %r7, %r2, 1;", "  bar.sync 1, 64; add.s32 %r7, %r2, 1;"),
      "neighbours", "expects 64 threads", "bar.sync");
  expectFault(replaced(neighbours, "  barrier.cluster.wait.acquire.aligned;", ""), "neighbours",
              "may not have started|arrives twice", "ld.shared::cluster|barrier.cluster.arrive");
  expectFault(replaced(neighbours, "  barrier.cluster.arrive.release.aligned;", ""), "neighbours",
              "without having arrived", "barrier.cluster.wait");
}

static void races() {
  expectFault(
      replaced(rowSum, "  bar.sync 0;\n", ""), "row_sum",
      "race in shared memory: reads what warp|race in shared memory: writes what warp|undefined",
      "ld.shared|st.shared|st.global");
  expectFault(replaced(pipeline, "  bar.sync 0; // the stage is free\n", ""), "pipeline",
              "race in shared memory: writes what warp|asynchronous data used too early",
              "cp.async.cg|ld.shared");
  expectFault(
      replaced(rowSum, "  ld.shared.v4.f32", "  st.shared.f32 [%r13], %f1; ld.shared.v4.f32"),
      "row_sum", "race", "st.shared.f32 [%r13]|ld.shared");
  // Lanes of one warp with nothing between them.
  const std::string swap = R"(.version 8.1
.target sm_90
.address_size 64
.visible .entry neighbours(.param .u64 p_y)
{
  .reg .b32 %r<20>; .reg .b64 %rd<9>; .shared .align 4 .b8 mine[128];
  mov.u32 %r1, %tid.x;
  mov.u32 %r4, mine;
  shl.b32 %r5, %r1, 2;
  add.s32 %r6, %r4, %r5;
  st.shared.u32 [%r6], %r1;
  bar.warp.sync -1;
  xor.b32 %r7, %r5, 4;
  add.s32 %r8, %r4, %r7;
  ld.shared.u32 %r10, [%r8];
  ret;
}
)";
  Setup any;
  any.mustWrite = false;
  expectFault(replaced(swap, "  bar.warp.sync -1;\n", ""), "neighbours",
              "race in shared memory: reads "
              "what warp 0 lane 1 wrote",
              "ld.shared", any);
  bool good;
  CHECK(runKernel(swap, "neighbours", any, &good).ok());
  CHECK(runKernel(replaced(swap, "  bar.warp.sync -1;", "shfl.sync.idx.b32 %r11, %r1, 0, 31, -1;"),
                  "neighbours", any, &good)
            .ok());
  // Halves of a warp may synchronize alone, with those who are meant.
  CHECK(runKernel(replaced(swap, "bar.warp.sync -1",
                           "shr.u32 %r12, %r1, 1; shl.b32 %r12, %r12, 1; "
                           "shl.b32 %r13, 3, %r12; bar.warp.sync %r13"),
                  "neighbours", any, &good)
            .ok());
  expectFault(replaced(swap, "bar.warp.sync -1", "shl.b32 %r13, 1, %r1; bar.warp.sync %r13"),
              "neighbours", "race in shared memory", "ld.shared", any);
  expectFault(replaced(swap, "st.shared.u32 [%r6]", "st.shared.u32 [mine]"), "neighbours",
              "race inside of one store", "st.shared", any);
  // Between blocks, in global memory.
  Setup global;
  global.launch.checkGlobalRaces = true;
  expectFault(replaced(rowSum, "mul.wide.u32 %rd6, %r3, 4", "mul.wide.u32 %rd6, 0, 4"), "row_sum",
              "race in y", "st.global.f32 [%rd7]", global);
}

static void asyncFaults() {
  expectFault(replaced(pipeline, "wait_group 1", "wait_group 2"), "pipeline",
              "asynchronous data used too early", "ld.shared");
  expectFault(replaced(pipeline, "  cp.async.wait_group 1;\n", ""), "pipeline",
              "asynchronous data used too early", "ld.shared");
  expectFault(replaced(pipeline, "  bar.sync 0; // data are there\n", ""), "pipeline",
              "asynchronous data used too early|undefined value|race in shared memory",
              "ld.shared|st.global|cp.async");
  const char *waitLoop =
      "  mbarrier.try_wait.parity.shared::cta.b64 %p2, [%r2], 0;\n  @!%p2 bra $wait;\n";
  expectFault(replaced(bulk, waitLoop, ""), "bulk", "asynchronous data used too early",
              "ld.shared");
  // The wrong parity is over already, or waited for in vain.
  expectFault(replaced(bulk, "%p2, [%r2], 0;", "%p2, [%r2], 1;"), "bulk",
              "asynchronous data used too early|deadlock", "ld.shared|try_wait");
  // Only one thread waits.
  expectFault(replaced(bulk, "$wait:\n", "@%p1 bra $all; $wait:\n"), "bulk",
              "expects a label $all");
  expectFault(replaced(replaced(bulk, "$wait:\n", "@%p1 bra $all;\n$wait:\n"),
                       "  shl.b32 %r6, %r1, 4;", "$all: shl.b32 %r6, %r1, 4;"),
              "bulk", "asynchronous data used too early", "ld.shared");
  expectFault(replaced(bulk, "  cp.async.bulk.wait_group.read 0;\n", ""), "bulk",
              "exits while a bulk copy still reads its shared memory", "ret");
  expectFault(replaced(bulk, "  cp.async.bulk.wait_group.read 0;\n",
                       "  st.shared.f32 [%r4], %f1; cp.async.bulk.wait_group.read 0;\n"),
              "bulk", "asynchronous data used too early: writes", "st.shared.f32");
  expectFault(replaced(bulk, "  fence.proxy.async.shared::cta; // before the copy out\n", ""),
              "bulk", "wrote, without fence.proxy.async between", "cp.async.bulk.global");
  expectFault(
      replaced(replaced(bulk, "  fence.proxy.async.shared::cta; // before the copy out\n", ""),
               "  st.shared.v4.f32", "  fence.proxy.async.shared::cta;\n  st.shared.v4.f32"),
      "bulk", "wrote, without fence.proxy.async between", "cp.async.bulk.global");
  expectFault(replaced(bulk, "  bar.sync 0; // before the copy out\n", ""), "bulk",
              "race in shared memory", "cp.async.bulk.global");
  expectFault(replaced(clusterSum, "mbarrier.try_wait.parity.shared::cta.b64 %p4, [%r2], 0;",
                       "setp.eq.s32 %p4, 0, 0;"),
              "cluster_sum",
              "asynchronous data used too early|undefined value|exits before copies|has exited",
              "ld.shared|st.global|ret|st.async");
  // The block is gone, or not there yet.
  expectFault(replaced(neighbours,
                       "  barrier.cluster.arrive.aligned; // before the end\n"
                       "  barrier.cluster.wait.aligned;\n",
                       ""),
              "neighbours", "a cluster barrier is missing before");
  expectFault(replaced(neighbours,
                       "  barrier.cluster.arrive.release.aligned;\n"
                       "  barrier.cluster.wait.acquire.aligned;\n",
                       ""),
              "neighbours", "which may not have started", "ld.shared::cluster");
  expectFault(replaced(neighbours, "barrier.cluster.arrive.release.aligned",
                       "barrier.cluster.arrive.relaxed.aligned"),
              "neighbours", "which may not have started", "ld.shared::cluster");
}

static void mbarrierFaults() {
  expectFault(replaced(bulk, "  mbarrier.init.shared::cta.b64 [%r2], 1;\n", ""), "bulk",
              "mbarrier that is not initialized", "mbarrier");
  expectFault(replaced(bulk, "  bar.sync 0;\n$wait", "$wait"), "bulk", "mbarrier", "try_wait");
  expectFault(replaced(bulk, "init.shared::cta.b64 [%r2]", "init.shared::cta.b64 [%r2+4]"), "bulk",
              "misaligned", "mbarrier.init");
  expectFault(replaced(bulk, "_, [%r2], 2048;",
                       "_, [%r2], 2048; mbarrier.arrive.shared::cta.b64 _, [%r2], 2;"),
              "bulk", "", "mbarrier.arrive");
  expectFault(replaced(bulk, "_, [%r2], 2048;",
                       "_, [%r2], 1048000; mbarrier.expect_tx.shared::cta.b64 [%r2], 2048;"),
              "bulk", "transaction count is out of range", "expect_tx");
  expectFault(replaced(bulk, "  fence.proxy.async.shared::cta;\n",
                       "  mbarrier.init.shared::cta.b64 [%r2], 1;\n"),
              "bulk", "again that is in use", "mbarrier.init");
  expectFault(replaced(bulk, "[%r2], 1;", "[%r2], 0;"), "bulk", "1 to 1048575 arrivals",
              "mbarrier.init");
  expectFault(
      replaced(bulk, "  shl.b32 %r6, %r1, 4;", "  st.shared.u32 [%r2], %r1; shl.b32 %r6, %r1, 4;"),
      "bulk", "writes the bytes of an mbarrier", "st.shared.u32");
}

static void launchFaults() {
  Setup setup;
  setup.launch.block = {64, 2, 1};
  expectFault(rowSum, "row_sum", "expects blocks of .reqntid 128 x 1 x 1", "", setup);
  setup.launch.block = {96, 1, 1};
  expectFault(clusterSum, "cluster_sum", "expects at most .maxntid 64 x 1 x 1 threads", "", setup);
  setup = Setup();
  setup.launch.cluster = {2, 1, 1};
  expectFault(clusterSum, "cluster_sum", "expects clusters of .reqnctapercluster 4 x 1 x 1", "",
              setup);
  setup = Setup();
  setup.launch.grid = {6, 1, 1};
  expectFault(clusterSum, "cluster_sum", "expects a grid of whole clusters", "", setup);
  setup = Setup();
  setup.launch.maxShared = 4096;
  setup.launch.dynamicShared = 2048;
  expectFault(pipeline, "pipeline", "expects at most 4096 bytes of shared memory, but got 6144", "",
              setup);
  setup = Setup();
  setup.launch.maxInstructions = 20000;
  expectFault(replaced(rowSum, "  add.s32 %r6, %r6, 128;\n", ""), "row_sum",
              "outside of all buffers");
  expectFault(replaced(clusterSum, "shr.u32 %r6, %r6, 1", "shr.u32 %r6, %r6, 0"), "cluster_sum",
              "did not end within 20000 instructions", "", setup);
  expectFault(replaced(rowSum, "$end:\n", "$end:\n  trap;\n"), "row_sum", "trap", "trap");
}

// What is no error, but counted: bytes that several threads write.
static void writtenTwice() {
  Setup setup;
  bool good;
  Result result =
      runKernel(replaced(rowSum, "@!%p4 st.global", "st.global"), "row_sum", setup, &good);
  CHECK(result.ok() && good && result.statistics.buffers[1].bytesWrittenTwice == 4 * 127 * 4);
  CHECK(result.statistics.buffers[1].bytesStored == 4 * 128 * 4);
  CHECK(result.statistics.buffers[1].sectorsStored == 4 * 4 * 32);
}

static void dependentLaunches() {
  const std::string copy = R"(.version 8.1
.target sm_90
.address_size 64
.visible .entry copy(.param .u64 p_x, .param .u64 p_y)
{
  .reg .b32 %r<4>; .reg .b64 %rd<6>;
  mov.u32 %r1, %tid.x;
  mul.wide.u32 %rd1, %r1, 4;
  ld.param.u64 %rd2, [p_x];
  ld.param.u64 %rd3, [p_y];
  add.s64 %rd2, %rd2, %rd1;
  add.s64 %rd3, %rd3, %rd1;
  griddepcontrol.wait;
  ld.global.u32 %r2, [%rd2];
  add.s32 %r2, %r2, 1;
  st.global.u32 [%rd3], %r2;
  griddepcontrol.launch_dependents;
  ret;
}
)";
  for (bool waits : {true, false}) {
    Module module;
    CHECK(module.parse(waits ? copy : replaced(copy, "  griddepcontrol.wait;\n", "")).empty());
    uint32_t a[64] = {}, b[64] = {};
    Memory memory;
    uint64_t pa = memory.add("a", a, sizeof a, Access::ReadWrite);
    uint64_t pb = memory.add("b", b, sizeof b, Access::ReadWrite);
    Step first, second;
    first.module = second.module = &module;
    first.launch.entry = second.launch.entry = "copy";
    first.launch.block = second.launch.block = {64, 1, 1};
    first.launch.arguments = {&pa, &pb};
    second.launch.arguments = {&pb, &pa};
    second.dependent = true;
    std::vector<Result> results = launchSequence({first, second}, memory);
    CHECK(results.size() == 2 && results[0].ok());
    CHECK(results[1].ok() == waits);
    CHECK(waits || results[1].error.find("reads b, which the kernel before it writes, without "
                                         "griddepcontrol.wait") != std::string::npos);
    CHECK(!waits || (a[7] == 2 && results[1].statistics.dependencyWaits == 2));
    second.dependent = false;
    memory.forgetWrites();
    CHECK(launchSequence({first, second}, memory)[1].ok());
  }
}

int main() {
  expectGood(rowSum, "row_sum");
  expectGood(clusterSum, "cluster_sum");
  expectGood(neighbours, "neighbours");
  expectGood(pipeline, "pipeline");
  expectGood(bulk, "bulk");
  memoryFaults();
  undefinedFaults();
  collectiveFaults();
  barrierFaults();
  races();
  asyncFaults();
  mbarrierFaults();
  launchFaults();
  writtenTwice();
  dependentLaunches();
  return failures != 0;
}
