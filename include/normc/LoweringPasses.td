//===- LoweringPasses.td - the passes behind loops, in the order they run --===//
//
// The second part of Passes.td, which includes it: from loops and launches to the LLVM dialect.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_LOWERINGPASSES_TD
#define NORMC_LOWERINGPASSES_TD

include "mlir/Pass/PassBase.td"

def ExpandMathPass : Pass<"norm-expand-math"> {
  let summary = "Leaves no float operation that would become a call";
  let description = [{
    Math functions of f32 and f64, scalars and vectors, become polynomials without branches. Conversions, roundings and
    fused multiplications that the target lacks become arithmetic that it has. f16, bf16, f8E4M3FN and f8E5M2 are computed in
    f32 and rounded.
    NaN, infinities, denormals and the sign of zero are as in C's functions. No fast-math flag is set.

    Largest errors, in units in the last place of the exact result. exp, exp2 and expm1 of f32: of all 2^32 arguments; the others of f32:
    of all from 2^-6 to 2^7 in magnitude and a sample of the rest; f64: of a sample of 2^20. The suite measures a sample and the worst
    arguments (`normc-test-math`); `normc-test-math --all` takes every f32.

    | ULP | f32, fma | f32, no fma | f64, fma | f64, no fma |
    |---|---|---|---|---|
    | exp | 1.02 | 0.99 | 0.98 | 0.95 |
    | exp2 | 0.88 | 1.08 | 0.79 | 1.06 |
    | expm1 | 0.89 | 1.03 | 1.03 | 0.95 |
    | log | 0.89 | 0.90 | 0.86 | 0.86 |
    | log1p | 1.04 | 1.04 | 0.86 | 0.86 |
    | tanh | 1.34 | 1.34 | 1.30 | 1.30 |
    | erf | 1.02 | 1.27 | 0.93 | 1.25 |

    `math.rsqrt` is 1 divided by the root, both correctly rounded; `math.powf` has the constant exponents 2, 3, 0.5 and -0.5 (1.5 ULP).
    Conversions to 8 and 16 bits round once, to nearest even, also from f64, which goes through an f32 rounded to odd. Beyond the
    largest number by half a unit in the last place or more is infinity, and in f8E4M3FN, which has none, NaN: above 464. It is
    for the program to clamp where it wants the largest number, 448.
    A function that is not in the table is an error. f80, for the oracle only, calls libm's functions instead.

    ```mlir
    func.func @scaled(%x: f16, %a: f32, %b: f32) -> f32 {
      %y = math.exp %x : f16
      %w = arith.extf %y : f16 to f32
      %z = math.fma %w, %a, %b : f32
      return %z : f32
    }
    // becomes
    func.func @scaled(%x: f16, %a: f32, %b: f32) -> f32 {
      ...                                        // f16 to f32 by its bits, exp in f32, back, and again to f32
      %m = arith.mulf %w, %a : f32
      %z = arith.addf %m, %b : f32
      return %z : f32
    }
    ```
  }];
  let options = [
    Option<"hasFma", "has-fma", "bool", "false", "The target multiplies and adds with one rounding">,
    Option<"hasF16C", "has-f16c", "bool", "false", "The target converts between f32 and f16">,
    Option<"hasBF16", "has-bf16", "bool", "false",
           "The target converts f32 to bf16; x86's instruction makes denormals zero">,
    Option<"hasRound", "has-round", "bool", "false",
           "The target has floor, ceil, trunc and roundeven: SSE4.1, aarch64">,
    Option<"hasF8", "has-f8", "bool", "false",
           "The target converts f32 to 8-bit floats and back; see norm-legalize-nvvm">,
  ];
  let dependentDialects = ["arith::ArithDialect", "math::MathDialect", "LLVM::LLVMDialect"];
}

