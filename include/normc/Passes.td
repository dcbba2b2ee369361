//===- Passes.td - every pass of normc, in the order they run ------------===//
//
// The table of contents. A pass `norm-<verb>` is `<Verb>Pass` in lib/Transforms, lib/Raise or lib/Conversion,
// in the file of the same name, and is tested by the file of the same name below test/. Those before
// a kernel has buffers are in TensorPasses.td.
//
//===----------------------------------------------------------------------===//

#ifndef NORMC_PASSES_TD
#define NORMC_PASSES_TD

include "mlir/Pass/PassBase.td"

include "normc/TensorPasses.td"

def BindArgumentsPass : Pass<"norm-bind-arguments"> {
  let summary = "Makes kernels of public functions: memrefs for tensors, and what C has to know of them";
  let description = [{
    Every public function on tensors becomes a kernel function on memrefs of the caller, its inputs, then
    its results. Inputs are never written. The attributes that it gets are the kernel's C interface
    (`KernelSignature` reads them):

    - `norm.name`: kept from the argument or result, else `arg0`, `result0`;
    - `norm.role`: what the argument is (`"scale"`, `"mean"`, …), by default `"input"` or `"output"`;
    - `norm.output` on results;
    - `norm.layout`: `"rows"` (inner stride 1, the default), `"any"`, or `"contiguous"`;
    - `norm.shape`: for each dimension a number, a symbol or a product. Dimensions that an access of a
      `norm.generic` indexes by the same iteration dimension have the same symbol, and its name;
    - `norm.inplace = i`: the output's buffer may be that of input `i`, because the value is in `outs` of the
      operation that makes the result, and nobody reads it afterwards. From here on only this attribute
      tells that the two may be one;
    - on the function `norm.requires`: products of symbols, and the least that each may be.

    A function on memrefs (written by hand) is left as it is and gets the attributes; what it writes is
    marked with `norm.output`.

    ```mlir
    func.func @copy(%x: tensor<?x64xf32> {norm.name = "x"}) -> tensor<?x64xf32> {
      return %x : tensor<?x64xf32>
    }
    // becomes
    func.func @copy(
        %x: memref<?x64xf32, strided<[?, 1], offset: ?>>
          {norm.layout = "rows", norm.name = "x", norm.role = "input", norm.shape = ["x_0", "64"]},
        %y: memref<?x64xf32, strided<[?, 1], offset: ?>>
          {norm.layout = "rows", norm.name = "result0", norm.output, norm.role = "output",
           norm.shape = ["x_0", "64"]}) attributes {norm.kernel} {
      %0 = bufferization.to_tensor %x restrict
        : memref<?x64xf32, strided<[?, 1], offset: ?>> to tensor<?x64xf32>
      bufferization.materialize_in_destination %0 in restrict writable %y
        : (tensor<?x64xf32>, memref<?x64xf32, strided<[?, 1], offset: ?>>) -> ()
      return
    }
    ```
  }];
  let dependentDialects = ["::mlir::bufferization::BufferizationDialect",
                           "::mlir::linalg::LinalgDialect", "::mlir::tensor::TensorDialect"];
}

