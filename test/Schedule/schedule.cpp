// RUN: normc-test-schedule | FileCheck %s
//
// The chooser as a table: a target and a shape in each line, then what was chosen.

#include "normc/Schedule/Schedule.h"
#include "normc/Schedule/GPUSchedule.h"

#include <cstdio>

using namespace mlir::norm;

static const CPUTarget sse{128, 16, 0, false}, avx2{256, 16, 32, false}, avx512{512, 32, 8, false},
    avx512bf16{512, 32, 8, true};

static void print(const char *name, const CPUTarget &target, GroupShape shape) {
  Schedule s = chooseSchedule(target, shape);
  std::printf(
      "%s: width %d accumulators %d masked %d rows %d task %d pipelined %d columns %d straight %d "
      "interleaved %d "
      "stream rows %d columns %d pipelined %d groups %d mixed %d block %d split %d\n",
      name, int(s.width), int(s.accumulators), s.masked, int(s.rows), int(s.task), s.pipelined,
      int(s.columns), s.straight, s.interleaved, int(s.streamRows), int(s.streamColumns),
      s.streamPipelined, int(s.groups), s.mixed, int(s.block), int(s.split));
}

static GroupShape row(int64_t extent, int64_t narrow = 32, bool isBF16 = false,
                      bool accumulates = false) {
  GroupShape shape;
  shape.extent = extent;
  shape.reduces = shape.isRow = shape.stores = true;
  shape.narrowestBits = narrow;
  shape.isBF16 = isBF16;
  shape.accumulates = accumulates;
  shape.lanes = 64;
  return shape;
}

static GroupShape channels(int64_t extent, int64_t rows = 0) {
  GroupShape shape;
  shape.extent = extent;
  shape.groupRows = rows;
  shape.lanesAreGroups = shape.reduces = true;
  return shape;
}

static GroupShape neighbours(int64_t groups, int64_t extent) {
  GroupShape shape;
  shape.extent = extent;
  shape.neighbours = groups;
  shape.mixes = shape.reduces = true;
  shape.lanes = 64;
  return shape;
}

static void printGPU(const char *name, TeamShape shape, int64_t arch = 90) {
  for (const GPUSchedule &s : chooseGPUSchedules(GPUTarget{arch}, shape))
    std::printf("%s: up to %d: width %d threads %d groups %d units %d cluster %d blocks %d\n", name,
                int(s.most), int(s.width), int(s.threads), int(s.groups), int(s.units),
                int(s.cluster), int(s.blocks));
}

/// Rows of f32, or of 16-bit elements; 0: of any length.
static TeamShape gpuRow(int64_t extent, bool narrow = false, int64_t streams = 1,
                        int64_t sums = 0) {
  TeamShape shape;
  shape.elements = shape.extent = extent;
  shape.unit = narrow ? 8 : 4;
  shape.keptBits = narrow ? 16 : 32;
  shape.streams = streams;
  shape.sums = sums;
  shape.accumulates = sums != 0;
  return shape;
}

