/* Four kernels that are right, for faults to be planted in. */

#ifndef NORMC_TEST_PTXSIM_KERNELS_H
#define NORMC_TEST_PTXSIM_KERNELS_H

/* y[row] = sum of x[row][0..n), out[row][i] = x[row][i] / y[row]; one block of 128 threads a row.
 */
static const char rowSum[] = R"(.version 8.1
.target sm_90
.address_size 64
.visible .entry row_sum(
  .param .u64 .ptr .global .align 16 p_x, .param .u64 p_y, .param .u64 p_out, .param .u32 p_n
)
.reqntid 128, 1, 1
{
  .reg .pred %p<9>;
  .reg .b32 %r<40>;
  .reg .f32 %f<20>;
  .reg .b64 %rd<20>;
  .shared .align 16 .b8 red[16];
  ld.param.u64 %rd1, [p_x];
  ld.param.u64 %rd2, [p_y];
  ld.param.u64 %rd3, [p_out];
  ld.param.u32 %r1, [p_n];
  mov.u32 %r2, %tid.x;
  mov.u32 %r3, %ctaid.x;
  mul.lo.s32 %r4, %r3, %r1;
  add.s32 %r5, %r4, %r2;
  mul.wide.u32 %rd4, %r5, 4;
  add.s64 %rd5, %rd1, %rd4;
  mov.u32 %r6, %r2;
  mov.f32 %f1, 0f00000000;
$loop:
  setp.ge.u32 %p1, %r6, %r1;
  @%p1 bra $done;
  ld.global.nc.f32 %f2, [%rd5];
  add.rn.f32 %f1, %f1, %f2;
  add.s64 %rd5, %rd5, 512;
  add.s32 %r6, %r6, 128;
  bra.uni $loop;
$done:
  mov.b32 %r10, %f1;
  shfl.sync.bfly.b32 %r11, %r10, 16, 31, -1;
  mov.b32 %f3, %r11;
  add.rn.f32 %f1, %f1, %f3;
  mov.b32 %r10, %f1;
  shfl.sync.bfly.b32 %r11|%p2, %r10, 8, 31, -1;
  mov.b32 %f3, %r11;
  add.rn.f32 %f1, %f1, %f3;
  mov.b32 %r10, %f1;
  shfl.sync.bfly.b32 %r11, %r10, 4, 31, -1;
  mov.b32 %f3, %r11;
  add.rn.f32 %f1, %f1, %f3;
  mov.b32 %r10, %f1;
  shfl.sync.bfly.b32 %r11, %r10, 2, 31, -1;
  mov.b32 %f3, %r11;
  add.rn.f32 %f1, %f1, %f3;
  mov.b32 %r10, %f1;
  shfl.sync.bfly.b32 %r11, %r10, 1, 31, -1;
  mov.b32 %f3, %r11;
  add.rn.f32 %f1, %f1, %f3;
  and.b32 %r12, %r2, 31;
  setp.ne.s32 %p3, %r12, 0;
  mov.u32 %r13, red;
  @%p3 bra $skip;
  shr.u32 %r14, %r2, 5;
  shl.b32 %r15, %r14, 2;
  add.s32 %r16, %r13, %r15;
  st.shared.f32 [%r16], %f1;
$skip:
  bar.sync 0;
  ld.shared.v4.f32 {%f4, %f5, %f6, %f7}, [%r13];
  add.rn.f32 %f8, %f4, %f5;
  add.rn.f32 %f9, %f6, %f7;
  add.rn.f32 %f10, %f8, %f9;
  setp.ne.s32 %p4, %r2, 0;
  mul.wide.u32 %rd6, %r3, 4;
  add.s64 %rd7, %rd2, %rd6;
  @!%p4 st.global.f32 [%rd7], %f10;
  mov.u32 %r6, %r2;
  add.s64 %rd8, %rd3, %rd4;
  add.s64 %rd9, %rd1, %rd4;
$loop2:
  setp.ge.u32 %p5, %r6, %r1;
  @%p5 bra $end;
  ld.global.nc.f32 %f11, [%rd9];
  div.rn.f32 %f12, %f11, %f10;
  st.global.f32 [%rd8], %f12;
  add.s64 %rd8, %rd8, 512;
  add.s64 %rd9, %rd9, 512;
  add.s32 %r6, %r6, 128;
  bra.uni $loop2;
$end:
  ret;
}
)";

/* y[block] = sum of x over the four blocks of 64 threads of a cluster; each warp sends its sum to
   all blocks. */