def ExpandShapesPass : Pass<"norm-expand-shapes"> {
  let summary = "Says the sizes of a dimension that is seen as several dynamic ones";
  let description = [{
    A `memref.expand_shape` with more than one dynamic size for a dimension of its source becomes a
    `memref.reinterpret_cast` with the sizes that it names: what comes later would compute one from the others.
    That their product is the size of the source is what the operation says, and is not checked again.

    ```mlir
    func.func @tokens(%x: memref<?x16xf32>, %b: index, %t: index) -> memref<?x?x16xf32> {
      %y = memref.expand_shape %x [[0, 1], [2]] output_shape [%b, %t, 16]
          : memref<?x16xf32> into memref<?x?x16xf32>
      return %y : memref<?x?x16xf32>
    }
    // becomes
    func.func @tokens(%x: memref<?x16xf32>, %b: index, %t: index) -> memref<?x?x16xf32> {
      %base, %offset, %sizes:2, %strides:2 = memref.extract_strided_metadata %x : ...
      %stride = arith.muli %strides#0, %t : index
      %y = memref.reinterpret_cast %base to offset: [0], sizes: [%b, %t, 16], strides: [%stride, 16, 1]
          : memref<f32> to memref<?x?x16xf32>
      return %y : memref<?x?x16xf32>
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::memref::MemRefDialect"];
}

def CollapsePass : Pass<"norm-collapse"> {
  let summary = "Makes one dimension of dimensions that are always neighbours";
  let description = [{
    The positions of a channel, `h` and `w`, or several axes of a row: where every operand that has one of them has all of
    them side by side, and no part of the program tells them apart, they become one. Tensors need to be packed in these
    dimensions. Where that is not known, both forms are kept, and the kernel chooses by the strides it is given.

    Sums keep their order, which goes by the row-major number of an element.

    ```mlir
    func.func @means(%x: memref<8x7x7xf32>, %y: memref<8xf32>) {
      norm.generic iter(n = 8, h = 7, w = 7) reduce [h, w]
          ins(%x(n, h, w) : memref<8x7x7xf32>) outs(%y(n) : memref<8xf32>) {
      ^bb0(%xf: !norm.field<f32, [h, w]>):
        %sum = norm.reduce sum (%xf : !norm.field<f32, [h, w]>) over [h, w] order = <lanes = 16> : f32
        norm.yield %sum : f32
      }
      return
    }
    // becomes
    func.func @means(%x: memref<8x7x7xf32>, %y: memref<8xf32>) {
      %0 = memref.reinterpret_cast %x to offset: [0], sizes: [8, 49], strides: [49, 1] : ...
      norm.generic iter(n = 8, hw = 49) reduce [hw]
          ins(%0(n, hw) : memref<8x49xf32, strided<[49, 1]>>) outs(%y(n) : memref<8xf32>) { ... }
      return
    }
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "memref::MemRefDialect", "scf::SCFDialect"];
}

def FissionPass : Pass<"norm-fission"> {
  let summary = "Makes several normalizations of one whose sums take several passes over its groups";
  let description = [{
    For GPUs. Where threads cannot share a group as it is, because a sum is over some of its dimensions only, or columns of
    groups are summed more than once, every pass over the groups becomes a norm.generic of its own. The numbers that later
    ones need go through tensors: one for each group, or for each sum. Orders stay, and so do the bits of all results. The
    gradients of group norm become moments, sums of channels, sums of groups, dx, and the sums over samples. Where nothing is
    reduced, as behind merged statistics, results are computed element by element.

    ```mlir
    func.func @f(%x: tensor<8x4x49xf32>, %s: tensor<8x4xf32>, %y: tensor<8xf32>) -> (tensor<8x4xf32>, tensor<8xf32>) {
      %sums, %total = norm.generic iter(n = 8, c = 4, h = 49) reduce [c, h]
          ins(%x(n, c, h) : tensor<8x4x49xf32>) outs(%s(n, c) : tensor<8x4xf32>, %y(n) : tensor<8xf32>) {
      ^bb0(%xf: !norm.field<f32, [c, h]>):
        %c = norm.reduce sum (%xf : !norm.field<f32, [c, h]>) over [h]
            order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : !norm.field<f32, [c]>
        %t = norm.reduce sum (%c : !norm.field<f32, [c]>) over [c]
            order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
        norm.yield %c, %t : !norm.field<f32, [c]>, f32
      }
      return %sums, %total : tensor<8x4xf32>, tensor<8xf32>
    }
    // becomes
    %sums = norm.generic iter(n = 8, c = 4, h = 49) reduce [h] ins(%x(n, c, h) : tensor<8x4x49xf32>) outs(... (n, c) ...)
    %total = norm.generic iter(n = 8, c = 4) reduce [c] ins(%sums(n, c) : tensor<8x4xf32>) outs(%y(n) : tensor<8xf32>)
    ...
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "tensor::TensorDialect"];
}

def TilePass : Pass<"norm-tile"> {
  let summary = "Makes normalizations on tensors loops over tiles of their groups";
  let description = [{
    For compilers that fuse by tiles: every norm.generic becomes an `scf.forall` over tiles, or an `scf.for` where tiles add to
    the same elements of an accumulating result. A tile is a norm.generic on slices, which producers and consumers can be fused
    into. A group is never cut, so that every result keeps its bits, but for accumulating ones: their blocks are those of a tile's
    rows. normc's own pipelines do not need it: there, the schedule says what a task is.
    With `sizes=2`:

    ```mlir
    func.func @row_sums(%x: tensor<8x64xf32>, %y: tensor<8xf32>) -> tensor<8xf32> {
      %sums = norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : tensor<8x64xf32>) outs(%y(r) : tensor<8xf32>) {
      ^bb0(%xf: !norm.field<f32, [c]>):
        %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
        norm.yield %sum : f32
      }
      return %sums : tensor<8xf32>
    }
    // becomes
    func.func @row_sums(%x: tensor<8x64xf32>, %y: tensor<8xf32>) -> tensor<8xf32> {
      %sums = scf.forall (%i) = (0) to (8) step (2) shared_outs(%out = %y) -> (tensor<8xf32>) {
        %xs = tensor.extract_slice %x[%i, 0] [2, 64] [1, 1] : tensor<8x64xf32> to tensor<2x64xf32>
        %ys = tensor.extract_slice %out[%i] [2] [1] : tensor<8xf32> to tensor<2xf32>
        %tile = norm.generic iter(r = 2 from %i, c = 64) reduce [c]
            ins(%xs(r, c) : tensor<2x64xf32>) outs(%ys(r) : tensor<2xf32>) { ... }
        scf.forall.in_parallel {
          tensor.parallel_insert_slice %tile into %out[%i] [2] [1] : tensor<2xf32> into tensor<8xf32>
        }
      }
      return %sums : tensor<8xf32>
    }
    ```
  }];
  let options = [
    ListOption<"sizes", "sizes", "int64_t", "Groups of a tile along each dimension, in the order of `iter`; 0: all of them">,
  ];
  let dependentDialects = ["affine::AffineDialect", "scf::SCFDialect", "tensor::TensorDialect"];
}

def SchedulePass : Pass<"norm-schedule"> {
  let summary = "Chooses a schedule for every normalization that has none";
  let description = [{
    How a norm.generic on buffers is computed becomes an attribute, `#norm.schedule`: the dimension whose elements are
    neighbours, in chunks of how many, how many groups together. Two schedules give the same bits. A schedule that is already
    there is the user's, and stays. What has no such dimension is left for `norm-decompose`. Remarks say what was chosen and
    why.

    ```mlir
    func.func @row_sums(%x: memref<8x64xf32>, %y: memref<8xf32>) {
      norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>) {
      ^bb0(%xf: !norm.field<f32, [c]>):
        %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
        norm.yield %sum : f32
      }
      return
    }
    // becomes
    func.func @row_sums(%x: memref<8x64xf32>, %y: memref<8xf32>) {
      norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>)
          attributes {norm.schedule = #norm.schedule<along = "c", width = 8, rows = 4, task = 128, straight = true, streamRows = 4>} { ... }
      return
    }
    ```
  }];
  let options = [
    Option<"vectorBits", "vector-bits", "int64_t", "128", "Bits of the target's vector registers">,
    Option<"registers", "registers", "int64_t", "16", "How many of them the target has">,
    Option<"maskBits", "mask-bits", "int64_t", "0",
           "Bits of the narrowest elements that the target loads and stores with a mask; 0: none">,
    Option<"pairsBF16", "bf16-pairs", "bool", "false",
           "The target converts two vectors of f32 to one of bf16 at once">,
    Option<"streamBytes", "stream-bytes", "int64_t", "0",
           "From how many bytes read and written on stores go past the cache; 0: never">,
    Option<"gpuArch", "gpu-arch", "int64_t", "0",
           "The compute capability of an NVIDIA GPU, 10 * major + minor; 0: the target is a CPU">,
  ];
}

