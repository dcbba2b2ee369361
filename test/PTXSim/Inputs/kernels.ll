; Kernels as compilers write them: vector loads, shuffles, shared memory static and dynamic, loops,
; calls, arrays on the stack, jump tables, conversions.

target triple = "nvptx64-nvidia-cuda"

@dynamic = external addrspace(3) global [0 x float], align 16
@partial = internal addrspace(3) global [4 x float] undef, align 16
@table = internal addrspace(4) constant [4 x i32] [i32 3, i32 5, i32 7, i32 11]
@counter = internal addrspace(1) global i32 0

declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()
declare i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
declare float @llvm.nvvm.shfl.sync.bfly.f32(i32, float, i32, i32)
declare void @llvm.nvvm.barrier.cta.sync.aligned.all(i32)
declare float @llvm.fma.f32(float, float, float)
declare float @llvm.sqrt.f32(float)
declare float @llvm.maximum.f32(float, float)

define internal float @warp_sum(float %v) noinline {
  %a = call float @llvm.nvvm.shfl.sync.bfly.f32(i32 -1, float %v, i32 16, i32 31)
  %v1 = fadd float %v, %a
  %b = call float @llvm.nvvm.shfl.sync.bfly.f32(i32 -1, float %v1, i32 8, i32 31)
  %v2 = fadd float %v1, %b
  %c = call float @llvm.nvvm.shfl.sync.bfly.f32(i32 -1, float %v2, i32 4, i32 31)
  %v3 = fadd float %v2, %c
  %d = call float @llvm.nvvm.shfl.sync.bfly.f32(i32 -1, float %v3, i32 2, i32 31)
  %v4 = fadd float %v3, %d
  %e = call float @llvm.nvvm.shfl.sync.bfly.f32(i32 -1, float %v4, i32 1, i32 31)
  %v5 = fadd float %v4, %e
  ret float %v5
}

; y = x / sqrt(mean(x * x) + 1e-5) * scale for rows of 1024 bf16, by 128 threads with 8 elements each.
define ptx_kernel void @rms(ptr addrspace(1) noalias readonly align 16 %x,
                            ptr addrspace(1) noalias readonly align 16 %scale,
                            ptr addrspace(1) noalias align 16 %y) "nvvm.reqntid"="128" {
  %t = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  %row = call i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
  %t64 = zext i32 %t to i64
  %row64 = zext i32 %row to i64
  %first = mul i64 %row64, 128
  %chunk = add i64 %first, %t64
  %px = getelementptr <8 x bfloat>, ptr addrspace(1) %x, i64 %chunk
  %packed = load <8 x bfloat>, ptr addrspace(1) %px, align 16
  %v = fpext <8 x bfloat> %packed to <8 x float>
  %squares = fmul <8 x float> %v, %v
  %own = call reassoc float @llvm.vector.reduce.fadd.v8f32(float 0.0, <8 x float> %squares)
  %sum = call float @warp_sum(float %own)
  %lane = and i32 %t, 31
  %warp = lshr i32 %t, 5
  %is0 = icmp eq i32 %lane, 0
  br i1 %is0, label %write, label %join
write:
  %slot = getelementptr float, ptr addrspace(3) @partial, i32 %warp
  store float %sum, ptr addrspace(3) %slot
  br label %join
join:
  call void @llvm.nvvm.barrier.cta.sync.aligned.all(i32 0)
  %parts = load <4 x float>, ptr addrspace(3) @partial, align 16
  %all = call reassoc float @llvm.vector.reduce.fadd.v4f32(float 0.0, <4 x float> %parts)
  %mean = fmul float %all, 0x3F50000000000000
  %eps = fadd float %mean, 0x3EE4F8B580000000
  %root = call float @llvm.sqrt.f32(float %eps)
  %rstd = fdiv float 1.0, %root
  %ps = getelementptr <8 x float>, ptr addrspace(1) %scale, i64 %t64
  %s = load <8 x float>, ptr addrspace(1) %ps, align 16
  %r0 = insertelement <8 x float> poison, float %rstd, i32 0
  %r = shufflevector <8 x float> %r0, <8 x float> poison, <8 x i32> zeroinitializer
  %n = fmul <8 x float> %v, %r
  %o = fmul <8 x float> %n, %s
  %h = fptrunc <8 x float> %o to <8 x half>
  %py = getelementptr <8 x half>, ptr addrspace(1) %y, i64 %chunk
  store <8 x half> %h, ptr addrspace(1) %py, align 16
  ret void
}