int main() {
  // Short rows go together, as many as there are registers for.
  // CHECK: avx512 64: width 16 accumulators 16 masked 1 rows 8 task 128 pipelined 1 columns 0
  // straight 1 interleaved 0 interleaved 0
  print("avx512 64", avx512, row(64));
  // CHECK: avx2 64: width 8 accumulators 8 masked 1 rows 4 task 128 pipelined 1 columns 0 straight
  // 1 interleaved 0 interleaved 0
  print("avx2 64", avx2, row(64));
  // CHECK: sse 64: width 4 accumulators 8 masked 0 rows 4 task 128 pipelined 1 columns 0 straight 1
  // interleaved 0 interleaved 0
  print("sse 64", sse, row(64));
  // CHECK: avx512 512: width 16 accumulators 16 masked 1 rows 1 task 16 pipelined 1 columns 0
  // straight 0 interleaved 0 interleaved 0
  print("avx512 512", avx512, row(512));
  // Longer ones one or two at a time: the next is summed while one is stored, if all of them fit
  // the first cache. CHECK: avx512 513: width 16 accumulators 16 masked 1 rows 1 task 8 pipelined 1
  // straight 0 interleaved 0
  print("avx512 513", avx512, row(513));
  // CHECK: avx512 4096: width 16 accumulators 16 masked 1 rows 4 task 4 pipelined 0 columns 512
  // straight 0 interleaved 0 interleaved 0
  print("avx512 4096", avx512, row(4096));
  // CHECK: avx512 ?: width 16 accumulators 16 masked 1 rows 1 task 8 pipelined 1 columns 512
  // straight 0 interleaved 0 interleaved 0
  print("avx512 ?", avx512, row(0));
  // bf16 fills a register with a chunk where conversions come in pairs.
  // CHECK: avx512 bf16: width 16 accumulators 16 masked 1 rows 2 task 8 pipelined 1 columns 0
  // straight 0 interleaved 0 interleaved 0
  print("avx512 bf16", avx512, row(1024, 16, true));
  // CHECK: avx512bf16 bf16: width 32 accumulators 8 masked 1 rows 2 task 8 pipelined 1 columns 0
  // straight 0 interleaved 1 interleaved 1
  print("avx512bf16 bf16", avx512bf16, row(1024, 16, true));
  // CHECK: avx512bf16 f16: width 16 accumulators 16 masked 1 rows 2 task 8 pipelined 1 columns 0
  // straight 0 interleaved 0 interleaved 0
  print("avx512bf16 f16", avx512bf16, row(1024, 16, false));
  // CHECK: avx512bf16 bf16 17: width 16 {{.*}} interleaved 0
  print("avx512bf16 bf16 17", avx512bf16, row(17, 16, true));
  // Past the cache, rows go one by one, but for the shortest and the longest.
  // Functions: one row at a time, and nothing beside erf.
  {
    GroupShape silu = row(1024), gelu = row(1024);
    silu.functionOps = 15;
    gelu.functionOps = 40;
    // CHECK: avx512 silu 1024: {{.*}} rows 1 task 8 pipelined 1
    print("avx512 silu 1024", avx512, silu);
    // CHECK: avx512 gelu 1024: {{.*}} rows 1 task 8 pipelined 0
    print("avx512 gelu 1024", avx512, gelu);
  }

  // CHECK: avx512 stream 64: {{.*}} stream rows 8 columns 0 pipelined 0
  print("avx512 stream 64", avx512, row(64));
  // CHECK: avx512 stream 256: {{.*}} stream rows 1 columns 0 pipelined 1
  print("avx512 stream 256", avx512, row(256));
  // CHECK: avx512 stream 4096: {{.*}} stream rows 4 columns 512 pipelined 0
  print("avx512 stream 4096", avx512, row(4096));
  // Nothing to store, no pipeline.
  {
    GroupShape shape = row(1024);
    shape.stores = false;
    // CHECK: avx512 sums 1024: {{.*}} rows 2 task 8 pipelined 0
    print("avx512 sums 1024", avx512, shape);
  }
  // AVX2 has no masks for elements of 16 bits.
  // CHECK: avx2 bf16: width 8 accumulators 8 masked 0 rows 2
  print("avx2 bf16", avx2, row(1024, 16, true));
  // Threads share a long group, but not one whose rows are summed.
  {
    GroupShape shape = row(131072);
    shape.elements = 131072;
    // CHECK: avx512 131072: width 16 accumulators 16 masked 1 rows 4 {{.*}} split 4
    print("avx512 131072", avx512, shape);
    shape.elements = 131071;
    // CHECK: avx512 131071: {{.*}} split 0
    print("avx512 131071", avx512, shape);
    shape.elements = 131072;
    shape.accumulates = true;
    // CHECK: avx512 acc 131072: {{.*}} split 0
    print("avx512 acc 131072", avx512, shape);
  }
  // Partial sums share registers with the rows.
  // CHECK: avx512 acc 256: width 16 accumulators 16 masked 1 rows 2 task 32 pipelined 0 columns 0
  // straight 0 interleaved 0 interleaved 0
  print("avx512 acc 256", avx512, row(256, 32, false, true));
  // Lanes that are groups: whole lines of the cache, but no more than there are.
  // CHECK: avx512 channels 64: width 64 accumulators 16 masked 1 rows 1 task 1
  print("avx512 channels 64", avx512, channels(64));
  // CHECK: avx512 channels 24: width 16
  print("avx512 channels 24", avx512, channels(24));
  // Whole rows of channels, where their columns are longer than the first cache.
  // CHECK: avx512 channels 256: width 64 {{.*}} groups 1 mixed 0 block 4
  print("avx512 channels 256", avx512, channels(256));
  // CHECK: avx512 channels 4096: width 64 {{.*}} groups 1 mixed 0 block 16
  print("avx512 channels 4096", avx512, channels(4096));
  // CHECK: avx2 channels 4096: width 32 {{.*}} groups 1 mixed 0 block 32
  print("avx2 channels 4096", avx2, channels(4096));
  // CHECK: avx512 channels 256 of 16: width 64 {{.*}} groups 1 mixed 0 block 1
  print("avx512 channels 256 of 16", avx512, channels(256, 16));
  // Groups of 8 channels side by side.
  // CHECK: avx512 32 groups of 8: width 64 {{.*}} groups 8 mixed 0 block 4
  print("avx512 32 groups of 8", avx512, neighbours(32, 8));
  // CHECK: avx2 2 groups of 8: width 16 {{.*}} groups 2 mixed 0 block 1
  print("avx2 2 groups of 8", avx2, neighbours(2, 8));
  // Those that fill no vector, or may have any size, are mixed; not those that are whole vectors,
  // or have more elements than a sum has lanes. CHECK: avx512 32 groups of 10: width 16 {{.*}}
  // groups 1 mixed 1 block 1
  print("avx512 32 groups of 10", avx512, neighbours(32, 10));
  // CHECK: avx512 groups of ?: width 16 {{.*}} groups 1 mixed 1 block 1
  print("avx512 groups of ?", avx512, neighbours(0, 0));
  // CHECK: avx512 32 groups of 48: width 16 {{.*}} groups 1 mixed 0 block 1
  print("avx512 32 groups of 48", avx512, neighbours(32, 48));
  // CHECK: avx512 32 groups of 72: width 16 {{.*}} groups 1 mixed 0 block 1
  print("avx512 32 groups of 72", avx512, neighbours(32, 72));

  // On a GPU a thread takes 16 bytes at a time. Short rows share a warp, longer ones have a warp
  // for each segment of 1024 elements, and of narrow ones for each two.
  // CHECK: gpu 64: up to 64: width 4 threads 16 groups 8 units 1 cluster 1 blocks 1
  printGPU("gpu 64", gpuRow(64));
  // CHECK: gpu bf16 64: up to 64: width 8 threads 8 groups 16 units 1 cluster 1 blocks 1
  printGPU("gpu bf16 64", gpuRow(64, true));
  // As many blocks as a multiprocessor has registers for, where they are kept as they are in memory.
  // CHECK: gpu bf16 1024: up to 1024: width 8 threads 32 groups 4 units 4 cluster 1 blocks 8
  printGPU("gpu bf16 1024", gpuRow(1024, true));
  // CHECK: gpu bf16 4096: up to 4096: width 8 threads 128 groups 1 units 4 cluster 1 blocks 8
  printGPU("gpu bf16 4096", gpuRow(4096, true));
  // CHECK: gpu 4096: up to 4096: width 4 threads 128 groups 1 units 8 cluster 1 blocks 5
  printGPU("gpu 4096", gpuRow(4096));
  // CHECK: gpu bf16 16384: up to 16384: width 8 threads 256 groups 1 units 8 cluster 1 blocks 3
  printGPU("gpu bf16 16384", gpuRow(16384, true));
  // Neighbours are loaded together as far as rows are multiples of them.
  // CHECK: gpu 1002: up to 1024: width 2 threads 32 groups 4 units 8 cluster 1 blocks 5
  printGPU("gpu 1002", gpuRow(1002));
  // CHECK: gpu 127: up to 128: width 1 threads 32 groups 4 units 1 cluster 1 blocks 1
  printGPU("gpu 127", gpuRow(127));
  // From sm_90 on, blocks share longer ones. They are no longer than they have to be.
  // CHECK: gpu bf16 32768: up to 32768: width 8 threads 256 groups 1 units 8 cluster 2 blocks 3
  printGPU("gpu bf16 32768", gpuRow(32768, true));
  // CHECK: gpu bf16 100000: up to 131072: width 8 threads 256 groups 1 units 8 cluster 8 blocks 3
  printGPU("gpu bf16 100000", gpuRow(100000, true));
  // CHECK: gpu bf16 200000: up to 262144: width 8 threads 256 groups 1 units 16 cluster 8 blocks 1
  printGPU("gpu bf16 200000", gpuRow(200000, true));
  // Before, a block of 512 threads keeps what it can.
  // CHECK: gpu sm_80 bf16 32768: up to 32768: width 8 threads 512 groups 1 units 8 cluster 1 blocks 1
  printGPU("gpu sm_80 bf16 32768", gpuRow(32768, true), 80);
  // What does not fit is read again.
  // CHECK: gpu sm_80 bf16 100000: up to 0: width 8 threads 256 groups 1 units 0 cluster 1 blocks 1
  printGPU("gpu sm_80 bf16 100000", gpuRow(100000, true), 80);
  // CHECK: gpu bf16 300000: up to 0: width 8 threads 256 groups 1 units 0 cluster 1 blocks 1
  printGPU("gpu bf16 300000", gpuRow(300000, true));
  // Smaller multiprocessors have room for fewer threads.
  // CHECK: gpu sm_75 4096: up to 4096: width 4 threads 128 groups 1 units 8 cluster 1 blocks 5
  printGPU("gpu sm_75 4096", gpuRow(4096), 75);
  // Sums over rows need a block for each row, and registers for themselves.
  // CHECK: gpu backward 1024: up to 1024: width 8 threads 32 groups 4 units 4 cluster 1 blocks 1
  printGPU("gpu backward 1024", gpuRow(1024, true, 2, 2));
  // CHECK: gpu backward 2048: up to 2048: width 8 threads 64 groups 1 units 4 cluster 1 blocks 1
  printGPU("gpu backward 2048", gpuRow(2048, true, 2, 2));
  // CHECK: gpu backward 16384: up to 16384: width 8 threads 256 groups 1 units 4 cluster 2 blocks 1
  printGPU("gpu backward 16384", gpuRow(16384, true, 2, 2));
  // CHECK: gpu sm_80 backward 16384: up to 0: width 8 threads 256 groups 1 units 0 cluster 1 blocks 1
  printGPU("gpu sm_80 backward 16384", gpuRow(16384, true, 2, 2), 80);
  // Rows of any length have a list, the last for those that are longer.
  // CHECK: gpu any: up to 32: width 4 threads 8 groups 16 units 1 cluster 1 blocks 1
  // CHECK: gpu any: up to 128: width 4 threads 32 groups 4 units 1 cluster 1 blocks 1
  // CHECK: gpu any: up to 1024: width 4 threads 32 groups 4 units 8 cluster 1 blocks 5
  // CHECK: gpu any: up to 4096: width 4 threads 128 groups 1 units 8 cluster 1 blocks 5
  // CHECK: gpu any: up to 8192: width 4 threads 256 groups 1 units 8 cluster 1 blocks 2
  // CHECK: gpu any: up to 16384: width 4 threads 256 groups 1 units 16 cluster 1 blocks 1
  // CHECK: gpu any: up to 32768: width 4 threads 256 groups 1 units 16 cluster 2 blocks 1
  // CHECK: gpu any: up to 65536: width 4 threads 256 groups 1 units 16 cluster 4 blocks 1
  // CHECK: gpu any: up to 262144: width 4 threads 256 groups 1 units 32 cluster 8 blocks 1
  // CHECK: gpu any: up to 0: width 4 threads 256 groups 1 units 0 cluster 1 blocks 1
  printGPU("gpu any", gpuRow(0));
  // Sixteen of 8 bits are widened at once, and leave room for fewer blocks.
  TeamShape bytes = gpuRow(16384);
  bytes.unit = 16;
  bytes.keptBits = 8;
  // CHECK: gpu 8 bits: up to 16384: width 16 threads 256 groups 1 units 4 cluster 1 blocks 2
  printGPU("gpu 8 bits", bytes);
}