def ConvertNormToVectorPass : Pass<"convert-norm-to-vector"> {
  let summary = "Lowers norm.generic with a schedule to loops over vectors";
  let description = [{
    The loops of `norm-decompose`, in chunks of the schedule's dimension: what depends on that dimension is a vector. What is
    left behind the last chunk is masked, or single elements. Where the dimension is inside the group, a
    sum's lanes are the lanes of a few vectors; where it is outside, as with channels that come last, each lane is a group of
    its own. Rows that are worked on together share one loop, their lanes are folded side by side, and their scalars are one
    vector. Sums over the same elements share a loop too. Orders are followed to the last addition, so that the results have
    the bits of the plain road.

    What has no schedule is left for `norm-decompose`. A schedule that an operation cannot be computed by is an error.

    ```mlir
    func.func @row_sums(%x: memref<8x64xf32>, %y: memref<8xf32>) {
      norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>)
          attributes {norm.schedule = #norm.schedule<along = "c", width = 8>} {
      ^bb0(%xf: !norm.field<f32, [c]>):
        %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
        norm.yield %sum : f32
      }
      return
    }
    // becomes
    func.func @row_sums(%x: memref<8x64xf32>, %y: memref<8xf32>) {
      scf.forall (%r) in (8) {
        %sums:2 = scf.for %c = %c0 to %c64 step %c16 iter_args(...) -> (vector<8xf32>, vector<8xf32>) { ... }
      }
      return
    }
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "LLVM::LLVMDialect", "math::MathDialect",
                           "memref::MemRefDialect", "scf::SCFDialect", "vector::VectorDialect"];
}

def ConvertNormToGPUPass : Pass<"convert-norm-to-gpu"> {
  let summary = "Lowers norm.generic with a GPU schedule to loops over blocks of threads";
  let description = [{
    Follows a list of `#norm.gpu_schedule`: one of them is chosen by how long groups are and whether their elements lie so
    that a thread can load several at once. Each becomes an `scf.forall` over blocks of threads, with the code of one thread
    inside: a team of threads shares a group, keeps it in registers, and folds its sums in the declared order by shuffles
    inside a warp and by shared memory between warps.

    What has no schedule is left for `norm-decompose`, whose loops are computed by one thread for each group. A schedule that
    an operation cannot be computed by is an error.

    ```mlir
    func.func @row_sums(%x: memref<8x64xf32>, %y: memref<8xf32>) {
      norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>)
          attributes {norm.schedule = [#norm.gpu_schedule<along = "c", width = 4, threads = 16, groups = 8, units = 1, most = 64>]} {
      ^bb0(%xf: !norm.field<f32, [c]>):
        %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c]
          order = <lanes = 128, segment = 1024, blocks = 64, unit = 4> : f32
        norm.yield %sum : f32
      }
      return
    }
    // becomes
    func.func @row_sums(%x: memref<8x64xf32>, %y: memref<8xf32>) {
      scf.forall (%block) in (1) {
        %thread = gpu.thread_id x
        ...
        %x = vector.load %arg0[%r, %c] {alignment = 16 : i64} : memref<8x64xf32>, vector<4xf32>
        ...
        %other, %valid = gpu.shuffle xor %sum, %c8, %c32 : f32
        ...
      } {mapping = [#gpu.block<x>], norm.threads = 128 : i64}
      return
    }
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "gpu::GPUDialect", "LLVM::LLVMDialect", "NVVM::NVVMDialect", "math::MathDialect",
                           "memref::MemRefDialect", "scf::SCFDialect", "vector::VectorDialect"];
}

def DecomposePass : Pass<"norm-decompose"> {
  let summary = "Lowers norm.generic on buffers to plain loops";
  let description = [{
    One loop over the groups (an `scf.forall` at the top of a function, so that threads can share it), and
    the program of a group as scalar code inside. Reductions follow their `#norm.order` to the last addition. Fields
    are computed again wherever they are read, so no buffer is needed but the partial sums of `acc` results.

    The loops are written here and not through linalg, because a linalg reduction cannot state an order, and would need a
    buffer for every field between two reductions.

    ```mlir
    func.func @row_sums(%x: memref<8x64xf32>, %y: memref<8xf32>) {
      norm.generic iter(r = 8, c = 64) reduce [c]
          ins(%x(r, c) : memref<8x64xf32>) outs(%y(r) : memref<8xf32>) {
      ^bb0(%xf: !norm.field<f32, [c]>):
        %sum = norm.reduce sum (%xf : !norm.field<f32, [c]>) over [c] order = <lanes = 16> : f32
        norm.yield %sum : f32
      }
      return
    }
    // becomes
    func.func @row_sums(%x: memref<8x64xf32>, %y: memref<8xf32>) {
      scf.forall (%r) in (8) {
        scf.for %c = %c0 to %c64 step %c1 { ... }
      }
      return
    }
    ```
  }];
  let dependentDialects = ["arith::ArithDialect", "math::MathDialect", "memref::MemRefDialect",
                           "scf::SCFDialect"];
}