static const char clusterSum[] = R"(.version 8.1
.target sm_90
.address_size 64
.visible .entry cluster_sum(.param .u64 p_x, .param .u64 p_y)
.explicitcluster
.reqnctapercluster 4, 1, 1
.maxntid 64, 1, 1
{
  .reg .pred %p<9>;
  .reg .b32 %r<40>;
  .reg .f32 %f<20>;
  .reg .b64 %rd<20>;
  .shared .align 8 .b8 bar[8];
  .shared .align 16 .b8 parts[32];
  mov.u32 %r1, %tid.x;
  mov.u32 %r2, bar;
  mov.u32 %r3, parts;
  setp.ne.s32 %p1, %r1, 0;
  @%p1 bra $ready;
  mbarrier.init.shared::cta.b64 [%r2], 1;
  fence.mbarrier_init.release.cluster;
  mbarrier.arrive.expect_tx.shared::cta.b64 _, [%r2], 32;
$ready:
  barrier.cluster.arrive.aligned;
  barrier.cluster.wait.aligned;
  ld.param.u64 %rd1, [p_x];
  mov.u32 %r4, %ctaid.x;
  mad.lo.s32 %r5, %r4, 64, %r1;
  mul.wide.u32 %rd2, %r5, 4;
  add.s64 %rd3, %rd1, %rd2;
  ld.global.f32 %f1, [%rd3];
  mov.u32 %r6, 16;
$tree:
  mov.b32 %r7, %f1;
  shfl.sync.bfly.b32 %r8, %r7, %r6, 31, -1;
  mov.b32 %f2, %r8;
  add.rn.f32 %f1, %f1, %f2;
  shr.u32 %r6, %r6, 1;
  setp.ne.s32 %p2, %r6, 0;
  @%p2 bra $tree;
  and.b32 %r9, %r1, 31;
  setp.gt.u32 %p3, %r9, 3;
  @%p3 bra $wait;
  mov.u32 %r10, %cluster_ctarank;
  shr.u32 %r11, %r1, 5;
  shl.b32 %r12, %r10, 1;
  add.s32 %r13, %r12, %r11;
  shl.b32 %r14, %r13, 2;
  add.s32 %r15, %r3, %r14;
  mapa.shared::cluster.u32 %r16, %r15, %r9;
  mapa.shared::cluster.u32 %r17, %r2, %r9;
  st.async.shared::cluster.mbarrier::complete_tx::bytes.f32 [%r16], %f1, [%r17];
$wait:
  mbarrier.try_wait.parity.shared::cta.b64 %p4, [%r2], 0;
  @!%p4 bra $wait;
  ld.shared.v4.f32 {%f3, %f4, %f5, %f6}, [%r3];
  ld.shared.v4.f32 {%f7, %f8, %f9, %f10}, [%r3+16];
  add.rn.f32 %f11, %f3, %f4;
  add.rn.f32 %f12, %f5, %f6;
  add.rn.f32 %f13, %f7, %f8;
  add.rn.f32 %f14, %f9, %f10;
  add.rn.f32 %f15, %f11, %f12;
  add.rn.f32 %f16, %f13, %f14;
  add.rn.f32 %f17, %f15, %f16;
  @%p1 bra $end;
  ld.param.u64 %rd4, [p_y];
  mul.wide.u32 %rd5, %r4, 4;
  add.s64 %rd6, %rd4, %rd5;
  st.global.f32 [%rd6], %f17;
$end:
  ret;
}
)";

/* Blocks of a cluster read each other's shared memory: y[i] = what the next block had at i. */
static const char neighbours[] = R"(.version 8.1
.target sm_90
.address_size 64
.visible .entry neighbours(.param .u64 p_y)
.reqnctapercluster 4, 1, 1
{
  .reg .b32 %r<20>;
  .reg .b64 %rd<9>;
  .shared .align 4 .b8 mine[128];
  mov.u32 %r1, %tid.x;
  mov.u32 %r2, %cluster_ctarank;
  mad.lo.s32 %r3, %r2, 100, %r1;
  mov.u32 %r4, mine;
  shl.b32 %r5, %r1, 2;
  add.s32 %r6, %r4, %r5;
  st.shared.u32 [%r6], %r3;
  barrier.cluster.arrive.release.aligned;
  barrier.cluster.wait.acquire.aligned;
  add.s32 %r7, %r2, 1;
  and.b32 %r8, %r7, 3;
  mapa.shared::cluster.u32 %r9, %r6, %r8;
  ld.shared::cluster.u32 %r10, [%r9];
  barrier.cluster.arrive.aligned; // before the end
  barrier.cluster.wait.aligned;
  ld.param.u64 %rd1, [p_y];
  mov.u32 %r11, %ctaid.x;
  mad.lo.s32 %r12, %r11, 32, %r1;
  mul.wide.u32 %rd2, %r12, 4;
  add.s64 %rd3, %rd1, %rd2;
  st.global.u32 [%rd3], %r10;
  ret;
}
)";