; y[row] = the largest of a row of n floats, NaN if there is one; a tree in dynamic shared memory.
define ptx_kernel void @row_max(ptr addrspace(1) %x, ptr addrspace(1) %y, i64 %n) {
entry:
  %t = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  %row = call i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
  %t64 = zext i32 %t to i64
  %row64 = zext i32 %row to i64
  %base = mul i64 %row64, %n
  %any = icmp slt i64 %t64, %n
  br i1 %any, label %loop, label %after
loop:
  %i = phi i64 [ %t64, %entry ], [ %i1, %loop ]
  %m = phi float [ 0xFFF0000000000000, %entry ], [ %m1, %loop ]
  %at = add i64 %base, %i
  %p = getelementptr float, ptr addrspace(1) %x, i64 %at
  %v = load float, ptr addrspace(1) %p
  %m1 = call float @llvm.maximum.f32(float %m, float %v)
  %i1 = add i64 %i, 64
  %more = icmp slt i64 %i1, %n
  br i1 %more, label %loop, label %after
after:
  %best = phi float [ 0xFFF0000000000000, %entry ], [ %m1, %loop ]
  %slot = getelementptr float, ptr addrspace(3) @dynamic, i32 %t
  store float %best, ptr addrspace(3) %slot
  br label %tree
tree:
  %step = phi i32 [ 32, %after ], [ %half, %next ]
  call void @llvm.nvvm.barrier.cta.sync.aligned.all(i32 0)
  %mine = icmp ult i32 %t, %step
  br i1 %mine, label %combine, label %next
combine:
  %there = add i32 %t, %step
  %other = getelementptr float, ptr addrspace(3) @dynamic, i32 %there
  %a = load float, ptr addrspace(3) %slot
  %b = load float, ptr addrspace(3) %other
  %c = call float @llvm.maximum.f32(float %a, float %b)
  store float %c, ptr addrspace(3) %slot
  br label %next
next:
  %half = lshr i32 %step, 1
  %end = icmp eq i32 %half, 0
  br i1 %end, label %finish, label %tree
finish:
  %first = icmp eq i32 %t, 0
  br i1 %first, label %store, label %exit
store:
  %result = load float, ptr addrspace(3) @dynamic
  %py = getelementptr float, ptr addrspace(1) %y, i64 %row64
  store float %result, ptr addrspace(1) %py
  br label %exit
exit:
  ret void
}

; A jump table, an array on the stack, constants, an atomic on a variable of the module, wide division.
define ptx_kernel void @odds(ptr addrspace(1) %y, i64 %d) {
entry:
  %stack = alloca [8 x i64]
  %t = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  %t64 = zext i32 %t to i64
  br label %fill
fill:
  %k = phi i64 [ 0, %entry ], [ %k1, %fill ]
  %p = getelementptr i64, ptr %stack, i64 %k
  %square = mul i64 %k, %k
  store volatile i64 %square, ptr %p
  %k1 = add i64 %k, 1
  %done = icmp eq i64 %k1, 8
  br i1 %done, label %pick, label %fill
pick:
  %index = and i64 %t64, 7
  %q = getelementptr i64, ptr %stack, i64 %index
  %v = load volatile i64, ptr %q
  %w = and i32 %t, 3
  %pc = getelementptr i32, ptr addrspace(4) @table, i32 %w
  %c = load i32, ptr addrspace(4) %pc
  %c64 = sext i32 %c to i64
  %case = urem i32 %t, 7
  switch i32 %case, label %other [
    i32 0, label %zero
    i32 1, label %one
    i32 2, label %two
    i32 3, label %three
    i32 4, label %four
    i32 5, label %five
  ]
zero:
  br label %join
one:
  %r1 = add i64 %v, 100
  br label %join
two:
  %r2 = mul i64 %v, %c64
  br label %join
three:
  %r3 = sdiv i64 %c64, %d
  br label %join
four:
  %r4 = srem i64 %v, %d
  br label %join
five:
  %f5 = sitofp i64 %v to double
  %g5 = fdiv double %f5, 3.0
  %r5 = fptosi double %g5 to i64
  br label %join
other:
  %r6 = xor i64 %v, -1
  br label %join
join:
  %r = phi i64 [ %v, %zero ], [ %r1, %one ], [ %r2, %two ], [ %r3, %three ], [ %r4, %four ],
               [ %r5, %five ], [ %r6, %other ]
  %old = atomicrmw add ptr addrspace(1) @counter, i32 1 syncscope("device") monotonic
  %py = getelementptr i64, ptr addrspace(1) %y, i64 %t64
  store i64 %r, ptr addrspace(1) %py
  ret void
}