def OutlineGPUPass : Pass<"norm-outline-gpu"> {
  let summary = "Makes a GPU kernel of the body of every parallel loop";
  let description = [{
    An `scf.forall` of a kernel function becomes a `gpu.func` and its launch: over blocks, where the loop says of how many
    threads (`norm.threads`), else with one thread for each index. A buffer is passed as a pointer, its offset, and those of
    its strides that are not known. What a kernel only reads is marked so; what may be read and written through two pointers,
    because the caller may pass one buffer for both, is not.

    With `dependent`, for sm_90 and later, a kernel that certainly follows another of the same function is launched while that
    one runs, and waits for its end before it touches memory (programmatic dependent launch).

    ```mlir
    func.func @fill(%y: memref<?xf32> {norm.layout = "rows", norm.name = "y", norm.output, norm.role = "output", norm.shape = ["n"]}) attributes {norm.kernel} {
      %c0 = arith.constant 0 : index
      %zero = arith.constant 0.0 : f32
      %n = memref.dim %y, %c0 : memref<?xf32>
      scf.forall (%i) in (%n) {
        memref.store %zero, %y[%i] : memref<?xf32>
      }
      return
    }
    // becomes
    gpu.module @norm_kernels {
      gpu.func @fill_0(%y: memref<f32> {llvm.noalias}, %n: index) kernel attributes {nvvm.minctasm = 1 : i32, nvvm.reqntid = array<i32: 128, 1, 1>} { ... }
    }
    func.func @fill(%y: memref<?xf32>) attributes {norm.kernel} {
      ...
      gpu.launch_func @norm_kernels::@fill_0 blocks in (%x, %y, %c1) threads in (%c128, %c1, %c1) args(%base : memref<f32>, %n : index)
      return
    }
    ```
  }];
  let options = [
    Option<"dependent", "dependent", "bool", /*default=*/"false",
           "Launch kernels while those before them run, which needs sm_90">];
  let dependentDialects = ["arith::ArithDialect", "gpu::GPUDialect", "memref::MemRefDialect", "NVVM::NVVMDialect",
                           "scf::SCFDialect"];
}

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

    `math.rsqrt` is 1 divided by the root, both correctly rounded; `math.powf` and `math.fpowi` have constant exponents: 0.5, -0.5, 2 and 3 (1.5 ULP), and other
    whole numbers from -32 to 32 (as many ULP, for negative ones twice as many: products of 1 divided by x).
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

#endif // NORMC_PASSES_TD