/* y[tile][t] = x[tile][127 - t], 16 bytes a thread, four tiles through two stages of cp.async. */
static const char pipeline[] = R"(.version 8.1
.target sm_80
.address_size 64
.visible .entry pipeline(.param .u64 p_x, .param .u64 p_y)
.maxntid 128, 1, 1
{
  .reg .pred %p<9>;
  .reg .b32 %r<40>;
  .reg .b64 %rd<20>;
  .shared .align 16 .b8 stages[4096];
  ld.param.u64 %rd1, [p_x];
  ld.param.u64 %rd2, [p_y];
  cvta.to.global.u64 %rd1, %rd1;
  cvta.to.global.u64 %rd2, %rd2;
  mov.u32 %r1, %tid.x;
  shl.b32 %r2, %r1, 4;
  cvt.u64.u32 %rd3, %r2;
  add.s64 %rd4, %rd1, %rd3;
  add.s64 %rd5, %rd2, %rd3;
  mov.u32 %r3, stages;
  add.s32 %r4, %r3, %r2;
  cp.async.cg.shared.global [%r4], [%rd4], 16;
  cp.async.commit_group;
  mov.u32 %r5, 0;
  sub.s32 %r6, 2032, %r2;
  add.s32 %r7, %r3, %r6;
$loop:
  add.s32 %r8, %r5, 1;
  setp.gt.u32 %p1, %r8, 3;
  @%p1 bra $last;
  and.b32 %r9, %r8, 1;
  shl.b32 %r10, %r9, 11;
  add.s32 %r11, %r4, %r10;
  add.s64 %rd4, %rd4, 2048;
  cp.async.cg.shared.global [%r11], [%rd4], 16;
$last:
  cp.async.commit_group;
  cp.async.wait_group 1;
  bar.sync 0; // data are there
  and.b32 %r12, %r5, 1;
  shl.b32 %r13, %r12, 11;
  add.s32 %r14, %r7, %r13;
  ld.shared.v4.b32 {%r20, %r21, %r22, %r23}, [%r14];
  st.global.v4.b32 [%rd5], {%r20, %r21, %r22, %r23};
  add.s64 %rd5, %rd5, 2048;
  bar.sync 0; // the stage is free
  mov.u32 %r5, %r8;
  setp.lt.u32 %p2, %r5, 4;
  @%p2 bra $loop;
  ret;
}
)";

/* y[i] = 2 * x[i], 512 elements a block of 128 threads, in and out by bulk copies. */
static const char bulk[] = R"(.version 8.1
.target sm_90
.address_size 64
.visible .entry bulk(.param .u64 p_x, .param .u64 p_y)
{
  .reg .pred %p<9>;
  .reg .b32 %r<20>;
  .reg .f32 %f<9>;
  .reg .b64 %rd<9>;
  .shared .align 8 .b8 bar[8];
  .shared .align 128 .b8 in[2048];
  .shared .align 128 .b8 result[2048];
  mov.u32 %r1, %tid.x;
  mov.u32 %r2, bar;
  mov.u32 %r3, in;
  mov.u32 %r4, result;
  setp.ne.s32 %p1, %r1, 0;
  ld.param.u64 %rd1, [p_x];
  ld.param.u64 %rd2, [p_y];
  mov.u32 %r5, %ctaid.x;
  mul.wide.u32 %rd3, %r5, 2048;
  add.s64 %rd4, %rd1, %rd3;
  add.s64 %rd5, %rd2, %rd3;
  @%p1 bra $ready;
  mbarrier.init.shared::cta.b64 [%r2], 1;
  fence.proxy.async.shared::cta;
  mbarrier.arrive.expect_tx.shared::cta.b64 _, [%r2], 2048;
  cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes [%r3], [%rd4], 2048, [%r2];
$ready:
  bar.sync 0;
$wait:
  mbarrier.try_wait.parity.shared::cta.b64 %p2, [%r2], 0;
  @!%p2 bra $wait;
  shl.b32 %r6, %r1, 4;
  add.s32 %r7, %r3, %r6;
  add.s32 %r8, %r4, %r6;
  ld.shared.v4.f32 {%f1, %f2, %f3, %f4}, [%r7];
  add.rn.f32 %f1, %f1, %f1;
  add.rn.f32 %f2, %f2, %f2;
  add.rn.f32 %f3, %f3, %f3;
  add.rn.f32 %f4, %f4, %f4;
  st.shared.v4.f32 [%r8], {%f1, %f2, %f3, %f4};
  fence.proxy.async.shared::cta; // before the copy out
  bar.sync 0; // before the copy out
  @%p1 bra $end;
  cp.async.bulk.global.shared::cta.bulk_group [%rd5], [%r4], 2048;
  cp.async.bulk.commit_group;
  cp.async.bulk.wait_group.read 0;
$end:
  ret;
}
)";

#endif