def PlaceScratchPass : Pass<"norm-place-scratch"> {
  let summary = "Puts every buffer of a kernel into one workspace of the caller";
  let description = [{
    Every `memref.alloc` at the top of a kernel function becomes a slice, aligned to 64 bytes, of one workspace, each
    a third of a page off, so that loops over several do not meet in the same sets of a cache. The workspace is a new
    last argument (`norm.workspace`). The arithmetic of the sizes is written a second time, into a private function that tells how large the workspace has to be (`norm.workspace_bytes`); products that
    overflow give more than anybody has.

    ```mlir
    func.func @rms(%x: memref<?xf32> {norm.layout = "contiguous", norm.name = "x", norm.output,
                                      norm.role = "output", norm.shape = ["c"]})
        attributes {norm.kernel} {
      %c0 = arith.constant 0 : index
      %n = memref.dim %x, %c0 : memref<?xf32>
      %scratch = memref.alloc(%n) : memref<?xf32>
      memref.copy %scratch, %x : memref<?xf32> to memref<?xf32>
      return
    }
    // becomes
    func.func private @rms_workspace_bytes(%x: memref<?xf32>) -> i64 {
      ...
    }
    func.func @rms(%x: memref<?xf32> {...}, %workspace: memref<?xi8> {norm.workspace})
        attributes {norm.kernel, norm.workspace_bytes = @rms_workspace_bytes} {
      %c0 = arith.constant 0 : index
      %n = memref.dim %x, %c0 : memref<?xf32>
      %scratch = memref.view %workspace[%c1344][%n] : memref<?xi8> to memref<?xf32>
      ...
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::memref::MemRefDialect"];
}

def OutlineParallelPass : Pass<"norm-outline-parallel"> {
  let summary = "Makes functions of parallel loops, and calls parallel_for of the caller's context";
  let description = [{
    Every outermost `scf.forall` of a kernel function becomes a function `NAME_phaseN` of a range of its
    iterations (row-major) and of what it uses, and a thunk that unpacks this from a struct. The kernel takes the
    context as a new last argument (`norm.context`) and hands the thunk to its `parallel_for`; without one, for less
    than two iterations, or where the buffers that the loop uses have fewer than `parallel-bytes`, it calls the phase
    itself: waking a thread takes as long as the work of some hundred kilobytes. Every iteration is done once and whole, so who does it
    changes no bit. Buffers on the stack (`memref.alloca`) move to the top of their function.

    ```mlir
    func.func @fill(%x: memref<8xf32> {norm.layout = "contiguous", norm.name = "x", norm.output,
                                       norm.role = "output", norm.shape = ["8"]})
        attributes {norm.kernel} {
      %one = arith.constant 1.0 : f32
      scf.forall (%i) in (8) {
        memref.store %one, %x[%i] : memref<8xf32>
      }
      return
    }
    // becomes
    func.func private @fill_phase0(%begin: index, %end: index, %x: memref<8xf32>) {
      scf.for %i = %begin to %end step %c1 { ... }
      return
    }
    llvm.func internal @fill_phase0_thunk(%data: !llvm.ptr, %begin: i64, %end: i64) { ... }
    func.func @fill(%x: memref<8xf32> {...}, %context: !llvm.ptr {norm.context}) attributes {norm.kernel} {
      ...
      scf.if %parallel {
        llvm.call %parallel_for(%user, %count, %thunk, %data)
          : !llvm.ptr, (!llvm.ptr, i64, !llvm.ptr, !llvm.ptr) -> ()
      } else {
        func.call @fill_phase0(%c0, %c8, %x) : (index, index, memref<8xf32>) -> ()
      }
      return
    }
    ```
  }];
  let options = [
    Option<"parallelBytes", "parallel-bytes", "int64_t", "0",
           "Loops whose buffers have fewer bytes stay on the calling thread">
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::func::FuncDialect",
                           "::mlir::LLVM::LLVMDialect", "::mlir::scf::SCFDialect"];
}

def EmitLaunchPass : Pass<"norm-emit-launch"> {
  let summary = "Makes calls of the caller's context out of launches";
  let description = [{
    Every `gpu.launch_func` of a kernel becomes a `normrt_kernel_launch` and a call of `normrt_context::launch`; every `norm.call`
    tensors on the stack and a call of the caller's function, with the context and what is left of its workspace. The function
    gets the context as its last argument and returns the first code that is not 0; what comes after that is not done. The `gpu.module` is erased: its code is in
    the variable `normc_gpu_module`, which whoever emits it puts there.

    ```mlir
    module attributes {gpu.container_module} {
      gpu.module @norm_kernels {
        gpu.func @fill_0(%y: memref<f32>) kernel {
          gpu.return
        }
      }
      func.func @fill(%y: memref<f32>) attributes {norm.kernel} {
        %c1 = arith.constant 1 : index
        gpu.launch_func @norm_kernels::@fill_0 blocks in (%c1, %c1, %c1) threads in (%c1, %c1, %c1) args(%y : memref<f32>)
        return
      }
    }
    // becomes
    func.func @fill(%y: memref<f32>, %context: !llvm.ptr {norm.context}) -> i32 attributes {norm.kernel} {
      ...
      %launch = llvm.load %field : !llvm.ptr -> !llvm.ptr
      %result = llvm.call %launch(%user, %record) : !llvm.ptr, (!llvm.ptr, !llvm.ptr) -> i32
      ...
    }
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "LLVM::LLVMDialect", "memref::MemRefDialect", "scf::SCFDialect"];
}

def EmitEntryPass : Pass<"norm-emit-entry"> {
  let summary = "Makes the C entries of kernels, which check everything before they touch data";
  let description = [{
    A kernel function becomes private (`NAME_kernel`) and gets two public functions in front of it, as
    normc-c/Runtime.h declares them: `NAME`, which checks context, tensors and workspace and then calls the kernel
    function, and `NAME_workspace_size`. The checks are straight-line code; the first that fails returns its
    code. All functions but these two are internal to the object.

    ```mlir
    func.func @fill(%x: memref<8xf32> {norm.layout = "contiguous", norm.name = "x", norm.output,
                                       norm.role = "output", norm.shape = ["8"]})
        attributes {norm.kernel} {
      return
    }
    // becomes
    func.func private @fill_kernel(%x: memref<8xf32>) attributes {llvm.linkage = #llvm.linkage<internal>} {
      return
    }
    llvm.func @fill_workspace_size(%args: !llvm.ptr, %num_args: i32) -> i64 { ... }
    llvm.func @fill(%context: !llvm.ptr, %args: !llvm.ptr, %num_args: i32) -> i32 {
      %null = llvm.mlir.zero : !llvm.ptr
      %0 = llvm.icmp "eq" %args, %null : !llvm.ptr
      llvm.cond_br %0, ^fail(%null_args : i32), ^next
      ...
      func.call @fill_kernel(%x) : (memref<8xf32>) -> ()
      llvm.return %ok : i32
    ^fail(%code: i32):
      llvm.return %code : i32
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::func::FuncDialect",
                           "::mlir::LLVM::LLVMDialect", "::mlir::scf::SCFDialect"];
}

def LegalizeNVVMPass : Pass<"norm-legalize-nvvm"> {
  let summary = "Makes intrinsics of math operations and of conversions of 8-bit floats";
  let description = [{
    `convert-gpu-to-nvvm` makes calls of CUDA's device library of math operations, without which PTX does not load, and whose
    square root is approximate. LLVM's intrinsics are what they say.

    Conversions to f8E4M3FN and f8E5M2 and back, which `norm-expand-math=has-f8` has left, become those of pairs that
    sm_89 and later have. The instruction gives the largest number for what is too large; the next code is infinity, or NaN
    where there is none, so 1 is added there.

    ```mlir
    func.func @root(%x: f32) -> f32 {
      %y = math.sqrt %x : f32
      return %y : f32
    }
    // becomes
    func.func @root(%x: f32) -> f32 {
      %y = llvm.call_intrinsic "llvm.sqrt"(%x) : (f32) -> f32
      return %y : f32
    }
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "LLVM::LLVMDialect", "NVVM::NVVMDialect", "vector::VectorDialect"];
}

def StreamLoadsPass : Pass<"norm-stream-loads"> {
  let summary = "Lets loads of what a GPU reads once take no place in its first cache";
  let description = [{
    For GPUs from sm_89 on, whose PTX has it: a `nontemporal` load of 16 bytes becomes `ld.global.L1::no_allocate`, so that the
    scale and the bias stay there. By `.nc` where the kernel's parameter is known to be only read.

    ```mlir
    gpu.module @kernels {
      gpu.func @first(%x: memref<64xf32> {llvm.noalias, llvm.readonly}, %y: memref<64xf32>) kernel {
        %c0 = arith.constant 0 : index
        %0 = vector.load %x[%c0] {alignment = 16 : i64, nontemporal = true} : memref<64xf32>, vector<4xf32>
        vector.store %0, %y[%c0] : memref<64xf32>, vector<4xf32>
        gpu.return
      }
    }
    // becomes
    %0 = llvm.inline_asm has_side_effects "... ld.global.nc.L1::no_allocate.v4.b32 ...", "=r,=r,=r,=r,l" %place : ...
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "LLVM::LLVMDialect", "memref::MemRefDialect", "vector::VectorDialect"];
}

def LegalizeBF16Pass : Pass<"norm-legalize-bf16"> {
  let summary = "Loads and stores bf16 as integers, and converts pairs of vectors";
  let description = [{
    With `bf16-pairs`, 32 numbers are rounded to bf16 by x86's instruction for two vectors of 16; LLVM makes two conversions and
    a shuffle of them.

    Where a target has no bf16 arithmetic LLVM does in f32 even what only moves bf16 (the select of a masked load, a splat),
    and rounds back with a call of a library. Bits need no arithmetic.

    ```mlir
    llvm.func @f(%p: !llvm.ptr, %m: vector<8xi1>, %zero: vector<8xbf16>) -> vector<8xbf16> {
      %x = llvm.intr.masked.load %p, %m, %zero {alignment = 2 : i32}
          : (!llvm.ptr, vector<8xi1>, vector<8xbf16>) -> vector<8xbf16>
      llvm.return %x : vector<8xbf16>
    }
    // becomes
    llvm.func @f(%p: !llvm.ptr, %m: vector<8xi1>, %zero: vector<8xbf16>) -> vector<8xbf16> {
      %z = llvm.bitcast %zero : vector<8xbf16> to vector<8xi16>
      %b = llvm.intr.masked.load %p, %m, %z {alignment = 2 : i32}
          : (!llvm.ptr, vector<8xi1>, vector<8xi16>) -> vector<8xi16>
      %x = llvm.bitcast %b : vector<8xi16> to vector<8xbf16>
      llvm.return %x : vector<8xbf16>
    }
    ```
  }];
  let options = [
    Option<"pairs", "bf16-pairs", "bool", "false",
           "The target converts two vectors of f32 to one of bf16 at once">,
    Option<"vectorBits", "vector-bits", "int64_t", "128", "Bits of the target's vector registers">,
  ];
  let dependentDialects = ["LLVM::LLVMDialect"];
}

def CheckLoweredPass : Pass<"norm-check-lowered"> {
  let summary = "Fails where something is left that an emitted object may not have";
  let description = [{
    At the end there are only operations of the LLVM dialect (so no norm operation, no `func.func`, no cast that
    was not resolved), and no symbol is undefined but memcpy, memmove and memset (so no heap, no libm, no
    runtime), and the functions that `norm.call` named (`norm.rest`). The pass changes nothing; it names the culprit.

    ```mlir
    llvm.func @f(%x: f32) -> f32 {
      llvm.return %x : f32
    }
    // becomes
    llvm.func @f(%x: f32) -> f32 {
      llvm.return %x : f32
    }
    ```
  }];
}

#endif // NORMC_LOWERINGPASSES_TD
